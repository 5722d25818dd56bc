"""Norms, advice and ratios per head: what is compared with the law, asked about, or only reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from ..check import finding
from ..messages import Shown, say
from ..model import Figure, Finding, Kind, Message, Period, Rational, Term, UnitRatio, Verdict, Written
from ..periods import days, same_period
from .balances import one_value
from .material import Material, claim, term
from .unit import Unit

if TYPE_CHECKING:
    from .kinds import Bound, PerUnit, SampleSize

SPARE_WEEKS = 3  # of holidays, before a weekly duty counted for a period is asked about


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """One version of a norm: its value holds for reports whose figures fall in `[valid_from, valid_to]`."""

    id: str
    vi: str
    en: str
    value: str  # a number as in YAML ("50", "0.05"); exact
    unit: str
    applies_to: str
    citation: str
    certainty: Literal["S", "D", "G", "U"]  # S, D, G, U: see docs/rules.md
    valid_from: date | None = None
    valid_to: date | None = None
    op: Literal["", "<=", ">=", ">"] = ""  # "<=", ">=" or ">" where this version says how it is compared, else the rule does
    kinds: tuple[str, ...] = ()  # of unit; empty for all
    rank: str = ""
    within: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells the versions of one norm apart."""
        case = "/".join(x for x in (",".join(self.kinds), self.rank, ",".join(self.within)) if x)
        return f"{self.id}@{self.valid_from or ''}" + (f" {case}" if case else "")

    @property
    def number(self) -> Rational:
        return Fraction(self.value)

    @property
    def sure(self) -> bool:
        """May it support a finding? Only what was seen in the law, or follows from it."""
        return self.certainty in {"S", "D"}

    @property
    def title(self) -> Message:
        return Message(self.vi, self.en)

    def applies_to_unit(self, unit: Unit) -> bool:
        """Is the unit known to be one it is for?"""
        fits = (not self.kinds or unit.kind in self.kinds, not self.rank or unit.rank == self.rank, not self.within or unit.within in self.within)
        return all(fits)

    def in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def version(material: Material, name: str, day: date | None) -> Norm | None:
    """The version of a norm for this unit in force on the day; None without a day or outside all versions."""
    versions = (n for n in material.norms.values() if n.id == name and day and n.in_force(day))
    return next((n for n in versions if n.applies_to_unit(material.unit)), None)


def law_day(material: Material, figure: Figure) -> date | None:
    """The day whose law applies: the report's own date; the last of the figure's period where that is not the
    report's, or where the report has no date."""
    own, period = material.header.period, figure.period or material.header.period
    if material.header.day and (period is None or own is None or same_period(period, own)):
        return material.header.day
    return (period.end if period else None) or material.header.day


def one(material: Material, name: str) -> Figure | None:
    """The figure of the whole ward when the report gives it one value."""
    return one_value(material.whole(name))


def find_bound(rule: Bound, material: Material) -> Iterator[Finding]:
    """The figure against its norm or another figure: holds when met, else a question."""
    figure = one(material, rule.figure)
    if figure is None:
        return
    value, terms = figure.quantity.value, [term("value", figure)]
    if rule.per:
        per = one(material, rule.per)
        if per is None or not per.quantity.value or not material.together(figure, per):
            return
        value = Fraction(100 * value) / per.quantity.value
        terms.append(Term("value", per.quantity.written, per.quantity.text, per.quantity.span, per.quantity.unit))
    norm = version(material, rule.norm, law_day(material, figure)) if rule.norm else None
    limit = _limit(rule, material, figure, norm)
    if limit is None:
        return
    terms.append(limit)
    assert limit.written is not None
    op, bound = (norm.op if norm else "") or rule.op, limit.written.value
    met = {"<=": value <= bound, ">=": value >= bound, ">": value > bound}[op]
    cited = norm.citation if norm and norm.sure else "" if norm else rule.cited
    made = replace(claim(rule, Kind.NORM, terms, rule.id, figure.section), authority=cited)
    shown = Shown(value, 2 if rule.per else 0, percent=bool(rule.per))
    key = "rules.bound_met" if met else "rules.bound_not_met"
    message = say(key, rule=rule.title, value=shown, limit=Shown(bound, 0, percent=bool(rule.per)), cited=cited)
    yield finding(made, Verdict.HOLDS if met else Verdict.QUESTION, "", message)


def _limit(rule: Bound, material: Material, figure: Figure, norm: Norm | None) -> Term | None:
    """What the figure is held against: the norm, or another figure of the same time."""
    if norm and rule.weekly:
        weeks = _full_weeks(figure.period or material.header.period)
        return Term("limit", Written(norm.number * max(0, weeks - SPARE_WEEKS)), unit=figure.quantity.unit) if weeks else None
    if norm:
        return Term("limit", Written(norm.number), unit=norm.unit)
    other = one(material, rule.other) if rule.other else None
    return term("limit", other) if other and material.comparable(figure, other) else None


def _full_weeks(period: Period | None) -> int:
    return (days(period) or 0) // 7 if period else 0


def find_sample(rule: SampleSize, material: Material) -> Iterator[Finding]:
    """Advice: a survey smaller than the size that gives the wanted error is noted."""
    sample = next((f for name in rule.sample if (f := one(material, name)) is not None), None)
    population = next((total for name in rule.population if (total := _total(material, name))), None)
    if sample is None or population is None:
        return
    error = Fraction(rule.error_percent, 100)
    needed = population / (1 + population * error**2)
    size = -(-needed.numerator // needed.denominator)
    if sample.quantity.value >= size:
        return
    terms = (term("value", sample), Term("limit", Written(size), unit=sample.quantity.unit))
    made = claim(rule, Kind.NORM, terms, rule.id, sample.section)
    message = say("rules.sample_small", n=sample.quantity.value, population=population, size=size, error=rule.error_percent)
    yield finding(made, Verdict.NOTE, "", message)


def _over_period(material: Material, name: str) -> tuple[Figure, ...]:
    """The figures that make a flow over the report: the one of the widest period, or those of periods that do
    not overlap, to be added; () when one period has two values."""
    by_period: dict[tuple[date, date], Figure] = {}
    for figure in material.whole(name):
        period = figure.period
        key = ((period and period.start) or date.min, (period and period.end) or date.max)
        if by_period.setdefault(key, figure).quantity.value != figure.quantity.value or figure.quantity.written.approx:
            return ()
    ordered = sorted(by_period)
    if any(later[0] <= earlier[1] for earlier, later in pairwise(ordered)):
        return (by_period[max(ordered, key=lambda k: k[1] - k[0])],)
    return tuple(by_period[key] for key in ordered)


def _total(material: Material, name: str) -> Rational:
    return sum(f.quantity.value for f in _over_period(material, name))


def unit_ratio(rule: PerUnit, material: Material) -> UnitRatio | None:
    """The ratio where the report states each figure once: a stock with one value, a flow over the whole report."""
    below, flow = one(material, rule.per), material.lexicon[rule.figure].type == "flow"
    stock = None if flow else one(material, rule.figure)
    above = _over_whole(material, rule.figure) if flow else (stock,) if stock else ()
    if below is None or not above or not below.quantity.value:
        return None
    value = Fraction(rule.scale * sum(f.quantity.value for f in above)) / below.quantity.value
    return UnitRatio(rule.id, rule.title, value, above, below, rule.scale)


def _over_whole(material: Material, name: str) -> tuple[Figure, ...]:
    """The figures that make a flow over the report's own period, () when they leave some of it out."""
    figures, own = _over_period(material, name), material.header.period
    periods = [f.period for f in figures if f.period]
    if own is None or len(periods) < len(figures) or not figures:
        return figures if own is None else ()
    covered = Period(periods[0].start, periods[-1].end)
    return figures if same_period(covered, own) else ()
