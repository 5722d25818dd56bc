"""One report in every format gives the same figures and the same verdicts, differing only in place."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from docx import Document as Word
from docx.shared import Cm
from format_writers import WRITERS, web_page
from machine import program
from sample_report import RUNNING_HEAD, plain_text
from scanning import scan, scanned, shaded

from cchc_audit import audit, readers
from cchc_audit.model import SURE, BlockKind, Document

FILES = sorted(p for p in (Path(__file__).parent / "files").iterdir() if p.suffix != ".md")
PRINTED = sorted((Path(__file__).parent / "printed").glob("*.pdf"))
RUNNING = {BlockKind.HEADER, BlockKind.FOOTER}


def figures(document: Document, page: int | None = None) -> list[str]:
    """Every number of the body, or of one page of it, in order."""
    return [
        number.rstrip(".,/")
        for block in document.blocks
        if block.kind not in RUNNING and page in {None, block.place.page}
        for number in re.findall(r"\d[\d.,/]*%?", document.quote(block.span))
    ]


def rows(document: Document) -> list[list[str]]:
    return [
        [document.quote(cell) for cell in block.cells]
        for block in document.blocks
        if block.kind is BlockKind.ROW
    ]


def verdicts(document: Document) -> list[tuple[str, str, tuple[str, ...]]]:
    found = audit.audit_document(document).findings
    return sorted((f.claim.kind.value, f.verdict.value, tuple(t.text for t in f.claim.terms)) for f in found)


@cache
def expected() -> Document:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(plain_text(), "utf-8")
        return readers.read(path)


def check_same(document: Document) -> None:
    assert figures(document) == figures(expected())
    assert rows(document) == rows(expected())
    assert verdicts(document) == verdicts(expected())
    for block in document.blocks:
        assert document.quote(block.span) == document.quote(block.span).strip()
        assert all(document.quote(cell) in document.quote(block.span) for cell in block.cells)


def test_expected_report_holds_what_the_test_is_about() -> None:
    judged = {verdict for _, verdict, _ in verdicts(expected())}
    assert {"holds", "contradicted"} <= judged
    assert len(figures(expected())) > 60
    assert len(rows(expected())) == 6


@pytest.mark.parametrize("name", WRITERS)
def test_written_here(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    WRITERS[name](path)
    document = readers.read(path)
    check_same(document)
    assert not document.problems


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_saved_by_another_program(path: Path) -> None:
    if path.suffix == ".doc":
        program("doc", "soffice")
    check_same(readers.read(path))


@pytest.mark.parametrize("name", ["bao-cao.docx", "bao-cao.odt", "bao-cao.rtf"])
def test_running_head_is_kept_apart(name: str, tmp_path: Path) -> None:
    WRITERS[name](tmp_path / name)
    document = readers.read(tmp_path / name)
    heads = [document.quote(block.span) for block in document.blocks if block.kind is BlockKind.HEADER]
    assert heads == [RUNNING_HEAD]


def test_pdf_knows_its_pages() -> None:
    document = readers.read(Path(__file__).parent / "files" / "libreoffice.pdf")
    heads = [document.quote(b.span) for b in document.blocks if b.kind is BlockKind.HEADER]
    assert heads == [RUNNING_HEAD] * 2
    body = [b for b in document.blocks if b.kind not in RUNNING]
    assert [b.place.page for b in body] == sorted(b.place.page or 0 for b in body)
    assert {b.place.page for b in body} == {1, 2}
    assert set(document.boxes) == set(range(len(document.blocks)))


def body(document: Document) -> list[str]:
    return [" ".join(document.quote(b.span).split()) for b in document.blocks if b.kind not in RUNNING]


@pytest.mark.parametrize("path", PRINTED, ids=lambda p: p.name)
def test_a_printed_file_reads_as_the_word_file_it_was_printed_from(path: Path) -> None:
    assert body(readers.read(path)) == body(readers.read(path.with_suffix(".docx")))


def test_pdf_printed_by_a_browser(tmp_path: Path) -> None:
    browser = program("browser", "chromium", "chromium-browser", "google-chrome")
    page, pdf = tmp_path / "page.html", tmp_path / "printed.pdf"
    page.write_text(web_page(), "utf-8")
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         f"--print-to-pdf={pdf}", page.as_uri()],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    check_same(readers.read(pdf))


def test_scan_with_noise_and_a_slight_turn(tmp_path: Path) -> None:
    program("ocr", "tesseract")
    path = tmp_path / "scan.pdf"
    scan(Path(__file__).parent / "files" / "libreoffice.pdf", path)
    document = readers.read(path)
    assert figures(document) == figures(expected())
    assert rows(document) == rows(expected())
    assert [p.kind for p in document.problems] == ["ocr"]
    marked = {document.quote(span) for span, _ in document.uncertain}
    assert all(any(number in word for word in marked) for number in figures(expected()) if len(number) > 3)
    # A word misread (a heading's "III." as "II.") may add a verdict, but only where it is marked as doubtful.
    doubtful = [document.quote(span) for span, confidence in document.uncertain if confidence < SURE]
    found, wanted = Counter(verdicts(document)), Counter(verdicts(expected()))
    assert not wanted - found
    for kind, verdict, terms in found - wanted:
        assert any(word in term for term in terms for word in doubtful), (kind, verdict, terms)


def test_scanned_pages_pasted_into_word(tmp_path: Path) -> None:
    """Pages that follow one another as pictures are read as one report, each figure with its picture as its place."""
    program("ocr", "tesseract")
    pages = pypdfium2.PdfDocument(Path(__file__).parent / "files" / "libreoffice.pdf")
    word = Word()
    word.add_paragraph("Bản quét kèm theo:")
    for seed, page in enumerate(pages):
        scanned(page.render(scale=300 / 72, grayscale=True).to_pil(), 0.6, 12, seed).save(tmp_path / "page.png")
        word.add_picture(str(tmp_path / "page.png"), width=Cm(17))
    word.add_paragraph("Trên đây là báo cáo.")
    word.save(tmp_path / "report.docx")
    document = readers.read(tmp_path / "report.docx")
    assert figures(document) == figures(expected())
    assert [row[2:] for row in rows(document)[1:]] == [row[2:] for row in rows(expected())[1:]]  # the figures
    assert [p.kind for p in document.problems] == ["ocr"]
    read = [b.place for b in document.blocks if b.place.picture]
    assert {(place.picture, place.page) for place in read} == {(1, None), (2, None)}
    marked = {document.quote(span) for span, _ in document.uncertain}
    assert all(any(number in word for word in marked) for number in figures(expected()) if len(number) > 3)
    assert not document.boxes
    assert not document.figure_boxes  # there is no page to show them on


def test_a_grey_page_on_its_side(tmp_path: Path) -> None:
    """Grey paper with a shadow, and a page the scanner laid on its side, are read like any other."""
    program("ocr", "tesseract")
    printed = readers.read(Path(__file__).parent / "files" / "libreoffice.pdf")
    wanted = [n for n in figures(printed, page=1) if len(n) > 3]
    path = tmp_path / "scan.png"
    shaded(Path(__file__).parent / "files" / "libreoffice.pdf").rotate(90, expand=True).save(path)
    document = readers.read(path)
    found = figures(document)
    assert len(set(wanted) & set(found)) >= 0.8 * len(set(wanted))
    span, box = next((s, b) for s, b in document.figure_boxes if document.quote(s) == "15.870")
    assert box.bottom - box.top > 2 * (box.right - box.left), document.quote(span)
