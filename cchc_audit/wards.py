"""The register of wards, `wards.csv`, and which ward a report comes from.

Columns, in any order: code, name, kind, district, province, population, valid_from, valid_to.

- `code` is text ("06685", never 6685). A code may be used again after a merger: two rows may share it when
  their times of validity do not overlap.
- `kind` is phường, xã, thị trấn or đặc khu; `name` is without it. `district` is empty from 01/7/2025 on.
- `population` is a whole number (13105 or 13.105) or empty.
- `valid_from`, `valid_to` are the first and last day (2025-07-01 or 01/07/2025); empty means open.

UTF-8, separated by commas or semicolons, as spreadsheet programs save it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from .errors import ConfigError
from .folding import letters
from .messages import say

COLUMNS = ("code", "name", "kind", "district", "province", "population", "valid_from", "valid_to")
KINDS = ("phường", "xã", "thị trấn", "đặc khu")
_NEEDED = ("code", "name", "kind", "province")
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,19}")
_COUNT = re.compile(r"\d+|\d{1,3}(?:\.\d{3})+")
_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>\d{4})")
_LARGEST = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Ward:
    """One unit during one stretch of time. `line` is its place in the file."""

    code: str
    name: str
    kind: str
    district: str
    province: str
    population: int | None
    valid_from: date | None
    valid_to: date | None
    line: int

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"

    def valid_on(self, day: date | None) -> bool:
        """Was this the unit on that day? Any unit may be meant when the day is unknown."""
        if day is None:
            return True
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True)
class Register:
    """All wards of the file, in its order."""

    wards: tuple[Ward, ...] = ()

    @cached_property
    def _by_code(self) -> Mapping[str, Sequence[Ward]]:
        return _grouped(self.wards, lambda ward: ward.code)

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Ward]]:
        return _grouped(self.wards, lambda ward: _same(ward.full_name))

    @cached_property
    def _by_letters(self) -> Mapping[str, Sequence[Ward]]:
        return _grouped(self.wards, lambda ward: letters(ward.full_name))

    def find(self, name: str, day: date | None, *, code: str = "", head: str = "") -> Ward | None:
        """The one ward a report names, or None: several that fit are never guessed between.

        A `code` decides. Otherwise the kind and name ("phường Suối Hoa") valid on `day` (the end of the
        report's period or its date); among namesakes, the one whose district, else whose province, stands
        in `head`, the first lines of the report.
        """
        if code:
            found = [w for w in self._by_code.get(code, ()) if w.valid_on(day)]
            return found[0] if len(found) == 1 else None
        found = [w for w in self._by_name.get(_same(name), ()) if w.valid_on(day)]
        if not found:  # written without its marks, or with them placed otherwise
            found = [w for w in self._by_letters.get(letters(name), ()) if w.valid_on(day)]
        letterhead = letters(head)
        for place in ("district", "province"):
            if len(found) < 2:
                break
            named = [w for w in found if (p := letters(getattr(w, place))) and _names(letterhead, p)]
            found = named or found
        return found[0] if len(found) == 1 else None

    def code_in(self, path: str) -> str:
        """The one code of the register that stands alone in a path ("90111-quy-1.docx"), or ""."""
        found = {part for part in re.split(r"[^0-9A-Za-z]+", path) if part in self._by_code and len(part) > 3}
        return found.pop() if len(found) == 1 else ""


def _grouped(wards: Iterable[Ward], key: Callable[[Ward], str]) -> Mapping[str, Sequence[Ward]]:
    groups: dict[str, list[Ward]] = defaultdict(list)
    for ward in wards:
        groups[key(ward)].append(ward)
    return dict(groups)


def is_register(path: Path | str) -> bool:
    """Does the file begin as a register of wards does? False for one that cannot be read."""
    try:
        with Path(path).open("rb") as source:
            first = source.readline(4096).decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return False
    names = {name.strip().strip('"').lower() for name in re.split("[,;\\t]", first)}
    return names >= set(_NEEDED)


def load(path: Path) -> Register:
    """Read `wards.csv`. Raises ConfigError with every problem as file:line."""
    rows, problems = _rows(path)
    wards: list[Ward] = []
    for line, row in rows:
        wrong, ward = _ward(line, row)
        problems += [f"{path}:{line}: {text}" for text in wrong]
        if ward is not None:
            wards.append(ward)
    problems += [f"{path}:{line}: {text}" for line, text in _overlaps(wards)]
    if problems:
        raise ConfigError(sorted(problems, key=lambda text: int(text.removeprefix(f"{path}:").split(":")[0])))
    return Register(tuple(wards))


def _rows(path: Path) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    try:
        if path.stat().st_size > _LARGEST:
            return [], [f"{path}:1: {_both('wards.too_large', limit=_LARGEST >> 20)}"]
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [f"{path}:1: {_both('wards.not_utf8')}"]
    except OSError as error:
        return [], [f"{path}:1: {_both('wards.unreadable', reason=error.strerror or 'OSError')}"]
    first = text.partition("\n")[0]
    reader = csv.reader(
        unicodedata.normalize("NFC", text).splitlines(keepends=True),
        delimiter=";" if first.count(";") > first.count(",") else ",",
    )
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        problems = _header_problems(path, header)
        if problems:
            return [], problems
        rows: list[tuple[int, dict[str, str]]] = []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                problems.append(
                    f"{path}:{reader.line_num}: {_both('wards.cells', n=len(cells), m=len(header))}"
                )
                continue
            rows.append(
                (reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
            )
    except csv.Error as error:
        return [], [f"{path}:{reader.line_num}: {_both('wards.unreadable', reason=error)}"]
    return rows, problems


def _header_problems(path: Path, header: list[str]) -> list[str]:
    missing = [name for name in COLUMNS if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    twice = sorted({name for name in header if header.count(name) > 1})
    said = [("wards.missing_columns", missing), ("wards.unknown_columns", unknown), ("wards.columns_twice", twice)]
    return [f"{path}:1: {_both(key, columns=', '.join(map(repr, names)))}" for key, names in said if names]


def _ward(line: int, row: Mapping[str, str]) -> tuple[list[str], Ward | None]:
    wrong = [_both("wards.empty", column=name) for name in _NEEDED if not row[name]]
    if row["code"] and not _CODE.fullmatch(row["code"]):
        wrong.append(_both("wards.bad_code", value=row["code"]))
    kind = row["kind"].lower()
    if kind and kind not in KINDS:
        wrong.append(_both("wards.bad_kind", value=row["kind"], kinds=", ".join(KINDS)))
    population: int | None = None
    if row["population"]:
        if _COUNT.fullmatch(row["population"]):
            population = int(row["population"].replace(".", ""))
        else:
            wrong.append(_both("wards.bad_population", value=row["population"]))
    days: dict[str, date | None] = {}
    for column in ("valid_from", "valid_to"):
        days[column] = _day(row[column])
        if row[column] and days[column] is None:
            wrong.append(_both("wards.bad_day", column=column, value=row[column]))
    first, last = days["valid_from"], days["valid_to"]
    if first and last and last < first:
        wrong.append(_both("wards.ends_before"))
    if wrong:
        return wrong, None
    places = (row["code"], row["name"], kind, row["district"], row["province"])
    return [], Ward(*places, population, first, last, line)


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(found[name] or found[name + "2"]) for name in ("y", "m", "d"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _overlaps(wards: Iterable[Ward]) -> list[tuple[int, str]]:
    """Rows that use a code during a time when an earlier row already does."""
    by_code: dict[str, list[Ward]] = {}
    wrong: list[tuple[int, str]] = []
    for ward in wards:
        for other in by_code.setdefault(ward.code, []):
            if (ward.valid_from or date.min) <= (other.valid_to or date.max) and (
                other.valid_from or date.min
            ) <= (ward.valid_to or date.max):
                wrong.append((ward.line, _both("wards.code_twice", code=ward.code, other=str(other.line))))
                break
        by_code[ward.code].append(ward)
    return wrong


def _same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


@lru_cache(maxsize=2**16)
def _names(text: str, place: str) -> bool:
    """Does the text name the place as whole words? "quận Lê Chân" also as plain "Lê Chân"."""
    bare = re.sub(r"^(?:quan|huyen|thi xa|thanh pho|tinh) ", "", place)
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in {place, bare})


def _both(key: str, **values: object) -> str:
    message = say(key, **values)
    return f"{message.vi} / {message.en}"
