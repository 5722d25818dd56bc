"""What a finding is about, in few words: the kind of check and the thing compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile

from .judgement import PERCENT_UNITS
from .language import MEASURES, fold
from .messages import say
from .model import Claim, Kind, Message, Span, Term

_TITLE_WORDS = 10
_NO_THING = re.compile(
    r"^(?:[\s/,;:()–-]*(?:trong (?:đó|khi|số (?:này|đó))|trong(?! sạch)|thì|nên|mà|như vậy|(?:đến )?nay|(?:con )?số (?:này|đó)|so với|tương ứng|tương đương|tỷ lệ)(?!\w))+"
)
_CONNECTING = frozenset(
    {"chiếm", "đạt", "bằng", "là", "có", "được", "với", "và", "từ", "đến", "ngày", "tháng", "năm", "nay"}
)
_MOVING = frozenset({"tăng", "giảm", "từ", "lên", "xuống"})  # "thu nhập bình quân tăng từ 14,5 lên 63,8"
_OPENING = frozenset({"có", "là", "đạt", "chiếm", "với", "và", "gồm", "cho", "của", "ở", "tại", "do", "vì", "theo", "trên", "thì", "này", "đó", "đối", "ứng", "bao"})  # words that lead on to a figure
_SAID_SO = frozenset({"hiện có", "chưa đạt", "không đạt", "nói trên", "kể trên", "nêu trên", "trở lên", "không có", "chưa có", "tồn tại", "hiện tại", "tự do", "lý do"})  # whole names end with these
_DATED = frozenset({"từ ngày", "từ tháng", "từ năm"})  # "văn bản ban hành từ năm 2019"
_ABBREVIATED = {word.lower(): word for word in ("HĐND", "UBND", "MTTQ", "TTHC", "CCHC", "CBCC", "CBCCVC", "PAKN", "DVC", "DVCTT", "BHYT", "BHXH", "THCS", "THPT", "VBQPPL", "CNTT", "VNeID")}
_OF_ANYTHING = MEASURES | {"đồng", "con"}  # units that say nothing of what is measured


def title_of(claim: Claim, names: Mapping[Span, Message]) -> Message:
    """What was compared, and of which thing: by the name of its indicator where it has one (`names`, by place), else
    in the report's words. A rule's own title says it all, unless the rule speaks of any one indicator."""
    kind = claim.title or say(f"memo_kind.{claim.kind.value}")
    counted = sorted(
        claim.terms, key=lambda term: term.unit in PERCENT_UNITS
    )  # what a rate is of says more than its own words
    named = [names.get(term.span) if term.span else None for term in counted]
    if claim.title is not None:
        known = {name for name in named if name is not None}
        thing = known.pop() if claim.kind is Kind.SAME_FIGURE and len(known) == 1 else None
    else:
        things = (name or _worded(term) for name, term in zip(named, counted, strict=True))
        thing = next((thing for thing in things if thing is not None), None)
    if thing is None or fold(thing.vi) in fold(kind.vi):
        return kind
    return Message(f"{kind.vi}: {thing.vi}", f"{kind.en}: {thing.en}")


def _worded(term: Term) -> Message | None:
    thing = _thing(term)
    return Message(thing, thing) if thing else None


def _thing(term: Term) -> str:
    """What a term counts, from its unit on: "phiếu khảo sát" of "phường đã lấy phiếu khảo sát"; "" for mere
    connecting words ("trong đó", "chiếm /")."""
    unit = "" if term.unit in PERCENT_UNITS else term.unit
    noun = term.noun.rpartition("|")[2].strip() or term.noun  # of a table row, its last words
    noun = noun[max(0, noun.find(unit)) :] if unit else noun
    if unit and len(noun) > 2 * len(unit) and noun.startswith(unit):
        noun = noun.removesuffix(unit)  # "văn bản đã ban hành văn bản"
    words = _NO_THING.sub("", noun or unit).split()
    telling = list(takewhile(lambda word: not any(c.isdigit() for c in word), words))
    while telling and (telling[0] in _CONNECTING or not telling[0][0].isalpha()):
        telling.pop(0)
    while telling and (_leads_on(telling) or not any(c.isalpha() for c in telling[-1])):
        telling.pop()
    telling = [_ABBREVIATED.get(word, word) for word in telling]
    thing = " ".join(telling[:_TITLE_WORDS]) + (" …" if len(telling) > _TITLE_WORDS else "")
    return "" if thing in _OF_ANYTHING else thing


def _leads_on(words: list[str]) -> bool:
    """Do the words end in one that only leads to the figure: "hồ sơ tiếp nhận là"?"""
    last = " ".join(words[-2:])
    return last in _DATED or words[-1] in _MOVING | _OPENING and last not in _SAID_SO
