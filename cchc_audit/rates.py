"""Judging rates: a total is so much for each of a count, 627 pupils in 21 classes 30 a class, 125 gifts of 500.000 đồng
62,5 million."""

from __future__ import annotations

from fractions import Fraction

from .arithmetic import Grade, rate_grade
from .judgement import (
    PERCENT_UNITS,
    Judged,
    added,
    all_stated,
    decimals,
    figures,
    joined,
    printed_decimals,
    recomputed,
    scale_of,
    scaled,
    stated,
    uncheckable,
    verdict_of,
)
from .messages import Shown, exact_decimals, say
from .model import Claim, Message, Rational, Term, Verdict
from .relations import per_of


def judge_rate(claim: Claim) -> Judged:
    """Is the total so much for each of the count? The figure named last is the one recomputed, the rate or the total."""
    totals, counts, rates = (claim.by_role(role) for role in ("total", "count", "rate"))
    written = figures(totals)
    count, rate = (next(iter(figures(terms)), None) for terms in (counts, rates))
    if not written or len(written) < len(totals) or count is None or rate is None:
        return uncheckable(say("rate.nothing_to_divide"))
    per = per_of(claim)
    if count.value <= 0 or per <= 0:
        return uncheckable(say("rate.of_none"))
    result = rate_grade(written, count, rate, per)
    if len(totals) == 1 and claim.terms[-1].role == "total":
        last, value = totals[0], Fraction(count.value * rate.value) / per
        sum_ = _by(say("rate.product", count=stated(counts[0]), rate=stated(rates[0])), 1 / Fraction(per))
    else:
        last, value = rates[0], Fraction(added(written) * per) / count.value
        sum_ = _by(say("rate.quotient", total=all_stated(totals), count=stated(counts[0])), Fraction(per))
    shown = _like(value, last)
    verdict = verdict_of(result, claim.terms)
    key = "rate.off"
    if result.fits:
        key = "rate.exact" if result is Grade.EXACT else "rate.rounded" if result.sound else "rate.cut"
        key = "rate.hedged" if verdict is Verdict.HOLDS and result is not Grade.EXACT else key
    message = say(key, sum=sum_, value=shown, stated=stated(last))
    return Judged(result, verdict, joined([shown]).vi, message)


def _by(sum_: Message, factor: Fraction) -> Message:
    """The product or quotient with what a rate per thousand, or another unit of weight or area, takes beside."""
    if factor == 1:
        return sum_
    return say("rate.times", sum=sum_, per=factor) if factor > 1 else say("rate.over", sum=sum_, per=1 / factor)


def _like(value: Fraction, figure: Term) -> Shown | Message:
    """A computed value in the manner of the figure it is compared with: its scale word, and a decimal or two more."""
    assert figure.written is not None
    scale = scale_of(figure.text, figure.written)
    if scale == 1:
        return recomputed(value, decimals(figure.written.ulp), percent=figure.unit in PERCENT_UNITS)
    places = max(printed_decimals(figure.text, figure.written) + 1, 2)
    in_scale: Rational = value / scale
    return scaled(value, scale, exact_decimals(in_scale, places))
