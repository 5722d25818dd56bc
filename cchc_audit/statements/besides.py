"""Those who have and those who have not, out of all: "ngoài 1.108 hộ đã cài đặt, còn 376 hộ chưa cài đặt, trong tổng số 1.475 hộ",
"còn 376 hộ chưa lắp, ngoài 1.099 hộ đã lắp, trong số 1.475 hộ"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim, Qualifier
from ..quantities import Reading
from .items import Item, content, counted_alike, near, one_swap_makes, sum_claim, total_of

_BESIDES = re.compile(r"(?<!\w)(?:ngoài|bên cạnh|ngoại trừ|trừ|cùng với)(?: số)? ?$")
_STILL = re.compile(r"(?<!\w)còn(?: lại)?(?: có)?(?: khoảng)? ?$")
_DONE = re.compile(r"(?<!\w)(?:đã|có)(?: được)? ([^\W\d_]+)")
_NOT_DONE = re.compile(r"(?<!\w)(?:chưa|không)(?: có| được)? ([^\W\d_]+)")
_PENDING = re.compile(r"(?<!\w)đang(?!\w)")
_OF_ALL = re.compile(r"[^;.:()\d]{0,60}?,? ?(?:trong|trên)(?: tổng)? số ?(?:toàn |cả )?")
_ALL = re.compile(r"(?<!\w)(?:tổng số|trong số)(?!\w)[^;.:()\d]{0,30}$")
_BETWEEN = re.compile(r"[^;.:()\d]{0,80}")
_GRADED = re.compile(r"(?<!\w)(?:đủ|hết|đầy đủ|nào|toàn bộ|khác|còn lại|một phần)(?!\w)")  # some may have a little of it, or others are told of
_REACH = 160  # characters behind them in which others are told of
_LEAD = 40  # characters before a figure that lead it in


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each such three figures of one sentence."""
    for place in range(len(items) - 1):
        pair = items[place : place + 2]
        leads = [_lead(reading, i) for i in pair]
        told = [next((k for k, lead in enumerate(leads) if p.search(lead)), None) for p in (_BESIDES, _STILL)]
        if None in told or told[0] == told[1] or not _BETWEEN.fullmatch(reading.folded, pair[0].end, pair[1].start):
            continue
        some, others = (pair[k] for k in told if k is not None)
        whole = _whole(reading, items, place)
        if whole is None or not _opposed(some, others) or not all(_plain(i) and counted_alike(i, whole) for i in (some, others, whole)):
            continue
        said = reading.folded[pair[0].end : min(reading.sentences[whole.mention.sentence].end, pair[1].end + _REACH)]
        meant = not _GRADED.search(said) and (near(total_of(pair), whole.value) or one_swap_makes(whole, pair))
        if meant or total_of(pair) == whole.value:
            yield sum_claim(whole.mention, pair, "equal", "breakdown.besides")


def _lead(reading: Reading, item: Item) -> str:
    return reading.folded[max(reading.sentences[item.mention.sentence].start, item.start - _LEAD) : item.start].replace("\n", " ")


def _plain(item: Item) -> bool:
    return item.base is None and not item.mention.depth and item.mention.quantity.written.qualifier is Qualifier.EXACT


def _opposed(some: Item, others: Item) -> bool:
    """Is what is said of the ones denied of the others, or still to be done for them?"""
    done, denied = _DONE.search(some.mention.after), _NOT_DONE.search(others.mention.after)
    if done is None:
        return False
    return _PENDING.search(others.mention.after) is not None if denied is None else denied[1] == done[1] or not content(denied[1])


def _whole(reading: Reading, items: list[Item], place: int) -> Item | None:
    """All of them: told right behind the two, or right before them in their sentence."""
    behind = items[place + 2] if place + 2 < len(items) else None
    if behind is not None and _OF_ALL.fullmatch(reading.folded, items[place + 1].end, behind.start):
        return behind
    before = items[place - 1] if place else None
    told = before is not None and before.mention.sentence == items[place].mention.sentence and _BETWEEN.fullmatch(reading.folded, before.end, items[place].start)
    return before if before is not None and told and _ALL.search(_lead(reading, before)) else None
