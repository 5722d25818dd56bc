"""Classes of a scale added up from its best: "rất hài lòng 689 phiếu; hài lòng 331 phiếu; … từ mức hài lòng trở lên là
1.020 phiếu, đạt 99,3%", "trước hạn 45,2%, đúng hạn 53,1%, …; tỷ lệ trước và đúng hạn 98,3%". The counts make the count,
and the percents the percent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..model import Claim
from ..quantities import Mention, Reading
from .items import Item, sum_claim, total_of
from .partitions import BOTH, class_of

# the classes of each scale from its best
_SCALES = {
    "satisfaction": ("very", "content", "fair"),
    "pupils": ("good", "fair", "average", "weak"),
    "rating": ("excellent", "good", "met"),
}
_AND_BETTER = re.compile(r"(?<!\w)(?:từ )?(?:mức |loại |hạng |bậc )*(?:độ )?([^,;:.()\d]{2,45}?) trở lên(?!\w)")
_BOTH = re.compile(BOTH)
_BACK = 2  # sentences in which the classes are told
_MOST = 12  # times: no slip of a digit puts a sum further off


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """A breakdown for each figure said to count a class of a scale and all better ones, told after them."""
    for items, mentions in zip(paragraphs, reading.by_paragraph, strict=True):
        if not any(_says_and_better(m.before) or _says_and_better(m.after) for m in mentions):
            continue
        yield from _added_up([i for i in items if not i.aside and i.base is None])
        yield from _added_up(_rates(mentions, items))


def _says_and_better(words: str) -> bool:
    return "trở lên" in words and _AND_BETTER.search(words) is not None or _BOTH.search(words) is not None


def _rates(mentions: Iterable[Mention], items: Iterable[Item]) -> list[Item]:
    """The percents as items of their own, under the labels of the counts they are shares of."""
    owners = {share.index: item for item in items for share in item.shares}
    rates = (m for m in mentions if m.percent and m.unit == "%" and not m.target and m.value != 100)  # "100% hài lòng trở lên" says that there is no other
    return [Item(m, owners[m.index].label if m.index in owners else m.label, "%") for m in rates]


def _added_up(told: list[Item]) -> Iterator[Claim]:
    for place, total in enumerate(told):
        for scale, classes, back in _reached(total.label):
            near = (i for i in told[:place] if total.mention.sentence - i.mention.sentence <= back and not _says_and_better(i.label))
            parts = [i for i in near if class_of(i.label, scale) in classes]
            names = [class_of(i.label, scale) for i in parts]
            in_order = [c for c in classes if c in names] in (names, names[::-1])
            if not in_order or not {classes[0], classes[-1]} <= set(names) or not {i.unit for i in parts} <= {total.unit, ""}:
                continue
            amount = total_of(parts)
            if max(amount, total.value) <= _MOST * min(amount, total.value):
                yield sum_claim(total.mention, parts, "equal", "breakdown.and_better")
                break


def _reached(label: str) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """The scales a label may speak of, with the classes it adds up and the sentences in which they are told."""
    reached = _AND_BETTER.search(label)
    if reached is not None:
        for scale, ranks in _SCALES.items():
            lowest = class_of(reached.group(1), scale)
            if lowest in ranks[1:]:
                yield scale, ranks[: ranks.index(lowest) + 1], _BACK
    elif _BOTH.search(label):
        yield "timeliness", ("early", "on_time"), 0
