"""One amount told in two units: "1.250 triệu đồng, tức 1,25 tỷ đồng", "2,35 nghìn hồ sơ, chính xác 2.350 hồ sơ",
"15.000 m² (1,5 ha)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..model import Claim, Kind, Term, magnitude
from ..quantities import Mention, Reading
from .items import claim, near, one_slip_apart, term

# what one of each unit is in the smallest of its kind
_SIZES = {
    "m²": ("m²", 1), "ha": ("m²", 10_000), "km²": ("m²", 1_000_000),
    "m": ("m", 1), "km": ("m", 1_000),
    "kg": ("kg", 1), "tạ": ("kg", 100), "tấn": ("kg", 1_000),
    "phút": ("phút", 1), "giờ": ("phút", 60),
    "tháng": ("tháng", 1), "năm": ("tháng", 12),
}  # fmt: skip
_METRES = re.compile(r"\s?(?:m|mét)(?![\w²/])")
_WORDS = r"(?: [^\W\d_]+){0,4}"  # "1.250 triệu đồng vốn ngân sách tỉnh, tức …"
_SURE = re.compile(rf"{_WORDS}\s?[,;(]?\s?(?:tức(?: là)?|nghĩa là|(?:con số |số )?chính xác(?: là)?|đúng bằng|quy (?:ra|đổi)(?: ra| thành| bằng| là)?)\s")
_LIKELY = re.compile(rf"{_WORDS}(?:\s?\(\s?(?:=|bằng |tương đương(?: với)? |hay )?|\s?,?\s?(?:=|bằng|hay(?: là)?|tương đương(?: với)?|tương ứng(?: với)?)\s)")
_TELLING = 3  # digits two amounts share by no chance
_CLOSED = re.compile(r"\s?\)")
_OF_EACH = re.compile(r"\s?(?:/|(?:một|mỗi|cho|của|trên|/)(?!\w)|(?:nhiều|ít|cao|thấp|lớn|nhỏ) hơn|cùng kỳ|so với)")


def find(reading: Reading) -> Iterator[Claim]:
    """A claim that both are one amount, for each that is told again in another unit right behind."""
    for first, again in pairwise(reading.mentions):
        if first.paragraph != again.paragraph or first.percent or again.percent or first.quantity.damaged or again.quantity.damaged:
            continue
        told = _both(reading, first, again)
        if told is None:
            continue
        a, b = told
        end = first.end if first.unit else _end(reading, first)
        sure = _SURE.fullmatch(reading.folded, end, again.start)
        likely = _LIKELY.fullmatch(reading.folded, end, again.start)
        if sure is None and likely is None or _OF_EACH.match(reading.folded, _end(reading, again)):
            continue
        opened = "(" in reading.folded[end : again.start]
        if opened and _CLOSED.match(reading.folded, _end(reading, again)) is None:
            continue
        if _meant(a, b, first, again, sure=sure is not None):
            yield claim(Kind.SAME_FIGURE, [a, b], "same.two_units", scope=first.quantity.noun)


def _end(reading: Reading, mention: Mention) -> int:
    metres = _METRES.match(reading.folded, mention.end) if not mention.unit else None
    return metres.end() if metres is not None else mention.end


def _both(reading: Reading, first: Mention, again: Mention) -> tuple[Term, Term] | None:
    """The two as amounts of one unit; None where they are of different kinds, or told in one and the same unit."""
    sizes = [_SIZES.get("m" if _end(reading, m) > m.end else m.unit) for m in (first, again)]
    if first.unit == again.unit and sizes[0] == sizes[1]:
        scaled = first.unit != "" and first.scale != again.scale
        return (term("a", first), term("b", again)) if scaled else None
    if sizes[0] is None or sizes[1] is None or sizes[0][0] != sizes[1][0]:
        return None
    return _in(term("a", first), *sizes[0]), _in(term("b", again), *sizes[1])


def _in(told: Term, unit: str, size: int) -> Term:
    assert told.written is not None
    written = replace(told.written, value=told.written.value * size, ulp=told.written.ulp * size, rounded=told.written.rounded or size > 1)
    return replace(told, written=written, unit=unit)


def _meant(a: Term, b: Term, first: Mention, again: Mention, *, sure: bool) -> bool:
    """Are the two meant for one amount? Where no word says so for certain, only those that agree, are a slip of the typist
    apart, or have all their digits in common and the mark in another place."""
    assert a.written is not None and b.written is not None
    x, y = a.written.value, b.written.value
    digits, others = _digits(first), _digits(again)
    moved = digits == others and (sure or len(digits) >= _TELLING or first.unit != again.unit and len(digits) > 1)
    slipped = min(len(digits), len(others)) > 1 and one_slip_apart(digits, others)
    return magnitude(x - y) <= max(a.written.ulp, b.written.ulp) or moved or slipped or sure and near(x, y) and near(y, x)


def _digits(mention: Mention) -> str:
    return "".join(c for c in mention.quantity.text if c.isdigit()).strip("0")
