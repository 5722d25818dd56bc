"""From lines in reading order back to paragraphs; which lines are running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lines import Line, Piece

_MARKER = re.compile(
    r"(?:[-+•*–▪►✓]|\(?\d{1,2}(?:\.\d{1,2}){0,4}[.)](?!\d)|\d{1,2}(?:\.\d{1,2}){1,4}(?![\d.,/%])"
    r"|\(?[a-zđ][.)]|[IVX]{1,5}[.)]|[A-H]\.)\s?\S"
)
_SLACK = 4.0  # points


@dataclass(frozen=True, slots=True)
class Margins:
    left: float
    right: float
    pitch: float  # usual distance from one line's top to the next


Frame = tuple[int, tuple[float, float] | None]  # the page's width in points, the edges of the column


def frame_of(line: Line, size: tuple[float, float]) -> Frame:
    """What lines share their margins with: a landscape annex is not set as the pages before it."""
    return round(size[0]), line.column


def keep_columns(pages: Sequence[Sequence[Piece]]) -> None:
    """A last page that fills only its first column: its lines stand in the column of that place on the page before."""
    for before, page in pairwise(pages):
        first = min((p.column for p in before if isinstance(p, Line) and p.column), default=None)
        lines = [piece for piece in page if isinstance(piece, Line)]
        if first and all(
            line.column is None and first[0] - _SLACK < line.left and line.right < first[1] + _SLACK
            for line in lines
        ):
            for line in lines:
                line.column = first


def margins_of(
    pages: Sequence[Sequence[Piece]], sizes: Sequence[tuple[float, float]]
) -> dict[Frame, Margins]:
    """The margins that most lines of each frame keep to. `sizes` are width and height of the pages."""
    framed: dict[Frame, list[list[Line]]] = {}
    for pieces, size in zip(pages, sizes, strict=True):
        here: dict[Frame, list[Line]] = {}
        for piece in pieces:
            if isinstance(piece, Line):
                here.setdefault(frame_of(piece, size), []).append(piece)
        for frame, lines in here.items():
            framed.setdefault(frame, []).append(lines)
    return {frame: _margins(runs) for frame, runs in framed.items()}


def _margins(pages: Iterable[Sequence[Line]]) -> Margins:
    every = [line for page in pages for line in page]
    lines = [line for line in every if len(line.words) > 3] or every
    rights = sorted(line.right for line in lines)
    lefts = Counter(round(line.left / 4) * 4 for line in lines)
    most = max(lefts.values())
    left = min(at for at, count in lefts.items() if count * 4 >= most)
    pitches = Counter(
        round(b.top - a.top)
        for page in pages
        for a, b in zip(page, page[1:], strict=False)
        if 0 < b.top - a.top < 4 * a.height
    )
    pitch = pitches.most_common(1)[0][0] if pitches else 0
    return Margins(left, rights[int(len(rights) * 0.9)], pitch)


def goes_on(before: Line, line: Line, above: Margins, margins: Margins, beneath: bool) -> bool:
    """Does `line` continue the paragraph that `before` stands in? `above` are the margins of `before`, `margins` those
    of `line`; `beneath` says that both stand in one column of one page."""
    text = line.text
    if _MARKER.match(text) and not _mid_number(before.text, text):
        return False
    if beneath and (
        line.top - before.top > 1.45 * max(margins.pitch, before.height) or line.top < before.top
    ):
        return False
    if abs(line.size - before.size) > 0.25 * before.size:
        return False
    room = above.right - before.right
    first = line.words[0]
    if _centred(before, above) and _centred(line, margins):
        return room + before.left - above.left < first.right - first.left + 0.6 * before.height
    if room > (first.right - first.left) + 0.6 * before.height:  # its first word would have fitted above
        return text[:1].islower() and room < 0.25 * (above.right - above.left)
    indent = line.left - margins.left
    indented = indent > 0.8 * line.height
    if indented and indent > before.left - above.left + 0.8 * line.height:
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


_PAGE_NUMBER = re.compile(
    r"[-–\s]*(?:Trang|Page|Tr\.)?\s*(\d{1,4})(?:\s*/\s*\d{1,4})?[-–\s.]*", re.IGNORECASE
)
_BROWSER_DATE = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}(?:\s?[AP]M)?|\d{1,2}:\d{2} \d{1,2}/\d{1,2}/\d{2,4}"
)
_DIGITS = re.compile(r"\d+")


def running_lines(pages: Sequence[Sequence[Piece]], sizes: Sequence[tuple[float, float]]) -> set[int]:
    """The `id`s of the lines that are page numbers, running heads or running feet."""
    edge: list[tuple[int, Line, tuple[str, int]]] = []
    for index, (pieces, (_, height)) in enumerate(zip(pages, sizes, strict=True)):
        lines = sorted((piece for piece in pieces if isinstance(piece, Line)), key=lambda line: line.top)
        for line in lines[:2] + lines[2:][-2:]:
            from_edge = line.top if line.top < height / 2 else line.bottom - height
            if line.bottom < 0.12 * height or line.top > 0.88 * height:
                edge.append((index, line, (_DIGITS.sub("#", line.text), round(from_edge / 6))))
    shapes: dict[tuple[str, int], set[int]] = {}
    for index, _, shape in edge:
        shapes.setdefault(shape, set()).add(index)
    repeated = {shape for shape, on in shapes.items() if len(on) >= max(2, 0.4 * len(pages))}
    found: set[int] = set()
    stamped: list[tuple[int, Line]] = []  # lines a browser prints at the edge of a page
    for index, line, shape in edge:
        number = _PAGE_NUMBER.fullmatch(line.text)
        numbered = number is not None and len(pages) > 1 and abs(int(number.group(1)) - index - 1) <= 1
        if numbered or (shape in repeated and len(line.text) < 120):
            found.add(id(line))
        if line.text == f"{index + 1}/{len(pages)}" or _BROWSER_DATE.fullmatch(line.text):
            stamped.append((index, line))
    found.update(
        id(line)
        for index, line, _ in edge
        for page, mark in stamped
        if page == index and _side_by_side(line, mark)
    )
    return found


def _side_by_side(line: Line, other: Line) -> bool:
    return line.top < other.bottom and other.top < line.bottom
