"""What a share leaves, counted right behind it: "1.128 trên tổng số 1.410 hồ sơ, đạt 80%; số còn lại 282 hồ sơ …", "9.640 cử tri, đã đi
bỏ phiếu 9.544 người, đạt 99,00%. Số cử tri chưa bỏ phiếu là 96 người".

The share says what it is of, so the rest follows. A figure that is not the rest is held against it only where the words deny the
share's own, or name the rest, and a slip of the typist lies between: it may else be a part of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from ..model import Claim, Rational
from ..quantities import Mention, Reading
from .items import (
    LEAST,
    Item,
    content,
    counted_alike,
    ends_with_others,
    near,
    one_slip_apart,
    said_behind,
    sum_claim,
    total_of,
)
from .runs import AMONG

_OF = re.compile(r"[^,;.:()\d]{0,40}(?<!\w)(?:trên|trong)(?: tổng)?(?: số)?(?: [^,;.:()\d]{1,30})?\s")
_REST = re.compile(r"(?<!\w)(?:số )?còn lại(?!\w)|^(?:(?:nên|và|nhưng|hiện|vẫn|chỉ|như vậy) ){0,2}còn(?: lại)?$")
_DENIED = re.compile(r"(?<!\w)(?:chưa|không)(?: (?:được|bị|có|thể|đi|phải))? (?P<what>[^\W\d_]+(?: [^\W\d_]+){0,3})")
_LEFT = re.compile(r"[^,;.:()\d]{0,25}(?<!\w)còn lại(?!\w)")
_PRESENT, _ABSENT = re.compile(r"(?<!\w)(?:có mặt|dự|tham dự|dự họp|đến dự)(?!\w)"), re.compile(r"(?<!\w)vắng(?: mặt)?$")
_CLAUSE, _BREAK = re.compile(r"[;.](?=\s)"), re.compile(r"[,;.:()]")
_TURNED = re.compile(r"(?<!\w)(?:tăng|giảm|so với|cùng kỳ|kế hoạch|chỉ tiêu|riêng|mỗi|bình quân|thêm|trong đó|gồm)(?!\w)")
_OF_ALL = re.compile(r"(?<!\w)tổng(?: số)?(?: [^\W\d_]+){0,3} $")
_SAID = 30  # characters before a whole that say it is all
_IN_ALL = re.compile(r"(?<!\w)(?:tổng(?: số)?|toàn (?:xã|phường|thị trấn|huyện))(?!\w)")
_SENTENCES = 1
_FEWEST, _MOST = 3, 8  # figures of a list that all others end
_TAIL = 60


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """A breakdown of the whole of each share into its count and the rest told next."""
    for items in paragraphs:
        for place, part in enumerate(items):
            whole = _whole(reading, items, place)
            if whole is None or part.mention.depth or whole.value <= part.value:
                continue
            if _OF_ALL.search(reading.folded, max(0, whole.start - _SAID), whole.start):
                yield from _listed_with_it(items, place, whole)
            behind = [i for i in items[place + 1 : place + 4] if i.mention is not whole]
            rest = behind[0] if behind else None
            if rest is None or rest.mention.sentence - part.mention.sentence > _SENTENCES or rest.base is not None or rest.mention.depth:
                continue
            shared = [i for i in items if i.fitted is whole and i is not rest and not i.mention.depth]
            if len(shared) > 1 and total_of(shared) == whole.value:
                continue  # "331 hồ sơ: trước hạn 276 (83,4%); đúng hạn 52 (15,7%); quá hạn 3 (0,9%). Còn 38 hồ sơ": the shares leave nothing
            alike = counted_alike(part, rest) or counted_alike(Item(whole, whole.label, whole.unit), rest)
            if alike and rest.value != whole.value - part.value and _goes_on(reading, rest, behind[1:]):
                continue  # "hòa giải thành 139 vụ, …; không thành 21 vụ; 04 vụ đang hòa giải": one more class
            if alike and _is_rest(reading, part, whole, rest):
                yield sum_claim(whole, [part, rest], "equal", "breakdown.rest_of_share")


def _goes_on(reading: Reading, rest: Item, behind: list[Item]) -> bool:
    """Is one more of the same told next in the sentence, and none of the rest?"""
    beside = (i for i in behind if i.mention.sentence == rest.mention.sentence and i.mention.depth <= rest.mention.depth)
    more = next((i for i in beside if counted_alike(rest, i)), None)
    return more is not None and AMONG.search(reading.folded, rest.end, more.start) is None


def _whole(reading: Reading, items: list[Item], place: int) -> Mention | None:
    """What a count is a share of: the m of n/m, of "n trên tổng số m", or the figure its percentage comes out on."""
    part, after = items[place], items[place + 1] if place + 1 < len(items) else None
    if part.base is not None:
        return part.base
    if after is not None and after.base is None and part.unit in {"", after.unit} and _OF.fullmatch(reading.folded, part.end, after.start):
        return after.mention
    before = items[place - 1] if place else None
    if part.shares and before is not None and after is not None and _divided(before, part, after):
        return before.mention
    if before is not None and before.base is None and _IN_ALL.search(before.mention.before) and counted_alike(before, part) and part.mention.before.startswith("đã "):
        return before.mention if before.mention.sentence == part.mention.sentence else None
    return part.fitted if part.shares else None


def _divided(whole: Item, part: Item, rest: Item) -> bool:
    """ "có 1.586 hồ sơ phát sinh phí; đã thanh toán 1.421 hồ sơ, đạt 57,16%, còn 165 hồ sơ nộp tiền mặt": do the two make the figure right before
    them, whatever the share comes out on?"""
    alike = whole.base is None and whole.mention.sentence == part.mention.sentence == rest.mention.sentence and counted_alike(whole, part) and counted_alike(part, rest)
    return alike and whole.value == part.value + rest.value and whole.value >= LEAST


def _listed_with_it(items: list[Item], place: int, whole: Mention) -> Iterator[Claim]:
    """ "846 hồ sơ, chiếm 60% tổng số 1.410 hồ sơ; tiếp đến là hộ tịch 324 hồ sơ; các lĩnh vực khác 240 hồ sơ": with all others, the whole."""
    part = items[place]
    behind = (i for i in items[place + 1 : place + 2 + _MOST] if i.mention is not whole)
    listed = [part, *takewhile(lambda i: i.mention.sentence == part.mention.sentence and counted_alike(part, i) and i.base is None and not i.mention.depth, behind)]
    if part.shares and len(listed) >= _FEWEST and ends_with_others(listed) and (total_of(listed) == whole.value or near(total_of(listed), whole.value)):
        yield sum_claim(whole, listed, "equal", "breakdown.rest_of_share")


def _is_rest(reading: Reading, part: Item, whole: Mention, rest: Item) -> bool:
    told = max(part.end, whole.end if whole.end <= rest.start else 0)
    between = reading.folded[told : rest.start]
    lead = _CLAUSE.split(between)[-1].strip(" ,;.\n")
    behind = _BREAK.split(said_behind(reading, rest.mention, _TAIL))[0]
    if AMONG.search(between) or _TURNED.search(lead):
        return False
    named = _REST.search(lead) is not None or _LEFT.match(behind) is not None
    denied = _DENIED.search(f"{lead} {behind}")
    ties = denied is not None and bool(content(denied["what"]) & content(part.label))
    left: Rational = whole.value - part.value
    absent = _ABSENT.search(lead) is not None and _PRESENT.search(part.label) is not None
    if rest.value == left or absent and near(rest.value + part.value, whole.value):
        return named or denied is not None or absent
    return (named or ties) and _slipped(str(rest.value), str(left))


def _slipped(printed: str, meant: str) -> bool:
    return min(len(printed), len(meant)) > 1 and (one_slip_apart(printed, meant) or sorted(printed) == sorted(meant))
