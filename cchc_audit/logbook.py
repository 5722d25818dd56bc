"""Decisions as a list: for the terminal, for a table in a notebook, and for a file that a spreadsheet opens."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .decisions import Act, Decision, Subject, read
from .errors import AuditError
from .files import write
from .messages import say
from .review import label_of

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "at",
    "who",
    "act",
    "ward",
    "period",
    "report",
    "finding",
    "quote",
    "value",
    "unit",
    "indicator",
    "reason",
    "standing",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class LogbookError(AuditError):
    """Decisions cannot be written to a file of that kind."""

    def __init__(self, path: Path) -> None:
        message = say("logbook.export_kind", path=path)
        super().__init__(f"{message.vi} / {message.en}")


def rows(
    decisions: Iterable[Decision], subject: Subject | None = None, language: str = "vi"
) -> list[dict[str, str]]:
    """One row a decision, of one report or of all, in the order they were taken. Undone ones stay, and say so."""
    every = tuple(decisions)
    undone = {d.undoes for d in every if d.act is Act.UNDO}
    mine = [
        d
        for d in every
        if subject is None or d.subject.key == subject.key or d.subject.sha256 == subject.sha256
    ]
    return [_row(d, d.id in undone, language) for d in mine if d.act is not Act.UNDO]


def _row(decision: Decision, undone: bool, language: str) -> dict[str, str]:
    value = decision.value or ""
    if decision.act is Act.MISREAD and decision.value is None:
        value = say("panel.no_figure").in_language(language)
    cells = (
        decision.at.astimezone().strftime("%Y-%m-%d %H:%M:%S"),
        decision.who,
        say(f"logbook.{decision.act.value}").in_language(language),
        decision.subject.ward,
        decision.subject.period,
        decision.subject.name,
        decision.finding,
        decision.anchor.quote if decision.anchor else "",
        value,
        decision.unit,
        label_of(decision.indicator).in_language(language),
        decision.reason,
        say("logbook.undone" if undone else "logbook.stands").in_language(language),
    )
    return dict(zip(COLUMNS, cells, strict=True))


def headings(language: str = "vi") -> list[str]:
    """The words over the columns."""
    return [say(f"logbook.col_{name}").in_language(language) for name in COLUMNS]


def frame(
    decisions: Iterable[Decision], subject: Subject | None = None, language: str = "vi"
) -> pd.DataFrame:
    """The rows as a data frame with headings for people."""
    import pandas as pd

    table = pd.DataFrame(rows(decisions, subject, language), columns=list(COLUMNS))
    return table.set_axis(headings(language), axis=1)


def to_csv(listed: Iterable[dict[str, str]], language: str = "vi") -> str:
    """The rows as CSV that a spreadsheet opens as text: with a byte order mark, and no cell that would be a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(headings(language))
    for row in listed:
        writer.writerow([_cell(row[name]) for name in COLUMNS])
    return out.getvalue()


def run(
    folder: Path,
    reports: Sequence[str] = (),
    *,
    rules: str | None = None,
    export: str | None = None,
    language: str = "vi",
) -> str:
    """What `cchc-audit review` prints: every decision of the folder, or how each report stands under them.

    With `export` the decisions also go to a .csv or .json file. Raises ReadError for an unread report and
    LogbookError for an export of another kind.
    """
    ledger = read(folder)
    listed = rows(ledger.decisions, None, language)
    out = [problem.in_language(language) for problem in ledger.problems]
    for report in reports:
        out += _standing(report, folder, rules, language)
    if not reports:
        out += [_line(row) for row in listed] or [say("logbook.none", folder=folder).in_language(language)]
    if export:
        _export(Path(export), listed, language)
        out.append(say("logbook.exported", n=len(listed), path=export).in_language(language))
    return "\n".join(out)


def _line(row: dict[str, str]) -> str:
    what = " ".join(
        x
        for x in (
            row["quote"] and f"“{row['quote']}”",
            row["value"] and f"→ {row['value']}",
            row["unit"],
            row["indicator"],
        )
        if x
    )
    parts = (
        row["at"],
        row["who"],
        f"{row['ward']} {row['period']}".strip(),
        row["act"],
        row["finding"],
        what,
        row["reason"],
        row["standing"],
    )
    return " | ".join(one_line(part) for part in parts if part)


def _standing(report: str, folder: Path, rules: str | None, language: str) -> list[str]:
    from .desk import open_report
    from .display import SIGNS, verdict_word

    found = open_report(report, rules=rules, decisions=folder).findings
    done, asked = found.progress()
    reopened = sum(row.state == "reopened" for row in found.rows)
    out = [
        say("logbook.progress", name=Path(report).name, done=done, all=asked, reopened=reopened).in_language(
            language
        )
    ]
    for row in found.rows:
        if row.to_review or row.decision:
            word = verdict_word(row.finding).in_language(language)
            state = say(f"logbook.state_{row.state}").in_language(language)
            said = f" ({row.decision.who}: {row.decision.reason})" if row.decision else ""
            changed = "".join(f" ↻ {text.in_language(language)}" for text in row.changed)
            message = row.finding.message.in_language(language)
            out.append(
                one_line(f"  {SIGNS[row.finding.verdict]} {word} | {message} | {state}{said}{changed}")
            )
    return out


def _export(path: Path, listed: list[dict[str, str]], language: str) -> None:
    if path.suffix.lower() == ".json":
        write(path, json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
    elif path.suffix.lower() == ".csv":
        write(path, to_csv(listed, language))
    else:
        raise LogbookError(path)


def one_line(text: str) -> str:
    """The text without line ends and control characters: a terminal shows it and obeys nothing in it."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "·" for c in text).split())


def _cell(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) or text.startswith(_FORMULA) else text
