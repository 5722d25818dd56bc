"""The memo's content in the cells of a notebook, and back out of an executed one.

A cell's output carries our own JSON beside escaped HTML. Only the JSON is ever read back, as typed
values: nothing a notebook holds as HTML, Markdown or script can reach a memo.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from .. import __version__, clock, readers, workspace
from ..desk import audit_reviewed
from ..errors import AuditError
from ..folders import folder_of
from ..messages import say
from ..model import Audit
from ..plan import ward_beside
from ..power import measure
from ..record import Run, dumps, from_json
from ..review import notes
from ..rules import authorities, rulebook
from . import SECTIONS, charts, fragment, page
from .drawing import Picture
from .evidence import environment
from .view import View, arrange

MIMETYPE = "application/vnd.cchc-audit+json"
_HEAD = 2_000  # characters a report's letterhead stands in


@dataclass(frozen=True, slots=True)
class Cell:
    """One section of the memo as a cell shows it."""

    paper: WorkingPaper
    name: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        body = fragment(self.name, self.paper.view, self.paper.language)
        return {
            MIMETYPE: {"section": self.name},
            "text/html": f'<div class="cchc-memo">{body}</div>',
            "text/plain": say(f"memo_section.{self.name}").in_language(self.paper.language),
        }


@dataclass(frozen=True, slots=True)
class WorkingPaper:
    """An audit opened in a notebook. Its own output is the record the memo is made from."""

    view: View
    language: str = "vi"

    @property
    def audit(self) -> Audit:
        return self.view.audit

    def section(self, name: str) -> Cell:
        """A section of the memo by name: identity, summary, strengths, findings, fields, figures, citations,
        unchecked, questions, replies, recommendations, method, sign. KeyError for another name."""
        if name not in {s.name for s in SECTIONS}:
            raise KeyError(name)
        return Cell(self, name)

    def chart(self, name: str) -> Picture:
        """A chart (flow, shares, coverage, staffing) as SVG. KeyError for another name."""
        draw = {chart.__name__: chart for chart in charts.CHARTS}[name]
        return Picture(draw(self.view), self.language)

    def folder(self, outputs: str) -> str:
        """Where `cchc-audit memo` puts the results of this report under the folder `outputs`."""
        return str(folder_of(self.audit, outputs))

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        template = environment(self.language).get_template("cells.html.j2")
        record = dumps(self.audit, self.view.run)
        _OPENED.clear()
        _OPENED[record] = self.view, record
        return {
            # As text: a notebook keeps nested JSON one number a line, and copies and checks every one of them.
            MIMETYPE: {"record": record, "language": self.language},
            "text/html": template.render(),
            "text/plain": say("memo.banner").in_language(self.language),
        }


def open_report(
    report: str,
    *,
    previous: Sequence[str] = (),
    with_files: Sequence[str] = (),
    ward: str = "",
    language: str = "vi",
    rules: str = "",
    power: bool = False,
) -> WorkingPaper:
    """Audit one report for a notebook; "" is the first report of the workspace. Paths are taken from the current
    folder, else from the one above it (a notebook opened in `notebooks/` finds `data/`). Raises ReadError and
    ConfigError as `audit_report` does, WorkspaceError for "" outside a workspace.
    """
    path = found(report) if report else workspace.find().report()
    audit, reviewed = audit_reviewed(
        path,
        previous=[found(p) for p in previous],
        with_files=[found(p) for p in with_files],
        rules=found(rules) if rules else None,
    )
    unit = ward_beside(path, audit.header, audit.document.text[:_HEAD])
    name = ward or audit.header.ward or (unit.full_name if unit else "")
    audit = replace(audit, header=replace(audit.header, ward=name))
    run = new_run(audit, found(rules) if rules else "")
    corrected = tuple(figure.span for figure in reviewed.figures if figure.span)
    options = {"previous": previous, "with": with_files, "rules": [rules], "ward": [ward], "language": [language]}
    command = _command(str(path), options, power=power)
    run = replace(run, reviews=notes(reviewed), corrected=corrected, unit=unit, command=command)
    if power:
        before, beside = ([readers.read(found(p)) for p in paths] for paths in (previous, with_files))
        run = replace(
            run,
            power=measure(audit, rules=found(rules) if rules else None, previous=before, with_files=beside),
        )
    return WorkingPaper(arrange(audit, run), language)


def _command(report: str, options: Mapping[str, Sequence[str]], *, power: bool) -> str:
    """The command line that gives this memo again, quoted as every shell understands."""
    words = ["cchc-audit", "memo", PurePath(report).name]
    for name, values in options.items():
        for value in values:
            if value and (name, value) != ("language", "vi"):
                words += [f"--{name}", value if name == "ward" else PurePath(value).name]
    words += ["--power"] if power else []
    return " ".join(f'"{word}"' if re.search(r"[^\w./-]", word) else word for word in words)


def found(path: str) -> str:
    """The path as given where it exists, else under the parent folder where it exists there."""
    above = Path("..") / path
    return str(above) if not Path(path).exists() and not Path(path).is_absolute() and above.exists() else path


def new_run(audit: Audit, rules: str = "") -> Run:
    """The run of this moment with this version of the tool and these rules ("" for the defaults)."""
    book = rulebook.load(rules or None)
    used = dict.fromkeys(figure.name for figure in audit.figures)
    made = Counter(finding.claim.source for finding in audit.findings)
    drawn = {ratio.id for ratio in audit.ratios}
    return Run(
        version=__version__,
        ran_at=clock.now().isoformat(timespec="seconds"),
        rulebook=rules,
        rulebook_sha256=book.digest,
        names=tuple((name, book.lexicon[name].label) for name in used if name in book.lexicon),
        sources=book.sources,
        norms=tuple(authorities(audit.findings, book)),
        rules=tuple((rule.title, made[rule.id] + (rule.id in drawn)) for rule in book.rules),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What an executed notebook showed: its audit (`record` is its JSON) and its sections' names, in its order."""

    view: View
    record: str
    language: str
    sections: tuple[str, ...]

    def page(self) -> str:
        """The memo: the HTML of the notebook's sections, in its order."""
        return page(self.view, self.language, self.sections or None)


# the last record shown or read here, as the notebook holds it: the memo and the JSON come from one notebook
_OPENED: dict[str, tuple[View, str]] = {}


def _opened(record: str) -> tuple[View, str]:
    """The view of a record, and the record as we write it, whatever else the notebook's may hold."""
    if record not in _OPENED:
        view = arrange(*from_json(json.loads(record)))
        _OPENED.clear()
        _OPENED[record] = view, dumps(view.audit, view.run)
    return _OPENED[record]


def read_back(outputs: Sequence[Mapping[str, Any]]) -> Shown:
    """The audit and sections from the outputs of a notebook's cells (each the `data` of an output).

    Raises AuditError when they hold no audit: the notebook was not executed, or is another one.
    """
    ours = [data[MIMETYPE] for data in outputs if isinstance(data.get(MIMETYPE), Mapping)]
    paper = next((data for data in ours if "record" in data), None)
    known = {s.name for s in SECTIONS}
    sections = tuple(data["section"] for data in ours if data.get("section") in known)
    try:
        if paper is None:
            raise ValueError
        record = paper["record"]
        view, written = _opened(record if isinstance(record, str) else json.dumps(record))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = say("memo_run.no_audit")
        raise AuditError(f"{message.vi} / {message.en}") from error
    return Shown(view, written, "en" if paper.get("language") == "en" else "vi", sections)
