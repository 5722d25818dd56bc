"""A hundred percent beside those of whom it is denied: "100% hồ sơ quá hạn đã có thư xin lỗi, chỉ riêng 02 hồ sơ chưa gửi thư"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim, Kind, Qualifier, Term, Written
from ..quantities import Reading
from .items import claim, content, term

_DENIED = re.compile(
    r"\s(?:tổng số |số |các )?(?P<said>[^;.:()\d]{6,120}?)[,;.]\s(?:(?:tuy nhiên|nhưng|song|chỉ|riêng|hiện|vẫn|còn|có),? ){1,4}(?P<count>\d{1,4})\s(?P<noun>[^\W\d_]+(?: sơ| tục| bản| bộ)?)"
    r"(?P<more>[^;.:]{0,60}?)\s(?:chưa|không)(?: được| có| bị)? (?P<denied>[^;.:,\d]{2,60})"
)
_NOT_YET_DUE = re.compile(r"(?:đến|tới|hết|quá) (?:hạn|thời hạn|kỳ)(?!\w)")
_SECRET = re.compile(r"(?<!\w)mật(?!\w)")  # papers that may not be sent or posted are none of all
_ELSEWHERE = re.compile(r"(?<!\w)(?:cùng kỳ|so với|(?:năm|kỳ|quý|tháng) (?:trước|ngoái|sau)|phấn đấu|bảo đảm|đảm bảo|mục tiêu|chỉ tiêu|chưa|không)(?!\w)")
_VERB = re.compile(r"\s(?:đã|được|đều|có|phải|là)\s")
_REASON = re.compile(r"\s(?:do|vì|bởi|nên|kịp|theo|trong|tại)(?!\w).*", re.DOTALL)
_REACH = 280  # characters behind the percent


def find(reading: Reading) -> Iterator[Claim]:
    """A claim that none is left, with those that are, for each such hundred percent."""
    at = {m.start: m for m in reading.mentions}
    for whole in reading.mentions:
        if not whole.percent or whole.value != 100 or whole.target or whole.quantity.written.qualifier is not Qualifier.EXACT:
            continue
        span = reading.paragraphs_read[whole.paragraph].span
        told = _DENIED.match(reading.folded, whole.end, min(span.end, whole.end + _REACH))
        left = at.get(told.start("count")) if told is not None else None
        if told is None or left is None or left.over is not None or not left.value:
            continue
        said, denied = told["said"], _REASON.sub("", told["denied"])
        lead = reading.folded[reading.sentences[whole.sentence].start : whole.start]
        if not said.startswith(f"{told['noun']} ") or _ELSEWHERE.search(said) or _ELSEWHERE.search(lead) or _NOT_YET_DUE.search(denied) or _SECRET.search(told["more"]):
            continue
        if content(denied) and content(denied) <= content(said):
            kind = _VERB.split(said)[0]
            none = Term("claim", Written(0), whole.quantity.text, whole.quantity.span, noun=kind)
            yield claim(Kind.CLAIM_VS_COUNT, [none, term("count", left)], "statement.all_but", scope=kind)
