"""Shares of one list told by each other: the base its members agree on is the base of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ..model import Claim, Span
from ..quantities import Mention
from .bases import Bases, fits
from .items import Item, amount, implied, term, total_of
from .partitions import shared_partition

_FEWEST_CLASSES = 3  # shares of a list that can tell its whole


def settled(claims: list[Claim], bases: Bases, at: dict[Span, Mention]) -> list[Claim]:
    """The share claims, each held to the base its list agrees on; `at` gives the mention of a place."""
    return _divided([_established(c, bases, at) for c in claims], bases, at)


def _established(claimed: Claim, bases: Bases, at: dict[Span, Mention]) -> Claim:
    """A share that fits no base, or only another one than its list: the base its siblings share is its own."""
    n = claimed.by_role("n")
    mention = at.get(n[0].span) if n and n[0].span is not None else None
    item = bases.owner.get(mention.index) if mention is not None else None
    if claimed.own_base or item is None or len(n) > 1:
        return claimed
    siblings = [
        i
        for i in bases.near(item.mention)
        if i is not item
        and i.fitted is not None
        and i.mention.group == item.mention.group
        and abs(i.mention.sentence - item.mention.sentence) <= 1
    ]
    counted = Counter(i.fitted.index for i in siblings if i.fitted).most_common(1)
    if not counted or counted[0][1] < 2 or counted[0][0] == item.mention.index:
        return claimed
    agreed = [i for i in siblings if i.fitted and i.fitted.index == counted[0][0]]
    common = agreed[0].fitted or item.mention
    first, p = term("m", common), claimed.by_role("p")[0]
    if fits(item.value, first, p):
        return claimed
    others = tuple(b for b in claimed.bases if b.span != first.span)
    if any(fits(item.value, b, p) for b in claimed.bases):
        if bases.hint(at[p.span or item.mention.quantity.span]) is not None or not _one_list([item, *agreed], common):
            return claimed
        others = ()
    item.fitted = common
    return replace(claimed, bases=(first, *others))


def _divided(claims: list[Claim], bases: Bases, at: dict[Span, Mention]) -> list[Claim]:
    """The classes of a list whose whole is nowhere printed: where most come out on the sum of all, that sum is the
    base of each, and no member of the list is."""
    out = list(claims)
    lists: dict[tuple[int, int], list[tuple[int, Item]]] = {}
    for place, claimed in enumerate(claims):
        n = claimed.by_role("n")
        mention = at.get(n[0].span) if len(n) == 1 and n[0].span is not None else None
        item = bases.owner.get(mention.index) if mention is not None else None
        if item is not None and not claimed.own_base and item.base is None:
            lists.setdefault((item.mention.group, item.mention.sentence), []).append((place, item))
    for listed in lists.values():
        items = [i for _, i in listed]
        if len(items) < _FEWEST_CLASSES or not _one_division(items):
            continue
        total = total_of(items)
        if any(i.fitted is not None and amount(i.fitted) == total for i in items):
            continue  # it is printed
        whole = implied("m", total, unit=items[0].unit)
        fitting = [fits(i.value, whole, claims[place].by_role("p")[0]) for place, i in listed]
        if all(fitting) or 3 * sum(fitting) < 2 * len(items):
            continue
        inside = {i.mention.quantity.span for i in items}
        for (place, item), fit in zip(listed, fitting, strict=True):
            others = [b for b in claims[place].bases if b.span not in inside]
            if not fit and not any(fits(item.value, b, claims[place].by_role("p")[0]) for b in others):
                out[place] = replace(claims[place], bases=(whole, *others))
    return out


def _one_list(items: list[Item], whole: Mention) -> bool:
    """Are these neighbours the classes of one division, or all the parts of one whole?"""
    return _one_division(items) or _alike(items) and total_of(items) == amount(whole)


def _one_division(items: list[Item]) -> bool:
    return _alike(items) and shared_partition([i.label for i in sorted(items, key=lambda i: i.start)]) is not None


def _alike(items: list[Item]) -> bool:
    return len({i.unit for i in items}) == 1 and len({i.mention.sentence for i in items}) == 1
