"""What there was, what came in, what went out, what there is: "đầu kỳ có 186 con, đẻ thêm 47 con, mua về 20 con, bán 58 con,
chết 3 con, cuối kỳ có 192 con", "tồn năm trước 12 triệu đồng; thu 38 triệu đồng; chi 29 triệu đồng; tồn quỹ 21 triệu đồng".

A verb tells which way each figure between the two goes. Where one does not say it, or goes by another subject, only
agreement is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ..digits import distance
from ..model import Claim, Kind, Rational
from ..quantities import Reading
from .items import Item, claim, content, counted_alike, led_by, term
from .runs import AMONG

STOCK = "breakdown.stock"  # source of the claim of an opening figure, those who left and joined, and the closing one
_TIME = r"(?:năm học|nhiệm kỳ|năm|kỳ|quý|tháng|tuần|vụ|khóa|đợt|ca|ngày)(?! họp)"
_FORMER = rf"{_TIME} (?:trước|ngoái|cũ)"
_OPENING = re.compile(
    rf"(?<!\w)(?:thời điểm|ngày) (?:ngày )?0?1/0?1(?:/(?:19|20)\d\d)?(?!\d)|(?<!từ )(?<!với )(?<!nửa )(?<!tháng )(?<!quý )(?<!tuần )(?<!ngày )đầu {_TIME}(?!\w)|(?<=h[àằ]ng tháng )đầu {_TIME}(?!\w)|(?<!\w)(?:tồn|dư) (?:\w+ )?(?:đầu|trước|cũ)(?!\w)"
    rf"|(?<!\w)đến (?:hết )?(?:ngày )?31/12 năm (?:trước|ngoái)(?!\w)|(?<!\w)(?:tồn|dư|còn|mang|chuyển|cuối|hết)(?: [^\W\d]+){{0,3}} {_FORMER}(?!\w)|(?<!\w)(?<!cuối )(?:{_FORMER}|{_TIME} (?:19|20)\d\d) (?:chuyển (?:sang|qua)|mang sang|để lại|còn(?: lại)?|tồn|chưa)(?!\w)(?! \w+ sau)"
)
_OPENERS = ("đầu", "tồn", "dư", "trước", "ngoái", "cũ", "cuối", "đến", "1/01", "1/1")  # an opening figure is told with one of these, or with
# a year that left it: the patterns need not be tried elsewhere
_LEFT = re.compile(r"(?:19|20)\d\d (?:chuyển|mang|để|còn|tồn|chưa)")
_NEXT = rf"chuyển (?:sang |qua )?(?:{_TIME} sau|quý [ivx]+(?!\w)(?! chuyển))"
_CLOSING = re.compile(
    rf"(?<!\w)cuối {_TIME}(?! (?:trước|ngoái))(?!\w)|(?<!\w){_NEXT}|(?<!\w)(?:tồn|dư) (?:\w+ )?cuối(?!\w)|(?<!\w)(?:còn|hiện) tồn(?!\w)|^(?:số )?(?:tồn|dư)(?: quỹ| lại| kho)?$"
    r"|(?<!\w)đến (?:hết |cuối |thời điểm )?(?:ngày |tháng )?\d[\d/.-]*(?:(?!\w)[^;]{0,30}(?<!\w)(?:còn(?: (?:hoạt động|quản lý|sinh hoạt))?|có(?: mặt)?))?$|(?<!\w)ngày \d[\d/.-]*(?!\w)[^;]{0,30}(?<!\w)(?:còn|có(?: mặt)?)$|(?<!\w)(?:đến nay|hiện(?: nay)?|nay|(?:bây )?giờ)(?!\w)[^;.]{0,30}(?<!\w)(?:còn|có)$|^(?:nên |do đó |vì vậy |vì thế |như vậy |vậy |hiện |chỉ |số |và )*còn(?: lại)?$|(?<!\w)đến (?:ngày|khi|lúc|hết) (?:bế giảng|tổng kết|kết thúc|báo cáo)(?!\w)[^;]{0,20}(?<!\w)(?:còn|có)$|^số [^\W\d]+ (?:hiện )?còn (?:hoạt động|quản lý|sinh hoạt)(?: là)?$|(?<!\w)hiện hành(?!\w)[^;.]{0,30}(?<!\w)(?:gồm|có|là)$"
)
_FORMERLY = re.compile(rf"(?<!\w)(?:cuối {_TIME} |(?:đến (?:hết |thời điểm )?(?:ngày )?|ngày )\d{{1,2}}[/.-]\d{{1,2}}[/.-])(?:19|20)\d\d")
# "dư nợ 01/01", "dư nợ đến 30/9/2025": what there is at the first date opens, at the next closes
_AT_A_DATE = re.compile(r"(?<!\w)(?:dư nợ|số dư|(?:tồn|dư) (?:quỹ|kho))(?: (?:đến|tại|tính|hết|cuối|thời|điểm|ngày)){0,5} \d{1,2}[/.-]\d{1,2}(?:[/.-](?:19|20)\d\d)?")
_DATED = re.compile(rf"{_AT_A_DATE.pattern}(?: (?:là|còn|đạt|lên|xuống))?$")
_AT_HAND = re.compile(r"(?:^|[:,;(]\s?)(?:số )?tồn:?\s?$")  # "Đơn: tồn 3, nhận mới 41, giải quyết 40, còn 4"
_AT_HAND_TOLD = re.compile(r"(?:^|[:;,(.]\s?)(?:số )?tồn:?\s\d")
_THERE_IS = re.compile(r"(?<!\w)(?:có|quản lý|gồm)\s?$")
_AT_THE_END = re.compile(r"(?<!\w)cuối (?:năm|kỳ|quý|tháng|vụ|nhiệm kỳ) (?:còn|có|là)(?!\w)")
_PENDING = re.compile(r"(?<!\w)đang (?:được |trong (?:giai đoạn|quá trình) )?(?:giải quyết|xử lý|xác minh|thẩm tra|xem xét|thụ lý)(?!\w)")
_SO = re.compile(r"(?<!\w)(?:nên|do đó|vì vậy|vì thế|như vậy|vậy là|vậy)(?!\w)")
_NET = re.compile(r"(?<!\w)(?:thực giảm|thực tăng|(?:tăng|giảm) (?:ròng|thuần))(?!\w)")  # those who left less those who came
_COMPARED = re.compile(r"[^;,.\d]{0,24}?(?<!\w)(?:so với|cùng kỳ|so)(?!\w)")
_DETAIL = re.compile(rf"{AMONG.pattern}|(?<!\w)(?:gồm|riêng|cụ thể)(?!\w)")
_DETAILED = re.compile(r"(?:\s[^\W\d]+){0,2}:\s")  # "Giảm 15 người: từ trần 12, chuyển đi 03"

_OUT = (
    r"thoát|ra khỏi|chuyển (?:đi|khỏi|viện|tuyến|trường|công tác|sinh hoạt đi|nơi khác|ra khỏi|cơ quan|đơn vị|cấp)|giảm|từ trần|chết|qua đời|tử vong|mất|xóa tên|khai trừ|xin ra|miễn nhiệm|bãi nhiệm|thôi (?:làm nhiệm vụ|giữ chức)|ra (?:viện|trường|quân|hội)"
    r"|(?<!đề )(?<!đột )(?<!sản )xuất(?! sắc| khẩu| phát| bản)|bán(?! trú| kiên| chuyên| thời)|giết|mổ|tiêu hủy|hao hụt|thất lạc|thanh lý|hỏng|nghỉ|thôi (?:việc|học|nhiệm)|bỏ (?:học|việc|nghề|sinh hoạt)|tinh giản|giải thể|tốt nghiệp"
    r"|điều trị khỏi|khỏi bệnh|trưởng thành|cho mượn|cấp phát|đào thải|(?:xử lý|giải quyết|thi hành|xét xử) (?:xong|dứt điểm)|đã (?:được )?(?:xử lý|giải quyết|thi hành|xét xử|trả)|(?:xử lý|giải quyết|trả) (?:trong|được)|trả kết quả|(?<!phải )(?<!cần )(?<!chưa )(?<!đang )(?:giải quyết|xử lý|trả)(?=[:\s]*$)|chấm dứt|đóng cửa"
    r"|(?:thuyên|luân) chuyển|chuyển (?:huyện|tỉnh|xã|ngành|cơ sở|trại)|hoàn thành (?:thời gian|khóa|chương trình|nghĩa vụ)|bãi bỏ|hủy bỏ|tử(?=[:\s]*$)(?<!điện tử)(?<!phần tử)"
    r"|chi(?! bộ| hội| cục| đoàn| tiết| phí| nhánh)|(?:tạm )?(?:ngừng|dừng)|rút"
)
_IN = (
    r"phát sinh|phát triển (?:mới|thêm)|tái nghèo|tái đàn|tăng|bổ sung|chuyển đến|chuyển sinh hoạt đến|kết nạp|(?<!sơ )(?<!trúng )tuyển|(?<!công )(?<!ghi )(?<!xác )(?<!chứng )(?:tiếp )?nhận|(?<!thu )nhập(?! ngũ| khẩu)|nhập khẩu|ban hành|(?<!học )(?<!thí )(?<!vệ )sinh(?! hoạt| viên| học| thái)"
    r"|đẻ|mua|thả|nở|vào viện|đăng ký mới|thành lập|gia nhập|được (?:tặng|cấp|biếu)|thụ lý|mở mới|sưu tầm|trồng|thu(?! hồi| nhập)|vận động|ủng hộ|quyên góp|đóng góp|tài trợ|lãi"
)
_WAY = re.compile(rf"(?<!\w)(?:(?P<lent>cho vay|giải ngân)|(?P<repaid>thu(?: hồi)? nợ|trả nợ|xóa nợ)|(?P<out>{_OUT})|(?P<into>{_IN})|(?P<more>(?<!thôn )(?<!đổi )mới|thêm))(?!\w)")
_TOTALLED = re.compile(r"(?<!\w)(?:tổng|cộng)(?!\w)")
_ENDS = re.compile(r";|\.\s")
_REASONS = re.compile(r"[^,;.]{0,20}(?<!\w)(?:do|vì|bởi)(?!\w)")
_NOT_LENT = frozenset(["xấu", "hạn", "khoanh", "thuế"])  # of debts: loans do not add to these
_SPENT = re.compile(r"(?<!\w)mua(?!\w)")  # what money is spent on
# words that say nothing of whose figure it is
_PLAIN = frozenset(["công", "xin", "từ", "đầu", "trong", "năm", "kỳ", "quý", "tháng", "đó", "đã", "được", "có", "số", "tổng", "và", "nhưng", "song", "lại", "thêm", "đồng", "thời", "sau", "rồi", "phải", "bị", "cũng", "do", "vì", "khi", "này", "nay", "đến", "học", "còn", "với", "các", "dân", "nhân", "là", "về", "con", "hộ", "người", "doanh", "i", "ii", "iii", "iv", "qua", "suốt", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười"])  # fmt: skip
_STATE = frozenset(["cuối", "tồn", "dư", "quỹ", "kho", "nên", "như", "vậy", "thế", "hiện", "đến", "tính", "hết", "toàn", "chuyển", "sang", "qua", "chỉ", "học", "nhiệm", "vụ", "khóa", "tuần", "ngày", "đợt", "ca", "danh", "sách", "đạt", "ở", "mức"])  # fmt: skip
_SENTENCES = 3  # from one figure to the next, those without figures with them
_HEADING = 80  # characters of a line that heads a list
_FEWEST = 3  # figures of a stock: what there was, what moved, what there is
_WORD = re.compile(r"[^\W\d_]+")
_PLACED = re.compile(r"(?<!\w)(?:gửi|tại|ở|chuyển|để|theo|trong|và|do|nên|chiếm|đạt|bằng|tăng|giảm|sang|qua|mang|tồn|cuối|đang)(?!\w).*")


def way(words: str) -> int:
    """1 where the words tell of what came in, -1 of what went out, 0 of neither or both."""
    found = {1 if told["into"] or told["more"] or told["lent"] else -1 for told in _WAY.finditer(words)}
    return found.pop() if len(found) == 1 else 0


@dataclass(slots=True)
class _Stock:
    """An opening figure and what came and went since; `strict` while every figure is known to do one of the two."""

    opening: Item
    words: frozenset[str]
    last: Item
    flows: list[tuple[Item, int]] = field(default_factory=list)
    spare: list[tuple[Item, int]] = field(default_factory=list)  # told again within the others
    detail: bool = False
    strict: bool = True
    guessed: bool = False  # no word says that it is an opening figure but what follows: "có 412 đầu sách, bổ sung 37, thanh lý 15, cuối năm còn 434"


def find(reading: Reading, everything: list[Item]) -> Iterator[Claim]:
    """Opening stock - leaving + joining = closing stock: "đầu năm 61 hộ; 22 hộ thoát nghèo, phát sinh mới 5 hộ. Cuối năm còn 44".

    Held against the closing figure only when every figure between the two is known to come in or go out.
    """
    if not _some_opens(reading, everything):
        return
    stocks: list[_Stock] = []
    edge = ""  # the words by which a clause opens or closes its figures: "đầu năm có 18 lớp với 512 học sinh"
    for before, item in pairwise([None, *everything]):
        assert item is not None
        lead, after = _led(reading, before, item), item.mention.after
        if before is not None and _ends_between(reading, before, item):
            edge = ""
        aside = stocks and not stocks[-1].flows and item.mention.depth > stocks[-1].opening.mention.depth
        if aside and not any(told.search(w) for w in (lead, after) for told in (_WAY, _CLOSING)):
            continue  # "đầu năm có 142 hộ nghèo, chiếm 6,41% (2.215 hộ)"
        own = edge != "" and not any(told.search(w) for w in (lead.rstrip(" :"), after) for told in (_WAY, _OPENING, _CLOSING, _DATED))
        words = edge if own else lead
        alike = [s for s in stocks if counted_alike(item, s.opening)]
        moved = [s for s in alike if s.flows]
        dated = _DATED.search(words.rstrip(" :")) is not None
        closes = moved != [] if dated else _CLOSING.search(words.rstrip(" :")) is not None and _OPENING.search(words) is None
        if moved and not closes and _PENDING.search(f"{words} | {after}"):
            yield from (c for s in moved for c in _still_open(s, item))
            stocks = [s for s in stocks if s not in moved]
            continue
        if closes and (moved or not _FORMERLY.search(words)) and not (not moved and _AT_HAND.search(words)):
            yield from (c for s in moved for c in _closed(s, item, words))
            stocks, edge = [s for s in stocks if s not in moved], words
        elif closes or dated or _opens(words, after) or not stocks and _AT_HAND.search(words):
            for stock in alike if own else ():
                stock.strict = False  # "đầu năm có 61 hộ nghèo, 40 hộ cận nghèo": of which?
            if not own or not alike:
                stocks = [*(stocks[-1:] if own else ()), _Stock(item, frozenset(_WORD.findall(f"{words} {after} {_heading(reading, item)}")), item)]
            edge = words
        elif not stocks and _there_was(reading, before, item, lead):
            stocks = [_Stock(item, frozenset(_WORD.findall(f"{words} {after}")), item, guessed=True)]
        elif not _NET.search(lead) and not _COMPARED.match(reading.folded, item.mention.end):
            for stock in alike:
                _flow(reading, stock, item, lead)


def _there_was(reading: Reading, before: Item | None, item: Item, lead: str) -> bool:
    """Is it the first figure of a sentence that tells what there is at the end of the period?"""
    sentence = reading.sentences[item.mention.sentence]
    first = before is None or before.mention.sentence != item.mention.sentence
    return first and _THERE_IS.search(lead) is not None and item.base is None and _AT_THE_END.search(reading.folded, item.end, sentence.end) is not None


def _one_slip(stock: _Stock, closing: Item) -> bool:
    """Would they come out if one digit of the closing figure or of one that moved were another?"""
    made = _made(stock.opening, stock.flows)
    off = closing.value - made
    meant = [(made, closing.value), *((i.value + way * off, i.value) for i, way in stock.flows)]
    return any(distance(str(a), str(b)) == 1 for a, b in meant)


def _some_opens(reading: Reading, everything: list[Item]) -> bool:
    """Is an opening figure spoken of at all?"""
    if len(everything) < _FEWEST:
        return False
    told = reading.folded[reading.paragraphs_read[everything[0].mention.paragraph].span.start : everything[-1].start]
    spoken = any(word in told for word in _OPENERS) or _LEFT.search(told) is not None
    return _AT_THE_END.search(told) is not None or spoken and any(opener.search(told) is not None for opener in (_OPENING, _FORMERLY, _AT_A_DATE, _AT_HAND_TOLD))


def _opens(lead: str, after: str) -> bool:
    """Do the words around a figure say that so many there were? Not "đầu năm kết nạp 5 đảng viên"."""
    told = _OPENING.search(lead)
    if told is None:
        return _OPENING.search(after) is not None and _WAY.search(lead) is None
    return _WAY.search(lead, told.end()) is None


def _heading(reading: Reading, item: Item) -> str:
    """The line above a bullet that says what the list is of: "2) Hộ cận nghèo:"."""
    place = item.mention.paragraph
    above = reading.paragraphs[place - 1] if place and reading.paragraphs_read[place].marker else None
    line = reading.folded[above.start : above.end] if above is not None and above.end - above.start < _HEADING else ""
    return line if line.endswith(":") else ""


def _ends_between(reading: Reading, before: Item, item: Item) -> bool:
    """Does a clause end between two figures?"""
    return before.mention.paragraph != item.mention.paragraph or _ENDS.search(reading.folded, before.end, item.start) is not None


def _led(reading: Reading, before: Item | None, item: Item) -> str:
    """The words that lead a figure in, without the reasons of the one before it: "giảm 297 người do nghỉ hưu, chuyển đi, kết nạp mới 486"."""
    lead = led_by(reading, before, item, _start_of(reading, item)) or item.mention.before
    last = lead.rpartition(",")[2]
    reasons = before is not None and _REASONS.match(reading.folded, before.end) is not None
    return last if reasons and (_WAY.search(last) or _WAY.search(item.mention.after)) else lead


def _start_of(reading: Reading, item: Item) -> int:
    return max(reading.sentences[item.mention.sentence].start, item.start - 120)


def _flow(reading: Reading, stock: _Stock, item: Item, lead: str) -> None:
    """Take up a figure between the opening and the closing one; a total of those before it is none more."""
    made = _made(stock.opening, stock.flows)
    if _TOTALLED.search(lead) and stock.flows and item.value in {made, made - stock.opening.value}:
        return
    stock.strict = stock.strict and _follows(stock.last, item)
    opened = _DETAIL.search(reading.folded, stock.last.end, item.start) is not None
    opened = opened or bool(stock.flows) and stock.last is stock.flows[-1][0] and _DETAILED.match(reading.folded, stock.last.mention.quantity.span.end) is not None
    stock.detail = opened or stock.detail and not _ends_between(reading, stock.last, item)
    stock.last = item
    way, sure = way_told(item, lead, stock.words)
    if item.mention.depth > stock.opening.mention.depth or stock.detail:
        if way:
            stock.spare.append((item, way))
    elif way:
        stock.flows.append((item, way))
        stock.strict = stock.strict and sure
    else:
        stock.strict = stock.strict and item.value == made  # "cộng 253 con": so many so far


def _follows(last: Item, item: Item) -> bool:
    """Does a figure stand in the sentence of the last one, or the next that has figures?"""
    return item.mention.turn - last.mention.turn <= 1 and item.mention.sentence - last.mention.sentence <= _SENTENCES


def way_told(item: Item, lead: str, opening: frozenset[str]) -> tuple[int, bool]:
    """Does the figure come in (1) or go out (-1), or is it not said (0)? And is it sure to be one of the same stock?"""
    after = item.mention.after
    led, told = list(_WAY.finditer(lead)), [*_WAY.finditer(lead), *_WAY.finditer(after)]
    told = [m for m in told if not m.group("more")] or told
    if not told:
        return 0, False
    if any(m.group("lent") and not _owed(opening) or m.group("repaid") and "nợ" not in opening and not _owed(opening) for m in told):
        return 0, False
    ways = [-1 if m.group("out") or m.group("repaid") or item.unit == "đồng" and _SPENT.match(m.group()) else 1 for m in told]
    subject = set(_WORD.findall(lead[: led[0].start()] if led else lead))
    return ways[0], len(set(ways)) == 1 and subject <= _PLAIN | opening


def _owed(opening: frozenset[str]) -> bool:
    """Is it what is owed on all loans?"""
    return "dư" in opening and bool(opening & {"nợ", "vay", "ủy", "vốn"}) and not opening & _NOT_LENT


def _made(opening: Item, flows: list[tuple[Item, int]]) -> Rational:
    return opening.value + sum(way * i.value for i, way in flows)


def _closed(stock: _Stock, closing: Item, lead: str) -> Iterator[Claim]:
    opening, flows = stock.opening, stock.flows
    unnamed = [f for f in flows if not re.search(r"(?<!\w)(?:tăng|giảm)$", f[0].mention.before)]  # "…, giảm 17 hộ": what the others come to
    for told in (flows, unnamed, [*flows, *stock.spare], [*unnamed, *stock.spare]):
        if told and _made(opening, told) == closing.value:
            yield _claim(opening, told, closing)
            return
    both = {way for _, way in flows} == {-1, 1}  # who came may be left out where only those who left are told
    again = len(unnamed) < len(flows) and {way for _, way in unnamed} == {-1, 1}
    subject = set(_WORD.findall(lead)) <= _PLAIN | _STATE | stock.words
    same = content(_PLACED.sub("", closing.mention.after)) <= content(" ".join(stock.words)) | content(closing.unit)
    follows = _follows(stock.last, closing)
    if stock.guessed and not _one_slip(stock, closing):
        return
    if stock.strict and follows and subject and same and not again and (both or _SO.search(lead)):
        yield _claim(opening, flows, closing)


def _still_open(stock: _Stock, pending: Item) -> Iterator[Claim]:
    """ "kỳ trước chuyển sang 12 đơn, tiếp nhận mới 57 đơn; đã giải quyết 61 đơn, 18 đơn đang xác minh": what is being done is all that is
    left, but for what was withdrawn or sent on; more than is left it cannot be."""
    left = _made(stock.opening, stock.flows)
    sure = stock.strict and _follows(stock.last, pending) and {way for _, way in stock.flows} == {-1, 1} and 2 * pending.value < stock.opening.value + sum(i.value for i, way in stock.flows if way > 0)
    if left == pending.value or sure and pending.value > left:
        yield _claim(stock.opening, stock.flows, pending)


def _claim(opening: Item, flows: list[tuple[Item, int]], closing: Item) -> Claim:
    terms = [term("total", closing.mention), term("part", opening.mention)]
    terms += [term("part", i.mention, negative=way < 0) for i, way in flows]
    return claim(Kind.BREAKDOWN, terms, STOCK, scope=closing.mention.quantity.noun)
