"""Figures compared by name: "bé trai nhiều hơn bé gái 13 cháu", "hơn khu phố 2 (298 hộ) 44 hộ", "cao hơn năm trước 3,18 điểm
phần trăm (năm trước 88,06%)".

Who is compared stands before the word of comparison, with whom behind it. Each is the figure in the brackets behind its
name, the figure right before the comparison, or the only one told in the words that set the two names apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..language import compatible
from ..model import Claim
from ..quantities import Mention, Reading
from .differences import rate_after
from .items import content
from .moves import (
    AGAINST,
    DELTA,
    PLAN,
    Move,
    change_claim,
    lead_of,
    previous_value,
    size_of,
    tells_a_state,
    way_of,
)

_ABOVE = r"(?:nhiều|cao|lớn|(?<!thôn )(?<!phường )(?<!xã )(?<!ấp )(?<!khu )đông|dài|rộng|nặng|nhỉnh|trội) hơn|hơn|vượt"
_BELOW = r"(?:ít|thấp|nhỏ|ngắn|hẹp|nhẹ) hơn|kém(?: hơn)?|thua(?: kém)?"
_MORE_OR_LESS = re.compile(rf"(?<!\w)(?<!yếu )(?<!loại )(?<!lực )(?:(?P<up>{_ABOVE})|(?P<down>{_BELOW}))(?: hẳn)?(?: so với)?(?!\w)")
_STANDARD = re.compile(r"\s(?P<standard>[^,;:()\n]{2,60}?)(?P<told>\s?\([^()]{1,60}\))?(?: là| tới| đến| những| khoảng| gần| trên)?\s*")
_SO_WITH = re.compile(r"[^,;.:()\d]{0,30}?\sso với\s(?P<standard>[^,;.:()]{2,60}?)\s?(?=[,;.)]|$)")
_SINCE = re.compile(r"(?<!\w)so với\s(?P<standard>[^,;.:()]{2,40}?)(?:,| thì)\s(?P<subject>[^,;.:()\d]{0,50})$")
_CLAUSE = re.compile(r".*(?:[;:\n]|,(?!\d)|\.(?=\s)|(?<!\w)(?:nhưng|song|và|còn|trong đó|như vậy)(?!\w))", re.DOTALL)
_BRACKETED = re.compile(r"\([^()]*\)")
_APPOSED = re.compile(r"[^;:\d]{0,80}(?:,\s[^;:,\d]{0,20}\d[\d.,]*\s?%\)?[^;:,\d]{0,30})?,?\s*")
_LINK = re.compile(r"[^,;.:\n]*[,;.:\s]*(?:(?:như vậy|theo đó|qua đó|tức|tức là|nghĩa là|trong đó|nhìn chung|tính ra|so sánh|và|còn|nhưng|song)[,:\s]*)?")
_ANAPHOR = re.compile(r"(?<!\w)(?:này|đó|ấy|nói trên)$")
_NUMBERED = re.compile(r"(?<!\w)số\s$")  # "ít hơn tổ dân phố số 7"
_SHARED = re.compile(rf"{AGAINST.pattern}|{PLAN.pattern}|(?<!\w)(?:giao|bình quân|trung bình|chung)(?!\w)")  # many figures are compared with it
_WORD = re.compile(r"\w+")
# words that tell no party from another
_VOID = frozenset(["số", "của", "các", "ở", "tại", "là", "có", "được", "thì", "đã", "đang", "này", "đó", "con", "mức", "tỷ", "lệ", "kết", "quả", "tức", "nên", "vẫn", "cũng", "do", "vậy", "như", "theo", "riêng", "tổng", "toàn", "lại", "luôn", "so", "với", "về"])  # fmt: skip
_PLAIN = frozenset(["người", "em", "cháu", "bé", "bạn", "đồng", "chí", "hồ", "sơ", "hs", "hộ", "đơn", "vụ", "việc", "lượt", "trường", "hợp", "phiếu", "triệu", "tỷ", "nghìn", "ý", "kiến", "điểm", "phần", "trăm", "lần", "suất", "thành", "viên", "đại", "biểu"])  # fmt: skip
_BACK = 12  # figures before a comparison that it may be between
_REACH = 200  # characters before a size in which its comparison begins
_MOST_VERBS = 3


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
class Comparisons:
    """The comparisons of one paragraph, asked for in the order of its figures."""

    reading: Reading
    mentions: tuple[Mention, ...]
    sizes: set[int] = field(default_factory=set)
    last: tuple[Mention, Mention] | None = None

    def at(self, place: int) -> Claim | None:
        """The comparison whose size the figure gives, where both its sides are known."""
        size = self.mentions[place]
        if size.quantity.damaged or size.over is not None or size.under is not None:
            return None
        for phrase, down in self._phrases(place):
            move = self._move(place, down)
            pair = self.sides(phrase, move, place)
            if pair is None or size.target and not PLAN.search(phrase.standard) or size.value in (pair[0].value, pair[1].value):
                continue
            self.last = pair
            self.sizes.add(size.index)
            return change_claim(*pair, move, "change.compared")
        return None

    def _move(self, place: int, down: bool) -> Move:
        size = self.mentions[place]
        rate = None if size.percent else rate_after(self.reading, self.mentions, place)
        return Move(down, size_of(self.reading, size), rate)

    def _phrases(self, place: int) -> Iterable[tuple[Phrase, bool]]:
        size, folded = self.mentions[place], self.reading.folded
        low = max(self.reading.sentences[size.sentence].start, size.start - _REACH)
        lead = folded[low : size.start]
        if _NUMBERED.search(lead):
            return
        verbs = list(_MORE_OR_LESS.finditer(lead))[-_MOST_VERBS:]
        for verb in reversed(verbs):
            rest = _STANDARD.fullmatch(lead, verb.end())
            if rest is None:
                continue
            inside = [m for m in self.mentions[max(0, place - 4) : place] if m.start >= low + verb.end()]
            told = inside[0] if len(inside) == 1 and rest["told"] and inside[0].depth == size.depth + 1 else None
            if inside and told is None or size.percent and size.unit == "%" and not self._behind(place, rest["standard"]):
                continue  # "cao hơn mức bình quân 91,2%" tells how high that is
            clause = clause_before(lead[: verb.start()])
            yield Phrase(low + clause, low + verb.start(), lead[clause : verb.start()], rest["standard"], told), verb["down"] is not None
        change = DELTA.search(lead_of(self.reading, size))
        down = way_of(change)
        if change is None or down is None or previous_value(self.reading, self.mentions, place) is not None:
            return
        start = size.start - len(change.group())
        behind = _SO_WITH.match(folded, size.end, size.end + 110)
        if behind is not None:
            clause = clause_before(lead[: start - low])
            yield Phrase(low + clause, start, lead[clause : start - low], behind["standard"]), down
        since = _SINCE.search(lead[: start - low])
        if since is not None and not any(m.start >= low + since.start() for m in self.mentions[max(0, place - 2) : place]):
            yield Phrase(low + since.start(), start, since["subject"], since["standard"]), down

    def _behind(self, place: int, standard: str) -> Mention | None:
        """ "cao hơn năm trước 3,18 điểm phần trăm (năm trước 88,06%)": the value of the standard, in brackets behind the size."""
        size = self.mentions[place]
        here = [m for m in self.mentions[place + 1 : place + 4] if m.depth == size.depth + 1 and m.parent == size.index]
        alike = [m for m in here if m.percent == size.percent]
        if len(alike) != 1 or len(here) > 1 or not compatible(alike[0].unit, "" if size.percent else size.unit):
            return None
        told = alike[0]
        opened = self.reading.folded.rfind("(", size.end, told.start)
        closed = self.reading.folded.find(")", told.end, told.end + 40)
        inner = self.reading.folded[opened + 1 : told.start]
        after = self.reading.folded[told.end : closed].strip() if closed >= 0 else "?"
        named = words_of(inner) <= words_of(standard) or AGAINST.search(inner) is not None
        return told if named and not words_of(after) - words_of(standard) - _PLAIN else None

    def sides(self, phrase: Phrase, move: Move, place: int) -> tuple[Mention, Mention] | None:
        """The figure of the standard and the one compared with it; of several told in these words those that agree."""
        size = self.mentions[place]
        figures = self.figures(phrase, size, place)
        known = phrase.told or self._behind(place, phrase.standard)
        if _ANAPHOR.search(phrase.standard) and self.last is not None and self.last[1].sentence == size.sentence:
            return self.last if known is None and compatible(self.last[1].unit, size.unit) else None
        near = self._right_before(phrase, figures, size)
        standard, subject = words_of(phrase.standard), words_of(phrase.subject)
        prevs = [known] if known is not None else named_by(standard - subject, [m for m in figures if m is not near])
        pairs = []
        for prev in prevs:
            others = [m for m in figures if m is not prev]
            nows = [near] if near is not None else named_by(subject - standard - words_of(prev.label), others)
            pairs += [(prev, now) for now in nows if _alike(now, prev, size) and not narrower(size, prev, now, subject)]
        if known is None:
            pairs = [p for p in pairs if same_measure(*p, phrase)] if not self._of_a_part(phrase, place) else []
        return pairs[0] if len(pairs) == 1 else next((p for p in pairs if move.agrees(*p)), None)

    def _of_a_part(self, phrase: Phrase, place: int) -> bool:
        """ "1.824 nam và 1.907 nữ; trong lực lượng lao động, nữ ít hơn nam 83 người": words between narrow the comparison."""
        before = next((m for m in reversed(self.mentions[max(0, place - _BACK) : place]) if m.end <= phrase.clause), None)
        return before is not None and _LINK.fullmatch(_BRACKETED.sub(" ", self.reading.folded[before.end : phrase.clause])) is None

    def figures(self, phrase: Phrase, size: Mention, place: int) -> list[Mention]:
        """The figures before the comparison that it may be between."""
        return [
            m
            for m in self.mentions[max(0, place - _BACK) : place]
            if m.start < phrase.start and m.percent == size.percent and (size.percent or _fits(m, size))
            and m.index not in self.sizes and not m.quantity.damaged and not m.target and tells_a_state(self.reading, m)
        ]  # fmt: skip

    def _right_before(self, phrase: Phrase, figures: Sequence[Mention], size: Mention) -> Mention | None:
        """The figure of the clause itself, or the one before it where the clause names nobody."""
        here = [m for m in figures if m.sentence == size.sentence and m.depth <= size.depth + 1]
        inside = [m for m in here if m.start >= phrase.clause]
        if inside:
            return inside[-1]
        before = [m for m in here if m.depth <= size.depth]
        if words_of(phrase.subject) or not before:
            return None
        gap = _BRACKETED.sub(" ", self.reading.folded[before[-1].end : phrase.start])
        return before[-1] if _APPOSED.fullmatch(gap) else None


def clause_before(lead: str) -> int:
    """Where in the text before a word of comparison its clause begins."""
    masked = _BRACKETED.sub(lambda bracket: " " * len(bracket.group()), lead)
    end = _CLAUSE.match(masked)
    return end.end() if end is not None else 0


def words_of(text: str) -> frozenset[str]:
    """The words that can tell one party from another, numbers among them: "khu phố 2" is not "khu phố 5"."""
    return frozenset(_WORD.findall(text)) - _VOID


def named_by(words: frozenset[str], figures: Iterable[Mention]) -> list[Mention]:
    """The figures told in all of these words; none where there are no words."""
    return [m for m in figures if words and words <= frozenset(_WORD.findall(m.label))]


def same_measure(prev: Mention, now: Mention, phrase: Phrase) -> bool:
    """Do the two count the same? What the later one says of itself, its name aside, the earlier one must have said."""
    first, second = (prev, now) if prev.start < now.start else (now, prev)
    shared = _SHARED.search(phrase.standard)
    names = words_of(phrase.standard) | (words_of(phrase.subject) if shared is None else frozenset())
    said = second.before if shared is None else second.label
    return content(said) - names - _PERIOD <= content(first.label)


_PERIOD = frozenset({"trước", "ngoái", "sang", "đầu", "cuối", "hôm", "tuần", "vẫn", "chỉ", "kia", "cũng"})


def _alike(now: Mention, prev: Mention, size: Mention) -> bool:
    return now.percent == prev.percent and (now.unit == prev.unit or not now.unit or not prev.unit or compatible(now.unit, prev.unit) and size.unit in {"", now.unit, prev.unit})


def _fits(figure: Mention, size: Mention) -> bool:
    return not figure.unit or not size.unit or figure.unit == size.unit


def narrower(size: Mention, prev: Mention, now: Mention, named: frozenset[str] = frozenset()) -> bool:
    """Does the size count something narrower than the two figures: "thôn Đông nhiều hơn thôn Đoài 3 hộ nghèo"?"""
    known = content(prev.label) | content(now.label) | named | _PLAIN | _PERIOD
    return not size.percent and bool(content(size.after.split(" so ")[0]) - known)
