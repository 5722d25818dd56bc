"""Totals and their parts: parentheses, "gồm", "trong đó", lists, remainders, totals after their parts.

A list is read as a sum only when the prose says so (an opener, a parenthesis) or when its items are
classes of one common partition. Where several totals could be meant, the one that fits is taken; a
conflict is claimed only against a total the prose points at.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from ..language import compatible
from ..model import Claim
from ..quantities import Reading
from . import balances, coincidences
from .items import Amount, Item, collapsed, content, same_units, sum_claim, total_of
from .items import amount as amount_of
from .partitions import OVERLAPPING, SHARED_MEMBERS, Partition, classes_of, shared_partition
from .runs import AMONG, ASIDE, COMPARED, Run, runs

# a sum short of its total is no conflict where a class may go unsaid
_OPEN_BELOW = frozenset({"progress", "vote"})
_MOST_PARTS = 40
_SLIP = 12  # times: a digit doubled or dropped makes a figure about ten times too large or too small
_BACK = 60  # figures of its paragraph looked back at for the total a list names
_AFTERWORD = 120  # characters after a list in which its overlaps may be told
# people are divided in several ways at once: by schooling, by profession, by political theory
_DIMENSION = re.compile(r"học vấn|phổ thông|chuyên môn|lý luận|chính trị|tin học|ngoại ngữ")


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """Every total-and-parts relation of the prose."""
    for index, everything in enumerate(paragraphs):
        items = [i for i in everything if not i.aside]
        if not items:
            continue
        earlier = _earlier(paragraphs, index)
        for run in runs(reading, items, everything):
            yield from _claims(reading, run, items, earlier)
        yield from balances.remainders(reading, items, earlier)
        yield from balances.totals_after(items)
        yield from coincidences.fraction_sums(items, earlier)
        yield from balances.received(items)
        yield from balances.overfull(items)
        yield from balances.vacancies(everything)
        yield from balances.stocks(items)
        yield from coincidences.grand_totals(items, earlier)
        yield from coincidences.series(reading, items)
        yield from _closed_lists(items)
        yield from coincidences.coincident(items, earlier)
    yield from balances.progress(paragraphs)


def _earlier(paragraphs: list[list[Item]], index: int) -> list[Item]:
    """Items of the few paragraphs before, nearest first."""
    out: list[Item] = []
    for back in range(index - 1, max(-1, index - 7), -1):
        out.extend(i for i in reversed(paragraphs[back]) if not i.aside)
    return out


def _claims(reading: Reading, run: Run, paragraph: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    items = run.items
    if any(ASIDE.search(i.mention.before) for i in items[:1]):
        return
    if run.total is not None and any(_counts_alike(i, run.total, run.opener) for i in items):
        yield from against(reading, run, _whole_of(run, run.total))
        return
    named = _named_total(run, paragraph, earlier) or _told_before(run, paragraph)
    if named is not None and len(items) >= 2:
        strict = Run(items, run.opener or "named", named, run.lead)
        yield from against(reading, strict, named)
        return
    if len(items) >= 2 and re.search(r"(?:^|\s)theo [^,;:.]{2,40}[:,]", run.lead):
        amount = total_of(items)
        whole = next(
            (
                i
                for i in earlier
                if i.value == amount and compatible(i.unit, items[0].unit) and amount >= coincidences.LEAST
            ),
            None,
        )
        if whole is not None and same_units(items, items[0].unit):
            yield sum_claim(
                whole.mention, items, "equal", "breakdown.by"
            )  # "Theo dân tộc: …" of a whole told before
            return
    yield from _partitioned(run, paragraph, earlier)


def _whole_of(run: Run, total: Item) -> Item:
    """The figure a list divides: not the "ba xã" its colon follows but the dossiers of the three, told before."""
    if len(run.items) < 2 or any(i.value <= total.value for i in run.items):
        return total
    amount = total_of(run.items)
    wholes = [
        i
        for i in reversed(run.alternates)
        if i.mention.sentence == total.mention.sentence
        and i.mention.depth == total.mention.depth
        and same_units(run.items, i.unit)
        and 4 * max(amount - i.value, i.value - amount) <= i.value
    ]
    return wholes[0] if wholes else total


def against(reading: Reading, run: Run, total: Item) -> Iterator[Claim]:
    """The run as parts of a total the prose points at."""
    parts = [i for i in run.items if _counts_alike(i, total, run.opener)]
    parts = [i for i in parts if not COMPARED.search(i.mention.before)][:_MOST_PARTS]
    if len(parts) < 2:
        return
    parts = collapsed(parts) if _prefix(reading, parts, total.value) is None else parts
    if len(parts) < 2:
        return
    exact = _prefix(reading, parts, total.value)
    if exact is None and total.base is not None and not total.mention.quantity.written.rounded:
        exact_base = _prefix(reading, parts, amount_of(total.base))
        if exact_base is not None and run.opener not in {"paren"}:
            yield sum_claim(total.base, exact_base, "equal", "breakdown.base")
            return
    if exact is not None:
        yield sum_claim(total.mention, exact, "equal", f"breakdown.{run.opener}")
        return
    for other in run.alternates:
        fits = _prefix(reading, parts, other.value)
        if fits is not None and compatible(other.unit, total.unit) and run.opener in {"among", "colon"}:
            yield sum_claim(other.mention, fits, "equal", f"breakdown.{run.opener}")
            return
    rounded = any(i.mention.quantity.written.rounded for i in (*parts, total))
    verdict = _relation(reading, run, parts, total, rounded)
    if verdict:
        family = _family(parts)
        covers = (
            family is not None
            and (found := shared_partition([i.label for i in family])) is not None
            and found[0].covers(frozenset(found[1]))
        )
        chosen = family if family is not None and covers else parts
        yield sum_claim(total.mention, chosen, verdict, f"breakdown.{run.opener}")


def _counts_alike(item: Item, total: Item, opener: str) -> bool:
    """May the item be a part of the total, by what the two count?"""
    return compatible(item.unit, total.unit) or opener == "paren" and _kind_of_unit(item, total)


def _kind_of_unit(item: Item, total: Item) -> bool:
    """Inside a parenthesis the unit may be a kind of the total's: 11 thành viên (01 Trưởng ban, …)."""
    return (
        bool(item.unit)
        and total.unit in {"người", "văn bản", "đơn", "cơ sở", "trường"}
        and item.unit not in {"lượt", "hộ", "phiếu", "hồ sơ", "đồng", "lượt người"}
    )


def _prefix(reading: Reading, parts: list[Item], total: Amount) -> list[Item] | None:
    """The first two or more parts that make the total exactly, if the list may end there."""
    amount: Amount = 0
    for count, item in enumerate(parts, 1):
        amount += item.value
        if count >= 2 and amount == total:
            while count < len(parts) and parts[count].value == 0:  # stated zeros belong to the list
                count += 1
            if (
                count < len(parts)
                and ";" not in reading.folded[item.end : parts[count].start]
                and shared_partition([i.label for i in parts]) is not None
            ):
                continue  # the next item is one more class of the same division
            return parts[:count]
    return None


def _family(parts: list[Item]) -> list[Item] | None:
    """The longest leading stretch of parts that are classes of one partition."""
    for count in range(len(parts), 1, -1):
        if shared_partition([i.label for i in parts[:count]]):
            return parts[:count]
    return None


def _relation(reading: Reading, run: Run, parts: list[Item], total: Item, rounded: bool) -> str:
    """ "equal" when the list says it is complete, "at_most" when it may be selective, "" when no sum is meant."""
    amount = total_of(parts)
    if len({d for i in parts for d in _DIMENSION.findall(i.label)}) > 1:
        return ""
    if SHARED_MEMBERS.search(reading.folded, parts[0].start, parts[-1].end + _AFTERWORD):
        return ""
    overlapping = sum(1 for i in parts if OVERLAPPING.search(i.label))
    partition = shared_partition([i.label for i in parts]) or (
        shared_partition([i.label for i in f]) if (f := _family(parts)) else None
    )
    if partition is None and overlapping:
        return ""
    if OVERLAPPING.search(run.lead) and partition is None:
        return ""
    covered = partition is not None and partition[0].covers(frozenset(partition[1]))
    if partition is not None and not covered and run.opener not in {"paren", "equal"}:
        return "at_most" if amount <= total.value else ""
    homogeneous = len({i.unit for i in parts}) == 1
    largest = max(i.value for i in parts)
    plausible = amount * 4 >= total.value and amount - largest <= total.value
    kinds = len(parts) >= 3 and homogeneous and run.opener in {"colon", "paren"} and bool(parts[0].unit)
    if kinds and not AMONG.search(run.lead) and not rounded:
        plausible = max(amount, total.value) <= _SLIP * min(amount, total.value)
    if not covered and run.opener != "equal" and not plausible:
        return ""
    if covered and partition is not None:
        if partition[0].name in _OPEN_BELOW and amount < total.value and run.opener not in {"paren", "equal"}:
            return "at_most" if partition[0].name == "vote" else ""
        return "equal"
    if run.opener == "paren":
        if AMONG.search(run.lead):
            return "at_most" if amount <= total.value else ""
        return "equal" if homogeneous or len({i.unit for i in parts if i.unit}) == 1 else ""
    if run.opener == "equal":
        return "equal" if homogeneous or same_units(parts, total.unit) else ""
    if run.opener == "among":
        last = parts[-1]
        if (
            re.search(r"(?<!\w)và\s*$|(?<!\w)còn lại", reading.folded[max(0, last.start - 30) : last.start])
            and amount * 100 > total.value * 95
            and homogeneous
        ):
            return "equal"
        if amount <= total.value:
            return "at_most"
        over = any(i.value > total.value for i in parts) or amount * 4 <= total.value * 5
        return "at_most" if homogeneous and parts[0].unit == total.unit and over and not rounded else ""
    if run.opener == "colon":
        near = total.value * 8 <= amount * 10 <= total.value * 12
        kinds = len(parts) >= 3 and homogeneous and parts[0].unit == total.unit != ""
        return "equal" if kinds or homogeneous and near and compatible(parts[0].unit, total.unit) else ""
    if run.opener == "named":
        near = total.value * 9 <= amount * 10 <= total.value * 11
        return "equal" if homogeneous and near and len(parts) >= 3 else ""
    return ""


def _named_total(run: Run, paragraph: list[Item], earlier: list[Item]) -> Item | None:
    """The earlier figure that the words before a list name: "Trong số tiếp nhận mới có …", "số đã giải quyết gồm: …"."""
    lead = run.lead
    if not (
        run.opener in {"equal", "among"}
        or re.search(r"theo (?:quý|tháng|lĩnh vực|cấp|hình thức|cách|kênh)", lead)
    ):
        return None
    own = (
        content(
            re.sub(
                r"trong số|chia theo|phân theo|theo (?:lĩnh vực|quý|tháng|hình thức|kênh|cách|cấp)|trong (?:đó|các)|gồm|cụ thể",
                " ",
                lead,
            )
        )
        - run.items[0].words
    )
    verb = re.search(
        r"(đã giải quyết|giải quyết xong|đã trả|tiếp nhận mới|nhận mới|mới nhận|đang giải quyết|tiếp nhận|đã xử lý|thu về)",
        lead,
    )
    phrase = verb.group(1) if verb else ""
    place = bisect_left(paragraph, run.items[0].start, key=lambda i: i.start)
    told = [i for i in paragraph[max(0, place - _BACK) : place] if i.end <= run.items[0].start]
    before = [*reversed(told), *earlier]
    for candidate in before:
        if (
            not compatible(candidate.unit, run.items[0].unit)
            or candidate.value < run.items[0].value
            or candidate.base is not None
        ):
            continue
        if phrase and phrase in candidate.label:
            return candidate
        if not phrase and own and own <= candidate.words:
            return candidate
    if phrase:
        words = content(phrase)
        for candidate in before:
            if (
                words
                and words <= candidate.words
                and compatible(candidate.unit, run.items[0].unit)
                and candidate.base is None
                and candidate.value >= run.items[0].value
            ):
                return candidate
    return None


_BARE_OPENER = re.compile(r"(?:^|[.\n])\W*(?:bao gồm|gồm(?: có)?|trong đó|cụ thể)(?: là| như sau)?\W*$")


def _told_before(run: Run, paragraph: list[Item]) -> Item | None:
    """The total of a sentence that only opens a list: "Ban hành 1.846 văn bản. Gồm: 612 quyết định, …"."""
    first = run.items[0]
    if not _BARE_OPENER.search(run.lead):
        return None
    sentence = first.mention.sentence
    low, high = (bisect_left(paragraph, s, key=lambda i: i.mention.sentence) for s in (sentence - 1, sentence))
    before = [
        i
        for i in paragraph[low:high]
        if i.mention.depth == first.mention.depth
        and compatible(i.unit, first.unit)
    ]
    return before[0] if len({i.value for i in before}) == 1 else None


_TOTAL_ROLE = {
    "timeliness": re.compile(r"giải quyết|trả|xử lý|xong|hoàn thành|đang|pending|kết quả"),
    "intake": re.compile(r"tiếp nhận|nhận|tổng|phải giải quyết|cần giải quyết|hồ sơ"),
    "progress": re.compile(r"tiếp nhận|nhận|tổng|phải|thuộc thẩm quyền|nhiệm vụ|có"),
    "satisfaction": re.compile(r"phiếu|người|ý kiến|khảo sát|trả lời|thu|lượt|hợp lệ|tham gia|tổng"),
}


def _partitioned(run: Run, paragraph: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    """Stretches of a run that are classes of one partition, against the total before them."""
    items = run.items
    start = 0
    while start < len(items) - 1:
        stretch, partition = _stretch(items, start)
        if partition is None:
            start += 1
            continue
        before = [i for i in reversed(paragraph) if i.end <= stretch[0].start and i not in stretch]
        claimed = _partition_claim(run, stretch, partition, before, earlier)
        if claimed is not None:
            yield claimed
        start += len(stretch) if claimed is not None else 1


def _stretch(items: list[Item], start: int) -> tuple[list[Item], tuple[Partition, tuple[str, ...]] | None]:
    for end in range(min(len(items), start + 12), start + 1, -1):
        part = items[start:end]
        if len({i.unit for i in part if i.unit}) > 1 and not same_units(part, part[0].unit):
            continue
        partition = shared_partition([i.label for i in part])
        if partition is not None and partition[0].covers(frozenset(partition[1])):
            return part, partition
    return [], None


def _partition_claim(
    run: Run,
    stretch: list[Item],
    partition: tuple[Partition, tuple[str, ...]],
    before: list[Item],
    earlier: list[Item],
) -> Claim | None:
    amount = total_of(stretch)
    kind = partition[0].name
    if len({d for i in stretch for d in _DIMENSION.findall(i.label)}) > 1:
        return None
    unit = next((i.unit for i in stretch if i.unit), "")
    near = [i for i in before if compatible(i.unit, unit) and i.value >= max(s.value for s in stretch)]
    whole = stretch[0].base
    apart = whole is not None and all(i.base is None for i in stretch[1:])
    one_sentence = stretch[0].mention.sentence == stretch[-1].mention.sentence
    if (
        whole is not None
        and apart
        and kind not in _OPEN_BELOW
        and (amount == amount_of(whole) or one_sentence)
    ):
        return sum_claim(whole, stretch, "equal", f"breakdown.{kind}")
    if kind == "vote" and whole is not None and apart and amount > amount_of(whole):
        return sum_claim(whole, stretch, "at_most", f"breakdown.{kind}")
    established = [i.fitted for i in stretch if i.fitted is not None]
    if (
        len(established) >= 2
        and len({m.index for m in established}) == 1
        and kind not in _OPEN_BELOW
        and not re.search(r"lý luận|chính trị", run.lead)
    ):
        return sum_claim(established[0], stretch, "equal", f"breakdown.{kind}")
    for candidate in near + [i for i in earlier if i.unit == unit and i.value == amount]:
        if candidate.value == amount:
            return sum_claim(candidate.mention, stretch, "equal", f"breakdown.{kind}")
        if candidate.base is not None and amount_of(candidate.base) == amount:
            return sum_claim(candidate.base, stretch, "equal", f"breakdown.{kind}")
    role = _TOTAL_ROLE.get(kind)
    if _DIMENSION.search(run.lead) and re.search(r"lý luận|chính trị", run.lead):
        return None  # most people have no political schooling: the rest goes unsaid
    same = [
        i
        for i in near
        if i.mention.depth == stretch[0].mention.depth and (role is None or role.search(i.label))
    ]
    if _closed_by_shares(stretch) and kind not in _OPEN_BELOW:
        beside = [
            i
            for i in before
            if i.unit == unit
            and i.mention.depth == stretch[0].mention.depth
            and stretch[0].mention.sentence - i.mention.sentence <= 1
            and not i.shares
        ]
        if beside:
            return sum_claim(beside[0].mention, stretch, "equal", f"breakdown.{kind}")
    neighbour = _just_before(before, stretch, unit)
    if neighbour is not None and not same and (role is None or role.search(neighbour.label)):
        same = [neighbour]
    if not same or kind in _OPEN_BELOW and amount < same[0].value and not _answered(kind, neighbour, same[0]):
        return None
    total = same[0]
    following = [i for i in run.items if i.start > stretch[-1].start]
    if any(amount + total_of(following[:n]) == total.value for n in range(1, len(following) + 1)):
        return None  # the list goes on: see `_coincident`
    if (
        dict(classes_of(total.label)).get(kind) in partition[1]
        and kind != "progress"
        and not re.search(r"tổng", total.label)
    ):
        return None
    told = run.opener != "" or re.search(r"(?<!\w)theo(?!\w)", run.lead) is not None
    summed = re.search(r"(?<!\w)(?:tổng cộng|tổng số|cả (?:quý|kỳ|năm))(?!\w)", total.mention.before) is not None
    loose = kind == "level" or kind == "progress" and not _answered(kind, neighbour, total)
    if loose or kind == "months" and not (summed and len(stretch) >= 3):
        return None  # too loose to hold against a total not pointed at
    if amount < total.value and kind in {"intake", "petition", "reception", "rating"} and not told:
        return None
    apart_by = max(amount - total.value, total.value - amount)
    if 4 * apart_by > total.value and (total is not neighbour or apart_by > _SLIP * min(amount, total.value)):
        return None  # too far apart to be meant as one sum; neighbour it, a digit too many or too few may be the cause
    return sum_claim(total.mention, stretch, "equal", f"breakdown.{kind}")


def _just_before(before: list[Item], stretch: list[Item], unit: str) -> Item | None:
    """The figure right before a list, in its sentence and at its level, when the two count alike."""
    last = before[0] if before else None
    if last is None or last.mention.sentence != stretch[0].mention.sentence or last.mention.depth != stretch[0].mention.depth:
        return None
    return last if compatible(last.unit, unit) and not last.shares else None


def _answered(kind: str, beside: Item | None, total: Item) -> bool:
    """ "462 phản ánh; 322 đã giải quyết, 140 đang xử lý": matters other than dossiers are either done or not."""
    return kind == "progress" and total is beside and total.unit in balances.MATTERS


def _closed_lists(items: list[Item]) -> Iterator[Claim]:
    """Items whose shares add to 100 % and fit one base: together they are that base."""
    groups: dict[int, list[Item]] = {}
    for item in items:
        if item.shares:
            groups.setdefault(item.mention.group, []).append(item)
    for listed in groups.values():
        start = 0
        while start < len(listed) - 1:
            for end in range(min(len(listed), start + 12), start + 1, -1):
                stretch = listed[start:end]
                bases = Counter(i.fitted.index for i in stretch if i.fitted is not None)
                if (
                    not bases
                    or stretch[-1].mention.sentence - stretch[0].mention.sentence > 1
                    or not _closed_by_shares(stretch)
                ):
                    continue
                index, count = bases.most_common(1)[0]
                fitted = next(i.fitted for i in stretch if i.fitted is not None and i.fitted.index == index)
                alike = len({i.unit for i in stretch if i.unit}) <= 1 and same_units(stretch, fitted.unit)
                if alike and count * 2 > len(stretch) and all(i.mention is not fitted for i in stretch):
                    yield sum_claim(fitted, stretch, "equal", "breakdown.closed")
                    start = end - 1
                    break
            start += 1


def _closed_by_shares(stretch: list[Item]) -> bool:
    """Do the shares printed with the items add to 100 %? Then the items are all there are."""
    shares = [s for i in stretch for s in i.shares[:1]]
    if len(shares) < len(stretch):
        return False
    slack = sum((s.quantity.written.ulp for s in shares), Fraction(0)) / 2
    return abs(sum((s.quantity.written.value for s in shares), Fraction(0)) - 100) <= slack
