"""Norms, advice and ratios per head: what is compared with the law, asked about, or only reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from ..check import finding
from ..messages import Shown, say
from ..model import Figure, Finding, Kind, Message, Period, Term, Verdict, Written
from .balances import one_value
from .material import Material, claim, term

if TYPE_CHECKING:
    from .kinds import Bound, PerUnit, SampleSize


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
    certainty: str  # S, D, G, U: see docs/rules.md
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def number(self) -> Fraction:
        return Fraction(self.value)

    @property
    def sure(self) -> bool:
        """May it support a finding? Only what was seen in the law, or follows from it."""
        return self.certainty in {"S", "D"}

    @property
    def title(self) -> Message:
        return Message(self.vi, self.en)

    def in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class UnitRatio:
    """A ratio reported, never judged: so many of one figure to so many of another."""

    id: str
    title: Message
    value: Fraction
    figures: tuple[Figure, Figure]


def version(material: Material, name: str, day: date | None) -> Norm | None:
    """The version of a norm in force on the day; None without a day or outside all versions."""
    versions = [n for key, n in material.norms.items() if key.split("@")[0] == name]
    return next((n for n in versions if day and n.in_force(day)), None)


def _day(material: Material, figure: Figure) -> date | None:
    """The day whose law applies: the last of the figure's period, else the report's date."""
    period: Period | None = figure.period or material.header.period
    return (period.end if period else None) or material.header.day


def _one(material: Material, name: str) -> Figure | None:
    return one_value(material.whole(name))


def find_bound(rule: Bound, material: Material) -> Iterator[Finding]:
    """The figure against its norm or another figure: silent when met and only asked, else a finding."""
    figure = _one(material, rule.figure)
    if figure is None:
        return
    value, terms = figure.quantity.value, [term("value", figure)]
    if rule.per:
        per = _one(material, rule.per)
        if per is None or not per.quantity.value or not material.together(figure, per):
            return
        value = 100 * value / per.quantity.value
        terms.append(Term("value", per.quantity.written, per.quantity.text, per.quantity.span, per.quantity.unit))
    norm = version(material, rule.norm, _day(material, figure)) if rule.norm else None
    other = _one(material, rule.other) if rule.other else None
    if norm:
        limit, terms = norm.number, [*terms, Term("limit", Written(norm.number), unit=norm.unit)]
    elif other and material.comparable(figure, other):
        limit, terms = other.quantity.value, [*terms, term("limit", other)]
    else:
        return
    met = {"<=": value <= limit, ">=": value >= limit, ">": value > limit}[rule.op]
    cited = norm.citation if norm and norm.sure else rule.cited
    made = claim(rule, Kind.NORM, terms, rule.id, figure.section)
    shown = Shown(value, 2 if rule.per else 0, percent=bool(rule.per))
    key = "rules.bound_met" if met else "rules.bound_not_met"
    message = say(key, rule=rule.title, value=shown, limit=Shown(limit, 0, percent=bool(rule.per)), cited=cited)
    verdict = Verdict.HOLDS if met else Verdict.QUESTION
    yield finding(made, verdict, "", message)


def find_sample(rule: SampleSize, material: Material) -> Iterator[Finding]:
    """Advice: a survey smaller than the size that gives the wanted error is noted."""
    sample = next((f for name in rule.sample if (f := _one(material, name)) is not None), None)
    population = next((total for name in rule.population if (total := _total(material, name))), None)
    if sample is None or population is None:
        return
    error = Fraction(rule.error_percent, 100)
    needed = population / (1 + population * error**2)
    size = -(-needed.numerator // needed.denominator)
    if sample.quantity.value >= size:
        return
    terms = (term("value", sample), Term("limit", Written(Fraction(size)), unit=sample.quantity.unit))
    made = claim(rule, Kind.NORM, terms, rule.id, sample.section)
    message = say("rules.sample_small", n=sample.quantity.value, population=population, size=size, error=rule.error_percent)
    yield finding(made, Verdict.NOTE, "", message)


def _total(material: Material, name: str) -> Fraction | None:
    """A flow over the report's whole period: stated once, else added over periods that do not overlap."""
    figures = material.whole(name)
    if not figures:
        return None
    by_period: dict[tuple[date | None, date | None], Fraction] = {}
    for figure in figures:
        key = (figure.period.start, figure.period.end) if figure.period else (None, None)
        if by_period.setdefault(key, figure.quantity.value) != figure.quantity.value:
            return None
    ordered = sorted(by_period, key=lambda k: (k[0] or date.min, k[1] or date.min))
    overlap = any(a[1] is None or b[0] is None or b[0] <= a[1] for a, b in zip(ordered, ordered[1:], strict=False))
    return max(by_period.values()) if overlap else sum(by_period.values(), Fraction(0))


def unit_ratio(rule: PerUnit, material: Material) -> UnitRatio | None:
    figure, per = _one(material, rule.figure), _one(material, rule.per)
    if figure is None or per is None or not per.quantity.value:
        return None
    return UnitRatio(rule.id, rule.title, rule.scale * figure.quantity.value / per.quantity.value, (figure, per))
