"""Units merged into one: "nhập toàn bộ diện tích 3,11 km2 và 2.338 nhân khẩu của xã A với 6,55 km2 và 7.215 nhân khẩu của xã B
để lập xã C. Xã C có diện tích 9,66 km2, dân số 9.553 người". Areas make the area, and people the people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim
from ..quantities import Reading
from .items import Item, close, near, sum_claim, total_of

_MERGE = re.compile(r"(?<!\w)(?:nhập|sáp nhập|gộp|hợp nhất)(?!\w)")
_INTO = re.compile(r"(?<!\w)(?:(?:để |và )?(?:thành )?lập|thành)(?= (?:xã|phường|thị trấn|huyện|quận|thành phố|thôn|tổ dân phố|khu phố|đơn vị|bản|ấp)(?!\w))")
_MERGED = re.compile(r"(?<!\w)(?:sau (?:khi )?(?:sắp xếp|sáp nhập|nhập|hợp nhất|thành lập)|mới|có (?:tổng )?diện tích|quy mô)(?!\w)")
_MEASURES = {"km²": "diện tích", "ha": "diện tích", "hộ": "hộ", "người": "dân số|khẩu"}
_FEWEST = 2  # units merged


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """The sums of each merger; where one measure adds up, another off by up to a quarter is a conflict too."""
    for items in paragraphs:
        sentences = {i.mention.sentence for i in items}
        for sentence in sorted(sentences):
            span = reading.sentences[sentence]
            verb = _MERGE.search(reading.folded, span.start, span.end)
            into = _INTO.search(reading.folded, verb.end(), span.end) if verb is not None else None
            if verb is None or into is None:
                continue
            told = [i for i in items if i.mention.sentence == sentence]
            before = [i for i in told if verb.end() <= i.start < into.start()]
            after = [i for i in told if i.start > into.end()] or _in_the_next(reading, items, sentence)
            yield from _sums(before, after)


def _in_the_next(reading: Reading, items: list[Item], sentence: int) -> list[Item]:
    """The figures of the sentence behind, where it speaks of what was made."""
    behind = [i for i in items if i.mention.sentence == sentence + 1]
    if not behind or not _MERGED.search(reading.folded, reading.sentences[sentence + 1].start, behind[0].start):
        return []
    return behind


def _sums(before: list[Item], after: list[Item]) -> Iterator[Claim]:
    sums: list[tuple[Item, list[Item]]] = []
    for unit, measure in _MEASURES.items():
        parts, wholes = ([i for i in some if i.unit == unit and re.search(measure, i.label)] for some in (before, after))
        if len(parts) >= _FEWEST and wholes and wholes[0].value >= max(i.value for i in parts):
            sums.append((wholes[0], parts))
    made = any(total_of(parts) == whole.value for whole, parts in sums)
    for whole, parts in sums:
        if made and near(total_of(parts), whole.value) or close(total_of(parts), whole.value):
            yield sum_claim(whole.mention, parts, "equal", "breakdown.merger")
