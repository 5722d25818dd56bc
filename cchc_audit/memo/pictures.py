"""The page itself beside a finding: where the report has pages, a picture of its figures, boxed.

A memo stays one file people can mail: pictures are few and small, and those left out are counted.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import ReadError
from ..readers import excerpt
from .view import View

_MOST = 40
_MOST_BYTES = 700_000  # of PNG; written in base64 a third more


@dataclass(frozen=True, slots=True, eq=False)
class Pictures:
    """Pictures of pages as `data:` addresses by the anchor of their finding; how many were left out for size, and
    whether the report's file can no longer be shown."""

    by_anchor: Mapping[str, str] = field(default_factory=dict)
    left_out: int = 0
    gone: bool = False


NONE = Pictures()


def pictures_of(view: View) -> Pictures:
    """Pictures for the findings to answer, gravest first. Reads the report's file again, once."""
    if not view.document.boxes:
        return NONE
    asked = [item for item in view.to_answer if item.spans]
    spans = [[item.head, *item.spans] for item in asked[:_MOST]]
    try:
        made = excerpt.excerpts(view.document, spans)
    except ReadError:
        return Pictures(gone=True)
    by_anchor: dict[str, str] = {}
    size = 0
    for item, png in zip(asked, made, strict=False):
        if png is not None and size + len(png) <= _MOST_BYTES:
            size += len(png)
            by_anchor[item.anchor] = "data:image/png;base64," + b64encode(png).decode("ascii")
    return Pictures(by_anchor, len(asked) - len(by_anchor))
