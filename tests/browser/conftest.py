"""A real browser over a memo file: Debian's Chromium driven by Playwright, nothing downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import fabricate
import pytest
from opened import REPORTS, RUN, Opened
from playwright.sync_api import Browser, sync_playwright

from cchc_audit import memo
from cchc_audit.audit import audit_report

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


@pytest.fixture(scope="module")  # not the session: there can be one at a time, and other modules start their own
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if "browser" in os.environ.get("CCHC_REQUIRE", ""):
            pytest.fail("CCHC_REQUIRE asks for a browser and there is none: apt-get install chromium")
        pytest.skip("no Chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Memos of the fabricated audits and of whole reports, by name, as files."""
    folder = tmp_path_factory.mktemp("memos")
    audits = {name: getattr(fabricate, name)() for name in ("audit", "hostile", "empty")}
    audits |= {name: audit_report(path) for name, path in REPORTS.items()}
    out = {}
    for name, audit in audits.items():
        out[name] = folder / f"{name}.html"
        out[name].write_text(memo.page(memo.arrange(audit, RUN)), "utf-8")
    return out


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield Opened(context.new_page())
    context.close()


@pytest.fixture
def unscripted(browser: Browser) -> Iterator[Opened]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=False)
    yield Opened(context.new_page())
    context.close()
