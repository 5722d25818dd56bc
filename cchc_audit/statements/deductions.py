"""What is taken out of all there is to do, and what therefore is left: "cộng 600 việc phải thi hành. Ủy thác 12 việc, vì vậy
còn phải thi hành 588 việc", "tiếp nhận 312 hồ sơ, công dân xin rút 6 hồ sơ, như vậy còn phải giải quyết 306 hồ sơ"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim
from ..quantities import Reading
from .items import Item, content, counted_alike, led_by, near, one_swap_makes, sum_claim, total_of
from .runs import AMONG

_SO = r"(?:nên|do đó|do vậy|vì vậy|vì thế|bởi vậy|như vậy|vậy là|vậy|theo đó)"
_LEFT = re.compile(rf"(?<!\w)(?:{_SO},? [^;.:\d]{{0,40}}?(?<!\w)còn(?: lại| phải)?(?!\w)[^;.:,\d]{{0,40}}|còn phải [^;.:,\d]{{2,40}})\s?$")
_MUST = re.compile(r"(?<!\w)còn (?:lại|phải)(?!\w)")  # "nên còn 300 hồ sơ đủ điều kiện" may leave others
_TAKEN_OUT = re.compile(r"(?<!\w)(?:ủy thác|trả lại|rút|loại|đình chỉ|hủy|từ chối|trừ|chuyển (?:tòa|cơ quan|đơn vị|nơi|huyện|tỉnh|cấp|đi|trả))(?!\w)")
_ALL = re.compile(r"(?<!\w)(?:cộng|tổng|tất cả|cả thảy|toàn bộ|phải (?:thi hành|giải quyết|xử lý|xét))(?!\w)")
_MOVED = re.compile(r"(?<!\w)(?:tăng|giảm|so với|cùng kỳ|(?:đã|xong|tạm) (?:giải quyết|xử lý|thi hành|trả)|trong (?:kỳ|tháng|quý))(?!\w)|(?<!\w)(?:năm|tháng|quý|kỳ|tuần) (?:\d|[ivx]+(?!\w)|nay|này|sau)")
_SEEN = 8  # figures before what is left that may be of the same account
_SENTENCES = 2  # from all there is to what is left


def find(reading: Reading, everything: list[Item]) -> Iterator[Claim]:
    """All there is = those taken out + those left, where no other figure of its kind stands between."""
    for place, left in enumerate(everything):
        if left.base is not None or left.mention.depth or not place:
            continue
        before = [i for i in everything[max(0, place - _SEEN) : place] if not i.mention.depth and counted_alike(i, left)]
        before = [i for i in before if left.mention.sentence - i.mention.sentence <= _SENTENCES]
        if len(before) < 2 or not _LEFT.search(reading.folded[before[-1].end : left.start].replace("\n", " ")):
            continue
        outs = _taken_out(reading, before)
        if not outs or len(outs) == len(before):
            continue
        whole, parts = before[-len(outs) - 1], [*outs, left]
        narrower = not _MUST.search(left.mention.before) and content(left.mention.after) - content(whole.label)
        if total_of(parts) == whole.value or not narrower and _sure(reading, before, whole, parts):
            yield sum_claim(whole.mention, parts, "equal", "breakdown.deducted")


def _taken_out(reading: Reading, before: list[Item]) -> list[Item]:
    """The figures right before what is left that are said to be taken out."""
    outs: list[Item] = []
    for one, item in zip(reversed(before[:-1]), reversed(before), strict=False):
        if not _TAKEN_OUT.search(f"{led_by(reading, one, item, one.end)} {item.mention.before}") or AMONG.search(reading.folded, one.end, item.start):
            break
        outs.insert(0, item)
    return outs


def _sure(reading: Reading, before: list[Item], whole: Item, parts: list[Item]) -> bool:
    """Is the figure before those taken out all there is, and does nothing else of its kind come between?"""
    first = before[0] is whole
    told = first or _ALL.search(whole.label) is not None
    plain = whole.base is None and not whole.aside and not any(i.aside or i.base is not None for i in parts)
    between = reading.folded[whole.end : parts[-1].start]
    meant = near(total_of(parts), whole.value) or one_swap_makes(whole, parts)
    other = any(i is not whole and total_of(parts) == i.value for i in before)
    return told and plain and meant and not other and not _MOVED.search(between) and not _TAKEN_OUT.search(whole.mention.before)
