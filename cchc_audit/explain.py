"""Why a claim fails, in words: what else stated would explain it, and which figure is the likely slip."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .alternatives import Pairs, Stated, alternatives
from .judgement import joined, sentences
from .localise import Mentions, Printed, Remedy, Repair, Weighed, connected, holds, smallest_repairs, weigh
from .messages import say
from .model import Claim, Explanation, Finding, Kind, Message, Quantity, Suspect, Term, Verdict
from .relations import Ends, Place, Relation, relate
from .slips import Slip, in_english, rewritten

FAILING = frozenset({Verdict.CONTRADICTED, Verdict.IMPOSSIBLE, Verdict.QUESTION})
CLEAR = 10  # the first suspect's value is suggested when it is this many times likelier than the next
WORTH = 300  # suspects this many times less likely than the first are not named
MOST_EXPLAINED = 5
_SILENT = Message("", "")  # of a suspect that nothing sets apart
MOST_WEIGHED = 100  # failing claims whose figures are weighed; a report with more is not mistyped but misread


def explain(findings: Sequence[Finding], quantities: Sequence[Quantity]) -> list[Finding]:
    """The findings in the same order; those that fail get explanations, suspects and their severity.

    A contradicted claim that something else stated would explain has severity 2, any other 3.
    """
    failing = [f for f in findings if f.verdict in FAILING and f.claim.kind in _ARITHMETIC]
    if not failing:
        return list(findings)
    suspects = _suspects(findings, failing, quantities)
    stated = Stated(quantities, (f.claim for f in findings))
    pairs = Pairs(f.claim for f in findings if f.claim.kind in {Kind.SHARE, Kind.BREAKDOWN} and f.verdict not in FAILING)
    chosen = {id(f) for f in failing}
    return [
        _explained(f, suspects.get(i, ()), stated, pairs) if id(f) in chosen else f
        for i, f in enumerate(findings)
    ]


_ARITHMETIC = frozenset(
    {
        Kind.SHARE,
        Kind.BREAKDOWN,
        Kind.SHARES_SUM,
        Kind.CHANGE,
        Kind.RATE,
        Kind.SAME_FIGURE,
        Kind.ROLL_FORWARD,
        Kind.CLAIM_VS_COUNT,
    }
)


def _explained(
    finding: Finding, suspects: Sequence[Suspect], stated: Stated, pairs: Pairs
) -> Finding:
    found = alternatives(finding.claim, stated, pairs)
    explanations = list(finding.explanations)
    slip = next((s for s in suspects[:1] if s.suggest is not None), None)
    if slip is not None:
        explanations.append(Explanation("slip", slip.why, (slip.span,)))
    known = {(e.kind, e.message) for e in explanations}
    explanations += [a.explanation for a in found if (a.explanation.kind, a.explanation.message) not in known]
    severity = finding.severity
    if finding.verdict is Verdict.CONTRADICTED:
        severity = 2 if any(a.stated for a in found) else 3
    return replace(
        finding,
        explanations=tuple(explanations[: MOST_EXPLAINED + len(finding.explanations)]),
        suspects=tuple(suspects),
        severity=severity,
    )


# ---------------------------------------------------------------- suspects


def _printed(term: Term) -> Printed:
    assert term.span is not None and term.written is not None
    return Printed(term.span, term.text, term.written, term.unit)


def _suspects(
    findings: Sequence[Finding], failing: Sequence[Finding], quantities: Sequence[Quantity]
) -> dict[int, list[Suspect]]:
    """The suspects of each failing finding, by its index."""
    chosen = {id(f) for f in failing}
    touched = {term.span for f in failing for term in (*f.claim.terms, *f.claim.bases) if term.span is not None}
    sets: dict[Place, Ends] = {}
    figures: dict[Place, Printed] = {}
    wrong: list[Relation] = []
    right: list[Relation] = []
    own: dict[int, list[Relation]] = defaultdict(list)
    for i, finding in enumerate(findings):
        if finding.verdict is Verdict.UNCHECKABLE or not any(t.span in touched for t in finding.claim.terms):
            continue
        failed = id(finding) in chosen
        related = relate(finding.claim, first_place=-1 - len(sets), any_base=failed)
        sets.update(related.sets)
        terms = (*finding.claim.terms, *(finding.claim.bases if failed else ()))
        figures.update((t.span, _printed(t)) for t in terms if t.span is not None and t.written is not None)
        for relation in related.relations:
            held = holds(relation, sets)
            if failed and not held and len(wrong) < MOST_WEIGHED:
                own[i].append(relation)
                wrong.append(relation)
            elif held:
                right.append(relation)
    mentions = Mentions([*(Printed(q.span, q.text, q.written, q.unit) for q in quantities), *figures.values()])
    weighed: dict[int, list[Weighed]] = {}
    together: dict[int, list[Repair]] = {}
    for group in connected(wrong, right, sets, figures):
        weighed.update((id(relation), weigh(group, relation, mentions)) for relation in group.failing)
        single = any(w.single for relation in group.failing for w in weighed[id(relation)])
        repairs = [] if single else smallest_repairs(group)
        together.update((id(relation), repairs) for relation in group.failing)
    doubted = Counter(place for relation in wrong for place in relation.places)
    result: dict[int, list[Suspect]] = {}
    for i, finding in enumerate(findings):
        if id(finding) not in chosen:
            continue
        if own[i]:
            best = max(own[i], key=lambda relation: weighed[id(relation)][0].score if weighed[id(relation)] else 0)
            result[i] = _named(weighed[id(best)], together[id(best)], figures)
        else:
            result[i] = _unweighed(finding.claim, doubted)
    return result


def _named(
    weighed: Sequence[Weighed], repairs: Sequence[Repair], figures: Mapping[Place, Printed]
) -> list[Suspect]:
    """Suspects by score; a value is suggested where it alone repairs all, is one slip away, and no other figure comes near.

    Nothing is said of a figure no value of which would do, nor of one that trades this failure for others.
    """
    own = {w.figure.place for w in weighed}
    joint: dict[Place, Repair] = {}
    for repair in repairs:  # least typing first
        for place in repair.places:
            joint.setdefault(place, repair)
    alone = {p for p, repair in joint.items() if len(repair.places & own) == 1}  # all that this claim needs of it
    ranked = sorted(weighed, key=lambda w: w.figure.place not in joint)
    named = [w for w in ranked if w.score * WORTH >= ranked[0].score or w.figure.place in joint]
    clear = len(ranked) < 2 or ranked[0].score >= CLEAR * ranked[1].score
    suspects = []
    for i, w in enumerate(named):
        remedy = w.remedies[0] if w.remedies else None
        place, suggest = w.figure.place, None
        settled = w.single or (place in alone and all(place in repair.places for repair in repairs))
        if i == 0 and clear and settled and w.values == 1 and remedy is not None and remedy.slip is not Slip.OTHER:
            suggest = rewritten(w.figure.text, w.figure.written, remedy.value, remedy.ulp)
        if place in joint and place not in alone:
            why = _together(joint[place], figures)
        else:
            why = _why(w, remedy) if remedy and remedy.breaks <= (i == 0) else _SILENT
        suspects.append(Suspect(w.figure.text, w.figure.place, suggest, why))
    return suspects


def _together(repair: Repair, figures: Mapping[Place, Printed]) -> Message:
    """That no single figure repairs everything, but these together do."""
    changes = [
        joined([figure.text, _both(rewritten(figure.text, figure.written, value, figure.written.ulp))], " → ")
        for figure, value in ((figures[place], value) for place, value in repair.changes)
    ]
    return say("suspect.together", changes=joined(changes, "; "))


def _both(value: str) -> Message:
    """A figure the report does not print, in the notation of either language."""
    return Message(value, in_english(value))


def _why(weighed: Weighed, remedy: Remedy) -> Message:
    value = _both(rewritten(weighed.figure.text, weighed.figure.written, remedy.value, remedy.ulp))
    count = remedy.breaks or weighed.claims
    key = "suspect.breaks" if remedy.breaks else "suspect.would_fit" if remedy.slip is Slip.OTHER else "suspect.slip"
    why = say(key if count > 1 else f"{key}_one", figure=weighed.figure.text, value=value, slip=say(f"slip.{remedy.slip}"), count=count)
    if remedy.mentioned and not remedy.breaks:
        return sentences(why, say("suspect.mentioned", value=value))
    return why


def _unweighed(claim: Claim, doubted: Mapping[Place, int]) -> list[Suspect]:
    """The figures of a claim that cannot be weighed: those that make other claims fail too, then the percentage or the statement."""
    order = {"p": 0, "claim": 1, "count": 2, "m": 4}
    terms = [(t, t.span) for t in claim.terms if t.span is not None and t.written is not None]
    terms.sort(key=lambda term: (-doubted.get(term[1], 0), order.get(term[0].role, 3)))
    return [Suspect(t.text, span, None, _SILENT) for t, span in terms]
