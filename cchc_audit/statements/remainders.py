"""What is said to remain: "còn", "còn lại", "số còn lại" after the done, or at the end of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..language import compatible, starting
from ..model import Claim, magnitude
from ..quantities import Reading
from .items import (
    Item,
    between,
    close,
    content,
    counted_alike,
    exact,
    led_by,
    near,
    one_swap_makes,
    sum_claim,
    total_of,
)
from .partitions import OVERLAPPING
from .runs import AMONG, INCLUDED

_REST = re.compile(r"(?<!\w)(?:số )?còn lại(?!\w)|^(?:hiện |chỉ |vẫn )?còn(?: \S+){0,3}$")
_OPENS_IN = re.compile(r"\W*trong (?:tổng )?(?:số )?\d")
_SO_MANY_LEFT = re.compile(r"\S+(?: \S+){0,4} còn lại")
_SEEN = 40  # figures before what remains that may be its whole
_LONG = 1000  # of shorter figures two neighbouring digits are swapped into a sum by chance
_SHORT = re.compile(r"(?:còn )?(?:thiếu|khuyết|hụt)$")
_MOST_CLASSES = 8
_TOLD = 3  # figures before what remains, of which one is the whole and one its first part
_ALL_OTHERS = re.compile(r"(?<!\w)(?:các|những) [^\W\d_]+(?: [^\W\d_]+){0,2} còn lại$")  # "các lĩnh vực còn lại 109"
_OPENS = re.compile(r"\W*(?:số )?còn lại(?!\w)|\W*số [^\W\d_]+(?: [^\W\d_]+)? còn lại(?!\w)")
_ALL_THE_REST = re.compile(starting("số") + r" (?:hồ sơ )?còn lại,?\s$")
_DONE = re.compile(r"(?<!\w)đã (?:giải quyết|xử lý|trả|hoàn thành)(?!\w)")
_BEING_DONE = re.compile(r"(?<!\w)đang (?:giải quyết|xử lý|trong hạn)(?!\w)")


def find(reading: Reading, items: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    """ "…, 22 nhiệm vụ còn lại đang làm": done + rest = total."""
    for place, rest in enumerate(items):
        if place and (short := _short_of(items[place - 1], rest)) is not None:
            yield short
        if rest.mention.depth or not _remains(reading, rest) or rest.base is not None and not (place and _of_one(items[place - 1], rest)):
            continue
        before = [
            i
            for i in items[max(0, place - _SEEN) : place]
            if i.mention.depth == rest.mention.depth and compatible(i.unit, rest.unit)
        ]
        claimed = None
        for back in range(len(before) - 1, -1, -1):
            parts = [*before[back + 1 :], rest]
            whole = before[back]
            if len(parts) >= 2 and total_of(parts) == whole.value:
                claimed = sum_claim(whole.mention, parts, "equal", "breakdown.rest")
                break
            if whole.base is not None and whole.value + rest.value == whole.base.value:
                claimed = sum_claim(whole.base, [whole, rest], "equal", "breakdown.rest")
                break
        if claimed is None:
            claimed = _ends_list(before, rest) or _opens_list(items, place, before)
        if claimed is None:
            for part in before:
                made = next((w for w in before if w is not part and w.value == part.value + rest.value), None)
                if made is not None and part.value:
                    claimed = sum_claim(made.mention, _all_told(reading, made, part, before, rest), "equal", "breakdown.rest")
                    break
        if claimed is None:
            for back in range(len(before) - 1, -1, -1):
                for whole in [w for w in earlier[:_SEEN] if w.unit == rest.unit or not w.unit]:
                    parts = [before[back], rest]
                    told = re.search(r"còn lại", rest.label) and before[back].value + rest.value == whole.value
                    if told or whole.unit and whole.value >= _LONG and close(total_of(parts), whole.value) and one_swap_makes(whole, parts):
                        claimed = sum_claim(whole.mention, [before[back], rest], "equal", "breakdown.rest")
                        break
                if claimed:
                    break
        if claimed is None:
            claimed = _closes_list(reading, items, place) or _still_pending(reading, items, place)
        if claimed is None and before:
            last = before[-1]
            if (
                last.fitted is not None
                and last.base is None
                and last.mention.sentence == rest.mention.sentence
                and (last.unit == rest.unit or counted_alike(last, rest))
                and ("còn lại" in rest.label or rest.mention.before.startswith("còn"))
            ):
                claimed = sum_claim(last.fitted, [last, rest], "equal", "breakdown.rest")
            elif (
                last.base is not None
                and last.mention.sentence == rest.mention.sentence
                and last.unit == rest.unit
            ):
                claimed = sum_claim(last.base, [*_of_same_base(before), rest], "equal", "breakdown.rest")
            elif (
                len(before) >= 2
                and _rest_of(before[-2], last, rest)
                and not (len(before) > 2 and _opens_in_whole(reading, rest))
                and not AMONG.search(between(reading, last.end, rest.start))
                and not INCLUDED.search(between(reading, before[-2].end, last.start))
            ):
                claimed = sum_claim(before[-2].mention, [last, rest], "equal", "breakdown.rest")
        if claimed is None and rest.unit not in {"hồ sơ", "đồng", ""}:
            here = [i for i in before if i.mention.sentence == rest.mention.sentence and i.base is None]
            more = [
                i
                for i in items[place + 1 : place + 1 + _SEEN]
                if i.mention.sentence == rest.mention.sentence and i.unit == rest.unit
            ]
            if (
                len(here) == 2
                and not more
                and re.search(r"(?<!\w)(?:đã|xong)(?!\w)", here[1].mention.before)
                and here[0].unit == here[1].unit == rest.unit
            ):
                claimed = sum_claim(here[0].mention, [here[1], rest], "equal", "breakdown.rest")
            elif len(here) == 1 and not more and _follows_up(before, here[0], rest):
                claimed = sum_claim(before[-2].mention, [here[0], rest], "equal", "breakdown.rest")
        if claimed is None:
            claimed = _closing_rest(reading, items, place) or _told_next(reading, before, rest)
        if claimed is not None and not _of_the_done(items, claimed, rest):
            yield claimed


def _all_told(reading: Reading, whole: Item, part: Item, before: list[Item], rest: Item) -> list[Item]:
    """The parts of a whole that one of them and the rest make: with "số còn lại" those told beside that one too, "125 người. Có 13 người
    vắng, 8 người hoãn; số còn lại 112 người" leaving these out."""
    told = [i for i in before if i.start > whole.start and i.unit == rest.unit != ""]
    beside = len(told) > 1 and all(i.mention.sentence == rest.mention.sentence and i.base is None and not OVERLAPPING.search(i.label) for i in told)
    sure = beside and whole.mention.sentence < rest.mention.sentence and "số còn lại" in rest.mention.before and not AMONG.search(reading.folded, whole.end, rest.start)
    return [*told, rest] if sure else [part, rest]


def _of_the_done(items: list[Item], claimed: Claim, rest: Item) -> bool:
    total, parts = claimed.by_role("total")[0], claimed.by_role("part")
    whole = next((i for i in items if i.mention.quantity.span == total.span), None)
    return whole is not None and pending_of_done(whole, rest) and not exact(total, parts)


def pending_of_done(whole: Item, rest: Item) -> bool:
    """ "Đã giải quyết 2.811 hồ sơ, trong đó đúng hạn 2.804, đạt 99,75%; còn 72 hồ sơ đang giải quyết": those remain of what was received, not of
    what is done."""
    return whole.base is None and _DONE.search(whole.label) is not None and _BEING_DONE.search(rest.label) is not None


def _remains(reading: Reading, rest: Item) -> bool:
    """Do the words around the figure say that it is what remains?"""
    told = _REST.search(rest.mention.before) or _SO_MANY_LEFT.match(rest.mention.after)
    return told is not None or _ALL_THE_REST.search(reading.folded, max(0, rest.start - 24), rest.start) is not None


def _ends_list(before: list[Item], rest: Item) -> Claim | None:
    """ "bầu 152 ủy viên, trong đó nữ 41; 71 đồng chí có bằng đại học, 52 trung cấp, 29 đồng chí còn lại chưa qua đào tạo": the classes told
    right before what remains make, with it, a figure told before them."""
    sentence = [i for i in before if i.mention.sentence == rest.mention.sentence]
    for count in range(2, min(len(sentence), _MOST_CLASSES) + 1):
        parts = [*sentence[-count:], rest]
        whole = next((i for i in reversed(before[:-count]) if i.value == total_of(parts) and i.unit == rest.unit), None)
        if whole is not None:
            return sum_claim(whole.mention, parts, "equal", "breakdown.rest")
    return None


def _opens_list(items: list[Item], place: int, before: list[Item]) -> Claim | None:
    """ "33 ý kiến trong tổng số 61 ý kiến về …; số còn lại là 17 ý kiến về … và 11 ý kiến về …": several make what remains."""
    rest = items[place]
    here = [i for i in before if i.mention.sentence == rest.mention.sentence][-_TOLD:]
    listed = [i for i in items[place : place + _MOST_CLASSES] if i.mention.sentence == rest.mention.sentence and i.unit == rest.unit and i.base is None]
    for count in range(len(listed), 1, -1):
        amount = total_of(listed[:count])
        for part in here:
            whole = next((w for w in here if w is not part and part.value and w.value == part.value + amount), None)
            if whole is not None:
                return sum_claim(whole.mention, [part, *listed[:count]], "equal", "breakdown.rest")
    return None


def _of_one(one: Item, other: Item) -> bool:
    """Are both n/m of one m? "8.598/9.007 cử tri …; còn 21.568/21.786 cử tri …" leaves nothing over."""
    return one.base is not None and other.base is not None and one.base.value == other.base.value


def _of_same_base(before: list[Item]) -> list[Item]:
    """The n/m before a remainder that are of one m: "29/44 xếp Tốt; 11/44 xếp Khá; còn 4 xếp Trung bình"."""
    last = before[-1]
    return [i for i in before if _of_one(i, last) and i.mention.sentence == last.mention.sentence]


def _short_of(fraction: Item, missing: Item) -> Claim | None:
    """ "bầu được 383/384 đại biểu (thiếu 1 đại biểu)": what n/m lacks."""
    inside = missing.mention.depth == fraction.mention.depth + 1 and missing.mention.sentence == fraction.mention.sentence
    if not inside or fraction.base is None or not _SHORT.fullmatch(missing.mention.before) or not compatible(missing.unit, fraction.unit):
        return None
    return sum_claim(fraction.base, [fraction, missing], "equal", "breakdown.rest")


def _opens_in_whole(reading: Reading, rest: Item) -> bool:
    """Does the sentence of what remains open with its whole: "Trong 46 vụ, đã xử phạt 41 vụ, …"?"""
    return _OPENS_IN.match(reading.folded, reading.sentences[rest.mention.sentence].start) is not None


def _closing_rest(reading: Reading, items: list[Item], place: int) -> Claim | None:
    """ "14 công trình …: 08 đã bàn giao, 04 đang thi công, số còn lại 03 công trình vướng mặt bằng": what is said to
    remain closes the list of its sentence, and the figure that opens the sentence is the whole; or a list that
    "trong đó" opens and that goes on over sentences ("8.916 hồ sơ. Trong đó chứng thực 6.240. Hộ tịch 1.377. Số còn
    lại, 1.229 hồ sơ, …"). "Trong 46 vụ, đã xử phạt 41 vụ, chuyển nơi khác 3 vụ, 2 vụ còn lại …" is such a list as well."""
    rest = items[place]
    opens = _opens_in_whole(reading, rest) and (_SO_MANY_LEFT.match(rest.mention.after) or _ALL_OTHERS.search(rest.mention.before)) is not None
    if not opens and "số còn lại" not in rest.mention.before and not _ALL_THE_REST.search(reading.folded, max(0, rest.start - 24), rest.start):
        return None
    before = [i for i in items[max(0, place - _SEEN) : place] if i.mention.depth == rest.mention.depth]
    here = [i for i in before if i.mention.sentence == rest.mention.sentence]
    headed = [k for k in range(1, len(here)) if ":" in reading.folded[here[k - 1].end : here[k].start]]
    here = here[headed[-1] - 1 :] if headed else here  # "phá 507/612 vụ; bắt 986 đối tượng: khởi tố 741, …"
    if len(here) < 3:
        opened = [k for k in range(1, len(before)) if AMONG.search(reading.folded, before[k - 1].end, before[k].start)]
        here = before[opened[-1] - 1 :] if opened else []
        if any(b.mention.sentence - a.mention.sentence > 1 for a, b in pairwise([*here, rest])):
            return None
    if len(here) < 3 or any(i.base is not None for i in (*here, rest)):
        return None
    whole, *parts = here
    listed = [*parts, rest]
    amount = total_of(listed)
    alike = all(compatible(i.unit, whole.unit) for i in listed) and whole.unit != ""
    return sum_claim(whole.mention, listed, "equal", "breakdown.rest") if near(amount, whole.value) and alike else None


def _told_next(reading: Reading, before: list[Item], rest: Item) -> Claim | None:
    """ "Kiểm tra 45 cơ sở, 34 cơ sở đạt yêu cầu. Số còn lại là 9 cơ sở …": the sentence before tells the whole and its other parts, or these
    alone behind a whole that ends its own sentence. Rates between them are of classes: "thụ lý 318 vụ, giải quyết 309 vụ, đạt 97,17%. Số còn
    lại là 17 vụ kinh doanh thương mại"."""
    if not _OPENS.match(reading.folded, reading.sentences[rest.mention.sentence].start) or rest.base is not None:
        return None
    here = rest.mention.sentence
    told = [i for i in before if i.mention.sentence == here - 1]
    if told and told[0].value < total_of(told[1:]) + rest.value / 2:  # the parts alone
        told = [*[i for i in before if i.mention.sentence == here - 2][-1:], *told]
    if len(told) < 2 or any(i.base is not None or not counted_alike(i, rest) for i in told) or any(OVERLAPPING.search(i.label) for i in told[1:]):
        return None
    whole, *parts = told
    listed = [*parts, rest]
    meant = whole.value > max(i.value for i in parts) and near(total_of(listed), whole.value)
    rated = "%" in reading.folded[whole.end : rest.start]
    if not meant or rated or AMONG.search(reading.folded, parts[0].end, rest.start) or _STANDS_SO.search(whole.mention.after):
        return None
    return sum_claim(whole.mention, listed, "equal", "breakdown.rest")


_LEFT = re.compile(r"(?<!\w)còn(?: lại| phải)?(?: là)?$")
_STANDS = re.compile(r"(?<!\w)(?:đã|đang|chưa|xong|có mặt|dự|vắng|hoãn|xin|nghỉ|không|được cấp|trả|chuyển)(?!\w)")
_STANDS_SO = re.compile(r"^[^,;]{0,20}(?<!\w)(?:đã|đang|chưa)(?!\w)")  # "45 phòng đã sửa": no whole
_NEAR = 8
_PARTS = 8


def _closes_list(reading: Reading, items: list[Item], place: int) -> Claim | None:
    """ "Có 325 thửa …. Đã trao giấy cho 268 thửa, đang đo lại 31 thửa, còn lại 26 thửa …": what each of the whole has come to,
    and what is left ends the list."""
    rest = items[place]
    if not _LEFT.search(rest.mention.before) or rest.base is not None:
        return None
    first = max(0, place - _PARTS)
    alike = [i for i in items[first:place] if counted_alike(i, rest) and i.mention.depth == rest.mention.depth]
    alike = [i for i in alike if rest.mention.sentence - i.mention.sentence <= 1]
    behind = next((i for i in items[place + 1 : place + 2] if i.mention.sentence == rest.mention.sentence and counted_alike(i, rest)), None)
    if len(alike) < 3 or any(i.base is not None for i in alike) or any(OVERLAPPING.search(i.label) for i in alike[1:]):
        return None
    if behind is not None and not AMONG.search(reading.folded, rest.end, behind.start):
        return None
    whole, *parts = alike
    if any(not _STANDS.search(f"{led_by(reading, a, b, a.end)} {b.mention.after}") for a, b in pairwise(alike)) or AMONG.search(reading.folded, parts[0].end, rest.start):
        return None
    if total_of(parts) == whole.value:
        return None  # "đã trả 3.462 hồ sơ, gồm 2.907 trả sớm, 541 đúng hạn và 14 trễ, còn 56 hồ sơ đang xem xét": of another whole
    off = magnitude(total_of([*parts, rest]) - whole.value)
    meant = _NEAR * off <= whole.value or one_swap_makes(whole, [*parts, rest])
    return sum_claim(whole.mention, [*parts, rest], "equal", "breakdown.rest") if meant and whole.value > max(i.value for i in parts) else None


_TAKEN_UP = re.compile(r"(?<!\w)(?:thụ lý|(?:phải|cần) (?:giải quyết|thi hành|xử lý))(?!\w)")
_SETTLED = re.compile(r"(?<!\w)(?:đã|giải quyết|thi hành)(?!\w)[^;]*")
_NEWER = re.compile(r"(?<!\w)(?:phát sinh|mới|khác)(?!\w)")
_PENDING = re.compile(r"^(?:hiện |số |và |chỉ )*(?:còn|tồn)(?: tồn| lại| phải(?: giải quyết| thi hành)?)?(?: đọng)?$")


def _still_pending(reading: Reading, items: list[Item], place: int) -> Claim | None:
    """ "thụ lý 6.218 vụ, đã giải quyết 5.209 vụ, đạt 83,77%. So với cùng kỳ …. Còn tồn 1.009 vụ": told sentences apart, with
    changes between them only."""
    rest = items[place]
    before = [i for i in items[max(0, place - 2) : place] if i.mention.depth == rest.mention.depth]
    behind = [i for i in items[place + 1 : place + 2] if i.unit == rest.unit and i.mention.sentence == rest.mention.sentence]
    if len(before) < 2 or not rest.unit or any(i.base is not None or i.unit != rest.unit for i in (*before, rest)) or not _PENDING.search(rest.mention.before):
        return None
    whole, done = before
    newer = _NEWER.search(rest.mention.after)
    told = not newer and _TAKEN_UP.search(whole.label) and _SETTLED.search(done.mention.before) and not _TAKEN_UP.search(done.mention.before)
    near = done.mention.sentence == whole.mention.sentence and rest.mention.sentence - done.mention.sentence <= 2
    if not told or not near or behind or whole.value < done.value or AMONG.search(reading.folded, whole.end, done.start):
        return None
    return sum_claim(whole.mention, [done, rest], "equal", "breakdown.rest")


def _rest_of(whole: Item, done: Item, rest: Item) -> bool:
    same_sentence = whole.mention.sentence == rest.mention.sentence
    nouns = {i.mention.after.partition(" ")[0] for i in (whole, done, rest)}
    narrower = content(rest.mention.before) - content(whole.label)  # "50 cháu mẫu giáo, …; số cháu nhà trẻ còn lại 22 cháu"
    return (
        same_sentence
        and "còn lại" in rest.label
        and whole.value > done.value
        and (whole.unit == rest.unit == done.unit or len(nouns) == 1 and "" not in nouns)
        and not narrower
        and not _STANDS_SO.search(whole.mention.after)
    )


def _follows_up(before: list[Item], done: Item, rest: Item) -> bool:
    """ "… có 84 đơn. Đến nay đã giải quyết xong 72 đơn, còn 12 đơn đang xem xét": the whole ends the sentence before."""
    whole = before[-2] if len(before) >= 2 else None
    if whole is None or before[-1] is not done or whole.mention.sentence != done.mention.sentence - 1:
        return False
    amount, told = done.value + rest.value, re.search(r"(?<!\w)(?:đã|xong)(?!\w)", done.mention.before)
    alike = whole.base is None and whole.unit == rest.unit and done.unit in {"", rest.unit} and rest.mention.before.startswith("còn")
    return told is not None and alike and 8 * max(amount - whole.value, whole.value - amount) <= whole.value
