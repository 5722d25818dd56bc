"""A figure taken up right after it was told: "có 08 vai diễn …. Trong tám vai diễn ấy", "74 thanh niên …; trong số 74 người
này", "kiến nghị thu hồi 264,8 triệu đồng. … nộp đủ toàn bộ 264,8 triệu đồng phải thu hồi"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from ..digits import neighbours_swapped
from ..language import MEASURES, UNIT, matches, unit_of
from ..model import Claim, Kind, Span, Term, Written
from ..number_words import NUMBER_WORDS, word_value
from ..quantities import Mention, Reading
from .items import Item, claim, one_slip_apart, term

_TAKEN_UP = re.compile(
    rf"(?:trong (?:tổng )?(?:số )?|(?:cả|toàn bộ|tất cả) (?:số )?|số )(?:(?P<digits>\d[\d.]*)|(?P<words>{NUMBER_WORDS})) (?P<noun>[^\W\d_]+(?: [^\W\d_]+){{0,3}}?) (?:này|ấy|đó|nói trên|nêu trên|kể trên|trên đây|vừa nêu)(?!\w)"
)
_OPENING = ("trong ", "cả ", "toàn bộ ", "tất cả ", "số ")
_SAID_ABOVE = re.compile(r"\s(?P<noun>[^\W\d_]+(?: [^\W\d_]+){0,3}?) (?:nói trên|nêu trên|kể trên|trên đây|vừa nêu|này)(?!\w)")
_NO_COUNT = frozenset({"một", "năm"})  # "trong năm học này", "trong một số trường hợp đó"
_ANY = frozenset({"người", "trường hợp"})  # nouns for whatever was counted so
_TIMES = frozenset({"đợt", "kỳ", "phiên", "mùa", "vụ mùa", "giai đoạn", "thời gian", "nhiệm kỳ"})
_OTHERS = re.compile(
    r"(?<!\w)(?:mỗi|từng|bình quân|trung bình|thêm|nâng|tổng|lũy kế|cộng|còn|loại|trừ|khác|một số|nhiều|vài|các|những|nửa|phần|tăng|giảm|trước|đến nay|mới|nữa|cùng|với|gồm|sau (?:khi|đó|rà soát|kiểm tra|thẩm định|sàng lọc|xác minh))(?!\w)"
)
_EACH = re.compile(r"(?<!\w)(?:mỗi|từng|bình quân|trung bình)(?!\w)")
_ASIDE = re.compile(r"[,;:()]")
_SEEN = 40  # figures before one that it may take up
_BESIDE = 8  # other figures on either side, of which there may be some
_SENTENCES = 1  # back in which the only figure of the kind is the one taken up

_ALL_OF = re.compile(r"(?<!\w)(?:toàn bộ|tất cả|đủ|hết|cả)(?: số tiền| số)? $")
_THAT_MUST = re.compile(
    r" (?:đã (?:được )?|phải (?:được )?|cần (?:được )?|được (?:yêu cầu |đề nghị )?|thuộc diện )(?P<verb>[^\W\d_]+(?: [^\W\d_]+){0,3}?)(?=\s?[,.;)\n]|$| (?:theo|trong|của|vào|về|và|từ|nộp)(?!\w))"
)
_OF_A_PERIOD = re.compile(r"(?<!\w)(?<!hết )(?<!đến )(?<!cuối )(?:năm|quý|tháng|kỳ|tuần|đợt|nhiệm kỳ) (?:\d|[ivx]+(?!\w)|trước|nay|này|sau|qua)|(?<!\w)cùng kỳ|(?<!\w)trong (?:năm|quý|tháng|kỳ|tuần|đợt)(?!\w)")
_HAS = re.compile(r",?(?: thì)?(?: đã)?(?: có| gồm)?:? ")
_EACH_ITSELF = frozenset({"người", "cử tri", "hộ", "hồ sơ", "đơn", "phiếu", "thủ tục", "phản ánh", "doanh nghiệp"})  # not made up of others of the name
_LONG_FIGURE = 3  # digits of which it is no chance that two figures have all but one in common
_TITLE = 160  # characters a title has at most
_LONGEST = 500  # characters from what must be done to its being done
_NEAR = 3  # sentences from what must be done to its being done


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """A claim that both figures are one: for each that "này", "ấy", "nói trên" point back from, and each told as all that had
    to be done."""
    at = {m.start: m for m in reading.mentions}
    for match in matches(_TAKEN_UP, reading.folded, *_OPENING):
        index = bisect_right(reading.paragraphs, match.start(), key=lambda span: span.start) - 1
        again = _again(reading, match, at)
        if index >= 0 and again is not None and again.written is not None:
            place = bisect_left(paragraphs[index], match.start(), key=lambda i: i.start)
            told = paragraphs[index][max(0, place - _SEEN) : place] or (paragraphs[index - 1][-_SEEN:] if index else [])
            first = _equal(told, again.written, match["noun"]) or _only(reading, told, match, again.written) or _turned(reading, told, match, again)
            if first is not None:
                yield _claim(first, again)
            part = _among_them(reading, paragraphs[index][place:], match, again)
            if part is not None:
                yield claim(Kind.BREAKDOWN, [replace(again, role="total"), term("part", part.mention)], "breakdown.taken_up", relation="at_most", scope=again.noun)
    for index, items in enumerate(paragraphs):
        for place, item in enumerate(items):
            title = _in_title(reading, paragraphs, index, place)
            if title is not None:
                yield _claim(title, term("b", item.mention))
            found = _all_of_it(reading, items[max(0, place - _SEEN) : place], item)
            if found is not None:
                yield _claim(found, term("b", item.mention))


def _claim(first: Item, again: Term) -> Claim:
    return claim(Kind.SAME_FIGURE, [term("a", first.mention), again], "same.taken_up", scope=first.mention.quantity.noun)


def _again(reading: Reading, match: re.Match[str], at: dict[int, Mention]) -> Term | None:
    """The figure that points back, in digits or in words; None where it counts times."""
    noun = UNIT.match(f" {match['noun']}")
    if match["noun"].split()[0] in _TIMES or noun is not None and unit_of(noun.group(1)) in MEASURES:
        return None
    if match["digits"]:
        mention = at.get(match.start("digits"))
        exact = mention is not None and mention.countable and not mention.quantity.written.approx and mention.over is None
        return term("b", mention) if mention is not None and exact else None
    value, place = word_value(match["words"]), Span(*match.span("words"))
    if value is None or match["words"] in _NO_COUNT:
        return None
    return Term("b", Written(value), reading.text[place.start : place.end], place)


def _counts(item: Item, noun: str) -> bool:
    """Does the figure count what the noun says?"""
    said = UNIT.match(f" {noun}")
    if noun in _ANY and said is not None:
        return item.unit == unit_of(said.group(1))
    return re.match(rf"{re.escape(noun)}(?!\w)", item.mention.after) is not None


def _equal(told: list[Item], again: Written, noun: str) -> Item | None:
    """The nearest figure of that value, whatever it is called there."""
    alike = [i for i in reversed(told) if i.value == again.value]
    return next((i for i in alike if _counts(i, noun)), alike[0] if alike else None)


def _only(reading: Reading, told: list[Item], match: re.Match[str], again: Written) -> Item | None:
    """The figure right before that is the only one of its kind and a slip of the typist apart, so that no other can be
    meant. A larger one only where no word between may choose some of it."""
    sentence = bisect_right(reading.sentences, match.start(), key=lambda span: span.start) - 1
    near = [i for i in told if sentence - i.mention.sentence <= _SENTENCES]
    first = near[-1] if near else None
    if first is None or not _counts(first, match["noun"]) or first.aside or first.mention.depth or first.base is not None or first.mention.quantity.written.approx:
        return None
    if any(i is not first and (i.unit == first.unit or not i.unit) for i in near):
        return None
    beside = reading.mentions[max(0, near[0].mention.index - _BESIDE) : first.mention.index + _BESIDE]
    rates = any((m.percent or m.per) and 0 <= sentence - m.sentence <= _SENTENCES and m.start < match.start() for m in beside)
    noun = match["noun"].split()[0]
    named = re.compile(rf"\s?{re.escape(match['noun'])}").match(reading.folded, first.mention.quantity.span.end)
    end = named.end() if named is not None else first.mention.end
    behind = reading.text[end : match.start()].rstrip(" .,;\n")
    gap = reading.folded[end : end + len(behind)]
    if rates or _EACH.search(first.mention.before) or _OTHERS.search(gap) or re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", gap) or any(c.isdigit() for c in gap):
        return None
    chosen = _ASIDE.search(gap) is not None or any(c.isupper() for c in behind)
    slip = one_slip_apart(str(first.value), str(again.value))
    return first if slip and not (again.value < first.value and chosen) else None


def _turned(reading: Reading, told: list[Item], match: re.Match[str], again: Term) -> Item | None:
    """ "nhận 376 đơn, gồm khiếu nại 10 đơn, tố cáo 21 đơn. Trong số 367 đơn nói trên": the one figure before that has two neighbouring digits
    in the other order."""
    assert again.written is not None
    sentence = bisect_right(reading.sentences, match.start(), key=lambda span: span.start) - 1
    near = [i for i in told if sentence - i.mention.sentence <= _SENTENCES and i.unit == again.unit != "" and not i.aside and i.base is None]
    turned = [i for i in near if i.value >= 10 ** (_LONG_FIGURE - 1) and neighbours_swapped(str(i.value), str(again.written.value))]
    return turned[0] if len(turned) == 1 and not turned[0].mention.quantity.written.approx else None


def _in_title(reading: Reading, paragraphs: list[list[Item]], index: int, place: int) -> Item | None:
    """The figure of the line above that one points back at, when nothing else is counted so: "Số hóa 34.060 trang tài liệu
    hộ tịch" over "… Đơn vị thi công bàn giao đủ 34.060 trang nói trên"."""
    item = paragraphs[index][place]
    said = _SAID_ABOVE.match(reading.folded, item.mention.quantity.span.end) if index else None
    if said is None or item.base is not None or item.mention.quantity.written.approx or said["noun"].split()[0] in _TIMES:
        return None
    line = reading.folded[slice(*reading.paragraphs[index - 1])].rstrip()
    titled = [i for i in paragraphs[index - 1] if _counts(i, said["noun"])]
    plain = len(titled) == 1 and titled[0].base is None and not titled[0].aside and not titled[0].mention.quantity.written.approx
    if len(line) > _TITLE or line.endswith((".", ":", ";")) or not plain or any(_counts(i, said["noun"]) or i.unit == item.unit != "" for i in paragraphs[index][:place]):
        return None
    one, other = str(titled[0].value), str(item.value)
    slip = len(one) == len(other) >= _LONG_FIGURE and (one_slip_apart(one, other) or sorted(one) == sorted(other))
    return titled[0] if one == other or slip and not _OTHERS.search(item.mention.before) else None


def _among_them(reading: Reading, behind: list[Item], match: re.Match[str], again: Term) -> Item | None:
    """ "trong số 74 người này có 45 người …": what is among them, counted alike, when it is told right behind."""
    listed = [i for i in behind[:2] if i.start >= match.end()]
    part = listed[0] if listed and match.group().startswith("trong") and match["digits"] else None
    if part is None or part.unit != again.unit or part.unit not in _EACH_ITSELF or part.base is not None or part.mention.quantity.written.approx:
        return None
    return part if _HAS.fullmatch(reading.folded, match.end(), part.start) else None


def _all_of_it(reading: Reading, before: list[Item], item: Item) -> Item | None:
    """What had to be done, told in the same word before: "nộp đủ toàn bộ 264,8 triệu đồng phải thu hồi"."""
    if not before or item.base is not None or not _ALL_OF.search(reading.folded, max(0, item.start - 24), item.start):
        return None
    must = _THAT_MUST.match(reading.folded, item.mention.end, item.mention.end + 80)
    if must is None:
        return None
    word = re.compile(rf"(?<!\w){re.escape(must['verb'])}(?!\w)")
    told = [i for i in before if i.unit == item.unit and not i.aside and i.base is None and item.mention.sentence - i.mention.sentence <= _NEAR]
    equal = next((i for i in reversed(told) if i.value == item.value), None)
    named = told[-1] if told and word.search(told[-1].mention.before) else None
    if equal is not None or named is None or any(i.mention.sentence == named.mention.sentence for i in told[:-1]):
        return equal  # "tiếp nhận trực tiếp 245 hồ sơ, trực tuyến 180 hồ sơ; đã trả toàn bộ 425 hồ sơ đã tiếp nhận"
    start = reading.sentences[named.mention.sentence].start
    apart = must.end() - start > _LONGEST or _OF_A_PERIOD.search(reading.folded, start, must.end() + 20) is not None
    return named if not apart and one_slip_apart(named.mention.quantity.text, item.mention.quantity.text) else None
