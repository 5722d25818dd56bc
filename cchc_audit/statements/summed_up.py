"""Totals told in words right after their parts: "mầm non 12 lớp; tiểu học 22 lớp; THCS 16 lớp. Cộng chung cả ba bậc học, xã có
50 lớp", "thôn Thượng 14 hộ, thôn Hạ 9 hộ. Như vậy, hai thôn trên có 23 hộ", "01 ngày đột xuất, tổng cộng 07 ngày".

The parts are all the figures of the sentence before the total, or of the one before it, each told once; where the words say
neither that they are added up nor of which ones the total is, it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ..language import MEASURES, compatible
from ..model import Claim, Kind, Rational
from ..number_words import NUMBER_WORDS, word_value
from ..quantities import Mention, Reading
from .items import LEAST, TURNS, claim, content, narrowed, near, one_slip_apart, said_behind, term, total_of
from .partitions import OVERLAPPING, shared_partition

_SOURCES = r"nguồn|khoản|loại|nhóm|khối|đợt|lĩnh vực|hạng mục|hình thức|năm|quý|tháng"
_ADDED = rf"cộng (?:chung|gộp|tất cả|lại|cả|(?:các|{NUMBER_WORDS}) (?:{_SOURCES}))|cộng(?= (?:được|là|:|$))|cộng:?(?=\s?$)|(?:tính )?gộp(?: chung)?(?: lại)?|tính gộp|cộng lại|vị chi|cả thảy"
_COUNTED = r"tổng cộng|tính chung|như vậy|tổng(?: số)?|tất cả|theo đó|vậy"
_SUM = re.compile(rf"[\s,;.:(]*(?:và )?(?<!sau khi )(?:(?P<added>{_ADDED})|(?:{_COUNTED}))(?!\w)(?P<words>[^.;:()]{{0,90}})$")
_OF_THEM = re.compile(
    rf"(?<!\w)(?:cả (?:(?P<all>{NUMBER_WORDS}|\d{{1,2}}) )?(?:bậc|cấp|loại|nhóm|khối|đợt|nguồn|hình thức|lĩnh vực|khoản|hạng mục|thôn|bản|buôn|xóm|ấp|tổ|khu|xã|phường|chi bộ|đơn vị|trường|điểm)"
    rf"|(?P<those>{NUMBER_WORDS}|\d{{1,2}}) [^\W\d_]+(?: [^\W\d_]+){{0,2}} (?:trên|này|nói trên|kể trên|nêu trên|đó|ấy)|các [^\W\d_]+(?: [^\W\d_]+){{0,2}} (?:trên|này|nói trên|kể trên|nêu trên))(?!\w)"
)
_SO_MANY = re.compile(rf"(?<!\w)(?P<many>{NUMBER_WORDS}|\d{{1,2}}) (?P<noun>[^\W\d_]+)")
_OF_PERIODS = re.compile(r"(?<!\w)(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười hai|\d{1,2}) (?:năm|quý|tháng|kỳ|tuần|đợt)(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_NEUTRAL = frozenset(["tính", "gộp", "chung", "lại", "trong", "cả", "các", "có", "là", "được", "đã", "thì", "như", "vậy", "năm", "nay", "học", "kỳ", "này", "tháng", "quý", "tuần", "đợt", "toàn", "xã", "phường", "thôn", "địa", "bàn", "số", "tổng", "cộng", "trên", "nói", "kể", "nêu", "ở", "tại", "của", "đó", "tất", "trường", "phòng", "trạm", "hội", "huyện", "cơ", "quan", "đơn", "vị", "đồng", "triệu", "tỷ", "điểm", "thẩm", "định", "đánh", "giá", "chấm"])
_ELSE = re.compile(
    r"(?<!\w)(?:lũy kế|cộng dồn|đến nay|từ đầu|cùng kỳ|so với|kể cả|cùng với|chưa (?:kể|tính)|không (?:kể|tính)|trừ|bình quân|trung bình|mỗi|gần|hơn|khoảng|trước|còn|nâng|đưa|hiện|dự kiến|ước|cả năm|\d+ (?:tháng|quý|năm)|riêng|thêm|tăng|giảm)(?!\w)"
)
_APART = re.compile(
    r"(?<!\w)(?:gồm|trong (?:số )?(?:đó|này)|riêng|tăng|giảm|so với|cùng kỳ|(?:năm|kỳ|quý|tháng|tuần) (?:trước|ngoái)|bình quân|trung bình|mỗi|từng|còn|chiếm|dự kiến|kế hoạch|chỉ tiêu|phấn đấu|tổng|tổng số|cộng(?! đồng)|lũy kế|toàn (?:xã|phường|huyện)|ngoài ra|hoặc|hay|thuộc|trong khi|trùng|đồng thời|vừa|lần lượt)(?!\w)"
)
_IN_TURN = re.compile(r"(?<!\w)lần lượt(?!\w)")
_ANY_BODY = re.compile(r"\s?(?:cơ quan|đơn vị|tổ chức|đầu mối|đối tượng|trường hợp)(?!\w)")
_ADDS = re.compile(r"(?<!\w)tổng cộng\s?$")
_LEAD = 60  # characters before the first figure that name its month
_MONTH_BY_MONTH = re.compile(r"(?<!\w)(?:tháng|quý|tuần|đợt|kỳ) (?:\d{1,2}|[ivx]+|một|hai|ba|đầu|thứ \w+)(?!\w)")
_WHOLE = re.compile(r"[;,.]\s(?:tính )?(?P<added>cả (?:quý|năm|kỳ|đợt|vụ))(?!\w)(?P<words>[^,.;:()]{0,40})$")
_OTHERS = re.compile(r"(?<!\w)(?:khác|còn lại|nữa)(?!\w)")  # not counted: "thôn Đào có 30 hộ, các thôn khác không đáng kể"
_OPENED = re.compile(r"^\W*trong (?:số )?đó,? ")
_SCHOOLS = re.compile(r"nhóm trẻ")
_CLOSED = re.compile(r"[^,;.:()\d]{0,100}?(?:, [^\W\d_]+(?: [^\W\d_]+)?)?\s?(?:[.;)\n]|$|\s(?=(?:với|cho) \d)|,(?= (?:tức|bình quân|trung bình|đạt|tăng|giảm|bằng|chiếm|trong đó|đến|còn (?:dư|lại|tồn))(?!\w)))")
_FOR_EACH = re.compile(r"\s?/\s?[^\W\d]")  # "26 căn x 60 triệu đồng/căn = 1.560 triệu đồng"
_FEWEST, _MOST = 2, 12  # parts
_TELLING = 100  # a total of three digits is no chance, turned
_NOUNS = 24  # characters behind a total in which all it counts is named


def find(reading: Reading) -> Iterator[Claim]:
    """A breakdown of each such total, unless it is that of some of the figures only."""
    for mentions in reading.by_paragraph:
        if len(mentions) > _FEWEST and reading.paragraphs_read[mentions[0].paragraph].kind == "text":
            for place, total in enumerate(mentions):
                may_be = place >= _FEWEST and (_plain(total) or _in_brackets(reading, total))
                told, named = _parts(reading, mentions, place) if may_be else ([], False)
                if told and (_meant(reading, told, total) if named else total.value >= _TELLING and _turned(told, total)):
                    terms = [term("total", total), *(term("part", m) for m in told)]
                    yield claim(Kind.BREAKDOWN, terms, "breakdown.summed", scope=total.quantity.noun)


def _plain(mention: Mention, depth: int = 0) -> bool:
    """A figure that may be added up: no rate, no side of a fraction, none that is rounded in words."""
    odd = mention.percent or mention.per or mention.target or mention.quantity.damaged or mention.quantity.written.approx
    return not odd and mention.depth == depth and mention.over is None and mention.under is None


def _in_brackets(reading: Reading, total: Mention) -> bool:
    """ "217 tổ chức và 387 cá nhân (tổng cộng 604 đối tượng)": does the bracket open with the word of adding?"""
    return _plain(total, depth=1) and _ADDS.search(reading.folded, max(0, total.group), total.start) is not None


def _parts(reading: Reading, mentions: Sequence[Mention], place: int) -> tuple[list[Mention], bool]:
    """The figures a total may add up: those of its sentence, or all of the sentence before; and whether the words say that
    it adds up these. Where they do not, only those counted in its own unit."""
    total = mentions[place]
    start = reading.sentences[total.sentence].start
    before = [m for m in mentions[max(0, place - 2 * _MOST) : place] if m.depth == 0 and not _FOR_EACH.match(reading.folded, m.end)]
    while before and _points_back(reading, before[-1], total):
        before.pop()
    here = [m for m in before if m.sentence == total.sentence]
    parts = here or [m for m in before if m.sentence == total.sentence - 1]
    parts = [m for m in _after_colon(reading, parts) if m.unit not in MEASURES or total.unit in MEASURES]  # "trong 3 năm 2022, 2023, 2024"
    parts = [m for m in parts if not (m.quantity.word and m.value == len(parts) - 1)]  # "ba xã được giao lần lượt 22, 24 và 26"
    if not _FEWEST <= len(parts) <= _MOST or not all(_plain(m) and not m.quantity.word for m in parts):
        return [], False
    lead = reading.folded[here[-1].end if here else start : total.start]
    lead = lead[len(here[-1].after) :] if here and lead.startswith(here[-1].after) else lead
    closing = _SUM.search(re.split(r"[,;]\s(?=(?:và )?(?:" + f"{_ADDED}|{_COUNTED}" + r")(?!\w))", lead)[-1])
    if closing is not None and _ELSE.search(closing.group()):
        closing = None
    if closing is None and len(_MONTH_BY_MONTH.findall(reading.folded, max(reading.sentences[parts[0].sentence].start, parts[0].start - _LEAD), parts[-1].start)) == len(parts):
        closing = _WHOLE.search(lead)
    behind = reading.folded[parts[-1].end : reading.sentences[parts[-1].sentence].end]
    if closing is None or _OTHERS.search(lead if here else behind):
        return [], False
    start = reading.sentences[parts[0].sentence].start
    told = reading.folded[max(start, reading.folded.rfind(":", start, parts[0].start) + 1) : parts[-1].end]
    if closing["added"] or "tổng cộng" in closing.group():
        told = _IN_TURN.sub(" ", told)  # "lần lượt 1.820, 2.045, 2.390 và 2.745 hồ sơ; cộng cả bốn năm được 9.000"
    parted = shared_partition([m.label for m in parts])
    one_trait = len({frozenset(OVERLAPPING.findall(m.label)) for m in parts}) == 1  # all by their age
    overlapping = parted is None and total.unit != "đồng" and not one_trait and OVERLAPPING.search(_SCHOOLS.sub("", told))  # what is spent is spent once
    if overlapping or _APART.search(_OPENED.sub("", told)):
        return [], False
    if _CLOSED.match(reading.folded, total.end) and _of_them(closing, reading.folded[start : parts[-1].end], len(parts), total):
        return parts, True
    return [m for m in parts if m.unit == total.unit != ""], False


def _after_colon(reading: Reading, parts: list[Mention]) -> list[Mention]:
    """The figures that a colon lists, where it lists several: "185 triệu đồng, đã chi: mua máy 96 triệu, tập huấn 34 triệu, …"."""
    colons = reading.folded.count(":", reading.sentences[parts[0].sentence].start, parts[-1].start) if parts else 0
    listed = [m for m in parts if m.start > reading.folded.rfind(":", parts[0].start, parts[-1].start)]
    return listed if colons == 1 and len(listed) >= _FEWEST else parts


def _points_back(reading: Reading, mention: Mention, total: Mention) -> bool:
    """Does a number say how many the total is of: "bốn thôn trên có 40 hộ", "cả 3 cấp học"?"""
    said = reading.folded[max(0, mention.start - 4) : total.start]
    named = mention.quantity.word or _OF_THEM.search(said) is not None
    return mention.sentence == total.sentence and named and mention.value <= _MOST


def _of_them(closing: re.Match[str], told: str, parts: int, total: Mention) -> bool:
    """Do the words say that the total is of these figures: by a word of adding, or by naming them, or by no word of anything
    else?"""
    named = _OF_THEM.search(closing["words"])
    if named is not None:
        number = named["all"] or named["those"]
        counted = int(number) if number and number.isdigit() else word_value(number) if number else None
        return counted is None or counted == parts or named["all"] is not None and counted <= parts
    if _ADDS.search(closing.group()):
        return True
    known = _NEUTRAL | set(_WORD.findall(told))
    said = _SO_MANY.sub(lambda m: m["noun"] if word_value(m["many"]) == parts and m["noun"] in told else m.group(), _OF_PERIODS.sub(" ", closing["words"]))
    return set(_WORD.findall(f"{said} {'' if closing['added'] else total.after}")) <= known


def _meant(reading: Reading, parts: Sequence[Mention], total: Mention) -> bool:
    """Are the parts counted as the total is, and is it theirs alone, not what some of them are besides?"""
    behind = said_behind(reading, total, _NOUNS)
    if not (_ANY_BODY.match(total.after) or all(compatible(m.unit, total.unit) for m in parts)) or not _counted_alike(parts, total, behind):
        return False
    amount = total_of(parts)
    if amount == total.value:
        return True
    if any(m.value >= total.value or 2 * m.value == amount >= LEAST for m in parts) or _some_make(parts, total.value):
        return False
    told = reading.folded[reading.sentences[parts[0].sentence].start : parts[-1].end]
    added = _ADDS.search(reading.folded, max(0, total.start - _NOUNS), total.start) is not None
    narrower = amount > total.value and not added and not _ANY_BODY.match(total.after) and narrowed(reading, total, f"{told} {parts[-1].after}")
    return _turned(parts, total) or not narrower and near(amount, total.value) and (total.unit != "" or _slipped(parts, total, amount))


def _turned(parts: Sequence[Mention], total: Mention) -> bool:
    """Is the total what its parts come to with two neighbouring digits turned?"""
    amount, printed = str(total_of(parts)), str(total.value)
    return sorted(amount) == sorted(printed) and one_slip_apart(amount, printed)


def _counted_alike(parts: Sequence[Mention], total: Mention, behind: str) -> bool:
    """Is one unit told of all of them, or of the first alone, or a word of its own for each, or each of the words behind the
    total: "50 nhóm, lớp"?"""
    units = {m.unit for m in parts if m.unit}
    words = [m.after.partition(" ")[0] for m in parts]
    if len(units) == 1 and (all(m.unit for m in parts) or parts[0].unit and not any(words[1:]) or parts[-1].unit and not any(words[:-1])):
        return total.unit in units or units | {total.unit} <= TURNS
    if all(words) and set(words) <= set(_WORD.findall(behind)):
        return True
    if all(words) and len(set(words)) == len(words) and _ANY_BODY.match(total.after):
        return True  # "17 sở và 10 huyện, tổng cộng 27 cơ quan, đơn vị"
    return all(words) and len(set(words)) == len(words) > _FEWEST or total.unit == "" and content(words[0]) <= content(total.after)


def _some_make(parts: Sequence[Mention], wanted: Rational) -> bool:
    """Do some neighbouring parts make the total?"""
    sums = [0, *accumulate(m.value for m in parts)]
    return len(set(sums) & {s + wanted for s in sums}) > 0


def _slipped(parts: Sequence[Mention], total: Mention, amount: Rational) -> bool:
    """Would a slip of the typist in one of the figures explain what they are off by?"""
    off = amount - total.value
    return one_slip_apart(str(total.value), str(amount)) or any(m.value > off and one_slip_apart(str(m.value), str(m.value - off)) for m in parts)
