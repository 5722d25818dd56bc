"""The values that flow through an audit. Never altered, slotted, standard library only.

Offsets count Unicode code points of `Document.text`; every value quotes its source by
span, never by copy alone. Numbers are exact (`Rational`), never floats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, TypeVar, dataclass_transform

Rational = int | Fraction  # whole numbers are kept as int, ten times as quick; so never divide two of these by `/`


_T = TypeVar("_T")


def simplest(value: Rational) -> Rational:
    """The value as an int where it is one."""
    return value.numerator if value.denominator == 1 else value


def magnitude(value: Rational) -> Rational:
    """The absolute value."""
    return value if value >= 0 else -value


@dataclass_transform(frozen_default=True)
def record(cls: type[_T]) -> type[_T]:
    """A frozen dataclass, for the values an audit makes by the thousand.

    The type checker holds it frozen; at run time the guard would cost three times as much as the value itself.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)


class Span(NamedTuple):
    """A half-open range `[start, end)` of `Document.text`."""

    start: int
    end: int

    def inside(self, other: Span) -> bool:
        return other.start <= self.start and self.end <= other.end

    def touches(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class _Unwritten:
    """The place where a `Message` keeps how it will be written; no field, so that records do not hold it."""

    __slots__ = ("_write",)
    _write: Callable[[str], str]


@record
class Message(_Unwritten):
    """One sentence for people, in both languages; `in_language("vi" | "en")` picks one.

    A sentence made by `Message.later` is written when `vi` or `en` is first read: most findings hold,
    and few of their sentences are ever looked at.
    """

    vi: str
    en: str

    @classmethod
    def later(cls, write: Callable[[str], str]) -> Message:
        """The sentence that `write("vi")` and `write("en")` give, the same whenever they are called."""
        message = cls.__new__(cls)
        object.__setattr__(message, "_write", write)
        return message

    def __getattr__(self, name: str) -> str:
        # reached only for what is not there: a language not written yet
        if name not in {"vi", "en"}:
            raise AttributeError(f"a message has no {name}")
        text = self._write(name)
        object.__setattr__(self, name, text)
        return text

    def __reduce__(self) -> tuple[type[Message], tuple[str, str]]:
        return Message, (self.vi, self.en)  # written: what would write it does not travel to another process

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.vi


# ---------------------------------------------------------------- the document


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in its file, as a person would look for it. 1-based; None where it does not apply."""

    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    picture: int | None = None  # one that stands inside the file, read by OCR
    note: int | None = None  # a footnote, by the number it is called with; it is no paragraph of the body
    endnote: int | None = None


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    ROW = "row"  # a table row, rendered in the text as "| a | b |"
    HEADER = "header"  # running head or foot: kept apart, never read for claims
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points from the top left corner of the page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or table row of the file. For a row, `cells` are the spans of its cells in `Document.text`
    and `cell_places` their places, in the same order."""

    kind: BlockKind
    span: Span
    place: Place
    cells: tuple[Span, ...] = ()
    cell_places: tuple[Place, ...] = ()

    def place_at(self, offset: int) -> Place:
        """The place of the cell that holds the offset, or of the whole block."""
        for cell, place in zip(self.cells, self.cell_places, strict=False):
            if cell.start <= offset < cell.end:
                return place
        return self.place


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or checked. `kind`: unreadable, partly_read, damaged, too_large,
    unsupported, ocr, encoding, not_compared."""

    kind: str
    message: Message


SURE = 90  # OCR confidence, 0..100, from which a figure counts as read for certain


@dataclass(frozen=True, slots=True)
class Document:
    """One report as read.

    `text` is NFC and never edited after reading; offsets into it are true everywhere. For plain text
    input `source` is the text as decoded (byte order mark dropped, CRLF as LF) and `offsets[i]` the
    place in `source` of code point i of `text` (None when both are the same string).
    `uncertain` lists what OCR read: every word with a digit and every doubtful word, each with its
    confidence; below `SURE` it is doubtful. Where the format knows pages, `boxes` maps a block index to its
    place on the page and `figure_boxes` lists every word with a digit, or read by OCR, with its own.
    """

    path: str
    format: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    source: str | None = None
    offsets: tuple[int, ...] | None = None
    problems: tuple[Problem, ...] = ()
    uncertain: tuple[tuple[Span, int], ...] = ()  # span, confidence 0..100
    boxes: Mapping[int, Box] = field(default_factory=dict)
    figure_boxes: tuple[tuple[Span, Box], ...] = ()

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def to_source(self, offset: int) -> int:
        """The offset in the text as decoded, for output that must point into the file itself."""
        if self.offsets is None:
            return offset
        return self.offsets[offset] if offset < len(self.offsets) else len(self.source or self.text)

    def _repr_html_(self) -> str:
        from .display import html

        return html(self)


# ---------------------------------------------------------------- figures


class Qualifier(StrEnum):
    """How a writer hedges a figure (ARITHMETIC of qualifiers: see `arithmetic.preimage`)."""

    EXACT = "exact"
    AT_LEAST = "at_least"  # trên, hơn, ít nhất
    AT_MOST = "at_most"  # dưới, không quá
    NEARLY = "nearly"  # gần
    ABOUT = "about"  # khoảng, xấp xỉ


@record
class Written:
    """A figure as written: `value` = digits x 10^-d x scale, `ulp` = the unit of its last place.

    `rounded` tells a rate or scaled amount (stands for a range) from a count (exact).
    """

    value: Rational
    ulp: Rational = 1
    rounded: bool = False
    qualifier: Qualifier = Qualifier.EXACT

    @property
    def approx(self) -> bool:
        return self.qualifier is not Qualifier.EXACT


@record
class Quantity:
    """A number with its meaning: `span` covers the number as written (with "%" when it carries one).

    `unit` is normalised ("hồ sơ", "người", "phiếu", "%", "điểm %", "triệu đồng"; "" when none is
    stated or inherited). `noun` is the phrase that says what is counted, folded for comparison.
    `sentence`, `paragraph` number its scope; `damaged` marks a malformed numeral (never repaired).
    """

    span: Span
    text: str
    written: Written
    unit: str = ""
    noun: str = ""
    noun_span: Span | None = None
    sentence: int = 0
    paragraph: int = 0
    word: bool = False  # written in letters ("mười hai", "không có")
    damaged: bool = False

    @property
    def value(self) -> Rational:
        return self.written.value

    @property
    def is_percent(self) -> bool:
        return self.unit in {"%", "điểm %"}


@dataclass(frozen=True, slots=True)
class Correction:
    """What an inspector says stands at `span` of `Document.text`: the text itself is never edited.

    `written` is the figure to read there, as it would be typed ("1.234", "98,5 %"); None says that no
    figure stands there, "" keeps the figure as printed (only its unit or indicator is given). Where no
    figure was read at `span`, one is added. `unit` and `indicator` (an id of the lexicon) overrule what
    was read when not empty.
    """

    span: Span
    written: str | None
    unit: str = ""
    indicator: str = ""


@record
class Period:
    """A stretch of time a figure speaks of; both ends inclusive, None where open or unknown."""

    start: date | None
    end: date | None
    label: str = ""


@record
class Figure:
    """A named indicator with its value: `name` is an id of the lexicon.

    `scope` is the part of the ward it speaks of (a field of work, a hamlet; "" for the whole ward);
    `whole` says that nothing else narrows it ("hộ" against "hộ có đại diện dự họp"); `base` marks the m of
    a printed n/m, whose name is only what the ratio is usually taken of.
    """

    name: str
    quantity: Quantity
    period: Period | None
    section: str = ""
    scope: str = ""
    whole: bool = True
    base: bool = False


@record
class Citation:
    """A document the report cites: number, symbol ("KH-UBND", "2022/QH15"), date as written, issuer."""

    span: Span
    number: str
    symbol: str
    date_text: str = ""
    day: date | None = None
    issuer: str = ""
    kind: str = ""  # Kế hoạch, Quyết định, Công văn, …


# ---------------------------------------------------------------- claims and findings


class Verdict(StrEnum):
    HOLDS = "holds"
    HOLDS_BY_ROUNDING = "holds_by_rounding"
    HOLDS_IF_TRUNCATED = "holds_if_truncated"
    CONTRADICTED = "contradicted"
    IMPOSSIBLE = "impossible"
    QUESTION = "question"
    NOTE = "note"
    UNCHECKABLE = "uncheckable"


class Kind(StrEnum):
    SHARE = "share"
    BREAKDOWN = "breakdown"
    SHARES_SUM = "shares_sum"
    CHANGE = "change"
    RATE = "rate"
    SAME_FIGURE = "same_figure"
    CLAIM_VS_COUNT = "claim_vs_count"
    ROLL_FORWARD = "roll_forward"
    CHRONOLOGY = "chronology"
    STRUCTURE = "structure"
    NORM = "norm"


@record
class Passage:
    """Where a figure of another file stands: the name of the file, the place in it in words, and the words around it."""

    file: str
    place: Message
    quote: str


@record
class Term:
    """One figure in its part of a claim. An implied term has a value but no span and no text; so has one of other
    files (an annex, earlier reports), which has `passages`, one for each figure added up in it.

    `written.value` is negative for a subtracted part. `written` is None for terms that are not
    numbers (a heading, a cited document).
    """

    role: str
    written: Written | None
    text: str = ""
    span: Span | None = None
    unit: str = ""
    noun: str = ""
    passages: tuple[Passage, ...] = ()


@record
class Claim:
    """A relation the report states, or a rule binds, between figures. Not yet judged.

    `source` names the pattern or rule that found it. `relation` is "equal" or "at_most" (parts after
    "trong đó"). `bases` are the candidate bases of a share without a printed n/m, grammatical first;
    `own_base` says the report prints the base itself (n/m). `scope` is the ward-independent part of
    the id: noun or indicator and the role in the period sequence.
    """

    kind: Kind
    terms: tuple[Term, ...]
    span: Span
    source: str
    relation: str = "equal"
    bases: tuple[Term, ...] = ()
    own_base: bool = True
    scope: str = ""
    section: str = ""
    title: Message | None = None
    authority: str = ""

    def by_role(self, role: str) -> tuple[Term, ...]:
        return tuple([t for t in self.terms if t.role == role])


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a claim may fail or hold. `kind`: rounding, truncation, other_base, implied_base, impossible,
    left_out, slip, other_period, definition, scale."""

    kind: str
    message: Message
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that may be the slip; `suggest` only when exactly one value repairs everything, `why` empty where
    nothing sets it apart from the other figures of the claim."""

    text: str
    span: Span
    suggest: str | None
    why: Message


@record
class Finding:
    """A judged claim. `severity` 0..3, None when uncheckable (see `SEVERITY` and the verdict table)."""

    id: str
    claim: Claim
    verdict: Verdict
    severity: int | None
    computed: str
    message: Message
    explanations: tuple[Explanation, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    working: tuple[Message, ...] = ()  # the recomputation, line by line

    @property
    def further(self) -> tuple[Explanation, ...]:
        """The explanations the message does not say already."""
        return tuple(e for e in self.explanations if e.message.vi not in self.message.vi)

    @property
    def alarms(self) -> bool:
        """Does this finding make `check` exit with 1?"""
        return self.verdict in {Verdict.CONTRADICTED, Verdict.IMPOSSIBLE}

    @property
    def explained(self) -> bool:
        """Contradicted, while something else the report states would explain it: people read a question."""
        return self.verdict is Verdict.CONTRADICTED and self.severity == 2

    @property
    def told(self) -> Verdict:
        """The verdict as the memo, the terminal and the pages of a batch tell it: a question where `explained`."""
        return Verdict.QUESTION if self.explained else self.verdict

    def _repr_html_(self) -> str:
        from .display import html

        return html(self)


class Mark(StrEnum):
    """What became of a number of the report."""

    CHECKED = "checked"
    RESTATED = "restated"
    NOT_A_FIGURE = "not_a_figure"
    UNREAD = "unread"


@record
class Numeral:
    """Any number of the report and what became of it; `why` names what it is when it is no figure."""

    span: Span
    mark: Mark
    why: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what lies under it; `path` is the chain of heading symbols ("B.I.3.1")."""

    path: str
    title: str
    span: Span  # of the heading line
    end: int  # where the section ends
    level: int


@dataclass(frozen=True, slots=True)
class Header:
    """How the report names itself."""

    ward: str = ""
    number: str = ""
    day: date | None = None
    period: Period | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class UnitRatio:
    """So many of one figure to so many of another ("staff per 1,000 residents"): reported and set beside other
    wards, never judged. `id` is the rule's; `above` are added (a flow stated for the parts of the period), then
    divided by `below` and multiplied by `scale`."""

    id: str
    title: Message
    value: Rational
    above: tuple[Figure, ...]
    below: Figure
    scale: int = 1


@dataclass(frozen=True, slots=True)
class Audit:
    """Everything one run says of one report."""

    document: Document
    header: Header
    sections: tuple[Section, ...]
    numerals: tuple[Numeral, ...]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    citations: tuple[Citation, ...]
    problems: tuple[Problem, ...]
    attachments: tuple[Document, ...] = ()  # annexes and earlier reports it was compared with, in the order given
    ratios: tuple[UnitRatio, ...] = ()

    @property
    def alarms(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.alarms)

    def coverage(self) -> dict[str, int]:
        """Counts of numbers by what became of them; the keys of the JSON contract."""
        counts = {"numbers": len(self.numerals), "checked": 0, "restated": 0, "not_a_figure": 0, "unread": 0}
        for numeral in self.numerals:
            counts[numeral.mark.value] += 1
        return counts

    def section_of(self, offset: int) -> Section | None:
        """The innermost section that holds the offset."""
        best: Section | None = None
        for section in self.sections:
            if section.span.start > offset:
                break
            if offset < section.end and (best is None or section.level >= best.level):
                best = section
        return best

    def _repr_html_(self) -> str:
        from .display import html

        return html(self)
