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


def one_edit_from(digits: str) -> set[int]:
    """The numbers at a distance of one from it, itself not among them.

    >>> sorted(one_edit_from("7"))[:3], 17 in one_edit_from("7"), 71 in one_edit_from("17"), 7 in one_edit_from("17")
    ([0, 1, 2], True, True, True)
    """
    places = range(len(digits))
    made = {digits[:i] + digits[i + 1 :] for i in places} | {digits[:i] + digits[i : i + 2][::-1] + digits[i + 2 :] for i in places}
    made |= {digits[:i] + d + digits[i + kept :] for i in range(len(digits) + 1) for kept in (0, 1) for d in "0123456789"}
    return {int(m) for m in made if m} - {int(digits)}


def neighbours_swapped(a: str, b: str) -> bool:
    """Are the two the same but for two neighbouring digits in the other order?

    >>> neighbours_swapped("1517", "1571"), neighbours_swapped("1517", "1517"), neighbours_swapped("123", "321")
    (True, False, False)
    """
    off = [i for i, (one, other) in enumerate(zip(a, b, strict=False)) if one != other]
    return len(a) == len(b) and len(off) == 2 and off[1] == off[0] + 1 and sorted(a) == sorted(b)


def one_digit_apart(a: str, b: str) -> bool:
    """Are the two of one length and the same but for one digit?

    >>> one_digit_apart("22", "12"), one_digit_apart("22", "22"), one_digit_apart("22", "122")
    (True, False, False)
    """
    return len(a) == len(b) and sum(one != other for one, other in zip(a, b, strict=True)) == 1
