"""A change from one numbered period to another, each with its figure: "(tháng 7: 4.126; tháng 8: 5.307; tháng 9: 5.932), …; tháng 9 tăng
11,8% so với tháng 8"."""

from __future__ import annotations

import re

from ..model import Claim
from ..quantities import Mention, Reading
from .moves import DOWN, HEDGE, UP, Move, change_claim

_PERIOD = r"(?P<{0}>(?:tháng|quý|tuần|đợt|năm) (?:\d{{1,4}}|[ivx]{{1,4}}))(?!\w)"
_GREW = re.compile(rf"(?<!với ){_PERIOD.format('now')}(?: (?:đã|lại|tiếp tục|thì|có))?(?: [^\W\d]+){{0,3}}? (?:(?P<up>{UP})|(?P<down>{DOWN})){HEDGE}\s*$")
_AGAINST = re.compile(rf"[^,;.:()\d]{{0,20}} so với {_PERIOD.format('prev')}")
_REACH = 60  # characters on either side of the change in which the two periods are named


def of_numbered_periods(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """The rate of change at the place, where just one figure of the paragraph before it is told of each of the two periods."""
    size = mentions[place]
    grew = _GREW.search(reading.folded, max(reading.sentences[size.sentence].start, size.start - _REACH), size.start)
    against = _AGAINST.match(reading.folded, size.end, size.end + _REACH) if grew is not None else None
    if grew is None or against is None or size.unit != "%":
        return None
    told = [m for m in mentions[:place] if m.countable]
    prev, now = (_the_one(reading, told, period) for period in (against["prev"], grew["now"]))
    if prev is None or now is None or prev is now or prev.unit != now.unit:
        return None
    return change_claim(prev, now, Move(grew["down"] is not None, rate=size), "change.numbered")


def _the_one(reading: Reading, told: list[Mention], period: str) -> Mention | None:
    named = re.compile(rf"(?<!\w){re.escape(period)}(?:/\d{{4}})?\s?(?::| là| có| đạt)?\s{{0,2}}$")
    found = [m for m in told if named.search(reading.folded, max(0, m.start - _REACH), m.start)]
    return found[0] if len(found) == 1 else None
