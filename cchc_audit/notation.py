"""How a document writes its numbers: which mark groups thousands, which one stands before decimals.

Decided once from all the digit runs of the document, so that "1,234" and "1.234" are read as its other figures are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from .model import Rational, simplest

# a pattern that opens with a plain class is searched for by its first character, thrice as fast
_RUN = re.compile(r"\d\d*(?:[.,]\d+)*")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
COMMAED = re.compile(r"\d{1,3}(?:,\d{3})+")
_DECIMAL_COMMA = re.compile(r"[\d.]+,\d{1,2}")
_NIL_LED = re.compile(r"0,\d{3}")  # no thousands start with nil
MAYBE_SPACED = re.compile(r"\d\d{0,2} \d{3}(?!\d)")
_IN_A_ROW = re.compile(r"\d\s$")
_ROW_GOES_ON = re.compile(r"\s\d")
SPACED = re.compile(r"(?<![\d.,-])\d{1,3}(?: \d{3}){1,5}(?!\d)(?![.,]\d{3})(?:,\d{1,2}(?!\d))?(?!\s?%)")


@dataclass(frozen=True, slots=True)
class Locale:
    """How this document writes numbers, decided once from all of them."""

    english: bool  # 1,234.5
    spaced: bool  # 1 234
    dotted: bool = False  # 1.234 throughout: four digits without a dot are a year


def runs_of(text: str) -> list[tuple[int, int]]:
    """The places of the digit runs of the text, dots and commas within them included."""
    return [match.span() for match in _RUN.finditer(text)]


def locale_of(text: str, runs: Sequence[tuple[int, int]]) -> Locale:
    """English marks only where thousand commas outnumber thousand dots and decimal commas;
    blanks group thousands only where they outnumber the dots that do."""
    marks: Counter[str] = Counter()
    for start, end in runs:
        run = text[start:end]
        if run.isdigit():
            plain = len(run) in {4, 5} and run[:2] not in {"19", "20"} and text[end : end + 1] not in {"/", "-"} and text[start - 1 : start] not in {"/", "-", ".", ":"}
            marks["plain"] += plain
            continue
        if _DOTTED.fullmatch(run):
            marks["dots"] += text[end : end + 1] not in {"/", "-"}
        elif _NIL_LED.fullmatch(run):
            marks["nil led"] += 1
        elif COMMAED.fullmatch(run):
            marks["commas"] += text[end : end + 1] != "%"
        elif _DECIMAL_COMMA.fullmatch(run):
            marks["decimal commas"] += 1
    most = max(1, marks["dots"] + marks["commas"])
    apart = sum(1 for (_, end), (start, _) in pairwise(runs) if start == end + 1 and text[end] == " ")
    return Locale(
        marks["commas"] > marks["dots"] + marks["decimal commas"] and not marks["nil led"],
        apart > most < _grouped_by_blanks(text, in_rows=not marks["dots"]),
        marks["dots"] > 0 and not marks["plain"],
    )


def _grouped_by_blanks(text: str, *, in_rows: bool) -> int:
    """How many figures seem to group thousands by blanks. In a text that groups them by dots "614 108 506" is a row of
    three: there none that stands in a row counts."""
    groups = [g for m in MAYBE_SPACED.finditer(text) if (g := SPACED.match(text, m.start()))]
    if not in_rows:
        groups = [g for g in groups if g.group().count(" ") == 1 and not _IN_A_ROW.search(text, max(0, g.start() - 2), g.start()) and not _ROW_GOES_ON.match(text, g.end())]
    return len(groups)


_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+|\d+") for mark in ",."}
_OTHER_MARK = re.compile(r"\d+[.,]\d{1,2}")  # the other mark, used for decimals


def read_run(run: str, locale: Locale) -> tuple[Rational, int, bool]:
    """Value, number of decimals and whether it is damaged, of a digit run with its dots and commas."""
    if run.isdigit():
        return int(run), 0, False
    group, mark = (",", ".") if locale.english else (".", ",")
    whole, _, decimals = run.partition(mark)
    damaged = False
    if (decimals.isdigit() or not decimals) and _GROUPED[group].fullmatch(whole):
        digits = whole.replace(group, "")
        damaged = len(digits) > 1 and group in whole and whole.startswith("0")
    elif _OTHER_MARK.fullmatch(run):
        digits, decimals = re.split(r"[.,]", run)
    else:
        return int(run.replace(".", "").replace(",", "")), 0, True
    return decimal(int(digits + decimals), len(decimals)), len(decimals), damaged


def decimal(digits: int, places: int) -> Rational:
    """digits x 10^-places."""
    return simplest(Fraction(digits, 10**places)) if places else digits
