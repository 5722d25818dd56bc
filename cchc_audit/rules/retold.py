"""A sentence or a list told twice, with another figure in one place: what was corrected in one copy only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from ..digits import neighbours_swapped
from ..language import compatible
from ..model import Claim, Kind, Qualifier, Span
from ..quantities import Mention
from ..statements.items import one_slip_apart
from .material import Material, claim, same_time, span_over, term
from .swapped import told_apart

if TYPE_CHECKING:
    from .kinds import SameFigure

_FEWEST = 3  # figures of a sentence that is told again, all but one of them the same
_MOST = 4  # copies; what is told more often is a form
_BESIDE = 5  # figures on either side of one in a list
_LISTED = 3  # others of a list that are told again as they were
_LETTERS = re.compile(r"[^\W\d_]+")
_DOSSIER = frozenset({"hồ", "sơ"})  # printed in the text, left out in a table
_LEAST = 10  # smaller counts agree by chance
_TELLING = 100  # smaller counts agree by chance between lines of one form, told of two fields or two quarters


def find_retold(rule: SameFigure, material: Material, linked: set[frozenset[Span]]) -> Iterator[Claim]:
    """A claim for each figure of a sentence with the one in its place in the copy; a failing one where just one differs."""
    copies: dict[tuple[str, ...], list[list[Mention]]] = defaultdict(list)
    for _, told in groupby(material.reading.mentions, key=lambda m: m.sentence):
        mentions = list(told)
        prose = material.reading.paragraphs_read[mentions[0].paragraph].kind == "text"
        if prose and len(mentions) >= _FEWEST and not any(m.quantity.damaged for m in mentions):
            copies[_words(material, mentions)].append(mentions)
    for again in copies.values():
        first, *others = again
        if len(again) > _MOST:
            continue
        for other in others:
            alike = [a for a, b in zip(first, other, strict=True) if a.value == b.value]
            if len(alike) < len(first) - 1 or not any(m.value >= _TELLING or m.quantity.written.ulp < 1 for m in alike):
                continue
            for a, b in zip(first, other, strict=True):
                terms = (term("a", a), term("b", b))
                if frozenset((a.quantity.span, b.quantity.span)) not in linked:
                    yield claim(rule, Kind.SAME_FIGURE, terms, f"{b.unit} {b.label}"[:60], span=span_over(terms))


def _words(material: Material, mentions: list[Mention]) -> tuple[str, ...]:
    """The words between the figures of a sentence, those before the first and behind the last too; spaces, which a copy
    loses, left out."""
    folded, span = material.reading.folded, material.reading.sentences[mentions[0].sentence]
    places = sorted(m.quantity.span for m in mentions)
    starts, ends = [span.start, *(p.end for p in places)], [*(p.start for p in places), span.end]
    return tuple("".join(folded[start:end].split()) for start, end in zip(starts, ends, strict=True))


def find_listed_again(rule: SameFigure, material: Material, linked: set[frozenset[Span]]) -> Iterator[Claim]:
    """ "Chứng thực 1.742, hộ tịch 803, địa chính 221, lao động 368" in the text, the same four in an annex but for "địa chính 212":
    a claim for each two figures a slip apart, told by the same words, whose neighbours are told again as they were."""
    by_name: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in material.reading.mentions:
        name = tuple(w for w in _LETTERS.findall(mention.label) if w not in _DOSSIER)
        if name and mention.countable and mention.quantity.value >= _LEAST and mention.quantity.written.qualifier is Qualifier.EXACT:
            by_name[name].append(mention)
    listed = {name: told for name, told in by_name.items() if 1 < len(told) <= _MOST}
    name_of = {m.index: name for name, told in listed.items() for m in told}
    for a, b in (pair for told in listed.values() for pair in combinations(told, 2)):
        if a.value == b.value or a.sentence == b.sentence or not compatible(a.unit, b.unit) or not one_slip_apart(a.quantity.text, b.quantity.text):
            continue
        beside = {name_of[i] for i in range(a.index - _BESIDE, a.index + _BESIDE + 1) if i in name_of} - {name_of[a.index]}
        pairs = [[min(listed[name], key=lambda m: abs(m.index - near.index)) for near in (a, b)] for name in beside]
        again = [(one.value, other.value) for one, other in pairs if one is not other and abs(other.index - b.index) <= 2 * _BESIDE]
        if len(again) < _LISTED or any(one != other for one, other in again) or max(one for one, _ in again) < _TELLING:
            continue
        times = material.period_at(a.start), material.period_at(b.start)
        grown = None not in times and not same_time(*times) and not neighbours_swapped(str(a.value), str(b.value))
        apart = grown or told_apart(material, a, b) or material.bodies.differ(material, a.start, b.start)
        if not apart and frozenset((a.quantity.span, b.quantity.span)) not in linked:
            terms = (term("a", a), term("b", b))
            yield claim(rule, Kind.SAME_FIGURE, terms, f"{b.unit} {b.label}"[:60], span=span_over(terms))
