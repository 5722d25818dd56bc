"""Claims for the tests, written as short as the text they stand for."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from cchc_audit.model import Claim, Kind, Qualifier, Quantity, Span, Term, Written

SCALES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}


def written(text: str, qualifier: Qualifier = Qualifier.EXACT) -> Written:
    """ "1.863" -> a count; "99,4%" and "1,2 tỷ" -> rounded; a leading minus makes it a subtracted part."""
    number = re.search(r"-?\d[\d.]*(?:,\d+)?", text)
    assert number is not None
    digits = number.group().replace(".", "").replace(",", ".")
    scale = next((factor for word, factor in SCALES.items() if word in text), 1)
    decimals = len(digits.partition(".")[2])
    ulp = Fraction(scale, 10**decimals)
    return Written(Fraction(digits) * scale, ulp, "%" in text or decimals > 0 or scale > 1, qualifier)


class Report:
    """A made-up report: every figure gets a place of its own, a name ("a:12") gives it the place of that name."""

    def __init__(self) -> None:
        self.places: dict[str, Span] = {}
        self.at = 0

    def term(self, role: str, text: str, qualifier: Qualifier = Qualifier.EXACT, unit: str = "hồ sơ") -> Term:
        name, _, figure = text.rpartition(":")
        if name not in self.places or not name:
            self.at += 20
            self.places[name] = Span(self.at, self.at + len(figure))
        span = self.places[name]
        return Term(role, written(figure, qualifier), figure, span, "%" if "%" in figure else unit)

    def claim(self, kind: Kind, *, relation: str = "equal", own_base: bool = True, **roles: str | list[str]) -> Claim:
        """The keyword `bases` gives candidate bases; every other keyword is a role with one or more figures."""
        bases = roles.pop("bases", [])
        terms = [
            self.term(role, text) for role, texts in roles.items() for text in ([texts] if isinstance(texts, str) else texts)
        ]
        return Claim(
            kind,
            tuple(terms),
            Span(min(t.span.start for t in terms if t.span), max(t.span.end for t in terms if t.span)),
            source="test",
            relation=relation,
            own_base=own_base,
            bases=tuple(self.term("m", text) for text in bases),
        )

    def quantity(self, text: str, unit: str = "hồ sơ", paragraph: int = 0, noun: str = "") -> Quantity:
        term = self.term("", text, unit=unit)
        assert term.span is not None and term.written is not None
        return Quantity(term.span, term.text, term.written, unit=term.unit, paragraph=paragraph, noun=noun)


def fallen(claim: Claim) -> Claim:
    """The claim with its negative figures printed as "giảm 3" prints them, without sign."""
    return replace(claim, terms=tuple(replace(t, text=t.text.lstrip("-")) for t in claim.terms))


def share(n: str, m: str, p: str) -> Claim:
    return Report().claim(Kind.SHARE, n=n, m=m, p=p)


def breakdown(total: str, *parts: str, relation: str = "equal") -> Claim:
    return Report().claim(Kind.BREAKDOWN, total=total, part=list(parts), relation=relation)


def shares_sum(*parts: str) -> Claim:
    return Report().claim(Kind.SHARES_SUM, part=list(parts))
