"""What a printed figure stands for, and when figures can all be true. Pure, exact, standard library only.

A figure stands for a set of values that depends on how it was rounded (`preimage`); figures agree when
the sets they imply share a value. Tolerances come from the digits as written, never from a setting.
Percentages of counts are tested in integers alone: `x` is the percentage without its decimal mark and
`d` its number of decimals, so 99,4 % is `x=994, d=1`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import NamedTuple

from .model import Qualifier, Rational, Written, magnitude


class Mode(StrEnum):
    """A rounding rule. NEAREST accepts both directions at a half, as XBRL Calculations 1.1 does."""

    NEAREST = "nearest"
    HALF_UP = "half_up"  # half away from zero
    HALF_DOWN = "half_down"  # half toward zero
    HALF_EVEN = "half_even"
    TRUNCATION = "truncation"  # toward zero
    CEILING = "ceiling"  # away from zero


HALF_RULES = (Mode.HALF_UP, Mode.HALF_DOWN, Mode.HALF_EVEN)


class Grade(IntEnum):
    """How well a claim holds, best first. The order of trial is fixed: TRUNCATION means that no nearest rule fits."""

    EXACT = 0
    NEAREST = 1
    HALF_RULE = 2  # only with one way of rounding a half
    CEILING = 3
    TRUNCATION = 4
    PADDED = 5  # a coarser rounding with a zero added: 41,70 for 41,69
    INCONSISTENT = 6
    IMPOSSIBLE = 7
    UNDETERMINED = 8

    @property
    def sound(self) -> bool:
        return self <= Grade.HALF_RULE

    @property
    def fits(self) -> bool:
        """Does some rounding habit explain the figure?"""
        return self <= Grade.PADDED


# ---------------------------------------------------------------- intervals


class Interval(NamedTuple):
    """A set of numbers between two ends; None is unbounded. Each end owns its inclusiveness."""

    low: Rational | None
    high: Rational | None
    low_in: bool = True
    high_in: bool = True

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))

    @property
    def wide(self) -> bool:
        """Are there values between its ends, so that it does not matter which of the ends belong to it?"""
        return self.low is None or self.high is None or self.low < self.high

    def contains(self, value: Rational) -> bool:
        above = self.low is None or value > self.low or (value == self.low and self.low_in)
        return above and (self.high is None or value < self.high or (value == self.high and self.high_in))

    def plus(self, other: Interval) -> Interval:
        """The sums of one value of each; an end is included only when both ends are."""
        return Interval(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.low_in and other.low_in,
            self.high_in and other.high_in,
        )

    def times(self, weight: Rational) -> Interval:
        """Every value times the weight; a negative weight swaps the ends and their inclusiveness."""
        if weight == 0:
            return Interval(0, 0)
        low = None if self.low is None else self.low * weight
        high = None if self.high is None else self.high * weight
        if weight < 0:
            return Interval(high, low, self.high_in, self.low_in)
        return Interval(low, high, self.low_in, self.high_in)

    def by(self, other: Interval) -> Interval:
        """The products of values of both that are not negative (values below zero are left out)."""
        a, b = self.intersect(NOT_NEGATIVE), other.intersect(NOT_NEGATIVE)
        if a.empty or b.empty:
            return NOTHING
        if a.high == 0 or b.high == 0:
            return point(0)
        assert a.low is not None and b.low is not None
        low_in = (a.low_in and b.low_in) or (a.low == 0 and a.low_in) or (b.low == 0 and b.low_in)
        high = None if a.high is None or b.high is None else a.high * b.high
        return Interval(a.low * b.low, high, low_in, a.high_in and b.high_in)

    def over(self, other: Interval) -> Interval:
        """The quotients of non-negative values by positive ones (values below zero are left out)."""
        divisor = other.intersect(POSITIVE)
        if divisor.empty or divisor.low is None:
            return NOTHING
        low = Fraction(1) / divisor.high if divisor.high is not None else 0
        high = Fraction(1) / divisor.low if divisor.low else None
        return self.by(Interval(low, high, divisor.high is not None and divisor.high_in, divisor.low_in))

    def intersect(self, other: Interval) -> Interval:
        """The values in both; of two equal ends the exclusive one binds."""
        low, low_in = self.low, self.low_in
        if other.low is not None and (low is None or other.low > low):
            low, low_in = other.low, other.low_in
        elif other.low == low:
            low_in = low_in and other.low_in
        high, high_in = self.high, self.high_in
        if other.high is not None and (high is None or other.high < high):
            high, high_in = other.high, other.high_in
        elif other.high == high:
            high_in = high_in and other.high_in
        return Interval(low, high, low_in, high_in)

    def meets(self, other: Interval) -> bool:
        return not self.intersect(other).empty


NOT_NEGATIVE = Interval(0, None)
POSITIVE = Interval(0, None, low_in=False)
NOTHING = Interval(0, 0, low_in=False, high_in=False)


def point(value: Rational) -> Interval:
    return Interval(value, value)


def rounding_set(value: Rational, ulp: Rational, mode: Mode = Mode.NEAREST) -> Interval:
    """The values that are written as `value` when rounded to multiples of `ulp` by `mode`."""
    half = Fraction(ulp) / 2
    if mode is Mode.TRUNCATION:
        if value == 0:
            return Interval(-ulp, ulp, False, False)
        return Interval(value, value + ulp, True, False) if value > 0 else Interval(value - ulp, value, False, True)
    if mode is Mode.CEILING:
        if value == 0:
            return point(0)
        return Interval(value - ulp, value, False, True) if value > 0 else Interval(value, value + ulp, True, False)
    outer, inner = True, True  # is the end away from zero, toward zero, part of the set?
    if mode is Mode.HALF_UP:
        outer = False
    elif mode is Mode.HALF_DOWN:
        inner = False
    elif mode is Mode.HALF_EVEN:
        outer = inner = Fraction(value) / ulp % 2 == 0
    if value == 0:
        return Interval(-half, half, outer, outer)
    low_in, high_in = (inner, outer) if value > 0 else (outer, inner)
    return Interval(value - half, value + half, low_in, high_in)


def leeway(written: Written) -> Rational:
    """How far "khoảng" and "gần" reach: one unit of the last digit that is not zero, at most a tenth of the value."""
    units = Fraction(magnitude(written.value)) / written.ulp
    place = written.ulp
    while units and units.denominator == 1 and units.numerator % 10 == 0:
        units /= 10
        place *= 10
    return min(place, Fraction(magnitude(written.value)) / 10)


def preimage(written: Written, mode: Mode = Mode.NEAREST) -> Interval:
    """The set of values a figure as written may stand for. A count stands for itself alone; a hedge outranks rounding."""
    value = written.value
    match written.qualifier:
        case Qualifier.AT_LEAST:
            return Interval(value, None)
        case Qualifier.AT_MOST:
            return Interval(None, value)
        case Qualifier.NEARLY:
            return Interval(value - leeway(written), value)
        case Qualifier.ABOUT:
            return Interval(value - leeway(written), value + leeway(written))
    return rounding_set(value, written.ulp, mode) if written.rounded else point(value)


def grade(fits: Callable[[Mode], bool], *, exact: bool) -> Grade:
    """The best grade of a relation, trying the rules in their fixed order."""
    if exact:
        return Grade.EXACT
    if fits(Mode.NEAREST):
        return Grade.NEAREST if all(fits(mode) for mode in HALF_RULES) else Grade.HALF_RULE
    if fits(Mode.CEILING):
        return Grade.CEILING
    return Grade.TRUNCATION if fits(Mode.TRUNCATION) else Grade.INCONSISTENT


def rate_grade(totals: Sequence[Written], count: Written, rate: Written, per: Rational = 1) -> Grade:
    """How well the totals, added, come to so much for each `per` of the count: 627 pupils in 21 classes are 30 a class;
    168 births among 12.000 people are 14,0 per thousand."""

    def fits(mode: Mode) -> bool:
        added = point(0)
        for total in totals:
            added = added.plus(preimage(total, mode))
        return added.times(per).over(preimage(count, mode)).meets(preimage(rate, mode))

    return grade(fits, exact=sum(t.value for t in totals) * per == count.value * rate.value)


# ---------------------------------------------------------------- percentages of counts, in integers

_HUNDRED: tuple[int, ...] = tuple(10 ** (d + 2) for d in range(16))


def percent_fits(a: int, b: int, x: int, d: int, mode: Mode = Mode.NEAREST) -> bool:
    """Is a/b (a >= 0, b > 0) written as the percentage x/10^d under `mode`?"""
    share = 2 * _HUNDRED[d] * a
    if mode is Mode.NEAREST:
        return (2 * x - 1) * b <= share <= (2 * x + 1) * b
    if mode is Mode.TRUNCATION:
        return 2 * x * b <= share < 2 * (x + 1) * b
    if mode is Mode.CEILING:
        return 2 * (x - 1) * b < share <= 2 * x * b
    low, high = (2 * x - 1) * b, (2 * x + 1) * b
    if mode is Mode.HALF_UP:
        return low <= share < high
    if mode is Mode.HALF_DOWN:
        return low < share <= high
    return low <= share <= high if x % 2 == 0 else low < share < high


def percent_grade(a: int, b: int, x: int, d: int) -> Grade:
    """How well a/b (a >= 0, b > 0) is written as x/10^d percent; IMPOSSIBLE when no whole number over b is."""
    double = 2 * _HUNDRED[d]
    off = double * a - 2 * x * b  # in units of which b is half of the last place
    if -b < off < b:
        return Grade.NEAREST if off else Grade.EXACT
    if off in (-b, b):
        return Grade.HALF_RULE
    if -2 * b < off < 2 * b:
        return Grade.CEILING if off < 0 else Grade.TRUNCATION
    if d >= 2 and x % 10 == 0 and percent_fits(a, b, x // 10, d - 1):
        return Grade.PADDED
    reachable = (2 * x + 1) * b // double >= max(-((1 - 2 * x) * b // double), 0)
    return Grade.INCONSISTENT if reachable else Grade.IMPOSSIBLE


def round_percent(a: int, b: int, d: int) -> int:
    """a/b (a >= 0, b > 0) as a percentage times 10^d, a half rounded up."""
    return (2 * _HUNDRED[d] * a + b) // (2 * b)


def implied_numerators(x: int, d: int, b: int, mode: Mode = Mode.NEAREST) -> range:
    """The whole numbers k >= 0 with k/b = x/10^d percent; empty when the percentage is impossible on b."""
    double = 2 * _HUNDRED[d]
    low, high = (2 * x - 1) * b, (2 * x + 1) * b
    low_in = high_in = True
    if mode is Mode.TRUNCATION:
        low, high, high_in = 2 * x * b, 2 * (x + 1) * b, False
    elif mode is Mode.CEILING:
        low, high, low_in = 2 * (x - 1) * b, 2 * x * b, False
    elif mode is Mode.HALF_UP:
        high_in = False
    elif mode is Mode.HALF_DOWN:
        low_in = False
    elif mode is Mode.HALF_EVEN and x % 2:
        low_in = high_in = False
    first = -(-low // double) if low_in else low // double + 1
    last = high // double if high_in else -(-high // double) - 1
    return range(max(first, 0), last + 1)


class Bases(NamedTuple):
    """The whole numbers b with a/b = x/10^d percent: first and last, `last` None when there is no end."""

    first: int
    last: int | None

    @property
    def none(self) -> bool:
        return self.last is not None and self.last < self.first


def implied_bases(a: int, x: int, d: int, mode: Mode = Mode.NEAREST) -> Bases:
    """The bases on which a (> 0) is x/10^d percent, in closed form."""
    share = 2 * _HUNDRED[d] * a
    below, above = 2 * x - 1, 2 * x + 1
    below_in = above_in = True  # do the ends of the percentage's set belong to it?
    if mode is Mode.TRUNCATION:
        below, above, above_in = 2 * x, 2 * (x + 1), False
    elif mode is Mode.CEILING:
        below, above, below_in = 2 * (x - 1), 2 * x, False
    elif mode is Mode.HALF_UP:
        above_in = False
    elif mode is Mode.HALF_DOWN:
        below_in = False
    elif mode is Mode.HALF_EVEN and x % 2:
        below_in = above_in = False
    if above <= 0:
        return Bases(1, 0)
    first = -(-share // above) if above_in else share // above + 1
    if below <= 0:
        return Bases(max(first, 1), None)
    last = share // below if below_in else -(-share // below) - 1
    return Bases(max(first, 1), last)


def neighbours(x: int, d: int, b: int) -> tuple[int, int]:
    """The whole numbers just above and just below x/10^d percent of b."""
    below = x * b // _HUNDRED[d]
    return below + 1, below


def power(b: int, d: int) -> Fraction:
    """How often a percentage drawn at random with d decimals would be caught on base b: 0 (never) to 1."""
    return 1 - min(Fraction(1), Fraction(b + 1, _HUNDRED[d] + 1))


def split_fits(shares: Iterable[tuple[int, int]], b: int) -> bool:
    """Can whole numbers that add up to b have these percentages (x, d) of b? Stricter than adding to 100 %."""
    low = high = 0
    for x, d in shares:
        counts = implied_numerators(x, d, b)
        if not counts:
            return False
        low += counts[0]
        high += counts[-1]
    return low <= b <= high


def modes_fitting(a: int, b: int, x: int, d: int) -> frozenset[Mode]:
    """The rounding rules under which a/b is written as x/10^d percent."""
    return frozenset(mode for mode in Mode if percent_fits(a, b, x, d, mode))


def habit(cases: Iterable[tuple[int, int, int, int]]) -> frozenset[Mode]:
    """The rules that explain every sound case (a, b, x, d) of one list or table, by elimination.

    Cases that only another habit explains are left out: they are what the habit is asked about.
    """
    modes = frozenset(Mode)
    for a, b, x, d in cases:
        if percent_fits(a, b, x, d):
            modes &= modes_fitting(a, b, x, d)
    return modes


def witnesses_against(mode: Mode, cases: Iterable[tuple[int, int, int, int]]) -> int:
    """How many cases are sound by nearest rounding and exclude `mode`."""
    return sum(percent_fits(*case) and not percent_fits(*case, mode) for case in cases)
