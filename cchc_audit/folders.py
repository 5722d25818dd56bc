"""Where the results of a ward go, and how a set of files is put there whole.

`outputs/<ward>/<period>/`. The first report to use a folder owns it; another ward, or another report of
the same ward and period, gets a suffix, so that nothing is overwritten by a stranger.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from . import files
from .model import Audit, Header

OURS = ("memo.html", "ward_audit.ipynb", "audit.json", "memo.pdf", "workpaper.xlsx", "memo.docx")
GIVEN = "CCHC_FOLDER"
_NOTHING: Mapping[str, Mapping[str, str]] = MappingProxyType({})


def folder_of(audit: Audit, root: Path | str, *, code: str = "") -> Path:
    """The folder this audit's results belong in; nothing is created. `code` tells namesakes apart.

    A batch has given every report its folder beforehand and says so in the environment, for the notebook.
    """
    given = os.environ.get(GIVEN)
    return Path(root) / given if given else _find(audit, Path(root), code)


def claim_folder(audit: Audit, root: Path | str, *, code: str = "") -> Path:
    """The same folder, now reserved for this report, also against processes running beside this one."""
    root, mine = Path(root), _owner(audit, code)
    while True:
        folder = _find(audit, root, code)
        claim = marker(folder)
        owner = _read(claim)
        if owner is not None and _same_report(owner, mine):
            return folder
        folder.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):  # a stranger came between the look and the claim: look again
            _mark(claim, json.dumps(mine, ensure_ascii=False))
            return folder


def _mark(claim: Path, content: str) -> None:
    """Create the claim with its content at once. Raises FileExistsError where one stands."""
    handle, name = tempfile.mkstemp(dir=claim.parent, prefix=".claim.", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(content)
        os.link(name, claim)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        with claim.open("x", encoding="utf-8") as out:
            out.write(content)
    finally:
        Path(name).unlink()


def publish(folder: Path, contents: Mapping[str, bytes | str]) -> None:
    """Put a set of files in place of the folder's earlier set: all of them or none.

    Files that are not of the set's kind (an inspector's notes) stay. A run stopped between the two
    renames leaves the earlier set beside the folder; the next `publish` puts it back first.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    old = folder.with_name(f".{folder.name}.old")
    if old.exists():
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)
    stage = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name[:40]}.", suffix=".new"))
    try:
        for name, content in contents.items():
            files.write(stage / name, content)
        if folder.exists():
            for kept in folder.iterdir():
                if kept.name not in OURS:
                    (shutil.copytree if kept.is_dir() else shutil.copy2)(kept, stage / kept.name)
        stage.chmod(0o755)
        if folder.exists():
            folder.rename(old)
        stage.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(stage, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _find(audit: Audit, root: Path, code: str) -> Path:
    return root / place(names_of(audit.header, audit.document.path), _owner(audit, code), root)


def place(
    names: tuple[str, str],
    mine: Mapping[str, str],
    root: Path,
    taken: Mapping[str, Mapping[str, str]] = _NOTHING,
) -> str:
    """The first folder under `root` ("ward/period", with suffixes) that no one else has, on disk or in `taken`
    (by "ward" and by "ward/period")."""
    ward, period = names
    wards = periods = 1
    while True:
        name = ward if wards == 1 else f"{ward}-{wards}"
        holder = taken.get(name) or _holder(root / name)
        if holder is not None and holder["ward"] != mine["ward"]:
            wards += 1
            continue
        folder = f"{name}/{period if periods == 1 else f'{period}-{periods}'}"
        owner = taken.get(folder) or _read(marker(root / folder))
        if owner is None or (_same_report(owner, mine) and folder not in taken):
            return folder
        periods += 1


def _holder(folder: Path) -> dict[str, str] | None:
    """Whose reports a ward's folder already holds; None where it holds none."""
    markers = sorted(folder.glob(".*.owner"))
    return _read(markers[0]) if markers else None


def names_of(header: Header, path: str) -> tuple[str, str]:
    """Slugs of the ward and the period; the file's name stands in for either."""
    stem = Path(path).stem
    period = header.period
    days = [d for d in (period.start, period.end) if d] if period else []
    when = "-".join(d.isoformat() for d in days) or (period.label if period else "")
    if not when and header.day:
        when = header.day.isoformat()
    return files.slug(header.ward or stem), files.slug(when or stem, "khong-ro-ky")


def _owner(audit: Audit, code: str) -> dict[str, str]:
    return owner_of(audit.header.ward, audit.document.path, audit.document.sha256, code)


def owner_of(ward: str, path: str, sha256: str, code: str = "") -> dict[str, str]:
    """Whose a folder is: the ward (its `code` tells namesakes apart) and the report, by place or by content."""
    name = " ".join(unicodedata.normalize("NFC", ward).casefold().split())
    place_of = str(Path(path).resolve())
    return {
        "ward": f"{code}|{name}",
        "report": hashlib.sha256(place_of.encode("utf-8", "surrogateescape")).hexdigest()[:16],
        "sha256": sha256,
    }


def _same_report(owner: Mapping[str, str], mine: Mapping[str, str]) -> bool:
    return owner["report"] == mine["report"] or owner["sha256"] == mine["sha256"]


def marker(folder: Path) -> Path:
    """The file that says whose a folder is."""
    return folder.with_name(f".{folder.name}.owner")


def _read(marker: Path) -> dict[str, str] | None:
    """Who owns the folder; None where no one does. A marker that cannot be read belongs to someone else."""
    with contextlib.suppress(FileNotFoundError):
        try:
            owner = json.loads(marker.read_text("utf-8"))
            return {key: str(owner[key]) for key in ("ward", "report", "sha256")}
        except (ValueError, KeyError, TypeError):
            return {"ward": "?", "report": "", "sha256": ""}
    return None
