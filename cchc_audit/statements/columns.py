"""Totals down the columns of a table: the total row, and rows that head the rows they add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from ..model import Claim, Kind, Rational
from ..quantities import Mention
from .items import LEAST, claim, near, term
from .partitions import shared_partition
from .rows import STOCK, TOTAL, TOTAL_ONLY, Table, changing, is_percent, usable

_FIRST_LEVEL = re.compile(r"[ivx]{1,5}[.)/] ")  # "I. Thu cố định" in the column of the names
_SECOND_LEVEL = re.compile(r"\W*\d{1,2}[.)/] ")
_ATTRIBUTE = re.compile(r"\W*(?:nữ|dân tộc|đảng viên)(?!\w)")
_AMONG = re.compile(r"^\W*trong đó")
_SECTION = 40  # rows that one row may add up
_TELLING = 100  # a total that is no chance where only one column closes on it


@dataclass(frozen=True, slots=True)
class _Sum:
    """One column of a row and of the rows it is to add up."""

    column: int
    total: Mention
    parts: list[Mention]

    @property
    def added(self) -> Rational:
        return sum(p.value for p in self.parts)

    @property
    def closes(self) -> bool:
        return self.added == self.total.value


def totals(table: Table) -> Iterator[Claim]:
    """The total row, and every row above the rows it adds up."""
    columns = usable(table)
    added_up = {c for c in columns if not _odd(table, c)}
    sections: dict[int, list[int]] = {}
    below: list[int] = []  # rows that are part of none so far, the nearest last
    for row in reversed(range(len(table.rows))):
        attributes = list(takewhile(lambda i: _ATTRIBUTE.match(table.labels[i]), reversed(below)))  # "Tổng số trẻ", "- Nữ", "- Dân tộc", then the ages
        parts = _section(table, row, below, columns)
        if not parts and attributes:
            parts = _section(table, row, below[: -len(attributes)], columns)
            below = below[: -len(attributes)] if parts else below
        if parts:
            sums = _sums(table, row, parts, columns)
            certain = _certain([s for s in sums if s.column in added_up] or sums)
            if row != table.total or not certain or 0 < row < len(table.rows) - 1:  # "Tổng cộng 1.303" may stand under what came and over what became of it
                yield from _section_claims(table.labels[row], sums, added_up, numbered=_numbered(table, row, parts))
            if certain or len(columns) == 1 or all(s.closes for s in sums):
                sections[row] = parts
                del below[-len(parts) :]
        below.append(row)
    yield from _total_row(table, sections)


def _odd(table: Table, column: int) -> bool:
    """Rates, changes and stocks are not added up."""
    head = table.heads[column]
    return is_percent(table, column) or changing(table.rows, table.heads, column) or STOCK.search(head) is not None


def _claimed(told: _Sum, source: str, scope: str, relation: str = "equal") -> Claim:
    terms = [term("total", told.total), *(term("part", p) for p in told.parts)]
    return claim(Kind.BREAKDOWN, terms, source, scope=scope, relation=relation)


# ---------------------------------------------------------------- rows that head others


def _section(table: Table, row: int, below: list[int], columns: list[int]) -> list[int]:
    """The rows after this one that it adds up: "Tổng số 201 / toàn trình 88 / một phần 74 / …".

    Rows are taken from the foot up, and those that are parts of one are passed over by the ones above it, so that the
    levels of "I. Thành phố / 1. Phường … / II. Thị xã / 1. Phường …" come out by their figures.
    """
    rests = {c: f.value for c in columns if (f := table.rows[row][c].figure) is not None and f.value > 0}
    most = size_of_most = 0
    for size, part in enumerate(reversed(below[-_SECTION:]), 1):
        values = {c: table.rows[part][c].value for c in rests}
        rests = {c: rests[c] - v for c, v in values.items() if v is not None and v <= rests[c]}
        closed = sum(rest == 0 for rest in rests.values())
        if size >= 2 and closed > most:
            most, size_of_most = closed, size
        if not rests:
            break
    while most and size_of_most < len(below) and all(table.rows[below[-1 - size_of_most]][c].value == 0 for c in columns):
        size_of_most += 1  # stated zeros belong to the rows before them
    parts = below[len(below) - size_of_most :][::-1]
    closing = [s for s in _sums(table, row, parts, columns) if s.closes] if parts else []
    return parts if _certain(closing) or any(_telling(s, table.labels[row]) for s in closing) else []


def _sums(table: Table, row: int, parts: list[int], columns: list[int]) -> list[_Sum]:
    """The row against its parts, column by column, where every cell is told and two parts at least are not nil."""
    sums = []
    for column in columns:
        total, cells = table.rows[row][column].figure, [table.rows[i][column] for i in parts]
        figures = [c.figure for c in cells if c.figure is not None]
        if total is not None and all(c.value is not None for c in cells) and sum(f.value > 0 for f in figures) >= 2:
            sums.append(_Sum(column, total, figures))
    return sums


def _telling(told: _Sum, label: str) -> bool:
    """Is it no chance that this one column closes?"""
    return told.total.value >= _TELLING or re.match(r"[*\s]*tổng", label) is not None


def _certain(sums: list[_Sum]) -> bool:
    """Do two of three columns close, or three or more of which they are the larger part, two of them with figures of their own?"""
    closing = [s for s in sums if s.closes]
    told = {tuple(f.value for f in (s.total, *s.parts)) for s in closing if s.total.value >= LEAST}
    return len(told) >= 2 and (3 * len(closing) >= 2 * len(sums) or len(told) > 2 and 2 * len(closing) > len(sums))


def _numbered(table: Table, row: int, parts: list[int]) -> bool:
    """ "I. Thu cố định" over "1. Phí", "2. Hoa lợi", "3. Thu khác", and then "II.": do the numbers say what the row adds up?"""
    own = takewhile(lambda i: _SECOND_LEVEL.match(table.labels[i]), range(row + 1, len(table.rows)))
    return _FIRST_LEVEL.match(table.labels[row]) is not None and list(own) == parts


def _section_claims(label: str, sums: list[_Sum], added_up: set[int], *, numbered: bool) -> Iterator[Claim]:
    """The columns that close; where they or the numbers of the rows tell for certain what the row adds up, also one that comes near and does not."""
    certain = _certain([s for s in sums if s.column in added_up] or sums) or numbered
    for s in sums:
        if s.closes and (certain or _telling(s, label)) or certain and s.column in added_up and near(s.added, s.total.value):
            yield _claimed(s, "table.first", label)


# ---------------------------------------------------------------- the total row


def _total_row(table: Table, sections: dict[int, list[int]]) -> Iterator[Claim]:
    if table.total is None:
        return
    label = table.labels[table.total]
    heads = [i for i, name in enumerate(table.labels) if TOTAL_ONLY.fullmatch(name)]
    if len(heads) > 1 and heads[0] == 0 and heads[-1] < len(table.rows) - 1:
        yield from _headed_by_totals(table, heads)
        return
    sums = max(
        ([s for c in usable(table) if (s := _total_sum(table, c, rows))] for rows in _totalled(table, sections)),
        key=lambda sums: sum(s.closes for s in sums),
    )
    doubtful = TOTAL_ONLY.fullmatch(label) is None or any(_AMONG.match(label) for label in table.labels)
    names = [table.labels[row] for row in range(len(table.rows)) if row != table.total]
    doubtful = doubtful or shared_partition(names) is None and any(map(_ATTRIBUTE.match, names))  # "- Nữ", "- Dân tộc"
    if len(sums) >= 2 and all(s.added < s.total.value for s in sums):
        yield _claimed(sums[0], "table.total", label, "at_most")  # a row is left out, or the table cut off
        return
    for s in sums:
        if s.closes or not doubtful or _certain(sums) and near(s.added, s.total.value):
            yield _claimed(s, "table.total", f"{table.heads[s.column]} {label}".strip())


def _headed_by_totals(table: Table, heads: list[int]) -> Iterator[Claim]:
    """ "Tổng thu", its kinds, "Tổng chi", its kinds: each total against the rows below it; a column that does not close only where others do."""
    for head, end in zip(heads, [*heads[1:], len(table.rows)], strict=True):
        rows = [i for i in range(head + 1, end) if not _AMONG.match(table.labels[i])]
        sums = [s for c in usable(table) if (s := _total_sum(table, c, rows, head))]
        for s in sums:
            if s.closes or any(other.closes for other in sums) and near(s.added, s.total.value):
                yield _claimed(s, "table.total", f"{table.heads[s.column]} {table.labels[head]}".strip())


def _totalled(table: Table, sections: dict[int, list[int]]) -> Iterator[list[int]]:
    """The rows a total row may add up: all others, those that are part of no other, and those of the first level, "I", "II"."""
    assert table.total is not None
    rows = [
        i
        for i in range(len(table.rows))
        if i != table.total and not _AMONG.match(table.labels[i]) and not TOTAL.match(table.labels[i])
    ]
    if table.total not in {0, len(table.rows) - 1}:
        rows = [i for i in rows if i < table.total]
    parts = {i for head, own in sections.items() if head != table.total for i in own}
    outer = [i for i in rows if i not in parts]
    first = [i for i in outer if re.fullmatch(r"[ivx]{1,5}\.?", table.marks[i])] if table.marks else []
    named = [i for i in rows if _FIRST_LEVEL.match(table.labels[i])]
    if len(first) >= 2 and table.marks[first[0]].strip(".") == "i":
        yield first
    elif len(named) >= 2 and re.match(r"i\W", table.labels[named[0]]):
        yield named
    elif table.total in sections and not 0 < table.total < len(table.rows) - 1:
        yield sections[table.total]
    else:
        yield outer
        yield rows
    noun = _TOTAL_OF.match(table.labels[table.total])
    alike = [i for i in rows if noun is not None and table.labels[i].startswith(noun[1])]
    if 2 <= len(alike) < len(rows):  # "Lượt tiếp", "Đơn khiếu nại", "Đơn tố cáo", "Tổng đơn"
        yield alike


_TOTAL_OF = re.compile(r"[*\s]*tổng (?:số )?(?!số|cộng)([^\W\d]+)[*\s]*$")


def _total_sum(table: Table, column: int, rows: list[int], head: int | None = None) -> _Sum | None:
    """The total row, or the one given, against these rows, in a column where that says something."""
    row = table.total if head is None else head
    if row is None or is_percent(table, column) or changing(table.rows, table.heads, column):
        return None
    total, cells = table.rows[row][column].figure, [table.rows[i][column] for i in rows]
    parts = [c.figure for c in cells if c.figure is not None]
    if total is None or len(parts) < 2 or any(c.value is None and c.text.strip() for c in cells):
        return None
    made = _Sum(column, total, parts)
    if STOCK.search(table.heads[column]) and total.value in {parts[0].value, parts[-1].value}:
        return None  # an opening or closing stock is not added up over the months
    return made if made.closes or all(c.value is not None for c in cells) else None
