"""Some of a list added up, told by how many they are: "chứng thực và hộ tịch, tương ứng 4.216 và 2.105 hồ sơ; tiếp đến là đất đai 1.337 hồ sơ. Hai
lĩnh vực đầu cộng lại là 6.321 hồ sơ", "…, ba khoản này gộp lại 11.315 triệu đồng"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from ..model import Claim, Qualifier
from ..number_words import word_value
from ..quantities import Reading
from .items import Item, near, sum_claim, total_of

_TOGETHER = re.compile(
    r"(?<!\w)(?:cả )?(?P<n>hai|ba|bốn|năm|sáu|[2-6]) [^\W\d_]+(?: [^\W\d_]+)? (?P<which>đầu(?: tiên)?|dẫn đầu|đứng đầu|này|trên|nói trên|nêu trên|ấy|đó)"
    r"(?: đã)?,? (?:cộng|gộp|tính)(?: lại| chung| chung lại)?(?: thì)?(?: được| là| có| đạt)? $"
)
_REACH = 90  # characters before a total that tell what it adds up
_BACK = 12  # figures before it


def find(reading: Reading, paragraphs: Sequence[Sequence[Item]]) -> Iterator[Claim]:
    """A breakdown of each such total into the so many figures before it."""
    for items in paragraphs:
        for place, total in enumerate(items):
            told = _told(reading, total)
            if told is None or total.mention.quantity.written.qualifier is not Qualifier.EXACT:
                continue
            many = _number(told)
            listed = [i for i in items[max(0, place - _BACK) : place] if total.mention.sentence - i.mention.sentence <= 1 and _plain(i, total)]
            if told["which"].startswith(("đầu", "dẫn", "đứng")):
                first = listed[0].mention.sentence if listed else -1
                parts = [i for i in listed if i.mention.sentence == first][:many]
            else:
                made = (list(some) for some in combinations(listed, many) if total_of(some) == total.value)
                parts = next(made, listed[-many:])
            if len(parts) == many and near(total_of(parts), total.value):
                yield sum_claim(total.mention, parts, "equal", "breakdown.together")


def how_many(reading: Reading, total: Item) -> int | None:
    """How many figures the words before a total say it adds up."""
    told = _told(reading, total)
    return _number(told) if told is not None else None


def _told(reading: Reading, total: Item) -> re.Match[str] | None:
    start = max(reading.sentences[total.mention.sentence].start, total.start - _REACH)
    return _TOGETHER.search(reading.folded[start : total.start].replace("\n", " "))


def _number(told: re.Match[str]) -> int:
    return word_value(told["n"]) or int(told["n"])


def _plain(item: Item, total: Item) -> bool:
    """May it be one of those added up?"""
    return item.unit in {"", total.unit} and item.base is None and not item.aside and not item.mention.quantity.word and item.mention.depth == total.mention.depth
