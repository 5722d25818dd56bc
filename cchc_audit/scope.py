"""Where one thought ends: paragraphs rejoined over line and page breaks, and their sentences.

Plain text and text pulled from PDFs breaks lines inside sentences, even between a number and its
unit; a line goes on with the next when nothing ends it and nothing new begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .model import Span, record

_CAPITALS = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_BULLET = re.compile(rf"[ \t]*(?:[*_#>]{{0,3}}[ \t]*)(?:[-+•*–—o]\s|[+•](?=[^\W\d_])|-(?=[{_CAPITALS}])|[a-zđ]\d?[).]\s|\(?\d{{1,2}}\)\s|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.)/]\s|[IVX]{{1,5}}[./)-]|\|)")
_DIGIT = re.compile(r"\d")
_GUTTER = re.compile(r" {3,}")
_RULE_SIGNS, _SHORTEST_RULE = "-=_–—+ ", 4
_CELL = re.compile(r"-|(?:[+-]|[Tt]ăng |[Gg]iảm )?[\d.,]+%?")  # a change with its sign, or the word for it, too
_RATE_ALONE = re.compile(r"\d[\d.,]*\s?%")
_RATE_FOLLOWS = re.compile(r"(?:[Cc]hiếm|đạt|[Tt][ỷỉ] lệ\s?:)$")
_TWO_CELLS = re.compile(r"\s*(?:\d{1,2}[.)]?\s)?[^\d\n:;]{2,60}\s\d[\d.,]*%?[ \t]{1,3}\d[\d.,]*%?\s*")
_LISTED_CELL = r"[+-]?\d[\d.,]*%?(?: [^\W\d]{1,6}\.?)?"
# "2. Thôn Tân Hải: 9 – 10 – 8 – 25", "Quản lý nhà nước .... 143 / 121 / 158": a name, and behind it the cells of its row
_LISTED_ROW = re.compile(rf"(?P<name>\s*(?:\d{{1,2}}[.)]\s|[-+•*]\s)?[^\W\d_][^:\n|]{{1,80}}?)\s?(?::|\.{{3,}})\s(?P<cells>{_LISTED_CELL}(?:\s?(?:–|-|/|;)\s{_LISTED_CELL}){{2,9}})\s*[.;]?\s*")
_FEWEST_LISTED = 4  # of three lines in prose two agree by chance
_BETWEEN_CELLS = re.compile(r"\s?(?:–|-|/|;)\s")
_FEWEST_ROWS = 3
_FEWEST_MARKS = 2
_NO_ROW_ENDS = frozenset(".;:")
_TOTAL = re.compile(r"\W*(?:[Tt]ổng|[Cc]ộng|TỔNG|CỘNG)(?!\w)")
SEPARATORS = {"tab": "\t", "semicolon": ";", "slash": " / "}  # of the cells of a row, by its kind
IN_ROWS = frozenset({"pipe", "aligned", "listed", *SEPARATORS})  # the kinds of lines that are rows of a table
_LONGEST_ROW = 300  # characters; what is longer is a sentence
# A sentence or paragraph that never ends is cut, so that the readers of sentences and paragraphs, which compare their
# figures with each other, cost no more than a report in order does. In 1,900 labelled texts the longest sentence has
# 868 characters, the longest paragraph 1,216.
_LONGEST_SENTENCE = 2_000
_LONGEST_PARAGRAPH = 4_000
_CUT = re.compile(r"[;,]?\s")
_ONLY_CELLS = re.compile(r"\d[\d.,]*%?[ \t]+(?:\d[\d.,]*%?|-)")  # two cells of a dump on one line
_CELL_ENDS = frozenset("0123456789%-")
_ENDS = re.compile(r"[.!?…](?:(?=[\s\"”*_)]|$)|(?<=[^\W_A-Z]\.|[)%]\.)(?=[^\W\d_a-z][^\W\d_A-Z]))")
_STILL_OPEN = re.compile(r"[.…]*[)”\"]+\s?(?:[,;]|[^\W\d_A-Z])|[.…]*\s?[,;]|(?<=\.\.\.\.)\s?\d")  # "(làm đường nông thôn...), lĩnh vực khác": the sentence goes on
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:(?<!\d\s)[A-ZĐ]{2,3}|[A-ZĐ]|(?:TP|TX|TT)|[Tt]p|[Tt]x|đ/c|ThS|TS|[Tt]r|No|STT)$")
_CELLS = re.compile(r"\d[\d.,]*%?(?:[ \t]+(?:[+-]?\d[\d.,]*%?|-(?=\s|$))){2,}\s*$")


@record
class Paragraph:
    """One paragraph or table row. `marker` is its bullet or number ("" when none), `indent` its depth in
    blanks; `kind` is "text", "cell" (a line of one number) or one of `IN_ROWS`."""

    index: int
    span: Span
    kind: str
    marker: str
    indent: int
    sentences: tuple[Span, ...]
    gap: bool  # a blank line stands before it


def _kind(line: str) -> str:
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") >= 2:
        return "pipe"
    if len(stripped) < _LONGEST_ROW and stripped.count(" | ") >= 2:
        return "pipe"  # a row without its outer bars
    if "\t" in stripped and re.search(r"\d|\t.*\t", stripped):
        return "tab"
    if "   " in stripped and " = " not in stripped and (_DIGIT.search(stripped) or len(_GUTTER.findall(stripped)) > 1):
        return "aligned"
    if stripped.endswith("|"):
        stripped = stripped[:-1].rstrip()  # a row of a table dumped with one cell a line
    if stripped[-1:] in _CELL_ENDS and stripped:
        if _CELL.fullmatch(stripped) or _ONLY_CELLS.fullmatch(stripped):
            return "cell"
        if _CELLS.search(stripped, max(0, len(stripped) - 200)):
            return "aligned"
    return "text"


# a line that opens the rows below it within a table: "Chia theo giới tính", "Trong đó:"
_DIVIDES = re.compile(r"\W*(?:(?:[Cc]hia|[Pp]hân) (?:ra|theo|thành)[^|\d]{0,40}|[Tt]rong đó):?\s*")


def _goes_on(before: str, after: str, blank: bool, wrapped: bool) -> bool:
    """Does the line `after` of text continue the sentence of `before`?"""
    before, after = before.rstrip(), after.strip()
    if _BULLET.match(after):
        return False
    if after[0] == ":" and len(after) > 1:
        return True
    last = before[-1]
    if last in ".!?;…" or before.endswith((":**", ".*", ".**")):
        return wrapped and not blank and last in ".;" and len(before) > 60 and after[0].islower()
    if last == ":":
        return after[0].isdigit() and re.match(r"[\d.,]+\s+[^\W\d]", after) is not None
    if after[0] == "(" and blank and after[1:2].isupper():
        return False  # "(Cổng TTĐT) Sau một tháng …" under its headline
    if after[0].islower() or after[0] in "(,)%/":
        return True
    if after[0].isdigit():
        return last.isalpha() or last in ",/-("
    return wrapped and not blank and len(before) > 55 and last not in "*_"


def _sentences(text: str, span: Span) -> list[Span]:
    out, start = [], span.start
    last = span.start + len(text[span.start : span.end].rstrip())
    for match in _ENDS.finditer(text, span.start, span.end):
        if match.group() == "." and _ABBREVIATION.search(text[max(start, match.start() - 8) : match.start()]):
            continue
        if _STILL_OPEN.match(text, match.end()):
            continue
        if match.end() < last:
            out.append(Span(start, match.end()))
            start = match.end()
    return [*out, Span(start, span.end)]


def _cut(text: str, sentences: list[Span]) -> list[tuple[Span, ...]]:
    """The sentences of a paragraph of text: of one, or where none is as long of several. One that never ends is parted at blanks."""
    out: list[list[Span]] = [[]]
    for start, end in sentences:
        while end - start > _LONGEST_SENTENCE and (blank := _CUT.search(text, start + _LONGEST_SENTENCE, end)) is not None:
            out[-1].append(Span(start, blank.end()))
            start = blank.end()
            out.append([])
        if out[-1] and end - out[-1][0].start > _LONGEST_PARAGRAPH:
            out.append([])
        out[-1].append(Span(start, end))
    return [tuple(part) for part in out]


def _is_wrapped(lines: list[str]) -> bool:
    """Was the text broken at a fixed width? Then most long lines end near one column."""
    lengths = sorted(len(line) for line in lines if len(line.strip()) > 30)
    return len(lengths) >= 8 and lengths[-1] <= 110 and lengths[len(lengths) // 2] >= 50


def _on_end(lines: list[str], row: Callable[[str], object], fewest: int = _FEWEST_ROWS) -> set[int]:
    """The places of lines that are rows of a table because several such stand on end."""
    rows: set[int] = set()
    first = 0
    for place in range(len(lines) + 1):
        if place < len(lines) and row(lines[place]):
            continue
        if place - first >= fewest:
            rows.update(range(first, place))
        first = place + 1
    return rows


def _listed(lines: list[str]) -> set[int]:
    """The places of rows "Thôn Tân Hải: 9 – 10 – 8 – 25", and of lines between them that open those below."""
    kept = [place for place, line in enumerate(lines) if not _DIVIDES.fullmatch(line)]
    rows = {kept[place] for place in _on_end([lines[place] for place in kept], _LISTED_ROW.fullmatch, _FEWEST_LISTED)}
    return rows | {place for place in range(len(lines)) if {place - 1, place + 1} <= rows and _DIVIDES.fullmatch(lines[place])} if rows else rows


def _two_columns(line: str) -> bool:
    """ "2 Tốt 62 45,95": two columns behind the names."""
    return line.rstrip()[-1:] in _CELL_ENDS and _TWO_CELLS.fullmatch(line) is not None


def _separated(lines: list[str], mark: str) -> set[int]:
    """The places of rows whose cells a mark parts: "Hộ tịch; 231; 168; 61; 2" (as spreadsheets write where the comma is decimal),
    "Hộ tịch / 806 / 455". Lines on end with as many marks each, one less in the total row, most of them with figures alone between two."""
    rows: set[int] = set()
    first = 0
    for place in range(len(lines) + 1):
        marks = lines[first].count(mark)
        if place < len(lines) and marks >= _FEWEST_MARKS and lines[place].count(mark) in {marks, marks - bool(_TOTAL.match(lines[place]))} and _may_be_row(lines[place]):
            continue
        told = sum(sum(_CELL.fullmatch(cell.strip()) is not None for cell in line.split(mark)) >= _FEWEST_MARKS for line in lines[first:place])
        if place - first >= _FEWEST_ROWS and 3 * told >= 2 * (place - first):
            rows.update(range(first, place))
        first = place
    return rows


def listed_cells(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The name and the cells of a row "Thôn Tân Hải: 9 – 10 – 8 – 25"; empty where the line is none."""
    row = _LISTED_ROW.fullmatch(text, start, end)
    if row is None:
        return ()
    low, high = row.span("cells")
    marks = [m.span() for m in _BETWEEN_CELLS.finditer(text, low, high)]
    return (Span(*row.span("name")), *(Span(a, b) for a, b in zip([low, *(m[1] for m in marks)], [*(m[0] for m in marks), high], strict=True)))


def _may_be_row(line: str) -> bool:
    return len(line) < _LONGEST_ROW and line.rstrip()[-1:] not in _NO_ROW_ENDS


def _one_bar(line: str) -> bool:
    """ "Phí, lệ phí | 147": one column behind the names, without outer bars."""
    return len(line) < _LONGEST_ROW and line.count("|") == 1 and " | " in line.strip()


def paragraphs(text: str, skip: tuple[Span, ...] = ()) -> tuple[Paragraph, ...]:
    """The paragraphs and rows of the text in order; spans in `skip` (running heads) are left out."""
    lines: list[tuple[int, str]] = []
    position = 0
    for line in text.split("\n"):
        lines.append((position, line))
        position += len(line) + 1
    bare = [line for _, line in lines]
    wrapped = _is_wrapped(bare)
    in_rows = {
        **{place: kind for kind, mark in SEPARATORS.items() if kind != "tab" for place in _separated(bare, mark)},
        **dict.fromkeys(_listed(bare), "listed"), **dict.fromkeys(_on_end(bare, _one_bar), "pipe"), **dict.fromkeys(_on_end(bare, _two_columns), "aligned"),
    }  # fmt: skip
    in_rows |= {place: "pipe" for place in range(1, len(bare) - 1) if _DIVIDES.fullmatch(bare[place]) and 2 <= bare[place - 1].count("|") == bare[place + 1].count("|")}
    out: list[Paragraph] = []
    start = end = -1
    first = last = kind = last_kind = ""  # lines, and the kinds of the first line and of the last
    blank = gap = False

    def close() -> None:
        if start >= 0:
            marker = _BULLET.match(first)
            span = Span(start, end)
            told = _sentences(text, span)
            for place, sentences in enumerate(_cut(text, told) if kind == "text" else [tuple(told)]):
                out.append(
                    Paragraph(
                        len(out), Span(sentences[0].start, sentences[-1].end), kind, marker.group().strip() if marker and kind == "text" and not place else "",
                        len(first) - len(first.lstrip()), sentences, gap and not place,
                    )  # fmt: skip
                )

    for number, (position, line) in enumerate(lines):
        if not line or line.isspace() or skip and any(position < s.end and s.start < position + len(line) for s in skip):
            blank = True
            continue
        line_kind = in_rows.get(number) or _kind(line)
        if line_kind == "text" and last_kind == "aligned" and not line.strip(_RULE_SIGNS) and len(line.strip()) >= _SHORTEST_RULE:
            line_kind = last_kind  # drawn under the head of a table, or over its total
        if line_kind == "cell" and last_kind == "text" and not blank and _RATE_ALONE.fullmatch(line.strip()) and _RATE_FOLLOWS.search(last.rstrip()):
            line_kind = "text"  # "Lao động nông nghiệp: 3989 người – Chiếm", "61,7%"
        if line_kind == last_kind == "text" and (_RATE_ALONE.fullmatch(line.strip()) or _goes_on(last, line, blank, wrapped)):
            end = position + len(line.rstrip())
        else:
            close()
            start, end, first, kind, gap = position, position + len(line.rstrip()), line, line_kind, blank
        last, last_kind, blank = line, line_kind, False
    close()
    return tuple(out)
