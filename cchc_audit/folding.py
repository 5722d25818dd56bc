"""Folded copies of a text, for those who match words in it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .language import fold


@lru_cache(maxsize=2)
def fold_whole(text: str) -> str:
    """`language.fold` of a whole report, kept while the report is being read."""
    return fold(text)


def letters(text: str) -> str:
    """Plain letters and digits, word by word, for names that may be written without their marks.

    >>> letters("Phường Trần Hưng Đạo")
    'phuong tran hung dao'
    """
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", plain))
