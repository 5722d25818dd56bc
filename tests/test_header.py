"""How a report names itself: ward, number, date, title, period."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from papers import SHARED, assert_linear, cases, document, names

from cchc_audit.header import read_header, read_heading
from cchc_audit.model import Header
from cchc_audit.periods import read_period, same_dates

CASES = cases("header.yaml")


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_header(case: dict[str, Any]) -> None:
    header = read_header(document(case["text"]))
    assert header.ward == case.get("ward", "")
    assert header.number == case.get("number", "")
    assert header.day == case.get("day")
    period = [header.period.start, header.period.end] if header.period else None
    assert period == case.get("period")


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_places_are_places_of_the_text(case: dict[str, Any]) -> None:
    text = case["text"]
    parts = read_heading(document(text))
    if parts.number_span:
        assert text[parts.number_span.start : parts.number_span.end].replace(" ", "") == parts.number
    if parts.written_date:
        quote = text[parts.written_date.span.start : parts.written_date.span.end]
        assert str(parts.written_date.year) in quote and quote[0].isdigit()
    if parts.title_span:
        assert text[parts.title_span.start :].upper().startswith(("BÁO CÁO", "PHỤ LỤC"))
    for mention in (parts.data, *parts.named):
        assert (
            mention is None or " ".join(text[mention.span.start : mention.span.end].split()) == mention.label
        )


def test_the_title_is_one_line_without_markup() -> None:
    parts = read_header(document("# BÁO CÁO\n**Công tác cải cách\nhành chính năm 2024**\n\n**I. Chung**\n"))
    assert parts.title == "BÁO CÁO Công tác cải cách hành chính năm 2024"


def test_a_year_left_out_of_the_title_is_said_in_the_label() -> None:
    header = read_header(
        document("UBND XÃ NA\nSố: 1/BC-UBND, ngày 05/7/2024\nBÁO CÁO\nCông tác 6 tháng đầu năm\n")
    )
    assert header.period is not None
    assert header.period.label == "6 tháng đầu năm 2024"
    assert header.period.end == date(2024, 6, 30)


@pytest.mark.parametrize(
    "piece",
    ["ngày ", "PHƯỜNG ", "Số: 1/BC-", "BÁO CÁO\n", "phường Ba ", "(số liệu từ ", "ngày 1/1/2024 đến ", "\n"],
)
def test_cost_grows_with_the_text_only(piece: str) -> None:
    assert_linear(lambda text: read_header(document(text)), piece)


# ---------------------------------------------------------------- labelled reports, where they are at hand

LABELLED = sorted((SHARED / "dev" / "labels").glob("*.json"))


@pytest.mark.skipif(not LABELLED, reason="the labelled reports are not here")
@pytest.mark.parametrize("path", LABELLED, ids=lambda p: p.stem)
def test_labelled_report(path: Any) -> None:
    label = json.loads(path.read_text("utf-8"))
    report = (path.parents[1] / "reports" / f"{path.stem}.txt").read_text("utf-8")
    header = read_header(document(report))
    assert header.ward.lower() == label["ward"].lower()
    assert header.number and header.number.replace("/", " /", 1).split()[0] in report
    expected = read_period(label["period"])
    assert expected and header.period and same_dates(header.period, expected)
    if "report_date" in label:
        day, month, year = map(int, label["report_date"].split("/"))
        assert header.day == date(year, month, day)


REAL = SHARED / "reports" / "tran-hung-dao-2024.txt"


@pytest.mark.skipif(not REAL.exists(), reason="the real report is not here")
def test_real_report() -> None:
    header = read_header(document(REAL.read_text("utf-8")))
    assert isinstance(header, Header)
    assert (header.ward, header.number, header.day) == (
        "phường Trần Hưng Đạo",
        "140/BC-UBND",
        date(2024, 7, 9),
    )
    assert header.period and (header.period.start, header.period.end) == (date(2023, 1, 1), date(2024, 6, 30))
