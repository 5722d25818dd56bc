"""A check as spreadsheet formulas over the cells that hold its figures, with the values they come to.

The formulas say the same as the exact arithmetic, in the floating point of a spreadsheet: a mark is given
with a billionth to spare. Kinds without a formula (dates, layout, norms) give None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .memo.view import Item
from .model import Kind, Term
from .relations import per_of


@dataclass(frozen=True, slots=True)
class Sum:
    """One check in cells: formulas without "=", and how far stated and recomputed may lie apart."""

    stated: str
    recomputed: str
    allowed: Fraction
    at_most: bool = False


def sum_of(item: Item, rows: dict[str, list[int]], sheet: str) -> Sum | None:
    """The check as formulas; None for checks that are no arithmetic, or lack a figure."""
    maker = _SUMS.get(item.finding.claim.kind)
    if any(term.written is None for term in item.finding.claim.terms) or maker is None:
        return None
    return maker(item, {role: [f"{sheet}!$D${n}" for n in places] for role, places in rows.items()})


Cells = dict[str, list[str]]


def _half(*terms: Term) -> Fraction:
    """Half a unit of the last place of every rounded figure: what rounding alone may leave."""
    return sum((Fraction(t.written.ulp) / 2 for t in terms if t.written and t.written.rounded), Fraction(0))


def _share(item: Item, cells: Cells) -> Sum | None:
    if not {"n", "m", "p"} <= cells.keys():
        return None
    rate = item.finding.claim.by_role("p")
    return Sum(cells["p"][0], f"IF({cells['m'][0]}=0,0,{cells['n'][0]}/{cells['m'][0]}*100)", _half(rate[0]))


def _breakdown(item: Item, cells: Cells) -> Sum | None:
    if not {"total", "part"} <= cells.keys():
        return None
    claim = item.finding.claim
    allowed = _half(*claim.by_role("total")[:1], *claim.by_role("part"))
    return Sum(cells["total"][0], _range("SUM", cells["part"]), allowed, claim.relation != "equal")


def _shares_sum(item: Item, cells: Cells) -> Sum | None:
    if "part" not in cells:
        return None
    return Sum("100", _range("SUM", cells["part"]), _half(*item.finding.claim.by_role("part")))


def _two(first: str, second: str) -> Callable[[Item, Cells], Sum | None]:
    def make(item: Item, cells: Cells) -> Sum | None:
        if (
            not {first, second} <= cells.keys()
            or len({t.unit in {"%", "điểm %"} for t in item.finding.claim.terms}) > 1
        ):
            return None
        claim = item.finding.claim
        return Sum(
            cells[first][0],
            _range("SUM", cells[second]),
            _half(*claim.by_role(first)[:1], *claim.by_role(second)),
            claim.relation != "equal",
        )

    return make


def _same(item: Item, cells: Cells) -> Sum | None:
    if not {"a", "b"} <= cells.keys():
        return None
    a, claim = cells["a"][0], item.finding.claim
    most, least = _range("MAX", cells["b"]), _range("MIN", cells["b"])
    return Sum(
        a,
        f"IF(ABS({most}-{a})>ABS({least}-{a}),{most},{least})",
        _half(*claim.by_role("a")[:1], *claim.by_role("b")[:1]),
    )


def _change(item: Item, cells: Cells) -> Sum | None:
    claim = item.finding.claim
    if not {"prev", "now"} <= cells.keys():
        return None
    prev, now = cells["prev"][0], cells["now"][0]
    if "p" in cells and not cells.get("delta"):
        return Sum(
            f"ABS({cells['p'][0]})",
            f"IF({prev}=0,0,ABS({now}-{prev})/{prev}*100)",
            _half(claim.by_role("p")[0]),
        )
    if "delta" in cells:
        return Sum(f"ABS({cells['delta'][0]})", f"ABS({now}-{prev})", _half(claim.by_role("delta")[0]))
    if "times" in cells:
        return Sum(cells["times"][0], f"IF({prev}=0,0,{now}/{prev})", _half(claim.by_role("times")[0]))
    return None


def _rate(item: Item, cells: Cells) -> Sum | None:
    if not {"total", "count", "rate"} <= cells.keys():
        return None
    claim = item.finding.claim
    totals, counts = claim.by_role("total"), claim.by_role("count")
    total, least = (sum((Fraction(t.written.value) for t in terms if t.written), Fraction(0)) for terms in (totals, counts))
    most, fewest = total + _half(*totals), least - _half(*counts)
    off = Fraction(per_of(claim)) * (most / fewest - total / least) if fewest > 0 else Fraction(0)
    count, by = cells["count"][0], f"*{cells['per'][0]}" if "per" in cells else ""
    quotient = f"IF({count}=0,0,{_range('SUM', cells['total'])}{by}/{count})"
    return Sum(cells["rate"][0], quotient, _half(claim.by_role("rate")[0]) + off)


_SUMS: dict[Kind, Callable[[Item, Cells], Sum | None]] = {
    Kind.SHARE: _share,
    Kind.BREAKDOWN: _breakdown,
    Kind.SHARES_SUM: _shares_sum,
    Kind.SAME_FIGURE: _same,
    Kind.ROLL_FORWARD: _two("a", "b"),
    Kind.CLAIM_VS_COUNT: _two("claim", "count"),
    Kind.CHANGE: _change,
    Kind.RATE: _rate,
}


def _range(function: str, cells: Sequence[str]) -> str:
    """SUM over neighbouring cells as one range."""
    first, last = cells[0], cells[-1].rpartition("!")[2]
    return f"{function}({first}:{last})" if len(cells) > 1 else f"{function}({first})"


def cached(item: Item) -> tuple[float, float] | None:
    """Stated and recomputed values, for readers that show a workbook without recalculating it."""
    by: dict[str, list[Fraction]] = {}
    for term in item.finding.claim.terms:
        if term.written is not None:
            by.setdefault(term.role, []).append(Fraction(term.written.value))
    kind = item.finding.claim.kind
    if kind is Kind.SHARE:
        pair = by["p"][0], 100 * by["n"][0] / by["m"][0] if by["m"][0] else Fraction(0)
    elif kind is Kind.BREAKDOWN:
        pair = by["total"][0], sum(by["part"], Fraction(0))
    elif kind is Kind.SHARES_SUM:
        pair = Fraction(100), sum(by["part"], Fraction(0))
    elif kind is Kind.SAME_FIGURE:
        pair = by["a"][0], max(by["b"], key=lambda value: abs(value - by["a"][0]))
    elif kind is Kind.CHANGE:
        pair = _changed(by)
    elif kind is Kind.RATE:
        per, count = by.get("per", [Fraction(1)])[0], by["count"][0]
        pair = by["rate"][0], sum(by["total"], Fraction(0)) * per / count if count else Fraction(0)
    else:
        first, second = ("claim", "count") if kind is Kind.CLAIM_VS_COUNT else ("a", "b")
        pair = by[first][0], sum(by[second], Fraction(0))
    return float(pair[0]), float(pair[1])


def _changed(by: dict[str, list[Fraction]]) -> tuple[Fraction, Fraction]:
    prev, now = by["prev"][0], by["now"][0]
    if by.get("delta"):
        return abs(by["delta"][0]), abs(now - prev)
    base = prev or Fraction(1)
    return (abs(by["p"][0]), 100 * abs(now - prev) / base) if by.get("p") else (by["times"][0], now / base)


def mark_of(values: tuple[float, float] | None, found: Sum) -> str:
    gap = values[0] - values[1] if values else 0.0
    outside = gap < -float(found.allowed) - 1e-9 if found.at_most else abs(gap) > float(found.allowed) + 1e-9
    return "✗" if outside else "✓" if abs(gap) < 1e-9 else "≈"
