"""A spreadsheet's number as its cell shows it, in Vietnamese notation: decimals shown are evidence.

>>> shown(0.98984, "0.00%"), shown(13105, "#,##0"), shown(4.5, "General")
('98,98%', '13.105', '4,5')
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

_GENERAL_DIGITS = 11
_MOST_DECIMALS = 30
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[(?:\$([^\]-]*)[^\]]*|[^\]]*)\]')
_DATE = re.compile(r"(?<![a-z])[ymdhs]+", re.IGNORECASE)
# Signs with a meaning in a format, when they stand there as plain text.
_LITERAL = str.maketrans("0#?%", "\ue000\ue001\ue002\ue003")
_SWAP = str.maketrans(".,", ",.")
_PLAIN = str.maketrans("\ue000\ue001\ue002\ue003", "0#?%")
_FRACTION = re.compile(r"[#?]\s{0,2}/\s{0,2}[#?\d]")
_DIGITS = re.compile(r"[0#?][0#?.,]*")


def shown(value: object, number_format: str | None) -> str:
    """What the cell shows for `value` (text, whole number, float, date, truth value or None)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value, number_format or "")
    if isinstance(value, int | float | Decimal):
        return _number(value, number_format or "General")
    return str(value)


def is_date_format(number_format: str) -> bool:
    """Does the format show a number as a date or time?"""
    bare = _QUOTED.sub("", number_format.split(";")[0])
    return bare.lower() not in {"general", "standard"} and _DATE.search(bare) is not None and "0" not in bare


def in_vietnamese(text: str, value: str) -> str:
    """The text a cell shows, in Vietnamese notation: a file made elsewhere may show 1,874 for 1874. The cell's
    exact `value` tells which mark is which.

    >>> in_vietnamese("1,874.50", "1874.5"), in_vietnamese("1.874", "1874")
    ('1.874,50', '1.874')
    """
    found = re.search(r"\d[\d.,]*", text)
    if found is None or not re.fullmatch(r"-?\d{1,18}(\.\d{1,18})?(?:[eE][-+]?\d{1,2})?", value):
        return text
    exact = abs(Decimal(value)) * (100 if "%" in text else 1)
    digits = found.group().rstrip(".,")
    swapped = digits.translate(_SWAP)
    if not _shows(digits, exact) and _shows(swapped, exact):
        return text[: found.start()] + swapped + text[found.start() + len(digits) :]
    return text


def _shows(digits: str, value: Decimal) -> bool:
    """Is that what Vietnamese notation makes of the value, to the decimals given?"""
    whole, _, rest = digits.partition(",")
    if not re.fullmatch(r"\d{1,3}(?:\.\d{3})*|\d+", whole) or not rest.isdigit() and rest:
        return False
    number = Decimal(f"{whole.replace('.', '')}.{rest or 0}")
    return abs(number - value) <= Decimal(1).scaleb(-len(rest)) * Decimal("0.5000001")


def _moment(value: datetime | date | time | timedelta, number_format: str) -> str:
    """Day, month and year in Vietnamese order, as far as the format shows them; the clock where it is set."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if not isinstance(value, date):
        return str(value)
    parts = _QUOTED.sub("", number_format.split(";")[0]).lower()
    if "d" in parts or "m" not in parts or "h" in parts:
        pattern = "%d/%m/%Y" if "y" in parts or "d" not in parts or "h" in parts else "%d/%m"
    else:
        pattern = "%m/%Y" if "y" in parts else "%m"
    clock = isinstance(value, datetime) and (value.hour, value.minute) != (0, 0)
    return f"{value:{pattern}}" + (f" {value:%H:%M}" if clock else "")


def _number(value: int | float | Decimal, number_format: str) -> str:
    try:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        return str(value)
    if not exact.is_finite():
        return str(value)
    section = _section(exact, number_format)
    if not section.strip() and ";" in number_format:
        return ""  # a format that shows nothing
    if section.strip().lower() in {"general", "standard", "", "@"} or _FRACTION.search(section):
        return _general(exact)
    before, digits, after = _parts(section)
    if digits is None:
        return before.translate(_PLAIN).strip()
    shape = before + after
    scaled = exact * 100 if "%" in shape else exact
    negative = scaled < 0 and ";" not in number_format
    text = _digits(abs(scaled), digits)
    return ("-" if negative and re.search(r"[1-9]", text) else "") + f"{before}{text}{after}".translate(
        _PLAIN
    ).strip()


def _section(value: Decimal, number_format: str) -> str:
    """Formats may differ for positive; negative; zero."""
    sections = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", number_format[:300])
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


@lru_cache(maxsize=256)
def _parts(section: str) -> tuple[str, str | None, str]:
    """Literal text before the digits, the digit pattern (None when there is none), literal text after."""
    plain = _QUOTED.sub(lambda m: (m.group(1) or m.group(2) or m.group(3) or "").translate(_LITERAL), section)
    found = _DIGITS.search(plain)
    if found is None:
        return plain, None, ""
    before, after = plain[: found.start()], _DIGITS.sub("", plain[found.end() :])
    return before, found.group(), after


def _digits(value: Decimal, pattern: str) -> str:
    whole_pattern, _, decimal_pattern = pattern.partition(".")
    # Trailing commas divide by a thousand each.
    thousands = sum(len(part) - len(part.rstrip(",")) for part in (whole_pattern, decimal_pattern))
    value /= Decimal(1000) ** thousands
    decimals = min(len(re.sub(r"[^0#?]", "", decimal_pattern)), _MOST_DECIMALS)
    fixed = min(decimal_pattern.rstrip("#,").count("0") + decimal_pattern.rstrip("#,").count("?"), decimals)
    rounded = (
        value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) if value < Decimal(10) ** 18 else value
    )
    whole, _, rest = f"{rounded:f}".partition(".")
    while len(rest) > fixed and rest.endswith("0"):
        rest = rest[:-1]
    whole = whole.zfill(whole_pattern.count("0"))
    if "0" not in whole_pattern and whole.strip("0") == "":
        whole = ""
    if "," in whole_pattern.rstrip(","):
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", whole)
    return whole + (f",{rest}" if rest else "")


def _general(value: Decimal) -> str:
    """As many digits as a cell of usual width shows, eleven at most."""
    if value == value.to_integral_value():
        return (
            f"{value.to_integral_value():f}"
            if abs(value) < Decimal(10) ** 15
            else f"{value:.5E}".replace(".", ",")
        )
    digits = max(0, _GENERAL_DIGITS - 1 - max(1, len(str(int(abs(value))))))
    text = f"{value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".").replace(".", ",") if "." in text else text
