"""What figures stand for and when they agree: the worked examples, and each rule on its own."""

from __future__ import annotations

from fractions import Fraction

import pytest
from claims import written

from cchc_audit import sums
from cchc_audit.arithmetic import (
    Bases,
    Grade,
    Interval,
    Mode,
    habit,
    implied_bases,
    implied_numerators,
    leeway,
    neighbours,
    percent_fits,
    percent_grade,
    power,
    preimage,
    rounding_set,
    split_fits,
    witnesses_against,
)
from cchc_audit.model import Qualifier

NEAREST_RULES = {Mode.NEAREST, Mode.HALF_UP, Mode.HALF_DOWN, Mode.HALF_EVEN}


# ---------------------------------------------------------------- worked examples


def test_1862_of_1863_is_99_9() -> None:
    assert percent_grade(1862, 1863, 999, 1) is Grade.NEAREST
    assert percent_fits(1862, 1863, 999, 1, Mode.TRUNCATION)
    assert not percent_fits(1862, 1863, 999, 1, Mode.CEILING)
    assert list(implied_numerators(999, 1, 1863)) == [1861, 1862]
    assert implied_bases(1862, 999, 1) == Bases(1863, 1864)


def test_390_of_394_is_not_99_4() -> None:
    assert percent_grade(390, 394, 994, 1) is Grade.IMPOSSIBLE
    assert not any(percent_fits(390, 394, 994, 1, mode) for mode in Mode)
    assert not implied_numerators(994, 1, 394)
    assert implied_bases(390, 994, 1).none
    assert neighbours(994, 1, 394) == (392, 391)
    assert [percent_fits(392, 394, 994, 1, Mode.TRUNCATION), percent_fits(390, 392, 994, 1, Mode.TRUNCATION)] == [True, True]
    assert implied_bases(4, 6, 1) == Bases(616, 727)
    assert [b for b in (656, 661, 667, 394) if percent_fits(4, b, 6, 1)] == [656, 661, 667]
    assert percent_fits(1862, 1874, 994, 1)


def test_31_and_47_of_78() -> None:
    assert [percent_grade(31, 78, 397, 1), percent_grade(47, 78, 603, 1)] == [Grade.NEAREST, Grade.NEAREST]
    assert list(implied_numerators(397, 1, 78)) == [31]
    assert list(implied_numerators(603, 1, 78)) == [47]
    assert implied_bases(31, 397, 1) == implied_bases(47, 603, 1) == Bases(78, 78)
    assert habit([(31, 78, 397, 1), (47, 78, 603, 1)]) == NEAREST_RULES
    assert split_fits([(397, 1), (603, 1)], 78)


def test_394_is_18_percent_of_2130_to_2251() -> None:
    assert implied_bases(394, 18, 0) == Bases(2130, 2251)
    assert implied_bases(394, 18, 0, Mode.TRUNCATION) == Bases(2074, 2188)
    assert implied_bases(394, 18, 0, Mode.CEILING) == Bases(2189, 2317)
    assert percent_grade(394, 1863, 18, 0) is Grade.INCONSISTENT
    assert power(2200, 0) == 0


def test_24_is_not_14_and_8() -> None:
    result = sums.compare([written("14"), written("8")], written("24"))
    assert (result.grade, int(result.added), int(result.difference)) == (Grade.INCONSISTENT, 22, -2)
    assert result.slack == 0 and result.used is None


def test_three_thirds() -> None:
    assert sums.compare([written("33%")] * 3, written("100%")).grade is Grade.NEAREST
    assert not split_fits([(33, 0)] * 3, 100)
    assert split_fits([(33, 0)] * 3, 120)


def test_shares_that_add_up_but_exist_on_no_count() -> None:
    assert sums.compare([written("12,4%"), written("87,6%")], written("100,0%")).grade is Grade.EXACT
    assert not split_fits([(124, 1), (876, 1)], 40)


# ---------------------------------------------------------------- sets and intervals


@pytest.mark.parametrize(
    ("text", "mode", "expected"),
    [
        ("8,2%", Mode.NEAREST, Interval(Fraction("8.15"), Fraction("8.25"))),
        ("8,2%", Mode.HALF_UP, Interval(Fraction("8.15"), Fraction("8.25"), True, False)),
        ("8,2%", Mode.HALF_DOWN, Interval(Fraction("8.15"), Fraction("8.25"), False, True)),
        ("8,2%", Mode.HALF_EVEN, Interval(Fraction("8.15"), Fraction("8.25"))),
        ("8,3%", Mode.HALF_EVEN, Interval(Fraction("8.25"), Fraction("8.35"), False, False)),
        ("8,2%", Mode.TRUNCATION, Interval(Fraction("8.2"), Fraction("8.3"), True, False)),
        ("8,2%", Mode.CEILING, Interval(Fraction("8.1"), Fraction("8.2"), False, True)),
        ("-8,2%", Mode.HALF_UP, Interval(Fraction("-8.25"), Fraction("-8.15"), False, True)),
        ("-8,2%", Mode.TRUNCATION, Interval(Fraction("-8.3"), Fraction("-8.2"), False, True)),
        ("-8,2%", Mode.CEILING, Interval(Fraction("-8.2"), Fraction("-8.1"), True, False)),
        ("0,0%", Mode.TRUNCATION, Interval(Fraction("-0.1"), Fraction("0.1"), False, False)),
        ("0,0%", Mode.CEILING, Interval(0, 0)),
        ("1,2 tỷ", Mode.NEAREST, Interval(1_150_000_000, 1_250_000_000)),
        ("1.863", Mode.TRUNCATION, Interval(1863, 1863)),
    ],
)
def test_preimages(text: str, mode: Mode, expected: Interval) -> None:
    assert preimage(written(text), mode) == expected


@pytest.mark.parametrize(
    ("text", "qualifier", "low", "high"),
    [
        ("6.000", Qualifier.AT_LEAST, 6000, None),
        ("6.000", Qualifier.AT_MOST, None, 6000),
        ("51 nghìn", Qualifier.NEARLY, 50_000, 51_000),
        ("100", Qualifier.ABOUT, 90, 110),
        ("63%", Qualifier.NEARLY, 62, 63),
        ("7", Qualifier.ABOUT, Fraction("6.3"), Fraction("7.7")),
        ("0", Qualifier.ABOUT, 0, 0),
    ],
)
def test_hedges(text: str, qualifier: Qualifier, low: int, high: int) -> None:
    found = preimage(written(text, qualifier))
    assert (found.low, found.high) == (low, high)


def test_leeway_is_a_unit_of_the_last_digit_that_is_not_zero() -> None:
    assert [leeway(written(text)) for text in ("2.500", "2.000", "12,5%", "12,50%")] == [100, 200, Fraction("0.1"), Fraction("0.1")]


def test_a_negative_weight_swaps_ends_and_their_inclusiveness() -> None:
    cut = Interval(5, 6, True, False)
    assert cut.times(-2) == Interval(-12, -10, False, True)
    assert cut.times(0) == Interval(0, 0)
    assert Interval(3, None).times(-1) == Interval(None, -3, True, True)


def test_touching_ends_need_both_to_be_included() -> None:
    assert Interval(1, 2).meets(Interval(2, 3))
    assert not Interval(1, 2, True, False).meets(Interval(2, 3))
    assert not Interval(1, 2).meets(Interval(2, 3, False, True))


def test_quotients() -> None:
    assert Interval(2, 4).over(Interval(1, 2)) == Interval(1, 4)
    assert Interval(2, 4, True, False).over(Interval(1, 2, False, True)) == Interval(1, 4, True, False)
    assert Interval(2, None).over(Interval(1, 2)) == Interval(1, None)
    assert Interval(2, 4).over(Interval(0, 2)).high is None
    assert Interval(-1, 4).over(Interval(1, 2)).low == 0


# ---------------------------------------------------------------- grades


@pytest.mark.parametrize(
    ("a", "b", "x", "d", "expected"),
    [
        (1, 4, 25, 0, Grade.EXACT),
        (1, 3, 333, 1, Grade.NEAREST),
        (1, 8, 12, 0, Grade.HALF_RULE),
        (1, 8, 13, 0, Grade.HALF_RULE),
        (176, 221, 7963, 2, Grade.TRUNCATION),
        (3, 29, 1035, 2, Grade.CEILING),
        (86, 496, 1730, 2, Grade.PADDED),
        (182, 496, 3670, 2, Grade.CEILING),
        (44541, 423400, 1044, 2, Grade.INCONSISTENT),
        (390, 394, 994, 1, Grade.IMPOSSIBLE),
        (104, 100, 104, 0, Grade.EXACT),
        (0, 7, 0, 0, Grade.EXACT),
    ],
)
def test_percent_grades(a: int, b: int, x: int, d: int, expected: Grade) -> None:
    assert percent_grade(a, b, x, d) is expected


def test_a_zero_is_only_padding_after_a_decimal() -> None:
    """97,3 % written 97,0 % is no padding: whole percentages are not printed with a decimal."""
    assert percent_grade(973, 1000, 970, 1) is Grade.INCONSISTENT


@pytest.mark.parametrize(("b", "d", "expected"), [(39, 1, 1 - Fraction(40, 1001)), (394, 1, 1 - Fraction(395, 1001)), (5000, 1, 0)])
def test_power(b: int, d: int, expected: Fraction) -> None:
    assert power(b, d) == expected


def test_habit_by_elimination() -> None:
    cut = [(176, 221, 7963, 2), (26, 29, 8965, 2)]  # sound only when cut: they do not speak
    assert habit(cut) == frozenset(Mode)
    rounded = [(2, 3, 667, 1), (5, 6, 833, 1)]
    assert Mode.TRUNCATION not in habit(rounded)
    assert witnesses_against(Mode.TRUNCATION, [*rounded, *cut]) == 1
    assert witnesses_against(Mode.CEILING, rounded) == 1


# ---------------------------------------------------------------- sums


def test_slack_is_counted_from_the_addends() -> None:
    parts = [written("33,3%"), written("33,3%"), written("33,4%"), written("12")]
    assert sums.slack(parts) == Fraction("0.15")
    result = sums.compare([written("33,3%")] * 3, written("100%"))
    assert result.used == Fraction("0.1") / Fraction("0.65")


@pytest.mark.parametrize(
    ("parts", "total", "expected"),
    [
        (["400", "215"], "615", Grade.EXACT),
        (["400", "215"], "616", Grade.INCONSISTENT),
        (["1,2 tỷ", "1,3 tỷ"], "2,6 tỷ", Grade.NEAREST),
        (["1,2 tỷ", "1,3 tỷ"], "2,8 tỷ", Grade.INCONSISTENT),
        (["3,18 ngàn", "24"], "3.204", Grade.EXACT),
        (["3,18 ngàn", "24"], "3.209", Grade.HALF_RULE),
        (["3,18 ngàn", "24"], "3.213", Grade.TRUNCATION),
        (["3,18 ngàn", "24"], "3.195", Grade.CEILING),
        (["100", "-12"], "88", Grade.EXACT),
    ],
)
def test_sums(parts: list[str], total: str, expected: Grade) -> None:
    assert sums.compare([written(part) for part in parts], written(total)).grade is expected


@pytest.mark.parametrize(
    ("n", "likelihoods"),
    [
        (3, (".7500", ".2500", "0", "0")),
        (5, (".5990", ".3958", ".0052", "0")),
        (8, (".4794", ".4726", ".0476", ".0004")),
        (10, (".4304", ".4863", ".0805", ".0028")),
    ],
)
def test_drift_likelihood(n: int, likelihoods: tuple[str, ...]) -> None:
    for units, expected in enumerate(likelihoods):
        assert abs(sums.drift_likelihood(n, units) - Fraction(expected)) <= Fraction(1, 20_000)
    assert sum(sums.drift_likelihood(n, units) for units in range(n)) == 1


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (["99,9%", "99,95%"], Grade.NEAREST),
        (["66,7%", "67,6%"], Grade.INCONSISTENT),
        (["66,7%", "66,8%"], Grade.INCONSISTENT),
        (["85,4%", "85,48%"], Grade.TRUNCATION),
        (["59,72 ngàn", "59.721"], Grade.NEAREST),
        (["1.517", "1.571"], Grade.INCONSISTENT),
        (["06", "6"], Grade.EXACT),
        (["99,9%", "99,95%", "99,94%"], Grade.INCONSISTENT),
    ],
)
def test_same_figure(figures: list[str], expected: Grade) -> None:
    assert sums.same([written(figure) for figure in figures]) is expected


def test_rounding_sets_of_one_rule_tile_the_line() -> None:
    """Every value is written in exactly one way, except by the lenient rule at a half."""
    for mode in (Mode.HALF_UP, Mode.HALF_DOWN, Mode.HALF_EVEN, Mode.TRUNCATION, Mode.CEILING):
        for numerator in range(-60, 61):
            value = Fraction(numerator, 20)
            homes = [k for k in range(-5, 6) if rounding_set(k, 1, mode).contains(value)]
            assert len(homes) == 1, (mode, value, homes)
