"""Judging changes between two periods, figures that should be equal, and statements against a count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .arithmetic import Grade, Interval, Mode, grade, preimage
from .judgement import (
    PERCENT_UNITS,
    Judged,
    decimals,
    figures,
    in_brackets,
    joined,
    plainly,
    printed_decimals,
    recomputed,
    scale_of,
    scaled,
    sentences,
    shown,
    stated,
    uncheckable,
    verdict_of,
)
from .messages import Shown, exact_decimals, say
from .model import Claim, Message, Rational, Term, Written, magnitude
from .statements.extremes import EXTREME
from .sums import add, same

_MINUS = ("-", "−", "–")


@dataclass(frozen=True, slots=True)
class Test:
    """One relation inside a change, as tried: its grade, the value it gives, and its line of working."""

    grade: Grade
    value: Shown | Message
    line: Message


# ---------------------------------------------------------------- change


def judge_change(claim: Claim) -> Judged:
    """Every pair of figures that can be compared is; the claim is as good as its worst pair.

    A rise stated in % of two percentages may be meant relatively or in points: either will do; one stated in points may not.
    """
    tests = list(_tests(_Change.of(claim)))
    if not tests:
        return uncheckable(say("change.nothing_to_compare"))
    worst = max(tests, key=lambda test: test.grade)
    verdict = verdict_of(worst.grade, claim.terms)
    lines = [test.line for test in tests]
    message = worst.line if not worst.grade.fits else sentences(*lines)
    working = tuple(lines) if not worst.grade.fits else ()
    return Judged(worst.grade, verdict, joined([worst.value]).vi, message, working=working)


@dataclass(frozen=True, slots=True)
class _Change:
    """The figures of a change. `delta` keeps its sign; `rate` is the magnitude of the percentage."""

    prev: Term | None
    now: Term | None
    delta: Term | None
    rate: Term | None
    times: Term | None

    @classmethod
    def of(cls, claim: Claim) -> _Change:
        first: dict[str, Term] = {}
        for term in claim.terms:
            if term.written is not None:
                first.setdefault(term.role, term)
        prev, now, delta, rate = (first.get(role) for role in ("prev", "now", "delta", "p"))
        if rate is None and delta is not None and delta.unit in PERCENT_UNITS and not _of_rates(prev, now):
            delta, rate = None, delta
        return cls(prev, now, delta, rate, first.get("times"))


def _of_rates(*terms: Term | None) -> bool:
    return any(term is not None and term.unit in PERCENT_UNITS for term in terms)


def _tests(change: _Change) -> list[Test]:
    tests: list[Test] = []
    prev, now, delta, rate = change.prev, change.now, change.delta, change.rate
    if prev is not None and now is not None:
        if delta is not None:
            tests.append(_difference(prev, now, delta))
        if rate is not None:
            tests += _rate(rate, _minus(now, prev), prev, now)
        if change.times is not None and _value(prev) > 0:
            tests.append(_times(prev, now, change.times))
    elif delta is not None and rate is not None and (prev is not None or now is not None):
        if prev is not None:
            tests += _rate(rate, _signed(delta), prev, None)
        elif now is not None:
            earlier = _implied_prev(now, delta)
            tests += _rate(rate, _signed(delta), earlier, None)
    return tests


def _value(term: Term) -> Rational:
    return term.written.value if term.written is not None else Fraction(0)


def _set(term: Term, mode: Mode) -> Interval:
    assert term.written is not None
    return preimage(term.written, mode)


@dataclass(frozen=True, slots=True)
class _Difference:
    """A rise or fall: its value, the set it stands for, and how it is written, as it is and turned round."""

    value: Rational
    within: Callable[[Mode], Interval]
    text: Message
    turned: Message

    def towards(self, direction: int) -> Message:
        return self.text if direction > 0 else self.turned


def _signed(delta: Term) -> _Difference:
    assert delta.written is not None
    opposite = replace(delta, written=replace(delta.written, value=-delta.written.value))
    return _Difference(_value(delta), lambda mode: _set(delta, mode), stated(delta), stated(opposite))


def _minus(now: Term, prev: Term) -> _Difference:
    return _Difference(
        _value(now) - _value(prev),
        lambda mode: _set(now, mode).plus(_set(prev, mode).times(-1)),
        in_brackets(joined([stated(now), stated(prev)], " − ")),
        in_brackets(joined([stated(prev), stated(now)], " − ")),
    )


def _implied_prev(now: Term, delta: Term) -> Term:
    assert now.written is not None and delta.written is not None
    written = Written(
        now.written.value - delta.written.value,
        max(now.written.ulp, delta.written.ulp),
        now.written.rounded or delta.written.rounded,
    )
    return Term("prev", written, unit=now.unit)


def as_printed(told: Term) -> tuple[Term, int]:
    """The figure of a change as the report prints it, and -1 where a word tells that it is a fall: "giảm 3" is 3, not -3."""
    if told.written is None or told.written.value >= 0 or told.text.startswith(_MINUS):
        return told, 1
    return replace(told, written=replace(told.written, value=-told.written.value)), -1


def _difference(prev: Term, now: Term, delta: Term) -> Test:
    """now - prev = delta, a fall turned round; between two percentages also relatively."""
    difference, (told, sign) = _minus(now, prev), as_printed(delta)
    value = difference.value * sign
    result = grade(
        lambda mode: difference.within(mode).times(sign).meets(_set(told, mode)),
        exact=value == _value(told),
    )
    if not result.fits and _of_rates(prev, now) and delta.unit == "%" and _value(prev) > 0:
        relative = _relative(delta, difference, prev)
        if relative.grade.fits:
            return relative
    value_shown = _like(value, told, points=_of_rates(prev, now))
    key = "change.difference" if result.fits else "change.difference_off"
    more, less = (now, prev) if sign > 0 else (prev, now)
    line = say(key, now=stated(more), prev=stated(less), value=value_shown, delta=stated(told))
    return Test(result, value_shown, line)


def _rate(rate: Term, difference: _Difference, prev: Term, now: Term | None) -> list[Test]:
    """The percentage against difference / prev, or in points where both figures are percentages."""
    points = None
    if _of_rates(prev, now):
        points = _points(rate, difference)
        if points.grade.fits:
            return [points]
    if _value(prev) <= 0:
        return [points] if points is not None else []
    relative = _relative(rate, difference, prev)
    return [points] if points is not None and not relative.grade.fits else [relative]


def _points(rate: Term, difference: _Difference) -> Test:
    rate, sign = _told_of(rate, difference.value)
    assert rate.written is not None
    result = grade(
        lambda mode: difference.within(mode).times(sign).meets(_set(rate, mode)),
        exact=difference.value * sign == _value(rate),
    )
    value = _like(difference.value * sign, rate, points=True)
    key = "change.points" if result.fits else "change.points_off"
    return Test(result, value, say(key, difference=difference.towards(sign), value=value, p=stated(rate)))


def _like(value: Rational, figure: Term, *, points: bool) -> Shown | Message:
    """A difference in the manner of the figure it is compared with: its decimals, scale word, and points of percent."""
    assert figure.written is not None
    scale = scale_of(figure.text, figure.written)
    if scale > 1:
        return scaled(value, scale, max(exact_decimals(Fraction(value) / scale, 9), printed_decimals(figure.text, figure.written)))
    places = decimals(figure.written.ulp)
    if points:
        return say("figure.points", value=recomputed(value, places))
    return recomputed(value, places, percent=figure.unit in PERCENT_UNITS)


def _relative(rate: Term, difference: _Difference, prev: Term) -> Test:
    rate, sign = _told_of(rate, difference.value)
    assert rate.written is not None
    value = Fraction(100 * difference.value) / _value(prev)

    def fits(mode: Mode) -> bool:
        size = difference.within(mode).times(-1 if difference.value < 0 else 1)
        quotient = size.over(_set(prev, mode)).times(100)
        return quotient.times(sign if difference.value >= 0 else -sign).meets(_set(rate, mode))

    result = grade(fits, exact=value * sign == _value(rate))
    value_shown = recomputed(value * sign, decimals(rate.written.ulp), percent=True)
    rounded = Shown(value * sign, decimals(rate.written.ulp), percent=True)
    key = "change.rate" if result.fits else "change.rate_off"
    line = say(
        key, difference=difference.towards(sign), prev=stated(prev), value=value_shown, rounded=rounded, p=stated(rate)
    )
    return Test(result, value_shown, line)


def _told_of(rate: Term, difference: Rational) -> tuple[Term, int]:
    """The rate as printed, and -1 where it is the size of a fall, said or not."""
    printed, sign = as_printed(rate)
    return printed, -1 if difference < 0 < _value(rate) else sign


def _times(prev: Term, now: Term, times: Term) -> Test:
    assert times.written is not None
    value = Fraction(_value(now)) / _value(prev)
    result = grade(
        lambda mode: _set(now, mode).over(_set(prev, mode)).meets(_set(times, mode)),
        exact=value == _value(times),
    )
    shown_value = recomputed(value, decimals(times.written.ulp))
    key = "change.times" if result.fits else "change.times_off"
    line = say(key, now=stated(now), prev=stated(prev), value=shown_value, times=stated(times))
    return Test(result, shown_value, line)


# ---------------------------------------------------------------- equal figures


def judge_same(claim: Claim) -> Judged:
    """Are all the figures one value, each within its own digits?"""
    terms = [term for term in claim.terms if term.written is not None and term.role in {"a", "b"}]
    if len(terms) < 2:
        return uncheckable(say("same.one_figure"))
    result = same(figures(terms))
    a, b = terms[0], next((t for t in terms if _value(t) != _value(terms[0])), terms[1])
    assert a.written is not None and b.written is not None
    places = max(decimals(a.written.ulp), decimals(b.written.ulp))
    percent = a.unit == "%"
    difference: Shown | Message = Shown(magnitude(_value(a) - _value(b)), places)
    if percent:
        difference = say("figure.points", value=difference)
    key = "same.equal" if result is Grade.EXACT else "same.rounded" if result.sound else "same.cut"
    elsewhere = next((t for t in terms if t.passages), None)
    if not result.fits:
        key = "same.roll" if claim.kind == "roll_forward" else "same.differ"
        key += "_elsewhere" if elsewhere else ""
    elif any(term.written is not None and term.written.approx for term in terms):
        key = "same.hedged"
    names: dict[str, Message | str] = {"a": stated(a), "b": stated(b)}
    if elsewhere:
        mine = next((t for t in (a, b) if t is not elsewhere), a)
        names |= {"mine": stated(mine), "theirs": stated(elsewhere), "files": _files(elsewhere)}
    message = say(key, **names, difference=difference)
    computed = plainly(shown(a.written, percent=percent))
    working = () if result.fits else (say("working.difference", a=stated(a), b=stated(b), difference=difference),)
    return Judged(result, verdict_of(result, claim.terms), computed, message, working=working)


def _files(term: Term) -> Message | str:
    """The files a term was taken from."""
    names = ", ".join(dict.fromkeys(p.file for p in term.passages))
    return say("given.files_together", files=names) if len(term.passages) > 1 else names


# ---------------------------------------------------------------- a statement against a count


def judge_claim_vs_count(claim: Claim) -> Judged:
    """ "Không có …" or "100 % …" against the exceptions counted elsewhere; a stated number against what is counted."""
    claims, counts = claim.by_role("claim"), claim.by_role("count")
    written = figures(counts)
    if not written:
        return uncheckable(say("count.nothing_counted"))
    counted = add(written)
    number = Shown(sum(w.value for w in written))
    said = claims[0] if claims else None
    if claim.source == EXTREME and said is not None and said.written is not None:
        return _judge_extreme(claim, said, counts[0])
    if claim.relation == "at_most" and said is not None and said.written is not None:
        return _judge_at_least(claim, said, counts[0])
    if said is None or _means_none(said):
        grade = Grade.EXACT if counted.contains(0) else Grade.INCONSISTENT
        key = "count.none" if grade is Grade.EXACT else "count.some_one" if number.value == 1 else "count.some"
    else:
        assert said.written is not None
        grade = same_as(said.written, written)
        key = "count.equal" if grade.fits else "count.differs"
    text = said.text if said is not None and said.text else (stated(said) if said is not None else "")
    message = say(key, claim=text, count=number)
    return Judged(grade, verdict_of(grade, claim.terms), plainly(number), message)


def _judge_extreme(claim: Claim, named: Term, true: Term) -> Judged:
    """Is the member of a list said to be its greatest, or least, the one that is?"""
    assert named.written is not None and true.written is not None
    grade = Grade.EXACT if named.written.value == true.written.value else Grade.INCONSISTENT
    key = "count.extreme" if grade is Grade.EXACT else "count.greater" if true.written.value > named.written.value else "count.less"
    message = say(key, claim=stated(named), count=stated(true))
    return Judged(grade, verdict_of(grade, claim.terms), plainly(shown(true.written, percent=true.unit == "%")), message)


def _judge_at_least(claim: Claim, said: Term, least: Term) -> Judged:
    """Is a figure at least the other one, as the head of their list says?"""
    assert said.written is not None and least.written is not None
    grade = Grade.EXACT if said.written.value >= least.written.value else Grade.INCONSISTENT
    key = "count.at_least" if grade is Grade.EXACT else "count.not_at_least"
    computed = plainly(shown(least.written, percent=least.unit == "%"))
    return Judged(grade, verdict_of(grade, claim.terms), computed, say(key, claim=stated(said), count=stated(least)))


def _means_none(said: Term) -> bool:
    """A statement that leaves no exception: no number at all, 0, or 100 %."""
    if said.written is None or said.written.value == 0:
        return True
    return said.unit == "%" and said.written.value == 100


def same_as(said: Written, counted: Sequence[Written]) -> Grade:
    """The grade of one stated number against the sum of what was counted."""
    exact = said.value == sum(w.value for w in counted)
    return grade(lambda mode: preimage(said, mode).meets(add(counted, mode)), exact=exact)
