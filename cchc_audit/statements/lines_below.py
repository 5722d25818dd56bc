"""Lines that make a figure of the line above them, though no word and no mark says so: "Tổng số việc: 40", "Xong: 24", "Đang làm:
15", "Chậm: 1".

Only agreement is claimed; of lines laid out alike also a column off by a swap of digits, where another one closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model import Claim
from ..quantities import Reading
from .coincidences import COINCIDENT
from .items import (
    LEAST,
    Item,
    ends_with_others,
    mentions_claim,
    near,
    one_slip_makes,
    same_units,
    sum_claim,
    total_of,
)
from .partitions import OVERLAPPING, shared_partition
from .runs import AMONG, shape_of

_NO_PART = re.compile(r"(?<!\w)(?:trong đó|riêng|kế hoạch|chỉ tiêu|bình quân|trung bình|cùng kỳ|so với|tăng|giảm|đạt|mỗi|nữ)(?!\w)")
_TOTAL = re.compile(r"(?<!\w)tổng(?!\w)")
_REST = re.compile(r"(?:số )?còn lại(?!\w)")
_TAIL = 20  # characters at the end of a line that open a list
_LINES = 40  # lines a list may have
_FEWEST = 3  # figures that make a small one by no chance
_TELLING = 1000  # a sum that two make by no chance
_NAMED = re.compile(r"[^\d:]{2,60}:\s\d[\d.]*(?:\s[^\W\d]+){0,3}[.;,]?")  # "Chỉ đạo điều hành: 7 nhiệm vụ"
_NUMBER = re.compile(r"\d+")  # "KP1: 210", "KP2: 187"
_COLUMNS = 7  # figures of one line


def find(reading: Reading, paragraphs: Sequence[Sequence[Item]]) -> Iterator[Claim]:
    """A breakdown for each figure that the lines below it make."""
    listed = [[i for i in items if not i.aside] for items in paragraphs]
    for index in (index for index, line in enumerate(listed) if line):
        yield from _beside(reading, listed, index)
        yield from _under(reading, listed, index)
        yield from _firsts_below(reading, listed, index)
        yield from _laid_out_alike(listed, index)
        yield from _but_for_a_slip(reading, listed, index)


def _beside(reading: Reading, listed: list[list[Item]], index: int) -> Iterator[Claim]:
    """ "• Tổng số việc: 40 việc.", "• Xong: 24 việc.", "• Đang làm: 15 việc.", "• Chậm: 1 việc.": the next lines marked alike, of one figure
    each, as far as they make it; or "38/41 nhiệm vụ" with the ones that lack. No word says so: only agreement is claimed."""
    head = listed[index][0]
    if head.mention.depth:
        return
    beside = list(_lines_beside(reading, index))
    for whole, done in ((head.mention, []), (head.base, [head.mention])):
        parts, amount = list(done), total_of(done)
        for place in beside:
            line = [i for i in listed[place] if i.mention.depth == 0]
            if whole is None or whole.value < LEAST or amount >= whole.value or len(line) != 1 and not done or not same_units(line, head.unit) or any(i.base is not None for i in line):
                break
            parts, amount = [*parts, *(i.mention for i in line)], amount + total_of(line)
            if amount == whole.value and (len(parts) >= _FEWEST or len(parts) == 2 and ("tổng" in head.label or amount >= _TELLING)):
                yield mentions_claim(whole, parts, "equal", COINCIDENT)


def _but_for_a_slip(reading: Reading, listed: list[list[Item]], index: int) -> Iterator[Claim]:
    """ "ra quân 4 đợt, 615 lượt người", "Đợt 1: 142 lượt", …, "Đợt 4: 150 lượt": lines of one figure each that one slip keeps from making a figure of
    the line above, where the words say that they are all: as many as it announces, the last of them the others, or behind a total or a colon."""
    lines = _one_each(reading, listed, index)
    money = any(i.unit == "đồng" for i in lines)  # what is spent is spent once
    traits = {frozenset(OVERLAPPING.findall(i.label)) for i in lines}
    if len(lines) < _FEWEST or any(_NO_PART.search(i.label) for i in lines) or not money and len(traits) > 1:
        return
    if any(m.value == total_of(lines) for m in reading.by_paragraph[index]):
        return
    last = listed[index][-1].mention.sentence  # "Đã xử lý 78, đang xử lý 1. Lấy ý kiến 139 tổ chức, cá nhân:"
    heads = [i for i in listed[index] if i.mention.depth == 0 and i.base is None and i.value >= LEAST and i.mention.sentence == last]
    said = reading.folded[reading.paragraphs_read[index].span.start : reading.paragraphs_read[index].span.end].rstrip(" *_")
    opened = said.endswith((":", "gồm")) and not AMONG.search(said[-_TAIL:])
    announced = any(i.value == len(lines) for i in listed[index])
    units = {i.unit for i in lines}
    every = opened or ends_with_others(lines) or _REST.match(lines[-1].label) is not None
    for whole in reversed(heads):
        alike = len(units - {""}) < 2 and same_units(lines, whole.unit) and all(i.value < whole.value for i in lines)
        all_told = every or announced and whole.value != len(lines) or _totals(whole, units) or _divided(whole, lines) or _too_many(whole, lines)
        if alike and all_told and one_slip_makes(whole, lines):
            yield sum_claim(whole.mention, lines, "equal", "breakdown.lines")
            return


def _totals(whole: Item, units: set[str]) -> bool:
    """Is it told as a total of what the lines count: "Tổng số lượt bình chọn 1.274"?"""
    counted = whole.unit in units or not whole.unit and any(unit and unit in whole.mention.before for unit in units)
    return counted and _TOTAL.search(whole.mention.before) is not None


def _divided(whole: Item, lines: list[Item]) -> bool:
    """Are the lines all the classes of one division, and the figure above them none of these?"""
    labels = [i.label for i in lines]
    found = shared_partition(labels)
    return found is not None and found[0].closes(frozenset(found[1])) and shared_partition([whole.label, *labels]) is None


def _too_many(whole: Item, lines: list[Item]) -> bool:
    """Are the lines classes of one division, and more than all there is?"""
    found = shared_partition([i.label for i in lines])
    return found is not None and found[0].divides(whole.unit) and total_of(lines) > whole.value


def _one_each(reading: Reading, listed: list[list[Item]], index: int) -> list[Item]:
    """The figures of the next lines, as long as each is marked, begins, or ends with a semicolon as the first of them, and tells one."""
    parts = reading.paragraphs_read
    lines: list[Item] = []
    first = ""
    for place in range(index + 1, min(index + _LINES, len(parts))):
        told = [i for i in listed[place] if i.mention.depth == 0]
        line = reading.folded[parts[place].span.start : parts[place].span.end].rstrip()
        closed = line.endswith(";") or first == ";" and line.endswith(".")
        mark = shape_of(parts[place].marker) or (";" if closed else ":" if _NAMED.fullmatch(line) else _NUMBER.sub("1", line.partition(" ")[0]))
        first = first or mark
        if parts[place].kind != "text" or mark != first or mark == shape_of(parts[index].marker) or len(told) != 1 or told[0].base is not None:
            break
        lines.append(told[0])
    return lines


def _lines_beside(reading: Reading, index: int) -> Iterator[int]:
    """The next lines marked as this one, whatever lines marked otherwise stand under each."""
    parts = reading.paragraphs_read
    shape = shape_of(parts[index].marker)
    above = next((mark for part in reversed(parts[max(0, index - _LINES) : index]) if (mark := shape_of(part.marker)) != shape), "")
    for place in range(index + 1, min(index + _LINES, len(parts))):
        mark = shape_of(parts[place].marker)
        if not shape or mark in {"", above} or parts[place].kind != "text":
            return
        if mark == shape:
            yield place


def _under(reading: Reading, listed: list[list[Item]], index: int) -> Iterator[Claim]:
    """ "- Có 13 đơn, xong 11 đơn", "  + đất đai 8, hôn nhân 2, khác 3": the lines set in under a line, as far as they make one of its
    figures. No word says so: only agreement is claimed."""
    parts = reading.paragraphs_read
    heads = [i for i in listed[index] if i.mention.depth == 0 and i.base is None and i.value >= LEAST]
    below: list[Item] = []
    for place in range(index + 1, min(index + _LINES, len(parts)) if heads and parts[index].marker else index):
        line = [i for i in listed[place] if i.mention.depth == 0]
        if not line or parts[place].kind != "text" or parts[place].indent <= parts[index].indent or any(i.base is not None for i in line):
            return
        below += line
        amount = total_of(below)
        whole = next((i for i in heads if i.value == amount and same_units(below, i.unit)), None)
        if whole is not None and (len(below) >= _FEWEST or len(below) > 1 and amount >= _TELLING):
            yield sum_claim(whole.mention, below, "equal", COINCIDENT)
            return


def _firsts_below(reading: Reading, listed: list[list[Item]], index: int) -> Iterator[Claim]:
    """ "Tổng số cán bộ, giáo viên = 25", "+ Hiệu trưởng 1; chuyên môn …", "Giáo viên 15; đại học 4, …": the first figures of the next
    lines, however marked, as far as they make it."""
    head = listed[index][0] if len(listed[index]) == 1 else None
    if head is None or head.value < LEAST or "tổng" not in reading.folded[reading.paragraphs_read[index].span.start : head.start]:
        return
    firsts: list[Item] = []
    for line in listed[index + 1 : index + _LINES]:
        if not line or line[0].mention.depth or not same_units(line[:1], head.unit) or total_of(firsts) >= head.value:
            break
        firsts.append(line[0])
    if len(firsts) >= _FEWEST and total_of(firsts) == head.value:
        yield sum_claim(head.mention, firsts, "equal", "breakdown.lines")


def _laid_out_alike(listed: list[list[Item]], index: int) -> Iterator[Claim]:
    """ "Tổng số cháu: 147 cháu – nữ 68 cháu", and lines that each tell as many figures of the same units: "Trẻ 3 tuổi: 27 cháu –
    nữ 14 cháu". Where two columns close, or one and the other but for a swap of digits, the lines are the parts of the first."""
    head = [i for i in listed[index] if i.mention.depth == 0 and i.base is None]
    units = [i.unit for i in head]
    if not 2 <= len(head) <= _COLUMNS:
        return
    rows: list[list[Item]] = []
    for line in listed[index + 1 : index + _LINES]:
        row = [i for i in line if i.mention.depth == 0 and i.base is None and i.unit in units]
        if [i.unit for i in row] != units or sum(r[0].value for r in rows) >= head[0].value:
            break
        rows.append(row)
    columns = [[row[c] for row in rows] for c in range(len(head))]
    closing = [whole for whole, column in zip(head, columns, strict=True) if total_of(column) == whole.value]
    if len(rows) < 2 or not closing or closing[0] is not head[0]:
        return
    for whole, column in zip(head, columns, strict=True):
        swapped = near(total_of(column), whole.value) and one_slip_makes(whole, column)
        if len(closing) >= 2 and (whole in closing or swapped) or len(head) == 2 and len(rows) >= _FEWEST and (whole in closing or swapped) and head[0].value >= LEAST:
            yield sum_claim(whole.mention, column, "equal", "breakdown.lines")
