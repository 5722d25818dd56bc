"""Time and memory to read a 20-page report in every format, and how many digits OCR gets right.

`python -m benchmarks.readers` prints a table; `python -m benchmarks.readers ocr` reads ten scanned pages.
PDF and .doc are made with LibreOffice and left out without it.
"""

from __future__ import annotations

import difflib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "formats")]

PROBE = """
import resource, sys, time
from cchc_audit import readers
start = time.perf_counter()
document = readers.read(sys.argv[1])
took = time.perf_counter() - start
peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(f"{took:.2f} {peak / 1024:.0f} {len(document.text)} {len(document.blocks)}")
"""
NAMES = (
    "bao-cao.txt",
    "bao-cao.docx",
    "bao-cao.odt",
    "bao-cao.rtf",
    "bao-cao.html",
    "bao-cao.eml",
    "bao-cao.xlsx",
    "bao-cao.csv",
)


def shifted(text: str, by: int) -> str:
    """Another report of the same shape: every digit but a leading one moved on by `by`."""
    return re.sub(r"(?<=\d)\d", lambda m: str((int(m.group()) + by) % 10), text)


def long_report(parts: int) -> None:
    """Make the writers write a report of `parts` times the sample's length (about one page and a half each)."""
    import format_writers
    import sample_report
    from sample_report import Items, Table

    sample = sample_report.REPORT
    report: list[Any] = []
    for by in range(parts):
        for part in sample:
            if isinstance(part, Items):
                report.append(Items(tuple(shifted(text, by) for text in part.texts)))
            elif isinstance(part, Table):
                rows = tuple(tuple(shifted(cell, by) for cell in row) for row in part.rows)
                report.append(Table(rows, part.merged))
            else:
                report.append(type(part)(shifted(part.text, by)))
    sample_report.REPORT = format_writers.REPORT = tuple(report)


def converted(path: Path, suffix: str) -> Path | None:
    office = shutil.which("soffice")
    if office is None:
        return None
    home = path.parent / "office"
    command = [
        office,
        f"-env:UserInstallation={home.as_uri()}",
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        str(path.parent),
        str(path),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    return path.with_suffix(f".{suffix}")


def measure(path: Path) -> str:
    best = min(
        (
            subprocess.run(
                [sys.executable, "-c", PROBE, str(path)], capture_output=True, text=True, check=True
            ).stdout
            for _ in range(3)
        ),
        key=lambda line: float(line.split()[0]),
    )
    took, peak, characters, blocks = best.split()
    return f"{path.name:<14} {path.stat().st_size / 1024:6.0f} kB  {took:>6} s  {peak:>5} MB  {characters:>6} characters  {blocks:>4} blocks"


def formats(folder: Path) -> None:
    import format_writers

    long_report(13)
    for name in NAMES:
        format_writers.WRITERS[name](folder / name)
        print(measure(folder / name), flush=True)
    for suffix, origin in (
        ("pdf", "bao-cao.docx"),
        ("doc", "bao-cao.docx"),
        ("xls", "bao-cao.xlsx"),
        ("ods", "bao-cao.xlsx"),
    ):
        if (made := converted(folder / origin, suffix)) is not None:
            print(measure(made), flush=True)


def ocr(folder: Path, pages: int = 10) -> None:
    """Read scanned pages and compare with the text layer they were made from."""
    import format_writers
    import pypdfium2
    from scanning import scan

    from cchc_audit import readers

    long_report(8)
    format_writers.docx(folder / "bao-cao.docx")
    made = converted(folder / "bao-cao.docx", "pdf")
    if made is None:
        sys.exit("LibreOffice is needed to make the pages")
    document = pypdfium2.PdfDocument(made)
    first = pypdfium2.PdfDocument.new()
    first.import_pages(document, list(range(pages)))
    first.save(folder / "typed.pdf")
    scan(folder / "typed.pdf", folder / "scanned.pdf")
    typed, scanned = readers.read(folder / "typed.pdf"), readers.read(folder / "scanned.pdf")
    wanted = re.findall(r"\d[\d.,/]*%?", typed.text)
    found = list(re.finditer(r"\d[\d.,/]*%?", scanned.text))
    doubt = [span for span, confidence in scanned.uncertain if confidence < 90]
    same = difflib.SequenceMatcher(None, wanted, [m.group() for m in found], autojunk=False)
    right = sum(block.size for block in same.get_matching_blocks())
    digits = [
        "".join(c for w in words for c in w if c.isdigit()) for words in (wanted, [m.group() for m in found])
    ]
    kept = sum(b.size for b in difflib.SequenceMatcher(None, *digits, autojunk=False).get_matching_blocks())
    print(f"{pages} pages: {kept} of {len(digits[0])} digits, {right} of {len(wanted)} figures right")
    for change, a, b, c, d in same.get_opcodes():
        if change != "equal":
            marked = [any(s.start <= m.start() < s.end for s in doubt) for m in found[c:d]]
            print(f"  {wanted[a:b]} read as {[m.group() for m in found[c:d]]}, marked doubtful: {marked}")
    print(f"{len(doubt)} of {len(scanned.uncertain)} marked doubtful")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        (ocr if "ocr" in sys.argv[1:] else formats)(Path(scratch))
