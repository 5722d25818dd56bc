"""What the styles of a Word document say of its paragraphs and letters: heading, list and level, hidden, struck through."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .numbering import Numbering, W

_MOST_BASES = 20
_HEADING = re.compile(r"(?:heading|title)\b", re.IGNORECASE)
_CONTENTS = re.compile(r"toc \d", re.IGNORECASE)


@dataclass(slots=True)
class Style:
    heading: bool = False
    contents: bool = False  # an entry of the table of contents
    numbering: str = ""  # the list its paragraphs belong to
    level: int | None = None
    hidden: bool | None = None
    struck: bool | None = None
    parent: str = ""


@dataclass(slots=True)
class Styles:
    """All styles of one document; `of` gives one with what it takes from those it is based on."""

    _own: dict[str, Style]
    _numbering: Numbering
    _merged: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Any, numbering: Numbering) -> Styles:
        """From the root of `word/styles.xml`; no styles for None."""
        elements = [] if root is None else root.iter(f"{W}style")
        return cls({element.get(f"{W}styleId", ""): _style(element) for element in elements}, numbering)

    def of(self, properties: Any, name: str) -> Style:
        """The style that the element `name` ("pStyle", "rStyle") of some properties names; a blank one for none."""
        style = "" if properties is None else value(properties, name)
        if style not in self._merged:
            self._merged[style] = self._merge(style)
        return self._merged[style]

    def _merge(self, name: str) -> Style:
        merged = Style()
        line: list[tuple[str, Style]] = []
        while (style := self._own.get(name)) is not None and len(line) < _MOST_BASES:
            line.append((name, style))
            merged.heading |= style.heading
            merged.contents |= style.contents
            merged.numbering = merged.numbering or style.numbering
            merged.hidden = style.hidden if merged.hidden is None else merged.hidden
            merged.struck = style.struck if merged.struck is None else merged.struck
            name = style.parent
        for name, style in line:  # a list may name the style of each of its levels
            if merged.level is None:
                linked = self._numbering.level_of(merged.numbering, name)
                merged.level = style.level if linked is None else linked
        return merged


def _style(element: Any) -> Style:
    properties, letters = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    name = value(element, "name")
    outlined = properties is not None and properties.find(f"{W}outlineLvl") is not None
    numbering, level = list_of(properties)
    hidden, struck = look(letters)
    heading = outlined or _HEADING.match(name) is not None
    contents = _CONTENTS.fullmatch(name) is not None
    return Style(heading, contents, numbering, level, hidden, struck, value(element, "basedOn"))


def list_of(properties: Any) -> tuple[str, int | None]:
    """List and level that a paragraph's or style's properties give, as far as they do."""
    found = None if properties is None else properties.find(f"{W}numPr")
    if found is None:
        return "", None
    level = value(found, "ilvl")
    return value(found, "numId"), int(level) if re.fullmatch(r"\d", level) else None


def look(properties: Any) -> tuple[bool | None, bool | None]:
    """What a run's or style's properties say of hiding and striking out; None where they say nothing."""
    if properties is None:
        return None, None
    hidden, *strikes = (_switch(properties, name) for name in ("vanish", "strike", "dstrike"))
    said = [strike for strike in strikes if strike is not None]
    return hidden, any(said) if said else None


def _switch(properties: Any, name: str) -> bool | None:
    found = properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "true") not in {"0", "false", "off"}


def value(properties: Any, name: str) -> str:
    """The value of the element `name` inside `properties`; "" for none."""
    found = properties.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val", ""))
