"""Writes the sample report in every format that can be made without an office program."""

from __future__ import annotations

import base64
import html
import unicodedata
from collections.abc import Callable
from pathlib import Path

from sample_report import REPORT, RUNNING_HEAD, Heading, Items, Paragraph, Table, plain_text


def text(path: Path) -> None:
    path.write_text(plain_text(), "utf-8")


def text_decomposed(path: Path) -> None:
    path.write_text(unicodedata.normalize("NFD", plain_text()), "utf-8", newline="\r\n")


def text_utf16(path: Path) -> None:
    path.write_bytes(plain_text().encode("utf-16"))


def text_windows(path: Path) -> None:
    """Windows-1258 keeps the five tones as marks after the letter."""
    path.write_bytes(windows_1258(plain_text()))


def windows_1258(content: str) -> bytes:
    out = bytearray()
    for character in content:
        try:
            out += character.encode("cp1258")
        except UnicodeEncodeError:
            split = unicodedata.normalize("NFD", character)
            tones = "".join(c for c in split if c in "\u0300\u0301\u0303\u0309\u0323")
            letter = unicodedata.normalize("NFC", "".join(c for c in split if c not in tones))
            out += (letter + tones).encode("cp1258", "replace")
    return bytes(out)


def docx(path: Path) -> None:
    from docx import Document

    document = Document()
    document.sections[0].header.paragraphs[0].text = RUNNING_HEAD
    for part in REPORT:
        if isinstance(part, Heading):
            document.add_heading(part.text, 2)
        elif isinstance(part, Paragraph):
            document.add_paragraph(part.text)
        elif isinstance(part, Items):
            for item in part.texts:
                document.add_paragraph(item, style="List Number")
        else:
            grid = document.add_table(len(part.rows), len(part.rows[0]), style="Table Grid")
            for row, cells in enumerate(part.rows):
                for column, cell in enumerate(cells):
                    grid.cell(row, column).text = cell
            for row, first, last in part.merged:
                merged = grid.cell(row, first).merge(grid.cell(row, last))
                merged.text = part.rows[row][first]
    document.save(str(path))


def web_page() -> str:
    lines = [f"<html><head><meta charset='utf-8'><title>{RUNNING_HEAD}</title></head><body>"]
    for part in REPORT:
        if isinstance(part, Items):
            lines.append("<ol>" + "".join(f"<li>{html.escape(item)}</li>" for item in part.texts) + "</ol>")
        elif isinstance(part, Table):
            lines.append(_html_table(part))
        else:
            tag = "h2" if isinstance(part, Heading) else "p"
            words = html.escape(part.text).split(" ")
            broken = "\n".join(" ".join(words[i : i + 12]) for i in range(0, len(words), 12))
            lines.append(f"<{tag}>{broken}</{tag}>")
    return "\n".join([*lines, "</body></html>"])


def _html_table(part: Table) -> str:
    rows = []
    for number, cells in enumerate(part.rows):
        spans = {first: last - first + 1 for row, first, last in part.merged if row == number}
        covered = {c for first, span in spans.items() for c in range(first + 1, first + span)}
        rows.append(
            "".join(
                f"<td colspan='{spans.get(c, 1)}'>{html.escape(cell)}</td>"
                for c, cell in enumerate(cells)
                if c not in covered
            )
        )
    return (
        "<table border='1' style='border-collapse: collapse'>"
        + "".join(f"<tr>{row}</tr>" for row in rows)
        + "</table>"
    )


def html_page(path: Path) -> None:
    path.write_text(web_page(), "utf-8")


def word_named_page(path: Path) -> None:
    """Many systems save a web page under the name .doc."""
    path.write_bytes(b"\xef\xbb\xbf" + web_page().encode())


def mail(path: Path) -> None:
    body = base64.encodebytes(web_page().encode()).decode()
    path.write_text(
        "From: van.thu@example.org\nTo: tong.hop@example.org\nSubject: Bao cao\nMIME-Version: 1.0\n"
        "Content-Type: multipart/alternative; boundary=bien\n\n--bien\n"
        "Content-Type: text/plain; charset=utf-8\n\nXem ban HTML\n--bien\n"
        f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{body}\n--bien--\n"
    )


def plain_mail(path: Path) -> None:
    body = base64.encodebytes(plain_text().encode()).decode()
    path.write_text(
        "From: van.thu@example.org\nSubject: Bao cao\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{body}"
    )


def web_archive(path: Path) -> None:
    body = base64.encodebytes(web_page().encode("utf-16")).decode()
    path.write_text(
        "From: <Saved by a browser>\nSubject: Bao cao\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="bien"\n\n--bien\n'
        f'Content-Type: text/html; charset="utf-16"\nContent-Transfer-Encoding: base64\n\n{body}\n--bien--\n'
    )


def odt(path: Path) -> None:
    from odf import style, table, text
    from odf.opendocument import OpenDocumentText

    document = OpenDocumentText()
    numbers = text.ListStyle(name="L1")
    numbers.addElement(text.ListLevelStyleNumber(level="1", numformat="1", numsuffix="."))
    document.automaticstyles.addElement(numbers)
    page = style.PageLayout(name="P1")
    document.automaticstyles.addElement(page)
    master = style.MasterPage(name="Standard", pagelayoutname="P1")
    head = style.Header()
    head.addElement(text.P(text=RUNNING_HEAD))
    master.addElement(head)
    document.masterstyles.addElement(master)
    for part in REPORT:
        if isinstance(part, Heading):
            document.text.addElement(text.H(outlinelevel=2, text=part.text))
        elif isinstance(part, Paragraph):
            document.text.addElement(text.P(text=part.text))
        elif isinstance(part, Items):
            items = text.List(stylename="L1")
            for entry in part.texts:
                item = text.ListItem()
                item.addElement(text.P(text=entry))
                items.addElement(item)
            document.text.addElement(items)
        else:
            grid = table.Table(name="Bang1")
            for number, cells in enumerate(part.rows):
                row = table.TableRow()
                spans = {first: last - first + 1 for at, first, last in part.merged if at == number}
                covered = {c for first, span in spans.items() for c in range(first + 1, first + span)}
                for column, content in enumerate(cells):
                    cell = (
                        table.CoveredTableCell()
                        if column in covered
                        else table.TableCell(numbercolumnsspanned=str(spans.get(column, 1)))
                    )
                    if content and column not in covered:
                        cell.addElement(text.P(text=content))
                    row.addElement(cell)
                grid.addElement(row)
            document.text.addElement(grid)
    document.save(str(path))


def rtf(path: Path) -> None:
    def escaped(content: str) -> str:
        return "".join(c if ord(c) < 128 and c not in "\\{}" else f"\\u{ord(c)}?" for c in content)

    out = [
        r"{\rtf1\ansi\ansicpg1258\deff0{\fonttbl{\f0\fcharset163 Times New Roman;}}\f0 ",
        r"{\header\pard " + escaped(RUNNING_HEAD) + r"\par}",
    ]
    for part in REPORT:
        if isinstance(part, Items):
            for number, item in enumerate(part.texts, 1):
                out.append(rf"\pard{{\listtext\f0 {number}.\tab}}{escaped(item)}\par ")
        elif isinstance(part, Table):
            out += [_rtf_row(part, number, escaped) for number in range(len(part.rows))]
        else:
            out.append(rf"\pard {escaped(part.text)}\par ")
    path.write_text("".join(out) + "}", "ascii")


def _rtf_row(part: Table, number: int, escaped: Callable[[str], str]) -> str:
    spans = {first: last for row, first, last in part.merged if row == number}
    covered = {c for first, last in spans.items() for c in range(first + 1, last + 1)}
    shown = [c for c in range(len(part.rows[number])) if c not in covered]
    edges = "".join(rf"\cellx{1500 * (spans.get(c, c) + 1)}" for c in shown)
    cells = "".join(rf"\pard\intbl {escaped(part.rows[number][c])}\cell" for c in shown)
    return rf"\trowd{edges}{cells}\row "


def xlsx(path: Path) -> None:
    """Text in the first column, the table below it with true numbers, shown by their formats."""
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Báo cáo"
    row = 1
    for part in REPORT:
        if isinstance(part, Items):
            for number, item in enumerate(part.texts, 1):
                sheet.cell(row, 1, f"{number}. {item}")
                row += 2
        elif isinstance(part, Table):
            for number, cells in enumerate(part.rows):
                for column, shown in enumerate(cells, 1):
                    _cell(sheet, row + number, column, shown)
            for at, first, last in part.merged:
                sheet.merge_cells(
                    start_row=row + at, end_row=row + at, start_column=first + 1, end_column=last + 1
                )
            row += len(part.rows) + 1
        else:
            sheet.cell(row, 1, part.text)
            row += 2
    workbook.save(path)


def _cell(sheet: object, row: int, column: int, shown: str) -> None:
    digits = shown.replace(".", "")
    if digits.isdigit():
        cell = sheet.cell(row, column, int(digits))  # type: ignore[attr-defined]
        cell.number_format = "#,##0"
    elif digits.replace(",", "").isdigit():
        cell = sheet.cell(row, column, float(digits.replace(",", ".")))  # type: ignore[attr-defined]
        cell.number_format = "0." + "0" * len(digits.split(",")[1])
    elif shown:
        sheet.cell(row, column, shown)  # type: ignore[attr-defined]


def csv(path: Path) -> None:
    rows = []
    for line in plain_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else [line]
        rows.append(";".join('"' + cell.replace('"', '""') + '"' if ";" in cell else cell for cell in cells))
    path.write_text("\n".join(rows), "utf-8-sig")


WRITERS: dict[str, Callable[[Path], None]] = {
    "bao-cao.txt": text,
    "bao-cao.md": text,
    "tach-dau.txt": text_decomposed,
    "utf-16.txt": text_utf16,
    "windows-1258.txt": text_windows,
    "bao-cao.docx": docx,
    "bao-cao.html": html_page,
    "trang-web.doc": word_named_page,
    "bao-cao.eml": mail,
    "chu-thuong.eml": plain_mail,
    "bao-cao.mht": web_archive,
    "bao-cao.odt": odt,
    "bao-cao.rtf": rtf,
    "bao-cao.xlsx": xlsx,
    "bao-cao.csv": csv,
}
