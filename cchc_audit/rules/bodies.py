"""Which places of a report count different things: the ward office's dossiers and the police's, two surveys.

Reports rarely say so in words that a reader could list. The figures do: where two places speak of two bodies,
most of the indicators that both state lie far apart, while a slip leaves the others as they are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ..model import magnitude

if TYPE_CHECKING:
    from ..model import Figure
    from .material import Material

_FAR = Fraction(1, 10)  # of the larger; nearer, the one may be the other gone stale or miswritten
_FEW = 4  # mentions of one indicator looked at in one place

Stated = Mapping[str, Sequence["Figure"]]


class Bodies:
    """The indicators stated in each section and paragraph of one report."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._paragraph_starts = [p.span.start for p in material.reading.paragraphs_read]
        self._by_section: dict[str, dict[str, list[Figure]]] = defaultdict(dict)
        self._by_paragraph: dict[int, dict[str, list[Figure]]] = defaultdict(dict)
        for figure in material.figures:
            _add(self._by_section[figure.section], figure)
            _add(self._by_paragraph[figure.quantity.paragraph], figure)

    def differ(self, one: int, other: int) -> bool:
        """Do the sections of two places (offsets), or their paragraphs within one section, count different things?"""
        first, second = self._material.section_at(one), self._material.section_at(other)
        if first is second:
            return self._far_apart(self._near(one), self._near(other))
        return self._far_apart(self._by_section.get(first.path if first else "", {}), self._by_section.get(second.path if second else "", {}))

    def _near(self, offset: int) -> Stated:
        return self._by_paragraph.get(bisect_right(self._paragraph_starts, offset) - 1, {})

    def _far_apart(self, first: Stated, second: Stated) -> bool:
        far = near = 0
        for name in () if first is second else first.keys() & second.keys():
            pairs = [(a.quantity.value, b.quantity.value) for a in first[name] for b in second[name] if self._material.at_one_time(a, b)]
            if any(magnitude(x - y) <= max(magnitude(x), magnitude(y)) * _FAR for x, y in pairs):
                near += 1
            elif pairs:
                far += 1
        return far > max(near, 1)


def _add(stated: dict[str, list[Figure]], figure: Figure) -> None:
    mentions = stated.setdefault(figure.name, [])
    if len(mentions) < _FEW:
        mentions.append(figure)
