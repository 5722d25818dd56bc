"""Lines of one figure each, and below them one that totals them: "Tháng 7: 412", "Tháng 8: 338", "Tháng 9: 455", "Cộng quý III: 1.205"; the
rows of a table without a head as well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim
from ..number_words import word_value
from ..quantities import Mention, Reading
from ..scope import IN_ROWS
from .items import LEAST, Item, mentions_claim, near, one_swap_makes, same_units, total_of
from .partitions import OVERLAPPING
from .runs import COMPARED, shape_of

_TOTAL = re.compile(r"[\W]*(?:tổng(?: số| cộng)?|cộng|toàn (?:xã|phường|thị trấn|huyện)|cả (?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2}))(?!\w)")
_IN_ALL = re.compile(r"\W*=>")  # "=> 800 cây do bốn lực lượng trên trồng"
_NO_PART = re.compile(r"(?<!\w)(?:trong đó|riêng|kế hoạch|chỉ tiêu|bình quân|trung bình|năm trước|cùng kỳ|còn lại|đạt|mỗi)(?!\w)")
_SO_MANY = re.compile(r"(?<!\w)(hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) [^\W\d]+(?: [^\W\d]+)?(?: (?:đầu|trên|này|cuối))?(?!\w)")
_FEWEST, _MOST = 3, 40  # lines
_FEWEST_ROWS = 2  # lines of several figures, and figures of each


def find(reading: Reading) -> Iterator[Claim]:
    """A breakdown for each such line and those right above it."""
    parts = reading.paragraphs_read
    for index, part in enumerate(parts):
        opens = _TOTAL.match(reading.folded, part.span.start, part.span.end) or _IN_ALL.match(reading.folded, part.span.start, part.span.end)
        if opens and index >= _FEWEST_ROWS:
            yield from _columns(reading, index)
        total = _figure(reading, index) if opens and index >= _FEWEST else None
        if total is None:
            continue
        lines = list(_above(reading, index, total))[::-1]
        if lines and part.marker and shape_of(part.marker) != shape_of(parts[lines[-1].mention.paragraph].marker):
            continue  # "- Nhận mới: 438 / + trực tiếp: 251 / + trực tuyến: 187 / - Tổng số phải giải quyết: 450": they divide the line above them
        told = _SO_MANY.search(reading.folded, part.span.start, part.span.end)
        if len(lines) < _FEWEST or not same_units(lines, total.unit) or told and word_value(told[1]) not in {None, len(lines)}:
            continue  # "cộng hai mức đầu được 262 phiếu": of some of them
        amount = total_of(lines)
        if amount == total.value or near(amount, total.value) or one_swap_makes(Item(total, total.label, total.unit), lines):
            yield mentions_claim(total, [i.mention for i in lines], "equal", "breakdown.lines_totalled")


def _columns(reading: Reading, index: int) -> Iterator[Claim]:
    """ "1. Tiếp thường xuyên: 14 lượt, 15 người; 13 vụ việc", "2. Tiếp định kỳ: 09 lượt, 11 người; 09 vụ việc", "Cộng mục 1 và 2: 23 lượt, 26 người,
    22 vụ việc": where one kind of figure closes over the lines above, so do the others."""
    totals = _by_unit(reading, index)
    if len(totals) < _FEWEST_ROWS:
        return
    rows: list[dict[str, Mention]] = []
    for place in range(index - 1, max(-1, index - 1 - _MOST), -1):
        row, part = _by_unit(reading, place), reading.paragraphs_read[place]
        if not totals.keys() <= row.keys() or _TOTAL.match(reading.folded, part.span.start, part.span.end):
            break
        rows.insert(0, row)
    sums = {unit: sum(row[unit].value for row in rows) for unit in totals}
    if len(rows) < _FEWEST_ROWS or not any(sums[unit] == total.value >= LEAST for unit, total in totals.items()):
        return
    for unit, total in totals.items():
        if near(sums[unit], total.value):
            yield mentions_claim(total, [row[unit] for row in rows], "equal", "breakdown.lines_totalled")


def _by_unit(reading: Reading, index: int) -> dict[str, Mention]:
    """The first figure of each unit of a line, outside brackets."""
    found: dict[str, Mention] = {}
    for m in reading.by_paragraph[index]:
        if m.countable and m.unit and not m.depth and m.over is None and m.under is None and not m.quantity.written.approx and not m.target:
            found.setdefault(m.unit, m)
    return found


def _figure(reading: Reading, index: int) -> Mention | None:
    """The one figure of a line, shares and what stands in brackets or words aside."""
    told = [m for m in reading.by_paragraph[index] if m.countable and not m.depth and not m.quantity.word]
    plain = told[0] if told and (len(told) == 1 or reading.paragraphs_read[index].kind == "text" and told[0].sentence != told[1].sentence) else None
    return plain if plain is not None and plain.over is None and plain.under is None and not plain.quantity.written.approx and not plain.target else None


def _above(reading: Reading, index: int, total: Mention) -> Iterator[Item]:
    """The lines right above, as long as they are laid out alike and tell one figure each."""
    parts, last = reading.paragraphs_read, _in_table(reading, index)
    mark: str | None = None
    for place in range(index - 1, max(-1, index - 1 - _MOST), -1):
        figure, part = _figure(reading, place), parts[place]
        shape = shape_of(part.marker)
        if figure is None or _in_table(reading, place) != last or mark not in {None, shape} or figure.unit not in {"", total.unit} and total.unit:
            return
        line = reading.folded[part.span.start : part.span.end]
        if _TOTAL.match(line) or _NO_PART.search(line) or COMPARED.search(line) or OVERLAPPING.search(figure.label):
            return
        mark = shape
        yield Item(figure, figure.label, figure.unit)


def _in_table(reading: Reading, index: int) -> bool:
    """Is the line one of a table?"""
    return reading.paragraphs_read[index].kind in IN_ROWS
