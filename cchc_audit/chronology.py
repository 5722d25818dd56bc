"""Dates and numbers of cited documents against each other, the calendar and the report's own date.

Only what cannot both be right is contradicted. Numbers of state documents restart every year and rise with
the date inside one issuer and symbol (decree 30/2020/NĐ-CP); party documents run through a term and are
never put in order; a series ends where the issuer changes, also by the merger of 01/7/2025.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from . import dates
from .check import finding
from .folding import fold_whole
from .issuers import from_ward, issuer_of
from .language import fold, matches
from .messages import say
from .model import Citation, Claim, Document, Finding, Header, Kind, Message, Span, Term, Verdict
from .symbols import Family, fold_symbol, symbol_in

MERGER = date(2025, 7, 1)
_WORD = re.compile(r"\w+")
_MANY = 3  # more cited documents than this after the report's date speak of that date, one finding for all
_MOST_TERMS = 6
_TITLE = re.compile(r"(?:,? (?:của|do) [^\d.,;:()\n]{2,40})?,? (?:về|v/v) (?:việc )?(?P<title>[^\d.,;:()\n]{8,120})")
_ABBREVIATED = re.compile(r"[A-ZĐ]{2,}")
_EMPTY = frozenset(fold("về việc và của các cho trên địa bàn phường xã thị trấn thành phố năm công tác thực hiện ban hành trong").split())
_FEWEST_WORDS = 2  # of a title that tells it from another
_FULL_DATE = re.compile(dates.DATE)
_OF_DATA = re.compile(r"số liệu(?: [^\W\d]+){0,4} \Z")
_LEAD = 40
_STRETCH = re.compile(rf"từ\s{{1,4}}(?:ngày\s{{1,4}})?(?P<begins>{dates.DATE})\s{{0,4}}(?:đến|tới|-)\s{{1,4}}(?:hết\s{{1,4}})?(?:ngày\s{{1,4}})?(?P<ends>{dates.DATE})")


def document_claim(document: Document, spans: Sequence[Span], source: str, scope: str) -> Claim:
    """A claim of kind chronology on places of the report: the first is the document, the rest are others."""
    terms = tuple(
        Term("other" if i else "document", None, document.quote(span), span)
        for i, span in enumerate(spans[:_MOST_TERMS])
    )
    return Claim(Kind.CHRONOLOGY, terms, spans[0], source, scope=f"{source} {scope}".strip())


def show(day: date) -> str:
    """A date as official documents shorten it: day and months 1, 2 with a leading zero (09/7/2024)."""
    return (
        f"{day.day:02d}/{day.month:02d}/{day.year}"
        if day.month < 3
        else f"{day.day:02d}/{day.month}/{day.year}"
    )


def name(citation: Citation) -> str:
    """Number and symbol as people cite them."""
    if not citation.symbol:
        return citation.number
    symbol = symbol_in(citation)
    party = symbol is not None and symbol.family is Family.PARTY
    joint = "-" if party and "/" in citation.symbol else "/"
    return f"{citation.number}{joint}{citation.symbol}"


# ---------------------------------------------------------------- single dates


def check_dates(citations: Sequence[Citation], header: Header, document: Document) -> list[Finding]:
    """Dates the calendar does not have, dates after the report's own, years that differ from the number's, stretches of time that end before
    they begin. A slip that is repeated is told once, where it stands first."""
    return [
        *_impossible_days(citations, document),
        *_backwards(document),
        *_after_report(citations, header, document),
        *_other_years(citations, document),
    ]


def _impossible_days(citations: Sequence[Citation], document: Document) -> list[Finding]:
    found = [(span, written, name(c)) for c, span, written in _cited_dates(citations, document)]
    spans = sorted(c.span for c in citations)
    for written in dates.introduced(fold_whole(document.text)):
        if written.day is None and not _inside(written.span, spans):
            found.append((written.span, written, ""))
    first: dict[tuple[str, int, int, int], Finding] = {}
    for span, written, cited in found:
        key = (cited, written.year, written.month, written.day_of_month)
        if key not in first:
            first[key] = _impossible(document, span, written, cited)
    return list(first.values())


def _backwards(document: Document) -> Iterator[Finding]:
    """ "từ 25/4/2025 đến hết 19/4/2025": the stretches of time whose last day lies before the first, both written in full."""
    folded = fold_whole(document.text)
    told: set[tuple[date, date]] = set()
    for match in matches(_STRETCH, folded, "từ"):
        begins, ends = (dates.read(folded, *match.span(side)) for side in ("begins", "ends"))
        if _OF_DATA.search(folded, max(0, match.start() - _LEAD), match.start()):
            continue  # the stretch the report's own data are of: see `data_period`
        if begins.day is None or ends.day is None or begins.day <= ends.day or (begins.day, ends.day) in told:
            continue
        told.add((begins.day, ends.day))
        claim = document_claim(document, [begins.span, ends.span], "backwards", "stretch")
        message = say("chronology.backwards", begins=show(begins.day), ends=show(ends.day))
        yield finding(claim, Verdict.CONTRADICTED, show(begins.day), message)


def _other_years(citations: Sequence[Citation], document: Document) -> list[Finding]:
    """The year in a number against the year of its date."""
    first: dict[tuple[str, date], Finding] = {}
    for citation in citations:
        symbol = symbol_in(citation)
        if not symbol or not symbol.year or not citation.day or symbol.year == citation.day.year:
            continue
        key = (name(citation), citation.day)
        if key not in first:
            claim = document_claim(document, [citation.span], "cited_year", fold_symbol(citation.symbol))
            message = say(
                "chronology.year",
                document=key[0], day=show(citation.day), year=str(symbol.year), dated=str(citation.day.year),
            )  # fmt: skip
            first[key] = finding(claim, Verdict.CONTRADICTED, str(symbol.year), message)
    return list(first.values())


def _cited_dates(
    citations: Sequence[Citation], document: Document
) -> Iterator[tuple[Citation, Span, dates.WrittenDate]]:
    """The citations whose date, fully written, is no day of the calendar."""
    for citation in citations:
        if citation.day is None and citation.date_text and citation.number:
            folded = fold(document.quote(citation.span))
            match = _FULL_DATE.search(folded)
            if match:
                yield citation, citation.span, dates.read(folded, *match.span())


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    at = bisect_right(spans, span)
    return any(span.inside(other) for other in spans[max(0, at - 1) : at + 1])


def _impossible(document: Document, span: Span, written: dates.WrittenDate, cited: str) -> Finding:
    has_month = 1 <= written.month <= 12
    last = show(dates.month_end(written.year, written.month)) if has_month else ""
    key = "chronology.no_such_day" if has_month else "chronology.no_such_month"
    text = f"{written.day_of_month:02d}/{written.month:0{2 if written.month < 3 else 1}d}/{written.year}"
    message = say(
        f"{key}_cited" if cited else key,
        document=cited, day=text, month=f"{written.month}/{written.year}", last=last[:2],
    )  # fmt: skip
    claim = document_claim(document, [span], "calendar", cited.partition("/")[2])
    return finding(claim, Verdict.CONTRADICTED, last, message)


def _after_report(citations: Sequence[Citation], header: Header, document: Document) -> list[Finding]:
    if header.day is None:
        return []
    late = [c for c in citations if c.day and c.day > header.day]
    own = show(header.day)
    if len(late) > _MANY:
        claim = document_claim(document, [c.span for c in late], "after_report", "several")
        message = say("chronology.many_after_report", count=len(late), day=own)
        return [finding(claim, Verdict.CONTRADICTED, own, message)]
    return [
        finding(
            document_claim(document, [c.span], "after_report", fold_symbol(c.symbol)),
            Verdict.CONTRADICTED,
            own,
            say("chronology.after_report", document=name(c), day=show(c.day), own=own),
        )
        for c in late
        if c.day
    ]


# ---------------------------------------------------------------- series


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A dated document of one series."""

    number: int
    day: date
    citation: Citation


def check_series(citations: Sequence[Citation], header: Header, document: Document) -> list[Finding]:
    """Numbers against dates inside one issuer, symbol and year; of a conflict the smallest set is named."""
    groups: dict[tuple[str, ...], dict[tuple[int, date], _Numbered]] = defaultdict(dict)
    for citation in citations:
        key = _series(citation, header)
        if key and citation.day and citation.number.isdigit():
            entry = _Numbered(int(citation.number), citation.day, citation)
            groups[key].setdefault((entry.number, entry.day), entry)
    findings: list[Finding] = []
    for group in groups.values():
        findings += _out_of_order(list(group.values()), header, document)
    return findings


def _series(citation: Citation, header: Header) -> tuple[str, ...] | None:
    """What numbers one series: issuer, symbol, year and, for 2025, the side of the merger. None when the
    issuer is not clear, or the document is a party one or carries its year in its number."""
    symbol = symbol_in(citation)
    issuer = issuer_of(citation.issuer)
    if symbol is None or symbol.family is not Family.STATE or issuer is None or citation.day is None:
        return None
    body = fold_symbol(citation.symbol).replace("-", "").replace("/", "")
    half = "new" if citation.day >= MERGER else "old" if citation.day.year == MERGER.year else ""
    year = str(citation.day.year)
    if from_ward(issuer, header.ward):
        return ("own", body, year, half)
    if issuer.organ not in {"ubnd", "hđnd"} or not issuer.level:
        return None
    return (issuer.organ, issuer.level, fold(issuer.name), body, year, half)


def _out_of_order(group: list[_Numbered], header: Header, document: Document) -> list[Finding]:
    group.sort(key=lambda e: (e.number, e.day))
    kept, odd = _longest_in_order(group)
    if not odd:
        return []
    old_ward = header.day is not None and header.day >= MERGER > group[0].day
    mixed = len(odd) > max(1, len(group) // 2)
    verdict = Verdict.QUESTION if old_ward or mixed else Verdict.CONTRADICTED
    numbers = [e.number for e in kept]
    findings: list[Finding] = []
    for entry in odd:
        at = bisect_left(numbers, entry.number)
        below = [e for e in kept[max(0, at - 1) : at] if e.number < entry.number and e.day > entry.day]
        above = [e for e in kept[at : at + 2] if e.number > entry.number and e.day < entry.day]
        others = below + above[:1]
        if others:
            findings.append(_order_finding(entry, others, verdict, old_ward, document))
    return findings


def _longest_in_order(group: list[_Numbered]) -> tuple[list[_Numbered], list[_Numbered]]:
    """The longest run whose dates never fall, and the documents outside it; of equals the earlier numbers
    are kept. n log n."""
    length = [0] * len(group)
    tails: list[int] = []
    for at in range(len(group) - 1, -1, -1):
        back = -group[at].day.toordinal()
        place = bisect_right(tails, back)
        if place == len(tails):
            tails.append(back)
        else:
            tails[place] = back
        length[at] = place + 1
    need, last = len(tails), date.min
    kept: list[_Numbered] = []
    odd: list[_Numbered] = []
    for at, entry in enumerate(group):
        if length[at] == need and entry.day >= last:
            kept.append(entry)
            need, last = need - 1, entry.day
        else:
            odd.append(entry)
    return kept, odd


def _order_finding(
    entry: _Numbered, others: list[_Numbered], verdict: Verdict, old_ward: bool, document: Document
) -> Finding:
    other = others[0]
    earlier, later = sorted((entry, other), key=lambda e: e.number)
    message: Message = say(
        "chronology.order_before_merger" if old_ward else "chronology.order",
        earlier=name(earlier.citation), earlier_day=show(earlier.day),
        later=name(later.citation), later_day=show(later.day),
    )  # fmt: skip
    claim = document_claim(
        document,
        [entry.citation.span, *(o.citation.span for o in others)],
        "number_order",
        fold_symbol(entry.citation.symbol),
    )
    computed = f"{later.number} > {earlier.number}; {show(later.day)} < {show(earlier.day)}"
    return finding(claim, verdict, computed, message)


# ---------------------------------------------------------------- one number, two dates


def check_repeated(citations: Sequence[Citation], header: Header, document: Document) -> list[Finding]:
    """One document cited with two dates, or with two titles that have no word in common."""
    first: dict[tuple[str, ...], Citation] = {}
    titles: dict[tuple[str, ...], tuple[Citation, str, frozenset[str]]] = {}
    told: set[tuple[str, ...]] = set()
    findings: list[Finding] = []
    for citation in citations:
        key = _identity(citation, header)
        if key is None:
            continue
        seen = first.setdefault(key, citation)
        if seen.day and citation.day and seen.day != citation.day and key not in told:
            told.add(key)
            message = say(
                "chronology.two_dates", document=name(citation), a=show(seen.day), b=show(citation.day)
            )
            claim = document_claim(
                document, [citation.span, seen.span], "one_number", fold_symbol(citation.symbol)
            )
            findings.append(finding(claim, Verdict.CONTRADICTED, show(seen.day), message))
        title = _title_after(document.text, citation.span.end)
        words = frozenset(_WORD.findall(fold(title))) - _EMPTY
        if len(words) < _FEWEST_WORDS:
            continue
        other, called, known = titles.setdefault(key, (citation, title, words))
        if not words & known and key not in told:
            told.add(key)
            message = say("chronology.two_titles", document=name(citation), a=called, b=title)
            claim = document_claim(document, [citation.span, other.span], "two_titles", fold_symbol(citation.symbol))
            findings.append(finding(claim, Verdict.QUESTION, called, message))
    return findings


def _title_after(text: str, place: int) -> str:
    """The title that follows a citation ("… của UBND phường về việc …"), "" when none or when it is abbreviated:
    "CCHC" and "cải cách hành chính" have no word in common."""
    match = _TITLE.match(text, place)
    return " ".join(match["title"].split()) if match and not _ABBREVIATED.search(match["title"]) else ""


def _identity(citation: Citation, header: Header) -> tuple[str, ...] | None:
    """What makes two citations the same document; None when the text does not settle it."""
    symbol = symbol_in(citation)
    if symbol is None or citation.day is None:
        return None
    number = citation.number.lstrip("0")
    body = fold_symbol(citation.symbol).replace("-", "").replace("/", "")
    if symbol.family is Family.LEGAL:
        central = body.endswith(("CP", "TTG")) or "QH" in body or body.startswith(f"{symbol.year}TT")
        return (number, body) if central else None
    if symbol.family is Family.PARTY:
        return (number, body, str(citation.day.year)) if body.endswith("TW") else None
    key = _series(citation, header)
    return (number, *key) if key else None
