"""Percentages without their counts, of one small whole: "55/58 đại biểu bỏ phiếu. Chủ tịch được tín nhiệm cao 77,59%, tín nhiệm
15,52%, …". Of so few people few percentages are possible: where most of them are, the others must be too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from ..model import Claim, Kind
from ..quantities import Mention, Reading
from .items import Item, claim, comes_out, implied, term
from .pool import figures_of
from .subjects import ALONE, CHANGE, FOREIGN

_PEOPLE = frozenset({"người", "phiếu", "cử tri"})
_FEWEST = 4  # percentages that show their whole
_LARGEST = 1000
_CHANCE = Fraction(1, 20)  # of a percentage drawn at random to be one of the possible ones
_APART = 2  # paragraphs from one percentage to the next
_BACK = 8  # paragraphs before the first in which the whole may be told
_LEAD = 60


def told_together(reading: Reading, paragraphs: Sequence[Sequence[Item]], claims: Sequence[Claim]) -> list[Claim]:
    """The claims with a share of the common whole for each percentage of such a group, instead of a share each of whatever
    small whole stands nearest."""
    alone = [c for c in claims if c.source == ALONE]
    others = [c for c in claims if c.source != ALONE]
    found = list(_find(reading, paragraphs, others))
    grouped = {t.span for c in found for t in c.by_role("p")}
    return [*others, *found, *(c for c in alone if grouped.isdisjoint(t.span for t in c.by_role("p")))]


def _find(reading: Reading, paragraphs: Sequence[Sequence[Item]], told: Iterable[Claim]) -> Iterator[Claim]:
    bound = {t.span for c in told for t in c.terms if t.role in {"p", "part"}}
    loose = [m for m in reading.mentions if m.percent and m.unit == "%" and m.quantity.span not in bound and _is_share(reading, m)]
    for group in _groups(loose):
        first, last = group[0].paragraph, group[-1].paragraph
        near = [i for items in paragraphs[max(0, first - _BACK) : last + 1] for i in items if i.start < group[-1].start and i.unit in _PEOPLE]
        wholes = {m.value: m for i in reversed(near) for m in figures_of(i) if _FEWEST < m.value <= _LARGEST and m.value.denominator == 1}
        reached = {value: [p for p in group if _possible(p, m)] for value, m in wholes.items()}
        best = max(reached, key=lambda v: (len(reached[v]), -v), default=None)
        if best is None or len(reached[best]) < _FEWEST or 4 * len(reached[best]) < 3 * len(group):
            continue
        sentences = {p.sentence for p in reached[best]}
        for percent in group:
            if percent in reached[best] or percent.sentence in sentences:
                base = wholes[best]
                count = implied("n", _nearest(percent, base), unit=base.unit)
                yield claim(Kind.SHARE, [count, term("m", base), term("p", percent)], "share.unsaid", scope=percent.before)


def _is_share(reading: Reading, percent: Mention) -> bool:
    """May it be a share, printed so closely that it tells of how many?"""
    written = percent.quantity.written
    lead = reading.folded[max(0, percent.start - _LEAD) : percent.start]
    clause = re.split(r"[,;.(]\s", lead)[-1]
    close = not written.approx and written.ulp < 1 and 0 < written.value < 100 and not percent.target
    return close and CHANGE.search(clause) is None and FOREIGN.search(clause) is None


def _groups(loose: Sequence[Mention]) -> Iterator[list[Mention]]:
    group: list[Mention] = []
    for percent in loose:
        if group and percent.paragraph - group[-1].paragraph > _APART:
            if len(group) >= _FEWEST:
                yield group
            group = []
        group.append(percent)
    if len(group) >= _FEWEST:
        yield group


def _possible(percent: Mention, whole: Mention) -> bool:
    """Is a whole number of these this percentage, and would hardly any other percentage be?"""
    written = percent.quantity.written
    telling = (whole.value + 1) * written.ulp <= 100 * _CHANCE
    return telling and comes_out(_nearest(percent, whole), whole.value, written)


def _nearest(percent: Mention, whole: Mention) -> int:
    """The whole number of them that comes nearest to the percentage."""
    return round(Fraction(percent.quantity.written.value) * whole.value / 100)
