"""From one period to the next: closing stock is opening stock; figures restated from earlier reports and annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from ..check import finding
from ..dates import short_date
from ..grids import find_tables
from ..language import fold
from ..messages import say
from ..model import Claim, Figure, Finding, Kind, Period, Rational, Verdict
from ..periods import CUT_OFF_DAYS, differ_by_cut_off, same_dates
from ..surroundings import BEFORE
from .balances import one_value
from .material import Material, Source, claim, outside, term
from .since import bind_changes, just_before, over_wards, year_before

if TYPE_CHECKING:
    from .kinds import Restated, RollForward

_MANY = 200  # figures of one name looked at
_PERIODS = re.compile(r"tháng|quý|kỳ|năm|tuần|thời gian")


def _closes(figure: Figure) -> date | None:
    return figure.period.end if figure.period else None


def _opens(figure: Figure) -> date | None:
    """The last day before the figure's period: its opening stock is the closing stock of that day."""
    return figure.period.start - timedelta(days=1) if figure.period and figure.period.start else None


def bind_stock(rule: RollForward, material: Material) -> Iterator[Claim]:
    yield from _within(rule, material)
    yield from _down_tables(rule, material)
    opening = one_value([f for f in material.whole(rule.opening) if _starts_with_report(f, material)])
    before = _predecessors(rule.closing, material, opening) if opening else []
    if not opening or not before:
        return
    exact = all(_day_after(source, opening) for source, _ in before)
    total = sum(f.quantity.value for _, f in before)
    if not exact and total != opening.quantity.value:
        return  # the two reports are cut on different days: see `find_cut_offs`
    yield claim(rule, Kind.ROLL_FORWARD, (outside("a", before), term("b", opening)), f"{rule.id} previous", opening.section)


def _within(rule: RollForward, material: Material) -> Iterator[Claim]:
    """Closing and opening stocks of neighbouring periods of this report."""
    for opening in material.by_name.get(rule.opening, ())[:_MANY]:
        day = _opens(opening)
        closings = [
            f for f in material.by_name.get(rule.closing, ())[:_MANY]
            if f.whole and not f.base and not f.scope and not opening.scope and day and (end := _closes(f)) and abs((end - day).days) <= CUT_OFF_DAYS
            and f.quantity.sentence != opening.quantity.sentence
        ]  # fmt: skip
        if not closings or opening.base or not opening.whole:
            continue
        nearest = min(closings, key=lambda f: abs((_closes(f) - day).days) if (_closes(f) and day) else 0)  # type: ignore[operator]
        yield claim(rule, Kind.ROLL_FORWARD, (term("a", nearest), term("b", opening)), f"{rule.id} {opening.scope}".strip(), opening.section)


def _down_tables(rule: RollForward, material: Material) -> Iterator[Claim]:
    """A table of consecutive periods: each row opens with the closing stock of the row before; its total row
    opens as the first and closes as the last."""
    at = {f.quantity.span: f for f in material.figures}
    for table, body in find_tables(material.reading):
        rows = [[f for m in material.reading.by_paragraph[part.index] if (f := at.get(m.quantity.span))] for part in body]
        opens = [next((f for f in row if f.name == rule.opening), None) for row in rows]
        closes = [next((f for f in row if f.name == rule.closing), None) for row in rows]
        items = [i for i in table.items() if opens[i] and closes[i]]
        if len(items) < 2 or not _PERIODS.match(table.label_head):
            continue
        pairs = [(closes[a], opens[b]) for a, b in pairwise(items)]
        for i in (i for i in range(len(rows)) if i not in items and opens[i] and closes[i]):
            pairs += [(opens[items[0]], opens[i]), (closes[items[-1]], closes[i])]
        for a, b in pairs:
            if a and b:
                yield claim(rule, Kind.ROLL_FORWARD, (term("a", a), term("b", b)), f"{rule.id} rows", b.section)


def _starts_with_report(figure: Figure, material: Material) -> bool:
    base = material.header.period
    if base is None or base.start is None or figure.period is None or figure.period.start is None:
        return base is None
    return abs((figure.period.start - base.start).days) <= CUT_OFF_DAYS


def _predecessors(name: str, material: Material, opening: Figure) -> list[tuple[Source, Figure]]:
    """For each earlier report that ends where this one starts, its closing stock, once for each ward; [] when one
    does not state it."""
    out: list[tuple[Source, Figure]] = []
    day = _opens(opening)
    for source in material.previous:
        end = source.header.period.end if source.header.period else None
        if day is None or end is None or abs((end - day).days) > CUT_OFF_DAYS:
            continue
        closing = one_value([f for f in source.figures if f.name == name and f.whole and not f.scope and not f.base and f.period and f.period.end == end])
        if closing is None:
            return []
        ward = source.header.ward
        if not (ward and any(s.header.ward == ward and f.quantity.value == closing.quantity.value for s, f in out)):
            out.append((source, closing))  # two reports of one ward say its stock once
    return out


def _day_after(source: Source, opening: Figure) -> bool:
    return source.header.period is not None and source.header.period.end == _opens(opening)


def find_cut_offs(rule: RollForward, material: Material) -> Iterator[Finding]:
    """A note where the earlier reports close on another day than this one starts after: the stock may differ."""
    opening = one_value([f for f in material.whole(rule.opening) if _starts_with_report(f, material)])
    before = _predecessors(rule.closing, material, opening) if opening else []
    total = sum(f.quantity.value for _, f in before)
    moved = next(((source, f) for source, f in before if opening and not _day_after(source, opening)), None)
    if opening is None or moved is None or total == opening.quantity.value:
        return
    closing = moved[1]
    terms = (outside("a", before), term("b", opening))
    made = claim(rule, Kind.ROLL_FORWARD, terms, f"{rule.id} cut-off", opening.section)
    end, day = _closes(closing), _opens(opening)
    assert end and day
    message = say("rules.cut_off", rule=rule.title, a=total, b=opening.quantity.value,
                  ends=short_date(end), starts=short_date(day + timedelta(days=1)))  # fmt: skip
    yield finding(made, Verdict.NOTE, "", message)


# ---------------------------------------------------------------- the same figure in another file


def bind_restated(rule: Restated, material: Material) -> Iterator[Claim]:
    """Figures of annexes and earlier reports written again in this one, and changes against the earlier ones."""
    for source in (*material.attached, *(() if merged(material) else material.previous)):
        of_ward = source in material.attached
        for name in dict.fromkeys(f.name for f in source.figures):
            if name in rule.besides:
                continue
            yield from _again(rule, material, source, name, of_ward=of_ward)
    if merged(material):
        yield from _again_over_wards(rule, material)
    yield from bind_changes(rule, material)


def merged(material: Material) -> bool:
    """Are the earlier reports those of other wards, merged into this one? Then only their sums compare with it."""
    wards = {fold(source.header.ward) for source in material.previous} - {""}
    return len(wards) > 1 or bool(wards and material.header.ward and wards != {fold(material.header.ward)})


def _again_over_wards(rule: Restated, material: Material) -> Iterator[Claim]:
    """A figure of a time before the merger against the sum of what the merged wards reported for it. A single
    earlier ward is only part of the new one: it can agree with its figure but not contradict it."""
    partial = len({fold(source.header.ward) for source in material.previous}) == 1
    done: set[tuple[str, str, Rational]] = set()
    for mine in material.figures:
        key = (mine.name, mine.scope, mine.quantity.value)
        if mine.base or not mine.whole or mine.name in rule.besides or key in done:
            continue
        them = over_wards(material, mine, _same_dates)
        if them is None or them.written is None:
            continue
        differ = them.written.value != mine.quantity.value
        if not (differ and (partial or material.lexicon[mine.name].loose)):
            done.add(key)
            terms = (term("a", mine), replace(them, role="b"))
            yield claim(rule, Kind.SAME_FIGURE, terms, f"{rule.id} {mine.name} {mine.scope}".strip(), mine.section)


def _same_dates(a: Period | None, b: Period | None) -> bool:
    return a is not None and b is not None and same_dates(a, b)


def _again(rule: Restated, material: Material, source: Source, name: str, *, of_ward: bool) -> Iterator[Claim]:
    theirs = [f for f in source.figures if f.name == name and f.whole and not f.base]
    done: set[tuple[str, Rational]] = set()
    for mine in material.by_name.get(name, ()):
        if mine.base or not mine.whole:
            continue
        them = one_value([t for t in theirs if t.scope == mine.scope and _one_period(material, mine, source, t, of_ward=of_ward)])
        if them is None or (mine.scope, mine.quantity.value) in done:
            continue
        loose = material.lexicon[name].loose and them.quantity.value != mine.quantity.value
        if not loose:
            done.add((mine.scope, mine.quantity.value))
            terms = (term("a", mine), outside("b", [(source, them)]))
            yield claim(rule, Kind.SAME_FIGURE, terms, f"{rule.id} {name} {mine.scope}".strip(), mine.section)


def _one_period(material: Material, mine: Figure, source: Source, them: Figure, *, of_ward: bool) -> bool:
    """One period to the day; an annex without a period of its own takes the report's."""
    period = them.period
    if of_ward and (source.header.period is None or period is None):
        period = period or material.header.period
    if mine.period is None or period is None:
        return mine.period is period
    if BEFORE.fullmatch(mine.period.label):  # of one earlier report: the same period a year before, or the one just before
        base, alone = material.header.period, len(material.previous) == 1 and not of_ward
        return alone and same_dates(period, source.header.period or period) and (just_before(period, base) or year_before(period, base))
    return same_dates(mine.period, period) or (of_ward and differ_by_cut_off(mine.period, period))
