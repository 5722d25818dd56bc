"""Mail (.eml) and web archives (.mhtml): the body is read, attached reports are named."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from itertools import islice, takewhile
from pathlib import Path, PurePath

from ..model import BlockKind, Place
from .builder import Builder
from .detect import KNOWN_SUFFIXES, suffix_of
from .encoding import UndecodableError, decode
from .html import ATTRIBUTION, EARLIER, is_answer, page_text, write_page
from .source import Source

_MOST_PARTS = 500
_PAGES = {"text/html", "application/xhtml+xml"}
_TAG = re.compile(rb"<[^>]{0,2000}>")
_QUOTED = re.compile(r"\s*>")
_EARLIER_BELOW = re.compile(rf"^(?:[-_ ]{{5,}}[^\n]{{0,60}}\n\s*)?{EARLIER.pattern}", re.MULTILINE | re.DOTALL)
# The line above what is quoted, often broken by the mail program.
_ABOVE_QUOTED = re.compile(rf"^{ATTRIBUTION.pattern}[ \t]*$(?=\s{{1,20}}>)", re.MULTILINE)
_SOFT_BREAK = re.compile(r"(?<!^--) \r?\n(?=[^>\r\n])", re.MULTILINE)  # RFC 3676; "-- " heads the signature
_FURTHER_HEAD = re.compile(r"\s*\*?(?:To|Cc|Đến|Tới|Người nhận)\*?\s*:", re.IGNORECASE)
_ENCRYPTED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}


def read(source: Source, builder: Builder) -> None:
    """Fill the builder with the body, as a web page when the mail carries one."""
    message = email.message_from_bytes(source.data, policy=email.policy.default)
    parts = [part for part, _ in zip(message.walk(), range(_MOST_PARTS), strict=False)]
    if any(part.get_content_type() in _ENCRYPTED for part in parts):
        raise source.refused("unsupported", "encrypted")
    _body(source, builder, message)
    names = [name for part in parts if (name := _report_name(part))]
    if names:
        if builder.empty:
            raise source.refused("unsupported", "only_attachments", names=", ".join(names))
        builder.problem("partly_read", "attachments", names=", ".join(names))


def _body(source: Source, builder: Builder, message: EmailMessage) -> None:
    for part in _shown(message):
        if part.get_content_type() == "text/plain":
            flowed = part.get_param("format") == "flowed"
            _plain(source, builder, _payload(part), _charset(part), flowed)
        else:
            write_page(source, builder, page_text(source, _payload(part), _charset(part)))


def _shown(part: EmailMessage) -> Iterator[EmailMessage]:
    """The parts a reader sees one below the other, forwarded mail too; of alternatives the page, unless it is empty."""
    if part.get_content_disposition() == "attachment" and part.get_content_type() != "message/rfc822":
        return
    if not part.is_multipart():
        if part.get_content_type() in {"text/plain", *_PAGES} and _says_anything(part):
            yield part
        return
    inner = [list(_shown(child)) for child in part.get_payload() if isinstance(child, EmailMessage)]
    if part.get_content_type() in {"multipart/alternative", "multipart/related"}:
        pages = [parts for parts in inner if any(p.get_content_type() in _PAGES for p in parts)]
        yield from next(iter(pages or [parts for parts in inner if parts]), [])
        return
    for parts in inner:
        yield from parts


def _says_anything(part: EmailMessage) -> bool:
    return _TAG.sub(b"", _payload(part).replace(b"\0", b"")).strip() not in {b"", b"\xff\xfe", b"\xfe\xff"}


def _plain(source: Source, builder: Builder, data: bytes, charset: str | None, flowed: bool) -> None:
    try:
        text = data.decode(charset) if charset else decode(data)[0]
    except (LookupError, UnicodeError):
        try:
            text = decode(data)[0]
        except UndecodableError as reason:
            raise source.refused(reason.kind, reason.key, **reason.values) from None
    except UndecodableError as reason:
        raise source.refused(reason.kind, reason.key, **reason.values) from None
    text = _without_quotes(builder, text)
    write_lines(builder, _SOFT_BREAK.sub(" ", text) if flowed else text)


def _without_quotes(builder: Builder, text: str) -> str:
    """The mail without the lines quoted from the one it answers, which hold other figures; a mail that is mostly
    quoted hands a report on and is left as it is."""
    if (earlier := _EARLIER_BELOW.search(text)) and is_answer(earlier.start(), len(text) - earlier.start()):
        builder.problem("partly_read", "quoted")
        text = text[: earlier.start()]
    lines = text.splitlines()
    quoted = sum(len(line) for line in lines if _QUOTED.match(line))
    if not quoted or quoted * 2 > len(text):
        return text
    builder.problem("partly_read", "quoted")
    bare = _ABOVE_QUOTED.sub(lambda found: "\n" * found.group().count("\n"), text)
    return "\n".join("" if _QUOTED.match(line) else line for line in bare.splitlines())


def _heads(text: str) -> set[int]:
    """The numbers of the lines that head a mail handed on: who sent it, when, to whom."""
    heads: set[int] = set()
    for found in islice(EARLIER.finditer(text), _MOST_PARTS):
        first = text.count("\n", 0, found.start()) + 1
        last = text.count("\n", 0, found.end()) + 1
        heads.update(range(first, last + 1))
        heads.update(last + 1 + at for at, _ in enumerate(takewhile(_FURTHER_HEAD.match, text.splitlines()[last:])))
    return heads


def write_lines(builder: Builder, text: str) -> None:
    """Add plain text line by line; lines "| a | b |" as table rows."""
    heads = _heads(text)
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if len(stripped) > 2 and stripped[0] == stripped[-1] == "|":
            cells = [cell.strip() for cell in stripped[1:-1].split("|")]
            places = [Place(line=number, column=column) for column in range(1, len(cells) + 1)]
            builder.row(cells, Place(line=number), places)
        else:
            kind = BlockKind.HEADER if number in heads else BlockKind.PARAGRAPH
            builder.paragraph(line, Place(line=number), kind)


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str | None:
    charset = part.get_content_charset()
    return None if charset in {None, "us-ascii", "unknown-8bit"} else charset


def _report_name(part: EmailMessage) -> str | None:
    """The name of an attachment that may itself be a report."""
    name = part.get_filename()
    if not name or part.get_content_disposition() == "inline":
        return None
    clean = PurePath(str(name).replace("\0", "")).name[:80]
    return clean if suffix_of(Path(clean)) in KNOWN_SUFFIXES - {""} else None
