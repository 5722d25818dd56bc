"""Tables on their way into the text: merged cells written once, layout tables as plain paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..model import Place
from .builder import Builder

MOST_COLUMNS = 200
# The letterhead and the signature of an official report are often tables without lines.
_LETTERHEAD = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*-\s*Tự do|Nơi nhận|TM\. ?(?:ỦY|UỶ) BAN", re.IGNORECASE
)


@dataclass(slots=True)
class Cell:
    """One cell before merging: its paragraphs, how many columns it spans, and whether it only goes on
    with the cell above."""

    paragraphs: list[str]
    span: int = 1
    continues: bool = False
    row_span: int = 1

    @property
    def text(self) -> str:
        return " ".join(p.strip() for p in self.paragraphs if p.strip())


def write_table(builder: Builder, rows: Sequence[Sequence[Cell]], place: Place) -> None:
    """Write the table as rows "| a | b |" with a blank line around; a table that only lays out a
    letterhead or a single row of text becomes paragraphs. `place` holds page or table number."""
    rows = [row for row in rows if row]
    if not rows:
        return
    if is_layout(rows):
        for row in rows:
            for cell in row:
                for paragraph in cell.paragraphs:
                    builder.paragraph(paragraph, place)
        return
    builder.gap()
    for number, cells in enumerate(squared(rows), 1):
        row_place = replace(place, row=number)
        places = [replace(row_place, column=column) for column in range(1, len(cells) + 1)]
        builder.row(cells, row_place, places)
    builder.gap()


def squared(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Rows of equal length: a merged cell's text stands in its first column and row, the rest are blank."""
    grid: list[list[str]] = []
    held: dict[int, int] = {}  # column -> rows it is still covered from above
    for row in rows:
        line: list[str] = []
        for cell in row:
            while held.get(len(line), 0):
                held[len(line)] -= 1
                line.append("")
            span = max(1, min(cell.span, MOST_COLUMNS - len(line)))
            for column in range(len(line), len(line) + span):
                held[column] = max(0, min(cell.row_span, len(rows)) - 1)
            line.append("" if cell.continues else cell.text)
            line.extend([""] * (span - 1))
            if len(line) >= MOST_COLUMNS:
                break
        while held.get(len(line), 0):
            held[len(line)] -= 1
            line.append("")
        grid.append(line)
    width = max(map(len, grid))
    return [line + [""] * (width - len(line)) for line in grid]


def is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    if len(rows) == 1:
        return True
    if max(map(len, rows)) > 3 or len(rows) > 6:
        return False
    return any(_LETTERHEAD.search(cell.text) for row in rows for cell in row)
