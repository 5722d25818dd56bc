"""The arithmetic against cases of other tools, and against cases of our own checked by brute force.

The other tools' cases are read where they are at hand; the compact file of our own keeps the test
meaningful without them. `python tests/test_conformance.py` writes that file anew.
"""

from __future__ import annotations

import json
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

import pytest

from cchc_audit.arithmetic import (
    Interval,
    Mode,
    implied_bases,
    implied_numerators,
    percent_fits,
    point,
    rounding_set,
)
from cchc_audit.model import Written
from cchc_audit.sums import add, compare

OWN = Path(__file__).parent / "data" / "conformance.json"
SHARED = Path(__file__).parents[1].parent / "shared" / "conformance"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the other tools' cases are not at hand")

MODES = {
    "up_or_down": (Mode.NEAREST,),
    "up": (Mode.HALF_UP,),
    "down": (Mode.HALF_DOWN,),
    "even": (Mode.HALF_EVEN,),
    "ceiling": (Mode.CEILING,),
    "floor": (Mode.TRUNCATION,),
    "trunc": (Mode.TRUNCATION,),
    "ceiling_or_floor": (Mode.CEILING, Mode.TRUNCATION),
    "half_toward": (Mode.HALF_DOWN,),
    "half_away": (Mode.HALF_UP,),
    "away": (Mode.CEILING,),
}


def read(name: str) -> Any:
    return json.loads((SHARED / name).read_text(encoding="utf-8"))


def as_written(text: str) -> tuple[Fraction, int]:
    return Fraction(text), len(text.partition(".")[2])


def whole_numbers(values: Interval) -> range:
    """The whole numbers in a bounded set."""
    assert values.low is not None and values.high is not None
    first, last = ceil(values.low), floor(values.high)
    return range(first + (not values.low_in and first == values.low), last + 1 - (not values.high_in and last == values.high))


def has_whole(values: Interval, n: int) -> bool:
    """Is some k/n among the values, k a whole number?"""
    return bool(whole_numbers(values.times(n)))


def modes_for(rounding: str, x: str) -> tuple[Mode, ...]:
    """Our rules count from zero outward: below zero, a floor moves away from zero and a ceiling toward it."""
    if x.startswith("-") and rounding in {"floor", "ceiling"}:
        return MODES["ceiling" if rounding == "floor" else "floor"]
    return MODES[rounding]


def reachable(x: str, n: int, modes: tuple[Mode, ...], *, percent: bool = False) -> bool:
    """Can x be a mean (or percentage) of n whole units? By intervals and, where it applies, by integers alone."""
    value, d = as_written(x)
    if percent:
        value, d = value / 100, d + 2
    by_intervals = any(has_whole(rounding_set(value, Fraction(1, 10**d), mode), n) for mode in modes)
    if d >= 2 and value >= 0:
        digits = int(value * 10**d)
        by_integers = any(bool(implied_numerators(digits, d - 2, n, mode)) for mode in modes)
        assert by_integers == by_intervals, (x, n, modes)
    return by_intervals


def tell(capsys: pytest.CaptureFixture[str], what: str, compared: int) -> None:
    with capsys.disabled():
        print(f"\n{what}: {compared} verdicts compared")


# ---------------------------------------------------------------- other tools' cases


@needs_shared
def test_means_and_percentages_of_whole_units(capsys: pytest.CaptureFixture[str]) -> None:
    compared = 0
    for case in read("scrutiny_grim.json")["cases"]:
        if case["rounding"] == "anti_trunc":
            continue
        n = case["n"] * case["items"]
        assert reachable(case["x"], n, MODES[case["rounding"]], percent=case["percent"]) == case["exact_rational"], case
        compared += 1
    tell(capsys, "means and percentages", compared)
    assert compared > 700


@needs_shared
def test_rasters_of_means(capsys: pytest.CaptureFixture[str]) -> None:
    compared = 0
    for raster in read("scrutiny_grim_rasters.json")["rasters"]:
        modes, d = MODES[raster["rounding_effective"]], raster["decimals"]
        (n_first, n_last), (x_first, x_last) = raster["n_range"], raster["x_range"]
        ours: dict[tuple[str, int], bool] = {}
        for n in range(n_first, n_last + 1):
            for digits in range(int(Fraction(x_first) * 10**d), int(Fraction(x_last) * 10**d) + 1):
                x = f"0.{digits:0{d}d}"
                if d == 2:
                    ours[x, n] = any(bool(implied_numerators(digits, 0, n, mode)) for mode in modes)
                else:
                    ours[x, n] = reachable(x, n, modes)
        listed = {(x, int(n)) for n, xs in raster["inconsistent_by_n"].items() for x in xs}
        peers = {pair: pair not in listed for pair in ours}
        assert len(ours) == raster["n_verdicts"]
        wrong = {pair for pair in ours if ours[pair] != peers[pair]}
        assert len(wrong) == raster["n_disagree_with_exact"], raster["rounding_label"]
        for case in raster["disagreements"]:
            assert ours[case["x"], case["n"]] == case["exact"], case
        compared += len(ours)
    tell(capsys, "rasters", compared)
    assert compared == 89_910


@needs_shared
def test_eight_rounding_modes(capsys: pytest.CaptureFixture[str]) -> None:
    cases = read("grim_test_phoughton.json")["cases"]
    for case in cases:
        if case["rounding"] == "05up":  # away from zero where cutting leaves a 0 or 5, else cut
            found = any(has_whole(values, case["n"]) for values in up_from_0_or_5(case["x"]))
        else:
            found = reachable(case["x"], case["n"], modes_for(case["rounding"], case["x"]))
        assert found == case["exact_rational"], case
    tell(capsys, "rounding modes", len(cases))
    assert len(cases) == 208


def up_from_0_or_5(x: str) -> list[Interval]:
    value, d = as_written(x)
    ulp, last = Fraction(1, 10**d), int(x[-1])
    cut = point(value) if last in {0, 5} else rounding_set(value, ulp, Mode.TRUNCATION)
    return [cut, rounding_set(value, ulp, Mode.CEILING)] if last in {1, 6} else [cut]


@needs_shared
def test_bounds_of_rounded_figures(capsys: pytest.CaptureFixture[str]) -> None:
    cases = [case for case in read("scrutiny_unround.json")["cases"] if case["rounding"] != "anti_trunc"]
    for case in cases:
        value, d = as_written(case["x"])
        d = case.get("digits", d)
        found = rounding_set(value, Fraction(1, 10**d), MODES[case["rounding"]][0])
        assert (found.low, found.high) == (Fraction(case["lower"]), Fraction(case["upper"])), case
        if "incl_lower" in case:
            assert (found.low_in, found.high_in) == (case["incl_lower"], case["incl_upper"]), case
    tell(capsys, "bounds", len(cases))
    assert len(cases) == 11


def figure(v: str, d: int | str | None) -> Written:
    exact = d is None or d == "INF"
    return Written(Fraction(v), Fraction(1) if exact else Fraction(10) ** -int(d or 0), rounded=not exact)


def interval(ends: list[str]) -> Interval:
    return Interval(Fraction(ends[0]), Fraction(ends[1]))


SUMS = {"calculations", "interval_from_fact", "interval_intersection", "interval_arithmetic"}


def fact(item: dict[str, Any], mode: Mode) -> Interval:
    """The set of one fact; repeated facts must agree."""
    values = Interval(None, None)
    for copy in item.get("dups", [item]):
        written = figure(copy["v"], copy["d"])
        values = values.intersect(rounding_set(written.value, written.ulp, mode) if written.rounded else point(written.value))
    return values


def added(items: list[dict[str, Any]], mode: Mode) -> Interval:
    total = point(0)
    for item in items:
        total = total.plus(fact(item, mode).times(item["w"]))
    return total


@needs_shared
def test_sums_of_rounded_figures(capsys: pytest.CaptureFixture[str]) -> None:
    data = read("xbrl_calc11_viewer.json")
    for case in data["calculations"]:
        total = added(case["items"], Mode.NEAREST)
        assert total == interval(case["computed"]), case["id"]
        assert fact(case["total"], Mode.NEAREST) == interval(case["reported"]), case["id"]
        assert total.meets(fact(case["total"], Mode.NEAREST)) == (case["calc11"] == "consistent"), case["id"]
        if not any("dups" in item for item in case["items"]):
            value = sum(Fraction(item["v"]) * item["w"] for item in case["items"])
            assert (value == Fraction(case["total"]["v"])) == (case["calc10"] == "consistent"), case["id"]
            if all(item["w"] == 1 for item in case["items"]):
                parts = [figure(item["v"], item["d"]) for item in case["items"]]
                result = compare(parts, figure(case["total"]["v"], case["total"]["d"]))
                assert result.grade.sound == (case["calc11"] == "consistent"), case["id"]
    for case in data["interval_from_fact"]:
        assert add([figure(case["v"], case["d"])]) == interval([case["a"], case["b"]]), case
    for case in data["interval_intersection"]:
        common = Interval(None, None)
        for ends in case["intervals"]:
            common = common.intersect(interval(ends))
        assert common.empty == (case["expected"] is None), case
        assert case["expected"] is None or common == interval(case["expected"]), case
    for case in data["interval_arithmetic"]:
        a = interval(case["a"])
        result_ = a.plus(interval(case["b"])) if case["op"] == "+" else a.times(Fraction(case["k"]))
        assert result_ == interval(case["expected"]), case
    compared = sum(len(cases) for name, cases in data.items() if name in SUMS)
    tell(capsys, "rounded sums", compared)
    assert compared > 20


@needs_shared
def test_truncated_sums_keep_each_end_its_own_inclusiveness(capsys: pytest.CaptureFixture[str]) -> None:
    cases = read("arelle_calc11_truncation_run.json")["cases"]
    for case in cases:
        total, stated = added(case["items"], Mode.TRUNCATION), fact(case["total"], Mode.TRUNCATION)
        assert total.meets(stated) == (case["expected"] == "consistent"), case["id"]
    tell(capsys, "truncated sums", len(cases))
    assert len(cases) == 10


@needs_shared
def test_excess_digits(capsys: pytest.CaptureFixture[str]) -> None:
    """Digits beyond the stated precision; cases at the peer's limit of 28 digits have no exact truth and are left out."""
    compared = 0
    for case in read("arelle_excess_digits.json")["cases"]:
        value, ulp = Fraction(case["value"]), Fraction(10) ** -case["decimals"]
        digits = len(case["value"].strip("-").replace(".", "").split("E")[0])
        if digits > 28 or abs(case["decimals"]) >= 28 and case["expected"] is None and value % ulp:
            continue
        k = abs(value) // ulp
        rest = abs(value) - k * ulp
        if case["expected"] is None:
            assert rest == 0, case
        else:
            sign = -1 if value < 0 else 1
            assert sign * k * ulp == Fraction(case["expected"]["significant"]), case
            assert rest == Fraction(case["expected"]["insignificant"]), case
        compared += 1
    tell(capsys, "excess digits", compared)
    assert compared > 48


def squared(values: Interval) -> Interval:
    return values.by(values)


@needs_shared
def test_means_with_their_standard_deviation(capsys: pytest.CaptureFixture[str]) -> None:
    cases = read("scrutiny_debit_grimmer.json")
    for case in cases["debit"]:  # zeros and ones: the mean alone gives the variance
        mean, spread = mean_and_variance(case)
        ends = [mean.low, mean.high, *([Fraction(1, 2)] if mean.contains(Fraction(1, 2)) else [])]
        variances = sorted(p * (1 - p) * Fraction(case["n"], case["n"] - 1) for p in ends if p is not None)
        assert Interval(variances[0], variances[-1]).meets(spread) == case["expected"], case
    for case in cases["grimmer"]:  # whole units: a sum of squares is odd where the sum is
        n, (mean, spread) = case["n"], mean_and_variance(case)
        found = any(
            (squares - total) % 2 == 0
            for total in whole_numbers(mean.times(n))
            for squares in whole_numbers(spread.times(n - 1).plus(point(Fraction(total**2, n))))
        )
        assert found == case["expected"], case
    compared = len(cases["debit"]) + len(cases["grimmer"])
    tell(capsys, "standard deviations", compared)
    assert compared == cases["n_cases"]


def mean_and_variance(case: dict[str, Any]) -> tuple[Interval, Interval]:
    (mean, d), (sd, e) = as_written(case["x"]), as_written(case["sd"])
    return rounding_set(mean, Fraction(1, 10**d)), squared(rounding_set(sd, Fraction(1, 10**e)))


# ---------------------------------------------------------------- our own cases


PERCENT_MODES = tuple(Mode)
OWN_BASES = (1, 2, 3, 7, 8, 16, 24, 31, 40)


def written_by_brute_force(a: int, b: int, d: int, mode: Mode) -> set[int]:
    """The percentages (times 10^d) a/b may be written as, from the meaning of each rule and nothing else."""
    down, rest = divmod(100 * 10**d * a, b)
    up = down + 1
    if rest == 0:
        return {down}
    match mode:
        case Mode.TRUNCATION:
            return {down}
        case Mode.CEILING:
            return {up}
    if 2 * rest != b:
        return {up if 2 * rest > b else down}
    return {
        Mode.NEAREST: {up, down},
        Mode.HALF_UP: {up},
        Mode.HALF_DOWN: {down},
        Mode.HALF_EVEN: {up if up % 2 == 0 else down},
    }[mode]


def own_cases() -> dict[str, Any]:
    """For each rule, number of decimals and base: the percentages (times 10^d) that whole numbers reach."""
    reached = {
        f"{mode.value} {d} {b}": sorted({x for a in range(b + 1) for x in written_by_brute_force(a, b, d, mode)})
        for mode in PERCENT_MODES
        for d in (0, 1)
        for b in OWN_BASES
    }
    return {"what": "percentages x/10^d reachable on base b, by rounding rule", "reached": reached}


def test_own_cases_are_what_brute_force_gives() -> None:
    assert json.loads(OWN.read_text(encoding="utf-8")) == own_cases()


def test_own_cases() -> None:
    compared = 0
    for key, reached in json.loads(OWN.read_text(encoding="utf-8"))["reached"].items():
        name, d_text, b_text = key.split()
        mode, d, b = Mode(name), int(d_text), int(b_text)
        for x in range(100 * 10**d + 1):
            counts = [k for k in implied_numerators(x, d, b, mode) if k <= b]
            assert bool(counts) == (x in reached), (key, x)
            assert counts == [a for a in range(b + 1) if percent_fits(a, b, x, d, mode)], (key, x)
            compared += 1
    assert compared == len(PERCENT_MODES) * len(OWN_BASES) * (101 + 1001)


@pytest.mark.parametrize("mode", list(Mode))
def test_implied_numerators_and_bases_equal_brute_force_up_to_500(mode: Mode) -> None:
    """Every written percentage of every a/b leads back to a and b, over b up to 500 (every base, for one decimal)."""
    for d in (0, 1, 2):
        for b in range(1, 501, 1 if d == 1 else 13):
            by_x: dict[int, list[int]] = {}
            for a in range(b + 1):
                for x in written_by_brute_force(a, b, d, mode):
                    by_x.setdefault(x, []).append(a)
            for x, counts in by_x.items():
                found = implied_numerators(x, d, b, mode)
                assert [k for k in found if k <= b] == counts, (x, d, b)
    for d in (0, 1):
        for a in range(1, 501, 1 if d == 0 else 23):
            by_base: dict[int, list[int]] = {}
            for b in range(a, 501):
                for x in written_by_brute_force(a, b, d, mode):
                    by_base.setdefault(x, []).append(b)
            for x in range(1, 100 * 10**d + 1):
                bases = implied_bases(a, x, d, mode)
                last = 500 if bases.last is None else min(bases.last, 500)
                assert list(range(max(bases.first, a), last + 1)) == by_base.get(x, []), (a, x, d)


if __name__ == "__main__":
    lines = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in own_cases()["reached"].items())
    what = json.dumps(own_cases()["what"])
    OWN.write_text(f'{{"what": {what}, "reached": {{\n{lines}\n}}}}\n', encoding="utf-8")
