"""Balances told in words: done and rest, received and answered, posts given and filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise, takewhile

from ..language import compatible
from ..model import Claim, Kind, Rational
from ..quantities import Mention, Reading
from . import in_hand
from .items import (
    Item,
    claim,
    closed_by_shares,
    collapsed,
    content,
    one_slip_makes,
    states_behind,
    sum_claim,
    term,
    total_of,
)
from .items import near as comes_near
from .partitions import OVERLAPPING, SHARED_MEMBERS, class_of, shared_partition
from .so_many_together import how_many

MATTERS = frozenset({"đơn", "phản ánh", "nhiệm vụ", "vụ"})  # done or not done: dossiers may also be withdrawn or returned
_MOST_CLASSES = 6  # parts a bare "tổng" after them may add up
_CLAUSE_LENGTH = 80  # characters before a total in which it is told what it adds up
_INTAKE_BACK = 4  # figures before the resolved ones
_FEWEST_LISTED = 3  # figures of a list, besides the one left out
_MONTHS = 12
_BACK = 60  # figures before a total that it may add up
LOOKED_AT = re.compile(r"(?<!\w)(?:kiểm tra|thanh tra|rà soát|khảo sát|giám sát|dừng|tuần tra|sàng lọc|vận động|tuyên truyền|lấy mẫu|xét nghiệm)(?!\w)")
_ADDED = re.compile(r"(?<!\w)(?:tổng cộng|cộng(?: lại)?|vị chi|cả thảy)$")
_CONSISTS = re.compile(r"[^,;.()\d]{0,30},? (?:bao )?gồm(?!\w)")
_AFTER = re.compile(r"(?<!\w)(?:cộng lại|tổng cộng|(?<!trung bình )cộng(?! thêm)|như vậy|tổng số|tổng|cả thảy|vị chi|tất cả|(?:gọi|gộp) chung)(?!\w)|(?<!\w)cả (?:năm|quý|kỳ|đợt|\d{1,2} tháng)(?: [^\W\d]+){0,2}$")
EACH_ONE = re.compile(r"[^\d,;.:()=/]{0,30}?(?:=|/\s?[^\W\d_])")  # "mức 25 triệu đồng/nhà", "2 máy quét x 11 triệu đồng = 22 triệu đồng": prices, not amounts
_SO_MANY_MADE = re.compile(r" [^\W\d]+(?: [^\W\d]+)? (?:là|được|có) \d")  # "cộng cả 8 quầy là 1.432 hồ sơ": of the quầy
_EACH = re.compile(r"(?<!\w)(?:mỗi|từng|bình quân|trung bình)(?!\w)")  # "3 lớp, mỗi lớp 4 buổi, tổng cộng 12 buổi"
IN_HAND = re.compile(r"(?<!\w)đã và đang (?:giải quyết|xử lý|thực hiện|làm)(?!\w)")  # those left over and those that came in


def received(items: list[Item]) -> Iterator[Claim]:
    """ "nhận 15 phản ánh, đã trả lời 14, …; 01 phản ánh đang xác minh": three figures of one sentence.

    Dossiers are left to the rules of form II.06: withdrawn and returned ones may go unsaid there.
    """
    sentences: dict[int, list[Item]] = {}
    for item in items:
        if item.mention.depth == 0 and item.base is None:
            sentences.setdefault(item.mention.sentence, []).append(item)
    for listed in sentences.values():
        here = collapsed(listed)
        for place in range(len(here) - 2):
            whole, done, rest = here[place : place + 3]
            units = {whole.unit, rest.unit, done.unit or whole.unit}
            if (
                len(units) != 1
                or whole.unit not in MATTERS
                or not re.search(r"(?<!\w)(?:nhận|tiếp nhận|có|tổng số)(?!\w)", whole.mention.before)
            ):
                continue
            classes = [class_of(i.label, "progress") for i in (done, rest)]
            answered = re.search(r"(?<!\w)đã(?!\w)", done.mention.before)
            if (
                answered
                and re.search(r"(?<!\w)(?:đang|còn)(?!\w)", rest.label)
                and classes[1] == "open"
                and not (place + 3 < len(here) and here[place + 3].unit == whole.unit)
                and not any(whole.value + i.value == done.value + rest.value for i in items if i is not whole and i.mention.sentence == whole.mention.sentence)
            ):
                yield sum_claim(whole.mention, [done, rest], "equal", "breakdown.received")


def overfull(items: list[Item]) -> Iterator[Claim]:
    """Resolved and pending dossiers that together exceed those received: "nhận 100 hồ sơ, đúng hạn 90 (có 15 đang giải quyết)".

    Overdue ones may be pending ones counted again, so they alone never make the sum too large.
    """
    for place, received in enumerate(items):
        if received.unit != "hồ sơ" or not re.search(r"(?<!\w)(?:nhận|tiếp nhận)$", received.mention.before):
            continue
        here = [i for i in _rest_of_sentence(items, place) if compatible(i.unit, "hồ sơ")]
        timely = next((i for i in here if class_of(i.label, "timeliness") == "both"), None)
        open_ones = next(
            (
                i
                for i in here
                if timely is not None
                and i.start > timely.start
                and re.search(r"đang (?:giải quyết|xử lý)", i.label)
            ),
            None,
        )
        if (
            timely is None
            or open_ones is None
            or timely.value > received.value
            or timely.value + open_ones.value <= received.value
        ):
            continue
        late = [
            i
            for i in here
            if i.start > open_ones.start and class_of(i.label, "timeliness") == "late"
        ]
        yield sum_claim(received.mention, [timely, open_ones, *late[:1]], "at_most", "breakdown.overfull")


def _rest_of_sentence(items: list[Item], place: int) -> Iterator[Item]:
    here = items[place].mention.sentence
    later = (items[at] for at in range(place + 1, len(items)))
    return takewhile(lambda item: item.mention.sentence == here, later)


_QUOTA = re.compile(r"(?:được )?giao|biên chế|định biên|theo quy định|chỉ tiêu|bố trí tối đa")
_ESTABLISHED = re.compile(r"biên chế(?!\w)")
_PRESENT = re.compile(r"có mặt|hiện có|đã bố trí|đang sử dụng|sử dụng|thực có|bố trí")
_POSTS = re.compile(r"$|(?:gồm|vị trí|chức danh|chức vụ|chỉ tiêu|suất|định suất|biên chế|chưa|so|do|vì|ở|tại|theo|của|thuộc|cần)(?!\w)")  # "còn trống 2 phòng" tells of no posts
_FEW_PARTS = 6  # figures before a total of which some may be parts, and others what these are of
_TOGETHER = re.compile(r"(?<!\w)(?:tính chung|chung|cộng|tổng|cả (?:hai|ba))(?!\w)")
_VACANT = re.compile(r"(?:còn )?(?:khuyết|thiếu|trống)|chưa (?:tuyển|bố trí|sử dụng)|^(?:hiện )?còn")


def vacancies(items: list[Item]) -> Iterator[Claim]:
    """Posts given = people present + posts vacant: "được giao 22 người, có mặt 21 người, …; còn thiếu 01"."""
    people = [
        i
        for i in items
        if i.mention.depth == 0
        and (i.unit in {"người", ""} or i.unit == "nhiệm vụ" and "chỉ tiêu" in i.mention.after)
    ]
    for place, quota in enumerate(people):
        if not _is_quota(quota):
            continue
        near = [i for n, i in enumerate(people[place + 1 : place + 6]) if i.mention.turn - quota.mention.turn <= (2 if n < 2 else 1)]
        near = list(takewhile(lambda i: not _is_quota(i) or _VACANT.search(i.mention.before) is not None, near))  # "Trung tâm có 9 biên chế, hiện có 8. Tổng 42 biên chế, hiện có 39, còn thiếu 3"
        present = next((i for i in near if _PRESENT.search(i.mention.before)), None)
        vacant = next(
            (
                i
                for i in near
                if present is not None and i.start > present.start and _VACANT.search(i.mention.before)
                and (i.unit or _POSTS.match(i.mention.after))
            ),
            None,
        )
        together = vacant is not None and _TOGETHER.search(vacant.mention.before) is not None  # "Tính chung thiếu 5": of several quotas
        if present is not None and vacant is not None and vacant.value < quota.value and not together:
            yield sum_claim(quota.mention, [present, vacant], "equal", "breakdown.vacant")


def _is_quota(item: Item) -> bool:
    """Do its words say how many posts there are, and not how many of them are filled?"""
    given = _QUOTA.search(item.mention.before) or _ESTABLISHED.match(item.mention.after)
    return bool(given) and not (_PRESENT.search(item.mention.before) and "giao" not in item.mention.before)


def totals_after(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """ "…: 19 HS. …: 96 HS. Cộng 115 HS": the total stands after its parts."""
    for place, total in enumerate(items):
        lead = total.mention.before
        if place >= 2 and IN_HAND.search(lead):
            pair = items[place - 2 : place]
            ways = {class_of(i.label, "intake") for i in pair}
            if ways == {"new", "carried"} and all(i.mention.sentence == total.mention.sentence for i in pair):
                yield sum_claim(total.mention, pair, "equal", "breakdown.after")
            continue
        if place < 2 or not _AFTER.search(lead) or _SO_MANY_MADE.match(reading.folded, total.mention.quantity.span.end) or _divided_behind(reading, items, place) or _EACH.search(items[place - 1].mention.before):
            continue
        any_unit = [i for i in items[max(0, place - _BACK) : place] if i.mention.depth == total.mention.depth and not EACH_ONE.match(reading.folded, i.mention.end) and not _EACH.search(i.mention.before)]
        before = [i for i in any_unit if compatible(i.unit, total.unit)]
        found = _suffix(before, total.value) or _all_but_one(reading, before, total)
        parted = [i for i in items[max(0, place - _BACK) : place] if i.mention.sentence >= total.mention.sentence - 1]
        if found is None and any(i.base is not None for i in parted) and any(total_of(some) == total.value for n in (2, 3, 4) for some in combinations(parted[-_FEW_PARTS:], n)):
            continue  # "2.761 liều …; 1.634/1.790 con; 1.105 liều. Tổng cộng cả ba loại 5.500 liều"
        if found is None and _ADDED.search(lead):
            found = _suffix(any_unit, total.value)  # "kiểm tra 41 lượt, giám sát 36 lượt; Ủy ban Kiểm tra làm 29 cuộc, cộng 106 lượt"
        if found is not None:
            yield sum_claim(total.mention, found, "equal", "breakdown.after")
        elif re.search(r"(?<!\w)(?:tổng cộng|cộng lại|^cộng)(?!\w)|^tổng(?: số)?$|^cả (?:năm|quý|kỳ|\d{1,2} tháng)(?: [^\W\d]+){0,2}$", lead):
            near, most, closing = _likely_parts(lead, before, total)
            near = _done_alike(near, total)
            if how_many(reading, total) not in {None, len(near)}:
                continue  # "cả 2 hồ sơ trễ thuộc lĩnh vực đất đai, nơi phát sinh 61 hồ sơ. Hai lĩnh vực này cộng lại là 235"
            if near and total_of(near) > total.value and states_behind(reading, total.mention, reading.folded[reading.sentences[near[0].mention.sentence].start : total.start]):
                continue  # "đợt một kiểm tra 42 cơ sở, đợt hai 38 cơ sở. Tổng cộng có 71 cơ sở đạt yêu cầu"
            within = _window(near, total.value)
            if within is not None and (within[-1] is near[-1] or content(lead)):  # "…, cộng từ hài lòng trở lên được 114 phiếu" adds up only some of them
                yield sum_claim(total.mention, within, "equal", "breakdown.after")
            elif any(i.value > total.value for i in near) and not comes_near(total_of(near), total.value):
                continue  # "giám sát 6 chuyên đề, …, tổng cộng 8 chuyên đề" behind 81 petitions
            elif 2 <= len(near) <= most and (closing or not _made(near, before)) and not any(OVERLAPPING.search(i.label) for i in near) and not SHARED_MEMBERS.search(reading.folded, near[0].start, total.start):
                yield sum_claim(total.mention, near, "equal", "breakdown.after")


def _all_but_one(reading: Reading, before: list[Item], total: Item) -> list[Item] | None:
    """ "Hội viên: nông dân 2.731, phụ nữ 3.046, cựu chiến binh 385, thanh niên 714, tổng 6.162 người": the list of the sentence, where the
    total that closes it leaves out one of its figures."""
    start = reading.folded.rfind(":", reading.sentences[total.mention.sentence].start, total.start)
    listed = [i for i in before if i.start > start >= 0]
    alike = len({i.unit for i in listed}) == 1 and all(i.mention.before and not i.mention.after and i.base is None and not OVERLAPPING.search(i.label.removeprefix("phụ nữ")) for i in listed)  # the union of women is one of several
    left_out = total_of(listed) - total.value
    return listed if len(listed) > _FEWEST_LISTED and alike and any(i.value == left_out for i in listed) else None


def _likely_parts(lead: str, before: list[Item], total: Item) -> tuple[list[Item], int, bool]:
    """The figures near a total that its words say it adds up, how many they may be, and whether it closes their own sentence: then it may
    tell again what was told before them."""
    near = _a_sentence_each(before, total) if lead.startswith("cộng") else [i for i in before if i.mention.sentence >= total.mention.sentence - 1]
    if (looked := LOOKED_AT.search(lead)) and not any(looked.group() in i.label for i in near):
        return [], _MOST_CLASSES, False  # "phạt 12 cơ sở, nhắc nhở 30 cơ sở, tổng cộng kiểm tra 45 cơ sở": others had nothing amiss
    if lead in {"tổng", "tổng số"}:
        return _classes_closing(near), _MOST_CLASSES, False
    if lead.startswith("cả "):
        return _classes_closing(near) if {class_of(i.label, "months") for i in near[-2:]} != {None} else [], _MOST_CLASSES, False
    if 2 * sum(not i.unit for i in near) > len(near):  # "T1: 118; T2: 97; …. Cộng 6 tháng: 754 hồ sơ"
        classes = shared_partition([i.label for i in near])
        if classes is None:
            return [], _MOST_CLASSES, False  # "thôn Đông 7 hộ nghèo, 11 hộ cận nghèo; thôn Tây 4 và 9; …": what each counts is not said
        return near, _MONTHS if classes[0].name == "months" else _MOST_CLASSES, False
    own = [i for i in near if i.mention.sentence == total.mention.sentence]
    theirs = len(own) > 1 and comes_near(total_of(own), total.value)
    return [i for i in (own if theirs else near) if i.unit == total.unit], _MOST_CLASSES, theirs and lead.startswith("cộng")


def _a_sentence_each(before: list[Item], total: Item) -> list[Item]:
    """ "mai táng phí: 19 hồ sơ. Thẻ BHYT: 96 hồ sơ. Cộng 115 hồ sơ": those of the sentence before, and of the ones before it that tell one each."""
    last = total.mention.sentence - 1
    near = [i for i in before if i.mention.sentence >= last]
    while len(near) == total.mention.sentence - last and len(more := [i for i in before if i.mention.sentence == last - 1]) == 1 and more[0].unit == total.unit:
        near, last = [*more, *near], last - 1
    return near


def _done_alike(listed: list[Item], total: Item) -> list[Item]:
    """ "Đợt 1 phát 240 phiếu, thu 231 phiếu; đợt 2 phát 280 phiếu, thu 274 phiếu. Cộng hai đợt phát 520 phiếu": those told by the total's own verb,
    where others are told by another."""
    verb = total.mention.before.split()[-1:]
    same = [i for i in listed if verb and i.mention.before.split()[-1:] == verb]
    return same if len(same) >= 2 else listed


def _divided_behind(reading: Reading, items: list[Item], place: int) -> bool:
    """Is a total divided behind it? "xóa tổng cộng 95 hộ, gồm 51 hộ nghèo và 44 hộ cận nghèo" adds up nothing before."""
    if _CONSISTS.match(reading.folded, items[place].end):
        return True
    amount: Rational = 0
    for item in items[place + 1 : place + 1 + _MOST_CLASSES]:
        amount += item.value
        if amount >= items[place].value:
            return amount == items[place].value and item is not items[place + 1]
    return False


def _made(parts: list[Item], before: list[Item]) -> bool:
    """Do the figures make another total, told before them? "Nhận 892, gồm 460 và 432. Giải quyết tổng cộng 671"."""
    amount = sum(i.value for i in parts)
    return any(i.value == amount for i in before if i.end <= parts[0].start)


def _classes_closing(listed: list[Item]) -> list[Item]:
    """The classes of one division a list ends with, those of handled dossiers with the pending ones after them."""
    for first in range(max(0, len(listed) - _MOST_CLASSES), len(listed) - 1):
        tail = listed[first:]
        if any(i.mention.sentence != tail[0].mention.sentence for i in tail):
            continue
        pending = len(tail) >= 3 and class_of(tail[-1].label, "progress") == "open"
        for labels in ([i.label for i in tail], [i.label for i in tail[: -1 if pending else len(tail)]]):
            partition = shared_partition(labels)
            if partition is not None and partition[0].covers(frozenset(partition[1])):
                return tail
    return []


def _window(listed: list[Item], total: Rational) -> list[Item] | None:
    """Neighbouring figures that make the total."""
    for start in range(max(0, len(listed) - 12), len(listed) - 1):
        amount: Rational = listed[start].value
        for end in range(start + 1, len(listed)):
            amount += listed[end].value
            if amount == total:
                return listed[start : end + 1]
    return None


def _suffix(before: list[Item], total: Rational) -> list[Item] | None:
    amount: Rational = 0
    for count in range(1, min(len(before), 12) + 1):
        amount += before[-count].value
        if count >= 2 and amount == total:
            return before[-count:]
        if amount > total:
            return None
    return None


_RECEIVED = re.compile(r"(?<!\w)(?:tiếp nhận|nhận|thụ lý)(?: (?:được|là|mới|trong kỳ|và xử lý))?:?$")
_LONG = 100  # of fewer some may have gone elsewhere, by as many as one slip makes
_NEAR_BY = 3  # paragraphs in which those carried over may be told
_APART = 3  # sentences of one paragraph over which what is done and what is pending are held together
_SENTENCES = 2  # back from what is done to what was received
HANDLED = frozenset({"hồ sơ", "đơn", "vụ", "nhiệm vụ", "phản ánh", "trường hợp", ""})
_SOLVED = r"(?:giải quyết|gq(?!\w))"
_DONE = re.compile(rf"đã (?:được )?(?:{_SOLVED}|trả|xử lý)|(?:đã )?(?:{_SOLVED}|làm|xử lý) xong|trả kết quả")
_OPEN = re.compile(rf"(?:vẫn|tiếp tục|còn|đang) (?:phải )?(?:thụ lý|theo dõi)|đang (?:được )?(?:{_SOLVED}|xử lý)|còn lại|hiện còn|còn đang|chưa {_SOLVED}|(?:còn [^,;.()]{{0,30}})?chuyển (?:sang |qua )?(?:năm|kỳ|quý|tháng) sau|còn [^,;.()]{{0,30}}chuyển (?:sang|qua) (?:năm|kỳ|quý|tháng)(?! này)")
_FINISHED = re.compile(rf"(?<!\w)xong:? ?$|(?:^|[.;:\n])[\W\d]*kết quả (?:{_SOLVED}|xử lý)(?: (?:hồ sơ|hs|tthc)){{0,2}}:? $")  # "thụ lý 23 vụ, xong 1/23 vụ, vẫn thụ lý tiếp 22 vụ"
_IN_TIME = re.compile(r"(?<!\w)đang (?:còn )?trong (?:thời )?hạn(?!\w)")  # and not those overdue
_CLAUSE = re.compile(r"(?<!\w)(?<!số )(đã [^.;:()\d]*)$")
_TO_HANDLE = re.compile(rf"(?:phải|cần) (?:{_SOLVED}|xử lý)|tổng số (?:hồ sơ|hs)(?: trong (?:kỳ|năm|quý))?$")
_ASKED = re.compile(rf"(?:hồ sơ|hs|đơn|vụ|vụ việc|nhiệm vụ|phản ánh)(?: tthc)? (?:phải|cần|yêu cầu|đề nghị) (?:{_SOLVED}|xử lý)")  # "85.043 hồ sơ TTHC yêu cầu giải quyết"
_ALL_RECEIVED = re.compile(r"tổng (?:số )?[^,;.()\d]{0,30}(?<!\w)nhận(?!\w)[^,;.()\d]{0,20}$")
_ASIDE = re.compile(r"\([^()]*\)")
_OPENS = re.compile(r"[(:]|(?<!\w)(?:trong (?:số )?đó|gồm)(?!\w)")
_OTHER_CLASS = re.compile(r"trả lại|(?:xin )?rút|từ chối|bổ sung|tạm dừng|chuyển (?:đi|cơ quan)")


def progress(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
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
            if item.aside or item.unit not in HANDLED:
                continue
            others = others or bool(_OTHER_CLASS.search(item.label)) and item.value > 0
            if _to_handle(reading, items, place):
                whole, others, done = item, False, None
            if (
                done is not None
                and _OPEN.search(item.label)
                and compatible(item.unit, done.unit)
                and item.value
            ):
                closed = not others and not _divided(items, place)
                yield from _balance(recent, whole if closed else None, done, item, done.base if closed else None, alone=not others, last=item.unit in MATTERS and _ends_sentence(items, place))
                done = whole = None
            elif _tells_done(reading, item) and not _OPEN.search(item.label) and item.mention.depth == 0:
                some = done is not None and class_of(item.label, "timeliness") is not None  # "trong số đã giải quyết, trước hạn 2.713"
                done = done if some else item
            recent.append(item)
            if len(recent) > 40:
                del recent[:20]


def _to_handle(reading: Reading, items: list[Item], place: int) -> bool:
    """Does a figure count all there is to resolve? All received do where those carried over are told among them, and not beside them:
    "tổng số hồ sơ tiếp nhận trong kỳ 2.815 hồ sơ (trực tuyến 2.410, …); từ kỳ trước chuyển qua 42"."""
    item = items[place]
    if _TO_HANDLE.search(item.mention.before) or _ASKED.match(item.mention.after):
        return True
    if not _ALL_RECEIVED.search(item.mention.before):
        return False
    carried = next((i for i in _rest_of_sentence(items, place) if class_of(i.label, "intake") == "carried"), None)
    if carried is None:
        return False
    between = _ASIDE.sub("", reading.folded[item.end : carried.start]).rstrip(" :")
    return ";" not in between or _OPENS.search(between) is not None


def _tells_done(reading: Reading, item: Item) -> bool:
    """Do its words say that it is resolved, or those of its clause: "đã làm xong, trả giấy phép cho 456 hồ sơ"?"""
    said = reading.folded[max(0, item.start - 60) : item.start]
    if _DONE.search(item.label if item.base is None else item.mention.before) or item.base is not None and _FINISHED.search(said):
        return True
    clause = _CLAUSE.search(said)
    return clause is not None and _DONE.match(clause.group(1)) is not None


def _divided(items: list[Item], place: int) -> bool:
    """Does the pending figure only open a list of pending ones (in time, overdue)?"""
    following = items[place + 1 : place + 2]
    return (
        bool(following)
        and following[0].mention.sentence == items[place].mention.sentence
        and class_of(following[0].label, "timeliness") == "late"
        and following[0].mention.depth == items[place].mention.depth
    )


def _ends_sentence(items: list[Item], place: int) -> bool:
    following = items[place + 1 : place + 2]
    return not following or following[0].mention.sentence != items[place].mention.sentence


def _intake(recent: list[Item], done: Item) -> tuple[Item, Item] | None:
    """The new ones and those carried over, told side by side before the resolved ones, and no sum of the two: these are what there is to
    resolve ("nhận mới 2.346 hồ sơ, kỳ trước chuyển sang 87 hồ sơ")."""
    before = [i for i in recent if i.end <= done.start and i.base is None and not i.mention.depth][-_INTAKE_BACK:]
    for one, other in pairwise(before):
        classes = {in_hand.role(i): i for i in (one, other)}
        near = other.mention.sentence - one.mention.sentence <= 1 and done.mention.sentence - other.mention.sentence <= 1
        if near and classes.keys() == {"new", "carried"} and classes["carried"].value > 0 and not any(i.value == one.value + other.value for i in before):
            return classes["new"], classes["carried"]
    return None


def _balance(
    recent: list[Item], whole: Item | None, done: Item, pending: Item, base: Mention | None, *, alone: bool, last: bool
) -> Iterator[Claim]:
    """The claim that those resolved and those pending make what there was to resolve; `alone` says that no other class is spoken of, `last` that
    those pending are matters, which are done or not, and end their sentence."""
    made = done.value + pending.value
    if done.fitted is not None and done.fitted is pending.fitted and closed_by_shares([done, pending]):
        base = done.fitted  # "510.541 hồ sơ (96,1%) … 20.734 hồ sơ (3,9%)": the shares leave no other class
    if base is not None and base.value != made and class_of(done.label, "timeliness") is not None:
        return  # "giải quyết đúng hạn 2.785/2.790 hồ sơ, …; đang giải quyết 25": the 2.790 are those resolved
    if base is not None and made != base.value and _told_apart(done, pending):
        return
    if base is not None and pending.mention.paragraph - done.mention.paragraph <= (6 if pending.unit else 1):
        yield sum_claim(base, [done, pending], "equal", "breakdown.progress")
        return
    intake = _intake(recent, done)
    if intake is not None and (whole is None or whole is intake[0]):
        new, carried = intake
        left, told = new.value + carried.value - done.value, pending.value
        if told == left or whole is None and (told + carried.value == left or left > 0 and alone):
            yield _left_of(new, carried, done, pending)
            return
    equal = next((i for i in reversed(recent) if i.value == made and compatible(i.unit, pending.unit)), None)
    if equal is not None:
        yield sum_claim(equal.mention, [done, pending], "equal", "breakdown.progress")
    elif whole is not None and (old := next((i for i in recent if whole.value + i.value == made and class_of(i.label, "intake") == "carried"), None)) is not None:
        yield _left_of(whole, old, done, pending)  # "tổng số tiếp nhận 2.815, tồn kỳ trước 42, đã giải quyết 2.790, đang giải quyết 67"
    elif (
        whole is not None
        and not _IN_TIME.search(pending.label)
        and (whole.unit != "" and all(i.unit == whole.unit or not i.unit and whole.unit in i.mention.before for i in (done, pending)) or _in_one_line(whole, done, pending))
        and pending.mention.sentence - done.mention.sentence <= 1
        and pending.mention.paragraph - whole.mention.paragraph <= 2
    ):
        yield sum_claim(whole.mention, [done, pending], "equal", "breakdown.progress")
    elif done.fitted is not None and alone and (done.value < done.fitted.value < made or last and comes_near(made, done.fitted.value)) and pending.mention.sentence - done.mention.sentence <= 1 and one_slip_makes(Item(done.fitted, done.fitted.label, done.fitted.unit), [done, pending]):
        yield sum_claim(done.fitted, [done, pending], "equal", "breakdown.progress")  # "thuộc thẩm quyền 28 đơn, đã giải quyết 17 đơn (60,71%), đang giải quyết 31 đơn"
    elif (received := _received_but_for_a_slip(recent, done, pending)) is not None:
        yield sum_claim(received.mention, [done, pending], "equal", "breakdown.progress")


def _told_apart(done: Item, pending: Item) -> bool:
    """ "đã giải quyết 28/45 đơn; …. Được giao 31 biên chế; … Trình độ: …, còn lại 3": do other sentences stand between the two?"""
    between = pending.mention.sentence - done.mention.sentence
    bare = not pending.unit and pending.label.strip() in {"còn", "còn lại"}
    return between > 1 if bare else between > _APART and (not pending.unit or pending.mention.paragraph == done.mention.paragraph)


def _in_one_line(whole: Item, done: Item, pending: Item) -> bool:
    """ "Tổng hồ sơ phải giải quyết: 874; đã giải quyết: 858; đang giải quyết: 15": the three without a unit, in one sentence."""
    return whole.unit == done.unit == pending.unit == "" and whole.mention.sentence == done.mention.sentence == pending.mention.sentence and comes_near(done.value + pending.value, whole.value)


def _received_but_for_a_slip(recent: list[Item], done: Item, pending: Item) -> Item | None:
    """ "tiếp nhận 1.378 hồ sơ …. Đã giải quyết 1.302, đang giải quyết 67": those received, where one slip keeps the others from making them and
    none were carried over, or these are counted among them."""
    before = [i for i in recent if i.end <= done.start and i.base is None and not i.mention.depth and done.mention.sentence - i.mention.sentence <= _SENTENCES]
    likely = [i for i in before if _made_of_both(recent, i)]
    if not likely:
        if pending.mention.sentence - done.mention.sentence > 1 or any(_carried(i) for i in recent if done.mention.paragraph - i.mention.paragraph <= _NEAR_BY):
            return None
        likely = [i for i in before if _RECEIVED.search(i.mention.before)]
    likely = [i for i in likely if compatible(i.unit, done.unit or pending.unit)]
    if not likely or any(_OTHER_CLASS.search(i.label) and i.value for i in recent if i.start > likely[-1].start):
        return None
    near = pending.mention.sentence - done.mention.sentence <= _SENTENCES
    return likely[-1] if near and likely[-1].value >= _LONG and one_slip_makes(likely[-1], [done, pending]) else None


def _carried(item: Item) -> bool:
    return in_hand.role(item) == "carried" or class_of(item.label, "intake") == "carried"


def _made_of_both(recent: list[Item], whole: Item) -> bool:
    """ "tổng số 471 hồ sơ (kỳ trước chuyển qua 8; mới 463)": is a figure the sum of those carried over and the new ones of its sentence?"""
    beside = [i for i in recent if i.mention.sentence == whole.mention.sentence and i is not whole]
    return any(_carried(old) and not _carried(new) and old.value + new.value == whole.value > new.value for old, new in (*pairwise(beside), *pairwise(beside[::-1])))


def _left_of(new: Item, carried: Item, done: Item, pending: Item) -> Claim:
    terms = [term("total", pending.mention), term("part", new.mention), term("part", carried.mention), term("part", done.mention, negative=True)]
    return claim(Kind.BREAKDOWN, terms, "breakdown.progress", scope=pending.mention.quantity.noun)
