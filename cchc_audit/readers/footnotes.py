"""Footnotes of a page: the raised numbers that call them, and the lines at its foot that open with these numbers.

A raised digit alone calls nothing: it may be the 2 of m². A line at the foot opens a note when its number is the first
one called on the page and the line stands apart from the text, by its size or the blank above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .lines import Grid, Line, Piece, Word

_RAISED = re.compile(r"(?<=.)[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NUMBER = re.compile(r"\d{1,3}")
_GLUED = re.compile(r"(\d{1,3})(?=[^\W\d_])")
_MEASURE = re.compile(r"(?:^|[\d(/])(?:k|h|da|d|c|m)?m$", re.IGNORECASE)  # m², km³
_SMALLER = 0.95  # of the text's size
_RAISED_SIZE = 0.8
_APART = 1.8  # times the usual blank between lines


@dataclass(frozen=True, slots=True)
class Note:
    number: int
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class _Call:
    piece: Piece
    words: list[Word]  # those the calling word stands among
    word: Word
    number: int


def part_notes(pieces: Sequence[Piece]) -> tuple[list[Piece], dict[int, list[Note]]]:
    """The page without its footnotes and the numbers that call them, and the notes by the `id` of the line or table that
    calls them."""
    calls = [call for piece in pieces for call in _calls(piece)]
    first = _first_note(pieces, calls) if calls else None
    if first is None:
        return list(pieces), {}
    text, called = list(pieces[:first]), {call.number for call in calls}
    notes: list[Note] = []
    for piece in pieces[first:]:
        assert isinstance(piece, Line)
        number = _opening(piece)
        if number is not None and number in called and (not notes or number == notes[-1].number + 1):
            notes.append(Note(number, []))
            _take_number(piece)
        notes[-1].lines.append(piece)
    by_call: dict[int, list[Note]] = {}
    found = {note.number: note for note in notes}
    for call in calls:
        if call.number in found and any(call.piece is piece for piece in text):
            _take_call(call)
            by_call.setdefault(id(call.piece), []).append(found[call.number])
    return text, by_call


def _first_note(pieces: Sequence[Piece], calls: Sequence[_Call]) -> int | None:
    """Where the notes of the page begin."""
    last_table = max((at for at, piece in enumerate(pieces) if isinstance(piece, Grid)), default=-1)
    for at in range(max(last_table + 1, 1), len(pieces)):
        line = pieces[at]
        if isinstance(line, Line) and _opening(line) == calls[0].number and _stands_apart(pieces[:at], line):
            return at if any(calls[0].piece is piece for piece in pieces[:at]) else None
    return None


def _stands_apart(above: Sequence[Piece], line: Line) -> bool:
    """Is it set smaller than the text, or below a blank wider than those of the text?"""
    lines = [piece for piece in above if isinstance(piece, Line)]
    if line.words[0].size < _RAISED_SIZE * line.size or line.size < _SMALLER * median(one.size for one in lines):
        return True
    blanks = [b.top - a.bottom for a, b in pairwise(above) if isinstance(a, Line) and isinstance(b, Line) and b.top > a.bottom]
    return bool(blanks) and line.top - above[-1].bottom > min(max(blanks), _APART * median(blanks))


def _opening(line: Line) -> int | None:
    """The number a line opens with, alone, or raised before its first word."""
    first = line.words[0]
    if len(line.words) > 1 and _NUMBER.fullmatch(first.text):
        return int(first.text)
    glued = _GLUED.match(first.text) if first.size < _RAISED_SIZE * line.size else None
    return int(glued.group()) if glued else None


def _take_number(line: Line) -> None:
    first = line.words[0]
    if _NUMBER.fullmatch(first.text):
        line.words.pop(0)
    else:
        first.text = _GLUED.sub("", first.text, count=1)


def _calls(piece: Piece) -> Iterable[_Call]:
    """The raised numbers of a line or table, in order: behind a word, or standing beside it."""
    rows = [piece.words] if isinstance(piece, Line) else [cell for row in piece.rows for cell in row]
    for words in rows:
        largest = max((word.size for word in words), default=0.0)
        for before, word in zip([None, *words], words, strict=False):
            raised = _RAISED.search(word.text)
            if raised:
                number, said = raised.group().translate(_PLAIN), word.text[: raised.start()]
            elif before and _NUMBER.fullmatch(word.text) and word.size < _RAISED_SIZE * largest and word.bottom < before.bottom - 0.2 * before.height:
                number, said = word.text, before.text
            else:
                continue
            if not _MEASURE.search(said):
                yield _Call(piece, words, word, int(number))


def _take_call(call: _Call) -> None:
    if _RAISED.search(call.word.text):
        call.word.text = _RAISED.sub("", call.word.text, count=1)
    else:
        call.words[:] = [word for word in call.words if word is not call.word]
