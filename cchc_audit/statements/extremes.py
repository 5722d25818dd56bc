"""The greatest and the least of a list just given: "đất đai 58 đơn, chính sách 34 đơn, môi trường 27 đơn; nhiều nhất là đất đai"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..language import matches
from ..model import Claim, Kind
from ..quantities import Mention, Reading
from .items import claim, content, term
from .moves import tells_a_state
from .naming import words_of

EXTREME = "enumeration.extreme"  # the source of such claims: "claim" is the figure named, "count" the one that is the extreme
_MOST = "nhiều|cao|lớn|đông"
_LEAST = "ít|thấp|nhỏ"
_BEHIND = re.compile(
    rf"(?:(?P<most>{_MOST})|(?P<least>{_LEAST})) (?P<unit>(?:[^\W\d]+ ){{0,2}}?)nhất,?(?: (?:vẫn|tiếp tục|luôn|hiện))?(?: (?:là|thuộc về|ở|thuộc)|:)\s(?P<who>[^,;.:()\n]{{2,60}})"
)
_BEFORE = re.compile(rf"(?:(?P<most>{_MOST})|(?P<least>{_LEAST})) (?P<unit>(?:[^\W\d]+ ){{0,2}}?)nhất(?=\s?[,;.(]|\s?\Z)")
_LED = re.compile(r"(?:(?P<most>(?:dẫn|đứng) đầu)|(?P<least>(?:đứng|xếp) cuối))(?P<unit>) (?:là|thuộc về)\s(?P<who>[^,;.:()\n]{2,60})")
_LEAD_IN = re.compile(r"[^,;.:\n]*[,;.:\s]*(?:(?:trong đó|như vậy|qua đó|theo đó|nhìn chung|và|còn)[,:\s]*)?")
_TO_CLAUSE = re.compile(r".*(?:[,;.:(\n]|(?<!\w)(?:và|trong đó|còn)(?!\w))", re.DOTALL)
_OPENS = re.compile(r":|(?<!\w)(?:trong (?:số )?đó|gồm|bao gồm|cộng|tổng)(?!\w)|\.\s|\n")
_RESTATED = re.compile(r"\s?(?:với|là|\(|đạt)[^,;.\d]{0,20}")
_RESTATED_END = re.compile(r"\s(?:với|là|đạt|có)(?!\w).*$")
_UNWANTED = re.compile(r"(?<!\w)(?:nghèo|trễ|quá hạn|tồn|vi phạm|nợ|chậm|tai nạn|tội phạm|sinh con|giảm)(?!\w)")
_RANK = re.compile(rf"(?P<second>(?:xếp|đứng) thứ (?:hai|nhì|2)|thứ (?:hai|nhì))$|(?:{_MOST}) nhất$|(?P<least>(?:{_LEAST}) nhất|(?:xếp|đứng) cuối)$")
# what may be said of the members of a list without telling another measure
_CLASS = frozenset(["lĩnh", "vực", "thôn", "tổ", "khu", "phố", "dân", "ấp", "bản", "xóm", "đơn", "vị", "nhóm", "loại", "phòng", "ban", "trường", "hội", "chi", "bộ", "xã", "phường", "địa", "phương", "nơi", "có", "nội", "dung", "hình", "thức", "mục", "khoản", "tháng", "quý", "vẫn", "đạt", "thuộc", "về", "nhận", "ở", "tại"])  # fmt: skip
_FEWEST = 3
_MOST_LISTED = 30
_REACH = 60  # characters before the word in which its clause begins


@dataclass(frozen=True, slots=True)
class Extreme:
    """A member of a list said to be its greatest (or least), and where that is said."""

    start: int
    end: int
    named: Mention
    listed: tuple[Mention, ...]
    least: bool

    @property
    def true(self) -> Mention:
        """The member that is the extreme: the one named where it shares the place."""
        ordered = sorted(self.listed, key=lambda m: m.value, reverse=not self.least)
        return self.named if ordered[0].value == self.named.value else ordered[0]

    def claim(self) -> Claim:
        """The figure named against the one at the end of the list."""
        return claim(Kind.CLAIM_VS_COUNT, [term("claim", self.named), term("count", self.true)], EXTREME, scope=self.named.quantity.noun)


def find_extremes(reading: Reading, mentions: tuple[Mention, ...]) -> Iterator[Extreme]:
    """The members of lists of the paragraph that are said to be their greatest or least."""
    low = reading.sentences[mentions[0].sentence].start
    text = reading.folded[low : reading.paragraphs[mentions[0].paragraph].end]
    words = (*_MOST.split("|"), *_LEAST.split("|")) if "nhất" in text else ()
    found = [*matches(_BEHIND, text, *words), *matches(_BEFORE, text, *words), *matches(_LED, text, "dẫn đầu", "đứng đầu", "đứng cuối", "xếp cuối")]
    end = 0
    for match in sorted(found, key=lambda m: m.start()):
        extreme = _extreme(reading, mentions, match, low, end)
        if extreme is not None:
            end = extreme.end
            yield extreme


def _extreme(reading: Reading, mentions: tuple[Mention, ...], match: re.Match[str], low: int, last: int) -> Extreme | None:
    """`last` is where the extreme told before ends: "cao nhất là thôn Mai, thấp nhất là thôn Lan" are both of one list."""
    start, end = low + match.start(), low + match.end()
    place = bisect_left(mentions, start, key=lambda m: m.start)
    following = mentions[place] if place < len(mentions) else None
    who = match.groupdict().get("who")
    if who is not None and following is not None and following.start < end:
        who, end = who[: following.start - end], following.start
    listed = list_before(reading, mentions[max(0, place - _MOST_LISTED) : place])
    if not listed or start - max(listed[-1].end, last) > 2 * _REACH:
        return None
    clause = start - len(_clause(reading.folded[max(low, start - _REACH) : start]))
    gap = reading.folded[max(listed[-1].end, last) : clause]
    head = reading.folded[clause:start]
    if not _LEAD_IN.fullmatch(gap) or _other_measure(reading, listed, match, head):
        return None
    if match.re is _LED and _UNWANTED.search(reading.folded, _opening(reading, listed), end):
        return None
    named = _named(listed, _RESTATED_END.sub("", who) if who is not None else head)
    if named is None or following is not None and not _as_told(reading, following, named, end):
        return None
    return Extreme(start, end, named, tuple(listed), match["least"] is not None)


def _clause(lead: str) -> str:
    passed = _TO_CLAUSE.match(lead)
    return lead[passed.end() :] if passed is not None else lead


def list_before(reading: Reading, before: Sequence[Mention]) -> list[Mention]:
    """The last figures that stand in a row and are of one kind, each with its own name."""
    listed: list[Mention] = []
    for mention in reversed([m for m in before if m.depth == 0]):
        if listed and mention.percent and not listed[0].percent:
            continue  # the share of a count
        if listed:
            gap = reading.folded[mention.end : listed[0].start]
            alike = mention.percent == listed[0].percent and mention.unit in {"", listed[0].unit} or not listed[0].unit
            if not alike or mention.sentence != listed[0].sentence or _OPENS.search(gap):
                break
        if mention.over is not None or mention.under is not None or mention.per or not tells_a_state(reading, mention):
            break
        listed.insert(0, mention)
    names = [words_of(m.label) for m in listed]
    return listed if len(listed) >= _FEWEST and all(names) and len(set(names)) == len(names) else []


def _opening(reading: Reading, listed: Sequence[Mention]) -> int:
    """Where the words begin that tell what is listed."""
    return max(reading.sentences[listed[0].sentence].start, listed[0].start - 2 * _REACH)


def _other_measure(reading: Reading, listed: Sequence[Mention], match: re.Match[str], head: str) -> bool:
    """Do the words tell that the extreme is of something else than the list: "tỷ lệ hộ nghèo cao nhất là thôn Mai"?"""
    told = reading.folded[_opening(reading, listed) : listed[-1].end]
    said = f"{head} {match['unit']}"
    percent = listed[0].percent
    if ("tỷ lệ" in said) != percent and re.search(r"(?<!\w)(?:tỷ lệ|số)(?!\w)", said):
        return True
    rates = not percent and "%" in told
    high = match.group().startswith(("cao", "thấp"))
    return rates and high or bool(content(said) - _CLASS - words_of(told))


def _named(listed: Sequence[Mention], who: str) -> Mention | None:
    """The one member of the list that the words name."""
    first, _, more = who.partition(" và ")
    words = words_of(first) - _CLASS
    found = [m for m in listed if words and words <= words_of(m.label)]
    others = {w for m in listed if m not in found for w in words_of(m.label) - _CLASS}
    return found[0] if len(found) == 1 and not words_of(more) & others else None


def _as_told(reading: Reading, following: Mention, named: Mention, end: int) -> bool:
    """Is a figure given again with the name, as in "nhiều nhất là chứng thực (365 hồ sơ)", the one of the list?"""
    beside = following.start <= end or _RESTATED.fullmatch(reading.folded, end, following.start) is not None
    return not beside or following.percent != named.percent or following.value == named.value


def ranked(extreme: Extreme, words: str) -> Mention | None:
    """The member of the list at a place told in words: "lĩnh vực xếp thứ hai", "thôn ít nhất"."""
    place = _RANK.search(words)
    if place is None:
        return None
    if place["second"] is not None:
        ordered = sorted(extreme.listed, key=lambda m: m.value, reverse=not extreme.least)
        return ordered[1] if ordered[1].value not in {ordered[0].value, ordered[2].value} else None
    least = place["least"] is not None
    return min(extreme.listed, key=lambda m: m.value if least else -m.value)
