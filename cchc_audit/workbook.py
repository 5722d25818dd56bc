"""The tables of a batch as one Excel workbook: every report, what its memo asks about, ratios, problems of reading.

Findings that agree, all figures and all citations are only in the Parquet files: for a province they are more than a
sheet is good for. Text is written as text: nothing a report says can become a formula or a link.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import clock
from .memo.evidence import visible
from .messages import catalogue, say
from .results import TABLES, Column

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAME = "tong-hop.xlsx"
_LONGEST = 32_000  # characters a cell may hold, with room to spare
_WIDE, _NARROW = 48, 15  # characters
_LONG = {"quote", "message_vi", "message_en", "reason_vi", "reason_en"}

_UNSHOWN = {"sha256", "characters"}
_WHOSE = ("reports.ward", "reports.ward_code", "reports.province", "reports.period")
_FINDING = ("told", "kind", "section", "quote", "computed", "message_vi", "message_en", "report")
_SHEETS: Mapping[str, tuple[str, Sequence[str]]] = {  # by its first table: what is asked of the tables, and the columns
    "reports": (
        "from reports order by contradicted + impossible desc, question desc, report",
        tuple(f"reports.{column.name}" for column in TABLES["reports"] if column.name not in _UNSHOWN),
    ),
    "findings": (
        "from findings join reports using (report) where told in ('contradicted', 'impossible', 'question') "
        "order by report, start, finding",
        (*_WHOSE, *(f"findings.{name}" for name in _FINDING)),
    ),
    "ratios": (
        "from ratios join reports using (report) order by ratio, report",
        (*_WHOSE, *(f"ratios.{name}" for name in ("name_vi", "name_en", "number", "report"))),
    ),
    "problems": (
        "from problems join reports using (report) order by report",
        (*_WHOSE, *(f"problems.{name}" for name in ("message_vi", "message_en", "report"))),
    ),
}
_WORDS = {"told": "verdict", "kind": "memo_kind"}  # codes that people know by words, and the words' place


def workbook(db: DuckDBPyConnection) -> bytes:
    """The .xlsx of a batch whose tables are attached to `db`; the same bytes for the same tables and day."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )  # fmt: skip
    book.set_properties({"author": "cchc-audit", "created": clock.now().replace(tzinfo=None)})
    base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    styles = {
        "head": book.add_format({**base, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EEF2F6"}),
        "text": book.add_format({**base, "text_wrap": True}),
        "int": book.add_format({**base, "num_format": "#,##0"}),
        "number": book.add_format({**base, "num_format": "#,##0.##"}),
        "day": book.add_format({**base, "num_format": "dd/mm/yyyy"}),
    }
    for name, (asked, columns) in _SHEETS.items():
        sheet = book.add_worksheet(say(f"workbook.{name}").vi)
        found = db.execute(f"select {', '.join(columns)} {asked}")
        _fill(sheet, styles, [_column(name) for name in columns], found.fetchall())
    book.close()
    return out.getvalue()


def _column(name: str) -> Column:
    table, _, own = name.partition(".")
    return next(column for column in TABLES[table] if column.name == own)


def _fill(sheet: Any, styles: Mapping[str, Any], columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDE if column.name in _LONG else _NARROW)
        sheet.write_string(0, at, f"{column.vi}\n{column.en}", styles["head"])
    words = {at: _WORDS[column.name] for at, column in enumerate(columns) if column.name in _WORDS}
    write = {"text": sheet.write_string, "int": sheet.write_number, "number": sheet.write_number, "day": sheet.write_datetime}
    for number, row in enumerate(rows, start=1):
        for at, (column, value) in enumerate(zip(columns, row, strict=True)):
            if value is None or value == "":
                continue
            if at in words:
                value = catalogue()[f"{words[at]}.{value}"].vi
            if column.type == "text":
                value = visible(value)[:_LONGEST]
            write[column.type](number, at, value, styles[column.type])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
