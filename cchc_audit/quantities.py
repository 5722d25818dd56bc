"""Numbers with their meaning: unit, hedging, and the words and scope that say what is counted.

A `Mention` is a quantity in its sentence: the label before it, the words after it, how deep it stands
in parentheses, and whether it is one side of a printed fraction. Relations are read over mentions and
the words between them, never over raw text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from .folding import fold_whole
from .language import COUNTED, MEASURES, SCALES, UNIT, unit_of
from .model import (
    BlockKind,
    Correction,
    Document,
    Mark,
    Numeral,
    Qualifier,
    Quantity,
    Rational,
    Span,
    Written,
    magnitude,
)
from .numerals import SCALE, Number, Other, scan
from .scope import Paragraph, paragraphs

_TO_SEPARATOR = re.compile(r".*(?:[,;()\n]|[.:](?=\s|$)|\s-\s|(?<!\w)(?:(?<!đã )(?!(?<=giải quyết )và trả(?! lời))(?!(?<=trực tiếp )và (?:qua |gửi |dịch vụ )*bưu)và(?! (?:trước|đúng|sớm))|cùng(?! kỳ))(?!\w))", re.DOTALL)
_STOP = re.compile(r"[,;()\n\d]|[.:](?=\s|$)|\s-\s|(?<!\w)(?:thì|(?<!đã )và(?! (?:trước|đúng|sớm))|cùng(?! kỳ)|đạt|chiếm|(?<!có )bằng|tỷ lệ|tương ứng|tương đương|ứng với|với|trong đó|trong số|gồm|bao gồm|so với)(?!\w)|=")
_IN_WORDS = re.compile(r"(?<!\w)(?:một|mốt|hai|ba|bốn|mươi tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn) ?$")
_PARENTHESIS = re.compile(r"\((?P<lone>\s?\d{1,3}\s?\))?|\)")
_LEAD = re.compile(r"^(?:\s|[*_>+•-])+")
LEADERS = re.compile(r"\.{3,}|…+")  # "Thi hành xong ........ 972 việc"
_DIVIDES = re.compile(r"(?:cụ thể|trong đó|chia ra|bao gồm|gồm)(?!\w)")
_SPENDING = re.compile(r"(?<!\w)(?:giao|giải ngân|thu|chi|vốn|kinh phí|bố trí|thanh toán|ngân sách)$")
_SHORT_MONEY = re.compile(r"\.?\s?đ(?:ồng)?(?!\w)(?!/c(?!\w))")  # "308 tr.đ", "26 trđ", "5 triệu đ"
_COUNTED_IN = re.compile(r"\((?:(?:đơn vị(?: tính)?|đvt)\s?:\s?)?(?P<scale>triệu|tỷ|nghìn|ngàn) đồng\)\s?:")
_PLANNED = re.compile(r"(?:dt|dự toán|kh|kế hoạch|chỉ tiêu)(?: (?:được )?giao| năm)?")  # "4.630 triệu, đạt 89% (DT 5.200)"
_DONG = re.compile(r"\s?(?:vnđ|vnd|đ)(?!\w)(?!/c(?!\w))")  # "20.000đ", and no "15 đ/c"
_LEAST_MONEY = 500  # "9,5đ" is a mark
_CLAUSE = 300  # characters a clause may have before its figure
_BETWEEN = 12  # figures that may stand in a parenthesis between the two sides of n/m
_PER = re.compile(r"\s?/\s?(?:\d{0,2}\s?)?(?:người|hộ|tổ|lớp|năm|tháng|ngày|tuần|lần|đơn vị|km²|ha|m²|thôn|khu|xã|phường|hs|bộ|buổi|cuộc|phiên|chuyến|đợt)(?!\w)")
_CLAUSE_CLOSED = re.compile(r"\s?[,;.)\n]|\s(?:và|cùng)\s|\Z")
_WHOLE = COUNTED | {"con"}  # what is counted one by one
_COMMAED_COUNT = re.compile(r"[1-9]\d{0,2},\d{3}")
_LAST = 4  # figures before one that may tell what it counts
_COUNTS = re.compile(r"(?<!\w)số (?!tiền|dư|thu|chi|kinh phí)")  # "- Số lớp tập huấn: 3"
_MARKER_KIND = re.compile(r"[\w.)(/ ]+")
_BESIDE = re.compile(r"(?:,|,? và|;)\s")
_RISING = re.compile(r"\s?(?:(?:tăng |giảm |nâng )?(?:lên|xuống|còn|đến|tới|thành)(?: đến| tới| còn| thành| mức)?(?: hơn| gần| khoảng| trên)?|[-–])\s?")  # between the two values of a change
_SLASH = re.compile(r"(?: mới)?\s{0,2}(?:\*{0,2})/\s{0,2}(?:(?:kh|kế hoạch|dt|dự toán|chỉ tiêu|tổng(?: số)?)(?: năm| giao| được giao)?:? ?)?")  # "168 triệu / KH 320 triệu"
_POINTS_BACK = re.compile(r"\W*(?:trong (?:số )?đó|bao gồm|gồm(?: có)?|cụ thể|chia ra|chi tiết)(?: như sau)?\s?:")
_TARGET = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu(?! chất lượng| quốc gia)|(?<!theo )(?<!so với )chỉ tiêu (?:đề ra|giao|năm)|yêu cầu (?:đạt|tối thiểu)|(?:tỉnh|thành phố|huyện|trung ương|cấp trên) (?:yêu cầu|giao)(?= $)|định hướng|(?:tỷ lệ )?tối thiểu|dự kiến)(?!\w)")  # fmt: skip

# what is reached by now, or told as so many of so many: "so với mục tiêu kế hoạch, có 18/20 chỉ tiêu hoàn thành (90%)",
_REACHED = re.compile(r"(?<!\w)(?:đến nay|hiện nay|đến thời điểm này)(?!\w)|\d\s?/\s?\d[^:;]*\($")  # "phấn đấu đạt chuẩn nâng cao, đến nay đạt 14/19 tiêu chí (73,7%)"
_OPENS_AIMS = re.compile(r"(?:[^:;.]{0,80}:)?\W*phấn đấu(?!\w)")  # "Sáu tháng cuối năm: phấn đấu thu …; tỷ lệ trực tuyến trên 80%"


@dataclass(slots=True)
class Mention:
    """A quantity in its sentence. `before` and `after` are folded labels; `group` numbers the innermost
    parenthesis it stands in (-1 outside any) and `parent` is the mention just before that parenthesis."""

    index: int
    quantity: Quantity
    before: str
    after: str
    start: int  # of the number
    end: int  # of the number with its unit
    paragraph: int
    sentence: int
    percent: bool  # a percentage, or percentage points
    depth: int = 0
    group: int = -1
    parent: int | None = None
    over: int | None = None  # index of the denominator, when this is the numerator of a printed n/m
    under: int | None = None  # index of the numerator, when this is the denominator
    scale: int = 1  # of the scale word, written or taken over from the figure before
    per: bool = False  # a rate per item (7 người/tổ)
    target: bool = False
    turn: int = 0  # which of the sentences that hold figures it stands in

    @property
    def unit(self) -> str:
        return self.quantity.unit

    @property
    def value(self) -> Rational:
        return self.quantity.written.value

    @property
    def countable(self) -> bool:
        """A count or amount that shares and sums can be formed with."""
        q = self.quantity
        return not (self.percent or self.per or self.target or q.damaged or q.unit in MEASURES)

    @property
    def label(self) -> str:
        return f"{self.before} {self.after}".strip()


@dataclass(frozen=True)
class Reading:
    """What the numbers of one document mean, with the folded text they were matched in."""

    text: str
    folded: str
    paragraphs_read: tuple[Paragraph, ...]
    mentions: tuple[Mention, ...]
    others: tuple[Numeral, ...]
    by_paragraph: tuple[tuple[Mention, ...], ...] = field(default=())

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(m.quantity for m in self.mentions)

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds a place of the text, or the last one before it."""
        return self.sentences[max(0, bisect_right(self.sentences, offset, key=lambda s: s.start) - 1)]

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        return tuple(p.span for p in self.paragraphs_read)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return tuple(s for p in self.paragraphs_read for s in p.sentences)


def _label_before(lead: str) -> str:
    """The words that name a figure written after them: up to the nearest separator, over a colon."""
    if "..." in lead or "…" in lead:
        lead = LEADERS.sub(" ", lead)
    end = len(lead.rstrip(" *_"))
    colon = lead[:end].endswith(":")
    body = lead[: end - 1] if colon else lead[:end]
    passed = _TO_SEPARATOR.match(body + " ")
    return _LEAD.sub("", body[passed.end() :] if passed else body).strip(" :*_(,;.-+")


def read(document: Document, corrections: Sequence[Correction] = ()) -> Reading:
    """All quantities of the document in order, in their scope. Linear in the length of the text."""
    text = document.text
    folded = fold_whole(text)
    running = tuple(b.span for b in document.blocks if b.kind in {BlockKind.HEADER, BlockKind.FOOTER})
    parts = paragraphs(text, running)
    numbers = scan(text, folded)
    if corrections:
        numbers = _corrected(numbers, corrections)
    return _Reader(text, folded, parts).run(numbers)


def reread(reading: Reading, text: str, place: int) -> Reading:
    """The reading of the same text with digits altered in the paragraph that holds `place`; only it is read again.

    The whole text is read where its numbers are no longer the same ones with other values.
    """
    folded, parts = fold_whole(text), reading.paragraphs_read
    index = bisect_right(reading.paragraphs, place, key=lambda span: span.start) - 1
    part, old = parts[max(0, index)], reading.by_paragraph[max(0, index)]
    start, end = part.span
    found = [n for n in scan(text[start:end], folded[start:end]) if isinstance(n, Number)]
    numbers = [n._replace(start=n.start + start, end=n.end + start) for n in found]
    if not old or [(n.start, n.end) for n in numbers] != [tuple(m.quantity.span) for m in old]:
        return _Reader(text, folded, parts).run(list(scan(text, folded)))
    reader = _Reader(text, folded, parts)
    reader.mentions = list(reading.mentions[: old[0].index])
    reader.paragraph(part, numbers, sum(len(p.sentences) for p in parts[:index]))
    new = tuple(reader.mentions[old[0].index :])
    return replace(
        reading, text=text, folded=folded,
        mentions=(*reader.mentions, *reading.mentions[old[-1].index + 1 :]),
        by_paragraph=(*reading.by_paragraph[:index], new, *reading.by_paragraph[index + 1 :]),
    )  # fmt: skip


def _corrected(numbers: list[Number | Other], corrections: Sequence[Correction]) -> list[Number | Other]:
    """The numbers with an inspector's readings in their places."""
    values = [c for c in corrections if c.written != ""]  # "" names a figure and leaves its value alone
    kept = [n for n in numbers if not any(n.start < c.span.end and c.span.start < n.end for c in values)]
    for correction in values:
        start, end = correction.span
        found = [n for n in scan(correction.written or "") if isinstance(n, Number)]
        if correction.written is None or not found:
            kept.append(Other(start, end, "corrected"))
        else:
            kept.append(Number(start, end, found[0].written, found[0].percent))
    return sorted(kept, key=lambda n: n.start)


class _Reader:
    def __init__(self, text: str, folded: str, parts: tuple[Paragraph, ...]) -> None:
        self.text, self.folded, self.parts = text, folded, parts
        self.mentions: list[Mention] = []
        self.others: list[Numeral] = []
        self.pupils = "học sinh" in folded and "hồ sơ" not in folded  # then "HS" are these
        self.listed_under: tuple[str, Mention] | None = None  # the kind of marker of a line that opens a list of amounts, and the amount

    def run(self, numbers: list[Number | Other]) -> Reading:
        at, grouped, sentence = 0, [], 0
        for part in self.parts:
            first = len(self.mentions)
            here: list[Number] = []
            while at < len(numbers) and numbers[at].start < part.span.end:
                number = numbers[at]
                at += 1
                if isinstance(number, Number) and number.start >= part.span.start:
                    here.append(number)
                else:
                    why = number.why if isinstance(number, Other) else "running head"
                    self.others.append(Numeral(Span(number.start, number.end), Mark.NOT_A_FIGURE, why))
            if here:
                self.paragraph(part, here, sentence)
            sentence += len(part.sentences)
            grouped.append(tuple(self.mentions[first:]))
        for number in numbers[at:]:
            self.others.append(Numeral(Span(number.start, number.end), Mark.NOT_A_FIGURE, "running head"))
        return Reading(self.text, self.folded, self.parts, tuple(self.mentions), tuple(self.others), tuple(grouped))

    def paragraph(self, part: Paragraph, numbers: list[Number], first_sentence: int) -> None:
        first = len(self.mentions)
        previous_end, local = part.span.start, 0
        for position, number in enumerate(numbers):
            while local + 1 < len(part.sentences) and number.start >= part.sentences[local].end:
                local += 1
            following = numbers[position + 1].start if position + 1 < len(numbers) else part.span.end
            mention = self.mention(part, number, previous_end, following, first_sentence + local)
            self.mentions.append(mention)
            previous_end = mention.end
        here = self.mentions[first:]
        self.nest(part, here)
        self.fractions(here)
        self.money(here)
        self.amounts_listed(part, here)
        self.amounts_said(part, here)
        for mention in here:
            mention.target = mention.target or self.is_target(part.sentences[mention.sentence - first_sentence], mention)

    def mention(self, part: Paragraph, number: Number, previous_end: int, following: int, sentence: int) -> Mention:
        folded = self.folded
        end, unit = number.end, number.percent
        damaged, factor = number.damaged, 1
        if folded[end : end + 1] == ")" and folded[number.start - 1 : number.start] == "(" and not unit:
            end += 1  # "tám (8) hồ sơ"
        if not unit:
            scale = SCALE.match(folded, end) if number.written.rounded else None
            if scale:
                end, factor = scale.end(), SCALES[scale.group(1)]
            short = _SHORT_MONEY.match(folded, end) if scale is not None else _DONG.match(folded, end) if number.written.value >= _LEAST_MONEY else None
            if short is not None:
                unit, end = "đồng", short.end()
            stated = UNIT.match(folded, end) if short is None else None
            if scale and not unit and not stated and factor >= SCALES["triệu"] and _CLAUSE_CLOSED.match(folded, end):
                unit = next((m.unit for m in reversed(self.mentions[-_LAST:]) if m.scale > 1 and m.unit), "đồng")  # "cộng 26 triệu."
            if stated and stated.end() <= max(following, end):
                unit, end = unit_of("học sinh" if self.pupils and stated.group(1) == "hs" else stated.group(1)), stated.end()
        written = number.written
        if unit and unit not in MEASURES and not number.percent and 0 < number.written.ulp < 1 and unit in COUNTED and "." in self.text[number.start : number.end]:
            damaged = True  # "151.10 hồ sơ": a misplaced dot, not a decimal
        if not number.percent and not number.damaged and unit in _WHOLE and _COMMAED_COUNT.fullmatch(self.text, number.start, number.end) and number.written.ulp < 1:
            damaged = True  # "87,475 con" among figures with dots: thousands, and no decimals
        low = max(previous_end, number.start - 90, part.span.start)
        lead = folded[low : number.start]
        before = _label_before(lead)
        stop = _STOP.search(folded, end, min(end + 90, part.span.end))
        after_end = min(stop.start() if stop else min(end + 90, part.span.end), following)
        after = folded[end:after_end].strip(" *_") if after_end > end else ""
        form = "" if number.percent else folded[number.end : end].strip()
        quantity = Quantity(
            Span(number.start, number.end), self.text[number.start : number.end], written, unit,
            noun=" ".join(filter(None, (before, form, after))), sentence=sentence, paragraph=part.index,
            word=number.word, damaged=damaged,
        )  # fmt: skip
        per = _PER.match(folded, end) is not None and not re.match(r"\s?/\s?\d", folded[end : end + 4])
        return Mention(
            len(self.mentions), quantity, before, f"{form} {after}".strip(), number.start, end, part.index, sentence,
            percent=number.percent != "", scale=factor, per=per, turn=self.turn(sentence),
        )  # fmt: skip

    def turn(self, sentence: int) -> int:
        last = self.mentions[-1] if self.mentions else None
        return 0 if last is None else last.turn + (last.sentence != sentence)

    def nest(self, part: Paragraph, here: list[Mention]) -> None:
        """Depth, innermost parenthesis and its owner for every mention of the paragraph."""
        stack: list[tuple[int, int | None]] = []
        last_at_depth: list[int | None] = []
        at = 0
        for match in _PARENTHESIS.finditer(self.folded, part.span.start, part.span.end):
            while at < len(here) and here[at].start < match.start():
                self._put(here[at], stack, last_at_depth)
                at += 1
            if match.group("lone") and _IN_WORDS.search(self.folded, max(0, match.start() - 8), match.start()):
                continue  # "tám (8)": the number said twice
            if match.group().startswith("("):
                owner = last_at_depth[len(stack)] if len(stack) < len(last_at_depth) else None
                stack.append((match.start(), stack[-1][1] if owner is None and stack else owner))
                if match.group("lone"):
                    while at < len(here) and here[at].start < match.end():
                        self._put(here[at], stack, last_at_depth)
                        at += 1
                    stack.pop()
            elif stack:
                stack.pop()
        for mention in here[at:]:
            self._put(mention, stack, last_at_depth)

    @staticmethod
    def _put(mention: Mention, stack: list[tuple[int, int | None]], last: list[int | None]) -> None:
        mention.depth = len(stack)
        if stack:
            mention.group, mention.parent = stack[-1]
        del last[mention.depth :]
        last.extend([None] * (mention.depth - len(last)))
        last.append(mention.index)

    def fractions(self, here: list[Mention]) -> None:
        """Join the two sides of every printed n/m (also over a parenthesis between them)."""
        for left, mention in enumerate(here):
            if mention.percent or mention.per:
                continue
            right = left + 1
            while right < min(len(here), left + _BETWEEN) and here[right].depth > mention.depth:
                right += 1
            if right >= len(here) or here[right].depth != mention.depth or here[right].percent:
                continue
            other = here[right]
            between = self.folded[mention.end : other.start]
            if "/" not in between:
                continue
            if right == left + 1:
                slash = _SLASH.fullmatch(between)
            else:
                slash = re.fullmatch(r"[^()]{0,20}\(.*\)\s{0,2}/\s{0,2}", between, re.DOTALL)
            if slash and re.match(r"\s?/\s?\d", self.folded[other.end : other.end + 3]) or here[left].start and self.folded[max(0, mention.start - 1) : mention.start] == "/":
                continue  # "giỏi/khá/trung bình: 42/66/41 em"
            if not slash and not self.apart(here, left, right, between):
                continue
            if mention.unit and other.unit and mention.unit != other.unit and mention.unit in {"lượt", "lượt người", "hộ", "buổi", "vụ", "đoàn", "ngày"}:
                continue  # 41 lượt/46 người: two counts, not a fraction
            mention.over, other.under = other.index, mention.index
            self.scale_like(mention, other)
            if not mention.unit:
                mention.quantity = replace(mention.quantity, unit=other.unit)

    def apart(self, here: list[Mention], left: int, right: int, between: str) -> bool:
        """ "48 quần chúng ưu tú/45 chỉ tiêu (đạt 106,7%)": words stand before the slash, and the share right after says
        that the two are one fraction."""
        if right != left + 1 or right + 1 >= len(here) or not re.fullmatch(r"[^\d,;.()/:]{1,30}/\s?", between):
            return False
        n, m, percent = (here[i].quantity.written.value for i in (left, right, right + 1))
        near = here[right + 1].percent and here[right + 1].start - here[right].end < 80
        return near and m > 0 and magnitude(100 * n - percent * m) <= m

    def scale_like(self, mention: Mention, other: Mention) -> None:
        """"187/180 triệu đồng", "ngân sách 84, đóng góp 52": the scale is written once for both."""
        if other.scale == 1 or mention.scale > 1 or mention.quantity.unit:
            return  # "97.500.000 đồng/150 triệu đồng": in đồng
        self.scale_by(mention, other.scale, other.unit)

    def scale_by(self, mention: Mention, scale: int, unit: str) -> None:
        written = mention.quantity.written
        mention.scale = scale
        mention.quantity = replace(mention.quantity, unit=unit, written=replace(written, value=written.value * scale, ulp=written.ulp * scale, rounded=True))

    def money(self, here: list[Mention]) -> None:
        """Amounts after the first of a list leave out "triệu đồng", and so do the first of "từ 120 lên 180 triệu đồng" and of "10.240, 11.875
        và 13.062 triệu đồng"; what has a noun of its own is none ("tạm giữ 02 xe")."""
        for second, first in pairwise(reversed(here)):
            shared = _RISING.fullmatch(self.folded, first.end, second.start) or _BESIDE.fullmatch(self.folded, first.end, second.start)
            if second.scale > 1 and not first.unit and not first.percent and shared:
                self.scale_like(first, second)
        for place, mention in enumerate(here):
            if mention.unit or mention.under is not None or not mention.countable or mention.after[:1].isalpha():
                continue
            before = here[place - 1] if place else None
            owner = here[mention.parent - here[0].index] if mention.parent is not None else None
            planned = here[place - 2] if place > 1 and before is not None and before.percent and mention.depth > before.depth and _PLANNED.fullmatch(mention.before) else None
            for model in (before, owner, planned):
                if model is not None and model.unit == "đồng" and (model.sentence == mention.sentence or self.divides_above(model, mention)):
                    self.scale_like(mention, model)
                    break

    def divides_above(self, model: Mention, mention: Mention) -> bool:
        """ "…, giải ngân 22.181 triệu đồng. Cụ thể … giao 15.600, giải ngân 12.948": does the sentence of the one open as parts of the other?"""
        stop = self.folded.rfind(". ", model.end, mention.start)
        told = not model.per and _SPENDING.search(mention.before) is not None
        return told and mention.sentence - model.sentence == 1 and stop >= 0 and _DIVIDES.match(self.folded, stop + 2, mention.start) is not None

    def amounts_listed(self, part: Paragraph, here: list[Mention]) -> None:
        """ "II. Chi ngân sách: 1.865,4 tỷ đồng, gồm:", then "1. Chi đầu tư 612,3.", "2. Chi thường xuyên 1.248,1, chiếm 66,9%": the lines of the
        list leave "tỷ đồng" out."""
        kind = _MARKER_KIND.sub("", part.marker) or part.marker[:1].isdigit() * "1" or part.marker[:1].isalpha() * "I"
        if self.listed_under is not None and kind in {"", self.listed_under[0]}:
            self.listed_under = None
        if self.listed_under is not None:
            for mention in here:
                bare = not (mention.unit or mention.percent or mention.after[:1].isalpha() or mention.under is not None or mention.over is not None)
                if bare and not _COUNTS.search(mention.before):
                    self.scale_like(mention, self.listed_under[1])
        elif self.folded.endswith(":", 0, part.span.end):
            last = part.sentences[-1]
            points_back = here and _POINTS_BACK.fullmatch(self.folded, *last)  # "Thu 2.487,6 tỷ đồng, …. Trong đó:"
            told = [m for m in here if m.sentence == here[-1].sentence] if points_back else [m for m in here if m.start >= last.start]
            amount = next((m for m in told if m.scale > 1 and m.unit == "đồng" and m.depth == 0), None)
            self.listed_under = (kind, amount) if amount is not None else None

    def amounts_said(self, part: Paragraph, here: list[Mention]) -> None:
        """ "Dư nợ ủy thác đến 30/9 (triệu đồng): Phụ nữ 14.250, Nông dân 11.870": what a list is counted in, said in brackets before its colon."""
        said = _COUNTED_IN.search(self.folded, part.span.start, part.span.end)
        if said is None:
            return
        for mention in here:
            bare = not (mention.unit or mention.percent or mention.quantity.word or mention.under is not None or mention.over is not None)
            if bare and mention.start >= said.end() and mention.sentence == here[0].sentence and not mention.after[:1].isalpha():
                self.scale_by(mention, SCALES[said["scale"]], "đồng")

    def is_target(self, sentence: Span, mention: Mention) -> bool:
        """Is the figure something aimed at rather than reached?"""
        if not mention.percent and mention.quantity.written.qualifier is Qualifier.EXACT:
            return False
        low = max(sentence.start, mention.start - _CLAUSE)
        clause = max(self.folded.rfind(";", low, mention.start), low)
        lead = self.folded[clause : mention.start]
        hedged = mention.quantity.written.qualifier is not Qualifier.EXACT
        aimed = [*_TARGET.finditer(lead)]
        return aimed != [] and not _REACHED.search(lead, aimed[-1].end()) or hedged and _OPENS_AIMS.match(self.folded, sentence.start, mention.start) is not None


def written_text(written: Written) -> str:
    """An exact value as the JSON contract prints it: "99.9", "2146"."""
    value = written.value
    if value.denominator == 1:
        return str(value.numerator)
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
        if digits > 12:
            return str(value)
    scaled = abs((value * 10**digits).numerator)
    return f"{'-' if value < 0 else ''}{scaled // 10**digits}.{scaled % 10**digits:0{digits}d}"
