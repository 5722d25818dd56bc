"""Sums of counts and of rounded figures, with slack counted from the addends; equal figures. Pure and exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from math import comb, factorial
from typing import NamedTuple

from .arithmetic import HALF_RULES, Grade, Interval, Mode, grade, point, preimage
from .model import Rational, Written, magnitude


def add(figures: Iterable[Written], mode: Mode = Mode.NEAREST) -> Interval:
    """The set of values the sum of the figures may have under one rounding rule."""
    total = point(0)
    for figure in figures:
        total = total.plus(preimage(figure, mode))
    return total


def slack(figures: Iterable[Written]) -> Rational:
    """The worst the figures' rounding can add up to: half a unit of the last place each; 0 for counts."""
    return Fraction(sum(figure.ulp for figure in figures if figure.rounded)) / 2


class Sum(NamedTuple):
    """A sum compared with its total: `difference` = parts - total; `used` = its share of the slack (None without slack)."""

    grade: Grade
    total: Rational
    added: Rational
    difference: Rational
    slack: Rational

    @property
    def used(self) -> Fraction | None:
        return magnitude(self.difference) / Fraction(self.slack) if self.slack else None


def compare(parts: Sequence[Written], total: Written) -> Sum:
    """Do the parts add up to the total? Counts exactly, rounded figures within their digits, under one rule for all."""
    figures = (*parts, total)
    counted = not any(figure.rounded or figure.approx for figure in figures)
    added: Rational = sum(part.value for part in parts)
    difference = added - total.value
    if counted:
        verdict = Grade.INCONSISTENT if difference else Grade.EXACT
        return Sum(verdict, total.value, added, difference, 0)

    def fits(mode: Mode) -> bool:
        return add(parts, mode).meets(preimage(total, mode))

    result = grade(fits, exact=difference == 0)
    return Sum(result, total.value, added, difference, slack(figures))


def same(figures: Sequence[Written]) -> Grade:
    """Can the figures be one and the same value? Different precision is fine (99,9 and 99,95).

    One rule must explain them all: 66,7 and 66,8 only share 66,75 when a half is rounded both ways.
    """
    return grade(lambda mode: _meet(figures, mode), exact=len({figure.value for figure in figures}) == 1)


def _meet(figures: Sequence[Written], mode: Mode) -> bool:
    """Is there a value that every figure stands for?"""
    if mode is Mode.NEAREST:
        return any(_meet(figures, rule) for rule in HALF_RULES)
    common = Interval(None, None)
    for figure in figures:
        common = common.intersect(preimage(figure, mode))
    return not common.empty


@cache
def drift_likelihood(n: int, units: int) -> Rational:
    """How often n rounded shares of an exact total miss it by `units` of the last place, to either side.

    The rounding errors of n shares behave as n-1 independent uniform ones, the last being bound by the
    total; their sum follows the Irwin-Hall distribution.
    """
    units = abs(units)
    if n < 2:
        return Fraction(units == 0)
    one_side = _below(n - 1, Fraction(2 * units + 1, 2)) - _below(n - 1, Fraction(2 * units - 1, 2))
    return one_side if units == 0 else 2 * one_side


def _below(n: int, deviation: Rational) -> Rational:
    """P(sum of n uniform errors in [-1/2, 1/2] <= deviation)."""
    at = min(max(Fraction(deviation) + Fraction(n, 2), Fraction(0)), Fraction(n))
    terms = ((-1) ** k * comb(n, k) * (at - k) ** n for k in range(at.numerator // at.denominator + 1))
    return Fraction(sum(terms)) / factorial(n)
