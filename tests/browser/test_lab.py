"""The workbench in a real JupyterLab, driven in a real browser."""

from __future__ import annotations

import contextlib
import html
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError

from cchc_audit import lab
from cchc_audit.decisions import Act, read
from cchc_audit.rules import load
from cchc_audit.workspace import find, init

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REASON = "Đã đối chiếu với biểu gốc của huyện: <b>không đổi</b>"

pytestmark = [pytest.mark.verify, pytest.mark.timeout(280)]
if not CHROMIUM and "browser" not in os.environ.get("CCHC_REQUIRE", ""):
    pytestmark.append(pytest.mark.skip(reason="no chromium on this machine"))


@dataclass
class Bench:
    """A JupyterLab on a workspace of its own."""

    place: Path
    address: str
    token: str

    def notebook(self, name: str) -> str:
        return f"{self.address}/lab/tree/notebooks/{name}?token={self.token}&reset"


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    place = tmp_path / "doan"
    init(place)
    home = tmp_path / "home"
    home.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for name in (
        "HOME",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTERLAB_WORKSPACES_DIR",
    ):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("CCHC_INSPECTOR", "Lê Thị Hoa")
    command = lab.command(find(place), ["--no-browser", f"--port={port}", "--ip=127.0.0.1"])
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=place, env=lab.environment(), stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield Bench(place, f"http://127.0.0.1:{port}", _token(home, server, tmp_path / "lab.log"))
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def _token(home: Path, server: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(600):
        for info in home.glob("jpserver-*.json"):
            with contextlib.suppress(ValueError):
                return str(json.loads(info.read_text("utf-8"))["token"])
        assert server.poll() is None, log.read_text("utf-8")
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


@pytest.fixture
def page(bench: Bench) -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1500, "height": 1000}, locale="vi-VN")
        page.set_default_timeout(40_000)
        strange: list[str] = []
        page.on(
            "request",
            lambda r: None if r.url.startswith((bench.address, "data:", "blob:")) else strange.append(r.url),
        )
        yield page
        assert [url for url in strange if not url.startswith("ws://127.0.0.1")] == []
        browser.close()


def run_all(page, bench: Bench, name: str) -> None:  # type: ignore[no-untyped-def]
    page.goto(bench.notebook(name))
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    started = page.locator(".jp-InputPrompt").filter(has_text=re.compile(r"[\d*]"))
    for _ in range(4):  # a kernel that says it is idle may still be connecting, and then runs nothing
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        with contextlib.suppress(PlaywrightError):
            started.first.wait_for(timeout=8_000)
            return


def test_a_finding_is_dismissed_a_figure_set_right_and_all_of_it_survives(bench: Bench, page) -> None:  # type: ignore[no-untyped-def]
    run_all(page, bench, "review.ipynb")
    panel = page.locator(".cchc-panel")
    first = panel.locator(".card").first
    first.wait_for()
    reviewed = panel.locator(".progress")
    assert "0/" in reviewed.inner_text()

    # a dismissal needs a reason
    finding = first.get_attribute("data-id")
    card = panel.locator(f'.card[data-id="{finding}"]')
    card.locator("button.dismiss").click()
    card.locator("button.save").click()
    assert "lý do" in panel.locator(".notice.bad").inner_text()
    card.locator("textarea").fill(REASON)
    card.locator("button.save").click()
    card.locator(".decision.dismiss").wait_for()
    assert REASON in card.inner_text()
    assert "1/" in reviewed.inner_text()

    # a figure set right changes a verdict at once
    other = panel.locator(".card.contradicted").filter(has_text="688")
    number = other.get_attribute("data-id")
    other.locator("button.figure", has_text="96,8").click()
    panel.locator('.figure-box input[data-field="value"]').fill("96,2")
    panel.locator(".figure-box button.save").click()
    panel.get_by_text("Đã đối chiếu lại").wait_for()
    panel.locator(".filters button", has_text="Tất cả").click()
    turned = panel.locator(f'.card[data-id="{number}"]')
    assert "Khớp" in turned.locator(".chip").inner_text()
    assert [d.act for d in read(bench.place / "decisions").decisions] == [Act.DISMISS, Act.MISREAD]

    # the memo of this moment prints both
    memo = subprocess.run(
        [sys.executable, "-m", "cchc_audit", "memo", "reports/dong-me-6-thang-2024.txt"],
        cwd=bench.place, check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    printed = (bench.place / memo).read_text("utf-8")
    assert html.escape(REASON) in printed and "“96,8%” đọc là 96,2%" in printed

    # so does the notebook of the memo, run in JupyterLab beside the panel
    run_all(page, bench, "ward_audit.ipynb")
    page.locator(".cchc-memo", has_text=REASON).first.wait_for()
    run_all(page, bench, "review.ipynb")
    reviewed.wait_for()

    # half a reason typed, then the kernel restarts: nothing is gone
    panel.locator(".filters button", has_text="Cần xem").click()
    half = panel.locator(".card").filter(has=page.locator("button.dismiss")).last
    half_id = half.get_attribute("data-id")
    half.locator("button.dismiss").click()
    panel.locator(f'.card[data-id="{half_id}"] textarea').fill("Đang viết dở")
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_text("Restart Kernel and Run All Cells…", exact=True).click()
    page.locator(".jp-Dialog button", has_text="Restart").click()
    panel.get_by_text("Còn nội dung bạn đã gõ").wait_for()
    assert panel.locator(f'.card[data-id="{half_id}"] textarea').input_value() == "Đang viết dở"
    assert "1/" in reviewed.inner_text()
    panel.locator(".filters button", has_text="Đã xem").click()
    assert REASON in panel.locator(f'.card[data-id="{finding}"]').inner_text()

    # undo takes back the correction, and the file keeps both lines
    panel.locator(f'.card[data-id="{half_id}"] .editor button', has_text="Hủy").click()
    panel.locator("button", has_text="Hoàn tác").click()
    panel.get_by_text("Đã hoàn tác").wait_for()
    panel.locator(".filters button", has_text="Tất cả").click()
    assert "Khớp" not in panel.locator(f'.card[data-id="{number}"] .chip').inner_text()
    assert len(read(bench.place / "decisions").decisions) == 3


def test_a_number_selected_in_the_text_is_added(bench: Bench, page) -> None:  # type: ignore[no-untyped-def]
    report = bench.place / "reports" / "a.txt"
    report.write_text("Xã có 😀 12 thôn; nhận XV hồ sơ, giải quyết 15/15 hồ sơ (100%).\n", "utf-8")
    run_all(page, bench, "review.ipynb")
    panel = page.locator(".cchc-panel")
    panel.locator(".source p").first.wait_for()
    page.evaluate(
        """() => {
          const p = document.querySelector(".cchc-panel .source p");
          const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode()); ) {
            const at = node.data.indexOf("XV");
            if (at < 0) continue;
            getSelection().setBaseAndExtent(node, at, node, at + 2);
            p.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
          }
        }"""
    )
    panel.locator('.figure-box input[data-field="value"]').fill("15")
    panel.locator('.figure-box input[data-field="unit"]').fill("hồ sơ")
    panel.locator(".figure-box button.save").click()
    panel.locator("details", has_text="Số liệu đã chỉnh tay").wait_for()
    (decision,) = read(bench.place / "decisions").decisions
    assert decision.anchor and (decision.act, decision.anchor.quote, decision.value) == (Act.ADD, "XV", "15")
    panel.locator("mark.corrected", has_text="XV").wait_for()


def test_a_figure_is_bound_by_the_name_of_its_indicator_and_the_next_report_opened(bench: Bench, page) -> None:  # type: ignore[no-untyped-def]
    (bench.place / "reports/xa-khac.txt").write_text("Xã nhận 20 hồ sơ, giải quyết 15/15 hồ sơ (90%).\n", "utf-8")
    label = load().lexicon["received_online"].label.vi
    run_all(page, bench, "review.ipynb")
    panel = page.locator(".cchc-panel")
    panel.locator("mark", has_text="455").click()
    panel.locator('.figure-box input[data-field="indicator"]').fill("Chỉ tiêu không có")
    panel.locator(".figure-box button.save").click()
    assert "danh sách" in panel.locator(".notice.bad").inner_text()
    panel.locator('.figure-box input[data-field="indicator"]').fill(label)
    panel.locator(".figure-box button.save").click()
    panel.locator("details", has_text=f"“455” là chỉ tiêu {label}").wait_for()
    (decision,) = read(bench.place / "decisions").decisions
    assert (decision.act, decision.indicator) == (Act.BIND, "received_online")

    # a question half written stays with its report while another one is looked at
    card = panel.locator(".card").first
    card.locator("button.ask").click()
    card.locator("textarea").fill("Đang hỏi dở")
    panel.locator("select.reports").select_option("xa-khac.txt")
    panel.get_by_text("Xã nhận").wait_for()
    panel.locator(".card.impossible, .card.contradicted").first.locator("button.accept").click()
    panel.get_by_text("Đã xem 1/").wait_for()
    panel.locator("select.reports").select_option("dong-me-6-thang-2024.txt")
    panel.get_by_text("Đồng Mé, ngày").wait_for()
    assert panel.locator(".card textarea").input_value() == "Đang hỏi dở"
    assert [d.act for d in read(bench.place / "decisions").decisions] == [Act.BIND, Act.ACCEPT]


def test_when_the_kernel_is_dead_the_page_says_so_and_keeps_the_text(bench: Bench, page) -> None:  # type: ignore[no-untyped-def]
    run_all(page, bench, "review.ipynb")
    panel = page.locator(".cchc-panel")
    panel.locator(".card").first.wait_for()
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_text("Shut Down Kernel", exact=True).click()
    page.wait_for_timeout(1500)
    card = panel.locator(".card").first
    card.locator("button.ask").click()
    card.locator("textarea").fill("Hỏi về số này")
    card.locator("button.save").click()
    panel.locator(".notice.bad", has_text="kernel").wait_for(timeout=30_000)
    assert card.locator("textarea").input_value() == "Hỏi về số này"
    assert read(bench.place / "decisions").decisions == ()


@pytest.mark.parametrize("name", ["start", "ward_audit", "explore", "try_a_rule"])
def test_a_notebook_runs_in_jupyterlab(bench: Bench, page, name: str) -> None:  # type: ignore[no-untyped-def]
    run_all(page, bench, f"{name}.ipynb")
    page.locator(".jp-OutputArea-output").first.wait_for()
    file, cells = bench.place / "notebooks" / f"{name}.ipynb", []
    for _ in range(60):
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1000)
        cells = [c for c in json.loads(file.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
        if all(c["execution_count"] for c in cells):
            break
    assert all(c["execution_count"] for c in cells)
    assert [
        o
        for c in cells
        for o in c["outputs"]
        if o["output_type"] in {"error", "stream"} and o.get("name") != "stdout"
    ] == []
    assert page.get_by_text("Would you like to").count() == 0
