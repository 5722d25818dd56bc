"""The numbers Word prints before list paragraphs: kept apart from the text in the file, part of the report."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_HIGHEST = 3999


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str = ""  # of the paragraphs that stand at this level
    legal: bool = False  # numbers of the levels above are printed as 1, 2, 3


@dataclass(slots=True)
class Numbering:
    """All lists of one document and how far each has counted. `label` moves the count on."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # abstract list -> its levels
    _lists: dict[str, str] = field(default_factory=dict)  # list -> abstract list
    _changed: dict[str, dict[int, _Level]] = field(default_factory=dict)  # list -> levels of its own
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)  # abstract list -> level -> count
    _started: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, root: Any) -> Numbering:
        """From the root of `word/numbering.xml`; an empty numbering for None."""
        numbering = cls()
        if root is None:
            return numbering
        for abstract in root.iter(f"{W}abstractNum"):
            numbering._levels[abstract.get(f"{W}abstractNumId", "")] = _levels(abstract)
        styled = {
            style.get(f"{W}val"): abstract.get(f"{W}abstractNumId", "")
            for abstract in root.iter(f"{W}abstractNum")
            for style in abstract.iter(f"{W}styleLink")
        }
        for abstract in root.iter(f"{W}abstractNum"):
            link = abstract.find(f"{W}numStyleLink")  # a list style keeps its levels in another abstract list
            if link is not None and link.get(f"{W}val") in styled:
                levels = numbering._levels[styled[link.get(f"{W}val")]]
                numbering._levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for num in root.iter(f"{W}num"):
            name = num.get(f"{W}numId", "")
            abstract = num.find(f"{W}abstractNumId")
            numbering._lists[name] = "" if abstract is None else abstract.get(f"{W}val", "")
            numbering._changed[name] = _levels(num)
            for override in num.iter(f"{W}lvlOverride"):
                start = override.find(f"{W}startOverride")
                if start is not None:
                    restart = numbering._restarts.setdefault(name, {})
                    restart[_number(override.get(f"{W}ilvl"))] = _number(start.get(f"{W}val"), 1)
        return numbering

    def level_of(self, name: str, style: str) -> int | None:
        """The level of list `name` that paragraphs of the style stand at; None when the list names no such style."""
        levels = self._levels.get(self._lists.get(name, ""), {})
        return next((at for at, level in levels.items() if level.style == style), None)

    def label(self, name: str, level: int) -> str:
        """The printed number of the next paragraph of list `name` at `level` ("1.2.", "a)", "-"); "" for none."""
        abstract = self._lists.get(name)
        if abstract is None:
            return ""
        levels = self._levels.get(abstract, {}) | self._changed[name]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if name not in self._started:
            self._started.add(name)
            for at, start in self._restarts.get(name, {}).items():
                counts[at] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        if levels[level].form == "bullet":
            return "-"

        def part(above: int) -> str:
            at = levels.get(above, _Level())
            return written(counts.get(above, at.start), "decimal" if levels[level].legal else at.form)

        return re.sub(r"%([1-9])", lambda m: part(int(m.group(1)) - 1), levels[level].text).strip()


def _levels(parent: Any) -> dict[int, _Level]:
    return {_number(level.get(f"{W}ilvl")): _level(level) for level in parent.iter(f"{W}lvl")}


def _level(element: Any) -> _Level:
    def value(name: str, default: str) -> str:
        found = element.find(f"{W}{name}")
        return default if found is None else found.get(f"{W}val", default)

    return _Level(
        _number(value("start", "1"), 1),
        value("numFmt", "decimal"),
        value("lvlText", ""),
        value("pStyle", ""),
        element.find(f"{W}isLgl") is not None,
    )


def _number(text: str | None, default: int = 0) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default


def written(count: int, form: str) -> str:
    """A list count in one of Word's forms of number.

    >>> written(4, "upperRoman"), written(28, "lowerLetter"), written(3, "decimalZero")
    ('IV', 'bb', '03')
    """
    if form in {"none", "bullet"}:
        return ""
    if form == "decimalZero":
        return f"{count:02d}"
    if form.endswith("Letter") and 0 < count <= _HIGHEST:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if form.startswith("upper") else letters
    if form.endswith("Roman") and 0 < count <= _HIGHEST:
        roman = ""
        for value, letters in _ROMAN:
            times, count = divmod(count, value)
            roman += letters * times
        return roman.upper() if form.startswith("upper") else roman
    return str(count)
