"""Lists that open with the name of their whole, told before them: "có mặt 61 người, …" and then "Số có mặt được bố trí: lãnh đạo 07 người; Văn phòng
15 người; …".

The name must be that of one figure near it. Where the list does not make it, it is held against it only if one slip explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model import Claim, Qualifier
from ..quantities import Reading
from .items import LEAST, Item, content, near, one_slip_makes, sum_claim, total_of
from .partitions import OVERLAPPING, SHARED_MEMBERS

_OPENS = re.compile(r"[-+*•\w.)\s]{0,6}?(?<!\w)(?:tổng )?số (?P<what>[^;:.()\d]{3,60}?)(?: (?:đã |hiện )?(?:được )?(?:bố trí|phân bổ|phân|chia|bao gồm|gồm)(?: ra| thành| theo| về)?(?: [^;:.()\d,]{2,30})?)(?: như sau| là)?: ?$")
_FEWEST = 3
_BACK = 3  # paragraphs from a list to its whole


def find(reading: Reading, paragraphs: Sequence[Sequence[Item]]) -> Iterator[Claim]:
    """A breakdown of the one figure named for each such list."""
    for index, items in enumerate(paragraphs):
        for place, first in enumerate(items):
            start = reading.sentences[first.mention.sentence].start
            opened = None if place and items[place - 1].start >= start else _OPENS.fullmatch(reading.folded[start : first.start].rpartition(":")[0] + ":")
            if opened is None:
                continue
            listed = [i for i in items[place:] if i.mention.sentence == first.mention.sentence and not i.mention.depth]
            before = [i for told in (items[:place], *reversed(paragraphs[max(0, index - _BACK) : index])) for i in reversed(told)]
            whole = _named(content(opened["what"]), before, listed)
            if whole is not None and (total_of(listed) == whole.value or near(total_of(listed), whole.value) and one_slip_makes(whole, listed)):
                yield sum_claim(whole.mention, listed, "equal", "breakdown.named_whole")


def _named(what: frozenset[str], before: Sequence[Item], listed: Sequence[Item]) -> Item | None:
    """The one figure before a plain list that has all the words of its name, and counts the same."""
    plain = len(listed) >= _FEWEST and all(i.unit == listed[0].unit and i.base is None and not i.aside and i.mention.quantity.written.qualifier is Qualifier.EXACT for i in listed)
    if not plain or not what or any(OVERLAPPING.search(i.label) or SHARED_MEMBERS.search(i.label) for i in listed):
        return None
    alike = [i for i in before if what - {i.unit} <= i.words and i.unit == listed[0].unit != "" and i.value >= max(LEAST, *(part.value for part in listed))]
    return alike[0] if len({i.value for i in alike}) == 1 else None
