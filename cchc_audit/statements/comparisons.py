"""A figure that is so much more or less than another one: "bé trai nhiều hơn bé gái 13 cháu", "hơn khu phố 2 (298 hộ) 44 hộ",
"cao hơn năm trước 3,18 điểm phần trăm (năm trước 88,06%)", "tháng 5 nhận 260 hồ sơ, tăng 48 hồ sơ so với tháng 4"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language import compatible
from ..model import Claim
from ..quantities import Mention, Reading
from .moves import DELTA, PLAN, Move, change_claim, exactly, lead_of, previous_value, size_of, way_of
from .parties import Parties, Phrase, clause_before, told_behind
from .told_rates import rate_after

_ABOVE = r"(?:nhiều|cao|lớn|(?<!thôn )(?<!phường )(?<!xã )(?<!ấp )(?<!khu )đông|dài|rộng|nặng|nhỉnh|trội) hơn|hơn|vượt"
_BELOW = r"(?:ít|thấp|nhỏ|ngắn|hẹp|nhẹ) hơn|kém(?: hơn)?|thua(?: kém)?"
_MORE_OR_LESS = re.compile(rf"(?<!\w)(?<!yếu )(?<!loại )(?<!lực )(?:(?P<up>{_ABOVE})|(?P<down>{_BELOW}))(?: hẳn)?(?: so với)?(?!\w)")
_STANDARD = re.compile(r"\s(?P<standard>[^,;:()\n]{2,60}?)(?P<told>\s?\([^()]{1,60}\))?(?: là| tới| đến| những| khoảng| gần| trên)?\s*")
_LEVEL = re.compile(r"(?:mức|ngưỡng|con số|chỉ tiêu|mục tiêu|kế hoạch)\s?")
_VALUE_INSIDE = re.compile(r"\s(?:là|tới|đến|những)\s")  # "hơn mức tối thiểu 9 người là 4"
_SO_WITH = re.compile(r"[^,;.:()\d]{0,30}?\sso với\s(?P<standard>[^,;.:()]{2,60}?)\s?(?=[,;.)]|$)")
_SINCE = re.compile(r"(?<!\w)so với\s(?P<standard>[^,;.:()]{2,40}?)(?:,| thì)\s(?P<subject>[^,;.:()\d]{0,50})$")
_MORE_WORDS = ("hơn", "vượt", "kém", "thua")  # one of which any comparison has
_LAST_OF_ALL = re.compile(r"(?<!\w)(?:ít|nhiều) nhất$")  # "hơn thôn ít nhất 49 hộ": no hedge
_UP_TO, _RANGE = re.compile(r"(?<!\w)từ \d[\d.,]*(?: [^\W\d]+){0,2} (?:đến|tới) $"), 40  # "thấp hơn cùng kỳ từ 1.200 đến 1.400 đồng/kg"
_REACH = 200  # characters before a size in which its comparison begins
_BEHIND = 110  # characters behind it in which its standard is named
_MOST_VERBS = 3


def find_comparison(parties: Parties, place: int) -> Claim | None:
    """The comparison whose size the figure gives, where both its sides are known."""
    size = parties.mentions[place]
    if size.quantity.damaged or size.over is not None or size.under is not None or _UP_TO.search(parties.reading.folded, max(0, size.start - _RANGE), size.start):
        return None
    for phrase, down in _phrases(parties, place):
        rate = None if size.percent else rate_after(parties.reading, parties.mentions, place)
        told = exactly(size) if _LAST_OF_ALL.search(phrase.standard) else size_of(parties.reading, size)
        move = Move(down, told, rate)
        pair = parties.sides(phrase, move, size)
        if pair is None and phrase.told is not None and phrase.told.depth > size.depth:
            parties.sizes.add(size.index)  # "kém phường dẫn đầu 4,3 điểm (92,7 điểm)": how much less, whoever is
        if pair is None or size.target and not PLAN.search(phrase.standard) or size.value in (pair[0].value, pair[1].value):
            continue
        parties.keep(phrase.start, size, pair)
        return change_claim(*pair, move, "change.compared")
    return None


def _phrases(parties: Parties, place: int) -> Iterator[tuple[Phrase, bool]]:
    """The ways in which the words around a figure make it the size of a comparison, and whether downwards."""
    reading, mentions, size = parties.reading, parties.mentions, parties.mentions[place]
    low = max(reading.sentences[size.sentence].start, size.start - _REACH)
    lead = reading.folded[low : size.start]
    if lead.endswith("số "):
        return  # "ít hơn tổ dân phố số 7"
    verbs = _MORE_OR_LESS.finditer(lead) if any(word in lead for word in _MORE_WORDS) else ()
    for verb in reversed(list(verbs)[-_MOST_VERBS:]):
        rest = _STANDARD.fullmatch(lead, verb.end())
        if rest is None:
            continue
        standard = rest["standard"]
        inside = [m for m in mentions[max(0, place - 4) : place] if m.start >= low + verb.end()]
        told = _told_inside(reading, inside, size, bracketed=rest["told"] is not None)
        if told is not None and told.depth == size.depth:
            standard = reading.folded[low + rest.start("standard") : told.start]
        behind = told_behind(reading, mentions, place + 1, size.end, standard, "" if size.percent else size.unit, percent=size.percent)
        if inside and told is None or size.unit == "%" and (behind is None or _LEVEL.fullmatch(standard)):
            continue  # "thấp hơn mức 95% đăng ký", "cao hơn mức bình quân 91,2%" tells how high that is
        clause = clause_before(lead[: verb.start()])
        yield Phrase(low + clause, low + verb.start(), lead[clause : verb.start()], standard, told or behind), verb["down"] is not None
    yield from _so_with(parties, size, place, low, lead)


def _told_inside(reading: Reading, inside: list[Mention], size: Mention, *, bracketed: bool) -> Mention | None:
    """The value of the standard in brackets behind its name, or right behind it: "hơn mức tối thiểu 9 người là 4"."""
    if len(inside) != 1:
        return None
    told = inside[0]
    if told.depth == size.depth + 1:
        return told if bracketed else None
    beside = told.depth == size.depth and told.percent == size.percent and _VALUE_INSIDE.fullmatch(reading.folded, told.end, size.start)
    return exactly(told) if beside and compatible(told.unit, size.unit) else None


def _so_with(parties: Parties, size: Mention, place: int, low: int, lead: str) -> Iterator[tuple[Phrase, bool]]:
    """ "tăng 48 hồ sơ so với tháng 4", "so với tháng 4, số nhận tăng 48 hồ sơ": the standard by name alone."""
    reading, mentions = parties.reading, parties.mentions
    change = DELTA.search(lead_of(reading, size))
    down = way_of(change)
    if change is None or down is None or previous_value(reading, mentions, place) is not None:
        return
    start = size.start - len(change.group()) - low
    behind = _SO_WITH.match(reading.folded, size.end, size.end + _BEHIND)
    if behind is not None:
        clause = clause_before(lead[:start])
        yield Phrase(low + clause, low + start, lead[clause:start], behind["standard"]), down
    since = _SINCE.search(lead[:start])
    if since is not None and not any(m.start >= low + since.start() for m in mentions[max(0, place - 2) : place]):
        yield Phrase(low + since.start(), low + start, since["subject"], since["standard"]), down
