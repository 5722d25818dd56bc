"""The words of Vietnamese administrative prose that carry meaning for figures, as data.

Everything here is matched against folded text (`fold`): lower case, one code point for one code
point, old and new tone placement made equal, so that spans stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

_CHARACTERS = tuple({"ƣ": "ư", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "–": "-", "—": "-", "‑": "-", "−": "-", "ð": "đ", "\t": " ", "“": '"', "”": '"'}.items())  # fmt: skip
# Old-style tone placement (hoà, uỷ, thuý) written the new way (hòa, ủy, thúy), where no letter follows.
_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_TONE = re.compile("[ou](?<!q[ou])[àáảãạèéẻẽẹỳýỷỹỵ](?!\\w)")  # quý, quả: the u belongs to the q
# spelling variants of the connecting words, each with a literal start so that the search is fast
_SPELLING = (
    ("tỉ", re.compile(r"tỉ(?= lệ| đồng| trọng)"), "tỷ"),
    ("chiến", re.compile(r"chiến(?= (?:tỷ lệ )?\d)"), "chiếm"),
    ("đông", re.compile(r"đông(?:(?<=triệu đông)|(?<=tỷ đông))(?!\w)"), "đồng"),
    ("sỹ", re.compile(r"sỹ(?!\w)"), "sĩ"),
)


def _tone(match: re.Match[str]) -> str:
    return _TONES.get(match.group(), match.group())


def fold(text: str) -> str:
    """The text made ready for matching; the same length, so offsets carry over.

    >>> fold("UỶ BAN, Tỉ lệ")
    'ủy ban, tỷ lệ'
    """
    low = text.lower()
    if len(low) != len(text):  # a few letters grow when lowered (İ): keep those as they are
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for odd, plain in _CHARACTERS:
        if odd in low:
            low = low.replace(odd, plain)
    low = _TONE.sub(_tone, low)
    for sign, pattern, plain in _SPELLING:
        if sign in low:
            low = pattern.sub(plain, low)
    return low


def starting(*words: str) -> str:
    r"""The pattern of one of these words, not within a longer one. Unlike `(?<!\w)` in front, it leaves a search the
    first letters to look for."""
    return "(?:" + "|".join(rf"{re.escape(word)}(?<!\w{re.escape(word)})" for word in words) + ")"


@lru_cache(maxsize=64)  # several readers look for the same words of one report
def places(text: str, word: str) -> tuple[int, ...]:
    """Where the word stands, also within a longer one."""
    found = []
    place = text.find(word)
    while place >= 0:
        found.append(place)
        place = text.find(word, place + len(word))
    return tuple(found)


def matches(pattern: re.Pattern[str], text: str, *words: str) -> Iterator[re.Match[str]]:
    """As `finditer`, for a pattern that opens with one of these words: plain search goes through a report many times
    faster, so the pattern is tried at the words only."""
    end = 0
    for place in sorted(place for word in words for place in places(text, word)):
        match = pattern.match(text, place) if place >= end else None
        if match:
            yield match
            end = match.end()


# what an earlier period left to this one: "năm trước để lại 290 việc" is no figure to compare with
CARRIED_ON = r"(?: (?:19|20)\d\d)? (?:chuyển|còn|sang|để lại|mang sang|tồn|dồn|kết chuyển)"

# ---------------------------------------------------------------- units

# normalised unit -> ways of writing it; longest first when matched
UNITS: dict[str, tuple[str, ...]] = {
    "hồ sơ": ("bộ hồ sơ", "hồ sơ tthc", "hồ sơ", "hs", "bộ"),
    "kết quả": ("kết quả",),
    "thủ tục": ("thủ tục hành chính", "thủ tục", "tthc"),
    "dịch vụ": ("dịch vụ công trực tuyến", "dịch vụ công", "dvctt", "dvc", "dịch vụ"),
    "quy trình": ("quy trình",),
    "lượt người": ("lượt người",),
    "lượt": ("lượt giao dịch", "lượt công dân", "lượt đoàn", "lượt"),
    "giao dịch": ("giao dịch",),
    "phiếu": ("phiếu khảo sát", "phiếu", "ý kiến"),
    "đơn": ("đơn thư", "lá đơn", "đơn", "khiếu nại", "tố cáo"),
    "vụ": ("vụ, việc", "vụ việc", "vụ", "việc"),
    "phản ánh": ("phản ánh, kiến nghị", "phản ánh kiến nghị", "pakn", "phản ánh", "kiến nghị"),
    "văn bản": ("văn bản", "nghị quyết", "quyết định", "kế hoạch", "công văn", "báo cáo", "tờ trình", "thông báo", "chỉ thị", "chương trình", "hướng dẫn", "giấy mời"),
    "người": ("tổ chức, cá nhân", "cá nhân, tổ chức", "tổ chức và cá nhân", "người dân, tổ chức", "tổ chức, người dân", "người dân, doanh nghiệp", "người dân và doanh nghiệp", "tổ chức, công dân", "công dân, tổ chức", "người dân", "người lao động", "người", "ng", "nhân khẩu", "khẩu", "đồng chí", "đ/c", "cán bộ, công chức", "cán bộ", "công chức", "viên chức", "cbccvc", "cbcc", "biên chế", "đại biểu", "đbqh", "đb", "ứng viên", "đảng viên", "thành viên", "ủy viên", "lao động", "hội viên", "đoàn viên", "học viên", "học sinh", "giáo viên", "gv", "công dân", "bị can", "bị cáo", "cộng tác viên", "tuyên truyền viên", "đối tượng", "thanh niên", "sinh viên", "thí sinh", "công nhân", "hòa giải viên", "cá nhân", "bệnh nhân", "trẻ em", "trẻ", "cháu", "em", "tổ trưởng", "tổ phó", "tổ viên", "trưởng thôn", "trưởng bản", "bác sĩ", "bác sỹ", "chiến sĩ", "công nhân viên", "phụ nữ", "thương binh"),
    "cử tri": ("đại cử tri", "cử tri"),
    "hộ": ("hộ gia đình", "hộ dân", "hộ nghèo", "hộ cận nghèo", "hộ", "gia đình"),
    "thôn": ("thôn, làng", "thôn", "bản", "ấp", "xóm", "làng", "buôn"),
    "tổ": ("tổ dân phố", "tổ dân", "tổ", "tdp"),
    "khu": ("khu phố", "khu dân cư", "khu"),
    "xã": ("xã, phường, thị trấn", "xã, thị trấn", "phường, thị trấn", "xã, phường", "phường, xã", "phường", "xã", "thị trấn", "đặc khu"),
    "huyện": ("huyện, thành phố", "huyện", "quận"),
    "nhiệm vụ": ("nhiệm vụ", "chỉ tiêu", "tiêu chí", "nội dung"),
    "tin bài": ("tin, bài", "tin bài", "tin", "bài viết", "bài"),
    "buổi": ("buổi", "lớp", "cuộc", "hội nghị", "kỳ họp", "đợt"),
    "trường hợp": ("trường hợp", "ca"),
    "tài khoản": ("tài khoản",),
    "chữ ký số": ("chữ ký số",),
    "bản": ("bản sao", "bản"),
    "thẻ": ("thẻ",),
    "máy": ("máy tính", "máy quét", "máy"),
    "cơ sở": ("công đoàn cơ sở", "công đoàn", "tổ chức cơ sở đảng", "cơ sở", "đơn vị", "bộ phận", "địa phương", "cơ quan", "tổ chức", "tccsđ", "chi bộ", "đảng bộ"),
    "trường": ("ngôi trường", "trường"),
    "đoàn": ("đoàn",),
    "cấp": ("cấp",),
    "sản phẩm": ("sản phẩm",),
    "doanh nghiệp": ("doanh nghiệp",),
    "cặp": ("cặp",),
    "mô hình": ("mô hình",),
    "phòng học": ("phòng học",),
    "thửa": ("thửa đất", "thửa"),
    "giường": ("giường bệnh", "giường"),
    "xe": ("xe ô tô", "xe máy", "xe"),
    "liều": ("liều vắc xin", "liều"),
    "trạm": ("trạm y tế", "trạm"),
    "sáng kiến": ("sáng kiến", "giải pháp"),
    "công trình": ("công trình",),
    "đồng": ("đồng",),
    "usd": ("usd", "đô la mỹ", "đô la"),
    "dự án": ("dự án",),
    "suất": ("suất",),
    "căn": ("căn nhà", "ngôi nhà", "căn"),
    "điểm": ("điểm",),
    "lần": ("lần",),
    "bậc": ("bậc",),
    "ha": ("ha",),
    "tấn": ("tấn",),
    "tạ": ("tạ",),
    "kg": ("kg",),
    "lít": ("lít",),
    "con": ("con",),
    "km": ("km",),
    "km²": ("km²", "km2"),
    "m²": ("m²", "m2"),
    "m³": ("m³", "m3"),
    "kwh": ("kwh",),
    "mbps": ("mbps", "mb/s"),
    "ngày": ("ngày làm việc", "ngày"),
    "giờ": ("giờ",),
    "phút": ("phút",),
    "tuổi": ("tuổi",),
    "tháng": ("tháng",),
    "tuần": ("tuần",),
    "năm": ("năm",),
    "quý": ("quý",),
}  # fmt: skip
_WRITTEN = {form: unit for unit, forms in UNITS.items() for form in forms}
UNIT_WORDS = frozenset(_WRITTEN)
# "bản" counts hamlets and copies alike; copies are what a count before it usually means
_WRITTEN["bản"] = "bản"
UNIT = re.compile(
    r"(?!\n\n)\s{0,2}(?:(?:tổng )?số )?(" + "|".join(re.escape(f) for f in sorted(_WRITTEN, key=len, reverse=True)) + r")(?!\w)(?!(?<= con) số )(?!(?<= đồng) (?:ý|tình|thuận|thời|loạt)(?!\w))(?!(?<=căn) cứ(?!\w))(?!(?<=bộ) (?:môn|đội|trưởng|chỉ số)(?!\w))"  # "tháng 9 con số này là …", "50 đồng ý", "… năm 2024 / Căn cứ …"
)

_NUMBER_OF = re.compile(r"^(?:tổng )?số (?:lượng )?")

# units that may stand for each other when a share or a sum is formed
FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({"hồ sơ", "trường hợp", "kết quả", "giao dịch"}),
    frozenset({"người", "cử tri", "lượt người"}),
    frozenset({"lượt", "lượt người"}),
    frozenset({"phiếu", "lượt"}),
    frozenset({"phiếu", "cử tri"}),
    frozenset({"phiếu", "người"}),
    frozenset({"thủ tục", "dịch vụ", "quy trình"}),
    frozenset({"đơn", "phản ánh"}),
    frozenset({"phản ánh", "phiếu"}),  # "ý kiến"
    frozenset({"phản ánh", "trường hợp"}),
    frozenset({"vụ", "trường hợp"}),
    frozenset({"đơn", "trường hợp"}),
    frozenset({"người", "trường hợp"}),
    frozenset({"đơn", "vụ"}),
    frozenset({"vụ", "lượt"}),
    frozenset({"lượt", "lượt người"}),
    frozenset({"thôn", "tổ", "khu", "bản"}),
    frozenset({"cơ sở", "trường"}),  # "520 đơn vị trường học"
)
# durations, scores and rates: real numbers, but no share or sum of counts is formed with them
MEASURES = frozenset({"điểm", "lần", "bậc", "ngày", "giờ", "phút", "tuổi", "tháng", "năm", "tuần", "quý", "cấp", "mbps"})

# things that are whole: of these none is a decimal
COUNTED = frozenset({"hồ sơ", "hộ", "người", "phiếu", "đơn", "vụ", "thủ tục", "cử tri", "văn bản", "lượt", "trường hợp", "thôn", "tổ"})


def unit_of(form: str) -> str:
    """The normalised unit of a written one."""
    return _WRITTEN[form]


def unit_opening(label: str) -> str:
    """The normalised unit a label opens with ("số lượng hồ sơ quá hạn"), "" for none."""
    said = UNIT.match(f" {_NUMBER_OF.sub('', label)}")
    return unit_of(said.group(1)) if said else ""


def normal_unit(form: str) -> str:
    """The normalised unit of a folded word or of one with a scale before it ("triệu đồng"), "" for what is no unit."""
    scale, _, rest = form.partition(" ")
    return _WRITTEN.get(rest if scale in SCALES else form, "")


@cache
def compatible(a: str, b: str) -> bool:
    """May figures of these units stand in one relation? An unstated unit ("") goes with any."""
    return a == b or not a or not b or any(a in f and b in f for f in FAMILIES)


# ---------------------------------------------------------------- numbers

SCALES = {"ngàn": 10**3, "nghìn": 10**3, "vạn": 10**4, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9}
DIGITS = {"không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mốt": 1}  # fmt: skip
