"""Sums that one slip of the typist keeps from closing: "đã nhận 1.462 hồ sơ; trong đó nộp trực tuyến 1.287, nộp tại quầy 346, qua bưu chính 09".

Nothing but their places says that the figures are a whole and its parts: all those of one sentence, the whole before or behind them, or in the
sentence next to it. What such figures come to is, by chance, hardly ever the whole with two neighbouring digits turned, so where it is, and
nothing else explains the figures, it is held against the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from ..language import compatible
from ..model import Claim, Kind, Qualifier, Span, magnitude
from ..number_words import word_value
from ..quantities import Reading
from .items import (
    TURNS,
    Item,
    comes_out,
    counted_alike,
    exact,
    near,
    one_slip_makes,
    one_swap_makes,
    sum_claim,
    total_of,
)
from .partitions import COURSE, OVERLAPPING, SHARED_MEMBERS
from .pool import mistyped
from .runs import AMONG, shape_of

_LEAST = 100  # of less two digits turned are too often chance
_LEAST_TOTALLED = 10  # a smaller total is one slip from anything, also behind a word of adding
_BACK = 24  # figures before a total that it may add up
_AFTERWORD = 120  # characters behind a list in which its overlaps may be told
_MANY = 1000  # of less, where two figures are told to be all of it, any other slip is
_LEAST_PART = 20  # of figures told in turn with others
_FEWEST, _MOST = 2, 12  # parts
_SEVERAL = 4  # parts that a word of adding right behind them leaves no doubt about
_FAR = 8  # a list no word opens is off by no more than an eighth
_SUBSETS = 8  # parts of which every choice is tried
_ADDED_UP = re.compile(r"(?<!\w)(?:tổng|cộng|tất cả|cả|gộp|như vậy|toàn bộ|vị chi|(?:nói|kể|nêu) trên|này|trên)(?!\w)")
_LISTED = re.compile(r"(?<!\w)(?:gồm(?: có)?|chia ra|cụ thể(?: là)?|tách ra|phân ra)(?: là| như sau)?[:,]?\s[^;.\d]*$|:\s[^;.\d]*$")
_ALL_OF_THEM = re.compile(r"(?<!\w)(?:tổng cộng|cộng lại|cộng cả|cộng chung|tính chung|gộp lại|cả thảy|vị chi|tất cả)(?!\w)[^;.\d]*$|^cộng(?!\w)")
_TOTALLED = re.compile(r"(?:^|(?<=[,;.:(]\s)|(?<=\n))(?:tổng(?: cộng| số)?|cộng(?: lại| chung| gộp)?|cả (?:năm|quý|kỳ|đợt|tháng(?: \d{1,2})?)|tất cả|vị chi|cả thảy|tính chung|(?:tính |gộp |cả )+\d{1,2} tháng|như vậy,? (?:toàn|cả) (?:xã|phường|thị trấn))(?![^,;:.]{0,40}(?<!\w)(?:đạt|xong|kiểm tra|giải quyết)(?!\w))[^,;.()\d]{0,80}(?::\s?)?$")  # "…; tổng diện tích 2.089 ha"
_ADDING_OPENS = re.compile(r"\W*(?:(?:tính |gộp |cộng )(?:chung|lại|gộp)|tổng cộng|cộng)(?: cả [^,;.:()\d]{1,30})?, ")
_LEAD = 110  # characters before a whole that say it adds up
_SIZED = re.compile(r",? (?:bằng|đạt|chiếm|tăng|giảm|vượt)(?: [^\W\d]+){0,2} \d")  # what is said of a whole: "…, bằng 100,2% kế hoạch"
_ALL_OTHERS = re.compile(r"(?<!\w)(?:lĩnh vực|loại|nhóm|nội dung|việc|thứ|nguồn|hình thức|nơi|đối tượng|các) (?:\w+ )?khác$")
_NO_TRAIT = re.compile(r"nhiều nhất|cấp lần đầu|đoàn viên|dân tộc thiểu số|đảng viên(?= (?:chính thức|dự bị))")  # each is in one class only
_SO_MANY = re.compile(r"(?<!\w)(?:cả|cộng|gộp|tính chung|chung)(?: lại)?(?: cả)? (hai|ba|bốn|năm|sáu|bảy|tám) [^\W\d]+(?: [^\W\d]+)?(?: (?:trên|này|nói trên))?(?=[, ])")
_OPENED = re.compile(r"(?<!\w)(?:gồm|trong (?:số )?đó|chia|cụ thể|đã)(?!\w)|[:(]\s?$")
_COMPARED = re.compile(r"(?<!\w)(?:cùng kỳ|so với|(?:năm|quý|tháng|kỳ|đợt) (?:trước|ngoái)|kế hoạch|chỉ tiêu|dự toán|định mức|từ \d|xuống|bình quân|trung bình|mỗi|đồng thời|lũy kế|cộng dồn|giỏi|tiêu biểu|riêng)(?!\w)")


class _Sum(NamedTuple):
    """A whole, its parts, and whether it stands behind them."""

    whole: Item
    parts: list[Item]
    behind: bool


def find(reading: Reading, paragraphs: Sequence[Sequence[Item]], told: Iterable[Claim]) -> Iterator[Claim]:
    """A breakdown for each such sum whose whole and parts no claim `told` holds together."""
    made = [c for c in told if c.kind is Kind.BREAKDOWN and len(c.by_role("total")) == 1]
    closing = [c for c in made if exact(c.by_role("total")[0], c.by_role("part"))]
    wholes = {c.by_role("total")[0].span for c in made}
    joined = [{t.span for t in c.terms} for c in closing]
    for one in _over_lines(reading, paragraphs):
        if one.whole.mention.quantity.span not in wholes and _meant(reading, one, [one.whole, *one.parts]) and not _explained(one, joined):
            yield sum_claim(one.whole.mention, one.parts, "equal", "breakdown.slipped")
    for index, items in enumerate(paragraphs):
        if reading.paragraphs_read[index].kind != "text":
            continue
        above = paragraphs[index - 1] if index and reading.paragraphs_read[index - 1].kind == "text" else []
        for one in _totalled_anywhere(reading, items, above):
            if (one.whole.mention.quantity.span not in wholes and not _explained(one, joined)) and _meant(reading, one, items):
                yield sum_claim(one.whole.mention, one.parts, "equal", "breakdown.slipped")
        if len(items) > _FEWEST:
            for one in _sums(reading, items):
                again = not one.behind and _ALL_OTHERS.search(one.parts[-1].mention.before)  # a list that leaves nothing out may divide it once more
                loose = (again or one.whole.mention.quantity.span not in wholes) and not _explained(one, joined)
                if (loose or _every(reading, one)) and _meant(reading, one, items):
                    yield sum_claim(one.whole.mention, one.parts, "equal", "breakdown.slipped")
                    break


def _totalled_anywhere(reading: Reading, items: Sequence[Item], above: Sequence[Item]) -> Iterator[_Sum]:
    """The figures told before one whose clause opens with a word of adding: those of its sentence, else of the sentence before it, else, where it
    opens the paragraph, of the one above."""
    for place, whole in enumerate(items):
        if not _plain(whole) or not _opens_with_adding(reading, whole):
            continue
        told = items[max(0, place - _BACK) : place]
        here = [i for i in told if i.mention.sentence == whole.mention.sentence]
        before = [i for i in told if i.mention.sentence == whole.mention.sentence - 1]
        bracketed = [i for i in here if i.mention.group == here[-1].mention.group != -1]  # "3 vụ (85 triệu, 240 triệu, 18 triệu), tổng thiệt hại 343 triệu đồng"
        parts = bracketed if len(bracketed) >= _FEWEST else here if len(here) >= _FEWEST else before if not here and before else above if not place else []
        parts = [i for i in parts if compatible(i.unit, whole.unit) and (whole.unit or counted_alike(i, whole))]
        if len(parts) >= _FEWEST and all(_plain(i, parts[0].mention.depth if len(bracketed) >= _FEWEST else 0) for i in parts):
            yield _Sum(whole, parts, behind=True)


def _sums(reading: Reading, items: Sequence[Item]) -> Iterator[_Sum]:
    """The figures of each sentence as parts of its first or last one, or of one of the sentence beside it."""
    sentences: dict[int, list[Item]] = {}
    for item in items:
        if _plain(item):
            sentences.setdefault(item.mention.turn, []).append(item)
    for sentence, listed in sentences.items():
        if len(listed) > _FEWEST:
            yield _Sum(listed[0], listed[1:], behind=False)
            yield _Sum(listed[-1], listed[:-1], behind=True)
        if len(listed) >= _FEWEST and (before := sentences.get(sentence - 1)):
            yield _Sum(before[-1], listed, behind=False)
        opening = next(iter(sentences.values()))[0]  # "1.045 phản ánh …. Đã xử lý …. Nhóm vệ sinh 436, trật tự 351, …, lĩnh vực khác 74"
        if len(listed) > _FEWEST and _ALL_OTHERS.search(listed[-1].mention.before) and opening.mention.turn < sentence - 1:
            yield _Sum(opening, listed, behind=False)
        if len(listed) >= _FEWEST and (after := sentences.get(sentence + 1)):
            yield _Sum(after[0], listed, behind=True)
        yield from _of_each_kind(reading, listed, sentences.get(sentence - 1, []), sentences.get(sentence + 1, []))


def _of_each_kind(reading: Reading, listed: Sequence[Item], before: Sequence[Item], after: Sequence[Item]) -> Iterator[_Sum]:
    """ "giao 26.250 triệu đồng, giải ngân 22.181 triệu đồng. Cụ thể … giao 15.600, giải ngân 12.948; … giao 7.400, giải ngân 6.348", "lúa mùa 312 ha,
    năng suất 46,5 tạ/ha, sản lượng 1.450,8 tấn; …": of figures of several kinds in turn those of one unit, or behind one word, each."""
    for kind in (_unit, _last_word):
        kinds: dict[str, list[Item]] = {}
        for item in listed:
            kinds.setdefault(kind(item), []).append(item)
        for name, alike in kinds.items():
            if not name or len(alike) == len(listed):
                continue
            wholes = [i for i in before if kind(i) == name]
            closing = [i for i in after if kind(i) == name]
            if len(alike) > _FEWEST and not _two_of_some(reading, alike[0], alike[1:]):
                yield _Sum(alike[0], alike[1:], behind=False)
            if len(alike) >= _FEWEST and wholes and not _two_of_some(reading, wholes[-1], alike):
                yield _Sum(wholes[-1], alike, behind=False)
            if len(alike) >= _FEWEST and closing and min(i.value for i in alike) >= _LEAST_PART:
                yield _Sum(closing[0], alike, behind=True)


def _two_of_some(reading: Reading, whole: Item, parts: Sequence[Item]) -> bool:
    """Are they only two, small or told as some of the whole? By chance one slip makes two such figures of any."""
    return len(parts) == _FEWEST and (min(i.value for i in parts) < _LEAST_PART or AMONG.search(reading.folded, whole.end, parts[0].start) is not None)


def _unit(item: Item) -> str:
    return item.unit


def _last_word(item: Item) -> str:
    return item.mention.before.rpartition(" ")[2]


def _over_lines(reading: Reading, paragraphs: Sequence[Sequence[Item]]) -> Iterator[_Sum]:
    """The lines of one list, a figure in each, as parts of the last figure of the line above them."""
    index = 1
    while index < len(paragraphs):
        last = index
        while last < len(paragraphs) and len(paragraphs[last]) == 1 and _plain(paragraphs[last][0]) and _mark(reading, last) == _mark(reading, index) != "":
            last += 1
        above = [i for i in paragraphs[index - 1] if _plain(i)]
        if last - index > _FEWEST and above and _mark(reading, index - 1) != _mark(reading, index):
            yield _Sum(above[-1], [lines[0] for lines in paragraphs[index:last]], behind=False)
        index = max(last, index + 1)


def _mark(reading: Reading, index: int) -> str:
    return shape_of(reading.paragraphs_read[index].marker)


def _plain(item: Item, depth: int = 0) -> bool:
    return item.mention.depth == depth and item.base is None and not item.aside and not item.mention.quantity.word and item.mention.quantity.written.qualifier is Qualifier.EXACT


def _meant(reading: Reading, one: _Sum, items: Sequence[Item]) -> bool:
    """Do the figures come near the whole, to just what it is with two digits turned, and does nothing else printed come to either?"""
    whole, parts = one.whole, one.parts
    if whole.value < _LEAST_TOTALLED or not _FEWEST <= len(parts) <= _MOST or not _alike(whole, parts):
        return False
    amount = total_of(parts)
    sure = one.behind and len(parts) >= _SEVERAL and _totalled(reading, one)
    if amount == whole.value or not near(amount, whole.value) and not sure:
        return False
    lead = reading.folded[max(reading.sentences[whole.mention.sentence].start, whole.start - _LEAD) : whole.start] if one.behind else ""
    told = _ALL_OF_THEM.search(whole.mention.before) or _ADDING_OPENS.match(lead) if one.behind else _LISTED.search(reading.folded, whole.end, parts[0].start)
    turned = whole.value >= _LEAST and one_swap_makes(whole, parts)
    every = _every(reading, one) or one.behind and _totalled(reading, one) and one_slip_makes(whole, parts)
    if not turned and not every and not (told and whole.value >= (_LEAST if len(parts) > _FEWEST else _MANY) and any(i.value % 10 for i in parts) and _one_digit_makes(whole, parts)):
        return False
    last = whole if one.behind else parts[-1]
    end = reading.sentences[max(whole, parts[-1], key=lambda i: i.start).mention.sentence].end
    behind = "" if one.behind and _opens_with_adding(reading, whole) else _SIZED.split(reading.folded[last.end : end])[0]
    if SHARED_MEMBERS.search(reading.folded, parts[0].start, min(end, last.end + _AFTERWORD)):
        return False  # "tính chung hai đợt là 390 người do có 11 người tiêm cả hai đợt"
    said = _said_of(reading, one) + behind
    if len(parts) == _FEWEST and AMONG.search(reading.folded, whole.end, parts[0].start) and _COMPARED.search(reading.folded, whole.end, parts[0].start):
        return False  # "thu 11.174 tỷ đồng, …. Trong đó thu nội địa 9.723 tỷ đồng, thu hải quan 1.442 tỷ đồng": some of it
    if AMONG.search(reading.folded, parts[0].end, parts[-1].start):
        return False  # "940 hồ sơ, trả đúng hạn 902 hồ sơ; trong đó 83 hồ sơ chưa số hóa"
    if any(i.fitted is other.mention for i in parts for other in parts):
        return False  # "hộ cận nghèo 715 hộ; hộ đồng bào dân tộc thiểu số 699 hộ, bằng 97,8% hộ cận nghèo"
    course = COURSE if whole.unit in TURNS and one.behind else _NO_TRAIT  # "cao cấp lý luận 1, bồi dưỡng chuyên viên 6; cộng 35 lượt người"
    traits = {frozenset(OVERLAPPING.findall(course.sub("", _NO_TRAIT.sub("", i.label)))) for i in parts}
    if len(traits) > 1 or not traits >= {frozenset(OVERLAPPING.findall(_NO_TRAIT.sub("", whole.label)))} - {frozenset()} or _COMPARED.search(said) or SHARED_MEMBERS.search(said):
        return False
    if _FAR * magnitude(amount - whole.value) > whole.value and not sure and not _OPENED.search(reading.folded, whole.end, parts[0].start):
        return False
    if one.behind and not every and not _ADDING_OPENS.match(lead) and not _ADDED_UP.search(f"{whole.mention.before} {reading.folded[whole.mention.quantity.span.end : whole.end + 40]}"):
        return False
    figures = {m.value for i in items for m in (i.mention, i.base) if m is not None}
    return amount not in figures and (every or not _some_make(parts, whole)) and not _of_one_list(whole, parts)


def _said_of(reading: Reading, one: _Sum) -> str:
    """The words of the whole and its parts. What else its own sentence says of a whole is not said of parts in the next: "438,7 tỷ đồng, tăng
    10,2% so với năm 2022. Trong đó nông nghiệp …"."""
    start, end = one.parts[0].start, one.parts[-1].end
    if one.behind:
        return reading.folded[start : one.whole.end]
    if one.whole.mention.sentence == one.parts[0].mention.sentence:
        return reading.folded[one.whole.start : end]
    return f"{one.whole.mention.after}. {reading.folded[reading.sentences[one.parts[0].mention.sentence].start : end]}"


def _totalled(reading: Reading, one: _Sum) -> bool:
    """ "lúa 478 ha, sắn 282 ha, lạc 843 ha; tổng diện tích 1.603 ha": does the clause of the whole open with a word of adding, right behind three
    figures or more, or two large ones?"""
    return _opens_with_adding(reading, one.whole) and one.whole.value >= (_LEAST_TOTALLED if len(one.parts) > _FEWEST else _LEAST)


def _opens_with_adding(reading: Reading, whole: Item) -> bool:
    start = reading.paragraphs_read[whole.mention.paragraph].span.start
    return _TOTALLED.search(reading.folded[max(start, whole.start - _LEAD) : whole.start]) is not None


def _every(reading: Reading, one: _Sum) -> bool:
    """ "Cộng cả ba hình thức, 10 tháng qua phường tiếp 230 lượt": is the whole said to add up just so many figures?"""
    lead = reading.folded[reading.sentences[one.whole.mention.sentence].start : one.whole.start]
    so_many = _SO_MANY.search(lead) if one.behind else None
    return so_many is not None and word_value(so_many[1]) == len(one.parts)


def _one_digit_makes(whole: Item, parts: list[Item]) -> bool:
    """Would they add up if one digit of one figure was another?"""
    off = total_of(parts) - whole.value
    return mistyped(whole.value + off, whole.value) or any(i.value > off and mistyped(i.value - off, i.value) for i in parts)


def _alike(whole: Item, parts: list[Item]) -> bool:
    """Are all counted in one unit, or those that name none by nothing else?"""
    units = {i.unit for i in parts if i.unit}
    alike = len(units) <= 1 and all(compatible(i.unit, whole.unit) and counted_alike(i, whole) for i in parts)
    return alike or units | {whole.unit} <= TURNS


def _some_make(parts: list[Item], whole: Item) -> bool:
    """Do some of the parts alone make the whole?"""
    sizes = range(_FEWEST, len(parts)) if len(parts) <= _SUBSETS else ()
    return any(total_of(some) == whole.value for size in sizes for some in combinations(parts, size))


def _of_one_list(whole: Item, parts: list[Item]) -> bool:
    """ "rất hài lòng 186 (53,9%), hài lòng 141 (40,9%), …": do they all have a share, and the first its own?"""
    return bool(whole.shares) and all(i.shares for i in parts) and not any(comes_out(i.value, whole.value, i.shares[0].quantity.written) for i in parts)


def _explained(one: _Sum, joined: list[set[Span | None]]) -> bool:
    """Do two of these figures stand together in a sum that closes?"""
    spans = {i.mention.quantity.span for i in (one.whole, *one.parts)}
    return any(len(spans & terms) > 1 for terms in joined)
