"""Usage errors of the command line: one line, Vietnamese first."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

_SAID = {  # what argparse says, by the sentence of the catalogue
    "missing": r"the following arguments are required: (?P<names>.+)",
    "unknown": r"unrecognized arguments: (?P<names>.+)",
    "no_value": r"argument (?P<name>.+?): expected (?:one|at least one|\d+) arguments?",
    "choice": r"argument (?P<name>.+?): invalid choice: (?P<given>.+) \(choose from (?P<options>.+)\)",
    "not_positive": r"argument (?P<name>.+?): invalid positive value: (?P<given>.+)",
    "wants_none": r"argument (?P<name>.+?): ignored explicit argument (?P<given>.+)",
    "ambiguous": r"ambiguous option: (?P<given>\S+) could match (?P<options>.+)",
    "wrong": r"(?P<problem>.+)",
}


class Parser(argparse.ArgumentParser):
    """A parser, and those of its commands, whose errors are one line in both languages."""

    def error(self, message: str) -> NoReturn:
        from .messages import say

        key, found = next((key, m) for key, said in _SAID.items() if (m := re.fullmatch(said, message, re.DOTALL)))
        what, more = say(f"usage.{key}", **found.groupdict()), say("usage.help", program=self.prog)
        self.exit(2, f"{self.prog}: {what.vi}; {more.vi} / {what.en}; {more.en}\n")


def positive(text: str) -> int:
    """A whole number from 1 on. Raises ValueError for anything else, which argparse tells by the name of this function."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
