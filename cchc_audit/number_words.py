"""Whole numbers in words: "hai mươi tư", "một nghìn hai trăm linh năm", "ba tỷ, bốn trăm triệu"."""

from __future__ import annotations

import re

from .language import DIGITS

_ONE = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín"
_TENS = rf"(?:mười(?: (?:lăm|{_ONE}))?|(?:{_ONE}) mươi(?: (?:mốt|tư|lăm|{_ONE}))?)"
_HUNDREDS = rf"(?:không|{_ONE}) trăm(?: (?:{_TENS}|(?:linh|lẻ) (?:tư|{_ONE})))?"
_PART = rf"(?:{_HUNDREDS}|{_TENS}|(?:linh |lẻ )?(?:{_ONE}))(?!\w)"  # below a thousand
_GROUP = rf"{_PART}(?: (?:nghìn|ngàn)(?:,? {_PART})?)?"  # below a million
_WHOLE = re.compile(rf"(?:({_GROUP}) (?:tỷ|tỉ))?(?:,? ?({_GROUP}) triệu)?(?:,? ?({_GROUP}))?")
_THOUSAND = re.compile(r" (?:nghìn|ngàn)(?:,? |$)")

NUMBER_WORDS = (
    rf"(?:không|mười|{_ONE})(?!\w)(?:,? (?:mươi|mười|trăm|linh|lẻ|nghìn|ngàn|triệu|tỷ|tỉ|không|mốt|tư|lăm|{_ONE})(?!\w))*"
)


def word_value(words: str) -> int | None:
    """The whole number that folded words name; None where they name none or leave a doubt.

    >>> word_value("hai mươi ba"), word_value("một tỷ, hai trăm linh năm triệu"), word_value("hai ba")
    (23, 1205000000, None)
    """
    match = _WHOLE.fullmatch(words)
    if match is None or not words:
        return None
    return sum(_below_million(group) * scale for group, scale in zip(match.groups(), (10**9, 10**6, 1), strict=True) if group)


def _below_million(words: str) -> int:
    *thousands, rest = (_below_thousand(part) for part in _THOUSAND.split(words))
    return 1000 * sum(thousands) + rest


def _below_thousand(words: str) -> int:
    hundreds, _, rest = words.rpartition("trăm")
    value = 100 * DIGITS[hundreds.strip()] if hundreds else 0
    tens = 1
    for word in reversed(rest.split()):
        if word == "mười":
            value += 10
        elif word == "mươi":
            tens = 10
        elif word not in {"linh", "lẻ"}:
            value += tens * DIGITS[word]
            tens = 1
    return value
