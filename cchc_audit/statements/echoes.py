"""Lists that repeat the classes of a list that comes out: by hamlet, by person voted on, by question of a survey.

One list that adds up to its total shows that its classes divide it; where the same classes follow each other
again, they divide the total told there in the same words, or the one that stands over the whole row of lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Claim, Kind, Rational, Span, magnitude
from .coincidences import COINCIDENT
from .items import Item, one_slip_apart, sum_claim, total_of

_FEWEST = 3  # classes; two are near each other by chance
_FAR = 10  # a sum further than one in so many from the common total is of another one
_SLIPPED = 5  # one in so many, where one digit of a figure would make it up
_APART = 2  # sentences between two lists under one total

Classes = tuple[frozenset[str], ...]


def find(paragraphs: Sequence[Sequence[Item]], claims: Sequence[Claim]) -> Iterator[Claim]:
    """A breakdown for each repetition of the classes of a breakdown among `claims` that comes out."""
    items = [i for part in paragraphs for i in part if not i.aside]
    place = {i.mention.quantity.span: at for at, i in enumerate(items)}
    told = {t.span for c in claims if c.kind is Kind.BREAKDOWN and c.source != COINCIDENT for t in c.by_role("part")}
    by_second: dict[frozenset[str], list[int]] = {}
    for at, item in enumerate(items):
        if item.words:
            by_second.setdefault(item.words, []).append(at)
    ends: dict[int, tuple[Classes, Item]] = {}  # where a list under a total ends, with the total
    models: dict[Classes, tuple[Item, int]] = {}
    for first, count in sorted(_that_come_out(claims, items, place)):
        classes = tuple(i.words for i in items[first : first + count])
        if all(classes) and len(set(classes)) == count:
            models.setdefault(classes, (items[first - 1], first))
            ends[first + count] = classes, items[first - 1]
    for classes, (model, origin) in models.items():
        for second in by_second[classes[1]]:
            first, count = second - 1, len(classes)
            parts = items[first : first + count]
            if first == origin or first < 1 or not _alike(parts, classes, items[origin]):
                continue
            whole = _whole(items[first - 1], model, parts) or _common(ends.get(first), classes, parts)
            if whole is None or _with_one_more(items[first : first + count + 1], whole):
                continue
            ends[first + count] = classes, whole
            if not any(p.mention.quantity.span in told for p in parts):
                yield sum_claim(whole.mention, parts, "equal", "breakdown.echo")


def _that_come_out(claims: Sequence[Claim], items: Sequence[Item], place: dict[Span, int]) -> Iterator[tuple[int, int]]:
    """First part and number of parts of the breakdowns whose total stands right before their parts and equals them."""
    for claimed in claims:
        totals, parts = claimed.by_role("total"), claimed.by_role("part")
        if claimed.kind is not Kind.BREAKDOWN or claimed.relation != "equal" or len(totals) != 1 or len(parts) < _FEWEST:
            continue
        at = [place.get(t.span, -1) if t.span else -1 for t in (*totals, *parts)]
        if at[0] < 0 or at[1:] != list(range(at[1], at[1] + len(parts))) or at[1] <= at[0]:
            continue
        again = all(i.value == items[at[0]].value for i in items[at[0] : at[1]])  # "27 phiếu, hợp lệ cả 27 phiếu"
        if again and total_of(items[i] for i in at[1:]) == items[at[0]].value:
            yield at[1], len(parts)


def _alike(parts: Sequence[Item], classes: Classes, first: Item) -> bool:
    return len(parts) == len(classes) and all(
        item.words == words and item.unit == first.unit and item.mention.depth == parts[0].mention.depth
        for item, words in zip(parts, classes, strict=True)
    )


def _whole(before: Item, model: Item, parts: Sequence[Item]) -> Item | None:
    """The figure before the list, told in the words of the model's total."""
    near = parts[0].mention.sentence - before.mention.sentence < _APART
    return before if near and before.words == model.words and before.unit == model.unit and before.words else None


def _common(ended: tuple[Classes, Item] | None, classes: Classes, parts: Sequence[Item]) -> Item | None:
    """The total of the list of the same classes that ends right before this one."""
    if ended is None or ended[0] != classes:
        return None
    whole = ended[1]
    off = whole.value - total_of(parts)
    return whole if _FAR * magnitude(off) <= whole.value or _SLIPPED * magnitude(off) <= whole.value and any(_mistyped(i, off) for i in parts) else None


def _mistyped(part: Item, off: Rational) -> bool:
    """Is what the list lacks, or has too much, a slip of one digit in this figure?"""
    one, other = str(part.value), str(part.value + off)
    return len(one) == len(other) and one_slip_apart(one, other)


def _with_one_more(listed: Sequence[Item], whole: Item) -> bool:
    """ "tín nhiệm cao 19, tín nhiệm 5, tín nhiệm thấp 2 (1 phiếu không hợp lệ)": does the figure behind the list, in its sentence, make it
    the whole?"""
    return listed[-1].mention.sentence == listed[0].mention.sentence and total_of(listed) == whole.value
