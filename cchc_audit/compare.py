"""Wards side by side: ratios drawn from their reports, and the wards that stand apart, as questions.

A ratio is only drawn where the report gives each of its figures one value for its own period; several
different values are never chosen between. Standing apart is no fault: it is a reason to ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import results
from .errors import AuditError
from .messages import Shown, say
from .model import Message
from .rules import load
from .rules.kinds import PerUnit

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

ENOUGH = 12  # wards with a ratio before one of them can be said to stand apart
FAR = Fraction(7, 2)  # robust standard deviations from the median (Iglewicz and Hoaglin's usual 3.5)
_SCALE = Fraction(14826, 10000)  # the median deviation of a normal population, as a standard deviation


@dataclass(frozen=True, slots=True)
class Ratio:
    """`above` over `below` times `times`; names of lexicon.yaml, those of `above` added up. `title` is empty for
    a share, whose name the catalogue has."""

    name: str
    above: tuple[str, ...]
    below: str
    times: int = 100
    percent: bool = True
    title: Message | None = None


SHARES = (
    Ratio("in_time", ("resolved_early", "resolved_on_time"), "resolved_total"),
    Ratio("late", ("resolved_late",), "resolved_total"),
    Ratio("online", ("received_online",), "received_in_period"),
    Ratio("paid_online", ("paid_online",), "fee_dossiers"),
    Ratio("e_results", ("e_results",), "resolved_total"),
    Ratio("satisfied", ("survey_very_satisfied", "survey_satisfied"), "survey_returned"),
    Ratio("tasks", ("tasks_done",), "tasks_total"),
)


def _per_unit(name: str, above: str, below: str, times: int, title: Message) -> Ratio:
    return Ratio(name, (above,), below, times, percent=False, title=title)


def per_unit() -> tuple[Ratio, ...]:
    """The ratios per head or per officer of the default rulebook."""
    rules = (r for r in load().rules if isinstance(r, PerUnit))
    return tuple(_per_unit(r.id, r.figure, r.per, r.scale, r.title) for r in rules)


@dataclass(frozen=True, slots=True)
class Value:
    """One ratio of one report."""

    ratio: Ratio
    report: str
    ward: str
    province: str
    period: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Apart:
    """A value far from those of its peers (wards with the same period), with the question to ask."""

    value: Value
    median: Fraction
    peers: int
    distance: Fraction  # in robust standard deviations
    question: Message


class NoResultsError(AuditError):
    """There is nothing to compare: no batch has written results there."""

    def __init__(self, outputs: Path) -> None:
        message = say("compare.no_results", outputs=outputs)
        super().__init__(f"{message.vi} / {message.en}")


def values(outputs: Path | str) -> list[Value]:
    """Every ratio that the reports of a batch give: shares, then those per head or officer, an inspector's own
    last; each in the order of the reports. Raises NoResultsError."""
    outputs = Path(outputs)
    try:
        reports = [row for row in results.read(outputs, "reports") if row["status"] == "done"]
        drawn = list(results.read(outputs, "ratios")) if results.path(outputs, "ratios").is_file() else []
        ratios = _ratios(drawn)
        wanted = {name for ratio in ratios for name in (*ratio.above, ratio.below)}
        figures = _single_figures(reports, results.read(outputs, "figures", name=wanted))
    except FileNotFoundError:
        raise NoResultsError(outputs) from None
    known = {(row["report"], row["ratio"]): Fraction(row["value"]) for row in drawn}
    found = (
        (ratio, row, known.get((row["report"], ratio.name)) or _value(ratio, figures[row["report"]]))
        for ratio in ratios
        for row in reports
    )
    return [
        Value(ratio, row["report"], row["ward_name"] or row["ward"] or row["report"], row["province"], row["period"], value)
        for ratio, row, value in found
        if value is not None
    ]  # fmt: skip


def _ratios(drawn: Iterable[Mapping[str, Any]]) -> list[Ratio]:
    """All ratios to look for: those the reports were audited with may come from an inspector's own rules."""
    ratios = {ratio.name: ratio for ratio in (*SHARES, *per_unit())}
    for row in drawn:
        title = Message(row["name_vi"], row["name_en"])
        ratios[row["ratio"]] = _per_unit(row["ratio"], row["above"], row["below"], row["scale"], title)
    return list(ratios.values())


def _single_figures(
    reports: Iterable[Mapping[str, Any]], figures: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, Fraction]]:
    """For each report the figures that have one value in its own period. The register's population stands in
    for one the report does not state."""
    periods = {row["report"]: (row["period_start"], row["period_end"]) for row in reports}
    stated: dict[str, dict[str, set[Fraction]]] = defaultdict(lambda: defaultdict(set))
    for row in figures:
        own = periods.get(row["report"])
        when = (row["period_start"], row["period_end"])
        if own is not None and (when in {own, (None, None)} or row["period_end"] == own[1]):
            stated[row["report"]][row["name"]].add(Fraction(row["value"]))
    single = {
        report: {name: min(found) for name, found in stated[report].items() if len(found) == 1} for report in periods
    }
    for row in reports:
        if row["population"] and "population" not in stated[row["report"]]:
            single[row["report"]]["population"] = Fraction(row["population"])
    return single


def _value(ratio: Ratio, figures: Mapping[str, Fraction]) -> Fraction | None:
    if not figures.get(ratio.below) or any(name not in figures for name in ratio.above):
        return None
    return sum((figures[name] for name in ratio.above), Fraction()) * ratio.times / figures[ratio.below]


def apart(found: Sequence[Value]) -> list[Apart]:
    """The values that stand far apart from their peers, farthest first."""
    groups: dict[tuple[str, str], list[Value]] = defaultdict(list)
    for value in found:
        groups[(value.ratio.name, value.period.casefold())].append(value)
    far: list[Apart] = []
    for peers in groups.values():
        if len(peers) >= ENOUGH:
            far += _far(peers)
    return sorted(far, key=lambda a: (-a.distance, a.value.ratio.name, a.value.report))


def _far(peers: Sequence[Value]) -> list[Apart]:
    middle = median([value.value for value in peers])
    spread = median([abs(value.value - middle) for value in peers]) * _SCALE
    if not spread:  # most are equal: no yardstick to measure by
        return []
    out = []
    for value in peers:
        distance = abs(value.value - middle) / spread
        if distance > FAR:
            question = say(
                "compare.question",
                ward=value.ward,
                ratio=name_of(value.ratio),
                value=shown(value.ratio, value.value),
                median=shown(value.ratio, middle),
                peers=len(peers),
            )
            out.append(Apart(value, middle, len(peers), distance, question))
    return out


def median(numbers: Sequence[Fraction]) -> Fraction:
    """The middle one, or half-way between the two middle ones. ValueError when there are none."""
    if not numbers:
        raise ValueError("no numbers")
    ordered = sorted(numbers, key=lambda number: (float(number), number))  # exact where the quick look sees a tie
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def name_of(ratio: Ratio) -> Message:
    return ratio.title or say(f"compare.{ratio.name}")


def shown(ratio: Ratio, value: Fraction) -> Shown:
    """The value as it is printed: two decimals."""
    return Shown(value, 2, ratio.percent)


# ---------------------------------------------------------------- for notebooks


def query(sql: str, outputs: Path) -> pandas.DataFrame:
    """What a SQL query (DuckDB) gives over the tables reports, findings, figures, citations, problems."""
    import duckdb

    with duckdb.connect() as db:
        results.attach(db, outputs)
        return db.execute(sql).df()


def frame(found: Sequence[Value], language: str = "vi") -> pandas.DataFrame:
    """One row a report, one column a ratio; numbers for looking at, exact values stay in `found`."""
    import pandas as pd

    rows = [(v.ward, v.province, v.period, name_of(v.ratio).in_language(language), float(v.value)) for v in found]
    long = pd.DataFrame(rows, columns=["ward", "province", "period", "ratio", "value"])
    return long.pivot_table(index=["province", "ward", "period"], columns="ratio", values="value", sort=False)


def questions(far: Sequence[Apart], language: str = "vi") -> pandas.DataFrame:
    """The questions to ask, one row each."""
    import pandas as pd

    rows = [(a.value.ward, a.value.province, a.value.report, a.question.in_language(language)) for a in far]
    return pd.DataFrame(rows, columns=["ward", "province", "report", "question"])


def chart(found: Sequence[Value], name: str, language: str = "vi") -> Figure:
    """How the values of one ratio are spread over the wards, with the median. KeyError for an unknown ratio."""
    from matplotlib.figure import Figure

    ratio = {r.name: r for r in (*SHARES, *per_unit(), *(v.ratio for v in found))}[name]
    numbers = [v.value for v in found if v.ratio.name == name]
    figure = Figure(figsize=(7, 2.6), layout="constrained")
    axes = figure.add_subplot()
    if numbers:
        axes.hist([float(n) for n in numbers], bins=min(30, max(5, len(numbers) // 3)), color="#9fb6cc", edgecolor="white")
        axes.axvline(float(median(numbers)), color="#1f4a73", linewidth=2)
    count = say("compare.wards", n=len(numbers)).in_language(language)
    axes.set_title(f"{name_of(ratio).in_language(language)} ({count})", fontsize=10, loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    return figure
