"""One share of several counts together: "năm thứ nhất 38/38, năm thứ hai 62/64, tỷ lệ chung 98,0%", "thụ lý 06 khiếu nại, 01 tố
cáo (đã xong 05 khiếu nại, 01 tố cáo, đạt 85,7%)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import takewhile

from ..language import compatible
from ..model import Claim, Kind
from ..quantities import Mention
from .items import Item, claim, comes_out, term, total_of
from .pool import Pool

_OF_ALL = re.compile(r"[,;]\s(?:như vậy,? )?(?:tỷ lệ |tính |đạt )?chung(?: (?:cả|toàn|của|các) [^\W\d]+(?: [^\W\d]+)?)?(?: (?:là|đạt|bằng))*\s$")
_FAR = 10  # points outside the shares of the single fractions: of another matter
_MOST = 6  # counts that one share is of


def pooled(pool: Pool, percent: Mention) -> Claim | None:
    """The share of fractions added up, where it is said to be common to them; that of counts told again in the order of
    their wholes, where it comes out."""
    before = [i for i in reversed(pool.near(percent)) if i.end <= percent.start and i.mention.sentence == percent.sentence]
    lead = pool.reading.folded[before[0].end : percent.start] if before else ""
    fractions = [i for i in takewhile(lambda i: i.base is not None or i.mention.depth > percent.depth, before) if i.base is not None][:_MOST]
    if len(fractions) >= 2 and _OF_ALL.search(lead) and all(compatible(i.unit, fractions[0].unit) for i in fractions) and _near(percent, fractions):
        return _claim(percent, fractions[::-1], [i.base for i in reversed(fractions) if i.base is not None])
    parts = list(takewhile(lambda i: i.mention.group == percent.group and i.base is None and not i.shares, before))[:_MOST]
    for count in range(len(parts), 1, -1):
        wholes = told_again(parts[:count], before[count:])
        if wholes and comes_out(total_of(parts[:count]), total_of(wholes), percent.quantity.written):
            return _claim(percent, parts[count - 1 :: -1], [i.mention for i in reversed(wholes)])
    return None


def _near(percent: Mention, fractions: Sequence[Item]) -> bool:
    rates = [100 * Fraction(i.value) / i.base.value for i in fractions if i.base is not None and i.base.value]
    return bool(rates) and min(rates) - _FAR <= percent.value <= max(rates) + _FAR


def told_again(parts: Sequence[Item], before: Sequence[Item]) -> list[Item]:
    """The figures, nearest first, that stand before these in the same order and count the same things, none of them smaller;
    [] where they do not. Both nearest first."""
    wholes = list(before[: len(parts)])
    names = [i.mention.after.split()[:2] for i in parts]
    alike = len(wholes) == len(parts) >= 2 and all(names) and len({tuple(n) for n in names}) == len(names)
    if not alike or any(w.mention.after.split()[:2] != n for w, n in zip(wholes, names, strict=True)):
        return []
    return wholes if all(w.value >= p.value for w, p in zip(wholes, parts, strict=True)) else []


def _claim(percent: Mention, counts: Sequence[Item], wholes: Sequence[Mention]) -> Claim:
    terms = [*(term("n", i.mention) for i in counts), *(term("m", m) for m in wholes), term("p", percent)]
    return claim(Kind.SHARE, terms, "share.pooled", scope=counts[0].mention.quantity.noun)
