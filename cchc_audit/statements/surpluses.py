"""What was taken in, what was spent, and what that leaves: "Thu ngân sách 92.418 triệu đồng …. Chi 74.936 triệu đồng …. Nguồn còn lại
17.482 triệu đồng", "tổng thu …", "tổng chi …", "Kết dư ngân sách (thu trừ chi) …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..digits import neighbours_swapped
from ..model import Claim, Qualifier
from .items import Item, sum_claim

_TAKEN_IN = re.compile(r"(?<!\w)(?:tổng (?:số )?thu|(?:quyết toán )?thu(?: ngân sách| nsnn)?|thu trong (?:năm|kỳ|quý))(?: [^\W\d]+){0,6}$")
_SPENT = re.compile(r"(?<!\w)(?:tổng (?:số )?chi|(?:quyết toán )?chi(?: ngân sách)?|chi trong (?:năm|kỳ|quý))(?: [^\W\d]+){0,6}$")
_LEFT = re.compile(r"(?<!\w)(?:kết dư|bội thu|nguồn còn lại|còn dư|tồn quỹ|số dư|dư quỹ|chênh lệch thu,? chi)(?: [^\W\d]+){0,5}$")
_OTHERWISE = re.compile(r"(?<!\w)(?:dự toán|kế hoạch|chỉ tiêu|năm (?:trước|ngoái)|kỳ trước|cùng kỳ|đầu (?:năm|kỳ|quý)|tồn|bình quân|vượt|tăng|giảm)(?!\w)")
_REACH = 24  # figures from what was taken in to what is left
_PARAGRAPHS = 3


def find(paragraphs: Sequence[Sequence[Item]]) -> Iterator[Claim]:
    """A breakdown of what was taken in into what was spent and what is left: where these come out, or would with two neighbouring digits
    of what is left turned."""
    told = [i for items in paragraphs for i in items if _plain(i)]
    for place, left in enumerate(told):
        if not _LEFT.search(left.mention.before):
            continue
        before = [i for i in told[max(0, place - _REACH) : place] if left.mention.paragraph - i.mention.paragraph <= _PARAGRAPHS and i.unit == left.unit]
        taken = [i for i in before if _TAKEN_IN.search(i.mention.before)]
        spent = [i for i in before if _SPENT.search(i.mention.before)]
        for whole, part in ((w, p) for w in taken for p in spent if w.start < p.start and w.value > p.value):
            amount = whole.value - part.value
            turned = len(taken) == len(spent) == 1 and neighbours_swapped(str(amount), str(left.value))
            if amount == left.value or turned:
                yield sum_claim(whole.mention, [part, left], "equal", "breakdown.surplus")
                break


def _plain(item: Item) -> bool:
    exact = item.mention.quantity.written.qualifier is Qualifier.EXACT and not item.mention.depth and item.unit == "đồng"
    return exact and item.base is None and not item.aside and not _OTHERWISE.search(item.mention.before)
