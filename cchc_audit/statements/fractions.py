"""Fractions in words with the count they make: "68 hộ nghèo, một nửa trong số này, tức 34 hộ", "48 buổi, đúng một phần tư là
về … (12 buổi), ba phần tư còn lại (36 buổi)"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..language import compatible, places
from ..model import Claim, Kind, Rational, Span, Term, Written, magnitude
from ..number_words import word_value
from ..quantities import Reading
from .items import Item, claim, term

_ONE = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
_FRACTION = re.compile(
    rf"(?:(?P<half>một nửa|phân nửa)|(?P<upper>{_ONE}) phần (?P<lower>tư(?! (?:nhân|pháp|liệu|vấn|tưởng|thục))|năm(?! (?:\d|nay|học|trước|sau))|{_ONE.replace('|năm', '')}))"
    r"(?=\s?[,(]| (?:trong|số|tổng số|của|là|còn lại|thuộc|hộ|người|hồ sơ|diện tích|kinh phí|vốn|chiều dài|khối lượng|sản lượng)(?!\w))(?! (?:số|phần) còn lại)"
)
_NOT_JUST = re.compile(
    r"(?<!\w)(?:gần|hơn|trên|dưới|khoảng|quá|non|chừng|xấp xỉ|già|ngót|tới|thêm|bằng|giảm|tăng|gấp|mức|từ|đến|ít nhất|tối thiểu|độ)\s$"
)
_TIED = re.compile(
    r"(?:[^.;:\d()]{0,60}\(\s?(?:là |gồm |tức(?: là)? |=\s?)?|[^.;:\d()]{0,40}(?<!\w)(?:tức(?: là)?|tương đương(?: với)?|nghĩa là|cụ thể(?: là)?)\s)"
)
_FURTHER = re.compile(r"(?<!\w)(?:trong đó|riêng|nhưng|cùng kỳ|so với|năm|tháng|quý|mỗi|bình quân)(?!\w)")
_OF_THESE = re.compile(r"\s(?:trong (?:tổng )?số|số|của|trong|diện tích|kinh phí|vốn|chiều dài|khối lượng|sản lượng)\s[^,.;:\d()]{0,20}(?:này|đó|ấy|nói trên|nêu trên)(?!\w)")
_OF_SO_MANY = re.compile(r"\s(?:[^\W\d]+ ){0,2}(?:trong|của|trên)(?: (?:tổng )?số)?\s")
_WHICH_IS = re.compile(r"[^.;:,\d()]{0,40}(?:,\s(?:cụ thể(?: là)?|tức(?: là)?|nghĩa là|tương đương(?: với)?|tương ứng(?: với)?)\s|\s?\((?:cụ thể |tức |là |bằng |=\s?)?)")
_LOOSELY = 5  # points by which a fraction may be off where no "đúng" stands before it
_CLOSE = Fraction(1, 2)
_SEEN = 24  # figures before a fraction among which its whole is looked for


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """A share for each count tied to a fraction in words, of the one figure of its kind told before it."""
    told = [items for items in paragraphs if items]
    parts: set[int] = set()
    rest: _Rest | None = None
    flat = [item for items in told for item in items]
    for match in _fractions(reading.folded):
        share = _share_of(match)
        printed = _of_printed(reading, flat, match)
        if share is not None and printed is not None:
            yield from _claimed(reading, *printed, share, match)
            continue
        at = bisect_left(told, match.start(), key=lambda items: items[0].start) - 1
        if at < 0 or share is None or _NOT_JUST.search(reading.folded, max(0, match.start() - 12), match.start()):
            continue
        place = bisect_left(told[at], match.end(), key=lambda i: i.start)
        part = told[at][place] if place < len(told[at]) else None
        if part is None or part.base is not None or not _tied(reading, match, part):
            continue
        parts.add(part.mention.index)
        before = [i for i in told[at][max(0, place - _SEEN) : place] if i.mention.index not in parts]
        loosely: Rational = 1 if reading.folded.endswith("đúng ", 0, match.start()) else _LOOSELY
        wholes = _wholes(reading, before, match, part)
        completes = rest is not None and rest.completed_by(part, share)
        if not wholes and rest is not None and rest.of_one(part) and (completes or "còn lại" not in reading.folded[match.end() : part.start]):
            wholes, loosely = [rest.whole], _CLOSE if completes else _LOOSELY
        rest = None
        for whole in wholes:
            rest = _Rest(part, whole, 100 - share) if Fraction(100 * part.value) / whole.value == share else None
            yield from _claimed(reading, part, whole, share, match, loosely)


@dataclass(frozen=True, slots=True)
class _Rest:
    """What a fraction that comes out leaves of its whole, as a percentage."""

    part: Item
    whole: Item
    share: Fraction

    def completed_by(self, part: Item, share: Fraction) -> bool:
        """Is the other fraction of the sentence all that is left: "hai phần ba (60 triệu đồng) …, một phần ba (30 triệu đồng) …"?"""
        return share == self.share and self.of_one(part)

    def of_one(self, part: Item) -> bool:
        """Is it told in the same sentence and counted alike?"""
        return part.mention.sentence == self.part.mention.sentence and part.unit == self.part.unit


def _fractions(folded: str) -> Iterator[re.Match[str]]:
    """The fractions in words, in text order: each half, and each "phần" with the word before it."""
    starts = {*places(folded, "một nửa"), *places(folded, "phân nửa"), *(folded.rfind(" ", 0, p) + 1 for p in places(folded, " phần "))}
    return (match for start in sorted(starts) if (match := _FRACTION.match(folded, start)))


def _share_of(match: re.Match[str]) -> Fraction | None:
    """The percentage the words stand for."""
    if match["half"]:
        return Fraction(50)
    upper, lower = (word_value(match[side].replace("tư", "bốn")) or 0 for side in ("upper", "lower"))
    return Fraction(100 * upper, lower) if upper < lower else None


def _tied(reading: Reading, match: re.Match[str], part: Item) -> bool:
    between = reading.folded[match.end() : part.start]
    return _TIED.fullmatch(between) is not None and _FURTHER.search(between) is None and not part.mention.quantity.written.approx


def _wholes(reading: Reading, before: list[Item], match: re.Match[str], part: Item) -> list[Item]:
    """The figure that the fraction is of: the only one of the kind in its sentence, or in the one before where "này", "đó"
    point at it; of several the one that gives it, if any."""
    back = 1 if _OF_THESE.match(reading.folded, match.end()) else 0
    near = [
        i for i in before
        if part.mention.sentence - i.mention.sentence <= back and i.mention.depth == 0 and i.base is None and not i.aside
        and compatible(i.unit, part.unit) and i.value > 0 and not i.mention.quantity.written.approx
    ]  # fmt: skip
    alone = len(near) == 1 and (near[0].unit == part.unit or not part.unit)
    share = _share_of(match)
    return near if alone else [i for i in reversed(near) if Fraction(100 * part.value) / i.value == share][:1]


def _of_printed(reading: Reading, flat: list[Item], match: re.Match[str]) -> tuple[Item, Item] | None:
    """The part and its whole, told right behind the fraction: "một phần tư trong 108 hộ, cụ thể 27 hộ"."""
    place = bisect_left(flat, match.end(), key=lambda i: i.start)
    if place + 1 >= len(flat) or _NOT_JUST.search(reading.folded, max(0, match.start() - 12), match.start()):
        return None
    whole, part = flat[place : place + 2]
    if whole.value <= 0 or part.base is not None or whole.base is not None:
        return None
    alike = compatible(whole.unit, part.unit) and (whole.unit == part.unit or not part.unit)
    told = _OF_SO_MANY.fullmatch(reading.folded, match.end(), whole.start) and _WHICH_IS.fullmatch(reading.folded, whole.mention.end, part.start)
    after = flat[place + 2] if place + 2 < len(flat) else None
    divided = after is not None and after.mention.sentence == part.mention.sentence and compatible(after.unit, part.unit) and ";" not in reading.folded[part.end : after.start]
    if divided and Fraction(100 * part.value) / whole.value != _share_of(match):
        return None  # "một nửa trong 64 hộ, cụ thể 20 hộ nghèo và 12 hộ cận nghèo"
    exact = not (whole.mention.quantity.written.approx or part.mention.quantity.written.approx)
    return (part, whole) if told and alike and exact and part.mention.sentence == whole.mention.sentence else None


def _claimed(reading: Reading, part: Item, whole: Item, share: Fraction, match: re.Match[str], loosely: Rational = _LOOSELY) -> Iterator[Claim]:
    """The share, where it comes out or is off by more than a fraction in words may be."""
    off = magnitude(Fraction(100 * part.value) / whole.value - share)
    if off <= _CLOSE or off > loosely:
        yield _claim(reading, part, whole, share, Span(*match.span()))


def _claim(reading: Reading, part: Item, whole: Item, share: Fraction, place: Span) -> Claim:
    said = Term("p", Written(share, 1, True), reading.text[place.start : place.end], place, "%")
    return claim(
        Kind.SHARE, [term("n", part.mention), term("m", whole.mention), said], "share.fraction_in_words", scope=part.mention.quantity.noun
    )
