"""What `check` prints says the same as the memo."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_audit.audit import audit_report
from cchc_audit.cli import main
from cchc_audit.display import verdict_word
from cchc_audit.terminal import print_audit

SAMPLE = Path(__file__).parents[1] / "data/reports/dong-me-6-thang-2024.txt"
REPORT = Path(__file__).parent / "wards/reports/q2.txt"


def test_what_the_report_itself_explains_is_a_question_as_in_the_memo(capsys: pytest.CaptureFixture[str]) -> None:
    audit = audit_report(REPORT)
    explained = [f for f in audit.findings if f.explained]
    assert explained and {verdict_word(f).vi for f in explained} == {"Cần làm rõ"}
    print_audit(audit, REPORT.name)
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("? Cần làm rõ — ") for line in lines) == len(explained)
    assert sum(line.startswith("✗ ") for line in lines) == len(audit.alarms) - len(explained)
    assert f"{len(explained)} cần làm rõ, {len(audit.alarms) - len(explained)} chưa thống nhất" in lines[-2]


def test_the_findings_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(REPORT), "--language", "en"]) == 1
    told = capsys.readouterr().out
    assert "? To be clarified — section " in told
    assert "to clarify, " in told.splitlines()[-2]
    words = ("Chưa thống nhất", "Cần làm rõ", "Báo cáo ghi", "Tính lại", "Đã đọc", "dòng ")
    assert not [word for word in words if word in told]


def test_a_batch_in_english_writes_english_memos(tmp_path: Path) -> None:
    assert main(["batch", str(SAMPLE), "--language", "en", "--outputs", str(tmp_path), "--jobs", "1"]) == 0
    (memo,) = tmp_path.glob("*/*/memo.html")
    assert '<html lang="en"' in memo.read_text("utf-8")
