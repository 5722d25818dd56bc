"""Totals that are so much for each of a count: "627 học sinh chia làm 21 lớp, bình quân 30 học sinh/lớp", "125 suất quà, mỗi
suất 500.000 đồng, tổng kinh phí 62,5 triệu đồng", "54 bác sĩ, dân số 60.000 người, đạt 9,0 bác sĩ trên một vạn dân".

Where some total and count near the rate make it, that is what it says. Held against the report only where both are named by
the rate's own nouns, nothing else of theirs stands by, and the words between them tell of no other time, scope or sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, permutations

from ..arithmetic import Grade, rate_grade
from ..digits import neighbours_swapped, one_digit_apart
from ..model import Claim, Kind, Qualifier, Rational, Span, Term, Written, magnitude, record
from ..quantities import Mention, Reading
from .items import Item, between, claim, implied, term
from .moves import is_delta
from .rates import Rate, rates_of, words_behind

_BACK, _AHEAD = 12, 5  # figures before and behind a rate among which its total and count are looked for
_MEASURED = frozenset({"ha", "tấn", "tạ", "kg", "km", "km²", "m²", "lít"})  # never quite as printed
_CLOSE = 10  # a rate that is off by more than a tenth is not told of these two figures, however it was rounded
_NEAR = 20  # a cut rate, or one of the population of another day, is off by no more than a twentieth
_OFF = 4  # and one told in one breath with them by a quarter
_MOST = 12  # times: no slip of a digit puts a figure further off
_IN_ALL = re.compile(r"(?<!\w)(?:tổng|cộng|tất cả|toàn bộ|cả thảy|hết|số tiền|như vậy|vị chi)(?!\w)")
_DIGITS = 2  # of a figure of which one may be another
_REACH = 160  # characters between two of the three figures
_OTHERS = (
    "cùng kỳ|(?:năm|tháng|quý|kỳ|vụ) (?:trước|ngoái|sau)|trước đây|riêng|trong đó|trong số|một số|quy định|định mức|chuẩn|không quá|tối đa|tối thiểu|ít nhất"
    "|kế hoạch|chỉ tiêu|dự kiến|phấn đấu|mục tiêu|nếu|ngoài"
)
_ELSEWHERE = re.compile(rf"(?<!\w)(?:{_OTHERS})(?!\w)")
_APART = re.compile(
    rf"(?<!\w)(?:{_OTHERS}|gồm|bao gồm|so với|cả nước|toàn quốc|(?:toàn|cả) (?:xã|phường|huyện|tỉnh|thành phố|quận|ngành|trường|khối|vùng|khu|hệ thống|địa bàn)"
    r"|đến nay|còn lại|số còn|trừ|chưa|lãi|lợi nhuận|chi phí|phần lớn|một phần|(?:cao|thấp|nhiều|ít|lớn|nhỏ|đông|trẻ|già) nhất|dao động|lần lượt"
    r"|khác|thêm|bổ sung|từ [\d.,]+ (?:\S+ )?đến|tăng|giảm|vượt|thiếu|hụt)(?!\w)"
)
# what may stand between the figure before and a rate
_LEADING = frozenset(["bq", "bán", "bình", "bơm", "bằng", "chia", "cho", "chung", "chết", "chứa", "có", "cùng", "của", "cứ", "dân", "dự", "gia", "giá", "giải", "giới", "góp", "hoàn", "hưởng", "hằng", "hỗ", "hộ", "khi", "khoảng", "là", "lý", "lớp", "mô", "mật", "mỗi", "một", "mức", "nhau", "như", "nhất", "nhận", "nuôi", "năng", "phát", "phải", "phần", "phụ", "phục", "nghìn", "quy", "quyết", "quà", "quân", "quản", "ra", "sinh", "suất", "sĩ", "số", "tham", "theo", "thu", "thành", "thì", "tích", "thô", "thưởng", "thả", "thống", "tiếp", "tiền", "trao", "trung", "trách", "trên", "trị", "trồng", "trợ", "tính", "tương", "tặng", "tổng", "tức", "tb", "từng", "tỷ", "vay", "vạn", "và", "vậy", "với", "vụ", "xong", "xử", "đóng", "đơn", "đương", "được", "đạt", "đều", "độ", "ủng", "ứng"])  # fmt: skip
# what a sum of money or weight told as the total may be called
_SUMMING = frozenset(["bán", "bằng", "bộ", "chi", "cho", "chung", "cả", "cộng", "dung", "diện", "dư", "nợ", "doanh", "giá", "giải", "góp", "hoạch", "huy", "hết", "hỗ", "hộ", "khoảng", "khối", "kinh", "là", "lại", "lượng", "mùa", "nguồn", "ngân", "này", "năm", "phát", "phí", "quyên", "quà", "ra", "sản", "số", "thu", "thành", "thưởng", "thể", "tiền", "toàn", "trao", "trị", "trợ", "tích", "tương", "tất", "tổng", "vay", "về", "vị", "vốn", "với", "vụ", "đã", "đương", "được", "đạt", "động", "ước", "ủng"])  # fmt: skip
_SUMS = re.compile(r"(?<!\w)(?:tổng|cộng|tất cả|cả thảy|toàn bộ|kinh phí|trị giá|số tiền|thành tiền|doanh thu|thu|được|hết|sản lượng|thu hoạch|vị chi)(?!\w)")
# what may follow the noun of a total that counts all of it: "3.120 hồ sơ đã nhận", "627 học sinh chia làm"
_PLAIN = frozenset(["bằng", "chia", "cho", "cung", "các", "có", "cấp", "của", "dành", "dự", "gồm", "học", "là", "ngồi", "phân", "phục", "qua", "ra", "sinh", "tham", "theo", "thuộc", "thường", "trong", "trên", "tại", "từ", "và", "về", "với", "đang", "nghe", "sống", "xem", "đã", "đăng", "được", "đến", "để", "ở"])  # fmt: skip
_ALL_OF_THEM = frozenset({("phụ", "trách"), ("dân",), ("dân", "nghe"), ("dân", "đến")})
_AND_MORE = re.compile(r"\s?(?:tiền mặt )?(?:và|cùng|kèm|cộng|từ|do|trong đó|chưa kể|ngoài)(?!\w)")  # "500.000 đồng và một túi quà"
_AND = re.compile(r"[^,;.:()]*(?<!\w)(?:và|cùng|cộng với)\s")
_AND_OTHERS = re.compile(r"(?<!\w)(?:và|cùng|với|kèm) (?:một|các|những|nhiều|vài)(?!\w)")  # "mỗi bể chứa 25 m³, và một hồ lớn, tổng dung tích"
_EQUAL_PARTS = re.compile(r"(?<!\w)(?:bằng nhau|đều nhau|chia đều)(?!\w)")
_DIVIDED = re.compile(r"(?<!\w)chia (?:thành|làm|ra)$")
_NORM = re.compile(r"(?<!\w)(?:quy định|giới hạn|định mức|chuẩn|tối đa|tối thiểu|không quá|chỉ tiêu|kế hoạch|mục tiêu)(?!\w)")
_EXTREME = re.compile(r"(?<!\w)(?:cao|thấp|nhiều|ít|lớn|nhỏ|đông|vắng)(?: điểm)? nhất(?!\w)")  # "ngày cao nhất 112 hồ sơ, thấp nhất 41"
_CLAUSE = re.compile(r"[,;.:()]")
_OVER = re.compile(r",?\s(?:tính )?(?:trên|với|cho|của)\s[^,;.:()\d]{0,30}")  # "mật độ 640 người/km² trên diện tích 14,5 km² với 9.280 người"
_WITH = re.compile(r",?\s(?:với|và|cho)\s(?:(?:tổng )?(?:dân số|số dân|quy mô)(?: là)?\s)?")
_MAKES = re.compile(r"\s?(?:,|\(|\))?\s?(?:tức(?: là)?|là|thành|bằng|=|vị chi(?: là)?)\s")
_HOLDS = re.compile(r"\s(?:có|với|gồm|chia (?:thành|làm|ra)|ở|tại|thuộc|của|chia đều cho)\s")
_EACH_ALONE = re.compile(r"[^,;.:()\d]{0,30}\s?[,(]\s?mỗi (?P<each>[^,;.:()\d]+?)(?: (?:có|gồm|là|đều có|được))?\s")
_CLOSED = re.compile(r"\s?\)?\s?(?:[.\n]|$)")


@record
class _Figures:
    """A total and a count that a rate may lie between, and how much of the rate's units one of each is."""

    total: Mention
    count: Mention
    per: Rational


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """The claim of each rate told of two figures near it."""
    for items, mentions in zip(paragraphs, reading.by_paragraph, strict=True):
        rates = list(rates_of(reading, mentions)) if items else []
        if not rates:
            continue
        others = {i.mention.index for i in items if i.aside and not _DIVIDED.search(i.mention.before)}
        others |= {index for rate in rates for index in _own_figures(mentions, rate)}
        taken: set[Span] = set()
        for place, rate in enumerate(rates):
            if rate.void:
                continue
            beside = [*rates[max(0, place - _BACK) : place], *rates[place + 1 : place + _AHEAD]]
            found = _bound(reading, mentions, beside, others, rate, taken)
            if found is not None:
                taken |= {found.total.quantity.span, found.count.quantity.span}
                yield _claim(rate, found)


def _own_figures(mentions: Sequence[Mention], rate: Rate) -> Iterator[int]:
    """The figures that stand among the words of a rate, by index: "trung bình 1 hộ có 3,7 người", "9 bác sĩ/10.000 dân"."""
    place = rate.mention.index - mentions[0].index
    return (m.index for m in mentions[max(0, place - 1) : place + 2] if rate.start <= m.start < rate.end)


def _bound(
    reading: Reading, mentions: Sequence[Mention], rates: list[Rate], others: set[int], rate: Rate, taken: set[Span]
) -> _Figures | None:
    """The figures the rate lies between: those that make it, the nearest first, or those that must."""
    place = rate.mention.index - mentions[0].index
    near = [m for m in mentions[max(0, place - _BACK) : place + _AHEAD] if m.index not in others and _may_be_told(reading, m)]
    pairs = [
        _Figures(total, count, rate.per * a / Fraction(b))
        for total in near
        for count in near
        if total is not count and (a := rate.counted.counted_by(reading, total)) and (b := rate.each.counted_by(reading, count))
    ]
    pairs.sort(key=lambda p: abs(p.total.start - rate.mention.start) + abs(p.count.start - rate.mention.start))
    fitting = [(grade, pair) for pair in pairs if (grade := _makes(rate, pair)) is not None]
    if fitting:
        exact = next((pair for grade, pair in fitting if grade is Grade.EXACT), None)
        return exact or next((pair for grade, pair in fitting if grade.sound), fitting[0][1])
    certain = (
        [p for p in pairs if not rate.bound and _sure(reading, rate, p, near, rates)]
        or [p for p in pairs if _told_together(reading, rate, p) and (_turned(rate, p) or _mistyped(reading, rate, p, near, rates))]
        or list(_named_otherwise(reading, near, rate, rates))
    )
    if len(certain) != 1 or {certain[0].total.quantity.span, certain[0].count.quantity.span} <= taken:
        return None
    meant = certain[0]
    # "9.107 trong 12.463 lượt thu, …; số tiền 1.284,6 triệu đồng, trung bình 141,1 nghìn đồng/lượt": of the 9.107
    unnamed = (_Figures(meant.total, m, meant.per) for m in near if not m.unit and m.sentence == meant.count.sentence)
    return None if any(_makes(rate, pair) is not None for pair in unnamed) else meant


def _named_otherwise(reading: Reading, near: list[Mention], rate: Rate, rates: list[Rate]) -> Iterator[_Figures]:
    """The figures that make it, or would but for a swap of two digits, and name what they count by other nouns than the rate does."""
    for total, count in permutations(near, 2):
        a, b = rate.counted.may_be_of(reading, total), rate.each.may_be_of(reading, count)
        if not a or not b or rate.mention in (total, count):
            continue
        pair = _Figures(total, count, rate.per * a / Fraction(b))
        told = rate.mean or _summed_up(reading, rate, total)
        made = (grade := _makes(rate, pair)) is not None and grade.sound
        slipped = any(_swapped(written, value) for written, value in _meant(rate, pair)) or _closed_by_total(reading, rate, pair)
        if told and (made or slipped) and _told_together(reading, rate, pair) and _alone(reading, rate, pair, near, rates):
            yield pair


def _closed_by_total(reading: Reading, rate: Rate, pair: _Figures) -> bool:
    """ "06 ban, mỗi ban 07 thành viên, cộng 48 người": count, rate and the total they are said to make, one digit off, told one right after the other."""
    next_to = (rate.mention.index - pair.count.index, pair.total.index - rate.mention.index) == (1, 1)
    said = reading.folded[pair.count.end : pair.total.start]
    return next_to and _IN_ALL.search(said) is not None and not re.search(r"[;.:]", said) and any(_digit_off(written, value, digits=1) for written, value in _meant(rate, pair)[1:2])


def _may_be_told(reading: Reading, mention: Mention) -> bool:
    """Is it a figure of how things stand, no norm and no change?"""
    if mention.percent or mention.per or mention.target or mention.quantity.damaged or is_delta(reading, mention):
        return False
    return mention.quantity.written.qualifier is not Qualifier.AT_MOST and not _NORM.search(mention.before)


def _written(mention: Mention) -> Written:
    """The figure as what it stands for: areas and weights are rounded also where they are whole."""
    written = mention.quantity.written
    return replace(written, rounded=True) if mention.unit in _MEASURED else written


def _makes(rate: Rate, pair: _Figures) -> Grade | None:
    """How well the total comes to the rate for each of the count, None where it does not."""
    total, count, per = _written(pair.total), _written(pair.count), rate.written
    if count.value <= 0 or per.qualifier is Qualifier.AT_MOST:
        return None
    off, whole = magnitude(total.value * pair.per - per.value * count.value), per.value * count.value
    result = rate_grade([total], count, per, pair.per)
    return result if result.fits and off * (_CLOSE if result.sound else _NEAR) <= whole else None


def _sure(reading: Reading, rate: Rate, pair: _Figures, near: list[Mention], rates: list[Rate]) -> bool:
    """Do the words leave no doubt that the rate lies between these two?"""
    if not _told_together(reading, rate, pair):
        return False
    three = sorted((pair.total, pair.count, rate.mention), key=lambda m: m.start)
    alone = _in_one_breath(reading, rate, pair) or _alone(reading, rate, pair, near, rates)
    return alone and _led_to(reading, rate, three) and _summed(reading, rate, pair) and _far_off(rate, pair)


def _in_one_breath(reading: Reading, rate: Rate, pair: _Figures) -> bool:
    """ "ngô 428 ha, năng suất 31,5 tạ/ha, sản lượng 1.348,2 tấn", "8 máy mua mới với giá 14,5 triệu đồng/máy, hết 116 triệu đồng": count, rate and
    total told one right after the other, whatever else there is of their kinds."""
    count, total = pair.count, pair.total
    next_to = (rate.mention.index - count.index, total.index - rate.mention.index) == (1, 1)
    by = magnitude(rate.written.value * count.value - total.value * pair.per)
    slip = any(_swapped(written, value) or _digit_off(written, value) for written, value in _meant(rate, pair))
    return next_to and (_OFF * by <= total.value * pair.per or slip) and not re.search(r"[;.:()]", reading.folded[count.end : rate.start] + reading.folded[rate.end : total.start])


def _alone(reading: Reading, rate: Rate, pair: _Figures, near: list[Mention], rates: list[Rate]) -> bool:
    """Is nothing else told near the three that the rate or the total may be of?"""
    three = sorted((pair.total, pair.count, rate.mention), key=lambda m: m.start)
    if any(not r.void and r.counted.head == rate.counted.head and _beside(r, three) for r in rates):
        return False  # of two kinds of gifts the total counts both
    near = [m for m in near if three[0].sentence <= m.sentence <= three[2].sentence]
    if rate.mean and three[-1] is rate.mention:  # it closes what is told of the two, whatever is told behind it, and between them of the parts of one
        near = [m for m in near if m.start < rate.mention.start and m not in _parts_between(near, *three[:2]) and m.depth <= rate.mention.depth]
    return not any(_competes(reading, rate, pair, m) for m in near)


def _parts_between(near: Sequence[Mention], first: Mention, second: Mention) -> list[Mention]:
    """ "41 buổi, trong đó Mặt trận 14 buổi, các đoàn thể 27 buổi, thu hút 3.690 lượt người": the figures between two that make the first."""
    parts = [m for m in near if first.start < m.start < second.start and m.unit == first.unit and m.depth == first.depth]
    return parts if len(parts) > 1 and sum(m.value for m in parts) == first.value else []


def _told_together(reading: Reading, rate: Rate, pair: _Figures) -> bool:
    """Are the three told in one or two sentences, with no word of another time or scope between them?"""
    three = sorted((pair.total, pair.count, rate.mention), key=lambda m: m.start)
    if rate.bound and not rate.each.of_time or any(m.quantity.written.approx or m is not rate.mention and (m.over, m.under) != (None, None) for m in three):
        return False
    if pair.count.value <= 1 or "đất" in pair.count.before or three[2].sentence - three[0].sentence > 1:
        return False
    gaps = [between(reading, a.end, b.start) for a, b in pairwise(three)]
    if three[2] is rate.mention and _parts_between(reading.mentions[three[0].index : three[2].index], *three[:2]):
        gaps[0] = ""  # "41 buổi, trong đó Mặt trận 14 buổi, các đoàn thể 27 buổi, thu hút 3.690 lượt người, bình quân 90 lượt/buổi"
    return not (any(len(gap) > _REACH or _APART.search(gap) for gap in gaps) or _ELSEWHERE.search(_clause_of(reading, three[0])))


def _turned(rate: Rate, pair: _Figures) -> bool:
    """Would the total come to the rate if two neighbouring digits of it were swapped?"""
    return any(_swapped(written, value) for written, value in _meant(rate, pair)[:1])


def _mistyped(reading: Reading, rate: Rate, pair: _Figures, near: list[Mention], rates: list[Rate]) -> bool:
    """Would they come out if two neighbouring digits of the total or the count were swapped; or an average, or a total told as such, to its
    last digit if one digit was another? Only where no other figure near may be meant."""
    meant = _meant(rate, pair)
    told = rate.mean or _summed_up(reading, rate, pair.total) or rate.counted.head == "đồng" and pair.count.start < pair.total.start and _side_by_side(reading, rate, pair)
    told = told or _EQUAL_PARTS.search(reading.folded, min(pair.total.end, pair.count.end), rate.start) is not None
    off = any(_swapped(written, value) for written, value in meant[1:]) or told and (
        any(_digit_off(written, value) for written, value in meant[:2]) or any(_digit_off(written, value, digits=1) for written, value in meant[2:])
    )
    return off and (_in_one_breath(reading, rate, pair) or _side_by_side(reading, rate, pair) or _alone(reading, rate, pair, near, rates))


def _side_by_side(reading: Reading, rate: Rate, pair: _Figures) -> bool:
    """ "vá 2.150 m² mặt đường, hết 279,5 triệu đồng (130 nghìn đồng/m²)", "tổng nguồn 640 triệu đồng cho 16 hộ vay, mỗi hộ 40 triệu đồng": the
    three right after one another in one breath, the rate last."""
    first, second = sorted((pair.total, pair.count), key=lambda m: m.start)
    next_to = (second.index - first.index, rate.mention.index - second.index) == (1, 1)
    said = reading.folded[first.end : second.start] + reading.folded[second.end : rate.mention.start]
    return next_to and not re.search(r"[;.](?!\d)", said)


def _summed_up(reading: Reading, rate: Rate, total: Mention) -> bool:
    """Is the total told behind the rate to be all of it: "mỗi tổ 07 thành viên, như vậy lực lượng là 147 người"?"""
    return _IN_ALL.search(reading.folded, max(rate.mention.end, reading.sentences[total.sentence].start), total.start) is not None


def _meant(rate: Rate, pair: _Figures) -> list[tuple[Written, Fraction]]:
    """The rate, the total and the count, each with what it would be by the other two."""
    total, count, per = pair.total.quantity.written, pair.count.quantity.written, rate.written
    if count.value <= 0 or per.value <= 0:
        return []
    made = Fraction(total.value) * pair.per
    return [(per, made / Fraction(count.value)), (total, Fraction(per.value) * count.value / pair.per), (count, made / Fraction(per.value))]


def _swapped(written: Written, value: Fraction) -> bool:
    return neighbours_swapped(str(round(value / Fraction(written.ulp))), str(round(Fraction(written.value) / Fraction(written.ulp))))


def _digit_off(written: Written, value: Fraction, digits: int = _DIGITS) -> bool:
    """Is the printed figure, of so many digits before its noughts, one digit from what it would be?"""
    meant, printed = value / Fraction(written.ulp), str(round(Fraction(written.value) / Fraction(written.ulp)))
    return meant.denominator == 1 and len(printed.rstrip("0")) >= digits and len(printed) > 1 and one_digit_apart(str(meant), printed)


def _beside(other: Rate, three: list[Mention]) -> bool:
    """Is it told in the same sentences, and no norm?"""
    inside = three[0].sentence <= other.mention.sentence <= three[-1].sentence
    return inside and other.mention.quantity.written.qualifier is not Qualifier.AT_MOST


def _clause_of(reading: Reading, mention: Mention) -> str:
    """The words before a figure, from the start of its clause."""
    lead = reading.folded[max(reading.sentences[mention.quantity.sentence].start, mention.start - _REACH) : mention.start]
    return lead[max((m.end() for m in _CLAUSE.finditer(lead)), default=0) :]


def _competes(reading: Reading, rate: Rate, pair: _Figures, other: Mention) -> bool:
    """Might another figure as well be the total or the count?"""
    told_again = other.value == pair.total.value and other.unit == pair.total.unit  # "290 triệu đồng (290.000 nghìn đồng)"
    if other in (pair.total, pair.count) or told_again or _EXTREME.search(other.before):
        return False
    if rate.mention.start < other.start < pair.total.start or rate.counted.counted_by(reading, other) or rate.each.counted_by(reading, other):
        return True
    if any(_and(reading, *sorted((other, figure), key=lambda m: m.start)) for figure in (pair.total, pair.count)):
        return True
    return not other.unit and not words_behind(reading, other) or other.unit not in {"", "người"} and other.unit in {pair.total.unit, pair.count.unit}


def _and(reading: Reading, first: Mention, second: Mention) -> bool:
    """Are the two joined, so that they may be counted together: "3.120 hồ sơ và 240 đơn"?"""
    return second.index - first.index == 1 and _AND.fullmatch(reading.folded, first.end, second.start) is not None


def _led_to(reading: Reading, rate: Rate, three: list[Mention]) -> bool:
    """Is there nothing between the figure before, or the start of the sentence, and the rate but words that tell it?"""
    place = three.index(rate.mention)
    sentence = reading.sentences[rate.mention.quantity.sentence].start
    before = three[place - 1].end if place else sentence
    lead = reading.folded[max(before, sentence) : rate.mention.start]
    if before > sentence and (cut := _CLAUSE.search(lead)):
        lead = lead[cut.end() :]  # the words of the figure before
    elif before > sentence and rate.start > before:
        lead = reading.folded[rate.start : rate.mention.start]
    own = {*rate.each.words, *rate.counted.words}
    return all(word in _LEADING or word in own for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", lead))


def _summed(reading: Reading, rate: Rate, pair: _Figures) -> bool:
    """Is the total told to be that of these? What comes after the rate is called a sum; what stands before it is told in one
    clause with the count or the rate, unless the rate is an average."""
    total, after = pair.total, pair.total.start > rate.mention.start
    measured = rate.counted.head == "đồng" or total.unit in _MEASURED
    more = rate.counted.head == "đồng" and _AND_MORE.match(reading.folded, rate.end)
    if more or after and _AND_OTHERS.search(reading.folded, rate.end, total.start):
        return False
    first, second = sorted((total, pair.count), key=lambda m: m.start)
    if after and rate.mean and _OVER.fullmatch(reading.folded, rate.end, first.start) and _WITH.fullmatch(reading.folded, first.end, second.start):
        return _plain(reading, rate, total)
    if after and pair.count is first and first.end <= rate.start and _MAKES.fullmatch(reading.folded, rate.end, total.start):
        return _plain(reading, rate, total)
    if rate.mean and total is first and second.end <= rate.start and _HOLDS.fullmatch(reading.folded, first.end, second.start):
        return _plain(reading, rate, total)  # "dư nợ 8.640 triệu đồng với 144 hộ, bình quân mỗi hộ 60 triệu đồng"
    if not after and not rate.mean and not measured:
        return _divided(reading, rate, first, second) and _plain(reading, rate, total)
    if not after and not rate.mean:
        behind = reading.folded[total.end : rate.start]
        if _CLAUSE.search(reading.folded, first.end, second.start) and _CLAUSE.search(behind) and behind.strip() != "(":
            return False
    if not measured and not after:
        return _plain(reading, rate, total)
    words = _clause_of(reading, total)
    if pair.count.end <= total.start and pair.count.sentence == total.sentence:
        words = words if _CLAUSE.search(reading.folded, pair.count.end, total.start) else reading.folded[pair.count.end : total.start]
    own = {*rate.each.words, *words_behind(reading, pair.count), *pair.count.before.split()}
    if not all(word in _SUMMING or word in own for word in re.findall(r"[^\W\d_]+", words)):
        return False
    return rate.mean and not after or _SUMS.search(words) is not None


def _divided(reading: Reading, rate: Rate, first: Mention, second: Mention) -> bool:
    """ "13 thôn có 65 tổ, mỗi thôn 5 tổ": are total and count told as one, and each has its part, with no word of what it does?"""
    folded = reading.folded
    led = _EACH_ALONE.fullmatch(folded, second.end, rate.mention.start)
    each = led is not None and led["each"].split() == [*rate.each.words][: len(led["each"].split())]
    return each and _HOLDS.fullmatch(folded, first.end, second.start) is not None and _CLOSED.match(folded, rate.end) is not None


def _plain(reading: Reading, rate: Rate, total: Mention) -> bool:
    """Does the total count all of the rate's noun? "21 giáo viên chủ nhiệm" are not all teachers."""
    rest = rate.counted.rest_of(reading, total)
    return rate.counted.told is not None or not rest or rest[0] in _PLAIN or rest[:2] in _ALL_OF_THEM


def _far_off(rate: Rate, pair: _Figures) -> bool:
    """Is it off even if round figures were meant roundly, and rates of a population by more than another day's makes, but by
    no more than a slip of a digit does?"""
    total, count, per = _written(pair.total), _written(pair.count), rate.written
    made, told = total.value * pair.per, per.value * count.value
    if max(made, told) > _MOST * min(made, told):
        return False
    if rate.per > 1 and "trung bình" not in pair.count.before:
        return magnitude(made - told) * _NEAR > told
    rounder = rate_grade([_roundly(total)], _roundly(count), _roundly(per), pair.per)
    return not rounder.sound and not rate_grade([total], count, per, pair.per).fits


def _roundly(written: Written) -> Written:
    """The figure as rounded to the last digit that is no zero, where it is rounded at all."""
    ulp: Rational = written.ulp
    while written.rounded and written.value and written.value % (10 * ulp) == 0:
        ulp *= 10
    return replace(written, ulp=ulp)


def _claim(rate: Rate, pair: _Figures) -> Claim:
    total = replace(term("total", pair.total), written=_written(pair.total))
    count = replace(term("count", pair.count), written=_written(pair.count))
    told = replace(term("rate", rate.mention), written=rate.written)
    last = pair.total.start > rate.mention.start
    terms: list[Term] = [count, told, total] if last else [total, count, told]
    if pair.per != 1:
        terms.insert(0, implied("per", pair.per))
    source = "rate.thousand" if rate.per > 1 else "rate.product" if last else "rate.average"
    return claim(Kind.RATE, terms, source, scope=rate.mention.quantity.noun)
