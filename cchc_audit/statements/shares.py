"""Shares: n of m is p %, however the three are arranged.

A percent is bound to a count by the words between them; its base is printed (n/m), named after it, or
one of the figures the paragraph and section offer. All candidates travel with the claim: one that
fits clears it, and only when none fits is it a conflict.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction

from ..language import UNIT, compatible, unit_of
from ..model import Claim, Kind, Term
from ..quantities import Mention, Reading
from .items import Amount, Item, between, claim, content, implied, term
from .partitions import BOTH as _BOTH
from .partitions import classes_of

_CONNECTOR = re.compile(
    r"(?:[\s(*_,;:=–-]|(?<!\w)(?:là|có|được|đã|đạt(?: được)?|chiếm|với|tỷ lệ|tỷ trọng|tỉ lệ|tương ứng|tương đương|ứng với|bằng|tức(?: là)?|ở mức|mức|khoảng|gần|trên|hơn|dưới|xấp xỉ|chỉ|cũng|đều|tính ra|và|đúng|giữ|hoàn thành|đạt tỷ lệ|lệ|ước|cả|số này|các|tổng)(?!\w))*"
)
_CHANGE = re.compile(r"(?<!\w)(?:tăng|giảm|vượt|cao hơn|thấp hơn|nhiều hơn|ít hơn|nhỉnh hơn|hụt|so với (?:cùng|năm|quý|kỳ|tháng))(?!\w)")
_FOREIGN = re.compile(r"(?<!\w)(?:cùng kỳ|(?:năm|quý|kỳ|khóa|nhiệm kỳ) (?:trước|20\d\d|ngoái)|khóa [ivx]+|dự kiến|phấn đấu|mục tiêu)(?!\w)")
_OF = re.compile(r"^[^.;\d]{0,45}(?<!\w)(?:trên tổng(?: số)?|trong tổng(?: số)?|trên|/|trong số|trong)\s*(?:là\s*)?(?:tổng\s*)?(?:số\s*)?$")
_BASE_AFTER = re.compile(r"^\s*\)?\s*(?:(?:so với|trên|trong|của|tổng|số|lượng|toàn bộ|dự toán|kế hoạch|chương trình|chỉ tiêu|hồ sơ|hs|thủ tục|tthc|cử tri|hộ|nhiệm vụ|biên chế)(?!\w)\s*){1,5}")  # fmt: skip
_PLAN = re.compile(r"(?<!\w)(?:dự toán|kế hoạch|chỉ tiêu|chương trình|định mức|dự kiến|nghị quyết)(?!\w)")
_OPENER = re.compile(r":|(?<!\w)(?:trong|gồm|cụ thể|chia)(?!\w)")
_SUBJECT = re.compile(r"(?:tỷ lệ|tỷ trọng|tỉ lệ|số|riêng|như vậy|trong đó|còn|lĩnh vực)")
_NEAR = 14  # paragraphs back in which a base may stand
_POOL = 14


@dataclass(frozen=True, slots=True)
class _Lead:
    """The words between a percent and what stands before it."""

    gap: str
    subject: frozenset[str]
    pure: bool  # only connecting words


class Shares:
    """Binds the percents of one document."""

    def __init__(self, reading: Reading, paragraphs: list[list[Item]]) -> None:
        self.reading, self.paragraphs = reading, paragraphs
        self.owner: dict[int, Item] = {}
        for items in paragraphs:
            for item in items:
                self.owner[item.mention.index] = item
                if item.base is not None:
                    self.owner[item.base.index] = item
        self.sections = _sections(reading)
        self.at = {m.quantity.span: m for m in reading.mentions}
        self.by_unit: dict[str, list[Item]] = {}
        for items in paragraphs:
            for item in items:
                if item.mention.depth == 0:
                    self.by_unit.setdefault(item.unit, []).append(item)

    def bind(self) -> list[Claim]:
        """All share claims; fills `Item.shares` on the way. Two passes: the bound percents first."""
        out: list[Claim] = []
        self.whole: list[Claim] = []
        later: list[tuple[Mention, _Lead]] = []
        for index, mentions in enumerate(self.reading.by_paragraph):
            items = self.paragraphs[index]
            for place, percent in enumerate(mentions):
                if not percent.percent or percent.unit != "%" or percent.target or percent.per:
                    continue
                found = self.one(mentions, place, items)
                if isinstance(found, _Lead):
                    later.append((percent, found))
                elif found is not None:
                    out.append(found)
        for percent, lead in later:
            claimed = self.by_subject(percent, lead)
            if claimed is not None:
                out.append(claimed)
        return [self.established(c) for c in out] + self.whole

    def established(self, claimed: Claim) -> Claim:
        """A share that fits no base, beside shares of one list that all fit one: that base is its own."""
        if claimed.own_base or any(_fits(sum(t.written.value for t in claimed.by_role("n") if t.written), b, claimed.by_role("p")[0]) for b in claimed.bases):
            return claimed
        n = claimed.by_role("n")
        mention = self.at.get(n[0].span) if n and n[0].span is not None else None
        item = self.owner.get(mention.index) if mention is not None else None
        if item is None:
            return claimed
        siblings = [i for i in self.paragraphs[item.mention.paragraph] if i is not item and i.fitted is not None and i.mention.group == item.mention.group and abs(i.mention.sentence - item.mention.sentence) <= 1]
        if not siblings:
            return claimed
        agreed = [m for m, count in Counter(i.fitted.index for i in siblings if i.fitted).most_common(1) if count >= 2]
        if not agreed:
            return claimed
        fitted = next(i.fitted for i in siblings if i.fitted is not None and i.fitted.index == agreed[0])
        if fitted is item.mention:
            return claimed
        item.fitted = fitted
        first = term("m", fitted)
        return replace(claimed, bases=(first, *(b for b in claimed.bases if b.span != first.span)))

    # ------------------------------------------------------------ binding

    def one(self, mentions: tuple[Mention, ...], place: int, items: list[Item]) -> Claim | _Lead | None:
        percent = mentions[place]
        following = self.following_fraction(mentions, place)
        if following is not None:
            following.shares.append(percent)
            return self.share(percent, following, mentions, place)
        holder, gap = self.holder(mentions, place)
        text = self.reading.folded
        if holder is None:
            lead = self.lead(text[self.clause_start(percent) : percent.start])
            if lead.pure:
                lead = self.lead(text[self.clause_start(percent, wide=True) : percent.start].replace(",", " "))
            return lead
        nearest = re.split(r"[,;]|  ", gap)[-1]
        if percent.quantity.written.approx and not re.search(r"đạt|chiếm|tỷ lệ|bằng|tương|[:=]", gap) and percent.group == holder.mention.group:
            return None  # "đều có trên 50%" states a bound, not a share of the figure before
        if _CHANGE.search(gap) or _FOREIGN.search(nearest) or re.search(r"(?<!\w)(?:từ|đến)\s*$", gap):
            return None
        lead = self.lead(gap)
        inner = percent.group != holder.mention.group and _CONNECTOR.fullmatch(text[percent.group + 1 : percent.start].strip()) is not None
        if inner and len(gap) < 80 and not self.new_subject(gap, holder):
            holder.shares.append(percent)
            return self.share(percent, holder, mentions, place)
        printed = holder.base is not None and percent.start - holder.base.end < 170
        if printed and len(gap) < 170 and not re.search(r"[.;!?]\s", gap) and not (lead.subject and self.better(lead, holder, items)):
            holder.shares.append(percent)
            return self.share(percent, holder, mentions, place)
        if percent.group != holder.mention.group and self.new_subject(gap, holder):
            return lead
        if lead.pure and ";" not in gap.strip(" ;") and not re.search(r"[.!?]\s", gap):
            holder.shares.append(percent)
            return self.share(percent, holder, mentions, place)
        if lead.subject and ";" not in gap and not re.search(r"[.!?]\s", gap):
            if lead.subject & holder.words and not self.better(lead, holder, items):
                holder.shares.append(percent)
                return self.share(percent, holder, mentions, place)
        return lead

    def following_fraction(self, mentions: tuple[Mention, ...], place: int) -> Item | None:
        """"tỷ lệ nữ 40% (8/20)", "100% (31/31 người)"."""
        percent = mentions[place]
        if place + 1 < len(mentions):
            after = mentions[place + 1]
            gap = self.reading.folded[percent.end : after.start]
            item = self.owner.get(after.index)
            if item is not None and item.mention is after and re.fullmatch(r"\s?[^,;.()\d]{0,30}\(\s?(?:đạt |tương ứng |tức )?", gap):
                if item.base is not None:
                    return item
        return None

    def holder(self, mentions: tuple[Mention, ...], place: int) -> tuple[Item | None, str]:
        """The counted item a percent follows, and the words between them."""
        percent = mentions[place]
        text = self.reading.folded
        back = place - 1
        while back >= 0:
            mention = mentions[back]
            if not mention.percent and mention.index not in self.owner:
                back -= 1  # "144 lượt là người từ 60 tuổi trở lên, chiếm …": an age is no numerator
                continue
            if mention.group == percent.group or mention.index == percent.parent:
                break
            back -= 1
        if back < 0:
            return None, ""
        mention = mentions[back]
        if mention.unit in {"xã", "thôn", "tổ", "khu", "huyện"} and back and mentions[back - 1].under is not None and mentions[back - 1].sentence == percent.sentence:
            back -= 1  # "5.690/7.020 cử tri 2 xã nói trên tán thành, đạt …"
            mention = mentions[back]
        if mention.percent:
            # "390 phiếu (99,4%)" nests; a bare percent after another percent stands alone
            return None, ""
        item = self.owner.get(mention.index)
        if item is not None and item.aside and mention.group == percent.group:
            earlier = [i for i in self.paragraphs[percent.paragraph] if not i.aside and i.end <= item.start and i.mention.group == percent.group and i.mention.sentence == percent.sentence]
            own = re.search(r"(?<!\w)(?:chiếm|đạt|tỷ lệ(?! tăng| giảm))", text[mention.end : percent.start])
            item = earlier[-1] if earlier and own and re.match(r"[^;]*,", text[mention.end : percent.start]) else None
            if item is not None:
                tail = text[mention.end : percent.start]
                return item, tail[tail.rfind(",") :]
        if item is None or mention.sentence != percent.sentence or item.aside:
            return None, ""
        end = max(mention.end, item.base.end if item.base is not None and item.base.start < percent.start else 0)
        inside = percent.group != mention.group
        gap = text[end : percent.start]
        gap = between(self.reading, end, percent.start) if not inside else gap.replace("(", " ", 1) if gap.count("(") == 1 else gap
        return item, gap

    def lead(self, gap: str) -> _Lead:
        piece = re.split(r"[;(]|,(?!\d)|(?<!\w)(?:trong đó)(?!\w)", gap)[-1]
        tail = piece if piece.strip(" :") else gap
        pure = _CONNECTOR.fullmatch(tail.strip()) is not None
        if pure and tail is not gap:
            # the words right after the number belong to it: "390 phiếu rất hài lòng (đạt 99,4%)"
            pure = True
        return _Lead(gap, frozenset() if pure else content(tail), pure)

    def new_subject(self, gap: str, holder: Item) -> bool:
        """Before its parenthesis, do the words turn to something else? "1 ĐB người dân tộc và ĐB trẻ (3,13%)"."""
        pieces = re.split(r",|(?<!\w)(?:và|cùng|còn)(?!\w)", gap.rsplit("  ", 1)[0])
        return len(pieces) > 1 and not holder.base and bool(content(pieces[-1]) - holder.words) and re.search(r"(?<!\w)(?:và|cùng|còn)(?!\w)", gap) is not None

    def better(self, lead: _Lead, holder: Item, items: list[Item]) -> bool:
        """Does another figure of the paragraph match the percent's own words more fully?"""
        if lead.subject <= holder.words:
            return False
        return any(lead.subject <= other.words for other in items if other is not holder)

    def clause_start(self, percent: Mention, *, wide: bool = False) -> int:
        text = self.reading.folded
        low = max(0, percent.start - 120)
        cut = low
        for mark in re.finditer(r"[;\n(]|[.!?]\s" if wide else r"[;\n(]|[.!?]\s|,(?!\d)|:(?=\s)", text[low : percent.start]):
            cut = low + mark.end()
        return cut

    # ------------------------------------------------------------ claims

    def share(self, percent: Mention, item: Item, mentions: tuple[Mention, ...], place: int) -> Claim | None:
        p = term("p", percent)
        n = term("n", item.mention)
        named = self.named_base(mentions, place)
        if item.base is not None and named is None:
            item.fitted = item.base
            if percent.quantity.written.value == 100:
                self.all_of(item, percent)
            return claim(Kind.SHARE, [n, term("m", item.base), p], "share.fraction", scope=item.mention.quantity.noun)
        spoken = self.spoken_base(item, percent, mentions)
        if spoken is not None:
            whole, part = spoken
            return claim(Kind.SHARE, [term("n", part.mention), term("m", whole), p], "share.spoken", scope=part.mention.quantity.noun)
        if named is not None:
            return claim(Kind.SHARE, [n, term("m", named), p], "share.named", scope=item.mention.quantity.noun)
        better = self.of_named_unit(item, percent)
        if better is not None:
            item, n = better, term("n", better.mention)
        bases = self.bases(item, percent, mentions, place)
        pointed = self.pointed(item, percent, bases)
        if not pointed and (whole := self.only_whole(item)) is not None:
            bases = [whole, *bases]
            pointed = True
        if not pointed:  # nothing beside the share says what it is of: only agreement is worth telling
            bases = ([b for b in bases if _fits(item.value, b, percent)] or self.distant(item, percent))[:1]
        if not bases and self.hint(percent) is None:
            bases = self.sibling_bases(item)
        if not bases:
            return self.any_pair(percent, self.paragraphs[percent.paragraph])
        fitting = next((b for b in bases if b.span is not None and _fits(item.value, b, percent)), None)
        if fitting is not None:
            item.fitted = self.at.get(fitting.span) if fitting.span is not None else None
        return claim(Kind.SHARE, [n, p], "share.found", own_base=False, bases=tuple(bases), scope=item.mention.quantity.noun)

    def of_named_unit(self, item: Item, percent: Mention) -> Item | None:
        """"241 hội viên vay 9.240 triệu đồng, bằng 12,1% số hội viên": n is the figure of the unit named after p."""
        hint = self.hint(percent)
        unit = _hint_unit(hint) if hint else ""
        if not unit or compatible(unit, item.unit):
            return None
        same = [i for i in self.paragraphs[percent.paragraph] if i.end <= item.start and i.mention.sentence == item.mention.sentence and i.unit == unit and not i.shares]
        return same[-1] if len(same) >= 2 else None

    def sibling_bases(self, item: Item) -> list[Term]:
        """No figure is as large as n: the figure just before it, of the same unit and no share itself."""
        for other in reversed([i for i in self.paragraphs[item.mention.paragraph] if i.end <= item.start]):
            if other.mention.sentence < item.mention.sentence - 1:
                break
            if other.fitted is not None:
                return [term("m", other.fitted)]
            if other.unit == item.unit and other.unit and not other.shares and not other.aside and other.mention.depth <= item.mention.depth:
                return [term("m", other.mention)]
        return []

    def pointed(self, item: Item, percent: Mention, bases: list[Term]) -> bool:
        """Does a base stand before the share in its paragraph, or do words after it name one?"""
        hint = self.hint(percent)
        if hint is not None:
            named = content(hint)
            return bool(bases) and (not named or any(b.span is not None and named <= content(b.noun) for b in bases))
        start = self.reading.paragraphs_read[percent.paragraph].span.start
        if any(b.span is not None and start <= b.span.start < item.start for b in bases):
            return True
        return bool(bases) and self.listed(percent.paragraph) and any(b.span is not None and b.span.start < start for b in bases)

    def listed(self, paragraph: int) -> bool:
        """Is the paragraph an item of a list whose head gives the whole?"""
        return bool(self.reading.paragraphs_read[paragraph].marker)

    def only_whole(self, item: Item) -> Term | None:
        """The one figure the report gives for all its households or people."""
        if item.unit not in {"hộ"} or item.mention.depth:
            return None
        wholes = {i.value: i for i in self.report_items(item.unit) if re.search(r"(?<!\w)(?:toàn|tổng số|có)(?!\w)", i.mention.before) and i.value >= 20 * item.value / 19 and not re.search(r"nghèo|trong số", i.label)}
        return term("m", next(iter(wholes.values())).mention) if len(wholes) == 1 else None

    def distant(self, item: Item, percent: Mention, named: re.Pattern[str] | None = None) -> list[Term]:
        """Figures of the same unit anywhere in the report on which the share comes out, the first of them."""
        written = percent.quantity.written
        for other in self.by_unit.get(item.unit, ())[:200]:
            if other is item or other.value < item.value or named is not None and not named.search(other.mention.quantity.noun):
                continue
            if other.value and abs(100 * Fraction(item.value) / other.value - written.value) <= written.ulp / 2:
                return [term("m", other.mention)]
        return []

    def all_of(self, item: Item, percent: Mention) -> None:
        """"20/20 sở; 12/12 huyện; 147/147 xã … 100%": one share for every fraction of the list."""
        for other in self.paragraphs[percent.paragraph]:
            if other.base is not None and other.end <= item.start and other.mention.sentence == percent.sentence and not other.shares:
                other.shares.append(percent)
                self.whole.append(claim(Kind.SHARE, [term("n", other.mention), term("m", other.base), term("p", percent)], "share.all", scope=other.mention.quantity.noun))

    def named_base(self, mentions: tuple[Mention, ...], place: int) -> Mention | None:
        """A base printed after the percent: "1,99% trong tổng số 2.215 hộ", "74% dự toán (5.200 triệu)"."""
        percent = mentions[place]
        if place + 1 >= len(mentions):
            return None
        after = mentions[place + 1]
        gap = self.reading.folded[percent.end : after.start]
        if after.percent or not after.countable or after.sentence != percent.sentence or len(gap) > 70:
            return None
        if after.group != percent.group and not re.search(r"\(\s?(?:dự toán|kế hoạch|tổng số|tổng)?(?: giao| năm| là)?\s*$", gap):
            return None
        head = _BASE_AFTER.match(gap)
        if head is None or re.search(r"[;.]|(?<!\w)(?:trong đó|tăng|giảm|gồm)(?!\w)|,.*,", gap) or ")" in gap.strip()[1:]:
            return None
        if gap.strip().startswith(")") and re.match(r"\s*\)\s*(?:số|của)(?!\w)", gap):
            return None
        if re.match(r"\s*(?:của|số|hồ sơ)\s*$", head.group()) and not re.search(r"số|tổng|\(", gap):
            return None
        return after

    def spoken_base(self, item: Item, percent: Mention, mentions: tuple[Mention, ...]) -> tuple[Mention, Item] | None:
        """"3.978 kết quả trong tổng số 4.821 kết quả, đạt 82,5%": the figure before p is the base."""
        items = [i for i in self.paragraphs[percent.paragraph] if i.end <= item.start and i.mention.group == item.mention.group]
        if not items or items[-1].mention.sentence != item.mention.sentence:
            return None
        part = items[-1]
        if re.match(r"(?:trên )?tổng(?: số)?$", item.mention.before) and part.value < item.value and compatible(part.unit, item.unit):
            return item.mention, part
        gap = between(self.reading, part.mention.end, item.start)
        if _OF.match(gap) and re.search(r"tổng|trên|trong số", gap) and part.value <= item.value:
            return item.mention, part
        return None

    # ------------------------------------------------------------ bases

    def bases(self, item: Item, percent: Mention, mentions: tuple[Mention, ...], place: int) -> list[Term]:
        """Candidate bases of n, grammatical first."""
        hint = self.hint(percent)
        unit = item.unit
        plan = hint is not None and _PLAN.search(hint) is not None
        if plan:
            return []
        found: list[Mention] = []
        hinted = content(hint) if hint else frozenset()
        hinted_unit = _hint_unit(hint) if hint else ""
        if hint:
            unit = hinted_unit or unit
        here = self.paragraphs[percent.paragraph]
        before = [i for i in reversed(here) if i is not item and i.start < item.start]
        after = [i for i in here if i is not item and i.start > item.start]
        earlier = self.section_items(percent.paragraph)
        if hint and (hinted or hinted_unit):
            for other in [*before, *earlier, *after, *self.report_items(unit)]:
                if hinted and hinted <= other.words and compatible(other.unit, unit) and other is not item:
                    found += _figures(other)
        if hint is None or not found:
            found += self.neighbours(item, before, unit)
            found += [m for i in after if i.mention.sentence == item.mention.sentence for m in _figures(i)]
            if not (hint and hinted_unit and hinted_unit != item.unit):
                found += [m for i in after if i.mention.sentence != item.mention.sentence and _TOTAL.search(i.label) for m in _figures(i)]
            found += [m for i in earlier if i.unit == unit or not i.unit or not unit or compatible(i.unit, unit) for m in _figures(i)]
            if hint and hinted_unit and hinted_unit != item.unit:
                found += [i.mention for i in self.report_items(unit)]
        terms: list[Term] = []
        seen: set[Amount] = set()
        over = percent.quantity.written.value > 100 or bool(hinted and found)
        inside = [i for i in before if i.mention.sentence == item.mention.sentence and re.search(r"(?:^|\s)trong(?: (?:tổng )?số)?$", i.mention.before) and compatible(i.unit, unit)]
        if inside and not hint and inside[0].value >= item.value and before and before[0] is inside[0]:
            return [term("m", inside[0].mention)]
        for mention in found:
            value = mention.quantity.written.value
            other = self.owner.get(mention.index)
            own_unit = mention.unit or (other.unit if other else "")
            if value in seen or value <= 0 or mention is item.mention or mention.percent:
                continue
            if not compatible(own_unit, unit) or (value < item.value and not over):
                continue
            seen.add(value)
            terms.append(term("m", mention))
            if len(terms) >= _POOL:
                break
        beside = [i for i in before if i.mention.sentence == item.mention.sentence and not i.aside]
        if beside and not hint and not any(t.span is not None and beside[-1].start <= t.span.start < item.start for t in terms):
            closest = beside[0]
            if closest.unit == item.unit and closest.unit and not closest.shares and closest.base is None and closest.mention.depth <= item.mention.depth and closest.value not in seen:
                terms.insert(0, term("m", closest.mention))  # smaller than n: then one of the two is wrong
        terms += [b for b in self.sums(item, before, seen) if _fits(item.value, b, percent)]
        if percent.quantity.written.value == 100 and self.nothing_late(item):
            terms.append(implied("m", item.value, unit=item.unit))
        terms += self.distant(item, percent, _WHOLE)[:1]
        return terms

    def neighbours(self, item: Item, before: list[Item], unit: str) -> list[Mention]:
        """Figures before n in its paragraph, nearest first; the parent of its parenthesis first of all."""
        parent = item.mention.parent
        total = self.opened_total(item, before)
        first = [m for i in before if i is total for m in _figures(i)]
        first += [m for i in before if i.mention.index == parent or (i.base is not None and i.base.index == parent) for m in _figures(i)]
        rest = [m for i in before for m in (_figures(i) if i.base is None else [i.base, i.mention])]
        near = [m for m in rest if compatible(m.unit or unit, unit)]
        return first + [m for m in near if m.depth <= item.mention.depth] + [m for m in near if m.depth > item.mention.depth]

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

    def sums(self, item: Item, before: list[Item], seen: set[Amount]) -> list[Term]:
        """Totals that are never printed: n with its siblings, or two figures written side by side."""
        out = []
        here = [i for i in self.paragraphs[item.mention.paragraph] if i.mention.group == item.mention.group and i.mention.sentence == item.mention.sentence and compatible(i.unit, item.unit) and i.base is None]
        place = here.index(item) if item in here else -1
        for low in range(max(0, place - 3), place + 1):
            for high in range(place + 1, min(len(here), place + 4) + 1):
                amount = sum(i.value for i in here[low:high])
                if any(_OPENER.search(self.reading.folded[a.end : b.start]) for a, b in zip(here[low:high], here[low + 1 : high], strict=False)):
                    continue  # a total and its parts
                if high - low >= 2 and amount not in seen:
                    seen.add(amount)
                    out.append(implied("m", amount, unit=item.unit))
        previous = before[:4]
        for left, right in zip(previous[1:], previous, strict=False):
            amount = left.value + right.value
            if left.mention.sentence == right.mention.sentence and left.unit == right.unit == item.unit and amount not in seen and amount >= item.value:
                seen.add(amount)
                out.append(implied("m", amount, unit=item.unit))
        return out[:6]

    def nothing_late(self, item: Item) -> bool:
        """"đúng và trước hạn 661 hồ sơ, đạt 100 %; không có hồ sơ quá hạn": the base is the resolved ones, 661 + 0."""
        if dict(classes_of(item.label)).get("timeliness") not in {"both", "on_time"}:
            return False
        sentence = self.reading.folded[item.end : item.end + 160]
        return re.search(r"không (?:có|phát sinh|để)[^.;\d]{0,30}(?:quá hạn|trễ hạn|trễ hẹn|chậm)|(?:quá hạn|trễ hạn|trễ hẹn)[^.;\d]{0,12}(?<!\d)0{1,2}(?![\d,])", sentence) is not None

    def hint(self, percent: Mention) -> str | None:
        """Words after a percent that name its base: "98,2% số hồ sơ tiếp nhận"."""
        text = self.reading.folded[percent.end : percent.end + 70]
        match = _BASE_AFTER.match(text)
        if match is None or match.group().strip() in {"", ")"} or match.group().lstrip().startswith(")"):
            return None
        stop = re.search(r"[,;()\n\d]|\.(?=\s|$)|(?<!\w)(?:được|đã có|có|trong đó|do|và)(?!\w)", text)
        phrase = text[: stop.start() if stop else len(text)]
        if not re.search(r"(?<!\w)(?:số|tổng|so với|trên|trong|dự toán|kế hoạch|chương trình|hồ sơ|hs)(?!\w)", match.group()):
            return None
        return phrase

    def section_items(self, paragraph: int) -> list[Item]:
        """Top-level items of the paragraphs before, in the same section, nearest first."""
        out: list[Item] = []
        section = self.sections[paragraph]
        for back in range(paragraph - 1, max(-1, paragraph - _NEAR - 1), -1):
            if self.sections[back] != section and paragraph - back > 2:
                break
            out.extend(i for i in reversed(self.paragraphs[back]) if i.mention.depth == 0 or i.value > 100)
        return out

    def report_items(self, unit: str) -> list[Item]:
        return self.by_unit.get(unit, [])

    # ------------------------------------------------------------ percents bound by their own words

    def by_subject(self, percent: Mention, lead: _Lead) -> Claim | None:
        """"Tỷ lệ nộp trực tuyến trên số tiếp nhận trong kỳ: 75,2%": n is the figure the words name.

        Claimed only when it fits, or when n and its base are both pointed at.
        """
        after = self.totals_after(percent)
        if after is not None:
            return after
        words = lead.subject
        named = re.search(r"(?<!\w)(?:trên (?:tổng )?số|so với (?:tổng )?số|trong (?:tổng )?số)(?!\w)(.*)$", lead.gap)
        if named:
            words = content(re.split(r"[;(]|,(?!\d)", lead.gap[: named.start()])[-1])
        value = percent.quantity.written.value
        here = [i for i in self.paragraphs[percent.paragraph]]
        items = [i for i in reversed(here) if i.start < percent.start] + self.section_items(percent.paragraph) + [i for i in here if i.start > percent.start]
        if not words:
            if percent.quantity.written.value == 100 or _CHANGE.search(lead.gap):
                return None
            words = frozenset()
        if _CHANGE.search(lead.gap) or _FOREIGN.search(lead.gap):
            return None
        numerators = [i for i in items if words and (words <= i.words)] or [i for i in items if words and i.words and i.words <= words]
        slack = Fraction(1, 2) * percent.quantity.written.ulp
        for numerator in numerators[:6]:
            for base in [m for i in items for m in _figures(i)]:
                m = base.quantity.written.value
                if m >= numerator.value > 0 and base is not numerator.mention and compatible(self._unit(base), numerator.unit) and abs(100 * numerator.value / m - value) <= slack:
                    numerator.shares.append(percent)
                    return claim(Kind.SHARE, [term("n", numerator.mention), term("m", base), term("p", percent)], "share.subject", own_base=False, bases=(term("m", base),), scope=numerator.mention.quantity.noun)
        both = self.both_classes(percent, lead, items, slack)
        if both is not None:
            return both
        strict = [i for i in numerators if i.mention.paragraph == percent.paragraph and words <= i.words and i.unit]
        if strict and len({i.value for i in strict}) == 1:
            numerator = strict[0]
            mentions = self.reading.by_paragraph[percent.paragraph]
            bases = self.bases(numerator, percent, mentions, mentions.index(percent))
            if bases and any(t.span is not None for t in bases):
                return claim(Kind.SHARE, [term("n", numerator.mention), term("p", percent)], "share.subject", own_base=False, bases=tuple(bases), scope=numerator.mention.quantity.noun)
        return self.implied_numerator(percent, lead, here) or self.any_pair(percent, here)

    def both_classes(self, percent: Mention, lead: _Lead, items: list[Item], slack: Fraction) -> Claim | None:
        """"trước hạn và đúng hạn 99,4%" when early and on time are printed apart: n is their sum."""
        if not re.search(_BOTH, lead.gap):
            return None
        classes = {dict(classes_of(i.label)).get("timeliness"): i for i in reversed(items)}
        early, on_time = classes.get("early"), classes.get("on_time")
        if early is None or on_time is None:
            return None
        amount = early.value + on_time.value
        for base in [m for i in items for m in _figures(i)]:
            m = base.quantity.written.value
            if m >= amount and abs(100 * amount / m - percent.quantity.written.value) <= slack:
                return claim(Kind.SHARE, [term("n", early.mention), term("n", on_time.mention), term("m", base), term("p", percent)], "share.both", own_base=False, bases=(term("m", base),), scope="on_time_rate")
        return None

    def any_pair(self, percent: Mention, here: list[Item]) -> Claim | None:
        """Two figures of the same unit just before that give the share exactly; agreement only."""
        if percent.quantity.written.value in {0, 100} or percent.quantity.written.approx:
            return None
        near = [i for i in here if i.end <= percent.start and 0 <= percent.sentence - i.mention.sentence <= 1][-6:]
        near += [i for i in here if i.start > percent.end and i.mention.sentence == percent.sentence][:3]
        for whole in near:
            for part in reversed(near):
                if part.unit == whole.unit and part.unit and whole.value >= max(part.value, 5) and part is not whole and _fits(part.value, term("m", whole.mention), percent):
                    return claim(Kind.SHARE, [term("n", part.mention), term("m", whole.mention), term("p", percent)], "share.pair", own_base=False, bases=(term("m", whole.mention),), scope=part.mention.quantity.noun)
        return None

    def totals_after(self, percent: Mention) -> Claim | None:
        """"đúng hạn 99,68%: giải quyết xong 175.920, đúng hạn 175.354": total, then part."""
        items = [i for i in self.paragraphs[percent.paragraph] if i.start > percent.end and i.mention.sentence == percent.sentence]
        if len(items) < 2 or not re.fullmatch(r"\s*:[^:;.\d]{0,40}", self.reading.folded[percent.end : items[0].start]):
            return None
        whole, part = items[0], items[1]
        if part.value > whole.value or not compatible(whole.unit, part.unit):
            return None
        part.shares.append(percent)
        return claim(Kind.SHARE, [term("n", part.mention), term("m", whole.mention), term("p", percent)], "share.first", own_base=False, bases=(term("m", whole.mention),), scope=part.mention.quantity.noun)

    def implied_numerator(self, percent: Mention, lead: _Lead, here: list[Item]) -> Claim | None:
        """"Qua lấy ý kiến 150 người: …, hài lòng 33,8%": p alone on a small total just stated."""
        before = [i for i in here if i.end <= percent.start and i.mention.depth == percent.depth == 0]
        if not before or not lead.subject or percent.quantity.written.value in {0, 100}:
            return None
        total = before[-1]
        near = percent.sentence - total.mention.sentence
        if total.base is not None or total.value > 2000 or near > 1 or total.value < 2 or total.unit not in _PEOPLE:
            return None
        if total.shares or len(before) > 2 or percent.quantity.written.approx:
            return None
        return claim(Kind.SHARE, [term("m", total.mention), term("p", percent)], "share.alone", own_base=False, bases=(term("m", total.mention),), scope=" ".join(sorted(lead.subject)))

    def _unit(self, mention: Mention) -> str:
        other = self.owner.get(mention.index)
        return mention.unit or (other.unit if other else "")


def _fits(n: Amount, base: Term, percent: Mention | Term) -> bool:
    written = percent.written if isinstance(percent, Term) else percent.quantity.written
    return written is not None and base.written is not None and base.written.value > 0 and abs(100 * Fraction(n) / base.written.value - written.value) <= written.ulp / 2


_WHOLE = re.compile(r"(?<!\w)(?:toàn|tổng|cả|có|hiện|địa bàn)(?!\w)")
_TOTAL = re.compile(r"(?<!\w)(?:tổng|toàn|cả|đến hạn|phải giải quyết)(?!\w)")
_PEOPLE = frozenset({"người", "phiếu", "cử tri", "hộ", "lượt"})


def _figures(item: Item) -> list[Mention]:
    return [item.base, item.mention] if item.base is not None else [item.mention]


def _hint_unit(hint: str) -> str:
    hint = hint.replace("toàn bộ", "toàn")
    for match in re.finditer(r"(?<!\w)", hint):
        found = UNIT.match(hint, match.start())
        if found and unit_of(found.group(1)) not in {"tổ"}:
            return unit_of(found.group(1))
    return ""


def _sections(reading: Reading) -> list[int]:
    """A section number for each paragraph: a line that looks like a heading starts a new one."""
    out, current = [], 0
    for part in reading.paragraphs_read:
        if part.marker and re.match(r"[IVX]+[./)-]|\d{1,2}(?:\.\d{1,2})*[.)/]", part.marker.lstrip("*_# ")) and part.span.end - part.span.start < 160:
            current += 1
        out.append(current)
    return out
