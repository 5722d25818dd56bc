"""Totals and parts told over several lines: bullets, sub-bullets, divisions under headings, lines that close a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..language import compatible
from ..model import Claim, Kind, Rational
from ..quantities import Mention, Reading
from .items import (
    LEAST,
    TURNS,
    Item,
    between,
    claim,
    close,
    comes_out,
    ends_with_others,
    mentions_claim,
    near,
    one_slip_makes,
    one_swap_makes,
    same_units,
    sum_claim,
    term,
    total_of,
)
from .partitions import OVERLAPPING, shared_partition
from .runs import COMPARED, Run, opener_of, shape_of
from .told_as_parts import against

_HEAD_CLOSED = re.compile(r"\d[^()\d]{0,20}\)\s?:\s*$")
_NO_CLASS = re.compile(r"(?<!\w)(?:đã|đang|còn|chưa|xong|đạt|thu|trong đó|kế hoạch|dự toán|riêng|nữ|mỗi)(?!\w)")
_DIVIDED = re.compile(r"\W*(?:(?:chia|phân(?: chia| loại)?|xét) )?theo(?!\w)")
_CLOSING = re.compile(
    r"(?:\d{1,2}\.\d[\d.]*\s|[-+*=>\s]*)(?:tổng|cộng|chung|lũy kế|toàn|cả|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2}) (?:tháng|quý|tuần|nhóm|thôn|buôn|bản|xã|phường|khu|tổ|đơn vị)(?! \d))(?!\w)"
)
_HEADING = re.compile(r"[-+*•\s]*(?P<what>[^\d:;,.()]{3,40}?)(?: được)?(?: (?:chia|phân))? (?:(?P<by>theo) [^\d:;,.()]{2,40}|gồm(?: có)?|bao gồm):")
_CLASSES = 7  # lines below one, with a class each
_APART = 4  # lines from a fraction to the first of those it adds up
_FEWEST_ROWS = 3
_UNMARKED = "theo"
_TAIL = 60  # characters at the end of a line that open a list
_BULLETS = 41  # lines of a list, its head among them
_OPENS_LIST = re.compile(r"[-+*\s]*(?:trong đó|gồm(?: có)?|bao gồm|cụ thể|chia ra)\s*(?:là|như sau)?\s*:")
_TELLING = 1000  # a smaller total is made of some figures by chance
_LOOKED_AT = 12
_PARTED = re.compile(r";|\s-\s")
_AMONG_THEM = re.compile(r"\s*trong đó")
_LINES = 40  # lines a list may have


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """Every total-and-parts relation told over lines of the prose."""
    listed = [[i for i in items if not i.aside] for items in paragraphs]
    yield from bullets(reading, paragraphs)
    for index, line in enumerate(listed):
        yield from _nested(reading, listed, index)
        if line:
            yield from _classes_below(reading, listed, index)
            yield from _fractions_below(reading, listed, index)
            yield from _closed(reading, listed, index)
        else:
            yield from _under_heading(reading, listed, index)
    yield from _divisions(reading, listed)


def _line(reading: Reading, index: int) -> str:
    span = reading.paragraphs_read[index].span
    return reading.folded[span.start : span.end]


def _nested(reading: Reading, listed: list[list[Item]], index: int) -> Iterator[Claim]:
    """ "- Tổng số thủ tục: 143" and, marked otherwise, "+ Toàn trình: 51", "+ Một phần: 74", …; the line may also give
    no figure ("- Xếp loại năm 2024:"), and the total stand above.

    Held against a total that does not fit only where the classes are all there or the shares say what they are of.
    """
    children = _children(reading, listed, index)
    if len(children) < 2:
        return
    unit = next((i.unit for i in children if i.unit), "")
    amount = total_of(children)
    own = [i for i in listed[index] if i.mention.depth == 0 and i.base is None]
    if not own and len(listed[index]) == 1 and _HEAD_CLOSED.search(_line(reading, index)):
        own = listed[index]  # "- Theo lĩnh vực (đã giải quyết 3.904):"
    if same_units(children, unit) and not any(i.base is not None for i in children):
        whole = next((i for i in own if i.value == amount and compatible(i.unit, unit)), None)
        counts_them = all(i.value <= len(children) for i in own)  # "theo 3 cách:"
        if whole is None and counts_them and amount >= LEAST:
            whole = _told_above(listed, index, amount, unit) or _headed(reading, listed, index, children)
        partition = shared_partition([i.label for i in children])
        complete = partition is not None and partition[0].covers(frozenset(partition[1]))
        shared = all(i.fitted is not None for i in children) and len({i.fitted.index for i in children if i.fitted}) == 1
        if whole is None and len(own) == 1 and "tổng" in own[0].label and complete and same_units(children, own[0].unit):
            whole = own[0] if near(amount, own[0].value) else None
        elif whole is None and len(own) == 1 and (ends_with_others(children) and close(amount, own[0].value) or _leaves_one_out(children, own[0]) or _exceeds(children, own[0])):
            whole = own[0] if same_units(children, own[0].unit) else None
        if whole is not None:
            yield sum_claim(whole.mention, children, "equal", "breakdown.nested")
            if whole in own and whole.value == amount:
                yield from _other_counts(listed[index], listed[index + 1 : index + 1 + len(children)], whole)
    else:
        whole, shared = None, False
    shares = [i.shares[0] for i in children if i.shares]
    if whole is not None and len(shares) == len(children):
        of_it = sum(comes_out(i.value, amount, p.quantity.written) for i, p in zip(children, shares, strict=True))
        shared = shared or whole.value == amount and 2 * of_it >= len(children)  # not each of a plan of its own
    traits = {m.group() for i in children if (m := OVERLAPPING.search(i.label))}
    overlapping = len(traits) > 1 and (whole is None or whole.value != amount)  # "- nữ …", "- dân tộc …", "- trẻ tuổi …"
    if len(shares) == len(children) and shared and not overlapping and near(_added(shares), 100):
        yield claim(Kind.SHARES_SUM, [term("part", p) for p in shares], "shares_sum", scope=shares[0].quantity.noun)


def _other_counts(head: list[Item], lines: list[list[Item]], whole: Item) -> Iterator[Claim]:
    """ "Hộ thoát nghèo: 15 hộ, 42 khẩu" over lines whose households make 15: their people make 42."""
    for other in head:
        columns = [[i for i in line if i.unit == other.unit] for line in (head, *lines)]
        if not other.unit or other.unit == whole.unit or other.mention.depth or any(len(column) != 1 for column in columns):
            continue
        parts = [column[0] for column in columns[1:]]
        short = total_of(parts) <= other.value and close(total_of(parts), other.value)  # who keeps both buffaloes and cows is told twice
        if all(i.mention.depth == 0 and i.base is None for i in (other, *parts)) and (short or near(total_of(parts), other.value) and one_swap_makes(other, parts)):
            yield sum_claim(other.mention, parts, "equal", "breakdown.nested")


def _leaves_one_out(children: list[Item], whole: Item) -> bool:
    """Is the total what all lines but the last make? Not where the last may count some of the others, or tells of a plan or another
    period."""
    *others, last = children
    overlapping = any(OVERLAPPING.search(i.label) for i in children) and whole.unit not in TURNS
    apart = last.aside or COMPARED.search(last.label) or _NO_CLASS.search(last.label) or last.mention.depth
    return len(others) >= _FEWEST_ROWS and total_of(others) == whole.value and not overlapping and not apart


def _exceeds(children: list[Item], whole: Item) -> bool:
    """Do kinds of what the line counts make a little more than it? "- 64 buổi" over "họp thôn 37 buổi", "phát thanh 18 buổi", "đoàn thể
    12 buổi"."""
    alike = len(children) >= _FEWEST_ROWS and all(i.unit == whole.unit != "" and i.value < whole.value for i in children)
    apart = any(i.aside or COMPARED.search(i.label) or _NO_CLASS.search(i.label) or OVERLAPPING.search(i.label) or i.mention.depth for i in children)
    return alike and not apart and total_of(children) > whole.value and close(total_of(children), whole.value)


def _children(reading: Reading, listed: list[list[Item]], index: int) -> list[Item]:
    """The first figures of the lines under a line, as far as they are marked alike and otherwise than it."""
    parts = reading.paragraphs_read
    below = index + 1
    if below == len(parts) or not listed[below]:
        return []
    mark, shape = shape_of(parts[index].marker), shape_of(parts[below].marker)
    children: list[Item] = []
    while shape and shape != mark and below < min(index + _LINES, len(parts)):
        if shape_of(parts[below].marker) != shape or not listed[below]:
            break
        children.append(listed[below][0])
        below += 1
    return children


def _told_above(listed: list[list[Item]], index: int, amount: Rational, unit: str) -> Item | None:
    """The nearest figure above, not in brackets, that a list without a total of its own adds up to."""
    for back in range(index - 1, max(-1, index - _LINES), -1):
        for item in listed[back]:
            if item.value == amount and item.mention.depth == 0 and compatible(item.unit, unit):
                return item
    return None


def _headed(reading: Reading, listed: list[list[Item]], index: int, children: list[Item]) -> Item | None:
    """ "- Nhận mới theo tháng:" over a line for each month, "- Đã giải quyết gồm:" over lines that end with "Khác": the figure that a line
    above gives of what the heading names, a little off what the lines make."""
    head = _HEADING.fullmatch(_line(reading, index))
    if listed[index] or head is None or len(children) < _FEWEST_ROWS or not (head["by"] or ends_with_others(children)):
        return None
    for back in range(index - 1, max(-1, index - _LINES), -1):
        for item in listed[back][:1]:
            if item.mention.before == head["what"] and item.base is None and not item.mention.depth:
                return item if same_units(children, item.unit) and close(total_of(children), item.value) else None
    return None


def _added(shares: list[Mention]) -> Rational:
    return sum(s.quantity.written.value for s in shares)


def _under_heading(reading: Reading, listed: list[list[Item]], index: int) -> Iterator[Claim]:
    """ "Chia theo trình độ", then a line for each class: together they are the total told above."""
    if reading.paragraphs_read[index].kind != "text" or not _DIVIDED.match(_line(reading, index)):
        return
    children: list[Item] = []
    for below in range(index + 1, min(index + _LINES, len(listed))):
        if len(listed[below]) != 1:
            break
        children.append(listed[below][0])
    above = [i for back in range(max(0, index - _LINES), index) for i in listed[back] if "tổng" in i.label]
    if len(children) < 2 or not above:
        return
    total = _told_above(listed, index, total_of(children), above[-1].unit) or above[-1]
    if same_units(children, total.unit) and near(total_of(children), total.value):
        yield sum_claim(total.mention, children, "equal", "breakdown.heading")


def _classes_below(reading: Reading, listed: list[list[Item]], index: int) -> Iterator[Claim]:
    """ "Phiếu hợp lệ: 53/53", and a line for each class of one division: "Tín nhiệm cao: 49 phiếu", "Tín nhiệm: 4 phiếu",
    "Tín nhiệm thấp: 0". Held against it where no other class is left."""
    if len(listed[index]) != 1:
        return
    children: list[Item] = []
    parts = reading.paragraphs_read
    if _set_in(reading, index):
        return
    for below in range(index + 1, min(index + _CLASSES, len(listed))):
        line = [i for i in listed[below] if i.mention.depth == 0]
        alike = shape_of(parts[below].marker) == shape_of(parts[index + 1].marker)
        if len(line) != 1 or line[0].base is not None or parts[below].kind != "text" or not alike:
            break
        children.append(line[0])
    if len(children) < 2:
        return
    head = listed[index][0]
    partition = shared_partition([i.label for i in children])
    closed = partition is not None and partition[0].closes(frozenset(partition[1]))
    for count in range(len(children), 1, -1):
        classes = children[:count]
        partition = shared_partition([i.label for i in classes])
        amount = total_of(classes)
        whole = next((m for m in (head.mention, head.base) if m is not None and m.value == amount), None)
        if partition is not None and partition[0].covers(frozenset(partition[1])) and whole is not None and amount >= LEAST and same_units(classes, head.unit):
            yield sum_claim(whole, classes, "equal", "breakdown.lines")
            return
    if shared_partition([head.label, *(i.label for i in children)]) is not None:
        return  # "Rất hài lòng: 98 phiếu", "Hài lòng: 45 phiếu", …: one of the classes itself
    if closed and total_of(children) >= LEAST and (close(total_of(children), head.value) or one_slip_makes(head, children)) and same_units(children, head.unit):
        yield sum_claim(head.mention, children, "equal", "breakdown.lines")


def _set_in(reading: Reading, index: int) -> bool:
    """Is the next line marked as those that this one is set in under, or not at all: "- Phải giải quyết 5.051", "+ Nhận mới 4.978", "- Đã giải
    quyết 4.965"?"""
    parts = reading.paragraphs_read
    if index + 1 == len(parts):
        return False
    own, below = (shape_of(parts[place].marker) for place in (index, index + 1))
    above = next((mark for part in reversed(parts[max(0, index - _LINES) : index]) if (mark := shape_of(part.marker)) != own), "")
    return own != "" != above and (below == above or below == "" and parts[index + 1].indent <= parts[index].indent)


def _fractions_below(reading: Reading, listed: list[list[Item]], index: int) -> Iterator[Claim]:
    """ "Cả phường có 26.975/28.388 cử tri đã bỏ phiếu", and a line for each area: "Khu vực 1 = 2.443/2.503": where the one
    column adds up, so must the other."""
    told = [i for i in listed[index] if i.base is not None]
    first = next((b for b in range(index + 1, min(index + _APART, len(listed))) if listed[b]), None) if len(told) == 1 else None
    if first is None:
        return
    rows: list[Item] = []
    shape = shape_of(reading.paragraphs_read[first].marker)
    for place, line in enumerate(listed[first : first + _LINES], first):
        if not line or line[0].base is None or shape_of(reading.paragraphs_read[place].marker) != shape:
            break
        rows.append(line[0])
    columns = [(told[0].mention, [i.mention for i in rows]), (told[0].base, [i.base for i in rows if i.base is not None])]
    sums = [(whole, parts, sum(p.value for p in parts)) for whole, parts in columns if whole is not None]
    if len(rows) >= _FEWEST_ROWS and any(amount == whole.value >= LEAST for whole, _, amount in sums):
        for whole, parts, amount in sums:
            if close(amount, whole.value):
                terms = [term("total", whole), *(term("part", p) for p in parts)]
                yield claim(Kind.BREAKDOWN, terms, "breakdown.lines", scope=whole.quantity.noun)


def _closed(reading: Reading, listed: list[list[Item]], index: int) -> Iterator[Claim]:
    """Lines of one shape and the line that adds them up: "Tháng 7: 412 hồ sơ (trực tuyến 288)", …, "Bốn tháng: 2.013 hồ sơ (trực tuyến 1.659)".

    Claimed where half of the columns close; a lone column that does not must be close to its total.
    """
    width = len(listed[index])
    if not _CLOSING.match(_line(reading, index)):
        return
    yield from _all_above(reading, listed, index)
    rows: list[list[Item]] = []
    for back in range(index - 1, max(-1, index - _LINES), -1):
        alike = len(listed[back]) == width and all(
            a.unit == b.unit and a.mention.depth == b.mention.depth for a, b in zip(listed[back], listed[index], strict=True)
        )
        if not alike or _CLOSING.match(_line(reading, back)):
            break
        rows.insert(0, listed[back])
    if len(rows) < 2:
        return
    columns = [[row[c] for row in rows] for c in range(width)]
    closing = [total_of(column) == whole.value for column, whole in zip(columns, listed[index], strict=True)]
    if 2 * sum(closing) >= width or width == 1 and _bases_close(columns[0], listed[index][0]):
        for column, whole in zip(columns, listed[index], strict=True):
            yield sum_claim(whole.mention, column, "equal", "breakdown.lines")
            bases = [i.base for i in column if i.base is not None]
            if whole.base is not None and len(bases) == len(column) and close(sum(b.value for b in bases), whole.base.value):
                yield mentions_claim(whole.base, bases, "equal", "breakdown.lines")


def _bases_close(column: list[Item], whole: Item) -> bool:
    """ "Chỉ đạo, điều hành: 8,5/9", …, "Tổng cộng: 87,4/100": the most each may get makes the most they may get in all, and what they got nearly so."""
    bases = [i.base.value for i in column if i.base is not None]
    return whole.base is not None and len(bases) == len(column) and sum(bases) == whole.base.value and near(total_of(column), whole.value)


def _all_above(reading: Reading, listed: list[list[Item]], index: int) -> Iterator[Claim]:
    """ "+ 03 quyết định; + 96 báo cáo, 41 kế hoạch; … Cả thảy 788 văn bản": every figure of the marked lines above."""
    whole, above = listed[index][0], list[Item]()
    back = index - 1
    while back >= max(0, index - _LINES) and reading.paragraphs_read[back].marker and listed[back]:
        above = [*(i for i in listed[back] if i.mention.depth == 0), *above]
        back -= 1
    if len(above) >= 2 and total_of(above) == whole.value and same_units(above, whole.unit):
        yield sum_claim(whole.mention, above, "equal", "breakdown.lines")


def _divisions(reading: Reading, listed: list[list[Item]]) -> Iterator[Claim]:
    """Lines that each divide the figure told before them: "có 256 phiếu. a) Thời gian chờ: …; b) Thái độ: tốt 239, …"

    A line that does not add up is in conflict when another one beside it does.
    """
    parts = reading.paragraphs_read
    index = 0
    while index < len(parts):
        shape = _kind(reading, index)
        last = index
        while shape and last + 1 < len(parts) and _kind(reading, last + 1) == shape:
            last += 1
        lines = [listed[i] for i in range(index, last + 1) if len(listed[i]) >= 2 and _opened(reading, i, listed[i])]
        lines = [[i for i in s if i.unit] if sum(bool(i.unit) for i in s) >= 2 else s for s in lines]
        if shape and len(lines) >= 2:
            for whole in [i for back in (index - 1, index - 2) if back >= 0 for i in reversed(listed[back])]:
                fitting = [s for s in lines if _divides(s, whole) and total_of(s) == whole.value]
                if fitting:
                    for line in lines:
                        amount = total_of(line)
                        close = 10 * max(amount - whole.value, whole.value - amount) <= whole.value
                        told = shape != _UNMARKED or ends_with_others(line)  # else a class may go unsaid
                        if _divides(line, whole) and (line in fitting or close and told):
                            yield sum_claim(whole.mention, line, "equal", "breakdown.division")
                    break
        index = last + 1


def _opened(reading: Reading, index: int, line: list[Item]) -> bool:
    """Do the figures of a line stand behind its colon? "341 hồ sơ trực tuyến nói trên: một phần 215, toàn trình 126" divides a figure of its own."""
    return 0 <= reading.folded.find(":", reading.paragraphs_read[index].span.start, reading.paragraphs_read[index].span.end) < line[0].start


def _kind(reading: Reading, index: int) -> str:
    """How a line is marked; unmarked ones that say that they divide are of one kind: "Chia theo tháng: …", "Chia theo lĩnh vực: …"."""
    return shape_of(reading.paragraphs_read[index].marker) or (_UNMARKED if _DIVIDED.match(_line(reading, index)) else "")


def _divides(line: list[Item], whole: Item) -> bool:
    return (
        whole.value >= max(i.value for i in line)
        and all(i.base is None and compatible(i.unit, whole.unit) for i in line)
        and len({i.mention.depth for i in line}) == 1
    )


def bullets(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """A line that opens a list, and the first figure of each of its bullets."""
    parts = reading.paragraphs_read
    for index, (part, follows) in enumerate(pairwise(parts)):
        shape = shape_of(follows.marker)
        if not shape or follows.kind != "text" or shape == shape_of(part.marker):
            continue
        text = reading.folded[part.span.start : part.span.end].rstrip(" *_")
        opener = opener_of(text[-_TAIL:], first=True) if text.endswith(":") else ""
        if not opener:
            continue
        owner = paragraphs[index - 1] if index and not paragraphs[index] and _OPENS_LIST.fullmatch(text) else paragraphs[index]
        totals = [i for i in owner if i.mention.depth == 0 and not i.aside]
        told = [paragraphs[below] for below in _bulleted(reading, index) if paragraphs[below]]
        several = len({t.unit for t in totals if t.mention.sentence == totals[-1].mention.sentence}) > 1
        divided = [line for line in told if len(line) > 1 and all(i.mention.depth == 0 for i in line)]
        if len(divided) > 1 and any(all(total_of(line) == t.value for line in divided) for t in (*totals, *(owner[-1:] if not totals else ()))):
            continue  # each line divides it: "Số phiếu thu về 25. Kết quả:", "a) Chủ tịch: tín nhiệm cao 21, tín nhiệm 3, tín nhiệm thấp 1"
        closing = [t for t in totals if t.value == sum(c[0].value for c in told if not c[0].aside)]
        for total in closing[-1:] or (totals if several else totals[-1:]):
            listed = _firsts(reading, told, total, several)
            if listed and total_of(listed) != total.value and (column := _column_making(told, total)):
                yield sum_claim(total.mention, column, "equal", f"breakdown.{opener}")
            elif listed:
                others = [t for t in totals if t is not total and t.unit == total.unit]
                below = [i for line in paragraphs[index + 1 : index + 1 + _BULLETS] for i in line]
                made = against(reading, Run(listed, opener, total, text[-_TAIL:], others), total)
                yield from (c for c in made if not _made_otherwise(c, total, below))


def _column_making(lines: list[list[Item]], total: Item) -> list[Item]:
    """ "Tổng thu quyết toán 11.300, dự toán 9.800. Chi tiết (dự toán; quyết toán):", "a) … : 640; 718,4": of lines with as many figures each,
    the column behind the first that makes the total; [] where none does."""
    rows = [[i for i in line if i.mention.depth == 0] for line in lines]
    if len({len(row) for row in rows}) != 1:
        return []
    return next((list(column) for column in list(zip(*rows, strict=True))[1:] if total_of(column) == total.value), [])


def _made_otherwise(claimed: Claim, total: Item, below: list[Item]) -> bool:
    """ "2.873.346 người tham gia BHXH tự nguyện và BHYT": where the lines of a list do not make their total, do two of the figures told in
    them, or below them?"""
    parts = [t.written.value for t in claimed.by_role("part") if t.written is not None]
    if claimed.relation != "equal" or sum(parts) <= total.value or total.value < _TELLING:
        return False
    nested = [i.value for i in below if i.unit == total.unit and i.value < total.value and i.value not in parts][:_LOOKED_AT]
    return any(total.value - part in nested for part in parts if 2 * part > total.value)


def _bulleted(reading: Reading, index: int) -> Iterator[int]:
    """The lines of the list that a line opens, but for those marked otherwise below one of them."""
    parts = reading.paragraphs_read
    shape = shape_of(parts[index + 1].marker)
    for below in range(index + 1, min(index + _BULLETS, len(parts))):
        mark = shape_of(parts[below].marker)
        ends = mark == shape_of(parts[index].marker) if mark else not _AMONG_THEM.match(reading.folded, parts[below].span.start)
        if parts[below].kind != "text" or mark != shape and ends:
            return
        if mark == shape:
            yield below


def _firsts(reading: Reading, told: list[list[Item]], total: Item, several: bool) -> list[Item]:
    """The first figure of each line that may be of the total, with what a line adds to it; [] where a line has none."""
    firsts = [next((i for i in line if not i.aside and (i.unit == total.unit or not several and (not i.unit or line[0] is i))), None) for line in told]
    listed = [i for i in firsts if i is not None]
    if len(told) > 1 and total_of(line[0] for line in told) == total.value:
        return [line[0] for line in told]
    if len(listed) < max(2, len(told)):
        return []
    if total_of(listed) == total.value:
        return listed
    more = [_more_on_the_line(reading, line, first) for line, first in zip(told, listed, strict=True)]
    everything = [i for first, others in zip(listed, more, strict=True) for i in (first, *others)]
    if total_of(everything) == total.value:
        return everything  # "- Vịt: 363.739 con (…) - Ngan: 12.374 con"
    return listed + (more[-1] if all(len(line) == 1 for line in told[:-1]) else [])


def _more_on_the_line(reading: Reading, line: list[Item], first: Item) -> list[Item]:
    """ "- Phí, lệ phí: 420 triệu đồng; thu khác 430 triệu đồng": the figures a line adds to its first, each with a name of its own."""
    more = [i for i in line if i.start > first.start and i.mention.depth <= first.mention.depth]
    parted = [_PARTED.search(between(reading, one.end, other.start)) for one, other in pairwise([first, *more])]
    alike = all(i.unit == first.unit and i.base is None and not i.aside and i.mention.depth == first.mention.depth and i.mention.before for i in more)
    return more if all(parted) and alike else []
