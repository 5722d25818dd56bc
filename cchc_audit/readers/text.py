"""Plain text and Markdown, read in this process: `.txt`, `.md` and files without a suffix."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..messages import say
from ..model import Document, Problem
from .builder import plain_document
from .encoding import UndecodableError, decode
from .legacy import has_modern_letters
from .limits import Limits, refused


def decoded(path: Path, data: bytes, limits: Limits) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file and what is wrong with it. Raises ReadError when it is not text or too long."""
    try:
        text, damaged = decode(data)
    except UndecodableError as reason:
        raise refused(path, reason.kind, reason.key, **reason.values) from None
    if len(text) > limits.characters:
        raise refused(path, "too_large", "too_long", limit=limits.characters)
    if not text.strip():
        raise refused(path, "unreadable", "no_text")
    problems = (Problem("damaged", say("read.damaged_utf8", count=damaged)),) if damaged else ()
    return text, problems


def is_vietnamese(data: bytes) -> bool:
    """Is the file, whatever its name, Vietnamese text in Unicode, every character of it whole?"""
    try:
        text, damaged = decode(data)
    except UndecodableError:
        return False
    return not damaged and has_modern_letters(text)


def read_text(path: Path, data: bytes, limits: Limits) -> Document:
    """A text file as a document; offsets map back to the text as decoded."""
    text, problems = decoded(path, data, limits)
    return plain_document(path, "text", hashlib.sha256(data).hexdigest(), text, problems)
