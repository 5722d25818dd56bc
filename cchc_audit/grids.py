"""Tables in text, as far as naming needs them: for every number its row label and the head of its column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .language import UNIT, unit_of
from .model import Span
from .quantities import Mention, Reading
from .scope import IN_ROWS, SEPARATORS, Paragraph, listed_cells

_BAR = re.compile(r"\|")
_RULE = re.compile(r"[\s|:+=_–—-]*$")
_ALIGNED = re.compile(r"(?:(?! {2}).)+", re.DOTALL)
_NUMERIC = re.compile(r"[\s\d.,%*-]*$")
_TOTAL = re.compile(r"\W*(?:tổng|cộng|toàn|lũy kế|chung|cả (?:kỳ|năm|quý|xã|phường|thị trấn))(?!\w)")
_COLUMN = re.compile(r"(?:\(?\d{1,2}\)?(?:\s?=.*)?|\([a-z]\)|[a-z])?$")  # "(3)=(4)+(5)": columns numbered
_ROMAN = re.compile(r"[ivx]+$")
_ORDINAL = re.compile(r"\W*(?:tt|stt|số tt|số thứ tự)\W*$")
_CAPTION_UNIT = re.compile(r"(?<!\w)(?:đơn vị(?: tính)?|đvt)\s?:|\((?=[^\W\d]+(?: [^\W\d]+){0,2}\)\s*\Z)")  # "BẢNG 1. TIẾP NHẬN (hồ sơ)"
_CAPTION = 300  # characters of the line above a table looked at
_AREA_HEAD = re.compile(r"(?:thôn|bản|tổ|khu|ấp|xóm|đơn vị|địa bàn|địa phương)")


class Cell(NamedTuple):
    """A number in a table. `head` and `label` are folded; `scope` tells its row from the others ("" in a total
    row, or the only one); `area` says that rows are places; `unit` is the one its caption gives for all its numbers."""

    mention: Mention
    head: str
    label: str
    scope: str
    total: bool
    ordinal: bool
    area: bool
    nested: bool
    unit: str


@dataclass(frozen=True, slots=True)
class Table:
    """Consecutive rows of one kind: the head, the label column's head, and the body rows."""

    heads: tuple[str, ...]
    label_head: str
    rows: tuple[tuple[Span, tuple[Span, ...]], ...]  # body rows: their span and cells
    labels: tuple[str, ...]
    start: int
    nested: bool = False  # a head of several rows
    unit: str = ""  # of its numbers, where the line above it says so

    def items(self) -> tuple[int, ...]:
        """Indices of the body rows that are no total and carry a label."""
        return tuple(i for i, label in enumerate(self.labels) if label and not _TOTAL.match(label))

    @property
    def has_total(self) -> bool:
        return any(_TOTAL.match(label) for label in self.labels)


def cells_of(reading: Reading, part: Paragraph) -> tuple[Span, ...]:
    """The cells of a row, whatever separates them."""
    folded, (start, end) = reading.folded, part.span
    if part.kind == "pipe":
        bars = [m.start() for m in _BAR.finditer(folded, start, end)]
        return tuple(Span(a + 1, b) for a, b in zip(bars, bars[1:], strict=False))
    if part.kind == "listed":
        return listed_cells(reading.text, start, end)
    if part.kind in SEPARATORS:
        return _split(reading.text, start, end, SEPARATORS[part.kind])
    return tuple(Span(m.start(), m.end()) for m in _ALIGNED.finditer(folded, start, end) if m.group().strip())


def _split(text: str, start: int, end: int, mark: str) -> tuple[Span, ...]:
    start = text.rfind("\n", 0, start) + 1  # a blank first cell belongs to the row
    out, at = [], start
    while (cut := text.find(mark, at, end)) >= 0:
        out.append(Span(at, cut))
        at = cut + len(mark)
    return (*out, Span(at, end))


def find_tables(reading: Reading) -> Iterator[tuple[Table, Sequence[Paragraph]]]:
    """The tables of the text with the paragraphs of their body rows."""
    run: list[Paragraph] = []
    for part in (*reading.paragraphs_read, None):
        if part and part.kind in IN_ROWS and (not run or run[-1].kind == part.kind):
            run.append(part)
            continue
        if len(run) > 1:
            table = _table(reading, run)
            if table:
                yield table
        run = [part] if part and part.kind in IN_ROWS else []


def _table(reading: Reading, run: list[Paragraph]) -> tuple[Table, Sequence[Paragraph]] | None:
    head: list[tuple[str, ...]] = []
    body: list[Paragraph] = []
    rows: list[tuple[Span, tuple[Span, ...]]] = []
    for part in run:
        if _RULE.match(reading.folded[part.span.start : part.span.end]):
            continue
        spans = cells_of(reading, part)
        texts = () if body else tuple(_clean(reading.folded[s.start : s.end]) for s in spans)
        if len(texts) > 1 and not any(_is_number(t) for t in texts):
            if not all(_COLUMN.match(t) for t in texts) and (not head or not _ROMAN.match(next(filter(None, texts), ""))):
                head.append(texts)
        elif head:
            body.append(part)
            rows.append((part.span, spans))
    if not head or not body:
        return None
    heads = _merged(head)
    column = next((i for i, h in enumerate(heads) if h and not _ORDINAL.match(h)), 0)
    labels = tuple(_label(reading, part, spans, column) for part, (_, spans) in zip(body, rows, strict=True))
    return Table(heads, heads[column], tuple(rows), labels, run[0].span.start, len(head) > 1, _unit(reading, run[0])), body


def _unit(reading: Reading, first: Paragraph) -> str:
    """The unit of a caption such as "Biểu 3. … (đơn vị: hồ sơ)"."""
    above = reading.paragraphs_read[first.index - 1].span if first.index else Span(0, 0)
    said = _CAPTION_UNIT.search(reading.folded, max(above.start, above.end - _CAPTION), above.end)
    unit = UNIT.match(f" {reading.folded[said.end() : above.end].lstrip()}") if said else None
    return unit_of(unit.group(1)) if unit else ""


def _merged(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The head of each column over all its rows: a cell merged over several columns is written once and speaks
    for the blank ones to its right, as far as something stands below them."""
    width = max(len(r) for r in rows)
    heads = [""] * width
    for depth, row in enumerate(rows):
        carried = ""
        for column in range(width):
            cell = row[column] if column < len(row) else ""
            below = any(column < len(r) and r[column] for r in rows[depth + 1 :])
            carried = cell or (carried if below else "")
            heads[column] = f"{heads[column]} {carried}".strip()
    return tuple(heads)


def _is_number(cell: str) -> bool:
    return any(c.isdigit() for c in cell) and _NUMERIC.match(cell) is not None


def _clean(cell: str) -> str:
    return " ".join(cell.replace("*", " ").split())


def _label(reading: Reading, part: Paragraph, spans: tuple[Span, ...], column: int) -> str:
    """What the row is about: its first text, else what stands in the label column (a month, the number of a group)."""
    for span in spans:
        cell = _clean(reading.folded[span.start : span.end])
        if cell and not _is_number(cell) and not _ROMAN.match(cell):
            return cell
    return _clean(reading.folded[spans[column].start : spans[column].end]) if part.kind != "aligned" and column < len(spans) else ""


def find_cells(reading: Reading) -> Iterator[Cell]:
    """Every number of every table with its labels."""
    for table, body in find_tables(reading):
        for (_, spans), label, part in zip(table.rows, table.labels, body, strict=True):
            starts = [s.start for s in spans]
            for mention in reading.by_paragraph[part.index]:
                at = bisect_right(starts, mention.start) - 1
                if at < 0 or mention.start >= spans[at].end:
                    continue
                # rows of an aligned table may lack cells on the left: count columns from the right
                column = at if part.kind != "aligned" else at - len(spans) + len(table.heads)
                head = table.heads[column] if 0 <= column < len(table.heads) else ""
                total = _TOTAL.match(label) is not None
                scope = f"{table.label_head} {label}" if label[:1].isdigit() else label or "-"
                yield Cell(
                    mention, head, label, "" if total or len(table.rows) == 1 else scope, total,
                    _ORDINAL.match(head) is not None or (head == table.label_head and label[:1].isdigit()),
                    _AREA_HEAD.match(table.label_head) is not None, table.nested, table.unit,
                )  # fmt: skip
