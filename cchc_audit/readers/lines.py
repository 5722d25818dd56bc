"""Words with places on a page, and the lines they stand in. Shared by text PDF and OCR.

Distances are in PDF points from the top left corner of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Word:
    """`confidence` is None for text the file itself states, 0..100 for OCR; `size` is that of the font, 0 where it is
    not known (a box is as high as its letters: "an" is lower than "gầy")."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: int | None = None
    glued: bool = False  # no blank between it and the word before
    size: float = 0.0

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class Line:
    """`column` is the left and right edge of the column of prose it stands in; None where the page has none."""

    words: list[Word]
    column: tuple[float, float] | None = None

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
    def size(self) -> float:
        """The size of its largest font, or its height."""
        return max(w.size for w in self.words) or self.height

    @property
    def text(self) -> str:
        return "".join(w.text if w.glued or i == 0 else " " + w.text for i, w in enumerate(self.words))


@dataclass(slots=True)
class Paragraph:
    """Lines that run on into one another."""

    lines: list[Line]

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
