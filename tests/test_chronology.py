"""Cited documents, the report's date and the period of its data against each other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import SHARED, cases, document, names

from cchc_audit.chronology import show
from cchc_audit.citations import check_citations, find_citations
from cchc_audit.header import read_header
from cchc_audit.model import Document, Finding, Kind, Verdict

CASES = cases("chronology.yaml")


def _report(case: dict[str, Any]) -> Document:
    head = {"day": "10/7/2024", "title": "6 tháng đầu năm 2024", "data": ""} | case.get("head", {})
    day = f", ngày {head['day']}" if head["day"] else ""
    lines = [
        "UBND PHƯỜNG SÔNG HỒNG",
        f"Số: 77/BC-UBND{day}",
        "BÁO CÁO",
        f"Cải cách hành chính {head['title']}",
        head["data"],
    ]
    return document("\n".join([*filter(None, lines), "", "I. KẾT QUẢ", case.get("body", "Không có."), ""]))


def _findings(paper: Document) -> Sequence[Finding]:
    return check_citations(find_citations(paper), read_header(paper), paper)


def _row(finding: Finding) -> str:
    first, *others = [t.text for t in finding.claim.terms]
    return f"{finding.verdict.value} | {finding.claim.source} | {first} | {', '.join(others)}".rstrip()


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_findings(case: dict[str, Any]) -> None:
    assert [_row(f) for f in _findings(_report(case))] == [r.rstrip() for r in case.get("findings", [])]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_findings_quote_the_report_and_speak_both_languages(case: dict[str, Any]) -> None:
    paper = _report(case)
    for finding in _findings(paper):
        assert finding.claim.kind is Kind.CHRONOLOGY
        assert [t.role for t in finding.claim.terms] == ["document"] + ["other"] * (
            len(finding.claim.terms) - 1
        )
        for term in finding.claim.terms:
            assert term.span is not None and paper.quote(term.span) == term.text
        assert (
            finding.message.vi and finding.message.en and "{" not in finding.message.vi + finding.message.en
        )


def test_the_ids_do_not_name_the_ward_or_the_place() -> None:
    case = {"body": "Công văn số 205/UBND-VP ngày 31/4/2024."}
    here = _findings(_report(case))
    there = _findings(_report({"body": "Ở thôn.\n\nCông văn số 9/UBND-VP ngày 31/6/2024."}))
    assert [f.id for f in here] == [f.id for f in there]


@given(st.lists(st.integers(0, 150), min_size=2, max_size=12))
def test_numbers_given_in_order_of_their_dates_raise_nothing(gaps: list[int]) -> None:
    days = [date(2024, 1, 2) + timedelta(days=g) for g in sorted(gaps)]
    body = "; ".join(f"Kế hoạch số {n}/KH-UBND ngày {show(d)}" for n, d in enumerate(days, 1))
    assert not _findings(_report({"body": f"UBND phường đã ban hành {body}."}))


@given(st.integers(3, 9), st.data())
def test_one_document_moved_is_named(count: int, data: st.DataObject) -> None:
    days = [date(2024, 1, 5) + timedelta(days=10 * n) for n in range(count)]
    at = data.draw(st.integers(0, count - 1))
    away = data.draw(st.sampled_from([n for n in range(count) if abs(n - at) > 1] or [0]))
    days[at] = days[away] + timedelta(days=3 if away > at else -3)
    body = "; ".join(f"Kế hoạch số {n}/KH-UBND ngày {show(d)}" for n, d in enumerate(days, 1))
    found = _findings(_report({"body": f"UBND phường đã ban hành {body}."}))
    assert [f.claim.source for f in found if abs(away - at) > 1] == ["number_order"] * (abs(away - at) > 1)
    if count > 3 and abs(away - at) > 1:
        (finding,) = found
        assert any(t.text.startswith(f"{at + 1}/") for t in finding.claim.terms)


# ---------------------------------------------------------------- real and labelled reports, where they are at hand

REPORTS = sorted((SHARED / "dev" / "reports").glob("*.txt"))
LEVELS = {"malformed": Verdict.NOTE, "missing slash": Verdict.NOTE}


@pytest.mark.skipif(not REPORTS, reason="the labelled reports are not here")
@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_every_labelled_problem_is_raised_and_none_invented(path: Any) -> None:
    text = path.read_text("utf-8")
    label = json.loads((path.parents[1] / "labels" / f"{path.stem}.json").read_text("utf-8"))
    found = list(_findings(document(text)))
    quotes = [(text.index(d["quote"]), d) for d in label.get("documents", []) if d["problem"]]
    for start, wanted in quotes:
        level = next((v for word, v in LEVELS.items() if word in wanted["problem"]), Verdict.CONTRADICTED)
        span = range(start, start + len(wanted["quote"]))
        hits = [f for f in found if f.claim.terms[0].span and f.claim.terms[0].span.start in span]
        assert [f.verdict for f in hits] == [level], wanted
        found = [f for f in found if f not in hits]
    allowed = [c["quote"] for c in label["claims"] if c["kind"] == "chronology" and c["holds"] is not True]
    for finding in found:
        assert any(q in text and finding.claim.terms[0].text in q for q in allowed), finding.message.vi


REAL = SHARED / "reports" / "tran-hung-dao-2024.txt"


@pytest.mark.skipif(not REAL.exists(), reason="the real report is not here")
def test_real_report_raises_only_forms_and_its_title() -> None:
    found = _findings(document(REAL.read_text("utf-8")))
    assert sorted((f.verdict.value, f.claim.terms[0].text.split(" ngày")[0]) for f in found) == [
        ("note", "08/KHUBND"),
        ("note", "343/2016TT-BTC"),
        ("note", "54/KL-TW"),
        ("note", "59/2012/NĐCP"),
        ("note", "60/2013/NĐCP"),
        ("question", "từ"),
    ]


PASSAGES = sorted((SHARED / "passages" / "reports").glob("*.txt"))


@pytest.mark.skipif(not PASSAGES, reason="the passages are not here")
def test_passages_raise_nothing() -> None:
    assert not [(p.stem, f.message.vi) for p in PASSAGES for f in _findings(document(p.read_text("utf-8")))]
