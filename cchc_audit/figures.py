"""Which figure is which: quantities named by the words around them.

A number is named by the cue next to it, before ("trễ hạn 06 hồ sơ") or after ("06 hồ sơ trễ hạn"), by
what it counts when it speaks of the whole ward ("3.092 hộ"), by the head of its column or the label of
its row. Two readings that fit equally well name nothing. What narrows a figure (a field of work, a hamlet,
a description) is kept with it, so that a part is never compared with the whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from . import grids
from .clauses import CASES, OTHER_CASES, REACH, Clause, clashes, clause_of
from .language import compatible, unit_opening
from .lexicon import Hit, Indicator, Lexicon
from .model import Document, Figure, Header, Section
from .periods import Timeline, timeline
from .quantities import Mention, Reading
from .scope import Paragraph
from .surroundings import BEFORE, Surroundings

# words that may stand between a name and its number, or after both, without narrowing what is counted
_WORD = re.compile(r"[^\W\d_]+")
_LIGHT = frozenset(
    _WORD.findall(
        "là có còn được đạt gồm hiện nay đang đã tại của cho với trong trên kỳ quý năm tháng đầu cuối i ii iii iv toàn cả "
        "phường xã thị trấn ubnd đơn vị địa phương số lượng tổng cộng khoảng gần hơn dưới hồ sơ hs bộ người phiếu khảo sát "
        "thủ tục hành chính tthc trường hợp thực hiện cơ quan cấp từ đến ngày tính hết lũy kế kết quả chiếm bằng lượt các "
        "chỉ ước thì mới do việc đều nêu thành chia tỉnh cán bộ công chức biên chế dừng mức giữ vẫn chuyển sang sau đồng chí triệu tỷ nghìn ngàn ha km km² m² tổ "
        "dân phố khu thôn bản ấp xóm buôn làng khóm giao dịch sao nhân khẩu tổ chức cá nhân này đó hộ nhiệm vụ văn bản cử tri chính thức"
    )
)
_OF_THESE = re.compile(r"[^,;.:()\d]{0,20} trong (?:tổng )?số (?:này|đó|ấy|trên|vừa nêu)(?!\w)")  # "giải quyết 803 trong số này"
_BREAK = re.compile(r"[;()|]")
_STOP = re.compile(r"[,;.:()|\n]|(?<!\w)(?:và|cùng|trong đó|trong số|gồm|bao gồm|so với|với|đạt|chiếm|bằng|tỷ lệ|tương ứng)(?!\w)|=")
_DELTA = re.compile(r"(?<!\w)(?<!thu nhập )(?<!thu nhập tăng )(?:tăng|giảm|tăng thêm|giảm bớt|thêm|chênh|chênh lệch|hụt|vượt|nhiều hơn|ít hơn|bình quân|trung bình|mỗi|từng|kế hoạch|chỉ tiêu|mục tiêu|phấn đấu|dự kiến)(?: (?:là|mỗi|\w+ ngày|được|thêm|khoảng))?[ (:]*$")
_WHOLE_BEFORE = re.compile(r"(?:(?<!\w)(?:có|hiện có|quản lý|với|gồm|bao gồm|tổng số|toàn phường|toàn xã|toàn thị trấn|phục vụ|thành|cả|cả thảy|tất cả|hiện nay|dân số|bố trí|sử dụng|thuộc)|/)\s*$")
_OF_THE_WARD = re.compile(r"\s+(?:hiện có|của (?:toàn )?(?:phường|xã|thị trấn)|trên địa bàn (?:phường|xã|thị trấn))")
_PARTED = re.compile(r"[^;,.()\d]*,?(?: *)(?:[:(]|gồm|trong đó(?: có)?)\s*")
_NOUN_ENDS = re.compile(r"\s*(?:[,;.:()/|\n*_]|$|(?:với|và|cùng|được (?:tổ chức|chia)|hiện có|của (?:toàn )?(?:phường|xã|thị trấn)|tại|ở|trên địa bàn|thuộc|phục vụ|dân số|trong đó|gồm|bao gồm)(?!\w))")
_BESIDE = re.compile(r"(?:[,(:]|(?<!\w)(?:tại|và|cùng))\s*$")
_PERCENT_ASIDE = re.compile(r"[^,;.:()\n]{0,25}\([^()]{0,30}%[^()]{0,10}\)")
_NO_COUNT = re.compile(r"%|tỷ lệ|so với|kế hoạch|chỉ tiêu|cùng kỳ|tăng|giảm|ghi chú|dự toán|năm trước|kỳ trước|mục tiêu|phấn đấu")
_EARLIER = re.compile(r"cùng kỳ(?: năm)?(?: trước)?|năm (?:trước|ngoái)|^(?:số )?(?:kỳ|quý|tháng) trước$")
_ASIDE = re.compile(r"\s*\([^()]{0,60}\)")
_RATE_LINK = re.compile(r"[\s,;(=–-]*(?:(?:đạt|chiếm|bằng|tương ứng|tương đương|ứng với|với|tỷ lệ|là)[\s(]*)*")
_ALL_BELONG = re.compile(r"(?<!\w)(?:đều|chủ yếu|thuộc|liên quan)(?!\w)")
_BASE_WORDS = re.compile(r"(?<!\w)trên(?: tổng)?(?: số)?\s.*$")
_SIGNS = frozenset("+-−–")
_CHANGES = re.compile(r"\W*(?:chênh lệch|so sánh|tăng|giảm|mức tăng|mức giảm)(?!\w)")  # the head of a column of changes
_CASES_BACK = 6  # figures
_OTHER_CASES = frozenset({"nhiệm vụ", "việc", "vụ", "vụ việc", "đơn", "kiến nghị", "phản ánh", "chỉ tiêu"})
_DOSSIERS = re.compile(r"(?<!\w)(?:hồ sơ|hs|tthc|thủ tục)(?!\w)")
_AS_MANY_AS = re.compile(r"(?<!\w)lên (?:tới|đến)(?!\w)")  # of a rate it tells a target: "nâng tỷ lệ trực tuyến lên đến 65%"
_FROM = re.compile(r"(?<!\w)từ (?:mức )?$")  # "từ 95% trở lên", "tăng từ 52,6% lên"
_RISES = re.compile(r"(?:tăng|giảm)(?: mạnh| nhẹ)? từ (?:mức )?$")
_UP_TO = re.compile(r"\s*(?:lên|xuống|còn|đến|thành)(?: còn| mức| đến| thành)*\s*")
_OF_FIELD = re.compile(r"(?:thuộc )?(?:lĩnh vực )?$")
_CALLED = re.compile(r"(?<!\w)(?:đại biểu|cử tri|ủy viên|hội viên|đoàn viên|đảng viên|thành viên|triệu tập|họp|hội nghị|kỳ họp|cuộc họp|thanh niên|học sinh)(?!\w)")
_STAFFED = re.compile(r"(?<!\w)(?:biên chế|công chức|cán bộ|viên chức|cbcc|nhân sự)(?!\w)")
_LEFT = re.compile(r"(?<!\w)còn(?: lại| có)?\s*$")
_CLASSED_ALIKE = frozenset({"thủ tục", "dịch vụ"})  # told in the classes of dossiers: online in full, in part
_LISTED = 6  # figures before and behind one without a unit that may tell what is counted
STAFF = frozenset({"staff_quota", "staff_vacant", "staff_present"})
PLACES = frozenset({"thôn", "tổ", "khu"})
_ALL_OF_THEM = re.compile(r"\s*(?:[,.;:)]|$|(?:có|đã|đều|tổ chức|được|hoàn thành|đạt|thực hiện|thành lập)(?!\w))")  # "08/08 thôn đã …"
_HEAD_GAP = re.compile(r"[\s:]*(?:là )?(?:[\d.]+ ?(?:hồ sơ|hs|trường hợp)? ?)?")
_LABEL_GAP = re.compile(r"\s?:?\s(?:là |có )?")


def find_figures(
    document: Document,
    reading: Reading,
    sections: Sequence[Section],
    header: Header,
    lexicon: Lexicon,
    *,
    line: Timeline | None = None,
) -> tuple[Figure, ...]:
    """The named figures of the report in order; a quantity with no name or two is left out.

    `line` is the report's timeline when the caller has one already.
    """
    line = line or timeline(document.text, header.period, sections)
    return tuple(_Finder(reading, tuple(sections), lexicon, line).run())


class _Finder:
    def __init__(self, reading: Reading, sections: tuple[Section, ...], lexicon: Lexicon, line: Timeline) -> None:
        self.text, self.folded = reading.text, reading.folded
        self.reading, self.lexicon = reading, lexicon
        self.around = Surroundings(reading, sections, lexicon, line)
        self.named: dict[int, Figure] = {}
        self.rates_of_dossiers = {i.rate for i in lexicon.indicators.values() if i.rate and "hồ sơ" in i.units}
        of_others = {base for indicator in lexicon.indicators.values() for base in indicator.bases}
        self.wholes = frozenset(name for name in of_others if not lexicon[name].bases)

    def run(self) -> Iterator[Figure]:
        carried = carrier = ""  # the stage a line ending in ":" hands to the bullets below it, and its marker
        for part, mentions in zip(self.reading.paragraphs_read, self.reading.by_paragraph, strict=True):
            if part.kind != "text":
                continue
            if not part.marker or part.marker[0] == carrier[:1]:
                carried = carrier = ""
            for mention, clause in self.clauses(part, mentions, carried):
                self.name(mention, clause)
            if self.text[part.span.end - 1] == ":" and part.span.end - part.span.start < 400:
                hits = list(self.lexicon.hits(self.folded, part.span.start, part.span.end))
                carried, carrier = next((h.entry.stage for h in hits if h.entry.stage), ""), part.marker
        for cell in grids.find_cells(self.reading):
            self.name_cell(cell)
        for index in sorted(self.named):
            yield self.named[index]

    def clauses(self, part: Paragraph, mentions: Sequence[Mention], carried: str) -> Iterator[tuple[Mention, Clause]]:
        at, topic = 0, ""
        for span in part.sentences:
            here = []
            while at < len(mentions) and mentions[at].start < span.end:
                here.append(mentions[at])
                at += 1
            if here:
                anew = topic not in OTHER_CASES or _DOSSIERS.search(self.folded, span.start, span.end) is not None
                clause = clause_of(self.folded, self.lexicon, span, carried, "" if anew else topic)  # "Tiếp nhận 45 phản ánh. Đã xử lý 21/30, đang xử lý 9."
                topic = clause.topics[-1]
                for mention in here:
                    yield mention, clause

    # ------------------------------------------------------------ one number of a sentence

    def name(self, mention: Mention, clause: Clause) -> None:
        quantity = mention.quantity
        if mention.target or mention.per or quantity.damaged or self.of_other_things(mention) or self.of_cases_of_a_court(mention):
            return
        before = self.folded[max(clause.span.start, mention.start - 40) : mention.start]
        if _DELTA.search(before) or (mention.percent and _FROM.search(before)):
            return
        grown = self.grown(mention, clause)
        if grown:
            found: tuple[str, bool] | tuple[str, bool, str] | None = (grown, True)
        elif mention.percent:
            found = self.rate(mention, clause)
            if found and found[0] in self.rates_of_dossiers and self.of_other_cases(mention, clause):
                found = None
        elif mention.under is not None:
            self.base(mention, clause)
            return
        else:
            found = self.count(mention, clause)
        if found and not (found[0] in STAFF and self.of_a_meeting(mention, clause)):
            self.keep(mention, clause, *found)

    def of_other_things(self, mention: Mention) -> bool:
        """ "51 chứng thư (cơ quan 2, lãnh đạo 5, công chức 17)": without a unit in brackets behind what is no indicator's, it counts that."""
        if mention.unit or mention.percent or mention.parent is None or mention.over is not None or mention.under is not None:
            return False
        owner = self.reading.mentions[mention.parent]
        return not owner.unit and not owner.percent and owner.after[:1].isalpha() and owner.index not in self.named

    def of_cases_of_a_court(self, mention: Mention) -> bool:
        """ "thụ lý 1.098 vụ, việc, đã giải quyết 1.039": without a unit, right behind cases of its sentence, and no dossiers."""
        before = self.reading.mentions[mention.index - 1] if mention.index else None
        return before is not None and not mention.unit and not mention.percent and before.unit in {"vụ", "vụ việc"} and before.sentence == mention.sentence

    def of_a_meeting(self, mention: Mention, clause: Clause) -> bool:
        """ "Tổng số đại biểu 35, có mặt 33, vắng 02": without a unit, in a sentence of people called to a meeting or a vote, and of no staff."""
        start = clause.span.start
        return not mention.unit and _CALLED.search(self.folded, start, mention.start) is not None and _STAFFED.search(self.folded, start, clause.span.end) is None

    def of_other_cases(self, mention: Mention, clause: Clause) -> bool:
        """ "412 nhiệm vụ, hoàn thành đúng hạn 389, …. Tỷ lệ đúng hạn … là 94,4%": a rate of what its paragraph counted last, and no dossiers?"""
        before = self.reading.mentions[max(0, mention.index - _CASES_BACK) : mention.index]
        counted = next((m.unit for m in reversed(before) if m.unit and m.paragraph == mention.paragraph and not m.percent), "")
        return counted in _OTHER_CASES and _DOSSIERS.search(self.folded, clause.span.start, mention.start) is None

    def keep(self, mention: Mention, clause: Clause, name: str, whole: bool, narrowed: str = "") -> None:
        scope = self.around.scope(mention, clause.span, clause.between(mention.start - REACH, mention.start), narrowed)
        indicator = self.lexicon[name]
        if not scope and indicator.stage in CASES:
            scope = self.around.topic(mention)
        if not scope and name in STAFF:
            scope = self.around.other_staff(mention)
        about, ahead = self.around.of_section(mention.start)
        if ahead and (mention.percent or indicator.at == "start"):
            return  # a heading of tasks and aims: its rates are wished for, what is left is no more that of the start
        other = about and name not in about and any(set(self.lexicon[n].units) & set(indicator.units) - {""} for n in about)
        some = _OF_THESE.match(self.folded, mention.end) is not None
        self.put(mention, name, scope, whole and not other and not some)

    def put(self, mention: Mention, name: str, scope: str, whole: bool, base: bool = False, head: str = "") -> None:
        indicator = self.lexicon[name]
        if indicator.type in {"flow", "stock"} and mention.quantity.value.denominator != 1 and "km²" not in indicator.units:
            return  # a count is whole: "thời gian giải quyết 19,84 giờ" is none
        if not mention.unit and not mention.percent and self.counts_others(mention, indicator):
            return
        section = self.around.section(mention.start)
        path = section.path if section else ""
        period = self.around.period_under(head) or self.around.period(mention)
        self.named[mention.index] = Figure(name, mention.quantity, period, path, scope, whole, base)

    def counts_others(self, mention: Mention, indicator: Indicator) -> bool:
        """Do all figures of its sentence that have a unit count procedures, and not what it is named for? "369 TTHC. Gồm: toàn trình 148, một phần 176,
        còn lại 45 TTHC": no dossiers."""
        around = self.reading.mentions[max(0, mention.index - _LISTED) : mention.index + _LISTED]
        told = {m.unit for m in around if m.sentence == mention.sentence and m.unit and not m.percent}
        said = unit_opening(mention.before)
        if said and not any(compatible(said, unit) for unit in indicator.units if unit):
            return True  # "số vụ, việc chưa giải quyết là 249"
        return bool(told) and told <= _CLASSED_ALIKE and told.isdisjoint(indicator.units)

    def edges(self, mention: Mention, clause: Clause) -> tuple[int, int, int, int]:
        """Where the words before the number begin, and where those after it begin and end (and go on)."""
        start = self.opening(clause.span.start, mention.start)
        if mention.index and self.reading.mentions[mention.index - 1].end <= mention.start:
            start = max(start, self.reading.mentions[mention.index - 1].end)
        after, end = mention.quantity.span.end, clause.span.end
        if mention.over is not None:
            after = self.reading.mentions[mention.over].quantity.span.end
            aside = _PERCENT_ASIDE.match(self.folded, after, end)
            after = aside.end() if aside else after
        following = next((m.start for m in self.reading.mentions[mention.index + 1 : mention.index + 5] if m.start > after), end)
        end = min(end, following)
        stop = _STOP.search(self.folded, after, end)
        return start, after, stop.start() if stop else end, end

    def opening(self, start: int, end: int) -> int:
        """Where the clause of a number begins: after the last ";" or "(" not closed again before it."""
        marks = list(_BREAK.finditer(self.folded, max(start, end - 300), end))
        depth = 0
        for mark in reversed(marks):
            if mark.group() == ")":
                depth += 1
            elif mark.group() == "(" and depth:
                depth -= 1
            elif not depth:
                return mark.end()
        return start

    def count(self, mention: Mention, clause: Clause) -> tuple[str, bool] | tuple[str, bool, str] | None:
        start, after, stop, end = self.edges(mention, clause)
        unit = mention.unit or (self.reading.mentions[mention.over].unit if mention.over is not None else "")
        left = self.left(mention, clause, start, unit)
        right = self.right(mention, clause, after, stop, end, unit)
        if right and right[1] and mention.over is not None and right[0] in self.wholes:
            right = None  # "12/14 người được giao": the 14 are
        owned = self.of_head(mention, clause, right[0]) if right else ""
        if owned:
            if mention.parent is not None:
                self.named.pop(mention.parent, None)  # the number before the parenthesis is of both states
            return owned, True
        of_base = left and right and mention.over is not None and right[0] in self.lexicon[left[0]].bases
        counted = right and right[1] and right[1].end <= mention.end  # "đã xử lý 14 phản ánh, kiến nghị": only the unit
        if right and right[1] and not of_base and not (left and (counted or self.more_telling(left[0], right[0]))):
            name, hit, light = right[0], right[1], True
        elif left:
            name, hit, light = left
        elif right:
            name, hit, light = right[0], None, True
        else:
            return None
        tail_from = max(after, hit.end if hit and hit.start >= mention.start else right[1].end if counted and right and right[1] else 0)
        tail = self.folded[tail_from:stop] if stop > tail_from else ""
        lead = self.folded[after : hit.start] if hit and hit.start >= after else ""
        narrowed = self.around.field_in(lead) or self.around.field_in(tail)
        return name, light and (_is_light(tail) or _ALL_BELONG.match(tail.strip()) is not None), narrowed

    def grown(self, mention: Mention, clause: Clause) -> str:
        """The name in "tiếp nhận mới tăng từ 1.206 hồ sơ lên 1.313 hồ sơ": it stands before the first of the two."""
        first = self.reading.mentions[mention.index - 1] if mention.index else None
        if first is None or first.sentence != mention.sentence or not _UP_TO.fullmatch(self.folded, first.end, mention.start):
            return ""
        low = max(clause.span.start, first.start - REACH)
        rises = _RISES.search(self.folded, max(low, first.start - 30), first.start)
        before = [h for h in clause.between(low, rises.start()) if h.entry.cues] if rises else []
        if not rises or not before or not _is_light(self.folded[before[-1].end : rises.start()]):
            return ""
        return self.choose(before[-1], "%" if mention.percent else mention.unit, mention, clause)

    def of_head(self, mention: Mention, clause: Clause, state: str) -> str:
        """The name in "hồ sơ quá hạn (73 đã giải quyết, 12 đang giải quyết)": the head before the parenthesis says
        what is counted, the words in it only in which state. A head that says less than they do is none: "tiếp nhận 1.562 hồ sơ
        (1.118 hồ sơ trực tuyến, 434 hồ sơ trực tiếp)"."""
        if mention.group < 0:
            return ""
        before = clause.between(mention.group - REACH, mention.group)
        head = before[-1] if before else None
        if head is None or len(head.entry.cues) < 2 or not _HEAD_GAP.fullmatch(self.folded, head.end, mention.group):
            return ""
        stage = self.lexicon[state].stage
        return next((n for n in head.entry.cues if self.lexicon[n].stage == stage and stage and not self.lexicon[n].either), "")

    def more_telling(self, left: str, right: str) -> bool:
        """Does the cue before the number outweigh the one after it?"""
        opening = self.lexicon[left].at == "start" and self.lexicon[right].stage == "pending"  # "… chuyển sang 236 hồ sơ đang xử lý"
        return left == right or opening or bool(self.lexicon[right].either)

    def left(self, mention: Mention, clause: Clause, start: int, unit: str) -> tuple[str, Hit, bool] | None:
        """The name given by the words before the number: the nearest cue, or over a colon the first."""
        near = clause.around(mention)
        hits = [h for h in near if h.start >= start and h.end <= mention.start and h.entry.cues]
        for hit in reversed(hits):
            gap = _ASIDE.sub("", self.folded[hit.end : mention.start])
            if not _is_light(_BASE_WORDS.sub("", gap) if mention.percent else _AS_MANY_AS.sub("", gap)):
                continue
            name = self.choose(hit, unit, mention, clause)
            if name:
                return name, hit, True
        for hit in near:
            beside = hit.start >= start and _LABEL_GAP.fullmatch(self.folded, hit.end, mention.start)
            if beside and hit.entry.nouns and unit and unit in self.lexicon[hit.entry.nouns[0]].units:
                return hit.entry.nouns[0], hit, True
        if self.folded[start : mention.start].rstrip(" *_").endswith(":"):
            for hit in hits:
                name = self.choose(hit, unit, mention, clause)
                if name:
                    return name, hit, False
        return None

    def right(
        self, mention: Mention, clause: Clause, after: int, stop: int, end: int, unit: str
    ) -> tuple[str, Hit | None] | None:
        """The name given by the words after the number; without a hit when only the counted noun names it."""
        for hit in clause.between(after, stop + 1):
            if hit.start < after or not (hit.entry.cues or hit.entry.nouns):
                continue
            if hit.start > stop or not _is_light(self.without_field(after, hit.start, clause)):
                return None
            name = self.choose(hit, unit, mention, clause)
            if name:
                return name, hit
            if hit.entry.nouns and hit.start - after <= 3:
                return self.noun(hit, mention, clause, end)
        return None

    def without_field(self, start: int, end: int, clause: Clause) -> str:
        """The words between a number and a name after it, but for the field of work ("02 hồ sơ hộ tịch trả trễ")."""
        field = next((h for h in clause.between(start, end) if h.entry.field and h.end <= end), None)
        if field is None:
            return self.folded[start:end]
        return _OF_FIELD.sub(" ", self.folded[start : field.start]) + self.folded[field.end : end]

    def noun(self, hit: Hit, mention: Mention, clause: Clause, end: int) -> tuple[str, Hit | None] | None:
        """A name by the counted noun alone: only when the number is said of the whole ward."""
        if mention.over is not None or (mention.unit and mention.unit not in self.lexicon[hit.entry.nouns[0]].units):
            return None
        if not _NOUN_ENDS.match(self.folded, hit.end, end):
            return None
        before = self.folded[max(clause.span.start, mention.start - 60) : mention.start]
        sibling = self.named.get(mention.index - 1)
        if sibling and sibling.whole and not sibling.base and self.lexicon[sibling.name].nouns and _BESIDE.search(before):
            return hit.entry.nouns[0], None
        total = self.reading.mentions[mention.index - 1] if mention.index else None
        parted = total and total.sentence == mention.sentence and _PARTED.fullmatch(self.folded, total.end, mention.start)
        if parted or _WHOLE_BEFORE.search(before):
            return hit.entry.nouns[0], None
        following = self.folded[hit.end : min(end, hit.end + 30)]
        if _OF_THE_WARD.match(following):
            return hit.entry.nouns[0], None
        return None

    def choose(self, hit: Hit, unit: str, mention: Mention, clause: Clause) -> str:
        """The one indicator a cue names here, by unit and by the stage it stands in; "" when none or several."""
        at = bisect_left(clause.starts, hit.start)
        stage = hit.entry.stage or clause.stages[at]
        if not unit and clause.topics[at] in OTHER_CASES:
            stage = clause.topics[at]  # "nhận 29 phản ánh, đã trả lời 28, đang xử lý 01"
        fitting = []
        for name in hit.entry.cues:
            indicator = self.lexicon[name]
            if not (unit in indicator.units or (not unit and self.says_unit(hit, indicator))) or (mention.percent != ("%" in indicator.units)):
                continue
            if not clashes(indicator, stage, unit, shared=len(hit.entry.cues) > 1):
                fitting.append(indicator)
        if len(fitting) > 1 and not stage and _LEFT.search(self.folded, max(clause.span.start, mention.start - 24), mention.start):
            stage = "pending"  # "hiện còn 12 hồ sơ quá hạn"
        if len(fitting) > 1 and stage:
            fitting = [i for i in fitting if i.stage == stage] or fitting
        return fitting[0].id if fitting else ""

    def says_unit(self, hit: Hit, indicator: Indicator) -> bool:
        """Does the name itself carry the unit ("số phiếu khảo sát phát ra là 250")?"""
        return any(unit and unit in self.folded[hit.start : hit.end] for unit in indicator.units)

    def rate(self, mention: Mention, clause: Clause) -> tuple[str, bool] | tuple[str, bool, str] | None:
        start, after, stop, end = self.edges(mention, clause)
        found = self.left(mention, clause, start, "%")
        if found and found[2]:
            return found[0], True
        named = self.right(mention, clause, after, stop, end, "%")
        if named and named[1]:
            return named[0], _is_light(self.folded[named[1].end : stop])
        of_count = self.rate_of_count(mention, clause, start) if mention.quantity.written.ulp < 1 else ""  # a target has no decimals
        if of_count:
            return of_count, False  # of what it is a share, nobody says
        index = mention.index - 1
        if index < 0:
            return None
        previous = self.reading.mentions[index]
        counted = previous if previous.under is None else self.reading.mentions[previous.under]
        figure = self.named.get(counted.index)
        if figure is None or previous.sentence != mention.sentence:
            return None
        rate = self.lexicon[figure.name].rate
        if rate and _RATE_LINK.fullmatch(self.folded, previous.end, mention.start):
            return rate, figure.whole, figure.scope
        return None

    def rate_of_count(self, mention: Mention, clause: Clause, start: int) -> str:
        """The rate of the count whose name stands right before a percent: "số hóa kết quả đạt 91,5%"; "" where there is none, or several."""
        before = [h for h in clause.around(mention) if h.start >= start and h.end <= mention.start and h.entry.cues]
        opens = max(start, *(self.folded.rfind(mark, start, mention.start) + 1 for mark in ",;:"))
        around = self.folded[opens : before[-1].start] + self.folded[before[-1].end : mention.start] if before else ""
        if not before or before[-1].start < opens or not _is_light(around):
            return ""  # "trả phí qua mạng 87,5%" is no rate of dossiers sent so
        rates = {self.lexicon[n].rate for n in before[-1].entry.cues}
        return rates.pop() if len(rates) == 1 else ""

    def base(self, mention: Mention, clause: Clause) -> None:
        """The m of a printed n/m: what it counts, else what its n is usually taken of."""
        over = self.reading.mentions[mention.under] if mention.under is not None else mention
        numerator = self.named.get(over.index)
        hit = next(iter(clause.between(mention.quantity.span.end, mention.quantity.span.end + 3)), None)
        name, total = "", False
        bases = self.lexicon[numerator.name].bases if numerator else ()
        said = next((n for n in hit.entry.cues if n in bases), "") if hit else ""
        if said:
            name = said  # "300/305 phiếu thu về"
        elif hit and hit.entry.nouns and mention.unit in self.lexicon[hit.entry.nouns[0]].units:
            name = hit.entry.nouns[0]
            total = over.quantity.value == mention.quantity.value and _ALL_OF_THEM.match(self.folded, hit.end) is not None
        elif bases:
            name = bases[0]
        elif not numerator:
            name = self.counted(mention, clause)
            total = bool(name) and not mention.unit and over.quantity.value == mention.quantity.value
        if name:
            following = self.folded[mention.end : mention.end + 60]
            tail = following[: stop.start()] if (stop := _STOP.search(following)) else following
            scope = self.around.scope(mention, clause.span, clause.between(mention.start - REACH, mention.start), self.around.field_in(tail))
            self.put(mention, name, scope, True, base=not (total and self.lexicon[name].units[0] in PLACES))

    def counted(self, mention: Mention, clause: Clause) -> str:
        """What a bare n/m counts, when the words before it name one thing only ("công chức … 100% (31/31 người)")."""
        nouns = {
            n for h in clause.around(mention) if h.end <= mention.start for n in h.entry.nouns if mention.unit in self.lexicon[n].units
        }  # fmt: skip
        if mention.unit:
            return nouns.pop() if len(nouns) == 1 else ""
        before = clause.between(mention.group - REACH, mention.group) if mention.group >= 0 else ()
        named = before and not self.folded[before[-1].end : mention.group].strip()  # "100% tổ dân phố (25/25)"
        return before[-1].entry.nouns[0] if named and before[-1].entry.nouns else ""

    # ------------------------------------------------------------ tables

    def name_cell(self, cell: grids.Cell) -> None:
        mention = cell.mention
        signed = self.folded[mention.start - 1 : mention.start] in _SIGNS or self.folded[mention.start] in _SIGNS
        if mention.quantity.damaged or cell.ordinal or signed or _CHANGES.match(cell.head):  # "-13" is a change
            return
        names, scope = self.of_label(cell.head, mention, cell.unit), cell.scope
        if BEFORE.fullmatch(cell.head) and self.of_label(cell.label, mention, cell.unit):
            names = []  # "Kỳ trước" beside "Kỳ này", not what was carried over
        if cell.nested and len(names) > 1:
            names = names[-1:]  # "hồ sơ đã giải quyết" over "quá hạn": the lower head tells
        if not names and not cell.area and not _NO_COUNT.search(self.counted_under(cell.head)):
            names, scope = self.of_label(cell.label, mention, cell.unit), ""
            if not names and cell.total:
                names = self.of_label(f"{cell.label} {cell.head.removeprefix('số ')}", mention, cell.unit)
        if len(names) == 1:
            self.put(mention, names[0], scope, True, head=cell.head)

    def counted_under(self, head: str) -> str:
        """The head of a column without the earlier period it may name ("Cùng kỳ năm trước"), where that is dated."""
        rest = _EARLIER.sub("", head)
        if rest == head:
            return head
        return rest if self.around.period_under(head) else head

    def of_label(self, label: str, mention: Mention, table_unit: str) -> list[str]:
        """The names a head or row label gives: one cue, or none."""
        unit = mention.unit or table_unit
        if not label:
            return []
        if label in self.lexicon.heads and not mention.percent:
            return [self.lexicon.heads[label]]
        hits = [h for h in self.lexicon.hits(label, 0, len(label)) if h.entry.cues]
        names = []
        for hit in hits:
            fitting = [
                n
                for n in hit.entry.cues
                if (unit in self.lexicon[n].units or not unit) and mention.percent == ("%" in self.lexicon[n].units)
            ]
            stage = hit.entry.stage or next((h.entry.stage for h in hits if h.entry.stage), "")
            names.append(next((n for n in fitting if stage and self.lexicon[n].stage == stage), fitting[0] if fitting else ""))
        return [n for n in dict.fromkeys(names) if n]


def _is_light(words: str) -> bool:
    """Do the words leave the meaning of a name next to them as it is?"""
    return ";" not in words and "(" not in words and all(w in _LIGHT for w in _WORD.findall(words))


def in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures by their place in the text."""
    return tuple(sorted(figures, key=lambda f: f.quantity.span))
