"""Cited documents: grammar, dates, issuers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import SHARED, assert_linear, cases, document, names

from cchc_audit.citations import check_citations, find_citations
from cchc_audit.header import read_header
from cchc_audit.model import Citation
from cchc_audit.symbols import find_symbols, symbol_in, well_formed

CASES = cases("citations.yaml")


def _row(citation: Citation) -> list[str]:
    when = str(citation.day) if citation.day else citation.date_text
    return [citation.kind, citation.number, citation.symbol, when, citation.issuer]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_found(case: dict[str, Any]) -> None:
    found = [_row(c) for c in find_citations(document(case["text"]))]
    assert found == [[part.strip() for part in row.split("|")] for row in case["cited"]]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_places(case: dict[str, Any]) -> None:
    text = case["text"]
    found = find_citations(document(text))
    for citation in found:
        quote = " ".join(text[citation.span.start : citation.span.end].split())
        assert quote.startswith(citation.number) and quote.endswith(citation.date_text)
        if citation.symbol:
            assert symbol_in(citation) is not None
    spans = [c.span for c in found]
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


FORMS = [
    ("54/KL-TW", "54-KL/TW"),
    ("09 KH/ĐU", "09-KH/ĐU"),
    ("343/2016TT-BTC", "343/2016/TT-BTC"),
    ("09/KHUBND", "09/KH-UBND"),
    ("59/2012/NĐCP", "59/2012/NĐ-CP"),
    ("56/2005-NĐ-CP", "56/2005/NĐ-CP"),
    ("14/QD-UBND", "14/QĐ-UBND"),
    ("7/2023/ND-CP", "7/2023/NĐ-CP"),
    ("12/UBDN-VP", "12/UBND-VP"),
    ("14-KH/UBND", "14/KH-UBND"),
    ("8/KH/UBND", "8/KH-UBND"),
    ("14/KH-UBND", None),
    ("947/UBND", None),
    ("2973/UBND-NC", None),
    ("231/SNV-CCHC&PC", None),
    ("80-KL/TW", None),
    ("16 - HD/BTCTW", None),
    ("10/2022/QH15", None),
    ("1/2019/UBTVQH14", None),
    ("27/CT-TTg", None),
    ("25/2021/QĐ-TTg", None),
    ("01/2020/TTLT-BTP-BNV", None),
    ("055/2025/QĐ-UBND", None),
    ("15/TTr-UBND", None),
    ("131/CTr-UBND", None),
]


@pytest.mark.parametrize(("written", "right"), FORMS)
def test_form(written: str, right: str | None) -> None:
    (symbol,) = find_symbols(f"văn bản số {written}, ngày")
    assert well_formed(symbol) == right


@pytest.mark.parametrize(("written", "right"), [f for f in FORMS if f[1]])
def test_the_proposed_form_is_in_order(written: str, right: str) -> None:  # noqa: ARG001
    (symbol,) = find_symbols(right)
    assert well_formed(symbol) is None


@given(st.text(alphabet="Kế hoạch số ngày của UBND-/KHQĐTWNCP 0123456789,.\n()", max_size=120))
def test_any_text_gives_places_and_no_error(text: str) -> None:
    paper = document(text)
    found = find_citations(paper)
    assert all(0 <= c.span.start < c.span.end <= len(text) for c in found)
    check_citations(found, read_header(paper), paper)


@pytest.mark.parametrize(
    "piece",
    [
        "1/KH-UBND ngày ",
        "Kế hoạch số 1, ",
        "Kế hoạch số 1/KH-UBND ngày 1/1/2024; ",
        "số ",
        "1, 2, ",
        "/",
        "1/2024/",
        "luật a ",
        "Luật ",
        "ngày 31/4/2024 ",
        "UBND phường ban hành ",
        "ban hành ",
        "\n",
        "1/KHUBND\n",
        "- Kế hoạch số 2/KH-UBND;\n",
    ],
)
def test_cost_grows_with_the_text_only(piece: str) -> None:
    def work(text: str) -> None:
        paper = document(text)
        found = find_citations(paper)
        check_citations(found, read_header(paper), paper)

    assert_linear(work, piece)


# ---------------------------------------------------------------- labelled reports, where they are at hand

LABELLED = sorted((SHARED / "dev" / "labels").glob("*.json"))


@pytest.mark.skipif(not LABELLED, reason="the labelled reports are not here")
@pytest.mark.parametrize("path", LABELLED, ids=lambda p: p.stem)
def test_labelled_documents(path: Any) -> None:
    label = json.loads(path.read_text("utf-8"))
    report = (path.parents[1] / "reports" / f"{path.stem}.txt").read_text("utf-8")
    found = find_citations(document(report))
    for wanted in label.get("documents", []):
        start = report.index(wanted["quote"])
        (citation,) = [c for c in found if start <= c.span.start < start + len(wanted["quote"])]
        assert (citation.number, citation.symbol) == (wanted["number"], wanted["symbol"])
        assert citation.date_text.replace(" ", "") == (wanted["date"] or "")
