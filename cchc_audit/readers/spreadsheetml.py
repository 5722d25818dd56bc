"""Workbooks as one XML file (Excel 2003), as many one-stop systems export them under the name .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from .builder import Builder
from .number_format import shown
from .package import parse_xml
from .sheet import MOST_COLUMNS, Row, write_sheet
from .source import Source

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_NAMED = {"Standard": "#,##0.00", "Fixed": "0.00", "Percent": "0.00%", "Currency": "#,##0", "Short Date": "dd/mm/yyyy"}
_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,18})?(?:[eE][-+]?\d{1,2})?")


def read(source: Source, builder: Builder) -> None:
    """Fill the builder sheet by sheet, cells as they are shown; hidden sheets, rows and columns are named."""
    root = parse_xml(source, source.data)
    formats = {
        style.get(f"{SS}ID", ""): _NAMED.get(found.get(f"{SS}Format", ""), found.get(f"{SS}Format", ""))
        for style in root.iter(f"{SS}Style")
        for found in style.iterfind(f"{SS}NumberFormat")
    }
    hidden: list[str] = []
    tables = 0
    for sheet in root.iterfind(f"{SS}Worksheet"):
        name = sheet.get(f"{SS}Name", "")
        if any(e.text != "SheetVisible" for e in sheet.iter("{urn:schemas-microsoft-com:office:excel}Visible")):
            hidden.append(name)
            continue
        tables += write_sheet(builder, _rows(source, builder, sheet, name, formats), name, tables + 1)
    if hidden:
        builder.problem("partly_read", "hidden_sheets", names=", ".join(hidden))


def _rows(source: Source, builder: Builder, sheet: Any, name: str, formats: dict[str, str]) -> Iterator[Row]:
    hidden_columns = {at for at, column in _indexed(sheet.iter(f"{SS}Column")) if column.get(f"{SS}Hidden") == "1"}
    hidden = 0
    for number, row in _indexed(sheet.iter(f"{SS}Row")):
        if number > source.limits.rows:
            builder.problem("too_large", "rows_left", limit=source.limits.rows)
            break
        cells: list[str] = []
        for at, cell in _indexed(row.iterfind(f"{SS}Cell")):
            if at > MOST_COLUMNS:
                break
            text = _text(cell, formats)
            if text.strip() and (row.get(f"{SS}Hidden") == "1" or at in hidden_columns):
                hidden, text = hidden + 1, ""
            cells += [""] * (at - len(cells) - 1) + [text]
        yield number, cells
    if hidden:
        builder.problem("partly_read", "hidden_cells", sheet=name, count=hidden)


def _indexed(elements: Iterator[Any]) -> Iterator[tuple[int, Any]]:
    """The elements with their place from 1: each after the one before, and after the cells that one covers, unless it
    says where it stands."""
    at = 0
    for element in elements:
        at = _whole(element.get(f"{SS}Index"), at + 1)
        yield at, element
        at += _whole(element.get(f"{SS}MergeAcross") or element.get(f"{SS}Span"), 0)


def _text(cell: Any, formats: dict[str, str]) -> str:
    data = cell.find(f"{SS}Data")
    if data is None:
        return ""
    text, kind = "".join(data.itertext()), data.get(f"{SS}Type")
    number_format = formats.get(cell.get(f"{SS}StyleID", ""), "General")
    if kind == "Number" and _NUMBER.fullmatch(text):
        return shown(Decimal(text), number_format)
    if kind == "DateTime":
        try:
            return shown(datetime.fromisoformat(text), number_format)
        except ValueError:
            return text
    return text


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,7}", text) else default
