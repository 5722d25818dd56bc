"""Those who have and those who have not, out of all: "ngoài 1.108 hộ đã cài đặt, còn 376 hộ chưa cài đặt, trong tổng số 1.475 hộ",
"đã bàn giao 96 mốc, còn 14 mốc chưa bàn giao trên tổng số 110 mốc"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim, Qualifier
from ..quantities import Reading
from .balances import HANDLED
from .items import Item, content, counted_alike, near, one_swap_makes, sum_claim, total_of

_BESIDES = re.compile(r"(?<!\w)(?:ngoài|bên cạnh|ngoại trừ|trừ|cùng với)(?: số)? ?$")
_STILL = re.compile(r"(?<!\w)còn(?: lại)?(?: có)?(?: khoảng)? ?$")
_DONE = re.compile(r"(?<!\w)đã(?!\w)")
_HAVE = re.compile(r"(?<!\w)(?:đã|có) [^;.:()\d]{2,40}$")
_NOT_DONE = re.compile(r"(?<!\w)(?:chưa|không)(?: có| được)? (?P<what>[^\W\d_].*)")
_FRAME = frozenset(["đã", "chưa", "không", "ngoài", "cạnh", "trừ", "khoảng", "hiện", "vẫn", "còn"])
_PENDING = re.compile(r"(?<!\w)đang(?!\w)")
_OF_ALL = re.compile(r"[^;.:()\d]{0,60}?,? ?(?:trong|trên)(?: tổng)? số ?(?:toàn |cả )?")
_ALL = re.compile(r"(?<!\w)(?:tổng số|trong số)(?!\w)[^;.:()\d]{0,30}$")
_BETWEEN = re.compile(r"[^;.:()\d]{0,80}")
_GRADED = re.compile(r"(?<!\w)(?:đủ|hết|đầy đủ|nào|toàn bộ|khác|còn lại|một phần|đợt|lần|mũi|vòng|giai đoạn)(?!\w)")  # some may have a little of it, or others are told of
_REACH = 160  # characters behind them in which others are told of
_LEAD = 40  # characters before a figure that lead it in


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each such three figures of one sentence."""
    for place in range(len(items) - 1):
        pair = items[place : place + 2]
        leads = [_lead(reading, i) for i in pair]
        still = next((k for k, lead in enumerate(leads) if _STILL.search(lead)), None)
        if still is None or not (_BESIDES.search(leads[1 - still]) or still and _HAVE.search(leads[0])) or not _BETWEEN.fullmatch(reading.folded, pair[0].end, pair[1].start):
            continue
        some, others = pair[1 - still], pair[still]
        whole = _whole(reading, items, place)
        if whole is None or not _opposed(some, others) or not all(_plain(i) and counted_alike(i, whole) for i in (some, others, whole)):
            continue
        more = any(i.mention.sentence == whole.mention.sentence and i is not whole and counted_alike(i, whole) for i in items[place + 2 : place + 4])
        said = reading.folded[pair[0].end : min(reading.sentences[whole.mention.sentence].end, pair[1].end + _REACH)]
        unsaid = whole.unit in HANDLED and total_of(pair) < whole.value  # some may be withdrawn or sent on
        meant = not more and not _GRADED.search(said) and (near(total_of(pair), whole.value) and not unsaid or one_swap_makes(whole, pair))
        if meant or total_of(pair) == whole.value:
            yield sum_claim(whole.mention, pair, "equal", "breakdown.besides")


def _lead(reading: Reading, item: Item) -> str:
    return reading.folded[max(reading.sentences[item.mention.sentence].start, item.start - _LEAD) : item.start].replace("\n", " ")


def _plain(item: Item) -> bool:
    return item.base is None and not item.mention.depth and item.mention.quantity.written.qualifier is Qualifier.EXACT


def _opposed(some: Item, others: Item) -> bool:
    """Is what is said of the ones denied of the others, and nothing more, or is it still being done for them?"""
    denied = _NOT_DONE.search(others.mention.after)
    if denied is None:
        return _PENDING.search(others.mention.after) is not None and _DONE.search(some.label) is not None
    said, not_said = content(some.label) - _FRAME, content(denied["what"]) - _FRAME
    verb = denied["what"].partition(" ")[0]
    return re.search(rf"(?<!\w){verb}(?!\w)", some.label) is not None and (not_said <= said or content(some.mention.after) - _FRAME <= not_said)


def _whole(reading: Reading, items: list[Item], place: int) -> Item | None:
    """All of them: told right behind the two, or right before them in their sentence."""
    behind = items[place + 2] if place + 2 < len(items) else None
    if behind is not None and _OF_ALL.fullmatch(reading.folded, items[place + 1].end, behind.start):
        return behind
    before = items[place - 1] if place else None
    told = before is not None and before.mention.sentence == items[place].mention.sentence and _BETWEEN.fullmatch(reading.folded, before.end, items[place].start)
    return before if before is not None and told and _ALL.search(_lead(reading, before)) else None
