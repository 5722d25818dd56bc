"""A whole and its parts, each in a sentence of its own: "Số đơn nhận được 51 đơn. Đơn phản ánh 43 đơn. Đơn khiếu nại 6 đơn. Đơn tố
cáo 2 đơn." """

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language import compatible, normal_unit
from ..model import Claim, Qualifier
from ..quantities import Reading
from .classes import OPEN_BELOW
from .divisions import rest_uncounted
from .items import Item, close, near, one_swap_makes, sum_claim, total_of
from .partitions import OVERLAPPING, class_of, classes_of, shared_partition

_PART = re.compile(r"\W*(?:số |về |các )?(?P<name>[^\W\d_]+(?: [^\W\d_]+|, [^\W\d_]+){0,5}?)(?: là| có| gồm|:)? ?")
_END = re.compile(r"[^,;:()\d]{0,30}[.;]?\s*")
_SAID = re.compile(r"(?<!\w)(?:đã|chưa|không|đang|được|bị|thuộc|tham gia|sử dụng|dùng|trong|tăng|giảm|so|riêng|cùng|trước|tháng|quý|năm)(?!\w)")  # more than a kind
_ELSEWHERE = re.compile(r"(?<!\w)(?:lũy kế|cùng kỳ|(?:năm|kỳ|quý|tháng) trước|năm nay|còn lại)(?!\w)")
# of several things at once, or what was done of each: "Hài lòng về thái độ 305 phiếu. …", "Cấp tỉnh xong 310 đơn. Cấp huyện xong 890 đơn"
_OF_EACH = re.compile(r"(?<!\w)(?:về|với|của|xong|đã|được|trả|nhận|giải quyết|xử lý|làm|thu|chi)(?!\w)")
_REST = re.compile(r"[^;\d]{0,30}(?<!\w)(?:còn lại|khác)(?!\w)")
_FEWEST, _MOST = 2, 10


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each figure behind which sentences follow that tell one kind of it each, and nothing else."""
    alone = _alone(items)
    place = 0
    while place + _FEWEST < len(alone):
        whole, parts = alone[place], list[Item]()
        for item in alone[place + 1 : place + 1 + _MOST]:
            before = parts[-1] if parts else whole
            if item.mention.sentence != before.mention.sentence + 1 or not _tells_a_kind(reading, item) or not compatible(item.unit, whole.unit):
                break
            parts.append(item)
        if shared_partition([i.mention.before for i in parts]) is None:  # what follows may be told of something else
            parts = next((parts[:n] for n in range(_FEWEST, len(parts)) if total_of(parts[:n]) == whole.value), parts)
        following = alone[place + 1 + len(parts) : place + 1 + len(parts) + _FEWEST]
        made_up = any(total_of([*parts, *following[:n]]) == whole.value for n in range(1, len(following) + 1))  # others are told in other words
        if len(parts) >= _FEWEST and not made_up and _divided(reading, whole, parts):
            yield sum_claim(whole.mention, parts, "equal", "breakdown.a_sentence_each")
            place += len(parts)
        place += 1


def _alone(items: list[Item]) -> list[Item]:
    """The figures that stand alone in their sentences."""
    sentences: dict[int, list[Item]] = {}
    for item in items:
        sentences.setdefault(item.mention.sentence, []).append(item)
    return [s[0] for s in sentences.values() if len(s) == 1 and s[0].base is None and not s[0].aside and s[0].mention.quantity.written.qualifier is Qualifier.EXACT]


def _tells_a_kind(reading: Reading, item: Item) -> bool:
    """Is its sentence nothing but the name of a kind and the figure?"""
    start, end = reading.sentences[item.mention.sentence]
    return _PART.fullmatch(reading.folded, start, item.start) is not None and _END.fullmatch(reading.folded, item.end, end) is not None


def _divided(reading: Reading, whole: Item, parts: list[Item]) -> bool:
    """Are these all kinds there are: the classes of one division, or three and more that go by the noun of the whole?"""
    labels = [i.mention.before for i in parts]
    amount = total_of(parts)
    if amount == whole.value:
        return True
    if _ELSEWHERE.search(reading.folded, whole.start, parts[-1].end) or _REST.match(reading.folded, parts[-1].end) or rest_uncounted(reading, parts[-1]) or any(i.value > whole.value for i in parts):
        return False
    found = shared_partition(labels)
    if found is not None and (class_of(whole.mention.before, found[0].name) in found[1] or any(_OF_EACH.search(label) for label in labels)):
        return False
    if found is not None:
        closed = found[0].closes(frozenset(found[1])) and not (found[0].name in OPEN_BELOW and amount < whole.value)
        meant = near(amount, whole.value) if amount > whole.value else close(amount, whole.value)
        return found[0].divides(whole.unit) and (closed and meant or one_swap_makes(whole, parts))
    noun = labels[0].partition(" ")[0]
    named = all(label.startswith(f"{noun} ") for label in labels) and re.search(rf"(?<!\w){noun}(?!\w)", whole.label) is not None
    kinds = named or whole.unit != "" and all(normal_unit(label) == whole.unit for label in labels)  # "Quyết định 210 văn bản. Công văn …"
    told = any(classes_of(label) or OVERLAPPING.search(label) or _SAID.search(label) for label in labels)
    return len(parts) > _FEWEST and kinds and not told and near(amount, whole.value) and one_swap_makes(whole, parts)
