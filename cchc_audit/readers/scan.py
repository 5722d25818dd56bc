"""Scans and photographs of pages, by Tesseract with the Vietnamese model.

Every page is read twice, at two sizes. Every figure is listed in `Document.uncertain` with its confidence,
a low one where the two readings differ; nothing may rest on a doubtful figure without saying so.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import ImageFilter

from ..messages import say
from .builder import Builder
from .lines import Grid, Piece, Word
from .pages import write_pages
from .pdf import (
    LARGE,
    is_scan,
    open_pdf,
    page_pieces,
    page_words,
    pages_to_read,
    picture_share,
    shown_pdf,
    split_by_tables,
)
from .picture import (
    Picture,
    evened,
    frames,
    is_blank,
    quarter_turned,
    render,
    rules,
    straightened,
    without_rules,
)
from .ruling import tables_of_edges
from .source import Source, tool

_SURE_WORD = 50
_SURE_LETTERS = 70
_FEWEST_LETTERS = 40  # of a picture that is text
_ENOUGH = 300  # letters read with confidence on a page that stands upright
_DISPUTED = 30  # confidence given to a figure that two readings differ on
_ROMAN = re.compile(r"\(?([IVXLl1|]{1,6})[.)]?")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d{1,3})?%?|\d{1,9}(?:[.,]\d{1,3})?%?")
_SECOND_SIZE = 2 / 3  # of the first: 200 dots an inch


@dataclass(frozen=True, slots=True)
class Page:
    """A page as OCR read it, in points. `lies` is the size of the page as it lies in the file, before it was turned by `angle` to stand straight."""

    pieces: list[Piece]
    width: float
    height: float
    angle: float = 0.0
    lies: tuple[float, float] = (0.0, 0.0)
    letters: int = 0
    sure: int = 0  # of the letters, those read with confidence


def read(source: Source, builder: Builder) -> None:
    """Fill the builder with what Tesseract reads, page by page, within the time for OCR."""
    program = tool("tesseract")
    if program is None:
        raise source.refused("unsupported", "image_without_ocr")
    if not has_vietnamese(program):
        raise source.refused("unsupported", "no_vietnamese_ocr")
    deadline = time.monotonic() + source.limits.ocr_seconds
    pages: list[Page] = []
    by_ocr = 0
    for number, page in enumerate(_pages(source, builder), 1):
        if isinstance(page, Picture):
            by_ocr += 1
            if by_ocr > source.limits.ocr_pages or time.monotonic() > deadline:
                builder.problem("too_large", "ocr_pages_left", page=number)
                break
            page = _recognised(program, page, deadline)
        pages.append(page)
    turned = {n: (p.angle, (p.width, p.height), p.lies) for n, p in enumerate(pages, 1) if p.angle}
    write_pages(
        builder, [page.pieces for page in pages], [(page.width, page.height) for page in pages], turned
    )
    builder.problem("ocr", "ocr", pages=by_ocr, uncertain=builder.uncertain_count)


def _pages(source: Source, builder: Builder) -> Iterator[Page | Picture]:
    """Pages with a text layer as they are, the others as pictures."""
    if b"%PDF-" not in source.data[:1024]:
        yield from frames(source)
        return
    source = shown_pdf(source)
    document = open_pdf(source)
    for index in range(pages_to_read(source, builder, document)):
        page = document[index]
        words = page_words(page)
        shown = picture_share(page)
        if not is_scan(page, words, shown):
            if shown > LARGE:
                builder.picture(say("read.on_page", page=index + 1))
            yield Page(page_pieces(source, page, index, words), *page.get_size())
        else:
            yield render(page, source.limits.pixels)
        page.close()


@cache
def has_vietnamese(program: str) -> bool:
    """Does this Tesseract have its Vietnamese data?"""
    listed = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
    )
    return "vie" in listed.stdout.split()


def recognised_text(program: str, picture: Picture, deadline: float) -> Page | None:
    """A picture out of a file of another form, read as a page; None when it holds hardly any text: a photograph shows a
    banner at most, and the letters OCR sees in leaves and faces are unsure."""
    if is_blank(picture):
        return None
    page = _read_page(program, evened(picture), deadline, picture.size)
    return page if page.sure >= _FEWEST_LETTERS and 2 * page.sure >= page.letters else None


def _recognised(program: str, picture: Picture, deadline: float) -> Page:
    if is_blank(picture):
        return Page([], *picture.size)
    picture = evened(picture)
    page = _read_page(program, picture, deadline, picture.size)
    if page.sure >= _ENOUGH or time.monotonic() > deadline:
        return page
    others = [quarter_turned(picture, degrees) for degrees in (90, 180, 270)]  # it may lie on its side
    amounts = [_sure(_words(program, other, _SECOND_SIZE, deadline)) for other in others]
    best = amounts.index(max(amounts))
    if amounts[best] <= 2 * page.sure:
        return page
    return _read_page(program, others[best], deadline, picture.size)


def _sure(words: list[Word]) -> int:
    """How many letters were read with confidence: hardly any where a page is not the right way up."""
    return sum(len(word.text) for word in words if (word.confidence or 0) >= _SURE_LETTERS)


def _read_page(program: str, picture: Picture, deadline: float, lies: tuple[float, float]) -> Page:
    straight = straightened(picture)
    edges = rules(straight)
    clean = without_rules(straight, edges) if edges else straight
    with ThreadPoolExecutor(2) as pool:  # two programs at once: the threads only wait for them
        words, again = pool.map(lambda size: _words(program, clean, size, deadline), (1.0, _SECOND_SIZE))
    letters, sure = sum(len(word.text) for word in words), _sure(words)
    _compare(words, again)
    for word in words:
        if not _figure(word.text) and (word.confidence or 0) >= _SURE_WORD:
            word.confidence = None
    tables: list[Grid] = tables_of_edges(edges, words) if len(edges) >= 4 else []
    for table in tables:
        _reread_numbers(program, clean, table, deadline)
    words = [word for word in words if word.text]
    width, height = straight.size
    return Page(split_by_tables(words, tables), width, height, straight.angle, lies, letters, sure)


def _words(program: str, picture: Picture, factor: float, deadline: float) -> list[Word]:
    """The words of a page with their confidence, boxes in points."""
    image = picture.image
    if factor != 1.0:
        image = image.resize((max(1, round(image.width * factor)), max(1, round(image.height * factor))))
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=1, dpi=(round(picture.scale * 72 * factor),) * 2)
    command = [program, "stdin", "stdout", "-l", "vie", "--psm", "4", "-c", "tessedit_create_tsv=1", "tsv"]
    try:
        done = subprocess.run(
            command,
            input=buffer.getvalue(),
            capture_output=True,
            timeout=max(1.0, deadline - time.monotonic() + 5),
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return []
    points = 1 / (picture.scale * factor)
    return list(_from_tsv(done.stdout.decode("utf-8", "replace"), points))


def _from_tsv(tsv: str, points: float) -> Iterator[Word]:
    heights: dict[tuple[str, ...], tuple[float, float]] = {}
    for line in tsv.splitlines()[1:]:
        fields = line.split("\t")
        if len(fields) < 12:
            continue
        left, top, width, height = (int(field) * points for field in fields[6:10])
        if fields[0] == "4":
            heights[tuple(fields[1:5])] = (top, top + height)
        text = fields[11].strip()
        if fields[0] != "5" or not text or (set(text) <= set("|_—-–~'`") and height > 3 * width):
            continue
        # A word is as high as its letters; lines need an even height.
        line_top, line_bottom = heights.get(tuple(fields[1:5]), (top, top + height))
        if line_bottom - line_top < 2.2 * height:
            top, height = line_top, line_bottom - line_top
        text = text.replace("Ð", "Đ")  # the Icelandic letter looks the same
        yield Word(text, left, top, left + width, top + height, max(0, min(100, round(float(fields[10])))))


def _compare(words: list[Word], again: list[Word]) -> None:
    """Lower the confidence of figures that the second reading gives otherwise."""
    for word in words:
        figure = _figure(word.text)
        if not figure:
            continue
        beside = [w for w in again if _overlap(w, word) > 0.4]
        if figure not in {_figure(w.text) for w in beside} | {_figure("".join(w.text for w in beside))}:
            word.confidence = min(_DISPUTED, word.confidence or 0)


def _figure(text: str) -> str:
    """What counts in a figure: its digits and marks, or a Roman numeral; "" when the word is no figure."""
    if roman := _ROMAN.fullmatch(text):
        return roman.group(1)
    digits = re.sub(r"[^\d.,/%]", "", text).strip(".,")
    return digits if any(c.isdigit() for c in digits) else ""


def _reread_numbers(program: str, picture: Picture, table: Grid, deadline: float) -> None:
    """In a column of numbers, a cell that is none, or whose figure is disputed, is read once more by itself, as
    digits. The outcome stays doubtful."""
    for column in range(len(table.rows[0])):
        at = [row for row, cells in enumerate(table.rows) if cells[column]]
        numbers = [
            row
            for row in at
            if len(table.rows[row][column]) == 1 and _figure(table.rows[row][column][0].text)
        ]
        if len(numbers) < 2 or 2 * len(numbers) < len(at):
            continue
        for row in at:
            words, area = table.rows[row][column], table.areas[row][column]
            if area is None or not _unsettled(words) or time.monotonic() > deadline:
                continue
            digits = _as_digits(program, picture, area)
            if not digits or _bare(digits) == _bare("".join(word.text for word in words)):
                continue  # a comma is easily lost in so small a picture
            words[0].text, words[0].right, words[0].confidence = digits, words[-1].right, _DISPUTED
            for word in words[1:]:
                word.text = ""
            del words[1:]


def _bare(text: str) -> str:
    return re.sub(r"\D", "", text)


def _unsettled(words: list[Word]) -> bool:
    """A number's cell that holds one short word without digits, or a figure two readings differ on."""
    if any(_figure(word.text) for word in words):
        return any(word.confidence is not None and word.confidence <= _DISPUTED for word in words)
    return len(words) == 1 and len(words[0].text) <= 3


def _as_digits(program: str, picture: Picture, area: tuple[float, float, float, float]) -> str:
    inside = 1.5  # points, to leave the ruling lines out
    edges = (area[0] + inside, area[1] + inside, area[2] - inside, area[3] - inside)
    image = picture.image.crop(tuple(round(edge * picture.scale) for edge in edges))
    image = image.filter(ImageFilter.GaussianBlur(1.2))  # grain makes strokes where there are none
    buffer = BytesIO()
    image.save(buffer, "PNG", dpi=(round(picture.scale * 72),) * 2)
    options = ["-l", "vie", "--psm", "7", "-c", "tessedit_char_whitelist=0123456789.,%"]
    command = [program, "stdin", "stdout", *options]
    try:
        done = subprocess.run(command, input=buffer.getvalue(), capture_output=True, timeout=20, check=False)
    except subprocess.TimeoutExpired:
        return ""
    digits = "".join(done.stdout.decode("ascii", "ignore").split())
    return digits if _NUMBER.fullmatch(digits) else ""


def _overlap(a: Word, b: Word) -> float:
    across = min(a.right, b.right) - max(a.left, b.left)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    if across <= 0 or down <= 0:
        return 0.0
    smaller = min((a.right - a.left) * a.height, (b.right - b.left) * b.height)
    return across * down / smaller if smaller else 0.0
