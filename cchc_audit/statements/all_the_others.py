"""Three figures of one unit: a whole, those who did, and all the others: "Xã có 14 thôn. Đến nay đã có 9 thôn được công nhận, 5 thôn còn
lại …", "372 đảng viên …, 356 đảng viên tham dự; vắng mặt 16 đồng chí". The words leave no fourth, so it is held against the report
whatever is off, where no more of that unit is told around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ..language import compatible
from ..model import Claim, Qualifier, Rational
from ..quantities import Reading
from .items import Item, mentions_claim, near
from .others_told import NO_MORE, apart
from .partitions import class_of
from .runs import AMONG

_ALL_OTHERS = re.compile(r"(?<!\w)(?:(?:số )?còn lại|hiện còn tồn|còn tồn|hiện còn|(?:như vậy|vậy là|tức là|do đó|nghĩa là)(?: mới| chỉ| đã)? (?:có|còn))(?!\w)")
_OPPOSED = tuple(
    (re.compile(rf"(?<!\w)(?:{those})(?!\w)"), re.compile(rf"(?<!\w)(?:{others})(?!\w)"))
    for those, others in (
        ("tham dự|có mặt|dự họp|dự|đi bầu|bỏ phiếu|tham gia", "vắng(?: mặt)?|không (?:tham gia|tham dự|dự|đi|bỏ phiếu)"),
        ("bố trí|sắp xếp", "dôi dư"),
        ("chấp hành(?: tốt)?|bảo đảm|đạt yêu cầu", "còn [^,;]{0,20}vi phạm|vi phạm"),
    )
)
_DENIED = re.compile(r"(?<!\w)(?:chưa|không)(?: được)? (?P<deed>[^\W\d]+)")
_OF_A_DEED = re.compile(r"(?<!\w)(?:đã|được|chưa|không|thành)(?!\w)")  # "60 hộ đã được hỗ trợ giống, 34 hộ …, 12 hộ chưa được hỗ trợ": no whole
_NO_MEMBERS = frozenset({"", "đồng", "lượt", "lượt người"})
_PART_OF = re.compile(r"(?<!\w)(?:trong đó|riêng|trong số)(?!\w)")
_CLAUSE_BEHIND = re.compile(r"[^,;.:()\d\n]*")
_BEHIND = 16  # characters behind the others that tell of another time or scope
_CLAUSE = 60  # characters before the ones that did, in which the deed is told


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each such three figures."""
    for noun in sorted({_noun(i) for i in items} - _NO_MEMBERS):
        told = [i for i in items if _noun(i) == noun or i.unit and compatible(i.unit, noun)]
        for place in range(2, len(told)):
            whole, done, rest = told[place - 2 : place + 1]
            if not all(_plain(i) for i in (whole, done, rest)) or not _is_whole(told, place - 2) or not _told_of_it(reading, whole, done, rest):
                continue
            amount, behind = done.value + rest.value, told[place + 1] if place + 1 < len(told) else None
            alone = behind is None or not _goes_on(reading, rest, behind)
            rest_of_other = any(i.value == whole.value - rest.value for i in items) and amount != whole.value
            if alone and not rest_of_other and near(amount, whole.value) and _complement(reading, done, rest) and not _of_another(items, whole, done, amount):
                yield mentions_claim(whole.mention, (done.mention, rest.mention), "equal", "breakdown.others")


def _plain(item: Item) -> bool:
    return item.base is None and not item.aside and not item.mention.depth and item.mention.quantity.written.qualifier is Qualifier.EXACT


def _is_whole(told: list[Item], place: int) -> bool:
    """Is a figure a whole and no class beside others: told alone in a sentence before the next one, or as the total, and of no deed?"""
    whole, done = told[place : place + 2]
    first = not place or told[place - 1].mention.sentence < whole.mention.sentence
    total = done.mention.sentence > whole.mention.sentence or "tổng" in whole.mention.before
    return first and total and not whole.shares and not _OF_A_DEED.search(whole.label) and not _PART_OF.search(whole.mention.before)


def _told_of_it(reading: Reading, whole: Item, done: Item, rest: Item) -> bool:
    """Are the two told in one sentence, that of the whole or the next, with no word of another time, plan or scope?"""
    together = rest.mention.sentence == done.mention.sentence and done.mention.sentence - whole.mention.sentence <= 1
    if not together or whole.value <= done.value or apart(reading, whole.mention, done, rest):
        return False
    return not any(NO_MORE.search(said) for said in (done.mention.before, rest.mention.before, reading.folded[rest.end : rest.end + _BEHIND]))


def _goes_on(reading: Reading, rest: Item, behind: Item) -> bool:
    """Is one more of the same told behind, and none of the others ("còn 11 cơ sở vi phạm, trong đó nhắc nhở 8 cơ sở")?"""
    near_by = behind.mention.sentence - rest.mention.sentence <= 1 and _noun(behind) == _noun(rest)
    return near_by and AMONG.search(reading.folded, rest.end, behind.start) is None


def _of_another(items: list[Item], whole: Item, done: Item, amount: Rational) -> bool:
    """ "43 trường hợp. Ra 37 quyết định, đã chấp hành 6, còn 31 …": do the two make a figure told since the whole?"""
    first, last = (bisect_left(items, at, key=lambda i: i.start) for at in (whole.end, done.start))
    return any(i.value == amount for i in items[first:last])


def _noun(item: Item) -> str:
    """What is counted: the unit, or the first word behind a figure without one ("520 phần quà")."""
    return item.unit or item.mention.after.partition(" ")[0]


def _complement(reading: Reading, done: Item, rest: Item) -> bool:
    """Is the last figure told to be of all those who are not among the ones before?"""
    lead = reading.folded[done.end : rest.start]
    behind = _CLAUSE_BEHIND.match(reading.folded, rest.end)
    said = f"{lead} {behind.group() if behind else ''}"
    if _ALL_OTHERS.search(said):
        return True
    did = reading.folded[max(reading.sentences[done.mention.sentence].start, done.start - _CLAUSE) : rest.start]
    if any(those.search(did) and others.search(said) for those, others in _OPPOSED):
        return True
    denied = _DENIED.search(said)
    return denied is not None and class_of(said, "vote") is None and re.search(rf"(?<!\w)(?<!chưa )(?<!không ){re.escape(denied['deed'])}(?!\w)", did) is not None
