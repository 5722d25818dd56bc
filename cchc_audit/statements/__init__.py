"""Relations the prose states about itself, whatever the indicator.

Find, bind, test are apart: here relations are found and bound; `check.judge` tests them.
"""

from __future__ import annotations

from ..model import Claim, Kind
from ..quantities import Reading
from ..scope import IN_ROWS
from . import (
    accounts,
    agreements,
    all_but,
    anniversaries,
    apart,
    averages,
    ballots,
    blocks,
    breakdowns,
    captions,
    changes,
    complements,
    cumulations,
    durations,
    echoes,
    enumerations,
    far_off,
    fractions,
    headed,
    lines_below,
    lines_totalled,
    listed_below,
    listings,
    means,
    mergers,
    monthly,
    named_wholes,
    panels,
    percent_columns,
    plainly,
    points_lost,
    products,
    ranks,
    rates_behind,
    remarks,
    rest_of_share,
    scales,
    scores,
    shapes,
    slipped,
    so_many_together,
    spelt_out,
    spread,
    summed_up,
    sums,
    surpluses,
    tables,
    taken_together,
    taken_up,
    todate,
    two_units,
    unsaid,
    weighted,
)
from .items import items_of
from .restated import with_bases_restated
from .shares import Shares

__all__ = ["distinct", "find_claims", "with_bases_restated"]


def find_claims(reading: Reading) -> list[Claim]:
    """Every relation the text states between its figures, in the order of the text, without duplicates."""
    found = list(shapes.tables(reading))
    cells = {i.mention.index: i for i in shapes.named_cells(found)}
    paragraphs = [items_of(mentions, cells) if mentions else [] for mentions in reading.by_paragraph]
    shares = Shares(reading, paragraphs)
    claims = shares.bind()
    prose = [
        [] if reading.paragraphs_read[index].kind in {*IN_ROWS, "cell"} else items
        for index, items in enumerate(paragraphs)
    ]
    divided = list(breakdowns.find(reading, prose))
    claims += [*divided, *echoes.find(prose, divided), *blocks.find(reading, prose), *scales.find(reading, prose)]
    claims += listings.find(reading, prose)
    claims += lines_below.find(reading, prose)
    claims += lines_totalled.find(reading)
    claims += rest_of_share.find(reading, prose)
    claims += spread.find(prose)
    claims += ballots.find(reading, prose)
    claims += summed_up.find(reading)
    claims += so_many_together.find(reading, prose)
    claims += taken_together.find(reading)
    claims += surpluses.find(prose)
    claims += named_wholes.find(reading, prose)
    claims += sums.find(reading, prose)
    claims += percent_columns.find(reading)
    claims += complements.find(reading)
    claims += cumulations.find(reading, prose)
    claims += todate.find(reading, prose)
    claims += mergers.find(reading, prose)
    claims += averages.find(reading, prose)
    claims += means.find(reading)
    claims += monthly.find(reading, prose)
    claims += products.find(reading)
    claims += weighted.find(reading)
    claims += accounts.lines(reading)
    claims += changes.find(reading, prose)
    claims += tables.find(found)
    claims += remarks.find(reading, paragraphs)
    claims += panels.find(reading, found)
    claims += captions.find(prose, found)
    claims += ranks.find(reading)
    claims += headed.find(reading)
    claims += enumerations.find(reading)
    claims += listed_below.find(reading)
    claims += all_but.find(reading)
    claims += durations.find(reading)
    claims += anniversaries.find(reading)
    claims += points_lost.find(reading)
    claims += scores.find(reading)
    claims += spelt_out.find(reading)
    claims += taken_up.find(reading, prose)
    claims += two_units.find(reading)
    claims += fractions.find(reading, prose)
    claims += apart.find(reading, paragraphs, claims)
    claims += plainly.find(reading, claims)
    claims += slipped.find(reading, prose, claims)
    claims += agreements.find(reading, claims)
    claims = list(rates_behind.with_rates(reading, claims))
    claims += shares.of_their_wholes(claims)
    claims = with_bases_restated(shares.of_what_is_left(shares.of_totals(claims)))
    claims = unsaid.told_together(reading, prose, claims)
    return distinct([c for c in claims if far_off.meant(c)])


def distinct(claims: list[Claim]) -> list[Claim]:
    """Claims in text order; of those over the same figures in the same parts the first, or the first that is sure of
    the whole; no share of a base found near it that another says to be its own."""
    seen: dict[object, int] = {}
    out: list[Claim] = []
    own = {tuple(t.span for t in c.terms) for c in claims if c.kind is Kind.SHARE and c.own_base and [t.role for t in c.terms] == ["n", "m", "p"]}
    for claim in sorted(claims, key=lambda c: (c.span.start, c.span.end)):
        if claim.kind is Kind.SHARE and not claim.own_base and [t.role for t in claim.terms] == ["n", "p"]:
            n, p = claim.terms
            if any((n.span, base.span, p.span) in own for base in claim.bases):
                continue
        key = (
            claim.kind,
            frozenset((t.role, t.span, t.written.value if t.written else None) for t in claim.terms),
        )
        if key not in seen:
            seen[key] = len(out)
            out.append(claim)
        elif out[seen[key]].relation == "at_most" and claim.relation == "equal":
            out[seen[key]] = claim
    return out
