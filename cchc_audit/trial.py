"""A rulebook of one's own tried out: its examples, and what it finds in a report."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from .audit import audit_report
from .display import SIGNS, finding_html, verdict_word
from .messages import say
from .model import Audit, Finding
from .rules.source import Example, read


@dataclass(frozen=True, slots=True)
class Tried:
    """One example of a rule: what it should give and what it gave."""

    rule: str
    example: Example
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """A good example holds and raises nothing; a bad one raises something."""
        asks = any(f.severity for f in self.findings)
        return not asks if self.example.good else asks


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying the rules of one file on their examples and on a report."""

    rules: tuple[str, ...]
    tried: tuple[Tried, ...]
    audit: Audit
    language: str = "vi"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in the report that come from the rules tried."""
        return tuple(f for f in self.audit.findings if f.claim.source in self.rules)

    def _repr_html_(self) -> str:
        keys = (
            "rules",
            "examples",
            "should_hold",
            "should_break",
            "as_meant",
            "not_as_meant",
            "in_report",
            "nothing",
        )
        words = {key: say(f"trial.{key}").in_language(self.language) for key in keys}
        rows = [
            (t.rule, t.example.text, t.example.good, t.passed, _got(t, self.language)) for t in self.tried
        ]
        shown = [finding_html(f, self.audit, self.language) for f in self.findings]
        return str(_template().trial(self.rules, rows, shown, words))


def try_rules(
    rules: Path | str, report: Path | str, *, previous: Sequence[Path | str] = (), language: str = "vi"
) -> Trial:
    """Try every rule of the file on its own examples, then on the report.

    Raises ConfigError with every problem of the file as file:line, ReadError for the report.
    """
    entries = read(Path(rules)).rules
    audit = audit_report(report, previous=previous, rules=rules)
    tried = tuple(_try(name, example, rules) for name, entry in entries.items() for example in entry.examples)
    return Trial(tuple(entries), tried, audit, language)


def _try(name: str, example: Example, rules: Path | str) -> Tried:
    with tempfile.TemporaryDirectory() as folder:
        report, earlier = Path(folder) / "example.txt", Path(folder) / "earlier.txt"
        report.write_text(example.text, "utf-8")
        if example.previous:
            earlier.write_text(example.previous, "utf-8")
        audit = audit_report(report, previous=[earlier] if example.previous else [], rules=rules)
    return Tried(name, example, tuple(f for f in audit.findings if f.claim.source == name))


def _got(tried: Tried, language: str) -> str:
    if not tried.findings:
        return say("trial.nothing").in_language(language)
    words = [
        f"{SIGNS[f.verdict]} {verdict_word(f).in_language(language)}: {f.message.in_language(language)}"
        for f in tried.findings
    ]
    return "; ".join(words)


@cache
def _template() -> Any:
    from jinja2 import Environment

    source = resources.files(__package__).joinpath("trial.html.j2").read_text("utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source).module
