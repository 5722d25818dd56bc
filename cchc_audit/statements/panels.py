"""Groups of rows that answer each other: the questions of a survey; counts by year, and below a line of words their
growth or their structure.

"2022 | 1.204 | 611 | 593 / 2023 | 1.251 | … / Tốc độ tăng (%) / 2023 | 3,9 | …": what most cells of the second block are of
the first, all are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from ..model import Claim, Kind
from ..quantities import Mention, Reading
from .items import LEAST, claim, close, comes_out, term
from .rows import Cell, Table, is_percent, usable
from .tables import summed

_ENOUGH = 3  # cells that must come out

Triple = tuple[Cell, Cell, Cell]  # the rate, and the two counts it is made of


def find(reading: Reading, found: list[Table]) -> Iterator[Claim]:
    """The growth rates and the shares that the second of two blocks gives of the first; the answers to each question of
    a survey."""
    for table in found:
        yield from _questions(reading, table)
    for counts, rates in pairwise(found):
        if rates.block and len(rates.heads) == len(counts.heads):
            at = {label: row for row, label in enumerate(counts.labels)}
            rows = [(cells, at[label]) for cells, label in zip(rates.rows, rates.labels, strict=True) if label in at]
            if len(rows) >= 2 and len(rows) == len(rates.rows):
                yield from _growth(counts, rates, rows)
                yield from _structure(counts, rates, rows)


def _questions(reading: Reading, table: Table) -> Iterator[Claim]:
    """ "Chỗ ngồi chờ / Rất hài lòng 2.063, Hài lòng 2.137, Không hài lòng 15; Thời gian trả / …": where the answers to most
    questions make one figure told before the table, those to each do, and their shares are of it."""
    questions = _grouped(table)
    for column in usable(table) if len(questions) >= _ENOUGH else ():
        cells = [[table.rows[row][column].figure for row in rows] for rows in questions]
        answers = [[f for f in told if f is not None] for told in cells]
        if is_percent(table, column) or any(len(a) < len(c) for a, c in zip(answers, cells, strict=True)):
            continue
        amount, agreeing = Counter(sum(f.value for f in told) for told in answers).most_common(1)[0]
        before = (m for m in reading.mentions if m.value == amount >= LEAST and m.start < answers[0][0].start)
        whole = next(before, None)
        if whole is None or 2 * agreeing < len(questions):
            continue
        for rows, told in zip(questions, answers, strict=True):
            if close(sum(f.value for f in told), amount):
                yield claim(Kind.BREAKDOWN, [term("total", whole), *(term("part", f) for f in told)], "table.question", scope=table.labels[rows[0]])
                yield from _answered(table, rows, told, whole, column + 1)


def _answered(table: Table, rows: list[int], told: list[Mention], whole: Mention, column: int) -> Iterator[Claim]:
    """The percentages in the column beside the answers to one question."""
    if column >= len(table.heads) or not is_percent(table, column):
        return
    shares = [replace(term("p", f), unit="%") for row in rows if (f := table.rows[row][column].figure) is not None]
    if len(shares) == len(told):
        for n, p in zip(told, shares, strict=True):
            yield claim(Kind.SHARE, [term("n", n), term("m", whole), p], "table.question", scope=table.labels[rows[0]])
        yield claim(Kind.SHARES_SUM, [replace(p, role="part") for p in shares], "table.question", scope=table.labels[rows[0]])


def _grouped(table: Table) -> list[list[int]]:
    """The rows under each label that opens a group: "thời gian trả kết quả? / đúng hẹn", "chậm hẹn", "không đúng hẹn"."""
    groups: list[list[int]] = []
    for row, label in enumerate(table.labels):
        if " / " in label or not groups:
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups if all(len(g) >= 2 for g in groups) else []


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
