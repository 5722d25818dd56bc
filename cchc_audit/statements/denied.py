"""Those who are, with their share of all, and right behind them those who are not: "đạt chuẩn 106 người (94,6%), chưa đạt chuẩn 06 người",
"thành 29 vụ (82,9%), không thành 6 vụ". What the share comes out on is the whole of the two. Fewer than all they may be: others are neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..language import compatible
from ..model import Claim
from ..quantities import Reading
from .items import LEAST, Item, one_swap_makes, sum_claim
from .partitions import SHARED_MEMBERS
from .runs import AMONG

_DENIED = re.compile(r"(?:^|(?<!\w)(?:và|còn|số|số người|số hộ) )(?:chưa|không)(?: được| có)? (?P<what>[^,;.:()\d]{2,40})$")
_REACH = 80  # characters from the one to the other


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each such pair."""
    told = [i for i in items if not i.aside]
    for done, undone in pairwise(told):
        whole = done.fitted
        if whole is None or not done.shares or done.base is not None or undone.base is not None or whole.value < LEAST or not _alike(reading, done, undone):
            continue
        made = done.value + undone.value
        if undone.value <= whole.value and (made >= whole.value or one_swap_makes(Item(whole, whole.label, whole.unit), [done, undone])):
            yield sum_claim(whole, [done, undone], "equal", "breakdown.denied")


def _alike(reading: Reading, done: Item, undone: Item) -> bool:
    """Are they told of the same words, the one as what the other is not, in one breath?"""
    said = _DENIED.search(undone.mention.before)
    gap = reading.folded[done.end : undone.start]
    if said is None or len(gap) > _REACH or AMONG.search(gap) or SHARED_MEMBERS.search(gap) or done.mention.depth != undone.mention.depth:
        return False
    own = set(done.label.split())
    return compatible(done.unit, undone.unit) and set(said["what"].split()) <= own and undone.mention.sentence - done.mention.sentence <= 1
