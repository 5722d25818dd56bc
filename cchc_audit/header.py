"""How a report names itself: the ward, its own number and date, its title, the period of its data.

Only the head of the report is read for number, date and title (up to the first sentence of the body); the
ward is looked for in the letterhead, the dateline, and then where the body says "UBND phường …".
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from . import dates
from .folding import fold_whole
from .language import fold
from .mentions import Mention, Point, find_mentions
from .model import Document, Header, Period, Span
from .periods import resolve

_HEAD_CHARACTERS = 4000
_HEAD_LINES = 60
_TAIL_CHARACTERS = 1500
_LONG = 260  # no line of a letterhead or title is longer

_BODY = re.compile(
    r"[*_#> \t]*(?:(?:i|a|1|i\s?/)[./)-]\s|phần\s(?:thứ\s)?(?:nhất|một|i|1)(?!\w)"
    r"|(?:thực hiện|căn cứ|trên cơ sở|triển khai|kính gửi|tiếp tục|trong năm|qua|nhằm|từ ngày|năm)\s)"
)
_LEVELS = {
    "phường": "phường",
    "xã": "xã",
    "thị trấn": "thị trấn",
    "đặc khu": "đặc khu",
    "p.": "phường",
    "tt.": "thị trấn",
}
_LEVEL = re.compile(r"(?<!\w)(?<!thị\s)(phường|xã(?!\s{1,3}hội\s)|thị trấn|đặc khu|p\.|tt\.)\s{1,2}(?=\S)")
_COMMITTEE = re.compile(
    r"(?:ủy\s{1,2}ban\s{1,2}nhân\s{1,2}dân|ubnd)\s{1,3}(phường|xã|thị trấn|đặc khu)\s{1,2}(?=\S)"
)
_NAME_ENDS = re.compile(
    r"(?:quận|huyện|tỉnh|thành phố|tp|thị xã|cộng hòa xã hội|số\s*[:\d]|báo cáo|độc lập|ngày|tháng|thuộc|trực thuộc|về|kính)(?!\w)"
)
_NAME = re.compile(r"[^\W_][\w'’.-]*")
_GAP = re.compile(r"\s{2,}|[\s]*[,|(:;\"\n]|\s+[-–]\s|\t")
_SYMBOL = r"[\w&.]+(?:-[\w&.]+)*"
_NUMBER = re.compile(
    rf"số\s{{0,3}}(?:[:.]?\s{{0,6}}(?P<n>\d{{1,5}}[a-zđ]?)\s{{0,2}}/\s{{0,2}}(?P<symbol>bc\s{{0,2}}-?\s{{0,2}}{_SYMBOL})"
    rf"|:?\s{{0,6}}(?P<party>\d{{1,5}}\s?-\s?bc\s?/\s?[a-zđư]{{2,6}})"
    rf"|:\s{{0,6}}(?P<other>\d{{1,5}}[a-zđ]?)\s{{0,2}}/\s{{0,2}}(?P<other_symbol>[a-zđ&.]{{2,8}}-{_SYMBOL}))"
)
_GOES_ON = re.compile(r",[^\n]{0,12}[^\W\d_]{2,}[^\n]{20,}")
_DATELINE = re.compile(rf"(?<!\w)ngày\s{{1,4}}(?P<date>{dates.DATE})")
_DATA = re.compile(
    r"số\s{1,3}liệu|dữ\s{1,3}liệu|kỳ\s{1,3}báo\s{1,3}cáo|thời\s{1,3}(?:điểm|gian|kỳ)|tính\s{1,3}từ|từ\s{1,3}ngày"
)
_TITLE = re.compile(r"(?:^|\n)[*_#> \t|]*(báo cáo|phụ lục)(?!\w)")
_FOREIGN = re.compile(
    r"\d|theo|của|thực hiện|từ|đến|trước|sau|tính"
)  # before a date that is not the report's own
# what is still to be done, or was laid down before, in the words that lead to a period of the title
_PLANNED = re.compile(r"(?:phương hướng|nhiệm vụ|giải pháp|kế hoạch|nghị quyết|chỉ thị|chương trình|dự kiến)(?!\w)[^,;.:()]*$")
_ELAPSED = re.compile(r"(?<![\w.,/])(?P<n>\d{1,2})\s{1,3}tháng(?!\w|\s{1,3}\d)")  # "9 tháng, phương hướng 3 tháng cuối năm 2025"
_JOINS = re.compile(r"\s*(?:,|và|, và)\s*")
_OWN_NUMBER = re.compile(r"\s*\(\s*số\s[^()]*\)\s*$", re.IGNORECASE)
_PROGRAMME = re.compile(r"giai đoạn|nhiệm kỳ", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_MARKUP = re.compile(r"[*_#]+|^[ \t>|]+|[ \t|]+$")


@dataclass(frozen=True, slots=True)
class Heading:
    """The parts of a report's head with their places. `data` is the period the report says its data cover
    ("Số liệu báo cáo tính từ ngày … đến …"), `named` the one of its title; either may be None."""

    ward: str = ""
    number: str = ""
    number_span: Span | None = None
    written_date: dates.WrittenDate | None = None
    title: str = ""
    title_span: Span | None = None
    data: Mention | None = None
    data_statement: Span | None = None  # the line that states `data`
    named: tuple[Mention, ...] = ()  # the periods its title reports on, those only planned for left out
    later: Mention | None = None  # the first period of the title whose year is written: others without take it

    @property
    def day(self) -> date | None:
        return self.written_date.day if self.written_date else None

    @property
    def data_period(self) -> Period | None:
        return resolve(self.data, self._base) if self.data else None

    @property
    def named_periods(self) -> tuple[Period, ...]:
        """The periods of the title; a year left out is taken from another period of it or from the date."""
        return tuple(_with_year(m, resolve(m, self._base)) for m in self.named)

    @property
    def named_period(self) -> Period | None:
        """The period of the title: of several the one that holds the others ("tháng 9 và 9 tháng đầu năm"), else
        all of them when they follow each other ("năm 2023 và 6 tháng đầu năm 2024"), else the first."""
        periods = self.named_periods
        dated = [(p.start, p.end) for p in periods if p.start and p.end]
        if len(dated) < max(2, len(periods)):
            return periods[0] if periods else None
        first, last = min(start for start, _ in dated), max(end for _, end in dated)
        for period in periods:
            if (period.start, period.end) == (first, last):
                return period
        ordered = sorted(dated)
        if all(start - end <= timedelta(days=1) for (_, end), (start, _) in pairwise(ordered)):
            return Period(first, last, " và ".join(p.label for p in periods))
        return periods[0]

    @property
    def _base(self) -> Period | None:
        base = resolve(self.later, None) if self.later else None
        if base and base.end and not (self.day and base.start and base.start > self.day):
            return base
        return Period(self.day, self.day) if self.day else base


def _reported(folded: str, titled: list[Mention], title: Span | None) -> list[Mention]:
    """The periods of a title that are reported on: not "nhiệm vụ tháng 10 và quý IV", nor the year of a plan."""
    out: list[Mention] = []
    place, planned = title.start if title else 0, False
    for mention in titled:
        joined = planned and _JOINS.fullmatch(folded, place, mention.span.start)
        planned = bool(joined or _PLANNED.search(folded, place, mention.span.start))
        out += [] if planned else [mention]
        place = mention.span.end
    return out


def _elapsed(head: str, folded: str, planned: Mention, title: Span) -> Mention | None:
    """The months of the year before the planned ones, of a title that names them without "đầu năm"."""
    if not planned.first:
        return None
    for match in _ELAPSED.finditer(folded, title.start, planned.span.start):
        months = int(match["n"])
        if months + 1 == planned.first.month:
            first, last = Point(planned.first.year, 1, 1), Point(planned.first.year, months, 31)
            return Mention(Span(*match.span()), " ".join(head[slice(*match.span())].split()), first, last)
    return None


def _with_year(mention: Mention, period: Period) -> Period:
    """The period with its year in its label, where the title leaves it out."""
    if mention.first and mention.first.year is None and period.end:
        return Period(period.start, period.end, f"{period.label} {period.end.year}")
    return period


def read_header(document: Document) -> Header:
    """Ward ("phường Trần Hưng Đạo"), number ("140/BC-UBND"), date, title and period of the data.

    What the head does not say is empty or None. The period is the one stated for the data, unless that
    one ends after the report's own date; then, and without a statement, it is the title's.
    """
    parts = read_heading(document)
    return Header(parts.ward, parts.number, parts.day, _period(parts), parts.title)


def _period(parts: Heading) -> Period | None:
    stated, named = parts.data_period, parts.named_period
    usable = stated is not None and stated.end is not None
    if usable and named and parts.day and stated and stated.end and stated.end > parts.day:
        usable = False
    chosen = stated if usable else named
    return chosen if chosen and (chosen.start or chosen.end) else None


def read_heading(document: Document) -> Heading:
    """The parts of the report's head with their places in `document.text`."""
    return _read(document.text)


@lru_cache(maxsize=2)  # several checks of one report ask for the same head
def _read(text: str) -> Heading:
    head = text[: _head_end(text)]
    folded = fold(head)
    title, title_span = _title(head, folded)
    number, number_span, number_end = _number(head, folded)
    mentions = find_mentions(head, folded)
    data, statement = _data(head, folded, mentions, title_span)
    titled = [
        m
        for m in mentions
        if title_span and m.span.inside(title_span) and m is not data and not _PROGRAMME.match(m.label)
    ]
    reported = _reported(folded, titled, title_span)
    if title_span and titled and not reported:
        reported = [_elapsed(head, folded, titled[0], title_span) or titled[0]]
    later = next((m for m in reported + titled if m.first and m.first.year), None)
    return Heading(
        _ward(text, head, folded), number, number_span, _own_date(text, head, folded, number_end),
        title, title_span, data, statement, tuple(reported), later,
    )  # fmt: skip


def _head_end(text: str) -> int:
    """Where the body starts: the first long line, first section, or first sentence of its preamble."""
    start, titled, lines = 0, False, 0
    limit = min(len(text), _HEAD_CHARACTERS)
    while start < limit and lines < _HEAD_LINES:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start : min(end, start + _LONG + 1)]
        low = fold(line)
        if line.strip():
            lines += 1
            if len(line) > _LONG or (titled and _BODY.match(low)) or low.count("báo cáo số") > 1:  # a sentence that compares two reports
                return start
            titled = titled or "báo cáo" in low
        start = end + 1
    return min(start, limit)


# ---------------------------------------------------------------- number, date, title


def _number(head: str, folded: str) -> tuple[str, Span | None, int]:
    """The report's own number, its place, and where it ends (0 without one)."""
    match = _NUMBER.search(folded)
    if not match:
        return "", None, 0
    if match["party"]:
        span = Span(*match.span("party"))
        return re.sub(r"\s+", "", head[span.start : span.end]), span, match.end()
    number, symbol = ("n", "symbol") if match["n"] else ("other", "other_symbol")
    written = re.sub(r"\s+", "", head[match.start(symbol) : match.end(symbol)]).rstrip(".,;")
    span = Span(match.start(number), match.end(symbol))
    return f"{head[match.start(number) : match.end(number)]}/{written.replace('–', '-')}", span, match.end()


def _own_date(text: str, head: str, folded: str, number_end: int) -> dates.WrittenDate | None:
    """The date of the report: in its dateline or beside its number, else in a dateline above the signature."""
    for match in _DATELINE.finditer(folded):
        before = _statement_before(folded, match.start())
        if _DATA.search(before):
            continue
        written = dates.read(folded, *match.span("date"))
        beside = number_end and folded[number_end : match.start()].strip(" \n,|-–(;:*_\t") == ""
        own_line = before[: -len("ngày ")][max(0, number_end - match.start() + len(before) - len("ngày ")) :]
        told = not own_line.strip() and _GOES_ON.match(folded, match.end()) is not None  # "Ngày 28/5/2021, tại Hội trường …"
        if beside or not told and not _FOREIGN.search(own_line):
            return written
    tail_start = max(len(head), len(text) - _TAIL_CHARACTERS)
    tail = fold(text[tail_start:])
    for match in _DATELINE.finditer(tail):
        if _place_before(text[tail_start:], match.start("date")):
            written = dates.read(tail, *match.span("date"))
            span = Span(written.span.start + tail_start, written.span.end + tail_start)
            return dates.WrittenDate(
                span, written.year, written.month, written.day_of_month, written.in_words
            )
    return None


def _statement_before(folded: str, place: int) -> str:
    """What stands before the place in its line or parenthesis."""
    start = max(folded.rfind("\n", 0, place), folded.rfind("|", 0, place), folded.rfind("(", 0, place))
    return folded[start + 1 : place + 5]


def _place_before(text: str, place: int) -> bool:
    """Is the date that starts here introduced by a place name ("Bàu Sen, ngày …")?"""
    line = text[max(0, text.rfind("\n", 0, place)) : place]
    match = re.search(r"[^\W\d_][\w '’.-]{1,50}\s?,\s?ngày\s+$", line, re.IGNORECASE)
    return match is not None and match[0][0].isupper()


def _title(head: str, folded: str) -> tuple[str, Span | None]:
    """The words from BÁO CÁO (of an annex, PHỤ LỤC) on, its line and the lines below up to a blank one or a
    parenthesis."""
    match = _TITLE.search(folded)
    start = place = match.start(1) if match else head.find("BÁO CÁO")
    if start < 0:
        return "", None
    words: list[str] = []
    last = start
    while place < len(head) and len(words) < 6:
        end = head.find("\n", place)
        end = len(head) if end < 0 else end
        line = _MARKUP.sub("", head[place:end]).strip()
        if line.startswith("(") and words:
            break
        if not line and len(words) > 1:
            break
        if (
            not line
            and words
            and fold(words[0]) not in {"báo cáo", ""}
            and "báo cáo số" not in fold(words[0])
        ):
            break
        if line:
            words.append(_OWN_NUMBER.sub("", line))
            last = end
        place = end + 1
    return " ".join(" ".join(words).split()), Span(start, last)


def _data(
    head: str, folded: str, mentions: list[Mention], title: Span | None
) -> tuple[Mention | None, Span | None]:
    """The period the report states for its data, and the statement itself: in words, or as bare dates in a
    parenthesis of the title ("quý III/2025 (từ 15/6 đến 14/9)")."""
    for mention in mentions:
        start, end = mention.span
        before = _statement_before(folded, start)
        has_days = (
            mention.first is not None
            and mention.last is not None
            and len(_DIGITS.findall(mention.label)) >= 4
        )
        aside = title is not None and start > title.start and head[:start].rstrip().endswith("(")
        if has_days and (aside or _DATA.search(before)):
            start -= len(before) - 5
            start -= start > 0 and head[start - 1] == "("
            end += head[end : end + 1] == ")"
            return mention, Span(start, end)
    return None, None


# ---------------------------------------------------------------- the ward


def _ward(text: str, head: str, folded: str) -> str:
    """Level and name, the name in the casing of the body when the letterhead is in capitals."""
    for match in _LEVEL.finditer(folded):
        name = _name(head, match.end())
        if name:
            return f"{_LEVELS[match[1]]} {_cased(name, match[1], text)}"
    return _most_named(text)


def _name(text: str, start: int) -> str:
    """The proper name that starts here: words with a capital (or a number), up to a gap or another unit."""
    words: list[str] = []
    place = start
    while len(words) < 6:
        match = _NAME.match(text, place)
        if not match:
            break
        word = match[0].rstrip(".-").replace("Ƣ", "Ư").replace("ƣ", "ư")
        if not (word[:1].isupper() or word.isdigit()) or _NAME_ENDS.match(fold(text[place : place + 20])):
            break
        words.append(word)
        if word.isdigit():
            break
        place = match.end()
        if match[0].endswith(".") or _GAP.match(text, place):
            break
        place += len(text[place : place + 1])
    return " ".join(words)


def _cased(name: str, level: str, text: str) -> str:
    """The name as the body writes it, for one that the letterhead gives in capitals."""
    if not name.isupper() or name.isdigit():
        return name
    plain = " ".join(word[:1] + word[1:].lower() for word in name.split())
    if plain in text:
        return plain
    spaced = r"\s+".join(map(re.escape, name.split()))  # "EA H'LEO" may be Ea H'leo or Ea H'Leo
    for match in re.finditer(rf"(?:{level}\s+)?({spaced})(?!\w)", text, re.IGNORECASE):
        if not match[1].isupper():
            return " ".join(match[1].split())
    return plain


def _most_named(text: str) -> str:
    """The ward most often named as "UBND phường …" in the body."""
    counts: Counter[str] = Counter()
    for match in _COMMITTEE.finditer(fold_whole(text)):
        name = _name(text, match.end())
        if name:
            counts[f"{match[1]} {name}"] += 1
    return counts.most_common(1)[0][0] if counts else ""
