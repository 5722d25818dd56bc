"""A list of the prose that a row or a column of a table gives too, but for one figure: "3.500 hồ sơ trực tuyến, 832 hồ sơ trực
tiếp, 35 qua bưu chính" beside the row "9 tháng | 3.500 | 823 | 35"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from ..language import compatible
from ..model import Claim, Kind, Qualifier, Rational, Span
from ..quantities import Mention
from ..statements.items import one_slip_apart
from .material import Material, claim, span_over, telling, term
from .swapped import told_apart

if TYPE_CHECKING:
    from .kinds import SameFigure

_ALIKE = 2  # other figures of the list that the table has as they are
_TELLING = 10  # one of them at least: smaller counts agree by chance
_MOST = 12  # lines of tables with one value that are looked at
_APART = 2  # paragraphs from a row to the next of its table: a line of words may part them

Line = Mapping[frozenset[str], Mention]  # the figures of a row or a column by the words that name them


def find_tabled(rule: SameFigure, material: Material, linked: set[frozenset[Span]]) -> Iterator[Claim]:
    """A failing claim for the one figure of each such list with the cell it is called as, a slip away."""
    lines = [line for line in _lines(material) if len(line) > _ALIKE]
    having: dict[Rational, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        for cell in line.values():
            if len(having[cell.value]) < _MOST:
                having[cell.value].append(place)
    prose = (m for m in material.reading.mentions if having and material.reading.paragraphs_read[m.paragraph].kind == "text")
    for _, sentence in groupby(prose, key=lambda m: m.sentence):
        told = [m for m in sentence if m.countable and m.quantity.written.qualifier is Qualifier.EXACT]
        if len(told) <= _ALIKE:
            continue
        alike = Counter(place for m in told for place in having.get(m.value, ()) if m.value == getattr(_called(m, lines[place]), "value", None))
        for place, count in alike.most_common(1):
            pairs = [(called, m) for m in told if (called := _called(m, lines[place])) is not None]
            same = [m for cell, m in pairs if cell.value == m.value]
            if count < _ALIKE or len(pairs) != len(same) + 1 or max(m.value for m in same) < _TELLING:
                continue
            cell, m = next((cell, m) for cell, m in pairs if cell.value != m.value)
            known = frozenset((cell.quantity.span, m.quantity.span)) in linked
            if not known and one_slip_apart(cell.quantity.text, m.quantity.text) and not told_apart(material, cell, m):
                terms = (term("a", cell), term("b", m))
                yield claim(rule, Kind.SAME_FIGURE, terms, f"{m.unit} {m.label}"[:60], span=span_over(terms))


def _called(mention: Mention, line: Line) -> Mention | None:
    """The one cell of a line that is called by words the figure is told in."""
    words = telling(mention.label)
    called = [cell for name, cell in line.items() if name <= words and compatible(mention.unit, cell.unit)]
    return called[0] if len(called) == 1 else None


def _lines(material: Material) -> Iterator[Line]:
    """The rows of the tables, each figure named by the head of its column, and their columns, each by the label of its row."""
    columns: dict[str, dict[frozenset[str], Mention]] = defaultdict(dict)
    last = 0
    for paragraph, cells in groupby(material.cells.values(), key=lambda c: c.mention.paragraph):
        if paragraph - last > _APART:
            yield from columns.values()
            columns = defaultdict(dict)
        row: dict[frozenset[str], Mention] = {}
        for cell in cells:
            if not cell.ordinal and cell.mention.countable:
                _name(row, telling(cell.head), cell.mention)
                _name(columns[cell.head], telling(cell.label), cell.mention)
        yield row
        last = paragraph
    yield from columns.values()


def _name(line: dict[frozenset[str], Mention], name: frozenset[str], cell: Mention) -> None:
    if name:
        line.setdefault(name, cell)
