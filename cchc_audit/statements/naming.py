"""Names of what is counted: the words that tell one figure from another beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..quantities import Mention
from .items import content

_WORD = re.compile(r"\w+")
# words that tell no party from another
_VOID = frozenset(["số", "của", "các", "ở", "tại", "là", "có", "được", "thì", "đã", "đang", "này", "đó", "con", "mức", "tỷ", "lệ", "kết", "quả", "tức", "nên", "vẫn", "cũng", "do", "vậy", "như", "theo", "riêng", "tổng", "toàn", "lại", "luôn", "so", "với", "về", "chỉ", "tăng"])  # fmt: skip
PLAIN_UNITS = frozenset(["người", "em", "cháu", "bé", "bạn", "đồng", "chí", "hồ", "sơ", "hs", "hộ", "đơn", "vụ", "việc", "lượt", "trường", "hợp", "phiếu", "triệu", "tỷ", "nghìn", "ý", "kiến", "điểm", "phần", "trăm", "lần", "suất", "thành", "viên", "đại", "biểu"])  # fmt: skip
PERIOD_WORDS = frozenset({"trước", "ngoái", "sang", "đầu", "cuối", "hôm", "tuần", "vẫn", "chỉ", "kia", "cũng", "tế"})


def words_of(text: str) -> frozenset[str]:
    """The words that can tell one party from another, numbers among them: "khu phố 2" is not "khu phố 5"."""
    return frozenset(_WORD.findall(text)) - _VOID


def named_by(words: frozenset[str], figures: Iterable[Mention]) -> list[Mention]:
    """The figures told in all of these words; none where there are no words."""
    return [m for m in figures if words and words <= frozenset(_WORD.findall(m.label))]


def narrower(size: Mention, prev: Mention, now: Mention, named: frozenset[str] = frozenset()) -> bool:
    """Does the size count something narrower than the two figures: "thôn Đông nhiều hơn thôn Đoài 3 hộ nghèo"?"""
    known = content(prev.label) | content(now.label) | named | PLAIN_UNITS | PERIOD_WORDS
    return not size.percent and bool(content(size.after.split(" so ")[0]) - known)
