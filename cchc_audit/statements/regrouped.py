"""Hamlets, schools and the like counted before and after a regrouping: "trước sắp xếp có 37 thôn; nhập 14 thôn để lập 6 thôn
mới, 23 thôn giữ nguyên. Sau sắp xếp có 29 thôn". Those merged and those kept make all there were; those made and those kept
all there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim
from ..quantities import Reading
from .items import Item, counted_alike, led_by, near, one_swap_makes, said_behind, sum_claim, total_of

_REGROUPING = r"(?:khi )?(?:thực hiện )?(?:sắp xếp|sáp nhập|hợp nhất|kiện toàn|nhập)"
_ROLES = {
    "after": re.compile(rf"(?<!\w)sau (?:{_REGROUPING})(?!\w)"),
    "before": re.compile(rf"(?<!\w)trước (?:{_REGROUPING})(?!\w)"),
    "kept": re.compile(r"(?<!\w)giữ (?:nguyên|ổn định)(?!\w)"),
    "made": re.compile(r"(?<!\w)(?:(?:để |và )?(?:thành )?lập(?: mới)?|thành|hình thành|lấy tên)(?: (?:ra|nên))?(?:\s|$)"),
    "merged": re.compile(r"(?<!\w)(?:nhập|gộp|hợp nhất)(?!\w)"),
}
_SAID_BEHIND = frozenset({"kept", "before"})  # "23 thôn giữ nguyên", "42 khu phố trước sắp xếp"
_CLAUSE = re.compile(r"[,;.:()]|(?<!\w)(?:và|sau khi|để|thành)(?!\w)")
_OTHERWISE = re.compile(r"(?<!\w)(?:một phần|chia|tách|điều chỉnh|giải thể|đổi tên|xóa|chuyển)(?!\w)")
_FELL = re.compile(r"(?<!\w)giảm(?: được| đi)?$")
_COMPARED = re.compile(r"[^,;.\d]{0,20}?(?<!\w)(?:so với (?!trước)|cùng kỳ|so năm)")
_TAIL = 40  # characters behind a figure that tell what became of it
_SENTENCES = 2
_FEWEST = 3  # figures of a regrouping


def find(reading: Reading, everything: list[Item]) -> Iterator[Claim]:
    """The two sums of each regrouping whose figures each have a role of their own."""
    if len(everything) < _FEWEST or not any(role.search(i.label) for i in everything for role in (_ROLES["before"], _ROLES["after"], _ROLES["merged"])):
        return
    told: dict[str, Item] = {}
    closed: dict[str, Item] = {}
    for before, item in zip([None, *everything], everything, strict=False):
        role = _role(reading, before, item)
        if before is not None and _FELL.search(item.mention.before) and item.mention.sentence == before.mention.sentence and counted_alike(before, item):
            yield from _fallen(reading, closed or told, before, item)
        closed = {}
        if role is None or item.base is not None or item.mention.depth:
            continue
        if role == "before" or told and item.mention.sentence - next(iter(told.values())).mention.sentence > _SENTENCES:
            told = {}
        if role in told or told and not counted_alike(item, next(iter(told.values()))):
            continue
        told[role] = item
        if role == "after":
            yield from _sums(reading, told)
            told, closed = {}, told


def _fallen(reading: Reading, told: dict[str, Item], left: Item, fell: Item) -> Iterator[Claim]:
    """ "trước sắp xếp 16 xã, sau sắp xếp còn 9 xã, giảm 7 xã", "nhập 14 thôn thành 6 thôn, giảm 8 thôn"."""
    roles = ("before", "after") if "after" in told else ("merged", "made")
    was = told.get(roles[0])
    if was is None or told.get(roles[1]) is not left or _COMPARED.match(said_behind(reading, fell.mention, _TAIL)) or ";" in reading.folded[left.end : fell.start]:
        return
    parts = [left, fell]
    if total_of(parts) == was.value or not _OTHERWISE.search(reading.folded, was.start, fell.start) and near(total_of(parts), was.value):
        yield sum_claim(was.mention, parts, "equal", "breakdown.regrouped")


def _role(reading: Reading, before: Item | None, item: Item) -> str | None:
    lead = led_by(reading, before, item, reading.sentences[item.mention.sentence].start)
    lead = lead or (reading.folded[before.end : item.start] if before is not None else "")
    tail = _CLAUSE.split(said_behind(reading, item.mention, _TAIL))[0]
    for role, pattern in _ROLES.items():
        if pattern.search(lead) or role in _SAID_BEHIND and pattern.search(tail):
            return role
    return None


def _sums(reading: Reading, told: dict[str, Item]) -> Iterator[Claim]:
    """Those merged and kept, and those made and kept."""
    places = [i.start for i in told.values()]
    plain = not _OTHERWISE.search(reading.folded, min(places), max(places))
    for whole, part in (("before", "merged"), ("after", "made")):
        if {whole, part, "kept"} <= told.keys():
            parts = [told[part], told["kept"]]
            amount = total_of(parts)
            if amount == told[whole].value or plain and (near(amount, told[whole].value) or one_swap_makes(told[whole], parts)):
                yield sum_claim(told[whole].mention, parts, "equal", "breakdown.regrouped")
