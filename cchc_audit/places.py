"""Where a finding stands, as one looks for it in its file, and the words of the report there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from .messages import say
from .model import Audit, Block, BlockKind, Document, Finding, Message, Place, Span

# the figure a finding is about: the rate, the total, the first of two; else its first figure
_ASSERTED = ("p", "total", "claim", "value", "delta", "a", "document", "heading")
_AROUND = 60  # characters kept on each side of a figure quoted alone
_CUT = re.compile(r"[.;\n](?:\s|$)")
_SCALE = re.compile(r"\s?(?:nghìn|ngàn|triệu|tỷ)(?!\w)(?: đồng)?")
_CLOSING = re.compile(r"[^().;\n]*\)")
_LETTER = re.compile(r"[^\W\d_]")


def position(place: Place) -> list[Message]:
    """Where a block or cell stands, as one looks for it in its file: by sheet and cell, by line, or by page, table,
    note or paragraph."""
    if place.cell:
        names = ["sheet", "cell"]
    elif place.line and not place.page:
        names = ["line"]
    elif place.table:
        names = ["page", "picture", "sheet", "table", "row", "column"]
    elif place.note or place.endnote:
        names = ["page", "note", "endnote"]
    else:
        names = ["page", "picture", "sheet", "paragraph"]
    return [say(f"display.{name}", n=str(getattr(place, name))) for name in names if getattr(place, name) is not None]


def place_words(place: Place, language: str) -> str:
    """The position in words: "trang 3, đoạn 12"; "" where nothing is known of it."""
    return ", ".join(part.in_language(language) for part in position(place))


def place_in(document: Document, offset: int) -> Place | None:
    """The place of an offset in its file; None when it stands in no block."""
    index = _block_at(document, offset)
    return None if index is None else document.blocks[index].place_at(offset)


def where(document: Document, offset: int, language: str) -> str:
    """The place of an offset in its file, in words; "" when it stands in no block."""
    place = place_in(document, offset)
    return "" if place is None else place_words(place, language)


def place_at(audit: Audit, offset: int) -> Message:
    """The place of an offset with its section: "mục II, bảng 1, hàng 6, cột 7"."""
    parts: list[Message] = []
    section = audit.section_of(offset)
    if section is not None and section.path:
        parts.append(say("display.in_section", n=section.path))
    place = place_in(audit.document, offset)
    if place is not None:
        parts += position(place)
    if not parts:
        parts.append(say("display.at_offset", start=offset))
    return Message.later(lambda language: ", ".join(part.in_language(language) for part in parts))


def place_of(finding: Finding, audit: Audit) -> Message:
    """The place of the figure the finding is about."""
    return place_at(audit, head_of(finding, own_spans(finding, audit.document)).start)


def own_spans(finding: Finding, document: Document) -> list[Span]:
    """The figures of a finding that stand in this document; a term of an annex has none here."""
    claim = finding.claim
    spans = [t.span for t in claim.terms if t.span and document.quote(t.span) == t.text]
    return sorted(set(spans)) or ([claim.span] if claim.span.end > claim.span.start else [])


def head_of(finding: Finding, spans: Sequence[Span]) -> Span:
    """The figure a finding is about, among those that stand in the document."""
    for role in _ASSERTED:
        for term in finding.claim.by_role(role):
            if term.span in spans and term.span is not None:
                return term.span
    return spans[0] if spans else finding.claim.span


def _block_at(document: Document, offset: int) -> int | None:
    index = bisect_right(document.blocks, offset, key=lambda block: block.span.start) - 1
    return index if index >= 0 and offset < document.blocks[index].span.end else None


# ---------------------------------------------------------------- the words of the report


def quoted(finding: Finding, audit: Audit) -> Message:
    """What the report says, on one line: the passage of the claim; of table cells their rows and columns by name; of
    figures told in several places each with its place."""
    document = audit.document
    spans = own_spans(finding, document)
    passages = list(_passages(finding, document, spans))
    if len(passages) < 2:
        text = passages[0][1] if passages else document.quote(finding.claim.span)
        return _quote(text)
    parts = [(_quote(text), place_at(audit, offset)) for offset, text in passages]
    return Message.later(
        lambda language: "; ".join(f"{q.in_language(language)} ({place.in_language(language)})" for q, place in parts)
    )


def _quote(text: str) -> Message:
    return say("display.quoted", text=" ".join(text.split()))


def _passages(finding: Finding, document: Document, spans: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """Where each passage with figures of the finding begins, and its words. Figures of one table are one passage, and
    so are those of one paragraph."""
    placed = [(span, index) for span in spans if (index := _block_at(document, span.start)) is not None]
    tops = _tops(document, [index for _, index in placed])
    for top, group in groupby(placed, key=lambda one: tops[one[1]]):
        inside = list(group)
        first, last = inside[0][0], inside[-1][0]
        block = document.blocks[top]
        if _is_row(document, block):
            yield first.start, _cells_quoted(document, inside, top)
        elif len(inside) == len(spans):
            claim = finding.claim.span
            yield first.start, _finished(document, Span(min(claim.start, first.start), max(claim.end, last.end)))
        else:
            yield first.start, _around(document, Span(first.start, last.end), block.span)


def _tops(document: Document, indexes: Sequence[int]) -> dict[int, int]:
    """The first row of the table each block is in, or the block itself; the blocks are in order."""
    tops: dict[int, int] = {}
    for index in indexes:
        if index not in tops:
            tops[index] = first_row(document, index, tops) if _is_row(document, document.blocks[index]) else index
    return tops


def _finished(document: Document, span: Span) -> str:
    """The passage with the scale word of its last figure and the end of a bracket it opens."""
    text = document.quote(span)
    after = document.text[span.end : span.end + _AROUND]
    scale = _SCALE.match(after)
    text += scale.group() if scale else ""
    closing = _CLOSING.match(after[scale.end() if scale else 0 :])
    return text + closing.group() if closing and text.count("(") > text.count(")") else text


def _around(document: Document, span: Span, block: Span) -> str:
    """The figure with the words of its sentence beside it."""
    before = document.text[max(block.start, span.start - _AROUND) : span.start]
    after = document.text[span.end : min(block.end, span.end + _AROUND)]
    before = _CUT.split(before)[-1] if _CUT.search(before) else before.partition(" ")[2] if len(before) == _AROUND else before
    after = _CUT.split(after)[0] if _CUT.search(after) else after.rpartition(" ")[0] if len(after) == _AROUND else after
    return before + document.quote(span) + after


def _cells_quoted(document: Document, inside: Sequence[tuple[Span, int]], top: int) -> str:
    """Figures of a table by the names of their rows and columns: "Đang giải quyết – Hộ tịch: 10; Đất đai: 26"."""
    heads: dict[int, str] = {}
    cells: list[tuple[str, str, str]] = []
    for span, index in inside:
        column = next(n for n, cell in enumerate(cells_of(document, document.blocks[index])) if span.start < cell.end)
        if column not in heads:
            heads[column] = _head(document, column, index, top)
        cells.append((_label(document, index), heads[column], document.quote(span)))
    rows, columns = {label for label, _, _ in cells}, set(heads.values())
    if len(columns) == 1:
        lead, named = columns.pop(), [(label, text) for label, _, text in cells]
    elif len(rows) == 1:
        lead, named = rows.pop(), [(head, text) for _, head, text in cells]
    else:
        lead, named = "", [(", ".join(filter(None, (label, head))), text) for label, head, text in cells]
    listed = "; ".join(f"{name}: {text}" if name else text for name, text in named)
    return f"{lead} – {listed}" if lead else listed


def _label(document: Document, index: int) -> str:
    """The first words of a table row."""
    texts = (document.quote(cell) for cell in cells_of(document, document.blocks[index]))
    return next((" ".join(text.split()) for text in texts if _LETTER.search(text)), "")


def _head(document: Document, column: int, index: int, top: int) -> str:
    """The nearest words above a cell, in its own column."""
    for above in range(index - 1, top - 1, -1):
        cells = cells_of(document, document.blocks[above])
        text = document.quote(cells[column]) if column < len(cells) else ""
        if _LETTER.search(text):
            return " ".join(text.split())
    return ""


def first_row(document: Document, index: int, known: Mapping[int, int] = MappingProxyType({})) -> int:
    """The first row of the table that holds the row; `known` gives those of rows above it."""
    blocks = document.blocks
    table = blocks[index].place.table
    while index and _is_row(document, blocks[index - 1]) and blocks[index - 1].place.table == table:
        index -= 1
        if index in known:
            return known[index]
    return index


def _is_row(document: Document, block: Block) -> bool:
    """A row of a table, or a line of plain text whose columns are parted by tabs."""
    return block.kind is BlockKind.ROW or "\t" in document.quote(block.span)


def cells_of(document: Document, block: Block) -> tuple[Span, ...]:
    """The cells of a table row; without cell spans, what stands between its bars or tabs, without the spaces beside."""
    if block.cells:
        return block.cells
    text = document.quote(block.span)
    mark = "|" if "|" in text else "\t"
    cells: list[Span] = []
    at = block.span.start
    for inner in text.split(mark):
        start = at + len(inner) - len(inner.lstrip())
        cells.append(Span(start, max(start, start + len(inner.strip()))))
        at += len(inner) + 1
    outer = mark == "|" and text.startswith(mark)
    return tuple(cells[outer : len(cells) - (outer and text.endswith(mark))])
