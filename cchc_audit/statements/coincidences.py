"""Sums found in the figures themselves: nothing in the words says so, hence (almost) only agreement is claimed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..language import compatible
from ..model import Claim, Kind, Rational
from ..quantities import Reading
from .items import AREAS, LEAST, Item, claim, collapsed, sum_claim, term, total_of
from .partitions import classes_of

COINCIDENT = "breakdown.coincident"  # the source of figures that add up without a word saying so
_LARGE = 100  # sums of figures told one a sentence
_SO_NEAR = 5  # figures between a small sum and its parts
_ADDED_UP = re.compile(r"(?<!\w)(?:cộng|tổng|gộp|cả (?:hai|ba|bốn)|tính chung)(?!\w)")
_ROWS = 40  # clauses a total is held against


def fraction_sums(items: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    """Several n/m in a row: the numerators, or the denominators, may make a total of the text."""
    run: list[Item] = []
    for item in [*items, None]:
        if (
            item is not None
            and item.base is not None
            and (not run or item.mention.sentence == run[-1].mention.sentence)
        ):
            run.append(item)
            continue
        if len(run) >= 3:
            yield from _opened(run)
            yield from _summed_last(run)
        if len(run) >= 2:
            near = [
                i
                for i in items
                if i not in run and i.mention.sentence - run[0].mention.sentence in {-2, -1, 0, 1}
            ]
            pool = [m for i in near for m in (i.mention, i.base) if m is not None]
            pool += [m for i in earlier[:6] for m in (i.mention, i.base) if m is not None]
            for bases in (False, True):
                chosen = [(i.base if bases else i.mention) for i in run]
                amount = sum(m.value for m in chosen if m)
                fits = min(
                    (m for m in pool if m.value == amount),
                    key=lambda m: abs(m.start - run[-1].end),
                    default=None,
                )
                if fits is not None:
                    yield claim(
                        Kind.BREAKDOWN,
                        [term("total", fits), *(term("part", m) for m in chosen if m)],
                        "breakdown.fractions",
                        scope=fits.quantity.noun,
                    )
        run = [item] if item is not None and item.base is not None else []


def _summed_last(run: list[Item]) -> Iterator[Claim]:
    """ "143/157 vụ khiếu nại và 36/38 vụ tố cáo, cộng chung là 179/195": where the numerators make the last one, its base is that of all."""
    *parts, total = run
    if total.base is None or sum(i.value for i in parts) != total.value or not _ADDED_UP.search(total.mention.before):
        return
    bases = [i.base for i in parts if i.base is not None]
    terms = [term("total", total.base), *(term("part", m) for m in bases)]
    yield claim(Kind.BREAKDOWN, terms, "breakdown.fractions", scope=total.base.quantity.noun)


def _opened(run: list[Item]) -> Iterator[Claim]:
    """ "Giải quyết 31/35 vụ; trong đó khiếu nại 22/25 vụ, tố cáo 9/10 vụ": where the numerators of a list add up to the
    first of them, so do the denominators, and the other way round."""
    first, *rest = run
    sides = [[i.mention for i in run], [i.base for i in run if i.base is not None]]
    if len(rest) >= 2 and any(s[0].value == sum(m.value for m in s[1:]) for s in sides):
        for whole, *parts in sides:
            if len({m.value for m in parts}) == 1:
                continue  # shares of one base: "78/126 thủ tục, trong đó 31/78 toàn trình, 47/78 một phần"
            terms = [term("total", whole), *(term("part", m) for m in parts)]
            yield claim(Kind.BREAKDOWN, terms, "breakdown.fractions", scope=whole.quantity.noun)


def coincident(items: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    """Neighbouring figures of one unit that make another figure of the paragraph exactly.

    Nothing in the words says so, hence only agreement is claimed; it shows the figures as checked.
    """
    items = [i for i in items if not _says_how_many_of(i)]
    for unit in sorted({i.unit for i in items}):
        same = [i for i in items if i.unit == unit or not i.unit]
        if not 2 <= len(same) <= 60:
            continue
        wholes: dict[Rational, list[Item]] = {}
        for item in (
            *(i for i in items if compatible(i.unit, unit) or unit == "cơ sở" and i.unit in AREAS),  # "10 huyện có 04 đơn vị xuất sắc, …"
            *(i for i in earlier if unit and i.value >= 100 and compatible(i.unit, unit)),
        ):
            for value in {item.value, item.base.value if item.base is not None else item.value}:
                if value >= LEAST:
                    wholes.setdefault(value, []).append(item)
        if not wholes:
            continue
        yield from _windows(same, wholes)
        shorter = collapsed(same)
        if len(shorter) < len(same):
            yield from _windows(shorter, wholes)
        if len(same) >= 4:
            for step in (2, 3):
                for first in range(step):
                    yield from _windows(same[first::step], wholes, alone=False)
        yield from _pairs(same)


def _says_how_many_of(item: Item) -> bool:
    """ "2/3 số công chức": a fraction in the sense of arithmetic, no count."""
    return item.base is not None and item.base.value < LEAST and item.base.after.startswith("số ")


_IN_ALL = re.compile(r"\W*tổng(?: số| cộng)?(?: [^\W\d]+){0,4}$")


def opened_by_total(items: list[Item]) -> Iterator[Claim]:
    """ "Tổng số 8 nhóm, lớp; 2 nhóm trẻ; 6 lớp mẫu giáo": the first figures behind a total of less than ten, as far as they make it."""
    for place, whole in enumerate(items):
        if not 1 < whole.value < LEAST or whole.base is not None or not _IN_ALL.fullmatch(whole.mention.before):
            continue
        parts: list[Item] = []
        for item in items[place + 1 : place + LEAST]:
            if item.mention.sentence != whole.mention.sentence or item.base is not None or total_of(parts) >= whole.value:
                break
            parts.append(item)
        if len(parts) > 1 and total_of(parts) == whole.value and all(i.mention.depth == whole.mention.depth and i.value > 0 for i in parts):
            yield sum_claim(whole.mention, parts, "equal", COINCIDENT)


def _windows(listed: list[Item], wholes: dict[Rational, list[Item]], *, alone: bool = True) -> Iterator[Claim]:
    """`alone`: the figures stand side by side; else they are every second or third one, and small sums prove nothing."""
    largest = max(wholes)
    for start in range(len(listed) - 1):
        amount: Rational = listed[start].value
        first = listed[start].mention.sentence
        for end in range(start + 1, min(len(listed), start + 12)):
            here, before = listed[end].mention.sentence, listed[end - 1].mention.sentence
            if here - first > 1 and (here - before > 1 or largest < _LARGE):
                break
            amount += listed[end].value
            if amount > largest:
                break
            if amount not in wholes or not alone and amount < _LARGE:
                continue
            if here - first > 1 and amount < _LARGE:
                continue
            window = listed[start : end + 1]
            if sum(1 for i in window if i.value) < 2:
                continue
            fits = [i for i in wholes[amount] if i not in window or i.base is not None and i.value != amount]
            if fits:
                whole = min(
                    fits, key=lambda i: min(abs(i.start - window[0].start), abs(i.start - window[-1].start))
                )
                figure = whole.mention if whole.value == amount else whole.base
                if amount < _LARGE and not _beside(listed, whole, start, end):
                    continue
                if figure is not None and abs(whole.mention.sentence - first) <= 4:
                    yield sum_claim(figure, window, "equal", COINCIDENT)


def _beside(listed: list[Item], whole: Item, start: int, end: int) -> bool:
    """Does the figure stand near the first or the last of these in the list, or in no list with them?"""
    return whole in listed[max(0, start - _SO_NEAR) : start] or whole in listed[end + 1 : end + 1 + _SO_NEAR] or whole not in listed or whole.base is not None


def _pairs(same: list[Item]) -> Iterator[Claim]:
    """Two figures apart from each other that make a third of the paragraph; large ones only."""
    large = [i for i in same if i.value >= LEAST and i.mention.depth == 0][:16]
    by_value = {i.value: i for i in large if i.value >= 100}
    for place, one in enumerate(large):
        for other in large[place + 1 :]:
            whole = by_value.get(one.value + other.value)
            if whole is not None and whole is not one and whole is not other:
                yield sum_claim(whole.mention, [one, other], "equal", COINCIDENT)


def grand_totals(items: list[Item], earlier: list[Item]) -> Iterator[Claim]:
    """Fractions whose bases make another fraction's base: then the same answers must add up too.

    "52/90 tán thành … 77/88 tán thành … cả hai thôn 117/178 tán thành".
    """
    here = [i for i in items if i.base is not None]
    fractions = [*(i for i in reversed(earlier) if i.base is not None), *here]
    for place, total in enumerate(here, len(fractions) - len(here)):
        label = classes_of(total.label)
        parts = [
            i
            for i in fractions[max(0, place - _ROWS) : place]
            if i.end <= total.start and i.unit and _alike(label, classes_of(i.label))
        ]
        whole = total.base
        if whole is None or len(parts) < 2 or len(parts) > 12:
            continue
        if sum(p.base.value for p in parts if p.base) == whole.value:
            yield sum_claim(total.mention, parts, "equal", "breakdown.grand")


def _alike(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Do two labels fall in the same class wherever both have one, and in some class at all?"""
    common = one.keys() & other.keys()
    return bool(common) and all(one[k] == other[k] for k in common)


_CLAUSE_ENDS = re.compile(r"[;.]\s")
_SUMMED = re.compile(r"(?<!\w)(?:cộng|tổng(?: cộng| số)?)(?!\w)")


def series(reading: Reading, items: list[Item]) -> Iterator[Claim]:
    """Clauses with the same number of figures, and one that adds them up column by column:
    "tỉnh 54.575, 51.780; huyện 340.060, 329.596; toàn tỉnh 394.635, 381.376".

    Where most columns close, a column that does not is a conflict.
    """
    clauses: list[list[Item]] = []
    for item in items:
        if item.mention.depth:
            continue
        if clauses and not _CLAUSE_ENDS.search(reading.folded, clauses[-1][-1].end, item.start):
            clauses[-1].append(item)
        else:
            clauses.append([item])
    for place in range(len(clauses)):
        total = clauses[place]
        width = min(len(total), len(clauses[place - 1])) if place else 0
        total = total[len(total) - width :]
        kinds = len({i.unit for i in total})
        if width < 2 or width == 2 != kinds or width > 2 and kinds > 1:
            continue
        rows: list[list[Item]] = []
        for back in range(place - 1, max(-1, place - _ROWS - 1), -1):
            if len(clauses[back]) < width:
                break
            rows.insert(0, clauses[back][-width:])
            if len(clauses[back]) > width:
                break  # "Ba cấp: tỉnh nhận …": the first clause may open with a figure of its own
        if len(rows) < 2:
            continue
        if any(r[c].unit != total[c].unit for r in rows for c in range(width) if kinds > 1):
            continue
        closing = [sum(r[c].value for r in rows) == total[c].value for c in range(width)]
        told = _SUMMED.search(total[0].mention.before) is not None
        if 3 * sum(closing) >= 2 * width or kinds > 1 and any(closing) and (told or len(rows) >= 3):
            for column in range(width):
                yield sum_claim(total[column].mention, [r[column] for r in rows], "equal", "breakdown.series")
