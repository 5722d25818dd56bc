"""A document as plain data, for the way from the reading process to the one that asked."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from ..model import Block, BlockKind, Box, Document, Message, Place, Problem, Span


def _place(place: Place) -> list[Any]:
    return [
        place.page,
        place.paragraph,
        place.table,
        place.row,
        place.column,
        place.sheet,
        place.cell,
        place.line,
        place.picture,
        place.note,
        place.endnote,
    ]


def to_plain(document: Document) -> dict[str, Any]:
    """Lists, strings and numbers only; `from_plain` gives the document back."""
    return {
        "path": document.path,
        "format": document.format,
        "sha256": document.sha256,
        "text": document.text,
        "source": document.source,
        "offsets": document.offsets,
        "blocks": [
            [b.kind.value, b.span, _place(b.place), b.cells, [_place(p) for p in b.cell_places]]
            for b in document.blocks
        ],
        "problems": [[p.kind, p.message.vi, p.message.en] for p in document.problems],
        "uncertain": document.uncertain,
        "boxes": [[i, *astuple(b)] for i, b in document.boxes.items()],
        "figure_boxes": [[s, *astuple(b)] for s, b in document.figure_boxes],
    }


def from_plain(plain: dict[str, Any]) -> Document:
    return Document(
        path=plain["path"],
        format=plain["format"],
        sha256=plain["sha256"],
        text=plain["text"],
        source=plain["source"],
        offsets=None if plain["offsets"] is None else tuple(plain["offsets"]),
        blocks=tuple(
            Block(
                BlockKind(kind),
                Span(*span),
                Place(*place),
                tuple(Span(*cell) for cell in cells),
                tuple(Place(*cell_place) for cell_place in cell_places),
            )
            for kind, span, place, cells, cell_places in plain["blocks"]
        ),
        problems=tuple(Problem(kind, Message(vi, en)) for kind, vi, en in plain["problems"]),
        uncertain=tuple((Span(*span), confidence) for span, confidence in plain["uncertain"]),
        boxes={index: Box(*box) for index, *box in plain["boxes"]},
        figure_boxes=tuple((Span(*span), Box(*box)) for span, *box in plain["figure_boxes"]),
    )
