"""PDF with a text layer: words and their places from PDFium, ruled tables through pdfplumber, own layout.

Pages that hold pictures but no text are left to OCR (`scan`), when this machine has it.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..messages import say
from .builder import Builder
from .layout import is_beside, order_around, reading_order
from .lines import Grid, Piece, Word
from .pages import write_pages
from .pdf_shown import as_shown
from .ruling import ruled_tables
from .source import ReadAgainError, Source, tool

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FEWEST_RULES = 4
LARGE = 0.08  # of a page: smaller pictures are crests, stamps and signatures
_WHOLE_PAGE = 0.7
_MOST_PICTURES = 200
_SAMPLE = 50
_MOST_CODES = 2000
_FEWEST_LETTERS = 100
_UNMAPPED = 0.2  # of a page's letters; a few are bullets and signs


def read(source: Source, builder: Builder) -> None:
    """Fill the builder page by page; raises ReadAgainError("scan") when pages need OCR and it is here."""
    source = shown_pdf(source)
    with open_pdf(source) as document:
        pages, sizes, scanned = _pages(source, builder, document)
    if scanned:
        if tool("tesseract"):
            raise ReadAgainError("scan")
        if not any(pages):
            raise source.refused("unsupported", "scan_without_ocr")
        layered = [page for page in scanned if pages[page - 1]]
        bare = [page for page in scanned if not pages[page - 1]]
        if layered:
            builder.problem("ocr", "hidden_layer", pages=", ".join(map(str, layered)))
        if bare:
            builder.problem("partly_read", "scanned_pages", pages=", ".join(map(str, bare)))
    write_pages(builder, pages, sizes)


def shown_pdf(source: Source) -> Source:
    """The file as its pages are shown. Raises ReadError when it is encrypted or damaged."""
    with open_pdf(source) as document:
        return as_shown(source, document)


def open_pdf(source: Source) -> Any:
    """The document. Raises ReadError when it is encrypted or damaged."""
    try:
        document = pdfium.PdfDocument(source.data)
        if len(document) == 0:
            raise source.refused("damaged", "damaged", reason="PDF")
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise source.refused("unsupported", "encrypted") from None
        raise source.refused("damaged", "damaged", reason="PDF") from None
    return document


def _pages(
    source: Source, builder: Builder, document: Any
) -> tuple[list[list[Piece]], list[tuple[float, float]], list[int]]:
    pages: list[list[Piece]] = []
    sizes: list[tuple[float, float]] = []
    scanned: list[int] = []
    for index in range(pages_to_read(source, builder, document)):
        page = document[index]
        words = page_words(page)
        shown = picture_share(page)
        if is_scan(page, words, shown):
            scanned.append(index + 1)
            if _are_few(words):
                words = []
        elif shown > LARGE:
            builder.picture(say("read.on_page", page=index + 1))
        pages.append(page_pieces(source, page, index, words))
        sizes.append(page.get_size())
        page.close()
    return pages, sizes, scanned


def pages_to_read(source: Source, builder: Builder, document: Any) -> int:
    """How many pages to read: all, or as many as the limit allows, which is then noted."""
    count, limit = len(document), source.limits.pages
    if count > limit:
        builder.problem("too_large", "pages_left", count=count, limit=limit)
    return min(count, limit)


def page_pieces(source: Source, page: Any, index: int, words: list[Word]) -> list[Piece]:
    """Lines and tables of one page in reading order."""
    if not words:
        return []
    tables = ruled_tables(source, index, words) if _count_paths(page) >= _FEWEST_RULES else []
    return split_by_tables(words, tables)


def split_by_tables(words: list[Word], tables: list[Grid]) -> list[Piece]:
    """The tables where they stand between the lines of the other words."""
    held = {id(word) for table in tables for row in table.rows for cell in row for word in cell}
    free = [word for word in words if id(word) not in held]
    if any(is_beside(table, free) for table in tables):
        pieces = order_around(tables, free)
        if pieces is not None:
            return pieces
    pieces = []
    for table in tables:
        above = [word for word in free if (word.top + word.bottom) / 2 < table.top]
        free = [word for word in free if (word.top + word.bottom) / 2 >= table.top]
        pieces.extend(reading_order(above))
        pieces.append(table)
    return [*pieces, *reading_order(free)]


def _objects(page: Any, kinds: tuple[int, ...]) -> Iterator[Any]:
    return page.get_objects(filter=list(kinds), max_depth=3)  # type: ignore[no-any-return]


def _count_paths(page: Any) -> int:
    return sum(
        1 for _, _ in zip(_objects(page, (raw.FPDF_PAGEOBJ_PATH,)), range(_FEWEST_RULES), strict=False)
    )


def picture_share(page: Any) -> float:
    """The largest part of the page that one picture covers, 0..1."""
    left, bottom, right, top = page.get_cropbox()
    area = max(1.0, (right - left) * (top - bottom))
    largest = 0.0
    for picture in islice(_objects(page, (raw.FPDF_PAGEOBJ_IMAGE,)), _MOST_PICTURES):
        x0, y0, x1, y1 = picture.get_bounds()
        across, down = min(x1, right) - max(x0, left), min(y1, top) - max(y0, bottom)
        largest = max(largest, max(0.0, across) * max(0.0, down) / area)
    return largest


def is_scan(page: Any, words: list[Word], shown: float) -> bool:
    """Is the page to be read as a picture, `shown` being the part of it that a picture takes: without text, with text in
    unknown letters, or with the invisible text some scanner laid over it? That text is a machine's reading without its
    doubts, so the picture is read instead."""
    if not words:
        return shown > 0 or _is_unmapped(page)
    if shown < _WHOLE_PAGE:
        return False
    if _are_few(words):  # a page number or stamp set over the scan
        return True
    texts = islice(_objects(page, (raw.FPDF_PAGEOBJ_TEXT,)), _SAMPLE)
    return all(raw.FPDFTextObj_GetTextRenderMode(t.raw) == raw.FPDF_TEXTRENDERMODE_INVISIBLE for t in texts)


def _are_few(words: list[Word]) -> bool:
    return sum(len(word.text) for word in words) < _FEWEST_LETTERS


def _is_unmapped(page: Any) -> bool:
    """Does the file fail to say which letters its fonts show? What PDFium then gives for them is not the text."""
    textpage = page.get_textpage()
    codes = range(min(raw.FPDFText_CountChars(textpage.raw), _MOST_CODES))
    amiss = sum(raw.FPDFText_HasUnicodeMapError(textpage.raw, at) == 1 for at in codes)
    textpage.close()
    return bool(amiss > _UNMAPPED * len(codes))


# ---------------------------------------------------------------- words


def upright(page: Any) -> Callable[[float, float, float, float], tuple[float, float, float, float]]:
    """A function from a box in the page's own coordinates (left, bottom, right, top) to one as the page is
    shown: from its top left corner, turned as the page is turned."""
    left, bottom, right, top = page.get_cropbox()
    turned = page.get_rotation()

    def shown(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        if turned == 90:
            return y0 - bottom, x0 - left, y1 - bottom, x1 - left
        if turned == 180:
            return right - x1, y0 - bottom, right - x0, y1 - bottom
        if turned == 270:
            return top - y1, right - x1, top - y0, right - x0
        return x0 - left, top - y1, x1 - left, top - y0

    return shown


def page_words(page: Any) -> list[Word]:
    """The words of a page in the order of the file, with their boxes as the page is shown; none where the file does not
    say which letters they are made of."""
    return [] if _is_unmapped(page) else list(_words(page))


def _words(page: Any) -> Iterator[Word]:
    textpage = page.get_textpage()
    count = raw.FPDFText_CountChars(textpage.raw)
    shown = upright(page)
    rect = raw.FS_RECTF()
    word: Word | None = None
    for index in range(count):
        code = raw.FPDFText_GetUnicode(textpage.raw, index)
        character = (
            "-" if code == 2 else chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        )
        if character.isspace() or code < 32:
            if code == 2 and word is not None:
                word.text += "-"
            elif word is not None:
                yield word
                word = None
            continue
        if not raw.FPDFText_GetLooseCharBox(textpage.raw, index, ctypes.byref(rect)):
            continue
        left, top, right, bottom = shown(rect.left, rect.bottom, rect.right, rect.top)
        if word is not None and _belongs(word, left, top, bottom):
            raised = character.isdigit() and _font_size(textpage, index) < 0.8 * word.size
            word.text += character.translate(_SUPERSCRIPT) if raised else character
            word.right = max(word.right, right)
            continue
        if word is not None:
            yield word
        word = Word(character, left, top, right, bottom, size=_font_size(textpage, index))
    if word is not None:
        yield word
    textpage.close()


def _font_size(textpage: Any, index: int) -> float:
    """The size in points of a character's font, as it stands on the page."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage.raw, index, matrix)
    return float(raw.FPDFText_GetFontSize(textpage.raw, index)) * math.hypot(matrix.c, matrix.d)


def _belongs(word: Word, left: float, top: float, bottom: float) -> bool:
    """Does a character go on the word: beside it, at its height?"""
    middle = (top + bottom) / 2
    beside = word.left - 0.5 * word.height < left < word.right + 0.35 * word.height
    return beside and word.top - 0.1 * word.height < middle < word.bottom
