"""The findings and the questions to the ward as an editable Word document, ready for the team's minutes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from .dates import short_date
from .memo.evidence import tight, visible
from .memo.sections import questions
from .memo.view import Item, View
from .memo.wording import period_text
from .messages import say
from .model import Message

# columns of the table of findings and their widths in cm, 16.5 together
_COLUMNS = {
    "memo.no": 1.1,
    "memo_text.point": 7.4,
    "memo.place": 2.5,
    "memo.verdict": 2.4,
    "memo_section.replies": 3.1,
}


def minutes(view: View, language: str = "vi") -> bytes:
    """A .docx: heading facts, a table of findings with a blank column for the ward, questions, documents to ask for.

    Text of the report goes in as text, its control characters shown; the document holds no macro, link or field.
    """
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(3), Cm(1.5), Cm(2), Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(13)
    document.core_properties.title = _clean(say("memo.title").in_language(language))
    document.core_properties.author = "cchc-audit"
    _head(document, view, language)
    wanted = questions(view)
    _findings(document, view.to_answer, language)
    _questions(document, wanted["asked"], wanted["documents"], language)
    out = io.BytesIO()
    document.save(out)
    return _settled(out.getvalue())


def _settled(data: bytes) -> bytes:
    """The same package without the time it was written at, so that the same audit gives the same bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as settled,
    ):
        for name in given.namelist():
            settled.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), given.read(name), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _clean(text: str) -> str:
    return tight(visible(text))


def _in(message: Message, language: str) -> str:
    return _clean(message.in_language(language))


def _head(document: Any, view: View, language: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    header = view.audit.header
    banner = document.add_paragraph()
    banner.add_run(_in(say("memo.banner"), language)).bold = True
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(_in(say("memo.title"), language).upper()).bold = True
    facts = (
        ("memo_text.ward", header.ward),
        ("memo_text.number_day", "; ".join(x for x in (header.number, short_date(header.day)) if x)),
        ("memo_text.period", period_text(header.period)),
    )
    for key, value in facts:
        shown = value or say("memo.not_stated").in_language(language)
        document.add_paragraph(f"{_in(say(key), language)}: {_clean(shown)}")


def _heading(document: Any, key: str, language: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(_in(say(key), language)).bold = True


def _findings(document: Any, items: list[Item], language: str) -> None:
    _heading(document, "memo_section.findings", language)
    if not items:
        document.add_paragraph(_in(say("memo_section.findings_empty"), language))
        return
    table = document.add_table(rows=1, cols=len(_COLUMNS), style="Table Grid")
    table.autofit = False
    for cell, key in zip(table.rows[0].cells, _COLUMNS, strict=True):
        cell.paragraphs[0].add_run(_in(say(key), language)).bold = True
    _mark(table.rows[0], "w:tblHeader")
    for item in items:
        row = table.add_row()
        _mark(row, "w:cantSplit")
        cells = row.cells
        cells[0].text = str(item.number)
        cells[1].paragraphs[0].add_run(f"{_in(item.title, language)}. ").bold = True
        cells[1].paragraphs[0].add_run(_in(item.sentence, language))
        for line in item.finding.working:
            cells[1].add_paragraph(_in(line, language))
        cells[2].text = _in(item.where, language)
        cells[3].text = f"{item.sign} {_in(item.word, language)}"
    _set(table)


def _set(table: Any) -> None:
    """Widths, size and spacing of the table: Word takes widths from every cell, LibreOffice from the columns."""
    from docx.shared import Cm, Pt

    for column, width in zip(table.columns, _COLUMNS.values(), strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, _COLUMNS.values(), strict=True):
            cell.width = Cm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(2)
                for run in paragraph.runs:
                    run.font.size = Pt(11)


def _mark(row: Any, name: str) -> None:
    """Set a row apart: its head is repeated on every page, or it is not cut by a page's end."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _questions(document: Any, items: list[Item], documents: list[str], language: str) -> None:
    document.add_paragraph()
    _heading(document, "memo_section.questions", language)
    if not items:
        document.add_paragraph(_in(say("memo_section.questions_empty"), language))
    for item in items:
        said = [item.sentence, *([item.request] if item.request else [])]
        text = " ".join(_in(message, language) for message in said)
        paragraph = document.add_paragraph(f"{item.number}. ")
        paragraph.add_run(f"{_in(item.title, language)}. ").bold = True
        paragraph.add_run(f"{text} ({_in(item.where, language)})")
    if documents:
        _heading(document, "memo_text.documents", language)
    for name in documents:
        document.add_paragraph(f"– {_in(say(f'memo_document.{name}'), language)}")
