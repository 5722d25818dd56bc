"""Bytes of a text file to text: UTF-8, UTF-16 or Windows-1258, told apart by content."""

from __future__ import annotations

import codecs
import re

from .legacy import legacy_encoding, vietnamese_share

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 200_000
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class UndecodableError(Exception):
    """No text. `key` is the sentence of the catalogue that says why, `values` what goes into it."""

    def __init__(self, kind: str, key: str, **values: object) -> None:
        super().__init__(key)
        self.kind, self.key, self.values = kind, key, values


def decode(data: bytes) -> tuple[str, int]:
    """The text (byte order mark dropped, CRLF and CR as LF) and how many bytes of damaged UTF-8 in it were
    replaced by U+FFFD. Raises UndecodableError for binary data and for other encodings."""
    text, damaged = _decode(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, damaged


def _decode(data: bytes) -> tuple[str, int]:
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], marked), 0
    if b"\0" in data[:_SAMPLE]:
        return _strictly(data, _unmarked_utf16(data)), 0
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data)
    if len(_CONTROL.findall(data[:_SAMPLE])) * 100 > min(len(data), _SAMPLE):
        raise UndecodableError("unreadable", "binary")
    if name := legacy_encoding(text[:_SAMPLE]):
        raise UndecodableError("encoding", "legacy", name=name)
    return text, 0


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise UndecodableError("encoding", "undecodable") from None


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a mark: Vietnamese has mostly Latin letters, so one byte of each pair is mostly zero."""
    sample = data[: _SAMPLE // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.5 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.5 * half and odd < 0.02 * half:
        return "utf-16-be"
    raise UndecodableError("unreadable", "binary")


def _not_utf8(data: bytes) -> tuple[str, int]:
    sample = data[:_SAMPLE]
    if len(_CONTROL.findall(sample)) * 100 > len(sample):
        raise UndecodableError("unreadable", "binary")
    mended = data.decode("utf-8", "replace")
    damaged = mended.count("\ufffd")
    if damaged * 50 <= sum(c > "\x7f" for c in mended[:_SAMPLE]):
        return mended, damaged
    try:
        windows = sample.decode("cp1258")
    except UnicodeDecodeError:
        windows = None
    share = vietnamese_share(windows) if windows is not None else 0.0
    if share is None or share >= 0.8:
        return _strictly(data, "cp1258"), 0
    if name := legacy_encoding(sample.decode("latin-1")):
        raise UndecodableError("encoding", "legacy", name=name)
    raise UndecodableError("encoding", "undecodable")
