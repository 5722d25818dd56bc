"""Headings in every style, and the lines that only look like headings."""

from __future__ import annotations

from typing import Any

import pytest
from papers import assert_linear, cases, document, names

from cchc_audit.model import Block, BlockKind, Place, Span
from cchc_audit.outline import find_sections, letter_ordinal, symbol_of

CASES = cases("outline.yaml")


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_sections(case: dict[str, Any]) -> None:
    found = find_sections(document(case["text"]))
    expected = [str(s).partition(": ") for s in case["sections"]]
    assert [s.path for s in found] == [path for path, _, _ in expected]
    for section, (_, _, title) in zip(found, expected, strict=True):
        assert not title or section.title == title


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_sections_nest(case: dict[str, Any]) -> None:
    found = find_sections(document(case["text"]))
    for section in found:
        assert 0 <= section.span.start < section.span.end <= section.end <= len(case["text"])
        assert section.level == 1 or any(
            s.level == section.level - 1 and s.span.start < section.span.start and section.end <= s.end
            for s in found
        )


def test_a_section_ends_where_its_next_of_that_level_starts() -> None:
    text = "I. Một\nchữ\n1. Nhỏ\nchữ\nII. Hai\nchữ\n"
    first, small, second = find_sections(document(text))
    assert text[first.span.start : first.end] == "I. Một\nchữ\n1. Nhỏ\nchữ\n"
    assert (small.end, second.end) == (first.end, len(text))


def test_a_heading_by_format_needs_no_symbol() -> None:
    text = "Tình hình chung\nchữ\nI. Kết quả\n"
    blocks = (Block(BlockKind.HEADING, Span(0, 15), Place()),)
    assert [s.title for s in find_sections(document(text, blocks=blocks))] == ["Tình hình chung", "Kết quả"]


def test_symbols_are_told_apart() -> None:
    sections = find_sections(document("A. Một\nI. Hai\n1. Ba\n1.2. Bốn\nđ) Năm\n"))
    symbols = [symbol_of(document("A. Một\nI. Hai\n1. Ba\n1.2. Bốn\nđ) Năm\n"), s) for s in sections]
    assert [(s.style.name, s.ordinal, s.prefix) for s in symbols if s] == [
        ("UPPER", 1, ()), ("ROMAN", 1, ()), ("ARABIC", 1, ()), ("DOTTED", 2, (1,)), ("LOWER", 5, ()),
    ]  # fmt: skip


def test_vietnamese_lettering_has_no_f_j_w_z() -> None:
    assert [letter_ordinal(c) for c in "adđefjwz"] == [1, 4, 5, 6, 0, 0, 0, 0]


@pytest.mark.parametrize(
    "piece", ["I. \n", "1.1.1.1. Việc\n", "a) ", "\n", "# # # ", "IIIIII. Xa\n", "A. B. C. \n", "II.\nI.\n"]
)
def test_cost_grows_with_the_text_only(piece: str) -> None:
    assert_linear(lambda text: find_sections(document(text)), piece)
