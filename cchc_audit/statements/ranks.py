"""Rows of figures whose places a heading names: "Dân số (nam – nữ – tổng):", then "1. Hòa Bình: 612 – 634 – 1.246", "2. …";
or on one line, "nam/nữ/tổng: Hòa Bình 612/634/1.246, Thống Nhất 548/571/1.119"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ..language import places
from ..model import Claim, Kind
from ..quantities import Mention, Reading
from .items import LEAST, claim, term
from .partitions import OVERLAPPING, shared_partition

_NAME = r"[^\W\d_]+(?: [^\W\d_]+){0,4}"
_HEADING = re.compile(rf"(?<!\w)(?P<names>{_NAME}(?:\s?[-/;,]\s?{_NAME}){{2,5}})\s?\)?\s?:")
_TOTALS = ("tổng", "cộng")
_SEPARATOR = re.compile(r"\s?[-/;,]\s?")
_BETWEEN = re.compile(r"[^\d\n]{0,20}?\s?[-/;]\s?")
_NOTED = re.compile(r"\s?\(")
_ROWS = 30
_REACH = 120  # characters of a heading before and behind the word for the total
_SURE = 2  # rows that add up and show that all must


def find(reading: Reading) -> Iterator[Claim]:
    """A breakdown for each row of figures under such a heading: where the names divide the total, or other rows add up."""
    last = -1
    for place in sorted(place for word in _TOTALS for place in places(reading.folded, word)):
        index = bisect_right(reading.paragraphs, place, key=lambda span: span.start) - 1
        part = reading.paragraphs_read[index] if index >= 0 else None
        if part is None or part.kind != "text" or place < last:
            continue
        low, high = max(part.span.start, place - _REACH), min(part.span.end, place + _REACH)
        colon = reading.folded.find(":", place, high)
        if colon < 0 or any(c.isdigit() for c in reading.folded[place:colon]):
            continue
        heading = _HEADING.search(reading.folded, low, high)
        names = _SEPARATOR.split(heading["names"]) if heading is not None else []
        total = next((at for at, name in enumerate(names) if name.startswith(_TOTALS)), None)
        if heading is not None and total in {0, len(names) - 1}:
            last = heading.end()
            rows = list(_rows(reading, index, last, len(names)))
            yield from _sums(reading, rows, [n for at, n in enumerate(names) if at != total], total or 0)


def _rows(reading: Reading, index: int, start: int, width: int) -> Iterator[list[Mention]]:
    """The rows of so many figures each, on the rest of the line or on the lines below, up to one of another width."""
    for below in range(index, min(index + _ROWS, len(reading.paragraphs_read))):
        row: list[Mention] = []
        first = bisect_left(reading.by_paragraph[below], start, key=lambda m: m.start)
        told = reading.by_paragraph[below][first : first + width * _ROWS]
        for mention in told:
            if row and not _BETWEEN.fullmatch(reading.folded, row[-1].end, mention.start):
                if len(row) == width:
                    yield row
                row = []
            row.append(mention)
        if len(row) == width:
            yield row
        elif told or below > index:
            return


def _sums(reading: Reading, rows: Sequence[list[Mention]], names: list[str], total: int) -> Iterator[Claim]:
    rows = [r for r in rows if not any(m.percent or m.quantity.damaged or m.quantity.written.approx for m in r)]
    split = [(row[total], [m for m in row if m is not row[total]]) for row in rows]
    right = [sum(p.value for p in parts) == whole.value for whole, parts in split]
    divides = (partition := shared_partition(names)) is not None and partition[0].closes(frozenset(partition[1]))
    shown = sum(right) >= _SURE and 2 * sum(right) > len(right) and not any(OVERLAPPING.search(name) for name in names)
    for (whole, parts), holds in zip(split, right, strict=True):
        noted = _NOTED.match(reading.folded, max(whole.end, parts[-1].end)) is not None  # "40 - 41 - 83 (cộng 2 điểm thưởng)"
        meant = whole.value >= LEAST and (shown or divides) and not noted
        if holds and whole.value >= LEAST or meant and 2 * whole.value > max(p.value for p in parts):
            yield claim(Kind.BREAKDOWN, [term("total", whole), *(term("part", p) for p in parts)], "breakdown.ranks", scope=whole.quantity.noun)
