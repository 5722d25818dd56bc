"""Totals and their parts: parentheses, "gồm", "trong đó", lists, remainders, totals after their parts.

A list is read as a sum only when the prose says so (an opener, a parenthesis) or when its items are
classes of one common partition. Where several totals could be meant, the one that fits is taken; a
conflict is claimed only against a total the prose points at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..language import compatible
from ..model import Claim, Kind
from ..quantities import Mention, Reading
from .items import Amount, Item, between, claim, content, same_units, term, total_of
from .items import amount as amount_of
from .partitions import OVERLAPPING, Partition, classes_of, shared_partition

_EQUAL = re.compile(r"(?<!\w)(?:bao gồm|gồm|chia ra|phân ra|phân (?:chia )?theo|chia theo|chia thành|cụ thể|với cơ cấu|cơ cấu)(?!\w)")
_AMONG = re.compile(r"(?<!\w)trong (?:đó|số|các|tổng|những)(?!\w)")
_COLON = re.compile(r"^[^,;.\d]{0,40}:")
_AFTER = re.compile(r"(?<!\w)(?:cộng lại|tổng cộng|cộng|như vậy|tổng số|tổng)(?!\w)")
_ASIDE = re.compile(r"(?<!\w)(?:riêng|ngoài ra|đáng chú ý|nhiều nhất|như:|điển hình|so với|tăng|giảm|vượt|cùng kỳ|năm trước(?! chuyển)|khóa trước|nhiệm kỳ trước|kỳ trước(?! chuyển)|dự toán|bình quân|trung bình|ít hơn|nhiều hơn|cao hơn|thấp hơn)(?!\w)")  # fmt: skip
_REST = re.compile(r"(?<!\w)(?:số )?còn lại(?!\w)|^(?:hiện |chỉ |vẫn )?còn(?!\w)")
_COMPARED = re.compile(r"(?<!\w)(?:cùng kỳ|(?:năm|quý|tháng|khóa|nhiệm kỳ|kỳ) (?:trước|ngoái|20\d\d)(?! chuyển)|so với|dự toán|kế hoạch|chỉ tiêu|tăng|giảm)(?!\w)")
# a sum short of its total is no conflict where a class may go unsaid
_OPEN_BELOW = frozenset({"progress", "vote"})
_MOST_PARTS = 40
# people are divided in several ways at once: by schooling, by profession, by political theory
_DIMENSION = re.compile(r"học vấn|phổ thông|chuyên môn|lý luận|chính trị|tin học|ngoại ngữ")


@dataclass(slots=True)
class Run:
    """Consecutive items at one level, how they were opened, and the total the prose points at."""

    items: list[Item]
    opener: str  # "paren", "equal", "among", "colon", "list", "" (none)
    total: Item | None
    lead: str  # folded words before the first item
    alternates: list[Item] = field(default_factory=list)


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """Every total-and-parts relation of the prose."""
    for index, everything in enumerate(paragraphs):
        items = [i for i in everything if not i.aside]
        if not items:
            continue
        earlier = _earlier(paragraphs, index)
        for run in _runs(reading, items, everything):
            yield from _claims(reading, run, items, earlier)
        yield from _remainders(reading, items, earlier)
        yield from _totals_after(reading, items)
        yield from _fraction_sums(reading, items, earlier)
        yield from _received(items)
        yield from _overfull(items)
        yield from _vacancies(everything)
        yield from _stocks(items)
        yield from _grand_totals(items, earlier)
        yield from _series(reading, items)
        yield from _closed_lists(items)
        yield from _coincident(items, earlier)
    yield from _bullets(reading, paragraphs)
    yield from _progress(paragraphs)


def _earlier(paragraphs: list[list[Item]], index: int) -> list[Item]:
    """Items of the few paragraphs before, nearest first."""
    out: list[Item] = []
    for back in range(index - 1, max(-1, index - 7), -1):
        out.extend(i for i in reversed(paragraphs[back]) if not i.aside)
    return out


# ---------------------------------------------------------------- runs


def _runs(reading: Reading, items: list[Item], everything: list[Item]) -> Iterator[Run]:
    """The runs of one paragraph: one for each parenthesis, and those of the open text. A change or a vacancy
    is no part of a run, but may own a parenthesis ("khuyết 02 (thống kê 01, văn hóa 01)")."""
    groups: dict[int, list[Item]] = {}
    for item in items:
        groups.setdefault(item.mention.group, []).append(item)
    for group, members in groups.items():
        if group == -1:
            yield from _open_runs(reading, members)
        elif len(members) >= 1:
            parent = next((i for i in everything if i.mention.index == members[0].mention.parent or (i.base and i.base.index == members[0].mention.parent)), None)
            if parent is None:
                parent = next((i for i in reversed(items) if i.shares and i.shares[-1].index == members[0].mention.parent), None)
            lead = reading.folded[group:members[0].start]
            near = parent is not None and parent.mention.sentence == members[0].mention.sentence and "lần lượt" not in lead
            if len(members) >= 2 and parent is not None and near and not _COMPARED.search(lead):
                yield Run(members, "paren", parent, lead)
            elif len(members) >= 2:
                yield from _open_runs(reading, members)


def _open_runs(reading: Reading, members: list[Item]) -> Iterator[Run]:
    run = Run([], "", None, "")
    previous: Item | None = None
    for item in members:
        if previous is None:
            sentence_start = max(reading.folded.rfind(". ", 0, item.start), reading.folded.rfind("\n", 0, item.start), item.start - 120, 0)
            run = Run([item], _opener(reading.folded[sentence_start : item.start], first=True), None, reading.folded[sentence_start : item.start])
            previous = item
            continue
        gap = between(reading, previous.end, item.start)
        new_sentence = item.mention.sentence != previous.mention.sentence
        opener = _opener(gap, first=False)
        if opener or new_sentence or _ASIDE.search(gap):
            if len(run.items) >= 1:
                yield run
            total = previous if opener and not new_sentence else None
            run = Run([item], opener, total, gap, [])
            if total is not None:
                run.alternates = [i for i in members if i.end <= total.start]
        else:
            run.items.append(item)
        previous = item
    if run.items:
        yield run


def _opener(gap: str, *, first: bool) -> str:
    if _EQUAL.search(gap):
        return "equal"
    if _AMONG.search(gap):
        return "among"
    if not first and _COLON.match(gap):
        return "colon"
    if first and re.search(r":\s*$|:[^:;.]{0,30}$", gap):
        return "colon"
    return ""


# ---------------------------------------------------------------- claims of a run


def _claims(reading: Reading, run: Run, paragraph: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    items = run.items
    if any(_ASIDE.search(i.mention.before) for i in items[:1]):
        return
    if run.total is not None:
        yield from _against(reading, run, run.total)
        return
    named = _named_total(reading, run, paragraph, earlier)
    if named is not None and len(items) >= 2:
        strict = Run(items, run.opener or "named", named, run.lead)
        yield from _against(reading, strict, named)
        return
    if len(items) >= 2 and re.search(r"(?:^|\s)theo [^,;:.]{2,40}[:,]", run.lead):
        amount = total_of(items)
        whole = next((i for i in earlier if i.value == amount and compatible(i.unit, items[0].unit) and amount >= _LEAST), None)
        if whole is not None and same_units(items, items[0].unit):
            yield _sum(whole.mention, items, "equal", "breakdown.by")  # "Theo dân tộc: …" of a whole told before
            return
    yield from _partitioned(run, paragraph, earlier)


def _against(reading: Reading, run: Run, total: Item) -> Iterator[Claim]:
    """The run as parts of a total the prose points at."""
    parts = [i for i in run.items if compatible(i.unit, total.unit) or (run.opener == "paren" and not i.unit)]
    parts = [i for i in parts if not _COMPARED.search(i.mention.before)][:_MOST_PARTS]
    if run.opener == "paren":
        parts = [i for i in run.items if compatible(i.unit, total.unit) or _kind_of_unit(i, total)]
        parts = [i for i in parts if not _COMPARED.search(i.mention.before)]
    if len(parts) < 2:
        return
    parts = _collapsed(parts) if _prefix(reading, parts, total.value) is None else parts
    if len(parts) < 2:
        return
    exact = _prefix(reading, parts, total.value)
    if exact is None and total.base is not None and not total.mention.quantity.written.rounded:
        exact_base = _prefix(reading, parts, amount_of(total.base))
        if exact_base is not None and run.opener not in {"paren"}:
            yield _sum(total.base, exact_base, "equal", "breakdown.base")
            return
    if exact is not None:
        yield _sum(total.mention, exact, "equal", f"breakdown.{run.opener}")
        return
    for other in run.alternates:
        fits = _prefix(reading, parts, other.value)
        if fits is not None and compatible(other.unit, total.unit) and run.opener in {"among", "colon"}:
            yield _sum(other.mention, fits, "equal", f"breakdown.{run.opener}")
            return
    rounded = any(i.mention.quantity.written.rounded for i in (*parts, total))
    verdict = _relation(reading, run, parts, total, rounded)
    if verdict:
        family = _family(parts)
        covers = family is not None and (found := shared_partition([i.label for i in family])) is not None and found[0].covers(frozenset(found[1]))
        chosen = family if family is not None and covers else parts
        yield _sum(total.mention, chosen, verdict, f"breakdown.{run.opener}")


def _collapsed(parts: list[Item]) -> list[Item]:
    """Without the items that only divide the item before them (651 + 281 + 4.659 after their total 5.591)."""
    out: list[Item] = []
    place = 0
    while place < len(parts):
        out.append(parts[place])
        amount: Amount = 0
        for end in range(place + 1, min(len(parts), place + 9)):
            amount += parts[end].value
            if amount == parts[place].value and end - place >= 2:
                place = end
                break
            if amount > parts[place].value:
                break
        place += 1
    return out


def _kind_of_unit(item: Item, total: Item) -> bool:
    """Inside a parenthesis the unit may be a kind of the total's: 11 thành viên (01 Trưởng ban, …)."""
    return bool(item.unit) and total.unit in {"người", "văn bản", "đơn", "cơ sở", "trường"} and item.unit not in {"lượt", "hộ", "phiếu", "hồ sơ", "đồng", "lượt người"}


def _prefix(reading: Reading, parts: list[Item], total: Amount) -> list[Item] | None:
    """The first two or more parts that make the total exactly, if the list may end there."""
    amount: Amount = 0
    for count, item in enumerate(parts, 1):
        amount += item.value
        if count >= 2 and amount == total:
            while count < len(parts) and parts[count].value == 0:  # stated zeros belong to the list
                count += 1
            if count < len(parts) and ";" not in reading.folded[item.end : parts[count].start] and shared_partition([i.label for i in parts]) is not None:
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
    """"equal" when the list says it is complete, "at_most" when it may be selective, "" when no sum is meant."""
    amount = total_of(parts)
    if len({d for i in parts for d in _DIMENSION.findall(i.label)}) > 1:
        return ""
    overlapping = sum(1 for i in parts if OVERLAPPING.search(i.label))
    partition = shared_partition([i.label for i in parts]) or (shared_partition([i.label for i in f]) if (f := _family(parts)) else None)
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
    if not covered and run.opener != "equal" and not plausible:
        return ""
    if covered and partition is not None:
        if partition[0].name in _OPEN_BELOW and amount < total.value and run.opener not in {"paren", "equal"}:
            return "at_most" if partition[0].name == "vote" else ""
        return "equal"
    if run.opener == "paren":
        if _AMONG.search(run.lead):
            return "at_most" if amount <= total.value else ""
        return "equal" if homogeneous or len({i.unit for i in parts if i.unit}) == 1 else ""
    if run.opener == "equal":
        return "equal" if homogeneous or same_units(parts, total.unit) else ""
    if run.opener == "among":
        last = parts[-1]
        if re.search(r"(?<!\w)và\s*$|(?<!\w)còn lại", reading.folded[max(0, last.start - 30) : last.start]) and amount > total.value * 95 / 100 and homogeneous:
            return "equal"
        if amount <= total.value:
            return "at_most"
        over = any(i.value > total.value for i in parts) or amount * 4 <= total.value * 5
        return "at_most" if homogeneous and parts[0].unit == total.unit and over and not rounded else ""
    if run.opener == "colon":
        near = total.value * 8 / 10 <= amount <= total.value * 12 / 10
        kinds = len(parts) >= 3 and homogeneous and parts[0].unit == total.unit != ""
        return "equal" if kinds or homogeneous and near and compatible(parts[0].unit, total.unit) else ""
    if run.opener == "named":
        near = total.value * 9 / 10 <= amount <= total.value * 11 / 10
        return "equal" if homogeneous and near and len(parts) >= 3 else ""
    return ""


def _sum(total: Mention, parts: list[Item], relation: str, source: str) -> Claim:
    terms = [term("total", total), *(term("part", i.mention) for i in parts)]
    return claim(Kind.BREAKDOWN, terms, source, relation=relation, scope=total.quantity.noun)


# ---------------------------------------------------------------- totals named in words, and partitions


_REFERENCE = re.compile(r"(?:số|trong|theo|của|các)\s([^,;:.()\d]{3,60})(?:,|:|\s(?:gồm|có|thì|là))?")


def _named_total(reading: Reading, run: Run, paragraph: list[Item], earlier: list[Item]) -> Item | None:
    """The earlier figure that the words before a list name: "Trong số tiếp nhận mới có …", "số đã giải quyết gồm: …"."""
    lead = run.lead
    if not (run.opener in {"equal", "among"} or re.search(r"theo (?:quý|tháng|lĩnh vực|cấp|hình thức|cách|kênh)", lead)):
        return None
    own = content(re.sub(r"trong số|chia theo|phân theo|theo (?:lĩnh vực|quý|tháng|hình thức|kênh|cách|cấp)|trong (?:đó|các)|gồm|cụ thể", " ", lead)) - run.items[0].words
    verb = re.search(r"(đã giải quyết|giải quyết xong|đã trả|tiếp nhận mới|nhận mới|mới nhận|đang giải quyết|tiếp nhận|đã xử lý|thu về)", lead)
    phrase = verb.group(1) if verb else ""
    before = [i for i in reversed(paragraph) if i.end <= run.items[0].start and i not in run.items] + earlier
    for candidate in before:
        if not compatible(candidate.unit, run.items[0].unit) or candidate.value < run.items[0].value or candidate.base is not None:
            continue
        if phrase and phrase in candidate.label:
            return candidate
        if not phrase and own and own <= candidate.words:
            return candidate
    if phrase:
        words = content(phrase)
        for candidate in before:
            if words and words <= candidate.words and compatible(candidate.unit, run.items[0].unit) and candidate.base is None and candidate.value >= run.items[0].value:
                return candidate
    return None


_TOTAL_ROLE = {
    "timeliness": re.compile(r"giải quyết|trả|xử lý|xong|hoàn thành|đang|pending|kết quả"),
    "intake": re.compile(r"tiếp nhận|nhận|tổng|phải giải quyết|cần giải quyết|hồ sơ"),
    "progress": re.compile(r"tiếp nhận|nhận|tổng|phải|thuộc thẩm quyền|nhiệm vụ|có"),
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
    run: Run, stretch: list[Item], partition: tuple[Partition, tuple[str, ...]], before: list[Item], earlier: list[Item]
) -> Claim | None:
    amount = total_of(stretch)
    kind = partition[0].name
    if len({d for i in stretch for d in _DIMENSION.findall(i.label)}) > 1:
        return None
    unit = next((i.unit for i in stretch if i.unit), "")
    near = [i for i in before if compatible(i.unit, unit) and i.value >= max(s.value for s in stretch)]
    whole = stretch[0].base
    if whole is not None and all(i.base is None for i in stretch[1:]) and kind not in _OPEN_BELOW:
        if amount == amount_of(whole) or partition[0].covers(frozenset(partition[1])) and stretch[0].mention.sentence == stretch[-1].mention.sentence:
            return _sum(whole, stretch, "equal", f"breakdown.{kind}")
    if kind == "vote" and whole is not None and amount > amount_of(whole) and all(i.base is None for i in stretch[1:]):
        return _sum(whole, stretch, "at_most", f"breakdown.{kind}")
    established = [i.fitted for i in stretch if i.fitted is not None]
    if len(established) >= 2 and len({m.index for m in established}) == 1 and kind not in _OPEN_BELOW and not re.search(r"lý luận|chính trị", run.lead):
        return _sum(established[0], stretch, "equal", f"breakdown.{kind}")
    for candidate in near + [i for i in earlier if i.unit == unit and i.value == amount]:
        if candidate.value == amount:
            return _sum(candidate.mention, stretch, "equal", f"breakdown.{kind}")
        if candidate.base is not None and amount_of(candidate.base) == amount:
            return _sum(candidate.base, stretch, "equal", f"breakdown.{kind}")
    role = _TOTAL_ROLE.get(kind)
    if _DIMENSION.search(run.lead) and re.search(r"lý luận|chính trị", run.lead):
        return None  # most people have no political schooling: the rest goes unsaid
    same = [i for i in near if i.mention.depth == stretch[0].mention.depth and (role is None or role.search(i.label))]
    if _closed_by_shares(stretch) and kind not in _OPEN_BELOW:
        beside = [i for i in before if i.unit == unit and i.mention.depth == stretch[0].mention.depth and stretch[0].mention.sentence - i.mention.sentence <= 1 and not i.shares]
        if beside:
            return _sum(beside[0].mention, stretch, "equal", f"breakdown.{kind}")
    if not same or kind in _OPEN_BELOW and amount < same[0].value:
        return None
    total = same[0]
    following = [i for i in run.items if i.start > stretch[-1].start]
    if any(amount + total_of(following[:n]) == total.value for n in range(1, len(following) + 1)):
        return None  # the list goes on: see `_coincident`
    if dict(classes_of(total.label)).get(kind) in partition[1] and kind != "progress" and not re.search(r"tổng", total.label):
        return None
    if kind in {"progress", "months", "level"}:  # too loose to hold against a total not pointed at
        return None
    if amount < total.value and kind in {"intake", "petition", "reception", "rating"} and not run.opener:
        return None
    close = abs(amount - total.value) * 4 <= total.value
    if not close:
        return None
    return _sum(total.mention, stretch, "equal", f"breakdown.{kind}")


def _closed_lists(items: list[Item]) -> Iterator[Claim]:
    """Items whose shares add to 100 % and fit one base: together they are that base."""
    for group in {i.mention.group for i in items}:
        listed = [i for i in items if i.mention.group == group and i.shares]
        start = 0
        while start < len(listed) - 1:
            for end in range(min(len(listed), start + 12), start + 1, -1):
                stretch = listed[start:end]
                bases = Counter(i.fitted.index for i in stretch if i.fitted is not None)
                if not bases or stretch[-1].mention.sentence - stretch[0].mention.sentence > 1 or not _closed_by_shares(stretch):
                    continue
                index, count = bases.most_common(1)[0]
                fitted = next(i.fitted for i in stretch if i.fitted is not None and i.fitted.index == index)
                alike = len({i.unit for i in stretch if i.unit}) <= 1 and same_units(stretch, fitted.unit)
                if alike and count * 2 > len(stretch) and all(i.mention is not fitted for i in stretch):
                    yield _sum(fitted, stretch, "equal", "breakdown.closed")
                    start = end - 1
                    break
            start += 1


def _closed_by_shares(stretch: list[Item]) -> bool:
    """Do the shares printed with the items add to 100 %? Then the items are all there are."""
    shares = [s for i in stretch for s in i.shares[:1]]
    if len(shares) < len(stretch):
        return False
    slack = sum(s.quantity.written.ulp for s in shares) / 2
    return abs(sum(amount_of(s) for s in shares) - 100) <= slack


# ---------------------------------------------------------------- remainders and totals after their parts


def _remainders(reading: Reading, items: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    """"…, 22 nhiệm vụ còn lại đang làm": done + rest = total."""
    for place, rest in enumerate(items):
        if rest.mention.depth or not (_REST.search(rest.mention.before) or re.search(r"^\S+(?: \S+){0,2} còn lại", rest.mention.after)):
            continue
        before = [i for i in items[:place] if i.mention.depth == rest.mention.depth and compatible(i.unit, rest.unit)]
        claimed = None
        for back in range(len(before) - 1, -1, -1):
            parts = [*before[back + 1 :], rest]
            whole = before[back]
            if len(parts) >= 2 and total_of(parts) == whole.value:
                claimed = _sum(whole.mention, parts, "equal", "breakdown.rest")
                break
            if whole.base is not None and whole.value + rest.value == amount_of(whole.base):
                claimed = _sum(whole.base, [whole, rest], "equal", "breakdown.rest")
                break
        if claimed is None:
            for part in before:
                whole = next((w for w in before if w is not part and w.value == part.value + rest.value), None)
                if whole is not None and part.value:
                    claimed = _sum(whole.mention, [part, rest], "equal", "breakdown.rest")
                    break
        if claimed is None:
            for back in range(len(before) - 1, -1, -1):
                for whole in [w for w in earlier if w.unit == rest.unit or not w.unit]:
                    if before[back].value + rest.value == whole.value and re.search(r"còn lại", rest.label):
                        claimed = _sum(whole.mention, [before[back], rest], "equal", "breakdown.rest")
                        break
                if claimed:
                    break
        if claimed is None and before:
            last = before[-1]
            if last.fitted is not None and last.base is None and last.mention.sentence == rest.mention.sentence and last.unit == rest.unit and "còn lại" in rest.label:
                claimed = _sum(last.fitted, [last, rest], "equal", "breakdown.rest")
            elif last.base is not None and last.mention.sentence == rest.mention.sentence and last.unit == rest.unit:
                claimed = _sum(last.base, [last, rest], "equal", "breakdown.rest")
            elif len(before) >= 2 and before[-2].mention.sentence == rest.mention.sentence and re.search(r"còn lại", rest.label) and before[-2].value > last.value:
                if before[-2].unit == rest.unit == last.unit and not _AMONG.search(between(reading, last.end, rest.start)):
                    claimed = _sum(before[-2].mention, [last, rest], "equal", "breakdown.rest")
        if claimed is None and rest.unit not in {"hồ sơ", "đồng", ""}:
            here = [i for i in before if i.mention.sentence == rest.mention.sentence and i.base is None]
            more = [i for i in items[place + 1 :] if i.mention.sentence == rest.mention.sentence and i.unit == rest.unit]
            if len(here) == 2 and not more and re.search(r"(?<!\w)(?:đã|xong)(?!\w)", here[1].mention.before) and here[0].unit == here[1].unit == rest.unit and here[0].value >= here[1].value:
                claimed = _sum(here[0].mention, [here[1], rest], "equal", "breakdown.rest")
        if claimed is not None:
            yield claimed


def _received(items: list[Item]) -> Iterator[Claim]:
    """"nhận 15 phản ánh, đã trả lời 14, …; 01 phản ánh đang xác minh": three figures of one sentence.

    Dossiers are left to the rules of form II.06: withdrawn and returned ones may go unsaid there.
    """
    sentences: dict[int, list[Item]] = {}
    for item in items:
        if item.mention.depth == 0 and item.base is None:
            sentences.setdefault(item.mention.sentence, []).append(item)
    for listed in sentences.values():
        here = _collapsed(listed)
        for place in range(len(here) - 2):
            whole, done, rest = here[place : place + 3]
            units = {whole.unit, rest.unit, done.unit or whole.unit}
            if len(units) != 1 or whole.unit not in {"đơn", "phản ánh", "nhiệm vụ", "vụ"} or not re.search(r"(?<!\w)(?:nhận|tiếp nhận|có|tổng số)(?!\w)", whole.mention.before):
                continue
            classes = [dict(classes_of(i.label)).get("progress") for i in (done, rest)]
            answered = re.search(r"(?<!\w)đã(?!\w)", done.mention.before)
            if answered and re.search(r"(?<!\w)(?:đang|còn)(?!\w)", rest.label) and classes[1] == "open" and not (place + 3 < len(here) and here[place + 3].unit == whole.unit):
                yield _sum(whole.mention, [done, rest], "equal", "breakdown.received")


def _overfull(items: list[Item]) -> Iterator[Claim]:
    """Resolved and pending dossiers that together exceed those received: "nhận 100 hồ sơ, đúng hạn 90 (có 15 đang giải quyết)".

    Overdue ones may be pending ones counted again, so they alone never make the sum too large.
    """
    for place, received in enumerate(items):
        if received.unit != "hồ sơ" or not re.search(r"(?<!\w)(?:nhận|tiếp nhận)$", received.mention.before):
            continue
        here = [i for i in items[place + 1 :] if i.mention.sentence == received.mention.sentence and compatible(i.unit, "hồ sơ")]
        timely = next((i for i in here if dict(classes_of(i.label)).get("timeliness") == "both"), None)
        open_ones = next((i for i in here if timely is not None and i.start > timely.start and re.search(r"đang (?:giải quyết|xử lý)", i.label)), None)
        if timely is None or open_ones is None or timely.value > received.value or timely.value + open_ones.value <= received.value:
            continue
        late = [i for i in here if i.start > open_ones.start and dict(classes_of(i.label)).get("timeliness") == "late"]
        yield _sum(received.mention, [timely, open_ones, *late[:1]], "at_most", "breakdown.overfull")


_QUOTA = re.compile(r"(?:được )?giao|biên chế|định biên|theo quy định|chỉ tiêu|bố trí tối đa")
_PRESENT = re.compile(r"có mặt|hiện có|đã bố trí|đang sử dụng|sử dụng|thực có|bố trí")
_VACANT = re.compile(r"(?:còn )?(?:khuyết|thiếu|trống)|chưa (?:tuyển|bố trí|sử dụng)|^(?:hiện )?còn")


def _vacancies(items: list[Item]) -> Iterator[Claim]:
    """Posts given = people present + posts vacant: "được giao 22 người, có mặt 21 người, …; còn thiếu 01"."""
    people = [i for i in items if i.mention.depth == 0 and (i.unit in {"người", ""} or i.unit == "nhiệm vụ" and "chỉ tiêu" in i.mention.after)]
    for place, quota in enumerate(people):
        if not _QUOTA.search(quota.mention.before) or _PRESENT.search(quota.mention.before) and "giao" not in quota.mention.before:
            continue
        near = [i for i in people[place + 1 : place + 6] if i.mention.sentence - quota.mention.sentence <= 1]
        present = next((i for i in near if _PRESENT.search(i.mention.before)), None)
        vacant = next((i for i in near if present is not None and i.start > present.start and _VACANT.search(i.mention.before)), None)
        if present is not None and vacant is not None and vacant.value < quota.value:
            yield _sum(quota.mention, [present, vacant], "equal", "breakdown.vacant")


def _totals_after(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """"…: 19 HS. …: 96 HS. Cộng 115 HS": the total stands after its parts."""
    for place, total in enumerate(items):
        lead = total.mention.before
        if place < 2 or not _AFTER.search(lead):
            continue
        before = [i for i in items[:place] if i.mention.depth == total.mention.depth and compatible(i.unit, total.unit)]
        found = _suffix(before, total.value)
        if found is not None:
            yield _sum(total.mention, found, "equal", "breakdown.after")
        elif re.search(r"(?<!\w)(?:tổng cộng|cộng lại|^cộng)(?!\w)", lead):
            near = [i for i in before if i.mention.sentence >= total.mention.sentence - 1 and i.unit == total.unit]
            if 2 <= len(near) <= 6 and not any(OVERLAPPING.search(i.label) for i in near):
                yield _sum(total.mention, near, "equal", "breakdown.after")


def _suffix(before: list[Item], total: Amount) -> list[Item] | None:
    amount: Amount = 0
    for count in range(1, min(len(before), 12) + 1):
        amount += before[-count].value
        if count >= 2 and amount == total:
            return before[-count:]
        if amount > total:
            return None
    return None


def _fraction_sums(reading: Reading, items: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    """Several n/m in a row: the numerators, or the denominators, may make a total of the text."""
    run: list[Item] = []
    for item in [*items, None]:
        if item is not None and item.base is not None and (not run or item.mention.sentence == run[-1].mention.sentence):
            run.append(item)
            continue
        if len(run) >= 2:
            near = [i for i in items if i not in run and i.mention.sentence - run[0].mention.sentence in {-2, -1, 0, 1}]
            pool = [m for i in near for m in (i.mention, i.base) if m is not None]
            pool += [i.mention for i in earlier[:6]]
            for bases in (False, True):
                chosen = [(i.base if bases else i.mention) for i in run]
                amount = sum(amount_of(m) for m in chosen if m)
                fits = min((m for m in pool if amount_of(m) == amount), key=lambda m: abs(m.start - run[-1].end), default=None)
                if fits is not None:
                    yield claim(Kind.BREAKDOWN, [term("total", fits), *(term("part", m) for m in chosen if m)], "breakdown.fractions", scope=fits.quantity.noun)
        run = [item] if item is not None and item.base is not None else []


# ---------------------------------------------------------------- sums found in the figures


_OPENING = re.compile(r"đầu (?:năm|kỳ|quý)|tồn đầu|cuối năm trước")
_CLOSING = re.compile(r"cuối (?:năm|kỳ|quý)|^(?:hiện )?còn|đến nay còn")
_OUT = re.compile(r"thoát nghèo|thoát|ra khỏi|chuyển đi|giảm")
_IN = re.compile(r"phát sinh|tái nghèo|tăng thêm|bổ sung|chuyển đến|mới")


def _stocks(items: list[Item]) -> Iterator[Claim]:
    """Opening stock - leaving + joining = closing stock: "đầu năm 61 hộ; 22 hộ thoát nghèo, phát sinh mới 5 hộ. Cuối năm còn 44"."""
    flows: list[tuple[Item, int]] = []
    opening: Item | None = None
    for item in items:
        if _CLOSING.search(item.mention.before) and opening is not None and flows:
            if item.unit == opening.unit:
                terms = [term("total", item.mention), term("part", opening.mention)]
                terms += [term("part", i.mention, negative=sign < 0) for i, sign in flows]
                yield claim(Kind.BREAKDOWN, terms, "breakdown.stock", scope=item.mention.quantity.noun)
            opening, flows = None, []
        elif _OPENING.search(item.mention.before):
            opening, flows = item, []
        elif opening is not None and item.unit == opening.unit:
            if _OUT.search(item.label):
                flows.append((item, -1))
            elif _IN.search(item.label):
                flows.append((item, 1))


_LEAST = 10  # smaller totals agree by chance too often to mean anything


def _coincident(items: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    """Neighbouring figures of one unit that make another figure of the paragraph exactly.

    Nothing in the words says so, hence only agreement is claimed; it shows the figures as checked.
    """
    for unit in {i.unit for i in items}:
        same = [i for i in items if i.unit == unit or not i.unit]
        if not 2 <= len(same) <= 60:
            continue
        wholes: dict[Amount, list[Item]] = {}
        for item in (*(i for i in items if compatible(i.unit, unit)), *(i for i in earlier if unit and i.value >= 100 and compatible(i.unit, unit))):
            for value in {item.value, amount_of(item.base) if item.base is not None else item.value}:
                if value >= _LEAST:
                    wholes.setdefault(value, []).append(item)
        if not wholes:
            continue
        yield from _windows(same, wholes)
        collapsed = _collapsed(same)
        if len(collapsed) < len(same):
            yield from _windows(collapsed, wholes)
        if len(same) >= 4:
            for step in (2, 3):
                for first in range(step):
                    yield from _windows(same[first::step], wholes, alone=False)
        yield from _pairs(same)


def _windows(listed: list[Item], wholes: dict[Amount, list[Item]], *, alone: bool = True) -> Iterator[Claim]:
    """`alone`: the figures stand side by side; else they are every second or third one, and two small ones prove nothing."""
    largest = max(wholes)
    for start in range(len(listed) - 1):
        amount: Amount = listed[start].value
        first = listed[start].mention.sentence
        for end in range(start + 1, min(len(listed), start + 12)):
            if listed[end].mention.sentence - first > 1:
                break
            amount += listed[end].value
            if amount > largest:
                break
            if amount not in wholes or not alone and end - start < 2 and amount < 100:
                continue
            window = listed[start : end + 1]
            if sum(1 for i in window if i.value) < 2:
                continue
            fits = [i for i in wholes[amount] if i not in window or i.base is not None and i.value != amount]
            if fits:
                whole = min(fits, key=lambda i: min(abs(i.start - window[0].start), abs(i.start - window[-1].start)))
                figure = whole.mention if whole.value == amount else whole.base
                if figure is not None and abs(whole.mention.sentence - first) <= 4:
                    yield _sum(figure, window, "equal", "breakdown.coincident")


def _pairs(same: list[Item]) -> Iterator[Claim]:
    """Two figures apart from each other that make a third of the paragraph; large ones only."""
    large = [i for i in same if i.value >= _LEAST and i.mention.depth == 0][:16]
    by_value = {i.value: i for i in large if i.value >= 100}
    for place, one in enumerate(large):
        for other in large[place + 1 :]:
            whole = by_value.get(one.value + other.value)
            if whole is not None and whole is not one and whole is not other:
                yield _sum(whole.mention, [one, other], "equal", "breakdown.coincident")


def _grand_totals(items: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    """Fractions whose bases make another fraction's base: then the same answers must add up too.

    "52/90 tán thành … 77/88 tán thành … cả hai thôn 117/178 tán thành".
    """
    fractions = [i for i in (*reversed(earlier), *items) if i.base is not None]
    for total in (i for i in items if i.base is not None):
        label = dict(classes_of(total.label))
        parts = [i for i in fractions if i.end <= total.start and i.unit and _alike(label, dict(classes_of(i.label)))]
        whole = total.base
        if whole is None or len(parts) < 2 or len(parts) > 12:
            continue
        if sum(amount_of(p.base) for p in parts if p.base) == amount_of(whole):
            yield _sum(total.mention, parts, "equal", "breakdown.grand")


def _alike(one: dict[str, str], other: dict[str, str]) -> bool:
    """Do two labels fall in the same class wherever both have one, and in some class at all?"""
    common = one.keys() & other.keys()
    return bool(common) and all(one[k] == other[k] for k in common)


def _series(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """Clauses with the same number of figures, and one that adds them up column by column:
    "tỉnh 54.575, 51.780; huyện 340.060, 329.596; toàn tỉnh 394.635, 381.376".

    Where most columns close, a column that does not is a conflict.
    """
    clauses: list[list[Item]] = []
    for item in items:
        if clauses and not re.search(r"[;.]\s", reading.folded[clauses[-1][-1].end : item.start]) and item.mention.depth == 0:
            clauses[-1].append(item)
        elif item.mention.depth == 0:
            clauses.append([item])
    for place in range(len(clauses)):
        total = clauses[place]
        width = len(total)
        if width < 3 or len({i.unit for i in total}) > 1:
            continue
        rows = []
        for back in range(place - 1, -1, -1):
            if len(clauses[back]) != width:
                break
            rows.insert(0, clauses[back])
        if len(rows) < 2:
            continue
        closing = [sum(r[c].value for r in rows) == total[c].value for c in range(width)]
        if 3 * sum(closing) >= 2 * width:
            for column in range(width):
                yield _sum(total[column].mention, [r[column] for r in rows], "equal", "breakdown.series")


_DONE = re.compile(r"đã (?:được )?(?:giải quyết|trả|xử lý)|giải quyết xong|trả kết quả")
_OPEN = re.compile(r"đang (?:được )?(?:giải quyết|xử lý)|còn lại|hiện còn|còn đang|chưa giải quyết")
_TO_HANDLE = re.compile(r"(?:phải|cần) (?:giải quyết|xử lý)|tổng số (?:hồ sơ|hs)(?: trong (?:kỳ|năm|quý))?$")
_OTHER_CLASS = re.compile(r"trả lại|(?:xin )?rút|từ chối|bổ sung|tạm dừng|chuyển (?:đi|cơ quan)")


def _progress(paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """To handle = resolved + pending, told over several sentences or bullets.

    Claimed where it closes; and against a total "phải giải quyết" or the m of a resolved n/m when no
    other class (returned, withdrawn, awaiting) is spoken of between them.
    """
    recent: list[Item] = []
    done: Item | None = None
    whole: Item | None = None
    others = False
    for items in paragraphs:
        for place, item in enumerate(items):
            if item.aside or item.unit not in {"hồ sơ", "đơn", "vụ", "nhiệm vụ", "phản ánh", ""}:
                continue
            others = others or bool(_OTHER_CLASS.search(item.label)) and item.value > 0
            if _TO_HANDLE.search(item.mention.before):
                whole, others, done = item, False, None
            if done is not None and _OPEN.search(item.label) and compatible(item.unit, done.unit) and item.value:
                yield from _balance(recent, whole, done, item, None if others or _divided(items, place) else done.base)
                done = whole = None
            elif _DONE.search(item.label) and not _OPEN.search(item.label) and item.mention.depth == 0:
                done = item
            recent.append(item)
            if len(recent) > 40:
                del recent[:20]


def _divided(items: list[Item], place: int) -> bool:
    """Does the pending figure only open a list of pending ones (in time, overdue)?"""
    following = items[place + 1 : place + 2]
    return bool(following) and following[0].mention.sentence == items[place].mention.sentence and dict(classes_of(following[0].label)).get("timeliness") == "late" and following[0].mention.depth == items[place].mention.depth


def _balance(recent: list[Item], whole: Item | None, done: Item, pending: Item, base: Mention | None) -> Iterator[Claim]:
    amount = done.value + pending.value
    if base is not None and pending.mention.paragraph - done.mention.paragraph <= 6:
        yield _sum(base, [done, pending], "equal", "breakdown.progress")
        return
    equal = next((i for i in reversed(recent) if i.value == amount and compatible(i.unit, pending.unit)), None)
    if equal is not None:
        yield _sum(equal.mention, [done, pending], "equal", "breakdown.progress")
    elif whole is not None and whole.unit == done.unit == pending.unit != "" and pending.mention.sentence - done.mention.sentence <= 1 and pending.mention.paragraph - whole.mention.paragraph <= 2:
        yield _sum(whole.mention, [done, pending], "equal", "breakdown.progress")


# ---------------------------------------------------------------- bullets


_MARK = re.compile(r"^[*_#>]*\s*(?:(?P<dash>[-–—])|(?P<plus>\+)|(?P<star>[*•o])|(?P<letter>[a-zđ])\d?[).]|(?P<number>\(?\d{1,2}\)?[.)/]?))")


def _shape(marker: str) -> str:
    match = _MARK.match(marker)
    return (match.lastgroup or "") if match else ""


def _bullets(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """A line that opens a list, and the first figure of each of its bullets."""
    parts = reading.paragraphs_read
    for index, part in enumerate(parts[:-1]):
        text = reading.folded[part.span.start : part.span.end].rstrip(" *_")
        follows = parts[index + 1]
        shape = _shape(follows.marker)
        if not shape or follows.kind != "text" or shape == _shape(part.marker):
            continue
        opener = _opener(text[-60:], first=True) if text.endswith(":") else ""
        if not opener:
            continue
        owner = paragraphs[index]
        if not owner and index and re.fullmatch(r"[-+*\s]*(?:trong đó|gồm(?: có)?|bao gồm|cụ thể|chia ra)\s*(?:là|như sau)?\s*:", text):
            owner = paragraphs[index - 1]
        totals = [i for i in owner if i.mention.depth == 0]
        children = []
        for below in range(index + 1, min(index + 41, len(parts))):
            if parts[below].kind != "text":
                break
            mark = _shape(parts[below].marker)
            if mark == shape:
                children.append(paragraphs[below])
            elif mark and mark == _shape(part.marker) or not mark and not re.match(r"\s*trong đó", reading.folded[parts[below].span.start : parts[below].span.start + 20]):
                break
        told = [c for c in children if c]
        several = len({t.unit for t in totals if t.mention.sentence == totals[-1].mention.sentence}) > 1 if totals else False
        for total in totals if several else totals[-1:]:
            firsts = [next((i for i in c if not i.aside and (i.unit == total.unit or not several and (not i.unit or c[0] is i))), None) for c in told]
            listed = [f for f in firsts if f is not None]
            if len(listed) < 2 or len(listed) < len(told):
                continue
            run = Run(listed, opener, total, text[-60:], [t for t in totals if t is not total and t.unit == total.unit])
            yield from _against(reading, run, total)
