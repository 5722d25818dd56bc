"""The verb of a change, the figure it stands right behind, and the rate told with it: "3.172 hồ sơ, tăng 214 hồ sơ, tương ứng 7,2%"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language import UNIT_WORDS, unit_of
from ..model import Claim, Kind, Rational
from ..quantities import Mention, Reading
from .items import between, claim, comes_out, content, implied, term
from .moves import (
    AGAINST,
    DOWN,
    HEDGE,
    PLAN,
    RATE,
    SINCE,
    UP,
    Move,
    is_delta,
    lead_of,
    size_of,
    tells_a_state,
    verb_before,
    way_of,
)

_RATE_NEXT = re.compile(
    r"^[^.;\d]{0,25}?(?:[(,;]|\s)\s*(?:tương ứng|tương đương|bằng|(?:tỷ lệ|tl|tốc độ)(?: tăng(?: trưởng)?| giảm)?|tăng|giảm|hay|tức|đạt|ứng với|[(\[=])[\s:(]*(?:tăng|giảm|với|tỷ lệ)?[\s+-]*$"
    r"|,\s*(?:tương ứng|tương đương|tỷ lệ(?: tăng| giảm)?|bằng)(?: với)?\s*$"
    r"|^[^.;\d]{0,25}?,\s?[+-]\s?$"
)
_AGAINST_WITHIN = 40  # characters from such a share to what it is compared with
_AS_A_SHARE = re.compile(r",\s?chiếm(?: tỷ lệ)?(?: hơn| gần| khoảng)?\s?$")
_COMPARISON = re.compile(r"(?<!\w)(?:so với|so|cùng kỳ)(?!\w)[^,;(]*")
_OF_A_RATE = frozenset({"tăng", "giảm", "vượt", "hay", "tức", "thêm", "bớt", "tl", "tốc", "độ", "trưởng"})
_DATE = re.compile(r"(?<!\w)(?:năm|quý|tháng|ngày) \d{1,4}(?:[/.-]\d{1,4}){0,2}(?!\d)")
_ASIDE = re.compile(r"[^,;.\d]{0,25},\s?")
_BESIDE = re.compile(r"(?<!\w)(?:và|,)\s*$")
_OF_PLAN = re.compile(rf"\s(?:so với )?(?:{PLAN.pattern})")
_OVER_PLAN = re.compile(r"(?<!\w)vượt (?:kế hoạch|chỉ tiêu|dự toán)(?!\w)")
_OF_THEN = re.compile(r"\s(?:so với |của )?(?:cùng kỳ|(?:năm|quý|tháng|kỳ) (?:trước|ngoái|20\d\d))(?!\w)")
_OF_THE_NUMBER = re.compile(r"\s(?:về )?số (" + "|".join(sorted(map(re.escape, UNIT_WORDS), key=len, reverse=True)) + r")(?!\w)")
_OF_OTHERS = re.compile(r"\s(?!so |cùng |của )[^\W\d][^,;.:()\d]{2,40}\(\s?\d[\d.]* [^\W\d]|\s(?:tổng )?số [^,;.:()\d]{2,40}\d\d tuổi[^,;.:()\d]{0,20}\(\s?\d")
_OF_CHANGE = re.compile(r"(?<!\w)(?:tăng|giảm|tương ứng|tức|bằng)(?!\w)")
_SO_MUCH = re.compile(r"\s(?:so(?: với)?|của) (?:cùng kỳ|năm|quý|tháng|kỳ)")


def verb_of(reading: Reading, mentions: tuple[Mention, ...], place: int) -> re.Match[str] | None:
    """The verb a figure is the change of; "giảm 146 lượt và 127 người": the second goes with that of the first."""
    match = verb_before(reading, mentions[place])
    if match is not None or not place or mentions[place - 1].unit == mentions[place].unit:
        return match
    beside = _BESIDE.search(lead_of(reading, mentions[place]))
    return verb_before(reading, mentions[place - 1]) if beside else None


def move_of(reading: Reading, mentions: tuple[Mention, ...], place: int, verb: re.Match[str]) -> Move:
    """A difference with the rate told beside it."""
    delta = size_of(reading, mentions[place])
    if _ratio_after(reading, mentions, place) is not None:
        return Move(way_of(verb), delta)
    rate = rate_after(reading, mentions, place) or _rate_before(reading, mentions, place, verb)
    return Move(way_of(verb), delta, None if rate is not None and _in_points(rate, mentions) else rate)


def _rate_before(
    reading: Reading, mentions: tuple[Mention, ...], place: int, verb: re.Match[str]
) -> Mention | None:
    """ "kỷ luật 56 đảng viên, giảm 6,67% (giảm 4 đảng viên)", "giám sát 28 đảng viên, giảm 3,45%, giảm 1 đảng viên"."""
    delta, before = mentions[place], mentions[place - 1] if place else None
    if before is None or not before.percent or delta.depth < before.depth:
        return None
    told = RATE.search(lead_of(reading, before))
    apart = reading.folded[before.end : delta.start][: -len(verb.group())]
    counted = content(mentions[place - 2].label) if place > 1 else frozenset()
    if delta.depth == before.depth and not content(delta.after) <= counted:
        return None  # "tiếp nhận 120 đơn, giảm 5%, giảm 3 đơn khiếu nại"
    return before if told is not None and way_of(told) == way_of(verb) and re.fullmatch(r"\s?[(,]\s?(?:tức |tương ứng |tương đương )?", apart) else None


def _ratio_after(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Mention | None:
    """ "1.141 lượt, tăng 32 lượt, bằng 103% so cùng kỳ": how much of its earlier value the present one is. Where the
    change over the earlier value comes to so much, it is a rate of change all the same."""
    delta = mentions[place]
    after = mentions[place + 1] if place + 1 < len(mentions) else None
    if after is None or not after.percent or after.sentence != delta.sentence or not place:
        return None
    told = re.fullmatch(r"[^,;.\d]{0,30}[,(]?\s?(?:và )?bằng\s", reading.folded[delta.end : after.start])
    before = _earlier_by(mentions, place, verb_of(reading, mentions, place))
    if not told or not _SO_MUCH.match(reading.folded, after.end) or before is None:
        return None
    return None if comes_out(delta.quantity.written.value, before, after.quantity.written) else after


def _earlier_by(mentions: tuple[Mention, ...], place: int, verb: re.Match[str] | None) -> Rational | None:
    """The figure before a change, less the change."""
    if verb is None or way_of(verb) is None:
        return None
    step = mentions[place].quantity.written.value * (-1 if way_of(verb) else 1)
    before = mentions[place - 1].quantity.written.value - step
    return before if before > 0 else None


def find_ratio(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Iterator[Claim]:
    """The share a figure is of its earlier value, which the change right behind it tells."""
    ratio = _ratio_after(reading, mentions, place)
    if ratio is None:
        return
    now, delta = mentions[place - 1], mentions[place]
    before = _earlier_by(mentions, place, verb_of(reading, mentions, place))
    if before is not None and now.unit == delta.unit and tells_a_state(reading, now) and right_behind(reading, now, delta):
        terms = [term("n", now), implied("m", before, unit=now.unit), term("p", ratio)]
        yield claim(Kind.SHARE, terms, "share.ratio", scope=now.quantity.noun)


def _in_points(rate: Mention, mentions: tuple[Mention, ...]) -> bool:
    """ "4.118 hộ (19,36%), … còn 3.207 hộ (15,02%), giảm 911 hộ, tương ứng giảm 4,34%": by so much the two rates before it
    differ, so it is no rate of the change."""
    told = [m.quantity.written.value for m in mentions if m.percent and m.end <= rate.start and rate.sentence - m.sentence <= 1]
    off = {abs(a - b) for a in told[-4:] for b in told[-4:]}
    return rate.quantity.written.value in off


def rate_after(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Mention | None:
    here = mentions[place]
    end = here.end
    for after in mentions[place + 1 : place + 4]:
        if after.sentence != here.sentence:
            return None
        if after.percent:
            gap = (
                between(reading, end, after.start)
                if after.depth <= here.depth
                else reading.folded[end : after.start]
            )
            if after.group == here.group >= 0 and _ASIDE.fullmatch(gap) and reading.folded.startswith(")", after.end):
                return after  # "(giảm 2 thôn, 18,2%)"
            if gap.rstrip().endswith("đạt") and AGAINST.search(gap):
                return None  # "(vượt 2 so với năm trước, đạt 90%)", a share of what was to be done
            gap = _COMPARISON.sub(" ", _DATE.sub("", gap))
            if gap.rstrip().endswith(("(đạt", "(chiếm")) or after.quantity.written.value >= 100 and gap.rstrip().endswith(("bằng", "đạt")):
                return None  # "bằng 107,4%" of what it was, no growth; "giảm 2.278 vụ (đạt 78,35%)", a share
            if gap.rstrip().endswith("bằng") and _OF_THEN.match(reading.folded, after.end):
                return None  # "giảm 18 (năm 2023 là 180 hồ sơ), bằng 90% cùng kỳ": what is left of it
            if (counted := _OF_THE_NUMBER.match(reading.folded, after.end)) and here.unit and unit_of(counted[1]) != here.unit:
                return None  # "tăng 5 cuộc, tăng 25% số lượt người"
            if after.quantity.written.value >= 100 and gap.endswith("(") and _OVER_PLAN.search(reading.folded, max(0, here.start - _AGAINST_WITHIN), here.start):
                return None  # "143 đảng viên, vượt chỉ tiêu 130 là 13 (110,0%)"
            if after.quantity.written.value >= 100 and _OF_PLAN.match(reading.folded, after.end):
                return None  # "34 lượt, vượt 04 lượt so với kế hoạch 30 lượt (113,33% kế hoạch)"
            if after.depth < here.depth and not _OF_CHANGE.search(gap):
                return None  # "xong 10.736 vụ (tăng 776 vụ so với cùng kỳ), đạt tỷ lệ 97,24%", the share of what was done
            if _OF_OTHERS.match(reading.folded, after.end):
                return None  # "tăng 868 so với đầu năm (2.550), bằng 37,2% dân số trưởng thành (9.200 người)"
            told = content(gap) - content(f"{here.unit} {here.after}") - _OF_A_RATE
            if _AS_A_SHARE.search(gap) and AGAINST.match(reading.folded[after.end : after.end + _AGAINST_WITHIN].lstrip()):
                return after  # "giảm 708 đơn, chiếm tỷ lệ 24,1% so với cùng kỳ"
            return after if _RATE_NEXT.search(gap) and not told else None  # "…, tỷ lệ trực tuyến tăng 2,1%" is another change
        if after.depth <= here.depth:
            since = reading.folded[here.end : after.start]
            if end != here.end or re.search("[,;]", since) or not AGAINST.search(since) or is_delta(reading, after) or here.unit not in {"", after.unit}:
                return None
            end = after.end  # "tăng 12 văn bản so với cùng kỳ năm 2022 là 51 văn bản, tương ứng tăng 23,5%"
    return None


def right_behind(reading: Reading, now: Mention, delta: Mention) -> bool:
    """Does the change follow the figure as its apposition: "3.172 hồ sơ qua Bộ phận một cửa, tăng 214 hồ sơ"?"""
    if now.sentence != delta.sentence:
        return False
    gap = _DATE.sub("", re.sub(r"^\s?/\s?[\d.]+", "", between(reading, now.end, delta.start)))
    return re.fullmatch(rf"[^;.:\d]{{0,60}}?[\s,(](?:đã )?(?:{UP}|{DOWN}){HEDGE}{SINCE}\s*", gap) is not None
