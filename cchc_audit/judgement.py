"""What judging one claim yields, and how its numbers are written in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from .arithmetic import Grade
from .messages import Shown, exact_decimals, number, say
from .model import Claim, Explanation, Message, Qualifier, Rational, Term, Verdict, Written, record

VERDICTS = {
    Grade.EXACT: Verdict.HOLDS,
    Grade.NEAREST: Verdict.HOLDS_BY_ROUNDING,
    Grade.HALF_RULE: Verdict.HOLDS_BY_ROUNDING,
    Grade.CEILING: Verdict.HOLDS_IF_TRUNCATED,
    Grade.TRUNCATION: Verdict.HOLDS_IF_TRUNCATED,
    Grade.PADDED: Verdict.HOLDS_IF_TRUNCATED,
    Grade.INCONSISTENT: Verdict.CONTRADICTED,
    Grade.IMPOSSIBLE: Verdict.IMPOSSIBLE,
    Grade.UNDETERMINED: Verdict.UNCHECKABLE,
}

PERCENT_UNITS = frozenset({"%", "điểm %"})


@record
class Judged:
    """The outcome of one claim. `claim` is the claim as judged (a base chosen, an implied term added) when it changed."""

    grade: Grade
    verdict: Verdict
    computed: str
    message: Message
    explanations: tuple[Explanation, ...] = ()
    working: tuple[Message, ...] = ()
    claim: Claim | None = None


def verdict_of(grade: Grade, terms: Iterable[Term]) -> Verdict:
    """The verdict of a grade; figures the writer hedged never make more than a question."""
    for term in terms:
        if term.written is not None and term.written.qualifier is not Qualifier.EXACT:
            return _HEDGED.get(grade, Verdict.HOLDS)
    return VERDICTS[grade]


_HEDGED = {
    Grade.INCONSISTENT: Verdict.QUESTION,
    Grade.IMPOSSIBLE: Verdict.QUESTION,
    Grade.UNDETERMINED: Verdict.UNCHECKABLE,
}


def uncheckable(message: Message, claim: Claim | None = None) -> Judged:
    return Judged(Grade.UNDETERMINED, Verdict.UNCHECKABLE, "", message, claim=claim)


# ---------------------------------------------------------------- figures of a claim


def figures(terms: Iterable[Term]) -> list[Written]:
    return [term.written for term in terms if term.written is not None]


def is_percent(term: Term) -> bool:
    return term.role == "p" or term.unit in PERCENT_UNITS


def exact_counts(written: Iterable[Written]) -> bool:
    """Are all of them whole numbers that stand for themselves?"""
    for w in written:  # asked of every share: a plain loop costs half
        if w.rounded or w.qualifier is not Qualifier.EXACT or w.value.denominator != 1:
            return False
    return True


def decimals(ulp: Rational) -> int:
    """The decimals of a figure whose last place is `ulp`."""
    below = ulp.denominator
    return 0 if below == 1 else len(str(below)) - 1 if ulp.numerator == 1 else exact_decimals(ulp, 15)


_WORD = re.compile(r"[^\W\d_]")
_AFTER_MARK = re.compile(r",(\d+)|\.(\d{1,2})(?!\d)")


def printed_decimals(text: str, written: Written) -> int:
    """The decimals a figure is printed with, before a scale word: 2 for "4,52 ngàn", none for "1.863"."""
    if written.ulp <= 1:
        return decimals(written.ulp)
    mark = _AFTER_MARK.search(text)
    return len(mark.group(1) or mark.group(2)) if mark else 0


def scale_of(text: str, written: Written) -> int:
    """What the scale word of a printed figure multiplies by: 1000 for "4,52 ngàn", 1 where there is none."""
    if written.ulp <= 1:  # asked of every addend of a report, few of which have a scale word
        return 1
    scale = written.ulp * 10 ** printed_decimals(text, written)
    return int(scale) if scale in _SCALES else 1


def added(written: Sequence[Written]) -> Rational:
    """The sum of the values as written."""
    return written[0].value if len(written) == 1 else sum(w.value for w in written)


# ---------------------------------------------------------------- numbers in sentences


def shown(written: Written, *, percent: bool = False) -> Shown:
    """The figure with the decimals it was written with."""
    return Shown(written.value, decimals(written.ulp), percent)


def recomputed(value: Rational, written_decimals: int, *, percent: bool = False) -> Shown:
    """A computed value with one decimal more than the figure it is compared with, two at least where needed.

    More still where that would round twice: 99,946 % is 99,9 %, but as 99,95 % it would look like 100,0 %.
    """
    places = exact_decimals(value, max(written_decimals + 1, 2))
    below, unit = 2 * value.denominator, 10**written_decimals
    rounded = (2 * abs(value.numerator) * unit + value.denominator) // below
    while places < written_decimals + 5:
        twice = (2 * abs(value.numerator) * 10**places + value.denominator) // below
        step = 10 ** max(places - written_decimals, 0)
        if (2 * twice + step) // (2 * step) == rounded:
            break
        places += 1
    return Shown(value, places, percent)


def plainly(value: Shown) -> str:
    """A value as people write it, in Vietnamese notation."""
    return number(value.value, value.decimals, percent=value.percent)


_HEDGES = {
    Qualifier.AT_LEAST: "figure.at_least",
    Qualifier.AT_MOST: "figure.at_most",
    Qualifier.NEARLY: "figure.nearly",
    Qualifier.ABOUT: "figure.about",
}


_SCALES = {1_000: "figure.thousand", 1_000_000: "figure.million", 1_000_000_000: "figure.billion"}


def stated(term: Term) -> Message:
    """A term's figure for a sentence, with its scale word, and its hedge where the writer used one."""
    return Message.later(lambda language: _in(_stated(term), language))


def _stated(term: Term) -> Shown | Message | str:
    if term.written is None:
        return term.text
    plain: Shown | Message = shown(term.written, percent=is_percent(term))
    if term.written.ulp == 1 and not term.written.approx and term.unit != "điểm %":
        return plain  # most figures are counts
    scale = scale_of(term.text, term.written)
    if term.unit == "điểm %":
        plain = say("figure.points", value=shown(term.written))
    if scale > 1:
        plain = scaled(term.written.value, scale, printed_decimals(term.text, term.written))
    return say(_HEDGES[term.written.qualifier], value=plain) if term.written.approx else plain


def scaled(value: Rational, scale: int, places: int) -> Message | Shown:
    """A value with its scale word: "4,52 nghìn"."""
    return say(_SCALES[scale], value=Shown(Fraction(value) / scale, places)) if scale > 1 else Shown(value, places)


def printed(term: Term) -> Message:
    """The figure as the report prints it, with the scale word that follows it: "1,25 tỷ"."""
    scale = scale_of(term.text, term.written) if term.written is not None and not _WORD.search(term.text) else 1
    return say(_SCALES[scale], value=term.text) if scale > 1 else Message(term.text, term.text)


def joined(items: Iterable[Shown | Message | str | int], separator: str = " + ") -> Message:
    """The items in one line; a negative number after " + " reads as a subtraction."""
    given = tuple(items)
    return Message.later(
        lambda language: separator.join(_in(item, language) for item in given).replace("+ −", "− ")
    )


def _in(item: Shown | Message | str | int, language: str) -> str:
    if isinstance(item, Message):
        return item.in_language(language)
    if isinstance(item, Shown):
        return number(item.value, item.decimals, language, percent=item.percent)
    return item if isinstance(item, str) else number(item, 0, language)


def in_brackets(message: Message) -> Message:
    return Message.later(lambda language: f"({message.in_language(language)})")


def all_stated(terms: Sequence[Term]) -> Message:
    """The figures of terms that are added: "640", or "(600 + 40)"."""
    return stated(terms[0]) if len(terms) == 1 else in_brackets(joined(stated(term) for term in terms))


def sentences(*parts: Message) -> Message:
    """Sentences one after another."""
    return Message.later(lambda language: " ".join(part.in_language(language) for part in parts))
