"""Reports told in thousands of ways (`prose`): none whose figures agree raises an alarm, and a digit changed in one is seen."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest
from prose import Prose, dotted

from cchc_audit.audit import audit_document
from cchc_audit.model import Document, Finding

PARAGRAPHS, REPORTS, SLIPS = 150, 25, 500
BLOCKS = 8
SEEN = 0.97  # of the changed digits


def alarms(text: str) -> list[Finding]:
    return [f for f in audit_document(Document("t", "text", "", text, ())).findings if f.alarms]


@pytest.mark.parametrize("block", range(BLOCKS))
def test_dossiers_that_agree_raise_no_alarm(block: int) -> None:
    for seed in range(block * PARAGRAPHS, (block + 1) * PARAGRAPHS):
        text = Prose(seed).dossiers()
        assert [f.message.vi for f in alarms(text)] == [], text


@pytest.mark.parametrize("block", range(BLOCKS))
def test_a_report_that_agrees_raises_no_alarm(block: int) -> None:
    for seed in range(block * REPORTS, (block + 1) * REPORTS):
        text = Prose(seed).report()
        assert [f.message.vi for f in alarms(text)] == [], text


def test_a_digit_changed_in_the_dossiers_is_seen(capsys: pytest.CaptureFixture[str]) -> None:
    seen, tried = Counter[str](), Counter[str]()
    for seed in range(SLIPS):
        slip = _with_a_slip(seed)
        if slip is not None:
            name, text, printed = slip
            tried[name] += 1
            seen[name] += any(printed == t.text for f in alarms(text) for t in f.claim.terms)
    with capsys.disabled():
        print(f"\nchanged digits seen: {seen.total()}/{tried.total()} (" + ", ".join(f"{name} {seen[name]}/{tried[name]}" for name in sorted(tried)) + ")")
    assert seen.total() >= SEEN * tried.total()


def _with_a_slip(seed: int) -> tuple[str, str, str] | None:
    """The count that was changed, the text with it, and how it is printed; None where the count stands nowhere or in two places."""
    prose, chance = Prose(seed), random.Random(seed)
    text = prose.dossiers()
    name = chance.choice(sorted(prose.figures))
    printed = dotted(prose.figures[name])
    places = list(re.finditer(rf"(?<![\d.,]){re.escape(printed)}(?![\d.,]*\d|%)", text))
    if len(places) != 1 or prose.figures[name] < 10:
        return None
    changed = printed[:-1] + str((int(printed[-1]) + chance.randint(1, 9)) % 10)
    return name, text[: places[0].start()] + changed + text[places[0].end() :], changed
