"""Several places told one after the other, and all of them together: "Sầm Khê có 1.507 cử tri, 1.304 người đồng ý; Lâm Bình có 1.939 cử
tri, 1.926 người đồng ý. Chung hai xã, danh sách có 3.446 cử tri, đồng ý 3.230 người".

The words say how many there are. Of each figure told together the parts are as many figures before it that count the same; where just so
many do, a slip of one digit between them and the total is held against the report.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import combinations

from ..language import matches
from ..model import Claim, Qualifier
from ..number_words import NUMBER_WORDS, word_value
from ..quantities import Mention, Reading
from .items import LEAST, content, mentions_claim, one_slip_apart, states_behind, total_of

_TOGETHER = re.compile(
    rf"(?<!\w)(?:(?:tính )?(?:cộng|gộp|chung)(?: chung| gộp| cả| lại)*|tính cả)(?: cả)? (?P<many>{NUMBER_WORDS}|\d) (?!(?:năm|mức|tháng|quý)(?!\w))[^\W\d_]+"
)
_OPENING = ("tính ", "cộng ", "gộp ", "chung ")
_APART = re.compile(r"(?<!\w)(?:cùng kỳ|so với|lũy kế|trước|ngoái|tăng|giảm|bình quân|mỗi|riêng|trong (?:số )?(?:đó|này))(?!\w)")
_WITH_REASON = re.compile(r"[^,;.:()\d]{0,30}(?:,|\()?\s?(?:do|vì|trừ|vì có)(?!\w)")  # "cả hai đợt là 390 người do có 11 người tiêm cả hai"
_FEWEST, _MOST = 2, 5  # places
_BACK = 3  # paragraphs before in which they may be told
_SEEN = 24  # figures before that may be theirs
_ALIKE = 8  # of these, that count the same
_LARGE = 100  # smaller sums of figures told in other words come out by chance


def find(reading: Reading) -> Iterator[Claim]:
    """A breakdown for each figure told of so many places together."""
    for told in matches(_TOGETHER, reading.folded, *_OPENING):
        many = int(told["many"]) if told["many"].isdigit() else word_value(told["many"])
        if many is None or not _FEWEST <= many <= _MOST or told["many"] == "năm":  # "cộng cả năm thu về …"
            continue
        first = bisect_left(reading.mentions, told.end(), key=lambda m: m.start)
        before = _before(reading, told.start(), first)
        taken: list[tuple[Mention, ...]] = []  # "cộng hai hình thức, 2.400 hộ dùng nước sạch, chiếm 96% trong 2.500 hộ"
        for total in _totals(reading, told.end(), first):
            parts = _parts(reading, total, [m for m in before if _alike(total, m)][:_ALIKE], many)
            if parts and parts not in taken:
                taken.append(parts)
                yield mentions_claim(total, parts, "equal", "breakdown.together")


def _totals(reading: Reading, end: int, first: int) -> Iterator[Mention]:
    """The figures that the words of adding up stand before, up to those of another time or of some of them."""
    sentence = bisect_right(reading.sentences, end, key=lambda s: s.start) - 1
    for mention in reading.mentions[first : first + _SEEN]:
        if mention.sentence != sentence or _APART.search(reading.folded, end, mention.start):
            return
        if _plain(mention):
            yield mention


def _before(reading: Reading, start: int, first: int) -> list[Mention]:
    """The figures before the words of adding up, the nearest first."""
    paragraph = bisect_right(reading.paragraphs, start, key=lambda p: p[0]) - 1
    told = reading.mentions[max(0, first - _SEEN) : first]
    return [m for m in reversed(told) if m.end <= start and paragraph - m.paragraph <= _BACK and _plain(m)]


def _plain(mention: Mention) -> bool:
    odd = mention.percent or mention.per or mention.target or mention.quantity.damaged or mention.quantity.word
    return not odd and mention.depth == 0 and mention.quantity.written.qualifier is Qualifier.EXACT


def _words(mention: Mention) -> frozenset[str]:
    return content(f"{mention.before} {mention.after}") - content(mention.unit)


def _alike(total: Mention, part: Mention) -> bool:
    unit = total.unit or part.unit * (part.unit in total.before.split())  # "số hộ tham gia là 45"
    return part.value <= total.value and part.unit == unit and bool(unit or _words(total) & _words(part))


def _parts(reading: Reading, total: Mention, alike: Sequence[Mention], many: int) -> tuple[Mention, ...]:
    """So many figures that make the total, or that should: where no more of them are told in its words."""
    named = tuple(m for m in alike if not _words(total) or _words(total) & _words(m))
    for parts in combinations(named if total.value < _LARGE else alike, many):
        if total_of(parts) == total.value >= LEAST and not any(m.over == other.index for m in parts for other in parts):
            return parts[::-1]
    if _WITH_REASON.match(reading.folded, total.end):
        return ()
    beside = tuple(m for m in alike if m.sentence == alike[0].sentence)
    for meant in (named, beside):
        if len(meant) == many and one_slip_apart(str(total_of(meant)), str(total.value)):
            told = reading.folded[reading.sentences[meant[-1].sentence].start : total.start]
            return () if states_behind(reading, total, told) else meant[::-1]
    return ()
