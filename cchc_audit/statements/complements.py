"""Percents that leave each other the rest: "nộp trực tuyến chiếm 87,35%, nộp tại quầy chiếm phần còn lại là 12,65%", "BHYT
đạt 94,6% dân số. Vẫn còn 5,4% người dân chưa tham gia"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..language import UNIT, compatible, unit_of
from ..model import Claim, Kind, Rational, magnitude
from ..quantities import Mention, Reading
from .items import claim, content, one_slip_apart, term

_REST = re.compile(
    r"(?<!\w)(?:phần|số) còn lại,?(?: (?:là|chiếm|tỷ lệ|tương ứng|bằng|với|ứng với|tức|chỉ)){0,3}\s(?:\(\s?)?$|[,;]\s?còn lại(?: (?:là|chiếm))?\s$"
)
_LEFT = re.compile(r"(?<!\w)còn(?: lại| tới| đến)? $")
_NOT_YET = re.compile(
    r"(?: [^\W\d_]+){0,4}? (?:chưa|không)(?: (?:được|có|thể))?(?P<what>(?: [^\W\d_]+){1,6}?)(?=\s?[,.;)\n]|$| (?:do|vì|phần lớn|chủ yếu|nên|là|gồm)(?!\w))"
)
_APART = re.compile(
    r"(?<!\w)(?:tăng|giảm|so với|cùng kỳ|kế hoạch|dự toán|chỉ tiêu|mục tiêu|phấn đấu|cao hơn|thấp hơn|thấp nhất|cao nhất|trong (?:số )?đó|riêng|trước|năm \d+|quý|tháng|thôn|tổ(?! chức)|xã(?! hội)|khu)(?!\w)"
)
_PERIOD = r"(?:cùng kỳ(?: năm (?:trước|ngoái|\d{4}))?|(?:trong )?(?:đầu |cuối )?(?:\d{1,2} tháng|tháng|quý|năm|kỳ|tuần|nhiệm kỳ)(?: (?:trước|ngoái|đầu năm|\d{1,4}|[ivx]+)(?:/\d{4})?){0,2}(?: năm \d{4})?)"
# "; tháng 7 hai con số này lần lượt là": another period of the same two, and nothing else
_IN_TURN = re.compile(
    rf"(?:[^;.\d]{{0,60}}?[;.,]|\s?\()\s(?:còn |trong khi |nếu )?(?:(?:ở |vào )?{_PERIOD},? )?(?:thì )?(?:hai |2 )?(?:con số|tỷ lệ|chỉ số|số liệu|tỷ trọng)?(?: này| đó| trên)?"
    rf"(?: (?:của |ở |trong )?{_PERIOD})?\s?(?:lần lượt|tương ứng)(?: là| đạt| chiếm| ở mức)?\s"
)
_ANOTHER = re.compile(rf"(?<!\w){_PERIOD}(?!\w)")
_OF_THAT = frozenset({"tham gia", "đạt", "có", "được", "hoàn thành", "thực hiện", "tiếp cận", "sử dụng", "đáp ứng", "được hưởng"})  # name no deed of their own

_LONGEST = 400  # characters of the words around two such percents


def find(reading: Reading) -> Iterator[Claim]:
    """A sum to 100 % for each percent told as the rest of those before it, or as what those before it leave undone."""
    for mentions in reading.by_paragraph:
        rates = [m for m in mentions if m.percent and m.unit == "%"]
        for place, rate in enumerate(rates):
            before = rates[max(0, place - 6) : place]
            found = _rest(reading, before, rate) or _undone(reading, before, rate) or _pair_again(reading, before, rate)
            if found:
                yield claim(Kind.SHARES_SUM, [term("part", m) for m in found], "shares_sum.rest", scope=found[0].quantity.noun)


def _rest(reading: Reading, before: Sequence[Mention], rate: Mention) -> list[Mention]:
    """ "…, số còn lại chiếm 12,65%": with the percents before it in its sentence; those right before that make 100 %, else all."""
    if not _REST.search(reading.folded, max(0, rate.start - 60), rate.start):
        return []
    listed = [m for m in before if m.sentence == rate.sentence and m.depth <= rate.depth]
    for first in range(len(listed)):
        if _makes_all([*listed[first:], rate]):
            return [*listed[first:], rate]
    start = max(reading.sentences[rate.sentence].start, rate.start - _LONGEST)
    alone = len(listed) == len([m for m in before if m.sentence == rate.sentence]) and not _APART.search(reading.folded, start, rate.start)
    return [*listed, rate] if listed and alone and one_slip_makes_all([*listed, rate]) else []


def _undone(reading: Reading, before: Sequence[Mention], rate: Mention) -> list[Mention]:
    """ "Vẫn còn 5,4% người dân chưa tham gia": with the percent right before it, of the same people and deed."""
    left = _LEFT.search(reading.folded, max(0, rate.start - 20), rate.start)
    undone = _NOT_YET.match(reading.folded, rate.end, rate.end + 120) if left else None
    done = before[-1] if before else None
    if undone is None or done is None or rate.sentence - done.sentence > 1 or done.depth != rate.depth:
        return []
    start = max(reading.sentences[done.sentence].start, rate.start - _LONGEST)
    several = any(m.sentence == done.sentence for m in before[:-1])
    units = [unit_of(m.group(1)) for r in (done, rate) if (m := UNIT.match(reading.folded, r.end))]
    if several or len(units) == 2 and not compatible(*units) or _APART.search(reading.folded, start, rate.end):
        return []
    what, both = undone["what"].strip(), [done, rate]
    named = content(what) and content(what) <= content(reading.folded[start : rate.start])
    return both if (named or what in _OF_THAT) and (_makes_all(both) or one_slip_makes_all(both)) else []


def _pair_again(reading: Reading, before: Sequence[Mention], rate: Mention) -> list[Mention]:
    """ "… tới 78,9%, chỉ 21,1% còn nộp bằng tiền mặt; tháng 7 hai con số này lần lượt là 72,4% và 27,6%": the two shares of another period,
    told in the order of the two that make 100 % right before them."""
    told = before[-3:]
    if len(told) < 3 or any(m.sentence != rate.sentence and rate.sentence - m.sentence > 1 or m.depth != rate.depth for m in told):
        return []
    first, second, third = told
    gaps = [reading.folded[a.end : b.start].replace("\n", " ") for a, b in ((first, second), (second, third), (third, rate))]
    alike = second.value != first.value and 100 not in {first.value, second.value} and _makes_all([first, second]) and _IN_TURN.fullmatch(gaps[1])
    if not alike or not _ANOTHER.search(gaps[1]) or ";" in gaps[0] or gaps[2].strip() not in {"và", ","}:
        return []
    return [third, rate] if _makes_all([third, rate]) or one_slip_makes_all([third, rate]) else []


def _added(rates: Sequence[Mention]) -> Rational:
    return sum(m.value for m in rates)


def _makes_all(rates: Sequence[Mention]) -> bool:
    return 2 * magnitude(_added(rates) - 100) <= sum(m.quantity.written.ulp for m in rates)


def one_slip_makes_all(rates: Sequence[Mention]) -> bool:
    """Is one of them, of decimals as many, a slip of the typist from what the others leave of 100 %?"""
    return any(one_slip_apart(*pair) for pair in _meant(rates))


def swap_makes_all(rates: Sequence[Mention]) -> bool:
    """Would they make 100 % if two neighbouring digits of one of them were swapped?"""
    return any(sorted(meant) == sorted(printed) and one_slip_apart(meant, printed) for meant, printed in _meant(rates))


def _meant(rates: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """The digits of what the others leave of 100 % beside those of each; of percents told alike only."""
    ulp = rates[0].quantity.written.ulp
    if ulp >= 1 or any(m.quantity.written.ulp != ulp or m.quantity.written.approx or m.target for m in rates):
        return
    left = 100 - _added(rates)
    for m in rates:
        if 0 < m.value + left < 100:
            yield _digits(m.value + left, ulp), _digits(m.value, ulp)


def _digits(value: Rational, ulp: Rational) -> str:
    return str(int(value / ulp))
