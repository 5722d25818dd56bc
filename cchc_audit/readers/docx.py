"""Word documents (.docx): a walk over the document's own XML, in the order a reader sees it.

Tracked insertions and content controls are read, tracked deletions and hidden text are not; merged
cells are written once; text boxes, footnotes and nested tables follow the paragraph they hang on.
"""

from __future__ import annotations

import re
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

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH_TEXT = f"{_MATH}t"
_SKIPPED = {
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText")
} | {f"{_MC}Fallback"}
_CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_SYMBOLS = {"A3": "≤", "B1": "±", "B3": "≥", "B4": "×", "B8": "÷", "B9": "≠", "BB": "≈"}  # of the font Symbol
_MOST_STYLES = 20  # based on one another
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read(source: Source, builder: Builder) -> None:
    """Fill the builder with the document's body, then its footnotes in place, running heads and feet last."""
    with Package(source) as package:
        _Walk(source, package, builder).document()
        if builder.empty and any(name.startswith("word/media/") for name in package.names):
            raise source.refused("unsupported", "only_pictures" if tool("tesseract") else "image_without_ocr")


@dataclass(slots=True)
class _Style:
    heading: bool = False
    numbering: str = ""  # the list its paragraphs belong to
    level: int | None = None
    hidden: bool | None = None
    struck: bool | None = None
    parent: str = ""


@dataclass(slots=True)
class _Found:
    """What hangs on a paragraph besides its text."""

    style: _Style
    text: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)  # the parts that hold their text


class _Walk:
    def __init__(self, source: Source, package: Package, builder: Builder) -> None:
        self.package, self.builder = package, builder
        self.targets = package.targets("word/document.xml")
        self.pictures = EmbeddedPictures(source, package, self.targets, builder)
        self.numbering = Numbering.read(self._part("word/numbering.xml"))
        self.styles = _styles(self._part("word/styles.xml"))
        self.notes = self._notes()
        self.paragraphs = self.tables = self.inserted = self.deleted = self.hidden = self.struck = 0
        self.carried = ""  # text of a paragraph whose end mark is deleted: it runs on into the next

    def _part(self, name: str) -> Any:
        return self.package.xml(name) if name in self.package else None

    def _notes(self) -> dict[str, Any]:
        notes: dict[str, Any] = {}
        for name in ("footnote", "endnote"):
            root = self._part(f"word/{name}s.xml")
            if root is not None:
                notes |= {f"{name}{note.get(f'{W}id')}": note for note in root.iter(f"{W}{name}")}
        return notes

    def document(self) -> None:
        body = self.package.xml("word/document.xml").find(f"{W}body")
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
        self.paragraphs += 1
        place = Place(paragraph=self.paragraphs)
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
            self.blocks(box)
        for name in found.notes:
            note = self.notes.pop(name, None)
            if note is not None:
                self.blocks(note)

    def _kind(self, element: Any) -> tuple[BlockKind, str]:
        """The kind of a paragraph and the number printed before it."""
        properties = element.find(f"{W}pPr")
        if properties is None:
            return BlockKind.PARAGRAPH, ""
        style = self._style(_value(properties, "pStyle"))
        numbering, level = _numbering(properties)
        if not numbering:
            numbering, level = style.numbering, style.level if level is None else level
        heading = style.heading or properties.find(f"{W}outlineLvl") is not None
        label = self.numbering.label(numbering, level or 0) if numbering else ""
        if heading:
            return BlockKind.HEADING, label
        return (BlockKind.LIST_ITEM if label else BlockKind.PARAGRAPH), label

    def _style(self, name: str) -> _Style:
        """A style with what it takes from those it is based on."""
        merged = _Style()
        line: list[tuple[str, _Style]] = []
        while (style := self.styles.get(name)) is not None and len(line) < _MOST_STYLES:
            line.append((name, style))
            merged.heading |= style.heading
            merged.numbering = merged.numbering or style.numbering
            merged.hidden = style.hidden if merged.hidden is None else merged.hidden
            merged.struck = style.struck if merged.struck is None else merged.struck
            name = style.parent
        for name, style in line:  # a list may name the style of each of its levels
            if merged.level is None:
                linked = self.numbering.level_of(merged.numbering, name)
                merged.level = style.level if linked is None else linked
        return merged

    def _found(self, paragraph: Any) -> _Found:
        properties = paragraph.find(f"{W}pPr")
        found = _Found(self._style("" if properties is None else _value(properties, "pStyle")))
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
        raised = properties is not None and _value(properties, "vertAlign") == "superscript"
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
            elif tag in _CHARACTERS:
                found.text.append(_CHARACTERS[tag])
            elif tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                kind = "footnote" if tag == f"{W}footnoteReference" else "endnote"
                found.notes.append(f"{kind}{child.get(f'{W}id')}")
            elif tag in {f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"}:
                found.boxes.extend(_text_boxes(child))
                found.pictures.extend(pictures_in(child))
                found.diagrams.extend(filter(None, map(self.targets.get, diagrams_in(child))))

    def _unseen(self, properties: Any, style: _Style) -> tuple[bool, bool]:
        """Is a run hidden or struck through: by itself, by its own style or by that of its paragraph?"""
        looks = [(style.hidden, style.struck)]
        if properties is not None:
            own = self._style(_value(properties, "rStyle"))
            looks = [_look(properties), (own.hidden, own.struck), *looks]
        hidden, struck = (next((s for s in said if s is not None), False) for said in zip(*looks, strict=True))
        return hidden, struck

    # ------------------------------------------------------------ tables

    def table(self, element: Any) -> None:
        self._write_pictures()
        self.tables += 1
        number = self.tables
        nested: list[Any] = []
        rows = [
            self._row(row, nested)
            for row in _children(element)
            if row.tag == f"{W}tr" and not _is_deleted(row)
        ]
        write_table(self.builder, rows, Place(table=number))
        for inner in nested:
            self.table(inner)

    def _row(self, row: Any, nested: list[Any]) -> list[Cell]:
        cells: list[Cell] = []
        before = row.find(f"{W}trPr/{W}gridBefore")
        if before is not None:
            cells.append(Cell([], span=_count(before)))
        for cell in _children(row):
            if cell.tag == f"{W}tc":
                cells.append(self._cell(cell, nested))
        return cells

    def _cell(self, cell: Any, nested: list[Any]) -> Cell:
        paragraphs: list[str] = []
        for element in _children(cell):
            if element.tag == f"{W}tbl":
                nested.append(element)
            elif element.tag == f"{W}p":
                found = self._found(element)
                _, label = self._kind(element)
                text = "".join(found.text)
                paragraphs.extend((f"{label} {text}" if label and text.strip() else text).split("\n"))
                for shown in found.pictures:
                    self.pictures.add(shown, None)
                for part in found.diagrams:
                    paragraphs.extend(diagram_lines(self.package, part))
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


def _value(properties: Any, name: str) -> str:
    found = properties.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _look(properties: Any) -> tuple[bool | None, bool | None]:
    """What run properties say of hiding and striking out; None where they say nothing."""

    def said(name: str) -> bool | None:
        switch = properties.find(f"{W}{name}")
        return None if switch is None else _is_on(switch)

    strikes = [s for s in (said("strike"), said("dstrike")) if s is not None]
    return said("vanish"), any(strikes) if strikes else None


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(f"{W}val", "true") not in {"0", "false", "off"}


def _is_deleted(row: Any) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _count(element: Any, name: str = f"{W}val") -> int:
    text = element.get(name, "1")
    return int(text) if re.fullmatch(r"\d{1,9}", text) else 1


def _numbering(properties: Any) -> tuple[str, int | None]:
    """List and level, as far as they are given."""
    found = properties.find(f"{W}numPr")
    if found is None:
        return "", None
    level = _value(found, "ilvl")
    return _value(found, "numId"), int(level) if re.fullmatch(r"\d", level) else None


def _styles(root: Any) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    if root is None:
        return styles
    for element in root.iter(f"{W}style"):
        properties = element.find(f"{W}pPr")
        outlined = properties is not None and properties.find(f"{W}outlineLvl") is not None
        heading = (
            outlined or re.match(r"(?:heading|title)\b", _value(element, "name"), re.IGNORECASE) is not None
        )
        numbering, level = _numbering(properties) if properties is not None else ("", None)
        letters = element.find(f"{W}rPr")
        hidden, struck = _look(letters) if letters is not None else (None, None)
        styles[element.get(f"{W}styleId", "")] = _Style(
            heading, numbering, level, hidden, struck, _value(element, "basedOn")
        )
    return styles
