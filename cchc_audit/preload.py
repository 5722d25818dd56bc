"""Importing this module makes a process warm: what every ward needs is loaded once, then shared by forking.

Only the fork server imports it. Nothing here may start a thread: a process with threads cannot be forked safely.
"""

from __future__ import annotations

import contextlib
import gc
import io
import tempfile
from pathlib import Path
from typing import Any

from nbformat import v4

from . import engine, memo, notebook, results
from .audit import audit_report
from .memo import charts
from .memo.cells import WorkingPaper, new_run

_REPORT = """ỦY BAN NHÂN DÂN PHƯỜNG MẪU
Số: 1/BC-UBND, ngày 02 tháng 01 năm 2024
BÁO CÁO Kết quả cải cách hành chính năm 2023
1. Đã giải quyết 98/100 hồ sơ, đạt 97%, gồm 90 hồ sơ đúng hạn và 8 hồ sơ quá hạn.
Căn cứ Kế hoạch số 5/KH-UBND ngày 03/01/2023 của UBND phường.
"""


def rehearse() -> None:
    """Take one small report the whole way, so that rules, patterns, fonts and templates are ready."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mau.txt")
        path.write_text(_REPORT, encoding="utf-8")
        audit = audit_report(path)
    paper = WorkingPaper(memo.arrange(audit, new_run(audit)))
    for section in memo.SECTIONS:
        paper.section(section.name)._repr_mimebundle_()
    for chart in charts.CHARTS:
        paper.chart(chart.__name__).savefig(io.BytesIO(), format="png")
    build: Any = v4  # untyped
    shown = build.new_output("display_data", data=paper._repr_mimebundle_())
    notebook.results(build.new_notebook(cells=[build.new_code_cell(outputs=[shown])]))
    notebook.check_names({}, notebook.notebook_path())
    results.rows_of(audit, path.name, "")


engine.load()
with contextlib.suppress(Exception):  # costs speed only; the first real report will say what is wrong
    rehearse()
gc.collect()
gc.freeze()  # the shared pages stay shared: the collector of a job never touches what is loaded here
