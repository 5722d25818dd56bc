"""The tables of a batch for Excel."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from test_results import finding, row, write

from cchc_audit import results, workbook

INJECTIONS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "https://example.org/", "a\u202eb\x07", "x" * 40_000]


def book(outputs: Path) -> dict[str, Worksheet]:
    opened = openpyxl.load_workbook(outputs / workbook.NAME)
    return {sheet.title: sheet for sheet in opened}


def cells(sheet: Worksheet, line: int) -> dict[str, Any]:
    return {str(head.value).split("\n")[1]: cell.value for head, cell in zip(sheet[1], sheet[line], strict=True)}


def test_a_batch_writes_its_tables_for_excel(tmp_path: Path) -> None:
    told = [finding("a.txt"), finding("a.txt", told="question"), finding("a.txt", "holds"), finding("a.txt", "note")]
    ratio = ["a.txt", "06685", "late", "Trễ hạn", "Late", "resolved_late", "resolved_total", 100, "2.5", 2.5]
    write(tmp_path, (row("a.txt", ward_code="06685", contradicted=1, question=1), {"findings": told, "ratios": [ratio]}))
    sheets = book(tmp_path)
    assert list(sheets) == ["Báo cáo", "Nội dung cần trả lời", "Tỷ lệ", "Vướng mắc khi đọc"]
    report = cells(sheets["Báo cáo"], 2)
    assert report["the ward's code in wards.csv; empty when none matched"] == "06685"
    assert report["last day of its data"] == datetime(2024, 3, 31)
    answers = sheets["Nội dung cần trả lời"]
    assert [cell.value for cell in answers["E"]][1:] == ["Chưa thống nhất", "Cần làm rõ"]
    assert cells(sheets["Tỷ lệ"], 2)["the value for queries"] == 2.5


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_becomes_a_formula_or_a_link(text: str, tmp_path: Path) -> None:
    write(tmp_path, (row(text, ward=text, province=text, period=text), {"findings": [finding(text, quote=text, message_vi=text, message_en=text)]}))
    for sheet in book(tmp_path).values():
        for line in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in line)


def test_the_same_tables_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1720000000")
    write(tmp_path, (row("a.txt"), {"findings": [finding("a.txt")]}))
    with duckdb.connect() as db:
        results.attach(db, tmp_path)
        assert workbook.workbook(db) == (tmp_path / workbook.NAME).read_bytes()
