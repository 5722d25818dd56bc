"""Shares of one list told by each other: the base its members agree on is the base of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from ..digits import distance
from ..language import compatible
from ..model import Claim, Span, Term
from ..quantities import Mention
from .bases import Bases
from .cumulations import says_and_better
from .exhausted import held_to_whole
from .items import Item, implied, term, total_of
from .partitions import class_of, shared_partition
from .pool import fits, near_miss

_TELLING = 50
_LEAST_WHOLE = 20  # of fewer every figure is a digit from every other
_NEAR = 2  # paragraphs
_LINES = 8
_NEXT = 1  # sentences from one class to the next
_DIVISIONS = ("vote", "confidence", "satisfaction", "rating")
_CERTAIN = 3  # shares of a list that come out on one figure: then that is what the list is of, whatever its words
_FEWEST_CLASSES = 3  # shares of a list that can tell its whole


def settled(claims: list[Claim], bases: Bases, at: dict[Span, Mention]) -> list[Claim]:
    """The share claims, each held to the base its list agrees on; `at` gives the mention of a place."""
    agreed = [_next_class(_parallel(_established(c, bases, at), bases, at), bases, at) for c in claims]
    return held_to_whole(_with_unprinted(_divided(agreed, bases, at), bases, at), bases)


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
        and (i.mention.group == item.mention.group or _after_its_share(i) and _after_its_share(item))
        and abs(i.mention.sentence - item.mention.sentence) <= 1
    ]
    siblings += _in_other_lines(item, bases)
    counted = Counter(i.fitted.index for i in siblings if i.fitted for _ in range(2 if i.mention.sentence == item.mention.sentence and (_no_chance(i) or bases.of_those(i)) else 1)).most_common(1)
    if not counted or counted[0][1] < 2 or counted[0][0] == item.mention.index:
        return claimed
    agreed = [i for i in siblings if i.fitted and i.fitted.index == counted[0][0]]
    told = at[claimed.by_role("p")[0].span or item.mention.quantity.span]
    hint = bases.hint(told)
    if bases.of_unprinted(told):
        return claimed  # "đạt 100% kế hoạch"
    if hint is not None and (len(agreed) == 1 or any(bases.hint(i.shares[0]) not in {None, hint} for i in agreed if i.shares)):
        return claimed  # "chiếm 0,19% tổng số hộ dân", beside shares of the poor ones
    common = agreed[0].fitted or item.mention
    if common.start > item.start and says_and_better(bases.reading, common):
        return claimed  # "Số phiếu hài lòng trở lên 175/179" below the classes it adds up
    first, p = term("m", common), claimed.by_role("p")[0]
    if p.written is not None and p.written.value <= 100 and item.value > common.value:
        return claimed
    certain = len(agreed) >= _CERTAIN and all(i.unit == item.unit and i.mention.sentence == item.mention.sentence for i in agreed)
    if fits(item.value, first, p) or not certain and p.span in at and bases.of_other_matter(first, item, at[p.span]):
        return claimed
    others = tuple(b for b in claimed.bases if b.span != first.span)
    if any(fits(item.value, b, p) for b in claimed.bases):
        if bases.hint(at[p.span or item.mention.quantity.span]) is not None or not _one_list([item, *agreed], common):
            return claimed
        others = ()
    item.fitted = common
    return replace(claimed, bases=(first, *others))


def _in_other_lines(item: Item, bases: Bases) -> list[Item]:
    """The members of a list of lines, one figure with its share in each: "Công nghiệp: 528 người – Chiếm 8,18%"."""
    at = item.mention.paragraph
    if len(bases.paragraphs[at]) != 1:
        return []
    found: list[Item] = []
    for step in (-1, 1):
        place = at + step
        while 0 <= place < len(bases.paragraphs) and abs(place - at) <= _LINES:
            line = bases.paragraphs[place]
            if len(line) != 1 or not line[0].shares or line[0].unit != item.unit:
                break
            if line[0].fitted is not None:
                found.append(line[0])
            place += step
    return found


def _parallel(claimed: Claim, bases: Bases, at: dict[Span, Mention]) -> Claim:
    """A share that fits no base, beside one whose base is told of it in words of its own: "giải quyết 527 vụ KN, 46 vụ TC.
    Xong 376 vụ KN, đạt 73,1%; 35 vụ TC, đạt 76%". Then the base told in the words of this one is its base."""
    n, p = claimed.by_role("n"), claimed.by_role("p")[0]
    mention = at.get(n[0].span) if len(n) == 1 and n[0].span is not None else None
    item = bases.owner.get(mention.index) if mention is not None else None
    if claimed.own_base or item is None or any(fits(item.value, b, p) for b in claimed.bases):
        return claimed
    for sibling in bases.near(item.mention):
        model = bases.owner.get(sibling.fitted.index) if sibling.fitted is not None else None
        if model is None or sibling is item or sibling.mention.sentence != item.mention.sentence or model.mention.sentence == item.mention.sentence:
            continue
        mine, its = item.words - sibling.words, sibling.words - item.words
        told = [i for i in bases.near(model.mention) if i.mention.sentence == model.mention.sentence and i.unit == model.unit and mine & i.words and not its & i.words]
        if its & model.words and not mine & model.words and len(told) == 1:
            return replace(claimed, bases=(term("m", told[0].mention), *claimed.bases))
    return claimed


def _next_class(claimed: Claim, bases: Bases, at: dict[Span, Mention]) -> Claim:
    """A share without a base, of a class told right after another class of the division, whose base is known: "Đồng ý 7.933 cử
    tri, chiếm 98,11%." and on the next line "Không đồng ý 153 cử tri, chiếm 1,89%". """
    n, p = claimed.by_role("n"), claimed.by_role("p")[0]
    mention = at.get(n[0].span) if len(n) == 1 and n[0].span is not None else None
    item = bases.owner.get(mention.index) if mention is not None else None
    told = at.get(p.span) if p.span is not None else None
    if claimed.bases or claimed.by_role("m") or item is None or told is None or bases.hint(told) is not None:
        return claimed
    before = bases.paragraphs[item.mention.paragraph - 1] if item.mention.paragraph else []
    beside = [i for i in (*before, *bases.near(item.mention)) if i.end <= item.start and i.fitted is not None][-1:]
    for other in beside:
        near = item.mention.sentence - other.mention.sentence <= _NEXT and other.unit == item.unit
        if near and other.fitted is not None and item.value <= other.fitted.value and any(
            class_of(other.label, name) not in {None, class_of(item.label, name)} and class_of(item.label, name) for name in _DIVISIONS
        ):
            item.fitted = other.fitted
            return replace(claimed, bases=(term("m", other.fitted),))
    return claimed


def _after_its_share(item: Item) -> bool:
    """ "86,6% nghèo thu nhập (194 hộ)": each count of such a list stands in brackets of its own."""
    return bool(item.shares) and item.shares[0].end <= item.start


def _no_chance(item: Item) -> bool:
    """Does its share come out on its base so exactly that no chance is likely?"""
    return item.value >= _TELLING and any(100 * s.quantity.written.ulp <= 1 for s in item.shares[:1])


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
        if any(i.fitted is not None and i.fitted.value == total for i in items):
            continue  # it is printed
        whole = implied("m", total, unit=items[0].unit)
        fitting = [fits(i.value, whole, claims[place].by_role("p")[0]) for place, i in listed]
        if 3 * sum(fitting) < 2 * len(items):
            continue
        inside = {i.mention.quantity.span for i in items}
        for (place, item), fit in zip(listed, fitting, strict=True):
            others = [b for b in claims[place].bases if b.span is not None and b.span not in inside]  # nor is a sum of some
            if all(fitting) and not any(fits(item.value, b, claims[place].by_role("p")[0]) for b in claims[place].bases):
                out[place] = replace(claims[place], bases=(whole,))  # none is a share of another
            elif not fit and not any(fits(item.value, b, claims[place].by_role("p")[0]) for b in others):
                out[place] = replace(claims[place], bases=(whole, *others))
    return out


def _with_unprinted(claims: list[Claim], bases: Bases, at: dict[Span, Mention]) -> list[Claim]:
    """Without the shares of a sentence whose base is printed nowhere: those that fit no base when hardly any other of
    the sentence does. Where three of them agree on one whole number, that is the base of each."""
    failing: dict[int, list[int]] = {}
    others: Counter[int] = Counter()
    for place, claimed in enumerate(claims):
        n, p = claimed.by_role("n"), claimed.by_role("p")
        mention = at.get(p[0].span) if p and p[0].span is not None else None
        if mention is None or claimed.own_base or len(n) != 1 or n[0].written is None or mention.quantity.written.approx:
            continue
        value = n[0].written.value
        meant = any(fits(value, b, p[0]) or near_miss(value, b, p[0]) for b in claimed.bases)
        if bases.hint(mention) is not None or meant:
            others[mention.sentence] += 1
        else:
            failing.setdefault(mention.sentence, []).append(place)
    out: list[Claim | None] = list(claims)
    known: dict[int, int] = {}  # a whole agreed on, by paragraph
    for sentence, places in failing.items():
        if len(places) < 2 or len(places) < _FEWEST_CLASSES * others[sentence] or _own_bases([claims[place] for place in places], bases, at):
            continue
        whole = _agreed(claims, places) if len(places) >= _FEWEST_CLASSES else None
        if whole is not None and _mistyped(whole, [claims[place] for place in places]):
            continue
        made = sum(n.written.value for place in places for n in claims[place].by_role("n") if n.written is not None)
        if whole is not None and (printed := _printed_with_slip(whole, claims[places[0]], bases, at)) is not None and printed.written is not None and printed.written.value != made:
            for place in places:
                out[place] = replace(claims[place], bases=(printed,))
            continue
        if whole is not None:
            known[_percent(claims[places[0]], at).paragraph] = whole
        for place in places:
            out[place] = _of(whole, claims[place]) if whole is not None else None
    held = _of_known(claims, known, at)
    return [c for place, told in enumerate(out) if (c := held.get(place, told)) is not None]


def _printed_with_slip(whole: int, first: Claim, bases: Bases, at: dict[Span, Mention]) -> Term | None:
    """ "bầu đủ 56 đại biểu. Xét cơ cấu: nữ 14 người, chiếm 28%; dưới 35 tuổi 5 người, chiếm 10%; …": the figure told last before shares that agree on
    50, counted alike, a digit from it."""
    n = first.by_role("n")[0]
    item = bases.owner.get(at[n.span].index) if n.span in at else None
    told = [i for i in (*reversed(bases.near(item.mention)), *bases.section_items(item.mention.paragraph)) if i.end <= item.start and i.base is None] if item is not None else []
    last = next((i for i in told if i.unit != "" and compatible(i.unit, n.unit)), None)
    slipped = last is not None and last.value >= _LEAST_WHOLE and distance(str(last.value), str(whole)) == 1
    return term("m", last.mention) if last is not None and slipped else None


def _of(whole: int, claimed: Claim) -> Claim:
    return replace(claimed, bases=(implied("m", whole, unit=claimed.by_role("n")[0].unit),))


def _percent(claimed: Claim, at: dict[Span, Mention]) -> Mention:
    span = claimed.by_role("p")[0].span
    assert span is not None
    return at[span]


def _of_known(claims: list[Claim], known: dict[int, int], at: dict[Span, Mention]) -> dict[int, Claim]:
    """The shares of a sentence that come out on no figure printed, held to the unprinted whole that shares told near it
    agree on, where two of them do come out on it; by their places."""
    sentences: dict[int, list[int]] = {}
    for place, claimed in enumerate(claims):
        if known and not claimed.own_base and len(claimed.by_role("n")) == 1 and claimed.by_role("p")[0].span in at:
            sentences.setdefault(_percent(claimed, at).sentence, []).append(place)
    held: dict[int, Claim] = {}
    for places in sentences.values():
        if any(_comes_out(claims[place], claims[place].bases) for place in places):
            continue
        paragraph = _percent(claims[places[0]], at).paragraph
        for whole in {w for told, w in known.items() if abs(told - paragraph) <= _NEAR}:
            again = {place: _of(whole, claims[place]) for place in places}
            if sum(_comes_out(c, c.bases) for c in again.values()) >= 2:
                held |= again
    return held


def _comes_out(claimed: Claim, of: tuple[Term, ...]) -> bool:
    n, p = claimed.by_role("n")[0].written, claimed.by_role("p")[0]
    return n is not None and any(fits(n.value, base, p) for base in of)


def _own_bases(shares: list[Claim], bases: Bases, at: dict[Span, Mention]) -> bool:
    """Has each of these shares a base of its own right before its count: "năm 2014, thụ lý 3.399 vụ, hòa giải thành 2.408
    vụ, tỷ lệ 73,5%; năm 2015, …"?"""
    firsts = {c.bases[0].span: c for c in shares if c.bases and c.bases[0].span in at}
    owners = {bases.owner.get(at[span].index): c for span, c in firsts.items() if span is not None}
    return len(owners) == len(shares) and all(
        o is not None and not o.shares and o.base is None and bases.right_before(o, c.by_role("n")[0].span) for o, c in owners.items()
    )


def _agreed(claims: list[Claim], places: list[int]) -> int | None:
    """The one whole number of which all these shares come out, if there is just one."""
    common: range | None = None
    for place in places:
        n, p = claims[place].by_role("n")[0].written, claims[place].by_role("p")[0].written
        if n is None or p is None or n.value.denominator != 1 or 2 * p.value <= p.ulp:
            return None
        low, high = (Fraction(200 * n.value) / (2 * p.value + side * p.ulp) for side in (1, -1))
        mine = range(ceil(low), floor(high) + 1)
        common = mine if common is None else range(max(common.start, mine.start), min(common.stop, mine.stop))
    return common.start if common is not None and len(common) == 1 else None


def _mistyped(whole: int, shares: list[Claim]) -> bool:
    """Is the figure that all these shares should be of a digit away from the one they are of? Then it is the slip."""
    firsts = {c.bases[0].span: c.bases[0] for c in shares if c.bases}
    base = next(iter(firsts.values())) if len(firsts) == 1 else None
    if base is None or base.span is None or base.written is None:
        return False
    alike = all(t.unit in {base.unit, ""} for c in shares for t in c.by_role("n"))
    return base.unit != "" and alike and distance(str(base.written.value), str(whole)) == 1


def _one_list(items: list[Item], whole: Mention) -> bool:
    """Are these neighbours the classes of one division, or all the parts of one whole?"""
    return _one_division(items) or _alike(items) and total_of(items) == whole.value


def _one_division(items: list[Item]) -> bool:
    return _alike(items) and shared_partition([i.label for i in sorted(items, key=lambda i: i.start)]) is not None


def _alike(items: list[Item]) -> bool:
    return len({i.unit for i in items}) == 1 and len({i.mention.sentence for i in items}) == 1
