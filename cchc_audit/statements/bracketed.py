"""Counts in brackets behind the names of a list: "191 thủ tục của các sở: Nông nghiệp (17), Tư pháp (15), …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language import compatible
from ..model import Claim, magnitude
from ..quantities import Reading
from .items import Item, sum_claim, total_of

_FEWEST = 3
_NEXT = re.compile(r"[^()\d]{0,20}\)?(?:,|;| và| cùng)[^().;:\d]{2,70}\(\s?")  # from one count to the next
_OPENED = re.compile(r"(?::|(?<!\w)gồm)[^().;:\d]{2,70}\(\s?$")  # the words before the first
_LAST = re.compile(r"[^()\d]{0,20}\)?\s?(?:\.(?!\.)|$|\n)")
_FAR = 3  # a sum further than one in so many from the total is of another one


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown of the figure before each list that runs to the end of its sentence."""
    text = reading.folded
    start = 0
    while start < len(items) - 1:
        end = start + 1
        while end < len(items) and _alone(items[end]) and _NEXT.fullmatch(text, items[end - 1].mention.end, items[end].start):
            end += 1
        listed = items[start:end]
        whole = items[start - 1] if start and len(listed) >= _FEWEST and items[start - 1].mention.depth == 0 else None
        opened = whole is not None and _OPENED.search(text, whole.end, listed[0].start)
        if whole is not None and opened and _LAST.match(text, listed[-1].mention.end):
            alike = all(i.unit == "" or compatible(i.unit, whole.unit) for i in listed)
            if alike and _FAR * magnitude(total_of(listed) - whole.value) <= whole.value:
                yield sum_claim(whole.mention, listed, "equal", "breakdown.bracketed")
        start = end


def _alone(item: Item) -> bool:
    return item.mention.depth == 1 and item.base is None
