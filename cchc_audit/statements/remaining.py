"""A figure said to remain, and the whole and the parts that the words before it name.

What comes out is found among the figures themselves (`remainders`); here the words alone say what the rest is of, so that it is held
against the report.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from ..language import compatible, starting
from ..model import Claim, magnitude
from ..quantities import Reading
from .items import (
    Item,
    between,
    content,
    counted_alike,
    led_by,
    near,
    one_swap_makes,
    sum_claim,
    total_of,
)
from .partitions import OVERLAPPING
from .runs import AMONG, INCLUDED

_LEFT = re.compile(r"(?<!\w)còn(?: lại| phải)?(?: là)?$")
_STANDS = re.compile(r"(?<!\w)(?:đã|đang|chưa|xong|có mặt|dự|vắng|hoãn|xin|nghỉ|không|được cấp|trả|chuyển)(?!\w)")
_STANDS_SO = re.compile(r"^[^,;]{0,20}(?<!\w)(?:đã|đang|chưa)(?!\w)")  # "45 phòng đã sửa": no whole
_NEAR = 8  # one in so many that the three may be off by
_PARTS = 8
_TAKEN_UP = re.compile(r"(?<!\w)(?:thụ lý|(?:phải|cần) (?:giải quyết|thi hành|xử lý))(?!\w)")
_SETTLED = re.compile(r"(?<!\w)(?:đã|giải quyết|thi hành)(?!\w)[^;]*")
_NEWER = re.compile(r"(?<!\w)(?:phát sinh|mới|khác)(?!\w)")
_PENDING = re.compile(r"^(?:hiện |số |và |chỉ )*(?:còn|tồn)(?: tồn| lại| phải(?: giải quyết| thi hành)?)?(?: đọng)?$")
_BY_NOW = re.compile(r"(?<!\w)(?:đã|xong|loại(?: bỏ| ra)?$|trừ(?: đi)?$)(?!\w)")
_OPENS_IN = re.compile(r"\W*trong (?:tổng )?(?:số )?\d")
_OPENS = re.compile(r"\W*(?:số )?còn lại(?!\w)|\W*số [^\W\d_]+(?: [^\W\d_]+)? còn lại(?!\w)")
_SO_MANY_LEFT = re.compile(r"\S+(?: \S+){0,4} còn lại")
_ALL_OTHERS = re.compile(r"(?<!\w)(?:các|những) [^\W\d_]+(?: [^\W\d_]+){0,2} còn lại$")  # "các lĩnh vực còn lại 109"
_ALL_THE_REST = re.compile(starting("số") + r" (?:hồ sơ )?còn lại,?\s$")
_SEEN = 40  # figures before what remains that may be its whole
_LEAD = 24  # characters before a figure that say it is all the rest
_UNSURE = frozenset(["hồ sơ", "đồng", ""])  # units of which the text tells too much for the words alone to name the whole


class Remaining(NamedTuple):
    """A figure said to remain: the figures of its paragraph and its place there, those before it that count the same, and those told in
    the few paragraphs before, the nearest first."""

    reading: Reading
    items: list[Item]
    place: int
    before: list[Item]
    earlier: list[Item]

    @property
    def rest(self) -> Item:
        """The figure itself."""
        return self.items[self.place]

    def in_its_sentence(self) -> list[Item]:
        """Those before it that its own sentence tells."""
        return [i for i in self.before if i.mention.sentence == self.rest.mention.sentence]


def so_many_left(rest: Item) -> bool:
    """ "22 nhiệm vụ còn lại"."""
    return _SO_MANY_LEFT.match(rest.mention.after) is not None


def all_the_rest(reading: Reading, rest: Item) -> bool:
    """ "Số hồ sơ còn lại, 24 …"."""
    return _ALL_THE_REST.search(reading.folded, max(0, rest.start - _LEAD), rest.start) is not None


def of_one(one: Item, other: Item) -> bool:
    """Are both n/m of one m? "8.598/9.007 cử tri …; còn 21.568/21.786 cử tri …" leaves nothing over."""
    return one.base is not None and other.base is not None and one.base.value == other.base.value


def closes_list(told: Remaining) -> Claim | None:
    """ "Có 325 thửa …. Đã trao giấy cho 268 thửa, đang đo lại 31 thửa, còn lại 26 thửa …": what each of the whole has come to,
    and what is left ends the list."""
    reading, items, place, rest = told.reading, told.items, told.place, told.rest
    if not _LEFT.search(rest.mention.before) or rest.base is not None:
        return None
    alike = [i for i in items[max(0, place - _PARTS) : place] if counted_alike(i, rest) and i.mention.depth == rest.mention.depth]
    alike = [i for i in alike if rest.mention.sentence - i.mention.sentence <= 1]
    behind = next((i for i in items[place + 1 : place + 2] if i.mention.sentence == rest.mention.sentence and counted_alike(i, rest)), None)
    if len(alike) < 3 or any(i.base is not None for i in alike) or any(OVERLAPPING.search(i.label) for i in alike[1:]):
        return None
    if behind is not None and not AMONG.search(reading.folded, rest.end, behind.start):
        return None
    whole, *parts = alike
    if any(not _STANDS.search(f"{led_by(reading, a, b, a.end)} {b.mention.after}") for a, b in pairwise(alike)) or AMONG.search(reading.folded, parts[0].end, rest.start):
        return None
    if total_of(parts) == whole.value:
        return None  # "đã trả 3.462 hồ sơ, gồm 2.907 trả sớm, 541 đúng hạn và 14 trễ, còn 56 hồ sơ đang xem xét": of another whole
    off = magnitude(total_of([*parts, rest]) - whole.value)
    meant = _NEAR * off <= whole.value or one_swap_makes(whole, [*parts, rest])
    return sum_claim(whole.mention, [*parts, rest], "equal", "breakdown.rest") if meant and whole.value > max(i.value for i in parts) else None


def still_pending(told: Remaining) -> Claim | None:
    """ "thụ lý 6.218 vụ, đã giải quyết 5.209 vụ, đạt 83,77%. So với cùng kỳ …. Còn tồn 1.009 vụ": told sentences apart, with
    changes between them only."""
    reading, items, place, rest = told.reading, told.items, told.place, told.rest
    before = [i for i in items[max(0, place - 2) : place] if i.mention.depth == rest.mention.depth]
    behind = [i for i in items[place + 1 : place + 2] if i.unit == rest.unit and i.mention.sentence == rest.mention.sentence]
    if len(before) < 2 or not rest.unit or any(i.base is not None or i.unit != rest.unit for i in (*before, rest)) or not _PENDING.search(rest.mention.before):
        return None
    whole, done = before
    newer = _NEWER.search(rest.mention.after)
    settled = not newer and _TAKEN_UP.search(whole.label) and _SETTLED.search(done.mention.before) and not _TAKEN_UP.search(done.mention.before)
    close_by = done.mention.sentence == whole.mention.sentence and rest.mention.sentence - done.mention.sentence <= 2
    if not settled or not close_by or behind or whole.value < done.value or AMONG.search(reading.folded, whole.end, done.start):
        return None
    return sum_claim(whole.mention, [done, rest], "equal", "breakdown.rest")


def done_right_before(told: Remaining) -> Claim | None:
    """What is done stands right before what remains, and says what it is of: a share, an n/m, or the figure before it."""
    reading, before, rest = told.reading, told.before, told.rest
    if not before:
        return None
    done = before[-1]
    together = done.mention.sentence == rest.mention.sentence
    left = "còn lại" in rest.label or rest.mention.before.startswith("còn")
    if done.fitted is not None and done.base is None and together and (done.unit == rest.unit or counted_alike(done, rest)) and left:
        listed = told.in_its_sentence()  # "01 cao cấp (1,7%), 58 trung cấp (96,67%), còn lại 1 sơ cấp"
        return sum_claim(done.fitted, [*(listed if total_of([*listed, rest]) == done.fitted.value else [done]), rest], "equal", "breakdown.rest")
    if done.base is not None and together and done.unit == rest.unit:
        return sum_claim(done.base, [*_of_its_base(told, done), rest], "equal", "breakdown.rest")
    if len(before) < 2 or not _rest_of(before[-2], done, rest) or len(before) > 2 and _opens_in_whole(reading, rest):
        return None
    if AMONG.search(between(reading, done.end, rest.start)) or INCLUDED.search(between(reading, before[-2].end, done.start)):
        return None
    return sum_claim(before[-2].mention, [done, rest], "equal", "breakdown.rest")


def _of_its_base(told: Remaining, done: Item) -> list[Item]:
    """The n/m before a remainder that are of one m: "29/44 xếp Tốt; 11/44 xếp Khá; còn 4 xếp Trung bình"."""
    return [i for i in told.in_its_sentence() if of_one(i, done)]


def _rest_of(whole: Item, done: Item, rest: Item) -> bool:
    same_sentence = whole.mention.sentence == rest.mention.sentence
    nouns = {i.mention.after.partition(" ")[0] for i in (whole, done, rest)}
    narrower = content(rest.mention.before) - content(whole.label)  # "50 cháu mẫu giáo, …; số cháu nhà trẻ còn lại 22 cháu"
    return (
        same_sentence
        and "còn lại" in rest.label
        and whole.value > done.value
        and (whole.unit == rest.unit == done.unit != "" or len(nouns) == 1 and "" not in nouns)
        and not narrower
        and not _STANDS_SO.search(whole.mention.after)
    )


def done_of_whole(told: Remaining) -> Claim | None:
    """ "có 84 đơn, đã giải quyết xong 72 đơn, còn 12 đơn …": the three alone in their sentence, or with the whole at the end of the one before."""
    items, place, rest = told.items, told.place, told.rest
    here = [i for i in told.in_its_sentence() if i.base is None]
    behind = items[place + 1 : place + 1 + _SEEN]
    if rest.unit in _UNSURE or any(i.mention.sentence == rest.mention.sentence and i.unit == rest.unit for i in behind):
        return None
    if len(here) == 2 and _BY_NOW.search(here[1].mention.before) and here[0].unit == here[1].unit == rest.unit:
        return sum_claim(here[0].mention, [here[1], rest], "equal", "breakdown.rest")
    if len(here) == 1 and _follows_up(told.before, here[0], rest):
        return sum_claim(told.before[-2].mention, [here[0], rest], "equal", "breakdown.rest")
    return None


def _follows_up(before: list[Item], done: Item, rest: Item) -> bool:
    """ "… có 84 đơn. Đến nay đã giải quyết xong 72 đơn, còn 12 đơn đang xem xét": the whole ends the sentence before."""
    whole = before[-2] if len(before) >= 2 else None
    if whole is None or before[-1] is not done or whole.mention.sentence != done.mention.sentence - 1:
        return False
    alike = whole.base is None and whole.unit == rest.unit and done.unit in {"", rest.unit} and rest.mention.before.startswith("còn")
    return _BY_NOW.search(done.mention.before) is not None and alike and _NEAR * magnitude(done.value + rest.value - whole.value) <= whole.value


def closes_sentence(told: Remaining) -> Claim | None:
    """ "14 công trình …: 08 đã bàn giao, 04 đang thi công, số còn lại 03 công trình vướng mặt bằng": what is said to
    remain closes the list of its sentence, and the figure that opens the sentence is the whole; or a list that
    "trong đó" opens and that goes on over sentences ("8.916 hồ sơ. Trong đó chứng thực 6.240. Hộ tịch 1.377. Số còn
    lại, 1.229 hồ sơ, …"). "Trong 46 vụ, đã xử phạt 41 vụ, chuyển nơi khác 3 vụ, 2 vụ còn lại …" is such a list as well."""
    reading, items, place, rest = told.reading, told.items, told.place, told.rest
    opens = _opens_in_whole(reading, rest) and (so_many_left(rest) or _ALL_OTHERS.search(rest.mention.before) is not None)
    if not opens and "số còn lại" not in rest.mention.before and not all_the_rest(reading, rest):
        return None
    before = [i for i in items[max(0, place - _SEEN) : place] if i.mention.depth == rest.mention.depth]
    here = [i for i in before if i.mention.sentence == rest.mention.sentence]
    headed = [k for k in range(1, len(here)) if ":" in reading.folded[here[k - 1].end : here[k].start]]
    here = here[headed[-1] - 1 :] if headed else here  # "phá 507/612 vụ; bắt 986 đối tượng: khởi tố 741, …"
    if len(here) < 3:
        opened = [k for k in range(1, len(before)) if AMONG.search(reading.folded, before[k - 1].end, before[k].start)]
        here = before[opened[-1] - 1 :] if opened else []
        if any(b.mention.sentence - a.mention.sentence > 1 for a, b in pairwise([*here, rest])):
            return None
    if len(here) < 3 or any(i.base is not None for i in (*here, rest)):
        return None
    whole, *parts = here
    listed = [*parts, rest]
    alike = all(compatible(i.unit, whole.unit) for i in listed) and whole.unit != ""
    return sum_claim(whole.mention, listed, "equal", "breakdown.rest") if near(total_of(listed), whole.value) and alike else None


def _opens_in_whole(reading: Reading, rest: Item) -> bool:
    """Does the sentence of what remains open with its whole: "Trong 46 vụ, đã xử phạt 41 vụ, …"?"""
    return _OPENS_IN.match(reading.folded, reading.sentences[rest.mention.sentence].start) is not None


def opens_sentence(told: Remaining) -> Claim | None:
    """ "Kiểm tra 45 cơ sở, 34 cơ sở đạt yêu cầu. Số còn lại là 9 cơ sở …": the sentence before tells the whole and its other parts, or these
    alone behind a whole that ends its own sentence. Rates between them are of classes: "thụ lý 318 vụ, giải quyết 309 vụ, đạt 97,17%. Số còn
    lại là 17 vụ kinh doanh thương mại"."""
    reading, before, rest = told.reading, told.before, told.rest
    if not _OPENS.match(reading.folded, reading.sentences[rest.mention.sentence].start) or rest.base is not None:
        return None
    here = rest.mention.sentence
    said = [i for i in before if i.mention.sentence == here - 1]
    if said and said[0].value < total_of(said[1:]) + rest.value / 2:  # the parts alone
        said = [*[i for i in before if i.mention.sentence == here - 2][-1:], *said]
    if len(said) < 2 or any(i.base is not None or not counted_alike(i, rest) for i in said) or any(OVERLAPPING.search(i.label) for i in said[1:]):
        return None
    whole, *parts = said
    listed = [*parts, rest]
    meant = whole.value > max(i.value for i in parts) and near(total_of(listed), whole.value)
    rated = "%" in reading.folded[whole.end : rest.start]
    if not meant or rated or AMONG.search(reading.folded, parts[0].end, rest.start) or _STANDS_SO.search(whole.mention.after):
        return None
    return sum_claim(whole.mention, listed, "equal", "breakdown.rest")
