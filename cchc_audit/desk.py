"""An inspector at work on one report: each act is on disk, and the report checked again, before it returns."""

from __future__ import annotations

import contextlib
import getpass
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from .decisions import Act, Decision, Ledger, Subject, bring_in, new, read, record
from .lexicon import Indicator
from .model import Audit, Correction, Span
from .numerals import Number, scan
from .review import (
    DecisionError,
    Recheck,
    ReviewedFindings,
    anchor,
    apply,
    corrected,
    in_force,
    merged,
    seen,
    subject_of,
)
from .workspace import decisions_for


def inspector() -> str:
    """Who decides when nobody is named: CCHC_INSPECTOR, else the name logged in with."""
    return os.environ.get("CCHC_INSPECTOR", "").strip() or getpass.getuser()


@dataclass(slots=True)
class Desk:
    """One report under review by one inspector. Every act is on disk before the method returns and gives
    back the findings as they then stand; acts on figures check the report again first.

    Raises DecisionError for an act that lacks something, NotSavedError when the disk refuses (see there).
    """

    audit: Audit
    recheck: Recheck
    folder: Path
    who: str
    indicators: Sequence[Indicator] = ()  # what a figure can be bound to
    ledger: Ledger = field(init=False)
    _applied: tuple[Correction, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        with contextlib.suppress(OSError):
            bring_in(self.folder, self.who)
        self.ledger = read(self.folder)
        self.refresh()

    @property
    def subject(self) -> Subject:
        return subject_of(self.audit)

    @property
    def findings(self) -> ReviewedFindings:
        return merged(self.audit, self.ledger)

    def refresh(self) -> ReviewedFindings:
        """Read what colleagues have added since and, if a figure was set right, check again."""
        self.ledger.refresh()
        rows = corrected(self.ledger.decisions, self.subject, self.audit.document)
        wanted = tuple(c.correction for c in rows if c.correction)
        if wanted != self._applied:
            self.audit, self._applied = self.recheck(wanted), wanted
        return self.findings

    def accept(self, finding: str, note: str = "") -> ReviewedFindings:
        """The finding stands and goes into the memo as it is."""
        return self._decide(Act.ACCEPT, finding, note)

    def dismiss(self, finding: str, reason: str) -> ReviewedFindings:
        """The finding is set aside, for a reason that the memo will print."""
        if not reason.strip():
            raise DecisionError("reason_missing")
        return self._decide(Act.DISMISS, finding, reason)

    def ask(self, finding: str, question: str = "") -> ReviewedFindings:
        """The ward is to be asked; without a question of one's own the finding is the question."""
        return self._decide(Act.ASK, finding, question)

    def misread(
        self, span: Span, right: str | None, reason: str = "", *, indicator: str = ""
    ) -> ReviewedFindings:
        """The figure at `span` was read wrongly: `right` is what stands in the report, None for no figure."""
        return self._set(Act.MISREAD, span, value=right, indicator=indicator.strip(), reason=reason.strip())

    def add(
        self, span: Span, value: str, unit: str = "", indicator: str = "", reason: str = ""
    ) -> ReviewedFindings:
        """A figure stands at `span` that was not read."""
        more = {"unit": unit.strip(), "indicator": indicator.strip(), "reason": reason.strip()}
        return self._set(Act.ADD, span, value=value, **more)

    def bind(self, span: Span, indicator: str, reason: str = "") -> ReviewedFindings:
        """The figure at `span` is the named indicator, an id of the lexicon."""
        if not indicator.strip():
            raise DecisionError("indicator_missing")
        return self._set(Act.BIND, span, indicator=indicator.strip(), reason=reason.strip())

    def undo(self) -> Decision | None:
        """Take back one's own last decision on this report that still stands; None when there is none."""
        self.ledger.refresh()
        last = self.last()
        if last:
            self._record(replace(new(Act.UNDO, self.who, self.subject), undoes=last.id))
        return last

    def last(self) -> Decision | None:
        """One's own last decision on this report that still stands, which `undo` would take back."""
        mine = [d for d in in_force(self.ledger.decisions, self.subject) if d.who == self.who]
        return mine[-1] if mine else None

    def _decide(self, act: Act, finding: str, reason: str) -> ReviewedFindings:
        row = self.findings.of(finding)
        decision = new(act, self.who, self.subject)
        return self._record(replace(decision, finding=finding, seen=seen(row.finding), reason=reason.strip()))

    def _set(self, act: Act, span: Span, **values: str | None) -> ReviewedFindings:
        document = self.audit.document
        if not 0 <= span.start < span.end <= len(document.text):
            raise DecisionError("nothing_selected")
        if (value := values.get("value")) is not None:
            sign = "%" if document.quote(span).rstrip().endswith("%") and "%" not in value else ""
            values["value"] = _one_figure(value.strip() + sign)
        if (
            (name := values.get("indicator"))
            and self.indicators
            and name not in {i.id for i in self.indicators}
        ):
            raise DecisionError("indicator_unknown", name=name)
        decision = new(act, self.who, self.subject)
        return self._record(replace(decision, anchor=anchor(document, span), **values))  # type: ignore[arg-type]

    def _record(self, decision: Decision) -> ReviewedFindings:
        record(self.folder, decision)
        return self.refresh()


def open_report(
    path: Path | str,
    *,
    previous: Sequence[Path | str] = (),
    with_files: Sequence[Path | str] = (),
    rules: Path | str | None = None,
    decisions: Path | str | None = None,
    who: str = "",
) -> Desk:
    """The desk for one report: read once, checked, with the decisions of the folder `decisions` on it.

    Without `decisions` they are those of the report's workspace (`workspace.decisions_for`). `who` is the
    inspector, else `inspector()`. Raises ReadError and ConfigError as `audit_report` does.
    """
    from .rules import load

    recheck = _recheck(path, previous, with_files, rules)
    folder = Path(decisions) if decisions else decisions_for(path)
    indicators = tuple(load(rules).lexicon.indicators.values())
    return Desk(recheck(()), recheck, folder, who.strip() or inspector(), indicators)


def audit_reviewed(
    path: Path | str,
    *,
    previous: Sequence[Path | str] = (),
    with_files: Sequence[Path | str] = (),
    rules: Path | str | None = None,
    decisions: Path | str | None = None,
) -> tuple[Audit, ReviewedFindings]:
    """As `open_report`, only looked at: the audit with figures set right, and its findings with the decisions."""
    recheck = _recheck(path, previous, with_files, rules)
    ledger = read(Path(decisions) if decisions else decisions_for(path))
    audit = recheck(())
    if any(c.span for c in merged(audit, ledger).figures):
        audit = apply(ledger.decisions, audit, recheck)
    return audit, merged(audit, ledger)


def _recheck(
    path: Path | str,
    previous: Sequence[Path | str],
    with_files: Sequence[Path | str],
    rules: Path | str | None,
) -> Recheck:
    from . import readers
    from .audit import audit_document

    again = partial(
        audit_document,
        readers.read(path),
        previous=[readers.read(p) for p in previous],
        with_files=[readers.read(p) for p in with_files],
        rules=rules,
    )
    return lambda corrections: again(corrections=corrections)


def _one_figure(text: str) -> str:
    found = scan(text)
    if len(found) != 1 or not isinstance(found[0], Number) or found[0].damaged:
        raise DecisionError("no_figure", text=text)
    return text
