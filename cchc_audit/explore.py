"""Any two figures of a report held against each other, exactly, with what the report itself says of the result."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from . import quantities
from .display import pieces
from .errors import AuditError
from .messages import Shown, exact_decimals, say
from .model import Audit, Document, Message, Quantity, Span
from .places import where
from .review import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    import ipywidgets
    import pandas

_CONTEXT = 70


class ExploreError(AuditError):
    """The figure asked for is not in the report."""

    def __init__(self, text: str, known: Sequence[str]) -> None:
        message = say("explore.not_there", text=text, known=", ".join(known))
        super().__init__(f"{message.vi} / {message.en}")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures, what they make together, and where the report prints a result of theirs."""

    document: Document
    first: Quantity
    second: Quantity
    results: tuple[Message, ...]
    printed: tuple[Quantity, ...]
    language: str = "vi"

    def _repr_html_(self) -> str:
        def quoted(quantity: Quantity) -> tuple[str, list[tuple[str, bool]]]:
            text, span = self.document.text, quantity.span
            start = max(text.rfind("\n", 0, span.start) + 1, span.start - _CONTEXT)
            end = text.find("\n", span.end)
            around = Span(start, min(len(text) if end < 0 else end, span.end + _CONTEXT))
            return where(self.document, span.start, self.language), pieces(text, around, [span])

        words = {
            name: say(f"explore.{name}").in_language(self.language) for name in ("printed", "not_printed")
        }
        return str(
            _template().comparison(
                [quoted(self.first), quoted(self.second)],
                [result.in_language(self.language) for result in self.results],
                [quoted(quantity) for quantity in self.printed],
                words,
            )
        )


def figures(audit: Audit) -> tuple[Quantity, ...]:
    """Every figure of the report as read, in the order of the text."""
    return quantities.read(audit.document).quantities


def compare(
    audit: Audit, first: str, second: str, *, nth: tuple[int, int] = (1, 1), language: str = "vi"
) -> Comparison:
    """Hold two figures against each other, each given as printed ("3.506"); `nth` says which of several alike.

    Difference, both shares and the change, exact; and every other figure of the report that prints one of
    these results at its own precision. Raises ExploreError when a figure is not in the report.
    """
    read = figures(audit)
    return _compared(audit, _pick(read, first, nth[0]), _pick(read, second, nth[1]), language)


def chooser(audit: Audit, language: str = "vi") -> ipywidgets.VBox:
    """Two lists of the figures of the report; what is chosen in them is compared below, at once."""
    import ipywidgets

    read = figures(audit)

    def listed(key: str, number: int) -> ipywidgets.Dropdown:
        return ipywidgets.Dropdown(
            options=[(_in_list(audit.document, quantity, language), n) for n, quantity in enumerate(read)],
            value=min(number, len(read) - 1) if read else None,
            description=say(f"explore.{key}").in_language(language),
            style={"description_width": "8rem"},
            layout={"width": "min(60rem, 95%)"},
        )

    first, second, shown = listed("first", 0), listed("second", 1), ipywidgets.HTML()

    def show(_change: object = None) -> None:
        if read:
            shown.value = _compared(audit, read[first.value], read[second.value], language)._repr_html_()

    for choice in (first, second):
        choice.observe(show, "value")
    show()
    return ipywidgets.VBox([first, second, shown])


def _in_list(document: Document, quantity: Quantity, language: str) -> str:
    """The figure with the words around it, in one line."""
    text, span = document.text, quantity.span
    before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 40]
    around = f"…{before.rpartition(chr(10))[2]}[{quantity.text}]{after.partition(chr(10))[0]}…"
    return f"{quantity.text} · {' '.join(around.split())} · {where(document, span.start, language)}"


def named(audit: Audit, language: str = "vi") -> pandas.DataFrame:
    """The figures that were recognised as indicators, for reading: name, as printed, unit, period, where."""
    import pandas

    rows = []
    for figure in audit.figures:
        quantity, period = figure.quantity, figure.period
        label = label_of(figure.name).in_language(language)
        place = where(audit.document, quantity.span.start, language)
        rows.append((label, quantity.text, quantity.unit, period.label if period else "", place))
    keys = ("figure", "printed", "unit", "period", "where")
    return pandas.DataFrame(rows, columns=[say(f"explore.col_{key}").in_language(language) for key in keys])


def _compared(audit: Audit, a: Quantity, b: Quantity, language: str) -> Comparison:
    results, values = _results(Fraction(a.value), Fraction(b.value))
    printed = tuple(
        q
        for q in figures(audit)
        if q not in (a, b) and any(_prints(q, value, rate) for value, rate in values)
    )
    return Comparison(audit.document, a, b, results, printed, language)


def _pick(read: Sequence[Quantity], text: str, nth: int) -> Quantity:
    alike = [q for q in read if q.text == text.strip()]
    if not 1 <= nth <= len(alike):
        raise ExploreError(
            f"{text} ({nth})" if alike else text, list(dict.fromkeys(q.text for q in read))[:40]
        )
    return alike[nth - 1]


def _results(a: Fraction, b: Fraction) -> tuple[tuple[Message, ...], list[tuple[Fraction, bool]]]:
    """The results in words, and as (value, is it a rate in per cent)."""
    words = [say("explore.sum", a=a, b=b, value=a + b), say("explore.difference", a=a, b=b, value=a - b)]
    values: list[tuple[Fraction, bool]] = [(a + b, False), (abs(a - b), False)]
    for n, m in ((a, b), (b, a)):
        if m:
            words.append(say("explore.share", n=n, m=m, value=_percent(100 * n / m)))
            values.append((100 * n / m, True))
    if b:
        words.append(say("explore.change", a=a, b=b, value=_percent(100 * (a - b) / b)))
        values.append((abs(100 * (a - b) / b), True))
    return tuple(words), values


def _percent(value: Fraction) -> Shown:
    return Shown(value, max(2, exact_decimals(value, 3)), percent=True)


def _prints(quantity: Quantity, value: Fraction, rate: bool) -> bool:
    """Does the figure print the value, rounded to its own last place?"""
    if rate != quantity.is_percent:
        return False
    return 2 * abs(quantity.value - value) <= (quantity.written.ulp if rate else 0)


@cache
def _template() -> Any:
    from jinja2 import Environment

    source = resources.files(__package__).joinpath("explore.html.j2").read_text("utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source).module
