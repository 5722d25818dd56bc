"""Shares whose percent stands apart from its count: the words before it say what it is a share of.

"Tỷ lệ nộp trực tuyến trên số tiếp nhận trong kỳ: 75,2%": claimed when two figures the words allow give the percent, or
when both are pointed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from ..language import UNIT, compatible, unit_of
from ..model import Claim, Kind, Rational
from ..quantities import Mention
from .bases import Bases
from .items import AREAS, TURNS, Item, claim, comes_out, content, term
from .partitions import BOTH, OVERLAPPING, class_of, classes_of
from .pool import figures_of, fits, one_digit_off
from .rated import rated

CHANGE = re.compile(
    r"(?<!\w)(?:tăng|giảm|vượt|cao hơn|thấp hơn|nhiều hơn|ít hơn|nhỉnh hơn|(?<!thiếu )hụt|bớt(?: được)?|cắt(?: giảm)? được|so với (?:cùng|năm|quý|kỳ|tháng))(?!\w)"
)
FOREIGN = re.compile(
    r"(?<!\w)(?:cùng kỳ|(?:năm|quý|kỳ|khóa|nhiệm kỳ) (?:trước|20\d\d|ngoái)|khóa [ivx]+|dự kiến|phấn đấu|mục tiêu)(?!\w)"
)
ALONE = "share.alone"  # the source of a percent without a count, held against a small total
OF_A_SPREAD = re.compile(r"(?<!\w)(?:(?:cao|thấp)(?: \w+)? nhất|bình quân|trung bình)(?!\w)")  # one of them, or all on average: no share of their number
_SO_IT_IS_DONE = re.compile(r"[,;]\s(?:tức(?: là)?\s|như vậy\s|tính ra\s)?(?:(?:tỷ lệ )?(?:đã )?(?:hoàn thành|giải quyết|xử lý|thực hiện)(?: xong)?(?: được)?(?: đạt)?|đạt)(?: tỷ lệ)?(?: là)?\s$")
_BASE_IN_BRACKETS = re.compile(r"tỷ lệ (?P<what>[^,;.:()\d]{3,40}?) trên (?:tổng )?số [^,;.:()\d]{2,40}\(\s?(?P<base>\d[\d.]*)[^()\d]{0,20}\)\s?(?:là|đạt|:)?\s?$")
_TELLING_HINT = 2  # words that name one figure
_AT_A_RATE = re.compile(r"(?: [^\W\d]+){0,3},? (?:đạt )?tỷ lệ(?: đạt)? ")
_GONE = re.compile(r"(?<!\w)(?:thiếu|khuyết|trống|chuyển|rút|trả lại|đình chỉ|tạm dừng)(?!\w)")
_OF_SOME_ONLY = re.compile(r"(?<!\w)(?:không (?:tính|kể)|trừ|ngoài|riêng|trong đó)(?!\w)")
_CHANCE = 5  # percent: how often any percentage is a whole number of so many
_SAYS_HOW = frozenset({"chỉ", "vẫn", "cũng", "riêng"})
AT_THE_START = re.compile(r"(?<!\w)đầu (?:kỳ|năm|quý|nhiệm kỳ)(?!\w)")
_AN_INDEX = re.compile(r"(?<!\w)(?:tỷ lệ|mức|mức độ|chỉ số) (?:\w+ )?(?:hài lòng|sẵn sàng|đồng thuận)(?!\w)")  # often the mean of several questions
_PEOPLE = frozenset({"người", "phiếu", "cử tri", "hộ", "lượt"})


@dataclass(frozen=True, slots=True)
class Lead:
    """The words between a percent and what stands before it."""

    gap: str
    subject: frozenset[str]
    pure: bool  # only connecting words


_A_PLAN = re.compile(r"(?<!\w)(?:dự toán|kế hoạch|chỉ tiêu|mục tiêu)(?: (?!có|đã|của|và)[^\W\d]+){0,4}$")


def by_subject(bases: Bases, percent: Mention, lead: Lead) -> Claim | None:
    """ "Tỷ lệ nộp trực tuyến trên số tiếp nhận trong kỳ: 75,2%": n is the figure the words name.

    Claimed only when it fits, or when n and its base are both pointed at.
    """
    if (bracketed := _of_base_in_brackets(bases, percent)) is not None:
        return bracketed
    after = None if CHANGE.search(lead.gap) else _totals_after(bases, percent)
    if after is not None:
        return after
    words = lead.subject - _SAYS_HOW
    named = re.search(
        r"(?<!\w)(?:(?:tính |xét )?trên (?:tổng )?số|so với (?:tổng )?số|trong (?:tổng )?số)(?!\w)(.*)$", lead.gap
    )
    if named:
        words = content(re.split(r"[;(]|,(?!\d)", lead.gap[: named.start()])[-1])
    here = bases.near(percent)
    items = (
        [i for i in reversed(here) if i.start < percent.start]
        + bases.section_items(percent.paragraph)
        + [i for i in here if i.start > percent.start]
    )
    if not words:
        if percent.quantity.written.value == 100 or CHANGE.search(lead.gap):
            return None
        words = frozenset()
    if CHANGE.search(lead.gap) or FOREIGN.search(lead.gap):
        return None
    numerators = [i for i in items if words and (words <= i.words)] or [
        i for i in items if words and any(own and own <= words for own in (i.words, content(i.mention.before)))
    ]
    for numerator in numerators[:6]:
        for base in [m for i in items for m in figures_of(i)]:
            m = base.quantity.written.value
            if (
                m >= numerator.value > 0
                and base is not numerator.mention
                and compatible(bases.unit_of(base), numerator.unit)
                and comes_out(numerator.value, m, percent.quantity.written)
            ):
                numerator.bear(percent)
                return claim(
                    Kind.SHARE,
                    [term("n", numerator.mention), term("m", base), term("p", percent)],
                    "share.subject",
                    own_base=False,
                    bases=(term("m", base),),
                    scope=numerator.mention.quantity.noun,
                )
    both = _both_classes(percent, lead, items)
    if both is not None:
        return both
    strict = [
        i for i in numerators if i.mention.paragraph == percent.paragraph and words <= i.words and i.unit and not i.shares
        and not of_several_areas(i) and not _behind_another(bases, percent, i)
    ]  # fmt: skip
    at_the_start = AT_THE_START.search(lead.gap) is not None  # "tỷ lệ hộ nghèo giảm 2,97% (đầu kỳ 12,14%)": of the households there were then
    told = not at_the_start and (percent.quantity.written.value != 100 or "tỷ lệ" in lead.gap)  # "Lĩnh vực chứng thực 100%" are all of them
    if told and strict and len({i.value for i in strict}) == 1 and _speaks_of(bases, percent, strict[0], words, here):
        numerator = strict[0]
        if _A_PLAN.search(numerator.mention.before):
            return any_pair(percent, here)  # "so với kế hoạch 30 đảng viên đạt 103,3%": of what came of it
        found = bases.candidates(numerator, percent)
        if told_of := content(bases.hint(percent) or ""):
            found = [b for b in found if told_of <= content(b.noun) or fits(numerator.value, b, percent)]
        fitting = any(fits(numerator.value, b, percent) for b in found)
        if not fitting and (still := _still_of_it(bases, percent, numerator, here)) is not None:
            return still
        other = any_pair(percent, here) if not fitting else None
        if other is not None:
            return other  # "143 lượt người, so với kế hoạch 130 lượt đạt 110%"
        if found and any(t.span is not None for t in found):
            return claim(
                Kind.SHARE,
                [term("n", numerator.mention), term("p", percent)],
                "share.subject",
                own_base=False,
                bases=tuple(found),
                scope=numerator.mention.quantity.noun,
            )
    return rated(bases, percent, here) or _implied_numerator(bases, percent, lead, here) or any_pair(percent, here) or _of_the_base_named(bases, percent, here)


def _of_base_in_brackets(bases: Bases, percent: Mention) -> Claim | None:
    """ "hoàn thành đúng hạn 121; …", "Tỷ lệ đúng hạn trên số đã hoàn thành (127 nhiệm vụ): 95,3%": of the figure that has all the words, where only one
    does or the share comes out."""
    told = _BASE_IN_BRACKETS.search(bases.reading.folded, bases.reading.sentences[percent.sentence].start, percent.start)
    base = bases.reading.mentions[percent.index - 1] if told is not None and percent.index else None
    if told is None or base is None or base.start != told.start("base"):
        return None
    words = content(told["what"])
    before = [i for i in reversed(bases.near(percent)) if i.start < told.start()] + bases.section_items(percent.paragraph)
    named = [i for i in before if words <= i.words and i.mention is not base and i.base is None and not i.aside]
    right = next((i for i in named if comes_out(i.value, base.value, percent.quantity.written)), named[0] if len(named) == 1 else None)
    if right is None:
        return None
    right.bear(percent)
    terms = [term("n", right.mention), term("m", base), term("p", percent)]
    return claim(Kind.SHARE, terms, "share.subject", own_base=False, bases=(term("m", base),), scope=right.mention.quantity.noun)


def _behind_another(bases: Bases, percent: Mention, counted: Item) -> bool:
    """ "tiết kiệm 10% chi thường xuyên là 142 triệu đồng, thêm 5% tiết kiệm bổ sung 35,5 triệu đồng": is the count behind another percent?"""
    between = bases.reading.mentions[percent.index + 1 : counted.mention.index]
    return any(m.percent for m in between)


def of_several_areas(holder: Item) -> bool:
    """ "chiếm 88,46% (quý II của ba phường cũ là 81,35%)": a rate of something of theirs, not of some of the three."""
    return holder.unit in AREAS and holder.base is None and holder.mention.before.split()[-1:] in (["của"], ["tại"], ["ở"])


def _still_of_it(bases: Bases, percent: Mention, numerator: Item, here: list[Item]) -> Claim | None:
    """ "Đầu năm có 67 hộ nghèo; qua rà soát còn 49 hộ, giảm 18 hộ, tỷ lệ hộ nghèo tương ứng 2,1%": of the later figure, where it comes out."""
    behind = (i for i in reversed(here) if numerator.end <= i.start and i.end <= percent.start and i.mention.sentence == percent.sentence)
    for later in (i for i in behind if i.unit == numerator.unit and not i.aside):
        fitting = [b for b in bases.candidates(later, percent) if b.span is not None and fits(later.value, b, percent)]
        base = next(iter(fitting or bases.distant(later, percent)), None)
        if base is not None:
            terms = [term("n", later.mention), term("p", percent)]
            return claim(Kind.SHARE, terms, "share.subject", own_base=False, bases=(base,), scope=later.mention.quantity.noun)
    return None


def _speaks_of(bases: Bases, percent: Mention, numerator: Item, words: frozenset[str], here: list[Item]) -> bool:
    """May the percent be of a count told before it? Not where it counts something else itself ("2 thôn lõm sóng; 78% hộ có cáp quang"); not of one in another sentence when its own has counts too ("Cấp huyện, xã nhận
    mới hơn 12.200 hồ sơ, đúng và trước hạn 98,4%"), or when more words tell that one ("Chủ tịch UBND huyện ký 1.417 văn bản. …
    Tỷ lệ ký số toàn huyện 99,2%")."""
    of = UNIT.match(bases.reading.folded, percent.end)
    if of is not None and not compatible(unit_of(of.group(1)), numerator.unit):
        return False
    if numerator.mention.sentence == percent.sentence:
        return True
    counted = any(i.mention.sentence == percent.sentence and i.end <= percent.start for i in here)
    return not counted and len(numerator.words - words) <= 1


def _both_classes(percent: Mention, lead: Lead, items: list[Item]) -> Claim | None:
    """ "trước hạn và đúng hạn 99,4%" when early and on time are printed apart: n is their sum; so it may be of a plain
    "tỷ lệ đúng hạn" behind the two."""
    own = re.split(r"[,;]", lead.gap)[-1]  # "651 hồ sơ trễ hạn, tỷ lệ đúng hạn đạt 95,53%": not the words of the figure before
    told = re.search(BOTH, own) is not None
    if not told and class_of(own, "timeliness") != "on_time":
        return None
    classes = {class_of(i.label, "timeliness"): i for i in reversed(items)}
    early, on_time = classes.get("early"), classes.get("on_time")
    if early is None or on_time is None or not told and early.mention.sentence != on_time.mention.sentence:
        return None
    amount = early.value + on_time.value
    told_figures = [m for i in items for m in figures_of(i)]
    meant = next((m for m in told_figures if m.value >= amount and comes_out(amount, m.value, percent.quantity.written)), None)
    late = classes.get("late")
    if meant is None and told and late is not None:  # all three make the figure that the share is of, but for a slip
        whole = next((m for m in told_figures if m.value == amount + late.value), None)
        meant = whole if whole is not None and one_digit_off(amount, term("m", whole), percent) else None
    if meant is None:
        return None
    base = term("m", meant)
    terms = [term("n", early.mention), term("n", on_time.mention), base, term("p", percent)]
    return claim(Kind.SHARE, terms, "share.both", own_base=False, bases=(base,), scope="on_time_rate")


def says_done(rest: Item, gap: str) -> bool:
    """Does a percent behind what is left, or went elsewhere, speak of what is done? "còn 03 nhiệm vụ đang triển khai, tức là hoàn thành 70%"."""
    left = class_of(rest.label, "progress") == "open" or _GONE.search(rest.label) is not None
    return rest.base is None and left and _SO_IT_IS_DONE.search(gap) is not None


def settled_of(bases: Bases, rest: Item, percent: Mention, gap: str) -> Item | None:
    """ "phát hiện 26 vụ, năm trước chuyển qua 15 vụ, đã xử lý 33 vụ, tồn 8 vụ, tỷ lệ 80,5%": the settled right before those left, where the
    share comes out on the two together."""
    if rest.base is not None or class_of(rest.label, "progress") != "open" or _AT_A_RATE.fullmatch(gap) is None:
        return None
    done = next((i for i in reversed(bases.near(percent)) if i.end <= rest.start), None)
    if done is None or class_of(done.label, "progress") != "done" or done.mention.sentence != rest.mention.sentence or done.base is not None or done.shares:
        return None
    return done if compatible(done.unit, rest.unit) and comes_out(done.value, done.value + rest.value, percent.quantity.written) else None


def done_of(bases: Bases, rest: Item, percent: Mention) -> tuple[Item, Mention] | None:
    """What is done, and the whole that it makes with what is left: "đề ra 10 nhiệm vụ, đã xong 07 nhiệm vụ, còn 03 …"."""
    told = [
        i for i in bases.near(percent)
        if i.end <= rest.start and i.mention.sentence == rest.mention.sentence and compatible(i.unit, rest.unit) and i.mention.depth == rest.mention.depth
    ]  # fmt: skip
    if len(told) < 2 or class_of(told[-1].label, "progress") != "done" or any(i.shares or i.base for i in told[-2:]):
        return None
    return (told[-1], told[-2].mention) if told[-2].value == told[-1].value + rest.value else None


def _of_the_base_named(bases: Bases, percent: Mention, here: list[Item]) -> Claim | None:
    """ "236 hộ bị ảnh hưởng. …; 171 hộ đã nhận tiền và bàn giao. …, tỷ lệ hộ bàn giao đạt 72,5% tổng số hộ ảnh hưởng": the one figure of the
    paragraph that is this share of the base named behind it; agreement only."""
    hint = content(bases.hint(percent) or "")
    if len(hint) < _TELLING_HINT or percent.quantity.written.ulp >= 1 or percent.quantity.written.approx:
        return None
    told = [i for i in here if i.start < percent.start and i.unit]
    for whole in (i for i in told if hint <= i.words):
        parts = [i for i in told if i.unit == whole.unit and i.value < whole.value and fits(i.value, term("m", whole.mention), percent)]
        if len({i.value for i in parts}) == 1:
            terms = [term("n", parts[-1].mention), term("m", whole.mention), term("p", percent)]
            return claim(Kind.SHARE, terms, "share.pair", own_base=False, bases=(term("m", whole.mention),), scope=parts[-1].mention.quantity.noun)
    return None


def any_pair(percent: Mention, here: list[Item]) -> Claim | None:
    """Two figures of the same unit just before that give the share exactly; agreement only."""
    if percent.quantity.written.value in {0, 100} or percent.quantity.written.approx:
        return None
    near = [i for i in here if i.mention.end <= percent.start and 0 <= percent.sentence - i.mention.sentence <= 1][
        -6:
    ]
    near += [i for i in here if i.start > percent.end and i.mention.sentence == percent.sentence][:3]
    for whole in near:
        for part in reversed(near):
            if (
                (part.unit == whole.unit or {part.unit, whole.unit} == TURNS)
                and part.unit
                and whole.value >= 5
                and (part.value > whole.value if percent.quantity.written.value > 100 else part.value <= whole.value)
                and part is not whole
                and fits(part.value, term("m", whole.mention), percent)
            ):
                return claim(
                    Kind.SHARE,
                    [term("n", part.mention), term("m", whole.mention), term("p", percent)],
                    "share.pair",
                    own_base=False,
                    bases=(term("m", whole.mention),),
                    scope=part.mention.quantity.noun,
                )
    return None


def _totals_after(bases: Bases, percent: Mention) -> Claim | None:
    """ "đúng hạn 99,68%: giải quyết xong 175.920, đúng hạn 175.354": total, then part."""
    items = [
        i for i in bases.near(percent) if i.start > percent.end and i.mention.sentence == percent.sentence
    ]
    if len(items) < 2 or not re.fullmatch(
        r"\s*:[^:;.\d]{0,40}", bases.reading.folded[percent.end : items[0].start]
    ):
        return None
    whole, part = items[0], items[1]
    if part.value > whole.value or not compatible(whole.unit, part.unit):
        return None
    part.bear(percent)
    return claim(
        Kind.SHARE,
        [term("n", part.mention), term("m", whole.mention), term("p", percent)],
        "share.first",
        own_base=False,
        bases=(term("m", whole.mention),),
        scope=part.mention.quantity.noun,
    )


def _attainable(percent: Mention, whole: Rational) -> bool:
    """Is there a whole number that is this percentage of the whole?"""
    written = percent.quantity.written
    return comes_out(round(Fraction(written.value) * whole / 100), whole, written)


def _implied_numerator(bases: Bases, percent: Mention, lead: Lead, here: list[Item]) -> Claim | None:
    """ "Qua lấy ý kiến 150 người: …, hài lòng 33,8%": p alone on a small total just stated."""
    before = [i for i in here if i.end <= percent.start and i.mention.depth == percent.depth == 0]
    if not before or not lead.subject or percent.quantity.written.value in {0, 100} or OF_A_SPREAD.search(lead.gap):
        return None
    total = before[-1]
    if not content(bases.hint(percent) or "") <= total.words:
        return None  # "126 đoàn viên dự, so với danh sách triệu tập đạt 93,3%"
    if total.value * percent.quantity.value < 50:
        return None  # not one of them
    if len(before) > 1 and bases.spoken_whole(before[-2]) is total.mention and _attainable(percent, before[-2].value):
        return None  # "188 hộ dự họp trên tổng số 206 hộ, tỷ lệ tán thành đạt 97,3%": of the 188
    if (
        total.base is not None
        or percent.sentence - total.mention.sentence > 1
        or not 2 <= total.value <= 2000
        or total.unit not in _PEOPLE
        or _OF_SOME_ONLY.search(total.mention.before)
    ):
        return None
    ends = bases.reading.folded[percent.end : percent.end + 2].lstrip()[:1] in {"", ",", ";", ".", ")"}
    if total.shares or len(before) > 2 or percent.quantity.written.approx or not ends:
        return None  # "bố trí 2% chi thường xuyên" says itself what it is of
    others = [m for i in [*before, *bases.section_items(percent.paragraph)] for m in figures_of(i) if bases.unit_of(m) in _PEOPLE]
    telling = [m for m in others if m.value * percent.quantity.written.ulp <= _CHANCE]
    if not _attainable(percent, total.value) and (
        total.mention.sentence != percent.sentence and not bases.opens_with_those(percent)
        or any(_attainable(percent, m.value) for m in telling) or not (OVERLAPPING.search(lead.gap) or classes_of(lead.gap)) or _AN_INDEX.search(lead.gap)
    ):
        return None  # of something else, unless it tells how many of them are women, or have a degree
    return claim(
        Kind.SHARE,
        [term("m", total.mention), term("p", percent)],
        ALONE,
        own_base=False,
        bases=(term("m", total.mention),),
        scope=" ".join(sorted(lead.subject)),
    )
