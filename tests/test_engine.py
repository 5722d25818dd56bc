"""The warm engine gives what the standard engine gives, cell by cell, and each notebook a fresh process."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import re
import subprocess
import sys
import time
import types
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbconvert.preprocessors.coalescestreams import CoalesceStreamsPreprocessor
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from cchc_audit import kernel, processes

# Cell sources, each with the tags it carries. Between them they use every way a cell can show something.
CELLS: list[tuple[str, list[str]]] = [
    ("x = 1\nname = 'a'", ["parameters"]),
    ("print('out'); import sys; print('err', file=sys.stderr); print('more'); x", []),
    ("import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['ơ', '<b>']})", []),
    ("%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2, x]); plt.title('Đồ thị')", []),
    ("fig, ax = plt.subplots(figsize=(2, 1)); ax.bar([1, 2], [3, x]); fig", []),
    ("from IPython.display import HTML, Markdown, display\nhandle = display(HTML('<b>one</b>'), display_id='k')", []),
    ("display(Markdown('*a*'))\ndisplay({'application/json': {'a': (1, 2)}, 'text/plain': 'x'}, raw=True)", []),
    ("handle.update(HTML('<b>two</b>'))", []),
    ("from IPython.display import clear_output\nprint('gone'); clear_output(); print('kept')", []),
    ("print('gone'); clear_output(wait=True); print('kept')", []),
    ("!echo shell", []),
    ("%%capture cap\nprint('hidden')", []),
    ("cap.stdout", []),
    ("'quiet';", []),
    ("", []),
    ("_, In[2], Out.get(14)", []),
    ("await __import__('asyncio').sleep(0.01)\n'awaited'", []),
    ("try:\n    input('?')\nexcept Exception as error:\n    print(type(error).__name__, error)", []),
    ("raise ValueError('allowed')", ["raises-exception"]),
    ("class A:\n    def _repr_html_(self): return '<i>a</i>'\n    def __repr__(self): return 'A'\nA()", []),
    ("class B:\n    def __repr__(self): raise KeyError('bad')\nB()", ["raises-exception"]),
    ("import os\nos.getcwd() == os.path.realpath('.'), __name__, '' in sys.path, sys.stdout.isatty()", []),
    ("import logging; logging.warning('w')", []),
    ("type(get_ipython()).__name__, sys.stdout.encoding, sys.modules['__main__'].x", []),
    ("import local_module; local_module.VALUE", []),
    ("import warnings; warnings.warn('careful')", []),
    ("print('a' * 3, end=''); sys.stdout.flush(); print('b')", []),
    ("d = {'application/json': {'a': [1]}, 'text/plain': 'x'}\ndisplay(d, raw=True); d['application/json']['a'] += [2]", []),
    ("print(chr(0xdce1)); {'a': float('inf'), 2: None}", []),
    ("'one'", []),
    ("get_ipython().input_transformers_cleanup.append(lambda ls: [l.replace('one', 'two') for l in ls])", []),
    ("'one'", []),
    ("get_ipython().input_transformers_cleanup.pop(); 'one'", []),
    ("1 / 0", []),
    ("'never reached'", []),
]  # fmt: skip
PROCESS = re.compile(r"0x[0-9a-f]+|ipykernel_\d+/\d+\.py")


def notebook(cells: list[tuple[str, list[str]]]) -> NotebookNode:
    nb = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    nb.cells.append(nbformat.v4.new_markdown_cell("# Title"))
    for source, tags in cells:
        nb.cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": tags}))
    for number, cell in enumerate(nb.cells):
        cell["id"] = f"cell-{number}"
    return nb


def run(folder: Path, cells: list[tuple[str, list[str]]], engine: str | None, **options: Any) -> NotebookNode:
    source, target = folder / "in.ipynb", folder / f"out-{engine}.ipynb"
    nbformat.write(notebook(cells), source)
    papermill.execute_notebook(
        str(source), str(target), {"x": 5} if any(tags for _, tags in cells) else None,
        engine_name=engine, progress_bar=False, cwd=str(folder), **options,
    )  # fmt: skip
    return nbformat.read(target, as_version=4)


def shape(cell: NotebookNode) -> dict[str, Any]:
    """A cell without what differs from one process or second to the next."""
    text = PROCESS.sub("…", json.dumps(cell.get("outputs"), sort_keys=True, ensure_ascii=False))
    kept = {
        name: {k: v for k, v in value.items() if k in {"exception", "status"}} if name == "papermill" else value
        for name, value in cell.metadata.items()
        if name != "execution"
    }
    return {
        "type": cell.cell_type,
        "source": cell.source,
        "count": cell.get("execution_count"),
        "outputs": text,
        "metadata": kept,
        "timed": sorted(cell.metadata.get("execution", {})),
    }


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[NotebookNode, NotebookNode]:
    """The same failing notebook from the standard engine and from ours.

    Neighbouring pieces of one stream are joined on both sides: a kernel flushes by the clock, so how many messages a
    print is sent in depends on the load of the machine.
    """
    made = []
    for engine in (None, "cchc-warm"):
        folder = tmp_path_factory.mktemp("engine")
        (folder / "local_module.py").write_text("VALUE = 7\n")
        with pytest.raises(PapermillExecutionError) as failure:
            run(folder, CELLS, engine)
        assert failure.value.ename == "ZeroDivisionError"
        executed = nbformat.read(folder / f"out-{engine}.ipynb", as_version=4)
        made.append(CoalesceStreamsPreprocessor().preprocess(executed, {})[0])
    return made[0], made[1]


def test_cells_equal_those_of_the_standard_engine(both: tuple[NotebookNode, NotebookNode]) -> None:
    standard, warm = both
    assert len(standard.cells) == len(CELLS) + 4  # the title, injected parameters, the two error marks
    for theirs, ours in zip(standard.cells, warm.cells, strict=True):
        assert shape(ours) == shape(theirs)


def test_notebook_metadata_equals_too(both: tuple[NotebookNode, NotebookNode]) -> None:
    def kept(nb: NotebookNode) -> dict[str, Any]:
        paper = nb.metadata.papermill
        return {**nb.metadata, "papermill": {name: paper[name] for name in ("exception", "parameters", "version")}}

    assert kept(both[1]) == kept(both[0])


def test_the_command_line_of_papermill_knows_the_engine(tmp_path: Path) -> None:
    nbformat.write(notebook([("x = 1", ["parameters"]), ("x * 2", [])]), tmp_path / "in.ipynb")
    done = subprocess.run(
        [Path(sys.executable).with_name("papermill"), "--engine", "cchc-warm", "in.ipynb", "out.ipynb", "-p", "x", "21"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert nbformat.read(tmp_path / "out.ipynb", 4).cells[-1].outputs[0].data["text/plain"] == "42"


def test_no_notebook_sees_what_another_left(tmp_path: Path) -> None:
    leave = [("import math, os\nmath.left = os.environ['LEFT'] = 'behind'\nos.getpid()", [])]
    look = [("import math, os\nhasattr(math, 'left'), 'LEFT' in os.environ", [])]
    first, second = (run(tmp_path, leave, "cchc-warm").cells[1].outputs[0].data["text/plain"] for _ in range(2))
    assert first != second
    assert run(tmp_path, look, "cchc-warm").cells[1].outputs[0].data["text/plain"] == "(False, False)"


def test_a_cell_that_kills_its_process(tmp_path: Path) -> None:
    with pytest.raises(DeadKernelError):
        run(tmp_path, [("import os; os._exit(3)", [])], "cchc-warm")


def test_a_cell_that_takes_too_long(tmp_path: Path) -> None:
    with pytest.raises(CellTimeoutError):
        run(tmp_path, [("import time; time.sleep(60)", [])], "cchc-warm", execution_timeout=1)


def test_the_environment_is_that_of_the_caller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKED_LATE", "yes")
    nb = run(tmp_path, [("import os; os.environ['ASKED_LATE']", [])], "cchc-warm")
    assert nb.cells[1].outputs[0].data["text/plain"] == "'yes'"


@pytest.mark.verify
def test_spawned_where_nothing_can_be_forked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "context", lambda: multiprocessing.get_context("spawn"))
    nb = run(tmp_path, [("print('spawned')", [])], "cchc-warm")
    assert nb.cells[1].outputs[0].text == "spawned\n"


def test_the_rehearsal_works_and_leaves_a_kernel_that_has_run_nothing(tmp_path: Path) -> None:
    end = ended(_rehearse, tmp_path)
    assert (end.end, end.value) == (processes.End.DONE, (1, {}, True))


def _rehearse(folder: Path) -> tuple[int, dict[int, object], bool]:
    from cchc_audit import kernel, preload

    before = kernel.ready()
    preload.rehearse(folder)
    shell = kernel.ready().shell
    return shell.execution_count, dict(shell.user_ns["Out"]), shell is not before.shell and "paper" not in shell.user_ns


def test_what_is_left_out_of_imports_is_there_again_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = types.ModuleType("pyarrow")
    monkeypatch.setitem(sys.modules, "pyarrow", loaded)
    monkeypatch.delitem(sys.modules, "rfc3987_syntax", raising=False)
    with kernel.left_out(), pytest.raises(ImportError):
        importlib.import_module("rfc3987_syntax")
    assert (sys.modules["pyarrow"], "rfc3987_syntax" in sys.modules) == (loaded, False)


# ---------------------------------------------------------------- processes


def divide(a: int, b: int) -> float:
    return a / b


def greedy(size: int) -> int:
    return len(bytearray(size))


def ended(work: Any, *args: Any, seconds: float | None = 30, memory: int | None = 2**28) -> processes.Outcome:
    job = processes.Job(work, args, processes.Limits(seconds, memory))
    while True:
        for _, word in processes.wait([job], 1.0):
            assert isinstance(word, processes.Outcome)
            return word


def rest(piece: tuple[Path, Path], *, events: Connection) -> None:
    """Rest, make one file, wait for the other."""
    mine, other = piece
    events.send(processes.RESTING)
    mine.touch()
    while not other.exists():
        time.sleep(0.01)
    for path in piece:
        events.send(path.name)


def test_another_job_runs_while_one_rests(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    said = processes.each(rest, [(a, b), (b, a)], 1, processes.Limits(20))
    assert sorted((path.name, word) for path, word in said) == [("a", "a"), ("a", "a"), ("b", "b"), ("b", "b")]


def test_how_a_job_ended_is_a_value() -> None:
    assert ended(divide, 6, 3) == processes.Outcome(processes.End.DONE, 2.0)
    assert ended(divide, 1, 0).end is processes.End.FAILED
    assert ended(divide, 1, 0).reason == "ZeroDivisionError: division by zero"
    assert ended(greedy, 2**30).end is processes.End.MEMORY
    assert ended(greedy, 2**20).end is processes.End.DONE


def test_a_job_does_not_run_the_script_that_starts_it_again(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "print('run')\nfrom cchc_audit import processes\n"
        "job = processes.Job(sum, [[1, 2]], processes.Limits())\n"
        "while not (said := processes.wait([job], 1.0)): pass\nprint(said[0][1].value)\n"
    )
    told = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout == "run\n3\n"


def test_a_job_out_of_time_is_killed_with_its_children() -> None:
    outcome = ended(subprocess.run, ["sleep", "300"], seconds=0.5)
    assert outcome.end is processes.End.TIMEOUT
    assert "0.5" in outcome.reason
