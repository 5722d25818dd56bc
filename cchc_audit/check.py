"""Claims to findings: judges every arithmetic claim, and gives findings judged elsewhere their id and severity."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from .changes import judge_change, judge_claim_vs_count, judge_same
from .habits import question_habits, spare_closed_lists
from .judgement import Judged, sentences
from .messages import say
from .model import Claim, Explanation, Finding, Kind, Message, Passage, Rational, Span, Verdict
from .rates import judge_rate
from .remote import spare_remote
from .shares import judge_share
from .statements.coincidences import COINCIDENT
from .statements.stocks import STOCK
from .totals import judge_breakdown, judge_shares_sum

SEVERITY: dict[Verdict, int | None] = {
    Verdict.HOLDS: 0,
    Verdict.HOLDS_BY_ROUNDING: 0,
    Verdict.HOLDS_IF_TRUNCATED: 1,
    Verdict.CONTRADICTED: 3,  # 2 once something stated would explain it: see `explain`
    Verdict.IMPOSSIBLE: 3,
    Verdict.QUESTION: 2,
    Verdict.NOTE: 1,
    Verdict.UNCHECKABLE: None,
}

JUDGES: dict[Kind, Callable[[Claim], Judged]] = {
    Kind.SHARE: judge_share,
    Kind.BREAKDOWN: judge_breakdown,
    Kind.SHARES_SUM: judge_shares_sum,
    Kind.CHANGE: judge_change,
    Kind.RATE: judge_rate,
    Kind.SAME_FIGURE: judge_same,
    Kind.ROLL_FORWARD: judge_same,
    Kind.CLAIM_VS_COUNT: judge_claim_vs_count,
}


def judge(claims: Iterable[Claim], paragraphs: Sequence[Span] = ()) -> list[Finding]:
    """One finding for each claim of an arithmetic kind, in the order given, equal ids not yet told apart.

    Claims of the other kinds come judged from their own modules (see `finding`) and are left out.
    `paragraphs` says which shares stand in one list, for the habit of rounding; without it only
    shares that add up in one shares_sum count as one list.
    """
    judged = [(claim, JUDGES[claim.kind](claim)) for claim in claims if claim.kind in JUDGES]
    judged = [(outcome.claim or claim, outcome) for claim, outcome in judged]
    judged = question_habits(spare_closed_lists(spare_remote(judged)), paragraphs)
    return [
        finding(
            claim,
            outcome.verdict,
            outcome.computed,
            outcome.message,
            outcome.explanations,
            working=outcome.working,
        )
        for claim, outcome in judged
    ]


def finding(
    claim: Claim,
    verdict: Verdict,
    computed: str,
    message: Message,
    explanations: Sequence[Explanation] = (),
    severity: int | None = None,
    working: Sequence[Message] = (),
) -> Finding:
    """A finding with its id, and the severity of its verdict unless one is given. Of figures of other files the message
    tells where they stand, and quotes them where something is to be asked."""
    settled = verdict in {Verdict.HOLDS, Verdict.HOLDS_BY_ROUNDING}
    sources = [_compared(passage, quoted=not settled) for term in claim.terms for passage in term.passages]
    return Finding(
        id=claim_id(claim),
        claim=claim,
        verdict=verdict,
        severity=SEVERITY[verdict] if severity is None else severity,
        computed=computed,
        message=sentences(message, *sources) if sources else message,
        explanations=tuple(explanations),
        working=tuple(working),
    )


def _compared(passage: Passage, *, quoted: bool) -> Message:
    """Where a figure of another file stands, and the words around it."""

    def write(language: str) -> str:
        place = passage.place.in_language(language)
        where = f"{passage.file} ({place})" if place else passage.file
        key = "given.compared_quoted" if quoted else "given.compared"
        return say(key, where=where, quote=passage.quote).in_language(language)

    return Message.later(write)


def claim_id(claim: Claim) -> str:
    """What the claim is about, as "F-" and ten hex digits: the same wherever it stands and whatever its numbers are.

    Made from the kind, the rule where one bound the claim, the scope (or the nouns counted) and the roles.
    """
    what = claim.scope or " ".join(sorted({term.noun for term in claim.terms if term.noun}))
    rule = claim.source if claim.title is not None else ""
    roles = ",".join(sorted({term.role for term in claim.terms}))
    what = " ".join(what.split()).lower()
    digest = hashlib.blake2s(f"{claim.kind.value}|{rule}|{what}|{roles}".encode(), digest_size=5)
    return f"F-{digest.hexdigest()}"


def without_refuted(findings: Iterable[Finding]) -> list[Finding]:
    """The findings but those that a relation which holds shows to be misread.

    Refuted is a share that fails on one base while the percentage holds on another, or as the share of other figures, but a
    printed n/m never: it is the other one that is dropped then; and any relation
    that fails though all its printed figures stand in one relation the words state and that holds: they are a
    total with its parts, or the n and the m of one share, and so neither a change nor one figure told twice (not
    either when only their values do: "163 thủ tục (117 cấp xã, 46 ủy quyền)" tells 117 from every 163). The
    leavers and joiners of a stock are no change of it either, whether the stock closes or not. Left out as well is a sum no
    word tells, of some of the figures of one that the words tell and that fails.
    """
    listed = list(findings)
    held = [f for f in listed if f.verdict in {Verdict.HOLDS, Verdict.HOLDS_BY_ROUNDING}]
    shares = [f for f in held if f.claim.kind is Kind.SHARE]
    rates = {_places_of(f, "p") for f in shares}
    settled: dict[Span, list[frozenset[Span]]] = defaultdict(list)
    for finding in (*held, *(f for f in listed if f.claim.source == STOCK)):
        places = _places(finding)
        if len(places) > 2 and finding.claim.source != COINCIDENT:
            for place in places:
                settled[place].append(places)

    beside: dict[Span, set[Rational]] = defaultdict(set)  # the values a figure is told apart from
    for finding in held:
        if finding.claim.kind in {Kind.SHARE, Kind.BREAKDOWN} and finding.claim.source != COINCIDENT:
            values = {t.written.value for t in finding.claim.terms if t.written is not None}
            for place in _places(finding):
                beside[place] |= values

    def refuted(finding: Finding) -> bool:
        if finding.claim.kind is Kind.SHARE:
            return not finding.claim.own_base and _places_of(finding, "p") in rates
        if finding.claim.kind is Kind.SAME_FIGURE and _told_apart(finding, beside):
            return True
        places = _places(finding)
        return len(places) > 1 and any(places < other for other in settled[next(iter(places))])

    kept = [f for f in listed if not (f.alarms and refuted(f))]
    printed = {_places_of(f, "n", "p") for f in kept if f.alarms and f.claim.kind is Kind.SHARE and f.claim.own_base}
    kept = [f for f in kept if f.alarms or f.claim.own_base or _places_of(f, "n", "p") not in printed]
    failing: dict[Span, list[frozenset[Span]]] = defaultdict(list)
    for finding in kept:
        if finding.alarms and finding.claim.kind is Kind.BREAKDOWN:
            for place in _places(finding):
                failing[place].append(_places(finding))
    return [f for f in kept if f.claim.source != COINCIDENT or not any(_places(f) < more for more in failing[next(iter(_places(f)))])]


def _told_apart(finding: Finding, beside: dict[Span, set[Rational]]) -> bool:
    """Does a relation that holds set one of the two figures beside a figure of the other's value?"""
    a, b = (finding.claim.by_role(role) for role in ("a", "b"))
    return any(
        one.span is not None and other.written is not None and one.written is not None
        and other.written.value != one.written.value and other.written.value in beside[one.span]
        for one, other in [*((x, y) for x in a for y in b), *((y, x) for x in a for y in b)]
    )  # fmt: skip


def _places_of(finding: Finding, *roles: str) -> tuple[Span | None, ...]:
    return tuple(t.span for role in roles for t in finding.claim.by_role(role))


def _places(finding: Finding) -> frozenset[Span]:
    return frozenset(t.span for t in finding.claim.terms if t.span is not None)


def number_ids(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with equal ids told apart: "-2", "-3", … in the order they stand in the report."""
    listed = list(findings)
    seen: Counter[str] = Counter()
    numbered: dict[int, str] = {}
    for i in sorted(range(len(listed)), key=lambda i: listed[i].claim.span):
        plain = listed[i].id
        seen[plain] += 1
        numbered[i] = plain if seen[plain] == 1 else f"{plain}-{seen[plain]}"
    return [f if f.id == numbered[i] else replace(f, id=numbered[i]) for i, f in enumerate(listed)]

