"""Shares and changes that are off by more than anybody slips: of 7 and 1.069 nobody writes 89,1 %, and a rise from 5,4 to 1,9 is none of 5 %. Such
a claim was told of other figures than it was bound to, and is no claim of the report's.
"""

from __future__ import annotations

from fractions import Fraction

from ..digits import distance
from ..model import Claim, Kind, Rational, Term, Written, magnitude
from .pool import miscounted, mistyped

_MOST = 6  # times that a share or a change is off by a slip
_DECIMAL = 20  # a slip of the decimal mark puts it off by a power of ten, within a twentieth
_TENS = (10, 100, 1000)
_LONG_VALUE = 100  # in units of its last place: shorter ones are a digit from anything


def meant(made: Claim) -> bool:
    """Can the claim have been told of these figures, right or wrong?"""
    if made.source.startswith("table."):
        return True  # the columns say of what it is told
    if made.kind is Kind.SHARE:
        return _share(made)
    return made.kind is not Kind.CHANGE or _change(made)


def _share(made: Claim) -> bool:
    n, p = _values(made.by_role("n")), _values(made.by_role("p"))
    wholes = _values(made.by_role("m")) or _values(made.bases)
    if not n or len(p) != 1 or not wholes or not p[0] or not sum(n):
        return True
    share = made.by_role("p")[0].written
    return share is not None and any(m > 0 and (_within(Fraction(100 * sum(n)) / m, p[0], share.ulp) or miscounted(sum(n), m, share)) for m in wholes)


def _change(made: Claim) -> bool:
    told = {t.role: t.written for t in made.terms if t.written is not None}
    if "prev" not in told or "now" not in told:
        return True
    prev = told["prev"].value
    apart = magnitude(told["now"].value - prev)
    if "delta" in told and (_value_slipped(told) or "p" in told and _now_slipped(told)):
        return True
    sides = [(Fraction(apart), told["delta"])] if "delta" in told else []
    if "p" in told and prev:
        sides.append((Fraction(100 * apart) / magnitude(prev), told["p"]))
    return not sides or not apart or any(not size.value or _within(by, magnitude(size.value), size.ulp) for by, size in sides)


def _value_slipped(told: dict[str, Written]) -> bool:
    """ "từ 91,6% lên 59,3%, tăng 3,7 điểm phần trăm": is one of two long values a digit or a swap from what the other and the size leave?"""
    prev, now, size = (told[role].value for role in ("prev", "now", "delta"))
    if min(prev, now) < _LONG_VALUE * told["prev"].ulp:
        return False
    return any(meant > 0 and mistyped(meant, printed) for by in (size, -size) for meant, printed in ((prev + by, now), (now + by, prev)))


def _now_slipped(told: dict[str, Written]) -> bool:
    """ "7.156 bản, giảm 469 bản so với cùng kỳ năm trước (2.225 bản), tương ứng giảm 21,08%": are the size and the rate those of the earlier value, and
    the later one a digit or a swap from what they leave?"""
    prev, now, delta, rate = (told[role].value for role in ("prev", "now", "delta", "p"))
    if not prev or 2 * magnitude(100 * magnitude(Fraction(delta) / prev) - magnitude(rate)) > told["p"].ulp:
        return False
    return any(meant > 0 and mistyped(meant, now) for meant in (prev + magnitude(delta), prev - magnitude(delta)))


def _values(terms: tuple[Term, ...]) -> list[Rational]:
    return [t.written.value for t in terms if t.written is not None]


def _within(by: Fraction, told: Rational, ulp: Rational) -> bool:
    """Is it off by no more than a slip, by one of the decimal mark or by one digit too many?"""
    times = max(by / told, told / by)
    if times <= _MOST or any(_DECIMAL * magnitude(times - ten) <= ten for ten in _TENS):
        return True
    return distance(str(round(by / ulp)), str(round(Fraction(told) / ulp))) == 1
