"""How fast the arithmetic is on one core: percent checks, judging claims, finding the slip in a table.

Run with plain Python, from anywhere: python benchmarks/arithmetic.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cchc_audit import check
from cchc_audit.arithmetic import percent_fits, percent_grade
from cchc_audit.explain import explain
from cchc_audit.localise import Mentions, Printed, connected, holds, smallest_repairs, weigh
from cchc_audit.model import Claim, Kind, Span, Term, Written
from cchc_audit.relations import Ends, Place, Relation, relate

REPEATS = 5


def quickest(work: Callable[[], object]) -> float:
    """Seconds of the quickest of a few runs."""
    best = float("inf")
    for _ in range(REPEATS):
        start = perf_counter()
        work()
        best = min(best, perf_counter() - start)
    return best


def percent_cases(count: int) -> list[tuple[int, int, int, int]]:
    """Half of them right, half of them off."""
    rng = Random(1)
    cases = []
    for i in range(count):
        b = rng.randrange(1, 5000)
        a = rng.randrange(b + 1)
        right = (2 * 1000 * a + b) // (2 * b)
        cases.append((a, b, right if i % 2 else right + rng.randrange(1, 50), 1))
    return cases


def check_all(test: Callable[[int, int, int, int], object], cases: list[tuple[int, int, int, int]]) -> None:
    for a, b, x, d in cases:
        test(a, b, x, d)


class Figures:
    """Figures with places of their own, in reading order."""

    def __init__(self) -> None:
        self.at = 0

    def term(self, role: str, value: int, unit: str = "hồ sơ") -> Term:
        text = str(value)
        self.at += 20
        return Term(role, Written(Fraction(value)), text, Span(self.at, self.at + len(text)), unit)


def table(size: int, *slips: int) -> list[Claim]:
    """A table of size x size figures, the last row and column totals, with figures along the diagonal mistyped."""
    rng = Random(7)
    inner = [[rng.randrange(20, 900) for _ in range(size - 1)] for _ in range(size - 1)]
    full = [[*row, sum(row)] for row in inner]
    full.append([sum(row[j] for row in full) for j in range(size)])
    for i, slip in enumerate(slips):
        full[i][i] += slip
    figures = Figures()
    terms = [[figures.term("part", value) for value in row] for row in full]
    lines = terms + [list(column) for column in zip(*terms, strict=True)]
    return [breakdown(line) for line in lines]


def breakdown(line: list[Term]) -> Claim:
    *parts, last = line
    total = Term("total", last.written, last.text, last.span, last.unit)
    spans = [term.span for term in line if term.span is not None]
    return Claim(Kind.BREAKDOWN, (total, *parts), Span(spans[0].start, spans[-1].end), "table")


def localise(claims: list[Claim]) -> tuple[int, int]:
    """Relate, group, weigh and search: the figures of the group and the repairs found."""
    sets: dict[Place, Ends] = {}
    figures: dict[Place, Printed] = {}
    relations: list[Relation] = []
    for claim in claims:
        related = relate(claim)
        sets.update(related.sets)
        relations += related.relations
        for term in claim.terms:
            if term.span is not None and term.written is not None:
                figures[term.span] = Printed(term.span, term.text, term.written, term.unit)
    wrong = [relation for relation in relations if not holds(relation, sets)]
    right = [relation for relation in relations if holds(relation, sets)]
    mentions, repairs = Mentions(figures.values()), 0
    for group in connected(wrong, right, sets, figures):
        for relation in group.failing:
            weigh(group, relation, mentions)
        repairs += len(smallest_repairs(group))
    return len(figures), repairs


def shares(count: int) -> list[Claim]:
    figures, rng = Figures(), Random(3)
    claims = []
    for i in range(count):
        m = rng.randrange(100, 3000)
        n = rng.randrange(m)
        x = (2 * 1000 * n + m) // (2 * m)
        p = Term("p", Written(Fraction(x, 10), Fraction(1, 10), rounded=True), f"{x // 10},{x % 10}%", unit="%")
        terms = (figures.term("n", n), figures.term("m", m), p)
        claims.append(Claim(Kind.SHARE, terms, Span(20 * i, 20 * i + 19), "share", scope=str(i)))
    return claims


def main() -> None:
    cases = percent_cases(200_000)
    for test in (percent_fits, percent_grade):
        seconds = quickest(lambda test=test: check_all(test, cases))  # type: ignore[misc]
        print(f"{test.__name__}: {len(cases) / seconds / 1e6:.2f} million percent checks a second")
    for slips in ((9,), (9, 40), (9, 40, 300)):
        claims = table(5, *slips)
        count, repairs = localise(claims)
        seconds = quickest(lambda claims=claims: localise(claims))  # type: ignore[misc]
        print(f"finding {len(slips)} slip(s) among {count} connected figures: {1000 * seconds:.1f} ms ({repairs} repairs)")
    many = shares(500)
    print(f"judging {len(many)} shares with their sentences: {1000 * quickest(lambda: check.judge(many)):.1f} ms")
    found = check.judge(claims)
    print(f"explaining the failing claims of the table: {1000 * quickest(lambda: explain(found, ())):.1f} ms")


if __name__ == "__main__":
    main()
