"""Percents that follow a count and are no share of it: bounds, ranges, changes, what each of so many has reached.

Each reason is a predicate of its own, with the words it was written for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ..language import UNIT, compatible, unit_of
from ..model import magnitude
from ..quantities import Mention, Reading
from .bases import Bases
from .items import AREAS, Item, comes_out, content, term
from .named import PLAN
from .pool import miscounted, near_miss, one_digit_off
from .subjects import CHANGE, FOREIGN, OF_A_SPREAD

_BEFORE = 90  # characters before a percent that say it ends a range
_PER_MILLE = re.compile(r"\s{1,2}phần (?:nghìn|ngàn|vạn)(?!\w)|\s?‰")
_BY_NORM = re.compile(r"\s(?:đúng )?theo (?:quy định|định mức|tỷ lệ quy định)(?!\w)")
_OF_A_NUMBER = re.compile(rf"\s(?:tổng |số |{PLAN.pattern})")
_THAT_GOT = re.compile(r"[^,;.:()\d]{0,20}\s(?:đạt|được|có|với)\s")
_THAT_REACH = re.compile(r"\s(?:[^,;.()\d]{1,30}\s)?(?:đạt|đỗ)(?: từ| trên| dưới)?\s")  # "8/20 đơn vị đạt 95% cả 3 tiêu chí"
_THAT_SAY = re.compile(r"[^;.()\d]*,\s(?:có|thì có)\s")
_THRESHOLD = 25  # points above n/m: what each of them reached
_APART = re.compile(r",\s*(?:đạt|chiếm|bằng|tỷ lệ|tương)[^,]*$")  # "có 12/12 tổ tổ chức hội nghị, đạt 100%"
_OF_ANOTHER_AGE = re.compile(r",[^,;.]*\d (?:tháng )?tuổi[^,;.]*$")
_OF_MONEY = re.compile(r",[^,;.]*(?<!\w)(?:giải ngân|kinh phí|doanh thu)(?!\w)[^,;.]*$")
_OF_A_SUM = re.compile(r"\s(?:trên |so với )?tổng (?:số )?(?:dư nợ|kinh phí|vốn|nguồn vốn|số tiền|tiền|giá trị|doanh số|doanh thu|thu|chi)(?!\w)")
_OF_WHAT = re.compile(r"\s[\w<>]")
_NEW_CLAUSE = re.compile(r"[,;]\s?$")
_OPENS_LIST = re.compile(r"[^;.()\d]*:\s")
_ALL_OF_THEM = re.compile(r"\s?[,;]?\s?(?:và )?")
_ON_AVERAGE = re.compile(r"(?<!\w)(?:bình quân(?: chung)?(?: của| cả)*|trung bình(?: chung)?(?: của| cả)+)$")
_DONE_WHOLLY = re.compile(r"(?: [^\W\d]+){0,2} (?:đã|đều)(?: được)?(?: [^\W\d]+){1,4}\s")
_HIGHEST = re.compile(r"(?<!\w)(?:cao|thấp)(?: \w+)? nhất(?: là| đạt)?\s?$")
_THE_OTHERS = re.compile(r"(?<!\w)(?:còn lại|khác)(?: đều)?(?: đạt)?\s?$")
_SIGNED = re.compile(r"(?<!\d)\+$")
_OF_A_RANGE = re.compile(r"(?<!\w)(?:đạt|có|\d [^\W\d]+(?: [^\W\d]+)?) từ \d[\d.,]*\s?%? (?:đến|tới)(?: dưới| hết)? $")
_BAND = re.compile(r"(?<!\w)(?:dưới|trên|từ|đến|tới|hơn)(?: dưới| hết)? $")
_DASH = re.compile(r"\s?[-–]\s?")
_RANGE_AT_MOST = 20  # points
_UP_TO = re.compile(r"(?<!\w)(?:từ|(?<!chiếm )(?<!đạt )đến)\s*$")
_AGAINST_ANOTHER = re.compile(r"\s?/\s?\d[\d,]*\s?%\s?[;,.)]")
_NAMES_OPEN = re.compile(r"[,:(]|(?<!\w)(?:gồm|là|như)(?!\w)")  # before the name of what a percent is told of
_CLASSES_IN_ONE = re.compile(r"(?<=\d), (?=\d)")  # "sức khỏe loại 1, 2"
_SAYING = frozenset({"tức", "hay", "nghĩa", "ra", "mới", "chỉ", "hoàn", "thành", "kết", "quả", "tính", "chung", "trong", "đó", "cụ"})
_WHERE_THEY_LIVE = AREAS - {"bản", "cơ sở", "trường"}
_COUNTED_ON = re.compile(r"(?<!\w)tính trên(?: [^\W\d]+){0,6}$")
_SLASHED = re.compile(r"\d [^\W\d]{0,4}\.?[^\W\d]{0,5} ?/ ?$")
_ABOUT_MONEY = re.compile(r"\s(?:về|tính theo|xét theo) (?:tổng )?số (?:tiền|vốn|kinh phí)(?!\w)")
_SO_A_PART = re.compile(r"(?<!\w)(?:nên|do đó|vì vậy|như vậy|vì thế),? phần [^,;.:()\d]{3,40}$")
_SOME_NAMED = re.compile(r"\s{1,3}(?!(?:độ|mức|hệ số|công suất|tiến độ|trong đó|giải ngân)(?!\w))[^\W\d]+ [^\W\d]+(?: [^\W\d]+)?\s")
_ONLY_THESE, _THEN = re.compile(r"(?<!\w)(?:chỉ|riêng|nếu) (?:xét|tính)(?: riêng)?(?: trên| trong)?(?: tổng)?(?: số)?$"), re.compile(r"(?<!\w)thì(?!\w)")
_TO_NOW = re.compile(r"(?<!\w)từ \d[\d.]*[^,;.:()]{0,40} (?:xuống|lên|còn|thành)(?: còn)?(?: chỉ)? $")
_OF_SO_MANY = re.compile(r"\W*(?:số )?(?:hồ sơ|đơn|vụ việc|phiếu|văn bản|học sinh|người)(?: [^\W\d]+){0,2} (?:thuộc|của)")
_MORE_THAN = re.compile(r"(?<!\w)(?:cao|nhiều|ít|thấp) hơn [^,;.:()\d]{1,40} $")
_SO_MUCH = re.compile(r"[^,;.:()\d]{0,20},\s(?:tức(?: là)?|tương đương|hay)\s")
_WITHOUT = re.compile(r"(?<!\w)(?:loại(?: trừ| bỏ)?|trừ|không (?:tính|kể)) $")
_SAID_BEFORE = 3
_OF_THESE = re.compile(r"\s(?:của|trên|trong)(?: tổng)?(?: số)? \d")
_PASSED = re.compile(r"\s(?:nghị quyết|tờ trình|dự thảo)(?: [^\W\d]+){0,3} đạt ")
_STATES_A_SHARE = re.compile(r"đạt|chiếm|tỷ lệ|bằng|tương|[:=]")


_REVENUE = re.compile(r"(?<!\w)thu(?: (?:ngân sách|xã|phường|được|cố định|điều tiết|phân chia|hưởng|tại|tỷ lệ|theo))* $|\(\s?$")
_PAID = re.compile(r"(?<!\w)(?:hỗ trợ|miễn|giảm|đóng|trợ cấp)(?: [^,;.:()\d]{0,20}| \d{1,3}\s?% cho [^,;.:()%]{2,60} và )$")
_TO_SO_MANY = re.compile(r"\s?cho \d")
_ENDS = re.compile(r"\s?[.,;)\n]|$")
_SAVED = re.compile(r"(?<!\w)tiết kiệm(?: được)? $")


def of_no_count(reading: Reading, percent: Mention) -> bool:
    """Is it the end of a range ("đạt từ 80% đến 90%"), a change with its sign ("(19 vụ; +42,1%)"), or a rate beside the one aimed at
    ("tỷ lệ hộ dùng nước sạch: 87,5%/90%")?"""
    text, start = reading.folded, percent.start
    if _OF_A_RANGE.search(text, max(0, start - _BEFORE), start) or _ends_range(reading, percent) or _SIGNED.search(text, max(0, start - 2), start):
        return True
    if text.startswith(":", percent.end) and _BAND.search(text, max(0, start - _BEFORE), start):
        return True  # "dưới 30%: 41 nhà; từ 30% đến 70%: 16 nhà; trên 70%: 5 nhà"
    if text.startswith(":", percent.end) and _REVENUE.search(text, max(0, start - _BEFORE), start):
        return True  # "Thu 100%: dự toán 320, thực hiện 187", "(100%: 415; theo tỷ lệ %: 825)": what goes whole to the ward
    if _TO_SO_MANY.match(text, percent.end) and _PAID.search(text, max(0, start - _BEFORE), start) or _SAVED.search(text, max(0, start - _BEFORE), start) and _ENDS.match(text, percent.end):
        return True  # "hỗ trợ 90% cho 45 hộ nghèo và 20% cho 76 hộ thường", "chào hàng 1 gói, tiết kiệm 1,4%"
    return text.endswith(": ", 0, start) and "tỷ lệ" in percent.before and _AGAINST_ANOTHER.match(text, percent.end) is not None


def _ends_range(reading: Reading, percent: Mention) -> bool:
    """ "ngày thường chỉ 20 - 25%": whole numbers not far apart; "57 - 89,1%" is a count and its share."""
    before = reading.mentions[percent.index - 1] if percent.index else None
    if before is None or before.unit or before.percent or percent.quantity.written.ulp < 1 or not _DASH.fullmatch(reading.folded, before.end, percent.start):
        return False
    return 0 < percent.value - before.value <= _RANGE_AT_MOST


def of_a_norm(reading: Reading, percent: Mention) -> bool:
    """ "là 2, bằng 10% theo quy định": what a norm asks for."""
    return _BY_NORM.match(reading.folded, percent.end) is not None


def of_their_change(bases: Bases, percent: Mention, holder: Item) -> bool:
    """ "tăng 4 người (31/27, 14,8%)": is it how much the one side of n/m is more or less than the other?"""
    base = holder.base
    if base is None:
        return _fell_to(bases, percent, holder)
    if not base.value or comes_out(holder.value, base.value, percent.quantity.written):
        return False
    start = bases.reading.sentences[percent.sentence].start
    apart = magnitude(holder.value - base.value)
    told = any(i.value == apart and i.end <= holder.start and i.mention.sentence == percent.sentence for i in bases.near(percent))
    return (told or comes_out(apart, base.value, percent.quantity.written)) and CHANGE.search(bases.reading.folded, start, holder.start) is not None


def _fell_to(bases: Bases, percent: Mention, now: Item) -> bool:
    """ "giảm từ 129 xuống 96 người (25,6%)": by how much the count is less than the one it came from?"""
    start = bases.reading.sentences[percent.sentence].start
    if not _TO_NOW.search(bases.reading.folded, start, now.start):
        return False
    before = [i for i in bases.near(percent) if i.end <= now.start and i.mention.sentence == percent.sentence]
    return bool(before) and before[-1].value > 0 and comes_out(magnitude(now.value - before[-1].value), before[-1].value, percent.quantity.written)


def of_a_rate(reading: Reading, holder: Item) -> bool:
    """ "hạ 0,25 phần nghìn mức sinh, hạ 1,5%": is the figure before a rate and no count?"""
    return _PER_MILLE.match(reading.folded, holder.end) is not None


@dataclass(frozen=True)
class Binding:
    """A percent, the count it follows, and the words between the two."""

    reading: Reading
    bases: Bases
    percent: Mention
    holder: Item
    gap: str

    @property
    def all(self) -> bool:
        """Is it 100 %?"""
        return self.percent.quantity.written.value == 100

    @property
    def together(self) -> bool:
        """Do the two stand in the same brackets, or in none?"""
        return self.percent.group == self.holder.mention.group

    @property
    def inside(self) -> bool:
        """Does the percent stand in brackets that open right behind the count?"""
        return self.percent.depth == self.holder.mention.depth + 1 and self.percent.parent == self.holder.mention.index

    @cached_property
    def own(self) -> bool:
        """Does it come out on the base printed with the count?"""
        base = self.holder.base
        return base is not None and comes_out(self.holder.value, base.value, self.percent.quantity.written)

    @cached_property
    def nearest(self) -> str:
        """The clause right before the percent."""
        return re.split(r"[,;]|  ", self.gap)[-1]

    @cached_property
    def counts(self) -> str | None:
        """The unit of what the percent itself counts: "98 % hồ sơ"; None where no unit stands behind it."""
        line_ends = self.reading.paragraphs[self.percent.paragraph].end
        of = UNIT.match(self.reading.folded, self.percent.end, line_ends)  # the next line tells of something else: "…, đạt 96%", "TDP 4: 352/400 người"
        return unit_of(of.group(1)) if of else None

    @property
    def goes_on(self) -> bool:
        """Does a word follow the percent at once?"""
        end = self.percent.end
        return self.reading.folded[end + 1 : end + 2].isalpha()


def _bound(said: Binding) -> bool:
    """ "đều có trên 50%" states a bound, not a share of the figure before."""
    return said.percent.quantity.written.approx and said.together and not _STATES_A_SHARE.search(said.gap)


def _all_of_them(said: Binding) -> bool:
    """ "giải quyết 366 hồ sơ, 100% đúng hạn", "dưới 6 tuổi 1.518 em (100% có thẻ BHYT)": all of them."""
    behind = said.together and _ALL_OF_THEM.fullmatch(said.gap) is not None or said.inside and not said.gap.strip(" (")
    return said.all and said.holder.base is None and behind and said.goes_on


def _of_some_inside(said: Binding) -> bool:
    """ "bò 2.846 con (bò lai 55%)": the share that some of these, named in brackets, have in them."""
    return said.inside and said.holder.base is None and not said.own and _SOME_NAMED.fullmatch(said.gap) is not None and not _STATES_A_SHARE.search(said.gap)


def _of_a_part(said: Binding) -> bool:
    """ "Thu trên địa bàn là 15.730 triệu đồng nên phần xã được hưởng chiếm 53,7%": the share another figure has in this one."""
    return said.holder.base is None and not said.own and _SO_A_PART.search(said.gap) is not None


def of_these_only(said: Binding) -> bool:
    """ "nếu chỉ xét 31 vụ đã kết thúc thì tỷ lệ thành là 87,1%": of the 31."""
    return said.holder.base is None and _ONLY_THESE.search(said.holder.mention.before) is not None and _THEN.search(said.gap) is not None


def _opens_list(said: Binding) -> bool:
    """ "đạt 3/5 chỉ số: 74% người dân có tài khoản, …"."""
    return _OPENS_LIST.fullmatch(said.gap) is not None and said.counts is not None and not said.own


def _of_others(said: Binding) -> bool:
    """ "Trừ 09 văn bản mật, 100% văn bản đi được ký số"."""
    return said.all and _NEW_CLAUSE.search(said.gap) is not None and said.counts is not None


def _asked(said: Binding) -> bool:
    """ "Hỏi 375.066 hộ, có 98,8% trả lời đồng ý": of them."""
    told = said.together and said.holder.base is None and said.goes_on and _THAT_SAY.fullmatch(said.gap) is not None
    return told and said.bases.hint(said.percent) is None


def _each_reaches(said: Binding) -> bool:
    """ "8 trường đỗ 100%"."""
    areas = said.holder.unit in AREAS and said.holder.base is None
    return areas and said.all and said.together and "," not in said.gap and _THAT_REACH.search(said.gap) is not None


def _change(said: Binding) -> bool:
    """ "giảm 12 hồ sơ, giảm 4%", "cùng kỳ năm trước 97%", "từ 80%"."""
    return CHANGE.search(said.gap) is not None or FOREIGN.search(said.nearest) is not None or _UP_TO.search(said.gap) is not None


def _one_of_a_spread(said: Binding) -> bool:
    """ "6/9 khoản thu đạt và vượt, cao nhất là lệ phí trước bạ (134%)", "3/11 thôn xuất sắc, số phiếu cao nhất 98,2%"."""
    clauses = re.split(r"[,;]", said.gap)
    ends = len(clauses) > 1 and _HIGHEST.search(clauses[-1]) is not None
    return not said.own and (ends or not said.together and OF_A_SPREAD.search(clauses[-1]) is not None)


def _of_the_rest(said: Binding) -> bool:
    """ "thấp nhất 22/24 đại biểu tán thành (91,7%), còn lại 100%"."""
    return bool(said.holder.shares) and _THE_OTHERS.search(said.nearest) is not None


def _of_money(said: Binding) -> bool:
    """ "nợ quá hạn 14 triệu đồng của 2 hộ, chiếm 0,06% tổng dư nợ": the share of a sum, and the count is none."""
    return said.holder.unit not in {"", "đồng"} and _OF_A_SUM.match(said.reading.folded, said.percent.end) is not None


def _mean_of(said: Binding) -> bool:
    """ "bình quân cả 5 yếu tố 92,6%"."""
    return not said.own and _ON_AVERAGE.search(said.holder.mention.before) is not None


def _excess(said: Binding) -> bool:
    """ "cao hơn mức cùng phạm vi 87 hồ sơ, tức 16,1%": of what it is more than."""
    return _MORE_THAN.search(said.reading.folded, max(0, said.holder.start - _BEFORE), said.holder.start) is not None and _SO_MUCH.fullmatch(said.gap) is not None


def _left_out_of_base(said: Binding) -> bool:
    """ "93,97% (8.739/9.300 người); nếu loại 214 người đi nước ngoài khỏi mẫu số thì là 96,18%"."""
    return _WITHOUT.search(said.reading.folded, max(0, said.holder.start - _BEFORE), said.holder.start) is not None and " thì" in said.gap


def _said_again(said: Binding) -> bool:
    """ "bình quân 92% do tính cả 16 nhiệm vụ thường xuyên đều xong (92% của 50 nhiệm vụ)": a percent told before, with what it is of."""
    reading, percent = said.reading, said.percent
    before = (m for m in reading.mentions[max(0, percent.index - _SAID_BEFORE) : percent.index] if m.percent and m.sentence == percent.sentence)
    return reading.folded.endswith("(", 0, percent.start) and _OF_THESE.match(reading.folded, percent.end) is not None and any(m.value == percent.value for m in before)


def _fully(said: Binding) -> bool:
    """ "33 hồ sơ đủ 100% trường thông tin": all of what each has."""
    return said.all and said.goes_on and said.gap.split()[-1:] == ["đủ"] and len(said.gap.split()) <= 3


def _wholly_done(said: Binding) -> bool:
    """ "đường xã 12,5 km đã nhựa hóa 100%": all of it."""
    return said.all and said.holder.base is None and _DONE_WHOLLY.fullmatch(said.gap) is not None


def _of_one(said: Binding) -> bool:
    """ "3 người từ 60% đến 80%, 1 người 58,1% (18 phiếu)": what the one got."""
    return said.holder.value == 1 and said.holder.base is None and said.together and not said.gap.strip()


def _within_a_name(said: Binding) -> bool:
    """ "Hồ sơ thuộc 12 bộ thủ tục liên thông chiếm 25%": the share of dossiers, told of so many procedures."""
    return said.holder.base is None and _OF_SO_MANY.fullmatch(said.holder.mention.before) is not None


def _each_passed(said: Binding) -> bool:
    """ "12 nghị quyết được thông qua, 10 nghị quyết đạt 100%": of the votes."""
    return said.all and said.holder.base is None and _PASSED.match(said.reading.folded, said.holder.mention.quantity.span.end) is not None


def _of_their_people(said: Binding) -> bool:
    """ "Ba thôn trên chiếm 43,5% số hộ": of the households, and the three are hamlets."""
    return said.holder.base is None and said.holder.unit in _WHERE_THEY_LIVE and said.counts is not None and not compatible(said.counts, said.holder.unit)


def _about_others(said: Binding) -> bool:
    """ "702,9 triệu đồng của 2.963 hộ, đạt 90% về số tiền và 93,06% về số hộ": of the money."""
    return said.holder.base is None and said.holder.unit not in {"", "đồng"} and _ABOUT_MONEY.match(said.reading.folded, said.percent.end) is not None


def _of_the_scale(said: Binding) -> bool:
    """ "tự chấm 58,25 và điều tra 26,50; đạt 84,75% thang điểm": of the points there are."""
    return not said.own and said.reading.folded.startswith(" thang điểm", said.percent.end)


def _of_its_base(said: Binding) -> bool:
    """ "đúng hạn 139, …; đúng hạn tính trên số đã xong 144 nhiệm vụ là 96,5%": the count is what it is of."""
    return said.holder.base is None and said.gap.strip().endswith("là") and "," not in said.gap and _COUNTED_ON.search(said.holder.mention.before) is not None


def _of_the_land(said: Binding) -> bool:
    """ "đủ chuẩn tính che phủ là 13.717.981 ha, ứng với độ che phủ 41,45%": of all land, which is another figure or none."""
    return "độ che phủ" in said.gap


def _behind_a_slash(said: Binding) -> bool:
    """ "vận động 86,4 tr.đ / 80,0 tr.đ => 108%"."""
    return said.holder.base is None and said.percent.value > 100 and _SLASHED.search(said.reading.folded, max(0, said.holder.start - 14), said.holder.start) is not None


_REASONS = (_excess, _left_out_of_base, _said_again, _fully, _of_a_part, _of_some_inside, _of_the_scale, _of_its_base, _of_the_land, _behind_a_slash, _about_others, _of_their_people, _of_one, _within_a_name, _each_passed, _mean_of, _wholly_done, _bound, _all_of_them, _opens_list, _of_others, _asked, _each_reaches, _change, _one_of_a_spread, _of_the_rest, _of_money)


class Unshared:
    """Knows the percents of one document that are no share of the count before them."""

    def __init__(self) -> None:
        self.reached: set[tuple[int, str]] = set()  # sentences that tell what share so many of a kind got, by the kind

    def holds(self, said: Binding) -> bool:
        """Is the percent no share of the count?"""
        return self._each_got(said) or any(reason(said) for reason in _REASONS)

    def _each_got(self, said: Binding) -> bool:
        """ "7 nghị quyết đạt 100% đại biểu có mặt tán thành, 2 nghị quyết đạt 96,2%": what each of so many got."""
        if _THAT_GOT.fullmatch(said.gap) is None:
            return False
        key, other = (said.percent.sentence, said.holder.unit), said.counts is not None and not compatible(said.counts, said.holder.unit)
        if other and said.holder.base is None and not _OF_A_NUMBER.match(said.reading.folded, said.percent.end):
            self.reached.add(key)
        return key in self.reached


def of_another_name(said: Binding) -> bool:
    """ "Đám cưới theo nếp sống mới 96/104 đám, hỏa táng 63,0% số người qua đời", "3/7 xã chưa đạt: Hòa Lâm (95,6%)", "giao 28/28, tỷ lệ
    67,9%": far from the n/m it stands behind, and called by other words or told of all of them?"""
    base, n = said.holder.base, said.holder.value
    if base is None or said.own or one_digit_off(n, whole := term("m", base), said.percent) or near_miss(n, whole, said.percent):
        return False
    gap = said.reading.folded[said.holder.end : said.percent.start]
    clauses = _NAMES_OPEN.split(_CLASSES_IN_ONE.sub(" ", gap.rstrip(" (")))
    if len(clauses) == 1:
        return False  # "giải quyết 15/15 hồ sơ (90%)"
    if n == base.value:  # told of all: "giao 28/28, tỷ lệ 67,9%" is of others, "giải quyết 13/13, đạt 92,9%" of one more
        return 0 < said.percent.value < 100 and not comes_out(n, base.value + 1, said.percent.quantity.written)
    behind = content(clauses[-1]) - _SAYING - said.holder.words - content(base.after)
    return bool(behind) and ("%" in gap or not miscounted(n, base.value, said.percent.quantity.written))


def of_other_things(said: Binding) -> bool:
    """ "9/12 xã đạt 100% hồ sơ đúng hạn": is the percent behind an n/m of dossiers, not of the communes that reach it? It is of these
    where they only "đạt 100%"."""
    base, value, folded = said.holder.base, said.holder.value, said.reading.folded
    if base is None or said.own:
        return False
    gap = folded[said.holder.end : said.percent.start]
    if of_another_name(said):
        return True
    if _OF_ANOTHER_AGE.search(gap):
        return True  # "312/338 cháu từ 3 đến 5 tuổi ra lớp, trẻ 5 tuổi đạt 99,1%"
    if _OF_MONEY.search(gap) and said.holder.mention.scale == 1:
        return True
    reach = _THAT_REACH.fullmatch(gap) is not None and value < base.value
    if reach and (said.percent.quantity.value - 100 * Fraction(value) / base.value > _THRESHOLD or said.all and said.holder.unit == "người"):
        return True  # "62/64 người đạt 100%; 2/64 người đạt 98,8%": of their votes
    if said.holder.unit in AREAS and value < base.value and not _APART.search(gap):
        what = reach and _OF_WHAT.match(folded, said.percent.end) is not None
        if said.all or what and not near_miss(value, term("m", base), said.percent):
            return True
    planned = PLAN.match(folded, said.percent.end + 1) is not None  # "142.650/150.000 lượt, đạt 95,1% chỉ tiêu"
    return said.counts is not None and not planned and not compatible(said.counts, said.holder.unit)
