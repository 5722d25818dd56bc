"""A table out of text: rows of cells, the words that name its rows and columns, and its total row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import permutations

from ..model import Rational, Term
from ..quantities import Mention
from .items import term

_ALL = r"(?:tổng(?: số| cộng)?|cộng|toàn (?:xã|phường|tỉnh|huyện|thành phố|thị trấn)|cả (?:kỳ|năm|quý|xã|phường)|lũy kế)"
TOTAL = re.compile(rf"^[*\s]*{_ALL}(?!\w)")
TOTAL_ONLY = re.compile(rf"[*\s]*{_ALL}(?:[\s/-]+total|(?: \w+)?)[\s*:]*")
_MARK = re.compile(r"([ivx]{1,5}|\d{1,3})[.)]\s")
YEAR = re.compile(r"(?:19|20)\d\d")
CHANGE = re.compile(r"(?<!\w)(?:tăng|giảm|chênh lệch|so sánh)(?!\w)|\+\s?/\s?-")
_RATE_HEAD = re.compile(r"\W*(?:tỷ lệ)?(?: tăng| giảm|/|,| và)*\s?\(?%\)?\W*")  # "Tăng/giảm | %"
_THOUSAND = 1000
_FEWEST_ROWS = 3  # of less a column lies between two others by chance
_MEASURED = re.compile(r"(?<!\w)(?:(?:triệu|tỷ|nghìn|ngàn) đồng|đồng|ha|km2?|m2|tấn|tạ|kg)(?!\w)")
STOCK = re.compile(r"(?:kỳ|tháng|quý|năm) trước|tồn|chuyển (?:sang|qua)|còn lại|đang|chưa|cuối|đầu")


@dataclass(slots=True)
class Cell:
    start: int
    end: int
    text: str
    figure: Mention | None = None
    nil: bool = False
    sign: str = ""  # "+" or "-" before the figure

    value: Rational | None = field(init=False)  # with its sign

    def __post_init__(self) -> None:
        value = self.figure.value if self.figure is not None else 0 if self.nil else None
        self.value = -value if value is not None and self.sign == "-" else value


@dataclass(slots=True)
class Table:
    """Rows of cells; `labels` name the rows and `heads` the columns (folded words); `block` is the line of words
    above the rows, where the same columns are told again ("Cơ cấu (%)")."""

    rows: list[list[Cell]]
    labels: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    total: int | None = None
    marks: list[str] = field(default_factory=list)  # the numbers of the rows, "I", "1", where a column gives them
    block: str = ""


def usable(table: Table) -> list[int]:
    """The columns with a figure in every other row, or with a figure or "-" in two of three."""
    width = min((len(r) for r in table.rows), default=0)
    return [c for c in range(width) if filled([r[c] for r in table.rows])]


def filled(column: list[Cell]) -> bool:
    figures = sum(c.figure is not None for c in column)
    return figures * 2 >= len(column) or figures > 0 and sum(c.value is not None for c in column) * 3 >= 2 * len(column)


def changing(rows: list[list[Cell]], heads: list[str], column: int) -> bool:
    """Does the column say by how much others rose or fell, or, right behind one that does, by how many percent?"""
    head = heads[column]
    if column and _RATE_HEAD.fullmatch(head) and CHANGE.search(heads[column - 1]):
        return True
    figures = [r[column] for r in rows if r[column].figure is not None]
    return CHANGE.search(head) is not None or sum(bool(c.sign) for c in figures) * 2 > len(figures)


def as_percent(mention: Mention) -> Term:
    """A figure of a percent column as the p of a claim, whether it carries the sign or not."""
    made = term("p", mention)
    return replace(made, unit="%", written=replace(made.written, rounded=True)) if made.written else made


def total_at(labels: list[str]) -> int | None:
    """The total row: last or first by its words; a longer name ("tổng số hộ") counts only at the end."""
    plain = [i for i, label in enumerate(labels) if TOTAL_ONLY.fullmatch(label)]
    if plain:
        return plain[-1]
    return len(labels) - 1 if labels and TOTAL.match(labels[-1]) else None


def mark_of(label: str) -> str:
    """The number a label opens with: "ii" of "ii. thị xã", "1" of "1. phường 1"."""
    mark = _MARK.match(label)
    return mark.group(1) if mark else ""


def _counts(table: Table, column: int) -> bool:
    """Are its figures whole and some in thousands? Then the head has slid over another column."""
    written = [f.quantity.written for r in table.rows if (f := r[column].figure) is not None and not f.percent]
    return bool(written) and all(w.ulp == 1 for w in written) and max(w.value for w in written) >= _THOUSAND


def is_percent(table: Table, column: int, slips: int = 0) -> bool:
    """Said so by its head, unless its figures are counts, or decimals none of which, but for so many slips, is too large, nor what two columns of
    amounts differ by: "Phải thu 84,0 | Đã thu 76,5 | Còn nợ 7,5"."""
    if "%" in table.heads[column] or "tỷ lệ" in table.heads[column]:
        return not _counts(table, column)
    return _may_be_percent(table, column, slips) and not _lies_between(table, column)


def _may_be_percent(table: Table, column: int, slips: int = 0) -> bool:
    if _MEASURED.search(table.heads[column]):
        return False
    figures = [r[column].figure for r in table.rows]
    written = [(f.percent, f.quantity.written) for f in figures if f is not None]
    return (
        bool(written)
        and all(percent or w.ulp < 1 or w.value in {0, 100} for percent, w in written)
        and any(percent or w.ulp < 1 for percent, w in written)
        and sum(w.value > 200 for _, w in written) <= slips
    )


def _lies_between(table: Table, column: int) -> bool:
    """Is it in most rows what two columns differ by that cannot be percentages?"""
    rows = [r for r in table.rows if r[column].value]
    if len(rows) < _FEWEST_ROWS or any(f.percent for r in rows if (f := r[column].figure) is not None):
        return False
    amounts = [[r[c].value for r in rows] for c in usable(table) if c != column and not _may_be_percent(table, c)]
    return any(
        3 * sum(a is not None and b is not None and a - b == r[column].value for a, b, r in zip(one, other, rows, strict=True)) >= 2 * len(rows)
        for one, other in permutations(amounts, 2)
    )
