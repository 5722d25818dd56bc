"""A table out of text: rows of cells, the words that name its rows and columns, and its total row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..model import Rational
from ..quantities import Mention

TOTAL = re.compile(
    r"^[*\s]*(?:tổng(?: số| cộng)?|cộng|toàn (?:xã|phường|tỉnh|huyện|thành phố|thị trấn)|cả (?:kỳ|năm|quý|xã|phường)|lũy kế)(?!\w)"
)
TOTAL_ONLY = re.compile(
    r"[*\s]*(?:tổng(?: số| cộng)?|cộng|toàn (?:xã|phường|tỉnh|huyện|thành phố|thị trấn)|cả (?:kỳ|năm|quý|xã|phường)|lũy kế)(?: \w+)?[\s*:]*"
)
_CHANGE = re.compile(r"(?<!\w)(?:tăng|giảm|chênh lệch|so sánh)(?!\w)|\+\s?/\s?-")


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
    """Rows of cells; `labels` name the rows and `heads` the columns (folded words)."""

    rows: list[list[Cell]]
    labels: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    total: int | None = None
    paragraph: int = 0


def usable(table: Table) -> list[int]:
    width = min((len(r) for r in table.rows), default=0)
    return [
        c for c in range(width) if sum(r[c].figure is not None for r in table.rows) * 2 >= len(table.rows)
    ]


def changing(rows: list[list[Cell]], head: str, column: int) -> bool:
    """Does the column say by how much others rose or fell?"""
    figures = [r[column] for r in rows if r[column].figure is not None]
    return _CHANGE.search(head) is not None or sum(bool(c.sign) for c in figures) * 2 > len(figures)


def total_at(labels: list[str]) -> int | None:
    """The total row: last or first by its words; a longer name ("tổng số hộ") counts only at the end."""
    plain = [i for i, label in enumerate(labels) if TOTAL_ONLY.fullmatch(label)]
    if plain:
        return plain[-1]
    return len(labels) - 1 if labels and TOTAL.match(labels[-1]) else None
