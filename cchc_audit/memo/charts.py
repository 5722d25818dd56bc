"""Four pictures where looking beats reading: dossier flow, shares, coverage, staffing.

A chart is data (title, alt text, a table of its numbers) and a handful of marks placed by fractions of
the width and by rows of pixels. The page draws the marks as SVG through the autoescaped template, with
text that keeps its size on any screen; `drawing` draws the same marks with matplotlib for notebooks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from ..messages import exact_decimals, number, say
from ..model import Figure, Kind, Mark, Message, Period
from .comparison import Comparison
from .view import View
from .wording import period_text

# the colours of marks, on the page and in notebooks; every mark is also named by words beside it
COLOURS = {
    "ink": "#1d2733",
    "strong": "#1d2733",
    "muted": "#556170",
    "deep": "#1f4e79",
    "mid": "#6f9bc4",
    "soft": "#c3ccd6",
    "ok": "#2c7a4b",
    "bad": "#b3261e",
    "ask": "#c77700",
    "note": "#7a6a00",
    "open": "#7d8894",
    "rule": "#c3ccd6",
    "band": "#d5e3f0",
}
_MOST_LINE = 52  # characters that fit the width of a phone
_MOST_ROWS = 14  # shares drawn; the table beside has them all
_LONGEST = 6  # decimals of a number that is written out
_FLOW_IN = ("carried_over", "received_in_period")
_FLOW_OUT = (
    "resolved_early",
    "resolved_on_time",
    "resolved_in_time",
    "resolved_late",
    "pending_total",
    "awaiting_supplement",
    "returned_withdrawn",
)
_TONES = {
    "resolved_late": "bad",
    "pending_total": "soft",
    "awaiting_supplement": "soft",
    "returned_withdrawn": "soft",
}
_STAFF = ("staff_quota", "staff_present")
_STAFF_PARTS = ("staff_postgraduate", "staff_degree", "staff_college")


@dataclass(frozen=True, slots=True)
class Box:
    """A bar from x0 to x1 (0..1 of the width), `y` pixels from the top."""

    x0: float
    x1: float
    y: float
    height: float
    tone: str


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    tone: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words with their baseline at `y`; `anchor` is start, middle or end."""

    x: float
    y: float
    text: Message
    anchor: str = "start"
    tone: str = "ink"


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture with its numbers; `height` in pixels. No marks means there is nothing to draw, and `empty` says why."""

    id: str
    title: Message
    alt: Message
    empty: Message
    columns: tuple[Message, ...]
    rows: tuple[tuple[Message, ...], ...] = ()
    boxes: tuple[Box, ...] = ()
    dots: tuple[Dot, ...] = ()
    texts: tuple[Text, ...] = ()
    height: float = 0

    def colour(self, tone: str) -> str:
        return COLOURS[tone]


class _Sheet:
    """Marks gathered from the top down."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.dots: list[Dot] = []
        self.texts: list[Text] = []
        self.y = 4.0

    def line(self, text: Message, *, tone: str = "ink", right: Message | None = None) -> None:
        self.y += 15
        self.texts.append(Text(0, self.y, text, tone=tone))
        if right is not None:
            self.texts.append(Text(1, self.y, right, "end", "muted"))
        self.y += 5

    def listed(self, parts: Sequence[tuple[str, Fraction]]) -> None:
        """ "kỳ trước chuyển qua 15 + nhận trong kỳ 1.859", on as many lines as a narrow screen needs. """
        line = Message("", "")
        for at, (name, value) in enumerate(parts):
            words = Message(*(f"{'+ ' if at else ''}{_name(name).in_language(x)} {number(value, 0, x)}" for x in ("vi", "en")))
            longer = Message(f"{line.vi} {words.vi}".strip(), f"{line.en} {words.en}".strip())
            if line.vi and max(len(longer.vi), len(longer.en)) > _MOST_LINE:
                self.line(line, tone="muted")
                longer = words
            line = longer
        self.line(line, tone="muted")

    def bar(self, parts: Sequence[tuple[Fraction, str]], whole: Fraction, *, height: float = 14) -> None:
        at = Fraction(0)
        for value, tone in parts:
            if value > 0:
                self.boxes.append(Box(float(at / whole), float((at + value) / whole), self.y, height, tone))
            at += value
        self.y += height + 4

    def key(self, names: Sequence[tuple[str, Message]]) -> None:
        """Which tone means what, two a line."""
        for at in range(0, len(names), 2):
            self.y += 16
            for x, (tone, name) in zip((0.0, 0.5), names[at : at + 2], strict=False):
                self.boxes.append(Box(x, x + 0.02, self.y - 9, 9, tone))
                self.texts.append(Text(x + 0.03, self.y, name, tone="muted"))
        self.y += 6

    def gap(self, pixels: float) -> None:
        self.y += pixels

    def chart(
        self,
        name: str,
        columns: Sequence[Message],
        rows: Sequence[tuple[Message, ...]],
        alt: Message,
    ) -> Chart:
        return Chart(
            name,
            say(f"memo_chart.{name}"),
            alt,
            say(f"memo_chart.{name}_empty"),
            tuple(columns),
            tuple(rows),
            tuple(self.boxes),
            tuple(self.dots),
            tuple(self.texts),
            self.y + 2 if rows else 0,
        )


def _plain(text: str) -> Message:
    return Message(text, text)


def _columns(*names: str) -> tuple[Message, ...]:
    return tuple(say(f"memo_chart.{name}") for name in names)


def _number(value: Fraction, decimals: int = 0, *, percent: bool = False) -> Message:
    return Message(*(number(value, decimals, language, percent=percent) for language in ("vi", "en")))


def _label(period: Period | None) -> Message:
    if period is None:
        return say("memo_chart.no_period")
    return _plain(period_text(period))


# ---------------------------------------------------------------- dossier flow


@lru_cache(maxsize=1)  # a notebook shows what its memo shows again
def flow(view: View) -> Chart:
    """Dossiers in and out, one pair of bars a period; the two bars of a sound period are equally long."""
    sheet = _Sheet()
    periods = _by_period(view.audit.figures, (*_FLOW_IN, *_FLOW_OUT))
    complete = {
        p: f for p, f in periods.items() if any(n in f for n in _FLOW_IN) and any(n in f for n in _FLOW_OUT)
    }
    sides = [_total(f, names) for f in complete.values() for names in (_FLOW_IN, _FLOW_OUT)]
    longest = max(sides, default=Fraction(0)) or Fraction(1)
    for period, figures in complete.items():
        sheet.line(_label(period), tone="strong")
        for names, tones in ((_FLOW_IN, ("deep", "mid")), (_FLOW_OUT, ("ok",))):
            parts = [(name, figures[name]) for name in names if name in figures]
            sheet.listed([(n, v) for n, v in parts if v])
            sheet.bar(
                [(v, _TONES.get(n, tones[min(i, len(tones) - 1)])) for i, (n, v) in enumerate(parts)], longest
            )
        sheet.gap(8)
    columns = (say("memo_chart.figure"), *map(_label, complete))
    rows = _flow_rows(list(complete.values()))
    return sheet.chart("flow", columns, rows, say("memo_chart.flow_alt", n=len(complete)))


def _flow_rows(periods: Sequence[dict[str, Fraction]]) -> list[tuple[Message, ...]]:
    """One row a figure, then the two totals; one column a period."""
    rows: list[tuple[Message, ...]] = []
    for way, names in (("flow_in", _FLOW_IN), ("flow_out", _FLOW_OUT)):
        for name in names:
            if any(name in figures for figures in periods):
                rows.append((_name(name), *(_number(f[name]) if name in f else _plain("–") for f in periods)))
        rows.append((say(f"memo_chart.{way}"), *(_number(_total(f, names)) for f in periods)))
    return rows if periods else []


def _by_period(figures: Sequence[Figure], names: Sequence[str]) -> dict[Period | None, dict[str, Fraction]]:
    """The first value of each named figure by period, periods in the order of time."""
    found: dict[Period | None, dict[str, Fraction]] = {}
    for figure in figures:
        if figure.name in names:
            found.setdefault(figure.period, {}).setdefault(figure.name, Fraction(figure.quantity.value))
    order = sorted(found, key=lambda p: (str(p.start), str(p.end), p.label) if p else ("~", "", ""))
    return {period: found[period] for period in order}


def _total(figures: dict[str, Fraction], names: Sequence[str]) -> Fraction:
    return sum((figures[name] for name in names if name in figures), Fraction(0))


def _name(figure: str) -> Message:
    return say(f"memo_chart.{figure}")


# ---------------------------------------------------------------- shares


@lru_cache(maxsize=1)
def shares(view: View) -> Chart:
    """Each share's distance from its recomputation, against the band its rounding leaves."""
    found = [(item, one) for item in view.items if item.finding.claim.kind is Kind.SHARE for one in item.comparisons]
    found.sort(key=lambda pair: -abs(pair[1].gap))
    drawn = found[:_MOST_ROWS]
    reach = max((max(abs(one.gap), *_band(one)) for _, one in drawn), default=Fraction(1)) * Fraction(21, 20)
    sheet, rows = _Sheet(), []
    middle = Fraction(1, 2)
    for item, one in drawn:
        tone = "ok" if item.state == "ok" else item.state
        sheet.line(
            Message(f"{item.sign} {item.stated.vi}", f"{item.sign} {item.stated.en}"), right=_points(one.gap)
        )
        below, above = (side / reach / 2 for side in _band(one))
        sheet.boxes.append(Box(0, 1, sheet.y + 5, 1, "rule"))
        sheet.boxes.append(Box(float(middle - below), float(middle + above), sheet.y + 1, 9, "band"))
        ends = sorted((middle, middle + one.gap / reach / 2))
        sheet.boxes.append(Box(float(ends[0]), float(ends[1]), sheet.y + 4, 3, tone))
        sheet.dots.append(Dot(float(middle + one.gap / reach / 2), sheet.y + 5.5, tone))
        sheet.y += 14
    for item, one in found:
        signed = Message(f"{item.sign} {item.stated.vi}", f"{item.sign} {item.stated.en}")
        rows.append((signed, _number(one.value, 2, percent=True), _points(one.gap), _allowed(one)))
    off = sum(one.sign == "✗" for _, one in found)
    alt = say("memo_chart.shares_alt", n=len(found), off=off)
    return sheet.chart("shares", _columns("share", "recomputed", "gap", "allowed"), rows, alt)


def _band(one: Comparison) -> tuple[Fraction, Fraction]:
    """How far below and above its recomputation a share may lie by rounding."""
    return one.below, one.above or Fraction(0)


def _allowed(one: Comparison) -> Message:
    below, above = (_points(side, _decimals(side)) for side in (-one.below, one.above or Fraction(0)))
    if below.vi.lstrip("−") == above.vi.lstrip("+"):
        return Message(above.vi.replace("+", "±"), above.en.replace("+", "±"))
    return say("memo_chart.from_to", low=below, high=above)


def _decimals(side: Fraction) -> int:
    """All of its decimals where it ends ("0,005"), else two."""
    exact = exact_decimals(side, _LONGEST)
    return exact if exact < _LONGEST else 2


def _points(gap: Fraction, decimals: int = 2) -> Message:
    vi, en = (number(gap, decimals, language) for language in ("vi", "en"))
    sign = "+" if gap > 0 and vi.strip("0,") else ""
    return say("memo.points", value=Message(sign + vi, sign + en))


# ---------------------------------------------------------------- coverage


@lru_cache(maxsize=1)
def coverage(view: View) -> Chart:
    """What became of the numbers, over the whole report, before its first heading and by top section."""
    sheet, rows = _Sheet(), []
    if view.audit.numerals:
        sheet.key([(tone, say(f"memo_chart.{mark.value}")) for mark, tone in _COVER])
    groups = [(say("memo_chart.whole"), view.audit.numerals)]
    tops = [s for s in view.audit.sections if s.level == min(x.level for x in view.audit.sections)]
    if tops:
        before = tuple(n for n in view.audit.numerals if n.span.start < tops[0].span.start)
        groups.append((say("memo_chart.opening"), before))
    for section in tops:
        inside = tuple(n for n in view.audit.numerals if section.span.start <= n.span.start < section.end)
        if inside:
            groups.append(
                (_plain(f"{section.path}. {section.title}" if section.path else section.title), inside)
            )
    for name, numerals in groups:
        if not numerals:
            continue
        counts = {mark: sum(n.mark is mark for n in numerals) for mark in Mark}
        sheet.line(_shortened(name), right=say("memo_chart.of_numbers", n=len(numerals)))
        parts = [(Fraction(counts[mark]), tone) for mark, tone in _COVER]
        sheet.bar(parts, Fraction(len(numerals)), height=11)
        rows.append(
            (name, *(_number(Fraction(counts[mark])) for mark, _ in _COVER), _number(Fraction(len(numerals))))
        )
    counts_all = view.audit.coverage()
    alt = say(
        "memo_chart.coverage_alt", **{k: counts_all[k] for k in ("numbers", "checked", "restated", "unread")}
    )
    columns = _columns("part", "checked", "restated", "unread", "not_a_figure", "all")
    return sheet.chart("coverage", columns, rows, alt)


_COVER = ((Mark.CHECKED, "ok"), (Mark.RESTATED, "mid"), (Mark.UNREAD, "ask"), (Mark.NOT_A_FIGURE, "soft"))


_MOST_NAME = 34  # characters


def _shortened(name: Message) -> Message:
    """As much of a name as leaves room on its line for how many numbers there are; the table tells it whole."""
    return Message(*(t if len(t) <= _MOST_NAME else t[: _MOST_NAME - 1].rstrip() + "…" for t in (name.vi, name.en)))


# ---------------------------------------------------------------- staffing


@lru_cache(maxsize=1)
def staffing(view: View) -> Chart:
    """Posts assigned against posts filled, and the schooling of those in post."""
    sheet, rows = _Sheet(), []
    latest: dict[str, Fraction] = {}
    for figure in view.audit.figures:
        if figure.name in (*_STAFF, *_STAFF_PARTS) and not figure.quantity.is_percent:
            latest.setdefault(figure.name, Fraction(figure.quantity.value))
    if all(name in latest for name in _STAFF):
        whole = max(latest[name] for name in _STAFF) or Fraction(1)
        for name in _STAFF:
            sheet.line(_name(name), right=_number(latest[name]))
            sheet.bar([(latest[name], "deep" if name == "staff_quota" else "mid")], whole)
        parts = [(n, latest[n]) for n in _STAFF_PARTS if n in latest]
        if parts:
            sheet.listed(parts)
            sheet.bar([(v, tone) for (_, v), tone in zip(parts, ("ok", "mid", "soft"), strict=False)], whole)
        rows = [(_name(n), _number(latest[n])) for n in (*_STAFF, *(n for n, _ in parts))]
    alt = say(
        "memo_chart.staffing_alt", quota=latest.get("staff_quota", 0), present=latest.get("staff_present", 0)
    )
    return sheet.chart("staffing", _columns("figure", "value"), rows, alt)


CHARTS: tuple[Callable[[View], Chart], ...] = (flow, shares, coverage, staffing)
