"""Numbering of headings and lists, and the subjects a title promises."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import SHARED, assert_linear, cases, document, names

from cchc_audit.model import Block, BlockKind, Document, Finding, Kind, Place, Span
from cchc_audit.outline import LETTERS, find_sections, roman
from cchc_audit.structure import check_structure

CASES = cases("structure.yaml")


def _report(case: dict[str, Any]) -> Document:
    title = case.get("title", "Cải cách hành chính năm 2024")
    head = f"UBND XÃ NA HANG\nBÁO CÁO\n{title}\n\n" if title else ""
    return document(head + case["body"])


def _findings(paper: Document) -> list[Finding]:
    return check_structure(paper, find_sections(paper))


def _row(finding: Finding) -> str:
    symbols = ", ".join(
        t.text.split()[0].rstrip(")/") if t.text[1:2] != "." or t.text[0].isdigit() else t.text[0]
        for t in finding.claim.terms
    )
    symbols = ", ".join(s.rstrip(".") if s.rstrip(".").isalpha() else s for s in symbols.split(", "))
    return f"{finding.verdict.value} | {symbols} | {finding.computed}".rstrip()


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_findings(case: dict[str, Any]) -> None:
    assert [_row(f) for f in _findings(_report(case))] == [r.rstrip() for r in case.get("findings", [])]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_findings_quote_headings_in_both_languages(case: dict[str, Any]) -> None:
    paper = _report(case)
    for finding in _findings(paper):
        assert finding.claim.kind is Kind.STRUCTURE
        assert {t.role for t in finding.claim.terms} == {"heading"}
        for term in finding.claim.terms:
            assert term.span is not None and paper.quote(term.span) == term.text
        assert (
            finding.message.vi and finding.message.en and "{" not in finding.message.vi + finding.message.en
        )


def test_an_unnumbered_heading_of_the_file_may_be_the_missing_one() -> None:
    text = "I. Một\nTình hình chung\nIII. Ba\n"
    blocks = (Block(BlockKind.HEADING, Span(7, 22), Place()),)
    assert not _findings(document(text, blocks=blocks))
    assert _findings(document(text))


@given(st.integers(1, 20), st.sampled_from(["roman", "arabic", "lower"]))
def test_whole_sequences_raise_nothing(count: int, style: str) -> None:
    marks = [
        roman(n) + "." if style == "roman" else f"{n}." if style == "arabic" else f"{LETTERS[n - 1]})"
        for n in range(1, count + 1)
    ]
    assert not _findings(_report({"body": "".join(f"{m} Nội dung\nchữ\n" for m in marks)}))


@given(st.integers(4, 20), st.data(), st.sampled_from(["roman", "arabic"]))
def test_one_heading_taken_out_is_found(count: int, data: st.DataObject, style: str) -> None:
    out = data.draw(st.integers(2, count - 1))
    marks = [roman(n) if style == "roman" else str(n) for n in range(1, count + 1)]
    body = "".join(f"{m}. Nội dung\nchữ\n" for m in marks if m != marks[out - 1])
    assert [f.computed for f in _findings(_report({"body": body}))] == [marks[out - 1]]


@given(st.text(alphabet="IVX ABCĐabcđ123.)/-\n*#|Phầnthứ", max_size=150))
def test_any_text_gives_findings_or_none(text: str) -> None:
    _findings(document(text))


@pytest.mark.parametrize(
    "piece", ["I. A\n", "I. A\nIV. B\n", "1.5 A\n2.5 B\n", "b) A\n", "BÁO CÁO\nII. A\n", "1. A\n3. B\nchữ "]
)
def test_cost_grows_with_the_text_only(piece: str) -> None:
    assert_linear(lambda text: _findings(document(text)), piece)


# ---------------------------------------------------------------- real and labelled reports, where they are at hand

REAL = SHARED / "reports" / "tran-hung-dao-2024.txt"
OTHERS = sorted((SHARED / "dev" / "reports").glob("*.txt")) + sorted(
    (SHARED / "passages" / "reports").glob("*.txt")
)


@pytest.mark.skipif(not REAL.exists(), reason="the real report is not here")
def test_real_report() -> None:
    found = _findings(document(REAL.read_text("utf-8")))
    assert [(f.verdict.value, f.computed) for f in found] == [
        ("note", "e"),
        ("contradicted", "II, III"),
        ("note", "a"),
        ("contradicted", "I, II, III"),
        ("question", ""),
    ]
    assert found[1].claim.terms[0].text.startswith("I. CÔNG TÁC") and "B.IV" in found[1].message.vi
    assert "kỷ luật" in found[4].message.vi


@pytest.mark.skipif(not OTHERS, reason="the labelled reports are not here")
def test_labelled_reports_and_passages_raise_nothing() -> None:
    assert not [(p.stem, f.message.vi) for p in OTHERS for f in _findings(document(p.read_text("utf-8")))]
