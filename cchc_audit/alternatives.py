"""What else the report states that would explain a failing claim: another base, a part left out, another pair.

Each is offered as a question, never as a verdict: any two numbers of a long report add up to something.
Only figures of the same unit count, those nearest in the text first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from .arithmetic import implied_bases, percent_fits, rate_grade
from .judgement import exact_counts, figures, joined, shown, stated
from .messages import Shown, say
from .model import Claim, Explanation, Kind, Message, Quantity, Rational, Span, Term, Written, simplest
from .relations import per_of, relate
from .shares import Percent, base_value

MOST = 5  # alternatives named of one kind
SEARCHED = 400  # figures of one unit looked at in a range
MOST_RELATED = 8  # figures of a breakdown whose sums and differences are looked at
_FINE = 2**40  # shares are sorted by their whole parts of this
_TELLING = 50  # the least base of another pair: on a small one many percentages come out
FAR_RANGE = 20  # a wider range of bases is met by chance: outside the paragraph such figures are left out


@dataclass(frozen=True, slots=True)
class Alternative:
    """An explanation, and whether it is something the report itself states (which lowers the severity)."""

    explanation: Explanation
    stated: bool


class Candidate(NamedTuple):
    """A count the report states, or a sum or difference of two that it relates: "640 + 11"."""

    value: Rational
    written: tuple[Written, ...]
    sign: str
    spans: tuple[Span, ...]
    paragraph: int
    unit: str
    noun: str

    @property
    def text(self) -> Message:
        return joined([shown(w) for w in self.written], self.sign)


class Stated:
    """The counts a report prints, and the sums and differences its breakdowns relate, by unit and value."""

    def __init__(self, quantities: Sequence[Quantity], claims: Iterable[Claim]) -> None:
        self.paragraphs = {q.span: q.paragraph for q in quantities}
        self._by_unit: dict[str, list[tuple[Rational, int, Candidate]]] = defaultdict(list)
        counts = (q for q in quantities if not (q.is_percent or q.damaged or q.written.approx or q.written.rounded))
        candidates = [
            Candidate(q.value, (q.written,), "", (q.span,), q.paragraph, q.unit, q.noun) for q in counts
        ]
        for claim in claims:
            if claim.kind is Kind.BREAKDOWN and len(claim.terms) <= MOST_RELATED:
                candidates += self._related(claim)
        for i, candidate in enumerate(candidates):
            self._by_unit[candidate.unit].append((simplest(candidate.value), i, candidate))
        for values in self._by_unit.values():
            values.sort(key=lambda entry: entry[:2])

    def _related(self, claim: Claim) -> list[Candidate]:
        """Two parts of one breakdown together, and its total less a part."""
        terms = [t for t in claim.terms if t.span is not None and t.written is not None and exact_counts([t.written])]
        found, at = [], self.paragraph(claim)
        for i, a in enumerate(terms):
            for b in terms[i + 1 :]:
                less = "total" in {a.role, b.role}
                first, second = (b, a) if b.role == "total" else (a, b)
                assert first.written is not None and second.written is not None
                value = first.written.value + (-second.written.value if less else second.written.value)
                sign, written = " − " if less else " + ", (first.written, second.written)
                spans = tuple(t.span for t in (first, second) if t.span is not None)
                if len(terms) > 3 or not less:  # of a total and two parts, one less is the other
                    found.append(Candidate(value, written, sign, spans, at, first.unit, first.noun))
        return found

    def between(
        self, low: Rational, high: Rational | None, claim: Claim, units: Iterable[str] | None
    ) -> list[Candidate]:
        """Candidates of the units (None: of any other unit) with values in the range and none of the claim's figures;
        nearest in the text first, each value once."""
        own, at = {term.span for term in claim.terms}, self.paragraph(claim)
        found: list[Candidate] = []
        for unit in list(self._by_unit) if units is None else dict.fromkeys(units):
            values = self._by_unit.get(unit, [])
            first = bisect_left(values, low, key=lambda entry: entry[0])
            last = len(values) if high is None else bisect_right(values, high, key=lambda entry: entry[0])
            found += [c for _, _, c in values[first : min(last, first + SEARCHED)]]
        near = sorted(
            (c for c in found if own.isdisjoint(c.spans) and (c.unit or c.paragraph == at)),
            key=lambda c: (c.paragraph != at, len(c.spans), abs(c.spans[0].start - claim.span.start)),
        )
        nearest: dict[Rational, Candidate] = {}
        for candidate in near:
            nearest.setdefault(candidate.value, candidate)
        return list(nearest.values())

    def here(self, candidate: Candidate, claim: Claim) -> bool:
        return candidate.paragraph == self.paragraph(claim)

    def elsewhere(self, candidates: Iterable[Candidate], claim: Claim) -> list[Candidate]:
        """Those outside the rows a claim of a table adds up: what stands in another column there counts something else."""
        rows = {self.paragraphs[t.span] for t in claim.terms if t.span in self.paragraphs} if claim.source.startswith("table.") else set[int]()
        return [c for c in candidates if c.paragraph not in rows]

    def paragraph(self, claim: Claim) -> int:
        """The paragraph of the claim's first figure, -1 where it is not known."""
        return next((self.paragraphs[t.span] for t in claim.terms if t.span in self.paragraphs), -1)


Pair = tuple[tuple[Term, ...], tuple[Term, ...]]  # the figures of a numerator and of its base


class Pairs:
    """The pairs of counts that hold together as part and whole, by the share one is of the other."""

    def __init__(self, sound: Iterable[Claim]) -> None:
        """`sound` are the shares and breakdowns that hold."""
        self._by_share: list[tuple[int, int, int, int, Pair]] = []
        for n, m in (pair for claim in sound for pair in _pairs_of(claim)):
            if n and m and exact_counts(figures((*n, *m))):
                a, b = base_value(n).numerator, base_value(m).numerator
                if 0 <= a <= b >= _TELLING:
                    self._by_share.append((a * _FINE // b, len(self._by_share), a, b, (n, m)))
        self._by_share.sort(key=lambda entry: entry[:2])

    def giving(self, percent: Percent, but: Container[Span | None]) -> Pair | None:
        """The first pair of the report that gives the percentage and has none of the figures `but`."""
        half = Fraction(1, 2 * 10 ** (percent.d + 2))
        share = percent.x * 2 * half
        first = bisect_left(self._by_share, (share - half) * _FINE // 1, key=lambda entry: entry[0])
        last = bisect_right(self._by_share, (share + half) * _FINE // 1, key=lambda entry: entry[0])
        fitting = [
            (place, pair)
            for _, place, a, b, pair in self._by_share[first:last]
            if percent_fits(a, b, percent.x, percent.d) and not any(t.span in but for terms in pair for t in terms)
        ]
        return min(fitting, key=lambda entry: entry[0])[1] if fitting else None


def _pairs_of(claim: Claim) -> list[Pair]:
    if claim.kind is Kind.SHARE:
        return [(claim.by_role("n"), claim.by_role("m"))]
    return [((part,), claim.by_role("total")) for part in claim.by_role("part")]


def alternatives(claim: Claim, stated_figures: Stated, pairs: Pairs) -> list[Alternative]:
    """What the report states that would explain this failing claim, best first."""
    match claim.kind:
        case Kind.SHARE:
            return _of_share(claim, stated_figures, pairs)
        case Kind.BREAKDOWN:
            return _of_breakdown(claim, stated_figures)
        case Kind.SAME_FIGURE | Kind.ROLL_FORWARD:
            return _of_same(claim, stated_figures)
        case Kind.RATE:
            return _of_rate(claim, stated_figures)
    return []


def _units(terms: Sequence[Term]) -> list[str]:
    return [term.unit for term in terms]


def _spans(found: Sequence[Candidate]) -> tuple[Span, ...]:
    return tuple(span for c in found for span in c.spans)


def _listed(found: Sequence[Candidate]) -> Message:
    *most, last = (c.text for c in found)
    return say("explain.either_of", most=joined(most, "; "), last=last) if most else last


# ---------------------------------------------------------------- shares


def _of_share(claim: Claim, stated_figures: Stated, pairs: Pairs) -> list[Alternative]:
    n_terms, m_terms, p_terms = claim.by_role("n"), claim.by_role("m"), claim.by_role("p")
    n, m = figures(n_terms), figures(m_terms)
    percent = Percent.of(p_terms[0].written) if p_terms and p_terms[0].written is not None else None
    if percent is None or not n or not m or not exact_counts((*n, *m)):
        return []
    a, b = base_value(n_terms).numerator, base_value(m_terms).numerator
    found: list[Alternative] = []
    if a > 0 and all(t.text for t in n_terms):
        found += _bases(claim, a, b, percent, stated_figures)
    if a < b and 0 < percent.x < 100 * 10**percent.d:
        found += _complement(claim, b - a, percent, stated_figures)
    found += _scaled(claim, a, b, percent)
    found += _pair(claim, percent, pairs)
    return found


def _bases(claim: Claim, a: int, b: int, percent: Percent, stated_figures: Stated) -> list[Alternative]:
    """The range the base would have to lie in, and the printed figures of the same unit that do."""
    bases = implied_bases(a, percent.x, percent.d)
    p, n = percent.shown(percent.x), Shown(Fraction(a))
    if bases.none:
        return [Alternative(Explanation("implied_base", say("explain.no_base", n=n, p=p)), False)]
    found: list[Alternative] = []
    units = _units((*claim.by_role("m"), *claim.by_role("n")))
    fitting = stated_figures.between(bases.first, bases.last, claim, units)
    if bases.last is None or bases.last - bases.first > FAR_RANGE:
        fitting = [c for c in fitting if stated_figures.here(c, claim)]
    fitting = [c for c in fitting if c.value != b][:MOST]
    if not fitting and bases.last is not None and bases.last - bases.first <= FAR_RANGE:
        strange = [c for c in stated_figures.between(bases.first, bases.last, claim, None) if len(c.spans) == 1][:1]
        if strange and strange[0].value >= 100:
            why = say("explain.other_unit", n=n, p=p, base=strange[0].text, unit=strange[0].noun or strange[0].unit)
            found.append(Alternative(Explanation("other_base", why, _spans(strange)), False))
    if fitting:
        why = say("explain.other_base", n=n, p=p, bases=_listed(fitting))
        found.append(Alternative(Explanation("other_base", why, _spans(fitting)), True))
    if bases.last is not None:
        key = "explain.implied_base" if bases.first < bases.last else "explain.one_base"
        why = say(key, n=n, p=p, low=bases.first, high=bases.last)
        found.append(Alternative(Explanation("implied_base", why), False))
    return found


def _complement(claim: Claim, rest: int, percent: Percent, stated_figures: Stated) -> list[Alternative]:
    """The rest over another printed base, whose share the percentage would leave over."""
    x = 100 * 10**percent.d - percent.x
    bases = implied_bases(rest, x, percent.d)
    if bases.none or bases.last is None:
        return []
    units = _units((*claim.by_role("m"), *claim.by_role("n")))
    fitting = stated_figures.between(bases.first, bases.last, claim, units)[:MOST]
    if not fitting:
        fitting = [c for c in stated_figures.between(bases.first, bases.last, claim, None) if len(c.spans) == 1][:MOST]
    if not fitting:
        return []
    why = say(
        "explain.complement",
        rest=rest,
        q=percent.shown(x),
        p=percent.shown(percent.x),
        bases=_listed(fitting),
    )
    return [Alternative(Explanation("other_base", why, _spans(fitting)), False)]


def _scaled(claim: Claim, a: int, b: int, percent: Percent) -> list[Alternative]:
    """The percentage ten, a hundred or a thousand times too large or small."""
    p = claim.by_role("p")[0]
    for factor in (10, 100, 1000):
        if percent_fits(a * factor, b, percent.x, percent.d) or percent_fits(a, b * factor, percent.x, percent.d):
            why = say("explain.scale", p=stated(p), factor=factor)
            return [Alternative(Explanation("scale", why, (p.span,) if p.span else ()), False)]
    return []


def _pair(claim: Claim, percent: Percent, pairs: Pairs) -> list[Alternative]:
    """Another pair of the report that gives this percentage, where it is telling enough."""
    if percent.d == 0 or percent.x in {0, 100 * 10**percent.d}:
        return []
    found = pairs.giving(percent, but={term.span for term in claim.terms})
    if found is None:
        return []
    n, m = found
    why = say("explain.other_pair", n=base_value(n).numerator, m=base_value(m).numerator, p=percent.shown(percent.x))
    return [Alternative(Explanation("definition", why, tuple(t.span for t in (*n, *m) if t.span)), False)]


# ---------------------------------------------------------------- totals


def _called(found: Candidate) -> str:
    """What a figure counts, in brackets; nothing where no words say so. Of a table row, its last words."""
    words = [part.strip() for part in found.noun.split("|") if any(c.isalpha() for c in part)]
    name = words[-1] if words else found.unit
    return f" ({name})" if name else ""


def _of_breakdown(claim: Claim, stated_figures: Stated) -> list[Alternative]:
    total, parts = claim.by_role("total"), claim.by_role("part")
    written = figures((*total, *parts))
    if not exact_counts(written):
        return []
    added, whole = base_value(parts), base_value(total)
    found: list[Alternative] = []
    units = _units((*total, *parts))
    if added < whole:
        rest = whole - added
        fitting = stated_figures.elsewhere(stated_figures.between(rest, rest, claim, units), claim)[:1]
        if fitting:
            why = say("explain.left_out", rest=rest, noun=_called(fitting[0]))
            found.append(Alternative(Explanation("left_out", why, _spans(fitting)), True))
    else:
        extra = [t for t in parts if t.written is not None and t.written.value == added - whole]
        if extra and len(parts) > 2:
            spans = tuple(t.span for t in extra if t.span)
            why = say("explain.counted_twice", part=stated(extra[0]))
            found.append(Alternative(Explanation("definition", why, spans), True))
    other = [c for c in stated_figures.elsewhere(stated_figures.between(added, added, claim, units), claim) if c.value >= 100][:1]
    if other:
        why = say("explain.other_total", sum=added, noun=_called(other[0]))
        found.append(Alternative(Explanation("definition", why, _spans(other)), True))
    return found


def _of_same(claim: Claim, stated_figures: Stated) -> list[Alternative]:
    found = [_of_former(term, stated(claim.by_role("b")[0])) for term in claim.by_role("former")]
    terms = [term for term in claim.terms if term.written is not None and term.role in {"a", "b"}]
    written = figures(terms)
    if len(written) < 2 or not exact_counts(written):
        return found
    difference = max(w.value for w in written) - min(w.value for w in written)
    fitting = [c for c in stated_figures.between(difference, difference, claim, _units(terms)) if c.value >= 10][:1]
    if fitting:
        why = say("explain.difference", difference=difference, noun=_called(fitting[0]))
        found.append(Alternative(Explanation("left_out", why, _spans(fitting)), True))
    return found


def _of_former(term: Term, told: Message) -> Alternative:
    """The figure is what the report tells elsewhere of another time."""
    return Alternative(Explanation("other_period", say("explain.former", told=told), (term.span,) if term.span else ()), True)


# ---------------------------------------------------------------- rates


def _of_rate(claim: Claim, stated_figures: Stated) -> list[Alternative]:
    """Another printed total or count that would give the rate, and a decimal mark out of its place."""
    totals, counts, rates = (claim.by_role(role) for role in ("total", "count", "rate"))
    related = relate(claim)
    if not related.relations or len(totals) > 1:
        return []
    found: list[Alternative] = []
    for terms, key in ((totals, "explain.other_divided"), (counts, "explain.other_divisor")):
        place = terms[0].span
        core = related.relations[0].cores(place, related.sets)[0] if place is not None else None
        if core is None or core[0] is None or terms[0].unit in {"", "đồng"}:
            continue
        fitting = stated_figures.between(core[0], core[1], claim, _units(terms)) if core[1] is not None else []
        if fitting := [c for c in fitting if stated_figures.here(c, claim) and len(c.spans) == 1][:MOST]:
            why = say(key, figures=_listed(fitting), rate=stated(rates[0]))
            found.append(Alternative(Explanation("other_base", why, _spans(fitting)), True))
    written = figures((*totals, *counts[:1], *rates[:1]))
    for factor in (10, 100, 1000):
        if any(rate_grade(written[:1], written[1], written[2], per_of(claim) * by).sound for by in (factor, Fraction(1, factor))):
            last = claim.terms[-1]
            why = say("explain.scale", p=stated(last), factor=factor)
            found.append(Alternative(Explanation("scale", why, (last.span,) if last.span else ()), False))
    return found
