"""Shares: n of m is p %, however the three are arranged.

A percent is bound to a count by the words between them; `of_what` finds what that is a share of. The readings are tried in turn, the
surest first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from typing import Final

from ..language import UNIT
from ..model import Claim, Kind, Span, Term
from ..quantities import Mention, Reading
from . import siblings
from .bases import Bases
from .corroborated import corroborated, wholes_mistyped
from .cumulations import AND_BETTER, satisfied, satisfied_together, says_and_better
from .holders import CONNECTOR, Holders
from .items import Item, comes_out, exact, term
from .of_what import GATHERED, OfWhat, found, stated
from .partitions import class_of, denied_of
from .pool import fits, near_miss, one_digit_off
from .pooled import pooled, share_of_all
from .rated import of_line_above
from .subjects import Lead, any_pair, by_subject, done_of, of_several_areas, says_done, settled_of
from .unshared import (
    Binding,
    Unshared,
    of_a_norm,
    of_a_rate,
    of_another_name,
    of_no_count,
    of_other_things,
    of_their_change,
    of_these_only,
)

_FIRST_OR_LAST = re.compile(r"(?<!\w)người (?:[^\W\d]+ ){0,3}(?:nhiều|ít|cao|thấp)(?: phiếu)? nhất(?!\w)")
_COUNT_BEHIND = re.compile(r"\s?\([^;,.():\d]{0,40}")
_MET_AND_MORE = re.compile(r"(?<!\w)(?:đạt|hoàn thành)(?:,| và)(?: hoàn thành)? vượt(?: mức)?(?!\w)")  # "18/20 chỉ tiêu đạt và vượt, chiếm 90%"
_OF_THE_ONE = re.compile(r"\s(?:tổng )?số [^;,.:()\d]{2,40}?(?:,|,? và)\s(?:(?:bằng|đạt|chiếm) )?")
_OVER_PLAN = re.compile(r"(?<!\w)vượt(?: mức)? (?:kế hoạch|chỉ tiêu|dự toán)[^,;:()\d]{0,25}(?=,\s+(?:bằng|đạt)\s+$)")  # "486 vụ, vượt kế hoạch năm (410 vụ), bằng 118,5% kế hoạch"
_ON_THOSE = re.compile(r", (?:tính|xét)(?: riêng)? trên (?:tổng )?số [^,;:.()\d]{2,40}? (?:thì )?(?=(?:đạt|chiếm|bằng|tỷ lệ)(?!\w))")  # "xong 268 việc, tính trên số việc có điều kiện thì đạt 85,1%"
_CLOSED = re.compile(r";( (?:đạt|chiếm|bằng)(?: tỷ lệ)? )$")  # "đã giải quyết 5.209 vụ, việc; đạt 83,7%"
_SET_AT = re.compile(r"[^,;.:()\d]{0,20}, (?:quân số|chỉ tiêu|kế hoạch|dự toán|tổng số|định mức|được giao|giao)(?: [^\W\d]+){0,3} ")  # "kết nạp 6 quần chúng, chỉ tiêu cả năm 8, đạt 75,0%"
_OF_THOSE = re.compile(r", (?:đạt |chiếm )?(?:tỷ lệ )?(?:tính trên|so với|trên)(?: tổng)? số [^,;:.()\d]{2,40}?\s?(?::|là|đạt|bằng|chiếm)?\s$")  # ", tỷ lệ so với tổng số cử tri: "
_OF_ALL = frozenset({"tổng số", "trên tổng số", "trong tổng số"})
_AND_EQUALS = re.compile(r"(?:,| và|, và)\s(?:bằng|đạt)(?: tỷ lệ)?\s$")
_TO_PLAN = re.compile(r"(?: [^\W\d]+){0,3} (?:so với|trên) (?:chỉ tiêu|kế hoạch|dự toán)(?: [^\W\d]+){0,4} ")
_SATISFIED = re.compile(r", (?:mức|tỷ lệ|mức độ) hài lòng(?: chung)?(?: là| đạt)?\s$")
_SO_THE_RATE = re.compile(r",?\s(?:nên|do đó|do vậy|như vậy|vì vậy|vì thế|bởi vậy|theo đó|qua đó),?\s(?=(?:tỷ lệ|mức độ) (?!chung|này|đó|ấy|đạt|là|\d))")  # "toàn phường 2.530 hộ nên tỷ lệ tham gia là 95,57%"
_STILL_LEFT = re.compile(r"[)]?[,;] (?:số [^,;.:()\d]{0,20})?(?:hiện |vẫn |chỉ )?còn(?: lại)?(?: là)?:? ")
_COMES_TO = re.compile(r"(?: [^\W\d]+){0,2}[,;]?\s(?:bằng|đạt|tương ứng|tương đương|tức)(?: tỷ lệ)?\s")
_ON_ALL = re.compile(r"(?: [^\W\d]+){0,3} trên tổng(?: số)?(?: [^\W\d]+){0,3} ")  # "giải ngân 21.406 triệu đồng trên tổng vốn 24.880 triệu đồng, đạt 86,0%"
_IN_THOSE = re.compile(r"(?: [^\W\d]+){0,3} (?:trong|trên)(?: tổng)?(?: số)? ")
_SENTENCE_ENDS = re.compile(r"[.!?]\s")
_NEAR_BASE = 170  # characters from a printed base to its share
_NEAR_BRACKET = 80  # characters from a count to the brackets its share stands in


class Silence(Enum):
    """Of such a percent nothing is to be claimed."""

    SILENT = "silent"


SILENT: Final = Silence.SILENT
Answer = Claim | Lead | Silence  # a share; the words by which one may still be found; or neither


class Shares:
    """Binds the percents of one document."""

    def __init__(self, reading: Reading, paragraphs: list[list[Item]]) -> None:
        self.reading, self.paragraphs = reading, paragraphs
        self.bases = Bases(reading, paragraphs)
        self.holders = Holders(reading, self.bases)
        self.of_what = OfWhat(reading, self.bases)
        self.unshared = Unshared()
        self.unsettled: list[Claim] = []

    def bind(self) -> list[Claim]:
        """All share claims; fills `Item.shares` on the way. Two passes: the bound percents first."""
        out: list[Claim] = []
        later: list[tuple[Mention, Lead]] = []
        for index, mentions in enumerate(self.reading.by_paragraph):
            items = self.paragraphs[index]
            for place, percent in enumerate(mentions):
                if not percent.percent or percent.unit != "%" or percent.target or percent.per:
                    continue
                answer = self._share(mentions, place, items)
                if isinstance(answer, Claim) and self._of_one_class(answer, percent):
                    continue
                if isinstance(answer, Lead):
                    later.append((percent, answer))
                elif isinstance(answer, Claim):
                    out.append(answer)
        for percent, lead in later:
            claimed = by_subject(self.bases, percent, lead)
            if claimed is not None and not self._of_one_class(claimed, percent):
                out.append(claimed)
        settled = siblings.settled(out + self.of_what.baseless, self.bases, self.bases.at)
        baseless = [c for c in settled if not c.bases and not c.by_role("m")]
        told = {c.span: c for c in corroborated(baseless, self.bases)}
        self.unsettled = [c for c in baseless if c.span not in told]
        bound = [c for c in settled if c.bases or c.by_role("m")]
        return [*bound, *wholes_mistyped(bound, self.bases), *told.values(), *self.of_what.of_all]

    def of_their_wholes(self, claims: list[Claim]) -> list[Claim]:
        """The shares no base was found for, each of the whole that its figure is a part of by a breakdown among `claims` that
        comes out: "giải quyết 106.014 hồ sơ, đúng hạn 104.814. … Vẫn còn 1.200 hồ sơ trả quá hạn, chiếm 1,1%"."""
        wholes: dict[Span, list[Term]] = {}
        for made in claims if self.unsettled else ():
            totals, parts = made.by_role("total"), made.by_role("part")
            if made.kind is Kind.BREAKDOWN and len(totals) == 1 and exact(totals[0], parts) and made.source != AND_BETTER:
                for part in parts:
                    if part.span is not None:
                        wholes.setdefault(part.span, []).append(replace(totals[0], role="m"))
        out: list[Claim] = []
        for unsettled in self.unsettled:
            n, p = unsettled.by_role("n")[0], unsettled.by_role("p")[0]
            amount = n.written.value if n.written is not None else 0
            item = self.bases.owner.get(self.bases.at[n.span].index) if n.span in self.bases.at else None
            if item is not None and self.of_what.beside_plans(item):
                continue
            meant = [m for m in wholes.get(n.span or unsettled.span, ()) if near_miss(amount, m, p) or one_digit_off(amount, m, p)]
            out += [replace(unsettled, bases=tuple(meant))] if meant else []
        return out

    def of_totals(self, claims: list[Claim]) -> list[Claim]:
        """The claims, a share "tổng số" that comes out on another part of its total now held against the total: "88 ý kiến. Thẩm quyền của
        phường là 65 ý kiến, thẩm quyền cấp trên 23 ý kiến, chiếm 35,4% tổng số"."""
        made = [(c.by_role("total")[0], {t.span for t in c.by_role("part")}) for c in claims if c.kind is Kind.BREAKDOWN and exact(c.by_role("total")[0], c.by_role("part"))]
        return [self._of_total(c, made) if c.kind is Kind.SHARE and c.bases and not c.own_base else c for c in claims]

    def _of_total(self, share: Claim, made: list[tuple[Term, set[Span | None]]]) -> Claim:
        n, p = share.by_role("n"), share.by_role("p")
        percent = self.bases.at.get(p[0].span) if p and p[0].span is not None else None
        hint = self.bases.hint(percent) if percent is not None else None
        if len(n) != 1 or percent is None or hint is None or hint.strip(" .)") not in _OF_ALL:
            return share
        amount = n[0].written.value if n[0].written is not None else 0
        whole = next((total for total, parts in made if n[0].span in parts and total.span in {b.span for b in share.bases} and any(b.span in parts and fits(amount, b, percent) for b in share.bases)), None)
        return replace(share, bases=(replace(whole, role="m"),)) if whole is not None else share

    def of_what_is_left(self, claims: list[Claim]) -> list[Claim]:
        """The claims, a share that comes out on a figure told before its sentence now held against the whole told right before its count, where the count
        and what is left behind it make that whole: "có 1.586 hồ sơ phát sinh phí; đã thanh toán 1.421 hồ sơ, đạt 57,16%, còn 165 hồ sơ nộp tiền mặt"."""
        divided = [c for c in claims if c.kind is Kind.BREAKDOWN and c.relation == "equal" and len(c.by_role("part")) == 2 and exact(c.by_role("total")[0], c.by_role("part"))]
        wholes = {c.by_role("part")[0].span: (c.by_role("total")[0], c.by_role("part")[1]) for c in divided}
        return [self._of_what_is_left(c, wholes) if c.kind is Kind.SHARE and c.bases and not c.own_base else c for c in claims]

    def _of_what_is_left(self, share: Claim, wholes: Mapping[Span | None, tuple[Term, Term]]) -> Claim:
        n, p = share.by_role("n"), share.by_role("p")[0]
        if len(n) != 1 or n[0].span not in wholes:
            return share
        whole, rest = wholes[n[0].span]
        told = [self.bases.at.get(t.span) if t.span is not None else None for t in (whole, *n, p, rest)]
        if None in told:
            return share
        before, count, percent, left = (m for m in told if m is not None)
        one_sentence = before.sentence == count.sentence == percent.sentence == left.sentence and before.start < count.start < percent.start < left.start
        if not one_sentence or self.bases.hint(percent) is not None or left.index != percent.index + 1 or not self._right_before(before, count):
            return share
        if not _STILL_LEFT.fullmatch(self.reading.folded, percent.end, left.start):
            return share  # "đất đai 18 đơn, trật tự xây dựng 10 đơn (25%), môi trường 8 đơn"
        elsewhere = [m for b in share.bases if b.span is not None and fits(count.value, b, percent) and (m := self.bases.at.get(b.span)) is not None]
        far = elsewhere and all(m.sentence != count.sentence for m in elsewhere)
        return replace(share, bases=(replace(whole, role="m"),)) if far and before.unit == count.unit == left.unit != "" else share

    def _right_before(self, whole: Mention, count: Mention) -> bool:
        return not any(m.countable and not m.depth for m in self.reading.mentions[whole.index + 1 : count.index])

    def _share(self, mentions: tuple[Mention, ...], place: int, items: list[Item]) -> Answer:
        percent = mentions[place]
        if of_no_count(self.reading, percent):
            return SILENT
        for read in (self._behind, self._in_turn, self._together, self._in_brackets, self._of_two_before, self._of_plan_behind):
            answer = read(mentions, place)
            if answer is not None:
                return answer
        holder, gap = self.holders.holder(mentions, place)
        if holder is not None and of_their_change(self.bases, percent, holder):
            return SILENT
        if holder is not None and (part := self._part_behind(mentions, place, holder)) is not None:
            part.bear(percent)
            return found(part, percent, (term("m", holder.mention),))
        anew = holder is None or not self.holders.lead(gap).pure or bool(holder.shares) and ";" in gap
        counted = self.holders.following_count(mentions, place) if anew else None
        if counted is not None:
            return self._of_count_behind(percent, counted)
        if holder is None:
            return self._of_none_before(mentions, place)
        behind = self.holders.following_count(mentions, place) if not holder.unit and holder.base is None else None
        if behind is not None and (agreeing := self.of_what.agreeing(behind, percent)) is not None:
            return agreeing  # "giống OM 18 chiếm 45% (504 ha)": the 18 names a sort
        return self._of_holder(mentions, place, items, holder, gap)

    def _of_one_class(self, claimed: Claim, percent: Mention) -> bool:
        """ "Rất hài lòng 98 phiếu, hài lòng 45 phiếu, … Tỷ lệ hài lòng và rất hài lòng đạt 97,9%": is a share of both, which `cumulations` tells, held
        against one of them; or "tỷ lệ hài lòng", which may be that of both, where it does not come out?"""
        together = satisfied_together(self.reading, percent)
        n = claimed.by_role("n")
        item = self.bases.owner.get(self.bases.at[n[0].span].index) if len(n) == 1 and n[0].span in self.bases.at else None
        if item is None or not (together or satisfied(self.reading, percent)) or says_and_better(self.reading, item.mention):
            return False
        return class_of(item.label, "satisfaction") is not None and (together or not any(fits(item.value, m, percent) for m in (*claimed.bases, *claimed.by_role("m"))))

    def _bound(self, mentions: tuple[Mention, ...], place: int, holder: Item) -> Answer:
        return self.of_what.share(mentions[place], holder, mentions, place) or SILENT

    def _behind(self, mentions: tuple[Mention, ...], place: int) -> Answer | None:
        """Of the n/m behind it, in figures or in words."""
        fraction = self.holders.following_fraction(mentions, place)
        if fraction is not None:
            return self._bound(mentions, place, fraction)
        spoken = self.holders.following_in_words(mentions, place)
        return stated(mentions[place], *spoken) if spoken is not None else None

    def _in_turn(self, mentions: tuple[Mention, ...], place: int) -> Answer | None:
        """Of the count in the same place of a list told before or behind."""
        respective = self.holders.respective(mentions, place)
        if respective is not None:
            return self._bound(mentions, place, respective)
        behind = self.holders.counts_behind(mentions, place)
        if behind is not None:
            whole = self.bases.spoken_whole(behind[1])
            return stated(mentions[place], behind[0], whole) if whole is not None else self._of_count_behind(mentions[place], behind[0])
        return SILENT if self.holders.of_so_many(mentions, place) else None

    def _together(self, mentions: tuple[Mention, ...], place: int) -> Answer | None:
        """Of several counts together, or of those of the line above."""
        percent = mentions[place]
        together = pooled(self.bases, percent) or (of_line_above(self.bases, percent) if place == 0 else None)
        return together or (SILENT if of_a_norm(self.reading, percent) else None)

    def _in_brackets(self, mentions: tuple[Mention, ...], place: int) -> Answer | None:
        """Of the n/m it names by its noun, or that stands in brackets right before it."""
        fraction = self.holders.told_about(mentions, place) or self.holders.bracketed_fraction(mentions, place)
        if fraction is None:
            return None
        return SILENT if of_their_change(self.bases, mentions[place], fraction) else self._bound(mentions, place, fraction)

    def _of_two_before(self, mentions: tuple[Mention, ...], place: int) -> Answer | None:
        """ "6.512 người trên dân số 6.948, độ bao phủ 93,7%"; of a plan also where it does not come out."""
        if place < 2:
            return None
        if self._beside_its_plan(mentions, place) and self.bases.hint(mentions[place]) is None and (done := self.bases.owner.get(mentions[place - 2].index)) is not None and done.base is None:
            done.bear(mentions[place])
            return stated(mentions[place], done, mentions[place - 1], "share.plan")
        if not self.holders.told_before(mentions, place):
            return None
        part, whole = self.bases.owner.get(mentions[place - 2].index), mentions[place - 1]
        if part is None or part.base is not None:
            return None
        bearer: Item | None = part
        if self.bases.spoken_whole(part) is not whole:  # "30 hồ sơ trong 82 vụ đã giải quyết, tương ứng 36,59%"
            pattern = _SET_AT if not whole.unit else _IN_THOSE if part.unit != whole.unit else _ON_ALL
            told = pattern.fullmatch(self.reading.folded, part.mention.end, whole.start)
            bearer = self.bases.owner.get(whole.index) if told else None
        if bearer is None:
            return None
        bearer.bear(mentions[place])
        return stated(mentions[place], part, whole)

    def _beside_its_plan(self, mentions: tuple[Mention, ...], place: int) -> bool:
        """ "14.256 triệu đồng so với chỉ tiêu 13.200 triệu đồng, bằng 108%"."""
        done, plan, percent = mentions[place - 2 : place + 1]
        alike = done.unit == plan.unit != "" and not done.percent and done.sentence == percent.sentence and plan.value > 0
        text = self.reading.folded
        return alike and _TO_PLAN.fullmatch(text, done.end, plan.start) is not None and _COMES_TO.fullmatch(text, plan.end, percent.start) is not None

    def _of_plan_behind(self, mentions: tuple[Mention, ...], place: int) -> Answer | None:
        """ "hiện có 1.927 người, thêm 214 người so với cuối năm trước (1.713 người), đạt 88,11% chỉ tiêu 2.187 người": the nearest figure of
        the sentence whose share of what is printed behind the percent it is."""
        percent = mentions[place]
        named = self.bases.named_base(mentions, place) or self.bases.bracketed_base(mentions, place)
        if named is None:
            return None
        before = (i for i in reversed(self.bases.near(percent)) if i.end <= percent.start and i.mention.sentence == percent.sentence)
        part = next((i for i in before if i.unit == named.unit and i.base is None and comes_out(i.value, named.value, percent.quantity.written)), None)
        part = part or self._of_another_plan(mentions, place, named)
        if part is None:
            return None
        part.bear(percent)
        return stated(percent, part, named, "share.named")

    def _of_another_plan(self, mentions: tuple[Mention, ...], place: int, named: Mention) -> Item | None:
        """ "8.742 triệu đồng, bằng 102,8% dự toán tỉnh giao (8.500 triệu đồng) và bằng 97,1% dự toán phường giao (9.000 triệu đồng)": the figure whose
        share of one plan is told right before, and another one with its own plan behind it."""
        at = next((k for k in (place - 1, place - 2) if k >= 0 and mentions[k].percent), None)
        if at is None or mentions[at].sentence != mentions[place].sentence or not _AND_EQUALS.search(self.reading.folded, mentions[at].end, mentions[place].start):
            return None
        plan = self.bases.named_base(mentions, at) or self.bases.bracketed_base(mentions, at)
        if any(m is not plan for m in mentions[at + 1 : place]):
            return None
        return next((i for i in self.bases.near(mentions[place]) if mentions[at] in i.shares and i.unit == named.unit and i.base is None), None)

    def _part_behind(self, mentions: tuple[Mention, ...], place: int, whole: Item) -> Item | None:
        """ "thực kê 185 giường, công suất sử dụng 90,8% (bình quân 168 giường)": the figure in brackets behind a percent, where it is this share
        of the one before."""
        after = mentions[place + 1] if place + 1 < len(mentions) else None
        if after is None or not _COUNT_BEHIND.fullmatch(self.reading.folded, mentions[place].end, after.start):
            return None
        inside = next((i for i in self.bases.near(mentions[place]) if i.mention is after), None)
        if inside is None or inside.base is not None or whole.base is not None or inside.unit != whole.unit or not whole.unit:
            return None
        return inside if inside.value < whole.value and comes_out(inside.value, whole.value, mentions[place].quantity.written) else None

    def _of_count_behind(self, percent: Mention, counted: Item) -> Answer:
        """ "Hộ nghèo chiếm 11% (tương đương 669 hộ)"."""
        agreeing = self.of_what.agreeing(counted, percent)
        if agreeing is not None:
            return agreeing
        asked = self.bases.asked(counted, percent)
        if asked is not None:
            return found(counted, percent, (asked,))
        self.of_what.baseless.append(found(counted, percent, ()))
        return SILENT

    def _of_none_before(self, mentions: tuple[Mention, ...], place: int) -> Answer:
        """A percent that follows no count: of that of the percent right before it, or whatever its words say."""
        percent = mentions[place]
        told = self._told_of_another(mentions[place - 1], percent) if place else False
        if isinstance(told, Item):
            return self.of_what.agreeing(told, percent) or self.of_what.named(told, percent) or SILENT
        if told:
            return SILENT
        text = self.reading.folded
        lead = self.holders.lead(text[self.holders.clause_start(percent) : percent.start])
        if lead.pure:
            lead = self.holders.lead(text[self.holders.clause_start(percent, wide=True) : percent.start].replace(",", " "))
        return lead

    def _told_of_another(self, before: Mention, percent: Mention) -> Item | bool:
        """ "Đạt 86,2% số đủ điều kiện, 68,2% số kê khai và 59,6% nhu cầu": the count of the percent right before, where the words between the
        two only say what that one is of; True where no count is known."""
        if not before.percent or before.sentence != percent.sentence or not _OF_THE_ONE.fullmatch(self.reading.folded, before.end, percent.start):
            return False
        return next((i for i in self.bases.near(percent) if before in i.shares), True)

    def _of_holder(self, mentions: tuple[Mention, ...], place: int, items: list[Item], holder: Item, gap: str) -> Answer:
        """Of the count it follows, where the words between the two allow it."""
        percent = mentions[place]
        against = self.bases.against_plan(holder) if place and not holder.shares else None
        if against is not None:
            return stated(percent, against, holder.mention)
        if of_a_rate(self.reading, holder):
            return SILENT
        if holder.base is None and holder.unit == "phiếu" and _FIRST_OR_LAST.search(holder.mention.before):
            return self.of_what.agreeing(holder, percent) or SILENT  # each is elected by the voters of one place
        gap = _OF_THOSE.sub(", tỷ lệ ", _ON_THOSE.sub(", ", _SO_THE_RATE.sub(", ", gap)))
        if GATHERED.match(self.reading.folded, self.reading.sentences[holder.mention.sentence].start, percent.start):
            gap = _SATISFIED.sub(", tỷ lệ ", gap)  # "Cộng hai mức đầu được 233 phiếu, mức hài lòng chung 98,73%"
        gap = _CLOSED.sub(r", \1", _OVER_PLAN.sub("đạt", _MET_AND_MORE.sub("đạt", gap)))
        said = Binding(self.reading, self.bases, percent, holder, gap)
        if of_these_only(said):
            return any_pair(percent, self.bases.near(percent)) or SILENT
        if self.unshared.holds(said):
            return SILENT
        lead = self.holders.lead(gap)
        rate = said.nearest.partition("tỷ lệ ")[2]  # "tán thành 23, không tán thành 2, tỷ lệ tán thành đạt 92%"
        if _of_other_timeliness(said.nearest, holder) or of_several_areas(holder) or rate and denied_of(rate, holder.label):
            return lead
        if says_done(holder, gap) and self.bases.spoken_base(holder, percent) is None:
            done = done_of(self.bases, holder, percent)
            if done is None:
                return lead
            done[0].bear(percent)
            return found(done[0], percent, (term("m", done[1]),))
        if (settled := settled_of(self.bases, holder, percent, gap)) is not None:
            settled.bear(percent)
            return share_of_all(percent, [settled], [settled.mention, holder.mention])
        return self._bound_by_words(mentions, place, items, said, lead)

    def _bound_by_words(self, mentions: tuple[Mention, ...], place: int, items: list[Item], said: Binding, lead: Lead) -> Answer:
        """Of the count it follows, where it stands in brackets behind it, nothing but connecting words part the two, or they speak of it."""
        percent, holder, gap = said.percent, said.holder, said.gap
        new = not said.together and self.holders.new_subject(gap, holder)
        inner = not said.together and CONNECTOR.fullmatch(self.reading.folded[percent.group + 1 : percent.start].strip()) is not None
        if of_other_things(said) if not inner else of_another_name(said):
            return SILENT
        if inner and len(gap) < _NEAR_BRACKET and not new:
            return self._bound(mentions, place, holder)
        printed = holder.base is not None and percent.start - holder.base.end < _NEAR_BASE and len(gap) < _NEAR_BASE
        another = bool(lead.subject) and self.holders.better(lead, holder, items)
        if printed and not another and not re.search(r"[.;!?]\s", gap):
            return self._bound(mentions, place, holder)
        if new or _SENTENCE_ENDS.search(gap):
            return lead
        opens = ";" in gap and UNIT.match(self.reading.folded, percent.end)  # "107 tổ chức (chiếm 24,37%); 30,96% tổ chức hoàn thành …"
        same = lead.subject & holder.words and not another and not _turns(said.nearest, holder) and ";" not in gap
        if same or lead.pure and not opens and ";" not in gap.strip(" ;"):
            return self._bound(mentions, place, holder)
        return lead


def _timeliness(label: str) -> str | None:
    return class_of(label, "timeliness")


def _of_other_timeliness(nearest: str, holder: Item) -> bool:
    """ "trước hạn 1.890, đúng hạn 160, …, tỷ lệ trước và đúng hạn đạt 100%": of the two together; "trễ hạn 651 hồ sơ, tỷ lệ đúng hạn đạt
    95,53%"."""
    said, told = _timeliness(nearest), _timeliness(holder.label)
    return said == "both" and told in {"early", "on_time"} or said in {"both", "on_time", "early"} and told == "late"


def _turns(words: str, holder: Item) -> bool:
    """Do the words before a percent speak of timeliness, and its count does not? "trực tuyến 105.970 hồ sơ, trực tuyến
    đúng hạn 99,7%"."""
    return _timeliness(words) is not None and _timeliness(holder.label) is None
