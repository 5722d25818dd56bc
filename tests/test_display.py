"""Audits, findings and documents show themselves: everything there, everything escaped."""

from __future__ import annotations

import doctest
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fabricate import audit, empty, hostile

from cchc_audit import display, places
from cchc_audit.model import Block, BlockKind, Explanation, Message, Place, Span

ALLOWED = {
    "style",
    "div",
    "h3",
    "p",
    "span",
    "b",
    "blockquote",
    "mark",
    "ul",
    "li",
    "dl",
    "dt",
    "dd",
    "pre",
    "details",
    "summary",
}


class Elements(HTMLParser):
    """Every element of a fragment, and its visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [name for name, _ in attrs]))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", ["vi", "en"])
def test_hostile_text_adds_no_element(language: str) -> None:
    bad = hostile()
    pages = [display.html(bad, language), display.html(bad.document, language)]
    pages += [display.finding_html(f, bad, language) for f in bad.findings]
    pages += [display.html(f, language) for f in bad.findings]
    for page in pages:
        elements = Elements(page)
        assert {tag for tag, _ in elements.found} <= ALLOWED
        assert {name for _, names in elements.found for name in names} <= {"class", "id"}


def test_an_audit_shows_its_findings_marked_in_their_lines() -> None:
    page = audit()._repr_html_()
    text = Elements(page).text
    for words in (
        "Phường Hải Vân",
        "Không đọc được ảnh ở trang 3.",
        "Cách tính lại: 14 + 8 = 22",
        "20 con số",
    ):
        assert words in text
    assert "<mark>24 thủ tục</mark> liên thông" in page
    assert "Số chuyển sang 11" not in text  # what agrees is counted, not listed


def test_what_a_suspect_says_is_not_said_twice() -> None:
    found = next(f for f in audit().findings if f.suspects)
    why = found.suspects[0].why
    twice = replace(found, explanations=(Explanation("slip", why), *found.explanations))
    assert Elements(display.html(twice, "vi")).text.count(why.vi) == 1


def test_a_title_stands_apart_from_its_place() -> None:
    found = audit().findings[0]
    titled = replace(found, claim=replace(found.claim, title=Message("Định mức", "Norm")))
    text = Elements(display.finding_html(titled, audit(), "vi")).text
    assert "Định mức " in text and "Định mứcm" not in text


def test_english_is_complete() -> None:
    text = Elements(display.html(audit(), "en")).text
    assert "Does not agree" in text and "Working" in text
    assert "Cách tính lại" not in text


def test_nothing_found_says_so() -> None:
    assert "chưa có nội dung nào đối chiếu được" in empty()._repr_html_()
    assert "phuong-hai-van.txt" in empty().document._repr_html_()


def test_figures_far_apart_are_quoted_line_by_line() -> None:
    document = audit().document
    finding = next(f for f in audit().findings if f.computed == "116")
    lines = display.quotes(finding, document)
    assert [[text for text, marked in line if marked] for line in lines] == [["3.092 hộ"], ["3.208 hộ"]]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], [("abcdef", False)]),
        ([Span(0, 2), Span(1, 3)], [("ab", True), ("c", True), ("def", False)]),
        ([Span(4, 99)], [("abcd", False), ("ef", True)]),
        ([Span(7, 9)], [("abcdef", False)]),
    ],
)
def test_pieces_are_the_text_again(marks: list[Span], expected: list[tuple[str, bool]]) -> None:
    assert display.pieces("abcdef", Span(0, 6), marks) == expected


def test_places_in_words() -> None:
    assert places.place_words(Place(page=3, paragraph=12, line=40), "vi") == "trang 3, đoạn 12"
    assert places.place_words(Place(paragraph=12, picture=2), "vi") == "ảnh 2, đoạn 12"
    assert places.place_words(Place(table=3, row=4, picture=2), "en") == "picture 2, table 3, row 4"
    row = Place(table=1, row=7, sheet="II.06a")
    cells = (Place(table=1, row=7, column=2, sheet="II.06a", cell="B11"), Place(page=4, table=2, row=3, column=5))
    block = Block(BlockKind.ROW, Span(0, 10), row, (Span(2, 4), Span(7, 8)), cells)
    assert places.place_words(block.place_at(3), "vi") == "trang tính II.06a, ô B11"
    assert places.place_words(block.place_at(7), "vi") == "trang 4, bảng 2, hàng 3, cột 5"
    assert places.place_words(block.place_at(0), "en") == "sheet II.06a, table 1, row 7"
    assert places.place_words(Place(line=40), "en") == "line 40"
    assert places.place_words(Place(), "vi") == ""


def test_the_examples_of_the_docstrings_run() -> None:
    assert doctest.testmod(display).failed == 0
