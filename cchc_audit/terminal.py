"""Findings for a terminal: verdict, what the report says, what recomputing gives, where."""

from __future__ import annotations

import shutil
import textwrap
from collections import Counter
from operator import attrgetter

from .contract import coverage_line
from .dates import short_date
from .display import verdict_word
from .messages import say
from .model import Audit, Finding, Kind, Message, Verdict
from .places import place_of, quoted
from .rules import load
from .titles import title_of

_SIGNS = {
    Verdict.CONTRADICTED: "✗", Verdict.IMPOSSIBLE: "✗", Verdict.QUESTION: "?", Verdict.HOLDS_IF_TRUNCATED: "≈", Verdict.NOTE: "·",
}  # fmt: skip
_ORDER = tuple(_SIGNS)


def print_audit(audit: Audit, name: str, language: str = "vi") -> None:
    """Print one report's findings that are worth a look, gravest first, then the counts and the coverage."""
    tell = attrgetter(language)
    width = max(60, min(shutil.get_terminal_size((100, 24)).columns, 120))
    header = audit.header
    title = " · ".join(x for x in (name, header.ward, header.number, short_date(header.day)) if x)
    print(f"\n{_plain(title)}\n{'─' * min(width, len(title))}")
    worth = [f for f in audit.findings if f.verdict in _SIGNS]
    for finding in sorted(worth, key=lambda f: (_ORDER.index(f.told), f.claim.span)):
        _print_finding(audit, finding, width, language)
    if not audit.alarms:
        print(tell(say("check.none_contradicted")))
    for problem in audit.problems:
        print(f"! {_plain(tell(problem.message))}")
    print(tell(_summary(audit)))
    print(tell(coverage_line(audit)))


def _print_finding(audit: Audit, finding: Finding, width: int, language: str) -> None:
    tell = attrgetter(language)
    told = [tell(part) for part in (verdict_word(finding), *_thing(audit, finding), place_of(finding, audit))]
    print(f"{_SIGNS[finding.told]} {_plain(' — '.join(told))}")
    quote = tell(quoted(finding, audit))
    if len(quote) > 2 * width:
        quote = f"{quote[: width]} … {quote[-width // 2 :]}"
    for label, text in ((say("check.column_claim"), quote), (say("check.column_computed"), tell(finding.message))):
        print(textwrap.fill(f"{tell(label)}: {_plain(text)}", width, initial_indent="    ", subsequent_indent="      "))
    for explanation in finding.further:
        print(textwrap.fill(f"→ {_plain(tell(explanation.message))}", width, initial_indent="    ", subsequent_indent="      "))


def _thing(audit: Audit, finding: Finding) -> list[Message]:
    """The name of a figure told twice, which neither the sentence nor the words of both places need to say."""
    if finding.claim.kind is not Kind.SAME_FIGURE:
        return []
    lexicon = load().lexicon
    names = {f.quantity.span: lexicon[f.name].label for f in reversed(audit.figures) if f.name in lexicon}
    return [title_of(finding.claim, names)]


def _summary(audit: Audit) -> Message:
    verdicts = Counter(f.told for f in audit.findings)
    return say(
        "check.summary",
        holds=verdicts[Verdict.HOLDS] + verdicts[Verdict.HOLDS_BY_ROUNDING],
        notes=verdicts[Verdict.HOLDS_IF_TRUNCATED] + verdicts[Verdict.NOTE],
        questions=verdicts[Verdict.QUESTION],
        alarms=verdicts[Verdict.CONTRADICTED] + verdicts[Verdict.IMPOSSIBLE],
        unchecked=verdicts[Verdict.UNCHECKABLE],
    )


def _plain(text: str) -> str:
    """The text without control characters: a report must not steer the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
