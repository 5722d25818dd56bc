"""The working paper in Excel, the minutes in Word and the tables: what stands in the cells, and nothing that runs."""

from __future__ import annotations

import io
import math
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import fabricate
import openpyxl
import pytest
from claims import Report, fallen
from docx import Document

from cchc_audit import memo, tables
from cchc_audit.audit import audit_report
from cchc_audit.check import judge
from cchc_audit.memo.view import View
from cchc_audit.messages import say
from cchc_audit.minutes import minutes
from cchc_audit.model import Audit, Claim, Kind, Message, Qualifier, Term, Verdict, Written
from cchc_audit.record import Run
from cchc_audit.review import ReviewNote
from cchc_audit.workpaper import workpaper

RUN = Run("0.1.0", "2024-07-10T08:30:00+00:00")
AUDITS = {"full": fabricate.audit, "hostile": fabricate.hostile, "empty": fabricate.empty}
REPORTS = Path(__file__).parent.parent / "data/reports"
CHECKS, TERMS, NOTES = (say(f"workpaper.{key}").vi for key in ("sheet_checks", "sheet_terms", "notes"))
ARITHMETIC = {Kind.SHARE, Kind.BREAKDOWN, Kind.SHARES_SUM, Kind.SAME_FIGURE, Kind.ROLL_FORWARD}


def view(name: str = "full") -> View:
    return memo.arrange(AUDITS[name](), RUN)


def sheets(data: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def column(sheet: object, head: str) -> int:
    return next(c.column for c in sheet[1] if c.value == head)  # type: ignore[index]


# ---------------------------------------------------------------- live formulas


def test_every_arithmetic_check_is_recomputed_by_formulas() -> None:
    sheet = sheets(workpaper(view()))[CHECKS]
    for row, item in enumerate(view().items, start=2):
        arithmetic = item.finding.claim.kind in ARITHMETIC and len(item.finding.claim.terms) > 1
        for head in ("memo.stated", "memo.recomputed", "memo.difference"):
            cell = sheet.cell(row, column(sheet, say(head).vi))
            assert (cell.data_type == "f") == arithmetic, (row, head, cell.value)


def test_the_ticks_agree_with_the_tool() -> None:
    sheet = sheets(workpaper(view()), values=True)[CHECKS]
    for row, item in enumerate(view().items, start=2):
        if item.finding.claim.kind not in ARITHMETIC or item.finding.verdict is Verdict.UNCHECKABLE:
            continue
        tick = sheet.cell(row, 1).value
        assert (tick == "✗") == item.finding.alarms, item.finding.message.vi


def _recalculated(data: bytes, folder: Path) -> bytes:
    """The workbook opened, recalculated and saved by LibreOffice Calc."""
    source = folder / "in.xlsx"
    source.write_bytes(data)
    (folder / "out").mkdir()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "out" / "in.xlsx").read_bytes()


def _calc() -> bool:
    """Is the spreadsheet part of LibreOffice here? Its word processor alone cannot recalculate."""
    office = shutil.which("soffice")
    return office is not None and Path(office).resolve().with_name("libsclo.so").exists()


@pytest.mark.verify
@pytest.mark.skipif(not _calc(), reason="needs LibreOffice Calc: apt-get install libreoffice-calc-nogui")
def test_a_spreadsheet_program_computes_the_same_and_follows_a_correction(tmp_path: Path) -> None:
    data = workpaper(view())
    book = sheets(data)
    terms = book[TERMS]
    row = next(r for r in range(2, terms.max_row + 1) if terms.cell(r, 5).value == "24 thủ tục")
    terms.cell(row, 4).value = 22
    altered = io.BytesIO()
    book.save(altered)
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    computed, corrected = _recalculated(data, before), _recalculated(altered.getvalue(), after)
    cached = sheets(data, values=True)[CHECKS]
    fresh, mended = sheets(computed, values=True)[CHECKS], sheets(corrected, values=True)[CHECKS]
    slip = next(i for i, item in enumerate(view().items, start=2) if item.finding.computed == "22")
    for line in range(2, cached.max_row + 1):
        assert fresh.cell(line, 1).value == cached.cell(line, 1).value
        for place in (5, 6, 7):
            old, new = cached.cell(line, place).value, fresh.cell(line, place).value
            assert ("" if new is None else new) == (
                pytest.approx(old) if isinstance(old, int | float) else old or ""
            )
        assert mended.cell(line, 1).value == ("✓" if line == slip else cached.cell(line, 1).value)


@pytest.mark.parametrize(
    ("terms", "relation", "tick"),
    [
        ((("total", 24), ("part", 14), ("part", 8)), "equal", "✗"),
        ((("total", 24), ("part", 14), ("part", 8)), "at_most", "✓"),
        ((("claim", 21), ("count", 19)), "at_most", "✓"),
        ((("claim", 19), ("count", 21)), "at_most", "✗"),
        ((("total", 20), ("part", 14), ("part", 8)), "at_most", "✗"),
        ((("total", 6), ("part", 14), ("part", -8)), "equal", "✓"),
    ],
)
def test_parts_are_summed_by_their_relation(
    terms: tuple[tuple[str, int], ...], relation: str, tick: str
) -> None:
    kind = Kind.BREAKDOWN if terms[0][0] == "total" else Kind.CLAIM_VS_COUNT
    audit = fabricate.audit()
    given = next(f for f in audit.findings if f.claim.kind is Kind.BREAKDOWN)
    made = tuple(Term(role, Written(Fraction(value))) for role, value in terms)
    only = replace(given, claim=replace(given.claim, kind=kind, terms=made, relation=relation))
    data = workpaper(memo.arrange(replace(audit, findings=(only,)), RUN))
    assert sheets(data, values=True)[CHECKS].cell(2, 1).value == tick


def _rows(claim: Claim) -> list[tuple[str, str, float, float]]:
    """What the sheet of checks shows of one claim, row by row: tick, formula of the recomputation, both values."""
    data = workpaper(memo.arrange(replace(fabricate.empty(), findings=tuple(judge([claim]))), RUN))
    formulas, values = sheets(data)[CHECKS], sheets(data, values=True)[CHECKS]
    return [
        (values.cell(n, 1).value, formulas.cell(n, 6).value, values.cell(n, 5).value, values.cell(n, 6).value)
        for n in range(2, values.max_row + 1)
    ]


def test_the_numerators_of_a_share_are_added() -> None:
    ((tick, formula, stated, value),) = _rows(Report().claim(Kind.SHARE, n=["1003", "226"], m="1240", p="99,11%"))
    assert (tick, stated, round(value, 3)) == ("≈", 99.11, 99.113)
    assert "$D$2:$D$3" in formula


def test_what_rounding_allows_counts_every_rounded_figure() -> None:
    """12,5 of 10 billion may be anything from 118,57 to 132,11 %, so that 120 % is within, as the tool says."""
    claim = Report().claim(Kind.SHARE, n="12,5 tỷ", m="10 tỷ", p="120%")
    (item,) = memo.arrange(replace(fabricate.empty(), findings=tuple(judge([claim]))), RUN).items
    (compared,) = item.comparisons
    assert (item.finding.verdict, compared.sign) == (Verdict.HOLDS_BY_ROUNDING, "≈")
    assert (compared.value - compared.below, compared.value + compared.above) == (
        Fraction(2490, 21) - Fraction(1, 2),
        Fraction(2510, 19) + Fraction(1, 2),
    )
    ((tick, *_),) = _rows(claim)
    assert tick == "≈"


def test_each_figure_of_a_change_is_recomputed() -> None:
    """A rise told rightly by its size and wrongly by its rate."""
    rise, rate = _rows(Report().claim(Kind.CHANGE, delta="164", p="12,5%", prev="1120", now="1284"))
    assert rise[0] == "✓" and rise[2:] == (164, 164)
    assert rate[0] == "✗" and (rate[2], round(rate[3], 2)) == (12.5, 14.64)


def test_a_fall_is_recomputed_as_the_size_the_report_prints() -> None:
    ((tick, _, stated, value),) = _rows(fallen(Report().claim(Kind.CHANGE, delta="-3", prev="23", now="21")))
    assert (tick, stated, value) == ("✗", 3, 2)


def test_what_is_hedged_keeps_the_verdict_of_the_tool() -> None:
    report = Report()
    terms = (report.term("n", "82"), report.term("m", "95", Qualifier.AT_LEAST), report.term("p", "86,1%"))
    given = report.claim(Kind.SHARE, n="82", m="95", p="86,1%")
    (item,) = memo.arrange(replace(fabricate.empty(), findings=tuple(judge([replace(given, terms=terms)]))), RUN).items
    assert item.comparisons == () and item.signs == (item.sign,)


def test_the_ticks_of_whole_reports_agree_with_the_tool() -> None:
    """What is exact is ticked, what holds by rounding is not crossed, what disagrees is crossed in one row at least."""
    for report in sorted(REPORTS.iterdir()):
        for item in memo.arrange(audit_report(report), RUN).items:
            told = item.finding.message.vi
            if item.finding.alarms:
                assert "✗" in item.signs, told
            elif item.finding.verdict is Verdict.HOLDS:
                assert set(item.signs) == {"✓"}, told
            elif item.finding.verdict is Verdict.HOLDS_BY_ROUNDING:
                assert set(item.signs) <= {"✓", "≈"}, told


def test_a_base_of_nought_makes_no_formula_that_fails() -> None:
    audit = fabricate.audit()
    given = next(f for f in audit.findings if f.claim.kind is Kind.SHARE)
    made = tuple(Term(r, Written(Fraction(0))) for r in "nmp")
    workpaper(
        memo.arrange(replace(audit, findings=(replace(given, claim=replace(given.claim, terms=made)),)), RUN)
    )


def test_there_is_a_column_for_the_reviewers_notes() -> None:
    book = sheets(workpaper(view()))
    for name in (CHECKS, say("workpaper.sheet_findings").vi):
        assert [c.value for c in book[name][1]][-1] == NOTES


def test_figures_set_right_and_what_they_settled_stand_on_a_sheet_of_their_own() -> None:
    audit = fabricate.audit()
    held = next(f for f in audit.findings if f.verdict is Verdict.HOLDS and f.claim.terms[0].span)
    span = held.claim.terms[0].span
    assert span is not None
    note = ReviewNote("", "corrected", Message("“=1+1” đọc là 2 (Lê Thị Hoa)", "“=1+1” read as 2 (Lê Thị Hoa)"))
    made = memo.arrange(audit, replace(RUN, reviews=(note,), corrected=(span,)))
    assert held.id in {item.finding.id for item in made.settled}
    rows = [
        [cell.value for cell in row]
        for row in sheets(workpaper(made))[say("workpaper.sheet_corrections").vi].iter_rows(min_row=2)
    ]
    assert rows[0][0] == note.text.vi
    assert held.message.vi in {row[0].replace("\u00a0", " ") for row in rows[1:]}
    page = memo.page(made)
    assert note.text.vi in page and say("memo.settled").vi in page
    empty = sheets(workpaper(view()))[say("workpaper.sheet_corrections").vi]
    assert empty.cell(2, 1).value == say("workpaper.no_corrections").vi


# ---------------------------------------------------------------- nothing that runs


@pytest.mark.parametrize("name", AUDITS)
def test_no_text_of_a_report_becomes_a_formula_or_a_link(name: str) -> None:
    data = workpaper(view(name))
    allowed = re.compile(r"^=(IF\(|COUNTIF\(|SUM\(|ABS\(|'[^']+'!\$D\$\d+|E\d+-F\d+$|\d+(\.\d+)?$)")
    for sheet in sheets(data):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert allowed.match(cell.value), cell.value
                    assert "HYPERLINK" not in cell.value
    parts = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert not [p for p in parts if "external" in p.lower() or "vba" in p.lower()]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("http://x")'])
def test_csv_neutralises_formulas(text: str) -> None:
    import pandas as pd

    line = tables.csv(pd.DataFrame({"a": [text], "n": [-5]})).splitlines()[1]
    assert line.lstrip('"').startswith("'")
    assert line.endswith(",-5")


def test_the_same_audit_gives_the_same_bytes() -> None:
    assert workpaper(view()) == workpaper(view())
    assert minutes(view()) == minutes(view())


# ---------------------------------------------------------------- Word


def _words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_minutes_hold_every_finding_and_question() -> None:
    words = _words(minutes(view())).replace("\u00a0", " ")
    for item in view().to_answer:
        assert item.finding.message.vi in words
    for item in view().to_answer:
        if item.state in {"bad", "ask"} and item.request:
            assert item.request.vi.replace("\u00a0", " ") in words
    assert say("memo.banner").vi in words


def test_the_minutes_speak_english_on_request_and_of_nothing_found() -> None:
    assert say("memo_section.findings_empty").en in _words(minutes(view("empty"), "en"))


def test_hostile_text_is_plain_text_in_word() -> None:
    data = minutes(view("hostile"))
    assert "<script>" in _words(data)
    package = zipfile.ZipFile(io.BytesIO(data))
    body = package.read("word/document.xml").decode("utf-8")
    assert "<w:hyperlink" not in body
    assert "<w:instrText" not in body
    assert "\u202e" not in body


# ---------------------------------------------------------------- frames


@pytest.mark.parametrize("name", AUDITS)
def test_one_call_gives_all_tables(name: str) -> None:
    audit: Audit = AUDITS[name]()
    found = tables.frames(audit)
    assert list(found) == ["findings", "terms", "figures", "numbers", "citations", "problems"]
    assert len(found["findings"]) == len(audit.findings)
    assert len(found["numbers"]) == len(audit.numerals)
    if audit.findings:
        joined = found["terms"].merge(found["findings"], on="id", how="left")
        assert joined["verdict"].notna().all()


def test_values_in_tables_are_exact() -> None:
    terms = tables.frames(fabricate.audit())["terms"]
    assert "99.9" in set(terms["value"])


def test_rows_are_as_high_as_their_text() -> None:
    """A spreadsheet program that does not fit rows by itself would show the first line only."""
    sheet = sheets(workpaper(view()))["Cần làm rõ"]
    folded = 0
    for row in sheet.iter_rows(min_row=2, max_col=3):
        written, lines = str(row[2].value), sheet.row_dimensions[row[0].row].height or 15
        folded += len(written) > 44
        assert lines >= min(15 * math.ceil(len(written) / 44), 408), written
    assert folded
