"""Which stretch of time a figure speaks of.

`find_periods` gives every mention with its dates; `timeline` + `governing` tell the period that holds at
a place: the nearest one named before it in its paragraph (or in the head of its table column, or in the
line that introduces its list), else the one of its section's heading, else the report's own.

Report years run from 15/12 to 14/12 (guidance 581/BNV-CCHC), so two ways of giving the same period may
differ by some days at either end: `differ_by_cut_off` tells that habit from a real difference.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from . import dates
from .folding import fold_whole
from .mentions import Mention, Point, Reach, find_mentions
from .model import Period, Section, Span

CUT_OFF_DAYS = 21  # 15/12 against 1/1 is 17 days, 10/12 against 31/12 is 21


def find_periods(text: str) -> list[tuple[Span, Period]]:
    """Every period named in the text, in order. One whose year is not written ("quý III", "cùng kỳ") has
    no dates, only its label: `resolve` dates it by the report's own period."""
    return [(mention.span, resolve(mention, None)) for mention in find_mentions(text)]


def read_period(text: str) -> Period | None:
    """The first period named in a short text such as a title or a cell ("quý I/2024"), else None."""
    found = find_periods(text)
    return found[0][1] if found else None


def resolve(mention: Mention, base: Period | None) -> Period:
    """The mention's dates, a missing year taken from the report's period `base`. "cùng kỳ" is `base` a year
    before, or in the year named. Without what it needs, and for dates not in the calendar, both ends are None.
    """
    nothing = Period(None, None, mention.label)
    if not mention.possible:
        return nothing
    if mention.own:
        return Period(base.start, base.end, mention.label) if base else nothing
    base_year = base.end.year if base and base.end else None
    if mention.season:
        return _same_season(mention, base) or nothing
    first, last = _dated(mention.first, base_year), _dated(mention.last, base_year)
    if (mention.first and not first) or (mention.last and not last):
        return nothing
    if first and last and first > last and mention.first and mention.first.year is None:
        first = dates.shift_years(first, -1)  # "từ 15/12 đến 14/3" begins in the year before
    return Period(first, last, mention.label)


def _dated(point: Point | None, base_year: int | None) -> date | None:
    year = point.year if point and point.year is not None else base_year
    if point is None or year is None:
        return None
    return dates.make(year, point.month, point.day) or dates.month_end(year, point.month)


def _same_season(mention: Mention, base: Period | None) -> Period | None:
    if not base or not base.end:
        return None
    if not mention.label.lower().startswith("cùng"):  # "năm trước": the whole year
        year = base.end.year - 1
        return Period(date(year, 1, 1), date(year, 12, 31), mention.label)
    back = (mention.year - base.end.year) if mention.year else -1
    start = dates.shift_years(base.start, back) if base.start else None
    return Period(start, dates.shift_years(base.end, back), mention.label)


# ---------------------------------------------------------------- comparing


def days(period: Period) -> int | None:
    """How many days the period has, both ends counted; None when an end is open."""
    if period.start is None or period.end is None:
        return None
    return (period.end - period.start).days + 1


def same_dates(a: Period, b: Period) -> bool:
    return (a.start, a.end) == (b.start, b.end)


def differ_by_cut_off(a: Period, b: Period) -> bool:
    """Do the two differ, and only by where a report year is cut (15/12–14/12 against the calendar)?

    Both ends may be off by up to 21 days, and by no more than a quarter of the shorter period.
    """
    lengths = [n for n in (days(a), days(b)) if n is not None]
    if same_dates(a, b) or len(lengths) < 2:
        return False
    tolerance = min(CUT_OFF_DAYS, min(lengths) // 4)
    return all(
        x is not None and y is not None and abs((x - y).days) <= tolerance
        for x, y in ((a.start, b.start), (a.end, b.end))
    )


def same_period(a: Period, b: Period) -> bool:
    """Do both name one period, the habits of cutting it aside? Of two whose year nothing tells ("quý I", "quý II") the words decide."""
    if not any((a.start, a.end, b.start, b.end)):
        return a.label.lower() == b.label.lower()
    return same_dates(a, b) or differ_by_cut_off(a, b)


# ---------------------------------------------------------------- the period at a place

_LINK = re.compile(r"[\d.,%\s/]*[^\d,;.:()\n]{1,45}(?:của|trong|vào|trong cả)\s{1,3}$")
_CLAUSE_ENDS = re.compile(r"[;,.)\n]")
_TELLS = re.compile(r"\s(?:\w+ ){0,6}(?:là|đạt|có|còn|tiếp nhận) \d")  # "7.3. …; năm 2023 là 58,4%": a numbered sentence, no heading
_BULLET = re.compile(r"[ \t]*(?:(?P<sign>[-–+*•])|[a-zđ]\))")
_SIGNS = ")]-–+#*•"  # two to a level
_LONGEST_LIST = 40  # lines from the one that introduces it
_LONGEST_ASIDE = 240  # a parenthesis that goes on longer says nothing sure of its figures
_SHORT = 40  # a shorter line without a stop is a heading, not a broken sentence
_HEAD_ROWS = 3
_MOST_HEADS = 40
_LONGEST_ROW = 5000  # a longer line with bars is no row of a table
_STEPS_BACK = 8  # mentions of a paragraph looked at before giving up: keeps hostile text linear


@dataclass(frozen=True, slots=True)
class Timeline:
    """The periods of one text, ready to be asked by `governing`."""

    folded: str
    base: Period | None
    mentions: tuple[Mention, ...]
    periods: tuple[Period, ...]  # of the mentions, resolved
    starts: tuple[int, ...]  # of the mentions
    lines: tuple[int, ...]  # starts of the lines
    paragraphs: tuple[int, ...]  # for each line, the first line of its paragraph
    tables: tuple[int, ...]  # for each line, the first row of its table; -1 outside tables
    heads: dict[int, list[tuple[int, int, int]]]  # see `_heads`
    headings: tuple[tuple[int, Period], ...]  # from where on a heading's period holds


def timeline(text: str, base: Period | None, sections: Iterable[Section] = ()) -> Timeline:
    """The periods of the text. `base` is the report's own; headings of `sections` that name a period give
    it to their section."""
    return _timeline(text, base, tuple(sections))


@lru_cache(maxsize=2)  # figures and rules ask for the same one
def _timeline(text: str, base: Period | None, sections: tuple[Section, ...]) -> Timeline:
    folded = fold_whole(text)
    mentions = tuple(m for m in find_mentions(text, folded) if base or not m.own)
    periods = tuple(resolve(m, base) for m in mentions)
    lines, paragraphs, tables = _lines(text)
    starts = tuple(m.span.start for m in mentions)
    headings = _headings(folded, sections, mentions, periods, starts, base)
    heads = _heads(folded, mentions, lines, tables)
    return Timeline(folded, base, mentions, periods, starts, lines, paragraphs, tables, heads, headings)


def governing(offset: int, line: Timeline) -> Period | None:
    """The period that holds for a figure at the offset, or None when the report names none."""
    at = bisect_right(line.starts, offset)
    linked = _linked(offset, at, line)
    if linked is not None:
        return linked
    row = bisect_right(line.lines, offset) - 1
    if row < 0:
        return line.base
    if line.tables[row] >= 0:
        found = _in_table(offset, row, line)
    else:
        found = _before(offset, at, line.lines[line.paragraphs[row]], line) or _lead_in(row, line)
    return found or _of_section(offset, line)


def _before(offset: int, at: int, limit: int, line: Timeline) -> Period | None:
    """The nearest period named between `limit` and the offset that reaches it."""
    for index in range(at - 1, max(-1, at - 1 - _STEPS_BACK), -1):
        mention = line.mentions[index]
        if mention.span.start < limit:
            return None
        near = offset < mention.span.end or not _CLAUSE_ENDS.search(line.folded, mention.span.end, offset)
        if mention.reach is Reach.ON or (mention.reach is Reach.CLAUSE and near):
            return line.periods[index]
        if mention.reach is Reach.ASIDE and _still_aside(line.folded, mention.span.end, offset):
            return line.periods[index]
    return None


def _still_aside(folded: str, start: int, offset: int) -> bool:
    """Is the parenthesis that holds `start` still open at the offset?"""
    if offset - start > _LONGEST_ASIDE:
        return False
    return folded.count(")", start, offset) <= folded.count("(", start, offset)


def _linked(offset: int, at: int, line: Timeline) -> Period | None:
    """A period named right after the figure: "4.391 hồ sơ mới nhận của năm 2022"."""
    if at >= len(line.mentions) or line.mentions[at].reach is Reach.NONE:
        return None
    start = line.mentions[at].span.start
    if start - offset > 60 or not _LINK.fullmatch(line.folded, offset, start):
        return None
    return line.periods[at]


def _lead_in(row: int, line: Timeline) -> Period | None:
    """The period of the line that introduces the list this row stands in ("Năm 2023:"), itself a line of a list ("- Năm 2023:") or not."""
    first = line.paragraphs[row]
    level = _level(first, line)
    for top in range(first - 1, max(-1, first - 1 - _LONGEST_LIST), -1):
        if not level:
            return None
        above = _level(top, line)
        if above >= level:
            continue
        start, end = line.lines[line.paragraphs[top]], line.lines[top + 1]
        if not line.folded[start:end].rstrip().endswith(":"):
            return None
        period = _before(end - 1, bisect_left(line.starts, end), start, line)
        if period is not None:
            return period
        level = above
    return None


def _level(row: int, line: Timeline) -> int:
    """How deep a line stands in a list, by its sign: "a)" over "-" over "+" over "*"; 0 outside."""
    found = _BULLET.match(line.folded, line.lines[row])
    return _SIGNS.index(found["sign"] or ")") // 2 + 1 if found else 0


def _in_table(offset: int, row: int, line: Timeline) -> Period | None:
    """The period of a cell: named in the cell or the row before it, else at the head of its column."""
    start = line.lines[row]
    found = _before(offset, bisect_right(line.starts, offset), start, line)
    top = line.tables[row]
    if found or row == top or offset - start > _LONGEST_ROW:
        return found
    column = line.folded.count("|", start, offset)
    for index, left, right in line.heads.get(top, ()):
        head_row = bisect_right(line.lines, line.starts[index]) - 1
        if left <= column <= right and head_row < row:
            return line.periods[index]
    return None


def _heads(
    folded: str, mentions: tuple[Mention, ...], lines: tuple[int, ...], tables: tuple[int, ...]
) -> dict[int, list[tuple[int, int, int]]]:
    """The periods in the first rows of each table, by its top row: index of the mention, first and last
    column it stands over. Blank cells to the right of a head cell are merged into it; the first column
    labels the rows and heads none."""
    heads: dict[int, list[tuple[int, int, int]]] = {}
    for index, mention in enumerate(mentions):
        row = bisect_right(lines, mention.span.start) - 1
        top = tables[row]
        found = heads.setdefault(top, [])
        start, end = lines[row], lines[row + 1] - 1
        if top < 0 or row - top >= _HEAD_ROWS or end - start > _LONGEST_ROW or len(found) >= _MOST_HEADS:
            continue
        left = folded.count("|", start, mention.span.start)
        right = left
        for cell in folded[mention.span.end : end].split("|")[1:-1]:
            if cell.strip():
                break
            right += 1
        if left > 1 and mention.reach is not Reach.NONE:
            found.append((index, left, right))
    return heads


def _of_section(offset: int, line: Timeline) -> Period | None:
    at = bisect_right(line.headings, offset, key=lambda h: h[0]) - 1
    return line.headings[at][1] if at >= 0 else line.base


def _headings(
    folded: str,
    sections: tuple[Section, ...],
    mentions: tuple[Mention, ...],
    periods: tuple[Period, ...],
    starts: tuple[int, ...],
    base: Period | None,
) -> tuple[tuple[int, Period], ...]:
    """Where the period said by headings changes, in order. A section without one takes its parent's."""
    changes: list[tuple[int, Period]] = []
    open_sections: list[tuple[int, Period | None]] = []  # end of the section, its period
    for section in sections:
        while open_sections and section.span.start >= open_sections[-1][0]:
            open_sections.pop()
        inherited = open_sections[-1][1] if open_sections else base
        at = bisect_left(starts, section.span.start)
        named = (
            at < len(starts) and mentions[at].span.end <= section.span.end and mentions[at].reach is Reach.ON
            and not _TELLS.search(folded, mentions[at].span.end, section.span.end)
        )  # fmt: skip
        period = periods[at] if named else inherited
        open_sections.append((section.end, period))
        if period is not None:
            changes.append((section.span.start, period))
    return tuple(changes)


def _lines(text: str) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Starts of the lines (with one past the end), the first line of each line's paragraph, and the first
    row of its table (-1 outside). A line goes on with the one before, blank lines of a page break between
    them or not, when that one ends without a stop and it starts with a small letter or a digit."""
    lines = [0]
    place = text.find("\n")
    while place >= 0:
        lines.append(place + 1)
        place = text.find("\n", place + 1)
    lines.append(len(text) + 1)
    paragraphs: list[int] = []
    tables: list[int] = []
    stopped = True
    first = 0
    for index, (start, after) in enumerate(pairwise(lines)):
        end = after - 1
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        row = text.startswith("|", start)
        tables.append((tables[-1] if index and tables[-1] >= 0 else index) if row else -1)
        if start == end:
            paragraphs.append(index)
            continue
        if stopped or row or not (text[start].islower() or text[start].isdigit()):
            first = index
        paragraphs.append(first)
        stopped = row or text[end - 1] in ".:;!?)*_" or end - start < _SHORT
    return tuple(lines), tuple(paragraphs), tuple(tables)
