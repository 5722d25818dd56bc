"""Lists that the words say to be complete: "mỗi người một phiếu và chọn một phương án: 351 phiếu đồng ý, 35 phiếu không", "83 kiến
nghị phải trả lời; đã trả lời 71, chưa trả lời 12", "hình sự 81. Riêng hình sự, đã xét xử 67 vụ, trả hồ sơ 5 vụ, đang chuẩn bị 9
vụ"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ..language import compatible
from ..model import Claim
from ..quantities import Reading
from .divisions import rest_uncounted
from .items import (
    Item,
    close,
    content,
    counted_alike,
    ends_with_others,
    led_by,
    near,
    one_swap_makes,
    sum_claim,
    total_of,
)
from .partitions import OVERLAPPING, SHARED_MEMBERS, class_of
from .runs import AMONG, COMPARED

_WHO = r"(?:người|cử tri|đại biểu|hộ|đại diện|thành viên|phiếu|hồ sơ|đơn|ý kiến|học sinh|hội viên|đảng viên)"
_CHOICE = r"(?:phương án|ý kiến|kênh|hình thức|loại|nhóm|mức|lựa chọn|câu trả lời|nội dung|diện|tên)"
_EACH_ONCE = re.compile(rf"(?<!\w)(?:mỗi|từng) (?P<who>{_WHO})(?: [^\W\d_]+){{0,3}} (?:một|01|1) (?:phiếu|{_CHOICE})(?!\w)[^:;.]{{0,60}}[:;.]|(?<!\w){_WHO}(?: [^\W\d_]+)? (?:đều )?(?:chỉ )?chọn (?:đúng |duy nhất )?(?:một|01|1) {_CHOICE}(?!\w)[^:;.]{{0,40}}[:;.]")
_PERIOD = re.compile(r"(?<!\w)(?:cùng kỳ|(?:năm|quý|tháng|kỳ|đợt) (?:trước|ngoái)|(?:năm|quý|tháng|kỳ|đợt) này|bình quân|trung bình|lũy kế)(?!\w)")
_ONE_CLASS = re.compile(r"\W*(?:riêng(?: (?:về|với|đối với))?|đối với|về|với|án|lĩnh vực|loại|nhóm|trong lĩnh vực)? ?(?:án |lĩnh vực |loại |nhóm |số )?(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,5}?)(?: thì| có)?(?:[,:]| gồm(?: có)?| chia ra) ")
_DONE = re.compile(r"(?<!\w)đã (?:được )?(?P<verb>[^\W\d_]+(?: [^\W\d_]+){0,2}?)(?: xong| được)?$")
_NOT_DONE = re.compile(r"(?<!\w)chưa (?:được )?(?P<verb>[^\W\d_]+(?: [^\W\d_]+){0,2}?)(?: xong| được)?$")
_OPEN = re.compile(r"(?<!\w)(?:đang|còn|chưa)(?!\w)")
_SETTLED = re.compile(r"(?<!\w)đã(?!\w)")
_IN_ALL = ("trong", "trong số", "trong tổng số", "tách", "chia", "phân loại")
_BY_KIND = re.compile(r"[^,;.:()\d]*\stheo [^,;.:()\d]{2,30}\sthì\s")
_WAY = re.compile(r"\s(?:được |bị |đã )?(?P<way>[^\W\d_]+) [^\W\d_]+")  # "hồ sơ trả qua …": one verb, several ways
_AND = re.compile(r"[^,;:.()\d]*\svà\s(?:có\s)?")
_ENDS = re.compile(r"[^,;:.()\d\n]*(?:[;.\n]|$)")
_FEWEST, _MOST = 2, 14


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each such list of a paragraph."""
    told = [i for i in items if not i.mention.depth]
    sentences: dict[int, list[Item]] = {}
    for item in told:
        sentences.setdefault(item.mention.sentence, []).append(item)
    yield from _each_once(reading, told)
    yield from _due(reading, told)
    for sentence, listed in sentences.items():
        if _FEWEST <= len(listed) <= _MOST and all(i.base is None for i in listed):
            for place, whole in enumerate(listed[:-_FEWEST], 1):
                if whole.mention.before.endswith(_IN_ALL):
                    yield from _of_these(reading, whole, listed[place:])
            yield from _of_one_class(reading, sentence, listed, sentences.get(sentence - 1, []) + sentences.get(sentence - 2, []))


def _each_once(reading: Reading, told: list[Item]) -> Iterator[Claim]:
    """Each of so many is counted in one class: the classes that follow make them all."""
    if len(told) <= _FEWEST:
        return
    for match in _EACH_ONCE.finditer(reading.folded, told[0].end, told[-1].start):
        place = bisect_left(told, match.start(), key=lambda i: i.start)
        before, behind = told[max(0, place - 1) : place], [i for i in told[place : place + _MOST + 1] if i.start >= match.end()]
        behind = [i for i in behind if i.mention.sentence == behind[0].mention.sentence and compatible(i.unit, behind[0].unit)]
        if not before or before[0].base is not None or not _FEWEST <= len(behind) <= _MOST or any(i.base is not None for i in behind):
            continue
        whole, text = before[0], reading.folded[match.end() : behind[-1].end]
        counts_alike = (compatible(whole.unit, behind[0].unit) or match["who"] == whole.unit) and not COMPARED.search(text) and not AMONG.search(text) and not OVERLAPPING.search(text)
        closed = behind[0].mention.sentence - whole.mention.sentence <= 1 and not rest_uncounted(reading, behind[-1])
        if counts_alike and closed and near(total_of(behind), whole.value):
            yield sum_claim(whole.mention, behind, "equal", "breakdown.each_once")


def _due(reading: Reading, told: list[Item]) -> Iterator[Claim]:
    """What must be done is done or not: the same verb for the three."""
    for place in range(2, len(told)):
        whole, done, undone = told[place - 2 : place + 1]
        said, denied = _DONE.search(done.mention.before), _NOT_DONE.search(undone.mention.before)
        if said is None or denied is None or said["verb"] != denied["verb"] or undone.mention.sentence - whole.mention.sentence > 1:
            continue
        behind = [i for i in told[place + 1 : place + 2] if i.mention.sentence == undone.mention.sentence and compatible(i.unit, whole.unit)]
        if behind or _PERIOD.search(reading.folded, whole.end, undone.start) or AMONG.search(reading.folded, whole.end, undone.start):
            continue
        must = re.compile(rf"(?<!\w)(?:phải|cần|thuộc diện|được giao|yêu cầu) (?:được )?{re.escape(said['verb'])}(?!\w)")
        lead = f"{led_by(reading, None, whole, max(reading.sentences[whole.mention.sentence].start, whole.start - 60))} {whole.mention.after}"
        alike = whole.base is None and not done.shares and all(compatible(i.unit, whole.unit) for i in (done, undone))
        if alike and must.search(lead) and near(total_of([done, undone]), whole.value) and done.value <= whole.value:
            yield sum_claim(whole.mention, [done, undone], "equal", "breakdown.due")


def _of_these(reading: Reading, whole: Item, parts: list[Item]) -> Iterator[Claim]:
    """ "Trong 2.611 hồ sơ, 1.984 hồ sơ trả qua Cổng, 439 hồ sơ trả bằng thẻ và 198 hồ sơ trả tại quầy": all the ways of one verb;
    "trong 483 lượt có khiếu nại 39 lượt, tố cáo 11 lượt, loại khác 433 lượt"; "tách 81 hồ sơ theo lĩnh vực thì hộ tịch 50 hồ sơ, …"."""
    if len(parts) <= _FEWEST or not all(counted_alike(whole, i) and i.value < whole.value for i in parts):
        return
    text = reading.folded[whole.end : parts[-1].end]
    if COMPARED.search(text) or AMONG.search(text) or OVERLAPPING.search(text) or SHARED_MEMBERS.search(text) or re.search(r"[;:.()]\s", text):
        return
    ways = {told["way"] if (told := _WAY.match(reading.folded, i.mention.end)) else "" for i in parts}
    joined = _AND.fullmatch(reading.folded, parts[-2].end, parts[-1].start) is not None
    closed = len(ways) == 1 and "" not in ways and joined or ends_with_others(parts) or _BY_KIND.match(text) is not None
    amount = total_of(parts)
    if closed and not rest_uncounted(reading, parts[-1]) and _ENDS.match(reading.folded, parts[-1].end) and (close(amount, whole.value) or one_swap_makes(whole, parts)):
        yield sum_claim(whole.mention, parts, "equal", "breakdown.these")


def _of_one_class(reading: Reading, sentence: int, listed: list[Item], before: list[Item]) -> Iterator[Claim]:
    """A sentence that opens with the name of a class told before divides that class, where it tells all that may have become of
    it: what is settled first, what is not at the end."""
    start, end = reading.sentences[sentence]
    opened = _ONE_CLASS.match(reading.folded, start, end)
    if opened is None or opened.end() > listed[0].start:
        return
    first, last = (f"{led_by(reading, a, b, start)} {b.mention.after}" for a, b in ((None, listed[0]), (listed[-2], listed[-1])))
    if not _SETTLED.search(first) or not _OPEN.search(last) or len(listed) <= _FEWEST or rest_uncounted(reading, listed[-1]):
        return
    text = reading.folded[start:end]
    if _PERIOD.search(text) or AMONG.search(text) or COMPARED.search(text) or SHARED_MEMBERS.search(text) or _OPEN.search(first):
        return
    name = content(opened["name"])
    named = [i for i in before if name and name == content(i.mention.before) and i.base is None]
    if len({i.value for i in named}) != 1 or any(class_of(i.label, "timeliness") for i in listed):
        return
    whole = named[0]
    alike = len({i.unit for i in listed if i.unit}) == 1 and compatible(whole.unit, listed[0].unit)
    meant = near(total_of(listed), whole.value) or close(total_of(listed), whole.value) or one_swap_makes(whole, listed)
    if alike and meant and all(i.value < whole.value for i in listed):
        yield sum_claim(whole.mention, listed, "equal", "breakdown.class")
