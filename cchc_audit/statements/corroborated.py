"""Shares that no figure near them is a base of, because one figure has slipped, and whose whole a second relation tells all the same.

"Đại biểu được triệu tập: 98 đồng chí. Có mặt: 69 đồng chí, đạt 97,96%. Vắng: 02 đồng chí": with 96 the share and the rest both come out. That
one slip mends two relations is no chance, so no words are asked for. Where the words behind the percent name the whole, or others of the list
are shares of it, that is the second relation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..digits import distance
from ..model import Claim, Rational
from ..quantities import Mention
from .bases import Bases
from .items import Item, comes_out, content, counted_alike, term
from .pool import figures_of, fits, is_change, miscounted, one_digit_off, one_slip_off

_REST = 2  # figures behind a count, or before it, that may be what it leaves
_LEAST = 10  # of fewer every figure is a slip away from every other
_LINES = 1  # paragraphs from a count to its rest
_LIKE = 2  # sentences, or lines of one list, between shares of one whole


def corroborated(shares: Iterable[Claim], bases: Bases) -> Iterator[Claim]:
    """Those of the shares without a base whose whole two relations tell, each with that base."""
    for share in shares:
        n, p = share.by_role("n")[0], share.by_role("p")[0]
        mention, percent = (bases.at.get(t.span) if t.span is not None else None for t in (n, p))
        item = bases.owner.get(mention.index) if mention is not None else None
        if item is None or percent is None or item.base is not None or percent.quantity.written.approx or bases.of_unprinted(percent):
            continue
        wholes = {m.value: m for m in reversed([*_wholes(item, percent, bases)])}
        if len(wholes) == 1:
            yield replace(share, bases=(term("m", *wholes.values()),))


def _wholes(item: Item, percent: Mention, bases: Bases) -> Iterator[Mention]:
    """What the count may be a share of but for one slip, each with a second relation that says so."""
    here = [i for i in bases.near(item.mention) if i is not item]
    above = bases.section_items(item.mention.paragraph)
    rests = _rests(item, here, bases)
    for other in (*reversed(here), *above):
        if is_change(other) or not counted_alike(item, other):
            continue
        for whole in figures_of(other):
            if whole.value < _LEAST:
                continue
            told = _named(other, percent, bases) or _of_others(item, whole, percent, here, bases)
            if _leaves(item, whole, percent, rests) or told and _likely(item, whole, percent):
                yield whole


def _rests(item: Item, here: list[Item], bases: Bases) -> list[Item]:
    """The figures next to the count that may be what it leaves of its whole."""
    behind = [i for i in here if i.start >= item.end]
    at = item.mention.paragraph
    if not behind and at + 1 < len(bases.paragraphs):
        behind = bases.paragraphs[at + 1]
    near = [*behind[:_REST], *[i for i in here if i.end <= item.start][-_REST:]]
    return [i for i in near if i.base is None and not is_change(i) and counted_alike(item, i) and i.mention.depth == item.mention.depth]


def _leaves(item: Item, whole: Mention, percent: Mention, rests: list[Item]) -> bool:
    """Do the count and a rest make the whole, and does the share come out, once one digit of one of them is mended?"""
    written = percent.quantity.written
    for rest in rests:
        left: Rational = whole.value - rest.value
        if rest.mention is whole or left <= 0:
            continue
        if left == item.value:
            if one_digit_off(item.value, term("m", whole), percent):
                return True
        elif _slipped(item.value, left) and comes_out(left, whole.value, written) or _slipped(whole.value, item.value + rest.value) and comes_out(item.value, item.value + rest.value, written):
            return True
    return False


def _slipped(printed: Rational, meant: Rational) -> bool:
    return meant >= _LEAST and distance(str(printed), str(meant)) == 1


def _likely(item: Item, whole: Mention, percent: Mention) -> bool:
    """Would the share come out of it but for one slip?"""
    base = term("m", whole)
    if fits(item.value, base, percent):
        return False
    return one_slip_off(item.value, base, percent) or percent.quantity.written.ulp < 1 and miscounted(item.value, whole.value, percent.quantity.written)


def _named(whole: Item, percent: Mention, bases: Bases) -> bool:
    """Do the words behind the percent call it as it is called where it is told?"""
    words = content(bases.hint(percent) or "")
    return bool(words) and words <= whole.words


def _of_others(item: Item, whole: Mention, percent: Mention, here: list[Item], bases: Bases) -> bool:
    """Are other counts beside it shares of the whole, and says no word that this one is of another?"""
    if content(bases.hint(percent) or "") or item.value > whole.value and percent.value <= 100:
        return False
    at = item.mention.paragraph
    lines = [i for place in (at - 1, at + 1) if 0 <= place < len(bases.paragraphs) and len(bases.paragraphs[place]) <= _REST for i in bases.paragraphs[place]]
    beside = [i for i in here if abs(i.mention.sentence - item.mention.sentence) < _LIKE] + lines
    return any(i.fitted is not None and i.fitted.index == whole.index and i.unit == item.unit and i.mention is not whole for i in beside)
