"""Nothing rests on a digit OCR is not sure of without saying so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from formats.scanning import scanned
from machine import program
from PIL import ImageDraw

from cchc_audit import audit, readers
from cchc_audit.model import SURE, Block, BlockKind, Correction, Document, Finding, Place, Span, Verdict
from cchc_audit.readers.builder import row_cells
from cchc_audit.readers.pdf import page_words

PDF = Path(__file__).parent / "formats" / "files" / "libreoffice.pdf"
REPORT = (
    "BÁO CÁO\nKết quả công tác cải cách hành chính năm 2024\n"
    "Phường tiếp nhận 2.436 hồ sơ, gồm: trực tuyến 1.958 hồ sơ, trực tiếp 478 hồ sơ.\n"
    "Có 298/312 phiếu hài lòng, đạt 96,5%.\n"
)


def read_by_ocr(text: str, **confidences: int) -> Document:
    """The text as if page 3 of a scan, with the confidence of some of its words."""
    blocks = []
    at = 0
    for line in text.splitlines():
        blocks.append(Block(BlockKind.PARAGRAPH, Span(at, at + len(line)), Place(page=3)))
        at += len(line) + 1
    words = [(Span(text.index(w), text.index(w) + len(w)), c) for w, c in confidences.items()]
    return Document("quet.pdf", "scan", "0" * 64, text, tuple(blocks), uncertain=tuple(sorted(words)))


def about(document: Document, text: str, **options: object) -> list[Finding]:
    found = audit.audit_document(document, **options).findings  # type: ignore[arg-type]
    return [f for f in found if any(t.text.startswith(text) for t in f.claim.terms)]


def test_a_conflict_on_a_doubtful_figure_is_a_question_that_names_it() -> None:
    sure = about(read_by_ocr(REPORT), "96,5")
    assert [f.verdict for f in sure] == [Verdict.CONTRADICTED]
    asked = about(read_by_ocr(REPORT, **{"96,5%.": 41}), "96,5")
    assert [(f.verdict, f.severity) for f in asked] == [(Verdict.QUESTION, 2)]
    for words in ("“96,5%.”", "trang 3", "41/100", sure[0].message.vi):
        assert words in asked[0].message.vi
    assert "page 3" in asked[0].message.en
    assert asked[0].suspects[0].text == "96,5%."
    assert not any(f.alarms for f in asked)


def test_a_doubtful_figure_that_agrees_holds_and_says_so() -> None:
    found = about(read_by_ocr(REPORT, **{"1.958": 72}), "1.958")
    assert {f.verdict for f in found} == {Verdict.HOLDS}
    assert all("“1.958” (trang 3, độ chắc 72/100)" in f.message.vi for f in found)
    assert all("uncertain" in f.message.en for f in found)


def test_a_misread_part_of_a_sum_is_asked_for() -> None:
    report = REPORT.replace("trực tiếp 478 hồ sơ", "trực tiếp 418 hồ sơ, bưu chính S hồ sơ")
    assert [f.verdict for f in about(read_by_ocr(report), "2.436")] == [Verdict.CONTRADICTED]
    asked = about(read_by_ocr(report, **{"S hồ": 12}), "2.436")
    assert [f.verdict for f in asked] == [Verdict.QUESTION]


def test_only_figures_of_the_finding_are_named() -> None:
    """A doubtful figure beside those of a sum is no part of it; a cell that reads as a word may be one."""
    rows = (("Lĩnh vực", "Tiếp nhận", "Đang giải quyết"), ("Hộ tịch", "311", "10"), ("Đất đai", "148", "26"), ("Tổng cộng", "459", "46"))
    text, blocks = "", []
    for number, row in enumerate(rows, 1):
        start, line = len(text), "| " + " | ".join(row) + " |"
        cells = row_cells(line, 0, len(line))
        spans = tuple(Span(c.start + start, c.end + start) for c in cells)
        blocks.append(Block(BlockKind.ROW, Span(start, start + len(line)), Place(page=1, table=1, row=number), spans))
        text += line + "\n"
    word = Span(text.index("148"), text.index("148") + 3)
    plain = Document("quet.pdf", "scan", "0" * 64, text, tuple(blocks))
    beside = replace(plain, uncertain=((word, 30),))
    assert [f.verdict for f in about(beside, "46")] == [f.verdict for f in about(plain, "46")] == [Verdict.CONTRADICTED]
    cell = Span(text.index("26"), text.index("26") + 2)
    own = replace(plain, uncertain=((word, 30), (cell, 40)))
    asked = about(own, "46")
    assert [f.verdict for f in asked] == [Verdict.QUESTION]
    assert "“26”" in asked[0].message.vi and "“148”" not in asked[0].message.vi


@pytest.mark.parametrize("confidence", [SURE, 100])
def test_sure_figures_change_nothing(confidence: int) -> None:
    plain = audit.audit_document(read_by_ocr(REPORT)).findings
    assert audit.audit_document(read_by_ocr(REPORT, **{"96,5%.": confidence})).findings == plain


def test_a_figure_an_inspector_settled_is_sure() -> None:
    document = read_by_ocr(REPORT, **{"96,5%.": 41})
    start = document.text.index("96,5%")
    seen = Correction(Span(start, start + 5), "96,5 %")
    assert [f.verdict for f in about(document, "96,5", corrections=(seen,))] == [Verdict.CONTRADICTED]


def test_dates_rest_on_the_date_of_the_report() -> None:
    report = (
        "Hòa Lạc, ngày 15 tháng 6 năm 2024\nBÁO CÁO\nKết quả 6 tháng đầu năm 2024\n"
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 20/7/2024 của Ủy ban nhân dân phường.\n"
    )

    def verdicts(document: Document) -> set[Verdict]:
        found = audit.audit_document(document).findings
        return {f.verdict for f in found if any("20/7/2024" in t.text for t in f.claim.terms)}

    assert verdicts(read_by_ocr(report)) == {Verdict.CONTRADICTED}
    assert verdicts(read_by_ocr(report, **{"6 năm": 35})) == {Verdict.QUESTION}


def test_doubtful_figures_of_another_file_are_not_compared_and_said() -> None:
    now = "BÁO CÁO\nKết quả công tác cải cách hành chính năm 2024\nTiếp nhận trong kỳ 2.436 hồ sơ.\n"
    annex = "Biểu\nTổng số hồ sơ tiếp nhận trong năm 2024: 2.486 hồ sơ.\n"
    document = Document("bao-cao.txt", "text", "1" * 64, now, ())
    sure = audit.audit_document(document, with_files=[read_by_ocr(annex)])
    unsure = audit.audit_document(document, with_files=[read_by_ocr(annex, **{"2.486": 20})])
    assert not unsure.alarms
    assert not sure.problems
    said = [p for p in unsure.problems if p.kind == "ocr"]
    assert len(said) == 1
    assert "quet.pdf" in said[0].message.vi
    assert "“2.486”" in said[0].message.vi


@pytest.mark.parametrize(("digit", "height"), [(2, 0.35), (2, 0.5), (4, 0.5)])
def test_a_smudge_on_a_scanned_digit(digit: int, height: float, tmp_path: Path) -> None:
    """End to end: a grey stroke over one digit of 298/312, in a share that does not agree."""
    program("ocr", "tesseract")
    page = pypdfium2.PdfDocument(PDF)[0]
    dots = 300 / 72
    image = page.render(scale=dots, grayscale=True).to_pil().convert("L")
    word = next(w for w in page_words(page) if w.text.startswith("298/312"))
    step = (word.right - word.left) / len(word.text)
    left, top = word.left + digit * step, word.top + word.height * height
    stroke = (left * dots, top * dots, (left + step) * dots, (top + 0.15 * word.height) * dots)
    ImageDraw.Draw(image).rectangle(stroke, fill=200)
    scanned(image, 0.4, 12, 1).save(tmp_path / "quet.png")
    document = readers.read(tmp_path / "quet.png")
    result = audit.audit_document(document)
    asked = [f for f in result.findings if any(t.text.startswith("96,5") for t in f.claim.terms)]
    assert [f.verdict for f in asked] == [Verdict.QUESTION]
    assert "/312” (trang 1" in asked[0].message.vi
    doubtful = [span for span, confidence in document.uncertain if confidence < SURE]
    assert result.alarms  # 6 + 15 + 3 against 23 is legible and stays
    for finding in result.alarms:
        assert not any(t.span and t.span.touches(s) for t in finding.claim.terms for s in doubtful)
