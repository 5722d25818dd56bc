"""Two figures told one after the other, and right behind them what lies between: "năm trước 512 lượt, năm nay 640 lượt, tăng
128 lượt", "kế hoạch 200 triệu đồng, kết quả được 246 triệu đồng, vượt 46 triệu đồng", "có 210 hộ; giảm 25 hộ, còn 185 hộ".

Nothing else of their kind stands near, and the words tell which one is earlier, or which one was the plan.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from ..language import compatible
from ..model import Claim, Span
from ..quantities import Mention, Reading
from .items import between, content, near
from .moves import (
    AGAINST,
    LACK,
    PLAN,
    RATE,
    SO_MANY,
    Move,
    as_set,
    change_claim,
    is_delta,
    lead_of,
    previous_value,
    size_of,
    tells_a_state,
    verb_before,
    way_of,
)
from .naming import narrower
from .told_rates import rate_after

_KIND = "năm|năm học|quý|tháng|tuần|kỳ|vụ|đợt|lần|phiên|khóa|nhiệm kỳ"
_EVENTS = ("sắp xếp", "sáp nhập", "hợp nhất", "tinh giản", "rà soát", "cải tạo", "nâng cấp")
_EVENT = f"(?:{'|'.join(_EVENTS)})"
_EARLIER = re.compile(
    rf"(?<!\w)(?:cùng kỳ|(?P<kind>{_KIND}) (?:liền )?(?:kề )?(?:trước|ngoái)|(?<!tháng )(?<!quý )(?<!ngày )đầu (?:năm|kỳ|nhiệm kỳ|tháng|vụ)|ban đầu|(?:lần|đợt|khóa|phiên) đầu(?: tiên)?|trước đây|trước (?:khi )?{_EVENT})(?!\w)(?! (?:chuyển|còn|sang|mang))"
)
_LATER = re.compile(rf"(?<!\w)(?:(?P<kind>{_KIND}) (?:này|nay)|đến nay|nay|hiện|hiện nay|hiện tại|sau (?:khi )?{_EVENT}|(?<!tháng )cuối (?:năm|kỳ|nhiệm kỳ|tháng|vụ))(?!\w)")
_PERIOD = re.compile(rf"(?<!\w)(?:{_KIND})(?!\w)")
_SO_FAR = re.compile(r"(?<!\w)(?:lũy kế|cộng dồn|tổng|tổng cộng|từ đầu|cả năm|cả nhiệm kỳ)(?!\w)")
_NUMBERED = re.compile(r"(?<!\w)(?:(?P<kind>năm|tháng|quý|tuần) (?P<which>\d{1,4}|i{1,3}v?|iv)(?![\w/])|(?<![\d.,/])(?P<year>(?:19|20)\d\d)(?=\s?:))")
_YEAR_END = re.compile(r"(?<!\w)(?:đầu|cuối) (?=(?:năm|tháng|quý|tuần) (?:\d|i))")
_HEADED_YEAR = re.compile(r"(?:19|20)\d\d\s?:")  # "2021: 156 hộ; 2022: 131 hộ (giảm 25 hộ)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SET = re.compile(rf"{PLAN.pattern}|(?<!\w)(?:(?<!bàn )giao(?! thông| dịch| tiếp| ban)|đăng ký|nhu cầu|định mức|định biên|quy định|đề ra)(?!\w)")
_OF_PLAN = re.compile(r"\s(?:so với )?(?:kế hoạch|dự toán|chỉ tiêu)(?!\w)")
_OVER_PLAN = re.compile(r"(?<!\w)(?:vượt|thiếu|hụt)(?!\w)")
_OVER_THE_PLAN = re.compile(r"(?<!\w)(?P<up>vượt)(?P<down>(?!))? (?:so với )?(?:kế hoạch|chỉ tiêu|nghị quyết|dự toán|mục tiêu)(?: (?:năm|giao|được giao|đề ra|tỉnh giao|huyện giao))? $")
_SO = re.compile(r"\s*(?:như vậy|theo đó|tính ra|so sánh),?\s")
_APPOSED = re.compile(r"[^.:\d]{0,60}?(?:(?:bằng|đạt|tương ứng|tương đương|đạt tỷ lệ)\s[\d.,]+\s?%[^.:;\d]{0,40})?")
_BEHIND = re.compile(r"[^,;.:()\d]{0,40}(?:\d{1,4}(?![\d.,]))?")
_ANOTHER = re.compile(r"[;.(:]|(?<!\w)(?:trong đó|cụ thể)(?!\w)")  # what follows is told of something else
_LEFT = re.compile(r"[^,;.:()\d]{0,40},?\s(?:nên |chỉ |nay |hiện |xuống |giảm |tổng số |số còn lại |vẫn )?(?:còn|lên|xuống|thành|nâng lên|còn lại|(?<=nên )(?:đạt|có|là))(?: là)?\s*")
_FRAME = frozenset({"điểm", "phần", "trăm", "nên", "liền", "kề", "lên", "xuống", "thành", "nâng", "trước", "ngoái", "đầu", "tiên", "tới", "cuối", "sang", "giao", "chỉ", "tiêu", "kế", "hoạch", "dự", "toán", "đăng", "ký", "vẫn", "cũng", "hiện", "con", "ấy", "mới", "hết", "sau", "khi", "tăng", "giảm", *_ROMAN, *" ".join(_EVENTS).split()})
_SO_IT_IS = frozenset({"nên", "tức", "nghĩa", "vì", "tính", "nhiệm", "ứng", "sánh", "tế", "đương", "vượt", "mức", "khá", "thế", "tốc", "độ"})
_FROM = re.compile(r"(?<!\w)từ(?: mức)?\s*$")
_TO = re.compile(r"(?<!\w)(?:lên|xuống|còn|thành|đến)(?: còn| đến)?\s*$")
_ON_AVERAGE = re.compile(r"(?<!\w)(?:bình quân|trung bình|mỗi|hằng|hàng|một năm)(?!\w)|/\s?(?:năm|tháng|quý)")
_POSTS = frozenset({"định", "biên", "chế", "quy", "thiếu", "hụt", "đang", "cấp", "tỉnh", "huyện"})
_STILL = re.compile(r"[^,;.:()\d]{0,20},? ?(?:thì )?(?:hiện |vẫn )?(?:còn |đang )?(?:thiếu|hụt)\s*")
_WITHIN_ONE = re.compile(r"[^,;.:()\d]{0,15}\s(?:trong|riêng) (?:năm|quý|tháng) (?:\d|[iv]+(?!\w))")  # "giảm 9 hộ trong năm 2024"
_BY_SO_MUCH = re.compile(r"\s(?:được |là )\d")
_SENTENCES = 3  # from the earlier figure to the later one
_FAR = 3  # times that figures of one thing do not lie apart
_BACK = 12
_LEAD = 200  # characters before a figure that tell of when it is
_NEAR = 20  # characters behind a size in which it is told to be of each year


def find_in_turn(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """The change of two figures told in turn, the earlier one and the later, or the plan and what came of it."""
    size = mentions[place]
    lead = lead_of(reading, size)
    lack = None if size.percent or not lead.rstrip().endswith(("thiếu", "hụt")) else LACK.search(lead)
    verb = lack or (RATE.search(lead) if size.percent else verb_before(reading, size) or SO_MANY.search(lead)) or _OVER_THE_PLAN.search(lead)
    if verb is None or size.quantity.damaged or size.over is not None or size.under is not None:
        return None
    down = True if lack is not None else way_of(verb)
    if down is None:
        return None
    told = previous_value(reading, mentions, place) if lack is not None else None
    if told is not None and told.per != size.per:
        return None  # "thiếu 2 giáo viên so với định mức 1,5 giáo viên/lớp"
    if told is not None and told.start < size.start:
        return _short_of(reading, mentions, place, Move(True, size))
    if told is not None:
        done = [m for m in mentions[max(0, place - _BACK) : place] if m.sentence == size.sentence and _is_state(reading, m, size.unit)]
        set_there = told.start > size.start and _SET.search(reading.folded, size.end, told.start) is not None
        return change_claim(told, done[-1], Move(True, size), "change.lacking") if done and set_there else None
    relative = size.unit == "%"
    if relative and lack is None and _BY_SO_MUCH.match(reading.folded, size.end):
        return None  # "vượt chỉ tiêu 40% được 1,5 điểm phần trăm"
    pairs = (
        told_in_turn(reading, mentions, Span(size.start - len(verb.group()), size.end), unit, size.depth, per=size.per)
        for unit in ((size.unit,) if not relative else ("%", None))
    )
    pair = next((p for p in pairs if p is not None), None)
    if pair is None or narrower(size, *pair) or not relative and size.value >= max(m.value for m in pair):
        return None
    if max(m.value for m in pair) > _FAR * min(m.value for m in pair):
        return None
    prev, now = pair
    if relative and _OF_PLAN.match(reading.folded, size.end) and not _SET.search(prev.before):
        return None  # "kế hoạch 350, thực hiện 8 tháng 238, ước cả năm 360 (vượt 2,9% kế hoạch)"
    if _OVER_PLAN.search(lead) and _SET.search(prev.before):
        prev = as_set(prev)
    size = size_of(reading, size)
    rate = rate_after(reading, mentions, place)
    if lack is not None and rate is not None and reading.folded[size.end : rate.start].rstrip().endswith("đạt"):
        rate = None  # "biên chế 22 người, có mặt 20 người, thiếu 02 người, đạt 90,91%"
    move = Move(down, rate=size) if relative else Move(down, size, rate)
    return change_claim(prev, now, move, "change.told")


def _short_of(reading: Reading, mentions: tuple[Mention, ...], place: int, move: Move) -> Claim | None:
    """ "Hiện có mặt 37 người. So với định mức được giao là 39 người còn thiếu 02 người": what a plan told right before still lacks
    of the one figure of its kind before it."""
    done, plan, size = mentions[place - 2 : place + 1] if place > 1 else (None, None, mentions[place])
    if done is None or plan is None:
        return None
    beside = [m for m in mentions[max(0, place - _BACK) : place - 2] if m.sentence == done.sentence and m.unit == size.unit and _is_state(reading, m, size.unit)]
    alike = all(_is_state(reading, m, size.unit) and m.depth == size.depth for m in (done, plan)) and plan.sentence - done.sentence <= 1
    named = content(plan.label) - _FRAME - _POSTS <= content(done.label)
    if not alike or beside or not named or not _SET.search(lead_of(reading, plan)) or not _STILL.fullmatch(reading.folded, plan.end, size.start):
        return None
    return None if narrower(size, plan, done) else change_claim(plan, done, move, "change.lacking")


def find_step(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "Có 210 hộ; sáu tháng đầu năm giảm 25 hộ, còn 185 hộ": a figure, its change, and what it came to."""
    size = mentions[place]
    points = size.unit == "điểm %"
    if not 0 < place < len(mentions) - 1 or not (points or is_delta(reading, size)):
        return None
    prev, now = mentions[place - 1], mentions[place + 1]
    told = previous_value(reading, mentions, place) if prev.depth > size.depth else None
    prev = told if told is not None and told.start < size.start else prev  # "so với năm trước (1.431 em) giảm 46 em, còn 1.385 em"
    alike = (prev.depth == size.depth or prev is told) and now.depth == size.depth and now.sentence == size.sentence and size.sentence - prev.sentence <= 1
    if not alike or not all(_is_state(reading, m, size.unit) for m in (prev, now)):
        return None
    if not _LEFT.fullmatch(reading.folded, size.end, now.start) or AGAINST.search(reading.folded, size.end, now.start):
        return None
    move = Move(way_of(RATE.search(lead_of(reading, size)) if points else verb_before(reading, size)), size_of(reading, size))
    fell = size.value if move.down else -size.value
    if move.down is None or not near(prev.value - fell, now.value) or not content(now.label) - _FRAME <= content(prev.label):
        return None
    return change_claim(prev, now, move, "change.step")


def told_in_turn(reading: Reading, mentions: tuple[Mention, ...], words: Span, unit: str | None, depth: int = 0, *, per: bool = False) -> tuple[Mention, Mention] | None:
    """The earlier figure and the later one before the words that tell what lies between them, size and all; counts of any
    unit with None; rates per hectare or household where `per`."""
    start, end = words
    place, behind = (bisect_left(mentions, at, key=lambda m: m.start) for at in words)
    states = [m for m in mentions[max(0, place - _BACK) : place] if _is_state(reading, m, unit, per=per)]
    if not states:
        return None
    leads = {m.index: _lead(reading, m, earlier) for earlier, m in zip([None, *states], states, strict=False)}
    sentence = states[-1].sentence if start < reading.sentences[states[-1].sentence].end else states[-1].sentence + 1
    here = [m for m in states if m.sentence == sentence and m.depth <= depth + 1]
    before = [m for m in states if m.sentence == sentence - 1]
    planned = _OVER_PLAN.search(reading.folded, start, end) is not None
    former = [m for m in states if here and m.turn == here[0].turn - 1 and sentence - m.sentence <= _SENTENCES]  # over sentences without figures
    if len(here) == len(former) == 1 and (_SET if planned else _EARLIER).search(leads[former[0].index]) and (planned or _LATER.search(leads[here[0].index])):
        here = [*former, *here]
    elif len(here) == 1 and _EARLIER.search(leads[here[0].index]):
        here = [*(m for m in before if not _SET.search(leads[m.index])), *here]
    elif len(here) == 1 or not here and _SO.match(reading.folded, reading.sentences[sentence].start):
        here = [*before, *here]
    if depth and len(here) > 2 and here[-1].depth < depth and _follow(*(leads[m.index] for m in here[-2:])):
        here = here[-2:]  # "năm 2023 có 150 lượt (tăng 30 lượt), năm 2024 có 195 lượt (tăng 45 lượt)"
    if len(here) != 2 or here[1].unit not in {here[0].unit, ""} and not (here[0].unit == "" and _FROM.search(leads[here[0].index])):
        return None
    first, second = here
    one, other = leads[first.index], leads[second.index]
    ordered = _by_plan(one, other) if planned else by_time(one, other)
    known = content(first.label) | (content(_lead(reading, first, None)) if first.sentence < sentence else frozenset())
    if ordered is None or not content(second.after if planned else second.label) - _FRAME <= known:
        return None  # "tháng 4 nhận 212 hồ sơ, tháng 5 trả 205 hồ sơ" counts two things
    gap = between(reading, second.end, start)
    if _ON_AVERAGE.search(gap) or _ON_AVERAGE.search(reading.folded, end, end + _NEAR) or _WITHIN_ONE.match(reading.folded, end):
        return None
    if second.sentence == sentence and not _APPOSED.fullmatch(gap) or content(gap) - _FRAME - _SO_IT_IS - content(first.label) - content(second.label):
        return None  # "…, cuối năm còn 63 hộ; hộ cận nghèo giảm 30 hộ"
    pair = (first, second) if ordered > 0 else (second, first)
    if AGAINST.search(gap) and not _same_period(gap, leads[pair[0].index]):
        return None  # "cuối năm trước 4,36%, cuối năm nay 2,95%; so với đầu nhiệm kỳ giảm 3,8 điểm %"
    following = mentions[behind] if behind < len(mentions) and mentions[behind].sentence == sentence else None
    return pair if _nothing_else(reading, end, following, leads[pair[0].index], unit) else None


def _is_state(reading: Reading, mention: Mention, unit: str | None, *, per: bool = False) -> bool:
    percent = unit in {"%", "điểm %"}
    alike = percent or unit is None or mention.unit == unit or not unit or not mention.unit
    known = mention.percent == percent and alike and mention.per == per and mention.over is None and tells_a_state(reading, mention)
    headed = not mention.unit and _HEADED_YEAR.match(reading.folded, mention.start)
    return known and not headed and LACK.search(lead_of(reading, mention)) is None


def _lead(reading: Reading, mention: Mention, last: Mention | None) -> str:
    """The words before a figure, from the one before it or from the start of its sentence, brackets left out."""
    start = max(reading.sentences[mention.sentence].start, mention.start - _LEAD)
    return between(reading, max(start, last.end if last is not None else start), mention.start)


def _by_plan(one: str, other: str) -> int | None:
    """1 where the first of two figures is the plan and the second what came of it, -1 the other way round."""
    first, second = _SET.search(one) is not None, _SET.search(other) is not None
    return None if first == second else 1 if first else -1


def by_time(one: str, other: str) -> int | None:
    """1 where the first of two figures is the earlier one, -1 where the second is."""
    if _SET.search(one) or _SET.search(other):
        return None
    if _FROM.search(one) and _TO.search(other):
        return 1
    if (_SO_FAR.search(one) is None) != (_SO_FAR.search(other) is None):
        return None
    before = _EARLIER.search(other)
    if before is not None:
        told = set(_PERIOD.findall(one))
        alike = before["kind"] is None or not told or before["kind"] in told
        return -1 if alike and not _EARLIER.search(one) and not _LATER.search(other) else None
    before, after = _EARLIER.search(one), _LATER.search(other)
    if before is not None:
        return 1 if after is not None and (before["kind"] is None or after["kind"] in {None, before["kind"]}) else None
    a, b = _number(one), _number(other)
    if a is None or b is None or a[0] != b[0] or a[1] == b[1]:
        return None
    return 1 if a[1] < b[1] else -1


def _follow(one: str, other: str) -> bool:
    """Does one numbered period come right after the other?"""
    a, b = _number(one), _number(other)
    return a is not None and b is not None and a[0] == b[0] and b[1] - a[1] == 1


def _number(lead: str) -> tuple[str, int] | None:
    """The numbered period that the words name, and no other: ("tháng", 4)."""
    lead = _YEAR_END.sub("", lead)
    found = list(_NUMBERED.finditer(lead))
    if len(found) != 1 or _LATER.search(lead):
        return None
    which = found[0]["which"] or found[0]["year"]
    return found[0]["kind"] or "năm", _ROMAN[which] if which in _ROMAN else int(which) if which.isdigit() else 0


def _nothing_else(reading: Reading, end: int, following: Mention | None, earlier: str, unit: str | None) -> bool:
    """Does nothing behind the change name another figure to compare with, or another change that belongs to it?"""
    behind = _BEHIND.match(reading.folded, end)
    words = behind.group() if behind is not None else ""
    if words.startswith(" là ") and _SET.search(words):
        return False  # "…; tăng trưởng 12% là mục tiêu năm sau"
    planned = _SET.search(words) is not None and _SET.search(earlier) is not None
    if AGAINST.search(words) and not planned and not _same_period(words, earlier):
        return False
    if following is None or following.percent or not unit:
        return True
    return not compatible(following.unit, unit) or _ANOTHER.search(reading.folded, end, following.start) is not None


def _same_period(words: str, earlier: str) -> bool:
    """ "…, tăng 128 lượt so với năm trước": is it the earlier figure's own period?"""
    named, told = ({m.group() for pattern in (_EARLIER, _NUMBERED) for m in pattern.finditer(text)} for text in (words, earlier))
    return bool(named) and named <= told
