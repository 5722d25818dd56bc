"""Tables dumped with one cell a line: label lines, then the figures of the row."""

from __future__ import annotations

import re

from ..quantities import Reading
from .rows import TOTAL_ONLY, Cell, Table


def dump(reading: Reading, first: int) -> tuple[int, Table | None]:
    """Cells on lines of their own: label lines, then the same number of figures for each row."""
    parts = reading.paragraphs_read
    rows: list[tuple[str, list[Cell]]] = []
    index = first
    back = first - 1
    label_parts: list[str] = []
    while (
        back >= 0
        and back >= first - 2
        and parts[back].kind == "text"
        and len(reading.by_paragraph[back]) == 0
        and parts[back].span.end - parts[back].span.start < 60
    ):
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
        while (
            index < len(parts)
            and parts[index].kind == "text"
            and not reading.by_paragraph[index]
            and parts[index].span.end - parts[index].span.start < 80
            and len(words) < 5
        ):
            words.append(reading.folded[parts[index].span.start : parts[index].span.end])
            index += 1
        if (
            not words
            or index >= len(parts)
            or not (parts[index].kind in {"cell", "aligned"} or _lone(reading, index))
        ):
            break
        label = " / ".join(words)
    if len(rows) < 2:
        return max(first, index - 1), None
    rows = _without_index(rows)
    width = max({len(c) for _, c in rows}, key=lambda n: (sum(len(c) == n for _, c in rows), n))
    kept = [(name, c) for name, c in rows if len(c) == width]
    if len(kept) < 2 or width < 2:
        return max(first, index - 1), None
    table = Table([c for _, c in kept], [name for name, _ in kept], [""] * width, paragraph=first)
    table.total = next((i for i, label in enumerate(table.labels) if TOTAL_ONLY.fullmatch(label)), None)
    return max(first, index - 1), table


def _without_index(rows: list[tuple[str, list[Cell]]]) -> list[tuple[str, list[Cell]]]:
    """Without the running number of the next row that stands behind the figures of each: 412, 388, 24, 0, then "2"."""
    width = min(len(c) for _, c in rows if len(c) > 1) if any(len(c) > 1 for _, c in rows) else 0
    longer = [place for place, (_, cells) in enumerate(rows) if len(cells) == width + 1]
    numbers = [rows[place][1][-1].value for place in longer]
    if len(longer) < 2 or any(n is None or m is None or m - n != 1 for n, m in zip(numbers, numbers[1:], strict=False)):
        return rows
    return [(label, cells[:-1] if place in longer else cells) for place, (label, cells) in enumerate(rows)]


def _lone(reading: Reading, index: int) -> bool:
    """A line that opens with its only figure and goes on with a heading or "[...]"."""
    part = reading.paragraphs_read[index]
    text = reading.folded[part.span.start : part.span.end]
    return len(reading.by_paragraph[index]) == 1 and re.match(r"[\d.,]+%?\s+\[", text) is not None
