"""The numbering of headings and lists, and the subjects a title promises.

A heading missing from its sequence is contradicted only when the text between its neighbours holds no
trace of it: a heading run into a line, damaged by reading, or printed without its number raises nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from .check import finding
from .header import read_heading
from .language import fold
from .messages import say
from .model import BlockKind, Claim, Document, Finding, Kind, Message, Section, Span, Term, Verdict
from .outline import LETTERS, Style, Symbol, roman, symbol_of

_MOST_NAMED = 6
_LATE_START = 4  # a first number above this one is something else: a misread sign, an item quoted
_FEW = 60
_EXTRACT = re.compile(r"\(trích(?: lược)?\)|(?m:^trích(?: lược)?$)", re.IGNORECASE)
_NEAR_TITLE = 60  # characters behind the title in which it says that this is an extract
_MOST_FINDINGS = 40  # a text with more gaps is no report with headings


class _Numbered(NamedTuple):
    section: Section
    symbol: Symbol
    parent: int  # index of the section it stands in, -1 at the top


def check_structure(document: Document, sections: Sequence[Section]) -> list[Finding]:
    """Headings missing from their sequence, sequences that change style, letters left out, subjects of the
    title without a section. What a text without the title of a report leaves out is asked about, not contradicted."""
    findings: list[Finding] = []
    last_of_style: dict[tuple[Style, int], int] = {}
    previous: dict[int, _Numbered] = {}  # parent -> its last numbered heading
    open_series: dict[tuple[int, Style, tuple[int, ...]], _Numbered] = {}
    for entry in _numbered(document, sections):
        if len(findings) >= _MOST_FINDINGS:
            break
        series = (entry.parent, entry.symbol.style, entry.symbol.prefix)
        before = open_series.get(series)
        continued = last_of_style.get((entry.symbol.style, entry.symbol.depth), 0) + 1
        if before is not None:
            gap = _gap(before, entry, document)
        elif entry.symbol.ordinal == 1 or entry.symbol.ordinal == continued:
            gap = None
        else:
            gap = _start(entry, previous.get(entry.parent), sections, document)
        if gap:
            findings.append(gap)
        open_series[series] = previous[entry.parent] = entry
        last_of_style[entry.symbol.style, entry.symbol.depth] = entry.symbol.ordinal
    if findings and not _whole(document):
        findings = [replace(f, verdict=Verdict.QUESTION) if f.verdict is Verdict.CONTRADICTED else f for f in findings]
    return findings + _subjects(document, sections)


def _numbered(document: Document, sections: Sequence[Section]) -> Iterator[_Numbered]:
    stack: list[tuple[int, int]] = []  # index, end
    for index, section in enumerate(sections):
        while stack and section.span.start >= stack[-1][1]:
            stack.pop()
        symbol = symbol_of(document, section)
        if symbol is not None and symbol.style is not Style.PLAIN and symbol.ordinal:
            yield _Numbered(section, symbol, stack[-1][0] if stack else -1)
        stack.append((index, section.end))


# ---------------------------------------------------------------- sequences


def _whole(document: Document) -> bool:
    """Is it a report from its title on? An extract, or a page of the web, may start anywhere and leave out what it likes."""
    title = read_heading(document).title_span
    return title is not None and not _EXTRACT.search(document.text, title.start, title.end + _NEAR_TITLE)


def _gap(before: _Numbered, entry: _Numbered, document: Document) -> Finding | None:
    a, b = before.symbol, entry.symbol
    if b.ordinal <= a.ordinal + 1 or _next_letter(a, b):
        return None
    missing = [_written(b, n) for n in range(a.ordinal + 1, b.ordinal)]
    between = Span(before.section.span.end, entry.section.span.start)
    if _trace(missing, between, b.style, document):
        return None
    return _missing(before, entry, missing, document)


def _start(
    entry: _Numbered, previous: _Numbered | None, sections: Sequence[Section], document: Document
) -> Finding | None:
    """A series that does not start at its first number."""
    symbol = entry.symbol
    missing = [_written(symbol, n) for n in range(1, symbol.ordinal)]
    if previous is not None and _changes_style(previous, entry, sections):
        between = Span(previous.section.span.end, entry.section.span.start)
        listed = _trace(missing, between, symbol.style, document)
        return None if listed else _mixed(previous, entry, sections, document)
    if symbol.style is Style.ARABIC and symbol.ordinal > _LATE_START:
        return None
    start = sections[entry.parent].span.start if entry.parent >= 0 else 0
    if not _whole(document) or _trace(missing, Span(start, entry.section.span.start), symbol.style, document):
        return None
    return _missing(None, entry, missing, document)


def _changes_style(previous: _Numbered, entry: _Numbered, sections: Sequence[Section]) -> bool:
    """Does the heading go on in Arabic numbers where a Roman series left off, and not come back to it?"""
    if previous.symbol.ordinal != entry.symbol.ordinal - 1:
        return False
    if (previous.symbol.style, entry.symbol.style) != (Style.ROMAN, Style.ARABIC):
        return False
    roman_again = previous.section.path.removesuffix(previous.symbol.text) + roman(entry.symbol.ordinal)
    at = bisect_right(sections, entry.section.span, key=lambda s: s.span)
    return all(s.path != roman_again for s in sections[at : at + _FEW])


def _next_letter(a: Symbol, b: Symbol) -> bool:
    """Lists may pass over đ: a b c d e; "Phần D", "Phần E"."""
    lettered = b.style in {Style.LOWER, Style.UPPER} or (b.style is Style.PART and b.text.upper().endswith(" E"))
    return lettered and LETTERS[a.ordinal - 1 : b.ordinal] == "dđe"


def _written(like: Symbol, ordinal: int) -> str:
    """The symbol of the same style with another number."""
    if like.style is Style.ROMAN:
        return roman(ordinal)
    if like.style in {Style.UPPER, Style.LOWER}:
        letter = LETTERS[ordinal - 1] if ordinal <= len(LETTERS) else "?"
        return letter.upper() if like.style is Style.UPPER else letter
    if like.style is Style.DOTTED:
        return ".".join(map(str, (*like.prefix, ordinal)))
    return str(ordinal)


def _trace(missing: Sequence[str], between: Span, style: Style, document: Document) -> bool:
    """Is there anything that may be one of the missing headings?"""
    if any(
        b.kind is BlockKind.HEADING and between.start <= b.span.start < between.end for b in document.blocks
    ) and style in {Style.ROMAN, Style.UPPER, Style.ARABIC, Style.PART}:
        return True  # an unnumbered heading of the file: its number may be an automatic one
    text = document.text[between.start : between.end]
    if style is Style.PART:
        return re.search(r"(?:^|\n)[\s*_#]*phần\s", text, re.IGNORECASE) is not None
    symbols = "|".join(re.escape(m) for m in missing[:_MOST_NAMED])
    if style is Style.ROMAN:
        symbols += "|" + "|".join(_as_misread(m) for m in missing[:_MOST_NAMED])
    elif style is Style.ARABIC:
        symbols += "|l"
    if style is Style.LOWER:  # a list may start inside a line: "… a) … b) …"
        return re.search(rf"\s(?:{symbols})\s?[.)]", text) is not None
    heading = rf"[\s*_#>|]{{0,20}}(?:{symbols})\s?[.)/:–-]?\s"
    return re.match(heading, text) is not None or re.search(rf"[\n.;:…”\")]{heading}", text) is not None


def _as_misread(symbol: str) -> str:
    """A Roman number as a bad scan may give it: II as 11, Il, lI."""
    return "".join({"I": "[Il1|]", "V": "[Vv]", "X": "[Xx]"}[c] for c in symbol)


def _missing(
    before: _Numbered | None, entry: _Numbered, missing: Sequence[str], document: Document
) -> Finding:
    """The finding on what is left out before `entry`: between it and `before`, or at the start of its series."""
    style = entry.symbol.style
    shown = [before.section, entry.section] if before else [entry.section]
    key = "structure.missing" if before else "structure.start"
    verdict = Verdict.CONTRADICTED
    if style is Style.LOWER:
        verdict, key = Verdict.NOTE, "structure.letter" if before else "structure.letter_start"
    elif before is None and style in {Style.ARABIC, Style.DOTTED}:
        verdict = Verdict.QUESTION  # a number that starts late may go on from elsewhere
    message = say(
        key,
        missing=", ".join(missing[:_MOST_NAMED]),
        before=shown[0].path, after=entry.section.path, symbol=entry.symbol.text,
    )  # fmt: skip
    claim = heading_claim(document, shown, "numbering")
    return finding(claim, verdict, ", ".join(missing[:_MOST_NAMED]), message)


def _mixed(previous: _Numbered, entry: _Numbered, sections: Sequence[Section], document: Document) -> Finding:
    """A series that changes its style on the way: I, 2, 3."""
    followers = [
        s for s in sections
        if s.level == entry.section.level and s.span.start >= entry.section.span.start
        and (entry.parent < 0 or s.span.start < sections[entry.parent].end)
    ]  # fmt: skip
    shown = [previous.section, *followers[: _MOST_NAMED - 1]]
    symbols = [previous.symbol.text, *(s.path.rsplit(".", 1)[-1] for s in followers[: _MOST_NAMED - 1])]
    right = ", ".join(roman(n) for n in range(previous.symbol.ordinal, previous.symbol.ordinal + len(shown)))
    place = sections[entry.parent].path if entry.parent >= 0 else ""
    key = "structure.mixed" if place else "structure.mixed_top"
    message = say(key, place=place, symbols=", ".join(symbols), right=right)
    return finding(heading_claim(document, shown, "numbering style"), Verdict.CONTRADICTED, right, message)


def heading_claim(document: Document, sections: Sequence[Section], source: str) -> Claim:
    """A claim of kind structure on headings of the report."""
    terms = tuple(
        Term("heading", None, document.quote(_symbol_and_title(s)), _symbol_and_title(s)) for s in sections
    )
    return Claim(Kind.STRUCTURE, terms, sections[-1].span, source, scope=f"{source} {sections[-1].path}")


def _symbol_and_title(section: Section) -> Span:
    return Span(section.span.start, min(section.span.end, section.span.start + 160))


# ---------------------------------------------------------------- the title's subjects

# subject -> words of the title that name it, words of a heading that treat it
_SUBJECTS: tuple[tuple[Message, str, str], ...] = (
    (Message("cải cách hành chính", "administrative reform"), r"cải cách hành chính|cchc", r"cải cách|cchc|thủ tục hành chính|một cửa"),
    (Message("dân chủ ở cơ sở", "grassroots democracy"), r"dân chủ", r"dân chủ|cử tri|nhân dân (?:bàn|biết|giám sát)|công khai"),
    (Message("kỷ luật, kỷ cương hành chính", "administrative discipline"), r"kỷ luật(?:, kỷ cương)?(?: hành chính)?|kỷ cương", r"kỷ luật|kỷ cương|giờ giấc"),
    (Message("chuyển đổi số", "digital transformation"), r"chuyển đổi số", r"chuyển đổi số|chính quyền (?:số|điện tử)|số hóa|công nghệ thông tin|trực tuyến"),
    (Message("tiếp công dân", "receiving citizens"), r"tiếp công dân|khiếu nại|tố cáo", r"tiếp (?:công )?dân|khiếu nại|tố cáo|đơn thư"),
    (Message("phòng, chống tham nhũng", "preventing corruption"), r"tham nhũng|tiêu cực", r"tham nhũng|tiêu cực|minh bạch"),
    (Message("dân vận", "mass mobilisation"), r"dân vận", r"dân vận"),
)  # fmt: skip


def _subjects(document: Document, sections: Sequence[Section]) -> list[Finding]:
    """A subject of the title without a section, asked only of a report that gives its subjects sections."""
    parts = read_heading(document)
    if parts.title_span is None or not sections:
        return []
    title = fold(document.quote(parts.title_span))
    promised = [s for s in _SUBJECTS if re.search(s[1], title)]
    if len(promised) < 2:
        return []
    headings = fold("\n".join(section.title for section in sections))
    major = fold("\n".join(section.title for section in sections if section.level <= 2))
    if not any(re.search(s[1], major) for s in promised):
        return []
    findings: list[Finding] = []
    for subject, named, cues in promised:
        match = re.search(named, title)
        if match and not re.search(cues, headings):
            span = Span(parts.title_span.start + match.start(), parts.title_span.start + match.end())
            claim = Claim(
                Kind.STRUCTURE,
                (Term("heading", None, document.quote(span), span),),
                span,
                "subject",
                scope=f"subject {subject.vi}",
            )
            findings.append(finding(claim, Verdict.QUESTION, "", say("structure.subject", subject=subject)))
    return findings
