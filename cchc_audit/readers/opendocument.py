"""OpenDocument text (.odt) and spreadsheets (.ods): cells carry the text they show, so it is taken as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..model import BlockKind, Place
from .builder import Builder
from .grid import MOST_COLUMNS, Cell, write_table
from .number_format import in_vietnamese
from .numbering import written
from .package import Package
from .sheet import Row, write_sheet
from .source import Source

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, STYLE, DRAW, FO = (
    f"{{{_NS}{name}:1.0}}" for name in ("office", "text", "table", "style", "drawing", "xsl-fo-compatible")
)
_SVG = f"{{{_NS}svg-compatible:1.0}}"
_WIDE = 200  # points: crests, stamps and signatures are smaller
_LIST_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read(source: Source, builder: Builder) -> None:
    """Fill the builder with the text's body and running lines, or with the sheets."""
    with Package(source) as package:
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise source.refused("unsupported", "encrypted")
        content = package.xml("content.xml")
        styles = package.xml("styles.xml") if "styles.xml" in package else None
    body = content.find(f"{OFFICE}body")
    if body is None:
        raise source.refused("damaged", "damaged", reason="OpenDocument")
    sheets = body.find(f"{OFFICE}spreadsheet")
    if sheets is not None:
        _sheets(source, builder, content, sheets)
        return
    _TextWalk(builder, content, styles).document(body.find(f"{OFFICE}text"))


class _TextWalk:
    def __init__(self, builder: Builder, content: Any, styles: Any) -> None:
        self.builder = builder
        self.roots = [root for root in (content, styles) if root is not None]
        self.lists = {
            style.get(f"{STYLE}name", ""): style
            for root in self.roots
            for style in root.iter(f"{TEXT}list-style")
        }
        letters = [
            (style.get(f"{STYLE}name", ""), found)
            for root in self.roots
            for style in root.iter(f"{STYLE}style")
            for found in style.iter(f"{STYLE}text-properties")
        ]
        self.raised = {name for name, look in letters if look.get(f"{STYLE}text-position", "").startswith("super")}
        self.hidden = {name for name, look in letters if look.get(f"{TEXT}display") == "none"}
        self.struck = {
            name for name, look in letters if look.get(f"{STYLE}text-line-through-style", "none") != "none"
        }
        self.counts: dict[str, list[int]] = {}
        self.paragraphs = self.tables = self.deleted = self.hidden_count = self.struck_count = 0
        self.contents = False  # inside the table of contents
        self.after: list[tuple[Any, Place | None]] = []  # text boxes and notes of the paragraph being read, notes with their place
        self.noted: Counter[str] = Counter()  # how many footnotes, and endnotes, have been called
        self.apart: Place | None = None  # of the note or text box being read: its paragraphs are not counted

    def document(self, body: Any) -> None:
        if body is not None:
            self.blocks(body)
        for root in self.roots[1:]:
            for name, kind in (("header", BlockKind.HEADER), ("footer", BlockKind.FOOTER)):
                for element in root.iter(f"{STYLE}{name}"):
                    for paragraph in element.iter(f"{TEXT}p", f"{TEXT}h"):
                        self.builder.paragraph(self._text(paragraph), Place(), kind)
        if self.deleted:
            self.builder.problem("partly_read", "tracked", inserted=0, deleted=self.deleted)
        if self.struck_count:
            self.builder.problem("partly_read", "struck", count=self.struck_count)
        if self.hidden_count:
            self.builder.problem("partly_read", "hidden_text", count=self.hidden_count)

    def blocks(self, parent: Any, label: str = "") -> None:
        for element in parent:
            tag = element.tag
            if tag in {f"{TEXT}p", f"{TEXT}h"}:
                self._paragraph(element, label)
                label = ""
            elif tag == f"{TEXT}list":
                self._list(element, "", 1)
            elif tag == f"{TABLE}table":
                self._table(element)
            elif tag == f"{TEXT}tracked-changes":
                self.deleted += sum(1 for _ in element.iter(f"{TEXT}deletion"))
            elif tag == f"{TEXT}table-of-content":
                self.contents = True  # what stands in it stands in the text once more, with page numbers
                self.blocks(element)
                self.contents = False
            elif tag == f"{TEXT}section" and element.get(f"{TEXT}display") == "none":
                self.hidden_count += bool("".join(element.itertext()).strip())
            elif tag in {f"{TEXT}section", f"{TEXT}index-body", f"{DRAW}frame", f"{DRAW}text-box"}:
                self.blocks(element)

    def _paragraph(self, element: Any, label: str) -> None:
        self.paragraphs += self.apart is None
        place = self.apart or Place(paragraph=self.paragraphs)
        kind = (
            BlockKind.HEADER
            if self.contents
            else BlockKind.HEADING
            if element.tag == f"{TEXT}h"
            else BlockKind.LIST_ITEM
            if label
            else BlockKind.PARAGRAPH
        )
        lines = self._text(element).split("\n")
        after, self.after = self.after, []
        if label and any(line.strip() for line in lines):
            lines[0] = f"{label} {lines[0]}"
        for line in lines:
            self.builder.paragraph(line, place, kind)
        for held, noted in after:
            before, self.apart = self.apart, noted or place
            self.blocks(held)
            self.apart = before

    def _is_unseen(self, element: Any) -> bool:
        """Is the text hidden or struck through by its style? It is counted."""
        style = element.get(f"{TEXT}style-name")
        if style not in self.hidden and style not in self.struck:
            return False
        said = bool("".join(element.itertext()).strip())
        self.hidden_count += said and style in self.hidden
        self.struck_count += said and style not in self.hidden
        return True

    def _text(self, element: Any) -> str:
        if self._is_unseen(element):
            return ""
        pieces = [element.text or ""]
        for child in element:
            tag = child.tag
            if tag == f"{TEXT}s":
                pieces.append(" " * min(_whole(child.get(f"{TEXT}c"), 1), 100))
            elif tag == f"{TEXT}tab":
                pieces.append("\t")
            elif tag == f"{TEXT}line-break":
                pieces.append("\n")
            elif tag == f"{TEXT}note":
                kind = "endnote" if child.get(f"{TEXT}note-class") == "endnote" else "note"
                self.noted[kind] += 1
                number = self.noted[kind]
                noted = Place(note=number) if kind == "note" else Place(endnote=number)
                self.after.extend((body, noted) for body in child.iterfind(f"{TEXT}note-body"))
            elif tag == f"{DRAW}frame":
                self.after.extend((box, None) for box in child.iterfind(f"{DRAW}text-box"))
                if _holds_picture(child):
                    self.builder.picture()
            elif tag not in {f"{OFFICE}annotation", f"{TEXT}tracked-changes", f"{TEXT}ruby-text"}:
                inner = self._text(child)
                pieces.append(
                    inner.translate(_SUPERSCRIPT) if child.get(f"{TEXT}style-name") in self.raised else inner
                )
            pieces.append(child.tail or "")
        # Line breaks of the file's own layout are blanks; only text:line-break starts a line.
        return "".join(pieces)

    def _list(self, element: Any, style: str, level: int) -> None:
        style = element.get(f"{TEXT}style-name") or style
        counts = self.counts.setdefault(style, [])
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        if not goes_on:
            del counts[level - 1 :]
        for item in element:
            label = ""
            if item.tag == f"{TEXT}list-item" and any(c.tag in {f"{TEXT}p", f"{TEXT}h"} for c in item):
                label = self._label(style, level, counts, _whole(item.get(f"{TEXT}start-value"), 0))
            for child in item:
                if child.tag == f"{TEXT}list":
                    self._list(child, style, level + 1)
                elif child.tag in {f"{TEXT}p", f"{TEXT}h"}:
                    self._paragraph(child, label)
                    label = ""
                else:
                    self.blocks([child])

    def _label(self, style: str, level: int, counts: list[int], start: int) -> str:
        element = self.lists.get(style)
        rules = (
            None
            if element is None
            else next((e for e in element if e.get(f"{TEXT}level") == str(level)), None)
        )
        if rules is None:
            return ""
        if rules.tag != f"{TEXT}list-level-style-number":
            return "-"
        while len(counts) < level:
            counts.append(_whole(rules.get(f"{TEXT}start-value"), 1) - 1)
        del counts[level:]
        counts[level - 1] = start or counts[level - 1] + 1
        form = _LIST_FORMS.get(rules.get(f"{STYLE}num-format", ""))
        if form is None:
            return ""
        levels = min(_whole(rules.get(f"{TEXT}display-levels"), 1), level)
        number = ".".join(written(count, form) for count in counts[level - levels : level])
        return f"{rules.get(f'{STYLE}num-prefix', '')}{number}{rules.get(f'{STYLE}num-suffix', '')}"

    # ------------------------------------------------------------ tables

    def _table(self, element: Any) -> None:
        self.tables += 1
        number = self.tables
        nested: list[Any] = []
        rows = [[self._cell(cell, nested) for cell in _cells(row)] for row in _table_rows(element)]
        write_table(self.builder, rows, Place(table=number))
        for inner in nested:
            self._table(inner)

    def _cell(self, cell: Any, nested: list[Any]) -> Cell:
        if cell.tag == f"{TABLE}covered-table-cell":
            return Cell([], continues=True)
        paragraphs: list[str] = []
        for child in cell.iter(f"{TEXT}p", f"{TEXT}h", f"{TABLE}table"):
            owner = next(child.iterancestors(f"{TABLE}table-cell"))
            if owner is not cell:
                continue
            if child.tag == f"{TABLE}table":
                nested.append(child)
            else:
                paragraphs.extend(self._text(child).split("\n"))
        return Cell(paragraphs)


def _holds_picture(frame: Any) -> bool:
    """Does it show a picture or an object (a chart) wide enough to hold figures?"""
    shown = frame.find(f"{DRAW}image") is not None or frame.find(f"{DRAW}object") is not None
    width = re.fullmatch(r"(\d{1,4}(?:\.\d{1,6})?)(cm|mm|in|pt)", frame.get(f"{_SVG}width", ""))
    points = float(width.group(1)) * {"cm": 28.35, "mm": 2.835, "in": 72, "pt": 1}[width.group(2)] if width else 0
    return shown and points >= _WIDE


def _table_rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in {f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"}:
            yield from _table_rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for cell in row:
        if cell.tag in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
            for _ in range(min(_whole(cell.get(f"{TABLE}number-columns-repeated"), 1), MOST_COLUMNS)):
                yield cell


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,7}", text) else default


# ---------------------------------------------------------------- spreadsheets


def _sheets(source: Source, builder: Builder, content: Any, sheets: Any) -> None:
    hidden_styles = {
        style.get(f"{STYLE}name")
        for style in content.iter(f"{STYLE}style")
        for found in style.iter(f"{STYLE}table-properties")
        if found.get(f"{TABLE}display") == "false"
    }
    tables = 0
    hidden: list[str] = []
    for sheet in sheets.iterfind(f"{TABLE}table"):
        name = sheet.get(f"{TABLE}name", "")
        if sheet.get(f"{TABLE}style-name") in hidden_styles:
            hidden.append(name)
            continue
        tables += write_sheet(builder, _sheet_rows(source, builder, sheet, name), name, tables + 1)
    if hidden:
        builder.problem("partly_read", "hidden_sheets", names=", ".join(hidden))


def _sheet_rows(source: Source, builder: Builder, sheet: Any, name: str) -> Iterator[Row]:
    hidden_columns = _hidden_columns(sheet)
    number = written_rows = hidden = 0
    for row in _table_rows(sheet):
        repeated = _whole(row.get(f"{TABLE}number-rows-repeated"), 1)
        cells = [_shown(cell) for cell in _cells(row)]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells and row.get(f"{TABLE}visibility") in {"collapse", "filter"}:
            hidden += sum(1 for cell in cells if cell.strip())
        elif cells:
            for at in hidden_columns & set(range(len(cells))):
                hidden += bool(cells[at].strip())
                cells[at] = ""
            for again in range(repeated):
                if written_rows >= source.limits.rows:
                    builder.problem("too_large", "rows_left", limit=source.limits.rows)
                    return
                written_rows += 1
                yield number + again + 1, list(cells)
        number += repeated
    if hidden:
        builder.problem("partly_read", "hidden_cells", sheet=name, count=hidden)


def _hidden_columns(sheet: Any) -> set[int]:
    hidden: set[int] = set()
    at = 0
    for column in sheet.iter(f"{TABLE}table-column"):
        count = min(_whole(column.get(f"{TABLE}number-columns-repeated"), 1), MOST_COLUMNS)
        if column.get(f"{TABLE}visibility") in {"collapse", "filter"}:
            hidden.update(range(at, at + count))
        at += count
    return hidden


def _shown(cell: Any) -> str:
    if cell.tag == f"{TABLE}covered-table-cell":
        return ""
    text = " ".join(" ".join(p.itertext()).strip() for p in cell.iterfind(f"{TEXT}p"))
    value = cell.get(f"{OFFICE}value")
    return in_vietnamese(text, value) if value else text
