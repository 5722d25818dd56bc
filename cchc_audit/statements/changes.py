"""Changes against another period: "tăng 22 bản (15,5 %) so với quý I năm 2023 là 142 bản"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..language import compatible
from ..model import Claim, Kind, Term
from ..quantities import Mention, Reading
from .items import Item, between, claim, content, term

_UP = r"tăng(?: thêm)?|nhiều hơn|cao hơn|vượt"
_DOWN = r"giảm(?: bớt)?|ít hơn|thấp hơn"
_DELTA = re.compile(
    rf"(?<!\w)(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?: được| là| tới| khoảng| gần| hơn| (?:so với )?(?:năm|quý|tháng|kỳ|cùng kỳ)[^,;.\d]{{0,12}}(?:(?:19|20)\d\d)?(?: là)?)?\s*$"
)
_RATE = re.compile(rf"(?<!\w)(?:{_UP}|{_DOWN})(?: là| tới| khoảng| gần| hơn)?\s*$")
_RATE_NEXT = re.compile(
    r"^[^.;\d]{0,25}?(?:[(,;]|\s)\s*(?:tương ứng|tương đương|bằng|tỷ lệ(?: tăng| giảm)?|tăng|giảm|hay|tức|đạt|ứng với|[(])[\s:(]*(?:tăng|giảm|với|tỷ lệ)?\s*$"
)
_AGAINST = re.compile(
    r"(?<!\w)(?:so với|so|nếu so|đối chiếu|cùng kỳ|(?:năm|quý|tháng|khóa|nhiệm kỳ) (?:trước|20\d\d|ngoái|i{1,3}v?|iv)|đầu năm|cuối năm|năm ngoái)"
)
_FROM_TO = re.compile(r"(?<!\w)từ\s*$")
_TO = re.compile(r"(?<!\w)(?:còn|xuống(?: còn)?|lên(?: thành| đến)?|đến|thành)(?: hơn| gần)?\s*$")
_TIMES = re.compile(r"(?<!\w)gấp\s*(?:gần|hơn|khoảng|trên)?\s*$")


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """Every stated change that can be tested with figures of its own paragraph or section."""
    for index, mentions in enumerate(reading.by_paragraph):
        for place, mention in enumerate(mentions):
            lead = reading.folded[max(0, mention.start - 40) : mention.start]
            if "\n\n" in lead:
                lead = lead[lead.rfind("\n\n") :]
            beside = (
                place
                and re.search(r"(?<!\w)(?:và|,)\s*$", lead)
                and mentions[place - 1].unit != mention.unit
                and _is_delta(reading, mentions[place - 1])
            )
            if (_DELTA.search(lead) or beside) and not mention.percent:
                found = _delta(reading, mentions, place, paragraphs, index)
            elif mention.percent and _RATE.search(lead):
                found = (
                    _points(reading, mentions, place)
                    or _over_plan(reading, mentions, place)
                    or _rate(reading, mentions, place)
                )
            elif _TIMES.search(lead):
                found = _times(mentions, place)
            elif _FROM_TO.search(lead) and place + 1 < len(mentions):
                found = _from_to(reading, mentions, place)
            else:
                continue
            if found is not None:
                yield found


def _delta(
    reading: Reading, mentions: tuple[Mention, ...], place: int, paragraphs: list[list[Item]], index: int
) -> Claim | None:
    delta = mentions[place]
    if not delta.countable:
        return None
    lead = reading.folded[max(0, delta.start - 40) : delta.start]
    match = _DELTA.search(lead)
    if match is None:  # "giảm 146 lượt và 127 người": the second goes with the verb of the first
        match = _DELTA.search(
            reading.folded[max(0, mentions[place - 1].start - 40) : mentions[place - 1].start]
        )
    down = match is not None and match.group("down") is not None
    terms: list[Term] = [term("delta", delta, negative=down)]
    rate = _rate_after(reading, mentions, place)
    if rate is not None:
        terms.append(_signed("p", rate, down))
    prev = _previous(reading, mentions, place, delta.unit)
    now = _now(reading, mentions, place, paragraphs, index, delta, prev)
    if prev is not None:
        terms.append(term("prev", prev))
    if now is not None:
        terms.append(term("now", now))
    if prev is None and now is not None and now.over is not None and re.search(r"(?:ít|nhiều) hơn", lead):
        base = next((m for m in mentions if m.index == now.over), None)  # "19/21 …, ít hơn 2 người"
        if base is not None:
            terms.append(term("prev", base))
    if len(terms) < 3:
        return None
    return claim(Kind.CHANGE, terms, "change.delta", scope=(now or delta).quantity.noun)


def _signed(role: str, mention: Mention, down: bool) -> Term:
    made = term(role, mention)
    if down and made.written is not None:
        return replace(made, written=replace(made.written, value=-made.written.value))
    return made


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
            return (
                after
                if _RATE_NEXT.match(gap)
                or re.search(r",\s*(?:tương ứng|tương đương|tỷ lệ(?: tăng| giảm)?|bằng)(?: với)?\s*$", gap)
                else None
            )
        if after.depth <= here.depth:
            return None
    return None


def _previous(reading: Reading, mentions: tuple[Mention, ...], place: int, unit: str) -> Mention | None:
    """The earlier value: after "so với …", in a parenthesis behind it, or before "so với" opens the sentence."""
    here = mentions[place]
    for after in mentions[place + 1 : place + 6]:
        if after.percent or after.sentence != here.sentence:
            continue
        gap = reading.folded[here.end : after.start]
        if ")" in gap.split("(")[0]:
            break  # the parenthesis the change stood in has closed
        if ";" in gap or not after.countable or not compatible(after.unit, unit):
            continue
        if (
            unit
            and after.unit != unit
            and any(m.unit == unit and m.sentence == here.sentence for m in mentions[place + 1 : place + 5])
        ):
            continue
        return (
            after
            if _AGAINST.search(gap) and len(gap) < 140 and not re.search(r"(?<!\w)(?:tăng|giảm)(?!\w)", gap)
            else None
        )
    for before in reversed(mentions[:place]):
        if before.sentence != here.sentence:
            break
        if (
            before.percent
            or not before.countable
            or not compatible(before.unit, unit)
            or _is_delta(reading, before)
        ):
            continue
        lead = reading.folded[max(0, before.start - 70) : before.start]
        if (
            re.search(r"so với[^.;]{0,60}$", lead)
            or before.depth
            and _AGAINST.search(lead[lead.rfind("(") + 1 :])
        ):
            return before
    return None


def _now(
    reading: Reading,
    mentions: tuple[Mention, ...],
    place: int,
    paragraphs: list[list[Item]],
    index: int,
    delta: Mention,
    prev: Mention | None,
) -> Mention | None:
    """The present value: the nearest count before, or the figure the subject names, that fits if any does."""
    clause = reading.folded[max(0, delta.start - 90) : delta.start]
    subject = re.search(r"(?:số|lượng|hồ sơ|hs)\s+([^,;.()\d]{3,50}?)\s+(?:tăng|giảm)", clause)
    candidates = [
        m
        for m in reversed(mentions[:place])
        if m.countable and m.under is None and m is not prev and compatible(m.unit, delta.unit)
    ]
    candidates = [m for m in candidates if m.depth <= delta.depth and not _is_delta(reading, m)]
    candidates = [m for m in candidates if m.unit == delta.unit] or candidates
    if subject:
        words = content(subject.group(1))
        named = [
            i.mention
            for i in _around(paragraphs, index)
            if words and words <= i.words and i.mention is not prev and i.mention is not delta
        ]
        candidates = named + [m for m in candidates if m not in named]
    if not candidates:
        return None
    if prev is not None:
        change = delta.quantity.written.value * (-1 if _is_down(reading, delta) else 1)
        for m in candidates[:4]:
            if m.quantity.written.value == prev.quantity.written.value + change:
                return m
        if re.search(r"[;.]", reading.folded[candidates[0].end : delta.start]):
            return None
    near = candidates[0]
    if near.sentence != delta.sentence and not subject:
        return near if near.sentence == delta.sentence - 1 and near.unit == delta.unit else None
    return near


def _is_delta(reading: Reading, mention: Mention) -> bool:
    return (
        not mention.percent
        and _DELTA.search(reading.folded[max(0, mention.start - 40) : mention.start]) is not None
    )


def _is_down(reading: Reading, delta: Mention) -> bool:
    match = _DELTA.search(reading.folded[max(0, delta.start - 40) : delta.start])
    return match is not None and match.group("down") is not None


def _around(paragraphs: list[list[Item]], index: int) -> list[Item]:
    out: list[Item] = list(reversed(paragraphs[index]))
    for back in range(index - 1, max(-1, index - 41), -1):
        out.extend(reversed(paragraphs[back]))
    return out


def _rate(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """A rate of change alone: testable when both values are printed beside it."""
    rate = mentions[place]
    prev = _previous(reading, mentions, place, "")
    before = [
        m for m in reversed(mentions[:place]) if m.countable and m.sentence == rate.sentence and m is not prev
    ]
    if prev is None or not before or prev.unit and before[0].unit and prev.unit != before[0].unit:
        return None
    if any(_DELTA.search(reading.folded[max(0, m.start - 40) : m.start]) for m in before[:1]):
        return None
    lead = reading.folded[max(0, rate.start - 30) : rate.start]
    down = re.search(rf"(?:{_DOWN})\s*\S*\s*$", lead) is not None
    return claim(
        Kind.CHANGE,
        [term("prev", prev), term("now", before[0]), _signed("p", rate, down)],
        "change.rate",
        scope=before[0].quantity.noun,
    )


def _rate_from_to(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "tăng từ 58,9% lên 74,03%, tăng 15,13 điểm phần trăm"."""
    prev, now = mentions[place], mentions[place + 1]
    for delta in mentions[place + 2 : place + 4]:
        lead = reading.folded[max(0, delta.start - 30) : delta.start]
        if delta.percent and delta.sentence == prev.sentence and _RATE.search(lead):
            down = re.search(rf"(?:{_DOWN})\s*\S*\s*$", lead) is not None
            return claim(
                Kind.CHANGE,
                [term("prev", prev), term("now", now), _signed("delta", delta, down)],
                "change.points",
                scope=now.quantity.noun,
            )
    return None


def _over_plan(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "14.326 triệu đồng, vượt 2,3% dự toán (dự toán giao 14.000 triệu đồng)", "50/48 buổi theo lịch, vượt 4,2%"."""
    rate = mentions[place]
    if not re.search(r"(?<!\w)vượt\s*$", reading.folded[max(0, rate.start - 12) : rate.start]):
        return None
    before = [m for m in mentions[:place] if m.sentence == rate.sentence and m.countable]
    if before and before[-1].under is not None:
        now = next((m for m in before if m.index == before[-1].under), None)
        return (
            claim(
                Kind.CHANGE,
                [term("prev", before[-1]), term("now", now), term("p", rate)],
                "change.plan",
                scope=now.quantity.noun,
            )
            if now
            else None
        )
    after = next((m for m in mentions[place + 1 : place + 2] if m.countable and m.depth > rate.depth), None)
    if (
        not before
        or after is None
        or not compatible(before[-1].unit, after.unit)
        or not re.search(r"dự toán|kế hoạch|chỉ tiêu", reading.folded[rate.end : after.start])
    ):
        return None
    return claim(
        Kind.CHANGE,
        [term("prev", after), term("now", before[-1]), term("p", rate)],
        "change.plan",
        scope=before[-1].quantity.noun,
    )


def _points(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """A rate against the rate of another period: "đạt 97,9%; tăng 1,3 điểm phần trăm so với năm 2023 (96,6%)",
    "tăng 9,4% so với cùng kỳ, từ 70,8% lên 80,2%"."""
    change = mentions[place]
    down = (
        re.search(rf"(?:{_DOWN})\s*\S*\s*$", reading.folded[max(0, change.start - 30) : change.start])
        is not None
    )
    here = [
        m
        for m in mentions
        if m.percent
        and m.sentence == change.sentence
        and m is not change
        and abs(m.start - change.start) < 160
    ]
    after = [m for m in here if m.start > change.start]
    before = [m for m in here if m.end < change.start]
    if (
        len(after) >= 2
        and _FROM_TO.search(reading.folded[max(0, after[0].start - 12) : after[0].start])
        and _TO.search(reading.folded[after[0].end : after[1].start])
    ):
        prev, now = after[0], after[1]
    elif after and before and _AGAINST.search(reading.folded[change.end : after[0].start]):
        prev, now = after[0], before[-1]
    else:
        return None
    return claim(
        Kind.CHANGE,
        [term("prev", prev), term("now", now), _signed("delta", change, down)],
        "change.points",
        scope=now.quantity.noun,
    )


def _times(mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "gấp gần 2 lần năm 2022 (215 lượt)"."""
    times = mentions[place]
    before = [m for m in mentions[:place] if m.countable and m.sentence == times.sentence]
    after = [m for m in mentions[place + 1 :] if m.countable and m.sentence == times.sentence]
    if times.unit != "lần" or not before or not after or not compatible(before[-1].unit, after[0].unit):
        return None
    return claim(
        Kind.CHANGE,
        [term("prev", after[0]), term("now", before[-1]), term("times", times)],
        "change.times",
        scope=before[-1].quantity.noun,
    )


def _from_to(reading: Reading, mentions: tuple[Mention, ...], place: int) -> Claim | None:
    """ "giảm 29 … (từ 63 còn 34)": old, new and the difference before them."""
    prev, now = mentions[place], mentions[place + 1]
    if prev.percent and now.percent and _TO.search(reading.folded[prev.end : now.start]):
        return _rate_from_to(reading, mentions, place)
    if not _TO.search(reading.folded[prev.end : now.start]) or prev.percent != now.percent:
        return None
    beside = [
        m
        for m in (*reversed(mentions[:place]), *mentions[place + 2 : place + 4])
        if m.sentence == prev.sentence and _is_delta(reading, m)
    ]
    delta = next(
        (m for m in beside if m.countable and compatible(m.unit, now.unit) and -80 < m.start - now.end < 80),
        None,
    )
    if delta is None:
        return None
    return claim(
        Kind.CHANGE,
        [term("prev", prev), term("now", now), term("delta", delta, negative=_is_down(reading, delta))],
        "change.from_to",
        scope=now.quantity.noun,
    )
