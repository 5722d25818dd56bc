"""The indicators of a ward's report: what its figures are called, and the words that name them.

The words live in `defaults/lexicon.yaml`; `Lexicon.hits` finds them in folded text by walking a trie of
words, so that a thousand phrases cost no more than one. Longer wording wins over shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from .language import fold
from .model import Message

Type = Literal["flow", "stock", "ratio", "money", "score"]

_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_YEAR = re.compile(r"20\d\d$")
_ANY_YEAR = "20xx"  # how the lexicon writes "any year"
_END = ""  # the key under which a trie node keeps what ends there; no word is empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One named figure. `stage` is the part of a dossier's way it belongs to ("" when none); `rate` the
    ratio a percent right after it states; `bases` the figures it may be a share of; `either` the figures
    a loose name may stand for. A `loose` figure is written with more than one meaning: two values of it
    are not held against each other unless one digit apart. `at` tells which end of its period a stock is of."""

    id: str
    vi: str
    en: str
    type: Type
    units: tuple[str, ...]
    definition: str
    cues: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    stage: str = ""
    rate: str = ""
    bases: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    loose: bool = False
    at: Literal["start", "end"] = "end"

    @property
    def label(self) -> Message:
        return Message(self.vi, self.en)


class Entry(NamedTuple):
    """What a phrase may mean: ids it names as a cue or as a counted noun, the stage it sets, the field of work."""

    cues: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    stage: str = ""
    field: str = ""


class Hit(NamedTuple):
    """A phrase found in the text."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All indicators by id, in the order of the file, and the words around them."""

    indicators: Mapping[str, Indicator]
    abbreviations: Mapping[str, tuple[str, ...]]
    stages: Mapping[str, tuple[str, ...]]
    fields: tuple[str, ...]
    trie: dict[str, Any]
    heads: Mapping[str, str]  # folded head of a column -> id

    def __getitem__(self, name: str) -> Indicator:
        return self.indicators[name]

    def __contains__(self, name: object) -> bool:
        return name in self.indicators

    def hits(self, folded: str, start: int, end: int) -> Iterator[Hit]:
        """The phrases in `folded[start:end]`, leftmost and longest first, not overlapping."""
        marks = list(_WORD.finditer(folded, start, end))
        words = [m.group() for m in marks]
        trie, free, count = self.trie, 0, len(words)
        for at in [at for at, word in enumerate(words) if word in trie]:
            if at < free:
                continue
            node = trie[words[at]]
            best: Entry | None = None
            ahead = last = at
            while node is not None:
                if _END in node:
                    best, last = node[_END], ahead
                ahead += 1
                if ahead == count:
                    break
                word = words[ahead]
                node = node.get(word) or (node[_ANY_YEAR] if _ANY_YEAR in node and _YEAR.match(word) else None)
            if best is not None:
                yield Hit(marks[at].start(), marks[last].end(), best)
                free = last + 1


_DOSSIER = "hồ sơ "


def build(
    indicators: Mapping[str, Indicator],
    abbreviations: Mapping[str, tuple[str, ...]],
    stages: Mapping[str, tuple[str, ...]],
    fields: tuple[str, ...],
) -> Lexicon:
    """A lexicon whose phrases can be found in text."""
    meanings: dict[str, dict[str, Any]] = {}
    short = {fold(long): tuple(fold(s) for s in forms) for long, forms in abbreviations.items()}

    def add(phrase: str, kind: str, value: str) -> None:
        for form in _forms(fold(phrase), short):
            meaning = meanings.setdefault(form, {"cues": [], "nouns": [], "stage": "", "field": ""})
            if kind in {"cues", "nouns"}:
                if value not in meaning[kind]:
                    meaning[kind].append(value)
            elif kind != "never":
                meaning[kind] = meaning[kind] or value

    opening = tuple(f"{phrase.removeprefix(_DOSSIER)} " for told in stages.values() for phrase in told if phrase.startswith(_DOSSIER))
    for indicator in indicators.values():
        for kind in ("cues", "nouns", "never"):
            for phrase in getattr(indicator, kind):
                shorter = phrase.removeprefix(_DOSSIER)
                if shorter == phrase or shorter not in getattr(indicator, kind):
                    add(phrase, kind, indicator.id)  # "hồ sơ" before a name says nothing more
                if shorter.startswith(opening):
                    add(_DOSSIER + shorter, kind, indicator.id)  # else "hồ sơ giải quyết", a stage, would hide "giải quyết quá hạn"
    for indicator in indicators.values():  # a phrase one indicator excludes still names another
        for phrase in indicator.never:
            for form in _forms(fold(phrase), short):
                for kind in ("cues", "nouns"):
                    if indicator.id in meanings[form][kind]:
                        meanings[form][kind].remove(indicator.id)
    for stage, phrases in stages.items():
        for phrase in phrases:
            add(phrase, "stage", stage)
    for phrase in fields:
        add(phrase, "field", fold(phrase))
    add(_DOSSIER + "thủ tục hành chính", "never", "")  # dossiers, and no procedures
    trie: dict[str, Any] = {}
    for form, meaning in meanings.items():
        node = trie
        for word in _WORD.findall(form):
            node = node.setdefault(word, {})
        node[_END] = Entry(tuple(meaning["cues"]), tuple(meaning["nouns"]), meaning["stage"], meaning["field"])
    heads = {form: i.id for i in indicators.values() for head in i.heads for form in _forms(fold(head), short)}
    return Lexicon(indicators, abbreviations, stages, fields, trie, heads)


def _forms(phrase: str, short: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The phrase with every long form also written short, each alone and together."""
    forms = [phrase]
    for long, others in short.items():
        if long not in phrase:
            continue
        spot = re.compile(rf"(?<!\w){re.escape(long)}(?!\w)")
        forms += [spot.sub(other, form) for form in forms for other in others if spot.search(form)]
    return list(dict.fromkeys(forms))
