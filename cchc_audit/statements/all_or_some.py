"""Is a list of parts all of its total, or some of it? "Equal" where the words say so, "at most" where they may leave some out, neither
where the parts overlap or belong to another whole."""

from __future__ import annotations

import re

from ..digits import distance
from ..language import compatible, unit_opening
from ..quantities import Reading
from .classes import DIMENSION, OPEN_BELOW, SLIP, rest_unsaid
from .items import (
    TURNS,
    Item,
    close,
    closed_by_shares,
    comes_out,
    ends_with_others,
    near,
    one_swap_makes,
    same_units,
    total_of,
)
from .partitions import OVERLAPPING, SHARED_MEMBERS, SHARED_POSTS, class_of, shared_partition
from .runs import AMONG, Run
from .wholes import ALL_PEOPLES, SEVERAL, closed_by_others

_FROM_AGE = re.compile(r"(?<!\w)dưới \d+(?: tuổi)?(?!\w)")
_TO_AGE = re.compile(r"(?<!\w)(?:trên \d+(?: tuổi)?|từ \d+(?: tuổi)? trở lên)(?!\w)")
_OF_AGE = re.compile(r"(?<!\w)tuổi(?!\w)|(?<!\w)(?:dưới|trên|từ) \d+")
_TOTALLED = re.compile(r"(?<!\w)tổng(?!\w)")  # "1486,2 ha, trong đó đất lúa 702,5 ha; …; tổng diện tích tự nhiên 2148 ha"
_SEASON = re.compile(r"(?<!\w)vụ (?:đông|xuân|mùa|chiêm|hè|thu)(?!\w)")  # one field bears several crops a year
_CAUSED = re.compile(r"(?<!\w)(?:do|vì)(?!\w)")
_AFTERWORD = 120  # characters after a list in which its overlaps may be told
_NOUN_OF_TOTAL = re.compile(r"^(?!.*(?<!\w)(?:theo|về)(?!\w))[^,;:()\d]{0,40}:")  # "cho 612 người cao tuổi: đợt một 210 người, …" divides by no age
_MEMBERS = re.compile(r"(?:thành viên|người|đồng chí|ủy viên|đ/c)(?!\w)")
_AND_LAST = re.compile(r"(?<!\w)và(?!\w)[^,;.\d]*$|(?<!\w)còn lại")


def family(parts: list[Item]) -> list[Item] | None:
    """The longest leading stretch of parts that are classes of one partition."""
    for count in range(len(parts), 1, -1):
        if shared_partition([i.label for i in parts[:count]]):
            return parts[:count]
    return None


def relation_of(reading: Reading, run: Run, parts: list[Item], total: Item, rounded: bool) -> str:
    """ "equal" when the list says it is complete, "at_most" when it may be selective, "" when no sum is meant."""
    amount = total_of(parts)
    if _FROM_AGE.search(parts[0].label) and _TO_AGE.search(parts[-1].label) and all(_OF_AGE.search(i.label) for i in parts):
        return "equal"  # "dưới 30 tuổi 3 người, từ 30 đến 50 tuổi 11 người, trên 50 tuổi 4 người": of every age
    shares_right = all(i.shares and comes_out(i.value, total.value, i.shares[0].quantity.written) for i in parts)
    if shares_right and 10 * amount < 9 * total.value:
        return "at_most"  # their shares are right, and say that there are others
    if len(parts) >= 3 and 10 * amount > 11 * total.value:
        if shares_right:
            return ""  # "153 hộ (85%) …, 99 hộ (55%) …, 45 hộ (25%) …": their shares are right, and say that they overlap
        if total.unit in TURNS and any(OVERLAPPING.search(i.label) for i in parts) and shared_partition([i.label for i in parts]) is None:
            return ""  # "khám bảo hiểm 4.870 lượt, trẻ em dưới 6 tuổi 612 lượt"
    if run.opener == "among" and {i.unit for i in parts} == {total.unit} and closed_by_shares(parts) and distance(str(total.value), str(amount)) == 1:
        return "equal"  # their shares leave no other part, and one digit of the total makes it up
    if total.unit not in TURNS and len({d for i in parts for d in DIMENSION.findall(i.label)}) > 1:
        return ""
    shared = SHARED_MEMBERS.search(reading.folded, parts[0].start, parts[-1].end + _AFTERWORD)
    if shared or SHARED_POSTS.search(reading.folded, parts[0].start, parts[-1].end):
        return ""
    if run.opener in {"colon", "equal"} and len(parts) >= SEVERAL and {i.unit for i in parts} == {total.unit} and one_swap_makes(total, parts):
        return "equal"  # "64 văn bản: còn hiệu lực 15 văn bản, hết hiệu lực một phần 05, hết hiệu lực 08": of 51
    closed = _others_close(run, parts, total)
    overlapping = 0 if closed else sum(1 for i in parts if OVERLAPPING.search(i.label))
    if overlapping == len(parts) and OVERLAPPING.search(total.label) and all("đảng viên" in i.label for i in (*parts, total)):
        overlapping = 0  # "1.090 đảng viên: khiển trách 789 đảng viên, …" divides the members
    partition = shared_partition([i.label for i in parts]) or (
        shared_partition([i.label for i in f]) if (f := family(parts)) else None
    )
    if partition is None and overlapping and total.unit not in TURNS:
        return ""
    if partition is not None and not partition[0].divides(total.unit):
        return ""
    if OVERLAPPING.search(_NOUN_OF_TOTAL.sub("", run.lead)) and partition is None and not closed and total.unit not in TURNS:
        return ""
    covered = partition is not None and partition[0].covers(frozenset(partition[1]))
    if partition is not None and partition[0].name == "office" and run.opener in {"colon", "equal"} and _whole_body(reading, parts, total):
        return "equal"
    if partition is not None and not covered and (run.opener not in {"paren", "equal"} or partition[0].name == "office"):
        return "at_most" if amount <= total.value else ""
    homogeneous = len({i.unit for i in parts}) == 1
    largest = max(i.value for i in parts)
    plausible = amount * 4 >= total.value and amount - largest <= total.value
    kinds = len(parts) >= 3 and homogeneous and run.opener in {"colon", "paren"} and bool(parts[0].unit)
    if kinds and not AMONG.search(run.lead) and not rounded:
        plausible = max(amount, total.value) <= SLIP * min(amount, total.value)
    if not covered and run.opener != "equal" and not plausible:
        return ""
    if not covered and run.opener == "equal" and 2 * amount < total.value < SLIP * amount and parts[0].mention.sentence != total.mention.sentence:
        return ""  # "Cụ thể, qua bưu chính 8.195 hồ sơ, …" tells some of them
    if covered and partition is not None:
        if partition[0].name in OPEN_BELOW and amount < total.value and run.opener not in {"paren", "equal"}:
            if len(parts) > len(partition[1]) and homogeneous and amount * 100 > total.value * 95 and _ends(reading, parts):
                return "equal"
            return "at_most" if partition[0].name == "vote" else ""
        if rest_unsaid(run, partition, amount, total.value):
            return "at_most"
        return "equal"
    if run.opener == "paren":
        if AMONG.search(run.lead):
            return "at_most" if amount <= total.value else ""
        return "equal" if homogeneous or len({i.unit for i in parts if i.unit}) == 1 else ""
    if run.opener == "equal":
        return "equal" if homogeneous or same_units(parts, total.unit) else ""
    if run.opener == "among":
        if homogeneous and amount * 100 > total.value * 95 and amount * 4 <= total.value * 5 and _ends(reading, parts):
            return "equal"
        alike = len({i.unit for i in parts if i.unit}) <= 1
        if alike and len(parts) >= SEVERAL and close(amount, total.value) and one_swap_makes(total, parts):
            return "equal"  # "821 đơn vị. Trong đó, … là 19; … là 72; … là 703": of 730
        if amount <= total.value:
            return "at_most"
        if shares_right:
            return ""  # "khám 9.412 lượt. Trong đó khám BHYT 8.136 lượt (86,4%); khám y học cổ truyền 2.541 lượt (27,0%)": some are both
        some = 5 if all(_CAUSED.search(i.label) for i in parts) else 21  # each of one cause; others may overlap
        over = any(i.value > total.value for i in parts) or amount * (some - 1) <= total.value * some or one_swap_makes(total, parts)
        over = over and not any(_TOTALLED.search(i.mention.before) or _SEASON.search(i.label) for i in parts)
        return "at_most" if homogeneous and parts[0].unit == _unit_of(total) and over else ""
    if run.opener == "colon":
        near = total.value * 8 <= amount * 10 <= total.value * 12
        kinds = len(parts) >= 3 and homogeneous and parts[0].unit == total.unit != ""
        return "equal" if kinds or homogeneous and near and compatible(parts[0].unit, total.unit) else ""
    if run.opener == "named":
        near = total.value * 9 <= amount * 10 <= total.value * 11
        return "equal" if homogeneous and (near or closed) and len(parts) >= 3 else ""
    return ""


def _unit_of(total: Item) -> str:
    """Its unit, or the one its label begins with: "Hồ sơ quá hạn trong quý là 18"."""
    return total.unit or unit_opening(total.mention.before)


def _whole_body(reading: Reading, parts: list[Item], total: Item) -> bool:
    """Are these all the members of a body: its head first, the last one told as the last?"""
    told = [class_of(i.label, "office") for i in parts]
    counts_members = _MEMBERS.match(total.mention.after) is not None
    return told[0] == "head" and parts[0].value == 1 and "deputy" in told and counts_members and near(total_of(parts), total.value) and _ends(reading, parts)


def _others_close(run: Run, parts: list[Item], total: Item) -> bool:
    """Does a list divide the total by one attribute alone, and end with all others: "chia theo dân tộc: Kinh 1.203 người, Mường 88,
    các dân tộc khác 12"? Everyone is of one people; of another attribute some may have none."""
    named = set(OVERLAPPING.findall(f"{_NOUN_OF_TOTAL.sub('', run.lead)} {parts[-1].label}"))
    told = {word for i in parts for word in OVERLAPPING.findall(i.label)}
    return len(named) == 1 and told <= named and closed_by_others(parts) and (ALL_PEOPLES.search(run.lead) is not None or one_swap_makes(total, parts))


def _ends(reading: Reading, parts: list[Item]) -> bool:
    """Is the last part told as the last: after "và", as what remains, as all others?"""
    last = parts[-1]
    return _AND_LAST.search(reading.folded, max(0, last.start - 30), last.start) is not None or ends_with_others(parts)
