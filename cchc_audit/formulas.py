"""A check as spreadsheet formulas over the cells that hold its figures.

The formulas say the same as the exact arithmetic, in the floating point of a spreadsheet: a mark is given
with a billionth to spare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .memo.comparison import Comparison

_SPARE = "1E-9"


@dataclass(frozen=True, slots=True)
class Row:
    """The formulas, without "=", of one comparison in row `n` of a sheet with stated, recomputed, difference and
    leeway in the columns E to H."""

    mark: str
    stated: str
    recomputed: str
    difference: str
    allowed: str


def row_of(compared: Comparison, cells: Mapping[str, Sequence[int]], sheet: str, n: int) -> Row:
    """The comparison in row `n`; `cells` gives the rows of each role's figures in column D of the sheet named."""
    names: dict[str, str] = {}
    for role, rows in cells.items():
        first = f"{sheet}!$D${rows[0]}"
        names[f"{role}_range"] = f"{first}:$D${rows[-1]}" if len(rows) > 1 else first
        names[role] = f"SUM({names[f'{role}_range']})" if len(rows) > 1 else first
    stated, recomputed = (formula.format_map(names) for formula in compared.formulas)
    below, above = float(compared.below), float(compared.above or 0)
    exact, outside = f"ABS(G{n})<{_SPARE}", f"ABS(G{n})>H{n}+{_SPARE}"
    if compared.above is None:
        exact, outside = f"G{n}>-{_SPARE}", f"G{n}<-H{n}-{_SPARE}"
        above = below
    return Row(
        f'IF({outside},"✗",IF({exact},"✓","≈"))',
        stated,
        recomputed,
        f"E{n}-F{n}",
        f"{below!r}" if below == above else f"IF(G{n}<0,{below!r},{above!r})",
    )
