"""Averages a month of a time told with their total: "Cả năm 2024 tiếp nhận 3.120 hồ sơ, trung bình mỗi tháng 260 hồ sơ", "6 tháng đầu
năm … 1.464 hồ sơ, bình quân 244 hồ sơ/tháng", "… (tính trên 12 tháng)". The months are not counted by a figure of their own: the words name the time.

A report is held to it only where one slip of a digit lies between the average and what it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..arithmetic import rate_grade
from ..digits import neighbours_swapped, one_digit_apart
from ..model import Claim, Kind, Qualifier, Written
from ..quantities import Reading
from .items import Item, claim, counted_alike, implied, term

_MEAN = r"(?:bình quân|trung bình|bq|tb)"
_A_MONTH_BEFORE = re.compile(rf"(?<!\w){_MEAN}(?: của)?(?: mỗi| một| 1| hằng| hàng|/) ?tháng(?!\w)[^;.:()\d]{{0,50}}$|(?<!\w)mỗi tháng,? {_MEAN}[^;.:()\d]{{0,30}}$")
_A_MONTH_BEHIND = re.compile(r"(?:\s[^\W\d]+){0,3}\s?/\s?tháng(?!\w)")
_MEAN_BEFORE = re.compile(rf"(?<!\w){_MEAN}(?: [^\W\d]+){{0,3}} $")
_MONTHS = re.compile(r"(?P<months>(?<![\d/.,])\d{1,2}) tháng(?! \d)(?!\w)|(?P<quarter>quý (?:i{1,3}v?|iv|[1-4])(?!\w))|(?P<year>(?:cả|trong|toàn) năm(?! (?:trước|ngoái))(?!\w)|(?<!\w)năm (?:19|20)\d\d(?!\d))")
_SAID_BEHIND = re.compile(r"[^;.:()\d]{0,20}\((?:tính (?:trên|cho) )?(?P<months>\d{1,2}) tháng\)")
_ANOTHER = re.compile(r"(?<!\w)(?:cùng kỳ|năm (?:trước|ngoái)|so với|kế hoạch|chỉ tiêu|riêng|cao điểm|đến nay|đến ngày|hơn \d{1,2} tháng|gần \d{1,2} tháng)(?!\w)")
_BACK = 4  # figures before an average among which its total is told
_LONGEST = 12  # months
_REACH = 160  # characters before a total in which its time is named


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """A rate for each average a month and the figure before it that is told of a time of so many months."""
    for items in paragraphs:
        for place, mean in enumerate(items):
            if not place or mean.base is not None or not _a_month(reading, mean):
                continue
            before = (i for i in reversed(items[max(0, place - _BACK) : place]) if counted_alike(i, mean) and i.value > mean.value and i.base is None and not i.aside)
            total = next((i for i in before if mean.mention.sentence - i.mention.sentence <= 1), None)
            months = _months_of(reading, total, mean) if total is not None else 0
            if total is not None and 1 < months <= _LONGEST and _told_so(total, mean, months):
                terms = [term("total", total.mention), implied("count", months, unit="tháng"), term("rate", mean.mention)]
                yield claim(Kind.RATE, terms, "rate.monthly", scope=mean.mention.quantity.noun)


def _a_month(reading: Reading, mean: Item) -> bool:
    start = max(reading.sentences[mean.mention.sentence].start, mean.start - _REACH)
    lead = reading.folded[start : mean.start]
    behind = _A_MONTH_BEHIND.match(reading.folded, mean.mention.quantity.span.end)
    return _A_MONTH_BEFORE.search(lead) is not None or behind is not None and _MEAN_BEFORE.search(lead) is not None


def _months_of(reading: Reading, total: Item, mean: Item) -> int:
    """How many months the total is told of: as said behind the average, or by the last words before the total that name a time; 0 where
    none do, or another time is spoken of."""
    behind = _SAID_BEHIND.match(reading.folded, mean.end)
    if behind is not None:
        return int(behind["months"])
    start = max(reading.sentences[total.mention.sentence].start, total.start - _REACH)
    said = [*_MONTHS.finditer(reading.folded, start, total.start)]
    if not said or _ANOTHER.search(reading.folded, start, mean.start):
        return 0
    return int(said[-1]["months"] or 0) or (3 if said[-1]["quarter"] else _LONGEST)


def _told_so(total: Item, mean: Item, months: int) -> bool:
    """Does the total come to the average, or would it but for one digit of that?"""
    if any(i.mention.quantity.written.qualifier is not Qualifier.EXACT for i in (total, mean)):
        return False
    if rate_grade([total.mention.quantity.written], Written(months), mean.mention.quantity.written, 1).fits:
        return True
    meant, printed = str(round(total.value / months)), str(mean.value)
    return total.value % months == 0 and len(printed) > 1 and (one_digit_apart(meant, printed) or neighbours_swapped(meant, printed))
