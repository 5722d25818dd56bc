"""Errors for people who must act: each says what is wrong and what to try."""

from __future__ import annotations

from pathlib import Path


class AuditError(Exception):
    """Base of every error this package raises on purpose; its text is one clear line."""


class ReadError(AuditError):
    """A file could not be read as a report.

    `kind` is one of the `problems.kind` words of the JSON contract (`unreadable`,
    `damaged`, `too_large`, `unsupported`, `encoding`).
    """

    def __init__(self, path: Path | str, kind: str, vi: str, en: str) -> None:
        super().__init__(f"{path}: {vi} / {en}")
        self.path, self.kind, self.vi, self.en = Path(path), kind, vi, en


class ConfigError(AuditError):
    """A rulebook, lexicon, norm table or ward list is wrong; every problem is listed as file:line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class NotebookError(AuditError):
    """A notebook cell failed; the failed notebook is kept at `notebook`."""

    def __init__(self, notebook: Path, cell: int | None, original: str) -> None:
        super().__init__(f"{notebook}: cell {cell}: {original}")
        self.notebook, self.cell, self.original = notebook, cell, original
