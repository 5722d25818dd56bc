"""Rich text (.rtf): control words, groups, code pages and tables, as far as they carry the report's text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..model import BlockKind, Place
from .builder import Builder
from .grid import Cell, write_table
from .source import Source

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"  # control word
    rb"|\\'([0-9a-fA-F]{2})"  # character of the code page
    rb"|\\([^a-zA-Z])"  # control symbol
    rb"|([{}])"
    rb"|[\r\n]+"
    rb"|([^\\{}\r\n]+)",
)
_SKIPPED = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "listtable", "listoverridetable", "revtbl",
    "generator", "themedata", "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "rsidtbl", "fldinst",
    "bkmkstart", "bkmkend", "annotation", "atnid", "atnauthor", "pntext", "nonshppict", "filetbl", "mmathPr", "pgptbl",
}  # fmt: skip
_READ_DESTINATIONS = {
    "shptxt",
    "shppict",
    "shpinst",
    "shp",
    "fldrslt",
    "nesttableprops",
    "listtext",
    "footnote",
}
_RUNNING = {
    "header": BlockKind.HEADER, "headerl": BlockKind.HEADER, "headerr": BlockKind.HEADER, "headerf": BlockKind.HEADER,
    "footer": BlockKind.FOOTER, "footerl": BlockKind.FOOTER, "footerr": BlockKind.FOOTER, "footerf": BlockKind.FOOTER,
}  # fmt: skip
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "-", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "softline": "\n", "nonbreakingspace": "\u00a0",
}  # fmt: skip
_CHARSETS = {
    0: "cp1252",
    128: "cp932",
    129: "cp949",
    134: "cp936",
    136: "cp950",
    163: "cp1258",
    204: "cp1251",
    238: "cp1250",
}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WIDE = 4000  # twips: crests, stamps and signatures are smaller
_DEEPEST = 500
_SAME_EDGE = 30  # twips


def read(source: Source, builder: Builder) -> None:
    """Fill the builder with paragraphs and tables, running heads and feet last."""
    parser = _Parser(source, builder)
    parser.run()


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and what ends with it."""

    skipped: bool = False
    running: BlockKind | None = None
    hidden: bool = False
    deleted: bool = False
    raised: bool = False
    font: int = -1
    unicode_skip: int = 1
    footnote: bool = False
    endnote: bool = False  # of a footnote: it stands at the end of the text
    picture: bool = False


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a cell is drawn: its right edge in twips, and whether it goes on from the left or from above."""

    right: int = 0
    from_left: bool = False
    from_above: bool = False


@dataclass(slots=True)
class _Table:
    rows: list[list[tuple[list[str], _Shape]]] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    shapes: list[_Shape] = field(default_factory=list)
    pending: _Shape = _Shape()

    def grid(self) -> list[list[Cell]]:
        """The rows with each cell's span: how many of the table's right edges it passes."""
        edges: list[int] = []
        for edge in sorted({shape.right for row in self.rows for _, shape in row if shape.right}):
            if not edges or edge - edges[-1] > _SAME_EDGE:
                edges.append(edge)
        return [[_cell(row, at, edges) for at in range(len(row))] for row in self.rows]


def _cell(row: list[tuple[list[str], _Shape]], at: int, edges: list[int]) -> Cell:
    paragraphs, shape = row[at]
    left = row[at - 1][1].right if at else 0
    span = sum(1 for edge in edges if left + _SAME_EDGE < edge <= shape.right + _SAME_EDGE)
    return Cell(paragraphs, max(1, span), continues=shape.from_left or shape.from_above)


class _Parser:
    def __init__(self, source: Source, builder: Builder) -> None:
        self.source, self.builder = source, builder
        self.state = _State()
        self.stack: list[_State] = []
        self.text: list[str] = []
        self.cell: list[str] = []
        self.table = _Table()
        self.in_table = False
        self.running: list[tuple[str, BlockKind]] = []
        self.notes: list[tuple[str, bool]] = []  # text, is it an endnote?
        self.noted: Counter[bool] = Counter()
        self.codepage = "cp1252"
        self.fonts: dict[int, str] = {}
        self.to_skip = 0
        self._held: list[str] = []  # the paragraph in progress while a running head or a note is read
        self.paragraphs = self.tables = self.deletions = 0
        self.pending_bytes = b""

    def run(self) -> None:
        fresh = False  # does the next control word open a group?
        star = False
        for word, number, code, symbol, brace, run in self._tokens():
            if brace == "{":
                self._open()
                fresh, star = True, False
                continue
            if brace == "}":
                self._close()
            elif word:
                if fresh or star:
                    self._destination(word, star)
                self._control(word, number)
            elif code is not None:
                self._byte(code)
            elif symbol == "*" and fresh:
                star = True
                continue
            elif symbol:
                self._symbol(symbol)
            elif run:
                self._say_bytes(run)
            fresh = star = False
        self._paragraph()
        self._end_table()
        for text, kind in self.running:
            self.builder.paragraph(text, Place(), kind)
        if self.deletions:
            self.builder.problem("partly_read", "tracked", inserted=0, deleted=self.deletions)

    def _tokens(self) -> Iterator[tuple[str, int | None, int | None, str, str, bytes]]:
        position, data = 0, self.source.data
        while position < len(data):
            match = _TOKEN.match(data, position)
            if match is None:
                return
            position = match.end()
            word, number, code, symbol, brace, run = match.groups()
            if word == b"bin" and number:
                position += max(0, int(number))
                continue
            yield (
                (word or b"").decode("ascii"),
                int(number) if number else None,
                int(code, 16) if code else None,
                (symbol or b"").decode("latin-1"),
                (brace or b"").decode("ascii"),
                run or b"",
            )

    # ------------------------------------------------------------ groups

    def _open(self) -> None:
        if len(self.stack) > _DEEPEST:
            raise self.source.refused("damaged", "damaged", reason="RTF")
        self._flush_bytes()
        self.stack.append(self.state)

    def _close(self) -> None:
        self._flush_bytes()
        before = self.state
        if self.stack:
            self.state = self.stack.pop()
        if before.running and not self.state.running:
            self.running.extend(
                (line, before.running) for line in "".join(self.text).split("\n") if line.strip()
            )
            self.text = self._held
        if before.footnote and not self.state.footnote:
            self.notes.append(("".join(self.text), before.endnote))
            self.text = self._held

    def _destination(self, word: str, star: bool) -> None:
        if word in _RUNNING or word == "footnote":
            if not (self.state.running or self.state.footnote):
                self._flush_bytes()
                self._held, self.text = self.text, []
            self.state = replace(self.state, running=_RUNNING.get(word), footnote=word == "footnote")
        elif word == "pict" and not self.state.skipped:
            self.state = replace(self.state, skipped=True, picture=True)
        elif word in _SKIPPED or (star and word not in _READ_DESTINATIONS):
            self.state = replace(self.state, skipped=True)

    # ------------------------------------------------------------ words

    def _control(self, word: str, number: int | None) -> None:
        self._flush_bytes()
        on = number != 0
        if word == "u" and number is not None:
            self._say(chr(number % 0x10000))
            self.to_skip = self.state.unicode_skip
        elif word in {"par", "sect", "page"}:
            self._paragraph()
        elif word in _CHARACTERS:
            self._say(_CHARACTERS[word])
        elif word in {"cell", "nestcell"}:
            self._end_cell()
        elif word in {"row", "nestrow"}:
            self._end_row()
        elif word == "trowd":
            self.table.shapes, self.table.pending = [], _Shape()
        elif word == "clmrg":
            self.table.pending = replace(self.table.pending, from_left=True)
        elif word == "clvmrg":
            self.table.pending = replace(self.table.pending, from_above=True)
        elif word == "cellx":
            self.table.shapes.append(replace(self.table.pending, right=number or 0))
            self.table.pending = _Shape()
        elif word == "intbl":
            self.in_table = True
        else:
            self._format(word, number, on)

    def _format(self, word: str, number: int | None, on: bool) -> None:
        if word == "pard":
            if not self.cell and not self.text:
                self.in_table = False
        elif word == "plain":
            self.state = replace(self.state, hidden=False, deleted=False, raised=False)
        elif word == "ftnalt" and self.state.footnote:
            self.state = replace(self.state, endnote=True)
        elif word == "v":
            self.state = replace(self.state, hidden=on)
        elif word == "deleted":
            self.deletions += on
            self.state = replace(self.state, deleted=on)
        elif word in {"super", "nosupersub", "sub"}:
            self.state = replace(self.state, raised=word == "super" and on)
        elif word == "uc" and number is not None:
            self.state = replace(self.state, unicode_skip=max(0, min(number, 10)))
        elif word == "f" and number is not None:
            self.state = replace(self.state, font=number)
        elif word == "fcharset" and number is not None:
            self.fonts[self.state.font] = _CHARSETS.get(number, self.codepage)
        elif word == "picwgoal" and number and number >= _WIDE and self.state.picture:
            self.builder.picture()
        elif word == "ansicpg" and number:
            self.codepage = f"cp{number}"

    def _symbol(self, symbol: str) -> None:
        self._flush_bytes()
        if symbol in "\\{}":
            self._say(symbol)
        elif symbol == "~":
            self._say("\u00a0")
        elif symbol == "_":
            self._say("-")
        elif symbol in "\r\n":
            self._paragraph()

    # ------------------------------------------------------------ text

    def _byte(self, code: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        else:
            self.pending_bytes += bytes([code])

    def _say_bytes(self, run: bytes) -> None:
        if self.to_skip:
            run, self.to_skip = run[self.to_skip :], max(0, self.to_skip - len(run))
        self.pending_bytes += run

    def _flush_bytes(self) -> None:
        if self.pending_bytes:
            raw, self.pending_bytes = self.pending_bytes, b""
            charset = self.fonts.get(self.state.font, self.codepage)
            try:
                self._say(raw.decode(charset, "replace"))
            except LookupError:
                self._say(raw.decode("cp1252", "replace"))

    def _say(self, text: str) -> None:
        state = self.state
        if not (state.skipped or state.hidden or state.deleted):
            self.text.append(text.translate(_SUPERSCRIPT) if state.raised else text)

    def _paragraph(self) -> None:
        self._flush_bytes()
        if self.state.skipped:
            return
        if self.state.running or self.state.footnote:
            self.text.append("\n")
            return
        text = "".join(self.text)
        self.text = []
        if self.in_table:
            self.cell.append(text)
            return
        self._end_table()
        self.paragraphs += 1
        for line in text.split("\n"):
            self.builder.paragraph(line, Place(paragraph=self.paragraphs))
        self._write_notes()

    def _write_notes(self) -> None:
        for note, at_end in self.notes:
            self.noted[at_end] += 1
            number = self.noted[at_end]
            for line in note.split("\n"):
                self.builder.paragraph(line, Place(endnote=number) if at_end else Place(note=number))
        self.notes = []

    # ------------------------------------------------------------ tables

    def _end_cell(self) -> None:
        self.in_table = True
        self._paragraph()
        self.table.cells.append(self.cell)
        self.cell = []

    def _end_row(self) -> None:
        shapes = self.table.shapes + [_Shape()] * len(self.table.cells)
        self.table.rows.append(list(zip(self.table.cells, shapes, strict=False)))
        self.table.cells = []
        self.in_table = False

    def _end_table(self) -> None:
        if self.cell or self.table.cells:  # a table that breaks off
            self.table.rows.append([(cell, _Shape()) for cell in [*self.table.cells, self.cell]])
            self.cell, self.table.cells = [], []
        if self.table.rows:
            self.tables += 1
            write_table(self.builder, self.table.grid(), Place(table=self.tables))
            self.table = _Table(shapes=self.table.shapes)
            self._write_notes()
