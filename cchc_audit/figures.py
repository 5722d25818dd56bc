"""Which figure is which: quantities named by the words around them.

A number is named by the cue next to it, before ("trễ hạn 06 hồ sơ") or after ("06 hồ sơ trễ hạn"), by
what it counts when it speaks of the whole ward ("3.092 hộ"), by the head of its column or the label of
its row. Two readings that fit equally well name nothing. What narrows a figure (a field of work, a hamlet,
a description) is kept with it, so that a part is never compared with the whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from . import grids
from .language import fold
from .lexicon import Hit, Indicator, Lexicon
from .mentions import Reach
from .model import Document, Figure, Header, Period, Section, Span
from .periods import Timeline, governing, timeline
from .quantities import Mention, Reading
from .scope import Paragraph

# words that may stand between a name and its number, or after both, without narrowing what is counted
_LIGHT = frozenset(
    "là có còn được đạt gồm hiện nay đang đã tại của cho với trong trên kỳ quý năm tháng đầu cuối i ii iii iv toàn cả "
    "phường xã thị trấn ubnd đơn vị địa phương số lượng tổng cộng khoảng gần hơn dưới hồ sơ hs bộ người phiếu thủ tục "
    "hành chính tthc trường hợp thực hiện cơ quan cấp từ đến ngày tính hết lũy kế kết quả chiếm bằng lượt đơn các "
    "chỉ ước thì mới do việc đều nêu thành chia tỉnh cán bộ công chức biên chế đồng chí triệu tỷ nghìn ngàn đồng ha km tổ dân phố khu thôn bản giao dịch sao nhân khẩu công dân tổ chức cá nhân này đó hộ nhiệm vụ văn bản cử tri chính thức".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[;()|]")
_STOP = re.compile(r"[,;.:()|\n]|(?<!\w)(?:và|cùng|trong đó|trong số|gồm|bao gồm|so với|với|đạt|chiếm|bằng|tỷ lệ|tương ứng)(?!\w)|=")
_DELTA = re.compile(r"(?<!\w)(?:tăng|giảm|tăng thêm|giảm bớt|thêm|chênh|chênh lệch|hụt|vượt|nhiều hơn|ít hơn|bình quân|trung bình|mỗi|từng|kế hoạch|chỉ tiêu|mục tiêu|phấn đấu|dự kiến)(?: (?:là|mỗi|\w+ ngày|được|thêm|khoảng))?[ (:]*$")
_WHOLE_BEFORE = re.compile(r"(?:(?<!\w)(?:có|hiện có|quản lý|với|gồm|bao gồm|tổng số|toàn phường|toàn xã|toàn thị trấn|phục vụ|thành|cả|hiện nay|dân số|bố trí|sử dụng)|/)\s*$")
_OF_THE_WARD = re.compile(r"\s+(?:hiện có|của (?:toàn )?(?:phường|xã|thị trấn)|trên địa bàn (?:phường|xã|thị trấn))")
_PARTED = re.compile(r"[^;,.()\d]*(?:[:(]|gồm|trong đó(?: có)?)\s*")
_NOUN_ENDS = re.compile(r"\s*(?:[,;.:()/|\n*_]|$|(?:với|và|cùng|được (?:tổ chức|chia)|hiện có|của (?:toàn )?(?:phường|xã|thị trấn)|tại|ở|trên địa bàn|thuộc|phục vụ|dân số|trong đó|gồm|bao gồm)(?!\w))")
_BESIDE = re.compile(r"(?:[,(:]|(?<!\w)(?:tại|và|cùng))\s*$")
_AREA = re.compile(r"(?<!\w)([Tt]hôn|[Bb]ản|[Kk]hu(?: phố| dân cư)?|[Tt]ổ(?: dân phố| dân)?|[Ấấ]p|[Xx]óm|[Bb]uôn|[Ll]àng|[Kk]hóm)\s+(?:số\s+)?((?:\d+|[^\W\d_]+)(?: [^\W\d_]+){0,3})")
_PERCENT_ASIDE = re.compile(r"[^,;.:()\n]{0,25}\([^()]{0,30}%[^()]{0,10}\)")
_BACK = re.compile(r"đánh giá|kết quả|tồn tại|hạn chế|nhận xét|khó khăn|tình hình")
_NO_COUNT = re.compile(r"%|tỷ lệ|so với|kế hoạch|chỉ tiêu|cùng kỳ|tăng|giảm|ghi chú|dự toán|năm trước|kỳ trước|mục tiêu|phấn đấu")
_OPENS_PLACE = re.compile(r"[\s*_+•–-]*(?:(?:Ở|Tại|Riêng|Với|Đến)\s+)?(?:[Tt]hôn|[Bb]ản|[Kk]hu|[Tt]ổ|[Ấấ]p|[Xx]óm|[Bb]uôn|[Ll]àng|[Kk]hóm)\s")
_TOPIC = re.compile(r"[\s*_+•–-]*(?:về|với|đối với|riêng|lĩnh vực|bên lĩnh vực)\s+(?:lĩnh vực\s+)?([^:;.\d(]{3,60}?)(?::|, | (?=cả kỳ|tiếp nhận|đã|có|nhận)\b)")
_NO_TOPIC = re.compile(r"hồ sơ|thủ tục|cải cách|giải quyết|tiếp nhận|kết quả|công tác|tổng số|tình hình|trực tuyến|dịch vụ|kiểm soát|một cửa")
_AHEAD = re.compile(r"phương hướng|nhiệm vụ|mục tiêu|chỉ tiêu|kiến nghị")
_ASIDE = re.compile(r"\s*\([^()]{0,60}\)")
_RATE_LINK = re.compile(r"[\s,;(=–-]*(?:(?:đạt|chiếm|bằng|tương ứng|tương đương|ứng với|với|tỷ lệ|là)[\s(]*)*")
_ALL_BELONG = re.compile(r"(?<!\w)(?:đều|chủ yếu|thuộc|liên quan)(?!\w)")
_BASE_WORDS = re.compile(r"(?<!\w)trên(?: tổng)?(?: số)?\s.*$")
_LEFT = re.compile(r"(?<!\w)còn(?: lại| có)?\s*$")
_LABEL_GAP = re.compile(r"\s?:?\s(?:là |có )?")
_OPENING = 16  # a period named this near the start of a sentence speaks for those after it
_CASES = frozenset({"received", "resolved", "pending"})
_OTHER_CASES = frozenset({"petitions", "feedback", "survey", "voters", "documents", "tasks"})


@dataclass(frozen=True, slots=True)
class _Clause:
    """The sentence a mention stands in: its phrases, and the stage in force where it begins."""

    span: Span
    hits: tuple[Hit, ...]
    stage: str


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
        self.reading, self.sections, self.lexicon, self.line = reading, sections, lexicon, line
        self.base_period = line.base
        self.named: dict[int, Figure] = {}
        self.about: tuple[int, str, str] = (-1, "", "")  # the paragraph last asked for, its place and topic
        self.section_starts = [s.span.start for s in sections]
        self.titles: dict[str, tuple[frozenset[str], bool]] = {}

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

    def clauses(self, part: Paragraph, mentions: Sequence[Mention], carried: str) -> Iterator[tuple[Mention, _Clause]]:
        at = 0
        for span in part.sentences:
            here = []
            while at < len(mentions) and mentions[at].start < span.end:
                here.append(mentions[at])
                at += 1
            if here:
                clause = _Clause(span, tuple(self.lexicon.hits(self.folded, span.start, span.end)), carried)
                for mention in here:
                    yield mention, clause

    # ------------------------------------------------------------ one number of a sentence

    def name(self, mention: Mention, clause: _Clause) -> None:
        quantity = mention.quantity
        if mention.target or mention.per or quantity.damaged:
            return
        before = self.folded[max(clause.span.start, mention.start - 40) : mention.start]
        if _DELTA.search(before):
            return
        if mention.percent:
            found = self.rate(mention, clause)
        elif mention.under is not None:
            self.base(mention, clause)
            return
        else:
            found = self.count(mention, clause)
        if found:
            self.keep(mention, clause, *found)

    def keep(self, mention: Mention, clause: _Clause, name: str, whole: bool, narrowed: str = "") -> None:
        scope = self.scope(mention, clause, narrowed)
        indicator = self.lexicon[name]
        if not scope and indicator.stage in _CASES:
            self.of_paragraph(mention)
            scope = self.about[2]
        about, ahead = self.of_section(mention.start)
        if mention.percent and ahead:
            return  # a heading of tasks and aims: its rates are wished for
        other = about and name not in about and any(set(self.lexicon[n].units) & set(indicator.units) - {""} for n in about)
        self.put(mention, name, scope, whole and not other)

    def of_section(self, offset: int) -> tuple[frozenset[str], bool]:
        """The stocks the heading names ("Người hoạt động không chuyên trách"), and whether it looks ahead."""
        section = self.section(offset)
        if section is None:
            return frozenset(), False
        found = self.titles.get(section.title)
        if found is None:
            title = fold(section.title)
            names = {n for h in self.lexicon.hits(title, 0, len(title)) for n in h.entry.cues}
            plain = frozenset(n for n in names if self.lexicon[n].type == "stock" and not self.lexicon[n].stage)
            ahead = _AHEAD.search(title) is not None and _BACK.search(title) is None
            found = self.titles[section.title] = (plain, ahead)
        return found

    def section(self, offset: int) -> Section | None:
        for index in range(bisect_right(self.section_starts, offset) - 1, -1, -1):
            if offset < self.sections[index].end:
                return self.sections[index]
        return None

    def put(self, mention: Mention, name: str, scope: str, whole: bool, base: bool = False) -> None:
        section = self.section(mention.start)
        path = section.path if section else ""
        self.named[mention.index] = Figure(name, mention.quantity, self.period(mention), path, scope, whole, base)

    def period(self, mention: Mention) -> Period | None:
        """The period the figure speaks of: the one governing its place, unless that was named in passing in an
        earlier sentence ("tháng 9: 1.913 hồ sơ"), or lies after the report's own ("nhiệm vụ 6 tháng cuối năm")."""
        part = self.reading.paragraphs_read[mention.paragraph]
        found = governing(mention.start, self.line)
        if part.kind == "text":
            sentence = next((s for s in part.sentences if s.start <= mention.start < s.end), part.span)
            at = bisect_right(self.line.starts, mention.end + 60)
            own = at and self.line.starts[at - 1] >= sentence.start
            if not own and sentence.start > part.span.start:
                found = self.inherited(part, sentence)
        base = self.base_period
        if found and base and found.start and base.end and found.start > base.end:
            return base
        return found

    def inherited(self, part: Paragraph, sentence: Span) -> Period | None:
        """The period an earlier sentence of the paragraph opened with, else the one before the paragraph."""
        first = bisect_left(self.line.starts, part.span.start)
        for index in range(bisect_left(self.line.starts, sentence.start) - 1, max(first, bisect_left(self.line.starts, sentence.start) - 9) - 1, -1):
            mention = self.line.mentions[index]
            opened = next((s for s in part.sentences if s.start <= mention.span.start < s.end), part.span)
            if mention.reach is Reach.ON and mention.span.start - opened.start <= _OPENING:
                return self.line.periods[index]
        return governing(part.span.start, self.line)

    def edges(self, mention: Mention, clause: _Clause) -> tuple[int, int, int, int]:
        """Where the words before the number begin, and where those after it begin and end (and go on)."""
        start = self.opening(clause.span.start, mention.start)
        if mention.index and self.reading.mentions[mention.index - 1].end <= mention.start:
            start = max(start, self.reading.mentions[mention.index - 1].end)
        after, end = mention.quantity.span.end, clause.span.end
        if mention.over is not None:
            after = self.reading.mentions[mention.over].quantity.span.end
            aside = _PERCENT_ASIDE.match(self.folded, after, end)
            after = aside.end() if aside else after
        following = next((m.start for m in self.reading.mentions[mention.index + 1 :][:4] if m.start > after), end)
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

    def count(self, mention: Mention, clause: _Clause) -> tuple[str, bool] | tuple[str, bool, str] | None:
        start, after, stop, end = self.edges(mention, clause)
        unit = mention.unit or (self.reading.mentions[mention.over].unit if mention.over is not None else "")
        left = self.left(mention, clause, start, unit)
        right = self.right(mention, clause, after, stop, end, unit)
        if right and right[1] and not (left and self.more_telling(left[0], right[0])):
            name, hit, light = right[0], right[1], True
        elif left:
            name, hit, light = left
        elif right:
            name, hit, light = right[0], None, True
        else:
            return None
        tail_from = max(after, hit.end if hit and hit.start >= mention.start else 0)
        tail = self.folded[tail_from:stop] if stop > tail_from else ""
        narrowed = self.field_in(tail)
        return name, light and (_is_light(tail) or _ALL_BELONG.match(tail.strip()) is not None), narrowed

    def more_telling(self, left: str, right: str) -> bool:
        """Does the cue before the number outweigh the one after it?"""
        return left == right or (self.lexicon[right].loose and not self.lexicon[left].loose)

    def left(self, mention: Mention, clause: _Clause, start: int, unit: str) -> tuple[str, Hit, bool] | None:
        """The name given by the words before the number: the nearest cue, or over a colon the first."""
        hits = [h for h in clause.hits if h.start >= start and h.end <= mention.start and h.entry.cues]
        for hit in reversed(hits):
            gap = _ASIDE.sub("", self.folded[hit.end : mention.start])
            if not _is_light(_BASE_WORDS.sub("", gap) if mention.percent else gap):
                continue
            name = self.choose(hit, unit, mention, clause)
            if name:
                return name, hit, True
        for hit in clause.hits:
            if hit.entry.nouns and hit.start >= start and hit.end <= mention.start and mention.unit:
                if _LABEL_GAP.fullmatch(self.folded, hit.end, mention.start) and unit in self.lexicon[hit.entry.nouns[0]].units:
                    return hit.entry.nouns[0], hit, True
        if self.folded[start : mention.start].rstrip(" *_").endswith(":"):
            for hit in hits:
                name = self.choose(hit, unit, mention, clause)
                if name:
                    return name, hit, False
        return None

    def right(
        self, mention: Mention, clause: _Clause, after: int, stop: int, end: int, unit: str
    ) -> tuple[str, Hit | None] | None:
        """The name given by the words after the number; without a hit when only the counted noun names it."""
        for hit in clause.hits:
            if hit.start < after or not (hit.entry.cues or hit.entry.nouns):
                continue
            if hit.start >= stop or not _is_light(self.folded[after : hit.start]):
                return None
            name = self.choose(hit, unit, mention, clause)
            if name:
                return name, hit
            if hit.entry.nouns and hit.start - after <= 3:
                return self.noun(hit, mention, clause, end)
        return None

    def noun(self, hit: Hit, mention: Mention, clause: _Clause, end: int) -> tuple[str, Hit | None] | None:
        """A name by the counted noun alone: only when the number is said of the whole ward."""
        if mention.over is not None or (mention.unit and mention.unit not in self.lexicon[hit.entry.nouns[0]].units):
            return None
        if not _NOUN_ENDS.match(self.folded, hit.end, end):
            return None
        before = self.folded[clause.span.start : mention.start]
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

    def choose(self, hit: Hit, unit: str, mention: Mention, clause: _Clause) -> str:
        """The one indicator a cue names here, by unit and by the stage it stands in; "" when none or several."""
        stage = hit.entry.stage or self.stage(hit.start, clause)
        fitting = []
        for name in hit.entry.cues:
            indicator = self.lexicon[name]
            if unit not in indicator.units or (mention.percent != ("%" in indicator.units)):
                continue
            if not _clashes(indicator, stage, unit, shared=len(hit.entry.cues) > 1):
                fitting.append(indicator)
        if len(fitting) > 1 and not stage and _LEFT.search(self.folded, max(clause.span.start, mention.start - 24), mention.start):
            stage = "pending"  # "hiện còn 12 hồ sơ quá hạn"
        if len(fitting) > 1 and stage:
            fitting = [i for i in fitting if i.stage == stage] or fitting
        return fitting[0].id if fitting else ""

    def stage(self, offset: int, clause: _Clause) -> str:
        stage = clause.stage
        for hit in clause.hits:
            if hit.start >= offset:
                break
            if hit.entry.stage:
                stage = hit.entry.stage
            elif len(hit.entry.cues) == 1 and not _clashes(self.lexicon[hit.entry.cues[0]], stage, "x", shared=False):
                stage = self.lexicon[hit.entry.cues[0]].stage or stage
        return stage

    def rate(self, mention: Mention, clause: _Clause) -> tuple[str, bool] | tuple[str, bool, str] | None:
        start, after, stop, end = self.edges(mention, clause)
        found = self.left(mention, clause, start, "%")
        if found and found[2]:
            return found[0], True
        named = self.right(mention, clause, after, stop, end, "%")
        if named and named[1]:
            return named[0], _is_light(self.folded[named[1].end : stop])
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

    def base(self, mention: Mention, clause: _Clause) -> None:
        """The m of a printed n/m: what it counts, else what its n is usually taken of."""
        over = self.reading.mentions[mention.under] if mention.under is not None else mention
        numerator = self.named.get(over.index)
        hit = next((h for h in clause.hits if mention.quantity.span.end <= h.start <= mention.quantity.span.end + 2), None)
        name = ""
        if hit and hit.entry.nouns and mention.unit in self.lexicon[hit.entry.nouns[0]].units:
            name = hit.entry.nouns[0]
        elif numerator and self.lexicon[numerator.name].bases:
            name = self.lexicon[numerator.name].bases[0]
        elif not numerator:
            name = self.counted(mention, clause)
        if name:
            following = self.folded[mention.end : mention.end + 60]
            tail = following[: stop.start()] if (stop := _STOP.search(following)) else following
            scope = self.scope(mention, clause, self.field_in(tail))
            self.put(mention, name, scope, True, base=True)

    def counted(self, mention: Mention, clause: _Clause) -> str:
        """What a bare n/m counts, when the words before it name one thing only ("công chức … 100% (31/31 người)")."""
        nouns = {
            n for h in clause.hits if h.end <= mention.start for n in h.entry.nouns if mention.unit in self.lexicon[n].units
        }  # fmt: skip
        return nouns.pop() if len(nouns) == 1 and mention.unit else ""

    # ------------------------------------------------------------ what narrows a figure

    def scope(self, mention: Mention, clause: _Clause, narrowed: str) -> str:
        if narrowed:
            return narrowed
        start = max(clause.span.start, self.folded.rfind(";", clause.span.start, mention.start) + 1)
        lead = self.text[start : mention.start]
        place = _place(lead)
        if place:
            return place
        found = ""
        for hit in clause.hits:
            if hit.start >= mention.start:
                break
            if hit.entry.field and hit.start >= start and not self.taken(hit, mention):
                found = hit.entry.field
        return found or self.of_paragraph(mention) or self.section_field(mention.start)

    def of_paragraph(self, mention: Mention) -> str:
        """What the paragraph as a whole is about: the hamlet it opens with, or for dossiers a field of work."""
        if mention.paragraph != self.about[0]:
            span = self.reading.paragraphs_read[mention.paragraph].span
            opening = self.text[span.start : min(span.end, span.start + 70)]
            place = _place(opening) if _OPENS_PLACE.match(opening) else ""
            topic = _TOPIC.match(self.folded, span.start, min(span.end, span.start + 90))
            field = topic.group(1).strip() if topic and not _NO_TOPIC.search(topic.group(1)) else ""
            self.about = (mention.paragraph, place, field)
        return self.about[1]

    def taken(self, hit: Hit, mention: Mention) -> bool:
        """Does a field named before the number belong to another number, or to a parenthesis closed since?"""
        if self.folded.count(")", hit.end, mention.start) > self.folded.count("(", hit.end, mention.start):
            return True
        index = mention.index - 1
        while index >= 0 and self.reading.mentions[index].start > hit.start:
            index -= 1
        if index < 0 or self.reading.mentions[index].sentence != mention.sentence:
            return False
        return re.search(r"[,;:(]", self.folded[self.reading.mentions[index].end : hit.start]) is None

    def section_field(self, offset: int) -> str:
        """The field of work of the section, when its heading names exactly one ("2. Lĩnh vực hộ tịch")."""
        for section in reversed(self.sections):
            if section.span.start <= offset < section.end and len(section.title) < 60:
                hits = [h.entry.field for h in self.lexicon.hits(fold(section.title), 0, len(section.title)) if h.entry.field]
                return hits[0] if len(hits) == 1 and "lĩnh vực" in fold(section.title) else ""
        return ""

    def field_in(self, tail: str) -> str:
        if _ALL_BELONG.search(tail):
            return ""
        return next((h.entry.field for h in self.lexicon.hits(tail, 0, len(tail)) if h.entry.field), "")

    # ------------------------------------------------------------ tables

    def name_cell(self, cell: grids.Cell) -> None:
        mention = cell.mention
        if mention.quantity.damaged or cell.ordinal:
            return
        names, scope = self.of_label(cell.head, mention), cell.scope
        if not names and not cell.area and not _NO_COUNT.search(cell.head):
            names, scope = self.of_label(cell.label, mention), ""
            if not names and cell.total:
                names = self.of_label(f"{cell.label} {cell.head.removeprefix('số ')}", mention)
        if len(names) == 1:
            self.put(mention, names[0], scope, True)

    def of_label(self, label: str, mention: Mention) -> list[str]:
        """The names a head or row label gives: one cue, or none."""
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
                if (mention.unit in self.lexicon[n].units or not mention.unit) and mention.percent == ("%" in self.lexicon[n].units)
            ]
            stage = hit.entry.stage or next((h.entry.stage for h in hits if h.entry.stage), "")
            names.append(next((n for n in fitting if stage and self.lexicon[n].stage == stage), fitting[0] if fitting else ""))
        return [n for n in dict.fromkeys(names) if n]


def _clashes(indicator: Indicator, stage: str, unit: str, *, shared: bool) -> bool:
    """Does the indicator belong to another part of the work than the one spoken of?"""
    if not stage or indicator.stage == stage:
        return False
    if not unit and indicator.stage in _CASES and stage in _OTHER_CASES:
        return True
    if indicator.stage == "received" and stage in {"resolved", "pending"}:
        return indicator.id != "carried_over"
    return shared and indicator.stage in _CASES and stage in _CASES


def _is_light(words: str) -> bool:
    """Do the words leave the meaning of a name next to them as it is?"""
    return ";" not in words and "(" not in words and all(w in _LIGHT for w in _WORD.findall(words))


def _place(words: str) -> str:
    """The last hamlet, group or neighbourhood named in the words, folded: its number or capitalised name."""
    place = ""
    for match in _AREA.finditer(words):
        name = match.group(2).split(" ")
        kept = name[:1] if name[0].isdigit() else []
        if not kept:
            for word in name:
                if not word[0].isupper():
                    break
                kept.append(word)
        if kept:
            place = fold(f"{match.group(1)} {' '.join(kept)}")
    return place


def in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures by their place in the text."""
    return tuple(sorted(figures, key=lambda f: f.quantity.span))
