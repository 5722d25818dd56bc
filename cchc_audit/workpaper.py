"""The Excel working paper: findings with a column for notes, every check as live formulas, all figures.

The figures of a check stand as numbers on the sheet of figures; the sheet of checks recomputes from them,
so an inspector who corrects a figure sees the tick mark change. Text is written as text: nothing a report
says can become a formula or a link.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from .dates import short_date
from .formulas import row_of
from .memo.comparison import Comparison
from .memo.evidence import tight, visible
from .memo.view import View
from .memo.wording import moment, period_text, shown
from .messages import say
from .model import Message

_LONGEST = 32_000  # characters a cell may hold, with room to spare
_LINE, _HIGHEST = 15, 409  # points: a line of text, the highest row a sheet may have
_TERMS_SHEET = "sheet_terms"


def workpaper(view: View, language: str = "vi") -> bytes:
    """The .xlsx of one audit; the same bytes for the same audit and run."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties(
        {"author": "cchc-audit", "created": datetime.fromisoformat(view.run.ran_at).replace(tzinfo=None)}
    )
    book.set_calc_mode("auto")
    pad = _Pad(book, language)
    sheets = {key: book.add_worksheet(pad.text(say(f"workpaper.{key}"))) for key in _SHEETS}
    where = _terms(pad, sheets[_TERMS_SHEET], view)
    last = _checks(pad, sheets["sheet_checks"], view, where)
    _summary(pad, sheets["sheet_summary"], view, last)
    _findings(pad, sheets["sheet_findings"], view)
    _corrections(pad, sheets["sheet_corrections"], view)
    _figures(pad, sheets["sheet_figures"], view)
    _unchecked(pad, sheets["sheet_unchecked"], view)
    pad.fit_rows()
    book.close()
    return out.getvalue()


_SHEETS = (
    "sheet_summary",
    "sheet_findings",
    "sheet_corrections",
    "sheet_checks",
    _TERMS_SHEET,
    "sheet_figures",
    "sheet_unchecked",
)


class _Pad:
    """Formats, and the one way a value enters a cell."""

    def __init__(self, book: Any, language: str) -> None:
        base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
        self.language = language
        self._widths: dict[Any, Sequence[float]] = {}
        self._lines: dict[tuple[Any, int], int] = {}
        self.head = book.add_format(
            {**base, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EEF2F6"}
        )
        self.body = book.add_format({**base, "text_wrap": True})
        self.line = book.add_format({**base, "bold": True})
        self.blank = book.add_format(
            {**base, "text_wrap": True, "bg_color": "#FFFCEB", "border": 1, "border_color": "#D9D2B0"}
        )
        self.value = book.add_format({**base, "num_format": "#,##0.####"})
        self.input = book.add_format({**base, "num_format": "#,##0.####", "font_color": "#1F4A9E"})
        self.tick = book.add_format({**base, "bold": True, "align": "center"})
        self.good = book.add_format({"font_color": "#1F6A3E"})
        self.wrong = book.add_format({"font_color": "#A01C14", "bg_color": "#FBE9E7"})

    def text(self, value: Message | str) -> str:
        text = value if isinstance(value, str) else tight(value.in_language(self.language))
        return visible(text)[:_LONGEST]

    def put(self, sheet: Any, row: int, column: int, value: Message | str, style: Any = None) -> None:
        text = self.text(value)
        sheet.write_string(row, column, text, style or self.body)
        if sheet in self._widths:
            width = self._widths[sheet][column]
            lines = sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n"))
            self._lines[sheet, row] = max(lines, self._lines.get((sheet, row), 1))

    def fit_rows(self) -> None:
        """Rows as high as their text: Excel fits them by itself on opening, LibreOffice does not."""
        for (sheet, row), lines in self._lines.items():
            if lines > 1:
                sheet.set_row(row, min(_LINE * lines, _HIGHEST))

    def heads(self, sheet: Any, keys: Sequence[str], widths: Sequence[float]) -> None:
        self._widths[sheet] = widths
        for column, (key, width) in enumerate(zip(keys, widths, strict=True)):
            self.put(sheet, 0, column, say(key), self.head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)


def _terms(pad: _Pad, sheet: Any, view: View) -> dict[int, dict[str, list[int]]]:
    """All figures of all checks, one a row, those of one role together; the rows (1-based) by item and role."""
    heads = (
        "memo.no",
        "workpaper.check",
        "workpaper.role",
        "memo_text.value",
        "workpaper.written",
        "memo_text.unit",
        "memo.place",
    )
    pad.heads(sheet, heads, (6, 46, 18, 14, 16, 12, 34))
    where: dict[int, dict[str, list[int]]] = {}
    row = 1
    for item in view.items:
        roles = list(dict.fromkeys(term.role for term in item.finding.claim.terms))
        for term in sorted(item.finding.claim.terms, key=lambda t: roles.index(t.role)):
            sheet.write_number(row, 0, item.index + 1, pad.body)
            pad.put(sheet, row, 1, item.title)
            pad.put(sheet, row, 2, say(f"memo_role.{term.role}"))
            if term.written is not None:
                sheet.write_number(row, 3, float(term.written.value), pad.input)
            pad.put(sheet, row, 4, shown(term))
            pad.put(sheet, row, 5, term.unit)
            pad.put(sheet, row, 6, view.where(term.span) if term.span else say("workpaper.implied"))
            where.setdefault(item.index, {}).setdefault(term.role, []).append(row + 1)
            row += 1
    sheet.autofilter(0, 0, max(row - 1, 1), 6)
    return where


def _checks(pad: _Pad, sheet: Any, view: View, where: dict[int, dict[str, list[int]]]) -> int:
    """Every check with formulas over the sheet of figures, a row for each sum it holds; the last row (1-based)."""
    heads = (
        "workpaper.tick",
        "memo.no",
        "memo.kind",
        "workpaper.check",
        "memo.stated",
        "memo.recomputed",
        "memo.difference",
        "workpaper.allowed",
        "workpaper.tool",
        "memo.place",
        "workpaper.notes",
    )
    pad.heads(sheet, heads, (7, 6, 18, 42, 13, 13, 12, 11, 24, 30, 40))
    name = pad.text(say(f"workpaper.{_TERMS_SHEET}")).replace("'", "''")
    row = 0
    for item in view.items:
        for compared in item.comparisons or (None,):
            row += 1
            title = pad.text(item.title)
            if compared is not None:
                _recomputed(pad, sheet, row, compared, where[item.index], f"'{name}'")
                if len(item.comparisons) > 1:
                    title += f" ({pad.text(say(f'memo_role.{compared.role}'))})"
            else:
                pad.put(sheet, row, 0, item.sign, pad.tick)
                pad.put(sheet, row, 4, item.stated)
                pad.put(sheet, row, 5, item.finding.computed)
            sheet.write_number(row, 1, item.index + 1, pad.body)
            pad.put(sheet, row, 2, say(f"memo_kind.{item.finding.claim.kind.value}"))
            pad.put(sheet, row, 3, title)
            pad.put(sheet, row, 8, f"{item.sign} {pad.text(item.word)}")
            pad.put(sheet, row, 9, item.where)
            sheet.write_blank(row, 10, None, pad.blank)
    last = max(row + 1, 2)
    sheet.conditional_format(
        1, 0, last - 1, 0, {"type": "cell", "criteria": "==", "value": '"✗"', "format": pad.wrong}
    )
    sheet.conditional_format(
        1, 0, last - 1, 0, {"type": "cell", "criteria": "==", "value": '"✓"', "format": pad.good}
    )
    sheet.autofilter(0, 0, last - 1, 10)
    return last


def _recomputed(
    pad: _Pad, sheet: Any, row: int, compared: Comparison, cells: dict[str, list[int]], figures: str
) -> None:
    """The mark, both values, their difference and what rounding allows, as formulas."""
    made = row_of(compared, cells, figures, row + 1)
    leeway = compared.below if compared.gap < 0 or compared.above is None else compared.above
    sheet.write_formula(row, 0, f"={made.mark}", pad.tick, compared.sign)
    sheet.write_formula(row, 4, f"={made.stated}", pad.value, float(compared.stated))
    sheet.write_formula(row, 5, f"={made.recomputed}", pad.value, float(compared.value))
    sheet.write_formula(row, 6, f"={made.difference}", pad.value, float(compared.gap))
    sheet.write_formula(row, 7, f"={made.allowed}", pad.value, float(leeway))


def _summary(pad: _Pad, sheet: Any, view: View, last: int) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 80)
    sheet.fit_to_pages(1, 0)
    header = view.audit.header
    rows: list[tuple[str, Message | str]] = [
        ("memo_text.ward", header.ward),
        ("memo_text.number_day", "; ".join(x for x in (header.number, short_date(header.day)) if x)),
        ("memo_text.period", period_text(header.period)),
        ("memo_text.file", PurePath(view.document.path).name),
        ("memo_text.hash", view.document.sha256),
        ("memo_text.ran_at", f"{moment(view.run.ran_at)}; cchc-audit {view.run.version}"),
    ]
    pad.put(sheet, 0, 0, say("memo.title"), pad.line)
    pad.put(sheet, 1, 0, say("memo.banner"), pad.line)
    for row, (key, value) in enumerate(rows, start=3):
        pad.put(sheet, row, 0, say(key))
        pad.put(sheet, row, 1, value or say("memo.not_stated"))
    row = 4 + len(rows)
    pad.put(sheet, row, 0, say("workpaper.recomputed_here"), pad.line)
    checks = pad.text(say("workpaper.sheet_checks")).replace("'", "''")
    for sign in ("✓", "≈", "✗"):
        row += 1
        pad.put(sheet, row, 0, say(f"workpaper.{ {'✓': 'exact', '≈': 'rounded', '✗': 'apart'}[sign] }"))
        count = sum(shown == sign for item in view.items for shown in item.signs)
        sheet.write_formula(row, 1, f"=COUNTIF('{checks}'!$A$2:$A${last},\"{sign}\")", pad.value, count)
    row += 2
    sheet.merge_range(row, 0, row, 1, pad.text(say("workpaper.how")), pad.body)
    sheet.set_row(row, 4 * _LINE)


def _findings(pad: _Pad, sheet: Any, view: View) -> None:
    heads = (
        "memo.no",
        "memo.verdict",
        "memo_text.point",
        "memo.stated",
        "memo.working",
        "memo.difference",
        "memo.place",
        "memo.quoted",
        "memo.explanations",
        "memo.request",
        "memo_section.replies",
        "workpaper.notes",
    )
    pad.heads(sheet, heads, (6, 20, 44, 20, 34, 14, 26, 50, 34, 34, 34, 34))
    for row, item in enumerate(view.to_answer, start=1):
        sheet.write_number(row, 0, item.number or 0, pad.body)
        explained = "\n".join(pad.text(e.message) for e in item.finding.explanations)
        values: list[Message | str] = [
            f"{item.sign} {pad.text(item.word)}",
            f"{pad.text(item.title)}. {pad.text(item.sentence)}",
            item.stated,
            "\n".join(pad.text(line) for line in item.working),
            item.difference or "",
            item.where,
            view.quoted(item),
            explained,
            item.request or "",
        ]
        for column, value in enumerate(values, start=1):
            pad.put(sheet, row, column, value)
        sheet.write_blank(row, 10, None, pad.blank)
        if item.review:
            pad.put(sheet, row, 11, "\n".join(pad.text(line) for line in item.review.lines))
        else:
            sheet.write_blank(row, 11, None, pad.blank)
    if not view.to_answer:
        pad.put(sheet, 1, 2, say("memo_section.findings_empty"))


def _corrections(pad: _Pad, sheet: Any, view: View) -> None:
    """Figures that inspectors set right, then the checks that ask nothing more with them."""
    heads = ("workpaper.sheet_corrections", "memo.verdict", "workpaper.check", "memo.place", "workpaper.notes")
    pad.heads(sheet, heads, (60, 24, 44, 34, 40))
    row = 1
    for note in view.set_right:
        pad.put(sheet, row, 0, note.text)
        row += 1
    for item in view.settled:
        pad.put(sheet, row, 0, item.finding.message)
        pad.put(sheet, row, 1, f"{item.sign} {pad.text(item.word)}")
        pad.put(sheet, row, 2, item.title)
        pad.put(sheet, row, 3, item.where)
        pad.put(sheet, row, 4, "\n".join(pad.text(line) for line in item.review.lines) if item.review else "")
        row += 1
    if row == 1:
        pad.put(sheet, 1, 0, say("workpaper.no_corrections"))


def _figures(pad: _Pad, sheet: Any, view: View) -> None:
    pad.heads(sheet, ("memo_text.figure", "memo_text.value", "workpaper.written", "memo_text.unit", "memo_text.period", "memo.place"), (44, 14, 16, 12, 26, 34))  # fmt: skip
    for row, figure in enumerate(view.audit.figures, start=1):
        pad.put(sheet, row, 0, view.name_of(figure.name))
        sheet.write_number(row, 1, float(figure.quantity.value), pad.value)
        pad.put(sheet, row, 2, figure.quantity.text)
        pad.put(sheet, row, 3, figure.quantity.unit)
        pad.put(sheet, row, 4, period_text(figure.period))
        pad.put(sheet, row, 5, view.where(figure.quantity.span))
    if not view.audit.figures:
        pad.put(sheet, 1, 0, say("memo_section.figures_empty"))


def _unchecked(pad: _Pad, sheet: Any, view: View) -> None:
    from .memo.sections import unchecked

    pad.heads(sheet, ("memo_section.unchecked", "memo.place"), (70, 40))
    found = unchecked(view)
    lines: list[tuple[Message | str, Message | str]] = [(say("memo_text.scope_facts"), "")]
    lines += [(say("memo_text.scope_no_annex"), "")] if found["alone"] else []
    lines += [(message, "") for message in found["problems"]]
    lines += [(item.finding.message, item.where) for item in found["open"]]
    lines += [(text, place) for text, _, place in found["unread"]]
    for row, (text, place) in enumerate(lines, start=1):
        pad.put(sheet, row, 0, text)
        pad.put(sheet, row, 1, place)
