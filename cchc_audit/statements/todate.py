"""Figures of periods that follow one another, and of the time they make: "Tháng 11 tiếp 26 lượt; mười tháng trước đó 241 lượt.
Lũy kế mười một tháng: 267 lượt", "đến hết tháng 5 là 13,84; riêng tháng 6 là 2,37; đến hết tháng 6 là 16,21".

Only figures told in the same words, each with a period of its own, are added; states ("còn", "hiện có") never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..model import Claim
from ..number_words import word_value
from ..quantities import Reading
from .items import (
    Item,
    content,
    counted_alike,
    led_by,
    near,
    one_swap_makes,
    said_behind,
    sum_claim,
    total_of,
)
from .partitions import classes_of
from .runs import AMONG

_WORDS = r"ba|bốn|năm|sáu|bảy|tám|chín|mười(?: một| hai)?|hai"
_NUMBER = rf"(?<![\w.,/-])\d{{1,2}}|(?<!\w)(?:{_WORDS})"
_QUARTER = r"iv|i{1,3}|[1-4]"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NOW = r"(?:tháng|quý|tuần|kỳ)"
_STRETCH = re.compile(
    rf"từ (?:đầu )?tháng (?P<first>\d{{1,2}}) đến (?:hết |cuối )?tháng (?P<last>\d{{1,2}})"
    rf"|(?:đến|tới)(?: hết| cuối)? tháng (?P<until>\d{{1,2}})|(?:đến|tới)(?: hết| cuối)? quý (?P<until_quarter>{_QUARTER})(?!\w)"
    rf"|từ đầu năm đến (?:hết )?(?:ngày )?(?:28|29|30|31)/(?P<to_the_end_of>\d{{1,2}})(?:/\d{{4}})?(?![\d/])"
    r"|từ (?:ngày )?(?P<from_day>\d{1,2}) đến (?:ngày )?(?P<to_day>\d{1,2})/(?P<of_month>\d{1,2})(?![\d/])|(?:cả|trọn) tháng (?P<whole_month>\d{1,2})(?![\d/])"
    rf"|(?P<back>{_NUMBER}) tháng trước(?: đó)?(?!\w)|(?P<final>{_NUMBER}) tháng cuối năm|(?P<months>{_NUMBER}) tháng(?!\w)(?! \d)"
    rf"|tháng (?P<month>\d{{1,2}})(?!\d)|quý (?P<quarter>{_QUARTER})(?!\w)|(?P<half>nửa (?:đầu|cuối) năm)|(?P<year>(?:cả|toàn|hết) năm(?! (?:trước|ngoái)))"
    rf"|(?P<before>(?:(?:lũy kế|cộng dồn) )?(?:đến|tới) (?:hết|cuối) {_NOW} trước|(?:lũy kế|cộng dồn|các|những) {_NOW} trước|{_NOW} trước,? (?:lũy kế|cộng dồn)|trước đó)"
    rf"|(?P<now>(?:trong|riêng|riêng trong) {_NOW}(?! (?:trước|\d|[ivx]+(?!\w)))(?: này)?|{_NOW} này)|(?P<total>lũy kế|cộng dồn|từ đầu năm đến nay|nâng tổng số(?=[^;.]*(?<!\w)lên\s))"
)
_ANOTHER = re.compile(r"(?<!\w)(?:cùng kỳ|(?:năm|quý|tháng|kỳ) (?:ngoái|kia)|năm trước|so với|kế hoạch|chỉ tiêu|dự toán|phấn đấu|dự kiến|bình quân|trung bình|cao nhất|mỗi|(?<!mười )một tháng|giao)(?!\w)")
_STATE = re.compile(r"(?<!\w)(?:còn|(?<!thực )(?<!phát )(?<!tái )(?<!xuất )hiện|tồn|dư|(?<!thu )(?<!thu hồi )nợ|dân số|tổng số (?:hộ|dân)|duy trì|quản lý|theo dõi|có mặt|đang)(?!\w)")
_AGAIN = frozenset({"người", "hộ", "cơ sở", "doanh nghiệp", "thôn", "xã", "trường", "dự án"})  # one of them may count in two periods, and once in both
_SUMMED = re.compile(r"(?<!\w)(?:lũy kế|cộng dồn|cộng|nâng tổng số)(?!\w)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NO_SUBJECT = frozenset(["lũy", "kế", "dồn", "hết", "đầu", "cuối", "trước", "riêng", "mười", "hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "i", "ii", "iii", "iv", "tính", "chung", "nửa", "tuần", "thêm"])  # fmt: skip
_DAYS = re.compile(r"từ (?:ngày )?\d{1,2} đến (?:ngày )?\d{1,2}/\d")
_LAST_DAY = 28  # from here on it is the end of a month
_PERIODS = ("tháng", "quý", "kỳ", "tuần", "nửa", "lũy kế", "cộng dồn")
_FEWEST = 3  # figures: of two periods, and of both
_SEEN = 12  # figures on either side of one among which those that make it are looked for
_STEPS = 60  # chains begun at most
_APART = 2  # sentences
_CARRIED = re.compile(r"^[^;.]{0,40}(?<!\w)(?:(?<!\d )(?:kỳ|năm|quý|tháng) trước|tồn)(?!\w)")  # "lũy kế 1.240 hồ sơ (gồm 25 hồ sơ kỳ trước chuyển sang)"
_LEAD, _TAIL, _ASIDE = 120, 40, 80  # characters
_YEAR_LONG = 12
_BREAK = re.compile(r"[,;.()]|(?<!\w)(?:với|và|cùng|đạt|bằng|chiếm)(?!\w)")
_THAT_FIGURE = re.compile(r"(?<!\w)(?:con )?số này(?: là| đạt)?$")
_COUNTED = re.compile(_WORDS)


@dataclass(frozen=True, slots=True)
class _Said:
    """The words that tell what a figure counts: those before it, of what was done, and those behind it."""

    item: Item
    doing: frozenset[str]
    counted: frozenset[str]

    def told_as(self, other: _Said) -> bool:
        """Are both told in the same words, but for who did it, or where one leaves out what is counted?"""
        doing = self.doing <= other.doing or other.doing <= self.doing
        some = self.doing & other.doing or not self.doing | other.doing
        left_out = not (self.counted and other.counted) and not classes_of(" ".join(self.counted | other.counted))
        alike = bool(doing and some) and (self.counted == other.counted or left_out)
        within = not (self.counted and other.counted) and self.words & other.words in (self.words, other.words)  # "ban hành 94 văn bản đi", "văn bản đi 946"
        return (alike or within and self.shares_words(other)) and counted_alike(self.item, other.item)

    @property
    def words(self) -> frozenset[str]:
        return self.doing | self.counted

    def shares_words(self, other: _Said) -> bool:
        return bool(self.words & other.words)


@dataclass(frozen=True, slots=True)
class _Timed:
    """A figure with the months it speaks of, [start, end) of the year; of periods named by no month ("trong kỳ", "kỳ trước")
    the first is 0 to 1 on an axis of their own."""

    item: Item
    axis: str
    start: int
    end: int
    year: str
    said: _Said
    words: str


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """A breakdown for each figure of a time that others of the paragraph fill, period by period."""
    for items, part in zip(paragraphs, reading.paragraphs_read, strict=True):
        if len(items) < _FEWEST or sum(reading.folded.count(word, *part.span) for word in _PERIODS) < 2 and not _DAYS.search(reading.folded, *part.span):
            continue
        timed = _with_this_month(list(_timed(reading, items)))
        for place, whole in enumerate(timed):
            others = timed[max(0, place - _SEEN) : place] + timed[place + 1 : place + 1 + _SEEN]
            others = [o for o in others if _of_one(o, whole) and whole.start <= o.start and o.end <= whole.end]
            chains = [c for c in _chains(others, whole.start, whole.end) if len(c) >= 2]
            for chain in [c for c in chains if total_of(p.item for p in c) == whole.item.value][:1] or _only(reading, chains, whole, others):
                yield sum_claim(whole.item.mention, [p.item for p in chain], "equal", "breakdown.to_date")


def _with_this_month(timed: list[_Timed]) -> list[_Timed]:
    """ "Trong tháng ban hành 94 văn bản đi. Lũy kế 10 tháng: 946 văn bản đi (9 tháng là 852)": "trong tháng" is the month between the two."""
    ends = {t.end for t in timed if t.axis == "months" and t.start == 0}
    latest = max(ends, default=0)
    if latest - 1 not in ends:
        return timed
    dated = {t.item for t in timed if t.axis == "months"}
    return [*timed, *(replace(t, axis="months", start=latest - 1, end=latest) for t in timed if (t.axis, t.start, t.end) == ("periods", 1, 2) and t.item not in dated)]


def _of_one(one: _Timed, other: _Timed) -> bool:
    """May the one be a period of the other?"""
    apart = abs(one.item.mention.sentence - other.item.mention.sentence)
    return one.axis == other.axis and one.year == other.year and counted_alike(one.said.item, other.said.item) and apart <= _APART


def _chains(parts: list[_Timed], start: int, end: int) -> Iterator[list[_Timed]]:
    """The ways in which periods that follow one another fill the time from `start` to `end`."""
    begun = [[p] for p in parts if p.start == start]
    for _ in range(_STEPS):
        if not begun:
            return
        chain = begun.pop()
        if chain[-1].end == end:
            yield chain
        else:
            begun += [[*chain, p] for p in parts if p.start == chain[-1].end and _alike(p.said, chain[0].said)]


def _alike(one: _Said, other: _Said) -> bool:
    return one.told_as(other) and (one.counted == other.counted or one.shares_words(other))


def _only(reading: Reading, chains: list[list[_Timed]], whole: _Timed, others: list[_Timed]) -> list[list[_Timed]]:
    """The one way, where the words leave no doubt that its figures are added."""
    if len(chains) != 1:
        return []
    parts, behind = [p.item for p in chains[0]], said_behind(reading, whole.item.mention, _ASIDE)
    amount = total_of(parts)
    beside = any(o not in chains[0] and (o.start, o.end) in {(p.start, p.end) for p in chains[0]} for o in others)
    told = whole.said.told_as(chains[0][0].said) or not (whole.said.doing or beside) and _SUMMED.search(whole.words) is not None
    group = whole.item.mention.group
    outside = _BREAK.split(reading.folded[max(0, group - _TAIL) : group])[-1] if group >= 0 else ""  # "bằng 105,2% dự toán (13.500 triệu đồng)"
    said = (*(t.words for t in (*chains[0], whole)), outside)
    sound = not any(_STATE.search(words) or _ANOTHER.search(words) for words in said) and not _CARRIED.search(behind)
    once = whole.item.unit not in _AGAIN or amount < whole.item.value or one_swap_makes(whole.item, parts)
    left_out = amount - whole.item.value
    meant = near(amount, whole.item.value) or one_swap_makes(whole.item, parts) or any(i.value == left_out for i in parts)
    return chains if told and sound and once and meant else []


def _timed(reading: Reading, items: list[Item]) -> Iterator[_Timed]:
    """The figures of a paragraph that a period is named for, in words of their own or by the one before in the sentence."""
    times: list[tuple[str, int, int]] = []
    outside: list[tuple[str, int, int]] = []  # of the figure before the brackets
    clause: list[_Said] = []
    told: list[_Said] = []
    year, month, latest = "", 0, 0
    for before, item, after in zip([None, *items], items, [*items[1:], None], strict=False):
        lead = led_by(reading, before, item, max(reading.sentences[item.mention.sentence].start, item.start - _LEAD))
        if before is None or before.mention.sentence != item.mention.sentence or ";" in reading.folded[before.end : item.start]:
            times, outside = [], []
            clause = [] if before is None or before.mention.sentence != item.mention.sentence or not _SUMMED.search(lead) else clause
        elif item.mention.depth != before.mention.depth:
            times, outside = (times, times) if item.mention.depth > before.mention.depth else (outside, outside)
        years = _YEAR.findall(lead)
        if years and years[-1] != year:
            year, month, latest = years[-1], 0, 0
        length = min(_TAIL, after.start - item.mention.end) if after is not None else _TAIL
        tail = _BREAK.split(said_behind(reading, item.mention, length))[0]
        found = [*_STRETCH.finditer(lead)][-1:] or [*_STRETCH.finditer(tail)][:1]
        if found:
            times = _times(found[0], month, latest)
            for axis, start, end in times:
                latest = max(latest, end) if axis == "months" else latest
                month = end if axis == "months" and end - start == 1 else month
        said = _said(item, tail, clause)
        if _THAT_FIGURE.search(item.mention.before):
            said = next((s for s in reversed(told) if counted_alike(s.item, item)), said)
        told = [*told[1 - _SEEN :], said]
        clause = [*clause[1 - _SEEN :], said]
        among = [m.end() for m in AMONG.finditer(lead)][-1:]
        own = not among or bool(found) and _STRETCH.search(lead, among[0]) is not None  # "290 thẻ, trong đó 6 tháng đầu năm là 160 thẻ"
        if item.base is None and not item.aside and own:
            yield from (_Timed(item, axis, start, end, year, said, f"{lead} {tail}") for axis, start, end in times)


def _said(item: Item, tail: str, clause: list[_Said]) -> _Said:
    """What a figure counts; one told without a word counts what the last such figure of its clause does: "nhận 05 đơn, lũy
    kế 38", "09 doanh nghiệp tạm ngừng, 4 tháng là 79 doanh nghiệp"."""
    doing, counted = (content(_STRETCH.sub(" ", words)) - _NO_SUBJECT for words in (item.mention.before, tail))
    own = _Said(item, doing, counted)
    if doing or counted:
        return own
    return next((s for s in reversed(clause) if counted_alike(s.item, item)), own)


def _times(told: re.Match[str], month: int, latest: int) -> list[tuple[str, int, int]]:
    """The months a period has, as (axis, start, end); the last month and the latest end named before it."""
    if told["from_day"] or told["whole_month"]:
        first, last = int(told["from_day"] or 1), int(told["to_day"] or _LAST_DAY)
        months = [("months", int(told["whole_month"]) - 1, int(told["whole_month"]))] if told["whole_month"] else []
        return [*months, (f"days of {told['of_month'] or told['whole_month']}", first - 1, min(last, _LAST_DAY))] if first <= last else months
    name, text = next((n, t) for n, t in told.groupdict().items() if t and n != "first")
    number = int(text) if text.isdigit() else word_value(text) or 0 if _COUNTED.fullmatch(text) else _QUARTERS.get(text, 0)
    ways = {
        "last": (int(told.group("first") or 0) - 1, number),
        "until": (0, number),
        "to_the_end_of": (0, number),
        "until_quarter": (0, 3 * number),
        "back": (month - 1 - number, month - 1),
        "final": (_YEAR_LONG - number, _YEAR_LONG),
        "months": (0, number),
        "month": (number - 1, number),
        "quarter": (3 * number - 3, 3 * number),
        "half": (0, 6) if "đầu" in text else (6, _YEAR_LONG),
        "year": (0, _YEAR_LONG),
        "total": (0, latest),
    }
    found = []
    start, end = ways.get(name, (0, 0))
    if 0 <= start < end <= _YEAR_LONG:
        found.append(("months", start, end))
    relative = {"before": (0, 1), "now": (1, 2), "month": (1, 2), "total": (0, 2)}.get(name)
    return [*found, ("periods", *relative)] if relative is not None else found
