"""Paths to an `Audit`: the arrows of the pipeline, one call each."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath

from . import (
    bindings,
    check,
    citations,
    companions,
    doubt,
    explain,
    figures,
    header,
    outline,
    periods,
    quantities,
    readers,
    statements,
    structure,
)
from . import rules as bound
from .messages import say
from .model import (
    Audit,
    Correction,
    Document,
    Finding,
    Kind,
    Mark,
    Numeral,
    Problem,
    Span,
    Verdict,
)
from .quantities import Reading
from .rules import rulebook


def audit_report(
    path: Path | str,
    *,
    previous: Sequence[Path | str] = (),
    with_files: Sequence[Path | str] = (),
    rules: Path | str | None = None,
    corrections: Sequence[Correction] = (),
) -> Audit:
    """Read one report, with its earlier reports and annexes, and check its figures.

    Raises ReadError when a file cannot be read as a report and ConfigError when the rulebook is wrong.
    """
    return audit_document(
        readers.read(path),
        previous=[readers.read(p) for p in previous],
        with_files=[readers.read(p) for p in with_files],
        rules=rules,
        corrections=corrections,
    )


@contextmanager
def uncollected() -> Iterator[None]:
    """The cyclic garbage collector at rest: an audit makes nothing that refers back to itself, and looking through all
    that it keeps, again and again, made each character of a long text cost a third more."""
    resting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if resting:
            gc.enable()


@uncollected()
def audit_document(
    document: Document,
    *,
    previous: Sequence[Document] = (),
    with_files: Sequence[Document] = (),
    rules: Path | str | None = None,
    corrections: Sequence[Correction] = (),
) -> Audit:
    """Check a report already read; `corrections` are an inspector's readings of single figures."""
    book = rulebook.load(rules)
    reading = quantities.read(document, corrections)
    sections = outline.find_sections(document)
    heading = header.read_header(document)
    cited = citations.find_citations(document)
    line = periods.timeline(document.text, heading.period, sections)
    named = figures.find_figures(document, reading, sections, heading, book.lexicon, line=line)
    named = bindings.bind_by_hand(named, reading.quantities, corrections, heading)
    problems = list(document.problems)
    mine = companions.Given(document, heading, "report")
    previous = _comparable(mine, [companions.Given(d, header.read_header(d), "previous") for d in previous], problems)
    with_files = _comparable(mine, [companions.Given(d, header.read_header(d), "with") for d in with_files], problems)
    given = bound.material(
        named, document, reading, sections, heading, book,
        [source_of(d, book, problems) for d in previous], [source_of(d, book, problems) for d in with_files], line,
    )  # fmt: skip
    findings = explain.explain(judged(reading, given, book), reading.quantities)
    findings = bound.capped([*findings, *bound.findings(given, book)], book)
    findings += citations.check_citations(cited, heading, document)
    findings += structure.check_structure(document, sections)
    findings = doubt.ask_where_doubtful(findings, doubt.Doubts(document, corrections))
    findings = check.number_ids(sorted(findings, key=lambda f: (f.claim.span, f.claim.kind, f.claim.source)))
    return Audit(
        document=document,
        header=heading,
        sections=sections,
        numerals=tuple(numerals(reading, findings)),
        figures=named,
        findings=tuple(findings),
        citations=cited,
        problems=tuple(problems),
        attachments=(*previous, *with_files),
        ratios=tuple(bound.ratios(given, book)),
    )


def judged(reading: Reading, given: bound.Material, book: rulebook.Rulebook) -> list[Finding]:
    """Every arithmetic relation that the prose states or a rule binds, judged but not yet explained."""
    claims = statements.with_bases_restated(statements.distinct([*statements.find_claims(reading), *bound.claims_of(given, book)]))
    return check.without_refuted(check.judge(claims, reading.paragraphs))


def _comparable(report: companions.Given, given: Sequence[companions.Given], problems: list[Problem]) -> list[Document]:
    """The files that belong with the report; why another is not compared is added to `problems`."""
    told = [(other.document, companions.not_compared(report, other, given)) for other in given]
    problems.extend(problem for _, problem in told if problem)
    return [document for document, problem in told if not problem]


def source_of(document: Document, book: rulebook.Rulebook, problems: list[Problem]) -> bound.Source:
    """Another file of the ward, read as far as rules need it; what it lacks is added to `problems`."""
    name = PurePath(document.path).name
    reading = quantities.read(document)
    sections = outline.find_sections(document)
    heading = header.read_header(document)
    named = figures.find_figures(document, reading, sections, heading, book.lexicon)
    named, unsure = doubt.without_doubtful(named, doubt.Doubts(document), name)
    problems.extend(Problem(p.kind, say("read.in_file", name=name, problem=p.message)) for p in document.problems)
    problems.extend([unsure] if unsure else [])
    return bound.Source(document, heading, named)


def numerals(reading: Reading, findings: Iterable[Finding]) -> list[Numeral]:
    """Every number of the report with what became of it."""
    checked: set[Span] = set()
    restated: set[Span] = set()
    for finding in findings:
        if finding.verdict is Verdict.UNCHECKABLE:
            continue
        into = restated if finding.claim.kind in {Kind.SAME_FIGURE, Kind.ROLL_FORWARD} else checked
        into.update(t.span for t in finding.claim.terms if t.span is not None)
    known = {(q.value, q.unit) for q in reading.quantities if q.span in checked and q.unit and q.value >= 10}
    out = list(reading.others)
    for mention in reading.mentions:
        quantity = mention.quantity
        if quantity.span in checked:
            mark, why = Mark.CHECKED, ""
        elif quantity.span in restated or (quantity.value, quantity.unit) in known:
            mark, why = Mark.RESTATED, ""
        elif mention.target:
            mark, why = Mark.NOT_A_FIGURE, "target"
        else:
            mark, why = Mark.UNREAD, "damaged" if quantity.damaged else ""
        out.append(Numeral(quantity.span, mark, why))
    return sorted(out, key=lambda n: n.span)
