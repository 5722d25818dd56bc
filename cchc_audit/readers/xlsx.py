"""Excel workbooks (.xlsx), every cell as it is shown; hidden rows, columns and sheets are left out and named."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl

from ..model import Message, Place
from .builder import Builder
from .number_format import shown
from .package import Package, is_strict
from .sheet import MOST_COLUMNS, Row, column_letters, write_sheet
from .source import Source

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_WIDE = 270  # dots on a screen: crests and signatures are smaller
_MOST_CELLS = 400_000
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")


def read(source: Source, builder: Builder) -> None:
    """Fill the builder sheet by sheet."""
    has_formulas, strict = _scan(source)
    if strict:
        with Package(source) as package:
            source = replace(source, data=package.usual())
    with Package(source) as package:
        boxes = _text_boxes(package)
    workbook = _open(source, data_only=True)
    formulas = _open(source, data_only=False) if has_formulas else None
    hidden_sheets: list[str] = []
    tables = 0
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            hidden_sheets.append(sheet.title)
            continue
        if formulas is not None:
            _report_uncomputed(builder, sheet, formulas[sheet.title])
        for picture in sheet._images:
            marker = picture.anchor._from
            at = f"{sheet.title}!{column_letters(marker.col + 1)}{marker.row + 1}"
            if picture.width >= _WIDE:
                builder.picture(Message(at, at))
        tables += write_sheet(builder, _rows(source, builder, sheet), sheet.title, tables + 1)
        for cell, line in boxes.get(sheet.title, ()):
            builder.paragraph(line, Place(sheet=sheet.title, cell=cell))
    if hidden_sheets:
        builder.problem("partly_read", "hidden_sheets", names=", ".join(hidden_sheets))


def _scan(source: Source) -> tuple[bool, bool]:
    """Bound what the workbook unpacks to before it is opened. Returns whether any sheet has formulas, and whether it is
    written in Strict Open XML, which openpyxl would find empty."""
    cells = 0
    formulas = strict = False
    with Package(source) as package:
        for name in package.names:
            if not name.endswith((".xml", ".rels")):
                continue
            data = package.read(name)
            if b"<!DOCTYPE" in data[:4096]:
                raise source.refused("damaged", "doctype")
            strict = strict or is_strict(data)
            if "/worksheets/" in name:
                cells += sum(1 for _ in _CELL.finditer(data))
                formulas = formulas or _FORMULA.search(data) is not None
    if cells > _MOST_CELLS:
        raise source.refused("too_large", "cells", count=cells, limit=_MOST_CELLS)
    return formulas, strict


def _text_boxes(package: Package) -> dict[str, list[tuple[str, str]]]:
    """The text boxes of each sheet, by its name: the cell a box begins at and a line of its text. openpyxl knows none."""
    book = package.main("xl/workbook.xml")
    sheets = {part.id: part.name for part in package.related(book)}
    found: dict[str, list[tuple[str, str]]] = {}
    for sheet in package.xml(book).iter(f"{_SHEET}sheet"):
        part = sheets.get(sheet.get(f"{_R}id"), "")
        for drawing in (near.name for near in package.related(part) if near.kind == "drawing" and near.name in package):
            for anchor in package.xml(drawing):
                place = anchor.find(f"{_DRAWING}from")
                if place is None:
                    continue
                column, row = (int(place.findtext(f"{_DRAWING}{name}", "0")) + 1 for name in ("col", "row"))
                found.setdefault(sheet.get("name", ""), []).extend(
                    (f"{column_letters(column)}{row}", "".join(paragraph.itertext(f"{_A}t")))
                    for body in anchor.iter(f"{_DRAWING}txBody")
                    for paragraph in body.iter(f"{_A}p")
                )
    return found


def _open(source: Source, *, data_only: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # parts openpyxl does not know (charts, extensions)
        return openpyxl.load_workbook(BytesIO(source.data), data_only=data_only, keep_links=False)


def _rows(source: Source, builder: Builder, sheet: Any) -> Iterator[Row]:
    """The filled rows in order. Cells are taken as stored: a sheet's declared size is not to be trusted."""
    by_row: dict[int, dict[int, str]] = {}
    hidden_columns = _hidden_columns(sheet)
    hidden = 0
    for (row, column), cell in sheet._cells.items():
        text = shown(cell.value, cell.number_format) if cell.value is not None else ""
        if not text.strip():
            continue
        if sheet.row_dimensions[row].hidden or column in hidden_columns:
            hidden += 1
        elif column > MOST_COLUMNS:
            builder.problem("too_large", "columns_left", limit=MOST_COLUMNS)
        else:
            by_row.setdefault(row, {})[column] = text
    if hidden:
        builder.problem("partly_read", "hidden_cells", sheet=sheet.title, count=hidden)
    if len(by_row) > source.limits.rows:
        builder.problem("too_large", "rows_left", limit=source.limits.rows)
    for row in sorted(by_row)[: source.limits.rows]:
        cells = by_row[row]
        yield row, [cells.get(column, "") for column in range(1, max(cells) + 1)]


def _hidden_columns(sheet: Any) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            hidden.update(range(dimension.min or 0, min(dimension.max or 0, MOST_COLUMNS) + 1))
    return hidden


def _report_uncomputed(builder: Builder, sheet: Any, formulas: Any) -> None:
    """Formulas whose result was never saved show nothing here: say where."""
    cells = sheet._cells
    lost = [
        cell.coordinate
        for place, cell in formulas._cells.items()
        if cell.data_type == "f" and (place not in cells or cells[place].value is None)
    ]
    if lost:
        shown_cells = ", ".join(lost[:5]) + ("…" if len(lost) > 5 else "")
        builder.problem("partly_read", "uncomputed", sheet=sheet.title, count=len(lost), cells=shown_cells)
