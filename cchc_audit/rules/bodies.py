"""Which places of a report count different things: the ward office's dossiers and the police's, two surveys.

Some name what they speak of: two communes, two elections. More rarely say so in words that a reader could list.
The figures do: where two places speak of two bodies, most of the indicators that both state lie far apart, while
a slip leaves the others as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ..language import fold
from ..model import magnitude
from ..surroundings import is_of_others

if TYPE_CHECKING:
    from ..model import Figure
    from .material import Material

_FAR = Fraction(1, 10)  # of the larger; nearer, the one may be the other gone stale or miswritten
_FEW = 4  # mentions of one indicator looked at in one place
_REACH = 400  # characters a name may stand before the figure it speaks of
_LEVELS = (("xã", "phường", "thị trấn", "đặc khu"), ("huyện", "quận", "thị xã"), ("tỉnh", "thành phố"))  # from the lowest
_LEVEL_OF = {word: level for level, words in enumerate(_LEVELS) for word in words}
_NAMED = re.compile(r"(?<!\w)([Tt]hị xã|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu|[Hh]uyện|[Qq]uận|[Tt]ỉnh|[Tt]hành phố)((?: [^\W\d_a-z]\w*){1,5})")
_ELECTED = re.compile(r"(?:bầu(?: cử)?(?: đại biểu)?|đại biểu) (quốc hội|hđnd(?: cấp)? (?:tỉnh|thành phố|huyện|quận|xã|phường|thị trấn))|(?<!\w)đbqh")

Stated = Mapping[str, Sequence["Figure"]]


class Bodies:
    """The indicators stated in each section and paragraph of one report.

    The material is given anew with each question: the two would else hold each other, and a report would stay in
    memory after its audit.
    """

    def __init__(self, material: Material) -> None:
        self._paragraph_starts = [p.span.start for p in material.reading.paragraphs_read]
        self._sentence_starts = [s.start for s in material.reading.sentences]
        self._by_section: dict[str, dict[str, list[Figure]]] = defaultdict(dict)
        self._by_paragraph: dict[int, dict[str, list[Figure]]] = defaultdict(dict)
        for figure in material.figures:
            _add(self._by_section[figure.section], figure)
            _add(self._by_paragraph[figure.quantity.paragraph], figure)

    def differ(self, material: Material, one: int, other: int) -> bool:
        """Do the sections of two places (offsets), or their paragraphs within one section, count different things?"""
        if _two_names(self._units(material, one), self._units(material, other)):
            return True
        elections = self._election(material, one), self._election(material, other)
        if all(elections) and elections[0] != elections[1]:
            return True
        first, second = material.section_at(one), material.section_at(other)
        if first is second:
            return _far_apart(material, self._near(one), self._near(other))
        return _far_apart(material, self._by_section.get(first.path if first else "", {}), self._by_section.get(second.path if second else "", {}))

    def _units(self, material: Material, offset: int) -> dict[int, str]:
        """The units named before a place in its sentence, the last of each level."""
        start = max(offset - _REACH, self._sentence_starts[bisect_right(self._sentence_starts, offset) - 1])
        return {_LEVEL_OF[m[1].lower()]: fold(m[2]) for m in _NAMED.finditer(material.document.text, start, offset)}

    def _election(self, material: Material, offset: int) -> str:
        """The body whose election a paragraph speaks of before a place; "" for none."""
        start = max(offset - _REACH, self._paragraph_starts[bisect_right(self._paragraph_starts, offset) - 1])
        named = [m[1] or "quốc hội" for m in _ELECTED.finditer(material.reading.folded, start, offset)]
        return named[-1] if named else ""

    def _near(self, offset: int) -> Stated:
        return self._by_paragraph.get(bisect_right(self._paragraph_starts, offset) - 1, {})


def _two_names(one: Mapping[int, str], other: Mapping[int, str]) -> bool:
    """Two units of one level, the lowest that either place names?"""
    lowest = min((*one, *other), default=0)
    return lowest in one and lowest in other and one[lowest] != other[lowest]


def _far_apart(material: Material, first: Stated, second: Stated) -> bool:
    far = near = 0
    for name in () if first is second else first.keys() & second.keys():
        pairs = [(a.quantity.value, b.quantity.value) for a in first[name] for b in second[name] if _alike(a, b) and material.at_one_time(a, b)]
        if any(magnitude(x - y) <= max(magnitude(x), magnitude(y)) * _FAR for x, y in pairs):
            near += 1
        elif pairs:
            far += 1
    return far > max(near, 1)


def _alike(a: Figure, b: Figure) -> bool:
    """Is neither a field of work or a hamlet of the other?"""
    return a.scope == b.scope or is_of_others(a.scope) or is_of_others(b.scope)


def _add(stated: dict[str, list[Figure]], figure: Figure) -> None:
    mentions = stated.setdefault(figure.name, [])
    if len(mentions) < _FEW:
        mentions.append(figure)
