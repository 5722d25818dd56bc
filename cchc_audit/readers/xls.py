"""Old Excel workbooks (.xls), every cell as it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import xlrd

from .builder import Builder
from .number_format import is_date_format, shown
from .sheet import MOST_COLUMNS, Row, write_sheet
from .source import Source

_ERRORS = xlrd.error_text_from_code


def read(source: Source, builder: Builder) -> None:
    """Fill the builder sheet by sheet."""
    try:
        book = xlrd.open_workbook(file_contents=source.data, formatting_info=True, logfile=_Silent())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise source.refused("unsupported", "encrypted") from None
        raise source.refused("damaged", "damaged", reason="XLS") from None
    hidden_sheets: list[str] = []
    tables = 0
    for sheet in book.sheets():
        if sheet.visibility:
            hidden_sheets.append(sheet.name)
            continue
        tables += write_sheet(builder, _rows(source, builder, book, sheet), sheet.name, tables + 1)
    if hidden_sheets:
        builder.problem("partly_read", "hidden_sheets", names=", ".join(hidden_sheets))


class _Silent:
    def write(self, text: str) -> None: ...


def _rows(source: Source, builder: Builder, book: Any, sheet: Any) -> Iterator[Row]:
    hidden = 0
    for row in range(sheet.nrows):
        if row >= source.limits.rows:
            builder.problem("too_large", "rows_left", limit=source.limits.rows)
            break
        info = sheet.rowinfo_map.get(row)
        cells: list[str] = []
        for column in range(min(sheet.row_len(row), MOST_COLUMNS)):
            text = _text(book, sheet, row, column)
            width = sheet.colinfo_map.get(column)
            if text.strip() and ((info and info.hidden) or (width and width.hidden)):
                hidden += 1
                text = ""
            cells.append(text)
        yield row + 1, cells
    if hidden:
        builder.problem("partly_read", "hidden_cells", sheet=sheet.name, count=hidden)


def _text(book: Any, sheet: Any, row: int, column: int) -> str:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
        return ""
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(value), None)
    if kind == xlrd.XL_CELL_ERROR:
        return str(_ERRORS.get(value, "#N/A"))
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    number_format = book.format_map[style.format_key].format_str
    if kind == xlrd.XL_CELL_DATE or is_date_format(number_format):
        try:
            return shown(xlrd.xldate_as_datetime(value, book.datemode), number_format)
        except (xlrd.XLDateError, ValueError, OverflowError):
            return shown(value, "General")
    return shown(value, number_format)
