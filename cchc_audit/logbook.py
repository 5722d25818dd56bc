"""Decisions as a list: for the terminal, for a table in a notebook, and for a file that a spreadsheet opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .decisions import Act, Decision, Subject
from .messages import say

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
        decision.indicator,
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


def _cell(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) or text.startswith(_FORMULA) else text
