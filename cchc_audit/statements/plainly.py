"""Relations told in plain words whose figures stand in two sentences or lines: "Dự toán giao là 9.460 triệu đồng. Thực chi được 8.073,2 triệu đồng, đạt
92,0% dự toán", "8.653 trên tổng dân số 9.368 người. Độ bao phủ mới đạt 29,37%", "Năm nay 22.873 người; năm ngoái 21.456 người. Tốc độ tăng 7,6%".

The words leave one pair of figures. Where the relation does not come out, it is claimed only if one slip of the typist explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from ..model import Claim, Kind, Qualifier, Rational, magnitude
from ..quantities import Mention, Reading
from .items import TURNS, claim, comes_out, term
from .moves import Move, change_claim
from .pool import mistyped, near_miss, one_digit_off, one_slip_off

_SENTENCES = 2  # back from a share to the plan it is of
_LEAD = 90  # characters before a figure in which what it is stands
_OF_PLAN = re.compile(r"\s?(?:so với )?(?:tổng )?(?:dự toán|kế hoạch|chỉ tiêu)(?!\w)")
_PLAN_INSIDE = re.compile(r"(?: [^\W\d]+){0,4} ?\(\s?(?:dự toán|kế hoạch|chỉ tiêu|giao)(?: [^\W\d]+){0,3} ")
_REACHED = re.compile(r"(?: [^\W\d]+){0,3}[,;]? (?:đạt|bằng)(?: tỷ lệ)? ")
_PLANNED = re.compile(r"(?<!\w)(?:dự toán|kế hoạch|chỉ tiêu)(?!\w)[^;.()]*$")
_AGAINST_IT = re.compile(r"(?<!\w)so (?:với )?(?:tổng )?(?:dự toán|kế hoạch|chỉ tiêu|nhu cầu)(?: [^\W\d]+){0,4} $")
_THEN_REACHES = re.compile(r"(?: đã giao| được giao)?,? (?:thì )?(?:đã |mới |chỉ )?(?:đạt|bằng)(?: tỷ lệ)? ")
_DONE = re.compile(r"(?<!\w)(?:thu|chi|thực hiện|giải ngân|đạt|được|xong|hoàn thành|kết nạp|cấp|trồng)(?!\w)[^;.()]*$")
_REACHES = re.compile(r"[^;.\d]{0,30}[,(]\s?(?:mới |chỉ )?(?:đạt|bằng|tương đương|tức|chiếm)(?: tỷ lệ)?\s")
_RATE_OPENS = re.compile(r"\W*(?:như vậy,? |như thế,? |do đó,? |vì thế,? |tính ra,? )?(?:tỷ lệ|độ|mức|tiến độ|hiệu suất)(?!\w)[^;:.()\d]{0,60}:?\s?$")
_RATE_OF = re.compile(r"[-+*•\d.)\s]*(?:tỷ lệ|mức|tiến độ) (?P<what>[^;:.,()\d]{4,30}?)(?: đạt| là)?:?\s?")
_DENIED, _LINES = re.compile(r"(?<!\w)(?:chưa|không|đang|quá hạn|trễ)(?!\w)"), 8  # lines of a list above its rate
_OF = re.compile(r"[^;:.()\d]{0,60}\s(?:trên|trong)(?: (?:tổng(?: số| dân số)?|số))?\s[^;:.()\d]{0,30}")
_GROWTH = re.compile(r"\W*(?:như vậy,? )?(?:tốc độ|mức|tỷ lệ) tăng(?: trưởng)?(?: là| đạt|:)?\s$")
_FORMER = re.compile(r"(?<!\w)(?:cùng kỳ|(?:năm|quý|tháng|kỳ|đợt|lần|vụ) (?:trước|ngoái)|(?:đầu|cuối) (?:năm|kỳ) trước|thời điểm 0?1/0?1)(?!\w)[^;.()]*$")
_EARLIER = re.compile(r"(?<!\w)(?:cùng (?:kỳ|thời điểm)|(?:năm|quý|tháng|kỳ|đợt|lần|vụ|khóa|nhiệm kỳ) (?:trước|ngoái|20\d\d)|đầu (?:năm|kỳ|quý|nhiệm kỳ)|mốc|trước (?:đây|đó|sắp xếp|sáp nhập|khi))(?!\w)[^;.()]*$")
_MOVED = re.compile(r"(?<!\w)(?:(?P<up>tăng(?: thêm| lên)?|thêm|nhiều hơn|cao hơn|nhích(?: thêm| lên)|nâng(?: thêm| lên))|(?P<down>hạ(?: được)?|giảm(?: đi)?|bớt(?: đi)?|sụt(?: giảm)?|hụt|cắt(?: được)?|tinh giản(?: được)?|ít hơn|thấp hơn))(?: được| là)?\s$")
_AGAINST_A_PLAN = re.compile(r"[^,;.()\d]{0,30}(?<!\w)so (?:với )?(?:chỉ tiêu|kế hoạch|dự toán|định mức|quy định|mức|bình quân)(?!\w)")
_BECAUSE = re.compile(r"[^,;.()\d]{0,40}(?<!\w)(?:do|vì|bởi)(?!\w)[^;.]*\d")
_THAT_FIGURE = re.compile(r"(?<!\w)(?:con số|số) (?:này|đó|ấy)(?!\w)")
_SO = re.compile(r"[^;\d]{0,90}")
_LEAST, _NEAR = 10, 6  # counts from which a change is no chance; figures before it
_FROM_TO = re.compile(r"(?<!\w)từ\s$")
_DOWN_TO = re.compile(r"[^;.()\d]{0,40}\s(?:xuống|còn|lên|thành)(?: còn| chỉ)?(?: còn)?\s")


def find(reading: Reading, told: Iterable[Claim]) -> Iterator[Claim]:
    """A claim for each such relation whose share or size no claim `told` binds yet."""
    known = {t.span for c in told for t in c.terms if t.role in {"p", "delta", "part"}}
    for index, mentions in enumerate(reading.by_paragraph):
        if not mentions or reading.paragraphs_read[index].kind != "text":
            continue
        for place, mention in enumerate(mentions):
            if mention.quantity.span in known or mention.quantity.damaged or mention.quantity.written.approx:
                continue
            if mention.percent and mention.unit == "%":
                made = _of_plan(reading, mentions, place) or _against_plan(reading, mentions, place) or _of_plan_inside(reading, mentions, place) or _of_the_sentence_before(reading, mentions, place) or _of_two_lines(reading, index, mention) or _of_the_list(reading, index, mention) or _growth(reading, mentions, place)
            else:
                made = _moved(reading, mentions, place)
            if made is not None:
                yield made


# ---------------------------------------------------------------- shares


def _of_plan(reading: Reading, mentions: Sequence[Mention], place: int) -> Claim | None:
    """Of the one plan told in its sentence or the two before, in the unit of the figure it stands right behind."""
    percent, done = mentions[place], mentions[place - 1] if place else None
    if done is None or not _OF_PLAN.match(reading.folded, percent.end) or not _is_count(done) or done.sentence != percent.sentence:
        return None
    if not _REACHES.fullmatch(reading.folded, done.end, percent.start) or not _DONE.search(_lead(reading, done)):
        return None
    before = [m for m in mentions[:place - 1] if _is_count(m) and percent.sentence - m.sentence <= _SENTENCES and m.unit == done.unit != "" and m.depth == 0]
    plans = [m for m in before if _PLANNED.search(_lead(reading, m))]
    return _share(done, plans[0], percent) if len(plans) == 1 else None


def _against_plan(reading: Reading, mentions: Sequence[Mention], place: int) -> Claim | None:
    """ "Chi 15.930 triệu đồng, gồm …; so với dự toán 22.125 triệu đồng thì đạt 72%": the figure that opens the sentence, or one behind it where the
    share comes out."""
    percent, plan = mentions[place], mentions[place - 1] if place else None
    if plan is None or not _is_count(plan) or plan.sentence != percent.sentence or not _AGAINST_IT.search(_lead(reading, plan)):
        return None
    if not _THEN_REACHES.fullmatch(reading.folded, plan.end, percent.start) or _OF_PLAN.match(reading.folded, percent.end):
        return None  # "so với dự toán tỉnh giao 9.260 triệu đồng, đạt 98,0% dự toán HĐND xã giao": of another
    before = [m for m in mentions[: place - 1] if m.sentence == percent.sentence and (m.unit == plan.unit != "" or m.scale == plan.scale > 1) and not m.depth and _is_count(m)]
    done = next((m for m in before if comes_out(m.value, plan.value, percent.quantity.written)), before[0] if before else None)
    return _share(done, plan, percent) if done is not None else None


def _of_plan_inside(reading: Reading, mentions: Sequence[Mention], place: int) -> Claim | None:
    """ "Lệ phí trước bạ 9.128 (dự toán 11.200, đạt 81,5%)": of the plan in its brackets, the figure right before them."""
    done, plan = mentions[place - 2 : place] if place >= 2 else (None, None)
    if done is None or plan is None or done.depth >= plan.depth or plan.group != mentions[place].group or done.unit != plan.unit or done.scale != plan.scale:
        return None
    told = _PLAN_INSIDE.fullmatch(reading.folded, done.end, plan.start) and _REACHED.fullmatch(reading.folded, plan.end, mentions[place].start)
    return _share(done, plan, mentions[place]) if told and _is_count(done) and done.under is None else None


def _of_the_sentence_before(reading: Reading, mentions: Sequence[Mention], place: int) -> Claim | None:
    """A rate that opens its sentence, of the two figures of the sentence before, told as the one out of the other."""
    percent = mentions[place]
    before = [m for m in mentions[:place] if m.turn == percent.turn - 1 and m.depth == 0]
    opens = not any(m.sentence == percent.sentence for m in mentions[:place]) and _RATE_OPENS.fullmatch(reading.folded, reading.sentences[percent.sentence].start, percent.start)
    if len(before) != 2 or not opens or not all(_is_count(m) for m in before):
        return None
    part, whole = before
    alike = part.unit in {"", whole.unit} or {part.unit, whole.unit} == TURNS
    return _share(part, whole, percent) if alike and _OF.fullmatch(reading.folded, part.end, whole.start) else None


def _of_two_lines(reading: Reading, index: int, percent: Mention) -> Claim | None:
    """ "- Tổng số cử tri trong danh sách: 7.382", "- Số cử tri đi bỏ phiếu: 7.249", "- Tỷ lệ cử tri đi bầu: 98,2%"."""
    start, parts = reading.paragraphs_read[index].span.start, reading.paragraphs_read
    if index < 2 or not _RATE_OPENS.fullmatch(reading.folded, start, percent.start) or not parts[index].marker:
        return None
    lines = [reading.by_paragraph[at] for at in (index - 2, index - 1)]
    if any(len(line) != 1 or not _is_count(line[0]) for line in lines) or len({parts[at].marker[:1] for at in (index - 2, index - 1, index)}) > 1:
        return None
    whole, part = lines[0][0], lines[1][0]
    return _share(part, whole, percent) if _in_one_unit(part, whole) else None


def _in_one_unit(part: Mention, whole: Mention) -> bool:
    return part.unit == whole.unit or not part.unit or not whole.unit


def _of_the_list(reading: Reading, index: int, percent: Mention) -> Claim | None:
    """ "1.1. Tổng số nhiệm vụ: 56", "1.1.1. Đã hoàn thành: 39", …, "1.1.4. Tỷ lệ hoàn thành: 69,6%": of the one line above that tells what the rate
    names, in the total the list opens with."""
    parts, text = reading.paragraphs_read, reading.folded
    named = _RATE_OF.fullmatch(text, parts[index].span.start, percent.start)
    if named is None or not parts[index].marker:
        return None
    whole, told = None, []
    for at in range(index - 1, max(-1, index - 1 - _LINES), -1):
        line = text[parts[at].span.start : parts[at].span.end]
        if not parts[at].marker or len(reading.by_paragraph[at]) != 1 or not _is_count(reading.by_paragraph[at][0]):
            return None
        if "tổng" in line:
            whole = reading.by_paragraph[at][0]
            break
        if named["what"] in line and not _DENIED.search(line):
            told.append(reading.by_paragraph[at][0])
    return _share(told[0], whole, percent) if whole is not None and len(told) == 1 and _in_one_unit(told[0], whole) else None


def _share(part: Mention, whole: Mention, percent: Mention) -> Claim | None:
    base = term("m", whole)
    n, written = part.value, percent.quantity.written
    if not n or whole.value <= 0 or n > 2 * whole.value:
        return None
    right = comes_out(n, whole.value, written)
    if not right and not near_miss(n, base, percent) and not one_slip_off(n, base, percent) and not (written.ulp == 1 and one_digit_off(n, base, percent)):
        return None
    return claim(Kind.SHARE, [term("n", part), base, term("p", percent)], "share.plainly", own_base=False, bases=(base,), scope=part.quantity.noun)


# ---------------------------------------------------------------- changes


def _growth(reading: Reading, mentions: Sequence[Mention], place: int) -> Claim | None:
    """A rate of growth that opens its sentence, between the two figures of the sentence before, one of them told of the time before."""
    rate = mentions[place]
    if not _GROWTH.fullmatch(reading.folded, reading.sentences[rate.sentence].start, rate.start):
        return None
    before = [m for m in mentions[:place] if m.turn == rate.turn - 1 and m.depth == 0]
    pair = _then_and_now(reading, before)
    if pair is None or pair[0].value <= 0:
        return None
    prev, now = pair
    by, ulp = Fraction(100 * (now.value - prev.value)) / prev.value, rate.quantity.written.ulp
    slipped = mistyped(round(by / ulp), Fraction(rate.value) / ulp) or mistyped(round(prev.value * (1 + Fraction(rate.value) / 100)), now.value)
    right = 2 * magnitude(by - rate.value) <= ulp
    return change_claim(prev, now, Move(False, rate=rate), "change.plainly") if right or slipped else None


def _moved(reading: Reading, mentions: Sequence[Mention], place: int) -> Claim | None:
    """The size of a change between two figures told of two times in its sentence or the one before; or from the one to the other, in units of
    time as well."""
    delta = mentions[place]
    verb = _MOVED.search(_lead(reading, delta))
    if verb is None or delta.percent and delta.unit == "%" and delta.quantity.written.ulp >= 1 or delta.over is not None or delta.under is not None:
        return None
    if _AGAINST_A_PLAN.match(reading.folded, delta.end) or _BECAUSE.match(reading.folded, delta.end):
        return None  # "giảm 15 hộ do chuyển đi và thoát nghèo, tái nghèo 3 hộ"
    before = [m for m in mentions[max(0, place - 6) : place] if delta.sentence - m.sentence <= 1 and m.depth == 0 and not _MOVED.search(_lead(reading, m))]
    pair = _from_one_to_other(reading, mentions, place) or _then_and_now(reading, [m for m in before if m.unit == delta.unit != ""]) or _last_two(reading, mentions, place)
    if pair is None:
        return None
    prev, now = pair
    down = verb["down"] is not None
    by = prev.value - now.value if down else now.value - prev.value
    gross = by != delta.value and any(m.value == magnitude(by - delta.value) and m.sentence == delta.sentence for m in mentions[place + 1 : place + _NEAR])
    if gross:
        return None  # "85 hộ, cuối năm còn 63 hộ, giảm 27 hộ, phát sinh mới 5 hộ"
    if by <= 0 or by != delta.value and not _one_slip(by, delta, prev, now, down=down):
        return None
    return change_claim(prev, now, Move(down, delta), "change.plainly")


def _one_slip(by: Rational, delta: Mention, prev: Mention, now: Mention, *, down: bool) -> bool:
    size, ulp = -delta.value if down else delta.value, delta.quantity.written.ulp
    meant = (by, delta.value), (prev.value + size, now.value), (now.value - size, prev.value)
    return any(mistyped(round(a / ulp), round(b / ulp)) for a, b in meant)


def _last_two(reading: Reading, mentions: Sequence[Mention], place: int) -> tuple[Mention, Mention] | None:
    """ "25,5% tổng số vi phạm, năm trước tỷ lệ này là 31,2%, tức đã hạ 7,5 điểm phần trăm", "92,4% dân số (đầu kỳ 90,2%), tức nâng thêm 1,2 điểm":
    the last two figures of the kind before a change that nothing but words parts from them, one of them told of an earlier time."""
    delta = mentions[place]
    points = delta.percent or delta.unit == "điểm"
    if not points and delta.value < _LEAST:
        return None
    told = [m for m in mentions[max(0, place - _NEAR) : place] if delta.turn - m.turn <= 1 and not _MOVED.search(_lead(reading, m)) and m.under is None]
    alike = [m for m in told if _of_kind(reading, m, delta)]
    if len(alike) < 2 or alike[-1] is not told[-1] or not _SO.fullmatch(reading.folded, alike[-1].end, delta.start):
        return None
    former = [m for m in alike[-2:] if _EARLIER.search(_lead(reading, m))]
    if len(former) != 1 or any(m.quantity.written.approx or m.target or m.per for m in alike[-2:]):
        return None
    return former[0], next(m for m in alike[-2:] if m is not former[0])


def _of_kind(reading: Reading, told: Mention, delta: Mention) -> bool:
    """May the change be one of the figure: in percent, in its points, in its unit, or in that of the words before it ("số lượt tăng 24", "con số này
    mới là 18.735")?"""
    if delta.percent:
        return told.unit == "%"
    if told.over is not None:
        return reading.mentions[told.over].unit == delta.unit == "điểm"
    named = told.unit != "" and told.unit in _lead(reading, delta) if not delta.unit else not told.unit and _THAT_FIGURE.search(_lead(reading, told)) is not None
    return told.unit == delta.unit != "" or named


def _from_one_to_other(reading: Reading, mentions: Sequence[Mention], place: int) -> tuple[Mention, Mention] | None:
    """ "rút từ 24 giờ còn 14 giờ, cắt được 10 giờ", "tinh giản được 27 biên chế: từ 139 người xuống còn 112 người"."""
    delta = mentions[place]
    for two in (mentions[max(0, place - 2) : place], mentions[place + 1 : place + 3]):
        if len(two) < 2:
            continue
        prev, now = two
        if now.unit == "%" and not delta.percent and delta.unit != "điểm":
            continue  # "số đạt và vượt tăng 4, tỷ lệ tăng từ 85% lên 87,5%"
        if prev.sentence == now.sentence == delta.sentence and prev.group == now.group == delta.group and prev.unit == now.unit and _FROM_TO.search(reading.folded, max(0, prev.start - 4), prev.start) and _DOWN_TO.fullmatch(reading.folded, prev.end, now.start):
            return prev, now
    return None


def _then_and_now(reading: Reading, told: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """Two figures of one unit, the one of which is told of the time before."""
    if len(told) != 2 or told[0].unit != told[1].unit or not all(_is_count(m) or m.unit for m in told):
        return None
    former = [m for m in told if _FORMER.search(_lead(reading, m))]
    if len(former) != 1:
        return None
    return former[0], next(m for m in told if m is not former[0])


def _is_count(mention: Mention) -> bool:
    return mention.countable and mention.over is None and mention.under is None and mention.quantity.written.qualifier is Qualifier.EXACT and mention.value > 0


def _lead(reading: Reading, mention: Mention) -> str:
    """The words before a figure, back to the figure or the sentence's beginning before it."""
    before = reading.mentions[mention.index - 1].end if mention.index else 0
    return reading.folded[max(before, reading.sentences[mention.sentence].start, mention.start - _LEAD) : mention.start]
