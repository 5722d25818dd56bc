"""Units merged into one: "nhập toàn bộ diện tích 3,11 km2 và 2.338 nhân khẩu của xã A với 6,55 km2 và 7.215 nhân khẩu của xã B
để lập xã C. Xã C có diện tích 9,66 km2, dân số 9.553 người", "hợp nhất hai trường: trường thứ nhất có 561 học sinh, trường thứ
hai 398 học sinh. Trường mới có 959 học sinh". Areas make the area, people the people; posts, classes and hamlets may be cut,
so of them only agreement is claimed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim
from ..quantities import Reading
from .items import Item, close, near, one_swap_makes, said_behind, sum_claim, total_of

_MERGE = re.compile(r"(?<!\w)(?:nhập|sáp nhập|gộp|hợp nhất|kế thừa|giữ nguyên)(?!\w)")
_INTO = re.compile(
    r"(?<!\w)(?:(?:để |và )?(?:thành )?lập|thành)(?= (?:xã|phường|thị trấn|huyện|quận|thành phố|thôn|tổ dân phố|khu phố|đơn vị|bản|ấp|chi bộ|chi hội|trường|hợp tác xã|trung tâm|một|\d+)(?!\w))"
)
_MERGED = re.compile(r"(?<!\w)(?:sau (?:khi )?(?:sắp xếp|sáp nhập|nhập|hợp nhất|thành lập|gộp)|mới|có (?:tổng )?diện tích|quy mô)(?!\w)")
_WHOLLY = re.compile(r"(?<!\w)(?:nguyên trạng|toàn bộ|kế thừa|giữ nguyên)(?!\w)")
_LEFT = re.compile(r"(?<!\w)(?:còn|giảm|dôi dư)(?!\w)")
_OF = re.compile(r"(?<!\w)(?:của|được|thuộc|thành|cũ|để|với|và|sẽ|nay|trong|tại)(?!\w).*|[,;.()\d].*")
_PEOPLE = frozenset({"người", "người dân", "nhân khẩu", "khẩu"})
_KEPT = frozenset({"km²", "ha", "hộ"})
_MEMBERS = frozenset({"", "học sinh", "học viên", "đảng viên", "hội viên", "đoàn viên", "thành viên", "cháu", "em"})
_HAMLETS = frozenset({"thôn", "tổ", "khu", "bản"})
_BODIES = _HAMLETS | {"xã", "huyện", "cơ sở", "trường"}
_FEWEST, _MANY = 2, 10  # units merged: of more, so many are told rather than each
_AHEAD = 60  # characters behind a figure that say what it counts


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """The sums of each merger. Where one measure adds up, or all of the units is merged, another off by up to a quarter is a
    conflict; one alone, where it comes near."""
    for items in paragraphs:
        told: dict[int, list[Item]] = {}
        for item in items:
            if not item.aside and item.base is None:
                told.setdefault(item.mention.sentence, []).append(item)
        for sentence, here in told.items():
            span = reading.sentences[sentence]
            verb = _MERGE.search(reading.folded, span.start, span.end)
            if verb is None:
                continue
            before, after = _sides(reading, here, verb)
            after = after or _of_the_new(reading, told.get(sentence + 1, []))
            wholly = _WHOLLY.search(reading.folded, span.start, span.end) is not None
            merged = max((i.value for i in here if i.unit in _BODIES and not i.mention.depth and i.value < _MANY), default=_FEWEST)
            for whole, parts in _sums(reading, before, after, wholly):
                if total_of(parts) == whole.value or whole.unit in _HAMLETS or len(parts) >= merged:
                    yield sum_claim(whole.mention, parts, "equal", "breakdown.merger")


def _sides(reading: Reading, here: list[Item], verb: re.Match[str]) -> tuple[list[Item], list[Item]]:
    """The figures of the units merged, and those of what the sentence says they make."""
    into = _INTO.search(reading.folded, verb.end(), reading.sentences[here[0].mention.sentence].end)
    behind = [i for i in here if i.start >= verb.end()]
    if into is not None:
        before = [i for i in behind if i.start < into.start()] or [i for i in here if i.end <= verb.start()]
        if before:
            return before, [i for i in behind if i.start >= into.end()]
    brackets = [i for i in behind if i.mention.depth]
    if len({i.mention.group for i in brackets}) >= _FEWEST:
        return brackets, [i for i in behind if not i.mention.depth and i.start > brackets[-1].end]
    for place, item in enumerate(here[_FEWEST:], _FEWEST):
        if _MERGED.search(reading.folded, max(verb.end(), here[place - 1].end), max(verb.end(), item.start)):
            return here[:place], here[place:]
    return here, []


def _of_the_new(reading: Reading, here: list[Item]) -> list[Item]:
    """The figures of a sentence that speaks of what was made."""
    if not here or not _MERGED.search(reading.folded, reading.sentences[here[0].mention.sentence].start, here[0].start):
        return []
    return here


def _measure(reading: Reading, item: Item) -> tuple[str, str, str]:
    """What a figure counts: its unit, who of the people, and the words that narrow it."""
    mention = item.mention
    form = reading.folded[mention.quantity.span.end : mention.end].strip()
    who = form if item.unit == "người" and form not in _PEOPLE else ""
    narrower = _OF.sub("", said_behind(reading, mention, _AHEAD)).strip()
    if item.unit == "người" and not who and re.search(r"(?<!\w)(?:dân số|nhân khẩu)(?!\w)", item.label):
        narrower = ""
    if item.unit in _HAMLETS:
        return "thôn", "", ""
    return item.unit, who, narrower


def _sums(reading: Reading, before: list[Item], after: list[Item], wholly: bool) -> Iterator[tuple[Item, list[Item]]]:
    groups: dict[tuple[str, str, str], list[Item]] = {}
    for item in before:
        groups.setdefault(_measure(reading, item), []).append(item)
    wholes = {_measure(reading, i): i for i in reversed(after)}
    sums = [(key, wholes[key], parts) for key, parts in groups.items() if key in wholes and len(parts) >= _FEWEST]
    sums = [(key, whole, parts) for key, whole, parts in sums if any(key[::2])]
    made = any(total_of(parts) == whole.value for _, whole, parts in sums)
    for (unit, who, narrower), whole, parts in sums:
        amount = total_of(parts)
        kept = (unit in _KEPT or unit == "người" and who in _MEMBERS or wholly and unit == "thôn") and not narrower
        meant = (made or wholly) and near(amount, whole.value) or close(amount, whole.value) or one_swap_makes(whole, parts)
        cut = _LEFT.search(whole.mention.before) is not None or whole.value < max(i.value for i in parts)
        if amount == whole.value or kept and meant and not cut:
            yield whole, parts
