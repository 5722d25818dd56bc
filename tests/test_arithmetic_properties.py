"""Properties that must hold for every figure: sound figures are never contradicted, wrong ones always."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_audit.arithmetic import (
    POSITIVE,
    Grade,
    Interval,
    Mode,
    grade,
    implied_numerators,
    percent_fits,
    percent_grade,
    point,
    preimage,
    split_fits,
)
from cchc_audit.model import Rational, Written
from cchc_audit.sums import compare, same

RULES = st.sampled_from([Mode.HALF_UP, Mode.HALF_DOWN, Mode.HALF_EVEN, Mode.TRUNCATION, Mode.CEILING])
SINGLE = st.integers(-100_000, 100_000).map(lambda k: Fraction(k, 64))


def as_rounded(value: Fraction, decimals: int, mode: Mode) -> Written:
    """The value as somebody following the rule writes it, worked out from the meaning of the rule."""
    scaled = abs(value) * 10**decimals
    down, rest = divmod(scaled, 1)
    up = int(down) + (rest > 0)
    half = Fraction(1, 2)
    if mode is Mode.TRUNCATION:
        k = int(down)
    elif mode is Mode.CEILING:
        k = up
    elif rest != half:
        k = up if rest > half else int(down)
    else:
        k = {Mode.HALF_UP: up, Mode.HALF_DOWN: int(down), Mode.HALF_EVEN: up if up % 2 == 0 else int(down)}[mode]
    return Written((-1 if value < 0 else 1) * Fraction(k, 10**decimals), Fraction(1, 10**decimals), rounded=True)


@given(SINGLE, st.integers(0, 3), RULES)
def test_a_rounded_figure_may_stand_for_its_value(value: Fraction, decimals: int, mode: Mode) -> None:
    assert preimage(as_rounded(value, decimals, mode), mode).contains(value)


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 4), RULES)
def test_a_correctly_rounded_percentage_is_never_contradicted(a: int, b: int, d: int, mode: Mode) -> None:
    x = int(as_rounded(Fraction(100 * a, b), d, mode).value * 10**d)
    assert percent_fits(a, b, x, d, mode)
    assert percent_grade(a, b, x, d).fits
    if mode not in {Mode.TRUNCATION, Mode.CEILING}:
        assert percent_grade(a, b, x, d).sound


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 4), st.integers(0, 10**6))
def test_a_percentage_off_by_more_than_rounding_is_always_contradicted(a: int, b: int, d: int, x: int) -> None:
    off = abs(Fraction(x, 10**d) - Fraction(100 * a, b)) * 10**d
    found = percent_grade(a, b, x, d)
    if off > Fraction(1, 2):
        assert not found.sound
    if off >= 1 and (x % 10 or d < 2 or off > 5):
        assert found in {Grade.INCONSISTENT, Grade.IMPOSSIBLE}
        assert (found is Grade.IMPOSSIBLE) == (not implied_numerators(x, d, b))


@given(st.integers(0, 800), st.integers(1, 800), st.integers(0, 2), st.integers(0, 20_000))
def test_the_integer_test_equals_the_interval_test(a: int, b: int, d: int, x: int) -> None:
    p = Written(Fraction(x, 10**d), Fraction(1, 10**d), rounded=True)
    share = Fraction(100 * a, b)
    for mode in Mode:
        assert percent_fits(a, b, x, d, mode) == preimage(p, mode).contains(share)
    by_intervals = grade(lambda mode: preimage(p, mode).meets(point(share)), exact=share == p.value)
    by_integers = percent_grade(a, b, x, d)
    if by_integers.fits and by_integers is not Grade.PADDED:
        assert by_integers is by_intervals
    else:
        assert by_intervals is Grade.INCONSISTENT


@given(st.lists(SINGLE, min_size=1, max_size=8), st.lists(st.integers(0, 3), min_size=9, max_size=9), RULES)
def test_a_correctly_rounded_sum_is_never_contradicted(values: list[Fraction], decimals: list[int], mode: Mode) -> None:
    parts = [as_rounded(value, d, mode) for value, d in zip(values, decimals, strict=False)]
    result = compare(parts, as_rounded(sum(values, Fraction(0)), decimals[-1], mode))
    assert result.grade.fits
    if mode not in {Mode.TRUNCATION, Mode.CEILING}:
        assert result.grade.sound


@given(st.lists(SINGLE, min_size=1, max_size=8), SINGLE, st.integers(0, 2))
def test_a_sum_off_by_more_than_rounding_is_always_contradicted(values: list[Fraction], other: Fraction, d: int) -> None:
    parts = [as_rounded(value, d, Mode.HALF_UP) for value in values]
    total = as_rounded(other, d, Mode.HALF_UP)
    result = compare(parts, total)
    if abs(result.difference) > result.slack:
        assert not result.grade.sound
    if abs(result.difference) >= 2 * result.slack:
        assert result.grade is Grade.INCONSISTENT
    assert (result.slack, result.used) == (Fraction(len(parts) + 1, 2 * 10**d), abs(result.difference) / result.slack)


@given(st.lists(st.integers(0, 9999), min_size=1, max_size=8), st.integers(0, 40_000))
def test_counts_are_never_forgiven(values: list[int], total: int) -> None:
    result = compare([Written(Fraction(v)) for v in values], Written(Fraction(total)))
    assert (result.grade is Grade.EXACT) == (sum(values) == total)
    assert result.grade in {Grade.EXACT, Grade.INCONSISTENT}


@given(
    st.lists(st.tuples(SINGLE, st.integers(0, 3), st.booleans()), min_size=2, max_size=6), SINGLE, st.randoms(use_true_random=False)
)
def test_the_order_of_addends_never_matters(parts: list[tuple[Fraction, int, bool]], total: Fraction, rng: object) -> None:
    figures = [as_rounded(v, d, Mode.HALF_UP) if rounded else Written(Fraction(int(v))) for v, d, rounded in parts]
    stated = as_rounded(total, 1, Mode.HALF_UP)
    shuffled = list(figures)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert compare(figures, stated) == compare(shuffled, stated)


@given(SINGLE, st.lists(st.integers(0, 4), min_size=2, max_size=4), RULES)
def test_one_value_written_twice_is_never_contradicted(value: Fraction, decimals: list[int], mode: Mode) -> None:
    assert same([as_rounded(value, d, mode) for d in decimals]).fits


@given(st.integers(0, 900), st.integers(0, 900), st.integers(0, 2))
def test_figures_of_equal_precision_are_the_same_only_when_equal(a: int, b: int, d: int) -> None:
    figures = [Written(Fraction(k, 10**d), Fraction(1, 10**d), rounded=True) for k in (a, b)]
    assert same(figures).sound == (a == b)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 100), min_size=2, max_size=3), st.integers(1, 25))
def test_splits_equal_brute_force(percents: list[int], b: int) -> None:
    choices = [[k for k in range(b + 1) if percent_fits(k, b, x, 0)] for x in percents]
    feasible = any(sum(counts) == b for counts in product(*choices))
    assert split_fits([(x, 0) for x in percents], b) == feasible


ENDS = st.integers(-6, 6)
FLAGS = st.booleans()
INTERVALS = st.builds(Interval, ENDS, ENDS, FLAGS, FLAGS).filter(lambda i: not i.empty)
SAMPLES: list[Rational] = [Fraction(k, 4) for k in range(-24, 25)]


@given(INTERVALS, INTERVALS)
def test_intervals_hold_what_their_values_give(a: Interval, b: Interval) -> None:
    in_a, in_b = [x for x in SAMPLES if a.contains(x)], [y for y in SAMPLES if b.contains(y)]
    added, common = a.plus(b), a.intersect(b)
    for x in in_a:
        assert a.times(-3).contains(-3 * x)
        assert common.contains(x) == b.contains(x)
        for y in in_b:
            assert added.contains(x + y)
            if x >= 0 and y >= 0:
                assert a.by(b).contains(x * y)
            if x >= 0 and y > 0:
                assert a.over(b).contains(Fraction(x) / y)
    assert a.meets(b) == b.meets(a)
    assert a.meets(b) or not any(b.contains(x) for x in in_a)


NOT_BELOW = st.builds(Interval, st.integers(0, 5), st.integers(1, 6), FLAGS, FLAGS).filter(lambda i: not i.empty)


@given(NOT_BELOW, NOT_BELOW, st.fractions(0, 40, max_denominator=12))
def test_products_and_quotients_hold_nothing_more(a: Interval, b: Interval, value: Fraction) -> None:
    """A value belongs to the set exactly when some value of one, kept with it, gives a value of the other."""
    if value > 0:
        assert a.by(b).contains(value) == a.meets(point(value).over(b))
        assert a.over(b).contains(value) == a.meets(b.by(point(value)))
    assert a.over(b).contains(0) == (a.contains(0) and b.meets(POSITIVE))
    assert a.by(b).contains(0) == (a.contains(0) or b.contains(0))
