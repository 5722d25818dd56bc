"""How strong an audit is: alter figures of this very report one at a time and see whether it is noticed.

The figures are drawn from all numbers of the report that are figures, unread ones included, so that the
result speaks of the report and not of what the tool happened to read. One digit of a figure is changed,
its length kept, so that every span of the document stays true.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .audit import audit_document
from .model import Audit, Document, Mark, Span
from .record import Power

_SAMPLE = 200
_SEED = 20240709


def measure(
    audit: Audit,
    *,
    rules: Path | str | None = None,
    sample: int = _SAMPLE,
    seed: int = _SEED,
    previous: Sequence[Document] = (),
    with_files: Sequence[Document] = (),
) -> Power:
    """Alter up to `sample` figures (all, where there are fewer), each in a fresh copy of the text, and count those
    after which a finding alarms that did not before. The same seed gives the same figures."""
    rng = random.Random(seed)
    figures = [n.span for n in audit.numerals if n.mark is not Mark.NOT_A_FIGURE]
    figures = [span for span in figures if any(c.isdecimal() for c in audit.document.quote(span))]
    drawn = figures if len(figures) <= sample else sorted(rng.sample(figures, sample))
    before = {_identity(audit, i) for i in range(len(audit.findings)) if audit.findings[i].alarms}
    found = 0
    for span in drawn:
        altered = replace(audit.document, text=_slip(audit.document.text, span, rng))
        after = audit_document(altered, previous=previous, with_files=with_files, rules=rules)
        found += any(
            _identity(after, i) not in before for i in range(len(after.findings)) if after.findings[i].alarms
        )
    return Power(len(drawn), found, seed)


def _identity(audit: Audit, index: int) -> tuple[str, Span]:
    finding = audit.findings[index]
    return finding.id, finding.claim.span


def _slip(text: str, span: Span, rng: random.Random) -> str:
    """The text with one digit of the figure changed to another; a leading digit never to 0."""
    places = [i for i in range(span.start, span.end) if text[i].isdecimal()]
    at = rng.choice(places)
    lowest = 1 if at == places[0] and len(places) > 1 else 0
    digit = rng.choice([d for d in range(lowest, 10) if str(d) != text[at]])
    return text[:at] + str(digit) + text[at + 1 :]
