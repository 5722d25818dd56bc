"""An audit arranged for reading: findings numbered, placed in their section and field, gravest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import takewhile

from ..display import position, verdict_word
from ..language import MEASURES, fold
from ..messages import say
from ..model import (
    Audit,
    Claim,
    Document,
    Explanation,
    Finding,
    Kind,
    Mark,
    Message,
    Section,
    Span,
    Suspect,
    Term,
    Verdict,
    record,
)
from ..record import Run
from ..review import ReviewNote
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
_TITLE_WORDS = 10
# kinds that set two stated things side by side: nothing is computed that the report does not say
_STATED_TWICE = frozenset(
    {Kind.SAME_FIGURE, Kind.ROLL_FORWARD, Kind.CLAIM_VS_COUNT, Kind.CHRONOLOGY, Kind.STRUCTURE}
)
_PERCENT = frozenset({"%", "điểm %"})
_NO_THING = re.compile(r"^(?:[\s/,;:()–-]*(?:trong đó|so với|tương ứng|tương đương|tỷ lệ)(?!\w))+")
_CONNECTING = frozenset(
    {"chiếm", "đạt", "bằng", "là", "có", "được", "với", "và", "từ", "đến", "ngày", "tháng", "năm"}
)
_MOVING = frozenset({"tăng", "giảm", "từ", "lên", "xuống"})  # "thu nhập bình quân tăng từ 14,5 lên 63,8"
_OF_ANYTHING = MEASURES | {"đồng", "con"}  # units that say nothing of what is measured
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
        return _where(self.audit, self.blocks, span)


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
        item, index = _item(audit, blocks, found, names), len(items)
        number = index + 1 if item.state in _ANSWERED else None
        items.append(replace(item, index=index, number=number, anchor=f"F-{found.id}{again}", review=reviews.get(found.id)))
    return View(audit, run, tuple(items), Shelf(_places(audit, items)), blocks)


def _state(finding: Finding) -> tuple[str, str]:
    if finding.explained:
        return _STATES[Verdict.QUESTION]
    return _STATES[finding.verdict]


def _item(audit: Audit, blocks: Blocks, found: Finding, names: Mapping[Span, Message]) -> Item:
    claim = found.claim
    state, sign = _state(found)
    spans = _own_spans(audit.document, found)
    head = _head(found, spans)
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
        where=_where(audit, blocks, Span(start, start + 1)),
        head=head,
        stated=stated(found),
        difference=difference(found),
        spans=tuple(spans),
    )


def _own_spans(document: Document, found: Finding) -> list[Span]:
    """The figures of a finding that stand in this document; a term of an annex has none here."""
    spans = [t.span for t in found.claim.terms if t.span and document.quote(t.span) == t.text]
    return sorted(set(spans)) or ([found.claim.span] if found.claim.span.end > found.claim.span.start else [])


def _head(found: Finding, spans: Sequence[Span]) -> Span:
    """The figure a finding is about: the rate, the total, the first of two; else its first figure."""
    asserted = ("p", "total", "claim", "value", "delta", "a", "document", "heading")
    for role in asserted:
        for term in found.claim.by_role(role):
            if term.span in spans and term.span is not None:
                return term.span
    return spans[0] if spans else found.claim.span


def title_of(claim: Claim, names: Mapping[Span, Message]) -> Message:
    """What was compared, and of which thing: by the name of its indicator where it has one (`names`, by place), else
    in the report's words. A rule's own title says it all, unless the rule speaks of any one indicator."""
    kind = claim.title or say(f"memo_kind.{claim.kind.value}")
    counted = sorted(
        claim.terms, key=lambda term: term.unit in _PERCENT
    )  # what a rate is of says more than its own words
    named = [names.get(term.span) if term.span else None for term in counted]
    if claim.title is not None:
        known = {name for name in named if name is not None}
        thing = known.pop() if claim.kind is Kind.SAME_FIGURE and len(known) == 1 else None
    else:
        things = (name or _worded(term) for name, term in zip(named, counted, strict=True))
        thing = next((thing for thing in things if thing is not None), None)
    if thing is None or fold(thing.vi) in fold(kind.vi):
        return kind
    return Message(f"{kind.vi}: {thing.vi}", f"{kind.en}: {thing.en}")


def _untitled(text: str, title: str) -> str:
    rest = text.removeprefix(f"{title}: ")
    return text if rest == text else capital(rest)


def _worded(term: Term) -> Message | None:
    thing = _thing(term)
    return Message(thing, thing) if thing else None


def _thing(term: Term) -> str:
    """What a term counts, from its unit on: "phiếu khảo sát" of "phường đã lấy phiếu khảo sát"; "" for mere
    connecting words ("trong đó", "chiếm /")."""
    unit = "" if term.unit in _PERCENT else term.unit
    noun = term.noun.rpartition("|")[2].strip() or term.noun  # of a table row, its last words
    noun = noun[max(0, noun.find(unit)) :] if unit else noun
    if unit and len(noun) > 2 * len(unit) and noun.startswith(unit):
        noun = noun.removesuffix(unit)  # "văn bản đã ban hành văn bản"
    words = _NO_THING.sub("", noun or unit).split()
    telling = list(takewhile(lambda word: not any(c.isdigit() for c in word), words))
    while telling and (telling[0] in _CONNECTING or not telling[0][0].isalpha()):
        telling.pop(0)
    while telling and (telling[-1] in _MOVING or not any(c.isalpha() for c in telling[-1])):
        telling.pop()
    thing = " ".join(telling[:_TITLE_WORDS]) + (" …" if len(telling) > _TITLE_WORDS else "")
    return "" if thing in _OF_ANYTHING else thing


def _where(audit: Audit, blocks: Blocks, span: Span) -> Message:
    parts = []
    section = audit.section_of(span.start)
    if section is not None and section.path:
        parts.append(say("memo.at_section", path=section.path))
    holding = blocks.touching(span)
    if holding:
        block = audit.document.blocks[holding[0]]
        parts += position(block.place_at(span.start))
    if not parts:
        parts.append(say("memo.at_offset", start=span.start))
    return Message.later(lambda language: ", ".join(part.in_language(language) for part in parts))


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
