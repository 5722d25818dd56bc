"""A whole and behind it, to the end of its clause, figures that make it: "09 đơn, kiến nghị 07, phản ánh 02", "53 tập thể, cá nhân, trong đó tập
thể 19, cá nhân 34", "Định biên 23 người, hiện diện 21 người, khuyết 02". Only agreement is claimed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language import compatible
from ..model import Claim, Qualifier
from ..quantities import Reading
from .coincidences import COINCIDENT
from .items import LEAST, Item, content, sum_claim, total_of

_NEXT_CLAUSE = re.compile(r";|[.:]\s")
_OPENS = re.compile(r"(?<!\w)(?:gồm|trong (?:số )?đó|chia|phân|tách|thuộc|do|là|của|ở|tại)(?!\w)|[:(]\s?$")
_LACKING = re.compile(r"(?<!\w)(?:khuyết|thiếu)$")
_FEWEST, _MOST = 2, 10


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each such clause of a paragraph's items, those told aside among them."""
    for clause in _clauses(reading, items):
        whole, parts = clause[0], clause[1:]
        if _FEWEST <= len(parts) <= _MOST and total_of(parts) == whole.value and all(i.value > 0 for i in parts) and _told_of(reading, whole, parts):
            yield sum_claim(whole.mention, parts, "equal", COINCIDENT)


def _clauses(reading: Reading, items: list[Item]) -> Iterator[list[Item]]:
    """The items of each clause, at one level; a colon opens a new one only behind the first of its figures."""
    clause: list[Item] = []
    for item in items:
        if clause and (item.mention.sentence, item.mention.group) != (clause[-1].mention.sentence, clause[-1].mention.group) or len(clause) > 1 and _NEXT_CLAUSE.search(reading.folded, clause[-1].end, item.start):
            yield clause
            clause = []
        clause.append(item)
    yield clause


def _told_of(reading: Reading, whole: Item, parts: list[Item]) -> bool:
    """Are the parts names with a number each, or led in by words that divide, and counted as the whole is? None is a change: "giảm từ 118
    hộ xuống 79 hộ, giảm 39 hộ"."""
    sure = all(i.base is None and i.mention.quantity.written.qualifier is Qualifier.EXACT for i in (whole, *parts))
    changed = any(i.aside and not _LACKING.search(i.mention.before) for i in parts)
    named = all(content(i.mention.before) and not content(i.mention.after) for i in parts)
    opened = _OPENS.search(reading.folded, whole.end, parts[0].start) is not None
    alike = all(i.unit == "" or compatible(i.unit, whole.unit) for i in parts)
    if not sure or changed or whole.value < LEAST and not opened:
        return False
    return alike and (named or opened) or opened and whole.value >= LEAST and len({i.unit for i in parts}) == 1
