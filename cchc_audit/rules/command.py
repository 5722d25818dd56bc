"""`cchc-audit rules`: the rulebook listed, shown, written as a page, or a file of one's own checked."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..errors import ConfigError
from ..files import write
from . import examples, page, source
from .rulebook import build


def run(options: argparse.Namespace) -> int:
    """0 done, 2 a file is wrong, an example does not do what it says, or no such id."""
    if options.check:
        return _check(Path(options.check))
    content = source.read_defaults()
    if options.rules:
        content = source.merge(content, source.read(Path(options.rules)))
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
    """Every problem of the file as file:line, then its examples tried within the whole rulebook."""
    own = source.read(path)
    content = source.merge(source.read_defaults(), own)
    wrong = examples.try_all(own, build(content.plain(), content.sources))
    if wrong:
        raise ConfigError(wrong)
    tried = sum(len(e.examples) for part in (own.indicators, own.rules) for e in part.values())
    print(f"{path}: {len(own.rules)} quy tắc / rules, {len(own.indicators)} chỉ tiêu / indicators, {len(own.norms)} định mức / norms; {tried} ví dụ đạt / examples hold")
    return 0
