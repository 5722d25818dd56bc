"""A difference between two figures: "tăng 22 bản (15,5 %) so với quý I năm 2023 là 142 bản".

Every pair it may lie between is tried, the grammatical one first, and the one that agrees is taken. Only a
pair the grammar leaves no doubt about ("so với năm 2023 (24 người)", the figure the change stands right
behind) is claimed when it does not agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..digits import distance, neighbours_swapped, one_digit_apart
from ..language import compatible
from ..model import Claim, magnitude
from ..quantities import Mention, Reading
from .items import LEAST, Item, between, comes_out, content
from .moves import (
    AGAINST,
    AGAINST_IT,
    DOWN,
    HEDGE,
    LOOK_BACK,
    PLAN,
    UP,
    Move,
    alone_in_brackets,
    change_claim,
    is_delta,
    lead_of,
    lying_apart,
    pair_of,
    previous_value,
    printed_fraction,
    tells_a_state,
    told_earlier,
)
from .named import DENYING
from .runs import line_above
from .told_rates import move_of, right_behind

_SUBJECT_END = re.compile(rf"(?<!\w)(?:đã |còn |lại )?(?:{UP}|{DOWN}){HEDGE}\s*$")
_SUBJECT_START = re.compile(
    r"^.*(?<!\w)(?:so với|so|cùng kỳ|năm (?:trước|ngoái|20\d\d)|quý (?:trước|i{1,3}v?|iv)|kỳ trước|tháng trước)(?: năm (?:trước|ngoái|20\d\d))?"
)
_SUM = re.compile(r"(?<!\w)(?:cộng|tổng|tổng cộng|tất cả|tổng số)(?: chung| lại)?(?: là| được| có)?:?\s*$")
_APPOSED = re.compile(rf"\s?;\s?(?:đã )?(?:{UP}|{DOWN}){HEDGE}\s*")  # "2.190 người; tăng 932 người so với …"
_IN_FACT = re.compile(r"[^;.\d]{0,30}?,?\s(?:nhưng|song|mà|(?:trên )?thực tế)(?!\w)[^,;.\d]{0,40}")
_NOW = re.compile(r"(?<!\w)(?:nay|này)(?!\w)")
OF_NEW = "change.of_new"  # the source of a change whose rate comes out on the present value, not on the earlier one
_SEEN = 24  # figures before a change that may be its present value, the earlier one being known
_ITEMS_BACK = 60  # counted items before it that may be its subject
_THIS_TIME = re.compile(rf"[^;.:()\d]{{0,30}}[;,] (?:năm|quý|kỳ|tháng|tuần|lần) (?:nay|này) (?:đã )?(?:{UP}|{DOWN}){HEDGE}\s")  # "cùng kỳ thu 3.434 triệu đồng; năm nay tăng 412"
_COMPARED_ANEW = re.compile(r".*;\s(?:và |nếu |còn )?so (?:với )?[^;]*", re.DOTALL)  # "371 người, đạt 88,3%; so với đầu năm (325 người) tăng 46 người"
_FROM_BRACKET = re.compile(r"[^,;.:()\d]{0,30}\(\s?từ ")
_TELLING_WORDS = 2
_PERIOD_WORDS = re.compile(r"(?<!\w)(?:so với |của )?(?:cùng kỳ(?: năm)?(?: trước| ngoái)?|(?:đầu |cuối )?(?:năm|quý|tháng|kỳ|vụ|đợt)(?: học)?(?: trước| ngoái| 20\d\d| \d{1,2}| [ivx]+(?!\w))?|trước đó|hồi)(?!\w)")
_CLAUSE = 70  # characters before a figure that tell its time
_LAST_TIME = re.compile(r"(?<!\w)(?:cùng kỳ|trước|ngoái|(?:đầu|năm|quý|tháng) (?:năm|kỳ|(?:19|20)\d\d|[ivx]+|\d{1,2}))(?!\w)")
_EARLIER_ONE = re.compile(r"(?<!\w)(?:cùng kỳ|trước|ngoái|so với|kế hoạch|chỉ tiêu|dự toán)(?!\w)")
_STILL_TO = re.compile(r"(?<!\w)còn (?:phải|cần) (?:tăng|giảm)(?: thêm)?(?: được)? $")  # "mục tiêu là 75 triệu đồng, còn phải tăng thêm 6,5 triệu đồng": from now to then
_THEN = re.compile(
    r"(?<!\w)(?:cùng kỳ|(?:năm|quý|tháng|kỳ|nhiệm kỳ|khóa|lần|đợt|vụ|tuần) (?:trước|ngoái|(?:19|20)\d\d)|tháng \d{1,2}(?:/\d{4})?|quý [ivx]+|(?:lúc|khi|hồi|trước) (?:đó|ấy|đầu)|trước (?:sắp xếp|sáp nhập)|đầu (?:năm|kỳ|quý|nhiệm kỳ)|ấn định|được giao|kế hoạch|chỉ tiêu|đối chiếu|so với)(?!\w)"
)
_BECAUSE = re.compile(r"(?<!\w)(?:do|vì|bởi|tái|phát sinh|trong đó|thoát)(?!\w)")
_OF_A_PERIOD = re.compile(r"(?<!\w)(?:tháng \d{1,2}|quý [ivx]+|năm (?:nay|(?:19|20)\d\d)|đến nay|hiện nay|cuối (?:năm|kỳ|quý|nhiệm kỳ)|(?:kỳ|quý|tháng|năm) này)(?!\w)")
_YEAR = re.compile(r"(?<!\w)năm ((?:19|20)\d\d)(?!\d)")
_BEHIND = 3  # figures on either side of a change of which one may be of another time
_LEAST_NOW = 5
_TELLING = 30  # a change as large as this does not lie between two figures by chance


def find_difference(
    reading: Reading,
    mentions: tuple[Mention, ...],
    place: int,
    paragraphs: list[list[Item]],
    index: int,
    verb: re.Match[str],
) -> Claim | None:
    delta = mentions[place]
    if delta.target or delta.quantity.damaged or delta.over is not None or delta.under is not None:
        return None
    move = move_of(reading, mentions, place, verb)
    for sides in _printed_sides(reading, mentions, move):
        if replace(move, rate=None).agrees(*sides):
            return change_claim(*sides, move, "change.delta")
    for sides in _printed_sides(reading, mentions, move):
        if move.down is not None and (sides[1].value < sides[0].value) == move.down and _slip_between(*sides, move) and (sides[0].under is not None or not verb.group().startswith("vượt")):
            return change_claim(*sides, move, "change.delta")  # "tăng 235 (1.065/832 lượt)"
    states = [
        m
        for m in reversed(mentions[max(0, place - _SEEN) : place])
        if not m.percent and compatible(m.unit, delta.unit) and tells_a_state(reading, m)
    ]
    states = [m for m in states if not _was(reading, mentions, m)]
    if (then := _told_of_then(reading, states, move)) is not None:
        return change_claim(*then, move, "change.delta")
    if move.down is None:
        return lying_apart(reading, states, move)
    if _STILL_TO.search(reading.folded, max(reading.sentences[delta.sentence].start, delta.start - _CLAUSE), delta.start):
        return None
    behind = [m for m in states if m.depth <= delta.depth]
    if not behind:  # "- Tổng đàn 4.128 con", "  + so với đầu năm (4.020 con): tăng 108 con"
        behind = [i.mention for i in line_above(reading, paragraphs, index)[:1] if i.unit == delta.unit != ""]
    if not _is_their_sum(reading, behind[:1], delta):
        behind = [m for m in behind if m.unit == delta.unit] or behind
    named = _named(paragraphs, index, delta)
    first = move.rate if move.rate is not None and move.rate.start < delta.start else delta
    near = behind[0] if behind and right_behind(reading, behind[0], first) else None
    came_from = _came_from(reading, mentions, place)
    told = next((m for m in behind if came_from is not None and move.agrees(came_from, m)), near)
    if came_from is not None and told is not None:
        return change_claim(came_from, told, move, "change.delta")
    prev = previous_value(reading, mentions, place)
    if prev is not None and prev.depth > delta.depth:  # "74 lượt (tháng trước 59, tháng trước nữa 82), tăng 15 lượt so với tháng trước"
        beside = (m for m in mentions if m.group == prev.group and m.unit == prev.unit and not m.percent)
        prev = next((m for m in beside if behind and replace(move, rate=None).agrees(m, behind[0])), prev)
    if prev is not None and move.down and prev.value < delta.value:
        prev = None  # nothing falls by more than it was: "bớt 282 chỉ tiêu so với năm 2022 (riêng năm 2023 bớt 79 chỉ tiêu)"
    if prev is not None and near is not None and move.rate is not None and prev.start < near.start and move.agrees_with(near):
        return change_claim(_printed(near, move, states), near, move, "change.delta")  # the other is of an earlier change
    if prev is not None and move.rate is not None and not any(move.agrees(prev, m) for m in (*named, *behind, *states)):
        pair = pair_of(move, states, telling=True)
        if pair is not None:  # "(1.150 hồ sơ trực tuyến, 310 trực tiếp), tháng này … 186 trực tiếp, … trực tiếp giảm 124 hồ sơ (40%)"
            return change_claim(*pair, move, "change.delta")
    if prev is not None:
        elided = [] if named else _named_before(reading, paragraphs, index, mentions, place)
        behind += [m for m in states if m.unit == prev.unit and m not in behind]  # "37 lượt người, …, so với năm 2022 (29 lượt người) tăng 8 lượt"
        against = _against(reading, prev, move, named, behind, elided, _items_before(paragraphs, index, delta.start))
        if against is not None and against.by_role("now"):
            return against
        return _counted_otherwise(reading, mentions, place, prev, move) or _from_then(reading, mentions, place, states, move) or against
    plan = _plan_of(reading, mentions, place, move) if verb.group().startswith("vượt") else None
    if plan is not None:
        return plan
    since = _since_the_last(reading, behind, near, move)
    if since is not None:
        return change_claim(*since, move, "change.delta")
    for now in _unique(
        [*([near] if near is not None else []), *named, *behind, *_counts(reading, mentions, place)]
    ):
        if move.agrees_with(now):
            return change_claim(_printed(now, move, states), now, move, "change.delta")
    pair = pair_of(move, states, telling=delta.quantity.written.value >= _TELLING) or _contrast(reading, behind, near, delta)
    pair = pair or _in_same_words(behind, near, move) or _of_two_periods(reading, behind, near, move)
    if pair is not None:
        return change_claim(*pair, move, "change.delta")
    last = near or next((m for m in behind[:1] if _THIS_TIME.fullmatch(reading.folded, m.end, delta.start)), None)
    if last is not None and (told_earlier(reading, last) or _of_another_year(reading, last, delta)):  # "437 bản, cùng kỳ năm trước 365 bản, tăng 72 bản"
        return _against(reading, last, move, named, behind if len(behind) > 1 else states, [], ()) or _from_then(reading, mentions, place, states, move)
    if near is not None and near.over is not None and re.search(r"(?:ít|nhiều) hơn", verb.group()):
        return change_claim(
            mentions[near.over - mentions[0].index], near, move, "change.delta"
        )  # "19/21 …, ít hơn 2 người"
    if near is not None and move.rate is not None:
        if not comes_out(delta.quantity.written.value, near.quantity.written.value, move.rate.quantity.written):
            return change_claim(None, near, move, "change.delta")
        if AGAINST.search(lead_of(reading, near)) or _NOW.search(reading.folded[near.end : delta.start]):
            return change_claim(near, None, move, "change.delta")  # "So 2020: nhận 3.590, năm nay giảm 232 (-6,5%)"
        return change_claim(None, near, move, OF_NEW)
    return _from_then(reading, mentions, place, states, move)


def _told_of_then(reading: Reading, states: list[Mention], move: Move) -> tuple[Mention, Mention] | None:
    """ "cả năm 18.740 lượt, năm trước 16.265 lượt, tăng 2.115 lượt": one of the two figures right before the change is told to be of an earlier time,
    and one slip lies between them and the change."""
    delta = move.delta
    if len(states) < 2 or delta is None or move.down is None or states[0].sentence != delta.sentence or states[1].sentence != delta.sentence:
        return None
    behind = reading.folded[delta.end : min(reading.sentences[delta.sentence].end, delta.end + _CLAUSE)]
    if _BECAUSE.search(behind) or PLAN.search(behind):
        return None  # "giảm 15 hộ do chuyển đi và thoát nghèo, tái nghèo 3 hộ", "tăng 28 lượt so với chỉ tiêu"
    now, then = states[1], states[0]
    if not told_earlier(reading, then):
        now, then = then, now
    alike = now.unit == then.unit and now.depth == then.depth == delta.depth and now.over is None and now.value != then.value
    if not alike or not told_earlier(reading, then) or told_earlier(reading, now) or (now.value < then.value) != move.down:
        return None
    return (then, now) if right_behind(reading, states[0], delta) and _slip_between(then, now, move) else None


def _slip_between(prev: Mention, now: Mention, move: Move) -> bool:
    """Are the two, and a change of two digits or more, one slip from agreeing?"""
    by = magnitude(now.value - prev.value)
    return move.delta is not None and min(move.delta.value, by) >= LEAST and not replace(move, rate=None).agrees(prev, now) and _one_slip(prev, now, move.delta)


def _from_then(reading: Reading, mentions: tuple[Mention, ...], place: int, states: list[Mention], move: Move) -> Claim | None:
    """ "347 người …. Nhiệm kỳ trước có 331 đại biểu, như vậy lần này tăng 16 đại biểu", "tăng 03 người (khi đó là 19)": one figure near it is
    told to be of another time or of a plan, and the change lies between that and another one."""
    behind = [m for m in mentions[place + 1 : place + 1 + _BEHIND] if m.sentence == mentions[place].sentence and not m.percent and tells_a_state(reading, m)]
    then = [m for m in (*states[:_BEHIND], *behind) if _THEN.search(_clause_before(reading, m))]
    for prev in then:
        for now in states:
            if now is not prev and now.value >= _LEAST_NOW and compatible(now.unit, prev.unit) and move.agrees(prev, now):
                return change_claim(prev, now, move, "change.delta")
    return None


def _of_another_year(reading: Reading, then: Mention, delta: Mention) -> bool:
    """ "Năm 2024 các xã cũ nhận mới 5.204 hồ sơ, năm 2025 tăng 954 hồ sơ": a year before the figure, and another before the change."""
    said, now = _YEAR.findall(_clause_before(reading, then)), _YEAR.findall(reading.folded[then.end : delta.start])
    return len(said) == len(now) == 1 and int(said[0]) < int(now[0])


def _of_two_periods(reading: Reading, behind: list[Mention], near: Mention | None, move: Move) -> tuple[Mention, Mention] | None:
    """ "trong tháng 10 là 162 lượt, tháng 11 chỉ còn 95 lượt, giảm 76 lượt", "ở đầu nhiệm kỳ là 1.180 người; đến nay có 1.225 hội viên, thực
    tăng 75 người": two figures of one sentence, of another period each, where one slip of a digit lies between the change and what it should be."""
    then = behind[1] if near is not None and len(behind) > 1 else None
    if near is None or then is None or move.delta is None or then.sentence != near.sentence or not then.unit or not compatible(then.unit, near.unit):
        return None
    named = _THEN.search(_clause_before(reading, then)) and _OF_A_PERIOD.search(reading.folded, then.end, near.start)
    gross = _BECAUSE.search(reading.folded, move.delta.end, min(reading.sentences[move.delta.sentence].end, move.delta.end + _CLAUSE))  # "giảm 15 hộ do chuyển đi và thoát nghèo, tái nghèo 3 hộ"
    if not named or gross or (near.value < then.value) != move.down:
        return None
    meant, told = str(magnitude(near.value - then.value)), str(move.delta.value)
    return (then, near) if len(told) > 1 and (neighbours_swapped(meant, told) or one_digit_apart(meant, told)) else None


def _clause_before(reading: Reading, mention: Mention) -> str:
    """The words before a figure, those before its bracket among them, back to the figure, comma or stop before it."""
    before = reading.mentions[mention.index - 1].end if mention.index else 0
    start = max(before, reading.sentences[mention.sentence].start, mention.start - _CLAUSE)
    return re.split(r"[);\n]|,\s", reading.folded[start : mention.start])[-1]


def _printed_sides(
    reading: Reading, mentions: tuple[Mention, ...], move: Move
) -> Iterator[tuple[Mention, Mention]]:
    """ "7.415/6.902 hồ sơ (tăng 513 hồ sơ)", "tăng 513 hồ sơ (7.415/6.902)": a fraction that may be the two values, in either order."""
    assert move.delta is not None
    owner = mentions[move.delta.parent - mentions[0].index] if move.delta.parent is not None else None
    if owner is not None and owner.under is not None:
        yield owner, mentions[owner.under - mentions[0].index]
    beside = reading.mentions[move.delta.index - 1] if move.delta.index else None
    if beside is not None and beside.under is not None and right_behind(reading, beside, move.delta):
        yield reading.mentions[beside.under], beside  # "71 / 42, giảm 29 hồ sơ": the earlier value first
        yield beside, reading.mentions[beside.under]  # "3.214 / 2.986, tăng 228"
    met = reading.mentions[beside.index - 1] if beside is not None and beside.index and beside.percent else None
    if met is not None and met.under is not None and met.sentence == move.delta.sentence and met.depth == move.delta.depth and met.unit == move.delta.unit != "":
        yield met, reading.mentions[met.under]  # "thu 38,4/35 triệu đồng, đạt 109,8%, vượt 3,4 triệu đồng"
    for told in (move.delta, move.rate):
        sides = printed_fraction(reading, mentions, told) if told is not None else None
        if sides is not None:
            yield sides
            yield sides[::-1]  # "tăng 67 cơ sở (133/200)"


def _against(
    reading: Reading,
    prev: Mention,
    move: Move,
    named: list[Mention],
    behind: list[Mention],
    elided: list[Mention],
    earlier: Iterable[Item],
) -> Claim | None:
    """The change to the present value from the earlier one printed beside it; one told in lines before is taken where it agrees."""
    assert move.delta is not None
    nows = [m for m in _unique([*named[:4], *behind, *elided[:4]]) if m is not prev and m is not move.delta]
    for now in nows:
        if move.agrees(prev, now):
            return change_claim(prev, now, move, "change.delta")
    part = replace(move, rate=None)  # the difference right and its rate wrong still tells the figures
    for now in nows:
        if move.rate is not None and part.agrees(prev, now):
            return change_claim(prev, now, move, "change.delta")
    before = list(earlier)
    if move.rate is not None or move.delta.value >= _TELLING:
        for item in before:
            if item.unit == prev.unit != "" and not item.aside and item.mention not in (prev, move.delta) and move.agrees(prev, item.mention):
                return change_claim(prev, item.mention, move, "change.delta")
    here = (m for m in reading.mentions[max(0, move.delta.index - _SEEN) : move.delta.index] if m.sentence == move.delta.sentence and m is not prev)
    told = next((m for m in here if m.countable and m.unit in {"", prev.unit} and m.value >= _LEAST_NOW and move.agrees(prev, m)), None)
    if told is not None:  # "7 VBQPPL: HĐND 05 nghị quyết, UBND 02 quyết định; giảm 3 văn bản so với năm trước (10 văn bản)"
        return change_claim(prev, told, move, "change.delta")
    called = _called_alike(prev, before) if not named else None
    if called is not None:
        return change_claim(prev, called, move, "change.delta")
    beside = behind[1:2] if behind[:1] == [prev] else behind[:1]
    certain = next((m for m in beside if m is not prev and (m.sentence == move.delta.sentence or m.paragraph != move.delta.paragraph)), None)
    if certain is None and len(named) == 1 and named[0] is not prev:
        certain = named[0]
    if certain is not None and not named:
        gap = reading.folded[certain.end : move.delta.start]
        compared = _COMPARED_ANEW.search(gap) and certain.unit == prev.unit != "" and _swapped_into(move.delta, prev, certain)
        if re.search(r"[;.]\s", gap) and not _APPOSED.fullmatch(gap) and not compared:
            certain = None
    if certain is not None and (not compatible(certain.unit, prev.unit) or AGAINST_IT.search(lead_of(reading, certain, _CLAUSE))):
        certain = None  # "so với cùng kỳ là 1.097 hồ sơ thì tăng 164, còn so với quý II là 1.216 hồ sơ thì tăng 45": an earlier value too
    if certain is not None and (certain.sentence == move.delta.sentence or move.rate is not None or _one_slip(prev, certain, move.delta)):
        return change_claim(prev, certain, move, "change.delta")
    first = next((m for m in reversed(behind) if m.sentence == move.delta.sentence), None) or next((m for m in reversed(behind) if m.sentence == move.delta.sentence - 1), None)
    alike = first is not None and first is not prev and first.unit != "" and compatible(first.unit, prev.unit) and (first.value < prev.value) == move.down
    if first is not None and alike and (prev.start > move.delta.end or prev.depth) and _slip_between(prev, first, move):
        return change_claim(prev, first, move, "change.delta")  # "cử 23 lượt người, trong đó …; so với năm 2023 tăng 09 lượt (năm 2023 là 18 lượt)"
    turned = next((m for m in behind if m is not prev and m.unit and prev.unit and compatible(m.unit, prev.unit) and _swapped_into(move.delta, prev, m)), None)
    if turned is not None and (turned.value < prev.value) == move.down:
        return change_claim(prev, turned, move, "change.delta")
    return change_claim(prev, None, move, "change.delta") if move.rate is not None else None


def _counted_otherwise(reading: Reading, mentions: tuple[Mention, ...], place: int, prev: Mention, move: Move) -> Claim | None:
    """ "cấp cho 8.756 người, tăng 653 tài khoản so với cuối năm 2023 (8.103 tài khoản)": a figure of the sentence in another unit, where the
    change comes out on it."""
    before = (m for m in reversed(mentions[max(0, place - LOOK_BACK) : place]) if m.sentence == prev.sentence and m.countable and m.unit != prev.unit)
    now = next((m for m in before if mentions[place].value >= _TELLING and tells_a_state(reading, m) and move.agrees(prev, m)), None)
    return change_claim(prev, now, move, "change.delta") if now is not None else None


def _swapped_into(delta: Mention, prev: Mention, now: Mention) -> bool:
    """Does the change come out between the two when two neighbouring digits of it are swapped?"""
    return delta.value >= LEAST and neighbours_swapped(str(delta.value), str(magnitude(now.value - prev.value)))


def _one_slip(prev: Mention, now: Mention, delta: Mention) -> bool:
    """Does one digit lie between the change and what it is between the two, or between one of these and what it should be?"""
    up = now.value > prev.value
    meant = (magnitude(now.value - prev.value), delta.value), (prev.value + delta.value if up else prev.value - delta.value, now.value), (now.value - delta.value if up else now.value + delta.value, prev.value)
    return any(distance(str(told), str(printed)) == 1 for told, printed in meant)


def _called_alike(prev: Mention, earlier: Iterable[Item]) -> Mention | None:
    """The one figure before that is called as the earlier value is: "số tiền vi phạm 1.846,5 triệu đồng … Cùng kỳ năm trước số tiền vi
    phạm là 1.412 triệu đồng, như vậy năm nay tăng …"."""
    words = content(_PERIOD_WORDS.sub(" ", prev.label))
    called = [i for i in earlier if i.unit == prev.unit != "" and i.mention is not prev and i.base is None and not i.aside and words <= i.words] if len(words) >= _TELLING_WORDS else []
    called = [i for i in called if not _EARLIER_ONE.search(i.mention.before) and not (i.words - words) & DENYING]
    return called[0].mention if len({i.value for i in called}) == 1 else None


def _was(reading: Reading, mentions: tuple[Mention, ...], mention: Mention) -> bool:
    """Is it the earlier value of another change, in brackets of its own behind it?"""
    place = mention.index - mentions[0].index
    return (
        place > 0
        and is_delta(reading, mentions[place - 1])
        and alone_in_brackets(reading, mentions[place - 1], mention)
    )


def _named_before(
    reading: Reading, paragraphs: list[list[Item]], index: int, mentions: tuple[Mention, ...], place: int
) -> list[Mention]:
    """What the subject of the change before names: "số tiếp nhận tăng 464 HS … Tháng 8 … (402 HS) tăng 35 HS"."""
    before = next((m for m in reversed(mentions[max(0, place - 4) : place]) if is_delta(reading, m)), None)
    return _named(paragraphs, index, before) if before is not None else []


def _named(paragraphs: list[list[Item]], index: int, delta: Mention) -> list[Mention]:
    """Earlier figures of what the subject of the verb names: those named by no other words, else all."""
    subject = _SUBJECT_START.sub("", _SUBJECT_END.sub("", delta.before))
    words = content(subject)
    if not words:
        return []
    found = [
        i
        for i in _items_before(paragraphs, index, delta.start)
        if words <= i.words and not (i.words - words) & DENYING and not i.aside and i.mention is not delta and compatible(i.unit, delta.unit)
    ]
    exact = [i.mention for i in found if i.words == words]
    return exact or [i.mention for i in found]


def _items_before(paragraphs: list[list[Item]], index: int, start: int) -> Iterator[Item]:
    left = _ITEMS_BACK
    for back in range(index, max(-1, index - 41), -1):
        for item in reversed(paragraphs[back]):
            if item.start < start:
                yield item
                left -= 1
            if not left:
                return


def _is_their_sum(reading: Reading, nearest: list[Mention], delta: Mention) -> bool:
    """ "nhận 61 và 48 hồ sơ, cộng 109, giảm 42 hồ sơ": the figure right before the change says that it adds up others."""
    return any(_SUM.search(lead_of(reading, m)) and right_behind(reading, m, delta) for m in nearest)


def _contrast(
    reading: Reading, behind: list[Mention], near: Mention | None, delta: Mention
) -> tuple[Mention, Mention] | None:
    """ "chỉ tiêu là 350 người, nhưng thực tế có 362 người (tăng 12 người)": a plan, and right behind it what came of it."""
    plan = behind[1] if near is not None and len(behind) > 1 else None
    if near is None or plan is None or plan.unit != near.unit or plan.sentence != near.sentence or not near.unit:
        return None
    turned = _IN_FACT.fullmatch(between(reading, plan.end, near.start))
    compared = AGAINST.match(reading.folded[delta.end : delta.end + 40].lstrip())
    return (plan, near) if turned and not compared and PLAN.search(lead_of(reading, plan)) else None


def _came_from(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Mention | None:
    """ "giảm 17 hộ nghèo (từ 55 hộ)": the earlier value in brackets behind the change."""
    after = mentions[place + 1] if place + 1 < len(mentions) else None
    if after is None or after.percent or not compatible(after.unit, mentions[place].unit):
        return None
    return after if _FROM_BRACKET.fullmatch(reading.folded, mentions[place].end, after.start) else None


def _in_same_words(behind: list[Mention], near: Mention | None, move: Move) -> tuple[Mention, Mention] | None:
    """ "Đầu năm có 73 hộ cận nghèo. … Hộ cận nghèo còn 60 hộ, giảm 13 hộ": an earlier figure of the same words."""
    words = content(near.label) if near is not None else frozenset()
    if near is None or len(words) < _TELLING_WORDS:
        return None
    return next(((m, near) for m in behind if m is not near and m.unit == near.unit and words <= content(m.label) and move.agrees(m, near)), None)


def _since_the_last(reading: Reading, behind: list[Mention], near: Mention | None, move: Move) -> tuple[Mention, Mention] | None:
    """ "Kỳ họp trước chuyển 112 ý kiến. Lần này 123 ý kiến, nhiều hơn 11, tức tăng 9,8%": the difference right tells the two, whatever its rate."""
    difference = replace(move, rate=None)
    beside = [m for m in behind if near is not None and m is not near and m.unit == near.unit != "" and near.sentence - m.sentence <= 1]
    told = [(m, near) for m in beside if near is not None and _LAST_TIME.search(lead_of(reading, m, _CLAUSE))]
    if near is not None and _LAST_TIME.search(_clause_before(reading, near)):  # "Phát hiện 34 vụ; tháng 02/2024 là 29 vụ, tăng 05 vụ (+17,24%)"
        told += [(near, m) for m in beside[:1]]
    return next(((m, now) for m, now in told if difference.agrees(m, now)), None)


def _counts(reading: Reading, mentions: tuple[Mention, ...], place: int) -> list[Mention]:
    """Counts of the sentences before in whatever unit ("126 trường hợp …; số vụ giảm 31 vụ")."""
    return [
        m
        for m in reversed(mentions[max(0, place - LOOK_BACK) : place])
        if m.countable
        and tells_a_state(reading, m)
        and (m.unit == "đồng") == (mentions[place].unit == "đồng")
    ]


def _printed(now: Mention, move: Move, states: list[Mention]) -> Mention | None:
    """The earlier value the change implies, where it is printed too."""
    return next(
        (m for m in states if m is not now and compatible(m.unit, now.unit) and move.agrees(m, now)), None
    )


def _unique(mentions: Iterable[Mention]) -> list[Mention]:
    return list({m.index: m for m in mentions}.values())


def _plan_of(reading: Reading, mentions: tuple[Mention, ...], place: int, move: Move) -> Claim | None:
    """ "đã cấp 1.233 tài khoản, đạt 102,8% kế hoạch (1.200 tài khoản), vượt 33 tài khoản"."""
    here = [m for m in mentions[max(0, place - LOOK_BACK) : place] if m.sentence == mentions[place].sentence]
    counts = [
        m for m in here if not m.percent and tells_a_state(reading, m) and m.unit == mentions[place].unit
    ]
    plans = [m for m in counts if m.depth and PLAN.search(lead_of(reading, m, 60))]
    done = [m for m in counts if m not in plans and m.depth == 0]
    if len(plans) != 1 or len(done) != 1:
        return None
    return change_claim(plans[0], done[0], move, "change.plan")
