"""What a change does to the claims of every text kept under tests/ and data/: gained, lost, judged otherwise.

usage: python tools/claims_changed.py [COMMIT]     (HEAD when none is given)

The work tree is held against COMMIT, checked out beside it for the time of the run. A claim is told by its
kind and its figures; a line says where it was (`-`) or is (`+`) and how it was judged. Exit 1 when a claim that
agreed is gone or another one is now contradicted.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALARMS = {"contradicted", "impossible"}
AGREES = {"holds", "holds_by_rounding", "holds_if_truncated"}
MARKED = ("{{", "→", "}}")  # tests/plain: {{right→wrong}}


def texts() -> Iterator[tuple[str, str]]:
    """(name, text) of every labelled or sound text of the work tree and of ../shared where it is there."""
    tests = ROOT / "tests"
    folders = [*(tests / name / "reports" for name in ("corpus", "passages", "pages", "wards")), ROOT / "data/reports", tests / "sound"]
    folders += [ROOT.parent / "shared" / name / "reports" for name in ("dev", "passages")]
    for folder in folders:
        for path in sorted([*folder.glob("*.txt"), *folder.glob("*.md")]):
            yield f"{folder.parent.name}/{path.stem}", path.read_text(encoding="utf-8-sig")
    for number, text in enumerate((tests / "data/sound.txt").read_text(encoding="utf-8").strip().split("\n\n")):
        yield f"sound.txt/{number}", text
    for path in sorted((tests / "plain").glob("*.txt")):
        for number, text in enumerate(path.read_text(encoding="utf-8").split("\n---\n")):
            for side in (0, 1):
                yield f"plain/{path.stem}/{number}/{'right' if side == 0 else 'wrong'}", sided(text, side)
    for number, line in enumerate((tests / "data/pairs.jsonl").read_text(encoding="utf-8").splitlines()):
        for side in ("sound", "slipped"):
            yield f"pairs/{number}/{side}", json.loads(line)[side]


def sided(text: str, side: int) -> str:
    """A plain text with each of its marked figures as it should be (0) or as it slipped (1)."""
    opening, arrow, closing = MARKED
    first, *marks = text.split(opening)
    return first + "".join(mark.partition(closing)[0].split(arrow)[side] + mark.partition(closing)[2] for mark in marks)


def listed(root: Path) -> list[str]:
    """The claims of every text as the package under `root` makes them, one a line; kept for the next run."""
    made = sha256("".join(text for _, text in texts()).encode())
    for path in sorted((root / "cchc_audit").rglob("*.*")):
        made.update(b"" if path.suffix == ".pyc" else path.read_bytes())
    kept = Path(tempfile.gettempdir()) / f"cchc-claims-{made.hexdigest()[:16]}.txt"
    if not kept.exists():
        with ThreadPoolExecutor() as halves:
            lines = "".join(halves.map(lambda half: written(root, half), range(2)))
        kept.write_text(lines, encoding="utf-8")
    return kept.read_text(encoding="utf-8").splitlines()


def written(root: Path, half: int) -> str:
    """The output of `write_claims` in a process of its own, which imports the package under `root`."""
    command = [sys.executable, __file__, "--list", str(root), str(half)]
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout


def write_claims(root: str, half: int) -> None:
    sys.path.insert(0, root)
    from cchc_audit.audit import audit_document
    from cchc_audit.model import Document

    for name, text in list(texts())[half::2]:
        for finding in audit_document(Document("t", "text", "", text, ())).findings:
            claim = finding.claim
            figures = " ".join(f"{term.role}:{' '.join(term.text.split())}" for term in claim.terms)
            verdict = finding.verdict.value if finding.alarms or finding.verdict.value not in ALARMS else "clarify"
            sys.stdout.write(f"{name}\t{claim.kind.value}\t{claim.source}\t{figures}\t{verdict}\n")


def main(commit: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "old"
        subprocess.run(["git", "worktree", "add", "--detach", "--quiet", old, commit], cwd=ROOT, check=True)
        try:
            before, now = Counter(listed(old)), Counter(listed(ROOT))
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", old], cwd=ROOT, check=True)
    gone, new = before - now, now - before
    for line in sorted([*gone.elements(), *new.elements()]):
        print(("- " if line in gone else "+ ") + line)
    lost = sum(line.rpartition("\t")[2] in AGREES for line in gone.elements())
    alarms = sum(line.rpartition("\t")[2] in ALARMS for line in new.elements())
    print(f"{now.total()} claims, {gone.total()} gone ({lost} of them agreed), {new.total()} new ({alarms} of them alarms)")
    return int(lost > 0 or alarms > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--list"]:
        write_claims(sys.argv[2], int(sys.argv[3]))
    else:
        raise SystemExit(main(*(sys.argv[1:2] or ["HEAD"])))
