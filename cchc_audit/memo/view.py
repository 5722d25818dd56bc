"""An audit arranged for reading: findings numbered, placed in their section and field, gravest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..display import verdict_word
from ..messages import say
from ..model import (
    Audit,
    Document,
    Explanation,
    Finding,
    Kind,
    Mark,
    Message,
    Section,
    Span,
    Suspect,
    Verdict,
    record,
)
from ..places import head_of, own_spans, place_at, quoted
from ..record import Run
from ..review import ReviewNote
from ..slips import in_english
from ..titles import title_of
from .comparison import Comparison, comparisons
from .evidence import Blocks, Marked, Shelf
from .fields import field_of
from .wording import capital, difference, power, recomputed, stated

# class in the page and sign of each verdict; sign and word carry the meaning without colour
_STATES = {
    Verdict.HOLDS: ("ok", "✓"),
    Verdict.HOLDS_BY_ROUNDING: ("ok", "≈"),
    Verdict.HOLDS_IF_TRUNCATED: ("note", "!"),
    Verdict.NOTE: ("note", "!"),
    Verdict.QUESTION: ("ask", "?"),
    Verdict.CONTRADICTED: ("bad", "✗"),
    Verdict.IMPOSSIBLE: ("bad", "✗"),
    Verdict.UNCHECKABLE: ("open", "–"),
}
_GRAVITY = ("bad", "ask", "note", "open", "ok")
_ANSWERED = {"bad", "ask", "note"}  # the findings a ward is asked about; they come first and are numbered
# kinds that set two stated things side by side: nothing is computed that the report does not say
_STATED_TWICE = frozenset(
    {Kind.SAME_FIGURE, Kind.ROLL_FORWARD, Kind.CLAIM_VS_COUNT, Kind.CHRONOLOGY, Kind.STRUCTURE}
)
_MARKS = {Mark.CHECKED: "ok", Mark.RESTATED: "again", Mark.UNREAD: "unread"}


@record
class Item:
    """One finding as the memo prints it.

    `number` counts the findings to answer, None for the others; `spans` are the figures that stand in
    the report itself; `difference` is None where the kind has none.
    """

    finding: Finding
    index: int
    number: int | None
    anchor: str
    state: str
    sign: str
    word: Message
    title: Message
    section: Section | None
    field: str
    where: Message
    stated: Message
    difference: Message | None
    head: Span  # the figure the finding is about, among `spans`
    spans: tuple[Span, ...]
    review: ReviewNote | None = None

    @property
    def to_answer(self) -> bool:
        return self.number is not None

    @property
    def place(self) -> str:
        """The anchor of its first figure in the source view."""
        return f"n-{self.head.start}" if self.spans else ""

    @property
    def request(self) -> Message | None:
        """What to ask of the ward; None where the finding's own sentence asks already, or only advises."""
        asked = "Đề nghị" in self.finding.message.vi
        advice = self.finding.verdict is Verdict.NOTE and self.finding.claim.kind is Kind.NORM
        return None if asked or advice else say(f"memo_ask.{self.finding.claim.kind.value}")

    @property
    def sentence(self) -> Message:
        """The finding's sentence beside its title, which it does not repeat."""
        message, title = self.finding.message, self.finding.claim.title
        if title is None:
            return message
        return Message(_untitled(message.vi, title.vi), _untitled(message.en, title.en))

    @property
    def result(self) -> Message | None:
        """The recomputed value; None where two stated things were compared."""
        compared = self.finding.claim.kind in _STATED_TWICE
        return recomputed(self.finding) if self.finding.computed and not compared else None

    @property
    def shows_sums(self) -> bool:
        """Is there anything to set side by side? Of dates, numbers of documents and headings the sentence tells all."""
        worded = self.finding.claim.kind in {Kind.CHRONOLOGY, Kind.STRUCTURE}
        return not worded or bool(self.working or self.finding.claim.authority)

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """The figures to look at first: the one a repair is known for, else all of which there is something to say."""
        telling = tuple(s for s in self.finding.suspects if s.why.vi)
        if telling and telling[0].suggest:
            return telling[:1]
        twins = self.finding.claim.kind is Kind.SAME_FIGURE and len(telling) > 1
        return () if twins else telling  # each of two figures would have to be the other

    @staticmethod
    def suggestion(suspect: Suspect) -> Message:
        """The value that would repair everything, in the notation of either language."""
        value = suspect.suggest or ""
        return Message(value, in_english(value))

    @property
    def explanations(self) -> tuple[Explanation, ...]:
        """What would explain the finding, but for what its sentence or its suspects say."""
        said = {s.why for s in self.suspects}
        return tuple(e for e in self.finding.further if e.message not in said)

    @property
    def working(self) -> tuple[Message, ...]:
        return self.finding.working

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        return comparisons(self.finding)

    @property
    def signs(self) -> tuple[str, ...]:
        """The sign of each sum behind the finding; its own where there is none."""
        return tuple(compared.sign for compared in self.comparisons) or (self.sign,)

    @property
    def power(self) -> Fraction | None:
        """The chance that a wrong percentage would be noticed here; None for other kinds."""
        return power(self.finding)


@dataclass(frozen=True, slots=True, eq=False)  # each is its own: known by identity, not by all it holds
class View:
    """Everything the sections of a memo draw on."""

    audit: Audit
    run: Run
    items: tuple[Item, ...]
    shelf: Shelf
    blocks: Blocks

    @property
    def document(self) -> Document:
        return self.audit.document

    @property
    def to_answer(self) -> list[Item]:
        return [item for item in self.items if item.to_answer]

    @property
    def held(self) -> list[Item]:
        return [item for item in self.items if item.state == "ok"]

    def count(self, *states: str) -> int:
        return sum(item.state in states for item in self.items)

    def quoted(self, item: Item) -> Message:
        """What the report says, on one line."""
        return quoted(item.finding, self.audit)

    @property
    def set_right(self) -> list[ReviewNote]:
        """Figures that inspectors set right by hand."""
        return [note for note in self.run.reviews if not note.finding]

    @property
    def settled(self) -> list[Item]:
        """Findings an inspector dealt with that ask nothing more: their figures were set right and now agree."""
        return [
            item
            for item in self.items
            if not item.to_answer
            and (item.review or any(s.touches(c) for s in item.spans for c in self.run.corrected))
        ]

    def name_of(self, figure: str) -> Message:
        """What people call a figure; its id where the run knows no name for it."""
        return dict(self.run.names).get(figure, Message(figure, figure))

    def where(self, span: Span) -> Message:
        """Where a span stands, as a person would look for it."""
        return place_at(self.audit, span.start)


def arrange(audit: Audit, run: Run) -> View:
    """The view of one audit; items come gravest first, then in the order of the report."""
    ordered = sorted(
        audit.findings, key=lambda f: (_GRAVITY.index(_state(f)[0]), -(f.severity or 0), f.claim.span)
    )
    blocks = Blocks(audit.document)
    called = dict(run.names)
    names = {f.quantity.span: called[f.name] for f in reversed(audit.figures) if f.name in called}
    seen: Counter[str] = Counter()
    items: list[Item] = []
    reviews = {note.finding: note for note in run.reviews}
    for found in ordered:
        seen[found.id] += 1
        again = f"-{seen[found.id]}" if seen[found.id] > 1 else ""
        item, index = _item(audit, found, names), len(items)
        number = index + 1 if item.state in _ANSWERED else None
        items.append(replace(item, index=index, number=number, anchor=f"F-{found.id}{again}", review=reviews.get(found.id)))
    return View(audit, run, tuple(items), Shelf(_places(audit, items)), blocks)


def _state(finding: Finding) -> tuple[str, str]:
    if finding.explained:
        return _STATES[Verdict.QUESTION]
    return _STATES[finding.verdict]


def _item(audit: Audit, found: Finding, names: Mapping[Span, Message]) -> Item:
    claim = found.claim
    state, sign = _state(found)
    spans = own_spans(found, audit.document)
    head = head_of(found, spans)
    start = head.start
    chain = [s for s in audit.sections if s.span.start <= start < s.end]
    chain.sort(key=lambda s: s.level, reverse=True)
    counted = [t.unit for t in claim.terms] + [t.noun for t in claim.terms]
    called = {s: names[s] for s in spans if s in names}
    return Item(
        finding=found,
        index=0,
        number=None,
        anchor="",
        state=state,
        sign=sign,
        word=verdict_word(found),
        title=title_of(claim, called),
        section=chain[0] if chain else None,
        field=field_of([s.title for s in chain], [name.vi for name in called.values()], counted),
        where=place_at(audit, start),
        head=head,
        stated=stated(found),
        difference=difference(found),
        spans=tuple(spans),
    )


def _untitled(text: str, title: str) -> str:
    rest = text.removeprefix(f"{title}: ")
    return text if rest == text else capital(rest)


# ---------------------------------------------------------------- marks in the source


def _places(audit: Audit, items: Sequence[Item]) -> list[Marked]:
    """Every figure of a finding and every other number, as marks that do not overlap."""
    marked: list[tuple[Span, int | None, str]] = [
        (span, index, item.state) for index, item in enumerate(items) for span in item.spans
    ]
    marked += [(n.span, None, _MARKS[n.mark]) for n in audit.numerals if n.mark in _MARKS]
    marked.sort(key=lambda m: (m[0].start, -m[0].end))
    groups: list[tuple[Span, list[int], list[str]]] = []
    for span, index, state in marked:
        if span.end <= span.start:
            continue
        if groups and span.start < groups[-1][0].end:
            old, indexes, states = groups.pop()
            groups.append((Span(old.start, max(old.end, span.end)), indexes, states))
        else:
            groups.append((span, [], []))
        if index is not None:
            groups[-1][1].append(index)
        groups[-1][2].append(state)
    return [Marked(span, _worst(states), tuple(sorted(set(indexes)))) for span, indexes, states in groups]


def _worst(states: Sequence[str]) -> str:
    order = (*_GRAVITY, "again", "unread")
    return min(states, key=order.index)
