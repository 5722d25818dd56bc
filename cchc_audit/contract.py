"""The JSON contract of `cchc-audit check --json`: one object a line, one line a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .errors import ReadError
from .messages import say
from .model import Audit, Document, Finding, Message, Problem, Span, Term
from .quantities import written_text

SCHEMA = "cchc-audit/check/1"


def line(audit: Audit) -> dict[str, Any]:
    """One audited report as plain JSON data. Offsets count code points of the text as decoded."""
    document, header = audit.document, audit.header
    period = header.period
    return {
        "schema": SCHEMA,
        "document": {
            "path": document.path,
            "sha256": document.sha256,
            "ward": header.ward,
            "number": header.number,
            "date": header.day.isoformat() if header.day else None,
            "period": [d.isoformat() if d else None for d in (period.start, period.end)] if period else None,
        },
        "coverage": audit.coverage(),
        "figures": [
            {
                "name": f.name,
                "value": written_text(f.quantity.written),
                "unit": f.quantity.unit,
                "period": f.period.label if f.period else None,
                **_place(document, f.quantity.span),
            }
            for f in audit.figures
        ],
        "claims": [_claim(document, f) for f in audit.findings],
        "citations": [
            {"number": c.number, "symbol": c.symbol, "date": c.date_text, "issuer": c.issuer, "start": document.to_source(c.span.start), "end": document.to_source(c.span.end)}
            for c in audit.citations
        ],
        "problems": [_problem(p) for p in audit.problems],
    }  # fmt: skip


def unread(path: Path | str, error: ReadError) -> dict[str, Any]:
    """The line of a report that could not be read: its path, its problem and empty lists."""
    return {
        "schema": SCHEMA,
        "document": {"path": str(path), "sha256": None, "ward": "", "number": "", "date": None, "period": None},
        "coverage": {"numbers": 0, "checked": 0, "restated": 0, "not_a_figure": 0, "unread": 0},
        "figures": [],
        "claims": [],
        "citations": [],
        "problems": [{"kind": error.kind, "message": {"vi": error.vi, "en": error.en}}],
    }


def _message(message: Message) -> dict[str, str]:
    return {"vi": message.vi, "en": message.en}


def _problem(problem: Problem) -> dict[str, Any]:
    return {"kind": problem.kind, "message": _message(problem.message)}


def _place(document: Document, span: Span) -> dict[str, Any]:
    start, end = document.to_source(span.start), document.to_source(span.end)
    return {"text": (document.source if document.source is not None else document.text)[start:end], "start": start, "end": end}


def _term(document: Document, term: Term) -> dict[str, Any]:
    value = written_text(term.written) if term.written is not None else None
    if term.span is None:
        return {"role": term.role, "value": value}
    return {"role": term.role, "value": value, **_place(document, term.span)}


def _claim(document: Document, finding: Finding) -> dict[str, Any]:
    claim = finding.claim
    place = _place(document, claim.span)
    return {
        "id": finding.id,
        "kind": claim.kind.value,
        "verdict": finding.verdict.value,
        "severity": finding.severity,
        "start": place["start"],
        "end": place["end"],
        "quote": place["text"],
        "terms": [_term(document, t) for t in claim.terms],
        "computed": finding.computed,
        "message": _message(finding.message),
        "explanations": [{"kind": e.kind, "message": _message(e.message)} for e in finding.explanations],
        "suspects": [
            {**_place(document, s.span), "suggest": s.suggest, "why": _message(s.why)} for s in finding.suspects
        ],
    }


def coverage_line(audit: Audit) -> Message:
    """The counts of numbers by what became of them, as one sentence."""
    return say("check.coverage", **audit.coverage())
