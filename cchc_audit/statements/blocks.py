"""Paragraphs that divide what a paragraph before them tells as a whole: by court, by kind of case, by office.

"Hai cấp thụ lý 7.662 vụ, giải quyết 6.468 vụ." and then a paragraph for each kind of case, each with "thụ lý … vụ"
and "giải quyết … vụ", or a profile of each commune, "số thôn: 8; số hộ: 817". No word says that these are all there are; figures that
add up say it, and where two of them do, the other figures told in the same words in the same paragraphs are held to the same whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import log10
from typing import NamedTuple

from ..model import Claim, Rational
from ..quantities import Reading
from .items import LEAST, Item, one_slip_apart, sum_claim, total_of

_HEADS = 4  # paragraphs with figures back from the first part in which the whole may be told
_MOST = 8  # paragraphs of one division
_FEWEST_SUMS = 2  # that show a division
_LOOKED_AT = 24  # figures of one paragraph
_FAR = 10  # a sum further than one in so many from the whole is of another one
# the digits of the sums of one division: fewer agree by chance, where the whole is told in the same words and where it is only found
_DIGITS_TOLD, _DIGITS_FOUND = 2, 3
_SHARED = 2  # words that name a whole as its parts
_LEAD = 60  # characters before a figure without a unit that may name it
_NAME = re.compile(r"[^\W\d_][^;:,.\d\n]*$")  # "diện tích tự nhiên (km2)"


class _Thing(NamedTuple):
    """What a figure counts: its unit, and a word of its label; "" for the first figure of the unit in its paragraph. Without a unit, all
    the words that lead it in."""

    unit: str
    word: str


class _Block(NamedTuple):
    """A paragraph: the first figure of each thing, and of each value."""

    things: dict[_Thing, Item]
    values: dict[Rational, Item]


class _Division(NamedTuple):
    """The paragraphs of the parts, `[first, end)` of those with figures, and the one with the whole."""

    first: int
    end: int
    head: int


class _Sum(NamedTuple):
    """A whole and its parts; `told` where the same words tell them."""

    whole: Item
    parts: tuple[Item, ...]
    told: bool


def find(reading: Reading, paragraphs: Sequence[Sequence[Item]]) -> Iterator[Claim]:
    """A breakdown for each figure that the paragraphs of a division add up to, or fail to."""
    blocks = [_block(reading, items) for items in paragraphs if items]
    divisions: dict[_Division, dict[int, _Sum]] = defaultdict(dict)
    for first in range(1, len(blocks)):
        for column in _columns(blocks, first):
            for head in range(max(0, first - _HEADS), first):
                for end, found in _adding_up(blocks[head], *column):
                    sums = divisions[_Division(first, first + end, head)]
                    if found.whole.start not in sums or found.told:
                        sums[found.whole.start] = found
    for division, sums in divisions.items():
        if not _telling(sums.values()):
            continue
        yield from (sum_claim(s.whole.mention, s.parts, "equal", "breakdown.blocks") for s in sums.values())
        if len({tuple(p.start for p in s.parts) for s in sums.values()}) >= _FEWEST_SUMS:
            yield from _failing(blocks, division, list(sums.values()))


def _block(reading: Reading, items: Sequence[Item]) -> _Block:
    things: dict[_Thing, Item] = {}
    values: dict[Rational, Item] = {}
    for item in items[:_LOOKED_AT]:
        if item.mention.depth or item.aside or item.base is not None or item.value <= 0:
            continue
        values.setdefault(item.value, item)
        for word in ("", *item.words) if item.unit else [_lead(reading, item)]:
            if item.unit or word:
                things.setdefault(_Thing(item.unit, word), item)
    return _Block(things, values)


def _lead(reading: Reading, item: Item) -> str:
    """The words that lead in a figure without a unit: "đúng và trước hạn", "số hộ"."""
    start = max(reading.paragraphs_read[item.mention.paragraph].span.start, item.start - _LEAD)
    named = _NAME.search(reading.folded[start : item.start].rstrip(" :"))
    return named.group().removeprefix("trong đó ").strip() if named else ""


def _columns(blocks: Sequence[_Block], first: int) -> Iterator[tuple[_Thing, list[Item]]]:
    """The figures of one thing in a block and in those that follow it."""
    for thing in sorted(blocks[first].things):
        column = [blocks[first].things[thing]]
        for block in blocks[first + 1 : first + _MOST]:
            if thing not in block.things:
                break
            column.append(block.things[thing])
        if len(column) > 1:
            yield thing, column


def _adding_up(head: _Block, thing: _Thing, column: Sequence[Item]) -> Iterator[tuple[int, _Sum]]:
    """How many of the figures of a column make one that the head tells of the same thing, or any."""
    told = head.things.get(thing)
    for count, amount in enumerate(accumulate(i.value for i in column), 1):
        if count > 1 and told is not None and told.value == amount:
            yield count, _Sum(told, tuple(column[:count]), told=True)
        elif count > 1 and not thing.unit and (found := head.values.get(amount)) is not None:
            yield count, _Sum(found, tuple(column[:count]), told=False)


def _telling(sums: Iterable[_Sum]) -> bool:
    """Do too many digits agree for chance?"""
    digits = [(log10(s.whole.value), s.told) for s in {tuple(p.start for p in s.parts): s for s in sums}.values()]
    return sum(d for d, told in digits if told) >= _DIGITS_TOLD or sum(d for d, _ in digits) >= _DIGITS_FOUND


def _failing(blocks: Sequence[_Block], division: _Division, sums: Sequence[_Sum]) -> Iterator[Claim]:
    """The other things that the whole and every paragraph of the division tell."""
    summed = {i.start for s in sums for i in (s.whole, *s.parts)}
    told = blocks[division.first : division.end]
    heads = blocks[division.head : division.first]
    seen: set[int] = set()
    for thing in sorted(set.intersection(*(set(block.things) for block in told))):
        parts = [block.things[thing] for block in told]
        whole = next((head.things[thing] for head in heads if thing in head.things), None) or _slipped(heads[0], thing, parts)
        if not thing.word or whole is None or whole.start in seen or summed & {i.start for i in (whole, *parts)}:
            continue
        seen.add(whole.start)
        amount = total_of(parts)
        if whole.value >= LEAST and _FAR * max(amount - whole.value, whole.value - amount) <= whole.value:
            yield sum_claim(whole.mention, parts, "equal", "breakdown.blocks")


def _slipped(head: _Block, thing: _Thing, parts: Sequence[Item]) -> Item | None:
    """The figure that a column without a unit makes but for one slip, told of it in other words: "có 635.593 hồ sơ xong trước hoặc đúng
    hẹn" above "đúng và trước hạn 51.072"."""
    words, amount = parts[0].words, str(total_of(parts))
    alike = [i for i in head.values.values() if words and len(words & i.words) >= min(_SHARED, len(words))]
    near_by = [i for i in alike if one_slip_apart(str(i.value), amount)]
    return near_by[0] if not thing.unit and len(near_by) == 1 else None
