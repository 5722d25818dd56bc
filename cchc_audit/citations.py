"""Documents a report cites: number, symbol, date, issuer, type.

Read are full citations ("Kế hoạch số 14/KH-UBND ngày 31/01/2024 của UBND phường"), dates in every style and
broken by a line or a page, lists ("Kế hoạch số 14, 21 và 36"), short forms ("Nghị định 130"), malformed
symbols as they stand, and laws named by year ("Luật Hộ tịch năm 2014").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from . import chronology, data_period, dates, forms
from .folding import fold_whole
from .header import read_heading
from .issuers import is_nested, issuing_subject, named_after
from .language import places
from .model import Citation, Document, Finding, Header, Span
from .symbols import TYPES, Family, Symbol, find_symbols, fold_symbol

_KIND_WORDS = (
    "thông tư liên tịch", "chương trình hành động", "văn bản hợp nhất", "nghị quyết liên tịch",
    "nghị quyết", "quyết định", "chỉ thị", "quy chế", "quy định", "thông báo", "thông tư", "thông tri", "hướng dẫn",
    "chương trình", "kế hoạch", "phương án", "đề án", "dự án", "báo cáo", "biên bản", "tờ trình", "hợp đồng",
    "công văn", "công điện", "văn bản", "nghị định", "kết luận", "pháp lệnh", "bộ luật", "luật", "giấy mời", "cv",
)  # fmt: skip
_KINDS = "|".join(_KIND_WORDS)
_KIND_BEFORE = re.compile(rf"(?<!\w)(?P<kind>{_KINDS})\s{{0,4}}(?:\(\s?)?(?:số)?\s{{0,3}}:?\s{{0,4}}$")
_LAW_BEFORE = re.compile(r"(?<!\w)(?P<kind>bộ luật|luật|pháp lệnh)\s[^\d;.:()]{2,90}?\s(?:số\s{0,3})?$")
_DATE_AFTER = re.compile(
    rf"\s{{0,4}}[,|]?\s{{0,4}}(?:\(\s?)?(?:(?:đề|ký|ban hành)\s{{1,3}})?(?:ngày\s{{1,4}}(?P<date>{dates.DATE})|(?<=[,(\s])(?P<bare>{dates.NUMERIC}))"
)
_OPEN_DATE_AFTER = re.compile(
    r"\s{0,4},?\s{0,4}(?P<open>ngày\s{0,2}(?:[.…_]{1,20}\s{0,2}/?){1,3}(?:\s?tháng[\s.…_\d]{1,20}năm\s?(?:\d{1,4}|[.…]{1,8}))?)"
)
_NUMBERS = re.compile(
    r"số\s{0,3}:?\s{0,3}(?P<list>\d{1,5}(?![\d/.-]|\s?[/-]\s?\w)(?:\s{0,3}(?:,|và|;)\s{1,3}(?:số\s)?\d{1,5}(?![\d.%]|\s?/\s?\d))*)"
)
_SHORT = re.compile(
    r"[ ]{1,2}(?P<list>\d{1,4})(?=\s{0,3}(?:$|[.;:)”\"]|,\s|của\s|về\s|ngày\s|và\s|năm\s|để\s|vv\s|quy định))(?!\.\d)"
)
_CONTRACT = re.compile(r"[ ]{1,2}(?P<list>68|111)(?!\d)")  # contracts under decrees 68/2000 and 111/2022
_SHORT_KINDS = (
    "nghị định",
    "thông tư",
    "chỉ thị",
    "nghị quyết",
    "quyết định",
    "kết luận",
    "hợp đồng",
    "đề án",
)
_LAW = re.compile(
    r"(?:bộ luật|luật|pháp lệnh)\s(?P<title>[^\d;.:()\n]{2,80}?),?\s{1,3}năm\s{1,3}(?P<year>(?:19|20)\d{2})(?!\d)"
)
_NUMBER = re.compile(r"\d{1,5}")
_LONGEST_JOINT = 48
_MOST_ROWS = 60
_JOINED = re.compile(rf"\s{{0,3}}(?:,|và|;)?\s{{0,3}}(?:và\s)?(?:(?:{_KINDS})\s{{1,3}})?(?:số\s)?:?\s{{0,3}}")
_NEW_ITEM = re.compile(r"\n\s*(?:[-+*•–#]|\d{1,2}[.)/]|[a-zđ]\)|[IVXA-ZĐ]{1,4}[./)]\s)")
_NORM_ISSUER = (
    (re.compile(r"(?:-|/|NĐ|NQ)CP$"), "Chính phủ"),
    (re.compile(r"TTG$"), "Thủ tướng Chính phủ"),
    (re.compile(r"UBTVQH\d+$"), "Ủy ban Thường vụ Quốc hội"),
    (re.compile(r"/QH\d+$"), "Quốc hội"),
)
_NOT_A_TITLE = re.compile(r"(?<!\w)(?:trong|của|theo|kế hoạch|báo cáo|được|đến)(?!\w)|,\s*$")


def find_citations(document: Document) -> tuple[Citation, ...]:
    """Every cited document in order of appearance; spans run from the number to the end of the date.

    `issuer` is the one named behind the citation, else the one the sentence says it is issued by ("UBND
    phường đã ban hành …"), else that of the symbol where it has only one (NĐ-CP, QĐ-TTg); "" when unclear.
    """
    text = document.text
    folded = fold_whole(text)
    own = read_heading(document).number_span
    found = [
        entry for entry in _with_symbols(text, folded) if not own or entry.citation.span.start != own.start
    ]
    taken = sorted(entry.citation.span for entry in found)
    for extra in (*_numbers_alone(text, folded), *_laws(text, folded)):
        if not _overlaps(extra.citation.span, taken):
            found.append(extra)
    found.sort(key=lambda entry: entry.citation.span)
    return tuple(_named(found, text, folded))


def check_citations(citations: Sequence[Citation], header: Header, document: Document) -> list[Finding]:
    """What the dates, numbers and forms of the cited documents, and the period of the data, say against
    each other. `chronology`, `data_period` and `forms` hold the single checks."""
    return [
        *chronology.check_dates(citations, header, document),
        *chronology.check_series(citations, header, document),
        *chronology.check_repeated(citations, header, document),
        *data_period.check_period(header, document),
        *forms.check_forms(citations, document),
    ]


class _Entry(NamedTuple):
    """A citation before its issuer is settled. `start` is where its type stands, `end` where it ends."""

    citation: Citation
    start: int
    end: int
    named: bool = False  # an issuer stands behind it


def _overlaps(span: Span, taken: list[Span]) -> bool:
    at = bisect_right(taken, span)
    return any(other.touches(span) for other in taken[max(0, at - 1) : at + 1])


# ---------------------------------------------------------------- finding


def _with_symbols(text: str, folded: str) -> list[_Entry]:
    entries: list[_Entry] = []
    for symbol in find_symbols(text):
        kind, start = _kind_before(folded, symbol)
        date_text, day, end = _date_after(text, folded, symbol.span.end)
        issuer = named_after(text, folded, end)
        citation = Citation(
            Span(symbol.span.start, end), symbol.number, symbol.text.strip(), date_text, day,
            issuer.text if issuer else "", kind,
        )  # fmt: skip
        entries.append(_Entry(citation, start, end, named=issuer is not None))
    return entries


def _kind_before(folded: str, symbol: Symbol) -> tuple[str, int]:
    """The type of document as the text names it, else as the symbol does, and where the citation starts."""
    base = max(0, symbol.span.start - 30)
    match = _KIND_BEFORE.search(folded[base : symbol.span.start])
    if match:
        return match["kind"].capitalize(), base + match.start()
    if symbol.family is Family.LEGAL and not symbol.kind:
        base = max(0, symbol.span.start - 100)
        law = _LAW_BEFORE.search(folded[base : symbol.span.start])
        if law:
            return law["kind"].capitalize(), base + law.start()
    return TYPES.get(symbol.kind, ""), symbol.span.start


def _date_after(text: str, folded: str, place: int) -> tuple[str, date | None, int]:
    """The date behind a number: as written, the day (None when the calendar has none), where it ends."""
    match = _DATE_AFTER.match(folded, place)
    if match:
        span = match.span("date") if match["date"] else match.span("bare")
        return " ".join(text[span[0] : span[1]].split()), dates.read(folded, *span).day, span[1]
    blank = _OPEN_DATE_AFTER.match(folded, place)
    if blank:
        return " ".join(text[blank.start("open") : blank.end("open")].split()), None, blank.end("open")
    return "", None, place


def _numbers_alone(text: str, folded: str) -> list[_Entry]:
    """Numbers without a symbol: "Kế hoạch số 143", "Kế hoạch số 14, 21 và 36", "Nghị định 130"."""
    entries: list[_Entry] = []
    for place in places(folded, "số"):
        ahead = folded[place + 2 : place + 7]
        listed = _NUMBERS.match(folded, place) if any(map(str.isdigit, ahead)) else None
        kind = _KIND_BEFORE.search(folded[max(0, place - 30) : place]) if listed else None
        if listed and kind:
            start = place - min(30, place) + kind.start()
            entries += _listed(text, folded, listed.span("list"), kind["kind"], start)
    for word in _SHORT_KINDS:
        for place in places(folded, word):
            listed = (_CONTRACT if word == "hợp đồng" else _SHORT).match(folded, place + len(word))
            if listed and (word == "hợp đồng" or text[place].isupper()):
                entries += _listed(text, folded, listed.span("list"), word, place)
    return entries


def _listed(text: str, folded: str, span: tuple[int, int], kind: str, start: int) -> list[_Entry]:
    """The documents of a list of numbers; a date and an issuer behind it belong to the last one."""
    entries: list[_Entry] = []
    numbers = list(_NUMBER.finditer(folded, *span))
    for number in numbers:
        last = number is numbers[-1]
        date_text, day, end = _date_after(text, folded, number.end()) if last else ("", None, number.end())
        issuer = named_after(text, folded, end) if last else None
        citation = Citation(
            Span(number.start(), end),
            number[0],
            "",
            date_text,
            day,
            issuer.text if issuer else "",
            kind.capitalize(),
        )
        entries.append(_Entry(citation, start, end))
    return entries


def _laws(text: str, folded: str) -> list[_Entry]:
    """Laws named by their year: "Luật Hộ tịch năm 2014"."""
    entries: list[_Entry] = []
    for word in ("luật ", "pháp lệnh "):
        for place in places(folded, word):
            start = place - 3 if place >= 3 and folded.startswith("bộ ", place - 3) else place
            match = _LAW.match(folded, start) if text[start].isupper() else None
            if match and not _NOT_A_TITLE.search(match["title"]):
                kind = " ".join(text[start : match.end("title")].split())
                year = " ".join(text[match.end("title") : match.end()].strip(" ,\n").split())
                citation = Citation(Span(start, match.end()), "", "", year, None, "Quốc hội", kind)
                entries.append(_Entry(citation, start, match.end()))
    return entries


# ---------------------------------------------------------------- issuers


def _named(entries: list[_Entry], text: str, folded: str) -> list[Citation]:
    """The citations with their issuers: named behind them, shared by a list, or said by the sentence."""
    issuers = [entry.citation.issuer for entry in entries]
    for at in range(len(entries) - 2, -1, -1):  # "Kế hoạch số 11/… và Kế hoạch số 36/… của UBND xã"
        a, b = entries[at], entries[at + 1]
        same = _series(a.citation) == _series(b.citation)
        if not issuers[at] and issuers[at + 1] and same and _joined(folded, a, b):
            issuers[at] = issuers[at + 1]
    running, previous, nested = "", 0, False
    for at, entry in enumerate(entries):
        start = _sentence_start(text, previous, entry.start)
        top = max(previous, _table_top(text, entry.start))
        said = issuing_subject(text, folded, min(start, top), top)
        if said:
            running = said
        elif start > previous and not _in_one_list(text, previous, entry.start):
            running = ""
        joined = at > 0 and _joined(folded, entries[at - 1], entry)
        nested = is_nested(folded, entry.start) or (nested and joined)
        if not issuers[at]:
            issuers[at] = _of_symbol(entry.citation) or ("" if nested else _inherited(entry, running))
        previous = entry.start
    return [
        replace(entry.citation, issuer=issuer) if issuer != entry.citation.issuer else entry.citation
        for entry, issuer in zip(entries, issuers, strict=True)
    ]


def _in_one_list(text: str, first: int, second: int) -> bool:
    """Do both places stand in items of one list, with nothing but items of it between them?"""
    end = text.find("\n", second)
    lines = text[text.rfind("\n", 0, first) + 1 : end if end >= 0 else len(text)].splitlines()
    marks = {line.lstrip()[:1] for line in lines if line.strip()}
    return len(marks) == 1 and marks <= set("-+*•–") and len(lines) <= _MOST_ROWS


def _joined(folded: str, a: _Entry, b: _Entry) -> bool:
    """Do two citations follow each other with nothing but "và", a comma or the type between them?"""
    gap = b.citation.span.start - a.end
    return 0 <= gap < _LONGEST_JOINT and _JOINED.fullmatch(folded, a.end, b.citation.span.start) is not None


def _series(citation: Citation) -> str:
    return fold_symbol(citation.symbol).replace("-", "")


def _of_symbol(citation: Citation) -> str:
    body = fold_symbol(citation.symbol)
    return next((name for end, name in _NORM_ISSUER if end.search(body)), "")


def _inherited(entry: _Entry, running: str) -> str:
    """The issuer of the running list, for a symbol such a body can have."""
    if not running:
        return ""
    organ = fold_symbol(running)
    body = fold_symbol(entry.citation.symbol)
    council = "HĐND" in organ or "HỘIĐỒNG" in organ
    if ("HĐND" in body) != council or not ("UBND" in body or council):
        return ""
    return running


def _table_top(text: str, place: int) -> int:
    """Where the table that holds the place starts; the place itself outside tables."""
    start = text.rfind("\n", 0, place) + 1
    if not text.startswith("|", start):
        return place
    for _ in range(_MOST_ROWS):
        above = text.rfind("\n", 0, max(0, start - 1)) + 1
        if start == 0 or not text.startswith("|", above):
            break
        start = above
    return start


def _sentence_start(text: str, floor: int, place: int) -> int:
    """Where the sentence that holds `place` starts, not looking before `floor`. A line break alone ends no
    sentence, and neither does one inside a list that goes on (after ":", ";" or ",")."""
    start = max(text.rfind(stop, floor, place) for stop in (". ", ".\n", "! ", "!\n", "? ")) + 1
    line = text.rfind("\n", max(floor, start), place)
    while line >= 0:
        before = text[max(floor, line - 8) : line].rstrip()[-1:]
        if before in ".!?/" or (_NEW_ITEM.match(text, line) and before not in ";:,"):
            return line + 1
        line = text.rfind("\n", max(floor, start), line)
    return max(floor, start)
