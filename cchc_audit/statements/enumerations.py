"""A number of things and the things themselves: "07 huyện (A; B; …)", "ba thôn Thượng, Trung, Hạ"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..language import fold
from ..model import Claim, Kind, Span, Term, Written
from ..quantities import Mention, Reading
from .items import claim, term

_CAPITAL = r"[^\W\d_a-z]"  # or a small letter with a mark: a range of such letters takes twenty times as long to compile
_NAMES = rf"{_CAPITAL}\w*(?:[ -]{_CAPITAL}\w*){{0,4}}"
_OPEN_LIST = re.compile(
    rf"\s{{0,2}}({_NAMES}(?:, {_NAMES}){{1,12}}(?: và {_NAMES})?|{_NAMES} và {_NAMES})(?=[.,;:)\s])"
)
_BRACKET = re.compile(rf"[^().;\d]{{0,40}}\(\s?({_NAMES}(?:\s?[;,] ?{_NAMES}){{1,20}})\s?\)")
_KIND = r"(?:phường|xã|thị trấn|thôn|bản|ấp|khu phố|khu|huyện|quận) "
_UNITS_LIST = re.compile(
    rf"(?: \w+){{0,2}}\s?(?::|gồm(?: có)?:?)\s({_KIND}{_NAMES}(?:, {_KIND}{_NAMES})* và {_KIND}{_NAMES})(?=[.,;)\n])"
)
_PLACE = rf"(?:[Tt]hị trấn(?=,)|(?:(?:[Tt]hành phố|[Tt]hị trấn|[Tt]hị xã|[Pp]hường|[Xx]ã|[Hh]uyện|[Qq]uận|[Tt]hôn|TP\.?|TX\.?) ?)?(?:{_NAMES}|\d{{1,2}})(?: \d[\d,]*%)?(?: ?\([^()\n]{{1,60}}\))?)"
# "8 xã còn lại có tỷ lệ hộ nghèo từ 9,67% đến 27,74% là Long Đình, Trấn Ninh, …": names to the end of the sentence, or to
# a comma behind the last, "và Hải Phước, tỉnh cũng đã …"
_OPENED = r"((?:[^.;:()\n]|(?<=\d)\.(?=\d)){0,90}?)(?:,? gồm(?: có)?:?| là:?|:)\s"
_PLACES_NAMED = re.compile(
    rf"{_OPENED}({_PLACE}(?:[,;] {_PLACE}){{1,30}}(?: và {_PLACE})?)\s?(?=[.;\n])|{_OPENED}({_PLACE}(?:, {_PLACE}){{1,30}} và {_PLACE})(?=, (?!{_KIND})[^\W\d_A-Z])"
)
_PLACES_AMONG = re.compile(rf"{_OPENED}({_PLACE}(?:[,;] {_PLACE}){{0,30}} và {_PLACE}|{_PLACE}(?:[,;] {_PLACE}){{1,30}})(?=[\s,.;:])")
_BESIDE_ANOTHER = re.compile(r"[^,;.:()\d]{0,20}(?:,| và| cùng) \d")
_AFTER_ANOTHER = re.compile(r"\d [^,;.:()\d]{1,20}(?:,| và| cùng) $")
_ASIDE = re.compile(r" ?\([^()\n]*\)")
_OF_PLACES = re.compile(r"(?<!\w)(?:xã|phường|huyện|địa phương|nơi)(?!\w)")
_SOME = re.compile(r"(?<!\w)(?:như|điển hình|chẳng hạn|tiêu biểu|trong đó)(?!\w)|,\s*nhất$")
_PEOPLE = rf"{_CAPITAL}[\w'’]*(?: [\w'’]+){{0,2}}"
_PEOPLES = re.compile(
    rf" dân tộc(?: anh em)?(?: cùng)?(?: (?:chung sống|sinh sống))?\s?[:(]\s?({_PEOPLE}(?:, {_PEOPLE}){{1,30}}(?: và {_PEOPLE})?)\s?[.;)]"
)
# what is spelt out in words of any kind: "4 nhóm (giao thông 17, thủy lợi 9, …)", "3 cơ quan là Công an tỉnh, …"
_SPELT = re.compile(r"[^().;:,\d\n]{1,40}(?:\(\s?([^();:\n]{5,240})\)|(?: là| gồm(?: có)?:?|:)\s([^();:.\n]{5,240})(?=[.;\n]))")
_OPENS_FIGURED = re.compile(r"[^.;:()\d]{1,60}(?:\(| là| gồm(?: có)?:?|:)\s?")
_PARTED = re.compile(r"[,;]\s(?:và\s)?|\svà\s")
_THING_WITH_FIGURE = re.compile(r"\s?(?:xã |phường |thôn )?[^\W\d_][^,;\d]{1,60}\s\(?\d")
_COUNTED_BESIDE = re.compile(r"\s?[\d.]+$")
_KINDS_ONLY = frozenset({"người", "hồ sơ", "đơn", "phiếu", "lượt", "hộ", "vụ"})  # many of one kind: their kinds are listed, not they
_PLACES = frozenset({"thôn", "xã", "huyện", "khu", "tổ", "bản"})
_FEWEST = 3  # names of a list that can be short of one
_TOLD_OFF = re.compile(r"(?P<what>(?: [^\W\d]+){1,8})(?::|(?:,? (?:gồm|bao gồm)(?: có)?:?)| [–-]) (?P<names>(?:[^.;:()\d\n]|(?<=số )\d{1,2}(?!\d)){5,300}?)\s?[.;](?=\s|$)")
_BY_SEMICOLONS = re.compile(r"(?P<what>(?: [^\W\d]+){1,8})(?: là:?| gồm(?: có)?:?|:) (?P<names>[^.;:()\d\n]{3,80}(?:; ?[^.;:()\d\n]{3,80}){2,20})\s?\.?(?=\s|$)")
_AND_OTHERS = re.compile(r"(?<!\w)(?:khác|v\.v|khác nhau|còn lại)(?!\w)|…|/")
_WORDS = 9  # of one name
_SAID_BEFORE = 4  # figures before a number, among which is the one that is spelt out
_MOST = 31
_LONGEST_THING = 120  # characters of a thing told with its figure
_NUMBERED_REACH = 3000  # characters a list of numbered things may take
_NUMBERED_OPENER = re.compile(r"[^.;:()\d]{1,80}?(?::|(?<!\w)(?:gồm(?: có)?|là|cụ thể|như sau)(?: là)?:?)\s\(?(?=1\))")
_NUMBER_OF_ITEM = re.compile(r"(?<![\w/])\(?(\d{1,2})\)\s")
_NOT_ALL = re.compile(r"(?<!\w)(?:chủ yếu|tiêu biểu|điển hình|nổi bật|trọng tâm|trong (?:số )?đó|như|chẳng hạn|một số|chính|nhất)(?!\w)(?! sau)")
_SEVERAL_IN_ONE = re.compile(r"(?<!\w)(?:và|cùng|các|những)(?!\w)(?! \(?\d{1,2}\))")
_SENTENCE_ENDS = re.compile(r"[.!?]\s|\.{3}|…|v\.v")
_EACH_OF = re.compile(r"(?<!\w)(?:mỗi|từng)(?!\w)")
_WORKS = re.compile(r"\s(?:việc|nội dung|công trình|phần việc)(?: \w+)?\s?: ?([^.;\d]{6,160})[.;]")


def find(reading: Reading) -> Iterator[Claim]:
    """Counts of named places against the names that follow them."""
    for mention in reading.mentions:
        if mention.quantity.written.rounded or mention.under is not None:
            continue
        if mention.over is not None:
            found = _named(reading, mention) if mention.unit in _PLACES | {"cơ sở"} else None
            if found is not None:
                yield found
            continue
        if mention.unit in _PLACES | {"cơ sở"} or not mention.unit and _OF_PLACES.search(mention.after):
            found = _units(reading, mention) or _named(reading, mention) or (
                _listed(reading, mention) if mention.unit in _PLACES else None
            )
        elif mention.unit in {"vụ", "công trình", "nhiệm vụ"}:
            found = _works(reading, mention)
        else:
            found = None
        found = found or _numbered(reading, mention) or _peoples(reading, mention) or _spelt(reading, mention) or _with_figures(reading, mention) or _told_off(reading, mention) or _by_semicolons(reading, mention)
        if found is not None:
            yield found


def _told_off(reading: Reading, mention: Mention) -> Claim | None:
    """ "kiểm tra 05 bộ phận: Văn phòng, Tư pháp, Địa chính, Tài chính, Văn hóa.": so many of anything, and as many short names up to the full
    stop. Where one name ends is a guess; but fewer than its commas and "và" can part them into, the list cannot be."""
    match = _TOLD_OFF.match(reading.text, mention.quantity.span.end) if _FEWEST <= mention.quantity.value <= _MOST else None
    names = re.split(r",\s|\svà\s", match["names"]) if match is not None else []
    if match is None or any(len(name.split()) > _WORDS for name in names):
        return None
    if len(names) != mention.quantity.value and not _falls_short(reading, mention, match, names):
        return None
    return _claim(mention, len(names), Span(*match.span("names")))


def _falls_short(reading: Reading, mention: Mention, match: re.Match[str], names: list[str]) -> bool:
    """ "sáu mô hình, gồm: tổ đan lát, nhóm nuôi dê, tổ trồng nấm, câu lạc bộ làm bánh và nhóm may": is one fewer told of things of which each may be
    one, in a list that says nothing of others?"""
    plain = mention.countable and mention.unit not in _KINDS_ONLY and not _NOT_ALL.search(fold(match["what"])) and not _EACH_OF.search(mention.before)
    ended = match["names"].count(" và ") == 1 and " và " in match["names"].rpartition(", ")[2] or " và " not in match["names"] and not match.group().rstrip().endswith(";")
    each = not any(_SEVERAL_IN_ONE.search(fold(name)) or _AND_OTHERS.search(fold(name)) for name in names)
    before = _AFTER_ANOTHER.search(reading.folded, max(0, mention.start - 40), mention.start)
    return plain and ended and each and before is None and len(names) >= _FEWEST and mention.quantity.value - len(names) == 1


def _by_semicolons(reading: Reading, mention: Mention) -> Claim | None:
    """ "còn 2 tiêu chí chưa đạt là: thu nhập; môi trường; nghèo đa chiều.": so many of anything, and the things parted by semicolons, each of
    which is one."""
    q = mention.quantity
    told = _BY_SEMICOLONS.match(reading.text, q.span.end) if mention.countable and q.value in range(2, _MOST) and q.unit not in _KINDS_ONLY else None
    if told is None or told.end() < reading.sentences[q.sentence].end - 1 or _NOT_ALL.search(fold(told["what"])) or _EACH_OF.search(mention.before):
        return None
    names = [fold(name).strip() for name in told["names"].split(";")]
    each = not any(_SEVERAL_IN_ONE.search(name) or _AND_OTHERS.search(name) or "," in name for name in names)
    near = 2 * abs(len(names) - int(q.value)) <= len(names)
    before = _AFTER_ANOTHER.search(reading.folded, max(0, mention.start - 40), mention.start)
    return _claim(mention, len(names), Span(*told.span("names"))) if each and near and before is None else None


def _listed(reading: Reading, mention: Mention) -> Claim | None:
    text = reading.text
    bracket = _BRACKET.match(text, mention.end)
    plain = _OPEN_LIST.match(text, mention.end) if bracket is None else None
    match = bracket or plain
    if match is None:
        return None
    names = [n for n in re.split(r"\s?[;,]\s?|\svà\s", match.group(1)) if n.strip()]
    count = mention.quantity.written.value
    if not 2 <= count <= 40:
        return None
    if plain is not None and len(names) != count:  # where a plain list ends is a guess: only agreement counts
        return None
    if ";" in match.group(1) and "," in match.group(1):
        return None
    return _claim(mention, len(names), Span(match.start(1), match.end(1)))


def _units(reading: Reading, mention: Mention) -> Claim | None:
    """ "04 đơn vị: phường A, phường B và xã C": each name with its kind, closed by "và"; a miscount is a conflict."""
    match = _UNITS_LIST.match(reading.text, mention.end)
    if match is None:
        return None
    names = re.split(r",\s|\svà\s", match.group(1))
    return _claim(mention, len(names), Span(match.start(1), match.end(1)))


def _named(reading: Reading, mention: Mention) -> Claim | None:
    """Names that "gồm", "là" or a colon opens and a full stop ends: all of them, unless words say that some are told. Where
    the sentence goes on behind them, where they end is a guess: only agreement counts."""
    end = reading.mentions[mention.over].end if mention.over is not None else mention.end  # "03/108 xã chưa đạt: …"
    if _BESIDE_ANOTHER.match(reading.folded, end) or _AFTER_ANOTHER.search(reading.folded, max(0, mention.start - 40), mention.start):
        return None  # "15 xã và 02 thị trấn, đó là: …": the names are of both
    for pattern in (_PLACES_NAMED, _PLACES_AMONG):
        match = pattern.match(reading.text, end)
        if match is None:
            continue
        lead, listed = (group for group in match.groups() if group is not None)
        names = re.split(r"[,;]\s|\svà\s", _ASIDE.sub("", listed))
        right = len(names) == mention.quantity.value
        far = len(names) < _FEWEST or mention.quantity.value > _MOST
        if not _SOME.search(fold(lead)) and (right or pattern is _PLACES_NAMED and not far and not _told_before(reading, mention, len(names))):
            return _claim(mention, len(names), Span(match.end() - len(listed), match.end()))
    return None


def _told_before(reading: Reading, mention: Mention, count: int) -> bool:
    """ "3 xã chưa đạt trong tổng số 7 xã: Hòa Lâm, Tân Mỹ, Yên Bình": are the names those of a figure told before it in the sentence?"""
    before = reading.mentions[max(0, mention.index - _SAID_BEFORE) : mention.index]
    return any(m.sentence == mention.sentence and m.quantity.value == count for m in before)


def _works(reading: Reading, mention: Mention) -> Claim | None:
    match = _WORKS.match(reading.text, mention.quantity.span.end)
    if match is None:
        return None
    names = re.split(r"\s?[;,]\s?|\svà\s", match.group(1))
    if len(names) != mention.quantity.written.value:
        return None
    return _claim(mention, len(names), Span(match.start(1), match.end(1)))


def _numbered(reading: Reading, mention: Mention) -> Claim | None:
    """ "03 cuộc giám sát, cụ thể: (1) …; (2) …; (3) …": the things numbered one after the other to the end of the paragraph."""
    q = mention.quantity
    if not mention.countable or q.unit in _KINDS_ONLY or q.written.approx or q.value not in range(2, _MOST):
        return None
    opened = _NUMBERED_OPENER.match(reading.folded, q.span.end)
    if opened is None or _NOT_ALL.search(opened.group()) or _AFTER_ANOTHER.search(reading.folded, max(0, mention.start - 40), mention.start):
        return None
    end = reading.paragraphs_read[mention.paragraph].span.end
    numbers = [int(n) for n in _NUMBER_OF_ITEM.findall(reading.folded, opened.end() - 1, min(end, opened.end() + _NUMBERED_REACH))]
    listed = next((place for place, n in enumerate(numbers) if n != place + 1), len(numbers))
    goes_on = _NUMBER_OF_ITEM.match(reading.folded[end : end + 8].lstrip()) or end > opened.end() + _NUMBERED_REACH
    whole = listed == len(numbers) or numbers[listed] == 1
    if listed < 2 or goes_on or not whole:
        return None
    place = Span(opened.end() - 1, end)
    return _claim(mention, listed, place) if listed == q.value or _told_singly(reading, mention, listed, place) else None


def _told_singly(reading: Reading, mention: Mention, listed: int, place: Span) -> bool:
    """Is each numbered thing one, with no number of its own, in a list that is one sentence, and about so many?"""
    text = reading.folded[place.start : place.end].rstrip(" .\n")
    figures = reading.by_paragraph[mention.paragraph]
    last = figures[-1].index == mention.index
    more = listed < mention.value and _SEVERAL_IN_ONE.search(text) is not None
    near = 2 * abs(listed - int(mention.value)) <= mention.value
    return near and last and not more and not _SENTENCE_ENDS.search(text) and _EACH_OF.search(mention.before) is None


def _peoples(reading: Reading, mention: Mention) -> Claim | None:
    """ "8 dân tộc cùng sinh sống: Kinh, Tày, …": a closed list of names."""
    match = _PEOPLES.match(reading.text, mention.quantity.span.end)
    if match is None:
        return None
    return _claim(mention, len(re.split(r",\s|\svà\s", match.group(1))), Span(match.start(1), match.end(1)))


def _spelt(reading: Reading, mention: Mention) -> Claim | None:
    """A list in words of any kind: where one item ends is a guess, so only agreement counts."""
    q = mention.quantity
    if not mention.countable or mention.unit in _KINDS_ONLY or q.value not in range(2, 21):
        return None
    match = _SPELT.match(reading.text, q.span.end)
    if match is None:
        return None
    at = match.lastindex or 1
    names = [_COUNTED_BESIDE.sub("", n).strip() for n in re.split(r",\s|\svà\s", match.group(at))]
    if len(names) != q.value or len(set(names)) < len(names) or not all(n and not any(c.isdigit() for c in n) for n in names):
        return None
    return _claim(mention, len(names), Span(match.start(at), match.end(at)))


def _with_figures(reading: Reading, mention: Mention) -> Claim | None:
    """ "Có hộ thoát nghèo ở bảy xã, thị trấn: Tân Phước 121 hộ, Liên Phước 104 hộ, …": things told with a figure each; only
    agreement counts."""
    q = mention.quantity
    opened = _OPENS_FIGURED.match(reading.folded, q.span.end) if mention.countable and _FEWEST <= q.value <= _MOST else None
    if opened is None or q.unit in _KINDS_ONLY:
        return None
    end = reading.sentences[q.sentence].end
    if opened.group().endswith("("):
        closed = reading.folded.find(")", opened.end(), end)
        end = closed if closed >= 0 else end
    if end - opened.end() > _LONGEST_THING * q.value:
        return None
    things = _PARTED.split(reading.folded[opened.end() : end].rstrip(" .;\n"))
    if len(things) != q.value or not all(_THING_WITH_FIGURE.match(thing) for thing in things):
        return None
    return _claim(mention, len(things), Span(opened.end(), end))


def _claim(mention: Mention, count: int, place: Span) -> Claim:
    listed = Term("count", Written(count))
    made = claim(
        Kind.CLAIM_VS_COUNT, [term("claim", mention), listed], "enumeration", scope=mention.quantity.noun
    )
    return replace(made, span=Span(mention.start, place.end))
