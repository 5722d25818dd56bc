"""Totals told above a table that has no row for them: "Thu về 600 phiếu", then a row for each answer with its share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..language import UNIT, compatible, unit_of
from ..model import Claim, Kind, magnitude
from ..quantities import Mention
from .items import LEAST, Item, claim, close, comes_out, term
from .rows import Table, is_percent, usable

_FEWEST = 3  # rows
_ABOVE = 3  # paragraphs


def find(paragraphs: Sequence[Sequence[Item]], found: Sequence[Table]) -> Iterator[Claim]:
    """A breakdown for each column of counts whose shares say that the rows are all there are, against the total above.

    Of figures that differ from the sum only one that comes near it, and no other does, is held to be its total.
    """
    for table in found:
        columns = usable(table) if table.total is None else []
        for counts in (c for c in columns if not is_percent(table, c)):
            parts = [figure for row in table.rows if (figure := row[counts].figure) is not None]
            if len(parts) < max(_FEWEST, len(table.rows)) or not any(_closes(table, parts, c) for c in columns if c != counts):
                continue
            whole = _told_above(paragraphs, parts, unit_of(unit.group(1)) if (unit := UNIT.search(table.heads[counts])) else "")
            if whole is not None:
                terms = [term("total", whole), *(term("part", part) for part in parts)]
                yield claim(Kind.BREAKDOWN, terms, "table.caption", scope=whole.quantity.noun)


def _closes(table: Table, parts: Sequence[Mention], column: int) -> bool:
    """Does the column give the share of each in the sum of all?"""
    shares = [figure for row in table.rows if (figure := row[column].figure) is not None]
    amount = sum(part.value for part in parts)
    return (
        is_percent(table, column)
        and len(shares) == len(parts)
        and amount >= LEAST
        and all(comes_out(part.value, amount, share.quantity.written) for part, share in zip(parts, shares, strict=True))
        and 2 * magnitude(sum(s.value for s in shares) - 100) <= sum(s.quantity.written.ulp for s in shares)
    )


def _told_above(paragraphs: Sequence[Sequence[Item]], parts: Sequence[Mention], unit: str) -> Mention | None:
    first, amount = parts[0].paragraph, sum(part.value for part in parts)
    above = [i for items in paragraphs[max(0, first - _ABOVE) : first] for i in items if not i.aside and compatible(i.unit, unit)]
    near = [i for i in above if close(amount, i.value)]
    exact = [i for i in near if i.value == amount]
    if exact:
        return exact[-1].mention
    return near[0].mention if len({i.value for i in near}) == 1 and near[0].unit else None
