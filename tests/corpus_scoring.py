"""Scores the claims of an audit against hand labels of the same report.

A label is one relation a careful reader found: its `kind`, the `quote` it stands in, its `figures` and whether
it `holds` (true, false, or "ambiguous" where two sensible readers differ: then neither verdict counts).

found         a claim of the label's kind, on its quote, that carries its numbers and few others
right         found, and the verdict agrees
caught        for a label that does not hold: a contradicted claim on its quote that shares its numbers
false alarms  contradicted claims about no label that fails or is ambiguous
broken        terms whose start and end do not give their text
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from fractions import Fraction
from pathlib import Path
from typing import Any

CONTRADICTED = {"contradicted", "impossible"}
HOLDING = {"holds", "holds_by_rounding", "holds_if_truncated"}
ONE_KIND = {"fraction": "share", "roll_forward": "same_figure", "citation": "chronology"}
PLACE_ONLY = {"chronology", "structure"}  # their figures are dates and headings, not amounts
SPARE = {"change": 3, "claim_vs_count": 12}  # numbers a claim may carry beyond its label's; else 2
WORDS = {"không": 0, "không có": 0, "không phát sinh": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}
WORDS |= {"sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
SCALES = {"ngàn": 1_000, "nghìn": 1_000, "triệu": 1_000_000}


def amount(written: object) -> Fraction | None:
    """The exact value of a figure as written ("2.146", "31,25%", "ba", "5,65 ngàn"); None when it is no number."""
    text = re.sub(
        r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))", "", unicodedata.normalize("NFC", str(written)).strip().lower()
    )
    if text in WORDS:
        return Fraction(WORDS[text])
    numeral = re.search(r"-?\d+(?:[.,]\d+)*", text)
    if numeral is None:
        return None
    digits = numeral.group()
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", digits):
        digits = digits.replace(".", "")
    digits = digits.replace(",", ".") if digits.count(",") == 1 else digits.replace(",", "")
    scale = next((factor for word, factor in SCALES.items() if text[numeral.end() :].strip() == word), 1)
    return Fraction(digits) * scale if digits.count(".") <= 1 else None


def decimals(written: str) -> int:
    """How many decimals a share is printed with."""
    tail = re.search(r"(?:,(\d+)|\.(\d{1,2}))\s*%?$", written.strip())
    return len(tail.group(1) or tail.group(2)) if tail else 0


def flat(figures: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(role, figure) for every figure of a label; lists give one pair an item."""
    for role, written in figures.items():
        for item in written if isinstance(written, list) else [written]:
            yield role, str(item)


def places(text: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Where the quote stands; blanks may differ, since a Word file has other ones than its text."""
    words = [re.escape(word) for word in quote.split()]
    return (
        tuple(found.span() for found in re.finditer(r"\s+".join(words), text)) if words else ((0, len(text)),)
    )


@dataclass(frozen=True, slots=True)
class Label:
    """One hand-read relation, with its places in the text and the numbers a claim must carry to be it."""

    kind: str
    holds: bool | None
    spans: tuple[tuple[int, int], ...]
    numbers: frozenset[Fraction]
    quote: str

    @classmethod
    def read(cls, raw: dict[str, Any], text: str) -> Label:
        kind = ONE_KIND.get(raw["kind"], raw["kind"])
        left_out = {"share": {"m", "base"}, "claim_vs_count": {"items"}}.get(kind, set())
        values = {amount(written) for role, written in flat(raw["figures"]) if role not in left_out}
        numbers = {
            abs(value)
            for value in values
            if value is not None and not (kind == "claim_vs_count" and value == 0)
        }
        quotes = [raw.get("quote", text), *([raw["quote2"]] if "quote2" in raw else []), *raw.get("also", [])]
        return cls(
            kind,
            raw["holds"] if isinstance(raw["holds"], bool) else None,
            tuple(span for quote in quotes for span in places(text, quote)),
            frozenset() if kind in PLACE_ONLY else frozenset(numbers),
            quotes[0],
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """One claim of the tool: its verdict, the places of its terms and the numbers they carry.

    `numbers` holds each term's value and its text read as Vietnamese, which differ in a report that
    writes "1,204" for a thousand; `size` counts the terms' distinct values.
    """

    kind: str
    verdict: str
    span: tuple[int, int]
    term_spans: tuple[tuple[int, int], ...]
    numbers: frozenset[Fraction]
    size: int
    quote: str

    @classmethod
    def read(cls, raw: dict[str, Any]) -> Seen:
        terms = raw["terms"]
        written = [amount(term.get("text") or "") for term in terms]
        meant = [Fraction(str(term["value"])) if is_plain(term.get("value")) else None for term in terms]
        values = [one if one is not None else other for one, other in zip(meant, written, strict=True)]
        return cls(
            ONE_KIND.get(raw["kind"], raw["kind"]),
            raw["verdict"],
            (raw["start"], raw["end"]),
            tuple((term["start"], term["end"]) for term in terms if term.get("start") is not None),
            frozenset(abs(value) for value in [*meant, *written] if value is not None),
            len({abs(value) for value in values if value is not None}),
            raw.get("quote", ""),
        )

    def touches(self, label: Label) -> bool:
        return any(overlap(one, other) for one in (self.span, *self.term_spans) for other in label.spans)

    def is_the(self, label: Label) -> bool:
        few = self.size <= len(label.numbers) + SPARE.get(label.kind, 2) or label.kind in PLACE_ONLY
        return self.kind == label.kind and self.touches(label) and label.numbers <= self.numbers and few

    def is_about(self, label: Label) -> bool:
        """It carries the label's numbers, or most of its places lie on the label's and it shares two numbers.

        (All numbers, where the label has fewer; a column of a table may be labelled by its total alone.)
        """
        spans = self.term_spans or (self.span,)
        mostly = 2 * sum(any(overlap(span, place) for place in label.spans) for span in spans) >= len(spans)
        shared = len(self.numbers & label.numbers)
        whole = bool(label.numbers) and label.numbers <= self.numbers and self.touches(label)
        return whole or (mostly and shared >= min(2, len(label.numbers)))


def is_plain(value: object) -> bool:
    return value is not None and re.fullmatch(r"-?\d+(\.\d+)?", str(value)) is not None


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@dataclass(slots=True)
class Score:
    """Counts of one report, or of many added up."""

    labelled: int = 0
    found: int = 0
    right: int = 0
    slips: int = 0
    caught: int = 0
    false: int = 0
    broken: int = 0
    claims: int = 0
    characters: int = 0
    remarks: list[str] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Score)))

    def line(self, name: str) -> str:
        return (
            f"{name:28} found {self.found:4}/{self.labelled:<4} right {self.right:4}  caught {self.caught:3}/{self.slips:<3}"
            f" false alarms {self.false:3}  broken {self.broken}  claims {self.claims:4}  {self.characters:7,} characters"
        )


def score(text: str, labels: Iterable[dict[str, Any]], claims: list[dict[str, Any]]) -> Score:
    """Compare the claims of one report (as in `check --json`) with its labels."""
    read = [Label.read(raw, text) for raw in labels]
    seen = [Seen.read(raw) for raw in claims]
    total = Score(claims=len(claims), characters=len(text))
    unsure = [label for label in read if label.holds is None]
    for label in read:
        if label.holds is None:
            continue
        total.labelled += 1
        near = [claim for claim in seen if claim.is_the(label)]
        judged = {
            claim.verdict
            for claim in near
            if not (claim.verdict in CONTRADICTED and any(claim.is_about(other) for other in unsure))
        }
        wanted = HOLDING if label.holds else CONTRADICTED
        agrees = bool(judged & wanted) and not (label.holds and judged & CONTRADICTED)
        total.found += bool(near)
        total.right += agrees
        if not agrees:
            total.remarks.append(
                f"{'judged ' + '/'.join(sorted(judged)) if near else 'missed'}: {label.kind} {label.quote[-160:]!r}"
            )
        if not label.holds:
            total.slips += 1
            total.caught += any(claim.verdict in CONTRADICTED and claim.is_about(label) for claim in seen)
    doubtful = [label for label in read if label.holds is not True]
    for claim in seen:
        if claim.verdict in CONTRADICTED and not any(claim.is_about(label) for label in doubtful):
            total.false += 1
            total.remarks.append(f"false alarm: {claim.kind} {claim.quote[:160]!r}")
    for raw in claims:
        total.broken += sum(
            text[term["start"] : term["end"]] != term["text"]
            for term in raw["terms"]
            if term.get("start") is not None
        )
    return total


def labelled_reports(folder: Path, labels: str = "labels") -> Iterator[tuple[Path, Path]]:
    """(report, its label file), by name, of a folder that has reports/ and a folder of labels."""
    for report in sorted((folder / "reports").iterdir()) if (folder / "reports").is_dir() else ():
        truth = folder / labels / f"{report.stem}.json"
        if truth.is_file():
            yield report, truth


def text_of(report: Path, truth: Path) -> str:
    """The report's characters: the file itself, or the text truth beside the labels of a Word file."""
    source = report if is_text(report) else truth.with_suffix(".txt")
    return source.read_text(encoding="utf-8-sig")


def is_text(report: Path) -> bool:
    return report.suffix in {".txt", ".md"}


def claims_of(truth: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(truth.read_text(encoding="utf-8"))["claims"]
    return found
