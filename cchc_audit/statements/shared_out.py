"""A figure of so many places, times or rounds, and one figure for each: "Ba phường nhận mới 7.214 hồ sơ, lần lượt là An Kha 2.506 hồ sơ,
An Lượng 2.871 hồ sơ, Thới Niên 1.837 hồ sơ". As many parts as there are of them leave nothing out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim, Qualifier
from ..number_words import word_value
from ..quantities import Reading
from .items import Item, sum_claim, total_of

_SO_MANY = re.compile(
    r"(?<!\w)(?:cả )?(?P<number>hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|0?[2-9]|1[0-2]) "
    r"(?P<kind>xã|phường|thị trấn|thôn|bản|ấp|tổ dân phố|khu phố|tổ|khu|trường|đơn vị|cơ sở|đợt|quý|tháng|kỳ|lần|vòng|phòng|ban|chi bộ|điểm)(?: [^\W\d]+){0,5}? "
    r"(?:có|được|nhận|tiếp nhận|thu|phát|chi|giải quyết|xử lý|cấp|tổ chức|huy động|trồng|tiêm|hỗ trợ|giao)(?: [^\W\d]+){0,3} $"
)
_IN_TURN = re.compile(r"[^,;.:()\d]{0,40}(?:,| \(|:)? ?(?:lần lượt|cụ thể|gồm|trong đó)(?: là|:)? (?:[^,;.:()\d]{1,40} )?")
_NEXT = re.compile(r"[^,;.:()\d]{0,20}(?:,|;| và)(?: và)? (?:[^,;.:()\d]{1,40} |(?:quý|tháng|đợt|lần|vòng|tổ|khu) (?:[ivx]+|\d{1,2}):? (?:[^,;.:()\d]{1,30} )?)?")
_FAR = 4  # times a part lies from an even share


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each such list of a paragraph."""
    for place, total in enumerate(items):
        opened = _SO_MANY.search(reading.folded, max(reading.sentences[total.mention.sentence].start, total.start - 80), total.start)
        if opened is None or not total.unit or total.base is not None or total.mention.quantity.written.qualifier is not Qualifier.EXACT:
            continue
        number = opened["number"]
        count = int(number) if number.isdigit() else word_value(number) or 0
        parts = items[place + 1 : place + 1 + count]
        some = parts and "trong đó" in reading.folded[total.end : parts[0].start]  # of a kind told by name, or of something else
        named = not some or all(i.mention.before.removeprefix("trong đó ").startswith(opened["kind"]) for i in parts)
        alike = all(i.mention.sentence == total.mention.sentence and i.unit == total.unit for i in parts)
        if len(parts) == count and alike and named and _told_in_turn(reading, total, parts):
            yield sum_claim(total.mention, parts, "equal", "breakdown.each")


def _told_in_turn(reading: Reading, total: Item, parts: list[Item]) -> bool:
    """Are the parts listed right behind the total, each a likely one?"""
    likely = all(i.value < total.value and i.base is None and not i.aside for i in parts) and _FAR * total_of(parts) < 5 * _FAR * total.value
    before = [total, *parts]
    joints = [_IN_TURN if place == 0 else _NEXT for place in range(len(parts))]
    return likely and all(j.fullmatch(reading.folded, one.end, other.start) for j, one, other in zip(joints, before, parts, strict=False))
