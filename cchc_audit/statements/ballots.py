"""Votes of confidence in several people by one number of ballots told before: "Số phiếu phát ra 90. Bí thư được tín nhiệm cao 87
phiếu, tín nhiệm ba phiếu và không có phiếu tín nhiệm thấp; Phó Bí thư …". The three classes of each person make all ballots.

What fewer votes than ballots lack may be blank: they are held against valid ballots, where two swapped digits would make them all, or where another person's votes do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..language import compatible
from ..model import Claim, Rational, magnitude
from ..quantities import Reading
from .items import LEAST, Item, one_swap_makes, sum_claim, total_of
from .partitions import class_of

_KINDS = {  # of ballots, those counted at last first
    "valid": re.compile(r"(?<!không )hợp lệ"),
    "collected": re.compile(r"(?<!\w)thu (?:về|vào|lại)(?!\w)"),
    "issued": re.compile(r"(?<!\w)(?:phát (?:ra|đi)|(?:tham gia|dự|thực hiện) (?:bỏ phiếu|lấy phiếu))(?!\w)"),
}
_BLANK = re.compile(r"(?<!\w)(?<!không có phiếu )(?<!không có )(?:không hợp lệ|phiếu trắng|không (?:đánh giá|có ý kiến|bỏ phiếu|thu về)|bỏ trống|để trống|thiếu|vắng)(?!\w)")
_NONE_LOW = re.compile(r"[^;.\d]{0,30}?(?<!\w)không (?:có |còn )?(?:(?:phiếu|ý kiến)(?: nào)? )?(?:bị |đánh giá )?tín nhiệm thấp(?!\w)")
_CLASSES = ("high", "middle", "low")
_NEAR = 10  # a sum further off than one in so many is of other ballots
_PARAGRAPHS = 12  # from the ballots to the last votes


@dataclass(slots=True)
class _Vote:
    """What one person got: figures by class, the number of the ballots told before them; `complete` where no class is left out."""

    ballots: dict[str, Item]
    parts: dict[str, Item] = field(default_factory=dict)
    complete: bool = False

    @property
    def amount(self) -> Rational:
        return total_of(self.parts.values())


def find(reading: Reading, paragraphs: Sequence[Sequence[Item]]) -> Iterator[Claim]:
    """A breakdown of the ballots for each person told all classes of."""
    votes = [v for v in _votes(reading, [i for items in paragraphs for i in items if not i.aside]) if v.complete]
    for vote in votes:
        listed = list(vote.parts.values())
        told = [vote.ballots[kind] for kind in _KINDS if kind in vote.ballots]
        made = next((i for i in told if i.value == vote.amount), None)
        if made is not None:
            yield sum_claim(made.mention, listed, "equal", "breakdown.ballots")
        elif len({i.value for i in told}) == 1 and _sure(reading, vote, told[0], [v for v in votes if v.ballots is vote.ballots]):
            yield sum_claim(told[0].mention, listed, "equal", "breakdown.ballots")


def _votes(reading: Reading, told: list[Item]) -> Iterator[_Vote]:
    ballots: dict[str, Item] = {}
    vote: _Vote | None = None
    for place, item in enumerate(told):
        found = class_of(item.label, "confidence")
        kind = next((k for k, pattern in _KINDS.items() if pattern.search(item.label)), None) if found is None and "phiếu" in item.label else None
        if kind is not None:
            again = kind in ballots or vote is not None
            ballots, vote = ({kind: item} if again else {**ballots, kind: item}), None
        elif found == "high":
            vote = _Vote(ballots) if _of(ballots, item) else None
        elif found is None:
            ballots, vote = (ballots if item.value < LEAST else {}), None  # "có 22 ý kiến khác. …": the next may be of another number
        elif vote is not None and found in vote.parts:
            vote = None
        if vote is None or found is None:
            continue
        vote.parts[found] = item
        behind = told[place + 1] if place + 1 < len(told) else None
        end = min(reading.sentences[item.mention.sentence].end, behind.start if behind is not None else len(reading.folded))
        vote.complete = len(vote.parts) == len(_CLASSES) or [*vote.parts] == ["high", "middle"] and _NONE_LOW.match(reading.folded, item.end, end) is not None
        if vote.complete:
            yield vote
            vote = None


def _of(ballots: dict[str, Item], first: Item) -> bool:
    """May the votes be by these ballots?"""
    return any(first.mention.paragraph - i.mention.paragraph <= _PARAGRAPHS and compatible(i.unit, first.unit) for i in ballots.values())


def _sure(reading: Reading, vote: _Vote, whole: Item, beside: list[_Vote]) -> bool:
    """Do the votes not come to the ballots by a slip, and by no blank ones?"""
    parts = list(vote.parts.values())
    swapped = one_swap_makes(whole, parts)
    near = _NEAR * magnitude(vote.amount - whole.value) <= whole.value
    behind = reading.sentences[parts[-1].mention.sentence].end
    if not (near or swapped) or any(i.base is not None or i.mention.quantity.written.approx for i in (whole, *parts)) or _BLANK.search(reading.folded, whole.start, behind):
        return False
    return swapped or vote.amount > whole.value or "valid" in vote.ballots or any(v.amount == whole.value for v in beside)
