"""Tables in the text: pipes, tabs, aligned columns, and dumps with one cell a line.

Within a table the relations are found in the figures themselves: a column that is the sum, or the
share, of others in most rows is so in all, and the rows that differ are the conflicts. Total rows and
the columns of form II.06a are known by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations

from ..language import UNIT
from ..model import Claim, Kind, Term
from ..quantities import Mention, Reading
from .items import Amount, Item, amount, claim, content, implied, term
from .partitions import shared_partition

_TOTAL = re.compile(r"^[*\s]*(?:tổng(?: số| cộng)?|cộng|toàn (?:xã|phường|tỉnh|huyện|thành phố|thị trấn)|cả (?:kỳ|năm|quý|xã|phường)|lũy kế)(?!\w)")
_TOTAL_ONLY = re.compile(r"[*\s]*(?:tổng(?: số| cộng)?|cộng|toàn (?:xã|phường|tỉnh|huyện|thành phố|thị trấn)|cả (?:kỳ|năm|quý|xã|phường)|lũy kế)(?: \w+)?[\s*:]*")
_STOCK = re.compile(r"(?:kỳ|tháng|quý|năm) trước|tồn|chuyển (?:sang|qua)|còn lại|đang|chưa|cuối|đầu")
_INDEX = re.compile(r"^(?:tt|stt|số tt|no\.?|\s*)$")
_AMONG = re.compile(r"^\W*trong đó")
_NIL = re.compile(r"^[\s*]*-?[\s*]*$")
_MOST_COLUMNS = 16


@dataclass(slots=True)
class Cell:
    start: int
    end: int
    text: str
    figure: Mention | None = None
    nil: bool = False

    value: Amount | None = field(init=False)

    def __post_init__(self) -> None:
        self.value = amount(self.figure) if self.figure is not None else 0 if self.nil else None


@dataclass(slots=True)
class Table:
    """Rows of cells; `labels` name the rows and `heads` the columns (folded words)."""

    rows: list[list[Cell]]
    labels: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    total: int | None = None
    paragraph: int = 0


def find(reading: Reading) -> Iterator[Claim]:
    """The relations of every table."""
    for table in tables(reading):
        yield from relations(table)


# ---------------------------------------------------------------- tables out of text


def tables(reading: Reading) -> Iterator[Table]:
    """The tables of the text, shaped: index columns dropped, header rows folded into `heads`."""
    index = 0
    parts = reading.paragraphs_read
    while index < len(parts):
        kind = parts[index].kind
        if kind in {"pipe", "tab", "aligned"}:
            last = index
            while last + 1 < len(parts) and parts[last + 1].kind == kind:
                last += 1
            made = _grid(reading, index, last, kind)
            if made is not None:
                yield made
            index = last + 1
        elif kind == "cell":
            last, made = _dump(reading, index)
            if made is not None:
                yield made
            index = last + 1
        else:
            index += 1


def _grid(reading: Reading, first: int, last: int, kind: str) -> Table | None:
    rows = []
    for index in range(first, last + 1):
        part = reading.paragraphs_read[index]
        text = reading.folded[part.span.start : part.span.end]
        cells = _cells(reading, part.span.start, text, kind, reading.by_paragraph[index])
        if kind == "pipe" and all(re.fullmatch(r"[\s:-]*", c.text) for c in cells):
            continue
        rows.append(cells)
    if kind == "aligned":
        return _aligned(reading, rows, first)
    width = max((len(r) for r in rows), default=0)
    if not 2 <= width <= _MOST_COLUMNS or len(rows) < 2:
        return None
    for row in rows:
        while len(row) < width:
            row.append(Cell(row[-1].end if row else 0, row[-1].end if row else 0, ""))
    body = next((i for i, r in enumerate(rows) if sum(c.figure is not None for c in r) >= 1 and not _numbered(r)), None)
    if body is None:
        return None
    heads = [" ".join(dict.fromkeys(r[c].text.strip() for r in rows[:body] if r[c].text.strip())) for c in range(width)]
    return _shape(rows[body:], heads, reading, first)


def _numbered(row: list[Cell]) -> bool:
    """A row of column numbers, (1) (2) (3) or A B 1 2 3."""
    marks = [re.sub(r"[()\s]", "", c.text) for c in row if c.text.strip()]
    numbers = [m for m in marks if m.isdigit()]
    return len(numbers) >= 2 and [int(n) for n in numbers] == list(range(int(numbers[0]), int(numbers[0]) + len(numbers))) and int(numbers[0]) <= 3 and all(m.isdigit() or len(m) <= 1 for m in marks)


def _cells(reading: Reading, offset: int, text: str, kind: str, mentions: tuple[Mention, ...]) -> list[Cell]:
    if kind == "pipe":
        marks = [m.start() for m in re.finditer(r"\|", text)]
        bounds = list(zip([m + 1 for m in marks[:-1]], marks[1:], strict=True))
    elif kind == "tab":
        raw = reading.text[offset : offset + len(text)]
        bounds, start = [], 0
        for match in re.finditer(r"\t", raw):
            bounds.append((start, match.start()))
            start = match.end()
        bounds.append((start, len(raw)))
    else:
        bounds = [(m.start(), m.end()) for m in re.finditer(r"\S+(?: {1,2}\S+)*", text)]
    out = []
    for low, high in bounds:
        body = text[low:high]
        inside = [m for m in mentions if offset + low <= m.start < offset + high]
        alone = len(inside) == 1 and re.fullmatch(r"[\s*]*%?[\s*]*", text[low : inside[0].start - offset] + text[inside[0].quantity.span.end - offset : high]) is not None
        out.append(Cell(offset + low, offset + high, body.strip(" *"), inside[0] if alone else None, nil=_NIL.match(body) is not None and "-" in body))
    return out


def _aligned(reading: Reading, rows: list[list[Cell]], first: int) -> Table | None:
    """Rows of blank-separated cells, read from the right end: figures, then the label before them."""
    shaped: list[tuple[str, list[Cell]]] = []
    for offset, row in enumerate(rows):
        part = reading.paragraphs_read[first + offset]
        text = reading.folded[part.span.start : part.span.end]
        gutters = _by_gutter(row)
        if gutters is not None:
            shaped.append(gutters)
            continue
        tail = re.search(r"(?:(?<=\s)|^)(?:\d[\d.,]*%?|-)(?:\s+(?:\d[\d.,]*%?|-))*\s*$", text)
        if tail is None:
            continue
        cells = []
        for match in re.finditer(r"\S+", tail.group()):
            start = part.span.start + tail.start() + match.start()
            figure = next((m for m in reading.by_paragraph[first + offset] if m.start == start), None)
            cells.append(Cell(start, start + len(match.group()), match.group(), figure, nil=match.group() == "-"))
        label = text[: tail.start()].strip()
        shaped.append((label, cells))
    width = max((len(c) for _, c in shaped), default=0)
    if width < 1 or len(shaped) < 2:
        return None
    common = max({len(c) for _, c in shaped}, key=lambda n: sum(len(c) == n for _, c in shaped))
    kept = []
    for label, cells in shaped:
        if len(cells) > common and re.fullmatch(r"\D*", label or ""):
            label, cells = f"{label} {' '.join(c.text for c in cells[:-common])}", cells[-common:]
        if len(cells) == common:
            kept.append((label, cells))
    if len(kept) < 2 or not any(c.figure for _, cells in kept for c in cells):
        return None
    heads = _aligned_heads(reading, rows, first, common)
    table = Table([c for _, c in kept], [re.sub(r"^\d{1,3}[.)]?\s+", "", label) for label, _ in kept], heads, paragraph=first)
    table.total = _total_at(table.labels)
    return table


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


def _aligned_heads(reading: Reading, rows: list[list[Cell]], first: int, width: int) -> list[str]:
    """The words of the last line above the figures, cut at its gaps."""
    for offset, row in enumerate(rows):
        if any(c.figure for c in row):
            if offset:
                part = reading.paragraphs_read[first + offset - 1]
                words = re.split(r"\s{2,}", reading.folded[part.span.start : part.span.end].strip())
                if len(words) > width:
                    return words[-width:]
            break
    return [""] * width


def _shape(rows: list[list[Cell]], heads: list[str], reading: Reading, first: int) -> Table | None:
    """Split label columns from figure columns; drop the index column."""
    width = len(heads)
    figures = [c for c in range(width) if sum(r[c].figure is not None for r in rows) * 2 >= len(rows) or sum(r[c].value is not None for r in rows) * 3 >= 2 * len(rows) and any(r[c].figure for r in rows)]
    dropped = 0
    while len(figures) > 1 and (_INDEX.match(heads[figures[0]].strip(" *.")) or figures[0] == dropped and _counting([r[figures[0]] for r in rows])):
        figures, dropped = figures[1:], dropped + 1  # row numbers, and areas that are only numbered
    if not figures:
        return None
    labels = [" ".join(r[c].text for c in range(width) if c not in figures and not re.fullmatch(r"[\divxa-c]{0,4}\.?", r[c].text)).strip() for r in rows]
    table = Table([[r[c] for c in figures] for r in rows], labels, [heads[c] for c in figures], paragraph=first)
    table.total = _total_at(labels)
    if table.total is None:
        table.total = _total_by_sums(table)
    del reading
    return table


def _total_at(labels: list[str]) -> int | None:
    """The total row: last or first by its words; a longer name ("tổng số hộ") counts only at the end."""
    plain = [i for i, label in enumerate(labels) if _TOTAL_ONLY.fullmatch(label)]
    if plain:
        return plain[-1]
    return len(labels) - 1 if labels and _TOTAL.match(labels[-1]) else None


def _total_by_sums(table: Table) -> int | None:
    """A last row without the word for it ("Quý IV" under its months), when it adds up two columns or more."""
    last = len(table.rows) - 1
    if last < 3:
        return None
    closing = 0
    for column in _usable(table):
        values = [row[column].value for row in table.rows]
        if any(v is None for v in values):
            continue
        closing += sum(v for v in values[:-1] if v is not None) == values[-1] != 0
    return last if closing >= 2 else None


def _counting(column: list[Cell]) -> bool:
    values = [int(c.figure.quantity.written.value) for c in column if c.figure is not None]
    return len(values) >= 2 and values == list(range(values[0], values[0] + len(values)))


def _dump(reading: Reading, first: int) -> tuple[int, Table | None]:
    """Cells on lines of their own: label lines, then the same number of figures for each row."""
    parts = reading.paragraphs_read
    rows: list[tuple[str, list[Cell]]] = []
    index = first
    back = first - 1
    label_parts: list[str] = []
    while back >= 0 and back >= first - 2 and parts[back].kind == "text" and len(reading.by_paragraph[back]) == 0 and parts[back].span.end - parts[back].span.start < 60:
        label_parts.insert(0, reading.folded[parts[back].span.start : parts[back].span.end])
        back -= 1
    label = " ".join(label_parts)
    while index < len(parts):
        cells: list[Cell] = []
        while index < len(parts) and (parts[index].kind in {"cell", "aligned"} or _lone(reading, index)):
            part = parts[index]
            text = reading.folded[part.span.start : part.span.end]
            figures = reading.by_paragraph[index]
            if figures:
                cells += [Cell(m.start, m.end, m.quantity.text, m) for m in figures]
            elif text.strip() == "-":
                cells.append(Cell(part.span.start, part.span.end, "-", None, nil=True))
            index += 1
        if cells:
            rows.append((label, cells))
        words: list[str] = []
        while index < len(parts) and parts[index].kind == "text" and not reading.by_paragraph[index] and parts[index].span.end - parts[index].span.start < 80 and len(words) < 5:
            words.append(reading.folded[parts[index].span.start : parts[index].span.end])
            index += 1
        if not words or index >= len(parts) or not (parts[index].kind in {"cell", "aligned"} or _lone(reading, index)):
            break
        label = " / ".join(words)
    if len(rows) < 2:
        return max(first, index - 1), None
    width = max({len(c) for _, c in rows}, key=lambda n: (sum(len(c) == n for _, c in rows), n))
    kept = [(name, c) for name, c in rows if len(c) == width]
    if len(kept) < 2 or width < 2:
        return max(first, index - 1), None
    table = Table([c for _, c in kept], [name for name, _ in kept], [""] * width, paragraph=first)
    return max(first, index - 1), table


def _lone(reading: Reading, index: int) -> bool:
    """A line that opens with its only figure and goes on with a heading or "[...]"."""
    part = reading.paragraphs_read[index]
    text = reading.folded[part.span.start : part.span.end]
    return len(reading.by_paragraph[index]) == 1 and re.match(r"[\d.,]+%?\s+\[", text) is not None


# ---------------------------------------------------------------- relations


def relations(table: Table) -> Iterator[Claim]:
    """Total rows, sums across columns, shares across columns; for dumps, the same across rows."""
    yield from _total_row(table)
    yield from _total_first(table)
    body = [i for i in range(len(table.rows)) if i != table.total]
    seen: set[tuple[int, ...]] = set()
    columns = _usable(table)
    yield from _sums(table, columns, body, seen)
    yield from _shares(table, columns, body)
    if table.total is None and len(table.rows) >= 2 and len(columns) >= 2:
        flipped = Table([list(c) for c in zip(*table.rows, strict=True)], table.heads, table.labels, None, table.paragraph)
        rows = _usable(flipped)
        everything = list(range(len(flipped.rows)))
        yield from _shares(flipped, rows, everything)
        yield from _blocks(flipped, rows, everything)


def _usable(table: Table) -> list[int]:
    width = min((len(r) for r in table.rows), default=0)
    return [c for c in range(width) if sum(r[c].figure is not None for r in table.rows) * 2 >= len(table.rows)]


def _is_percent(table: Table, column: int) -> bool:
    if "%" in table.heads[column] or "tỷ lệ" in table.heads[column]:
        return True
    figures = [r[column].figure for r in table.rows if r[column].figure is not None]
    return bool(figures) and all(f.percent or f.quantity.written.ulp < 1 for f in figures if f) and all(f.quantity.written.value <= 200 for f in figures if f)


def _total_row(table: Table) -> Iterator[Claim]:
    if table.total is None:
        return
    others = [i for i in range(len(table.rows)) if i != table.total and not _AMONG.match(table.labels[i]) and not _TOTAL.match(table.labels[i])]
    if table.total not in {0, len(table.rows) - 1}:
        others = [i for i in others if i < table.total]
    if len(others) < 2:
        return
    plain = _TOTAL_ONLY.fullmatch(table.labels[table.total]) is not None
    nested = any(_AMONG.match(label) for label in table.labels)
    for column in _usable(table):
        if _is_percent(table, column):
            continue
        total = table.rows[table.total][column].figure
        cells = [table.rows[i][column] for i in others]
        parts = [c.figure for c in cells if c.figure is not None]
        if total is None or len(parts) < 2 or any(c.value is None and c.text.strip() for c in cells):
            continue
        values = [p.quantity.written.value for p in parts]
        if _STOCK.search(table.heads[column]) and total.quantity.written.value in {values[0], values[-1]}:
            continue  # an opening or closing stock is not added up over the months
        if sum(c.value is None for c in cells) and sum(p.quantity.written.value for p in parts) != total.quantity.written.value:
            continue
        if (nested or not plain) and sum(p.quantity.written.value for p in parts) != total.quantity.written.value:
            continue
        yield claim(Kind.BREAKDOWN, [term("total", total), *(term("part", p) for p in parts)], "table.total", scope=f"{table.heads[column]} {table.labels[table.total]}".strip())


def _total_first(table: Table) -> Iterator[Claim]:
    """"Tổng số 201 / Trong đó: toàn trình 88 / một phần 74 / …": claimed where the rows after it close."""
    for column in _usable(table):
        for place, label in enumerate(table.labels[:-2]):
            total = table.rows[place][column].figure
            if total is None or place == table.total or not (re.match(r"[*\s]*tổng", label) or amount(total) >= 100):
                continue
            total_so_far: Amount = 0
            parts = []
            for row in table.rows[place + 1 : place + 13]:
                figure = row[column].figure
                if figure is None:
                    break
                total_so_far += amount(figure)
                parts.append(figure)
                if total_so_far == amount(total) and len(parts) >= 2:
                    yield claim(Kind.BREAKDOWN, [term("total", total), *(term("part", p) for p in parts)], "table.first", scope=label)
                    break


def _value(table: Table, row: int, column: int) -> Amount | None:
    return table.rows[row][column].value


def _sums(table: Table, columns: list[int], body: list[int], seen: set[tuple[int, ...]]) -> Iterator[Claim]:
    """A column that is the sum of two or three others in most rows."""
    counts = [c for c in columns if not _is_percent(table, c)]
    rows = [i for i in range(len(table.rows)) if any(table.rows[i][c].figure for c in counts)]
    del body
    for total in counts:
        others = [c for c in counts if c != total]
        fits: list[tuple[int, tuple[int, ...]]] = []
        for size in (2, 3, 4):
            if len(others) < size or len(counts) > 10 and size > 2:
                continue
            for parts in combinations(others, size):
                right = _sum_holds(table, total, parts, rows)
                if right:
                    fits.append((right, parts))
        best = max((right for right, _ in fits), default=0)
        for right, parts in fits:
            if right == best and not any(set(known) < set(parts) for _, known in fits):
                seen.add((total, *parts))
                yield from _sum_claims(table, total, parts, rows)


def _sum_holds(table: Table, total: int, parts: tuple[int, ...], rows: list[int]) -> int:
    """In how many rows it holds, if in enough: most rows, and some where two parts are not nil. Else 0."""
    tested = right = telling = 0
    most = len(rows) // 2 + 1  # more misses than this and no rule below can be met
    for row in rows:
        cells = table.rows[row]
        whole = cells[total].value
        if whole is None:
            continue
        made: Amount = 0
        filled = 0
        for column in parts:
            value = cells[column].value
            if value is None:
                break
            made += value
            filled += value != 0
        else:
            tested += 1
            if made == whole:
                right += 1
                telling += filled >= 2
            elif tested - right > most:
                return 0
    named = shared_partition([table.heads[c] for c in parts])
    if named is not None and named[0].covers(frozenset(named[1])) and tested and right * 2 >= tested and (telling or right >= 3):
        return right
    enough = right * 3 >= 2 * tested if len(parts) == 2 else right * 4 >= 3 * tested and right >= 3
    return right if tested >= 3 and enough and telling >= 2 or tested == 2 == telling else 0


def _sum_claims(table: Table, total: int, parts: tuple[int, ...], rows: list[int]) -> Iterator[Claim]:
    for row in rows:
        cells = [table.rows[row][c] for c in (total, *parts)]
        present = [c.figure for c in cells if c.figure is not None]
        if cells[0].figure is None or any(c.value is None for c in cells) or not any(p.quantity.written.value for p in present[1:]):
            continue
        yield claim(Kind.BREAKDOWN, [term("total", present[0]), *(term("part", c) for c in present[1:])], "table.row", scope=f"{table.labels[row]} {table.heads[total]}".strip())


def _shares(table: Table, columns: list[int], body: list[int]) -> Iterator[Claim]:
    """A percent column that is the share of one count column in another in most rows."""
    counts = [c for c in columns if not _is_percent(table, c)]
    rows = list(range(len(table.rows)))
    for percent in (c for c in columns if _is_percent(table, c)):
        best: tuple[int, int, int] | None = None
        for n in counts:
            for m in counts:
                if n == m:
                    continue
                right, tested = _share_count(table, percent, n, m, rows)
                if tested >= 2 and right * 3 >= 2 * tested and right >= 2 and (best is None or right > best[0]):
                    best = (right, n, m)
        if best is None:
            yield from _of_column(table, percent, counts)
            continue
        for row in rows:
            cells = [table.rows[row][c].figure for c in (best[1], best[2], percent)]
            if all(c is not None for c in cells):
                n_cell, m_cell, p_cell = (c for c in cells if c is not None)
                if m_cell.quantity.damaged or n_cell.quantity.damaged or n_cell.quantity.written.value > m_cell.quantity.written.value and p_cell.quantity.written.value <= 100:
                    continue
                yield claim(Kind.SHARE, [term("n", n_cell), term("m", m_cell), _as_percent(p_cell)], "table.share", scope=f"{table.labels[row]} {table.heads[percent]}".strip())
    del body


def _of_column(table: Table, percent: int, counts: list[int]) -> Iterator[Claim]:
    """A percent column that is each row's share of a column's total, printed or not."""
    rows = [i for i in range(len(table.rows)) if i != table.total and table.rows[i][percent].figure is not None]
    for column in reversed(counts):
        values = {i: table.rows[i][column].figure for i in rows}
        figures = [f for f in values.values() if f is not None]
        if len(figures) < 2 or len(figures) < len(rows):
            continue
        printed = table.rows[table.total][column].figure if table.total is not None else None
        whole = printed.quantity.written.value if printed is not None else sum((f.quantity.written.value for f in figures), Fraction(0))
        if whole <= 0:
            continue
        shares = {i: table.rows[i][percent].figure for i in rows}
        right = sum(1 for i in rows if (n := values[i]) is not None and (p := shares[i]) is not None and abs(100 * n.quantity.written.value / whole - p.quantity.written.value) <= p.quantity.written.ulp / 2)
        if right < 2 or right * 3 < 2 * len(rows):
            continue
        base = term("m", printed) if printed is not None else implied("m", whole, unit=figures[0].unit)
        for i in rows:
            n_cell, p_cell = values[i], shares[i]
            if n_cell is not None and p_cell is not None:
                yield claim(Kind.SHARE, [term("n", n_cell), base, _as_percent(p_cell)], "table.of_total", scope=f"{table.labels[i]} {table.heads[percent]}".strip())
        yield claim(Kind.SHARES_SUM, [replace(_as_percent(p), role="part") for p in shares.values() if p is not None], "table.shares", scope=table.heads[percent])
        return


def _as_percent(mention: Mention) -> Term:
    made = term("p", mention)
    return replace(made, unit="%", written=replace(made.written, rounded=True)) if made.written else made


def _share_count(table: Table, percent: int, n: int, m: int, rows: list[int]) -> tuple[int, int]:
    right = tested = 0
    for row in rows:
        p_cell = table.rows[row][percent].figure
        a, b = _value(table, row, n), _value(table, row, m)
        if p_cell is None or a is None or not b:
            continue
        tested += 1
        written = p_cell.quantity.written
        right += abs(100 * a / b - written.value) <= written.ulp / 2
    return right, tested


def _blocks(table: Table, columns: list[int], rows: list[int]) -> Iterator[Claim]:
    """In a dump, a row that is the sum of some of the few rows after it (here columns, the table being flipped)."""
    for place, total in enumerate(columns):
        used: set[int] = set()
        after = columns[place + 1 : place + 8]
        for size in (2, 3, 4):
            for parts in combinations(after, size):
                if not used & set(parts) and _sum_holds(table, total, parts, rows):
                    used |= set(parts)
                    yield from _sum_claims(table, total, parts, rows)


# ---------------------------------------------------------------- cells named for the prose


def named_cells(reading: Reading) -> Iterator[Item]:
    """Every figure cell as an item labelled by its row and column, for shares the prose takes of them."""
    for table in tables(reading):
        for row, label in enumerate(table.labels):
            for column, head in enumerate(table.heads):
                cell = table.rows[row][column] if column < len(table.rows[row]) else None
                if cell is not None and cell.figure is not None and cell.figure.countable:
                    name = f"{label} {head}".strip()
                    unit = UNIT.search(head)
                    yield Item(cell.figure, name, cell.figure.unit or (unit.group(1) if unit and unit.group(1) == "hồ sơ" else ""), words=content(name))
