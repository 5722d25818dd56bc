"""Every notebook is thin, in step with its pair, without outputs, and runs."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import papermill
import pytest

from cchc_audit.workspace import init

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
sys.path.insert(0, str(ROOT / "tools"))
import pair_notebooks  # noqa: E402

MOST_LINES = 14  # of code in a cell, one call written over several lines included
MOST_STATEMENTS = 8
NOT_HERE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.While, ast.Try, ast.With, ast.Lambda)

each = pytest.mark.parametrize("source", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(source: Path) -> Iterator[nbformat.NotebookNode]:
    notebook = nbformat.read(source.with_suffix(".ipynb"), as_version=4)
    return (cell for cell in notebook.cells if cell.cell_type == "code")


def complaints(code: str) -> list[str]:
    """What makes a cell more than calls and narrative."""
    lines = [line for line in code.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    tree = ast.parse(re.sub(r"^\s*%.*$", "", code, flags=re.MULTILINE))
    found = [type(node).__name__ for node in ast.walk(tree) if isinstance(node, NOT_HERE)]
    loops = [node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.If))]
    if len(loops) > 1 or any(len(loop.body) > 2 for loop in loops):
        found.append("loops")
    if len(lines) > MOST_LINES or len(tree.body) > MOST_STATEMENTS:
        found.append(f"{len(lines)} lines, {len(tree.body)} statements")
    return found


def test_there_are_notebooks() -> None:
    assert {path.stem for path in NOTEBOOKS} >= {"start", "ward_audit", "explore", "review", "try_a_rule"}


@each
def test_a_notebook_holds_calls_and_narrative_only(source: Path) -> None:
    for cell in code_cells(source):
        assert complaints(cell.source) == [], cell.source


@pytest.mark.parametrize(
    "code",
    [
        "def f():\n    return 1",
        "class A: pass",
        "while True: break",
        "rows = [1]\nfor a in rows:\n    b = a\n    c = b\n    print(c)",
        "\n".join(f"a{n} = {n}" for n in range(9)),
        "f = lambda x: x",
    ],
)
def test_a_cell_with_logic_is_noticed(code: str) -> None:
    assert complaints(code)


@each
def test_the_pair_is_in_step_without_outputs_and_with_ids_that_do_not_change(source: Path) -> None:
    text = source.with_suffix(".ipynb").read_text("utf-8")
    assert text == pair_notebooks.paired(source), "run: python tools/pair_notebooks.py"
    notebook = json.loads(text)
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in notebook["cells"])
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert "jupytext" not in notebook["metadata"]  # a pairing on save refuses to open files of unequal age


@each
def test_the_source_can_be_written_back_from_the_notebook(source: Path, tmp_path: Path) -> None:
    copy = tmp_path / source.name
    copy.write_text(pair_notebooks.source_of(source.with_suffix(".ipynb")), "utf-8")
    assert pair_notebooks.paired(copy) == pair_notebooks.paired(source)


@each
def test_parameters_have_defaults_and_say_what_they_are(source: Path) -> None:
    tagged = [cell for cell in code_cells(source) if "parameters" in cell.metadata.get("tags", [])]
    if source.stem == "start":
        assert tagged == []
        return
    (cell,) = tagged
    statements = ast.parse(cell.source).body
    assert all(isinstance(s, (ast.Assign, ast.AnnAssign)) and s.value is not None for s in statements)
    for line in cell.source.splitlines():
        assert "#" in line or not re.match(r"\w+\s*(:[^=]+)?=", line) or line.endswith("("), line


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of its own, so that no run sees what another left in the source tree."""
    folder = tmp_path_factory.mktemp("doan")
    init(folder)
    return folder


def errors(notebook: Path) -> list[str]:
    ran = nbformat.read(notebook, as_version=4)
    outputs = [output for cell in ran.cells if cell.cell_type == "code" for output in cell.outputs]
    return [output.evalue for output in outputs if output.output_type == "error"]


@each
def test_a_notebook_runs_as_it_is(
    source: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By papermill with our engine, from the folder JupyterLab would run it in; nothing is decided by looking."""
    monkeypatch.setenv("CCHC_INSPECTOR", "kiểm thử")
    out = tmp_path / "out.ipynb"
    papermill.execute_notebook(
        str(place / "notebooks" / f"{source.stem}.ipynb"),
        str(out),
        cwd=str(place / "notebooks"),
        engine_name="cchc-warm",
        kernel_name="python3",
        progress_bar=False,
    )
    assert errors(out) == []
    assert list((place / "decisions").iterdir()) == []


@pytest.mark.parametrize("source", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("program", ["nbconvert", "papermill"])
@pytest.mark.verify
def test_a_notebook_runs_in_a_kernel_of_its_own(
    source: Path, program: str, place: Path, tmp_path: Path
) -> None:
    notebook, out = f"{source.stem}.ipynb", tmp_path / "out.ipynb"
    words = {
        "nbconvert": ["--to", "notebook", "--execute", notebook, "--output", str(out)],
        "papermill": ["--no-progress-bar", notebook, str(out)],
    }[program]
    command = [sys.executable, "-m", program, *words]
    done = subprocess.run(command, check=False, cwd=place / "notebooks", capture_output=True, text=True)
    assert done.returncode == 0 and out.is_file(), done.stderr
    assert errors(out) == []
