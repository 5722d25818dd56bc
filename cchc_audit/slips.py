"""How people mistype figures: the figures a printed one may have come from, and how far two figures are apart.

The slips are those of the typing literature: one digit wrong, two neighbours swapped, one digit lost,
one doubled, off by one. Places within a figure are equally likely, so the longer the figure, the less
likely any one slip of it. The weights only rank suspects; they never decide a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .judgement import decimals, printed_decimals
from .model import Rational, Written, simplest

_GROUPED = re.compile(r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+")
MOST_DIGITS = 12  # figures longer than this have no slips listed


class Slip(StrEnum):
    SUBSTITUTED = "substituted"
    SWAPPED = "swapped"
    LOST = "lost"
    DOUBLED = "doubled"
    OFF_BY_ONE = "off_by_one"
    OTHER = "other"


WEIGHTS = {Slip.SUBSTITUTED: 0.35, Slip.SWAPPED: 0.2, Slip.LOST: 0.15, Slip.DOUBLED: 0.15, Slip.OFF_BY_ONE: 0.15}


class Origin(NamedTuple):
    """Digits the writer may have meant, with `more` decimals than printed (-1, 0, 1), the likeliest slip, and how likely."""

    digits: int
    more: int
    slip: Slip
    likelihood: float


def digits_of(text: str, written: Written) -> str | None:
    """The digits as printed ("05", "9940"), None where the figure is not written in digits."""
    digits = "".join(ch for ch in text if ch in "0123456789")
    if not digits or len(digits) > MOST_DIGITS or int(digits) * written.ulp != abs(written.value):
        return None
    return digits


@lru_cache(maxsize=512)
def origins(text: str, written: Written) -> tuple[Origin, ...]:
    """The values one slip away from what is printed, each once, with the chance that the slip gave just this print."""
    digits = digits_of(text, written)
    if digits is None:
        return ()
    d = decimals(written.ulp)
    grouped = _GROUPED.search(text) is not None
    weight: dict[tuple[int, int], float] = {}
    best: dict[tuple[int, int], tuple[float, Slip]] = {}
    shares = _shares(len(digits), grouped)
    for slip, chance, ways in _reversed(digits, d):
        likely = chance * shares[slip]
        for meant in ways:
            weight[meant] = weight.get(meant, 0.0) + likely
            if meant not in best or likely > best[meant][0]:
                best[meant] = likely, slip
    printed = int(digits)
    for itself in ((printed, 0), (10 * printed, 1), (printed // 10, -1)):
        if not printed % 10 or itself[1] >= 0:
            weight.pop(itself, None)
    return tuple(Origin(digits, more, best[digits, more][1], likely) for (digits, more), likely in weight.items())


def _shares(length: int, grouped: bool) -> dict[Slip, float]:
    """How often each slip happens among those the printed figure can come from."""
    shares = dict(WEIGHTS)
    if grouped:  # it would have left the groups of three uneven
        shares[Slip.LOST] /= 10
        shares[Slip.DOUBLED] /= 10
    if length == 1:
        shares[Slip.SWAPPED] = shares[Slip.DOUBLED] = 0
    whole = sum(shares.values())
    return {slip: share / whole for slip, share in shares.items()}


def last_place(ulp: Rational, more: int) -> Rational:
    """The unit of the last place with `more` decimals than printed."""
    return ulp if more == 0 else simplest(Fraction(ulp) / 10) if more > 0 else ulp * 10


def _reversed(digits: str, d: int) -> Iterator[tuple[Slip, float, list[tuple[int, int]]]]:
    """Every way one slip gives `digits`: the slip, the chance of each way, and the ways: the digits meant, and how many
    decimals more they had."""
    length, number = len(digits), int(digits)
    units = [10**k for k in range(length, -1, -1)]  # what a digit inserted before each place, or after all, counts
    values = [int(digit) for digit in digits]
    yield Slip.SUBSTITUTED, 1 / (9 * length), [
        (number + (other - value) * unit, 0) for value, unit in zip(values, units[1:], strict=True) for other in range(10) if other != value
    ]  # fmt: skip
    pairs = list(enumerate(pairwise(values)))
    if pairs:
        swapped = [(number + 9 * (next_ - one) * units[i + 2], 0) for i, (one, next_) in pairs if one != next_]
        yield Slip.SWAPPED, 1 / (length - 1), swapped
    lost = []
    for i, unit in enumerate(units):
        before, after = divmod(number, unit)
        for other in range(10):
            if (values[0] if i else other) == 0 and length + 1 - d > 2:
                continue  # "05" is written so, "015" is not
            meant = (10 * before + other) * unit + after
            if i <= length - d:
                lost.append((meant, 0))
            if d and i >= length - d:
                lost.append((meant, 1))
    yield Slip.LOST, 1 / (length + 1), lost
    if pairs:
        doubled = [(i, -1 if d and i + 1 >= length - d else 0) for i, (one, next_) in pairs if one == next_]
        yield Slip.DOUBLED, 1 / (length - 1), [
            (number // units[i] * units[i + 1] + number % units[i + 1], more) for i, more in doubled
        ]  # fmt: skip
    last = values[-1]
    beside = {number + 1, number - 1, number - last + (last + 1) % 10, number - last + (last - 1) % 10}
    yield Slip.OFF_BY_ONE, 1 / 2, [(meant, 0) for meant in beside if meant >= 0]


def digits_for(value: Rational, ulp: Rational, like: str) -> str:
    """The digits of a value as they would be printed beside `like`, with its leading zeros."""
    digits = str(abs(Fraction(value) / ulp).numerator)
    return digits.zfill(len(like)) if like.startswith("0") else digits


def in_english(text: str) -> str:
    """A figure that `rewritten` gives in the notation of the report, in English notation.

    >>> in_english("14,6%"), in_english("1.517 hồ sơ"), in_english("14.6%")
    ('14.6%', '1,517 hồ sơ', '14.6%')
    """
    return text if _ENGLISH.search(text) else text.translate(_MARKS)


_ENGLISH = re.compile(r"\.\d{1,2}(?!\d)")  # a decimal point
_MARKS = str.maketrans(".,", ",.")


def rewritten(text: str, written: Written, value: Rational, ulp: Rational) -> str:
    """A value in the style of the printed figure it would replace: its marks, leading zeros, scale and unit.

    >>> rewritten("1.571 hồ sơ", Written(1571), 1517, Fraction(1)), rewritten("08", Written(8), 6, Fraction(1))
    ('1.517 hồ sơ', '06')
    """
    printed = re.search(r"\d[\d.,\u00a0\u202f ]*\d|\d", text)
    if printed is None:
        return str(value)
    old = printed.group()
    d = max(printed_decimals(text, written) + decimals(Fraction(ulp) / written.ulp) - decimals(Fraction(written.ulp) / ulp), 0)
    digits = digits_for(value, ulp, "".join(ch for ch in old if ch.isdigit())).zfill(d + 1)
    whole, rest = (digits[:-d], digits[-d:]) if d else (digits, "")
    mark = "." if d and re.search(r"\.\d{1,2}$", old) else ","
    group = re.search(r"\d([.\u00a0\u202f ])\d{3}(?!\d)", old)
    ungrouped = re.match(r"\d{4}", old)
    if len(whole) > 3 and not ungrouped:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", group.group(1) if group else ".", whole)
    return text[: printed.start()] + whole + (mark + rest if d else "") + text[printed.end() :]
