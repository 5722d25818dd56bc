"""Reading speed: reports of 65,000 characters a second on one core, cost against length, hostile text.

    python -m benchmarks.reading
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

from cchc_audit.audit import audit_document
from cchc_audit.model import Document

LENGTH = 65_000
LONG = Path(__file__).parents[1] / "tests/corpus/reports"
# one million characters of what patterns like least: digits, brackets, separators, one word for ever
HOSTILE = {
    "digits": "1",
    "dotted digits": "1.234.",
    "spaced digits": "1 234 ",
    "brackets": "(((1)",
    "open brackets": "(1 ",
    "slashes": "1/1/",
    "percents": "5%, 5%; ",
    "parts": "trong đó 1 hồ sơ, ",
    "fractions": "xã An Lạc: 1.234/1.243; ",
    "classes": "từ hài lòng trở lên 5%, ",
    "nested": "gồm 12 hồ sơ (trong đó 3 hồ sơ: ",
    "one word": "a",
    "blanks": " ",
    "line ends": "\n",
    "cells": "| 1 | 2 ",
    "table": "| 1 | 2 | 3 |\n",
    "tabs": "1\t2\t",
}


def report(length: int) -> str:
    """A text of that many characters with the density of figures of the longest labelled reports."""
    text = "\n\n".join(p.read_text(encoding="utf-8") for p in sorted(LONG.glob("long-*.txt")))
    return (text * (length // len(text) + 1))[:length]


def document(text: str) -> Document:
    return Document("benchmark", "text", "", text, ())


def seconds(run: Callable[[], object], least: int = 3) -> float:
    """The least processor time of a few runs."""
    times = []
    for _ in range(least):
        start = process_time()
        run()
        times.append(process_time() - start)
    return min(times)


def main() -> None:
    # each text is read for the first time: what is kept of a report while it is read must not help the next
    base = min(seconds(lambda n=n: audit_document(document(report(LENGTH) + n * "\n")), 1) for n in range(5))  # type: ignore[misc]
    print(f"one report of {LENGTH:,} characters: {base * 1000:.0f} ms, {1 / base:.1f} a second on one core")
    for times in (1, 4, 16):
        spent = seconds(lambda n=times: audit_document(document(report(n * LENGTH))), 1)  # type: ignore[misc]
        print(f"{times:>3} x: {spent * 1000:.0f} ms, {spent / base / times:.2f} of the time per character")
    million = seconds(lambda: audit_document(document(report(1_000_000))), 1)
    print(f"1,000,000 ordinary characters: {million:.2f} s")
    for name, piece in HOSTILE.items():
        text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
        spent = seconds(lambda t=text: audit_document(document(t)), 1)  # type: ignore[misc]
        print(f"1,000,000 of {name!r}: {spent:.2f} s, {spent / million:.2f} of the ordinary")


if __name__ == "__main__":
    main()
