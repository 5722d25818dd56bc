"""Points given heading by heading: "tự chấm 91,25 điểm trên 100: chỉ đạo 14,00/15 điểm; thể chế 7,50/8 điểm; …", also a line for
each heading. Points reached make the points in all, and the most that can be reached make the scale.

Where the scale closes, the points must; without a scale only agreement is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Claim, Kind, Rational
from ..quantities import Mention, Reading
from .items import claim, near, term

_FEWEST = 3  # headings
_LINES = 2  # paragraphs from one heading to the next, and to the total
_AROUND = 6  # figures before and behind the headings that may be their total
_POINTS = frozenset({"điểm", ""})


def find(reading: Reading) -> Iterator[Claim]:
    """A breakdown of the points in all, and of the scale, for each such list."""
    if "điểm" not in reading.folded:
        return
    for headings in _lists(reading.mentions):
        if any("điểm" in (m.unit, *m.before.split()) for m in headings) or _named_points(reading, headings):
            yield from _added(reading, headings)


def _lists(mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """The stretches of figures that may be points: all of them n/m, or none."""
    listed: list[Mention] = []
    for mention in mentions:
        if mention.under is not None or mention.quantity.written.approx:
            continue
        goes_on = listed and mention.paragraph - listed[-1].paragraph <= _LINES and (mention.over is None) == (listed[-1].over is None)
        if _may_be_points(mention) and (goes_on or not listed):
            listed.append(mention)
            continue
        if len(listed) >= _FEWEST:
            yield listed
        listed = [mention] if _may_be_points(mention) else []
    if len(listed) >= _FEWEST:
        yield listed


def _may_be_points(mention: Mention) -> bool:
    return not mention.percent and mention.unit in _POINTS and not mention.quantity.damaged


def _named_points(reading: Reading, headings: Sequence[Mention]) -> bool:
    """Does the paragraph, or the line above the list, say that it tells points?"""
    first = reading.paragraphs_read[max(0, headings[0].paragraph - 1)].span.start
    return "điểm" in reading.folded[first : headings[0].start]


def _added(reading: Reading, headings: Sequence[Mention]) -> Iterator[Claim]:
    first = headings[0].index
    scales = [reading.mentions[m.over] for m in headings if m.over is not None]
    if not scales:
        yield from _closing(headings)
    if len(scales) < len(headings):
        return
    for place, others in ((0, slice(1, None)), (-1, slice(None, -1))):  # the points in all stand at the head of the list, or end it
        if headings[place].value == _sum(headings[others]) or scales[place].value == _sum(scales[others]):
            yield from _claims([(headings[place], headings[others]), (scales[place], scales[others])])
            return
    around = [m for m in reversed(reading.mentions[max(0, first - _AROUND) : first]) if m.unit == "điểm"]
    whole = next((m for m in around if m.value == _sum(scales)), None)
    reached = next((m for m in around if m.value == _sum(headings)), None)
    if whole is not None and reached is None:  # the one other figure of points before them
        beside = [m for m in around if m is not whole and near(_sum(headings), m.value)]
        reached = beside[0] if len(beside) == 1 else None
    yield from _claims([(total, parts) for total, parts in ((reached, headings), (whole, scales)) if total is not None])


def _claims(columns: Sequence[tuple[Mention, Sequence[Mention]]]) -> Iterator[Claim]:
    for total, parts in columns:
        if len(parts) >= _FEWEST and max(total.value, _sum(parts)) <= 2 * min(total.value, _sum(parts)):
            terms = [term("total", total), *(term("part", m) for m in parts)]
            yield claim(Kind.BREAKDOWN, terms, "breakdown.points", scope=total.quantity.noun)


def _closing(listed: Sequence[Mention]) -> Iterator[Claim]:
    """Points without a scale: the ones behind a figure that make it."""
    for place, total in enumerate(listed[: 1 - _FEWEST]):
        made: Rational = 0
        if total.unit != "điểm" or total.value.denominator == 1:
            continue  # whole points add up by chance
        for start in range(place + 1, min(len(listed), place + 1 + _AROUND)):
            made, end = listed[start].value, start + 1
            while end < len(listed) and made < total.value:
                made += listed[end].value
                end += 1
            if made == total.value and end - start >= _FEWEST:
                yield from _claims([(total, listed[start:end])])
                return


def _sum(mentions: Sequence[Mention]) -> Rational:
    return sum(m.value for m in mentions)
