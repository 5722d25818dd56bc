"""Where a block, cell or figure stands in its file, in words."""

from __future__ import annotations

from .messages import say
from .model import Document, Message, Place


def position(place: Place) -> list[Message]:
    """Where a block or cell stands, as one looks for it in its file: by sheet and cell, by line, or by page, table,
    note or paragraph."""
    if place.cell:
        names = ["sheet", "cell"]
    elif place.line and not place.page:
        names = ["line"]
    elif place.table:
        names = ["page", "picture", "sheet", "table", "row", "column"]
    elif place.note or place.endnote:
        names = ["page", "note", "endnote"]
    else:
        names = ["page", "picture", "sheet", "paragraph"]
    return [say(f"display.{name}", n=str(getattr(place, name))) for name in names if getattr(place, name) is not None]


def place_words(place: Place, language: str) -> str:
    """The position in words: "trang 3, đoạn 12"; "" where nothing is known of it."""
    return ", ".join(part.in_language(language) for part in position(place))


def place_at(document: Document, offset: int) -> Place | None:
    """The place of an offset in its file; None when it stands in no block."""
    return next((b.place_at(offset) for b in document.blocks if b.span.start <= offset < b.span.end), None)
