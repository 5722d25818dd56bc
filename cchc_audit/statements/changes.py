"""Changes against another period: "tăng 22 bản (15,5 %) so với quý I năm 2023 là 142 bản".

A change names its size and rate; which two figures it lies between is often left to the reader. Every
pair it may lie between is tried, the grammatical one first, and the one that agrees is taken. Only a
pair the grammar leaves no doubt about ("từ 65 xuống 44", "so với năm 2023 (24 người)", the figure the
change stands right behind) is claimed when it does not agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..arithmetic import Mode, preimage
from ..language import compatible
from ..model import Claim, Kind, Term
from ..quantities import Mention, Reading
from .items import Item, between, claim, content, term

_UP = r"tăng(?: thêm)?|nhiều hơn|cao hơn|vượt"
_DOWN = r"giảm(?: bớt| được)?|ít hơn|thấp hơn|rút ngắn"
_APART = r"chênh(?: lệch)?(?: nhau)?"
_HEDGE = r"(?: được| là| tới| khoảng| gần| hơn| trên)?"
_SINCE = r"(?: (?:so với )?(?:năm|quý|tháng|kỳ|cùng kỳ)[^,;.\d]{0,12}(?:(?:19|20)\d\d)?(?: là)?)?"
# "thu nhập tăng thêm", "giá trị gia tăng" name a sum of money and say nothing of another period
_VERB = rf"(?<!\w)(?<!thu nhập )(?<!gia )(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<apart>{_APART}))"
_DELTA = re.compile(rf"{_VERB}{_HEDGE}{_SINCE}\s*$")
_RATE = re.compile(rf"{_VERB}{_HEDGE}\s*$")
_SHORT = re.compile(r"(?<!\w)(?:còn thiếu|còn thấp hơn|kém|hụt)\s*$")  # of a rate: what a target still lacks
_RATE_NEXT = re.compile(
    r"^[^.;\d]{0,25}?(?:[(,;]|\s)\s*(?:tương ứng|tương đương|bằng|tỷ lệ(?: tăng| giảm)?|tăng|giảm|hay|tức|đạt|ứng với|[(])[\s:(]*(?:tăng|giảm|với|tỷ lệ)?\s*$"
    r"|,\s*(?:tương ứng|tương đương|tỷ lệ(?: tăng| giảm)?|bằng)(?: với)?\s*$"
)
# one figure of a change follows another with nothing between them but the thing counted
_NEXT = re.compile(
    rf"^[^,;.()\d]{{0,40}}[\s,()]*(?:tức(?: là)?|như vậy(?: đã)?|tương (?:ứng|đương)|ứng với|hay|nghĩa là|với|mức|bằng|đã|cụ thể)?[\s(]*(?:(?:{_UP}|{_DOWN}|{_APART}|gấp){_HEDGE})?\s*(?:tỷ lệ|mức|với)?\s*$"
)
_AGAINST = re.compile(
    r"(?<!\w)(?:so với|so|nếu so|đối chiếu|cùng kỳ|(?:năm|quý|tháng|kỳ|khóa|nhiệm kỳ) (?:trước|20\d\d|ngoái|i{1,3}v?|iv)|đầu năm|cuối năm|năm ngoái)"
)
_PLAN = re.compile(r"(?<!\w)(?:dự toán|kế hoạch|chỉ tiêu|được giao|mục tiêu)")
_PERIOD = re.compile(r"(?<!\w)(?:năm|quý|tháng|kỳ|ngày|tuần|đầu|cuối|trước)(?!\w)")
_FROM = re.compile(r"(?<!\w)từ\s*$")
_TO = re.compile(r"(?<!\w)(?:còn|xuống(?: còn)?|lên(?: thành| đến)?|đến|thành)(?: hơn| gần)?\s*$")
_TIMES = re.compile(r"(?<!\w)gấp\s*(?:gần|hơn|khoảng|trên)?\s*$")
_MOVE = re.compile(r"(?<!\w)(?:tăng|giảm|vượt|chênh)(?!\w)")
_SUBJECT_END = re.compile(rf"(?<!\w)(?:đã |còn |lại )?(?:{_UP}|{_DOWN}){_HEDGE}\s*$")
_SUBJECT_START = re.compile(
    r"^.*(?<!\w)(?:so với|so|cùng kỳ|năm (?:trước|ngoái|20\d\d)|quý (?:trước|i{1,3}v?|iv)|kỳ trước|tháng trước)(?: năm (?:trước|ngoái|20\d\d))?"
)
_LOOK_BACK = 10  # figures before a change that it may lie between
_SEEN = 24  # figures before a change that may be its present value, the earlier one being known
_ITEMS_BACK = 60  # counted items before it that may be its subject
_TELLING = 30  # a change as large as this does not lie between two figures by chance


@dataclass(frozen=True, slots=True)
class _Move:
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


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """Every stated change that can be tested with figures of its own paragraph or section."""
    for index, mentions in enumerate(reading.by_paragraph):
        bound: set[int] = set()  # figures that "từ … còn …" already explains
        for place, mention in enumerate(mentions):
            if _FROM.search(_lead(reading, mention, 12)):
                found = _from_to(reading, mentions, place)
                if found is not None:
                    stated = {t.span for t in found.terms}
                    bound |= {m.index for m in mentions[max(0, place - 3) : place + 11] if m.quantity.span in stated}
                    yield found
        for place, mention in enumerate(mentions):
            if mention.index not in bound:
                found = _stated(reading, mentions, place, paragraphs, index)
                if found is not None:
                    yield found


def _stated(
    reading: Reading, mentions: tuple[Mention, ...], place: int, paragraphs: list[list[Item]], index: int
) -> Claim | None:
    mention = mentions[place]
    lead = _lead(reading, mention)
    if mention.percent:
        if not (_RATE.search(lead) or _SHORT.search(lead)):
            return None
        return (
            _points(reading, mentions, place)
            or _over_plan(reading, mentions, place)
            or _rate(reading, mentions, place)
        )
    if _TIMES.search(lead):
        return _times(reading, mentions, place)
    verb = _verb(reading, mentions, place)
    return _delta(reading, mentions, place, paragraphs, index, verb) if verb is not None else None


def _lead(reading: Reading, mention: Mention, length: int = 40) -> str:
    """The folded words before a figure, from the last empty line."""
    lead = reading.folded[max(0, mention.start - length) : mention.start]
    return lead[lead.rfind("\n\n") :] if "\n\n" in lead else lead


def _verb(reading: Reading, mentions: tuple[Mention, ...], place: int) -> re.Match[str] | None:
    """The verb a figure is the change of; "giảm 146 lượt và 127 người": the second goes with that of the first."""
    match = _DELTA.search(_lead(reading, mentions[place]))
    if match is not None or not place or mentions[place - 1].unit == mentions[place].unit:
        return match
    beside = re.search(r"(?<!\w)(?:và|,)\s*$", _lead(reading, mentions[place]))
    return _DELTA.search(_lead(reading, mentions[place - 1])) if beside else None


def _way(match: re.Match[str] | None) -> bool | None:
    """Down, up, or (None) either way."""
    if match is None or match.group("apart"):
        return None
    return match.group("down") is not None


def _is_delta(reading: Reading, mention: Mention) -> bool:
    return not mention.percent and _DELTA.search(_lead(reading, mention)) is not None


def _value_of_state(reading: Reading, mention: Mention) -> bool:
    """A figure that says how things stand: no change, no rate per item's divisor, no side of n/m but its first."""
    q = mention.quantity
    return (
        mention.under is None
        and not q.damaged
        and not _DELTA.search(_lead(reading, mention))
        and not (mention.percent and (_RATE.search(_lead(reading, mention)) or _SHORT.search(_lead(reading, mention))))
        and mention.unit not in {"lần", "năm", "tháng", "quý", "tuần"}
    )


def _claim(prev: Mention | None, now: Mention | None, move: _Move, source: str) -> Claim:
    terms = move.terms()
    if prev is not None:
        terms.append(term("prev", prev))
    if now is not None:
        terms.append(term("now", now))
    if move.down is None and prev is not None and now is not None and move.delta is not None:
        fell = now.quantity.written.value < prev.quantity.written.value
        terms[0] = term("delta", move.delta, negative=fell)
    return claim(Kind.CHANGE, terms, source, scope=(now or prev or move.delta).quantity.noun)  # type: ignore[union-attr]


# ---------------------------------------------------------------- from … to


def _from_to(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "giảm 29 … (từ 63 còn 34)", "từ 58,9% lên 74,03%, tăng 15,13 điểm phần trăm": both values and what
    stands around them of the difference."""
    prev = mentions[place]
    at = next((p for p in range(place + 1, min(place + 6, len(mentions))) if mentions[p].depth <= prev.depth), None)
    if at is None:
        return None
    now = mentions[at]
    gap = between(reading, prev.end, now.start)
    if (
        not _TO.search(gap)
        or re.search(r"[;,]|\.\s", gap)
        or prev.percent != now.percent
        or not compatible(prev.unit, now.unit)
        or now.sentence != prev.sentence
    ):
        return None
    move = _around(reading, mentions, place, at)
    if move.delta is None and move.rate is None and move.times is None:
        return None
    source = "change.points" if prev.percent else "change.from_to"
    return _claim(prev, now, move, source)


def _around(reading: Reading, mentions: tuple[Mention, ...], place: int, at: int) -> _Move:
    """The change stated right after "từ … còn …" or right before it."""
    prev, now = mentions[place], mentions[at]
    found: dict[str, Mention] = {}
    end = now.end
    for after in mentions[at + 1 : at + 5]:
        gap = reading.folded[end : after.start]
        role = _role(reading, after, now)
        if role is None or after.sentence != now.sentence or not _NEXT.match(gap):
            break
        found.setdefault(role, after)
        end = after.end
    start = prev.start
    for before in reversed(mentions[max(0, place - 3) : place]):
        gap = reading.folded[before.end : start]
        role = _role(reading, before, now)
        if role is None or before.sentence != now.sentence:
            break
        if start == prev.start and not re.match(r"^[^.;\d]{0,45}[\s,(:]từ\s*$", gap):
            break
        if start != prev.start and not _NEXT.match(gap):
            break
        found.setdefault(role, before)
        start = before.start
    verbs = [_way(_DELTA.search(_lead(reading, m))) for m in found.values() if _DELTA.search(_lead(reading, m))]
    fell = now.quantity.written.value < prev.quantity.written.value
    down = fell if not verbs else verbs[0]
    return _Move(down, found.get("delta"), found.get("rate"), found.get("times"))


def _role(reading: Reading, mention: Mention, now: Mention) -> str | None:
    lead = _lead(reading, mention)
    if mention.unit == "lần" and _TIMES.search(lead):
        return "times"
    if mention.percent:
        stated = _RATE.search(lead) or re.search(r"(?:tương (?:ứng|đương)|ứng với|tỷ lệ|bằng|[(])(?: với)?\s*$", lead)
        return ("delta" if now.percent else "rate") if stated else None
    if _DELTA.search(lead) and compatible(mention.unit, now.unit) and mention.under is None:
        return "delta"
    return None


# ---------------------------------------------------------------- a difference


def _delta(
    reading: Reading,
    mentions: tuple[Mention, ...],
    place: int,
    paragraphs: list[list[Item]],
    index: int,
    verb: re.Match[str],
) -> Claim | None:
    delta = mentions[place]
    if delta.target or delta.quantity.damaged or delta.over is not None or delta.under is not None:
        return None
    move = _Move(_way(verb), delta, _rate_after(reading, mentions, place))
    states = [
        m
        for m in reversed(mentions[max(0, place - _SEEN) : place])
        if not m.percent and compatible(m.unit, delta.unit) and _value_of_state(reading, m)
    ]
    states = [m for m in states if not _was(reading, mentions, m)]
    if move.down is None:
        return _apart(reading, states, move)
    behind = [m for m in states if m.depth <= delta.depth]
    behind = [m for m in behind if m.unit == delta.unit] or behind
    named = _named(paragraphs, index, delta)
    prev = _previous(reading, mentions, place)
    if prev is not None:
        elided = [] if named else _named_before(reading, paragraphs, index, mentions, place)
        return _against(reading, prev, move, named, behind, elided)
    plan = _plan_of(reading, mentions, place, move) if verb.group().startswith("vượt") else None
    if plan is not None:
        return plan
    near = behind[0] if behind and _right_behind(reading, behind[0], delta) else None
    for now in _unique([*([near] if near is not None else []), *named, *behind, *_counts(reading, mentions, place)]):
        if move.agrees_with(now):
            return _claim(_printed(now, move, states), now, move, "change.delta")
    pair = _pair(move, states, telling=delta.quantity.written.value >= _TELLING)
    if pair is not None:
        return _claim(*pair, move, "change.delta")
    if near is not None and near.over is not None and re.search(r"(?:ít|nhiều) hơn", verb.group()):
        return _claim(mentions[near.over - mentions[0].index], near, move, "change.delta")  # "19/21 …, ít hơn 2 người"
    if near is not None and move.rate is not None:
        return _claim(None, near, move, "change.delta")
    return None


def _against(
    reading: Reading,
    prev: Mention,
    move: _Move,
    named: list[Mention],
    behind: list[Mention],
    elided: list[Mention],
) -> Claim | None:
    """The change to the present value from the earlier one printed beside it."""
    assert move.delta is not None
    nows = [m for m in _unique([*named[:4], *behind, *elided[:4]]) if m is not prev and m is not move.delta]
    for now in nows:
        if move.agrees(prev, now):
            return _claim(prev, now, move, "change.delta")
    part = replace(move, rate=None)  # the difference right and its rate wrong still tells the figures
    for now in nows:
        if move.rate is not None and part.agrees(prev, now):
            return _claim(prev, now, move, "change.delta")
    certain = next((m for m in behind[:1] if m is not prev and m.sentence == move.delta.sentence), None)
    if certain is None and len(named) == 1 and named[0] is not prev:
        certain = named[0]
    if certain is not None and re.search(r"[;.]\s", reading.folded[certain.end : move.delta.start]) and not named:
        certain = None
    if certain is not None and certain.unit and prev.unit and certain.unit != prev.unit:
        certain = None
    if certain is not None:
        return _claim(prev, certain, move, "change.delta")
    return _claim(prev, None, move, "change.delta") if move.rate is not None else None


def _apart(reading: Reading, states: list[Mention], move: _Move) -> Claim | None:
    """ "cao nhất 91,3 điểm, thấp nhất 76,8 điểm, chênh lệch 14,5 điểm": the two figures before it."""
    size = move.delta or move.rate
    assert size is not None
    here = [m for m in states if m.sentence == size.sentence]
    pair = _pair(move, here, telling=True)
    if pair is not None:
        return _claim(*pair, move, "change.apart")
    if len(here) == 2 and ";" not in reading.folded[here[1].start : size.start] and here[0].unit == here[1].unit:
        return _claim(here[1], here[0], move, "change.apart")
    return None


def _rate_after(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Mention | None:
    here = mentions[place]
    for after in mentions[place + 1 : place + 3]:
        if after.sentence != here.sentence:
            return None
        if after.percent:
            gap = (
                between(reading, here.end, after.start)
                if after.depth <= here.depth
                else reading.folded[here.end : after.start]
            )
            return after if _RATE_NEXT.search(gap) else None
        if after.depth <= here.depth:
            return None
    return None


def _previous(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Mention | None:
    """The earlier value: after "so với …", in a parenthesis behind the change or before it, or before
    "so với" opens the sentence."""
    here = mentions[place]
    unit = "" if here.percent else here.unit
    follows = mentions[place + 1] if place + 1 < len(mentions) else None
    if (
        follows is not None
        and not follows.percent
        and _alone_in_brackets(reading, here, follows)
        and _AGAINST.search(reading.folded[max(0, here.start - 240) : here.start])
    ):
        return follows
    for after in mentions[place + 1 : place + 6]:
        if after.percent or after.sentence != here.sentence:
            continue
        gap = reading.folded[here.end : after.start]
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
        if _AGAINST.search(gap) and len(gap) < 140 and not _MOVE.search(gap):
            return after
        break
    for before in reversed(mentions[max(0, place - _LOOK_BACK) : place]):
        if before.sentence != here.sentence:
            break
        if (
            before.percent
            or before.quantity.damaged
            or not compatible(before.unit, unit)
            or _is_delta(reading, before)
        ):
            continue
        lead = _lead(reading, before, 70)
        if (
            (since := re.search(r"so với[^.;]{0,60}$", lead))
            and not _MOVE.search(since.group())
            or before.depth
            and _AGAINST.search(lead[lead.rfind("(") + 1 :])
        ):
            return before
    return None


def _alone_in_brackets(reading: Reading, here: Mention, after: Mention) -> bool:
    """ "So với năm ngoái, khai sinh giảm 11 trường hợp (214)": nothing in the brackets but the figure."""
    end = after.quantity.span.end
    return (
        re.fullmatch(r"[^,;.()\d]{0,30}\(\s*", reading.folded[here.end : after.start]) is not None
        and re.match(r"[^,;.()\d]{0,20}\)", reading.folded[end : end + 24]) is not None
    )


def _was(reading: Reading, mentions: tuple[Mention, ...], mention: Mention) -> bool:
    """Is it the earlier value of another change, in brackets of its own behind it?"""
    place = mention.index - mentions[0].index
    return place > 0 and _is_delta(reading, mentions[place - 1]) and _alone_in_brackets(reading, mentions[place - 1], mention)


def _named_before(
    reading: Reading, paragraphs: list[list[Item]], index: int, mentions: tuple[Mention, ...], place: int
) -> list[Mention]:
    """What the subject of the change before names: "số tiếp nhận tăng 464 HS … Tháng 8 … (402 HS) tăng 35 HS"."""
    before = next((m for m in reversed(mentions[max(0, place - 4) : place]) if _is_delta(reading, m)), None)
    return _named(paragraphs, index, before) if before is not None else []


def _named(paragraphs: list[list[Item]], index: int, delta: Mention) -> list[Mention]:
    """Earlier figures of what the subject of the verb names: those named by no other words, else all."""
    subject = _SUBJECT_START.sub("", _SUBJECT_END.sub("", delta.before))
    words = content(subject)
    if not words:
        return []
    found = [
        i
        for i in _items_before(paragraphs, index, delta.start)
        if words <= i.words and not i.aside and i.mention is not delta and compatible(i.unit, delta.unit)
    ]
    exact = [i.mention for i in found if i.words == words]
    return exact or [i.mention for i in found]


def _items_before(paragraphs: list[list[Item]], index: int, start: int) -> Iterator[Item]:
    left = _ITEMS_BACK
    for back in range(index, max(-1, index - 41), -1):
        for item in reversed(paragraphs[back]):
            if item.start < start:
                yield item
                left -= 1
            if not left:
                return


def _right_behind(reading: Reading, now: Mention, delta: Mention) -> bool:
    """Does the change follow the figure as its apposition: "3.172 hồ sơ qua Bộ phận một cửa, tăng 214 hồ sơ"?"""
    if now.sentence != delta.sentence:
        return False
    gap = re.sub(r"^\s?/\s?[\d.]+", "", between(reading, now.end, delta.start))
    return re.fullmatch(rf"[^;.:\d]{{0,60}}?[\s,(](?:đã )?(?:{_UP}|{_DOWN}){_HEDGE}{_SINCE}\s*", gap) is not None


def _counts(reading: Reading, mentions: tuple[Mention, ...], place: int) -> list[Mention]:
    """Counts of the sentences before in whatever unit ("126 trường hợp …; số vụ giảm 31 vụ")."""
    return [
        m
        for m in reversed(mentions[max(0, place - _LOOK_BACK) : place])
        if m.countable
        and _value_of_state(reading, m)
        and (m.unit == "đồng") == (mentions[place].unit == "đồng")
    ]


def _printed(now: Mention, move: _Move, states: list[Mention]) -> Mention | None:
    """The earlier value the change implies, where it is printed too."""
    return next((m for m in states if m is not now and compatible(m.unit, now.unit) and move.agrees(m, now)), None)


def _pair(move: _Move, states: list[Mention], *, telling: bool) -> tuple[Mention, Mention] | None:
    """The two figures before it that the change lies between, the nearest first.

    Small differences lie between many pairs by chance: unless `telling`, both figures must name their period.
    """
    both = move.rate is not None and move.delta is not None
    for now in states[:_LOOK_BACK]:
        for prev in states[:_LOOK_BACK]:
            if prev is now or not compatible(prev.unit, now.unit) or not move.agrees(prev, now):
                continue
            dated = _PERIOD.search(now.before) is not None and _PERIOD.search(prev.before) is not None
            if dated or both or telling and prev.unit == now.unit:
                return prev, now
    return None


def _unique(mentions: Iterable[Mention]) -> list[Mention]:
    return list({m.index: m for m in mentions}.values())


def _plan_of(reading: Reading, mentions: tuple[Mention, ...], place: int, move: _Move) -> Claim | None:
    """ "đã cấp 1.233 tài khoản, đạt 102,8% kế hoạch (1.200 tài khoản), vượt 33 tài khoản"."""
    here = [m for m in mentions[max(0, place - _LOOK_BACK) : place] if m.sentence == mentions[place].sentence]
    counts = [m for m in here if not m.percent and _value_of_state(reading, m) and m.unit == mentions[place].unit]
    plans = [m for m in counts if m.depth and _PLAN.search(_lead(reading, m, 60))]
    done = [m for m in counts if m not in plans and m.depth == 0]
    if len(plans) != 1 or len(done) != 1:
        return None
    return _claim(plans[0], done[0], move, "change.plan")


# ---------------------------------------------------------------- a rate


def _rate(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """A rate of change alone: testable when both values are printed beside it."""
    rate = mentions[place]
    move = _Move(_way(_RATE.search(_lead(reading, rate))), rate=rate)
    if move.down is None or place and _is_delta(reading, mentions[place - 1]):
        return None
    states = [
        m
        for m in reversed(mentions[max(0, place - _LOOK_BACK) : place])
        if m.countable and _value_of_state(reading, m)
    ]
    prev = _previous(reading, mentions, place)
    before = [m for m in states if m.sentence == rate.sentence and m is not prev]
    if prev is None:
        if rate.quantity.written.ulp < 1 and states:
            pair = _pair(move, states, telling=True)
            return _claim(*pair, move, "change.rate") if pair is not None else None
        return None
    if not before or prev.unit and before[0].unit and prev.unit != before[0].unit:
        return None
    now = next((m for m in before if move.agrees(prev, m)), before[0])
    return _claim(prev, now, move, "change.rate")


def _over_plan(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "14.326 triệu đồng, vượt 2,3% dự toán (dự toán giao 14.000 triệu đồng)", "50/48 buổi theo lịch, vượt 4,2%"."""
    rate = mentions[place]
    if not re.search(r"(?<!\w)vượt\s*$", _lead(reading, rate, 12)):
        return None
    move = _Move(False, rate=rate)
    before = [m for m in mentions[max(0, place - _LOOK_BACK) : place] if m.sentence == rate.sentence and m.countable]
    if before and before[-1].under is not None:
        now = next((m for m in before if m.index == before[-1].under), None)
        return _claim(before[-1], now, move, "change.plan") if now else None
    after = next((m for m in mentions[place + 1 : place + 2] if m.countable and m.depth > rate.depth), None)
    if (
        not before
        or after is None
        or not compatible(before[-1].unit, after.unit)
        or not _PLAN.search(reading.folded[rate.end : after.start])
    ):
        return None
    return _claim(after, before[-1], move, "change.plan")


def _points(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """A rate against the rate of another period: "đạt 97,9%; tăng 1,3 điểm phần trăm so với năm 2023 (96,6%)",
    "tăng 9,4% so với cùng kỳ, từ 70,8% lên 80,2%", "93,3% (năm 2022: 91,9%), tăng 1,4%"."""
    change = mentions[place]
    verb = _RATE.search(_lead(reading, change))
    move = _Move(_way(verb) if verb is not None else True, delta=change)
    near = [m for m in mentions[max(0, place - _LOOK_BACK) : place + 5] if m.percent and m is not change]
    after = [m for m in near if m.start > change.start and m.sentence == change.sentence and m.start - change.end < 160]
    states = [m for m in reversed(near) if m.start < change.start and _value_of_state(reading, m)]
    if move.down is None:
        return _apart(reading, states, move)
    gap = reading.folded[change.end : after[0].start] if after else ""
    if after and _AGAINST.search(gap):
        now = next((m for m in states if move.agrees(after[0], m)), None)
        if now is None and not _MOVE.search(gap):
            close = (m for m in states if m.sentence == change.sentence and change.start - m.end < 160)
            now = next(close, None)
        return _claim(after[0], now, move, "change.points") if now is not None else None
    for at, prev in enumerate(states[:-1]):
        lead = _lead(reading, prev)
        if prev.sentence == change.sentence and prev.depth > change.depth and _AGAINST.search(lead[lead.rfind("(") + 1 :]):
            now = states[at + 1]
            if now.depth < prev.depth and now.sentence == change.sentence and at == 0:
                return _claim(prev, now, move, "change.points")
    points = change.unit == "điểm %" or change.quantity.written.ulp < 1
    pair = _pair(move, states, telling=True) if points else None
    return _claim(*pair, move, "change.points") if pair is not None else None


def _times(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "gấp gần 2 lần năm 2022 (215 lượt)"."""
    times = mentions[place]
    before = [m for m in mentions[max(0, place - _LOOK_BACK) : place] if m.countable and m.sentence == times.sentence]
    after = [m for m in mentions[place + 1 : place + 4] if m.countable and m.sentence == times.sentence]
    if times.unit != "lần" or not before or not after or not compatible(before[-1].unit, after[0].unit):
        return None
    if _MOVE.search(reading.folded[times.end : after[0].start]) or not _AGAINST.search(
        reading.folded[times.end : after[0].start]
    ):
        return None  # "gấp 1,7 lần, tăng 454 hồ sơ": the change itself
    return _claim(after[0], before[-1], _Move(False, times=times), "change.times")
