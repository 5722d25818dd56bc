"""Damaged and hostile files, made on the spot: each writes one file that a careless reader would choke on."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(10))
    + "]>"
)


def _zip(parts: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def _docx(body: str, before: str = "") -> bytes:
    return _zip({"word/document.xml": f"{before}<w:document {W}><w:body>{body}</w:body></w:document>"})


def _xlsx(sheet: str, before: str = "") -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    )
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    return _zip(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": f'<Relationships {rels}><Relationship Id="a" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook {S} xmlns:r="{rel}"><sheets><sheet name="A" sheetId="1" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships {rels}><Relationship Id="a" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"{before}<worksheet {S}><sheetData>{sheet}</sheetData></worksheet>",
        }
    )


def _empty_rows(count: int) -> bytes:
    return _xlsx(
        '<row r="1"><c r="A1"><v>5</v></c></row>' + "".join(f'<row r="{i}"/>' for i in range(2, count))
    )


def pdf_of_objects(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF file of those objects, the first of which is its catalogue."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)


def _stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def _one_page(
    content: bytes, size: bytes = b"0 0 595 842", extra: bytes = b"", trailer: bytes = b""
) -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>" % (
        size,
        extra,
    )
    return pdf_of_objects([_CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, *_EXTRA], trailer)


_EXTRA = [
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    _stream(
        b"\x80",
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
    ),
]
_FONT = b"/Font << /F 5 0 R >>"
_IMAGE = b"/XObject << /I 6 0 R >>"


def one_page_pdf(content: bytes, turned: int = 0) -> bytes:
    """A page of 595 x 842 points with that content; the font is /F. `turned` is the page's rotation."""
    return pdf_of_pages([content], b"/Rotate %d" % turned)


def pdf_of_pages(contents: list[bytes], extra: bytes = b"") -> bytes:
    """Pages of 595 x 842 points with those contents; the font is /F."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(contents)))
    objects = [_CATALOG, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)), _EXTRA[0]]
    for index, content in enumerate(contents):
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> %s /Contents %d 0 R >>"
        objects += [page % (extra, 5 + 2 * index), _stream(content)]
    return pdf_of_objects(objects)


def _many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + i) for i in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    return pdf_of_objects([_CATALOG, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), *[page] * count])


def _encrypted_pdf() -> bytes:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> /ID [(a) (a)]" % (
        b"o" * 32,
        b"u" * 32,
    )
    return _one_page(_stream(b""), trailer=lock)


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    pack = zlib.compressobj(9)
    row = b"\0" * (1 + width // 8)
    data = b"".join(pack.compress(row) for _ in range(height)) + pack.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _mail(depth: int) -> bytes:
    head = "From: a@example.org\nSubject: b\nMIME-Version: 1.0\n"
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n' for i in range(depth))
    return (head + nested + "Content-Type: text/plain\n\nBáo cáo 5 hồ sơ\n").encode()


def _ods(row: str) -> bytes:
    body = f"<office:spreadsheet><table:table table:name='A'>{row}</table:table></office:spreadsheet>"
    return _zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {OFFICE}><office:body>{body}</office:body></office:document-content>",
        }
    )


_CELL = "<table:table-cell table:number-columns-repeated='16384'><text:p>7</text:p></table:table-cell>"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARAGRAPH = "<w:p><w:r><w:t>Tiếp nhận 54 hồ sơ</w:t></w:r></w:p>"

# File name -> (its bytes, the kind of ReadError to expect, or None when the file is read in spite of all).
HOSTILE: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "rong.txt": (lambda: b"", "unreadable"),
    "trang.txt": (lambda: b" \n\t\n" * 1000, "unreadable"),
    "byte-nul.txt": (lambda: b"5 ho so\0\0\0 khong phai van ban", "unreadable"),
    "may-ngau-nhien.txt": (lambda: bytes((i * 7919 + i // 3) % 256 for i in range(50_000)), "unreadable"),
    "duoi-la.xyz": (lambda: b"abc", "unsupported"),
    "mot-dong-dai.txt": (lambda: b"1.874 ho so, " * 100_000, None),
    "qua-dai.txt": (lambda: b"1.874 ho so, " * 200_000, "too_large"),
    "gia.docx": (lambda: b"Day la van ban thuong", "damaged"),
    "gia.pdf": (lambda: b"%PDF-1.7\n" + b"rac " * 500, "damaged"),
    "cat-ngang.docx": (lambda: _docx(_PARAGRAPH * 5000)[:400], "damaged"),
    "bom-nen.docx": (
        lambda: _docx("<w:p><w:r><w:t>" + "0" * 300_000_000 + "</w:t></w:r></w:p>"),
        "too_large",
    ),
    "van-doan-rong.docx": (lambda: _docx("<w:p/>" * 200_000), "unreadable"),
    "bom-thuc-the.docx": (lambda: _docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", BOMB), "damaged"),
    "thuc-the-ngoai.docx": (
        lambda: _docx(
            "<w:p><w:r><w:t>&x;4 hộ</w:t></w:r></w:p>",
            '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        ),
        "damaged",
    ),
    "long-nhau.docx": (lambda: _docx("<w:sdt><w:sdtContent>" * 100_000 + _PARAGRAPH), "damaged"),
    "khong-phai-word.docx": (lambda: _zip({"a.class": b"x"}), "unsupported"),
    "mat-khau.docx": (lambda: _OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") * 4, "unsupported"),
    "rac.doc": (lambda: _OLE + b"\0" * 504 + "WordDocument".encode("utf-16-le") * 40, "damaged"),
    "rac.xls": (lambda: _OLE + b"\0" * 504 + "Workbook".encode("utf-16-le") * 40, "damaged"),
    "mat-khau.pdf": (_encrypted_pdf, "unsupported"),
    "cat-ngang.pdf": (lambda: _many_pages(50)[:300], "damaged"),
    "khong-lop-chu.pdf": (lambda: _one_page(_stream(b"")), "unreadable"),
    "tram-nghin-trang.pdf": (lambda: _many_pages(100_000), "unreadable"),
    "trang-khong-lo.pdf": (
        lambda: _one_page(_stream(b"14400 0 0 14400 0 0 cm /I Do"), b"0 0 14400 14400", _IMAGE),
        "unreadable",
    ),
    "bom-nen.pdf": (
        lambda: _one_page(_stream(zlib.compress(b"0 0 m 9 9 l S\n" * 8_000_000), b"/Filter /FlateDecode")),
        None,
    ),
    "o-cuoi-cung.xlsx": (
        lambda: _xlsx('<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'),
        "unreadable",
    ),
    "mot-o-xa.xlsx": (
        lambda: _xlsx(
            '<row r="1"><c r="A1"><v>5</v></c></row><row r="1048576"><c r="B1048576"><v>7</v></c></row>'
        ),
        None,
    ),
    "van-hang-rong.xlsx": (lambda: _empty_rows(100_000), None),
    "trieu-hang-rong.xlsx": (lambda: _empty_rows(1_000_000), None),
    "nua-trieu-o.xlsx": (
        lambda: _xlsx("".join(f'<row r="{i}"><c r="A{i}"><v>5</v></c></row>' for i in range(1, 500_000))),
        "too_large",
    ),
    "bom-thuc-the.xlsx": (lambda: _xlsx('<row r="1"><c r="A1"><v>&j;</v></c></row>', BOMB), "damaged"),
    "trieu-hang.csv": (lambda: b"1;2;3\n" * 1_000_000, None),
    "lap-vo-tan.ods": (
        lambda: _ods(f"<table:table-row table:number-rows-repeated='1048576'>{_CELL}</table:table-row>"),
        "too_large",
    ),
    "long-nhau.html": (lambda: b"<html>" + b"<div>" * 100_000 + b"5 ho so", "unreadable"),
    "gop-trieu-cot.html": (
        lambda: b"<html><table>" + b"<tr><td colspan=999999 rowspan=999999>5<td>6" * 50 + b"</table>",
        None,
    ),
    "bang-dai.html": (lambda: b"<html><table>" + b"<tr><td>5<td>6" * 30_000 + b"</table>", None),
    "nghin-lop.eml": (lambda: _mail(3000), "damaged"),
    "ngoac-mo.rtf": (lambda: b"{\\rtf1 " + b"{" * 1_000_000, "damaged"),
    "bin.rtf": (lambda: b"{\\rtf1 {\\pict\\bin2147483647 abc} 5 ho so}", "unreadable"),
    "anh-khong-lo.png": (lambda: _png(40_000, 40_000), "too_large"),
    "anh-cat-ngang.png": (lambda: _png(2000, 2000)[:60], "damaged"),
}
SLOW = {"trieu-hang-rong.xlsx", "bom-nen.pdf"}
