"""The period of a report's data against the report's date, its own length in months, and the title's period.

Cutting a year at 14/12 or a half-year at 14/6 is the habit (guidance 581/BNV-CCHC): a title and a data
period that differ only by that are the same period.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from .check import finding
from .chronology import document_claim, show
from .header import Heading, read_heading
from .language import fold, places
from .mentions import find_mentions
from .messages import Shown, say
from .model import Document, Finding, Header, Period, Span, Verdict
from .periods import CUT_OFF_DAYS, days, resolve, same_period

_AHEAD = 60  # days a report may be sent ahead of the end of its period, and no more than a third of it
_MONTH = Fraction(1461, 48)  # days, on average
_WINDOW = 170
# "số liệu" that are closed on a day, not figures to be sent by one or expected for one
_SAYS = re.compile(r"tính|chốt|từ|lấy|cập nhật|kỳ|tháng|đến", re.IGNORECASE)
_PLANS = re.compile(r"dự kiến|ước|phấn đấu|kế hoạch|chỉ tiêu|gửi|nộp|trước ngày", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(r"\d\s{1,2}tháng\s{1,2}\d", re.IGNORECASE)  # "14 tháng 9 năm 2024", not "9 tháng đầu năm 2024"
_LENGTH = re.compile(r"(?<![\d.,/])(?P<n>\d{1,2})\s{1,2}tháng(?!\s{1,2}\d)")


def check_period(header: Header, document: Document) -> list[Finding]:
    """What the stated period of the data says against the report's date, its stated length and the title."""
    parts = read_heading(document)
    findings = _statements(header, document)
    conflict = _length(parts, document)
    if conflict:
        return [*findings, conflict]
    stated, named = parts.data_period, parts.named_period
    against = (
        _against_title(stated, named, parts, document)
        if stated and stated.end
        else _too_early(named, parts, document)
    )
    return [*findings, *against]


def months(period: Period) -> Fraction | None:
    """Length in months, in halves: 15/12/2023–14/6/2024 is 6."""
    length = days(period)
    if length is None or length <= 0:
        return None
    return Fraction((2 * length / _MONTH + Fraction(1, 2)).__floor__(), 2)


# ---------------------------------------------------------------- statements of the data's period


def _periods_of_data(text: str) -> Iterator[tuple[Span, Period]]:
    """Every period the report says its data cover, with the place of its dates."""
    done = 0
    for place in sorted(place for word in ("số liệu", "Số liệu", "SỐ LIỆU") for place in places(text, word)):
        if place < done:
            continue
        stop = place + _WINDOW
        for end in (".\n", ")", "\n\n", ";"):
            cut = text.find(end, place, stop)
            stop = cut if cut >= 0 else stop
        window = text[place:stop]
        for mention in find_mentions(window) if _SAYS.search(window) and not _PLANS.search(window) else ():
            with_day = mention.label.count("/") + mention.label.count(".") >= 2 or _DAY_AND_MONTH.search(mention.label)
            if mention.last and with_day and mention.last.year and mention.possible:
                yield Span(place + mention.span.start, place + mention.span.end), resolve(mention, None)
                break
        done = stop


def _statements(header: Header, document: Document) -> list[Finding]:
    findings: list[Finding] = []
    for span, period in _periods_of_data(document.text):
        if period.start and period.end and period.start > period.end:
            message = say("chronology.period_backwards", start=show(period.start), end=show(period.end))
            claim = document_claim(document, [span], "period_order", "")
            findings.append(finding(claim, Verdict.CONTRADICTED, "", message))
        elif header.day and period.end and period.end > header.day:
            message = say("chronology.period_after_report", end=show(period.end), own=show(header.day))
            claim = document_claim(document, [span], "period_end", "")
            severity = (
                2 if period.end - header.day <= timedelta(days=31) else 3
            )  # sent ahead, as often happens
            findings.append(
                finding(claim, Verdict.CONTRADICTED, show(header.day), message, severity=severity)
            )
    return findings


def _length(parts: Heading, document: Document) -> Finding | None:
    """The months a statement names against the dates it gives: "6 tháng: từ ngày 15/12/2023 đến …"."""
    if parts.data is None or parts.data_statement is None or parts.data_period is None:
        return None
    before = fold(document.text[parts.data_statement.start : parts.data.span.start])
    named = _LENGTH.search(before)
    length = months(parts.data_period)
    if named is None or length is None or abs(length - int(named["n"])) < 1:
        return None
    verdict = Verdict.CONTRADICTED if abs(length - int(named["n"])) >= 2 else Verdict.QUESTION
    shown = Shown(length, 0 if length.denominator == 1 else 1)
    message = say(
        "chronology.period_length", stated=int(named["n"]), length=shown, period=parts.data_period.label
    )
    claim = document_claim(document, [parts.data.span], "period_length", "")
    return finding(claim, verdict, say("chronology.months", count=shown).vi, message)


# ---------------------------------------------------------------- the title


def _against_title(stated: Period, named: Period | None, parts: Heading, document: Document) -> list[Finding]:
    if named is None or named.start is None or named.end is None or parts.data is None:
        return []
    if stated.start is None or stated.end is None or stated.start > stated.end:
        return []
    if any(same_period(stated, period) for period in (named, *parts.named_periods)):
        return []
    inside = stated.start >= named.start - timedelta(days=CUT_OFF_DAYS) and stated.end <= named.end
    sent_early = inside and parts.day is not None and parts.day - stated.end < timedelta(days=31)
    verdict = Verdict.NOTE if sent_early else Verdict.QUESTION
    message = say(
        "chronology.title_period", title=named.label, start=show(stated.start), end=show(stated.end)
    )
    claim = document_claim(document, [parts.data.span, parts.named[0].span], "title_period", "")
    return [finding(claim, verdict, stated.label, message)]


def _too_early(named: Period | None, parts: Heading, document: Document) -> list[Finding]:
    """A report written long before the period of its title ends, without a word on where its data end."""
    day: date | None = parts.day
    length = days(named) if named else None
    if named is None or named.end is None or day is None or length is None:
        return []
    if named.end - day <= timedelta(days=min(_AHEAD, length // 3)):
        return []
    message = say("chronology.before_period_ends", title=named.label, own=show(day), end=show(named.end))
    claim = document_claim(document, [parts.named[0].span], "before_period_ends", "")
    return [finding(claim, Verdict.QUESTION, show(day), message)]
