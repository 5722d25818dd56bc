"""Judging "n of m is p %": on the base the report prints, or on the first stated base that fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from .arithmetic import (
    Grade,
    Interval,
    Mode,
    grade,
    implied_bases,
    implied_numerators,
    neighbours,
    percent_fits,
    percent_grade,
    preimage,
    round_percent,
)
from .judgement import (
    Judged,
    added,
    all_stated,
    decimals,
    exact_counts,
    figures,
    joined,
    plainly,
    recomputed,
    sentences,
    shown,
    stated,
    uncheckable,
    verdict_of,
)
from .messages import Shown, say
from .model import Claim, Explanation, Message, Rational, Term, Verdict, Written, magnitude
from .sums import add

MOST_DECIMALS = 12  # no percentage of a report has more; beyond, exact intervals are used instead of the integer test
MOST_BASES = 4  # bases named in a sentence

Base = tuple[Term, ...]


class Percent(NamedTuple):
    """A percentage in integers, x/10^d; None where it is hedged or too long for the integer test."""

    x: int
    d: int

    @classmethod
    def of(cls, written: Written) -> Percent | None:
        d = decimals(written.ulp)
        if written.approx or d > MOST_DECIMALS or written.ulp.numerator > 1 or written.value.numerator < 0:
            return None
        value = written.value
        times, rest = divmod(10**d, value.denominator)
        return None if rest else cls(value.numerator * times, d)

    def shown(self, x: int) -> Shown:
        return Shown(Fraction(x, 10**self.d), self.d, percent=True)


_ALIKE = Fraction(5, 2)  # times that a share and its percentage differ where its base may still be the one meant


def judge_share(claim: Claim) -> Judged:
    """The verdict of a share. Without a printed base, any stated base that makes it hold is accepted and named."""
    p_terms, n_terms = claim.by_role("p"), claim.by_role("n")
    bases: list[Base] = [base for base in _candidates(claim) if base_value(base).numerator > 0]
    if not p_terms or p_terms[0].written is None:
        return _without_percentage(claim, n_terms)
    if not bases:
        return _without_base(claim, n_terms, p_terms[0])
    if not figures(n_terms):
        return _without_numerator(claim, bases, p_terms[0])
    grades: list[Grade] = []
    for base in bases:
        grades.append(grade_share(n_terms, base, p_terms[0]))
        if grades[-1].sound:
            break  # none of the others could be better
    best = min(range(len(grades)), key=lambda i: _rank(grades[i]))  # of equal ones the first
    if not grades[best].fits:
        shown = _base_to_show(claim, n_terms, bases, p_terms[0])
        return _failing(claim, n_terms, [bases[shown], *bases[:shown], *bases[shown + 1 :]], p_terms[0], grades[shown])
    return _fitting(claim, n_terms, bases, best, grades[best], p_terms[0])


def _base_to_show(claim: Claim, n_terms: Sequence[Term], bases: list[Base], p_term: Term) -> int:
    """The place of the base a failing share is shown on: the printed one, or the first if the share is less than two and a half times its percentage
    and the other way round; else the one told before the percentage that brings the two nearest, within as much ("6.348" of "7.400", not of
    "22.181 triệu"); else the first."""
    assert p_term.written is not None
    told, amount = Fraction(p_term.written.value), 100 * Fraction(added(figures(n_terms)))
    if figures(claim.by_role("m")) or not told or not amount:
        return 0

    def apart(place: int) -> Fraction:
        share = amount / base_value(bases[place])
        return max(share / told, told / share)

    before = [i for i, base in enumerate(bases) if p_term.span is None or base[0].span is None or base[0].span.start < p_term.span.start]
    nearest = min(before, key=apart, default=0)
    return nearest if apart(0) >= _ALIKE > apart(nearest) else 0


def base_value(base: Base) -> Rational:
    return added(figures(base))


def grade_share(n_terms: Sequence[Term], base: Base, p_term: Term) -> Grade:
    """How well the numerators' sum over the base's sum gives the percentage. The base is positive."""
    assert p_term.written is not None
    n, m, percent = figures(n_terms), figures(base), Percent.of(p_term.written)
    if percent is not None and exact_counts(n) and exact_counts(m):
        a = sum(w.value.numerator for w in n)
        if a < 0:
            return Grade.INCONSISTENT
        return percent_grade(a, added(m).numerator, percent.x, percent.d)
    written = p_term.written
    value = 100 * Fraction(added(n)) / added(m)
    if value == written.value:
        return Grade.EXACT

    def common(mode: Mode) -> Interval:
        return add(n, mode).over(add(m, mode)).times(100).intersect(preimage(written, mode))

    wide = common(Mode.NEAREST).wide  # it agrees with every way of rounding a half
    whole = Grade.NEAREST if wide else grade(lambda mode: not common(mode).empty, exact=False)
    if whole.sound and any(0 < w.ulp < 1 for w in (*n, *m)):  # of decimals the printed digits are asked first: "334,03 ha"
        printed = grade(lambda mode: preimage(written, mode).contains(value), exact=False)
        return printed if printed.fits else whole
    return whole


def _rank(grade: Grade) -> int:
    """Bases are preferred by whether they hold outright, only by another rounding habit, or not at all."""
    return 0 if grade.sound else 1 if grade.fits else 2


def _candidates(claim: Claim) -> list[Base]:
    own = claim.by_role("m")
    candidates: list[Base] = [own] if figures(own) else []
    if not claim.own_base or not candidates:
        candidates += [(base,) for base in claim.bases if base.written is not None and base not in own]
    return candidates


def _on_base(claim: Claim, base: Base) -> Claim:
    """The claim with this base in the role m, where it has none yet."""
    if claim.by_role("m") == base:
        return claim
    kept = tuple(term for term in claim.terms if term.role != "m")
    at = next((i for i, term in enumerate(kept) if term.role == "p"), len(kept))
    chosen = tuple(replace(term, role="m") for term in base)
    return replace(claim, terms=kept[:at] + chosen + kept[at:])


# ---------------------------------------------------------------- shares that fit


_FITTING = {
    Grade.EXACT: "share.exact",
    Grade.NEAREST: "share.rounded",
    Grade.HALF_RULE: "share.half",
    Grade.CEILING: "share.ceiling",
    Grade.TRUNCATION: "share.truncated",
    Grade.PADDED: "share.padded",
}


def _value(n_terms: Sequence[Term], base: Base, p_term: Term) -> Shown:
    assert p_term.written is not None
    n, m = base_value(tuple(n_terms)), base_value(base)
    value = Fraction(100 * n.numerator * m.denominator, m.numerator * n.denominator)
    return recomputed(value, decimals(p_term.written.ulp), percent=True)


def _rounded(value: Shown, p_term: Term) -> Shown:
    assert p_term.written is not None
    return Shown(value.value, decimals(p_term.written.ulp), percent=True)


def _ends(n_terms: Sequence[Term], base: Base, p_term: Term) -> dict[str, Shown]:
    """The percentages between which the share lies, its figures being rounded: 12,5 tỷ of 10 tỷ are 118,57 … 132,11 %."""
    reach = add(figures(n_terms)).over(add(figures(base))).times(100)
    assert reach.low is not None and reach.high is not None and p_term.written is not None
    places = max(decimals(p_term.written.ulp) + 1, 2)
    return {"low": Shown(reach.low, places, percent=True), "high": Shown(reach.high, places, percent=True)}


def _fitting(
    claim: Claim, n_terms: Sequence[Term], bases: list[Base], best: int, grade: Grade, p_term: Term
) -> Judged:
    base, value = bases[best], _value(n_terms, bases[best], p_term)
    verdict = verdict_of(grade, (*n_terms, *base, p_term))
    hedged = verdict is Verdict.HOLDS and grade is not Grade.EXACT  # rounded or cut only by its hedge
    off = 2 * magnitude(value.value - p_term.written.value) > p_term.written.ulp if p_term.written is not None else False
    within = grade is Grade.NEAREST and off and not hedged
    key = "share.hedged" if hedged else "share.within" if within else _FITTING[grade]

    def sentence(language: str) -> str:
        names = {"n": all_stated(n_terms), "m": all_stated(base), "rounded": _rounded(value, p_term), "p": stated(p_term)}
        ends = _ends(n_terms, base, p_term) if within else {}
        return say(key, value=value, **names, **ends).in_language(language)

    message = Message.later(sentence)
    explanations: list[Explanation] = []
    if best:
        why = say("share.on_other_base", m=all_stated(base), first=all_stated(bases[0]))
        explanations.append(Explanation("other_base", why, tuple(t.span for t in base if t.span)))
    if grade in {Grade.CEILING, Grade.TRUNCATION}:
        explanations.append(Explanation("truncation", message))
    elif grade is Grade.PADDED:
        explanations.append(Explanation("rounding", message))
    judged = _on_base(claim, base)
    return Judged(grade, verdict, plainly(value), message, tuple(explanations), claim=judged)


# ---------------------------------------------------------------- shares that do not


def _failing(
    claim: Claim, n_terms: Sequence[Term], bases: list[Base], p_term: Term, grade: Grade
) -> Judged:
    assert p_term.written is not None
    base, percent, n = bases[0], Percent.of(p_term.written), figures(n_terms)
    value = _value(n_terms, base, p_term)
    names = {"n": all_stated(n_terms), "m": all_stated(base), "p": stated(p_term), "value": value}
    rounded = _rounded(value, p_term)
    message = say("share.contradicted", rounded=rounded, **names)
    working = [
        say("working.quotient", **names),
        say("working.rounded", rounded=rounded),
        say("working.stated", p=stated(p_term), difference=_points(p_term, value)),
    ]
    explanations: list[Explanation] = []
    whole = percent is not None and exact_counts(n) and exact_counts(figures(base))
    over = whole and sum(w.value for w in n) > base_value(base) and p_term.written.value <= 100
    if over and all(term.unit == base[0].unit for term in n_terms):
        grade = Grade.IMPOSSIBLE
        message = sentences(message, say("share.exceeds", **names))
    elif grade is Grade.IMPOSSIBLE and percent is not None:
        why = impossible(percent, base_value(base).numerator, all_stated(base))
        message = sentences(message, why)
        explanations.append(Explanation("impossible", why, tuple(t.span for t in base if t.span)))
    if len(bases) > 1:
        tried = joined([all_stated(b) for b in bases[1 : MOST_BASES + 1]], "; ")
        message = sentences(message, say("share.bases_tried", bases=tried))
        for other in bases[1 : MOST_BASES + 1]:
            line = _value(n_terms, other, p_term)
            working.append(say("working.quotient", n=names["n"], m=all_stated(other), value=line))
    judged = _on_base(claim, base)
    verdict = verdict_of(grade, judged.terms)
    return Judged(grade, verdict, plainly(value), message, tuple(explanations), tuple(working), judged)


def _points(p_term: Term, value: Shown) -> Shown:
    assert p_term.written is not None
    return Shown(magnitude(p_term.written.value - value.value), max(value.decimals, decimals(p_term.written.ulp)))


def impossible(percent: Percent, b: int, base: object) -> Message:
    """That no whole number over b gives the percentage, with the two that come nearest."""
    above, below = neighbours(percent.x, percent.d, b)
    return say(
        "share.impossible",
        m=base,
        p=percent.shown(percent.x),
        above=above,
        p_above=percent.shown(round_percent(above, b, percent.d)),
        below=below,
        p_below=percent.shown(round_percent(below, b, percent.d)),
    )


# ---------------------------------------------------------------- shares with a figure missing


def _without_percentage(claim: Claim, n_terms: Sequence[Term]) -> Judged:
    """A bare n/m: nothing to compare, unless more than the whole is claimed of one unit."""
    base = claim.by_role("m")
    n, m = figures(n_terms), figures(base)
    if not n or not m or not exact_counts(n) or not exact_counts(m):
        return uncheckable(say("share.nothing_stated"))
    names = {"n": all_stated(n_terms), "m": all_stated(base)}
    if sum(w.value for w in n) > base_value(base) and n_terms[0].unit == base[0].unit != "":
        message = say("share.more_than_all", **names)
        verdict = verdict_of(Grade.UNDETERMINED, claim.terms)
        return Judged(Grade.UNDETERMINED, verdict, "", message)
    return uncheckable(say("share.fraction_only", **names))


def _without_base(claim: Claim, n_terms: Sequence[Term], p_term: Term) -> Judged:
    """No usable base: nothing happened at all, or the range a base would have to lie in."""
    assert p_term.written is not None
    n, percent = figures(n_terms), Percent.of(p_term.written)
    own = claim.by_role("m")
    if figures(own):
        if n and sum(w.value for w in n) > 0 and exact_counts(n):
            message = say("share.of_nothing", n=all_stated(n_terms), m=all_stated(own))
            return Judged(Grade.IMPOSSIBLE, verdict_of(Grade.IMPOSSIBLE, claim.terms), "", message)
        return uncheckable(say("share.zero_base"))
    if n and percent is not None and exact_counts(n) and (a := sum(w.value.numerator for w in n)) > 0:
        bases = implied_bases(a, percent.x, percent.d)
        if bases.last is not None and not bases.none:
            why = say(
                "share.implied_base" if bases.first < bases.last else "share.implied_one_base", n=all_stated(n_terms), p=stated(p_term), low=bases.first, high=bases.last
            )
            judged = uncheckable(why)
            return replace(judged, explanations=(Explanation("implied_base", why),))
    return uncheckable(say("share.no_base", p=stated(p_term)))


def _without_numerator(claim: Claim, bases: list[Base], p_term: Term) -> Judged:
    """p % of a known base: is it reachable at all, and by which whole number?"""
    assert p_term.written is not None
    percent = Percent.of(p_term.written)
    usable = [base for base in bases if exact_counts(figures(base))]
    if percent is None or not usable:
        return uncheckable(say("share.no_numerator", p=stated(p_term)))
    for base in usable:
        if counts := _reachable(percent, base_value(base).numerator):
            return _reached(claim, base, p_term, percent, counts)
    base = usable[0]
    b = base_value(base).numerator
    for only, mode in ((Grade.CEILING, Mode.CEILING), (Grade.TRUNCATION, Mode.TRUNCATION)):
        if counts := implied_numerators(percent.x, percent.d, b, mode):
            value = _value((Term("n", Written(counts[0])),), base, p_term)
            message = say(
                _FITTING[only],
                n=counts[0],
                m=all_stated(base),
                value=value,
                rounded=_rounded(value, p_term),
                p=stated(p_term),
            )
            judged = _on_base(claim, base)
            return Judged(
                only,
                verdict_of(only, judged.terms),
                plainly(value),
                message,
                (Explanation("truncation", message),),
                claim=judged,
            )
    why = impossible(percent, b, all_stated(base))
    judged = _on_base(claim, base)
    working = tuple(impossible(percent, base_value(other).numerator, all_stated(other)) for other in usable)
    explanation = Explanation("impossible", why, tuple(t.span for t in base if t.span))
    return Judged(
        Grade.IMPOSSIBLE,
        verdict_of(Grade.IMPOSSIBLE, judged.terms),
        "",
        why,
        (explanation,),
        working[:MOST_BASES],
        judged,
    )


def _reachable(percent: Percent, b: int) -> range:
    """The numerators p may stand for; "0 %" and "100 %" mean none and all, whatever their decimals."""
    if percent.x in {0, 100 * 10**percent.d}:
        k = b if percent.x else 0
        return range(k, k + 1)
    return implied_numerators(percent.x, percent.d, b)


def _reached(claim: Claim, base: Base, p_term: Term, percent: Percent, counts: range) -> Judged:
    judged = _on_base(claim, base)
    names = {"m": all_stated(base), "p": stated(p_term)}
    if len(counts) > 1:
        return uncheckable(
            say("share.several", count=len(counts), low=counts[0], high=counts[-1], **names), judged
        )
    b, k = base_value(base).numerator, counts[0]
    implied = Term("n", Written(k), unit=base[0].unit)
    kept = tuple(term for term in judged.terms if term.role != "n")
    exact = percent_fits(k, b, percent.x, percent.d, Mode.CEILING) and percent_fits(
        k, b, percent.x, percent.d, Mode.TRUNCATION
    )
    grade = Grade.EXACT if exact else Grade.NEAREST
    return Judged(
        grade,
        verdict_of(grade, judged.terms),
        plainly(shown(implied.written or Written(k))),
        say("share.one_numerator", k=k, **names),
        claim=replace(judged, terms=(implied, *kept)),
    )
