"""Counts in brackets behind the names of a list: "191 thủ tục của các sở: Nông nghiệp (17), Tư pháp (15), …"; and the
total of a list in brackets behind it: "… (tổng cộng 496 hồ sơ)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language import compatible
from ..model import Claim, magnitude
from ..quantities import Reading
from .items import Item, close, counted_alike, near, one_swap_makes, sum_claim, total_of

_FEWEST = 3
_MOST = 40
_NEXT = re.compile(r"[^()\d]{0,20}\)?(?:,|;| và| cùng)[^().;:\d]{2,70}\(\s?")  # from one count to the next
_OPENED = re.compile(r"(?::|(?<!\w)gồm)[^().;:\d]{2,70}\(\s?$")  # the words before the first
_LAST = re.compile(r"[^()\d]{0,20}\)?\s?(?:\.(?!\.)|$|\n)")
_SUMMED = re.compile(r"[^()]{0,30}\((?:tổng cộng|cộng|tổng số|tổng)(?: là)?\s?:?\s?$")
_CLOSED = re.compile(r"[^()\d]{0,20}\)")
_FAR = 3  # a sum further than one in so many from the total is of another one


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown of the figure before each list that runs to the end of its sentence."""
    yield from _summed(reading, items)
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


def _summed(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """ "hộ tịch 269 hồ sơ; đất đai 71 hồ sơ; lĩnh vực khác 156 hồ sơ (tổng cộng 496 hồ sơ)": the list of the sentence."""
    text = reading.folded
    for place, total in enumerate(items):
        closed = place >= _FEWEST and _alone(total) and _SUMMED.match(text, items[place - 1].end, total.start) and _CLOSED.match(text, total.end)
        if not closed:
            continue
        listed = [i for i in items[max(0, place - _MOST) : place] if i.mention.sentence == total.mention.sentence and i.mention.depth == 0]
        alike = all(i.base is None and counted_alike(i, total) for i in listed)
        amount = total_of(listed)
        meant = close(amount, total.value) or near(amount, total.value) and one_swap_makes(total, listed)
        if len(listed) >= _FEWEST and alike and meant and not any(i.value == total.value for i in listed):
            yield sum_claim(total.mention, listed, "equal", "breakdown.bracketed")


def _alone(item: Item) -> bool:
    return item.mention.depth == 1 and item.base is None
