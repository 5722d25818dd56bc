"""The counted figures of one document, to be looked up as bases: near a share, in its section, or far from it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import ceil

from ..digits import distance, neighbours_swapped, one_edit_from
from ..language import compatible
from ..model import Rational, Term, Written
from ..quantities import Mention, Reading
from .items import Item, comes_out, one_slip_apart, term

_NEAR = 14  # paragraphs back in which a base may stand
_LATELY = 8  # paragraphs, its own among them
_BESIDE = 40  # items looked at on either side of a figure in a paragraph that never ends
_HEADING = re.compile(r"[IVX]+[./)-]|\d{1,2}(?:\.\d{1,2})*[.)/]")
FAR = 200  # figures looked at far from the share
_CHANGE = re.compile(r"(?<!\w)(?:tăng|giảm)(?: thêm| bớt| được)?$")
_WHOLE = re.compile(r"(?<!\w)(?:toàn|tổng số|có)(?!\w)")
_SUMMING = re.compile(r"(?<!\w)(?:cộng|tổng|tất cả|cả thảy|như vậy)(?!\w)")
_SAID = re.compile(r"(?<!\w)(?:tổng cộng|cộng lại|cả thảy)(?!\w)|^cộng(?!\w)")
_REACHES = re.compile(r"[^,;.:()\d]{0,30}[,(]?\s?(?:đạt|chiếm|bằng)(?: tỷ lệ)?\s")
_PART = re.compile(r"nghèo|trong số")
_TELLING = 50  # a share of fewer, with one decimal, comes out on many figures


class Pool:
    """The items of a document by place, unit, word and size."""

    def __init__(self, reading: Reading, paragraphs: list[list[Item]]) -> None:
        self.reading, self.paragraphs = reading, paragraphs
        self.at = {m.quantity.span: m for m in reading.mentions}
        self.owner: dict[int, Item] = {}
        self.by_unit: dict[str, list[Item]] = {}
        for items in paragraphs:
            for item in items:
                self.owner[item.mention.index] = item
                if item.base is not None:
                    self.owner[item.base.index] = item
                if item.mention.depth == 0 and not is_change(item):
                    self.by_unit.setdefault(item.unit, []).append(item)
        self.by_size = {unit: _by_size(items) for unit, items in self.by_unit.items()}
        self.sections = _sections(reading)

    @cached_property
    def by_word(self) -> dict[str, list[Item]]:
        """The items of the text by each word of their labels."""
        found: dict[str, list[Item]] = {}
        for items in self.paragraphs:
            for item in items:
                for word in item.words if item.mention.depth == 0 else ():
                    found.setdefault(word, []).append(item)
        return found

    @cached_property
    def by_value(self) -> dict[Rational, list[Item]]:
        """The items that have a unit by their values."""
        found: dict[Rational, list[Item]] = {}
        for items in self.paragraphs:
            for item in items:
                if item.unit:
                    found.setdefault(item.value, []).append(item)
        return found

    def sized(self, value: Rational) -> list[Item]:
        """The items of this value that have a unit, in text order."""
        return self.by_value.get(value, [])

    def near(self, mention: Mention) -> list[Item]:
        """The items of the figure's paragraph that stand near it, in text order; all of them in any ordinary paragraph."""
        items = self.paragraphs[mention.paragraph]
        place = bisect_left(items, mention.start, key=lambda i: i.start)
        return items[max(0, place - _BESIDE) : place + _BESIDE]

    def section_items(self, paragraph: int) -> list[Item]:
        """Top-level items of the paragraphs before, in the same section, nearest first."""
        out: list[Item] = []
        section = self.sections[paragraph]
        for back in range(paragraph - 1, max(-1, paragraph - _NEAR - 1), -1):
            if self.sections[back] != section and paragraph - back > 2:
                break
            out.extend(i for i in reversed(self.paragraphs[back]) if i.mention.depth == 0 or i.value > 100)
        return out

    def named(self, words: frozenset[str]) -> list[Item]:
        """Items of the report whose label has the rarest of these words, in text order, as far as is worth looking."""
        return min((self.by_word.get(word, []) for word in sorted(words)), key=len, default=[])[:FAR]

    def unit_of(self, mention: Mention) -> str:
        other = self.owner.get(mention.index)
        return mention.unit or (other.unit if other else "")

    def distant(
        self, item: Item, percent: Mention, named: re.Pattern[str] | None = None, unit: str | None = None
    ) -> list[Term]:
        """Figures of the same unit anywhere in the report on which the share comes out, the first of them."""
        written = percent.quantity.written
        sizes, items = self.by_size.get(item.unit if unit is None else unit, ((), ()))
        low, high, n = written.value - written.ulp, written.value + written.ulp, 100 * item.value
        first = max(  # cross-multiplied: no quotient is made
            bisect_left(sizes, item.value), bisect_left(sizes, n * high.denominator, key=lambda m: m * high.numerator)
        )
        last = bisect_right(sizes, n * low.denominator, key=lambda m: m * low.numerator) if low > 0 else len(sizes)
        for other in sorted(items[first:last][:FAR], key=lambda i: i.start):
            if (
                other is not item
                and not (other.mention.sentence == item.mention.sentence and self.later(item, other))
                and (named is None or named.search(other.mention.quantity.noun))
                and comes_out(item.value, other.value, written)
            ):
                return [term("m", other.mention)]
        return []

    def summed_up(self, item: Item) -> list[Item]:
        """The figures of its sentence that n adds up: "120 hộ thôn trên và 98 hộ thôn dưới, tổng cộng 218 hộ", with its own value where
        that is told before them."""
        before = [
            i for i in self.near(item.mention)
            if i.end <= item.start and i.mention.sentence == item.mention.sentence and i.mention.group == item.mention.group
            and compatible(i.unit, item.unit) and i.base is None and not i.shares
        ]  # fmt: skip
        if len(before) < 2 or not _SUMMING.search(item.mention.before):
            return []
        sums = [*accumulate(i.value for i in reversed(before))]
        if item.value in sums[1:]:
            return before[-sums.index(item.value, 1) - 1 :] + [i for i in before if i.value == item.value]
        return [i for i in before if i.value < item.value] if _SAID.search(item.mention.before) else []

    def told_near(self, item: Item, percent: Mention) -> list[Term]:
        """A figure of the paragraph and of n's own unit that the words do not point at, on which the share comes out."""
        if item.value < _TELLING:
            return []
        near = [m for i in self.within_reach(item, percent) if i.unit == item.unit for m in figures_of(i)]
        return [t for m in near if fits(item.value, t := term("m", m), percent)][:1]

    def within_reach(self, item: Item, percent: Mention) -> list[Item]:
        """The other figures near a share that may be what it is of: no changes, none of a clause that follows."""
        return [i for i in self.near(percent) if i is not item and not is_change(i) and not self.later(item, i)]

    def later(self, item: Item, other: Item) -> bool:
        """Does the figure stand in a clause that follows that of the item?"""
        return other.start > item.end and ";" in self.reading.folded[item.end : other.start]

    def told_elsewhere(self, item: Item, percent: Mention, hint: str | None) -> list[Term]:
        """A figure of the same unit far from the share on which it comes out: "tái cử 12 chiếm 36,36%", and three lines
        on "HĐND huyện được bầu 33 đại biểu". Only where so exact a share hardly does so by chance."""
        ulp = percent.quantity.written.ulp
        exact = 100 * ulp <= 1 or 10 * ulp <= 1 and item.value >= _TELLING
        unit = item.unit or next((i.unit for i in reversed(self.near(item.mention)) if i.start < item.start and i.unit), "")
        if not exact or hint is not None:
            return []
        alike = sorted(u for u in self.by_size if u and u != unit and compatible(u, unit)) if unit else []
        return next((told for u in (unit, *alike) if (told := self.distant(item, percent, unit=u))), [])

    def told_lately(self, item: Item, percent: Mention) -> Term | None:
        """The last of the figures told in the paragraphs before, counted in n's unit or in none, on which the share comes out: of so many
        people as came, where the words point at those who were asked to."""
        if 10 * percent.quantity.written.ulp > 1:
            return None
        here = percent.paragraph
        before = (i for at in range(here, max(-1, here - _LATELY), -1) for i in reversed(self.paragraphs[at]) if i.end <= item.start)
        told = (m for i in before if i.unit in {"", item.unit} or i.base is not None for m in figures_of(i))
        return next((t for m in told if m.value > item.value and fits(item.value, t := term("m", m), percent)), None)

    def of_other_unit(self, item: Item, percent: Mention) -> list[Term]:
        """ "Cử tri đại diện hộ tham gia 2.905/3.012 hộ; trong đó đồng ý 2.871 (95,32% tổng số cử tri)": a figure of the
        sentence that the share comes out on, though counted in other units. A whole percentage would agree by chance."""
        if percent.quantity.written.ulp >= 1:
            return []
        beside = [m for i in self.within_reach(item, percent) if i.mention.sentence == item.mention.sentence for m in figures_of(i)]
        return [t for m in beside if m is not item.mention and fits(item.value, t := term("m", m), percent)][:1]

    def only_whole(self, item: Item) -> Term | None:
        """The one figure the report gives for all its households or people."""
        if item.unit != "hộ" or item.mention.depth:
            return None
        values, wholes = self._households
        least = bisect_left(values, Fraction(20, 19) * item.value)
        larger = wholes[least : least + 2] or [i for i in wholes if i.value != item.value]
        return term("m", larger[0].mention) if len(larger) == 1 else None

    def has_share(self, item: Item) -> bool:
        """Does a percent stand right behind the figure, in its sentence: "372 hộ, đạt 93%"?"""
        behind = self.reading.mentions[item.mention.index + 1 : item.mention.index + 2]
        return item.base is None and any(m.percent and m.sentence == item.mention.sentence and _REACHES.fullmatch(self.reading.folded, item.end, m.start) for m in behind)

    @cached_property
    def _households(self) -> tuple[list[Rational], list[Item]]:
        """What may be all the households, one item for each value."""
        told = (i for i in self.by_unit.get("hộ", ()) if _WHOLE.search(i.mention.before) and not _PART.search(i.label) and not self.has_share(i))
        return _by_size(list({i.value: i for i in told}.values()))


def _by_size(items: list[Item]) -> tuple[list[Rational], list[Item]]:
    """The values in ascending order, and beside each its item."""
    ordered = sorted(items, key=lambda i: i.value)
    return [i.value for i in ordered], ordered


def _sections(reading: Reading) -> list[int]:
    """A section number for each paragraph: a line that looks like a heading starts a new one."""
    out, current = [], 0
    parts, figures = reading.paragraphs_read, reading.by_paragraph
    short = [part.marker and part.span.end - part.span.start < 160 for part in parts]
    numbered = [bool(brief and _HEADING.match(part.marker.lstrip("*_# "))) for brief, part in zip(short, parts, strict=True)]
    counted = [heads and bool(here) for heads, here in zip(numbered, figures, strict=True)]
    for at, heads in enumerate(numbered):
        listed = counted[at] and any(counted[max(0, at - 1) : at] + counted[at + 1 : at + 2])
        if heads and not listed:  # "1. Ông A: 3.120 phiếu", "2. Bà B: 2.904 phiếu": numbered lines with figures are a list
            current += 1
        out.append(current)
    return out


def figures_of(item: Item) -> list[Mention]:
    return [item.base, item.mention] if item.base is not None else [item.mention]


def is_change(item: Item) -> bool:
    """Does the figure say by how much another rose or fell? Nothing is a share of it."""
    return _CHANGE.search(item.mention.before) is not None


def fits(n: Rational, base: Term, percent: Mention | Term) -> bool:
    written = percent.written if isinstance(percent, Term) else percent.quantity.written
    return written is not None and base.written is not None and comes_out(n, base.written.value, written)


def near_miss(n: Rational, base: Term, percent: Mention | Term) -> bool:
    """Does the share come out so nearly that the base must be meant: within a twentieth of itself and one point?"""
    written = percent.written if isinstance(percent, Term) else percent.quantity.written
    if written is None or base.written is None or base.written.value <= 0:
        return False
    off = abs(100 * Fraction(n) / base.written.value - written.value)
    return off <= 1 and 20 * off <= written.value


def one_digit_off(n: Rational, base: Term, percent: Mention | Term) -> bool:
    """Is the share as printed one digit, or two swapped ones, from what it comes out as?"""
    written = percent.written if isinstance(percent, Term) else percent.quantity.written
    if written is None or base.written is None or base.written.value <= 0 or written.value <= 0:
        return False
    meant = round(100 * Fraction(n) / base.written.value / written.ulp)
    return distance(str(meant), str(round(Fraction(written.value) / written.ulp))) == 1


def _swapped(n: Rational, base: Term, percent: Mention) -> bool:
    """Is the share as printed what it comes out as with two neighbouring digits in the other order?"""
    if base.written is None or base.written.value <= 0:
        return False
    ulp = percent.quantity.written.ulp
    return neighbours_swapped(str(round(100 * Fraction(n) / base.written.value / ulp)), str(round(Fraction(percent.value) / ulp)))


_MOST_MEANT = 60  # figures a share may have been reckoned from; of more, one is a slip away by chance


def one_slip_off(n: Rational, base: Term, percent: Mention) -> bool:
    """Would the share come out if one digit of n, m or p were another, or two of them swapped? Of a whole percent too many figures are one
    digit away: only a swap of its own counts."""
    p, ulp, m = percent.value, percent.quantity.written.ulp, base.written.value if base.written is not None else 0
    if ulp >= 1:
        return _swapped(n, base, percent)
    if 2 * p <= ulp or m <= 0 or n <= 0 or n.denominator > 1 or m.denominator > 1:
        return False
    if one_digit_off(n, base, percent):
        return True
    while n % 1000 == m % 1000 == 0:  # amounts are written in thousands or millions
        n, m = n // 1000, m // 1000
    least, most = (2 * Fraction(p) - ulp) / 200, (2 * Fraction(p) + ulp) / 200
    parts, wholes = range(ceil(least * m), int(most * m) + 1), range(ceil(n / most), int(n / least) + 1)
    return any(mistyped(meant, n) for meant in parts[:_MOST_MEANT]) or any(mistyped(meant, m) for meant in wholes[:_MOST_MEANT])


FEW_DIGITS = 10  # steps of its last digit a percent has that is printed to more than one
_AMOUNT = 10**7  # of money, written in millions or thousand millions


def miscounted(n: Rational, m: Rational, percent: Written) -> bool:
    """Would the share come out, rounded or cut, if one digit of n or m were another, one more or one less, or two of them swapped?"""
    least, most = Fraction(percent.value - percent.ulp, 100), Fraction(percent.value + percent.ulp, 100)
    if percent.value < FEW_DIGITS * percent.ulp:
        return False  # of "0,3%" too many figures are a digit away
    if n.denominator > 1 or m.denominator > 1 or max(n, m) >= _AMOUNT or n <= 0 or m <= 0 or most <= 0:
        return False
    return any(least * m <= meant <= most * m for meant in one_edit_from(str(n))) or any(least * meant <= n <= most * meant for meant in one_edit_from(str(m)))


def mistyped(meant: Rational, printed: Rational) -> bool:
    """Is a figure as printed one digit, or two swapped ones, from what it was meant to be?"""
    tens = next((t for t in (1, 10, 100, 1000) if (meant * t).denominator == (printed * t).denominator == 1), 1)  # decimals are digits like others
    one, other = str(meant * tens), str(printed * tens)
    return len(one) == len(other) and one_slip_apart(one, other)
