"""Tables dumped with one cell a line: label lines, then the figures of the row."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from ..quantities import Reading
from .rows import TOTAL_ONLY, YEAR, Cell, Table, mark_of

Row = tuple[str, list[Cell]]
_BRACKETS = re.compile(r"\([^()]*\)")
_ENDS_YEAR = re.compile(r"\D*(?:19|20)\d\d")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_UNTOLD = re.compile(r"[.…]{1,6}")
_LABEL = 80  # characters of a label line
_SKIPPED = 20  # rows of the list that the dump may leave out
_LABEL_LINES = 5


def dump(reading: Reading, first: int) -> tuple[int, list[Table]]:
    """Cells on lines of their own: label lines, then the same number of figures for each row."""
    parts = reading.paragraphs_read
    rows: list[Row] = []
    index = first
    back = first - 1
    label_parts: list[str] = []
    while back >= max(0, first - 2) and len(_line(reading, back)) < 60 and _names(reading, back):
        label_parts.insert(0, _line(reading, back))
        back -= 1
    label = " ".join(label_parts)
    while index < len(parts):
        cells: list[Cell] = []
        while index < len(parts) and _is_cell(reading, index):
            cells += _cells(reading, index)
            index += 1
        if cells:
            rows.append((label, cells))
        words: list[str] = []
        while index < len(parts) and len(words) < _LABEL_LINES and _names(reading, index):
            words.append(_line(reading, index))
            index += 1
        if not words or index >= len(parts) or not _is_cell(reading, index):
            break
        label = " / ".join(words)
    last = max(first, index - 1)
    yearly = _by_years(rows)
    if yearly is not None:
        return last, [_table(block, name if place and "%" in name else "") for place, (name, block) in enumerate(yearly)]
    rows = _without_index([(name, [c for c in cells if c.figure is not None or c.nil]) for name, cells in rows])
    width = max({len(c) for _, c in rows}, key=lambda n: (sum(len(c) == n for _, c in rows), n), default=0)
    kept = [(name if not start else "", c[start : start + width]) for name, c in rows if width and len(c) % width == 0 for start in range(0, len(c), width)]
    return last, [_table(kept)] if len(kept) >= 2 and width >= 2 else []


def _table(rows: list[Row], block: str = "") -> Table:
    labels = [label for label, _ in rows]
    return Table(
        [cells for _, cells in rows],
        labels,
        [block] * len(rows[0][1]),
        next((i for i, label in enumerate(labels) if TOTAL_ONLY.fullmatch(label)), None),
        [mark_of(label) for label in labels],
        block,
    )


def _line(reading: Reading, index: int) -> str:
    span = reading.paragraphs_read[index].span
    return reading.folded[span.start : span.end]


def _is_cell(reading: Reading, index: int) -> bool:
    kind = reading.paragraphs_read[index].kind
    return kind == "cell" or kind == "aligned" and (len(reading.by_paragraph[index]) < 2 or not _LETTERS.search(_line(reading, index))) or _lone(reading, index) or _untold(reading, index)


def _untold(reading: Reading, index: int) -> bool:
    """A cell of which nothing is known: "…"."""
    return _UNTOLD.fullmatch(_line(reading, index)) is not None


def _cells(reading: Reading, index: int) -> list[Cell]:
    """The figures of a line; "-" is nil, and a year may name a row."""
    start, text = reading.paragraphs_read[index].span.start, _line(reading, index)
    figures = reading.by_paragraph[index]
    if figures:
        return [Cell(m.start, m.end, m.quantity.text, m) for m in figures]
    nil = text.strip() == "-"
    return [Cell(start, start + len(text), text.strip(), None, nil=nil)] if nil or YEAR.fullmatch(text.strip()) else []


def _names(reading: Reading, index: int) -> bool:
    """A line of words, whose only figures are an age in brackets ("Nhà trẻ (3 tháng đến 3 tuổi)") or the year it ends with."""
    if reading.paragraphs_read[index].kind != "text" or _untold(reading, index):
        return False
    text = _line(reading, index)
    if len(text) >= _LABEL:
        return False
    return not reading.by_paragraph[index] or not re.search(r"\d", _BRACKETS.sub("", text)) or _ENDS_YEAR.fullmatch(text) is not None


def _by_years(rows: list[Row]) -> list[tuple[str, list[Row]]] | None:
    """The blocks of a dump whose rows are named by years: the words above their first year, and the rows.

    So read only where every year has the same number of figures.
    """
    named: list[tuple[str, str, list[Cell]]] = []
    block = ""
    for label, cells in rows:
        for place, cell in enumerate(cells):
            if YEAR.fullmatch(cell.text):
                block = label if place == 0 else block
                named.append((block, cell.text, []))
            elif place == 0:
                named.append((block, label, [cell]))
            else:
                named[-1][2].append(cell)
    widths = {len(cells) for _, _, cells in named}
    if len(named) < 3 or len(widths) > 1 or min(widths) < 2 or not all(re.search(YEAR.pattern + "$", label) for _, label, _ in named):
        return None
    return [(name, [(label, cells) for _, label, cells in block_rows]) for name, block_rows in groupby(named, key=lambda row: row[0])]


def _without_index(rows: list[tuple[str, list[Cell]]]) -> list[tuple[str, list[Cell]]]:
    """Without the running number of the next row that stands behind the figures of each: 412, 388, 24, 0, then "2"."""
    width = min(len(c) for _, c in rows if len(c) > 1) if any(len(c) > 1 for _, c in rows) else 0
    longer = [place for place, (_, cells) in enumerate(rows) if len(cells) == width + 1]
    numbers = [rows[place][1][-1].value for place in longer]
    if len(longer) < 2 or any(n is None or m is None or not 0 < m - n < _SKIPPED for n, m in pairwise(numbers)):
        return rows
    return [(label, cells[:-1] if place in longer else cells) for place, (label, cells) in enumerate(rows)]


def _lone(reading: Reading, index: int) -> bool:
    """A line that opens with its only figure and goes on with a heading or "[...]"."""
    part = reading.paragraphs_read[index]
    text = reading.folded[part.span.start : part.span.end]
    return len(reading.by_paragraph[index]) == 1 and re.match(r"[\d.,]+%?\s+\[", text) is not None
