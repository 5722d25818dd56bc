"""The base of a share: printed, named after it, pointed at, or among the figures the text offers."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from ..language import COUNTED, compatible
from ..model import Rational, Span, Term
from ..quantities import Mention
from ..scope import IN_ROWS
from . import in_hand
from .cumulations import says_and_better
from .items import Item, between, content, implied, said_behind, term
from .named import DENYING, Named, hint_unit
from .partitions import class_of, classes_of
from .pool import FAR, figures_of, fits, is_change, near_miss, one_digit_off
from .runs import shape_of

_OPENER = re.compile(r":|(?<!\w)(?:trong|gồm|cụ thể|chia)(?!\w)")
_PERIOD = re.compile(r"\W*(?:trong |riêng )?(?:năm|quý|tháng|\d tháng)(?!\w)")
_SAME_CLAUSE = re.compile(r"[^;.:\d]{0,60}")
_OF_ALL = re.compile(r"(?<!\w)(?:toàn|cả) (?:xã|phường|thị trấn|quận|huyện|thành phố|tỉnh)(?!\w)")
_OF_ONE_PLACE = re.compile(r"(?:riêng |tại |ở )?(?:thôn|xóm|ấp|bản|buôn|tổ|khu) [^\W\d_]")
_NAMES_A_THING = re.compile(r"(?:tộc|dân tộc|họ|dòng họ|giải|huy chương|danh hiệu|mục|khoản)(?!\w)")  # things counted that no unit is made of
_OF_THOSE = re.compile(r"\W*(?:và )?(?:trong (?:số |những )?(?:đó|này|ấy)|số (?:đó|này|ấy)(?= có| gồm))(?!\w)")
_SEPARATED = re.compile(r"[,;.:()\d]")
_NAMED_WITHIN = 30  # characters behind a percentage
_TIME_NAMED = re.compile(r"^[^,;.()]{0,20}(?<!\w)(?P<time>\d{1,2} tháng|quý [ivx]+|cả năm)(?!\w)")
_IN_FULL = 10**5  # of money: smaller amounts are not told in đồng
_POOL = 14
_LIKE_LINES = 8  # of one list
_FAR_LESS = 5  # times: no slip makes a share so small
_CLOSELY = 200  # a whole known to one in so many is no chance
_DIVIDES_ANSWERS = frozenset({"satisfaction", "timeliness", "vote", "rating"})
_WHOLE = re.compile(r"(?<!\w)(?:toàn|tổng|cả|có|hiện|địa bàn)(?!\w)")
_LED_IN = re.compile(r"(?:^|\s)trong(?: (?:tổng )?số)?$")
_TOTAL = re.compile(r"(?<!\w)(?:tổng|toàn|cả|đến hạn|phải giải quyết)(?!\w)")


class _Sought(NamedTuple):
    """A count and its percent, what the words behind the percent say of its base, and the figures around it, the nearest first: before it,
    behind it, and in the section before."""

    item: Item
    percent: Mention
    hint: str | None
    hinted: frozenset[str]
    hinted_unit: str
    before: list[Item]
    after: list[Item]
    earlier: list[Item]

    @property
    def unit(self) -> str:
        """What the base counts, as far as it is known."""
        return self.hinted_unit or self.item.unit


class Bases(Named):
    """Finds the candidate bases of the shares of one document."""

    def pointed(self, item: Item, percent: Mention, bases: list[Term]) -> bool:
        """Does a base stand before the share in its paragraph, or do words after it name one?"""
        hint = self.hint(percent)
        if hint is not None:
            named = content(hint)
            if _OF_ALL.search(hint):  # "4,06% so với số hộ toàn quận" is no share of the poor ones
                bases = [b for b in bases if b.span not in self.at or content(self.at[b.span].after) <= named]
            return bool(bases) and (
                not named or any(b.span is not None and named <= content(b.noun) for b in bases) or self.in_other_words(item, named, bases, percent)
            )
        start = self.reading.paragraphs_read[percent.paragraph].span.start
        before = [b for b in bases if b.span is not None and start <= b.span.start < item.start]
        open_ones = [b for b in before if b.span in self.at and self.at[b.span].depth <= item.mention.depth] or before
        if before and all(self.of_other_matter(b, item, percent) for b in open_ones):
            return False
        here = {b.span.start for b in before if b.span is not None}
        if here:
            return not self.only_siblings(item, here)
        if bases and self._below_its_total(item, bases[0]):
            return True
        return (
            bool(bases)
            and self.listed(percent.paragraph)
            and any(b.span is not None and b.span.start < start and not self.in_like_line(b.span, percent.paragraph) for b in bases)
        )

    def _below_its_total(self, item: Item, base: Term) -> bool:
        """ "Tổng số nhiệm vụ: 218", and the line below it "Đã hoàn thành: 189 = 86,7%": the one figure of the line above, called a total, and the
        first of its own."""
        total = self.owner.get(self.at[base.span].index) if base.span in self.at else None
        first = next(iter(self.paragraphs[item.mention.paragraph]), None)
        return (
            total is not None
            and first is item
            and total.mention.paragraph == item.mention.paragraph - 1
            and self.paragraphs[total.mention.paragraph] == [total]
            and total.mention.before.startswith("tổng số")
        )

    def as_wide(self, item: Item, percent: Mention, bases: list[Term]) -> list[Term]:
        """The bases without those of one place: "thôn A có 146 hộ. Toàn xã có 37 hộ nghèo, chiếm 2,2% số hộ"."""
        if not _OF_ALL.search(item.mention.before):
            return bases
        return [b for b in bases if b.span not in self.at or not _OF_ONE_PLACE.match(self.at[b.span].before) or fits(item.value, b, percent)]

    def in_like_line(self, base: Span, paragraph: int) -> bool:
        """ "1. Thôn A: 210 hộ, đạt 92,4%", "2. Thôn B: 184 hộ, đạt 95,1%": is the figure alone in a line of the same list, with a share of
        its own?"""
        mention = self.at.get(base)
        item = self.owner.get(mention.index) if mention is not None else None
        if item is None or item.base is not None or not item.shares or len(self.paragraphs[item.mention.paragraph]) > 1:
            return False
        return shape_of(self.reading.paragraphs_read[item.mention.paragraph].marker) == shape_of(self.reading.paragraphs_read[paragraph].marker)

    def of_like_lines(self, item: Item, percent: Mention) -> list[Term]:
        """ "- Hoàn thành xuất sắc: 214 em, tỉ lệ 36,5%", …, "- Chưa hoàn thành: 07 em, tỉ lệ 1,2%": the base on which the share of a line above of
        the same list comes out, where this one does too."""
        marker = self.reading.paragraphs_read[item.mention.paragraph].marker
        for back in range(item.mention.paragraph - 1, max(-1, item.mention.paragraph - _LIKE_LINES), -1) if marker else ():
            if self.reading.paragraphs_read[back].marker[:1] != marker[:1]:
                break
            wholes = [term("m", i.fitted) for i in self.paragraphs[back] if i.fitted is not None and i.unit == item.unit]
            if fitting := [b for b in wholes if fits(item.value, b, percent)]:
                return fitting[:1]
        return []

    def in_other_words(self, item: Item, named: frozenset[str], bases: list[Term], percent: Mention) -> bool:
        """ "18.622 trẻ chào đời, trong đó con thứ ba là 1.456 trẻ, chiếm 7,82% số sinh": no figure of the text is told in the words
        of the base, and n is told as a part of one that its share all but comes out on."""
        whole = self.opened_total(item, [i for i in reversed(self.near(percent)) if i.start < item.start and not is_change(i)])
        if whole is None or whole.unit != item.unit or not item.unit or any(named <= i.words for i in self.named(named)):
            return False
        base = term("m", whole.mention)
        return any(b.span == base.span for b in bases) and (near_miss(item.value, base, percent) or one_digit_off(item.value, base, percent))

    def of_those(self, item: Item) -> bool:
        """Does its sentence say at its start that it speaks of what was told before it? "Số này có 10 đảng viên nữ, …"."""
        return self.opens_with_those(item.mention)

    def opens_with_those(self, mention: Mention) -> bool:
        return _OF_THOSE.match(self.reading.folded, self.reading.sentences[mention.sentence].start, mention.start) is not None

    def of_other_matter(self, base: Term, item: Item, percent: Mention) -> bool:
        """Is the figure before n plainly not what its share is of? One in another sentence when n only "đạt" its rate (of
        a target, say) or counts in a unit the other lacks; for 100 %, one that counts other things
        ("1.120 hồ sơ căn cước …; 640 hồ sơ cư trú, đạt 100%")."""
        assert base.span is not None
        if near_miss(item.value, base, percent):
            return False
        text = self.reading.folded
        if percent.quantity.written.value == 100:
            ends = (item.mention.end, self.at[base.span].end if base.span in self.at else base.span.end)
            mine, other = (content(_SEPARATED.split(text[end : end + 40])[0]) for end in ends)
            if mine and other and not mine & other:
                return True
        here = base.span.start >= self.reading.sentences[item.mention.sentence].start
        if not item.unit and (base.unit or not here) and _NAMES_A_THING.match(item.mention.after):
            return True
        if here:
            return False
        if percent.quantity.written.value == 100 and _PERIOD.match(self.reading.folded, self.reading.sentences[item.mention.sentence].start):
            return True  # "Quý I/2025, xã giải quyết 69 hồ sơ (đạt 100%)", after the dossiers of the year before
        if self.of_those(item):
            return False
        if "tiếp nhận" in base.noun and class_of(item.label, "timeliness") is not None:
            return True  # what was in time is a share of what was settled
        if item.unit and not base.unit:
            return True
        whole = self.at.get(base.span)
        if whole is not None and whole.unit == item.unit and content(item.mention.after) and whole.after == item.mention.after:
            return False  # "giải quyết 527 vụ việc KN. … làm xong 376 vụ việc KN, đạt 73,1%"
        if not _DIVIDES_ANSWERS.isdisjoint(classes_of(item.label)):
            return False  # one more class of what was divided before: "từ hài lòng trở lên là 1.020 phiếu, đạt 99,3%"
        gap = text[item.mention.end : percent.start]
        return percent.group == item.mention.group and re.search(r"(?<!\w)đạt(?!\w)", gap) is not None and "tỷ lệ" not in gap

    def only_siblings(self, item: Item, starts: set[int]) -> bool:
        """Are the figures before n shares of something else themselves, told beside it? "19 phiếu, bằng 76%; 5 phiếu, bằng 20%"."""
        before = [i for i in self.near(item.mention) if i.start in starts or i.base is not None and i.base.start in starts]
        last = before[-1] if before else None
        if last is None or any(i.base is not None or not i.shares for i in before):
            return False
        return last.mention.sentence == item.mention.sentence and not _OPENER.search(self.reading.folded[before[0].end : item.start])

    def listed(self, paragraph: int) -> bool:
        """Is the paragraph an item of a list whose head gives the whole?"""
        return bool(self.reading.paragraphs_read[paragraph].marker)

    def candidates(self, item: Item, percent: Mention) -> list[Term]:
        """Candidate bases of n, grammatical first."""
        hint = self.hint(percent)
        if self.of_unprinted(percent):
            return []
        among = self.among_named(item) if hint is None else None
        if among is not None:
            return [term("m", among)]
        sought = self._sought(item, percent, hint)
        found = self._named_by_hint(sought) or self._around(sought)
        if (opening := self._opening(sought)) is not None:
            return [term("m", opening)]
        terms = self._large_enough(sought, [*found, *self._of_the_time_named(sought)])
        seen = {t.written.value for t in terms if t.written is not None}
        if (smaller := self._smaller_beside(sought, terms)) is not None:
            terms.insert(0, smaller)
        unprinted = [*self.sums(item, sought.before, seen), *_in_hand(sought)]
        terms += [b for b in unprinted if fits(item.value, b, percent)]
        if percent.quantity.written.value == 100 and self.nothing_late(item):
            terms.append(implied("m", item.value, unit=item.unit))
        terms += self.distant(item, percent, _WHOLE)[:1]
        if any(fits(item.value, t, percent) for t in terms) or self.called(sought.hinted, sought.unit, sought.before):
            return terms
        fitting = self.of_other_unit(item, percent) or self.told_near(item, percent) or self.told_elsewhere(item, percent, hint)
        if not fitting and hint is None and self.of_plan(percent):
            return []
        if hint is not None and "tổng" in hint and all(_smaller(t, item) for t in terms):
            terms = []  # the whole it names is none of the figures near it
        return terms + fitting

    def _sought(self, item: Item, percent: Mention, hint: str | None) -> _Sought:
        here = self.near(percent)
        before = [i for i in reversed(here) if i is not item and i.start < item.start and not is_change(i)]
        if summands := self.summed_up(item):
            before = [i for i in before if i not in summands]
        after = [i for i in here if i is not item and i.start > item.start and not says_and_better(self.reading, i.mention)]
        hinted, unit = (content(hint), hint_unit(hint)) if hint else (frozenset[str](), "")
        return _Sought(item, percent, hint, hinted, unit, before, after, self.section_items(percent.paragraph))

    def _named_by_hint(self, sought: _Sought) -> list[Mention]:
        """The figures called as the words behind the percent say its base is."""
        if not sought.hint or not (sought.hinted or sought.hinted_unit):
            return []
        found: list[Mention] = []
        for other in (*sought.before, *sought.earlier, *sought.after, *self.named(sought.hinted)):
            named = sought.hinted and sought.hinted <= other.words and not other.words & DENYING - sought.hinted
            if named and compatible(other.unit, sought.unit) and other is not sought.item and not is_change(other):
                found += figures_of(other)
        return found

    def _of_the_time_named(self, sought: _Sought) -> list[Mention]:
        """ "lũy kế 9 tháng là 07 trường hợp, chiếm 8,1% số sinh 9 tháng", "Lũy kế 9 tháng: 86 cháu": the figures of the time the base is named by, on
        which the share comes out."""
        time = _TIME_NAMED.search(said_behind(self.reading, sought.percent, _NAMED_WITHIN)) if sought.hint else None
        told = (m for i in (*sought.before, *sought.earlier) if time is not None and time["time"] in i.mention.before for m in figures_of(i))
        return [m for m in told if fits(sought.item.value, term("m", m), sought.percent)][:1]

    def _around(self, sought: _Sought) -> list[Mention]:
        """The figures around the count: its neighbours, those behind it, those of the section."""
        item, before, unit = sought.item, sought.before, sought.unit
        found = list(self.neighbours(item, before, unit))
        own = bool(before) and before[0].unit == item.unit != "" and not before[0].shares and self.right_before(before[0], item.mention.quantity.span)
        for other in sought.after:
            here = other.mention.sentence == item.mention.sentence
            if here and not (self.later(item, other) and (own or self.shared_behind(other, item, sought.percent))):
                found += figures_of(other)
        of_other_unit = bool(sought.hint and sought.hinted_unit) and sought.hinted_unit != item.unit
        for other in sought.after if not of_other_unit else ():
            if other.mention.sentence != item.mention.sentence and _TOTAL.search(other.label):
                found += figures_of(other)
        for other in sought.earlier:
            if not unit or compatible(other.unit, unit):
                found += figures_of(other)
        return found + ([i.mention for i in self.by_unit.get(unit, ())[:FAR]] if of_other_unit else [])

    def _opening(self, sought: _Sought) -> Mention | None:
        """ "Trong 1.228 hồ sơ đã giải quyết có 1.220 hồ sơ đúng hạn": the figure right before n that "trong" leads in."""
        item, nearest = sought.item, sought.before[0] if sought.before else None
        here = (i for i in sought.before if i.mention.sentence == item.mention.sentence and compatible(i.unit, sought.unit))
        inside = next((i for i in here if _LED_IN.search(i.mention.before)), None)
        if inside is None or inside is not nearest or inside.value < item.value:
            return None
        meant = not sought.hint or sought.hinted and sought.hinted <= inside.words
        return inside.mention if meant and not self.part_of(inside, sought.before) else None

    def _large_enough(self, sought: _Sought, found: list[Mention]) -> list[Term]:
        """The figures found that n may be a share of, each value once."""
        item, unit = sought.item, sought.unit
        over = sought.percent.quantity.written.value > 100 or bool(sought.hinted and found)
        terms: list[Term] = []
        seen: set[Rational] = set()
        for mention in found:
            value, own_unit = mention.quantity.written.value, self.unit_of(mention)
            if value in seen or value <= 0 or mention is item.mention or mention.percent:
                continue
            if not compatible(own_unit, unit) or (value < item.value and not over):
                continue
            if not own_unit and value.denominator > 1 and item.unit in COUNTED:
                continue  # "Điểm trung bình là 6,12. Bỏ học 4 em, bằng 0,3%"
            if unit == "đồng" and not own_unit and value < _IN_FULL and self.reading.paragraphs_read[mention.paragraph].kind in IN_ROWS:
                continue  # a cell of a table, in thousands or millions as its caption says
            if value < item.value and mention.sentence > item.mention.sentence:
                continue  # told later of something smaller
            seen.add(value)
            terms.append(term("m", mention))
            if len(terms) >= _POOL:
                break
        return terms

    def _smaller_beside(self, sought: _Sought, terms: list[Term]) -> Term | None:
        """The figure right before n, where none between the two may be its base: smaller than n, then one of the two is wrong."""
        item = sought.item
        beside = [i for i in sought.before if i.mention.sentence == item.mention.sentence and not i.aside]
        if not beside or sought.hint or any(t.span is not None and beside[-1].start <= t.span.start < item.start for t in terms):
            return None
        closest = beside[0]
        alike = closest.unit == item.unit and closest.unit or item.unit and item.unit in self.clause_before(closest)
        plain = not closest.shares and closest.base is None and closest.mention.depth <= item.mention.depth
        told = any(t.written is not None and t.written.value == closest.value for t in terms)
        return term("m", closest.mention) if alike and plain and not told else None

    def called(self, hinted: frozenset[str], unit: str, before: list[Item]) -> bool:
        """Is one figure before n called just what the words behind p call its base: "thu về 406 phiếu, … chiếm 81,5% số phiếu thu về"?
        Then it states its own base, and another one may explain the share, never excuse it."""
        same = {i.value for i in before if hinted and i.words == hinted and i.unit == unit != "" and i.base is None}
        more = [i for i in before if hinted < i.words and compatible(i.unit, unit)]
        return len(same) == 1 and not more

    def shared_behind(self, other: Item, item: Item, percent: Mention) -> bool:
        """ "318 hộ ký, đạt 79,5%; đến tháng 9 có 372 hộ, đạt 93%": has the later figure a share of its own, and does n not come out on it?"""
        return self.has_share(other) and not near_miss(item.value, term("m", other.mention), percent)

    def of_unprinted_whole(self, item: Item, percent: Mention, bases: list[Term]) -> bool:
        """Are all of these figures shares of the one whole, printed nowhere, that n is of too, or does one of them leave
        hardly a doubt of that whole?"""
        told = [self.owner.get(self.at[b.span].index) if b.span in self.at else None for b in bases]
        others = [o for o in told if o is not None and o is not item and o.fitted is None and o.base is None and o.shares]
        return len(others) == len(bases) and all(_of_one_whole(item, percent, o) for o in others) or any(
            _of_one_whole(item, percent, o, closely=True) for o in others
        )

    def right_before(self, base: Item, n: Span | None) -> bool:
        """Does nothing but words of the same clause stand between the two?"""
        return n is not None and base.end <= n.start and _SAME_CLAUSE.fullmatch(self.reading.folded, base.end, n.start) is not None

    def part_of(self, whole: Item, before: list[Item]) -> bool:
        """Is the figure after "trong" told only as the whole of the one before it? "thu về 312 phiếu trong 320 phiếu phát ra"."""
        earlier = [i for i in before if i.end <= whole.start and i.mention.sentence == whole.mention.sentence]
        return bool(earlier) and re.fullmatch(r"[^,;.:\d]{0,25}trong(?: (?:tổng )?số)?\s", self.reading.folded[earlier[0].end : whole.start]) is not None

    def clause_before(self, item: Item) -> str:
        """The words before a figure back to the figure, full stop or line before: "số hồ sơ phải nộp phí, lệ phí là"."""
        return re.split(r"[\d;\n]|\.\s", self.reading.folded[max(0, item.start - 80) : item.start])[-1]

    def neighbours(self, item: Item, before: list[Item], unit: str) -> list[Mention]:
        """Figures before n in its paragraph, nearest first; the parent of its parenthesis first of all."""
        parent = item.mention.parent
        total = self.opened_total(item, before)
        first = [m for i in before if i is total for m in figures_of(i)]
        first += [
            m
            for i in before
            if i.mention.index == parent or (i.base is not None and i.base.index == parent)
            for m in figures_of(i)
        ]
        rest = [m for i in before for m in (figures_of(i) if i.base is None else [i.base, i.mention])]
        near = [m for m in rest if compatible(m.unit or unit, unit)]
        return (
            first
            + [m for m in near if m.depth <= item.mention.depth]
            + [m for m in near if m.depth > item.mention.depth]
        )

    def opened_total(self, item: Item, before: list[Item]) -> Item | None:
        """The figure whose parts a list with n gives: the one before "trong đó", "gồm" or a colon."""
        later = item
        for earlier in before:
            if earlier.mention.depth > item.mention.depth:
                continue
            if later.mention.sentence != item.mention.sentence:
                return None
            if _OPENER.search(between(self.reading, earlier.end, later.start)):
                return earlier
            later = earlier
        return None

    def sums(self, item: Item, before: list[Item], seen: set[Rational]) -> list[Term]:
        """Totals that are never printed: n with its siblings, or two figures written side by side."""
        out = []
        here = [
            i
            for i in self.near(item.mention)
            if i.mention.group == item.mention.group
            and i.mention.sentence == item.mention.sentence
            and compatible(i.unit, item.unit)
            and i.base is None
        ]
        place = here.index(item) if item in here else -1
        for low in range(max(0, place - 3), place + 1):
            for high in range(place + 1, min(len(here), place + 4) + 1):
                amount = sum(i.value for i in here[low:high])
                if any(
                    _OPENER.search(self.reading.folded[a.end : b.start])
                    for a, b in zip(here[low:high], here[low + 1 : high], strict=False)
                ):
                    continue  # a total and its parts
                if high - low >= 2 and amount not in seen:
                    seen.add(amount)
                    out.append(implied("m", amount, unit=item.unit))
        previous = before[:4]
        for left, right in zip(previous[1:], previous, strict=False):
            amount = left.value + right.value
            if (
                left.mention.sentence == right.mention.sentence
                and left.unit == right.unit == item.unit
                and amount not in seen
                and amount >= item.value
            ):
                seen.add(amount)
                out.append(implied("m", amount, unit=item.unit))
        return out[:6]

    def nothing_late(self, item: Item) -> bool:
        """ "đúng và trước hạn 661 hồ sơ, đạt 100 %; không có hồ sơ quá hạn": the base is the resolved ones, 661 + 0."""
        if class_of(item.label, "timeliness") not in {"both", "on_time"}:
            return False
        sentence = self.reading.folded[item.end : item.end + 160]
        return (
            re.search(
                r"không (?:có|phát sinh|để)[^.;\d]{0,30}(?:quá hạn|trễ hạn|trễ hẹn|chậm)|(?:quá hạn|trễ hạn|trễ hẹn)[^.;\d]{0,12}(?<!\d)0{1,2}(?![\d,])",
                sentence,
            )
            is not None
        )

    def cut_short(self, item: Item, percent: Mention) -> Term | None:
        """The nearest figure of the section of which the share comes out when its last digits are cut, not rounded."""
        written = percent.quantity.written
        for other in self.section_items(percent.paragraph):
            over = 100 * Fraction(item.value) / other.value - written.value if other.value > 0 else -1
            if compatible(other.unit, item.unit) and other.unit and 0 <= over < written.ulp:
                return term("m", other.mention)
        return None

    def sibling_bases(self, item: Item, percent: Mention) -> list[Term]:
        """No figure is as large as n: the figure just before it, of the same unit and no share itself. Where words after p
        name a base, only the m of an n/m counted in their unit can be it."""
        hint = self.hint(percent)
        unit = item.unit if hint is None else hint_unit(hint)
        if self.summed_up(item):
            return []
        for other in reversed([i for i in self.near(item.mention) if i.end <= item.start]):
            if other.mention.sentence < item.mention.sentence - 1:
                break
            if hint is None and other.mention.sentence < item.mention.sentence and other.value < item.value and other.fitted is None:
                break
            if other.fitted is not None and hint is None:
                base = term("m", other.fitted)
                return [] if self.of_other_matter(base, item, percent) else [base]
            if (
                other.unit == unit != ""
                and compatible(unit, item.unit)
                and (hint is None or other.base is not None)
                and not other.shares
                and not other.aside
                and other.mention.depth <= item.mention.depth
                and 4 * other.value >= item.value
            ):
                base = term("m", other.mention if hint is None else other.base or other.mention)
                return [] if self.of_other_matter(base, item, percent) else [base]
        return []

def _in_hand(sought: _Sought) -> list[Term]:
    """What there was to resolve, where only what was carried over and what came in are printed: "nhận mới 5.850 hồ sơ; kỳ trước chuyển sang
    23. Đã giải quyết 5.827 hồ sơ, đạt 99,22%"."""
    if class_of(sought.item.label, "progress") != "done":
        return []
    told = [i for i in [*sought.before, *sought.earlier][:FAR] if compatible(i.unit, sought.item.unit) and i.base is None and not i.mention.depth]
    carried = next((i for i in told if in_hand.role(i) == "carried"), None)
    new = next((i for i in told if in_hand.role(i) == "new"), None)
    return [implied("m", carried.value + new.value, unit=sought.item.unit)] if carried is not None and new is not None else []


def _of_one_whole(item: Item, percent: Mention, other: Item, *, closely: bool = False) -> bool:
    """ "27.761 hộ nghèo, chiếm 19,26%; … hộ cận nghèo là 8.871 hộ, chiếm 6,15%": of one whole, by their figures?"""
    if not closely and item.value < other.value and _FAR_LESS * percent.quantity.value * other.value < 100 * item.value:
        return True  # "0,76%, tương đương với 6.014 người; ở nông thôn 1.639 người, chiếm 0,33%": of the larger whole too
    one, two = _whole_of(item, percent), _whole_of(other, other.shares[0])
    if one is None or two is None or closely and max(one[1] - one[0], two[1] - two[0]) * _CLOSELY > two[0]:
        return False
    return one[0] <= two[1] and two[0] <= one[1]


def _whole_of(item: Item, percent: Mention) -> tuple[Fraction, Fraction] | None:
    """The least and the largest whole of which the item is the percent; None where no whole is told so closely."""
    written = percent.quantity.written
    low, high = (200 * Fraction(item.value) / (2 * written.value + side * written.ulp) if 2 * written.value > written.ulp else None for side in (1, -1))
    return (low, high) if low is not None and high is not None else None


def _smaller(base: Term, item: Item) -> bool:
    return base.written is not None and base.written.value < item.value
