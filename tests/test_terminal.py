"""What `check` prints says the same as the memo."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_audit.audit import audit_report
from cchc_audit.display import verdict_word
from cchc_audit.terminal import print_audit

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
