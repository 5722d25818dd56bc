"""What a batch has done so far, kept under `outputs/.batch`: a lock, a log of finished reports, a staging area.

The log gains one line a report, synced, after its results are in place: what is not in the log did not
happen. A line torn by a crash is ignored. The last line of a report counts.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from . import journal
from .clock import now
from .errors import AuditError
from .files import replacing
from .messages import say

STATE = ".batch"


class InUseError(AuditError):
    """Another batch is writing to the same outputs."""

    def __init__(self, outputs: Path, holder: str) -> None:
        message = say("batch.in_use", outputs=outputs, holder=holder)
        super().__init__(f"{message.vi} / {message.en}")


@dataclass(frozen=True, slots=True)
class Done:
    """The log's word on one report: `key` is the hash of what its results came from."""

    report: str
    key: str
    status: str
    folder: str
    offset: int


@dataclass(slots=True)
class Ledger:
    """The log of one outputs folder."""

    path: Path
    entries: dict[str, Done] = field(default_factory=dict)
    _lines: int = 0
    _torn: bool = False

    @classmethod
    def open(cls, outputs: Path) -> Ledger:
        """Read what earlier batches did; a missing log is an empty one."""
        ledger = cls(outputs / STATE / "log.jsonl")
        with contextlib.suppress(FileNotFoundError), ledger.path.open("rb") as log:
            offset = 0
            for line in log:
                done = _head(line, offset)
                ledger._lines += 1
                if done is None:
                    ledger._torn = True
                else:
                    ledger.entries[done.report] = done
                offset += len(line)
        return ledger

    def add(self, head: Mapping[str, str], body: Mapping[str, Any]) -> None:
        """Log one finished report; on disk when this returns."""
        line = _compact(head) + b"\t" + _compact(body)
        journal.append(self.path, [line])
        offset = self.path.stat().st_size - len(line) - 1
        self.entries[head["report"]] = Done(head["report"], head["key"], head["status"], head["folder"], offset)
        self._lines += 1

    def bodies(self, reports: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """What was logged of each report, as JSON, read one at a time; those never logged are left out."""
        with contextlib.suppress(FileNotFoundError), self.path.open("rb") as log:
            for report in reports:
                done = self.entries.get(report)
                if done is not None:
                    log.seek(done.offset)
                    yield report, log.readline().partition(b"\t")[2]

    def tidy(self, reports: Sequence[str]) -> None:
        """Rewrite the log with one line a report, in the given order, then those of other batches."""
        order = [r for r in reports if r in self.entries]
        order += sorted(set(self.entries) - set(order))
        offsets = [self.entries[r].offset for r in order]
        if not self._torn and self._lines == len(order) and offsets == sorted(offsets):
            return
        with self.path.open("rb") as log, replacing(self.path) as out:
            for report in order:
                log.seek(self.entries[report].offset)
                out.write(log.readline())
        fresh = Ledger.open(self.path.parent.parent)
        self.entries, self._lines, self._torn = fresh.entries, fresh._lines, fresh._torn


def _compact(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _head(line: bytes, offset: int) -> Done | None:
    head, tab, _ = line.partition(b"\t")
    if not tab or not line.endswith(b"}\n"):
        return None
    try:
        known = json.loads(head)
        return Done(known["report"], known["key"], known["status"], known["folder"], offset)
    except (ValueError, KeyError, TypeError):
        return None


# ---------------------------------------------------------------- one batch at a time


@contextlib.contextmanager
def alone(outputs: Path) -> Iterator[Path]:
    """Hold the outputs folder for this batch; yields a fresh staging folder.

    The system lets go of the lock when the process ends, however it ends, so a crash leaves nothing to
    clean up. Raises InUseError when another batch holds it.
    """
    state = outputs / STATE
    state.mkdir(parents=True, exist_ok=True)
    with (state / "lock").open("a+", encoding="utf-8") as lock:
        if not _take(lock):
            lock.seek(0)
            raise InUseError(outputs, lock.read().strip() or "?")
        lock.seek(0)
        lock.truncate()
        lock.write(f"{os.getpid()} · {now():%Y-%m-%d %H:%M} UTC\n")
        lock.flush()
        for left in state.glob("staging-*"):
            shutil.rmtree(left, ignore_errors=True)
        staging = Path(tempfile.mkdtemp(prefix="staging-", dir=state))
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)
            lock.seek(0)
            lock.truncate()


if sys.platform == "win32":
    import msvcrt

    def _take(lock: IO[str]) -> bool:
        lock.seek(2**20)  # beyond what is read: locks are mandatory there
        try:
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(lock: IO[str]) -> bool:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
