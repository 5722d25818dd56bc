"""Which format a file has: by its first bytes, then by its suffix; a name alone is never believed."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from .source import Source

TEXT_SUFFIXES = {"", ".txt", ".text", ".md", ".markdown"}
TABLE_TEXT_SUFFIXES = {".csv", ".tsv"}
# Files of these names are often text of another kind: web pages and tables saved as .doc and .xls.
LENIENT_SUFFIXES = {".doc", ".xls", ".htm", ".html", ".xhtml", ".mht", ".mhtml", ".eml", ".rtf"}
BINARY_SUFFIXES = {
    ".docx", ".docm", ".dotx", ".dot", ".xltx", ".pdf", ".xlsx", ".xlsm", ".ods", ".odt",
    ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp",
}  # fmt: skip
KNOWN_SUFFIXES = TEXT_SUFFIXES | TABLE_TEXT_SUFFIXES | LENIENT_SUFFIXES | BINARY_SUFFIXES

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p|meta)\b", re.IGNORECASE)
_MAIL = re.compile(
    rb"(?:(?:received|return-path|from|to|subject|date|message-id|mime-version|content-type|delivered-to|x-[\w-]+)"
    rb":[^\n]*\n(?:[ \t][^\n]*\n)*){2}",
    re.IGNORECASE,
)
_MOST_NAMED = 5
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM")


_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_PHOTOS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


def sniff(head: bytes, suffix: str) -> str:
    """The family of a file from its first kilobytes: pdf, zip, ole, archive, photo, rtf, image, xmlss,
    xml, mail, html, csv, text,
    or "" when nothing is recognised (text of an unknown suffix, or binary data)."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if head.startswith(_ARCHIVES):
        return "archive"
    if head[4:8] == b"ftyp" and head[8:12] in _PHOTOS:
        return "photo"
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    return _sniff_text(head.removeprefix(b"\xef\xbb\xbf").lstrip(), suffix)


def _sniff_text(head: bytes, suffix: str) -> str:
    plain = head.replace(b"\0", b"")[:4096]  # a web page in UTF-16 still shows its tags
    if plain.startswith(b"<?xml"):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in plain and b"<Workbook" in plain:
            return "xmlss"
        if not _HTML.search(plain):
            return "xml"
    if suffix not in TEXT_SUFFIXES | TABLE_TEXT_SUFFIXES:
        if _MAIL.match(plain.replace(b"\r\n", b"\n")) and b"\nmime-version:" in b"\n" + head[:4096].lower():
            return "mail"
        if suffix == ".eml" and _MAIL.match(plain.replace(b"\r\n", b"\n")):
            return "mail"
        if _HTML.search(plain):
            return "html"
    if suffix in TABLE_TEXT_SUFFIXES | {".xls"}:
        return "csv"
    return "text" if suffix in TEXT_SUFFIXES | LENIENT_SUFFIXES else ""


def suffix_of(path: Path) -> str:
    """The lower-case suffix; "" for none, also when what follows the dot cannot be one ("so 12. bao cao")."""
    suffix = path.suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""


def refine(source: Source, family: str) -> str:
    """The name in READERS of a file of that family. Raises ReadError when it is none that can be read."""
    if family == "zip":
        return _in_zip(source)
    if family == "ole":
        return _in_ole(source)
    if family in {"archive", "photo", "xml"}:
        raise source.refused("unsupported", family, names=source.path.name)
    return {"image": "scan"}.get(family, family)


def _in_zip(source: Source) -> str:
    from .package import Package

    with Package(source) as package:
        names = set(package.names)
        for folder, usual, name in (("word/", "document.xml", "docx"), ("xl/", "workbook.xml", "xlsx")):
            main = package.main(folder + usual)
            if main.startswith(folder) and main.endswith(".xml") and main in names:
                return name
        if any(name.startswith("xl/") and name.endswith(".bin") for name in names):
            raise source.refused("unsupported", "unsupported_package", name=".xlsb")
        if "mimetype" in names and "content.xml" in names:
            kind = package.read("mimetype").decode("ascii", "replace").strip()
            if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
                return "ods"
            if kind.startswith("application/vnd.oasis.opendocument.text"):
                return "odt"
        reports = [name for name in package.names if suffix_of(Path(name)) in KNOWN_SUFFIXES - {""}]
        if reports and not names & {"[Content_Types].xml", "mimetype"}:
            shown = ", ".join(PurePath(name).name[:80] for name in reports[:_MOST_NAMED])
            raise source.refused("unsupported", "archive", names=shown)
        if any(name.startswith(("word/", "xl/")) for name in names):
            raise source.refused("damaged", "damaged_zip")
    raise source.refused("unsupported", "unsupported_package", name=source.path.suffix or "zip")


def _in_ole(source: Source) -> str:
    """Compound files name their streams in UTF-16; the names tell what they hold."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in source.data

    if holds("EncryptedPackage"):
        raise source.refused("unsupported", "encrypted")
    if holds("__substg1.0_"):
        raise source.refused("unsupported", "outlook")
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook") or holds("Book"):
        return "xls"
    raise source.refused("unsupported", "unsupported_package", name=source.path.suffix or "OLE")
