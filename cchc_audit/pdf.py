"""The memo on paper: printed by a Chromium browser found on this machine, else by WeasyPrint.

Only our own page is ever opened: it holds no outside address and its policy lets no other script run.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .errors import AuditError
from .messages import say

_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
_INSTALLED = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_SECONDS = 90


def browser() -> str | None:
    """The program that prints: the first Chromium-like browser found, None without one."""
    return next(_browsers(), None)


def _browsers() -> Iterator[str]:
    yield from (path for name in _BROWSERS if (path := shutil.which(name)))
    yield from (path for path in _INSTALLED if Path(path).is_file())


def print_page(html: str) -> bytes:
    """The page as PDF. Raises AuditError, with what to do instead, when nothing here can print it."""
    program = browser()
    if program is not None:
        return _by_browser(program, html)
    if importlib.util.find_spec("weasyprint") is not None:
        return _by_weasyprint(html)
    message = say("memo_run.no_printer")
    raise AuditError(f"{message.vi} / {message.en}")


def _by_browser(program: str, html: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="cchc-audit-", ignore_cleanup_errors=True) as folder:
        page, out = Path(folder) / "memo.html", Path(folder) / "memo.pdf"
        page.write_text(html, "utf-8")
        command = [
            program,
            "--headless=new",
            "--disable-gpu",
            "--disable-extensions",
            "--disable-background-networking",
            "--no-first-run",
            "--no-pdf-header-footer",
            f"--user-data-dir={Path(folder) / 'profile'}",
            f"--print-to-pdf={out}",
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            page.as_uri(),
        ]
        reason = _run(command)
        # the browser may report success without a file, and failure with one: only the file counts
        if out.is_file() and (data := out.read_bytes()).startswith(b"%PDF-"):
            return data
        message = say("memo_run.print_failed", program=Path(program).name, reason=reason or "no file")
        raise AuditError(f"{message.vi} / {message.en}")


def _run(command: list[str]) -> str:
    """Run to the end or to the time limit, with every process it started; why it failed, in one line."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
        errors="replace",
    )
    try:
        _, said = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        _stop(process)
        return f"{_SECONDS} s"
    lines = said.strip().splitlines()
    return lines[-1][:200] if process.returncode and lines else ""


def _stop(process: subprocess.Popen[str]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def _by_weasyprint(html: str) -> bytes:
    import weasyprint

    def no_network(url: str, *_: object, **__: object) -> dict[str, object]:
        raise ValueError(f"the memo needs nothing from outside: {url}")

    document = weasyprint.HTML(string=html, url_fetcher=no_network)
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))
