"""`python -m cchc_audit.rules` writes the compiled form and the page of the default rulebook anew."""

from __future__ import annotations

from pathlib import Path

from ..files import write
from .rulebook import COMPILED, write_compiled

DEFAULTS = Path(__file__).parents[1] / "defaults"

if __name__ == "__main__":
    write(DEFAULTS / COMPILED, write_compiled())
