"""Tables dumped with one cell a line: label lines, then the figures of the row."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from ..quantities import Reading
from .rows import CHANGE, TOTAL_ONLY, YEAR, Cell, Table, mark_of

Row = tuple[str, list[Cell]]
_BRACKETS = re.compile(r"\([^()]*\)")
_OF_AGE = r"[^\d:]*\d{1,2}(?: tháng| tuổi)? ?(?:-|–|đến) ?(?:dưới )?\d{1,2} (?:tháng|tuổi)[^\d:]*"
_ENDS_NUMBERED = re.compile(rf"{_OF_AGE}|\D*(?:19|20)\d\d|[^\d:]*[^\W\d_] ?\d{{1,2}}")  # by an age, a year, a class or an area: "Khối lớp7"
_RATED = re.compile(r"[^\d:]*\)\s*\d[\d.,]*\s?%\s*")  # "(tỉ lệ so với tổng số)   40%", above the figures of the row
_LETTERS = re.compile(r"[^\W\d_]{2}")
_UNTOLD = re.compile(r"[.…]{1,6}")
_LABEL = 80  # characters of a label line
_SKIPPED = 20  # rows of the list that the dump may leave out
_LABEL_LINES = 5
_FIRST_LABEL_LINES = 2
_HEAD_LINES = 12
_HEAD = 60  # characters of the head of a column
_SIGNED = re.compile(r"\s*([+-]|tăng|giảm)\s*")
_NOTE = re.compile(r"\s*[^\d:.;]{1,20}(?: \d{1,3})?: ?\d{1,3}\s*")  # "Nấu ăn: 5"


def dump(reading: Reading, first: int) -> tuple[int, list[Table]]:
    """Cells on lines of their own: label lines, then the same number of figures for each row."""
    parts = reading.paragraphs_read
    rows: list[Row] = []
    index = first
    above = _names_above(reading, first)
    label = " ".join(above[-_FIRST_LABEL_LINES:])
    while index < len(parts):
        cells: list[Cell] = []
        while index < len(parts) and _is_cell(reading, index):
            cells += _cells(reading, index)
            index += 1
        if cells:
            rows.append((label, cells))
        words: list[str] = []
        while len(cells) > 1 and index < len(parts) and _NOTE.fullmatch(_line(reading, index)):
            index += 1  # the last column holds words
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
    if rows and len(above) > len(rows[0][1]) > 1:
        rows[0] = (above[-1], rows[0][1])  # the lines above it are the heads of the columns
    rows = _without_index([(name, [c for c in cells if c.figure is not None or c.nil]) for name, cells in rows])
    width = max({len(c) for _, c in rows}, key=lambda n: (sum(len(c) == n for _, c in rows), n), default=0)
    kept = [(name if not start else "", c[start : start + width]) for name, c in rows if width and len(c) % width == 0 for start in range(0, len(c), width)]
    changes = next((head for head in above[-2:] if CHANGE.search(head)), None)  # the head of the last column, or it and the name of the first row
    if kept and len(above) > width > 1 and changes is not None:
        kept = [(name, [*c[:-1], replace(c[-1], sign=_sign_of(reading, c[-1]))]) for name, c in kept]
        return last, [_table(kept, heads=[*[""] * (width - 1), changes])]
    return last, [_table(kept)] if len(kept) >= 2 and (width >= 2 or len(kept) >= 4) else []


def _names_above(reading: Reading, first: int) -> list[str]:
    """The lines of words right above the first figure: the heads of the columns, and the label of the first row."""
    names: list[str] = []
    for index in range(first - 1, max(-1, first - 1 - _HEAD_LINES), -1):
        if len(_line(reading, index)) >= _HEAD or not _names(reading, index):
            break
        names.insert(0, _line(reading, index))
    return names


def _sign_of(reading: Reading, cell: Cell) -> str:
    """ "+" or "-" of a line "+46", "giảm 5"."""
    line = reading.folded.rfind("\n", 0, cell.start) + 1
    told = _SIGNED.fullmatch(reading.folded, line, cell.start)
    return "" if told is None else {"tăng": "+", "giảm": "-"}.get(told[1], told[1])


def _table(rows: list[Row], block: str = "", heads: list[str] | None = None) -> Table:
    """`heads` where those of the columns are known."""
    labels = [label for label, _ in rows]
    return Table(
        [cells for _, cells in rows],
        labels,
        heads or [block] * len(rows[0][1]),
        next((i for i, label in enumerate(labels) if TOTAL_ONLY.fullmatch(label)), None),
        [mark_of(label) for label in labels],
        block,
    )


def _line(reading: Reading, index: int) -> str:
    span = reading.paragraphs_read[index].span
    return reading.folded[span.start : span.end]


def _is_cell(reading: Reading, index: int) -> bool:
    kind, text = reading.paragraphs_read[index].kind, _line(reading, index)
    if kind == "aligned":
        return not _LETTERS.search(text) or len(reading.by_paragraph[index]) < 2 and not _RATED.fullmatch(text)
    return kind == "cell" or _lone(reading, index) or _untold(reading, index)


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
    """A line of words, whose only figures are an age in brackets ("Nhà trẻ (3 tháng đến 3 tuổi)") or end its name."""
    text = _line(reading, index)
    if len(text) >= _LABEL or _untold(reading, index):
        return False
    if reading.paragraphs_read[index].kind != "text":
        return _RATED.fullmatch(text) is not None
    return not reading.by_paragraph[index] or not re.search(r"\d", _BRACKETS.sub("", text)) or any(p.fullmatch(text) for p in (_ENDS_NUMBERED, _RATED))


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


def _without_index(rows: list[Row]) -> list[Row]:
    """Without the running number of the next row that stands behind the figures of each: 412, 388, 24, 0, then "2". It may
    begin again, under the next heading."""
    numbered, last = [], Fraction(0)
    for _, cells in rows:
        number = cells[-1].value if len(cells) > 1 else None
        numbered.append(number is not None and (0 < number - last < _SKIPPED or number == 1))
        last = Fraction(number) if numbered[-1] and number is not None else last
    widths = Counter(len(cells) - number for (_, cells), number in zip(rows, numbered, strict=True))
    width = max(widths, key=lambda w: (widths[w], w), default=0)
    trimmed = [(label, cells[:-1] if number and len(cells) == width + 1 else cells) for (label, cells), number in zip(rows, numbered, strict=True)]
    if len(rows) > 1 and numbered[1] and rows[1][1][-1].value == 2 and [c.value for c in rows[0][1]] == [1]:
        del trimmed[0]  # the number of the first row stands alone above its name
    return max((rows, trimmed), key=_of_one_width)


def _of_one_width(rows: list[Row]) -> int:
    """How many rows have the most frequent number of figures."""
    return max(Counter(len(cells) for _, cells in rows).values(), default=0)


def _lone(reading: Reading, index: int) -> bool:
    """A line that opens with its only figure and goes on with a heading or "[...]"."""
    part = reading.paragraphs_read[index]
    text = reading.folded[part.span.start : part.span.end]
    return len(reading.by_paragraph[index]) == 1 and re.match(r"[\d.,]+%?\s+\[", text) is not None
