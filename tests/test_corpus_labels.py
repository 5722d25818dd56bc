"""The hand labels themselves: quotes stand in the report, and `holds` is what the arithmetic says."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from corpus_scoring import amount, claims_of, decimals, flat, labelled_reports, places, text_of

HERE = Path(__file__).parent
CORPORA = [(HERE.parent / "data", "truth"), (HERE / "corpus", "labels")]
REPORTS = [pair for folder, labels in CORPORA for pair in labelled_reports(folder, labels)]


def holds(kind: str, figures: dict[str, Any]) -> bool | None:
    """What exact arithmetic says of the label; None for kinds that need a reader."""
    value = {role: amount(written) for role, written in figures.items() if not isinstance(written, list)}
    parts = [amount(item) or Fraction(0) for role, item in flat(figures) if role.startswith("part")]
    match kind:
        case "share" | "fraction":
            return abs(100 * value["n"] / value["m"] - value["p"]) <= half(figures["p"])
        case "breakdown":
            return sum(parts) == value["total"]
        case "shares_sum":
            return abs(sum(value.values()) - 100) <= sum(half(share) for share in figures.values())
        case "same_figure" | "roll_forward":
            return value["a"] == value["b"]
        case "change":
            difference = value["now"] - value["prev"]
            by_amount = "delta" not in value or abs(difference) == value["delta"]
            by_share = "p" not in value or abs(abs(100 * difference / value["prev"]) - value["p"]) <= half(
                figures["p"]
            )
            return by_amount and by_share
        case "claim_vs_count" if "items" in figures:
            return len(figures["items"]) == value["claimed"]
    return None


def half(share: str) -> Fraction:
    return Fraction(1, 2 * 10 ** decimals(share))


def each_label() -> Iterator[Any]:
    for report, truth in REPORTS:
        for raw in claims_of(truth):
            yield report, truth, raw


def test_there_are_enough_reports_and_three_long_ones_without_a_slip() -> None:
    own = [(text_of(report, truth), claims_of(truth)) for report, truth in labelled_reports(HERE / "corpus")]
    long = [labels for text, labels in own if len(text) >= 50_000]
    assert len(own) >= 10 and len(long) >= 3
    assert all(raw["holds"] is not False for labels in long for raw in labels)


@pytest.mark.parametrize(("report", "truth"), REPORTS, ids=lambda path: path.stem)
def test_quotes_stand_in_the_report_and_labels_agree_with_arithmetic(report: Path, truth: Path) -> None:
    text = text_of(report, truth)
    for raw in claims_of(truth):
        for quote in (raw["quote"], raw.get("quote2")):
            assert quote is None or places(text, quote), quote
        said = holds(raw["kind"], raw["figures"])
        assert said is None or raw["holds"] == "ambiguous" or said is raw["holds"], raw


@pytest.mark.parametrize(("report", "truth"), REPORTS, ids=lambda path: path.stem)
def test_the_numbers_of_a_label_stand_in_its_report(report: Path, truth: Path) -> None:
    text = text_of(report, truth).lower()
    for raw in claims_of(truth):
        if raw["kind"] in {"share", "fraction"}:
            assert raw["figures"]["p"].rstrip("%") in text, raw
        if raw["kind"] == "breakdown":
            assert all(part.lower() in text for _, part in flat(raw["figures"])), raw


@pytest.mark.parametrize(
    ("written", "value"),
    [("2.146", 2146), ("31,25%", Fraction(125, 4)), ("ba", 3), ("05", 5), ("1,204", Fraction(1204, 1000)), ("5,65 ngàn", 5650),
     ("96.8%", Fraction(484, 5)), ("88,64", Fraction(2216, 25)), ("-07", -7), ("thôn", None)],
)  # fmt: skip
def test_amount(written: str, value: Fraction | int | None) -> None:
    assert amount(written) == value
