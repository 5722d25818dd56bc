"""Shares: n of m is p %, however the three are arranged.

A percent is bound to a count by the words between them; its base is printed (n/m), named after it, or
one of the figures the paragraph and section offer. All candidates travel with the claim: one that
fits clears it, and only when none fits is it a conflict.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ..language import UNIT, compatible, unit_of
from ..model import Claim, Kind, Rational, Span, Term, magnitude
from ..quantities import Mention, Reading
from . import siblings
from .bases import Bases
from .holders import CONNECTOR, Holders
from .items import AREAS, Item, claim, comes_out, content, exact, term
from .named import PLAN
from .partitions import class_of
from .pool import fits, near_miss, one_digit_off
from .pooled import pooled
from .rated import of_line_above, rated
from .subjects import CHANGE, FOREIGN, OF_A_SPREAD, Lead, any_pair, by_subject, done_of, says_done

_APART = re.compile(r",\s*(?:đạt|chiếm|bằng|tỷ lệ|tương)[^,]*$")  # "có 12/12 tổ tổ chức hội nghị, đạt 100%"
_PER_MILLE = re.compile(r"\s{1,2}phần (?:nghìn|ngàn|vạn)(?!\w)|\s?‰")
_BY_NORM = re.compile(r"\s(?:đúng )?theo (?:quy định|định mức|tỷ lệ quy định)(?!\w)")  # "là 2, bằng 10% theo quy định"
_OF_A_NUMBER = re.compile(rf"\s(?:tổng |số |{PLAN.pattern})")
_THAT_GOT = re.compile(r"[^,;.:()\d]{0,20}\s(?:đạt|được|có)\s")
_ANNOUNCED = re.compile(r"(?<!\w)(?:tỷ lệ|phần trăm|%)(?: này| %| dưới đây| sau đây)?(?: được| đều)? tính (?:trên|theo|so với) (?:tổng )?(?:số )?(?:[^;:.()\d]{2,50}?(?: là|:))?\s?$")
_ANNOUNCED_BY_NAME = re.compile(r"(?<!\w)(?:tỷ lệ|phần trăm|%)(?: này| %| dưới đây| sau đây)?(?: được| đều)? tính trên (?P<what>tổng số [^;:.()\d\n]{3,60}?)\s?[):.;]")
_BEFORE = 90  # characters before a figure that announce it as a base
_VOTES = 120  # figures behind the number of those who voted
_SO_MANY = 2
_ANNOUNCED_FOR = 20  # paragraphs
_FIRST_OR_LAST = re.compile(r"(?<!\w)người (?:[^\W\d]+ ){0,3}(?:nhiều|ít|cao|thấp)(?: phiếu)? nhất(?!\w)")
_THAT_REACH = re.compile(r"\s(?:[^,;.()\d]{1,30}\s)?(?:đạt|đỗ)(?: từ| trên| dưới)?\s")  # "8/20 đơn vị đạt 95% cả 3 tiêu chí"
_THAT_SAY = re.compile(r"[^;.()\d]*,\s(?:có|thì có)\s")
_THRESHOLD = 25  # points above n/m: what each of them reached
_OF_ANOTHER_AGE = re.compile(r",[^,;.]*\d (?:tháng )?tuổi[^,;.]*$")
_OF_MONEY = re.compile(r",[^,;.]*(?<!\w)(?:giải ngân|kinh phí|doanh thu)(?!\w)[^,;.]*$")
_OF_WHAT = re.compile(r"\s[\w<>]")
_SUMMED_UP = re.compile(r",[^;.]*(?<!\w)(?:tức|như vậy|tính chung|tính ra)(?!\w)")
_SAID_TWICE = re.compile(r"\s?(?:=|/|với|\(|,|có|và)\s?")  # "6.930 hộ = 35.695 khẩu"
_NEW_CLAUSE = re.compile(r"[,;]\s?$")
_OPENS_LIST = re.compile(r"[^;.()\d]*:\s")
_ALL_OF_THEM = re.compile(r"\s?[,;]?\s?(?:và )?")
_THE_OTHERS = re.compile(r"(?<!\w)(?:còn lại|khác)(?: đều)?(?: đạt)?\s?$")
_SIGNED = re.compile(r"(?<!\d)\+$")  # "(19 vụ; +42,1%)": how much more
_OF_A_RANGE = re.compile(r"(?<!\w)(?:đạt|có) từ \d[\d.,]*\s?%? (?:đến|tới)(?: dưới| hết)? $")  # "3 thôn đạt từ 80% đến 90%"
_AGAINST_ANOTHER = re.compile(r"\s?/\s?\d[\d,]*\s?%\s?[;,.)]")  # "hộ dùng nước sạch: 87,5%/90%"
_COUNT_BEHIND = re.compile(r"\s?\([^;,.():\d]{0,40}")
_MET_AND_MORE = re.compile(r"(?<!\w)(?:đạt|hoàn thành)(?:,| và)(?: hoàn thành)? vượt(?: mức)?(?!\w)")  # "18/20 chỉ tiêu đạt và vượt, chiếm 90%"
_OF_THE_ONE = re.compile(r"\s(?:tổng )?số [^;,.:()\d]{2,40}?(?:,|,? và)\s")
_OVER_PLAN = re.compile(r"(?<!\w)vượt(?: mức)? (?:kế hoạch|chỉ tiêu|dự toán)[^,;:()\d]{0,25}(?=,\s+(?:bằng|đạt)\s+$)")  # "486 vụ, vượt kế hoạch năm (410 vụ), bằng 118,5% kế hoạch"
_CLOSED = re.compile(r";( (?:đạt|chiếm|bằng)(?: tỷ lệ)? )$")


def _timeliness(label: str) -> str | None:
    return class_of(label, "timeliness")


def _turns(words: str, holder: Item) -> bool:
    """Do the words before a percent speak of timeliness, and its count does not? "trực tuyến 105.970 hồ sơ, trực tuyến
    đúng hạn 99,7%"."""
    return _timeliness(words) is not None and _timeliness(holder.label) is None


class Shares:
    """Binds the percents of one document."""

    def __init__(self, reading: Reading, paragraphs: list[list[Item]]) -> None:
        self.reading, self.paragraphs = reading, paragraphs
        self.bases = Bases(reading, paragraphs)
        self.holders = Holders(reading, self.bases)
        self.owner = self.bases.owner
        self.at = self.bases.at
        said = any(told in reading.folded for told in ("tính trên", "tính theo", "tính so với"))
        self.announcements = sorted(self._announced(), key=lambda told: told[0]) if said else []
        self.so_announced: dict[tuple[int, str], list[int]] = defaultdict(list)  # paragraphs of shares that come out on the figure announced, by unit
        self.reached: set[tuple[int, str]] = set()  # sentences that tell what share so many of a kind got, by the kind
        self.whole: list[Claim] = []
        self.unsettled: list[Claim] = []
        self.baseless: list[Claim] = []  # shares nothing around them is a base of, until their list tells it

    def _announced(self) -> Iterator[tuple[int, Mention]]:
        """The figures that shares are said to be of, each with the place where that is said: "(tỷ lệ tính trên tổng số đại biểu là 34)", or
        without the figure, which a line before gives under that name."""
        folded, called = self.reading.folded, {m.before: m for m in reversed(self.reading.mentions) if m.countable}
        for mention in self.reading.mentions:
            if mention.countable and _ANNOUNCED.search(folded, max(0, mention.start - _BEFORE), mention.start):
                yield mention.start, mention
        for told in _ANNOUNCED_BY_NAME.finditer(folded):
            named = called.get(told["what"])
            if named is not None and named.start < told.start():
                yield told.end(), named

    def bind(self) -> list[Claim]:
        """All share claims; fills `Item.shares` on the way. Two passes: the bound percents first."""
        out: list[Claim] = []
        later: list[tuple[Mention, Lead]] = []
        for index, mentions in enumerate(self.reading.by_paragraph):
            items = self.paragraphs[index]
            for place, percent in enumerate(mentions):
                if not percent.percent or percent.unit != "%" or percent.target or percent.per:
                    continue
                found = self.one(mentions, place, items)
                if isinstance(found, Lead):
                    later.append((percent, found))
                elif found is not None:
                    out.append(found)
        for percent, lead in later:
            claimed = by_subject(self.bases, percent, lead)
            if claimed is not None:
                out.append(claimed)
        settled = siblings.settled(out + self.baseless, self.bases, self.at)
        self.unsettled = [c for c in settled if not c.bases and not c.by_role("m")]
        return [c for c in settled if c.bases or c.by_role("m")] + self.whole

    def of_their_wholes(self, claims: list[Claim]) -> list[Claim]:
        """The shares no base was found for, each of the whole that its figure is a part of by a breakdown among `claims` that
        comes out: "giải quyết 106.014 hồ sơ, đúng hạn 104.814. … Vẫn còn 1.200 hồ sơ trả quá hạn, chiếm 1,1%"."""
        wholes: dict[Span, list[Term]] = {}
        for made in claims if self.unsettled else ():
            totals, parts = made.by_role("total"), made.by_role("part")
            if made.kind is Kind.BREAKDOWN and len(totals) == 1 and exact(totals[0], parts):
                for part in parts:
                    if part.span is not None:
                        wholes.setdefault(part.span, []).append(replace(totals[0], role="m"))
        out: list[Claim] = []
        for unsettled in self.unsettled:
            n, p = unsettled.by_role("n")[0], unsettled.by_role("p")[0]
            amount = n.written.value if n.written is not None else 0
            meant = [m for m in wholes.get(n.span or unsettled.span, ()) if near_miss(amount, m, p) or one_digit_off(amount, m, p)]
            out += [replace(unsettled, bases=tuple(meant))] if meant else []
        return out

    def one(self, mentions: tuple[Mention, ...], place: int, items: list[Item]) -> Claim | Lead | None:
        percent = mentions[place]
        if self.of_no_count(percent):
            return None
        following = self.holders.following_fraction(mentions, place)
        if following is not None:
            following.shares.append(percent)
            return self.share(percent, following, mentions, place)
        spoken = self.holders.following_in_words(mentions, place)
        if spoken is not None:
            return self.spoken(percent, *spoken)
        respective = self.holders.respective(mentions, place)
        if respective is not None:
            respective.shares.append(percent)
            return self.share(percent, respective, mentions, place)
        if self.holders.of_so_many(mentions, place):
            return None
        together = pooled(self.bases, percent) or (of_line_above(self.bases, percent) if place == 0 else None)
        if together is not None:
            return together
        if _BY_NORM.match(text := self.reading.folded, percent.end):
            return None
        bracketed = self.holders.told_about(mentions, place) or self.holders.bracketed_fraction(mentions, place)
        if bracketed is not None:
            if self.of_their_change(percent, bracketed):
                return None
            bracketed.shares.append(percent)
            return self.share(percent, bracketed, mentions, place)
        said = self.owner.get(mentions[place - 2].index) if place > 1 and self.holders.told_before(mentions, place) else None
        if said is not None and said.base is None and self.bases.spoken_whole(said) is mentions[place - 1]:
            said.shares.append(percent)
            return self.spoken(percent, said, mentions[place - 1])  # "6.512 người trên dân số 6.948, độ bao phủ 93,7%"
        planned = self.of_plan_behind(mentions, place)
        if planned is not None:
            return planned
        holder, gap = self.holders.holder(mentions, place)
        text = self.reading.folded
        if holder is not None and self.of_their_change(percent, holder):
            return None
        if holder is not None and (part := self.part_behind(mentions, place, holder)) is not None:
            part.shares.append(percent)
            return self.found(part, percent, (term("m", holder.mention),))
        anew = holder is None or not self.holders.lead(gap).pure or bool(holder.shares) and ";" in gap
        counted = self.holders.following_count(mentions, place) if anew else None
        if counted is not None:
            agreeing = self.agreeing(counted, percent)
            asked = self.bases.asked(counted, percent) if agreeing is None else None
            if asked is not None:
                return self.found(counted, percent, (asked,))
            if agreeing is None:
                self.baseless.append(self.found(counted, percent, ()))
            return agreeing
        if holder is None and place and (told := self.told_of_another(mentions[place - 1], percent)):
            return self.agreeing(told, percent) if isinstance(told, Item) else None
        if holder is None:
            lead = self.holders.lead(text[self.holders.clause_start(percent) : percent.start])
            if lead.pure:
                lead = self.holders.lead(
                    text[self.holders.clause_start(percent, wide=True) : percent.start].replace(",", " ")
                )
            return lead
        against = self.bases.against_plan(holder) if place and not holder.shares else None
        if against is not None:
            return self.spoken(percent, against, holder.mention)
        if _PER_MILLE.match(text, holder.end):
            return None  # "hạ 0,25 phần nghìn mức sinh, hạ 1,5%": a rate is no count
        if holder.base is None and holder.unit == "phiếu" and _FIRST_OR_LAST.search(holder.mention.before):
            return self.agreeing(holder, percent)  # each is elected by the voters of one place
        gap = _OVER_PLAN.sub("đạt", _MET_AND_MORE.sub("đạt", gap))
        gap = _CLOSED.sub(r", \1", gap)  # "đã giải quyết 5.209 vụ, việc; đạt 83,7%"
        nearest = re.split(r"[,;]|  ", gap)[-1]
        if (
            percent.quantity.written.approx
            and not re.search(r"đạt|chiếm|tỷ lệ|bằng|tương|[:=]", gap)
            and percent.group == holder.mention.group
        ):
            return None  # "đều có trên 50%" states a bound, not a share of the figure before
        if percent.quantity.written.value == 100 and percent.group == holder.mention.group and holder.base is None and _ALL_OF_THEM.fullmatch(gap) and text[percent.end + 1 : percent.end + 2].isalpha():
            return None  # "giải quyết 366 hồ sơ, 100% đúng hạn": all of the 366
        if _OPENS_LIST.fullmatch(gap) and UNIT.match(text, percent.end) and not comes_out(holder.value, holder.base.value if holder.base is not None else 0, percent.quantity.written):
            return None  # "đạt 3/5 chỉ số: 74% người dân có tài khoản, …"
        if percent.quantity.written.value == 100 and _NEW_CLAUSE.search(gap) and UNIT.match(text, percent.end):
            return None  # "Trừ 09 văn bản mật, 100% văn bản đi được ký số"
        of = UNIT.match(text, percent.end)
        if holder.base is None and _THAT_GOT.fullmatch(gap) and of and not _OF_A_NUMBER.match(text, percent.end) and not compatible(unit_of(of.group(1)), holder.unit):
            self.reached.add((percent.sentence, holder.unit))
            return None  # "7 nghị quyết đạt 100% đại biểu có mặt tán thành"
        if _THAT_GOT.fullmatch(gap) and (percent.sentence, holder.unit) in self.reached:
            return None  # "…, 2 nghị quyết đạt 96,2%"
        if percent.group == holder.mention.group and holder.base is None and _THAT_SAY.fullmatch(gap) and text[percent.end + 1 : percent.end + 2].isalpha() and self.bases.hint(percent) is None:
            return None  # "Hỏi 375.066 hộ, có 98,8% trả lời đồng ý": of them
        if holder.unit in AREAS and holder.base is None and percent.quantity.written.value == 100 and "," not in gap and percent.group == holder.mention.group and _THAT_REACH.search(gap):
            return None  # "8 trường đỗ 100%"
        if CHANGE.search(gap) or FOREIGN.search(nearest) or re.search(r"(?<!\w)(?:từ|(?<!chiếm )(?<!đạt )đến)\s*$", gap):
            return None
        own = holder.base is not None and comes_out(holder.value, holder.base.value, percent.quantity.written)
        if percent.group != holder.mention.group and not own and OF_A_SPREAD.search(re.split(r"[,;]", gap)[-1]):
            return None  # "6/9 khoản thu đạt và vượt, cao nhất là lệ phí trước bạ (134%)"
        lead = self.holders.lead(gap)
        if holder.shares and _THE_OTHERS.search(nearest):
            return None  # "thấp nhất 22/24 đại biểu tán thành (91,7%), còn lại 100%"
        if _timeliness(nearest) == "both" and _timeliness(holder.label) in {"early", "on_time"}:
            return lead  # "trước hạn 1.890, đúng hạn 160, …, tỷ lệ trước và đúng hạn đạt 100%": of the two together
        if _timeliness(nearest) in {"both", "on_time", "early"} and _timeliness(holder.label) == "late":
            return lead  # "trễ hạn 651 hồ sơ, tỷ lệ đúng hạn đạt 95,53%"
        if says_done(holder, gap) and self.bases.spoken_base(holder, percent) is None:
            done = done_of(self.bases, holder, percent)
            if done is None:
                return lead
            done[0].shares.append(percent)
            return self.found(done[0], percent, (term("m", done[1]),))
        inner = (
            percent.group != holder.mention.group
            and CONNECTOR.fullmatch(text[percent.group + 1 : percent.start].strip()) is not None
        )
        if inner and len(gap) < 80 and not self.holders.new_subject(gap, holder):
            holder.shares.append(percent)
            return self.share(percent, holder, mentions, place)
        if holder.base is not None and not inner and self.of_other_things(percent, holder):
            return None
        printed = holder.base is not None and percent.start - holder.base.end < 170
        if (
            printed
            and len(gap) < 170
            and not re.search(r"[.;!?]\s", gap)
            and not (lead.subject and self.holders.better(lead, holder, items))
        ):
            holder.shares.append(percent)
            return self.share(percent, holder, mentions, place)
        if percent.group != holder.mention.group and self.holders.new_subject(gap, holder):
            return lead
        opens = ";" in gap and UNIT.match(self.reading.folded, percent.end)  # "107 tổ chức (chiếm 24,37%); 30,96% tổ chức hoàn thành …"
        if lead.pure and not opens and ";" not in gap.strip(" ;") and not re.search(r"[.!?]\s", gap):
            holder.shares.append(percent)
            return self.share(percent, holder, mentions, place)
        same = lead.subject & holder.words and not self.holders.better(lead, holder, items) and not _turns(nearest, holder)
        if same and ";" not in gap and not re.search(r"[.!?]\s", gap):
            holder.shares.append(percent)
            return self.share(percent, holder, mentions, place)
        return lead

    def told_of_another(self, before: Mention, percent: Mention) -> Item | bool:
        """ "Đạt 86,2% số đủ điều kiện, 68,2% số kê khai và 59,6% nhu cầu": the count of the percent right before, where the words between the
        two only say what that one is of; True where no count is known."""
        if not before.percent or before.sentence != percent.sentence or not _OF_THE_ONE.fullmatch(self.reading.folded, before.end, percent.start):
            return False
        return next((i for i in self.bases.near(percent) if before in i.shares), True)

    def of_no_count(self, percent: Mention) -> bool:
        """Is it the end of a range ("đạt từ 80% đến 90%"), a change with its sign ("+42,1%"), or a rate beside the one aimed at ("tỷ lệ hộ dùng
        nước sạch: 87,5%/90%")?"""
        text, start = self.reading.folded, percent.start
        if _OF_A_RANGE.search(text, max(0, start - _BEFORE), start) or _SIGNED.search(text, max(0, start - 2), start):
            return True
        return text.endswith(": ", 0, start) and "tỷ lệ" in percent.before and _AGAINST_ANOTHER.match(text, percent.end) is not None

    def of_plan_behind(self, mentions: tuple[Mention, ...], place: int) -> Claim | None:
        """ "hiện có 1.927 người, thêm 214 người so với cuối năm trước (1.713 người), đạt 88,11% chỉ tiêu 2.187 người": the nearest figure of
        the sentence whose share of what is printed behind the percent it is."""
        percent = mentions[place]
        named = self.bases.named_base(mentions, place) or self.bases.bracketed_base(mentions, place)
        before = (i for i in reversed(self.bases.near(percent)) if named and i.end <= percent.start and i.mention.sentence == percent.sentence)
        part = next((i for i in before if named and i.unit == named.unit and i.base is None and comes_out(i.value, named.value, percent.quantity.written)), None)
        if part is None or named is None:
            return None
        part.shares.append(percent)
        part.fitted = named
        terms = [term("n", part.mention), term("m", named), term("p", percent)]
        return claim(Kind.SHARE, terms, "share.named", scope=part.mention.quantity.noun)

    def announced(self, item: Item, percent: Mention) -> Mention | None:
        """ "(tỷ lệ tính trên tổng số đại biểu là 34)": the figure all shares told behind are said to be of, where this one is, or two others
        of its list and its unit are."""
        if item.base is not None or self.bases.hint(percent) is not None:
            return None
        near = self.reading.paragraphs[max(0, item.mention.paragraph - _ANNOUNCED_FOR)].start
        told = [m for place, m in reversed(self.announcements) if near <= place < item.start]
        out = next((m for m in told if comes_out(item.value, m.value, percent.quantity.written)), None)
        if out is not None:
            self.so_announced[out.index, item.unit].append(item.mention.paragraph)
        elif told and self.of_the_list(item, told[0]):
            return told[0]
        return out

    def of_the_list(self, item: Item, announced: Mention) -> bool:
        """Do shares right before this one come out on the figure announced for them, and is none of its sentence larger?"""
        fitting = self.so_announced[announced.index, item.unit]
        if len(fitting) < _SO_MANY or item.mention.paragraph - fitting[-1] > 1:
            return False
        return not any(i.value > announced.value for i in self.bases.near(item.mention) if i.mention.sentence == item.mention.sentence and i.unit == item.unit)

    def of_all_delegates(self, item: Item, percent: Mention) -> Mention | None:
        """ "50/53 đại biểu bỏ phiếu … tín nhiệm cao 22/50 phiếu (41,5%)": of all delegates, those who did not vote among them, where it comes
        out on these, cut or rounded, and not on the votes."""
        if item.base is None or item.unit != "phiếu" or fits(item.value, term("m", item.base), percent):
            return None
        written = percent.quantity.written
        mentions = self.reading.mentions
        before = reversed(mentions[max(0, item.mention.index - _VOTES) : item.mention.index])
        wholes = (mentions[m.over] for m in before if m.over is not None and m.value == item.base.value)
        return next((m for m in wholes if m.after.startswith("đại biểu") and abs(100 * Fraction(item.value) / m.value - written.value) < written.ulp), None)

    def of_other_things(self, percent: Mention, holder: Item) -> bool:
        """ "9/12 xã đạt 100% hồ sơ đúng hạn": the percent is of dossiers, not of the communes that reach it; so it is
        where they only "đạt 100%"."""
        gap = self.reading.folded[holder.end : percent.start]
        if _OF_ANOTHER_AGE.search(gap) and holder.base is not None and not comes_out(holder.value, holder.base.value, percent.quantity.written):
            return True  # "312/338 cháu từ 3 đến 5 tuổi ra lớp, trẻ 5 tuổi đạt 99,1%"
        if _OF_MONEY.search(gap) and holder.mention.scale == 1:
            return True
        if holder.base is not None and _THAT_REACH.fullmatch(gap) and holder.value < holder.base.value:
            apart = percent.quantity.value - 100 * Fraction(holder.value) / holder.base.value
            if apart > _THRESHOLD or percent.quantity.value == 100 and holder.unit == "người":
                return True  # "62/64 người đạt 100%; 2/64 người đạt 98,8%": of their votes
        if holder.unit in AREAS and not _APART.search(gap) and holder.base is not None and holder.value < holder.base.value:
            reached = _THAT_REACH.fullmatch(gap) is not None and _OF_WHAT.match(self.reading.folded, percent.end) is not None
            if percent.quantity.written.value == 100 or reached and not near_miss(holder.value, term("m", holder.base), percent):
                return True
        of = UNIT.match(self.reading.folded, percent.end)
        return (
            of is not None
            and PLAN.match(self.reading.folded, percent.end + 1) is None  # "142.650/150.000 lượt, đạt 95,1% chỉ tiêu"
            and not compatible(unit_of(of.group(1)), holder.unit)
            and holder.base is not None
            and not comes_out(holder.value, holder.base.value, percent.quantity.written)
        )

    def share(self, percent: Mention, item: Item, mentions: tuple[Mention, ...], place: int) -> Claim | None:
        p = term("p", percent)
        n = term("n", item.mention)
        announced = self.announced(item, percent)
        if announced is not None:
            return claim(Kind.SHARE, [n, term("m", announced), p], "share.announced", scope=item.mention.quantity.noun)
        opening = self.bases.opening_whole(item) or self.bases.among_opening(item) or self.bases.among_it(item) or self.bases.listed_on(item) if self.bases.hint(percent) is None else None
        if opening is not None:
            return self.spoken(percent, item, opening)
        named = self.bases.named_base(mentions, place)
        own = item.base is not None and comes_out(item.value, item.base.value, percent.quantity.written)
        if named is item.mention or own:
            named = None  # "99,81% hồ sơ đúng hạn (3.174/3.180)": the share's own n
        if item.base is not None and named is None:
            item.fitted = self.of_all_delegates(item, percent) or item.base
            if percent.quantity.written.value == 100:
                self.all_of(item, percent)
            return claim(Kind.SHARE, [n, term("m", item.fitted), p], "share.fraction", scope=item.mention.quantity.noun)
        spoken = self.bases.spoken_base(item, percent)
        if spoken is not None:
            return self.spoken(percent, spoken[1], spoken[0])
        bracketed = self.bases.bracketed_whole(item)
        if bracketed is not None:
            return self.spoken(percent, item, bracketed)
        if named is not None and (counted := self.counted_in_brackets(item, percent, named)) is not None:
            return self.found(counted, percent, (term("m", item.mention),))
        if named is not None:
            if comes_out(item.value, named.value, percent.quantity.written):
                item.fitted = named
            return claim(
                Kind.SHARE, [n, term("m", named), p], "share.named", scope=item.mention.quantity.noun
            )
        plan = self.bases.plan_told(item, percent)
        if plan is not None:
            return self.found(item, percent, (plan,))
        better = self.bases.of_named_unit(item, percent)
        if better is not None:
            item, n = better, term("n", better.mention)
        bases = self.bases.candidates(item, percent)
        pointed = self.bases.pointed(item, percent, bases)
        of_all = not self.bases.of_unprinted(percent) and not content(self.bases.hint(percent) or "")
        if not pointed and of_all and (only := self.bases.only_whole(item)) is not None:
            bases = [only, *bases]
            pointed = True
        if not any(fits(item.value, b, percent) for b in bases) and (just := self.bases.told_just_before(item, percent)) is not None:
            return self.found(item, percent, (just,))
        if not pointed:  # nothing beside the share says what it is of: only agreement is worth telling
            bases = ([b for b in bases if fits(item.value, b, percent)] or self.bases.distant(item, percent))[
                :1
            ]
        if not any(fits(item.value, b, percent) for b in bases) and (beside := self.beside(item, percent, bases)) is not None:
            return beside
        start = self.reading.paragraphs_read[percent.paragraph].span.start
        if bases and bases[0].span is not None and bases[0].span.start >= start:
            # of what stands in other paragraphs only a base that fits is worth telling, none that another habit would fit
            bases = [b for b in bases if b.span is None or b.span.start >= start or fits(item.value, b, percent)]
        if not bases:  # "66 đại biểu HĐND tỉnh, đạt 100%; 396 đại biểu HĐND cấp huyện, đạt 100%": each of all its own
            told = self.bases.sibling_bases(item, percent)
            bases = [b for b in told if percent.value != 100 or b.written is None or b.written.value >= item.value]
        if not bases:
            near = self.bases.near(percent)
            paired = rated(self.bases, percent, near) or any_pair(percent, near)
            if paired is None:
                self.baseless.append(self.found(item, percent, ()))
            return paired
        if not any(fits(item.value, b, percent) for b in bases):
            if self.bases.of_unprinted_whole(item, percent, bases):
                return None
            here = [i for i in self.bases.near(percent) if i.mention.sentence == percent.sentence and i.start < percent.start and not i.aside]
            other = any_pair(percent, here)
            if other is not None and other.by_role("n")[0].span != item.mention.quantity.span:
                return other  # "320 hồ sơ thanh toán trực tuyến, trong 400 hồ sơ có phí, đạt 80%": not of the 400
        if not any(fits(item.value, b, percent) for b in bases):
            bases = (self.bases.of_like_lines(item, percent) if self.bases.among_named(item) is None else []) or bases
            listed = self.total_listed(item)
            if listed is not None and any(fits(listed.value, b, percent) for b in self.bases.candidates(listed, percent)):
                return self.agreeing(listed, percent)
        summed_up = None if any(fits(item.value, b, percent) for b in bases) else self.summed_up(item, percent)
        if summed_up is not None:
            return summed_up
        fitting = next((b for b in bases if b.span is not None and fits(item.value, b, percent)), None)
        if fitting is not None:
            item.fitted = self.at.get(fitting.span) if fitting.span is not None else None
        return self.found(item, percent, tuple(bases))

    def counted_in_brackets(self, item: Item, percent: Mention, named: Mention) -> Item | None:
        """ "Toàn xã có 1.200 hộ, 85% số hộ (1.020 hộ) đạt": the figure in brackets is the part, not the base, where it is the smaller one."""
        inside = next((i for i in self.bases.near(percent) if i.mention is named), None)
        if inside is None or named.group == percent.group or inside.unit != item.unit or inside.value >= item.value:
            return None
        return inside if percent.value <= 100 and not PLAN.search(self.reading.folded, percent.end, named.start) else None

    def of_their_change(self, percent: Mention, holder: Item) -> bool:
        """ "tăng 4 người (31/27, 14,8%)": is it how much the one side of n/m is more or less than the other?"""
        base = holder.base
        if base is None or not base.value or comes_out(holder.value, base.value, percent.quantity.written):
            return False
        start = self.reading.sentences[percent.sentence].start
        apart = magnitude(holder.value - base.value)
        told = any(i.value == apart and i.end <= holder.start and i.mention.sentence == percent.sentence for i in self.bases.near(percent))
        return (told or comes_out(apart, base.value, percent.quantity.written)) and CHANGE.search(self.reading.folded, start, holder.start) is not None

    def part_behind(self, mentions: tuple[Mention, ...], place: int, whole: Item) -> Item | None:
        """ "thực kê 185 giường, công suất sử dụng 90,8% (bình quân 168 giường)": the figure in brackets behind a percent, where it is this share
        of the one before."""
        after = mentions[place + 1] if place + 1 < len(mentions) else None
        if after is None or not _COUNT_BEHIND.fullmatch(self.reading.folded, mentions[place].end, after.start):
            return None
        inside = next((i for i in self.bases.near(mentions[place]) if i.mention is after), None)
        if inside is None or inside.base is not None or whole.base is not None or inside.unit != whole.unit or not whole.unit:
            return None
        return inside if inside.value < whole.value and comes_out(inside.value, whole.value, mentions[place].quantity.written) else None

    def total_listed(self, item: Item) -> Item | None:
        """ "46 thanh niên trúng tuyển, gồm loại 1 có 9, loại 2 có 21 và loại 3 có 16, đạt 57,5% so với số khám": the figure that a list ending with
        this one makes; a share behind the list may be of it."""
        here = [i for i in self.bases.near(item.mention) if i.mention.sentence == item.mention.sentence and i.start <= item.start]
        amount: Rational = 0
        for place in range(len(here) - 1, 0, -1):
            amount += here[place].value
            if here[place - 1].value == amount and len(here) - place >= 2:
                return here[place - 1]
        return None

    def spoken(self, percent: Mention, part: Item, whole: Mention) -> Claim:
        """The share of an n/m in words."""
        if comes_out(part.value, whole.value, percent.quantity.written):
            part.fitted = whole
        terms = [term("n", part.mention), term("m", whole), term("p", percent)]
        return claim(Kind.SHARE, terms, "share.spoken", scope=part.mention.quantity.noun)

    def agreeing(self, item: Item, percent: Mention) -> Claim | None:
        """The share of a figure nothing says the base of, where one of the text gives it."""
        base = next((b for b in self.bases.candidates(item, percent) if fits(item.value, b, percent)), None)
        item.shares.append(percent)
        if base is None:
            return None
        item.fitted = self.at.get(base.span) if base.span is not None else None
        return self.found(item, percent, (base,))

    def found(self, item: Item, percent: Mention, bases: tuple[Term, ...]) -> Claim:
        terms = [term("n", item.mention), term("p", percent)]
        return claim(Kind.SHARE, terms, "share.found", own_base=False, bases=bases, scope=item.mention.quantity.noun)

    def beside(self, item: Item, percent: Mention, bases: list[Term]) -> Claim | None:
        """ "hộ nghèo 6.930 hộ = 35.695 khẩu chiếm 41,96%": the share is of the households, told right before the people, when
        it comes out on one of theirs, or nearly does and on none of the people."""
        told = [i for i in self.bases.near(percent) if i.end <= item.start]
        if not told or told[-1].aside or told[-1].shares or told[-1].mention.group != item.mention.group:
            return None
        if not _SAID_TWICE.fullmatch(self.reading.folded[told[-1].end : item.start]):
            return None
        agreeing = self.agreeing(told[-1], percent)
        if agreeing is not None or told[-1].unit == item.unit or any(near_miss(item.value, b, percent) for b in bases):
            return agreeing
        nearly = [b for b in self.bases.candidates(told[-1], percent) if near_miss(told[-1].value, b, percent)]
        return self.found(told[-1], percent, tuple(nearly)) if nearly else None

    def summed_up(self, item: Item, percent: Mention) -> Claim | None:
        """ "đúng hạn 93, trễ 3, tức đạt 96,88%": the percent sums up an earlier figure, when that one gives it."""
        if not _SUMMED_UP.search(self.reading.folded[item.mention.end : percent.start]):
            return None
        for other in reversed(self.bases.near(percent)):
            if other.end <= item.start and other.mention.sentence == item.mention.sentence and not other.shares and not other.aside:
                base = next((b for b in self.bases.candidates(other, percent) if b.span and fits(other.value, b, percent)), None)
                if base is not None:
                    return self.found(other, percent, (base,))
        return None

    def all_of(self, item: Item, percent: Mention) -> None:
        """ "20/20 sở; 12/12 huyện; 147/147 xã … 100%": one share for every fraction of the list."""
        for other in self.bases.near(percent):
            if (
                other.base is not None
                and other.end <= item.start
                and other.mention.sentence == percent.sentence
                and not other.shares
            ):
                other.shares.append(percent)
                self.whole.append(
                    claim(
                        Kind.SHARE,
                        [term("n", other.mention), term("m", other.base), term("p", percent)],
                        "share.all",
                        scope=other.mention.quantity.noun,
                    )
                )
