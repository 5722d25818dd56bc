"""What remains, told in a word: "đã kiểm tra 05/07 bộ phận; hai bộ phận còn lại …", "58 ý kiến, đã trả lời 57 ý kiến, …, một ý kiến
vừa nhận". "Một" and "năm" have other meanings, so only agreement is claimed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from ..model import Claim, Kind, Span, Term, Written
from ..number_words import NUMBER_WORDS, word_value
from ..quantities import Mention, Reading
from .items import Item, claim, term

_REST = re.compile(
    rf"(?<!\w)(?P<count>{NUMBER_WORDS}) (?P<noun>[^\W\d_]+)(?: [^\W\d_]+){{0,4}}? (?:còn lại|chưa|đang|không|vừa|mới|vẫn|phải|khó)(?!\w)"
)
_SENTENCES = 1  # back in which what is done is told
_BEFORE = 6  # figures


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A claim that n and those of the word make m, for each word that does so behind an n/m, or behind m and n of its noun."""
    if not items:
        return
    start, end = items[0].start, reading.paragraphs_read[items[-1].mention.paragraph].span.end
    for told in _REST.finditer(reading.folded, start, end):
        value = word_value(told["count"])
        sentence = bisect_right(reading.sentences, told.start(), key=lambda s: s.start) - 1
        place = bisect_right(items, told.start(), key=lambda i: i.start)
        before = [i for i in items[max(0, place - _BEFORE) : place] if i.end <= told.start() and sentence - i.mention.sentence <= _SENTENCES]
        if not value or not before:
            continue
        rest = Term("part", Written(value), reading.text[slice(*told.span("count"))], Span(*told.span("count")))
        for whole, part in _pairs(before):
            if whole.value - part.value == value and told["noun"] in (*_nouns(whole), *_nouns(part)):
                yield claim(Kind.BREAKDOWN, [term("total", whole), term("part", part), rest], "breakdown.rest_in_words", scope=whole.quantity.noun)
                break


def _pairs(before: list[Item]) -> Iterator[tuple[Mention, Mention]]:
    """What may be the whole and the part done, the nearest first."""
    for item in reversed(before):
        if item.base is not None:
            yield item.base, item.mention
    for one, other in reversed([*pairwise(before)]):
        if one.unit == other.unit and one.base is None and other.base is None:
            yield one.mention, other.mention


def _nouns(mention: Mention) -> list[str]:
    """The word that names what a figure counts."""
    return mention.after.split()[:1]
