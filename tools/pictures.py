"""Take the pictures of the documents anew: the review panel and the memo of the guide, the memo of the README.

    python tools/pictures.py

Needs Chromium and the development dependencies.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from cchc_audit import lab
from cchc_audit.workspace import find, init

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
SAMPLE = "reports/dong-me-6-thang-2024.txt"


def panel(browser: Browser, address: str) -> None:
    """The review panel with one finding dismissed and one figure about to be set right."""
    page = browser.new_page(viewport={"width": 1500, "height": 1000})
    page.set_default_timeout(90_000)
    page.goto(address)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.wait_for_timeout(4_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    shown = page.locator(".cchc-panel")
    card = shown.locator(".card").first
    card.locator("button.dismiss").click()
    card.locator("textarea").fill("Một công văn ban hành chung với xã bạn; đã xem sổ công văn.")
    card.locator("button.save").click()
    card.locator(".decision").wait_for()
    other = shown.locator(".card").filter(has_text="688")
    other.locator("button.figure", has_text="96,8").click()
    shown.locator('.figure-box input[data-field="value"]').fill("96,2")
    page.wait_for_timeout(500)
    shown.screenshot(path=IMAGES / "ra-soat.png")


def memo(browser: Browser, place: Path) -> None:
    """The head of the memo of the same report."""
    command = [sys.executable, "-m", "cchc_audit", "memo", SAMPLE]
    done = subprocess.run(command, cwd=place, check=True, capture_output=True, text=True)
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto((place / done.stdout.strip()).resolve().as_uri())
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / "phieu.png")


def findings(browser: Browser, place: Path) -> None:
    """The findings of a sample ward's memo beside its report, one figure chosen."""
    report = ROOT / "data" / "reports" / "hon-ngoc-2023-2024.txt"
    command = [sys.executable, "-m", "cchc_audit", "memo", str(report)]
    done = subprocess.run(command, cwd=place, check=True, capture_output=True, text=True)
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto((place / done.stdout.strip()).resolve().as_uri() + "#findings")
    page.locator("a.fig", has_text="99,4%").click()
    page.wait_for_timeout(500)
    page.screenshot(path=ROOT / "docs" / "memo.png")


def main() -> None:
    """All pictures, from a workspace made for them."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder) / "doan"
        init(place)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token=pictures"]
        environment = lab.environment({**os.environ, "HOME": folder, "CCHC_INSPECTOR": "Lê Thị Hoa"})
        log = subprocess.DEVNULL
        server = subprocess.Popen(
            lab.command(find(place), options),
            cwd=place,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            for _ in range(120):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.5)
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            panel(browser, f"http://127.0.0.1:{port}/lab/tree/notebooks/review.ipynb?token=pictures")
            memo(browser, place)
            findings(browser, place)
            browser.close()
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()


if __name__ == "__main__":
    main()
