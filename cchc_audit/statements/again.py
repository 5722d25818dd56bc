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
from .divisions import falls_short, rest_uncounted
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
    divisions: list[_Division] | None = None
    matches = list(_BY.finditer(reading.folded, low, high)) if "theo " in said or "về " in said else []
    for match, following in zip_longest(matches, matches[1:]):
        end = following.start() if following is not None else high + 1
        place = bisect_left(items, match.end(), key=lambda i: i.start)
        listed = _listed(reading, items[place : place + _MOST + 1], end)
        if not _FEWEST <= len(listed) <= _MOST or listed[0].start - match.end() > _NEAR:
            continue
        divisions = _divisions(items, divided) if divisions is None else divisions
        last = bisect_right(divisions, match.start(), key=lambda d: d.end)
        if not last:
            continue
        whole, first = divisions[last - 1].whole, divisions[last - 1].parts
        lead = reading.folded[match.end("trait") : listed[0].start]
        if _of_a_part(lead, total_of(listed), whole, first) or listed[0].mention.sentence - whole.mention.sentence > _SENTENCES:
            continue
        said = reading.folded[match.start() : listed[-1].end]
        plain = not _SOME.search(said) and not any(i.base is not None or OVERLAPPING.search(i.label) for i in listed)
        if plain and same_units(listed, whole.unit) and not rest_uncounted(reading, listed[-1]) and _meant(whole, listed):
            yield sum_claim(whole.mention, listed, "equal", "breakdown.again")


def _listed(reading: Reading, items: Sequence[Item], end: int) -> list[Item]:
    """The figures to the next clause, at one level."""
    out: list[Item] = []
    for item in items:
        apart = out and (item.mention.sentence != out[0].mention.sentence or ";" in reading.folded[out[-1].end : item.start] and len(out) >= _FEWEST and ";" not in reading.folded[out[0].end : out[1].start])
        if item.start >= end or apart or item.mention.depth != items[0].mention.depth:
            break
        out.append(item)
    return out


def _of_a_part(lead: str, amount: Rational, whole: Item, first: Sequence[Item]) -> bool:
    """Does the list divide a part of the first division: "… gồm 47 hồ sơ cũ và 2.914 hồ sơ mới. Theo hình thức, hồ sơ mới …"?"""
    named = content(lead) - whole.words
    return any(named & i.words or 10 * magnitude(amount - i.value) <= i.value for i in first)


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


def _meant(whole: Item, listed: Sequence[Item]) -> bool:
    amount = total_of(listed)
    if amount == whole.value or one_swap_makes(whole, listed):
        return True
    return not falls_short(amount, whole.value) and _SEVENTH * (amount - whole.value) <= whole.value
