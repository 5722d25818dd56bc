"""Days counted between two dates: "niêm yết từ ngày 05/5/2025 đến hết ngày 19/5/2025, … là 15 ngày", "hạn trả ngày 03/7/2025
nhưng đến ngày 25/7/2025 mới trả, chậm 22 ngày".

What may be working days, of five or six to a week and with holidays between, is never held against a report.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from .. import dates
from ..language import matches
from ..model import Claim, Kind, Span, Term, Written
from ..quantities import Mention, Reading
from .items import claim, term

_OF_ANY_YEAR = r"\d{1,2}[/-]\d{1,2}(?![\d/-]|[.,]\d)"
_FROM_TO = re.compile(
    rf"từ (?:hết )?(?:ngày )?(?P<first>{dates.DATE}|\d{{1,2}}[/.-]\d{{1,2}}(?![\d/.-])),? ?(?:đến|tới|-)(?: hết)?(?: ngày)? (?P<last>{dates.DATE}|{_OF_ANY_YEAR})"
)
_LASTS = re.compile(r"(?<!\w)(?:trong|kéo dài|diễn ra|liên tục|suốt)(?: vòng| suốt| thời gian| đúng| tròn)* $")
_IS = re.compile(
    r"\s?(?:,? ?\(?(?P<both>tính cả [^,.;()\d]{3,50}?)\)?)?,?\s?(?:\(|(?<= |,|\))(?:là|tức(?: là)?|tổng cộng|kéo dài|cả thảy|=|vừa (?:đúng|đủ)|tròn)\s)(?:là |có |đúng |đủ |tổng cộng )?"
)
_TERM = re.compile(r"(?<!\w)(?:hạn|bảo hành|quy định|giải quyết|xử lý|trả|cam kết|yêu cầu|mỗi|chậm nhất)(?!\w)[^.;]*$")  # days allowed, not those between
_OPEN_TO_ALL = re.compile(r"(?<!\w)(?:niêm yết|công khai|lấy ý kiến|thông báo|đăng tải|trưng bày)[^.;:\d()]{0,40} $")
_LINKED = re.compile(r"(?: liên tục)?,? ?\(?(?:kể |tính )?")
_LATE = r"(?P<way>chậm|trễ|muộn|quá hạn|quá hẹn|sớm|trước hạn|trước hẹn)(?: mất| tới| đúng| hạn| hẹn| là)?\s"
_DUE_FIRST = re.compile(rf"(?:hạn|hẹn)(?P<due_is>[^.;\d]{{0,40}}?)(?P<due>{dates.DATE})(?P<between>[^.;\d]{{0,50}}?)(?P<done>{dates.DATE})(?P<then>[^.;\d]{{0,60}}?){_LATE}(?=\d)")
_DONE_FIRST = re.compile(rf"(?P<done>{dates.DATE})[^.;\d]{{0,40}}?{_LATE}$")
_AGAINST_DUE = re.compile(rf" so với (?:ngày |thời |phiếu |lịch )?(?:hạn|hẹn)(?P<due_is>[^.;\d]{{0,40}}?)(?P<due>{dates.DATE})")
_CAME = re.compile(r"(?<!\w)(?:nhưng|song|thực tế|mới|trả|nộp|xong|hoàn thành|giao|gửi|nhận)(?!\w)")
_PUT_OFF = re.compile(r"(?<!\w)(?:từ|gia hạn|lùi|dời|hẹn lại|điều chỉnh|lần (?:hai|2|thứ)|hoặc)(?!\w)")
_OTHER_DAYS = re.compile(r"\s?(?:/|(?:làm việc|công|nghỉ|phép|đầu|cuối|còn lại|lễ)(?!\w))|[^.;]{0,40}(?:không (?:kể|tính)|trừ)(?!\w)")
_SHORT_OF_WEEK = (6, 5)  # the last weekday worked: a Saturday, a Friday
_HOLIDAYS, _TET_HOLIDAYS = 2, 7  # working days lost
_TET = ((1, 15), (2, 28))  # month and day between which they may fall
_ANY_YEAR, _LEAP_DAY = 2023, (2, 29)  # a year like any other, but for the day that only some have
_MOST = 400  # days


def find(reading: Reading) -> Iterator[Claim]:
    """A count of the days for each number of them that stands with its two dates."""
    told = [m for m in reading.mentions if m.unit == "ngày" and not m.quantity.written.approx and not m.quantity.damaged]
    if not told:
        return
    at = {m.start: m for m in told}
    for match in matches(_FROM_TO, reading.folded, "từ "):
        first, last = _day(reading, match, "first"), _day(reading, match, "last")
        found = _behind(reading, at, match) or _before(reading, told, match)
        if first is not None and last is not None and found is not None:
            mention, both = found
            days = (last - first).days
            ways = (days + 1,) if both else (days + 1, days, days - 1)
            each = both or _on_each_day(reading, min(mention.start, match.start()))
            if each or mention.value >= min(ways):  # "tập huấn từ ngày … đến ngày … (5 ngày)": not on all of them
                yield from _counted(reading, mention, first, last, ways, Span(*match.span()))
    for match in matches(_DUE_FIRST, reading.folded, "hạn", "hẹn"):
        came = _CAME.search(match["between"]) or _CAME.search(match["then"])
        if match.end() in at and came and not _PUT_OFF.search(match["due_is"] + match["between"]):
            yield from _late(reading, at[match.end()], match, match)
    for mention in told:
        due = _AGAINST_DUE.match(reading.folded, mention.end)
        done = _DONE_FIRST.search(reading.folded, max(0, mention.start - 90), mention.start) if due is not None else None
        if due is not None and done is not None and not _PUT_OFF.search(due["due_is"]):
            yield from _late(reading, mention, due, done)


def _day(reading: Reading, match: re.Match[str], name: str) -> date | None:
    """The day written there; one without a year is of the year of the last, and both of any year where neither has one."""
    start, end = match.span(name)
    if re.fullmatch(dates.DATE, match[name]):
        return dates.read(reading.folded, start, end).day
    day, month = (int(n) for n in re.findall(r"\d+", match[name]))
    if name == "last":
        first = [int(n) for n in re.findall(r"\d+", match["first"])]
        leaps = len(first) != 2 or (first[1], first[0]) < _LEAP_DAY <= (month, day) or (first[1], first[0]) > (month, day)
        return None if leaps else dates.make(_ANY_YEAR, month, day)
    last = _day(reading, match, "last")
    return dates.make(last.year if (month, day) <= (last.month, last.day) else last.year - 1, month, day) if last is not None else None


def _behind(reading: Reading, at: dict[int, Mention], match: re.Match[str]) -> tuple[Mention, bool] | None:
    """ "…, tính cả ngày đầu và ngày cuối là 15 ngày", "… (15 ngày)", with whether both ends are said to count."""
    told = _IS.match(reading.folded, match.end())
    if told is None or told.end() not in at:
        return None
    both = told["both"] or ""
    return at[told.end()], "đầu" in both and "cuối" in both


def _before(reading: Reading, told: list[Mention], match: re.Match[str]) -> tuple[Mention, bool] | None:
    """ "niêm yết công khai 15 ngày, từ ngày …": what is open to all is so on each day; "trong 20 ngày, từ …" may be on some."""
    place = bisect_left(told, match.start(), key=lambda m: m.start)
    mention = told[place - 1] if place else None
    if mention is None or not _LINKED.fullmatch(reading.folded, mention.end, match.start()):
        return None
    low = max(0, mention.start - 70)
    lasts = _LASTS.search(reading.folded, low, mention.start) and not _TERM.search(reading.folded, low, mention.start)
    return (mention, False) if lasts or _on_each_day(reading, mention.start) else None


def _on_each_day(reading: Reading, place: int) -> bool:
    return _OPEN_TO_ALL.search(reading.folded, max(0, place - 70), place) is not None


def _late(reading: Reading, mention: Mention, due_told: re.Match[str], done_told: re.Match[str]) -> Iterator[Claim]:
    due, done = _day(reading, due_told, "due"), _day(reading, done_told, "done")
    early = done_told["way"] in {"sớm", "trước hạn", "trước hẹn"}
    if due is not None and done is not None and due != done and (done < due) is early:
        days = abs((done - due).days)
        span = Span(min(due_told.start("due"), done_told.start("done")), max(due_told.end("due"), done_told.end("done")))
        yield from _counted(reading, mention, min(due, done), max(due, done), (days, days - 1, days + 1), span)


def _counted(reading: Reading, mention: Mention, first: date, last: date, ways: tuple[int, ...], place: Span) -> Iterator[Claim]:
    """The number against the days, counted in any of these ways."""
    written = reading.folded[mention.quantity.span.end : mention.end]
    if "làm việc" in written or _OTHER_DAYS.match(reading.folded, mention.end) or not 0 < ways[0] <= _MOST:
        return
    said = mention.value
    if said not in ways and _may_be_working_days(said.numerator, first, last):
        return
    counted = Term("count", Written(said if said in ways else ways[0]), unit="ngày")
    made = claim(Kind.CLAIM_VS_COUNT, [term("claim", mention), counted], "duration", scope=mention.quantity.noun)
    yield replace(made, span=Span(min(place.start, mention.start), max(place.end, mention.end)))


def _may_be_working_days(said: int, first: date, last: date) -> bool:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    most, least = (sum(d.isoweekday() <= end for d in days) for end in _SHORT_OF_WEEK)
    lost = _TET_HOLIDAYS if any(_TET[0] <= (d.month, d.day) <= _TET[1] for d in days) else _HOLIDAYS
    return least - lost - 1 <= said <= most + 1
