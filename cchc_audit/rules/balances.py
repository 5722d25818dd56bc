"""Balances between named figures that no sentence states: sums, orders, sub-periods, rates apart from their counts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from ..check import finding
from ..messages import say
from ..model import Claim, Figure, Finding, Kind, Period, Rational, Term, Verdict, magnitude
from ..periods import same_period
from ..statements.items import comes_out, one_slip_apart
from .material import Material, claim, joined_labels, term

if TYPE_CHECKING:
    from .kinds import AtMost, Identity, OverPeriods, Ratio


_OVER = 4  # parts are more than their total by one in so many at most
_APART = 2  # times its total that a figure is no part of it
_BESIDE = 80  # characters from a part to another class told beside it
_MANY = 200  # figures of one name looked at


def one_value(figures: Sequence[Figure]) -> Figure | None:
    """The figure when all its mentions agree; None when it is not stated or stated with two values."""
    if not figures:
        return None
    first = figures[0].quantity.written
    return None if first.approx or any(f.quantity.written.value != first.value for f in figures) else figures[0]


def bind_identity(rule: Identity, material: Material) -> Iterator[Claim]:
    """The balance wherever the total and all its parts are stated for one scope and period."""
    for total, parts, lacking in _balances(rule, material):
        if not (lacking and _gap(total, parts)):
            yield _claim(rule, total, parts)


def find_open(rule: Identity, material: Material) -> Iterator[Finding]:
    """Balances that do not close while a class they need is not stated: nothing can be concluded from them."""
    for total, parts, lacking in _balances(rule, material):
        if lacking and _gap(total, parts):
            missing = joined_labels(material, lacking)
            message = say("rules.balance_open", rule=rule.title, gap=abs(_gap(total, parts)), missing=missing)
            yield finding(_claim(rule, total, parts), Verdict.UNCHECKABLE, "", message)


def _balances(rule: Identity, material: Material) -> Iterator[tuple[Figure, list[Figure], list[str]]]:
    others = [rule.or_total] if rule.or_total else []
    for group in material.groups((rule.total, *others, *rule.parts, *rule.optional, *rule.needs)):
        total = one_value(group[rule.total])
        stated = [f for name in rule.parts if (f := one_value(group[name])) is not None]
        if total is None or len(stated) < len(rule.parts):
            continue
        if _gap(total, stated):
            extra = [f for name in rule.optional if (f := one_value(group[name])) is not None and f.quantity.value]
            other = one_value(group[rule.or_total]) if rule.or_total else None
            if other is not None and not all(_gap(other, p) for p in (stated, [*stated, *extra])):
                total = other
            if extra and not _gap(total, [*stated, *extra]):
                stated += extra
            elif extra and _told_between(material, total, [*stated, *extra]):
                continue  # "thu về 408 phiếu; loại 8 phiếu, còn 400 phiếu": the levels are of the 400
            elif any(group[name] and one_value(group[name]) is None for name in rule.optional):
                continue  # "không hài lòng 06 phiếu, rất không hài lòng 02 phiếu": of which of the two, or of both?
            elif any(not _gap(total, [p for p in stated if p is not left_out]) for left_out in stated):
                continue  # it closes without one part, which is then counted in another: another definition
            elif _of_a_printed_base(material, stated):
                continue  # "nhận 28 đơn …; đủ điều kiện 25 đơn, đã giải quyết 23/25 đơn; 2 đơn đang xác minh": of the 25
            elif _told_beside(material, _gap(total, stated), stated):
                continue  # "đang giải quyết 151: trong hạn 140, quá hạn 08, chờ dân bổ sung 03"
            elif extra and magnitude(_gap(total, [*stated, *extra])) < magnitude(_gap(total, stated)):
                stated += extra  # what is still lacking is lacking of all that are told
        if total.quantity.value > _APART * sum(p.quantity.value for p in stated):
            continue  # "TTHC toàn trình 154, một phần 190", and 1.905 dossiers online: of other things
        if any(_of_more(p, total, stated) for p in stated):
            continue  # of a wider body than the total: "toàn quận nhận 82.669 hồ sơ; riêng Bộ phận một cửa quận … 24.618 hồ sơ"
        if rule.near and any(p.section != total.section for p in stated):
            continue
        in_table = material.reading.paragraphs_read[total.quantity.paragraph].kind != "text"
        if in_table or not all(p.quantity.sentence == total.quantity.sentence for p in stated):
            over = 0 < -_OVER * _gap(total, stated) <= total.quantity.value  # one more class would not explain it, nor another body
            yield total, stated, [name for name in rule.needs if not group[name] and not (over and name in rule.optional)]


def _of_a_printed_base(material: Material, parts: Sequence[Figure]) -> bool:
    """Do the parts make the m that one of them is printed with?"""
    mentions, amount = material.reading.mentions, sum(p.quantity.value for p in parts)
    places = (bisect_left(mentions, p.quantity.span.start, key=lambda m: m.start) for p in parts)
    bases = (mentions[at].over for at in places if at < len(mentions))
    return any(base is not None and mentions[base].value == amount for base in bases)


def _told_between(material: Material, total: Figure, parts: Sequence[Figure]) -> bool:
    """Is what the parts make told between the total and the first of them?"""
    places = material.places_of.get(sum(p.quantity.value for p in parts), ())
    first = min(p.quantity.span.start for p in parts)
    return any(total.quantity.span.end <= material.reading.mentions[at].start < first for at in places)


def _told_beside(material: Material, lacking: Rational, parts: Sequence[Figure]) -> bool:
    """Is what the parts lack of their total told right beside one of them: a class that no indicator names?"""
    near = [material.reading.mentions[at].quantity.span for at in material.places_of.get(lacking, ())]
    spans = [p.quantity.span for p in parts]
    return any(span not in spans and abs(span.start - other.start) <= _BESIDE for span in near for other in spans)


def _of_more(part: Figure, total: Figure, stated: Sequence[Figure]) -> bool:
    """Is a part larger than its total by far, and no digit too many the cause?"""
    meant = part.quantity.value + _gap(total, stated)
    return part.quantity.value > _APART * total.quantity.value and not one_slip_apart(str(part.quantity.value), str(meant))


def _gap(total: Figure, parts: Sequence[Figure]) -> Rational:
    return total.quantity.value - sum(p.quantity.value for p in parts)


def _claim(rule: Identity, total: Figure, parts: Sequence[Figure]) -> Claim:
    terms = [term("total", total), *(term("part", p) for p in parts)]
    return claim(rule, Kind.BREAKDOWN, terms, f"{rule.id} {total.scope}".strip(), total.section)


def bind_chain(rule: AtMost, material: Material) -> Iterator[Claim]:
    """Neighbours of the chain: the later is a part of the earlier."""
    for group in material.groups(rule.chain):
        stated = [f for name in rule.chain if (f := one_value(group[name])) is not None]
        for more, less in zip(stated, stated[1:], strict=False):
            if _of_more(less, more, [less]) or material.bodies.differ(material, more.quantity.span.start, less.quantity.span.start):
                continue  # "phát ra 26 phiếu, thu về 26 phiếu": of another vote than its 1.179 valid ballots
            if more.quantity.value == less.quantity.value:  # all of them: one number written twice
                yield claim(rule, Kind.SAME_FIGURE, (term("a", more), term("b", less)), rule.id, more.section)
                continue
            made = claim(rule, Kind.BREAKDOWN, (term("total", more), term("part", less)), rule.id, more.section)
            yield replace(made, relation="at_most")


def bind_periods(rule: OverPeriods, material: Material) -> Iterator[Claim]:
    """A flow of the whole period against its sub-periods, when they follow one another without gap."""
    for name in rule.figures:
        dated = [f for f in material.by_name.get(name, ()) if f.whole and not f.base and _ends(f.period)][:_MANY]
        for total in dated:
            inside = [f for f in dated if f.scope == total.scope and _within(f.period, total.period)]
            parts = _cover(inside, total)
            if any(_of_more(p, total, parts) for p in parts):
                continue  # no slip makes a quarter so much more than its year: the name of one is read too widely
            if len(parts) > 1 and any(p.quantity.sentence != total.quantity.sentence for p in parts):
                terms = [term("total", total), *(term("part", p) for p in parts)]
                yield claim(rule, Kind.BREAKDOWN, terms, f"{rule.id} {name}", total.section)
                break


def _ends(period: Period | None) -> bool:
    return period is not None and period.start is not None and period.end is not None


def _within(part: Period | None, whole: Period | None) -> bool:
    if part is None or whole is None or not (part.start and part.end and whole.start and whole.end):
        return False
    return not same_period(part, whole) and whole.start <= part.start and part.end <= whole.end


def _cover(inside: Sequence[Figure], total: Figure) -> list[Figure]:
    """Figures whose periods follow one another and cover the whole; [] when they do not."""
    assert total.period and total.period.start and total.period.end
    need, out = total.period.start, []
    while need <= total.period.end:
        following = next((f for f in inside if f.period and f.period.start == need), None)
        if following is None or following.period is None or following.period.end is None:
            return []
        out.append(following)
        need = following.period.end + timedelta(days=1)
    return out


def bind_ratio(rule: Ratio, material: Material) -> Iterator[Claim]:
    """A stated rate against its counts, over whichever accepted base is stated; the first is the usual one."""
    names = (rule.rate, *rule.numerator, *rule.bases)
    for group in material.groups(names):
        rates = group[rule.rate]
        numerator = [one_value(group[name]) for name in rule.numerator]
        bases = [f for name in rule.bases if (f := one_value(group[name])) is not None and f.quantity.value]
        usual = group[rule.bases[0]] if one_value(group[rule.bases[0]]) is None else []  # told with several values
        if not (bases or usual) or any(n is None for n in numerator) or one_value(rates) is None:
            continue
        counted = [n for n in numerator if n is not None]
        for rate in rates:
            told = len(counted) == 1 and rate.quantity.sentence == counted[0].quantity.sentence  # read with the prose
            if told or rate.quantity.written.approx:
                continue
            amount = sum(n.quantity.value for n in counted)
            of_resolved = not rule.bases[0].startswith("resolved") and not usual and all(b.name.startswith("resolved") for b in bases)
            fitting = [f for f in (bases if of_resolved else usual[:_MANY]) if f.quantity.value and comes_out(amount, f.quantity.value, rate.quantity.written)]
            if fitting or not usual and not of_resolved:  # the dossiers received are the usual base, and how many these are is not printed
                yield _share(rule, rate, counted, fitting[:1] or bases)


def _share(rule: Ratio, rate: Figure, counted: Sequence[Figure], bases: Sequence[Figure]) -> Claim:
    if len(counted) == 1:
        n = term("n", counted[0])
    else:
        first = counted[0].quantity
        value = sum(f.quantity.value for f in counted)
        n = Term("n", replace(first.written, value=value), unit=first.unit)
    candidates = tuple(term("m", b) for b in bases)
    made = claim(rule, Kind.SHARE, (n, candidates[0], term("p", rate)), f"{rule.id} {rate.scope}".strip(), rate.section)
    return replace(made, bases=candidates, own_base=False)
