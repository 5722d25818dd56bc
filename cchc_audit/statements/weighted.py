"""So many of one kind at so much each, and so many of another: "4 căn (mỗi căn 60 triệu đồng) và 7 căn (mỗi căn 30 triệu đồng);
tổng số 450 triệu đồng", "3 đơn vị bầu 5 đại biểu mỗi đơn vị, 4 đơn vị mỗi nơi bầu 4 đại biểu. Tổng số đại biểu là 31"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..language import compatible
from ..model import Claim, Kind, Rational, Span
from ..quantities import Mention, Reading
from .items import claim, implied, near, said_behind, term

_EACH = re.compile(r"(?<!\w)(?:mỗi|từng)(?: [^\W\d_]+){0,4}(?: (?:là|được|có))?\s$")
_EACH_BEHIND = re.compile(r"[^,;.:()\d]{0,30}?(?:\s?/\s?|(?<!\w)(?:mỗi|một|cho mỗi|trên mỗi) )[^\W\d_]+")
_ROUGHLY = re.compile(r"(?<!\w)(?:bình quân|trung bình|khoảng|từ|đến|tối đa|tối thiểu|không quá|ít nhất|trở lên|hơn|gần|thêm)(?!\w)")
_TOTAL = re.compile(r"(?<!\w)(?:tổng|cộng|tất cả|hết|trị giá|vị chi|cả thảy)(?!\w)[^;.()\d]*$")
_MORE = re.compile(r"(?<!\w)(?:kể cả|cùng|lũy kế|còn|trong (?:số )?đó|tăng|giảm|so với|đến nay|và|thêm|năm (?:trước|ngoái)|cùng kỳ|toàn|cả năm|bao gồm|gồm|khác)(?!\w)")
_CLAUSE = re.compile(r"[;.:()]")
_FEWEST = 2  # kinds
_MOST = 6
_TAIL = 40  # characters behind a rate in which it is said to be of each


def find(reading: Reading) -> Iterator[Claim]:
    """A breakdown of each total told right behind two or more such kinds; its parts are the products."""
    for mentions in reading.by_paragraph:
        place = 0
        while place < len(mentions):
            kinds = _kinds(reading, mentions, place)
            end = place + 2 * len(kinds)
            if len(kinds) >= _FEWEST and end < len(mentions) and _totals(reading, kinds, mentions[end]):
                total = mentions[end]
                amounts: list[Rational] = [count.value * rate.value for count, rate in kinds]
                if near(sum(amounts), total.value) and _alone(mentions, end):
                    terms = [term("total", total), *(implied("part", a, unit=total.unit) for a in amounts)]
                    made = claim(Kind.BREAKDOWN, terms, "breakdown.weighted", scope=total.quantity.noun)
                    yield _over(made, kinds[0][0].start)
            place = max(end, place + 1)


def _over(made: Claim, start: int) -> Claim:
    """The claim over all it was made from."""
    return replace(made, span=Span(start, made.span.end))


def _kinds(reading: Reading, mentions: Sequence[Mention], place: int) -> list[tuple[Mention, Mention]]:
    """The counts with their rates from here on, one pair right behind the other."""
    found: list[tuple[Mention, Mention]] = []
    for count, rate in pairwise(mentions[place : place + 2 * _MOST]):
        if (count.index - mentions[place].index) % 2:
            continue
        after = rate.index - mentions[0].index + 1
        end = min(mentions[after].start if after < len(mentions) else rate.end + _TAIL, reading.sentences[rate.sentence].end)
        gap, behind = reading.folded[count.quantity.span.end : rate.start], reading.folded[rate.quantity.span.end : end]
        each = _EACH.search(gap) or _each(gap) or _EACH_BEHIND.match(behind)
        plain = not (_odd(count) or _odd(rate)) and count.sentence == rate.sentence and not rate.percent
        alike = not found or compatible(rate.unit, found[0][1].unit) and count.sentence == found[0][0].sentence
        if not each or not plain or not alike or ";" in gap or _ROUGHLY.search(gap) or count.quantity.written.rounded:
            break
        found.append((count, rate))
    return found


def _each(gap: str) -> bool:
    """ "4 đơn vị còn lại mỗi nơi bầu 4 đại biểu": a verb stands between."""
    return re.search(r"(?<!\w)(?:mỗi|từng) [^\W\d_]+(?: [^\W\d_]+)? (?:bầu|được bầu|có|trị giá|nhận|được|hỗ trợ|trồng|nộp|đóng góp|gồm|cấp|tặng)\s$", gap) is not None


def _odd(mention: Mention) -> bool:
    return mention.percent or mention.quantity.damaged or mention.quantity.written.approx or mention.over is not None or mention.under is not None


def _totals(reading: Reading, kinds: Sequence[tuple[Mention, Mention]], total: Mention) -> bool:
    """Do the words before a figure say that it is the total of these?"""
    _, last = kinds[-1]
    gap = reading.folded[last.end : total.start]
    told = _TOTAL.search(gap)
    if told is None or _odd(total) or total.depth or total.sentence - last.sentence > 1 or _MORE.search(f"{told.group()} {_CLAUSE.split(said_behind(reading, total, _TAIL))[0]}"):
        return False
    rate = kinds[0][1]
    return total.unit == rate.unit if total.unit else rate.after.partition(" mỗi")[0] in total.before


def _alone(mentions: Sequence[Mention], place: int) -> bool:
    """Is no amount told behind the total that it may also be made of?"""
    behind = mentions[place + 1 : place + 2]
    return not behind or behind[0].sentence != mentions[place].sentence or behind[0].percent or behind[0].unit != mentions[place].unit
