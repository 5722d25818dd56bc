"""What surrounds a figure: its section, its period, and what narrows it to a part of the ward."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import takewhile

from .language import fold
from .lexicon import Hit, Lexicon
from .mentions import Reach, find_mentions
from .model import Period, Section, Span
from .periods import Timeline, governing, resolve
from .quantities import Mention, Reading
from .scope import Paragraph

_UNIT_NAME = re.compile(r"(?<!\w)(?:[Xx]ã|[Pp]hường|[Tt]hị trấn)((?: [^\W\d_]+){1,4})")
_AREA = re.compile(r"(?<!\w)([Tt]hôn|[Bb]ản|[Kk]hu(?: phố| dân cư)?|[Tt]ổ(?: dân phố| dân)?|[Ấấ]p|[Xx]óm|[Bb]uôn|[Ll]àng|[Kk]hóm)\s+(?:số\s+)?(?=((?:\d+|[^\W\d_]+)(?: [^\W\d_]+){0,3}))")  # "từng khu phố thì khu phố 3"
_OPENS_PLACE = re.compile(r"[\s*_+•–-]*(?:(?:Ở|Tại|Riêng|Với|Đến)\s+)?(?:[Tt]hôn|[Bb]ản|[Kk]hu|[Tt]ổ|[Ấấ]p|[Xx]óm|[Bb]uôn|[Ll]àng|[Kk]hóm)\s")
_OPENS_LEVEL = re.compile(r"\W*(?:(?:còn|riêng|cụ thể),? )?(?:ở|tại|với|đối với|riêng|còn)\s+(huyện|cấp (?:huyện|tỉnh|thành phố|trung ương)|các xã(?:, phường)?(?:, thị trấn)?)(?=[,:]| (?:đã|tiếp nhận|giải quyết)(?!\w))")  # "Ở cấp huyện, số hồ sơ …"
_TOPIC = re.compile(r"[\s*_+•–-]*(?:về|với|đối với|riêng|lĩnh vực|bên lĩnh vực)\s+(?:lĩnh vực\s+)?([^:;.\d(]{3,60}?)(?::|, | (?=cả kỳ|tiếp nhận|đã|có|nhận)\b)")
_NO_TOPIC = re.compile(r"hồ sơ|thủ tục|cải cách|giải quyết|tiếp nhận|kết quả|công tác|tổng số|tình hình|trực tuyến|dịch vụ|kiểm soát|một cửa")
# headings of what is still to be done
AHEAD = re.compile(r"^[\W\divx]*(?:phần \w+\W+)?(?:mục tiêu|nhiệm vụ|chỉ tiêu)|phương hướng|mục tiêu phấn đấu|nhiệm vụ (?:trọng tâm|chủ yếu|thời gian|quý|tháng|năm|\d+ tháng)|kiến nghị|giải pháp thời gian")
BACK = re.compile(r"đánh giá|kết quả|tồn tại|hạn chế|nhận xét|khó khăn|tình hình")
_ALL_BELONG = re.compile(r"(?<!\w)(?:đều|chủ yếu|thuộc|liên quan)(?!\w)")
BEFORE = re.compile(r"(?:số )?(?:kỳ|quý|tháng) trước")  # the head of a column beside "Kỳ này"
_BARE_MONTHS = re.compile(r"(?:lũy kế )?\d{1,2} tháng")  # the head of a column beside "Quý III"
_ROMAN = re.compile(r"(?<=quý )[iv]+(?!\w)")
# what was before a merger, and what several units had together that are now one
_FORMER = re.compile(
    r"(?<!\w)(?:trước (?:khi |lúc |ngày |thời điểm )?(?:thực hiện )?(?:sắp xếp|sáp nhập|hợp nhất|nhập)|trước (?:đây|kia)"
    r"|(?:hai|ba|bốn|năm|sáu|các|0?[2-9]) (?:xã|phường|thị trấn|đơn vị)(?: hành chính)?(?: cũ)?(?= (?:có|tiếp nhận|đã|được|còn|nhận|giải quyết)(?!\w))"
    r"|(?:xã|phường|thị trấn|đơn vị|huyện) (?:cũ|trước đây))(?!\w)"
)
_SINCE_THEN = re.compile(r"(?<!\w)(?:nay|hiện|đến nay|hiện nay|sau (?:khi )?(?:sắp xếp|sáp nhập|hợp nhất|nhập)|(?:xã|phường|thị trấn|đơn vị) mới|toàn (?:xã|phường|thị trấn))(?!\w)")
# dossiers and procedures that are another level's, or the police's, not those of the ward's own office; "riêng cấp
# xã" and "còn cấp xã" set the communes apart from what was told before
_LEVEL = re.compile(
    r"(?<!\w)(?P<other>cấp (?:huyện|tỉnh|thành phố|trung ương)(?=:| (?:tiếp nhận|nhận|giải quyết|xử lý|đã|có|là|được|quá hạn|trễ hạn|còn))"
    r"|(?:(?<=tại )|(?<=của )|(?<=thẩm quyền ))công an(?: phường| xã| thị trấn)?)(?!\w)"
    r"|(?<!\w)(?:còn|riêng)(?: [^\W\d_]+){0,5} (?P<apart>cấp (?:xã|phường|cơ sở))(?!\w)"
    r"|(?<!\w)(?:cấp (?:xã|phường|cơ sở)|(?:của|tại|bởi) (?:ubnd )?(?:phường|xã|thị trấn)|bộ phận một cửa)(?!\w)"
)
_ONLY_OF = re.compile(r"(?<!\w)(?:chỉ|riêng) (?:xét|tính)(?: riêng)? (?:trên |trong |về )?([^,;:.()\d]{3,50}?) thì(?!\w)")  # "nếu chỉ xét các thủ tục liên thông thì …"
_SEVERAL = re.compile(r"(?<!\w)(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|các|\d{1,2}) (?:xã|phường|thị trấn)(?:, (?:phường|thị trấn))*(?: [^\W\d_]+){0,2} (?:cộng|gộp|tính) (?:lại|chung)(?!\w)")
_BESIDE_ANOTHER = re.compile(r"(?<!\w)(?:sau|hơn|kém|so với|ngoài|trừ|không (?:kể|tính))(?: lĩnh vực)? $")  # "hộ tịch đứng thứ hai sau chứng thực, nhận mới …"
# staff that is none of the "cán bộ, công chức": "Người hoạt động không chuyên trách được giao 14 người, hiện có 12 người"
_OTHER_STAFF = re.compile(r"\W*(?:(?:riêng|còn|về|đối với|với|số(?: lượng)?|tổng số|các) ){0,3}((?:người |cán bộ |những người )?(?:hoạt động )?không chuyên trách|lao động hợp đồng|hợp đồng lao động|trạm y tế|trường (?:học|mầm non|tiểu học|trung học cơ sở|thcs))(?!\w)")
_OPENING = 16  # a period named this near the start of a sentence speaks for those after it
_REACH = 400  # characters a place or field may stand before its figure


class Surroundings:
    """The places of one report, asked for one number at a time."""

    def __init__(self, reading: Reading, sections: Sequence[Section], lexicon: Lexicon, line: Timeline) -> None:
        self.text, self.folded = reading.text, reading.folded
        self.reading, self.sections, self.lexicon, self.line = reading, sections, lexicon, line
        self.base_period = line.base
        self.about: tuple[int, str, str] = (-1, "", "")  # the paragraph last asked for, its place and topic
        self.section_starts = [s.span.start for s in sections]
        self.sentence_starts = [s.start for s in reading.sentences]
        self.heads: dict[str, Period | None] = {"": None}  # heads of columns, the period each names
        self.titles: dict[str, tuple[frozenset[str], bool]] = {}
        self.title_fields: dict[str, str] = {}

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
            ahead = AHEAD.search(title) is not None and BACK.search(title) is None
            found = self.titles[section.title] = (plain, ahead)
        return found

    def section(self, offset: int) -> Section | None:
        for index in range(bisect_right(self.section_starts, offset) - 1, -1, -1):
            if offset < self.sections[index].end:
                return self.sections[index]
        return None

    def period(self, mention: Mention) -> Period | None:
        """The period the figure speaks of: the one governing its place, unless that was named in passing in an
        earlier sentence ("tháng 9: 1.913 hồ sơ"), or lies after the report's own ("nhiệm vụ 6 tháng cuối năm")."""
        part = self.reading.paragraphs_read[mention.paragraph]
        found = governing(mention.start, self.line)
        if part.kind == "text":
            sentence = self.reading.sentences[mention.sentence]
            at = bisect_right(self.line.starts, mention.end + 60)
            own = at and self.line.starts[at - 1] >= sentence.start
            if not own and sentence.start > part.span.start:
                found = self.inherited(part, sentence)
        base = self.base_period
        if found and base and found.start and base.end and found.start > base.end:
            return base
        return found

    def period_under(self, head: str) -> Period | None:
        """The period the folded head of a column names, where it can be dated ("Quý III", "Cùng kỳ năm trước"); for
        "Kỳ trước" one without dates: which it is, only the earlier report tells."""
        if head not in self.heads:
            words = f"{head} đầu năm" if _BARE_MONTHS.fullmatch(head) else head
            written = _ROMAN.sub(lambda quarter: quarter[0].upper(), words)
            found = [m for m in find_mentions(written, words) if m.reach is not Reach.NONE]
            period = resolve(found[0], self.base_period) if len(found) == 1 else None
            undated = Period(None, None, head) if BEFORE.fullmatch(head) else None
            self.heads[head] = period if period and period.end else undated
        return self.heads[head]

    def inherited(self, part: Paragraph, sentence: Span) -> Period | None:
        """The period an earlier sentence of the paragraph opened with, else the one before the paragraph."""
        first = bisect_left(self.line.starts, part.span.start)
        for index in range(bisect_left(self.line.starts, sentence.start) - 1, max(first, bisect_left(self.line.starts, sentence.start) - 9) - 1, -1):
            mention = self.line.mentions[index]
            opened = self.reading.sentences[bisect_right(self.sentence_starts, mention.span.start) - 1]
            listed = self.folded[mention.span.end : mention.span.end + 2].lstrip().startswith(":")  # "Tháng 9: 1.913"
            if mention.reach is Reach.ON and not listed and mention.span.start - opened.start <= _OPENING:
                return self.line.periods[index]
        return governing(part.span.start, self.line)

    def scope(self, mention: Mention, sentence: Span, hits: Sequence[Hit], narrowed: str) -> str:
        if narrowed:
            return narrowed
        low = max(sentence.start, mention.start - _REACH)
        start = max(low, self.folded.rfind(";", low, mention.start) + 1)
        lead = self.text[start : mention.start]
        place = _place(lead)
        if place:
            return place
        others = whose(self.folded, start, mention.start)
        if others:
            return others
        if _SEVERAL.search(self.folded, start, mention.start):
            return "các xã"
        only = _ONLY_OF.search(self.folded, start, mention.start)
        if only:
            return only[1]
        found = ""
        for hit in hits:
            if hit.start >= mention.start:
                break
            if hit.entry.field and hit.start >= start and not self.taken(hit, mention) and not _BESIDE_ANOTHER.search(self.folded, start, hit.start):
                found = hit.entry.field
        return found or self.of_paragraph(mention) or self.section_field(mention.start)

    def other_staff(self, mention: Mention) -> str:
        """The staff beside the cadres and officers that the clause of a number opens with, "" where it opens with none."""
        start = self.reading.sentences[mention.sentence].start
        opens = _OTHER_STAFF.match(self.folded, max(start, self.folded.rfind(";", start, mention.start) + 1), mention.start)
        return opens[1] if opens else ""

    def of_paragraph(self, mention: Mention) -> str:
        """What the paragraph as a whole is about: the hamlet or the level it opens with, or for dossiers a field of work."""
        if mention.paragraph != self.about[0]:
            span = self.reading.paragraphs_read[mention.paragraph].span
            opening = self.text[span.start : min(span.end, span.start + 70)]
            level = _OPENS_LEVEL.match(self.folded, span.start, span.end)
            place = _place(opening) if _OPENS_PLACE.match(opening) else level.group(1) if level else ""
            topic = _TOPIC.match(self.folded, span.start, min(span.end, span.start + 90))
            field = topic.group(1).strip() if topic and not _NO_TOPIC.search(topic.group(1)) else ""
            self.about = (mention.paragraph, place, field)
        return self.about[1]

    def topic(self, mention: Mention) -> str:
        """The field of work the paragraph opens with ("Về hộ tịch, …"), "" when none."""
        self.of_paragraph(mention)
        return self.about[2]

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
        for section in reversed(self.sections[: bisect_right(self.section_starts, offset)]):
            if offset < section.end and len(section.title) < 60:
                return self.title_field(section.title)
        return ""

    def title_field(self, title: str) -> str:
        found = self.title_fields.get(title)
        if found is None:
            folded = fold(title).strip(" .:;*_")
            named = [h for h in self.lexicon.hits(folded, 0, len(folded)) if h.entry.field]
            told = len(named) == 1 and ("lĩnh vực" in folded or named[0].end - named[0].start == len(folded))  # "I. Đất đai"
            found = self.title_fields[title] = named[0].entry.field if told else ""
        return found

    def field_in(self, tail: str) -> str:
        if not tail or _ALL_BELONG.search(tail):
            return ""
        return next((h.entry.field for h in self.lexicon.hits(tail, 0, len(tail)) if h.entry.field), "")


def whose(folded: str, start: int, end: int) -> str:
    """Who else the words speak of than the ward as it is: another level, the police, the units merged into it
    ("cấp huyện", "công an phường", "hai phường cũ"); "" for the ward itself."""
    told = folded.find("cấp ", start, end) >= 0 or folded.find("công an", start, end) >= 0
    levels = [*_LEVEL.finditer(folded, start, end)] if told else []
    if levels and (other := levels[-1]["other"] or levels[-1]["apart"]):
        return other
    former = [*_FORMER.finditer(folded, start, end)]
    if former and not _SINCE_THEN.search(folded, former[-1].end(), end):
        return former[-1][0]
    return ""


def unit_named(text: str, start: int, end: int, own: str) -> str:
    """The name of the last commune, ward or town named in the words, folded, unless it is the one called `own`; "" where none is."""
    named = [" ".join(takewhile(lambda word: word[0].isupper(), m[1].split())) for m in _UNIT_NAME.finditer(text, start, end)]
    last = fold(next((name for name in reversed(named) if name), ""))
    return "" if fold(own).endswith(last) else last


def is_of_others(scope: str) -> bool:
    """Is it a scope of another level or body, and no part of the ward?"""
    return scope.startswith(("cấp ", "công an", "huyện", "các xã")) or _FORMER.match(scope) is not None


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
