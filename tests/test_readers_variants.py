"""Documents as people really send them: what a careless reader would misread, skip or invent."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from cchc_audit import readers
from cchc_audit.errors import ReadError
from cchc_audit.model import BlockKind, Document

S = "Năm 2024, phường tiếp nhận 1.874 hồ sơ, giải quyết 1.862/1.874 hồ sơ, đạt 99,36%."
W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def read(tmp_path: Path, name: str, data: str | bytes) -> Document:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return readers.read(path)


def lines(document: Document) -> list[str]:
    return [document.quote(block.span) for block in document.blocks]


def package(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def word(body: str) -> bytes:
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p(r("3 hồ sơ quá hạn"))}</w:footnote></w:footnotes>'
    return package({"word/document.xml": document, "word/footnotes.xml": notes})


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def math(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("1.874")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
FRACTION = f"<m:oMath><m:f><m:num>{math('1862')}</m:num><m:den>{math('1874')}</m:den></m:f></m:oMath>"
PLACEHOLDER = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
VML = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
CELL = "<w:tc>{}</w:tc>"

NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
CHOSEN = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="80%"/>'
    '<w:listEntry w:val="95%"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText>'
    '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)

# What is sent -> the lines to be read, and words of what must be said besides.
WORD = {
    "moved text": (
        p(r("A "), f"<w:moveFrom>{r('12 cũ')}</w:moveFrom>", f"<w:moveTo>{r('12')}</w:moveTo>"),
        ["A 12"],
        [],
    ),
    "a computed field": (p(FIELD, r(" hồ sơ")), ["1.874 hồ sơ"], []),
    "a fraction of the equation editor": (p(FRACTION, r(" = 99,36%")), ["1862/1874 = 99,36%"], []),
    "struck through": (p(r("88", "<w:strike/>"), r("77 hồ sơ")), ["77 hồ sơ"], ["gạch ngang"]),
    "struck through switched off": (p(r("88", '<w:strike w:val="0"/>')), ["88"], []),
    "an unfilled form": (p(PLACEHOLDER.format(r("Nhập 2020")), r("9 hồ sơ")), ["9 hồ sơ"], []),
    "an unfilled form of paragraphs": (PLACEHOLDER.format(p(r("Nhập 2020"))) + p(r("9")), ["9"], []),
    "a number cut by a soft hyphen": (p(r("12"), "<w:r><w:softHyphen/></w:r>", r("34")), ["1234"], []),
    "a text box of old Word": (p(r("thân"), VML.format(p(r("khung 6")))), ["thân", "khung 6"], []),
    "another file embedded": (p(r("trước 5")) + '<w:altChunk r:id="rId5"/>', ["trước 5"], ["nhúng"]),
    "a row in a content control": (
        f"<w:tbl><w:sdt><w:sdtContent><w:tr>{CELL.format(p(r('a')))}<w:sdt><w:sdtContent>{CELL.format(p(r('1')))}"
        f"</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt><w:tr>{CELL.format(p(r('b')))}{CELL.format(p(r('2')))}"
        "</w:tr></w:tbl>",
        ["| a | 1 |", "| b | 2 |"],
        [],
    ),
    "signs of the font Symbol": (
        p(r("đạt "), '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', r(" 90%")),
        ["đạt ≥ 90%"],
        [],
    ),
    "the entry chosen in a form's list": (p(r("Xếp loại "), CHOSEN), ["Xếp loại 95%"], []),
    "a note of a table's cell": (
        f"<w:tbl><w:tr>{CELL.format(p(r('a')))}{CELL.format(p(r('b')))}</w:tr><w:tr>{CELL.format(p(r('12'), NOTE))}"
        f"{CELL.format(p(r('13')))}</w:tr></w:tbl>",
        ["| a | b |", "| 12 | 13 |", "3 hồ sơ quá hạn"],
        [],
    ),
    "letters in pieces": (p(r("ti"), r("e\u0302"), r("\u0301p 5")), ["tiếp 5"], []),
    "a part in an old font": (p(r("Sè hå s¬ tiÕp nhËn lµ 1.874")) + p(r(S)), [None, S], ["TCVN3"]),
}


@pytest.mark.parametrize("name", WORD)
def test_word(name: str, tmp_path: Path) -> None:
    body, wanted, said = WORD[name]
    document = read(tmp_path, "a.docx", word(body))
    assert [w or got for w, got in zip(wanted, lines(document), strict=True)] == lines(document)
    assert len(document.problems) == len(said)
    assert all(words in problem.message.vi for words, problem in zip(said, document.problems, strict=True))


RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ONE = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{}/{}" Target="{}"/></Relationships>'
ITEM = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>'
LIST = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def test_parts_under_other_names(tmp_path: Path) -> None:
    """Word on the web writes document2.xml, some programs of Windows write backslashes into the names."""
    body = f"<w:document {W}><w:body>{ITEM.format(r('Nhận 5 hồ sơ'))}</w:body></w:document>"
    online = {
        "_rels/.rels": ONE.format(RELATED, "officeDocument", "/word/document2.xml"),
        "word/document2.xml": body,
        "word/_rels/document2.xml.rels": ONE.format(RELATED, "numbering", "numbering2.xml"),
        "word/numbering2.xml": LIST,
    }
    assert lines(read(tmp_path, "a.docx", package(online))) == ["1. Nhận 5 hồ sơ"]
    backslashes = {"word\\document.xml": body, "word\\numbering.xml": LIST}
    assert lines(read(tmp_path, "b.docx", package(backslashes))) == ["1. Nhận 5 hồ sơ"]


def test_a_table_of_contents_is_no_part_of_the_report(tmp_path: Path) -> None:
    styles = f'<w:styles {W}><w:style w:styleId="ML1"><w:name w:val="toc 1"/></w:style></w:styles>'
    entry = f'<w:p><w:pPr><w:pStyle w:val="ML1"/></w:pPr>{r("I. Kết quả")}<w:r><w:tab/></w:r>{r("12")}</w:p>'
    body = f"<w:document {W}><w:body>{entry}{p(r('I. Kết quả'))}</w:body></w:document>"
    document = read(tmp_path, "a.docx", package({"word/document.xml": body, "word/styles.xml": styles}))
    kinds = [(document.quote(block.span), block.kind is BlockKind.HEADER) for block in document.blocks]
    assert kinds == [("I. Kết quả 12", True), ("I. Kết quả", False)]


def test_strict_open_xml(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{strict}"><w:body>{p("<w:r><w:t>Nhận 5 hồ sơ</w:t></w:r>")}</w:body></w:document>'
    assert lines(read(tmp_path, "a.docx", package({"word/document.xml": body}))) == ["Nhận 5 hồ sơ"]


def test_strict_workbook(tmp_path: Path) -> None:
    """A workbook in the names of ISO 29500 Strict, its date written out, gives what the usual one gives."""
    book = openpyxl.Workbook()
    for row in (["Lĩnh vực", "Số", "Tỷ lệ", "Ngày"], ["Hộ tịch", 1874, 0.98984, datetime(2024, 6, 30)]):
        book.active.append(row)
    book.active["B2"].number_format, book.active["C2"].number_format = "#,##0", "0.00%"
    book.active["D2"].number_format = "dd/mm/yyyy"
    book.save(tmp_path / "usual.xlsx")
    usual = zipfile.ZipFile(tmp_path / "usual.xlsx")
    names = re.compile(r"http://schemas\.openxmlformats\.org/(spreadsheetml|drawingml|officeDocument)/2006")
    texts = {name: usual.read(name).decode() for name in usual.namelist()}
    strict = {name: names.sub(r"http://purl.oclc.org/ooxml/\1", text) for name, text in texts.items()}
    sheet = strict["xl/worksheets/sheet1.xml"]
    strict["xl/worksheets/sheet1.xml"] = re.sub(r'(r="D2"[^>]*?) t="n"><v>[^<]*', r'\1 t="d"><v>2024-06-30', sheet)
    assert "2024-06-30" in strict["xl/worksheets/sheet1.xml"]
    strict["xl/workbook.xml"] = strict["xl/workbook.xml"].replace("<workbook ", '<workbook conformance="strict" ', 1)
    document = read(tmp_path, "strict.xlsx", package(strict))
    assert lines(document) == ["| Lĩnh vực | Số | Tỷ lệ | Ngày |", "| Hộ tịch | 1.874 | 98,98% | 30/06/2024 |"]
    assert lines(document) == lines(readers.read(tmp_path / "usual.xlsx"))


@pytest.mark.parametrize("name", ["rong.csv", "rong.xlsx"])
def test_columns_left_out_are_said(name: str, tmp_path: Path) -> None:
    cells = [str(number) for number in range(1001, 1301)]
    if name.endswith(".csv"):
        document = read(tmp_path, name, ";".join(cells) + "\n" + ";".join(cells) + "\n")
    else:
        book = openpyxl.Workbook()
        book.active.append(cells)
        book.save(tmp_path / name)
        document = readers.read(tmp_path / name)
    assert "1200" in document.text
    assert "1201" not in document.text
    assert [problem.kind for problem in document.problems] == ["too_large"]


ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "style")
)
ODT_STYLES = (
    '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="S"><style:text-properties style:text-line-through-style="solid"/></style:style>'
)
ODT = {
    "hidden by its style": ('<text:p>Nhận <text:span text:style-name="H">77 </text:span>5 hồ sơ</text:p>', ["Nhận 5 hồ sơ"], ["chữ ẩn"]),
    "struck through": ('<text:p>Nhận <text:span text:style-name="S">77 </text:span>5 hồ sơ</text:p>', ["Nhận 5 hồ sơ"], ["gạch ngang"]),
    "a hidden paragraph": ('<text:p text:style-name="H">77</text:p><text:p>5 hồ sơ</text:p>', ["5 hồ sơ"], ["chữ ẩn"]),
    "a hidden section": ('<text:section text:display="none"><text:p>77</text:p></text:section><text:p>5</text:p>', ["5"], ["chữ ẩn"]),
    "a table of contents": (
        "<text:table-of-content><text:index-body><text:p>I. Kết quả<text:tab/>3</text:p></text:index-body></text:table-of-content>"
        "<text:h>I. Kết quả</text:h>",
        ["I. Kết quả 3", "I. Kết quả"],
        [],
    ),
}


@pytest.mark.parametrize("name", ODT)
def test_open_document(name: str, tmp_path: Path) -> None:
    body, wanted, said = ODT[name]
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{ODT_STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    document = read(tmp_path, "a.odt", package(parts))
    assert lines(document) == wanted
    assert ["3" in document.quote(b.span) for b in document.blocks if b.kind is BlockKind.HEADER] == [True] * ("index" in body)
    assert len(document.problems) == len(said)
    assert all(words in problem.message.vi for words, problem in zip(said, document.problems, strict=True))


# ---------------------------------------------------------------- mail and web pages


def parts(kind: str, *inner: str) -> str:
    body = "".join(f"--B{kind}\n{part}\n" for part in inner)
    return f'Content-Type: multipart/{kind}; boundary="B{kind}"\n\n{body}--B{kind}--\n'


def plain(text: str) -> str:
    return f"Content-Type: text/plain; charset=utf-8\n\n{text}"


def page(text: str) -> str:
    return f"Content-Type: text/html; charset=utf-8\n\n{text}"


HEAD = "Subject: Bao cao\nFrom: van.thu@example.org\nMIME-Version: 1.0\n"
ATTACHED = 'Content-Type: application/msword\nContent-Disposition: attachment; filename="bc.doc"\n\nx'
ANSWER = "Vào ngày 12/6/2024 có viết:\n> Đề nghị báo cáo trước ngày 15/6\n> 99 hồ sơ"
EARLIER = "Từ: Phòng Nội vụ <nv@example.org>\nĐã gửi: Thứ Hai, 2/12/2024\nChủ đề: Báo cáo\nĐề nghị rà soát 99 hồ sơ"
EARLIER_PAGE = "<b>From:</b> Phòng Nội vụ<br><b>Sent:</b> Monday<br><b>Subject:</b> Báo cáo"
MAIL = {
    "alternatives in a mail with an attachment": (
        parts("mixed", parts("alternative", plain(S), page(f"<p>{S}</p>")), ATTACHED),
        [S],
        ["bc.doc"],
    ),
    "an empty page beside the text": (parts("alternative", plain(S), page("<p>&#8203;</p>".replace("&#8203;", ""))), [S], []),
    "a mail handed on": (
        parts("mixed", plain("Kính chuyển."), f"Content-Type: message/rfc822\n\n{HEAD}{plain(S)}"),
        ["Kính chuyển.", S],
        [],
    ),
    "an answer with the question quoted": (
        plain(f"{S}\n\n{ANSWER}"),
        [S],
        ["trích lại"],
    ),
    "an answer below the line Gmail writes": (
        plain(f"{S}\n\nVào 10:15, Th 4, 12 thg 6, 2024 Phòng Nội vụ <nv@example.org>\nđã viết:\n\n> Trước 15/6\n> 99 hồ sơ"),
        [S],
        ["trích lại"],
    ),
    "an answer between what is quoted": (
        plain(f"On Wed, Jun 12, 2024 at 10:15 AM Nội vụ <nv@example.org> wrote:\n> 99 hồ sơ?\n{S}\n{S}"),
        [S, S],
        ["trích lại"],
    ),
    "lines broken softly": (
        f"Content-Type: text/plain; charset=utf-8; format=flowed\n\n{S.replace('giải quyết ', 'giải quyết ' + chr(10))}\n-- \nVăn thư",
        [S, "--", "Văn thư"],
        [],
    ),
    "a form filled in": (
        page("<form>Số hồ sơ: <input value='1.874'><input type=hidden value=99><input type=checkbox value=1> hồ sơ</form>"),
        ["Số hồ sơ: 1.874 hồ sơ"],
        [],
    ),
    "a line that only quotes a person": (
        plain(f"Ngày 12/6/2024, đồng chí Bí thư viết:\n{S}"),
        ["Ngày 12/6/2024, đồng chí Bí thư viết:", S],
        [],
    ),
    "the same as Thunderbird's page": (
        page(f"<p>{S}</p><div class=moz-cite-prefix>On 12/06/2024 10:15, Nội vụ wrote:<br></div><blockquote type=cite>99</blockquote>"),
        [S],
        ["trích lại"],
    ),
    "a report that stands quoted": (plain(f"Kính gửi\n> {S}\n> {S}"), ["Kính gửi", f"> {S}", f"> {S}"], []),
    "a page with the question quoted": (
        page(f"<p>{S}</p><div class='gmail_quote'>Viết:<blockquote>99 hồ sơ</blockquote></div>"),
        [S],
        ["trích lại"],
    ),
    "an answer above the earlier mail, as Outlook writes it": (plain(f"{S}\n\n{EARLIER}"), [S], ["trích lại"]),
    "the same as a page": (page(f"<p>{S}</p><div>{EARLIER_PAGE}</div><p>99 hồ sơ</p>"), [S], ["trích lại"]),
    "a mail handed on by Outlook": (plain(f"Kính chuyển.\n\n{EARLIER}\n{S}"), ["Kính chuyển.", *EARLIER.split("\n"), S], []),
    "a page handed on": (
        page(f"<p>Kính chuyển</p><div class='gmail_quote'>---- Forwarded message<p>{S}</p></div>"),
        ["Kính chuyển", "---- Forwarded message", S],
        [],
    ),
    "two texts one below the other": (parts("mixed", plain("Phần 1: 5"), plain("Phần 2: 6")), ["Phần 1: 5", "Phần 2: 6"], []),
}


@pytest.mark.parametrize("name", MAIL)
def test_mail(name: str, tmp_path: Path) -> None:
    body, wanted, said = MAIL[name]
    document = read(tmp_path, "thu.eml", HEAD + body)
    assert lines(document) == wanted
    assert len(document.problems) == len(said)
    assert all(words in problem.message.vi for words, problem in zip(said, document.problems, strict=True))


HEADS = ["Từ: Phòng Nội vụ", "Date: Th 2, 3 thg 6, 2024 lúc 10:15", "Subject: Báo cáo quý 2", "To: Văn thư"]


@pytest.mark.parametrize("body", [plain("\n".join([*HEADS, "", S])), page(f"<div>{'<br>'.join(HEADS)}</div><p>{S}</p>")])
def test_the_head_of_a_mail_handed_on_is_no_part_of_the_report(body: str, tmp_path: Path) -> None:
    document = read(tmp_path, "thu.eml", HEAD + body)
    assert lines(document) == [*HEADS, S]
    assert [block.kind is BlockKind.HEADER for block in document.blocks] == [True] * 4 + [False]


def test_a_page_saved_by_word(tmp_path: Path) -> None:
    markup = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta charset=utf-8><!--[if gte mso 9]><xml>"
        "<w:Zoom>99</w:Zoom></xml><![endif]--></head><body><p style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><![endif]>Tiếp nhận 5 hồ sơ<o:p></o:p></p>"
        "<!--[if !mso]>77<![endif]--><p>Còn <s>14</s><ins>13</ins> hồ sơ, 3,42 km<sup>2</sup></p></body></html>"
    )
    document = read(tmp_path, "trang.htm", markup)
    assert [" ".join(line.split()) for line in lines(document)] == ["1. Tiếp nhận 5 hồ sơ", "Còn 13 hồ sơ, 3,42 km²"]
    assert ["gạch ngang" in problem.message.vi for problem in document.problems] == [True]


# ---------------------------------------------------------------- text and tables


@pytest.mark.parametrize("codec", ["latin-1", "cp1252"])
def test_text_encoded_twice_is_refused(codec: str, tmp_path: Path) -> None:
    twice = "".join(bytes([b]).decode(codec, "ignore") or chr(b) for b in S.encode())
    with pytest.raises(ReadError, match="hai lần"):
        read(tmp_path, "a.txt", twice)


def test_invisible_marks_do_not_cut_a_figure(tmp_path: Path) -> None:
    source = S.replace("tiếp", "ti\u00adếp").replace("1.874", "1.8\u200b74")
    document = read(tmp_path, "a.txt", source)
    assert document.text == S
    assert document.source == source
    at = S.rindex("1.874")
    assert source[document.to_source(at) : document.to_source(at + 5)] == "1.8\u200b74"


EXCEL_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook '
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><Styles><Style ss:ID="p"><NumberFormat ss:Format="0.00%"/></Style>'
    '<Style ss:ID="n"><NumberFormat ss:Format="#,##0"/></Style></Styles><Worksheet ss:Name="II.06a"><Table>'
    '<Row><Cell ss:MergeAcross="3"><Data ss:Type="String">Biểu II.06a</Data></Cell></Row>'
    '<Row><Cell><Data ss:Type="String">Lĩnh vực</Data></Cell><Cell ss:MergeAcross="1"><Data ss:Type="String">Số</Data></Cell>'
    '<Cell><Data ss:Type="String">Tỷ lệ</Data></Cell></Row>'
    '<Row><Cell><Data ss:Type="String">Hộ tịch</Data></Cell><Cell ss:StyleID="n"><Data ss:Type="Number">1874</Data></Cell>'
    '<Cell ss:Index="4" ss:StyleID="p"><Data ss:Type="Number">0.98984</Data></Cell></Row>'
    '<Row ss:Hidden="1"><Cell><Data ss:Type="Number">7</Data></Cell></Row></Table></Worksheet>'
    '<Worksheet ss:Name="ẩn"><Table><Row><Cell><Data ss:Type="Number">8</Data></Cell></Row></Table>'
    "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"
)


@pytest.mark.parametrize("name", ["bieu.xls", "bieu.xml"])
def test_a_workbook_as_one_xml_file(name: str, tmp_path: Path) -> None:
    document = read(tmp_path, name, EXCEL_2003)
    assert lines(document) == ["Biểu II.06a", "| Lĩnh vực | Số |  | Tỷ lệ |", "| Hộ tịch | 1.874 |  | 98,98% |"]
    assert document.blocks[2].cell_places[3].cell == "D3"
    assert {problem.kind for problem in document.problems} == {"partly_read"}
    assert len(document.problems) == 2


def test_the_separator_line_of_excel_is_no_row(tmp_path: Path) -> None:
    assert lines(read(tmp_path, "a.csv", "sep=;\nLĩnh vực;Số\nHộ tịch;1.874\n")) == ["| Lĩnh vực | Số |", "| Hộ tịch | 1.874 |"]


REFUSED = {
    "goi.zip": (package({"bao cao/bc.docx": "x"}), "bc.docx"),
    "goi.rar": (b"Rar!\x1a\x07\x00" + b"x" * 40, "giải nén"),
    "ten-sai.docx": (b"7z\xbc\xaf\x27\x1c" + b"x" * 40, "giải nén"),
    "trinh-chieu.pptx": (package({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), ".pptx"),
    "bang.xlsb": (package({"[Content_Types].xml": "", "xl/workbook.bin": ""}), ".xlsb"),
    "bai.pages": (package({"Index/Document.iwa": ""}), ".pages"),
    "anh.heic": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
    "thu.msg": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "__substg1.0_".encode("utf-16-le") * 9, ".eml"),
    "word2003.doc": (b'<?xml version="1.0"?><w:wordDocument xmlns:w="a"><w:body/></w:wordDocument>', ".docx"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_forms_that_are_not_read_say_what_to_do(name: str, tmp_path: Path) -> None:
    data, words = REFUSED[name]
    with pytest.raises(ReadError) as refused:
        read(tmp_path, name, data)
    assert refused.value.kind == "unsupported"
    assert words in refused.value.vi
    assert words in refused.value.en or words == "giải nén"
