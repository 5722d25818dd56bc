"""The fields of work a report speaks of, told by the headings a figure stands under and the thing it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

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
_NAMED = {
    name: re.compile(rf"(?<!\w)(?:{'|'.join((*words, *units))})(?!\w| vị)") for name, words, units in FIELDS
}
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
    for field in chain(map(_by_heading, headings), map(_by_name, names)):
        if field:
            return field
    things = [fold(thing) for thing in counted]
    return next((field for field, _, units in FIELDS if any(unit in things for unit in units)), OTHER)


@lru_cache(maxsize=1024)  # a report's headings and names come again with each of their figures
def _by_heading(heading: str) -> str | None:
    folded = fold(heading)
    return next((field for field, words, _ in FIELDS if any(word in folded for word in words)), None)


@lru_cache(maxsize=1024)
def _by_name(name: str) -> str | None:
    folded = fold(name)
    return next((field for field, pattern in _NAMED.items() if pattern.search(folded)), None)


def documents_for(words: Iterable[str]) -> list[str]:
    """Ids of the documents that would settle a finding whose units, nouns and scope are `words`."""
    text = " | ".join(fold(word) for word in words)
    return [name for name, cues in DOCUMENTS if any(f" {cue}" in f" {text}" for cue in cues)]
