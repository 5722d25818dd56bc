"""A report file of any form as a `Document`.

`read` looks at the content to tell the format, reads plain text in this process and everything else
in a child process that can be stopped. Add a format with one module and one line in `READERS`.
"""

from __future__ import annotations

import os
from pathlib import Path

from ..model import Document
from .detect import BINARY_SUFFIXES, KNOWN_SUFFIXES, sniff, suffix_of
from .formats import READERS
from .limits import Limits, refused
from .text import is_vietnamese, read_text

__all__ = ["READERS", "Limits", "probe", "read"]

_HEAD = 16_384


def read(path: Path | str, *, limits: Limits | None = None) -> Document:
    """The report at `path`.

    Raises ReadError (one line in Vietnamese and English that says what to do) when the file is missing,
    empty, of no known format, damaged, encrypted or larger than `limits` allow; whatever the bytes,
    nothing else is raised.
    """
    path, limits = Path(path), limits or Limits.usual()
    data = _load(path, limits)
    family = _family(path, data)
    if family == "text":
        return read_text(path, data, limits)
    from .child import read_apart  # plain text needs no processes

    return read_apart(path, family, limits)


def probe(path: Path | str, *, limits: Limits | None = None) -> None:
    """Raise what `read` would raise for a file that is missing, empty, too large or of no known format,
    without reading its content as a report."""
    path, limits = Path(path), limits or Limits.usual()
    _family(path, _load(path, limits))


def _family(path: Path, data: bytes) -> str:
    suffix = suffix_of(path)
    family = sniff(data[:_HEAD], suffix)
    if family:
        return family
    if suffix not in KNOWN_SUFFIXES:
        raise refused(path, "unsupported", "unknown_suffix", suffix=suffix)
    if suffix in BINARY_SUFFIXES:
        if is_vietnamese(data):  # a text renamed; what is left of a damaged file is none
            return "text"
        raise refused(path, "damaged", "not_what_it_says", suffix=suffix)
    raise refused(path, "unreadable", "binary")


def _load(path: Path, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise refused(path, "unreadable", "directory")
        if not path.exists():
            raise refused(path, "unreadable", "missing")
        if not path.is_file():
            raise refused(path, "unreadable", "not_a_file")
        size = path.stat().st_size
        if size == 0:
            raise refused(path, "unreadable", "empty")
        if size > limits.size:
            raise refused(path, "too_large", "too_large", size=size >> 20, limit=limits.size >> 20)
        with path.open("rb") as file:
            return file.read(limits.size + 1)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        raise refused(path, "unreadable", "no_access", reason=reason) from None
    except ValueError:  # a name with a NUL character
        raise refused(repr(str(path)), "unreadable", "missing") from None
