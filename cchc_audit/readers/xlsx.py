"""Excel workbooks (.xlsx), every cell as it is shown; hidden rows, columns and sheets are left out and named."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl

from ..model import Message
from .builder import Builder
from .number_format import shown
from .package import Package, is_strict
from .sheet import MOST_COLUMNS, Row, column_letters, write_sheet
from .source import Source

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
