"""The rate told right behind the size of a change whose two figures are known: "giảm 247 chỉ tiêu, tương đương 11,14%", "số dôi dư so với trước
là 18 người (giảm 36,7%)".

A rate that does not come out on the earlier value is held against the report only where it comes out on the present one, or but for one digit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..model import Claim, Kind, Term, magnitude
from ..quantities import Mention, Reading
from .items import comes_out, term
from .pool import one_digit_off

_BEHIND = re.compile(r"(?: [^\W\d]+(?: [^\W\d]+){0,2})?(?:[\s,;(]|tức|tương ứng|tương đương|ứng với|hay|bằng|tỷ lệ|tốc độ|mức|với|là|tăng|giảm|hạ|bớt|thêm|khoảng|cắt|(?<!\w)và(?!\w))*")
_BESIDE_IT = re.compile(r"(?: [^\W\d]+){0,3}[;,] (?:(?:tỷ lệ|tốc độ|mức) )?(?:tăng|giảm)(?: là)? ")
_FELL = re.compile(r"(?<!\w)(?:giảm|hạ|bớt|cắt)(?!\w)")
_ELSEWHERE = re.compile(r"\s(?:so với )?(?:tổng |số |kế hoạch|chỉ tiêu|dự toán|trên |trong )")  # what else the percent may be of


def with_rates(reading: Reading, claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims, each change with the rate told right behind its size."""
    told = list(claims)
    known = {t.span for c in told for t in c.terms if t.role in {"p", "part"}}
    for made in told:
        rate = _rate_of(reading, made) if made.kind is Kind.CHANGE else None
        if rate is None or rate.quantity.span in known:
            yield made
        else:
            yield _with_rate(reading, made, rate)


def _with_rate(reading: Reading, made: Claim, rate: Mention) -> Claim:
    """The change with its rate, and as a fall where only the words of the rate say that it is one."""
    delta, *rest = made.terms
    fell = delta.written is not None and delta.written.value < 0
    if not fell and delta.span is not None and delta.written is not None and _FELL.search(reading.folded, delta.span.end, rate.start):
        turned = {"prev": "now", "now": "prev"}
        delta = replace(delta, written=replace(delta.written, value=-delta.written.value))
        rest, fell = [replace(t, role=turned.get(t.role, t.role)) for t in rest], True
    return replace(made, terms=(delta, term("p", rate, negative=fell), *rest))


def _rate_of(reading: Reading, made: Claim) -> Mention | None:
    roles = {t.role: t for t in made.terms}
    delta, prev, now = (roles.get(role) for role in ("delta", "prev", "now"))
    if delta is None or prev is None or now is None or "p" in roles or delta.span is None or made.terms[0] is not delta or prev.unit == "%":
        return None
    place = bisect_left(reading.mentions, delta.span.end, key=lambda m: m.start)
    rate = reading.mentions[place] if place < len(reading.mentions) else None
    if rate is None or rate.sentence != reading.mentions[place - 1].sentence:
        return None
    if rate.unit != "%" and prev.span is not None and rate.start == prev.span.start:  # "tăng 814 HS so 6 tháng đầu năm 2023 (8150 HS; tỷ lệ tăng 9,08%)"
        rate = reading.mentions[place + 1] if place + 1 < len(reading.mentions) else None
        beside = rate is not None and _BESIDE_IT.fullmatch(reading.folded, prev.span.end, rate.start)
    else:
        beside = _BEHIND.fullmatch(reading.folded, delta.span.end, rate.start)
    if rate is None or not beside or rate.unit != "%" or rate.quantity.written.approx or _ELSEWHERE.match(reading.folded, rate.end):
        return None
    if rate.value >= 100 and "bằng" in reading.folded[delta.span.end : rate.start]:
        return None  # "tăng 2 trường hợp, bằng 120%": of what there was
    return rate if _meant(delta, prev, now, rate) else None


def _meant(delta: Term, prev: Term, now: Term, rate: Mention) -> bool:
    """Is it the rate of this change, right, reckoned on the present value, or but for a digit?"""
    sides = [t.written.value for t in (prev, now) if t.written is not None]
    if delta.written is None or len(sides) != 2 or min(sides) <= 0:
        return False
    size = magnitude(delta.written.value)
    return any(comes_out(size, side, rate.quantity.written) for side in sides) or one_digit_off(size, prev, rate)
