"""`python -m cchc_audit.rules` writes the compiled form of the default rulebook and its page anew."""

from __future__ import annotations

from pathlib import Path

from ..files import write
from . import page, source
from .rulebook import COMPILED, write_compiled

PACKAGE = Path(__file__).parents[1]
PAGE = PACKAGE.parent / "docs" / "rules.md"

if __name__ == "__main__":
    write(PACKAGE / "defaults" / COMPILED, write_compiled())
    PAGE.parent.mkdir(exist_ok=True)
    write(PAGE, page.markdown(source.read_defaults()))
