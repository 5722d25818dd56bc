"""Claims as relations between places of the report, for finding the figure that would repair them.

A relation tells, for each of its figures, the sets of true values that would make it hold with all the
others as they are (`cores`; any of them will do, and none means that it cannot say). Sets are pairs of ends, both included, None where unbounded: ties at a half
do not matter here, since verdicts are given elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .arithmetic import preimage
from .judgement import PERCENT_UNITS
from .model import Claim, Kind, Rational, Span, Written
from .statements.extremes import EXTREME

Ends = tuple[Rational | None, Rational | None]
Place = Span | int  # where a figure stands; negative numbers stand for implied terms
Weighted = tuple[tuple[int, Place], ...]  # figures to add, each with its weight, 1 or -1
Sets = Mapping[Place, Ends]


def ends_of(written: Written) -> Ends:
    """The set a figure stands for, by nearest rounding."""
    if not written.rounded and not written.approx:
        return written.value, written.value
    interval = preimage(written)
    return interval.low, interval.high


def meets(a: Ends, b: Ends, *, strict: bool = False) -> bool:
    """Do the sets share a value (more than one common end, when strict, unless a set is a single point)?"""
    low = a[0] if b[0] is None or (a[0] is not None and a[0] >= b[0]) else b[0]
    high = a[1] if b[1] is None or (a[1] is not None and a[1] <= b[1]) else b[1]
    if low is None or high is None:
        return True
    if low == high and strict:
        return a[0] == a[1] or b[0] == b[1]
    return low <= high


def _sum(places: Sequence[tuple[int, Place]], sets: Sets, skip: Place | None = None) -> Ends:
    low: Rational | None = 0
    high: Rational | None = 0
    for weight, place in places:
        if place == skip:
            continue
        ends = sets[place] if weight > 0 else _negated(sets[place])
        low = None if low is None or ends[0] is None else low + ends[0]
        high = None if high is None or ends[1] is None else high + ends[1]
    return low, high


def _negated(ends: Ends) -> Ends:
    return (None if ends[1] is None else -ends[1], None if ends[0] is None else -ends[0])


def _signed(ends: Ends, weight: int) -> Ends:
    return ends if weight > 0 else _negated(ends)


def _less(a: Ends, b: Ends) -> Ends:
    return (
        None if a[0] is None or b[1] is None else a[0] - b[1],
        None if a[1] is None or b[0] is None else a[1] - b[0],
    )


def _times(a: Ends, b: Ends) -> Ends:
    """Products of two sets of non-negative values."""
    return (
        0 if a[0] is None or b[0] is None else max(a[0], 0) * max(b[0], 0),
        None if a[1] is None or b[1] is None else a[1] * b[1],
    )


def _over(a: Ends, b: Ends) -> Ends:
    """Quotients of non-negative values by positive ones."""
    low = Fraction(0) if a[0] is None or not b[1] else Fraction(a[0], b[1])
    high = None if a[1] is None or b[0] is None or b[0] <= 0 else Fraction(a[1], b[0])
    return low, high


@dataclass(frozen=True, slots=True)
class Addition:
    """Weighted parts make the total, or do not exceed it."""

    parts: Weighted
    total: Place
    at_most: bool
    places: tuple[Place, ...]
    strict: bool = False

    def cores(self, place: Place, sets: Sets) -> list[Ends]:
        if place == self.total:
            low, high = _sum(self.parts, sets)
            return [(low, None if self.at_most else high)]
        weight = next(w for w, p in self.parts if p == place)
        low, high = _less(sets[self.total], _sum(self.parts, sets, place))
        if self.at_most:
            low = None
        return [_signed((low, high), weight)]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Numerators over bases, times 100, less `offset`, is the rate (`sign` -1 for a fall given by its size).

    `other_bases` are bases the report states that would do as well.
    """

    n: Weighted
    m: Weighted
    p: Place
    places: tuple[Place, ...]
    offset: int = 0
    sign: int = 1
    scale: Rational = 100
    other_bases: tuple[Weighted, ...] = ()
    strict: bool = False

    def cores(self, place: Place, sets: Sets) -> list[Ends]:
        n = _sum(self.n, sets)
        if place == self.p:
            return [self._rate(_over(n, _sum(m, sets))) for m in (self.m, *self.other_bases)]
        rate = sets[self.p] if self.sign > 0 else _negated(sets[self.p])
        share: Ends = (
            None if rate[0] is None else Fraction(rate[0] + self.offset) / self.scale,
            None if rate[1] is None else Fraction(rate[1] + self.offset) / self.scale,
        )
        if any(((1, place),) == m for m in self.other_bases):
            return [_over(n, share)]
        upper = next((w for w, p in self.n if p == place), 0)
        lower = next((w for w, p in self.m if p == place), 0)
        if upper and lower:
            return []
        if upper:
            rest = _sum(self.n, sets, place)
            bases = (_sum(m, sets) for m in (self.m, *self.other_bases))
            return [_signed(_less(_times(share, m), rest), upper) for m in bases]
        return [_signed(_less(_over(n, share), _sum(self.m, sets, place)), lower)]

    def _rate(self, quotient: Ends) -> Ends:
        low, high = (None if end is None else self.scale * end - self.offset for end in quotient)
        return (low, high) if self.sign > 0 else _negated((low, high))


@dataclass(frozen=True, slots=True)
class Equality:
    """All the figures are one value."""

    places: tuple[Place, ...]
    strict: bool = True

    def cores(self, place: Place, sets: Sets) -> list[Ends]:
        low: Rational | None = None
        high: Rational | None = None
        for other in self.places:
            if other != place:
                ends = sets[other]
                low = ends[0] if low is None else low if ends[0] is None else max(low, ends[0])
                high = ends[1] if high is None else high if ends[1] is None else min(high, ends[1])
        return [(low, high)]


Relation = Addition | Ratio | Equality


@dataclass(frozen=True, slots=True)
class Related:
    """The relations of one claim with the sets its figures stand for, as printed (without sign)."""

    relations: tuple[Relation, ...]
    sets: Mapping[Place, Ends]


def relate(claim: Claim, first_place: int = -1, *, any_base: bool = False) -> Related:
    """The claim's relations; none where it has too few figures or is of another kind.

    With `any_base` a share may be meant of any base it was tried on, so that each of them may be the slip.
    Implied terms take the places `first_place`, `first_place - 1`, …, which must be free.
    """
    sets: dict[Place, Ends] = {}
    by: dict[str, list[tuple[int, Place]]] = {}
    for term in claim.terms:
        if term.written is None:
            continue
        # an implied term, or a figure that stands twice in the claim, gets a place of its own
        place: Place = term.span if term.span is not None and term.span not in sets else first_place - len(sets)
        ends, weight = ends_of(term.written), -1 if term.written.value < 0 else 1
        sets[place] = ends if weight > 0 else _negated(ends)  # as printed: a subtracted part carries no sign
        by.setdefault(term.role, []).append((weight, place))
    relations: list[Relation] = []
    match claim.kind:
        case Kind.SHARE if by.keys() >= {"n", "m", "p"}:
            others = _other_bases(claim, sets, first_place) if any_base else ()
            relations.append(_ratio(by["n"], by["m"], by["p"][0][1], other_bases=others))
        case Kind.BREAKDOWN if by.keys() >= {"total", "part"} and len(by["total"]) == 1:
            relation = _addition(by["part"], by["total"][0][1])
            if claim.relation == "at_most" and meets(sets[relation.total], (relation.cores(relation.total, sets)[0][0], None)):
                relation = replace(relation, at_most=True)  # where it fails, the parts were most likely meant to make the total
            relations.append(relation)
        case Kind.SHARES_SUM if "part" in by:
            whole_place = first_place - len(sets)
            sets[whole_place] = (100, 100)
            relations.append(_addition(by["part"], whole_place))
        case Kind.SAME_FIGURE | Kind.ROLL_FORWARD:
            relations.append(Equality(tuple(p for role in ("a", "b") for _, p in by.get(role, ()))))
        case Kind.CLAIM_VS_COUNT if claim.source == EXTREME:
            relations.append(_extreme(claim, by["claim"][0][1], by["count"][0][1]))
        case Kind.CLAIM_VS_COUNT if claim.relation == "at_most":
            relations.append(_addition([(1, by["count"][0][1])], by["claim"][0][1], at_most=True))
        case Kind.CLAIM_VS_COUNT if "count" in by and "claim" in by and _counted(claim):
            relations.append(_addition(by["count"], by["claim"][0][1]))
        case Kind.CHANGE:
            relations += _change(claim, by)
        case Kind.RATE if by.keys() >= {"total", "count", "rate"}:
            relations.append(_ratio(by["total"], by["count"], by["rate"][0][1], scale=per_of(claim)))
    return Related(tuple(r for r in relations if len(r.places) > 1), sets)


def _other_bases(claim: Claim, sets: dict[Place, Ends], first_place: int) -> tuple[Weighted, ...]:
    """The candidate bases besides the one chosen, with their sets added; none where the report prints its base."""
    others: list[Weighted] = []
    for base in () if claim.own_base else claim.bases:
        if base.written is None or base.written.value <= 0 or base.span in sets:
            continue
        place: Place = base.span if base.span is not None else first_place - len(sets)
        sets[place] = ends_of(base.written)
        others.append(((1, place),))
    return tuple(others)


def _extreme(claim: Claim, named: Place, true: Place) -> Addition:
    """The member of a list that is its greatest (or least) as the bound of the one that should be."""
    one, other = (claim.by_role(role)[0].written for role in ("claim", "count"))
    assert one is not None and other is not None
    least = other.value < one.value
    part, total = (named, true) if least else (true, named)
    return _addition([(1, part)], total, at_most=True)


def _counted(claim: Claim) -> bool:
    """Does the claim state a number to be counted, rather than that there is none, or that it is so of all?"""
    return any(t.written is not None and t.written.value != 0 and t.unit != "%" for t in claim.by_role("claim"))


def per_of(claim: Claim) -> Rational:
    """For how many of what is counted a rate is told: 1000 for "14,0‰", 10 for "62,4 tạ/ha" of tons, else 1."""
    return next((term.written.value for term in claim.by_role("per") if term.written is not None), 1)


def _percent(claim: Claim, role: str) -> bool:
    return any(term.unit in PERCENT_UNITS for term in claim.by_role(role))


def _addition(parts: Sequence[tuple[int, Place]], total: Place, *, at_most: bool = False) -> Addition:
    return Addition(tuple(parts), total, at_most, (*(p for _, p in parts), total))


def _ratio(
    n: Sequence[tuple[int, Place]],
    m: Sequence[tuple[int, Place]],
    p: Place,
    offset: int = 0,
    sign: int = 1,
    scale: Rational = 100,
    other_bases: tuple[Weighted, ...] = (),
) -> Ratio:
    places = dict.fromkeys([*(q for _, q in n), *(q for _, q in m), *(q for base in other_bases for _, q in base), p])
    return Ratio(tuple(n), tuple(m), p, tuple(places), offset, sign, scale, other_bases)


def _change(claim: Claim, by: Mapping[str, list[tuple[int, Place]]]) -> list[Relation]:
    """now = prev + delta; the rate over prev, in points where the figures are percentages."""
    prev, now, delta, rate = (by[r][0][1] if r in by else None for r in ("prev", "now", "delta", "p"))
    of_rates = _percent(claim, "prev") or _percent(claim, "now")
    if rate is None and delta is not None and _percent(claim, "delta") and not of_rates:
        delta, rate = None, delta
    relations: list[Relation] = []
    values = {term.role: term.written.value for term in claim.terms if term.written is not None}
    direction = -1 if delta is not None and by["delta"][0][0] < 0 else 1
    if prev is not None and now is not None:
        direction = -1 if values["now"] < values["prev"] else 1
        if delta is not None:
            relations.append(_addition([(1, prev), (by["delta"][0][0], delta)], now))
    if rate is not None and prev is not None and now is not None:
        if of_rates:
            relations.append(_addition([(1, prev), (direction, rate)], now))
        else:
            relations.append(_ratio([(1, now)], [(1, prev)], rate, 100, direction))
    elif rate is not None and delta is not None and prev is not None:
        relations.append(_ratio([(1, delta)], [(1, prev)], rate))
    elif rate is not None and delta is not None and now is not None:
        relations.append(_ratio([(1, delta)], [(1, now), (-direction, delta)], rate))
    if "times" in by and prev is not None and now is not None:
        relations.append(_ratio([(1, now)], [(1, prev)], by["times"][0][1], scale=1))
    return relations
