"""Word documents (.docx): a walk over the document's own XML, in the order a reader sees it.

Tracked insertions and content controls are read, tracked deletions and hidden text are not; merged
cells are written once; text boxes, footnotes and nested tables follow the paragraph they hang on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..model import BlockKind, Place
from .builder import Builder
from .embedded import EmbeddedPictures, Shown, diagram_lines, diagrams_in, pictures_in
from .grid import Cell, write_table
from .numbering import Numbering, W
from .package import Package
from .source import Source, tool
from .styles import Style, Styles, list_of, look, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH_TEXT = f"{_MATH}t"
_SKIPPED = {
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText")
} | {f"{_MC}Fallback"}
_CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_SYMBOLS = {"A3": "≤", "B1": "±", "B3": "≥", "B4": "×", "B8": "÷", "B9": "≠", "BB": "≈"}  # of the font Symbol
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read(source: Source, builder: Builder) -> None:
    """Fill the builder with the document's body, then its footnotes in place, running heads and feet last."""
    with Package(source) as package:
        _Walk(source, package, builder).document()
        if builder.empty and any(name.startswith("word/media/") for name in package.names):
            raise source.refused("unsupported", "only_pictures" if tool("tesseract") else "image_without_ocr")


@dataclass(slots=True)
class _Found:
    """What hangs on a paragraph besides its text."""

    style: Style
    text: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)  # the parts that hold their text


class _Walk:
    def __init__(self, source: Source, package: Package, builder: Builder) -> None:
        self.package, self.builder = package, builder
        self.main = package.main("word/document.xml")
        related = package.related(self.main)
        self.parts = {part.kind: part.name for part in related}
        self.targets = {part.id: part.name for part in related}
        self.pictures = EmbeddedPictures(source, package, self.targets, builder)
        self.numbering = Numbering.read(self._part("numbering"))
        self.styles = Styles.read(self._part("styles"), self.numbering)
        self.notes = self._notes()
        self.paragraphs = self.tables = self.inserted = self.deleted = self.hidden = self.struck = 0
        self.noted: Counter[str] = Counter()  # how many footnotes, and endnotes, have been called
        self.apart: Place | None = None  # of the note or text box being read: its paragraphs are not counted
        self.carried = ""  # text of a paragraph whose end mark is deleted: it runs on into the next

    def _part(self, kind: str) -> Any:
        """The root of the document's part of that kind; None when it has none."""
        name = self.parts.get(kind, f"word/{kind}.xml")
        return self.package.xml(name) if name in self.package else None

    def _notes(self) -> dict[str, Any]:
        notes: dict[str, Any] = {}
        for name in ("footnote", "endnote"):
            root = self._part(f"{name}s")
            if root is not None:
                notes |= {f"{name}{note.get(f'{W}id')}": note for note in root.iter(f"{W}{name}")}
        return notes

    def document(self) -> None:
        body = self.package.xml(self.main).find(f"{W}body")
        if body is not None:
            self.blocks(body)
        self._write_pictures()
        self._running_lines()
        self.pictures.say()
        if self.inserted or self.deleted:
            self.builder.problem("partly_read", "tracked", inserted=self.inserted, deleted=self.deleted)
        if self.struck:
            self.builder.problem("partly_read", "struck", count=self.struck)
        if self.hidden:
            self.builder.problem("partly_read", "hidden_text", count=self.hidden)

    def blocks(self, parent: Any) -> None:
        for element in _children(parent):
            if element.tag == f"{W}p":
                self.paragraph(element)
            elif element.tag == f"{W}tbl":
                self.table(element)
            elif element.tag == f"{W}altChunk":
                self.builder.problem("partly_read", "embedded")

    # ------------------------------------------------------------ paragraphs

    def paragraph(self, element: Any) -> None:
        self.paragraphs += self.apart is None
        place = self.apart or Place(paragraph=self.paragraphs)
        found = self._found(element)
        text = self.carried + "".join(found.text)
        self.carried = ""
        if any(element.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None for gone in ("del", "moveFrom")):
            self.carried = text
            return
        kind, label = self._kind(element)
        lines = text.split("\n")
        lines[0] = f"{label} {lines[0]}" if label and text.strip() else lines[0]
        if text.strip():
            self._write_pictures()
        for line in lines:
            self.builder.paragraph(line, place, kind)
        self._attached(found)

    def _write_pictures(self) -> None:
        self.tables = self.pictures.write(self.tables)

    def _attached(self, found: _Found) -> None:
        for shown in found.pictures:
            self.pictures.add(shown, self.paragraphs)
        for part in found.diagrams:
            for line in diagram_lines(self.package, part):
                self.builder.paragraph(line, Place(paragraph=self.paragraphs))
        for box in found.boxes:
            self._apart(box, self.apart or Place(paragraph=self.paragraphs))
        for note in self._called(found):
            self._apart(*note)

    def _called(self, found: _Found) -> list[tuple[Any, Place]]:
        """The notes called in a paragraph, each with its place: its number is its turn among those of its kind."""
        called: list[tuple[Any, Place]] = []
        for name in found.notes:
            note = self.notes.pop(name, None)
            if note is None:
                continue
            kind = "note" if note.tag == f"{W}footnote" else "endnote"
            self.noted[kind] += 1
            number = self.noted[kind]
            called.append((note, Place(note=number) if kind == "note" else Place(endnote=number)))
        return called

    def _apart(self, element: Any, place: Place) -> None:
        """The blocks of a note or text box, which stands beside the body's paragraphs."""
        before, self.apart = self.apart, place
        self.blocks(element)
        self.apart = before

    def _kind(self, element: Any) -> tuple[BlockKind, str]:
        """The kind of a paragraph and the number printed before it."""
        properties = element.find(f"{W}pPr")
        if properties is None:
            return BlockKind.PARAGRAPH, ""
        style = self.styles.of(properties, "pStyle")
        if style.contents:
            return BlockKind.HEADER, ""  # what stands in it stands in the report once more, with page numbers
        numbering, level = list_of(properties)
        if not numbering:
            numbering, level = style.numbering, style.level if level is None else level
        heading = style.heading or properties.find(f"{W}outlineLvl") is not None
        label = self.numbering.label(numbering, level or 0) if numbering else ""
        if heading:
            return BlockKind.HEADING, label
        return (BlockKind.LIST_ITEM if label else BlockKind.PARAGRAPH), label

    def _found(self, paragraph: Any) -> _Found:
        found = _Found(self.styles.of(paragraph.find(f"{W}pPr"), "pStyle"))
        self._gather(paragraph, found)
        return found

    def _gather(self, element: Any, found: _Found) -> None:
        """Collect text in order; text boxes and notes are kept for after the paragraph."""
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, found)
            elif tag == f"{W}del":
                self.deleted += bool("".join(child.itertext(f"{W}delText")))
            elif tag in _SKIPPED:
                continue
            elif tag == f"{_MATH}f":  # a fraction stands as n/m
                for at, part in enumerate(child.iterfind("*")):
                    found.text.append("/" if at and part.tag == f"{_MATH}den" else "")
                    self._gather(part, found)
            elif tag == f"{W}sdt" and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                continue  # what a form says where nothing was filled in
            elif tag == _MATH_TEXT:
                found.text.append(child.text or "")
            else:
                self.inserted += tag == f"{W}ins"
                self._gather(child, found)

    def _run(self, run: Any, found: _Found) -> None:
        properties = run.find(f"{W}rPr")
        raised = properties is not None and value(properties, "vertAlign") == "superscript"
        hidden, struck = self._unseen(properties, found.style)
        if hidden:
            self.hidden += bool("".join(run.itertext(f"{W}t")).strip())
            return
        if struck:
            self.struck += bool("".join(run.itertext(f"{W}t")).strip())
            return
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                text = child.text or ""
                found.text.append(text.translate(_SUPERSCRIPT) if raised else text)
            elif tag == f"{W}sym" and child.get(f"{W}font") == "Symbol":
                found.text.append(_SYMBOLS.get(child.get(f"{W}char", "")[-2:].upper(), ""))
            elif tag == f"{W}fldChar":
                found.text.append(_chosen(child))
            elif tag in _CHARACTERS:
                found.text.append(_CHARACTERS[tag])
            elif tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                kind = "footnote" if tag == f"{W}footnoteReference" else "endnote"
                found.notes.append(f"{kind}{child.get(f'{W}id')}")
            elif tag in {f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"}:
                found.boxes.extend(_text_boxes(child))
                found.pictures.extend(pictures_in(child))
                found.diagrams.extend(filter(None, map(self.targets.get, diagrams_in(child))))

    def _unseen(self, properties: Any, style: Style) -> tuple[bool, bool]:
        """Is a run hidden or struck through: by itself, by its own style or by that of its paragraph?"""
        own = self.styles.of(properties, "rStyle")
        looks = (look(properties), (own.hidden, own.struck), (style.hidden, style.struck))
        hidden, struck = (next((s for s in said if s is not None), False) for said in zip(*looks, strict=True))
        return hidden, struck

    # ------------------------------------------------------------ tables

    def table(self, element: Any) -> None:
        self._write_pictures()
        self.tables += 1
        number = self.tables
        nested: list[tuple[Any, Place]] = []  # tables in cells, and the notes that hang on them
        rows = [
            self._row(row, nested)
            for row in _children(element)
            if row.tag == f"{W}tr" and not _is_deleted(row)
        ]
        write_table(self.builder, rows, Place(table=number))
        for inner, place in nested:
            if inner.tag == f"{W}tbl":
                self.table(inner)
            else:
                self._apart(inner, place)

    def _row(self, row: Any, nested: list[tuple[Any, Place]]) -> list[Cell]:
        cells: list[Cell] = []
        before = row.find(f"{W}trPr/{W}gridBefore")
        if before is not None:
            cells.append(Cell([], span=_count(before)))
        for cell in _children(row):
            if cell.tag == f"{W}tc":
                cells.append(self._cell(cell, nested))
        return cells

    def _cell(self, cell: Any, nested: list[tuple[Any, Place]]) -> Cell:
        paragraphs: list[str] = []
        for element in _children(cell):
            if element.tag == f"{W}tbl":
                nested.append((element, Place()))
            elif element.tag == f"{W}p":
                found = self._found(element)
                _, label = self._kind(element)
                text = "".join(found.text)
                paragraphs.extend((f"{label} {text}" if label and text.strip() else text).split("\n"))
                for shown in found.pictures:
                    self.pictures.add(shown, None)
                for part in found.diagrams:
                    paragraphs.extend(diagram_lines(self.package, part))
                nested.extend(self._called(found))
                for box in found.boxes:
                    paragraphs.extend("".join(p.itertext(f"{W}t")) for p in box.iter(f"{W}p"))
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        continues = merge is not None and merge.get(f"{W}val", "continue") != "restart"
        return Cell(paragraphs, _count(span) if span is not None else 1, continues)

    # ------------------------------------------------------------ running heads and feet

    def _running_lines(self) -> None:
        seen: set[str] = set()
        for name in sorted(self.package.names):
            match = re.fullmatch(r"word/(header|footer)\d*\.xml", name)
            if not match:
                continue
            kind = BlockKind.HEADER if match.group(1) == "header" else BlockKind.FOOTER
            for paragraph in self.package.xml(name).iter(f"{W}p"):
                text = "".join(paragraph.itertext(f"{W}t")).strip()
                if text and text not in seen:
                    seen.add(text)
                    self.builder.paragraph(text, Place(), kind)


def _children(parent: Any) -> Iterator[Any]:
    """The block elements of a container, through content controls, insertions and other wrappers."""
    for child in parent:
        if child.tag in {f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}altChunk"}:
            yield child
        elif child.tag == f"{W}sdt" and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            continue  # what a form says where nothing was filled in
        elif child.tag in {
            f"{W}sdt",
            f"{W}sdtContent",
            f"{W}ins",
            f"{W}moveTo",
            f"{W}customXml",
            f"{W}smartTag",
        }:
            yield from _children(child)


def _text_boxes(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag != f"{_MC}Fallback":
            yield from _text_boxes(child)


def _chosen(form: Any) -> str:
    """The entry chosen of a form's list, which stands nowhere else; "" where it is none."""
    found = form.find(f"{W}ffData/{W}ddList")
    if found is None:
        return ""
    entries = [entry.get(f"{W}val", "") for entry in found.iterfind(f"{W}listEntry")]
    at = _count(result) if (result := found.find(f"{W}result")) is not None else 0
    return entries[at] if at < len(entries) else ""


def _is_deleted(row: Any) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _count(element: Any, name: str = f"{W}val") -> int:
    text = element.get(name, "1")
    return int(text) if re.fullmatch(r"\d{1,9}", text) else 1
