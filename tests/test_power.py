"""The mutation test of a report: repeatable, drawn from all figures, honest about what it counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_audit import quantities, readers
from cchc_audit.audit import audit_document, audit_report
from cchc_audit.model import Mark
from cchc_audit.power import Recheck, measure, slips
from cchc_audit.rules import load

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "data" / "reports" / "suoi-hoa-quy-1-2024.txt"
REPORTS = [
    SAMPLE,
    HERE / "corpus" / "reports" / "tables-only-my-hoa.txt",
    HERE / "corpus" / "reports" / "bullets-nfd-ban-lien.txt",
    *(HERE.parents[1] / "shared" / "reports").glob("*.txt"),
]


def test_the_same_seed_gives_the_same_result() -> None:
    audit = audit_report(SAMPLE)
    assert measure(audit, sample=12) == measure(audit, sample=12)


def test_some_but_not_more_than_the_altered_figures_are_found() -> None:
    power = measure(audit_report(SAMPLE), sample=25)
    assert power.altered == 25
    assert 0 < power.found <= power.altered


def test_figures_no_check_reads_are_drawn_too_and_go_unnoticed(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        "Phường có 260 cơ sở kinh doanh.\n\nTrên địa bàn có 12 công trình và 7 tuyến phố.\n", "utf-8"
    )
    audit = audit_report(path)
    power = measure(audit, sample=30)
    assert (power.altered, power.found) == (30, 0)
    assert {audit.document.text[slip.at] for slip in slips(audit, 30)} == set("260127")


def test_no_figure_is_altered_twice_alike_and_all_are_altered_equally_often() -> None:
    audit = audit_report(SAMPLE)
    drawn = slips(audit)
    assert len(drawn) == len(set(drawn)) == 200
    spans = [n.span for n in audit.numerals if n.mark is not Mark.NOT_A_FIGURE]
    often = Counter(next(s for s in spans if s.start <= slip.at < s.end) for slip in drawn)
    assert max(often.values()) - min(often.values()) <= 1
    assert all(audit.document.text[slip.at] != slip.digit for slip in drawn)


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_the_incremental_check_says_what_an_audit_of_the_whole_says(report: Path) -> None:
    audit = audit_report(report)
    checked = Recheck(audit.document, load())
    before, whole = checked.alarms(None), checked.alarms_of_all(None)
    for slip in slips(audit, 25):
        assert checked.alarms(slip) - before == checked.alarms_of_all(slip) - whole, slip


def test_an_earlier_report_takes_part(tmp_path: Path) -> None:
    """Dossiers carried over are altered here and noticed by what the report before says it left."""
    head = "UBND PHƯỜNG HẢI VÂN\nBÁO CÁO\nKết quả cải cách hành chính {}\n\n"
    first, second = tmp_path / "quy-1.txt", tmp_path / "quy-2.txt"
    first.write_text(
        head.format("quý I năm 2024")
        + "Trong quý I năm 2024 tiếp nhận 512 hồ sơ, đã giải quyết 489 hồ sơ, đang giải quyết 23 hồ sơ.\n",
        "utf-8",
    )
    second.write_text(
        head.format("quý II năm 2024") + "Trong quý II năm 2024, số hồ sơ kỳ trước chuyển qua là 23 hồ sơ.\n",
        "utf-8",
    )
    earlier = readers.read(first)
    alone = measure(audit_report(second), sample=10)
    both = measure(audit_report(second, previous=[first]), sample=10, previous=[earlier])
    assert alone.found == 0
    assert both.found == both.altered == 10


def test_only_the_altered_paragraph_is_read_again() -> None:
    document = readers.read(SAMPLE)
    reading = quantities.read(document)
    for slip in slips(audit_report(SAMPLE), 40):
        text = slip.made_in(document.text)
        again = quantities.reread(reading, text, slip.at)
        fresh = quantities.read(replace(document, text=text))
        assert (again.mentions, again.others, again.by_paragraph) == (
            fresh.mentions,
            fresh.others,
            fresh.by_paragraph,
        )
        others = zip(again.by_paragraph, reading.by_paragraph, strict=True)
        assert sum(new is not old for new, old in others) <= 1


def test_the_report_itself_is_left_as_it_was() -> None:
    audit = audit_report(SAMPLE)
    measure(audit, sample=5)
    assert audit_document(audit.document).findings == audit.findings
