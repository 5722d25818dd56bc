"""Vietnamese before Unicode: is a text written for TCVN3 (.VnTime) or VNI fonts, or in VISCII?

Such text looks like Latin letters with odd accents. It is recognised by turning it into Unicode and
counting how many of its accented words become well-formed Vietnamese syllables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import islice

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_SYLLABLE = re.compile(
    "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?[aăâeêioôơuưy]{1,3}(?:ch?|m|ng?|nh|p|t)?"
)
_WORD = re.compile(r"[^\W\d_]+")
_MODERN = re.compile("[\u1ea0-\u1ef9ĂăĐđƠơƯư]")
_MOST_WORDS = 2000
_ENOUGH = 0.7

# TCVN 5712:1993, as the three-byte fonts use it (lower case and the plain capitals).
_TCVN3 = dict(
    zip(
        bytes.fromhex(
            "a1a2a3a4a5a6a7a8a9aaabacadaeb5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedf"
            "e1e2e3e4e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfe"
        ).decode("latin-1"),
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_VISCII = dict(
    zip(
        bytes(range(0x80, 0x100)).decode("latin-1"),
        "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
        strict=True,
    )
)
_VNI_SINGLE = dict(zip("ñÑôÔöÖæÆóÓòÒîÎ", "đĐơƠưƯỉỈĩĨịỊỵỴ", strict=True))
_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_HAT, _BREVE = "\u0302", "\u0306"
_VNI_MARK = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _HAT, "á": _HAT + _ACUTE, "à": _HAT + _GRAVE, "å": _HAT + _HOOK, "ã": _HAT + _TILDE, "ä": _HAT + _DOT,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_PAIR = re.compile(r"([aeouyôö])([ùøûõïâáàåãäêéèúüë])", re.IGNORECASE)


def is_syllable(word: str) -> bool:
    """Is the word a well-formed Vietnamese syllable (any case, at most one tone)?"""
    split = unicodedata.normalize("NFD", word.lower())
    tones = sum(c in _TONES for c in split)
    plain = unicodedata.normalize("NFC", "".join(c for c in split if c not in _TONES))
    return tones <= 1 and _SYLLABLE.fullmatch(plain) is not None


def vietnamese_share(text: str) -> float | None:
    """The share of accented words that are Vietnamese syllables, 0..1; None when there is no accented word."""
    composed = unicodedata.normalize("NFC", text)
    accented = (match.group() for match in _WORD.finditer(composed) if not match.group().isascii())
    words = list(islice(accented, _MOST_WORDS))
    return sum(map(is_syllable, words)) / len(words) if words else None


def _from_vni(text: str) -> str:
    def compose(match: re.Match[str]) -> str:
        vowel, mark = match.groups()
        return unicodedata.normalize("NFC", _VNI_SINGLE.get(vowel, vowel) + _VNI_MARK[mark.lower()])

    paired = _VNI_PAIR.sub(compose, text)
    return "".join(_VNI_SINGLE.get(c, c) for c in paired)


def _from_twice(text: str) -> str:
    """UTF-8 taken for Windows or Latin-1 letters and written as UTF-8 once more ("Ã¡" for "á")."""
    data = bytearray()
    for character in text:
        try:
            data += character.encode("cp1252")
        except UnicodeEncodeError:
            data += character.encode("latin-1", "replace")
    return data.decode("utf-8", "replace")


def _by_table(table: dict[str, str]) -> Callable[[str], str]:
    characters = str.maketrans(table)
    return lambda text: text.translate(characters)


_ENCODINGS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("TCVN3 (ABC, .VnTime)", _by_table(_TCVN3)),
    ("VNI (VNI-Times)", _from_vni),
    ("VISCII", _by_table(_VISCII)),
    ("UTF-8 mã hóa hai lần (UTF-8 Literal)", _from_twice),
)


def has_modern_letters(text: str) -> bool:
    """Does the text hold a letter that only Unicode Vietnamese has?"""
    return _MODERN.search(text) is not None


def legacy_encoding(text: str) -> str | None:
    """The name of the old encoding whose letters `text` holds (bytes read as Latin-1, or a document's
    text set in an old font), or None. Quick for modern text: it stops at the first modern letter."""
    if text.isascii() or has_modern_letters(text):
        return None
    scores = [(vietnamese_share(convert(text)) or 0.0, name) for name, convert in _ENCODINGS]
    best, name = max(scores, key=lambda score: score[0])  # of equals the one most in use
    plain = vietnamese_share(text)
    return name if best >= _ENOUGH and best > (plain or 0.0) + 0.1 else None
