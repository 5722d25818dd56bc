"""Changes told in a row, each of the figure in its place of another row: "xảy ra 6 vụ, chết 5 người. So với cùng kỳ giảm
13 vụ (-68%), giảm 10 người chết (-67%)", "134 → 121 → 102 hộ, giảm lần lượt 13 và 19 hộ"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise

from ..language import compatible
from ..model import Claim, magnitude
from ..quantities import Mention, Reading
from .items import comes_out
from .moves import (
    AGAINST,
    LEAD,
    RATE,
    Move,
    change_claim,
    is_delta,
    lead_of,
    printed_fraction,
    tells_a_state,
    verb_before,
    way_of,
)
from .told_rates import move_of, verb_of

_IN_TURN = re.compile(r"(?<!\w)(?:(?P<up>tăng)|(?P<down>giảm))(?: thêm)? lần lượt(?: là)?\s*$")
_THEN = re.compile(r"[^,;.\d]{0,20}?\s?(?:→|->|=>|(?<!\w)(?:lên|xuống|còn|rồi|đến)(?: còn)?)[^,;.\d]{0,20}")
_AND = re.compile(r"[^,;.\d]{0,20}?(?:,| và)\s?")
_ALONE = re.compile(r"(?<!\w)(?:tính riêng|riêng|chỉ tính)(?: về)?(?: số)? (?P<noun>[^,;.:()\d]{1,20}?) $")
_MOST = 8  # figures in a row


def find(reading: Reading, mentions: tuple[Mention, ...]) -> Iterator[Claim]:
    """The changes of a paragraph that rows show, whether they come out or not."""
    yield from _in_turn(reading, mentions)
    for _, sentence in groupby(mentions, key=lambda m: m.sentence):
        here = tuple(sentence)
        yield from _of_counts(reading, mentions, here)
        yield from _of_fractions(reading, mentions, here)
        yield from _of_one(reading, mentions, here)
        yield from _of_rows(reading, mentions, here)


def _of_counts(reading: Reading, mentions: tuple[Mention, ...], here: tuple[Mention, ...]) -> Iterator[Claim]:
    """A rate with its difference for each count of the sentence or of the one before: where one comes out, the rows are
    beside each other, and the others are of their counts too."""
    first = mentions[0].index
    deltas = [m for m in here if is_delta(reading, m) and m.depth == 0 and not m.quantity.damaged]
    if not 2 <= len(deltas) <= _MOST:
        return
    verbs = [verb_before(reading, m) for m in deltas]
    moves = [move_of(reading, mentions, m.index - first, v) for m, v in zip(deltas, verbs, strict=True) if v]
    if any(m.rate is None for m in moves):
        return
    counts = [m for m in here if m.start < deltas[0].start] or _sentence_before(mentions, here[0])
    counts = [m for m in counts if m.countable and m.depth == 0]
    if len(counts) != len(deltas) or not all(tells_a_state(reading, m) for m in counts):
        return
    pairs = list(zip(counts, moves, strict=True))
    alike = all(d.unit in {"", c.unit} for c, d in zip(counts, deltas, strict=True))
    if alike and AGAINST.search(reading.folded, counts[-1].end, deltas[0].start) and any(m.agrees_with(c) for c, m in pairs):
        yield from (change_claim(None, c, m, "change.aligned") for c, m in pairs)


def _sentence_before(mentions: tuple[Mention, ...], first: Mention) -> list[Mention]:
    end = first.index - mentions[0].index
    return [m for m in mentions[max(0, end - 3 * _MOST) : end] if m.sentence == first.sentence - 1]


def _of_one(reading: Reading, mentions: tuple[Mention, ...], here: tuple[Mention, ...]) -> Iterator[Claim]:
    """ "nhận 81 vụ với 168 bị cáo (tăng 13 vụ, 6 bị cáo), tính riêng số vụ tăng 19,1%": the rate of one of the changes."""
    for place, rate in enumerate(here):
        verb = RATE.search(lead_of(reading, rate)) if rate.unit == "%" and place > 1 else None
        alone = _ALONE.search(verb.string[: verb.start()]) if verb is not None else None
        if alone is None:
            continue
        of_these = [m for m in here[max(0, place - _MOST) : place] if reading.folded[m.quantity.span.end : m.end].strip() == alone["noun"]]
        told = [(m, v) for m in of_these if (v := verb_of(reading, mentions, m.index - mentions[0].index)) is not None]
        counts = [m for m in of_these if tells_a_state(reading, m)]
        if len(told) == 1 and len(of_these) - 1 == len(counts) == 1 and way_of(told[0][1]) == way_of(verb) and counts[0].start < told[0][0].start:
            yield change_claim(None, counts[0], Move(way_of(verb), told[0][0], rate), "change.alone")


def _of_rows(reading: Reading, mentions: tuple[Mention, ...], here: tuple[Mention, ...]) -> Iterator[Claim]:
    """ "46 vụ, 19 người chết, 38 người bị thương. So với cùng kỳ (54 vụ, 24 người chết, 35 người bị thương) giảm 8 vụ, giảm 5 người chết, tăng 3
    người bị thương": three rows of figures, where all but one of the changes come out."""
    first = mentions[0].index
    deltas = [m for m in here if is_delta(reading, m) and m.depth == 0 and not m.quantity.damaged]
    if not 2 <= len(deltas) <= _MOST:
        return
    inside = [m for m in here if m.depth == 1 and m.end <= deltas[0].start and m.countable]
    earlier = [m for m in inside if m.group == inside[-1].group]
    if len(earlier) != len(deltas) or AGAINST.search(reading.folded, max(0, earlier[0].group - LEAD), earlier[0].group) is None:
        return
    before = [m for m in here if m.end <= earlier[0].start] or _sentence_before(mentions, here[0])
    counts = [m for m in before if m.countable and m.depth == 0 and tells_a_state(reading, m)][-len(deltas) :]
    if len(counts) != len(deltas) or any(len({m.unit for m in row if m.unit}) > 1 for row in zip(counts, earlier, deltas, strict=True)):
        return
    verbs = [verb_before(reading, m) for m in deltas]
    moves = [move_of(reading, mentions, m.index - first, v) for m, v in zip(deltas, verbs, strict=True) if v]
    sides = list(zip(earlier, counts, moves, strict=True))
    agreeing = sum(replace(move, rate=None).agrees(prev, now) for prev, now, move in sides)
    if agreeing >= max(2, len(sides) - 1):
        yield from (change_claim(prev, now, move, "change.aligned") for prev, now, move in sides)


def _of_fractions(reading: Reading, mentions: tuple[Mention, ...], here: tuple[Mention, ...]) -> Iterator[Claim]:
    """ "giảm 3,9% (233/240); vụ việc giảm 16,9% (44/53)": where one rate comes out on its two values, all are of theirs."""
    told = []
    for rate in here:
        verb = RATE.search(lead_of(reading, rate)) if rate.percent else None
        sides = printed_fraction(reading, mentions, rate) if verb is not None else None
        if sides is not None and way_of(verb) == (sides[1].value < sides[0].value):
            told.append((sides, Move(way_of(verb), rate=rate)))
    if any(move.agrees(*sides) for sides, move in told):
        yield from (change_claim(*sides, move, "change.fraction") for sides, move in told)


def _in_turn(reading: Reading, mentions: tuple[Mention, ...]) -> Iterator[Claim]:
    """ "134 → 121 → 102 hộ; giảm lần lượt 13 và 19 hộ"."""
    if not mentions or reading.folded.find("lần lượt", max(0, mentions[0].start - LEAD), mentions[-1].start) < 0:
        return
    for place, delta in enumerate(mentions):
        verb = _IN_TURN.search(lead_of(reading, delta))
        if verb is None:
            continue
        deltas = _row(reading, mentions[place : place + _MOST], _AND)
        states = _row(reading, mentions[max(0, place - _MOST) : place][::-1], _THEN)[::-1]
        whole = states and states[-1].sentence == delta.sentence and compatible(states[-1].unit, delta.unit)
        if whole and len(states) == len(deltas) + 1:
            for step, (prev, now) in zip(deltas, pairwise(states), strict=True):
                yield change_claim(prev, now, Move(verb.group("down") is not None, step), "change.in_turn")


def _row(reading: Reading, mentions: tuple[Mention, ...], joint: re.Pattern[str]) -> list[Mention]:
    """The figures from the first on that are joined so, in whichever direction they are given."""
    row = [m for m in mentions[:1] if not m.percent]
    for one, other in pairwise(mentions):
        left, right = (one, other) if one.start < other.start else (other, one)
        if not row or other.percent or not joint.fullmatch(reading.folded, left.end, right.start):
            break
        row.append(other)
    return row


def shows_base(claim: Claim) -> bool:
    """Does the rate of a change come out on the earlier value, and on it alone?"""
    now, delta, rate = (next((t.written for t in claim.by_role(r)), None) for r in ("now", "delta", "p"))
    if now is None or delta is None or rate is None:
        return False
    size, told = magnitude(delta.value), replace(rate, value=magnitude(rate.value))
    return comes_out(size, now.value - delta.value, told) and not comes_out(size, now.value, told)
