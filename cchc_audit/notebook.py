"""One report through the notebook: parameters in, executed notebook and memo out.

Papermill runs `notebooks/ward_audit.ipynb`, the executed notebook becomes the memo (our nbconvert exporter
gives the same), and the set (memo, notebook, JSON, and what else was asked for) is put in place whole.
"""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import files, kernel
from .errors import AuditError, NotebookError
from .folders import claim_folder, folder_of, publish
from .memo.cells import Shown, read_back
from .messages import say

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = [
    "Wanted",
    "execute",
    "folder_of",
    "make_memo",
    "memo_html",
    "notebook_path",
    "publish",
    "results",
    "shown",
]

NAME = "ward_audit"
_KERNEL = "python3"
_FOR_PEOPLE = {
    "ReadError",
    "ConfigError",
    "AuditError",
}  # raised in a cell, these speak to the user, not of the notebook
_TIMINGS = (
    "start_time",
    "end_time",
    "duration",
    "exception",
    "input_path",
    "output_path",
    "environment_variables",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to write beside memo.html, the notebook and audit.json."""

    pdf: bool = False
    xlsx: bool = False
    docx: bool = False


def notebook_path(name: str = NAME) -> Path:
    """The notebook in the project's `notebooks/`, or as installed with the package."""
    here = Path(__file__).parent
    for folder in (here / "notebooks", here.parent / "notebooks"):
        if (folder / f"{name}.ipynb").is_file():
            return folder / f"{name}.ipynb"
    raise AuditError(say("memo_run.no_notebook", name=name).vi)


def check_names(parameters: Mapping[str, Any], notebook: Path) -> None:
    """Refuse a parameter the notebook does not declare: papermill would write its name into code as it is."""
    known = _parameters(notebook)
    unknown = sorted(repr(name) for name in parameters if name not in known)
    if unknown:
        message = say("memo_run.unknown_parameter", names=", ".join(unknown), known=", ".join(known))
        raise AuditError(f"{message.vi} / {message.en}")


@cache
def _parameters(notebook: Path) -> tuple[str, ...]:
    from papermill.inspection import inspect_notebook

    return tuple(sorted(inspect_notebook(str(notebook))))


def execute(parameters: Mapping[str, Any], *, outputs: Path | str, engine: str | None = None) -> NotebookNode:
    """The notebook run with these parameters, timings left out so that the same input gives the same notebook.

    Raises AuditError for an unknown parameter name or a report that cannot be read, NotebookError when a cell
    fails otherwise; the failed notebook is then kept under `outputs/failed/`.
    """
    with kernel.left_out():
        from nbclient.exceptions import CellTimeoutError, DeadKernelError
        from papermill.engines import papermill_engines
        from papermill.exceptions import PapermillExecutionError
        from papermill.execute import raise_for_execution_errors
        from papermill.parameterize import parameterize_notebook

    notebook = notebook_path()
    check_names(parameters, notebook)
    # papermill's steps, but for writing the notebook before, between and after: it is written settled, or failed
    nb = copy.deepcopy(_loaded(notebook))
    with kernel.left_out():
        nb = parameterize_notebook(nb, dict(parameters), kernel_name=_KERNEL, engine_name=engine)
    with tempfile.TemporaryDirectory(prefix="cchc-audit-") as folder:
        draft = Path(folder) / f"{NAME}.ipynb"
        try:
            executed = papermill_engines.execute_notebook_with_engine(
                engine, nb, kernel_name=_KERNEL, progress_bar=False, autosave_cell_every=0
            )
            raise_for_execution_errors(executed, str(draft))
        except PapermillExecutionError as error:
            if error.ename in _FOR_PEOPLE:
                raise AuditError(error.evalue) from None
            kept = _keep(draft, parameters, outputs)
            raise NotebookError(kept, error.cell_index, f"{error.ename}: {error.evalue}") from error
        except (CellTimeoutError, DeadKernelError) as error:
            kept = _keep(draft, parameters, outputs)
            raise NotebookError(kept, None, f"{type(error).__name__}: {error}") from error
    return _settled(executed)


@cache
def _loaded(notebook: Path) -> NotebookNode:
    from papermill.iorw import load_notebook_node

    loaded: NotebookNode = load_notebook_node(str(notebook))
    return loaded


def _keep(draft: Path, parameters: Mapping[str, Any], outputs: Path | str) -> Path:
    """The notebook as far as it ran, put where an inspector can open it."""
    kept = _failed(parameters, outputs)
    files.write(kept, draft.read_bytes() if draft.exists() else notebook_path().read_bytes())
    return kept


def _failed(parameters: Mapping[str, Any], outputs: Path | str) -> Path:
    """Where the failed notebook of this report is kept."""
    name = files.slug(Path(str(parameters.get("report", ""))).stem, NAME)
    return Path(outputs) / "failed" / f"{name}.ipynb"


def _settled(nb: NotebookNode) -> NotebookNode:
    """The executed notebook without what differs from run to run."""
    for holder in (
        nb.metadata.get("papermill", {}),
        *(cell.metadata.get("papermill", {}) for cell in nb.cells),
    ):
        for name in _TIMINGS:
            holder.pop(name, None)
    for cell in nb.cells:
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "injected-parameters"
    return nb


def memo_html(nb: NotebookNode) -> str:
    """The memo of an executed notebook. Raises AuditError when it holds no audit."""
    return shown(nb).page()


def shown(nb: NotebookNode) -> Shown:
    """The audit an executed notebook holds. Raises AuditError when it holds none."""
    return read_back([output.get("data", {}) for cell in nb.cells for output in cell.get("outputs", [])])


def results(nb: NotebookNode, wanted: Wanted = Wanted()) -> dict[str, bytes | str]:
    """Every file of one ward's results, by name, from its executed notebook."""
    found = shown(nb)
    html = found.page()
    out: dict[str, bytes | str] = {
        "memo.html": html,
        # nbformat indents what it writes, which the standard library does in Python, not in C
        f"{NAME}.ipynb": json.dumps(nb, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n",
        "audit.json": found.record,
    }
    if wanted.pdf:
        from .pdf import print_page

        out["memo.pdf"] = print_page(html)
    if wanted.xlsx:
        from .workpaper import workpaper

        out["workpaper.xlsx"] = workpaper(found.view, found.language)
    if wanted.docx:
        from .minutes import minutes

        out["memo.docx"] = minutes(found.view, found.language)
    return out


def make_memo(
    parameters: Mapping[str, Any],
    *,
    wanted: Wanted = Wanted(),
    engine: str | None = None,
) -> Path:
    """Run the notebook for one report and write its results; the folder they stand in.

    `parameters` are those of the notebook; `outputs` among them is the root folder. Nothing is written
    unless everything asked for could be made.
    """
    outputs = str(parameters.get("outputs", "outputs"))
    nb = execute(parameters, outputs=outputs, engine=engine)
    contents = results(nb, wanted)
    view = shown(nb).view
    folder = claim_folder(view.audit, outputs, code=view.run.unit.code if view.run.unit else "")
    publish(folder, contents)
    _failed(parameters, outputs).unlink(missing_ok=True)  # an earlier failure of this report is mended
    return folder
