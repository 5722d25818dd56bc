"""What a batch will do: which files are reports, whose they are, what goes with each, and where its results go.

The plan depends on the inputs alone, never on the order in which work ends, so that an interrupted batch
and an uninterrupted one write the same files.

- A workspace is a folder with `reports/`; the `wards.csv` beside it is used.
- Inspectors' decisions are looked for where every other command looks for them: `workspace.decisions_for`.
- `NAME__anything.xlsx` is an annex of the report `NAME.docx` in the same folder.
- The report of the same ward with the latest period before this one is its previous report.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path

from . import __version__, folders, wards
from .decisions import Decision, to_line
from .decisions import read as read_decisions
from .errors import AuditError
from .files import slug
from .messages import say
from .model import Header, Period
from .readers.detect import KNOWN_SUFFIXES, suffix_of
from .wards import Register, Ward

DECISIONS = "decisions"
REPORTS = "reports"
WARDS = "wards.csv"
CUT_OFF = timedelta(days=20)  # a reporting year may run from 15/12 to 14/12: ends meet only roughly
_ANNEX = "__"
_NOT_REPORTS = {WARDS, "readme", "readme.md", "readme.txt", "truth.json"}


class UsageError(AuditError):
    """The batch was asked for something that cannot be: one clear line."""

    def __init__(self, key: str, **values: object) -> None:
        message = say(f"batch.{key}", **values)
        super().__init__(f"{message.vi} / {message.en}")


@dataclass(frozen=True, slots=True)
class Source:
    """A report file with its annexes. `name` is its path as shown and stored, unique in the batch."""

    name: str
    path: Path
    annexes: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the paths given hold."""

    sources: tuple[Source, ...]
    register: Register = Register()


@dataclass(frozen=True, slots=True)
class Identity:
    """How a report names itself; all empty when it could not be read."""

    ward: str = ""
    day: date | None = None
    start: date | None = None
    end: date | None = None
    label: str = ""
    head: str = ""

    def as_json(self) -> dict[str, str | None]:
        return {name: v.isoformat() if isinstance(v, date) else v for name, v in asdict(self).items()}

    @classmethod
    def from_json(cls, record: Mapping[str, str]) -> Identity:
        """The identity back from `as_json`. Raises KeyError, TypeError or ValueError for anything else."""
        days = {name: date.fromisoformat(record[name]) if record[name] else None for name in ("day", "start", "end")}
        return cls(**{**record, **days})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Item:
    """One report to audit. `key` is the hash of everything its results depend on."""

    source: Source
    identity: Identity
    ward: Ward | None
    folder: str  # under outputs, "ward-slug/period-slug"
    owner: str = ""  # what the folder's marker says
    previous: tuple[Source, ...] = ()
    key: str = ""

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def stands_in(self) -> str:
        """The ward's name from the register, for a report that does not give it."""
        return self.ward.full_name if self.ward and not self.identity.ward else ""

    @property
    def header(self) -> Header:
        identity = self.identity
        period = Period(identity.start, identity.end, identity.label) if identity.label else None
        return Header(ward=identity.ward or self.stands_in, day=identity.day, period=period)


@dataclass(slots=True)
class Hashes:
    """SHA-256 of files, each read once."""

    _known: dict[Path, str] = field(default_factory=dict)

    def of(self, path: Path) -> str:
        """The hash, or "" for a file that cannot be read (its audit will say why)."""
        if path not in self._known:
            try:
                with path.open("rb") as source:
                    self._known[path] = hashlib.file_digest(source, "sha256").hexdigest()
            except OSError:
                self._known[path] = ""
        return self._known[path]


# ---------------------------------------------------------------- which files


def gather(paths: Sequence[Path]) -> Gathered:
    """The reports under the paths, in a fixed order. Raises UsageError when there are none, ConfigError for a
    wrong wards.csv."""
    found: list[tuple[Path, Path]] = []  # file, the folder its name is relative to
    registers: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UsageError("no_such_path", path=path)
        if path.is_file():
            found.append((path, path.parent))
            continue
        home = path
        if (path / REPORTS).is_dir():
            path = path / REPORTS
        elif path.name == REPORTS:
            home = path.parent
        registers += [p for p in dict.fromkeys((home / WARDS, path / WARDS)) if p.is_file()]
        found += _files(path)
    registers = list(dict.fromkeys(p.resolve() for p in registers))
    if len(registers) > 1:
        raise UsageError("two_registers", paths=", ".join(map(str, registers)))
    sources = _with_annexes(found)
    if not sources:
        raise UsageError("no_reports", paths=", ".join(map(str, paths)))
    register = wards.load(registers[0]) if registers else Register()
    return Gathered(sources, register)


def sources_in(folder: Path) -> tuple[Source, ...]:
    """The reports under a folder with their annexes, in the order of their names; none for a folder without any."""
    return _with_annexes(list(_files(folder)))


def _files(folder: Path) -> Iterable[tuple[Path, Path]]:
    """Each file of a kind that can be read, with the folder."""
    for root, below, names in os.walk(folder):
        below[:] = sorted(f for f in below if not f.startswith((".", "~")) and f != DECISIONS)
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith((".", "~$")) or name.lower() in _NOT_REPORTS:
                continue
            if suffix_of(path) in KNOWN_SUFFIXES:
                yield path, folder


def _with_annexes(found: Sequence[tuple[Path, Path]]) -> tuple[Source, ...]:
    once: dict[Path, tuple[Path, Path]] = {}  # by the real file: a path given twice counts once
    for path, root in found:
        once.setdefault(path.resolve(), (path, root))
    reports = {(p.parent, p.stem) for p, _ in once.values() if _ANNEX not in p.stem}
    annexes: dict[tuple[Path, str], list[Path]] = defaultdict(list)
    sources: list[tuple[Path, str]] = []
    for path, root in once.values():
        of = (path.parent, path.stem.partition(_ANNEX)[0])
        if _ANNEX in path.stem and of in reports:
            annexes[of].append(path)
        else:
            sources.append((path, _shown(path.relative_to(root))))
    names = Counter(name for _, name in sources)
    return tuple(
        Source(
            name if names[name] == 1 else _shown(path), path, tuple(sorted(annexes[(path.parent, path.stem)]))
        )
        for path, name in sources
    )


def _shown(path: Path) -> str:
    """A path as text that can be stored: bytes that are no UTF-8 become question marks."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")


# ---------------------------------------------------------------- whose they are, and what goes with them


def arrange(
    gathered: Gathered, identities: Mapping[str, Identity], outputs: Path, settings: Mapping[str, object]
) -> list[Item]:
    """One item a report, in the order of their names; folders under `outputs` that are others' stay theirs."""
    hashes, decided = Hashes(), Decided()
    items = [
        _matched(source, identities.get(source.name, Identity()), gathered.register)
        for source in sorted(gathered.sources, key=lambda s: s.name)
    ]
    items = _placed(items, outputs, hashes)
    earlier = _previous(items)
    return [
        replace(item, previous=earlier[item.name], key=_key(item, earlier[item.name], hashes, decided, settings))
        for item in items
    ]


def ward_beside(path: Path | str, header: Header, head: str) -> Ward | None:
    """The ward of one report as a batch would find it, by the `wards.csv` beside the report or its `reports/`.

    `head` is the opening of the report's text. None without a register, or where it names none or several.
    Raises ConfigError for a wrong register.
    """
    path = Path(path)
    folder = path.resolve().parent
    above = (f for f in (folder, *folder.parents) if f.name == REPORTS)
    root = next(above, folder)
    places = [folder / WARDS, root / WARDS, *([root.parent / WARDS] if root.name == REPORTS else [])]
    register = next((wards.load(place) for place in places if place.is_file()), None)
    if register is None:
        return None
    period = header.period
    identity = Identity(ward=header.ward, day=header.day, end=period.end if period else None, head=head)
    return _matched(Source(path.name, path), identity, register).ward


def _matched(source: Source, identity: Identity, register: Register) -> Item:
    day = identity.end or identity.day
    code = register.code_in(source.name)
    return Item(source, identity, register.find(identity.ward, day, code=code, head=identity.head), "")


def _placed(items: Sequence[Item], outputs: Path, hashes: Hashes) -> list[Item]:
    """Give each its folder: no two the same, none that belongs to a stranger."""
    taken: dict[str, Mapping[str, str]] = {}
    out: list[Item] = []
    for item in items:
        header, path = item.header, str(item.source.path)
        code = item.ward.code if item.ward else ""
        owner = folders.owner_of(header.ward, path, hashes.of(item.source.path), code)
        folder = folders.place(folders.names_of(header, path), owner, outputs, taken)
        taken[folder] = taken[folder.partition("/")[0]] = owner
        out.append(replace(item, folder=folder, owner=json.dumps(owner, ensure_ascii=False)))
    return out


def _previous(items: Sequence[Item]) -> dict[str, tuple[Source, ...]]:
    """For each report the one before it. Nothing is guessed: namesakes that no register tells apart have none."""
    families: dict[object, list[Item]] = defaultdict(list)
    for item in items:
        if item.identity.end and (item.ward or item.identity.ward):
            ward = item.ward  # a code may pass to another ward after a merger, which is not its predecessor's next report
            families[(ward.code, ward.full_name.casefold()) if ward else item.identity.ward.casefold()].append(item)
    found: dict[str, tuple[Source, ...]] = {item.name: () for item in items}
    for family in families.values():
        periods = Counter((item.identity.start, item.identity.end) for item in family)
        if not family[0].ward and max(periods.values()) > 1:
            continue
        for item in family:
            earlier = [other for other in family if _before(other.identity, item.identity)]
            if earlier:
                last = max(other.identity.end or date.min for other in earlier)
                nearest = [other for other in earlier if other.identity.end == last]
                found[item.name] = (nearest[-1].source,)
    return found


def _before(other: Identity, this: Identity) -> bool:
    start = this.start or this.end
    if start is None or other.end is None:
        return False
    return other.end < start + CUT_OFF and (other.start or other.end) < start


# ---------------------------------------------------------------- what results depend on


@dataclass(slots=True)
class Decided:
    """What inspectors decided, each folder read once."""

    _folders: dict[Path, list[Decision]] = field(default_factory=dict)
    _of: dict[Path, Path] = field(default_factory=dict)  # the folder of decisions for reports in a folder

    def on(self, item: Item, sha256: str) -> str:
        """The hash of all decisions that may concern the report: those on its ward and those on its very bytes."""
        ward = slug(item.identity.ward or item.source.path.stem)
        mine = [d for d in self._for(item.source.path) if d.subject.ward == ward or d.subject.sha256 == sha256]
        return hashlib.sha256("\n".join(map(to_line, mine)).encode()).hexdigest() if mine else ""

    def _for(self, report: Path) -> list[Decision]:
        from .workspace import decisions_for  # which lists reports by this module

        place = report.parent
        if place not in self._of:
            self._of[place] = decisions_for(report)
        folder = self._of[place]
        if folder not in self._folders:
            self._folders[folder] = list(read_decisions(folder).decisions)
        return self._folders[folder]


def _key(
    item: Item,
    previous: Sequence[Source],
    hashes: Hashes,
    decided: Decided,
    settings: Mapping[str, object],
) -> str:
    content = hashes.of(item.source.path)
    parts = {
        "settings": settings,
        "report": [item.name, content],
        "annexes": [[p.name, hashes.of(p)] for p in item.source.annexes],
        "previous": [[s.name, hashes.of(s.path)] for s in previous],
        "ward": repr(replace(item.ward, line=0)) if item.ward else "",
        "folder": [item.folder, item.owner],
        "decisions": decided.on(item, content),
        "code": code_fingerprint(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8", "replace")).hexdigest()


@cache
def code_fingerprint() -> str:
    """Version and hash of everything in the package that a result could depend on."""
    digest = hashlib.sha256(__version__.encode())
    top = Path(str(resources.files(__package__)))
    folders = [top, top.parent / "notebooks"] if not (top / "notebooks").is_dir() else [top]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".toml", ".yaml", ".j2", ".css", ".js", ".html", ".ipynb"}:
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
