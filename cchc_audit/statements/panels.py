"""Rows told twice under one head: counts by year, and below a line of words their growth or their structure.

"2022 | 1.204 | 611 | 593 / 2023 | 1.251 | … / Tốc độ tăng (%) / 2023 | 3,9 | …": what most cells of the second block are of
the first, all are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from ..model import Claim, Kind
from .items import claim, comes_out, term
from .rows import Cell, Table, usable
from .tables import summed

_ENOUGH = 3  # cells that must come out

Triple = tuple[Cell, Cell, Cell]  # the rate, and the two counts it is made of


def find(found: list[Table]) -> Iterator[Claim]:
    """The growth rates and the shares that the second of two blocks gives of the first."""
    for counts, rates in pairwise(found):
        if rates.block and len(rates.heads) == len(counts.heads):
            at = {label: row for row, label in enumerate(counts.labels)}
            rows = [(cells, at[label]) for cells, label in zip(rates.rows, rates.labels, strict=True) if label in at]
            if len(rows) >= 2 and len(rows) == len(rates.rows):
                yield from _growth(counts, rates, rows)
                yield from _structure(counts, rates, rows)


def _growth(counts: Table, rates: Table, rows: list[tuple[list[Cell], int]]) -> Iterator[Claim]:
    """Each rate as the change from the row above its own among the counts."""
    cells = [
        (rate, counts.rows[at - 1][column], counts.rows[at][column])
        for told, at in rows
        if at
        for column, rate in enumerate(told)
    ]
    for rate, prev, now in _mostly(cells, _grew):
        if rate.figure and prev.figure and now.figure:
            fell = rate.sign == "-" if rate.sign else now.figure.value < prev.figure.value
            size = replace(term("p", rate.figure, negative=fell), unit="%")
            yield claim(Kind.CHANGE, [size, term("prev", prev.figure), term("now", now.figure)], "table.growth", scope=rates.block)


def _grew(rate: Cell, prev: Cell, now: Cell) -> bool:
    if rate.figure is None or rate.value is None or not prev.value or now.value is None:
        return False
    return 2 * abs(Fraction(100 * (now.value - prev.value)) / prev.value - rate.value) <= rate.figure.quantity.written.ulp


def _structure(counts: Table, rates: Table, rows: list[tuple[list[Cell], int]]) -> Iterator[Claim]:
    """Each rate as the share in the column whose own rates are all 100."""
    wholes = [c for c in range(len(rates.heads)) if all(told[c].value == 100 for told, _ in rows)]
    for whole in wholes[:1]:
        cells = [
            (rate, counts.rows[at][column], counts.rows[at][whole])
            for told, at in rows
            for column, rate in enumerate(told)
            if column != whole
        ]
        for rate, n, m in _mostly(cells, _shares):
            if rate.figure and n.figure and m.figure:
                percent = replace(term("p", rate.figure), unit="%")
                yield claim(Kind.SHARE, [term("n", n.figure), term("m", m.figure), percent], "table.structure", scope=rates.block)
        for total, parts, _ in summed(counts, usable(counts)):
            for told, _ in rows:
                shares = [replace(term("part", f), unit="%") for c in parts if (f := told[c].figure) is not None]
                if total == whole and len(shares) == len(parts):
                    yield claim(Kind.SHARES_SUM, shares, "table.structure", scope=rates.block)


def _shares(rate: Cell, n: Cell, m: Cell) -> bool:
    return rate.figure is not None and n.value is not None and bool(m.value) and comes_out(n.value, m.value or 0, rate.figure.quantity.written)


def _mostly(cells: list[Triple], comes: Callable[[Cell, Cell, Cell], bool]) -> list[Triple]:
    """The cells that can be tested, where two of three come out."""
    tested = [c for c in cells if all(x.figure is not None for x in c)]
    right = sum(comes(*c) for c in tested)
    return tested if right >= _ENOUGH and 3 * right >= 2 * len(tested) else []
