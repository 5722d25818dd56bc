"""Votes held against those who cast them: "54 người tham gia biểu quyết: 50 đồng ý, 5 không đồng ý", "đồng ý 50, không đồng ý 5 trên
tổng số 54 người biểu quyết". Who votes says one thing on one question: together the votes are no more than the voters, and where
every answer is told they are as many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language import compatible
from ..model import Claim, Qualifier
from ..quantities import Reading
from .items import Item, close, near, one_swap_makes, sum_claim, total_of
from .partitions import SHARED_MEMBERS, class_of

_VOTING = r"(?:biểu quyết|bỏ phiếu|lấy ý kiến|cho ý kiến|ý kiến của|được hỏi|dự họp|tham dự|tham gia|có mặt|thu về|thu vào|hợp lệ)"
_VOTERS = re.compile(rf"(?<!\w){_VOTING}(?!\w)")
_BEFORE = re.compile(r"[^;.\d]{0,60}?(?:[:;,]|\s(?:có|gồm|thì|với)|\.\s(?:kết quả|trong đó|qua|theo)[^;.:\d]{0,40}:|\.\s(?=số (?:đại biểu|phiếu|người|ủy viên|thành viên) )) ?[^;.:\d]{0,40}")
_BEHIND = re.compile(r"[^;,.:()\d]{0,40}(?:,? ?(?:trên|trong|/)(?: tổng)?(?: số)? ?|\.\s[^;,.:()\d]{0,40})")
_SEVERAL = re.compile(r"(?<!\w)(?:về|nội dung|phương án|việc|lần|tên gọi|thôn|tổ(?! (?:kiểm|bầu|thư ký))|nữ|trong đó|riêng|cùng kỳ|trước)(?!\w)")  # another question, or some of the voters
_OPENING = frozenset({"for", "against"})
_VALID = re.compile(r"(?<!không )hợp lệ")  # ballots, the void ones left out
_MOST = 4  # answers: for, against, another, void


def find(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """A breakdown for each list of votes, one figure an answer, beside which those who cast them are told."""
    place = 0
    while place < len(items):
        votes = _list_at(items, place)
        if len(votes) < 2:
            place += 1
            continue
        end = place + len(votes)
        if (base := votes[0].base) is not None:  # "7.035/7.654 cử tri đồng ý; không đồng ý 402 người; ý kiến khác 217 người"
            told_over = total_of(votes) > base.value or len(votes) > len(_OPENING)  # each says one thing: no more votes than voters
            if total_of(votes) == base.value or told_over and near(total_of(votes), base.value):
                yield sum_claim(base, votes, "equal", "breakdown.votes")
            place = end
            continue
        for voters in _voters(reading, items, place, end):
            meant = one_swap_makes(voters, votes) and (len(votes) > len(_OPENING) or close(total_of(votes), voters.value))
            if meant or total_of(votes) >= voters.value:
                yield sum_claim(voters.mention, votes, "equal", "breakdown.votes")
                break
        place = end


def _list_at(items: list[Item], place: int) -> list[Item]:
    """The answers told one after the other from this figure on, those for and those against among them."""
    votes: list[Item] = []
    told: set[str] = set()
    for item in items[place : place + _MOST]:
        answer = class_of(item.label, "vote")
        plain = item.mention.quantity.written.qualifier is Qualifier.EXACT and not item.mention.depth and (item.base is None or not votes)
        if answer is None or answer in told or not votes and answer not in _OPENING or not plain or item.mention.sentence != items[place].mention.sentence:
            break
        told.add(answer)
        votes.append(item)
    return votes if told >= _OPENING and all(compatible(i.unit, votes[0].unit) for i in votes) else []


def _voters(reading: Reading, items: list[Item], place: int, end: int) -> Iterator[Item]:
    """Who cast the votes, told right before the list or right behind it."""
    first, last = items[place], items[end - 1]
    if SHARED_MEMBERS.search(reading.folded, first.start, last.end) or _SEVERAL.search(reading.folded[first.end : last.start]):
        return
    told = items[max(0, place - 2) : place]
    absent = told[-1:] if told and class_of(told[-1].label, "attendance") == "absent" else []  # "có mặt 31, vắng 1. Kết quả biểu quyết: …"
    before = [(i, reading.folded[told[-1].end : first.start], _BEFORE) for i in (told[:-1] if absent else told)[-1:]]
    behind = [(i, reading.folded[last.end : i.start], _BEHIND) for i in items[end : end + 1]]
    for item, between, pattern in (*before, *behind):
        plain = item.mention.quantity.written.qualifier is Qualifier.EXACT and not item.mention.depth and compatible(item.unit, first.unit)
        if plain and pattern.fullmatch(between.replace("\n", " ")):
            void = _VALID.search(item.label) and any("không hợp lệ" in i.label for i in items[place:end])
            if _VOTERS.search(f"{item.label} {between}") and not _SEVERAL.search(between) and not void:
                yield item
