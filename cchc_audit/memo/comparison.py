"""What a finding compares: a figure the report states with what the other figures of its claim make it.

Exact values for the page, and the same sum as a spreadsheet formula, side by side so that they cannot part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..arithmetic import Interval, point, preimage
from ..changes import as_printed
from ..judgement import PERCENT_UNITS, added, figures
from ..model import Claim, Finding, Kind, Rational, Term, Verdict, Written
from ..relations import per_of
from ..sums import add

_HUNDRED = Written(100)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A stated figure beside its recomputation; `role` is the stated one's.

    `below` and `above` say how much less and how much more it may be by the rounding of all the figures; `above`
    is None where it may be more by any amount ("trong đó"). `points` tells percentages. In the formulas "{n}" stands
    for the figures of role n, added, and "{n_range}" for the cells they stand in.
    """

    role: str
    stated: Fraction
    value: Fraction
    below: Fraction
    above: Fraction | None
    formulas: tuple[str, str]
    points: bool = False

    @property
    def gap(self) -> Fraction:
        """Stated minus recomputed."""
        return self.stated - self.value

    @property
    def sign(self) -> str:
        """ "✓" exact, "≈" within rounding, "✗" apart."""
        if self.gap < -self.below or (self.above is not None and self.gap > self.above):
            return "✗"
        return "✓" if self.gap == 0 or (self.above is None and self.gap > 0) else "≈"


def comparisons(finding: Finding) -> tuple[Comparison, ...]:
    """The sums behind a finding, mostly one; a change may state its size, its rate and how many times it is.

    None for what is no arithmetic (dates, layout, norms), lacks a figure or hedges one ("trên 5.000"), or leaves open
    what its figures are of.
    """
    claim = finding.claim
    hedged = any(term.written is None or term.written.approx for term in claim.terms)
    make = _COMPARED.get(claim.kind)
    if make is None or hedged or finding.verdict is Verdict.UNCHECKABLE:
        return ()
    by: dict[str, list[Term]] = {}
    for term in claim.terms:
        by.setdefault(term.role, []).append(term)
    return tuple(make(claim, by))


_By = Mapping[str, Sequence[Term]]


def _compare(
    role: str,
    stated: Written,
    value: Rational,
    reach: Interval,
    formulas: tuple[str, str],
    *,
    points: bool = False,
    at_most: bool = False,
) -> Comparison:
    """`reach` is where the recomputed value may lie, the figures it comes from being rounded."""
    own = preimage(stated)
    assert reach.low is not None and reach.high is not None and own.low is not None and own.high is not None
    below = Fraction(value - reach.low + own.high - stated.value)
    above = None if at_most else Fraction(reach.high - value + stated.value - own.low)
    return Comparison(role, Fraction(stated.value), Fraction(value), below, above, formulas, points)


def _share(_: Claim, by: _By) -> Iterator[Comparison]:
    if not {"n", "m", "p"} <= by.keys():
        return
    n, m, p = (figures(by[role]) for role in "nmp")
    if added(m) <= 0:
        return
    value = 100 * Fraction(added(n)) / added(m)
    reach = add(n).over(add(m)).times(100) if value >= 0 else point(value)
    yield _compare("p", p[0], value, reach, ("{p}", "IF({m}=0,0,{n}/{m}*100)"), points=True)


def _breakdown(claim: Claim, by: _By) -> Iterator[Comparison]:
    if {"total", "part"} <= by.keys():
        yield _added(claim, by, "total", "part")


def _counted(claim: Claim, by: _By) -> Iterator[Comparison]:
    mixed = len({term.unit in PERCENT_UNITS for term in claim.terms}) > 1  # "100%" against a count
    if {"claim", "count"} <= by.keys() and not mixed:
        yield _added(claim, by, "claim", "count")


def _added(claim: Claim, by: _By, whole: str, part: str) -> Comparison:
    total, parts = figures(by[whole]), figures(by[part])
    stated = Written(added(total), max(w.ulp for w in total), any(w.rounded for w in total))
    return _compare(
        whole,
        stated,
        added(parts),
        add(parts),
        (f"{{{whole}}}", f"{{{part}}}"),
        points=_of_percentages(claim.terms),
        at_most=claim.relation == "at_most",
    )


def _shares_sum(_: Claim, by: _By) -> Iterator[Comparison]:
    if "part" in by:
        parts = figures(by["part"])
        yield _compare("part", _HUNDRED, added(parts), add(parts), ("100", "{part}"), points=True)


def _of_percentages(terms: Sequence[Term]) -> bool:
    return any(term.unit in PERCENT_UNITS for term in terms)


def _same(claim: Claim, by: _By) -> Iterator[Comparison]:
    """The first mention against that of the others which lies farthest off."""
    if not {"a", "b"} <= by.keys():
        return
    a = figures(by["a"])[0]
    b = max(figures(by["b"]), key=lambda other: abs(Fraction(other.value) - a.value))
    farthest = "IF(ABS(MAX({b_range})-{a})>ABS(MIN({b_range})-{a}),MAX({b_range}),MIN({b_range}))"
    yield _compare("a", a, b.value, preimage(b), ("{a}", farthest), points=_of_percentages(claim.terms))


def _change(_: Claim, by: _By) -> Iterator[Comparison]:
    prev, now, delta, rate, times = (by[role][0] if role in by else None for role in ("prev", "now", "delta", "p", "times"))
    of_rates = any(term is not None and term.unit in PERCENT_UNITS for term in (prev, now))
    if rate is None and delta is not None and delta.unit in PERCENT_UNITS and not of_rates:
        delta, rate = None, delta
    rise = _Rise.of(prev, now, delta)
    if rise is None:
        return
    if delta is not None and prev is not None and now is not None:
        yield from _stated_rise(delta, rise, of_rates)
    if rate is not None:
        yield from _stated_rise(rate, rise, of_rates, relative=not of_rates)
    if times is not None and times.written is not None and prev is not None and now is not None and rise.base.value > 0:
        (before,), (after,) = figures([prev]), figures([now])
        reach = preimage(after).over(preimage(before))
        value = Fraction(after.value) / before.value
        yield _compare("times", times.written, value, reach, ("{times}", "IF({prev}=0,0,{now}/{prev})"))


@dataclass(frozen=True, slots=True)
class _Rise:
    """By how much a figure rose and from where, with the cells that tell it."""

    value: Rational
    within: Interval
    base: Written
    cells: tuple[str, str]  # of the rise, of the base

    @classmethod
    def of(cls, prev: Term | None, now: Term | None, delta: Term | None) -> _Rise | None:
        before, after, change = (term.written if term is not None else None for term in (prev, now, delta))
        if before is not None and after is not None:
            within = preimage(after).plus(preimage(before).times(-1))
            return cls(after.value - before.value, within, before, ("({now}-{prev})", "{prev}"))
        if change is not None and before is not None:
            return cls(change.value, preimage(change), before, ("{delta}", "{prev}"))
        if change is not None and after is not None:
            rounded = after.rounded or change.rounded
            base = Written(after.value - change.value, max(after.ulp, change.ulp), rounded)
            return cls(change.value, preimage(change), base, ("{delta}", "({now}-{delta})"))
        return None


def _stated_rise(told: Term, rise: _Rise, of_rates: bool, *, relative: bool = False) -> Iterator[Comparison]:
    """The rise as a difference or of its base; a rise of percentages told in "%" may be meant either way."""
    plain = None if relative else _difference(told, rise, of_rates)
    either = of_rates and told.unit == "%" and plain is not None and plain.sign == "✗"
    of_base = _relative(told, rise) if (relative or either) and rise.base.value > 0 else None
    if of_base is not None and (relative or of_base.sign != "✗"):
        yield of_base
    elif plain is not None:
        yield plain


def _difference(told: Term, rise: _Rise, of_rates: bool) -> Comparison:
    figure, sign, formula = _turned(told, rise)
    return _compare(
        told.role,
        figure,
        sign * rise.value,
        rise.within.times(sign),
        (formula, rise.cells[0] if sign > 0 else f"-{rise.cells[0]}"),
        points=of_rates,
    )


def _relative(told: Term, rise: _Rise) -> Comparison:
    figure, sign, formula = _turned(told, rise)
    rise_cell, base_cell = rise.cells
    fell = -1 if rise.value < 0 else 1
    reach = rise.within.times(fell).over(preimage(rise.base)).times(100 * fell * sign)
    quotient = f"IF({base_cell}=0,0,{rise_cell}/{base_cell}*100)"
    return _compare(
        told.role,
        figure,
        100 * sign * Fraction(rise.value) / rise.base.value,
        reach,
        (formula, quotient if sign > 0 else f"-{quotient}"),
        points=True,
    )


def _turned(told: Term, rise: _Rise) -> tuple[Written, int, str]:
    """The figure as printed, with -1 where it is the size of a fall, and its cell as a formula."""
    printed, sign = as_printed(told)
    assert printed.written is not None
    cell = f"{{{told.role}}}"
    if sign < 0:
        return printed.written, -1, f"-{cell}"
    size_only = told.role != "delta" or told.unit in PERCENT_UNITS
    return printed.written, -1 if size_only and rise.value < 0 < printed.written.value else 1, cell


def _rate(claim: Claim, by: _By) -> Iterator[Comparison]:
    """The figure named last, the rate or the total, against what the others make it."""
    if not {"total", "count", "rate"} <= by.keys():
        return
    total, (count, *_), (rate, *_) = figures(by["total"]), figures(by["count"]), figures(by["rate"])
    per, last = Fraction(per_of(claim)), claim.terms[-1]
    if count.value <= 0:
        return
    times, over = ("*{per}", "/{per}") if "per" in by else ("", "")
    if last.role == "total" and len(total) == 1:
        reach = preimage(count).by(preimage(rate)).times(1 / per)
        yield _compare("total", total[0], count.value * rate.value / per, reach, ("{total}", f"{{count}}*{{rate}}{over}"))
        return
    reach = add(total).over(preimage(count)).times(per)
    formulas = ("{rate}", f"IF({{count}}=0,0,{{total}}{times}/{{count}})")
    yield _compare("rate", rate, added(total) * per / count.value, reach, formulas, points=last.unit in PERCENT_UNITS)


_COMPARED: dict[Kind, Callable[[Claim, _By], Iterator[Comparison]]] = {
    Kind.SHARE: _share,
    Kind.BREAKDOWN: _breakdown,
    Kind.SHARES_SUM: _shares_sum,
    Kind.SAME_FIGURE: _same,
    Kind.ROLL_FORWARD: _same,
    Kind.CLAIM_VS_COUNT: _counted,
    Kind.CHANGE: _change,
    Kind.RATE: _rate,
}
