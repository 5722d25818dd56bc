"""The review panel without a browser: what the page is given, and what comes of each request."""

from __future__ import annotations

import errno
import json
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from fabricate import TEXT, audit, hostile
from test_review import contradicted, desk

from cchc_audit import decisions
from cchc_audit.decisions import Act, read
from cchc_audit.desk import open_report
from cchc_audit.messages import catalogue
from cchc_audit.model import Block, BlockKind, Document, Place, Span, Verdict
from cchc_audit.panel import Panel, open_panel
from cchc_audit.panel_view import source_lines, view_of
from cchc_audit.places import place_of
from cchc_audit.rules import load
from cchc_audit.workspace import init

REAL = Path(__file__).parents[1].parent / "shared/reports/tran-hung-dao-2024.txt"
SAMPLE = Path(__file__).parents[1] / "data/reports/dong-me-6-thang-2024.txt"
EXPLAINED = Path(__file__).parent / "wards/reports/q2.txt"
PACKAGE = Path(decisions.__file__).parent


def ask(panel: Panel, **request: object) -> dict[str, object]:
    return panel.answer({"id": "1", **request})


def found(panel: Panel, finding: str) -> dict[str, object]:
    return next(f for f in panel.view["findings"] if f["id"] == finding)


# ---------------------------------------------------------------- what the page is given


def test_the_view_is_plain_json(tmp_path: Path) -> None:
    view = view_of(desk(tmp_path), "vi")
    assert json.loads(json.dumps(view)) == view
    assert view["progress"] == [0, 6]
    severities = [f["to_review"] for f in view["findings"]]
    assert severities == sorted(severities, reverse=True)


@pytest.mark.parametrize("sample", [audit(), hostile()], ids=["plain", "hostile"])
def test_the_lines_are_the_text_and_every_offset_is_true(sample: object) -> None:
    document = sample.document  # type: ignore[attr-defined]
    for line in source_lines(document):
        assert document.text[line["start"] :].startswith(line["text"])
        for cell in line.get("cells", ()):
            assert document.text[cell["start"] :].startswith(cell["text"])
    assert "".join(line["text"] for line in source_lines(document)) == document.text.replace("\n", "")


def test_table_rows_come_as_cells() -> None:
    text = "Bảng\n| a | 12 |\n"
    row = Block(BlockKind.ROW, Span(5, 15), Place(row=1), (Span(7, 8), Span(11, 13)), (Place(), Place()))
    lines = source_lines(Document("x", "text", "0", text, (row,)))
    assert lines[1]["cells"] == [{"start": 7, "text": "a"}, {"start": 11, "text": "12"}]


def test_marks_do_not_overlap_and_know_their_findings(tmp_path: Path) -> None:
    work = desk(tmp_path)
    marks = view_of(work, "vi")["marks"]
    assert all(a["end"] <= b["start"] for a, b in zip(marks, marks[1:], strict=False))
    at = TEXT.index("24 thủ tục")
    mark = next(m for m in marks if m["start"] == at)
    assert (mark["look"], mark["findings"]) == ("differs", [contradicted(work).id])


def test_what_the_report_itself_explains_is_marked_as_a_question(tmp_path: Path) -> None:
    work = open_report(EXPLAINED, decisions=tmp_path, who="lan")
    asked = {f.id for f in work.audit.findings if f.explained}
    differ = {f.id for f in work.audit.alarms} - asked
    looks = {m["look"] for m in view_of(work, "vi")["marks"] if asked & set(m["findings"]) and not differ & set(m["findings"])}
    assert looks == {"asks"}


def test_a_finding_says_its_section_and_sums_that_can_be_joined(tmp_path: Path) -> None:
    work = desk(tmp_path)
    for finding in view_of(work, "vi")["findings"]:
        own = next(f for f in work.audit.findings if f.id == finding["id"])
        assert finding["where"] == place_of(own, work.audit).vi
        assert not any(line.endswith(".") for line in finding["working"])


def test_every_label_of_the_page_exists_in_both_languages() -> None:
    used = set(re.findall(r"words\.([a-z_]+)", (PACKAGE / "panel.js").read_text("utf-8")))
    used |= {f"filter_{name}" for name in ("todo", "done", "all")}
    known = {key.removeprefix("panel.") for key in catalogue() if key.startswith("panel.")}
    assert used <= known, used - known
    for key in known:
        message = catalogue()[f"panel.{key}"]
        assert message.vi and message.en and message.vi != message.en


def test_the_page_builds_no_html_from_text_and_asks_no_address() -> None:
    script = (PACKAGE / "panel.js").read_text("utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|https?://|import\s", script
    )
    assert not re.search(r"url\(|@import", (PACKAGE / "panel.css").read_text("utf-8"))


# ---------------------------------------------------------------- what comes of each request


def test_each_act_is_on_disk_and_in_the_view(tmp_path: Path) -> None:
    panel = Panel(desk(tmp_path))
    finding = contradicted(panel.desk).id
    assert ask(panel, act="dismiss", finding=finding, reason="đã xem biểu gốc")["ok"]
    assert read(tmp_path).decisions[-1].reason == "đã xem biểu gốc"
    shown = found(panel, finding)
    assert shown["state"] == "dismiss" and "đã xem biểu gốc" in str(shown["decision"])
    assert panel.view["progress"] == [1, 6]
    assert ask(panel, act="ask", finding=finding, reason="")["ok"]
    assert ask(panel, act="accept", finding=finding)["ok"]
    assert "Đã hoàn tác" in str(ask(panel, act="undo")["said"])
    assert found(panel, finding)["state"] == "ask"


def test_a_figure_set_right_changes_the_verdict_in_the_view(tmp_path: Path) -> None:
    panel = Panel(desk(tmp_path))
    finding = contradicted(panel.desk)
    span = list(finding.claim.terms[0].span or ())
    answer = ask(panel, act="misread", span=span, value="22")
    assert answer["ok"] and "Chưa thống nhất → Khớp" in str(answer["said"])
    assert found(panel, finding.id)["verdict"] == Verdict.HOLDS.value
    assert "24 thủ tục” đọc là 22" in panel.view["corrected"][0]["text"]
    at = TEXT.index("12 nghìn")
    assert ask(panel, act="add", span=[at, at + 8], value="12.000", unit="người")["ok"]
    assert ask(panel, act="bind", span=[at, at + 8], indicator="population")["ok"]
    added = panel.desk.findings.figures[0].decision
    assert (added.value, added.unit, added.indicator) == ("12.000", "người", "population")
    assert ask(panel, act="misread", span=span, value=None)["ok"]
    assert any("không phải số liệu" in row["text"] for row in panel.view["corrected"])


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"act": "dismiss", "reason": " "}, "lý do"),
        ({"act": "accept", "finding": "khác"}, "khác"),
        ({"act": "misread", "span": [0, 5], "value": "abc"}, "đúng một số"),
        ({"act": "bind", "span": [0, 5], "indicator": ""}, "chỉ tiêu"),
        ({"act": "add", "span": [5, 5], "value": "5"}, "bôi đen"),
        ({"act": "approve"}, "approve"),
    ],
)
def test_a_request_that_cannot_be_carried_out_says_why_and_saves_nothing(
    tmp_path: Path, request_: dict[str, object], words: str
) -> None:
    panel = Panel(desk(tmp_path))
    answer = ask(panel, **{"finding": contradicted(panel.desk).id, **request_})
    assert not answer["ok"] and words in str(answer["error"])
    assert read(tmp_path).decisions == ()


def test_a_full_disk_is_told_and_the_page_keeps_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = Panel(desk(tmp_path))
    request = {"act": "dismiss", "finding": contradicted(panel.desk).id, "reason": "lý do"}

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(decisions.journal, "append", full)
        disk.setattr(decisions, "write", full)
        answer = ask(panel, **request)
    assert (answer["ok"], answer["kept"]) == (False, False)
    assert ask(panel, **request)["ok"]


def test_english_labels_and_answers(tmp_path: Path) -> None:
    panel = Panel(desk(tmp_path), language="en")
    assert panel.words["dismiss"] == "Dismiss"
    finding = contradicted(panel.desk).id
    ask(panel, act="dismiss", finding=finding, reason="seen")
    assert "dismissed" in str(found(panel, finding)["decision"])


def test_a_changed_figure_and_the_last_period_are_told(tmp_path: Path) -> None:
    first = desk(tmp_path)
    finding = contradicted(first)
    first.accept(finding.id)
    earlier = replace(
        decisions.new(Act.DISMISS, "An", replace(first.subject, period="2023-01-01_2023-12-31", sha256="x")),
        finding=finding.id,
        reason="biểu của huyện",
    )
    decisions.record(tmp_path, earlier)
    panel = Panel(desk(tmp_path))
    ask(panel, act="misread", span=list(finding.claim.terms[0].span or ()), value="23")
    shown = found(panel, finding.id)
    assert shown["state"] == "reopened" and "24 → 23" in str(shown["changed"])
    assert "Kỳ trước (01/01/2023 – 31/12/2023)" in str(shown["earlier"]) and "biểu của huyện" in str(
        shown["earlier"]
    )


def test_a_finding_is_headed_by_what_was_compared(tmp_path: Path) -> None:
    work = open_report(SAMPLE, decisions=tmp_path, who="Hoa")
    titles = [[f["title"] for f in view_of(work, language)["findings"]] for language in ("vi", "en")]
    assert all(map(all, titles))
    assert "Tỷ lệ: Kết quả giải quyết được số hóa, điện tử" in titles[0]
    assert any(title.startswith("Total and parts: ") for title in titles[1])


def test_an_indicator_is_named_in_words_and_one_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    work = open_report(SAMPLE, decisions=tmp_path, who="Hoa")
    panel = Panel(work)
    labels = dict(panel.indicators)
    assert list(labels) == sorted(labels) and "received_online" in labels.values()
    at = work.audit.document.text.index("455")
    refused = ask(panel, act="bind", span=[at, at + 3], indicator="Hồ sơ trên mây")
    assert not refused["ok"] and "danh sách" in str(refused["error"])
    assert ask(panel, act="bind", span=[at, at + 3], indicator="received_online")["ok"]
    label = load().lexicon["received_online"].label.vi
    assert f"“455” là chỉ tiêu {label} (Hoa" in panel.view["corrected"][0]["text"]


def test_the_page_goes_from_report_to_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    init(tmp_path)
    (tmp_path / "reports/a.txt").write_text("Xã nhận 20 hồ sơ, giải quyết 15/15 hồ sơ (90%).\n", "utf-8")
    (tmp_path / "reports/a__phu-luc.csv").write_text("Chỉ tiêu,Số\nHồ sơ,20\n", "utf-8")
    monkeypatch.chdir(tmp_path / "notebooks")
    panel = open_panel(who="Hoa")
    assert (panel.report, panel.reports) == ("a.txt", ["a.txt", SAMPLE.name])
    place, lines = panel.place, panel.source
    assert ask(panel, act="dismiss", finding=panel.desk.audit.alarms[0].id, reason="đã xem")["ok"]
    assert SAMPLE.name in str(ask(panel, act="open", report=SAMPLE.name)["said"])
    assert panel.place != place and panel.source != lines and panel.view["progress"] == [0, 5]
    (tmp_path / "reports/a.txt").unlink()
    answer = ask(panel, act="open", report="a.txt")
    assert not answer["ok"] and "a.txt" in str(answer["error"]) and panel.report == SAMPLE.name
    assert open_panel(SAMPLE.name, with_files=["a__phu-luc.csv"], who="Hoa").reports == []


@pytest.mark.skipif(not REAL.exists(), reason="the long report is not here")
def test_a_change_is_checked_again_within_200_ms_on_a_long_report(tmp_path: Path) -> None:
    work = open_report(REAL, decisions=tmp_path, who="Hoa")
    panel = Panel(work)
    span = next(f for f in work.audit.findings if f.alarms).claim.terms[0].span
    times = []
    for value in range(11, 21):
        start = time.process_time()  # of this program alone, whatever else the machine does
        assert ask(panel, act="misread", span=list(span or ()), value=str(value))["ok"]
        times.append(time.process_time() - start)
    assert sorted(times)[len(times) // 2] < 0.2, times
