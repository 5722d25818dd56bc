"""Norms and advice: the version in force, what may be cited, what is only asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cchc_audit import figures, header, outline, quantities, rules
from cchc_audit.model import Finding, Verdict
from cchc_audit.readers.builder import plain_document
from cchc_audit.rules import load
from cchc_audit.rules.norms import Norm, version

BOOK = load()


def given(text: str) -> rules.Material:
    doc = plain_document(Path("report.txt"), "text", "", text, ())
    reading, sections, heading = quantities.read(doc), outline.find_sections(doc), header.read_header(doc)
    named = figures.find_figures(doc, reading, sections, heading, BOOK.lexicon)
    return rules.material(named, doc, reading, sections, heading, BOOK)


def findings(text: str, rule: str) -> list[Finding]:
    return [f for f in rules.findings(given(text), BOOK) if f.claim.source == rule]


# ---------------------------------------------------------------- versions

EMPTY = given("Không có số liệu.")


@pytest.mark.parametrize(
    ("norm", "day", "value", "citation"),
    [
        ("staff-ward-class-1", date(2023, 7, 31), 23, "34/2019"),
        ("staff-ward-class-1", date(2023, 8, 1), 23, "33/2023"),
        ("staff-ward-class-2", date(2024, 6, 30), 21, "33/2023"),
        ("staff-ward-class-3", date(2024, 6, 30), 19, "33/2023"),
        ("part-time-class-2", date(2024, 6, 30), 12, "33/2023"),
        ("ward-population", date(2024, 6, 30), 7000, "1211/2016"),
        ("ward-population", date(2026, 1, 1), 21000, "112/2025"),
        ("merger-approval", date(2025, 12, 15), 50, "Luật"),
        ("merger-approval", date(2025, 12, 16), 50, "321/2025"),
    ],
)
def test_the_version_in_force_applies(norm: str, day: date, value: int, citation: str) -> None:
    found = version(EMPTY, norm, day)
    assert found is not None and found.number == value and citation in found.citation


def test_outside_all_versions_there_is_no_norm() -> None:
    assert version(EMPTY, "part-time-class-1", date(2023, 7, 31)) is None
    assert version(EMPTY, "staff-ward-class-1", date(2025, 7, 1)) is None
    assert version(EMPTY, "staff-ward-class-1", None) is None


@pytest.mark.parametrize("norm", BOOK.norms.values(), ids=list(BOOK.norms))
def test_every_norm_says_where_it_stands(norm: Norm) -> None:
    assert norm.citation and norm.applies_to and norm.unit
    assert norm.sure is (norm.certainty in {"S", "D"})
    assert norm.number > 0


# ---------------------------------------------------------------- what is found, what is asked

VOTERS = "{head}\nTổng số cử tri toàn phường là 1.386 cử tri. Số đồng ý là {agree} cử tri."


def test_a_norm_known_only_in_general_asks_and_cites_nothing() -> None:
    found = findings(VOTERS.format(head="BÁO CÁO\nKết quả năm 2024", agree="598"), "merger-approval")
    assert [f.verdict for f in found] == [Verdict.QUESTION]
    assert "Điều 131" not in found[0].message.vi + found[0].claim.authority
    assert not found[0].alarms


def test_a_norm_seen_in_the_law_is_cited() -> None:
    found = findings(VOTERS.format(head="BÁO CÁO\nKết quả năm 2026", agree="598"), "merger-approval")
    assert [f.verdict for f in found] == [Verdict.QUESTION]
    assert "321/2025" in found[0].message.vi


def test_a_norm_met_holds() -> None:
    found = findings(VOTERS.format(head="BÁO CÁO\nKết quả năm 2024", agree="1.298"), "merger-approval")
    assert [f.verdict for f in found] == [Verdict.HOLDS]


def test_more_staff_than_allotted_is_asked_about() -> None:
    assert [f.verdict for f in findings("Biên chế được giao 22 người, hiện có 24 cán bộ, công chức.", "staff-within-quota")] == [Verdict.QUESTION]
    assert [f.verdict for f in findings("Biên chế được giao 24 người, hiện có 24 cán bộ, công chức.", "staff-within-quota")] == [Verdict.HOLDS]


def test_a_figure_with_two_values_is_compared_with_no_norm() -> None:
    text = "Biên chế được giao 22 người, hiện có 24 cán bộ, công chức.\nHiện có 21 cán bộ, công chức."
    assert findings(text, "staff-within-quota") == []


@pytest.mark.parametrize(("dossiers", "size"), [(500, 223), (1000, 286), (1800, 328), (3000, 353), (5000, 371), (10000, 385)])
def test_the_advised_size_of_a_survey(dossiers: int, size: int) -> None:
    text = "Đã giải quyết {} hồ sơ.\nThu về {} phiếu khảo sát."
    found = findings(text.format(dossiers, size - 1), "survey-size")
    assert [(f.verdict, f.severity) for f in found] == [(Verdict.NOTE, 1)]
    assert str(size) in found[0].message.vi
    assert findings(text.format(dossiers, size), "survey-size") == []


def test_nothing_a_norm_says_accuses() -> None:
    words = ("sai phạm", "vi phạm", "gian", "khống", "bịa")
    for text in ("Biên chế được giao 22 người, hiện có 24 cán bộ, công chức.", VOTERS.format(head="BÁO CÁO năm 2024", agree="598")):
        for found in rules.findings(given(text), BOOK):
            assert not any(w in found.message.vi.lower() for w in words)
