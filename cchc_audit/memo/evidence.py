"""The one place where text becomes HTML.

Everything a report, a file name or a rulebook says enters a page through `environment()`: autoescaped,
with control characters made visible, so that nothing in it can act, hide or change the order of what
is read. Marks are laid over the text by span; the text itself is never edited.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from ..messages import say
from ..model import Block, BlockKind, Document, Span, record
from ..places import cells_of, first_row
from .bytecode import BesideTemplates

_CONTEXT = 150  # code points kept on each side of a quoted figure
# Characters that reorder, hide or break text: bidirectional controls, zero-width marks, C0 and C1 controls,
# halves of surrogate pairs (from a file name that is not UTF-8).
_CONTROL = re.compile(
    "[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)
_RULE = re.compile(
    r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?)?\s*"
)  # the line under the head of a table in Markdown
_ESCAPED = re.compile("[&<>'\"]")
_LOOSE_PERCENT = re.compile(r"(?<=\d)[ \u202f](?=%)")


def visible(text: str) -> str:
    """The text with control characters shown as ⟨U+202E⟩, so that no writing order or word can be faked.

    >>> visible("12\\u202e345")
    '12⟨U+202E⟩345'
    """
    if text.isprintable():  # as nearly every piece is; none of the characters looked for are
        return text
    return _CONTROL.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", text)


def tight(text: str) -> str:
    """Our own sentence with a no-break space before %, as Vietnamese typesetting wants."""
    return _LOOSE_PERCENT.sub("\u00a0", text) if "%" in text else text


def _written(value: Any) -> str:
    """A value as it enters a page: markup as it is, anything else escaped, with control characters made visible."""
    if isinstance(value, Markup):
        return value
    text = visible(value if isinstance(value, str) else str(value))
    return escape(text) if _ESCAPED.search(text) else text


class _Generator(CodeGenerator):
    """Template code that writes each value by one call, where Jinja's own makes three of what `_written` does."""

    def _output_child_pre(self, *_: object) -> None:
        self.write("environment.written(")

    def _output_child_post(self, *_: object) -> None:
        self.write(")")


class _Pages(Environment):
    code_generator_class = _Generator
    written = staticmethod(_written)


def _label(language: str, key: str, **values: object) -> str:
    return tight(say(key, **values).in_language(language))


@cache
def environment(language: Literal["vi", "en"] | str = "vi") -> Environment:
    """Templates of the memo: autoescaped, undefined names are errors, `t(key, …)` says a sentence of the catalogue."""
    env = _Pages(
        loader=PackageLoader("cchc_audit.memo"),
        bytecode_cache=BesideTemplates(Path(__file__).parent / "templates", settings=Path(__file__)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    env.globals["t"] = lambda key, **values: _label(language, key, **values)
    env.globals["language"] = language
    env.filters["say"] = lambda message: tight(message.in_language(language))
    env.filters["tight"] = tight
    return env


# ---------------------------------------------------------------- marks over the text


@record
class Marked:
    """A marked stretch of the report: `state` is its class in the page, `findings` the numbers of the
    view's findings it takes part in, gravest first."""

    span: Span
    state: str
    findings: tuple[int, ...] = ()

    @property
    def anchor(self) -> str:
        return f"n-{self.span.start}"


@record
class Piece:
    """Text with or without a mark; `cut` pieces stand for text left out."""

    text: str
    place: Marked | None = None


def pieces(text: str, span: Span, places: Sequence[Marked]) -> list[Piece]:
    """`text[span]` cut at the places, which must be sorted and must not overlap one another."""
    out: list[Piece] = []
    at = span.start
    for place in places:
        start, end = max(place.span.start, span.start), min(place.span.end, span.end)
        if start >= end:
            continue
        if at < start:
            out.append(Piece(text[at:start]))
        out.append(Piece(text[start:end], place))
        at = end
    if at < span.end:
        out.append(Piece(text[at : span.end]))
    return out


class Shelf:
    """Places in text order, with quick access to those inside a span."""

    def __init__(self, places: Iterable[Marked]) -> None:
        self._places = sorted(places, key=lambda p: p.span)
        self._starts = [p.span.start for p in self._places]

    def __iter__(self) -> Iterator[Marked]:
        return iter(self._places)

    def within(self, span: Span) -> list[Marked]:
        first = bisect_left(self._starts, span.start)
        if first and self._places[first - 1].span.end > span.start:
            first -= 1
        last = bisect_left(self._starts, span.end)
        return self._places[first:last]


class Blocks:
    """The blocks of a document with quick access to those a span touches."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._starts = [b.span.start for b in document.blocks]

    def touching(self, span: Span) -> list[int]:
        """Numbers of the blocks the span touches, in the order of the text."""
        first = max(0, bisect_left(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        return [i for i in range(first, last) if self.document.blocks[i].span.touches(span)]


# ---------------------------------------------------------------- quotes


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph (one cell; two of kind "run-in", whose first is its heading) or a table row (its cells), with
    its marks."""

    start: int
    cells: tuple[tuple[Piece, ...], ...]
    row: bool = False
    kind: str = "paragraph"
    head: bool = False


def _cut(block: Block, text: str, targets: Sequence[Span]) -> tuple[Span, bool, bool]:
    """The part of a paragraph around the quoted figures, cut between words, and whether text is left out."""
    start = max(block.span.start, min(s.start for s in targets) - _CONTEXT)
    end = min(block.span.end, max(s.end for s in targets) + _CONTEXT)
    if start > block.span.start:
        space = text.find(" ", start, min(s.start for s in targets))
        start = space + 1 if space >= 0 else start
    if end < block.span.end:
        space = text.rfind(" ", max(s.end for s in targets), end)
        end = space if space >= 0 else end
    return Span(start, end), start > block.span.start, end < block.span.end


def quote(blocks: Blocks, targets: Sequence[Span], state: str, head: Span) -> list[Line]:
    """The words around the figures of one finding, figures marked, the passage with `head` first; table rows
    come with their table's first row."""
    document, all_blocks = blocks.document, blocks.document.blocks
    leading = {i for i in blocks.touching(head) if all_blocks[i].kind is not BlockKind.ROW}
    holding = sorted({i for t in targets for i in blocks.touching(t)}, key=lambda i: (i not in leading, i))
    lines: list[Line] = []
    seen: set[int] = set()
    for index in holding:
        block = all_blocks[index]
        marks = sorted(
            (Marked(s, state) for s in _apart([t for t in targets if t.touches(block.span)])),
            key=lambda p: p.span,
        )
        if block.kind is BlockKind.ROW:
            top = first_row(document, index)
            if top != index and top not in holding and top not in seen:
                lines.append(row(document, all_blocks[top], (), head=True))
            seen.add(top)
            lines.append(row(document, block, marks, head=top == index))
            continue
        span, before, after = _cut(block, document.text, [p.span for p in marks])
        cell = pieces(document.text, span, marks)
        if before:
            cell.insert(0, Piece("… "))
        if after:
            cell.append(Piece(" …"))
        lines.append(Line(span.start, (tuple(cell),)))
    return lines


def _apart(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, overlapping ones joined."""
    out: list[Span] = []
    for span in sorted(set(spans)):
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def row(document: Document, block: Block, marks: Sequence[Marked], *, head: bool = False) -> Line:
    """One table row by its cells; without cell spans, the row as it stands between its bars."""
    shown = tuple(tuple(pieces(document.text, cell, marks)) for cell in cells_of(document, block))
    return Line(block.span.start, shown, row=True, kind="row", head=head)


def source(document: Document, shelf: Shelf, headings: Mapping[int, int] = MappingProxyType({})) -> list[list[Line]]:
    """The whole report in order, as runs of lines: rows of one table stand in one run, anything else alone.
    `headings` gives the end of each section heading by where it starts.

    Text outside every block is kept as paragraphs, so that nothing of the report is left out but the rules drawn
    under table heads.
    """
    runs: list[list[Line]] = []
    table: int | None = None
    at = 0
    for block in document.blocks:
        runs.extend(_stray(document, Span(at, max(at, block.span.start)), shelf))
        at = max(at, block.span.end)
        marks = shelf.within(block.span)
        if block.kind is BlockKind.ROW:
            joined = bool(runs) and runs[-1][0].row and block.place.table == table
            line = row(document, block, marks, head=not joined)
            runs[-1].append(line) if joined else runs.append([line])
            table = block.place.table
        elif not _RULE.fullmatch(document.quote(block.span)):
            runs.append([_paragraph(document, block, marks, headings.get(block.span.start))])
    runs.extend(_stray(document, Span(at, len(document.text)), shelf))
    return runs


def _paragraph(document: Document, block: Block, marks: Sequence[Marked], heading_end: int | None) -> Line:
    """A paragraph that is no heading, is one as a whole, or begins with one ("1. Chỉ đạo. Từ đầu năm, …")."""
    start, end = block.span
    kind = block.kind
    if heading_end is not None and kind is not BlockKind.HEADING:
        cut = max([heading_end, *(m.span.end for m in marks if m.span.start < heading_end)])
        if document.text[cut:end].strip():
            parts = (Span(start, cut), Span(cut, end))
            return Line(start, tuple(tuple(pieces(document.text, part, marks)) for part in parts), kind="run-in")
        kind = BlockKind.HEADING
    return Line(start, (tuple(pieces(document.text, block.span, marks)),), kind=kind.value)


def _stray(document: Document, gap: Span, shelf: Shelf) -> Iterator[list[Line]]:
    for found in re.finditer(r"\S[^\n]*", document.text[gap.start : gap.end]):
        span = Span(gap.start + found.start(), gap.start + found.end())
        if not _RULE.fullmatch(document.quote(span)):
            yield [Line(span.start, (tuple(pieces(document.text, span, shelf.within(span))),))]
