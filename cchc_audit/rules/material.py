"""What rules are bound to: the figures of a report, of its annexes and of earlier reports."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from ..grids import Cell, find_cells
from ..language import compatible, fold, matches, starting
from ..lexicon import Indicator, Lexicon
from ..messages import say
from ..model import (
    Claim,
    Document,
    Figure,
    Header,
    Kind,
    Message,
    Passage,
    Period,
    Rational,
    Section,
    Span,
    Term,
    Written,
)
from ..periods import CUT_OFF_DAYS, Timeline, governing, same_period, timeline
from ..places import place_in, position
from ..quantities import Mention, Reading
from ..surroundings import AHEAD, BACK
from .bodies import Bodies
from .unit import Unit, read_unit

if TYPE_CHECKING:
    from .kinds import Header as Rule
    from .norms import Norm

_DEEP = 8  # headings of assessments within one another
_AROUND = 70  # characters quoted on either side of a figure of another file
_QUOTED = 300  # a longer stretch is no quote: the places of the terms say where the figures stand
_DENYING = ("không", "chưa")
_ALL_OF_THEM = ("tất cả", "toàn bộ", "mọi")
_NEGATION = re.compile(
    starting(*_DENYING) + r"(?:(?: (?:có|còn|để|phát sinh|ghi nhận|xảy ra|để xảy ra|để phát sinh))(?: (?:xảy ra|phát sinh|tồn tại))?)(?!\w)"
)
_EACH = re.compile(
    starting(*_ALL_OF_THEM) + r"(?: các)?(?: (?P<count>[\d.]{1,9}))? (?:hồ sơ|hs|tthc|thủ tục)(?: (?:tthc|thủ tục|hành chính))?"
    r"(?: (?:còn )?đang (?:giải quyết|xử lý))? đều"
    r"(?: (?:được|trả|giải quyết|xử lý|trả kết quả|có kết quả|hoàn thành|đảm bảo|bảo đảm))* "
)
_SUMMING_UP = re.compile(
    r"(?<!\w)(?:đánh giá(?! (?:của|sự|mức|mức độ|xếp loại|cán bộ|tác động|chất lượng|đảng|viên chức|công chức))|(?:tự )?nhận xét|kết luận|nhận định|ưu điểm|(?:điểm|mặt|việc|điều) (?:yếu|được|chưa được|mạnh)|hạn chế|tồn tại|khó khăn|"
    r"phương hướng|nhiệm vụ (?:trọng tâm|chủ yếu|thời gian|quý|tháng|năm|\d+ tháng|sáu tháng)|việc (?:làm tiếp|sẽ làm)|kiến nghị, đề xuất|đề xuất, kiến nghị)(?!\w)"
)
_OPENING = re.compile(r".*[.;] |.*? ")  # up to the last sentence or clause before a place, else to the first whole word
_LETTERS = re.compile(r"[^\W\d_]+")
STOCK_DAYS = CUT_OFF_DAYS  # two dates of a stock this near are one: reports close on the 14th, years on the 31st


@dataclass(frozen=True, slots=True)
class Source:
    """Another file of the ward: an annex, a form, or the report of an earlier period."""

    document: Document
    header: Header
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Material:
    """One report as rules see it."""

    figures: tuple[Figure, ...]
    document: Document
    reading: Reading
    sections: tuple[Section, ...]
    header: Header
    lexicon: Lexicon
    norms: Mapping[str, Norm]
    previous: tuple[Source, ...] = ()
    attached: tuple[Source, ...] = ()
    timeline: Timeline | None = None

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Figure, ...]]:
        named: dict[str, list[Figure]] = {}
        for figure in self.figures:
            named.setdefault(figure.name, []).append(figure)
        return {name: tuple(figures) for name, figures in named.items()}

    def whole(self, name: str) -> tuple[Figure, ...]:
        """The figures of that name said of the whole ward, bases of printed n/m left out."""
        return tuple(f for f in self.by_name.get(name, ()) if f.whole and not f.scope and not f.base)

    @cached_property
    def cells(self) -> Mapping[int, Cell]:
        """The numbers of tables with their labels, by mention."""
        return {cell.mention.index: cell for cell in find_cells(self.reading)}

    @cached_property
    def negations(self) -> tuple[re.Match[str], ...]:
        """Every "không có", "không để xảy ra", … of the folded text."""
        return tuple(matches(_NEGATION, self.reading.folded, *_DENYING))

    @cached_property
    def alls(self) -> tuple[re.Match[str], ...]:
        """Every "tất cả hồ sơ đều", "mọi hồ sơ đều được", … of the folded text."""
        return tuple(matches(_EACH, self.reading.folded, *_ALL_OF_THEM))

    @cached_property
    def line(self) -> Timeline:
        return self.timeline or timeline(self.document.text, self.header.period, self.sections)

    @cached_property
    def section_starts(self) -> tuple[int, ...]:
        return tuple(s.span.start for s in self.sections)

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that holds a place of the report."""
        for index in range(bisect_right(self.section_starts, offset) - 1, -1, -1):
            if offset < self.sections[index].end:
                return self.sections[index]
        return None

    def sections_at(self, offset: int) -> list[Section]:
        """The sections that hold a place of the report, the innermost first."""
        index = bisect_right(self.section_starts, offset) - 1
        found: list[Section] = []
        while index >= 0:
            if offset < self.sections[index].end:
                found.append(self.sections[index])
            index = self._above[index]
        return found

    @cached_property
    def _above(self) -> list[int]:
        """For each section the one that it stands in, -1 where it stands in none."""
        above: list[int] = []
        open_ones: list[int] = []
        for index, section in enumerate(self.sections):
            while open_ones and self.sections[open_ones[-1]].end <= section.span.start:
                open_ones.pop()
            above.append(open_ones[-1] if open_ones else -1)
            open_ones.append(index)
        return above

    def period_at(self, offset: int) -> Period | None:
        """The period that governs a place of the report: its own where a section looks back ("I. Đánh giá") and only
        the heading above names a later one ("ĐÁNH GIÁ VÀ NHIỆM VỤ QUÝ IV")."""
        found, own = governing(offset, self.line), self.line.base
        if not (found and own and found.start and own.end and found.start > own.end):
            return found
        section = self.section_at(offset)
        title = fold(section.title) if section else ""
        return own if BACK.search(title) and not AHEAD.search(title) else found

    @cached_property
    def places_of(self) -> Mapping[Rational, list[int]]:
        """The mentions of each number, by their indices in order."""
        places: dict[Rational, list[int]] = {}
        for mention in self.reading.mentions:
            places.setdefault(mention.value, []).append(mention.index)
        return places

    @cached_property
    def _summaries(self) -> tuple[Section, ...]:
        return tuple(s for s in self.sections if _SUMMING_UP.search(fold(s.title)))

    def sums_up(self, offset: int) -> bool:
        """Does the place stand where a report takes up what it told before: its assessment, or what remains to be done?"""
        at = bisect_right(self._summaries, offset, key=lambda s: s.span.start)
        return any(offset < s.end for s in self._summaries[max(0, at - _DEEP) : at])

    @cached_property
    def unit(self) -> Unit:
        """The kind and class of unit the report speaks for."""
        return read_unit(self.reading.folded, self.header)

    def indicator(self, figure: Figure) -> Indicator:
        return self.lexicon[figure.name]

    def comparable(self, a: Figure, b: Figure) -> bool:
        """Do both speak of one part of the ward at one time?"""
        return a.scope == b.scope and compatible(a.quantity.unit, b.quantity.unit) and self.at_one_time(a, b)

    def at_one_time(self, a: Figure, b: Figure) -> bool:
        """Do two mentions of one indicator speak of one period, or of a stock one date?"""
        if self.indicator(a).type in {"stock", "score"}:
            return same_date(a.period, b.period, opening=self.indicator(a).at == "start")
        return same_time(a.period, b.period)

    @cached_property
    def clusters(self) -> tuple[Mapping[str, tuple[Figure, ...]], ...]:
        """The figures said of one part of the ward over one period, by name; bases and narrowed ones left out."""
        by_scope: dict[str, list[tuple[Figure, dict[str, list[Figure]]]]] = {}
        order: list[dict[str, list[Figure]]] = []
        for figure in self.figures:
            if figure.base or not figure.whole:
                continue
            clusters = by_scope.setdefault(figure.scope, [])
            named = next((names for first, names in clusters if self.together(first, figure)), None)
            if named is None:
                named = {}
                clusters.append((figure, named))
                order.append(named)
            named.setdefault(figure.name, []).append(figure)
        return tuple({name: tuple(figures) for name, figures in named.items()} for named in order)

    def groups(self, names: Iterable[str]) -> Iterator[dict[str, tuple[Figure, ...]]]:
        """For each scope and period in which one of `names` is stated: the figures by name."""
        wanted = tuple(names)
        for cluster in self.clusters:
            if not cluster.keys().isdisjoint(wanted):
                yield {name: cluster.get(name, ()) for name in wanted}

    @cached_property
    def bodies(self) -> Bodies:
        """Where the report counts different things under the same names."""
        return Bodies(self)

    def together(self, a: Figure, b: Figure) -> bool:
        """May both stand in one balance: one scope, one period?"""
        if a.scope != b.scope:
            return False
        return same_time(a.period, b.period)


@lru_cache(4096)
def _same_period(a: Period, b: Period) -> bool:
    return same_period(a, b)


def same_time(a: Period | None, b: Period | None) -> bool:
    """Are two periods one, or both unknown?"""
    return a is b if a is None or b is None else _same_period(a, b)


def same_date(a: Period | None, b: Period | None, *, opening: bool = False) -> bool:
    """Do two stocks speak of one date, within the habits of closing a report?"""
    if a is None or b is None:
        return a is b
    first, second = (a.start, b.start) if opening else (a.end, b.end)
    if first is None or second is None:
        return first is second
    return abs((first - second).days) <= STOCK_DAYS


def term(role: str, told: Figure | Mention) -> Term:
    """A figure of the report itself, named or only told, as a term."""
    q = told.quantity
    return Term(role, q.written, q.text, q.span, q.unit, q.noun)


def outside(role: str, told: Sequence[tuple[Source, Figure]]) -> Term:
    """A figure of another file, or the sum of those of several: its value and words, but no place in this document."""
    q = told[0][1].quantity
    written = q.written if len(told) == 1 else Written(sum(f.quantity.value for _, f in told))
    return Term(role, written, "", None, q.unit, q.noun, tuple(_passage(source, figure) for source, figure in told))


def _passage(source: Source, figure: Figure) -> Passage:
    document, span = source.document, figure.quantity.span
    place = place_in(document, span.start)
    parts = [say("display.in_section", n=figure.section)] if figure.section else []
    parts += position(place) if place else []
    words = Message.later(lambda language: ", ".join(part.in_language(language) for part in parts))
    return Passage(PurePath(document.path).name, words, _words_around(document.text, span))


def _words_around(text: str, span: Span) -> str:
    """The words around a figure in its line, as many as tell what it is said of."""
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    end = len(text) if end < 0 else end
    left, right = max(start, span.start - _AROUND), min(end, span.end + _AROUND)
    opening = _OPENING.search(text[left : span.start]) if left > start else None
    left += opening.end() if opening else 0
    right = max(span.end, text.rfind(" ", span.end, right)) if right < end else right
    return ("… " if left > start else "") + text[left:right].strip(" .") + (" …" if right < end else "")


def span_over(terms: Iterable[Term]) -> Span:
    """The stretch of the terms; where they stand far apart, that of the last one."""
    spans = sorted(t.span for t in terms if t.span is not None)
    whole = Span(spans[0].start, max(s.end for s in spans))
    return whole if whole.end - whole.start <= _QUOTED else spans[-1]


def claim(
    rule: Rule, kind: Kind, terms: Iterable[Term], scope: str, section: str = "", *,
    relation: str = "equal", title: Message | None = None, span: Span | None = None,
) -> Claim:  # fmt: skip
    """A claim of a rule, titled and with its authority."""
    listed = tuple(terms)
    return Claim(
        kind, listed, span or span_over(listed), rule.id, relation=relation, scope=scope, section=section,
        title=title or rule.title, authority=rule.cited,
    )  # fmt: skip


# words of a label that tell nothing of what is counted
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "số tổng cộng hồ sơ hs bộ tthc thủ tục tỷ lệ đạt chiếm bằng là có được đã trong kỳ của và các cùng với theo thì cho "
        "còn lại người phiếu cử tri hộ đơn vụ việc lượt văn bản cán công chức đồng chí ubnd phường xã thị trấn toàn hiện nay "
        "đến năm tháng quý nghìn ngàn triệu này đó gồm bao cụ thể riêng như vậy kết quả ở tại do về trên dưới ra vào một "
        "những mức từ đối qua lĩnh vực loại nhóm cả ước khoảng gần hơn thực hiện tương ứng đương dân",
    )
)


@lru_cache(4096)
def telling(label: str) -> frozenset[str]:
    """The words of a folded label that tell it from others."""
    return frozenset(w for w in _LETTERS.findall(label) if w not in _EMPTY)


def joined_labels(material: Material, names: Iterable[str]) -> Message:
    """The labels of some indicators in one line."""
    labels = [material.lexicon[name].label for name in names]
    return Message("; ".join(m.vi for m in labels), "; ".join(m.en for m in labels))
