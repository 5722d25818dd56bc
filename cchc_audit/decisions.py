"""What inspectors decide, kept on disk: one append-only file an inspector, `decisions/<inspector>.jsonl`.

A decision is one line of JSON. A line is added under a lock, synced, and never changed afterwards: an
undo is a line too. Readers merge every `*.jsonl` of the folder and keep one copy of each decision, so a
conflict copy left by a file-sharing service adds nothing and loses nothing. A line that cannot be read
(a crash in the middle of a write, a disk fault) is reported with its file and number; the rest stands.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

from . import journal
from .clock import now
from .errors import AuditError
from .files import slug, write
from .messages import say
from .model import Message, Span

_WAITING = ".chua-luu.txt"


class Act(StrEnum):
    """What an inspector does: with a finding (accept, dismiss, ask), with a figure (misread, add, bind), undo."""

    ACCEPT = "accept"
    DISMISS = "dismiss"
    ASK = "ask"
    MISREAD = "misread"
    ADD = "add"
    BIND = "bind"
    UNDO = "undo"


ON_FINDINGS = frozenset({Act.ACCEPT, Act.DISMISS, Act.ASK})
ON_FIGURES = frozenset({Act.MISREAD, Act.ADD, Act.BIND})


@dataclass(frozen=True, slots=True)
class Subject:
    """Which report a decision speaks of: ward and period as slugs, the file's hash and name as read."""

    ward: str
    period: str
    sha256: str = ""
    name: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Two files of one ward and period are one report (a corrected copy, another format)."""
        return (self.ward, self.period)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the inspector had before the eyes: the verdict, the rule, and each figure as (role, text, value)."""

    verdict: str
    rule: str
    figures: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the text that can be found again when the text around it has moved."""

    span: Span
    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of a decisions file. Which fields are filled depends on `act`:

    accept, dismiss, ask: `finding`, `seen`, `reason` (required for dismiss; the question for ask).
    misread: `anchor`, `value` (None: no figure stands there). add: `anchor`, `value`, `unit`, `indicator`.
    bind: `anchor`, `indicator`. undo: `undoes`, the id of the decision taken back.
    """

    id: str
    at: datetime
    who: str
    act: Act
    subject: Subject
    finding: str = ""
    seen: Seen | None = None
    reason: str = ""
    anchor: Anchor | None = None
    value: str | None = None
    unit: str = ""
    indicator: str = ""
    undoes: str = ""


def new(act: Act, who: str, subject: Subject) -> Decision:
    """An empty decision of now, with an id of its own; fill it with `dataclasses.replace`."""
    return Decision(uuid4().hex[:16], now(), who, act, subject)


# ---------------------------------------------------------------- one line


def to_line(decision: Decision) -> str:
    """The decision as one line of JSON, without the line end."""
    record: dict[str, object] = {
        "id": decision.id,
        "at": decision.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "who": decision.who,
        "act": decision.act.value,
        "subject": {f.name: getattr(decision.subject, f.name) for f in fields(Subject)},
    }
    for name in ("finding", "reason", "unit", "indicator", "undoes"):
        if text := getattr(decision, name):
            record[name] = text
    if decision.seen:
        seen = decision.seen
        record["seen"] = {
            "verdict": seen.verdict,
            "rule": seen.rule,
            "figures": [list(f) for f in seen.figures],
        }
    if decision.anchor:
        anchor = decision.anchor
        record["anchor"] = {
            "span": list(anchor.span),
            **{n: getattr(anchor, n) for n in ("quote", "before", "after")},
        }
    if decision.act in {Act.MISREAD, Act.ADD}:
        record["value"] = decision.value
    return json.dumps(record, ensure_ascii=False)


def from_line(line: str) -> Decision:
    """The decision a line holds. Raises ValueError for anything else, an unknown act included."""
    try:
        record = json.loads(line)
        seen, anchor = record.get("seen"), record.get("anchor")
        decision = Decision(
            id=_text(record["id"]),
            at=datetime.fromisoformat(record["at"]),
            who=_text(record["who"]),
            act=Act(record["act"]),
            subject=Subject(**{f.name: _text(record["subject"].get(f.name, "")) for f in fields(Subject)}),
            seen=seen and Seen(_text(seen["verdict"]), _text(seen["rule"]), _figures(seen["figures"])),
            anchor=anchor and _anchor(anchor),
            value=None if record.get("value") is None else _text(record["value"]),
            **{n: _text(record.get(n, "")) for n in ("finding", "reason", "unit", "indicator", "undoes")},
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if decision.at.tzinfo is None or (decision.act in ON_FIGURES and decision.anchor is None):
        raise ValueError("incomplete decision")
    return decision


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text expected, found {value!r:.40}")
    return value


def _figures(rows: list[list[str]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((_text(role), _text(text), _text(value)) for role, text, value in rows)


def _anchor(record: dict[str, Any]) -> Anchor:
    start, end = record["span"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end):
        raise ValueError("a span is two offsets")
    return Anchor(Span(start, end), *(_text(record.get(n, "")) for n in ("quote", "before", "after")))


# ---------------------------------------------------------------- writing


class NotSavedError(AuditError):
    """A decision could not be written. `kept` is the file that holds it meanwhile, None when no disk took it."""

    def __init__(self, path: Path, reason: str, kept: Path | None) -> None:
        message = say(
            "review.kept_beside" if kept else "review.not_saved", path=path, reason=reason, kept=kept or ""
        )
        super().__init__(f"{message.vi} / {message.en}")
        self.message, self.kept = message, kept


def record(folder: Path, decision: Decision) -> None:
    """Add a decision to its inspector's file, synced to the disk when this returns.

    Raises NotSavedError when the disk, the share or the lock refuses; the file then is as it was, and the
    decision waits in a file of its own that the next successful call brings in.
    """
    if not decision.who.strip():
        raise ValueError("a decision needs the name of its inspector")
    path = _path(folder, decision.who)
    try:
        _append(path, [*_waiting_lines(path), to_line(decision).encode()])
    except OSError as error:
        raise NotSavedError(path, error.strerror or str(error), _keep(path, decision)) from error


def bring_in(folder: Path, who: str) -> int:
    """Write the decisions that an earlier failure left waiting; returns how many. Raises OSError as the disk does."""
    path = _path(folder, who)
    waiting = _waiting_lines(path)
    if waiting:
        _append(path, waiting)
    return len(waiting)


def _path(folder: Path, who: str) -> Path:
    return folder / f"{slug(who)}.jsonl"


def _append(path: Path, lines: list[bytes]) -> None:
    journal.append(path, lines)
    for place in _waiting(path):
        with contextlib.suppress(OSError, ValueError):  # ids make a second copy harmless
            if place.read_bytes().strip() in lines:
                place.unlink()


def _waiting_folders(path: Path) -> list[Path]:
    """Where a decision waits when its own file cannot take it: beside it, else at home, else in the temporary folder."""
    mine = Path(".cchc-audit") / slug(
        str(path.parent.resolve())[::-1]
    )  # reversed: a slug keeps the beginning
    folders = [path.parent]
    with contextlib.suppress(RuntimeError):
        folders.append(Path.home() / mine)
    return [*folders, Path(tempfile.gettempdir()) / mine]


def _waiting(path: Path) -> list[Path]:
    found: list[Path] = []
    for folder in _waiting_folders(path):
        with contextlib.suppress(OSError):
            found += sorted(folder.glob(f"{path.stem}.*{_WAITING}"))
    return found


def _waiting_lines(path: Path) -> list[bytes]:
    lines = []
    for place in _waiting(path):
        with contextlib.suppress(OSError, ValueError):
            raw = place.read_bytes().strip()
            from_line(raw.decode("utf-8"))  # a torn copy stays where it is
            lines.append(raw)
    return lines


def _keep(path: Path, decision: Decision) -> Path | None:
    """Each waiting decision has a file of its own, so that nobody's is lost while another's is brought in."""
    for folder in _waiting_folders(path):
        place = folder / f"{path.stem}.{decision.id}{_WAITING}"
        with contextlib.suppress(OSError):
            write(place, to_line(decision) + "\n")
            return place
    return None


# ---------------------------------------------------------------- reading


@dataclass(slots=True)
class _File:
    """How far a file has been read."""

    offset: int = 0
    line: int = 0
    decisions: list[Decision] = field(default_factory=list)
    damaged: list[Message] = field(default_factory=list)
    torn: Message | None = None


@dataclass(slots=True)
class Ledger:
    """All decisions of a folder, merged in the order of time; `refresh()` reads only what was added since."""

    folder: Path
    _files: dict[Path, _File] = field(default_factory=dict)
    _merged: tuple[Decision, ...] = ()
    _merged_from: tuple[tuple[Path, int], ...] = ()

    def refresh(self) -> Ledger:
        """Read what has been added to the folder since the last call; a missing folder holds no decisions."""
        paths = sorted(self.folder.glob("*.jsonl")) if self.folder.is_dir() else []
        self._files = {path: _read_on(path, self._files.get(path, _File())) for path in paths}
        return self

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """In the order they were taken, each once. A clock set back does not reorder one inspector's file."""
        now_there = tuple((path, state.offset) for path, state in self._files.items())
        if now_there != self._merged_from:
            self._merged, self._merged_from = self._merge(), now_there
        return self._merged

    def _merge(self) -> tuple[Decision, ...]:
        rows: list[tuple[datetime, int, int, Decision]] = []
        for rank, state in enumerate(self._files.values()):
            latest = datetime.min.replace(tzinfo=UTC)
            for number, decision in enumerate(state.decisions):
                latest = max(latest, decision.at)
                rows.append((latest, rank, number, decision))
        once = {row[3].id: row[3] for row in sorted(rows, key=lambda row: row[:3])}
        return tuple(once.values())

    @property
    def problems(self) -> tuple[Message, ...]:
        """Lines that could not be read, each with its file and line number."""
        states = self._files.values()
        return tuple(m for s in states for m in [*s.damaged, *([s.torn] if s.torn else [])])


def _read_on(path: Path, state: _File) -> _File:
    try:
        with path.open("rb") as source:
            if os.fstat(source.fileno()).st_size < state.offset:
                state = _File()  # replaced by a shorter copy: read it from the start
            source.seek(state.offset)
            data = source.read()
    except OSError as error:
        state.torn = say("review.unreadable_file", file=path.name, reason=error.strerror or str(error))
        return state
    *whole, rest = data.split(b"\n")
    for raw in whole:
        state.line += 1
        state.offset += len(raw) + 1
        if raw.strip():
            _take(path, state, raw)
    state.torn = say("review.torn_line", file=path.name, line=state.line + 1) if rest.strip() else None
    return state


def _take(path: Path, state: _File, raw: bytes) -> None:
    try:
        state.decisions.append(from_line(raw.decode("utf-8")))
    except ValueError:
        state.damaged.append(say("review.damaged_line", file=path.name, line=state.line))


def read(folder: Path) -> Ledger:
    """All decisions of the folder."""
    return Ledger(folder).refresh()
