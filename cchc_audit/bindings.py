"""Figures named by an inspector's hand, in place of what the lexicon made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .model import Correction, Figure, Header, Quantity


def bind_by_hand(
    named: Sequence[Figure], quantities: Iterable[Quantity], corrections: Iterable[Correction], header: Header
) -> tuple[Figure, ...]:
    """The figures with every quantity that a correction binds under the indicator it names, in the order of the text.

    A figure named before keeps its period, section and scope; one that had no name takes the period and
    section of the nearest figure before it in its paragraph, else the report's period.
    """
    wanted = [(c.span, c.indicator) for c in corrections if c.indicator]
    if not wanted:
        return tuple(named)
    kept = list(named)
    for quantity in quantities:
        name = next((indicator for span, indicator in wanted if span.touches(quantity.span)), "")
        if not name:
            continue
        model = _model(named, quantity) or Figure(name, quantity, header.period)
        kept = [f for f in kept if f.quantity.span != quantity.span]
        kept.append(replace(model, name=name, quantity=quantity, base=False))
    return tuple(sorted(kept, key=lambda f: f.quantity.span))


def _model(named: Sequence[Figure], quantity: Quantity) -> Figure | None:
    same = [f for f in named if f.quantity.span == quantity.span]
    if same:
        return same[0]
    before = [f for f in named if f.quantity.paragraph == quantity.paragraph and f.quantity.span < quantity.span]
    return replace(before[-1], scope="", whole=True) if before else None
