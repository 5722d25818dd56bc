"""How strong an audit is: alter figures of this very report one at a time and see whether it is noticed.

The figures are drawn from all numbers of the report that are figures, unread ones included, so that the
result speaks of the report and not of what the tool happened to read. One digit of a figure is changed,
its length kept, so that every span of the document stays true: only the altered paragraph is read again,
the outline, header, citations and periods stay, and relations are bound and judged anew.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from . import check, figures, header, outline, periods, quantities
from . import rules as bound
from .audit import audit_document, judged, source_of
from .model import Audit, Document, Figure, Finding, Header, Mark, Section, Span
from .periods import Timeline
from .quantities import Reading
from .record import Power
from .rules import Rulebook, Source

_SAMPLE = 200
_SEED = 20240709

Alarms = Counter[tuple[str, Span]]


def measure(
    audit: Audit,
    *,
    rules: Path | str | None = None,
    sample: int = _SAMPLE,
    seed: int = _SEED,
    previous: Sequence[Document] = (),
    with_files: Sequence[Document] = (),
) -> Power:
    """Alter `sample` figures, each in a fresh copy of the text, and count those after which something alarms that
    did not before. A report with fewer figures has each altered several times, never twice in the same way. The
    same seed gives the same alterations."""
    drawn = slips(audit, sample, seed)
    checked = Recheck(audit.document, bound.load(rules), previous, with_files, rules)
    found = sum(checked.notices(slip) for slip in drawn)
    return Power(len(drawn), found, seed)


@dataclass(frozen=True, slots=True)
class Slip:
    """One digit at one place of the text."""

    at: int
    digit: str

    def made_in(self, text: str) -> str:
        return text[: self.at] + self.digit + text[self.at + 1 :]


def slips(audit: Audit, sample: int = _SAMPLE, seed: int = _SEED) -> list[Slip]:
    """Up to `sample` different alterations, spread evenly over the figures of the report, in the order drawn."""
    rng = random.Random(seed)
    text = audit.document.text
    waiting = [
        rng.sample(ways, len(ways))
        for numeral in audit.numerals
        if numeral.mark is not Mark.NOT_A_FIGURE and (ways := list(_ways(text, numeral.span)))
    ]
    drawn: list[Slip] = []
    while waiting and len(drawn) < sample:
        rng.shuffle(waiting)
        drawn += [ways.pop() for ways in waiting[: sample - len(drawn)]]
        waiting = [ways for ways in waiting if ways]
    return drawn


def _ways(text: str, span: Span) -> Iterator[Slip]:
    """Every way to change one digit of a figure; a leading digit never to 0."""
    places = [i for i in range(span.start, span.end) if text[i].isdecimal()]
    for at in places:
        lowest = 1 if at == places[0] and len(places) > 1 else 0
        yield from (Slip(at, str(digit)) for digit in range(lowest, 10) if str(digit) != text[at])


@dataclass
class Recheck:
    """One report read once, to be checked again with single digits altered."""

    document: Document
    book: Rulebook
    previous: Sequence[Document] = ()
    with_files: Sequence[Document] = ()
    rules: Path | str | None = None
    sections: tuple[Section, ...] = field(init=False)
    header: Header = field(init=False)
    line: Timeline = field(init=False)
    reading: Reading = field(init=False)
    figures: tuple[Figure, ...] = field(init=False)
    sources: tuple[list[Source], list[Source]] = field(init=False)

    def __post_init__(self) -> None:
        self.sections = outline.find_sections(self.document)
        self.header = header.read_header(self.document)
        self.line = periods.timeline(self.document.text, self.header.period, self.sections)
        self.reading = quantities.read(self.document)
        self.figures = self._named(self.document, self.reading)
        given = (self.previous, self.with_files)
        self.sources = tuple([source_of(d, self.book, []) for d in files] for files in given)  # type: ignore[assignment]

    def notices(self, slip: Slip) -> bool:
        """Does something alarm after the slip that does not alarm in the report as it stands?"""
        return bool(self.alarms(slip) - self._before)

    @cached_property
    def _before(self) -> Alarms:
        return self.alarms(None)

    def alarms(self, slip: Slip | None) -> Alarms:
        """What alarms after the slip: the claims by what they are about and where they stand."""
        if self.document.uncertain:  # a scan: doubtful digits weigh in, which only the whole audit knows
            return self.alarms_of_all(slip)
        reading, named = self.reading, self.figures
        document = self.document
        if slip is not None:
            document = replace(document, text=slip.made_in(document.text))
            reading = quantities.reread(reading, document.text, slip.at)
            named = self._named(document, reading)
        given = bound.material(
            named, document, reading, self.sections, self.header, self.book, *self.sources, self.line
        )
        return _alarms([*judged(reading, given, self.book), *bound.findings(given, self.book)])

    def _named(self, document: Document, reading: Reading) -> tuple[Figure, ...]:
        return figures.find_figures(
            document, reading, self.sections, self.header, self.book.lexicon, line=self.line
        )

    def alarms_of_all(self, slip: Slip | None) -> Alarms:
        """The same by an audit of the whole altered report."""
        text = self.document.text if slip is None else slip.made_in(self.document.text)
        audit = audit_document(
            replace(self.document, text=text),
            previous=self.previous,
            with_files=self.with_files,
            rules=self.rules,
        )
        return _alarms(audit.findings)


def _alarms(findings: Sequence[Finding]) -> Alarms:
    return Counter((check.claim_id(f.claim), f.claim.span) for f in findings if f.alarms)
