"""The headings of a report: Phần thứ nhất · A. · I. I/ · 1. · 1.1. · a) đ) · # …, and what lies under each.

A symbol alone does not make a heading: a numbered line that ends like a list item, or that looks like the
row of a table, is none. Bullets are never headings. Levels follow the order in which the styles of symbols
are nested in this report, not a fixed table, so a report may put A under I or I under A.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from .model import BlockKind, Document, Section, Span


class Style(IntEnum):
    """How a heading is numbered, in the usual order of nesting."""

    PART = 0
    UPPER = 1
    ROMAN = 2
    ARABIC = 3
    DOTTED = 4
    LOWER = 8
    PLAIN = 9  # no symbol: a heading by its format only


class Symbol(NamedTuple):
    """A heading's symbol as written, its place in its series (1 for "I", "A", "a", "nhất") and, for a
    dotted one ("3.1"), the numbers before its last."""

    style: Style
    ordinal: int
    text: str
    prefix: tuple[int, ...] = ()
    depth: int = 0  # numbers in a dotted symbol, hashes of a Markdown heading


LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order in which Vietnamese lists are lettered
_ORDINALS = {"nhất": 1, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}  # fmt: skip
_ROMAN_ORDER = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX")  # fmt: skip
_ROMANS = {r: n for n, r in enumerate(_ROMAN_ORDER, 1)}
_LONGEST_TITLE = 260
_LONGEST_RUN_IN = 140  # a title that runs into its text ends with a colon within so many characters

_RESIDUE = " \t*_>\ufeff\u00a0"
_PART = re.compile(
    r"(?P<s>phần\s{1,2}(?:thứ\s{1,2})?(?P<n>nhất|một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười|[ivx]{1,4}|[a-hkđ](?=[.:])|\d{1,2}))"
    r"(?:\s{0,2}[.:)/–-]|\s{0,3}[*_]|\s{0,3}$)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?P<roman>[IVX]{1,5})(?=[*_\\\s]{0,2}[.)/–-])"
    r"|(?P<upper>[A-HKĐ])(?=[*_\\\s]{0,2}[.)/–-]\s)"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})(?!\d)"
    r"|(?P<arabic>\d{1,2})(?=[*_\\\s]{0,2}[.)/])"
    r"|(?P<lower>[a-zđ])(?=[*_\\\s]{0,2}[.)])"
)
_AFTER = re.compile(r"[*_\\\s]{0,3}[.)/:–-]{0,2}[\s*_]*")
_WHOLE_PARAGRAPHS = frozenset(
    ("docx", "doc", "odt", "html", "xlsx")
)  # formats that know where a paragraph ends
_WRAPPED = range(50, 130)  # characters of a line that was broken to fit a page
_DOCUMENT = re.compile(
    r"\d{1,2}\s?/\s?(?:(?:19|20)\d{2}\s?/\s?)?[A-ZĐ]{1,5}[a-z]{0,3}\s?[-–]\s?[A-ZĐ]"
)  # 15/KH-UBND
_NO_TITLE = ("Mác", "I. L", "I.L", "I Lê")  # C. Mác, V.I. Lênin
_STARTS = frozenset("PIVXABCDEFGHKLMNĐ0123456789abcdđeghiklmnopqrstuvxyp#")
_COLUMNS = re.compile(r"\t|\S {3,}\S")
_SENTENCE = re.compile(r"[.:](?=\s|$)")


class _Heading(NamedTuple):
    symbol: Symbol
    title: str
    span: Span


@dataclass(slots=True)
class _Open:
    """A section that is not closed yet."""

    symbol: Symbol
    index: int
    name: str


def find_sections(document: Document) -> tuple[Section, ...]:
    """Every heading in order, each with its path ("B.I.3.1"), level (1 is the outermost) and the offset
    where its section ends (the next heading of its level or above, or the end of the text)."""
    headings = _find_headings(document)
    rows: list[tuple[_Heading, str, int]] = []
    ends = [len(document.text)] * len(headings)
    stack: list[_Open] = []
    for index, heading in enumerate(headings):
        for closed in _close(stack, heading.symbol):
            ends[closed.index] = heading.span.start
        stack.append(_Open(heading.symbol, index, _path_part(heading.symbol)))
        path = ".".join(o.name for o in stack if o.name)
        rows.append((heading, path, len(stack)))
    return tuple(
        Section(path, heading.title, heading.span, end, level)
        for (heading, path, level), end in zip(rows, ends, strict=True)
    )


def symbol_of(document: Document, section: Section) -> Symbol | None:
    """The symbol of a section's heading; None for one without."""
    read = _read_line(document.quote(section.span))
    return read[0] if read else None


def _path_part(symbol: Symbol) -> str:
    return symbol.text.rsplit(".", 1)[-1] if symbol.style is Style.DOTTED else symbol.text


# ---------------------------------------------------------------- lines that are headings


def _find_headings(document: Document) -> list[_Heading]:
    text = document.text
    unnumbered = {b.span.start for b in document.blocks if b.kind is BlockKind.HEADING}
    found: list[_Heading] = []
    may_wrap = document.format not in _WHOLE_PARAGRAPHS
    start, length, open_sentence = 0, len(text), False
    while start < length:
        end = text.find("\n", start)
        end = length if end < 0 else end
        by_format = start in unnumbered
        heading = (
            _heading_at(text, start, end, by_format=by_format) if by_format or not open_sentence else None
        )
        if heading:
            found.append(heading)
        open_sentence = may_wrap and heading is None and _unfinished(text, start, end)
        start = end + 1
    return found


def _unfinished(text: str, start: int, end: int) -> bool:
    """Does the line break off in the middle of a sentence, so that the next one goes on with it?"""
    while end > start and text[end - 1] in " \t":
        end -= 1
    return end - start in _WRAPPED and (text[end - 1].islower() or text[end - 1] in ",-–/")


def _heading_at(text: str, start: int, end: int, *, by_format: bool) -> _Heading | None:
    first = start
    while first < end and text[first] in _RESIDUE:
        first += 1
    if first == end or (text[first] not in _STARTS and not by_format):
        return None
    line = text[first : min(end, first + 2 * _LONGEST_TITLE)]
    read = _read_line(line)
    if read is None:
        plain = line.strip(_RESIDUE)
        if not by_format or len(plain) > _LONGEST_TITLE or plain.lower().startswith(("báo cáo", "|")):
            return None
        return _Heading(Symbol(Style.PLAIN, 0, "", depth=1), plain, Span(first, end))
    symbol, title_start = read
    if symbol.style is Style.PLAIN:
        title = line[title_start:].strip(_RESIDUE + "#")
        return (
            None
            if not title or title.lower().startswith("báo cáo")
            else _Heading(symbol, title, Span(first, end))
        )
    titled = _title(line, title_start, symbol, whole=end - first == len(line))
    if titled is None:
        return None
    title, stop = titled
    if not title:
        if symbol.style > Style.ROMAN:
            return None
        title, stop = _next_line(text, first, end)
    return _Heading(symbol, title, Span(first, first + stop))


def _read_line(line: str) -> tuple[Symbol, int] | None:
    """The heading symbol at the start of a line and where the title starts."""
    if line.startswith("#"):
        depth = len(line) - len(line.lstrip("#"))
        inner = line.lstrip("#" + _RESIDUE)
        numbered = _read_numbered(inner) if inner else None
        if numbered:
            return numbered[0], len(line) - len(inner) + numbered[1]
        return (Symbol(Style.PLAIN, 0, "", depth=depth), depth) if line[depth : depth + 1] == " " else None
    return _read_numbered(line) if line else None


def _read_numbered(line: str) -> tuple[Symbol, int] | None:
    """The same, for a line without Markdown hashes."""
    if line[0] in "Pp":
        part = _PART.match(line)
        if part:
            text = " ".join(part["s"].split())
            return Symbol(Style.PART, _part_ordinal(part["n"]), text), _after(line, part.end("s"))
    match = _NUMBERED.match(line)
    if not match or _DOCUMENT.match(line):
        return None
    style, symbol = str(match.lastgroup), match[0]
    if style == "roman" and symbol in _ROMANS:
        return Symbol(Style.ROMAN, _ROMANS[symbol], symbol), _after(line, match.end())
    if style == "upper":
        return Symbol(Style.UPPER, letter_ordinal(symbol), symbol), _after(line, match.end())
    if style == "lower":
        return Symbol(Style.LOWER, letter_ordinal(symbol), symbol), _after(line, match.end())
    if style == "arabic":
        return Symbol(Style.ARABIC, int(symbol), str(int(symbol))), _after(line, match.end())
    if style == "dotted":
        numbers = tuple(int(n) for n in symbol.split("."))
        text = ".".join(map(str, numbers))
        return Symbol(Style.DOTTED, numbers[-1], text, numbers[:-1], len(numbers)), _after(line, match.end())
    return None


def _after(line: str, place: int) -> int:
    match = _AFTER.match(line, place)
    return match.end() if match else place


def _part_ordinal(word: str) -> int:
    return _ORDINALS.get(word.lower()) or _ROMANS.get(word.upper()) or (int(word) if word.isdigit() else letter_ordinal(word))


def letter_ordinal(letter: str) -> int:
    """The place of a letter in Vietnamese lettering, 1 for a; 0 for a letter it does not use (f, j, w, z)."""
    return LETTERS.find(letter.lower()) + 1


def roman(number: int) -> str:
    """A Roman number of up to twenty."""
    return _ROMAN_ORDER[number - 1] if 1 <= number <= len(_ROMAN_ORDER) else str(number)


def _title(line: str, start: int, symbol: Symbol, *, whole: bool) -> tuple[str, int] | None:
    """The title after the symbol and where it stops in the line; None when the line is no heading."""
    rest = line[start:].rstrip(_RESIDUE)
    if not rest:
        return "", len(line)
    small = symbol.style in {Style.LOWER, Style.PART}
    opener = rest.lstrip("“\"'([ ")[:1]
    if not opener.isalpha() or (not small and not opener.isupper()) or rest.startswith(_NO_TITLE):
        return None
    if symbol.style is not Style.LOWER and _COLUMNS.search(rest):
        return None
    sentence = _SENTENCE.search(rest)
    run_in = _LONGEST_TITLE if symbol.style is Style.LOWER else _LONGEST_RUN_IN
    if sentence and sentence.start() <= run_in and sentence.end() < len(rest):
        return _clean(rest[: sentence.start()]), start + sentence.start() + 1
    if symbol.style in {Style.ARABIC, Style.UPPER} and rest[-1] in ";,":
        return None
    if not whole or len(rest) > _LONGEST_TITLE:
        if symbol.style is Style.ARABIC:
            return None
        rest = rest[:_LONGEST_TITLE]
    return _clean(rest), start + len(rest)


def _clean(title: str) -> str:
    return " ".join(title.strip(_RESIDUE + "#.:;,").split())


def _next_line(text: str, first: int, end: int) -> tuple[str, int]:
    """The title on the line below a symbol that stands alone, with its stop counted from `first`."""
    start = end + 1
    while start < len(text) and text[start] in "\n" + _RESIDUE and start < end + 8:
        start += 1
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    title = _clean(text[start : min(stop, start + _LONGEST_TITLE)])
    return (
        (title, stop - first) if title[:1].isupper() and stop - start <= _LONGEST_TITLE else ("", end - first)
    )


# ---------------------------------------------------------------- nesting


def _close(stack: list[_Open], symbol: Symbol) -> list[_Open]:
    """Take from the stack what the new heading ends; what remains is its chain of parents."""
    keep = len(stack)
    same = next((i for i in range(len(stack) - 1, -1, -1) if _same_series(stack[i].symbol, symbol)), None)
    if same is not None:
        keep = same
    elif symbol.style is Style.PART:
        keep = 0
    elif _goes_on(stack, symbol):
        keep = len(stack) - 1
    elif symbol.style is Style.DOTTED:
        while keep and not _above_dotted(stack[keep - 1].symbol, symbol):
            keep -= 1
    elif symbol.style is not Style.LOWER:
        nested = symbol.ordinal == 1 and stack and stack[-1].symbol.style is Style.ROMAN
        while keep and not nested and stack[keep - 1].symbol.style > symbol.style:
            keep -= 1
    closed = stack[keep:]
    del stack[keep:]
    return closed


def _same_series(a: Symbol, b: Symbol) -> bool:
    return a.style is b.style and a.depth == b.depth


def _goes_on(stack: list[_Open], symbol: Symbol) -> bool:
    """A series that changes its style on the way: I, then 2."""
    if not stack or symbol.style is not Style.ARABIC or symbol.ordinal < 2:
        return False
    last = stack[-1].symbol
    return last.style is Style.ROMAN and last.ordinal == symbol.ordinal - 1


def _above_dotted(above: Symbol, symbol: Symbol) -> bool:
    if above.style is Style.DOTTED:
        return above.depth < symbol.depth
    return above.style < Style.DOTTED
