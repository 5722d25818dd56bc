"""A sentence told twice, word for word, with another figure in one place: what was corrected in one copy only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from ..model import Claim, Kind, Span
from ..quantities import Mention
from .material import Material, claim, span_over, term

if TYPE_CHECKING:
    from .kinds import SameFigure

_FEWEST = 3  # figures of a sentence that is told again, all but one of them the same
_MOST = 4  # copies; what is told more often is a form
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
