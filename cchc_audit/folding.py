"""One folded copy of a report, shared by every reader that matches words in it."""

from __future__ import annotations

from functools import lru_cache

from .language import fold


@lru_cache(maxsize=2)
def fold_whole(text: str) -> str:
    """`language.fold` of a whole report, kept while the report is being read."""
    return fold(text)
