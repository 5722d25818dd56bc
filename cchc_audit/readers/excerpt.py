"""A piece of a page as a picture, with a figure boxed: what the inspector would see in the file itself."""

from __future__ import annotations

import base64
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

from ..model import Box, Document, Span
from .child import ask
from .limits import Limits
from .source import Source

_SCALE = 2.0  # pixels a point: 144 dots an inch
_MOST_PIXELS = 4_000_000
_AROUND = 36.0  # points shown above and below
_INK = (176, 48, 0)


def excerpt(document: Document, span: Span, *, limits: Limits | None = None) -> bytes | None:
    """A PNG picture of the page around `span` with the span boxed; None when the format has no pages.

    The whole block is boxed where the span itself cannot be found on the page (scans). Raises ReadError
    when the file can no longer be read.
    """
    found = next(
        ((i, b) for i, b in enumerate(document.blocks) if b.span.start <= span.start < b.span.end), None
    )
    if found is None or found[0] not in document.boxes:
        return None
    index, block = found
    quote = _bare(document.quote(span))
    before = _bare(document.text[block.span.start : span.start])
    return crop(
        Path(document.path), document.boxes[index], quote, before.count(quote) if quote else 0, limits
    )


def crop(path: Path, box: Box, quote: str = "", occurrence: int = 0, limits: Limits | None = None) -> bytes:
    """A PNG picture of the stretch of page that `box` lies in, with the box drawn, or within it the given
    occurrence (from 0) of `quote`. At most four million pixels."""
    limits = limits or Limits.usual()
    task = {"box": asdict(box), "quote": _bare(quote), "occurrence": occurrence}
    return base64.b64decode(ask(path, {"crop": task}, limits, limits.seconds)["png"])


def _bare(text: str) -> str:
    return "".join(text.split())


def draw(source: Source, task: dict[str, Any]) -> bytes:
    """The picture itself; runs in the reading process."""
    from PIL import ImageDraw

    box = Box(**task["box"])
    image, scale, found = _page_image(source, box, task["quote"], task["occurrence"])
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in found or [(box.left, box.top, box.right, box.bottom)]:
        edges = (left * scale - 4, top * scale - 2, right * scale + 4, bottom * scale + 2)
        draw.rectangle(edges, outline=_INK, width=3)
    upper = max(0, round((box.top - _AROUND) * scale))
    lower = min(image.height, round((box.bottom + _AROUND) * scale))
    buffer = BytesIO()
    image.crop((0, upper, image.width, max(lower, upper + 1))).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _page_image(
    source: Source, box: Box, quote: str, occurrence: int
) -> tuple[Any, float, list[tuple[float, ...]]]:
    """The page in colour, its pixels a point, and where the quote stands on it."""
    if b"%PDF-" not in source.data[:1024]:
        from itertools import islice

        from .picture import frames

        picture = next(islice(frames(source), box.page - 1, None))
        factor = min(1.0, _SCALE / picture.scale)
        small = picture.image.resize(
            (max(1, round(picture.image.width * factor)), max(1, round(picture.image.height * factor)))
        )
        return small.convert("RGB"), picture.scale * factor, []
    from .pdf import open_pdf, page_words

    page = open_pdf(source)[box.page - 1]
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    return (
        page.render(scale=scale).to_pil().convert("RGB"),
        scale,
        _find(page_words(page), box, quote, occurrence),
    )


def _find(words: Any, box: Box, quote: str, occurrence: int) -> list[tuple[float, ...]]:
    """The parts of words that the quote covers, one rectangle a word."""
    from .layout import lines_of

    inside = [w for w in words if box.top - 2 <= (w.top + w.bottom) / 2 <= box.bottom + 2]
    inside = [w for w in inside if box.left - 2 <= (w.left + w.right) / 2 <= box.right + 2]
    ordered = [word for line in lines_of(inside) for word in line.words]
    text = "".join(word.text for word in ordered)
    at = -1
    for _ in range(occurrence + 1 if quote else 0):
        at = text.find(quote, at + 1)
        if at < 0:
            return []
    return [] if at < 0 else list(_covered(ordered, at, at + len(quote)))


def _covered(words: list[Any], start: int, end: int) -> Any:
    position = 0
    for word in words:
        low, high = max(start, position), min(end, position + len(word.text))
        if low < high:
            step = (word.right - word.left) / len(word.text)
            yield (
                word.left + (low - position) * step,
                word.top,
                word.left + (high - position) * step,
                word.bottom,
            )
        position += len(word.text)
