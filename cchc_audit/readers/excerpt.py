"""Pieces of pages as pictures, with figures boxed: what the inspector would see in the file itself."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from ..model import Box, Document, Span
from .child import ask
from .limits import Limits
from .source import Source

_SCALE = 1.5  # pixels a point: 108 dots an inch
_MOST_PIXELS = 4_000_000
_AROUND = 24.0  # points shown above and below
_TALLEST = 260.0  # points; figures further down the page than that are left out of the picture
_INK = (176, 48, 0)
_SHADES = 16


def excerpt(document: Document, span: Span, *, limits: Limits | None = None) -> bytes | None:
    """A PNG picture of the page around `span` with its figures boxed; None when the format has no pages.

    The whole block is boxed where no figure of the span was placed. Raises ReadError when the file can no
    longer be read or is not the one that was read.
    """
    return excerpts(document, [[span]], limits=limits)[0]


def excerpts(
    document: Document, wanted: Sequence[Sequence[Span]], *, limits: Limits | None = None
) -> list[bytes | None]:
    """One picture for each group of spans: the page of its first span, with all that stand near it boxed."""
    tasks = [boxes_of(document, spans) for spans in wanted]
    if not any(tasks):
        return [None] * len(tasks)
    limits = limits or Limits.usual()
    crops = [[astuple(box) for box in boxes] for boxes in tasks if boxes]
    request = {"crops": crops, "sha256": document.sha256}
    made = iter(ask(Path(document.path), request, limits, limits.seconds)["png"])
    return [base64.b64decode(next(made)) if boxes else None for boxes in tasks]


def boxes_of(document: Document, spans: Sequence[Span]) -> list[Box]:
    """The boxes of the spans' figures on the page of the first, near enough for one picture."""
    found = [box for span in spans for box in _boxes(document, span)]
    top = found[0].top if found else 0.0
    return [b for b in found if b.page == found[0].page and abs(b.top - top) < _TALLEST]


def _boxes(document: Document, span: Span) -> list[Box]:
    placed = [_part(where, box, span) for where, box in document.figure_boxes if where.touches(span)]
    if placed:
        return placed
    blocks = (i for i, b in enumerate(document.blocks) if b.span.start <= span.start < b.span.end)
    return [document.boxes[i] for i in islice(blocks, 1) if i in document.boxes]


def _part(word: Span, box: Box, span: Span) -> Box:
    """The part of a word's box that the span covers, letters taken as equally wide."""
    step = (box.right - box.left) / (word.end - word.start)
    left = box.left + step * max(0, span.start - word.start)
    right = box.right - step * max(0, word.end - span.end)
    return Box(box.page, round(left, 1), box.top, round(right, 1), box.bottom)


# ---------------------------------------------------------------- in the reading process


def draw(source: Source, task: list[list[list[float]]], sha256: str) -> Iterator[bytes]:
    """The pictures, in the order asked for. Raises ReadError when the file is not the one that was read."""
    if hashlib.sha256(source.data).hexdigest() != sha256:
        raise source.refused("unreadable", "changed")
    if b"%PDF-" in source.data[:1024]:
        from .pdf import shown_pdf

        source = shown_pdf(source)
    pages: dict[int, tuple[Any, float]] = {}
    for group in task:
        boxes = [Box(int(page), *edges) for page, *edges in group]
        number = boxes[0].page
        if number not in pages:
            pages = {number: _page_image(source, number)}
        yield _cut(*pages[number], boxes)


def _cut(page: Any, scale: float, boxes: list[Box]) -> bytes:
    from PIL import Image, ImageDraw

    upper = max(0, round((min(b.top for b in boxes) - _AROUND) * scale))
    lower = min(page.height, round((max(b.bottom for b in boxes) + _AROUND) * scale))
    cut = page.crop((0, upper, page.width, max(lower, upper + 1)))
    image = cut.quantize(_SHADES, dither=Image.Dither.NONE)  # few shades keep a memo small
    image.putpalette([*(image.getpalette() + [255] * 3 * _SHADES)[: 3 * _SHADES], *_INK])
    pen = ImageDraw.Draw(image)
    for box in boxes:
        left, right = box.left * scale - 3, box.right * scale + 3
        top, bottom = box.top * scale - 2 - upper, box.bottom * scale + 2 - upper
        pen.rectangle((left, top, right, bottom), outline=_SHADES, width=2)
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _page_image(source: Source, number: int) -> tuple[Any, float]:
    """A page in grey and its pixels a point."""
    if b"%PDF-" not in source.data[:1024]:
        from .picture import frames

        picture = next(islice(frames(source), number - 1, None))
        factor = min(1.0, _SCALE / picture.scale)
        size = (max(1, round(picture.image.width * factor)), max(1, round(picture.image.height * factor)))
        return picture.image.resize(size).convert("L"), picture.scale * factor
    from .pdf import open_pdf

    page = open_pdf(source)[number - 1]
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    return page.render(scale=scale).to_pil().convert("L"), scale
