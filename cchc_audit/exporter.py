"""nbconvert's way to the memo: `jupyter nbconvert --to cchc_memo executed.ipynb`.

Registered under the entry point group `nbconvert.exporters`; JupyterLab lists it under "Save and Export".
"""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from .memo.cells import read_back


class MemoExporter(Exporter):
    """An executed `ward_audit` notebook as the memo: its sections in its order, no code, no outside address."""

    export_from_notebook = "CCHC memo"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        return True  # once at the end, not after each of the preprocessors

    def from_notebook_node(  # type: ignore[override]  # the supertype gives a notebook, exporters give text
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The memo's HTML. Raises AuditError when the notebook holds no audit."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        outputs = [output.get("data", {}) for cell in nb.cells for output in cell.get("outputs", [])]
        return read_back(outputs).page(), resources
