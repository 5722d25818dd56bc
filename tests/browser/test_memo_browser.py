"""What an inspector does with a memo, done in a real browser."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import fabricate
import pypdfium2
import pytest
from opened import REPORTS, RUN, Opened
from playwright.sync_api import Browser, Page

from cchc_audit import memo, pdf
from cchc_audit.audit import audit_report

VIEW = memo.arrange(fabricate.audit(), RUN)


def in_view(page: Page, selector: str) -> bool:
    """Is the first such element within the window, and not scrolled out of a box around it?"""
    return bool(
        page.locator(selector).first.evaluate(
            """node => {
                const box = node.getBoundingClientRect();
                const hit = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 8));
                return box.height > 0 && box.top >= 0 && box.top < innerHeight && !!hit && (node.contains(hit) || hit.contains(node));
            }"""
        )
    )


def test_the_page_opens_without_a_request_or_an_error(opened: Opened, files: dict[str, Path]) -> None:
    page = opened.open(files["audit"])
    assert page.title().startswith("Phiếu rà soát")
    assert opened.requests == [files["audit"].as_uri()]
    assert opened.said == []
    assert page.locator("#shown").inner_text() == "Đang hiện 6 trên 6"


@pytest.mark.parametrize("width", [1440, 1024, 768, 360])
def test_nothing_is_wider_than_the_screen(opened: Opened, files: dict[str, Path], width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 800})
    for name in ("audit", "hostile", "empty"):
        page = opened.open(files[name])
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.verify
@pytest.mark.parametrize("item", VIEW.to_answer, ids=lambda item: item.finding.claim.kind.value)
def test_a_finding_leads_to_its_quote_and_the_quote_leads_back(
    opened: Opened, files: dict[str, Path], item: Any
) -> None:
    page = opened.open(files["audit"])
    page.locator(f"#{item.anchor} .to-source").click()
    figure = f"#{item.place}"
    assert in_view(page, figure)
    assert page.locator(figure).inner_text().startswith(VIEW.document.quote(item.head))
    assert page.locator(figure).evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    page.locator(figure).click()
    page.locator("#claims li", has=page.locator(f'a[href="#{item.anchor}"]')).locator("a").first.click()
    assert in_view(page, f"#{item.anchor} h3")
    assert page.evaluate("location.hash") == f"#{item.anchor}"


@pytest.mark.verify
def test_a_figure_shows_every_check_it_takes_part_in_with_the_working(
    opened: Opened, files: dict[str, Path]
) -> None:
    page = opened.open(files["audit"])
    place = next(
        p
        for p in VIEW.shelf
        if len(p.findings) == 1 and VIEW.items[p.findings[0]].finding.computed == "99,95 %"
    )
    page.locator(f"#{place.anchor}").click()
    shown = page.locator("#inspector")
    assert shown.is_visible()
    assert "99,946" in shown.inner_text()
    page.keyboard.press("Escape")
    assert shown.is_hidden()
    for place in VIEW.shelf:
        if place.findings:
            page.locator(f"#{place.anchor}").click()
            assert page.locator("#claims > li").count() == len(place.findings)


@pytest.mark.verify
def test_filters_and_search_narrow_the_findings(opened: Opened, files: dict[str, Path]) -> None:
    page = opened.open(files["audit"])
    page.locator("select[name=state]").select_option("bad")
    assert page.locator(".finding:visible").count() == 2
    page.locator("select[name=kind]").select_option("breakdown")
    assert page.locator(".finding:visible").count() == 1
    page.locator("button[type=reset]").click()
    page.wait_for_function("document.querySelectorAll('.finding:not([hidden])').length === 6")
    page.locator("select[name=field]").select_option("procedures")
    assert 0 < page.locator(".finding:visible").count() < 6
    page.locator("button[type=reset]").click()
    page.locator("input[name=q]").fill("thu tuc lien thong")  # without tone marks
    assert page.locator(".finding:visible").count() == 1
    page.locator("input[name=q]").fill("không có chữ này")
    assert page.locator("#shown").inner_text() == "Không có nội dung nào khớp bộ lọc."


@pytest.mark.verify
def test_a_deep_link_opens_on_its_finding_even_through_a_filter(
    opened: Opened, files: dict[str, Path]
) -> None:
    item = VIEW.to_answer[3]
    page = opened.open(files["audit"], f"#{item.anchor}")
    assert in_view(page, f"#{item.anchor} h3")
    page.locator("select[name=state]").select_option("bad")
    assert page.locator(f"#{item.anchor}").is_hidden()
    page.evaluate(f"location.hash = '#{VIEW.to_answer[0].anchor}'")
    page.evaluate(f"location.hash = '#{item.anchor}'")
    page.wait_for_function(f"!document.getElementById('{item.anchor}').hidden")
    assert in_view(page, f"#{item.anchor} h3")


@pytest.mark.verify
def test_the_keyboard_alone_goes_through_all_findings_and_back(
    opened: Opened, files: dict[str, Path]
) -> None:
    page = opened.open(files["audit"])
    for item in VIEW.to_answer:
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.id") == item.anchor
        assert in_view(page, f"#{item.anchor} h3")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == VIEW.to_answer[-2].anchor
    page.locator(f"#{VIEW.to_answer[0].anchor} .to-source").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == VIEW.to_answer[0].place
    page.keyboard.press("Enter")
    assert page.locator("#inspector").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == VIEW.to_answer[0].place
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("jk")
    assert page.locator("input[name=q]").input_value() == "jk"


@pytest.mark.verify
def test_the_keys_can_be_turned_off(opened: Opened, files: dict[str, Path]) -> None:
    page = opened.open(files["audit"])
    page.locator("input[name=keys]").uncheck()
    page.locator("body").press("j")
    assert page.evaluate("location.hash") == ""


@pytest.mark.verify
def test_everything_is_readable_with_scripts_off(unscripted: Opened, files: dict[str, Path]) -> None:
    page = unscripted.open(files["audit"])
    for item in VIEW.to_answer:
        assert page.locator(f"#{item.anchor} .said").is_visible()
        page.locator(f"#{item.anchor} .to-source").click()
        assert page.url.endswith(f"#{item.place}")
        assert page.locator(f"#{item.place}").is_visible()
        page.locator(f"#{item.place}").click()
        assert page.url.rpartition("#")[2] == item.anchor or page.url.rpartition("#")[2].startswith("N-")
    assert page.locator("#filters").is_hidden()
    assert page.locator("#inspector").is_hidden()
    assert page.locator(".index").is_visible() == any(len(p.findings) > 1 for p in VIEW.shelf)


@pytest.mark.verify
@pytest.mark.parametrize("scripts", [True, False])
def test_print_keeps_every_finding_and_the_whole_report(
    browser: Browser, files: dict[str, Path], scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(files["audit"].as_uri())
    if scripts:
        page.locator("select[name=state]").select_option("note")  # a filter must not shorten the paper
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
    words = pdf_words(page.pdf(prefer_css_page_size=True, print_background=True))
    context.close()
    for item in VIEW.items:
        assert squeezed(item.title.vi) in words
    for item in VIEW.to_answer:
        assert squeezed(item.finding.message.vi) in words
    for line in fabricate.TEXT.splitlines()[8:14]:
        assert squeezed(line.split("5")[0]) in words
    assert "1/" in words


@pytest.mark.verify
def test_the_pdf_command_prints_the_same(files: dict[str, Path]) -> None:
    if pdf.browser() is None:
        pytest.skip("no browser to print with")
    words = pdf_words(pdf.print_page(files["audit"].read_text("utf-8")))
    for item in VIEW.to_answer:
        assert squeezed(item.finding.message.vi) in words


def squeezed(text: str) -> str:
    return "".join(text.replace("\u00a0", " ").split())


def pdf_words(data: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return squeezed("".join(pages).replace("\ufffe", "-"))


@pytest.mark.parametrize("scripts", [True, False])
def test_hostile_text_does_nothing(browser: Browser, files: dict[str, Path], scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    seen = Opened(context.new_page())
    page = seen.open(files["hostile"])
    page.wait_for_timeout(200)
    assert page.title().startswith("Phiếu rà soát")
    assert seen.requests == [files["hostile"].as_uri()]
    assert [text for text in seen.said if "sandbox" not in text] == []
    if scripts:
        for figure in page.locator("a.fig[data-f]").all()[:5]:
            figure.click()
        assert page.title().startswith("Phiếu rà soát")
        assert page.locator("#inspector script, #inspector img").count() == 0
    context.close()


def test_the_policy_blocks_a_script_that_is_not_ours(
    browser: Browser, files: dict[str, Path], tmp_path: Path
) -> None:
    """Were the escaping ever to fail, the page's own policy still stands in the way."""
    broken = (
        files["audit"]
        .read_text("utf-8")
        .replace(
            "<main",
            "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><main",
            1,
        )
    )
    path = tmp_path / "broken.html"
    path.write_text(broken, "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_timeout(200)
    title = page.title()
    page.close()
    assert title.startswith("Phiếu rà soát")


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The axe-core accessibility engine, fetched into a temporary folder; skipped where npm cannot reach it."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("axe")
    done = subprocess.run(
        [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "axe-core@4"],
        capture_output=True,
        timeout=120,
        check=False,
    )
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if done.returncode or not script.is_file():
        pytest.skip("axe-core could not be fetched")
    return script.read_text("utf-8")


@pytest.mark.verify
@pytest.mark.parametrize("form", ["wide", "phone", "paper"])
@pytest.mark.parametrize("name", ["audit", "hostile", "empty", *REPORTS])
def test_axe_finds_no_violation(
    browser: Browser, files: dict[str, Path], axe: str, name: str, form: str
) -> None:
    width = 360 if form == "phone" else 1440
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(files[name].as_uri())
    page.evaluate(axe)
    if form == "paper":
        page.emulate_media(media="print")
    elif page.locator("a.fig[data-f]").count():
        page.locator("a.fig[data-f]").first.click()
    asked = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        "rules": {"target-size": {"enabled": form != "paper"}},  # nobody taps on paper
    }
    result = page.evaluate("asked => axe.run(asked)", asked)
    context.close()
    found = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in result["violations"]]
    assert found == []


@pytest.mark.verify
@pytest.mark.parametrize("name", REPORTS)
def test_every_finding_of_a_whole_report_reaches_its_quote_and_comes_back(
    opened: Opened, files: dict[str, Path], name: str
) -> None:
    page = opened.open(files[name])
    for anchor in page.eval_on_selector_all(".finding", "cards => cards.map(card => card.id)"):
        link = page.locator(f"#{anchor} .to-source")
        figure = link.get_attribute("href")
        assert figure
        link.click()
        assert in_view(page, figure), (anchor, figure)
        assert page.locator(figure).evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
        page.locator(figure).click()
        page.locator(f'#claims a[href="#{anchor}"]').first.click()
        assert in_view(page, f"#{anchor} h3"), anchor
    assert opened.requests == [files[name].as_uri()]
    assert opened.said == []


@pytest.mark.verify
@pytest.mark.parametrize("name", REPORTS)
def test_paper_says_on_every_page_what_it_is_and_loses_nothing(
    browser: Browser, files: dict[str, Path], name: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(files[name].as_uri())
    said = page.eval_on_selector_all("main tr, main .said, main li", "all => all.map(n => n.textContent)")
    hidden = page.eval_on_selector_all(".toc li, #filters option", "all => all.map(n => n.textContent)")
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    context.close()
    pages = [squeezed(one.get_textpage().get_text_bounded().replace("\ufffe", "-")) for one in document]
    document.close()
    for number, words in enumerate(pages, start=1):
        assert f"Trang{number}/{len(pages)}" in words
        assert "SHA-256" in words and squeezed(REPORTS[name].name) in words
        assert "Bảnnháphỗtrợkiểmtra" in words
    whole = Counter("".join(pages))
    for text in said:
        if text not in hidden:
            assert not Counter(squeezed(text)) - whole


def opening(browser: Browser, path: Path) -> float:
    """Milliseconds of processor time the page takes to read, lay out and start: other work on the machine adds none."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri())
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    page.close()
    return 1000 * float(metrics["TaskDuration"])


@pytest.mark.verify
@pytest.mark.parametrize("name", REPORTS)
def test_a_memo_opens_within_a_second(browser: Browser, files: dict[str, Path], name: str) -> None:
    assert files[name].stat().st_size < 1_500_000
    took = opening(browser, files[name])
    assert took < 1000


@pytest.mark.verify
def test_a_long_report_with_two_hundred_findings_opens_within_a_second(
    browser: Browser, tmp_path: Path
) -> None:
    line = "{}. Trong kỳ đã tiếp nhận {} hồ sơ, giải quyết {} hồ sơ đúng hạn, đạt {},9% trên tổng số; các bộ phận tiếp tục "
    more = (
        "theo dõi, đôn đốc việc thực hiện nhiệm vụ được giao, bảo đảm công khai, minh bạch, thuận lợi cho người dân. "
        * 2
    )
    report = tmp_path / "long.txt"
    lines = [line.format(n, 200 + 3 * n, 100 + n, 70 + n % 20) + more for n in range(1, 211)]
    report.write_text("UBND PHƯỜNG HẢI VÂN\nBÁO CÁO\nNăm 2024\n\n" + "\n\n".join(lines), "utf-8")
    audit = audit_report(report)
    view = memo.arrange(audit, RUN)
    assert len(audit.document.text) > 60_000 and len(view.to_answer) >= 200
    path = tmp_path / "memo.html"
    path.write_text(memo.page(view), "utf-8")
    assert path.stat().st_size < 1_500_000
    took = opening(browser, path)
    assert took < 1000
