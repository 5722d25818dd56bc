"""What kind of unit reports: ward or commune, its class, what it lies in, as the report states them.

The law's numbers for staff depend on all three. What is not stated, or stated with two values, stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..language import fold
from ..model import Header

_KIND = re.compile(r"phường|xã|thị trấn|đặc khu")
_CLASS = re.compile(
    r"(?<!\w)(?:phường|xã|thị trấn|đơn vị hành chính|đvhc)(?P<gap>[^\d,;.:()\n]{0,40}?) loại (?P<rank>iii|ii|i|[123])$"
)
_RANK = re.compile(r" loại (?:iii|ii|i|[123])(?![\w.,]*\d|\w)")  # what is rare is looked for first
_GAP = 60  # characters of the longest `_CLASS`
_OTHER_CLASS = re.compile(r"(?<!\w)(?:đô thị|thành phố|quận|huyện|xếp|tốt|công việc|hồ sơ|cán bộ|công chức)(?!\w)")
_WITHIN = re.compile(r"(?<!\w)(quận|thị xã|huyện|thành phố|tp\.?)\s{1,3}(?!trực thuộc|thuộc)([^\W\d_][\w ]{1,24})")
_CENTRAL = ("hà nội", "hồ chí minh", "hải phòng", "đà nẵng", "cần thơ", "huế")  # cities that hold no wards of the lower rank
_HEAD = 1500  # the letterhead and the dateline
_RANKS = {"i": "I", "ii": "II", "iii": "III", "1": "I", "2": "II", "3": "III"}


@dataclass(frozen=True, slots=True)
class Unit:
    """`kind` phường, xã, thị trấn, đặc khu; `rank` I, II, III; `within` quận, thị xã, thành phố, huyện; "" when unknown."""

    kind: str = ""
    rank: str = ""
    within: str = ""


def read_unit(folded: str, header: Header) -> Unit:
    """The unit a report (its folded text and its header) speaks for."""
    kind = _KIND.match(fold(header.ward))
    stated = (_CLASS.search(folded, max(0, m.start() - _GAP), m.end()) for m in _RANK.finditer(folded))
    ranks = {_RANKS[m["rank"]] for m in stated if m and not _OTHER_CLASS.search(m["gap"])}
    return Unit(kind.group() if kind else "", ranks.pop() if len(ranks) == 1 else "", _within(folded[:_HEAD]))


def _within(head: str) -> str:
    """Of the levels named at the head of the report the lowest: a ward of a quận also stands under its city."""
    named = {
        "thành phố" if level.startswith("tp") else level
        for level, name in _WITHIN.findall(head)
        if level not in {"thành phố", "tp", "tp."} or not name.startswith(_CENTRAL)
    }
    return next((level for level in ("quận", "thị xã", "huyện", "thành phố") if level in named), "")
