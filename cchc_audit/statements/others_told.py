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
from .items import Item, mentions_claim, near, total_of
from .partitions import OVERLAPPING, class_of
from .runs import AMONG

_NOT = re.compile(r"(?<!\w)(?:chưa|không|còn lại|bị loại|vắng|hỏng|trượt|(?:phải )?hẹn (?:sang|lại))(?!\w)")
_STILL = re.compile(r"(?:^|(?<!\w)(?:hiện|chỉ|vẫn|nay|và|mới) )còn(?: \w+)?$|(?<!\w)còn lại(?!\w)")
_DONE = re.compile(r"(?<!\w)(?:đã|xong|được)(?!\w)")
_NO_MORE = re.compile(r"(?<!\w)(?:không (?:có|kể|tính|quá|dưới|để|phải)|chưa (?:kể|tính|đầy|đến|tới)|riêng|so với|cùng kỳ|tăng|giảm|kế hoạch|chỉ tiêu|mỗi|bình quân)(?!\w)")
_UNDERWAY = re.compile(r"(?<!\w)đang [^\W\d]+(?: [^\W\d]+){0,2}$")
_UNDONE = re.compile(r"(?<!\w)(?:chưa|không)(?: được)? (?P<deed>[^\W\d]+(?: [^\W\d]+)?)$")
_OUT_OF = re.compile(r"[^,;.:()\d]{0,30} (?:trong|trên)(?: tổng)?(?: số)? ")  # "1.518 hộ trong tổng số 1.650 hộ được công nhận, 132 hộ không được"
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
_CLAUSE = 60  # characters before the ones that did, in which the deed is told
_SENTENCES = 1
_MOST = 4  # figures told of the others
_BEHIND = 16  # characters behind a figure that tell of another time or scope
_LARGE, _SMALL = 100, 10  # of what one digit may be another; of an n/m, and told to be those not


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each whole, those told of it, and the others."""
    told = [i for i in items if (not i.mention.depth or i.base is not None) and i.mention.quantity.written.qualifier is Qualifier.EXACT]
    yield from _several(reading, told)
    yield from _complements(reading, items)
    for place, rest in enumerate(told):
        if rest.base is not None or rest.aside or not place or not _is_rest(rest):
            continue
        for whole, done in _before(reading, told, place):
            if _apart(reading, whole, done, rest) or not _alike(whole, done, rest):
                continue
            amount, value = done.value + rest.value, whole.value
            if amount == value or not _underway(rest) and _slipped(whole, done, rest) and _sure(told, place, done):
                yield mentions_claim(whole, (done.mention, rest.mention), "equal", "breakdown.others")
                break


def _complements(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """ "Xã có 14 thôn. Đến nay đã có 9 thôn được công nhận, 5 thôn còn lại …", "372 đảng viên …, 356 đảng viên tham dự; vắng mặt 16 đồng chí":
    three figures of one unit, the last of which is told to be all the others. So it is held against the report whatever is off, where no
    more of that unit is told around them."""
    for noun in sorted({_noun(i) for i in items} - _NO_MEMBERS):
        told = [i for i in items if _noun(i) == noun or i.unit and compatible(i.unit, noun)]
        for place in range(2, len(told)):
            whole, done, rest = told[place - 2 : place + 1]
            behind = [i for i in told[place + 1 : place + 2] if _noun(i) == _noun(rest)]
            alone = not any(i.mention.sentence - rest.mention.sentence <= 1 and not _within(reading, rest, i) for i in behind)
            plain = not any(i.base is not None or i.aside or i.mention.depth or i.shares and i is whole or i.mention.quantity.written.qualifier is not Qualifier.EXACT for i in (whole, done, rest))
            together = whole.value > done.value and rest.mention.sentence == done.mention.sentence and done.mention.sentence - whole.mention.sentence <= _SENTENCES
            first = place < 3 or told[place - 3].mention.sentence < whole.mention.sentence
            bare = first and (done.mention.sentence > whole.mention.sentence or "tổng" in whole.mention.before) and not _OF_A_DEED.search(whole.label)
            if not (alone and plain and together and bare) or _PART_OF.search(whole.mention.before) or _apart(reading, whole.mention, done, rest):
                continue
            if any(_NO_MORE.search(said) for said in (done.mention.before, rest.mention.before, reading.folded[rest.end : rest.end + _BEHIND])):
                continue
            amount = done.value + rest.value
            of_another = any(i.value == amount for i in items if whole.end <= i.start < done.start)  # "43 trường hợp. Ra 37 quyết định, đã chấp hành 6, còn 31 …"
            if near(amount, whole.value) and not of_another and _complement(reading, done, rest):
                yield mentions_claim(whole.mention, (done.mention, rest.mention), "equal", "breakdown.others")


def _noun(item: Item) -> str:
    """What is counted: the unit, or the first word behind a figure without one ("520 phần quà")."""
    return item.unit or item.mention.after.partition(" ")[0]


def _within(reading: Reading, rest: Item, behind: Item) -> bool:
    """ "còn 11 cơ sở vi phạm, trong đó nhắc nhở 8 cơ sở": is the next figure one of those?"""
    return AMONG.search(reading.folded, rest.end, behind.start) is not None


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
        if count and told[place : place + count] == behind[:count] and left >= count and not _apart(reading, whole, done, behind[0]):
            yield mentions_claim(whole, (done.mention, *(i.mention for i in behind[:count])), "equal", "breakdown.others")


def _is_rest(rest: Item) -> bool:
    label = f"{rest.mention.before} {rest.mention.after}"
    told = _underway(rest) or _NOT.search(label) is not None or _STILL.search(rest.mention.before) is not None
    return told and not _NO_MORE.search(label, 0, len(rest.mention.before) + _BEHIND)


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


def _alike(whole: Mention, done: Item, rest: Item) -> bool:
    units = {u for u in (done.unit, rest.unit) if u}
    near = rest.mention.sentence - whole.sentence <= _SENTENCES and whole.value > done.value and not done.aside
    return near and (units <= {whole.unit} or done.base is not None and compatible(whole.unit, rest.unit) and _NOT.search(rest.label) is not None)


def _apart(reading: Reading, whole: Mention, done: Item, rest: Item) -> bool:
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
