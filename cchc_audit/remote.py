"""Figures too far apart to be meant as one relation: the list divides another whole, the share is of another base.

No word binds a share to a base that is only found beside it, nor some lists to the figure before them. Where the two
are times apart, and no one slip of any of their figures brings them together, the binding is the likelier error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from .judgement import Judged, all_stated, figures, joined, stated, uncheckable
from .messages import say
from .model import Claim, Kind, Rational, Span, Term, Verdict, magnitude
from .slips import last_place, origins

_SHARE_APART = 4  # times that a share may differ from the one printed; people carry old percentages along
_SUM_APART = Fraction(5, 3)  # times that a sum may differ from its total: a part left out, or told twice
_WITNESSES = 2  # shares that hold on a base and so tell that it is the base of their list
_FAILS = frozenset({Verdict.CONTRADICTED, Verdict.IMPOSSIBLE})
_PRINTED = frozenset({"share.fraction", "share.all"})  # n/m, which prints its base

_TOLD = frozenset({"breakdown.progress", "breakdown.timeliness", "breakdown.intake", "breakdown.received", "breakdown.subset"})  # the words leave no doubt

Judgements = Sequence[tuple[Claim, Judged]]


def spare_remote(judged: Judgements) -> list[tuple[Claim, Judged]]:
    """The judgements, those of remote figures that no word binds made uncheckable, with the figures named."""
    bases = Counter(_base(c) for c, outcome in judged if c.kind is Kind.SHARE and outcome.grade.sound)
    return [(c, _unclear(c, outcome) if outcome.verdict in _FAILS and _remote(c, bases) else outcome) for c, outcome in judged]


def _base(claim: Claim) -> Span | None:
    m = claim.by_role("m")
    return m[0].span if len(m) == 1 else None


def _remote(claim: Claim, bases: Counter[Span | None]) -> bool:
    if claim.kind is Kind.BREAKDOWN and claim.source.startswith("breakdown."):
        return claim.source not in _TOLD and _sum_is_remote(claim)
    if claim.kind is not Kind.SHARE or not claim.source.startswith("share.") or claim.source in _PRINTED:
        return False
    first = _nearest(claim)
    return (len(first) != 1 or bases[first[0].span] < _WITNESSES) and _share_is_remote(claim, first)


def _nearest(claim: Claim) -> tuple[Term, ...]:
    """The base the words lead to first, whichever one the share is shown on."""
    shown = claim.by_role("m")
    found = shown and shown[0].span in {base.span for base in claim.bases}
    return claim.bases[:1] if found else shown


def _share_is_remote(claim: Claim, m: tuple[Term, ...]) -> bool:
    n, p = claim.by_role("n"), claim.by_role("p")
    if len(n) != 1 or len(m) != 1 or not figures((*n, *m, *p)) or not figures(m)[0].value:
        return False
    count, rate = figures(n)[0], figures(p)[0]
    share = Fraction(100 * count.value) / figures(m)[0].value
    if share <= _SHARE_APART * rate.value and rate.value <= _SHARE_APART * share:
        return False

    def comes_out(a: Rational, b: Rational, written: Rational) -> bool:
        return b > 0 < written and 2 * magnitude(100 * a - written * b) <= rate.ulp * b

    return not any(
        any(comes_out(a, base.written.value, rate.value) for a in _meant(n[0]))
        or any(comes_out(count.value, b, rate.value) for b in _meant(base))
        or any(comes_out(count.value, base.written.value, r) for r in _meant(p[0]))
        for base in (*m, *claim.bases)
        if base.written is not None
    )


def _sum_is_remote(claim: Claim) -> bool:
    totals, parts = claim.by_role("total"), claim.by_role("part")
    if len(totals) != 1 or len(figures((*totals, *parts))) <= len(parts):
        return False
    return all(_far(totals[0], parts[:count]) for count in range(min(2, len(parts)), len(parts) + 1))


def _far(whole: Term, parts: Sequence[Term]) -> bool:
    """Are the first parts of a list far from the total, whichever one of the figures is mistyped?"""
    total, amount = figures([whole])[0].value, sum(w.value for w in figures(parts))
    if 0 < amount <= _SUM_APART * total and total <= _SUM_APART * amount:
        return False
    off = amount - total
    repaired = (value == w.value - off for t, w in zip(parts, figures(parts), strict=True) for value in _meant(t))
    return not (any(value == amount for value in _meant(whole)) or any(repaired))


def _meant(term: Term) -> Iterable[Rational]:
    """The values one slip away from a printed figure."""
    if term.written is None:
        return ()
    return (o.digits * last_place(term.written.ulp, o.more) for o in origins(term.text, term.written))


def _unclear(claim: Claim, outcome: Judged) -> Judged:
    if claim.kind is Kind.BREAKDOWN:
        parts, total = joined(stated(t) for t in claim.by_role("part")), all_stated(claim.by_role("total"))
        return uncheckable(say("breakdown.unclear", parts=parts, total=total, sum=outcome.computed), claim)
    names = {role: all_stated(claim.by_role(role)) for role in ("n", "m", "p") if claim.by_role(role)}
    return uncheckable(say("share.unclear", value=outcome.computed, **names), claim)
