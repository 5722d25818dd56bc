"""How the values of an audit show themselves in a notebook: escaped HTML, no script, no outside address.

>>> from cchc_audit.model import Span
>>> pieces("Có 24 thủ tục", Span(0, 13), [Span(3, 5)])
[('Có ', False), ('24', True), (' thủ tục', False)]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .dates import short_date
from .messages import say
from .model import Audit, Document, Finding, Message, Span, Verdict
from .places import place_of

if TYPE_CHECKING:
    from jinja2 import Template

SIGNS = {
    Verdict.HOLDS: "✓",
    Verdict.HOLDS_BY_ROUNDING: "≈",
    Verdict.HOLDS_IF_TRUNCATED: "!",
    Verdict.CONTRADICTED: "✗",
    Verdict.IMPOSSIBLE: "✗",
    Verdict.QUESTION: "?",
    Verdict.NOTE: "!",
    Verdict.UNCHECKABLE: "–",
}
_CONTEXT = 160  # characters shown on each side of a quoted claim
_QUOTES = 6  # passages shown of one finding
_PREVIEW = 4_000  # characters of a document shown


def html(value: Audit | Finding | Document, language: str = "vi") -> str:
    """The value as an HTML fragment in the language ("vi" or "en")."""
    template = _template()
    if isinstance(value, Audit):
        return str(template.audit(_audit(value, language), _words(language)))
    if isinstance(value, Finding):
        return str(template.finding(_finding(value, None, language), _words(language)))
    return str(template.document(_document(value, language), _words(language)))


def finding_html(finding: Finding, audit: Audit, language: str = "vi") -> str:
    """The finding with its passage of the report, figures marked."""
    return str(_template().finding(_finding(finding, audit, language), _words(language)))


def verdict_word(finding: Finding) -> Message:
    """The word for the verdict; a contradiction that another base or period would explain asks more softly."""
    return say(f"verdict.{finding.verdict.value}{'_explained' if finding.explained else ''}")


def pieces(text: str, span: Span, marks: Iterable[Span]) -> list[tuple[str, bool]]:
    """The text of `span` cut at the marks, in order: (text, is it marked)."""
    out: list[tuple[str, bool]] = []
    at = span.start
    for mark in sorted(m for m in marks if m.touches(span)):
        start, end = max(mark.start, at), min(mark.end, span.end)
        if start >= end:
            continue
        out += [(text[at:start], False), (text[start:end], True)]
        at = end
    out.append((text[at : span.end], False))
    return [piece for piece in out if piece[0]]


def quotes(finding: Finding, document: Document) -> list[list[tuple[str, bool]]]:
    """The lines of the report that hold the finding's figures, in order, each cut at its figures."""
    text = document.text
    marks = sorted(t.span for t in finding.claim.terms if t.span) or [finding.claim.span]
    spans: list[Span] = []
    for mark in marks:
        start = max(text.rfind("\n", 0, mark.start) + 1, mark.start - _CONTEXT)
        end = min(_line_end(text, mark.end), mark.end + _CONTEXT)
        if spans and start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
    return [pieces(text, span, marks) for span in spans[:_QUOTES]]


@cache
def _template() -> Any:
    from jinja2 import Environment

    source = resources.files(__package__).joinpath("display.html.j2").read_text("utf-8")
    template: Template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        source
    )
    return template.module


@cache
def _words(language: str) -> dict[str, str]:
    keys = (
        "characters checked coverage figures file findings format more no_findings not_a_figure numbers period "
        "problems restated unread working"
    )
    return {key: say(f"display.{key}").in_language(language) for key in keys.split()}


def _finding(finding: Finding, audit: Audit | None, language: str) -> dict[str, object]:
    claim = finding.claim
    alone = say("display.in_section", n=claim.section).in_language(language) if claim.section else ""
    said = {s.why for s in finding.suspects}
    return {
        "id": finding.id,
        "verdict": finding.verdict.value,
        "sign": SIGNS[finding.verdict],
        "word": verdict_word(finding).in_language(language),
        "title": claim.title.in_language(language) if claim.title else "",
        "message": finding.message.in_language(language),
        "figures": [t.text for t in claim.terms if t.text],
        "quotes": quotes(finding, audit.document) if audit else [],
        "place": place_of(finding, audit).in_language(language) if audit else alone,
        "working": [w.in_language(language).rstrip(".") for w in finding.working],
        "explanations": [e.message.in_language(language) for e in finding.explanations if e.message not in said],
        "suspects": [(s.text, s.suggest or "", s.why.in_language(language)) for s in finding.suspects if s.why.vi],
        "authority": claim.authority,
    }


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def _audit(audit: Audit, language: str) -> dict[str, object]:
    header, counts = audit.header, Counter(f.verdict for f in audit.findings)
    asking = sorted(
        (f for f in audit.findings if f.severity), key=lambda f: (-(f.severity or 0), f.claim.span)
    )
    return {
        "ward": header.ward,
        "title": header.title,
        "number": header.number,
        "period": header.period.label or _dates(header.period.start, header.period.end)
        if header.period
        else "",
        "name": Path(audit.document.path).name,
        "coverage": audit.coverage(),
        "counts": [
            (
                verdict.value,
                SIGNS[verdict],
                say(f"verdict.{verdict.value}").in_language(language),
                counts[verdict],
            )
            for verdict in Verdict
            if counts[verdict]
        ],
        "findings": [_finding(f, audit, language) for f in asking],
        "problems": [p.message.in_language(language) for p in audit.problems],
    }


def _dates(*days: date | None) -> str:
    return " – ".join(short_date(day) for day in days if day is not None)


def _document(document: Document, language: str) -> dict[str, object]:
    cut = len(document.text)
    if cut > _PREVIEW:
        cut = document.text.rfind("\n", 0, _PREVIEW) + 1 or _PREVIEW
    return {
        "name": Path(document.path).name,
        "format": document.format,
        "sha256": document.sha256[:12],
        "characters": f"{len(document.text):,}".replace(",", "." if language == "vi" else ","),
        "text": document.text[:cut],
        "cut": cut < len(document.text),
        "problems": [p.message.in_language(language) for p in document.problems],
    }
