"""Tables in the text: pipes, tabs, aligned columns, and dumps with one cell a line.

Within a table the relations are found in the figures themselves: a column that is the sum, or the
share, of others in most rows is so in all, and the rows that differ are the conflicts. Total rows and
the columns of form II.06a are known by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

from ..model import Claim, Kind, Rational, magnitude
from ..quantities import Mention
from .classes import falls_short
from .columns import totals
from .in_turn import by_time
from .items import LEAST, claim, comes_out, implied, near, term
from .numbered import levels
from .partitions import shared_partition
from .rows import STOCK, Cell, Table, as_percent, changing, is_percent, usable

_FEWEST_CLASSES = 3
_CHANGE_HEAD = re.compile(r"(?:tỷ lệ|mức|số|tăng|giảm|chênh lệch|so sánh|và|hoặc|\W)+")
_MOST_WHOLES = 200  # that one share may be of: shares printed to no digit tell no whole
_WIDE = 10  # columns; of more, three or four are added up only where they stand side by side
_VERY_WIDE = 40  # where only columns side by side are tried, two of them too
_SCHOOLING = frozenset({"degree", "theory"})  # which some of the staff have none of


def find(found: list[Table]) -> Iterator[Claim]:
    """The relations of every table."""
    for table in found:
        yield from relations(table)


def relations(table: Table) -> Iterator[Claim]:
    """Total rows, sums across columns, shares across columns; for dumps, the same across rows."""
    yield from totals(table)
    changes = [c for c in usable(table) if changing(table.rows, table.heads, c) and not _compares(table, c)]
    columns = [c for c in usable(table) if c not in changes]
    for change in changes:
        yield from _changes(table, change, columns)
    flipped = Table([list(c) for c in zip(*table.rows, strict=True)], labels=table.heads, heads=table.labels)
    rolled = [*_stock_rows(flipped, list(range(len(table.rows))))]
    stated = set(_formulas(table))
    for total, parts in stated:
        yield from _sum_claims(table, total, parts, list(range(len(table.rows))))
    for total, parts, rows in summed(table, columns):
        if not (rolled and _of_nothing_before(table, total, parts)):
            yield from _sum_claims(table, total, parts, rows)
    yield from levels(table, columns)
    yield from _stock_rows(table, columns)
    yield from rolled
    yield from _shares(table, columns)
    named = table.total is not None and any(table.heads)
    if len(table.rows) >= 2 and len(columns) >= 2 and (not named or any(map(_rates, table.rows))):
        across = usable(flipped)
        yield from _shares(flipped, across)
        if not named:
            yield from _blocks(flipped, across)


def _compares(table: Table, column: int) -> bool:
    """Does a column "So sánh (%)" tell what share one figure is of another, and no change between the two?"""
    if "so sánh" not in table.heads[column] or not _tells_rate(table, column):
        return False
    others = [c for c in usable(table) if c != column and not changing(table.rows, table.heads, c)]
    return not any(_change_count(table, column, prev, now)[0] for prev in others for now in others if prev != now)


def _rates(row: list[Cell]) -> bool:
    """A row of percentages under rows of counts."""
    figures = [c.figure for c in row if c.figure is not None]
    return len(figures) >= 2 and all(f.percent for f in figures)


def _value(table: Table, row: int, column: int) -> Rational | None:
    return table.rows[row][column].value


def _changes(table: Table, change: int, columns: list[int]) -> Iterator[Claim]:
    """A column that says by how much one column differs from another in most rows: "Năm 2023 | Năm 2024 | Tăng/giảm"."""
    best: tuple[int, int, int] | None = None
    plain = _CHANGE_HEAD.fullmatch(table.heads[change]) is not None
    for prev, now in ((a, b) for a in columns for b in columns if a != b):
        right, tested = _change_count(table, change, prev, now)
        named = tested == right + 1 and plain and by_time(table.heads[prev], table.heads[now]) == 1  # all but one, and the heads say so
        enough = tested >= 2 and (right >= 2 and right * 3 >= 2 * tested or right >= 1 and named)
        if enough and (best is None or right > best[0]):
            best = (right, prev, now)
    if best is None:
        return
    rate = _tells_rate(table, change) and not is_percent(table, best[2])
    for row, cells in enumerate(table.rows):
        a, b, d = cells[best[1]].figure, cells[best[2]].figure, cells[change].figure
        if a is None or b is None or d is None or a.quantity.damaged or b.quantity.damaged:
            continue
        fell = b.quantity.written.value < a.quantity.written.value
        size = term("delta", d, negative=fell if not cells[change].sign else cells[change].sign == "-")
        if rate and size.written is not None:  # "10" among "9,7" and "12,3" is rounded as they are
            size = replace(size, role="p", unit="%", written=replace(size.written, rounded=True))
        yield claim(
            Kind.CHANGE,
            [size, term("prev", a), term("now", b)],
            "table.change",
            scope=f"{table.labels[row]} {table.heads[change]}".strip(),
        )


def _tells_rate(table: Table, change: int) -> bool:
    """Is the change given in percent, by its head or in every cell?"""
    figures = [r[change].figure for r in table.rows if r[change].figure is not None]
    return "%" in table.heads[change] or bool(figures) and all(f is not None and f.percent for f in figures)


def _change_count(table: Table, change: int, prev: int, now: int) -> tuple[int, int]:
    """In how many rows the column is the difference of the two, or its rate where the head says %."""
    right = tested = 0
    rate = _tells_rate(table, change) and not is_percent(table, now)
    for cells in table.rows:
        figure, a, b = cells[change].figure, cells[prev].value, cells[now].value
        if figure is None or a is None or b is None or rate and not a:
            continue
        written = figure.quantity.written
        if not written.value:
            continue
        tested += 1
        size = abs(Fraction(b - a))
        off = abs((100 * size / a if rate else size) - written.value)
        turned = bool(cells[change].sign) and (cells[change].sign == "-") != (b < a)
        right += not turned and (2 * off <= written.ulp if rate else off == 0)
    return right, tested


_NUMBERED = re.compile(r"\((\d{1,2})\)(?:\s*=\s*(\(\d{1,2}\)(?:\s*\+\s*\(\d{1,2}\)){1,8}))?")


def _formulas(table: Table) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The sums a head prints itself: "(3)=(4)+(5)+(6)" over a column, as form II.06a does; total and parts."""
    heads = [_NUMBERED.search(head) for head in table.heads]
    column = {head.group(1): place for place, head in enumerate(heads) if head}
    for place, head in enumerate(heads):
        parts = re.findall(r"\d+", head.group(2)) if head and head.group(2) else []
        if parts and all(number in column for number in parts):
            yield place, tuple(column[number] for number in parts)


def summed(table: Table, columns: list[int]) -> Iterator[tuple[int, tuple[int, ...], list[int]]]:
    """Each column that is the sum of two or three others in most rows (in a wide table, of three or four side by side),
    the others, and the rows looked at. Counts are added to counts, and percentages to percentages: "nghèo đa chiều 6,39 |
    hộ nghèo 3,13 | hộ cận nghèo 3,26"."""
    rates = [c for c in columns if is_percent(table, c)]
    for alike in (rates, [c for c in columns if c not in rates]):
        rows = [i for i in range(len(table.rows)) if any(table.rows[i][c].figure for c in alike)]
        made = [(total, parts) for total in alike for parts in _making(table, total, [c for c in alike if c != total], rows)]
        yield from ((total, parts, rows) for total, parts in made if not _outdone(table, total, parts, rows, made))


def _outdone(table: Table, total: int, parts: tuple[int, ...], rows: list[int], made: list[tuple[int, tuple[int, ...]]]) -> bool:
    """Do these columns make another one in more rows? "Trước hạn | Đúng hạn | Quá hạn" are those resolved, and those received only
    where all of them were. Or do they, with others, where they miss this one more than once?"""
    held = _sum_holds(table, total, parts, rows)
    often = held < len(rows) - 1
    rivals = ((other, more) for other, more in made if other != total and (set(parts) == set(more) or often and set(parts) < set(more)))
    return any(_sum_holds(table, other, more, rows) > held for other, more in rivals)


def _making(table: Table, total: int, others: list[int], rows: list[int]) -> Iterator[tuple[int, ...]]:
    """The columns that make the one, in the fewest and in the most ways."""
    fits: list[tuple[int, tuple[int, ...]]] = []
    for size in (2, 3, 4):
        wide = len(others) >= (_WIDE if size > 2 else _VERY_WIDE)
        windows = (tuple(others[i : i + size]) for i in range(len(others) - size + 1))
        for parts in windows if wide else combinations(others, size):
            right = _sum_holds(table, total, parts, rows)
            if right:
                fits.append((right, parts))
    best = max((right for right, _ in fits), default=0)
    taken: dict[int, int] = {}  # column, and of how many the sum it is part of
    for right, parts in sorted(fits, key=lambda f: (len(f[1]), -f[0])):
        fewest = not any(set(known) < set(parts) and held >= right for held, known in fits)
        sizes = {taken[c] for c in parts if c in taken}
        if any(set(parts) < set(more) and held > right for held, more in fits):
            continue  # with "quá hạn" it holds in every row, without it where that is nil
        if fewest and (not sizes or right == best and sizes == {len(parts)}):  # received: by channel, and resolved or pending
            yield parts
            taken |= dict.fromkeys(parts, len(parts))


_ROLL = (
    re.compile(r"\W*(?:(?:hồ sơ |số )?(?:kỳ|quý|năm|tháng) trước|tồn)"),
    re.compile(r"\W*(?:hồ sơ |số )?(?:mới tiếp nhận|tiếp nhận mới|nhận mới|tiếp nhận trong)"),
    re.compile(r"\W*(?:hồ sơ |số )?(?:đã giải quyết|đã xử lý|đã trả|(?:giải quyết|trả|xử lý)(?: xong)?(?: trong kỳ)?$)"),
    re.compile(r"\W*(?:hồ sơ |số )?(?:đang (?:giải quyết|xử lý)|còn lại|chưa giải quyết|chuyển (?:kỳ|quý|tháng|năm) sau|tồn cuối)"),
)


def _stock_rows(table: Table, columns: list[int]) -> Iterator[Claim]:
    """Rows that roll a stock forward in every column (of a table turned round, columns that do in every row): carried over + new - resolved = pending. Held against a column that
    does not where most do."""
    rows = [next((i for i, label in enumerate(table.labels) if word.match(label)), None) for word in _ROLL]
    if None in rows:
        return
    told: list[tuple[bool, list[Mention]]] = []
    for column in columns:
        figures = [f for i in rows if i is not None and (f := table.rows[i][column].figure) is not None]
        if len(figures) == len(_ROLL) and not any(f.percent for f in figures):
            before, new, done, left = (f.value for f in figures)
            told.append((before + new - done == left, figures))
    if 3 * sum(closes for closes, _ in told) >= 2 * len(told):
        for _, (before_, new_, done_, left_) in told:
            terms = [term("total", left_), term("part", before_), term("part", new_), term("part", done_, negative=True)]
            yield claim(Kind.BREAKDOWN, terms, "table.stock", scope=left_.quantity.noun)


def _of_nothing_before(table: Table, total: int, parts: tuple[int, ...]) -> bool:
    """Is it what came that is what was settled and what is left, as where nothing had been carried over?"""
    _, new, done, left = _ROLL
    return len(parts) == 2 and bool(new.match(table.heads[total])) and all(any(word.match(table.heads[c]) for c in parts) for word in (done, left))


def _sum_holds(table: Table, total: int, parts: tuple[int, ...], rows: list[int]) -> int:
    """In how many rows it holds, if in enough: most rows, and some where two parts are not nil. Else 0."""
    tested = right = telling = 0
    most = len(rows) // 2 + 1  # more misses than this and no rule below can be met
    for row in rows:
        cells = table.rows[row]
        whole = cells[total].value
        if whole is None:
            continue
        made: Rational = 0
        for column in parts:
            value = cells[column].value
            if value is None:
                break
            made += value
        else:
            tested += 1
            if made == whole:
                right += 1
                telling += sum(cells[column].value != 0 for column in parts) >= 2
            elif tested - right > most:
                return 0
    named = shared_partition([table.heads[c] for c in parts])
    if (
        named is not None
        and named[0].covers(frozenset(named[1]))
        and tested
        and right * 2 >= tested
        and (telling or right >= 3)
    ):
        return right
    enough = right * 3 >= 2 * tested if len(parts) == 2 else right * 4 >= 3 * tested and right >= 3
    return right if tested >= 3 and enough and telling >= 2 or tested == 2 == telling else 0


def _sum_claims(table: Table, total: int, parts: tuple[int, ...], rows: list[int]) -> Iterator[Claim]:
    for row in rows:
        cells = [table.rows[row][c] for c in (total, *parts)]
        present = [c.figure for c in cells if c.figure is not None]
        fell = {c.figure.index for c in cells if c.figure is not None and c.sign == "-"}
        if (
            cells[0].figure is None
            or any(c.value is None for c in cells)
            or not any(p.quantity.written.value for p in present[1:])
        ):
            continue
        closes = cells[0].value == sum(c.value for c in cells[1:] if c.value is not None)
        counted = any(f.quantity.written.ulp >= 1 for r in rows if (f := table.rows[r][total].figure) is not None)
        rates = counted and all(p.quantity.written.ulp < 1 for p in present)  # "105,6 118,9 104,3" under columns of counts
        if not closes and (STOCK.search(table.labels[row]) or rates or is_percent(table, total) or all(p.percent for p in present)):
            continue  # a stock is not added up over the months, nor shares to anything but 100 %
        yield claim(
            Kind.BREAKDOWN,
            [term("part" if place else "total", c, negative=c.index in fell) for place, c in enumerate(present)],
            "table.row",
            relation="at_most" if _some_unsaid(table, parts, cells) else "equal",
            scope=f"{table.labels[row]} {table.heads[total]}".strip(),
        )


def _some_unsaid(table: Table, parts: tuple[int, ...], cells: list[Cell]) -> bool:
    """Do the columns leave a class out that this row has? "Trung cấp 0, Cao đẳng 1, Đại học 1" of 12 who mostly have none."""
    named = shared_partition([table.heads[c] for c in parts])
    whole, amount = cells[0].value or 0, sum(c.value or 0 for c in cells[1:])
    schooling = named is not None and named[0].name in _SCHOOLING and not named[0].closes(frozenset(named[1]))
    return schooling and falls_short(amount, whole)


def _shares(table: Table, columns: list[int]) -> Iterator[Claim]:
    """A percent column that is the share of one count column in another in most rows, and the classes of one whole that
    several such columns tell."""
    counts = [c for c in columns if not is_percent(table, c)]
    rows = list(range(len(table.rows)))
    classes: dict[int, dict[int, int]] = {}  # by the whole: each class with its percent column
    for percent in (c for c in columns if is_percent(table, c, slips=len(rows) // 4)):
        others = [c for c in counts if c != percent]
        best: tuple[int, int, int] | None = None
        for n in others:
            for m in others:
                if n == m:
                    continue
                right, tested = _share_count(table, percent, n, m, rows)
                if (
                    tested >= 2
                    and right * 3 >= 2 * tested
                    and right >= 2
                    and (best is None or right > best[0])
                ):
                    best = (right, n, m)
        if best is None:
            yield from _of_column(table, percent, others)
            continue
        classes.setdefault(best[2], {})[best[1]] = percent
        for row in rows:
            cells = [table.rows[row][c].figure for c in (best[1], best[2], percent)]
            if all(c is not None for c in cells):
                n_cell, m_cell, p_cell = (c for c in cells if c is not None)
                if (
                    m_cell.quantity.damaged
                    or n_cell.quantity.damaged
                    or n_cell.quantity.written.value > m_cell.quantity.written.value
                    and p_cell.quantity.written.value <= 100
                ):
                    continue
                yield claim(
                    Kind.SHARE,
                    [term("n", n_cell), term("m", m_cell), as_percent(p_cell)],
                    "table.share",
                    scope=f"{table.labels[row]} {table.heads[percent]}".strip(),
                )
    for whole, told in classes.items():
        yield from _classes(table, whole, told, rows)


def _classes(table: Table, whole: int, told: dict[int, int], rows: list[int]) -> Iterator[Claim]:
    """Columns that are shares of one whole: where in some row they make it, they are all its classes in each."""
    parts = tuple(told)
    values = [[table.rows[row][c].value for c in (whole, *parts)] for row in rows]
    sums = [(v[0], sum(x for x in v[1:] if x is not None)) for v in values if v[0] is not None and None not in v]
    if len(parts) < _FEWEST_CLASSES or len(sums) < len(rows) or not all(near(amount, total) for total, amount in sums):
        return
    if any(total == amount >= LEAST for total, amount in sums):
        yield from _sum_claims(table, whole, parts, rows)
        for row in rows:
            shares = [as_percent(f) for c in parts if (f := table.rows[row][told[c]].figure) is not None]
            if len(shares) == len(parts):
                yield claim(Kind.SHARES_SUM, [replace(s, role="part") for s in shares], "table.classes", scope=table.labels[row])


def _of_column(table: Table, percent: int, counts: list[int]) -> Iterator[Claim]:
    """A percent column that is each row's share of a column's total, printed or not."""
    rows = [
        i for i in range(len(table.rows)) if i != table.total and table.rows[i][percent].figure is not None
    ]
    for column in reversed(counts):
        values = {i: table.rows[i][column].figure for i in rows}
        figures = [f for f in values.values() if f is not None]
        if len(figures) < 2 or len(figures) < len(rows):
            continue
        shares = {i: table.rows[i][percent].figure for i in rows}
        printed = _whole_row(table, column, values, shares)
        whole = (
            printed.quantity.written.value
            if printed is not None
            else sum(f.quantity.written.value for f in figures)
        )
        if whole <= 0:
            continue
        others = [i for i in rows if values[i] is not printed]
        right = _right_on(whole, others, values, shares)
        if (right < 2 or right * 3 < 2 * len(others)) and printed is None and (told_by := _whole_of_shares(values, shares)):
            whole, right = told_by, len(others)
        if right < 2 or right * 3 < 2 * len(others):
            continue
        rows = others
        shares = {i: shares[i] for i in rows}
        base = term("m", printed) if printed is not None else implied("m", whole, unit=figures[0].unit)
        for i in rows:
            n_cell, p_cell = values[i], shares[i]
            if n_cell is not None and p_cell is not None:
                yield claim(
                    Kind.SHARE,
                    [term("n", n_cell), base, as_percent(p_cell)],
                    "table.of_total",
                    scope=f"{table.labels[i]} {table.heads[percent]}".strip(),
                )
        listed = sum(f.quantity.written.value for i in rows if (f := values[i]) is not None)
        told = [p.quantity.written for p in shares.values() if p is not None]
        makes_all = 2 * magnitude(sum(w.value for w in told) - 100) <= sum(w.ulp for w in told)
        if listed == whole or makes_all and 10 * magnitude(listed - whole) <= whole:  # else some of the whole is told elsewhere
            yield claim(
                Kind.SHARES_SUM,
                [replace(as_percent(p), role="part") for p in shares.values() if p is not None],
                "table.shares",
                scope=table.heads[percent],
            )
        return


def _whole_row(
    table: Table, column: int, values: dict[int, Mention | None], shares: dict[int, Mention | None]
) -> Mention | None:
    """The printed figure of a column that its shares are of: the total's, or that of the row most of the others come
    out on ("thu về 308", of which very content 121, …)."""
    if table.total is not None:
        return table.rows[table.total][column].figure
    figures = [f for f in values.values() if f is not None]
    whole = sum(f.quantity.written.value for f in figures)
    best: tuple[int, Mention | None] = (_right_on(whole, list(values), values, shares), None)
    for figure in (r[column].figure for r in table.rows):
        if figure is not None and figure.quantity.written.value > 0:
            others = [i for i in values if values[i] is not figure]
            right = _right_on(figure.quantity.written.value, others, values, shares)
            if right > best[0]:
                best = (right, figure)
    return best[1]


def _whole_of_shares(values: dict[int, Mention | None], shares: dict[int, Mention | None]) -> int:
    """ "317: 34,49%", "322: 35,04%", "76: 5,01%", "234: 25,46%": the whole that the shares of a list tell when they make 100 % and, but for one of
    them, come out on it; else 0."""
    pairs = [(n.value, p.quantity.written) for i, n in values.items() if n is not None and (p := shares.get(i)) is not None and p.value > 0]
    if len(pairs) < _FEWEST_CLASSES + 1 or 2 * magnitude(sum(w.value for _, w in pairs) - 100) > sum(w.ulp for _, w in pairs):
        return 0
    wholes: set[int] = set()
    for n, w in pairs[:2]:  # at most one of which is the wrong one
        low, high = Fraction(200 * n) / (2 * w.value + w.ulp), Fraction(200 * n) / (2 * w.value - w.ulp)
        wholes |= set(range(ceil(low), min(floor(high), ceil(low) + _MOST_WHOLES) + 1))
    meant = [whole for whole in sorted(wholes) if sum(comes_out(n, whole, w) for n, w in pairs) == len(pairs) - 1]
    return meant[0] if meant else 0


def _right_on(
    whole: Rational, rows: list[int], values: dict[int, Mention | None], shares: dict[int, Mention | None]
) -> int:
    """How many rows give their share of this whole."""
    pairs = ((values[i], shares[i]) for i in rows)
    return sum(comes_out(n.value, whole, p.quantity.written) for n, p in pairs if n is not None and p is not None)


def _share_count(table: Table, percent: int, n: int, m: int, rows: list[int]) -> tuple[int, int]:
    right = tested = 0
    for row in rows:
        p_cell = table.rows[row][percent].figure
        a, b = _value(table, row, n), _value(table, row, m)
        if p_cell is None or a is None or not b:
            continue
        tested += 1
        written = p_cell.quantity.written
        right += comes_out(a, b, written) or written.value <= Fraction(100 * a) / b < written.value + written.ulp  # or cut
    return right, tested


def _blocks(table: Table, columns: list[int]) -> Iterator[Claim]:
    """In a dump, a row that is the sum of some of the few rows after it (here columns, the table being flipped)."""
    rows = list(range(len(table.rows)))
    for place, total in enumerate(columns):
        used: set[int] = set()
        after = columns[place + 1 : place + 8]
        for size in (2, 3, 4):
            for parts in combinations(after, size):
                if not used & set(parts) and _sum_holds(table, total, parts, rows):
                    used |= set(parts)
                    yield from _sum_claims(table, total, parts, rows)
