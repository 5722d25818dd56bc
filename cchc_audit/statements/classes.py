"""Classes of one partition told in a row, and the total that they are held against.

The total is read in this order: the first of them, the m that all or the first are printed with, what their shares are of, a figure that
comes out, the figure told before them where a total would stand. Only the last of these is doubtful: `_NO_TOTAL` lists why such a figure
is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice, pairwise, takewhile

from ..language import compatible
from ..model import Claim, Qualifier, Rational, magnitude
from ..quantities import Mention, Reading
from . import balances
from .items import (
    AREAS,
    LEAST,
    Item,
    close,
    closed_by_shares,
    comes_out,
    near,
    one_swap_makes,
    sum_claim,
    total_of,
)
from .moves import PLAN
from .partitions import OVERLAPPING, SHARED_MEMBERS, Partition, class_of, classes_of, denied_of
from .runs import Run

# a sum short of its total is no conflict where a class may go unsaid
OPEN_BELOW = frozenset({"progress", "vote", "confidence", "answered"})
SLIP = 12  # times: a digit doubled or dropped makes a figure about ten times too large or too small
# people are divided in several ways at once: by schooling, by profession, by political theory
DIMENSION = re.compile(r"học vấn|phổ thông|chuyên môn|lý luận|chính trị|llct|qlnn|quản lý nhà nước|tin học|ngoại ngữ")
_THEORY = re.compile(r"lý luận|chính trị|llct")
_LOOSE = frozenset({"level", "confidence"})  # told of some levels as often as of all
_ALL_LEVELS = 3
_ALL_MONTHS = 3
_BALLOTS = re.compile(r"hợp lệ|thu về|phát ra|bỏ phiếu")
_SHORT_OF_ALL = 97  # percent: shares that make less leave a class out
_DUE = re.compile(r"(?:[^\W\d]+ ){0,3}(?:đến hạn|(?:đã )?(?:giải quyết|xử lý))(?!\w)")
_STOCK = 3  # figures before a list among which what was carried over may be
_HANDLED = frozenset({"progress", "timeliness"})  # what becomes of all that came and was there
_NO_WHOLES = frozenset({"rating", "degree", "satisfaction"})  # divisions whose classes nobody divides again
_NO_THIRD = frozenset({"carried", "new"})  # ways of coming in that leave no other
_ANOTHER_ROUND = re.compile(r"(?<!\w)(?:lần|vòng|đợt|tổ|khu vực|điểm) (?:thứ )?(?:hai|ba|[2-9]|sau|cuối)(?!\w)")
_FORMER = re.compile(r"(?<!\w)(?:cùng kỳ|(?:năm|kỳ|quý|tháng) (?:trước|ngoái))(?!\w)[^;,.]{0,20}:")
# "đã xét xử 67 vụ, trả hồ sơ 5 vụ, đang chuẩn bị xét xử 9 vụ": one more class, not all of them
_SETTLED = re.compile(r"(?<!\w)đã (?:được )?(?:xét xử|giải quyết|xử lý|hòa giải|thi hành|điều tra|khởi tố|truy tố|trả lời|xác minh|hoàn thành)(?!\w)")
_AT_THE_END = re.compile(r"(?<!\w)cuối (?:kỳ|năm|quý|tháng|tuần)(?!\w)")
_OF_THOSE = re.compile(r"(?<!\w)trong (?:số )?(?:các|những) [^\W\d_]+(?: [^\W\d_]+)? (?:này|ấy|đó|trên)(?!\w)")
_UNTIL = re.compile(r"(?<!\w)(?:hết|đến|tới|lũy kế) (?:hết |cuối )?tháng(?!\w)")
_AND_ABOVE = re.compile(r"(?<!\w)trở (?:lên|xuống)(?!\w)")
_ALL_OF_THEM = re.compile(r"tổng|(?:phải|cần|yêu cầu) (?:giải quyết|xử lý)")
_IN_ALL = re.compile(r"(?<!\w)(?:tổng cộng|tổng số|cả (?:quý|kỳ|năm))(?!\w)")
_BY = re.compile(r"(?<!\w)theo(?!\w)")
_NOT_WITH = re.compile(r"(?<!\w)(?:không|chưa) (?:bao )?(?:gồm|tính|kể)(?: cả)?$")
_AND_ONE_MORE = re.compile(r"(?: [^\W\d]+){0,3} và (?:trung tâm|văn phòng|phòng|trạm|ban|công an|hội|đoàn|trường|tổ) [^,;.:()\d]{3,60} có $")
_MOST_CLASSES = 6
_VISITS = frozenset({"reception", "receiver"})
_LISTED = 40  # figures of a list before and behind some classes that may make their total with them
_TOTAL_ROLE = {
    "timeliness": re.compile(r"giải quyết|trả|xử lý|xong|hoàn thành|đang|pending|kết quả"),
    "intake": re.compile(r"tiếp nhận|nhận|tổng|thụ lý|(?:phải|cần|yêu cầu) (?:giải quyết|thi hành|xử lý)|hồ sơ"),
    "progress": re.compile(r"tiếp nhận|nhận|tổng|phải|thuộc thẩm quyền|nhiệm vụ|có"),
    "satisfaction": re.compile(r"phiếu|người|ý kiến|khảo sát|trả lời|thu|lượt|hợp lệ|tham gia|tổng"),
}


@dataclass(frozen=True)
class Classes:
    """The figures of `run` that are classes of one partition, the names of these classes, the figures told before them in their paragraph
    and in the few paragraphs before, the nearest first."""

    reading: Reading
    run: Run
    items: list[Item]
    partition: Partition
    names: tuple[str, ...]
    before: list[Item]
    earlier: list[Item]

    @property
    def kind(self) -> str:
        """The name of the partition."""
        return self.partition.name

    @cached_property
    def amount(self) -> Rational:
        """What they make."""
        return total_of(self.items)

    @cached_property
    def unit(self) -> str:
        """What they count, "" where none says."""
        return next((i.unit for i in self.items if i.unit), "")

    @cached_property
    def wholes(self) -> list[Item]:
        """The figures before them that are large enough and count alike."""
        largest = max(i.value for i in self.items)
        wholes = [i for i in self.before if compatible(i.unit, self.unit) and i.value >= largest and i.mention.quantity.written.qualifier is Qualifier.EXACT]
        if self.kind == "justified":  # complaints found right and wrong divide no denunciations
            wholes = [i for i in wholes if not any(of_other_kind(i, part) for part in self.items)]
        return wholes

    @property
    def first(self) -> Item:
        """The first of them."""
        return self.items[0]

    @cached_property
    def neighbour(self) -> Item | None:
        """The figure right before them, in their sentence and at their level, when it counts alike."""
        last = self.before[0] if self.before else None
        if last is None or not self.beside(last) or not compatible(last.unit, self.unit) or last.shares:
            return None
        return last

    def beside(self, item: Item) -> bool:
        """Is a figure told in their sentence and at their level?"""
        return item.mention.sentence == self.first.mention.sentence and item.mention.depth == self.first.mention.depth

    def closed(self) -> bool:
        """Do they leave no other class?"""
        return self.partition.closes(frozenset(self.names))

    def made_of(self, total: Mention, parts: list[Item] | None = None, relation: str = "equal") -> Claim:
        """The claim that they, or `parts`, make a total."""
        return sum_claim(total, parts or self.items, relation, f"breakdown.{self.kind}")


def claim_of(told: Classes) -> Claim | None:
    """Classes against their total; None where no figure is surely theirs."""
    if len(told.items) > 2 and told.first.value == total_of(told.items[1:]):  # "trong 5.183 hồ sơ nhận mới có 3.907 …"
        return told.made_of(told.first.mention, told.items[1:])
    if _overlap(told):
        return None
    printed = [i.base for i in told.items if i.base is not None]
    if len(printed) == len(told.items) and len({b.value for b in printed}) == 1:
        return _of_one_base(told, printed[0])
    for read in (_of_first_base, _of_shares, _that_comes_out):
        if (claimed := read(told)) is not None:
            return claimed
    if _of_another_list(told):
        return None
    if (claimed := _closed_by_shares(told)) is not None:
        return claimed
    total = _total_before(told)
    return None if total is None or any(no_total(told, total) for no_total in _NO_TOTAL) else _against(told, total)


def _overlap(told: Classes) -> bool:
    """ "đến hết tháng 6 thu 189 triệu đồng, hết tháng 9 thu 301 triệu đồng", "loại khá trở lên 72, giỏi 15": the one holds the other."""
    if told.kind == "level" and (told.unit in AREAS or any(i.mention.quantity.word for i in told.items)):
        return True  # "toàn huyện có 15/18 xã đạt chuẩn, 4 xã nâng cao", "huyện 33/33, hai xã 46/46": these are communes
    cumulated = told.kind == "months" and any(_UNTIL.search(i.label) for i in told.items)
    return cumulated or len({d for i in told.items for d in DIMENSION.findall(i.label)}) > 1 or any(_AND_ABOVE.search(i.label) for i in told.items)


# ---------------------------------------------------------------- totals that are sure


def _of_one_base(told: Classes, base: Mention) -> Claim | None:
    closed = told.closed() and not (told.kind in OPEN_BELOW and told.amount < base.value)
    return told.made_of(base) if closed or told.amount == base.value else None


def _of_first_base(told: Classes) -> Claim | None:
    """The m of the first: "42/45 chỉ tiêu đạt, 3 chỉ tiêu chưa đạt"."""
    whole = told.first.base
    if whole is None or any(i.base is not None for i in told.items[1:]):
        return None
    if told.kind in {"attendance", "timeliness"} and told.first.value == whole.value and told.names[-1] != "late":
        return None  # "25/25 đại biểu có mặt tán thành, vắng 1": of those present; "đúng hạn 17/17, trước hạn 11": among them
    one_sentence = told.first.mention.sentence == told.items[-1].mention.sentence
    due = [i for i in told.items if class_of(i.label, told.kind) != "pending"]
    if told.kind == "timeliness" and 1 < len(due) < len(told.items) and told.amount != whole.value and (total_of(due) == whole.value or _DUE.match(whole.after)):
        return told.made_of(whole, due)  # "đúng hạn 1.201/1.221 hồ sơ đến hạn, quá hạn 20; 25 hồ sơ chưa đến hạn"
    if (
        told.kind not in {*OPEN_BELOW, "petition"}  # "188/211 khiếu nại và 124/128 tố cáo, đang xem 23 khiếu nại": 128 are denunciations
        and (told.amount == whole.value or one_sentence and not _longer_list_makes(told, whole.value))
    ):
        return told.made_of(whole)
    return told.made_of(whole, relation="at_most") if told.kind in {"vote", "confidence"} and told.amount > whole.value else None


def _of_shares(told: Classes) -> Claim | None:
    """What the shares of two of them come out on."""
    fitted = [i.fitted for i in told.items if i.fitted is not None]
    if len(fitted) < 2 or len({m.index for m in fitted}) > 1 or told.kind in OPEN_BELOW or _THEORY.search(told.run.lead):
        return None
    whole = fitted[0]
    others = (i for i in told.run.items if i not in told.items and i.fitted is not None)
    if told.amount != whole.value and (any(i.fitted is whole for i in others) or any(i.value == told.amount >= LEAST for i in told.wholes)):
        return None
    return None if told.amount < whole.value and _says_others(told) else told.made_of(whole)


def _that_comes_out(told: Classes) -> Claim | None:
    """A figure, or the m of one, that they make."""
    far = [i for i in told.earlier if i.value == told.amount and (i.unit == told.unit or told.amount >= LEAST and compatible(i.unit, told.unit))]
    for whole in (*told.wholes, *far):
        if whole.value == told.amount:
            return told.made_of(whole.mention)
        if whole.base is not None and whole.base.value == told.amount:
            return told.made_of(whole.base)
    return None


# ---------------------------------------------------------------- a total told before them


def _of_another_list(told: Classes) -> bool:
    """Is what stands before them told of something else, whatever it is?"""
    before, run = told.before, told.run
    if told.kind == "petition" and before and before[0].mention.sentence == told.first.mention.sentence and class_of(before[0].label, told.kind) in told.names:
        return True  # "ra quyết định 5/13 đơn khiếu nại, 8 đơn khiếu nại còn phải xác minh; xong 1 đơn tố cáo": of two lists
    if told.kind == "theory" or _THEORY.search(run.lead):
        return True  # most people have no political schooling: the rest goes unsaid
    if told.kind == "timeliness" and before and balances.IN_HAND.search(before[0].label):
        return True  # "đã và đang giải quyết 37.682 hồ sơ": with those not resolved yet
    return _FORMER.search(run.lead) is not None  # "đã giải quyết 4.789 hồ sơ. …. Kết quả của cùng kỳ: trước hạn 3.347, đúng hạn 814, …"


def _closed_by_shares(told: Classes) -> Claim | None:
    """Shares that make 100 %: of the figure beside them, whatever it is."""
    if not closed_by_shares(told.items) or told.kind in OPEN_BELOW:
        return None
    beside = next(
        (
            i
            for i in told.before
            if i.unit == told.unit
            and i.mention.depth == told.first.mention.depth
            and told.first.mention.sentence - i.mention.sentence <= 1
            and (not i.shares or told.kind == "timeliness" and class_of(i.label, "progress") == "done")
        ),
        None,
    )
    return None if beside is None or _denied_by_shares(told, beside) and not near(told.amount, beside.value) else told.made_of(beside.mention)


def _total_before(told: Classes) -> Item | None:
    """The figure that stands where a total would: the nearest named as one, or the neighbour."""
    role, neighbour, depth = _TOTAL_ROLE.get(told.kind), told.neighbour, told.first.mention.depth
    for whole in told.wholes:
        another = whole.mention.sentence != told.first.mention.sentence and OVERLAPPING.search(whole.label)
        if whole.mention.depth == depth and not another and (role is None or role.search(whole.label)):
            return whole
    matter = told.kind == "progress" and neighbour is not None and neighbour.unit in balances.MATTERS and not _SETTLED.search(neighbour.label)
    slipped = neighbour is not None and told.closed() and one_swap_makes(neighbour, told.items)  # "văn bản đến 5.482, đúng hạn 5.427, chậm 10"
    return neighbour if neighbour is not None and (role is None or role.search(neighbour.label) or matter or slipped) else None


def _answered(told: Classes, total: Item) -> bool:
    """ "538 phản ánh; 401 đã giải quyết, 137 đang xử lý": matters other than dossiers are either done or not."""
    tasks = told.amount > total.value and "nhiệm vụ" in total.label  # "tổng số nhiệm vụ được giao: 97; hoàn thành: 56; …": too many of them
    return told.kind == "progress" and total is told.neighbour and (total.unit in balances.MATTERS or tasks)


def _of_other_things(told: Classes, total: Item) -> bool:
    if told.kind == "level_of_service" and told.unit == "thủ tục" and told.amount < total.value:
        return True  # "463 thủ tục; 178 thủ tục trực tuyến toàn trình và 206 thủ tục một phần": the others are not online
    if told.kind in _NO_WHOLES and told.unit == "người" and total.unit.startswith("lượt"):
        return True  # "cử 26 lượt người đi học. Trình độ: thạc sĩ 5 người, đại học 26 người, …"
    if told.kind in OPEN_BELOW and told.amount < total.value and not _answered(told, total) or not told.partition.divides(total.unit):
        return True
    if told.kind == "timeliness" and class_of(total.label, "timeliness") == "early" and "early" not in told.names:
        return True  # "trước hạn 968, đúng hạn 415; trễ 37": a class beside them
    # "Số kết quả bản điện tử là 1.731 … Trong các hồ sơ này, 1.402 hồ sơ nộp toàn trình": of the dossiers
    return bool(_OF_THOSE.search(told.run.lead) and told.unit and not total.unit and told.amount != total.value)


def _of_more_than_came(told: Classes, total: Item) -> bool:
    """Are they of what came and what was there together?"""
    before = [i for i in told.before[:_STOCK] if i.unit == total.unit] if told.kind in _HANDLED else []
    carried = [i for i in told.before[:_STOCK] if class_of(i.label, "intake") == "carried"]
    if told.kind == "progress" and (_AT_THE_END.search(told.items[-1].label) or total.base is not None):
        return True  # "tiếp nhận 63 đơn, giải quyết xong 50 đơn; cuối kỳ còn 20 đơn"; "giải quyết 5/13 đơn khiếu nại, còn 8 đơn": of the 13
    if told.kind == "progress" and class_of(total.label, "intake") == "new" and carried:
        return True  # "năm trước để lại 12 vụ, thụ lý mới 85 vụ; đã giải quyết 90 vụ, còn 7 vụ"
    # "nhận 66 đơn, kỳ trước chuyển sang 4 đơn; sau phân loại 61 đơn đủ điều kiện, 9 đơn không", "đầu kỳ 45 đơn, nhận thêm 12 đơn, …"
    return any(total.value + i.value == told.amount for i in (*carried, *before))


def _one_class_more(told: Classes, total: Item) -> bool:
    """Is the figure before them a class itself, or part of a longer list that makes a total?"""
    if total is told.neighbour and _made_with_it(told.amount + total.value, told.before[1:]):
        return True  # "64 đầu việc: hoàn thành 52, chưa đến hạn 9, chậm tiến độ 3"
    if _longer_list_makes(told, total.value):
        return True  # see `coincidences`
    divided = told.amount <= total.value and told.kind not in _NO_WHOLES
    taken = {*told.names, *(() if divided else dict(told.partition.classes))}
    if class_of(total.label, told.kind) in taken and told.kind != "progress" and not _ALL_OF_THEM.search(total.label):
        return True
    # "có 2.199 hồ sơ trực tuyến, 594 hồ sơ trực tiếp và 23 hồ sơ bưu chính": one of the ways itself
    return told.kind == "intake" and class_of(total.label, told.kind) == "online" and told.amount != total.value


def _made_with_it(amount: Rational, before: list[Item]) -> bool:
    """Do the figures up to a total before them, the nearest first, make it: "46 nhiệm vụ: 31 xong, 9 đang làm, 4 xong quá hạn, 2 chưa xong"?"""
    for item in before[:_MOST_CLASSES]:
        if item.value == amount:
            return True
        amount += item.value
    return False


def _of_another_round(told: Classes, total: Item) -> bool:
    """ "54 người biểu quyết lần một; lần hai: 50 đồng ý, 8 không đồng ý"."""
    return told.kind == "vote" and _ANOTHER_ROUND.search(told.reading.folded, total.end, told.first.start) is not None


def _of_no_opposites(told: Classes, total: Item) -> bool:
    if told.kind != "opposites":
        return False
    beside = total in told.wholes and (total is told.neighbour or _divided_before(told, total))
    return _told_like(total, told.items) or not beside


def _told_like(total: Item, parts: list[Item]) -> bool:
    """Is the figure before two opposites told of one more thing that some have: "40 hộ có bể, 30 hộ có giếng, 6 hộ không có giếng"?"""
    told, *others = [i.mention.after.removeprefix(i.unit).lstrip().partition(" ")[0] for i in (total, *parts)]
    return told in {"có", "được", "đã"} and told in others or any(denied_of(total.label, i.label) for i in parts)


def _divided_before(told: Classes, total: Item) -> bool:
    """Does another pair of the list make the total? "nghiện 539 người, dùng trái phép 1.122 người; có nơi ở …"."""
    before = told.run.items[: told.run.items.index(told.first)]
    return any(one.value + other.value == total.value for one, other in pairwise(before))


def _too_loose(told: Classes, total: Item) -> bool:
    """May classes of this kind go unsaid, and does nothing point at the figure as their total?"""
    kind, amount, neighbour, run = told.kind, told.amount, told.neighbour, told.run
    ballots = kind == "confidence" and _BALLOTS.search(total.label) is not None and near(amount, total.value)
    if kind in _LOOSE and not (total is neighbour and len(told.items) >= _ALL_LEVELS and (ballots or close(amount, total.value))):
        return True
    if kind == "progress" and not _answered(told, total):
        return True
    if kind == "months" and not (_IN_ALL.search(total.mention.before) and len(told.items) >= _ALL_MONTHS):
        return True
    if kind == "satisfaction" and falls_short(amount, total.value) and not told.closed():
        return True
    of_all = kind == "intake" and (set(told.names) >= _NO_THIRD or total is neighbour and not falls_short(amount, total.value))
    pointed_at = run.opener != "" or _BY.search(run.lead) is not None or of_all
    return amount < total.value and kind in {"intake", "petition", "reception", "rating"} and not pointed_at


def _all_of_a_larger(told: Classes, total: Item) -> bool:
    """ "58 cán bộ; 55 người có máy tính. Đánh giá: 9 xuất sắc, 46 tốt, 02 hoàn thành, 01 chưa xếp loại": some make this one by chance, and all a larger one."""
    listed = total_of(told.run.items[told.run.items.index(told.first) :])
    return total.value < told.amount < listed and any(i.value == listed for i in (*told.before, *told.earlier))


def _denied_by_shares(told: Classes, total: Item) -> bool:
    """ "…, còn lại 04 sơ cấp. Xếp loại: xuất sắc 1 (2,2%); tốt 38 (84,4%); …": do the shares of them make all, and does none come out on a figure
    that is one of a list itself?"""
    listed = "còn lại" in total.label or set(classes_of(total.label)) - {told.kind, "attendance"}
    if not listed or total.mention.sentence == told.first.mention.sentence:
        return False
    shared = [i for i in told.items if i.shares]
    return len(shared) > 1 and closed_by_shares(told.items) and not one_swap_makes(total, told.items) and not any(comes_out(i.value, total.value, i.shares[0].quantity.written) for i in shared)


def _one_of_another_list(told: Classes, total: Item) -> bool:
    """ "Xếp loại: xuất sắc 03; tốt 59; hoàn thành 02. Về trình độ: 04 thạc sĩ; 58 đại học; 02 cao đẳng": is the figure a class of a division told in
    another sentence?"""
    return total.mention.sentence != told.first.mention.sentence and not _NO_WHOLES.isdisjoint(classes_of(total.label))


def _left_out(told: Classes, total: Item) -> bool:
    """Is one of them said to be left out: "1.178 hồ sơ, không gồm 16 hồ sơ của quý II chuyển sang"?"""
    return told.amount != total.value and any(_NOT_WITH.search(i.mention.before) for i in told.items)


def _with_another(told: Classes, total: Item) -> bool:
    """ "3 phòng và Trung tâm Phục vụ hành chính công có 1 đơn vị xuất sắc, 3 đơn vị tốt": is something not counted told together with it?"""
    return told.amount != total.value and _AND_ONE_MORE.match(told.reading.folded, total.end, told.first.start) is not None


def _may_share_members(told: Classes, total: Item) -> bool:
    """Does the sentence say that one may be in two classes: "bồi dưỡng 31 lượt (có người dự nhiều lớp)"?"""
    until = told.reading.sentences[told.items[-1].mention.sentence].end
    return told.amount != total.value and SHARED_MEMBERS.search(told.reading.folded, told.first.start, until) is not None


def _too_far_apart(told: Classes, total: Item) -> bool:
    """Too far to be meant as one sum; beside them, a digit too many or too few may be the cause."""
    elsewhere = total.mention.sentence != told.first.mention.sentence
    if not told.unit and not total.unit and elsewhere and not close(told.amount, total.value):
        return True  # nothing but its place makes it the total
    if told.kind in _VISITS and told.closed() and told.unit == total.unit != "" and one_swap_makes(total, told.items):
        return False  # "tiếp 63 lượt, trong đó định kỳ 11 lượt, thường xuyên 25 lượt": 36 with its digits turned
    off = magnitude(told.amount - total.value)
    return 4 * off > total.value and (total is not told.neighbour or off > SLIP * min(told.amount, total.value))


_NO_TOTAL: tuple[Callable[[Classes, Item], bool], ...] = (
    _of_other_things,
    _of_more_than_came,
    _one_class_more,
    _of_another_round,
    _of_no_opposites,
    _too_loose,
    _may_share_members,
    _with_another,
    _all_of_a_larger,
    _left_out,
    _one_of_another_list,
    _denied_by_shares,
    _too_far_apart,
)


def _against(told: Classes, total: Item) -> Claim | None:
    """Classes against a total before them, with what is told of it between."""
    amount = told.amount
    since = [i for i in told.before if i.start > total.end and compatible(i.unit, total.unit)]
    left_out = [i for i in reversed(since) if i.mention.depth > total.mention.depth]
    if left_out and amount + total_of(left_out) == total.value:  # "thụ lý 79 vụ (có 3 vụ ủy thác nơi khác): đủ điều kiện 54, chưa đủ 22"
        return told.made_of(total.mention, [*left_out, *told.items])
    between = [i for i in since if i.mention.depth == total.mention.depth]
    if between and total.value + total_of(between) == amount:
        return None  # "đảng viên chính thức 31, dự bị 2; có mặt 29, vắng 4": of both together
    if amount != total.value and PLAN.search(total.label) and told.kind != "stages" and not _answered(told, total):
        return None  # "giao chỉ tiêu 8 đảng viên mới; quý I kết nạp 2, …": what was aimed at, but for "kế hoạch đề ra 73 nhiệm vụ. Đã hoàn thành 39, …"
    spoken = next((i for i in told.before if i.fitted is total.mention and i.value + amount == total.value), None)
    if spoken is not None:  # "4 người trong tổng số 20 người …; 15 người …; 1 người"
        return told.made_of(total.mention, [spoken, *told.items])
    if amount < total.value and _says_others(told):
        return told.made_of(total.mention, relation="at_most")
    relation = "at_most" if rest_unsaid(told.run, (told.partition, told.names), amount, total.value) else "equal"
    following = [i for i in told.run.items if i.start > told.items[-1].start][:_MOST_CLASSES] if amount != total.value else []
    more = takewhile(lambda i: not of_other_kind(i, told.items[-1]), more_of((told.partition, told.names), following))
    return told.made_of(total.mention, [*told.items, *more], relation)


# ---------------------------------------------------------------- what a list may leave out


def _says_others(told: Classes) -> bool:
    """Do the shares of classes that "trong đó" opens leave room for another?"""
    return told.run.opener == "among" and all(i.shares for i in told.items) and sum(i.shares[0].value for i in told.items) < _SHORT_OF_ALL


def of_other_kind(one: Item, other: Item) -> bool:
    """Does one figure count complaints and the other denunciations?"""
    kinds = {class_of(i.label, "petition") for i in (one, other)} - {None}
    return len(kinds) > 1


def _longer_list_makes(told: Classes, whole: Rational) -> bool:
    """Does the list that goes on behind these classes, or begins before them, make the total?"""
    first = told.run.items.index(told.first)
    ahead = {0, *accumulate(i.value for i in reversed(told.run.items[max(0, first - _LISTED) : first]))}
    behind = {0, *accumulate(i.value for i in islice(told.run.items, first + len(told.items), first + len(told.items) + _LISTED))}
    needed = whole - told.amount
    return needed > 0 and any(needed - more in behind for more in ahead)


def rest_unsaid(run: Run, partition: tuple[Partition, tuple[str, ...]], amount: Rational, total: Rational) -> bool:
    """May a list after "trong đó" leave classes out? Not where it comes so near that a class is no likely cause."""
    return run.opener == "among" and not partition[0].closes(frozenset(partition[1])) and falls_short(amount, total)


def falls_short(amount: Rational, total: Rational) -> bool:
    """By more than 2 %: an unsaid class rather than a slip."""
    return 50 * amount < 49 * total


def more_of(partition: tuple[Partition, tuple[str, ...]], following: list[Item]) -> takewhile[Item]:
    """The figures right after a list that fall in its classes once more: "… khiếu nại sai 17 vụ; tố cáo sai 1 vụ"."""
    return takewhile(lambda i: class_of(i.label, partition[0].name) in partition[1] and not _AND_ABOVE.search(i.label), following)
