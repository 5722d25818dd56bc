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
        return share_of_all(percent, fractions[::-1], [i.base for i in reversed(fractions) if i.base is not None])
    parts = list(takewhile(lambda i: i.mention.group == percent.group and i.base is None and not i.shares, before))[:_MOST]
    for count in range(len(parts), 1, -1):
        wholes = told_again(parts[:count], before[count:])
        if wholes and comes_out(total_of(parts[:count]), total_of(wholes), percent.quantity.written):
            return share_of_all(percent, parts[count - 1 :: -1], [i.mention for i in reversed(wholes)])
    return None


def of_all_told(pool: Pool, item: Item, percent: Mention, spoken: Mention | None = None) -> Claim | None:
    """ "84 căn xây mới và 45 căn sửa chữa, hoàn thành 94,2% kế hoạch chung", "thôn trung tâm lắp 94 mắt, bốn thôn ven biển lắp 77 mắt, đạt
    66,8%": the share of the figure `spoken` of, or else of one told before, that the counts of the clause together are."""
    here = [i for i in pool.near(percent) if i.end <= item.start and i.mention.sentence == item.mention.sentence]
    start = max(pool.reading.folded.rfind(";", 0, item.start), pool.reading.sentences[item.mention.sentence].start)
    counted = (i for i in reversed(here) if not i.mention.quantity.word)
    beside = takewhile(lambda i: i.base is None and not i.shares and not i.aside and i.unit == item.unit and i.mention.group == item.mention.group and i.start > start, counted)
    counts = [item, *beside][:_MOST]
    wholes = [*reversed(pool.near(percent)), *pool.section_items(percent.paragraph)]
    for count in range(2, len(counts) + 1):
        amount = total_of(counts[:count])
        if any(i.value == amount for i in here):
            continue  # "46 thanh niên trúng tuyển, gồm 9, 21 và 16, đạt 57,5%": of what they make
        told = (i.mention for i in wholes if i not in counts[:count] and i.end <= percent.start and i.value >= amount and compatible(i.unit, item.unit))
        whole = next((m for m in ([spoken] if spoken is not None else told) if comes_out(amount, m.value, percent.quantity.written)), None)
        if whole is not None and percent.quantity.written.ulp < 1:
            return share_of_all(percent, counts[count - 1 :: -1], [whole])
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


def share_of_all(percent: Mention, counts: Sequence[Item], wholes: Sequence[Mention]) -> Claim:
    """The share of counts together in wholes together."""
    terms = [*(term("n", i.mention) for i in counts), *(term("m", m) for m in wholes), term("p", percent)]
    return claim(Kind.SHARE, terms, "share.pooled", scope=counts[0].mention.quantity.noun)
