"""Figures that point back at one told before: "để trễ 74 hồ sơ …. Toàn bộ 71 hồ sơ trễ hẹn nêu trên phải có thư xin lỗi", "còn 47 hộ chưa nhận
tiền. … bàn giao mặt bằng của 74 hộ còn lại".

Where the same number is told before, it is the one that is meant; else the one a slip of the typist away, if the words tell of the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..digits import distance, neighbours_swapped
from ..language import compatible
from ..model import Claim, Kind, Qualifier, Span
from ..quantities import Mention
from .material import Material, claim, span_over, telling, term

if TYPE_CHECKING:
    from .kinds import SameFigure

_ABOVE = re.compile(r"(?P<what>[^,;.:()\d]{0,50}?)\s(?:nêu trên|nói trên|kể trên|vừa nêu|đã nêu|trên đây)(?!\w)")
_LEFT_OVER = re.compile(r"(?P<what>[^,;.:()\d]{0,20}?)\scòn lại(?!\w)")
_STILL = re.compile(r"(?<!\w)còn(?: lại| có)?$")
_BACK = 60  # figures back to the one pointed at
_LEAST = 10  # of fewer every figure is a digit away from every other


def find_pointed_at(rule: SameFigure, material: Material, linked: set[frozenset[Span]]) -> Iterator[Claim]:
    """A claim for each such figure with the one it points at."""
    mentions = material.reading.mentions
    for b in mentions:
        if not _is_count(b):
            continue
        above = _ABOVE.match(material.reading.folded, b.end)
        left = None if above else _LEFT_OVER.match(material.reading.folded, b.end)
        if above is None and left is None:
            continue
        before = [a for a in reversed(mentions[max(0, b.index - _BACK) : b.index]) if a.sentence != b.sentence and _is_count(a) and _alike(a, b)]
        a = _meant_above(before, b, above["what"]) if above is not None else _meant_left(before, b)
        if a is not None and frozenset((a.quantity.span, b.quantity.span)) not in linked:
            terms = (term("a", a), term("b", b))
            yield claim(rule, Kind.SAME_FIGURE, terms, f"{b.unit} {b.label}"[:60], span=span_over(terms))


def _meant_above(before: Sequence[Mention], b: Mention, what: str) -> Mention | None:
    """The figure above: of the same value, or told in its words and a digit away."""
    same = next((a for a in before if a.value == b.value), None)
    words = telling(what)
    if same is not None or not words or b.value < _LEAST:
        return same
    slipped = [a for a in before if words & telling(a.label) and distance(str(a.value), str(b.value)) == 1]
    return slipped[0] if len({a.value for a in slipped}) == 1 else None


def _meant_left(before: Sequence[Mention], b: Mention) -> Mention | None:
    """What was told to be left over paragraphs before: of the same value, or the only one, with two digits in the other order."""
    left = [a for a in before if a.paragraph != b.paragraph and a.unit == b.unit != "" and _STILL.search(a.before)]
    same = next((a for a in left if a.value == b.value), None)
    swapped = [a for a in left if b.value >= _LEAST and neighbours_swapped(str(a.value), str(b.value))]
    return same or (swapped[0] if len(left) == 1 and swapped else None)


def _is_count(mention: Mention) -> bool:
    q = mention.quantity
    plain = mention.countable and mention.over is None and mention.under is None and not q.damaged
    return plain and q.value.denominator == 1 and q.written.qualifier is Qualifier.EXACT and not q.word


def _alike(a: Mention, b: Mention) -> bool:
    return compatible(a.unit, b.unit) and (a.unit != "" or b.unit != "")
