"""Tables, index and summary of a batch, and wards side by side."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import duckdb
import fabricate
import pytest

from cchc_audit import compare, overview, parquet, results
from cchc_audit.audit import audit_report
from cchc_audit.memo.cells import new_run
from cchc_audit.memo.view import arrange
from cchc_audit.messages import catalogue
from cchc_audit.model import Verdict
from cchc_audit.wards import Register, Ward

ROOT = Path(__file__).parents[1]
NO_REGISTER = Register()
HOSTILE = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>{{7*7}}</style>\u202e'


def row(name: str, **more: Any) -> dict[str, Any]:
    return {
        "report": name, "status": "done", "ward": "phường An", "ward_code": "", "province": "tỉnh A", "folder": "phuong-an/q1",
        "period": "quý I", "period_start": "2024-01-01", "period_end": "2024-03-31",
        **{verdict.value: 0 for verdict in Verdict}, "numbers": 10, "unread": 1, **more,
    }  # fmt: skip


def finding(report: str, verdict: str = "contradicted", quote: str = "390/394, 99,4%", **more: str) -> list[Any]:
    values = {"kind": "share", "told": verdict, "message_vi": "vi", "message_en": "en", **more}
    return [report, "", "abc123", values["kind"], verdict, values["told"], 3, "n/m", "II", 10, 24, quote, "98,98 %", values["message_vi"], values["message_en"]]


def figure(report: str, name: str, value: int | str, when: tuple[str, str] | None = ("2024-01-01", "2024-03-31")) -> list[Any]:
    return [report, "", name, str(value), float(Fraction(value)), "hồ sơ", *(when or (None, None)), str(value), 5]


def write(outputs: Path, *rows: tuple[Mapping[str, Any], Mapping[str, Any]], register: Register = NO_REGISTER) -> Path:
    overview.write(outputs, register, store(outputs, rows))
    return outputs


def store(outputs: Path, rows: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> str:
    """The rows on disk, none of them taken over from earlier ones."""
    return parquet.write(outputs, [entry(told, more) for told, more in rows])


def entry(told: Mapping[str, Any], more: Mapping[str, Any]) -> parquet.Entry:
    made = hashlib.sha256(repr((told, more)).encode()).hexdigest()
    return parquet.Entry(told["report"], made, lambda: (told, more))


# ---------------------------------------------------------------- tables


def test_an_audit_becomes_rows_that_duckdb_reads(tmp_path: Path) -> None:
    audit = fabricate.audit()
    rows = results.rows_of(audit, "a.txt", "06685")
    store(tmp_path, [({"report": "a.txt", "status": "done", **results.summary_of(audit)}, rows)])
    with duckdb.connect() as db:
        results.attach(db, tmp_path)
        ask = lambda sql: db.execute(sql).fetchall()  # noqa: E731
        assert ask("select count(*), min(ward_code), max(ward_code) from findings") == [(len(audit.findings), "06685", "06685")]
        told = ask("select count(*) filter (where told = 'question'), count(*) filter (where told in ('contradicted', 'impossible')) from findings")
        assert ask("select question, contradicted + impossible from reports") == told
        assert ask("select count(*) from findings where verdict in ('contradicted', 'impossible')") == [(len(audit.alarms),)]
        assert ask("select count(*) from figures") == [(len(audit.figures),)]
        quotes = {quote for (quote,) in ask("select quote from findings")}
        assert quotes == {audit.document.quote(f.claim.span) for f in audit.findings}
        assert [Fraction(v) for (v,) in ask("select value from figures")] == [f.quantity.value for f in audit.figures]


def test_columns_and_rows_are_in_step() -> None:
    audit = fabricate.audit()
    rows = results.rows_of(audit, "a", "")
    assert set(rows) | {"reports"} == set(results.TABLES)
    for name, columns in results.TABLES.items():
        assert len({column.name for column in columns}) == len(columns)
        assert all(len(line) == len(columns) for line in rows.get(name, []))
    assert set(results.summary_of(audit)) <= {column.name for column in results.TABLES["reports"]}


def test_an_empty_batch_still_has_every_table(tmp_path: Path) -> None:
    write(tmp_path)
    for name, columns in results.TABLES.items():
        assert list(results.read(tmp_path, name)) == []
        with duckdb.connect() as db:
            found = db.execute(f"describe select * from '{tmp_path}/results/{name}.parquet'").fetchall()
        assert [line[0] for line in found] == [column.name for column in columns]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    data = [(row("a"), {"findings": [finding("a")], "figures": [figure("a", "resolved_total", 5)]})]
    for folder in ("one", "two"):
        store(tmp_path / folder, data)
    for name in results.TABLES:
        one, two = ((tmp_path / f / "results" / f"{name}.parquet").read_bytes() for f in ("one", "two"))
        assert one == two


def several(names: str, **values: int) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """A report a letter, each with its own number of findings and one figure."""
    return [
        (row(name), {"findings": [finding(name)] * (ord(name) % 4), "figures": [figure(name, "resolved_total", values.get(name, 5))]})
        for name in names
    ]


@pytest.mark.parametrize("rows_in_a_group", [3, 50_000])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (several("abcdef"), several("abcdef", c=7)),  # one changed
        (several("abcdef"), several("abdxef")),  # one gone, one new
        (several("abcdef"), several("fedcba")),  # another order
        (several("ab"), several("abcdefgh", a=1, h=2)),
        (several("abc"), []),
    ],
)
def test_rows_taken_over_give_the_bytes_of_rows_made_anew(
    before: Any, after: Any, rows_in_a_group: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_BATCH", rows_in_a_group)
    store(tmp_path / "grown", before)
    made: list[str] = []
    entries = [parquet.Entry(e.report, e.made, lambda e=e: (made.append(e.report), e.rows())[1]) for e in (entry(*r) for r in after)]
    stamp = parquet.write(tmp_path / "grown", entries)
    assert stamp == store(tmp_path / "anew", after)
    for name in results.TABLES:
        grown, anew = (results.path(tmp_path / f, name).read_bytes() for f in ("grown", "anew"))
        assert grown == anew, name
    same = {told["report"] for told, more in before if (told, more) in after}
    assert set(made) == {told["report"] for told, _ in after} - same
    monkeypatch.setattr(parquet.files, "write", lambda *_: pytest.fail("nothing changed"))
    assert parquet.write(tmp_path / "grown", entries) == stamp


@pytest.mark.parametrize("damage", ["cut", "gone", "of another batch"])
def test_damaged_tables_are_made_anew(damage: str, tmp_path: Path) -> None:
    rows = several("abc")
    store(tmp_path, rows)
    victim = results.path(tmp_path, "findings")
    whole = victim.read_bytes()
    if damage == "cut":
        victim.write_bytes(whole[: len(whole) // 2])
    elif damage == "gone":
        victim.unlink()
    else:
        store(tmp_path / "other", several("abcd"))
        victim.write_bytes(results.path(tmp_path / "other", "findings").read_bytes())
    store(tmp_path, rows)
    assert victim.read_bytes() == whole


def test_pages_are_drawn_again_only_when_something_changed(tmp_path: Path) -> None:
    write(tmp_path, *several("abc"))
    (tmp_path / "index.html").write_text("as it was", "utf-8")
    write(tmp_path, *several("abc"))
    assert (tmp_path / "index.html").read_text("utf-8") == "as it was"
    write(tmp_path, *several("abcd"))
    assert (tmp_path / "index.html").read_text("utf-8") != "as it was"


def test_pages_left_half_drawn_are_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = (write(tmp_path, *several("abc")) / "index.html").read_bytes()
    with monkeypatch.context() as cut, pytest.raises(KeyboardInterrupt):
        cut.setattr(overview, "_summary", Mock(side_effect=KeyboardInterrupt))
        write(tmp_path, *several("abcd"))
    assert (tmp_path / "index.html").read_bytes() != first
    write(tmp_path, *several("abc"))
    assert (tmp_path / "index.html").read_bytes() == first


def test_the_schema_in_the_documents_is_the_schema() -> None:
    assert results.as_markdown().strip() in (ROOT / "docs" / "results.md").read_text("utf-8")


# ---------------------------------------------------------------- pages


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def pages(outputs: Path) -> dict[str, str]:
    return {name: (outputs / name).read_text("utf-8") for name in ("index.html", "tong-hop.html", "summary.html")}


def test_worst_first_with_a_link_to_each_memo(tmp_path: Path) -> None:
    write(
        tmp_path,
        (row("calm.txt", ward="xã Yên", folder="xa-yen/q1"), {}),
        (row("bad.txt", contradicted=2, folder="phuong-an/q1"), {"findings": [finding("bad.txt"), finding("bad.txt", "question")]}),
        (row("lost.txt", status="unreadable", folder="", ward="", reason_vi="tệp hỏng", reason_en="damaged"), {}),
    )  # fmt: skip
    index, vi, en = pages(tmp_path).values()
    body = index[index.index("<tbody>") :]
    assert body.index("bad.txt") < body.index("calm.txt")
    assert 'href="phuong-an/q1/memo.html"' in body
    assert "tệp hỏng" in body
    assert 'href="phuong-an/q1/memo.html#F-abc123"' in vi
    assert vi.count("F-abc123") == 1  # a question is counted, not listed as a contradiction
    assert "tệp hỏng" in vi
    assert "damaged" in en
    assert 'lang="en"' in en


def test_the_pages_tell_every_verdict_as_the_memo_does(tmp_path: Path) -> None:
    audit = audit_report(ROOT / "tests/wards/reports/q2.txt")
    items = arrange(audit, new_run(audit)).items
    in_memo = [sum(item.state == state for item in items) for state in ("bad", "ask", "note", "ok", "open")]
    assert any(finding.explained for finding in audit.findings)
    write(tmp_path, (row("q2.txt", **results.summary_of(audit)), results.rows_of(audit, "q2.txt", "")))
    index, vi, _ = pages(tmp_path).values()
    assert [int(n) for n in re.findall(r'<td class="n[^>]*>(\d+)</td>', index)] == in_memo
    asked = {finding.id for finding in audit.findings if finding.explained}
    assert not [name for name in asked if f"#F-{name}" in vi]
    by_kind = vi[vi.index("<h2>2.") : vi.index("<h2>3.")]
    counts = [[int(n.replace(".", "")) for n in re.findall(r'class="n">([\d.]+)<', line)] for line in by_kind.split("<tr>")[2:]]
    assert [sum(column) for column in zip(*counts, strict=True)][1:3] == in_memo[:2]


def test_wards_without_a_report_are_named(tmp_path: Path) -> None:
    def ward(code: str, name: str, last: date | None = None) -> Ward:
        return Ward(code, name, "phường", "", "tỉnh A", None, None, last, 2)

    register = Register((ward("1", "Có"), ward("2", "Thiếu"), ward("3", "Đã Giải Thể", date(2023, 12, 31))))
    write(tmp_path, (row("a.txt", ward_code="1", ward_name="phường Có"), {}), register=register)
    page = pages(tmp_path)["tong-hop.html"]
    assert "phường Thiếu" in page
    assert "Giải Thể" not in page
    assert "phường Có," not in page
    assert "<h3>quý I <small>01/01/2024 – 31/3/2024 · 1 đơn vị</small></h3>" in page


def test_copies_of_one_report_are_asked_about_and_still_counted(tmp_path: Path) -> None:
    same = {"number": "12/BC-UBND", "contradicted": 1}
    write(tmp_path, (row("a.docx", **same), {}), (row("a.txt", **same), {}), (row("b.txt", number="13/BC-UBND"), {}))
    index, vi, en = pages(tmp_path).values()
    assert "2 tệp trông như bản của cùng một báo cáo, số nhóm: 1" in index
    assert index.count("(một trong 2 tệp trông như bản của cùng một báo cáo)") == 2
    assert "<li>phường An, 12/BC-UBND, quý I: a.docx; a.txt</li>" in vi
    assert "2 files look like copies of one report, in groups: 1" in en
    assert "Đã rà soát 3 trên 3 báo cáo" in vi
    write(tmp_path / "none", (row("a.docx", **same), {}))
    assert not [page for page in pages(tmp_path / "none").values() if "trông như" in page or "look like" in page]


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    def shapes(text: str, folder: Path) -> list[list[tuple[str, list[str]]]]:
        lost = row("l" + text, status="failed", folder="", reason_vi=text, reason_en=text)
        bad = row("b" + text, contradicted=1, ward=text, province=text, ward_name=text, district=text, period=text)
        write(folder, (bad, {"findings": [finding("b" + text, quote=text, message_vi=text, message_en=text)]}), (lost, {}))
        return [[(tag, sorted(attrs)) for tag, attrs in Elements(page).tags] for page in pages(folder).values()]

    assert shapes(HOSTILE, tmp_path / "h") == shapes("lành", tmp_path / "l")
    assert "\u202e" not in pages(tmp_path / "h")["index.html"]


def test_pages_ask_nothing_of_the_network(tmp_path: Path) -> None:
    write(tmp_path, (row("a.txt"), {}))
    for page in pages(tmp_path).values():
        tags = Elements(page).tags
        policy = next(a["content"] for t, a in tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy")
        assert policy is not None
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
        assert not [a for _, a in tags if any(name.startswith("on") or name == "style" for name in a)]


def test_ten_thousand_wards_fit_one_page(tmp_path: Path) -> None:
    write(tmp_path, *((row(f"{n:05d}.txt", ward=f"phường Số {n}", folder=f"phuong-so-{n}/q1", contradicted=n % 3), {}) for n in range(10_599)))
    index = (tmp_path / "index.html").read_text("utf-8")
    assert index.count("/memo.html") == 10_599
    assert len(index) < 6_000_000
    assert (tmp_path / "tong-hop.html").stat().st_size < 3_000_000


def test_every_table_of_a_page_scrolls_in_its_own_frame(tmp_path: Path) -> None:
    lost = row("lost.txt", status="unreadable", folder="", reason_vi="tệp hỏng", reason_en="damaged")
    figures = [figure("a.txt", "resolved_late", 1), figure("a.txt", "resolved_total", 9)]
    write(tmp_path, (row("a.txt", contradicted=1), {"findings": [finding("a.txt")], "figures": figures}), (lost, {}))
    for page in pages(tmp_path).values():
        tags = Elements(page).tags
        frames = [at for at, (tag, more) in enumerate(tags) if tag == "table"]
        assert frames and all(tags[at - 1][1].get("class") == "wide" and tags[at - 1][1].get("aria-label") for at in frames)


@pytest.mark.verify
def test_the_pages_fit_a_phone(tmp_path: Path) -> None:
    import machine
    from playwright.sync_api import sync_playwright

    write(tmp_path, (row("a.txt", contradicted=1, numbers=12_345, unread=1_234), {"findings": [finding("a.txt")]}))
    chromium = machine.program("browser", "chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page(viewport={"width": 375, "height": 800})
        for name in pages(tmp_path):
            page.goto((tmp_path / name).as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= 375, name


@pytest.mark.verify
def test_the_index_works_in_a_browser(tmp_path: Path) -> None:
    import machine
    from playwright.sync_api import sync_playwright

    write(tmp_path, *((row(f"{n:04d}.txt", ward=f"phường Hòa Lộc {n}", province=f"tỉnh {'AB'[n % 2]}", contradicted=n % 7, folder=f"p-{n}/q"), {}) for n in range(10_599)))
    chromium = machine.program("browser", "chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page()
        troubles: list[str] = []
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: troubles.append(request.url) if not request.url.startswith("file:") else None)
        page.goto((tmp_path / "index.html").as_uri())
        assert page.locator("#wards tbody tr").count() == 300
        page.fill("#search", "hoa loc 4321")
        page.wait_for_function("document.querySelectorAll('#wards tbody tr').length === 1")
        page.fill("#search", "")
        page.select_option("#province", "tỉnh B")
        page.wait_for_function("document.getElementById('shown').textContent.startsWith('5.299')")
        first = page.locator("#wards tbody tr").first.locator("td").nth(4)
        for count in ("6", "0"):  # most first, then least first
            page.locator("thead button", has_text=catalogue()["overview.alarms"].vi).click()
            assert first.inner_text() == count
        assert troubles == []


# ---------------------------------------------------------------- wards side by side


def side_by_side(folder: Path, late: list[int], **more: Any) -> Path:
    """Wards that resolved 1,000 each, some of them late."""
    rows = []
    for n, count in enumerate(late):
        name = f"{n:02d}.txt"
        found = [figure(name, "resolved_total", 1000), figure(name, "resolved_late", count)]
        rows.append((row(name, ward=f"xã {n}", population=20_000, **more), {"figures": found}))
    store(folder, rows)
    return folder


def test_a_ward_far_from_its_peers_is_asked(tmp_path: Path) -> None:
    found = compare.values(side_by_side(tmp_path, [*range(5, 25), 300]))
    late = [v for v in found if v.ratio.name == "late"]
    assert late[0].value == Fraction(1, 2)
    (only,) = compare.apart(found)
    assert (only.value.ward, only.value.value, only.peers) == ("xã 20", 30, 21)
    assert "30,00 %" in only.question.vi
    assert "30.00%" in only.question.en
    for word in ("sai phạm", "vi phạm", "gian lận"):
        assert word not in only.question.vi.lower()


@pytest.mark.parametrize("late", [[*range(5, 14), 300], [10] * 20 + [300], [*range(5, 30)]])
def test_no_question_without_a_yardstick(tmp_path: Path, late: list[int]) -> None:
    assert compare.apart(compare.values(side_by_side(tmp_path, late))) == []


def test_figures_are_never_chosen_between(tmp_path: Path) -> None:
    name, other = "a.txt", ("2023-01-01", "2023-03-31")
    figures = [
        figure(name, "resolved_total", 1000), figure(name, "resolved_total", 1001),  # two values: none
        figure(name, "received_in_period", 50), figure(name, "received_in_period", 60, other), figure(name, "staff_present", 20, None),
        figure(name, "resolved_late", 4),
    ]  # fmt: skip
    store(tmp_path, [(row(name, population=10_000), {"figures": figures})])
    assert {v.ratio.name: v.value for v in compare.values(tmp_path)} == {
        "officers-per-thousand": 2,
        "residents-per-officer": 500,
        "dossiers-per-officer": Fraction(5, 2),
    }


def test_ratios_of_an_inspectors_own_rules_are_set_side_by_side(tmp_path: Path) -> None:
    drawn = [["a.txt", "", "teams-per-group", "Tổ trên nhóm", "Teams per group", "teams", "groups", 1, "1/3", 1 / 3]]
    store(tmp_path, [(row("a.txt"), {"ratios": drawn})])
    (only,) = compare.values(tmp_path)
    assert (only.ratio.name, only.value, compare.name_of(only.ratio).en) == ("teams-per-group", Fraction(1, 3), "Teams per group")


def test_results_of_an_earlier_version_are_compared_too(tmp_path: Path) -> None:
    side_by_side(tmp_path, [5, 6])
    results.path(tmp_path, "ratios").unlink()
    assert [v.ratio.name for v in compare.values(tmp_path)] == ["late", "late"]
    assert compare.query("select count(*) as n from reports", tmp_path)["n"].tolist() == [2]


def test_nothing_to_compare_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(compare.NoResultsError, match="cchc-audit batch"):
        compare.values(tmp_path)


@pytest.mark.parametrize("numbers", [[1], [3, 1, 2], [4, 1, 3, 2]])
def test_median(numbers: list[int]) -> None:
    import statistics

    assert compare.median([Fraction(n) for n in numbers]) == Fraction(statistics.median(numbers))
    with pytest.raises(ValueError, match="no numbers"):
        compare.median([])


def test_frames_and_charts(tmp_path: Path) -> None:
    found = compare.values(side_by_side(tmp_path, [*range(5, 25), 300]))
    assert compare.frame(found).shape[0] == 21
    assert list(compare.questions(compare.apart(found), "en")["ward"]) == ["xã 20"]
    assert compare.chart(found, "late").axes
    assert compare.query("select count(*) as n from reports", tmp_path)["n"].tolist() == [21]
    with pytest.raises(KeyError):
        compare.chart(found, "unknown")
