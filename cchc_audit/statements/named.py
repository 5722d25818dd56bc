"""The base that words name: printed behind the percent, told before the count, a plan, the unit of "số hội viên"."""

from __future__ import annotations

import re

from .. import language
from ..language import UNIT, compatible
from ..model import Term
from ..quantities import Mention, Reading
from .items import Item, between, content, counted_alike, term
from .pool import Pool, fits, is_change, near_miss, one_digit_off, one_slip_off

_OF = re.compile(
    r"^[^.;\d]{0,45}(?<!\w)tính trên (?:tổng )?số [^.;\d]{0,60}$"
    r"|^(?:[^.;\d]|\d{1,2} tuổi){0,45}(?<!\w)(?:(?:trên|trong) tổng(?: số)?(?: [^\W\d]+){0,3}|trên (?:dân số|kế hoạch|dự toán|chỉ tiêu|số)(?: [^\W\d]+){0,4}|trên|/|trong số|trong)\s*(?:là\s*)?(?:tổng\s*)?(?:số\s*)?$"
)
_BASE_AFTER = re.compile(r"^\s*\)?\s*(?:(?:so với|trên|trong|của|tổng|số|lượng|toàn bộ|dự toán|kế hoạch|kh|dt|chương trình|chỉ tiêu|hồ sơ|hs|thủ tục|tthc|cử tri|hộ|nhiệm vụ|biên chế|diện tích|giá(?: trị| hợp đồng| gói thầu){0,2}|tổng mức(?: đầu tư)?)(?!\w)\s*){1,5}")  # fmt: skip
PLAN = re.compile(r"(?<!\w)(?:dự toán|kế hoạch|kh|dt|chỉ tiêu|chương trình|định mức|dự kiến|nghị quyết)(?!\w)")
# "bằng 110,0% so với cùng kỳ (4.420 triệu đồng)"
OF_BEFORE = re.compile(r"\s(?:so (?:với )?|của )?(?:cùng kỳ|(?:năm|quý|kỳ|tháng) (?:trước|ngoái))[^;.(]{0,30}\((?:là )?")
_FORMER = re.compile(r"so với (?:nửa )?(?:cùng kỳ|(?:năm|quý|kỳ|tháng|nhiệm kỳ)(?!\w))")
_OF_FORMER = re.compile(r"\s(?:so(?: với)? |của )?(?:cùng kỳ|(?:năm|quý|kỳ|tháng) (?:trước|ngoái))(?!\w)(?![^;.(]{0,30}\()")  # "bằng 104,2% cùng kỳ"
_LESS_OR_MORE = re.compile(r"(?<!\w)(?:bớt|thêm|nhích|hụt|sụt)(?!\w)")  # "3,3% số hộ cả huyện và bớt 112 hộ"
_PLAN_OPENED = re.compile(r"(?<!\w)(?:dự toán|kế hoạch|chỉ tiêu)(?: năm| quý| cả năm| được giao| giao){0,2}\s?$")
_SET = re.compile(r"(?<!\w)(?<!bàn )giao(?: cho [^,;.:()\d]{1,20})?$")  # "huyện giao 5.500 tài khoản, xã thực hiện được 5.402, đạt 98,2% chỉ tiêu"
_BY_PLAN = re.compile(r"\W*(?:(?:theo|thực hiện) )(?:kế hoạch|chỉ tiêu|dự toán)(?!\w)[^;.:\d]{0,60}$")
_AGAINST_PLAN = re.compile(
    r",\s(?:vượt|đạt trên|cao hơn|thấp hơn|hụt so với|so với|(?:vượt|hụt) [\d.,]+ [^\W\d]+(?: [^\W\d]+)? so với|trong khi)(?: [^\W\d]+){0,4}? (?:kế hoạch|chỉ tiêu|dự toán)(?: [^\W\d]+){0,4}?\s?$"
)
_AMONG_THOSE = re.compile(r"(?<!\w)trong số ([^,;.:()\d]{3,40}?)(?: thì)?(?: có)?\s?$")
_OPENS_IN = re.compile(r"\W*(?:cũng |và |còn )?(?:trong|đối với|với|(?P<has>(?:hiện )?có)|(?:tính|xét) trên) (?:tổng )?(?:số )?")
_AMONG_IT = re.compile(r"[^;.:()\d]{0,60},?\s(?:trong|tại) số (?:đó|này|ấy)(?: thì)?(?:,| có| đã)?\s(?:[^,;.:()\d]{0,30}\s)?")
_LISTED_ON = re.compile(r"(?<!\w)(?:kết quả|tính|xét)(?: riêng)? trên (?:tổng )?số (?P<those>[^,;.:()\d]{3,40}?)(?: thì| là| có|,|:| như sau)(?!\w)")
_DONE_OF_IT = re.compile(r"[^,;.:()\d]{0,60},?\s(?:(?:phường|xã|thị trấn|ubnd \w+|đơn vị) )?(?:đã |có )[^,;.:()\d]{0,40}")  # "Đối với 71 đơn thuộc thẩm quyền, đã giải quyết 66 đơn"
_STAGED = re.compile(r" (?:(?:tổng )?số |trên |trong |so với )+(?:(?:hồ sơ|hs|phiếu|việc|vụ|đơn|văn bản|người|hộ|kiến nghị|nhiệm vụ) )?(?P<those>(?:đã|phải|có điều kiện|đủ điều kiện|có (?:phí|nghĩa vụ)|thuộc (?:thẩm quyền|diện)|thu về|phát ra|nhận mới|mới nhận|tiếp nhận mới)(?!\w)[^,;.:()\d]{0,40}?)\s?$")  # "chiếm 74,59% số đã giải quyết"
_BEYOND = re.compile(r"(?<!\w)(?:vượt|hụt|thừa|thiếu)$")  # "18.640 triệu đồng, vượt 2.640 triệu đồng so với dự toán 16.000"
_SORTS = ("có ", "đủ ", "thuộc ")
_THEN = re.compile(r"(?<!\w)thì(?!\w)")
_OPENS_AMONG = re.compile(r"\W*(?:(?:nếu )?(?:xét|tính)(?: riêng)?(?: trong| trên)?|trong) (?:tổng )?số (?:(?:việc|hồ sơ|vụ|đơn|người|phiếu|hộ) )?(?P<those>[^,;.:()\d]{3,40}?)(?:,| thì)(?!\w)")
DENYING = frozenset({"không", "chưa"})
_IN_BRACKETS = re.compile(r"\s(?!(?:so với|cùng kỳ|tăng|giảm|vượt)(?!\w))[^;,.()\d]{4,60}\((?:là )?")
_BRACKETED_WHOLE = re.compile(r"[^,;:.()\d]{0,30}\((?:trên|trong)(?: tổng)?(?: số)? ")
_IN_ALL_BEHIND = re.compile(r", (?:trong|trên) tổng(?!\w)")  # "31 căn, chiếm 83,8%, trong tổng số 37 căn"
_POPULATION = re.compile(r"\s(?:tổng )?dân số[^;,.()\d]{0,30}\((?:là )?")
_WHO_HAVE = re.compile(r"[^;.()\d]{0,60}(?<!\w)(?:có|thì|gồm) \d")  # opens what is told next
_AND_IN_ALL = re.compile(r"[^;,.()\d]{0,40}[;,] (?:trong khi |còn )?(?:tổng|toàn|cả)(?!\w)(?:[^;,.()\d]|(?<!\d)\d{1,2} tháng|,(?= chữa| bệnh)){0,80}")
_AMONG = re.compile(r"(?:^|[.;\n]\s?|\W)(?:trong|trên|hỏi|khảo sát|lấy ý kiến|phỏng vấn|kiểm tra|điều tra|rà soát)(?: ngẫu nhiên)?(?: tổng)?(?: số)? $")
_NOT_OF_ALL = re.compile(r"[;:.(]|(?<!\w)(?:trong (?:số )?đó|trong số|tăng|giảm|cùng kỳ|so với|riêng|phát hiện)(?!\w)")
_WHOLE_TOLD = re.compile(r"(?<!\w)(?:toàn|tổng|hiện|có|quản lý|giao|cho|phải|cần|với)(?!\w)")
_UNIT_AS_PRINTED = re.compile(rf"^{UNIT.pattern}")
_PARAGRAPHS = 2  # from the figure that words name to its part
_CLAUSE = 60  # characters before a count in which its whole is named
_BASE_BEFORE = re.compile(
    r"(?<!\w)(?:(?:tính|xét)(?: riêng)? (?:trên|theo)(?: tổng)?(?: số)?|so với (?:tổng )?số|(?:so với|theo)(?= danh sách| giấy mời| phiếu)|trên (?:tổng )?số)"
    r"(?P<what> [^,;:.()\d]{2,60}?)(?:,[^,;:.()\d]{0,40})?(?: thì)?(?: tỷ lệ(?: [^,;:.()\d]{0,30})?)?(?: (?:là|đạt|bằng|chiếm)|\s?:)?\s$"
)
_HINT_ENDS = re.compile(r"[,;()\d]|\.(?=\s|$)|(?<!\w)(?:(?<!số )được|đã có|có(?! (?:mặt|khả năng|nhu cầu|điều kiện|đăng ký|nguyện vọng|phí|lệ phí|thu phí|nghĩa vụ))|trong đó|do|và)(?!\w)")
_NAMES_BASE = re.compile(r"(?<!\w)(?:số|tổng|so với|trên|trong|dự toán|kế hoạch|kh|dt|chỉ tiêu|chương trình|hồ sơ|hs)(?!\w)")
_CLAUSE_OF_BASE = 120  # characters before a percent in which its base is named
_NO_HINT = frozenset({"tổ", "năm", "quý", "tháng", "tuần"})  # "số tiếp nhận trong năm" counts no years
_OPENS_PLAN = re.compile(r"\W*(?:so với |theo )?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)(?: [^\W\d]+){0,5}[,:]\s")
_OF_ONE_PLAN = 8  # figures back to the share that names the plan


class Named(Pool):
    """Reads what the words around a share say of its base."""

    def __init__(self, reading: Reading, paragraphs: list[list[Item]]) -> None:
        super().__init__(reading, paragraphs)
        self.hints: dict[int, str | None] = {}  # by percent: asked for again and again
        self.lists: dict[int, list[re.Match[str]]] = {}  # by sentence: where a list says what it is of

    def hint(self, percent: Mention) -> str | None:
        """Words after a percent that name its base, or those of its clause before it: "98,2% số hồ sơ tiếp nhận", "tính trên số phải
        dự, tỷ lệ đạt 90,6%"."""
        if percent.index not in self.hints:
            self.hints[percent.index] = self._hint_behind(percent) or self._hint_before(percent)
        return self.hints[percent.index]

    def _hint_before(self, percent: Mention) -> str | None:
        low = max(self.reading.sentences[percent.sentence].start, percent.start - _CLAUSE_OF_BASE)
        told = _BASE_BEFORE.search(self.reading.folded[low : percent.start].replace("\n", " "))
        return told["what"] if told is not None and content(told["what"]) else None

    def _hint_behind(self, percent: Mention) -> str | None:
        end = min(percent.end + 70, self.reading.paragraphs_read[percent.paragraph].span.end)
        text = self.reading.folded[percent.end : end].replace("\n", " ")  # a sentence may be broken at a fixed width
        match = _BASE_AFTER.match(text)
        if match is None or match.group().strip() in {"", ")"} or match.group().lstrip().startswith(")"):
            return None
        stop = _HINT_ENDS.search(text)
        phrase = text[: stop.start() if stop else len(text)]
        if not _NAMES_BASE.search(match.group()):
            return None
        return phrase

    def named_base(self, mentions: tuple[Mention, ...], place: int) -> Mention | None:
        """A base printed after the percent: "1,99% trong tổng số 2.215 hộ", "74% dự toán (5.200 triệu)"."""
        percent = mentions[place]
        if place + 1 >= len(mentions):
            return None
        after = mentions[place + 1]
        gap = self.reading.folded[percent.end : after.start]
        if _IN_ALL_BEHIND.match(gap) and not _WHO_HAVE.match(self.reading.folded, after.end):
            gap = gap[1:]
        if after.percent or not after.countable or after.sentence != percent.sentence or len(gap) > 70:
            return None
        if _LESS_OR_MORE.search(gap):
            return None
        if after.group != percent.group and not re.search(
            r"\(\s?(?:dự toán|kế hoạch|chỉ tiêu|kh|dt|tổng số|tổng)?(?: được)?(?: giao| năm| là)?\s*$", gap
        ):
            return None
        if OF_BEFORE.fullmatch(gap):
            return after
        if _POPULATION.fullmatch(gap):
            return after
        head = _BASE_AFTER.match(gap)
        if (
            head is None
            or re.search(r"[;.:]|(?<!\w)(?:trong đó|tăng|giảm|gồm|(?:kế hoạch|dự toán|chỉ tiêu)(?: giao| năm)? và)(?!\w)|,.*,|,[^(]*$", gap)
            or ")" in gap.strip()[1:]
        ):
            return None
        if gap.strip().startswith(")") and re.match(r"\s*\)\s*(?:số|của)(?!\w)", gap):
            return None
        of = gap.strip() == "của" and after.group == percent.group
        if not of and re.match(r"\s*(?:của|số|hồ sơ)\s*$", head.group()) and not re.search(r"số|tổng|\(", gap):
            return None
        return after

    def bracketed_base(self, mentions: tuple[Mention, ...], place: int) -> Mention | None:
        """The figure in brackets behind the words a percent is of: "43,1% lực lượng lao động trong độ tuổi (5.926 người)"."""
        percent, after = (*mentions[place : place + 2], None)[:2]
        if percent is None or after is None or not after.countable or not after.unit or after.group == percent.group or after.sentence != percent.sentence:
            return None
        closed = self.reading.folded.startswith(")", after.end)
        return after if closed and _IN_BRACKETS.fullmatch(self.reading.folded, percent.end, after.start) else None

    def spoken_base(self, item: Item, percent: Mention) -> tuple[Mention, Item] | None:
        """ "3.978 kết quả trong tổng số 4.821 kết quả, đạt 82,5%": the figure before p is the base."""
        items = [
            i
            for i in self.near(percent)
            if i.end <= item.start and i.mention.group == item.mention.group
        ]
        if not items or items[-1].mention.sentence != item.mention.sentence or self.summed_up(item):
            return None
        part = items[-1]
        if (
            re.match(r"(?:trên )?tổng(?: số)?$", item.mention.before)
            and (part.value < item.value or item.mention.before.startswith("trên"))
            and compatible(part.unit, item.unit)
        ):
            return item.mention, part
        if re.match(r"(?:còn )?tổng(?: số)? ", item.mention.before) and part.value < item.value and fits(part.value, term("m", item.mention), percent):
            return item.mention, part  # "115.665 hồ sơ trực tuyến, còn tổng hồ sơ giải quyết là 168.746, chiếm 68,54%"
        gap = between(self.reading, part.mention.end, item.start)
        told = re.search(r"tổng|trên|trong số", gap) or part.unit == item.unit != "" or not part.unit and gap.strip() == "trong" or gap.endswith("trong ") and compatible(part.unit, item.unit)
        if _OF.match(gap) and told and part.value <= item.value:
            return item.mention, part
        return None

    def spoken_whole(self, item: Item) -> Mention | None:
        """The m of an n/m in words, told right behind n: "423 hồ sơ đúng hạn trên tổng số 441 hồ sơ", "52 trong số 58 người"."""
        here = self.near(item.mention)
        after = next((i for i in here if i.start >= item.end), None)
        if after is None or item.base is not None or after.base is not None or after.mention.sentence != item.mention.sentence:
            return None
        gap = self.reading.folded[item.mention.end : after.start].replace("\n", " ")
        named = re.search(r"(?:trên|trong) (?:tổng|số|dân số|kế hoạch|dự toán|chỉ tiêu)(?!\w)", gap) is not None
        alike = after.unit != "" and item.unit in {"", after.unit} and item.value <= after.value
        told = (named or alike) and compatible(after.unit, item.unit)
        return after.mention if told and _OF.match(gap) and after.mention.group == item.mention.group else None

    def bracketed_whole(self, item: Item) -> Mention | None:
        """ "37 (trên tổng số 43) cán bộ": the m in brackets right behind n."""
        after = next((i for i in self.near(item.mention) if i.start >= item.mention.end), None)
        if after is None or after.mention.parent != item.mention.index or self.reading.folded[after.mention.end : after.mention.end + 1] != ")":
            return None
        told = _BRACKETED_WHOLE.fullmatch(self.reading.folded, item.mention.end, after.start)
        return after.mention if told and compatible(after.unit, item.unit) else None

    def plan_told(self, item: Item, percent: Mention) -> Term | None:
        """The plan printed in the clause of its share: "8.412 triệu đồng so với dự toán 9.260 triệu đồng, đạt 90,8%", "dự toán giao 9.260 triệu
        đồng, thực hiện 8.412 triệu đồng, bằng 90,8% dự toán"; the one plan of the sentence, when the share comes out on it or
        would but for one slip."""
        here = [i for i in self.near(percent) if i.mention.sentence == percent.sentence and i.mention.end <= percent.start and i is not item and counted_alike(i, item)]
        here = [i for i in here if not (is_change(i) or _BEYOND.search(i.mention.before)) or PLAN.search(i.mention.before)]
        start = self.reading.sentences[percent.sentence].start
        hinted = PLAN.search(self.hint(percent) or "") is not None
        plans = [i for i in here if i.base is None and (PLAN.search(i.mention.before) or self.plan_in_brackets(i) or hinted and _SET.search(i.mention.before) or _BY_PLAN.match(self.reading.folded, start, i.start))]
        if len(plans) != 1 or item.base is not None or len(here) != 1 and not (hinted and fits(item.value, term("m", plans[0].mention), percent)):
            return None
        hint, base = self.hint(percent), term("m", plans[0].mention)
        set_so = _SET.search(plans[0].mention.before) is not None and PLAN.search(plans[0].mention.before) is None
        if hint is not None and not set_so and not content(PLAN.sub(" ", hint)) <= content(self.reading.folded[max(start, plans[0].start - _CLAUSE_OF_BASE) : plans[0].start]):
            return None  # "so với dự toán tỉnh giao …, đạt 98,0% dự toán HĐND xã giao"
        told = hint is not None and PLAN.search(hint) is not None  # "chỉ tiêu 120 giấy; …; ký cấp 90 giấy, đạt 83% chỉ tiêu"
        return base if told or fits(item.value, base, percent) or one_slip_off(item.value, base, percent) or percent.value >= 100 and one_digit_off(item.value, base, percent) else None

    def plan_in_brackets(self, item: Item) -> bool:
        """ "vượt kế hoạch năm (410 vụ)"."""
        return item.mention.group >= 0 and _PLAN_OPENED.search(self.reading.folded, max(0, item.mention.group - _CLAUSE), item.mention.group) is not None

    def against_plan(self, plan: Item) -> Item | None:
        """What was done of a plan told right behind it: "6.845 ha, vượt diện tích kế hoạch là 6.760 ha và đạt 101,26%"."""
        before = [i for i in self.near(plan.mention) if i.end <= plan.start and i.mention.sentence == plan.mention.sentence and not i.aside]
        told = before and plan.base is None and _AGAINST_PLAN.search(self.reading.folded, before[-1].end, plan.start) is not None
        return before[-1] if told and before[-1].base is None and before[-1].unit == plan.unit != "" else None

    def whole_behind(self, item: Item, percent: Mention) -> Mention | None:
        """ "Chiếm 88,4% là người có thẻ, cụ thể 5.217 lượt; toàn trạm khám cho 5.902 lượt": the whole told last in the sentence, when the
        share comes out on it, would but for one slip, or the part is larger than it."""
        behind = [i for i in self.near(item.mention) if i.start >= item.mention.end and i.mention.sentence == item.mention.sentence]
        if len(behind) != 1 or item.base is not None or behind[0].base is not None or behind[0].unit != item.unit and not compatible(behind[0].unit, item.unit):
            return None
        gap = self.reading.folded[item.mention.end : behind[0].start].replace("\n", " ")
        base = term("m", behind[0].mention)
        sure = item.value > behind[0].value or fits(item.value, base, percent) or one_slip_off(item.value, base, percent)
        return behind[0].mention if sure and _AND_IN_ALL.fullmatch(gap) else None

    def asked(self, item: Item, percent: Mention) -> Term | None:
        """ "Trong 240 hộ được hỏi, 72,5% (tức 174 hộ) …": the whole a sentence opens with, the one figure before p, when the share all but
        comes out on it or would but for one slip."""
        before = [i for i in self.near(percent) if i.end <= percent.start and i.mention.sentence == percent.sentence]
        if len(before) != 1 or before[0].base is not None or not compatible(before[0].unit, item.unit) or self.hint(percent) is not None:
            return None
        whole = before[0]
        opens = _AMONG.search(self.reading.folded, max(0, whole.start - _CLAUSE), whole.start)
        if opens is None or _NOT_OF_ALL.search(self.reading.folded, whole.mention.end, percent.start):
            return None
        base = term("m", whole.mention)
        return base if near_miss(item.value, base, percent) or one_slip_off(item.value, base, percent) else None

    def told_just_before(self, item: Item, percent: Mention) -> Term | None:
        """ "Xã có 427 trẻ trong độ tuổi. Đã tiêm cho 391 trẻ, đạt 91,6%": the one figure of the sentence or heading before, a whole, when
        n and p stand alone in theirs and the share would come out on it but for one slip."""
        if self.hint(percent) is not None or self.of_unprinted(percent) or not item.unit or item.base is not None:
            return None
        around = self.reading.mentions[max(0, item.mention.index - _OF_ONE_PLAN) : percent.index + _OF_ONE_PLAN]
        own = [m for m in around if m.sentence == percent.sentence]
        if [m for m in own if m.percent or m.index in self.owner] != [item.mention, percent]:
            return None
        told = [m for m in self.reading.mentions[max(0, item.mention.index - _OF_ONE_PLAN) : item.mention.index] if m.sentence == percent.sentence - 1]
        figures = [m for m in told if m.percent or m.index in self.owner]
        if len(figures) != 1 or figures[0].percent or figures[0].over is not None or figures[0].unit != item.unit:
            return None
        base = term("m", figures[0])
        return base if _WHOLE_TOLD.search(figures[0].before) and one_slip_off(item.value, base, percent) else None

    def among_named(self, item: Item) -> Mention | None:
        """ "Đã giải quyết 27.369 hồ sơ, trong số đã giải quyết có 1.148 hồ sơ trả qua bưu chính": the figure of those words,
        told right before."""
        told = _AMONG_THOSE.search(self.reading.folded, max(0, item.start - _CLAUSE), item.start)
        if told is None:
            return self.among_opening(item)
        words = content(told.group(1))
        last = [i for i in self.near(item.mention) if i.end <= item.start and not i.aside][-1:]
        same = [i for i in last if words and words <= i.words and i.unit == item.unit != "" and i.value >= item.value]
        return same[0].mention if same and same[0].base is None else None

    def opening_whole(self, item: Item) -> Mention | None:
        """ "Trong 1.228 hồ sơ đã giải quyết thì trước và đúng hạn là 1.220 hồ sơ", "có 1.893 hồ sơ phát sinh phí thì 1.705 hồ sơ nộp qua mạng": the m
        that the sentence or a clause of it opens with, when n is the next figure."""
        sentence = item.mention.sentence
        before = [i for i in self.near(item.mention) if i.end <= item.start and i.mention.sentence == sentence]
        whole = before[-1] if before else None
        if whole is None or whole.base is not None or item.base is not None or not whole.unit or not item.unit or not compatible(whole.unit, item.unit) or whole.value < item.value:
            return None
        folded, start = self.reading.folded, self.reading.sentences[sentence].start
        clause = max(start, before[-2].end if len(before) > 1 else 0, folded.rfind(", ", start, whole.start), folded.rfind("; ", start, whole.start))
        opens, behind = _OPENS_IN.fullmatch(folded, clause, whole.start), whole.mention.end
        if opens is None or _NOT_OF_ALL.search(folded, behind, item.start):
            return None
        then = _THEN.search(folded, behind, item.start) or not opens["has"] and (len(before) == 1 or _DONE_OF_IT.fullmatch(folded, behind, item.start))
        return whole.mention if then else None

    def among_it(self, item: Item) -> Mention | None:
        """ "4.903 hồ sơ có phí, trong số đó 4.615 hồ sơ đã nộp qua mạng": the figure right before, of which n is said to be some."""
        before = [i for i in self.near(item.mention) if i.end <= item.start and i.mention.sentence == item.mention.sentence and not i.aside]
        whole = before[-1] if before else None
        if whole is None or whole.base is not None or item.base is not None or whole.unit != item.unit or not item.unit or whole.value < item.value:
            return None
        return whole.mention if _AMONG_IT.fullmatch(self.reading.folded, whole.mention.end, item.start) else None

    def listed_on(self, item: Item) -> Mention | None:
        """ "480 phiếu hợp lệ, kết quả trên số phiếu hợp lệ có 341 phiếu rất hài lòng, …": the one figure called as the list says its whole
        is."""
        sentence = item.mention.sentence
        if sentence not in self.lists:
            span = self.reading.sentences[sentence]
            self.lists[sentence] = [*_LISTED_ON.finditer(self.reading.folded, span.start, span.end)]
        said = [told for told in self.lists[sentence] if told.end() <= item.start]
        if not said:
            return None
        those = said[-1]["those"].removeprefix(item.unit).strip()
        named = re.compile(rf"(?<!không )(?<!chưa )(?<!\w){re.escape(those)}(?!\w)")
        before = [i for i in self.near(item.mention) if those and i.end <= said[-1].start() and i.unit == item.unit != "" and i.base is None]
        called = [i for i in before if i.value >= item.value and named.search(i.label)]
        return called[0].mention if item.base is None and len({i.value for i in called}) == 1 else None

    def called_so(self, item: Item, percent: Mention) -> Mention | None:
        """ "giải quyết 3.271 hồ sơ trên 3.333 hồ sơ phải giải quyết; trước hạn 2.486 hồ sơ, chiếm 76,0% số đã giải quyết": the one figure of the
        paragraph before n that is told in the words behind p."""
        hint = self.hint(percent) or ""
        told = _STAGED.fullmatch(hint if hint.startswith((" số", " tổng", " trên", " trong", " so")) else f" số{hint}") if item.base is None and item.unit else None
        if told is None:
            return None
        those = re.escape(told["those"])
        before_it, behind_it = re.compile(rf"(?<!không )(?<!chưa )(?<!\w){those}(?: [^\W\d]+){{0,3}}$"), re.compile(rf"{those}(?!\w)")
        here, paragraph = self.near(item.mention), item.mention.paragraph
        above = [] if any(i.end <= item.start for i in here) else [i for i in self.section_items(paragraph) if paragraph - i.mention.paragraph <= _PARAGRAPHS]
        before = [i for i in [*here, *above] if i.end <= item.start and compatible(i.unit, item.unit) and i.value >= item.value]
        whole = [i.mention for i in before if i.base is None and not i.aside and i.mention.depth <= item.mention.depth]
        named_behind = {m.index for m in whole if behind_it.match(_UNIT_AS_PRINTED.sub("", f" {m.after}", count=1).strip())}
        called = [m for m in whole if m.index in named_behind or before_it.search(m.before) and m.index - 1 not in named_behind]  # "trong 2.954 hồ sơ nhận mới có 2.209 …"
        words = content(told["those"]) if told["those"].startswith(_SORTS) else frozenset()  # "số hồ sơ có phí": of those that "phát sinh phí"
        called = called or [m for m in whole if words and words <= content(m.label) and not DENYING & content(m.label)]
        return called[0] if len({m.value for m in called}) == 1 else None

    def among_opening(self, item: Item) -> Mention | None:
        """ "Trong số có điều kiện thi hành, thi hành xong 724 việc": the one figure called so in the sentences before, when n is the first
        figure of its sentence."""
        start = max(self.reading.sentences[item.mention.sentence].start, self.reading.folded.rfind(";", 0, item.start) + 1)
        told = _OPENS_AMONG.match(self.reading.folded, start, item.start)
        words = content(told["those"]) if told is not None else frozenset()
        before = [i for i in self.near(item.mention) if i.end <= item.start]
        if not words or before and before[-1].end > start:
            return None
        reach = before + [i for i in self.section_items(item.mention.paragraph) if item.mention.paragraph - i.mention.paragraph <= _PARAGRAPHS]
        called = [i for i in reach if words <= i.words and i.unit == item.unit != "" and i.value >= item.value and not DENYING & (i.words - words) and not PLAN.search(i.mention.before)]
        return called[0].mention if len({i.value for i in called}) == 1 else None

    def of_unprinted(self, percent: Mention) -> bool:
        """Is the percent said to be of a plan or of a former period, whose figure stands nowhere near?"""
        return self.of_former(percent) or PLAN.search(self.hint(percent) or "") is not None or self._of_opening_plan(percent)

    def _of_opening_plan(self, percent: Mention) -> bool:
        """ "So với kế hoạch, trâu đạt 93,7%, bò đạt 101,6%", "Chỉ tiêu thành phố: bản sao điện tử đạt 20% số yêu cầu"."""
        opens = _OPENS_PLAN.match(self.reading.folded, self.reading.sentences[percent.sentence].start, percent.start)
        return opens is not None and self.reading.folded.find(";", opens.end(), percent.start) < 0

    def of_former(self, percent: Mention) -> bool:
        """Is the percent said to be of a former period?"""
        return _OF_FORMER.match(self.reading.folded, percent.end) is not None or _FORMER.search(self.hint(percent) or "") is not None

    def of_plan(self, percent: Mention) -> bool:
        """ "thu thuế 73 tỷ đồng, bằng 25% dự toán giao; thu tiền đất 50 tỷ đồng, bằng 28%": the plan is named only once."""
        for before in reversed(self.reading.mentions[max(0, percent.index - _OF_ONE_PLAN) : percent.index]):
            if before.sentence != percent.sentence:
                return False
            if before.percent and (hint := self.hint(before)) is not None:
                return PLAN.search(hint) is not None
        return False

    def of_named_unit(self, item: Item, percent: Mention) -> Item | None:
        """ "241 hội viên vay 9.240 triệu đồng, bằng 12,1% số hội viên": n is the figure of the unit named after p."""
        hint = self.hint(percent)
        unit = hint_unit(hint) if hint else ""
        if not unit or compatible(unit, item.unit):
            return None
        same = [
            i
            for i in self.near(percent)
            if i.end <= item.start
            and i.mention.sentence == item.mention.sentence
            and i.unit == unit
            and not i.shares
        ]
        return same[-1] if len(same) >= 2 else None


def hint_unit(hint: str) -> str:
    """The unit that the words of a base name, "" where they name none."""
    hint = hint.replace("toàn bộ", "toàn")
    for match in re.finditer(r"(?<!\w)", hint):
        found = UNIT.match(hint, match.start())
        if found and language.unit_of(found.group(1)) not in _NO_HINT:
            return language.unit_of(found.group(1))
    return ""
