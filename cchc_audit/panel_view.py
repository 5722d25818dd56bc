"""What the page of the review panel is given: plain lists and dictionaries, no HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .decisions import Act
from .desk import Desk
from .display import SIGNS, verdict_word
from .messages import catalogue, say
from .model import Audit, BlockKind, Document, Finding, Mark, Message, Numeral, Span
from .places import place_of
from .review import Corrected, ReviewedFinding, ReviewedFindings, earlier_in_words, in_words
from .titles import title_of


def words(language: str) -> dict[str, str]:
    """The labels of the page."""
    area = "panel."
    return {
        k.removeprefix(area): m.in_language(language) for k, m in catalogue().items() if k.startswith(area)
    }


def source_lines(document: Document) -> list[dict[str, Any]]:
    """The report line by line with the offset each starts at; a table row comes as its cells."""
    blocks = {block.span.start: block for block in document.blocks}
    lines: list[dict[str, Any]] = []
    start, kind = 0, BlockKind.PARAGRAPH
    for text in document.text.split("\n"):
        block = blocks.get(start)
        kind = (
            block.kind
            if block
            else (kind if text.strip() and kind is not BlockKind.ROW else BlockKind.PARAGRAPH)
        )
        if block and block.cells:
            cells = [{"start": c.start, "text": document.quote(c)} for c in block.cells]
            lines.append({"start": start, "kind": kind.value, "text": text, "cells": cells})
        elif text.strip():
            lines.append({"start": start, "kind": kind.value, "text": text})
        start += len(text) + 1
    return lines


def view_of(desk: Desk, language: str) -> dict[str, Any]:
    """Everything the page shows that a decision may change."""
    audit, rows, last = desk.audit, desk.findings, desk.last()
    labels = {i.id: i.label for i in desk.indicators}
    names = {f.quantity.span: labels[f.name] for f in reversed(audit.figures) if f.name in labels}
    ordered = sorted(rows.rows, key=lambda r: (-(r.finding.severity or 0), r.finding.claim.span))
    return {
        "who": desk.who,
        "progress": list(rows.progress()),
        "undo": in_words(last).in_language(language) if last else "",
        "problems": [p.in_language(language) for p in rows.problems],
        "findings": [_finding(row, audit, rows, names, language) for row in ordered],
        "marks": [mark._asdict() for mark in _marks(audit.numerals, rows, language)],
        "corrected": [_corrected(c, language) for c in rows.figures],
        "gone": [in_words(d).in_language(language) for d in rows.gone],
    }


def _finding(
    row: ReviewedFinding,
    audit: Audit,
    rows: ReviewedFindings,
    names: Mapping[Span, Message],
    language: str,
) -> dict[str, Any]:
    finding, earlier = row.finding, row.earlier
    said = earlier_in_words(earlier) if earlier else None
    return {
        "id": finding.id,
        "verdict": finding.verdict.value,
        "sign": SIGNS[finding.verdict],
        "word": verdict_word(finding).in_language(language),
        "title": title_of(finding.claim, names).in_language(language),
        "where": place_of(finding, audit).in_language(language),
        "message": finding.message.in_language(language),
        "figures": _figures(finding, rows),
        "working": [w.in_language(language).rstrip(".") for w in finding.working],
        "explanations": _reasons(finding, language),
        "state": row.state,
        "to_review": row.to_review,
        "reviewed": row.reviewed,
        "changed": [c.in_language(language) for c in row.changed],
        "decision": in_words(row.decision).in_language(language) if row.decision else "",
        "others": [in_words(d).in_language(language) for d in row.others],
        "earlier": said.in_language(language) if said else "",
    }


def _reasons(finding: Finding, language: str) -> list[str]:
    """Why it may be so, then which figures may be the slip; what both say is said once, with its figure."""
    whys = [(s.text, s.why.in_language(language)) for s in finding.suspects if s.why.vi]
    suspects = [why if text in why else f"“{text}”: {why}" for text, why in whys]
    said = {s.why for s in finding.suspects}
    return [e.message.in_language(language) for e in finding.explanations if e.message not in said] + suspects


def _figures(finding: Finding, rows: ReviewedFindings) -> list[dict[str, Any]]:
    right = {
        c.span: c.decision.value or "–" for c in rows.figures if c.span and c.decision.act is not Act.BIND
    }
    return [
        {
            "text": t.text,
            "start": t.span.start,
            "end": t.span.end,
            "number": t.written is not None,
            "corrected": right.get(t.span, ""),
        }
        for t in finding.claim.terms
        if t.span
    ]


def _corrected(corrected: Corrected, language: str) -> dict[str, Any]:
    text, span = in_words(corrected.decision), corrected.span
    if span is None:
        return {"lost": True, "text": say("panel.lost", text=text).in_language(language)}
    return {"lost": False, "start": span.start, "text": text.in_language(language)}


class _Marked(NamedTuple):
    """A stretch of the report to mark: how it looks, which findings speak of it, whether a figure was read there."""

    start: int
    end: int
    look: str
    findings: list[str]
    read: bool
    title: str = ""


_LOOKS = (
    "corrected",
    "differs",
    "asks",
    "decided",
    "agrees",
    "checked",
    "restated",
    "unread",
    "not_a_figure",
)


def _marks(numerals: tuple[Numeral, ...], rows: ReviewedFindings, language: str) -> list[_Marked]:
    """Every number of the report and every figure of a finding, none overlapping, in order."""
    spans: list[tuple[Span, str, str, str]] = []  # span, look, finding, title
    for row in rows.rows:
        word = verdict_word(row.finding).in_language(language)
        spans += [(t.span, _look(row), row.finding.id, word) for t in row.finding.claim.terms if t.span]
    spans += [
        (c.span, "corrected", "", in_words(c.decision).in_language(language)) for c in rows.figures if c.span
    ]
    for numeral in numerals:
        spans.append(
            (numeral.span, numeral.mark.value, "", say(f"display.{numeral.mark.value}").in_language(language))
        )
    return [_one_mark(group) for group in _touching(sorted(spans, key=lambda s: s[0]))]


def _look(row: ReviewedFinding) -> str:
    if not row.to_review:
        return "checked" if row.finding.severity is None else "agrees"
    if row.reviewed:
        return "decided"
    return "differs" if row.finding.alarms and not row.finding.explained else "asks"


def _touching(spans: list[tuple[Span, str, str, str]]) -> Iterator[list[tuple[Span, str, str, str]]]:
    group: list[tuple[Span, str, str, str]] = []
    end = -1
    for item in spans:
        if group and item[0].start >= end:
            yield group
            group = []
        end = max(end, item[0].end) if group else item[0].end
        group.append(item)
    if group:
        yield group


def _one_mark(group: list[tuple[Span, str, str, str]]) -> _Marked:
    _, look, _, title = min(group, key=lambda item: _LOOKS.index(item[1]))
    start, end = group[0][0].start, max(item[0].end for item in group)
    findings = list(dict.fromkeys(item[2] for item in group if item[2]))
    read = any(item[1] != Mark.NOT_A_FIGURE.value for item in group)
    return _Marked(start, end, look, findings, read, title)
