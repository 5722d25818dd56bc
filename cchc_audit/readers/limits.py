"""What a reader may use of time, memory and size before it must stop, and how a refusal is worded."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import ReadError
from ..messages import say

MEGABYTE = 1 << 20
TIMES = "CCHC_LIMITS"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading; the defaults suit a ward's report many times over.

    `size` and `unpacked` are bytes of the file as it lies on disk and as it unpacks; `seconds` is
    wall-clock time without OCR, `ocr_seconds` the time OCR may add; `memory` is the address space of
    the reading process in bytes (not enforced on Windows).
    """

    size: int = 64 * MEGABYTE
    unpacked: int = 96 * MEGABYTE
    pages: int = 400
    ocr_pages: int = 60
    rows: int = 20_000
    characters: int = 2_000_000
    seconds: float = 60.0
    ocr_seconds: float = 600.0
    memory: int = 1536 * MEGABYTE
    pixels: int = 25_000_000

    @classmethod
    def usual(cls) -> Limits:
        """The limits of this run: the defaults, or CCHC_LIMITS (1 to 100) times as generous."""
        times = os.environ.get(TIMES, "1")
        return cls().raised(min(int(times), 100)) if times.isdecimal() and int(times) > 1 else cls()

    def raised(self, times: int) -> Limits:
        """The same limits, `times` as generous (for a file known to be large and trusted)."""
        return replace(
            self, **{name: getattr(self, name) * times for name in self.__slots__ if name != "pixels"}
        )


def refused(path: Path | str, kind: str, key: str, **values: object) -> ReadError:
    """The error for a file that cannot be read: sentence `read.<key>` of the catalogue in both languages."""
    message = say(f"read.{key}", **values)
    return ReadError(path, kind, message.vi, message.en)
