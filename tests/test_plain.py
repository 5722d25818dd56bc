"""Plain passages and reports (`tests/plain`): with every figure right none raises an alarm, and of the slips marked in them most are seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_audit.audit import audit_document
from cchc_audit.model import Document

HERE = Path(__file__).parent / "plain"
MARK = re.compile(r"\{\{(?P<right>.*?)→(?P<wrong>.*?)\}\}")
SEEN = {"passages": 720, "reports": 72}  # of 1,000 and of 120, when they were last gone through


def passages() -> Iterator[str]:
    for path in sorted(HERE.glob("*.txt")):
        yield from (part.strip("\n") for part in path.read_text(encoding="utf-8").split("\n---\n"))


def reports() -> list[Path]:
    return sorted(HERE.glob("reports/*.txt"))


def alarms(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """What is asked, and the figures of each question as printed."""
    findings = audit_document(Document("t", "text", "", text, ())).findings
    return [(f.message.vi, tuple(t.text for t in f.claim.terms)) for f in findings if f.alarms]


def sound(text: str) -> str:
    return MARK.sub(lambda m: m["right"], text)


def slipped(text: str) -> Iterator[tuple[str, str]]:
    """The text with one of its slips, and the figure as it is printed then."""
    for mark in MARK.finditer(text):
        yield sound(text[: mark.start()]) + mark["wrong"] + sound(text[mark.end() :]), mark["wrong"]


@pytest.mark.parametrize("path", sorted(HERE.glob("*.txt")), ids=lambda p: p.stem)
def test_passages_that_agree_raise_no_alarm(path: Path) -> None:
    parts = [part.strip("\n") for part in path.read_text(encoding="utf-8").split("\n---\n")]
    assert len(parts) >= 100
    for part in parts:
        assert len(MARK.findall(part)) == 1, part
        assert [said for said, _ in alarms(sound(part))] == [], sound(part)


@pytest.mark.parametrize("path", reports(), ids=lambda p: p.stem)
def test_a_report_that_agrees_raises_no_alarm(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(MARK.findall(text)) == 10
    assert [said for said, _ in alarms(sound(text))] == []


def test_the_marked_slips_are_seen(capsys: pytest.CaptureFixture[str]) -> None:
    texts = {"passages": list(passages()), "reports": [path.read_text(encoding="utf-8") for path in reports()]}
    tried = {kind: sum(len(MARK.findall(text)) for text in listed) for kind, listed in texts.items()}
    seen = {kind: sum(any(wrong in figure for _, figures in alarms(text) for figure in figures) for part in listed for text, wrong in slipped(part)) for kind, listed in texts.items()}
    with capsys.disabled():
        print("\nslips of plain texts seen: " + ", ".join(f"{kind} {seen[kind]}/{tried[kind]}" for kind in texts))
    assert all(seen[kind] >= SEEN[kind] for kind in SEEN)
