"""The count a percent belongs to: the one it follows, stands in brackets behind, or shares its place in a list with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from ..language import MEASURES
from ..quantities import Mention, Reading
from .bases import Bases
from .items import AREAS, Item, between, comes_out, content
from .named import OF_BEFORE
from .pool import fits
from .subjects import CHANGE, Lead

_ABOUT = re.compile(r"\s(?:về|tính theo|xét theo) (?:tổng )?số (?:lượng )?(?P<noun>[^\W\d_]+)")
_OF_THE_NUMBER = re.compile(r"\s(?:tổng )?số (?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)")
_FIGURES = 8  # before a percent, among which the n/m it names stands
_BRACKET_CLOSED = re.compile(r"[^()\d%]{0,30}\),?\s(?:(?:là|đạt|bằng|chiếm|tương đương|tương ứng|tỷ lệ|ở mức|với)\s){1,3}")
CONNECTOR = re.compile(
    r"(?:[\s(*_+,;:=→–-]|(?<!\w)(?:là|có|được|đã|đạt(?: được)?|chiếm|với|(?<=tỷ lệ )bao phủ|tỷ lệ|tỷ trọng|tỉ lệ|tương ứng|tương đương|ứng với|bằng|tức(?: là)?|ở mức|mức|(?<=chiếm )(?:đến|tới)|(?<=đạt )(?:đến|tới)|khoảng|gần|trên|hơn|dưới|xấp xỉ|chỉ|cũng|đều|tính ra|và|đúng|giữ|hoàn thành|đạt tỷ lệ|lệ|ước|cả|số này|các|tổng)(?!\w))*"
)
_PIECES = re.compile(r"[;(:]|,(?!\d)|(?<!\w)(?:trong đó)(?!\w)")
_AND_AGAIN = re.compile(r"[^;:.\d]*(?:,|(?<!\w)và)\s(?:bằng|đạt|chiếm|tương đương)\s")
_MOST_LISTED = 12  # shares told one after the other that may belong to as many counts
_LISTED = re.compile(r"\s?(?:[,;/]|(?<!\w)và)\s?(?:và )?\s?")
_RESPECTIVELY = re.compile(r"(?<!\w)(?:lần lượt|tương ứng)(?!\w)[^.;\d]*$")
# "tăng 7.240 việc (tăng 1,27%); chiếm 79,56%": of the count before the change
_OWN_SHARE = re.compile(r"([^;]*;(?=\s+(?:chiếm|đạt)(?!\w))|[^;]*(?=,(?!\d)))(?=.*(?<!\w)(?:chiếm|đạt|tỷ lệ(?! tăng| giảm)))", re.DOTALL)
_REACHED = re.compile(r"(?<!\w)(?:là|còn|lên|xuống|đạt|thành)\s?$")  # after a verb of change: the new or the old state
_COUNT_BESIDE = re.compile(r"(?:\s?[^,;.()\d]{1,60},)?\s?,? (?:tương đương|tương ứng|ứng với|tức(?: là)?)(?: với)? ")
# a name up to its bracket; a comma may join its nouns: "cán bộ, công chức (…)"
_NAME = r"(?:[^,;.()\d]|, (?=công chức|viên chức|người lao động|thị trấn|phường|khu phố|tổ chức|đơn vị|ngành)){0,60}"
_COUNT_INSIDE = re.compile(rf"\s?{_NAME}\(\s?(?:tương đương(?: với)?|tương ứng(?: với)?|ứng với|là|tức(?: là)?)?\s?")
_INSIDE = re.compile(rf"\s?{_NAME}\(\s?(?:đạt |tương ứng |tức |tức là |bằng |tương đương |cụ thể |cụ thể là )?|,? (?:tức(?: là)?|tương ứng(?: với)?|tương đương|ứng với|cụ thể là) ")
_IN_WORDS = re.compile(
    r"[^;.()\d]{0,100}?(?:,?\s(?:với|tức(?: là)?|(?:tương )?ứng(?: với)?|tương đương(?: với)?|cụ thể(?: là)?|nghĩa là|tính theo|nhờ)|;\scụ thể(?: là|,|:)?|,\sbằng|\s?[:(]|\s-|\.\scụ thể(?: là|,|:)?)"
    r"(?:\s?(?:tức(?: là)?|(?:tương )?ứng(?: với)?|tương đương(?: với)?|cụ thể(?: là)?|bằng|gồm))?(?: có| đã có)?(?:(?<=\()(?:đã )?(?:giải ngân|thu|chi|thực hiện|giải quyết|xử lý|trả|hoàn thành|cấp|nộp|nhận)(?: được)?)?\s?"
)
_AGE = re.compile(r"(?<!\w)(?:từ |dưới |trên |đủ |đến )*\d{1,3}(?: tháng)? tuổi(?: trở lên)?(?!\w)")
# what says of whom an n/m is: "trẻ từ 6 đến 36 tháng tuổi được uống vitamin", "đảng viên 30, 40, 50 năm tuổi đảng"
_OF_WHOM = re.compile(r"(?:(?!(?<!\w)(?:và|với|cùng|có(?= \d)|còn|gồm|trong (?:số )?đó|tăng|giảm|đạt|chiếm|bằng|thêm)(?!\w))[^;:(),.]|(?<=\d), (?=\d))*")
_AMOUNT = re.compile(r"(?<!\w)(?:giải ngân|khối lượng|giá trị|doanh thu|sản lượng|diện tích)(?!\w)")
_THEN_SHARES = re.compile(r"[^,;.:()\d]{0,30}[,(]\s?(?:tương ứng |lần lượt )?(?:chiếm|với tỷ lệ|tỷ lệ|bằng|tương ứng|tương đương|ứng với)(?: tỷ lệ)?(?: là| với)?\s")
# "huyện 50%, xã 30%, nhân dân 20%, ứng với 600, 360 và 240 triệu đồng"
_COUNTS_IN_TURN = re.compile(r"[^;.()\d]{0,60}?(?:,|\s?\()?\s(?:tương ứng|tương đương|ứng với|tức(?: là)?)(?: lần lượt)?(?: với| là)?(?: lần lượt)?(?: là)?\s|\s?\((?:tương ứng|tương đương|ứng với)?(?: lần lượt)?(?: với| là)?\s?")
_NUMBERED = re.compile(r"(?<!\w)(?:mũi|đợt|lần|vòng|lớp)$")
_FEW = 100  # an age, a number of times or months


class Holders:
    """Finds the counts of the percents of one document, and reads the words between the two."""

    def __init__(self, reading: Reading, bases: Bases) -> None:
        self.reading, self.bases = reading, bases

    def following_fraction(self, mentions: tuple[Mention, ...], place: int) -> Item | None:
        """ "tỷ lệ nữ 40% (8/20)", "100% (31/31 người)"."""
        percent = mentions[place]
        if place + 1 < len(mentions):
            after = mentions[place + 1]
            gap = self.reading.folded[percent.end : after.start]
            item = self.bases.owner.get(after.index)
            if (
                item is not None
                and item.mention is after
                and item.base is not None
                and "lần lượt" not in gap
                and not self.of_change(percent)
                and _INSIDE.fullmatch(gap)
            ):
                return item
        return None

    def following_in_words(self, mentions: tuple[Mention, ...], place: int) -> tuple[Item, Mention] | None:
        """ "98,2%, với 423 hồ sơ đúng hạn trên tổng số 441 hồ sơ": the n behind the percent, and its m."""
        percent = mentions[place]
        after = next((m for m in mentions[place + 1 : place + 3] if m.unit != "tuổi"), None)
        item = self.bases.owner.get(after.index) if after is not None else None
        if item is None or item.mention is not after or item.shares or self.of_change(percent) or self.told_before(mentions, place):
            return None
        gap = _AGE.sub("", self.reading.folded[percent.end : item.start].replace("\n", " "))
        if self.bases.hint(percent) is not None and (self.bases.of_unprinted(percent) or not gap.rstrip().endswith(("(", ", cụ thể", ", cụ thể là"))):
            return None  # "đạt 98,2% kế hoạch, với …"
        if self.of_other_things(percent, item) or item.mention.sentence != percent.sentence and not self.alone_with_whole(item):
            return None
        whole = self.bases.spoken_whole(item) or self.bases.whole_behind(item, percent)
        return (item, whole) if whole is not None and _IN_WORDS.fullmatch(gap) else None

    def told_before(self, mentions: tuple[Mention, ...], place: int) -> bool:
        """ "6.139 hồ sơ trên tổng số 6.671 hồ sơ, đạt 92,0%, và … 2.874 trong 4.105": is the percent that of the two right before it?"""
        if place < 2 or mentions[place - 2].sentence != mentions[place].sentence or mentions[place - 1].percent or mentions[place - 2].percent:
            return False
        return comes_out(mentions[place - 2].value, mentions[place - 1].value, mentions[place].quantity.written)

    def alone_with_whole(self, item: Item) -> bool:
        """ "Cụ thể 391 trẻ trên tổng số 427 trẻ.": does the sentence tell these two only?"""
        figures = [i for i in self.bases.near(item.mention) if i.mention.sentence == item.mention.sentence]
        return len(figures) == 2 and ";" not in self.reading.folded[item.start : self.reading.sentences[item.mention.sentence].end]

    def of_other_things(self, percent: Mention, item: Item) -> bool:
        """ "Giải ngân đạt 45,6% (4 dự án trong tổng số 11 dự án)", "bao phủ đạt 93,4%, với 12 thôn trên tổng số 15 thôn …": the rate is
        of money or people, not of the projects or hamlets."""
        said = self.reading.folded[self.clause_start(percent) : item.start]
        if item.unit in AREAS:
            return re.search(rf"(?<!\w){item.unit}(?!\w)", said) is None
        return item.mention.scale == 1 and _AMOUNT.search(said) is not None

    def of_change(self, percent: Mention) -> bool:
        """ "giảm 3,9% (233/240)", "ít hơn 03 vụ = 1,6% (180/183)": the two in brackets are now and before."""
        lead = self.reading.folded[self.clause_start(percent) : percent.start]
        return CHANGE.search(lead) is not None and not _REACHED.search(lead)

    def respective(self, mentions: tuple[Mention, ...], place: int) -> Item | None:
        """ "sau đại học 09, đại học 41, cao đẳng 02, … lần lượt là 17,3%, 78,8% và 3,9%": the count in the same place."""
        text = self.reading.folded
        first, last = self.percents_listed(mentions, place)
        opening = mentions[first]
        if first == last:
            return None
        counts = [i for i in self.bases.near(opening) if i.mention.end <= opening.start and i.mention.sentence == opening.sentence]
        counts = [i for i in counts if not i.aside and i.mention.group == opening.group]
        fractions = [i for i in counts if i.base is not None]  # "118/126 trẻ, 109/126 trẻ, đạt lần lượt 93,7% và 86,5%"
        counts = fractions if len(fractions) == last - first + 1 and counts[-1].base is not None else [i for i in counts if i.base is None]
        while counts and re.search(r"(?<!\w)tổng(?!\w)", counts[-1].mention.before):
            counts.pop()
        size = last - first + 1
        if len(counts) < size:
            return None
        told = _RESPECTIVELY.search(text, max(0, opening.start - 40), opening.start) is not None
        in_turn = told or self.counted_in_turn(counts, size, opening) or _of_one_whole(counts[-size:], mentions[first : last + 1])
        return counts[-size:][place - first] if in_turn else None

    def percents_listed(self, mentions: tuple[Mention, ...], place: int) -> tuple[int, int]:
        """The places of the first and the last percent of those told one after the other, this one among them."""
        text, first, last = self.reading.folded, place, place
        while first > max(0, place - _MOST_LISTED) and mentions[first - 1].percent and _LISTED.fullmatch(text, mentions[first - 1].end, mentions[first].start):
            first -= 1
        while last + 1 < min(len(mentions), place + _MOST_LISTED) and mentions[last + 1].percent and _LISTED.fullmatch(text, mentions[last].end, mentions[last + 1].start):
            last += 1
        return first, last

    def of_so_many(self, mentions: tuple[Mention, ...], place: int) -> bool:
        """ "Ba người đầu trúng cử với tỷ lệ lần lượt là 92,6%, 87,0%, 75,9%": is the percent one of as many as a number of the sentence says, and
        no count of theirs told?"""
        first, last = self.percents_listed(mentions, place)
        start = self.reading.sentences[mentions[first].sentence].start
        told = first < last and _RESPECTIVELY.search(self.reading.folded, max(start, mentions[first].start - 40), mentions[first].start) is not None
        return told and any(m.quantity.word and m.value == last - first + 1 and m.sentence == mentions[first].sentence for m in mentions[max(0, first - _FIGURES) : first])

    def counted_in_turn(self, counts: list[Item], size: int, opening: Mention) -> bool:
        """ "đất đai, hộ tịch, chứng thực lần lượt là 310, 434 và 496 hồ sơ, chiếm 25,0%, 35,0% và 40,0%": are the counts told in turn, as
        many as the percents?"""
        text, row = self.reading.folded, counts[-size:]
        told = _RESPECTIVELY.search(text, max(0, row[0].start - 40), row[0].start)
        listed = all(_LISTED.fullmatch(text, a.mention.end, b.start) for a, b in pairwise(row))
        return told is not None and listed and _THEN_SHARES.fullmatch(text, row[-1].mention.end, opening.start) is not None

    def following_count(self, mentions: tuple[Mention, ...], place: int) -> Item | None:
        """ "Hộ nghèo chiếm 11% (tương đương 669 hộ)": the count a percent stands for, in brackets behind it."""
        if place + 1 >= len(mentions):
            return None
        after = mentions[place + 1]
        item = self.bases.owner.get(after.index)
        inside = item is not None and item.mention is after and item.base is None
        gap = self.reading.folded[mentions[place].end : after.start]
        closed = self.reading.folded[after.end : after.end + 1] == ")"
        told = closed and after.unit != "" and _COUNT_INSIDE.fullmatch(gap) or (after.unit != "" or after.value >= _FEW) and _COUNT_BESIDE.fullmatch(gap)
        return item if inside and told else None

    def counts_behind(self, mentions: tuple[Mention, ...], place: int) -> tuple[Item, Item] | None:
        """ "huyện 50%, xã 30%, nhân dân 20%, ứng với 600, 360 và 240 triệu đồng": of the percents told without a count, the count in the same
        place of the list behind them, and the last one."""
        first, last = place, place
        while first and place - first < _MOST_LISTED and _goes_on(mentions[first - 1], mentions[first]):
            first -= 1
        while last + 1 < len(mentions) and last - place < _MOST_LISTED and _goes_on(mentions[last], mentions[last + 1]):
            last += 1
        size = last - first + 1
        counts = [self.bases.owner.get(m.index) for m in mentions[last + 1 : last + 1 + size]]
        row = [i for i in counts if i is not None and i.base is None]
        if size == 1 or len(row) < size or any(i.mention is not m for i, m in zip(row, mentions[last + 1 :], strict=False)):
            return None
        text = self.reading.folded
        listed = all(_LISTED.fullmatch(text, a.mention.end, b.start) for a, b in pairwise(row))
        told = listed and _COUNTS_IN_TURN.fullmatch(text, mentions[last].end, row[0].start)
        return (row[place - first], row[-1]) if told else None

    def told_about(self, mentions: tuple[Mention, ...], place: int) -> Item | None:
        """The n/m that a percent names by its noun: "141/143 vụ với 228/231 bị cáo, đạt 98,6% về số vụ và 98,7% về số bị cáo"."""
        percent = mentions[place]
        about = _ABOUT.match(self.reading.folded, percent.end)
        if about is None:
            return self.named_fraction(mentions, place)
        items = (self.bases.owner.get(m.index) for m in reversed(mentions[max(0, place - _FIGURES) : place]) if m.over is not None and m.sentence == percent.sentence)
        return next((i for i in items if i and i.base is not None and i.base.after.startswith(about["noun"])), None)

    def named_fraction(self, mentions: tuple[Mention, ...], place: int) -> Item | None:
        """ "8/11 khu vực bỏ phiếu có 100% cử tri đi bầu (chiếm 72,7% số khu vực bỏ phiếu)": the n/m right before another percent, whose m is
        what the words behind p count, when it comes out."""
        percent, before = mentions[place], mentions[max(0, place - 3) : place]
        noun = _OF_THE_NUMBER.match(self.reading.folded, percent.end)
        if noun is None or len(before) < 3 or not before[2].percent or before[0].over != before[1].index or before[0].sentence != percent.sentence:
            return None
        item = self.bases.owner.get(before[0].index)
        alike = item is not None and item.base is not None and item.base.after.startswith(noun["noun"])
        return item if alike and item is not None and item.base is not None and comes_out(item.value, item.base.value, percent.quantity.written) else None

    def bracketed_fraction(self, mentions: tuple[Mention, ...], place: int) -> Item | None:
        """The n/m in brackets right before a percent: "tỷ lệ hài lòng chung (389/405 phiếu) là 96,0%"."""
        base, percent = mentions[place - 1] if place else None, mentions[place]
        if base is None or base.under is None or base.group < 0 or percent.group == base.group:
            return None
        item = self.bases.owner.get(base.under)
        told = _BRACKET_CLOSED.fullmatch(self.reading.folded, base.quantity.span.end, percent.start)
        return item if item is not None and not item.shares and told is not None else None

    def holder(self, mentions: tuple[Mention, ...], place: int) -> tuple[Item | None, str]:
        """The counted item a percent follows, and the words between them."""
        percent = mentions[place]
        text = self.reading.folded
        back, groups = place - 1, {percent.group}
        while back >= 0:
            mention = mentions[back]
            numbered = not mention.unit and _NUMBERED.search(mention.before) is not None
            if not mention.percent and (mention.index not in self.bases.owner or numbered):
                if mention.index == percent.parent:
                    groups.add(mention.group)
                back -= 1  # "144 lượt là người từ 60 tuổi trở lên, chiếm …": an age is no numerator, nor is the 2 of "mũi 2"
                continue
            if mention.group in groups or mention.index == percent.parent:
                break
            back -= 1
        if back < 0:
            return None, ""
        mention = mentions[back]
        if (
            mention.unit in {"xã", "thôn", "tổ", "khu", "huyện"}
            and back
            and mentions[back - 1].under is not None
            and mentions[back - 1].sentence == percent.sentence
            and "," not in text[mentions[back - 1].end : mention.start]
        ):
            back -= 1  # "5.690/7.020 cử tri 2 xã nói trên tán thành, đạt …"
            mention = mentions[back]
        if mention.percent:
            return self.twice_told(mention, percent)
        mention = self.fraction_of(mentions, back, percent) or mention
        item = self.bases.owner.get(mention.index)
        if item is not None and item.aside and item.base is None and mention.group == percent.group:
            earlier = [
                i
                for i in self.bases.near(percent)
                if not i.aside
                and i.end <= item.start
                and i.mention.group == percent.group
                and i.mention.sentence == percent.sentence
            ]
            tail = text[mention.end : percent.start]
            own = _OWN_SHARE.match(tail)
            if not earlier or own is None:
                return None, ""
            return earlier[-1], tail[own.end(1) :]
        if item is None or mention.sentence != percent.sentence or item.aside and item.base is None:
            return None, ""
        end = max(
            mention.end, item.base.end if item.base is not None and item.base.start < percent.start else 0
        )
        inside = percent.group != mention.group
        gap = text[end : percent.start]
        gap = (
            between(self.reading, end, percent.start)
            if not inside
            else gap.replace("(", " ", 1)
            if gap.count("(") == 1
            else gap
        )
        return item, gap.replace("\n", " ")  # a sentence may be broken at a fixed width

    def fraction_of(self, mentions: tuple[Mention, ...], back: int, percent: Mention) -> Mention | None:
        """ "1.087/1.124 trẻ từ 6 đến 36 tháng tuổi được uống vitamin A = 96,7%": the n of an n/m, when the figures behind it only
        say of whom it is."""
        first = back
        while first >= 0 and mentions[first].under is None and not mentions[first].percent and self.of_whom(mentions[first], mentions[back]):
            first -= 1
        if first < 1 or first == back or mentions[first].under != mentions[first - 1].index or mentions[first].group != mentions[back].group:
            return None
        told = _OF_WHOM.fullmatch(self.reading.folded, mentions[first].end, mentions[back].end)
        return mentions[first - 1] if told and mentions[first].sentence == percent.sentence else None

    @staticmethod
    def of_whom(mention: Mention, last: Mention) -> bool:
        """May the figure be an age, or say how many times or months?"""
        measured = mention.unit in MEASURES or not mention.unit and mention.over is None and mention.value <= _FEW
        return measured and mention.group == last.group

    def twice_told(self, first: Mention, percent: Mention) -> tuple[Item | None, str]:
        """ "17 phiếu, bằng 68% số phiếu hợp lệ và bằng 63,0% tổng số đại biểu": a second share of n, of a base named after it.

        Without such words a bare percent after another stands alone.
        """
        gap = between(self.reading, first.end, percent.start)
        holder = next((i for i in self.bases.near(percent) if i.shares and i.shares[-1] is first), None)
        if holder is None or first.sentence != percent.sentence or not _AND_AGAIN.fullmatch(gap):
            return None, ""
        agrees = self.bases.hint(percent) is not None and any(
            fits(holder.value, b, percent) for b in self.bases.candidates(holder, percent)
        )
        return (holder, " ") if agrees or OF_BEFORE.match(self.reading.folded, percent.end) else (None, "")

    def lead(self, gap: str) -> Lead:
        piece = _PIECES.split(gap)[-1]
        tail = piece if piece.strip(" :") else gap
        pure = CONNECTOR.fullmatch(tail.strip()) is not None
        if pure and tail is not gap:
            # the words right after the number belong to it: "390 phiếu rất hài lòng (đạt 99,4%)"
            pure = True
        return Lead(gap, frozenset() if pure else content(tail), pure)

    def new_subject(self, gap: str, holder: Item) -> bool:
        """Before its parenthesis, do the words turn to something else? "1 ĐB người dân tộc và ĐB trẻ (3,13%)"."""
        if ";" in gap:
            return True
        pieces = re.split(r"[,:]|(?<!\w)(?:và|cùng|còn|gồm|như)(?!\w)", gap.rsplit("  ", 1)[0])
        return (
            len(pieces) > 1
            and not holder.base
            and bool(content(pieces[-1]) - holder.words)
            and re.search(r"(?<!\w)(?:và|cùng|còn|gồm|như)(?!\w)|:", gap) is not None
        )

    def better(self, lead: Lead, holder: Item, items: list[Item]) -> bool:
        """Does another figure of the paragraph match the percent's own words more fully?"""
        if lead.subject <= holder.words:
            return False
        return any(lead.subject <= other.words for other in items if other is not holder)

    def clause_start(self, percent: Mention, *, wide: bool = False) -> int:
        text = self.reading.folded
        low = max(0, percent.start - 120)
        cut = low
        for mark in re.finditer(
            r"[;\n(]|[.!?]\s" if wide else r"[;\n(]|[.!?]\s|,(?!\d)|:(?=\s)", text[low : percent.start]
        ):
            cut = low + mark.end()
        return cut


def _of_one_whole(counts: Sequence[Item], percents: Sequence[Mention]) -> bool:
    """ "bị hủy 1 vụ, bị sửa 3 vụ, chiếm 0,53% và 1,58% số án": is there one whole that each count is its percent of? Not where all are
    alike, or one tells the whole roughly."""
    ends = []
    for item, percent in zip(counts, percents, strict=True):
        value, ulp = 2 * Fraction(percent.value), percent.quantity.written.ulp
        if value <= ulp or len({i.value for i in counts}) < len(counts):
            return False
        ends.append((200 * item.value / (value + ulp), 200 * item.value / (value - ulp)))
    least, most = max(low for low, _ in ends), min(high for _, high in ends)
    return least <= most and max(high for _, high in ends) * 10 <= 11 * least


def _goes_on(percent: Mention, following: Mention) -> bool:
    """Are the two percents told one after the other in one sentence?"""
    return percent.percent and following.percent and percent.sentence == following.sentence
