"""What each binary format hides: merged cells, tracked changes, hidden cells, columns, running heads."""

from __future__ import annotations

import ast
import io
import shutil
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hostile_files import one_page_pdf, pdf_of_objects, pdf_of_pages
from machine import program
from PIL import Image

from cchc_audit import doctor, readers
from cchc_audit.errors import ReadError
from cchc_audit.model import BlockKind, Document, Place, Span
from cchc_audit.places import place_words
from cchc_audit.readers.builder import Builder
from cchc_audit.readers.excerpt import boxes_of, excerpt, excerpts
from cchc_audit.readers.grid import Cell, squared
from cchc_audit.readers.layout import reading_order
from cchc_audit.readers.lines import Line, Word, lines_of
from cchc_audit.readers.number_format import in_vietnamese, shown
from cchc_audit.readers.numbering import written
from cchc_audit.readers.pages import write_pages
from cchc_audit.readers.pdf import page_words

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
FILES = Path(__file__).parent / "formats" / "files"


def lines(document: Document, *kinds: BlockKind) -> list[str]:
    return [document.quote(b.span) for b in document.blocks if not kinds or b.kind in kinds]


def cells(document: Document) -> list[list[str]]:
    return [[document.quote(c) for c in b.cells] for b in document.blocks if b.kind is BlockKind.ROW]


# ---------------------------------------------------------------- Word


def docx(tmp_path: Path, body: str, **parts: str) -> Document:
    path = tmp_path / "report.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:{name} {W}>{content}</w:{name}>")
    return readers.read(path)


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    document = docx(
        tmp_path,
        p(
            r("Nhận "),
            "<w:del><w:r><w:delText>45</w:delText></w:r></w:del>",
            f"<w:ins>{r('54')}</w:ins>",
            r(" hồ sơ"),
        )
        + p(r("đoạn này"), properties="<w:rPr><w:del/></w:rPr>")
        + p(r(" nối tiếp")),
    )
    assert lines(document) == ["Nhận 54 hồ sơ", "đoạn này nối tiếp"]
    assert [problem.kind for problem in document.problems] == ["partly_read"]
    assert "1 chỗ xóa" in document.problems[0].message.vi


def test_content_controls_fields_and_raised_digits(tmp_path: Path) -> None:
    document = docx(
        tmp_path,
        f"<w:sdt><w:sdtContent>{p(r('Có 12 tổ'))}</w:sdtContent></w:sdt>"
        + p(r("Rộng 3,42 km"), r("2", '<w:vertAlign w:val="superscript"/>'))
        + p("<w:r><w:instrText>PAGE 99</w:instrText></w:r>", f"<w:hyperlink>{r('trang 7')}</w:hyperlink>")
        + p(r("ẩn 88", "<w:vanish/>"), r("hiện 5"))
        + p("<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t><w:tab/><w:t>ba</w:t></w:r>"),
    )
    assert lines(document) == ["Có 12 tổ", "Rộng 3,42 km²", "trang 7", "hiện 5", "một", "hai ba"]
    assert [problem.kind for problem in document.problems] == ["partly_read"]


def test_merged_and_nested_tables(tmp_path: Path) -> None:
    inner = f"<w:tbl><w:tr>{tc(p(r('x')))}{tc(p(r('1')))}</w:tr><w:tr>{tc(p(r('y')))}{tc(p(r('2')))}</w:tr></w:tbl>"
    span, restart = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    document = docx(
        tmp_path,
        f"<w:tbl><w:tr>{tc(p(r('Tổng')), span)}{tc(p(r('10')), restart)}</w:tr>"
        f"<w:tr>{tc(p(r('a|b')))}{tc(p(r('4')) + inner)}{tc(p(), '<w:vMerge/>')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{tc(p(r('xóa')))}</w:tr></w:tbl>",
    )
    assert cells(document) == [["Tổng", "", "10"], ["a¦b", "4", ""], ["x", "1"], ["y", "2"]]
    assert [b.place.table for b in document.blocks] == [1, 1, 2, 2]
    assert document.text.splitlines()[:2] == ["| Tổng |  | 10 |", "| a¦b | 4 |  |"]


def test_letterhead_table_becomes_lines(tmp_path: Path) -> None:
    document = docx(
        tmp_path,
        f"<w:tbl><w:tr>{tc(p(r('PHƯỜNG AN BÌNH')) + p(r('Số: 45/BC-UBND')))}"
        f"{tc(p(r('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')))}</w:tr></w:tbl>",
    )
    assert lines(document, BlockKind.PARAGRAPH) == [
        "PHƯỜNG AN BÌNH",
        "Số: 45/BC-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]


def test_text_boxes_and_footnotes_follow_their_paragraph(tmp_path: Path) -> None:
    box = f"<wps:txbx><w:txbxContent>{p(r('khung 3'))}</w:txbxContent></wps:txbx>"
    document = docx(
        tmp_path,
        p(
            r("thân bài"),
            f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>",
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
        )
        + p(r("sau")),
        footnotes=f'<w:footnote w:id="2">{p(r("chú thích 9"))}</w:footnote>',
    )
    assert lines(document) == ["thân bài", "khung 3", "chú thích 9", "sau"]
    assert [b.place for b in document.blocks] == [Place(paragraph=1), Place(paragraph=1), Place(note=1), Place(paragraph=2)]


def test_notes_are_numbered_as_they_are_called(tmp_path: Path) -> None:
    call = '<w:r><w:{}Reference w:id="{}"/></w:r>'
    document = docx(
        tmp_path,
        p(r("một"), call.format("footnote", 7), call.format("endnote", 3)) + p(r("hai"), call.format("footnote", 4)) + p(r("ba")),
        footnotes=f'<w:footnote w:id="4">{p(r("sau"))}</w:footnote><w:footnote w:id="7">{p(r("trước"))}{p(r("tiếp"))}</w:footnote>',
        endnotes=f'<w:endnote w:id="3">{p(r("cuối"))}</w:endnote>',
    )
    places = {document.quote(b.span): place_words(b.place, "vi") for b in document.blocks}
    assert places == {
        "một": "đoạn 1", "trước": "chú thích 1", "tiếp": "chú thích 1", "cuối": "chú thích cuối văn bản 1",
        "hai": "đoạn 2", "sau": "chú thích 2", "ba": "đoạn 3",
    }  # fmt: skip
    assert place_words(Place(note=2), "en") == "footnote 2"


NOTES = [("one", Place(paragraph=1)), ("low", Place(note=1)), ("last", Place(endnote=1)), ("two", Place(paragraph=2))]


def test_notes_of_rich_text_are_no_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "report.rtf").write_bytes(
        rb"{\rtf1\ansi one{\super\chftn{\footnote\pard{\super\chftn} low\par}}{\footnote\ftnalt last\par}\par two\par}"
    )
    document = readers.read(tmp_path / "report.rtf")
    assert [(document.quote(b.span), b.place) for b in document.blocks] == NOTES


def test_notes_of_open_document_are_no_paragraphs(tmp_path: Path) -> None:
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text"))
    note = '<text:note text:note-class="{}"><text:note-citation>1</text:note-citation><text:note-body><text:p>{}</text:p></text:note-body></text:note>'
    body = f"<text:p>one{note.format('footnote', 'low')}{note.format('endnote', 'last')}</text:p><text:p>two</text:p>"
    with zipfile.ZipFile(tmp_path / "report.odt", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>")
    document = readers.read(tmp_path / "report.odt")
    assert [(document.quote(b.span), b.place) for b in document.blocks] == NOTES


def test_list_numbers_are_counted(tmp_path: Path) -> None:
    def item(text: str, level: int, number: int = 1) -> str:
        return p(
            r(text), properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        )

    def rule(level: int, form: str, shape: str) -> str:
        return f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shape}"/></w:lvl>'

    document = docx(
        tmp_path,
        item("A", 0)
        + item("B", 1)
        + item("C", 1)
        + item("D", 0)
        + item("E", 1)
        + item("F", 2)
        + item("G", 0, 2),
        numbering=f'<w:abstractNum w:abstractNumId="0">{rule(0, "upperRoman", "%1.")}{rule(1, "decimal", "%1.%2.")}'
        f'{rule(2, "bullet", "·")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>",
    )
    assert lines(document) == ["I. A", "I.1. B", "I.2. C", "II. D", "II.1. E", "- F", "I. G"]


LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/>{}<w:lvlText w:val="{}"/></w:lvl>'
LIST = '<w:abstractNum w:abstractNumId="{0}">{1}</w:abstractNum><w:num w:numId="{0}"><w:abstractNumId w:val="{0}"/>{2}</w:num>'
ITEM = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
DELETED = p("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", properties=ITEM.format(0) + "<w:rPr><w:del/></w:rPr>")
ROMAN = LEVEL.format(0, "upperRoman", "", "%1.")
LISTS = {
    "a list style": (
        LIST.format(0, '<w:styleLink w:val="S"/>' + ROMAN, "") + LIST.format(1, '<w:numStyleLink w:val="S"/>', ""),
        p(r("A"), properties=ITEM.format(0)),
        ["I. A"],
    ),
    "a level of the list's own": (
        LIST.format(1, ROMAN, f'<w:lvlOverride w:ilvl="0">{LEVEL.format(0, "lowerLetter", "", "%1)")}</w:lvlOverride>'),
        p(r("A"), properties=ITEM.format(0)),
        ["a) A"],
    ),
    "levels above in Arabic": (
        LIST.format(1, ROMAN + LEVEL.format(1, "decimal", "<w:isLgl/>", "%1.%2."), ""),
        p(r("A"), properties=ITEM.format(0)) + p(r("B"), properties=ITEM.format(1)),
        ["I. A", "1.1. B"],
    ),
    "a deleted item is not counted": (
        LIST.format(1, ROMAN, ""),
        DELETED + p(r("A"), properties=ITEM.format(0)),
        ["I. A"],
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_word(name: str, tmp_path: Path) -> None:
    numbering, body, wanted = LISTS[name]
    assert lines(docx(tmp_path, body, numbering=numbering)) == wanted


STYLE = '<w:style w:type="{}" w:styleId="{}"><w:basedOn w:val="{}"/><w:pPr>{}</w:pPr><w:rPr>{}</w:rPr></w:style>'
IN = '<w:pStyle w:val="{}"/>'
TWO = LIST.format(1, ROMAN + LEVEL.format(1, "decimal", "", "%2."), "")
OUTLINE = LIST.format(
    1,
    LEVEL.format(0, "upperRoman", '<w:pStyle w:val="M1"/>', "%1.")
    + LEVEL.format(1, "decimal", '<w:pStyle w:val="M2"/>', "%2."),
    "",
)
NUMBERED = '<w:numPr><w:numId w:val="1"/></w:numPr>'
DEEPER = '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
BOTH = p(r("A"), properties=IN.format("M1")) + p(r("B"), properties=IN.format("M2"))
# What the styles say, the list, the body -> the lines to be read.
STYLED = {
    "the list names the style of each level": (
        STYLE.format("paragraph", "M1", "", NUMBERED, "") + STYLE.format("paragraph", "M2", "", NUMBERED, ""),
        OUTLINE,
        BOTH,
        ["I. A", "1. B"],
    ),
    "a style based on another goes one level down": (
        STYLE.format("paragraph", "M1", "", NUMBERED, "") + STYLE.format("paragraph", "M2", "M1", DEEPER, ""),
        TWO,
        BOTH,
        ["I. A", "1. B"],
    ),
    "a paragraph one level below its style": (
        STYLE.format("paragraph", "M1", "", NUMBERED, ""),
        TWO,
        p(r("A"), properties=IN.format("M1")) + p(r("B"), properties=IN.format("M1") + DEEPER),
        ["I. A", "1. B"],
    ),
    "a paragraph taken out of its style's list": (
        STYLE.format("paragraph", "M1", "", NUMBERED, ""),
        TWO,
        p(r("A"), properties=IN.format("M1") + '<w:numPr><w:numId w:val="0"/></w:numPr>'),
        ["A"],
    ),
    "hidden by the style of the letters": (
        STYLE.format("character", "K", "", "", "<w:vanish/>"),
        "",
        p(r("77", '<w:rStyle w:val="K"/>'), r("5 hồ sơ"), r(" mới", '<w:rStyle w:val="K"/><w:vanish w:val="0"/>')),
        ["5 hồ sơ mới"],
    ),
    "hidden by the style of the paragraph": (
        STYLE.format("paragraph", "K", "", "", "<w:vanish/>") + STYLE.format("paragraph", "K2", "K", "", ""),
        "",
        p(r("77"), properties=IN.format("K2")) + p(r("5 hồ sơ")),
        ["5 hồ sơ"],
    ),
    "struck through by the style of the letters": (
        STYLE.format("character", "K", "", "", "<w:strike/>"),
        "",
        p(r("77", '<w:rStyle w:val="K"/>'), r("5 hồ sơ")),
        ["5 hồ sơ"],
    ),
}


@pytest.mark.parametrize("name", STYLED)
def test_styles_of_word(name: str, tmp_path: Path) -> None:
    styles, numbering, body, wanted = STYLED[name]
    document = docx(tmp_path, body, styles=styles, numbering=numbering)
    assert lines(document) == wanted
    assert len(document.problems) == (styles.count("<w:vanish/>") or styles.count("<w:strike/>"))


def test_the_text_of_a_diagram_is_read(tmp_path: Path) -> None:
    names = (
        'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    drawing = f'<w:r><w:drawing><a:graphic {names}><dgm:relIds r:dm="d1"/></a:graphic></w:drawing></w:r>'
    shapes = "".join(
        f"<dgm:pt{kind}><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for kind, text in (("", "Tiếp nhận: 45 hồ sơ"), (' type="node"', "Trả kết quả: 44"), (' type="pres"', "9"), ("", " "))
    )
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
    path = tmp_path / "report.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{p(r('Quy trình:'), drawing)}{p(r('sau'))}</w:body></w:document>")
        package.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="d1" Type="{related}" Target="diagrams/data1.xml"/></Relationships>',
        )
        package.writestr("word/diagrams/data1.xml", f"<dgm:dataModel {names}><dgm:ptLst>{shapes}</dgm:ptLst></dgm:dataModel>")
    assert lines(readers.read(path)) == ["Quy trình:", "Tiếp nhận: 45 hồ sơ", "Trả kết quả: 44", "sau"]


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (1994, "lowerRoman", "mcmxciv"),
        (27, "upperLetter", "AA"),
        (7, "decimalZero", "07"),
        (3, "none", ""),
        (5, "chicken", "5"),
    ],
)
def test_forms_of_list_numbers(count: int, form: str, text: str) -> None:
    assert written(count, form) == text


def test_text_in_an_old_font_is_named(tmp_path: Path) -> None:
    old = "N¨m 2024, ph­êng ®· tiÕp nhËn 1.874 hå s¬"
    with pytest.raises(ReadError, match="TCVN3"):
        docx(tmp_path, p(r(old)) * 3)
    document = docx(tmp_path, p(r("Phường tiếp nhận 5 hồ sơ")) * 3 + p(r(old)))
    assert [problem.kind for problem in document.problems] == ["encoding"]


def test_old_word_files_without_an_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match="LibreOffice") as refused:
        readers.read(FILES / "libreoffice.doc")
    assert refused.value.kind == "unsupported"


def test_old_word_files_with_catdoc_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "catdoc").symlink_to(program("doc", "catdoc"))
    monkeypatch.setenv("PATH", str(tmp_path))
    document = readers.read(FILES / "libreoffice.doc")
    assert "2.436 hồ sơ" in document.text
    assert [problem.kind for problem in document.problems] == ["partly_read"]


# ---------------------------------------------------------------- PDF


def pdf(tmp_path: Path, *pages: list[tuple[int, int, str]]) -> Document:
    """Pages of (x, y from the top, text) in 12 point Helvetica."""
    path = tmp_path / "report.pdf"
    path.write_bytes(
        pdf_of_pages(
            [
                "\n".join(f"BT /F 12 Tf {x} {842 - y} Td ({text}) Tj ET" for x, y, text in page).encode(
                    "latin-1"
                )
                for page in pages
            ]
        )
    )
    return readers.read(path)


FULL = "Trong ky bao cao phuong da tiep nhan va giai quyet ho so cua nguoi dan theo dung quy dinh"


def test_lines_become_paragraphs_over_pages(tmp_path: Path) -> None:
    document = pdf(
        tmp_path,
        [
            (300, 40, "1"),
            (60, 100, FULL),
            (60, 116, FULL),
            (60, 132, "la 1.874 ho so."),
            (80, 160, "Trong do " + FULL[:76]),
        ],
        [(300, 40, "2"), (60, 100, "gom 5 linh vuc."), (60, 128, "- Ho tich 7")],
    )
    assert lines(document, BlockKind.PARAGRAPH) == [
        f"{FULL} {FULL} la 1.874 ho so.",
        f"Trong do {FULL[:76].strip()} gom 5 linh vuc.",
        "- Ho tich 7",
    ]
    assert lines(document, BlockKind.HEADER) == ["1", "2"]
    assert [b.place.page for b in document.blocks] == [1, 1, 2, 1, 2]


def test_hyphens_and_slashes_at_line_ends(tmp_path: Path) -> None:
    document = pdf(
        tmp_path,
        [
            (60, 100, FULL[:-9] + " 2021-"),
            (60, 116, "2025 " + FULL[:-20] + " so 14/"),
            (60, 132, "KH-UBND va 9 viec."),
        ],
    )
    assert "2021-2025" in document.text
    assert "so 14/KH-UBND va 9 viec." in document.text


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left, right = "Cot trai dong thu", "Cot phai dong thu"
    rows = [(60, 100 + 16 * i, f"{left} {i}") for i in range(4)] + [
        (330, 100 + 16 * i, f"{right} {i}") for i in range(4)
    ]
    document = pdf(tmp_path, rows)
    text = document.text
    assert text.index(f"{left} 3") < text.index(f"{right} 0")


def test_aligned_numbers_make_a_table(tmp_path: Path) -> None:
    rows = [("Linh vuc", "Nhan", "Tra"), ("Ho tich", "845", "840"), ("Dat dai", "1.411", "1.402")]
    page = [
        (x, 100 + 16 * i, cell)
        for i, row in enumerate(rows)
        for x, cell in zip((60, 250, 380), row, strict=True)
    ]
    assert cells(pdf(tmp_path, page)) == [list(row) for row in rows]


def test_a_table_without_lines_keeps_wrapped_cells_and_goes_on_over_pages(tmp_path: Path) -> None:
    def rows(top: int, *texts: tuple[str, str, str]) -> list[tuple[int, int, str]]:
        return [(x, top + 16 * i, text) for i, row in enumerate(texts) for x, text in zip((60, 250, 380), row, strict=True)]

    head = ("Linh vuc", "Nhan", "Tra")
    document = pdf(
        tmp_path,
        [(60, 60, "Ket qua cu the nhu sau:"), *rows(700, head, ("Ho tich", "845", "840"), ("Dat dai,", "9", "8"))]
        + [(60, 745, "moi truong"), *rows(758, ("Khac", "12", "11"))],
        [*rows(60, head, ("Cu tru", "77", "70"), ("Tong", "943", "929")), (60, 150, "Nhin chung ket qua tot.")],
    )
    assert cells(document) == [
        list(head),
        ["Ho tich", "845", "840"],
        ["Dat dai, moi truong", "9", "8"],
        ["Khac", "12", "11"],
        ["Cu tru", "77", "70"],
        ["Tong", "943", "929"],
    ]
    assert {b.place.table for b in document.blocks if b.kind is BlockKind.ROW} == {1}
    assert lines(document)[-1] == "Nhin chung ket qua tot."


def test_pages_over_the_limit_are_named(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(
        pdf_of_pages(
            [f"BT /F 12 Tf 60 {700 - 50 * i} Td (- Muc so 5 cua trang) Tj ET".encode() for i in range(5)]
        )
    )
    document = readers.read(path, limits=readers.Limits(pages=3))
    assert {b.place.page for b in document.blocks} == {1, 2, 3}
    assert [problem.kind for problem in document.problems] == ["too_large"]


def test_scan_without_ocr_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "scan.pdf"
    Image.new("L", (600, 800), 255).save(path, "PDF")
    with pytest.raises(ReadError, match="tesseract"):
        readers.read(path)
    Image.new("L", (600, 800), 255).save(tmp_path / "scan.png")
    with pytest.raises(ReadError, match="tesseract"):
        readers.read(tmp_path / "scan.png")


def test_turned_page_reads_upright(tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    path.write_bytes(one_page_pdf(b"BT 0 1 -1 0 100 60 Tm /F 12 Tf (So ho so 1.874) Tj ET", turned=90))
    document = readers.read(path)
    assert lines(document) == ["So ho so 1.874"]
    box = document.boxes[0]
    assert box.right - box.left > 3 * (box.bottom - box.top)


def ink(png: bytes | None) -> tuple[int, int, int, int]:
    """The edges of what is drawn on a picture in the colour of the boxes."""
    picture = Image.open(io.BytesIO(png or b""))
    assert picture.format == "PNG"
    image = picture.convert("RGB")
    red = [
        (x, y)
        for x in range(image.width)
        for y in range(image.height)
        if image.getpixel((x, y)) == (176, 48, 0)
    ]
    across, down = [x for x, _ in red], [y for _, y in red]
    return min(across), min(down), max(across), max(down)


def test_a_figure_is_shown_on_its_page() -> None:
    document = readers.read(FILES / "libreoffice.pdf")
    start = document.text.index("2.401/2.436")
    left, top, right, bottom = ink(excerpt(document, Span(start, start + 11)))
    assert 60 < right - left < 160  # eleven characters, not the whole paragraph
    assert 12 < bottom - top < 45
    part = ink(excerpt(document, Span(start + 6, start + 11)))
    assert (part[0] - left) == pytest.approx(6 / 11 * (right - left), abs=8)
    words = [Span(document.text.index(w), document.text.index(w) + 2) for w in ("478 hồ", "98,56")]
    both, none = excerpts(document, [words, []])
    assert ink(both)[3] - ink(both)[1] > bottom - top
    assert none is None


def test_a_figure_is_shown_on_a_scan(tmp_path: Path) -> None:
    program("ocr", "tesseract")
    document = readers.read(FILES / "libreoffice.pdf")
    page = pypdfium2.PdfDocument(FILES / "libreoffice.pdf")[0]
    image = page.render(scale=300 / 72, grayscale=True).to_pil().rotate(1.0, fillcolor=255)
    image.save(tmp_path / "scan.pdf", "PDF", resolution=300)
    scanned = readers.read(tmp_path / "scan.pdf")
    shown = []
    for read in (document, scanned):
        start = read.text.index("298/312")
        shown.append(boxes_of(read, [Span(start, start + 7)])[0])
    typed, found = shown
    assert (found.left + found.right) / 2 == pytest.approx((typed.left + typed.right) / 2, abs=12)
    assert (found.top + found.bottom) / 2 == pytest.approx((typed.top + typed.bottom) / 2, abs=12)
    left, _, right, _ = ink(excerpt(scanned, Span(scanned.text.index("298/312"), scanned.text.index("298/312") + 7)))
    assert right - left < 120


def test_figures_are_placed_on_the_page_they_stand_on(tmp_path: Path) -> None:
    """A word joined from two lines, and a figure on the second page of its paragraph."""
    document = pdf(
        tmp_path,
        [(60, 784, FULL), (60, 800, FULL[:-9] + " 2021-")],
        [(60, 100, "2025 " + FULL[:-20] + " 1.874"), (60, 116, "ho so trong ky.")],
    )
    placed = {document.quote(span): box for span, box in document.figure_boxes}
    assert {word: box.page for word, box in placed.items()} == {"2021-": 1, "2025": 2, "1.874": 2}
    assert "2021-2025" in document.text
    assert placed["1.874"].left > placed["2025"].right


def test_no_picture_of_another_file(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    document = pdf(tmp_path, [(60, 100, "So ho so 1.874")])
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(ReadError, match="thay đổi"):
        excerpt(document, Span(9, 14))


def test_no_picture_without_pages(tmp_path: Path) -> None:
    assert excerpt(docx(tmp_path, p(r("5 hồ sơ"))), Span(0, 1)) is None


def test_nothing_above_a_table_is_no_line() -> None:
    assert reading_order([]) == []


def test_words_at_one_height_make_a_line() -> None:
    words = [Word("b", 30, 101, 40, 111), Word("a", 10, 100, 20, 110), Word("c", 10, 116, 20, 126)]
    assert [line.text for line in lines_of(words)] == ["a b", "c"]
    assert all(isinstance(piece, Line) for piece in reading_order(words))


# ---------------------------------------------------------------- spreadsheets


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.98984, "0.00%", "98,98%"),
        (0.5, "0%", "50%"),
        (99.4, '0.0"%"', "99,4%"),
        (13105, "#,##0", "13.105"),
        (5, "00", "05"),
        (4.5, "General", "4,5"),
        (0.1 + 0.2, "General", "0,3"),
        (2.675, "0.00", "2,68"),
        (1234.5, "_-* #,##0.00_-;-* #,##0.00_-", "1.234,50"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (-3.456, "#,##0.00;(#,##0.00)", "(3,46)"),
        (1874, '#,##0 "hồ sơ"', "1.874 hồ sơ"),
        (12345678, "#,##0,", "12.346"),
        (1234567890, '#,##0.0,, "triệu"', "1.234,6 triệu"),
        (7, ";;;", ""),
        (0, "#,##0;-#,##0;", ""),
        (0.5, "# ?/?", "0,5"),
        (timedelta(days=1, hours=12), "[h]:mm", "36:00"),
        (98.984, "0.##", "98,98"),
        (3, "0.##", "3"),
        (True, "General", "TRUE"),
        (None, "0", ""),
        ("05", "0", "05"),
        (float("nan"), "0", "nan"),
    ],
)
def test_numbers_as_cells_show_them(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    ("text", "value", "wanted"),
    [
        ("1,874.50", "1874.5", "1.874,50"),
        ("1.874", "1874", "1.874"),
        ("98.98%", "0.98984", "98,98%"),
        ("Đạt", "1", "Đạt"),
        ("4,5", "4.5", "4,5"),
    ],
)
def test_foreign_notation_is_turned(text: str, value: str, wanted: str) -> None:
    assert in_vietnamese(text, value) == wanted


def test_text_boxes_of_a_workbook_are_read(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "report.xlsx")) as workbook:
        for name, text in (("Biểu", "Ghi chú: còn 33 hồ sơ\nđang trong hạn"), ("Ẩn", "99 hồ sơ")):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, ["Hộ tịch", 45])
            sheet.insert_textbox("D6", text)
        sheet.hide()
    document = readers.read(tmp_path / "report.xlsx")
    assert lines(document) == ["| Hộ tịch | 45 |", "Ghi chú: còn 33 hồ sơ", "đang trong hạn"]
    assert {(b.place.sheet, b.place.cell) for b in document.blocks[1:]} == {("Biểu", "D6")}


def test_workbook_as_shown(tmp_path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "II.06a"
    sheet["B2"] = "Biểu II.06a"
    sheet.append([])
    for row in (["STT", "Lĩnh vực", "Số"], [1, "Hộ tịch", 1958], [2, "ẩn", 7], ["", "Cộng", "=SUM(C5:C6)"]):
        sheet.append(row)
    sheet["C5"].number_format = "#,##0"
    sheet.row_dimensions[6].hidden = True
    sheet["F5"] = 99
    sheet.column_dimensions["F"].hidden = True
    workbook.create_sheet("Nháp").sheet_state = "hidden"
    workbook.save(tmp_path / "form.xlsx")
    document = readers.read(tmp_path / "form.xlsx")
    assert lines(document, BlockKind.PARAGRAPH) == ["Biểu II.06a", "Cộng"]
    assert cells(document) == [["STT", "Lĩnh vực", "Số"], ["1", "Hộ tịch", "1.958"]]
    row = [b for b in document.blocks if b.kind is BlockKind.ROW][1]
    assert [(place.sheet, place.cell) for place in row.cell_places] == [
        ("II.06a", "A5"),
        ("II.06a", "B5"),
        ("II.06a", "C5"),
    ]
    said = " ".join(problem.message.vi for problem in document.problems)
    assert "C7" in said
    assert "4 ô" in said
    assert "Nháp" in said


@pytest.mark.parametrize(
    ("data", "row"),
    [
        ("a;b\n1,5;2\n3,25;4\n", ["1,5", "2"]),
        ("a\tb\n1,5\t2\n", ["1,5", "2"]),
        ('a,b\n"1,5",2\n', ["1,5", "2"]),
    ],
)
def test_tables_as_text(data: str, row: list[str], tmp_path: Path) -> None:
    (tmp_path / "form.csv").write_text(data, "utf-8")
    assert cells(readers.read(tmp_path / "form.csv"))[1] == row


def test_spans_are_squared() -> None:
    rows = [[Cell(["a"], row_span=2), Cell(["b"], span=2)], [Cell(["c"]), Cell(["d"])], [Cell(["e"])]]
    assert squared(rows) == [["a", "b", ""], ["", "c", "d"], ["e", "", ""]]


# ---------------------------------------------------------------- pages, mail, rich text


def test_web_page_shows_what_is_visible(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(
        "<html><head><title>99</title><style>p{}</style></head><body><script>document.write(98)</script>"
        "<h1>Kết   quả\n1</h1><p>Nhận <b>1.874</b> hồ sơ<br>và 3 km<sup>2</sup></p><p style='display: none'>97</p>"
        "<ol start=3 type=a><li>một<ul><li>hai</li></ul></li><li>ba</ol>"
        "<table><tr><td><table><tr><td>x</td><td>1</td></tr><tr><td>y</td><td>2</td></tr></table></td></tr></table>cuối",
        "utf-8",
    )
    document = readers.read(tmp_path / "report.html")
    assert lines(document, BlockKind.HEADING) == ["Kết quả 1"]
    assert lines(document, BlockKind.LIST_ITEM) == ["c. một", "- hai", "d. ba"]
    assert lines(document, BlockKind.PARAGRAPH) == ["Nhận 1.874 hồ sơ", "và 3 km²", "cuối"]
    assert cells(document) == [["x", "1"], ["y", "2"]]
    assert [problem.kind for problem in document.problems] == ["partly_read"]


def test_mail_names_its_attachments(tmp_path: Path) -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "Báo cáo"
    message.set_content("Nhận 1.874 hồ sơ\n")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="../báo cáo.pdf")
    message.add_attachment(b"x", maintype="image", subtype="svg+xml", filename="logo.svg")
    path = tmp_path / "thu.eml"
    path.write_bytes(bytes(message))
    document = readers.read(path)
    assert lines(document) == ["Nhận 1.874 hồ sơ"]
    assert "báo cáo.pdf" in document.problems[0].message.vi
    assert "logo" not in document.problems[0].message.vi
    assert ".." not in document.problems[0].message.vi
    message.set_payload(list(message.iter_attachments()))
    path.write_bytes(bytes(message))
    with pytest.raises(ReadError, match="chỉ kèm"):
        readers.read(path)


def test_rich_text(tmp_path: Path) -> None:
    (tmp_path / "report.rtf").write_bytes(
        rb"{\rtf1\ansi\ansicpg1258{\fonttbl{\f0\fcharset163 T;}}{\*\generator x 99;}{\footer\pard Trang 1\par}\f0"
        rb"\pard Nh\u7853?n 45 {\deleted 54 }{\v 77 }h\'f4\'cc s\'f5\par"
        rb"\trowd\clmgf\cellx100\clmrg\cellx200\cellx300\pard\intbl a\cell\cell 5\cell\row"
        rb"\trowd\cellx100\cellx200\cellx300 b\intbl\cell c\cell 6\cell\row\pard km{\super 2}\line hai\par}"
    )
    document = readers.read(tmp_path / "report.rtf")
    assert lines(document, BlockKind.PARAGRAPH) == ["Nhận 45 hồ sơ", "km²", "hai"]
    assert cells(document) == [["a", "", "5"], ["b", "c", "6"]]
    assert lines(document, BlockKind.FOOTER) == ["Trang 1"]
    assert [problem.kind for problem in document.problems] == ["partly_read"]


@pytest.mark.parametrize(
    ("name", "source"),
    [("report.doc", "libreoffice.docx"), ("report.txt", "libreoffice.pdf"), ("report", "libreoffice.odt")],
)
def test_content_counts_not_the_name(name: str, source: str, tmp_path: Path) -> None:
    shutil.copy(FILES / source, tmp_path / name)
    assert readers.read(tmp_path / name).format == Path(source).suffix[1:]


@pytest.mark.parametrize(("text", "read"), [("Tiếp nhận 45 hồ sơ.\n", True), ("Tiếp nhận 45\0\1 hồ sơ.\n", False), ("1 0 obj << /Type /Page >>\n", False)])
@pytest.mark.parametrize("name", ["report.pdf", "report.docx"])
def test_vietnamese_text_under_another_name_is_read(name: str, text: str, read: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(text.encode())
    if read:
        assert readers.read(tmp_path / name).text == text
        return
    with pytest.raises(ReadError, match="nội dung không phải dạng đó"):
        readers.read(tmp_path / name)


# ---------------------------------------------------------------- the machine


def test_doctor_lists_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    from cchc_audit.cli import main

    assert main(["doctor"]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in readers.READERS)


def test_doctor_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    state = {ability.format.name: ability for ability in doctor.examine()}
    assert state["docx"].readable
    assert not state["scan"].readable
    assert not state["doc"].readable
    assert "tesseract" in str(state["scan"].advice).lower()
    assert "libreoffice" in str(state["doc"].advice).lower()


THIRD_PARTY = {"lxml", "openpyxl", "xlrd", "pypdfium2", "pdfplumber", "PIL", "numpy"}


def _imported(module: str, seen: set[str]) -> set[str]:
    """The libraries that a reader's module imports when it is loaded, also through other readers' modules."""
    if module in seen:
        return set()
    seen.add(module)
    found: set[str] = set()
    for node in ast.parse((Path(readers.__file__).parent / f"{module}.py").read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
        elif isinstance(node, ast.ImportFrom) and node.level == 1:
            for name in [node.module] if node.module else [alias.name for alias in node.names]:
                found |= _imported(name, seen)
    return found & THIRD_PARTY


@pytest.mark.parametrize("name", readers.READERS)
def test_every_library_a_reader_needs_is_known_to_the_doctor(name: str) -> None:
    entry = readers.READERS[name]
    assert set(entry.packages) == _imported(entry.module, set())


@pytest.mark.parametrize("missing", ["pypdfium2", "pdfplumber", "PIL"])
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{missing}.py").write_text(f"raise ModuleNotFoundError('gone', name='{missing}')", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("cchc_audit.doctor.importlib.util.find_spec", lambda name: None if name == missing else name)
    command = f"pip install {'pillow' if missing == 'PIL' else missing}"
    Image.new("L", (40, 40)).save(tmp_path / "page.png")
    with pytest.raises(ReadError, match=command):
        readers.read(tmp_path / "page.png")
    advice = {ability.format.name: ability.advice for ability in doctor.examine()}
    assert command in str(advice["scan"])


# ---------------------------------------------------------------- pictures inside other forms


def test_pictures_in_word_are_said_with_their_place(tmp_path: Path) -> None:
    from docx import Document as Word
    from docx.shared import Cm

    Image.new("RGB", (400, 200), "navy").save(tmp_path / "bang.png")
    word = Word()
    word.add_picture(str(tmp_path / "bang.png"), width=Cm(2))  # a crest
    word.add_paragraph("Kết quả giải quyết hồ sơ cụ thể như sau:")
    word.add_picture(str(tmp_path / "bang.png"), width=Cm(14))
    word.add_paragraph("Trên đây là báo cáo.")
    word.save(tmp_path / "report.docx")
    said = readers.read(tmp_path / "report.docx").problems
    assert [p.kind for p in said] == ["partly_read"]
    assert "1 ảnh" in said[0].message.vi
    assert "hồ sơ cụ thể như sau:”" in said[0].message.vi
    assert "after the words" in said[0].message.en


def _pasted_table(folder: Path, crop: str = "", rot: str = "") -> Path:
    """A Word file with the sample's first page pasted in as a picture, shown as `crop` and `rot` say."""
    from docx import Document as Word
    from docx.shared import Cm

    page = pypdfium2.PdfDocument(FILES / "libreoffice.pdf")[0].render(scale=200 / 72, grayscale=True).to_pil()
    (page.rotate(90, expand=True) if rot else page).save(folder / "trang.png")
    word = Word()
    word.add_paragraph("Số liệu như sau:")
    word.add_picture(str(folder / "trang.png"), width=Cm(24 if rot else 17))
    blip_fill = next(word.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}blipFill"))
    frame = next(word.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}xfrm"))
    if crop:
        cut = blip_fill.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}srcRect", {"b": crop})
        blip_fill.insert(1, cut)
    if rot:
        frame.set("rot", rot)
    word.save(folder / "report.docx")
    return folder / "report.docx"


def test_a_page_pasted_into_word_is_read_as_it_is_shown(tmp_path: Path) -> None:
    program("ocr", "tesseract")
    whole = readers.read(_pasted_table(tmp_path)).text
    cut = readers.read(_pasted_table(tmp_path, crop="60000")).text
    turned = readers.read(_pasted_table(tmp_path, rot="5400000")).text
    assert "45/BC-UBND" in whole
    assert "45/BC-UBND" in cut
    assert "45/BC-UBND" in turned
    last = whole.rstrip().splitlines()[-2]
    assert last in whole
    assert last not in cut
    assert len(cut) < 0.7 * len(whole)


def test_a_page_pasted_into_word_is_named_without_ocr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _pasted_table(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    document = readers.read(path)
    assert lines(document) == ["Số liệu như sau:"]
    assert [p.kind for p in document.problems] == ["partly_read"]


def test_a_photograph_in_word_is_named_not_read(tmp_path: Path) -> None:
    from docx import Document as Word
    from docx.shared import Cm

    grains = Image.effect_noise((60, 40), 120).resize((1200, 800), Image.Resampling.BICUBIC)
    grains.convert("RGB").save(tmp_path / "anh.jpg")
    word = Word()
    word.add_paragraph("Một số hình ảnh:")
    for _ in range(2):
        word.add_picture(str(tmp_path / "anh.jpg"), width=Cm(15))
    word.save(tmp_path / "report.docx")
    document = readers.read(tmp_path / "report.docx")
    assert lines(document) == ["Một số hình ảnh:"]
    assert [("có 2 ảnh" in p.message.vi, p.message.vi.count("hình ảnh:”")) for p in document.problems] == [(True, 1)]


SIDEWAYS = {"to the left": b"0 1 -1 0 %d 60 Tm", "to the right": b"0 -1 1 0 %d 760 Tm"}


@pytest.mark.parametrize("name", SIDEWAYS)
def test_a_page_set_on_its_side(name: str, tmp_path: Path) -> None:
    """A wide annex printed on upright paper: its lines run up or down the page; the figure is shown on the turned page."""
    rising = 1 if name == "to the left" else -1
    text = b""
    for at, line in enumerate((b"Tiep nhan 1.874 ho so.", b"Giai quyet 1.862 ho so.")):
        text += b"BT /F 12 Tf " + SIDEWAYS[name] % (300 + 40 * at * rising) + b" (" + line + b") Tj ET "
    path = tmp_path / "report.pdf"
    path.write_bytes(one_page_pdf(text))
    document = readers.read(path)
    assert " ".join(lines(document)) == "Tiep nhan 1.874 ho so. Giai quyet 1.862 ho so."
    at = document.text.index("1.874")
    [box] = boxes_of(document, [Span(at, at + 5)])
    assert box.right - box.left > box.bottom - box.top
    picture = Image.open(io.BytesIO(excerpt(document, Span(at, at + 5)) or b""))
    assert picture.width == round(842 * 1.5)  # the page is shown across


def _field(name: bytes, text: bytes, rect: bytes, kind: bytes) -> list[bytes]:
    look = b"BT /F 12 Tf 2 5 Td (%s) Tj ET" % text
    extra = b"/Type /XObject /Subtype /Form /BBox [0 0 160 20] /Resources << /Font << /F 5 0 R >> >>"
    note = b"<< /Type /Annot %s /Rect [%s] /P 3 0 R /F 4 /DA (/F 12 Tf 0 g) /AP << /N %s 0 R >> >>" % (kind, rect, name)
    return [note, b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(look), extra, look)]


def test_what_is_typed_into_a_pdf_is_read(tmp_path: Path) -> None:
    """The fields of a form and notes typed onto the page; the stamp of a digital signature stays out of the text."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> "
        b"/Annots [6 0 R 8 0 R 10 0 R] >>"
    )
    text = b"BT /F 12 Tf 60 700 Td (So ho so tiep nhan:) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R 10 0 R] /DA (/F 12 Tf 0 g) >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *_field(b"7", b"1.874", b"172 695 330 715", b"/Subtype /Widget /FT /Tx /T (a) /V (1.874)"),
        *_field(b"9", b"them 55 ho so", b"60 600 220 620", b"/Subtype /FreeText /Contents (x)"),
        *_field(b"11", b"Ky ngay 05.07.2024", b"60 780 220 800", b"/Subtype /Widget /FT /Sig /T (ky)"),
    ]
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_of_objects(objects))
    assert lines(readers.read(path)) == ["So ho so tiep nhan: 1.874", "them 55 ho so"]


BODY = (
    b"BT /F 12 Tf 60 700 Td (Con 11) Tj /F 7 Tf 4 Ts (1) Tj 0 Ts /F 12 Tf ( ho so qua han, tru so rong 250 m) Tj "
    b"/F 7 Tf 4 Ts (2) Tj 0 Ts /F 12 Tf ( va da sua xong trong quy nay.) Tj ET BT /F 12 Tf 60 684 Td (Dang giai quyet 44 ho so.) Tj ET "
    b"BT /F 12 Tf 60 668 Td (Het.) Tj ET "
)
AT_FOOT = {
    "of the text's size, apart": (b"BT /F 12 Tf 60 90 Td (1 Gom 14 va 9 ho so.) Tj ET", True),
    "smaller": (b"BT /F 9 Tf 60 652 Td (1 Gom 14 va 9 ho so.) Tj ET", True),
    "its number raised": (b"BT /F 7 Tf 4 Ts 60 652 Td (1) Tj 0 Ts /F 12 Tf (Gom 14 va 9 ho so.) Tj ET", True),
    "another number": (b"BT /F 12 Tf 60 90 Td (2 Gom 14 va 9 ho so.) Tj ET", False),
    "a line of the text": (b"BT /F 12 Tf 60 652 Td (1 Gom 14 va 9 ho so.) Tj ET", False),
}


@pytest.mark.parametrize("name", AT_FOOT)
def test_a_footnote_of_a_pdf_follows_its_paragraph_without_its_number(name: str) -> None:
    foot, is_note = AT_FOOT[name]
    page = pypdfium2.PdfDocument(pdf_of_pages([BODY + foot]))[0]
    builder = Builder(10_000)
    write_pages(builder, [reading_order(page_words(page))], [page.get_size()])
    document = builder.document(Path("report.pdf"), "pdf", "")
    notes = [document.quote(b.span) for b in document.blocks if b.place == Place(page=1, note=1)]
    assert notes == (["Gom 14 va 9 ho so."] if is_note else [])
    assert f"Con 11{'' if is_note else '¹'} ho so qua han, tru so rong 250 m² va" in document.text
    if is_note:
        assert document.text.index("xong trong quy nay.") < document.text.index("Gom 14")


def test_a_scanned_page_with_a_number_set_over_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program("ocr", "tesseract")
    scan_file = pypdfium2.PdfDocument(pdf_of_pages([b"BT /F 12 Tf 290 20 Td (- 7 -) Tj ET"]))
    shown = pypdfium2.PdfDocument(FILES / "libreoffice.pdf")[0].render(scale=200 / 72).to_pil()
    picture = pypdfium2.PdfImage.new(scan_file)
    picture.set_bitmap(pypdfium2.PdfBitmap.from_pil(shown))
    picture.set_matrix(pypdfium2.PdfMatrix().scale(595, 802).translate(0, 40))
    page = scan_file[0]
    page.insert_obj(picture)
    page.gen_content()
    scan_file.save(tmp_path / "report.pdf")
    document = readers.read(tmp_path / "report.pdf")
    assert document.format == "scan"
    assert "2.401/2.436" in document.text
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match="tesseract"):
        readers.read(tmp_path / "report.pdf")


def test_a_pdf_that_does_not_say_what_its_letters_are_is_read_from_its_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program("ocr", "tesseract")
    path = tmp_path / "report.pdf"
    path.write_bytes((FILES / "libreoffice.pdf").read_bytes().replace(b"/ToUnicode", b"/ToUnicodX"))
    document = readers.read(path)
    assert document.format == "scan"
    assert "2.401/2.436" in document.text
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError, match="tesseract"):
        readers.read(path)


@pytest.mark.parametrize("bits", [1, 8, 16])
def test_a_picture_of_any_depth_is_read(bits: int, tmp_path: Path) -> None:
    program("ocr", "tesseract")
    page = pypdfium2.PdfDocument(FILES / "libreoffice.pdf")[0].render(scale=200 / 72, grayscale=True).to_pil()
    deep = Image.fromarray(np.asarray(page, dtype=np.uint16) * 257)
    {1: page.convert("1"), 8: page, 16: deep}[bits].save(tmp_path / "page.png")
    assert "45/BC-UBND" in readers.read(tmp_path / "page.png").text


def test_a_picture_on_a_page_with_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    pdf_file = pypdfium2.PdfDocument(pdf_of_pages([b"BT /F 12 Tf 60 700 Td (So ho so 1.874) Tj ET"]))
    picture = pypdfium2.PdfImage.new(pdf_file)
    picture.set_bitmap(pypdfium2.PdfBitmap.from_pil(Image.new("RGB", (40, 30), "navy")))
    picture.set_matrix(pypdfium2.PdfMatrix().scale(400, 300).translate(60, 300))
    page = pdf_file[0]
    page.insert_obj(picture)
    page.gen_content()
    pdf_file.save(path)
    read = readers.read(path)
    assert lines(read) == ["So ho so 1.874"]
    assert ["trang 1" in p.message.vi for p in read.problems] == [True]


def test_the_invisible_text_of_a_scanner_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tesseract = program("ocr", "tesseract")
    page = pypdfium2.PdfDocument(FILES / "libreoffice.pdf")[0]
    page.render(scale=300 / 72).to_pil().save(tmp_path / "page.png", dpi=(300, 300))
    command = [tesseract, str(tmp_path / "page.png"), str(tmp_path / "scan"), "-l", "vie", "pdf"]
    subprocess.run(command, check=True, capture_output=True)
    read = readers.read(tmp_path / "scan.pdf")
    assert read.format == "scan"
    assert read.uncertain
    monkeypatch.setenv("PATH", str(tmp_path))
    layer = readers.read(tmp_path / "scan.pdf")
    assert layer.format == "pdf"
    assert "2.401/2.436" in layer.text
    assert ["máy quét" in p.message.vi for p in layer.problems] == [True]
