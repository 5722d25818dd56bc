"""Which figure is the slip? Over connected claims, the figures whose correction would repair them all.

Every figure of a failing claim is weighed as if it alone were wrong: what values would make its claims
hold, and how likely is it to mistype one of those as printed. Claims that hold speak for their figures,
and so do other mentions of a value. `smallest_repairs` lists the smallest sets of figures that repair
a whole group, every tie included.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import prod
from typing import NamedTuple

from .digits import distance
from .model import Rational, Span, Written, magnitude
from .relations import Addition, Ends, Place, Ratio, Relation, ends_of, meets
from .slips import Origin, Slip, digits_for, digits_of, last_place, origins

UNREPAIRED = 1e-3  # how much a claim left failing speaks against a correction
BROKEN = 0.03  # how much a claim that held and would break does: some hold by chance
ODD_SLIP = 0.05  # each further typing step beyond the single slips makes a correction this much less likely
FEW = 3  # a figure with at most this many possible values has them considered although no single slip explains them
NO_END = 10**30
HAND_ADDED = 1.5  # totals are added by hand, and slip more often than what is copied
OTHER_BASE = 0.3  # a base that a share may be meant of is a suspect only if it is
MOST_POWER = 20
MOST_BESIDE = 6  # failing, and as many holding, relations heard of each figure
MOST_FIGURES = 25  # the largest group searched for repairing sets
MOST_CHANGED = 3  # the largest repairing set searched for


class Printed(NamedTuple):
    """A figure as it stands in the report."""

    place: Span
    text: str
    written: Written
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A value a figure may have been meant to have. `breaks` counts its claims that would not hold with it."""

    value: Rational
    ulp: Rational
    slip: Slip
    likelihood: float
    breaks: int
    mentioned: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """A figure as the suspect of a failing claim: `score` ranks it, `remedies` are best first.

    `values` is how many values would repair every claim of the figure, None when without bound; `single`
    says that correcting this figure alone also repairs the failing claims beside this one.
    """

    figure: Printed
    score: float
    remedies: tuple[Remedy, ...]
    values: int | None
    single: bool
    claims: int


class Mentions:
    """How often each value is printed, by unit: an independent mention speaks for a value."""

    def __init__(self, figures: Iterable[Printed]) -> None:
        self._places: dict[Rational, dict[Span, str]] = defaultdict(dict)
        for figure in figures:
            self._places[magnitude(figure.written.value)][figure.place] = figure.unit

    def elsewhere(self, value: Rational, figure: Printed, but: Container[Place]) -> bool:
        """Is the value printed with the same unit, or with none, at a place other than those?"""
        size: Rational = value if value >= 0 else -value
        places = self._places.get(size)
        return places is not None and any(
            place not in but and (unit == figure.unit or not unit or not figure.unit)
            for place, unit in places.items()
        )


def trust(value: Rational, ulp: Rational) -> float:
    """How much another mention of a value says: little for small numbers, which are everywhere."""
    digits = len(str(abs(Fraction(value) / ulp).numerator))
    return (1.0, 1.5, 4.0, 20.0)[min(digits, 3)]


@dataclass(frozen=True, slots=True)
class Group:
    """Failing relations that share figures, with the holding relations those figures stand in.

    `at` gives these relations by place, a few where a figure stands in many.
    """

    failing: tuple[Relation, ...]
    holding: tuple[Relation, ...]
    sets: Mapping[Place, Ends]
    figures: Mapping[Place, Printed]
    at: Mapping[Place, Sequence[Relation]]


def connected(
    failing: Sequence[Relation],
    holding: Sequence[Relation],
    sets: Mapping[Place, Ends],
    figures: Mapping[Place, Printed],
) -> list[Group]:
    """The failing relations in groups that share figures, in the order given."""
    wrong, right = _by_place(failing), _by_place(holding)
    groups, seen = [], set[int]()
    for first in failing:
        if id(first) in seen:
            continue
        seen.add(id(first))
        members = [first]
        for relation in members:  # grows while it is walked
            for place in relation.places:
                fresh = [r for r in wrong[place] if id(r) not in seen]
                seen.update(map(id, fresh))
                members += fresh
        places = dict.fromkeys(place for relation in members for place in relation.places)
        near = {id(r): r for place in places for r in right.get(place, ())[:MOST_BESIDE]}
        shown = {place: figures[place] for place in places if place in figures}
        at = {place: (*wrong[place][:MOST_BESIDE], *right.get(place, ())[:MOST_BESIDE]) for place in places}
        groups.append(Group(tuple(members), tuple(near.values()), sets, shown, at))
    return groups


def _by_place(relations: Sequence[Relation]) -> dict[Place, list[Relation]]:
    found: dict[Place, list[Relation]] = defaultdict(list)
    for relation in relations:
        for place in relation.places:
            found[place].append(relation)
    return found


def weigh(group: Group, relation: Relation, mentions: Mentions) -> list[Weighed]:
    """The figures of one failing relation, each weighed as the one slip that made it fail; likeliest first."""
    failing = {id(r) for r in group.failing}
    beside = {id(r) for place in relation.places for r in group.at[place] if id(r) in failing}
    places = [place for place in dict.fromkeys(relation.places) if place in group.figures]
    found = [_weigh(group, group.figures[place], relation, beside, mentions) for place in places]
    return sorted(found, key=lambda w: (-w.score, w.figure.place))


def _weigh(group: Group, figure: Printed, relation: Relation, beside: Set[int], mentions: Mentions) -> Weighed:
    """`beside` are the failing relations, this one among them, that share a figure with this one."""
    written, place = figure.written, figure.place
    relations = [relation, *(r for r in group.at[place] if r is not relation)]
    telling = [_Telling(r, cores, id(r) in beside) for r in relations if (cores := r.cores(place, group.sets))]
    if not telling or telling[0].relation is not relation:
        return Weighed(figure, 0.0, (), None, False, len(telling))
    common = _intersection(t.cores[0] for t in telling if len(t.cores) == 1)
    values = _count(common, written)
    fitting: dict[tuple[float, int], list[Origin]] = defaultdict(list)  # by what is left failing or broken
    ranges: dict[int, list[list[tuple[int, int]]]] = {}  # of the others: most slips miss the relation itself
    lengths = (0, 1, -1) if written.ulp.denominator > 1 else (0,)  # decimals more than printed
    own = {more: telling[0].ranges(written, last_place(written.ulp, more)) for more in lengths}
    for origin in (*origins(figure.text, written), *_odd(figure, common if values else telling[0].cores[0])):
        if not _within(origin.digits, own[origin.more]):
            continue
        if origin.more not in ranges:
            unit = last_place(written.ulp, origin.more)
            ranges[origin.more] = [t.ranges(written, unit) for t in telling[1:]]
        others = zip(telling[1:], ranges[origin.more], strict=True)
        missed = [t for t, sets in others if not _within(origin.digits, sets)]
        fitting[prod(UNREPAIRED if t.failing else BROKEN for t in missed), len(missed)].append(origin)
    weight, fewest = max(fitting, default=(1.0, len(telling)))
    remedies = _remedies(group, figure, fitting.get((weight, fewest), []), fewest, mentions)
    outside = len(beside - {id(r) for r in relations})
    score = sum(remedy.likelihood for remedy in remedies) * weight * UNREPAIRED ** min(outside, MOST_POWER)
    if mentions.elsewhere(written.value, figure, group.figures):
        score /= trust(written.value, written.ulp)
    if isinstance(relation, Addition) and relation.total == place:
        score *= HAND_ADDED
    if isinstance(relation, Ratio) and ((1, place),) in relation.other_bases:
        score *= OTHER_BASE
    return Weighed(figure, score, remedies, values, bool(remedies) and fewest + outside == 0, len(telling))


class _Telling(NamedTuple):
    """A relation with the sets of true values it leaves one figure."""

    relation: Relation
    cores: list[Ends]
    failing: bool

    def ranges(self, written: Written, unit: Rational) -> list[tuple[int, int]]:
        return [_digits(core, unit, written, self.relation.strict) for core in self.cores]


def _within(digits: int, ranges: Sequence[tuple[int, int]]) -> bool:
    for low, high in ranges:  # noqa: SIM110  # asked of every slip of every figure: a generator would cost twice as much
        if low <= digits <= high:
            return True
    return False


def _digits(core: Ends, unit: Rational, written: Written, strict: bool) -> tuple[int, int]:
    """The digits, in units of the last place, that a true value in the set may be written with: first and last."""
    half = Fraction(unit) / 2 if written.rounded else 0
    low, high = core
    first = 0 if low is None else -((half - low) // unit)
    last = NO_END if high is None else (high + half) // unit
    if strict and half and low != high:  # an end in common is not enough
        first += low is not None and first * unit == low - half
        last -= high is not None and last * unit == high + half
    return max(first, 0), last


def _remedies(
    group: Group, figure: Printed, sources: Sequence[Origin], breaks: int, mentions: Mentions
) -> tuple[Remedy, ...]:
    """The values of the sources, each once, likeliest first; one that is printed elsewhere gains."""
    best: dict[Rational, Remedy] = {}
    for origin in sources:
        ulp = last_place(figure.written.ulp, origin.more)
        value = origin.digits * ulp
        mentioned = mentions.elsewhere(value, figure, group.figures)
        likelihood = origin.likelihood * (trust(value, ulp) if mentioned else 1)
        if value not in best or likelihood > best[value].likelihood:
            best[value] = Remedy(value, ulp, origin.slip, likelihood, breaks, mentioned)
    return tuple(sorted(best.values(), key=lambda remedy: -remedy.likelihood))


def _odd(figure: Printed, wanted: Ends) -> list[Origin]:
    """The few values that would repair the figure's claims, however unlikely to be mistyped as printed."""
    digits, unit = digits_of(figure.text, figure.written), figure.written.ulp
    found = []
    for k in _few(wanted, figure.written):
        if k * unit != abs(figure.written.value):
            steps = distance(digits_for(k * unit, unit, digits), digits) if digits else 3
            found.append(Origin(k, 0, Slip.OTHER, 1e-3 * ODD_SLIP**steps))
    return found


def _intersection(cores: Iterable[Ends]) -> Ends:
    low: Rational | None = None
    high: Rational | None = None
    for core in cores:
        if core[0] is not None and (low is None or core[0] > low):
            low = core[0]
        if core[1] is not None and (high is None or core[1] < high):
            high = core[1]
    return low, high


def _lattice(ends: Ends, written: Written) -> tuple[int | None, int | None]:
    """First and last multiple of a figure's last place that a value in the set may be written as."""
    unit, half = written.ulp, Fraction(written.ulp) / 2 if written.rounded else 0
    low = None if ends[0] is None else -((half - ends[0]) // unit)
    high = None if ends[1] is None else (ends[1] + half) // unit
    return low, high


def _count(ends: Ends, written: Written) -> int | None:
    low, high = _lattice(ends, written)
    return None if low is None or high is None else max(high - low + 1, 0)


# ---------------------------------------------------------------- smallest repairing sets


@dataclass(frozen=True, slots=True)
class Repair:
    """Figures that, changed to these values, leave no failing relation; the values are one solution."""

    changes: tuple[tuple[Place, Rational], ...]
    steps: int  # typing distance in all

    @property
    def places(self) -> frozenset[Place]:
        return frozenset(place for place, _ in self.changes)


class _Trial(NamedTuple):
    """Figures changed to these values, the sets these stand for, and what fails with them."""

    changes: dict[Place, Rational]
    sets: dict[Place, Ends]
    failing: Sequence[Relation]


def smallest_repairs(group: Group) -> list[Repair]:
    """The smallest sets of figures whose change repairs every relation of the group, all ties, least typing first.

    Values are found by propagation: a figure takes the one value its failing relation leaves it, then the
    next failing relation is repaired in turn. Sets of up to three figures are searched, in groups of up
    to 25; a larger group gives none.
    """
    if len(group.figures) > MOST_FIGURES:
        return []
    trials = [_Trial({}, {}, group.failing)]
    for size in range(1, MOST_CHANGED + 1):
        whole: dict[tuple[tuple[Place, Rational], ...], None] = {}
        failing = []
        for trial in chain.from_iterable(_one_more(group, t) for t in trials):
            if not trial.failing:
                whole[tuple(sorted(trial.changes.items(), key=lambda change: str(change[0])))] = None
            elif size < MOST_CHANGED:
                failing.append(trial)
        if whole:
            found = [Repair(key, sum(_steps(group.figures[p], v) for p, v in key)) for key in whole]
            return sorted(found, key=lambda r: (r.steps, [str(p) for p, _ in r.changes]))
        trials = failing
    return []


def _one_more(group: Group, trial: _Trial) -> Iterator[_Trial]:
    """The trials with one figure more changed, so that the first relation that still fails may hold."""
    sets = {**group.sets, **trial.sets}
    for place in trial.failing[0].places:
        if place in trial.changes or place not in group.figures:
            continue
        before, touched = sets[place], group.at[place]
        still = [r for r in trial.failing if r not in touched]
        for value, ends in _solutions(group.figures[place], trial.failing, place, sets):
            sets[place] = ends
            broken = [r for r in touched if not holds(r, sets)]
            yield _Trial({**trial.changes, place: value}, {**trial.sets, place: ends}, still + broken)
            sets[place] = before


def _solutions(
    figure: Printed, failing: Sequence[Relation], place: Place, sets: Mapping[Place, Ends]
) -> list[tuple[Rational, Ends]]:
    """The few values that repair the failing relations of a figure together, else those that repair one of them."""
    unit = figure.written.ulp
    cores = [core for r in failing if place in r.places for core in r.cores(place, sets)[:1]]
    together = _few(_intersection(cores), figure.written)
    digits = together or sorted({k for core in cores for k in _few(core, figure.written)})
    return [(k * unit, ends_of(Written(k * unit, unit, figure.written.rounded))) for k in digits]


def _few(wanted: Ends, written: Written) -> range:
    """The values in a set, in units of the last place, where they are few; else none."""
    low, high = _lattice(wanted, written)
    if low is None or high is None or not 0 <= high - low < FEW:
        return range(0)
    return range(max(low, 0), high + 1)


def holds(relation: Relation, sets: Mapping[Place, Ends]) -> bool:
    place = relation.places[-1]
    cores = relation.cores(place, sets)
    return not cores or any(meets(sets[place], core, strict=relation.strict) for core in cores)


def _steps(figure: Printed, value: Rational) -> int:
    digits = digits_of(figure.text, figure.written)
    return distance(digits_for(value, figure.written.ulp, digits), digits) if digits else 3

