"""Reading rulebook files: YAML to checked entries, every problem with its line.

Only this module needs a YAML reader and a validator; a run on the defaults imports neither.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from ..errors import ConfigError
from ..lexicon import Indicator
from .kinds import Rule
from .norms import Norm
from .rulebook import DEFAULTS, KINDS, plain

_MARK = re.compile(r"«[^«»]+»")
_WORDS = ("abbreviations", "stages", "fields")
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
class Content:
    """What one or more rulebook files say."""

    indicators: dict[str, Entry] = field(default_factory=dict)
    rules: dict[str, Entry] = field(default_factory=dict)
    norms: dict[str, Entry] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=lambda: {"abbreviations": {}, "stages": {}, "fields": []})
    sources: tuple[tuple[str, str], ...] = ()

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
        content = merge(content, other, check=False)
    _raise(list(_cross_check(content)))
    return content


def read(path: Path) -> Content:
    """A user's rulebook file: `indicators`, `rules`, `norms`, and the words of the lexicon, all optional."""
    try:
        data = path.read_bytes()
    except OSError as reason:
        raise ConfigError([f"{path}:1: không đọc được tệp / cannot be read: {reason.strerror or reason}"]) from None
    return _parse(data, str(path), own=False)


def merge(under: Content, over: Content, *, check: bool = True) -> Content:
    """Both contents; entries of `over` replace those of `under` with the same id."""
    words = {
        "abbreviations": {**under.words["abbreviations"], **over.words["abbreviations"]},
        "stages": {**under.words["stages"], **over.words["stages"]},
        "fields": list(dict.fromkeys([*under.words["fields"], *over.words["fields"]])),
    }
    content = Content(
        {**under.indicators, **over.indicators},
        {**under.rules, **over.rules},
        {**under.norms, **over.norms},
        words,
        (*under.sources, *over.sources),
    )
    if check:
        _raise(list(_cross_check(content)))
    return content


def _raise(problems: list[str]) -> None:
    if problems:
        raise ConfigError(problems)


# ---------------------------------------------------------------- one file


def _parse(data: bytes, name: str, *, own: bool) -> Content:
    try:
        tree = YAML(typ="rt").load(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError([f"{name}:1: không phải UTF-8; hãy lưu lại tệp ở dạng UTF-8 / not UTF-8; save the file as UTF-8"]) from None
    except MarkedYAMLError as reason:
        mark = reason.problem_mark or reason.context_mark
        line = mark.line + 1 if mark else 1
        raise ConfigError([f"{name}:{line}: {(reason.problem or 'YAML').splitlines()[0]}"]) from None
    except (YAMLError, ValueError) as reason:
        raise ConfigError([f"{name}:1: {str(reason).splitlines()[0]}"]) from None
    digest = hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()
    if tree is None and not own:
        tree = {}
    if not isinstance(tree, Mapping):
        raise ConfigError([f"{name}:1: cần các mục indicators, rules, norms / expected the keys indicators, rules, norms"])
    problems: list[str] = []
    content = Content(sources=((name, digest),))
    for key in tree:
        line = _line(tree, key)
        if key in {"indicators", "rules", "norms"}:
            _entries(tree[key], str(key), name, line, content, problems, own=own)
        elif key in _WORDS:
            _words(tree[key], str(key), name, line, content, problems)
        else:
            problems.append(f"{name}:{line}: khóa lạ / unknown key {key!r}; dùng / use indicators, rules, norms, {', '.join(_WORDS)}")
    _raise(problems)
    return content


def _line(node: Any, key: Any = None) -> int:
    """1-based line of a YAML node or of one of its keys or items."""
    place = getattr(node, "lc", None)
    if place is None:
        return 1
    if key is not None and key in (place.data or {}):
        return int(place.data[key][0]) + 1
    return int(place.line) + 1


def _words(node: Any, key: str, name: str, line: int, content: Content, problems: list[str]) -> None:
    shape: Any = list[str] if key == "fields" else dict[str, list[str]]
    try:
        checked_words = TypeAdapter(shape).validate_python(_python(node), strict=True)
    except ValidationError as reason:
        problems += [f"{name}:{line}: {key}: {_say(e)}" for e in reason.errors()]
        return
    content.words[key] = checked_words


_INDICATOR: TypeAdapter[Indicator] = TypeAdapter(Indicator)
_NORM: TypeAdapter[Norm] = TypeAdapter(Norm)
_RULES: dict[str, TypeAdapter[Rule]] = {kind: TypeAdapter(cls) for kind, cls in KINDS.items()}
_ENGLISH = {"extra_forbidden": "khóa lạ / unknown key", "missing": "thiếu khóa / missing key", "unexpected_keyword_argument": "khóa lạ / unknown key", "missing_keyword_only_argument": "thiếu khóa / missing key"}


def _entries(node: Any, key: str, name: str, line: int, content: Content, problems: list[str], *, own: bool) -> None:
    if not isinstance(node, list):
        problems.append(f"{name}:{line}: {key} cần là một danh sách / must be a list")
        return
    target: dict[str, Entry] = getattr(content, key)
    for index, item in enumerate(node):
        at = _line(node, index)
        if not isinstance(item, Mapping):
            problems.append(f"{name}:{at}: mỗi mục cần có id / every entry needs an id")
            continue
        entry = _entry(item, key, name, at, problems)
        if entry is None:
            continue
        identity = entry.value.key if key == "norms" else entry.value.id
        if identity in target:
            problems.append(f"{name}:{at}: {entry.value.id}: id đã có ở dòng {target[identity].line} / id used already")
        if not _ID.fullmatch(entry.value.id):
            problems.append(f"{name}:{at}: {entry.value.id!r}: id gồm chữ thường a-z, số, - và _ / use a-z, digits, - and _")
        target[identity] = entry
        problems += _lacking(entry, key, own=own)


def _entry(item: Any, key: str, name: str, at: int, problems: list[str]) -> Entry | None:
    raw = _python(item)
    label = raw.get("id", "?")
    examples, trouble = _examples(item, raw, key, name)
    problems += trouble
    kind = raw.get("kind")
    if key == "norms" and "value" in raw:
        raw["value"] = str(raw["value"])
    if key == "rules" and kind not in KINDS:
        problems.append(f"{name}:{_line(item, 'kind')}: {label}: kind {kind!r}; các loại / kinds: {', '.join(sorted(KINDS))}")
        return None
    adapter: TypeAdapter[Any] = _INDICATOR if key == "indicators" else _NORM if key == "norms" else _RULES[str(kind)]
    known = set(_fields(adapter))
    for extra in [k for k in raw if k not in known]:
        problems.append(f"{name}:{_line(item, extra)}: {label}: khóa lạ / unknown key {extra!r}; có / known: {', '.join(sorted(known))}")
        del raw[extra]
    try:
        value = adapter.validate_python(raw)
    except ValidationError as reason:
        for error in reason.errors():
            where = error["loc"][0] if error["loc"] else None
            problems.append(f"{name}:{_line(item, where)}: {label}: {where}: {_say(error)}")
        return None
    return Entry(value, name, at, examples)


def _fields(adapter: TypeAdapter[Any]) -> Iterator[str]:
    return iter(adapter._type.__dataclass_fields__)


def _say(error: Any) -> str:
    return _ENGLISH.get(error["type"], str(error["msg"]))


def _examples(item: Any, raw: dict[str, Any], key: str, name: str) -> tuple[tuple[Example, ...], list[str]]:
    """The examples of an entry, taken out of `raw`: reads/not of an indicator, holds/breaks of a rule."""
    out: list[Example] = []
    problems: list[str] = []
    for word, good in (("reads", True), ("not", False), ("holds", True), ("breaks", False)):
        given = raw.pop(word, [])
        line = _line(item, word)
        for example in given if isinstance(given, list) else [given]:
            text = example.get("text", "") if isinstance(example, dict) else example
            earlier = example.get("previous", "") if isinstance(example, dict) else ""
            if not isinstance(text, str) or not text:
                problems.append(f"{name}:{line}: {raw.get('id')}: {word}: cần một đoạn văn / needs a text")
            elif key == "indicators" and len(_MARK.findall(text)) != 1:
                problems.append(f"{name}:{line}: {raw.get('id')}: {word}: đánh dấu đúng một số bằng «» / mark exactly one number with «»")
            else:
                out.append(Example(text, good, str(earlier), line))
    return tuple(out), problems


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


# ---------------------------------------------------------------- entries against each other


def _cross_check(content: Content) -> Iterator[str]:
    names = set(content.indicators)
    stages = set(content.words["stages"])
    for entry in content.indicators.values():
        indicator: Indicator = entry.value
        where = f"{entry.file}:{entry.line}: {indicator.id}"
        for used in (*indicator.bases, *indicator.either, *([indicator.rate] if indicator.rate else [])):
            if used not in names:
                yield f"{where}: không có chỉ tiêu / no such indicator {used!r}{_like(used, names)}"
        if indicator.stage and indicator.stage not in stages:
            yield f"{where}: stage {indicator.stage!r}; có / known: {', '.join(sorted(stages))}"
        if not indicator.cues and not indicator.nouns:
            yield f"{where}: cần cues hoặc nouns / needs cues or nouns"
        if (indicator.type == "ratio") != ("%" in indicator.units):
            yield f"{where}: chỉ tiêu tỷ lệ và chỉ tỷ lệ mới có đơn vị % / a ratio, and only a ratio, has the unit %"
    norms = {e.value.id for e in content.norms.values()}
    for entry in content.rules.values():
        where = f"{entry.file}:{entry.line}: {entry.value.id}"
        for used in _names_used(entry.value):
            if used not in names:
                yield f"{where}: không có chỉ tiêu / no such indicator {used!r}{_like(used, names)}"
        for norm in filter(None, (getattr(entry.value, name, "") for name in _NORM_FIELDS)):
            if norm not in norms:
                yield f"{where}: không có định mức / no such norm {norm!r}{_like(norm, norms)}"
    yield from _norm_versions(content)


_NORM_FIELDS = ("norm", "step", "standard_population", "standard_area")
_NAME_FIELDS = ("figures", "besides", "total", "or_total", "parts", "optional", "needs", "chain", "rate", "numerator", "bases",
                "closing", "opening", "counts", "pending", "figure", "other", "per", "sample", "population", "area", "whole", "filled_by")  # fmt: skip


def _names_used(rule: Any) -> Iterator[str]:
    for name in _NAME_FIELDS:
        value = getattr(rule, name, ())
        yield from ([value] if value else []) if isinstance(value, str) else value


def _like(name: str, known: set[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(known), 1)
    return f"; có phải / did you mean {near[0]!r}?" if near else ""


def _norm_versions(content: Content) -> Iterator[str]:
    by_case: dict[tuple[str, ...], list[Entry]] = {}
    for entry in content.norms.values():
        norm: Norm = entry.value
        by_case.setdefault((norm.id, *norm.kinds, norm.rank, *norm.within), []).append(entry)
        where = f"{entry.file}:{entry.line}: {norm.id}"
        if norm.valid_from and norm.valid_to and norm.valid_from > norm.valid_to:
            yield f"{where}: valid_from sau valid_to / valid_from lies after valid_to"
        if norm.certainty not in {"S", "D", "G", "U"}:
            yield f"{where}: certainty {norm.certainty!r}; dùng / use S, D, G, U"
        if norm.op not in {"", "<=", ">=", ">"}:
            yield f"{where}: op {norm.op!r}; dùng / use <=, >=, >"
        try:
            _ = norm.number
        except (ValueError, ZeroDivisionError):
            yield f"{where}: value {norm.value!r} không phải số / is no number"
    for entries in by_case.values():
        ordered = sorted(entries, key=lambda e: e.value.valid_from or date.min)
        for a, b in zip(ordered, ordered[1:], strict=False):
            if a.value.valid_to is None or (b.value.valid_from and a.value.valid_to >= b.value.valid_from):
                yield f"{b.file}:{b.line}: {b.value.id}: hiệu lực trùng với dòng {a.line} / in force at the same time as line {a.line}"

