"""Write reports/tan-lap-quy-2-2024.docx from its text truth: pipe rows become one Word table.

Run from this folder after the text changes: `python build_docx.py`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from docx import Document
from docx.document import Document as Word

HERE = Path(__file__).parent
NAME = "tan-lap-quy-2-2024"


def cells_of(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def add_table(word: Word, rows: list[list[str]]) -> None:
    table = word.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for cells, written in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, written, strict=True):
            cell.text = text
    last = table.rows[-1].cells
    last[1].text = ""
    last[0].merge(last[1]).text = rows[-1][0]  # the total row: "Cộng" over two columns


def build() -> Word:
    word = Document()
    lines = (HERE / "truth" / f"{NAME}.txt").read_text(encoding="utf-8").splitlines()
    for is_table, group in groupby(lines, key=lambda line: line.startswith("|")):
        if is_table:
            add_table(word, [cells_of(row) for row in group])
            continue
        for line in group:
            word.add_paragraph(line)
    fixed = datetime(2024, 6, 18, tzinfo=UTC)
    word.core_properties.created = word.core_properties.modified = fixed
    word.core_properties.author = "UBND phường Tân Lập Thượng"
    return word


if __name__ == "__main__":
    build().save(str(HERE / "reports" / f"{NAME}.docx"))
