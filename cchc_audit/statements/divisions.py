"""Lists whose items are the classes of one partition, against the total told before them.

Nothing but the classes says that such a list is complete, so it is held against a figure only where that figure
stands where its total would.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from ..model import Claim
from ..number_words import NUMBER_WORDS, word_value
from ..quantities import Reading
from .classes import Classes, claim_of
from .items import (
    LEAST,
    Item,
    closed_by_shares,
    comes_out,
    one_swap_makes,
    same_units,
    sum_claim,
    term,
    total_of,
)
from .partitions import Partition, class_of, shared_partition
from .pool import near_miss
from .runs import Run

_BACK = 40  # figures of the paragraph before a list that may be its total
# "…, số còn lại qua bưu chính", "… và vài nơi khác": a last part without a figure
_REST_UNCOUNTED = re.compile(r"\)?(?:[^.;:,)\d\n]{0,20}(?<!\w)và (?:thị xã|thành phố|thị trấn|huyện|quận) [^\W\d]|[^.;)\d\n]{0,12}(?:\.\.\.|…|, ?v\.v)|[^.;)\d\n]{0,40}(?<!\w)(?:và|cùng) (?:vài|một số|nhiều|những|các) [^,.;)\d\n]{1,30} khác(?!\w)|[^.;:)\d\n]{0,60}(?:[;.]\s(?:[^\W\d_]+ ){0,2})?(?<!\w)(?:còn lại|số khác)(?!\w)(?:[^.;)\d\n]*(?:[.;)\n]|$)| (?:là|thuộc)[^.;)\d\n]*\(\d))")
_CLAUSE_ENDS = re.compile(r"[;.]\s")
_SO_MANY_BEHIND = re.compile(rf"[^\W\d]{{0,30}}[;,]\s(?:còn )?(?P<number>{NUMBER_WORDS})(?!\w)")


_REST = re.compile(r"(?<!\w)còn lại(?: là)?$")
_PENDING = frozenset({"progress", "timeliness", "intake"})  # of which what remains is a class


def partitioned(reading: Reading, run: Run, paragraph: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    """Stretches of a run that are classes of one partition, against the total before them."""
    items = run.items
    start = 0
    while start < len(items) - 1:
        place = bisect_left(paragraph, items[start].start, key=lambda i: i.start)
        stretch, partition = _stretch(reading, items, start, paragraph[place - 1] if place else None)
        if partition is None:
            start += 1
            continue
        before = [i for i in reversed(paragraph[max(0, place - _BACK) : place]) if i.end <= stretch[0].start and i not in stretch]
        rest = next((i for i in items[start + len(stretch) : start + len(stretch) + 1] if _REST.search(i.mention.before)), None)
        if rest is not None and partition[0].name not in _PENDING:
            yield from _with_the_rest([*stretch, rest], before, f"breakdown.{partition[0].name}")
            start += len(stretch) + 1
            continue
        claimed = claim_of(Classes(reading, run, stretch, *partition, before, earlier))
        if claimed is not None and (rest_uncounted(reading, stretch[-1]) or _rest_behind(reading, claimed, stretch, paragraph)):
            claimed = replace(claimed, relation="at_most")
        if claimed is not None:
            yield claimed
        start += len(stretch) if claimed is not None else 1


def _with_the_rest(parts: list[Item], before: list[Item], source: str) -> Iterator[Claim]:
    """ "có mặt 34 người. Nam 26, nữ 8. Thạc sĩ 3, đại học 22, còn lại 9": classes that close with all others make the nearest figure that they do."""
    whole = next((i for i in before if i.value == total_of(parts) and same_units(parts, i.unit)), None)
    if whole is not None:
        yield sum_claim(whole.mention, parts, "equal", source)


def _rest_behind(reading: Reading, claimed: Claim, stretch: list[Item], paragraph: list[Item]) -> bool:
    """ "62 học viên …: giỏi 11, khá 46, trung bình 4; một học viên bảo lưu": is what the classes lack of their total told right behind them?"""
    total = claimed.by_role("total")[0].written
    lacking = total.value - total_of(stretch) if total is not None else 0
    behind = next((i.value for i in paragraph if i.start >= stretch[-1].end and i.mention.sentence == stretch[-1].mention.sentence), None)
    word = _SO_MANY_BEHIND.match(reading.folded, stretch[-1].end)
    return lacking > 0 and lacking in {behind, word_value(word["number"]) if word else None}


def within(reading: Reading, run: Run, paragraph: list[Item]) -> Iterator[Claim]:
    """ "…; trong đó xong 51.722 hồ sơ; đúng hạn 51.355, trễ hạn 367": classes that divide the figure before them in a list
    of something larger."""
    listed = [i for i in run.items if class_of(i.label, "timeliness") is None]
    if len(listed) == 1 and run.items[0] is listed[0] and len(run.items) > 2:
        yield from partitioned(reading, Run(run.items[1:], "", None, "", []), paragraph, [])


def _stretch(
    reading: Reading, items: list[Item], start: int, last: Item | None
) -> tuple[list[Item], tuple[Partition, tuple[str, ...]] | None]:
    """The longest stretch of classes of one partition, but for those that make the figure right before them: "còn 59 hồ sơ đang
    xử lý với 55 hồ sơ chưa tới hạn và 4 hồ sơ quá hạn; … có 3.155 hồ sơ trước hạn"."""
    longest: tuple[list[Item], tuple[Partition, tuple[str, ...]] | None] = [], None
    for end in range(min(len(items), start + 12), start + 1, -1):
        part = items[start:end]
        if len({i.unit for i in part if i.unit}) > 1 and not same_units(part, part[0].unit):
            continue
        partition = shared_partition([i.label for i in part])
        if partition is not None and partition[0].covers(frozenset(partition[1])):
            apart = end < len(items) and _CLAUSE_ENDS.search(reading.folded, part[-1].end, items[end].start)
            if apart and last is not None and total_of(part) == last.value:
                return part, partition
            longest = longest if longest[0] else (part, partition)
    return longest


def rest_uncounted(reading: Reading, last: Item) -> bool:
    """Does a list go on with a remainder whose figure is not given?"""
    return _REST_UNCOUNTED.match(reading.folded, last.end) is not None


def closed_lists(items: list[Item]) -> Iterator[Claim]:
    """Items whose shares fit one base, and add to 100 % or whose counts add to it: together they are that base."""
    groups: dict[int, list[Item]] = {}
    for item in items:
        if item.shares:
            groups.setdefault(item.mention.group, []).append(item)
    for listed in groups.values():
        start = 0
        while start < len(listed) - 1:
            for end in range(min(len(listed), start + 12), start + 1, -1):
                stretch = listed[start:end]
                bases = Counter(i.fitted.value for i in stretch if i.fitted is not None)
                apart = stretch[-1].mention.sentence - stretch[0].mention.sentence
                if not bases or apart >= len(stretch) or apart and any(i.base is not None for i in stretch):
                    continue
                value, count = bases.most_common(1)[0]
                fitted = next(i.fitted for i in stretch if i.fitted is not None and i.fitted.value == value)
                rated = next((i.mention for i in items if i.base is fitted and i.value == total_of(stretch)), None)
                fitted = rated or fitted  # "đánh giá 543/545 chi bộ: 304 …, 228 …, 11 …": two of them are not rated
                alike = len({i.unit for i in stretch if i.unit}) <= 1 and same_units(stretch, fitted.unit)
                if not closed_by_shares(stretch) and not (total_of(stretch) == fitted.value >= LEAST and count >= len(stretch) - 1 > 1):
                    continue
                made = total_of(stretch)
                if made != fitted.value and not one_swap_makes(Item(fitted, fitted.label, fitted.unit), stretch) and all(comes_out(i.value, made, i.shares[0].quantity.written) for i in stretch):
                    continue  # whole percentages of 3.164 and of 3.131 are the same
                exactly = sum(i.shares[0].quantity.value for i in stretch) == 100
                some = any(made == fitted.value for made in accumulate(i.value for i in stretch[:-1]))  # "trước và đúng hạn 983": of two of three
                if some and total_of(stretch) != fitted.value:
                    continue  # the others make the whole already; "nợ quá hạn 58 triệu đồng, chiếm 0,12%" behind them is no part
                right = all(comes_out(i.value, fitted.value, i.shares[0].quantity.written) for i in stretch)
                if right and total_of(stretch) < fitted.value and not one_swap_makes(Item(fitted, fitted.label, fitted.unit), stretch):
                    continue  # few enough may be left that the shares of the others make 100 % as they are rounded
                nearly = exactly and not some and all(near_miss(i.value, term("m", fitted), i.shares[0]) for i in stretch)
                if total_of(stretch) != fitted.value and all(class_of(i.label, "theory") for i in stretch):
                    continue  # most people have no political schooling: a share that is wrong may close their list
                if alike and (nearly or count * 2 > len(stretch)) and all(i.mention is not fitted for i in stretch):
                    yield sum_claim(fitted, stretch, "equal", "breakdown.closed")
                    start = end - 1
                    break
            start += 1
