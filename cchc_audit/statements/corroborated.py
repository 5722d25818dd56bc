"""Shares that no figure near them is a base of, because one figure has slipped, and whose whole a second relation tells all the same.

"Đại biểu được triệu tập: 98 đồng chí. Có mặt: 69 đồng chí, đạt 97,96%. Vắng: 02 đồng chí": with 96 the share and the rest both come out. That
one slip mends two relations is no chance, so no words are asked for. Where the words behind the percent name the whole, or others of the list
are shares of it, that is the second relation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from ..digits import distance
from ..language import compatible
from ..model import Claim, Rational
from ..quantities import Mention
from .bases import Bases
from .cumulations import says_and_better
from .items import Item, comes_out, content, counted_alike, sum_claim, term, total_of
from .pool import figures_of, fits, is_change, miscounted, one_digit_off, one_slip_off

_REST = 3  # figures behind a count, or before it, that may be what it leaves
_LEAST = 10  # of fewer every figure is a slip away from every other
_LIKE = 2  # sentences, or lines of one list, between shares of one whole
_NEXT = 2  # figures from one stage to the next
_DENIED = re.compile(r"(?<!\w)(?:chưa|không|vắng|còn lại)(?!\w)")
_LEFT = re.compile(r"(?<!\w)(?:còn|chưa|không|vắng|đang)(?!\w)")
_POINTING = frozenset({"nói", "nêu", "kể", "trên", "tỉnh", "huyện"})  # "số người đủ tuổi nói trên"
_STAGES = tuple(
    (re.compile(rf"(?<!\w)(?:{first})(?!\w)"), re.compile(rf"(?<!\w)(?:{then})(?!\w)"))
    for first, then in (
        ("phát ra|phát đi", "thu về|thu lại|thu được"),
        ("triệu tập|được mời|tổng số đại biểu", "có mặt|dự họp|tham dự|về dự"),
        ("tổng số cử tri|danh sách cử tri", "đi bầu|bỏ phiếu|tham gia bỏ phiếu"),
        ("có điều kiện|phải thi hành", "thi hành xong"),
    )
)


class _Rest(NamedTuple):
    """What may be left of a whole; `denied` where it is told to be those that are not so."""

    value: Rational
    mention: Mention | None
    denied: bool


def corroborated(shares: Iterable[Claim], bases: Bases) -> Iterator[Claim]:
    """Those of the shares without a base whose whole two relations tell, each with that base."""
    for share in shares:
        n, p = share.by_role("n")[0], share.by_role("p")[0]
        mention, percent = (bases.at.get(t.span) if t.span is not None else None for t in (n, p))
        item = bases.owner.get(mention.index) if mention is not None else None
        if item is None or percent is None or item.base is not None or percent.quantity.written.approx or bases.of_unprinted(percent):
            continue
        wholes = {m.value: m for m in reversed([*_wholes(item, percent, bases)]) if not says_and_better(bases.reading, m)}
        if len(wholes) == 1:
            yield replace(share, bases=(term("m", *wholes.values()),))


def wholes_mistyped(shares: Iterable[Claim], bases: Bases) -> Iterator[Claim]:
    """ "có 97 đơn thuộc thẩm quyền. Giải quyết xong 66 đơn (đạt 85,71%), còn 11 đơn đang thụ lý": the breakdown of each printed whole into a count
    and its rest, where these make a number a digit away, and the share comes out on that number only."""
    for share in shares:
        n, p = share.by_role("n"), share.by_role("p")[0]
        if len(n) != 1 or n[0].span is None or n[0].written is None or share.own_base or any(b.span is not None and fits(n[0].written.value, b, p) for b in share.bases):
            continue
        item = bases.owner.get(bases.at[n[0].span].index) if n[0].span in bases.at else None
        if item is None or item.base is not None or p.written is None or p.written.ulp >= 1 or p.written.approx:
            continue
        here = [i for i in bases.near(item.mention) if i is not item]
        behind = next((i for i in here if i.start >= item.end and i.mention.sentence == item.mention.sentence), None)
        before = [i for i in (*reversed(here), *bases.section_items(item.mention.paragraph)) if i.end <= item.start and i.base is None and not is_change(i)]
        whole = next((i for i in before if counted_alike(i, item)), None)
        if behind is None or whole is None or behind.base is not None or not counted_alike(item, behind) or not _LEFT.search(f"{behind.mention.before} {behind.mention.after}"):
            continue
        both = total_of([item, behind])
        if both != whole.value and _slipped(whole.mention, both) and comes_out(item.value, both, p.written):
            yield sum_claim(whole.mention, [item, behind], "equal", "breakdown.rest_of_share")


def _wholes(item: Item, percent: Mention, bases: Bases) -> Iterator[Mention]:
    """What the count may be a share of but for one slip, each with a second relation that says so."""
    here = [i for i in bases.near(item.mention) if i is not item]
    rests = _rests(item, here, bases)
    for other in (*reversed(here), *bases.section_items(item.mention.paragraph)):
        if is_change(other) or not compatible(item.unit, other.unit):
            continue
        for whole in figures_of(other):
            if whole.value < _LEAST:
                continue
            told = _named(other, percent, bases) or _stage_before(other, item)
            if counted_alike(item, other) and _leaves(item, whole, percent, rests) or told and _likely(item, whole, percent):
                yield whole
    if not content(bases.hint(percent) or ""):
        yield from (m for m in _of_others(item, here, bases) if (item.value <= m.value or percent.value > 100) and _likely(item, m, percent))


def _rests(item: Item, here: list[Item], bases: Bases) -> list[_Rest]:
    """What the count may leave of its whole: a figure next to it, or the next two or three together."""
    behind = [i for i in here if i.start >= item.end]
    at = item.mention.paragraph
    if not behind and at + 1 < len(bases.paragraphs):
        behind = bases.paragraphs[at + 1]
    near = [[i for i in side if i.base is None and not is_change(i) and counted_alike(item, i)] for side in (behind[:_REST], [i for i in here if i.end <= item.start][-_REST:])]
    alone = [_Rest(i.value, i.mention, denied=_DENIED.search(f"{i.mention.before} {i.mention.after}") is not None) for side in near for i in side if i.mention.depth <= item.mention.depth + 1]
    level = [i for i in near[0] if i.mention.depth == item.mention.depth]
    return alone + [_Rest(total_of(level[:n]), None, denied=False) for n in (2, 3) if len(level) >= n]


def _leaves(item: Item, whole: Mention, percent: Mention, rests: list[_Rest]) -> bool:
    """Do the count and a rest make the whole, and does the share come out, once one digit of one of them is mended? Where the rest is told to be
    those that are not so, whatever the count should be."""
    written = percent.quantity.written
    for rest in rests:
        left, both = whole.value - rest.value, item.value + rest.value
        if rest.mention is whole or left <= 0:
            continue
        if left == item.value:
            if one_digit_off(item.value, term("m", whole), percent):
                return True
        elif comes_out(left, whole.value, written) and (_slipped(item.mention, left) or rest.denied and written.ulp < 1) or comes_out(item.value, both, written) and _slipped(whole, both):
            return True
    return False


def _slipped(printed: Mention, meant: Rational) -> bool:
    """Is what is printed a digit away from what is meant?"""
    ulp = printed.quantity.written.ulp
    one, other = Fraction(printed.value) / ulp, Fraction(meant) / ulp
    return other >= _LEAST and other.denominator == 1 and distance(str(one), str(other)) == 1


def _likely(item: Item, whole: Mention, percent: Mention) -> bool:
    """Would the share come out of it but for one slip?"""
    base = term("m", whole)
    if fits(item.value, base, percent):
        return False
    return one_slip_off(item.value, base, percent) or percent.quantity.written.ulp < 1 and miscounted(item.value, whole.value, percent.quantity.written)


def _named(whole: Item, percent: Mention, bases: Bases) -> bool:
    """Do the words behind the percent call it as it is called where it is told?"""
    words = content(bases.hint(percent) or "") - _POINTING
    return bool(words) and (words <= whole.words or len(whole.words) > 1 and whole.words <= words)


def _stage_before(whole: Item, part: Item) -> bool:
    """ "Phiếu phát ra: 420", "Phiếu thu về: 408 (97,14%)": are the two told as stages of one thing, right after each other?"""
    if not 0 < part.mention.index - whole.mention.index <= _NEXT or whole.base is not None:
        return False
    return any(first.search(whole.mention.label) and then.search(part.mention.label) and not first.search(part.mention.label) for first, then in _STAGES)


def _of_others(item: Item, here: list[Item], bases: Bases) -> Iterator[Mention]:
    """The wholes that other counts beside it, or in the lines next to its own, are shares of."""
    at = item.mention.paragraph
    lines = [i for place in range(max(0, at - _LIKE), min(len(bases.paragraphs), at + _LIKE + 1)) if place != at and len(bases.paragraphs[place]) <= _REST for i in bases.paragraphs[place]]
    beside = [i for i in here if abs(i.mention.sentence - item.mention.sentence) < _LIKE] + lines
    told = [i for i in beside if i.unit == item.unit and i.shares]
    same = [i for i in told if i.mention.sentence == item.mention.sentence and i.base is None]
    for other in told:
        whole = other.fitted
        if whole is not None and all(comes_out(i.value, whole.value, i.shares[0].quantity.written) for i in same):
            yield whole
