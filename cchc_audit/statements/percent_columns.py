"""Percentages in lines of their own that a last line closes: "Thạc sĩ", "18%", "Đại học", "82%", "Cộng", "100%"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim, Kind
from ..quantities import Mention, Reading
from .items import claim, near, term
from .partitions import OVERLAPPING

_CLOSING = re.compile(r"\W*(?:tổng )?(?:cộng|tổng|tổng số|toàn bộ)\W*")
_FEWEST = 2


def find(reading: Reading) -> Iterator[Claim]:
    """The claim that the percentages above the 100 % of a line "Cộng" add up to it."""
    column: list[Mention] = []
    label = ""
    for part, mentions in zip(reading.paragraphs_read, reading.by_paragraph, strict=True):
        if not mentions:
            if label:
                column = []  # two lines of words: a new list begins
            label = reading.folded[part.span.start : part.span.end].strip()
            continue
        percent = mentions[0] if len(mentions) == 1 and mentions[0].percent and label else None
        alone = percent is not None and not reading.folded[part.span.start : percent.start].strip(" |+*-") and not percent.after
        if percent is None or not alone or OVERLAPPING.search(label):
            column = []
        elif _CLOSING.fullmatch(label):
            if percent.value == 100 and len(column) >= _FEWEST and near(sum(m.value for m in column), 100):
                yield claim(Kind.SHARES_SUM, [term("part", m) for m in column], "shares_sum", scope=column[0].quantity.noun)
            column = []
        else:
            column.append(percent)
        label = ""
