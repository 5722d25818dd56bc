"""Rows of a spreadsheet on their way into the text: tables where rows stand together, titles as paragraphs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..model import BlockKind, Place
from .builder import Builder

MOST_COLUMNS = 200
Row = tuple[int, list[str]]  # row number from 1, the cells as shown


def column_letters(column: int) -> str:
    """The letters of a column, from 1.

    >>> column_letters(28)
    'AB'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def write_sheet(builder: Builder, rows: Iterable[Row], sheet: str | None, first_table: int = 1) -> int:
    """Add a sheet's rows (blank ones left out by the caller or not); returns the number of tables written.

    Rows without a blank row between them make a table; single cells above and below it are titles and notes.
    """
    tables = 0
    chunk: list[Row] = []
    for number, cells in rows:
        if chunk and (number != chunk[-1][0] + 1 or not any(map(str.strip, cells))):
            tables += _write_chunk(builder, chunk, sheet, first_table + tables)
            chunk = []
        if any(map(str.strip, cells[MOST_COLUMNS:])):
            builder.problem("too_large", "columns_left", limit=MOST_COLUMNS)
        if any(map(str.strip, cells[:MOST_COLUMNS])):
            chunk.append((number, cells[:MOST_COLUMNS]))
    return tables + _write_chunk(builder, chunk, sheet, first_table + tables)


def _write_chunk(builder: Builder, chunk: list[Row], sheet: str | None, table: int) -> int:
    full = [i for i, (_, cells) in enumerate(chunk) if sum(1 for c in cells if c.strip()) > 1]
    if not full:
        for number, cells in chunk:
            _title(builder, number, cells, sheet)
        return 0
    first, last = full[0], full[-1]
    for number, cells in chunk[:first]:
        _title(builder, number, cells, sheet)
    body = chunk[first : last + 1]
    used = [
        c
        for c in range(max(len(cells) for _, cells in body))
        if any(c < len(r) and r[c].strip() for _, r in body)
    ]
    left, right = used[0], used[-1]
    builder.gap()
    for row, (number, cells) in enumerate(body, 1):
        place = Place(table=table, row=row, sheet=sheet)
        padded = (cells + [""] * (right + 1))[left : right + 1]
        places = [
            replace(place, column=at + 1, cell=f"{column_letters(left + at + 1)}{number}")
            for at in range(len(padded))
        ]
        builder.row(padded, place, places)
    builder.gap()
    for number, cells in chunk[last + 1 :]:
        _title(builder, number, cells, sheet)
    return 1


def _title(builder: Builder, number: int, cells: list[str], sheet: str | None) -> None:
    column = next((i for i, cell in enumerate(cells, 1) if cell.strip()), None)
    if column is not None:
        place = Place(row=number, sheet=sheet, cell=f"{column_letters(column)}{number}")
        for line in cells[column - 1].splitlines():
            builder.paragraph(line, place, BlockKind.PARAGRAPH)
