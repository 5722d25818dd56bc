"""Changes since an earlier report: "tăng 8,9 % so với cùng kỳ" recomputed from what that report stated.

The report itself mostly leaves the old figure out, so its sentence alone proves little; with the earlier report
(`--previous`) each way of writing a change can be tested. Where the words do not say what the change is against,
the same period a year before is meant, else the period just before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from ..language import fold
from ..model import Claim, Figure, Kind, Period, Term
from ..periods import CUT_OFF_DAYS
from ..quantities import Mention
from .balances import one_value
from .material import Material, Source, claim, outside, term

if TYPE_CHECKING:
    from .kinds import Restated

_STEP = re.compile(r"[\s,;)(–-]*(?:đã |đều |và )?(?P<way>tăng|giảm)(?: thêm| khoảng| nhẹ| mạnh| là| được| tương ứng| gần| hơn| trên)*\s*")
_AND_RATE = re.compile(r"[\s,(]*(?:(?:tức |hay )?(?:bằng|tương ứng|tương đương|ứng với|đạt|tỷ lệ|chiếm)(?: với| tăng| giảm| tỷ lệ)*)?[\s(]*")
_EQUALS = re.compile(r"[\s,(]*(?:chỉ )?bằng (?:gần |khoảng |hơn )?")
_TIMES = re.compile(r"[\s,(]*(?:cao )?gấp (?:gần |hơn |khoảng )?")
_BESIDE = re.compile(r"\s*\(\s*(?:so với )?(?:con số )?(?:cùng kỳ|năm trước|năm ngoái|(?=năm 20))[^\d();]{0,24}(?P<year>20\d\d)?[^\d();]{0,24}")
_FROM = re.compile(r"(?:tăng|giảm)(?: mạnh| nhẹ)? từ (?:mức )?$")
_AGAINST = re.compile(r"[\s,)]*(?:(?:so với|so|của|với)\s)*(?P<what>cùng kỳ|năm trước|năm ngoái|năm 20\d\d|kỳ trước|quý trước|tháng trước)(?!\w)")
_OTHER_BASE = re.compile(r"[\s,)]*(?:(?:so với|so)\s|(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán|định mức)(?!\w))")
_LED_BY = re.compile(r"so với (?:cùng kỳ|năm trước|năm ngoái)[^,;.\d]{0,20}(?:20\d\d)?,")
_YEAR = (timedelta(days=364), timedelta(days=367))


@dataclass(frozen=True, slots=True)
class _Change:
    """How a figure is said to have changed: terms of the change, a stated share of the old figure, and the old
    figure itself where it is printed; `before` when it is against the period just before, `sure` when the words
    say what it is against."""

    terms: tuple[Term, ...] = ()
    share: Term | None = None
    printed: Mention | None = None
    before: bool = False
    sure: bool = False


def bind_changes(rule: Restated, material: Material) -> Iterator[Claim]:
    """Every change said of a named figure, against the earlier reports."""
    if not material.previous:
        return
    at = {m.quantity.span: m.index for m in material.reading.mentions}
    for now in material.figures:
        index = at.get(now.quantity.span)
        if now.base or not now.whole or index is None:
            continue
        change = _read(material, index)
        earlier = _earlier(material, now, change) if change else None
        if change and earlier:
            yield from _claims(rule, now, change, earlier)


def _claims(rule: Restated, now: Figure, change: _Change, earlier: Term) -> Iterator[Claim]:
    scope = f"{rule.id} change {now.name} {now.scope}".strip()
    if change.terms:
        yield claim(rule, Kind.CHANGE, (earlier, term("now", now), *change.terms), scope, now.section)
    if change.share:
        terms = (term("n", now), replace(earlier, role="m"), change.share)
        yield claim(rule, Kind.SHARE, terms, scope, now.section)
    if change.printed:
        q = change.printed.quantity
        printed = Term("a", q.written, q.text, q.span, q.unit, q.noun)
        yield claim(rule, Kind.SAME_FIGURE, (printed, replace(earlier, role="b")), f"{scope} before", now.section)


# ---------------------------------------------------------------- the words


def _read(material: Material, index: int) -> _Change | None:
    """What the sentence says of the change of the figure at `index`; None when nothing, or against a plan."""
    folded, mentions = material.reading.folded, material.reading.mentions
    now = mentions[index]
    printed, at = _printed_before(folded, mentions, index), index
    following = mentions[index + 1] if index + 1 < len(mentions) and mentions[index + 1].sentence == now.sentence else None
    beside = _BESIDE.fullmatch(folded, now.end, following.start) if following and not following.percent else None
    if beside and _is_the_year_before(beside["year"], material):
        printed, at = following, index + 1
    terms, share, at = _steps(folded, mentions, at, now)
    after = _AGAINST.match(folded, mentions[at].end)
    if after is None and _OTHER_BASE.match(folded, mentions[at].end):
        terms, share = (), None
    start = material.reading.sentences[now.sentence].start
    led = _LED_BY.search(folded, max(start, now.start - 160), now.start) is not None
    if share and not (after or led):
        share = None  # "bằng 70 %": of a plan, or of anything
    if not terms and not share and not printed:
        return None
    before = after is not None and after["what"] in {"kỳ trước", "quý trước", "tháng trước"}
    return _Change(terms, share, printed, before, after is not None or led or printed is not None)


def _is_the_year_before(year: str | None, material: Material) -> bool:
    base = material.header.period
    return year is None or base is None or base.end is None or int(year) == base.end.year - 1


def _printed_before(folded: str, mentions: tuple[Mention, ...], index: int) -> Mention | None:
    """The first of "tăng từ 1.206 hồ sơ lên 1.313 hồ sơ"."""
    first = mentions[index - 1] if index else None
    if first is None or first.sentence != mentions[index].sentence or not _FROM.search(folded, max(0, first.start - 24), first.start):
        return None
    return first if re.fullmatch(r"\s*(?:lên|xuống|còn|đến|thành)(?: còn| mức| đến| thành)*\s*", folded[first.end : mentions[index].start]) else None


def _steps(
    folded: str, mentions: tuple[Mention, ...], at: int, now: Mention
) -> tuple[tuple[Term, ...], Term | None, int]:
    """The change written after the figure: its terms, the share of the old figure, and the last mention read."""
    following = mentions[at + 1] if at + 1 < len(mentions) and mentions[at + 1].sentence == now.sentence else None
    if following is None or following.target or following.quantity.damaged:
        return (), None, at
    q, gap = following.quantity, (mentions[at].end, following.start)
    step = _STEP.fullmatch(folded, *gap)
    if step:
        sign = -1 if step["way"] == "giảm" else 1
        if following.percent:
            role = "delta" if now.percent or q.unit == "điểm %" else "p"
            return (_signed(role, following, sign),), None, at + 1
        if now.percent or (q.unit and now.unit and q.unit != now.unit):
            return (), None, at
        more = mentions[at + 2] if at + 2 < len(mentions) and mentions[at + 2].sentence == now.sentence else None
        if more and more.percent and _AND_RATE.fullmatch(folded, following.end, more.start):
            return (_signed("delta", following, sign), _signed("p", more, sign)), None, at + 2
        return (_signed("delta", following, sign),), None, at + 1
    if following.percent and not now.percent and _EQUALS.fullmatch(folded, *gap):
        return (), _signed("p", following, 1), at + 1
    if q.unit == "lần" and _TIMES.fullmatch(folded, *gap):
        return (_signed("times", following, 1),), None, at + 1
    return (), None, at


def _signed(role: str, mention: Mention, sign: int) -> Term:
    q = mention.quantity
    return Term(role, replace(q.written, value=sign * q.value), q.text, q.span, q.unit)


# ---------------------------------------------------------------- the earlier figure


def _earlier(material: Material, now: Figure, change: _Change) -> Term | None:
    """The figure the change is against, added over the wards merged into this one; None when not stated, or when
    the words leave open which of two is meant."""
    fits = [just_before] if change.before else [year_before] if change.sure else [year_before, just_before]
    found = [over_wards(material, now, fit) for fit in fits]
    stated = [f for f in found if f is not None]
    return stated[0] if len({f.written for f in stated}) == 1 else None


def over_wards(
    material: Material, now: Figure, fits: Callable[[Period | None, Period | None], bool]
) -> Term | None:
    """What the earlier reports state for a figure like `now` over a period that `fits`: one value for each ward,
    added where several were merged. None where a ward does not state it, and for a rate of several wards."""
    by_ward: dict[str, list[tuple[Source, Figure]]] = {}
    for source in material.previous:
        like = [f for f in source.figures if f.name == now.name and f.whole and not f.base and f.scope == now.scope]
        told = [(source, f) for f in like if fits(f.period, now.period)]
        by_ward.setdefault(fold(source.header.ward) or source.document.path, []).extend(told)
    stated = [told[0] for told in by_ward.values() if one_value([f for _, f in told]) is not None]
    if not stated or len(stated) < len(by_ward) or (len(stated) > 1 and now.quantity.is_percent):
        return None
    return outside("prev", stated)


def year_before(then: Period | None, now: Period | None) -> bool:
    """Is it the same stretch of the year before?"""
    if then is None or now is None or not (then.start and then.end and now.start and now.end):
        return False
    return all(_YEAR[0] <= b - a <= _YEAR[1] for a, b in ((then.start, now.start), (then.end, now.end)))


def just_before(then: Period | None, now: Period | None) -> bool:
    """Does it end where the other begins, and is it about as long?"""
    if then is None or now is None or not (then.start and then.end and now.start and now.end):
        return False
    near = abs((now.start - timedelta(days=1) - then.end).days) <= CUT_OFF_DAYS
    lengths = (then.end - then.start).days, (now.end - now.start).days
    return near and abs(lengths[0] - lengths[1]) <= min(CUT_OFF_DAYS, min(lengths) // 4)
