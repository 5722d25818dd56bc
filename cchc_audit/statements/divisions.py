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
from itertools import accumulate, pairwise, takewhile

from ..language import compatible
from ..model import Claim, Rational
from ..number_words import NUMBER_WORDS, word_value
from ..quantities import Reading
from . import balances
from .items import LEAST, Item, close, closed_by_shares, near, same_units, sum_claim, term, total_of
from .moves import PLAN
from .partitions import OVERLAPPING, Partition, class_of, denied_of, shared_partition
from .pool import near_miss
from .runs import Run

# a sum short of its total is no conflict where a class may go unsaid
OPEN_BELOW = frozenset({"progress", "vote", "confidence", "answered"})
_LOOSE = frozenset({"level", "confidence"})  # told of some levels as often as of all
_ALL_LEVELS = 3
_BALLOTS = re.compile(r"hợp lệ|thu về|phát ra|bỏ phiếu")
_SHORT_OF_ALL = 97  # percent: shares that make less leave a class out
_BACK = 40  # figures of the paragraph before a list that may be its total
_STOCK = 3  # figures before a list among which what was carried over may be
_NO_THIRD = frozenset({"carried", "new"})  # ways of coming in that leave no other
SLIP = 12  # times: a digit doubled or dropped makes a figure about ten times too large or too small
# "…, số còn lại qua bưu chính", "… và vài nơi khác": a last part without a figure
_REST_UNCOUNTED = re.compile(r"[^.;)\d\n]{0,12}(?:\.\.\.|…|, ?v\.v)|[^.;)\d\n]{0,40}(?<!\w)(?:và|cùng) (?:vài|một số|nhiều|những|các) [^,.;)\d\n]{1,30} khác(?!\w)|[^.;:)\d\n]{0,60}(?:[;.]\s(?:[^\W\d_]+ ){0,2})?(?<!\w)còn lại(?!\w)[^.;)\d\n]*(?:[.;)\n]|$)")
# people are divided in several ways at once: by schooling, by profession, by political theory
DIMENSION = re.compile(r"học vấn|phổ thông|chuyên môn|lý luận|chính trị|llct|qlnn|quản lý nhà nước|tin học|ngoại ngữ")
_ANOTHER_ROUND = re.compile(r"(?<!\w)(?:lần|vòng|đợt|tổ|khu vực|điểm) (?:thứ )?(?:hai|ba|[2-9]|sau|cuối)(?!\w)")
_CLAUSE_ENDS = re.compile(r"[;.]\s")
_FORMER = re.compile(r"(?<!\w)(?:cùng kỳ|(?:năm|kỳ|quý|tháng) (?:trước|ngoái))(?!\w)[^;,.]{0,20}:")
_THEORY = re.compile(r"lý luận|chính trị|llct")
# "đã xét xử 67 vụ, trả hồ sơ 5 vụ, đang chuẩn bị xét xử 9 vụ": one more class, not all of them
_SETTLED = re.compile(r"(?<!\w)đã (?:được )?(?:xét xử|giải quyết|xử lý|hòa giải|thi hành|điều tra|khởi tố|truy tố|trả lời|xác minh|hoàn thành)(?!\w)")
_AT_THE_END = re.compile(r"(?<!\w)cuối (?:kỳ|năm|quý|tháng|tuần)(?!\w)")
_OF_THOSE = re.compile(r"(?<!\w)trong (?:số )?(?:các|những) [^\W\d_]+(?: [^\W\d_]+)? (?:này|ấy|đó|trên)(?!\w)")
_SO_MANY_BEHIND = re.compile(rf"[^\W\d]{{0,30}}[;,]\s(?:còn )?(?P<number>{NUMBER_WORDS})(?!\w)")
_UNTIL = re.compile(r"(?<!\w)(?:hết|đến|tới|lũy kế) (?:hết |cuối )?tháng(?!\w)")
_AND_ABOVE = re.compile(r"(?<!\w)trở (?:lên|xuống)(?!\w)")
_MOST_CLASSES = 6
_TOTAL_ROLE = {
    "timeliness": re.compile(r"giải quyết|trả|xử lý|xong|hoàn thành|đang|pending|kết quả"),
    "intake": re.compile(r"tiếp nhận|nhận|tổng|thụ lý|(?:phải|cần|yêu cầu) (?:giải quyết|thi hành|xử lý)|hồ sơ"),
    "progress": re.compile(r"tiếp nhận|nhận|tổng|phải|thuộc thẩm quyền|nhiệm vụ|có"),
    "satisfaction": re.compile(r"phiếu|người|ý kiến|khảo sát|trả lời|thu|lượt|hợp lệ|tham gia|tổng"),
}


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
        claimed = _partition_claim(reading, run, stretch, partition, before, earlier)
        if claimed is not None and (rest_uncounted(reading, stretch[-1]) or _rest_behind(reading, claimed, stretch, paragraph)):
            claimed = replace(claimed, relation="at_most")
        if claimed is not None:
            yield claimed
        start += len(stretch) if claimed is not None else 1


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


def _partition_claim(
    reading: Reading,
    run: Run,
    stretch: list[Item],
    partition: tuple[Partition, tuple[str, ...]],
    before: list[Item],
    earlier: list[Item],
) -> Claim | None:
    amount = total_of(stretch)
    kind = partition[0].name
    if len(stretch) > 2 and stretch[0].value == total_of(stretch[1:]):  # "trong 5.183 hồ sơ nhận mới có 3.907 …"
        return sum_claim(stretch[0].mention, stretch[1:], "equal", f"breakdown.{kind}")
    if kind == "months" and any(_UNTIL.search(i.label) for i in stretch):
        return None  # "đến hết tháng 6 thu 189 triệu đồng, hết tháng 9 thu 301 triệu đồng": each holds the one before
    if len({d for i in stretch for d in DIMENSION.findall(i.label)}) > 1 or any(_AND_ABOVE.search(i.label) for i in stretch):
        return None  # "loại khá trở lên 72, giỏi 15": the one holds the other
    unit = next((i.unit for i in stretch if i.unit), "")
    wholes = [i for i in before if compatible(i.unit, unit) and i.value >= max(s.value for s in stretch)]
    if kind == "justified":  # complaints found right and wrong divide no denunciations
        wholes = [i for i in wholes if not any(_of_other_kind(i, part) for part in stretch)]
    printed = [i.base for i in stretch if i.base is not None]
    if len(printed) == len(stretch) and len({b.value for b in printed}) == 1:
        closed = partition[0].closes(frozenset(partition[1])) and not (kind in OPEN_BELOW and amount < printed[0].value)
        return sum_claim(printed[0], stretch, "equal", f"breakdown.{kind}") if closed or amount == printed[0].value else None
    whole = stretch[0].base
    apart = whole is not None and all(i.base is None for i in stretch[1:])
    one_sentence = stretch[0].mention.sentence == stretch[-1].mention.sentence
    if (
        whole is not None
        and apart
        and kind not in {*OPEN_BELOW, "petition"}  # "188/211 khiếu nại và 124/128 tố cáo, đang xem 23 khiếu nại": 128 are denunciations
        and (amount == whole.value or one_sentence and not _longer_list_makes(run, stretch, whole.value))
    ):
        return sum_claim(whole, stretch, "equal", f"breakdown.{kind}")
    if kind in {"vote", "confidence"} and whole is not None and apart and amount > whole.value:
        return sum_claim(whole, stretch, "at_most", f"breakdown.{kind}")
    established = [i.fitted for i in stretch if i.fitted is not None]
    others = (i for i in run.items if i not in stretch and i.fitted is not None)
    if (
        len(established) >= 2
        and not (amount != established[0].value and (any(i.fitted is established[0] for i in others) or any(i.value == amount >= LEAST for i in wholes)))
        and len({m.index for m in established}) == 1
        and kind not in OPEN_BELOW
        and not _THEORY.search(run.lead)
        and not (amount < established[0].value and _says_others(run, stretch))
    ):
        return sum_claim(established[0], stretch, "equal", f"breakdown.{kind}")
    for candidate in wholes + [i for i in earlier if i.value == amount and (i.unit == unit or amount >= LEAST and compatible(i.unit, unit))]:
        if candidate.value == amount:
            return sum_claim(candidate.mention, stretch, "equal", f"breakdown.{kind}")
        if candidate.base is not None and candidate.base.value == amount:
            return sum_claim(candidate.base, stretch, "equal", f"breakdown.{kind}")
    role = _TOTAL_ROLE.get(kind)
    if kind == "petition" and before and before[0].mention.sentence == stretch[0].mention.sentence and class_of(before[0].label, kind) in partition[1]:
        return None  # "ra quyết định 5/13 đơn khiếu nại, 8 đơn khiếu nại còn phải xác minh; xong 1 đơn tố cáo": of two lists
    if kind == "theory" or _THEORY.search(run.lead):
        return None  # most people have no political schooling: the rest goes unsaid
    if kind == "timeliness" and before and balances.IN_HAND.search(before[0].label):
        return None  # "đã và đang giải quyết 37.682 hồ sơ": with those not resolved yet
    if _FORMER.search(run.lead):
        return None  # "đã giải quyết 4.789 hồ sơ. …. Kết quả của cùng kỳ: trước hạn 3.347, đúng hạn 814, …"
    same = [
        i
        for i in wholes
        if i.mention.depth == stretch[0].mention.depth
        and (role is None or role.search(i.label))
        and not (i.mention.sentence != stretch[0].mention.sentence and OVERLAPPING.search(i.label))
    ]
    if closed_by_shares(stretch) and kind not in OPEN_BELOW:
        beside = [
            i
            for i in before
            if i.unit == unit
            and i.mention.depth == stretch[0].mention.depth
            and stretch[0].mention.sentence - i.mention.sentence <= 1
            and (not i.shares or kind == "timeliness" and class_of(i.label, "progress") == "done")
        ]
        if beside:
            return sum_claim(beside[0].mention, stretch, "equal", f"breakdown.{kind}")
    neighbour = _just_before(before, stretch, unit)
    matter = kind == "progress" and neighbour is not None and neighbour.unit in balances.MATTERS and not _SETTLED.search(neighbour.label)
    if neighbour is not None and not same and (role is None or role.search(neighbour.label) or matter):
        same = [neighbour]
    if not same or kind in OPEN_BELOW and amount < same[0].value and not _answered(kind, neighbour, same[0]):
        return None
    total = same[0]
    if not partition[0].divides(total.unit):
        return None
    if kind == "progress" and _AT_THE_END.search(stretch[-1].label):
        return None  # "tiếp nhận 63 đơn, giải quyết xong 50 đơn; cuối kỳ còn 20 đơn": with those carried over
    if kind == "progress" and total.base is not None:
        return None  # "giải quyết 5/13 đơn khiếu nại, còn 8 đơn; xong 1 đơn tố cáo": of the 13
    if kind == "progress" and class_of(total.label, "intake") == "new" and any(class_of(i.label, "intake") == "carried" for i in before[:_STOCK]):
        return None  # "năm trước để lại 12 vụ, thụ lý mới 85 vụ; đã giải quyết 90 vụ, còn 7 vụ": of both together
    if any(total.value + i.value == amount for i in before[:_STOCK] if class_of(i.label, "intake") == "carried"):
        return None  # "nhận 66 đơn, kỳ trước chuyển sang 4 đơn; sau phân loại 61 đơn đủ điều kiện, 9 đơn không": of both together
    if total is neighbour and _one_of_them(amount + total.value, before[1:]):
        return None  # "64 đầu việc: hoàn thành 52, chưa đến hạn 9, chậm tiến độ 3": one of the classes itself
    following = [i for i in run.items if i.start > stretch[-1].start]
    if _longer_list_makes(run, stretch, total.value):
        return None  # see `coincidences`
    if (
        class_of(total.label, kind) in {*partition[1], *(() if amount <= total.value else dict(partition[0].classes))}
        and kind != "progress"
        and not re.search(r"tổng|(?:phải|cần|yêu cầu) (?:giải quyết|xử lý)", total.label)
    ):
        return None
    if kind == "intake" and class_of(total.label, kind) == "online" and amount != total.value:
        return None  # "có 2.199 hồ sơ trực tuyến, 594 hồ sơ trực tiếp và 23 hồ sơ bưu chính": one of the ways itself
    told = (
        run.opener != ""
        or re.search(r"(?<!\w)theo(?!\w)", run.lead) is not None
        or kind == "intake" and set(partition[1]) >= _NO_THIRD
        or kind == "intake" and total is neighbour and not falls_short(amount, total.value)
    )
    summed = (
        re.search(r"(?<!\w)(?:tổng cộng|tổng số|cả (?:quý|kỳ|năm))(?!\w)", total.mention.before) is not None
    )
    if _OF_THOSE.search(run.lead) and unit and not total.unit and amount != total.value:
        return None  # "Số kết quả bản điện tử là 1.731 … Trong các hồ sơ này, 1.402 hồ sơ nộp toàn trình": of the dossiers
    if kind == "vote" and _ANOTHER_ROUND.search(reading.folded, total.end, stretch[0].start):
        return None  # "54 người biểu quyết lần một; lần hai: 50 đồng ý, 8 không đồng ý"
    if kind == "opposites" and (_told_like(total, stretch) or not (total in wholes and (total is neighbour or _divided_before(run, stretch, total)))):
        return None
    ballots = kind == "confidence" and _BALLOTS.search(total.label) is not None and near(amount, total.value)
    if kind in _LOOSE and not (total is neighbour and len(stretch) >= _ALL_LEVELS and (ballots or close(amount, total.value))):
        return None  # too loose to hold against a total not pointed at
    if kind == "progress" and not _answered(kind, neighbour, total) or kind == "months" and not (summed and len(stretch) >= 3):
        return None
    if falls_short(amount, total.value) and kind == "satisfaction" and not partition[0].closes(frozenset(partition[1])):
        return None
    if amount < total.value and kind in {"intake", "petition", "reception", "rating"} and not told:
        return None
    if not unit and not total.unit and total.mention.sentence != stretch[0].mention.sentence and not close(amount, total.value):
        return None  # nothing but its place makes it the total
    apart_by = max(amount - total.value, total.value - amount)
    if 4 * apart_by > total.value and (total is not neighbour or apart_by > SLIP * min(amount, total.value)):
        return None  # too far apart to be meant as one sum; neighbour it, a digit too many or too few may be the cause
    left_out = [i for i in reversed(before) if i.start > total.end and i.mention.depth > total.mention.depth and compatible(i.unit, total.unit)]
    if left_out and amount + total_of(left_out) == total.value:  # "thụ lý 79 vụ (có 3 vụ ủy thác nơi khác): đủ điều kiện 54, chưa đủ 22"
        return sum_claim(total.mention, [*left_out, *stretch], "equal", f"breakdown.{kind}")
    told_between = [i for i in before if i.start > total.end and i.mention.depth == total.mention.depth and compatible(i.unit, total.unit)]
    if told_between and total.value + total_of(told_between) == amount:
        return None  # "đảng viên chính thức 31, dự bị 2; có mặt 29, vắng 4": of both together
    if amount != total.value and PLAN.search(total.label):
        return None  # "giao chỉ tiêu 8 đảng viên mới; quý I kết nạp 2, …": what was aimed at
    spoken = next((i for i in before if i.fitted is total.mention and i.value + amount == total.value), None)
    if spoken is not None:
        return sum_claim(total.mention, [spoken, *stretch], "equal", f"breakdown.{kind}")  # "4 người trong tổng số 20 người …; 15 người …; 1 người"
    if amount < total.value and _says_others(run, stretch):
        return sum_claim(total.mention, stretch, "at_most", f"breakdown.{kind}")  # their shares say that there are others
    relation = "at_most" if rest_unsaid(run, partition, amount, total.value) else "equal"
    again = more_of(partition, following) if amount != total.value else iter(())
    more = takewhile(lambda i: not _of_other_kind(i, stretch[-1]), again)
    return sum_claim(total.mention, [*stretch, *more], relation, f"breakdown.{kind}")


def _one_of_them(amount: Rational, before: list[Item]) -> bool:
    """Do the figures up to a total before them, the nearest first, make it: "46 nhiệm vụ: 31 xong, 9 đang làm, 4 xong quá hạn, 2 chưa xong"?"""
    for item in before[:_MOST_CLASSES]:
        if item.value == amount:
            return True
        amount += item.value
    return False


def _told_like(total: Item, stretch: list[Item]) -> bool:
    """Is the figure before two opposites told of one more thing that some have: "40 hộ có bể, 30 hộ có giếng, 6 hộ không có giếng"?"""
    told, *others = [i.mention.after.removeprefix(i.unit).lstrip().partition(" ")[0] for i in (total, *stretch)]
    return told in {"có", "được", "đã"} and told in others or any(denied_of(total.label, i.label) for i in stretch)


def _says_others(run: Run, stretch: list[Item]) -> bool:
    """Do the shares of classes that "trong đó" opens leave room for another?"""
    return run.opener == "among" and all(i.shares for i in stretch) and sum(i.shares[0].value for i in stretch) < _SHORT_OF_ALL


def _of_other_kind(one: Item, other: Item) -> bool:
    """Does one figure count complaints and the other denunciations?"""
    kinds = {class_of(i.label, "petition") for i in (one, other)} - {None}
    return len(kinds) > 1


def _longer_list_makes(run: Run, stretch: list[Item], whole: Rational) -> bool:
    """Does the list that goes on behind these classes, or begins before them, make the total?"""
    first = run.items.index(stretch[0])
    ahead = {0, *accumulate(i.value for i in reversed(run.items[:first]))}
    behind = {0, *accumulate(i.value for i in run.items[first + len(stretch) :])}
    needed = whole - total_of(stretch)
    return needed > 0 and any(needed - more in behind for more in ahead)


def _divided_before(run: Run, stretch: list[Item], total: Item) -> bool:
    """Does another pair of the list make the total? "nghiện 539 người, dùng trái phép 1.122 người; có nơi ở …"."""
    before = run.items[: run.items.index(stretch[0])]
    return any(one.value + other.value == total.value for one, other in pairwise(before))


def rest_unsaid(run: Run, partition: tuple[Partition, tuple[str, ...]], amount: Rational, total: Rational) -> bool:
    """May a list after "trong đó" leave classes out? Not where it comes so near that a class is no likely cause."""
    return run.opener == "among" and not partition[0].closes(frozenset(partition[1])) and falls_short(amount, total)


def falls_short(amount: Rational, total: Rational) -> bool:
    """By more than 2 %: an unsaid class rather than a slip."""
    return 50 * amount < 49 * total


def rest_uncounted(reading: Reading, last: Item) -> bool:
    """Does a list go on with a remainder whose figure is not given?"""
    return _REST_UNCOUNTED.match(reading.folded, last.end) is not None


def more_of(partition: tuple[Partition, tuple[str, ...]], following: list[Item]) -> Iterator[Item]:
    """The figures right after a list that fall in its classes once more: "… khiếu nại sai 17 vụ; tố cáo sai 1 vụ"."""
    return takewhile(lambda i: class_of(i.label, partition[0].name) in partition[1], following)


def _just_before(before: list[Item], stretch: list[Item], unit: str) -> Item | None:
    """The figure right before a list, in its sentence and at its level, when the two count alike."""
    last = before[0] if before else None
    if (
        last is None
        or last.mention.sentence != stretch[0].mention.sentence
        or last.mention.depth != stretch[0].mention.depth
    ):
        return None
    return last if compatible(last.unit, unit) and not last.shares else None


def _answered(kind: str, beside: Item | None, total: Item) -> bool:
    """ "538 phản ánh; 401 đã giải quyết, 137 đang xử lý": matters other than dossiers are either done or not."""
    return kind == "progress" and total is beside and total.unit in balances.MATTERS


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
                if not bases or apart > 1 or apart and any(i.base is not None for i in stretch):
                    continue
                value, count = bases.most_common(1)[0]
                fitted = next(i.fitted for i in stretch if i.fitted is not None and i.fitted.value == value)
                rated = next((i.mention for i in items if i.base is fitted and i.value == total_of(stretch)), None)
                fitted = rated or fitted  # "đánh giá 543/545 chi bộ: 304 …, 228 …, 11 …": two of them are not rated
                alike = len({i.unit for i in stretch if i.unit}) <= 1 and same_units(stretch, fitted.unit)
                if not closed_by_shares(stretch) and not (total_of(stretch) == fitted.value >= LEAST and count >= len(stretch) - 1 > 1):
                    continue
                exactly = sum(i.shares[0].quantity.value for i in stretch) == 100
                some = any(made == fitted.value for made in accumulate(i.value for i in stretch[:-1]))  # "trước và đúng hạn 983": of two of three
                if some and total_of(stretch) != fitted.value:
                    continue  # the others make the whole already; "nợ quá hạn 58 triệu đồng, chiếm 0,12%" behind them is no part
                nearly = exactly and not some and all(near_miss(i.value, term("m", fitted), i.shares[0]) for i in stretch)
                if total_of(stretch) != fitted.value and all(class_of(i.label, "theory") for i in stretch):
                    continue  # most people have no political schooling: a share that is wrong may close their list
                if alike and (nearly or count * 2 > len(stretch)) and all(i.mention is not fitted for i in stretch):
                    yield sum_claim(fitted, stretch, "equal", "breakdown.closed")
                    start = end - 1
                    break
            start += 1
