"""A team's folder: reports in, decisions and rules kept, memos out, notebooks to work in.

`init` lays one out from the installed package; `find` recognises one from anywhere inside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from .errors import AuditError
from .files import write
from .messages import say
from .plan import Source, sources_in

FOLDERS = ("reports", "decisions", "rules", "notebooks", "outputs")
EXAMPLE = "quy-tac-vi-du.yaml"
_SAMPLE = "dong-me-6-thang-2024.txt"


class WorkspaceError(AuditError):
    """No workspace here, or its place is taken; the text says what to do."""

    def __init__(self, key: str, **values: object) -> None:
        message = say(f"workspace.{key}", **values)
        super().__init__(f"{message.vi} / {message.en}")


@dataclass(frozen=True, slots=True)
class Workspace:
    """`root` holds wards.csv, reports/ and decisions/; `top` is where JupyterLab opens and outputs/ lies."""

    root: Path
    top: Path

    @property
    def wards(self) -> Path:
        return self.root / "wards.csv"

    @property
    def decisions(self) -> Path:
        return self.root / "decisions"

    @property
    def outputs(self) -> Path:
        return self.top / "outputs"

    @property
    def notebooks(self) -> Path:
        return self.top / "notebooks"

    @property
    def sources(self) -> tuple[Source, ...]:
        """The reports with their annexes, in the order of their names, as a batch takes them."""
        return sources_in(self.root / "reports")

    @property
    def reports(self) -> tuple[Path, ...]:
        """The report files, in the order of their names."""
        return tuple(source.path for source in self.sources)

    def report(self, name: str = "") -> Path:
        """The file a name means: as it stands, in the workspace, or in reports/; "" is the first report.

        Raises WorkspaceError when reports/ is empty. A name that fits nothing comes back as it is, for the
        reader to refuse.
        """
        if not name:
            if not self.reports:
                raise WorkspaceError("no_reports", folder=self.root / "reports")
            return self.reports[0]
        places = [Path(name), self.top / name, self.root / name, self.root / "reports" / name]
        return next((p for p in places if p.exists()), Path(name))

    def rules(self, name: str = "") -> Path:
        """The rulebook a name means: as it stands, in the workspace, or in rules/; "" is the example."""
        if not name:
            own = self.root / "rules" / EXAMPLE
            return own if own.exists() else Path(__file__).parent / "defaults" / "workspace" / EXAMPLE
        places = [Path(name), self.top / name, self.root / name, self.root / "rules" / name]
        return next((p for p in places if p.exists()), Path(name))

    def _repr_html_(self) -> str:
        rows = "".join(f"<li>{escape(str(p.relative_to(self.root)))}</li>" for p in self.reports)
        heading = escape(say("workspace.reports", n=len(self.reports)).vi)
        return f"<p><b>{heading}</b> {escape(str(self.root))}</p><ul>{rows}</ul>"


def find(start: Path | None = None) -> Workspace:
    """The workspace that holds `start` (the present folder). Raises WorkspaceError when there is none."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        for root in (folder, folder / "data"):  # data/: the samples of a source tree
            if (root / "wards.csv").is_file() and (root / "reports").is_dir():
                return Workspace(root, folder)
    raise WorkspaceError("none_here", folder=here)


def decisions_for(report: Path | str) -> Path:
    """Where the decisions on a report are kept: in its workspace, else in a folder beside it."""
    folder = Path(report).resolve().parent
    try:
        return find(folder).decisions
    except WorkspaceError:
        return folder / "decisions"


def init(folder: Path) -> tuple[Path, ...]:
    """Lay out a workspace; returns the files it wrote. What is already there is never touched, so that a
    second call after an upgrade brings only what is new. Raises WorkspaceError when `folder` is a file."""
    if folder.exists() and not folder.is_dir():
        raise WorkspaceError("taken", folder=folder)
    written: list[Path] = []
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, source in _contents():
        target = folder / name
        if not target.exists():
            write(target, source.read_bytes())
            written.append(target)
    return tuple(written)


def _contents() -> Iterator[tuple[str, Traversable]]:
    package = resources.files(__package__)
    template = package / "defaults" / "workspace"
    yield from ((name, template / name) for name in ("README.md", "wards.csv"))
    yield f"rules/{EXAMPLE}", template / EXAMPLE
    yield f"reports/{_SAMPLE}", _shipped("samples", f"data/reports/{_SAMPLE}")
    notebooks = _shipped("notebooks", "notebooks")
    for notebook in sorted(notebooks.iterdir(), key=lambda entry: entry.name):
        if notebook.name.endswith(".ipynb"):
            yield f"notebooks/{notebook.name}", notebook


def _shipped(folder: str, in_source_tree: str) -> Traversable:
    """A file or folder that a wheel carries inside the package and a source tree keeps beside it."""
    inside = resources.files(__package__) / folder
    if inside.is_dir():
        return inside / Path(in_source_tree).name if folder == "samples" else inside
    return Path(__file__).parents[1] / in_source_tree
