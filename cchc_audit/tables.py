"""An audit as pandas frames, CSV and the Excel working paper. This is where pandas lives."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .dates import short_date
from .memo.cells import new_run
from .memo.evidence import visible
from .memo.view import View, arrange
from .memo.wording import period_text, shown
from .model import Audit, Message
from .record import digits

if TYPE_CHECKING:
    import pandas as pd

_DANGEROUS = re.compile(r"^[=+\-@\t\r＝＋－＠]")  # a spreadsheet would take such a cell for a formula


def frames(audit: Audit, language: str = "vi") -> dict[str, pd.DataFrame]:
    """Frames by name: findings, terms, figures, numbers, citations, problems.

    Values are exact strings ("99.9", "1/3"); offsets count code points of the report's text. `id` joins
    terms to findings.
    """
    import pandas as pd

    view = arrange(audit, new_run(audit))
    makers: dict[str, Callable[[View, Callable[[Message], str]], list[dict[str, object]]]] = {
        "findings": _findings,
        "terms": _terms,
        "figures": _figures,
        "numbers": _numbers,
        "citations": _citations,
        "problems": _problems,
    }
    return {
        name: pd.DataFrame(rows(view, lambda m: m.in_language(language))) for name, rows in makers.items()
    }


def _findings(view: View, say: Callable[[Message], str]) -> list[dict[str, object]]:
    return [
        {
            "id": item.anchor.removeprefix("F-"),
            "number": item.number,
            "kind": item.finding.claim.kind.value,
            "field": item.field,
            "section": item.section.path if item.section else "",
            "verdict": item.finding.verdict.value,
            "severity": item.finding.severity,
            "word": say(item.word),
            "title": say(item.title),
            "stated": say(item.stated),
            "computed": item.finding.computed,
            "difference": say(item.difference) if item.difference else "",
            "message": say(item.finding.message),
            "place": say(item.where),
            "start": item.finding.claim.span.start,
            "end": item.finding.claim.span.end,
            "quote": view.document.quote(item.finding.claim.span),
            "authority": item.finding.claim.authority,
            "review": "\n".join(say(line) for line in item.review.lines) if item.review else "",
        }
        for item in view.items
    ]


def _terms(view: View, say: Callable[[Message], str]) -> list[dict[str, object]]:
    return [
        {
            "id": item.anchor.removeprefix("F-"),
            "role": term.role,
            "text": term.text or say(shown(term)),
            "value": digits(term.written.value) if term.written else None,
            "unit": term.unit,
            "noun": term.noun,
            "start": term.span.start if term.span else None,
            "end": term.span.end if term.span else None,
        }
        for item in view.items
        for term in item.finding.claim.terms
    ]


def _figures(view: View, say: Callable[[Message], str]) -> list[dict[str, object]]:
    return [
        {
            "name": figure.name,
            "value": digits(figure.quantity.value),
            "text": figure.quantity.text,
            "unit": figure.quantity.unit,
            "period": period_text(figure.period),
            "section": figure.section,
            "place": say(view.where(figure.quantity.span)),
            "start": figure.quantity.span.start,
            "end": figure.quantity.span.end,
        }
        for figure in view.audit.figures
    ]


def _numbers(view: View, say: Callable[[Message], str]) -> list[dict[str, object]]:
    return [
        {
            "text": view.document.quote(numeral.span),
            "mark": numeral.mark.value,
            "why": numeral.why,
            "place": say(view.where(numeral.span)),
            "start": numeral.span.start,
            "end": numeral.span.end,
        }
        for numeral in view.audit.numerals
    ]


def _citations(view: View, say: Callable[[Message], str]) -> list[dict[str, object]]:
    return [
        {
            "kind": citation.kind,
            "number": citation.number,
            "symbol": citation.symbol,
            "date": short_date(citation.day) or citation.date_text,
            "issuer": citation.issuer,
            "place": say(view.where(citation.span)),
            "start": citation.span.start,
            "end": citation.span.end,
        }
        for citation in view.audit.citations
    ]


def _problems(view: View, say: Callable[[Message], str]) -> list[dict[str, object]]:
    return [{"kind": problem.kind, "message": say(problem.message)} for problem in view.audit.problems]


def csv(frame: pd.DataFrame) -> str:
    """The frame as CSV that a spreadsheet opens without taking any text for a formula (such cells get a leading ').

    Write it as UTF-8 with a byte order mark (`utf-8-sig`) for Excel.
    """
    return frame.map(_neutral).to_csv(index=False, lineterminator="\r\n")


def _neutral(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = visible(value)
    return f"'{text}" if _DANGEROUS.match(text) else text
