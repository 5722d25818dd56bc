"""A sum found, and how all of it is dealt with: "phát hiện sai phạm 412 triệu đồng. Đoàn kiến nghị xử lý toàn bộ số này: thu hồi 268 triệu
đồng, giảm trừ khi quyết toán 144 triệu đồng"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim
from ..quantities import Reading
from .items import Item, one_swap_makes, sum_claim, total_of

_ALL_OF_IT = re.compile(r"(?<!\w)(?:toàn bộ|tất cả|cả|hết) (?:số|các)(?: [^\W\d]+){0,3} (?:này|đó|trên|nói trên)(?: [^\W\d]+){0,6}?(?::| gồm| thì| với)\s")
_FEWEST, _MOST = 2, 8  # ways of dealing with it


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown of the figure told last before such words, where what they list makes it, or would but for a swap of two digits."""
    for total, first in zip(items, items[1:], strict=False):
        if not total.unit or total.base is not None or total.aside or first.mention.sentence - total.mention.sentence > 1:
            continue
        if _ALL_OF_IT.search(reading.folded, total.end, first.start) is None:
            continue
        listed = [i for i in items if i.start >= first.start and i.mention.sentence == first.mention.sentence]
        alike = all(i.unit == total.unit and i.base is None and not i.aside for i in listed)
        meant = total_of(listed) == total.value or one_swap_makes(total, listed)
        if alike and _FEWEST <= len(listed) <= _MOST and meant:
            yield sum_claim(total.mention, listed, "equal", "breakdown.dealt_with")
