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

def of_unit(ward: str, rank: str, head: str = "") -> rules.Material:
    """A report that says only what it speaks for."""
    return given(f"{head}UBND {ward.upper()}\nBÁO CÁO\nKết quả công tác\nĐơn vị hành chính loại {rank}.")


@pytest.mark.parametrize(
    ("norm", "unit", "day", "value", "citation"),
    [
        ("staff", of_unit("phường Hòa An", "I"), date(2023, 7, 31), 23, "34/2019"),
        ("staff", of_unit("phường Hòa An", "I"), date(2023, 8, 1), 23, "33/2023"),
        ("staff", of_unit("phường Hòa An", "2"), date(2024, 6, 30), 21, "33/2023"),
        ("staff", of_unit("phường Hòa An", "III"), date(2024, 6, 30), 19, "33/2023"),
        ("staff", of_unit("xã Hòa An", "II"), date(2023, 7, 31), 21, "34/2019"),
        ("staff", of_unit("xã Hòa An", "II"), date(2023, 8, 1), 20, "33/2023"),
        ("staff", of_unit("thị trấn Hòa An", "III"), date(2024, 1, 1), 18, "33/2023"),
        ("part-time-staff", of_unit("xã Hòa An", "II"), date(2024, 6, 30), 12, "33/2023"),
        ("standard-population", of_unit("phường Hòa An", "II", "UBND QUẬN CÁI\n"), date(2024, 6, 30), 15000, "1211/2016"),
        ("standard-population", of_unit("phường Hòa An", "II", "UBND TP CÁI DẦU\n"), date(2024, 6, 30), 7000, "1211/2016"),
        ("standard-population", of_unit("phường Hòa An", "II", "UBND THỊ XÃ CÁI\n"), date(2024, 6, 30), 5000, "1211/2016"),
        ("standard-population", of_unit("phường Hòa An", "II"), date(2026, 1, 1), 21000, "112/2025"),
        ("merger-approval", of_unit("phường Hòa An", "II"), date(2025, 12, 15), 50, "Luật"),
        ("merger-approval", of_unit("phường Hòa An", "II"), date(2025, 12, 16), 50, "321/2025"),
    ],
)
def test_the_version_in_force_applies(norm: str, unit: rules.Material, day: date, value: int, citation: str) -> None:
    found = version(unit, norm, day)
    assert found is not None and found.number == value and citation in found.citation


def test_outside_all_versions_there_is_no_norm() -> None:
    unit = of_unit("phường Hòa An", "I", "UBND THÀNH PHỐ HÀ NỘI\n")
    assert version(unit, "part-time-staff", date(2023, 7, 31)) is None
    assert version(unit, "staff", date(2025, 7, 1)) is None
    assert version(unit, "staff", None) is None
    assert version(unit, "standard-population", date(2024, 1, 1)) is None  # which standard is not known of a central city
    assert version(of_unit("phường Hòa An", "khác"), "staff", date(2024, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Phường Hòa An là đơn vị hành chính loại II.", "II"),
        ("Xã được công nhận là đơn vị hành chính cấp xã loại 1 từ năm 2021.", "I"),
        ("Hòa An là phường loại III của thành phố.", "III"),
        ("Phường thuộc đô thị loại I.", ""),
        ("Thành phố được công nhận đô thị loại II; phường có 12 tổ.", ""),
        ("Phường xếp loại I về dân vận khéo.", ""),
        ("Phường có cán bộ đạt loại I.", ""),
        ("Phường loại I; phường loại II.", ""),
        ("Phường loại 12 tuyến đường.", ""),
    ],
)
def test_the_class_of_the_unit_is_read_only_where_it_is_said(text: str, rank: str) -> None:
    assert given(text).unit.rank == rank


HEAD = "UBND THÀNH PHỐ AN PHÚ\nUBND {ward}\nHòa An, ngày {day}\nBÁO CÁO\nKết quả {period}\n{text}\nHiện có {n} cán bộ, công chức."
FULL = "Phường loại II, diện tích 2,1 km², dân số 15.626 người."
STAFF = [
    # population 15,626 adds floor(8,626 / 3,500) = 2 posts to the 21 of a class II ward
    ("PHƯỜNG HÒA AN", "10 tháng 7 năm 2024", "6 tháng đầu năm 2024", FULL, 23, Verdict.HOLDS, "33/2023"),
    ("PHƯỜNG HÒA AN", "10 tháng 7 năm 2024", "6 tháng đầu năm 2024", FULL, 24, Verdict.QUESTION, "1211/2016"),
    ("PHƯỜNG HÒA AN", "10 tháng 7 năm 2024", "6 tháng đầu năm 2024", "Phường loại II.", 21, Verdict.HOLDS, "33/2023"),
    ("PHƯỜNG HÒA AN", "10 tháng 7 năm 2024", "6 tháng đầu năm 2024", "Phường loại II, dân số 15.626 người.", 23, Verdict.HOLDS, "1211/2016"),
    ("PHƯỜNG HÒA AN", "10 tháng 7 năm 2024", "6 tháng đầu năm 2024", "Phường loại II, dân số 15.626 người.", 24, Verdict.UNCHECKABLE, "Diện tích"),
    ("PHƯỜNG HÒA AN", "10 tháng 7 năm 2024", "6 tháng đầu năm 2024", "Phường loại II, diện tích 12 km², dân số 15.626 người.", 24, Verdict.HOLDS, "1211/2016"),
    ("PHƯỜNG HÒA AN", "10 tháng 7 năm 2024", "6 tháng đầu năm 2024", "Dân số 15.626 người.", 23, Verdict.UNCHECKABLE, "loại đơn vị"),
    # the report's own date decides, not the end of its period: 31/7/2023 is before the decree, 05/8/2023 after
    ("PHƯỜNG HÒA AN", "31 tháng 7 năm 2023", "7 tháng đầu năm 2023", FULL, 22, Verdict.QUESTION, "34/2019"),
    ("PHƯỜNG HÒA AN", "05 tháng 8 năm 2023", "7 tháng đầu năm 2023", FULL, 22, Verdict.HOLDS, "33/2023"),
    ("XÃ HÒA AN", "10 tháng 7 năm 2024", "6 tháng đầu năm 2024", "Xã loại II.", 20, Verdict.HOLDS, "33/2023"),
    ("XÃ HÒA AN", "10 tháng 7 năm 2024", "6 tháng đầu năm 2024", "Xã loại II, diện tích 20 km², dân số 9.000 người.", 21, Verdict.UNCHECKABLE, "mức chuẩn"),
    ("PHƯỜNG HÒA AN", "10 tháng 9 năm 2025", "9 tháng đầu năm 2025", FULL, 40, None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("ward", "day", "period", "text", "n", "verdict", "said"), STAFF)
def test_staff_against_the_number_of_the_class(ward: str, day: str, period: str, text: str, n: int, verdict: Verdict | None, said: str) -> None:
    found = findings(HEAD.format(ward=ward, day=day, period=period, text=text, n=n), "staff-within-norm")
    assert [f.verdict for f in found] == ([verdict] if verdict else [])
    assert not found or said in found[0].message.vi
    assert not any(f.alarms for f in found)


def test_a_weekly_duty_is_asked_about_with_weeks_to_spare() -> None:
    text = "BÁO CÁO\nKết quả năm 2024\nChủ tịch tiếp công dân {} ngày."  # 52 full weeks
    assert [f.verdict for f in findings(text.format(49), "chair-receives-weekly")] == [Verdict.HOLDS]
    found = findings(text.format(48), "chair-receives-weekly")
    assert [f.verdict for f in found] == [Verdict.QUESTION] and "Luật Tiếp công dân" in found[0].message.vi
    assert findings("Chủ tịch tiếp công dân 4 ngày.", "chair-receives-weekly") == []


def test_half_is_enough_only_where_the_law_says_so() -> None:
    text = "Tổng số cử tri toàn phường là 1.000 cử tri. Số đồng ý là 500 cử tri."
    assert [f.verdict for f in findings(f"BÁO CÁO\nKết quả năm 2024\n{text}", "merger-approval")] == [Verdict.QUESTION]
    assert [f.verdict for f in findings(f"BÁO CÁO\nKết quả năm 2026\n{text}", "merger-approval")] == [Verdict.HOLDS]


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
