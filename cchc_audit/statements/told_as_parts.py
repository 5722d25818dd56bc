"""A list against the total the prose points at: which of its figures are the parts, and whether they are said to be all of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise, takewhile

from ..language import compatible, starting
from ..model import Claim, Rational, magnitude
from ..quantities import Reading
from . import balances, remainders
from .all_or_some import RUNG, family, relation_of
from .classes import SLIP, more_of
from .divisions import rest_uncounted
from .items import (
    LEAST,
    TURNS,
    Item,
    between,
    close,
    collapsed,
    content,
    ends_with_others,
    exact,
    near,
    sum_claim,
    total_of,
)
from .partitions import OVERLAPPING, classes_of, denied_of, shared_partition
from .runs import AMONG, COMPARED, Run, by_year
from .wholes import SEVERAL, prefix_making

_MOST_PARTS = 40
_MORE = 5  # times
_MEASURED = frozenset({"tấn", "tạ", "kg", "km", "m", "m²", "m³", "ha", "lít"})
_LISTED = re.compile(r"(?<!\w)gồm(?: có)?\s?:?")
_BODIES = frozenset({"cơ sở", "trường", "xã", "thôn", "tổ", "khu", "huyện", "văn bản", "thủ tục"})  # no kinds of people
_NAMED_BY_NUMBER = re.compile(r"(?:thôn|bản|xóm|ấp|làng|buôn|tổ|tổ dân phố|tdp|khu|khu phố|khu dân cư|cụm|cụm dân cư|chi bộ|chi hội|chi đoàn|tòa|tòa nhà|nhà|lô|dãy|đội|nhóm|lớp|điểm|ngõ|phòng|kỳ|đợt|ca|khối|vùng|trạm|bàn|xe)")
_LARGEST_OF = re.compile(r"(?<!\w)(?:lớn|chính|chủ yếu|nổi bật|tiêu biểu|trọng điểm)(?: nhất)? (?:trong|của) (?:tổng )?[^\d,;:]{0,30}$")  # "các khoản chi lớn trong tổng chi 6,2 tỷ đồng gồm …"
_SOME_OF = re.compile(r"(?:nửa|phần (?:ba|tư|năm|sáu|bảy|tám|chín|mười)) (?:trong|của|trên)(?: (?:tổng )?số)?$")  # "một phần ba trong 90 hộ, cụ thể 18 hộ … và 12 hộ …"
_PUNISHED = re.compile(r"(?<!\w)(?:phạt|nhắc nhở|cảnh cáo|lập biên bản|đình chỉ|tạm giữ|tịch thu|tháo dỡ|cam kết)(?!\w)")
_CARRIED = re.compile(starting("tồn") + r"(?!\w)")
_NEW = re.compile(starting("mới") + r"(?!\w).* trong (?:năm|quý|tháng)")
_EACH = re.compile(r"(?<!\w)mỗi(?!\w)")
_ANYONE = re.compile(r"đối tượng(?!\w)")  # "32.145 đối tượng (296 tổ chức, 31.849 cá nhân)"
_LOCALITIES = frozenset({"xã", "huyện"})  # "126 đơn vị cấp xã, gồm 51 phường và 75 xã"
_BREAKS = re.compile(r"[;:.\n]|(?<!\w)(?:trong (?:đó|số)|riêng|còn|nhưng|song|ngoài ra|đã|đang|đồng thời|cùng với|được|bị|đạt|chiếm|tăng|giảm|so với)(?!\w)")
_JOINED = re.compile(r"[^,;.:()\d]{1,25}(?:,| và)\s")  # "14 tập thể, 32 cá nhân"
_AND = re.compile(r"(?<!\w)và(?!\w)")
_ONE_OF_SOME = re.compile(r"(?<!\w)(?:đã|đang|chưa|còn|nữ|dự(?! phòng| toán| án)|tham gia|đạt|thu|nộp|phạt|xử lý|tổ chức|mỗi)(?!\w)")
_COUNTED_LAST = re.compile(r"\w*(?: \w+)?")  # "ở thị trấn 12 người, ở khu phố 15 người": nothing but the unit behind the number
_AT_FIRST = re.compile(r"(?<!\w)(?<!tháng )đầu (?:năm|kỳ|quý|tháng|nhiệm kỳ)(?: có| là| bầu(?: được)?)?$")
_OTHERS_END = re.compile(r"(?: khác)?(?:\s\([^()]*\))?\s?(?:[.\n]|$)")
_SENTENCE_ENDS = re.compile(r"\s*(?:[.;)\n]|$)")
_AND_UNCOUNTED = re.compile(r"[^,;.()\d]{0,30}(?:,\s(?!trong|tăng|giảm|đạt|chiếm|bằng|còn)[^,;.()\d]{3,30})+\)")
_HEAD_FIRST = re.compile(r"\((?:đồng chí )?(?:chủ tịch|bí thư|trưởng|tổ trưởng|giám đốc|thủ trưởng)[^,;()\d]{0,40}, ")  # "(Chủ tịch làm Tổ trưởng, 01 Phó Chủ tịch, …)"
_AND_FOUND = re.compile(r"(?<!\w)(?:thấy|phát hiện|ghi nhận)\s?:")
_ADDED_UP = re.compile(r"(?<!\w)(?:tổng )?cộng(?: lại)?(?: là| được)?$")
_ELSEWHERE = re.compile(r"[;.]\s|(?<!\w)trong khi(?!\w)")  # where a list turns to something else
_AND_ONE = re.compile(r"[^,;.:()\d]{0,40}(?:,|,? và)\s(?:có )?một [^\W\d]")  # "hai hồ sơ hộ tịch và một hồ sơ chính sách"
_THE_REST = re.compile(r"(?<!\w)còn lại(?: là| có)?$")
_WAYS = frozenset({"qua", "tại", "bằng", "ở"})  # first words of ways a thing is done: "qua Cổng 41, qua điện thoại 37, tại quầy 18"


def against(reading: Reading, run: Run, total: Item) -> Iterator[Claim]:
    """The run as parts of a total the prose points at: one claim at most, or one more where the list adds itself up at its end."""
    if _SOME_OF.search(total.mention.before) or _LARGEST_OF.search(total.mention.before) or _EACH.search(total.mention.after):
        return
    if run.opener == "equal" and len(run.items) >= SEVERAL and total_of(run.items) == total.value >= LEAST and all(i.base is None for i in run.items):
        yield sum_claim(total.mention, run.items, "equal", "breakdown.equal")  # "1.842 phản ánh, gồm 1.077 qua ứng dụng, 492 cuộc gọi và 273 tin nhắn"
        return
    parts = _undivided(reading, run, total, _parts(reading, run, total))
    if len(parts) < 2:
        return
    if len(parts) > SEVERAL and _ADDED_UP.search(parts[-1].mention.before) and total_of(parts[:-1]) == total.value:
        yield sum_claim(total.mention, parts[:-1], "equal", f"breakdown.{run.opener}")
        yield sum_claim(parts[-1].mention, parts[:-1], "equal", f"breakdown.{run.opener}")  # "143 hồ sơ. Cụ thể 38, 31, 29, 24 và 21, cộng 114": of the same
        return
    first = prefix_making(reading, parts, total.value)
    if first is None and len(parts) > SEVERAL and ";" in reading.folded[parts[0].end : parts[1].start] and total_of(parts[1:]) == total.value:
        first = parts[1:]  # "372 thủ tục, trong đó 84 thủ tục chuyển từ cấp huyện về; toàn trình 167, một phần 158, còn lại 47"
    all_listed = first is not None and _more_is_listed(reading, run, parts, first)
    claimed = _that_come_out(reading, run, total, parts, None if all_listed else first, all_listed=all_listed)
    if claimed is None and not _of_another(reading, run, total, parts):
        claimed = _held_to(reading, run, total, parts, all_listed=all_listed)
    if claimed is not None and not _leaves_out_the_rest(run, claimed):
        yield claimed


def _leaves_out_the_rest(run: Run, claimed: Claim) -> bool:
    """ "nam 9; … Trình độ: thạc sĩ 4, đại học 10, còn lại 4": are parts that do not make the total told without what is left?"""
    last, parts = run.items[-1].mention, claimed.by_role("part")
    rest = _THE_REST.search(last.before) is not None and all(t.span != last.quantity.span for t in parts)
    return rest and run.opener not in {"equal", "paren", "among"} and not exact(claimed.by_role("total")[0], parts)


def _parts(reading: Reading, run: Run, total: Item) -> list[Item]:
    """The figures of a run that may be parts of its total."""
    parts = [i for i in run.items if counts_alike(i, total, run.opener) and not balances.EACH_ONE.match(reading.folded, i.mention.end)]
    parts = [i for i in parts if (by_year(run.items, total) or not _compared(i, total)) and not denied_of(total.label, i.label)][:_MOST_PARTS]
    parts = _in_one_breath(reading, parts)
    if total.unit not in _MEASURED and not all(i.unit in _MEASURED for i in parts):
        parts = [i for i in parts if i.unit not in _MEASURED]  # "3 phương tiện (2 phà 30 tấn, 1 đò máy)"
    if total_of(parts) != total.value:
        parts = [i for i in parts if not remainders.pending_of_done(total, i)]  # "đã giải quyết 2.811, trong đó đúng hạn 2.804; còn 72 đang giải quyết"
    others = [i for i in parts if i.value != total.value]
    if len(others) >= 2 and total_of(others) == total.value:
        parts = others  # "Trong 5.183 hồ sơ có 3.907 …, 1.205 … và 71 …": the total said again
    apart = [i for i in parts if not any(i.fitted is other.mention for other in parts)]
    if len(apart) >= 2 and total_of(apart) == total.value:
        parts = apart  # "31 đơn thuộc thẩm quyền, đã xong 30 đơn, đạt 96,77% và 82 đơn không thuộc": one is of another
    return parts


def _undivided(reading: Reading, run: Run, total: Item, parts: list[Item]) -> list[Item]:
    """The parts without those that only divide one of them; [] where these alone are told."""
    if len(parts) < 2:
        return []
    undivided = collapsed(parts) if prefix_making(reading, parts, total.value) is None else parts
    near_by = close(total_of(parts), total.value)
    if run.opener == "colon" and total_of(parts) != total.value and near_by and total_of(undivided) != total.value:
        return parts  # "68 đơn: thụ lý 33; chuyển 24; hướng dẫn 09; lưu 04" are four, though two of them make the first
    if len(undivided) > 1:
        return undivided
    return parts if run.opener == "equal" and near_by else []  # "64 cơ sở, gồm 31 …, 22 … và 9 …" are three kinds, though two of them make the first


def _that_come_out(reading: Reading, run: Run, total: Item, parts: list[Item], first: list[Item] | None, *, all_listed: bool) -> Claim | None:
    """The total, its m or another figure before the list, where the parts make it; `first` are those that make the total."""
    exact = first
    if exact is None and not all_listed and len(parts) < len(run.items):
        exact = _all_or_more(reading, run.items, total.value)
    if exact is not None:
        return sum_claim(total.mention, exact, "equal", f"breakdown.{run.opener}")
    if total.base is not None and not total.mention.quantity.written.rounded and run.opener != "paren":
        of_base = prefix_making(reading, parts, total.base.value)
        if of_base is not None:
            return sum_claim(total.base, of_base, "equal", "breakdown.base")
    for other in run.alternates:
        fits = prefix_making(reading, parts, other.value)
        beside = other.mention.sentence == total.mention.sentence and other.unit == total.unit != "" and other.value >= LEAST  # "73,4 ha trên kế hoạch 85 ha, gồm …"
        named = beside or run.opener in {"among", "colon"} or run.opener == "equal" and bool(content(run.lead) & other.words)
        if fits is not None and (run.opener == "paren" or compatible(other.unit, total.unit) and named):
            return sum_claim(other.mention, fits, "equal", f"breakdown.{run.opener}")
    return None


def _of_another(reading: Reading, run: Run, total: Item, parts: list[Item]) -> bool:
    """Do the words say that such a list is not, or not all, of this total?"""
    if run.opener == "colon" and not total.unit and _NAMED_BY_NUMBER.fullmatch(total.mention.before) and any(i.unit for i in parts):
        return True  # "Chi bộ 24: 12 đảng viên nam, 13 đảng viên nữ"
    if run.opener == "colon" and parts[1].mention.paragraph == total.mention.paragraph and parts[0].mention.sentence == total.mention.sentence != parts[1].mention.sentence:
        return True  # "số mới 1.625 hồ sơ và số kỳ trước chuyển sang: 07 hồ sơ. Đã giải quyết 1.623 hồ sơ"
    if parts[0].mention.sentence != total.mention.sentence and _AND_FOUND.search(reading.folded, total.end, parts[0].start):
        return True  # "rút 150 hồ sơ và thấy:", a line each for what was found: a dossier may stand in several
    if balances.LOOKED_AT.search(total.label) and total_of(parts) < total.value and all(_PUNISHED.search(i.label) for i in parts):
        return True  # "kiểm tra 45 cơ sở: phạt 12 cơ sở, nhắc nhở 30 cơ sở": others had nothing amiss
    if run.opener == "paren" and (total.value == 1 and any(i.unit not in {"", total.unit} for i in parts) or any(i.mention.before.endswith("tính") for i in parts)):
        return True  # "1 người (18 phiếu tín nhiệm cao, 11 phiếu …)", "243 đơn vị máu (loại 250 ml tính 1 đơn vị, 350 ml tính 1,4 đơn vị)"
    if run.opener == "paren" and "lũy kế" in total.label and any(m.value == total.value - total_of(parts) for m in reading.mentions[max(0, total.mention.index - 2) : total.mention.index]):
        return True  # "Kết nạp: 4 đ/c, lũy kế cả năm 13 đ/c (quý I 2, quý II 4, quý III 3)": with those of this time
    if run.opener == "paren" and _AT_FIRST.search(parts[0].mention.before):
        return True  # "434 đảng viên (đầu năm 428; kết nạp 09, chuyển đến 04, xóa tên 01, chuyển đi 06)": what there was, what came and went
    if run.opener == "paren" and total.base is not None and max(i.value for i in parts) > total.base.value:
        return True  # "41/44 đại biểu (bầu 46, thôi làm nhiệm vụ 02)": of the 44
    others = total_of(parts[1:])
    if parts[1].mention.paragraph != parts[0].mention.paragraph and any(m.value == others for m in reading.by_paragraph[parts[0].mention.paragraph] if m is not parts[0].mention):
        return True  # "Thu lại: 575 phiếu. Sau khi loại 15 phiếu, còn 560", "Rất hài lòng: 336", …: of these 560
    beside = run.alternates[-1] if run.alternates else None
    if beside is not None and beside.unit == total.unit and beside.value + total.value == total_of(parts):
        return True  # "17 xã và 2 thị trấn, …, trong đó 18 xã, thị trấn … và 01 xã …": of both
    before = reading.mentions[total.mention.index - 1] if total.mention.index and run.opener == "paren" else None
    if before is not None and before.value + total.value == total_of(parts) and _JOINED.fullmatch(reading.folded, before.end, total.start):
        return True  # "14 tập thể, 32 cá nhân (cấp tỉnh 2 tập thể, 3 cá nhân; phường 12 tập thể, 29 cá nhân)": of both
    return 2 * len(parts) < len(run.items) and run.opener != "paren"  # most of what is listed counts something else


def _held_to(reading: Reading, run: Run, total: Item, parts: list[Item], *, all_listed: bool) -> Claim | None:
    """The parts held to their total, as the words say that they are all of it or some."""
    rounded = any(i.mention.quantity.written.rounded for i in (*parts, total))
    relation = "equal" if all_listed else relation_of(reading, run, parts, total, rounded)
    elsewhere = parts[0].mention.sentence != total.mention.sentence
    many_more = elsewhere and total_of(parts) > _MORE * total.value and sum(i.value > total.value for i in parts) > 1
    if not relation or many_more or total.value > SLIP * total_of(parts):
        return None  # no slip of one digit makes them so few, or so many: they are parts of another whole
    if _AND_ONE.match(reading.folded, parts[-1].end) or rest_uncounted(reading, run.items[-1]) or rest_uncounted(reading, parts[-1]) or _uncounted(reading, run, total):
        relation = "at_most"
    if relation == "equal" and _named_by_number(reading, parts, total.value - total_of(parts)):
        return None
    return sum_claim(total.mention, parts if all_listed else _members(reading, parts, total), relation, f"breakdown.{run.opener}")


def _in_one_breath(reading: Reading, parts: list[Item]) -> list[Item]:
    """ "khối 1 có 246 em, …, khối 4 có 219 em và khối 5 có 207 em; nữ 548 em": a list told with commas ends with what stands behind "và"
    when a semicolon follows."""
    gaps = [reading.folded[one.end : other.start] for one, other in pairwise(parts)]
    last = next((k for k, gap in enumerate(gaps) if ";" in gap), None)
    if last is None or last + 1 < SEVERAL or not _AND.search(gaps[last - 1]) or any(_AND.search(gap) for gap in gaps[: last - 1]):
        return parts
    return parts[: last + 1]


def _more_is_listed(reading: Reading, run: Run, parts: list[Item], exact: list[Item]) -> bool:
    """Does a list go on in one breath behind the parts that make its total? "44 văn bản, gồm 4 kế hoạch, 9 quyết định, 31 công văn và
    7 thông báo": the last of a list stands behind "và", or counts what all the others do and ends the sentence."""
    rest = parts[len(exact) :]
    heads = {AMONG.sub("", i.label).strip().partition(" ")[0] for i in parts}
    headed = len(heads) == 1 and "" not in heads or heads <= _WAYS  # "học chính trị 3, học nghiệp vụ 14, học tin học 9"
    named = all(i.mention.before and not i.mention.after for i in parts)  # "tổ dân phố 1.208, trường học 214, cơ quan 61, …"
    opened = run.opener in {"equal", "paren"} or run.opener == "among" and headed or run.opener == "colon" and named and len(exact) >= SEVERAL
    opened = opened or run.opener == "colon" and ends_with_others(rest)
    if not opened or len(rest) != 1 or parts != run.items[: len(parts)] or len({i.unit for i in parts}) != 1 or rest[0].value > total_of(exact):
        return False
    gaps = [between(reading, one.end, other.start).replace("\n", " ") for one, other in pairwise(parts)]
    if all(gap.count(";") == 1 for gap in gaps):  # each part of the list behind one: an "và" joins no two of them
        gaps = [_AND.sub(" ", gap.replace(";", ",")) for gap in gaps]
    turns = run.total is not None and run.total.unit in TURNS
    if ends_with_others(rest) and _OTHERS_END.match(reading.folded, parts[-1].mention.end) and not any(_ONE_OF_SOME.search(i.label) or OVERLAPPING.search(i.label) for i in exact):
        return not any(i.value == total_of(parts) for i in run.alternates)  # "…; các khoản thu khác 307 (cùng đơn vị triệu đồng)."
    if run.opener == "paren" and all(RUNG.search(gap) for gap in gaps):
        return True  # "127 cụ (70 tuổi: 52 cụ; 75 tuổi: 33; …; 90 tuổi trở lên: 9)"
    if any(_BREAKS.search(gap) for gap in gaps) or any(_ONE_OF_SOME.search(i.label) or OVERLAPPING.search(i.label) and not turns for i in parts):
        return False
    if any(i.value == total_of(parts) for i in run.alternates) or any(classes_of(i.label) for i in rest):
        return False
    plain_nouns = run.opener == "equal" and all(i.mention.after and not i.mention.before for i in parts)  # "gồm 11 công ty, 03 hợp tác xã, 02 quỹ tín dụng;"
    joined = [_AND.search(gap) is not None for gap in gaps]
    plain = len(exact) >= 2 and bool(parts[0].unit) and all(_COUNTED_LAST.fullmatch(i.mention.after) for i in parts) or named and run.opener != "among"
    ended = _SENTENCE_ENDS.match(reading.folded, parts[-1].mention.end) is not None
    if run.opener == "among":
        return headed and ended
    return joined[-1] and not any(joined[:-1]) or (plain or plain_nouns) and not any(joined) and ended or ends_with_others(rest) and ended


def _named_by_number(reading: Reading, parts: list[Item], lacking: Rational) -> bool:
    """Does what a list lacks stand among it as the number of a name: "chi đoàn công an 6, chi đoàn khu dân cư 13"?"""
    last = parts[-1].mention.paragraph
    end = reading.paragraphs[min(last + 1, len(reading.paragraphs) - 1)].end if last != parts[0].mention.paragraph else reading.sentences[parts[-1].mention.sentence].end
    place = bisect_left(reading.others, parts[0].start, key=lambda o: o.span.start)
    named = takewhile(lambda o: o.span.start < end, reading.others[place : place + _MOST_PARTS])
    closing = [o.span for o in named if reading.text[o.span.end : o.span.end + 1] in {",", ";", ".", ")", "\n", ""}]
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
    if run.opener == "paren" and _AND_UNCOUNTED.match(reading.folded, run.items[-1].mention.end):
        return True  # "14 chi bộ (9 chi bộ thôn, 3 chi bộ trường học, chi bộ công an, chi bộ quân sự)"
    return run.opener == "paren" and _HEAD_FIRST.search(reading.folded, total.end, run.items[0].start) is not None


def _compared(item: Item, total: Item) -> bool:
    """Is the figure one of another period or a plan? Among documents "kế hoạch: 06" counts plans."""
    plans = total.unit == "văn bản" and re.fullmatch(r"(?:các )?kế hoạch", item.mention.before) is not None
    carried = _CARRIED.search(item.mention.before) is not None  # "tồn năm 2022 là 11"
    new = _NEW.search(item.mention.before) is not None
    return not plans and not carried and not new and COMPARED.search(item.mention.before) is not None


def counts_alike(item: Item, total: Item, opener: str) -> bool:
    """May the item be a part of the total, by what the two count?"""
    if _EACH.search(item.mention.before):
        return False  # "2 đơn vị bầu cử, mỗi đơn vị có 5 đại biểu"
    if total.unit == "đồng" != item.unit:
        return False  # "142 triệu đồng, gồm sửa 02 căn nhà hết 100 triệu đồng và …"
    if total.unit == "lượt" and item.unit and total.mention.after.startswith(f"lượt {item.unit}"):
        return True  # "186 lượt hộ được giải ngân, gồm 71 hộ nghèo, …"
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


def _as_far_as_near(reading: Reading, parts: list[Item], total: Item) -> list[Item]:
    """ "37 văn bản, bao gồm 05 quyết định, 12 kế hoạch, 14 công văn và 08 thông báo, trong khi kế hoạch có 46 đầu việc thì đã xong 25, …": where all
    of them make far more, those up to the figure that brings them nearest to the total."""
    if 3 * total_of(parts) <= 5 * total.value:
        return parts
    nearest = min((parts[:count] for count in range(2, len(parts) + 1)), key=lambda some: magnitude(total_of(some) - total.value))
    following = parts[len(nearest) :]
    turns = bool(following) and _ELSEWHERE.search(between(reading, nearest[-1].end, following[0].start)) is not None
    return nearest if turns and near(total_of(nearest), total.value) else parts


def _members(reading: Reading, parts: list[Item], total: Item) -> list[Item]:
    """The parts that divide the total: the classes a list opens with where they make a whole division, and what
    follows them in the same classes ("khiếu nại đúng 4 vụ; khiếu nại sai 17 vụ; tố cáo sai 1 vụ"); else all."""
    first = family(parts)
    found = shared_partition([i.label for i in first]) if first is not None else None
    if first is None or found is None or not found[0].covers(frozenset(found[1])):
        return _as_far_as_near(reading, parts, total)
    more = [] if total_of(first) == total.value else more_of(found, parts[len(first) :])
    listed = [*first, *more]
    return min((listed, parts), key=lambda some: magnitude(total_of(some) - total.value))


