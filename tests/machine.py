"""Programs from outside Python that some tests need: skipped without them, unless CCHC_REQUIRE says they must be here."""

from __future__ import annotations

import os
import shutil

import pytest


def program(group: str, *names: str) -> str:
    """The path of the first program found; skips the test when there is none, or fails it when `group` ("ocr",
    "doc", "browser") is listed in CCHC_REQUIRE."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is not None:
        return found
    message = f"needs {' or '.join(names)}"
    if group in os.environ.get("CCHC_REQUIRE", "").split(","):
        pytest.fail(f"{message}, and CCHC_REQUIRE lists {group}")
    pytest.skip(message)
