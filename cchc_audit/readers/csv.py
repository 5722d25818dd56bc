"""Tables as text (.csv, .tsv), in any of the encodings of plain text."""

from __future__ import annotations

import csv
import re
from io import StringIO

from .builder import Builder
from .encoding import UndecodableError, decode
from .sheet import Row, write_sheet
from .source import Source

_DELIMITERS = ";\t,|"
_SAMPLE_LINES = 50
_SEPARATOR_LINE = re.compile(r"\Asep=[;,\t|]\n", re.IGNORECASE)  # Excel's own, shown nowhere


def read(source: Source, builder: Builder) -> None:
    """Fill the builder with the rows, cells as written."""
    try:
        text, damaged = decode(source.data)
    except UndecodableError as reason:
        raise source.refused(reason.kind, reason.key, **reason.values) from None
    if damaged:
        builder.problem("damaged", "damaged_utf8", count=damaged)
    text = _SEPARATOR_LINE.sub("", text)
    csv.field_size_limit(1 << 20)
    rows: list[Row] = []
    for number, cells in enumerate(csv.reader(StringIO(text), delimiter=_delimiter(text)), 1):
        if number > source.limits.rows:
            builder.problem("too_large", "rows_left", limit=source.limits.rows)
            break
        rows.append((number, [" ".join(cell.split()) for cell in cells]))
    write_sheet(builder, rows, None)


def _delimiter(text: str) -> str:
    """The mark that parts most lines into the same number of cells; a decimal comma is no such mark."""
    lines = [line for line in text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES] if line.strip()]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=lambda n: (counts.count(n) if n else 0, n), default=0)
        return (counts.count(usual) if usual else 0, -_DELIMITERS.index(mark))

    return max(_DELIMITERS, key=evenness)
