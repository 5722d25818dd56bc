"""Many wards: every report in a process of its own, results put in place whole, failures kept apart.

What a batch will do is laid down in `plan`, what it has done in `ledger`; this module keeps the processes busy.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol, TypeVar

from . import files, folders, ledger, overview, parquet, plan, processes, results
from .errors import AuditError, ConfigError, NotebookError, ReadError
from .ledger import STATE, Done, Ledger
from .messages import say
from .model import Audit, Message
from .plan import Hashes, Identity, Item, Source
from .processes import Limits, Outcome
from .readers.detect import suffix_of

T = TypeVar("T")
DONE = "done"
MEMO = "memo.html"
LIMITS = Limits(seconds=180, memory=3 * 2**30)
_AT_ONCE = 60  # reports one process reads or checks when no notebook is run
_HEAD = 400  # characters of a report's head kept to tell namesakes apart


@dataclass(frozen=True, slots=True)
class Settings:
    """How a batch is run. `memo` makes a memo and an executed notebook a report, else there are results only."""

    outputs: Path = Path("outputs")
    memo: bool = True
    rules: Path | None = None
    language: str = "vi"
    jobs: int = 1
    limits: Limits = LIMITS

    def for_key(self) -> dict[str, object]:
        """What of the settings a report's results depend on."""
        rules = Hashes().of(self.rules) if self.rules else ""
        return {"memo": self.memo, "rules": rules, "language": self.language}


Work = Callable[[Item, Settings], dict[str, Any]]


@dataclass(slots=True)
class Summary:
    """What a batch did: reports done now, left as they were, failed with (status, reason), and where memos are."""

    total: int = 0
    done: int = 0
    same: int = 0
    failed: dict[str, tuple[str, Message]] = field(default_factory=dict)
    memos: list[tuple[str, Path]] = field(default_factory=list)


class Display(Protocol):
    """Where progress is shown."""

    def stage(self, what: Message, total: int) -> None: ...

    def advance(self, name: str, trouble: Message | None = None) -> None: ...


@dataclass(slots=True)
class Batch:
    """One run over one outputs folder. `work` audits one report in its process and returns its rows, and under
    "files" what its results hold by name."""

    settings: Settings
    display: Display
    work: Work

    def run(self, paths: Sequence[Path]) -> Summary:
        """Audit every report under the paths; returns when each is done or known to have failed.

        Raises UsageError, ConfigError and InUseError before anything is audited. After KeyboardInterrupt the
        next run goes on where this one stopped.
        """
        gathered = plan.gather(paths)
        processes.preload(processes.FOR_NOTEBOOKS if self.settings.memo else processes.FOR_AUDITS)
        outputs = self.settings.outputs
        with ledger.alone(outputs) as staging:
            for folder in (outputs, outputs / STATE, outputs / results.FOLDER):
                files.sweep(folder)
            log = Ledger.open(outputs)
            identities = self._identities(gathered.sources)
            items = plan.arrange(gathered, identities, outputs, self.settings.for_key())
            due = [item for item in items if not self._is_done(item, log)]
            if due:
                _start()
            summary = Summary(total=len(items), same=len(items) - len(due))
            self._work_through(due, staging, log, summary)
            log.tidy([item.name for item in items])
            stamp = parquet.write(outputs, _entries(items, log))
            overview.write(outputs, gathered.register, stamp)
        summary.memos = [
            (item.name, outputs / item.folder / MEMO)
            for item in items
            if self.settings.memo and item.name not in summary.failed
        ]
        return summary

    def _identities(self, sources: Sequence[Source]) -> dict[str, Identity]:
        """How each report names itself; what an earlier run read in the same bytes under the same suffix, which
        decides how they are read, is not read again."""
        store = self.settings.outputs / STATE / "identities.json"
        known, hashes = _known_identities(store), Hashes()
        content = {source.name: hashes.of(source.path) + suffix_of(source.path) for source in sources}
        unknown = [source for source in sources if content[source.name] not in known]
        self.display.stage(say("batch.identify"), len(unknown))
        if unknown:
            _start()
        size = _piece(len(unknown), self.settings.jobs)
        for source, said in processes.each(_identify, _pieces(unknown, size), self.settings.jobs, self.settings.limits):
            known[content[source.name]] = said if isinstance(said, Identity) else Identity()
            self.display.advance(source.name)
        if unknown:
            kept = {content[s.name]: known[content[s.name]].as_json() for s in sources if hashes.of(s.path)}
            files.write(store, json.dumps({"code": plan.code_fingerprint(), "of": kept}, ensure_ascii=False))
        return {name: known[key] for name, key in content.items()}

    def _is_done(self, item: Item, log: Ledger) -> bool:
        entry = log.entries.get(item.name)
        if entry is None or entry.status != DONE or entry.key != item.key:
            return False
        return not self.settings.memo or (self.settings.outputs / item.folder / MEMO).is_file()

    def _work_through(self, due: Sequence[Item], staging: Path, log: Ledger, summary: Summary) -> None:
        settings = self.settings
        self.display.stage(say("batch.working"), len(due))
        size = 1 if settings.memo else _piece(len(due), settings.jobs)
        task = partial(_audit_each, self.work, settings, staging)
        waiting: deque[tuple[str, Future[tuple[str, Message]]]] = deque()
        with ThreadPoolExecutor(1) as clerk:  # the disk is slow: the next wards start while it works
            for item, said in processes.each(task, _pieces(due, size), settings.jobs, settings.limits):
                judged = _judged(said, settings)
                waiting.append((item.name, clerk.submit(self._put_away, item, judged, staging, log)))
                while waiting and (waiting[0][1].done() or len(waiting) > 2 * settings.jobs):
                    self._count(*waiting.popleft(), summary)
            for name, put in waiting:
                self._count(name, put, summary)

    def _put_away(
        self, item: Item, judged: tuple[str, Message, dict[str, Any]], staging: Path, log: Ledger
    ) -> tuple[str, Message]:
        """Put a report's results in place and log it; its status and the reason, if it failed."""
        status, reason, body = judged
        staged = staging / _place(item)
        if status == DONE:
            _publish(staged, self.settings.outputs / item.folder, item.owner)
        else:
            reason = self._with_stale(item, reason)
            body = {"summary": {"reason_vi": reason.vi, "reason_en": reason.en}, "rows": {}}
        shutil.rmtree(staged, ignore_errors=True)
        folder = item.folder if status == DONE and self.settings.memo else ""
        log.add({"report": item.name, "key": item.key, "status": status, "folder": folder}, body)
        return status, reason

    def _count(self, name: str, put: Future[tuple[str, Message]], summary: Summary) -> None:
        status, reason = put.result()
        if status == DONE:
            summary.done += 1
        else:
            summary.failed[name] = (status, reason)
        self.display.advance(name, None if status == DONE else reason)

    def _with_stale(self, item: Item, reason: Message) -> Message:
        """The reason, and that a memo of an earlier state still stands there, if one does."""
        memo = self.settings.outputs / item.folder / MEMO
        if not memo.is_file():
            return reason
        more = say("batch.stale", memo=f"{item.folder}/{MEMO}")
        return Message(f"{reason.vi}. {more.vi}", f"{reason.en}. {more.en}")


class _Unseen:
    """Progress that nobody watches."""

    def stage(self, what: Message, total: int) -> None: ...

    def advance(self, name: str, trouble: Message | None = None) -> None: ...


def results_in(outputs: str = "") -> Path:
    """A folder with results, for a notebook: the one given, else that of the workspace, where its reports are
    audited first (without memos) when that was never done."""
    from . import workspace

    if outputs:
        return Path(outputs)
    work = workspace.find()
    if not (work.outputs / results.FOLDER).is_dir():
        Batch(Settings(work.outputs, memo=False, jobs=processors()), _Unseen(), audit_ward).run([work.root])
    return work.outputs


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start() -> None:
    """Start the fork server, and load here what is needed at the end while it loads what is needed first."""
    processes.start()
    parquet.load()
    overview.load()


def _piece(count: int, jobs: int) -> int:
    return max(1, min(_AT_ONCE, count // (2 * jobs)))


def _pieces(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (things[start : start + size] for start in range(0, len(things), size))


def _place(item: Item) -> str:
    return item.key[:24]


def _judged(said: Any, settings: Settings) -> tuple[str, Message, dict[str, Any]]:
    """Status, reason and rows of what came back for one report. A wrong rulebook ends the batch."""
    if isinstance(said, Outcome):
        limits = settings.limits
        values = {
            "timeout": {"limit": f"{limits.seconds:g}" if limits.seconds else "?"},
            "memory": {"limit": str((limits.memory or 0) >> 20)},
        }.get(said.end.value, {"reason": said.reason})
        return said.end.value, say(f"batch.{said.end.value}", **values), {}
    if "config" in said:
        raise ConfigError(said["config"])
    if "unreadable" in said:
        return "unreadable", Message(*said["unreadable"]), {}
    return DONE, Message("", ""), said


def _publish(staged: Path, folder: Path, owner: str) -> None:
    """Put finished files in place: a new folder appears whole; in an old one each file is replaced whole."""
    if not staged.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    marker = folders.marker(folder)
    if not marker.exists() or marker.read_text("utf-8") != owner:
        files.write(staged / marker.name, owner)  # a writer that is killed leaves its traces where they are removed
        (staged / marker.name).replace(marker)
    if not folder.exists():
        staged.rename(folder)
        return
    fresh = {file.name for file in staged.iterdir()}
    for name in sorted(fresh):
        (staged / name).replace(folder / name)
    for name in folders.OURS:  # made from an earlier state of the report: no longer true
        if name not in fresh:
            (folder / name).unlink(missing_ok=True)


def _entries(items: Sequence[Item], log: Ledger) -> list[parquet.Entry]:
    """For each report what its rows are made from: its line of the log, and what the plan knows of it."""
    by_name = {item.name: item for item in items}
    made, code = [], plan.code_fingerprint()
    for name, logged in log.bodies([item.name for item in items]):
        known = _known(by_name[name], log.entries[name])
        digest = hashlib.sha256(json.dumps([code, known], ensure_ascii=False).encode("utf-8", "replace") + logged)
        made.append(parquet.Entry(name, digest.hexdigest()[:32], partial(_rows, known, log)))
    return made


def _known(item: Item, entry: Done) -> dict[str, Any]:
    identity, ward = item.identity, item.ward
    return {
        "report": item.name,
        "status": entry.status,
        "ward": identity.ward,
        "ward_code": ward.code if ward else "",
        "ward_name": ward.full_name if ward else "",
        "district": ward.district if ward else "",
        "province": ward.province if ward else "",
        "population": ward.population if ward else None,
        "period_start": _iso(identity.start),
        "period_end": _iso(identity.end),
        "period": identity.label,
        "previous": ", ".join(source.name for source in item.previous),
        "folder": entry.folder,
    }


def _rows(known: Mapping[str, Any], log: Ledger) -> tuple[Mapping[str, Any], Mapping[str, Sequence[results.Row]]]:
    ((_, logged),) = log.bodies([known["report"]])
    body = json.loads(logged)
    return {**known, **body["summary"]}, body["rows"]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _known_identities(store: Path) -> dict[str, Identity]:
    """What an earlier run kept, by the hash of a report's content and its suffix."""
    try:
        held = json.loads(store.read_text("utf-8"))
        if held["code"] != plan.code_fingerprint():
            return {}
        return {key: Identity.from_json(record) for key, record in held["of"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


# ---------------------------------------------------------------- inside a job's process


def _identify(sources: Sequence[Source], *, events: Connection) -> None:
    """Tell of each report how it names itself; one that cannot be read names nothing (its audit will say why)."""
    from . import header, readers

    for source in sources:
        try:
            document = readers.read(source.path)
        except ReadError:
            events.send(Identity())
            continue
        found = header.read_header(document)
        period = found.period
        events.send(
            Identity(
                found.ward,
                found.day,
                period.start if period else None,
                period.end if period else None,
                period.label if period else "",
                document.text[:_HEAD],
            )
        )


def _audit_each(work: Work, settings: Settings, staging: Path, items: Sequence[Item], *, events: Connection) -> None:
    """Audit each report and tell what came of it."""
    for item in items:
        try:
            said = work(item, settings)
        except ReadError as error:
            said = {"unreadable": [error.vi, error.en]}
        except ConfigError as error:
            said = {"config": error.problems}
        except NotebookError:
            raise
        except AuditError as error:  # raised in a cell for people: one line, both languages
            vi, _, en = str(error).removeprefix(f"{item.source.path}: ").partition(" / ")
            said = {"unreadable": [vi, en or vi]}
        contents = said.pop("files", {})
        if contents and item is items[-1]:
            events.send(processes.RESTING)
        for name, content in contents.items():
            files.write(staging / _place(item) / name, content)
        events.send(said)


def audit_ward(item: Item, settings: Settings) -> dict[str, Any]:
    """Audit one report; its rows and, if memos are asked for, its files by name."""
    audit, contents = _with_memo(item, settings) if settings.memo else (_without(item, settings), {})
    code = item.ward.code if item.ward else ""
    rows = results.rows_of(audit, item.name, code)
    return {"summary": results.summary_of(audit), "rows": rows, "files": contents}


def _without(item: Item, settings: Settings) -> Audit:
    from .desk import audit_reviewed

    audit, _ = audit_reviewed(
        item.source.path,
        previous=[source.path for source in item.previous],
        with_files=item.source.annexes,
        rules=settings.rules,
    )
    return replace(audit, header=replace(audit.header, ward=audit.header.ward or item.stands_in))


def _with_memo(item: Item, settings: Settings) -> tuple[Audit, dict[str, bytes | str]]:
    from . import notebook
    from .engine import WarmEngine

    WarmEngine.disposable = True
    os.environ[folders.GIVEN] = item.folder
    parameters = {
        "report": str(item.source.path),
        "previous": [str(source.path) for source in item.previous],
        "with_files": [str(path) for path in item.source.annexes],
        "ward": item.stands_in,
        "language": settings.language,
        "rules": str(settings.rules or ""),
        "outputs": str(settings.outputs),
    }
    executed = notebook.execute(parameters, outputs=settings.outputs, engine="cchc-warm")
    return notebook.shown(executed).view.audit, notebook.results(executed)
