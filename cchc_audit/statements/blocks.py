"""Paragraphs that divide what a paragraph before them tells as a whole: by court, by kind of case, by office.

"Hai cấp thụ lý 7.662 vụ, giải quyết 6.468 vụ." and then a paragraph for each kind of case, each with "thụ lý … vụ"
and "giải quyết … vụ". No word says that the kinds are all there are; figures that add up say it, and where two of
them do, the other figures told in the same words in the same paragraphs are held to the same whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model import Claim
from .items import LEAST, Item, sum_claim, total_of

_TELLING = 100  # smaller sums of figures apart agree by chance
_HEADS = 4  # paragraphs back from the first part in which the whole may be told
_MOST = 8  # paragraphs of one division
_FEWEST_SUMS = 2  # that show a division
_LOOKED_AT = 24  # figures of one paragraph
_FAR = 10  # a sum further than one in so many from the whole is of another one


class _Thing(NamedTuple):
    """What a figure counts: its unit, and a word of its label; "" for the first figure of the unit in its paragraph."""

    unit: str
    word: str


class _Division(NamedTuple):
    """The paragraphs of the parts, `[first, end)`, and the one with the whole."""

    first: int
    end: int
    head: int


def find(paragraphs: Sequence[Sequence[Item]]) -> Iterator[Claim]:
    """A breakdown for each figure that the paragraphs of a division add up to, or fail to."""
    told = [_things(items) for items in paragraphs]
    sums: dict[_Division, dict[int, tuple[Item, list[Item]]]] = {}
    for first in range(1, len(told)):
        for head in range(max(0, first - _HEADS), first) if told[first] else ():
            for division, whole, parts in _adding_up(told, head, first):
                sums.setdefault(division, {}).setdefault(whole.start, (whole, parts))
    for division, found in sums.items():
        yield from (sum_claim(whole.mention, parts, "equal", "breakdown.blocks") for whole, parts in found.values())
        if len({tuple(p.start for p in parts) for _, parts in found.values()}) >= _FEWEST_SUMS:
            yield from _failing(told, division, found)


def _things(items: Sequence[Item]) -> dict[_Thing, Item]:
    """The first figure of each thing in a paragraph, and the first of each unit."""
    found: dict[_Thing, Item] = {}
    for item in items[:_LOOKED_AT]:
        if item.unit and item.mention.depth == 0 and not item.aside and item.base is None and item.value > 0:
            for word in ("", *item.words):
                found.setdefault(_Thing(item.unit, word), item)
    return found


def _adding_up(told: Sequence[dict[_Thing, Item]], head: int, first: int) -> Iterator[tuple[_Division, Item, list[Item]]]:
    for thing in sorted(told[first].keys() & told[head].keys()):
        whole, amount, parts = told[head][thing], told[first][thing].value, [told[first][thing]]
        for end in range(first + 1, min(len(told), first + _MOST)):
            part = told[end].get(thing)
            if part is None or whole.value < _TELLING or amount >= whole.value:
                break
            amount, parts = amount + part.value, [*parts, part]
            if amount == whole.value:
                yield _Division(first, end + 1, head), whole, parts
                break


def _failing(
    told: Sequence[dict[_Thing, Item]], division: _Division, found: dict[int, tuple[Item, list[Item]]]
) -> Iterator[Claim]:
    """The other things that the whole and every paragraph of the division tell."""
    summed = {i.start for whole, parts in found.values() for i in (whole, *parts)}
    blocks = told[division.first : division.end]
    heads = told[division.head : division.first]
    common = set.intersection(*(set(block) for block in blocks))
    seen: set[int] = set()
    for thing in sorted(common):
        whole = next((head[thing] for head in heads if thing in head), None)
        parts = [block[thing] for block in blocks]
        if not thing.word or whole is None or whole.start in seen or summed & {i.start for i in (whole, *parts)}:
            continue
        seen.add(whole.start)
        amount = total_of(parts)
        if whole.value >= LEAST and _FAR * max(amount - whole.value, whole.value - amount) <= whole.value:
            yield sum_claim(whole.mention, parts, "equal", "breakdown.blocks")
