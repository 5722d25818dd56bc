"""Which reports were handed in: the wards without one, period by period, and files that look like copies of one report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .plan import CUT_OFF
from .wards import Register, Ward

Row = Mapping[str, Any]  # of the table "reports", with "" for what is not known


@dataclass(frozen=True, slots=True)
class Absent:
    """A period that reports of the batch are for, as most of them name it, and the wards without a report for it.
    All three of the period are empty where no report gives one."""

    period: str
    start: date | None
    end: date | None
    wards: tuple[Ward, ...]


def absent(reports: Sequence[Row], register: Register) -> list[Absent]:
    """The wards of the register without a report, by period: the one with most reports first, periods that miss none left
    out.

    A ward is asked only for periods at whose end it was a unit. A report that gives no period may be for any.
    """
    dated = [row for row in reports if row["period_end"]]
    undated = {_ward(row) for row in reports if not row["period_end"]}
    found = []
    for rows in _periods(dated) or [[]]:
        label, start, end = _named(rows)
        seen = undated | {_ward(row) for row in rows}
        wards = [w for w in register.wards if w.valid_on(end) and (w.code, w.full_name) not in seen]
        if wards:
            found.append(Absent(label, start, end, tuple(wards)))
    return found


def copies(reports: Iterable[Row]) -> list[list[Row]]:
    """The audited reports that look like one: of the same ward, number and period, or without these of the same bytes."""
    alike: dict[object, list[Row]] = defaultdict(list)
    for row in reports:
        if row["status"] == "done":
            alike[_report(row)].append(row)
    return [rows for rows in alike.values() if len(rows) > 1]


def _report(row: Row) -> object:
    ward = row["ward_code"] and _ward(row) or row["ward"].casefold()
    if ward and row["number"] and row["period_end"]:
        return ward, row["number"].casefold(), row["period_start"], row["period_end"]
    return row["sha256"] or row["report"]


def _ward(row: Row) -> tuple[str, str]:
    """A code may pass to another ward after a merger: its name goes with it."""
    return row["ward_code"], row["ward_name"]


def _periods(dated: Sequence[Row]) -> list[list[Row]]:
    """The rows by the period they are for; a year that runs from 15/12 to 14/12 is that year."""
    by_days: dict[tuple[date, date], list[Row]] = defaultdict(list)
    for row in dated:
        by_days[(row["period_start"] or row["period_end"], row["period_end"])].append(row)
    groups: dict[tuple[date, date], list[Row]] = {}
    for days in sorted(by_days, key=lambda days: (-len(by_days[days]), -days[1].toordinal(), days[0])):
        same = next((other for other in groups if _near(days, other)), days)
        groups.setdefault(same, []).extend(by_days[days])
    return sorted(groups.values(), key=len, reverse=True)


def _near(days: tuple[date, date], others: tuple[date, date]) -> bool:
    allowed = min(CUT_OFF, (others[1] - others[0]) / 2)
    return all(abs(day - other) <= allowed for day, other in zip(days, others, strict=True))


def _named(rows: Sequence[Row]) -> tuple[str, date | None, date | None]:
    """The name and days most of the rows give their period."""
    named = Counter((row["period"], row["period_start"] or row["period_end"], row["period_end"]) for row in rows)
    return named.most_common(1)[0][0] if named else ("", None, None)
