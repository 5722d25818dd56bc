"""What the shares of one list tell of each other: the habit of rounding, and a share made to close the list."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from .arithmetic import Grade, Mode, habit, witnesses_against
from .judgement import Judged, exact_counts, figures, sentences, stated
from .messages import say
from .model import Claim, Explanation, Kind, Span, Verdict
from .shares import Percent, base_value

WITNESSES = 2  # shares of the list that must rule a habit out before it is asked about
_MOST = 200  # shares of one list; a paragraph with more is text that lost its line breaks

Judgements = list[tuple[Claim, Judged]]
Case = tuple[int, int, int, int]  # a, b, x, d: a of b is x/10^d percent

_MODES = {Grade.TRUNCATION: Mode.TRUNCATION, Grade.CEILING: Mode.CEILING}


def question_habits(judged: Judgements, paragraphs: Sequence[Span]) -> Judgements:
    """Turns "only if cut" (or "only if rounded up") into a question where two shares of its list exclude that habit."""
    asked = [
        (i, mode)
        for i, (claim, outcome) in enumerate(judged)
        if outcome.verdict is Verdict.HOLDS_IF_TRUNCATED and claim.kind is Kind.SHARE and (mode := _MODES.get(outcome.grade))
    ]
    lists = _lists(judged, paragraphs) if asked else {}
    result = list(judged)
    for i, mode in asked:
        claim, outcome = judged[i]
        cases = [case for j in lists.get(i, ()) if j != i and (case := _case(judged[j][0]))]
        if mode in habit(cases):
            continue
        witnesses = witnesses_against(mode, cases)
        if witnesses >= WITNESSES:
            key = "habit.cut" if mode is Mode.TRUNCATION else "habit.raised"
            message = sentences(outcome.message, say(key, count=witnesses))
            result[i] = (claim, replace(outcome, verdict=Verdict.QUESTION, message=message))
    return result


def _lists(judged: Judgements, paragraphs: Sequence[Span]) -> dict[int, set[int]]:
    """For each share, the shares that stand in the same paragraph or add up with it."""
    starts = [span.start for span in paragraphs]
    members: dict[object, set[int]] = defaultdict(set)
    by_percent = _by_percent(judged)
    for span, i in by_percent.items():
        at = bisect_right(starts, span.start) - 1
        if at >= 0:
            members["paragraph", at].add(i)
    for k, (claim, _) in enumerate(judged):
        if claim.kind is Kind.SHARES_SUM:
            members["sum", k] = {by_percent[t.span] for t in claim.terms if t.span in by_percent}
    lists: dict[int, set[int]] = defaultdict(set)
    for group in members.values():
        for i in group if len(group) <= _MOST else ():
            lists[i] |= group
    return lists


def _by_percent(judged: Judgements) -> dict[Span, int]:
    """Shares by the place of their percentage."""
    found: dict[Span, int] = {}
    for i, (claim, _) in enumerate(judged):
        if claim.kind is Kind.SHARE:
            for term in claim.by_role("p"):
                if term.span is not None:
                    found.setdefault(term.span, i)
    return found


def _case(claim: Claim) -> Case | None:
    n, m = figures(claim.by_role("n")), figures(claim.by_role("m"))
    p = figures(claim.by_role("p"))
    percent = Percent.of(p[0]) if p else None
    if percent is None or not n or not m or not exact_counts((*n, *m)):
        return None
    a, b = sum(w.value.numerator for w in n), sum(w.value.numerator for w in m)
    return (a, b, percent.x, percent.d) if a >= 0 and b > 0 else None


# ---------------------------------------------------------------- shares made to close their list


def spare_closed_lists(judged: Judgements) -> Judgements:
    """A share that fails alone is a habit, not an error, where it is plainly 100 minus the others.

    All of this must hold: its list adds to exactly 100, every other share of the list holds, it is off by
    no more than the others' rounding can add up to, and no other claim about its counts fails.
    """
    closed = [claim for claim, outcome in judged if claim.kind is Kind.SHARES_SUM and outcome.grade is Grade.EXACT]
    by_percent = _by_percent(judged) if closed else {}
    result = list(judged)
    for claim in closed:
        places = [by_percent.get(term.span) for term in claim.terms if term.span is not None]
        shares = [i for i in places if i is not None]
        failing = [i for i in shares if not judged[i][1].grade.fits]
        if len(failing) == 1 and len(shares) == len(claim.terms) and _closes(judged, failing[0], shares):
            result[failing[0]] = _spared(judged[failing[0]])
    return result


def _closes(judged: Judgements, i: int, shares: Sequence[int]) -> bool:
    case = _case(judged[i][0])
    others = [judged[j][0].by_role("p")[0].written for j in shares if j != i]
    if case is None or not all(judged[j][1].grade.sound for j in shares if j != i):
        return False
    a, b, x, d = case
    off = abs(Fraction(x, 10**d) - Fraction(100 * a, b))
    reach = Fraction(sum(w.ulp for w in others if w is not None)) / 2
    return off <= reach and all(outcome.grade.fits for outcome in _about_counts(judged, i))


def _about_counts(judged: Judgements, i: int) -> Iterator[Judged]:
    """What was judged elsewhere of the numerator or base of share i."""
    spans = {term.span for term in judged[i][0].terms if term.role in {"n", "m"} and term.span}
    for j, (claim, outcome) in enumerate(judged):
        if j != i and outcome.verdict is not Verdict.UNCHECKABLE and any(t.span in spans for t in claim.terms):
            yield outcome


def _spared(entry: tuple[Claim, Judged]) -> tuple[Claim, Judged]:
    claim, outcome = entry
    p = claim.by_role("p")[0]
    why = say("habit.closing", p=stated(p), n=base_value(claim.by_role("n")), m=base_value(claim.by_role("m")))
    message = sentences(outcome.message, why)
    explanation = Explanation("rounding", why, (p.span,) if p.span else ())
    return claim, replace(
        outcome,
        grade=Grade.CEILING,
        verdict=Verdict.HOLDS_IF_TRUNCATED,
        message=message,
        explanations=(explanation,),
    )
