"""Tables out of text: pipes, tabs, aligned columns, and dumps with one cell a line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import takewhile

from ..language import UNIT
from ..quantities import Mention, Reading
from ..scope import IN_ROWS, SEPARATORS, listed_cells
from .dumps import dump
from .items import Item, content
from .rows import TOTAL, TOTAL_ONLY, YEAR, Cell, Table, changing, mark_of, total_at, usable

_INDEX = re.compile(r"^(?:tt|stt|số tt|no\.?|\s*)$")
_ORDINAL = re.compile(r"[\divxa-c]{0,4}\.?")
_WORDS = re.compile(r"(?:\d{1,2}[.)]?\s)?\D*")  # a label without figures but its number
_AROUND = re.compile(r"[\s*]*(?P<sign>[+-]?|(?P<up>tăng|vượt|cao hơn)|(?:giảm|thiếu|hụt|thấp hơn))[\s*]*(?:điểm )?(?:%|phần trăm)?[\s*]*")  # a cell's only figure
_CELL_AT_END = re.compile(r"(?P<sign>[+-]|tăng |giảm |)(?P<figure>\d[\d.,]*%?)|-")
_TAIL = re.compile(rf"(?:(?<=\s)|^)(?:{_CELL_AT_END.pattern})(?:\s+(?:(?:[+-]|tăng |giảm |)\d[\d.,]*%?|-))*\s*$")
_NIL = re.compile(r"^[\s*]*-?[\s*]*$")
_MOST_COLUMNS = 16
_CAPTION = 80  # characters of a line that parts the rows of one table
_ROW_ENDS = re.compile(r"\d \d[\d.,]*(?=\s(?:[a-z]|\d{1,2}|[ivx]{1,4})[.)]\s|$)")  # by two figures, before the mark of another row
_RULE = re.compile(r"\s*\+[-=+: ]*\+\s*")


def tables(reading: Reading) -> Iterator[Table]:
    """The tables of the text, shaped: index columns dropped, header rows folded into `heads`."""
    index = 0
    parts = reading.paragraphs_read
    above = range(0)  # the rows of the table before
    heads: list[int] = []
    while index < len(parts):
        kind = parts[index].kind
        if kind in IN_ROWS:
            last = index
            while last + 1 < len(parts) and (
                parts[last + 1].kind == kind
                or kind == "pipe" and _ruled(reading, last + 1)
                or kind == "aligned" and last == index and _total_above(reading, index)
            ):
                if kind == "pipe" and last > index and _heads_rule(reading, last + 1) and not _heads_rule(reading, last):
                    last -= 1
                    break  # the line above this rule is the head of another table
                last += 1
            goes_on = _goes_on(reading, above, index)
            if not goes_on:
                heads = list(takewhile(lambda row: not reading.by_paragraph[row], range(index, last + 1)))
            block = _words(reading, index - 1) if goes_on else ""
            block = block if "%" in block else ""  # what its figures are, and no heading
            made = _grid(reading, [*(heads if goes_on and kind != "aligned" else ()), *range(index, last + 1)], kind, block)
            if made is not None:
                made.block = block
                if kind == "aligned" and _run_together(reading, last + 1):
                    made.total = None
                yield made
            above, index = range(index, last + 1), last + 1
        elif kind == "cell":
            last, dumped = dump(reading, index)
            yield from dumped
            index = last + 1
        else:
            index += 1


def _words(reading: Reading, index: int) -> str:
    span = reading.paragraphs_read[index].span
    return reading.folded[span.start : span.end]


def _run_together(reading: Reading, index: int) -> bool:
    """Does a line right below a table hold several of its rows: "a. Đất trống 11,78 0,1 b. Đất núi đá 118,06 0,8"? Then the table is
    not all there."""
    return index < len(reading.paragraphs_read) and len(_ROW_ENDS.findall(_words(reading, index))) > 1


def _total_above(reading: Reading, index: int) -> bool:
    """Is it a total row that a line of words parts from the rows it adds up: "TỔNG SỐ 3.059 926 2.133", "Chia theo huyện"?"""
    parts = reading.paragraphs_read
    named = TOTAL.match(_words(reading, index)) is not None
    words = index + 2 < len(parts) and not reading.by_paragraph[index + 1] and len(_words(reading, index + 1)) < _CAPTION
    return named and words and "%" not in _words(reading, index + 1) and parts[index + 2].kind == parts[index].kind


def _goes_on(reading: Reading, above: range, index: int) -> bool:
    """Do the rows from here belong under the head of the rows above, parted from it by a line such as "Người" or
    "Cơ cấu (%)"?"""
    parts = reading.paragraphs_read
    return (
        bool(above)
        and above.stop == index - 1
        and parts[above.start].kind == parts[index].kind
        and parts[index - 1].kind == "text"
        and not reading.by_paragraph[index - 1]
        and len(_words(reading, index - 1)) < _CAPTION
        and bool(reading.by_paragraph[index])
    )


def _grid(reading: Reading, places: list[int], kind: str, block: str) -> Table | None:
    rows, kept = [], []
    for index in places:
        part = reading.paragraphs_read[index]
        if _ruled(reading, index):
            continue
        text = reading.folded[part.span.start : part.span.end]
        cells = _cells(reading, part.span.start, text, kind, reading.by_paragraph[index])
        if kind == "listed" and not cells or kind == "pipe" and all(re.fullmatch(r"[\s:-]*", c.text) for c in cells):
            continue
        rows.append(cells)
        kept.append(index)
    if kind == "aligned":
        return _aligned(reading, rows, kept, block)
    width = max((len(r) for r in rows), default=0)
    if not 2 <= width <= _MOST_COLUMNS or len(rows) < 2:
        return None
    for row in rows:
        if 1 < len(row) < width and (TOTAL_ONLY.fullmatch(row[0].text) or len(row) == width - 1 and TOTAL.match(row[0].text)):
            row.insert(0, Cell(row[0].start, row[0].start, ""))  # "Tổng cộng" stands under the running numbers too
        while len(row) < width:
            row.append(Cell(row[-1].end if row else 0, row[-1].end if row else 0, ""))
    body = next(
        (i for i, r in enumerate(rows) if sum(c.figure is not None for c in r) >= 1 and not _numbered(r) and not _years(r)),
        None,
    )
    if body is None:
        return None
    heads = [
        " ".join(dict.fromkeys([*(r[c].text.strip() for r in rows[:body] if r[c].text.strip()), block])).strip()
        for c in range(width)
    ]
    return _shape(rows[body:], heads)


def _sign(around: re.Match[str]) -> str:
    """ "+" or "-" before the only figure of a cell, as a sign or in a word: "giảm 3"."""
    told: str = around["sign"]
    return told if len(told) < 2 else "+" if around["up"] else "-"


def _heads_rule(reading: Reading, index: int) -> bool:
    """A line |---|---| under the head of a table."""
    span = reading.paragraphs_read[index].span
    line = reading.folded[span.start : span.end]
    return "-" in line and re.fullmatch(r"[\s|:-]*", line) is not None


def _ruled(reading: Reading, index: int) -> bool:
    """A line of a drawn table: +------+-----+."""
    span = reading.paragraphs_read[index].span
    return reading.folded[span.start : span.start + 8].lstrip().startswith("+") and (
        _RULE.fullmatch(reading.folded, span.start, span.end) is not None
    )


def _numbered(row: list[Cell]) -> bool:
    """A row of column numbers, (1) (2) (3) or A B 1 2 3."""
    marks = [re.sub(r"=.*|[()\s]", "", c.text) for c in row if c.text.strip()]  # (3)=(4)+(5) too
    numbers = [m for m in marks if m.isdigit()]
    return (
        len(numbers) >= 2
        and [int(n) for n in numbers] == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))
        and int(numbers[0]) <= 3
        and all(m.isdigit() or len(m) <= 1 for m in marks)
    )


def _years(row: list[Cell]) -> bool:
    """A row of years over their columns: Nội dung | 2022 | 2023."""
    marks = [c.text for c in row if c.figure is not None]
    return len(marks) >= 2 and all(re.fullmatch(r"(?:19|20)\d\d", m) for m in marks)


def _cells(reading: Reading, offset: int, text: str, kind: str, mentions: tuple[Mention, ...]) -> list[Cell]:
    if kind == "pipe":
        marks = [m.start() for m in re.finditer(r"\|", text)]
        bounds = list(zip([0, *(m + 1 for m in marks)], [*marks, len(text)], strict=True))
        outer = [b for b in (bounds[0], bounds[-1]) if not text[b[0] : b[1]].strip(" *")]
        bounds = [b for b in bounds if b not in outer]  # rows may go without their outer bars
    elif kind == "listed":
        bounds = [(cell.start - offset, cell.end - offset) for cell in listed_cells(reading.text, offset, offset + len(text))]
    elif kind in SEPARATORS:
        raw = reading.text[offset : offset + len(text)]
        bounds, start = [], 0
        for match in re.finditer(SEPARATORS[kind], raw):
            bounds.append((start, match.start()))
            start = match.end()
        bounds.append((start, len(raw)))
    else:
        bounds = [(m.start(), m.end()) for m in re.finditer(r"\S+(?: {1,2}\S+)*", text)]
    out = []
    starts = [m.start for m in mentions]
    for low, high in bounds:
        body = text[low:high]
        inside = mentions[bisect_left(starts, offset + low) : bisect_left(starts, offset + high)]
        alone = (
            _AROUND.fullmatch(
                text[low : inside[0].start - offset] + text[inside[0].quantity.span.end - offset : high]
            )
            if len(inside) == 1
            else None
        )
        out.append(
            Cell(
                offset + low,
                offset + high,
                body.strip(" *"),
                inside[0] if alone else None,
                nil=_NIL.match(body) is not None and "-" in body,
                sign=_sign(alone) if alone else "",
            )
        )
    return out


def _aligned(reading: Reading, rows: list[list[Cell]], places: list[int], block: str) -> Table | None:
    """Rows of blank-separated cells, read from the right end: figures, then the label before them."""
    shaped: list[tuple[str, list[Cell]]] = []
    for place, row in zip(places, rows, strict=True):
        part = reading.paragraphs_read[place]
        text = reading.folded[part.span.start : part.span.end]
        gutters = _by_gutter(row)
        if gutters is not None:
            shaped.append(gutters)
            continue
        tail = _TAIL.search(text)
        if tail is None:
            continue
        cells = []
        figures = {m.start: m for m in reading.by_paragraph[place]}
        for match in _CELL_AT_END.finditer(tail.group()):
            start = part.span.start + tail.start() + match.start()
            word, figure = match.group(), part.span.start + tail.start() + match.start("figure")
            sign = "" if word == "-" else {"tăng ": "+", "giảm ": "-"}.get(match["sign"], match["sign"])
            cells.append(Cell(start, start + len(word), word, figures.get(figure), nil=word == "-", sign=sign))
        label = text[: tail.start()].strip()
        shaped.append((label, cells))
    width = max((len(c) for _, c in shaped), default=0)
    if width < 1 or len(shaped) < 2:
        return None
    common = max({len(c) for _, c in shaped}, key=lambda n: sum(len(c) == n for _, c in shaped))
    kept = []
    full = next((cells for _, cells in shaped if len(cells) == common), [])
    for label, cells in shaped:
        if 0 < len(cells) < common:
            cells = _in_their_columns(reading, cells, full)
        if len(cells) > common and _WORDS.fullmatch(label):
            label, cells = f"{label} {' '.join(c.text for c in cells[:-common])}", cells[-common:]
        if len(cells) == common:
            kept.append((label, cells))
    if len(kept) < 2 or not any(c.figure for _, cells in kept for c in cells):
        return None
    if common > 1 and all(YEAR.fullmatch(cells[0].text) for _, cells in kept):
        kept = [(f"{label} {cells[0].text}".strip(), cells[1:]) for label, cells in kept]
        common -= 1
    heads = [f"{head} {block}".strip() for head in _aligned_heads(reading, rows, places, common)]
    _unsign([c for _, c in kept], heads)
    table = Table(
        [c for _, c in kept],
        [re.sub(r"^\d{1,3}[.)]?\s+", "", label) for label, _ in kept],
        heads,
        marks=[mark_of(label) for label, _ in kept],
    )
    table.total = total_at(table.labels)
    if table.total is None:
        table.total = _total_by_sums(table)
    return table


def _in_their_columns(reading: Reading, cells: list[Cell], full: list[Cell]) -> list[Cell]:
    """The cells of a row that leaves some out, each under the column of a full row it stands in, empty ones between; the cells as they are where
    their places do not say so."""
    columns = [_place(reading, cell) for cell in full]
    at: list[int] = []
    for cell in cells:
        start, end = _place(reading, cell)
        under = [c for c, (first, last) in enumerate(columns) if start == first or end == last]
        if len(under) != 1 or at and under[0] <= at[-1]:
            return cells
        at += under
    placed = dict(zip(at, cells, strict=True))
    return [placed.get(c, Cell(cells[-1].end, cells[-1].end, "")) for c in range(len(full))]


def _place(reading: Reading, cell: Cell) -> tuple[int, int]:
    """The characters of its line between which a cell stands."""
    line = reading.folded.rfind("\n", 0, cell.start) + 1
    return cell.start - line, cell.end - line


def _by_gutter(row: list[Cell]) -> tuple[str, list[Cell]] | None:
    """A row whose columns stand three blanks apart: its trailing figures, and the words before them."""
    figures: list[Cell] = []
    for cell in reversed(row):
        if cell.figure is None and not cell.nil:
            break
        figures.insert(0, cell)
    if not figures or len(figures) == len(row):
        return None
    return " ".join(c.text for c in row[: len(row) - len(figures)]), figures


def _aligned_heads(reading: Reading, rows: list[list[Cell]], places: list[int], width: int) -> list[str]:
    """The words of the last line above the figures, cut at its gaps."""
    for offset, row in enumerate(rows):
        if any(c.figure for c in row):
            if offset:
                part = reading.paragraphs_read[places[offset - 1]]
                words = re.split(r"\s{2,}", reading.folded[part.span.start : part.span.end].strip())
                if len(words) > width:
                    return words[-width:]
            break
    return [""] * width


def _shape(rows: list[list[Cell]], heads: list[str]) -> Table | None:
    """Split label columns from figure columns; drop the index column."""
    width = len(heads)
    _unsign(rows, heads)
    figures = [
        c
        for c in range(width)
        if sum(r[c].figure is not None for r in rows) * 2 >= len(rows)
        or sum(r[c].value is not None for r in rows) * 3 >= 2 * len(rows)
        and any(r[c].figure for r in rows)
    ]
    dropped = 0
    if len(figures) > 1 and all(YEAR.fullmatch(r[figures[0]].text) for r in rows if r[figures[0]].figure is not None):
        del figures[0]  # rows named by their years
    while len(figures) > 1 and (
        any(heads) and _INDEX.match(heads[figures[0]].strip(" *."))
        or figures[0] == dropped
        and _counting([r[figures[0]] for r in rows])
    ):
        figures, dropped = figures[1:], dropped + 1  # row numbers, and areas that are only numbered
    if not figures:
        return None
    labels = [
        " ".join(
            r[c].text
            for c in range(width)
            if c not in figures and (YEAR.fullmatch(r[c].text) or not _ORDINAL.fullmatch(r[c].text))
        ).strip()
        for r in rows
    ]
    marks = [next((r[c].text for c in range(figures[0]) if r[c].text and _ORDINAL.fullmatch(r[c].text)), "") for r in rows]
    table = Table(
        [[r[c] for c in figures] for r in rows], labels, [heads[c] for c in figures], marks=marks
    )
    table.total = total_at(labels)
    if table.total is None:
        table.total = _total_by_sums(table)
    return table


def _unsign(rows: list[list[Cell]], heads: list[str]) -> None:
    """Outside the columns of changes a sign is none: a dash before a figure may be a bullet."""
    for column in range(len(heads)):
        if not changing(rows, heads, column):
            for row in rows:
                if row[column].sign:
                    row[column].figure, row[column].value = None, None


def _total_by_sums(table: Table) -> int | None:
    """A last row without the word for it ("Quý IV" under its months), when it adds up two columns or more, and most."""
    last = len(table.rows) - 1
    if last < 3:
        return None
    closing = tested = 0
    for column in usable(table):
        values = [row[column].value for row in table.rows]
        if any(v is None for v in values):
            continue
        tested += 1
        closing += sum(v for v in values[:-1] if v is not None) == values[-1] != 0
    return last if closing >= 2 and 2 * closing >= tested else None


def _counting(column: list[Cell]) -> bool:
    values = [int(c.figure.quantity.written.value) for c in column if c.figure is not None]
    return len(values) >= 2 and values == list(range(values[0], values[0] + len(values)))


def named_cells(found: list[Table]) -> Iterator[Item]:
    """Every figure cell as an item labelled by its row and column, for shares the prose takes of them."""
    for table in found:
        units = [UNIT.search(head) for head in table.heads]
        for row, label in enumerate(table.labels):
            for column, (head, unit) in enumerate(zip(table.heads, units, strict=True)):
                cell = table.rows[row][column] if column < len(table.rows[row]) else None
                if cell is not None and cell.figure is not None and cell.figure.countable:
                    name = f"{label} {head}".strip()
                    yield Item(
                        cell.figure,
                        name,
                        cell.figure.unit or (unit.group(1) if unit and unit.group(1) == "hồ sơ" else ""),
                        words=content(name),
                    )
