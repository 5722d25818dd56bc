"""Classes of one division told over several sentences: "142.090 cử tri tham gia. Tán thành là 138.231 cử tri. Không tán thành là
3.253 người. Bên cạnh đó, 152 cử tri có ý kiến khác và 454 phiếu không hợp lệ." """

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..language import compatible
from ..model import Claim, magnitude
from .items import LEAST, Item, sum_claim, total_of
from .partitions import class_of

_SPREAD = ("vote", "confidence", "rating", "timeliness", "validity")
_NONE_LEFT = {
    "vote": ({"for", "against", "void", "other"},),
    "confidence": ({"high", "middle", "low"},),
    "rating": ({"excellent", "good", "met", "failed"},),
    "validity": ({"valid", "void"},),
}
_TAKING_PART = re.compile(r"(?<!\w)(?:tham gia|đi bầu|bỏ phiếu|bầu cử|phát ra|thu về|thu vào|có mặt|xếp loại|đánh giá|tổng|trả lời|lấy ý kiến)(?!\w)")
_NEXT = 2  # sentences from one class to the next
_BEFORE = 5  # figures before the first class, one of which the whole would be
_SENTENCES = 3  # from the whole to the first class
_MOST = 5
_FAR = 50  # a sum further than one in so many from the whole leaves out those who gave no answer


def find(paragraphs: Sequence[Sequence[Item]]) -> Iterator[Claim]:
    """A breakdown for each such row of classes, against the figure before it that they make, or that they should: where no class
    is left out."""
    told = [i for items in paragraphs for i in items if not i.aside and i.mention.depth == 0]
    for name in _SPREAD:
        before: Item | None = None  # the whole of the row before: what was asked next was asked of the same voters
        for place, classes, parts in _rows(told, name):
            if parts[0].mention.sentence == parts[-1].mention.sentence:
                continue
            wholes = [
                i for i in reversed(told[max(0, place - _BEFORE) : place])
                if parts[0].mention.sentence - i.mention.sentence <= _SENTENCES and compatible(i.unit, parts[0].unit) and class_of(i.label, name) is None
            ]  # fmt: skip
            wholes = wholes or [before] if before is not None else wholes
            amount = total_of(parts)
            made = next((i for i in wholes if i.value == amount >= LEAST), None)
            if made is not None:
                before = made
                yield sum_claim(made.mention, parts, "equal", "breakdown.spread")
            elif any(c <= classes for c in _NONE_LEFT.get(name, ())):
                meant = next((i for i in wholes if _FAR * magnitude(amount - i.value) <= i.value and _TAKING_PART.search(i.label)), None)
                if meant is not None:
                    yield sum_claim(meant.mention, parts, "equal", "breakdown.spread")


def _rows(told: Sequence[Item], name: str) -> Iterator[tuple[int, set[str], list[Item]]]:
    """Where each row of classes begins, the classes, and their figures: one after the other, each class once."""
    first, classes, parts = 0, set[str](), list[Item]()
    for place, item in enumerate(told):
        found = class_of(item.label, name)
        if found is None or item.mention.percent:
            continue
        apart = parts and item.mention.sentence - parts[-1].mention.sentence > _NEXT
        if found in classes or apart or parts and not compatible(item.unit, parts[0].unit):
            if len(parts) >= 2:
                yield first, classes, parts[:_MOST]
            classes, parts = set(), []
        if not parts:
            first = place
        classes.add(found)
        parts.append(item)
    if len(parts) >= 2:
        yield first, classes, parts[:_MOST]
