"""What was had and where it went: "được cấp 480 liều, đã tiêm 437 liều, hủy 05 liều; tồn 38 liều", "tổng thu 86,5 triệu đồng, tổng
chi 79,8 triệu đồng, số dư 6,7 triệu đồng", and the lines of an account from its opening to its closing balance.

What was there before may go unsaid; so, unless the account opens with it, only the digits of one figure put in the wrong order, or one
too many or too few, are held against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..digits import distance
from ..model import Claim, Kind
from ..quantities import Mention, Reading
from .items import Item, claim, counted_alike, led_by, near, sum_claim, term, total_of
from .runs import COMPARED

_GIVEN = re.compile(r"(?<!\w)(?:được (?:cấp|phân bổ|giao|nhận|hỗ trợ|tặng)|(?<!đã )cấp về|tiếp nhận|nhận(?: về| được)?|nhập(?: về)?|mua(?: về)?|in|phát hành|phân bổ|chuẩn bị)(?!\w)[^;,.]{0,30}$")
_USED = re.compile(r"(?<!\w)(?:đã |để )?(?:sử dụng|dùng|tiêm|cấp phát|cấp cho|cấp|phát|trồng|bán|trao|chuyển|xuất|tiêu thụ|gieo|thả|thu về|đổi|điều chuyển)(?!\w)")
_LOST = re.compile(r"(?<!\w)(?:hủy|hỏng|vỡ|mất|thất lạc|hao hụt|trả lại|thu hồi|loại|hư hỏng|chết|in sai|viết sai|nộp trả)(?!\w)")
_LEFT = re.compile(r"(?<!\w)(?:tồn|còn|còn lại|dư)(?!\w)[^;,.]{0,30}$")
_BEFORE = re.compile(r"(?<!\w)(?:tồn (?:đầu|kỳ|năm|quý|tháng|trước|cũ)|(?:đầu|kỳ|năm|quý|tháng) (?:kỳ|trước|ngoái)|dư đầu|số dư (?:đầu|năm|kỳ)|chuyển sang|mang sang|lũy kế|bổ sung|thêm|cộng)(?!\w)")
_INCOME, _SPENT = (
    re.compile(rf"(?<!\w)tổng (?:số )?(?:tiền )?{way}(?:(?! (?:so|đạt|bằng|tăng|giảm|còn))(?: [^\W\d]+)){{0,5}}?(?: (?:là|đạt|hết))?$|{else_}")
    for way, else_ in (("thu", "^cộng$"), ("chi", r"(?<!\w)đã chi(?: [^\W\d]+){0,4}$"))
)
_BALANCE = re.compile(r"^(?:và |còn )?(?:số |quỹ )?(?:dư|kết dư|còn dư|chênh lệch|còn lại|còn)(?: lại| quỹ)?(?: chuyển (?:sang )?(?:năm|kỳ|quý|tháng) sau)?(?: là)?$")
_OPENS, _CLOSES = (re.compile(rf"(?:số )?(?:dư|tồn)(?: quỹ| tiền| kho)?(?: mang sang)? {edge}(?!\w)") for edge in ("(?:đầu|từ (?:năm|kỳ|quý|tháng) trước)", "(?:cuối|đến (?:ngày|hết))"))
_FIRST_WORDS = re.compile(
    r"(?:(?P<into>thu|vận động|ủng hộ|đóng góp|tài trợ|lãi|nhận|tiếp nhận|được cấp|được tặng|huy động|quyên góp|tiền lãi|hội phí|nhập|mua vào)|chi|hỗ trợ|tặng|trao|thăm|trợ cấp|trả|xây|sửa|tổ chức|khen thưởng|nộp|mua sắm|in ấn|xuất|cấp phát|tiêu hủy|thanh lý)(?!\w)(?! hồi)"
)
_FEWEST = 3
_SENTENCES = 2  # from the income to the balance
_MOST = 8
_REACH = 300  # characters before what was given in which an earlier stock would be told
_OWN = 40  # characters before the income in which an earlier balance would be told
_MOST_LINES = 14


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each account of goods or money told in one sentence or two."""
    told = [i for i in items if not i.mention.depth]
    for place, last in enumerate(told):
        if place >= 2 and last.base is None:
            yield from _goods(reading, told[max(0, place - _MOST) : place + 1])
            yield from _money(reading, told[place - 2 : place + 1])


def _goods(reading: Reading, told: Sequence[Item]) -> Iterator[Claim]:
    """What was given out is what was used, what was spoilt and what is left."""
    last = told[-1]
    if not _LEFT.search(_lead(reading, told, len(told) - 1).rstrip()):
        return
    leads = [_lead(reading, told, place) for place in range(len(told))]
    first = next((p for p in range(len(told) - 2, -1, -1) if _GIVEN.search(leads[p].rstrip())), None)
    if first is None or len(told) - first < _FEWEST:
        return
    given, gone = told[first], told[first + 1 : -1]
    ways = [bool(_USED.search(lead)) + 2 * bool(_LOST.search(lead)) for lead in leads[first + 1 : -1]]
    alike = given.unit not in {"", "đồng", "hồ sơ", "đơn", "vụ", "phản ánh"} and all(counted_alike(i, given) or not i.unit for i in (*gone, last))
    start = max(reading.sentences[given.mention.sentence].start, given.start - _REACH)
    if not alike or not all(ways) or not any(w != 1 for w in ways) or last.mention.sentence - given.mention.sentence > 1:
        return
    if _BEFORE.search(reading.folded, start, last.start) or COMPARED.search(reading.folded[given.end : last.start]):
        return
    yield from _held(given, [*gone, last])


def _money(reading: Reading, told: Sequence[Item]) -> Iterator[Claim]:
    """All the income is what was spent and the balance."""
    income, spent, balance = told
    named = _INCOME.search(income.mention.before) and _SPENT.search(spent.mention.before) and _BALANCE.search(balance.mention.before)
    start = income.end if income.mention.before == "cộng" else max(reading.sentences[income.mention.sentence].start, income.start - _OWN)
    together = {i.unit for i in told} == {"đồng"} and balance.mention.sentence - income.mention.sentence <= _SENTENCES
    if named and together and not _BEFORE.search(reading.folded, start, spent.end) and not COMPARED.search(reading.folded[income.end : balance.start]):
        yield from _held(income, [spent, balance])


def _lead(reading: Reading, told: Sequence[Item], place: int) -> str:
    before = told[place - 1] if place else None
    low = max(reading.sentences[told[place].mention.sentence].start, told[place].start - 90)
    return f"{led_by(reading, before, told[place], low)} "


def _held(whole: Item, parts: Sequence[Item]) -> Iterator[Claim]:
    if total_of(parts) == whole.value or _swapped_or_dropped(whole, parts):
        yield sum_claim(whole.mention, parts, "equal", "breakdown.account")


def _swapped_or_dropped(whole: Item, parts: Sequence[Item]) -> bool:
    """Would two neighbouring digits of one figure in turned order, or one digit more or less, explain what is off?"""
    ulp = min(i.mention.quantity.written.ulp for i in (whole, *parts))
    off = total_of(parts) - whole.value
    wanted = [(whole, whole.value + off), *((i, i.value - off) for i in parts)]
    return any(value > 0 and _turned(str(Fraction(i.value) / ulp), str(Fraction(value) / ulp)) for i, value in wanted)


def _turned(printed: str, meant: str) -> bool:
    """Is one number the other with two neighbouring digits turned, or with a digit more?"""
    digits = printed.isdigit() and meant.isdigit() and distance(printed, meant) == 1
    return digits and (printed[0] == meant[0] if len(printed) != len(meant) else sorted(printed) == sorted(meant))


def lines(reading: Reading) -> Iterator[Claim]:
    """A breakdown for each account told in lines of one figure, from "Số dư đầu kỳ" to "Số dư cuối kỳ", whose every line says by its
    first word whether it came in or went out."""
    account: list[Mention] = []
    for mentions in reading.by_paragraph:
        line = mentions[0] if len(mentions) == 1 and not mentions[0].percent else None
        if line is None or _OPENS.match(_label(reading, line)):
            account = [line] if line is not None else []
        elif account:
            account.append(line)
            if _CLOSES.match(_label(reading, line)):
                yield from _account(reading, account)
                account = []
            elif len(account) > _MOST_LINES or line.paragraph - account[0].paragraph >= len(account):
                account = []


def _label(reading: Reading, line: Mention) -> str:
    return reading.folded[reading.paragraphs_read[line.paragraph].span.start : line.start].lstrip(" -+*|.)(0123456789")


def _account(reading: Reading, account: Sequence[Mention]) -> Iterator[Claim]:
    opening, *flows, closing = account
    words = [_FIRST_WORDS.match(_label(reading, m)) for m in flows]
    ways = [0 if w is None else 1 if w["into"] else -1 for w in words]
    had = opening.value + sum(m.value for m, way in zip(flows, ways, strict=True) if way > 0)
    went = closing.value + sum(m.value for m, way in zip(flows, ways, strict=True) if way < 0)
    alike = len({m.unit for m in account}) == 1 and not any(m.quantity.damaged or m.quantity.written.approx for m in account)
    if alike and {*ways} == {-1, 1} and (had == went or near(went, had)):
        terms = [term("total", closing), term("part", opening), *(term("part", m, negative=way < 0) for m, way in zip(flows, ways, strict=True))]
        yield claim(Kind.BREAKDOWN, terms, "breakdown.account", scope=closing.quantity.noun)
