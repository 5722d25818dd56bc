"""PDF with a text layer: words and their places from PDFium, ruled tables through pdfplumber, own layout.

Pages that hold pictures but no text are left to OCR (`scan`), when this machine has it.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..messages import say
from ..model import BlockKind, Box, Place
from .builder import Builder, Seen
from .layout import (
    Grid,
    Line,
    Margins,
    Paragraph,
    Piece,
    Word,
    goes_on,
    lines_of,
    margins_of,
    reading_order,
    running_lines,
)
from .ruling import ruled_tables
from .source import ReadAgainError, Source, tool

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FEWEST_RULES = 4
LARGE = 0.08  # of a page: smaller pictures are crests, stamps and signatures
_WHOLE_PAGE = 0.7
_MOST_PICTURES = 200
_SAMPLE = 50


def read(source: Source, builder: Builder) -> None:
    """Fill the builder page by page; raises ReadAgainError("scan") when pages need OCR and it is here."""
    with open_pdf(source) as document:
        pages, heights, scanned = _pages(source, builder, document)
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
    write_pages(builder, pages, heights)


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
) -> tuple[list[list[Piece]], list[float], list[int]]:
    pages: list[list[Piece]] = []
    heights: list[float] = []
    scanned: list[int] = []
    for index in range(pages_to_read(source, builder, document)):
        page = document[index]
        words = list(page_words(page))
        shown = picture_share(page)
        if is_scan(page, words, shown):
            scanned.append(index + 1)
        elif shown > LARGE:
            builder.picture(say("read.on_page", page=index + 1))
        pages.append(page_pieces(source, page, index, words))
        heights.append(page.get_height())
        page.close()
    return pages, heights, scanned


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
    pieces: list[Piece] = []
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
    """Is the page a picture, `shown` its share of the page: without text, or with the invisible text some scanner
    laid over it? That text is a machine's reading without its doubts, so the picture is read instead."""
    if not words:
        return shown > 0
    if shown < _WHOLE_PAGE:
        return False
    texts = islice(_objects(page, (raw.FPDF_PAGEOBJ_TEXT,)), _SAMPLE)
    return all(raw.FPDFTextObj_GetTextRenderMode(t.raw) == raw.FPDF_TEXTRENDERMODE_INVISIBLE for t in texts)


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


def page_words(page: Any) -> Iterator[Word]:
    """The words of a page in the order of the file, with their boxes as the page is shown."""
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
            raised = character.isdigit() and bottom - top < 0.8 * word.height
            word.text += character.translate(_SUPERSCRIPT) if raised else character
            word.right = max(word.right, right)
            continue
        if word is not None:
            yield word
        word = Word(character, left, top, right, bottom)
    if word is not None:
        yield word
    textpage.close()


def _belongs(word: Word, left: float, top: float, bottom: float) -> bool:
    """Does a character go on the word: beside it, at its height?"""
    middle = (top + bottom) / 2
    beside = word.left - 0.5 * word.height < left < word.right + 0.35 * word.height
    return beside and word.top - 0.1 * word.height < middle < word.bottom


# ---------------------------------------------------------------- pages to blocks


Turned = Mapping[int, tuple[float, float, float]]


def write_pages(
    builder: Builder, pages: list[list[Piece]], heights: list[float], turned: Turned | None = None
) -> None:
    """Paragraphs and tables in order, those cut by a page break joined; running heads and feet last.

    `turned` gives, for pages that were straightened, the angle in degrees and the point they were turned about."""
    margins = margins_of(pages)
    running = running_lines(pages, heights)
    writer = _Writer(builder, margins, turned or {})
    apart: list[tuple[int, Line, float]] = []
    for number, (pieces, height) in enumerate(zip(pages, heights, strict=True), 1):
        writer.new_page()
        for piece in pieces:
            if isinstance(piece, Grid):
                writer.table(piece, number)
            elif id(piece) in running:
                apart.append((number, piece, height))
            else:
                writer.line(piece, number)
    writer.finish()
    for number, line, height in apart:
        kind = BlockKind.HEADER if line.top < height / 2 else BlockKind.FOOTER
        builder.paragraph(line.text, Place(page=number), kind, _box([line], number, writer.turned))


class _Writer:
    """Collects lines into paragraphs and tables over page breaks."""

    def __init__(self, builder: Builder, margins: Margins, turned: Turned) -> None:
        self.builder, self.margins, self.turned = builder, margins, turned
        self.open: Paragraph | None = None
        self.pages: list[int] = []  # of the open paragraph's lines
        self.paragraphs = self.tables = self.rows = 0
        self.grid: Grid | None = None  # the last table, while nothing stands below it
        self.same_page = True

    def new_page(self) -> None:
        self.same_page = False

    def line(self, line: Line, page: int) -> None:
        if self.grid is not None:
            self.builder.gap()
            self.grid = None
        if self.open is None or not goes_on(self.open.lines[-1], line, self.margins, self.same_page):
            self.finish()
            self.open, self.pages = Paragraph(page), []
        self.open.lines.append(line)
        self.pages.append(page)
        self.same_page = True

    def finish(self) -> None:
        if self.open is None:
            return
        self.paragraphs += 1
        placed = list(zip(self.open.lines, self.pages, strict=True))
        first = [line for line, page in placed if page == self.open.page]
        self.builder.paragraph(
            self.open.text(),
            Place(page=self.open.page, paragraph=self.paragraphs),
            box=_box(first, self.open.page, self.turned),
            words=[self._seen(word, page) for line, page in placed for word in line.words],
        )
        self.open = None

    def table(self, grid: Grid, page: int) -> None:
        self.finish()
        before, self.grid = self.grid, grid
        rows = grid.rows
        if before is not None and _same_columns(before, grid) and not self.same_page:
            if _texts(rows[0]) == _texts(before.rows[0]):
                rows = rows[1:]  # the head repeated on the new page
        else:
            self.builder.gap()
            self.tables += 1
            self.rows = 0
        for cells in rows:
            self._row(cells, page)
        self.same_page = True

    def _row(self, cells: list[list[Word]], page: int) -> None:
        self.rows += 1
        place = Place(page=page, table=self.tables, row=self.rows)
        places = [
            Place(page=page, table=self.tables, row=self.rows, column=c) for c in range(1, len(cells) + 1)
        ]
        words = [word for cell in cells for word in cell]
        seen = [[self._seen(word, page) for line in lines_of(cell) for word in line.words] for cell in cells]
        box = _box([Line(words)], page, self.turned) if words else None
        self.builder.row(_texts(cells), place, places, box, seen)

    def _seen(self, word: Word, page: int) -> Seen:
        return Seen(word.text, _box([Line([word])], page, self.turned), word.confidence)


def _texts(cells: list[list[Word]]) -> list[str]:
    return [Paragraph(0, lines_of(cell)).text() for cell in cells]


def _same_columns(before: Grid, grid: Grid) -> bool:
    """Does the grid go on with the table before? Ruled ones have the same edges, others the same head again."""
    if not before.edges and not grid.edges:
        return _texts(before.rows[0]) == _texts(grid.rows[0])
    return len(before.edges) == len(grid.edges) > 0 and all(
        abs(a - b) < 4 for a, b in zip(before.edges, grid.edges, strict=True)
    )


def _box(lines: list[Line], page: int, turned: Turned) -> Box:
    """The box around the lines, on the page as it lies in the file."""
    words = [word for line in lines for word in line.words]
    left, top = min(w.left for w in words), min(w.top for w in words)
    right, bottom = max(w.right for w in words), max(w.bottom for w in words)
    if page in turned:
        angle, x, y = turned[page]
        sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
        corners = [(cx - x, cy - y) for cx in (left, right) for cy in (top, bottom)]
        across = [x + cx * cosine - cy * sine for cx, cy in corners]
        down = [y + cx * sine + cy * cosine for cx, cy in corners]
        left, right, top, bottom = min(across), max(across), min(down), max(down)
    return Box(page, round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))
