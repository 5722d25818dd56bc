"""What is so and what is not make the whole: "đạt 16/19 tiêu chí; 03 tiêu chí chưa đạt", "có 47 em; 41 em đã ra lớp, còn 6 em
chưa ra lớp". The one denies the very words of the other, and nothing narrows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..model import Claim, magnitude
from ..quantities import Mention, Reading
from .items import (
    Item,
    comes_out,
    content,
    counted_alike,
    led_by,
    one_swap_makes,
    said_behind,
    sum_claim,
    total_of,
)
from .partitions import OVERLAPPING, denied_of
from .runs import AMONG

_END = r"(?=\s*(?:$|[,;.:()]|(?:gồm|bao gồm|là|do|vì|nên|cần|sẽ|chiếm|đang|phải|để)(?!\w)))"
_DENIED = re.compile(
    r"(?P<noun>[^,;.:()\d]{0,40}?)(?<!\w)(?P<not>chưa|không)(?: (?:được|bị|(?P<has>có)))? (?P<denied>[^\W\d_]+(?: [^\W\d_]+){0,4}?)" + _END
)
# "12/30 đơn đã giải quyết; 5 đơn không giải quyết do …" leaves some that are not settled yet; these are so or not
_EITHER = re.compile(r"(?:tham gia|tham dự|đi|dự|đến|sử dụng|nộp|biết|đạt|đủ|thuộc)(?!\w)")
_GRADED = re.compile(r"(?<!\w)(?:thành thạo|tốt|khá|giỏi|đầy đủ|đúng|trước|thường xuyên|vượt|xuất sắc|mức|loại|(?<!tiêu )chuẩn|toàn diện|cơ bản)(?!\w)")
_OF_SO_MANY = re.compile(r"\s(?:trong|trên)(?: tổng)?(?: số)?\s")
_DENIED_BEFORE = re.compile(r"(?:(?:và|còn|vẫn|hiện|nhưng|chỉ|có) )*(?P<not>chưa|không) (?:(?:được|bị) )?(?P<denied>[^\W\d_]+(?: [^\W\d_]+)?)(?: được)?")  # "chưa đáp ứng 4 chỉ tiêu"
_LEAD = re.compile(r"(?:(?:vẫn|hiện|chỉ|nay|và|còn|số|có|lại|nhưng)\s*)*")
_ANSWER = re.compile(r"trả lời|hồi âm|phản hồi|phúc đáp")
_SOME_WAY = re.compile(r"(?<!\w)(?:bằng|trực tiếp|tại|qua|sơ bộ|một phần)(?!\w)")
_TAIL, _CLAUSE = 60, 100  # characters behind a figure that tell what is so of it, and before it or in denial
_BREAK = re.compile(r"[,;.:()]")
_BRACKETED = re.compile(r"\s?\([^()]*\)")
_NEAR = 8
_TELLING, _AHEAD = 2, 5  # words of what is denied that tell it again, and figures on to where it is told


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each pair of neighbouring figures of which the second denies what the first says."""
    told = _with_bases(reading, [i for i in items if not i.mention.depth and not _all_criteria(i)])
    yield from _affirmed_later(reading, told)
    for place, (said, denying) in enumerate(pairwise(told), 1):
        if denying.base is not None or denying.mention.sentence - said.mention.sentence > 1 or _over_others(reading, said):
            continue
        if not counted_alike(said, denying) and (said.base is None or total_of([said, denying]) != said.base.value):
            continue
        before = told[place - 2] if place > 1 else None
        if not _denies(reading, before, said, denying) and not _fails(reading, before, said, denying):
            continue
        whole = said.base or _whole_before(told[:place], said)
        if whole is not None and said.base is None and denied_of(whole.label, denying.label):
            continue  # "90 em được khám mắt, 70 em được khám răng, 12 em chưa được khám"
        more = [i for i in told[place + 1 : place + 2] if i.mention.sentence == denying.mention.sentence and counted_alike(i, denying)]
        open_ended = bool(more) and not AMONG.search(reading.folded, denying.end, more[0].start)
        amount = total_of([said, denying])
        if whole is not None and (amount == whole.value or not open_ended and (said.base is not None or _near(whole, said, denying))):
            yield sum_claim(whole, [said, denying], "equal", "breakdown.denied")


def _affirmed_later(reading: Reading, told: list[Item]) -> Iterator[Claim]:
    """ "345 đơn. Qua rà soát, 87 đơn không đủ điều kiện xử lý, bao gồm 64 đơn … và 23 đơn …. Đủ điều kiện xử lý: 258 đơn": what is not so told first,
    and what is so in the same words further on."""
    for place, denying in enumerate(told[1:], 1):
        denied = _DENIED.match(_BRACKETED.sub("", said_behind(reading, denying.mention, _CLAUSE))) if denying.base is None else None
        whole = told[place - 1]
        if denied is None or len(denied["denied"].split()) < _TELLING or denied["noun"].strip() not in {"", *denying.unit.split()} or not counted_alike(whole, denying):
            continue
        named = re.compile(rf"(?:số )?(?:{re.escape(denying.unit)} )?{re.escape(denied['denied'])}(?: là| có| gồm)?")
        said = next((i for i in told[place + 1 : place + _AHEAD] if named.fullmatch(i.mention.before) and counted_alike(i, denying) and i.base is None), None)
        if said is not None and (total_of([said, denying]) == whole.value or _near(whole.mention, said, denying)):
            yield sum_claim(whole.mention, [denying, said], "equal", "breakdown.denied")


def _over_others(reading: Reading, item: Item) -> bool:
    """ "cho thuê 51,6 ha/97 hợp đồng": is it told beside a count of something else, behind its own unit?"""
    if item.base is None or item.base.unit == item.unit or not item.base.unit and item.value.denominator == 1:
        return False
    return re.search(r"[^\W\d_]\s?/", reading.folded[item.mention.quantity.span.end : item.base.start]) is not None


def _all_criteria(item: Item) -> bool:
    """ "Đạt cả 8 tiêu chí 1.302 hộ": the 8 is none of the households."""
    return item.mention.before.endswith((" cả", " đủ")) and item.mention.after.startswith("tiêu chí")


def _with_bases(reading: Reading, items: list[Item]) -> list[Item]:
    """The figures, of "41 trong 45 chỉ tiêu" one with its base."""
    out: list[Item] = []
    for item in items:
        one = out[-1] if out else None
        if one is not None and one.base is None and item.base is None and one.unit in {"", item.unit} and _OF_SO_MANY.fullmatch(reading.folded, one.end, item.start):
            label = f"{one.mention.before} {item.mention.after}"
            out[-1] = Item(one.mention, label, item.unit, item.mention, words=content(label), aside=one.aside)
        else:
            out.append(item)
    return out


def _near(whole: Mention, said: Item, denying: Item) -> bool:
    amount = total_of([said, denying])
    return whole.value >= said.value and (_NEAR * magnitude(amount - whole.value) <= whole.value or one_swap_makes(Item(whole, whole.label, whole.unit), [said, denying]))


def _whole_before(told: list[Item], said: Item) -> Mention | None:
    """The figure right before, where it counts the same."""
    whole = told[-2] if len(told) > 1 else None
    if whole is None or whole.base is not None or not counted_alike(whole, said):
        return None
    of_it = all(comes_out(said.value, whole.value, s.quantity.written) for s in said.shares)
    return whole.mention if of_it and said.mention.sentence - whole.mention.sentence <= 1 else None


def _fails(reading: Reading, before: Item | None, said: Item, denying: Item) -> bool:
    """ "đáp ứng 41 trong 45 chỉ tiêu, chưa đáp ứng 4 chỉ tiêu": is what comes before the one denied before the other?"""
    denied = _DENIED_BEFORE.fullmatch(led_by(reading, said, denying, said.end).strip(" ,;"))
    if denied is None or denied["not"] == "không" and not _EITHER.match(denied["denied"]):
        return False  # "đồng ý 23/26 phiếu; không đồng ý 02 phiếu": one is void
    if said.base is None and not said.shares:
        return False  # "đạt 16 hộ, chưa đạt 3 hộ": others may not have been looked at
    sentence = reading.sentences[said.mention.sentence].start
    clause = led_by(reading, before, said, max(sentence, said.start - _CLAUSE))
    affirmed = re.search(rf"(?<!\w){re.escape(denied['denied'])}(?: được| yêu cầu| chuẩn| (?:cả|đủ) \d+ tiêu chí)?\s?$", clause.rstrip())
    narrowed = content(_BREAK.split(said_behind(reading, denying.mention, _TAIL))[0]) - content(said.label)
    return affirmed is not None and not narrowed and not re.search(r"(?<!\w)(?:chưa|không)(?!\w)", clause)


def _denies(reading: Reading, before: Item | None, said: Item, denying: Item) -> bool:
    lead = led_by(reading, said, denying, said.end)
    denied = _DENIED.match(said_behind(reading, denying.mention, _CLAUSE))
    if denied is None or not _LEAD.fullmatch(lead.strip()) or AMONG.search(reading.folded, said.end, denying.start):
        return False
    sentence = reading.sentences[said.mention.sentence].start
    told = said.base or said.mention
    tail = _BREAK.split(said_behind(reading, told, min(_TAIL, denying.start - told.end)))[0]
    clause = f"{led_by(reading, before, said, max(sentence, said.start - _CLAUSE))} {tail}"
    if denied.group("not") == "không" and not denied.group("has") and not _EITHER.match(denied.group("denied")):
        return False
    answer = _ANSWER.fullmatch(denied.group("denied")) is not None  # "đã trả lời 552/698 ý kiến; 146 ý kiến chưa có hồi âm"
    affirmed = re.search(rf"(?<!\w)(?:{_ANSWER.pattern if answer else re.escape(denied.group('denied'))})(?!\w)(.*)", clause)
    if affirmed is None or re.search(r"(?<!\w)(?:chưa|không)(?!\w)", clause):
        return False
    more = affirmed.group(1)  # "có bằng đại học" against "chưa có bằng", "biết bơi thành thạo" against "chưa biết bơi"
    narrowed = content(denied.group("noun")) - content(clause) or (_SOME_WAY.search(more) if answer else denied.group("has") and content(more)) or _GRADED.search(more)
    return not narrowed and not OVERLAPPING.search(denied.group("noun"))
