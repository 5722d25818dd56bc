"""The forms a report may have: which module reads each, and what that module needs on this machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """One form of file. `module` (in this package) offers `read(source: Source, builder: Builder) -> None`.

    `packages` are importable names it cannot do without, `tools` programs of which one must be on the
    PATH; `suffixes` are how such files are usually named.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    packages: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()


def to_install(package: str) -> str:
    """What to ask pip for, given an importable name ("PIL.Image": "pillow")."""
    name = package.partition(".")[0]
    return {"PIL": "pillow"}.get(name, name)


# One line a format. Plain text is read in process (text.py); all others in a child process.
READERS: dict[str, Format] = {
    entry.name: entry
    for entry in (
        Format("text", "text", (".txt", ".md")),
        Format("docx", "docx", (".docx", ".docm"), ("lxml",)),
        Format("pdf", "pdf", (".pdf",), ("pypdfium2", "pdfplumber")),
        Format("scan", "scan", (".pdf", ".png", ".jpg", ".tif"), ("pypdfium2", "pdfplumber", "PIL", "numpy"), ("tesseract",)),
        Format("xlsx", "xlsx", (".xlsx", ".xlsm"), ("openpyxl", "lxml")),
        Format("xls", "xls", (".xls",), ("xlrd",)),
        Format("xmlss", "spreadsheetml", (".xls", ".xml"), ("lxml",)),
        Format("ods", "opendocument", (".ods",), ("lxml",)),
        Format("csv", "csv", (".csv", ".tsv")),
        Format("html", "html", (".html", ".htm"), ("lxml",)),
        Format("mail", "mail", (".eml", ".mht", ".mhtml"), ("lxml",)),
        Format("odt", "opendocument", (".odt",), ("lxml",)),
        Format("rtf", "rtf", (".rtf",)),
        Format("doc", "doc", (".doc",), ("lxml",), ("soffice", "catdoc", "antiword")),
    )
}
