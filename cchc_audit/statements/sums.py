"""Shares that should add to 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from math import lcm

from ..model import Claim, Kind, Rational
from ..number_words import NUMBER_WORDS, word_value
from ..quantities import Mention, Reading
from ..scope import Paragraph
from .complements import one_slip_makes_all, swap_makes_all
from .items import Item, claim, content, term, total_of
from .partitions import OVERLAPPING, shared_partition
from .runs import shape_of

_MOST_LINES = 14
_SHORT = 80  # characters of a line that tells one class
_BREAK = re.compile(
    r"(?<!\w)(?:trong (?:số )?đó|trong số này|tăng|giảm|so với|cùng kỳ|phấn đấu|riêng|đồng thời|dự kiến)(?!\w)"
)

_PART_OF_IT = re.compile(r"[^;.]*(?<!\w)trong (?:số )?đó(?!\w)[^;]*")


def find(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[Claim]:
    """Runs of sibling shares that make 100 %, or should: their counts make the whole, or they are all the
    classes of one partition."""
    for index, mentions in enumerate(reading.by_paragraph):
        owners = {s.index: i for i in paragraphs[index] for s in i.shares}
        for run in _runs(reading, mentions, owners):
            found = list(_claims(reading, run, owners))
            yield from found
            told = {t.span for c in found for t in c.terms}
            outer = [m for m in _outer(reading, run) if m.quantity.span not in told]
            if len(outer) + len(told) < len(run):
                yield from _claims(reading, outer, owners)
    for run, owners in _over_lines(reading, paragraphs):
        yield from _claims(reading, run, owners)


def _over_lines(reading: Reading, paragraphs: list[list[Item]]) -> Iterator[tuple[list[Mention], dict[int, Item]]]:
    """The shares of a list of lines, one figure with its share in each: "+ Chính vụ: 27 ha, chiếm 15,2%", "+ Muộn: …"."""
    run: list[Item] = []
    shape = ""
    for index, items in enumerate([*paragraphs, []]):
        here = _shape(reading.paragraphs_read[index]) if index < len(paragraphs) else ""
        line = items[0] if len(items) == 1 and len(items[0].shares) == 1 and here else None
        if line is not None and here == shape and len(run) < _MOST_LINES:
            run.append(line)
            continue
        if len(run) >= 2:
            yield [i.shares[0] for i in run], {i.shares[0].index: i for i in run}
        run, shape = ([line], here) if line is not None else ([], "")


def _shape(line: Paragraph) -> str:
    """The kind of a line's marker; "line" for a short one without, "" for what is no line of a list."""
    short = line.kind == "text" and line.span.end - line.span.start <= _SHORT
    return shape_of(line.marker) if line.marker else "line" if short else ""


def _runs(
    reading: Reading, mentions: tuple[Mention, ...], owners: dict[int, Item]
) -> Iterator[list[Mention]]:
    """The percents of a paragraph at one level, without changes and shares of another share."""
    levels: dict[int, list[Mention]] = {}
    first: dict[int, Mention] = {}  # percent of each sentence
    for mention in mentions:
        if mention.percent:
            first.setdefault(mention.sentence, mention)
        if not mention.percent or mention.unit != "%" or mention.target:
            continue
        owner = owners.get(mention.index)
        lead = reading.folded[max(0, mention.start - 60) : mention.start]
        clause = lead[max(lead.rfind(";"), lead.rfind("("), lead.rfind(". "), 0) :]
        after = reading.folded[mention.end : mention.end + 30]
        opens = first[mention.sentence] is mention
        if opens or clause.rstrip(" *").endswith(":") or re.match(r"[\s.;]*trong (?:số )?đó\s*:", clause):
            clause = re.sub(r"trong (?:số )?đó", " ", clause)  # opens a list; after other shares, without the colon, it takes a share of a share
        if _BREAK.search(clause if owner is None else clause[-25:]) or re.match(
            r"\s*(?:nếu )?so với (?:tổng )?số", after
        ):
            continue
        depth = min(owner.mention.depth, mention.depth) if owner is not None else mention.depth
        levels.setdefault(depth, []).append(mention)
    for run in levels.values():
        start = 0
        for place in range(1, len(run) + 1):
            if place == len(run) or run[place].start - run[place - 1].end > 400:
                if place - start >= 2:
                    yield run[start:place]
                start = place


def _outer(reading: Reading, run: list[Mention]) -> list[Mention]:
    """The shares of a run without those of a part of the one before: "62,62%, trong đó tiêu biểu 24,37%; tốt 30,96%; …"."""
    inside = [_PART_OF_IT.fullmatch(reading.folded, a.end, b.start) for a, b in pairwise(run)]
    return [share for share, part in zip(run, [None, *inside], strict=True) if part is None]


def _claims(reading: Reading, run: list[Mention], owners: dict[int, Item]) -> Iterator[Claim]:
    """The stretches of a run that add to 100 % within their rounding; else the run, when it must."""
    start = 0
    found: set[int] = set()
    written = [m.quantity.written for m in run]
    one = lcm(*(w.ulp.denominator for w in written))  # everything in the smallest place written
    values = list(accumulate((int(w.value * one) for w in written), initial=0))
    places = list(accumulate((int(w.ulp * one) for w in written), initial=0))
    while start < len(run) - 1:
        for end in range(min(len(run), start + 14), start + 1, -1):
            if 2 * abs(values[end] - values[start] - 100 * one) > places[end] - places[start]:
                continue
            part = run[start:end]
            if values[end] - values[start] != 100 * one and _one_class_more(reading, run[start : end + 1], part, owners):
                continue
            if _apart(part, owners):
                yield _claim(part)
                found |= {m.index for m in part}
                start = end - 1
                break
        start += 1
    for told in _sentences([m for m in run if m.index not in found]):
        if len(told) >= 2 and _must(reading, told, owners):
            yield _claim(told)
        elif len(told) > _FEWEST and _divide_a_whole(told[1:], owners) and _must(reading, told[1:], owners):
            yield _claim(told[1:])  # "thu về 538 phiếu, đạt 97,82%, kết quả là rất hài lòng 471 phiếu (88,53%), …"


def _one_class_more(reading: Reading, told: list[Mention], part: list[Mention], owners: dict[int, Item]) -> bool:
    """ "rất hài lòng 40%; hài lòng 50%; bình thường 9,6%; không hài lòng 3,1%": do shares that make nearly all leave out the last class of their scale?"""
    return len(told) > len(part) and told[-1].sentence == part[-1].sentence and _every_class(reading, told, [_label(m, owners) for m in told])


def _divide_a_whole(part: list[Mention], owners: dict[int, Item]) -> bool:
    """Do the counts of the shares make the one figure that most of them are shares of?"""
    items = [owners[m.index] for m in part if m.index in owners]
    wholes = [i.fitted.quantity.written.value for i in items if i.fitted is not None]
    return len(items) == len(part) and set(wholes) == {total_of(items)} and 2 * len(wholes) > len(items)


def _apart(part: list[Mention], owners: dict[int, Item]) -> bool:
    """Are these shares of different things? 97,2 % and 97,2 % of one figure are a restatement."""
    values = [m.quantity.written.value for m in part]
    if len(part) == 2 and 100 in values:
        return False
    labels = [_label(m, owners) for m in part]
    return len({frozenset(content(x)) for x in labels}) > 1 or len(part) > 2


def _label(percent: Mention, owners: dict[int, Item]) -> str:
    owner = owners.get(percent.index)
    return owner.label if owner is not None else f"{percent.before} {percent.after}"


def _amount(part: list[Mention]) -> Rational:
    return sum(m.quantity.written.value for m in part)


def _sentences(run: list[Mention]) -> Iterator[list[Mention]]:
    part: list[Mention] = []
    for mention in run:
        if part and mention.sentence != part[-1].sentence:
            yield part
            part = []
        part.append(mention)
    if part:
        yield part


def _must(reading: Reading, part: list[Mention], owners: dict[int, Item]) -> bool:
    """Must these shares make 100 %? When their counts make the whole, or one partition is complete."""
    amount = _amount(part)
    labels = [_label(m, owners) for m in part]
    items = [owners[m.index] for m in part if m.index in owners]
    if items and all(i.base is not None and i.fitted is not None and i.fitted is not i.base for i in items):
        return False  # "22/50 phiếu (41,5%), 19/50 phiếu (35,8%), 9/50 phiếu (17%)" of 53 delegates
    if any(m.quantity.written.approx for m in part):
        return False
    if _ALL_OF_IT.match(reading.folded[part[-1].end : part[-1].end + _OPENS].replace("\n", " ")) or _every_class(reading, part, labels) or _with_the_rest(reading, part, labels) or _peoples(reading, part, labels) or _announced(reading, part) or _structure(reading, part, labels) or _divided_by(reading, part):
        return True
    if not 90 <= amount <= 110:
        return False
    if any(OVERLAPPING.search(x) for x in labels) and shared_partition(labels) is None:
        first_words = {x.split()[0] for x in labels if x.strip()}
        return (
            len(part) >= 4
            and amount > 100
            and len(first_words) <= 2
            and first_words <= {"người", "dân", "đồng", "dân tộc"}
        )
    if len(items) == len(part):
        bases = {i.fitted.quantity.written.value for i in items if i.fitted is not None}
        if len(bases) == 1 and all(i.fitted is not None for i in items) and total_of(items) < min(bases):
            return False  # the shares are right: some of the whole are in no class ("đánh giá 543/545 chi bộ: …")
        if bases == {total_of(items)} and amount > 100 or _divide_a_whole(part, owners):
            return True
    partition = shared_partition(labels)
    if partition is None:
        heads = [x.split()[0] for x in labels if x.strip()]
        return (
            len(part) >= 5
            and len(heads) == len(part)
            and amount > 100
            and heads.count("người") >= len(part) - 3 >= 3
        )
    if _several_scales(reading, part):
        return False
    if partition[0].name in {"vote"} and amount < 100:
        return False
    if partition[0].name in {"timeliness", "satisfaction", "level_of_service", "sex", "rating", "vote", "degree"}:
        return partition[0].covers(frozenset(partition[1])) and (
            amount > 100
            or partition[0].name in {"level_of_service", "sex"}
            or len(items) == len(part)
            and amount > 99
        )
    return False


def _with_the_rest(reading: Reading, part: list[Mention], labels: list[str]) -> bool:
    """ "Cơ cấu hồ sơ: chứng thực 61,4%; hộ tịch 17,9%; …; còn lại 5,7%": what remains closes the list; so do others, but short of
    100 % only that of a structure ("Cơ cấu chi: thường xuyên 71,4%, đầu tư 21,3%, nội dung khác 8,3%")."""
    lead = reading.folded[max(0, part[0].start - 60) : part[0].start]
    others = re.search(r"(?<!\w)khác$", labels[-1].strip()) is not None and (_amount(part) > 100 or "cơ cấu" in lead)
    rest = (others or re.match(r"(?:số )?còn lại", labels[-1]) is not None) and not _OTHER_TRAIT.search(labels[-1])
    return len(part) >= 3 and rest and re.search(r":|cơ cấu|gồm|chia|trong đó", lead) is not None and 90 <= _amount(part) <= 110


def _peoples(reading: Reading, part: list[Mention], labels: list[str]) -> bool:
    """ "6 dân tộc, đông nhất là Mường chiếm 63,3%; Kinh 27,73%; …": each person is of one people. Short of 100 % only a
    list that ends with the others is complete."""
    lead = reading.folded[max(0, part[0].start - 100) : part[0].start]
    amount = _amount(part)
    if len(part) < 4 or "dân tộc" not in lead or not 85 <= amount <= 115 or any(_OTHER_TRAIT.search(x) for x in labels):
        return False
    if any(b.start - a.end > 60 for a, b in zip(part, part[1:], strict=False)):
        return False
    return amount > 100 or re.search(r"khác|còn lại", labels[-1]) is not None


def _structure(reading: Reading, part: list[Mention], labels: list[str]) -> bool:
    """ "Cơ cấu kinh tế: nông nghiệp 31,4%, công nghiệp 29,7%, dịch vụ 40,7%": the three sectors of an economy, one share each, are all of
    it; of another structure the shares told one right after the other are, where two digits swapped in one of them would make it up."""
    start = reading.sentences[part[0].sentence].start
    said = reading.folded[max(start, part[0].start - _OPENS) : part[-1].end]
    lead = _STRUCTURE.search(said)
    if lead is None or len(part) < _FEWEST or _NO_STRUCTURE.search(said) or not 90 <= _amount(part) <= 110:
        return False
    around = [*reading.mentions[max(0, part[0].index - _BESIDE) : part[0].index], *reading.mentions[part[-1].index + 1 : part[-1].index + _BESIDE]]
    if any(m.percent and m.sentence == part[0].sentence for m in around):
        return False
    if any(_NEXT_SHARE.fullmatch(reading.folded, a.end, b.start) is None for a, b in pairwise(part)) or _OF_IT.match(reading.folded, part[-1].end):
        return False
    sectors = [next((n for n, p in enumerate(_SECTORS) if p.search(x)), None) for x in labels]
    in_order = _SECTORS_IN_ORDER.search(said) is not None and len(part) == len(_SECTORS)
    if (sorted(s for s in sectors if s is not None) == [0, 1, 2] and None not in sectors or in_order) and one_slip_makes_all(part):
        return True
    alike = all("tuổi" in x for x in labels) or not any(_OTHER_TRAIT.search(x) for x in labels)
    return (lead.group() == "cơ cấu" or _THREE_SECTORS.search(said) is not None) and alike and swap_makes_all(part)


def _announced(reading: Reading, part: list[Mention]) -> bool:
    """ "chia thành bốn mức, mỗi người chọn một mức: rất nhanh 35,5%; nhanh 48,2%; …": as many shares as classes were announced."""
    lead = reading.folded[max(reading.sentences[part[0].sentence].start, part[0].start - 200) : part[0].start]
    told = _CLASSES_ANNOUNCED.search(lead)
    if told is None or _NOT_OF_ONE_WHOLE.search(lead):
        return False
    count = int(told["digits"]) if told["digits"] else word_value(told["words"])
    return count == len(part) >= _FEWEST and 85 <= _amount(part) <= 115


def _divided_by(reading: Reading, part: list[Mention]) -> bool:
    """ "phân theo kỳ hạn nộp: trước 31/5 chiếm 41,5%, từ 01/6 đến 31/10 chiếm 50,2%, sau 31/10 chiếm 8,3%": by what the whole is divided.
    Short of 100 % a class may go unsaid, unless one slip of a digit explains it."""
    lead = reading.folded[max(reading.sentences[part[0].sentence].start, part[0].start - _OPENS) : part[0].start]
    told = _DIVIDED_BY.search(lead)
    if told is None or len(part) < _FEWEST or _NOT_OF_ONE_WHOLE.search(lead) or not all(_is_alike(m) for m in part):
        return False
    amount = _amount(part)
    return 100 < amount <= 110 or 90 <= amount < 100 and swap_makes_all(part)


def _is_alike(share: Mention) -> bool:
    return share.depth == 0 and not _OF_OTHERS.search(share.before)


_FEWEST = 3
_DIVIDED_BY = re.compile(r"(?<!\w)(?:phân|chia)(?: chia| ra| loại)? theo (?!dõi)[^:.;\d]{2,40}:[^:.;%]*$")
_OF_OTHERS = re.compile(r"(?<!\w)(?:trong (?:số )?đó|riêng|tăng|giảm|so với|đạt)(?!\w)")
_CLASSES_ANNOUNCED = re.compile(
    rf"(?<!\w)(?:chia|phân)(?: ra)?(?: thành| làm| ra)? (?:(?P<digits>\d{{1,2}})|(?P<words>{NUMBER_WORDS})) (?:mức|nhóm|loại|hạng|bậc|phần|nguồn|khoản|cấp|hình thức|thành phần|khu vực|đối tượng)(?!\w)[^:.;\d]*:[^:.;,%]*$"
)
_NOT_OF_ONE_WHOLE = re.compile(r"chọn (?:được )?nhiều|nhiều (?:lựa chọn|phương án|mức)|có thể chọn|(?<!cơ cấu )tỷ lệ")
_BESIDE = 6  # figures before and behind the shares, none of which is another share
_OPENS = 200  # characters before the first share in which the structure is named
_ALL_OF_IT = re.compile(r"[^;.:\d]{0,20}[;,.]\s(?:cả )?(?:hai|ba|bốn|năm|sáu|các|những) [^\W\d_]+(?: [^\W\d_]+){0,2} (?:này|trên|đó|nói trên)(?: chính)? là (?:toàn bộ|tất cả)(?!\w)")
_STRUCTURE = re.compile(r"(?<!\w)(?:cơ cấu|tỷ trọng)(?!\w)")
_NO_STRUCTURE = re.compile(r"(?<!\w)(?:trong (?:số )?đó|so với|cùng kỳ|tăng|giảm|kế hoạch|từ \d|riêng|đúng hạn|hài lòng|(?:dưới|trên)(?! \d\d tuổi)|khoảng|bình quân|cấp ủy|hệ số)(?!\w)")
_NEXT_SHARE = re.compile(r"\s?(?:[,;]|-|và)\s[^%.;:()]{0,70}|[,;\s-]{1,3}")
_OF_IT = re.compile(r"\s(?:kế hoạch|dự toán|chỉ tiêu|số|tổng)(?!\w)")
_SECTORS = (
    re.compile(r"(?<!\w)(?:nông(?! thôn)|lâm)(?!\w)"),
    re.compile(r"(?<!\w)(?:công nghiệp|xây dựng|tiểu thủ)(?!\w)"),
    re.compile(r"(?<!\w)(?:dịch vụ|thương mại|du lịch)(?!\w)"),
)
_SECTORS_IN_ORDER = re.compile(r"nông[^%.;:()\d]{0,40}công nghiệp[^%.;:()\d]{0,40}dịch vụ")
_THREE_SECTORS = re.compile(r"(?<!\w)(?:ba|3) (?:khu vực|ngành|lĩnh vực)(?!\w)")
_OTHER_TRAIT = re.compile(r"(?<!\w)(?:nữ|đảng viên|tuổi|hộ nghèo|đạo|theo)(?!\w)")
_WHOLE_SCALE = {
    "rating": frozenset({"excellent", "good", "met", "failed"}),
    "degree": frozenset({"master", "bachelor", "college", "vocational", "untrained"}),
    "satisfaction": frozenset({"very", "content", "fair", "none"}),
    "pupils": frozenset({"good", "fair", "average", "weak"}),
}


def _every_class(reading: Reading, part: list[Mention], labels: list[str]) -> bool:
    """Are these all the classes of a scale, from its best to its worst, one share each? Then even a sum far off is no other list."""
    partition = shared_partition(labels)
    if partition is None:
        return False
    found = set(partition[1])
    if partition[0].name == "rating" and any(re.search(r"trở lên|lên trên", label) for label in labels):
        found.add("excellent")  # "từ hoàn thành tốt trở lên"
    if not _WHOLE_SCALE.get(partition[0].name, frozenset({""})) <= found:
        return False
    return not _several_scales(reading, part)


def _several_scales(reading: Reading, part: list[Mention]) -> bool:
    """People have a degree and, besides, their political schooling or languages; criteria are rated one by one."""
    said = reading.folded[max(0, part[0].start - 120) : part[-1].end + 40]
    return re.search(r"độc lập|tiêu chí|lý luận|tin học|ngoại ngữ|bồi dưỡng", said) is not None


def _claim(part: list[Mention]) -> Claim:
    return claim(Kind.SHARES_SUM, [term("part", m) for m in part], "shares_sum", scope=part[0].quantity.noun)
