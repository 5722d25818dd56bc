"""Names and bytes on disk: the one slug function and the one way to write a file."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_RESERVED = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
_LONGEST = 60


def slug(name: str, fallback: str = "khong-ten") -> str:
    """A file name made from any text: ASCII letters, digits and single hyphens, at most 60 characters.

    Safe on Windows too (no reserved device names, no trailing dot). Never empty: `fallback` stands in.

    >>> slug("Phường Trần Hưng Đạo")
    'phuong-tran-hung-dao'
    """
    folded = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    ascii_only = "".join(c for c in folded if not unicodedata.combining(c)).lower()
    out = re.sub(r"[^a-z0-9]+", "-", ascii_only)[:_LONGEST].strip("-")
    if out in _RESERVED:
        out = f"{out}-"[:_LONGEST] + "x"
    return out or fallback


def write(path: Path, data: bytes | str) -> None:
    """Write a whole file or nothing: a temporary file in the same folder, synced, then put in place."""
    with replacing(path) as out:
        out.write(data.encode("utf-8") if isinstance(data, str) else data)


def sweep(folder: Path) -> None:
    """Remove what writers that were killed have left half written in a folder that nobody else writes to now."""
    for left in folder.glob(".*.tmp"):
        left.unlink(missing_ok=True)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write piece by piece; it takes its place at `path` at the end, whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise
