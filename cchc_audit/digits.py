"""How near two numbers are as they are typed."""

from __future__ import annotations


def distance(a: str, b: str) -> int:
    """The fewest digits to change, insert, remove or swap with a neighbour (optimal string alignment).

    >>> distance("1517", "1571"), distance("22", "24"), distance("10", "8")
    (1, 1, 2)
    """
    before: list[int] = []
    above = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
