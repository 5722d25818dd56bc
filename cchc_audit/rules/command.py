"""`cchc-audit rules`: the rulebook listed, shown, written as a page, or a file of one's own checked."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..errors import ConfigError
from ..files import write
from . import examples, page, references, source
from .rulebook import build


def run(options: argparse.Namespace) -> int:
    """0 done, 2 a file is wrong, an example does not do what it says, or no such id."""
    if options.check:
        return _check(Path(options.check))
    content = source.load(Path(options.rules) if options.rules else None)
    if options.html:
        write(Path(options.html), page.html(content))
        print(options.html)
        return 0
    lines = page.one(content, options.id) if options.id else list(page.listing(content))
    if not lines:
        print(f"không có mục / no such entry: {options.id}", file=sys.stderr)
        return 2
    print("\n".join(lines))
    return 0


def _check(path: Path) -> int:
    """Every problem of the file as file:line: of its entries, between them, and of examples that can be tried."""
    own = source.read(path)
    content = source.merge(source.read_defaults(), own)
    sound = references.usable(content)
    parts = source.Content(
        {k: e for k, e in own.indicators.items() if k in sound.indicators}, {k: e for k, e in own.rules.items() if k in sound.rules}
    )
    wrong = [*references.problems(content), *examples.try_all(parts, build(sound.plain(), sound.sources))]
    if wrong:
        raise ConfigError(references.in_order(wrong))
    tried = sum(len(e.examples) for part in (own.indicators, own.rules) for e in part.values())
    print(f"{path}: {len(own.rules)} quy tắc / rules, {len(own.indicators)} chỉ tiêu / indicators, {len(own.norms)} định mức / norms; {tried} ví dụ đạt / examples hold")
    return 0
