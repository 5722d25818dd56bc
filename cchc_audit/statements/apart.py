"""Large figures that add up though they stand apart: "giải quyết 106.014 hồ sơ, trong đó đúng hạn 104.814." and a paragraph
later "vẫn còn 1.200 hồ sơ trả quá hạn". No word joins them, hence only agreement is claimed, and only where chance is unlikely."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from ..language import compatible
from ..model import Claim, Rational
from ..quantities import Mention, Reading
from . import whole_lists
from .coincidences import COINCIDENT
from .items import LEAST, Item, mentions_claim

_LARGE = 100
_REACH = 40  # figures before and after a sum among which its parts are looked for
_BESIDE = 3  # paragraphs
_CHANCE = 0.03  # sums by chance that may be expected of the figures around
_MOST = 14  # figures told in one word
_DENIED = re.compile(r"(?<!\w)(?:chưa|không)(?!\w)")
_FIRST_WORD = re.compile(r"[\W\d_]*([^\W\d_]+)")


def find(reading: Reading, paragraphs: Sequence[Sequence[Item]], told: Iterable[Claim]) -> Iterator[Claim]:
    """A breakdown for each large figure that two others make, or all others told in one of its words, or the first figures
    of sentences that open alike; none whose figures `told` claims already hold together."""
    items = [i for paragraph in paragraphs for i in paragraph if i.value > 0 and not i.mention.quantity.written.approx]
    known = {_figures(t.written.value for t in made.terms if t.written) for made in told}
    sums = [*_pairs(items), *_in_one_word(items), *_opened_alike(reading, items)]
    alike = [(whole.mention, [i.mention for i in parts]) for whole, parts in sums if len({i.aside for i in (whole, *parts)}) == 1]
    for total, added in (*alike, *_undone(items), *whole_lists.find(reading, paragraphs)):
        figures = _figures(m.value for m in (total, *added))
        if figures not in known:
            known.add(figures)
            yield mentions_claim(total, sorted(added, key=lambda m: m.start), "equal", COINCIDENT)


def _figures(values: Iterable[Rational]) -> tuple[Rational, ...]:
    return tuple(sorted(values))


def _pairs(items: Sequence[Item]) -> Iterator[tuple[Item, list[Item]]]:
    """Two figures that make a third."""
    told = [i.value for i in items]
    for place, whole in enumerate(items):
        if whole.value < _LARGE:
            continue
        values = {*told[place + 1 : place + 1 + _REACH], *told[max(0, place - _REACH) : place]}
        larger = [v for v in values if v < whole.value < 2 * v and whole.value - v in values]
        if not larger:
            continue
        near: dict[Rational, Item] = {}
        for item in (*items[place + 1 : place + 1 + _REACH], *reversed(items[max(0, place - _REACH) : place])):
            if item.value < whole.value and _counts_alike(item, whole):
                near.setdefault(item.value, item)
        pairs = [[near[v], near[whole.value - v]] for v in larger if v in near and whole.value - v in near]
        if pairs and _by_chance(whole, sorted(near)) <= _CHANCE:
            yield from ((whole, pair) for pair in pairs)


def _counts_alike(item: Item, whole: Item) -> bool:
    """In one unit; near by also in one that may stand for it, "cử tri" and "phiếu"."""
    near = abs(item.mention.paragraph - whole.mention.paragraph) <= _BESIDE
    return item.unit in {whole.unit, ""} or near and compatible(item.unit, whole.unit)


def _undone(items: Sequence[Item]) -> Iterator[tuple[Mention, list[Mention]]]:
    """ "Số hóa kết quả: 4.998/5.161", and among the shortcomings "còn 163 kết quả chưa số hóa": what a fraction lacks, told where its
    words are denied."""
    denied: dict[Rational, list[Item]] = {}
    for item in items:
        if item.value >= LEAST and item.base is None and not item.aside and _DENIED.search(item.label):
            denied.setdefault(item.value, []).append(item)
    for item in items:
        rests = denied.get(item.base.value - item.value, ()) if item.base is not None and not item.aside else ()
        said = next((i for i in rests[:_MOST] if len(i.words & item.words) > 0 and compatible(i.unit, item.unit)), None)
        if said is not None and item.base is not None:
            yield item.base, [item.mention, said.mention]


def _by_chance(whole: Item, values: Sequence[Rational]) -> float:
    """How many pairs of these values would make the whole if their digits were drawn at random: for each value, as many as
    there are others of the size it lacks, over the numbers of that size."""
    sizes = [float(v) for v in values]
    step = float(whole.mention.quantity.written.ulp)
    expected = 0.0
    for size in sizes[bisect_right(sizes, float(whole.value) / 2) :]:
        lacking = float(whole.value) - size
        like = bisect_right(sizes, 2 * lacking) - bisect_left(sizes, lacking / 2)
        expected += like * step / (1.5 * lacking)
    return expected


def _in_one_word(items: Sequence[Item]) -> Iterator[tuple[Item, list[Item]]]:
    """Figures told in one word, of which one is the sum of all after it or of all before it, up to where it is reached."""
    alike: dict[str, list[Item]] = {}
    for item in items:
        for word in item.words:
            alike.setdefault(word, []).append(item)
    for listed in alike.values():
        if not 3 <= len(listed) <= _MOST:
            continue
        for place, whole in enumerate(listed):
            if whole.value < _LARGE:
                continue
            for others in (listed[place + 1 :], listed[:place]):
                parts: list[Item] = []
                amount: Rational = 0
                for item in (i for i in others if compatible(i.unit, whole.unit)):
                    if amount >= whole.value:
                        break
                    parts.append(item)
                    amount += item.value
                if amount == whole.value and len(parts) >= 2:
                    yield whole, parts


def _opened_alike(reading: Reading, items: Sequence[Item]) -> Iterator[tuple[Item, list[Item]]]:
    """ "Toà hai cấp nhận 11.041 vụ án." and then "Án hình sự có 1.319 vụ …", "Án dân sự: nhận 4.512 vụ …": the first figures of
    a unit in sentences that begin with one word, and a figure before them that they make."""
    opened: dict[tuple[str, str], list[Item]] = {}
    seen: set[tuple[int, str]] = set()
    for item in items:
        if item.mention.depth or item.aside or not item.unit or (item.mention.sentence, item.unit) in seen:
            continue
        seen.add((item.mention.sentence, item.unit))
        first = _FIRST_WORD.match(reading.folded, reading.sentences[item.mention.sentence].start)
        if first is not None and first.end() <= item.start:
            opened.setdefault((first.group(1), item.unit), []).append(item)
    wholes: dict[tuple[Rational, str], list[Item]] = {}
    for item in items:
        if item.value >= _LARGE:
            wholes.setdefault((item.value, item.unit), []).append(item)
    for (_, unit), listed in opened.items():
        for first_place in range(len(listed) - 2):
            amount: Rational = 0
            for place in range(first_place, min(len(listed), first_place + _MOST)):
                amount += listed[place].value
                whole = next((w for w in wholes.get((amount, unit), ()) if w.start < listed[first_place].start), None)
                if whole is not None and place - first_place >= 2:
                    yield whole, listed[first_place : place + 1]
