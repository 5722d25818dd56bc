"""The one catalogue of sentences for people, Vietnamese and English side by side.

The sentences live in `defaults/messages.toml`; `say("share.holds", n=..., m=...)` fills one in both
languages. Numbers given as `Fraction`, `int` or `Shown` are written in each language's own notation
(1.234,5 and 1,234.5); strings go in as they are. Filled values are never read as templates.
"""

from __future__ import annotations

import tomllib
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources
from string import Formatter
from typing import NamedTuple

from .model import Message, Rational


class Shown(NamedTuple):
    """A number with the decimals to print; `exact=False` rounds half up for display only."""

    value: Rational
    decimals: int = 0
    percent: bool = False


def number(value: Rational | int, decimals: int = 0, language: str = "vi", *, percent: bool = False) -> str:
    """The value with `decimals` digits after the mark (half up, display only): "1.234,5" or "1,234.5".

    >>> number(Fraction(19500, 197), 2, percent=True)
    '98,98 %'
    """
    return _number(value.numerator, value.denominator, decimals, language, percent)


@lru_cache(maxsize=4096)  # a report's figures come again in one sentence after another
def _number(numerator: int, denominator: int, decimals: int, language: str, percent: bool) -> str:
    scaled, below = abs(numerator) * 10**decimals, denominator
    units = (2 * scaled + below) // (2 * below)
    whole, rest = divmod(units, 10**decimals)
    group, mark = ((",", ".") if language == "en" else (".", ","))
    text = f"{whole:,}".replace(",", group) if whole >= 1000 else str(whole)
    if decimals:
        text += f"{mark}{rest:0{decimals}d}"
    sign = "−" if numerator < 0 and units else ""
    return sign + text + ((" %" if language == "vi" else "%") if percent else "")


def exact_decimals(value: Rational, most: int = 4) -> int:
    """How many decimals write the value exactly, at most `most`."""
    for digits in range(most):
        if 10**digits % value.denominator == 0:
            return digits
    return most


@cache
def catalogue() -> dict[str, Message]:
    """All sentences by dotted key."""
    tree = tomllib.loads(resources.files(__package__).joinpath("defaults/messages.toml").read_text("utf-8"))
    return {
        f"{area}.{key}": Message(entry["vi"], entry["en"])
        for area, entries in tree.items()
        for key, entry in entries.items()
    }


def _shown(value: object, language: str) -> str:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Message):
        return value.in_language(language)
    if isinstance(value, Shown):
        return number(value.value, value.decimals, language, percent=value.percent)
    if isinstance(value, bool):
        raise TypeError("a sentence has no place for a truth value")
    if isinstance(value, int | Fraction):
        return number(value, exact_decimals(Fraction(value)), language)
    return str(value)


class _Values(dict[str, object]):
    """Values for one language, written out only when a sentence uses them."""

    def __init__(self, values: dict[str, object], language: str) -> None:
        super().__init__()
        self.values_given, self.language = values, language

    def __missing__(self, name: str) -> str:
        return _shown(self.values_given[name], self.language)


@cache
def _names(key: str) -> frozenset[str]:
    """The values the sentence asks for, in either language."""
    template = catalogue()[key]
    return frozenset(name for text in (template.vi, template.en) for _, name, _, _ in Formatter().parse(text) if name)


def say(key: str, **values: object) -> Message:
    """The sentence `key`, filled in when it is first read. Raises KeyError for an unknown key or a missing value."""
    if not values.keys() >= _names(key):
        raise KeyError(f"{key}: {', '.join(sorted(_names(key) - values.keys()))}")
    template = catalogue()[key]
    return Message.later(lambda language: template.in_language(language).format_map(_Values(values, language)))
