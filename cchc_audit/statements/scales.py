"""Classes told one sentence after another, each with its share: "Loại giỏi là 95.764 em, chiếm 72,62%." "Loại khá …".

Within a sentence or two a list shows itself. Over more of them only this does: the classes are of one division, and
their shares make 100 %. Then they are all there are, and together the figure they are shares of.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..language import compatible
from ..model import Claim, Rational, magnitude
from ..quantities import Mention, Reading
from .cumulations import says_and_better
from .items import LEAST, Item, close, comes_out, same_units, sum_claim, total_of
from .partitions import shared_partition
from .wholes import own_total

_MOST = 8
_FEW = 3
_OFF = 1  # point that rounded shares may make more or less than 100
_APART = 2  # sentences from one class to the next
_BEFORE = 3  # figures before the first class, one of which the total would be

Class = tuple[Item, Mention]  # with its share


def find(reading: Reading, paragraphs: Sequence[Sequence[Item]]) -> Iterator[Claim]:
    """A breakdown for each such list, against the total it names or that stands before it."""
    told = [i for items in paragraphs for i in items if not i.aside and i.mention.depth == 0]
    listed = [place for place, item in enumerate(told) if item.shares]
    first = 0
    while first < len(listed) - 1:
        classes: list[Class] = []
        for count in _making_all([told[place].shares[0] for place in listed[first : first + _MOST]]):
            some = [_owner(told, place) for place in listed[first : first + count]]
            classes = some if _is_scale(some) else classes
        whole = _whole(classes, told[max(0, listed[first] - _BEFORE) : listed[first]]) if classes else None
        if whole is not None and not _goes_on(classes, told) and not says_and_better(reading, whole):
            yield sum_claim(whole, [item for item, _ in classes], "equal", "breakdown.scale")
        first += max(len(classes), 1)


def _making_all(shares: Sequence[Mention]) -> Iterator[int]:
    """How many of the first shares, two or more, come near 100 %."""
    added: Rational = 0
    for count, share in enumerate(shares, 1):
        added += share.value
        if added > 100 + _OFF:
            return
        if count > 1 and added >= 100 - _OFF:
            yield count


def _goes_on(classes: Sequence[Class], told: Sequence[Item]) -> bool:
    """Does one more class follow, without a share of its own? "…, có ý kiến khác 586 (0,41%), không hợp lệ 454 phiếu"."""
    items = [item for item, _ in classes]
    place = bisect_left(told, items[-1].end, key=lambda i: i.start)
    after = [i for i in told[place : place + 1] if i.mention.sentence - items[-1].mention.sentence <= 1 and not i.shares]
    return any(same_units([i], items[0].unit) and shared_partition([*(x.label for x in items), i.label]) is not None for i in after)


def _owner(told: Sequence[Item], place: int) -> Class:
    """Whose share it is: of "166.269 người trên tổng số 167.615 người, đạt 99,2%" the first figure's."""
    item, before = told[place], told[place - 1] if place else None
    spoken = before is not None and before.fitted is item.mention and not before.shares
    return (before if before is not None and spoken else item), item.shares[0]


def _is_scale(classes: Sequence[Class]) -> bool:
    items = [item for item, _ in classes]
    sentences = [i.mention.sentence for i in items]
    if sentences[-1] - sentences[0] <= 1 or any(b - a > _APART for a, b in pairwise(sentences)):
        return False
    written = [share.quantity.written for _, share in classes]
    if 2 * magnitude(sum(w.value for w in written) - 100) > sum(w.ulp for w in written) or not same_units(items, items[0].unit):
        return False
    named = items if len(items) <= _FEW else items[:-1]  # the last may be told in any words: its share says that it is the last
    partition = shared_partition([i.label for i in items]) or shared_partition([i.label for i in named])
    return partition is not None and partition[0].covers(frozenset(partition[1]))


def _whole(classes: Sequence[Class], before: Sequence[Item]) -> Mention | None:
    """The figure most classes are shares of; where they are shares of their sum, the one before them that comes near it."""
    items = [item for item, _ in classes]
    amount, printed = total_of(items), own_total(items)
    if printed is not None:
        return printed
    bases = Counter(i.fitted.index for i in items if i.fitted is not None and i.value).most_common(1)
    if bases and 2 * bases[0][1] > len(classes):
        return next(i.fitted for i in items if i.fitted is not None and i.fitted.index == bases[0][0])
    if amount >= LEAST and all(comes_out(item.value, amount, share.quantity.written) for item, share in classes):
        near = [i for i in reversed(before) if compatible(i.unit, items[0].unit) and close(amount, i.value)]
        return near[0].mention if near else None
    return None
