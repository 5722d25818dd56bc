"""What a stated change is made of: the words that tell it, its size and rate, and the figures it may lie between."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ..arithmetic import Mode, preimage
from ..language import CARRIED_ON, compatible, starting
from ..model import Claim, Kind, Qualifier, Term
from ..quantities import Mention, Reading
from .items import between, claim, term

UP = r"tăng(?: thêm| tiếp| trưởng)?|nhiều lên|nhiều hơn|cao hơn|nhỉnh hơn|vượt"
DOWN = r"(?:kéo )?giảm(?: bớt| được| tiếp| thêm)?|kéo xuống|ít hơn|thấp hơn|rút ngắn"
APART = r"chênh(?: lệch)?(?: nhau)?|hơn kém(?: nhau)?|cách nhau"
HEDGE = r"(?: được| là| tuyệt đối| đúng| tới| khoảng| gần| hơn| trên)?"
SINCE = r"(?: (?:so với )?(?:năm|quý|tháng|kỳ|cùng kỳ)[^,;.\d]{0,12}(?:(?:19|20)\d\d| năm (?:trước|ngoái))?(?: là)?)?"
# "thu nhập tăng thêm", "giá trị gia tăng" name a sum of money and say nothing of another period; "gồm vượt 09 và đạt 08" tells of classes
_OPENS = r"(?:(?<=[,;] )|(?<=thì )|(?<=\())"  # "79.761 người, cùng kỳ 79.250 người, thêm 511 người"; "nhận thêm 12 đơn" is no change
_VERB = rf"(?<!\w)(?<!thu nhập )(?<!gia )(?<!gồm )(?:(?P<up>{UP}|{_OPENS}thêm)|(?P<down>{DOWN}|{_OPENS}bớt)|(?P<apart>{APART}))"
DELTA = re.compile(rf"{_VERB}{HEDGE}{SINCE}\s*$")
RATE = re.compile(rf"{_VERB}{HEDGE}\s*$")
SO_MANY = re.compile(r"(?<!\w)(?:tức|nghĩa là|nói cách khác|như vậy|như thế)(?: là| đã)?,? (?:(?P<up>thêm)|(?P<down>bớt))(?: được)?\s*$")
SHORT = re.compile(r"(?<!\w)(?:còn thiếu|còn thấp hơn|kém|hụt)\s*$")  # of a rate: what a target still lacks
LACK = re.compile(r"(?<!\w)(?:còn |đang )?(?:thiếu|hụt)\s*$")  # of a count: what a plan still lacks
OVER_OR_SHORT = re.compile(r"(?<!\w)(?:còn |đang |hiện )?(?:(?P<up>dôi dư|dôi|dư|thừa)|(?P<down>thiếu|hụt|khuyết))\s*$")  # of a count beside what it should be
AGAINST = re.compile(
    r"(?<!\w)(?:so với|so|nếu so|đối chiếu|(?:cùng kỳ|(?:năm|năm học|niên độ|học kỳ|quý|tháng|tuần|vụ|đợt|lần|kỳ|phiên|khóa|nhiệm kỳ) (?:trước|20\d\d|ngoái|i{1,3}v?|iv))"
    rf"(?!{CARRIED_ON})|đầu năm|cuối năm|năm ngoái)"
)
PLAN = re.compile(r"(?<!\w)(?:dự toán|kế hoạch|chỉ tiêu|được giao|mục tiêu)")
TIMES = re.compile(starting("gấp") + r"\s*(?:gần|hơn|khoảng|trên)?\s*$")
MOVE = re.compile(r"(?<!\w)(?:tăng|giảm|vượt|chênh)(?!\w)")
LEAD = 40  # characters before a figure in which the verb of its change stands
LOOK_BACK = 10  # figures before a change that it may lie between
_MONTH = re.compile(r"\s?(?:trong )?tháng \d{1,2}\s?:")  # "(tháng 10: 2.091 hồ sơ; tăng 227 hồ sơ)"
_WAS_LESS = re.compile(
    r"(?<!\w)(?<!với )(?<!chiếu )(?<!so )(?<!kỳ )(?:cùng kỳ(?: năm (?:trước|ngoái|(?:19|20)\d\d))?|(?:năm|quý|tháng|kỳ) (?:trước|ngoái)|năm (?:19|20)\d\d) (?:nhiều|cao|nhỉnh|ít|thấp) hơn\s*$"
)
_COMPARING = re.compile(r"(?<!\w)(?:nhiều|cao|nhỉnh|ít|thấp) hơn\s*$")
_OTHER = re.compile(r",|:(?!\s*$)|(?<!\w)(?:và|trong|gồm|còn|riêng|do|vì|nhờ)(?!\w)|\((?:thêm|bổ sung|kết nạp|bãi bỏ|tiếp nhận|phát sinh|nghỉ|chuyển)(?!\w)")  # what follows is no more the figure compared with
_OF_A_LIST = re.compile(r"\((?![^()]*(?:năm|quý|tháng|kỳ))[^()\d]+:\s*$")  # "so với năm 2017 (kinh tế nhà nước: 46.169 người; …)"
_OPEN_ENDED = frozenset({Qualifier.AT_LEAST, Qualifier.AT_MOST})
# "…, trong khi cùng kỳ năm 2023 cấp 365 bản, như vậy là tăng 72 bản"
_EARLIER = re.compile(r"(?:^|[.,;(]\s)(?:trong khi|trong lúc|còn|mà|thì)?(?: đó)?(?: ở)? ?(?:cùng kỳ|(?:năm|quý|tháng|kỳ|vụ|tuần) (?:liền )?(?:kề )?(?:trước|ngoái))(?!" + CARRIED_ON + r")(?: năm (?:trước|ngoái|(?:19|20)\d\d))?(?: [^\W\d]+){0,5} $")
_IN_BRACKETS = re.compile(r"\(\s?(?:(?:trước|khi|lúc|hồi) (?:đó|ấy)|trước đây|q(?:uý )?(?:i{1,3}|iv|[1-4])|t(?:háng )?\d{1,2}|năm (?:19|20)\d\d)(?: (?:là|có|thu|đạt))?:?\s$")  # "44 (QI: 27) tăng 17"
_TOLD_IN_BRACKETS = 30  # characters before such a figure
_RATE_INSIDE = re.compile(r"[^;.()\d]{0,20}\(\s?(?:tăng|giảm)\s[\d.,]+\s?%\s[^;()\d]{0,40}")  # "tăng 96 việc (tăng 8,08% so với cùng kỳ là 1.188 việc)"
_BESIDE = re.compile(r"[^,;.()\d]{0,20}(?:,| và|, và) (?:tăng|giảm)(?: thêm)? ")  # "tăng 2,38 điểm và tăng 4 bậc so với năm trước (86,26 điểm)"
_RATE_BESIDE = re.compile(r"^[^;.()\d]{0,30}?,? (?:tương ứng|tương đương|tức|hay|ứng với)(?: là| với)? (?:tăng|giảm)(?: thêm)? [\d.,]+ ?%")  # "tăng 115 văn bản, tương ứng tăng 11,8% so với năm 2021 (978 văn bản)"
_WHEN = re.compile(r",? (?:khi|lúc)(?: ấy| đó)? [^,;.:()\d]{0,40}$")  # "so với cùng kỳ năm 2023, khi phường tiếp nhận mới 2.978 hồ sơ"
_THEN_MOVED = re.compile(rf"[^,;.()\d]{{0,25}}\s(?:thì )(?:đã |lại |còn )?(?:{UP}|{DOWN}){HEDGE}\s")  # "so với cùng kỳ tiếp nhận 1.097 hồ sơ thì tăng 164 hồ sơ"
AGAINST_IT = re.compile(r"(?<!% )(?:so với|đối chiếu)[^.,;)]{0,60}$")
_BESIDE_MOVE = re.compile(rf"^{_BESIDE.pattern}[\d.,]+ [^\W\d]+(?=[ ,(])")
_ADDED = re.compile(r"(?<!\w)(?:thêm|bớt) được$")  # "toàn nguồn thêm được 6.884 triệu đồng, tăng 4,77%"
_OF_A_MULTIPLE = re.compile(r"(?<!\w)(?:gấp|bằng) (?:hơn |gần |khoảng )?\d[\d,]* lần(?!\w)")
_BUT_OF_PLAN = re.compile(r"(?<!\w)(?:nhưng|song)(?!\w)[^()]*(?<!\w)(?:chỉ tiêu|kế hoạch)(?!\w)")  # "tăng 38 người so với đầu năm nhưng mới đạt 90% chỉ tiêu (240 người)"
_SINCE_ANOTHER = re.compile(r"(?: [^\W\d]+){0,2} so với ")
_STANDARD = re.compile(r"(?<!\w)so với (?P<of>(?:cùng kỳ|năm|quý|tháng|kỳ|đầu|cuối)(?!\w)[^,;.:()]{0,25})")
_A_YEAR_AGO = re.compile(r"cùng kỳ|(?<!\w)năm|ngoái|(?:19|20)\d\d")
_SPANS = frozenset({"lần", "năm", "tháng", "quý", "tuần"})
_PERIOD = re.compile(r"(?<!\w)(?:năm|quý|tháng|kỳ|ngày|tuần|đầu|cuối|trước)(?!\w)")


@dataclass(frozen=True, slots=True)
class Move:
    """A change as stated: its size, its rate, how many times; `down` None where either way is meant."""

    down: bool | None
    delta: Mention | None = None
    rate: Mention | None = None
    times: Mention | None = None

    def terms(self) -> list[Term]:
        made = []
        if self.delta is not None:
            made.append(term("delta", self.delta, negative=bool(self.down)))
        if self.rate is not None:
            made.append(term("p", self.rate, negative=bool(self.down)))
        if self.times is not None:
            made.append(term("times", self.times))
        return made

    def agrees(self, prev: Mention, now: Mention) -> bool:
        """Is every stated figure of the change what lies between the two, rounded or cut?"""
        if self.down is not None and (now.quantity.written.value < prev.quantity.written.value) != self.down:
            return False
        return any(self._agrees(prev, now, mode) for mode in (Mode.NEAREST, Mode.TRUNCATION))

    def _agrees(self, prev: Mention, now: Mention, mode: Mode) -> bool:
        a, b = preimage(prev.quantity.written, mode), preimage(now.quantity.written, mode)
        low, high = (b, a) if now.quantity.written.value < prev.quantity.written.value else (a, b)
        size = high.plus(low.times(-1))
        if self.delta is not None and not size.meets(preimage(self.delta.quantity.written, mode)):
            return False
        if (self.rate is not None or self.times is not None) and prev.quantity.written.value <= 0:
            return False
        if self.rate is not None and not size.over(a).times(100).meets(
            preimage(self.rate.quantity.written, mode)
        ):
            return False
        return self.times is None or b.over(a).meets(preimage(self.times.quantity.written, mode))

    def agrees_with(self, now: Mention) -> bool:
        """Does the rate come out on the present value less the change?"""
        if self.delta is None or self.rate is None:
            return False
        step = self.delta.quantity.written.value * (-1 if self.down else 1)
        written = now.quantity.written
        if written.value - step <= 0:
            return False
        prev = replace(written, value=written.value - step)
        for mode in (Mode.NEAREST, Mode.TRUNCATION):
            size = preimage(self.delta.quantity.written, mode).over(preimage(prev, mode)).times(100)
            if size.meets(preimage(self.rate.quantity.written, mode)):
                return True
        return False


def lead_of(reading: Reading, mention: Mention, length: int = LEAD) -> str:
    """The folded words before a figure, from the last empty line."""
    lead = reading.folded[max(0, mention.start - length) : mention.start]
    return lead[lead.rfind("\n\n") :] if "\n\n" in lead else lead


def way_of(match: re.Match[str] | None) -> bool | None:
    """Down, up, or (None) either way. "Cùng kỳ ít hơn 826 vụ" tells of the earlier value that it was less: up."""
    if match is None or match.groupdict().get("apart"):
        return None
    down = match.group("down") is not None
    turned = _WAS_LESS.search(match.string, max(0, match.start() - 30), match.end()) is not None
    return down != turned


def verb_before(reading: Reading, mention: Mention) -> re.Match[str] | None:
    """The verb of change whose size the figure gives."""
    return _verb_in(lead_of(reading, mention))


@lru_cache(maxsize=1024)  # one figure after the other is asked from several sides
def _verb_in(lead: str) -> re.Match[str] | None:
    return DELTA.search(lead)


def is_delta(reading: Reading, mention: Mention) -> bool:
    if mention.percent:
        return False
    return verb_before(reading, mention) is not None or _ADDED.search(mention.before) is not None


def tells_a_state(reading: Reading, mention: Mention) -> bool:
    """A figure that says how things stand: no change, no rate per item's divisor, no side of n/m but its first."""
    q = mention.quantity
    return (
        mention.under is None
        and not q.damaged
        and not verb_before(reading, mention)
        and not _ADDED.search(mention.before)
        and not (
            mention.percent
            and (RATE.search(lead_of(reading, mention)) or SHORT.search(lead_of(reading, mention)))
        )
        and mention.unit not in _SPANS
    )


def change_claim(prev: Mention | None, now: Mention | None, move: Move, source: str) -> Claim:
    terms = move.terms()
    if prev is not None and prev.percent and PLAN.search(prev.before):
        prev = as_set(prev)  # "chỉ tiêu giao là 85%, còn hụt 3,4 điểm"
    if prev is not None:
        terms.append(term("prev", prev))
    if now is not None:
        terms.append(term("now", now))
    if move.down is None and prev is not None and now is not None and move.delta is not None:
        fell = now.quantity.written.value < prev.quantity.written.value
        terms[0] = term("delta", move.delta, negative=fell)
    return claim(Kind.CHANGE, terms, source, scope=(now or prev or move.delta).quantity.noun)  # type: ignore[union-attr]


def size_of(reading: Reading, mention: Mention) -> Mention:
    """The figure as the size of a change: the "hơn" of "thấp hơn 5,57%" compares, it does not hedge."""
    hedged = mention.quantity.written.qualifier is not Qualifier.EXACT
    return exactly(mention) if hedged and _COMPARING.search(lead_of(reading, mention)) else mention


def exactly(mention: Mention) -> Mention:
    """The figure without its hedge."""
    q = mention.quantity
    return replace(mention, quantity=replace(q, written=replace(q.written, qualifier=Qualifier.EXACT)))


def as_set(target: Mention) -> Mention:
    """A target that is set, not measured: it stands for itself alone, in however few digits ("chỉ tiêu 92%")."""
    q = target.quantity
    return replace(target, quantity=replace(q, written=replace(q.written, rounded=False)))


_RANGE = re.compile(r"(?: [^\W\d]+)? (?:đến|tới) ")


def lying_apart(reading: Reading, states: list[Mention], move: Move) -> Claim | None:
    """ "cao nhất 91,3 điểm, thấp nhất 76,8 điểm, chênh lệch 14,5 điểm": the two figures before it."""
    size = move.delta or move.rate
    assert size is not None
    here = [m for m in states if m.sentence == size.sentence]
    if len(here) == 2 and _RANGE.fullmatch(reading.folded, here[1].end, here[0].start) and here[1].before.endswith("từ"):
        return None  # "thường thấp hơn từ 2 đến 4 điểm, năm trước chênh 2,75"
    pair = pair_of(move, here, telling=True)
    if pair is not None:
        return change_claim(*pair, move, "change.apart")
    if (
        len(here) == 2
        and ";" not in reading.folded[here[1].start : size.start]
        and len({m.unit for m in here if m.unit}) < 2
    ):
        return change_claim(here[1], here[0], move, "change.apart")
    return None


def previous_value(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Mention | None:
    """The earlier value: after "so với …", in a parenthesis behind the change or before it, or before
    "so với" opens the sentence."""
    here = mentions[place]
    unit = "" if here.percent else here.unit
    follows = mentions[place + 1] if place + 1 < len(mentions) else None
    if (
        follows is not None
        and not follows.percent
        and alone_in_brackets(reading, here, follows)
        and AGAINST.search(reading.folded[max(0, here.start - 240) : here.start])
    ):
        return follows
    if follows is not None and not follows.percent and compatible(follows.unit, unit) and _IN_BRACKETS.search(reading.folded, here.end, follows.start):
        return follows
    beside = mentions[place - 1] if place else None
    if beside is not None and not beside.percent and beside.depth > here.depth and compatible(beside.unit, unit) and _IN_BRACKETS.search(reading.folded, max(0, beside.start - _TOLD_IN_BRACKETS), beside.start):
        return beside
    if beside is not None and (_moved_from(reading, beside, here) or _in_square_brackets(reading, beside)) and compatible(beside.unit, unit):
        return beside
    for after in mentions[place + 1 : place + 6]:
        if after.percent or after.sentence != here.sentence or after.unit in _SPANS:
            continue
        if is_delta(reading, after):
            if _BESIDE.fullmatch(reading.folded, here.end, after.start):
                continue
            break  # "nhiều hơn năm 2024 5 văn bản và ít hơn năm 2023 2 văn bản"
        if _OF_A_MULTIPLE.search(reading.folded, here.end, after.start):
            break  # "giảm 8 đơn, song số đơn đủ điều kiện bằng 1,64 lần năm trước (25 đơn)"
        gap = _WHEN.sub(" ", _RATE_BESIDE.sub("", _BESIDE_MOVE.sub("", reading.folded[here.end : after.start])))
        if ")" in gap.split("(")[0]:
            break  # the parenthesis the change stood in has closed
        if ";" in gap or after.quantity.damaged or after.target or not compatible(after.unit, unit):
            continue
        if (
            unit
            and after.unit != unit
            and any(m.unit == unit and m.sentence == here.sentence for m in mentions[place + 1 : place + 5])
        ):
            continue
        against = list(AGAINST.finditer(gap))
        turned = against and (_OTHER.search(gap, against[-1].end()) or _OF_A_LIST.search(gap, against[-1].end()) or _BUT_OF_PLAN.search(gap, against[-1].end()))  # "giảm 0,4% so với cùng kỳ, đủ điều kiện xử lý 7.081 đơn"
        moved = MOVE.search(_RATE_BESIDE.sub("", _BESIDE_MOVE.sub("", between(reading, here.end, after.start)))) and not _RATE_INSIDE.fullmatch(gap)
        if against and not turned and len(gap) < 140 and not moved:
            return after
        break
    for before in reversed(mentions[max(0, place - LOOK_BACK) : place]):
        if before.sentence != here.sentence:
            break
        if (
            before.percent
            or before.over is not None  # "(58.177/21)": two counts
            or before.under is not None
            or before.quantity.damaged
            or not compatible(before.unit, unit)
            or is_delta(reading, before)
        ):
            continue
        lead = lead_of(reading, before, min(70, before.start - reading.sentences[before.sentence].start))
        if (since := AGAINST_IT.search(lead)) and not MOVE.search(since.group()):
            if before.depth > here.depth and lead.endswith("(") and _SINCE_ANOTHER.match(reading.folded, here.end):
                break  # "giảm 3 vụ so với cùng kỳ (17 vụ), tăng 2 vụ so với 6 tháng cuối năm 2024"
            return _counted_so(mentions, before, here, before.start - len(since.group())) or before
        inner = lead[lead.rfind("(") + 1 :]
        if before.depth and (AGAINST.search(inner) or _MONTH.match(inner)):
            if _of_another_standard(reading, before, here, inner):
                return None
            return before if _of_same(mentions[: place + 1], before) else None
    return None


def _in_square_brackets(reading: Reading, beside: Mention) -> bool:
    """ "21.364 [18.920], tăng 2.444 hồ sơ": where the figures of the time before stand throughout a report that says so at its head."""
    return reading.folded.endswith("[", 0, beside.start) and reading.folded.startswith("]", beside.end) and not beside.percent


def _counted_so(mentions: tuple[Mention, ...], beside: Mention, change: Mention, start: int) -> Mention | None:
    """ "So với nhu cầu 44 máy tính và 10 máy quét, còn thiếu 6 máy tính": of several things compared with, the one that is called as the change is."""
    called = change.after.split()[:2]
    if len(called) < 2 or beside.after.split()[:2] == called:
        return None
    told = mentions[beside.index - mentions[0].index - 1] if beside.index > mentions[0].index else None
    return told if told is not None and told.start >= start and told.after.split()[:2] == called and not told.percent else None


def _of_another_standard(reading: Reading, earlier: Mention, change: Mention, told: str) -> bool:
    """ "So với quý IV, kết hôn giảm 21 cặp (quý trước 68 cặp), nhưng so với quý I/2025 lại tăng 9 cặp": is the change since another time than
    the figure is of, a year ago where that is of the last quarter?"""
    named = _STANDARD.search(reading.folded, earlier.end, change.start)
    return named is not None and (_A_YEAR_AGO.search(named["of"]) is None) != (_A_YEAR_AGO.search(told) is None)


def _moved_from(reading: Reading, beside: Mention, here: Mention) -> bool:
    """ "so với cùng kỳ tiếp nhận được 1.097 hồ sơ thì tăng 164 hồ sơ": is the figure right before a change what it is compared with?"""
    if beside.percent or beside.sentence != here.sentence or _THEN_MOVED.fullmatch(reading.folded, beside.end, here.start) is None:
        return False
    return AGAINST_IT.search(lead_of(reading, beside, 70)) is not None


def told_earlier(reading: Reading, mention: Mention) -> bool:
    """Is the figure one of an earlier period, in a clause of its own: "437 bản, trong khi cùng kỳ năm 2023 cấp 365 bản"?"""
    return _EARLIER.search(lead_of(reading, mention, 70)) is not None and mention.over is None and not mention.depth


def _of_same(mentions: tuple[Mention, ...], earlier: Mention) -> bool:
    """Does the change at the end speak of the figure behind which an earlier value is told in brackets? Not where another
    figure was told since: "3.098 người (năm 2024 là 3.045 người), trong đó 65 đảng viên (tăng 9 người)"."""
    change = mentions[-1]
    since = mentions[earlier.index - mentions[0].index + 1 : -1]
    return not any(m.depth == 0 and m.unit == change.unit and not m.percent for m in since) or change.parent == earlier.parent


def printed_fraction(
    reading: Reading, mentions: tuple[Mention, ...], told: Mention
) -> tuple[Mention, Mention] | None:
    """ "tăng 13 vụ (51/38)", "giảm 3,9% (233/240)": the earlier and the present value, alone in brackets behind a change."""
    place = told.index - mentions[0].index
    now, prev = (*mentions[place + 1 : place + 3], None, None)[:2]
    if now is None or prev is None or now.over != prev.index or now.group < 0 or now.group == told.group:
        return None
    opened = re.fullmatch(r"[^,;.()\d]{0,30}\(\s*", reading.folded[told.end : now.start])
    closed = re.match(r"[^,;.()\d]{0,20}\)", reading.folded[prev.end : prev.end + 24])
    return (prev, now) if opened and closed else None


def alone_in_brackets(reading: Reading, here: Mention, after: Mention) -> bool:
    """ "So với năm ngoái, khai sinh giảm 11 trường hợp (214)": nothing in the brackets but the figure."""
    end = after.quantity.span.end
    return (
        re.fullmatch(r"[^,;.()\d]{0,30}\(\s*", reading.folded[here.end : after.start]) is not None
        and re.match(r"[^,;.()\d]{0,20}\)", reading.folded[end : end + 24]) is not None
    )


def pair_of(move: Move, states: list[Mention], *, telling: bool) -> tuple[Mention, Mention] | None:
    """The two figures before it that the change lies between, the nearest first.

    Small differences lie between many pairs by chance: unless `telling`, both figures must name their period. A change
    of some size lies between any figure and "hơn 2.310 tỷ", which has no end: such a figure shows nothing.
    """
    both = move.rate is not None and move.delta is not None
    closed = [m for m in states[:LOOK_BACK] if m.quantity.written.qualifier not in _OPEN_ENDED]
    for now in closed:
        for prev in closed:
            if prev is now or not compatible(prev.unit, now.unit) or not move.agrees(prev, now):
                continue
            dated = _PERIOD.search(now.before) is not None and _PERIOD.search(prev.before) is not None
            if dated or both or telling and prev.unit == now.unit:
                return prev, now
    return None
