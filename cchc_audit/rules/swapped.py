"""Two numbers that differ by two neighbouring digits, told of one thing: the slip that reading over never finds.

Named figures are compared by `same`; here at least one of the two is told in words that no indicator has,
so the words around both numbers must say that they are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..digits import neighbours_swapped
from ..language import compatible
from ..model import Claim, Figure, Kind, Qualifier, Rational, Span
from ..quantities import Mention
from .material import Material, claim, same_time, span_over, telling, term

if TYPE_CHECKING:
    from .kinds import SameFigure

_SMALLEST = 100  # shorter numbers are near each other by chance
_SHORT = 1000  # below it both must be named figures: hamlets and fields have many such numbers, told in the same words
_LONG = 10_000  # two totals of so many digits are not alike by chance
_TOTAL = re.compile(r"(?<!\w)tổng(?: số| cộng)?(?!\w)")
ANOTHER = re.compile(r"(?<!\w)(?:cùng kỳ|(?:năm|kỳ|quý|tháng) (?:trước|ngoái)|kế hoạch|chỉ tiêu|dự kiến|phấn đấu|toàn (?:huyện|tỉnh|thành phố))(?!\w)")
_PERIOD = re.compile(r"(?<!\w)(?:quý [ivx1-4]+|tháng \d{1,2}|tuần \d{1,2}|đợt (?:\d+|[ivx]+)|thôn [^\W\d_]+|lần \d)(?!\w)")
_CLAUSE = re.compile(r".*[;.\n](?=\s)", re.DOTALL)
_LEAD = 100  # characters before a number that say of when and where it is
_BESIDE = 60  # characters from a count to its rate
_MOST = 8  # mentions of the two: what is printed more often is a register


def find_swapped(rule: SameFigure, material: Material, linked: set[frozenset[Span]]) -> Iterator[Claim]:
    """A claim for each two values of the same digits, two neighbours swapped, that the words tell of one thing."""
    by_digits: dict[str, list[Mention]] = {}
    for mention in material.reading.mentions:
        if _long(mention):
            by_digits.setdefault("".join(sorted(str(mention.quantity.value))), []).append(mention)
    values: dict[int, set[Rational]] = {}  # by paragraph, of those that were asked about
    named = {f.quantity.span: f for f in material.figures}
    for mentions in by_digits.values():
        found = list(dict.fromkeys(m.quantity.value for m in mentions))
        if len(found) != 2 or len(mentions) > _MOST or not neighbours_swapped(str(found[0]), str(found[1])):
            continue
        gap = abs(int(found[0]) - int(found[1]))
        for at in {m.paragraph for m in mentions} - values.keys():
            values[at] = {other.quantity.value for other in material.reading.by_paragraph[at]}
        if len({(m.sentence, m.value) for m in mentions}) > len({m.sentence for m in mentions}):
            continue  # one sentence tells both apart
        if any(gap in values[m.paragraph] for m in mentions):
            continue  # what the one has more than the other is printed
        pairs = [
            (a, b) for a in mentions for b in mentions
            if a.index < b.index and a.quantity.value != b.quantity.value and _of_one_thing(material, named, a, b)
        ]  # fmt: skip
        if pairs and not any(frozenset((a.quantity.span, b.quantity.span)) in linked for a, b in pairs):
            a, b = pairs[0]
            terms = (term("a", a), term("b", b))
            yield claim(rule, Kind.SAME_FIGURE, terms, f"{b.unit} {b.label}"[:60], span=span_over(terms))


def find_swapped_rates(rule: SameFigure, material: Material) -> Iterator[Claim]:
    """ "1.441.329 cử tri đi bầu, đạt 99,21%" in the title, "1.441.329 cử tri đi bầu, đạt 99,12%" below it."""
    by_count: dict[tuple[Rational, str], list[Mention]] = {}
    for count in material.reading.mentions[:-1]:
        rate = material.reading.mentions[count.index + 1]
        beside = rate.percent and rate.sentence == count.sentence and rate.start - count.end < _BESIDE
        if beside and _long(count) and count.quantity.value >= _LONG and rate.quantity.written.ulp < 1 and not rate.quantity.damaged:
            by_count.setdefault((count.quantity.value, count.unit), []).append(rate)
    for rates in by_count.values():
        told = {r.quantity.value: r for r in reversed(rates)}
        if len(told) == 2:
            a, b = sorted(told.values(), key=lambda r: r.index)
            if a.sentence != b.sentence and neighbours_swapped(digits_of(a), digits_of(b)):
                terms = (term("a", a), term("b", b))
                yield claim(rule, Kind.SAME_FIGURE, terms, f"{b.unit} {b.label}"[:60], span=span_over(terms))


def digits_of(rate: Mention) -> str:
    """Its digits to the last place, "9921" of 99,21."""
    written = rate.quantity.written
    return str(written.value / written.ulp)


def _long(mention: Mention) -> bool:
    q = mention.quantity
    if not mention.countable or q.written.qualifier is not Qualifier.EXACT or q.written.rounded:
        return False
    year = q.text.isdigit() and 1900 <= q.value <= 2100
    return q.value.denominator == 1 and q.value >= _SMALLEST and not year


def _of_one_thing(material: Material, named: dict[Span, Figure], a: Mention, b: Mention) -> bool:
    """Do the words tell both of one thing, at one time, in sentences of their own?"""
    if _between_the_same(material, a, b):
        return a.sentence != b.sentence and compatible(a.unit, b.unit)
    if a.sentence == b.sentence or not compatible(a.unit, b.unit) or material.bodies.differ(material, a.start, b.start):
        return False
    if told_apart(material, a, b):
        return False
    if a.under is not None and b.under is not None:
        return _line_before(material, a.under) == _line_before(material, b.under) != ""
    first, second = named.get(a.quantity.span), named.get(b.quantity.span)
    if first and second:
        return first.name == second.name and material.comparable(first, second)
    if a.value < _SHORT:
        return False
    times = material.period_at(a.start), material.period_at(b.start)
    if None not in times and not same_time(*times):
        return False
    mine, other = _label(material, a), _label(material, b)
    ours, theirs = _cues(material, mine), _cues(material, other)
    if ours and theirs and ours.isdisjoint(theirs):
        return False
    if a.value >= _LONG and _TOTAL.search(mine) and _TOTAL.search(other):
        return True
    return len(telling(mine) & telling(other)) >= (1 if a.unit and b.unit else 2)


def told_apart(material: Material, a: Mention, b: Mention) -> bool:
    """Is the one told of another period, a plan or a wider body, and the other not? "Quý I: tiếp nhận 215 hồ sơ", "Quý II:
    tiếp nhận 251 hồ sơ"."""
    one, other = (_lead(material, m) for m in (a, b))
    periods = [frozenset(_PERIOD.findall(lead)) for lead in (one, other)]
    apart = all(periods) and periods[0].isdisjoint(periods[1])
    return apart or set(ANOTHER.findall(one)) != set(ANOTHER.findall(other))


def _lead(material: Material, mention: Mention) -> str:
    """The words before a number in its clause."""
    start = max(material.reading.sentences[mention.sentence].start, mention.start - _LEAD)
    return _CLAUSE.sub("", material.reading.folded[start : mention.start])


def _line_before(material: Material, n: int) -> str:
    """What its line says before the n of an n/m: "xã an lạc" of "+ xã An Lạc: 3.517/3.584"."""
    folded, start = material.reading.folded, material.reading.mentions[n].start
    return folded[max(folded.rfind("\n", 0, start), folded.rfind(";", 0, start)) + 1 : start].strip(" +-*•:\t")


def _between_the_same(material: Material, a: Mention, b: Mention) -> bool:
    """Do both stand between the same two figures? "18 ấp, 7.912 hộ, 30.670 nhân khẩu" and a row "18 7.921 30.670"."""
    told = material.reading.mentions
    if a.index == 0 or b.index == len(told) - 1:
        return False
    after = told[a.index + 1].value
    return told[a.index - 1].value == told[b.index - 1].value and after == told[b.index + 1].value and after >= _SHORT


def _label(material: Material, mention: Mention) -> str:
    """The words around a number, over the m of a printed n/m."""
    base = material.reading.mentions[mention.over] if mention.over is not None else None
    return f"{mention.before} {base.after}" if base is not None else mention.label


def _cues(material: Material, label: str) -> frozenset[str]:
    """The indicators that the words around a number may name."""
    return frozenset(n for h in material.lexicon.hits(label, 0, len(label)) for n in h.entry.cues)

