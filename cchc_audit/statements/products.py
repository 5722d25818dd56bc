"""Products and quotients written out: "125 suất x 500.000 đồng = 62,5 triệu đồng", "6 người x 800.000 đồng x 12 tháng = 57.600.000 đồng",
"43,2 triệu đồng (12 tháng x 3,6 triệu đồng/tháng)", "64 hồ sơ (1.408 hồ sơ/22 ngày)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ..model import Claim, Kind, record
from ..quantities import Mention, Reading
from .items import claim, implied, term

_TIMES = r"\s?(?:[×*]|(?<!\w)x(?!\w)|(?<!\w)nhân(?: với)?(?!\w))\s?"
_WORDS = r"[^\d,;:()=+×*]{0,40}?"
_SO_OFTEN = rf"(?P<times>\d{{1,3}}) (?:tháng|ngày|tuần|quý|năm|buổi|kỳ|đợt|lần){_WORDS}"
_BY = re.compile(rf"{_WORDS}{_TIMES}(?:{_SO_OFTEN}{_TIMES})?")
_SO_OFTEN_BEFORE = re.compile(rf"(?<![\d.,/]){_SO_OFTEN}{_TIMES}$")
_SO_OFTEN_BEHIND = re.compile(rf"{_WORDS}{_TIMES}{_SO_OFTEN}(?=\s?[=)]|\sbằng(?!\w))")
_MAKES = re.compile(r"[^\d,;:()=+×*]{0,40}?\s?(?:=|(?<!\w)bằng(?!\w))\s?")
_EACH_GETS = re.compile(r"(?<!\w)(?:mức|suất|định mức|đơn giá)(?: chi| hỗ trợ| quà)?$")
_FOR = re.compile(r"\s?(?:/suất )?(?:cho|tặng|trao)\s")
_COMES_TO = re.compile(r"(?: [^\W\d]+){0,6},\s(?:thành(?: tiền)?|cộng|hết|tổng(?: cộng| số tiền)?(?: là)?)\s")
_EACH_TIME = re.compile(r"\s?(?:/\s?[^\W\d]+(?: [^\W\d]+)?\s?)?/\s?(?:tháng|ngày|buổi|quý|năm|kỳ)(?!\w)")
_MORE = re.compile(r"(?:[×*+=/]|(?<!\w)(?:x|nhân|cộng|trừ)(?!\w))\s?$")
_GOES_ON = re.compile(r"[^\d,;.:()]{0,40}(?:[×*+=]|(?<!\w)x(?!\w))")
_OPENED = re.compile(r"[^\d,;.:()]{0,30}\((?:[^\W\d]+ ){0,3}")  # "43,2 triệu đồng (gồm 12 tháng x"
_CLOSED = re.compile(r"[^\d,;.:()+]{0,30}\)")
_OVER = re.compile(r"(?:\s[^\W\d]+){0,4}\s?[/:]\s?")  # "(1.408 hồ sơ/22 ngày làm việc)"
_MEAN = re.compile(r"(?<!\w)(?:bình quân|trung bình|bq|tb|mỗi|tính ra)(?!\w)")
_MOST = 4  # factors
_WEIGHED, _UNITS = frozenset({"tấn", "tạ", "yến", "ha"}), (10, 100, 1000, 10000)  # told by one unit and paid by another
_REACH = 40  # characters before a product


def find(reading: Reading) -> Iterator[Claim]:
    """The claim of each product or quotient written out, whatever it comes to."""
    for mentions in reading.by_paragraph:
        for (one, other), (_, total) in pairwise(pairwise(mentions)):
            if _given_to(reading, one, other, total):
                yield _product(_Chain((other, one), 1, other.start, one.end), total, "rate.given")
        taken = -1
        for place in range(len(mentions)):
            chain = _chain(reading, mentions[place : place + _MOST])
            if chain is None or mentions[place].start < taken:
                continue
            taken = chain.end
            made = _made_by(reading, mentions, place, chain)
            if made is not None and _told_of(reading, chain, made):
                yield _product(chain, made, "rate.times")
        for mean, total, count in zip(mentions, mentions[1:], mentions[2:], strict=False):
            if _divided(reading, mean, total, count):
                yield claim(Kind.RATE, [term("total", total), term("count", count), term("rate", mean)], "rate.quotient", scope=mean.quantity.noun)


@record
class _Chain:
    """What is multiplied, from `start` to `end` of the text: figures, and how many `times` (months, days) are no figures of their own."""

    figures: tuple[Mention, ...]
    times: int
    start: int
    end: int


def _chain(reading: Reading, mentions: Sequence[Mention]) -> _Chain | None:
    """The factors from the first figure on; None where it is multiplied by nothing."""
    folded, first = reading.folded, mentions[0]
    start, figures = reading.sentences[first.quantity.sentence].start, [first]
    led = _SO_OFTEN_BEFORE.search(folded, max(start, first.start - _REACH), first.start)
    times = int(led["times"]) if led else 1
    for one, other in pairwise(mentions):
        gap = _BY.fullmatch(folded, one.end, other.start)
        if gap is None:
            break
        times *= int(gap["times"] or 1)
        figures.append(other)
    closed = _SO_OFTEN_BEHIND.match(folded, figures[-1].end)
    times *= int(closed["times"]) if closed else 1
    begin, end = led.start() if led else first.start, closed.end() if closed else figures[-1].end
    several = len(figures) + bool(led) + bool(closed) > 1 and times > 0
    alone = not _MORE.search(folded, max(start, begin - _REACH), begin)
    return _Chain(tuple(figures), times, begin, end) if several and alone and all(_plain(m) and m.value for m in figures) else None


def _plain(mention: Mention) -> bool:
    return not mention.percent and not mention.quantity.damaged and mention.over is None


def _made_by(reading: Reading, mentions: Sequence[Mention], place: int, chain: _Chain) -> Mention | None:
    """The figure the factors are said to make: behind them, or before the brackets they stand in."""
    behind = mentions[place + len(chain.figures) :][:1]
    if behind and _MAKES.fullmatch(reading.folded, chain.end, behind[0].start):
        return None if _GOES_ON.match(reading.folded, behind[0].end) else behind[0]
    before = mentions[place - 1] if place else None
    opened = before is not None and _OPENED.fullmatch(reading.folded, before.end, chain.start)  # not "2,3 ha (32 nền x 100 m2 + đường)"
    return before if opened and _CLOSED.match(reading.folded, chain.end) else None


def _told_of(reading: Reading, chain: _Chain, total: Mention) -> bool:
    """May the figure be compared with the product, as it stands?"""
    last, units = chain.figures[-1], {m.unit for m in chain.figures}
    if not _plain(total) or last.per and last.unit and total.unit and last.unit != total.unit:
        return False  # "112,5 ha × 48 tạ/ha = 540 tấn"
    if chain.times == 1 and len(chain.figures) == 2:
        times = total.value / _multiplied(chain.figures)
        if times in _UNITS and chain.figures[0].unit in _WEIGHED and not last.per:
            return False  # "3.060 tấn x 18.000 = 55,08 tỷ": so much for each kilogram
        # "85 em x 60.000đ/tháng = 20.400.000đ": for four months, told elsewhere
        return times == 1 or times.denominator > 1 or not _EACH_TIME.match(reading.folded, last.end)
    return total.unit in {"", *units} and all(m.value.denominator == 1 for m in chain.figures)


def _multiplied(figures: Sequence[Mention]) -> Fraction:
    product = Fraction(1)
    for m in figures:
        product *= m.value
    return product


def _product(chain: _Chain, total: Mention, source: str) -> Claim:
    """The figure of the total's unit as the rate, the first other as what is counted; how often more as what neither is printed for."""
    rate = next((m for m in chain.figures[1:] if m.unit == total.unit), chain.figures[-1])
    rest = [m for m in chain.figures if m is not rate]
    terms = [term("count", rest[0]) if rest else implied("count", chain.times), term("rate", rate), term("total", total)]
    more = _multiplied(rest[1:]) * (chain.times if rest else 1)
    if more != 1:
        terms.insert(0, implied("per", 1 / more))
    return claim(Kind.RATE, terms, source, scope=total.quantity.noun)


def _given_to(reading: Reading, rate: Mention, count: Mention, total: Mention) -> bool:
    """ "mức 300.000 đồng cho 254 người, thành 76.200 nghìn đồng": so much for each of so many."""
    if any(m.percent or m.quantity.damaged or m.over is not None or m.quantity.written.approx for m in (rate, count, total)):
        return False
    money = rate.unit == total.unit == "đồng" and count.unit not in {"", "đồng"} and count.value.denominator == 1 and rate.value < total.value
    told = _EACH_GETS.search(rate.before) and _FOR.fullmatch(reading.folded, rate.end, count.start) and _COMES_TO.fullmatch(reading.folded, count.end, total.start)
    return money and told is not None


def _divided(reading: Reading, mean: Mention, total: Mention, count: Mention) -> bool:
    """ "bình quân mỗi ngày tiếp nhận 64 hồ sơ (1.408 hồ sơ/22 ngày làm việc)": a quotient written out behind what it makes."""
    if not _plain(mean) or any(m.percent or m.quantity.damaged for m in (total, count)) or not mean.value < total.value or count.value <= 1:
        return False
    folded = reading.folded
    written = _OPENED.fullmatch(folded, mean.end, total.start) and _OVER.fullmatch(folded, total.end, count.start) and _CLOSED.match(folded, count.end)
    return written is not None and bool(_MEAN.search(mean.before)) and total.unit in {"", mean.unit}
