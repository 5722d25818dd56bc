"""The reading order of a page: its lines, columns of prose one after the other, tables without ruling lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

from .columns import prose_columns
from .lines import Grid, Line, Piece, Word, lines_of

_WIDE_GAP = 1.8  # in line heights: wider blanks part columns
_FILLERS = 4
_NUMBERISH = re.compile(r"[\d.,%/()\-–+ ]+")


def reading_order(words: Iterable[Word]) -> list[Piece]:
    """Lines and unruled tables of a page in reading order: columns one after the other, aligned columns of
    short entries as a table."""
    lines = lines_of(words)
    if (columns := prose_columns(lines)) is not None:
        above, below = lines[: columns.first], lines[columns.last :]
        pieces = reading_order(word for line in above for word in line.words)
        for held in columns.words:
            edges = min(word.left for word in held), max(word.right for word in held)
            for piece in reading_order(held):
                if isinstance(piece, Line):
                    piece.column = piece.column or edges
                pieces.append(piece)
        return [*pieces, *reading_order(word for line in below for word in line.words)]
    rows = [_segments(line) for line in lines]
    pieces = []
    group: list[list[Line]] = []
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else []
        if (
            len(row) == 1
            and not _continues_column(group, row[0])
            and not _continues_cell(group, row[0], below)
        ):
            pieces.extend(_columns(group))
            group = []
            pieces.append(row[0])
        else:
            if group and row[0].top - group[-1][0].bottom > 3 * row[0].height:
                pieces.extend(_columns(group))
                group = []
            group.append(row)
    pieces.extend(_columns(group))
    return pieces


def is_beside(table: Grid, words: Sequence[Word]) -> bool:
    """Do words stand at the height of the table, to its left or right?"""
    return any(table.top < (word.top + word.bottom) / 2 < table.bottom for word in words)


def order_around(tables: Sequence[Grid], words: Sequence[Word]) -> list[Piece] | None:
    """The reading order of a page whose tables stand in columns of prose; None where it has no such columns.

    While the columns are looked for, lines of the text's height stand in for each table."""
    height = median(word.height for word in words)
    stand_in: dict[int, Grid] = {}
    lines: list[Word] = []
    for table in tables:
        for at in range(max(1, round((table.bottom - table.top) / (1.2 * height)))):
            top = table.top + at * 1.2 * height
            for word in _filling(table, top, top + height):
                stand_in[id(word)] = table
                lines.append(word)
    pieces: list[Piece] = []
    for piece in reading_order([*words, *lines]):
        if isinstance(piece, Grid):
            held = [word for row in piece.rows for cell in row for word in cell]
        else:
            held = piece.words
        replaced = {id(stand_in[id(word)]) for word in held if id(word) in stand_in}
        if not replaced:
            pieces.append(piece)
        elif isinstance(piece, Grid) or piece.column is None or not all(id(word) in stand_in for word in held):
            return None
        elif not pieces or id(pieces[-1]) not in replaced:
            pieces.append(stand_in[id(held[0])])
    return pieces


def _filling(table: Grid, top: float, bottom: float) -> list[Word]:
    """Words that fill the width of the table, but for the margins of its cells: its edges stand out of the column."""
    left = min(word.left for row in table.rows for cell in row for word in cell)
    right = max(area[2] for row in table.areas for area in row if area) - (left - table.edges[0])
    step = (right - left) / _FILLERS
    return [Word("", left + step * at, top, left + step * (at + 1), bottom) for at in range(_FILLERS)]


def _continues_column(group: list[list[Line]], line: Line) -> bool:
    """Does a lone line stand under one column of the rows above, clear of the other?"""
    if not group or line.top - max(s.bottom for s in group[-1]) > 1.2 * line.height:
        return False
    gutter = _gutter(group)
    return gutter is not None and (line.right <= gutter or line.left >= gutter)


def _continues_cell(group: list[list[Line]], line: Line, below: list[Line]) -> bool:
    """Is a lone line the second line of a cell, between two close rows of three columns or more?"""
    if not group or len(below) < 3 or max(map(len, group)) < 3:
        return False
    above = max(segment.bottom for segment in group[-1])
    if line.top - above > 0.6 * line.height or below[0].top - line.bottom > 0.6 * line.height:
        return False
    columns = _column_spans([segment for row in group for segment in row])
    return any(left - 3 <= line.left < right for left, right in columns[:-1]) and all(
        line.left > right or line.right < left or left - 3 <= line.left for left, right in columns
    )


def _gutter(group: list[list[Line]]) -> float | None:
    pairs = [row for row in group if len(row) == 2]
    if not pairs:
        return None
    low, high = max(row[0].right for row in pairs), min(row[1].left for row in pairs)
    return (low + high) / 2 if low < high else None


def _segments(line: Line) -> list[Line]:
    parts = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if word.left - before.right > _WIDE_GAP * max(before.height, word.height):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [Line(part) for part in parts]


def _columns(group: list[list[Line]]) -> list[Piece]:
    if not group:
        return []
    if (table := _unruled(group)) is not None:
        return [table]
    gutter = _gutter(group)
    if gutter is not None and all(len(row) <= 2 for row in group):
        sides = [segment for row in group for segment in row]
        left = [s for s in sides if (s.left + s.right) / 2 < gutter]
        return [*left, *(s for s in sides if (s.left + s.right) / 2 >= gutter)]
    return [Line([word for segment in row for word in segment.words]) for row in group]


def _unruled(group: list[list[Line]]) -> Grid | None:
    """A table without lines: at least two rows of three columns, or three of two with numbers on the right."""
    wide = [row for row in group if len(row) >= 3]
    numbers = [row for row in group if len(row) == 2 and _NUMBERISH.fullmatch(row[1].text)]
    if len(wide) < 2 and not (len(numbers) >= 3 and len(numbers) * 3 >= len(group) * 2):
        return None
    columns = _column_spans([segment for row in group for segment in row])
    rows: list[list[list[Word]]] = []
    for row in group:
        wrapped = len(row) == 1 and len(wide) >= 2 and bool(rows)
        cells: list[list[Word]] = rows[-1] if wrapped else [[] for _ in columns]
        for segment in row:
            middle = (segment.left + segment.right) / 2
            at = min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - middle))
            cells[at].extend(segment.words)
        if not wrapped:
            rows.append(cells)
    return Grid(rows, group[0][0].top, max(s.bottom for s in group[-1]))


def _column_spans(segments: list[Line]) -> list[tuple[float, float]]:
    """Stretches of the page's width that segments share: overlapping segments belong to one column."""
    spans: list[tuple[float, float]] = []
    for segment in sorted(segments, key=lambda s: s.left):
        if spans and segment.left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], segment.right))
        else:
            spans.append((segment.left, segment.right))
    return spans
