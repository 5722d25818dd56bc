"""Pages to blocks: lines joined into paragraphs and tables over page breaks, running heads and feet kept apart."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..model import BlockKind, Box, Place
from .builder import Builder, Seen
from .flow import Frame, Margins, frame_of, goes_on, keep_columns, margins_of, running_lines
from .footnotes import Note, part_notes
from .lines import Grid, Line, Paragraph, Piece, Word, lines_of

Size = tuple[float, float]  # width and height in points
Turned = Mapping[int, tuple[float, Size, Size]]
Cells = list[list[Word]]


def write_pages(
    builder: Builder,
    pages: Sequence[Sequence[Piece]],
    sizes: Sequence[Size],
    turned: Turned | None = None,
    pictures: Pictures | None = None,
) -> int:
    """Paragraphs and tables in order, those cut by a page break joined, footnotes after what calls them; running heads
    and feet last. Returns the number of tables.

    `turned` gives, for pages that were straightened, the angle in degrees, their size as read and as in the file;
    `pictures` says that the pages are pictures inside a file that has no pages of its own."""
    running = running_lines(pages, sizes)
    parted = [part_notes([piece for piece in pieces if id(piece) not in running]) for pieces in pages]
    body: list[Sequence[Piece]] = [pieces for pieces, _ in parted]
    keep_columns(body)
    writer = _Writer(builder, margins_of(body, sizes), turned or {}, pictures)
    for number, (_, notes) in enumerate(parted, 1):
        writer.notes |= {piece: [(note, number) for note in called] for piece, called in notes.items()}
    for number, (pieces, size) in enumerate(zip(body, sizes, strict=True), 1):
        for piece in pieces:
            if isinstance(piece, Grid):
                writer.table(piece, number)
            else:
                writer.line(piece, number, frame_of(piece, size))
    writer.finish()
    for number, (pieces, (_, height)) in enumerate(zip(pages, sizes, strict=True), 1):
        for piece in pieces:
            if isinstance(piece, Line) and id(piece) in running:
                kind = BlockKind.HEADER if piece.top < height / 2 else BlockKind.FOOTER
                builder.paragraph(piece.text, writer.place(number), kind, writer.box([piece], number))
    return writer.tables


@dataclass(frozen=True, slots=True)
class Pictures:
    """The place of each page that is a picture, and the tables written before them."""

    places: Sequence[Place]
    tables: int


@dataclass(slots=True)
class _Row:
    """A table row; more than one part where a page break cuts it."""

    number: int
    parts: list[tuple[int, Cells]]  # page, cells

    def lines(self, column: int) -> list[tuple[Line, int]]:
        return [(line, page) for page, cells in self.parts for line in lines_of(cells[column])]


class _Writer:
    """Collects lines into paragraphs and tables over page breaks."""

    def __init__(
        self, builder: Builder, margins: Mapping[Frame, Margins], turned: Turned, pictures: Pictures | None
    ) -> None:
        self.builder, self.margins, self.turned, self.pictures = builder, margins, turned, pictures
        self.open: list[tuple[Line, int]] = []  # the lines of the paragraph that may go on, with their pages
        self.frame: Frame = (0, None)  # of the last line
        self.paragraphs = self.tables = self.rows = 0
        self.grid: Grid | None = None  # the last table, while nothing stands below it
        self.grid_page = 0
        self.row: _Row | None = None  # its last row, which may go on over the page
        self.notes: dict[int, list[tuple[Note, int]]] = {}  # with their pages, by what calls them
        self.due: list[tuple[Note, int]] = []  # those of the open table

    def place(self, page: int, paragraph: int | None = None) -> Place:
        """Of a paragraph on the page; one in a picture stands in the paragraph the picture stands in."""
        return self.pictures.places[page - 1] if self.pictures else Place(page=page, paragraph=paragraph)

    def row_place(self, page: int, row: int) -> Place:
        if self.pictures is None:
            return Place(page=page, table=self.tables, row=row)
        table = self.pictures.tables + self.tables
        return Place(picture=self.pictures.places[page - 1].picture, table=table, row=row)

    def box(self, lines: list[Line], page: int) -> Box | None:
        return None if self.pictures else _box(lines, page, self.turned)

    def line(self, line: Line, page: int, frame: Frame) -> None:
        if self.grid is not None:
            self._end_row()
            self.builder.gap()
            self.grid = None
            self._write_notes()
        if self.open:
            before, page_before = self.open[-1]
            beneath = page == page_before and frame == self.frame
            # Text goes on from column to column, and not from the whole width of a page into its columns.
            parted = page == page_before and (frame[1] is None) != (self.frame[1] is None)
            if parted or not goes_on(before, line, self.margins[self.frame], self.margins[frame], beneath):
                self._end_paragraph()
        self.open.append((line, page))
        self.frame = frame

    def finish(self) -> None:
        self._end_paragraph()
        self._end_row()
        self._write_notes()

    def _write_notes(self) -> None:
        for note, page in self.due:
            self.builder.paragraph(
                Paragraph(note.lines).text(),
                replace(self.place(page), note=note.number),
                box=self.box(note.lines, page),
                words=self._seen([(line, page) for line in note.lines]),
            )
        self.due = []

    def _end_paragraph(self) -> None:
        if not self.open:
            return
        self.paragraphs += 1
        start = self.open[0][1]
        self.builder.paragraph(
            Paragraph([line for line, _ in self.open]).text(),
            self.place(start, self.paragraphs),
            box=self.box([line for line, page in self.open if page == start], start),
            words=self._seen(self.open),
        )
        self.due = [note for line, _ in self.open for note in self.notes.get(id(line), ())]
        self._write_notes()
        self.open = []

    def table(self, grid: Grid, page: int) -> None:
        self._end_paragraph()
        before, self.grid = self.grid, grid
        rows = grid.rows
        if before is not None and _same_columns(before, grid) and page != self.grid_page:
            rows = rows[_repeated(before, grid) :]
            if self.row is not None and rows and _is_cut(self.row.parts[-1][1], rows[0]):
                self.row.parts.append((page, rows[0]))
                rows = rows[1:]
        else:
            self._end_row()
            self._write_notes()
            self.builder.gap()
            self.tables += 1
            self.rows = 0
        self.grid_page = page
        self.due += self.notes.get(id(grid), ())
        for cells in rows:
            self._end_row()
            self.rows += 1
            self.row = _Row(self.rows, [(page, cells)])

    def _end_row(self) -> None:
        row, self.row = self.row, None
        if row is None:
            return
        page, cells = row.parts[0]
        place = self.row_place(page, row.number)
        places = [replace(place, column=c) for c in range(1, len(cells) + 1)]
        words = [word for cell in cells for word in cell]
        box = self.box([Line(words)], page) if words else None
        held = [row.lines(column) for column in range(len(cells))]
        texts = [Paragraph([line for line, _ in lines]).text() for lines in held]
        self.builder.row(texts, place, places, box, [self._seen(lines) for lines in held])

    def _seen(self, lines: Sequence[tuple[Line, int]]) -> list[Seen]:
        return [
            Seen(word.text, self.box([Line([word])], page), word.confidence)
            for line, page in lines
            for word in line.words
        ]


def _texts(cells: Cells) -> list[str]:
    return [Paragraph(lines_of(cell)).text() for cell in cells]


def _same_columns(before: Grid, grid: Grid) -> bool:
    """Does the grid go on with the table before? Ruled ones have the same edges, others the same head again."""
    if not before.edges and not grid.edges:
        return _texts(before.rows[0]) == _texts(grid.rows[0])
    return len(before.edges) == len(grid.edges) > 0 and all(
        abs(a - b) < 4 for a, b in zip(before.edges, grid.edges, strict=True)
    )


def _repeated(before: Grid, grid: Grid) -> int:
    """How many rows of the table's head stand on the new page once more."""
    same = 0
    for old, new in zip(before.rows, grid.rows, strict=False):
        if _texts(old) != _texts(new):
            break
        same += 1
    return same


def _is_cut(above: Cells, cells: Cells) -> bool:
    """Is a page's first row the rest of the last one on the page before? It then holds only the ends of sentences
    begun there; a figure, or a cell of its own, makes it another row."""
    rest = list(zip(_texts(above), _texts(cells), strict=True))
    if not rest[0][0] or rest[0][1] or sum(1 for old, _ in rest if old) <= sum(1 for _, new in rest if new):
        return False
    return all(
        old and old[-1] not in ".;:" and any(c.isalpha() for c in new) and not new[0].isupper()
        for old, new in rest
        if new
    )


def _box(lines: list[Line], page: int, turned: Turned) -> Box:
    """The box around the lines, on the page as it lies in the file."""
    words = [word for line in lines for word in line.words]
    left, top = min(w.left for w in words), min(w.top for w in words)
    right, bottom = max(w.right for w in words), max(w.bottom for w in words)
    if page in turned:
        angle, (width, height), (lies_across, lies_down) = turned[page]
        sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
        corners = [(cx - width / 2, cy - height / 2) for cx in (left, right) for cy in (top, bottom)]
        across = [lies_across / 2 + cx * cosine - cy * sine for cx, cy in corners]
        down = [lies_down / 2 + cx * sine + cy * cosine for cx, cy in corners]
        left, right, top, bottom = min(across), max(across), min(down), max(down)
    return Box(page, round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))
