"""Averages a month or a quarter of a time told with their total: "Cả năm 2024 tiếp nhận 3.120 hồ sơ, trung bình mỗi tháng 260 hồ sơ",
"6 tháng đầu năm … 1.464 hồ sơ, bình quân 244 hồ sơ/tháng", "từ 01/7 đến 31/12 … 5.430 hồ sơ, bình quân 905 hồ sơ mỗi tháng", "bình quân mỗi
tháng 318 hồ sơ, cả năm 3.816 hồ sơ". The months are not counted by a figure of their own: the words name the time.

A report is held to it only where one slip of a digit lies between the average, or the total, and what it should be.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ..arithmetic import rate_grade
from ..digits import neighbours_swapped, one_digit_apart
from ..model import Claim, Kind, Qualifier, Written, record
from ..quantities import Mention, Reading
from .items import Item, claim, implied, term

_MEAN = r"(?:bình quân|trung bình|bq|tb)"
_UNIT = r"(tháng|quý)(?!\w)"
_MEANT = re.compile(rf"(?<!\w){_MEAN}(?!\w)")
_EACH_BEFORE = re.compile(rf"(?<!\w){_MEAN}(?: của)?(?: mỗi| một| 1| hằng| hàng|/) ?{_UNIT}[^;.:()\d]{{0,50}}$|(?<!\w)mỗi (tháng|quý),? {_MEAN}[^;.:()\d]{{0,30}}$")
_MEAN_OF_TIME = re.compile(rf"(?<!\w){_MEAN}(?: của)?(?: mỗi| một| 1| hằng| hàng|/) ?{_UNIT} (?:trong |của )?năm \d{{4}}[^;.:()\d]{{0,50}}$")
_EACH_BEHIND = re.compile(rf"\s?[^\W\d]*(?:\s[^\W\d]+){{0,2}}\s?(?:/|\smỗi)\s?{_UNIT}")
_MEAN_BEFORE = re.compile(rf"(?<!\w){_MEAN}(?: [^\W\d]+){{0,3}} $")
_DAY = r"(?:ngày )?(?P<{0}_day>\d{{1,2}})/(?P<{0}_month>\d{{1,2}})(?:/(?P<{0}_year>\d{{4}}))?"
_MONTHS = re.compile(
    rf"từ {_DAY.format('first')} đến (?:hết )?{_DAY.format('last')}(?![\d/])|(?P<months>(?<![\d/.,])\d{{1,2}}) tháng(?! \d)(?!\w)(?: (?:đầu|cuối|của))?(?: năm(?: \d{{4}}| nay)?(?!\w))?"
    r"|(?P<quarter>quý (?:i{1,3}v?|iv|[1-4])(?!\w)(?:(?:/| năm )\d{4})?|(?:cả|trong|toàn) quý(?!\w))"
    r"|(?P<year>(?:cả|trong|toàn) năm(?! (?:trước|ngoái))(?!\w)|(?<!\w)năm (?:(?:19|20)\d\d(?!\d)|nay(?!\w)))"
)
_SAID_BEHIND = re.compile(r"[^;.:()\d]{0,20}\((?:tính (?:trên|cho) )?(?P<months>\d{1,2}) tháng\)")
_TOTAL_BEHIND = re.compile(r"[^;.:()\d]{0,20}[,;] (?P<time>(?:cả|toàn) (?:năm|quý)|\d{1,2} tháng)[^;.:()\d]{0,30}")
_ANOTHER = re.compile(r"(?<!\w)(?:cùng kỳ|năm (?:trước|ngoái)|so với|kế hoạch|chỉ tiêu|riêng|cao điểm|đến nay|đến ngày(?! \d{1,2}/\d)|hơn \d{1,2} tháng|gần \d{1,2} tháng)(?!\w)")
_MET = re.compile(r"(?:đạt|bằng) [\d.,]+ ?% (?:chỉ tiêu|kế hoạch)(?: (?:[^\W\d]+ ){0,4}[\d.,]+ ?[^\W\d]*)?")  # "80,2 triệu, đạt 100,3% chỉ tiêu 80 triệu"
_IN_ALL = re.compile(r"(?<!\w)(?:tổng|cộng|tất cả)(?!\w)")
_BACK = 6  # figures before an average among which its total is told
_YEAR = 12  # months
_LAST_DAYS = 28  # from this day on a month is over
_REACH = 160  # characters before a total in which its time is named


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """A rate for each average a month or quarter and the figure near it that is told of a time of so many."""
    for items, mentions in zip(paragraphs, reading.by_paragraph, strict=True):
        if not any(_MEANT.search(m.before) or _MEANT.search(m.after) for m in mentions):
            continue
        for mean in mentions:
            unit = "" if mean.percent or mean.over is not None or mean.quantity.damaged else _each(reading, mean)
            told = [_Told(total, mean, int(many)) for total, many in (_totals(reading, items, mean, unit) if unit else ())]
            meant = next((t for t in told if t.holds), None) or next((t for t in told[:1] if t.but_for_a_slip and (t.total.sentence == mean.sentence or len(told) == 1)), None)
            if meant is not None:
                yield meant.claim(unit)


def _each(reading: Reading, mean: Mention) -> str:
    """The time, "tháng" or "quý", the figure is the average of one of; empty where it is none."""
    start = max(reading.sentences[mean.sentence].start, mean.start - _REACH)
    lead = reading.folded[start : mean.start]
    if (before := _EACH_BEFORE.search(lead) or _MEAN_OF_TIME.search(lead)) is not None:
        return before[1] or before[2]
    behind = _EACH_BEHIND.match(reading.folded, mean.quantity.span.end)
    return behind[1] if behind is not None and _MEAN_BEFORE.search(lead) else ""


def _totals(reading: Reading, items: list[Item], mean: Mention, unit: str) -> Iterator[tuple[Mention, Fraction]]:
    """The figures the average may be told of, each with how many months or quarters it is of: those before it that count the same, the
    nearest first, and the one right behind."""
    place = bisect_left(items, mean.index, key=lambda i: i.mention.index)
    told = [(i.mention, _months_of(reading, i, mean)) for i in reversed(items[max(0, place - _BACK) : place]) if _alike(i, mean) and not i.aside]
    behind = next((i for i in items[place : place + 2] if i.mention is not mean), None)
    said = behind and _TOTAL_BEHIND.fullmatch(reading.folded, mean.end, behind.start)
    if behind is not None and said and _alike(behind, mean):
        told.append((behind.mention, _months_in(_MONTHS.search(said["time"]))))
    for total, months in told:
        many = Fraction(months, 3 if unit == "quý" else 1)
        if 1 < many <= _YEAR and many.denominator == 1 and abs(mean.sentence - total.sentence) <= 1:
            yield total, many


def _alike(total: Item, mean: Mention) -> bool:
    """May the figure be the total of what the mean counts?"""
    money = {"đồng"} if mean.scale > 1 and not mean.unit else set()  # "186 triệu đồng (bình quân 31 triệu/tháng)"
    counted = {total.unit or total.mention.after.partition(" ")[0], *(money or {mean.unit or mean.after.partition(" ")[0]})} - {"", "/tháng", "/quý"}
    return total.base is None and total.value > mean.value and len(counted) < 2 and not _ANOTHER.search(total.mention.before)


def _months_of(reading: Reading, total: Item, mean: Mention) -> int:
    """How many months the total is told of: as said behind the average, or by the last words before the total that name a time; 0 where
    none do, or another time is spoken of."""
    behind = _SAID_BEHIND.match(reading.folded, mean.end)
    if behind is not None:
        return int(behind["months"])
    start = max(reading.sentences[total.mention.sentence].start, total.start - _REACH)
    said = [*_MONTHS.finditer(reading.folded, start, total.start)]
    if not said or _ANOTHER.search(_MET.sub("", reading.folded[start : mean.start])):
        return 0
    return _months_in(said[0] if _IN_ALL.search(total.mention.before) else said[-1])  # "quý I …, quý II …, tổng"


def _months_in(said: re.Match[str] | None) -> int:
    if said is None:
        return 0
    if said["first_day"] is None:
        return int(said["months"] or 0) or (3 if said["quarter"] else _YEAR)
    whole = int(said["first_day"]) == 1 and int(said["last_day"]) >= _LAST_DAYS
    years = int(said["last_year"] or 0) - int(said["first_year"] or said["last_year"] or 0)
    return years * _YEAR + int(said["last_month"]) - int(said["first_month"]) + 1 if whole else 0


@record
class _Told:
    """A total and what it is said to be on average in each of so many months or quarters."""

    total: Mention
    mean: Mention
    many: int

    @property
    def _figures(self) -> tuple[Written, Written]:
        """Of whole things too the average is rounded."""
        return self.total.quantity.written, replace(self.mean.quantity.written, rounded=True)

    @property
    def holds(self) -> bool:
        total, mean = self._figures
        exact = all(w.qualifier is Qualifier.EXACT for w in (total, mean))
        return exact and rate_grade([total], Written(self.many), mean, 1).fits

    @property
    def but_for_a_slip(self) -> bool:
        """Would it come out if one digit of either was another, or two neighbours were swapped?"""
        total, mean = self._figures
        if any(w.qualifier is not Qualifier.EXACT for w in (total, mean)):
            return False
        each, made = Fraction(total.value) / self.many / Fraction(mean.ulp), Fraction(mean.value) * self.many
        whole = mean.ulp == total.ulp == 1
        return _one_slip(str(round(each)), str(Fraction(mean.value) / Fraction(mean.ulp))) or whole and _one_slip(str(made), str(total.value))

    def claim(self, unit: str) -> Claim:
        mean = replace(term("rate", self.mean), written=self._figures[1])
        return claim(Kind.RATE, [term("total", self.total), implied("count", self.many, unit=unit), mean], "rate.monthly", scope=self.mean.quantity.noun)


def _one_slip(meant: str, printed: str) -> bool:
    return len(printed) > 1 and (one_digit_apart(meant, printed) or neighbours_swapped(meant, printed))
