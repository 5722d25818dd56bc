"""Lines that tell of one thing each, and below them one that totals them: "Tháng 7: 412", "Tháng 8: 338", "Tháng 9: 455", "Cộng quý III: 1.205";
"Thôn Thượng: 14 buổi, 902 người", …, "Cộng 41 buổi, 2.716 người". The rows of a table without a head as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model import Claim
from ..number_words import word_value
from ..quantities import Mention, Reading
from ..scope import IN_ROWS
from .cumulations import says_and_better
from .items import LEAST, Item, mentions_claim, near, one_slip_makes, one_swap_makes, total_of
from .partitions import OVERLAPPING
from .runs import COMPARED, shape_of

_TOTAL = re.compile(r"[\W]*(?:tổng(?: số| cộng)?|cộng|tất cả|toàn (?:bộ|xã|phường|thị trấn|huyện)|cả (?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2}|quý|tháng|kỳ|đợt))(?!\w)")
_IN_ALL = re.compile(r"\W*=>")  # "=> 800 cây do bốn lực lượng trên trồng"
_PERIOD = re.compile(r"\W*(?P<kind>tháng|quý|cả năm|năm|(?:\d{1,2}|sáu|chín) tháng)(?!\w)")  # "Tháng 7 …", "Tháng 8 …", "Tháng 9 …", "Quý III …"
_NO_PART = re.compile(r"(?<!\w)(?:trong đó|riêng|kế hoạch|chỉ tiêu|bình quân|trung bình|năm trước|cùng kỳ|còn lại|đạt|mỗi)(?!\w)")
_SO_MANY = re.compile(r"(?<!\w)(hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) [^\W\d]+(?: [^\W\d]+)?(?: (?:đầu|trên|này|cuối))?(?!\w)")
_TWICE = re.compile(r"(?<!\w)(?:nhưng|kiêm|trùng)(?!\w)")  # "Cộng 15 chức danh nhưng chỉ có 13 người"
_ALIKE = {"lượt người": "người"}  # "Họp thôn: 22 cuộc, 1.518 người", …, "Tổng 34 cuộc, 2.650 lượt người"
_FEWEST, _MOST = 3, 40  # lines
_FEWEST_CLOSING = 2  # lines of several figures, of which one closes
_LARGE = 1000  # two figures come within a slip of a smaller total by chance
_LONG = 100  # a smaller total is one slip away by chance

_Row = dict[tuple[str, str], Mention]  # the figures of a line, by their unit, and those behind the first of it by the last word, or the slash, before them too


def find(reading: Reading) -> Iterator[Claim]:
    """A breakdown for each figure of such a line and those right above it."""
    for index in range(_FEWEST_CLOSING, len(reading.paragraphs_read)):
        totals = _row(reading, index) if _adds_up(reading, index) else {}
        rows = _above(reading, index, totals) if totals else []
        if len(rows) < _FEWEST_CLOSING or not _of_all(reading, index, totals, rows):
            continue
        columns = {key: [row[key] for row in rows] for key in totals if all(key in row for row in rows)}
        closing = any(total_of(columns[key]) == totals[key].value >= LEAST for key in columns)
        first = next(iter(totals))
        for key, column in columns.items():
            every = [m for row in rows for (unit, _), m in row.items() if unit == key[0]]
            if key == first and len(every) > len(column) and total_of(every) == totals[key].value >= LEAST:
                column = every  # "ngô 27,8 ha; khoai lang 11,8 ha;", "khoai tây 15 ha;", "Cộng 54,6 ha": several in a line
            if _meant(totals[key], column, first=key == first, alone=len(totals) == 1, closing=closing):
                yield mentions_claim(totals[key], column, "equal", "breakdown.lines_totalled")


def _adds_up(reading: Reading, index: int) -> bool:
    """Does the line say that it adds up those above it, or name the time they make?"""
    span = reading.paragraphs_read[index].span
    if _TOTAL.match(reading.folded, *span) or _IN_ALL.match(reading.folded, *span):
        return True
    own, before = (_PERIOD.match(reading.folded, *reading.paragraphs_read[place].span) for place in (index, index - 1))
    return own is not None and before is not None and before["kind"] in {"tháng", "quý"} and own["kind"] not in {before["kind"], "tháng"}


def _row(reading: Reading, index: int, *, fractions: bool = True) -> _Row:
    """The figures of a line outside brackets, those of an n/m only with `fractions`, as far as nothing is compared in it."""
    span = reading.paragraphs_read[index].span
    compared = COMPARED.search(reading.folded, *span)
    plain = [m for m in reading.by_paragraph[index] if m.countable and not m.depth and not m.quantity.word and not m.quantity.written.approx]
    plain = [m for m in plain if fractions or m.over is None and m.under is None]
    if len(plain) > 1 and reading.paragraphs_read[index].kind in IN_ROWS:
        return {}  # columns of tables are read as such
    found: _Row = {}
    unit = ""
    for m in (m for m in plain if compared is None or m.start < compared.start()):
        unit = _ALIKE.get(m.unit, m.unit) or unit  # "phát 80 phiếu, thu 80, hài lòng 74"
        word = "/" if m.under is not None else m.before.rpartition(" ")[2] if (unit, "") in found else ""
        found.setdefault((unit, word), m)
    return {key: m for key, m in found.items() if key[0] or not unit}  # "Cộng mục 1 và 2: 23 lượt"


def _above(reading: Reading, index: int, totals: _Row) -> list[_Row]:
    """The lines right above, as long as they are laid out alike and tell what the first figure of the total counts; units that the lines
    leave out are those of the total."""
    parts, in_table = reading.paragraphs_read, reading.paragraphs_read[index].kind in IN_ROWS
    unit, total = next((own, m) for (own, _), m in totals.items())
    rows: list[_Row] = []
    for place in range(index - 1, max(-1, index - 1 - _MOST), -1):
        part, row = parts[place], _row(reading, place, fractions=_of_so_many(totals))
        alike = (part.kind in IN_ROWS) == in_table and shape_of(part.marker) == shape_of(parts[index - 1].marker)
        opens = reading.folded[part.span.start : part.span.end].rstrip().endswith(":")  # "Tính chung 2 địa điểm tiếp nhận:"
        if not row or not alike or opens or _of_so_many(row) != _of_so_many(totals) or _TOTAL.match(reading.folded, *part.span):
            break
        units = {own for own, _ in row}
        if len(units) == 1 and (units == {""} or unit == ""):
            row = {(unit, word): m for (_, word), m in row.items()}
        first = row.get((unit, ""))
        if first is None or _NO_PART.search(reading.folded, part.span.start, first.start) or first.value > total.value * _MOST:
            break
        rows.insert(0, row)
    return rows


def _of_so_many(row: _Row) -> bool:
    """Does the line print an n/m: "Thôn Vĩnh Lộc: 62/70", …, "Tổng 224/250 ha"?"""
    return any(word == "/" for _, word in row)


def _of_all(reading: Reading, index: int, totals: _Row, rows: Sequence[_Row]) -> bool:
    """Is the total one of all these lines? Not "cộng hai mức đầu được 262 phiếu", nor "- Tổng số phải giải quyết: 450" behind "- Nhận mới: 438",
    "  + trực tiếp: 251", "  + trực tuyến: 187", which divide the line above them."""
    part, total = reading.paragraphs_read[index], next(iter(totals.values()))
    above = reading.paragraphs_read[index - 1]
    if part.marker and shape_of(part.marker) != shape_of(above.marker):
        return False
    told = _SO_MANY.search(reading.folded, part.span.start, total.start)
    if _TWICE.search(reading.folded, *part.span) or says_and_better(reading, total):
        return False  # "Tổng cộng hài lòng và rất hài lòng 206 phiếu": of some of the lines
    return told is None or word_value(told[1]) in {None, len(rows)}


def _meant(total: Mention, column: Sequence[Mention], *, first: bool, alone: bool, closing: bool) -> bool:
    """Do the figures make the total, or come so near it, one slip away, that they must be meant to?"""
    amount, whole, parts = total_of(column), Item(total, total.label, total.unit), [Item(m, m.label, m.unit) for m in column]
    if amount == total.value:
        return total.value >= LEAST or len(column) >= _FEWEST
    slip = one_slip_makes(whole, parts)
    if closing and (near(amount, total.value) or slip):
        return True
    if any(OVERLAPPING.search(i.label) for i in parts):
        return slip and near(amount, total.value) and total.value >= _LONG  # "Người cao tuổi: 198", "Người khuyết tật: 147", …, "Cộng 376 người"
    if not first or len(column) < _FEWEST:
        return first and slip and near(amount, total.value) and total.value >= _LARGE  # "Văn bản đến: 3.907", "Văn bản đi: 1.274", "Cộng: 5.118"
    return near(amount, total.value) and (alone or slip) or one_swap_makes(whole, parts) or slip and total.value >= _LONG
