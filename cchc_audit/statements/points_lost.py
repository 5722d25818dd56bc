"""Points reached and points lost make the scale: "được chấm 94 điểm, bị trừ 6 điểm trên thang 100", "46/50 điểm, mất 4 điểm"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model import Claim, Kind, Span, Term, Written
from ..quantities import Mention, Reading
from .items import between, claim, term

_LOST = re.compile(r"(?<!\w)(?:bị trừ|trừ|mất|bị mất|hụt)(?: đi| mất)?\s$")
_SCALE = re.compile(r"(?<!\w)(?:thang(?: điểm)?|(?:điểm )?tối đa)(?: là| tối đa)?\s(?P<points>\d{1,3})(?![\d/%]|[.,]\d)")
_GOT = re.compile(r"(?<!\w)(?:chấm|đạt|được|đạt được|có)(?: được)?(?: tổng)?(?: số)?(?: điểm)?(?: là)?\s$")
_OF_A_PART = re.compile(r"[;:]|\.\s|(?<!\w)(?:trong đó|riêng|tiêu chí|chỉ số|mục|phần|lĩnh vực|mỗi|nhưng|thẩm định|sau đó)(?!\w)")
_OTHERWISE = re.compile(r"(?<!\w)(?:thưởng|điểm cộng|cộng thêm|chưa chấm|không chấm|chưa đánh giá|không đánh giá|không áp dụng|không phát sinh|năm trước|năm ngoái|cùng kỳ)(?!\w)")
_DIVIDED = re.compile(r"[;(]|(?<!\w)(?:trong (?:số )?đó|gồm)(?!\w)")
_LEAD = 30  # characters before a figure in which its verb stands
_BACK = 3  # figures before the points lost
_AHEAD = 3


def find(reading: Reading) -> Iterator[Claim]:
    """The scale as the sum of the points reached and lost."""
    if "điểm" not in reading.folded:
        return
    for part, mentions in zip(reading.paragraphs_read, reading.by_paragraph, strict=True):
        for place, mention in enumerate(mentions) if part.kind == "text" else ():
            if mention.unit == "điểm" and mention.over is None and _led(reading, mention, _LOST):
                yield from _made(reading, mentions, place)


def _led(reading: Reading, mention: Mention, words: re.Pattern[str]) -> bool:
    return words.search(reading.folded[max(0, mention.start - _LEAD) : mention.start]) is not None


def _made(reading: Reading, mentions: Sequence[Mention], place: int) -> Iterator[Claim]:
    lost = mentions[place]
    sentence = reading.sentences[lost.sentence]
    before = [m for m in mentions[max(0, place - _BACK) : place] if m.sentence == lost.sentence and m.unit == "điểm" and m.under is None]
    after = [m for m in mentions[place + 1 : place + 1 + _AHEAD] if m.sentence == lost.sentence and m.unit == "điểm"]
    if len(before) != 1 or not _led(reading, before[0], _GOT) or any(_led(reading, m, _LOST) for m in after):
        return
    if after and not _DIVIDED.search(reading.folded, lost.end, after[0].start):  # "bị trừ 3 điểm nhân lực, 5 điểm thiết bị"
        return
    got = before[0]
    part = _OF_A_PART.search(between(reading, got.end, lost.start))
    scale = _scale(reading, mentions, got, sentence)
    if scale is None or part or _OTHERWISE.search(reading.folded, sentence.start, sentence.end):
        return
    if scale.written is not None and max(got.value, lost.value) < scale.written.value:
        yield claim(Kind.BREAKDOWN, [scale, term("part", got), term("part", lost)], "breakdown.points_lost", scope=got.quantity.noun)


def _scale(reading: Reading, mentions: Sequence[Mention], got: Mention, sentence: Span) -> Term | None:
    """The points that can be reached: of "46/50 điểm", "thang điểm 100"."""
    if got.over is not None:
        return term("total", mentions[got.over - mentions[0].index])
    told = list(_SCALE.finditer(reading.folded, sentence.start, sentence.end))
    if len(told) != 1:
        return None
    return Term("total", Written(int(told[0]["points"])), told[0]["points"], Span(*told[0].span("points")), "điểm")
