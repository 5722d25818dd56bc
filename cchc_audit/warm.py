"""Importing this module makes a process ready to audit: rules, patterns and the register of formats are loaded.

The fork server of a batch without memos imports it; `preload` adds what notebooks need. Nothing here may start
a thread: a process with threads cannot be forked safely.
"""

from __future__ import annotations

import contextlib
import gc
import tempfile
from importlib import import_module
from pathlib import Path

from . import header, readers, results
from .desk import audit_reviewed

_REPORT = """ỦY BAN NHÂN DÂN PHƯỜNG MẪU
Số: 1/BC-UBND                    Mẫu, ngày 02 tháng 01 năm 2024
BÁO CÁO
Kết quả công tác cải cách hành chính năm 2023
I. CÔNG TÁC CHỈ ĐẠO
Căn cứ Kế hoạch số 5/KH-UBND ngày 03/01/2023 của UBND phường (trụ sở tại số 12 đường Lê Lợi), đã ban hành 12 văn bản, \
gồm 02 quyết định và 10 kế hoạch.
II. KẾT QUẢ THỰC HIỆN
1. Cải cách thủ tục hành chính
Tổng số hồ sơ phải giải quyết trong năm 2023 là 112 hồ sơ, gồm kỳ trước chuyển qua 12 hồ sơ và tiếp nhận mới 100 hồ sơ.
Số nộp trực tuyến là 40/100 hồ sơ, đạt 40%; tăng 5 hồ sơ (12,5%) so với cùng kỳ.
Đã giải quyết 98/100 hồ sơ, đạt 97,5%, gồm 90 hồ sơ đúng hạn và 8 hồ sơ quá hạn. Đang giải quyết 14 hồ sơ.
Chia theo lĩnh vực, số đã giải quyết 98 hồ sơ, gồm: hộ tịch 60 hồ sơ; chứng thực 30 hồ sơ; xây dựng 9 hồ sơ.
2. Cải cách tổ chức bộ máy
Phường được giao 20 biên chế, hiện có 18 cán bộ, công chức; trình độ đại học trở lên là 09/18 người, chiếm 50,00%.
Cơ cấu độ tuổi: dưới 30 tuổi 20%, từ 30 đến 45 tuổi 50% và trên 45 tuổi 30%.
- Tỷ lệ hài lòng là 94,0%; phấn đấu quý I năm 2024 đạt trên 95%.
Nội dung              Năm 2022     Năm 2023
Hồ sơ tiếp nhận       95           100
Hồ sơ trực tuyến      35           40
"""


_WARDS = "code,name,kind,district,province,population,valid_from,valid_to\n1,Mẫu,phường,,tỉnh Mẫu,,,\n"


def rehearse(folder: Path) -> Path:
    """Audit one small report as a batch does, so that what is built on first use is built. The report, in `folder`."""
    path = folder / "mau.txt"
    path.write_text(_REPORT, encoding="utf-8")
    (folder / "wards.csv").write_text(_WARDS, encoding="utf-8")
    header.read_header(readers.read(path))
    audit, _ = audit_reviewed(path)
    results.summary_of(audit)
    results.rows_of(audit, path.name, "")
    return path


# what a job is sent as is made of parts of these, and the last one limits its memory
for name in ("cchc_audit.batch", "multiprocessing.popen_forkserver", "resource"):
    with contextlib.suppress(ImportError):  # Windows has no fork server and no such limits
        import_module(name)
with contextlib.suppress(Exception), tempfile.TemporaryDirectory() as place:
    rehearse(Path(place))  # failing costs speed only; the first real report will say what is wrong
gc.collect()
gc.freeze()  # the shared pages stay shared: the collector of a job never touches what is loaded here
