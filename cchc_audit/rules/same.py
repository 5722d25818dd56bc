"""One figure written in several places: by its name, by the figures it must equal, by its digits.

A contradiction needs both mentions unqualified, of one name, scope and period, and no printed figure that
explains the difference. Where the name is loose (the m of a ratio, "đúng hạn" with or without the early
ones) only a slip of one digit is raised: two such figures may lawfully differ by more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ..figures import PLACES
from ..model import Claim, Figure, Kind, Message, Rational, Span, Written, magnitude
from .headline import bind_headline
from .material import Material, claim, term
from .outdated import find_outdated
from .pointed_at import find_pointed_at
from .restated import find_restated
from .retold import find_listed_again, find_retold
from .summary import find_changed_in_summary
from .swapped import find_swapped, find_swapped_rates
from .tabled import find_tabled

if TYPE_CHECKING:
    from .kinds import Equal, SameFigure

# figures that may be what one mention counts in and the other leaves out
_BETWEEN = (
    "carried_over", "pending_total", "pending_in_time", "pending_overdue", "resolved_late", "returned_withdrawn",
    "awaiting_supplement", "received_post", "voters_against", "part_time_staff",
)  # fmt: skip
# the moment a stock is told at ("Đầu năm", "Ngày 31/12/2023"); one of the two ends of a period is never the other
_MOMENT = re.compile(r"(?<!\w)(?:(?P<end>đầu|cuối) (?:năm|kỳ|quý|tháng|nhiệm kỳ)|(?:ngày|đến|thời điểm) (?P<day>\d{1,2}/\d{1,2})(?P<year>/\d{4})?)(?![\w/])")
_TO_DATE = re.compile(r"(?<!\w)(?:lũy kế|cộng dồn)(?!\w)[^;]*$")
_TELLING_GAP = 10  # a smaller difference stands beside anything
_BESIDE, _MANY_PLACES = 4, 8  # figures on either side of one, and places it is told in
_MANY = 400  # mentions of one indicator compared: what lies beyond is a register, not a report


def agree(a: Written, b: Written) -> bool:
    """Do the two stand for one value, each within its own digits?"""
    if a.value == b.value:
        return True
    return (a.rounded or b.rounded) and magnitude(a.value - b.value) * 2 <= max(a.ulp, b.ulp)


def slip_apart(a: Written, b: Written) -> bool:
    """Is one digit dropped, added or swapped with its neighbour between the two, or (of four or more) changed?"""
    if a.ulp != b.ulp:
        return False
    first, second = Fraction(a.value) / a.ulp, Fraction(b.value) / b.ulp
    x, y = str(first.numerator), str(second.numerator)
    if first.denominator != 1 or second.denominator != 1 or min(len(x), len(y)) < 3 or x == y:
        return False
    if len(x) == len(y):
        off = [i for i in range(len(x)) if x[i] != y[i]]
        swapped = len(off) == 2 and off[1] == off[0] + 1 and x[off[0]] == y[off[1]] and x[off[1]] == y[off[0]]
        return swapped or (len(off) == 1 and len(x) > 3)
    short, long = sorted((x, y), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


# ---------------------------------------------------------------- by name


def bind_mentions(rule: SameFigure, material: Material) -> Iterator[Claim]:
    linked: set[frozenset[Span]] = set()
    for name, figures in material.by_name.items():
        if name in rule.besides or (rule.figures and name not in rule.figures):
            continue
        for cluster in _clusters(material, figures):
            for bound in (*_repeated(rule, cluster), *_differing(rule, material, cluster)):
                linked.add(_places(bound))
                yield bound
        for loose in figures[:_MANY] if material.lexicon[name].either else ():
            other = _either(rule, material, loose)
            if other:
                linked.add(_places(other))
                yield other
    if not rule.figures:
        outdated = list(find_outdated(rule, material, linked))
        linked |= {_places(changed) for changed in outdated}
        yield from outdated
        for again in find_restated(rule, material, linked, {b.span for changed in outdated for b in changed.by_role("b")}):
            linked.add(_places(again))
            yield again
        yield from bind_headline(rule, material, linked)
        yield from find_retold(rule, material, linked)
        for again in find_listed_again(rule, material, linked):
            linked.add(_places(again))
            yield again
        for changed in find_tabled(rule, material, linked):
            linked.add(_places(changed))
            yield changed
        for changed in find_changed_in_summary(rule, material, linked):
            linked.add(_places(changed))
            yield changed
        for pointed in find_pointed_at(rule, material, linked):
            linked.add(_places(pointed))
            yield pointed
        yield from find_swapped(rule, material, linked)
        yield from find_swapped_rates(rule, material)


def _places(bound: Claim) -> frozenset[Span]:
    return frozenset(t.span for t in bound.terms if t.span and t.role != "former")


def _clusters(material: Material, figures: Sequence[Figure]) -> list[list[Figure]]:
    """The mentions of one indicator by scope and period; a figure joins the first cluster it fits."""
    by_scope: dict[str, list[list[Figure]]] = {}
    for figure in figures[:_MANY]:
        clusters = by_scope.setdefault(figure.scope, [])
        for cluster in clusters:
            if material.comparable(cluster[0], figure):
                cluster.append(figure)
                break
        else:
            clusters.append([figure])
    return [cluster for clusters in by_scope.values() for cluster in clusters]


def _same(rule: SameFigure | Equal, a: Figure, b: Figure, title: Message | None = None) -> Claim:
    return claim(rule, Kind.SAME_FIGURE, (term("a", a), term("b", b)), _scope(a), b.section, title=title)


def _scope(figure: Figure) -> str:
    return f"{figure.name} {figure.scope}".strip()


def _repeated(rule: SameFigure, cluster: Sequence[Figure]) -> Iterator[Claim]:
    """Each mention tied to the first of its value before it."""
    firsts: list[Figure] = []
    last_sentence: dict[int, int] = {}
    for figure in cluster:
        written = figure.quantity.written
        at = next((i for i, f in enumerate(firsts) if agree(f.quantity.written, written)), None)
        if at is None:
            firsts.append(figure)
            continue
        first = firsts[at]
        if (first.whole and figure.whole) or written.value >= 10:
            again = last_sentence.get(at) == figure.quantity.sentence
            apart = first.quantity.sentence != figure.quantity.sentence
            if (figure.base and not again) or (not figure.base and (apart or first.base)):
                yield _same(rule, first, figure)
        last_sentence[at] = figure.quantity.sentence
        if first.base and not figure.base:
            firsts[at] = figure


def _differing(rule: SameFigure, material: Material, cluster: Sequence[Figure]) -> Iterator[Claim]:
    """Two values of one figure, where nothing printed accounts for the difference."""
    plain = [f for f in cluster if f.whole and not f.quantity.written.approx]
    sure = [] if material.indicator(cluster[0]).loose else [f for f in plain if not f.base]
    values = _values(sure)
    if len(values) == 2:
        a, b = values
        if _comparable_size(a, b) and _apart(a, b) and not _told_apart(material, a, b):
            yield _same(rule, a, b)
    yield from _more_than_all(rule, material, sure, plain)
    both = _values(plain)
    if len(both) == 2 and len(values) < 2:  # a loose name, or the m of an n/m: only a slip of a digit is raised
        a, b = both
        if slip_apart(a.quantity.written, b.quantity.written) and _apart(a, b) and not _told_apart(material, a, b):
            yield _same(rule, a, b)


def _more_than_all(rule: SameFigure, material: Material, sure: Sequence[Figure], plain: Sequence[Figure]) -> Iterator[Claim]:
    """ "Điện lưới đã đến 11/17 thôn" where the commune is said to have 14: the m of an n/m may be fewer, never more."""
    stated = _values(sure)
    if len(stated) != 1 or material.indicator(stated[0]).units[0] not in PLACES:
        return
    more = [f for f in plain if f.base and f.quantity.value > stated[0].quantity.value and not slip_apart(f.quantity.written, stated[0].quantity.written)]
    for base in more[:1]:
        if _apart(stated[0], base) and not _of_two_bodies(material, stated[0], base):
            yield _same(rule, stated[0], base)


def _values(figures: Sequence[Figure]) -> list[Figure]:
    """The first figure of each value."""
    firsts: list[Figure] = []
    for figure in figures:
        if not any(agree(f.quantity.written, figure.quantity.written) for f in firsts):
            firsts.append(figure)
            if len(firsts) > 2:
                break  # three values are no slip but a name read too widely
    return firsts


def _apart(a: Figure, b: Figure) -> bool:
    """Within one sentence two figures are told apart by words this reader may miss."""
    return a.quantity.sentence != b.quantity.sentence


def _told_apart(material: Material, a: Figure, b: Figure) -> bool:
    return _explained(material, a, b) or _of_two_bodies(material, a, b) or _at_two_moments(material, a, b) or _to_date(material, a) != _to_date(material, b)


def _to_date(material: Material, figure: Figure) -> bool:
    """Does its clause count from the start of the year, "tháng 7 đạt 77,5%. Lũy kế đạt 81,9%"?"""
    return _TO_DATE.search(material.reading.folded[material.reading.sentences[figure.quantity.sentence].start : figure.quantity.span.start]) is not None


def _at_two_moments(material: Material, a: Figure, b: Figure) -> bool:
    """ "Đầu năm dân số là 8.412 người. … Cuối năm dân số là 8.472 người." A day named for one of the two only does not part them."""
    first, second = _moment(material, a), _moment(material, b)
    if first is None or second is None:
        return any(named is not None and named["end"] == "đầu" for named in (first, second))
    apart = first["year"] and second["year"] and first["year"] != second["year"]  # a day told without its year is of the same
    return bool(apart) or (first["end"] or first["day"]) != (second["end"] or second["day"])


def _moment(material: Material, figure: Figure) -> re.Match[str] | None:
    start = material.reading.sentences[figure.quantity.sentence].start
    return next(reversed([*_MOMENT.finditer(material.reading.folded, start, figure.quantity.span.start)]), None)


def _of_two_bodies(material: Material, a: Figure, b: Figure) -> bool:
    return material.bodies.differ(material, a.quantity.span.start, b.quantity.span.start)


def _comparable_size(a: Figure, b: Figure) -> bool:
    x, y = a.quantity.written, b.quantity.written
    return slip_apart(x, y) or (min(x.value, y.value) > 0 and max(x.value, y.value) <= 2 * min(x.value, y.value))


def _explained(material: Material, a: Figure, b: Figure) -> bool:
    """Is the difference itself printed as a class that one of the two may leave out?"""
    if a.quantity.is_percent:
        return False
    gap = magnitude(a.quantity.value - b.quantity.value)
    if any(f.quantity.value == gap for name in _BETWEEN for f in material.by_name.get(name, ()) if f.scope == a.scope):
        return True
    return gap >= _TELLING_GAP and _printed_beside(material, gap, max(a.quantity.value, b.quantity.value))


def _printed_beside(material: Material, gap: Rational, larger: Rational) -> bool:
    """Does the difference stand beside the larger figure, wherever it is told: "Tổng cộng 32 889 906 1.827" in a table?"""
    mentions = material.reading.mentions
    return any(m.value == gap for at in material.places_of.get(larger, ())[:_MANY_PLACES] for m in mentions[max(0, at - _BESIDE) : at + _BESIDE])


def _either(rule: SameFigure, material: Material, loose: Figure) -> Claim | None:
    """A loosely named figure against those it may stand for: equal to one of them, or a digit off."""
    if not loose.whole:
        return None
    others = [
        f for name in material.indicator(loose).either for f in material.by_name.get(name, ())[:_MANY]
        if f.whole and not f.base and f.scope == loose.scope and material.together(f, loose)
    ]  # fmt: skip
    equal = next((f for f in others if agree(f.quantity.written, loose.quantity.written)), None)
    if equal:
        return _same(rule, equal, loose) if _apart(equal, loose) else None
    slipped = [f for f in others if slip_apart(f.quantity.written, loose.quantity.written) and _apart(f, loose)]
    slipped = [f for f in slipped if not _told_apart(material, f, loose)]
    return _same(rule, slipped[0], loose) if len(slipped) == 1 else None


# ---------------------------------------------------------------- different names of one number


def bind_equal(rule: Equal, material: Material) -> Iterator[Claim]:
    for group in material.groups(rule.figures):
        stated = [group[name][0] for name in rule.figures if group[name]]
        for other in stated[1:]:
            if not _gap_printed(material, stated[0], other):
                yield _same(rule, stated[0], other, rule.title)


def _gap_printed(material: Material, a: Figure, b: Figure) -> bool:
    """Does the section print what the one has more than the other ("128 thuộc thẩm quyền, 36 chuyển cấp trên")?"""
    gap = magnitude(a.quantity.value - b.quantity.value)
    printed = [m for m in material.reading.mentions if m.quantity.value == gap and m.unit and m.unit == a.quantity.unit]
    return gap > 0 and any(material.section_at(m.start) is material.section_at(f.quantity.span.start) for m in printed for f in (a, b))
