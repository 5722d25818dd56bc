"""Consecutive figures as lists: how prose opens them, and the total it points at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from ..language import CARRIED_ON, compatible, starting
from ..quantities import Reading
from .items import Item, between, near, total_of
from .partitions import class_of
from .pooled import told_again

_EQUAL = re.compile(
    r"(?<!\w)(?<!chưa )(?<!không )(?:bao gồm|gồm|chia ra|phân ra|phân (?:chia )?theo(?! tỷ lệ)|chia theo(?! tỷ lệ)|(?:chia|phân) thành|cụ thể|với cơ cấu|cơ cấu|(?:đã )?được phân loại(?=[^,;.:\d]{0,25}:))(?!\w)"
)
AMONG = re.compile(starting("trong") + r" (?:đó|số|các|tổng|những)(?!\w)")
INCLUDED = re.compile(r"(?<!\w)gồm (?:cả|toàn bộ|trọn|tất cả|đủ|hết) \Z")  # "49 bóng, gồm toàn bộ 22 bóng ở tổ 11": tells one part, not all
_COLON = re.compile(r"^(?:[^,;.\d]{0,40}[;,]\s(?:kết quả|chia ra|cụ thể)(?: là| như sau)?|[^,;.\d]{0,40}(?:, (?:với|bằng|theo|dưới) [^,;.\d]{0,30})?|(?![^:]*(?<!\w)(?:theo|đã|đang|được|còn|chưa|thực hiện)(?!\w))[^;.:\d]{0,70}(?=:\s*[^\W\d_])):")  # after a comma only what goes on with a name: "…, khó khăn: nguồn tỉnh 420"
ASIDE = re.compile(r"(?<!\w)(?:riêng|ngoài ra|đáng chú ý|nhiều nhất|như:|điển hình|so với|tăng|giảm(?! trừ)|vượt|cùng kỳ|(?<!tồn )(?<!tồn từ )(?:năm|kỳ) trước(?!"+CARRIED_ON+r")|khóa trước|nhiệm kỳ trước|dự toán|bình quân|trung bình|ít hơn|nhiều hơn|cao hơn|thấp hơn)(?!\w)")  # fmt: skip
COMPARED = re.compile(
    r"(?<!\w)(?:cùng kỳ|(?<!tồn )(?<!tồn từ )(?:năm|quý|tháng|khóa|nhiệm kỳ|kỳ) (?:trước|ngoái|20\d\d)(?!"+CARRIED_ON+r")|so với|dự toán|(?<!theo )kế hoạch|chỉ tiêu|tăng|giảm(?! trừ))(?!\w)"
)


_ROUND = frozenset({100, 1000, 10_000, 100_000})  # what ratios are told to
_ALTERNATES = 40  # items looked back at for another total
_BACK = 12  # figures before a plan that may be of its kind


@dataclass(slots=True)
class Run:
    """Consecutive items at one level, how they were opened, and the total the prose points at."""

    items: list[Item]
    opener: str  # "paren", "equal", "among", "colon", "list", "" (none)
    total: Item | None
    lead: str  # folded words before the first item
    alternates: list[Item] = field(default_factory=list)


def runs(reading: Reading, items: list[Item], everything: list[Item]) -> Iterator[Run]:
    """The runs of one paragraph: one for each parenthesis, and those of the open text. A change or a vacancy
    is no part of a run, but may own a parenthesis ("khuyết 02 (thống kê 01, văn hóa 01)")."""
    owners: dict[int | None, Item] = {i.shares[-1].index: i for i in items if i.shares}
    for item in reversed(everything):
        if item.base is not None:
            owners[item.base.index] = item
        owners[item.mention.index] = item
    groups: dict[int, list[Item]] = {}
    for item in items:
        groups.setdefault(item.mention.group, []).append(item)
    for group, members in groups.items():
        if group == -1:
            for run in _open_runs(reading, members):
                if run.total is None and run.opener == "colon":
                    run.total = _head_in_brackets(reading, items, run.items[0])
                if run.total is not None and run.total.unit == "đồng" and run.alternates and {i.unit for i in run.items} == {run.alternates[-1].unit} != {"đồng"}:
                    run.total = run.alternates[-1]  # "phạt 37 trường hợp, thu nộp 61,25 triệu đồng, trong đó an ninh trật tự 12 trường hợp, …"
                if run.opener == "equal":
                    run.total = _divided_aside(reading, run, everything) or run.total
                yield run
        elif len(members) >= 1:
            parent = owners.get(members[0].mention.parent)
            lead = reading.folded[group : members[0].start]
            near = (
                parent is not None
                and parent.mention.sentence == members[0].mention.sentence
                and "lần lượt" not in lead
            )
            if parent is not None and members[0].value == parent.value and _OF_THESE.fullmatch(lead):
                members = members[1:]  # "trên 50 có 7 người (trong 7 người này chỉ 2 người có bằng thạc sĩ)"
            multiplied = any(_TIMES.fullmatch(reading.folded, one.mention.end, other.start) for one, other in pairwise(members))
            if multiplied:
                continue  # "ở thôn 27 người (9 thôn x 3)"
            if parent is not None and parent.value in _ROUND and reading.folded.endswith("/", 0, parent.start):
                continue  # "111,9 bé trai/100 bé gái (75 trai, 67 gái)"
            if len(members) >= 2 and parent is not None and near and (not COMPARED.search(lead) or by_year(members, parent)) and not _QUOTA.search(lead):
                place = bisect_left(items, parent.start, key=lambda i: i.start)
                if told_again(members[::-1], items[max(0, place + 1 - len(members)) : place + 1][::-1]):
                    continue  # "06 khiếu nại, 01 tố cáo (đã xong 05 khiếu nại, 01 tố cáo)": each is of its own
                counted = _counted_alike(reading, items[max(0, place - 1) : place], parent, members)
                if counted is not None:
                    yield Run(members, "paren", counted, lead)
                    continue
                before = items[max(0, place - 1) : place]
                two_counts = before and _TWO_COUNTS.fullmatch(reading.folded, before[0].mention.end, parent.start)
                yield Run(members, "paren", parent, lead, before if two_counts else [])
            elif len(members) >= 2:
                yield from _open_runs(reading, members)


def by_year(parts: Sequence[Item], total: Item) -> bool:
    """ "15 cuộc (năm 2021: 03; năm 2022: 05; năm 2023: 06)": are the parts so many of each year, none of them half as many as the total?"""
    told = [i.mention.before for i in parts]
    return len(told) > 2 and all(_OF_A_YEAR.fullmatch(t) for t in told) and len(set(told)) == len(told) and 2 * max(i.value for i in parts) < total.value


def _counted_alike(reading: Reading, before: list[Item], total: Item, parts: list[Item]) -> Item | None:
    """ "6 cuộc tại 11 đơn vị (kỳ trước 01 cuộc, trong kỳ 05 cuộc)", "cử 122 lượt người tham gia 5 lớp (tin học 17 lượt, …)": the figure right
    before the nearest one, when it and not the nearest is counted in the unit of the parts."""
    told, part = before[-1] if before else None, parts[0]
    if told is None or not part.unit or told.unit != part.unit or total.unit == part.unit:
        return None
    if told.mention.sentence != total.mention.sentence or told.mention.group != total.mention.group:
        return None
    return told if total.value == len(parts) > 2 or _OF_OTHERS.fullmatch(reading.folded, told.mention.end, total.start) else None


def _head_in_brackets(reading: Reading, items: list[Item], first: Item) -> Item | None:
    """The total that stands in brackets behind the name of a list: "Chi bộ (27): xuất sắc 5, …"."""
    place = bisect_left(items, first.start, key=lambda i: i.start)
    before = items[place - 1] if place else None
    if before is None or before.mention.group == -1 or before.mention.sentence != first.mention.sentence:
        return None
    return before if _HEAD_CLOSED.fullmatch(reading.folded, before.end, first.start) else None


def _divided_aside(reading: Reading, run: Run, everything: list[Item]) -> Item | None:
    """The plan or change right before a list that divides it: "dự toán được giao 9.840 triệu đồng, gồm …", "tăng 612 hồ sơ, chia
    ra …". Of a sentence with another figure of its kind ("163 vụ, cùng kỳ 144 vụ, gồm …") only where it is what the list makes."""
    first = run.items[0]
    place = bisect_left(everything, first.start, key=lambda i: i.start)
    told = everything[place - 1] if place else None
    if told is None or not told.aside or told.mention.group != -1 or told.mention.sentence != first.mention.sentence:
        return None
    opened = opener_of(between(reading, told.end, first.start), first=False) == "equal"
    amount = total_of(run.items)
    alone = not any(i.mention.sentence == told.mention.sentence and compatible(i.unit, told.unit) for i in everything[max(0, place - _BACK) : place - 1])
    return told if opened and len(run.items) >= 2 and (amount == told.value or alone and near(amount, told.value)) else None


def _done_of_plan(before: list[Item], plan: Item) -> Item | None:
    """ "đã trồng 73,4 ha trên kế hoạch 85 ha, bằng 86,4%, gồm ngô 28 ha, …": what is done of a plan, not the plan, is divided."""
    done = before[-1] if before else None
    return done if done is not None and done.fitted is plan.mention and _PLAN.search(plan.mention.before) and done.unit == plan.unit else None


def _open_runs(reading: Reading, members: list[Item]) -> Iterator[Run]:
    run = Run([], "", None, "")
    previous: Item | None = None
    for place, item in enumerate(members):
        if previous is None:
            low = max(0, item.start - 120)
            sentence_start = max(
                reading.folded.rfind(". ", low, item.start),
                reading.folded.rfind("\n", low, item.start),
                low,
            )
            run = Run(
                [item],
                opener_of(reading.folded[sentence_start : item.start], first=True),
                None,
                reading.folded[sentence_start : item.start],
            )
            previous = item
            continue
        gap = between(reading, previous.end, item.start).rpartition(")")[2]  # what brackets say of the figure before is no opener
        if previous.shares:
            gap = _OF_PLAN.sub("", gap)
        if class_of(previous.label, "pupils") is not None or _BY_DEGREE.search(previous.mention.before):
            gap = gap.replace("trung bình", " ")  # "giỏi 20 em, khá 41 em, trung bình 14 em", "nhẹ 21 ha, trung bình 9 ha": a class and no average
        told, semicolon, clause = gap.rpartition(";")
        if semicolon and _CHANGED.fullmatch(told):
            gap = clause  # "…, tăng 125% so cùng kỳ; phần do huyện quản lý …"
        new_sentence = item.mention.sentence != previous.mention.sentence
        opener = opener_of(gap, first=False) or ("among" if len(run.items) == 1 and _IN_THEM.search(run.lead) and _THERE_ARE.fullmatch(gap) else "")
        over = bool(semicolon) and (INCLUDED.search(run.lead) is not None or _of_other_things(run, item))
        if opener or new_sentence or over or ASIDE.search(gap):
            if len(run.items) >= 1:
                yield run
            total = previous if opener and not new_sentence else None
            if total is not None:
                total = _counted_alike(reading, members[max(0, place - 2) : place - 1], total, [item]) or _done_of_plan(members[max(0, place - 2) : place - 1], total) or total
            run = Run([item], opener, total, gap, [])
            if total is not None:
                run.alternates = [i for i in members[max(0, place - _ALTERNATES) : place] if i.mention.end <= total.start]
        else:
            run.items.append(item)
        previous = item
    if run.items:
        yield run


def _of_other_things(run: Run, item: Item) -> bool:
    """ "12 lượt, trong đó 7 lượt tại bộ phận, 5 lượt tại khu phố; nhắc nhở 3 trường hợp": is the figure behind the list counted otherwise?"""
    units = {i.unit for i in run.items}
    return run.total is not None and len(run.items) > 1 and units == {run.total.unit} and "" not in {*units, item.unit} and item.unit not in units


_BY_DEGREE = re.compile(r"(?<!\w)(?:nhẹ|nặng|thấp|cao|yếu|kém|tốt|khá|nhỏ|lớn)$")
_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|dự toán|kh|dt|trên tổng(?: số)?)(?: [^\W\d]+){0,3}$")
_OF_THESE = re.compile(r"\(\s?trong (?:số )?")
_OF_A_YEAR = re.compile(r"(?:trong )?(?:năm|quý|tháng) [\w/]+:?(?: là| có)?")
_TIMES = re.compile(r"\s?[x×*]\s?")
_QUOTA = re.compile(r"\(\s?(?:biên chế |chỉ tiêu )?(?:được )?giao(?!\w)|(?<!\w)(?:định biên|thiếu|khuyết|thừa)(?!\w)")  # "có 20 người (giao 21, thiếu 1)"
_COLON_BEFORE = re.compile(r":(?:\s*|[^:;.]{0,30})$")
_N_OF_M = re.compile(r"[^;:.]*(?<!\w)(?<!, )trong (?:tổng )?số\s*")  # "622 vụ trong tổng số 698 vụ" opens no list


def opener_of(gap: str, *, first: bool) -> str:
    if INCLUDED.search(gap):
        return "among"
    if _EQUAL.search(gap):
        return "equal"
    if AMONG.search(gap) and (first or _N_OF_M.fullmatch(gap) is None):
        return "among"
    if not first and _COLON.match(gap):
        return "colon"
    if first and _COLON_BEFORE.search(gap):
        return "colon"
    return ""


_IN_THEM = re.compile(r"(?:^|[.;:\n])\W*trong (?:tổng )?(?:số )?$")  # "Trong 1.600 phiếu thu về có 1.360 phiếu …, 192 phiếu …"
_THERE_ARE = re.compile(r"[^,;:.()\d]{0,50}\s(?:có|thì có|gồm)\s")
_HEAD_CLOSED = re.compile(r"[^()\d:;.]{0,20}\)\s?:[^:;.\d]{0,40}")
_CHANGED = re.compile(r"[^,;]{0,40}(?:,? (?:và )?(?:tăng|giảm|bằng)[^;]*)")
_OF_PLAN = re.compile(r"^\s?(?:so với )?(?:dự toán|kế hoạch|chỉ tiêu|kh|dt)(?: (?:năm|giao|được giao|tỉnh giao|huyện giao))?(?=[,;])")  # "đạt 68% dự toán, …"
_OF_OTHERS = re.compile(r",?\svới\s|\s(?:[^,;.:()\d]{0,30}\s)?(?:của|tại|ở|cho|trên|thuộc|do|từ|đối với)(?: [^\W\d]+){0,3}\s")
_TWO_COUNTS = re.compile(r"\s*/\s*")  # "33 lượt / 35 người (định kỳ 12, …)": the parts are of either
_MARK = re.compile(
    r"^[*_#>]*\s*(?:(?P<dash>[-–—])|(?P<plus>\+)|(?P<star>[*•])|(?P<circle>o(?=\s))|(?P<letter>[a-zđ])\d?[).]|(?P<number>\(?\d{1,2}\)?[.)/]?))"
)


_BELOW = re.compile(r"\d{1,2}((?:\.\d{1,2}){1,3})")


@lru_cache(maxsize=1024)  # of a list the same markers again and again
def shape_of(marker: str) -> str:
    """The kind of bullet or number: "dash", "letter", …; of "1.1.1" also its depth."""
    match = _MARK.match(marker)
    if match is None:
        return ""
    below = _BELOW.match(marker)
    return f"{match.lastgroup}{below.group(1).count('.') if below else ''}"


_LINES_UP = 12  # lines of one list over which the line it belongs to is looked for


def line_above(reading: Reading, paragraphs: Sequence[Sequence[Item]], index: int) -> Sequence[Item]:
    """The figures of the line that a marked line belongs to: the nearest one above that is marked otherwise, or not at all; where it has
    none, those of the first line below it."""
    shape = shape_of(reading.paragraphs_read[index].marker)
    for back in range(index - 1, max(-1, index - 1 - _LINES_UP), -1) if shape else ():
        if shape_of(reading.paragraphs_read[back].marker) != shape:
            told = paragraphs[back] or paragraphs[back + 1 if back + 1 < index else back]
            return [i for i in told if not i.aside and i.mention.depth == 0]
    return []
