"""A number written again for the same thing: "15 hồ sơ quá hạn" of the text in the assessment, "23 người có mặt" as the
base of what follows, a cell of a table in the prose beside it.

Only agreement is told here. How much the words around the two must share depends on how telling the number is by itself:
2.858 of a unit needs none, 23 one, 04 two.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from ..grids import Cell
from ..language import MEASURES, UNIT, compatible, unit_of
from ..model import Claim, Figure, Kind, Qualifier, Rational, Span
from ..quantities import Mention
from .material import Material, claim, span_over, telling, term

if TYPE_CHECKING:
    from .kinds import SameFigure

_MOST = 12  # mentions of one value compared: a table of one number repeated says nothing
_DISTINCTIVE = 100  # a count from here on, if not round, is known by its unit alone
_WELL = 2  # words that tell a number well
_PAIR = 2  # figures on either side of one among which its whole, or its part, stands
_ALL = 100  # percent: told of many things
_NEVER = 99
_CASE = "trường hợp"  # what anything counted may be called
_SMALL = 10  # a count below is restated only in words that tell it well
_ROUND = 100
_LEAD = 160  # characters of the line over a bullet that tell what it is about
_BULLETS = 8  # bullets under one line
_BEFORE = 32  # characters before a number that say how it is meant
_ASIDE = 40  # characters before a parenthesis that tell what stands in it
_FEW = 6  # figures, rates among them, from one to the n/m that takes it up
_NEAR = 3  # paragraphs on which a number is taken up as a base
_ON = re.compile(r"\s(?:trên|trong)(?: tổng)?(?: số)?\s")
_BASE = re.compile(r"(?:^|(?<!\w)(?:trong|tổng số|của|số|đủ|cả|toàn bộ|trên|với|đối với)\s|[/(]\s?)(?:số )?$")  # "trong 23 hồ sơ trễ hạn", "Trình độ (22 người)"


def find_restated(rule: SameFigure, material: Material, linked: set[frozenset[Span]], outdated: Collection[Span | None]) -> Iterator[Claim]:
    """Each number with the earlier place that tells it best, when enough there says that it is the same; not one that was left
    `outdated`."""
    named = {f.quantity.span: f for f in material.figures}
    by_value: dict[Rational, list[Told]] = {}
    for mention in material.reading.mentions:
        if not _worth(mention) or mention.quantity.span in outdated:
            continue
        told = Told(material, mention, named.get(mention.quantity.span))
        if told.cell is not None and told.cell.ordinal:
            continue
        earlier = by_value.setdefault(mention.quantity.value, [])
        if len(earlier) >= _MOST:
            continue
        match = next((e for e in _best_first(earlier) if _one_figure(e, told)), None)
        if match and frozenset((match.mention.quantity.span, mention.quantity.span)) not in linked:
            terms = (term("a", match.mention), term("b", mention))
            scope = f"{match.figure.name} {match.figure.scope}".strip() if match.figure else f"{match.mention.unit} {match.mention.label}"[:60]
            yield claim(rule, Kind.SAME_FIGURE, terms, scope, span=span_over(terms))
        earlier.append(told)


class Told:
    """A number where it stands, with what tells it from others, looked up only where a number is written twice."""

    def __init__(self, material: Material, mention: Mention, figure: Figure | None) -> None:
        self.material, self.mention, self.figure = material, mention, figure
        self.part = material.reading.paragraphs_read[mention.paragraph]
        self.table = self.part.kind != "text"

    @cached_property
    def cell(self) -> Cell | None:
        return self.material.cells.get(self.mention.index) if self.table else None

    @cached_property
    def unit(self) -> str:
        """Its own, or in a table the one its column is headed with."""
        if self.mention.unit or self.cell is None:
            return self.mention.unit
        said = UNIT.search(self.cell.head)
        return self.cell.unit or (unit_of(said.group(1)) if said else "")

    @cached_property
    def words(self) -> frozenset[str]:
        """Of its label; of a rate also those of its count, in a table those of its row and column."""
        mention, mentions = self.mention, self.material.reading.mentions
        words = telling(f"{self.cell.label} {self.cell.head}" if self.cell else mention.label)
        for before in reversed(mentions[max(0, mention.index - 2) : mention.index] if mention.percent else ()):
            if before.sentence != mention.sentence or before.percent:
                break
            words |= telling(before.label)
            if before.under is None:
                break
        if mention.group >= 0 and not words:
            words = telling(self.material.reading.folded[max(self._start, mention.group - _ASIDE) : mention.group])
        return words

    @property
    def _start(self) -> int:
        return self.material.reading.sentences[self.mention.sentence].start

    @cached_property
    def lead(self) -> frozenset[str]:
        """The words of the line over its bullet."""
        parts = self.material.reading.paragraphs_read
        if not self.part.marker:
            return frozenset()
        for part in reversed(parts[max(0, self.part.index - _BULLETS) : self.part.index]):
            if part.kind != "text":
                break
            if part.marker[:1] != self.part.marker[:1] or part.indent < self.part.indent:
                return telling(self.material.reading.folded[part.span.start : min(part.span.end, part.span.start + _LEAD)])
        return frozenset()

    @cached_property
    def base(self) -> bool:
        """Is it the whole of what follows: the m of an n/m, "trong 23 hồ sơ trễ hạn"?"""
        return self.mention.under is not None or _BASE.search(self.lead_in) is not None

    @property
    def opening(self) -> int:
        """Where its sentence begins, or the last words before it that still tell what it is of."""
        return max(self._start, self.mention.start - _LEAD)

    @property
    def lead_in(self) -> str:
        """The last words before it in its sentence."""
        return self.material.reading.folded[max(self._start, self.mention.start - _BEFORE) : self.mention.start]

    @cached_property
    def summing_up(self) -> bool:
        return self.material.sums_up(self.mention.start)

    @property
    def all_of_them(self) -> bool:
        """ "Cả 18 trường hợp …" takes up a number named before."""
        return self.mention.before.split()[-1:] == ["cả"]


def _best_first(earlier: Sequence[Told]) -> list[Told]:
    return sorted(earlier, key=lambda s: (s.figure is None, bool(s.figure and s.figure.base), s.mention.index))


def _worth(mention: Mention) -> bool:
    q = mention.quantity
    if mention.target or mention.per or q.damaged or q.written.qualifier is not Qualifier.EXACT:
        return False
    if mention.percent:
        return q.written.value > 0
    if q.unit in MEASURES or q.written.value.denominator != 1 or q.written.value < 1:
        return False
    return bool(q.unit) or not (q.text.isdigit() and 1900 <= q.written.value <= 2100)


def _one_figure(a: Told, b: Told) -> bool:
    if a.mention.percent != b.mention.percent or not compatible(a.unit, b.unit):
        return False
    if a.mention.sentence == b.mention.sentence:
        return _base_of_its_sentence(a, b)
    if a.table and b.table:
        return _totals_of_two_tables(a, b)
    if _of_one_pair(a, b) or _base_under(a, b):
        return True
    needed = _words_needed(a, b)
    if not _of_one_name(a, b):
        if not b.summing_up or a.mention.paragraph == b.mention.paragraph:
            return False
        needed = max(needed, _WELL)  # "còn 7 hồ sơ quá hạn" of those resolved: one word may stand for two names
    if not needed:
        return True
    if len(a.words & b.words) >= needed:
        return True
    return needed < _WELL and len((a.words & (b.words | b.lead)) | (a.lead & b.words)) > needed


def _base_of_its_sentence(a: Told, b: Told) -> bool:
    """ "đã chỉ ra 09 tồn tại, …, đến nay 07/09 tồn tại được khắc phục", "chuyển đến 28 phản ánh, xử lý xong 27/28 phản ánh": is a figure of the
    sentence the m of an n/m further on in it? Right behind it ("nhận 11, xử lý xong 11/11") the unit may go unsaid."""
    if b.mention.under is None or a.table:
        return False
    if _right_before(a, b):
        return True
    if a.unit != b.unit:
        return False
    told = a.unit != "" and b.mention.value >= _SMALL and a.mention.under is None and a.mention.over is None and a.mention.depth <= b.mention.depth
    return told and a.mention.index < b.mention.under or a.words == b.words != frozenset() and a.mention.index < b.mention.under - 1


def _right_before(a: Told, b: Told) -> bool:
    """Is the figure the last count before the n/m, or the n of the n/m before it?"""
    assert b.mention.under is not None
    if b.mention.under - a.mention.index > _FEW:
        return False
    mentions = b.material.reading.mentions
    between = [m for m in mentions[a.mention.index + 1 : b.mention.under] if not m.percent and m.index != a.mention.over]
    counted = a.mention.countable and a.mention.under is None and a.mention.depth <= b.mention.depth
    return counted and not between and a.mention.index < b.mention.under and a.mention.value > 1 and (a.mention.over is None or a.mention.value >= _DISTINCTIVE)


def _totals_of_two_tables(a: Told, b: Told) -> bool:
    telling_one = b.mention.value >= _DISTINCTIVE and b.mention.value % _ROUND != 0
    return telling_one and a.cell is not None and b.cell is not None and a.cell.total and b.cell.total and a.part.index + 1 < b.part.index


def _base_under(a: Told, b: Told) -> bool:
    """ "- Nhiệm vụ tỉnh giao: 83" and, in a bullet under it, "tỷ lệ xong: 74/83"."""
    parts = b.material.reading.paragraphs_read
    above = [p for p in parts[max(0, b.part.index - _BULLETS) : b.part.index] if p.marker[:1] != b.part.marker[:1] or p.indent < b.part.indent]
    return b.mention.under is not None and b.part.marker != "" and above[-1:] == [a.part] and a.part.marker != "" and not a.mention.depth


def _of_one_pair(a: Told, b: Told) -> bool:
    """ "36 nhiệm vụ, đã xong 19 nhiệm vụ" and "19/36 nhiệm vụ" far behind: does the other side of an n/m stand beside the figure too?"""
    mentions = b.material.reading.mentions
    other = b.mention.over if b.mention.over is not None else b.mention.under if b.mention.under is not None else _said_beside(b)
    if other is None or mentions[other].value == b.mention.value:
        return False
    least = _SMALL if a.unit == b.unit != "" else 2 * _SMALL
    if max(mentions[other].value, b.mention.value) < least:
        return False
    around = mentions[max(0, a.mention.index - _PAIR) : a.mention.index + _PAIR + 1]
    return any(m.value == mentions[other].value and m.sentence - a.mention.sentence in {-1, 0, 1} and m is not a.mention for m in around)


def _said_beside(b: Told) -> int | None:
    """The other side of an n/m in words: "34 trên 47 nhiệm vụ"."""
    reading, here = b.material.reading, b.mention.index
    for left, right in pairwise(reading.mentions[max(0, here - 1) : here + 2]):
        if left.percent == right.percent is False and left.value < right.value and _ON.fullmatch(reading.folded, left.end, right.start):
            return right.index if left is b.mention else left.index
    return None


def _of_one_name(a: Told, b: Told) -> bool:
    if a.figure and b.figure and not a.figure.base and not b.figure.base:
        return a.figure.name == b.figure.name and a.figure.scope == b.figure.scope
    if a.figure and b.figure:
        return a.figure.scope == b.figure.scope
    scoped = a.figure or b.figure
    other = b.mention if a.figure else a.mention
    return not (scoped and scoped.scope) or scoped.scope in other.label


def _words_needed(a: Told, b: Told) -> int:
    """How many telling words the two must share."""
    mention = b.mention
    value, alike = mention.quantity.value, a.unit == b.unit != ""
    if mention.percent:
        return _WELL + (value == _ALL) if min(mention.quantity.written.ulp, a.mention.quantity.written.ulp) >= 1 else 1
    if (alike or _CASE in (a.unit, b.unit)) and b.base and mention.paragraph - a.mention.paragraph <= _NEAR:
        return 0 if value >= _SMALL or b.all_of_them else 1
    if value >= _DISTINCTIVE and (value % _ROUND or value >= _ROUND**2 or (alike and "đồng" not in b.unit)):
        return 0 if a.unit or b.unit or (a.figure and b.figure) else 1 if a.table != b.table else _WELL
    if value >= _SMALL:
        return 1 if alike else _WELL
    return _WELL if alike and value > 1 or b.summing_up else _NEVER
