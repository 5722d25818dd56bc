"""Where a report names a stretch of time: năm 2023, quý I/2024, 9 tháng, từ ngày … đến …, tuần (…), cùng kỳ.

Each anchor word is found by plain search and read by one pattern from there, so the cost is linear in the
text. A mention keeps its ends as points whose year may be open ("quý III", "6 tháng đầu năm"): `periods`
fills it from the report's own period.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from . import dates
from .folding import fold_whole
from .language import places
from .model import Span


class Reach(Enum):
    """How far a mention speaks for the figures around it."""

    ON = "on"  # for what follows, until another period is named
    CLAUSE = "clause"  # for its own clause only: what the report compares itself with
    ASIDE = "aside"  # up to the end of its parenthesis, which gives a figure too: "(năm 2023: 2.415 hồ sơ)"
    NONE = "none"  # for no figure: a programme, a document's title, the origin of carried-over stock


class Point(NamedTuple):
    """One end of a period; `year` None is the report's own. A `day` past the month's end means its last day."""

    year: int | None
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A period as written. An end that is None is open; `season` marks the same period of another year
    (`year`, None for the year before the report's)."""

    span: Span
    label: str
    first: Point | None
    last: Point | None
    reach: Reach = Reach.ON
    season: bool = False
    year: int | None = None
    possible: bool = True  # False when a date of it is not in the calendar
    own: bool = False  # the report's own period ("Trong năm, …"), with no end of its own


class _Read(NamedTuple):
    """What a pattern read at an anchor, before its surroundings are weighed."""

    start: int
    end: int
    first: Point | None
    last: Point | None
    reach: Reach = Reach.ON
    season: bool = False
    year: int | None = None
    possible: bool = True
    own: bool = False
    period: bool = True  # False for a date that only keeps its parts from being read as periods


_DIGITS = re.compile(r"\d+")
_YEAR = r"(?:19[89]\d|20\d\d)(?!\d)"
_S = r"\s{0,3}"
_MONTH_YEAR = rf"(?:tháng\s{{1,3}})?\d{{1,2}}{_S}(?:[/.-]|năm){_S}{_YEAR}"
_POINT = (
    rf"(?:(?:hết|cuối)\s{{1,3}})?(?:(?:hết\s{{1,3}})?ngày\s{{1,4}})?"
    rf"(?:{dates.DATE}|\d{{1,2}}{_S}[/.]{_S}\d{{1,2}}(?![\d/.]\d)|\d{{1,2}}\s{{1,3}}tháng\s{{1,3}}\d{{1,2}}(?!\d)"
    rf"|{_MONTH_YEAR}|tháng\s{{1,3}}\d{{1,2}}(?![\d/])|(?:đầu\s{{1,3}}|cuối\s{{1,3}})?năm\s{{1,3}}{_YEAR})"
)
_RANGE = re.compile(rf"từ\s{{1,4}}(?P<a>{_POINT}),?{_S}(?:đến|tới|-){_S}(?P<b>{_POINT}|nay(?!\w))")
_UNTIL = re.compile(rf"(?:đến|tới)\s{{1,4}}(?P<b>{_POINT})")
_BEFORE_UNTIL = re.compile(rf"(?P<a>{_POINT}),?{_S}$")
_ANNUAL = re.compile(rf"năm{_S}(?P<year>{_YEAR})(?:{_S}(?:,|và|-){_S}(?P<more>{_YEAR})(?!{_S}[-/]))?")
_RELATIVE_YEAR = re.compile(r"năm\s{1,3}(?:trước|ngoái)(?!\w)")
_BARE_EDGE = re.compile(r"năm(?!\w)(?!\s{0,3}(?:\d|học|trước|ngoái))")
_QUARTER = re.compile(
    rf"quý{_S}(?P<q>iv|i{{1,3}}|[1-4])(?!\w)(?:{_S}(?:[/.-]|,?{_S}năm|\s){_S}(?P<year>{_YEAR}))?"
)
_HALF = re.compile(rf"nửa\s{{1,3}}(?P<edge>đầu|cuối)\s{{1,3}}năm(?:{_S}(?P<year>{_YEAR}))?")
_MONTHS = re.compile(
    rf"tháng(?:\s{{1,3}}(?P<edge>đầu|cuối)\s{{1,3}}năm(?:{_S},?{_S}(?P<year>{_YEAR}))?"
    rf"|\s{{1,3}}(?:của\s{{1,3}})?(?:năm{_S})?(?P<bare>{_YEAR}))"
)
_MONTH = re.compile(rf"tháng{_S}(?P<month>\d{{1,2}})(?:{_S}(?:[/.-]|năm){_S}(?P<year>{_YEAR})|(?![\d/]))")
_OWN = re.compile(r"năm,? (?!20|19|học|trước|ngoái)[^\W\d]")
_OWN_BEFORE = re.compile(r"(?:^|[.;\n])[ \t]{0,4}(?:[-+*•–] ?)?(?P<own>trong|cả|tính chung cả|toàn)\s{1,3}\Z")
_SEASON = re.compile(
    rf"cùng\s{{1,3}}kỳ(?:\s{{1,3}}(?:của\s{{1,3}})?(?:năm\s{{1,3}})?(?:(?P<year>{_YEAR})|trước(?!\w)|ngoái(?!\w)))?"
)
_SPAN_OF_YEARS = re.compile(
    rf"(?:giai đoạn|nhiệm kỳ|năm học)\s{{1,3}}(?:từ\s{{1,3}})?(?:năm\s{{1,3}})?(?P<a>{_YEAR}){_S}(?:-|đến){_S}(?:năm\s{{1,3}})?(?P<b>{_YEAR})"
)
_COUNT_BEFORE = re.compile(r"(?<![\w.,/])(?P<n>\d{1,2}|ba|sáu|chín|mười|mười một)\s{1,3}$")
_DAY_BEFORE = re.compile(r"(?<![\w.,])\d{1,2}\s{1,4}$")
_DASH_LEFT = re.compile(r"(?<![\d/.])(?P<d>\d{1,2})[/.](?P<m>\d{1,2})(?:[/.](?P<y>(?:19|20)\d\d))?\s{0,2}$")
_EDGE_BEFORE = re.compile(r"(?:(?P<so>so với|^|[.;\n]\s?)\s{0,2})?(?P<edge>đầu|cuối|kết thúc)\s{1,3}$")
_NUMBER_WORDS = {"ba": 3, "sáu": 6, "chín": 9, "mười": 10, "mười một": 11}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

# surroundings
_COMPARED = re.compile(r"(?:so với|so|đối chiếu(?: với)?|lần|bằng|ngang với|tương đương)\s[^\d,;.()]{0,24}$")
_CARRIED = re.compile(r"(?:tồn|chuyển (?:qua|sang)|chuyển)\s[^\d,;:.()]{0,24}$")
_CARRIES = re.compile(r"\s{0,3}(?:chuyển|mang)\s(?:qua|sang|tiếp)")
_LAW = re.compile(r"(?:(?<!kỷ\s)(?<!pháp\s)luật|pháp lệnh|hiến pháp|bổ sung|sửa đổi)\s[^\d;.:()\n]{0,90}$")
_LAW_WORDS = ("luật", "pháp lệnh", "hiến pháp", "bổ sung", "sửa đổi")
_NOT_LAW = re.compile(r"kế hoạch|báo cáo|trong|nghị quyết|chương trình|,\s*$")
_TITLED = re.compile(r"\d\s?[/-]\s?[a-zđ\d][^,;()\n]{0,150}$")
_LOOK_BACK = 170
_LONGEST_OPENING = 24  # "\n    - tính chung cả   "
_NEAR = 44
_LONGEST_ASIDE = 120


def _word(folded: str, word: str) -> list[int]:
    return [place for place in places(folded, word) if place == 0 or not folded[place - 1].isalpha()]


def _point(folded: str, start: int, end: int, *, closing: bool) -> tuple[Point, bool]:
    """The point written at `[start, end)` and whether the calendar has it; months and years give their first
    or, when `closing`, their last day."""
    text = folded[start:end]
    digits = [int(d) for d in _DIGITS.findall(text)]
    day = 31 if closing else 1
    if len(digits) == 3:
        return Point(digits[2], digits[1], digits[0]), dates.make(digits[2], digits[1], digits[0]) is not None
    if len(digits) == 1 and "tháng" not in text:
        return (Point(digits[0], 12, 31) if closing or "cuối" in text else Point(digits[0], 1, 1)), True
    if len(digits) == 1:
        return Point(None, digits[0], day), 1 <= digits[0] <= 12
    if digits[1] >= 1900:
        return Point(digits[1], digits[0], day), 1 <= digits[0] <= 12
    return Point(None, digits[1], digits[0]), dates.make(2024, digits[1], digits[0]) is not None


def _between(a: tuple[Point, bool], b: tuple[Point, bool], start: int, end: int) -> _Read:
    (first, real), (last, true) = a, b
    if first.year is None and last.year is not None:
        year = last.year if (first.month, first.day) <= (last.month, last.day) else last.year - 1
        first = Point(year, first.month, first.day)
    elif last.year is None and first.year is not None:
        year = first.year if (first.month, first.day) <= (last.month, last.day) else first.year + 1
        last = Point(year, last.month, last.day)
    return _Read(start, end, first, last, possible=real and true)


def _from_to(folded: str) -> Iterator[_Read]:
    for place in _word(folded, "từ"):
        match = _RANGE.match(folded, place)
        if not match:
            continue
        a = _point(folded, *match.span("a"), closing=False)
        if match["b"] == "nay":
            yield _Read(place, match.end(), a[0], None, possible=a[1])
            continue
        b = _point(folded, *match.span("b"), closing=True)
        yearless = a[0].year is None and b[0].year is None and "ngày" not in match[0] and "tháng" not in match[0]
        if yearless and not (a[1] and b[1] and max(a[0].day, b[0].day) > 12):
            continue  # "từ 1/3 đến 2/3" is a fraction, "từ 15/6 đến 14/9" is not
        yield _between(a, b, place, match.end())


def _until(folded: str) -> Iterator[_Read]:
    for word in ("đến", "tới"):
        for place in _word(folded, word):
            match = _UNTIL.match(folded, place)
            if not match:
                continue
            b = _point(folded, *match.span("b"), closing=True)
            base = max(0, place - 40)
            left = folded[base:place]
            before = _BEFORE_UNTIL.search(left) if left.rstrip(" ,")[-1:].isdigit() else None
            if before and b[0].year and len(re.findall(r"\d+", before["a"])) > 1:
                a = _point(folded, base + before.start("a"), base + before.end("a"), closing=False)
                yield _between(a, b, base + before.start(), match.end())
            elif "năm" in match["b"] and "cuối" not in match["b"] and len(match["b"]) < 9:
                yield _Read(place, match.end(), None, b[0], Reach.NONE)  # "đến năm 2030": a target
            elif b[0].year or "ngày" in match["b"] or "hết" in match["b"]:
                yield _Read(place, match.end(), None, b[0], possible=b[1])


def _dashed(folded: str) -> Iterator[_Read]:
    """Dates joined by a dash: tuần (11.3 - 17.3.2019), 15/12/2023 - 14/6/2024."""
    place = folded.find("-")
    while place >= 0:
        start = place + 1 + (folded[place + 1 : place + 2] == " ")
        if folded[start : start + 1].isdigit() and folded[place - 1 : place].strip("0123456789") in {"", " "}:
            right = dates.at(folded, start)
            left = _DASH_LEFT.search(folded[max(0, place - 14) : place]) if right else None
            if right and left:
                year = int(left["y"]) if left["y"] else None
                first = Point(year, int(left["m"]), int(left["d"]))
                real = dates.make(year or 2024, first.month, first.day) is not None
                last = Point(right.year, right.month, right.day_of_month)
                begin = max(0, place - 14) + left.start()
                yield _between((first, real), (last, right.day is not None), begin, right.span.end)
        place = folded.find("-", place + 1)


def _months(folded: str) -> Iterator[_Read]:
    for place in _word(folded, "tháng"):
        before = folded[max(0, place - 12) : place]
        several = _MONTHS.match(folded, place)
        count = _COUNT_BEFORE.search(before)
        if several and count:
            n = _NUMBER_WORDS.get(count["n"]) or int(count["n"])
            year = several["year"] or several["bare"]
            if 1 <= n <= 12:
                first, last = (13 - n, 12) if several["edge"] == "cuối" else (1, n)
                start = max(0, place - 12) + count.start()
                yield _Read(start, several.end(), *_whole(int(year) if year else None, first, last))
            continue
        match = _MONTH.match(folded, place)
        if not match:
            continue
        month = int(match["month"])
        if _DAY_BEFORE.search(before):  # "09 tháng 7 năm 2024" is a day
            yield _Read(place, match.end(), None, None, period=False)
        elif 1 <= month <= 12:
            yield _Read(
                place, match.end(), *_whole(int(match["year"]) if match["year"] else None, month, month)
            )


def _whole(year: int | None, first: int, last: int) -> tuple[Point, Point]:
    return Point(year, first, 1), Point(year, last, 31)


def _quarters(folded: str) -> Iterator[_Read]:
    for place in _word(folded, "quý"):
        match = _QUARTER.match(folded, place)
        if match:
            last = 3 * _QUARTERS[match["q"]]
            end = match.end()
            yield _Read(place, end, *_whole(int(match["year"]) if match["year"] else None, last - 2, last))


def _own(folded: str) -> Iterator[_Read]:
    """ "Trong năm", "Cả năm" at the start of a sentence: the report's own period again."""
    for place in _word(folded, "năm"):
        opens = _OWN_BEFORE.search(folded, max(0, place - _LONGEST_OPENING), place) if _OWN.match(folded, place) else None
        if opens:
            yield _Read(opens.start("own"), place + len("năm"), None, None, own=True)


def _halves(folded: str) -> Iterator[_Read]:
    for place in _word(folded, "nửa"):
        match = _HALF.match(folded, place)
        if match:
            first = 1 if match["edge"] == "đầu" else 7
            yield _Read(
                place, match.end(), *_whole(int(match["year"]) if match["year"] else None, first, first + 5)
            )


def _years(folded: str) -> Iterator[_Read]:
    for place in _word(folded, "năm"):
        before = folded[max(0, place - 14) : place]
        match = _ANNUAL.match(folded, place)
        edge = _EDGE_BEFORE.search(before) if before.endswith((" ", "\n")) and before.strip()[-1:] in {"u", "i", "c"} else None
        if match:
            year = int(match["year"])
            if edge:
                yield _at_edge(max(0, place - 14) + edge.start("edge"), match.end(), year, edge["edge"])
            else:
                last = int(match["more"] or year)
                ordered = year <= last <= year + 6
                end = match.end() if ordered else match.end("year")
                yield _Read(place, end, Point(year, 1, 1), Point(last if ordered else year, 12, 31))
        elif relative := _RELATIVE_YEAR.match(folded, place):
            yield _Read(place, relative.end(), None, None, Reach.CLAUSE, season=True)
        elif (
            edge and edge["so"] is not None and edge["edge"] != "kết thúc" and _BARE_EDGE.match(folded, place)
        ):
            yield _at_edge(max(0, place - 14) + edge.start("edge"), place + 3, None, edge["edge"])


def _at_edge(start: int, end: int, year: int | None, edge: str) -> _Read:
    """The state at the start or the end of a year: a period of one day."""
    point = Point(year, 1, 1) if edge == "đầu" else Point(year, 12, 31)
    return _Read(start, end, point, point)


def _seasons(folded: str) -> Iterator[_Read]:
    for place in _word(folded, "cùng kỳ"):
        match = _SEASON.match(folded, place)
        if match:
            year = int(match["year"]) if match["year"] else None
            yield _Read(place, match.end(), None, None, Reach.CLAUSE, season=True, year=year)


def _programmes(folded: str) -> Iterator[_Read]:
    for word in ("giai đoạn", "nhiệm kỳ", "năm học"):
        for place in _word(folded, word):
            match = _SPAN_OF_YEARS.match(folded, place)
            if match:
                a, b = int(match["a"]), int(match["b"])
                school = word == "năm học"
                first, last = (
                    (Point(a, 9, 1), Point(b, 8, 31)) if school else (Point(a, 1, 1), Point(b, 12, 31))
                )
                yield _Read(place, match.end(), first, last, Reach.ON if school else Reach.NONE)


_READERS: tuple[Callable[[str], Iterator[_Read]], ...] = (
    _from_to, _until, _dashed, _months, _quarters, _halves, _own, _years, _seasons, _programmes,
)  # fmt: skip


def _reach(folded: str, read: _Read) -> Reach | None:
    """How far the mention speaks; None when it is the year of a law, no period of the report."""
    before = folded[max(0, read.start - _LOOK_BACK) : read.start]
    near = before[-_NEAR:]
    if read.reach is Reach.NONE or _CARRIED.search(near) or _CARRIES.match(folded, read.end):
        return Reach.NONE
    if read.reach is Reach.CLAUSE or _COMPARED.search(near):
        return Reach.CLAUSE
    plain_year = folded.startswith("năm", read.start)
    if plain_year:
        law = _LAW.search(before) if any(word in before for word in _LAW_WORDS) else None
        if law and not _NOT_LAW.search(law[0]):
            return None
    titled = plain_year and ("/" in before or "-" in before) and _TITLED.search(before)
    if titled:
        return Reach.NONE
    return Reach.ASIDE if _gives_figure_aside(folded, read) else Reach.ON


def _gives_figure_aside(folded: str, read: _Read) -> bool:
    """Does the period stand in a parenthesis of the line together with another number?"""
    opened = folded.rfind("(", max(0, read.start - _LONGEST_ASIDE), read.start)
    closed = folded.find(")", read.end, read.end + _LONGEST_ASIDE)
    if opened < 0 or closed < 0:
        return False
    before, after = folded[opened + 1 : read.start], folded[read.end : closed]
    return not any(sign in before + after for sign in ")\n") and any(c.isdigit() for c in before + after)


def find_mentions(text: str, folded: str | None = None) -> list[Mention]:
    """Every mention of a period in the text, in order, none overlapping: of two the longer one stands."""
    folded = fold_whole(text) if folded is None else folded
    reads = sorted((read for reader in _READERS for read in reader(folded)), key=lambda r: (r.start, -r.end))
    mentions: list[Mention] = []
    kept: list[_Read] = []
    for read in reads:
        if kept and read.start < kept[-1].end:
            if read.end <= kept[-1].end:
                continue
            if read.end - read.start <= kept[-1].end - kept[-1].start:
                continue
            kept.pop()
        kept.append(read)
    for read in kept:
        reach = _reach(folded, read) if read.period else None
        if reach is not None:
            label = " ".join(text[read.start : read.end].split())
            span = Span(read.start, read.end)
            mentions.append(
                Mention(span, label, read.first, read.last, reach, read.season, read.year, read.possible, read.own)
            )
    return mentions
