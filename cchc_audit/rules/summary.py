"""A figure that the closing assessment tells otherwise than the text before it: "còn 63 hồ sơ đang giải quyết" there, "36 hồ sơ
đang giải quyết chuyển sang quý II" among the shortcomings.

An assessment takes up what was told, so a figure in it that is printed nowhere before, counts the same in the same words and
lies a slip away from the only figure told so, is asked about. A part of it (a field of work, a hamlet) may be new.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..digits import neighbours_swapped
from ..language import compatible, fold
from ..model import Claim, Kind, Qualifier, Rational, Span, magnitude
from ..statements.items import one_slip_apart
from ..surroundings import AHEAD, BACK
from .material import Material, claim, same_time, span_over, telling, term
from .restated import Told
from .swapped import told_apart

if TYPE_CHECKING:
    from .kinds import SameFigure

_MOST = 200  # figures of an assessment looked at
_BEFORE = 600  # figures of one unit before it
_SAME_WORDS = 2
_NEAR = 2  # two small counts of the same are that far apart when one was brought up to date
_TELLING = 100  # a base of so many is told of one thing only
_LINES = 8  # from a list to a base taken from it
_DIGITS = 3  # that are no chance in another order
_CHANGED = re.compile(r"(?<!\w)(?:tăng|giảm|thêm|bớt|hơn|kém|vượt|hụt|chênh(?: lệch)?|bình quân|trung bình|mỗi|từng|chỉ tiêu|kế hoạch|phấn đấu|mục tiêu|dự kiến|trên|gần|khoảng)(?: \w+){0,2} ?[(:]*$")
_AIMED = re.compile(r"(?<!\w)phấn đấu(?!\w)")  # "Năm 2026 phấn đấu: giảm thêm 100 hộ nghèo, đến cuối năm còn 405 hộ"
_SOME = re.compile(r"(?<!\w)(?:riêng|trong đó)(?: \w+){0,2} ?[(:]*$")
CLASSES = frozenset(["trước", "đúng", "quá", "trễ", "chậm", "chưa", "không", "đang", "rất", "sau", "mới", "cũ", "nam", "nữ", "trực", "tuyến"])  # words that make another figure of it
_NARROWER = CLASSES - {"mới"}
_STAGES = telling("tiếp nhận giải quyết xử lý hoàn thành xong trả")
_COUNTED_AS = frozenset(["em", "cháu"])  # tell no figure from another
_TAKEN_UP = re.compile(r"(?<!\w)trong (?:tổng )?(?:số )?$")


def find_changed_in_summary(rule: SameFigure, material: Material, linked: set[frozenset[Span]]) -> Iterator[Claim]:
    """A failing claim for each such figure with the one before it that it seems to take up."""
    named = {f.quantity.span: f for f in material.figures}
    before: dict[tuple[str, bool], list[Told]] = defaultdict(list)
    printed: dict[Rational, set[tuple[str, bool]]] = defaultdict(set)  # numbers told before, of what
    looked = 0
    for mention in material.reading.mentions:
        told = Told(material, mention, named.get(mention.quantity.span))
        kind = mention.unit, mention.percent
        taken_up = mention.countable and mention.quantity.value >= _TELLING and _TAKEN_UP.search(told.lead_in) is not None
        again = any(percent == mention.percent and compatible(unit, mention.unit) for unit, percent in printed[mention.value])
        printed[mention.value].add(kind)
        if not looks_back(material, mention.start) and not taken_up:
            if len(before[kind]) < _BEFORE:
                before[kind].append(told)
            continue
        looked += 1
        if looked > _MOST:
            return
        if again or not (taken_up or plain(told)):
            continue
        changed = _changed_base if taken_up else _changed
        alike = [a for a in before[kind] if changed(material, a, told)]
        if len({a.mention.value for a in alike}) == 1:
            first = alike[0]
            if frozenset((first.mention.quantity.span, mention.quantity.span)) not in linked:
                terms = (term("a", first.mention), term("b", mention))
                yield claim(rule, Kind.SAME_FIGURE, terms, f"{mention.unit} {mention.label}"[:60], span=span_over(terms))


def looks_back(material: Material, offset: int) -> bool:
    """Is it an assessment, and no list of what shall be done?"""
    if not material.sums_up(offset):
        return False
    titles = [fold(s.title) for s in material.sections_at(offset)]  # "1. Gặt xong lúa mùa, trồng đủ 220 ha" under "III. NHIỆM VỤ THÁNG 11"
    back = next((BACK.search(title) is not None for title in titles if BACK.search(title) or AHEAD.search(title)), None)
    return back is not False


def plain(told: Told, *, part: bool = False) -> bool:
    """Is it a figure by itself, exact, no change, and of the whole, or else a `part` of it?"""
    mention, q = told.mention, told.mention.quantity
    if told.table or mention.target or mention.per or q.damaged or q.written.qualifier is not Qualifier.EXACT or mention.over is not None or mention.under is not None:
        return False
    if _AIMED.search(told.material.reading.folded, told.material.reading.sentences[mention.sentence].start, mention.start):
        return False
    if not mention.percent and (not mention.unit or not mention.countable or q.value < 2):
        return False
    return _CHANGED.search(told.lead_in) is None and (part or _SOME.search(told.lead_in) is None)


def _changed(material: Material, a: Told, b: Told) -> bool:
    if a.table or a.mention.target or a.mention.per or a.mention.quantity.damaged or a.mention.quantity.written.qualifier is not Qualifier.EXACT:
        return False
    if _CHANGED.search(a.lead_in) or _SOME.search(a.lead_in) or not _slip(a, b):
        return False
    one = a.figure is not None and b.figure is not None and a.figure.name == b.figure.name
    telling_one = not b.mention.percent and b.mention.quantity.value >= _TELLING and frozenset() < a.words <= b.words
    alike = len(a.words & b.words) >= _SAME_WORDS or telling_one and not _of_another_stage(a, b)
    if not one and (a.figure and b.figure or b.mention.percent or not alike or (a.words ^ b.words) & CLASSES):
        return False
    times = material.period_at(a.mention.start), material.period_at(b.mention.start)
    if None not in times and not same_time(*times):
        return False
    return not told_apart(material, a.mention, b.mention) and not material.bodies.differ(material, a.mention.start, b.mention.start)


def _of_another_stage(a: Told, b: Told) -> bool:
    """ "tiếp nhận 412 hồ sơ, trong đó … hộ tịch 205" and "hộ tịch giải quyết xong 202": dossiers received, and those resolved."""
    return not (b.words - a.words) & _STAGES <= telling(a.material.reading.folded[a.opening : a.mention.start])


def _changed_base(material: Material, a: Told, b: Told) -> bool:
    """ "hộ tịch 508 hồ sơ, …" and, a few lines below, "trong 518 hồ sơ hộ tịch mới tiếp nhận": the base is called as the figure is."""
    if a.table or a.base or b.mention.paragraph - a.mention.paragraph > _LINES or a.mention.sentence == b.mention.sentence:
        return False
    if a.mention.quantity.written.qualifier is not Qualifier.EXACT or a.mention.target or a.mention.per or _CHANGED.search(a.lead_in) or _SOME.search(a.lead_in):
        return False
    named = material.reading.folded[b.opening : b.mention.start]
    if not a.words - _COUNTED_AS or not a.words <= b.words | telling(named) or (b.words - a.words) & _NARROWER:
        return False
    one, other = (str(t.mention.quantity.value) for t in (a, b))
    return one_slip_apart(one, other) and not told_apart(material, a.mention, b.mention)


def _slip(a: Told, b: Told) -> bool:
    one, other = a.mention.quantity, b.mention.quantity
    if one.written.ulp != other.written.ulp:
        return False
    x, y = (str(q.written.value / q.written.ulp) for q in (one, other))
    turned = len(x) == len(y) >= _DIGITS and sorted(x) == sorted(y)
    return turned or neighbours_swapped(x, y) or one_slip_apart(x, y) or (one.written.ulp == 1 and magnitude(one.value - other.value) <= _NEAR)
