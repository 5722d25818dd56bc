"""Totals and their parts: parentheses, "gồm", "trong đó", lists, remainders, totals after their parts.

A list is read as a sum only when the prose says so (an opener, a parenthesis) or when its items are
classes of one common partition. Where several totals could be meant, the one that fits is taken; a
conflict is claimed only against a total the prose points at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile

from ..language import compatible
from ..model import Claim, Kind, Rational, magnitude
from ..quantities import Reading
from . import (
    a_sentence_each,
    accounts,
    again,
    all_the_others,
    balances,
    besides,
    bracketed,
    causes,
    coincidences,
    dealt_with,
    deductions,
    denials,
    denied,
    equations,
    exhaustive,
    in_clause,
    in_hand,
    increases,
    left_out,
    others_told,
    parallels,
    plans,
    raised,
    regrouped,
    remainders,
    rest_in_words,
    shared_out,
    stocks,
    subsets,
    votes,
)
from .classes import OPEN_BELOW
from .divisions import closed_lists, partitioned, within
from .items import (
    AREAS,
    LEAST,
    Item,
    claim,
    closed_by_shares,
    content,
    ends_with_others,
    one_swap_makes,
    same_units,
    sum_claim,
    term,
    total_of,
)
from .partitions import shared_partition
from .runs import ASIDE, Run, runs
from .told_as_parts import against, counts_alike
from .wholes import named_total, own_total, told_before, whole_of

_FAR = 10  # a second division that is further from the total than one in so many is of another one
_STOCK_LINES = 8  # lines over which a stock may be rolled forward
_AGAIN = re.compile(r";[^;]*(?<!\w)theo(?!\w)")  # "tổ chức 4, cá nhân 37; chia theo thiết bị thì …": the whole of both lists
_MOST_OF_ALL = re.compile(r"(?<!\w)nhiều nhất(?!\w)")  # "cấp xã nhiều nhất với 2.715 trường hợp, cấp huyện 439": the first of all
_BY = re.compile(r"(?:^|\s)(?:theo|nguyên nhân|lý do) (?P<what>[^,;:.]{2,40})[:,]")
_SPARE = re.compile(r"(?<!\w)số dư$")
_TAKEN_OFF = re.compile(r"(?<!\w)(?:trừ|bớt|giảm|loại)(?: đi| ra)?$")
_HEADS_LINES = re.compile(r"[^.;\d]{2,40}:\s*")
_AT_START = re.compile(r"\W*(?:số (?:hộ |người )?)?(?:(?:có )?đầu (?:năm|kỳ|quý|tháng)|tồn đầu)(?!\w)")
_STARTS = re.compile(r"(?<!từ )(?<!với )đầu (?:năm|kỳ|quý|nhiệm kỳ|năm học)(?: có| là| còn)?$")  # "Biên chế được giao 23, có mặt đầu năm 22"
_AT_END = re.compile(r"\W*(?:như vậy,? )?(?:(?:tổng )?số )?(?:hộ (?:nghèo |cận nghèo )?)?(?:số (?:hộ |người )?)?(?:(?:còn |có (?:mặt )?)?cuối (?:năm|kỳ|quý|tháng)|tồn cuối)(?!\w)")


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """Every total-and-parts relation of the prose."""
    for index, everything in enumerate(paragraphs):
        items = [i for i in everything if not i.aside]
        if not items:
            continue
        earlier = _earlier(paragraphs, index)
        sums = [
            claimed
            for run in runs(reading, items, everything)
            for claimed in parallels.crossed(run, items) or _claims(reading, run, items, earlier)
        ]
        yield from sums
        yield from parallels.changes(reading, sums, everything)
        yield from parallels.doubled(reading, [*(i for i in paragraphs[index - 1 if index else 0] if index and not i.aside), *items])
        yield from parallels.outcomes(items)
        yield from exhaustive.find(reading, items)
        yield from accounts.find(reading, items)
        yield from remainders.find(reading, items, earlier)
        yield from others_told.find(reading, items)
        yield from all_the_others.find(reading, items)
        yield from deductions.find(reading, everything)
        yield from equations.find(reading, items)
        yield from raised.find(reading, items)
        yield from regrouped.find(reading, everything)
        yield from denials.find(reading, items)
        yield from denied.find(reading, items)
        yield from left_out.find(reading, items)
        yield from rest_in_words.find(reading, items)
        yield from in_hand.find(reading, items)
        yield from besides.find(reading, items)
        yield from a_sentence_each.find(reading, items)
        yield from subsets.find(reading, items)
        yield from votes.find(reading, items)
        yield from shared_out.find(reading, items)
        yield from increases.find(reading, items)
        yield from dealt_with.find(reading, items)
        yield from balances.totals_after(reading, items)
        yield from coincidences.fraction_sums(items, earlier)
        yield from balances.received(items)
        yield from balances.overfull(items)
        yield from balances.vacancies(everything)
        yield from causes.find(reading, everything)
        lines = _lines(reading, paragraphs, index)
        yield from plans.find(reading, lines)
        yield from stocks.find(reading, lines)
        yield from coincidences.grand_totals(items, earlier)
        yield from coincidences.series(reading, items)
        yield from closed_lists(items)
        yield from bracketed.find(reading, items)
        chances = [*coincidences.coincident(items, earlier), *coincidences.opened_by_total(items), *in_clause.find(reading, everything)]
        yield from chances
        yield from again.find(reading, items, [*sums, *chances])
    yield from in_hand.in_lines(reading, paragraphs)
    yield from in_hand.added_to_the_new(reading, paragraphs)
    yield from balances.progress(reading, paragraphs)


def _lines(reading: Reading, paragraphs: list[list[Item]], index: int) -> list[Item]:
    """The items of a paragraph; of a line with one figure, those of the lines with one figure after it too
    ("Tồn đầu quý: 14 đơn", "Nhận trong quý: 63 đơn", …), over a line that heads them ("Trong kỳ:")."""
    out = _from_start_to_end(reading, paragraphs, index) or list(paragraphs[index])
    after = index + 1
    while len(out) < _STOCK_LINES and len(paragraphs[index]) == 1 and after < len(paragraphs) and len(paragraphs[after]) <= 1:
        if reading.paragraphs_read[after].kind != "text" or not paragraphs[after] and not _HEADS_LINES.fullmatch(reading.folded, *reading.paragraphs[after]):
            break
        out += paragraphs[after]
        after += 1
    return out


def _from_start_to_end(reading: Reading, paragraphs: list[list[Item]], index: int) -> list[Item]:
    """ "- Đầu năm: 187 hộ, chiếm 5,62%", "- Thoát nghèo 64 hộ; nghèo mới 11 hộ", "- Cuối năm: 134 hộ, chiếm 3,98%": all that the lines
    of one list tell from that of the start to the first figure of that of the end; nothing where no line tells of the end."""
    first = reading.paragraphs_read[index]
    told = [i for i in paragraphs[index] if not i.mention.depth]
    starts = _AT_START.match(reading.folded, first.span.start) if first.marker else None
    out = told if starts else [*dropwhile(lambda i: not _STARTS.search(i.mention.before), told)]
    if not out or first.kind != "text":
        return []
    for after in range(index + 1, min(len(paragraphs), index + _STOCK_LINES)):
        part = reading.paragraphs_read[after]
        told = [i for i in paragraphs[after] if not i.mention.depth]
        if part.marker[:1] != first.marker[:1] or not told:
            return []
        if _AT_END.match(reading.folded, part.span.start):
            return [*out, told[0]]
        out = [*out, *told]
    return []


def _earlier(paragraphs: list[list[Item]], index: int) -> list[Item]:
    """Items of the few paragraphs before, nearest first."""
    out: list[Item] = []
    for back in range(index - 1, max(-1, index - 7), -1):
        out.extend(i for i in reversed(paragraphs[back]) if not i.aside)
    return out


def _claims(reading: Reading, run: Run, paragraph: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    items = run.items
    if items[0].mention.before != "vượt" and ASIDE.search(_MOST_OF_ALL.sub("", items[0].mention.before)):  # but for those exceeded: see `items_of`
        return
    if run.total is not None and run.total.aside and causes.opposed(run.total, items):
        return
    listed = run.total is not None and any(i.mention.sentence == run.total.mention.sentence for i in run.alternates)
    if run.total is not None and listed and _AGAIN.search(run.lead):
        whole = next((i for i in reversed(run.alternates) if i.value == total_of(items)), None)
        if whole is not None and len(items) >= 2 and same_units(items, whole.unit):
            yield sum_claim(whole.mention, items, "equal", f"breakdown.{run.opener}")
        return
    if (without := _less(run) or _since_the_start(run)) is not None:
        yield without
        return
    if run.total is not None and run.total.mention.quantity.word and run.total.unit in AREAS and items[0].base is None:
        whole = next((i for i in run.alternates if i.value == total_of(items)), None)
        if whole is not None:  # "17 cơ sở nhà, đất từ ba xã cũ, gồm 3 trụ sở, 3 trạm y tế, 3 trụ sở công an và 8 nhà văn hóa"
            yield sum_claim(whole.mention, items, "equal", f"breakdown.{run.opener}")
            return
    if run.total is not None and _SPARE.search(items[-1].mention.before):  # "27 đồng chí; danh sách bầu cử gồm 31 đồng chí, số dư 04"
        if items[0].value == run.total.value + items[-1].value:
            yield sum_claim(items[0].mention, [run.total, items[-1]], "equal", "breakdown.spare")
        return
    own = own_total(items)
    base = items[0].base  # "đặt tên 04 tuyến đường: tán thành 20/23 đại biểu; không tán thành 02; …": not of the 04
    of_base = base is not None and run.total is not None and (
        not run.total.unit and run.total.value != base.value == total_of(items) or run.total.value < items[0].value and run.total.value != base.value
    )
    total = whole_of(run, run.total) if run.total is not None else None
    if total is not None and not of_base and any(counts_alike(i, total, run.opener) for i in items):
        yield from _divided_twice(reading, run, total)
        yield from within(reading, run, paragraph)
        return
    if own is not None:
        if total_of(items) == own.value or _all_told(items, own.value):
            yield sum_claim(own, items, "equal", "breakdown.base")
        return
    named = named_total(run, paragraph, earlier) or told_before(reading, run, paragraph, earlier)
    if named is not None and len(items) >= 2:
        amount = total_of(items)  # "thu 1.286 triệu đồng, trong đó trực tuyến 1.152, trực tiếp 134. Theo khoản thu thì …": of the first
        whole = next((i for i in reversed(paragraph) if i.end <= items[0].start and i.value == amount and i.unit == named.unit), named)
        strict = Run(items, run.opener or "named", whole, run.lead)
        yield from _divided_twice(reading, strict, whole)
        return
    if len(items) >= 2 and (by := _BY.search(run.lead)):
        amount = total_of(items)
        told = [i for i in reversed(paragraph) if i.end <= items[0].start]
        reason = content(by["what"])
        whole = next((i for i in (*told, *earlier) if i.value == amount and compatible(i.unit, items[0].unit) and (amount >= LEAST or reason & i.words)), None)
        if whole is not None and same_units(items, items[0].unit):
            yield sum_claim(
                whole.mention, items, "equal", "breakdown.by"
            )  # "Theo dân tộc: …" of a whole told before
            return
    yield from partitioned(reading, run, paragraph, earlier)


def _less(run: Run) -> Claim | None:
    """ "58 đại biểu gồm 21 của xã A, 18 của xã B, 23 của xã C, trừ 4 đại biểu thôi làm nhiệm vụ": the list without what is taken off it."""
    total, last = run.total, run.items[-1]
    if total is None or len(run.items) <= 2 or not _TAKEN_OFF.search(last.mention.before) or total_of(run.items) - 2 * last.value != total.value:
        return None
    parts = [term("part", i.mention) for i in run.items[:-1]]
    return claim(Kind.BREAKDOWN, [term("total", total.mention), *parts, term("part", last.mention, negative=True)], f"breakdown.{run.opener}", scope=total.mention.quantity.noun)


def _since_the_start(run: Run) -> Claim | None:
    """ "434 đảng viên (đầu năm 428; trong kỳ kết nạp 09, tiếp nhận chuyển đến 04, xóa tên 01, chuyển đi 06)"."""
    total, first = run.total, run.items[0]
    if run.opener != "paren" or total is None or not _AT_START.search(first.mention.before):
        return None
    ways = [(i, stocks.way(i.label)) for i in run.items[1:]]
    if first.value + sum(i.value * way for i, way in ways) != total.value or not all(way for _, way in ways):
        return None
    moved = [term("part", i.mention, negative=way < 0) for i, way in ways]
    return claim(Kind.BREAKDOWN, [term("total", total.mention), term("part", first.mention), *moved], stocks.STOCK, scope=total.mention.quantity.noun)


def _all_told(items: list[Item], whole: Rational) -> bool:
    """Do the items of a list say that there are no others: by shares that make 100 %, by a class each of a division that
    has no more, or by "khác" for the last?"""
    found = shared_partition([i.label for i in items])
    closed = found is not None and found[0].closes(frozenset(found[1])) and not (found[0].name in OPEN_BELOW and total_of(items) < whole)
    return closed or closed_by_shares(items) or ends_with_others(items)


def _divided_twice(reading: Reading, run: Run, total: Item) -> Iterator[Claim]:
    """The list against its total, and against it again the two last figures where the first ones make it and these are
    all the classes of another division: "nghiện 539, dùng trái phép 1.122; không có nơi ở 346, có nơi ở 1.315"."""
    made = list(against(reading, run, total))
    yield from made
    told = [t.written.value for c in made for t in c.by_role("part") if t.written is not None]
    last = run.items[len(told) :]
    if not (len(made) == 1 and len(last) >= 2 and sum(told) == total.value and [i.value for i in run.items[: len(told)]] == told):
        return
    if total_of(last) in told:
        whole = next(i for i in run.items if i.value == total_of(last))
        yield sum_claim(whole.mention, last, "equal", "breakdown.nested")  # "5.240 hồ sơ (kỳ trước 112; nhận mới 5.128, trong đó trực tuyến 4.711, …)"
        return
    found = shared_partition([i.label for i in last])
    meant = _FAR * magnitude(total_of(last) - total.value) <= total.value or one_swap_makes(total, last)
    open_below = found is not None and found[0].name in OPEN_BELOW and total_of(last) < total.value and not one_swap_makes(total, last)
    some_done = total_of(last) != total.value and any(i.base is not None and i.base.value == total.value for i in last)  # "đúng hạn 1.286/1.293; đang giải quyết 58"
    if found is not None and found[0].closes(frozenset(found[1])) and meant and not open_below and not (found[0].name == "progress" and some_done):
        yield sum_claim(total.mention, last, "equal", f"breakdown.{found[0].name}")


