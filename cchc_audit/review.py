"""Findings and decisions together: whether a decision still stands, and figures set right by hand.

`merged(audit, decisions)` is the meeting of the two, for the panel, the memo and the working paper. A
decision speaks of what its inspector saw; when a figure, its value, the rule or the verdict has changed
since, the finding is open again and says what changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from .dates import short_date
from .decisions import ON_FIGURES, ON_FINDINGS, Act, Anchor, Decision, Ledger, Seen, Subject
from .errors import AuditError
from .files import slug
from .messages import catalogue, exact_decimals, number, say
from .model import Audit, Correction, Document, Finding, Message, Span, record
from .rules import load

_CONTEXT = 32  # characters kept on each side of a corrected figure, to find it again in a changed text

Recheck = Callable[[Sequence[Correction]], Audit]


class DecisionError(AuditError):
    """A decision that cannot be taken; `message` says what is missing, in both languages."""

    def __init__(self, key: str, **values: object) -> None:
        self.message = say(f"review.{key}", **values)
        super().__init__(f"{self.message.vi} / {self.message.en}")


# ---------------------------------------------------------------- what a decision speaks of


def subject_of(audit: Audit) -> Subject:
    """The report as decisions name it: ward (else the file's name) and period (else the report's date), as slugs."""
    header, name = audit.header, Path(audit.document.path).name
    period, day = header.period, header.day
    ends = "_".join(str(d) for d in (period.start, period.end) if d) if period else ""
    return Subject(
        slug(header.ward or Path(name).stem), ends or (str(day) if day else ""), audit.document.sha256, name
    )


def seen(finding: Finding) -> Seen:
    """What someone who decides on the finding has before the eyes."""
    terms = finding.claim.terms
    figures = tuple((t.role, t.text, str(t.written.value) if t.written else "") for t in terms)
    rule = f"{finding.claim.source} {finding.claim.relation} {finding.claim.authority}".rstrip()
    return Seen(finding.verdict.value, rule, figures)


def changes(before: Seen, after: Seen) -> tuple[Message, ...]:
    """What differs between then and now, a sentence each; empty when the decision still stands.

    The same value written otherwise (05, 5) is no change.
    """
    out: list[Message] = []
    if [f[0] for f in before.figures] != [f[0] for f in after.figures]:
        out.append(say("review.changed_figures", before=_listed(before), after=_listed(after)))
    else:
        for old, fresh in zip(before.figures, after.figures, strict=True):
            if old[2] != fresh[2] or (not fresh[2] and old[1] != fresh[1]):
                out.append(say("review.changed_value", before=_shown(old), after=_shown(fresh)))
    if before.rule != after.rule:
        out.append(say("review.changed_rule"))
    elif before.verdict != after.verdict and not out:
        out.append(say("review.changed_verdict", before=_verdict(before), after=_verdict(after)))
    return tuple(out)


def _shown(figure: tuple[str, str, str]) -> Message:
    _, text, value = figure
    try:
        exact = Fraction(value)
    except (ValueError, ZeroDivisionError):
        return Message(text, text)
    vi, en = (number(exact, exact_decimals(exact), language) for language in ("vi", "en"))
    return Message(vi, en)


def _verdict(view: Seen) -> Message:
    return catalogue().get(f"verdict.{view.verdict}", Message(view.verdict, view.verdict))


def _listed(view: Seen) -> Message:
    parts = [_shown(f) for f in view.figures]
    return Message("; ".join(p.vi for p in parts), "; ".join(p.en for p in parts))


# ---------------------------------------------------------------- figures set right


def anchor(document: Document, span: Span) -> Anchor:
    """The place in words, so that it can be found in a later copy of the report."""
    text = document.text
    before, after = text[max(0, span.start - _CONTEXT) : span.start], text[span.end : span.end + _CONTEXT]
    return Anchor(span, document.quote(span), before, after)


def locate(place: Anchor, text: str) -> Span | None:
    """Where the place stands in the text: where it stood, else the one spot with the same words around it.

    None when there is no such spot or more than one: a figure is never set right by a guess.
    """
    start, quote = place.span.start, place.quote
    whole = place.before + quote + place.after
    if text.startswith(whole, start - len(place.before)) and start >= len(place.before):
        return place.span
    at = text.find(whole)
    if at < 0 or text.find(whole, at + 1) >= 0:
        return None
    return Span(at + len(place.before), at + len(place.before) + len(quote))


def in_force(decisions: Iterable[Decision], subject: Subject) -> list[Decision]:
    """The decisions on this report that have not been taken back, in the order they were taken."""
    mine = [d for d in decisions if d.subject.key == subject.key or d.subject.sha256 == subject.sha256]
    undone = {d.undoes for d in mine if d.act is Act.UNDO}
    return [d for d in mine if d.act is not Act.UNDO and d.id not in undone]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure an inspector set right. `span` is None when its place is no longer in the text: it then has
    no effect and waits to be looked at again."""

    decision: Decision
    span: Span | None

    @property
    def correction(self) -> Correction | None:
        """As the audit takes it."""
        d = self.decision
        if self.span is None:
            return None
        return Correction(self.span, "" if d.act is Act.BIND else d.value, d.unit, d.indicator)


def corrected(decisions: Iterable[Decision], subject: Subject, document: Document) -> tuple[Corrected, ...]:
    """The figures set right by hand, in the order of the text; the last decision on a place counts."""
    lost: list[Corrected] = []
    placed: list[Corrected] = []
    for decision in in_force(decisions, subject):
        if decision.act not in ON_FIGURES or decision.anchor is None:
            continue
        span = locate(decision.anchor, document.text)
        if span is None:
            lost.append(Corrected(decision, None))
            continue
        earlier = next((c for c in placed if c.span == span), None)
        placed = [c for c in placed if c.span is None or not c.span.touches(span)]
        placed.append(Corrected(_joined(earlier, decision), span))
    return (*sorted(placed, key=lambda c: c.span or Span(0, 0)), *lost)


def _joined(earlier: Corrected | None, decision: Decision) -> Decision:
    """Binding a figure keeps the value given to it before, and the other way round."""
    if earlier is None:
        return decision
    old = earlier.decision
    if decision.act is Act.BIND and old.act is not Act.BIND:
        return replace(decision, act=old.act, value=old.value, unit=old.unit)
    return replace(decision, indicator=decision.indicator or old.indicator, unit=decision.unit or old.unit)


def apply(decisions: Iterable[Decision], audit: Audit, recheck: Recheck) -> Audit:
    """The audit again with the figures set right. `recheck` audits the same inputs with corrections."""
    rows = corrected(decisions, subject_of(audit), audit.document)
    return recheck([c.correction for c in rows if c.correction])


# ---------------------------------------------------------------- findings and decisions together


@record
class ReviewedFinding:
    """A finding with what was decided on it.

    `decision` is the last one in force, None while there is none. `changed` says why a decision no longer
    stands. `others` are the last words of other inspectors where they differ; `earlier` is what was
    decided on the same finding in the ward's last period.
    """

    finding: Finding
    decision: Decision | None = None
    changed: tuple[Message, ...] = ()
    others: tuple[Decision, ...] = ()
    earlier: Decision | None = None

    @property
    def state(self) -> str:
        """open, reopened, accept, dismiss or ask."""
        if self.decision is None:
            return "open"
        return "reopened" if self.changed else self.decision.act.value

    @property
    def to_review(self) -> bool:
        """Is a decision asked for? Not for what agrees or could not be checked."""
        return bool(self.finding.severity)

    @property
    def reviewed(self) -> bool:
        return self.decision is not None and not self.changed


@dataclass(frozen=True, slots=True)
class ReviewedFindings:
    """All findings of an audit, in its order, with the decisions on them.

    `gone` are decisions whose finding is no longer there; `figures` the figures set right by hand;
    `problems` what could not be read of the decisions.
    """

    rows: tuple[ReviewedFinding, ...]
    gone: tuple[Decision, ...] = ()
    figures: tuple[Corrected, ...] = ()
    problems: tuple[Message, ...] = ()

    def progress(self) -> tuple[int, int]:
        """(reviewed, to review)."""
        asked = [row for row in self.rows if row.to_review]
        return sum(row.reviewed for row in asked), len(asked)

    def of(self, finding: str) -> ReviewedFinding:
        """The row of a finding id. Raises DecisionError when there is none."""
        for row in self.rows:
            if row.finding.id == finding:
                return row
        raise DecisionError("no_finding", id=finding)


def merged(audit: Audit, decisions: Ledger | Iterable[Decision]) -> ReviewedFindings:
    """Each finding with the decision on it, in the order of the audit."""
    if isinstance(decisions, Ledger):
        every, problems = decisions.decisions, decisions.problems
    else:
        every, problems = tuple(decisions), ()
    subject = subject_of(audit)
    by_finding: dict[str, list[Decision]] = {}
    for decision in in_force(every, subject):
        if decision.act in ON_FINDINGS:
            by_finding.setdefault(decision.finding, []).append(decision)
    last = _last_period(every, subject)
    rows = tuple(_row(f, by_finding.pop(f.id, []), last.get(f.id)) for f in audit.findings)
    gone = tuple(d for rest in by_finding.values() for d in rest[-1:])
    return ReviewedFindings(rows, gone, corrected(every, subject, audit.document), problems)


def _row(finding: Finding, decisions: list[Decision], earlier: Decision | None) -> ReviewedFinding:
    if not decisions:
        return ReviewedFinding(finding, earlier=earlier)
    decision = decisions[-1]
    last_words = {d.who: d for d in decisions if d.who != decision.who}
    others = tuple(d for d in last_words.values() if d.act is not decision.act)
    changed = changes(decision.seen, seen(finding)) if decision.seen else ()
    return ReviewedFinding(finding, decision, changed, others, earlier)


def _last_period(decisions: Sequence[Decision], subject: Subject) -> dict[str, Decision]:
    """By finding, the last word on it in the latest earlier period of the ward in which it was decided."""
    out: dict[str, Decision] = {}
    earlier = {d.subject.period for d in decisions if d.subject.ward == subject.ward and d.subject.period}
    for period in sorted(p for p in earlier if p < subject.period):
        for decision in in_force(decisions, Subject(subject.ward, period, "-")):
            if decision.act in ON_FINDINGS:
                out[decision.finding] = decision
    return out


# ---------------------------------------------------------------- in words


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """What inspectors said, ready to print: of the finding `finding`, or of a figure set right ("").

    `state` is open (only `earlier` is filled), reopened, accept, dismiss, ask, or for figures corrected, lost.
    """

    finding: str
    state: str
    text: Message
    changed: tuple[Message, ...] = ()
    others: tuple[Message, ...] = ()
    earlier: Message | None = None

    @property
    def lines(self) -> tuple[Message, ...]:
        """Everything the note says, a sentence each."""
        return tuple(m for m in (self.text, *self.changed, *self.others, self.earlier) if m and m.vi)


def notes(reviewed: ReviewedFindings) -> tuple[ReviewNote, ...]:
    """The notes of all findings that have any, in their order, then of the figures set right by hand."""
    nothing = Message("", "")
    out = []
    for row in reviewed.rows:
        if row.decision or row.earlier:
            text = in_words(row.decision) if row.decision else nothing
            others = tuple(in_words(d) for d in row.others)
            earlier = earlier_in_words(row.earlier) if row.earlier else None
            out.append(ReviewNote(row.finding.id, row.state, text, row.changed, others, earlier))
    for figure in reviewed.figures:
        out.append(ReviewNote("", "corrected" if figure.span else "lost", in_words(figure.decision)))
    return tuple(out)


def earlier_in_words(decision: Decision) -> Message:
    """What was decided on the same finding in an earlier period, as one sentence."""
    days = (_day(part) for part in decision.subject.period.split("_"))
    return say("panel.earlier", period=" – ".join(days), text=in_words(decision))


def in_words(decision: Decision) -> Message:
    """A decision as one sentence: who, what, when, why."""
    if decision.act in {Act.ACCEPT, Act.DISMISS, Act.ASK}:
        text = say(f"panel.decided_{decision.act.value}", who=decision.who, when=_when(decision))
    else:
        text = _of_figure(decision)
    reason = f": {decision.reason}" if decision.reason else ""
    return Message(text.vi + reason, text.en + reason)


def _of_figure(decision: Decision) -> Message:
    quote = decision.anchor.quote if decision.anchor else ""
    kind = "none" if decision.act is Act.MISREAD and decision.value is None else decision.act.value
    unit = f" {decision.unit}" if decision.unit else ""
    label = label_of(decision.indicator)
    bound = label if decision.act is not Act.BIND else Message("", "")
    value = Message(*(f"{decision.value or ''}{unit}{f' ({b})' if b else ''}" for b in (bound.vi, bound.en)))
    text = say(f"panel.corrected_{kind}", quote=quote, value=value, indicator=label)
    by = f" ({decision.who}, {_when(decision)})"
    return Message(text.vi + by, text.en + by)


def label_of(indicator: str) -> Message:
    """The name of an indicator for people; its id where only a rulebook of the team's own knows it."""
    known = load().lexicon.indicators
    return known[indicator].label if indicator in known else Message(indicator, indicator)


def _day(iso: str) -> str:
    try:
        return short_date(date.fromisoformat(iso))
    except ValueError:
        return iso


def _when(decision: Decision) -> str:
    when = decision.at.astimezone()
    return f"{short_date(when.date())} {when:%H:%M}"
