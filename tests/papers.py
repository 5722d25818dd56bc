"""Reports for tests: documents from text, cases from data files, and the cost of hostile text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from ruamel.yaml import YAML

from cchc_audit.model import Block, Document

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
_DATA = Path(__file__).parent / "data"


def document(text: str, *, blocks: tuple[Block, ...] = ()) -> Document:
    """A plain text report as the reader gives it."""
    return Document("bao-cao.txt", "txt", "0" * 64, text, blocks)


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of a data file; each has a `name` that says what it is about."""
    found: list[dict[str, Any]] = YAML(typ="safe").load((_DATA / name).read_text("utf-8"))
    assert len({case["name"] for case in found}) == len(found), "two cases share a name"
    return found


def names(found: list[dict[str, Any]]) -> list[str]:
    return [case["name"] for case in found]


def _seconds(work: Callable[[str], object], text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = perf_counter()
        work(text)
        best = min(best, perf_counter() - start)
    return best


def assert_linear(work: Callable[[str], object], piece: str, *, length: int = 5_000, times: int = 16) -> None:
    """The cost of a text made of one repeated piece grows with its length, not with its square.

    Sixteen times the text may take up to 80 times as long (a square would take 256): a busy machine
    passes, a square does not. Runs under a tenth of a second pass anyway, they say nothing.
    """
    short = piece * (length // len(piece) + 1)
    quick, slow = _seconds(work, short), _seconds(work, short * times)
    assert slow < 0.1 or slow < 5 * times * quick, f"{piece!r}: {quick:.3f} s, then {slow:.3f} s"
