"""Who is compared with whom: "bé trai nhiều hơn bé gái 13 cháu", "khu phố 1 gấp 1,2 lần khu phố 2 (2.300 lượt)".

Who is compared stands before the word of comparison, with whom behind it. Each is the figure in the brackets behind its
name, the figure right before the comparison, or the only one told in the words that set the two names apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..language import compatible
from ..quantities import Mention, Reading
from .extremes import Extreme, ranked
from .items import content
from .moves import AGAINST, PLAN, Move, tells_a_state
from .naming import PERIOD_WORDS, PLAIN_UNITS, named_by, narrower, words_of

_CLAUSE = re.compile(r".*(?:[;:\n]|,(?!\d)|\.(?=\s)|(?<!\w)(?:nhưng|song|và|còn|trong đó|như vậy)(?!\w))", re.DOTALL)
_BRACKETED = re.compile(r"\([^()]*\)")
_APPOSED = re.compile(r"[^;:\d]{0,80}(?:,\s[^;:,\d]{0,20}\d[\d.,]*\s?%\)?[^;:,\d]{0,30})?,?\s*")
_LINK = re.compile(r"[^,;.:\n]*[,;.:\s]*(?:(?:như vậy|theo đó|qua đó|tức|tức là|nghĩa là|trong đó|nhìn chung|tính ra|so sánh|và|còn|nhưng|song)[,:\s]*)?")
_STANDARD = re.compile(r"(?<!\w)(?:hơn|vượt|kém|thua|bằng)(?: cả)? (?:mức|ngưỡng|con số|chỉ tiêu|mục tiêu)(?: [^\W\d]+)?$")  # "thấp hơn mức 95%": of no one
_CARRIED_ON = re.compile(r"(?<!\w)(?:từ|của) (?:tháng|quý|năm|kỳ)(?: [^,;.()]{1,12})? (?:chuyển )?(?:sang|qua)$")
_ANAPHOR = re.compile(r"(?<!\w)(?:này|đó|ấy|nói trên)$")
_SHARED = re.compile(rf"{AGAINST.pattern}|{PLAN.pattern}|(?<!\w)(?:giao|bình quân|trung bình|chung)(?!\w)")  # many figures are compared with it
_OPENED = re.compile(r"[^,;.()]{0,60}\(")
_AGAIN = re.compile(r"[^,;.:()]{2,60}[,;.(]\s?(?P<who>[^,;.:()]{2,50}?)(?: là| chỉ)?\s")
_TAKING_PART = frozenset(["xảy", "ra", "dự", "tranh", "thi", "tham", "gia", "quan"])
_SAID = 300  # characters before a figure that say whose it is
_BACK = 12  # figures before a comparison that it may be between

Pair = tuple[Mention, Mention]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is compared: `subject` and `standard` in words, with the figure told in brackets behind the standard; `start` is
    where the words of comparison begin, `clause` where their clause does."""

    clause: int
    start: int
    subject: str
    standard: str
    told: Mention | None = None


@dataclass(slots=True)
class Parties:
    """The figures of one paragraph as parties to its comparisons; `sizes` are no parties, and `pairs` those already
    found, by where they are told; `extremes` are the members of its lists said to be the greatest or least."""

    reading: Reading
    mentions: tuple[Mention, ...]
    sizes: set[int] = field(default_factory=set)
    pairs: list[tuple[int, Pair]] = field(default_factory=list)
    extremes: tuple[Extreme, ...] = ()

    def sides(self, phrase: Phrase, move: Move, size: Mention) -> Pair | None:
        """The figure of the standard and the one compared with it; of several told in these words those that agree."""
        if _ANAPHOR.search(phrase.standard):
            last = self._last(phrase.start)
            told = last is not None and phrase.told is None and last[1].sentence == size.sentence
            return last if last is not None and told and compatible(last[1].unit, size.unit) else None
        figures = self._figures(phrase, size)
        extreme = next((e for e in reversed(self.extremes) if e.end <= phrase.start), None)
        near = self._right_before(phrase, figures, size, extreme)
        standard, subject = words_of(phrase.standard), words_of(phrase.subject)
        prevs = [phrase.told] if phrase.told is not None else named_by(standard - subject, [m for m in figures if m is not near])
        place = ranked(extreme, phrase.standard) if extreme is not None else None
        if place is not None and near is not None and place is not near:
            return place, near
        pairs = []
        for prev in prevs:
            others = [m for m in figures if m is not prev]
            nows = [near] if near is not None else named_by(subject - standard - words_of(prev.label), others)
            pairs += [(prev, now) for now in nows if _alike(now, prev, size) and not narrower(size, prev, now, subject)]
        if phrase.told is None:
            pairs = [p for p in pairs if not _CARRIED_ON.search(p[0].before)]  # "từ tháng 7 sang 52 hồ sơ": what July left
            pairs = [p for p in pairs if _same_measure(*p, phrase)] if not self._of_a_part(phrase) else []
        return pairs[0] if len(pairs) == 1 else next((p for p in pairs if move.agrees(*p)), None)

    def with_next(self, phrase: Phrase, end: int, size: Mention) -> Pair | None:
        """The figure right before the comparison and that of its standard, told in the clause behind it: "918 em, gấp 1,5
        lần mùa giải trước; mùa giải trước có 612 em dự thi"."""
        place = bisect_left(self.mentions, end, key=lambda m: m.start)
        prev = self.mentions[place] if place < len(self.mentions) else None
        extreme = next((e for e in reversed(self.extremes) if e.end <= phrase.start), None)
        now = self._right_before(phrase, self._figures(phrase, size), size, extreme)
        again = _AGAIN.fullmatch(self.reading.folded, end, prev.start) if prev is not None else None
        if prev is None or now is None or again is None or not _alike(now, prev, size) or not tells_a_state(self.reading, prev):
            return None
        standard = words_of(phrase.standard)
        said = words_of(self.reading.folded[max(self.reading.sentences[now.sentence].start, now.start - _SAID) : end])
        known = standard <= words_of(again["who"]) <= standard | said | _TAKING_PART
        return (prev, now) if known and words_of(prev.after) <= said | PLAIN_UNITS | _TAKING_PART else None

    def keep(self, place: int, size: Mention, pair: Pair) -> None:
        """Notes a comparison that was found, so that "hơn khu phố này 460 lượt" can speak of its sides again."""
        self.pairs.append((place, pair))
        self.sizes.add(size.index)

    def _last(self, place: int) -> Pair | None:
        return max(((at, pair) for at, pair in self.pairs if at < place), key=lambda told: told[0], default=(0, None))[1]

    def _before(self, place: int) -> Sequence[Mention]:
        """The figures before a place that may have to do with it."""
        end = bisect_left(self.mentions, place, key=lambda m: m.start)
        return self.mentions[max(0, end - _BACK) : end]

    def _of_a_part(self, phrase: Phrase) -> bool:
        """ "1.824 nam và 1.907 nữ; trong lực lượng lao động, nữ ít hơn nam 83 người": words between narrow the comparison."""
        before = next((m for m in reversed(self._before(phrase.start)) if m.end <= phrase.clause), None)
        return before is not None and _LINK.fullmatch(_BRACKETED.sub(" ", self.reading.folded[before.end : phrase.clause])) is None

    def _figures(self, phrase: Phrase, size: Mention) -> list[Mention]:
        """The figures before the comparison that it may be between."""
        return [
            m
            for m in self._before(phrase.start)
            if m.percent == size.percent and (size.percent or m.unit == size.unit or not m.unit or not size.unit)
            and m.index not in self.sizes and not m.quantity.damaged and not m.target and tells_a_state(self.reading, m)
        ]  # fmt: skip

    def _right_before(self, phrase: Phrase, figures: Sequence[Mention], size: Mention, extreme: Extreme | None) -> Mention | None:
        """The figure of the clause itself, or the one before it, or the extreme just told, where the clause names nobody."""
        here = [m for m in figures if m.sentence == size.sentence and m.depth <= size.depth + 1 and not _STANDARD.search(m.before)]
        inside = [m for m in here if m.start >= phrase.clause]
        if inside:
            return inside[-1]
        before = [m for m in here if m.depth <= size.depth]
        if extreme is not None and not words_of(phrase.subject) and all(m.start < extreme.start for m in figures[-1:]):
            return extreme.named if extreme.named.percent == size.percent and extreme.named.unit in {"", size.unit} else None
        if words_of(phrase.subject) or not before:
            return None
        gap = _BRACKETED.sub(" ", self.reading.folded[before[-1].end : phrase.start])
        return before[-1] if _APPOSED.fullmatch(gap) else None


def clause_before(lead: str) -> int:
    """Where in the text before a word of comparison its clause begins."""
    masked = _BRACKETED.sub(lambda bracket: " " * len(bracket.group()), lead)
    end = _CLAUSE.match(masked)
    return end.end() if end is not None else 0


def told_behind(reading: Reading, mentions: Sequence[Mention], place: int, end: int, standard: str, unit: str, *, percent: bool) -> Mention | None:
    """The value of the standard, alone in brackets: "cao hơn năm trước 3,18 điểm phần trăm (năm trước 88,06%)". The brackets
    open behind `end`, and the figure would be the first of those from `place` on."""
    opened = _OPENED.match(reading.folded, end)
    here = mentions[place] if place < len(mentions) else None
    if opened is None or here is None or here.start < opened.end() or here.percent != percent or not compatible(here.unit, unit):
        return None
    closed = reading.folded.find(")", here.end, here.end + 40)
    following = mentions[place + 1] if place + 1 < len(mentions) else None
    if closed < 0 or following is not None and following.start < closed:
        return None
    inner, after = reading.folded[opened.end() : here.start], reading.folded[here.end : closed]
    named = words_of(inner) <= words_of(standard) or AGAINST.search(inner) is not None
    said = words_of(reading.folded[max(reading.sentences[here.sentence].start, end - _SAID) : end])  # "1.856 chứng thư, gấp 2,6 lần năm 2023 (715 chứng thư)"
    return here if named and "(" not in inner and not words_of(after) - words_of(standard) - PLAIN_UNITS - said else None


def _same_measure(prev: Mention, now: Mention, phrase: Phrase) -> bool:
    """Do the two count the same? What the later one says of itself, its name aside, the earlier one must have said."""
    first, second = (prev, now) if prev.start < now.start else (now, prev)
    shared = _SHARED.search(phrase.standard)
    names = words_of(phrase.standard) | (words_of(phrase.subject) if shared is None else frozenset())
    said = second.before if shared is None else second.label
    return content(said) - names - PERIOD_WORDS <= content(first.label)


def _alike(now: Mention, prev: Mention, size: Mention) -> bool:
    same = now.unit == prev.unit or not now.unit or not prev.unit
    return now is not prev and now.percent == prev.percent and (same or compatible(now.unit, prev.unit) and size.unit in {"", now.unit, prev.unit})
