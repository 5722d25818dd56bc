"""Ways in which one whole is commonly divided, so that parts can be known as parts.

A partition is a family of classes that exclude each other. When all items of a list belong to one
family, the list is meant to be complete; attributes that overlap (women, party members, minorities)
are in no family and are never summed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .items import content


@dataclass(frozen=True, slots=True)
class Partition:
    """`classes` by name, each with the words that tell it; the first class that matches is taken.

    `complete` lists sets of classes that make the whole when all are stated (empty: any two or more do). Of these,
    `closed` are the sets that leave no other class: after "trong đó" the rest may else go unsaid ("40 đơn, trong đó
    3 đơn khiếu nại, 4 đơn tố cáo"). `of` are the units it divides, any when empty: "4 quyết định, trong đó ban hành mới
    5 thủ tục" divides no decisions.
    """

    name: str
    classes: tuple[tuple[str, str], ...]
    complete: tuple[frozenset[str], ...] = ()
    closed: tuple[frozenset[str], ...] = ()
    of: frozenset[str] = frozenset()

    def covers(self, found: frozenset[str]) -> bool:
        if self.complete:
            return any(c <= found for c in self.complete)
        return len(found) >= 2

    def divides(self, unit: str) -> bool:
        return not self.of or unit in self.of

    def closes(self, found: frozenset[str]) -> bool:
        return any(c <= found for c in self.closed)


_LATE = r"quá hạn|trễ hạn|trễ hẹn|quá hẹn|chậm hạn|chậm hẹn|chậm muộn|trả chậm|\bchậm\b|\btrễ\b"
BOTH = r"(?:đúng|trước|sớm)(?: hạn| hẹn)?(?:,| và|,? hoặc| hay|/|\s) ?(?:đúng|trước|sớm) (?:hạn|hẹn)|(?:đúng|trước|sớm) và (?:đúng|trước|sớm)|không (?:trễ|quá) hạn"
_OPEN = r"chưa (?:đến|tới|quá) hạn|(?:còn |trong )(?:trong )?hạn|trong thời hạn|chưa đến hẹn"

_WEAK = r"yếu(?<!(?:chủ|cốt) yếu)(?<!trọng yếu)(?<!thiết yếu)"  # "chủ yếu", "thiết yếu": no grade
PARTITIONS: tuple[Partition, ...] = (
    Partition(
        "timeliness",
        (("pending", _OPEN), ("both", BOTH), ("late", _LATE), ("early", r"trước hạn|sớm hạn|trước hẹn|\bsớm\b"), ("on_time", r"đúng hạn|đúng hẹn|^\W*đúng$")),
        (frozenset({"both", "late"}), frozenset({"early", "on_time"}), frozenset({"early", "late"}), frozenset({"on_time", "late"}), frozenset({"pending", "late"})),
        closed=(frozenset({"both", "late"}), frozenset({"on_time", "late"}), frozenset({"pending", "late"}),),
    ),
    Partition(
        "intake",
        (
            ("carried", r"kỳ trước|năm trước|quý trước|tháng trước|tồn(?! tại)|để lại|chuyển (?:sang|qua)|bàn giao|\bvụ cũ\b|\bviệc cũ\b|\bđơn cũ\b|\bđoàn cũ\b"),
            ("online", r"trực tuyến|qua mạng|mức độ 3|dvctt"),
            ("by_hand_or_post", r"trực tiếp (?:và|hoặc|hay) (?:qua |gửi |dịch vụ )*bưu"),
            ("direct", r"trực tiếp"),
            ("post", r"bưu chính|bưu điện|bcci"),
            ("new", r"nhận trong|trong kỳ|\bmới\b"),
        ),
        (frozenset({"carried", "new"}), frozenset({"online", "direct"}), frozenset({"direct", "post"}), frozenset({"online", "by_hand_or_post"})),
        closed=(frozenset({"carried", "new"}), frozenset({"online", "direct", "post"}), frozenset({"online", "by_hand_or_post"})),
    ),
    Partition(
        "progress",
        (
            ("open", r"\bđang\b|còn lại|chưa (?:giải quyết|xong|trả|xử lý|hoàn thành|đến hạn)|tồn(?! tại| (?:từ )?(?:kỳ|năm|quý|tháng) trước| đầu| cũ)|còn|xem xét"),
            ("returned", r"trả lại|rút|từ chối|bổ sung|tạm dừng"),
            ("done", r"giải quyết|xử lý|trả|hoàn thành|xong|thẩm tra|\bgq\b"),
        ),
        (frozenset({"done", "open"}),),
        closed=(frozenset({"done", "open"}),),
    ),
    Partition(
        "stages",
        (("not_yet", r"chưa (?:giải quyết|xử lý|thực hiện|triển khai|hoàn thành|xong|trả lời|làm|khởi công|thi công|bắt đầu)"), ("doing", r"(?:đang|tiếp tục) (?:giải quyết|xử lý|thực hiện|triển khai|xem xét|làm|thi công|xây)"), ("done", r"giải quyết|xử lý|thực hiện|triển khai|hoàn thành|trả lời|xong|bàn giao")),
        (frozenset({"done", "doing", "not_yet"}),),
        closed=(frozenset({"done", "doing", "not_yet"}),),
    ),
    Partition("age", (("over", r"(?:từ|trên) \d+ tuổi trở lên|trên \d+ tuổi"), ("between", r"từ (?:đủ )?\d+(?: tuổi)? ?(?:đến|-|tới)"), ("under", r"dưới \d+ tuổi")), (frozenset({"over", "under"}),), closed=(frozenset({"over", "between", "under"}),)),
    Partition("level_of_service", (("full", r"toàn trình|toàn phần|mức (?:độ )?4"), ("partial", r"một phần|mức (?:độ )?3"), ("information", r"cung cấp thông tin|còn lại")), (frozenset({"full", "partial"}),), closed=(frozenset({"full", "partial", "information"}),)),
    Partition("sex", (("female", r"\bnữ\b|phụ nữ"), ("male", r"\bnam\b")), (frozenset({"female", "male"}),), closed=(frozenset({"female", "male"}),)),
    Partition("membership", (("official", r"(?:^|trong đó,? |đảng viên |có |là )chính thức"), ("candidate", r"(?:^|trong đó,? |đảng viên |có |là )dự bị")), (frozenset({"official", "candidate"}),), closed=(frozenset({"official", "candidate"}),)),
    Partition("posts", (("cadres", r"^cán bộ(?! *,? *công chức)"), ("officials", r"công chức"), ("contract", r"hợp đồng|lao động")), (frozenset({"cadres", "officials"}), frozenset({"officials", "contract"}))),
    Partition(
        "satisfaction",
        (("none", r"không hài lòng|chưa hài lòng|\bkhl\b"), ("very", r"rất hài lòng|\brhl\b"), ("above", r"(?:hài lòng|\bhl\b) trở lên"), ("content", r"hài lòng|\bhl\b"), ("fair", r"bình thường|chấp nhận|tạm được|không ý kiến|\bbt\b")),
        (frozenset({"very", "content"}), frozenset({"content", "none"}), frozenset({"content", "fair"})),
        closed=(frozenset({"content", "none"}), frozenset({"above", "none"}),),
    ),
    Partition(
        "vote",
        (("void", r"không hợp lệ|phiếu trắng"), ("against", r"(?:không|chưa) (?:đồng ý|tán thành|nhất trí|đồng tình|ủng hộ|thuận)|phản đối|phiếu chống"), ("other", r"ý kiến khác|không (?:có ý kiến|biểu quyết)"), ("for", r"đồng ý|tán thành|nhất trí|đồng tình|ủng hộ|\bthuận\b")),
        (frozenset({"for", "against"}), frozenset({"for", "other"}), frozenset({"for", "void"})),
        closed=(frozenset({"for", "against"}),),
    ),
    Partition(
        "petition",
        (("petition", r"kiến nghị|phản ánh|phản ảnh|đề nghị"), ("complaint", r"khiếu nại|\bkn\b"), ("denunciation", r"tố cáo|\btc\b")),
        (frozenset({"complaint", "denunciation"}), frozenset({"complaint", "petition"}), frozenset({"denunciation", "petition"})),
        closed=(frozenset({"petition", "complaint", "denunciation"}),),
    ),
    Partition(
        "rating",
        (("failed", rf"không hoàn thành|{_WEAK}|kém|chưa đạt|không đạt|\bkht(?:nv)?\b"), ("excellent", r"xuất sắc|trong sạch|vững mạnh|\bhtxs(?:nv)?\b"), ("good", r"hoàn thành tốt|\btốt\b|\bhtt(?:nv)?\b"), ("fair", r"\bkhá\b"), ("met", r"hoàn thành|trung bình|\bđạt\b|\bhtnv\b")),
        (frozenset({"excellent", "good"}), frozenset({"good", "met"}), frozenset({"good", "fair"}), frozenset({"fair", "met"})),
        closed=(frozenset({"good", "met", "failed"}), frozenset({"fair", "met", "failed"})),
    ),
    Partition("pupils", (("good", r"\bgiỏi\b"), ("fair", r"\bkhá\b"), ("average", r"trung bình|\btb\b"), ("weak", rf"\b{_WEAK}\b"), ("poor", r"\bkém\b")), (frozenset({"good", "fair"}),), closed=(frozenset({"good", "fair", "average", "weak"}),)),
    Partition(
        "degree",
        (
            ("master", r"\bths\b|thạc sĩ|cao học|(?:sau|trên) đại học|tiến sĩ"),
            ("untrained", r"chưa (?:qua )?(?:được )?đào tạo|(?:dưới|chưa (?:đến|tới|qua|đạt|có))(?: bậc| trình độ)? đại học"),
            ("bachelor", r"đại học|cử nhân|\bđh\b"),
            ("college", r"cao đẳng|\bcđ\b"),
            ("vocational", r"trung cấp|\btc\b"),
            ("basic", r"sơ cấp|trình độ khác"),
        ),
        (frozenset({"master", "bachelor"}), frozenset({"bachelor", "college"}), frozenset({"bachelor", "vocational"}), frozenset({"bachelor", "untrained"})),
        closed=(frozenset({"bachelor", "vocational", "untrained"}), frozenset({"bachelor", "untrained"}),),
    ),
    Partition("office", (("deputy", r"\bphó\b"), ("head", r"trưởng (?:ban|đoàn|công an)|tổ trưởng|chủ tịch|chủ nhiệm"), ("member", r"ủy viên|thành viên|tổ viên|công an viên"), ("secretary", r"thư ký")), (frozenset({"head", "deputy", "member"}),), closed=(frozenset({"head", "deputy", "member"}),), of=frozenset({"người"})),
    Partition("theory", (("high", r"cao cấp|cử nhân|\bcc\b"), ("middle", r"trung cấp|\btc\b"), ("basic", r"sơ cấp|\bsc\b")), (frozenset({"high", "middle", "basic"}),)),
    Partition("term", (("again", r"tái cử|tái nhiệm"), ("first", r"lần đầu|(?:tham gia|ứng cử|trúng cử) mới|mới tham gia")), (frozenset({"again", "first"}),), closed=(frozenset({"again", "first"}),), of=frozenset({"người", "cử tri", ""})),
    Partition("reception", (("scheduled", r"định kỳ"), ("regular", r"thường xuyên"), ("unscheduled", r"đột xuất")), (frozenset({"scheduled", "regular"}), frozenset({"scheduled", "unscheduled"})), closed=(frozenset({"scheduled", "regular", "unscheduled"}), frozenset({"scheduled", "regular"}),)),
    Partition("receiver", (("leaders", r"(?:lãnh đạo|chủ tịch|thường trực)(?: [^\W\d]+){0,4} tiếp(?!\w)"), ("staff", r"(?:cán bộ|công chức|ban tiếp công dân)(?: [^\W\d]+){0,4} tiếp(?!\w)")), (frozenset({"leaders", "staff"}),), closed=(frozenset({"leaders", "staff"}),), of=frozenset({"lượt", "lượt người", ""})),
    Partition("attendance", (("absent", r"\bvắng\b"), ("present", r"có mặt|dự họp|tham dự")), (frozenset({"absent", "present"}),), closed=(frozenset({"absent", "present"}),), of=frozenset({"người", "cử tri", ""})),
    Partition("quarters", tuple((f"q{n}", rf"quý {r}(?!\w)|quý {n}(?!\d)") for n, r in ((1, "i"), (2, "ii"), (3, "iii"), (4, "iv"))), (frozenset({"q1", "q2", "q3", "q4"}),), closed=(frozenset({"q1", "q2", "q3", "q4"}),)),
    Partition("weeks", tuple((f"w{n}", rf"tuần (?:{r})(?!\w)") for n, r in ((1, "đầu|một|1|thứ nhất|i"), (2, "hai|2|thứ hai|ii"), (3, "ba|3|thứ ba|iii"), (4, "bốn|tư|4|thứ tư|cuối|iv"))), (frozenset({"w1", "w2", "w3", "w4"}),), closed=(frozenset({"w1", "w2", "w3", "w4"}),)),
    Partition("months", tuple((f"m{n}", rf"\btháng 0?{n}(?!\d)|\bt\.?0?{n}(?!\d)") for n in (12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)), ()),
    Partition("answered", (("spot", r"tại chỗ|trực tiếp tại|trả lời ngay"), ("written", r"bằng văn bản")), (frozenset({"spot", "written"}),), of=frozenset({"phản ánh", "phiếu", "vụ", ""})),
    Partition("mediated", (("failed", r"không thành"), ("open", r"(?:đang|chưa) (?:được )?hòa giải|đang giải quyết"), ("done", r"hòa giải thành(?! viên)|\bthành(?: công)?$")), (frozenset({"done", "failed"}),), closed=(frozenset({"done", "failed", "open"}),)),
    Partition("justified", (("partly", r"đúng một phần|có đúng có sai"), ("groundless", r"không có (?:cơ sở|căn cứ)"), ("wrong", r"\bsai\b"), ("right", r"\bđúng\b"), ("withdrawn", r"\brút\b")), (frozenset({"right", "wrong"}),), closed=(frozenset({"right", "wrong", "partly"}),)),
    Partition("eligible", (("not", r"không đủ|chưa đủ|chưa đạt|không đạt|(?:chưa|không)(?: có)? điều kiện"), ("yes", r"(?:đủ|đạt|có) điều kiện|có đủ")), (frozenset({"yes", "not"}),), closed=(frozenset({"yes", "not"}),)),
    Partition("managed", (("province", r"(?:tỉnh|thành phố|trung ương) quản lý"), ("district", r"(?:huyện|quận|thị xã|xã|phường)(?: \w+){0,3} quản lý")), (frozenset({"province", "district"}),), closed=(frozenset({"province", "district"}),)),
    Partition("level", (("central", r"trung ương"), ("province", r"cấp tỉnh|\btỉnh\b|sở, ngành|sở, ban"), ("district", r"huyện|thành phố"), ("commune", r"cấp xã|cấp cơ sở|phường, xã|xã, phường|\bxã\b")), (frozenset({"district", "commune"}), frozenset({"province", "commune"})), closed=(frozenset({"province", "district", "commune"}), frozenset({"district", "commune"}),)),
    Partition("procedures", (("abolished", r"bãi bỏ|hủy bỏ|hết hiệu lực"), ("amended", r"sửa đổi|bổ sung"), ("new", r"\bmới\b|ban hành mới|chuẩn hóa|thay thế")), (frozenset({"new", "amended", "abolished"}),), closed=(frozenset({"new", "amended", "abolished"}),), of=frozenset({"thủ tục", "dịch vụ"})),
    Partition("confidence", (("low", r"tín nhiệm thấp|\btnt\b"), ("high", r"tín nhiệm cao|\btnc\b"), ("middle", r"tín nhiệm|\btn\b")), (frozenset({"high", "middle"}),), closed=(frozenset({"high", "middle", "low"}),)),
    Partition("school", (("nursery", r"mầm non|mẫu giáo|nhà trẻ"), ("primary", r"tiểu học"), ("lower", r"\bthcs\b|trung học cơ sở"), ("upper", r"\bthpt\b|trung học phổ thông")), (frozenset({"primary", "lower"}),), closed=(frozenset({"nursery", "primary", "lower", "upper"}),)),
    Partition("validity", (("void", r"không hợp lệ"), ("valid", r"hợp lệ")), (frozenset({"valid", "void"}),), closed=(frozenset({"valid", "void"}),)),
    Partition("discipline", (("expelled", r"khai trừ"), ("removed", r"cách chức"), ("warned", r"cảnh cáo"), ("reprimanded", r"khiển trách")), (frozenset({"warned", "reprimanded"}),), closed=(frozenset({"expelled", "removed", "warned", "reprimanded"}),)),
    Partition("force", (("in_part", r"hết hiệu lực một phần"), ("void", r"hết hiệu lực"), ("valid", r"còn hiệu lực")), (frozenset({"valid", "void"}),), closed=(frozenset({"valid", "void", "in_part"}),), of=frozenset({"văn bản", ""})),
    Partition("linked", (("three", r"liên thông (?:3|ba) cấp"), ("two", r"liên thông (?:2|hai) cấp")), (frozenset({"three", "two"}),), closed=(frozenset({"three", "two"}),)),
    Partition("review", (("kept", r"giữ nguyên|còn phù hợp|giữ lại"), ("amended", r"sửa đổi"), ("replaced", r"thay thế"), ("repealed", r"bãi bỏ|hủy bỏ")), (frozenset({"kept", "amended", "replaced", "repealed"}),), closed=(frozenset({"kept", "amended", "replaced", "repealed"}),), of=frozenset({"văn bản", "thủ tục", ""})),
    Partition("ownership", (("private", r"ngoài công lập|tư thục|dân lập"), ("public", r"công lập")), (frozenset({"private", "public"}),), closed=(frozenset({"private", "public"}),)),
)  # fmt: skip

_BY_NAME = {partition.name: partition for partition in PARTITIONS}
_OPENS_A_WORD = re.compile(r"\\b([^\W\d_]+)")
_LETTERS_FIRST = r"\1(?<!\\w\1)"  # the same said so that a search has letters to look for
_COMPILED = {p.name: tuple((name, re.compile(_OPENS_A_WORD.sub(_LETTERS_FIRST, pattern))) for name, pattern in p.classes) for p in PARTITIONS}
_WORD = re.compile(r"[^\W\d_]+")
# word -> the classes it tells of, so that most need not be tried: no pattern matches without one of its words
_CUES: dict[str, set[tuple[str, str]]] = defaultdict(set)
for _partition in PARTITIONS:
    for _name, _pattern in _partition.classes:
        for _word in _WORD.findall(re.sub(r"\\.", " ", _pattern)):
            _CUES[_word].add((_partition.name, _name))
# attributes that any member may have together with others: never parts of one sum
OVERLAPPING = re.compile(
    r"(?<!hội phụ )(?<!hội liên hiệp phụ )\bnữ\b|đảng viên|dân tộc|tôn giáo|(?<!hưu trước )tuổi|(?<!chăm sóc )(?<!trông )(?<!giữ )(?<!dạy )trẻ\b|đoàn viên|ngoài đảng|tái cử|lần đầu|tự ứng cử|đạt chuẩn|trở lên|bồi dưỡng|tập huấn|lý luận|trung cấp lý luận|tin học|ngoại ngữ|riêng(?! về)|nhiều nhất|người có công(?! \d|:|$)"
)

# what people are sent to, one after the other: turns by courses do not overlap
COURSE = re.compile(r"bồi dưỡng|tập huấn|(?:trung cấp )?lý luận|tin học|ngoại ngữ")

# what is so, and what is not: "có nơi cư trú ổn định", "không có nơi cư trú ổn định"
_OPPOSITES = Partition("opposites", (), (frozenset({"yes", "no"}),), closed=(frozenset({"yes", "no"}),))
_DENIED = re.compile(r"\b(?:chưa|không)(?: (có|được|bị|đủ))?(?!\w) ?(.*)$")
# classes that others are already counted in
_CONTAINS = (("above", frozenset({"very", "content"})), ("both", frozenset({"early", "on_time"})))
# said of a list: its members may stand in several of its parts
SHARED_MEMBERS = re.compile(
    r"cùng lúc|(?<!\w)(?:đã (?:được )?|cũng )(?:tính|kể|nằm|gộp) (?:vào |trong )(?:số )?(?=\w)|(?<=\w )đồng thời(?: được)? (?:có|mắc|thuộc|vừa|nhận|đạt|hưởng)(?!\w)|đồng thời vừa"
    r"|(?<!\w)mắc (?:cả |đồng thời )?(?:hai|ba|nhiều|0?[23]) (?:lỗi|khuyết điểm|sai phạm|vi phạm)(?!\w)"
    r"|trùng (?:nhau|lặp|đối tượng)|(?<!\w)vừa [^,.;]{1,40}(?<!\w)vừa(?!\w)|(?<!\w)cả (?!nam )[^\d,.;()]{1,40} lẫn(?!\w)"
    r"|nhiều (?:lựa chọn|phương án)|có thể (?:có|chọn|thuộc|nộp|mắc) nhiều|(?:người|phiếu|hộ|ý kiến|hồ sơ|trường hợp|đơn|cơ sở) [^,.;]{0,30}cả (?:hai|ba|2|3)(?!\w)"
    r"|\d [^,.;\d]{1,50}(?<! của)(?<! tại)(?<! trên)(?<! ở)(?<! cho) (?:cả|nhận|hưởng|đạt) (?:hai|ba|0?[23])(?: (?:nội dung|loại|hình thức|danh hiệu|diện|chính sách|khoản|tiêu chí|mặt|phần|yêu cầu)|(?=[,.;)]))(?!\w)"
)
SHARED_POSTS = re.compile(r"(?<!\w)(?:đồng thời (?:là|tham gia)|kiêm)(?!\w)")  # "01 Bí thư đồng thời là Chủ tịch": one person in two posts


@lru_cache(maxsize=8192)
def class_of(label: str, partition: str) -> str | None:
    """The class of a folded label in that partition, None where it has none for it."""
    cued = _cued(label)
    for name, pattern in _COMPILED.get(partition, ()):  # opposites are told by their words alone
        if (partition, name) in cued and pattern.search(label):
            return name
    return None


@lru_cache(maxsize=4096)
def _cued(label: str) -> frozenset[tuple[str, str]]:
    """The partitions and classes one of whose words stands in the label."""
    return frozenset(cue for word in _WORD.findall(label) for cue in _CUES.get(word, ()))


@lru_cache(maxsize=4096)
def classes_of(label: str) -> Mapping[str, str]:
    """The classes of a folded label by the name of the partition, in the order of `PARTITIONS`.

    >>> classes_of("hồ sơ trễ hạn cấp huyện"), classes_of("chủ yếu là chuyện đất đai")
    ({'timeliness': 'late', 'level': 'district'}, {})
    """
    cued = {name for name, _ in _cued(label)}
    return {name: found for name in _COMPILED if name in cued and (found := class_of(label, name))}


def shared_partition(labels: list[str]) -> tuple[Partition, tuple[str, ...]] | None:
    """The family all labels belong to, each in a class of its own, with the classes in order."""
    if len(labels) < 2:
        return None
    for name, first in classes_of(labels[0]).items():
        classes = [first]
        for label in labels[1:]:
            found = class_of(label, name)
            if found is None or found in classes:
                break
            classes.append(found)
        else:
            if not any(whole in classes and not inside.isdisjoint(classes) for whole, inside in _CONTAINS):
                return _BY_NAME[name], tuple(classes)
    return (_OPPOSITES, ("yes", "no")) if len(labels) == 2 and _opposed(*labels) else None


def denied_of(whole: str, part: str) -> bool:
    """Does the label of a part deny that of its whole, so that it is none: "60 hộ được hỗ trợ tiền, …, 20 hộ chưa được hỗ trợ"?"""
    return _denies(part, whole.removeprefix("có "))


def _opposed(one: str, other: str) -> bool:
    """Does one of two labels deny the very words of the other?"""
    return any(_denies(*pair) for pair in ((one, other), (other, one)))


def _denies(denying: str, said: str) -> bool:
    denied = _DENIED.search(denying)
    if denied is None or _DENIED.search(said) is not None:
        return False
    if denied.group(2).startswith("đồng ý"):
        return "đồng ý" in said  # "ý kiến của 7.415 cử tri: … 154 người không đồng ý" denies no opinion
    words = [w for w in denied.group(2).split() if w in content(denied.group(2))][:2]
    if not words:
        return denied.group(1) == "có" and re.search(r"^có(?!\w)", said) is not None  # "có chứng chỉ 38 người; chưa có 04 người"
    return re.search(rf"(?:^|\b(?:đã|có|được|bị|đủ|là|trong đó,?) ){re.escape(' '.join(words))}(?!\w)", said) is not None
