"""Any two figures held against each other; a rulebook of one's own tried out; figures bound by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cchc_audit import explore
from cchc_audit.audit import audit_report
from cchc_audit.bindings import bind_by_hand
from cchc_audit.errors import ConfigError
from cchc_audit.explore import ExploreError, compare
from cchc_audit.model import Audit, Correction, Figure, Header, Period, Quantity, Span, Written
from cchc_audit.trial import try_rules

SAMPLE = Path(__file__).parents[1] / "data/reports/dong-me-6-thang-2024.txt"
EXAMPLE = Path(explore.__file__).parent / "defaults/workspace/quy-tac-vi-du.yaml"
TEXT = (
    "Tiếp nhận mới 500 hồ sơ, trong đó trực tuyến 396 hồ sơ (79,2%), trực tiếp 104 hồ sơ.\n"
    "Năm trước tiếp nhận 480 hồ sơ; tăng 4,2%. Phường có <b>12</b> khu phố, 12 tổ.\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def read(report: Path) -> Audit:
    return audit_report(report)


# ---------------------------------------------------------------- any two figures


@pytest.mark.parametrize(
    ("first", "second", "said", "printed"),
    [
        ("396", "500", "396 / 500 = 79,20 %", ["79,2%", "104"]),
        ("500", "480", "từ 480 đến 500: thay đổi 4,167 %", ["4,2%"]),
        ("500", "396", "500 − 396 = 104", ["79,2%", "104"]),
    ],
)
def test_two_figures_and_what_the_report_prints_of_them(
    read: Audit, first: str, second: str, said: str, printed: list[str]
) -> None:
    found = compare(read, first, second)
    assert said in [result.vi for result in found.results]
    assert [quantity.text for quantity in found.printed] == printed
    page = found._repr_html_()
    assert f"<mark>{first}</mark>" in page and "<b>12" not in page


def test_a_zero_is_no_base(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("Quá hạn 0 hồ sơ; giải quyết 15 hồ sơ.", "utf-8")
    found = compare(audit_report(path), "15", "0", language="en")
    assert [r.en for r in found.results] == ["15 + 0 = 15", "15 − 0 = 15", "0 / 15 = 0.00%"]
    assert "prints none" in found._repr_html_()


def test_a_figure_that_is_not_there_is_named_with_those_that_are(read: Audit) -> None:
    with pytest.raises(ExploreError, match="999.*500, 396"):
        compare(read, "999", "500")
    assert (
        compare(read, "12", "500", nth=(2, 1)).first.span.start > compare(read, "12", "500").first.span.start
    )
    with pytest.raises(ExploreError, match=r"12 \(3\)"):
        compare(read, "12", "500", nth=(3, 1))


# ---------------------------------------------------------------- a rule tried out


def test_a_rule_is_tried_on_its_examples_and_on_a_report(report: Path) -> None:
    trial = try_rules(EXAMPLE, report)
    assert trial.rules == ("tiep-nhan-truc-tuyen-va-truc-tiep",)
    assert [(t.example.good, t.passed) for t in trial.tried] == [(True, True), (False, True)]
    assert all(f.claim.source in trial.rules for f in trial.findings)
    assert "✓ đúng ý" in trial._repr_html_() and "✗" in trial._repr_html_()


def test_an_example_that_is_not_as_meant_shows(report: Path, tmp_path: Path) -> None:
    own = tmp_path / "quy-tac.yaml"
    own.write_text(EXAMPLE.read_text("utf-8").replace("trực tiếp 110", "trực tiếp 100"), "utf-8")
    trial = try_rules(own, report, language="en")
    assert [t.passed for t in trial.tried] == [True, False]
    assert "not as meant" in trial._repr_html_()


def test_a_rule_with_a_mistake_is_refused_with_its_line(report: Path, tmp_path: Path) -> None:
    own = tmp_path / "quy-tac.yaml"
    own.write_text(EXAMPLE.read_text("utf-8").replace("received_online", "received_onlin"), "utf-8")
    with pytest.raises(ConfigError, match=r"quy-tac\.yaml:\d+"):
        try_rules(own, report)


def test_a_trial_shows_text_as_text(report: Path, tmp_path: Path) -> None:
    own = tmp_path / "quy-tac.yaml"
    own.write_text(EXAMPLE.read_text("utf-8").replace("Trong kỳ", "<script>1</script> Trong kỳ"), "utf-8")
    assert "<script" not in try_rules(own, report)._repr_html_()


# ---------------------------------------------------------------- bound by hand


def _quantity(start: int, value: int, paragraph: int = 0) -> Quantity:
    return Quantity(Span(start, start + 3), str(value), Written(Fraction(value)), paragraph=paragraph)


def test_a_bound_figure_takes_its_period_from_what_stands_before_it() -> None:
    year, half = Period(date(2024, 1, 1), date(2024, 12, 31)), Period(date(2024, 1, 1), date(2024, 6, 30))
    first, second, third = _quantity(0, 100), _quantity(10, 200), _quantity(30, 300, paragraph=1)
    named = (Figure("received_total", first, year, "B.1", scope="hộ tịch"),)
    wanted = [Correction(q.span, "", indicator="resolved_total") for q in (first, second, third)]
    bound = bind_by_hand(named, (first, second, third), wanted, Header(period=half))
    assert [(f.name, f.period, f.section, f.scope) for f in bound] == [
        ("resolved_total", year, "B.1", "hộ tịch"),
        ("resolved_total", year, "B.1", ""),
        ("resolved_total", half, "", ""),
    ]
    assert bind_by_hand(named, (first,), [Correction(first.span, "5")], Header()) == named


def test_two_figures_chosen_from_lists_are_compared_at_once() -> None:
    chosen = explore.chooser(audit_report(SAMPLE))
    first, second, shown = chosen.children
    at = {label.split(" · ")[0]: number for label, number in first.options}
    first.value, second.value = at["688"], at["715"]
    assert "688 / 715 = 96,22" in shown.value
    assert "[688]" in next(label for label, number in first.options if number == at["688"])


def test_a_report_without_figures_has_nothing_to_choose(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Không có số nào <b>ở đây</b>.\n", "utf-8")
    found = audit_report(path)
    assert explore.chooser(found).children[2].value == ""
    assert explore.named(found).empty


def test_indicators_are_listed_by_their_names() -> None:
    table = explore.named(audit_report(SAMPLE), "en")
    assert list(table.columns) == ["Figure", "As printed", "Unit", "Period", "Where"]
    row = table[table["As printed"] == "724"].iloc[0]
    assert row["Figure"] == "Dossiers newly received in the period"
