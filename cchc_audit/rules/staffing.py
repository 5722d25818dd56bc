"""Staff against the number the law gives a unit of its kind and class, with its extras for population and area.

The province decides what each unit really gets, so more than the number is a question, never a contradiction.
Nothing is compared unless all that is needed stands in the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from ..check import finding
from ..messages import say
from ..model import Figure, Finding, Kind, Message, Rational, Term, Verdict, Written
from .material import Material, claim, term
from .norms import Norm, law_day, one, version

if TYPE_CHECKING:
    from .kinds import Staffing

_HECTARES = 100  # in a km²


@dataclass(frozen=True, slots=True)
class _Limit:
    """What the law gives: `base` by class, `extra` for population and area; `missing` is what more it could
    depend on but the report does not state. `norms` are those used, `figures` the report's."""

    base: int
    extra: int
    missing: tuple[Message, ...]
    norms: tuple[Norm, ...]
    figures: tuple[Figure, ...]

    @property
    def total(self) -> int:
        return self.base + self.extra


def find_staffing(rule: Staffing, material: Material) -> Iterator[Finding]:
    """At most one finding: within the number, above it (a question), or what is missing to tell."""
    stated = one(material, rule.figure)
    day = law_day(material, stated) if stated else None
    if stated is None or not any(n.id == rule.norm and day and n.in_force(day) for n in material.norms.values()):
        return
    base = version(material, rule.norm, day)
    if base is None:
        missing = [say("rules.unit_kind")] * (not material.unit.kind) + [say("rules.unit_class")] * (not material.unit.rank)
        if missing:
            yield _open(rule, stated, missing)
        return
    limit = _limit(rule, material, base, day)
    if stated.quantity.value > limit.total and limit.missing:
        yield _open(rule, stated, limit.missing)
        return
    yield _compared(rule, material, stated, limit)


def _open(rule: Staffing, stated: Figure, missing: list[Message] | tuple[Message, ...]) -> Finding:
    listed = Message("; ".join(m.vi for m in missing), "; ".join(m.en for m in missing))
    message = say("rules.staffing_open", rule=rule.title, missing=listed)
    made = claim(rule, Kind.NORM, (term("value", stated),), rule.id, stated.section)
    return finding(made, Verdict.UNCHECKABLE, "", message)


def _compared(rule: Staffing, material: Material, stated: Figure, limit: _Limit) -> Finding:
    met = stated.quantity.value <= limit.total
    cited = "; ".join(dict.fromkeys(n.citation for n in limit.norms)) if all(n.sure for n in limit.norms) else ""
    terms = (
        term("value", stated),
        Term("limit", Written(limit.total), unit=limit.norms[0].unit),
        *(Term("limit", f.quantity.written, f.quantity.text, f.quantity.span, f.quantity.unit) for f in limit.figures),
    )
    made = replace(claim(rule, Kind.NORM, terms, rule.id, stated.section), authority=cited)
    key = "rules.staffing_met" if met else "rules.staffing_above"
    unit = f"{material.unit.kind or 'cấp xã'} loại {material.unit.rank}"
    message = say(key, rule=rule.title, n=stated.quantity.value, unit=unit, limit=limit.total, base=limit.base, extra=limit.extra, cited=cited)
    return finding(made, Verdict.HOLDS if met else Verdict.QUESTION, str(limit.total), message)


def _limit(rule: Staffing, material: Material, base: Norm, day: date | None) -> _Limit:
    """The number by class, and the posts that population and area add to it where the law of the day adds any."""
    number, missing, norms, figures, extra = int(base.number), list[Message](), [base], list[Figure](), 0
    if not any(n.id == rule.step and day and n.in_force(day) for n in material.norms.values()):
        return _Limit(number, 0, (), (base,), ())
    for measure, standard_id, stepped in ((rule.population, rule.standard_population, True), (rule.area, rule.standard_area, False)):
        measured, standard = one(material, measure), version(material, standard_id, day)
        step = version(material, rule.step, day) if stepped else None
        if measured is None:
            missing.append(material.lexicon[measure].label)
        if standard is None or (stepped and step is None):
            missing.append(say("rules.unit_within", what=material.lexicon[measure].label))
        if measured is None or standard is None or (stepped and step is None):
            continue
        size = standard.number * (step.number if step else 1)
        above = max(Fraction(0), _size(measured) - standard.number)
        if above >= size:
            extra += above // size
            norms += [n for n in (standard, step) if n]
            figures.append(measured)
    return _Limit(number, extra, tuple(missing), tuple(norms), tuple(figures))


def _size(measured: Figure) -> Rational:
    value = measured.quantity.value
    return Fraction(value) / _HECTARES if measured.quantity.unit == "ha" else value
