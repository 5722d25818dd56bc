"""The kinds of rule. A rule is data; its kind is the class that knows how to bind it to a report's figures.

The fields of a class are the keys an inspector writes in YAML. To add a kind, write a class here, with its
binding in one function, and name it in `Rule` at the foot of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..model import Claim, Finding, Message, UnitRatio
from . import balances, carry, completeness, norms, same, staffing
from .material import Material


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What every rule says of itself. `severity` is the highest its findings get, where the kind leaves a choice;
    `certainty` tells what `authority` rests on: S seen in the law, D derived, G general knowledge, U unsure."""

    id: str
    vi: str
    en: str
    authority: str
    certainty: Literal["S", "D", "G", "U"] = "D"
    severity: Literal[1, 2, 3] = 3

    @property
    def title(self) -> Message:
        return Message(self.vi, self.en)

    @property
    def cited(self) -> str:
        """The authority as a memo may print it: only what was seen in a source or follows from it."""
        return self.authority if self.certainty in {"S", "D"} else ""

    def bind(self, material: Material) -> Iterator[Claim]:  # noqa: ARG002
        """The claims of this rule over the report's figures, not yet judged."""
        yield from ()

    def find(self, material: Material) -> Iterator[Finding]:  # noqa: ARG002
        """Findings of this rule that are no arithmetic: norms and advice."""
        yield from ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SameFigure(Header):
    """One indicator has one value per period and scope, wherever it is written."""

    kind: Literal["same_figure"] = "same_figure"
    figures: tuple[str, ...] = ()  # ids; empty for every indicator of the lexicon
    besides: tuple[str, ...] = ()  # ids left out

    def bind(self, material: Material) -> Iterator[Claim]:
        return same.bind_mentions(self, material)


@dataclass(frozen=True, slots=True, kw_only=True)
class Equal(Header):
    """Several indicators that mean one number."""

    figures: tuple[str, ...]
    kind: Literal["equal"] = "equal"

    def bind(self, material: Material) -> Iterator[Claim]:
        return same.bind_equal(self, material)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity(Header):
    """total = parts. `optional` parts count where they are stated; when the balance does not close and one of
    `needs` is not stated, it is uncheckable, unless that one is optional and the parts already exceed the total,
    by a quarter at most. `near` wants all of them in one section: for figures whose names are common words
    elsewhere too. `or_total` names another total that the parts may as well make."""

    total: str
    parts: tuple[str, ...]
    or_total: str = ""
    optional: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    near: bool = False
    kind: Literal["identity"] = "identity"

    def bind(self, material: Material) -> Iterator[Claim]:
        return balances.bind_identity(self, material)

    def find(self, material: Material) -> Iterator[Finding]:
        return balances.find_open(self, material)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMost(Header):
    """Each figure is at most the one before it (issued ≥ returned ≥ valid)."""

    chain: tuple[str, ...]
    kind: Literal["at_most"] = "at_most"

    def bind(self, material: Material) -> Iterator[Claim]:
        return balances.bind_chain(self, material)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverPeriods(Header):
    """A flow of a whole period is the sum of its sub-periods when these cover it without gap."""

    figures: tuple[str, ...]
    kind: Literal["over_periods"] = "over_periods"

    def bind(self, material: Material) -> Iterator[Claim]:
        return balances.bind_periods(self, material)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio(Header):
    """A rate stated apart from its counts: numerator (a sum) over one of the accepted bases."""

    rate: str
    numerator: tuple[str, ...]
    bases: tuple[str, ...]
    kind: Literal["ratio"] = "ratio"

    def bind(self, material: Material) -> Iterator[Claim]:
        return balances.bind_ratio(self, material)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollForward(Header):
    """The stock at the end of a period is the stock at the start of the next, here and against earlier reports."""

    closing: str
    opening: str
    kind: Literal["roll_forward"] = "roll_forward"

    def bind(self, material: Material) -> Iterator[Claim]:
        return carry.bind_stock(self, material)

    def find(self, material: Material) -> Iterator[Finding]:
        return carry.find_cut_offs(self, material)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated(Header):
    """A figure of an earlier report, an annex or a form written again here, and changes against the earlier one."""

    kind: Literal["restated"] = "restated"
    besides: tuple[str, ...] = ()

    def bind(self, material: Material) -> Iterator[Claim]:
        return carry.bind_restated(self, material)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness(Header):
    """A statement that leaves no exception ("100 % … đúng hạn", "không có hồ sơ quá hạn") against the exceptions.

    `subject` words must stand in the statement (any of them; none for an empty list), `state` words are what
    all are said to be, `exception` words what none is said to be; `counts` are the figures that must be 0,
    and `pending` the figures when the statement speaks of dossiers still in hand, `whole_pending` all of these. Where some `filled_by` figures make
    up one of `whole`, no exception is left. `alone` wants the exception
    to end its clause: "không có phản ánh, kiến nghị", not "… về thái độ phục vụ".
    """

    counts: tuple[str, ...]
    state: tuple[str, ...] = ()
    exception: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    whole_pending: tuple[str, ...] = ()
    rate: str = ""
    whole: tuple[str, ...] = ()
    filled_by: tuple[str, ...] = ()
    alone: bool = False
    kind: Literal["completeness"] = "completeness"

    def bind(self, material: Material) -> Iterator[Claim]:
        return completeness.bind(self, material)

    def find(self, material: Material) -> Iterator[Finding]:
        return completeness.find_alone(self, material)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCount(Header):
    """A stated number of places against the rows of a table that lists them."""

    figures: tuple[str, ...]
    labels: tuple[str, ...]  # heads of the column that names them
    kind: Literal["list_count"] = "list_count"

    def bind(self, material: Material) -> Iterator[Claim]:
        return completeness.bind_rows(self, material)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound(Header):
    """A figure against a norm of `norms.yaml`, or against another figure of the report. `per` divides the
    figure first (a share of `per`, in percent); `weekly` takes the norm once for every full week of the figure's
    period, three left free. What is not met is asked about; only an [S] or [D] norm is cited."""

    figure: str
    op: Literal["<=", ">=", ">"]
    norm: str = ""
    other: str = ""
    per: str = ""
    weekly: bool = False
    kind: Literal["bound"] = "bound"

    def find(self, material: Material) -> Iterator[Finding]:
        return norms.find_bound(self, material)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing(Header):
    """Staff against the number the law gives a unit of its kind and class: `norm`, and one more for every `step`
    of the standard population, and every standard area, that population and area go beyond the standard. Needs
    the class, and above the number of the class also population and area; else uncheckable."""

    figure: str
    norm: str
    step: str = "extra-staff-step"
    population: str = "population"
    area: str = "area_km2"
    standard_population: str = "standard-population"
    standard_area: str = "standard-area"
    kind: Literal["staffing"] = "staffing"

    def find(self, material: Material) -> Iterator[Finding]:
        return staffing.find_staffing(self, material)


@dataclass(frozen=True, slots=True, kw_only=True)
class PerUnit(Header):
    """A ratio reported and compared across wards, never judged: `figure` per `per`, times `scale`."""

    figure: str
    per: str
    scale: int = 1
    kind: Literal["per_unit"] = "per_unit"

    def ratio(self, material: Material) -> UnitRatio | None:
        return norms.unit_ratio(self, material)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSize(Header):
    """Advice on the size of a survey: n = N / (1 + N·e²) for the dossiers of the period; never a finding."""

    sample: tuple[str, ...]  # the first stated is taken
    population: tuple[str, ...]
    error_percent: int = 5
    kind: Literal["sample_size"] = "sample_size"

    def find(self, material: Material) -> Iterator[Finding]:
        return norms.find_sample(self, material)


Rule = (
    SameFigure
    | Equal
    | Identity
    | AtMost
    | OverPeriods
    | Ratio
    | RollForward
    | Restated
    | Completeness
    | ListCount
    | Bound
    | Staffing
    | PerUnit
    | SampleSize
)
