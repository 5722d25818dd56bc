"""Importing this module makes a process warm: what every ward needs is loaded once, then shared by forking.

Only the fork server imports it. Nothing here may start a thread: a process with threads cannot be forked safely.
"""

from __future__ import annotations

import contextlib
import gc
from typing import Any

from . import kernel, memo, notebook, warm
from .memo import charts
from .memo.cells import WorkingPaper, new_run


def rehearse() -> None:
    """Take one small report the whole way, so that rules, patterns, fonts and templates are ready."""
    from nbformat import v4

    audit = warm.rehearse()
    paper = WorkingPaper(memo.arrange(audit, new_run(audit)))
    for section in memo.SECTIONS:
        paper.section(section.name)._repr_mimebundle_()
    for chart in charts.CHARTS:
        paper.chart(chart.__name__)._repr_svg_()
    build: Any = v4  # untyped
    shown = build.new_output("display_data", data=paper._repr_mimebundle_())
    notebook.results(build.new_notebook(cells=[build.new_code_cell(outputs=[shown])]))
    notebook.check_names({}, notebook.notebook_path())


kernel.ready()
with contextlib.suppress(Exception):  # costs speed only; the first real report will say what is wrong
    rehearse()
gc.collect()
gc.freeze()  # the shared pages stay shared: the collector of a job never touches what is loaded here
