"""A change, and those who came and left that make it: "tăng 07 thủ tục so với đầu năm do 12 thủ tục công bố mới và 05 thủ tục bị bãi
bỏ", "giảm 02 người do nghỉ hưu 01 và thuyên chuyển 01", "thiếu 02 người do 01 nghỉ hưu và 01 chuyển huyện"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language import compatible
from ..model import Claim, Kind, Qualifier
from ..quantities import Reading
from .divisions import rest_uncounted
from .items import LEAST, Item, claim, sum_claim, term, total_of
from .stocks import way_told

_FELL = re.compile(r"(?<!\w)(?:giảm(?: được)?|thiếu|khuyết|hụt)$")
_ROSE = re.compile(r"(?<!\w)(?:tăng(?: thêm)?|thừa|dôi dư)$")
_LACKS = re.compile(r"(?<!\w)(?:thiếu|khuyết|hụt|thừa|dôi dư)$")  # of what is lacking no one makes up
_BECAUSE = re.compile(r"[^;.:()\d]{0,40}(?:\d{4}[^;.:()\d]{0,10})?(?:,? ?(?<!\w)(?:(?:nguyên nhân|lý do)(?: là)?(?: do| vì)?|do|vì)(?: có)?(?!\w):?|\((?:do|vì|gồm|trong đó)?:?)[^;.:()\d]{0,40}")
_FORMERLY = re.compile(r"[^;.:()\d]{0,30}\(\s?(?:cùng kỳ|(?:năm|quý|tháng|kỳ) trước)(?!\w)")  # "chi giảm 74 triệu đồng (cùng kỳ thu 3.226, chi 3.230)"
_SOME = re.compile(r"(?<!\w)(?:chủ yếu|một phần|nhiều nhất|nhất là|trong đó|chẳng hạn|như|riêng|tỷ lệ|so với|sửa đổi|thay thế)(?!\w)(?! (?:đầu|cuối|cùng|năm|quý|tháng|kỳ))")
_NEXT = re.compile(r"[^;.:()\d]{0,40}(?:[,;]|(?<!\w)(?:và|cùng|trừ)(?!\w))[^;.:()\d]{0,40}")
_DOCUMENT = re.compile(r" theo (?:[^\W\d]+ ){1,3}(?:số )?\d+/[\w/-]+")  # "05 người nghỉ theo Nghị định số 178/2024/NĐ-CP, 03 người …"
_LAST = re.compile(r"(?<!\w)(?:và|cùng)(?!\w)")
_STATE = re.compile(r"(?<!\w)(?:còn|có|hiện|là|đạt)(?!\w)")  # "…, hiện còn 19 người": what came of it
_AHEAD = 6  # figures behind a change among which those who left and came are looked for


def find(reading: Reading, everything: list[Item]) -> Iterator[Claim]:
    """A breakdown for each change whose causes are counted, and for each net change that those who left and came make."""
    for place, change in enumerate(everything):
        fell = _FELL.search(change.mention.before) is not None
        if not fell and not _ROSE.search(change.mention.before):
            continue
        causes = _causes(reading, everything, place)
        ways = [_way(i, fell=fell) for i in causes]
        if len(causes) >= 2 and not all(ways) and total_of(causes) == change.value:
            yield sum_claim(change.mention, causes, "equal", "breakdown.causes")
            continue
        if len(causes) >= 2 and all(ways):
            after = place + 1 + len(causes)
            behind = everything[after] if after < len(everything) else None
            if _sure(reading, change, causes, ways, behind):
                terms = [term("total", change.mention), *(term("part", i.mention, negative=way < 0) for i, way in zip(causes, ways, strict=True))]
                yield claim(Kind.BREAKDOWN, terms, "breakdown.causes", scope=change.mention.quantity.noun)
                continue
        yield from _net(everything, place, fell=fell)


def opposed(change: Item, causes: list[Item]) -> bool:
    """Do some of the figures in brackets behind a change go the other way: "tăng 07 thủ tục (bổ sung mới 12, bãi bỏ 05)"?"""
    fell, rose = (told.search(change.mention.before) is not None for told in (_FELL, _ROSE))
    return (fell or rose) and {_way(i, fell=fell) for i in causes} >= {-1, 1}


def _causes(reading: Reading, everything: list[Item], place: int) -> list[Item]:
    """The figures right behind a change that are told as its causes."""
    change, causes = everything[place], list[Item]()
    if _FORMERLY.match(reading.folded, change.end):
        return []
    before = change
    for item in everything[place + 1 : place + 1 + _AHEAD]:
        joined = (_BECAUSE if before is change else _NEXT).fullmatch(_DOCUMENT.sub(" ", reading.folded[before.end : item.start]))
        plain = item.base is None and compatible(item.unit, change.unit) and item.mention.sentence == change.mention.sentence
        inside = item.mention.group == (causes[0] if causes else item).mention.group
        if joined is None or not plain or not inside or _SOME.search(joined.group()):
            break
        causes.append(item)
        before = item
    return causes


def _way(item: Item, *, fell: bool) -> int:
    """Does a cause add to the change (1) or take from it (-1), or is it not said (0)?"""
    way, _ = way_told(item, item.mention.before, frozenset())
    return -way if fell else way


def _sure(reading: Reading, change: Item, causes: list[Item], ways: list[int], behind: Item | None) -> bool:
    """Do the causes make the change, or leave no doubt that they should?"""
    made = sum(way * i.value for i, way in zip(causes, ways, strict=True))
    if made == change.value:
        return True
    exact = all(i.mention.quantity.written.qualifier is Qualifier.EXACT for i in (change, *causes))
    lacks = _LACKS.search(change.mention.before) is not None
    closed = _LAST.search(reading.folded, causes[-2].end, causes[-1].start) is not None
    more = behind is not None and behind.mention.sentence == change.mention.sentence and not _STATE.search(behind.mention.before)
    if not exact or more or rest_uncounted(reading, causes[-1]):
        return False
    if set(ways) == {-1, 1}:
        return not lacks and made > 0
    return set(ways) == {1} and (closed or made > change.value) and max(i.value for i in causes) <= change.value


def _net(everything: list[Item], place: int, *, fell: bool) -> Iterator[Claim]:
    """Those who left less those who came make the fall: "giảm 911 hộ …; trong đó thoát nghèo 1.046 hộ, phát sinh mới 135
    hộ". Only agreement counts: the list may leave others out."""
    change = everything[place]
    near = [i for i in everything[place + 1 : place + _AHEAD] if i.unit == change.unit and i.mention.sentence - change.mention.sentence <= 1]
    ways = [(i, way_told(i, i.mention.before, frozenset())[0]) for i in near]
    left, came = (next((i for i, way in ways if way == wanted), None) for wanted in (-1, 1))
    if left is None or came is None or change.value < LEAST:
        return
    more, less = (left, came) if fell else (came, left)
    if more.value - less.value == change.value:
        terms = [term("total", change.mention), term("part", more.mention), term("part", less.mention, negative=True)]
        yield claim(Kind.BREAKDOWN, terms, "breakdown.net", scope=change.mention.quantity.noun)
