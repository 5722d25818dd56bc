"""Web pages, also those saved under the names .doc and .xls: visible text only, tables by rows."""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from ..model import BlockKind, Place
from .builder import Builder
from .encoding import UndecodableError, decode
from .grid import Cell, write_table
from .numbering import written
from .source import Source

_SKIPPED = {
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "title",
    "meta",
    "link",
    "select",
    "textarea",
    "button",
}
_STRUCK = {"del", "s", "strike"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "li", "main", "nav", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HANDED_ON = re.compile(r"Forwarded message|chuyển tiếp", re.IGNORECASE)
# How Outlook and others head the earlier mail below an answer; no ">" marks its lines.
EARLIER = re.compile(
    r"\*?(?:From|Từ|Người gửi)\s*:.{1,200}?(?:Sent|Date|Đã gửi|Ngày|Gửi lúc)\s*:.{1,400}?(?:Subject|Chủ đề|Tiêu đề)\s*:",
    re.DOTALL,
)
# How Gmail, Thunderbird and others name the mail they quote.
ATTRIBUTION = re.compile(r"(?:On|Vào|Ngày|Lúc)\b[^\n]{5,200}?(?:\n(?!\s*>)[^\n]{0,100}?)?(?:wrote|viết):")
_LONGEST_HEAD = 1000
_MOST_PIECES = 40  # of text, to look for the head of a mail
_WIDE = 270  # dots on a screen: crests and signatures are smaller
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def read(source: Source, builder: Builder) -> None:
    """Fill the builder with the page's visible text."""
    write_page(source, builder, page_text(source, source.data))


def page_text(source: Source, data: bytes, charset: str | None = None) -> str:
    """The page's markup as text: by its byte order mark, the declared character set, or by content."""
    declared = charset or (found.group(1).decode() if (found := _CHARSET.search(data[:4096])) else None)
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if declared and not marked:
        try:
            return data.decode({"iso-8859-1": "cp1252", "us-ascii": "utf-8"}.get(declared.lower(), declared))
        except (LookupError, UnicodeError):
            pass
    try:
        return decode(data)[0]
    except UndecodableError as reason:
        raise source.refused(reason.kind, reason.key, **reason.values) from None


def is_answer(own: int, earlier: int) -> bool:
    """Is a mail of so many characters an answer to the one below it? A few words above a long one hand it on."""
    return own * 2 >= earlier


def write_page(source: Source, builder: Builder, markup: str) -> None:
    """Add the visible text of a page's markup."""
    parser = lxml_html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(_XML_DECLARATION.sub("", markup), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise source.refused("unreadable", "no_text") from None
    body = root.find("body")
    walk = _Walk(builder, len("".join((root if body is None else body).itertext())))
    walk.block(root, Place(), BlockKind.PARAGRAPH)
    walk.flush()
    if walk.struck:
        builder.problem("partly_read", "struck", count=walk.struck)
    if walk.hidden:
        builder.problem("partly_read", "hidden_text", count=walk.hidden)


class _Walk:
    def __init__(self, builder: Builder, length: int) -> None:
        self.builder = builder
        self.length, self.said = length, 0  # characters of the page, and those read
        self.ended = False  # the rest is an earlier mail
        self.pending: list[str] = []
        self.kind = BlockKind.PARAGRAPH
        self.paragraphs = self.tables = self.hidden = self.struck = 0
        self.sink: list[str] | None = None  # where paragraphs go while a table cell is being read

    def flush(self) -> None:
        text = "".join(self.pending)
        self.pending = []
        headed = len(text) < _LONGEST_HEAD and EARLIER.search(text)  # of a mail handed on: no part of the report
        for line in text.split("\n"):
            if not line.strip(" \t\u00a0"):
                continue
            if self.sink is not None:
                self.sink.append(line)
                continue
            self.paragraphs += 1
            kind = BlockKind.HEADER if headed else self.kind
            self.builder.paragraph(line, Place(paragraph=self.paragraphs), kind)

    def block(self, element: Any, place: Place, kind: BlockKind) -> None:
        """Read a block element: its own text in paragraphs of `kind`, its inner blocks each for itself."""
        self.flush()
        outer, self.kind = self.kind, kind
        self._inside(element, place)
        self.flush()
        self.kind = outer

    def _inside(self, element: Any, place: Place, counted: list[int] | None = None) -> None:
        self._say(element.text, element.tag)
        for child in element:
            self._child(child, place, counted)
            self._say(child.tail, element.tag)

    def _child(self, child: Any, place: Place, counted: list[int] | None) -> None:
        tag = child.tag
        if self.ended or not isinstance(tag, str) or tag in _SKIPPED:
            return
        if child.get("hidden") is not None or _HIDDEN_STYLE.search(child.get("style", "")):
            self.hidden += bool("".join(child.itertext()).strip())
        elif tag in _STRUCK:
            self.struck += bool("".join(child.itertext()).strip())
        elif self._is_quoted(child) or self._names_quoted(child):
            self.builder.problem("partly_read", "quoted")
        elif tag in _BLOCKS and self._begins_earlier(child):
            self.builder.problem("partly_read", "quoted")
            self.ended = True
        elif tag == "img":
            width = _whole((child.get("width") or "").removesuffix("px"), _WIDE)
            if width >= _WIDE:
                self.builder.picture()
        elif tag == "input":
            self.pending.append(_typed(child))
        elif tag == "br":
            self.pending.append("\n")
        elif tag == "table":
            self._table(child)
        elif tag in {"ul", "ol"}:
            self._list(child, place)
        elif tag in _BLOCKS:
            self.block(child, place, BlockKind.HEADING if tag in _HEADINGS else self._running(child))
        else:
            self._inside(child, place, counted)

    def _is_quoted(self, element: Any) -> bool:
        """Is it the mail that this one answers? One that is handed on, or stands alone, is read."""
        cited = element.get("type") == "cite" or "gmail_quote" in element.get("class", "").split()
        return cited and not self.builder.empty and not _HANDED_ON.search("".join(element.itertext())[:500])

    def _names_quoted(self, element: Any) -> bool:
        """Is it the line "… đã viết:" above the mail that this one answers?"""
        below = element.getnext()
        if below is None or element.tag not in _BLOCKS or not self._is_quoted(below):
            return False
        return ATTRIBUTION.fullmatch("".join(islice(element.itertext(), _MOST_PIECES)).strip()) is not None

    def _begins_earlier(self, element: Any) -> bool:
        """Does the mail that this one answers begin here? Where it is the longer part by far, it is handed on."""
        if self.builder.empty or not is_answer(self.said, self.length - self.said):
            return False
        start = "".join(islice(element.itertext(), _MOST_PIECES)).lstrip()
        return EARLIER.match(start) is not None and not _HANDED_ON.search(start[:500])

    def _running(self, element: Any) -> BlockKind:
        """Word processors mark running heads and feet of a page saved for the web by their title."""
        return {"header": BlockKind.HEADER, "footer": BlockKind.FOOTER}.get(
            element.get("title", ""), self.kind
        )

    def _say(self, text: str | None, tag: Any) -> None:
        if not text or self.ended:
            return
        flat = text if tag == "pre" else re.sub(r"[ \t\r\n\f]+", " ", text)
        self.said += len(text)
        self.pending.append(flat.translate(_SUPERSCRIPT) if tag == "sup" else flat)

    def _list(self, element: Any, place: Place) -> None:
        self.flush()
        form = _LIST_FORMS.get(element.get("type", ""), "decimal")
        count = _whole(element.get("start"), 1) - 1
        for item in element:
            if item.tag != "li":
                self._child(item, place, None)
                continue
            count = _whole(item.get("value"), count + 1)
            outer, self.kind = self.kind, BlockKind.LIST_ITEM
            self.pending.append(f"{written(count, form)}. " if element.tag == "ol" else "- ")
            self._inside(item, place)
            if not "".join(self.pending).strip(" -"):
                self.pending = []
            self.flush()
            self.kind = outer

    def _table(self, table: Any) -> None:
        self.flush()
        if table.find(".//table") is not None or self.sink is not None:
            self._layout(table)
            return
        for caption in table.findall("caption"):
            self.block(caption, Place(), BlockKind.PARAGRAPH)
        rows = [[self._cell(cell) for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
        self.tables += 1
        write_table(self.builder, rows, Place(table=self.tables))

    def _layout(self, table: Any) -> None:
        """A table that holds tables places its parts on the page; they are read one after the other."""
        for row in table.iterchildren("tr", "tbody", "thead", "tfoot", "caption"):
            if row.tag in {"tbody", "thead", "tfoot"}:
                self._layout(row)
                continue
            for cell in row if row.tag == "tr" else [row]:
                self.block(cell, Place(), self.kind)

    def _cell(self, cell: Any) -> Cell:
        paragraphs: list[str] = []
        self.sink = paragraphs
        self._inside(cell, Place())
        self.flush()
        self.sink = None
        return Cell(paragraphs, _whole(cell.get("colspan"), 1), row_span=_whole(cell.get("rowspan"), 1))


def _typed(field: Any) -> str:
    """What was typed into a field of a form, as the page shows it."""
    shown = field.get("type", "text").lower() in {"text", "number", "date", "tel", "url", "email"}
    return f" {field.get('value', '')} " if shown else ""


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text.strip()) else default
