"""Whole lists that make a figure told a few lines before or after them: "Tiếp nhận 3.264 hồ sơ", then under the heading "Lĩnh
vực" "chứng thực 1.742, hộ tịch 803, …", or a line for each field. Of lines with n/m both columns may do so: "Hộ tịch: 512/506".

No word joins list and figure, hence only agreement is claimed, and only of figures that chance hardly makes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from ..language import compatible
from ..model import Rational
from ..quantities import Mention, Reading
from .items import Item
from .runs import shape_of

_FEWEST = 3  # figures of a list
_MOST = 40
_LARGE = 100
_BEFORE, _AFTER = 6, 3  # lines from the figure to the list, and from the list to the figure
_TELLING = 1000  # a sum that is looked for further off
_FURTHER = 2  # times as far


@dataclass(frozen=True, slots=True)
class _Column:
    """Figures that may be added up, with what they count and the words that set them apart ("cùng kỳ", "tăng")."""

    figures: tuple[Mention, ...]
    unit: str
    apart: str


class _Told(NamedTuple):
    """A figure that a list may make, and what it counts."""

    figure: Mention
    unit: str


def _line(told: _Told) -> int:
    return told.figure.paragraph


def find(reading: Reading, paragraphs: Sequence[Sequence[Item]]) -> Iterator[tuple[Mention, tuple[Mention, ...]]]:
    """Each such figure with the figures of the list that makes it."""
    told: dict[tuple[Rational, str], list[_Told]] = defaultdict(list)
    for items in paragraphs:
        for item in items:
            for figure in (item.mention, item.base):
                if figure is not None and figure.value >= _LARGE and not figure.quantity.written.approx:
                    told[figure.value, _apart(item)].append(_Told(figure, item.unit))
    lines = [items if reading.paragraphs_read[index].kind == "text" else () for index, items in enumerate(paragraphs)]
    for column in (*_of_lines(lines), *_over_lines(reading, lines)):
        amount = sum(f.value for f in column.figures)
        reach = _FURTHER if amount >= _TELLING else 1
        first, last = column.figures[0].paragraph - reach * _BEFORE, column.figures[-1].paragraph + reach * _AFTER
        wholes = told.get((amount, column.apart), [])
        around = wholes[bisect_left(wholes, first, key=_line) : bisect_right(wholes, last, key=_line)]
        fitting = [w.figure for w in around if (w.unit == column.unit != "" if amount < _TELLING else compatible(w.unit, column.unit))]
        if fitting:
            yield min(fitting, key=lambda f: abs(f.start - column.figures[0].start)), column.figures


def _apart(item: Item) -> str:
    """The words that say that a figure is one of another period, or a change."""
    return item.mention.before if item.aside else ""


def _of_lines(paragraphs: Sequence[Sequence[Item]]) -> Iterator[_Column]:
    """The figures of one sort in a line, and in a sentence of it, all of them or all but the first."""
    for items in paragraphs:
        sorts: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for item in items:
            sorts[item.unit, _apart(item)].append(item)
        for (unit, apart), alike in sorts.items():
            sentences = [list(group) for _, group in groupby(alike, key=lambda i: i.mention.sentence)]
            for listed in (alike, *sentences) if len(sentences) > 1 else (alike,):
                for start in (0, 1):
                    yield from _columns(listed[start:], unit, apart)


def _over_lines(reading: Reading, paragraphs: Sequence[Sequence[Item]]) -> Iterator[_Column]:
    """The first figures, or the first of a unit, in lines marked alike: all of them, or all but those first or last."""
    parts = reading.paragraphs_read
    for shape, run in groupby(range(len(paragraphs)), key=lambda i: shape_of(parts[i].marker) if paragraphs[i] else None):
        lines = [paragraphs[i] for i in run]
        if shape is None or not _FEWEST <= len(lines) <= _MOST:
            continue
        firsts = [next((i for i in line if not i.aside), None) for line in lines]
        units = dict.fromkeys(i.unit for i in lines[0] if i.unit)
        ofs = [[next((i for i in line if i.unit == unit and not i.aside), None) for line in lines] for unit in units]
        for column in (firsts, *ofs):
            listed = [i for i in column if i is not None]
            if len(listed) < len(lines):
                continue
            unit = next((i.unit for i in listed if i.unit), "")
            for stretch in (listed, listed[1:], listed[:-1]):
                yield from _columns(stretch, unit, "")


def _columns(listed: Sequence[Item], unit: str, apart: str) -> Iterator[_Column]:
    if not _FEWEST <= len(listed) <= _MOST or not all(compatible(i.unit, unit) for i in listed):
        return
    bases = [i.base for i in listed if i.base is not None]
    if len({i.mention.depth for i in listed}) > 1 or len(bases) not in {0, len(listed)}:
        return
    for figures in ([i.mention for i in listed], bases):
        if len(figures) == len(listed) and sum(f.value > 0 for f in figures) > 1 < len({f.value for f in figures}) and not any(f.quantity.written.approx for f in figures):
            yield _Column(tuple(figures), unit, apart)
