"""Characters to numbers: how a number may be written, and what digits are no figure at all.

`scan(text)` walks the text once. Each digit run, and each number word before a counted noun, becomes
a `Number` (with exact value, place value, hedging) or an `Other` (a date, a document number, a phone,
list numbering, ...) with the reason. Malformed numerals are reported, never repaired.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .language import SCALES, UNIT, fold, matches, starting, unit_of
from .model import Qualifier, Written, simplest
from .notation import COMMAED, MAYBE_SPACED, SPACED, decimal, locale_of, read_run, runs_of
from .number_words import word_value


class Number(NamedTuple):
    """A number as written at `[start, end)`; with `percent`, "" | "%" | "điểm %", the span covers the sign."""

    start: int
    end: int
    written: Written
    percent: str = ""
    word: bool = False
    damaged: bool = False


class Other(NamedTuple):
    """Digits that are no figure, and why."""

    start: int
    end: int
    why: str


# ---------------------------------------------------------------- shapes that start with a digit

_DATE = r"\d{1,2}\s?[/.-]\s{0,2}\d{1,2}\s?[/.-]\s{0,2}(?:19|20)\d{2}(?!\d)"
# what stands behind the digits of any of the shapes: most numbers have none of it, and no shape need be tried
_SHAPE_AHEAD = (
    r"(?=0\d{2}|1[89]00|\d{1,5}(?:\s?[/:-]|\s?\.\s{0,2}\d{1,2}\s?[/.-]| {1,2}tháng|,\d{1,2}\s?[%-]|\s?%\s?-|\s?h(?![^\W\d])|\s?g(?:iờ|(?![^\W\d]))|b(?!\w)))"
)
_AT_DIGIT = re.compile(
    _SHAPE_AHEAD + "(?:" + "|".join(
        (
            rf"(?P<date>{_DATE}|\d{{1,2}} {{1,2}}tháng {{1,2}}(?:0?[1-9]|1[0-2])(?:(?:\s{{1,2}}năm\s{{1,2}}|\s?[/.]\s?)\d{{4}})?(?!\d|[.,]\d))",
            r"(?P<phone>0\d{2,3}[.\s-]\d{3,4}[.\s-]\d{3,4}(?!\d)|0\d{9,10}(?!\d)|1[89]00[.\s-]?\d{4}(?!\d)|0\d{2,3}\)\s?\d[\d.\s]{5,9}\d)",
            r"(?P<time>(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])|\d{1,2}\s?(?:h(?:\d{2})?(?!\w)|g\d{2}(?!\w)|giờ\s\d{1,2}(?:\s?phút)?)|24/(?:7|24)(?!\d)(?!(?:\s[^\W\d][^,;.()\d]{0,40}|\s)?[,(]\s?(?:(?:đạt|chiếm|bằng|tỷ lệ) ){0,2}100(?:,0+)?\s?%)(?!\s(?:đại biểu|người|hộ|phiếu|thôn|xã|trường|đồng chí|hồ sơ|hs|máy)(?!\w)))",
            r"(?P<period>\d{1,2} {1,2}tháng\s{1,2}(?:đầu|cuối|còn lại)|(?:19|20)\d{2}\s?-\s?(?:19|20)\d{2}(?!\d)|\d{1,2}/(?:19|20)\d{2}(?![\d/])|(?:19|20)\d{2}/(?:19|20)\d{2}(?!\d))",
            r"(?P<days>\d{1,2}/(?:0?[1-9]|1[0-2])\s?-\s?\d{1,2}/(?:0?[1-9]|1[0-2])(?![\d/]))",
            r"(?P<range>\d{1,3}(?:,\d{1,2})?(?:\s?%\s?-\s?| - |-)\d{1,3}(?:,\d{1,2})?\s?%)",
            r"(?P<generation>[2-6]g(?!\w))",
            r"(?P<age>\d{1,2}\s?-\s?\d{1,3} tuổi(?!\w)|(?<=tuổi )\d{1,2}\s?-\s?\d{1,3}(?![\d%]))",
            r"(?P<copies>\d{1,2}b(?!\w))",
            r"(?P<code>\d{1,5}: ?(?:19|20)\d{2}(?!\d))",
            r"(?P<place>\d{1,2}/\d{1,2}/\d{1,3}(?!\d)(?=\s*(?:đường|phố|,)))",
        )
    ) + ")"
)
# a document number is told by its capitals: 48/BC-UBND, 61/2018/NĐ-CP, 57-NQ/TW, 343/2016TT-BTC, 09 KH/ĐU
_DOCUMENT = re.compile(
    r"\d{1,5}(?!\s{0,2}-?\n[IVX]{1,5}\. )(?![^\S\n]?\n[^\S\n]{0,4}-\s)[a-zđ]?\s?(?:/\s?(?:19|20)\d{2}\s?)?[/-]?\s?(?:[A-ZĐ]{1,6}\d{0,2}[/&.-]\s?[A-ZĐƯ][\wĐđ&-]*(?:[-/][\wĐđ&-]+)*|(?<=[/-])[A-ZĐ]{2,}\w*|(?<=[/-] )[A-ZĐ]{2,}\w*)"
)
_BARE_NUMBER = re.compile(r"\d+ [A-ZĐ]")
_SYMBOL_AHEAD = re.compile(r"[a-zđ]?\s{0,2}[/A-ZĐ-]")  # behind the digits of any of these
_YEARED = re.compile(r"\d{1,4}\s?/\s?(?:19|20)\d{2}(?!\s(?:HS|TTHC)(?!\w))\s?[/-]?\s?[A-ZĐ]{2}[\wĐđ&/-]*")

_RATE_OF = re.compile(r"(?<!\w)tỷ lệ [^\d,;:.()]*$")  # "tỷ lệ hoàn đơn 6 - 8%"

# ---------------------------------------------------------------- words before a digit

_LABELLED = (  # before any of these in other company stands a count: "kiểm điểm 53 tập thể", "(kế hoạch 25, đạt 84%)"
    "điều|(?<!trong )(?<!đầu )(?<!cuối )(?<!cùng )(?<!định )(?<!chu )(?<!thời )(?<!học )(?<!thường )kỳ|(?<!tài )khoản|mục|chương|phụ lục|biểu số|(?<!đại )(?<!tiêu )(?<!phát )biểu|bảng|mẫu số|(?<!một )(?<!thành )(?<!cổ )phần|trang|khóa|kỳ họp thứ|lần thứ|nhiệm kỳ|"
    "đề án|quốc lộ|tỉnh lộ|hương lộ|đường|ngõ|ngách|hẻm|kiệt|số nhà|nhà số|(?<!hạ )tầng|iso|tcvn|mô hình|"
    r"nghị định|thông tư|quyết định|nghị quyết|chỉ thị|kết luận|công văn|(?<!trên )(?<!riêng )(?<!\()kế hoạch|(?<!kỷ )luật|pháp lệnh|chương trình|hợp đồng|"
    "mức độ|mức|(?<!không xếp )(?<!chưa xếp )loại|loại sức khỏe|hạng|tốp|top|báo động|(?<!theo )nguyện vọng|(?<=học )cấp|(?<=hết )cấp|(?<=trường )cấp|(?<=nghiệp )cấp|câu hỏi|câu|vòng|(?<!tại )(?<!ở )(?<!qua )(?<!về )(?<!trực )quầy|phiên bản|version|covid|thứ|dự án|vùng|giai đoạn|zone|đợt|(?<!đứng )lớp|khối|ca|chỉ số|pl|"
    "thông báo|báo cáo|tờ trình|hướng dẫn|quy định|(?<!bằng )văn bản|(?<!dứt )(?<!thời )(?<!kiểm )điểm|nđ|nđ-cp|bão"
)
_PLACES = "(?<!cấp )phường|quận|thôn|tổ|tdp|tổ dân phố|tổ dân|khu phố|khu|khu dân cư|ấp|xóm|(?<!văn )(?<!biên )(?<!nhật )(?<!kịch )(?<!cơ )(?<!nguyên )bản|buôn|cụm|đội|tiểu khu|làng|km"
_NO_SPAN = "(?<!ngắn )(?<!dài )(?<!hàng )(?<!hằng )(?<!mỗi )"  # "cây ngắn ngày 06 ha" names no date
_BEFORE = re.compile(
    r"(?:^|[^\w])(?:"
    rf"(?P<label>(?:{_LABELLED})\s{{1,2}}(?:số\s{{1,2}}|số:\s{{0,2}})?)"
    rf"|(?P<place>(?:{_PLACES})\s{{1,2}})"
    r"|(?P<number>(?:số(?! )|(?<!thiểu )số\s{1,2}|no\.?|stt)\s{0,2})"
    r"|(?P<own>(?:^|\n)\W{0,4}số\s?:\s{0,2})"
    r"|(?P<phone>(?:điện thoại|đt|hotline|đường dây nóng|fax|số máy|sđt|zalo|di động)\s?(?:số)?\s?[:(]{0,2}\s{0,2}\(?)"
    rf"|(?P<day>{_NO_SPAN}(?:(?<!đúng )ngày|mùng|(?<!chiếu )sáng|chiều|tối|hôm)\s{{1,2}})"
    rf"|(?P<days>{_NO_SPAN}ngày\s{{1,2}}\d{{1,2}}(?:\s?/\s?\d{{1,2}})?(?:,|\svà|\s?-)\s{{1,2}})"
    r"|(?P<since>(?:từ|đến hết|đến|tới hết|tới|hết|trước|sau|kể từ|thời điểm)\s{1,2})"
    r"|(?P<stock>(?<!\w)(?:dư nợ|số dư|tồn quỹ|dư quỹ|tồn kho)\s{1,2})"
    r"|(?P<month>(?:tháng \d{1,2}(?:, \d{1,2})*(?: và|,)|tháng(?!(?<=\d tháng)\n\n)|quý|tuần|năm học|thời kỳ|niên khóa)\s{1,2})"
    r"|(?P<year>(?:năm|cùng kỳ|chuyển sang|giai đoạn|nhiệm kỳ|niên độ|khóa|từ năm|đến năm|vụ (?:(?:đông|hè|thu|xuân)\s?-?\s?)?(?:đông|xuân|hè|thu|mùa|chiêm))\s{1,2}|quý\s[ivx]{1,4}\s?[/.-]\s?)"
    r"|(?P<rank>(?:xếp thứ|xếp hạng|(?<!sắp )xếp|vị trí|thứ hạng|đứng thứ|hạng)\s{1,2}(?:thứ\s{1,2})?|hạng\s(?:vẫn )?(?:là|lại )?(?:tụt )?(?:từ )?\s?)"
    r"|(?P<portal>(?:lượt xem|lượt truy cập|truy cập|thống kê|online|đang xem|hôm nay|hôm qua|tổng truy cập|lượt đọc|views?)\s{0,2}:\s{0,2})"
    r")$"
)
# the words that end all of these and all hedges: most numbers follow another, and the patterns need not be tried
_LEADING = frozenset(re.findall(r"\w+(?=\||$)", f"{_LABELLED}|{_PLACES}")) | frozenset(
    ["số", "no", "stt", "thoại", "đt", "hotline", "nóng", "fax", "máy", "sđt", "zalo", "động", "ngày", "mùng", "sáng", "chiều", "tối", "hôm", "và", "từ", "đến", "tới", "hết", "trước", "sau", "tháng", "quý", "tuần", "học", "kỳ", "khóa", "năm", "sang", "đoạn", "độ", "i", "v", "x", "ii", "iv", "vi", "ix", "xi", "iii", "vii", "xii", "viii", "xếp", "hạng", "trí", "thứ", "vẫn", "là", "lại", "tụt", "xem", "cập", "kê", "online", "nay", "qua", "đọc", "view", "views", "nợ", "dư", "quỹ", "kho", "đông", "xuân", "hè", "thu", "mùa", "chiêm"]
)
_HEDGING = frozenset(["trên", "hơn", "nhất", "thiểu", "dưới", "over", "than", "đạt", "là", "có", "được", "quá", "đa", "gần", "nearly", "khoảng", "xỉ", "chừng", "cỡ", "about"])
_NAME_ENDS = re.compile(r"\s?(?:[,;.)]|và\s)|\s{0,4}=\s")
_NAMED = re.compile(r"(?<!\w)(?:phòng|trường|cụm|đội|trạm|chi cục|thuế|chi bộ|tổ|khu|bệnh viện|tiểu học|trung học|mầm non|dân cư|đơn vị|bầu cử|bỏ phiếu|tiêu chí|chỉ tiêu|nội dung|câu)\s{1,2}(?:\w+\s{1,2}){0,3}số\s{1,2}$")
_BODY_BY_NUMBER = re.compile(r"(?<!\w)(?:tổ|nhóm|đội|cụm|khu|trường|phòng|trạm|đơn vị|chi bộ|điểm|tuyến|lô|kho|quầy|bàn|xe|trường học|mầm non)\ssố\s$")
_TELLS = re.compile(r"\s(?:nhận|có|được|đạt|thu|nộp|gồm|còn|bầu|đã)(?!\w)")
_MONTH = re.compile(r"\s?/\s?(?:0?[1-9]|1[0-2])(?![\d/]|[.,]\d)")
_TO_DAY = re.compile(r" (?:đến|tới) (?:ngày )?\d{1,2}\s?/\s?(?:0?[1-9]|1[0-2])(?![\d/])")
_MONTHS = 12  # of a year
# "đến hết tháng 9 phường đã tiếp nhận": what the ward did by then, no nine wards
_THE_WARD_DID = re.compile(r"\s(?:phường|xã|thị trấn|ubnd|đảng ủy|hđnd)(?: ta)? (?:đã|có|tiếp nhận|nhận|tiếp|thu|chi|tổ chức|ban hành|giải quyết|phát sinh|thực hiện|cấp|lập|xử lý|mở|cử)(?!\w)")
_DASHED_MONTH = re.compile(r"-(?:0?[1-9]|1[0-2])(?![\d/-]|[.,]\d)")
_SAID_THEN = re.compile(r"\s?:|\s(?:là|còn|đạt)(?!\w)")
_ORDINAL = re.compile(r"\s?:\s?\d|\s(?:là|có|đạt)\s\d")
# "trẻ dưới 6 tuổi: 188; từ 6 đến dưới 14 tuổi: 257": the ages name the classes
_AGE_FROM = re.compile(r"(?<!\w)(?:dưới|trên|từ|đủ|(?:từ|đủ) (?:đủ )?\d{1,2} ?(?:tuổi )?(?:đến|tới|-)(?: dưới| đủ| hết)?)\s$")
_OUT_OF = re.compile(r"\s?/\s?\d{1,3}(?![\d,.]\d|\s?%)")
_SO_MUCH_SINCE, _MOVED = re.compile(r"(?<!\w)so với $"), re.compile(r",?\s(?:thì )?(?:tăng|giảm|cao hơn|thấp hơn|nhiều hơn|ít hơn)(?!\w)")
_TURN = re.compile(r"[;:,(]\s?lần $")
_IS_SO_MUCH = re.compile(r" là \d")
_AT_ADDRESS = re.compile(r"(?<!\w)(?:tại|địa chỉ|ở)(?::| là)?(?: số)?(?: nhà)? $")
_HOUSE = re.compile(r"\s?/\s?\d{1,3}[a-zA-Z]?(?=\s(?:đường|phố|ngõ|hẻm|Đường|Phố|[A-ZĐÀ-Ỹ][^\W\d]* [A-ZĐÀ-Ỹ]))")
_PEOPLE_OF = re.compile(r"(?<!\w)(?:người|đồng chí|đảng viên|công chức) (?:dưới|trên|từ|từ \d{1,2} (?:đến|tới)) $")  # "xét theo tuổi có 06 người dưới 30"
_OLD = re.compile(starting("tuổi") + r"(?: đời)? (?:từ|trên|dưới|đủ) $")  # "tuổi từ 100 trở lên"
_AGE_BAND = re.compile(r" tuổi(?!\w)|(?: tuổi)? ?(?:đến|tới|-) ?(?:dưới |đủ |hết )?\d{1,2} tuổi")
_LAST_DAY = 31
_LAST_STORM = 20  # of a year
_LONGEST_SLOGAN = 40
_SLOGAN = re.compile(r"[“\"‘']\d{1,2} [^\W\d]+(?: [^\W\d]+){0,2}(?:, (?:và )?| và )\d{1,2} [^\W\d]+(?: [^\W\d]+){0,2}[”\"’']")  # “5 không, 3 sạch”
_AGES = re.compile(r"(?: tuổi)? ?(?:đến|tới|-) ?(?:dưới |đủ |hết )?\d{1,2} tuổi(?!\w)")  # "nhóm 25 đến 49 tuổi"
_SITTING = re.compile(r"(?<!\w)phiên $")
_OF_AGE = re.compile(r"(?<!\w)(?:cụ|người|em|cháu|trẻ|hội viên) tuổi $")
_AGE_BARE = re.compile(r" ?(?:-|–) ?\d{1,2}(?= ?: \d)")  # "Độ tuổi: dưới 35: 15; 35 - 50: 35"
_AGE_LISTED = re.compile(r"(?: ?(?:đến|tới|-) ?(?:dưới |đủ |hết )?\d{1,2})?(?: ?:| (?:có|là) \d)")  # "Chia theo tuổi", "Dưới 30: 09", "Từ 30 đến 50: 40", "trên 50 có 03 người"
_RANKED = re.compile(r"\s(?:sở|ban|ngành|cơ quan|đơn vị|huyện|quận|xã|phường|thị trấn|địa phương|trường|trạm)(?!\w)")
_AGES_REACH = 120  # characters from the word to the last class of a list of ages
_LAST_WORD = re.compile(r"\W*(\w+)")  # of the text turned round
_COUNTED_BESIDES = re.compile(r" (?:nhà|tập thể|cá nhân|chi hội|chi đoàn|cđcs|chức\s?danh|chuyến|giấy)(?!\w)")  # no units, but never the name behind a number
_AFTER = re.compile(r" {1,2}(?:(?P<level>cấp(?! ủy))|(?P<period>tháng)|(?P<star>sao))(?!\w)")
_LIST = 160  # characters of a list on either side of one of its figures
_LIST_OPENS = re.compile(r".*(?:[:(]|(?<!\w)(?:gồm|trong đó)(?!\w))", re.DOTALL)
_LIST_CLOSES = re.compile(r"[).:\n](?!\d)|$")
_LIST_PARTS = re.compile(r"\s?;\s?|\s?,(?!\d)\s?")
_COUNTED_NAME = re.compile(r"\s*(?P<name>[^\W\d_][^\d()]{0,60}?) {1,2}\d{1,3}(?:\.\d{3})*(?: (?:hs|người|hồ sơ|cái|bài|tin|văn bản|trường hợp))?\s*")
# three kinds of documents in a row, each with its count; laws and decrees are cited by number, so they are not among them, and
# resolutions only before the three
_KIND_ISSUED = r"(?:quyết định|kế hoạch|báo cáo|tờ trình|công văn|thông báo|kết luận|giấy mời|hướng dẫn|văn bản khác)"
_ISSUED = rf"{_KIND_ISSUED}(?: và {_KIND_ISSUED})?"
_ROW = re.compile(rf"(?:nghị quyết:?\s{{1,2}}\d{{1,4}}\s?[,;]\s{{1,2}}(?={_ISSUED}:?\s{{1,2}}\d{{1,4}}\s?[,;]))?{_ISSUED}:?\s{{1,2}}\d{{1,4}}(?:\s?[,;]\s{{1,2}}(?:và\s)?{_ISSUED}:?\s{{1,2}}\d{{1,4}}(?![\d/-])){{2,20}}")
_QUALIFIERS = (
    (re.compile(r"(?<!\w)(?:(?<!cấp )(?:(?<=trực tuyến )|(?<!tuyến ))(?<!nêu )(?<!nói )(?<!kể )(?<!tính )(?:(?<=trả kết quả )|(?<!kết quả ))trên|hơn|ít nhất|tối thiểu|không dưới|từ trên|over|more than)(?: (?:đạt|là|có|được))?\s{1,2}$"), Qualifier.AT_LEAST),
    (re.compile(r"(?<!\w)(?:dưới|không quá|tối đa|nhiều nhất|không vượt quá)(?: (?:đạt|là))?\s{1,2}$"), Qualifier.AT_MOST),
    (re.compile(r"(?<!\w)(?:gần|nearly)(?: (?:đạt|là|được))?\s{1,2}$"), Qualifier.NEARLY),
    (re.compile(r"(?<!\w)(?:khoảng|xấp xỉ|chừng|độ chừng|cỡ|about)(?: (?:đạt|là|gần|trên))?\s{1,2}$"), Qualifier.ABOUT),
)  # fmt: skip
# "1.298 cử tri trên 1.386 cử tri": here "trên" means "of"
_OF = re.compile(r"\d[^\d.,;:]{0,50}(?<!\w)(?<!với )(?<!có )(?<!gồm )(?<!được )(?<!cho )(?<!và )(?<!là )trên\s{1,2}$")
_THOSE_ABOVE = re.compile(r"(?<!\w)(?:các|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2}) [^\W\d_]+(?: [^\W\d_]+)? trên (?:đạt|là|có|được)\s{1,2}$")  # "bốn thôn trên có 40 hộ"
_OF_THE_YEAR = re.compile(r"\s?:\s?\d")  # "Cụ thể: 2020: 8; 2021: 13"
_NUMBERING = re.compile(r"[ *_#>+-]{0,8}\d{1,2}(?:\.\d{1,2}){0,3}(?:(?:[.)/]{1,2}-?|(?<=\.\d))(?=[\s*_]|[^\W\d])| ?- ?(?=[^\W\d]))")
_BRACKETED = re.compile(r"\(\s?\d{1,2}\s?\)")
_HEADS_LIST = re.compile(r"\s?\)\s?:\s?\D{2,60}\d")  # "Chi bộ (27): xuất sắc 5, …"
# "các sở: Nông nghiệp (17 TTHC), Tư pháp (15), Công Thương (21)": counts behind the names of a list
_NAMED_BEFORE = re.compile(r"\(\d{1,3}(?: [^\W\d]+){0,3}\)(?:,| và| cùng)[^().;:\d]{2,60}$")
_NAMED_AFTER = re.compile(r"\d{1,2}\)(?:,| và| cùng)[^().;:\d]{2,60}\(\d{1,3}(?: [^\W\d]+){0,3}\)")

# a pattern that opens with a plain class is searched for by its first character, thrice as fast
_TELLS = re.compile(r"\s?%|[.,/]\d")  # the digits before it are a figure even where the space before them is lost
_SQUARED = re.compile(r"(?<![^\W\d_])[kdc]?m[23]$")  # 15,1 km2
_ROMAN_LED = re.compile(r"(?<![^\W\d])[IVX]{1,4}\.$")
_CLASSED = re.compile(r"(?<!\w)(?:loại|sức khỏe|mức độ|mức|khối|lớp|hạng|cấp)(?: \d,)* $")
_NAMED_PLACE = re.compile(r"(?<!\w)(?:[Ấấ]p|[Tt]hôn|[Bb]ản|[Xx]óm|[Bb]uôn|[Ll]àng|[Kk]hóm|[Kk]hu phố|[Tt]ổ dân phố) (?:[A-ZĐÀ-Ỹ][^\W\d]* ){1,3}$")
_SCHOOL = re.compile(r"(?<![^\W\d])(?:TH|THCS|THPT|MN|MG|Tiểu học|Mầm non|Mẫu giáo) (?:[A-ZĐÀ-Ỹ][^\W\d]* ){1,3}$")
_LONGEST_NAME = 40
_AND_ALSO = re.compile(r"\s?(?:,|,? và|;)\s")
_LAST_NUMBER = re.compile(r"\d+$")
_PLACE_GAP, _PLACE_STEP = 5, 3  # characters between two numbers of a list of places, and how far apart these are
_MOST_WARDS = 28  # the highest number a numbered ward has had
_LONGEST = 24  # characters; no count of a ward needs more, and a longer run of digits is a code or damage
_INDEX = re.compile(r"(?:[A-ZĐ]{3,}|[Ii]ndex)\s$")  # "SIPAS 2021", "PAR Index 2021"
_FILLS_CELL = re.compile(r"[ \t]*(?:\||\n|\Z)")  # "| 19 136 |"
_OF_YEAR = re.compile(r"\s{1,2}năm\s{1,2}(?:19|20)\d\d(?!\d)")  # "tháng 01 năm 2025"
_INDEXED = re.compile(r"\s?=\s?100(?:\s?%)?\)|\s?\((?:lấy |gốc |so với )?(?:năm )?(?:19|20)\d\d\s?=")  # "chỉ số năm 2019 (2018 = 100)"
_DIALLED = re.compile(r"[^\d. -]")
_UNDER_RATES = re.compile(r"\d[.,]\d{1,2}%? *\n[^\d\n]{2,40}$")
_ROW_LENGTH = 80
_NUMBERS_ONE = re.compile(r"(?<!\w)(?:mũi|đợt|lần|khối|lớp|tổ|loại|nhóm|tháng|quý|ngày|khu|thôn) $")  # "sởi mũi 1 401 trẻ"
_WORD_BEFORE = re.compile(r"[^\W\d_]{2,} $")
_BROKEN = re.compile(r"\d{1,3} ?\. ?\d{3}(?!\d)")
_SPLIT = re.compile(r"\d{1,3}(?: \d)? ,\d{1,2}(?=\s?%)")  # "9 9 ,2%"
_TORN = re.compile(r"\d{1,2}, \d{1,2}\s?%")  # "chiếm 34, 38%": one percentage, torn apart
_TORN_LEAD = re.compile(r"(?:\(|(?<!\w)(?:chiếm|đạt|tỷ lệ|bằng)) ?$")
_PERCENT = re.compile(r"\s{0,2}%|\s{1,2}(?:phần trăm)(?!\w)")
_POINTS = re.compile(r"\s{0,2}(?:điểm\s{0,2}%|điểm phần trăm|đpt(?!\w))")
# on the same line or, in wrapped text, the next; "tỷ lệ" of the next line is no billion
SCALE = re.compile(r"(?:[^\S\n]{0,2}|[^\S\n]?\n)(ngàn|nghìn|vạn|triệu|tỷ|tỉ|tr(?=\.?\s?đ(?:ồng)?(?!\w)))(?!\w(?<!đ)| lệ| trọng| suất)")

_LESSER = re.compile(r"\s{1,2}(\d{1,3})\s{1,2}(ngàn|nghìn|triệu)(?!\w)")
# what is counted in whole numbers: "1,139 hồ sơ" groups its thousands by a comma
_WHOLE_UNIT = re.compile(r"\s{1,2}(?:hồ sơ|hs|người|hộ|phiếu|lượt|trường hợp|văn bản|cử tri|nhân khẩu|thủ tục)(?!\w)")

# a rate whose sign was left out: "giải quyết 6.260 vụ (đạt 78,35)", "19/26 (73,08)", "86/254 = 33,86", "tỷ lệ hộ tham gia là 95,57"
_UNSIGNED = re.compile(
    r"(?<!\w)(?:chiếm|(?:đạt |chiếm )?tỷ lệ(?: tăng| giảm)?|tỷ lệ [^,;.:()\d]{2,30} (?:là|đạt))\s$"
    r"|(?<!\w)(?:vụ|việc|hồ sơ|đơn|phiếu|người|hộ)\s?\(đạt\s$|(?P<over>\d\s?/\s?\d[\d.]*(?:\s(?:phiếu|người|hộ|hồ sơ|đơn|đại biểu))?\s?(?:\(|=\s?))$"
)
_UNSIGNED_OF = re.compile(r"\s(?:so với |trên )?(?:tổng )?số\s[^\W\d]")  # "đạt 92,2 số đơn đủ điều kiện"
_NO_RATE_BEHIND = re.compile(r"\s?/|\s(?:phần nghìn|điểm|năm|lần)(?!\w)|‰")
# "khai tử giảm 05 trường hợp (68)": what it was before, not a mark in a list
_CHANGED = re.compile(r"(?<!\w)(?:tăng|giảm)[^,;.()\d]{0,12}\d[\d.]*[^,;.()\d]{0,25}$")
# no ward counts two thousand of these: "năm 2022 xã trễ 43 hồ sơ" names a year
_FEW = frozenset({"xã", "huyện", "khu", "tổ", "thôn", "cơ sở", "trường", "đoàn", "buổi", "nhiệm vụ", "công trình", "cấp"})
_YEAR_ENDS = re.compile(r"\s{0,2}(?:\)|\d{4})|\s{0,2}-\s{0,2}(?:19|20)\d\d")  # "(cùng kỳ 2023)", "2023 2024", "2021 - 2025"
_COUNTING = re.compile(r"(?<!\w)(?:nhận|giải quyết|xử lý|trả|thu|tồn|xong|được|đạt|là)\s$")  # "(tồn 19 + nhận 2055)"
_OF_TABLES = re.compile(r"bảng|biểu|hình|mục|phụ lục|sơ đồ")
_SUBDIVIDED = re.compile(r"\d{1,2}(?:\.\d{1,2})+")  # "bảng 2.4", "mục 3.1.2"
_LONGEST_SPACED = 24  # characters: "1 234 567 890 123,45"
_BOUND = re.compile(r"(?<!\w)(?:đầu|cuối|so với|so|của)\s{1,2}năm\s{1,2}$")  # "cuối năm 2022 hộ nghèo còn 43": no count stands here
_TENS = "hai|ba|bốn|năm|sáu|bảy|tám|chín"
_IN_WORDS = "|".join(
    (
        *(starting(ten) + rf" mươi(?: (?:mốt|tư|lăm|{_TENS}))?" for ten in _TENS.split("|")),
        starting("mười") + rf"(?: (?:một|lăm|{_TENS}))?",
        *(starting(word) for word in (*_TENS.split("|"), "một")),
    )
)
_OPENING_WORDS = [f"{word} " for word in ("một", *_TENS.split("|"), "mười")]
_COUNTED = "hồ sơ|mô hình|câu lạc bộ|đơn vị|trường hợp|đơn|vụ|phiếu|biên chế|thôn|xã|phường|bản|tổ dân phố|khu phố|tỷ lệ|đồng chí|đại biểu|đại diện|đảng viên|thành viên|chi bộ|nơi|người|thủ tục|nhiệm vụ|việc|công trình|hộ"
_OPENING = re.compile(r"(?:^|[.;:!?\n]\s*|[-+•*]\s)$")
_DAY_NAME = re.compile(r"/(0?[1-9]|1[0-2])(?![\d/]|\s?[^\W\d]*\s?\(\d)")
_TOTAL_ROW = re.compile(r"[|\s*]*(?:tổng|cộng)(?!\w)[^\d|\t;]*[|\t;]", re.IGNORECASE)
_ROW_BEFORE = 300  # characters of a row before one of its cells
_RATED = re.compile(r"\s?/\s?\d{1,3} \(\d{1,3}(?:,\d+)?\s?%")  # "nghị quyết về đặt tên ngõ 21/25 (84,0%)" is no address
_DONE_OF_IT = re.compile(r"[,;:]\s?(?:đã )?(?:giải ngân|thực hiện|thực chi|đạt|xong|hoàn thành|thu)(?!\w)")
_WITH_SHARE = re.compile(rf"(?:{_COUNTED})(?!\w)[^,;.()\d]{{0,45}}(?:[,(]\s?(?:chiếm|đạt|tỷ lệ) (?:tỷ lệ )?\d|\(\d{{1,2}}(?:,\d+)?\s?%\))")  # "tôn giáo năm đại biểu, chiếm tỷ lệ 5,88%"
_WORD = re.compile(rf"({_IN_WORDS}) (?=(?:{_COUNTED})(?!\w))")


def _many(folded: str, end: int) -> bool:
    """Does a unit follow that is counted in thousands? "Năm 2022 số thủ tục niêm yết là 198" names a year."""
    unit = UNIT.match(folded, end)
    return unit is not None and unit_of(unit.group(1)) not in _FEW and not folded[end : unit.start(1)].strip()


@lru_cache(maxsize=2)  # asked twice of one number
def _last_word(text: str) -> str:
    """The word that ends the text, marks aside; a digit for a number."""
    match = _LAST_WORD.match(text[:-15:-1])
    word = match.group(1)[::-1] if match else ""
    return "0" if word[-1:].isdigit() else word


def _qualifier(before: str, *, rate: bool = False) -> Qualifier:
    if not before.endswith((" ", "\n")) or _last_word(before) not in _HEDGING:
        return Qualifier.EXACT
    for pattern, qualifier in _QUALIFIERS:
        if pattern.search(before):
            if qualifier is Qualifier.AT_LEAST and not rate and (_OF.search(before) or _THOSE_ABOVE.search(before)):
                return Qualifier.EXACT
            return qualifier
    return Qualifier.EXACT


class _Scanner:
    """One pass over one text."""

    def __init__(self, text: str, folded: str) -> None:
        self.text, self.folded = text, folded
        self.runs = runs_of(folded)
        self.locale = locale_of(text, self.runs)
        self.found: list[Number | Other] = []
        self.year_list = -1  # where a list of years could go on
        self.place_list = -1  # and one of numbered places

    def run(self) -> list[Number | Other]:
        position = 0
        for start, end in self.runs:
            while position < end:  # a date or a heading's number may end inside the run
                start = max(start, position)
                position = self.one(start + (self.folded[start] in ".,"), end)
        self.words()
        self.found.sort(key=lambda x: x.start)
        return self.found

    def one(self, start: int, end: int) -> int:
        """Settle what starts here; the place to go on from."""
        other = self.other(start, end)
        if other is not None:
            self.found.append(other)
            return other.end
        return self.number(start, end)

    def other(self, start: int, end: int) -> Other | None:
        text, folded = self.text, self.folded
        if end - start > _LONGEST:
            return Other(start, end, "too long")
        if end - start == 1 and _SQUARED.search(folded, max(0, start - 4), end):
            return Other(start, end, "unit")
        if start and end - start <= 2 and _ROMAN_LED.search(text, max(0, start - 8), start):
            return Other(start, end, "label")  # "đã nêu tại mục II.3 gồm 21,5 tỷ đồng"
        if start and text[start - 1].isupper() and not _TELLS.match(folded, end) and (end - start <= 2 or end - start <= 4 and text[start - 2 : start - 1].isupper()):
            return Other(start, end, "code")  # "TT2: 5 xuống 3 ngày", "TBR225 là 83,2 ha"
        if end - start <= 2 and folded[start - 1 : start] == "[" and folded[end : end + 1] == "]" and folded[start - 2 : start - 1].isalnum():
            return Other(start, end, "numbering")  # "số thi hành xong[1] là 724 việc": of a footnote
        line = folded.rfind("\n", max(0, start - 9), start) + 1
        if start - line <= 8 and (line or start <= 8):
            numbering = None if self.alone(start, end) else _NUMBERING.match(folded, line)
            if numbering and numbering.end() > start and not folded[numbering.end() : numbering.end() + 1].isdigit():
                return Other(start, max(end if "." not in folded[start:end] else start, numbering.end()), "numbering")
        match = _AT_DIGIT.match(folded, start)
        if match and match.lastgroup:
            if match.lastgroup == "phone" and ")" in match.group() and folded[start - 1 : start] != "(":
                match = None
            elif match.lastgroup == "range" and re.match(r"[\d,]+ - ", match.group()) and not _RATE_OF.search(folded, max(0, start - 60), start) and not folded.endswith(" từ ", 0, start) and not folded.startswith(":", match.end()):
                match = None  # "thôn A 3 - 8%": a count and its share
            else:
                return Other(start, match.end(), str(match.lastgroup))
        if end - start <= 2 and (quoted := max(text.rfind(mark, max(0, start - _LONGEST_SLOGAN), start) for mark in "“\"‘'")) >= 0:
            slogan = _SLOGAN.match(text, quoted)
            if slogan and slogan.end() > end and UNIT.match(folded, end) is None:
                return Other(start, end, "label")
        document = (_YEARED.match(text, start) or _DOCUMENT.match(text, start)) if _SYMBOL_AHEAD.match(text, end) else None
        if document and not _BARE_NUMBER.match(document.group()[: document.group().find(" ") + 2 or None] or "x"):
            return Other(start, document.end(), "document")
        if folded[start - 1 : start] == "(" and _BRACKETED.match(folded, start - 1):
            before = folded[max(0, start - 14) : start - 1].rstrip()
            heads_list = before[-1:].isalpha() and _HEADS_LIST.match(folded, end) is not None
            if not heads_list and not before.endswith(("%", "sáu", "tám", "bảy", "chín", "mười", "năm", "bốn", "hai", "ba", "một", "mươi", "mươi tư", "mốt", "lăm")) and not before[-1:].isdigit() and not _CHANGED.search(folded, max(0, start - 70), start - 1) and not self.named(start, end):
                return Other(start, end, "numbering")
        return self.labelled(start, end)

    def alone(self, start: int, end: int) -> bool:
        """A decimal that fills its line where decimals have a dot: a cell, "27.7", and no heading's number."""
        line = self.folded[start - 1 : start] + self.folded[end : end + 1]
        return self.locale.english and "." in self.folded[start:end] and line.strip("\n") == ""

    def labelled(self, start: int, end: int) -> Other | None:
        folded = self.folded
        before = folded[max(0, start - 30) : start]
        digits = folded[start:end]
        plain = digits.isdigit()
        year = plain and len(digits) == 4 and digits[:2] in {"19", "20"} and not self.in_total_row(start)
        if year and start - self.year_list <= 8 and self.year_list > 0 and re.fullmatch(r"(?:\s|,|và|;|/|-|=|tới|đến){1,8}", folded[self.year_list : start]):
            self.year_list = end
            return Other(start, end, "year")
        if year and _INDEX.search(self.text, max(0, start - 12), start) and UNIT.match(folded, end) is None:
            return Other(start, end, "year")
        if year and _INDEXED.match(folded, end):
            return Other(start, end, "year")
        last = _last_word(before)
        told = last in _LEADING or last == "0" and ("ngày" in before or "tháng" in before)  # "ngày 3, 4", "tháng 3, 4"
        match = _BEFORE.search(before) if told else None
        kind = match.lastgroup if match else ""
        after = folded[end : end + 24]
        if year and (kind in {"year", "label", "month"} or _YEAR_ENDS.match(after) and not _COUNTING.search(before)) and (_BOUND.search(before) or not _many(folded, end)):
            self.year_list = end
            return Other(start, end, "year")
        if year and _OF_THE_YEAR.match(after) and not before.rstrip()[-1:].isalpha():
            self.year_list = end
            return Other(start, end, "year")
        unit = _AFTER.match(after) if plain else None
        if unit and (unit["period"] or len(digits) <= (2 if unit["level"] else 1)):
            return Other(start, end, "period" if unit["period"] else "level")
        by_age = "tuổi" in folded[max(0, start - _AGES_REACH) : start]
        named = _AGE_BAND.match(folded, end) or by_age and (_AGE_LISTED.match(folded, end) or _PEOPLE_OF.search(before) and UNIT.match(folded, end) is None)
        if plain and len(digits) <= 2 and (_AGES.match(folded, end) or named and _AGE_FROM.search(before)) or plain and len(digits) <= 3 and _OLD.search(before):
            return Other(start, end, "age")
        if plain and by_age and len(digits) <= 2 and (band := _AGE_BARE.match(folded, end)) and before[-2:] in {"; ", ": ", ", "}:
            return Other(start, band.end(), "age")
        if plain and len(digits) == 2 and _OF_AGE.search(before) and _NAME_ENDS.match(after):
            return Other(start, end, "age")  # "41 cụ tuổi 70, 27 cụ tuổi 75"
        if plain and len(digits) <= 2 and _SITTING.search(before) and _ORDINAL.match(after):
            return Other(start, end, "label")  # "phiên 1: 8 lô, phiên 2: 11 lô"
        if plain and self.also_named(start, end):
            self.place_list = end
            return Other(start, end, "place")
        if year and (self.locale.dotted and UNIT.match(folded, end) is None and folded[end : end + 1] not in {"/", "%"} or _SO_MUCH_SINCE.search(before) and _MOVED.match(after)):
            self.year_list = end
            return Other(start, end, "year")  # "so với 2022 tăng 28,3%"
        if plain and self.also_classed(start, end):
            return Other(start, end, "label")
        if plain and len(digits) == 1 and _SCHOOL.search(self.text, max(0, start - _LONGEST_NAME), start) and UNIT.match(folded, end) is None:
            return Other(start, end, "label")  # "TH Bến Giồng 1, TH Bến Giồng 2"
        if plain and len(digits) <= 2 and _NAMED_PLACE.search(self.text, max(0, start - _LONGEST_NAME), start) and _ORDINAL.match(after):
            return Other(start, end, "place")  # "ấp Mỹ Hưng 2: 3.150 m2"
        if plain and len(digits) <= 3 and _AT_ADDRESS.search(before) and (house := _HOUSE.match(self.text, end)):
            return Other(start, house.end(), "place")  # "trụ sở tại số 12/4 Nguyễn Huệ", "tại 7/15 đường 26 tháng 3"
        if plain and len(digits) <= 2 and before[-2:-1].isalpha() and before.endswith(" ") and _IS_SO_MUCH.match(after):
            return Other(start, end, "label")  # "Đài thơm 8 là 96,7 ha"
        if plain and len(digits) == 1 and _TURN.search(before) and _ORDINAL.match(after):
            return Other(start, end, "label")  # "trúng 48 lô (lần 1: 37 lô; lần 2: 11 lô)"
        then = _MONTH.match(after) if plain and len(digits) <= 2 and before.endswith("so với ") else None
        if then and int(then.group().strip(" /")) < int(digits) <= _LAST_DAY and UNIT.match(folded, end + then.end()) is None:
            return Other(start, end + then.end(), "date")  # "tăng 14 điểm phần trăm so với 31/7 (41%, 4.428 người)"
        if not kind or (folded[end : end + 1] == "%" and kind != "rank"):
            return None
        out_of = _OUT_OF.match(after) if kind == "label" and match and match.group().strip(" ,;:(") == "thứ" and plain else None
        if out_of:
            return Other(start, end + out_of.end(), "rank")  # "thứ 2/18 về chuyển đổi số"
        counted = any(so.match(folded, end) is not None for so in (UNIT, SCALE, _PERCENT, _COUNTED_BESIDES))
        small = plain and len(digits) <= 3 and not (self.locale.spaced and self.spaced(start))
        cell = folded[start - 1 : start] == "\n" and folded[end : end + 1] in {"\n", ""}  # "Nghị quyết" and, a line below, "12": so many
        if kind == "label" and match and plain and int(digits) > _LAST_STORM and match.group().strip().endswith("bão"):
            return None  # "thiệt hại do bão 74 lồng"
        if kind == "label" and match and match.group().strip().endswith("quầy") and (len(digits) > 1 or folded[end : end + 2].lstrip() == "("):
            return None  # "mạng 469 (79,6%), quầy 109 (18,5%)": so many came to the counter; "quầy 1" is one of several
        if kind == "label" and match and match.group().strip() == "kế hoạch" and _DONE_OF_IT.match(after):
            return None  # "kế hoạch 900, giải ngân 648, đạt 72%"
        if kind == "label" and small and not counted and not cell and not self.listed(start, end) and not _RATED.match(after):
            return Other(start, end, "label")
        if kind == "label" and not plain and not counted and _SUBDIVIDED.fullmatch(digits) and match and _OF_TABLES.search(match.group()):
            return Other(start, end, "label")
        if kind == "label" and match and "mức" in match.group() and re.fullmatch("[1-4],[1-4]", digits):
            return Other(start, end, "label")  # "dịch vụ công mức độ 3,4 đạt 19,5%"
        if kind == "label" and match and match.group().strip().endswith(("số", "số:")) and plain:
            return Other(start, end, "document")
        dated = _DAY_NAME.match(after) if kind == "place" and plain else None
        if dated and int(digits) > int(dated[1]):
            return Other(start, end + dated.end(), "place")  # "Thôn 3/2 và thôn 19/8" are named by days
        if kind == "place" and small and not counted and not self.above_all_wards(start, end) and not self.counted_in_list(start, end) and not re.match(r"\s?/|\s?:(?!\s?\d)", after):
            self.place_list = end
            return Other(start, end, "place")
        street = re.match(r"(?:\s?/\s?\d{1,3})?[a-z]?\s{1,2}(?:đường|phố|ngõ|hẻm)(?!\w)", after)
        if kind == "number" and small and match and match.group("number").startswith("stt"):
            return Other(start, end, "label")
        if kind == "number" and small and _ORDINAL.match(after) and not before[: match.start("number") if match else 0].rstrip().endswith("tổng"):
            return Other(start, end, "label")  # "KVBP số 2: 1.730/1.739"
        if kind == "number" and small and len(digits) <= 2 and _TELLS.match(after) and _BODY_BY_NUMBER.search(before):
            return Other(start, end, "label")  # "tổ số 1 nhận 22 bình"
        if kind == "number" and small and len(digits) <= 2 and _NAME_ENDS.match(after) and _NAMED.search(before):
            return Other(start, end, "label")  # "Phòng Kiểm tra thuế số 2 và …"
        if kind == "own" and plain or kind == "number" and plain and match and (match.group().strip().endswith(".") or street):
            more = re.match(r"\s?/\s?\d{1,3}(?!\d)", after)
            return Other(start, end + (more.end() if more else 0), "document")
        if kind == "day" and plain and len(digits) <= 2 and int(digits) <= _LAST_DAY:
            more = re.match(r"\s?[/.-]\s?\d{1,2}(?!\d)(?:\s?-\s?\d{1,2}[/.]\d{1,2})?", after)
            return Other(start, end + (more.end() if more else 0), "date")
        if kind in {"since", "days"} and plain and len(digits) <= 2:
            month = _MONTH.match(after) or "ngày" in before and _DASHED_MONTH.match(after)  # "từ ngày 21-9 đến 20-10"
            if month and (UNIT.match(folded, end + month.end()) is None or int(digits) > int(month.group().strip(" /-"))):
                return Other(start, end + month.end(), "date")  # "đến 20/12 phường tiếp nhận": no 20 of 12
            if before.endswith("từ ") and _TO_DAY.match(after):
                return Other(start, end, "date")  # "từ 21 đến 31/12"
        if kind == "stock" and plain and len(digits) <= 2 and (month := _MONTH.match(after)) and _SAID_THEN.match(after, month.end()):
            return Other(start, end + month.end(), "date")  # "Dư nợ 30/9: 44.400"
        dashed = re.match(r"\s?-\s?(?:19|20)\d\d(?!\d)", after) if kind == "month" and plain else None
        if dashed:
            return Other(start, end + dashed.end(), "period")  # tháng 11-2022
        if kind == "month" and plain and len(digits) <= 2 and (not counted or _OF_YEAR.match(folded, end) or int(digits) <= _MONTHS and _THE_WARD_DID.match(folded, end)):
            return Other(start, end, "period")
        if kind == "month" and re.fullmatch(r"\d{1,2}\.(?:19|20)\d{2}", digits):
            return Other(start, end, "period")
        if kind == "phone" and len(re.sub(r"\D", "", _DIALLED.split(self.text[start : start + 14])[0])) < 6:
            return None
        if kind == "portal" and re.match(r"\s\(\d", after):
            return None  # "Online: 4870 (90.2%)": dossiers sent online, not visitors of a portal
        if kind == "rank" and match and match.group().strip(" ,;:(") == "xếp" and counted:
            return None  # "xếp 54.681 việc vào diện đủ điều kiện"
        if kind == "rank" and match and match.group().strip() == "xếp hạng" and _RANKED.match(after):
            return None  # "kết quả xếp hạng 19 sở, ban, ngành": so many are ranked
        if kind in {"phone", "portal", "rank"}:
            more = re.match(r"\s?/\s?\d+", after) if kind == "rank" else None
            return Other(start, end + (more.end() if more else 0), kind)
        return None

    def in_total_row(self, start: int) -> bool:
        """ "Cộng | 2078 | 2006 | 72": in a total row of a table stand counts."""
        line = self.text.rfind("\n", 0, start) + 1
        return start - line < _ROW_BEFORE and _TOTAL_ROW.match(self.text, line, start) is not None

    def above_all_wards(self, start: int, end: int) -> bool:
        """ "trên Zalo phường 45": no ward has so high a number, and none is written in small letters."""
        return self.text[max(0, start - 8) : start].rstrip().endswith("phường") and int(self.text[start:end]) > _MOST_WARDS

    def also_named(self, start: int, end: int) -> bool:
        """ "phường 1, 2 và 3": the number of one more place, close behind the last one?"""
        told = self.place_list
        if not 0 < told < start <= told + _PLACE_GAP or _AND_ALSO.fullmatch(self.folded, told, start) is None:
            return False
        last = _LAST_NUMBER.search(self.folded, max(0, told - 3), told)
        step = int(self.folded[start:end]) - int(last.group()) if last is not None else 0
        counted = UNIT.match(self.folded, end) is not None or _PERCENT.match(self.folded, end) is not None
        return 0 < step <= _PLACE_STEP and not counted and (step == 1 or _NAME_ENDS.match(self.folded, end) is not None)

    def also_classed(self, start: int, end: int) -> bool:
        """ "sức khỏe loại 1, 2 đạt 61,1%": the number of one more class, next to the last one?"""
        last = self.found[-1] if self.found else None
        if not isinstance(last, Other) or last.why != "label" or end - start > 1 or _AND_ALSO.fullmatch(self.folded, last.end, start) is None:
            return False
        classed = _CLASSED.search(self.folded, max(0, last.start - 24), last.start) is not None
        return classed and self.folded[last.start : last.end] == str(int(self.folded[start:end]) - 1) and UNIT.match(self.folded, end) is None

    def named(self, start: int, end: int) -> bool:
        """Is a number in brackets the count of the name before it? Notes are numbered one after the other."""
        before = _NAMED_BEFORE.search(self.folded, max(0, start - 90), start - 1)
        after = _NAMED_AFTER.match(self.folded, start, end + 90)
        number = int(self.folded[start:end])
        notes = before and int(re.findall(r"\d+", before.group())[0]) == number - 1 or after and int(re.findall(r"\d+", after.group())[1]) == number + 1
        return bool(before or after) and not notes

    def listed(self, start: int, end: int) -> bool:
        """Is a number after "văn bản", "kế hoạch" … a count all the same? "61/64 hồ sơ"; "quyết định 37, kế hoạch 41, báo cáo 96"."""
        base = re.match(r"\s?/\s?\d[\d.]*", self.folded[end : end + 12])
        if base is not None and UNIT.match(self.folded, end + base.end()):
            return True
        row = _ROW.finditer(self.folded, max(0, start - 160), end + 160)
        return any(m.start() <= start < m.end() for m in row) or self.counted_in_list(start, end)

    def counted_in_list(self, start: int, end: int) -> bool:
        """ "loa khu phố 64; Zalo của phường 58; trang thông tin 30": the last number of each name of a list, most of them names that take
        no number."""
        opened, closed = _LIST_OPENS.match(self.folded, max(0, start - _LIST), start), _LIST_CLOSES.search(self.folded, end, end + _LIST)
        if opened is None or closed is None:
            return False
        found = [_COUNTED_NAME.fullmatch(part) for part in _LIST_PARTS.split(self.folded[opened.end() : closed.start()])]
        names = [name["name"].split() for name in found if name is not None]
        numbered = [name for name in names if len(name) <= 2 and name[-1] in _LEADING]  # "khu phố 3"
        return len(names) == len(found) >= 3 and len({name[-1] for name in names}) == len(names) and 2 * len(numbered) < len(names)

    def apart(self, start: int, end: int) -> bool:
        """ "xã C với 3 217 người", "(CBQL 128, GV 1 402, NV 157)": in prose nothing but a thousand stands like this."""
        pair = MAYBE_SPACED.match(self.folded, start) if self.folded[end : end + 1] == " " else None
        if pair is None or self.folded[start] == "0":
            return False
        if _FILLS_CELL.match(self.folded, pair.end()) and self.folded[max(0, start - 2) : start].endswith(("|", "| ", "\t")):
            return True
        if not _WORD_BEFORE.search(self.folded, max(0, start - 12), start) or _NUMBERS_ONE.search(self.folded, max(0, start - 12), start):
            return False
        return UNIT.match(self.folded, pair.end()) is not None or self.folded[pair.end() : pair.end() + 2].lstrip(" ")[:1] in ",;)"

    def spaced(self, start: int) -> re.Match[str] | None:
        """The number written with blanks between its thousands that starts here; a tab parts cells."""
        tab = self.text.find("\t", start, start + _LONGEST_SPACED)
        return SPACED.match(self.folded, start, tab if tab >= 0 else len(self.folded))

    def number(self, start: int, end: int) -> int:
        folded, locale = self.folded, self.locale
        spaced = self.spaced(start) if locale.spaced or self.apart(start, end) else None
        if spaced and spaced.group().endswith(" 100") and _UNDER_RATES.search(folded, max(0, start - _ROW_LENGTH), start) and folded[spaced.end() : spaced.end() + 3].lstrip(" ")[:1] in {"\n", ""}:
            spaced = None  # "4 Trung bình 24 17,65" over "Tổng cộng 136 100": a count and its share
        broken = _BROKEN.match(folded, start) if folded[end : end + 2] in {" ."} else None
        torn = _TORN.match(folded, start) if folded[end : end + 2] == ", " and _TORN_LEAD.search(folded, max(0, start - 12), start) else None
        split = _SPLIT.match(folded, start) if folded[end : end + 1] == " " else None
        if spaced:
            end, run = spaced.end(), spaced.group().replace(" ", "")
        elif broken:
            end, run = broken.end(), broken.group().replace(" ", "")
        elif split:
            end, run = split.end(), split.group().replace(" ", "")
        elif torn:
            run = torn.group().rstrip(" %").replace(", ", ",")
            end = start + len(torn.group().rstrip(" %"))
        else:
            run = folded[start:end]
        counted = COMMAED.fullmatch(run) and not locale.english and _WHOLE_UNIT.match(folded, end)
        value, decimals, damaged = read_run(run.replace(",", ".") if counted else run, locale)
        damaged = damaged or torn is not None or split is not None
        points = _POINTS.match(folded, end)
        percent = _PERCENT.match(folded, end) if points is None else None
        rounded = decimals > 0 or percent is not None or points is not None
        scale = 1
        scaled = SCALE.match(folded, end) if percent is None and points is None else None
        if scaled:
            scale, rounded = SCALES[scaled.group(1)], True
        before = folded[max(0, start - 60) : start]
        bare = decimals > 0 and value <= 100 and percent is None and points is None and scaled is None
        if bare and self.unsigned(before, end):
            self.found.append(Number(start, end, Written(value, decimal(1, decimals), True, _qualifier(before)), "%", damaged=damaged))
            return end  # "chiếm 89,65(…": the sign was left out
        lesser = _LESSER.match(folded, scaled.end()) if scaled and not decimals else None
        while lesser and (less := SCALES[lesser.group(2)]) < scale:  # "48 tỷ 725 triệu 046 nghìn đồng"
            value, scale, end = value * (scale // less) + int(lesser.group(1)), less, lesser.end(1)
            lesser = _LESSER.match(folded, lesser.end())
        written = Written(simplest(value * scale), decimal(scale, decimals), rounded, _qualifier(before, rate=percent is not None))
        sign = "%" if percent else "điểm %" if points else ""
        stop = percent.end() if percent else end
        self.found.append(Number(start, stop, written, sign, damaged=damaged))
        return max(stop, points.end() if points else 0, end)

    def unsigned(self, before: str, end: int) -> bool:
        """Is a decimal number up to a hundred a percentage whose sign was left out?"""
        told = _UNSIGNED.search(before)
        if told is None:
            return re.search(r"(?<!\w)đạt\s$", before) is not None and _UNSIGNED_OF.match(self.folded, end) is not None
        if told["over"] and told["over"].endswith("(") and not self.folded.startswith(")", end):
            return False
        return UNIT.match(self.folded, end) is None and _NO_RATE_BEHIND.match(self.folded, end) is None

    def words(self) -> None:
        for match in matches(_WORD, self.folded, *_OPENING_WORDS):
            words = match.group(1)
            before = self.folded[max(0, match.start() - 12) : match.start()]
            start = match.start(1)
            opens = words == "năm" and self.text[start] == "N" and _OPENING.search(before)  # "Năm trường hợp …"
            led = re.search(r"(?:(cả|trong)|đủ|có|là|gồm|còn|với)\s$", before)  # "trong năm", "cả năm": of the year
            if words in {"một", "năm"} and not opens and not _WITH_SHARE.match(self.folded, match.end()) and (led is None or words == "năm" and led.group(1)):
                continue
            value = word_value(words)
            if value is not None:
                self.found.append(Number(start, match.end(1), Written(value, 1, False, _qualifier(before)), word=True))


def scan(text: str, folded: str | None = None) -> list[Number | Other]:
    """Every number of the text in order, as a `Number` or as an `Other` with its reason."""
    return _Scanner(text, fold(text) if folded is None else folded).run()
