"""Shares told again: "trực tuyến 470 hồ sơ (54,3%)" of those received, and in a summary, under another figure, "Hồ sơ trực tuyến: 470; tỷ lệ: 54,3%".

A share that repeats the count and the percentage of one that comes out is that share again, whatever figure stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model import Claim, Kind, Rational, Term
from .pool import fits


def with_bases_restated(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, each share that comes out on none of its bases with the base, too, of one of the same count and percentage that does."""
    told = [(c, _count_and_rate(c)) for c in claims]
    known = {pair: base for c, pair in reversed(told) if pair is not None and (base := _that_fits(c)) is not None}
    return [_with_base(c, known[pair]) if pair in known and not _is_printed(c) and _that_fits(c) is None else c for c, pair in told]


def _with_base(share: Claim, base: Term) -> Claim:
    own = share.by_role("m")
    return replace(share, terms=tuple(t for t in share.terms if t.role != "m"), bases=(*own, *share.bases, base))


def _is_printed(share: Claim) -> bool:
    """Is it a printed n/m, which states its own base?"""
    return share.own_base and bool(share.by_role("m"))


def _count_and_rate(share: Claim) -> tuple[Rational, Rational] | None:
    """The count and the percentage of a share of one figure that is printed closely enough to tell."""
    n, p = share.by_role("n"), share.by_role("p")
    if share.kind is not Kind.SHARE or len(n) != 1 or len(p) != 1 or n[0].written is None or p[0].written is None or p[0].written.ulp >= 1:
        return None
    return n[0].written.value, p[0].written.value


def _that_fits(share: Claim) -> Term | None:
    """The printed base on which a share of one figure comes out."""
    n, p = share.by_role("n")[0].written, share.by_role("p")[0]
    return next((replace(b, role="m") for b in (*share.by_role("m"), *share.bases) if n is not None and b.span is not None and fits(n.value, b, p)), None)
