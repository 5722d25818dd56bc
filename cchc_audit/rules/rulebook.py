"""The rulebook: indicators, rules and norms read from YAML, checked against each other, and hashed.

The defaults ship in two forms: the YAML people read and edit, and `compiled.json`, the same content checked
and without comments and examples, which loads in a few milliseconds. The compiled form names the digests of
the YAML it was made from; when they differ the YAML is read, so an edited default is never ignored. A user's
own file (`--rules FILE`) is always read as YAML and merged over the defaults by id.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from .. import lexicon as lexicons
from ..errors import ConfigError
from ..lexicon import Indicator, Lexicon
from . import kinds
from .kinds import Rule
from .norms import Norm

if TYPE_CHECKING:
    pass

DEFAULTS = ("lexicon.yaml", "rules.yaml", "norms.yaml")
COMPILED = "compiled.json"
KINDS: dict[str, type[Rule]] = {
    next(f.default for f in fields(cls) if f.name == "kind"): cls  # type: ignore[misc]
    for cls in get_args(kinds.Rule)
}


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All knowledge a run used. `digest` changes with any of its sources; `sources` names them with theirs."""

    lexicon: Lexicon
    rules: tuple[Rule, ...]
    norms: Mapping[str, Norm]
    sources: tuple[tuple[str, str], ...]

    @property
    def digest(self) -> str:
        return hashlib.sha256("\n".join(f"{n} {d}" for n, d in self.sources).encode()).hexdigest()

    def rule(self, name: str) -> Rule | None:
        return next((r for r in self.rules if r.id == name), None)


def load(path: Path | str | None = None) -> Rulebook:
    """The default rulebook, or the defaults with a user's file merged over them.

    Raises ConfigError listing every problem of the file as "file:line: …".
    """
    if path is None:
        return _default()
    from . import source

    content = source.load(Path(path))
    return build(content.plain(), content.sources)


@cache
def _default() -> Rulebook:
    folder = resources.files("cchc_audit").joinpath("defaults")
    digests = tuple((name, _digest(folder.joinpath(name).read_bytes())) for name in DEFAULTS)
    compiled = folder.joinpath(COMPILED)
    if compiled.is_file():
        content = json.loads(compiled.read_text("utf-8"))
        if tuple((n, d) for n, d in content.pop("sources")) == digests:
            return build(content, digests)
    from . import source

    return build(source.read_defaults().plain(), digests)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def build(content: Mapping[str, Any], sources: Sequence[tuple[str, str]]) -> Rulebook:
    """A rulebook from checked plain data (what `compiled.json` holds)."""
    indicators = {e["id"]: Indicator(**_frozen(e)) for e in content["indicators"]}
    words = content["words"]
    lexicon = lexicons.build(
        indicators,
        {k: tuple(v) for k, v in words["abbreviations"].items()},
        {k: tuple(v) for k, v in words["stages"].items()},
        tuple(words["fields"]),
    )
    rules = tuple(KINDS[e["kind"]](**_frozen(e)) for e in content["rules"])
    norms = [Norm(**_dated(_frozen(e))) for e in content["norms"]]
    return Rulebook(lexicon, rules, {n.key: n for n in norms}, tuple(sources))


def _frozen(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}


def _dated(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {k: date.fromisoformat(v) if k.startswith("valid_") and v else v for k, v in entry.items()}


def plain(value: Any) -> dict[str, Any]:
    """A dataclass of the rulebook as plain data, its defaults left out."""
    standard = {f.name: f.default for f in fields(value)}
    out = {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(value).items() if k == "kind" or v != standard[k]}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in out.items()}


def write_compiled() -> str:
    """The text of `compiled.json` for the YAML as it stands; `python -m cchc_audit.rules` writes it."""
    from . import source

    content = source.read_defaults()
    data = {"sources": [list(s) for s in content.sources], **content.plain()}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


__all__ = ["ConfigError", "Rulebook", "build", "load", "plain", "write_compiled"]
