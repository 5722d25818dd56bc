"""The lexicon: every indicator reads what it says it reads, and phrases are found as they are written."""

from __future__ import annotations

import time

import pytest

from cchc_audit.language import fold
from cchc_audit.lexicon import Lexicon
from cchc_audit.rules import examples, load, source

CONTENT = source.read_defaults()
EXAMPLES = [
    pytest.param(entry.value.id, example, id=f"{entry.value.id}-{'reads' if example.good else 'not'}-{n}")
    for entry in CONTENT.indicators.values()
    for n, example in enumerate(entry.examples)
]

# the indicators every ward report is asked for; each must be known to the lexicon
ASKED_FOR = ["received_total", "received_in_period", "received_online", "received_in_person", "received_post", "carried_over", "resolved_total", "resolved_early", "resolved_on_time", "resolved_late", "pending_total", "pending_in_time", "pending_overdue", "returned_withdrawn", "awaiting_supplement", "on_time_rate", "late_rate", "apology_letters", "online_rate", "online_full", "online_partial", "fee_dossiers", "paid_online", "online_payment_rate", "fees_total", "digitized_inputs", "digitized_input_rate", "e_results", "e_result_rate", "data_reuse_rate", "e_certified_copies", "procedures_total", "procedures_one_stop", "procedures_posted", "internal_workflows", "pakn_total", "pakn_resolved", "survey_issued", "survey_valid", "survey_satisfied", "satisfaction_rate", "steering_docs", "tasks_total", "tasks_done", "plan_completion_rate", "inspections", "initiatives", "publicity_items", "normative_docs", "staff_present", "staff_quota", "cadres", "civil_servants", "part_time_staff", "staff_degree", "training_turns", "rating_excellent", "rating_good", "rating_done", "rating_failed", "budget_plan", "budget_revenue", "budget_spending", "savings", "extra_income", "esigned_docs_rate", "receptions", "petitions", "mediation_settled_rate", "merger_approval_rate", "par_self", "par_appraised", "households", "population"]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load().lexicon


def found(lexicon: Lexicon, text: str) -> list[tuple[str, tuple[str, ...]]]:
    folded = fold(text)
    return [(folded[h.start : h.end], h.entry.cues) for h in lexicon.hits(folded, 0, len(folded))]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_indicator_reads_its_examples(name: str, example: source.Example) -> None:
    assert (name in examples.names_of_marked(example, load())) is example.good, example.text


@pytest.mark.parametrize("name", ASKED_FOR)
def test_the_lexicon_knows(name: str) -> None:
    entry = CONTENT.indicators[name]
    assert sum(e.good for e in entry.examples) >= 2
    assert sum(not e.good for e in entry.examples) >= 2
    assert entry.value.vi and entry.value.en and entry.value.definition


def test_longer_wording_wins(lexicon: Lexicon) -> None:
    assert found(lexicon, "thanh toán trực tuyến") == [("thanh toán trực tuyến", ("paid_online",))]
    assert ("trực tuyến", ("received_online",)) in found(lexicon, "nhận trực tuyến")
    assert "survey_satisfied" not in dict(found(lexicon, "không hài lòng")).get("không hài lòng", ())


@pytest.mark.parametrize(
    "text",
    ["tổng số hồ sơ phải giải quyết", "TỔNG SỐ HS PHẢI GIẢI QUYẾT", "tổng số\nhồ sơ  phải giải quyết", "Tổng số bộ hồ sơ phải giải quyết"],
)
def test_writing_habits_do_not_matter(lexicon: Lexicon, text: str) -> None:
    assert any("received_total" in cues for _, cues in found(lexicon, text))


def test_any_year_stands_for_20xx(lexicon: Lexicon) -> None:
    for year in (2019, 2023, 2031):
        assert any("carried_over" in cues for _, cues in found(lexicon, f"tồn năm {year} chuyển sang"))
    assert not any("carried_over" in cues for _, cues in found(lexicon, "tồn năm 1999 chuyển sang"))


def test_words_inside_other_words_are_not_found(lexicon: Lexicon) -> None:
    assert not found(lexicon, "hộp thư, hộiđồng, xđang giải quyếty")


def test_finding_is_linear(lexicon: Lexicon) -> None:
    hostile = fold("tổng số hồ sơ tiếp nhận và " * 4000)
    begun = time.perf_counter()
    assert sum(1 for _ in lexicon.hits(hostile, 0, len(hostile)))
    assert time.perf_counter() - begun < 5
