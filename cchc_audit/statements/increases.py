"""What came, what went, and the increase that makes: "Sinh 118, chết 64 -> tăng tự nhiên 54", "chuyển đến 73 người, chuyển đi 97
người, giảm cơ học 24 người"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language import compatible
from ..model import Claim, Qualifier
from ..quantities import Reading
from .items import Item, sum_claim

_CAME = re.compile(r"(?<!\w)(?:sinh|chuyển đến|nhập cư)(?!\w)")
_WENT = re.compile(r"(?<!\w)(?:chết|tử|qua đời|chuyển đi|xuất cư)(?!\w)")
_MORE = re.compile(r"(?<!\w)(?P<way>tăng|giảm)(?: (?:dân số|người))? (?:tự nhiên|cơ học)(?!\w)[^,;.\d]{0,20}$")


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown of the larger of the two for each increase told right behind both."""
    for came, went, more in zip(items, items[1:], items[2:], strict=False):
        told = _MORE.search(reading.folded, went.mention.end, more.start)
        alone = came.mention.group == went.mention.group == more.mention.group and all(i.mention.sentence == more.mention.sentence and i.base is None and i.mention.quantity.written.qualifier is Qualifier.EXACT for i in (came, went, more))
        if told is None or not alone or not _CAME.search(came.mention.before) or not _WENT.search(went.mention.before):
            continue
        if compatible(came.unit, went.unit) and compatible(went.unit, more.unit):
            larger, smaller = (came, went) if told["way"] == "tăng" else (went, came)
            yield sum_claim(larger.mention, [smaller, more], "equal", "breakdown.increase")
