"""Sentences and tables made of parts (`made`): what agrees raises no alarm, however it is put; of the slips in them most are seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import made
import pytest

from cchc_audit.audit import audit_document
from cchc_audit.model import Document

SENTENCES, TABLES = 150, 300  # of each kind, and in all
SEEN = {"sentences": 0.9, "tables": 0.95}  # of the slips; those left are within rounding, of figures told once, or in a table without a total
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")


def alarms(text: str) -> list[str]:
    return [f.message.vi for f in audit_document(Document("t", "text", "", text, ())).findings if f.alarms]


@pytest.mark.parametrize("make", made.SENTENCES, ids=lambda make: make.__name__)
def test_sentences_that_agree_raise_no_alarm(make: Callable[[Random], str]) -> None:
    draw = Random(f"{make.__name__} 1")
    for _ in range(SENTENCES):
        text = make(draw)
        assert alarms(text) == [], text


def test_slips_of_sentences_are_seen(capsys: pytest.CaptureFixture[str]) -> None:
    draw, slips, seen = Random("slips 1"), 0, 0
    for make in made.SENTENCES * (SENTENCES // 3):
        text = make(draw)
        figure = draw.choice([*_FIGURE.finditer(text)])
        if (wrong := made.slipped(draw, figure[0])) is not None:
            slips += 1
            seen += bool(alarms(text[: figure.start()] + wrong + text[figure.end() :]))
    with capsys.disabled():
        print(f"\nslips in sentences seen: {seen}/{slips}", end="")
    assert slips > SENTENCES
    assert seen >= SEEN["sentences"] * slips


def test_tables_that_agree_raise_no_alarm_and_their_slips_are_seen(capsys: pytest.CaptureFixture[str]) -> None:
    draw, slips, seen = Random("tables 1"), 0, 0
    for _ in range(TABLES):
        rows, layout, numbered = draw.choice(made.TABLES)(draw), draw.choice(made.LAYOUTS), draw.random() < 0.4
        text = made.laid_out(rows, layout, numbered=numbered)
        assert alarms(text) == [], text
        row, column = draw.randrange(1, len(rows)), draw.randrange(1, len(rows[0]))
        wrong = made.slipped(draw, rows[row][column])
        if wrong is None or rows[row][column].startswith("100"):
            continue
        rows[row][column] = wrong
        slips += 1
        seen += bool(alarms(made.laid_out(rows, layout, numbered=numbered)))
    with capsys.disabled():
        print(f"\nslips in tables seen: {seen}/{slips}", end="")
    assert slips > TABLES // 2
    assert seen >= SEEN["tables"] * slips
