"""Percentages that a name of their own leads in, of what was told just before: "22.400 người thuộc diện, trong đó 21.280 người đã có
thẻ, độ bao phủ 95%", "quy hoạch 240 ki-ốt; đã thuê 198, còn trống 42. Tỷ lệ lấp đầy 82,5%".

Held against only where one slip of the typist in the three figures explains what is off.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import permutations

from ..model import Claim, Kind
from ..quantities import Mention
from .bases import Bases
from .items import Item, claim, content, counted_alike, term, total_of
from .named import PLAN
from .pool import fits, mistyped, near_miss, one_slip_off
from .runs import AMONG, line_above

_NAMED = re.compile(r"(?:^|[,;.:]\s?|\s)(?:tỷ lệ|độ|mức|như vậy|như thế|đạt|chiếm|bằng)(?!\w)[^,;.:()\d]{0,60}:?\s?$")
_LINE_OPENS = re.compile(r"[\W\d_]{0,8}(?:và )?(?:đã )?(?:đạt|bằng|hoàn thành|chiếm)(?: tỷ lệ| được)?:? ")
_OF_NAMED = re.compile(r"tỷ lệ (?:so với|trên|trong) (?:tổng )?số (?P<what>[^,;.:()\d]{3,50}?)\s?(?::|là|đạt)?\s?$")
_OF_ALL = re.compile(r"(?<!\w)(?:tổng|toàn|trên số|trong số)(?!\w)")
_GIVEN = re.compile(r"(?<!\w)(?:đã|được|có|xong|đạt|làm rõ|hoàn thành|đưa|dùng|nộp|thu)(?!\w)")
_ELSE = re.compile(r"(?<!\w)(?:riêng|kế hoạch|dự toán|chỉ tiêu|phấn đấu|bình quân|trung bình|(?:cao|thấp|nhiều|ít) nhất|mỗi|lãi|thuế suất|hộ nghèo)(?!\w)")
_TOLD = 6  # figures before a percentage, of two of which it may be the share
_LEAD = 90  # characters before a percentage that name it
_POINTS = 10  # that a slip in a figure of two or three digits may put it off


def rated(bases: Bases, percent: Mention, here: list[Item]) -> Claim | None:
    """The share that the percentage is of the figures told before it, where they leave one way to read it."""
    start = max(bases.reading.sentences[percent.sentence].start, percent.start - _LEAD)
    lead = bases.reading.folded[start : percent.start]
    if not _NAMED.search(lead) or _ELSE.search(lead) or bases.of_former(percent) or percent.quantity.written.approx or percent.quantity.written.value == 100:
        return None
    before = [i for i in here if i.mention.end <= percent.start and i.mention.depth == percent.depth == 0 and i.base is None and not i.aside]
    planned = bases.of_unprinted(percent)
    settled = any(fits(one.value, term("m", other.mention), percent) for one, other in permutations(before[-_TOLD:], 2))
    for part, whole in _pairs(bases, percent, before, lead):
        base, inverse = term("m", whole.mention), term("m", part.mention)
        if planned != (PLAN.search(whole.mention.before) is not None):
            continue
        meant = fits(part.value, base, percent) or not settled and (one_slip_off(part.value, base, percent) or _exactly_slipped(part, whole, percent))
        if meant or planned and fits(whole.value, inverse, percent):  # "kế hoạch 320 ha. Làm được 344 ha, bằng 93,0% kế hoạch"
            part.bear(percent)
            terms = [term("n", part.mention), base, term("p", percent)]
            return claim(Kind.SHARE, terms, "share.rated", own_base=False, bases=(base,), scope=part.mention.quantity.noun)
    return None


def of_line_above(bases: Bases, percent: Mention) -> Claim | None:
    """ "- Thu ngân sách: 486 triệu đồng", "  + đạt 59,3% dự toán (820 triệu đồng)": the share, told first in a line, of the figure that
    the line belongs to."""
    mentions = bases.reading.by_paragraph[percent.paragraph]
    start = bases.reading.paragraphs_read[percent.paragraph].span.start
    if not _LINE_OPENS.fullmatch(bases.reading.folded, start, percent.start):
        return None
    whole, above = bases.named_base(mentions, 0), line_above(bases.reading, bases.paragraphs, percent.paragraph)
    if whole is None or not above or not above[0].unit or above[0].unit != whole.unit:
        return None
    part, base = above[0], term("m", whole)
    if fits(part.value, base, percent) or near_miss(part.value, base, percent) or one_slip_off(part.value, base, percent):
        return claim(Kind.SHARE, [term("n", part.mention), base, term("p", percent)], "share.line", scope=part.mention.quantity.noun)
    return None


def _pairs(bases: Bases, percent: Mention, before: list[Item], lead: str) -> list[tuple[Item, Item]]:
    """The part and the whole that the words allow, the likelier one first."""
    own = [i for i in before if i.mention.sentence == percent.sentence]
    last = [i for i in before if i.mention.turn == percent.turn - 1]
    if len(own) == 2 and counted_alike(*own) and own[1].value <= own[0].value and _is_part(bases, *own):
        return [(own[1], own[0])]
    alike = [i for i in last if own and counted_alike(i, own[0])]
    smaller = own and alike and (own[0].value <= alike[0].value or PLAN.search(alike[0].mention.before))
    if len(own) == 1 and len(alike) == 1 and smaller and _GIVEN.search(own[0].label):
        return [(own[0], alike[0])]
    named = _OF_NAMED.search(lead) if not own and len(last) == 1 else None
    if named is not None:  # "Số phiếu hợp lệ: 1.798. Tỷ lệ so với tổng số phiếu thu vào: 98,20%"
        words = content(named["what"])
        told = (*reversed(before[:-1]), *bases.section_items(percent.paragraph))
        called = [i for i in told if counted_alike(i, last[0]) and (words == i.words if words else f"tổng số {named['what'].strip()}" in i.label)]
        return [(last[0], called[0])] if called and last[0].value <= called[0].value else []
    divided = before[-3:] if not own and last else []
    if len(divided) == 3 and divided[0].mention.turn >= percent.turn - 2:
        whole, *parts = divided
        if whole.value == total_of(parts) and all(counted_alike(i, whole) for i in parts):
            return [(part, whole) for part in parts]
    return []


def _is_part(bases: Bases, whole: Item, part: Item) -> bool:
    """Is the second figure told as one of the first?"""
    gap = bases.reading.folded[whole.end : part.start]
    behind = bases.reading.folded[part.mention.end : part.mention.end + _LEAD]
    return AMONG.search(gap) is not None or _OF_ALL.search(behind) is not None and _GIVEN.search(part.label) is not None


def _exactly_slipped(part: Item, whole: Item, percent: Mention) -> bool:
    """Would a whole percentage be the exact share, but for one slip in one of the figures?"""
    p, n, m = Fraction(percent.value), Fraction(part.value), Fraction(whole.value)
    if percent.quantity.written.ulp != 1 or m <= 0 or p <= 0:
        return False
    meant = [(100 * n / m, p)]
    if abs(100 * n / m - p) <= _POINTS:
        meant += [(p * m / 100, n), (100 * n / p, m)]
    return any(right.denominator == 1 and mistyped(int(right), printed) for right, printed in meant)
