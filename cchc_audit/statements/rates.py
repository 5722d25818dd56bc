"""Rates the prose tells, so much of one thing for each of another: "30 học sinh/lớp", "mỗi suất trị giá 500.000 đồng", "9,0
bác sĩ trên một vạn dân", "tỷ suất sinh 14,0‰". Each with the two nouns that tell which figures it lies between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..language import UNIT
from ..model import Rational, Written
from ..numerals import SCALE
from ..quantities import Mention, Reading

_W = r"[^\W\d_]+(?:-[^\W\d_]+)?[23]?"
_NOUN = re.compile(rf"\s{{0,2}}({_W}(?:\s{_W}){{0,4}})")
_PEOPLE = r"10{2,5}|10{0,2}\.000|(?:(?:một|mỗi|01|1) )?(?:trăm nghìn|trăm ngàn|vạn|nghìn|ngàn)"  # so many of them a rate is told for
_ONE = r"(?:một|mỗi|01|1)\s"
_SLASH = re.compile(rf"\s{{0,2}}(?P<u>{_W}(?:\s{_W}){{0,4}})\s?/\s?(?:(?P<n>{_PEOPLE})\s|{_ONE})?(?P<v>{_W}(?:\s{_W}){{0,4}})")
_BARE_SLASH = re.compile(rf"\s?(?P<u>(?:đ|đồng)?)\s?/\s?(?P<n>(?!))?(?P<v>{_W}(?:\s{_W}){{0,4}})")  # "bình quân 60 triệu/căn"
_COMRADES = re.compile(r"\s{0,2}(?P<turns>lượt )?đ/c(?!\w)")
_BEHIND = re.compile(
    rf"\s{{0,2}}(?P<u>{_W}(?:\s{_W}){{0,4}}?)\s(?:(?:tính )?(?:trên|cho)\s(?:(?P<n>{_PEOPLE})\s|{_ONE})|(?:mỗi|(?P<a>một))\s)(?P<v>{_W}(?:\s{_W}){{0,4}})"
)
_MILLE = re.compile(r"\s?(?:‰|phần nghìn(?!\w)|phần ngàn(?!\w))")
_EACH = re.compile(
    rf"(?<!\w)(?:mỗi\s|(?:bình quân|trung bình|bq|tb)(?:\s?/|(?: cứ)?\s(?:{_ONE}|(?={_PEOPLE})))|cứ\s(?:{_ONE})?)\s?(?:(?P<n>{_PEOPLE})\s)?(?=[^\W\d_])"
)
_EACH_WORDS = ("mỗi", "bình quân", "trung bình", "bq", "tb", "cứ")  # one of which it begins with
_MEAN = re.compile(r"(?<!\w)(?:bình quân|trung bình|bq|tb|tính ra|sĩ số|mật độ|năng suất|tỷ suất|tỷ số|mỗi người phải)(?!\w)")
_BETWEEN = re.compile(r"[^\d;.:()]{1,70}:?\s?")  # "mỗi" and its noun, to the figure
_LEAD = 110  # characters before a figure in which they stand
_AHEAD = 90  # and behind it
# words that end a noun nobody knows: "mỗi hợp tác xã có bình quân", "/hợp tác xã, tăng"
_ENDS = frozenset(["bình", "bơm", "bằng", "cao", "cho", "chứa", "còn", "có", "của", "do", "giá", "giải", "giảm", "góp", "hưởng", "hỗ", "là", "nhưng", "nhận", "phải", "so", "theo", "thu", "thì", "thấp", "tiếp", "tích", "trong", "trung", "trên", "trị", "tăng", "tại", "vay", "và", "vượt", "với", "xử", "đã", "đóng", "đúng", "được", "đạt", "đẻ", "để", "ủng"])  # fmt: skip
_TIMES = frozenset({"ngày", "tuần", "tháng", "quý", "năm", "giờ", "phút", "lần", "kỳ"})
_BY_TIME = re.compile(r"\s?(?:/|mỗi|một|trong|hằng|hàng|trên)\s?(?:một |mỗi |1 |01 )?(?:ngày|tuần|tháng|quý|năm|giờ|vụ|đợt)(?!\w)")
_DATED = re.compile(r"(?<!\w)(?:ngày|tuần|tháng|quý|năm|kỳ|vụ(?= (?:đông|xuân|hè|thu|mùa|chiêm|này|trước|sau)(?!\w)))(?!\w)")  # a season, no "nhiệm vụ" and no case
_MORE = re.compile(r"\s?(?:/\s?[^\W\d_]|trở (?:lên|xuống)(?!\w))")  # "400 hồ sơ/người/tháng"
_APART = re.compile(r"[,;.:(]")
_JOINT = re.compile(r"(?<!\w)(?:trên|với|cho|trong)(?!\w)")

# nouns that stand for each other, the first of a line for all
_ALIKE = {
    form: line[0]
    for line in (
        ("học sinh", "hs", "em", "cháu", "trẻ em", "trẻ", "học viên"), ("người", "ng", "nhân khẩu", "khẩu", "lượt người"), ("dân", "người dân", "dân số"),
        ("đồng", "đ", "vnđ", "vnd"), ("hộ", "hộ dân", "hộ gia đình"), ("lớp", "lớp học"), ("suất", "suất quà", "phần quà"),
        ("tấn",), ("tạ",), ("kg", "ki lô gam", "kilôgam"), ("km²", "km2", "ki lô mét vuông"), ("ha", "héc ta", "héc-ta", "hecta"), ("m²", "m2", "mét vuông"),
        ("công chức", "cán bộ", "cán bộ công chức", "cbcc", "viên chức"), ("nam", "bé trai", "trẻ trai", "trẻ em trai"), ("nữ", "bé gái", "trẻ gái", "trẻ em gái"),
        ("thôn", "bản", "xóm", "ấp", "làng", "buôn"), ("tổ", "tổ dân phố", "tdp"),
    )
    for form in line
}  # fmt: skip
_PAPERS = frozenset({("bản", "sao"), ("bản", "chính"), ("bản", "trích"), ("bản", "đồ"), ("bản", "án"), ("bản", "tin")})  # and no villages
_PEOPLE_ARE = frozenset({"anh", "bác", "chị", "cô", "cháu", "em", "đồng chí", "người", "học viên", "đại biểu"})  # each of whom so much is told for
_THOSE_TAUGHT = frozenset({"học sinh", "công chức"})  # who come more than once
_SIZES: dict[str, tuple[str, Rational]] = {
    "tấn": ("weight", 1000), "tạ": ("weight", 100), "kg": ("weight", 1), "km²": ("area", 10**6), "ha": ("area", 10**4), "m²": ("area", 1),
}  # fmt: skip
_SIGNS = {  # what a rate per thousand counts, by the words before it
    re.compile(r"(?:tỷ suất|mức|tỷ lệ) sinh"): re.compile(r"(?:trẻ|cháu|bé|em|người) (?:em )?(?:được |mới )*(?:sinh|ra đời)|(?<!\w)số (?:trẻ )?sinh(?!\w)|(?<!\w)sinh$|trẻ sơ sinh"),
    re.compile(r"(?:tỷ suất|mức|tỷ lệ) (?:chết|tử)"): re.compile(r"người (?:chết|tử vong|mất|qua đời)|(?<!\w)số (?:người )?(?:chết|tử vong)|(?<!\w)(?:chết|tử vong)$"),
}
_POPULATION = re.compile(r"(?<!\w)(?:dân số|số dân|nhân khẩu|người dân|dân cư)(?!\w)")


@dataclass(frozen=True, slots=True)
class Noun:
    """What a figure must count to be the total or the count of a rate: `words` with `head`, the noun that stands for all
    like it; `told` instead where its label tells. Of an `open` noun it is not known where it ends, or it is anybody. A
    `person` is somebody by what he does: "đội viên"."""

    words: tuple[str, ...]
    head: str = ""
    told: re.Pattern[str] | None = None
    open: bool = False
    person: bool = False

    @property
    def of_time(self) -> bool:
        """Is it a day, a month, a time?"""
        return bool(_TIMES & set(self.words[:1]))

    def counted_by(self, reading: Reading, figure: Mention) -> Rational:
        """How many of this noun one of the figure's unit is, 0 where it counts something else."""
        if self.told is not None:
            return int(self.told.search(_own_label(figure)) is not None)
        behind = words_behind(reading, figure)
        if self.of_time and behind[:1] == self.words[:1]:
            return 1  # "22 ngày …, bình quân mỗi ngày làm việc"
        if self.person and behind[:3] == ("người", "phụ", "trách") and set(self.words) - {"viên"} <= set(figure.before.split()):
            return 1  # "tổ hòa giải có 72 người phụ trách 12 khu, mỗi khu 6 hòa giải viên"
        if self.words and behind[: len(self.words)] == self.words:
            return 1
        if self.head == "đồng":
            return int(figure.unit == "đồng" or _head(behind) == "đồng" or figure.scale > 1 and not behind)
        if self.head in _THOSE_TAUGHT and behind[:2] == ("lượt", "người"):
            return 1  # "6 buổi, mỗi buổi 45 học viên, tổng cộng 270 lượt người"
        if self.head == "người" and self.open and figure.unit == "người":
            return 1  # "6 công chức …, mỗi người"
        if not behind:
            forms = [form for form, head in _ALIKE.items() if head == self.head] if self.head else [" ".join(self.words)]
            return int(any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", figure.before) for form in forms))
        head = _head(behind)
        if self.head or head:
            a, b = _SIZES.get(self.head, ("", 1)), _SIZES.get(head, ("", 1))
            if a[0] and a[0] == b[0]:
                return Fraction(b[1]) / a[1]
            return int(head == self.head and (self.open or _rest(behind)[: len(_rest(self.words))] == _rest(self.words)))
        if self.open:
            return int(behind[:2] == self.words[:2] if len(behind) > 1 else behind == self.words[:1])
        return int(behind[: len(self.words)] == self.words)

    def may_be_of(self, reading: Reading, figure: Mention) -> Rational:
        """How many of this noun one of the figure's unit is, 0 where it counts something else; people may be named otherwise, and other things
        more shortly: "186 hội viên …, mỗi chị", "mỗi bản sao …, 645 bản"."""
        told = self.counted_by(reading, figure)
        if told or self.told is not None or not self.words:
            return told
        people = self.person or " ".join(self.words[:2]) in _PEOPLE_ARE or self.words[0] in _PEOPLE_ARE
        return int(figure.unit == "người" if people else words_behind(reading, figure)[:1] == self.words[:1])

    def rest_of(self, reading: Reading, figure: Mention) -> tuple[str, ...]:
        """What stands behind this noun where a figure counts it: ("chủ", "nhiệm") of "21 giáo viên chủ nhiệm"."""
        behind = words_behind(reading, figure)
        size = len(self.words)
        return behind[size:] if behind[:size] == self.words else _rest(behind)


@dataclass(frozen=True, slots=True)
class Rate:
    """A figure told for each of something: `counted` is what it counts, `each` what it is told for, `per` how many of these
    at once. `mean` says that it is told to be an average, `alike` that each has just so much ("mỗi suất 500.000 đồng"),
    `bound` that its own words restrict it to a stretch of time, `void` that it is no quotient of two figures ("400 hồ
    sơ/người/tháng")."""

    mention: Mention
    counted: Noun
    each: Noun
    start: int  # where its words begin
    end: int
    per: Rational = 1
    mean: bool = False
    alike: bool = False
    bound: bool = False
    void: bool = False

    @property
    def written(self) -> Written:
        """The figure as what it stands for: an average is rounded also where it is whole, what each has alike is not where
        it is whole ("mỗi hộ 60 triệu đồng")."""
        written = self.mention.quantity.written
        if self.alike and not written.approx and written.ulp >= self.mention.scale:
            return replace(written, rounded=False)
        return replace(written, rounded=True) if self.mean or self.counted.head != "đồng" else written


def rates_of(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Rate]:
    """The rates among the figures of one paragraph."""
    for mention in mentions:
        if mention.percent or mention.quantity.damaged:
            continue
        found = _rate(reading, mention)
        if found is not None:
            yield found


def words_behind(reading: Reading, figure: Mention) -> tuple[str, ...]:
    """The words right behind a number, its scale left out: ("học", "sinh", "chia", "làm")."""
    if comrades := _COMRADES.match(reading.folded, _behind(reading, figure)):
        return ("lượt", "người") if comrades["turns"] else ("người",)
    match = _NOUN.match(reading.folded, _behind(reading, figure))
    words = match.group(1) if match else figure.unit if figure.over is not None else ""  # "115/116 ha"
    return tuple(words.split())


def _own_label(figure: Mention) -> str:
    """The words about a figure that are of no other: "168 trẻ sinh ra trên dân số trung bình 12.000 người"."""
    return f"{_JOINT.split(figure.before)[-1]} {_JOINT.split(figure.after)[0]}"


def _behind(reading: Reading, figure: Mention) -> int:
    end = figure.quantity.span.end
    scale = SCALE.match(reading.folded, end) if figure.quantity.written.rounded else None
    return scale.end() if scale else end


def _head(words: tuple[str, ...]) -> str:
    """The noun a phrase opens with, as it is named here; "" for one that is not known."""
    if words[:2] in _PAPERS:
        return ""
    return next((_ALIKE[form] for n in (3, 2, 1) if (form := " ".join(words[:n])) in _ALIKE), "")


def _rest(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words behind that noun."""
    return next((words[n:] for n in (3, 2, 1) if " ".join(words[:n]) in _ALIKE), words)


def _rate(reading: Reading, mention: Mention) -> Rate | None:
    folded, at = reading.folded, _behind(reading, mention)
    low = max(reading.sentences[mention.quantity.sentence].start, mention.start - _LEAD)
    lead = folded[low : mention.start]
    mean = _MEAN.search(lead[-60:]) is not None
    if mille := _MILLE.match(folded, at):
        told = next((what for sign, what in _SIGNS.items() if sign.search(_clause(lead))), None)
        counted = Noun((), told=told) if told else Noun(())
        return Rate(mention, counted, Noun((), told=_POPULATION), mention.start, mille.end(), per=1000, mean=True, void=told is None)
    comrades = _COMRADES.match(folded, at)
    at = comrades.end() if comrades else at
    forms = (_BARE_SLASH,) if comrades else (_BARE_SLASH, _SLASH) if mention.scale > 1 else (_SLASH,)
    slash = next((found for form in forms if (found := form.match(folded, at, min(len(folded), at + _AHEAD)))), None)
    behind = None if slash else _BEHIND.match(folded, at, min(len(folded), at + _AHEAD))
    if behind and (_ENDS & set(behind["u"].split()) or behind["a"] and not mean and behind["u"] != "đồng"):
        behind = None  # "chia cho 80 học viên thì mỗi người …"
    if behind and behind["v"].split()[0] in _TIMES and _EACH.search(lead):
        behind = None  # "bình quân mỗi người phải xử lý 105 hồ sơ một năm"
    match = slash or behind
    if match is not None:
        each, end = _noun(folded, match.start("v"), match.end("v"))
        per = _so_many(match["n"])
        if per > 1 and each.head in {"dân", "người"}:
            each = Noun((), told=_POPULATION)
        words, mean = tuple(match["u"].split()) or (("người",) if comrades else ("đồng",)), mean or per > 1 or _fractional(mention)
        bound = _BY_TIME.match(folded, end) is not None or _DATED.search(_clause(lead)) is not None or each.of_time
        void = _MORE.match(folded, end) is not None
        return Rate(mention, Noun(words, _head(words)), each, mention.start, end, per=per, mean=mean, bound=bound, void=void)
    told_each = any(word in lead for word in _EACH_WORDS)
    heads = [m for m in _EACH.finditer(lead) if _BETWEEN.fullmatch(lead, m.end())] if told_each else []
    words = words_behind(reading, mention)
    if not heads or not (words or mention.scale > 1):
        return None
    head = heads[-1]
    each, known_to = _noun(folded, low + head.end(), mention.start)
    per = _so_many(head["n"])
    if per > 1 and each.head in {"dân", "người"}:
        each = Noun((), told=_POPULATION)
    counted, end = _noun(folded, _behind(reading, mention), min(len(folded), at + _AHEAD)) if words else (Noun((), "đồng"), mention.end)
    counted = replace(counted, person=not counted.head and (mention.unit == "người" or words[1:2] == ("viên",)))
    rest = lead[known_to - low :]
    before = _clause(lead[: head.start()])
    bound = _BY_TIME.match(folded, mention.end) is not None or _DATED.search(before + rest) is not None or each.of_time
    void = _MORE.match(folded, mention.end) is not None
    mean = mean or per > 1 or _fractional(mention)
    return Rate(mention, counted, each, low + head.start(), end, per=per, mean=mean, alike=not mean, bound=bound, void=void)


def _clause(lead: str) -> str:
    """The words behind the last mark that parts clauses."""
    return lead[max((m.end() for m in _APART.finditer(lead)), default=0) :]


def _fractional(mention: Mention) -> bool:
    """Can it only be an average: "1,72 giáo viên/lớp"?"""
    return mention.unit in {"", "người"} and mention.scale == 1 and mention.quantity.written.ulp < 1


def _noun(folded: str, start: int, end: int) -> tuple[Noun, int]:
    """The noun that a stretch of words opens with, and where it ends."""
    match = _NOUN.match(folded, start, end)
    words = tuple(match.group(1).split()) if match else ()
    unit = UNIT.match(folded, start, end)
    known = len(unit.group(1).split()) if unit else next((n for n in (3, 2, 1) if " ".join(words[:n]) in _ALIKE), 0)
    ended = next((n for n, word in enumerate(words) if word in _ENDS), 0)
    size = known or ended or min(len(words), 3)
    at = start
    for word in words[:size]:
        at = folded.index(word, at) + len(word)
    return Noun(words[:size], _head(words[:size]), open=not (known or ended) or words[:size] == ("người",)), at


def _so_many(text: str | None) -> int:
    if not text:
        return 1
    if text[0].isdigit() and " " not in text:
        return int(text.replace(".", ""))
    return 100_000 if "trăm" in text else 10_000 if "vạn" in text else 1000
