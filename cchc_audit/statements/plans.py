"""A plan, what is done of it, what is still to do: "dự toán 6.240 triệu đồng, đã thực hiện 2.964 triệu đồng, bằng 47,5% dự toán, phần
còn lại 3.276 triệu đồng", "KH giao: 60 ha", "Đã trồng: 39 ha", "Còn phải trồng: 21 ha" in lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model import Claim
from ..quantities import Reading
from .items import Item, counted_alike, led_by, near, one_swap_makes, said_behind, sum_claim, total_of
from .runs import AMONG

_PLAN = re.compile(r"(?<!\w)(?:dự toán|kế hoạch|kh|chỉ tiêu|được giao|giao|đăng ký|phê duyệt|duyệt)(?!\w)")
_DONE = re.compile(r"(?<!\w)(?:đã|thực hiện|hoàn thành|xong|chi|giải ngân|thu)(?!\w)")
_REST = re.compile(r"(?<!\w)(?:còn (?:lại|phải|thiếu)|chưa (?:thực hiện|chi|giải ngân|thu|trồng|làm))(?!\w)")
_OTHER = re.compile(r"(?<!\w)(?:tăng|giảm|cùng kỳ|so với cùng kỳ|bổ sung|điều chỉnh|vượt|cấp lại|hủy|năm (?:trước|ngoái)|phấn đấu|tạm ứng|chuyển)(?!\w)")
_LEAD, _TAIL = 90, 30  # characters before and behind a figure that tell what it is
_SENTENCES = 2  # from the plan to the rest


def find(reading: Reading, everything: Sequence[Item]) -> Iterator[Claim]:
    """Plan = done + still to do, where the three follow one another and count the same."""
    told = [i for i in everything if not i.mention.depth and i.base is None]
    for plan, done, rest in zip(told, told[1:], told[2:], strict=False):
        if not (plan.unit or plan.mention.scale > 1) or not (counted_alike(plan, done) and counted_alike(plan, rest)) or rest.mention.sentence - plan.mention.sentence > _SENTENCES:
            continue
        leads = [_lead(reading, before, item) for before, item in ((None, plan), (plan, done), (done, rest))]
        named = _PLAN.search(leads[0]) or _PLAN.match(plan.mention.after)
        if not named or not _DONE.search(leads[1]) or _REST.search(leads[1]) or not _REST.search(leads[2]):
            continue
        between = reading.folded[plan.end : rest.start]
        parts = [done, rest]
        sure = not _OTHER.search(between) and not AMONG.search(between) and (near(total_of(parts), plan.value) or one_swap_makes(plan, parts))
        if total_of(parts) == plan.value or sure and done.value <= plan.value:
            yield sum_claim(plan.mention, parts, "equal", "breakdown.plan")


def _lead(reading: Reading, before: Item | None, item: Item) -> str:
    """The words that tell what a figure is: before it, and right behind it ("26 lỗi còn lại")."""
    low = max(reading.sentences[item.mention.sentence].start, item.start - _LEAD)
    tail = said_behind(reading, item.mention, _TAIL).partition(",")[0] if before is not None else ""
    return f"{led_by(reading, before, item, low)} {item.mention.before} {tail if _REST.match(tail.strip()) else ''}"
