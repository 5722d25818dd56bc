"""Nothing rests on an uncertain digit without saying so: the last step of judging a report read by OCR.

A finding that something does not agree, or is not written as it should be, becomes a question as soon as
one of its figures is doubtful; one that holds, or that could not be checked, keeps its verdict and says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .check import SEVERITY
from .messages import say
from .model import (
    SURE,
    BlockKind,
    Correction,
    Document,
    Figure,
    Finding,
    Kind,
    Message,
    Place,
    Problem,
    Span,
    Suspect,
    Verdict,
)

_STANDS = {Verdict.HOLDS, Verdict.HOLDS_BY_ROUNDING, Verdict.UNCHECKABLE}
_WHOLE = {Kind.BREAKDOWN, Kind.SHARES_SUM}  # a part that was misread as a word would be missing among their terms
_MOST_NAMED = 5
_DATE_LINE = re.compile(r"ngày\s{1,3}\S{1,4}\s{1,3}tháng\s{1,3}\S{1,4}\s{1,3}năm\s{1,3}\S{1,6}", re.IGNORECASE)
_FIGURE = re.compile(r"[\d.,/%]*\d[\d.,/%]*\W*")  # read as one: a part that it is stands among the figures of its sum
_SENTENCE_END = re.compile(r"\.\s|\n")
_HEAD = 3000  # characters in which the report's own date stands


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that OCR is not certain of, with its confidence (0..100) and where it stands."""

    span: Span
    confidence: int
    place: Place


class Doubts:
    """The doubtful words of one document; those an inspector has settled are left out."""

    def __init__(self, document: Document, corrections: Sequence[Correction] = ()) -> None:
        self.document = document
        starts = [block.span.start for block in document.blocks]

        def place(span: Span) -> Place:
            at = bisect_left(starts, span.start + 1) - 1
            return document.blocks[at].place if at >= 0 else Place()

        self._listed = [
            Doubt(span, confidence, place(span))
            for span, confidence in sorted(document.uncertain)
            if confidence < SURE and not any(span.touches(c.span) for c in corrections)
        ]
        self._ends = [doubt.span.end for doubt in self._listed]

    def __bool__(self) -> bool:
        return bool(self._listed)

    def under(self, spans: Iterable[Span]) -> list[Doubt]:
        """The doubtful words that any of the spans touches, in the order of the text."""
        found: dict[Span, Doubt] = {}
        for span in spans:
            at = bisect_left(self._ends, span.start + 1)
            while at < len(self._listed) and self._listed[at].span.start < span.end:
                found[self._listed[at].span] = self._listed[at]
                at += 1
        return [found[span] for span in sorted(found)]

    def named(self, doubts: Sequence[Doubt]) -> Message:
        """The words in one line: “2.401” (page 2, confidence 30/100)."""
        named = [self._named(doubt) for doubt in doubts[:_MOST_NAMED]]
        more = [say("doubt.more", count=len(doubts) - _MOST_NAMED)] if len(doubts) > _MOST_NAMED else []
        return Message("; ".join(m.vi for m in named + more), "; ".join(m.en for m in named + more))

    def _named(self, doubt: Doubt) -> Message:
        word = self.document.quote(doubt.span)
        if doubt.place.picture is not None:
            return say("doubt.word_in_picture", word=word, confidence=doubt.confidence, picture=doubt.place.picture)
        if doubt.place.page is not None:
            return say("doubt.word_on_page", word=word, confidence=doubt.confidence, page=doubt.place.page)
        return say("doubt.word", word=word, confidence=doubt.confidence)


def ask_where_doubtful(findings: Iterable[Finding], doubts: Doubts) -> list[Finding]:
    """The findings, those that rest on a doubtful word made into questions or told apart as said above."""
    if not doubts:
        return list(findings)
    return [_asked(f, doubts, _under(f, doubts)) for f in findings]


def _under(finding: Finding, doubts: Doubts) -> list[Doubt]:
    """The doubtful words a finding rests on: its own figures, and those that may be a part of it misread as a word."""
    document = doubts.document
    own = doubts.under(_rests_on(finding, document))
    unread = [d for d in doubts.under(_line_of(finding, document)) if not _FIGURE.fullmatch(document.quote(d.span))]
    return sorted({d.span: d for d in (*own, *unread)}.values(), key=lambda d: d.span)


def _rests_on(finding: Finding, document: Document) -> list[Span]:
    claim = finding.claim
    spans = [t.span for t in claim.terms if t.span is not None] or [claim.span]
    if claim.kind is Kind.CHRONOLOGY and (date := _DATE_LINE.search(document.text, 0, _HEAD)):
        spans.append(Span(*date.span()))
    return spans


def _line_of(finding: Finding, document: Document) -> list[Span]:
    """Where a part may stand that was misread as a word: the sentence of a sum that does not hold, or in a table the row
    or column its figures stand in."""
    claim = finding.claim
    spans = [t.span for t in claim.terms if t.span is not None]
    if not spans or claim.kind not in _WHOLE or finding.verdict in _STANDS:
        return []
    rows = [b for b in document.blocks if b.kind is BlockKind.ROW and b.cells and b.span.touches(claim.span)]
    if not rows:
        end = _SENTENCE_END.search(document.text, claim.span.end)
        return [Span(claim.span.start, end.start() if end else len(document.text))]
    held = [(row, at) for row in rows for at, cell in enumerate(row.cells) if any(s.inside(cell) for s in spans)]
    columns = {at for _, at in held}
    if len(columns) == 1:
        return [row.cells[at] for row in rows for at in columns if at < len(row.cells)]
    return [cell for row in rows if any(row is one for one, _ in held) for cell in row.cells[min(columns) : max(columns) + 1]]


def _asked(finding: Finding, doubts: Doubts, under: list[Doubt]) -> Finding:
    if not under:
        return finding
    words = doubts.named(under)
    if finding.verdict in _STANDS:
        return replace(finding, message=say("doubt.said", words=words, message=finding.message))
    return replace(
        finding,
        verdict=Verdict.QUESTION,
        severity=SEVERITY[Verdict.QUESTION],
        message=say("doubt.asked", words=words, message=finding.message),
        suspects=_suspects(finding, doubts, under),
    )


def _suspects(finding: Finding, doubts: Doubts, under: list[Doubt]) -> tuple[Suspect, ...]:
    """The doubtful words first, each with the value that would repair everything where one is known."""
    first = []
    for doubt in under[:_MOST_NAMED]:
        suggest = next((s.suggest for s in finding.suspects if s.span.touches(doubt.span)), None)
        why = say("doubt.why", confidence=doubt.confidence)
        first.append(Suspect(doubts.document.quote(doubt.span), doubt.span, suggest, why))
    first.sort(key=lambda s: s.suggest is None)
    rest = [s for s in finding.suspects if not any(s.span.touches(d.span) for d in under)]
    return (*first, *rest)


def without_doubtful(
    figures: Sequence[Figure], doubts: Doubts, name: str
) -> tuple[tuple[Figure, ...], Problem | None]:
    """The figures of another file (`name`) that may be compared, and what to say of those that may not: a reader of the
    memo cannot see their page."""
    doubtful = [f for f in figures if doubts.under([f.quantity.span])]
    if not doubtful:
        return tuple(figures), None
    words = doubts.named(doubts.under(f.quantity.span for f in doubtful))
    problem = Problem("ocr", say("doubt.left_out", name=name, count=len(doubtful), words=words))
    return tuple(f for f in figures if f not in doubtful), problem
