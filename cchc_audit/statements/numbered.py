"""Tables whose rows are numbered by levels: "3 | Đã giải quyết | 3.247 | 100", then "3.1 | Sớm hạn | 2.986 | 91,96", "3.2", …,
or "a", "b" or dashes below the number.

The rows below a number divide it, where those of some number do; their percentages are shares of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..digits import distance
from ..model import Claim, Kind
from ..quantities import Mention
from .items import claim, close, comes_out, term, total_of
from .rows import Cell, Table, as_percent, is_percent

_BELOW = re.compile(r"(\d{1,2})\.(\d{1,2})\.?\s")
_LETTER = re.compile(r"[a-hđ]")
_DASH = re.compile(r"[-+] ?\w")
_FEWEST = 2  # rows below one number


def levels(table: Table, columns: list[int]) -> Iterator[Claim]:
    """The sums and shares of each number that has rows of its own below it."""
    groups = _groups(table)
    if not groups:
        return
    rates = [c for c in columns if is_percent(table, c)]
    counts = [c for c in columns if c not in rates]
    sums = [(head, below) for c in counts for head, below in _figures(table, groups, c)]
    dividing = any(total_of(below) == head.value for head, below in sums)
    for head, below in sums:
        if total_of(below) == head.value or dividing and _meant(head, below):
            yield claim(Kind.BREAKDOWN, [term("total", head), *(term("part", f) for f in below)], "table.levels", scope=head.quantity.noun)
    for rate in rates:
        for count in counts[:1]:
            yield from _shares(table, groups, count, rate)


def _meant(head: Mention, below: list[Mention]) -> bool:
    """Do the rows come near their number, and would one slip of a digit in it or in one of them make them up?"""
    off = total_of(below) - head.value
    slips = [(head.value, head.value + off), *((f.value, f.value - off) for f in below)]
    return close(total_of(below), head.value) and any(meant >= 0 and distance(str(value), str(meant)) == 1 for value, meant in slips)


def _groups(table: Table) -> list[tuple[int, list[int]]]:
    """The row of each number with the rows numbered below it, all of them on end and in order."""
    at: dict[str, int] = {}
    groups: dict[int, list[int]] = {}
    last: int | None = None  # the numbered row that lettered and dashed ones stand below
    for row, (label, mark) in enumerate(zip(table.labels, table.marks, strict=False)):
        number = mark.strip(".)")
        if number and not _LETTER.fullmatch(number):
            at[number] = last = row
            continue
        below = _BELOW.match(label)
        head = at.get(below.group(1)) if below is not None else last if _LETTER.fullmatch(number) or _DASH.match(label) else None
        if head is not None:
            groups.setdefault(head, []).append(row)
    return [
        (head, rows)
        for head, rows in groups.items()
        if len(rows) >= _FEWEST and rows == list(range(head + 1, head + 1 + len(rows)))
    ]


def _figures(table: Table, groups: list[tuple[int, list[int]]], column: int) -> Iterator[tuple[Mention, list[Mention]]]:
    for head, rows in groups:
        whole, below = table.rows[head][column].figure, [table.rows[r][column].figure for r in rows]
        told = [f for f in below if f is not None]
        if whole is not None and len(told) == len(below) and whole.value:
            yield whole, told


def _shares(table: Table, groups: list[tuple[int, list[int]]], count: int, rate: int) -> Iterator[Claim]:
    """The percentages of the rows below each number as shares of its count, where most of them are."""
    told: list[tuple[list[tuple[Mention, Mention, Mention]], bool]] = []
    for head, rows in groups:
        whole, all_of_it = table.rows[head][count].figure, table.rows[head][rate]
        if whole is None or not (_is_all(all_of_it) or not all_of_it.text.strip()):
            continue
        shares = [(n, whole, p) for r in rows if (n := table.rows[r][count].figure) and (p := table.rows[r][rate].figure)]
        told.append((shares, len(shares) == len(rows)))
    every = [s for shares, _ in told for s in shares]
    right = sum(comes_out(n.value, whole.value, p.quantity.written) for n, whole, p in every)
    if right < _FEWEST or 3 * right < 2 * len(every):
        return
    for n, whole, p in every:
        yield claim(Kind.SHARE, [term("n", n), term("m", whole), as_percent(p)], "table.levels", scope=n.quantity.noun)
    for shares, complete in told:
        if complete:
            yield claim(Kind.SHARES_SUM, [replace(as_percent(p), role="part") for _, _, p in shares], "table.levels")


def _is_all(cell: Cell) -> bool:
    return cell.figure is not None and cell.figure.value == 100

