"""Those left out beside n/m: "11/14 thôn giữ vững danh hiệu; ba thôn bị đưa ra khỏi danh sách xét", "28/32 hộ ký cam kết; bốn hộ
không ký". No one is both, so that together they are no more than m; who is neither may go unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim, Kind, Qualifier, Span, Term, Written
from ..number_words import NUMBER_WORDS, word_value
from ..quantities import Mention, Reading
from .items import Item, claim, content, term
from .runs import AMONG

_AFTER = re.compile(
    rf"(?P<said>[^;.:()\d]{{0,80}})(?:\([^()]{{0,40}}\))?[;,.]\s(?:(?:và|còn|có|chỉ|nhưng|riêng)\s){{0,2}}(?P<count>\d{{1,4}}|{NUMBER_WORDS})\s(?P<noun>[^\W\d_]+)"
    r"(?P<more>(?:\s[^\W\d_]+){0,4}?)\s(?:(?P<out>(?:bị )?(?:đưa ra khỏi|loại|đánh trượt|trượt|rớt|xóa tên khỏi))|(?:không|chưa) (?:được )?(?P<denied>[^\W\d_]+))(?!\w)(?P<behind>[^;.\d]{0,60})"
)
_REACHED = re.compile(r"(?<!\w)(?:giữ vững|được (?:công nhận|cấp|chọn|phê duyệt|duyệt|khen|tuyển)|trúng tuyển|vào vòng|đỗ|đậu|đạt)(?!\w)")
_ELSEWHERE = re.compile(
    r"(?<!\w)(?:cùng kỳ|so với|(?:năm|kỳ|quý|tháng|lần|đợt) (?:trước|ngoái|sau|nay)|giai đoạn|lũy kế|toàn (?:huyện|tỉnh)|khác|thêm|từng|một phần)(?!\w)"
)
_GRADED = re.compile(r"(?<!\w)(?:đủ|hết|đầy đủ|đúng|trước hạn|quá)(?!\w)")  # those who lack some may still have it
_REACH = 260  # characters


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A claim that n and those left out are at most m, for each n/m beside which some of the same noun are told to be out."""
    at = {i.start: i for i in items}
    for item in items:
        if item.base is None or item.mention.depth or item.base.quantity.written.qualifier is not Qualifier.EXACT:
            continue
        end = min(item.base.end + _REACH, reading.paragraphs_read[item.mention.paragraph].span.end)
        told = _AFTER.match(reading.folded[item.base.end : end].replace("\n", " "))
        if told is None or not _out_of_these(reading, item, item.base, told):
            continue
        span = Span(item.base.end + told.start("count"), item.base.end + told.end("count"))
        left = _counted(reading, at, span, told["count"])
        if left is not None:
            terms = [term("total", item.base), term("part", item.mention), left]
            yield claim(Kind.BREAKDOWN, terms, "breakdown.left_out", relation="at_most", scope=item.base.quantity.noun)


def _out_of_these(reading: Reading, item: Item, base: Mention, told: re.Match[str]) -> bool:
    """Are they of the same noun, and is what is said of the n denied of them?"""
    start = max(reading.sentences[item.mention.sentence].start, item.start - 60)
    said = f"{reading.folded[start : item.start]} {told['said']}"
    if not base.after.startswith(told["noun"]) or content(told["more"]) - content(base.after) or AMONG.search(told.group()):
        return False
    if _ELSEWHERE.search(said) or _GRADED.search(said) or _ELSEWHERE.search(told["behind"]) or re.search(r"(?<!\w)(?:không|chưa|bị)(?!\w)", said):
        return False
    if told["out"]:
        return _REACHED.search(said) is not None
    verb = re.search(rf"(?<!\w){re.escape(told['denied'])}(?!\w)(.*)", said)
    return verb is not None and content(told["behind"].split(" vì ")[0].split(" do ")[0].split(",")[0]) <= content(verb.group(1))


def _counted(reading: Reading, at: dict[int, Item], span: Span, text: str) -> Term | None:
    """Those left out as a term, told in digits or in words."""
    if text[0].isdigit():
        return term("part", at[span.start].mention) if span.start in at and at[span.start].base is None else None
    value = word_value(text)
    return None if value is None else Term("part", Written(value), reading.text[span.start : span.end], span)
