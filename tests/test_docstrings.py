"""The examples in docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import cchc_audit

MODULES = sorted(
    info.name
    for info in pkgutil.walk_packages(cchc_audit.__path__, "cchc_audit.")
    if not info.name.endswith("__main__") and ".notebooks" not in info.name
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    found = [
        t
        for name in MODULES
        for t in doctest.DocTestFinder().find(importlib.import_module(name))
        if t.examples
    ]
    assert len(found) >= 5
