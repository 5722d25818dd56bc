"""A number of things and, a line each, the things themselves: "ban hành 04 nghị quyết chuyên đề, gồm:", "- Nghị quyết số
07-NQ/ĐU về …;", "- Nghị quyết số 09-NQ/ĐU về …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..language import MEASURES, UNIT
from ..model import Claim, Kind, Span, Term, Written
from ..quantities import Mention, Reading
from .items import claim, term
from .runs import shape_of

_OPENED = re.compile(r"(?:[^.;:\d()]|(?<!\d)\d{1,2}/\d{1,2}(?:/\d{4})?(?!\d)){1,110}?(?P<all>(?<!\w)(?:gồm(?: có)?|sau(?: đây)?|cụ thể(?: là)?|(?:đó )?là))?\s?:\s?$")
_SOME = re.compile(r"(?<!\w)(?:trong (?:số )?đó|tiêu biểu|điển hình|chủ yếu|như|nổi bật|nhất|chẳng hạn|một số|trọng tâm)(?!\w)(?! sau)")
_FIRST_WORDS = re.compile(r"\s?([^\W\d_]+(?: [^\W\d_]+)?)")
_BULLET = re.compile(r"[ \t]*(?:[*_#>]{0,3}[ \t]*)(?:[-+•*–—o]|[a-zđ]\d?[).]|\(?\d{1,2}\)|\d{1,2}(?:\.\d{1,2}){0,3}[.)/])\s{1,3}")
_SEVERAL = re.compile(r"(?:,| và|;| cùng) (?:số )?\d{1,4}[-/][\wđ]")  # "Nghị quyết số 07-NQ/ĐU và số 08-NQ/ĐU"
_GOES_ON = re.compile(r"…|\.{3}|v\.v")
_MOST = 20
_APART = 6  # lines behind a list in which no more of it may stand
_FEWEST = 3  # things whose number agrees by no chance


def find(reading: Reading) -> Iterator[Claim]:
    """The number against the lines below it. Only lines that all open with the noun counted are held against it."""
    parts = reading.paragraphs_read
    for index, part in enumerate(parts[:-1]):
        mentions = reading.by_paragraph[index]
        if not mentions or part.kind != "text" or not reading.folded[part.span.start : part.span.end].rstrip(" *_").endswith(":"):
            continue
        count = mentions[-1]
        opened = _OPENED.fullmatch(reading.folded[count.quantity.span.end : part.span.end].rstrip(" *_"))
        if opened is None or not _plain(count) or _SOME.search(opened.group()):
            continue
        listed = _lines(reading, index)
        noun = _noun(reading, count)
        if len(listed) < 2 or noun is None:
            continue
        named = all(text.startswith(noun) for text in listed)
        agrees = len(listed) == count.value
        if agrees and (named or count.value >= _FEWEST) or named and opened["all"] and _told_singly(reading, index, listed, noun, count):
            yield _claim(count, len(listed), Span(count.start, parts[index + len(listed)].span.end))


def _plain(count: Mention) -> bool:
    q = count.quantity
    exact = not q.written.approx and not q.written.rounded and not q.damaged
    return exact and count.countable and count.over is None and count.under is None and count.depth == 0 and 2 <= q.value <= _MOST


def _noun(reading: Reading, count: Mention) -> str | None:
    unit = UNIT.match(reading.folded, count.quantity.span.end)
    words = unit or _FIRST_WORDS.match(reading.folded, count.quantity.span.end)
    return words.group(1) if words is not None else None


def _lines(reading: Reading, index: int) -> list[str]:
    """The folded lines right below, marked alike and otherwise than the line above, without their marks."""
    parts = reading.paragraphs_read
    shape, out = shape_of(parts[index + 1].marker), list[str]()
    for part in parts[index + 1 : index + 2 + _MOST]:
        marked = _BULLET.match(reading.folded, part.span.start)
        if not shape or part.kind != "text" or shape_of(part.marker) != shape or shape == shape_of(parts[index].marker) or marked is None:
            break
        out.append(reading.folded[marked.end() : part.span.end])
    return out


def _told_singly(reading: Reading, index: int, listed: list[str], noun: str, count: Mention) -> bool:
    """Is each line one thing by its name, not a kind with a number of them, and no other thing told behind?"""
    parts = reading.paragraphs_read
    again = re.compile(rf"(?:,|;| và| cùng|\d) (?:các )?{re.escape(noun)}(?!\w)")
    if any(again.search(text) or _SEVERAL.search(text) or _GOES_ON.search(text) for text in listed):
        return False
    if any(m.unit in {count.unit, "", *MEASURES} for line in reading.by_paragraph[index + 1 : index + 1 + len(listed)] for m in line):
        return False  # "- Nghị quyết chuyên đề: 02;", "- Hội nghị giao ban (02 lần);"
    ends = (part.span.end - len(text) + len(noun) for part, text in zip(parts[index + 1 :], listed, strict=False))
    if " " not in noun and not all(_names(reading.text[end : end + 8]) for end in ends):
        return False  # "- Tổ trưởng: 04 người" is none of 04 "tổ"
    behind = parts[index + 1 + len(listed) : index + 1 + len(listed) + _APART]
    more = any(noun in reading.folded[p.span.start : p.span.start + len(noun) + 8] for p in behind)
    return not more and 3 * abs(len(listed) - int(count.value)) <= max(3, int(count.value))


def _names(behind: str) -> bool:
    """Does a name or a number follow a noun: " Hạ", " số 3"?"""
    first = behind.lstrip().removeprefix("số ")[:1]
    return first.isupper() or first.isdigit()


def _claim(count: Mention, listed: int, place: Span) -> Claim:
    made = claim(
        Kind.CLAIM_VS_COUNT, [term("claim", count), Term("count", Written(listed))], "enumeration.lines", scope=count.quantity.noun
    )
    return replace(made, span=place)
