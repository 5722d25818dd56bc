"""The form of citations: symbols that are malformed, dates in another style. Notes, never contradictions.

Date style: a zero before days under 10 and before months 1 and 2 only, parts joined by "/" (decree
30/2020/NĐ-CP, annex I, and the practice of short citations).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .check import finding
from .chronology import document_claim, name
from .messages import say
from .model import Citation, Document, Finding, Verdict
from .symbols import TYPES, Family, Symbol, fold_symbol, read_symbol, symbol_in, well_formed

_PLAIN_DATE = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*[/.-]\s*\d{4}")
# types whose name and abbreviation are used for nothing else
_TELLING = ("KH", "NQ", "CT", "BC", "TB", "NĐ", "KL")


def check_forms(citations: Sequence[Citation], document: Document) -> list[Finding]:
    """One note for each malformed symbol and for each type that is not the one of its symbol, and one for
    all dates written in another style."""
    findings: list[Finding] = []
    told: set[str] = set()
    for citation in citations:
        symbol = _symbol_as_written(citation, document)
        written = f"{citation.number} {fold_symbol(citation.symbol)}"
        if symbol is None or written in told:
            continue
        told.add(written)
        right = well_formed(symbol)
        if right:
            claim = document_claim(
                document, [citation.span], "symbol_form", fold_symbol(right.partition("/")[2])
            )
            message = say("chronology.malformed", document=_as_written(citation, document), right=right)
            findings.append(finding(claim, Verdict.NOTE, right, message))
        elif (other := _other_type(citation, symbol)) is not None:
            claim = document_claim(document, [citation.span], "symbol_type", fold_symbol(citation.symbol))
            message = say("chronology.other_type", document=name(citation), kind=citation.kind, type=other)
            findings.append(finding(claim, Verdict.NOTE, other, message))
    return findings + _date_style(citations, document)


def _symbol_as_written(citation: Citation, document: Document) -> Symbol | None:
    """The symbol of the citation; of a party document with its blanks, which the citation no longer has."""
    symbol = symbol_in(citation)
    if symbol is None or symbol.family is not Family.PARTY:
        return symbol
    return read_symbol(document.text, citation.span.start)


def _as_written(citation: Citation, document: Document) -> str:
    """Number and symbol as they stand in the report, blanks of a broken line aside."""
    symbol = read_symbol(document.text, citation.span.start)
    return " ".join(document.quote(symbol.span).split()) if symbol else name(citation)


def _other_type(citation: Citation, symbol: Symbol) -> str | None:
    """The type a symbol stands for, when the text names another: "Kế hoạch số 45/QĐ-UBND"."""
    by_name = {TYPES[t]: t for t in _TELLING} | {"Quyết định": "QĐ"}
    named = by_name.get(citation.kind)
    if (
        symbol.family is Family.PARTY
        or named is None
        or symbol.kind not in by_name.values()
        or named == symbol.kind
    ):
        return None
    return TYPES[symbol.kind]


def _date_style(citations: Sequence[Citation], document: Document) -> list[Finding]:
    odd = [c for c in citations if c.day and _odd_style(c.date_text)]
    if not odd:
        return []
    message = say("chronology.date_style", count=len(odd), example=odd[0].date_text)
    claim = document_claim(document, [c.span for c in odd], "date_style", "")
    return [finding(claim, Verdict.NOTE, "", message)]


def _odd_style(text: str) -> bool:
    match = _PLAIN_DATE.fullmatch(text)
    if not match:
        return False
    day, separator, month = match.groups()
    bare_day = len(day) == 1
    bare_month = len(month) == 1 and int(month) < 3
    padded_month = month.startswith("0") and int(month) >= 3
    return separator != "/" or bare_day or bare_month or padded_month
