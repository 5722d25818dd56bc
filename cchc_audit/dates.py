"""Calendar dates as reports write them: 31/01/2024, 31-01-2024, 31.01.2024, 05 tháng 8 năm 2020.

A date may be broken by a line or a page ("07/\\n3/2024", "21\\ntháng 10 năm 2021"). Every pattern works on
folded text (`language.fold`), so a place found is a place of the report.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from .language import places
from .model import Span

_GAP = r"\s{0,4}"
NUMERIC = rf"\d{{1,2}}{_GAP}[/.-]{_GAP}\d{{1,2}}{_GAP}[/.-]{_GAP}(?:19|20)\d{{2}}(?!\d)"
IN_WORDS = rf"\d{{1,2}}\s{{1,4}}tháng\s{{1,4}}\d{{1,2}}{_GAP},?{_GAP}năm\s{{1,4}}(?:19|20)\d{{2}}(?!\d)"
DATE = rf"(?:{NUMERIC}|{IN_WORDS})"

_DATE = re.compile(DATE)
_DIGITS = re.compile(r"\d+")
# what may introduce a date that is one: a number that merely looks like a date stands behind other words
_INTRODUCED = re.compile(
    rf"(?:ngày|từ|đến)\s{{1,4}}(?:(?:hết|trước)\s{{1,4}})?(?:ngày\s{{1,4}})?(?P<date>{DATE})"
)
_BETWEEN = frozenset("nht")  # ngày, hết, trước: what may stand between the word and its date


class WrittenDate(NamedTuple):
    """A date as written. `day` is None when the calendar has no such day (31/4/2024)."""

    span: Span
    year: int
    month: int
    day_of_month: int
    in_words: bool

    @property
    def day(self) -> date | None:
        return make(self.year, self.month, self.day_of_month)


def make(year: int, month: int, day: int) -> date | None:
    """The calendar day, or None when there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def shift_years(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 28 where the year has none."""
    return make(day.year + years, day.month, day.day) or date(day.year + years, day.month, 28)


def read(folded: str, start: int, end: int) -> WrittenDate:
    """The date written at `[start, end)`, a stretch that matches `DATE`."""
    day, month, year = map(int, _DIGITS.findall(folded, start, end))
    return WrittenDate(Span(start, end), year, month, day, "tháng" in folded[start:end])


def at(folded: str, start: int) -> WrittenDate | None:
    """The date that starts at `start`, if one does."""
    match = _DATE.match(folded, start)
    return read(folded, *match.span()) if match else None


def introduced(folded: str) -> list[WrittenDate]:
    """Every full date that a word introduces (ngày, từ, đến), in order."""
    found: list[WrittenDate] = []
    for word in ("ngày", "từ", "đến"):
        for place in places(folded, word):
            ahead = folded[place + len(word) : place + len(word) + 5].lstrip()[:1]
            match = _INTRODUCED.match(folded, place) if ahead.isdigit() or ahead in _BETWEEN else None
            if match:
                found.append(read(folded, *match.span("date")))
    return sorted({d.span: d for d in found}.values(), key=lambda d: d.span)


def short_date(day: date | None) -> str:
    """A date in the short style of state documents: a leading zero for days under 10 and for months 1 and 2.

    >>> short_date(date(2024, 7, 9)), short_date(date(2024, 2, 15))
    ('09/7/2024', '15/02/2024')
    """
    if day is None:
        return ""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"
