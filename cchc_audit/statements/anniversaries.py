"""How old something is in the year that is named: "thành lập năm 1965 … kỷ niệm 60 năm ngày thành lập … năm 2025", "kỷ niệm 50
năm thành lập (1975 - 2025)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim, Kind, Term, Written
from ..quantities import Mention, Reading
from .items import claim, term
from .naming import words_of

_BEGUN = r"(?:thành lập|tái lập|ra đời|khánh thành|khởi công|hình thành|đi vào hoạt động)"
_YEAR = r"(?:19|20)\d\d"
_SINCE = re.compile(rf"(?<!\w){_BEGUN}\s(?:từ |vào |ngày \d{{1,2}}[/.-]\d{{1,2}}[/.-]|ngày \d{{1,2}} |tháng \d{{1,2}}[/ -]?)*(?:năm )?(?P<year>{_YEAR})(?![\w/.-]?\d)")
_YEARS = re.compile(rf"(?<![\d.,]){_YEAR}(?![\d%]|[.,]\d)")
_BOTH = re.compile(rf"[^().;:\d]{{0,60}}\(\s?(?:\d{{1,2}}[/.]\d{{1,2}}[/.])?(?P<first>{_YEAR})\s?-\s?(?:\d{{1,2}}[/.]\d{{1,2}}[/.])?(?P<last>{_YEAR})\s?\)")
_ROUND = re.compile(r"(?<!\w)(?:kỷ niệm|tròn|mừng)\s$")
_OF_WHAT = re.compile(rf"\s(?:ngày |năm )?(?:{_BEGUN}|hoạt động|xây dựng)(?P<who>[^,;.:()\d]{{0,60}})")
_ALONE = re.compile(r"\s?(?:tuổi)?(?:[.,;)\n]|\Z)")  # "năm 2025 tròn 80 năm."
_WHO_ENDS = re.compile(r"(?<!\w)(?:được|vào|với|diễn ra|tổ chức|trong|tại|nhằm|để|và|trọng thể|nhân dịp|có)(?!\w)")
_CLAUSE = re.compile(r".*[;.,:]", re.DOTALL)
_NOT_YET = re.compile(r"(?<!\w)(?:chuẩn bị|hướng tới|tiến tới|sắp|gần|hơn|khoảng|sẽ)(?!\w)")
_FRAME = frozenset(["lễ", "năm", "tổ", "chức", "nhân", "dịp", "đến", "tháng", "ngày", "kỷ", "niệm", "tròn", "mừng", "vừa", "nay", "sẽ", "buổi", "long", "trọng", "đúng", "và", "vào", "từ", "khi", "lúc", "trang"])  # fmt: skip
_REACH = 260  # characters before an anniversary in which the year of the beginning stands
_ONE_OFF = 1  # year, by which a feast may come early or late


def find(reading: Reading) -> Iterator[Claim]:
    """The years of each anniversary against the two years that are told."""
    for mention in reading.mentions:
        if mention.unit == "năm" and not mention.quantity.written.approx and _ROUND.search(reading.folded[max(0, mention.start - 12) : mention.start]):
            yield from _counted(reading, mention)


def _counted(reading: Reading, mention: Mention) -> Iterator[Claim]:
    what = _OF_WHAT.match(reading.folded, mention.end)
    alone = _ALONE.match(reading.folded, mention.end) and reading.folded.endswith("tròn ", 0, mention.start)
    years = _between(reading, mention, what["who"] if what is not None else "") if what is not None or alone else None
    if years is not None:
        count = Term("count", Written(years), unit="năm")
        yield claim(Kind.CLAIM_VS_COUNT, [term("claim", mention), count], "duration.anniversary", scope=mention.quantity.noun)


def _between(reading: Reading, mention: Mention, who: str) -> int | None:
    """How many years lie between the two that are told; none where they may be of something else."""
    both = _BOTH.match(reading.folded, mention.end)
    if both is not None:
        return int(both["last"]) - int(both["first"])
    sentence = reading.sentences[mention.sentence]
    low = max(reading.paragraphs[mention.paragraph].start, mention.start - _REACH)
    before = reading.folded[low : mention.start]
    begun = list(_SINCE.finditer(before))
    if len(begun) != 1:
        return None
    here = {int(y) for y in _YEARS.findall(reading.folded[max(low, sentence.start) : sentence.end])}
    other = {int(y) for y in _YEARS.findall(reading.folded[low : sentence.end])} - {first := int(begun[0]["year"])}
    if len(other) != 1 or not other <= here:
        return None
    clause = _CLAUSE.sub("", before[begun[0].end() :])
    subject = _YEARS.sub(" ", re.sub(r"\d+", " ", clause))
    known = words_of(before[: begun[0].end()]) | _FRAME
    if _NOT_YET.search(clause) or not words_of(subject) <= known or not words_of(_WHO_ENDS.split(who)[0]) <= known:
        return None
    years = other.pop() - first
    return years if years > 0 and abs(years - mention.value) != _ONE_OFF else None
