"""What a share is of: the base printed with its count, announced for it, named behind it, or one of the figures the text offers.

All candidates travel with the claim: one that fits clears it, and only when none fits is it a conflict.
"""

from __future__ import annotations

import re
from fractions import Fraction

from ..language import UNIT, compatible
from ..model import Claim, Kind, Rational, Term
from ..quantities import Mention, Reading
from .announced import Announced
from .bases import Bases
from .items import LEAST, Item, claim, comes_out, content, term
from .named import PLAN
from .pool import FEW_DIGITS, figures_of, fits, miscounted, near_miss, one_digit_off, one_slip_off
from .pooled import of_all_told
from .rated import rated
from .subjects import AT_THE_START, any_pair

GATHERED = re.compile(r"\W*(?:gộp|cộng|tính chung|tính gộp|chung lại|như vậy|tỷ lệ hài lòng|mức hài lòng|tổng hợp)(?!\w)")
_CALLED = 60  # characters before a share in which its count is named
_ANSWERING = frozenset({"người", "phiếu", "ý kiến", "lượt", "hộ", ""})
_OF_HOW_MANY = frozenset({"tổng", "số", "các", "của", "trên"})
_SEVERAL = 3
_VOTES = 120  # figures behind the number of those who voted
_SUMMED_UP = re.compile(r",[^;.]*(?<!\w)(?:tức|như vậy|tính chung|tính ra)(?!\w)")
_AMONG = re.compile(r"[^;.()]{0,80}, trong (?:số )?đó,?(?: [^,;.:()\d]{0,40})? ")
_WHOLE = re.compile(r"(?<!\w)tính trên(?: tổng)?(?: số)?$|^(?:kế hoạch|chỉ tiêu|dự toán)(?!\w)")  # "tính trên tổng số 25 đại biểu lần lượt là 80% và 68%"
_UNDONE = re.compile(r"(?<!\w)(?:chưa|không)(?: được)? (?P<deed>[^\W\d]+(?: [^\W\d]+)?)")
_FOR_THESE = re.compile(r"[^,;.:()\d]{0,50}(?<!\w)(?:cho|đối với|của|từ|với)(?: cả)? ")  # "58 thư xin lỗi gửi cho 63 hồ sơ trễ, đạt 92,1%"
_SAID_TWICE = re.compile(r"\s?(?:=|/|với|\(|,|có|và)\s?")  # "6.930 hộ = 35.695 khẩu"


def found(item: Item, percent: Mention, bases: tuple[Term, ...]) -> Claim:
    """The share of a count whose base is one of these figures; of none yet, where there are none."""
    terms = [term("n", item.mention), term("p", percent)]
    return claim(Kind.SHARE, terms, "share.found", own_base=False, bases=bases, scope=item.mention.quantity.noun)


def stated(percent: Mention, part: Item, whole: Mention, source: str = "share.spoken") -> Claim:
    """The share of a count whose base the text states."""
    if comes_out(part.value, whole.value, percent.quantity.written):
        part.fitted = whole
    terms = [term("n", part.mention), term("m", whole), term("p", percent)]
    return claim(Kind.SHARE, terms, source, scope=part.mention.quantity.noun)


def _done_of_rest(reading: Reading, percent: Mention, left: Item, whole: Mention) -> Claim | None:
    """ "còn 1,35 tỷ đồng chưa giải ngân trên tổng nguồn 4,5 tỷ đồng, nghĩa là đã giải ngân 70%": the share of what is done, where only what
    is not done is counted, and this comes out."""
    undone = _UNDONE.search(left.mention.after)
    done = whole.value - left.value
    said = reading.folded[whole.end : percent.start]
    if undone is None or not re.search(rf"(?<!\w)(?<!chưa )(?<!không ){re.escape(undone['deed'])}(?!\w)", said) or not comes_out(done, whole.value, percent.quantity.written):
        return None
    terms = [term("n", whole), term("n", left.mention, negative=True), term("m", whole), term("p", percent)]
    return claim(Kind.SHARE, terms, "share.of_done", scope=left.mention.quantity.noun)

_TOGETHER = re.compile(r"(?<!\w)tính chung(?!\w)")
_AND_ALSO = re.compile(r"[^,;.:()\d]{0,40}\svà\s(?:có\s)?")
_A_SIGN_BEHIND = re.compile(r"\s?(?:=|\() ?\d[\d,.]*\s?%")
_IN_ALL = re.compile(r"(?<!\w)(?:tổng cộng|tất cả|cộng)$")
_OF_THE_ASKED = re.compile(r"(?<!\w)(?:tỷ lệ|mức|mức độ) hài lòng(?: chung)?(?: là| đạt)?$")
_TO_DATE = re.compile(r"(?<!\w)(?:lũy kế|cộng dồn)(?: (?:từ|tính từ|cả|đến) [^,;.()\d]{2,16}?)?(?: là| có| được)?$")
_CHANGED = re.compile(r"(?<!\w)(?:tăng|giảm)(?: thêm| bớt| được)?$")
_A_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|mục tiêu)(?: [^\W\d]+){0,4}(?: là| giao|:)$")


class OfWhat:
    """Finds the bases of the shares of one document whose counts are known."""

    def __init__(self, reading: Reading, bases: Bases) -> None:
        self.reading, self.bases = reading, bases
        self.announced = Announced(reading, bases)
        self.of_all: list[Claim] = []  # the one share of several n/m, told behind the last of them
        self.baseless: list[Claim] = []  # shares nothing around them is a base of, until their list tells it

    def share(self, percent: Mention, item: Item, mentions: tuple[Mention, ...], place: int) -> Claim | None:
        """The claim that the count is the percent of its base; None where nothing tells what it is of."""
        item.bear(percent)
        return self._told(percent, item, mentions, place) or self._sought(percent, item)

    def agreeing(self, item: Item, percent: Mention) -> Claim | None:
        """The share of a figure nothing says the base of, where one of the text gives it."""
        base = next((b for b in self.bases.candidates(item, percent) if fits(item.value, b, percent)), None)
        item.bear(percent)
        if base is None:
            return None
        item.fitted = self._mention(base)
        return found(item, percent, (base,))

    def named(self, item: Item, percent: Mention) -> Claim | None:
        """ "1.764 hộ, bằng 90% tổng số hộ, bằng 92,3% số hộ đăng ký": a further share, which comes out on none, of the one base called by the words
        behind it, where one slip lies between the two."""
        words = content(self.bases.hint(percent) or "")
        called = [b for b in self.bases.candidates(item, percent) if words and compatible(b.unit, item.unit) and words <= content(b.noun)]
        meant = len(called) == 1 and (near_miss(item.value, called[0], percent) or one_digit_off(item.value, called[0], percent))
        return found(item, percent, (called[0],)) if meant else None

    def _mention(self, base: Term) -> Mention | None:
        return self.bases.at.get(base.span) if base.span is not None else None

    def _told(self, percent: Mention, item: Item, mentions: tuple[Mention, ...], place: int) -> Claim | None:
        """The share of a base that the words state."""
        announced = self.announced.base(item, percent)
        if announced is not None:
            terms = [term("n", item.mention), term("m", announced), term("p", percent)]
            return claim(Kind.SHARE, terms, "share.announced", scope=item.mention.quantity.noun)
        opening = self._opening(item) if self.bases.hint(percent) is None else None
        if opening is not None:
            return stated(percent, item, opening)
        named = self.bases.named_base(mentions, place)
        own = item.base is not None and comes_out(item.value, item.base.value, percent.quantity.written)
        if named is item.mention or own:
            named = None  # "99,81% hồ sơ đúng hạn (3.174/3.180)": the share's own n
        if item.base is not None and named is None:
            return None if self._of_another_whole(item, percent) else self._fraction(percent, item, item.base)
        spoken = self.bases.spoken_base(item, percent)
        if spoken is not None and not fits(spoken[1].value, term("m", spoken[0]), percent) and (together := of_all_told(self.bases, spoken[1], percent, spoken[0])) is not None:
            return together  # "62 căn xây mới và 31 căn sửa chữa trong 104 căn, hoàn thành 89,4%"
        if spoken is not None:
            return _done_of_rest(self.reading, percent, spoken[1], spoken[0]) or stated(percent, spoken[1], spoken[0])
        bracketed = self.bases.bracketed_whole(item)
        if bracketed is not None:
            return stated(percent, item, bracketed)
        if named is not None and (counted := self._counted_in_brackets(item, percent, named)) is not None:
            return found(counted, percent, (term("m", item.mention),))
        named = named or self.bases.called_so(item, percent)
        if named is not None:
            return stated(percent, self._listed_on(item, named, percent), named, "share.named")
        plan = self.bases.plan_told(item, percent)
        return found(item, percent, (plan,)) if plan is not None else None

    def _opening(self, item: Item) -> Mention | None:
        """The whole that the list or the sentence of the count opens with."""
        return self.bases.opening_whole(item) or self.bases.among_opening(item) or self.bases.among_it(item) or self.bases.listed_on(item)

    def _fraction(self, percent: Mention, item: Item, base: Mention) -> Claim:
        """The share of an n/m."""
        item.fitted = self._all_delegates(item, percent) or self._of_more(item, base, percent) or base
        if percent.quantity.written.value == 100:
            self._all_of(item, percent)
        terms = [term("n", item.mention), term("m", item.fitted), term("p", percent)]
        return claim(Kind.SHARE, terms, "share.fraction", scope=item.mention.quantity.noun)

    def _of_another_whole(self, item: Item, percent: Mention) -> bool:
        """ "58/74 thủ tục (78,4%), tương đương 15,8% danh mục": is it a second share, far from the first, which comes out, and of what is named
        behind it?"""
        if len(item.shares) < 2 or item.base is None or not self.reading.folded[percent.end + 1 : percent.end + 2].isalpha():
            return False
        own = comes_out(item.value, item.base.value, item.shares[0].quantity.written)
        return own and not near_miss(item.value, term("m", item.base), percent) and not one_digit_off(item.value, term("m", item.base), percent)

    def _of_more(self, item: Item, base: Mention, percent: Mention) -> Mention | None:
        """ "23/24 đại biểu có mặt tán thành, đạt 95,8%, bằng 88,5% tổng số đại biểu HĐND": the second share, of a whole told before."""
        again = len(item.shares) > 1 and self.bases.hint(percent) is not None and not comes_out(item.value, base.value, percent.quantity.written)
        sides = (m for i in self.bases.near(percent) for m in figures_of(i)) if again else ()
        return next((m for m in sides if m.value > base.value and m.end <= percent.start and comes_out(item.value, m.value, percent.quantity.written)), None)

    def _sought(self, percent: Mention, item: Item) -> Claim | None:
        """The share of one of the figures that the paragraph and the section offer."""
        item = self.bases.of_named_unit(item, percent) or item
        bases, just = self._offered(item, percent)
        meant = just or (None if any(fits(item.value, b, percent) for b in bases) else self._gathered(item, percent))
        if meant is not None:
            return found(item, percent, (meant,))
        if not any(fits(item.value, b, percent) for b in bases) and (beside := self._beside(item, percent, bases)) is not None:
            return beside
        start = self.reading.paragraphs_read[percent.paragraph].span.start
        if bases and bases[0].span is not None and bases[0].span.start >= start:
            # of what stands in other paragraphs only a base that fits is worth telling, none that another habit would fit
            bases = [b for b in bases if b.span is None or b.span.start >= start or fits(item.value, b, percent)]
        if not bases:  # "66 đại biểu HĐND tỉnh, đạt 100%; 396 đại biểu HĐND cấp huyện, đạt 100%": each of all its own
            told = self.bases.sibling_bases(item, percent)
            if told and not any(fits(item.value, b, percent) for b in told) and (cut := self.bases.cut_short(item, percent)) is not None:
                return found(item, percent, (cut,))
            bases = [b for b in told if percent.value != 100 or b.written is None or b.written.value >= item.value]
        bases = self.bases.as_wide(item, percent, bases)
        if not bases:
            return self._of_none(item, percent)
        if any(fits(item.value, b, percent) for b in bases):
            return self._fitting(item, percent, bases)
        if self._in_larger_units(item, percent) or AT_THE_START.search(item.mention.before):
            return None  # "hộ nghèo đầu năm 96 hộ (4,32%); … cuối năm 70 hộ, 3,14% trên 2.230 hộ": of the households there were then
        return self._unfitting(item, percent, bases)

    def _in_larger_units(self, item: Item, percent: Mention) -> bool:
        """ "Tổng chi 1.865,4 tỷ đồng, gồm:", "2. Chi thường xuyên 1.248,1, chiếm 66,9% tổng chi": does the share come out on an amount of the
        section whose "tỷ đồng" the count leaves out?"""
        amounts = (i for i in self.bases.section_items(percent.paragraph) if not item.unit and i.mention.scale > 1)
        return any(comes_out(item.value * i.mention.scale, i.value, percent.quantity.written) for i in amounts)

    def _offered(self, item: Item, percent: Mention) -> tuple[list[Term], Term | None]:
        """The candidate bases; and the figure told just before the count, where it alone is meant."""
        bases = self.bases.candidates(item, percent)
        pointed = self.bases.pointed(item, percent, bases)
        of_all = not self.bases.of_unprinted(percent) and not content(self.bases.hint(percent) or "")
        if not pointed and of_all and (only := self.bases.only_whole(item)) is not None:
            bases = [only, *bases]
            pointed = True
        fitting = [b for b in bases if fits(item.value, b, percent)]
        if not fitting and (just := self.bases.told_just_before(item, percent)) is not None:
            return bases, just
        if not pointed:  # nothing beside the share says what it is of: only agreement is worth telling
            bases = (fitting or self.bases.distant(item, percent))[:1]
        return bases, None

    def _gathered(self, item: Item, percent: Mention) -> Term | None:
        """ "… Gộp hai mức đầu được 323 người, tỷ lệ hài lòng 81,6%": the whole of the list that the sentence before divides."""
        start = self.reading.sentences[item.mention.sentence].start
        if item.unit not in _ANSWERING or not GATHERED.match(self.reading.folded, start, percent.start):
            return None
        listed = [i for i in self.bases.near(item.mention) if i.mention.sentence == item.mention.sentence - 1 and i.shares]
        wholes = [i.fitted for i in listed if i.fitted is not None and comes_out(i.value, i.fitted.value, i.shares[0].quantity.written)]
        one = len(listed) >= _SEVERAL and len({m.value for m in wholes}) == 1
        return term("m", wholes[0]) if one and wholes[0].value >= item.value else None

    def _of_none(self, item: Item, percent: Mention) -> Claim | None:
        """The share of a count that no figure is a base of: of another count near it, or left for its list to tell."""
        if (together := of_all_told(self.bases, item, percent)) is not None:
            return together
        near = self.bases.near(percent)
        if (whole := self._told_among(item, percent, near)) is not None:
            return found(item, percent, (whole,))
        paired = rated(self.bases, percent, near) or any_pair(percent, near)
        if paired is not None:
            return paired
        if percent.value <= 100 and percent.quantity.written.ulp < 1 and (smaller := self._of_a_smaller(item, percent)):
            return found(item, percent, tuple(smaller))
        if not _TOGETHER.search(item.mention.before):  # "Tính chung thiếu 5, bằng 5,6% chỉ tiêu": of what is told of two bodies before
            self.baseless.append(found(item, percent, ()))
        return None

    def _told_among(self, item: Item, percent: Mention, near: list[Item]) -> Term | None:
        """ "thu nhận 7.640 hồ sơ, trong đó 6.494 tài khoản đã kích hoạt, đạt 58%": the figure right before, though it counts another thing, where
        the share would come out on it but for one slip."""
        before = [i for i in near if i.end <= item.start and i.mention.sentence == item.mention.sentence and not i.aside]
        if not before or before[-1].base is not None or not _AMONG.fullmatch(self.reading.folded, before[-1].mention.end, item.start):
            return None
        whole = term("m", before[-1].mention)
        return whole if fits(item.value, whole, percent) or one_slip_off(item.value, whole, percent) else None

    def _fitting(self, item: Item, percent: Mention, bases: list[Term]) -> Claim:
        fitting = [b for b in bases if fits(item.value, b, percent)]
        printed = next((b for b in fitting if b.span is not None), None)
        item.fitted = self._mention(printed) if printed is not None else self._printed_elsewhere(fitting[0], item)
        return found(item, percent, tuple(bases))

    def _printed_elsewhere(self, implied: Term, item: Item) -> Mention | None:
        """ "rất hài lòng 72 (18,2%), …, không hài lòng 15 (3,8%)" make 396: of the one kind of thing of which as many are told far before."""
        value = implied.written.value if implied.written is not None else 0
        told = [i.mention for i in self.bases.sized(value) if i.end <= item.start and i.base is None] if value >= LEAST and not item.unit else []
        return told[-1] if len({m.unit for m in told}) == 1 else None

    def _unfitting(self, item: Item, percent: Mention, bases: list[Term]) -> Claim | None:
        """The share of a count that comes out on none of the bases pointed at: told of another figure, or in conflict with these."""
        if self.bases.of_unprinted_whole(item, percent, bases) or _WHOLE.search(item.mention.before):
            return None
        here = [i for i in self.bases.near(percent) if i.mention.sentence == percent.sentence and i.start < percent.start and not i.aside]
        if _TOGETHER.search(item.mention.before) or self._one_of_two(item, percent, here) or self._of_a_change(item, percent) or self._of_the_asked(item, percent):
            return None
        if self._of_others_named(item, percent, bases):
            return None
        if _TO_DATE.search(item.mention.before):  # "kiểm tra 64 lượt (lũy kế 131), 5 vi phạm (lũy kế 12, bằng 9,2%)"
            wholes = [term("m", i.mention) for i in here if i.end <= item.start and _TO_DATE.search(i.mention.before)]
            return next((found(item, percent, (m,)) for m in wholes if fits(item.value, m, percent) or one_slip_off(item.value, m, percent)), None)
        summed = self._of_those_before(item, percent, here)
        summed = summed or self._of_their_total(item, percent, bases)
        if summed is not None:
            return self._fitting(item, percent, [summed])
        if len(item.shares) > 1 and not any(near_miss(item.value, b, percent) or one_digit_off(item.value, b, percent) for b in bases):
            return None  # "112 hộ nghèo (3,56%), 168 hộ cận nghèo (5,34%), tỷ lệ nghèo đa chiều 8,90%": it has a share of its own
        other = any_pair(percent, here)
        if other is not None and other.by_role("n")[0].span != item.mention.quantity.span:
            return other  # "320 hồ sơ thanh toán trực tuyến, trong 400 hồ sơ có phí, đạt 80%": not of the 400
        if (together := of_all_told(self.bases, item, percent)) is not None:
            return together
        bases = self._likely(item, percent, bases)
        if not bases:
            return None
        bases = (self.bases.of_like_lines(item, percent) if self.bases.among_named(item) is None else []) or bases
        if any(fits(item.value, b, percent) for b in bases):
            return self._fitting(item, percent, bases)
        listed = self._total_listed(item)
        if listed is not None and any(fits(listed.value, b, percent) for b in self.bases.candidates(listed, percent)):
            return self.agreeing(listed, percent)
        lately = self.bases.told_lately(item, percent) if self._far_and_otherwise_called(percent, bases) else None
        return self._sum_told(item, percent) or (self._fitting(item, percent, [lately]) if lately is not None else found(item, percent, tuple(bases)))

    def _likely(self, item: Item, percent: Mention, bases: list[Term]) -> list[Term]:
        """Those of the bases that the share may be of: no plan where none is spoken of, no figure of a later clause, none much smaller than the count."""
        planned = self.bases.of_unprinted(percent) or PLAN.search(self.bases.hint(percent) or "")
        bases = [b for b in bases if planned or (m := self._mention(b)) is None or not _A_PLAN.search(m.before)]
        bases = [b for b in bases if (m := self._mention(b)) is None or not self._of_a_later_clause(percent, m)]
        if self.bases.hint(percent) is None and "chiếm" not in percent.before:
            beside = self.beside_plans(item)
            bases = [b for b in bases if not (beside or self._met_its_plan(b)) or near_miss(item.value, b, percent) or one_digit_off(item.value, b, percent)]
        if percent.value > 100:
            return bases
        share = percent.quantity.written
        bases = [b for b in bases if b.written is None or 10 * item.value <= 11 * b.written.value or miscounted(item.value, b.written.value, share)]
        return bases or self._of_a_smaller(item, percent)

    def beside_plans(self, item: Item) -> bool:
        """ "thuế 73 tỷ đồng, bằng 25% dự toán; tiền đất: 50 tỷ đồng, bằng 28%": has the figure told before it in the list a share of its plan?"""
        before = [i for i in self.bases.near(item.mention) if i.end <= item.start and i.mention.sentence == item.mention.sentence and i.unit == item.unit]
        return bool(before) and any(self.bases.of_unprinted(share) for share in before[-1].shares)

    def _met_its_plan(self, base: Term) -> bool:
        """ "Thu ngân sách 12,5 tỷ đồng (đạt 104% dự toán), trong đó thuế 5,2 tỷ đồng (98%)": has the figure a share of its plan, as each of its
        parts may have of its own?"""
        mention = self._mention(base)
        whole = self.bases.owner.get(mention.index) if mention is not None else None
        return whole is not None and any(self.bases.of_unprinted(share) for share in whole.shares)

    def _of_a_smaller(self, item: Item, percent: Mention) -> list[Term]:
        """ "410 phiếu. Kết quả: 3396 phiếu rất hài lòng (96,6%)": the figure before it that is smaller for one digit only."""
        share = percent.quantity.written
        told = [i for i in self.bases.near(percent) if i.end <= item.start and not i.aside]
        if fitting := [t for i in told if fits(item.value, t := term("m", i.mention), percent)]:
            return fitting[-1:]  # "bổ sung 5, bỏ 2 nhiệm vụ, …, điều chỉnh thành 45. Hoàn thành 39, đạt 86,7%": none that only looks like it
        before = [i for i in told if i.value < item.value]
        alike = [i for i in before if i.unit == item.unit != "" or share.ulp < 1 and compatible(i.unit, item.unit)]
        return [term("m", i.mention) for i in alike if miscounted(item.value, i.value, share)][-1:]

    def _of_a_change(self, item: Item, percent: Mention) -> bool:
        """ "1.846 người, nay còn 1.754; giảm 92, tỷ lệ 5,0%": is the share that of the change told right before it?"""
        by = self.reading.mentions[percent.index - 1]
        next_to = item.mention.end <= by.start < percent.start and not re.search("[;.]", self.reading.folded[by.end : percent.start])
        return next_to and _CHANGED.search(by.before) is not None and not self.bases.hint(percent)

    def _of_the_asked(self, item: Item, percent: Mention) -> bool:
        """ "Khảo sát 420 phụ huynh, kết quả 4,21/5 điểm, tỷ lệ hài lòng 90%": is the count that of all who were asked?"""
        asked = "hài lòng" not in item.label or "khảo sát" in item.label
        return asked and _OF_THE_ASKED.search(percent.before) is not None and not GATHERED.match(self.reading.folded, self.reading.sentences[percent.sentence].start)

    def _of_others_named(self, item: Item, percent: Mention, bases: list[Term]) -> bool:
        """ "tốt nghiệp 318/321 em. … Bỏ học 4 em, bằng 0,3% học sinh THCS": does the percent, printed to a digit, name what it is of, and is none of
        the figures that?"""
        named = self.bases.hint(percent) is None and percent.value < FEW_DIGITS * percent.quantity.written.ulp and UNIT.match(self.reading.folded, percent.end) is not None
        return named and not any(near_miss(item.value, b, percent) or item.value >= LEAST and one_slip_off(item.value, b, percent) for b in bases)

    def _one_of_two(self, item: Item, percent: Mention, here: list[Item]) -> bool:
        """ "39 căn xây mới và 28 căn sửa chữa, đạt 87% tổng số căn": is the share of the two together?"""
        before = [i for i in here if i.end <= item.start and i.unit == item.unit != ""]
        joined = bool(before) and _AND_ALSO.fullmatch(self.reading.folded, before[-1].end, item.start) is not None
        return joined and "tổng" in (self.bases.hint(percent) or "")

    def _of_those_before(self, item: Item, percent: Mention, here: list[Item]) -> Term | None:
        """ "466 hồ sơ trong tổng số 803 hồ sơ (58,03%); 441 hồ sơ được trả trong ngày (94,64%), 25 hồ sơ trả sang hôm sau": the figure of the
        sentence that this one and the next divide, where the share comes out on it and no word says what it is of."""
        before = [i for i in here if i.end <= item.start and i.unit == item.unit != ""]
        behind = next((i for i in self.bases.near(percent) if i.start > percent.start), None)
        whole = next((i for i in reversed(before) if behind is not None and i.value == item.value + behind.value), None)
        if whole is None or self.bases.hint(percent) is not None or not comes_out(item.value, whole.value, percent.quantity.written):
            return None
        return term("m", whole.mention)

    def _of_a_later_clause(self, percent: Mention, base: Mention) -> bool:
        """ "398 hộ, chiếm 30,95% số hộ của xã; đầu năm là 471 hộ", "5084 hộ (89,0%); nước máy 5631 hộ = 98,6%": told of another time, or with a
        share of its own?"""
        owner = self.bases.owner.get(base.index)
        apart = base.start > percent.end and ";" in self.reading.folded[percent.end : base.start]
        return apart and owner is not None and "tổng" not in base.before and (AT_THE_START.search(base.before) is not None or self.bases.has_share(owner) or _A_SIGN_BEHIND.match(self.reading.folded, base.end) is not None)

    def _of_their_total(self, item: Item, percent: Mention, bases: list[Term]) -> Term | None:
        """ "đến đăng ký 121, gia đình khai thay 10, tổng cộng 131. Nộp qua Cổng 109 công dân, chiếm 83,2% số đã đăng ký": the total told behind a
        base, where the share comes out on it."""
        told = [m for b in bases if (m := self._mention(b)) is not None]
        totals = [i for i in self.bases.near(percent) if i.end <= item.start and _IN_ALL.search(i.mention.before)]
        fitting = (i for i in totals for m in told if m.sentence == i.mention.sentence and m.end <= i.start and comes_out(item.value, i.value, percent.quantity.written))
        whole = next(fitting, None)
        return term("m", whole.mention) if whole is not None else None

    def _far_and_otherwise_called(self, percent: Mention, bases: list[Term]) -> bool:
        """Are the bases told in other paragraphs, none of them in all the words that say what the share is of?"""
        told = [m for b in bases if (m := self._mention(b)) is not None]
        words = frozenset((self.bases.hint(percent) or "").split()) - _OF_HOW_MANY
        return all(m.paragraph != percent.paragraph and not (words and words <= frozenset(m.label.split())) for m in told)

    def _all_delegates(self, item: Item, percent: Mention) -> Mention | None:
        """ "50/53 đại biểu bỏ phiếu … tín nhiệm cao 22/50 phiếu (41,5%)": of all delegates, those who did not vote among them, where it comes
        out on these, cut or rounded, and not on the votes."""
        if item.base is None or item.unit != "phiếu" or fits(item.value, term("m", item.base), percent):
            return None
        written = percent.quantity.written
        mentions = self.reading.mentions
        before = reversed(mentions[max(0, item.mention.index - _VOTES) : item.mention.index])
        wholes = (mentions[m.over] for m in before if m.over is not None and m.value == item.base.value)
        return next((m for m in wholes if m.after.startswith("đại biểu") and abs(100 * Fraction(item.value) / m.value - written.value) < written.ulp), None)

    def _all_of(self, item: Item, percent: Mention) -> None:
        """ "20/20 sở; 12/12 huyện; 147/147 xã … 100%": one share for every fraction of the list, and for none of "lúa 53/52 ha, tăng 2,9%; …;
        gừng 8/8 ha, tròn 100%" that has a rate of its own."""
        here = self.reading.by_paragraph[percent.paragraph]
        if any(m.percent and m.sentence == percent.sentence and m.start < item.start for m in here):
            return
        for other in self.bases.near(percent):
            same = other.end <= item.start and other.mention.sentence == percent.sentence and other.mention.group == item.mention.group
            chained = other.base is not None and item.base is not None and other.value == item.base.value != other.base.value  # "thuộc thẩm quyền 20/34 đơn, đã giải quyết 20/20 đơn, đạt 100%"
            if other.base is not None and same and not chained and not other.shares:
                other.bear(percent)
                terms = [term("n", other.mention), term("m", other.base), term("p", percent)]
                self.of_all.append(claim(Kind.SHARE, terms, "share.all", scope=other.mention.quantity.noun))

    def _counted_in_brackets(self, item: Item, percent: Mention, named: Mention) -> Item | None:
        """ "Toàn xã có 1.200 hộ, 85% số hộ (1.020 hộ) đạt": the figure in brackets is the part, not the base, where it is the smaller one."""
        inside = next((i for i in self.bases.near(percent) if i.mention is named), None)
        if inside is None or named.group == percent.group or inside.unit != item.unit or inside.value >= item.value:
            return None
        return inside if percent.value <= 100 and not PLAN.search(self.reading.folded, percent.end, named.start) else None

    def _listed_on(self, item: Item, named: Mention, percent: Mention) -> Item:
        """ "cử 33 lượt, gồm 12 lượt …, 14 lượt … và 07 lượt …, đạt 60% kế hoạch (55 lượt)": the total of the list, where the share is of it."""
        whole = term("m", named)
        if not fits(item.value, whole, percent) and (named_so := self._called_by(percent, whole)) is not None:
            return named_so
        listed = None if fits(item.value, whole, percent) else self._total_listed(item)
        return listed if listed is not None and fits(listed.value, whole, percent) else item

    def _called_by(self, percent: Mention, whole: Term) -> Item | None:
        """ "Trong 3 nội dung (vệ sinh 34, đường sá 27) thì vệ sinh môi trường nhiều nhất, chiếm 44,7% của 76 cuộc gọi": the figure of the sentence whose
        name stands before the share, and whose share of the whole it is."""
        clause = self.reading.folded[max(self.reading.sentences[percent.sentence].start, percent.start - _CALLED) : percent.start]
        here = (i for i in self.bases.near(percent) if i.mention.sentence == percent.sentence and i.start < percent.start and i.words)
        return next((i for i in here if fits(i.value, whole, percent) and any(re.search(rf"(?<!\w){re.escape(w)}(?!\w)", clause) for w in i.words)), None)

    def _total_listed(self, item: Item) -> Item | None:
        """ "46 thanh niên trúng tuyển, gồm loại 1 có 9, loại 2 có 21 và loại 3 có 16, đạt 57,5% so với số khám": the figure that a list ending with
        this one makes; a share behind the list may be of it."""
        here = [i for i in self.bases.near(item.mention) if i.mention.sentence == item.mention.sentence and i.start <= item.start]
        amount: Rational = 0
        for place in range(len(here) - 1, 0, -1):
            amount += here[place].value
            if here[place - 1].value == amount and len(here) - place >= 2:
                return here[place - 1]
        return None

    def _beside(self, item: Item, percent: Mention, bases: list[Term]) -> Claim | None:
        """ "hộ nghèo 6.930 hộ = 35.695 khẩu chiếm 41,96%": the share is of the households, told right before the people, when
        it comes out on one of theirs, or nearly does and on none of the people."""
        told = [i for i in self.bases.near(percent) if i.end <= item.start]
        if not told or told[-1].aside or told[-1].shares or told[-1].mention.group != item.mention.group:
            return None
        if item.base is None and _FOR_THESE.fullmatch(self.reading.folded, told[-1].end, item.start) and fits(told[-1].value, term("m", item.mention), percent):
            told[-1].bear(percent)
            return found(told[-1], percent, (term("m", item.mention),))
        if not _SAID_TWICE.fullmatch(self.reading.folded[told[-1].end : item.start]):
            return None
        agreeing = self.agreeing(told[-1], percent)
        if agreeing is not None or told[-1].unit == item.unit or any(near_miss(item.value, b, percent) for b in bases):
            return agreeing
        nearly = [b for b in self.bases.candidates(told[-1], percent) if near_miss(told[-1].value, b, percent)]
        return found(told[-1], percent, tuple(nearly)) if nearly else None

    def _sum_told(self, item: Item, percent: Mention) -> Claim | None:
        """ "đúng hạn 93, trễ 3, tức đạt 96,88%": the percent sums up an earlier figure, when that one gives it."""
        if not _SUMMED_UP.search(self.reading.folded[item.mention.end : percent.start]):
            return None
        for other in reversed(self.bases.near(percent)):
            if other.end <= item.start and other.mention.sentence == item.mention.sentence and not other.shares and not other.aside:
                base = next((b for b in self.bases.candidates(other, percent) if b.span and fits(other.value, b, percent)), None)
                if base is not None:
                    return found(other, percent, (base,))
        return None
