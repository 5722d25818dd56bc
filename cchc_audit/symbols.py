"""Numbers and symbols of cited documents, well formed or not.

State documents are number/symbol (14/KH-UBND), legal documents carry their year (59/2012/NĐ-CP, 10/2022/QH15),
party documents put the hyphen first (80-KL/TW). Types and forms: decree 30/2020/NĐ-CP, annex III; guidance
36-HD/VPTW. A malformed symbol is kept as written; `well_formed` proposes a form only where one is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from .model import Citation, Span


class Family(Enum):
    """Whose rules a number follows."""

    STATE = "state"  # 14/KH-UBND, 132/UBND-VP: numbered from 01 each year
    LEGAL = "legal"  # 59/2012/NĐ-CP: the year is part of the number
    PARTY = "party"  # 80-KL/TW: numbered through a term


class Symbol(NamedTuple):
    """A number with its symbol, as written between `span`; `year` is the one in the number of a legal document."""

    span: Span
    number: str
    text: str  # the symbol as written, without blanks: "KH-UBND", "2012/NĐ-CP", "KL/TW"
    family: Family
    kind: str  # abbreviation of the type: "KH", "NĐ"; "" for a letter (132/UBND-VP)
    year: int | None = None


# type -> its name in a citation; letters have no type
TYPES = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QYĐ": "Quy định", "TC": "Thông cáo",
    "TB": "Thông báo", "HD": "Hướng dẫn", "CTR": "Chương trình", "CTRHĐ": "Chương trình", "KH": "Kế hoạch", "PA": "Phương án",
    "ĐA": "Đề án", "DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản", "TTR": "Tờ trình", "HĐ": "Hợp đồng",
    "CĐ": "Công điện", "GM": "Giấy mời", "CV": "Công văn", "NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch",
    "KL": "Kết luận", "QĐI": "Quy định", "VBHN": "Văn bản hợp nhất", "L": "Luật", "PL": "Pháp lệnh", "CTHĐ": "Chương trình hành động",
}  # fmt: skip
AGENCIES = frozenset(
    (
        "UBND",
        "HĐND",
        "CP",
        "TTG",
        "BTC",
        "BNV",
        "BTP",
        "BTTTT",
        "BYT",
        "BGDĐT",
        "VPCP",
        "MTTQ",
        "UBMTTQ",
        "BCĐ",
    )
)
PARTY_ORGANS = frozenset(
    ("TW", "TU", "TƯ", "ĐU", "HU", "QU", "BTCTW", "BTGTW", "UBKTTW", "VPTW", "BDVTW", "BTCTU")
)
_LATIN = {"QD": "QĐ", "ND": "NĐ", "UBDN": "UBND", "HDND": "HĐND", "UBNN": "UBND", "DU": "ĐU"}

_DASH = r"\s{0,2}[-–‑]\s{0,2}"
_WORD = r"[A-ZĐƯÐ][\wĐđ.&]*"
_CAPITALS = r"[A-ZĐƯÐ]{2}[\wĐđ.&]*"
_LEGAL = re.compile(
    rf"(?P<n>\d{{1,5}})\s{{0,2}}/\s{{0,2}}(?P<year>(?:19|20)\d{{2}})(?P<sep>\s{{0,2}}[/-]?\s?)(?P<symbol>[A-ZĐÐ]{{2,}}\d{{0,2}}[\w.&]*(?:{_DASH}{_WORD})*)"
)
_STATE = re.compile(
    rf"(?P<n>\d{{1,5}}[a-zđ]?)\s{{0,2}}/\s{{0,2}}(?P<symbol>{_WORD}(?:(?:{_DASH}|/){_CAPITALS}(?:{_DASH}[A-ZĐ]{{2,}}\w*)?)?)"
)
_PARTY = re.compile(rf"(?P<n>\d{{1,5}}){_DASH}(?P<kind>[A-ZĐ][A-ZĐa-z]{{1,4}})\s?/\s?(?P<organ>{_CAPITALS})")
_LOST = re.compile(rf"(?P<n>\d{{1,5}})\s(?P<kind>[A-ZĐ]{{2,3}}[ri]?)\s?/\s?(?P<organ>{_CAPITALS})")
# the number before a slash: 14/…, 16 - HD/…, 09 KH/…
_NUMBER = re.compile(r"(?<!\d)\d{1,5}[a-zđ]?\s{0,2}(?:(?:[-–‑]\s{0,2})?[A-ZĐ][A-ZĐa-z]{1,4}\s?)?$")
_LONGEST_NUMBER = 18
_HEAD = re.compile(r"[A-ZĐ]+")
_AFTER_SLASH = re.compile(r"\s{0,2}(?:[A-ZĐÐ]|(?:19|20)\d{2}\s{0,2}[/A-ZĐÐ-])")


@lru_cache(maxsize=4096)
def fold_symbol(text: str) -> str:
    """The symbol for comparison: capitals, one kind of hyphen and of Đ, no blanks."""
    return "".join(text.split()).upper().replace("–", "-").replace("‑", "-").replace("Ð", "Đ")


def find_symbols(text: str) -> Iterator[Symbol]:
    """Every number with a document symbol, in order."""
    slash = text.find("/")
    while slash >= 0:
        symbol = None
        if _AFTER_SLASH.match(text, slash + 1):
            base = max(0, slash - _LONGEST_NUMBER)
            number = _NUMBER.search(text[base:slash])
            symbol = read_symbol(text, base + number.start()) if number else None
        if symbol:
            yield symbol
        slash = text.find("/", max(slash + 1, symbol.span.end if symbol else 0))


def read_symbol(text: str, start: int) -> Symbol | None:
    """The number and symbol that start here, if they do."""
    return _legal(text, start) or _party(text, start) or _state(text, start)


def _legal(text: str, start: int) -> Symbol | None:
    match = _LEGAL.match(text, start)
    if not match:
        return None
    body = fold_symbol(match["symbol"])
    head = _HEAD.match(body)
    kind = _type(body)
    known = kind or (head is not None and (head[0] in {"QH", "UBTVQH"} or _type(_LATIN.get(head[0], ""))))
    if not known:
        return None
    written = match["year"] + fold_symbol(match["sep"]) + _plain(match["symbol"])
    return Symbol(_span(match, start), match["n"], written, Family.LEGAL, kind, int(match["year"]))


def _party(text: str, start: int) -> Symbol | None:
    match = _PARTY.match(text, start) or _LOST.match(text, start)
    if not match or not _type(fold_symbol(match["kind"])):
        return None
    lost = match.re is _LOST
    if lost and fold_symbol(match["organ"]) not in PARTY_ORGANS:
        return None
    written = (" " if lost else "") + f"{match['kind']}/{_plain(match['organ'])}"
    family = Family.STATE if fold_symbol(match["organ"]) in AGENCIES else Family.PARTY
    return Symbol(_span(match, start), match["n"], written, family, _type(fold_symbol(match["kind"])))


def _state(text: str, start: int) -> Symbol | None:
    match = _STATE.match(text, start)
    if not match:
        return None
    body = fold_symbol(match["symbol"])
    parts = body.replace("/", "-").split("-")
    first = _LATIN.get(parts[0], parts[0])
    kind = _type(first)
    if len(parts) == 1 and not (kind and kind != first) and first not in AGENCIES:
        return None  # "12/HS" is a fraction, "947/UBND" a letter, "09/KHUBND" a plan
    if len(parts) > 1 and not (
        kind or first in AGENCIES or (len(first) > 1 and parts[0].isupper() and match["symbol"][:2].isupper())
    ):
        return None
    family = Family.PARTY if len(parts) == 2 and kind and parts[1] in PARTY_ORGANS else Family.STATE
    return Symbol(_span(match, start), match["n"], _plain(match["symbol"]), family, kind)


def _span(match: re.Match[str], start: int) -> Span:
    end = match.end()
    while match.string[end - 1] in ".&":
        end -= 1
    return Span(start, end)


def _plain(written: str) -> str:
    return "".join(written.split()).rstrip(".&").replace("–", "-").replace("‑", "-").replace("Ð", "Đ")


@lru_cache(maxsize=4096)
def _type(body: str) -> str:
    """The type a symbol starts with: "KH" of "KH-UBND" and of "KHUBND"; "" when it starts with none."""
    head = re.split(r"[-/\d]", body)[0]
    if head in TYPES:
        return head
    return next((t for t in (head[: -len(a)] for a in AGENCIES if head.endswith(a)) if t in TYPES), "")


# ---------------------------------------------------------------- form

_MIXED_CASE = {"TTG": "TTg", "CTR": "CTr", "TTR": "TTr", "QYĐ": "QyĐ", "QĐI": "QĐi", "CTRHĐ": "CTrHĐ"}


def well_formed(symbol: Symbol) -> str | None:
    """How number and symbol should read, when they are malformed in a way that leaves one reading; None for
    a symbol in order, or when nothing certain can be said."""
    body = fold_symbol(symbol.text)
    if symbol.family is Family.PARTY:
        kind, organ = re.split(r"[-/]", body, maxsplit=1)
        in_order = "-" not in body and not symbol.text.startswith(" ")
        return None if in_order else f"{symbol.number}-{_cased(kind)}/{organ}"
    if symbol.family is Family.LEGAL:
        rest = body[4:].lstrip("/-")
        right = _spelled(rest)
        return None if right == rest and body[4] == "/" else f"{symbol.number}/{symbol.year}/{_cased(right)}"
    right = _spelled(body)
    return None if right == body else f"{symbol.number}/{_cased(right)}"


def _spelled(body: str) -> str:
    """The symbol with lost hyphens, a slash for a hyphen and a plain D for Đ set right; as it is otherwise."""
    parts = [_LATIN.get(part, part) for part in body.split("-")]
    if len(parts) == 1 and "/" in body:
        kind, _, organ = body.partition("/")
        parts = [_LATIN.get(kind, kind), organ] if _type(kind) and organ in AGENCIES else parts
    kind = _type(parts[0])
    if len(parts) == 1 and kind and parts[0] != kind:
        parts = [kind, parts[0][len(kind) :]]
    return "-".join(parts)


def _cased(body: str) -> str:
    return "-".join(_MIXED_CASE.get(part, part) for part in body.split("-"))


def symbol_in(citation: Citation) -> Symbol | None:
    """The symbol of a citation, told apart again from its number and symbol as written; None without one."""
    return _parsed(citation.number, citation.symbol) if citation.symbol else None


@lru_cache(maxsize=4096)
def _parsed(number: str, symbol: str) -> Symbol | None:
    party = "/" in symbol and not symbol[:1].isdigit()
    return read_symbol(f"{number}{'-' if party else '/'}{symbol}", 0)
