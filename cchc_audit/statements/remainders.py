"""What is said to remain: "còn", "còn lại", "số còn lại" after the done, or at the end of a list.

Of the figures told before it, those are its whole and the parts beside it that come out with it; else those that the words name
(`remaining`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..language import compatible
from ..model import Claim, Kind
from ..quantities import Reading
from .items import (
    LEAST,
    Item,
    claim,
    close,
    collapsed,
    counted_alike,
    exact,
    one_slip_makes,
    one_swap_makes,
    sum_claim,
    term,
    total_of,
)
from .partitions import OVERLAPPING, class_of
from .remaining import (
    Remaining,
    all_the_rest,
    closes_list,
    closes_sentence,
    done_of_whole,
    done_right_before,
    of_one,
    opens_sentence,
    so_many_left,
    still_pending,
)
from .runs import AMONG

_REST = re.compile(r"(?<!\w)(?:số )?còn lại(?!\w)|^(?:hiện |chỉ |vẫn )?còn(?: \S+){0,3}$")
_OTHER_BODY = re.compile(r"(?<!\w)(?:khu|xã|phường|thôn|bản|ấp|tổ|đơn vị|điểm|trường|cơ sở|bên|nơi|đội|nhóm|ca|buổi|ngày|tháng|quý|đợt)(?: [^\W\d]+)? còn lại [^\W\d]")  # "khu còn lại sử dụng 1.260 lao động"
_TO_REACH = re.compile(r"(?: [^\W\d]+){0,3} (?:mới|để|thì mới) đạt(?!\w)")  # "chỉ tiêu 95%, còn thiếu 107 người mới đạt"
_MEAN = re.compile(r"(?<!\w)(?:trung bình cộng|bình quân)(?!\w)")  # "…, còn trung bình cộng ba tỷ lệ là 101%"
_SHORT = re.compile(r"(?:còn )?(?:thiếu|khuyết|hụt)$")
_DONE = re.compile(r"(?<!\w)đã (?:giải quyết|xử lý|trả|hoàn thành)(?!\w)")
_BEING_DONE = re.compile(r"(?<!\w)đang (?:giải quyết|xử lý|trong hạn)(?!\w)")
_SETTLED = re.compile(r"(?<!\w)(?:đã(?: [^\W\d]+){0,4}|chi|xong|giải ngân|thực hiện|hoàn thành|được miễn(?: [^\W\d]+){0,3})$")
_NEWER = re.compile(r"(?<!\w)(?:phát sinh|mới(?! hoàn thành| đạt| đủ))(?!\w)")  # "Còn 5 kiến nghị phát sinh sau kỳ họp": none of those before
_ALL_THERE_IS = re.compile(r"(?<!\w)(?:toàn|tổng|phải|được (?:cấp|giao))(?!\w)")
_SEEN = 40  # figures before what remains that may be its whole
_LONG = 1000  # of shorter figures two neighbouring digits are swapped into a sum by chance
_MOST_CLASSES = 8
_TOLD = 3  # figures before what remains, of which one is the whole and one its first part


def find(reading: Reading, items: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    """ "…, 22 nhiệm vụ còn lại đang làm": done + rest = total."""
    for place, rest in enumerate(items):
        if place and (short := _short_of(items[place - 1], rest)) is not None:
            yield short
        if rest.mention.depth or not _remains(reading, rest) or rest.base is not None and not (place and of_one(items[place - 1], rest)):
            continue
        before = [i for i in items[max(0, place - _SEEN) : place] if i.mention.depth == rest.mention.depth and compatible(i.unit, rest.unit)]
        told = Remaining(reading, items, place, before, earlier[:_SEEN])
        claimed = next((c for read in _READERS if (c := read(told)) is not None), None)
        if claimed is not None and not _of_the_done(items[max(0, place - _SEEN) : place], claimed, rest) and not _of_earlier(told, claimed):
            yield claimed


def pending_of_done(whole: Item, rest: Item) -> bool:
    """ "Đã giải quyết 2.811 hồ sơ, trong đó đúng hạn 2.804, đạt 99,75%; còn 72 hồ sơ đang giải quyết": those remain of what was received, not of
    what is done."""
    return whole.base is None and _DONE.search(whole.label) is not None and _BEING_DONE.search(rest.label) is not None


def _remains(reading: Reading, rest: Item) -> bool:
    """Do the words around the figure say that it is what remains?"""
    if "thiếu" in rest.mention.before and _TO_REACH.match(reading.folded, rest.mention.end) or _OTHER_BODY.search(rest.mention.before) or _MEAN.search(rest.mention.before):
        return False
    return _REST.search(rest.mention.before) is not None or so_many_left(rest) or all_the_rest(reading, rest)


def _of_the_done(items: list[Item], claimed: Claim, rest: Item) -> bool:
    total, parts = claimed.by_role("total")[0], claimed.by_role("part")
    base = next((i.base for i in items if i.base is not None and i.base.quantity.span == total.span), None)
    if base is not None and _DONE.search(base.after) and _BEING_DONE.search(rest.label):
        return not exact(total, parts)  # "1.759/1.784 hồ sơ đã giải quyết; còn 78 hồ sơ đang giải quyết"
    whole = next((i for i in items if i.mention.quantity.span == total.span), None)
    return whole is not None and pending_of_done(whole, rest) and not exact(total, parts)


def _of_earlier(told: Remaining, claimed: Claim) -> bool:
    """ "Phải giải quyết 2.470 hồ sơ: kỳ trước 54, nhận mới 2.416." and in the next paragraph "Đã giải quyết 2.399 hồ sơ, trước và đúng hạn 2.390; còn 71
    hồ sơ": does what remains fail a figure with its parts, and make with one told before another, or the figure with what was carried over?"""
    total, parts = claimed.by_role("total")[0], claimed.by_role("part")
    if exact(total, parts) or total.written is None:
        return False
    earlier = [i for i in told.earlier if i.unit == told.rest.unit]
    carried = [i.value for i in (*told.before, *earlier) if class_of(i.label, "intake") == "carried"]
    wholes = {i.value for i in earlier if i.value >= LEAST} | {total.written.value + more for more in carried}
    return any(i.value and i.value + told.rest.value in wholes for i in told.before)


def _short_of(fraction: Item, missing: Item) -> Claim | None:
    """ "bầu được 383/384 đại biểu (thiếu 1 đại biểu)": what n/m lacks."""
    inside = missing.mention.depth == fraction.mention.depth + 1 and missing.mention.sentence == fraction.mention.sentence
    if not inside or fraction.base is None or not _SHORT.fullmatch(missing.mention.before) or not compatible(missing.unit, fraction.unit):
        return None
    return sum_claim(fraction.base, [fraction, missing], "equal", "breakdown.rest")


# ---------------------------------------------------------------- that come out


def _all_since_the_whole(told: Remaining) -> Claim | None:
    """All that is told since a figure makes it with what remains, or an n/m does: the nearest first."""
    rest = told.rest
    for back in range(len(told.before) - 1, -1, -1):
        whole, parts = told.before[back], [*told.before[back + 1 :], rest]
        if len(parts) >= 2 and total_of(parts) == whole.value:
            return sum_claim(whole.mention, parts, "equal", "breakdown.rest")
        if whole.base is not None and whole.value + rest.value == whole.base.value:
            return sum_claim(whole.base, [whole, rest], "equal", "breakdown.rest")
    return None


def _of_several_fractions(told: Remaining) -> Claim | None:
    """ "chi trả cho 98/112 người có công và 301/486 người được bảo trợ, còn 199 người nhận tiền mặt": what all n/m of its sentence lack
    together."""
    printed = [i for i in told.in_its_sentence() if i.base is not None]
    wholes, done = sum(i.base.value for i in printed if i.base is not None), total_of(printed)
    if len(printed) < 2 or wholes - done != told.rest.value:
        return None
    parts = [term("part", m, negative=m is not i.base) for i in printed for m in (i.base, i.mention) if m is not None]
    return claim(Kind.BREAKDOWN, [term("total", told.rest.mention), *parts], "breakdown.rest", scope=told.rest.mention.quantity.noun)


def _classes_right_before(told: Remaining) -> Claim | None:
    """ "bầu 152 ủy viên, trong đó nữ 41; 71 đồng chí có bằng đại học, 52 trung cấp, 29 đồng chí còn lại chưa qua đào tạo": the classes told
    right before what remains make, with it, a figure told before them."""
    rest, sentence = told.rest, told.in_its_sentence()
    for count in range(2, min(len(sentence), _MOST_CLASSES) + 1):
        parts = [*sentence[-count:], rest]
        whole = next((i for i in reversed(told.before[:-count]) if i.value == total_of(parts) and i.unit == rest.unit), None)
        if whole is not None:
            return sum_claim(whole.mention, parts, "equal", "breakdown.rest")
    return None


def _several_that_remain(told: Remaining) -> Claim | None:
    """ "33 ý kiến trong tổng số 61 ý kiến về …; số còn lại là 17 ý kiến về … và 11 ý kiến về …": several make what remains."""
    rest, here = told.rest, told.in_its_sentence()[-_TOLD:]
    ahead = told.items[told.place : told.place + _MOST_CLASSES]
    listed = [i for i in ahead if i.mention.sentence == rest.mention.sentence and i.unit == rest.unit and i.base is None]
    for count in range(len(listed), 1, -1):
        amount = total_of(listed[:count])
        for part in here:
            whole = next((w for w in here if w is not part and part.value and w.value == part.value + amount), None)
            if whole is not None:
                return sum_claim(whole.mention, [part, *listed[:count]], "equal", "breakdown.rest")
    return None


def _one_of_another(told: Remaining) -> Claim | None:
    """Of all figures before, one makes another with what remains."""
    rest = told.rest
    for part in told.before:
        made = next((w for w in told.before if w is not part and w.value == part.value + rest.value), None)
        if made is not None and part.value:
            return sum_claim(made.mention, _all_told(told, made, part), "equal", "breakdown.rest")
    return None


def _all_told(told: Remaining, whole: Item, part: Item) -> list[Item]:
    """The parts of a whole that one of them and the rest make: with "số còn lại" those told beside that one too, "125 người. Có 13 người
    vắng, 8 người hoãn; số còn lại 112 người" leaving these out."""
    rest, reading = told.rest, told.reading
    since = [i for i in told.before if i.start > whole.start and i.unit == rest.unit != ""]
    beside = len(since) > 1 and all(i.mention.sentence == rest.mention.sentence and i.base is None and not OVERLAPPING.search(i.label) for i in since)
    sure = beside and whole.mention.sentence < rest.mention.sentence and "số còn lại" in rest.mention.before and not AMONG.search(reading.folded, whole.end, rest.start)
    return [*since, rest] if sure else [part, rest]


def _of_paragraphs_before(told: Remaining) -> Claim | None:
    """The whole stands in one of the few paragraphs before."""
    rest = told.rest
    wholes = [w for w in told.earlier if w.unit == rest.unit or not w.unit]
    for part in reversed(told.before):
        for whole in wholes:
            comes_out = "còn lại" in rest.label and part.value + rest.value == whole.value
            if comes_out or whole.unit and whole.value >= _LONG and close(total_of([part, rest]), whole.value) and one_swap_makes(whole, [part, rest]):
                return sum_claim(whole.mention, [part, rest], "equal", "breakdown.rest")
    return None


def _but_for_a_slip(told: Remaining) -> Claim | None:
    """ "kiến nghị thu hồi 12,6 triệu đồng, đã thu hồi 9,1 triệu đồng, còn phải thu 4,5 triệu đồng"; a line each: "Tổng số phải số hóa: 18.640",
    "Đã nhập: 16.776", "Còn phải nhập: 1.684": a whole, what is done of it and what remains, but for one slip of one of them."""
    reading, rest = told.reading, told.rest
    before = collapsed([i for i in told.before if not i.mention.quantity.word])
    lines = [i for i in told.earlier[:2] if not told.before and i.mention.paragraph >= rest.mention.paragraph - 2]
    if not before and len(lines) == 2 and lines[0].mention.paragraph == rest.mention.paragraph - 1 != lines[1].mention.paragraph:
        before = lines[::-1]
    if len(before) < 2 or before[-1].mention.sentence < rest.mention.sentence - 1 and told.before:
        return None
    done = before[-1]
    if _NEWER.search(rest.mention.after) or not _SETTLED.search(done.mention.before) or AMONG.search(reading.folded, done.end, rest.start) or any(i.base is not None for i in (done, rest)):
        return None
    for whole in (before[-2], *(i for i in reversed(before[:-2]) if _ALL_THERE_IS.search(i.label))):
        alike = counted_alike(whole, rest) and counted_alike(done, rest) and whole.base is None and (told.before == [] or _next_to(reading, whole, done))
        if alike and whole.value > max(done.value, LEAST) and not AMONG.search(reading.folded, whole.end, done.start) and one_slip_makes(whole, [done, rest]):
            return sum_claim(whole.mention, [done, rest], "equal", "breakdown.rest")
    return None


def _next_to(reading: Reading, whole: Item, done: Item) -> bool:
    """Is no count of anything else told between them, or does the whole say that it is one?"""
    between = reading.mentions[whole.mention.index + 1 : done.mention.index]
    return _ALL_THERE_IS.search(whole.label) is not None or not any(m.countable and not m.depth for m in between)


_READERS: tuple[Callable[[Remaining], Claim | None], ...] = (
    _all_since_the_whole,
    _of_several_fractions,
    _classes_right_before,
    _several_that_remain,
    _one_of_another,
    _of_paragraphs_before,
    closes_list,
    still_pending,
    done_right_before,
    done_of_whole,
    closes_sentence,
    opens_sentence,
    _but_for_a_slip,
)  # the first that reads it
