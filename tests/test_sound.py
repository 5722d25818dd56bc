"""Sentences and whole reports whose figures are all right: whatever way they are told in, nothing may be raised."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_audit.audit import audit_document, audit_report
from cchc_audit.model import Document, Finding

HERE = Path(__file__).parent
SOUND = (HERE / "data/sound.txt").read_text(encoding="utf-8").strip().split("\n\n")
REPORTS = sorted((HERE / "sound").glob("*.txt"))
REAL = HERE.parent.parent / "shared/reports/tran-hung-dao-2024.txt"

RAISED = [
    ("breakdown", "24"),
    ("claim_vs_count", "100%"),
    ("same_figure", "3.092"),
    ("share", "04"),
    ("share", "390"),
    ("share", "394"),
    ("structure", "I. CÔNG TÁC CẢI CÁCH HÀNH CHÍNH"),
    ("structure", "I. Ưu điểm"),
]


def findings(text: str) -> tuple[Finding, ...]:
    return audit_document(Document("t", "text", "", text, ())).findings


def alarms(text: str) -> list[str]:
    return [f.message.vi for f in findings(text) if f.alarms]


@pytest.mark.parametrize("text", SOUND)
def test_sound_figures_raise_no_alarm(text: str) -> None:
    assert alarms(text) == []


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_a_sound_report_raises_no_alarm(report: Path) -> None:
    assert alarms(report.read_text(encoding="utf-8")) == []


@pytest.mark.skipif(not REAL.exists(), reason="the real report is not beside the project")
def test_the_real_report_raises_what_a_reader_raised() -> None:
    """Read by hand: eight places that do not agree, two of them of one share and its complement."""
    raised = sorted((f.claim.kind.value, f.claim.terms[0].text) for f in audit_report(REAL).alarms)
    assert raised == RAISED


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("246 phiếu (đạt 98,4%)", "246 phiếu (đạt 94,8%)"),
        ("12/14 tổ dân phố đạt chuẩn văn hóa, đạt 85,7%", "12/14 tổ dân phố đạt chuẩn văn hóa, đạt 87,5%"),
        ("đã bỏ phiếu 8.377, đạt 99,58%", "đã bỏ phiếu 8.377, đạt 98,59%"),
        ("dân tộc Kinh 9.880 người (88,18%)", "dân tộc Kinh 9.880 người (81,88%)"),
        ("05 khiếu nại, 01 tố cáo, đạt 85,7%", "05 khiếu nại, 01 tố cáo, đạt 87,5%"),
        ("hoà giải thành 24 vụ (đạt 85,7%)", "hoà giải thành 24 vụ (đạt 87,5%)"),
        ("187 phiếu hài lòng trên 190 phiếu thu về (đạt 98,4%)", "187 phiếu hài lòng trên 190 phiếu thu về (đạt 94,8%)"),
    ],
)
def test_a_slip_in_them_is_still_seen(right: str, wrong: str) -> None:
    (text,) = (t for t in SOUND if right in t)
    assert alarms(text.replace(right, wrong))


def test_findings_stand_in_one_order_however_words_are_hashed() -> None:
    text = (
        "Cấp ủy kỷ luật 56 đảng viên gồm: khiển trách 31, cảnh cáo 21, cách chức 2, khai trừ 2 đảng viên. Trong đó, cấp "
        "ủy viên các cấp có 21 đồng chí; do huyện ủy kỷ luật 1, tương đương 8, cơ sở 18, chi bộ 29 trường hợp."
    )
    command = "import sys, tests.test_sound as sound; print(sound.findings(sys.argv[1]))"
    told = {
        subprocess.run(
            [sys.executable, "-c", command, text],
            cwd=HERE.parent, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "12")  # which put the units of this text in different orders
    }  # fmt: skip
    assert len(told) == 1


def test_an_audit_leaves_nothing_to_collect_and_the_collector_as_it_was() -> None:
    report = Document("t", "text", "", (HERE / "corpus/reports/long-prose-an-hoa.txt").read_text(encoding="utf-8"), ())
    audit_document(report)  # what is loaded and compiled once
    gc.collect()
    told = audit_document(report)
    assert gc.isenabled()
    gc.disable()
    try:
        del told
        assert audit_document(report).findings and not gc.isenabled()
        assert gc.collect() == 0
    finally:
        gc.enable()
