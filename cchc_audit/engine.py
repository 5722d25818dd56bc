"""The warm papermill engine: cells run in a process that has everything imported, without sockets.

Registered under papermill's entry point group as `cchc-warm`:

    papermill --engine cchc-warm in.ipynb out.ipynb

Inside the process that runs the cells stands an ordinary IPython kernel, and papermill's own client talks
to it; only the wire between the two is replaced by a list, so outputs are those of the standard engine.
Each notebook gets a fresh process (see `processes`), unless this process is already one made for it.
"""

from __future__ import annotations

import os
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import kernel, processes
from .processes import End, Limits, Outcome

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NotebookExecutionManager

_NOT_FOR_THE_CLIENT = {"input_path", "timeout", "start_timeout", "startup_timeout", "execution_timeout"}


class WarmEngine:
    """Runs a notebook's cells without starting a kernel: here if this process is disposable, else in a fresh one.

    Not a subclass of papermill's Engine, only its like: papermill loads its engines while it is being
    imported, so this module must be importable without papermill.
    """

    disposable = False  # set in processes that were started to run one notebook

    @classmethod
    def execute_notebook(cls, nb: NotebookNode, kernel_name: str, **options: Any) -> NotebookNode:
        """Papermill's way in: keeps its bookkeeping (timing, saving, progress bar) around the cells."""
        if cls.disposable:
            return cls.execute_managed_notebook(_Marks(nb), kernel_name, record_timing=False)
        from papermill.engines import Engine

        done: NotebookNode = Engine.execute_notebook.__func__(cls, nb, kernel_name, **options)
        return done

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,  # noqa: ARG003 - always this Python
        **options: Any,
    ) -> NotebookNode:
        """Execute the cells, fill in `nb_man.nb`. Failing cells are marked as papermill marks them, not raised.

        Raises nbclient's CellTimeoutError and DeadKernelError, as the standard engine does.
        """
        given = {name: value for name, value in options.items() if name not in _NOT_FOR_THE_CLIENT}
        given["timeout"] = options.get("execution_timeout") or options.get("timeout")
        return kernel.run(nb_man, given) if cls.disposable else _run_elsewhere(nb_man, given)

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        from papermill.utils import nb_language

        return str(nb_language(nb, language))


class _Marks:
    """Stands in for papermill's execution manager in a disposable process: what became of each cell is marked as
    papermill marks it, but nothing is timed, saved or shown."""

    def __init__(self, nb: NotebookNode) -> None:
        self.nb = nb
        nb.metadata.papermill["exception"] = None
        for cell in nb.cells:
            cell.metadata.papermill = {"exception": None, "status": "pending"}
            if cell.cell_type == "code":
                cell.execution_count, cell.outputs = None, []

    def cell_start(self, cell: NotebookNode, _index: int) -> None:
        cell.metadata.papermill.update(exception=False, status="running")

    def cell_exception(self, cell: NotebookNode, **_: Any) -> None:
        cell.metadata.papermill.update(exception=True, status="failed")
        self.nb.metadata.papermill["exception"] = True

    def cell_complete(self, cell: NotebookNode, **_: Any) -> None:
        if cell.metadata.papermill["status"] != "failed":
            cell.metadata.papermill["status"] = "completed"

    def autosave_cell(self) -> None:
        """Nothing is saved."""


# ---------------------------------------------------------------- the process that asked


class _Relay:
    """Stands in for the execution manager in the fresh process: tells the real one what happens."""

    def __init__(self, nb: NotebookNode, events: Connection) -> None:
        self.nb, self._events = nb, events

    def cell_start(self, _cell: NotebookNode, cell_index: int) -> None:
        self._events.send(("start", cell_index, None))

    def cell_exception(self, cell: NotebookNode, cell_index: int, **_: Any) -> None:
        self._events.send(("exception", cell_index, cell))

    def cell_complete(self, cell: NotebookNode, cell_index: int) -> None:
        self._events.send(("complete", cell_index, cell))

    def autosave_cell(self) -> None:
        """Saving is the other process's business."""


def _execute(
    nb: NotebookNode, options: dict[str, Any], folder: str, environment: dict[str, str], events: Connection
) -> NotebookNode:
    """In the fresh process: run every cell, tell of each as it completes; returns the notebook."""
    os.environ.clear()
    os.environ.update(environment)
    os.environ.setdefault("MPLBACKEND", kernel.INLINE)
    os.chdir(folder)
    return kernel.run(_Relay(nb, events), options)


def _run_elsewhere(nb_man: NotebookExecutionManager, options: dict[str, Any]) -> NotebookNode:
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.log import logger

    nb: NotebookNode = nb_man.nb
    mine = {name: options.pop(name, None) for name in ("log_output", "stdout_file", "stderr_file")}
    console = PapermillNotebookClient(nb_man, log=logger, **mine)
    timeout = options.get("timeout")
    job = processes.Job(_execute, (nb, options, str(Path.cwd()), dict(os.environ)), Limits(), quiet=False, tells=True)
    running = 0
    try:
        job.receive()  # that it has begun; starting counts for no cell
        while True:
            patience = timeout if timeout and timeout > 0 else None
            if not job.events.poll(patience):
                _give_up(timeout, nb.cells[running])
            word = job.receive()
            if isinstance(word, Outcome):
                break
            what, running, cell = word
            _apply(nb_man, console, what, running, cell)
    except BaseException:
        job.stop()
        raise
    if word.end is not End.DONE:
        from nbclient.exceptions import DeadKernelError

        raise DeadKernelError(f"Kernel died: {word.reason}")
    ran = word.value
    for name in ("language_info", "widgets"):
        if name in ran.metadata:
            nb.metadata[name] = ran.metadata[name]
    for cell, end in zip(nb.cells, ran.cells, strict=True):
        if cell.cell_type == "code":
            cell.outputs = end.outputs  # a later cell may have updated what an earlier one displays
    return nb


def _apply(
    nb_man: NotebookExecutionManager,
    console: PapermillNotebookClient,
    what: str,
    index: int,
    ran: NotebookNode | None,
) -> None:
    """Bring one event into the notebook as papermill would have written it."""
    cell = nb_man.nb.cells[index]
    if what == "start":
        nb_man.cell_start(cell, index)
        return
    if ran is not None and cell.cell_type == "code":
        cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
        if "execution" in ran.metadata:
            cell.metadata["execution"] = ran.metadata["execution"]
    if what == "exception":
        nb_man.cell_exception(cell, cell_index=index)
        return
    for output in cell.get("outputs", []):
        console.log_output_message(output)
    nb_man.cell_complete(cell, cell_index=index)


def _give_up(timeout: Any, cell: NotebookNode) -> None:
    from nbclient.exceptions import CellTimeoutError

    raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", timeout, cell)
