"""May another file given with a report be compared with it: is it of the same ward, and, as an earlier report, of an
earlier period?

Only what plainly does not belong is turned away. Where a ward or a period cannot be read the files are compared, and so
are reports of wards merged into this one: the report names them, or several wards are given for one period.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from .digits import distance
from .folding import letters
from .messages import say
from .model import Document, Header, Period, Problem
from .periods import same_dates

_LEVEL = re.compile(r"(?:phường|xã|thị trấn|đặc khu) ")
_LETTERS_A_MISREADING = 4  # OCR may misread one letter in so many of a name


@dataclass(frozen=True, slots=True)
class Given:
    """A file as far as its own head tells what it is, and what it was given as: the report itself, an earlier report, or
    an annex or form of the same ward."""

    document: Document
    header: Header
    role: Literal["report", "previous", "with"]


def not_compared(report: Given, other: Given, among: Sequence[Given]) -> Problem | None:
    """Why `other` must not be compared with the report, and what to do; None where nothing speaks against it.

    `among` are all the files given in the same role.
    """
    name, mine, theirs = PurePath(other.document.path).name, report.header, other.header
    if _same_file(report, other):
        return Problem("not_compared", say("given.same_file", name=name))
    if _another_ward(report, other) and not (_names_either(report, other) or _one_of_several(other, among)):
        key = "given.other_ward_before" if other.role == "previous" else "given.other_ward"
        return Problem("not_compared", say(key, name=name, theirs=theirs.ward, mine=mine.ward))
    if other.role == "previous" and _not_earlier(mine.period, theirs.period):
        words = {"theirs": _days(theirs.period), "mine": _days(mine.period)}
        return Problem("not_compared", say("given.not_earlier", name=name, **words))
    return None


def _same_file(report: Given, other: Given) -> bool:
    """The same bytes, or one report in two files; an annex only cites the number and date of its report."""
    if report.document.sha256 and report.document.sha256 == other.document.sha256:
        return True
    mine, theirs = ((g.header.number, g.header.day, letters(g.header.title)) for g in (report, other))
    return all(mine) and mine == theirs


def _another_ward(one: Given, other: Given) -> bool:
    mine, theirs = (letters(_LEVEL.sub("", g.header.ward)) for g in (one, other))
    scanned = bool(one.document.uncertain or other.document.uncertain)
    return bool(mine and theirs) and not _one_name(mine, theirs, scanned=scanned)


def _one_name(a: str, b: str, *, scanned: bool) -> bool:
    """May both be one name: one of them cut short ("Trần Hưng" of "Trần Hưng Đạo"), or misread by OCR?"""
    short, long = sorted((a.split(), b.split()), key=len)
    if long[: len(short)] == short:
        return True
    return scanned and distance(a, b) <= min(len(a), len(b)) // _LETTERS_A_MISREADING


def _names_either(report: Given, other: Given) -> bool:
    """Does the text of one name the ward of the other: an annex of several wards, a ward merged into this one?"""
    return _names(report.document, other.header.ward) or _names(other.document, report.header.ward)


def _names(document: Document, ward: str) -> bool:
    bare = _LEVEL.sub("", ward)
    wanted = letters(ward if bare.isdigit() else bare)  # "phường 7": 7 alone is anything
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", letters(document.text)) is not None


def _one_of_several(other: Given, among: Sequence[Given]) -> bool:
    """Are earlier reports of several wards given for one period, as for a ward they were merged into?"""
    period = other.header.period
    return other.role == "previous" and any(
        g.header.period and period and same_dates(g.header.period, period) and _another_ward(other, g) for g in among
    )


def _not_earlier(mine: Period | None, theirs: Period | None) -> bool:
    return bool(mine and theirs and mine.end and theirs.end and theirs.end >= mine.end)


def _days(period: Period | None) -> str:
    assert period is not None and period.end is not None
    start = f"{period.start:%d/%m/%Y} – " if period.start else ""
    return f"{start}{period.end:%d/%m/%Y}"
