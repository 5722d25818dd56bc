"""Sentences and whole reports whose figures are all right: whatever way they are told in, nothing may be raised."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_audit.audit import audit_document
from cchc_audit.model import Document

HERE = Path(__file__).parent
SOUND = (HERE / "data/sound.txt").read_text(encoding="utf-8").strip().split("\n\n")
REPORTS = sorted((HERE / "sound").glob("*.txt"))


def alarms(text: str) -> list[str]:
    return [f.message.vi for f in audit_document(Document("t", "text", "", text, ())).alarms]


@pytest.mark.parametrize("text", SOUND)
def test_sound_figures_raise_no_alarm(text: str) -> None:
    assert alarms(text) == []


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_a_sound_report_raises_no_alarm(report: Path) -> None:
    assert alarms(report.read_text(encoding="utf-8")) == []


def test_a_slip_in_them_is_still_seen() -> None:
    seen = altered = 0
    for text in SOUND:
        for right, wrong in (("98,4%", "94,8%"), ("85,7%", "87,5%"), ("50,13%", "51,03%"), ("88,18%", "81,88%"), ("99,58%", "98,59%")):
            if right in text:
                altered += 1
                seen += bool(alarms(text.replace(right, wrong)))
    assert altered >= 4 and seen == altered
