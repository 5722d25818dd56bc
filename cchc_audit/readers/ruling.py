"""Tables drawn with lines: which words stand in which cell."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pdfplumber
from pdfplumber import table as plumber

from .lines import Grid, Word
from .source import Source

_BoxT = tuple[float, float, float, float]
_MOST_EDGES = 4000


def ruled_tables(source: Source, index: int, words: list[Word]) -> list[Grid]:
    """The ruled tables of page `index` (from 0), top to bottom, filled with the words that stand in them."""
    with pdfplumber.open(BytesIO(source.data), pages=[index + 1]) as document:
        page = document.pages[0]
        if len(page.edges) > _MOST_EDGES:
            return []
        return sorted(filled(page.find_tables(), words), key=lambda grid: grid.top)


def tables_of_edges(edges: list[dict[str, Any]], words: list[Word]) -> list[Grid]:
    """The same from bare lines, as found on a picture of a page."""
    merged = plumber.merge_edges(edges, 4, 4, 6, 6)
    crossings = plumber.edges_to_intersections(merged, 5, 5)
    cells = plumber.intersections_to_cells(crossings)
    found = [_Bare(group) for group in plumber.cells_to_tables(cells)]
    return sorted(filled(found, words), key=lambda grid: grid.top)


class _Bare:
    """Cells of one table, offered like pdfplumber's own tables."""

    def __init__(self, cells: list[_BoxT]) -> None:
        self.cells = cells


def filled(tables: Iterable[Any], words: list[Word]) -> list[Grid]:
    """Grids with the words of each cell; frames of a single cell are no tables."""
    return [grid for table in tables if (grid := _grid(list(table.cells), words)) is not None]


def _grid(cells: list[_BoxT], words: list[Word]) -> Grid | None:
    lefts = _distinct(cell[0] for cell in cells)
    tops = _distinct(cell[1] for cell in cells)
    if len(cells) < 2 or len(lefts) < 2:
        return None
    rows: list[list[list[Word]]] = [[[] for _ in lefts] for _ in tops]
    right, bottom = max(c[2] for c in cells), max(c[3] for c in cells)
    for word in words:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        if not (lefts[0] <= x <= right and tops[0] <= y <= bottom):
            continue
        cell = next((c for c in cells if c[0] <= x <= c[2] and c[1] <= y <= c[3]), None)
        if cell is not None:
            rows[_index(tops, cell[1])][_index(lefts, cell[0])].append(word)
    areas: list[list[_BoxT | None]] = [[None] * len(lefts) for _ in tops]
    for cell in cells:
        areas[_index(tops, cell[1])][_index(lefts, cell[0])] = cell
    filled_rows = [at for at, row in enumerate(rows) if any(row)]
    if not filled_rows:
        return None
    return Grid(
        [rows[at] for at in filled_rows], tops[0], bottom, tuple(lefts), [areas[at] for at in filled_rows]
    )


def _distinct(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 3:
            found.append(value)
    return found


def _index(values: list[float], value: float) -> int:
    return min(range(len(values)), key=lambda i: abs(values[i] - value))
