"""The sections of the memo, in the order an inspection team reads them (NORMS: ưu điểm before hạn chế).

A section is one function from the view to the values its template `templates/<name>.html.j2` prints.
To add one: write the function and the template, and list it in `SECTIONS`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from .. import chronology
from ..dates import short_date
from ..messages import number, say
from ..model import Citation, Document, Figure, Mark, Message, Span, UnitRatio, Verdict
from ..wards import Ward
from . import charts
from .evidence import Line, quote
from .fields import ORDER, documents_for
from .view import Item, View
from .wording import capital, period_text

Values = dict[str, Any]
_TYPE = re.compile(r"báo cáo\s*:?\s+", re.IGNORECASE)  # the word above the subject of a report
_FIRST_POINTS = 5
_EXAMPLES = 3
_WORDS_AFTER = 24  # characters shown after a number that was not compared


@dataclass(frozen=True, slots=True)
class MemoSection:
    """`name` is its template, anchor and title key; `numbered` sections carry 1, 2, 3, …"""

    name: str
    values: Callable[[View], Values]
    numbered: bool = True


def identity(view: View) -> Values:
    header, document = view.audit.header, view.document
    return {
        "header": header,
        "subject": capital(_TYPE.sub("", header.title, count=1) if _TYPE.match(header.title) else header.title),
        "day": short_date(header.day),
        "period": period_text(header.period),
        "ward": capital(header.ward),
        "file": PurePath(document.path).name,
        "sha256": document.sha256,
        "attachments": [(PurePath(d.path).name, d.sha256) for d in view.audit.attachments],
        "unit": _unit(view.run.unit),
    }


def _unit(unit: Ward | None) -> list[Message]:
    """The row of the register, part by part."""
    if unit is None:
        return []
    parts = [Message(text, text) for text in (unit.full_name, unit.district, unit.province) if text]
    parts.append(say("memo_text.register_code", code=unit.code))
    if unit.valid_from or unit.valid_to:
        days = " – ".join(short_date(day) or "…" for day in (unit.valid_from, unit.valid_to))
        parts.append(say("memo_text.register_valid", days=days))
    if unit.population is not None:
        parts.append(
            say(
                "memo_text.register_population",
                n=Message(*(number(unit.population, 0, x) for x in ("vi", "en"))),
            )
        )
    return parts


def tally(view: View) -> list[tuple[str, str, Message, int]]:
    """How many findings of each state: its class in the page, sign, word and number."""
    counts = Counter(item.state for item in view.items)
    words = (
        ("bad", "✗", "contradicted"),
        ("ask", "?", "question"),
        ("note", "!", "note"),
        ("ok", "✓", "holds"),
        ("open", "–", "uncheckable"),
    )
    return [(state, sign, say(f"verdict.{word}"), counts[state]) for state, sign, word in words]


def summary(view: View) -> Values:
    points = [item for item in view.items if item.state in {"bad", "ask"}]
    return {
        "tally": tally(view),
        "points": points[:_FIRST_POINTS],
        "more": len(points[_FIRST_POINTS:]),
        "coverage": view.audit.coverage(),
        "coverage_chart": charts.coverage(view),
        "figures": len(view.audit.figures),
    }


def strengths(view: View) -> Values:
    groups = []
    for field in ORDER:
        held = [item for item in view.held if item.field == field]
        if held:
            # the richest checks first: those that bind most figures
            held.sort(key=lambda item: -len(item.finding.claim.terms))
            told = {item.title: item for item in reversed(held)}  # one of each kind and thing
            groups.append((field, len(held), [item for item in held if told[item.title] is item][:_EXAMPLES]))
    return {"groups": groups}


@dataclass(frozen=True, slots=True)
class Card:
    """A finding with its quotes, runs of table rows kept together."""

    item: Item
    quotes: list[list[Line]]


def findings(view: View) -> Values:
    cards = [
        Card(item, _runs(quote(view.blocks, item.spans, item.state, item.head))) for item in view.to_answer
    ]
    return {
        "cards": cards,
        "set_right": view.set_right,
        "settled": view.settled,
        "fields": [f for f in ORDER if any(c.item.field == f for c in cards)],
        "kinds": sorted({c.item.finding.claim.kind.value for c in cards}),
        "states": [s for s in ("bad", "ask", "note") if any(c.item.state == s for c in cards)],
    }


def _runs(lines: list[Line]) -> list[list[Line]]:
    runs: list[list[Line]] = []
    for line in lines:
        if line.row and runs and runs[-1][0].row and not line.head:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def fields(view: View) -> Values:
    """All checks, those that hold too, by field, in the order of the report."""
    groups = []
    for field in ORDER:
        items = [item for item in view.items if item.field == field]
        if items:
            groups.append(
                (field, sorted(items, key=lambda item: item.spans[:1] or [item.finding.claim.span]))
            )
    return {
        "groups": groups,
        "charts": [charts.flow(view), charts.shares(view), charts.staffing(view)],
        "with_power": view.run.power is not None,
    }


def figures(view: View) -> Values:
    return {
        "rows": [(figure, *_figure(view, figure)) for figure in view.audit.figures],
        "ratios": [(ratio, _ratio(ratio), _ratio_places(view, ratio)) for ratio in view.audit.ratios],
    }


def _ratio(ratio: UnitRatio) -> Message:
    """The value to two decimals, as it is compared across wards."""
    return Message(number(ratio.value, 2), number(ratio.value, 2, "en"))


def _ratio_places(view: View, ratio: UnitRatio) -> list[tuple[str, Message, str]]:
    """Each figure of the ratio as written, with its name and its place in the source view."""
    out = []
    for figure in (*ratio.above, ratio.below):
        marked = view.shelf.within(figure.quantity.span)
        out.append((figure.quantity.text, view.name_of(figure.name), marked[0].anchor if marked else ""))
    return out


def _figure(view: View, figure: Figure) -> tuple[Message, str, Message, str, int | None]:
    span = figure.quantity.span
    marked = view.shelf.within(span)
    anchor = marked[0].anchor if marked else ""
    return (
        view.name_of(figure.name),
        period_text(figure.period),
        view.where(span),
        anchor,
        confidence(view, span),
    )


def confidence(view: View, span: Span) -> int | None:
    """The lowest confidence of the characters read from an image under the span; None for typed text."""
    found = [sure for where, sure in view.document.uncertain if where.touches(span)]
    return min(found, default=None)


def citations(view: View) -> Values:
    rows = []
    for citation in view.audit.citations:
        about = [
            item
            for item in view.items
            if item.state != "ok" and any(s.touches(citation.span) for s in item.spans)
        ]
        marked = view.shelf.within(citation.span)
        rows.append((citation, _cited(view.document, citation), short_date(citation.day), about, marked[0].anchor if marked else ""))
    return {"rows": rows}


def _cited(document: Document, citation: Citation) -> str:
    """Number and symbol joined as the report joins them: "80-KL/TW" stays so, and so does "80/KL/TW"."""
    number, symbol = citation.number, citation.symbol
    written = "".join(document.quote(citation.span).split())
    joint = written.removeprefix(number)[:1]
    if symbol and written.startswith(f"{number}{joint}{symbol}"):
        return f"{number}{joint}{symbol}"
    return chronology.name(citation) or "–"


def unchecked(view: View) -> Values:
    """Never empty: what a comparison of figures cannot show is said even when everything was compared."""
    unread = [n for n in view.audit.numerals if n.mark is Mark.UNREAD]
    return {
        "problems": [p.message for p in view.audit.problems],
        "open": [item for item in view.items if item.finding.verdict is Verdict.UNCHECKABLE],
        "unread": [
            (_with_words(view.document, n.span), f"n-{n.span.start}", view.where(n.span)) for n in unread
        ],
        "uncertain": len(view.document.uncertain),
        "alone": not view.audit.attachments,
    }


def _with_words(document: Document, span: Span) -> str:
    """A number with the few words after it, so that it is known by itself: "13.105 nhân khẩu được"."""
    after = re.split(r"[.;:,()|\n]", document.text[span.end : span.end + _WORDS_AFTER])[0]
    words = after if len(after) < _WORDS_AFTER else after.rpartition(" ")[0]
    return document.quote(span) + words.rstrip(" -–*_/+=")


def questions(view: View) -> Values:
    asked = [item for item in view.to_answer if item.state in {"bad", "ask"}]
    wanted: Counter[str] = Counter()
    for item in asked:
        claim = item.finding.claim
        words = (
            [t.unit for t in claim.terms] + [t.noun for t in claim.terms] + [claim.scope, claim.kind.value]
        )
        wanted.update(documents_for(words))
    return {"asked": asked, "documents": [name for name, _ in wanted.most_common()]}


def replies(view: View) -> Values:
    return {"asked": [item for item in view.to_answer if item.state in {"bad", "ask"}]}


def recommendations(view: View) -> Values:  # noqa: ARG001 - left blank on every memo
    return {"lines": range(4)}


def method(view: View) -> Values:
    run = view.run
    return {
        "run": run,
        "norms": run.norms,
        "applied": [(title, count) for title, count in run.rules if count],
        "idle": [title for title, count in run.rules if not count],
        "coverage": view.audit.coverage(),
        "sha256": view.document.sha256,
        "file": PurePath(view.document.path).name,
    }


def sign(view: View) -> Values:  # noqa: ARG001 - left blank on every memo
    return {}


SECTIONS: tuple[MemoSection, ...] = (
    MemoSection("identity", identity),
    MemoSection("summary", summary),
    MemoSection("strengths", strengths),
    MemoSection("findings", findings),
    MemoSection("fields", fields),
    MemoSection("figures", figures),
    MemoSection("citations", citations),
    MemoSection("unchecked", unchecked),
    MemoSection("questions", questions),
    MemoSection("replies", replies),
    MemoSection("recommendations", recommendations),
    MemoSection("method", method),
    MemoSection("sign", sign, numbered=False),
)
