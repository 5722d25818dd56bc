"""Sums worked out in the text: "5.206 hồ sơ = 31 kỳ trước + 5.175 mới", "lấy thu 10.218 triệu đồng trừ chi 9.876 triệu đồng, kết dư
342 triệu đồng", "có 9.431 hồ sơ phải giải quyết. Trừ 37 hồ sơ kỳ trước, số nhận trong năm là 9.394"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..language import compatible
from ..model import Claim, Kind
from ..quantities import Mention, Reading
from .items import Item, claim, counted_alike, near, one_swap_makes, sum_claim, term, total_of

_NAME = r"[^,;.:=+()\d\n]{0,40}"
_PLUS = re.compile(rf"{_NAME},?\s?(?:\+|(?<!\w)(?<!công )cộng(?: với| thêm)?(?!\w)){_NAME}")
_MINUS = re.compile(rf"{_NAME}(?<!\w)trừ(?: đi)?(?!\w){_NAME}")
_EQUALS = re.compile(rf"{_NAME}(?:=>?|[,;]?\s(?:thì |vậy |nên )*(?:bằng|kết dư|chênh lệch|thành|được|còn(?: lại)?|(?:vậy )?là)(?!\w)){_NAME}")
_SIGN = re.compile(rf"{_NAME}=>?\s*{_NAME}")
_MADE_OF = re.compile(rf"{_NAME},?\s(?:bằng|chính là|là tổng(?: của)?)\s{_NAME}")  # "phải thi hành 58.420, bằng số có điều kiện 31.208 cộng số chưa có 27.212"
_LESS = re.compile(r"[.;\n]\s*(?:sau khi |nếu )?trừ(?: đi)? ?(?:số )?$")
_LEFT = re.compile(r"[^;.:\d\n]{0,80},(?:(?!(?<!\w)(?:đã|xong|đang|chưa|tồn)(?!\w))[^;.:\d\n]){0,40}(?<!\w)(?:là|còn(?: lại)?|chỉ còn) (?:đúng )?")
_LEAD = 30  # characters before a figure in which it is told to be taken off
_FEWEST = 3  # figures of an equation
_SIGNS = ("+", "trừ", "cộng")


def find(reading: Reading, items: Sequence[Item]) -> Iterator[Claim]:
    """A breakdown for each sum that the words or signs of a paragraph work out."""
    mentions = reading.by_paragraph[items[0].mention.paragraph]
    if len(mentions) < _FEWEST:
        return
    text = reading.folded[max(0, mentions[0].start - _LEAD) : mentions[-1].start]
    if any(sign in text for sign in _SIGNS):
        yield from _written_out(reading, mentions)
        yield from _taken_off(reading, items)


def _written_out(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """Figures joined by signs, and what they are said to come to, before or behind them."""
    place = 0
    while place < len(mentions) - 1:
        ways = [1]
        while place + len(ways) < len(mentions) and (way := _joined(reading, *mentions[place + len(ways) - 1 : place + len(ways) + 1])):
            ways.append(way)
        joined, end = mentions[place : place + len(ways)], place + len(ways)
        if len(joined) >= 2:
            before = mentions[place - 1] if place and any(told.fullmatch(reading.folded, mentions[place - 1].end, joined[0].start) for told in (_SIGN, _MADE_OF)) else None
            behind = mentions[end] if end < len(mentions) and _EQUALS.fullmatch(reading.folded, joined[-1].end, mentions[end].start) else None
            whole = before or behind
            if whole is not None and all(_plain(m) and m.percent == whole.percent and compatible(m.unit, whole.unit) for m in (whole, *joined)):
                terms = [term("total", whole), *(term("part", m, negative=way < 0) for m, way in zip(joined, ways, strict=True))]
                yield claim(Kind.BREAKDOWN, terms, "breakdown.equation", scope=whole.quantity.noun)
        place = end


def _joined(reading: Reading, one: Mention, other: Mention) -> int:
    """1 where the second figure is added to the first, -1 where it is taken off, 0 where neither is said."""
    if _PLUS.fullmatch(reading.folded, one.end, other.start):
        return 1
    return -1 if _MINUS.fullmatch(reading.folded, one.end, other.start) else 0


def _plain(mention: Mention) -> bool:
    odd = mention.per or mention.target or mention.quantity.damaged or mention.quantity.written.approx
    return not odd and mention.over is None and mention.under is None


def _taken_off(reading: Reading, items: Sequence[Item]) -> Iterator[Claim]:
    """ "… 9.431 hồ sơ. Trừ 37 hồ sơ kỳ trước, số nhận trong năm là 9.394": of the one figure of its kind in the sentence before."""
    for whole, off, left in zip(items, items[1:], items[2:], strict=False):
        if not _LESS.search(reading.folded, max(0, off.start - _LEAD), off.start) or not _LEFT.fullmatch(reading.folded, off.mention.end, left.start):
            continue
        alike = all(counted_alike(i, whole) and i.base is None and not i.mention.depth for i in (whole, off, left))
        beside = [i for i in items if i is not whole and i.mention.sentence == whole.mention.sentence and counted_alike(i, whole) and i not in (off, left)]
        parts = [off, left]
        meant = total_of(parts) == whole.value or not beside and (near(total_of(parts), whole.value) or one_swap_makes(whole, parts))
        if alike and meant and off.mention.sentence - whole.mention.sentence <= 1:
            yield sum_claim(whole.mention, parts, "equal", "breakdown.equation")
