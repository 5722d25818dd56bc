"""How many times one figure is another: "gấp 1,2 lần khu phố 5 (2.300 lượt)", "năm trước 36 hộ, năm nay 72 hộ, gấp đôi", "chỉ
bằng một nửa đầu năm (28 đơn)", "bằng 88% tháng 8; tháng 8 có 6.000 lượt"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ..language import matches
from ..model import Claim, Kind, Qualifier, Quantity, Rational, Span, Written
from ..quantities import Mention
from .in_turn import told_in_turn
from .items import claim, term
from .moves import AGAINST, MOVE, PLAN, Move, change_claim
from .parties import Pair, Parties, Phrase, clause_before, told_behind

_TIMES: dict[str, Rational] = {"đôi": 2, "rưỡi": Fraction(3, 2), "hai lần": 2, "ba": 3, "bốn": 4, "năm lần": 5, "sáu lần": 6, "bảy lần": 7, "tám lần": 8, "mười lần": 10}
_PARTS: dict[str, Rational] = {"một nửa": Fraction(1, 2), "nửa": Fraction(1, 2), "1/2": Fraction(1, 2), "một phần ba": Fraction(1, 3), "1/3": Fraction(1, 3), "hai phần ba": Fraction(2, 3), "2/3": Fraction(2, 3), "một phần tư": Fraction(1, 4), "1/4": Fraction(1, 4), "ba phần tư": Fraction(3, 4), "3/4": Fraction(3, 4)}  # fmt: skip
_HEDGES = {"gần": Qualifier.AT_MOST, "hơn": Qualifier.AT_LEAST, "trên": Qualifier.AT_LEAST, "khoảng": Qualifier.ABOUT}
_WORDS = re.compile(
    rf"(?:gấp(?: (?P<hedge>{'|'.join(_HEDGES)}|đúng))? (?P<times>{'|'.join(_TIMES)})(?: lần)?|bằng(?: (?P<least>{'|'.join(_HEDGES)}|đúng))? (?P<part>{'|'.join(_PARTS)}))(?![\w/])"
)
_BEFORE_PERCENT = re.compile(r"(?:chỉ )?(?:bằng|đạt)\s(?:đúng\s)?$")
_BEFORE_NUMBER = re.compile(r"gấp\s*(?:gần|hơn|khoảng|trên|đúng)?\s*")
_STANDARD = re.compile(r"\s?(?:so với|của)?\s?(?P<standard>[^,;:.()\n]{2,60}?)\s?(?=[,;.(]|\Z|(?<!\w)(?:và|nhưng|còn|do|nhờ)(?!\w))")
_AT_FIRST = re.compile(r"(?:so với )?(?:lúc|khi|hồi|thời điểm|ngày|buổi|ban đầu|trước|đầu)(?!\w)")  # what "từ 24 người đã lên 48 người" starts from
_LEADING_IN = re.compile(r"(?:(?<!\w)(?:tăng|chỉ|đã|tức|nên|cao))?\s?$")
_NUMBERED = re.compile(r"(?:tháng|quý|năm|tuần) (?:\d|i|v)")
_MEAN = re.compile(r"(?<!\w)(?:bình quân|trung bình)(?!\w)")  # "doanh thu 87.720 triệu đồng, bình quân 600 nghìn đồng/lượt, gấp 1,25 lần năm trước": not the mean
_REACH = 160  # characters before the words in which their clause begins
_AFTER = 80
_TENTH = Fraction(1, 10)


def find_multiples(parties: Parties, told: set[int]) -> Iterator[Claim]:
    """The multiples and fractions of the paragraph whose both sides are known, but for the figures already `told` of."""
    reading, mentions = parties.reading, parties.mentions
    low, high = reading.sentences[mentions[0].sentence].start, reading.sentences[mentions[-1].sentence].end
    text = reading.folded[low:high]
    for words in matches(_WORDS, text, "gấp", "bằng"):
        if low + words.end() > mentions[0].start:
            yield from _claimed(parties, _spoken(parties, low, words), Span(low + words.start(), low + words.end()))
    for mention in mentions:
        opened = _BEFORE_NUMBER.search(reading.folded, max(low, mention.start - 12), mention.start) if mention.unit == "lần" and mention.index not in told else None
        if opened is not None and opened.end() == mention.start:
            yield from _claimed(parties, _printed(mention, exactly="đúng" in opened.group()), Span(opened.start(), mention.end))
        led = _BEFORE_PERCENT.search(reading.folded, max(low, mention.start - 16), mention.start) if mention.unit == "%" else None
        if led is not None:
            yield from _share(parties, mention, led.start())


def _share(parties: Parties, percent: Mention, start: int) -> Iterator[Claim]:
    """The share of a figure in that of another period, or of the plan, named again with its value."""
    reading = parties.reading
    named = _STANDARD.match(reading.folded, percent.end, percent.end + _AFTER)
    standard = named["standard"] if named is not None else ""
    if not (AGAINST.search(standard) or PLAN.match(standard) or _NUMBERED.match(standard)):
        return
    low = max(reading.sentences[percent.sentence].start, start - _REACH)
    lead = reading.folded[low:start]
    clause = clause_before(lead)
    share = replace(percent, percent=False, quantity=replace(percent.quantity, unit=""))
    place = bisect_left(parties.mentions, percent.end, key=lambda m: m.start)
    phrase = Phrase(low + clause, start, lead[clause:], standard)
    told = told_behind(reading, parties.mentions, place, percent.end, standard, "", percent=False) if _NUMBERED.match(standard) else None
    pair = parties.with_next(phrase, percent.end, share) if told is None else parties.sides(replace(phrase, told=told), Move(None), share)
    if pair is not None:
        yield claim(Kind.SHARE, [term("n", pair[1]), term("m", pair[0]), term("p", percent)], "share.of_earlier", scope=pair[1].quantity.noun)


def _spoken(parties: Parties, low: int, told: re.Match[str]) -> Mention:
    """A multiple told in words, as a figure."""
    value: Rational = _PARTS[told["part"]] if told["part"] else _TIMES[told["times"]]
    said = told["hedge"] or told["least"] or ""
    hedge = _HEDGES.get(said, Qualifier.EXACT)
    span = Span(low + told.start(), low + told.end())
    text = parties.reading.text[span.start : span.end]
    near = parties.mentions[max(0, bisect_left(parties.mentions, span.start, key=lambda m: m.start) - 1)]
    quantity = Quantity(span, text, _sharp(value) if said == "đúng" else _round(value, hedge), sentence=near.sentence, paragraph=near.paragraph)
    return replace(near, index=-1, quantity=quantity, before="", after="", start=span.start, end=span.end, percent=False, over=None, under=None)


def _printed(mention: Mention, *, exactly: bool) -> Mention:
    """A multiple in digits, to be told of figures in any unit."""
    written = mention.quantity.written
    if written.ulp == 1 and not written.approx:
        written = _sharp(written.value) if exactly else _round(written.value, written.qualifier)
    return replace(mention, quantity=replace(mention.quantity, unit="", written=written), after="")


def _round(value: Rational, hedge: Qualifier) -> Written:
    """A multiple in words or whole numbers: a tenth more or less goes under the same, and a fifth above it."""
    return Written(value, _TENTH if value < 1 else Fraction(value, 5), rounded=True, qualifier=hedge)


def _sharp(value: Rational) -> Written:
    """A multiple said to be just so many: "gấp đúng ba lần"."""
    return Written(value, _TENTH, rounded=True)


def _claimed(parties: Parties, times: Mention, words: Span) -> Iterator[Claim]:
    pair = _pair(parties, times, words)
    if pair is None or pair[0].value <= 0:
        return
    move = Move(False, times=times)
    if not move.agrees(*pair) and (whole := _all_of_both(parties, pair)) is not None and move.agrees(pair[0], whole):
        pair = pair[0], whole
    if len({_MEAN.search(m.before) is None for m in pair}) == 1 or replace(move, down=None).agrees(*pair):
        parties.keep(words.start, times, pair)
        yield change_claim(*pair, move, "change.times")


def _all_of_both(parties: Parties, pair: Pair) -> Mention | None:
    """ "381 thủ tục, gồm 139 thủ tục vốn có và 242 thủ tục nhận từ cấp huyện, gấp 2,74 lần so với trước": the figure the two make."""
    before = (m for m in reversed(parties.mentions) if m.end <= pair[0].start and m.sentence == pair[0].sentence)
    return next((m for m in before if m.value == pair[0].value + pair[1].value and m.unit == pair[0].unit), None)


def _pair(parties: Parties, times: Mention, words: Span) -> Pair | None:
    reading, mentions = parties.reading, parties.mentions
    low = max(reading.sentences[times.sentence].start, words.start - _REACH)
    lead = reading.folded[low : words.start]
    start = words.start - len(_found(_LEADING_IN, lead))
    place = bisect_left(mentions, words.end, key=lambda m: m.start)
    named = _STANDARD.match(reading.folded, words.end, words.end + _AFTER)
    if named is None:
        return told_in_turn(reading, mentions, Span(start, words.end), None, times.depth)
    standard = named["standard"]
    if _AT_FIRST.match(standard):
        started = told_in_turn(reading, mentions, Span(start, words.end), None, times.depth)
        if started is not None and started[0].start < started[1].start:
            return started
    known = told_behind(reading, mentions, place, words.end, standard, "", percent=False)
    if known is None and place < len(mentions) and mentions[place].start < named.end():
        known = mentions[place] if _is_against(parties, mentions[place], words.end) else None
        if known is None:
            return None  # "gấp 1,7 lần 5 vụ": of what else is not said
    clause = clause_before(lead[: start - low])
    phrase = Phrase(low + clause, start, lead[clause : start - low], standard, known)
    found = parties.sides(phrase, Move(False, times=times), times)
    return found or parties.with_next(phrase, words.end, times)


def _is_against(parties: Parties, figure: Mention, end: int) -> bool:
    """ "gấp 2 lần so với 215 lượt của năm 2022"."""
    gap = parties.reading.folded[end : figure.start]
    return figure.countable and AGAINST.search(gap) is not None and MOVE.search(gap) is None


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group() if match is not None else ""


