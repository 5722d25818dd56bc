"""All there is to handle, told with what was carried over and what came in: "tồn kỳ trước 34, nhận mới 578, tổng phải giải quyết
621", "nhận mới 578 hồ sơ; cùng với 43 hồ sơ kỳ trước chuyển sang, số phải giải quyết là 621 hồ sơ", in whatever order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ..language import compatible
from ..model import Claim, Qualifier
from ..quantities import Reading
from .items import Item, content, near, one_swap_makes, sum_claim, total_of
from .runs import AMONG, COMPARED

_ALL = re.compile(r"(?<!\w)(?:tổng(?: số| cộng)?(?: (?:hồ sơ|hs|đơn|vụ|việc|vụ việc))?(?: tthc)?(?: (?:phải|cần) (?:giải quyết|xử lý|thi hành|thụ lý|theo dõi|làm)| phải| (?:đang )?có)?|(?:phải|cần) (?:giải quyết|xử lý|thi hành|thụ lý|theo dõi|làm))(?: trong (?:kỳ|quý|tháng|năm))?(?: này)?(?: là| có)?$")
_NAMED = r"(?:20\d\d|i{1,3}v?|iv|\d{1,2})(?:/20\d\d)?"
_CARRIED = re.compile(rf"(?<!\w)(?:tồn (?:từ )?(?:kỳ|năm|quý|tháng) (?:trước|ngoái|cũ)|tồn (?:đầu kỳ|cũ|trước)|(?:từ )?(?:kỳ|năm|quý|tháng) (?:(?:trước|ngoái)(?: (?:chuyển|mang) (?:sang|qua)| để lại| tồn)|{_NAMED} (?:chuyển|mang) (?:sang|qua))|cũ chuyển (?:sang|qua))(?!\w)")
_NEW = re.compile(r"(?<!\w)(?:(?:tiếp )?nhận mới|mới (?:được )?(?:tiếp )?nhận|thụ lý mới|mới thụ lý|phát sinh mới|(?:tiếp )?nhận trong (?:kỳ|quý|tháng|năm)|trong (?:kỳ|quý|tháng|năm)(?: này)? (?:đã )?(?:tiếp )?nhận|mới phát sinh|phát sinh trong (?:kỳ|quý|tháng|năm))(?!\w)")
_RECEIVED = re.compile(r"(?<!\w)(?<!bộ phận )tiếp nhận(?: được| là| trong (?:kỳ|quý|tháng|năm))*(?: là)?$")
_RECEIVED_IN_ALL = re.compile(r"(?<!\w)tổng (?:số )?(?:hồ sơ |hs |đơn )?(?:tthc )?(?:đã )?(?:tiếp nhận|nhận)(?: là)?$")
_SOME = re.compile(r"(?<!\w)(?:trực tuyến|trực tiếp|bưu chính|qua mạng|lĩnh vực|cấp|riêng|đúng hạn|quá hạn|chuyển đi|rút|trả lại)(?!\w)")
_FRAME = frozenset(["tồn", "kỳ", "chuyển", "mới", "tiếp", "nhận", "phát", "sinh", "thụ", "lý", "mang", "để", "tthc", "hành", "chính", "phải", "giải", "xử", "quyết", "trước", "ngoái", "sang", "qua", "từ", "năm", "quý", "tháng"])
_TO_BE_DONE = re.compile(r"(?<!\w)(?:phải|cần) (?:giải quyết|xử lý)$|(?<!\w)thành$")
_THREE = 3
# of a log: "Chuyển sang 64. Nhận 543 hồ sơ: mạng 377, …. Cộng phải làm 607."
_CARRIED_ON = re.compile(r"(?:từ (?:tháng|quý|kỳ) \w+ )?(?:chuyển sang|mang sang|sang|đầu (?:tháng|kỳ|quý)|tồn)(?: còn)?")
_TAKEN_IN = re.compile(r"(?:tiếp )?nhận(?: mới)?(?: được)?")
_TO_DO = re.compile(r"(?:cộng |tổng )?phải (?:làm|giải quyết|xử lý)")
_ADDED = re.compile(r"[-+*•a-zđ\d.)\s]*(?:cộng|cùng|tính|kể)(?: thêm| cả| với)* $")
_ADDED_ON = re.compile(r"(?:chuyển|mang) (?:sang|qua|tiếp)|tồn(?!\w)")
_BACK = 10  # paragraphs from what there is to handle to what came in
_LOG = (_CARRIED_ON, _TAKEN_IN, _TO_DO)


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each three figures, one after the other, of which one is carried over, one new, and one the two together."""
    told = [i for i in items if not i.mention.depth]
    place = 0
    while place + _THREE <= len(told):
        three = told[place : place + _THREE]
        made = _made(three) if _alike(reading, three) else None
        if made is None:
            place += 1
            continue
        whole, parts = made
        first, last = (bisect_left(items, i.start, key=lambda i: i.start) for i in (three[0], three[-1]))
        aside = [i for i in items[first:last] if i.mention.depth]  # "(trả lại 5 hồ sơ)"
        divided = any(total_of(aside) == part.value for part in parts)  # "(trực tuyến 1.961, trực tiếp 695)"
        if total_of(parts) == whole.value or (divided or not aside) and (near(total_of(parts), whole.value) or one_swap_makes(whole, parts)):
            yield sum_claim(whole.mention, parts, "equal", "breakdown.in_hand")
        place += _THREE
    yield from _logged(told)


def in_lines(reading: Reading, paragraphs: Sequence[Sequence[Item]]) -> Iterator[Claim]:
    """The same, each of the three the first figure of a line: "- Phải giải quyết 2.830 hồ sơ.", "+ Kỳ trước chuyển sang 53", "+ Tiếp nhận 2.777"."""
    firsts = [next((i for i in items if not i.mention.depth), None) if part.kind == "text" else None for items, part in zip(paragraphs, reading.paragraphs_read, strict=True)]
    for place in range(len(firsts) - _THREE + 1):
        three = [i for i in firsts[place : place + _THREE] if i is not None]
        made = _made(three) if len(three) == _THREE and all(compatible(i.unit, three[0].unit) for i in three) else None
        if made is not None and (near(total_of(made[1]), made[0].value) or one_swap_makes(*made)):
            yield sum_claim(made[0].mention, made[1], "equal", "breakdown.in_hand")


def added_to_the_new(reading: Reading, paragraphs: Sequence[Sequence[Item]]) -> Iterator[Claim]:
    """ "Năm 2024 tiếp nhận mới 10.482 hồ sơ. …" and in a paragraph behind it "Cộng 84 hồ sơ từ năm 2023 chuyển sang, phường phải giải quyết 10.566 hồ
    sơ": of any figure told before it with which it comes out, else of the one told to be new, where a slip lies between."""
    for index, items in enumerate(paragraphs):
        for carried, whole in zip(items, items[1:], strict=False):
            opens = _ADDED.fullmatch(reading.folded, reading.sentences[carried.mention.sentence].start, carried.start)
            alike = carried.mention.sentence == whole.mention.sentence and compatible(carried.unit, whole.unit)
            if not opens or not alike or not _ADDED_ON.search(reading.folded, carried.end, whole.start) or not _ALL.search(whole.mention.before):
                continue
            before = [i for told in (*reversed(paragraphs[max(0, index - _BACK) : index]), items) for i in told if i.end <= carried.start and i.base is None and i.unit == carried.unit != "" and i.value < whole.value]
            new = next((i for i in before if i.value + carried.value == whole.value), None)
            received = [i for i in before if role(i) == "new"]
            if new is None and len({i.value for i in received}) == 1 and (near(received[0].value + carried.value, whole.value) or one_swap_makes(whole, [received[0], carried])):
                new = received[0]
            if new is not None:
                yield sum_claim(whole.mention, [new, carried], "equal", "breakdown.in_hand")


def _made(three: list[Item]) -> tuple[Item, list[Item]] | None:
    """All there is, and what was carried over and came in, where the three are these."""
    roles = [role(i) for i in three]
    if sorted(roles) == ["carried", "new", "new"] and _RECEIVED_IN_ALL.search(three[0].mention.before) and three[0].value > max(i.value for i in three[1:]):
        roles[0] = "all"  # "tổng số hồ sơ tiếp nhận 4.800, gồm tiếp nhận mới 4.706 và kỳ trước chuyển sang 94"
    if sorted(roles) != ["all", "carried", "new"]:
        return None
    whole = three[roles.index("all")]
    return whole, [i for i in three if i is not whole]


def _logged(told: list[Item]) -> Iterator[Claim]:
    """The same in a log, each of the three the first figure of its sentence."""
    opening = [i for place, i in enumerate(told) if place == 0 or i.mention.sentence != told[place - 1].mention.sentence]
    for three in zip(opening, opening[1:], opening[2:], strict=False):
        alike = all(compatible(i.unit, three[0].unit) and i.base is None and i.mention.quantity.written.qualifier is Qualifier.EXACT for i in three)
        if alike and three[-1].mention.sentence - three[0].mention.sentence <= _THREE and all(p.fullmatch(i.mention.before) for p, i in zip(_LOG, three, strict=True)):
            *parts, whole = three
            if total_of(parts) == whole.value or near(total_of(parts), whole.value) or one_swap_makes(whole, parts):
                yield sum_claim(whole.mention, parts, "equal", "breakdown.in_hand")


def role(item: Item) -> str:
    """What the words around a figure say of it: "all", "carried", "new", "" where it is none of these or but some of them."""
    exact = item.mention.quantity.written.qualifier is Qualifier.EXACT and item.base is None and not item.aside
    words = item.mention.before
    narrower = content(_TO_BE_DONE.sub("", item.mention.after)) - content(item.unit) - _FRAME  # "43 hồ sơ đất đai", "50 đơn sau khi loại đơn trùng"
    if not exact or narrower or _SOME.search(item.label):
        return ""
    if _ALL.search(words) or words.endswith(("thành", "có", "tổng số")) and _ALL.search(item.mention.after):
        return "all"  # "thì tổng số phải giải quyết là 1.903", "nâng thành 621 hồ sơ phải giải quyết", "có 2.839 hồ sơ phải giải quyết"
    after = item.mention.after.removeprefix(item.unit).strip().removeprefix("của ")
    carried = _CARRIED.search(words) or _CARRIED.match(after) or _CARRIED.match(item.mention.after.partition(" ")[2])
    if carried:
        return "carried"
    return "new" if _NEW.search(item.label) or _RECEIVED.search(words) else ""


def _alike(reading: Reading, three: list[Item]) -> bool:
    """Do the three count alike, in one sentence, with no words between them that make one a part of another or of another period?"""
    between = reading.folded[three[0].end : three[-1].start]
    if role(three[0]) == "all" or _RECEIVED_IN_ALL.search(three[0].mention.before):
        between = AMONG.sub(" ", between, count=1)
    apart = COMPARED.search(_CARRIED.sub("", between)) or AMONG.search(between)
    return not apart and three[0].mention.sentence == three[-1].mention.sentence and all(compatible(i.unit, three[0].unit) for i in three)
