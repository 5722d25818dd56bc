"""Pairs of texts that differ in one figure: the sound one raises nothing, and the slip of the other is seen where the tool
reads the relation it breaks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cchc_audit.audit import audit_document
from cchc_audit.model import Document, Finding

PAIRS = [json.loads(line) for line in (Path(__file__).parent / "data/pairs.jsonl").read_text(encoding="utf-8").splitlines()]
SEEN = 1160  # slips seen when the pairs were last gone through: a change that loses one shows here


def alarms(text: str) -> list[Finding]:
    return [f for f in audit_document(Document("t", "text", "", text, ())).findings if f.alarms]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["why"])
def test_the_sound_text_raises_nothing(pair: dict[str, str]) -> None:
    assert [f.message.vi for f in alarms(pair["sound"])] == []


def test_the_slips_are_seen(capsys: pytest.CaptureFixture[str]) -> None:
    seen = [pair for pair in PAIRS if any(_names(f, pair["wrong"]) for f in alarms(pair["slipped"]))]
    with capsys.disabled():
        print(f"\n  slips seen in pairs of texts: {len(seen)} of {len(PAIRS)}")
    assert len(seen) >= SEEN


def _names(finding: Finding, figure: str) -> bool:
    return any(figure.strip("%‰") in (term.text or "") for term in finding.claim.terms)
