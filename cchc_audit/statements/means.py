"""Values that a list tells one by one and their mean or their sum: "Điểm của ba nhóm: người dân 8,6; doanh nghiệp 8,2; cán bộ
9,0. Trung bình cộng của ba nhóm là 8,6 điểm", "chỉ đạo 13,50 điểm, thể chế 9,00, …; tổng 88,00 điểm"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from ..arithmetic import rate_grade
from ..language import DIGITS
from ..model import Claim, Kind, Written
from ..quantities import Mention, Reading
from .items import Item, claim, close, implied, near, sum_claim, term, total_of

_SIMPLE = r"trung bình cộng|trung bình (?:số học|giản đơn)|bình quân (?:giản đơn|cộng|số học)"  # of any other the weights are not told
_MEAN = re.compile(rf"(?<!\w)(?:(?P<simple>{_SIMPLE})|bình quân|trung bình)(?!\w)(?P<of>[^,;:()]{{0,60}})$")
_SUM = re.compile(r"(?:^|[,;.:]\s?|\s)(?:tổng(?: cộng| số)?(?: điểm)?|cộng|tổng điểm)(?: (?:đạt được|đạt|được|là|bằng))?:?\s$")
_ITS_OWN = frozenset(["bằng", "cho", "các", "cả", "của", "giá", "kết", "là", "lệ", "mức", "như", "này", "nói", "quả", "ra", "số", "thì", "trên", "trị", "tính", "tức", "tỷ", "vậy", "điểm", "được", "đạt"])  # fmt: skip
_OF_MARKS = re.compile(r"(?<!\w)(?:xuất sắc|giỏi|khá|tốt|yếu|kém)(?!\w)")  # "giỏi 3, khá 5, trung bình 4"
_EXTREME = re.compile(r"(?<!\w)(?:cao|thấp|nhiều|ít|lớn|nhỏ|ngắn|dài|đông) nhất(?!\w)|(?<!\w)(?:tối đa|tối thiểu|cùng kỳ|năm (?:trước|ngoái))(?!\w)")
_ADDED = re.compile(r"(?<!\w)(?:trừ|thưởng|cộng thêm|bị trừ|tối đa|mục tiêu|chuẩn|tăng|giảm)(?!\w)")
_NUMBER = "|".join(word for word in DIGITS if word not in {"không", "mốt", "lăm"}) + "|mười|[0-9]{1,2}"
_SO_MANY = re.compile(rf"(?<!\w)({_NUMBER}) [^\W\d_]+(?: [^\W\d_]+)?")
_SO_MANY_OF = re.compile(rf"(?<!\w)(?:{_NUMBER}) (?P<noun>[^\W\d_]+)(?!\w)")
_SOME = re.compile(r"(?<!\w)(?:trong đó|như|một số|chủ yếu|tiêu biểu|nội dung chính)(?!\w)|\.\.|…")
_GAP = re.compile(r"(?!.*[:.]\s)[^()\n%]{0,80}?[,;\s-][^()\n%]{0,80}")
_OPENS = re.compile(r":|(?<!\w)(?:lần lượt là|lần lượt|gồm|bao gồm)(?!\w)")
_BRACKET = re.compile(r"\s?(?:điểm)?,?\s?(?:\(|:|(?:bao )?gồm(?: có)?:?\s)[^()\d]{0,80}\Z")
_CLAUSE = re.compile(r"[,;.:()]")
_IN_TURN = re.compile(r"(?<!\w)lần lượt(?: (?:là|đạt|được))? ?:?\s*$")
_EACH_BEFORE = re.compile(r"(?<!\w)(?:mỗi|một)\s(?P<noun>[^\W\d_]+)(?: [^\W\d_]+)?\s(?:được |đạt |là |thu |ghi )?$")
_EACH_BEHIND = re.compile(r"\s?[^\W\d_]*(?: [^\W\d_]+)?\s?(?:/|(?<!\w)(?:mỗi|một)\s)\s?(?P<noun>[^\W\d_]+)(?!\w)")
_HEAD = 160  # characters before a list in which it is said how many values it has
_EACH_WITHIN = 40  # characters behind a mean that tell what it is of
_MOST = 24  # values in a list
_FEWEST_SCORES = 3

_OF_SO_MANY = re.compile(r"[^,;.:()\d]{0,30}\s(?:với|trên|cho)\s\d")  # "Bình quân 29 học sinh một lớp với 48 lớp"

def find(reading: Reading) -> Iterator[Claim]:
    """The mean of each list that one is told of, and the sum of each list of scores."""
    for part, mentions in zip(reading.paragraphs_read, reading.by_paragraph, strict=True):
        for place, mention in enumerate(mentions) if part.kind == "text" else ():
            lead = _lead(reading, mention)
            if mean := "bình" in lead and _MEAN.search(lead):
                yield from _mean(reading, mentions, place, mean)
            elif mention.unit == "điểm" or not mention.unit and _SUM.search(lead):
                yield from _scores(reading, mentions, place, _SUM.search(lead) is not None)


def _lead(reading: Reading, mention: Mention) -> str:
    start = reading.sentences[mention.quantity.sentence].start
    return reading.folded[max(start, mention.start - 90) : mention.start]


def _mean(reading: Reading, mentions: Sequence[Mention], place: int, told: re.Match[str]) -> Iterator[Claim]:
    mean = mentions[place]
    behind = _behind(reading, mentions, place)
    values = behind or _before(reading, mentions, place)
    if len(values) < 2 or mean.over is not None or any(_EXTREME.search(v.label) or _OF_MARKS.search(v.label) for v in values):
        return
    head = "" if behind else _head(reading, values[0])
    in_turn = "" if behind else _in_turn(reading, mean, told, values)
    if _OF_SO_MANY.match(reading.folded, mean.end):
        return
    stated = _so_many(told["of"]) or _so_many(head) or (len(values) if in_turn else 0)
    if stated not in {0, len(values)}:
        return
    written, parts = replace(mean.quantity.written, rounded=True), [_scaled(v, values[-1]) for v in values]
    exact = not any(w.approx for w in (written, *parts))
    least, most = min(p.value for p in parts), max(p.value for p in parts)
    beyond = not least - written.ulp <= written.value <= most + written.ulp  # which no weights make
    sure = in_turn and exact or exact and stated and (told["simple"] or beyond) and _of_these(told, head, "" if behind else _CLAUSE.split(told.string[: told.start()])[-1])
    if sure or rate_grade(parts, Written(len(values)), written).fits:
        terms = [replace(term("total", v), written=replace(part, rounded=True)) for v, part in zip(values, parts, strict=True)]
        rate = replace(term("rate", mean), written=written)
        yield claim(Kind.RATE, [*terms, implied("count", len(values)), rate], "rate.mean", scope=mean.quantity.noun)


def _scaled(value: Mention, last: Mention) -> Written:
    """A value of a list in the scale that its last one names: "120, 135 và 155 triệu đồng"."""
    written = value.quantity.written
    if value.unit or value.scale > 1:
        return written
    return replace(written, value=written.value * last.scale, ulp=written.ulp * last.scale)


def _in_turn(reading: Reading, mean: Mention, told: re.Match[str], values: list[Mention]) -> bool:
    """ "thi đấu 4 trận, ghi lần lượt 71, 68, 75 và 66 điểm, bình quân 70 điểm một trận": as many values as it is said there are
    of what the mean is told for, one of each."""
    first = values[0]
    start = reading.sentences[first.quantity.sentence].start
    lead = reading.folded[max(start, first.start - _HEAD) : first.start]
    each = _EACH_BEFORE.search(told["of"]) or _EACH_BEHIND.match(reading.folded, mean.quantity.span.end, mean.end + _EACH_WITHIN)
    between = reading.folded[values[-1].end : mean.start]
    if each is None or mean.sentence != first.sentence or not _IN_TURN.search(lead) or _SOME.search(lead) or _EXTREME.search(f"{lead} {between}"):
        return False
    clause = _CLAUSE.split(told.string[: told.start()])[-1]
    if any(w not in _ITS_OWN | {"mỗi", "một", each["noun"], mean.unit, values[-1].unit} for w in re.findall(r"[^\W\d_]+", f"{clause} {told['of']}")) or "cả" in told["of"]:
        return False  # "bình quân cả giải", "bình quân toàn huyện": of others too
    counts = [m for m in _SO_MANY_OF.finditer(lead) if m["noun"] == each["noun"]]
    return len(counts) == 1 and _so_many(counts[0].group()) == len(values)


def _head(reading: Reading, first: Mention) -> str:
    """The words that open a list: "điểm hài lòng của ba nhóm"."""
    start = reading.sentences[first.quantity.sentence].start
    return reading.folded[max(start, first.start - _HEAD) : first.start].rpartition(":")[0]


def _of_these(told: re.Match[str], head: str, clause: str) -> bool:
    """Do the words of a mean, and those of its clause before it, name no other things than the list's own do? "Bình quân của
    xã" is of more than three hamlets."""
    own = _ITS_OWN | {*re.findall(r"[^\W\d_]+", head)}
    words = re.findall(r"[^\W\d_]+", f"{clause} {_SO_MANY.sub(' ', told['of'])}")
    return not _EXTREME.search(head) and not _SOME.search(head) and all(word in own for word in words)


def _so_many(text: str) -> int:
    """How many the words say there are: 3 for "của ba nhóm", 0 where they do not say."""
    found = _SO_MANY.findall(text)
    return 0 if not found else int(found[-1]) if found[-1].isdigit() else 10 if found[-1] == "mười" else DIGITS[found[-1]]


def _before(reading: Reading, mentions: Sequence[Mention], place: int) -> list[Mention]:
    """The values of the list before a figure, in its sentence or the one before, as far back as what opens the list."""
    end = mentions[place]
    values: list[Mention] = []
    for at in range(place - 1, max(-1, place - _MOST - 2), -1):
        one, after = mentions[at], values[0] if values else None
        if end.sentence - one.sentence > 1 or after is None and _counts_the_list(reading, one, end):
            if after is None and end.sentence - one.sentence <= 1:
                continue  # "Trung bình cộng của 3 nhóm là 8,6"
            return []
        if not _alike(one, end) or one.depth != end.depth or after is not None and one.sentence != after.sentence:
            return []
        values.insert(0, one)
        start = max(mentions[at - 1].end if at else 0, reading.sentences[one.quantity.sentence].start)
        gap = reading.folded[start : one.start]
        if _OPENS.search(gap):
            return values
        if not _GAP.fullmatch(gap):
            return []
    return []


def _counts_the_list(reading: Reading, one: Mention, end: Mention) -> bool:
    return one.sentence == end.sentence and not re.search(r"[,;.:]", reading.folded[one.end : end.start]) and not one.percent and one.quantity.value <= _MOST


def _behind(reading: Reading, mentions: Sequence[Mention], place: int) -> list[Mention]:
    """The values of the list that opens right behind a figure, in brackets or after a colon."""
    first = mentions[place + 1] if place + 1 < len(mentions) else None
    mean = mentions[place]
    if first is None or first.sentence != mean.sentence or not _BRACKET.match(reading.folded[mean.end : first.start]):
        return []
    values = [first]
    for one in mentions[place + 2 : place + 2 + _MOST]:
        if one.sentence != first.sentence or one.group != first.group or one.depth != first.depth or not _GAP.fullmatch(reading.folded[values[-1].end : one.start]):
            break
        values.append(one)
    return values if all(_alike(v, mean) for v in values) else []


def _alike(one: Mention, mean: Mention) -> bool:
    """May it be a value of which the other is the mean or the sum?"""
    same = one.percent == mean.percent and (one.unit == mean.unit or not one.unit or not mean.unit)
    return same and one.over is None and one.under is None and not (one.per or one.target or one.quantity.damaged)


def _scores(reading: Reading, mentions: Sequence[Mention], place: int, told: bool) -> Iterator[Claim]:
    """ "chỉ đạo 13,50 điểm, thể chế 9,00, …; tổng 88,00 điểm", "đạt 88,00 điểm (chỉ đạo 13,50; …)": all scores of the list,
    none of them taken off."""
    total = mentions[place]
    before = [v for v in _before(reading, mentions, place) if v.sentence == total.sentence] if told else []
    values = before or _behind(reading, mentions, place)
    if len(values) < _FEWEST_SCORES or "điểm" not in {v.unit for v in (*values, total)} or not all(v.before for v in values):
        return
    parts = [Item(v, v.label, v.unit) for v in values]
    listed = reading.folded[values[0].start - len(values[0].before) : max(total.start, values[-1].end)]
    some = _ADDED.search(listed) or _SOME.search(f"{_head(reading, values[0])} {listed}")
    off = not some and (near if before else close)(total_of(parts), Fraction(total.value))
    if any(v.quantity.written.ulp < 1 for v in values) and (off or total_of(parts) == total.value):
        yield sum_claim(total, parts, "equal", "breakdown.scores")
