"""Importing this module makes a process ready to audit: rules, patterns and the register of formats are loaded.

The fork server of a batch without memos imports it; `preload` adds what notebooks need. Nothing here may start
a thread: a process with threads cannot be forked safely.
"""

from __future__ import annotations

import contextlib
import gc
import tempfile
from pathlib import Path

from . import header, readers, results
from .desk import audit_reviewed
from .model import Audit

_REPORT = """ỦY BAN NHÂN DÂN PHƯỜNG MẪU
Số: 1/BC-UBND, ngày 02 tháng 01 năm 2024
BÁO CÁO Kết quả cải cách hành chính năm 2023
I. KẾT QUẢ
1. Đã giải quyết 98/100 hồ sơ, đạt 97%, gồm 90 hồ sơ đúng hạn và 8 hồ sơ quá hạn; tăng 5 hồ sơ so với cùng kỳ.
Căn cứ Kế hoạch số 5/KH-UBND ngày 03/01/2023 của UBND phường.
"""


def rehearse() -> Audit:
    """Audit one small report as a batch does, so that what is built on first use is built."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mau.txt")
        path.write_text(_REPORT, encoding="utf-8")
        header.read_header(readers.read(path))
        audit, _ = audit_reviewed(path)
    results.summary_of(audit)
    results.rows_of(audit, path.name, "")
    return audit


with contextlib.suppress(Exception):  # costs speed only; the first real report will say what is wrong
    rehearse()
gc.collect()
gc.freeze()  # the shared pages stay shared: the collector of a job never touches what is loaded here
