"""Write every notebooks/*.ipynb from its .py pair: no outputs, and cell ids that depend on nothing else.

python tools/pair_notebooks.py           # write
python tools/pair_notebooks.py --check   # say which pairs differ; exit 1 when one does
"""

from __future__ import annotations

import sys
from pathlib import Path

import jupytext
import nbformat

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def paired(source: Path) -> str:
    """The notebook a .py file stands for, as the text of its .ipynb."""
    notebook = jupytext.read(source, fmt="py:percent")
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"{source.stem.replace('_', '-')}-{number:02d}"
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return str(nbformat.writes(notebook)) + "\n"


def source_of(notebook: Path) -> str:
    """The .py text of a notebook: cells and tags, without metadata of the notebook or outputs."""
    read = nbformat.read(notebook, as_version=4)
    read.metadata = {"jupytext": {"notebook_metadata_filter": "-all"}}
    return str(jupytext.writes(read, fmt="py:percent"))


def main(arguments: list[str]) -> int:
    """Write or check all pairs; returns the exit status."""
    differ = []
    if "--back" in arguments:
        for target in sorted(NOTEBOOKS.glob("*.ipynb")):
            target.with_suffix(".py").write_text(source_of(target), "utf-8")
    for source in sorted(NOTEBOOKS.glob("*.py")):
        target, text = source.with_suffix(".ipynb"), paired(source)
        if not target.exists() or target.read_text("utf-8") != text:
            differ.append(target.name)
            if "--check" not in arguments:
                target.write_text(text, "utf-8")
    print("\n".join(differ) if differ else "all pairs in sync")
    return int(bool(differ) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
