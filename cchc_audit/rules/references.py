"""Rulebook entries against each other: ids that do not exist, norms in force at the same time, and the like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ..lexicon import Indicator
from .norms import Norm
from .source import NAMES, Content, Entry, like, listed


def problems(content: Content) -> list[str]:
    """Everything wrong with the content, as "file:line: …" in the order of the lines."""
    return in_order([*content.problems, *_unknown(content), *_indicators(content), *_norms(content)])


def in_order(found: Iterable[str]) -> list[str]:
    """Problems by file and line, each once."""
    return sorted(dict.fromkeys(found), key=_place)


def usable(content: Content) -> Content:
    """The content without the entries that name something which is not there: what can be tried none the less."""
    indicators, rules = content.indicators, content.rules
    known = {"indicators": set(indicators), "norms": {e.value.id for e in content.norms.values()}}
    while True:
        kept = {k: e for k, e in indicators.items() if not _lacks("indicators", e.value, known)}
        if len(kept) == len(indicators):
            break
        indicators, known["indicators"] = kept, set(kept)  # one left out may be named by another
    rules = {k: e for k, e in rules.items() if not _lacks("rules", e.value, known)}
    return Content(indicators, rules, content.norms, content.words, content.sources)


def _lacks(key: str, value: Any, known: Mapping[str, set[str]]) -> bool:
    """Does the entry name an id that is not there?"""
    return any(used not in known[section] for word, section in NAMES[key].items() for used in listed(getattr(value, word, ())))


def _place(problem: str) -> tuple[str, int]:
    name, _, rest = problem.partition(":")
    while rest and not rest.partition(":")[0].isdigit():  # a drive, "C:\\quy-tac.yaml:3: …"
        more, _, rest = rest.partition(":")
        name = f"{name}:{more}"
    return name, int(rest.partition(":")[0] or 0)


def _unknown(content: Content) -> Iterator[str]:
    known = {"indicators": set(content.indicators), "norms": {e.value.id for e in content.norms.values()}}
    called = {"indicators": "không có chỉ tiêu / no such indicator", "norms": "không có định mức / no such norm"}
    for use in content.uses:
        if use.id not in known[use.section] and use.id not in content.refused:  # a refused one has its own line
            yield f"{use.where}: {called[use.section]} {use.id!r}{like(use.id, known[use.section])}"


def _indicators(content: Content) -> Iterator[str]:
    stages = set(content.words["stages"])
    for entry in content.indicators.values():
        indicator: Indicator = entry.value
        where = f"{entry.file}:{entry.line}: {indicator.id}"
        if indicator.stage and indicator.stage not in stages:
            yield f"{where}: stage {indicator.stage!r}; có / known: {', '.join(sorted(stages))}"
        if not indicator.cues and not indicator.nouns:
            yield f"{where}: cần cues hoặc nouns / needs cues or nouns"
        if (indicator.type == "ratio") != ("%" in indicator.units):
            yield f"{where}: chỉ tiêu tỷ lệ và chỉ tỷ lệ mới có đơn vị % / a ratio, and only a ratio, has the unit %"


def _norms(content: Content) -> Iterator[str]:
    by_case: dict[tuple[str, ...], list[Entry]] = {}
    for entry in content.norms.values():
        norm: Norm = entry.value
        by_case.setdefault((norm.id, *norm.kinds, norm.rank, *norm.within), []).append(entry)
        where = f"{entry.file}:{entry.line}: {norm.id}"
        if norm.valid_from and norm.valid_to and norm.valid_from > norm.valid_to:
            yield f"{where}: valid_from sau valid_to / valid_from lies after valid_to"
    for entries in by_case.values():
        ordered = sorted(entries, key=lambda e: e.value.valid_from or date.min)
        for a, b in zip(ordered, ordered[1:], strict=False):
            if a.value.valid_to is None or (b.value.valid_from and a.value.valid_to >= b.value.valid_from):
                other = f"{a.line}" if a.file == b.file else f"{a.line} ({a.file})"
                yield f"{b.file}:{b.line}: {b.value.id}: hiệu lực trùng với dòng {other} / in force at the same time as line {other}"
