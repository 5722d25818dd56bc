"""The one place where a document's text is put together.

Text is written once: blocks are spans into it and stay true. Letters are composed (NFC) on the way
in; for plain text a map back to the text as decoded is kept when composing changed anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ..messages import say
from ..model import SURE, Block, BlockKind, Box, Document, Message, Place, Problem, Span
from .legacy import has_modern_letters, legacy_encoding

_RULE_ROW = re.compile(r"[|\s:\-+=]+")
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_UNSEEN: dict[int, str | None] = {ord(c): None for c in "\u00ad\u200b\u200c\u200d\u2060\ufeff"}
# Bullets of the Symbol and Wingdings fonts have no letters of their own.
_UNSEEN |= dict.fromkeys((61623, 61485, 61607, 61558, 61656), "-")
_WORDS_BEFORE = 60
_MOST_PICTURES = 6
_LOOSE = 4  # characters that joining lines may put between two words
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
# Letters of Hangul and Brahmic scripts that compose with the letter before them although their
# combining class is 0.
_JOINING = {*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)} | {
    0x09BE, 0x09D7, 0x0B3E, 0x0B56, 0x0B57, 0x0BBE, 0x0BD7, 0x0CC2, 0x0CD5, 0x0CD6, 0x0D3E, 0x0D57,
    0x0DCF, 0x0DDF, 0x102E, 0x1B35, 0x110BA, 0x11127, 0x1133E, 0x11357, 0x114B0, 0x114BA, 0x114BD,
    0x115AF, 0x11930,
}  # fmt: skip


class Seen(NamedTuple):
    """A word as it stands on a page of the file, if that has pages; `confidence` (0..100) only where OCR is to be
    doubted or a figure read by it."""

    text: str
    box: Box | None
    confidence: int | None = None


class TooLongError(Exception):
    """The text grew past the limit of characters."""


def composed(source: str) -> tuple[str, tuple[int, ...] | None]:
    """The text in NFC and, when that differs from `source`, the place in `source` of each code point."""
    if unicodedata.is_normalized("NFC", source):
        return source, None
    whole = unicodedata.normalize("NFC", source)
    for clusters in (_latin_clusters, _any_clusters):
        text, offsets = _compose_clusters(source, clusters(source))
        if text == whole:
            break
    return text, tuple(offsets)


def _latin_clusters(source: str) -> Iterable[tuple[int, int]]:
    """Letters followed by combining marks: all that decomposed Vietnamese needs."""
    return (match.span() for match in _CLUSTER.finditer(source))


def _any_clusters(source: str) -> Iterable[tuple[int, int]]:
    """Every stretch that may compose within itself but not with its neighbours, for text of any script."""
    starts = [
        i
        for i, c in enumerate(source)
        if c < "\u0300" or not (unicodedata.combining(c) or ord(c) in _JOINING)
    ]
    return zip([0, *starts], [*starts, len(source)], strict=True)


def _compose_clusters(source: str, clusters: Iterable[tuple[int, int]]) -> tuple[str, list[int]]:
    pieces: list[str] = []
    offsets: list[int] = []
    known: dict[str, str] = {}
    upto = 0
    for start, end in clusters:
        pieces.append(source[upto:start])
        offsets.extend(range(upto, start))
        cluster = source[start:end]
        piece = known.get(cluster) or known.setdefault(cluster, unicodedata.normalize("NFC", cluster))
        pieces.append(piece)
        if len(piece) == 1:
            offsets.append(start)
            upto = end
            continue
        # Marks left over by composing keep their distance to the end of the cluster.
        offsets.extend(max(start, end - len(piece) + j) if j else start for j in range(len(piece)))
        upto = end
    pieces.append(source[upto:])
    offsets.extend(range(upto, len(source)))
    return "".join(pieces), offsets


def _without_unseen(text: str, offsets: tuple[int, ...] | None) -> tuple[str, tuple[int, ...] | None]:
    """The text without soft hyphens and zero-width marks, which would cut figures and words in two."""
    if not _ZERO_WIDTH.search(text):
        return text, offsets
    kept = [at for at, character in enumerate(text) if not _ZERO_WIDTH.match(character)]
    return "".join([text[at] for at in kept]), tuple([offsets[at] if offsets else at for at in kept])


def plain_document(
    path: Path, file_format: str, sha256: str, source: str, problems: Iterable[Problem]
) -> Document:
    """A document of plain text: every line that is not blank is a block, every "| a | b |" line a table row."""
    text, offsets = _without_unseen(*composed(source))
    blocks: list[Block] = []
    table = row = 0
    end = -1
    previous_row = -1
    for number, content in enumerate(text.split("\n"), 1):
        start, end = end + 1, end + 1 + len(content)
        stripped = content.strip()
        if not stripped:
            continue
        if stripped[0] != "|" or stripped[-1] != "|" or len(stripped) == 1:
            place = Place(paragraph=len(blocks) + 1, line=number)
            blocks.append(Block(BlockKind.PARAGRAPH, Span(start, end), place))
            continue
        table, row = (table, row) if previous_row == number - 1 else (table + 1, 0)
        previous_row = number
        if _RULE_ROW.fullmatch(stripped):
            continue
        row += 1
        cells = row_cells(text, start, end)
        places = tuple(Place(table=table, row=row, column=c, line=number) for c in range(1, len(cells) + 1))
        place = Place(paragraph=len(blocks) + 1, table=table, row=row, line=number)
        blocks.append(Block(BlockKind.ROW, Span(start, end), place, cells, places))
    return Document(
        path=str(path),
        format=file_format,
        sha256=sha256,
        text=text,
        blocks=tuple(blocks),
        source=source if offsets is not None else None,
        offsets=offsets,
        problems=tuple(problems),
    )


def row_cells(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The spans of the cells of the row "| a | b |" that stands at `[start, end)`, blanks around them left out."""
    bars = [i for i in range(start, end) if text[i] == "|"]
    return tuple(_trimmed(text, left + 1, right) for left, right in zip(bars, bars[1:], strict=False))


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    return Span(left, max(left, start + len(piece.rstrip()))) if piece.strip() else Span(start, start)


class Builder:
    """Puts blocks one below the other. `limit` bounds the text's length in code points.

    Invisible characters (soft hyphens, zero-width marks) and control characters do not enter the
    text; runs of blanks inside a paragraph become one. A bar inside a cell becomes "¦", so that rows
    stay readable as rows.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._boxes: dict[int, Box] = {}
        self._uncertain: list[tuple[Span, int]] = []
        self._figure_boxes: list[tuple[Span, Box]] = []
        self._problems: list[Problem] = []
        self._pictures: list[Message] = []  # where pictures stand that may hold figures

    @property
    def empty(self) -> bool:
        return not self._blocks

    @property
    def uncertain_count(self) -> int:
        """How many words read by OCR are doubtful."""
        return sum(1 for _, confidence in self._uncertain if confidence < SURE)

    def paragraph(
        self,
        text: str,
        place: Place,
        kind: BlockKind = BlockKind.PARAGRAPH,
        box: Box | None = None,
        words: Sequence[Seen] = (),
    ) -> None:
        """Add a paragraph; nothing when it is blank. `words` are its words as they stand on the page."""
        clean = _clean(text)
        if not clean:
            return
        start = self._write(clean)
        self._add(Block(kind, Span(start, start + len(clean)), place), box)
        self._see(start, clean, words)

    def row(
        self,
        cells: Sequence[str],
        place: Place,
        cell_places: Sequence[Place] = (),
        box: Box | None = None,
        words: Sequence[Sequence[Seen]] = (),
    ) -> None:
        """Add a table row as "| a | b |"; nothing when every cell is blank. `words` are those of each cell."""
        clean = [_clean(cell).replace("|", "¦") for cell in cells]
        if not any(clean):
            return
        line = "| " + " | ".join(clean) + " |"
        start = self._write(line)
        spans: list[Span] = []
        at = start + 2
        for index, cell in enumerate(clean):
            spans.append(Span(at, at + len(cell)))
            if words:
                self._see(at, cell, words[index])
            at += len(cell) + 3
        self._add(
            Block(BlockKind.ROW, Span(start, start + len(line)), place, tuple(spans), tuple(cell_places)), box
        )

    def gap(self) -> None:
        """A blank line, as between a table and the text after it."""
        if self._pieces and self._pieces[-1] != "\n":
            self._pieces.append("\n")
            self._length += 1

    def problem(self, kind: str, key: str, **values: object) -> None:
        """Note something unread: sentence `read.<key>` of the catalogue; the same sentence only once."""
        problem = Problem(kind, say(f"read.{key}", **values))
        if problem not in self._problems:
            self._problems.append(problem)

    def here(self) -> Message:
        """Where the next block will stand, in words: after those written last."""
        last = self._pieces[-1 if self._pieces[-1] != "\n" else -2] if self._blocks else ""
        words = " ".join(last.replace("|", " ").split())
        cut = "…" + words[-_WORDS_BEFORE:].partition(" ")[2] if len(words) > _WORDS_BEFORE else words
        return say("read.after_words", words=cut) if words else say("read.at_start")

    def picture(self, place: Message | None = None) -> None:
        """Note a picture large enough to hold text, which is not read; where nothing better is known, its place is
        after the words written last."""
        self._pictures.append(place or self.here())

    def _say_pictures(self) -> None:
        if self._pictures:
            places = list(dict.fromkeys(self._pictures))
            named, more = places[:_MOST_PICTURES], len(places) > _MOST_PICTURES
            vi, en = (
                "; ".join(texts) + "; …" * more for texts in zip(*((m.vi, m.en) for m in named), strict=True)
            )
            said = Message(vi, en)
            self.problem("partly_read", "pictures", count=len(self._pictures), places=said)

    def old_encoding(self) -> tuple[str, bool] | None:
        """The old encoding that some of the text is still in, and whether that is most of it."""
        lines = [piece for piece in self._pieces if not piece.isascii()]
        old = [line for line in lines if not has_modern_letters(line)]
        name = legacy_encoding("".join(old))
        return (name, len(old) * 2 > len(lines)) if name else None

    def document(self, path: Path, file_format: str, sha256: str) -> Document:
        self._say_pictures()
        return Document(
            path=str(path),
            format=file_format,
            sha256=sha256,
            text="".join(self._pieces),
            blocks=tuple(self._blocks),
            problems=tuple(self._problems),
            uncertain=tuple(self._uncertain),
            boxes=dict(self._boxes),
            figure_boxes=tuple(self._figure_boxes),
        )

    def _write(self, line: str) -> int:
        start = self._length
        self._length += len(line) + 1
        if self._length > self._limit:
            raise TooLongError
        self._pieces.append(line + "\n")
        return start

    def _add(self, block: Block, box: Box | None) -> None:
        if box is not None:
            self._boxes[len(self._blocks)] = box
        self._blocks.append(block)

    def _see(self, start: int, text: str, words: Sequence[Seen]) -> None:
        """Find the words again in the text they were joined to, in order, and keep what is known of them."""
        at = lost = 0
        for word in words:
            piece = _clean(word.text).replace("|", "¦")
            found = text.find(piece, at, at + lost + len(piece) + _LOOSE) if piece else -1
            if found < 0:
                lost += len(piece) + 1
                continue
            at, lost = found + len(piece), 0
            span = Span(start + found, start + at)
            if word.confidence is not None:
                self._uncertain.append((span, word.confidence))
            if word.box is not None and (word.confidence is not None or any(c.isdigit() for c in piece)):
                self._figure_boxes.append((span, word.box))


def _clean(text: str) -> str:
    """One line, composed, without invisible characters; no-break and other special blanks stay as they are."""
    line = _CONTROL.sub(" ", text.translate(_UNSEEN))
    return unicodedata.normalize("NFC", re.sub(r"[ \t\n]+", " ", line).strip())
