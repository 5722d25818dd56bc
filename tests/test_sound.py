"""Sentences and whole reports whose figures are all right: whatever way they are told in, nothing may be raised."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_audit.audit import audit_document, audit_report
from cchc_audit.model import Document

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


def alarms(text: str) -> list[str]:
    return [f.message.vi for f in audit_document(Document("t", "text", "", text, ())).alarms]


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


def test_a_slip_in_them_is_still_seen() -> None:
    seen = altered = 0
    for text in SOUND:
        for right, wrong in (("98,4%", "94,8%"), ("85,7%", "87,5%"), ("50,13%", "51,03%"), ("88,18%", "81,88%"), ("99,58%", "98,59%")):
            if right in text:
                altered += 1
                seen += bool(alarms(text.replace(right, wrong)))
    assert altered >= 4 and seen == altered
