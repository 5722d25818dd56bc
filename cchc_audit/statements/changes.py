"""Changes against another period: "tăng 22 bản (15,5 %) so với quý I năm 2023 là 142 bản".

A change names its size and rate; which two figures it lies between is often left to the reader. Every
pair it may lie between is tried, the grammatical one first, and the one that agrees is taken. Only a
pair the grammar leaves no doubt about ("từ 65 xuống 44", "so với năm 2023 (24 người)", the figure the
change stands right behind) is claimed when it does not agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ..digits import one_edit_from
from ..language import compatible, starting
from ..model import Claim, Rational, Span, Written, magnitude
from ..number_words import NUMBER_WORDS
from ..quantities import Mention, Reading
from . import aligned
from .comparisons import find_comparison
from .differences import OF_NEW, find_difference
from .extremes import find_extremes
from .in_turn import find_in_turn, find_step
from .items import Item, between, comes_out, content
from .moves import (
    AGAINST,
    AGAINST_IT,
    APART,
    DELTA,
    DOWN,
    HEDGE,
    LEAD,
    LOOK_BACK,
    MOVE,
    OVER_OR_SHORT,
    PLAN,
    RATE,
    SHORT,
    SO_MANY,
    TIMES,
    UP,
    Move,
    alone_in_brackets,
    as_set,
    change_claim,
    exactly,
    is_delta,
    lead_of,
    lying_apart,
    pair_of,
    previous_value,
    size_of,
    tells_a_state,
    verb_before,
    way_of,
)
from .multiples import find_multiples
from .numbered_periods import of_numbered_periods
from .parties import Parties
from .pool import mistyped
from .told_rates import find_ratio, rate_after, right_behind, verb_of

_SAVED = "tiết kiệm(?: được)?|cắt(?: giảm)?(?: được)?|bớt(?: được)?"  # of time, of money: only behind "từ … xuống …"
# one figure of a change follows another with nothing between them but the thing counted
_MORE = re.compile(r"(?:,|(?<!\w)(?:nay|thì))\s(?:đã )?hơn\s$")  # "cùng kỳ mới có 61,8%, nay hơn 11,2 điểm phần trăm"
_BRACKET_OPENS = re.compile(r"[^,;.()\d]{0,30}\(\s?(?:còn |có )?")
_AND_COMPARED = re.compile(r"[^,;.()\d]{0,20},? so với [^,;.()\d]{0,30}")
_BRACKET_ENDS = re.compile(r"[^,;.()\d]{0,30}\)")
_OF_A_COUNT = re.compile(r"\s(?:trên|trong)(?: tổng)?(?: số)? \d")
_OF_SO_MANY = re.compile(r"\s?(?:(?:trên|trong|so với)(?: tổng)?(?: số)?(?!\w)|(?:tổng )?số )")
_NEXT = re.compile(
    rf"^[^,;.()\d]{{0,40}}[\s,;()]*(?:(?:tính ra|qua đó|nhờ đó|như vậy)(?: đã)? (?={_SAVED})|tức(?: là)?|nói cách khác,?|như vậy(?: đã)?|tương (?:ứng|đương)|ứng với|hay|nghĩa là|với|mức|bằng|đã|cụ thể)?[\s(]*(?:(?:{UP}|{DOWN}|{APART}|{_SAVED}|thêm|bớt|gấp){HEDGE})?\s*(?:tỷ lệ(?: cắt giảm| giảm| tăng)?|mức|với)?\s*$"
)
_PERIOD_NAMED = re.compile(r"(?<!\w)(?:tháng|quý|năm|ngày|đợt|lần|kỳ) (?:\d{1,4}(?:[/.-]\d{1,4}){0,2}|[ivx]+)(?!\w)")
_SO_EACH = re.compile(r"(?<=tức)(?: là)?(?: [^\W\d]+){1,4}(?= (?:bớt|giảm|tăng)(?!\w))|(?<=nghĩa là)(?: [^\W\d]+){1,4}(?= (?:bớt|giảm|tăng)(?!\w))")  # "tức mỗi lượt khách bớt được 7 phút"
_OF_ANOTHER = re.compile(r"(?<!\w)(?:nhưng|song|riêng|chủ yếu|nhất là|phần lớn|trong đó|thứ hạng|xếp hạng)(?!\w)|, tỷ lệ(?!\w)")  # "cao hơn 3,2 điểm nhưng thứ hạng lại giảm từ 4 xuống 6"
_ADDED = re.compile(r",\s(?:nhiều thêm|thêm|bớt)(?: được)?\s$")  # "từ 1.442 người lên 4.356 người, thêm 2.914 người"
_COMPARED = re.compile(r"(?<!\w)(?:so với|đối chiếu)(?!\w)")
_COMPARED_BEHIND = re.compile(r"[^,;.:()\d]{0,20} so với (?:số|mức|chỉ tiêu|định mức|biên chế|tổng số)(?!\w)")
_SAVES = re.compile(rf"(?<!\w)(?:{_SAVED})\s*$")
_LISTED = re.compile(r"\(\s?(?:gồm|bao gồm|trong đó|cụ thể)(?!\w)")  # "vượt 11% so với kế hoạch (gồm 32 đảng viên …)"
_FROM = re.compile(starting("từ") + r"(?: mức| con số| (?:chỗ )?(?:mới |chỉ )+(?:có )?)?\s*$")
_ANY = r"(?:[^.;:()\d]|(?<!\d)(?:19|20)\d\d(?!\d))"
_SINCE_THEN = re.compile(rf"{_ANY}{{0,80}}(?<!\w)(?:nay|hiện|cuối (?:năm|kỳ|quý|tháng|nhiệm kỳ)|đã)(?!\w){_ANY}{{0,60}}(?<!\w)(?:có|còn|là|đạt|được|lên|xuống)(?: được| tới| đến| còn)?\s*")
_LEAD_FROM = 24  # characters before a figure in which "từ" stands
_INSIDE = re.compile(r"(?:[^,;.:()\d]{0,40},)?\s(?:đã |và )?(?:(?P<up>cao hơn|nhỉnh hơn|tăng|vượt)|(?P<down>thấp hơn|kém|giảm))(?: hẳn)?(?: so với)?(?: chỉ tiêu| kế hoạch| mục tiêu)?(?: mức| con số| tỷ lệ| kết quả)?\s")
_OF_THE_PERIOD = re.compile(r"(?!.*(?<!\w)(?:và|tăng|giảm|hơn|vượt|kém)(?!\w))\s(?:[^,.;:()\d]|(?<!\d)(?:19|20)\d\d(?!\d)){0,50}")
_SINCE_THEN_ON = re.compile(rf"\s(?:sau|qua|trong) (?:gần |hơn )?(?:\d{{1,2}}|{NUMBER_WORDS}) (?:năm|tháng|quý|nhiệm kỳ)(?!\w).*|\sso với (?:ban đầu|khi (?:mới )?thành lập|lúc (?:đầu|mới)).*")
_WITHIN = re.compile(r"/|(?<!\w)(?:so với|so|trong|mỗi|riêng|bình quân|kế hoạch|chỉ tiêu|năm|quý|tháng|cùng kỳ)(?!\w)")
_OF_PLAN = re.compile(rf"\s(?:điểm(?: phần trăm| %)? )?(?:so với )?(?:{PLAN.pattern})")  # "73,8% (năm 2023 là 61,2%), vượt 3,8 điểm phần trăm chỉ tiêu"
_FROM_LEVEL = re.compile(r"[^,;.:()\d]{0,30},?\stừ(?: mức| con số)?\s*")
_THAT_RATE = re.compile(rf"(?<!\w)(?:tỷ lệ|chỉ số|con số|mức) này (?:đã |lại |tiếp tục )?(?:(?P<up>{UP})|(?P<down>{DOWN})){HEDGE}\s$")
_OF_A_NORM = re.compile(r"% (?:so với )?(?:mức chuẩn|chuẩn|mục tiêu|chỉ tiêu|kế hoạch|dự toán)(?: [^\W\d]+){0,2} $|(?<!\w)(?:chỉ tiêu|kế hoạch)(?: [^\W\d]+){0,5} (?:là|giao) $")  # "bằng 96,1% mức chuẩn 66 triệu"
_LONG_VALUE = 100  # of smaller ones a slip makes any rate
_COMPARING = 160  # characters before a surplus in which it is told what it is compared with
_SAID = 60  # characters before a change that name what grew
_SIGNED = re.compile(r"\s?\(\s?(?P<sign>[+−–-])\s?")
_BRACKET_AGAINST = re.compile(r"[^,;.()\d]{0,30}\)\s(?:so với|so)(?!\w)(?:[^,;.()\d]|(?<!\d)(?:19|20)\d\d(?!\d)){0,50}(?:\(\s?)?")
_IN_BRACKETS_PLAN = re.compile(rf"(?: điểm)?(?: phần trăm| %)?\s?\(\s?(?:{PLAN.pattern}|kh(?!\w))(?: [^\W\d]+){{0,3}}(?: là)?\s")
_PLANNED = re.compile(rf"{PLAN.pattern}|(?<!\w)(?:kh|giao)(?!\w)")
_TO_SO_MUCH = re.compile(r"[^,;.:()\d]{0,20},\s(?:(?:lên|xuống)(?: tới| đến| còn| mức)?|đạt|còn)(?: mức)?\s")
_ARROW = re.compile(r"\s?(?:→|->|=>|–>)\s?")  # "85,8% -> 89,4%, tăng 3,6 điểm"
_TO = re.compile(r"(?:→|->|=>|–>)\s?$|(?<!\w)(?:còn|xuống(?: còn)?|lên(?: thành| đến)?|đến|thành)(?: hơn| gần)?\s*$")


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """Every stated change that can be tested with figures of its own paragraph or section.

    A rate that comes out on the present value is held against the report only where another of it is on the earlier one.
    """
    found = []
    for index, mentions in enumerate(reading.by_paragraph):
        if not mentions:
            continue
        here = list(_in_paragraph(reading, mentions, paragraphs, index))
        told = {t.span for c in here if c.source != OF_NEW for t in c.terms if t.role in {"delta", "p"}}
        found += here
        found += [c for c in aligned.find(reading, mentions) if told.isdisjoint(t.span for t in c.terms[:1])]
    shown = any(aligned.shows_base(c) for c in found)
    yield from (c for c in found if (shown or c.source != OF_NEW) and not _the_other_way(c))


def _the_other_way(made: Claim) -> bool:
    """Do the two values of a change go the other way than it says, by far from as much, and would no slip of a digit explain it? It is told of
    others: "(đến 61, đi 36), nên số học sinh tăng 25 so với đầu học kỳ"."""
    told = {t.role: t.written for t in made.terms if t.written is not None}
    size = told.get("delta") or told.get("p")
    if size is None or "prev" not in told or "now" not in told or not size.value or not told["prev"].value:
        return False
    moved = told["now"].value - told["prev"].value
    if (moved < 0) == (size.value < 0):
        return False
    if "delta" in told and (mistyped(told["prev"].value + size.value, told["now"].value) or mistyped(told["now"].value - size.value, told["prev"].value)):
        return False
    if "delta" not in told and _mistyped_value(told["prev"], told["now"], size):
        return False
    by = magnitude(moved) - magnitude(told["delta"].value) if "delta" in told else magnitude(100 * Fraction(moved) / told["prev"].value) - magnitude(size.value)
    return 2 * magnitude(by) > magnitude(size.value)


def _mistyped_value(prev: Written, now: Written, rate: Written) -> bool:
    """Would the rate come out, the way it says, if one digit of one of the values was another?"""

    def agrees(then: Rational, since: Rational) -> bool:
        return then > 0 and 2 * magnitude(100 * Fraction(since - then) / then - rate.value) <= rate.ulp

    if any(w.value.denominator > 1 or w.value < _LONG_VALUE for w in (prev, now)):
        return False
    return any(agrees(prev.value, e) for e in one_edit_from(str(now.value))) or any(agrees(e, now.value) for e in one_edit_from(str(prev.value)))


def _in_paragraph(
    reading: Reading, mentions: tuple[Mention, ...], paragraphs: list[list[Item]], index: int
) -> Iterator[Claim]:
    bound: set[int] = set()  # figures that "từ … còn …" already explains
    for place, mention in enumerate(mentions):
        if _FROM.search(lead_of(reading, mention, _LEAD_FROM)) or _ARROW.match(reading.folded, mention.end):
            found = _from_to(reading, mentions, place)
            if found is not None:
                stated = {t.span for t in found.terms}
                bound |= {
                    m.index for m in mentions[max(0, place - 3) : place + 11] if m.quantity.span in stated
                }
                yield found
    parties = Parties(reading, mentions, extremes=tuple(find_extremes(reading, mentions)))
    yield from (extreme.claim() for extreme in parties.extremes)
    yield from find_multiples(parties, bound)
    told: set[Span] = set()  # the figures of a change that goes before
    for place, mention in enumerate(mentions):
        if mention.index not in bound:
            found = (
                of_numbered_periods(reading, mentions, place)
                or find_comparison(parties, place)
                or find_step(reading, mentions, place)
                or _stated(reading, mentions, place, paragraphs, index)
                or (find_in_turn(reading, mentions, place) if mention.quantity.span not in told else None)
            )
            if found is not None:
                told = {t.span for t in found.terms if t.span is not None}
                yield found
            yield from find_ratio(reading, mentions, place)


def _stated(
    reading: Reading, mentions: tuple[Mention, ...], place: int, paragraphs: list[list[Item]], index: int
) -> Claim | None:
    mention = mentions[place]
    lead = lead_of(reading, mention)
    if mention.percent:
        inside = _inside(reading, mentions, place)
        if inside is not None:
            return inside
        if not (RATE.search(lead) or SHORT.search(lead) or mention.unit == "điểm %" and _MORE.search(lead)):
            return None
        return (
            _compared_inside(reading, mentions, place)
            or _with_signed_size(reading, mentions, place)
            or _of_that_rate(reading, mentions, place)
            or _points(reading, mentions, place)
            or _over_plan(reading, mentions, place)
            or _rate(reading, mentions, place)
        )
    if TIMES.search(lead):
        return None
    if mention.unit == "điểm" and place and mentions[place - 1].percent and RATE.search(lead):
        points = _points(reading, mentions, place)  # "96,1%, tăng 1,9 điểm so với 94,2% của năm 2024"
        if points is not None:
            return points
    verb = verb_of(reading, mentions, place) or _short_or_over(reading, mention)
    return find_difference(reading, mentions, place, paragraphs, index, verb) if verb is not None else None


def _short_or_over(reading: Reading, mention: Mention) -> re.Match[str] | None:
    """ "347 người, thiếu 02 người so với số được ấn định (349)", "đối chiếu với 60 biên chế được giao, xã dôi dư 03 người"."""
    start = max(reading.sentences[mention.sentence].start, mention.start - _COMPARING)
    compared = _COMPARED.search(reading.folded, start, mention.start) or _COMPARED_BEHIND.match(reading.folded, mention.end)
    return OVER_OR_SHORT.search(lead_of(reading, mention)) if compared else None


def _from_to(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "giảm 29 … (từ 63 còn 34)", "từ 58,9% lên 74,03%, tăng 15,13 điểm phần trăm": both values and what
    stands around them of the difference."""
    prev = mentions[place]
    if place and _ARROW.fullmatch(reading.folded, mentions[place - 1].end, prev.start):
        return None  # "134 → 121 → 102 hộ, giảm 32 hộ": over all of them
    if place and _TO.search(lead_of(reading, mentions[place - 1])) and _FROM_LEVEL.fullmatch(reading.folded, mentions[place - 1].end, prev.start):
        return _to_from(reading, mentions, place)
    at = next(
        (p for p in range(place + 1, min(place + 6, len(mentions))) if mentions[p].depth <= prev.depth), None
    )
    if at is None:
        return None
    now = mentions[at]
    gap = between(reading, prev.end, now.start)
    since = _SINCE_THEN.fullmatch(gap) is not None
    if (
        (not _TO.search(gap) or re.search(r"[;,]|\.\s", gap)) and not since
        or prev.percent != now.percent
        or not compatible(prev.unit, now.unit)
        or now.sentence != prev.sentence
    ):
        return None
    move = _around(reading, mentions, place, at)
    if move.rate is not None and move.rate.start > now.end and _tells_what_share(reading, prev, now, move.rate):
        return None  # "từ 48 m2 lên 112 m2, bằng 233,3% trước đây"
    if move.rate is not None and move.delta is None and _share_in_brackets(reading, prev, now, move):
        move = replace(move, rate=None)
    if move.rate is not None and move.rate.start > now.end and _each_has_a_share(reading, mentions, place, move.rate):
        move = replace(move, rate=None)
    if move.delta is None and move.rate is None and move.times is None:
        return None
    if since and move.delta is not None and not move.agrees(prev, now) and _of_another(reading, move.delta, prev, now):
        return None
    source = "change.points" if prev.percent else "change.from_to"
    return change_claim(prev, now, move, source)


def _tells_what_share(reading: Reading, prev: Mention, now: Mention, rate: Mention) -> bool:
    """Does the percent behind two values say what share the second is of the first?"""
    return reading.folded.endswith("bằng ", 0, rate.start) and comes_out(now.value, prev.value, rate.quantity.written)


def _share_in_brackets(reading: Reading, prev: Mention, now: Mention, move: Move) -> bool:
    """ "thay đổi từ 309 lên 352 hộ (8,54%)": does a percent alone in brackets behind the second value tell something else than the change, as its
    share of all there are?"""
    assert move.rate is not None
    bare = alone_in_brackets(reading, now, move.rate) and reading.folded.endswith("(", 0, move.rate.start)
    off = round(Fraction(100 * (now.value - prev.value)) / prev.value / move.rate.quantity.written.ulp) if prev.value else 0
    return bare and not move.agrees(prev, now) and not mistyped(abs(off), round(move.rate.value / move.rate.quantity.written.ulp))


def _each_has_a_share(reading: Reading, mentions: tuple[Mention, ...], place: int, rate: Mention) -> bool:
    """ "giảm từ 468 hộ (8,33%) còn 391 hộ (6,96%)": does a percent stand alone in brackets behind the first value as behind the second?"""
    after = mentions[place + 1]
    return after.percent and after is not rate and all(alone_in_brackets(reading, reading.mentions[m.index - 1], m) for m in (after, rate))


def _of_another(reading: Reading, delta: Mention, prev: Mention, now: Mention) -> bool:
    """Is a change told behind "từ 482 hội viên đầu năm, đến nay có 615 hội viên" one of some of them, or since another time?"""
    behind = _SINCE_THEN_ON.sub("", re.split(r"[,;.()]", reading.folded[delta.end : delta.end + LEAD], maxsplit=1)[0])
    return delta.per or _WITHIN.search(behind) is not None or not content(behind) <= content(f"{prev.label} {now.label}")


def _inside(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "94,3%, cao hơn mức 88,9% của quý trước 5,4 điểm %": the other rate stands within the words of the comparison."""
    now, prev, size = mentions[place - 2 : place + 1] if place > 1 else (None, None, mentions[place])
    if now is None or prev is None or size.unit != "điểm %" or not (now.unit == prev.unit == "%") or not now.sentence == prev.sentence == size.sentence:
        return None
    told = _INSIDE.fullmatch(reading.folded, now.end, prev.start)
    if told is None or not now.depth == prev.depth == size.depth or not _OF_THE_PERIOD.fullmatch(reading.folded, prev.end, size.start):
        return None
    other = exactly(prev)
    return change_claim(as_set(other) if PLAN.search(reading.folded, now.end, size.start) else other, now, Move(told["down"] is not None, size), "change.points")


def _to_from(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "giảm còn 1.912 người từ mức 2.390 người, tức giảm 478 người (20%)"."""
    now, prev = mentions[place - 1 : place + 1]
    if now.sentence != prev.sentence or now.percent != prev.percent or not compatible(prev.unit, now.unit):
        return None
    move = _moved(reading, prev, now, _stated_after(reading, mentions, place))
    told = move.delta is not None or move.rate is not None or move.times is not None
    return change_claim(prev, now, move, "change.points" if prev.percent else "change.from_to") if told else None


def _around(reading: Reading, mentions: tuple[Mention, ...], place: int, at: int) -> Move:
    """The change stated right after "từ … còn …" or right before it."""
    prev, now = mentions[place], mentions[at]
    bracketed = prev.depth > 0 and reading.folded.startswith(")", now.end) and place > 0 and is_delta(reading, mentions[place - 1])
    found = _stated_after(reading, mentions, at)
    if bracketed and "delta" in found:
        found = {}  # "giảm 9 biên chế (từ 62 còn 53), giảm 27 người": of others
    start = prev.start
    for before in reversed(mentions[max(0, place - 3) : place]):
        gap = reading.folded[before.end : start]
        if gap.startswith("),"):
            break  # "lên 48,3 km² (gấp 3,18 lần), dân số từ 8.360 lên 20.286": told of what stands before
        role = _role(reading, before, now)
        if role is None or before.sentence != now.sentence or before.percent and not RATE.search(lead_of(reading, before)):
            break
        if start == prev.start and (not re.match(r"^[^.;\d]{0,45}[\s,(:]từ\s*$", gap) or _OF_ANOTHER.search(gap)):
            break
        if start != prev.start and not _NEXT.match(gap):
            break
        found.setdefault(role, before)
        start = before.start
    return _moved(reading, prev, now, found)


def _stated_after(reading: Reading, mentions: tuple[Mention, ...], at: int) -> dict[str, Mention]:
    """The figures of a change that follow its second value, by their roles."""
    last = mentions[at]
    found: dict[str, Mention] = {}
    end = last.end
    for after in mentions[at + 1 : at + 5]:
        gap = _SO_EACH.sub("", _PERIOD_NAMED.sub("kỳ", reading.folded[end : after.start]))
        role = _role(reading, after, last)
        if role is None or after.sentence != last.sentence or not _NEXT.match(gap):
            break
        found.setdefault(role, after)
        end = after.end
    if "delta" in found and "rate" not in found and not last.percent:
        rate = rate_after(reading, mentions, found["delta"].index - mentions[0].index)
        found |= {"rate": rate} if rate is not None else {}
    return found


def _moved(reading: Reading, prev: Mention, now: Mention, found: dict[str, Mention]) -> Move:
    verbs = [way_of(verb) for m in found.values() if (verb := verb_before(reading, m))]
    fell = now.quantity.written.value < prev.quantity.written.value
    down = fell if not verbs else verbs[0]
    return Move(down, found.get("delta"), found.get("rate"), found.get("times"))


def _role(reading: Reading, mention: Mention, now: Mention) -> str | None:
    lead = lead_of(reading, mention)
    if mention.unit == "lần" and TIMES.search(lead):
        return "times"
    if mention.percent:
        share = _OF_SO_MANY.match(reading.folded, mention.end) and (lead.rstrip().endswith("(") or _OF_A_COUNT.match(reading.folded, mention.end))  # "xuống 64 hộ (2,86% trên 2.236 hộ)"
        stated = RATE.search(lead) or not share and re.search(
            r"(?:tương (?:ứng|đương)|ứng với|tỷ lệ(?: cắt giảm| giảm| tăng)?|bằng|[(])(?: với)?\s*$", lead
        )
        return ("delta" if now.percent else "rate") if stated else None
    alike = compatible(mention.unit, now.unit) or now.percent and mention.unit == "điểm"
    if alike and (DELTA.search(lead) or SO_MANY.search(lead) or _SAVES.search(lead) or _ADDED.search(lead)) and mention.under is None:
        return "delta"
    return None


def _rate(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """A rate of change alone: testable when both values are printed beside it."""
    rate = mentions[place]
    move = Move(way_of(RATE.search(lead_of(reading, rate))), rate=size_of(reading, rate))
    if move.down is None or any(m.sentence == rate.sentence and is_delta(reading, m) for m in mentions[max(0, place - 2) : place]):
        return None
    sides = _of_two_printed(reading, mentions, place, move)
    if sides is not None:
        return change_claim(*sides, move, "change.rate" if move.agrees(*sides) else OF_NEW)
    states = [
        m
        for m in reversed(mentions[max(0, place - LOOK_BACK) : place])
        if m.countable and tells_a_state(reading, m)
    ]
    prev = previous_value(reading, mentions, place)
    before = [m for m in states if m.sentence == rate.sentence and m is not prev and not _of_a_standard(reading, m)]
    if prev is None:
        if rate.quantity.written.ulp < 1 and states:
            pair = pair_of(move, states, telling=True)
            return change_claim(*pair, move, "change.rate") if pair is not None else None
        return None
    if not before or prev.unit and before[0].unit and prev.unit != before[0].unit:
        return None
    now = next((m for m in before if move.agrees(prev, m)), before[0])
    if move.agrees(now, prev) and not move.agrees(prev, now):
        return change_claim(now, prev, move, "change.rate")  # "(quý I: 874; quý II: 1.000), tương ứng tăng 14,4%"
    if prev.per != now.per and not move.agrees(prev, now):
        return None  # "3.240 hồ sơ, bình quân 648 hồ sơ/tháng, vượt 20% so với dự báo (540 hồ sơ/tháng)"
    return change_claim(prev, now, move, "change.rate")


def _of_two_printed(reading: Reading, mentions: tuple[Mention, ...], place: int, move: Move) -> tuple[Mention, Mention] | None:
    """ "Hồ sơ tiếp nhận: 5.148 / 4.290, tăng 20,0%": the values of two periods with a slash between them, the later first or last, where the rate
    comes out on either of them."""
    before = mentions[place - 1] if place else None
    if before is None or before.under is None or not right_behind(reading, before, mentions[place]):
        return None
    one, other = reading.mentions[before.under], before
    ways = [(other, one), (one, other)] if (one.value < other.value) == move.down else [(one, other)]
    return next((pair for pair in ways if move.agrees(*pair)), None) or next((pair for pair in ways[:1] if replace(move, down=not move.down).agrees(*pair[::-1])), None)


def _of_a_standard(reading: Reading, mention: Mention) -> bool:
    """ "So với kế hoạch 60 lượt, đạt 106,7%; so với năm 2024 (71 lượt) giảm 9,9%": is the figure itself what something is compared with?"""
    return AGAINST_IT.search(lead_of(reading, mention, _SAID)) is not None or _OF_A_NORM.search(lead_of(reading, mention, _SAID)) is not None


def _compared_inside(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "số đơn thư giảm 22,6% (24 đơn so với 31 đơn)": the present and the earlier value, in brackets behind the rate."""
    rate, now, prev = (*mentions[place : place + 3], None, None)[:3]
    if rate is None or now is None or prev is None or prev.percent or now.percent or now.group == rate.group or prev.group != now.group:
        return None
    opens = _BRACKET_OPENS.fullmatch(reading.folded, rate.end, now.start)
    compared = _AND_COMPARED.fullmatch(reading.folded, now.end, prev.start)
    down = way_of(RATE.search(lead_of(reading, rate)))
    told = opens and compared and _BRACKET_ENDS.match(reading.folded, prev.end) and down is not None and compatible(now.unit, prev.unit)
    return change_claim(prev, now, Move(down, rate=size_of(reading, rate)), "change.rate") if told else None


def _with_signed_size(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "412 doanh nghiệp, tăng 9,87% (+37 doanh nghiệp) so với quý I năm 2024 (375 doanh nghiệp)": the difference with its sign, in brackets
    behind the rate."""
    rate, size, after = (*mentions[place : place + 3], None, None)[:3]
    if rate is None or size is None or size.percent or size.group == rate.group or size.sentence != rate.sentence:
        return None
    sign = _SIGNED.fullmatch(reading.folded, rate.end, size.start)
    down = way_of(RATE.search(lead_of(reading, rate)))
    if sign is None or down is None or (sign["sign"] != "+") != down:
        return None
    behind = after is not None and after.sentence == rate.sentence and _BRACKET_AGAINST.fullmatch(reading.folded, size.end, after.start)
    prev = after if behind else previous_value(reading, mentions, place)
    states = (m for m in reversed(mentions[max(0, place - LOOK_BACK) : place]) if m is not prev and tells_a_state(reading, m))
    now = next((m for m in states if m.unit == size.unit and m.sentence == rate.sentence), None)
    alike = prev is not None and now is not None and prev.unit == size.unit
    return change_claim(prev, now, Move(down, size, rate), "change.delta") if alike else None


def _over_plan(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "14.326 triệu đồng, vượt 2,3% dự toán (dự toán giao 14.000 triệu đồng)", "50/48 buổi theo lịch, vượt 4,2%"."""
    rate = mentions[place]
    if not re.search(r"(?<!\w)vượt\s*$", lead_of(reading, rate, 12)):
        return None
    move = Move(False, rate=rate)
    before = [
        m for m in mentions[max(0, place - LOOK_BACK) : place] if m.sentence == rate.sentence and m.countable
    ]
    if any(m.percent for m in mentions[max(0, place - 2) : place] if before and m.start > before[-1].start):
        return None  # "14.504/18.600 hộ (tỷ lệ 77,97%), vượt 2,97% so với chỉ tiêu": in points
    if before and before[-1].under is not None:
        now = next((m for m in before if m.index == before[-1].under), None)
        return change_claim(before[-1], now, move, "change.plan") if now else None
    after = next((m for m in mentions[place + 1 : place + 2] if m.countable and m.depth > rate.depth), None)
    if (
        not before
        or after is None
        or not compatible(before[-1].unit, after.unit)
        or not PLAN.search(reading.folded[rate.end : after.start])
        or _LISTED.search(reading.folded[rate.end : after.start])
    ):
        return None
    return change_claim(after, before[-1], move, "change.plan")


def _of_that_rate(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "… tháng 3 đạt 61,4%. Sang tháng 4, tỷ lệ này tăng 12,3 điểm phần trăm, lên mức 73,7%": the rate told last is the one that grew."""
    change, now = mentions[place], mentions[place + 1] if place + 1 < len(mentions) else None
    prev = mentions[place - 1] if place else None
    if change.unit != "điểm %" or now is None or prev is None or not now.percent or now.unit != "%" or now.depth != change.depth:
        return None
    told = _THAT_RATE.search(reading.folded, max(reading.sentences[change.sentence].start, change.start - _SAID), change.start)
    if told is None or change.sentence - prev.sentence != 1 or not prev.percent or prev.unit != "%" or now.sentence != change.sentence or not _TO_SO_MUCH.fullmatch(reading.folded, change.end, now.start):
        return None
    return change_claim(prev, now, Move(way_of(told), delta=size_of(reading, change)), "change.points")


def _points(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """A rate against the rate of another period: "đạt 97,9%; tăng 1,3 điểm phần trăm so với năm 2023 (96,6%)",
    "tăng 9,4% so với cùng kỳ, từ 70,8% lên 80,2%", "93,3% (năm 2022: 91,9%), tăng 1,4%"."""
    change = mentions[place]
    lead = lead_of(reading, change)
    verb = RATE.search(lead)
    move = Move(way_of(verb) if verb is not None else _MORE.search(lead) is None, delta=size_of(reading, change))
    near = [m for m in mentions[max(0, place - LOOK_BACK) : place + 5] if m.percent and m is not change]
    after = [
        m
        for m in near
        if m.start > change.start and m.sentence == change.sentence and m.start - change.end < 160
    ]
    states = [m for m in reversed(near) if m.start < change.start and tells_a_state(reading, m)]
    if move.down is None:
        return lying_apart(reading, states, move)
    if after and not all(is_delta(reading, m) for m in mentions[place + 1 : place + after[0].index - change.index]):
        after = []  # "giảm 1,6% so với năm 2018 và hộ cận nghèo là 14.176 hộ, chiếm 8,02%": of something else
    gap = reading.folded[change.end : after[0].start] if after else ""
    if after and AGAINST.search(gap) and not re.search(r"[;.:]\s|(?<!\w)(?:trong đó|cụ thể)(?!\w)", gap):
        prev = as_set(after[0]) if PLAN.search(gap) else after[0]
        now = next((m for m in states if move.agrees(prev, m)), None)
        if now is None and not MOVE.search(gap):
            told = (m for m in states if m.depth <= change.depth)  # not what an earlier change was compared with
            close = (m for m in told if m.sentence == change.sentence and change.start - m.end < 160)
            now = next(close, None)
        return change_claim(prev, now, move, "change.points") if now is not None else None
    for at, prev in enumerate(states[:-1] if not _OF_PLAN.match(reading.folded, change.end) else ()):
        lead = lead_of(reading, prev)
        if (
            prev.sentence == change.sentence
            and prev.depth > change.depth
            and AGAINST.search(lead[lead.rfind("(") + 1 :])
        ):
            now = states[at + 1]
            if now.depth < prev.depth and now.sentence == change.sentence and at == 0:
                return change_claim(prev, now, move, "change.points")
    points = change.unit == "điểm %" or change.quantity.written.ulp < 1
    plan = after[0] if after and after[0].depth > change.depth and _IN_BRACKETS_PLAN.fullmatch(gap) else None
    if plan is not None and points and states and states[0].sentence == change.sentence and right_behind(reading, states[0], change):
        return change_claim(as_set(plan), states[0], move, "change.points")  # "đạt 87,2%, vượt 7,2 điểm % (chỉ tiêu 80%)"
    pair = (pair_of(move, states, telling=True) or _beside_its_plan(reading, states, move)) if points else None
    return change_claim(*pair, move, "change.points") if pair is not None else None


def _beside_its_plan(reading: Reading, states: list[Mention], move: Move) -> tuple[Mention, Mention] | None:
    """ "KH 80%, thực hiện 86,4% (vượt 4,6 điểm %)": a plan and right behind it what came of it, where one slip lies between the two and the change."""
    now, plan = (*states[:2], None, None)[:2]
    if now is None or plan is None or move.delta is None or not right_behind(reading, now, move.delta) or now.sentence != plan.sentence:
        return None
    if not _PLANNED.search(lead_of(reading, plan)) or (now.value < plan.value) != move.down or plan.quantity.written.approx:
        return None
    ulp = Fraction(move.delta.quantity.written.ulp)
    meant, told = Fraction(magnitude(now.value - plan.value)) / ulp, Fraction(move.delta.value) / ulp
    slip = meant.denominator == told.denominator == 1 and mistyped(int(meant), int(told))
    return (as_set(plan), now) if slip else None
