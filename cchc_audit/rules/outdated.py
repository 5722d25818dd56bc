"""A figure that the closing assessment tells with the value of another time: "tiếp nhận mới 3.471 hồ sơ (cùng kỳ 3.127 hồ sơ)" in the
text, "với 3.127 hồ sơ nhận mới trong 6 tháng đầu năm" at its end.

The old report was the model of the new one, and the figure stayed. Raised only where the text tells the value of a former time and of
nothing else, and beside it the one figure of this time, in the same words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..language import compatible
from ..model import Claim, Figure, Kind, Rational, Span
from ..quantities import Mention
from .material import STOCK_DAYS, Material, claim, span_over, term
from .restated import Told
from .summary import CLASSES, looks_back, plain
from .swapped import ANOTHER, told_apart

if TYPE_CHECKING:
    from .kinds import SameFigure

_MOST = 6  # places that tell one value
_LEAST = 10  # smaller counts agree by chance
_FIGURES = 14  # around one of a former time, among which that of this time stands
_PARAGRAPHS = 6  # between the two
_AROUND = 60  # characters behind a figure that say of when it is
_CLAUSE_ENDS = re.compile(r"[;.\n](?=\s)|\n")
_OPENS = re.compile(r"\([^()]*$")  # "3.471 hồ sơ (cùng kỳ 3.127 hồ sơ)": what the bracket says is said of its own figure
_CARRIED = re.compile(r"(?:kỳ|quý|tháng|năm) trước chuyển")  # "47 hồ sơ của kỳ trước chuyển sang với 3.471 hồ sơ nhận mới"
_AT_FIRST = re.compile(r"(?<!\w)(?<!tháng )đầu (?:năm|kỳ|quý|nhiệm kỳ)[^,;.()\d]{0,30}$")  # "đầu năm 268 hộ nghèo"
_THIS_RATE = re.compile(r"(?<!\w)(?:tỷ lệ|con số|mức) này (?:[^\W\d_]+ ){0,3}$")
_HIGHER = re.compile(r",? (?:cao|thấp) hơn [^;.()]{3,40}\(\s?")
_AIMED_AT = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu (?:năm|quý|nhiệm kỳ))(?!\w)")
_EMPTY = frozenset(["chỉ", "khi", "cuối", "đầu", "vẫn", "hiện", "thì", "đủ", "đang", "hành", "chính"])


def find_outdated(rule: SameFigure, material: Material, linked: set[frozenset[Span]]) -> Iterator[Claim]:
    """A failing claim for each such figure, with that of this time and, as "former", the place that tells its value of another."""
    named = {f.quantity.span: f for f in material.figures}
    told: dict[Rational, list[Mention]] = defaultdict(list)
    for mention in material.reading.mentions:
        if not looks_back(material, mention.start):
            told[mention.value].append(mention)
            continue
        again = Told(material, mention, named.get(mention.quantity.span))
        if _AIMED_AT.search(material.reading.folded, material.reading.sentences[mention.sentence].start, mention.start) or not plain(again) or not mention.percent and mention.value < _LEAST or _former(material, mention):
            continue
        before = [m for m in told[mention.value] if m.percent == mention.percent and m.unit == mention.unit and _shared(material, m, again)]
        if not before or len(before) > _MOST or not all(_former(material, m) for m in before):
            continue
        meant = [m for old in before for m in _pointed_back(material, old)]
        beside = (m for old in before for m in _beside(material, old, named))
        now = {m.value: m for m in meant or beside if meant or _called_alike(material, m, again)}
        for m in now.values() if len(now) == 1 else ():
            if frozenset((m.quantity.span, mention.quantity.span)) not in linked:
                terms = (term("a", m), term("b", mention), term("former", before[0]))
                yield claim(rule, Kind.SAME_FIGURE, terms, f"{mention.unit} {mention.label}"[:60], span=span_over(terms))


def _former(material: Material, mention: Mention, *, told_so: bool = False) -> bool:
    """Is the figure told of a former time; with `told_so`, by words that stand right around it?"""
    folded, sentence = material.reading.folded, material.reading.sentences[mention.sentence]
    start = max([sentence.start, *(m.end() for m in _CLAUSE_ENDS.finditer(folded, sentence.start, mention.start))])
    if told_so and mention.index:
        start = max(start, material.reading.mentions[mention.index - 1].end)
    end = min(sentence.end, mention.end + _AROUND)
    if told_so and mention.index + 1 < len(material.reading.mentions):
        opens = _OPENS.search(folded, mention.end, material.reading.mentions[mention.index + 1].start)
        end = min(end, opens.start()) if opens else end
    behind = _CLAUSE_ENDS.search(folded, mention.end, end)
    said = ANOTHER.finditer(folded, start, behind.start() if behind else end)
    if any(not _CARRIED.match(folded, m.start()) for m in said) or _AT_FIRST.search(folded, start, mention.start):
        return True
    period, own = material.period_at(mention.start), material.line.base
    return period is not None and own is not None and _ahead(own.start, period.start) and _ahead(own.end, period.end)


def _ahead(own: date | None, other: date | None) -> bool:
    return own is not None and other is not None and (own - other).days > STOCK_DAYS


def _shared(material: Material, old: Mention, again: Told) -> bool:
    """May the two be called alike?"""
    words = Told(material, old, None).words
    return not words or bool(words & again.words)


def _beside(material: Material, old: Mention, named: dict[Span, Figure]) -> Iterator[Mention]:
    """The figures of this time around one of a former."""
    mentions, name = material.reading.mentions, named.get(old.quantity.span)
    for m in mentions[max(0, old.index - _FIGURES) : old.index + _FIGURES]:
        near = abs(m.paragraph - old.paragraph) <= _PARAGRAPHS and m.value != old.value and m.percent == old.percent
        if near and compatible(m.unit, old.unit) and plain(Told(material, m, None), part=True) and not _former(material, m, told_so=True):
            other = named.get(m.quantity.span)
            if name is None or other is None or name.name == other.name:
                yield m


def _pointed_back(material: Material, old: Mention) -> Iterator[Mention]:
    """The rate right before "năm 2023 tỷ lệ này là 96,85%" or ", cao hơn năm 2023 (89,5%)"."""
    if not old.percent or not old.index:
        return
    now = material.reading.mentions[old.index - 1]
    compared = old.depth and _HIGHER.fullmatch(material.reading.folded, now.end, old.start)
    pointed = compared or _THIS_RATE.search(material.reading.folded, max(0, old.start - _AROUND), old.start)
    if pointed and now.percent and now.paragraph == old.paragraph and now.value != old.value and not _former(material, now, told_so=True):
        yield now


def _called_alike(material: Material, now: Mention, again: Told) -> bool:
    words = Told(material, now, None).words - _EMPTY
    return bool(words) and words <= again.words and not (again.words - words - _EMPTY) & CLASSES and not told_apart(material, now, again.mention)
