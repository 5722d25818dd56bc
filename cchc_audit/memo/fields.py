"""The fields of work a report speaks of, told by the headings a figure stands under and the thing it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..language import fold

# In the order the outline of such reports has; words of headings first, the counted things second.
FIELDS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("steering", ("chỉ đạo", "điều hành", "tuyên truyền", "kiểm tra cải cách"), ("nhiệm vụ", "tin bài")),
    ("institutions", ("thể chế", "quy phạm pháp luật", "qppl", "pháp luật"), ("văn bản",)),
    ("procedures", ("thủ tục hành chính", "tthc", "một cửa", "hài lòng"), ("hồ sơ", "thủ tục", "phiếu")),
    ("apparatus", ("tổ chức bộ máy", "bộ máy", "biên chế"), ("biên chế",)),
    ("service", ("công vụ", "cán bộ", "công chức", "kỷ luật, kỷ cương"), ("người",)),
    ("finance", ("tài chính", "ngân sách", "kinh phí"), ("đồng",)),
    (
        "digital",
        ("chuyển đổi số", "chính quyền số", "chính quyền điện tử", "hiện đại hóa", "công nghệ thông tin"),
        (),
    ),
    (
        "democracy",
        ("dân chủ", "tiếp công dân", "khiếu nại", "hòa giải", "nhân dân bàn"),
        ("cử tri", "lượt", "đơn", "vụ"),
    ),
)
OTHER = "general"
ORDER = (*(name for name, _, _ in FIELDS), OTHER)

# What to ask the ward for when a finding speaks of these: words looked for in what is counted and where.
DOCUMENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("dossiers", ("hồ sơ", "received", "resolved", "pending", "on_time")),
    ("procedures", ("thủ tục", "procedures")),
    ("survey", ("phiếu", "survey", "hài lòng")),
    ("staff", ("biên chế", "người", "staff", "cán bộ", "công chức")),
    ("households", ("hộ", "nhân khẩu", "household", "population")),
    ("voters", ("cử tri", "merger", "lấy ý kiến")),
    ("receptions", ("lượt", "đơn", "vụ", "tiếp công dân", "petition", "reception")),
    ("budget", ("đồng", "kinh phí", "ngân sách", "budget", "fees")),
    ("issued", ("văn bản", "kế hoạch", "chronology")),
)


def field_of(headings: Iterable[str], names: Iterable[str], counted: Iterable[str]) -> str:
    """The id of the field: the innermost heading that names one (give headings innermost first), else the
    name of an indicator, else the thing counted, else `general`."""
    for heading in map(fold, headings):
        for field, words, _ in FIELDS:
            if any(word in heading for word in words):
                return field
    for name in map(fold, names):
        for field, words, units in FIELDS:
            if any(re.search(rf"(?<!\w){word}(?!\w| vị)", name) for word in (*words, *units)):
                return field
    things = [fold(thing) for thing in counted]
    for field, _, units in FIELDS:
        if any(unit in things for unit in units):
            return field
    return OTHER


def documents_for(words: Iterable[str]) -> list[str]:
    """Ids of the documents that would settle a finding whose units, nouns and scope are `words`."""
    text = " | ".join(fold(word) for word in words)
    return [name for name, cues in DOCUMENTS if any(f" {cue}" in f" {text}" for cue in cues)]
