"""Numbers as Vietnamese administrative prose writes them, and digits that are none."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from cchc_audit import quantities
from cchc_audit.language import fold
from cchc_audit.model import Document, Span
from cchc_audit.number_words import word_value
from cchc_audit.quantities import Mention

CASES = YAML(typ="safe").load((Path(__file__).parent / "data/numbers.yaml").read_text(encoding="utf-8"))


def read(text: str) -> tuple[Mention, ...]:
    return quantities.read(Document("t", "text", "", text, ())).mentions


def mark(mention: Mention) -> str:
    q = mention.quantity
    if q.damaged:
        return "damaged"
    if mention.target:
        return "target"
    if mention.per:
        return "per"
    return q.written.qualifier.value if q.written.approx else ""


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:40] for c in CASES])
def test_reads(case: dict) -> None:
    found = [(m.quantity.text, m.quantity.value, m.unit, mark(m)) for m in read(case["text"])]
    expected = [(r[0], Fraction(str(r[1])), r[2], r[3] if len(r) > 3 else "") for r in case["reads"]]
    assert found == expected


@pytest.mark.parametrize("case", [c for c in CASES if "others" in c], ids=lambda c: c["text"][:40])
def test_knows_what_is_no_figure(case: dict) -> None:
    others = quantities.read(Document("t", "text", "", case["text"], ())).others
    assert [o.why for o in others] == case["others"]


def test_every_span_gives_its_text() -> None:
    for case in CASES:
        for mention in read(case["text"]):
            span: Span = mention.quantity.span
            assert case["text"][span.start : span.end] == mention.quantity.text


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("một", 1), ("mười", 10), ("mười lăm", 15), ("hai mươi", 20), ("hai mươi mốt", 21), ("chín mươi tư", 94),
        ("một trăm linh tám", 108), ("hai trăm", 200), ("một nghìn không trăm mười hai", 1012), ("ba nghìn năm trăm", 3500),
        ("bốn mươi lăm triệu", 45_000_000), ("một nghìn hai trăm năm mươi triệu", 1_250_000_000),
        ("hai tỷ ba trăm bảy mươi triệu, sáu trăm nghìn", 2_370_600_000),
        ("hai ba", None), ("trăm", None), ("hai trăm năm", None), ("một triệu hai tỷ", None), ("", None),
    ],
)  # fmt: skip
def test_number_words(words: str, value: int | None) -> None:
    assert word_value(words) == value


@given(st.integers(0, 10**9), st.integers(0, 3))
def test_a_number_written_the_vietnamese_way_is_read_back(value: int, decimals: int) -> None:
    whole, rest = divmod(value, 10**decimals)
    written = f"{whole:,}".replace(",", ".") + (f",{rest:0{decimals}d}" if decimals else "")
    (mention,) = read(f"Kết quả đạt {written}% số phiếu.")
    assert mention.quantity.text == f"{written}%"
    assert mention.quantity.value == Fraction(value, 10**decimals)
    assert mention.quantity.written.ulp == Fraction(1, 10**decimals)


@given(st.text(alphabet=st.sampled_from("0123456789.,/ %-()hồ sơ đạtngày\nABCĐ|"), max_size=80))
@settings(max_examples=300)
def test_any_text_is_read_and_re_reading_a_figure_gives_its_value(text: str) -> None:
    reading = quantities.read(Document("t", "text", "", text, ()))
    assert len(reading.folded) == len(text)
    for mention in reading.mentions:
        span = mention.quantity.span
        assert text[span.start : span.end] == mention.quantity.text
    spans = sorted([*(m.quantity.span for m in reading.mentions), *(o.span for o in reading.others)])
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


def test_folding_keeps_every_offset() -> None:
    text = "UỶ BAN İSTANBUL TRƢỜNG hoà – tỉ lệ"
    assert len(fold(text)) == len(text)
    assert fold("Tỉ lệ hoà giải, uỷ ban, quý III") == "tỷ lệ hòa giải, ủy ban, quý iii"
