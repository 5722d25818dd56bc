"""What a finding stated, how far it lies from the recomputation and how sharp the check is, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from .. import arithmetic, judgement
from ..dates import short_date
from ..messages import exact_decimals, number, say
from ..model import Finding, Kind, Message, Period, Term, Verdict
from .comparison import comparisons

_PERCENT = frozenset({"%", "điểm %"})
_SWAPPED = str.maketrans(".,", ",.")


def shown(term: Term) -> Message:
    """The term as written, with its scale word, or its value where the report does not print it."""
    if term.text:
        return judgement.printed(term)
    if term.written is None:
        return Message("…", "…")
    places = exact_decimals(term.written.value)
    percent = term.unit in _PERCENT
    vi, en = (number(term.written.value, places, language, percent=percent) for language in ("vi", "en"))
    return Message(vi, en)


def stated(finding: Finding) -> Message:
    """What the report says, as one line: "390 / 394 = 99,4%"."""
    claim = finding.claim
    by = {role: [shown(t) for t in claim.by_role(role)] for role in {t.role for t in claim.terms}}
    if claim.kind is Kind.SHARE and {"n", "m", "p"} <= by.keys():
        return _line("{} / {} = {}", _bracketed(claim.by_role("n")), _bracketed(claim.by_role("m")), by["p"][0])
    if claim.kind is Kind.BREAKDOWN and by.get("total") and by.get("part"):
        sign = "=" if claim.relation == "equal" else "≥"
        return _line(f"{{}} {sign} {{}}", by["total"][0], _summed(claim.by_role("part")))
    if claim.kind is Kind.RATE and {"total", "count", "rate"} <= by.keys():
        if claim.terms[-1].role == "total":
            return _line("{} × {} = {}", *(judgement.stated(claim.by_role(role)[0]) for role in ("count", "rate", "total")))
        return _line("{} : {} = {}", _bracketed(claim.by_role("total")), by["count"][0], by["rate"][0])
    if claim.kind is Kind.SHARES_SUM:
        return _joined([m for ms in by.values() for m in ms], " + ")
    norm = claim.kind is Kind.NORM  # its limit is the norm's, not the report's
    return _joined([shown(t) for t in claim.terms if (t.text or not norm) and t.role != "former"], "; ")


def _line(template: str, *parts: Message) -> Message:
    return Message(_fill(template, [p.vi for p in parts]), _fill(template, [p.en for p in parts]))


def _fill(template: str, parts: Sequence[str]) -> str:
    out = template.split("{}")
    return "".join(a + b for a, b in zip(out, [*parts, ""], strict=True))


def _joined(parts: Sequence[Message], mark: str) -> Message:
    return Message(mark.join(p.vi for p in parts), mark.join(p.en for p in parts))


def _bracketed(parts: Sequence[Term]) -> Message:
    """The parts of a sum that is divided, in brackets where there are several."""
    return _summed(parts) if len(parts) == 1 else _line("({})", _summed(parts))


def _summed(parts: Sequence[Term]) -> Message:
    """The parts of a sum with their signs: a text prints "giảm 5", the sum subtracts it."""
    vi = en = ""
    for index, part in enumerate(parts):
        taken = part.written is not None and part.written.value < 0
        mark = ("−" if taken else "") if index == 0 else (" − " if taken else " + ")
        text = shown(part)
        vi, en = (so_far + mark + (one.lstrip("-−–") if taken else one) for so_far, one in ((vi, text.vi), (en, text.en)))
    return Message(vi, en)


def values(finding: Finding, role: str) -> list[Fraction]:
    return [Fraction(t.written.value) for t in finding.claim.by_role(role) if t.written is not None]


def _gap(finding: Finding) -> tuple[Fraction, bool] | None:
    """How far the stated figure lies from the recomputed one, and whether in percentage points; of several the first
    that lies apart."""
    if finding.claim.kind is Kind.NORM:
        value, limit = values(finding, "value"), values(finding, "limit")
        return (value[0] - limit[0], any(t.unit in _PERCENT for t in finding.claim.terms)) if value and limit else None
    compared = comparisons(finding)
    if not compared:
        return None
    told = next((c for c in compared if c.sign == "✗"), compared[0])
    return (-told.gap if finding.claim.kind is Kind.SHARES_SUM else told.gap), told.points  # of shares, what they make less 100


def difference(finding: Finding) -> Message | None:
    """Stated minus recomputed, in words; None where it is nought or has no meaning."""
    gap = _gap(finding)
    if gap is None or gap[0] == 0 or finding.verdict in {Verdict.HOLDS, Verdict.HOLDS_BY_ROUNDING}:
        return None
    value, percent = gap
    places = 2 if percent else exact_decimals(value)
    if finding.claim.relation == "at_most" and value > 0:
        return None
    sign = "+" if value > 0 else ""
    scale = 1 if percent else _scale(finding)
    if scale > 1:
        told = judgement.joined([judgement.scaled(value, scale, exact_decimals(value / scale))])
        return Message(sign + told.vi, sign + told.en)
    vi, en = (sign + number(value, places, language) for language in ("vi", "en"))
    return say("memo.points", value=Message(vi, en)) if percent else Message(vi, en)


def _scale(finding: Finding) -> int:
    """What the scale word of the figure a difference is told of multiplies by: 1000000 for "64 triệu đồng"."""
    claim = finding.claim
    told = claim.terms[-1:] if claim.kind is Kind.RATE else [t for role in ("total", "delta", "a") for t in claim.by_role(role)]
    return next((judgement.scale_of(t.text, t.written) for t in told if t.written is not None), 1)


def recomputed(finding: Finding) -> Message:
    """The recomputed value, in the notation of either language: 98,98 % and 98.98%."""
    text = finding.computed
    english = re.sub(r"\d[\d.,]*", lambda found: found.group().translate(_SWAPPED), text)
    return Message(text, english.replace(" %", "%").replace("điểm%", "points"))


def power(finding: Finding) -> Fraction | None:
    """The chance that a wrong percentage, drawn at random, would be noticed on this base; None for other kinds."""
    if finding.claim.kind is not Kind.SHARE:
        return None
    base, rate = values(finding, "m"), finding.claim.by_role("p")
    if not base or base[0] <= 0 or base[0].denominator != 1 or not rate or rate[0].written is None:
        return None
    decimals = max(0, len(str(rate[0].written.ulp.denominator)) - 1)
    return arithmetic.power(int(base[0]), decimals)


def capital(text: str) -> str:
    """The text with its first letter capital: "phường Hải Vân" as a name on its own."""
    return text[:1].upper() + text[1:]


def moment(text: str) -> str:
    """An ISO moment as people write it.

    >>> moment("2024-07-09T08:30:00+00:00")
    '09/7/2024 08:30 UTC'
    """
    when = datetime.fromisoformat(text)
    return f"{short_date(when.date())} {when:%H:%M} UTC"


def period_text(period: Period | None) -> str:
    """Both ends of a period, "01/01/2024 – 30/6/2024"; its label where it has no ends."""
    if period is None:
        return ""
    if period.start is None and period.end is None:
        return period.label
    return " – ".join(short_date(day) or "…" for day in (period.start, period.end))
