"""A figure of the title told again in the text: "Trên 99% hồ sơ đúng hạn" over "… trước và đúng hạn, đạt 99,2%".

News give it in the title alone, rounded or hedged, so only agreement counts: another value in the text may be
another figure. Only a rate of the same digits, two neighbours swapped, in the words of the title is the slip it seems.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..digits import neighbours_swapped
from ..language import MEASURES, compatible, fold
from ..model import Claim, Kind, Span, Written, magnitude
from ..quantities import Mention
from ..sums import same
from .material import Material, claim, telling, term
from .swapped import digits_of

if TYPE_CHECKING:
    from .kinds import SameFigure

_HEAD = 6  # lines a title may stand among: a dateline, a section of the paper, a teaser
_LONGEST = 200  # characters of a title, which is one line
_SAME_WORDS = 2  # of a title, around the rate below it
_TELLING = 100  # a smaller number, or a rate without decimals, is told again only in words of the title


def bind_headline(rule: SameFigure, material: Material, linked: set[frozenset[Span]]) -> Iterator[Claim]:
    """Each figure of the title with the place of the text that tells it best."""
    text = material.document.text
    for part in material.reading.paragraphs_read[:_HEAD]:
        line = text[part.span.start : part.span.end].partition("\n")[0]
        if part.kind != "text" or part.marker or len(line) > _LONGEST or (len(part.sentences) > 1 and part.sentences[0].end < part.span.start + len(line)):
            continue
        words, end = telling(fold(line)), part.span.start + len(line)
        for title in material.reading.by_paragraph[part.index]:
            if title.end > end or not _worth(title):
                continue
            body = _told_again(material, title, words, end) or _swapped_below(material, title, words, end)
            if body is not None and frozenset((title.quantity.span, body.quantity.span)) not in linked:
                yield claim(rule, Kind.SAME_FIGURE, (term("a", title), term("b", body)), f"{body.unit} {body.label}"[:60], span=body.quantity.span)


def _worth(mention: Mention) -> bool:
    q = mention.quantity
    return not q.damaged and q.unit not in MEASURES and (mention.percent or bool(q.unit) or q.value >= _TELLING) and q.value not in {0, 1}


def _told_again(material: Material, title: Mention, words: frozenset[str], end: int) -> Mention | None:
    best, most = None, -1
    for mention in material.reading.mentions[title.index + 1 :]:
        if mention.start < end or mention.quantity.damaged or mention.percent != title.percent:
            continue
        if not compatible(mention.unit, title.unit) or not _one_value(title.quantity.written, mention.quantity.written):
            continue
        shared = len(words & _words(material, mention))
        if shared > most and (shared or _tells_itself(mention)):
            best, most = mention, shared
    return best


def _swapped_below(material: Material, title: Mention, words: frozenset[str], end: int) -> Mention | None:
    if not title.percent or title.quantity.written.ulp >= 1:
        return None
    for mention in material.reading.mentions[title.index + 1 :]:
        rate = mention.start >= end and mention.percent and not mention.quantity.damaged
        swapped = rate and mention.quantity.written.ulp == title.quantity.written.ulp and neighbours_swapped(digits_of(title), digits_of(mention))
        if swapped and len(words & _words(material, mention)) >= _SAME_WORDS:
            return mention
    return None


def _one_value(title: Written, body: Written) -> bool:
    """Do the two stand for one value, the title rounded by no more than its last place?"""
    return same((title, body)).fits and magnitude(title.value - body.value) <= max(title.ulp, body.ulp)


def _words(material: Material, mention: Mention) -> frozenset[str]:
    """The telling words around a figure; those of a rate also stand around the count before it."""
    before = material.reading.mentions[mention.index - 1]
    counted = before.label if mention.percent and before.sentence == mention.sentence else ""
    return telling(f"{counted} {mention.label}")


def _tells_itself(mention: Mention) -> bool:
    q = mention.quantity
    return q.written.ulp < 1 if mention.percent else q.value >= _TELLING

