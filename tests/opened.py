"""A page of a browser with what it asked for, said and threw."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from cchc_audit.record import Power, Run

_HERE = Path(__file__).parent
_FOUND = {
    "long": _HERE / "corpus" / "reports" / "long-prose-an-hoa.txt",
    "tables": _HERE / "corpus" / "reports" / "tables-only-my-hoa.txt",
    "sample": _HERE.parent / "data" / "reports" / "dong-me-6-thang-2024.txt",
    "ward": _HERE.parents[1] / "shared" / "reports" / "tran-hung-dao-2024.txt",
}
REPORTS = {name: path for name, path in _FOUND.items() if path.exists()}
RUN = Run("0.1.0", "2024-07-10T08:30:00+00:00", power=Power(200, 171, 7))


class Opened:
    """A page with what it asked for, said and threw."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def open(self, path: Path, anchor: str = "") -> Page:
        self.page.goto(path.as_uri() + anchor)
        return self.page
