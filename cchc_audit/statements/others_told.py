"""The others of a whole, told by what they are not: "rà soát 1.140 hồ sơ thì 1.043 hồ sơ đã có bản quét; 97 hồ sơ chưa số hóa", "1.027/1.140
kết quả; số chưa cấp gồm 113 kết quả". With the ones before they are the whole, unless the text tells of a third kind: so it is held against
the report only where a slip of one figure makes the three come out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..digits import neighbours_swapped, one_digit_apart
from ..language import compatible
from ..model import Claim, Qualifier, Rational
from ..quantities import Mention, Reading
from .items import Item, mentions_claim, total_of
from .partitions import OVERLAPPING, denied_of, shared_partition
from .runs import AMONG

_NOT = re.compile(r"(?<!\w)(?:chưa|không|còn lại|bị loại|vắng|hỏng|trượt|(?:phải )?hẹn (?:sang|lại))(?!\w)")
_STILL = re.compile(r"(?:^|(?<!\w)(?:hiện|chỉ|vẫn|nay|và|mới) )còn(?: \w+)?$|(?<!\w)còn lại(?!\w)")
_DONE = re.compile(r"(?<!\w)(?:đã|xong|được)(?!\w)")
NO_MORE = re.compile(r"(?<!\w)(?:không (?:có|kể|tính|quá|dưới|để|phải)|chưa (?:kể|tính|đầy|đến|tới)|riêng|so với|cùng kỳ|tăng|giảm|kế hoạch|chỉ tiêu|mỗi|bình quân)(?!\w)")
_UNDERWAY = re.compile(r"(?<!\w)đang [^\W\d]+(?: [^\W\d]+){0,2}$")
_UNDONE = re.compile(r"(?<!\w)(?:chưa|không)(?: được)? (?P<deed>[^\W\d]+(?: [^\W\d]+)?)$")
_OUT_OF = re.compile(r"[^,;.:()\d]{0,30} (?:trong|trên)(?: tổng)?(?: số)? ")  # "1.518 hộ trong tổng số 1.650 hộ được công nhận, 132 hộ không được"
_SENTENCES = 1
_SEEN = 6  # figures before the others of which they may be
_MOST = 4  # figures told of the others
_BEHIND = 16  # characters behind a figure that tell of another time or scope
_LARGE, _SMALL = 100, 10  # of what one digit may be another; of an n/m, and told to be those not


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each whole, those told of it, and the others."""
    told = [i for i in items if (not i.mention.depth or i.base is not None) and i.mention.quantity.written.qualifier is Qualifier.EXACT]
    yield from _several(reading, told)
    for place, rest in enumerate(told):
        if rest.base is not None or rest.aside or not place or not _is_rest(rest):
            continue
        for whole, done in _before(reading, told, place):
            if apart(reading, whole, done, rest) or not _alike(whole, done, rest):
                continue
            amount, value = done.value + rest.value, whole.value
            if amount != value and shared_partition([i.label for i in told[max(0, place - _SEEN) : place + 1] if i is done or i is rest or i.mention is whole]) is not None:
                continue  # "36 cao cấp, 4 trung cấp, còn lại 23 sơ cấp": three classes
            if amount != value and any(denied_of(i.label, rest.label) for i in told[max(0, place - _SEEN) : place] if i is not done and i.mention is not whole):
                continue  # "thuộc thẩm quyền 41 đơn, đã giải quyết 31, đang giải quyết 10; không thuộc thẩm quyền 3 đơn": not of the 31
            if amount != value and any(i.value == amount for i in told[max(0, place - _SEEN) : place]):
                continue  # "5.906 cử tri bỏ phiếu trên 5.924 cử tri; phiếu hợp lệ 5.871, không hợp lệ 35": of another figure before
            if amount == value or not _underway(rest) and _slipped(whole, done, rest) and _sure(told, place, done) and not _one_of_a_list(told, whole):
                yield mentions_claim(whole, (done.mention, rest.mention), "equal", "breakdown.others")
                break


def _several(reading: Reading, told: list[Item]) -> Iterator[Claim]:
    """ "tức 21 trên 28 nhiệm vụ; 05 nhiệm vụ đang triển khai và 02 nhiệm vụ chưa làm": those that the sentence tells behind, where together
    they are the others."""
    for place in range(1, len(told)):
        pair = next(_before(reading, told, place), None)
        if pair is None:
            continue
        whole, done = pair
        behind = [i for i in told[place : place + _MOST] if i.mention.sentence == whole.sentence and i.base is None and i.unit == whole.unit != ""]
        left = whole.value - done.value
        count = next((n for n in range(2, len(behind) + 1) if total_of(behind[:n]) == left), 0)
        if count and told[place : place + count] == behind[:count] and left >= count and not apart(reading, whole, done, behind[0]):
            yield mentions_claim(whole, (done.mention, *(i.mention for i in behind[:count])), "equal", "breakdown.others")


def _is_rest(rest: Item) -> bool:
    label = f"{rest.mention.before} {rest.mention.after}"
    told = _underway(rest) or _NOT.search(label) is not None or _STILL.search(rest.mention.before) is not None
    return told and not NO_MORE.search(label, 0, len(rest.mention.before) + _BEHIND)


def _underway(rest: Item) -> bool:
    """ "07 kiến nghị, đã khắc phục 05, đang khắc phục 02": some may not have been taken up yet, so only agreement counts."""
    return _UNDERWAY.search(rest.mention.before) is not None


def _before(reading: Reading, told: list[Item], place: int) -> Iterator[tuple[Mention, Item]]:
    """The whole and those told of it: an n/m right before, in figures or in words, or the two figures right before."""
    last = told[place - 1]
    if last.base is not None:
        yield last.base, last
    elif place > 1 and told[place - 2].base is None and told[place - 2].value < last.value and _OUT_OF.fullmatch(reading.folded, told[place - 2].mention.end, last.start):
        yield last.mention, told[place - 2]
    elif place > 1 and told[place - 2].base is None and told[place - 2].value > last.value:
        yield told[place - 2].mention, last


def _one_of_a_list(told: list[Item], whole: Mention) -> bool:
    """ "quầy 1 nhận 310, quầy 2 nhận 295, quầy 3 nhận 188, hai quầy còn lại 207": is the figure the second or a later one of a list without
    units?"""
    place = next((k for k, i in enumerate(told) if i.mention is whole), 0)
    before = told[place - 1] if place and not whole.unit else None
    return before is not None and before.mention.sentence == whole.sentence and before.base is None


def _alike(whole: Mention, done: Item, rest: Item) -> bool:
    units = {u for u in (done.unit, rest.unit) if u}
    near = rest.mention.sentence - whole.sentence <= _SENTENCES and whole.value > done.value and not done.aside
    return near and (units <= {whole.unit} or done.base is not None and compatible(whole.unit, rest.unit) and _NOT.search(rest.label) is not None)


def apart(reading: Reading, whole: Mention, done: Item, rest: Item) -> bool:
    """Do the words between make the others some of those told, or of something else?"""
    gap = reading.folded[max(whole.end, done.mention.end) : rest.start]
    return AMONG.search(gap) is not None or OVERLAPPING.search(rest.mention.before) is not None or "riêng" in gap


def _sure(told: list[Item], place: int, done: Item) -> bool:
    """Is it told to be those not, or left of what is done, and is it the last figure of its kind there?"""
    rest, behind = told[place], told[place + 1 : place + 2]
    more = any(i.mention.sentence == rest.mention.sentence and i.unit == rest.unit for i in behind)
    return not more and (_NOT.search(rest.label) or _DONE.search(done.mention.before)) is not None


def _slipped(whole: Mention, done: Item, rest: Item) -> bool:
    """Do the three come out but for one slip: two neighbouring digits swapped, or one digit of a figure?"""
    meant: list[tuple[Mention, Rational]] = [
        (whole, done.value + rest.value),
        (done.mention, whole.value - rest.value),
        (rest.mention, whole.value - done.value),
    ]
    if any(value > 0 and neighbours_swapped(str(m.value), str(value)) for m, value in meant):
        return True
    sure = done.base is not None and _NOT.search(rest.label) is not None or _same_deed(done, rest)
    return any(value >= (_SMALL if sure else _LARGE) and one_digit_apart(str(m.value), str(value)) for m, value in meant[2:])


def _same_deed(done: Item, rest: Item) -> bool:
    """ "đã kiểm tra 46 cơ sở; số chưa kiểm tra 12 cơ sở"."""
    undone = _UNDONE.search(rest.mention.before)
    return undone is not None and done.mention.before.endswith(undone["deed"]) and not _NOT.search(done.mention.before)
