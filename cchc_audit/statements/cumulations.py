"""Classes of a scale added up from its best: "rất hài lòng 689 phiếu; hài lòng 331 phiếu; … từ mức hài lòng trở lên là
1.020 phiếu, đạt 99,3%", "trước hạn 45,2%, đúng hạn 53,1%, …; tỷ lệ trước và đúng hạn 98,3%", "tỷ lệ hài lòng và rất hài lòng 97,9%". The counts make the
count, and the percents the percent."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..language import compatible
from ..model import Claim, Kind
from ..quantities import Mention, Reading
from .items import Item, claim, comes_out, sum_claim, term, total_of
from .partitions import BOTH, class_of

# the classes of each scale from its best
_SCALES = {
    "satisfaction": ("very", "content", "fair"),
    "pupils": ("good", "fair", "average", "weak"),
    "rating": ("excellent", "good", "met"),
}
_AND_BETTER = re.compile(r"(?<!\w)(?:từ )?(?:mức |loại |hạng |bậc )*(?:độ )?([^,;:.()\d]{2,45}?) trở lên(?!\w)")
_OF_SOME = re.compile(r"(?<!\w)(?:về|riêng|đối với|tại|trong đó|cùng kỳ|năm|quý)(?!\w)")  # "Riêng bộ phận một cửa từ hài lòng trở lên đạt 98%"
_BOTH = re.compile(BOTH)
_SATISFIED = re.compile(r"(?<!\w)(?<!không )(?<!chưa )(?:rất hài lòng\s?(?:,|\+|/|và|hoặc)\s?hài lòng|(?<!rất )hài lòng\s?(?:,|\+|/|và|hoặc)\s?rất hài lòng)(?!\w)")
_SATISFACTION = re.compile(r"(?<!\w)(?:tỷ lệ|mức(?: độ)?)(?: [^,;.:\d]{0,40})?(?<!không )(?<!chưa )(?<!rất )hài lòng(?: chung)?(?: của [^,;.:\d]{2,50})?(?: là| đạt| chiếm)?:? $")
_CLAUSE = re.compile(r"[,;.:()\n]")
_OF = re.compile(r"^\s?/\s?[\d.]+")
_BEHIND = 80  # characters behind a figure that tell what it counts
_LEAD = 120  # characters before a figure that tell what it counts
AND_BETTER = "breakdown.and_better"  # source of the claim of classes added up from the best
_BACK = 2  # sentences in which the classes are told
_FURTHER_BACK = 5  # where each has its own
_LINES = 8  # above one that adds classes up
_SEEN = 24  # figures before one that may be the classes it adds up, and their whole
_MOST = 12  # times: no slip of a digit puts a sum further off


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """A breakdown for each figure said to count a class of a scale and all better ones, told after them; for a percent of
    counted classes the share that their sum is."""
    for index, (items, mentions) in enumerate(zip(paragraphs, reading.by_paragraph, strict=True)):
        if not any(says_and_better(reading, m) or m.percent and satisfied(reading, m) for m in mentions):
            continue
        counts, rates = [i for i in items if not i.aside and i.base is None], _rates(mentions, items)
        owners = {share.index: item for item in items for share in item.shares}
        above = _lines_before(reading, paragraphs, index)
        for told, before in zip((counts, rates), above, strict=True):
            yield from _added_up(reading, told, owners)
            yield from _lines_added_up(reading, told, before)
        for rate in rates:
            if rate.mention.index not in owners:
                place = bisect_left(counts, rate.start, key=lambda i: i.start)
                own = counts[max(0, place - _SEEN) : place]
                yield from next(filter(None, (list(_share_of_sum(reading, told, rate)) for told in _told_before(own, above[0], paragraphs, index))), [])


def _told_before(own: list[Item], lines: list[Item], paragraphs: list[list[Item]], index: int) -> Iterator[list[Item]]:
    """Where the classes of a rate are told: in its paragraph, or on lines above it, the last of which may be its own; else all in one paragraph
    right above."""
    yield own
    yield [*lines, *own]
    if not own and index:
        yield [i for i in paragraphs[index - 1][-_SEEN:] if not i.aside and i.base is None]


def _says_and_better(words: str) -> bool:
    return "trở lên" in words and _AND_BETTER.search(words) is not None or _BOTH.search(words) is not None


def says_and_better(reading: Reading, figure: Mention) -> bool:
    """Do the words of a figure say that it adds up classes of a scale from its best: "mức hài lòng trở lên 231 phiếu", "231/250 người trả lời
    hài lòng hoặc rất hài lòng"?"""
    behind = reading.folded[figure.end : figure.end + _BEHIND]
    both = _SATISFIED.search(behind)
    own = both is not None and not _CLAUSE.search(_OF.sub("", behind[: both.start()]))
    return _says_and_better(figure.before) or _says_and_better(figure.after) or satisfied_together(reading, figure) or own


def satisfied_together(reading: Reading, figure: Mention) -> bool:
    """Do the words between the figure before and this one speak of the satisfied and the very satisfied together?"""
    return _SATISFIED.search(_words(reading, figure)) is not None


def satisfied(reading: Reading, figure: Mention) -> bool:
    """Do they tell how satisfied all are, "tỷ lệ hài lòng đạt", "mức độ hài lòng chung là"? That is the satisfied alone, or with the very
    satisfied."""
    return _SATISFACTION.search(_words(reading, figure)) is not None


def _words(reading: Reading, figure: Mention) -> str:
    before = reading.mentions[figure.index - 1].end if figure.index else 0
    start = max(before, reading.sentences[figure.sentence].start, figure.start - _LEAD)
    return reading.folded[start : figure.start]


def _explicit(reading: Reading, total: Item) -> bool:
    """Do its words say that it adds up classes? "Tỷ lệ hài lòng" may be that of the satisfied alone."""
    return _says_and_better(total.label) or satisfied_together(reading, total.mention)


def _rates(mentions: Iterable[Mention], items: Iterable[Item]) -> list[Item]:
    """The percents as items of their own, under the labels of the counts they are shares of."""
    owners = {share.index: item for item in items for share in item.shares}
    rates = (m for m in mentions if m.percent and m.unit == "%" and not m.target and m.value != 100)  # "100% hài lòng trở lên" says that there is no other
    return [Item(m, owners[m.index].label if m.index in owners else m.label, "%") for m in rates]


def _added_up(reading: Reading, told: list[Item], owners: Mapping[int, Item]) -> Iterator[Claim]:
    for place, total in enumerate(told):
        for _, parts in _classes_before(reading, told[max(0, place - _SEEN) : place], total):
            amount = total_of(parts)
            alike = {i.unit for i in parts} <= {total.unit, ""} and not _of_another_whole(total, parts, owners)
            alike = alike and (amount == total.value or _explicit(reading, total))
            if alike and max(amount, total.value) <= _MOST * min(amount, total.value):
                yield sum_claim(total.mention, parts, "equal", AND_BETTER)
                break


def _of_another_whole(total: Item, parts: Sequence[Item], owners: Mapping[int, Item]) -> bool:
    """ "646 rất hài lòng (64,6%), 274 hài lòng (27,4%), …. Về phí, 246/250 ý kiến từ hài lòng trở lên, đạt 98,4%": is the percent of an m
    of its own?"""
    owner = owners.get(total.mention.index)
    if owner is None or owner.base is None:
        return False
    bases = [b for i in parts if (o := owners.get(i.mention.index)) is not None and (b := o.base or o.fitted) is not None]
    return owner.base.value not in {b.value for b in bases}


def _lines_before(reading: Reading, paragraphs: list[list[Item]], index: int) -> tuple[list[Item], list[Item]]:
    """The counts and the rates of the lines right above, a line for each class."""
    counts: list[Item] = []
    rates: list[Item] = []
    for back in range(index - 1, max(-1, index - 1 - _LINES), -1):
        told = [i for i in paragraphs[back] if not i.aside and i.base is None and i.mention.depth == 0]
        shares = _rates(reading.by_paragraph[back], told)
        if len(told) > 1 or len(shares) > 1 or not (told or shares) or reading.paragraphs_read[back].kind != "text":
            break
        counts, rates = [*told, *counts], [*shares, *rates]
    return counts, rates


def _lines_added_up(reading: Reading, told: list[Item], above: list[Item]) -> Iterator[Claim]:
    """ "+ Trước hạn: 604 hồ sơ", "+ Đúng hạn: 121 hồ sơ", "+ Quá hạn: 04 hồ sơ", "Như vậy trước hạn và đúng hạn là 725 hồ sơ"."""
    for total in told[:1]:
        for scale, classes, _ in _reached(reading, total):
            yield from (
                sum_claim(total.mention, parts, "equal", AND_BETTER)
                for parts in _told_in_order(reading, above, scale, classes, total)
                if {i.unit for i in parts} <= {total.unit, ""}
            )


def _share_of_sum(reading: Reading, told: list[Item], rate: Item) -> Iterator[Claim]:
    """ "Trong 312 phiếu có 187 rất hài lòng, 119 hài lòng, 06 bình thường. Tỷ lệ hài lòng trở lên đạt 98,08%": where it comes
    out on a figure told before them, and where all classes make that figure, so that it must."""
    before = told[-_SEEN:]
    for scale, parts in _classes_before(reading, before, rate):
        near = [i for i in before if i.mention.paragraph != parts[0].mention.paragraph or parts[0].mention.sentence - i.mention.sentence <= _BACK]
        if claimed := list(_share_of(scale, parts, near, rate, explicit=_explicit(reading, rate))):
            yield from claimed
            return


def _share_of(scale: str, parts: list[Item], before: list[Item], rate: Item, *, explicit: bool) -> Iterator[Claim]:
    """The share of the classes together in a figure told before them: one it comes out on, or the one that all classes make."""
    amount, first, added = total_of(parts), before.index(parts[0]), {class_of(i.label, scale) for i in parts}
    while first and class_of(before[first - 1].label, scale) not in {None, *added}:
        first -= 1  # from the worst
    listed = [i for i in before[first:] if class_of(i.label, scale) is not None and i.unit in {parts[0].unit, ""}]
    wholes = [i for i in before[:first] if i.value >= amount and compatible(i.unit, parts[0].unit)]
    closing = [i for i in wholes if total_of(listed) == i.value]
    fitting = [i for i in wholes if comes_out(amount, i.value, rate.mention.quantity.written)]
    if not fitting and not explicit:
        return
    for whole in (fitting or closing)[-1:]:
        base = term("m", whole.mention)
        terms = [*(term("n", i.mention) for i in parts), base, term("p", rate.mention)]
        yield claim(Kind.SHARE, terms, "share.and_better", own_base=False, bases=(base,), scope=rate.mention.quantity.noun)


def _classes_before(reading: Reading, told: list[Item], total: Item) -> Iterator[tuple[str, list[Item]]]:
    """The scales a figure adds up classes of, each with these classes, one figure each, told in order before it."""
    for scale, classes, back in _reached(reading, total):
        near = [i for i in told if i.mention.paragraph != total.mention.paragraph or total.mention.sentence - i.mention.sentence <= back]
        yield from ((scale, parts) for parts in _told_in_order(reading, near, scale, classes, total))


def _told_in_order(reading: Reading, told: list[Item], scale: str, classes: tuple[str, ...], total: Item) -> Iterator[list[Item]]:
    """The figures of these classes, where each is told once and from the best or from the worst."""
    parts = [i for i in told if class_of(i.label, scale) in classes and not _says_and_better(i.label) and not satisfied_together(reading, i.mention)]
    names = [class_of(i.label, scale) for i in parts]
    in_order = [c for c in classes if c in names] in (names, names[::-1])
    if in_order and {classes[0], classes[-1]} <= set(names) and not _OF_SOME.search(reading.folded, parts[-1].end, total.start):
        yield parts


def _reached(reading: Reading, total: Item) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """The scales the words of a figure may speak of, with the classes it adds up and the sentences in which they are told."""
    label = total.label
    reached = _AND_BETTER.search(label)
    if reached is not None:
        for scale, ranks in _SCALES.items():
            lowest = class_of(reached.group(1), scale)
            if lowest in ranks[1:]:
                yield scale, ranks[: ranks.index(lowest) + 1], _BACK
    elif satisfied_together(reading, total.mention) or total.mention.percent and satisfied(reading, total.mention):
        yield "satisfaction", _SCALES["satisfaction"][:2], _FURTHER_BACK
    elif _BOTH.search(label):
        yield "timeliness", ("early", "on_time"), 0
