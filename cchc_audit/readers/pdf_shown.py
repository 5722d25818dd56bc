"""A PDF as it is shown: what was typed into its forms or onto its pages is part of them, and text that stands on its side
is turned upright."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdfium2.raw as raw

from .source import Source

_SAMPLE = 300  # characters
_MOST = 0.9  # of them, where the page is set on its side
_MOST_NOTES = 500
_TYPED = {raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP}


def as_shown(source: Source, document: Any) -> Source:
    """The file with its pages changed in that way, or `source` itself where there is nothing to change. `document` is the
    opened file; it is spent when the file changes."""
    document.init_forms()
    changed = False
    for index in range(min(len(document), source.limits.pages)):
        page = document[index]
        written = _take_over(page, document.formenv)
        turn = _lies(page)
        if turn:
            page.set_rotation((page.get_rotation() + turn) % 360)
        changed = changed or written or turn > 0
        page.close()
    if not changed:
        return source
    buffer = BytesIO()
    document.save(buffer)
    return replace(source, data=buffer.getvalue())


def _take_over(page: Any, forms: Any) -> bool:
    """Make what stands in fields and on notes part of the page; the stamp of a signature is left out, it would fall into
    the letterhead's lines. Returns whether there was any."""
    found = False
    for at in reversed(range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_NOTES))):
        note = raw.FPDFPage_GetAnnot(page.raw, at)
        kind = raw.FPDFAnnot_GetSubtype(note)
        field = raw.FPDFAnnot_GetFormFieldType(forms.raw, note) if forms and kind == raw.FPDF_ANNOT_WIDGET else -1
        raw.FPDFPage_CloseAnnot(note)
        if field == raw.FPDF_FORMFIELD_SIGNATURE or kind not in _TYPED:
            raw.FPDFPage_RemoveAnnot(page.raw, at)
        else:
            found = True
    return found and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS


def _lies(page: Any) -> int:
    """By how many degrees the page has to be turned clockwise for nearly all its text to stand upright: 0, 90 or 270. A
    page upside down is left to its reader."""
    textpage = page.get_textpage()
    count = min(raw.FPDFText_CountChars(textpage.raw), _SAMPLE)
    angles = Counter(
        round(math.degrees(raw.FPDFText_GetCharAngle(textpage.raw, at))) % 360
        for at in range(count)
        if raw.FPDFText_GetUnicode(textpage.raw, at) > 32
    )
    textpage.close()
    if not angles:
        return 0
    (angle, most), *_ = angles.most_common(1)
    turn = (-angle - page.get_rotation()) % 360  # PDFium counts the angle clockwise
    return turn if most >= _MOST * angles.total() and turn in {90, 270} else 0
