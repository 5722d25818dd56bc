"""One slip planted at a time in shares that hold: the finding that follows names the altered figure.

What no sound text shows: a change that keeps a share from being bound raises no alarm where there is nothing to raise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from corpus_scoring import amount, claims_of, decimals, labelled_reports

from cchc_audit.audit import audit_document
from cchc_audit.model import Document

HERE = Path(__file__).parent
SEEN = {"drop": 190, "swap": 170, "double": 168, "near": 175}  # of 210, 192, 198 and 194, when they were last gone through


def altered(digits: str) -> Iterator[tuple[str, str]]:
    """The slips of a count, by kind: its last digit left out, its first doubled, its last two swapped, one more."""
    if len(digits) > 1:
        yield "drop", digits[:-1]
        yield "swap", digits[:-2] + digits[-1] + digits[-2]
    yield "double", digits[0] + digits
    yield "near", str(int(digits) + 1).zfill(len(digits))


def planted() -> Iterator[tuple[str, str, str]]:
    """(kind, text, figure as altered): of every share of a passage whose count has no dot and stands there once, without its base."""
    for report, truth in labelled_reports(HERE / "passages"):
        text = report.read_text(encoding="utf-8-sig")
        for label in claims_of(truth):
            n, m, p = (str(label["figures"].get(role, "")) for role in "nmp")
            if label["kind"] != "share" or label["holds"] is not True or not n.isdigit():
                continue
            found = [place.span() for place in re.finditer(rf"(?<![\d.,/]){n}(?![\d%]|[.,/]\d)", text)]
            if len(found) != 1:
                continue
            start, end = found[0]
            for kind, slip in altered(n):
                if breaks(slip, m, p):
                    yield kind, text[:start] + slip + text[end:], slip


def breaks(n: str, m: str, p: str) -> bool:
    """Is the share off by more than what it is printed to?"""
    whole, share = amount(m), amount(p)
    return bool(whole and share) and abs(100 * Fraction(int(n)) / whole - share) > Fraction(1, 10 ** decimals(p))


def test_a_planted_slip_is_seen(capsys: pytest.CaptureFixture[str]) -> None:
    made: dict[str, list[bool]] = {}
    for kind, text, slip in planted():
        raised = [f for f in audit_document(Document("t", "text", "", text, ())).findings if f.alarms]
        made.setdefault(kind, []).append(any(term.text == slip for f in raised for term in f.claim.terms))
    with capsys.disabled():
        print("\n  slips planted in shares and seen: " + ", ".join(f"{kind} {sum(seen)} of {len(seen)}" for kind, seen in made.items()))
    assert made.keys() == SEEN.keys()
    for kind, seen in made.items():
        assert sum(seen) >= SEEN[kind], kind
