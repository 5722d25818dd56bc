"""The mutation test of a report: repeatable, drawn from all figures, honest about what it counts."""

from __future__ import annotations

from pathlib import Path

from cchc_audit.audit import audit_document, audit_report
from cchc_audit.power import measure

SAMPLE = Path(__file__).parents[1] / "data" / "reports" / "suoi-hoa-quy-1-2024.txt"


def test_the_same_seed_gives_the_same_result() -> None:
    audit = audit_report(SAMPLE)
    assert measure(audit, sample=12) == measure(audit, sample=12)


def test_some_but_not_more_than_the_altered_figures_are_found() -> None:
    power = measure(audit_report(SAMPLE), sample=25)
    assert power.altered == 25
    assert 0 < power.found <= power.altered


def test_figures_no_check_reads_are_drawn_too_and_go_unnoticed(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        "Phường có 260 cơ sở kinh doanh.\n\nTrên địa bàn có 12 công trình và 7 tuyến phố.\n", "utf-8"
    )
    power = measure(audit_report(path))
    assert (power.altered, power.found) == (3, 0)


def test_the_report_itself_is_left_as_it_was() -> None:
    audit = audit_report(SAMPLE)
    measure(audit, sample=5)
    assert audit_document(audit.document).findings == audit.findings
