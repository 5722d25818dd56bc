"""Totals and their parts: parentheses, "gồm", "trong đó", lists, remainders, totals after their parts.

A list is read as a sum only when the prose says so (an opener, a parenthesis) or when its items are
classes of one common partition. Where several totals could be meant, the one that fits is taken; a
conflict is claimed only against a total the prose points at.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise, takewhile

from ..digits import distance
from ..language import compatible, starting, unit_opening
from ..model import Claim, Rational, magnitude
from ..quantities import Reading
from . import (
    a_sentence_each,
    accounts,
    again,
    balances,
    besides,
    bracketed,
    causes,
    coincidences,
    dealt_with,
    deductions,
    denials,
    equations,
    exhaustive,
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
from .divisions import (
    DIMENSION,
    OPEN_BELOW,
    SLIP,
    closed_lists,
    more_of,
    partitioned,
    rest_uncounted,
    rest_unsaid,
    within,
)
from .items import (
    LEAST,
    TURNS,
    Item,
    between,
    close,
    closed_by_shares,
    collapsed,
    comes_out,
    content,
    ends_with_others,
    near,
    one_swap_makes,
    same_units,
    sum_claim,
    total_of,
)
from .partitions import (
    OVERLAPPING,
    SHARED_MEMBERS,
    SHARED_POSTS,
    class_of,
    classes_of,
    denied_of,
    shared_partition,
)
from .runs import AMONG, ASIDE, COMPARED, Run, runs
from .wholes import (
    ALL_PEOPLES,
    SEVERAL,
    closed_by_others,
    named_total,
    own_total,
    prefix_making,
    told_before,
    whole_of,
)

_MOST_PARTS = 40
_MORE = 5  # times
_FROM_AGE, _TO_AGE = re.compile(r"(?<!\w)dưới \d+(?: tuổi)?(?!\w)"), re.compile(r"(?<!\w)(?:trên \d+(?: tuổi)?|từ \d+(?: tuổi)? trở lên)(?!\w)")
_OF_AGE = re.compile(r"(?<!\w)tuổi(?!\w)|(?<!\w)(?:dưới|trên|từ) \d+")
_FAR = 10  # a second division that is further from the total than one in so many is of another one
_STOCK_LINES = 8  # lines over which a stock may be rolled forward
_LISTED = re.compile(r"(?<!\w)gồm(?: có)?\s?:?")
_AGAIN = re.compile(r";[^;]*(?<!\w)theo(?!\w)")  # "tổ chức 4, cá nhân 37; chia theo thiết bị thì …": the whole of both lists
_MOST_OF_ALL = re.compile(r"(?<!\w)nhiều nhất(?!\w)")  # "cấp xã nhiều nhất với 2.715 trường hợp, cấp huyện 439": the first of all
_BODIES = frozenset({"cơ sở", "trường", "xã", "thôn", "tổ", "khu", "huyện", "văn bản", "thủ tục"})  # no kinds of people
_NAMED_BY_NUMBER = re.compile(r"(?:thôn|bản|xóm|ấp|làng|buôn|tổ|tổ dân phố|tdp|khu|khu phố|khu dân cư|cụm|cụm dân cư|chi bộ|chi hội|chi đoàn|tòa|tòa nhà|nhà|lô|dãy|đội|nhóm|lớp|điểm|ngõ|phòng|kỳ|đợt|ca|khối|vùng|trạm|bàn|xe)")
_LARGEST_OF = re.compile(r"(?<!\w)(?:lớn|chính|chủ yếu|nổi bật|tiêu biểu|trọng điểm)(?: nhất)? (?:trong|của) (?:tổng )?[^\d,;:]{0,30}$")  # "các khoản chi lớn trong tổng chi 6,2 tỷ đồng gồm …"
_SOME_OF = re.compile(r"(?:nửa|phần (?:ba|tư|năm|sáu|bảy|tám|chín|mười)) (?:trong|của|trên)(?: (?:tổng )?số)?$")  # "một phần ba trong 90 hộ, cụ thể 18 hộ … và 12 hộ …"
_PUNISHED = re.compile(r"(?<!\w)(?:phạt|nhắc nhở|cảnh cáo|lập biên bản|đình chỉ|tạm giữ|tịch thu|tháo dỡ|cam kết)(?!\w)")
_TOTALLED = re.compile(r"(?<!\w)tổng(?!\w)")  # "1486,2 ha, trong đó đất lúa 702,5 ha; …; tổng diện tích tự nhiên 2148 ha"
_SEASON = re.compile(r"(?<!\w)vụ (?:đông|xuân|mùa|chiêm|hè|thu)(?!\w)")  # one field bears several crops a year
_CARRIED = re.compile(starting("tồn") + r"(?!\w)")
_NEW = re.compile(starting("mới") + r"(?!\w).* trong (?:năm|quý|tháng)")
_EACH = re.compile(r"(?<!\w)mỗi(?!\w)")
_ANYONE = re.compile(r"đối tượng(?!\w)")  # "32.145 đối tượng (296 tổ chức, 31.849 cá nhân)"
_LOCALITIES = frozenset({"xã", "huyện"})  # "126 đơn vị cấp xã, gồm 51 phường và 75 xã"
_HEADS_LINES = re.compile(r"[^.;\d]{2,40}:\s*")
_BREAKS = re.compile(r"[;:.\n]|(?<!\w)(?:trong (?:đó|số)|riêng|còn|nhưng|song|ngoài ra|đã|đang|đồng thời|cùng với|được|bị|đạt|chiếm|tăng|giảm|so với)(?!\w)")
_AND = re.compile(r"(?<!\w)và(?!\w)")
_ONE_OF_SOME = re.compile(r"(?<!\w)(?:đã|đang|chưa|còn|nữ|dự(?! phòng| toán| án)|tham gia|đạt|thu|nộp|phạt|xử lý|tổ chức|mỗi)(?!\w)")
_COUNTED_LAST = re.compile(r"\w*(?: \w+)?")  # "ở thị trấn 12 người, ở khu phố 15 người": nothing but the unit behind the number
_SENTENCE_ENDS = re.compile(r"\s*(?:[.;)\n]|$)")
_HEAD_FIRST = re.compile(r"\((?:đồng chí )?(?:chủ tịch|bí thư|trưởng|tổ trưởng|giám đốc|thủ trưởng)[^,;()\d]{0,40}, ")  # "(Chủ tịch làm Tổ trưởng, 01 Phó Chủ tịch, …)"
_AT_START = re.compile(r"\W*(?:số (?:hộ |người )?)?(?:(?:có )?đầu (?:năm|kỳ|quý|tháng)|tồn đầu)(?!\w)")
_AT_END = re.compile(r"\W*(?:số (?:hộ |người )?)?(?:(?:còn |có )?cuối (?:năm|kỳ|quý|tháng)|tồn cuối)(?!\w)")
_AND_FOUND = re.compile(r"(?<!\w)(?:thấy|phát hiện|ghi nhận)\s?:")
_WAYS = frozenset({"qua", "tại", "bằng", "ở"})  # first words of ways a thing is done: "qua Cổng 41, qua điện thoại 37, tại quầy 18"
_AFTERWORD = 120  # characters after a list in which its overlaps may be told


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
        yield from deductions.find(reading, everything)
        yield from equations.find(reading, items)
        yield from raised.find(reading, items)
        yield from regrouped.find(reading, everything)
        yield from denials.find(reading, items)
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
        chances = [*coincidences.coincident(items, earlier), *coincidences.opened_by_total(items)]
        yield from chances
        yield from again.find(reading, items, [*sums, *chances])
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
    if not first.marker or not paragraphs[index] or not _AT_START.match(reading.folded, first.span.start):
        return []
    out = [i for i in paragraphs[index] if not i.mention.depth]
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
    own = own_total(items)
    base = items[0].base  # "đặt tên 04 tuyến đường: tán thành 20/23 đại biểu; không tán thành 02; …": not of the 04
    of_base = base is not None and run.total is not None and not run.total.unit and run.total.value != base.value == total_of(items)
    total = whole_of(run, run.total) if run.total is not None else None
    if total is not None and not of_base and any(_counts_alike(i, total, run.opener) for i in items):
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
    if len(items) >= 2 and re.search(r"(?:^|\s)theo [^,;:.]{2,40}[:,]", run.lead):
        amount = total_of(items)
        whole = next(
            (
                i
                for i in earlier
                if i.value == amount and compatible(i.unit, items[0].unit) and amount >= LEAST
            ),
            None,
        )
        if whole is not None and same_units(items, items[0].unit):
            yield sum_claim(
                whole.mention, items, "equal", "breakdown.by"
            )  # "Theo dân tộc: …" of a whole told before
            return
    yield from partitioned(reading, run, paragraph, earlier)


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
    found = shared_partition([i.label for i in last])
    meant = _FAR * magnitude(total_of(last) - total.value) <= total.value or one_swap_makes(total, last)
    if found is not None and found[0].closes(frozenset(found[1])) and meant:
        yield sum_claim(total.mention, last, "equal", f"breakdown.{found[0].name}")


def against(reading: Reading, run: Run, total: Item) -> Iterator[Claim]:
    """The run as parts of a total the prose points at."""
    if _SOME_OF.search(total.mention.before) or _LARGEST_OF.search(total.mention.before) or _EACH.search(total.mention.after):
        return
    if run.opener == "equal" and len(run.items) >= SEVERAL and total_of(run.items) == total.value >= LEAST and all(i.base is None for i in run.items):
        yield sum_claim(total.mention, run.items, "equal", "breakdown.equal")  # "1.842 phản ánh, gồm 1.077 qua ứng dụng, 492 cuộc gọi và 273 tin nhắn"
        return
    parts = [i for i in run.items if _counts_alike(i, total, run.opener) and not balances.EACH_ONE.match(reading.folded, i.mention.end)]
    parts = [i for i in parts if not _compared(i, total) and not denied_of(total.label, i.label)][:_MOST_PARTS]
    if total_of(parts) != total.value:
        parts = [i for i in parts if not remainders.pending_of_done(total, i)]  # "đã giải quyết 2.811, trong đó đúng hạn 2.804; còn 72 đang giải quyết"
    others = [i for i in parts if i.value != total.value]
    if len(others) >= 2 and total_of(others) == total.value:
        parts = others  # "Trong 5.183 hồ sơ có 3.907 …, 1.205 … và 71 …": the total said again
    apart = [i for i in parts if not any(i.fitted is other.mention for other in parts)]
    if len(apart) >= 2 and total_of(apart) == total.value:
        parts = apart  # "31 đơn thuộc thẩm quyền, đã xong 30 đơn, đạt 96,77% và 82 đơn không thuộc": one is of another
    if len(parts) < 2:
        return
    undivided = collapsed(parts) if prefix_making(reading, parts, total.value) is None else parts
    whole_list = run.opener == "colon" and total_of(parts) != total.value and close(total_of(parts), total.value) and total_of(undivided) != total.value
    if len(undivided) > 1 and not whole_list:  # "68 đơn: thụ lý 33; chuyển 24; hướng dẫn 09; lưu 04" are four, though two of them make the first
        parts = undivided
    elif not whole_list and not (run.opener == "equal" and close(total_of(parts), total.value)):
        return  # but "64 cơ sở, gồm 31 …, 22 … và 9 …" are three kinds, though two of them make the first
    exact = prefix_making(reading, parts, total.value)
    all_listed = exact is not None and _more_is_listed(reading, run, parts, exact)
    if all_listed:
        exact = None
    elif exact is None and len(parts) < len(run.items):
        exact = _all_or_more(reading, run.items, total.value)
    if exact is None and total.base is not None and not total.mention.quantity.written.rounded:
        exact_base = prefix_making(reading, parts, total.base.value)
        if exact_base is not None and run.opener not in {"paren"}:
            yield sum_claim(total.base, exact_base, "equal", "breakdown.base")
            return
    if exact is not None:
        yield sum_claim(total.mention, exact, "equal", f"breakdown.{run.opener}")
        return
    elsewhere = parts[0].mention.sentence != total.mention.sentence
    for other in run.alternates:
        fits = prefix_making(reading, parts, other.value)
        if fits is not None and (run.opener == "paren" or compatible(other.unit, total.unit) and (run.opener in {"among", "colon"} or run.opener == "equal" and content(run.lead) & other.words)):
            yield sum_claim(other.mention, fits, "equal", f"breakdown.{run.opener}")
            return
    if run.opener == "colon" and not total.unit and _NAMED_BY_NUMBER.fullmatch(total.mention.before) and any(i.unit for i in parts):
        return  # "Chi bộ 24: 12 đảng viên nam, 13 đảng viên nữ"
    if elsewhere and _AND_FOUND.search(reading.folded, total.end, parts[0].start):
        return  # "rút 150 hồ sơ và thấy:", a line each for what was found: a dossier may stand in several
    if balances.LOOKED_AT.search(total.label) and total_of(parts) < total.value and all(_PUNISHED.search(i.label) for i in parts):
        return  # "kiểm tra 45 cơ sở: phạt 12 cơ sở, nhắc nhở 30 cơ sở": others had nothing amiss
    rounded = any(i.mention.quantity.written.rounded for i in (*parts, total))
    if run.alternates and run.alternates[-1].unit == total.unit and run.alternates[-1].value + total.value == total_of(parts):
        return  # "17 xã và 2 thị trấn, …, trong đó 18 xã, thị trấn … và 01 xã …": of both
    if 2 * len(parts) < len(run.items) and run.opener != "paren":
        return  # most of what is listed counts something else
    relation = "equal" if all_listed else _relation(reading, run, parts, total, rounded)
    many_more = elsewhere and total_of(parts) > _MORE * total.value and sum(i.value > total.value for i in parts) > 1
    if total.value > SLIP * total_of(parts) or many_more:
        relation = ""  # no slip of one digit makes them so few, or so many: they are parts of another whole
    if relation and (rest_uncounted(reading, run.items[-1]) or rest_uncounted(reading, parts[-1]) or _uncounted(reading, run, total)):
        relation = "at_most"
    if relation and not (relation == "equal" and _named_by_number(reading, parts, total.value - total_of(parts))):
        yield sum_claim(total.mention, parts if all_listed else _members(parts, total), relation, f"breakdown.{run.opener}")


def _more_is_listed(reading: Reading, run: Run, parts: list[Item], exact: list[Item]) -> bool:
    """Does a list go on in one breath behind the parts that make its total? "44 văn bản, gồm 4 kế hoạch, 9 quyết định, 31 công văn và
    7 thông báo": the last of a list stands behind "và", or counts what all the others do and ends the sentence."""
    rest = parts[len(exact) :]
    heads = {AMONG.sub("", i.label).strip().partition(" ")[0] for i in parts}
    headed = len(heads) == 1 and "" not in heads or heads <= _WAYS  # "học chính trị 3, học nghiệp vụ 14, học tin học 9"
    opened = run.opener in {"equal", "paren"} or run.opener == "among" and headed
    if not opened or len(rest) != 1 or parts != run.items[: len(parts)] or len({i.unit for i in parts}) != 1 or rest[0].value > total_of(exact):
        return False
    gaps = [between(reading, one.end, other.start) for one, other in pairwise(parts)]
    if all(gap.count(";") == 1 for gap in gaps):  # each part of the list behind one: an "và" joins no two of them
        gaps = [_AND.sub(" ", gap.replace(";", ",")) for gap in gaps]
    turns = run.total is not None and run.total.unit in TURNS
    if any(_BREAKS.search(gap) for gap in gaps) or any(_ONE_OF_SOME.search(i.label) or OVERLAPPING.search(i.label) and not turns for i in parts):
        return False
    if any(i.value == total_of(parts) for i in run.alternates) or any(classes_of(i.label) for i in rest):
        return False
    joined = [_AND.search(gap) is not None for gap in gaps]
    plain = len(exact) >= 2 and bool(parts[0].unit) and all(_COUNTED_LAST.fullmatch(i.mention.after) for i in parts)
    ended = _SENTENCE_ENDS.match(reading.folded, parts[-1].mention.end) is not None
    if run.opener == "among":
        return headed and ended
    return joined[-1] and not any(joined[:-1]) or plain and not any(joined) and ended or ends_with_others(rest) and ended


def _named_by_number(reading: Reading, parts: list[Item], lacking: Rational) -> bool:
    """Does what a list lacks stand among it as the number of a name: "chi đoàn công an 6, chi đoàn khu dân cư 13"?"""
    end = reading.sentences[parts[-1].mention.sentence].end
    place = bisect_left(reading.others, parts[0].start, key=lambda o: o.span.start)
    named = takewhile(lambda o: o.span.start < end, reading.others[place : place + _MOST_PARTS])
    closing = [o.span for o in named if reading.text[o.span.end : o.span.end + 1] in {",", ";", ".", ")", ""}]
    return lacking > 0 and any(reading.text[slice(*span)] == str(lacking) for span in closing)


def _all_or_more(reading: Reading, items: list[Item], total: Rational) -> list[Item] | None:
    """A list counted in several units that makes the total: all of it ("khiển trách 15, cảnh cáo 3, khai trừ 1 trường
    hợp"), or the first three or more ("khởi tố 161 vụ án, không khởi tố 202 tin, tạm dừng 04 tin, đang giải quyết 26")."""
    if total_of(items) == total:
        return items
    first = prefix_making(reading, items, total)
    return first if first is not None and len(first) >= SEVERAL else None


def _uncounted(reading: Reading, run: Run, total: Item) -> bool:
    """Does a list name a member without a number? "23 người, gồm: Chủ tịch, 3 Phó Chủ tịch và 19 Ủy viên"."""
    opened = _LISTED.search(reading.folded, total.end, run.items[0].start)
    if opened is not None and re.search(r"\w,\s", reading.folded[opened.end() : run.items[0].start]) is not None:
        return True
    return run.opener == "paren" and _HEAD_FIRST.search(reading.folded, total.end, run.items[0].start) is not None


def _compared(item: Item, total: Item) -> bool:
    """Is the figure one of another period or a plan? Among documents "kế hoạch: 06" counts plans."""
    plans = total.unit == "văn bản" and re.fullmatch(r"(?:các )?kế hoạch", item.mention.before) is not None
    carried = _CARRIED.search(item.mention.before) is not None  # "tồn năm 2022 là 11"
    new = _NEW.search(item.mention.before) is not None
    return not plans and not carried and not new and COMPARED.search(item.mention.before) is not None


def _counts_alike(item: Item, total: Item, opener: str) -> bool:
    """May the item be a part of the total, by what the two count?"""
    if _EACH.search(item.mention.before):
        return False  # "2 đơn vị bầu cử, mỗi đơn vị có 5 đại biểu"
    if total.unit == "đồng" != item.unit:
        return False  # "142 triệu đồng, gồm sửa 02 căn nhà hết 100 triệu đồng và …"
    if compatible(item.unit, total.unit) or opener == "paren" and _kind_of_unit(item, total):
        return True
    return item.unit in _LOCALITIES and re.match(r"(?:đơn vị(?: hành chính)?(?: cấp)?|cơ quan|tổ chức|địa phương)(?!\w)", total.mention.after) is not None


def _kind_of_unit(item: Item, total: Item) -> bool:
    """Inside a parenthesis the unit may be a kind of the total's: 11 thành viên (01 Trưởng ban, …)."""
    return (
        bool(item.unit)
        and total.unit in {"người", "văn bản", "đơn", "cơ sở", "trường", "đoàn"}
        and item.unit not in {"lượt", "hộ", "phiếu", "hồ sơ", "đồng", "lượt người"}
        and not (total.unit == "người" and item.unit in _BODIES and not _ANYONE.match(total.mention.after))
    )


def _members(parts: list[Item], total: Item) -> list[Item]:
    """The parts that divide the total: the classes a list opens with where they make a whole division, and what
    follows them in the same classes ("khiếu nại đúng 4 vụ; khiếu nại sai 17 vụ; tố cáo sai 1 vụ"); else all."""
    family = _family(parts)
    found = shared_partition([i.label for i in family]) if family is not None else None
    if family is None or found is None or not found[0].covers(frozenset(found[1])):
        return parts
    more = [] if total_of(family) == total.value else more_of(found, parts[len(family) :])
    listed = [*family, *more]
    return min((listed, parts), key=lambda some: magnitude(total_of(some) - total.value))


def _family(parts: list[Item]) -> list[Item] | None:
    """The longest leading stretch of parts that are classes of one partition."""
    for count in range(len(parts), 1, -1):
        if shared_partition([i.label for i in parts[:count]]):
            return parts[:count]
    return None


def _relation(reading: Reading, run: Run, parts: list[Item], total: Item, rounded: bool) -> str:
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
        shared_partition([i.label for i in f]) if (f := _family(parts)) else None
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
        if homogeneous and amount * 100 > total.value * 95 and _ends(reading, parts):
            return "equal"
        alike = len({i.unit for i in parts if i.unit}) <= 1
        if alike and len(parts) >= SEVERAL and close(amount, total.value) and one_swap_makes(total, parts):
            return "equal"  # "821 đơn vị. Trong đó, … là 19; … là 72; … là 703": of 730
        if amount <= total.value:
            return "at_most"
        if shares_right:
            return ""  # "khám 9.412 lượt. Trong đó khám BHYT 8.136 lượt (86,4%); khám y học cổ truyền 2.541 lượt (27,0%)": some are both
        over = any(i.value > total.value for i in parts) or amount * 4 <= total.value * 5
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


_NOUN_OF_TOTAL = re.compile(r"^(?!.*(?<!\w)(?:theo|về)(?!\w))[^,;:()\d]{0,40}:")  # "cho 612 người cao tuổi: đợt một 210 người, …" divides by no age
_MEMBERS = re.compile(r"(?:thành viên|người|đồng chí|ủy viên|đ/c)(?!\w)")
_AND_LAST = re.compile(r"(?<!\w)và(?!\w)[^,;.\d]*$|(?<!\w)còn lại")


def _ends(reading: Reading, parts: list[Item]) -> bool:
    """Is the last part told as the last: after "và", as what remains, as all others?"""
    last = parts[-1]
    return _AND_LAST.search(reading.folded, max(0, last.start - 30), last.start) is not None or ends_with_others(parts)
