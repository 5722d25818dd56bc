"""A whole that is divided twice: "325 lao động: Nhật Bản 184, Đài Loan 96, Hàn Quốc 45. Theo nhóm nghề: cơ khí 140, điện tử 78,
nông nghiệp 71, điều dưỡng 36".

The first division shows what the whole is; a list told right behind it by another trait divides the same whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from ..model import Claim, Rational, magnitude
from ..quantities import Reading
from .classes import falls_short
from .divisions import rest_uncounted
from .items import LEAST, Item, content, one_swap_makes, same_units, sum_claim, total_of
from .partitions import OVERLAPPING

_TRAIT = (
    r"(?:kênh|hình thức|cách|phương thức|tháng|quý|tuần|lĩnh vực|thôn|tổ|khu|xã|phường|địa bàn|đơn vị|cấp|giới(?: tính)?|độ tuổi|lứa tuổi|đối tượng"
    r"|loại(?: hình)?|nhóm|dân tộc|nguồn|trình độ|nguyên nhân|nội dung|kết quả|nghề|ngành|bộ môn|môn|thành phần|mức|tôn giáo|hạng|thể loại|tính chất|thẩm quyền)"
)
_BY = re.compile(
    rf"(?:^|[.;,:(\n])[\s\W]*(?:(?:nếu )?(?:chia|phân(?: chia| loại)?|xét|tính) )?(?:theo|về) (?P<trait>{_TRAIT})(?!\w)[^:;.,\d]{{0,30}}(?::|,[^:;.,\d]{{0,40}}(?:gồm(?: có)?|có|:)|,)\s"
)
_SOME = re.compile(r"(?<!\w)(?:chủ yếu|nhiều nhất|cao nhất|như|nổi bật|điển hình|tiêu biểu|riêng|đáng chú ý|tập trung|trong (?:số )?đó|cùng kỳ|(?:năm|quý|tháng|kỳ|đợt) (?:trước|ngoái|này)|bình quân|trung bình|lũy kế|tăng|giảm|vượt)(?!\w)")
_FEWEST, _MOST = 2, 14
_SENTENCES = 2  # from the first division to the second
_NEAR = 60  # characters from the name of the trait to the first figure
_BACK = 40  # figures before a list among which another total of it may be
_SEVENTH = 7  # of a whole by which a list is over at the most


class _Division(NamedTuple):
    """A whole, its parts, and where they end."""

    end: int
    whole: Item
    parts: list[Item]


def find(reading: Reading, items: Sequence[Item], divided: Sequence[Claim]) -> Iterator[Claim]:
    """A breakdown for each list told by another trait behind a division that holds.

    `divided` are the divisions of the paragraph; the list is held against the whole of the last one before it, where it comes
    to more or all but to it, or would with two neighbouring digits turned.
    """
    low, high = items[0].start, items[-1].start
    said = reading.folded[low:high] if divided else ""
    matches = list(_BY.finditer(reading.folded, low, high)) if "theo " in said or "về " in said else []
    divisions = _divisions(items, divided) if matches else []
    for match, following in zip_longest(matches, matches[1:]):
        last = bisect_right(divisions, match.start(), key=lambda d: d.end)
        place = bisect_left(items, match.end(), key=lambda i: i.start)
        listed = _listed(reading, items[place : place + _MOST + 1], following.start() if following is not None else high + 1)
        if last and _FEWEST <= len(listed) <= _MOST and _divides(reading, match, listed, divisions[last - 1], items[max(0, place - _BACK) : place]):
            yield sum_claim(divisions[last - 1].whole.mention, listed, "equal", "breakdown.again")


def _divides(reading: Reading, match: re.Match[str], listed: Sequence[Item], first: _Division, before: Sequence[Item]) -> bool:
    """Does a list divide the whole of the division before it, and no other figure told before?"""
    whole, amount = first.whole, total_of(listed)
    if listed[0].start - match.end() > _NEAR or listed[0].mention.sentence - whole.mention.sentence > _SENTENCES:
        return False
    if whole.base is not None and whole.base.value == amount:
        return False  # "Đảng viên 54/59 người. … Về trình độ: 7 thạc sĩ; 50 đại học; 2 cao đẳng": of the 59
    if not same_units(listed, whole.unit) or any(i.base is not None or OVERLAPPING.search(i.label) for i in listed):
        return False
    if _SOME.search(reading.folded, match.start(), listed[-1].end) or rest_uncounted(reading, listed[-1]):
        return False
    if _of_a_part(reading.folded[match.end("trait") : listed[0].start], amount, first) or any(i.value == amount != whole.value for i in before):
        return False
    over = _SEVENTH * (amount - whole.value) > whole.value
    return one_swap_makes(whole, listed) or not over and not falls_short(amount, whole.value)


def _listed(reading: Reading, items: Sequence[Item], end: int) -> list[Item]:
    """The figures to the next clause, at one level; of clauses with a figure each, all to the end of the sentence."""
    out: list[Item] = []
    each = len(items) > 1 and ";" in reading.folded[items[0].end : items[1].start]
    for item in items:
        parted = out and not each and ";" in reading.folded[out[-1].end : item.start]
        if item.start >= end or parted or (item.mention.sentence, item.mention.depth) != (items[0].mention.sentence, items[0].mention.depth):
            break
        out.append(item)
    return out


def _of_a_part(lead: str, amount: Rational, first: _Division) -> bool:
    """Does the list divide a part of the first division: "… gồm 47 hồ sơ cũ và 2.914 hồ sơ mới. Theo hình thức, hồ sơ mới …"?"""
    named = content(lead) - first.whole.words
    return any(named & i.words or 10 * magnitude(amount - i.value) <= i.value for i in first.parts)


def _divisions(items: Sequence[Item], divided: Sequence[Claim]) -> list[_Division]:
    """The divisions whose parts make their whole, by where they end."""
    at = {i.mention.quantity.span: i for i in items}
    out: list[_Division] = []
    for claim in divided:
        wholes = [at[t.span] for t in claim.by_role("total") if t.span in at]
        parts = [at[t.span] for t in claim.by_role("part") if t.span in at]
        sound = len(wholes) == 1 and len(parts) == len(claim.by_role("part")) and total_of(parts) == wholes[0].value >= LEAST
        if sound:
            out.append(_Division(max(i.mention.quantity.span.end for i in (*parts, *wholes)), wholes[0], parts))
    return sorted(out, key=lambda d: d.end)
