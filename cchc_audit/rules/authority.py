"""What the findings of an audit rest on: each authority once, when it was in force, and the rules that used it."""

from __future__ import annotations

from collections.abc import Iterable

from ..dates import short_date
from ..model import Finding, Verdict
from .norms import Norm
from .rulebook import Rulebook

_NORM_FIELDS = ("norm", "step", "standard_population", "standard_area")


def authorities(findings: Iterable[Finding], book: Rulebook) -> list[str]:
    """One line for each authority that a judged finding rests on: citation, validity of its norms, ids of the
    rules. Sorted."""
    known = {n.citation for n in book.norms.values()}
    used: dict[str, set[str]] = {}
    for finding in findings:
        whole = finding.claim.authority
        pieces = whole.split("; ") if set(whole.split("; ")) <= known else [whole]
        for piece in filter(None, pieces if finding.verdict is not Verdict.UNCHECKABLE else ()):
            used.setdefault(piece, set()).add(finding.claim.source)
    return [_line(piece, sorted(rules), book) for piece, rules in sorted(used.items())]


def _line(citation: str, rules: list[str], book: Rulebook) -> str:
    ids = {getattr(book.rule(rule), name, "") for rule in rules for name in _NORM_FIELDS}
    norms = [n for n in book.norms.values() if n.citation == citation and n.id in ids]
    times = "; ".join(sorted({_validity(n) for n in norms if n.valid_from or n.valid_to}))
    return f"{citation}{f' (hiệu lực / in force: {times})' if times else ''} · {', '.join(rules)}"


def _validity(norm: Norm) -> str:
    ends = (short_date(day) or "…" for day in (norm.valid_from, norm.valid_to))
    return " – ".join(ends)
