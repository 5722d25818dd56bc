"""From words with places on a page back to paragraphs, in reading order. Shared by text PDF and OCR.

Distances are in PDF points from the top left corner of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_MARKER = re.compile(
    r"(?:[-+•*–▪►✓]|\(?\d{1,2}(?:\.\d{1,2}){0,4}[.)]|\(?[a-zđ][.)]|[IVX]{1,5}[.)]|[A-H]\.)\s?\S"
)
_WIDE_GAP = 1.8  # in line heights: wider blanks part columns
_NUMBERISH = re.compile(r"[\d.,%/()\-–+ ]+")


@dataclass(slots=True)
class Word:
    """`confidence` is None for text the file itself states, 0..100 for OCR."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: int | None = None
    glued: bool = False  # no blank between it and the word before

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class Line:
    words: list[Word]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def top(self) -> float:
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.bottom for w in self.words)

    @property
    def height(self) -> float:
        return max(w.height for w in self.words)

    @property
    def text(self) -> str:
        return "".join(w.text if w.glued or i == 0 else " " + w.text for i, w in enumerate(self.words))


@dataclass(slots=True)
class Paragraph:
    """Lines that run on into one another; `page` is where it begins."""

    page: int
    lines: list[Line] = field(default_factory=list)

    def text(self) -> str:
        """The lines joined: a hyphen or slash at a line's end joins without a blank."""
        joined = ""
        for line in self.lines:
            text = line.text
            if joined and not re.search(r"\S[-\u00ad/]$", joined):
                joined += " "
            joined = joined.removesuffix("\u00ad") + text
        return joined


@dataclass(slots=True)
class Grid:
    """A table: rows of cells, each cell its words (empty where blank or merged into another)."""

    rows: list[list[list[Word]]]
    top: float
    bottom: float
    edges: tuple[float, ...] = ()  # of the columns, to know the table again on the next page
    areas: list[list[tuple[float, float, float, float] | None]] = field(default_factory=list)  # ruled cells


Piece = Line | Grid


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Words grouped into lines by height on the page, top to bottom, each from left to right."""
    bands: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom) / 2):
        for band in reversed(bands[-3:]):
            low, high = _band(band)
            overlap = min(word.bottom, high) - max(word.top, low)
            if overlap > 0.5 * min(word.height, high - low):
                band.append(word)
                break
        else:
            bands.append([word])
    return [Line(sorted(band, key=lambda w: w.left)) for band in bands]


def _band(words: Sequence[Word]) -> tuple[float, float]:
    tallest = max(words, key=lambda w: w.height)
    return tallest.top, tallest.bottom


def reading_order(words: Iterable[Word]) -> list[Piece]:
    """Lines and unruled tables of a page in reading order: columns one after the other, aligned columns of
    short entries as a table."""
    rows = [_segments(line) for line in lines_of(words)]
    pieces: list[Piece] = []
    group: list[list[Line]] = []
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else []
        if len(row) == 1 and not _continues_column(group, row[0]) and not _continues_cell(group, row[0], below):
            pieces.extend(_columns(group))
            group = []
            pieces.append(row[0])
        else:
            if group and row[0].top - group[-1][0].bottom > 3 * row[0].height:
                pieces.extend(_columns(group))
                group = []
            group.append(row)
    pieces.extend(_columns(group))
    return pieces


def _continues_column(group: list[list[Line]], line: Line) -> bool:
    """Does a lone line stand under one column of the rows above, clear of the other?"""
    if not group or line.top - max(s.bottom for s in group[-1]) > 1.2 * line.height:
        return False
    gutter = _gutter(group)
    return gutter is not None and (line.right <= gutter or line.left >= gutter)


def _continues_cell(group: list[list[Line]], line: Line, below: list[Line]) -> bool:
    """Is a lone line the second line of a cell, between two close rows of three columns or more?"""
    if not group or len(below) < 3 or max(map(len, group)) < 3:
        return False
    above = max(segment.bottom for segment in group[-1])
    if line.top - above > 0.6 * line.height or below[0].top - line.bottom > 0.6 * line.height:
        return False
    columns = _column_spans([segment for row in group for segment in row])
    return any(left - 3 <= line.left < right for left, right in columns[:-1]) and all(
        line.left > right or line.right < left or left - 3 <= line.left for left, right in columns
    )


def _gutter(group: list[list[Line]]) -> float | None:
    pairs = [row for row in group if len(row) == 2]
    if not pairs:
        return None
    low, high = max(row[0].right for row in pairs), min(row[1].left for row in pairs)
    return (low + high) / 2 if low < high else None


def _segments(line: Line) -> list[Line]:
    parts = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if word.left - before.right > _WIDE_GAP * max(before.height, word.height):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [Line(part) for part in parts]


def _columns(group: list[list[Line]]) -> list[Piece]:
    if not group:
        return []
    if (table := _unruled(group)) is not None:
        return [table]
    gutter = _gutter(group)
    if gutter is not None and all(len(row) <= 2 for row in group):
        sides = [segment for row in group for segment in row]
        left = [s for s in sides if (s.left + s.right) / 2 < gutter]
        return [*left, *(s for s in sides if (s.left + s.right) / 2 >= gutter)]
    return [Line([word for segment in row for word in segment.words]) for row in group]


def _unruled(group: list[list[Line]]) -> Grid | None:
    """A table without lines: at least two rows of three columns, or three of two with numbers on the right."""
    wide = [row for row in group if len(row) >= 3]
    numbers = [row for row in group if len(row) == 2 and _NUMBERISH.fullmatch(row[1].text)]
    if len(wide) < 2 and not (len(numbers) >= 3 and len(numbers) * 3 >= len(group) * 2):
        return None
    columns = _column_spans([segment for row in group for segment in row])
    rows: list[list[list[Word]]] = []
    for row in group:
        wrapped = len(row) == 1 and len(wide) >= 2 and bool(rows)
        cells: list[list[Word]] = rows[-1] if wrapped else [[] for _ in columns]
        for segment in row:
            middle = (segment.left + segment.right) / 2
            at = min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - middle))
            cells[at].extend(segment.words)
        if not wrapped:
            rows.append(cells)
    return Grid(rows, group[0][0].top, max(s.bottom for s in group[-1]))


def _column_spans(segments: list[Line]) -> list[tuple[float, float]]:
    """Stretches of the page's width that segments share: overlapping segments belong to one column."""
    spans: list[tuple[float, float]] = []
    for segment in sorted(segments, key=lambda s: s.left):
        if spans and segment.left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], segment.right))
        else:
            spans.append((segment.left, segment.right))
    return spans


# ---------------------------------------------------------------- paragraphs


@dataclass(frozen=True, slots=True)
class Margins:
    left: float
    right: float
    pitch: float  # usual distance from one line's top to the next


def margins_of(pages: Iterable[Sequence[Piece]]) -> Margins:
    """The text column that most lines of the document keep to."""
    every = [piece for page in pages for piece in page if isinstance(piece, Line)]
    lines = [line for line in every if len(line.words) > 3] or every
    if not lines:
        return Margins(0, 0, 0)
    rights = sorted(line.right for line in lines)
    lefts = Counter(round(line.left / 4) * 4 for line in lines)
    most = max(lefts.values())
    left = min(at for at, count in lefts.items() if count * 4 >= most)
    pitches = Counter(
        round(b.top - a.top)
        for page in pages
        for a, b in zip(page, page[1:], strict=False)
        if isinstance(a, Line) and isinstance(b, Line) and 0 < b.top - a.top < 4 * a.height
    )
    pitch = pitches.most_common(1)[0][0] if pitches else 0
    return Margins(left, rights[int(len(rights) * 0.9)], pitch)


def goes_on(before: Line, line: Line, margins: Margins, same_page: bool) -> bool:
    """Does `line` continue the paragraph that `before` stands in?"""
    text = line.text
    if _MARKER.match(text) and not _mid_number(before.text, text):
        return False
    if same_page and (
        line.top - before.top > 1.45 * max(margins.pitch, before.height) or line.top < before.top
    ):
        return False
    if abs(line.height - before.height) > 0.25 * before.height:
        return False
    room = margins.right - before.right
    first = line.words[0]
    if _centred(before, margins) and _centred(line, margins):
        return room + before.left - margins.left < first.right - first.left + 0.6 * before.height
    if room > (first.right - first.left) + 0.6 * before.height:  # its first word would have fitted above
        return text[:1].islower() and room < 0.25 * (margins.right - margins.left)
    indented = line.left > margins.left + 0.8 * line.height
    if indented and line.left > before.left + 0.8 * line.height:
        return False
    return not (indented and text[:1].isupper() and re.search(r"[.;:]$", before.text))


def _centred(line: Line, margins: Margins) -> bool:
    left, right = line.left - margins.left, margins.right - line.right
    return left > 0.5 * line.height and abs(left - right) < line.height


def _mid_number(before: str, text: str) -> bool:
    """ "ngày | 12. …" or "khoản | a) …": a line that only looks like a list item, for the sentence runs on."""
    return re.search(
        r"(?:ngày|tháng|năm|số|khoản|điểm|Điều|mục|là|gồm|,)$", before
    ) is not None and not text.startswith(("-", "+", "•"))


# ---------------------------------------------------------------- running heads and feet


_PAGE_NUMBER = re.compile(
    r"[-–\s]*(?:Trang|Page|Tr\.)?\s*(\d{1,4})(?:\s*/\s*\d{1,4})?[-–\s.]*", re.IGNORECASE
)
_BROWSER_DATE = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}(?:\s?[AP]M)?|\d{1,2}:\d{2} \d{1,2}/\d{1,2}/\d{2,4}"
)
_DIGITS = re.compile(r"\d+")


def running_lines(pages: Sequence[Sequence[Piece]], heights: Sequence[float]) -> set[int]:
    """The `id`s of the lines that are page numbers, running heads or running feet."""
    edge: list[tuple[int, Line]] = []
    for index, (pieces, height) in enumerate(zip(pages, heights, strict=True)):
        for position in (0, 1, -2, -1):
            if -len(pieces) <= position < len(pieces):
                line = pieces[position]
                if isinstance(line, Line) and (line.bottom < 0.12 * height or line.top > 0.88 * height):
                    edge.append((index, line))
    shapes: dict[tuple[str, int], set[int]] = {}
    for index, line in edge:
        shapes.setdefault((_DIGITS.sub("#", line.text), round(line.top / 6)), set()).add(index)
    repeated = {shape for shape, on in shapes.items() if len(on) >= max(2, 0.4 * len(pages))}
    found: set[int] = set()
    stamped: list[tuple[int, Line]] = []  # lines a browser prints at the edge of a page
    for index, line in edge:
        number = _PAGE_NUMBER.fullmatch(line.text)
        numbered = number is not None and len(pages) > 1 and abs(int(number.group(1)) - index - 1) <= 1
        recurring = (_DIGITS.sub("#", line.text), round(line.top / 6)) in repeated and len(line.text) < 120
        if numbered or recurring:
            found.add(id(line))
        if line.text == f"{index + 1}/{len(pages)}" or _BROWSER_DATE.fullmatch(line.text):
            stamped.append((index, line))
    found.update(
        id(line)
        for index, line in edge
        for page, mark in stamped
        if page == index and _side_by_side(line, mark)
    )
    return found


def _side_by_side(line: Line, other: Line) -> bool:
    return line.top < other.bottom and other.top < line.bottom
