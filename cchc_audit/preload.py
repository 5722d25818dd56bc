"""Importing this module makes a process warm: what every ward needs is loaded once, then shared by forking.

Only the fork server imports it. Nothing here may start a thread: a process with threads cannot be forked safely.
"""

from __future__ import annotations

import contextlib
import contextvars
import gc
import tempfile
from pathlib import Path

from . import kernel, notebook, warm
from .engine import WarmEngine
from .memo import charts
from .memo.cells import WorkingPaper


def rehearse(folder: Path) -> None:
    """Take one small report the whole way, so that all that is built on first use is built: rules and patterns, cells,
    templates, checks. The kernel that ran it is let go: the next one has run nothing."""
    report = warm.rehearse(folder)
    WarmEngine.disposable = True
    try:
        given = {"report": str(report), "outputs": str(folder)}
        executed = contextvars.copy_context().run(notebook.execute, given, outputs=folder, engine="cchc-warm")
    finally:
        WarmEngine.disposable = False
        kernel.let_go()
    notebook.results(executed)
    for chart in charts.CHARTS:
        WorkingPaper(notebook.shown(executed).view).chart(chart.__name__)._repr_svg_()


kernel.load()
with contextlib.suppress(Exception), tempfile.TemporaryDirectory() as name:
    rehearse(Path(name))  # failing costs speed only; the first real report will say what is wrong
kernel.ready()
gc.collect()
gc.freeze()  # the shared pages stay shared: the collector of a job never touches what is loaded here
