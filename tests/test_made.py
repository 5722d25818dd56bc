"""Sentences and tables made of parts (`made`): what agrees raises no alarm, however it is put; of the slips in them most are seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import made
import made_rest
import pytest

from cchc_audit.audit import audit_document
from cchc_audit.model import Document

SENTENCES, TABLES, REPORTS = 150, 300, 40  # of each kind, in all, and of each layout
SEEN = 0.95  # of the slips of tables; those left are within rounding or in a table without a total
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")


def alarms(text: str) -> list[str]:
    return [f.message.vi for f in audit_document(Document("t", "text", "", text, ())).findings if f.alarms]


@pytest.mark.parametrize("make", made.SENTENCES + made_rest.SENTENCES, ids=lambda make: make.__name__)
def test_sentences_that_agree_raise_no_alarm(make: Callable[[Random], str]) -> None:
    draw = Random(f"{make.__name__} 1")
    for _ in range(SENTENCES):
        text = make(draw)
        assert alarms(text) == [], text


OF_ONE_REPORT = (
    made.documents, made.tasks, made.survey, made.dossiers, made.staff, made.feedback,
    made_rest.votes, made_rest.petitions, made_rest.grading, made_rest.review, made_rest.training, made_rest.money, made_rest.households,
)  # fmt: skip
LAID_OUT: dict[str, Callable[[list[str]], str]] = {
    "paragraphs": "\n\n".join,
    "bullets": lambda parts: "\n".join(f"- {part}" for part in parts),
    "numbered": lambda parts: "\n".join(f"{number}. {part}" for number, part in enumerate(parts, 1)),
    "one after the other": " ".join,
}


@pytest.mark.parametrize("layout", LAID_OUT)
def test_sentences_of_many_matters_together_raise_no_alarm(layout: str) -> None:
    draw = Random(f"{layout} 1")
    for _ in range(REPORTS):
        text = LAID_OUT[layout]([make(draw) for make in draw.sample(OF_ONE_REPORT, k=9)])
        assert alarms(text) == [], text


@pytest.mark.parametrize(("kind", "makers", "least"), [("core", made.SENTENCES, 0.9), ("rest", made_rest.SENTENCES, 0.79)])
def test_slips_of_sentences_are_seen(kind: str, makers: tuple[Callable[[Random], str], ...], least: float, capsys: pytest.CaptureFixture[str]) -> None:
    draw, slips, seen = Random("slips 1"), 0, 0
    for make in makers * (SENTENCES // 3):
        text = make(draw)
        figure = draw.choice([*_FIGURE.finditer(text)])
        if (wrong := made.slipped(draw, figure[0])) is not None:
            slips += 1
            seen += bool(alarms(text[: figure.start()] + wrong + text[figure.end() :]))
    with capsys.disabled():
        print(f"\nslips in sentences seen, {kind}: {seen}/{slips}", end="")
    assert slips > SENTENCES
    assert seen >= least * slips


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
    assert seen >= SEEN * slips
