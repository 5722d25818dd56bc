"""Counted items of a paragraph: a figure with its label, its printed base and the shares bound to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from ..digits import distance
from ..language import CARRIED_ON, compatible
from ..model import Claim, Kind, Rational, Span, Term, Written, magnitude
from ..quantities import LEADERS, Mention, Reading

_WORDS = re.compile(r"[^\W\d_]+")
# words that say nothing of what is counted
_EMPTY = frozenset(["bao", "bên", "bản", "bằng", "bộ", "bị", "c", "chiếm", "cho", "chí", "chức", "các", "cán", "còn", "có", "công", "cùng", "cạnh", "cả", "cộng", "cụ", "của", "cử", "do", "dân", "dưới", "gần", "gồm", "hiện", "hs", "hơn", "hồ", "hộ", "khoảng", "khảo", "kết", "kỳ", "loại", "là", "lĩnh", "lượt", "lại", "lệ", "một", "mức", "nay", "nghìn", "ngàn", "người", "nhóm", "như", "những", "này", "năm", "phiếu", "phường", "qua", "quý", "quả", "ra", "riêng", "so", "sát", "sơ", "số", "theo", "tháng", "thì", "thể", "thị", "thủ", "thực", "toàn", "tri", "triệu", "trong", "trên", "trấn", "trọng", "tthc", "tương", "tại", "tổng", "tục", "từ", "tỷ", "ubnd", "việc", "và", "vào", "văn", "vậy", "về", "với", "vụ", "vực", "xã", "đ", "đã", "đó", "đơn", "đương", "được", "đạt", "đến", "đối", "đồng", "ước", "ở", "ứng"])  # fmt: skip

TURNS = frozenset({"lượt", "lượt người"})  # of people: who came twice is counted twice
_NO_NOUNS = frozenset({"", "do", "vì", "bởi", "so", "trong", "trên", "và"})  # "giảm 51 do chuyển đi"
AREAS = frozenset({"xã", "huyện", "thôn", "tổ", "khu", "bản", "cơ sở", "trường"})  # units that may each reach a rate

_ASIDE = re.compile(
    r"(?<!\w)(?<!thu nhập )(?<!gồm )(?:tăng|giảm|vượt|hụt|(?<!dự )khuyết|(?:ít|nhiều|cao|thấp|nhỉnh) hơn)(?: thêm| bớt| được| khoảng| gần| (?:so với )?(?:cùng kỳ|(?:đầu|cuối) (?:năm|kỳ|quý|nhiệm kỳ)|(?:năm|kỳ|quý|tháng) (?:trước|ngoái)|(?:năm )?(?:19|20)\d\d(?: là)?))?$"
    r"|(?<!\w)(?:nào(?: có)?|đều(?: đạt| có| thu)?) (?:không )?(?:dưới|quá|vượt quá|vượt|trên|hơn)$"  # "không thôn nào quá 5 hộ: …"
    r"|(?:^|(?<!\w)(?:thì|(?:danh sách|tổng số)[^,;.]* đã) )(?:thêm|bớt)(?: được)?$"  # "239.011 người, thêm 10.513 người (4,60%)"
    r"|^từ(?: mức| con số)?$"  # "giảm còn 1.912 người từ mức 2.390 người"
    r"|(?<!\w)(?:so với|cùng kỳ|dự toán|kế hoạch giao)(?!\w)|(?<!\w)dự kiến$"
    rf"|(?<!tồn )(?<!tồn từ )(?<!dư )(?<!chuyển nguồn )(?:năm|khóa|nhiệm kỳ|quý) (?:trước|ngoái)(?!{CARRIED_ON})"
)
_GROUPED = re.compile(r"(?<!\w)chia (?:ra )?(?:thành|làm)\|(?!(?:cán bộ|công chức|viên chức|nam|nữ|giáo viên|đại biểu)(?!\w))")  # "120 học viên, chia thành 4 lớp"
_MORE = re.compile(r".*\bthêm\|(?:\w+ ){0,3}nữa|.*\b(?:tức|phải)(?: là)? thêm\|.*")  # "202 trường, tức phải thêm 12 trường nữa"


def content(text: str) -> frozenset[str]:
    """The words of a folded label that tell it from others."""
    return frozenset(_WORDS.findall(text)) - _EMPTY


@dataclass(slots=True, eq=False)
class Item:
    """A count with its meaning. For a printed n/m, `base` is m; `shares` are the percents bound to n."""

    mention: Mention
    label: str
    unit: str
    base: Mention | None = None
    shares: list[Mention] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    fitted: Mention | None = None  # the base on which a share of this item comes out as printed
    aside: bool = False  # a change, or a figure of another period: no part and no numerator

    value: Rational = field(init=False)
    start: int = field(init=False)
    end: int = field(init=False)  # of the item's own figures: the number, its base and its shares in the same sentence

    def __post_init__(self) -> None:
        self.value = self.mention.value
        self.start = self.mention.start
        self.end = max(self.mention.end, self.base.end if self.base is not None else 0)
        for share in self.shares:
            self._reach(share)

    def bear(self, share: Mention) -> None:
        """Take a percent as a share of this count."""
        self.shares.append(share)
        self._reach(share)

    def _reach(self, share: Mention) -> None:
        if share.sentence == self.mention.sentence:
            self.end = max(self.end, share.end)


def items_of(mentions: Iterable[Mention], cells: Mapping[int, Item]) -> list[Item]:
    """The counted items among the mentions of one paragraph, in order; `cells` are those a table names, by mention."""
    known = {m.index: m for m in mentions}
    out = []
    for mention in known.values():
        if not mention.countable or mention.under is not None:
            continue
        if mention.index in cells:
            out.append(cells[mention.index])
            continue
        base = known.get(mention.over) if mention.over is not None else None
        around = f"{mention.before}|{mention.after}"
        aside = any(told is not None for told in (_ASIDE.search(mention.before), _MORE.fullmatch(around), _GROUPED.search(around)))
        aside = aside and not _exceeded(mention, known)
        label = f"{mention.before} {base.after}" if base is not None else mention.label
        unit = mention.unit or (base.unit if base is not None else "")
        out.append(Item(mention, label, unit, base, words=content(label), aside=aside))
    return out


def _exceeded(mention: Mention, known: Mapping[int, Mention]) -> bool:
    """ "18/20 chỉ tiêu đạt và vượt (vượt 12, đạt 6)": those exceeded, told beside those just met, are no change."""
    owner = known.get(mention.parent) if mention.parent is not None else None
    beside = [m for at in (mention.index - 1, mention.index + 1) if (m := known.get(at)) is not None and m.group == mention.group and not m.percent]
    return owner is not None and owner.unit == "nhiệm vụ" and mention.before == "vượt" and any(m.before == "đạt" for m in beside)


def term(role: str, mention: Mention, *, negative: bool = False) -> Term:
    """A claim's term for a figure of the report."""
    q = mention.quantity
    written = replace(q.written, value=-q.written.value) if negative else q.written
    return Term(role, written, q.text, q.span, q.unit, q.noun)


def implied(
    role: str, value: Rational, *, unit: str = "", rounded: bool = False, ulp: Rational = Fraction(1)
) -> Term:
    """A term whose number is not printed: a sum of written parts, a remainder."""
    return Term(role, Written(value, ulp, rounded), unit=unit)


def claim(kind: Kind, terms: Iterable[Term], source: str, **more: object) -> Claim:
    """A claim over the span of its printed terms."""
    listed = tuple(terms)
    places = [t.span for t in listed if t.span is not None]
    span = Span(min(s.start for s in places), max(s.end for s in places))
    return Claim(kind, listed, span, source, **more)  # type: ignore[arg-type]


def between(reading: Reading, start: int, end: int) -> str:
    """The folded words between two places, parentheses left out, and a comma for dots that lead on."""
    text = reading.folded[start:end]
    if "..." in text:
        text = LEADERS.sub(",", text)
    while "(" in text:
        shorter = _PAREN.sub(" ", text)
        if shorter == text:
            break
        text = shorter
    return text


_PAREN = re.compile(r"\([^()]*\)")
_APART = re.compile(r"[,;:.](?!\d)|\(|\n|(?<!\w)(?:và|còn|nhưng|song)(?!\w)")


def led_by(reading: Reading, before: Item | None, item: Item, low: int) -> str:
    """The words a figure is led in by: "; chi khen thưởng, học bổng " between it and the figure before, but for what
    is said of that one; from `low` where there is none before. A sentence broken over lines reads as one line."""
    if before is None or before.end < low:
        return reading.folded[low : item.start].replace("\n", " ")
    gap = between(reading, before.end, item.start)
    if before.mention.paragraph == item.mention.paragraph:
        gap = gap.replace("\n", " ")
    apart = _APART.search(gap)
    return gap[apart.start() :].lstrip(" ,;:.(\n") if apart is not None else ""


_CLAUSE_END = re.compile(r"[,;.:()\d]")
_CLAUSE_BEHIND = 60  # characters
_STATE = re.compile(r"(?<!\w)(?:đạt|được|bị|đã|đang|chưa|không)(?!\w)")


def said_behind(reading: Reading, mention: Mention, length: int) -> str:
    """So many characters behind a figure, none of another paragraph; a sentence broken over lines reads as one line."""
    end = min(mention.end + length, reading.paragraphs_read[mention.paragraph].span.end)
    return reading.folded[mention.end : end].replace("\n", " ")


def states_behind(reading: Reading, total: Mention, told: str) -> bool:
    """Do the words behind a total put it in a state that is not `told` of its parts: "71 cơ sở đạt yêu cầu" of "kiểm tra 42 cơ sở, 38 cơ
    sở"? It counts some of them only."""
    return any(word not in told for word in _STATE.findall(_clause_behind(reading, total)))


def narrowed(reading: Reading, total: Mention, told: str) -> bool:
    """Do the words behind a total say anything of it that is not `told` of its parts? It may count some of them only."""
    return states_behind(reading, total, told) or not content(_clause_behind(reading, total)) <= content(told)


def _clause_behind(reading: Reading, mention: Mention) -> str:
    return _CLAUSE_END.split(said_behind(reading, mention, _CLAUSE_BEHIND), maxsplit=1)[0]


def counted_alike(one: Item, other: Item) -> bool:
    """Do two figures count the same, by their unit or, where it is none that is known, by the word behind them ("325 thửa",
    "31 thửa")? A figure with neither goes with any."""
    if one.unit and other.unit:
        return one.unit == other.unit
    nouns = {(i.base or i.mention).after.partition(" ")[0] for i in (one, other)} - _NO_NOUNS
    return len(nouns) < 2


def same_units(items: Iterable[Item], unit: str) -> bool:
    """May all these items be parts of one total counted in `unit`?"""
    return all(compatible(i.unit, unit) for i in items)


def exact(total: Term, parts: Iterable[Term]) -> bool:
    """Do the parts make the total to the last digit?"""
    return total.written is not None and total.written.value == sum(p.written.value for p in parts if p.written is not None)


def total_of(items: Iterable[Item | Mention]) -> Rational:
    return sum(i.value for i in items)


def comes_out(n: Rational, m: Rational, percent: Written) -> bool:
    """Does n of m, rounded to the nearest, give the percent as printed (either way at the half)?"""
    value, ulp = percent.value, percent.ulp  # cross-multiplied: no quotient is made
    off = 2 * ulp.denominator * (100 * n * value.denominator - value.numerator * m)
    most = ulp.numerator * m * value.denominator
    return m > 0 and -most <= off <= most


def near(amount: Rational, total: Rational) -> bool:
    """Is it off by a quarter at most?"""
    return 4 * max(amount - total, total - amount) <= total


def close(amount: Rational, total: Rational) -> bool:
    """Is it off by one in twenty at most?"""
    return 20 * magnitude(amount - total) <= total


def one_slip_apart(one: str, other: str) -> bool:
    """Are the digits of two printed figures a single slip of the typist apart?

    >>> one_slip_apart("264,8", "268,4"), one_slip_apart("05", "5"), one_slip_apart("1.250", "1.475")
    (True, False, False)
    """
    return distance(*("".join(c for c in text if c.isdigit()).lstrip("0") for text in (one, other))) == 1


def one_swap_makes(total: Item, parts: Sequence[Item]) -> bool:
    """Would the parts add up if two neighbouring digits of one of these figures were swapped? No chance, where they come
    near."""
    off = total_of(parts) - total.value
    tens = next((t for t in _TENS if all((i.value * t).denominator == 1 for i in (total, *parts))), 1)  # decimals are digits like others
    return any(_swaps_by(i.value * tens, off * tens) for i in parts) or _swaps_by(total.value * tens, -off * tens)


def one_slip_makes(total: Item, parts: Sequence[Item]) -> bool:
    """Would the parts add up if one digit of one of these figures was another, one too many or one too few, or two neighbours were swapped?
    Of figures that no word binds too many are; see `one_swap_makes`."""
    off = total_of(parts) - total.value
    return _one_slip_of(total.value, total.value + off) or any(i.value > off and _one_slip_of(i.value, i.value - off) for i in parts)


def _one_slip_of(printed: Rational, meant: Rational) -> bool:
    tens = next((t for t in _TENS if (printed * t).denominator == (meant * t).denominator == 1), 1)
    one, other = str(printed * tens), str(meant * tens)
    return meant > 0 and (len(one) == len(other) or min(len(one), len(other)) >= _LONG_ENOUGH) and distance(one, other) == 1


_LONG_ENOUGH = 3  # digits: of fewer, one more or less makes any figure
_TENS = (1, 10, 100, 1000)


def _swaps_by(value: Rational, more: Rational) -> bool:
    """Does a swap of two neighbouring digits make it so much less?"""
    digits = str(value)
    swapped = (f"{digits[:at]}{digits[at + 1]}{digits[at]}{digits[at + 2 :]}" for at in range(len(digits) - 1))
    return digits.isdigit() and any(int(s) == value - more for s in swapped if s != digits)


_OTHERS = re.compile(r"(?<!\w)khác(?: (?:cộng|gộp) lại)?(?: là| có)?$")


def ends_with_others(listed: list[Item]) -> bool:
    """Is the last class of a list what is left: "…; 1.364 người làm nghề khác"?"""
    return bool(listed) and any(_OTHERS.search(words) for words in (listed[-1].mention.before, listed[-1].label))


def sum_claim(total: Mention, parts: Iterable[Item], relation: str, source: str) -> Claim:
    """The parts as a breakdown of the total; `relation` "equal" or "at_most"."""
    return mentions_claim(total, (i.mention for i in parts), relation, source)


def mentions_claim(total: Mention, parts: Iterable[Mention], relation: str, source: str) -> Claim:
    """The same of figures that may be the bases of items."""
    terms = [term("total", total), *(term("part", m) for m in parts)]
    if any(t.written is not None and t.written.ulp < 1 for t in terms):  # "28.648 ha (182,2 ha, 12.636 ha, …)": whole hectares are rounded ones
        terms = [replace(t, written=replace(t.written, rounded=True)) if t.written is not None else t for t in terms]
    return claim(Kind.BREAKDOWN, terms, source, relation=relation, scope=total.quantity.noun)


LEAST = 10  # smaller totals agree by chance too often to mean anything


def collapsed(parts: list[Item]) -> list[Item]:
    """Without the items that only divide the item before them (651 + 281 + 4.659 after their total 5.591)."""
    out: list[Item] = []
    place = 0
    while place < len(parts):
        out.append(parts[place])
        made: Rational = 0
        telling = parts[place].value >= LEAST
        for end in range(place + 1, min(len(parts), place + 9) if telling else place):
            made += parts[end].value
            if made == parts[place].value and end - place >= 2:
                place = end
                break
            if made > parts[place].value:
                break
        place += 1
    return out


def closed_by_shares(listed: list[Item]) -> bool:
    """Do the shares printed with the items add to 100 %? Then the items are all there are."""
    shares = [s for i in listed for s in i.shares[:1]]
    if len(shares) < len(listed):
        return False
    slack = sum(s.quantity.written.ulp for s in shares)  # of both sides
    return 2 * magnitude(sum(s.quantity.written.value for s in shares) - 100) <= slack
