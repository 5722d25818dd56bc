"""Trying the examples of a rulebook: every entry shows what it must and must not read, find or raise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .. import check, figures, header, outline, quantities
from ..model import Document, Figure, Finding, Verdict
from ..readers.builder import plain_document
from . import claims_of, material
from .material import Source
from .rulebook import Rulebook
from .source import Content, Entry, Example

_HOLDS = {Verdict.HOLDS, Verdict.HOLDS_BY_ROUNDING, Verdict.HOLDS_IF_TRUNCATED}
_RAISED = {Verdict.CONTRADICTED, Verdict.IMPOSSIBLE, Verdict.QUESTION, Verdict.NOTE}


def _document(text: str) -> Document:
    return plain_document(Path("example.txt"), "text", "", text, ())


def named(text: str, rulebook: Rulebook) -> tuple[Document, tuple[Figure, ...]]:
    """The named figures of a piece of text."""
    document = _document(text)
    reading = quantities.read(document)
    sections, heading = outline.find_sections(document), header.read_header(document)
    return document, figures.find_figures(document, reading, sections, heading, rulebook.lexicon)


def names_of_marked(example: Example, rulebook: Rulebook) -> list[str]:
    """The names given to the number that the example marks with «»."""
    start = example.text.index("«")
    _, found = named(example.text.replace("«", "").replace("»", ""), rulebook)
    return [f.name for f in found if f.quantity.span.start <= start < f.quantity.span.end]


def findings_of(example: Example, rule: str, rulebook: Rulebook) -> list[Finding]:
    """What one rule says of an example text (and of the earlier report it names)."""
    document = _document(example.text)
    reading = quantities.read(document)
    sections, heading = outline.find_sections(document), header.read_header(document)
    found = figures.find_figures(document, reading, sections, heading, rulebook.lexicon)
    previous = []
    if example.previous:
        earlier, theirs = named(example.previous, rulebook)
        previous.append(Source(earlier, header.read_header(earlier), theirs))
    given = material(found, document, reading, sections, heading, rulebook, previous)
    bound = next(r for r in rulebook.rules if r.id == rule)
    return [*check.judge(c for c in claims_of(given, rulebook) if c.source == rule), *bound.find(given)]


def try_indicator(entry: Entry, rulebook: Rulebook) -> Iterator[str]:
    """One line for each example of an indicator that is read otherwise than it says."""
    for example in entry.examples:
        names = names_of_marked(example, rulebook)
        if example.good is not (entry.value.id in names):
            read = ", ".join(names) or "–"
            wanted = "phải đọc là / must be read as" if example.good else "không được đọc là / must not be read as"
            yield f"{entry.file}:{example.line}: {entry.value.id}: «…» {wanted} {entry.value.id}; đọc được / read as: {read}: {example.text}"


def try_rule(entry: Entry, rulebook: Rulebook) -> Iterator[str]:
    """One line for each example of a rule that does not hold, or breaks nothing, as it says."""
    for example in entry.examples:
        verdicts = {f.verdict for f in findings_of(example, entry.value.id, rulebook)}
        if example.good and (verdicts & _RAISED or (not verdicts & _HOLDS and entry.value.kind != "sample_size")):
            yield f"{entry.file}:{example.line}: {entry.value.id}: phải khớp / must hold: {_words(verdicts)}: {example.text!r}"
        if not example.good and not verdicts & _RAISED:
            yield f"{entry.file}:{example.line}: {entry.value.id}: phải nêu / must raise something: {_words(verdicts)}: {example.text!r}"


def _words(verdicts: set[Verdict]) -> str:
    return ", ".join(sorted(v.value for v in verdicts)) or "không có phép đối chiếu nào / nothing bound"


def try_all(content: Content, rulebook: Rulebook) -> list[str]:
    """All examples of some content tried in a rulebook that contains it; [] when each does what it says."""
    out = [line for e in content.indicators.values() for line in try_indicator(e, rulebook)]
    return out + [line for e in content.rules.values() for line in try_rule(e, rulebook)]
