"""Is a list of parts all of its total, or some of it? "Equal" where the words say so, "at most" where they may leave some out, neither
where the parts overlap or belong to another whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from ..digits import distance
from ..language import compatible, unit_opening
from ..model import Rational
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
    one_slip_makes,
    one_swap_makes,
    same_units,
    total_of,
)
from .partitions import (
    COURSE,
    OVERLAPPING,
    SHARED_MEMBERS,
    SHARED_POSTS,
    Partition,
    class_of,
    shared_partition,
)
from .runs import AMONG, Run
from .wholes import ALL_PEOPLES, SEVERAL, closed_by_others

_FROM_AGE = re.compile(r"(?<!\w)dưới \d+(?: tuổi)?(?!\w)")
_TO_AGE = re.compile(r"(?<!\w)(?:trên \d+(?: tuổi)?|từ \d+(?: tuổi)? trở lên)(?!\w)")
_OF_AGE = re.compile(r"(?<!\w)tuổi(?!\w)|(?<!\w)(?:dưới|trên|từ) \d+")
_TOTALLED = re.compile(r"(?<!\w)tổng(?!\w)")  # "1486,2 ha, trong đó đất lúa 702,5 ha; …; tổng diện tích tự nhiên 2148 ha"
_SEASON = re.compile(r"(?<!\w)vụ (?:đông|xuân|mùa|chiêm|hè|thu)(?!\w)")  # one field bears several crops a year
_CAUSED = re.compile(r"(?<!\w)(?:do|vì)(?!\w)")
# people sent to one course after the other; the steps by which a list climbs, as by years of membership
_SENT = re.compile(r"(?<!\w)(?:cử|đi học|đào tạo|học viên)(?!\w)")
RUNG = re.compile(r"(?:^|[\s(])\d+ (?:năm|tuổi)(?: trở lên)?(?:\s|:|$)")
_LARGE = 100  # of less one slip of a digit makes almost anything
_STEP = 40  # characters that name one
_AFTERWORD = 120  # characters after a list in which its overlaps may be told
_NOUN_OF_TOTAL = re.compile(r"^(?!.*(?<!\w)(?:theo|về)(?!\w))[^,;:()\d]{0,40}:")  # "cho 612 người cao tuổi: đợt một 210 người, …" divides by no age
_AT_THE_START = re.compile(r"(?<!\w)(?:đầu (?:năm|quý|tháng|kỳ)|(?:năm|quý|tháng|kỳ) trước chuyển)(?!\w)")
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
    told = _List(reading, run, parts, total, rounded)
    return next((relation for decide in _DECISIONS if (relation := decide(told)) is not None), "")


@dataclass(frozen=True)
class _List:
    """The parts of `run` and the total they are held against, of which some may be `rounded`."""

    reading: Reading
    run: Run
    parts: list[Item]
    total: Item
    rounded: bool

    @cached_property
    def amount(self) -> Rational:
        """What the parts make."""
        return total_of(self.parts)

    @property
    def homogeneous(self) -> bool:
        """Do they all count the same?"""
        return len({i.unit for i in self.parts}) == 1

    @property
    def of_one_unit(self) -> bool:
        """Do all that say what they count say the same?"""
        return len({i.unit for i in self.parts if i.unit}) <= 1

    @property
    def of_its_unit(self) -> bool:
        """Do they all count what the total counts?"""
        return {i.unit for i in self.parts} == {self.total.unit}

    @cached_property
    def shares_right(self) -> bool:
        """Does each have a share of the total, and do these come out?"""
        return all(i.shares and comes_out(i.value, self.total.value, i.shares[0].quantity.written) for i in self.parts)

    @cached_property
    def classes(self) -> tuple[Partition, tuple[str, ...]] | None:
        """The partition they all, or the first of them, are classes of."""
        some = family(self.parts)
        return shared_partition([i.label for i in self.parts]) or (shared_partition([i.label for i in some]) if some else None)

    @property
    def covered(self) -> bool:
        """Do these classes make the whole?"""
        return self.classes is not None and self.classes[0].covers(frozenset(self.classes[1]))

    @cached_property
    def ladder(self) -> bool:
        """Is each part named by a step of one ladder: "30 năm 06, 40 năm 05, 50 năm trở lên 03"?"""
        ends = [max(self.total.end, self.parts[0].start - _STEP), *(i.end for i in self.parts)]
        return all(RUNG.search(self.reading.folded, end, i.start) for end, i in zip(ends, self.parts, strict=False))

    @cached_property
    def overlap(self) -> bool:
        """May one be counted in two of the parts? Not where all are told by the same trait ("dưới 35 tuổi", "trên 55 tuổi"), nor by courses
        they took in turn, nor on a ladder ("30 năm", "40 năm", "50 năm trở lên")."""
        labels = [i.label for i in self.parts]
        if self.total.unit in TURNS or _SENT.search(self.total.label):
            labels = [COURSE.sub(" ", label) for label in labels]
        if self.ladder:
            return False
        return len({frozenset(OVERLAPPING.findall(label)) for label in labels}) > 1

    @cached_property
    def closed(self) -> bool:
        """Does the list end with all others?"""
        return _others_close(self.run, self.parts, self.total)


def _of_every_age(told: _List) -> str | None:
    """ "dưới 30 tuổi 3 người, từ 30 đến 50 tuổi 11 người, trên 50 tuổi 4 người"."""
    parts = told.parts
    all_ages = _FROM_AGE.search(parts[0].label) and _TO_AGE.search(parts[-1].label) and all(_OF_AGE.search(i.label) for i in parts)
    return "equal" if all_ages else None


def _as_many_as_told(told: _List) -> str | None:
    """ "mở 4 lớp với 147 lượt người: lớp tin học 32 người; …": just as many as the words before the list announce."""
    parts, total = told.parts, told.total
    beside = [i for i in (*told.run.alternates, told.run.total) if i is not None and i.mention.sentence == total.mention.sentence]
    announced = any(i.value == len(parts) and i.unit not in {total.unit, parts[0].unit} for i in beside)
    meant = near(told.amount, total.value) and all(i.value <= total.value for i in parts) or one_slip_makes(total, parts)
    return "equal" if announced and len(parts) >= SEVERAL and told.of_one_unit and meant and len(parts) == len(told.run.items) else None


def _by_shares(told: _List) -> str | None:
    """Right shares may say that there are others, or that some are counted twice; shares of 100 % leave no other."""
    parts, total, amount = told.parts, told.total, told.amount
    if told.shares_right and 10 * amount < 9 * total.value:
        return "at_most"
    if len(parts) >= SEVERAL and 10 * amount > 11 * total.value:
        if told.shares_right:
            return ""  # "153 hộ (85%) …, 99 hộ (55%) …, 45 hộ (25%) …"
        if total.unit in TURNS and told.overlap and shared_partition([i.label for i in parts]) is None:
            return ""  # "khám bảo hiểm 4.870 lượt, trẻ em dưới 6 tuổi 612 lượt"
    if told.run.opener == "among" and told.of_its_unit and closed_by_shares(parts) and distance(str(total.value), str(amount)) == 1:
        return "equal"  # one digit of the total makes it up
    return None


def _overlapping(told: _List) -> str | None:
    """Parts by two attributes, parts that share members, parts of another list."""
    parts, total, run = told.parts, told.total, told.run
    if total.unit not in TURNS and len({d for i in parts for d in DIMENSION.findall(i.label)}) > 1:
        return ""
    shared = SHARED_MEMBERS.search(told.reading.folded, parts[0].start, parts[-1].end + _AFTERWORD)
    if shared or SHARED_POSTS.search(told.reading.folded, parts[0].start, parts[-1].end):
        return ""
    if run.opener in {"colon", "equal"} and len(parts) >= SEVERAL and told.of_its_unit and one_swap_makes(total, parts):
        return "equal"  # "64 văn bản: còn hiệu lực 15 văn bản, hết hiệu lực một phần 05, hết hiệu lực 08": of 51
    if told.classes is not None:
        return None if told.classes[0].divides(total.unit) else ""
    if told.closed or total.unit in TURNS:
        return None
    members = all("đảng viên" in i.label and OVERLAPPING.search(i.label) for i in parts) and "đảng viên" in total.label and OVERLAPPING.search(total.label)
    if told.overlap and not members and not _spent_once(told):  # "1.090 đảng viên: khiển trách 789 đảng viên, …" divides the members
        return ""
    return "" if not told.ladder and OVERLAPPING.search(_NOUN_OF_TOTAL.sub("", run.lead)) else None


def _spent_once(told: _List) -> bool:
    """Are they sums of money told in one breath? "486 triệu đồng, trong đó thiết bị 215 triệu đồng, phần mềm 148 triệu đồng, tập huấn 132 triệu đồng"."""
    money = told.of_its_unit and told.total.unit == "đồng" and len(told.parts) >= SEVERAL
    return money and ";" not in told.reading.folded[told.parts[0].end : told.parts[-1].start]


def _by_office(told: _List) -> str | None:
    office = told.classes is not None and told.classes[0].name == "office"
    whole_body = office and told.run.opener in {"colon", "equal"} and _whole_body(told.reading, told.parts, told.total)
    return "equal" if whole_body else None


def _of_some_classes(told: _List) -> str | None:
    """Classes that do not make the whole."""
    if told.classes is None or told.covered or told.run.opener in {"paren", "equal"} and told.classes[0].name != "office":
        return None
    every = shared_partition([i.label for i in told.parts]) is not None
    over = every and told.run.opener == "colon" and len(told.parts) >= SEVERAL and close(told.amount, told.total.value)  # no two of them overlap
    return "at_most" if told.amount <= told.total.value or over else ""


def _implausible(told: _List) -> str | None:
    """Are the parts too few or too many to be meant as all of the total?"""
    amount, total, parts, run = told.amount, told.total, told.parts, told.run
    if told.covered:
        return None
    if run.opener == "equal":
        some = 2 * amount < total.value < SLIP * amount and parts[0].mention.sentence != total.mention.sentence
        return "" if some else None  # "Cụ thể, qua bưu chính 8.195 hồ sơ, …" tells some of them
    plausible = amount * 4 >= total.value and amount - max(i.value for i in parts) <= total.value
    kinds = len(parts) >= SEVERAL and told.homogeneous and run.opener in {"colon", "paren"} and bool(parts[0].unit)
    if kinds and not AMONG.search(run.lead) and not told.rounded:
        plausible = max(amount, total.value) <= SLIP * min(amount, total.value)
    return None if plausible else ""


def _of_all_classes(told: _List) -> str | None:
    """Classes that make the whole, but for those that may go unsaid."""
    partition, amount, total, run = told.classes, told.amount, told.total, told.run
    if partition is None or not told.covered:
        return None
    if partition[0].name in OPEN_BELOW and amount < total.value and run.opener not in {"paren", "equal"}:
        more = len(told.parts) > len(partition[1]) and told.homogeneous and amount * 100 > total.value * 95
        if more and _ends(told.reading, told.parts):
            return "equal"
        return "at_most" if partition[0].name == "vote" else ""
    return "at_most" if rest_unsaid(run, partition, amount, total.value) else "equal"


def _by_opener(told: _List) -> str | None:
    """What the words that open the list say of it."""
    return _OPENED[told.run.opener](told) if told.run.opener in _OPENED else None


def _in_brackets(told: _List) -> str:
    if AMONG.search(told.run.lead):
        return "at_most" if told.amount <= told.total.value else ""
    if told.amount != told.total.value and any(_AT_THE_START.search(i.label) for i in told.parts):
        return ""  # "quỹ 41,26 triệu đồng (thu trong quý 12,5, chi 8,4, đầu quý 37,16)": what came is added, what went is not
    return "equal" if told.homogeneous or told.of_one_unit else ""


def _comprising(told: _List) -> str:
    return "equal" if told.homogeneous or same_units(told.parts, told.total.unit) else ""


def _among(told: _List) -> str:
    parts, total, amount = told.parts, told.total, told.amount
    if told.homogeneous and amount * 100 > total.value * 95 and amount * 4 <= total.value * 5 and _ends(told.reading, parts):
        return "equal"
    if told.of_one_unit and len(parts) >= SEVERAL and close(amount, total.value) and one_swap_makes(total, parts):
        return "equal"  # "821 đơn vị. Trong đó, … là 19; … là 72; … là 703": of 730
    if amount <= total.value:
        return "at_most"
    if told.shares_right:
        return ""  # "khám 9.412 lượt. Trong đó khám BHYT 8.136 lượt (86,4%); khám y học cổ truyền 2.541 lượt (27,0%)": some are both
    some = 5 if all(_CAUSED.search(i.label) for i in parts) else 21  # each of one cause; others may overlap
    over = any(i.value > total.value for i in parts) or amount * (some - 1) <= total.value * some or one_swap_makes(total, parts)
    over = over or _spent_once(told)
    over = over or total.value >= _LARGE and one_slip_makes(total, parts)
    over = over and not any(_TOTALLED.search(i.mention.before) or _SEASON.search(i.label) for i in parts)
    return "at_most" if told.homogeneous and parts[0].unit in {total.unit, _unit_of(total)} and over else ""


def _behind_colon(told: _List) -> str:
    parts, total = told.parts, told.total
    near_by = total.value * 8 <= told.amount * 10 <= total.value * 12
    kinds = len(parts) >= SEVERAL and parts[0].unit == total.unit != ""
    slipped = len(parts) >= SEVERAL and not parts[0].unit and all(i.mention.before for i in parts) and one_slip_makes(total, parts)
    return "equal" if told.homogeneous and (kinds or (near_by or slipped) and compatible(parts[0].unit, total.unit)) else ""


def _named(told: _List) -> str:
    near_by = told.total.value * 9 <= told.amount * 10 <= told.total.value * 11
    return "equal" if told.homogeneous and (near_by or told.closed) and len(told.parts) >= SEVERAL else ""


_OPENED: dict[str, Callable[[_List], str]] = {
    "paren": _in_brackets,
    "equal": _comprising,
    "among": _among,
    "colon": _behind_colon,
    "named": _named,
}
_DECISIONS: tuple[Callable[[_List], str | None], ...] = (
    _of_every_age,
    _as_many_as_told,
    _by_shares,
    _overlapping,
    _by_office,
    _of_some_classes,
    _implausible,
    _of_all_classes,
    _by_opener,
)  # the first that decides


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
