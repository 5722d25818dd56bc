"""Lists that run beside each other: one list that divides two totals, one whose classes have two counts each, and the
changes printed beside a sum."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise, takewhile

from ..language import compatible
from ..model import Claim, Kind, Span, magnitude
from ..quantities import Reading
from .items import LEAST, Item, between, claim, sum_claim, term, total_of
from .partitions import class_of, classes_of
from .runs import Run

_LIST = re.compile(r"(?<!\w)(?:trong (?:số )?đó|gồm|cụ thể|qua đó)(?!\w)|:")
_BACK = 20  # figures looked back at for the two totals
_FEWEST = 2  # parts each of two totals must have
_NEAR = 4  # sentences from a whole to its classes
_MOST = 8  # classes with two counts each
_TWICE = re.compile(r"[^,;.:()\d]{0,24}(?:,| với|/)\s?")  # from the one count to the other: its unit, and no verb
_AGAINST = re.compile(r"[^()]{0,60}?(?<!\w)((?:so|đối chiếu|cùng kỳ)(?!\w)[^()]{0,60})\)")
_DIRECTION = re.compile(r"(?<!\w)(?:(?P<up>tăng|nhiều hơn|cao hơn|thêm)|giảm|ít hơn|thấp hơn|bớt|hụt)(?: thêm| bớt| được)?$")


def crossed(run: Run, items: list[Item]) -> list[Claim]:
    """ "274 đơn khiếu nại cùng 105 đơn tố cáo; trong đó 11 đơn khiếu nại đúng, … 9 đơn tố cáo đúng, …".

    Each part belongs to the total of its own class, an unnamed one to that of the part before it. Claimed where at
    least one of the totals comes out, which shows that the list is complete.
    """
    if len(run.items) < 2 * _FEWEST or not _LIST.search(run.lead):
        return []
    first = run.items[0]
    place = bisect_left(items, first.start, key=lambda i: i.start)
    before = [i for i in items[max(0, place - _BACK) : place] if i.mention.depth == first.mention.depth][-2:]
    if len(before) < 2:
        return []
    sentences = {i.mention.sentence for i in (*before, *run.items)}
    if before[0].mention.sentence != before[1].mention.sentence or max(sentences) - min(sentences) > 1:
        return []
    one, other = (classes_of(i.label) for i in before)
    for name in one:
        if name not in other or one[name] == other[name]:
            continue
        parts: dict[str, list[Item]] = {one[name]: [], other[name]: []}
        current = None
        for item in run.items:
            current = classes_of(item.label).get(name, current)
            if current not in parts:
                break
            parts[current].append(item)
        else:
            sides = [(whole, parts[c[name]]) for whole, c in zip(before, (one, other), strict=True)]
            alike = all(len(p) >= _FEWEST and all(compatible(i.unit, w.unit) for i in p) for w, p in sides)
            if alike and any(total_of(p) == w.value for w, p in sides):
                return [sum_claim(w.mention, p, "equal", "breakdown.crossed") for w, p in sides]
    return []


def outcomes(items: list[Item]) -> Iterator[Claim]:
    """ "Đã giải quyết 118/138 đơn. Kết quả có 3 khiếu nại, 2 tố cáo đúng; 98 khiếu nại, 16 tố cáo sai; …": each kind of
    petition with each outcome once divides what was resolved; an outcome is told for all figures before it."""
    for place, whole in enumerate(items):
        if class_of(whole.label, "progress") != "done":
            continue
        sentence = whole.mention.sentence + 1
        behind = items[place + 1 : place + 1 + _MOST]
        listed = [i for i in behind if i.mention.sentence == sentence and i.mention.depth == 0]
        if len(listed) <= _FEWEST or listed[0] is not behind[0]:
            continue
        found: list[tuple[str | None, str | None]] = []
        outcome = None
        for item in reversed(listed):
            outcome = class_of(item.label, "justified") or outcome
            found.append((class_of(item.label, "petition"), outcome))
        told = {o for _, o in found}
        alike = all(i.unit in {"vụ", "đơn", "trường hợp"} for i in (whole, *listed))
        near = 4 * magnitude(total_of(listed) - whole.value) <= whole.value
        if alike and near and {"right", "wrong"} <= told and None not in {k for k, _ in found} and len(set(found)) == len(found) > len(told):
            yield sum_claim(whole.mention, listed, "equal", "breakdown.outcomes")


def doubled(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """ "bắt giữ 242 vụ, 344 đối tượng; … khởi tố 179 vụ, 251 bị can; xử phạt 41 vụ, 36 đối tượng; điều tra 22 vụ, 57 đối tượng".

    Two counts told for a whole and for each of its classes, before it or behind: where the one adds up, so must the other.
    """
    pairs = [(a, b) for a, b in pairwise(i for i in items if i.mention.depth == 0) if _counted_twice(reading, a, b)]
    for place, whole_twice in enumerate(pairs):
        behind, before = pairs[place + 1 : place + 1 + _MOST], pairs[max(0, place - _MOST) : place]
        parts = list(takewhile(partial(_in_kind, whole_twice), behind))
        if len(parts) < _FEWEST:  # "thường trú 3.214 hộ, 12.506 khẩu; tạm trú 486 hộ, 1.127 khẩu. Như vậy toàn phường có 3.700 hộ với 13.633 khẩu"
            parts = list(takewhile(partial(_in_kind, whole_twice), before[::-1]))
        for count in range(_FEWEST, len(parts) + 1):
            told = sorted(parts[:count], key=lambda pair: pair[0].start)
            sides = [(whole, [pair[side] for pair in told]) for side, whole in enumerate(whole_twice)]
            closing = [w.value >= LEAST and total_of(p) == w.value for w, p in sides]
            if not any(closing):
                continue
            near = all(4 * magnitude(total_of(p) - w.value) <= w.value for w, p in sides)
            if near and (all(closing) or count == len(parts)):
                yield from (sum_claim(w.mention, p, "equal", "breakdown.doubled") for w, p in sides)
            break


def _counted_twice(reading: Reading, one: Item, other: Item) -> bool:
    """Are these two counts of one thing, told side by side without another word?"""
    apart = one.unit != other.unit and "" not in {one.unit, other.unit} and one.base is None and other.base is None
    return one.mention.sentence == other.mention.sentence and apart and _TWICE.fullmatch(between(reading, one.end, other.start)) is not None


def _in_kind(whole: tuple[Item, Item], part: tuple[Item, Item]) -> bool:
    near = abs(part[0].mention.sentence - whole[0].mention.sentence) <= _NEAR
    return near and all(p.unit == w.unit and p.value <= w.value for p, w in zip(part, whole, strict=True))


def changes(reading: Reading, sums: list[Claim], everything: list[Item]) -> Iterator[Claim]:
    """ "787 tổ chức (tăng 11), trong đó 269 đảng bộ (tăng 08), 518 chi bộ (tăng 3)": where the figures add up, so do
    the changes printed right after each of them."""
    at = {i.mention.quantity.span: i for i in everything}
    beside = {i.mention.parent: i for i in reversed(everything) if i.aside and i.mention.parent is not None}
    for made in sums:
        wholes, parts = made.by_role("total"), made.by_role("part")
        owners = [at.get(t.span) for t in (*wholes, *parts) if t.span is not None]
        changed = [beside.get(i.mention.index) if i is not None else None for i in owners]
        signs = [_DIRECTION.search(c.mention.before) if c is not None else None for c in changed]
        if len(wholes) != 1 or not all(signs) or len(changed) != len(parts) + 1:
            continue
        if sum(t.written.value for t in parts if t.written) != sum(t.written.value for t in wholes if t.written):
            continue
        against = [_AGAINST.match(reading.folded, c.mention.end) for c in changed if c is not None]
        if any(told and (against[0] is None or told.group(1) != against[0].group(1)) for told in against[1:]):
            continue  # compared with another period than the whole
        moved = [(c, s.group("up") is not None) for c, s in zip(changed, signs, strict=True) if c is not None and s is not None]
        terms = [
            term("part" if place else "total", c.mention, negative=up != moved[0][1])
            for place, (c, up) in enumerate(moved)
        ]
        if any(c.mention.percent or not compatible(c.unit, moved[0][0].unit) for c, _ in moved):
            continue
        made_of = claim(Kind.BREAKDOWN, terms, "breakdown.changes", scope=made.scope)
        yield replace(made_of, span=Span(min(made.span.start, made_of.span.start), made_of.span.end))
