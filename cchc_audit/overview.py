"""The pages over a whole batch: `index.html` to find any ward's memo, and one consolidated memo in two languages.

Both are drawn from the Parquet tables, self-contained, without network, and complete with scripts off.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from . import __version__, clock, compare, files, results, submissions, workbook
from .chronology import show
from .judgement import joined
from .ledger import STATE
from .memo.evidence import environment
from .messages import say
from .wards import Register, Ward

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

INDEX = "index.html"
SUMMARIES = {"vi": "tong-hop.html", "en": "summary.html"}
_MOST_ALARMS = 2_000  # listed one by one in the consolidated memo; all are in the tables and the memos
_MOST_WARDS = 1_000


def load() -> None:
    """Compile the templates of the pages; the second call costs nothing."""
    for language in SUMMARIES:
        for name in ("index", "summary"):
            environment(language).get_template(f"batch_{name}.html.j2")


def write(outputs: Path, register: Register, stamp: str) -> None:
    """Write the index and the consolidated memos from the tables under `outputs/results`, whose stamp is given; not
    again where the pages were drawn from the same."""
    drawn_from = hashlib.sha256(repr((stamp, register)).encode("utf-8", "replace")).hexdigest()
    drawn = outputs / STATE / "pages"
    pages = [outputs / name for name in (INDEX, *SUMMARIES.values(), workbook.NAME)]
    if all(page.is_file() for page in pages) and drawn.is_file() and drawn.read_text("ascii", "replace") == drawn_from:
        return
    import duckdb

    drawn.unlink(missing_ok=True)
    with duckdb.connect() as db:
        results.attach(db, outputs)
        reports = _rows(db, _REPORTS)
        alike = submissions.copies(reports)
        copies = {row["report"]: len(rows) for rows in alike for row in rows}
        files.write(outputs / INDEX, _page("index", "vi", reports=reports, provinces=_provinces(reports), alike=alike, copies=copies))
        values = {**_summary(db, reports, register), "alike": alike, "ratios": _ratios(outputs)}
        for language, name in SUMMARIES.items():
            files.write(outputs / name, _page("summary", language, **values))
        files.write(outputs / workbook.NAME, workbook.workbook(db))
    files.write(drawn, drawn_from)


def _rows(db: DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """Empty text for NULL: a page prints nothing there."""
    found = db.execute(query)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, ("" if v is None else v for v in row), strict=True)) for row in found.fetchall()]


_REPORTS = """
select *, coalesce(nullif(ward_name, ''), nullif(ward, ''), report) as title,
       coalesce(contradicted, 0) + coalesce(impossible, 0) as alarms,
       coalesce(question, 0) as questions,
       coalesce(note, 0) + coalesce(holds_if_truncated, 0) as notes,
       coalesce(holds, 0) + coalesce(holds_by_rounding, 0) as agree,
       coalesce(uncheckable, 0) as open
from reports order by alarms desc, questions desc, notes desc, title, report
"""
_FINDINGS_OF = """
select f.kind, f.quote, f.message_vi, f.message_en, f.finding, f.severity, r.report, r.folder, r.province,
       coalesce(nullif(r.ward_name, ''), nullif(r.ward, ''), r.report) as title, r.period
from findings f join reports r using (report)
where f.told in ('contradicted', 'impossible')
order by f.severity desc, title, r.report, f.start, f.finding
limit {most}
"""
_KINDS = """
select kind, count(*) as checked, count(*) filter (where told in ('contradicted', 'impossible')) as alarms,
       count(*) filter (where told = 'question') as questions,
       count(distinct report) filter (where told in ('contradicted', 'impossible')) as wards
from findings group by kind order by alarms desc, kind
"""
_BY_PROVINCE = """
select province, count(*) as reports, count(*) filter (where status <> 'done') as failed,
       count(*) filter (where coalesce(contradicted, 0) + coalesce(impossible, 0) > 0) as with_alarms,
       coalesce(sum(contradicted + impossible), 0)::bigint as alarms,
       coalesce(sum(numbers), 0)::bigint as numbers, coalesce(sum(unread), 0)::bigint as unread
from reports group by province order by province
"""


def _summary(db: DuckDBPyConnection, reports: Sequence[Mapping[str, Any]], register: Register) -> dict[str, Any]:
    alarms = sum(row["alarms"] for row in reports)
    return {
        "reports": reports,
        "done": [row for row in reports if row["status"] == "done"],
        "failed": sorted((row for row in reports if row["status"] != "done"), key=lambda row: row["report"]),
        "alarmed": [row for row in reports if row["alarms"]],
        "alarms": alarms,
        "most_copies": _MOST_WARDS,
        "kinds": _rows(db, _KINDS),
        "by_province": _rows(db, _BY_PROVINCE),
        "findings": _rows(db, _FINDINGS_OF.format(most=_MOST_ALARMS)),
        "register": register.wards,
        "absent": _shortened(submissions.absent(reports, register)),
        "ran_at": clock.now(),
        "version": __version__,
    }


def _ratios(outputs: Path) -> list[dict[str, Any]]:
    """Each ratio that some report gives: how many do, and the spread of its values."""
    found: dict[str, list[compare.Value]] = {}
    for value in compare.values(outputs):
        found.setdefault(value.ratio.name, []).append(value)
    return [_spread(of_one[0].ratio, [value.value for value in of_one]) for of_one in found.values()]


def _spread(ratio: compare.Ratio, numbers: Sequence[Fraction]) -> dict[str, Any]:
    ends = {"least": min(numbers), "median": compare.median(numbers), "most": max(numbers)}
    shown = {name: joined([compare.shown(ratio, value)]) for name, value in ends.items()}
    return {"name": compare.name_of(ratio), "reports": len(numbers), **shown}


def _shortened(absent: Sequence[submissions.Absent]) -> list[tuple[submissions.Absent, Sequence[Ward]]]:
    """Each period with those of its wards that are listed one by one."""
    room = _MOST_WARDS
    shown: list[tuple[submissions.Absent, Sequence[Ward]]] = []
    for period in absent:
        shown.append((period, period.wards[:room]))
        room -= len(period.wards[:room])
    return shown


def _provinces(reports: Sequence[Mapping[str, Any]]) -> list[str]:
    return sorted({row["province"] for row in reports if row["province"]})


# ---------------------------------------------------------------- HTML


def _page(name: str, language: str, **values: Any) -> str:
    style, script = _text("batch.css"), _text("batch.js")
    html = environment(language).get_template(f"batch_{name}.html.j2")
    return html.render(
        values,
        style=Markup(style),  # our own files
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        kind_name=lambda kind: say(f"memo_kind.{kind}").in_language(language),
        day=show,
        number=lambda n: f"{n:,}".replace(",", "." if language == "vi" else ","),
    ) + "\n"  # fmt: skip


@cache
def _text(name: str) -> str:
    return resources.files("cchc_audit.memo").joinpath("templates", name).read_text("utf-8").strip()


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
