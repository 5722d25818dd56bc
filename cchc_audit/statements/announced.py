"""What the shares told behind a remark are said to be of: "(tỷ lệ tính trên tổng số đại biểu là 34)"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ..quantities import Mention, Reading
from .bases import Bases
from .items import Item, comes_out

_CALLED = r"(?<!\w)(?:tỷ lệ|phần trăm|%)(?: này| %| dưới đây| sau đây)?(?: được| đều)? tính"
_WITH_FIGURE = re.compile(rf"{_CALLED} (?:trên|theo|so với) (?:tổng )?(?:số )?(?:[^;:.()\d]{{2,50}}?(?: là|:))?\s?$")
_BY_NAME = re.compile(rf"{_CALLED} trên (?P<what>tổng số [^;:.()\d\n]{{3,60}}?)\s?[):.;]")
_BEFORE = 90  # characters before a figure that announce it as a base
_REACH = 20  # paragraphs
_SO_MANY = 2


class Announced:
    """The figures that shares are said to be of, in one document."""

    def __init__(self, reading: Reading, bases: Bases) -> None:
        self.reading, self.bases = reading, bases
        said = any(told in reading.folded for told in ("tính trên", "tính theo", "tính so với"))
        self.places = sorted(self._places(), key=lambda told: told[0]) if said else []
        self.shared: dict[tuple[int, str], list[int]] = defaultdict(list)  # paragraphs of shares that come out on a figure announced, by unit

    def _places(self) -> Iterator[tuple[int, Mention]]:
        """Each figure with the place where it is announced; where only its name is told, a line before gives the figure."""
        folded, called = self.reading.folded, {m.before: m for m in reversed(self.reading.mentions) if m.countable}
        for mention in self.reading.mentions:
            if mention.countable and _WITH_FIGURE.search(folded, max(0, mention.start - _BEFORE), mention.start):
                yield mention.start, mention
        for told in _BY_NAME.finditer(folded):
            named = called.get(told["what"])
            if named is not None and named.start < told.start():
                yield told.end(), named

    def base(self, item: Item, percent: Mention) -> Mention | None:
        """The figure announced for this share: one it comes out on, or one that two others of its list and unit come out on."""
        if not self.places or item.base is not None or self.bases.hint(percent) is not None:
            return None
        near = self.reading.paragraphs[max(0, item.mention.paragraph - _REACH)].start
        told = [m for place, m in reversed(self.places) if near <= place < item.start]
        out = next((m for m in told if comes_out(item.value, m.value, percent.quantity.written)), None)
        if out is not None:
            self.shared[out.index, item.unit].append(item.mention.paragraph)
        elif told and self._of_the_list(item, told[0]):
            return told[0]
        return out

    def _of_the_list(self, item: Item, announced: Mention) -> bool:
        """Do shares right before this one come out on the figure announced for them, and is none of its sentence larger?"""
        fitting = self.shared[announced.index, item.unit]
        if len(fitting) < _SO_MANY or item.mention.paragraph - fitting[-1] > 1:
            return False
        return not any(i.value > announced.value for i in self.bases.near(item.mention) if i.mention.sentence == item.mention.sentence and i.unit == item.unit)
