"""Statements that leave no exception, against the exceptions; numbers of places, against the rows that list them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from functools import cache
from itertools import combinations, islice
from typing import TYPE_CHECKING

from ..check import finding
from ..grids import find_tables
from ..language import fold
from ..messages import say
from ..model import Claim, Figure, Finding, Kind, Period, Span, Term, Verdict, Written
from ..surroundings import AHEAD, is_of_others, unit_named, whose
from .balances import one_value
from .material import Material, claim, term

if TYPE_CHECKING:
    from .kinds import Completeness, ListCount

_AIM = re.compile(r"(?<!\w)(?:phấn đấu|bảo đảm|đảm bảo|mục tiêu|yêu cầu|chỉ đạo|quyết tâm|tiếp tục|tăng cường|cần|phải|duy trì|nhằm|để đạt|hướng tới|nếu)(?!\w)")
_PENDING = re.compile(r"(?<!\w)(?:đang (?:giải quyết|xử lý|trong hạn)|còn lại|chưa giải quyết|tồn|còn \d[\d.]* (?:hồ sơ|hs|trường hợp)(?! (?:chậm|trễ|quá)))(?!\w)")
_PENDING_BEFORE = re.compile(r"(?<!\w)đang (?:giải quyết|xử lý) \d[\d.]*(?: (?:hồ sơ|hs))? \([^()\d]{1,30}\)?$")  # "đang giải quyết 109 (trong hạn), không có hồ sơ quá hạn"
_BETWEEN = re.compile(
    r"(?: (?:hồ sơ|hs|trường hợp|thủ tục hành chính|tthc|phiếu|nào|bị|được|giải quyết|xử lý|trả|để|xảy ra|phát sinh|tình trạng|đánh giá|ý kiến|các|bất cứ|cử tri))*"
)
_HOTLINE = re.compile(r"(?:tổng đài|đường dây nóng) [\d.]+")  # its digits narrow nothing
_CLAUSE_END = re.compile(r"[;.\n()|]")
_ALONE = re.compile(r"\s*(?:[,.;\n)]|$|(?:của|nào|từ phía|trong)(?!\w))")
_OF_A_FIELD = re.compile(r"\s(?:trong|ở|thuộc|đối với|về) (?:các |những )?(?:lĩnh vực|mảng|nhóm)(?!\w)")  # "không có hồ sơ quá hạn trong lĩnh vực hộ tịch"
_ALONE_OF = re.compile(r"[\W\d]*riêng (?P<body>[^\W\d_]+(?: [^\W\d_]+){1,3})")  # "Riêng Công an thị trấn nhận 624 hồ sơ, …; 100% đúng hạn"
_NEW_ONES = re.compile(r" (?:mới|thêm)(?!\w)")  # "trong tháng không phát sinh hồ sơ quá hạn mới": there may be older ones
_PLACE = re.compile(r"(?:thôn|bản|ấp|xóm|buôn|làng|khu phố|khu|tổ dân phố|tổ|tdp)(?!\w)")
_PART = frozenset({"received_online", "received_in_person", "received_post", "online_full", "online_partial", "paid_online", "procedures_linked"})
_MANY = 200  # statements, and figures of one name, looked at
_WINDOW = 170
_SLACK = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement of completeness: the words quoted, whether it says "all" or "none", where it holds."""

    span: Span
    term: Term
    pending: bool
    scope: str
    period: Period | None


@cache
def _alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = sorted((re.escape(fold(w)) for w in words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(listed)})(?!\w)")


def bind(rule: Completeness, material: Material) -> Iterator[Claim]:
    nones = list(islice(_none(rule, material), _MANY))
    for zero in islice(_zeros(rule, material), _MANY):
        if left := _left_over(rule, material, zero):
            yield _claim(rule, material, zero, (zero.term, left))
    for statement in (*islice(_all(rule, material), _MANY), *nones):
        found = _counted(rule, material, statement, nones)
        if found is not None:
            yield _claim(rule, material, statement, (statement.term, found))
        elif statement.term.unit == "%":
            yield from _against_rate(rule, material, statement)


def find_alone(rule: Completeness, material: Material) -> Iterator[Finding]:
    """Statements that there was none which no figure of the report speaks for or against."""
    nones = list(islice(_none(rule, material), _MANY))
    said: set[tuple[str, bool, Period | None]] = set()
    for statement in nones:
        key = (statement.scope, statement.pending, statement.period)
        if key in said or _counted(rule, material, statement, nones) is not None:
            continue
        said.add(key)
        made = _claim(rule, material, statement, (statement.term,))
        yield finding(made, Verdict.UNCHECKABLE, "", say("rules.none_alone", claim=statement.term.text))


def _claim(rule: Completeness, material: Material, statement: _Statement, terms: tuple[Term, ...]) -> Claim:
    section = material.section_at(statement.span.start)
    path = section.path if section else ""
    return claim(rule, Kind.CLAIM_VS_COUNT, terms, f"{rule.id} {statement.scope}".strip(), path, span=statement.span)


def _counted(rule: Completeness, material: Material, statement: _Statement, nones: Sequence[_Statement]) -> Term | None:
    """What counts the exceptions: a figure, the statement that there were none, or what the others leave over."""
    exception = _exception(rule, material, statement)
    if exception is not None:
        return term("count", exception)
    return _said_of_none(statement, nones) or _left_over(rule, material, statement)


def _left_over(rule: Completeness, material: Material, statement: _Statement) -> Term | None:
    """Nothing is left for exceptions where those without fill a whole: 585.116 resolved, 585.116 of them on time."""
    if not rule.whole or statement.pending or statement.term.unit == "%":
        return None
    for group in material.groups((*rule.whole, *rule.filled_by)):
        parts = [f.quantity.value for name in rule.filled_by if (f := one_value(group[name])) is not None]
        sums = {sum(chosen) for n in range(1, len(parts) + 1) for chosen in combinations(parts, n)}
        for whole in (one_value(group[name]) for name in rule.whole):
            if whole and whole.scope == statement.scope and _covers(statement.period, whole.period) and whole.quantity.value in sums:
                return Term("count", Written(0), unit=whole.quantity.unit)
    return None


def _zeros(rule: Completeness, material: Material) -> Iterator[_Statement]:
    """ "trễ hạn 0 hồ sơ" says what "không có hồ sơ trễ hạn" does; only of use where the others fill the whole."""
    for name in rule.counts if rule.whole else ():
        for figure in material.by_name.get(name, ())[:_MANY]:
            q = figure.quantity
            if q.value == 0 and not q.word and figure.whole and not figure.base:
                yield _Statement(q.span, term("claim", figure), False, figure.scope, figure.period)


def _against_rate(rule: Completeness, material: Material, statement: _Statement) -> Iterator[Claim]:
    """ "100 % đúng hạn" where no exception is counted but a lower rate is printed."""
    lower = next(
        (
            f for f in material.by_name.get(rule.rate, ())
            if f.scope == statement.scope and f.quantity.span != statement.span and f.quantity.value < 100
            and not f.quantity.written.approx and _covers(statement.period, f.period)
        ),
        None,
    )  # fmt: skip
    if lower is not None and not statement.pending:
        every = replace(lower.quantity.written, value=Fraction(100), rounded=False)  # "all": no rounded figure
        terms = (replace(statement.term, role="a", written=every), term("b", lower))
        yield claim(rule, Kind.SAME_FIGURE, terms, f"{rule.id} rate {statement.scope}".strip(), lower.section, span=statement.span)


def _exception(rule: Completeness, material: Material, statement: _Statement) -> Figure | None:
    """The exception that speaks against the statement, else one counted as nought; None when none is counted."""
    names = rule.pending if statement.pending else rule.counts
    counted = [
        f for name in names for f in material.by_name.get(name, ())[:_MANY]
        if not f.base and f.quantity.span != statement.term.span and _covers(statement.period, f.period)
        and (f.scope == statement.scope or not (statement.scope or is_of_others(f.scope)))
    ]  # fmt: skip
    elsewhere = {f.quantity.value for f in counted if material.bodies.differ(material, statement.span.start, f.quantity.span.start)}
    counted = [f for f in counted if f.quantity.value not in elsewhere]  # counted, or counted again, for another body
    counted.sort(key=lambda f: (f.quantity.value == 0, f.scope != statement.scope))
    return counted[0] if counted else None


def _said_of_none(statement: _Statement, nones: Sequence[_Statement]) -> Term | None:
    """ "đúng hạn đạt 100 %" beside "không có hồ sơ quá hạn": the exceptions are said to be none."""
    if statement in nones:
        return None
    same = [n for n in nones if n.scope == statement.scope and n.pending == statement.pending and n.period == statement.period]
    return replace(same[0].term, role="count") if same else None


def _covers(said: Period | None, counted: Period | None) -> bool:
    """Does the statement's period include the count's, the habits of cutting a period aside?"""
    if said is None or counted is None:
        return said is counted
    if not (said.start and said.end and counted.start and counted.end):
        return said == counted
    return said.start - _SLACK <= counted.start and counted.end <= said.end + _SLACK


# ---------------------------------------------------------------- finding statements


def _all(rule: Completeness, material: Material) -> Iterator[_Statement]:
    """ "100 % … đúng hạn", "tỷ lệ đúng hạn đạt 100 %"; "… đều đúng hạn"."""
    if not rule.state:
        return
    folded, state = material.reading.folded, _alternatives(rule.state)
    for mention in material.reading.mentions:
        q = mention.quantity
        if q.value != 100 or not mention.percent or mention.target or q.written.approx or q.written.ulp < 1:  # "100,0%" is rounded: a few may be left
            continue
        start, end = _clause(folded, mention.start, mention.end, _CLAUSE_END)
        said = state.search(folded, mention.end, end) or _last(state, folded, max(start, mention.start - 90), mention.start)
        if not said or _aimed(material, start, mention.start, end):
            continue
        between = folded[min(said.end(), mention.end) : max(said.start(), mention.start)]
        if _narrower(material, between) or any(c.isdigit() for c in _HOTLINE.sub("", between)) or (rule.subject and not _alternatives(rule.subject).search(folded, start, end)):
            continue
        yield _statement(material, q.span, Term("claim", q.written, q.text, q.span, "%"), start, max(said.end(), mention.end))
    yield from _rates(rule, material)
    yield from _each(rule, material, state)


def _rates(rule: Completeness, material: Material) -> Iterator[_Statement]:
    """A cell of 100 % in the row or column of the rate."""
    paragraphs = material.reading.paragraphs_read
    for figure in material.by_name.get(rule.rate, ()):
        q = figure.quantity
        if q.value == 100 and not figure.base and not q.written.approx and q.written.ulp >= 1 and paragraphs[q.paragraph].kind != "text":
            yield _Statement(q.span, term("claim", figure), False, figure.scope, figure.period)


def _each(rule: Completeness, material: Material, state: re.Pattern[str]) -> Iterator[_Statement]:
    """ "Tất cả hồ sơ đều được giải quyết trước và đúng hạn": no number in the words before it, and in it only the
    one of all that are pending ("toàn bộ 258 hồ sơ đang giải quyết đều còn trong hạn")."""
    pending = {f.quantity.text for name in rule.whole_pending for f in material.whole(name)}
    folded = material.reading.folded
    for anchor in material.alls:
        said = state.match(folded, anchor.end())
        start, end = _clause(folded, anchor.start(), anchor.end(), _CLAUSE_END)
        if said is None or _aimed(material, start, anchor.start(), end) or any(c.isdigit() for c in folded[start : anchor.start()]):
            continue
        if anchor["count"] and not (anchor["count"] in pending and _PENDING.search(anchor[0])):
            continue
        if _narrower(material, folded[start : said.start()]) or not _clause_of_rule(rule, folded, anchor.start(), anchor.end()):
            continue
        span = Span(anchor.start(), said.end())
        text = material.document.text[span.start : span.end]
        yield _statement(material, span, Term("claim", Written(0), text, span), start, said.end())


def _narrower(material: Material, words: str) -> bool:
    """Does "100 %" speak of one channel or sort of dossier only ("100 % hồ sơ trực tuyến …")?"""
    return any(_PART & set(h.entry.cues) for h in material.lexicon.hits(words, 0, len(words)))


def _last(pattern: re.Pattern[str], folded: str, start: int, end: int) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(folded, start, end))), None)


def _none(rule: Completeness, material: Material) -> Iterator[_Statement]:
    """ "không có hồ sơ quá hạn", "không để xảy ra trường hợp trễ hạn"."""
    if not rule.exception:
        return
    folded, exception = material.reading.folded, _alternatives(rule.exception)
    for anchor in material.negations:
        between = _BETWEEN.match(folded, anchor.end())
        at = between.end() if between else anchor.end()
        said = exception.match(folded, at + 1)
        if not said or _NEW_ONES.match(folded, said.end()) or _OF_A_FIELD.match(folded, said.end()) or (rule.alone and not _ALONE.match(folded, said.end())):
            continue
        start, end = _clause(folded, anchor.start(), said.end(), _CLAUSE_END)
        if _aimed(material, start, anchor.start(), end) or not _clause_of_rule(rule, folded, start, said.end()):
            continue
        span = Span(anchor.start(), said.end())
        text = material.document.text[span.start : span.end]
        yield _statement(material, span, Term("claim", Written(0), text, span), start, said.end())


def _clause_of_rule(rule: Completeness, folded: str, start: int, end: int) -> bool:
    return not rule.subject or _alternatives(rule.subject).search(folded, start, end) is not None


def _clause(folded: str, start: int, end: int, stop: re.Pattern[str]) -> tuple[int, int]:
    first = max(0, start - _WINDOW)
    for mark in stop.finditer(folded, first, start):
        if not (mark.group() == "." and folded[mark.end() : mark.end() + 1].isdigit()):
            first = mark.end()
    last = next((m.start() for m in stop.finditer(folded, end, end + _WINDOW) if not folded[m.end() : m.end() + 1].isdigit()), min(len(folded), end + _WINDOW))
    return first, last


def _aimed(material: Material, start: int, at: int, end: int) -> bool:
    """Is it something wished for or asked, rather than reported?"""
    folded = material.reading.folded
    if _AIM.search(folded, start, at) or folded.startswith(("(nếu", " (nếu"), end):
        return True
    section = material.section_at(at)
    return section is not None and AHEAD.search(fold(section.title)) is not None


def _statement(material: Material, span: Span, said: Term, start: int, end: int) -> _Statement:
    folded = material.reading.folded
    fields = [h.entry.field for h in material.lexicon.hits(folded, start, end) if h.entry.field]
    pending = _PENDING.search(folded, start, span.end) is not None or _PENDING_BEFORE.search(folded, max(material.reading.sentence_at(span.start).start, start - _WINDOW), start) is not None
    other = unit_named(material.document.text, start, span.start, material.header.ward)
    opening = material.reading.sentence_at(span.start).start
    alone = _ALONE_OF.match(folded, opening, span.start)
    scope = whose(folded, start, span.start) or other or (fields[0] if fields else "") or (alone["body"] if alone else "")
    return _Statement(span, said, pending, scope, material.period_at(span.start))


# ---------------------------------------------------------------- rows of a table


def bind_rows(rule: ListCount, material: Material) -> Iterator[Claim]:
    """A stated number of hamlets, groups, … against the rows of the table that names them one by one."""
    for table, body in find_tables(material.reading):
        rows = table.items()
        if len(rows) < 2 or not table.has_total or not any(table.label_head.startswith(fold(w)) for w in rule.labels):
            continue
        if len({_kind_of_place(table.labels[i]) for i in rows}) > 1:
            continue  # hamlets and groups in one table: the head names only one of them
        place = Span(body[rows[0]].span.start, body[rows[-1]].span.end)
        for figure in (f for name in rule.figures for f in material.whole(name)):
            noun = material.indicator(figure).nouns
            if figure.quantity.span.touches(place) or not any(table.label_head.startswith(fold(n)) for n in noun):
                continue
            listed = Term("count", Written(len(rows)))
            said = term("claim", figure)
            yield claim(rule, Kind.CLAIM_VS_COUNT, (said, listed), f"{rule.id} {figure.name}", figure.section,
                        span=Span(min(said.span.start, place.start), max(said.span.end, place.end)) if said.span else place)  # fmt: skip
            break


def _kind_of_place(label: str) -> str:
    found = _PLACE.match(label)
    return found.group() if found else ""
