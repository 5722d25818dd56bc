"""An audit as JSON and back: what `audit.json` and the executed notebook carry.

Exact both ways: a number is a string ("99.9", "1/3"), a span is `[start, end]`, an enumeration its
word, a date ISO. The same walk over the dataclasses writes the published schema, so the three
cannot drift apart.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache, reduce
from operator import attrgetter, or_
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from .model import Audit, Message, Rational, Span, simplest
from .review import ReviewNote
from .wards import Ward

SCHEMA = "cchc-audit/audit/1"


@dataclass(frozen=True, slots=True)
class Power:
    """How many of the altered figures of this report a repeated check noticed. `seed` makes it repeatable."""

    altered: int
    found: int
    seed: int


@dataclass(frozen=True, slots=True)
class Run:
    """Who made an audit, when, and by which rules. `ran_at` is ISO 8601 in UTC; hashes are SHA-256; `rulebook`
    is the path of a user's own rules, "" for the defaults."""

    version: str
    ran_at: str
    rulebook: str = ""
    rulebook_sha256: str = ""
    names: tuple[tuple[str, Message], ...] = ()  # what people call the figures of this audit
    sources: tuple[tuple[str, str], ...] = ()  # the files of the rulebook with their SHA-256
    norms: tuple[str, ...] = ()  # what findings rest on: citation, validity, ids of the rules
    rules: tuple[tuple[Message, int], ...] = ()  # every rule of the rulebook, and how many findings it made
    power: Power | None = None
    unit: Ward | None = None  # the row of wards.csv this report belongs to
    corrected: tuple[Span, ...] = ()  # figures that inspectors set right
    reviews: tuple[ReviewNote, ...] = ()  # what inspectors decided, in words
    command: str = ""  # repeats the run beside its files, which it names without their folders


def digits(value: Rational) -> str:
    """The number exactly: "99.9" where decimals end, else "1/3".

    >>> digits(Fraction(999, 10)), digits(Fraction(-1, 3)), digits(Fraction(1874))
    ('99.9', '-1/3', '1874')
    """
    if value.denominator == 1:
        return str(value.numerator)
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    scaled = abs(value.numerator) * 10**places // value.denominator
    whole, part = divmod(scaled, 10**places)
    return ("-" if value < 0 else "") + str(whole) + (f".{part:0{places}d}" if places else "")


@dataclass(frozen=True, slots=True)
class _Codec:
    """How one type is written, read back and described."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    schema: dict[str, Any]


def _same(value: Any) -> Any:
    return value


_PLAIN: dict[Any, _Codec] = {
    str: _Codec(_same, _same, {"type": "string"}),
    int: _Codec(_same, _same, {"type": "integer"}),
    float: _Codec(_same, _same, {"type": "number"}),
    bool: _Codec(_same, _same, {"type": "boolean"}),
    date: _Codec(date.isoformat, date.fromisoformat, {"type": "string", "format": "date"}),
    Rational: _Codec(
        digits,
        lambda text: simplest(Fraction(text)),
        {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+|/[0-9]+)?$"},
    ),
    Span: _Codec(
        list,
        lambda pair: Span(*pair),
        {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
    ),
}


@cache
def _codec(kind: Any) -> _Codec:
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return _optional(_codec(reduce(or_, (part for part in inner if part is not type(None)))))
    if origin is tuple:
        return _sequence(_codec(inner[0])) if inner[-1] is Ellipsis else _row(tuple(map(_codec, inner)))
    if origin is Mapping:
        return _mapping(_codec(inner[1]))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _Codec(str, kind, {"enum": [member.value for member in kind]})
    if is_dataclass(kind):
        return _record(cast(type, kind))
    raise TypeError(f"no way to write {kind!r} as JSON")


def _optional(of: _Codec) -> _Codec:
    return _Codec(
        _same if of.write is _same else lambda value: None if value is None else of.write(value),
        lambda value: None if value is None else of.read(value),
        {"anyOf": [of.schema, {"type": "null"}]},
    )


def _sequence(of: _Codec) -> _Codec:
    return _Codec(
        list if of.write is _same else lambda values: [of.write(v) for v in values],
        lambda values: tuple(of.read(v) for v in values),
        {"type": "array", "items": of.schema},
    )


def _row(of: tuple[_Codec, ...]) -> _Codec:
    return _Codec(
        lambda values: [c.write(v) for c, v in zip(of, values, strict=True)],
        lambda values: tuple(c.read(v) for c, v in zip(of, values, strict=True)),
        {"type": "array", "prefixItems": [c.schema for c in of], "minItems": len(of), "maxItems": len(of)},
    )


def _mapping(of: _Codec) -> _Codec:
    """A mapping by whole number (block index); JSON keys are its digits."""
    return _Codec(
        lambda values: {str(k): of.write(v) for k, v in sorted(values.items())},
        lambda values: {int(k): of.read(v) for k, v in values.items()},
        {"type": "object", "propertyNames": {"pattern": "^[0-9]+$"}, "additionalProperties": of.schema},
    )


def _record(kind: type) -> _Codec:
    hints = get_type_hints(kind)
    parts = tuple((f.name, _codec(hints[f.name])) for f in fields(kind))
    names = tuple(name for name, _ in parts)
    values_of = attrgetter(*names)
    altered = tuple((name, of.write) for name, of in parts if of.write is not _same)

    def write(value: Any) -> dict[str, Any]:
        out = dict(zip(names, values_of(value), strict=True)) if len(names) > 1 else {names[0]: values_of(value)}
        for name, way in altered:
            out[name] = way(out[name])
        return out

    return _Codec(
        write,
        lambda value: kind(**{name: of.read(value[name]) for name, of in parts if name in value}),
        {"$ref": f"#/$defs/{kind.__name__}"},
    )


def to_json(audit: Audit, run: Run) -> dict[str, Any]:
    """The audit and its run as plain JSON values, exact."""
    return {"schema": SCHEMA, "run": _codec(Run).write(run), "audit": _codec(Audit).write(audit)}


def from_json(data: Mapping[str, Any]) -> tuple[Audit, Run]:
    """The audit and run back from `to_json`. Raises ValueError for another schema."""
    if data.get("schema") != SCHEMA:
        raise ValueError(f"not a record of {SCHEMA}: {data.get('schema')!r}")
    return _codec(Audit).read(data["audit"]), _codec(Run).read(data["run"])


def dumps(audit: Audit, run: Run) -> str:
    """The text of `audit.json`: one line, the same bytes for the same audit."""
    text = json.dumps(to_json(audit, run), ensure_ascii=False, separators=(",", ":")) + "\n"
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair (from a file name that is not UTF-8) can stand in JSON only as an escape
        text = re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found.group()):04x}", text)
    return text


def schema() -> dict[str, Any]:
    """The JSON schema of `audit.json` (draft 2020-12), drawn from the dataclasses."""
    defs: dict[str, Any] = {}

    def describe(kind: Any) -> None:
        for part in get_args(kind):
            describe(part)
        if is_dataclass(kind) and isinstance(kind, type) and kind.__name__ not in defs:
            hints = get_type_hints(kind)
            names = [f.name for f in fields(kind)]
            defs[kind.__name__] = {
                "type": "object",
                "properties": {name: _codec(hints[name]).schema for name in names},
                "required": names,
                "additionalProperties": False,
            }
            for name in names:
                describe(hints[name])

    describe(Audit)
    describe(Run)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "One audited report",
        "type": "object",
        "properties": {
            "schema": {"const": SCHEMA},
            "run": {"$ref": "#/$defs/Run"},
            "audit": {"$ref": "#/$defs/Audit"},
        },
        "required": ["schema", "run", "audit"],
        "additionalProperties": False,
        "$defs": dict(sorted(defs.items())),
    }
