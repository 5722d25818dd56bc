"""Where the total of a list is told: right before it, in the words that open it, in the sentence or paragraph before."""

from __future__ import annotations

import re
from bisect import bisect_left

from ..language import compatible
from ..model import Rational, magnitude
from ..quantities import Mention, Reading
from .items import LEAST, Item, content, near, one_swap_makes, same_units, total_of
from .partitions import OVERLAPPING, classes_of, shared_partition
from .runs import Run

SEVERAL = 3  # parts of a list whose opener goes on in words of its own
_DIVIDED_BY = re.compile(r"theo (?:quý|tháng|lĩnh vực|cấp|hình thức|cách|kênh)|(?:^|[.\n]|\w\))\W*(?:lĩnh vực|kênh(?: nộp)?|hình thức(?: nộp)?|cơ cấu) (?:của )?(?:số )?hồ sơ ")
_BACK = 60  # figures of its paragraph looked back at for the total a list names
_ON_AVERAGE = re.compile(r"(?<!\w)(?:bình quân|trung bình|mỗi)(?!\w)")
_DIVIDED = re.compile(r"(?:^|[.\n])\W*(?:nếu )?(?:chia|phân(?: chia| loại| tích)?|xét|tính|xếp)(?: ra)? theo [^:;.,\d]{2,40}?(?: thì|,)(?: có)?(?: [^:;.,\d]{1,40})? $")  # "Phân theo dạng sai sót thì 12 văn bản …"
_BARE_OPENER = re.compile(r"(?:^|[.\n])\W*(?:cơ cấu [^\d.;:,]{1,25} gồm|bao gồm|gồm(?: có)?|trong đó|cụ thể|chia ra|phân ra|phân loại(?: \w+)?(?=:)|chi tiết|số (?:này|đó|trên) (?:bao )?gồm|(?:[^\d.;:,]{1,40} )?toàn bộ (?:số )?(?:tiền |vốn |kinh phí )?(?:này|trên|nêu trên)(?=:))(?: là| như sau)?(?:\W*|:[^:;.\d]{0,60}(?:\d{1,2}:?\s?)?)$")
_OPENS_NAMED = re.compile(
    r"(?:^|[.\n])\W*(?:(?:bao gồm|gồm(?: có)?|trong đó|cụ thể)(?: là)?,?|(?:xét )?(?:về|theo|xét) (?:thành phần|cơ cấu|độ tuổi|lĩnh vực|hình thức|loại hình)[^:;.\d]{0,20}:) [^;.\d]{1,60}$"
    r"|(?:^|[.\n])\W*(?:chia|phân(?: chia| loại)?)(?: ra)? theo [^:;.\d]{2,40}: [^:;.\d]{1,60}:?\s?$"
    r"|(?:^|[.\n])\W*trong (?:số|sản lượng|kinh phí|diện tích|lượng)(?: [^\d.;:,]{1,30})? (?:trên|này|nói trên|nêu trên), [^:;.\d]{1,60}$"
    r"|(?<!\w)(?:lĩnh vực|nội dung|hình thức|nguyên nhân|nhóm|loại|đối tượng|mức)(?: cụ thể)?(?: như)? sau(?: đây)?: [^:;.\d]{1,60}$"
)  # "Cụ thể, Chư Sút: 2.958 hộ; …", "… về các lĩnh vực sau: đất đai 252 lượt; …"
_AMONG_THEM = re.compile(r"(?:^|[.\n])\W*trong đó,? [^;:.\d]{2,60}$")


def own_total(items: list[Item]) -> Mention | None:
    """The m that every figure of a list prints beside it: "thạc sĩ 02/21 người; đại học 18/21 người; …" divide 21."""
    bases = [i.base for i in items if i.base is not None]
    alike = len(bases) == len(items) >= 2 and len({b.value for b in bases}) == 1
    return bases[0] if alike else None


def whole_of(run: Run, total: Item) -> Item:
    """The figure a list divides: not the "ba xã" its colon follows but the dossiers of the three, told before."""
    found = shared_partition([i.label for i in run.items])
    if found is not None and found[0].of and not found[0].divides(total.unit):  # "237 cán bộ về 47 xã; trong đó, 45 Trưởng Công an xã, …"
        return next((i for i in reversed(run.alternates) if found[0].divides(i.unit)), total)
    if total.value == len(run.items) >= SEVERAL and all(i.unit != total.unit for i in run.items):  # "122 lượt người dự 5 lớp (tin học 17 lượt, …)"
        of_all = [i for i in run.alternates if i.mention.sentence == total.mention.sentence and i.unit and same_units(run.items, i.unit)]
        return of_all[0] if len(of_all) == 1 else total
    if len(run.items) < 2 or any(i.value <= total.value for i in run.items):
        return total
    amount = total_of(run.items)
    wholes = [
        i
        for i in reversed(run.alternates)
        if i.mention.sentence == total.mention.sentence
        and i.mention.depth == total.mention.depth
        and same_units(run.items, i.unit)
        and (4 * max(amount - i.value, i.value - amount) <= i.value or one_swap_makes(i, run.items))
    ]
    return wholes[0] if wholes else total


def prefix_making(reading: Reading, parts: list[Item], total: Rational) -> list[Item] | None:
    """The first two or more parts that make the total exactly, if the list may end there."""
    amount: Rational = 0
    for count, item in enumerate(parts, 1):
        amount += item.value
        if count >= 2 and amount == total:
            while count < len(parts) and parts[count].value == 0:  # stated zeros belong to the list
                count += 1
            if (
                count < len(parts)
                and ";" not in reading.folded[item.end : parts[count].start]
                and shared_partition([i.label for i in parts]) is not None
            ):
                continue  # the next item is one more class of the same division
            return parts[:count]
    return None


_YET = re.compile(r"(?<!\w)(?:phải|cần|đang|chưa|còn lại)(?!\w)")  # no number of what is done


def named_total(run: Run, paragraph: list[Item], earlier: list[Item]) -> Item | None:
    """The earlier figure that the words before a list name: "Trong số tiếp nhận mới có …", "số đã giải quyết gồm: …"."""
    lead = run.lead.rpartition(". ")[2]
    if run.opener not in {"equal", "among"} and not _DIVIDED_BY.search(lead):
        return None
    own = (
        content(
            re.sub(
                r"trong số|chia theo|phân theo|theo (?:lĩnh vực|quý|tháng|hình thức|kênh|cách|cấp)|trong (?:đó|các)|gồm|cụ thể",
                " ",
                lead,
            )
        )
        - run.items[0].words
    )
    verb = re.search(
        r"(đã giải quyết|giải quyết xong|đã trả|tiếp nhận mới|nhận mới|mới nhận|đang giải quyết|tiếp nhận|đã xử lý|thu về)",
        lead,
    )
    phrase = verb.group(1) if verb else ""
    place = bisect_left(paragraph, run.items[0].start, key=lambda i: i.start)
    told = [i for i in paragraph[max(0, place - _BACK) : place] if i.end <= run.items[0].start]
    before = [*reversed(told), *earlier]
    amount = total_of(run.items)
    made = next((i for i in before if phrase and phrase in i.label and i.value == amount and compatible(i.unit, run.items[0].unit)), None)
    if made is not None:
        return made
    called = next((i for i in before if not phrase and own and own <= i.words and i.value == amount >= LEAST and compatible(i.unit, run.items[0].unit)), None)
    if called is not None:
        return called
    for candidate in before:
        numerator = candidate.base is None or phrase and phrase in candidate.mention.before  # "đã giải quyết 2.259/2.317 hồ sơ"
        if not compatible(candidate.unit, run.items[0].unit) or candidate.value < run.items[0].value or not numerator:
            continue
        if phrase and phrase in candidate.label:
            return candidate
        if not phrase and own and own <= candidate.words:
            return candidate
    if phrase:
        words = content(phrase)
        for candidate in before:
            if (
                words
                and words <= candidate.words
                and not _YET.search(candidate.label)
                and compatible(candidate.unit, run.items[0].unit)
                and candidate.base is None
                and candidate.value >= run.items[0].value
            ):
                return candidate
    return None


_BY = re.compile(r"(?:^|[.\n])\W*(?:(?:xét|tính|phân|chia|cơ cấu)(?: ra)? )?(?:về|theo|cơ cấu) [^:;.\d]{2,40}: [^:;.\d]{1,60}:?\s?$")
ALL_PEOPLES = re.compile(r"(?<!\w)dân tộc(?! (?:thiểu số|ít người))(?!\w)")  # each person is of one of them
_ALL_OTHERS = re.compile(r"^(?:còn lại )?(?:là )?(?:các |những )?(?:[^\W\d_]+ ){0,3}(?:khác|còn lại)(?: là| có)?$")


def closed_by_others(listed: list[Item]) -> bool:
    """Does a list end with all others that it does not name: "…, các dân tộc khác 12"?"""
    return len(listed) >= SEVERAL and _ALL_OTHERS.search(listed[-1].mention.before) is not None


def told_before(reading: Reading, run: Run, paragraph: list[Item], earlier: list[Item]) -> Item | None:
    """The total of a sentence that only opens a list: "Ban hành 1.846 văn bản. Gồm: 612 quyết định, …"; the list may
    also open a new paragraph."""
    first = run.items[0]
    bare = _BARE_OPENER.search(run.lead) is not None
    two = len(run.items) == 2 and _AMONG_THEM.search(run.lead) is not None
    closed = closed_by_others(run.items) and _BY.search(run.lead) is not None
    divided = len(run.items) >= SEVERAL and _DIVIDED.search(run.lead) is not None
    amount = total_of(i for i in run.items if compatible(i.unit, first.unit))
    if not bare and not two and not closed and not divided and not (len(run.items) >= SEVERAL and _OPENS_NAMED.search(run.lead)):
        return None
    sentence = first.mention.sentence
    low, high = (
        bisect_left(paragraph, s, key=lambda i: i.mention.sentence) for s in (sentence - 1, sentence)
    )
    told = paragraph[low:high]
    if paragraph[0] is first and earlier and first.mention.paragraph - earlier[0].mention.paragraph <= 2:
        told = [i for i in earlier if i.mention.sentence == earlier[0].mention.sentence]
        if bare and max(i.value for i in told) < first.value:
            told = [i for i in earlier if i.mention.paragraph == earlier[0].mention.paragraph]
    before = [i for i in told if i.mention.depth == first.mention.depth and compatible(i.unit, first.unit) and not _ON_AVERAGE.search(i.label)]
    if divided:
        likely = [i for i in before if i.unit == first.unit != "" and i.base is None and near(amount, i.value)]
        return next((i for i in likely if i.value == amount), likely[-1]) if likely else None
    if bare:
        before = [i for i in before if i.value >= max(p.value for p in run.items)] or before  # "đạt 100%. Có 5/5 tổ …\nChia ra: tổ 1: 612, …"
    if bare and len({i.value for i in before}) == 1:
        return before[0]
    if two:  # "Tổng số biên chế giảm 271 chỉ tiêu. Trong đó, biên chế công chức là 110 chỉ tiêu, biên chế sự nghiệp là 161"
        named = len(before) == 1 and first.unit == before[0].unit and all(i.words & before[0].words for i in run.items)
        return before[0] if named and before[0].mention.group == first.mention.group else None
    if closed:
        likely = [i for i in before if (near(amount, i.value) if ALL_PEOPLES.search(run.lead) else i.value == amount or one_swap_makes(i, run.items) and not _of_a_class(i))]
        return likely[0] if len({i.value for i in likely}) == 1 else None
    if any(total_of(run.items[::step]) == i.value for i in before for step in (2, 3)):
        return None  # "phòng A xử lý 214 hồ sơ, còn 21 hồ sơ; phòng B …": every second of them
    off = 50 if bare else 25
    fitting = [i for i in before if off * magnitude(amount - i.value) <= i.value and (bare or first.unit or i.value == amount or one_swap_makes(i, run.items))]
    fitting = fitting or [i for i in before if len(told) == 1 and near(amount, i.value) and one_swap_makes(i, run.items)]  # the only figure of the line above
    fitting = fitting or [i for i in before if i.value >= LEAST and len(prefix_making(reading, run.items, i.value) or ()) >= SEVERAL]  # another list follows
    return fitting[0] if len({i.value for i in fitting}) == 1 else None


def _of_a_class(item: Item) -> bool:
    """ "nữ 31 người, đảng viên 30 người. Về trình độ: …": is it of some of the whole only?"""
    return OVERLAPPING.search(item.label) is not None or bool(classes_of(item.label))
