"""Rates, multiples and changes whose figures stand further off, or go by other nouns than they do: "tiêm được 1.986 con … Công tiêm chi theo mức
5.000 đồng/con trâu, bò, thành tiền 9.930.000 đồng", "38.887 người, gấp 2,43 lần mức 16.000 người", "đạt 93,9% … Lần trước 86,0%; lần này
nhích lên 7,9 điểm phần trăm". Only agreement is claimed, and only where it is no chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from ..language import compatible
from ..model import Claim, Kind, Qualifier, Rational, magnitude
from ..quantities import Mention, Reading
from .items import claim, comes_out, implied, term
from .moves import AGAINST, Move, change_claim
from .rates import Rate, rates_of

_REACH = 3  # paragraphs on either side of a rate
_NEAR = 30  # figures on either side of it
_TELLING = 100  # times its last place, from which on a rate tells its figures
_LEAST = 100  # that a product of whole figures comes to
_SIDES = 8  # figures before a multiple or a change that it may lie between
_BEHIND = 2  # and behind it
_LEAD = 48  # characters before a figure in which the word of a change stands
_SMALL = 10  # of less a change agrees by chance, but in one sentence
_TIMES = re.compile(r"(?<!\w)(?:gấp|bằng)(?: (?:tới|đến|hơn|gần|khoảng|đúng))? $")
_THEN = re.compile(r"(?<!\w)(?:cùng kỳ|trước|ngoái|(?:đầu|cuối) (?:năm|kỳ|quý|nhiệm kỳ)|năm (?:19|20)\d\d|kế hoạch|chỉ tiêu|định mức|được giao)(?!\w)[^,;.:()]{0,30}$")
_MOVED = re.compile(r"(?<!\w)(?:tăng|giảm|(?<!nhận )(?<!sinh )(?<!nạp )(?<!mua )thêm|bớt|hơn|kém|cách biệt|chênh(?: lệch)?|nhích(?: lên)?|cải thiện|vượt|thiếu|hụt|dôi(?: dư)?|dư|tiết kiệm|rút ngắn|cắt giảm|lãi|khuyết)(?!\w)[^,;.:()\d]{0,24}$")
_LESS = re.compile(r"giảm|bớt|kém|thiếu|hụt|tiết kiệm|rút ngắn|cắt giảm|khuyết")
_ANYBODY = frozenset({"người", "nơi", "em", "bộ", "đơn", "chị", "cháu", "đồng", "suất", "căn", "hộ", "nhà", "trường", "giấy", "bản", "biên", "thầy"})  # stand for what was told before


def find(reading: Reading, told: Iterable[Claim]) -> Iterator[Claim]:
    """A claim for each such figure that no claim `told` holds to others."""
    claims = list(told)
    known = {t.span for c in claims for t in c.terms if c.kind is Kind.RATE and t.role == "rate" or c.kind in {Kind.CHANGE, Kind.BREAKDOWN}}
    shared = {t.span for c in claims if c.kind is Kind.SHARE for t in c.by_role("p")}
    for index, mentions in enumerate(reading.by_paragraph):
        if not mentions or reading.paragraphs_read[index].kind != "text":
            continue
        rates = [r for r in rates_of(reading, mentions) if r.mention.quantity.span not in known]
        around = _around(reading, index) if rates else []
        for rate in rates:
            yield from _rate(reading, rate, around)
        for place, mention in enumerate(mentions):
            if mention.quantity.span not in known and not mention.quantity.damaged:
                yield from _multiple(reading, mentions, place) if mention.unit == "lần" else _change(reading, mentions, place)
            if mention.percent and mention.quantity.span not in shared:
                yield from _share_of_rates(mentions, place)


# ---------------------------------------------------------------- rates


def _around(reading: Reading, index: int) -> list[Mention]:
    near = (m for part in reading.by_paragraph[max(0, index - _REACH) : index + _REACH + 1] for m in part)
    return [m for m in near if not (m.percent or m.per or m.target or m.quantity.damaged or m.quantity.written.approx or m.under is not None and m.over is not None)]


def _rate(reading: Reading, rate: Rate, around: Sequence[Mention]) -> Iterator[Claim]:
    """The nearest total and count that make the rate: to the last digit, or, of a rate told closely, as it is rounded."""
    value, here = rate.written.value, rate.mention
    near = [m for m in around if m.start != here.start and abs(m.index - here.index) <= _NEAR]
    counts = [m for m in near if m.value > 1 and _counts_each(reading, rate, m)]
    totals = [m for m in near if _is_total(reading, rate, m)]
    best: tuple[int, Mention, Mention, Rational] | None = None
    for count in counts:
        for total in totals:
            if total is count or total.value <= value or total.value < count.value and rate.per == 1 and value > 1:
                continue
            per = rate.per * (rate.counted.counted_by(reading, total) or 1)
            if _makes(rate, Fraction(total.value) * per, count.value):
                far = abs(total.start - here.start) + abs(count.start - here.start)
                if best is None or far < best[0]:
                    best = far, total, count, per
    if best is not None:
        _, total, count, per = best
        behind = total.start > here.start
        told = replace(term("rate", here), written=rate.written)
        terms = [term("count", count), told, term("total", total)] if behind else [term("total", total), term("count", count), told]
        yield claim(Kind.RATE, [implied("per", per), *terms] if per != 1 else terms, "rate.product" if behind else "rate.average", scope=here.quantity.noun)


def _counts_each(reading: Reading, rate: Rate, figure: Mention) -> bool:
    """Does the figure count what the rate is told for, by its noun or, in one of the sentences beside it, by any that may stand for it?"""
    if rate.each.may_be_of(reading, figure):
        return True
    head = rate.each.words[:1]
    beside = abs(figure.sentence - rate.mention.sentence) <= 1
    return bool(head) and beside and (head[0] in _ANYBODY or head[0] in f"{figure.before} {figure.after}".split()) and figure.unit != rate.mention.unit


def _is_total(reading: Reading, rate: Rate, figure: Mention) -> bool:
    same = figure.unit == rate.mention.unit != "" or rate.mention.unit == "đồng" and figure.scale > 1 and not figure.unit
    return bool(rate.counted.may_be_of(reading, figure)) or same


def _makes(rate: Rate, amount: Fraction, count: Rational) -> bool:
    value, ulp = rate.written.value, rate.written.ulp
    if amount == value * count:
        return amount >= _LEAST
    close = value >= _TELLING * ulp and not rate.void and rate.mean
    return close and 2 * magnitude(amount - value * count) <= ulp * count


def _share_of_rates(mentions: Sequence[Mention], place: int) -> Iterator[Claim]:
    """ "công suất thiết kế 2.400 m3/ngày đêm, thực tế 1.824 m3/ngày đêm, bằng 76% thiết kế": of two rates of one kind in its sentence."""
    percent = mentions[place]
    sides = [m for m in mentions[max(0, place - _SIDES) : place + _BEHIND + 1] if m.per and m.sentence == percent.sentence and not m.percent]
    for part, whole in permutations(sides, 2):
        same = part.unit == whole.unit and part.value != whole.value
        if same and comes_out(part.value, whole.value, percent.quantity.written):
            yield claim(Kind.SHARE, [term("n", part), term("m", whole), term("p", percent)], "share.of_rates", own_base=False, bases=(term("m", whole),), scope=part.quantity.noun)
            return


# ---------------------------------------------------------------- multiples and changes


def _multiple(reading: Reading, mentions: Sequence[Mention], place: int) -> Iterator[Claim]:
    """The figure right behind the multiple and one before it in the same unit, or the last two before it."""
    times = mentions[place]
    if not _TIMES.search(reading.folded, max(0, times.start - _LEAD), times.start):
        return
    move = Move(False, times=replace(times, quantity=replace(times.quantity, unit="")))
    before = [m for m in reversed(mentions[max(0, place - _SIDES) : place]) if _is_side(m) and times.sentence - m.sentence <= 1]
    behind = [m for m in mentions[place + 1 : place + 2] if _is_side(m) and m.sentence == times.sentence]
    pairs = [(prev, now) for prev in behind for now in before] + [(a, b) if a.value < b.value else (b, a) for i, a in enumerate(before[:3]) for b in before[i + 1 : 3]]
    for prev, now in pairs:
        alike = prev.unit == now.unit and (prev.unit != "" or prev.after.partition(" ")[0] == now.after.partition(" ")[0] != "")
        if alike and 0 < prev.value < now.value and move.agrees(prev, now):
            yield change_claim(prev, now, move, "change.times")
            return


def _change(reading: Reading, mentions: Sequence[Mention], place: int) -> Iterator[Claim]:
    """The two figures near a change that are just so far apart."""
    delta = mentions[place]
    if delta.target or delta.per or delta.over is not None or delta.under is not None or delta.value <= 0 or delta.quantity.written.approx:
        return
    verb = _MOVED.search(reading.folded, max(reading.sentences[delta.sentence].start, delta.start - _LEAD), delta.start)
    if verb is None:
        return
    down = _LESS.match(verb.group()) is not None
    points = delta.unit == "điểm %" or delta.percent
    near = [m for m in (*reversed(mentions[max(0, place - _SIDES) : place]), *mentions[place + 1 : place + 1 + _BEHIND]) if _is_side(m, percent=points)]
    alike = [m for m in near if not _MOVED.search(reading.folded, max(reading.sentences[m.sentence].start, m.start - _LEAD), m.start) and (m.percent if points else m.unit == delta.unit != "" or m.unit == "" != delta.unit and m.depth > 0)]
    fine = delta.quantity.written.ulp < 1
    compared = AGAINST.match(reading.folded[delta.end : delta.end + _LEAD].lstrip()) is not None
    for i, one in enumerate(alike):
        for other in alike[i + 1 :]:
            sentences = {one.sentence, other.sentence, delta.sentence}
            if magnitude(one.value - other.value) != delta.value or max(sentences) - min(sentences) > 2:
                continue
            then = any(m.depth or _THEN.search(reading.folded, max(reading.sentences[m.sentence].start, m.start - _LEAD), m.start) for m in (one, other))
            if not fine and (delta.value < _SMALL or compared) and not then or not compatible(one.unit, other.unit):
                continue
            prev, now = sorted((one, other), key=lambda m: m.value, reverse=down)
            if points or delta.value < max(prev.value, now.value):
                yield change_claim(prev, now, Move(down, delta), "change.agreeing")
                return


def _is_side(mention: Mention, *, percent: bool = False) -> bool:
    q = mention.quantity
    return mention.percent == percent and q.written.qualifier is Qualifier.EXACT and not q.damaged and not mention.per and mention.under is None
