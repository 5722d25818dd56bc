"""The rulebook: what an inspector knows about the figures of a ward's report, bound to one report.

`load` reads it, `claims_of` yields the claims of its rules for `check.judge`, `findings` what is no arithmetic
(norms, advice, open balances), `ratios` what is only reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Claim, Document, Figure, Finding, Header, Section, UnitRatio
from ..periods import Timeline
from ..quantities import Reading
from .authority import authorities
from .kinds import PerUnit
from .material import Material, Source
from .rulebook import Rulebook, load

__all__ = ["Material", "Rulebook", "Source", "authorities", "capped", "claims_of", "findings", "load", "material", "ratios"]


def material(
    figures: Sequence[Figure],
    document: Document,
    reading: Reading,
    sections: Sequence[Section],
    header: Header,
    rulebook: Rulebook,
    previous: Sequence[Source] = (),
    attached: Sequence[Source] = (),
    line: Timeline | None = None,
) -> Material:
    """The report as rules see it; made once for all the functions below.

    `line` is the report's timeline when the caller has one already.
    """
    return Material(
        tuple(figures), document, reading, tuple(sections), header, rulebook.lexicon, rulebook.norms,
        tuple(previous), tuple(attached), line,
    )  # fmt: skip


def claims_of(given: Material, rulebook: Rulebook) -> list[Claim]:
    """The claims of every rule, in the order of the text, not yet judged; of equal ones an inspector's own stands first."""
    claims = [claim for rule in rulebook.rules for claim in rule.bind(given)]
    built_in = {rule.id for rule in load().rules}
    return sorted(claims, key=lambda c: (c.span, c.source in built_in, c.source))


def findings(given: Material, rulebook: Rulebook) -> list[Finding]:
    """What rules say without arithmetic: norms, advice, notes on cut-off dates, balances left open."""
    return [finding for rule in rulebook.rules for finding in rule.find(given)]


def capped(findings: Sequence[Finding], rulebook: Rulebook) -> list[Finding]:
    """The findings with the severity of each rule's at most what the rule allows."""
    most = {rule.id: rule.severity for rule in rulebook.rules}
    return [
        replace(f, severity=most[f.claim.source])
        if f.severity is not None and f.severity > most.get(f.claim.source, 3)
        else f
        for f in findings
    ]


def ratios(given: Material, rulebook: Rulebook) -> list[UnitRatio]:
    """The ratios a rulebook reports without judging, where the report states their figures."""
    found = [rule.ratio(given) for rule in rulebook.rules if isinstance(rule, PerUnit)]
    return [ratio for ratio in found if ratio is not None]
