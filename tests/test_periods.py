"""Every period a report names, and the one that holds for a figure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import SHARED, assert_linear, cases, document, names

from cchc_audit.header import read_header
from cchc_audit.mentions import find_mentions
from cchc_audit.model import Period
from cchc_audit.outline import find_sections
from cchc_audit.periods import (
    days,
    differ_by_cut_off,
    find_periods,
    governing,
    read_period,
    resolve,
    same_period,
    timeline,
)

MENTIONS = cases("periods.yaml")
GOVERNING = cases("governing.yaml")
HALF = Period(date(2024, 1, 1), date(2024, 6, 30), "6 tháng đầu năm 2024")
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31), "năm 2024")


@pytest.mark.parametrize("case", MENTIONS, ids=names(MENTIONS))
def test_mentions(case: dict[str, Any]) -> None:
    found = []
    for mention in find_mentions(case["text"]):
        period = resolve(mention, HALF)
        reach = "" if mention.reach.value == "on" else f" ({mention.reach.value})"
        found.append(f"{mention.label}: {period.start or '-'} to {period.end or '-'}{reach}")
    assert found == case["periods"]


@pytest.mark.parametrize("case", MENTIONS, ids=names(MENTIONS))
def test_places_do_not_overlap(case: dict[str, Any]) -> None:
    spans = [span for span, _ in find_periods(case["text"])]
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


def test_a_year_left_out_stays_out_without_a_report() -> None:
    ((_, period),) = find_periods("tăng so với cùng kỳ")
    assert (period.start, period.end, period.label) == (None, None, "cùng kỳ")


@pytest.mark.parametrize("case", GOVERNING, ids=names(GOVERNING))
def test_governing(case: dict[str, Any]) -> None:
    offset = case["text"].index("[")
    text = case["text"].replace("[", "", 1).replace("]", "", 1)
    period = governing(offset, timeline(text, YEAR, find_sections(document(text))))
    assert period is not None and period.end == case["end"]


def test_nothing_governs_a_report_without_periods() -> None:
    assert governing(5, timeline("Nhận 12 hồ sơ", None)) is None
    assert governing(0, timeline("", None)) is None


CUT_OFFS = [
    ("từ ngày 15/12/2023 đến ngày 14/6/2024", "6 tháng đầu năm 2024", True),
    ("từ ngày 15/12/2022 đến ngày 14/12/2023", "năm 2023", True),
    ("từ ngày 15/12/2022 đến ngày 10/12/2023", "năm 2023", True),
    ("từ ngày 15/6/2024 đến ngày 14/9/2024", "quý III/2024", True),
    ("từ ngày 01/01/2023 đến ngày 30/6/2024", "năm 2024", False),
    ("từ ngày 15/12/2023 đến ngày 31/12/2024", "6 tháng đầu năm 2024", False),
    ("năm 2023", "năm 2024", False),
    ("quý I/2024", "quý II/2024", False),
    ("tháng 5/2024", "từ ngày 15/4/2024 đến ngày 14/5/2024", False),  # two weeks are half a month
    ("năm 2024", "năm 2024", False),  # the same, so they do not differ
]


@pytest.mark.parametrize(("a", "b", "expected"), CUT_OFFS)
def test_cut_off_habit(a: str, b: str, expected: bool) -> None:
    first, second = read_period(a), read_period(b)
    assert first and second
    assert differ_by_cut_off(first, second) is expected
    assert differ_by_cut_off(second, first) is expected
    assert same_period(first, second) is (expected or a == b)


def test_open_ends_are_no_habit() -> None:
    until = Period(None, date(2024, 6, 30))
    assert days(until) is None
    assert not differ_by_cut_off(until, HALF)


@given(st.text(alphabet="năm tháng quý từ đến ngày 0123456789/.-IV\n|(),;:đkỳcùno", max_size=120))
def test_any_text_gives_ordered_places_and_no_error(text: str) -> None:
    found = find_periods(text)
    assert all(0 <= span.start < span.end <= len(text) for span, _ in found)
    line = timeline(text, HALF, find_sections(document(text)))
    for offset in range(0, len(text), 7):
        governing(offset, line)


@pytest.mark.parametrize(
    "piece",
    [
        "năm 2023 ",
        "từ ngày 1/1/2023 ",
        "đến ",
        "tháng ",
        "1/1/2023 - ",
        "quý I ",
        "so với ",
        "luật a ",
        "12 tháng đầu năm ",
        "-",
        "cùng kỳ, ",
        "\n",
        "| a ",
        "- b\n",
    ],
)
def test_cost_grows_with_the_text_only(piece: str) -> None:
    def work(text: str) -> None:
        line = timeline(text, HALF, ())
        for offset in range(0, len(text), 11):
            governing(offset, line)

    assert_linear(work, piece)


# ---------------------------------------------------------------- real and labelled reports, where they are at hand

PLACES = [
    ("reports/tran-hung-dao-2024.txt", "1862 hồ sơ", "2023-01-01", "2023-12-31"),
    ("reports/tran-hung-dao-2024.txt", "667 hồ sơ", "2024-01-01", "2024-06-30"),
    ("reports/tran-hung-dao-2024.txt", "394 phiếu", "2023-01-01", "2024-06-30"),
    ("reports/tran-hung-dao-2024.txt", "3.092 hộ", "2023-01-01", "2024-06-30"),
    ("dev/reports/A01.txt", "142 bản", "2023-01-01", "2023-03-31"),
    ("dev/reports/A01.txt", "2.101 hồ sơ: trước hạn", "2024-01-01", "2024-03-31"),
    ("dev/reports/A02.txt", "27 hồ sơ đang", "2023-12-31", "2023-12-31"),
    ("dev/reports/A02.txt", "29 hồ sơ;", "2024-01-01", "2024-06-30"),
    ("dev/reports/A02.txt", "1206 hồ sơ", "2023-01-01", "2023-06-30"),
    ("dev/reports/A02.txt", "107 hồ sơ", "2024-01-01", "2024-06-30"),
    ("dev/reports/A03.txt", "4.391 hồ sơ", "2022-01-01", "2022-12-31"),
    ("dev/reports/A04.txt", "1.955 hồ sơ", "2025-08-01", "2025-08-31"),
    ("dev/reports/A05.txt", "46 HS", "2024-01-01", "2024-12-31"),
    ("dev/reports/A05.txt", "829 HS", "2024-07-01", "2024-09-30"),
    ("dev/reports/A05.txt", "2 958 HS", "2023-01-01", "2023-12-31"),
    ("dev/reports/B02.txt", "61 hộ nghèo", "2024-01-01", "2024-01-01"),
]


@pytest.mark.skipif(not SHARED.exists(), reason="the labelled reports are not here")
@pytest.mark.parametrize(("path", "figure", "start", "end"), PLACES)
def test_governing_in_whole_reports(path: str, figure: str, start: str, end: str) -> None:
    paper = document((SHARED / path).read_text("utf-8"))
    line = timeline(paper.text, read_header(paper).period, find_sections(paper))
    period = governing(paper.text.index(figure), line)
    assert period and (str(period.start), str(period.end)) == (start, end)


def test_of_periods_without_a_year_the_words_decide() -> None:
    first, second, again = read_period("quý I"), read_period("quý II"), read_period("Quý I")
    assert first and second and again
    assert not same_period(first, second) and same_period(first, again)
