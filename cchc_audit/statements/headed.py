"""Lists whose head says what each of their figures keeps to: a bound, as in "cả ba xã đều vượt 95%: xã An 97,2%, …", or an
order, as in "xếp từ cao xuống thấp: tổ 4: 87; tổ 1: 74; …".

Each claim has two figures, of which the one that is "claim" cannot be the smaller one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..language import fold, matches
from ..model import Claim, Kind
from ..quantities import Mention, Reading
from .extremes import list_before
from .items import claim, term
from .moves import exactly, tells_a_state
from .naming import words_of
from .partitions import shared_partition

BOUND = "enumeration.bound"
ORDER = "enumeration.order"
_UP = r"(?:đạt |có |là )?(?:trên|hơn|vượt|từ|tối thiểu|ít nhất|cao hơn|không (?:dưới|thấp hơn|ít hơn|kém))"
_DOWN = r"(?:dưới|thấp hơn|ít hơn|tối đa|không (?:quá|vượt quá|vượt|trên|cao hơn))"
_SAME = r"(?: mức| ngưỡng| chỉ tiêu| mục tiêu)?\s?"
_ALL = re.compile(rf"(?:cả|tất cả|các|toàn bộ|mọi|mỗi)\s(?P<who>[^,;.:()]{{2,60}}?)\sđều\s(?P<what>[^,;.:()\d]{{0,60}}?)(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_SAME}$")
_NONE = re.compile(rf"không(?: có)?\s(?P<who>[^,;.:()\d]{{2,40}}?)\snào\s(?P<what>[^,;.:()\d]{{0,60}}?)(?:(?P<up>dưới|thấp hơn|ít hơn|kém)|(?P<down>quá|vượt quá|vượt|trên|hơn|cao hơn)){_SAME}$")
_MOST_OF = re.compile(r"(?<!\w)(?:hầu hết|phần lớn|đa số|phần nhiều|gần như|hầu như|nhiều|một số|trong số|ngoài|trừ)\s$")
_SO_MANY = re.compile(r"^(?:các |những |cả )?(?:(?:\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) )?")
_ANY_BODY = re.compile(r"(?:đơn vị|cơ quan|địa phương|nơi|bộ phận|tổ chức)(?!\w)")
_BODY = re.compile(r"(?:phòng|văn phòng|ban|xã|phường|thị trấn|thôn|ấp|tổ|khu|trường|trạm|công an|trung tâm|hội|đoàn|chi bộ|đội)(?!\w)")
_OR_LESS = re.compile(r"[^,;.:()\d]{0,20}trở xuống")
_COMPARED = re.compile(r"(?<!\w)(?:tăng|giảm|so với|cùng kỳ|chênh|mỗi|bình quân|vượt)(?!\w)")
_TO_LIST = re.compile(r"[^,;.:()\d]{0,50}(?:,? \(?(?:cụ thể|gồm|bao gồm|lần lượt)(?: là| như sau)?)?\s?:")
_ORDER = re.compile(
    r"(?:(?P<down>từ (?:cao|nhiều|lớn|đông) (?:xuống|đến|tới|về) (?:thấp|ít|nhỏ)(?: nhất)?|thứ tự giảm dần)|(?P<up>từ (?:thấp|ít|nhỏ) (?:lên|đến|tới) (?:cao|nhiều|lớn|đông)(?: nhất)?|thứ tự tăng dần)"
    r"|(?P<less>giảm|(?P<more>tăng)) (?:dần|đều|liên tục) qua (?:các|từng) (?:năm|quý|tháng|tuần|kỳ))(?:,? (?:lần lượt|gồm|như sau|cụ thể)(?: là)?| là)?\s?:"
)
_BY = re.compile(r"(?<!\w)theo (?:thứ tự )?(?!thứ tự|từ|giảm|tăng)(?P<measure>[^,;.:()\d]{2,30}?) (?:từ|theo)(?!\w)")  # "xếp theo điểm từ cao xuống thấp"
_SORTED = re.compile(r"(?<!\w)(?:xếp|thứ tự|theo)(?!\w)")
_LEVELS = re.compile(r"(?<!\w)(?:mức|loại|hạng|bậc|cấp|lớp|khối|tuổi|trình độ|hài lòng|xuất sắc|tốt|khá|giỏi|yếu|kém|trung bình|rất|nghiêm trọng|nặng|nhẹ|trưởng|phó|huân chương|bằng khen|giải)(?!\w)")
_PERIOD = re.compile(r"(?:năm|quý|tháng|tuần|kỳ|vụ)(?!\w)")
_OTHERS = re.compile(r"(?<!\w)khác(?!\w)")  # which comes last, however many they are
_NAME = r"(?P<name>[^\W\d_][^,;:()\n]{0,40}?)"
_SAID = r"(?:\s?:)?\s?(?P<open>\()?\s?(?:có |đạt |được |là |với )?"
_FIRST = re.compile(rf"\s*(?:[-+]\s)?{_NAME}{_SAID}")
_NEXT = re.compile(rf"\s?\)?\s?(?:[,;]|(?<!\w)và(?!\w)|\n\s*[-+])\s?(?:và |còn |tiếp (?:đến|theo) là |kế đến là |rồi đến )?{_NAME}{_SAID}")
_CLOSED = re.compile(r"\s?\)?\s*(?:[.;]|\n|\Z|,\s(?!\d))")
_OUTSIDE = re.compile(r"(?<!\w)(?:trong đó|riêng|bình quân|trung bình|chung|tổng|toàn|cùng kỳ|trước|ngoái|kế hoạch|chỉ tiêu|còn lại|tăng|giảm|chưa|trừ|ngoài)(?!\w)")
_RIGHT_BEHIND = re.compile(r"[^\w]*(?:(?:như vậy|như thế|tức là|nghĩa là|và),?\s)?")
_REACH = 160  # characters before a bound in which its clause begins
_MOST = 30  # figures of a list
_FEWEST_SORTED = 3


def find(reading: Reading) -> Iterator[Claim]:
    """What the heads of lists say of their figures, where they can be held to it."""
    for match in matches(_ORDER, reading.folded, "từ ", "thứ tự ", "giảm ", "tăng "):
        yield from _sorted(reading, match)
    if "đều " not in reading.folded and " nào " not in reading.folded:
        return
    for part, mentions in zip(reading.paragraphs_read, reading.by_paragraph, strict=True):
        for place in range(len(mentions)) if part.kind == "text" else ():
            yield from _bounded(reading, mentions, place)


def _bounded(reading: Reading, mentions: Sequence[Mention], place: int) -> Iterator[Claim]:
    bound = mentions[place]
    low = max(reading.sentences[bound.sentence].start, bound.start - _REACH)
    lead = reading.folded[low : bound.start]
    said = (_ALL.search(lead) if "đều " in lead else None) or (_NONE.search(lead) if " nào " in lead else None)
    if said is None or bound.quantity.damaged or _COMPARED.search(said["what"]) or _MOST_OF.search(lead, 0, said.start()):
        return
    of_all = [m.value for m in mentions[max(0, place - 2) : place] if m.start == low + said.start("who")]
    listed = _behind(reading, mentions, place, said["who"]) or (_before(reading, mentions, place, low + said.start(), said["who"]) if of_all else [])
    alike = all(m.percent == bound.percent and (m.unit == bound.unit or not m.unit and not bound.scale > 1) for m in listed)
    if not listed or not alike or of_all and of_all[0] != len(listed):
        return
    down = said["down"] is not None or _OR_LESS.match(reading.folded, bound.end) is not None
    worst = max(listed, key=lambda m: m.value if down else -m.value)
    yield _at_least(*(exactly(bound), worst) if down else (worst, exactly(bound)), BOUND)


def _behind(reading: Reading, mentions: Sequence[Mention], place: int, who: str) -> list[Mention]:
    """The list that the bound is the head of."""
    head = _TO_LIST.match(reading.folded, mentions[place].end)
    if head is None or _COMPARED.search(head.group()):
        return []
    told = _listed(reading, mentions[place + 1 : place + 1 + _MOST], head.end())
    return [m for m, _ in told] if _are(who, [name for _, name in told]) else []


def _are(who: str, names: Sequence[str]) -> bool:
    """Are these names of what the head speaks of: "cả ba xã …: xã An …, xã Bình …", "các đơn vị …: Văn phòng …, phòng Kinh tế …"?
    Not "các xã đều có trên 40 hồ sơ: trực tuyến 31 hồ sơ, trực tiếp 12 hồ sơ"."""
    kind = _SO_MANY.sub("", who).partition(" ")[0]
    lower = [fold(name) for name in names]
    if all(name.startswith(f"{kind} ") for name in lower):
        return True
    bodies = _ANY_BODY.match(_SO_MANY.sub("", who)) is not None
    proper = all(name[0].isupper() or bodies and _BODY.match(low) for name, low in zip(names, lower, strict=True))
    return proper and shared_partition(lower) is None and _LEVELS.search(" ".join(lower)) is None


def _before(reading: Reading, mentions: Sequence[Mention], place: int, clause: int, who: str) -> list[Mention]:
    """The list right before the words of the bound: "xã An 97,2%, xã Bình 95,8%; cả hai xã đều vượt 95%"."""
    before = [m for m in mentions[max(0, place - _MOST) : place] if m.end <= clause]
    listed = list_before(reading, before)
    kind = _SO_MANY.sub("", who).partition(" ")[0]
    named = all(m.before.startswith(f"{kind} ") for m in listed)
    return listed if listed and named and _RIGHT_BEHIND.fullmatch(reading.folded, listed[-1].end, clause) else []


def _sorted(reading: Reading, head: re.Match[str]) -> Iterator[Claim]:
    """The two figures of a sorted list that stand the wrong way round, else its first two."""
    first = bisect_left(reading.mentions, head.end(), key=lambda m: m.start)
    over_time = head["less"] is not None
    low = max(0, head.start() - _REACH)
    opening = reading.folded[reading.folded.rfind("\n", low, head.start()) + 1 or low : head.start()]
    if not over_time and not _SORTED.search(opening + head.group()):
        return
    told = [t for t in _listed(reading, reading.mentions[first : first + _MOST], head.end()) if not _OTHERS.search(fold(t[1]))]
    names = [fold(name) for _, name in told]
    periods = all(_PERIOD.match(name) for name in names)
    said = opening.rpartition(".")[2].replace("cấp xã", "").replace("xếp hạng", "")
    levels = _LEVELS.search(" ".join((said, *names))) or not periods and shared_partition(names) is not None
    if len(told) < _FEWEST_SORTED or levels:
        return
    figures = [m for m, _ in told]
    if len({m.percent for m in figures}) > 1 or len({m.unit for m in figures if m.unit}) > 1 or ("tỷ lệ" in opening) != figures[0].percent:
        return
    by = _BY.search(opening + head.group())
    if by is not None and not figures[0].percent and figures[0].unit not in by["measure"]:
        return
    falling = head["down"] is not None or over_time and head["more"] is None
    pairs = [pair if falling else pair[::-1] for pair in pairwise(figures)]
    wrong = [pair for pair in pairs if pair[0].value < pair[1].value]
    if len(wrong) < 2:  # a slip of one figure leaves one pair turned round: more of them are sorted by something else
        yield _at_least(*(wrong or pairs)[0], ORDER)


def _listed(reading: Reading, mentions: Sequence[Mention], start: int) -> list[tuple[Mention, str]]:
    """The figures of the list that begins there, each with its own name and nothing else told of it."""
    told: list[tuple[Mention, str]] = []
    end = start
    for mention in mentions:
        gap = (_NEXT if told else _FIRST).fullmatch(reading.folded, end, mention.start)
        plain = mention.over is None and mention.under is None and not mention.per and tells_a_state(reading, mention)
        if gap is None or not plain or mention.quantity.written.approx or _OUTSIDE.search(gap["name"]):
            break
        told.append((mention, reading.text[slice(*gap.span("name"))]))
        end = mention.end
    names = [words_of(fold(name)) for _, name in told]
    closed = bool(told) and _CLOSED.match(reading.folded, end) is not None
    return told if closed and len(told) > 1 and all(names) and len(set(names)) == len(names) else []


def _at_least(more: Mention, less: Mention, source: str) -> Claim:
    return claim(Kind.CLAIM_VS_COUNT, [term("claim", more), term("count", less)], source, relation="at_most", scope=more.quantity.noun)
