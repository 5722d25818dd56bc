"""Lists whose counts add up to the very figure told above them: each share is of that figure, whatever else it comes out on.

"KẾT QUẢ KIỂM TRA (64 CƠ SỞ)", "Đạt yêu cầu: 57 – 89,1%", "Chưa đạt: 7 – 12,3%": the counts make 64 and 57 is 89,1 % of it,
so 12,3 % is no share of the 57.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from ..language import compatible
from ..model import Claim
from .bases import Bases
from .items import LEAST, Item, comes_out, term, total_of

_SURE = 3  # members of a list; of two, the share of one must be no chance
_TELLING = 50
_ABOVE = 2  # paragraphs from the list to its whole
_SEEN = 8  # figures before a list among which its whole is looked for


def held_to_whole(claims: list[Claim], bases: Bases) -> list[Claim]:
    """The share claims, those of such lists held to the figure the list adds up to, and to no other."""
    out = list(claims)
    places = {c.by_role("p")[0].span: place for place, c in enumerate(claims) if not c.own_base and len(c.by_role("n")) == 1}
    for listed, before in _lists(bases):
        whole = next((i for i in before if _adds_up_to(listed, i)), None)
        if whole is None or not _settles(listed, whole):
            continue
        for item in listed:
            place = places.get(item.shares[0].quantity.span)
            if place is not None and not bases.of_unprinted(item.shares[0]) and bases.hint(item.shares[0]) is None:
                item.fitted = whole.mention
                out[place] = replace(claims[place], bases=(term("m", whole.mention),))
    return out


def _lists(bases: Bases) -> Iterator[tuple[list[Item], list[Item]]]:
    """Neighbours with a count and a share each, in one sentence or one to a line, and the figures told before them, nearest
    first."""
    index = 0
    paragraphs = bases.paragraphs
    while index < len(paragraphs):
        last = index
        while last < len(paragraphs) and len(paragraphs[last]) == 1 and _shared(paragraphs[last][0]):
            last += 1
        if last - index > 1:
            yield [line[0] for line in paragraphs[index:last]], _told_above(bases, index)
        elif len(paragraphs[index]) > 1:
            yield from _in_sentences(bases, index)
        index = max(last, index + 1)


def _in_sentences(bases: Bases, index: int) -> Iterator[tuple[list[Item], list[Item]]]:
    items = [i for i in bases.paragraphs[index] if not i.aside]
    start = 0
    for (_, _, shared), members in groupby(items, key=lambda i: (i.mention.sentence, i.mention.group, _shared(i))):
        listed = list(members)
        if shared and len(listed) > 1:
            yield listed, [*reversed(items[max(0, start - _SEEN) : start]), *_told_above(bases, index)]
        start += len(listed)


def _told_above(bases: Bases, index: int) -> list[Item]:
    above = [i for line in bases.paragraphs[max(0, index - _ABOVE) : index] for i in line]
    return above[: -_SEEN - 1 : -1]


def _shared(item: Item) -> bool:
    return len(item.shares) == 1 and item.base is None and not item.aside


def _adds_up_to(listed: list[Item], whole: Item) -> bool:
    return whole.value == total_of(listed) >= LEAST and not whole.aside and all(compatible(i.unit, whole.unit) for i in listed)


def _settles(listed: list[Item], whole: Item) -> bool:
    """Do all shares come out on the whole, or all but one, and not all of them on another of which no word is said?"""
    right = [i for i in listed if comes_out(i.value, whole.value, i.shares[0].quantity.written)]
    sure = len(listed) >= _SURE or whole.value >= _TELLING and any(i.shares[0].quantity.written.ulp < 1 for i in right)
    return len(right) == len(listed) or len(right) == len(listed) - 1 and sure and not _of_one_other(listed)


def _of_one_other(listed: list[Item]) -> bool:
    """ "43 phiếu (86%); 4 phiếu (8%); 1 phiếu (2%)" of 48 votes: shares of the 50 deputies."""
    written = [(i.value, i.shares[0].quantity.written) for i in listed]
    least = max(Fraction(200 * n) / (2 * w.value + w.ulp) for n, w in written)
    return all((2 * w.value - w.ulp) * least <= 200 * n for n, w in written)
