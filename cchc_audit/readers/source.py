"""What a format's reader is given: the file's bytes, its path for messages, limits and a folder for scraps."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from ..errors import ReadError
from .limits import Limits, refused


@dataclass(frozen=True, slots=True)
class Source:
    path: Path
    data: bytes
    limits: Limits
    scratch: Path
    unhurried: bool = False  # the time for OCR has been given

    def refused(self, kind: str, key: str, **values: object) -> ReadError:
        return refused(self.path, kind, key, **values)


class ReadAgainError(Exception):
    """The file needs another, slower reading, with the time for OCR: `format` names the reader."""

    def __init__(self, file_format: str) -> None:
        super().__init__(file_format)
        self.format = file_format


def tool(*names: str) -> str | None:
    """The first of the programs that is on the PATH."""
    return next((found for name in names if (found := shutil.which(name))), None)
