"""Which reports of a batch were handed in, which wards sent none, which files look like copies of one report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cchc_audit.submissions import absent, copies
from cchc_audit.wards import Register, Ward

QUARTERS = {"q3/24": ("2024-07-01", "2024-09-30"), "q3/25": ("2025-07-01", "2025-09-30")}
YEARS = {"năm 2024": ("2024-01-01", "2024-12-31"), "kỳ 2024": ("2023-12-15", "2024-12-14")}
PERIODS = {**QUARTERS, **YEARS, "tháng 4": ("2024-04-01", "2024-04-30"), "tháng 5": ("2024-05-01", "2024-05-31")}


def ward(code: str, name: str, first: date | None = None, last: date | None = None) -> Ward:
    return Ward(code, name, "phường", "", "tỉnh A", None, first, last, 2)


UNTIL_2025 = [ward("1", "An", last=date(2025, 6, 30)), ward("2", "Bình", last=date(2025, 6, 30))]
REGISTER = Register((*UNTIL_2025, ward("1", "Cát", date(2025, 7, 1)), ward("3", "Diên", date(2025, 7, 1))))


def row(name: str, of: str = "", period: str = "", **more: Any) -> dict[str, Any]:
    code, _, ward_name = of.partition(" ")
    start, end = PERIODS.get(period, ("", ""))
    days = {key: date.fromisoformat(day) if day else "" for key, day in (("period_start", start), ("period_end", end))}
    return {
        "report": name, "status": "done", "ward": "", "ward_code": code, "ward_name": ward_name, "period": period, **days,
        "number": "", "sha256": name, **more,
    }  # fmt: skip


def missing(*rows: dict[str, Any]) -> dict[str, list[str]]:
    return {period.period: [ward.full_name for ward in period.wards] for period in absent(rows, REGISTER)}


def test_a_ward_is_asked_for_each_period_at_whose_end_it_was_one() -> None:
    an = row("a.txt", "1 phường An", "q3/24")
    assert missing(an) == {"q3/24": ["phường Bình"]}
    diên = row("d.txt", "3 phường Diên", "q3/25")
    assert missing(an, diên) == {"q3/25": ["phường Cát"], "q3/24": ["phường Bình"]}


def test_a_code_used_again_is_another_ward() -> None:
    assert missing(row("a.txt", "1 phường An", "q3/24"), row("d.txt", "3 phường Diên", "q3/25"))["q3/25"] == ["phường Cát"]


def test_a_reporting_year_is_the_year_and_a_month_only_itself() -> None:
    assert missing(row("a.txt", "1 phường An", "năm 2024"), row("b.txt", "2 phường Bình", "kỳ 2024")) == {}
    months = row("a.txt", "1 phường An", "tháng 4"), row("b.txt", "2 phường Bình", "tháng 5")
    assert missing(*months) == {"tháng 5": ["phường An"], "tháng 4": ["phường Bình"]}


def test_a_report_without_a_period_may_be_for_any() -> None:
    assert missing(row("a.txt", "1 phường An", "q3/24"), row("b.txt", "2 phường Bình")) == {}
    assert missing(row("a.txt", "1 phường An")) == {"": ["phường Bình", "phường Cát", "phường Diên"]}


@pytest.mark.parametrize(
    ("second", "alike"),
    [
        ({}, True),
        ({"number": "13/BC-UBND"}, False),
        ({"period": "q3/25"}, False),
        ({"of": "2 phường Bình"}, False),
        ({"status": "unreadable"}, False),
        ({"number": "", "sha256": "a.docx"}, False),
    ],
)
def test_copies_are_of_one_ward_number_and_period(second: dict[str, Any], alike: bool) -> None:
    same = {"of": "1 phường An", "period": "q3/24", "number": "12/BC-UBND"}
    pair = [row("a.docx", **same), row("a.txt", **{**same, **second})]
    assert copies(pair) == ([pair] if alike else [])


def test_the_same_bytes_are_copies_where_nothing_names_the_report() -> None:
    pair = [row("a.txt", sha256="0f"), row("b.txt", sha256="0f")]
    assert copies([*pair, row("c.txt")]) == [pair]
