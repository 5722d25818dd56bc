"""Remarks in the rows of a table that divide the figure of the row: "| Tin, bài | 58 | loa 41, mạng xã hội 17 |".

The figures of the remark make that of the cell before it. They are held against one that does not fit only where a swap of digits
would make it fit: a remark may name some of its parts only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ..grids import cells_of
from ..model import Claim, Span
from ..quantities import Reading
from ..scope import SEPARATORS
from .items import LEAST, Item, near, one_swap_makes, sum_claim, total_of

_PART = r"\s*(?:[^\W\d_][^\d,;:|()]{0,60}\d[\d.]*[^\d,;:|()]{0,30}|\d[\d.]*\s[^\d,;:|()]{2,60})"  # "mạng xã hội 17", "17 trên mạng"
_REMARK = re.compile(rf"\s*(?:[^\d,;:|()]{{1,40}}:)?{_PART}(?:[,;]{_PART})+")
_BARE = re.compile(r"[\s*]*\d[\d.]*[\s*]*")


def find(reading: Reading, paragraphs: Sequence[Sequence[Item]]) -> Iterator[Claim]:
    """A breakdown for each such row."""
    for part, items in zip(reading.paragraphs_read, paragraphs, strict=True):
        if part.kind not in {"pipe", *SEPARATORS} or len(items) < 3:
            continue
        whole: Item | None = None
        for cell in cells_of(reading, part):
            inside = _inside(items, cell)
            if _BARE.fullmatch(reading.folded, *cell):
                whole = inside[0] if len(inside) == 1 else None
            elif whole is not None and len(inside) >= 2 and _REMARK.fullmatch(reading.folded, *cell):
                fits = total_of(inside) == whole.value
                slipped = whole.value >= LEAST and near(total_of(inside), whole.value) and one_swap_makes(whole, inside)
                if fits or slipped:
                    yield sum_claim(whole.mention, inside, "equal", "table.remark")


def _inside(items: Sequence[Item], cell: Span) -> list[Item]:
    """The figures of a cell."""
    return list(items[bisect_left(items, cell.start, key=lambda i: i.start) : bisect_left(items, cell.end, key=lambda i: i.start)])
