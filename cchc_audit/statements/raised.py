"""What was added, and what it raised the number of all from and to: "số hóa thêm 1.275 kết quả, nâng tổng số lũy kế từ 6.840
lên 8.115 kết quả", "lắp thêm 35 camera, đưa tổng số camera từ 118 lên 153 chiếc"; and what there is of each kind, told before what
there is in all: "công chức 21 người; người hoạt động không chuyên trách có 14 người, đưa tổng số người làm việc lên 35 người"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..model import Claim, Qualifier, magnitude
from ..quantities import Reading
from .items import Item, content, counted_alike, near, one_swap_makes, said_behind, sum_claim, total_of
from .runs import AMONG

_RAISED = re.compile(r"(?<!\w)(?:nâng|đưa|tăng)(?P<what>[^;:.\d]{0,70}?) từ(?: mức| con số)? $")
# what may lead to it, so that no one else is spoken of: "…, qua đó nâng tổng số"
_SO = re.compile(r"[^,;.\d]*(?:[,;.]\s?)?(?:(?:qua đó|từ đó|nhờ đó|nhờ vậy|do đó|như vậy|đồng thời|góp phần|và|đã|đến nay|hiện)\s?,?\s?)*")
_TO = re.compile(r"(?: [^\W\d_]+){0,4}? lên(?: thành| tới| đến| mức| con số)? ")
_ADDED = re.compile(r"(?<!\w)(?:thêm|mới|kết nạp|bổ sung|tuyển|phát triển)(?!\w)")
_NO_SUBJECT = frozenset(["nâng", "đưa", "lũy", "kế", "từ", "lên", "nhà", "hiện", "này", "mức", "lượng", "cộng", "dồn"])
_LEAVE = frozenset({"người", "hộ", "doanh nghiệp", "cơ sở"})  # of whom some leave meanwhile
_LESS = re.compile(r"(?<!\w)(?:giảm|mất|hỏng|thanh lý|thay|trả|nghỉ|chết|thu hồi|cắt|đình chỉ|rút|giải thể|cùng với|ngoài ra)(?!\w)")
_BROUGHT = re.compile(r"[^;.:()\d]{0,30},\s?(?:(?:qua đó|từ đó|như vậy|và)\s)?(?:nâng|đưa) tổng (?:số )?[^;.:()\d]{0,60}? lên(?: thành| tới| đến| mức| con số)? $")
_FORMERLY = re.compile(r"\s?\((?:[^,;.()\d]|(?<!\d)\d{1,2}[/.]\d{1,4}|\d{1,2} tháng){0,50}(?<!\w)(?:trước|cũ|đầu năm)(?!\w)[^,;.()\d]{0,20}")
_STATE = re.compile(r"(?<!\w)(?:có|hiện có|là|gồm|bố trí)(?: khoảng)?$")
_DONE = re.compile(r"(?<!\w)(?:trồng|cấp|lắp|mở|làm|xây|sửa|trao|tặng|thu|mua|tổ chức|thực hiện|hoàn thành|giải quyết|tiếp nhận|đào tạo|tập huấn|lượt|năm|quý|tháng|đợt|kỳ)(?!\w)")
_NEAR = 8  # a sum of kinds is no further from all than one in so many
_LEAD = 100  # characters before a figure in which they stand
_SEEN = 6  # figures before that may be what was added


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """What there was + what was added = what there is, where one figure alone is said to be added."""
    for place, (was, now) in enumerate(pairwise(items)):
        start = max(reading.sentences[was.mention.sentence].start, was.start - _LEAD)
        raised = _RAISED.search(reading.folded[start : was.start].replace("\n", " "))
        if raised is None or was.mention.depth or not _TO.fullmatch(reading.folded, was.mention.end, now.start):
            continue
        before = [i for i in items[max(0, place - _SEEN) : place] if was.mention.sentence - i.mention.sentence <= 1 and not i.mention.depth]
        alike = [i for i in before if _of_the_same(i, was, now, raised["what"])]
        added = [i for i in alike if _ADDED.search(f"{i.mention.before} {i.mention.after}")]
        for more in (added[-1:], alike, added):
            if more and total_of([was, *more]) == now.value:
                yield sum_claim(now.mention, [was, *more], "equal", "breakdown.raised")
                break
        else:
            if len(added) == 1 and alike == added and _sure(reading, was, now, added[0]):
                yield sum_claim(now.mention, [was, added[0]], "equal", "breakdown.raised")
    yield from _of_each_kind(reading, items)
    yield from _since_the_last(reading, items)


def _since_the_last(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """ "Trong tháng giải quyết 502 hồ sơ, nâng tổng số từ đầu năm lên 3.817 hồ sơ (đến hết tháng trước là 3.315 hồ sơ)"."""
    for more, now, was in zip(items, items[1:], items[2:], strict=False):
        brought = _BROUGHT.fullmatch(reading.folded[more.mention.end : now.start].replace("\n", " "))
        if brought is None or was.mention.depth != now.mention.depth + 1 or not _FORMERLY.fullmatch(reading.folded, now.mention.end, was.start):
            continue
        made = total_of([was, more])
        meant = made == now.value or near(made, now.value) and not _LESS.search(said_behind(reading, was.mention, _LEAD))
        if meant and counted_alike(more, now) and counted_alike(now, was) and more.base is None:
            yield sum_claim(now.mention, [was, more], "equal", "breakdown.raised")


def _of_each_kind(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """What there is of two kinds or more = what there is in all, where the words tell what there is and nothing that was done."""
    for place in range(2, len(items)):
        now = items[place]
        here = [i for i in items[max(0, place - _SEEN) : place] if i.mention.sentence == now.mention.sentence]
        if len(here) < 2 or now.mention.depth or not _BROUGHT.fullmatch(reading.folded[here[-1].mention.end : now.start].replace("\n", " ")):
            continue
        plain = all(counted_alike(i, now) and not i.mention.depth and i.base is None and i.mention.quantity.written.qualifier is Qualifier.EXACT for i in (*here, now))
        said = reading.folded[max(reading.sentences[now.mention.sentence].start, here[0].start - _LEAD) : here[-1].end].replace("ngoài ra", " ")
        done = _ADDED.search(said) or _DONE.search(said) or AMONG.search(said) or _LESS.search(said)
        meant = _NEAR * magnitude(total_of(here) - now.value) <= now.value or one_swap_makes(now, here)
        if plain and not done and _STATE.search(here[-1].mention.before) and meant and now.value > max(i.value for i in here):
            yield sum_claim(now.mention, here, "equal", "breakdown.raised")


def _of_the_same(item: Item, was: Item, now: Item, what: str) -> bool:
    """Is it counted as what is raised, and named by the same words?"""
    noun = item.mention.after.partition(" ")[0]
    named = counted_alike(item, now) or noun != "" and f" {noun} " in f"{what} "
    narrower = content(what) - content(f"{item.label} {now.label} {was.label}") - _NO_SUBJECT
    return named and not narrower


def _sure(reading: Reading, was: Item, now: Item, added: Item) -> bool:
    """Do the words leave no doubt that nothing else came in or went out?"""
    exact = all(i.mention.quantity.written.qualifier is Qualifier.EXACT and i.base is None and not i.aside for i in (was, now, added))
    between = reading.folded[added.end : was.start].replace("\n", " ")
    raised = _RAISED.search(between, max(0, len(between) - _LEAD))
    if raised is None or not _SO.fullmatch(between, 0, raised.start()):
        return False
    if not exact or AMONG.search(between) or _LESS.search(between) or _LESS.search(said_behind(reading, now.mention, _LEAD)):
        return False
    parts = [was, added]
    return one_swap_makes(now, parts) or now.unit not in _LEAVE and added.unit not in _LEAVE and near(total_of(parts), now.value)
