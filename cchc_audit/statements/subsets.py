"""A part told of its whole alone, which it cannot exceed: "trong số 74 người này có 45 người đạt", "có 25 hộ, trong đó 12 hộ
nghèo", "có 25 gia đình; đoàn đến thăm 14 gia đình, các gia đình còn lại …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..model import Claim, Qualifier
from ..quantities import Reading
from .items import Item, content, counted_alike, led_by, said_behind, sum_claim
from .runs import AMONG

_OF_THESE = re.compile(r"^(?:và |nhưng |riêng )?trong(?: (?:tổng )?số)?$")
_AMONG_THEM = re.compile(r"[,;(.]?\s*trong (?:số )?(?:đó|này)(?!\w),?[^,;:.()\d]{0,30}$")
_THE_OTHERS = re.compile(r"[^;.()\d]{0,60}?(?<!\w)(?:các|những|số) (?P<noun>\w+)(?: \w+){0,2} còn lại(?!\w)[^;.\d]{0,80}[;.\n]")
# what is no part of the figure before: a change, another time or place, what each has
_CHANGED = r"tăng|giảm|vượt|lên|xuống|còn|tổng|toàn|cả|mỗi|bình quân|trung bình|kế hoạch|chỉ tiêu|dự kiến|phấn đấu|mục tiêu|cùng kỳ|so với|lũy kế|trước|hơn"
_ELSE = re.compile(rf"(?<!\w)(?:{_CHANGED}|từ|đến|một|sau|trên|huyện|tỉnh|năm|thêm|lần|nâng|quy mô|phục vụ|cho|chi)(?!\w)")
_OTHER = re.compile(rf"(?<!\w)(?:{_CHANGED})(?!\w)")
_A_MEMBER = re.compile(r"\w+ (?:viên|trưởng|phó)(?!\w)")  # "trong 8 nhóm có 25 nhóm viên"
# told by one word and then by another
_ALIKE = (frozenset({"trẻ em", "trẻ", "em", "cháu", "bé", "học sinh", "học viên", "thí sinh"}), frozenset({"đảng viên", "đồng chí", "đ/c"}))
_THESE_BEHIND = re.compile(r"\s?(?:đã |chưa |được )?trong (?:tổng )?số (?:này|đó|ấy)(?!\w)")
# "7 cơ sở vi phạm về …, đã xử phạt 17 cơ sở": none is punished but those that broke a rule
_BROKE = re.compile(r"[^;.:()\d]{0,20}? (?:vi phạm|sai phạm|lấn chiếm)(?P<more>[^;.:()\d]{0,60}?)[,;.]\s(?P<led>[^,;.:()\d]*)")
_BROKEN = re.compile(r"[^,;.:()\d]*(?:vi phạm|sai phạm|lấn chiếm)")
_PUNISHED = re.compile(r"(?:(?:trong đó|và|đã|bị|đều|được|có|chính quyền|đoàn|xã|phường|công an|cơ quan chức năng)\s)*(?:xử phạt|lập biên bản|phạt tiền|phạt|xử lý|đình chỉ|nhắc nhở|cưỡng chế)(?: (?:vi phạm )?hành chính| đối với)*")
_BEYOND = re.compile(r"(?<!\w)(?:cả|gồm|tồn|lũy kế|tổng|(?:kỳ|năm|tháng|quý) trước|trước đó|cùng|thêm|nghiêm trọng|nhiều lần)(?!\w)")
_TOLD = 60  # characters behind a figure that say what it counts
_BACK = 8  # figures before a part among which its whole is looked for


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A claim that the part is no larger, for each part that stands alone with its whole."""
    for place, (whole, part) in enumerate(pairwise(items), 1):
        if _punished(reading, items[max(0, place - _BACK) : place - 1], whole, part):
            yield sum_claim(whole.mention, [part], "at_most", "breakdown.subset")
            continue
        if part.base is not None or part.mention.depth or part.mention.quantity.written.qualifier is not Qualifier.EXACT:
            continue
        candidates = _candidates(reading, items, place, whole, part)
        holding = [i for i in candidates if i.value >= part.value]
        if candidates and all(_named_alike(reading, i, part) for i in holding[:1] or candidates):
            yield sum_claim((holding or candidates)[0].mention, [part], "at_most", "breakdown.subset")


def _candidates(reading: Reading, items: list[Item], place: int, whole: Item, part: Item) -> list[Item]:
    """The figures the words around a part say it may be of."""
    gap = reading.folded[whole.end : part.start]
    if "%" not in gap and _OF_THESE.search(whole.mention.before) and _in_one_clause(whole, part, gap) and whole.base is None:
        return [whole]
    if _AMONG_THEM.search(gap) and AMONG.search(gap) and not _ELSE.search(gap) and _named_alike(reading, whole, part):
        return _before(items, place, part)
    behind, followed = _THESE_BEHIND.match(reading.folded, part.mention.end), _others_follow(reading, part)
    if not (behind or followed) or _OTHER.search(led_by(reading, whole, part, whole.end)):
        return []
    if behind and _named_alike(reading, whole, part):
        return _before(items, place, part)
    return [i for i in _before(items, place, part) if content(part.mention.after) <= content(i.label)] if followed else []


def _punished(reading: Reading, before: list[Item], whole: Item, part: Item) -> bool:
    """Are the one those that broke a rule, told but once, and the other those punished for it?"""
    if part.mention.depth or whole.mention.depth or part.mention.sentence - whole.mention.sentence > 1 or not _named_alike(reading, whole, part):
        return False
    broke = _BROKE.fullmatch(reading.folded[whole.mention.end : part.start].replace("\n", " "))
    if broke is None or not _PUNISHED.fullmatch(broke["led"].strip()) or _BEYOND.search(broke["more"]):
        return False
    again = any(_BROKEN.match(said_behind(reading, i.mention, _TOLD)) for i in before if counted_alike(i, part) and part.mention.sentence - i.mention.sentence <= 1)
    behind = said_behind(reading, part.mention, _TOLD)
    return not again and not _BEYOND.search(re.split(r"[;.]", behind)[0]) and part.unit != "lượt"


def _in_one_clause(whole: Item, part: Item, gap: str) -> bool:
    return part.mention.sentence == whole.mention.sentence and not re.search(r"[;:()]", gap) and not _ELSE.search(gap)


def _before(items: list[Item], place: int, part: Item) -> list[Item]:
    """The figures of its sentence and of the one before that may be the whole of a part, the nearest first."""
    near = [i for i in items[max(0, place - _BACK) : place] if part.mention.sentence - i.mention.sentence <= 1 and not i.mention.per]
    return [i for i in reversed(near) if counted_alike(i, part) or not (i.unit and part.unit)]


def _named_alike(reading: Reading, whole: Item, part: Item) -> bool:
    """Are both counted by one word, or one of them by the word for all of them?"""
    exact = whole.base is None and whole.mention.quantity.written.qualifier is Qualifier.EXACT
    forms = {reading.folded[i.mention.quantity.span.end : i.mention.end].strip() for i in (whole, part)}
    if not (whole.unit and part.unit):
        nouns = {i.mention.after.partition(" ")[0] for i in (whole, part)}
        return exact and len(nouns) == 1 and "" not in nouns and _A_MEMBER.match(part.mention.after) is None
    visits = whole.unit == "lượt" and not content(part.mention.after) <= content(whole.mention.after)  # "1.200 lượt khách có 1.350 lượt mua hàng"
    return exact and not visits and whole.unit == part.unit and (len(forms) == 1 or whole.unit in forms or any(forms <= words for words in _ALIKE))


def _others_follow(reading: Reading, part: Item) -> bool:
    """Is it said behind a figure what the others of its kind did? "thăm 14 gia đình, các gia đình còn lại nhận quà"."""
    told = _THE_OTHERS.match(reading.folded, part.end)
    return told is not None and part.mention.after.startswith(told.group("noun"))
