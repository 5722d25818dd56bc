"""Columns of prose on a page: lines that keep clear of the same upright blank lane, all the way down."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from .lines import Line, Word, lines_of

_FEWEST = 6  # lines on both sides of a lane; fewer are a letterhead or chance
_NARROWEST = 0.75  # of the font's size: wider than most blanks of justified text that fall above one another
_MOST_LINES = 200
_MOST_GAPS = 16  # in a line; more are the cells of a table
_FULL = 0.6  # of its column's width that most lines of prose take
_FEWEST_WORDS = 3
_SAME_START = 3.0  # points

Lane = tuple[float, float]


class Columns(NamedTuple):
    """The lines `[first, last)` of a page stand in columns, whose words are given from left to right."""

    first: int
    last: int
    words: list[list[Word]]


def prose_columns(lines: Sequence[Line]) -> Columns | None:
    """The longest stretch of lines, top to bottom, that is set in columns; None where there is none, or where the
    columns hold the short entries of a table."""
    if not _FEWEST <= len(lines) <= _MOST_LINES:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    gaps = [_gaps(line, left, right) for line in lines]
    first, last, lanes = 0, 0, list[Lane]()
    for start in range(len(lines)):
        if len(lines) - start <= last - first:
            break
        end, found = _run(lines, gaps, start)
        if end - start > last - first:
            first, last, lanes = start, end, found
    if not lanes:
        return None
    words = _parted(lines[first:last], lanes)
    return Columns(first, last, words) if all(map(_is_prose, words)) else None


def _run(lines: Sequence[Line], gaps: Sequence[list[Lane]], start: int) -> tuple[int, list[Lane]]:
    """How far down from `start` some lane stays clear with enough lines on both sides, and all such lanes."""
    lanes, end, proven = gaps[start], start, list[Lane]()
    for at in range(start, len(lines)):
        if len(gaps[at]) > _MOST_GAPS:
            break
        lanes = _shared(lanes, gaps[at], _NARROWEST * lines[at].size)
        if not lanes:
            break
        run = lines[start : at + 1]
        sides = [(sum(line.left < a for line in run), sum(line.right > b for line in run)) for a, b in lanes]
        if any(min(both) >= _FEWEST for both in sides):
            end, proven = at + 1, [lane for lane, both in zip(lanes, sides, strict=True) if all(both)]
    return end, proven


def _gaps(line: Line, left: float, right: float) -> list[Lane]:
    """Where the line leaves room between `left` and `right`."""
    ends = [left, *(word.right for word in line.words)]
    starts = [*(word.left for word in line.words), right]
    return [(a, b) for a, b in zip(ends, starts, strict=True) if b - a >= _NARROWEST * line.size]


def _shared(some: Sequence[Lane], others: Sequence[Lane], narrowest: float) -> list[Lane]:
    both = [(max(a, c), min(b, d)) for a, b in some for c, d in others]
    return [(a, b) for a, b in both if b - a >= narrowest]


def _parted(lines: Sequence[Line], lanes: Sequence[Lane]) -> list[list[Word]]:
    middles = sorted((a + b) / 2 for a, b in lanes)
    columns: list[list[Word]] = [[] for _ in range(len(middles) + 1)]
    for line in lines:
        for word in line.words:
            columns[sum(word.left > middle for middle in middles)].append(word)
    return columns


def _is_prose(words: Sequence[Word]) -> bool:
    """Do most lines of the column begin at its edge and fill it with words, or is it set in columns itself? A short
    last column is taken with the others."""
    lines = lines_of(words)
    if len(lines) < _FEWEST:
        return True
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    begins = median(line.left for line in lines) <= left + _SAME_START
    fills = median(line.right - line.left for line in lines) >= _FULL * (right - left)
    return (begins and fills and median(len(line.words) for line in lines) >= _FEWEST_WORDS) or prose_columns(
        lines
    ) is not None
