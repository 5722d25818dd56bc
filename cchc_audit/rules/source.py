"""Reading rulebook files: YAML to entries, every problem with its line; `references` checks them against each other.

Only this module needs a YAML reader and a validator; a run on the defaults imports neither.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from ..errors import ConfigError
from ..language import UNIT_WORDS, fold, normal_unit
from ..lexicon import Indicator
from .kinds import Rule
from .norms import Norm
from .rulebook import DEFAULTS, KINDS, plain

_MARK = re.compile(r"«[^«»]+»")
_WORDS = ("abbreviations", "stages", "fields")
# keys of an entry that hold ids, and the section these stand in
NAMES: dict[str, dict[str, str]] = {
    "indicators": dict.fromkeys(("bases", "either", "rate"), "indicators"),
    "rules": dict.fromkeys(
        ("figures", "besides", "total", "or_total", "parts", "optional", "needs", "chain", "rate", "numerator", "bases", "closing", "opening",
         "counts", "pending", "whole_pending", "figure", "other", "per", "sample", "population", "area", "whole", "filled_by"), "indicators")
    | dict.fromkeys(("norm", "step", "standard_population", "standard_area"), "norms"),
    "norms": {},
}  # fmt: skip
_ID = re.compile(r"[a-z][a-z0-9_-]{2,59}")


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of text a rulebook entry is tried on. For an indicator `text` marks one number with «»; `good`
    says it must be read (or the rule must hold), else must not (must break)."""

    text: str
    good: bool
    previous: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator, rule or norm as written: its value, where it stands, its examples."""

    value: Any
    file: str
    line: int
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """An id that an entry names: the section it must stand in, and where it is named, as "file:line: entry"."""

    section: str
    id: str
    where: str


@dataclass(frozen=True, slots=True)
class Content:
    """What one or more rulebook files say. `problems` tells what is wrong with single entries, as "file:line: …";
    `refused` the ids of those left out for it, `uses` the ids that any of them, good or not, names."""

    indicators: dict[str, Entry] = field(default_factory=dict)
    rules: dict[str, Entry] = field(default_factory=dict)
    norms: dict[str, Entry] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=lambda: {"abbreviations": {}, "stages": {}, "fields": []})
    sources: tuple[tuple[str, str], ...] = ()
    problems: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    uses: list[Use] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """The content as the plain data `rulebook.build` takes."""
        return {
            "indicators": [plain(e.value) for e in self.indicators.values()],
            "words": self.words,
            "rules": [plain(e.value) for e in self.rules.values()],
            "norms": [plain(e.value) for e in self.norms.values()],
        }


def read_defaults() -> Content:
    """The rulebook that ships with the package."""
    folder = resources.files("cchc_audit").joinpath("defaults")
    contents = [_parse(folder.joinpath(name).read_bytes(), name, own=True) for name in DEFAULTS]
    content = contents[0]
    for other in contents[1:]:
        content = merge(content, other)
    return checked(content)


def load(path: Path | None) -> Content:
    """The defaults, with a user's file merged over them. Raises ConfigError with every problem of the file."""
    defaults = read_defaults()
    return checked(merge(defaults, read(path))) if path else defaults


def read(path: Path) -> Content:
    """A user's rulebook file: `indicators`, `rules`, `norms`, and the words of the lexicon, all optional.

    Raises ConfigError for a file that is no YAML at all; what is wrong with its entries is in `problems`.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError([f"{path}: không có tệp này; hãy kiểm tra lại tên và đường dẫn / there is no such file; check its name and path"]) from None
    except OSError as reason:
        raise ConfigError([f"{path}: không đọc được tệp / cannot be read: {reason.strerror or reason}"]) from None
    return _parse(data, str(path), own=False)


def merge(under: Content, over: Content) -> Content:
    """Both contents, unchecked; entries of `over` replace those of `under` with the same id."""
    words = {
        "abbreviations": {**under.words["abbreviations"], **over.words["abbreviations"]},
        "stages": {**under.words["stages"], **over.words["stages"]},
        "fields": list(dict.fromkeys([*under.words["fields"], *over.words["fields"]])),
    }
    return Content(
        {**under.indicators, **over.indicators},
        {**under.rules, **over.rules},
        {**under.norms, **over.norms},
        words,
        (*under.sources, *over.sources),
        [*under.problems, *over.problems],
        under.refused | over.refused,
        [*under.uses, *over.uses],
    )


def checked(content: Content) -> Content:
    """The content itself. Raises ConfigError with all its problems, those between its entries included."""
    from .references import problems

    found = problems(content)
    if found:
        raise ConfigError(found)
    return content


# ---------------------------------------------------------------- one file


def _parse(data: bytes, name: str, *, own: bool) -> Content:
    try:
        tree = YAML(typ="rt").load(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError([f"{name}:1: không phải UTF-8; hãy lưu lại tệp ở dạng UTF-8 / not UTF-8; save the file as UTF-8"]) from None
    except MarkedYAMLError as reason:
        mark = reason.problem_mark or reason.context_mark
        line = mark.line + 1 if mark else 1
        raise ConfigError([f"{name}:{line}: {_NOT_YAML}: {(reason.problem or 'YAML').splitlines()[0]}"]) from None
    except (YAMLError, ValueError) as reason:
        raise ConfigError([f"{name}:1: {_NOT_YAML}: {str(reason).splitlines()[0]}"]) from None
    digest = hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()
    if tree is None and not own:
        tree = {}
    if not isinstance(tree, Mapping):
        raise ConfigError([f"{name}:1: cần các mục indicators, rules, norms / expected the keys indicators, rules, norms"])
    content = Content(sources=((name, digest),))
    for key in tree:
        line = _line(tree, key)
        if key in {"indicators", "rules", "norms"}:
            _entries(tree[key], str(key), name, line, content, own=own)
        elif key in _WORDS:
            _words(tree[key], str(key), name, line, content)
        else:
            content.problems.append(f"{name}:{line}: khóa lạ / unknown key {key!r}; dùng / use indicators, rules, norms, {', '.join(_WORDS)}")
    return content


def _line(node: Any, key: Any = None) -> int:
    """1-based line of a YAML node or of one of its keys or items."""
    place = getattr(node, "lc", None)
    if place is None:
        return 1
    if key is not None and key in (place.data or {}):
        return int(place.data[key][0]) + 1
    return int(place.line) + 1


def _words(node: Any, key: str, name: str, line: int, content: Content) -> None:
    shape: Any = list[str] if key == "fields" else dict[str, list[str]]
    try:
        checked_words = TypeAdapter(shape).validate_python(_python(node), strict=True)
    except ValidationError as reason:
        content.problems.extend(f"{name}:{line}: {key}: {_say(e)}" for e in reason.errors())
        return
    content.words[key] = checked_words


_NOT_YAML = "chưa đúng cú pháp YAML; hãy xem dấu ngoặc, nháy, thụt dòng và dấu cách sau dấu hai chấm / not valid YAML"
_INDICATOR: TypeAdapter[Indicator] = TypeAdapter(Indicator)
_NORM: TypeAdapter[Norm] = TypeAdapter(Norm)
_RULES: dict[str, TypeAdapter[Rule]] = {kind: TypeAdapter(cls) for kind, cls in KINDS.items()}
_EXAMPLES = {"indicators": (("reads", True), ("not", False)), "rules": (("holds", True), ("breaks", False)), "norms": ()}
_SAYS = {
    "missing": "thiếu khóa / missing key",
    "missing_keyword_only_argument": "thiếu khóa / missing key",
    "tuple_type": "cần một danh sách [a, b] / must be a list [a, b]",
    "list_type": "cần một danh sách [a, b] / must be a list [a, b]",
    "dict_type": "cần dạng khóa: [a, b] / must be key: [a, b]",
    "string_type": "cần chữ; đặt số trong nháy kép / must be text; put a number in quotes",
    "bool_parsing": "cần true hoặc false / must be true or false",
    "bool_type": "cần true hoặc false / must be true or false",
    "int_parsing": "cần một số nguyên / must be a whole number",
    "int_type": "cần một số nguyên / must be a whole number",
    "date_from_datetime_parsing": "cần ngày dạng 2024-12-31 / must be a date as 2024-12-31",
    "date_type": "cần ngày dạng 2024-12-31 / must be a date as 2024-12-31",
}


def _entries(node: Any, key: str, name: str, line: int, content: Content, *, own: bool) -> None:
    if not isinstance(node, list):
        content.problems.append(f"{name}:{line}: {key} cần là một danh sách / must be a list")
        return
    target: dict[str, Entry] = getattr(content, key)
    for index, item in enumerate(node):
        at = _line(node, index)
        if not isinstance(item, Mapping):
            content.problems.append(f"{name}:{at}: mỗi mục cần có id / every entry needs an id")
            continue
        entry = _entry(item, key, name, at, content)
        if entry is None:
            content.refused.add(str(item.get("id")))
            continue
        identity = entry.value.key if key == "norms" else entry.value.id
        if identity in target:
            content.problems.append(f"{name}:{at}: {entry.value.id}: id đã có ở dòng {target[identity].line} / id used already")
        if not _ID.fullmatch(entry.value.id):
            content.problems.append(f"{name}:{at}: {entry.value.id!r}: id gồm chữ thường a-z, số, - và _ / use a-z, digits, - and _")
        target[identity] = entry
        content.problems.extend(_lacking(entry, key, own=own))


def _entry(item: Any, key: str, name: str, at: int, content: Content) -> Entry | None:
    """The entry, or None when it cannot be used; the ids it names are noted either way."""
    raw, problems = _python(item), content.problems
    label = raw.get("id", "?")
    examples = _examples(item, raw, key, f"{name}:{{}}: {label}", problems)
    kind = raw.get("kind")
    if key == "norms" and "value" in raw:
        raw["value"] = str(raw["value"])
    if key == "rules" and kind not in KINDS:
        said = "thiếu khóa kind / missing key kind" if kind is None else f"không có loại / no such kind {kind!r}"
        problems.append(f"{name}:{_line(item, 'kind')}: {label}: {said}; các loại / kinds: {', '.join(sorted(KINDS))}")
        return None
    adapter: TypeAdapter[Any] = _INDICATOR if key == "indicators" else _NORM if key == "norms" else _RULES[str(kind)]
    known = set(_fields(adapter))
    for extra in [k for k in raw if k not in known]:
        allowed = ", ".join([*sorted(known), *(word for word, _ in _EXAMPLES[key])])
        problems.append(f"{name}:{_line(item, extra)}: {label}: khóa lạ / unknown key {extra!r}; có / known: {allowed}")
        del raw[extra]
    for word, section in NAMES[key].items():
        where = f"{name}:{_line(item, word)}: {label}"
        content.uses.extend(Use(section, used, where) for used in listed(raw.get(word)))
    if key == "indicators":
        raw["units"] = _units(raw, f"{name}:{_line(item, 'units')}: {label}", problems)
    try:
        value = adapter.validate_python(raw)
    except ValidationError as reason:
        for error in reason.errors():
            wrong = error["loc"][0] if error["loc"] else None
            problems.append(f"{name}:{_line(item, wrong)}: {label}: {wrong}: {_say(error)}")
        return None
    if key == "norms" and not _is_number(value.value):
        problems.append(f"{name}:{_line(item, 'value')}: {label}: value {value.value!r} không phải số / is no number")
        return None
    return Entry(value, name, at, examples)


def _is_number(text: str) -> bool:
    try:
        Fraction(text)
    except (ValueError, ZeroDivisionError):
        return False
    return True


def _fields(adapter: TypeAdapter[Any]) -> Iterator[str]:
    return iter(adapter._type.__dataclass_fields__)


def _say(error: Any) -> str:
    if error["type"] == "literal_error":
        return f"{error['input']!r}; dùng / use {error['ctx']['expected'].replace(' or ', ', ')}"
    return _SAYS.get(error["type"], f"giá trị không dùng được / cannot be used: {error['input']!r}")


def listed(value: Any) -> list[str]:
    """The words under a key that holds one or a list of them; what is no word is left out."""
    return [v for v in (value if isinstance(value, list | tuple) else [value]) if isinstance(v, str) and v]


def _units(raw: dict[str, Any], where: str, problems: list[str]) -> Any:
    """The units as the reader of numbers names them ("thành viên" is "người"). A unit it does not know helps only
    when a name of the indicator says it: "12 thùng rác" is read as a bare number before its name."""
    units = raw.get("units")
    if not isinstance(units, list):
        return units
    phrases = [fold(p) for word in ("cues", "nouns", "heads") for p in listed(raw.get(word))]
    for unit in listed(units):
        written = fold(unit)
        if written and written != "%" and not normal_unit(written) and not any(written in p for p in phrases):
            problems.append(f"{where}: đơn vị không đọc được và không có trong cues / a unit that is not read and stands in no cue: {unit!r}{like(unit, UNIT_WORDS)}")
    return list(dict.fromkeys(normal_unit(fold(u)) or u if isinstance(u, str) else u for u in units))


def like(name: str, known: Iterable[str]) -> str:
    """The nearest known name as a question to the reader, else ""."""
    near = get_close_matches(name, sorted(known), 1)
    return f"; có phải / did you mean {near[0]!r}?" if near else ""


def _examples(item: Any, raw: dict[str, Any], key: str, where: str, problems: list[str]) -> tuple[Example, ...]:
    """The examples of an entry, taken out of `raw`: reads/not of an indicator, holds/breaks of a rule."""
    out: list[Example] = []
    for word, good in _EXAMPLES[key]:
        given = raw.pop(word, [])
        for index, example in enumerate(given if isinstance(given, list) else [given]):
            line = _line(item[word], index) if isinstance(given, list) else _line(item, word)
            text = example.get("text", "") if isinstance(example, dict) else example
            earlier = example.get("previous", "") if isinstance(example, dict) else ""
            if not isinstance(text, str) or not text:
                problems.append(f"{where.format(line)}: {word}: cần một đoạn văn / needs a text")
            elif key == "indicators" and len(_MARK.findall(text)) != 1:
                problems.append(f"{where.format(line)}: {word}: đánh dấu đúng một số bằng «» / mark exactly one number with «»")
            else:
                out.append(Example(text, good, str(earlier), line))
    return tuple(out)


def _lacking(entry: Entry, key: str, *, own: bool) -> Iterator[str]:
    """A default entry shows at least two readings of each sort; a user's at least one that must be read or hold."""
    if key == "norms" or getattr(entry.value, "kind", "") == "per_unit":
        return
    need = {True: 2 if own and key == "indicators" else 1, False: (2 if key == "indicators" else 1) if own else 0}
    for good, count in need.items():
        words = ("reads", "not") if key == "indicators" else ("holds", "breaks")
        word = words[0] if good else words[1]
        if sum(e.good is good for e in entry.examples) < count:
            yield f"{entry.file}:{entry.line}: {entry.value.id}: cần ít nhất {count} ví dụ {word} / needs at least {count} example(s) under {word}"


def _python(node: Any) -> Any:
    """YAML's own containers and strings as plain ones; tuples for the validated lists come from the types."""
    if isinstance(node, Mapping):
        return {str(k): _python(v) for k, v in node.items()}
    if isinstance(node, list):
        return [_python(v) for v in node]
    if isinstance(node, bool | int | date) or node is None:
        return node
    return str(node)
