"""Products written out: "125 suất x 500.000 đồng = 62,5 triệu đồng", "9 thôn × 40 người/thôn = 360 người"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from ..model import Claim, Kind
from ..quantities import Mention, Reading
from .items import claim, term

_BY = re.compile(r"[^\d,;:()=+]{0,40}?\s?(?:[×*]|(?<!\w)x(?!\w)|(?<!\w)nhân(?: với)?(?!\w))\s?")
_MAKES = re.compile(r"[^\d,;:()=+×*]{0,40}?\s?(?:=|(?<!\w)bằng(?!\w))\s?")
_EACH_GETS = re.compile(r"(?<!\w)(?:mức|suất|định mức|đơn giá)(?: chi| hỗ trợ| quà)?$")
_FOR = re.compile(r"\s?(?:/suất )?(?:cho|tặng|trao)\s")
_COMES_TO = re.compile(r"(?: [^\W\d]+){0,6},\s(?:thành(?: tiền)?|cộng|hết|tổng(?: cộng| số tiền)?(?: là)?)\s")
_EACH_TIME = re.compile(r"\s?(?:/\s?[^\W\d]+(?: [^\W\d]+)?\s?)?/\s?(?:tháng|ngày|buổi|quý|năm|kỳ)(?!\w)")
_MORE = re.compile(r"(?:[×*+=/]|(?<!\w)(?:x|nhân|cộng|trừ)(?!\w))\s?$")
_GOES_ON = re.compile(r"[^\d,;.:()]{0,40}(?:[×*+=]|(?<!\w)x(?!\w))")


def find(reading: Reading) -> Iterator[Claim]:
    """The claim of each product of two figures; longer chains are left alone."""
    for mentions in reading.by_paragraph:
        for (one, other), (_, total) in pairwise(pairwise(mentions)):
            if _given_to(reading, one, other, total):
                terms = [term("count", other), term("rate", one), term("total", total)]
                yield claim(Kind.RATE, terms, "rate.given", scope=total.quantity.noun)
            if _multiplied(reading, one, other, total):
                terms = [term("count", one), term("rate", other), term("total", total)]
                yield claim(Kind.RATE, terms, "rate.times", scope=total.quantity.noun)


def _given_to(reading: Reading, rate: Mention, count: Mention, total: Mention) -> bool:
    """ "mức 300.000 đồng cho 254 người, thành 76.200 nghìn đồng": so much for each of so many."""
    if any(m.percent or m.quantity.damaged or m.over is not None or m.quantity.written.approx for m in (rate, count, total)):
        return False
    money = rate.unit == total.unit == "đồng" and count.unit not in {"", "đồng"} and count.value.denominator == 1 and rate.value < total.value
    told = _EACH_GETS.search(rate.before) and _FOR.fullmatch(reading.folded, rate.end, count.start) and _COMES_TO.fullmatch(reading.folded, count.end, total.start)
    return money and told is not None


def _multiplied(reading: Reading, one: Mention, other: Mention, total: Mention) -> bool:
    folded = reading.folded
    if any(m.percent or m.quantity.damaged or m.over is not None for m in (one, other, total)) or not one.value:
        return False
    if other.per and other.unit and total.unit and other.unit != total.unit:
        return False  # "112,5 ha × 48 tạ/ha = 540 tấn"
    if not _BY.fullmatch(folded, one.end, other.start) or not _MAKES.fullmatch(folded, other.end, total.start):
        return False
    times = total.value / Fraction(one.value * other.value) if other.value else 0
    if times != 1 and times.denominator == 1 and _EACH_TIME.match(folded, other.end):
        return False  # "85 em x 60.000đ/tháng = 20.400.000đ": for four months, told elsewhere
    start = reading.sentences[one.quantity.sentence].start
    return not _MORE.search(folded[max(start, one.start - 40) : one.start]) and not _GOES_ON.match(folded, total.end)
