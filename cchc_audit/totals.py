"""Judging parts against their total, and shares against 100 %."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .arithmetic import Grade, split_fits
from .judgement import (
    Judged,
    decimals,
    exact_counts,
    figures,
    joined,
    plainly,
    printed_decimals,
    scale_of,
    scaled,
    sentences,
    stated,
    uncheckable,
    verdict_of,
)
from .messages import Shown, exact_decimals, say
from .model import Claim, Explanation, Message, Rational, Term, Verdict, Written, magnitude
from .shares import Percent, base_value
from .sums import Sum, compare, drift_likelihood

UNLIKELY = Fraction(1, 20)  # a rounding drift rarer than this is worth a look
HUNDRED = Written(100)


def judge_breakdown(claim: Claim) -> Judged:
    """Do the parts make the total ("equal"), or at least not exceed it ("at_most")?"""
    total, parts = claim.by_role("total"), claim.by_role("part")
    totals = figures(total)
    if not totals or not figures(parts) or len(figures(parts)) < len(parts):
        return uncheckable(say("breakdown.nothing_to_add"))
    whole = totals[0] if len(totals) == 1 else _one(total)
    result = compare(figures(parts), whole)
    terms = (*total, *parts)
    names: dict[str, Shown | Message | str] = {
        "parts": joined(stated(part) for part in parts),
        "sum": _shown_like(result.added, terms),
        "total": joined(stated(t) for t in total),
        "difference": _shown_like(magnitude(result.difference), terms),
    }
    computed = joined([names["sum"]]).vi
    if claim.relation == "at_most" and not result.grade.fits and result.difference < 0:
        message = say("breakdown.within" if len(parts) > 1 else "breakdown.within_one", **names)
        verdict = verdict_of(Grade.EXACT, claim.terms)
        return Judged(Grade.EXACT, verdict, computed, message)
    if result.grade.fits:
        key = "breakdown.exact" if result.grade is Grade.EXACT else "breakdown.rounded"
        if not result.grade.sound:
            key = "breakdown.cut" if result.grade is Grade.TRUNCATION else "breakdown.raised"
        if any(w.approx for w in (*figures(parts), whole)):
            key = "breakdown.hedged"
        return Judged(
            result.grade, verdict_of(result.grade, claim.terms), computed, say(key, **names)
        )
    key = "breakdown.over" if result.difference > 0 else "breakdown.short"
    working = (
        say("working.sum", parts=names["parts"], sum=names["sum"]),
        say("working.total", total=names["total"], difference=names["difference"]),
    )
    verdict = verdict_of(Grade.INCONSISTENT, claim.terms)
    return Judged(Grade.INCONSISTENT, verdict, computed, say(key, **names), working=working)


def _one(terms: Sequence[Term]) -> Written:
    """Several totals that are added, as one figure."""
    written = figures(terms)
    value = sum(w.value for w in written)
    return Written(value, max(w.ulp for w in written), any(w.rounded for w in written))


def _shown_like(value: Rational, terms: Sequence[Term]) -> Shown | Message:
    """A sum in the manner of its terms: their decimals and percent sign; the scale word they share, else that of the first."""
    written = [(term.text, term.written) for term in terms if term.written is not None]
    scales = {scale_of(text, w) for text, w in written}
    scale = scales.pop() if len(scales) == 1 else scale_of(*written[0])
    if scale > 1:
        printed = [printed_decimals(text, w) for text, w in written if scale_of(text, w) == scale]
        return scaled(value, scale, max(exact_decimals(Fraction(value) / scale, 9), *printed))
    places = max(exact_decimals(value), *(decimals(w.ulp) for _, w in written))
    return Shown(value, places, percent=terms[0].unit == "%")


def judge_shares_sum(claim: Claim) -> Judged:
    """Do shares of one whole make 100 %, within what the rounding of each can add up to?

    With the whole known (role m) the shares must also come from whole numbers that add up to it.
    """
    parts = claim.by_role("part")
    written = figures(parts)
    if len(written) < 2 or len(written) < len(parts):
        return uncheckable(say("breakdown.nothing_to_add"))
    result = compare(written, HUNDRED)
    places = max(decimals(w.ulp) for w in written)
    total = Shown(result.added, places, percent=True)
    names = {
        "parts": joined(stated(part) for part in parts),
        "sum": total,
        "difference": Shown(magnitude(result.difference), places),
        "slack": Shown(result.slack, exact_decimals(result.slack)),
    }
    verdict = verdict_of(result.grade, claim.terms)
    if result.grade is Grade.EXACT:
        return _unless_no_split(claim, Judged(result.grade, verdict, plainly(total), say("shares.exact", **names)))
    if result.grade.fits:
        key = "shares.rounded" if result.grade.sound else "shares.cut"
        if verdict is Verdict.HOLDS:
            key = "shares.hedged"
        drift = _drift(written, result, claim)
        slack = say("working.slack", used=_used(result), **names)
        judged = Judged(result.grade, verdict, plainly(total), say(key, **names), drift, (slack,))
        return _unless_no_split(claim, judged)
    working = (
        say("working.sum", parts=names["parts"], sum=total),
        say("working.slack", slack=names["slack"], difference=names["difference"], used=_used(result)),
    )
    return Judged(result.grade, verdict, plainly(total), say("shares.off", **names), working=working)


def _used(result: Sum) -> Shown:
    """How much of the slack the difference uses up."""
    return Shown(100 * (result.used or Fraction(0)), 0, percent=True)


def _drift(written: Sequence[Written], result: Sum, claim: Claim) -> tuple[Explanation, ...]:
    """A word of caution where all roundings would have to lean one way."""
    ulp = written[0].ulp
    if not result.grade.sound or any(w.ulp != ulp or w.approx for w in written):
        return ()
    units = Fraction(magnitude(result.difference)) / ulp
    likelihood = drift_likelihood(len(written), int(units))
    if units == 0 or likelihood >= UNLIKELY:
        return ()
    why = say("shares.drift", count=len(written), likelihood=Shown(100 * likelihood, 1, percent=True))
    return (Explanation("rounding", why, tuple(t.span for t in claim.by_role("part") if t.span)),)


def _unless_no_split(claim: Claim, judged: Judged) -> Judged:
    base = claim.by_role("m")
    percents = [Percent.of(w) for w in figures(claim.by_role("part"))]
    if not base or not exact_counts(figures(base)) or base_value(base) <= 0 or None in percents:
        return judged
    b = base_value(base).numerator
    if split_fits([(p.x, p.d) for p in percents if p is not None], b):
        return judged
    message = sentences(judged.message, say("shares.no_split", m=b))
    grade = Grade.IMPOSSIBLE
    return Judged(grade, verdict_of(grade, claim.terms), judged.computed, message)
