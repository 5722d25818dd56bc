"""A number written in digits and in words: "24 (hai mươi tư) hồ sơ", "ba (03) bản", "1.250.000.000 đồng (bằng chữ: một tỷ
hai trăm năm mươi triệu đồng)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language import UNIT
from ..model import Claim, Kind, Span, Term, Written
from ..number_words import NUMBER_WORDS, word_value
from ..quantities import Mention, Reading
from .items import claim, term

_SAID = r"(?:số tiền )?(?:(?:viết|ghi|đọc) )?bằng chữ(?: là)?\s?:?\s?"
_BEHIND = re.compile(
    rf"(?P<unit>(?: [^\W\d_]+){{0,4}})\s?(?:\(\s?(?:{_SAID})?|[,;.]?\s{{0,2}}(?P<said>{_SAID}))(?P<words>{NUMBER_WORDS})(?P<rest>(?: [^\W\d_]+){{0,4}})[./ ]{{0,4}}(?P<closed>\))?"
)
_BEFORE = re.compile(rf"(?<!\w)((?:{NUMBER_WORDS}))\s?\($")
_LONGEST = 120  # characters of a number in words
_MONEY = re.compile(r" đồng(?: (?:chẵn|việt nam|vnđ))?| chẵn")
_SCALES = frozenset({10**3, 10**6, 10**9})  # "1.250 (một nghìn hai trăm năm mươi triệu) đồng" leaves the scale to the words
_TELLING = 10  # of smaller ones with words between, the second may count some of the first: "5 lớp (ba lớp …)"
# before one word that is a number and no name: "giai đoạn hai (18)", "quý ba (145)"
_SO_MANY = re.compile(r"(?:^|[,;:.(\n-]|(?<!\w)(?:có|là|gồm|với|cả|được|đủ|giao|trao|lập|thành|nộp|cấp|hành|tổ chức|dựng|nhận|và|trợ|tặng|còn|thêm|quyết|mở|mua|sửa|giữ|bầu|cử|đạt|trên|tại|cho|của|trong))\s*$")


def find(reading: Reading) -> Iterator[Claim]:
    """A claim that both are one number, for each numeral that stands beside its words."""
    for mention in reading.mentions:
        if mention.quantity.damaged or mention.quantity.word or mention.per:
            continue
        words = _behind(reading, mention) or _before(reading, mention)
        if words is not None:
            yield claim(Kind.SAME_FIGURE, [term("a", mention), words], "same.spelt_out", scope=mention.quantity.noun)


def _behind(reading: Reading, mention: Mention) -> Term | None:
    """The words in brackets behind the number, or behind its unit, which they may repeat."""
    match = _BEHIND.match(reading.folded, mention.quantity.span.end, mention.quantity.span.end + 2 * _LONGEST)
    if match is None or match["closed"] is None and match["said"] is None:
        return None
    unit, words, rest = match["unit"], match["words"], match["rest"]
    value = word_value(words)
    if value is None or not _alike(unit, rest, mention, said=match["said"] is not None):
        return None
    if unit and (words == "năm" or min(value, mention.value) < _TELLING and value != mention.value):
        return None
    return _term(reading, mention, value, Span(*match.span("words")))


def _alike(unit: str, rest: str, mention: Mention, *, said: bool) -> bool:
    """Do the words count what the number counts: nothing, the very same, or money?"""
    if mention.percent:
        return rest == " phần trăm"
    if mention.unit == "đồng":
        return rest == "" or _MONEY.fullmatch(rest) is not None
    return rest == "" or rest == unit or said and unit.startswith(rest)


def _before(reading: Reading, mention: Mention) -> Term | None:
    """ "ba (03) bản": the words right before the number in brackets. Of words that name no number together the last that do."""
    text, (start, end) = reading.folded, mention.quantity.span
    if text[start - 1 : start] != "(" or text[end : end + 1] != ")":
        return None
    counts = UNIT.match(text, end + 1) is not None  # words of one word may end a name: "lớp ba (42), lớp hai (38)"
    match = _BEFORE.search(text, max(0, start - _LONGEST), start)
    while match is not None:
        value = word_value(match.group(1))
        if value is not None:
            sure = " " in match.group(1) or counts and match.group(1) != "năm" and _SO_MANY.search(text, max(0, match.start() - 12), match.start())
            return _term(reading, mention, value, Span(*match.span(1))) if sure or value == mention.value else None
        match = _BEFORE.search(text, match.start() + 1, start)
    return None


def _term(reading: Reading, mention: Mention, value: int, place: Span) -> Term | None:
    if value in {scale * mention.value for scale in _SCALES} or mention.value in {scale * value for scale in _SCALES}:
        return None
    return Term("b", Written(value), reading.text[place.start : place.end], place, mention.unit, mention.quantity.noun)
