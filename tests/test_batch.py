"""Batches: what is planned, what a failure costs, what a second run does, and what a kill leaves behind."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

from benchmarks import synthetic
from cchc_audit import batch, decisions, folders, ledger, notebook, plan, results
from cchc_audit.batch import Batch, Settings, Summary
from cchc_audit.errors import ConfigError, ReadError
from cchc_audit.ledger import InUseError, Ledger
from cchc_audit.model import Message
from cchc_audit.plan import Identity, Item, UsageError
from cchc_audit.processes import Limits


class Silent:
    """Keeps what was shown."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def stage(self, _what: Message, _total: int) -> None:
        self.seen = []

    def advance(self, name: str, _trouble: Message | None = None) -> None:
        self.seen.append(name)


# ---------------------------------------------------------------- work that is quick, or goes wrong as its report says


def toy(item: Item, settings: Settings) -> dict[str, Any]:
    text = item.source.path.read_text("utf-8")
    with (settings.outputs.parent / "calls.txt").open("a") as calls:
        calls.write(f"{item.name}\n")
    if "UNREADABLE" in text:
        raise ReadError(item.source.path, "damaged", "tệp hỏng", "the file is damaged")
    if "CRASH" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "LEAVE" in text:
        os._exit(0)
    if "SLOW" in text:
        time.sleep(60)
    if "GREEDY" in text:
        bytearray(2**31)
    if "BUG" in text:
        raise KeyError("a bug")
    if "CONFIG" in text:
        raise ConfigError(["rules.yaml:3: no such kind"])
    memo = {"memo.html": f"memo of {item.name}\n{text}"}
    counts = {"sha256": "", "contradicted": text.count("SLIP"), "numbers": 3, "unread": 1}
    return {"summary": counts, "rows": {}, "files": memo}


def run(folder: Path, *paths: Path, memo: bool = True, jobs: int = 2, work: Any = toy, **limits: Any) -> Summary:
    settings = Settings(folder / "outputs", memo=memo, jobs=jobs, limits=Limits(**{"seconds": 20, "memory": 2**29, **limits}))
    return Batch(settings, Silent(), work).run(paths or [folder / "reports"])


def reports(folder: Path, **texts: str) -> Path:
    place = folder / "reports"
    place.mkdir(exist_ok=True)
    for name, text in texts.items():
        (place / f"{name}.txt").write_text(f"UBND PHƯỜNG {name.upper()}\nBÁO CÁO năm 2024\n{text}\n", "utf-8")
    return place


def calls(folder: Path) -> list[str]:
    path = folder / "calls.txt"
    made = sorted(path.read_text().split()) if path.exists() else []
    path.unlink(missing_ok=True)
    return made


def table(folder: Path, name: str = "reports") -> list[dict[str, Any]]:
    return list(results.read(folder / "outputs", name))


# ---------------------------------------------------------------- failures


@pytest.mark.parametrize("memo", [True, False], ids=["memo", "no-memo"])
def test_one_wards_failure_never_stops_the_others(tmp_path: Path, memo: bool) -> None:
    troubles = {"b": "UNREADABLE", "c": "CRASH", "d": "SLOW", "e": "GREEDY", "f": "BUG", "h": "LEAVE"}
    reports(tmp_path, a="", g="SLIP", i="", **troubles)
    summary = run(tmp_path, memo=memo, seconds=4)
    assert (summary.total, summary.done, summary.same) == (9, 3, 0)
    assert {name[0]: status for name, (status, _) in summary.failed.items()} == {
        "b": "unreadable", "c": "crashed", "d": "timeout", "e": "memory", "f": "failed", "h": "crashed",
    }  # fmt: skip
    rows = {row["report"]: row for row in table(tmp_path)}
    assert [row["report"] for row in table(tmp_path)] == sorted(rows)
    assert rows["b.txt"]["reason_en"] == "the file is damaged"
    assert "SIGSEGV" in rows["c.txt"]["reason_vi"]
    assert "4" in rows["d.txt"]["reason_vi"]
    assert "KeyError" in rows["f.txt"]["reason_en"]
    assert (rows["g.txt"]["status"], rows["g.txt"]["contradicted"]) == ("done", 1)
    assert all(bool(row["folder"]) == (memo and row["status"] == "done") for row in rows.values())
    index = (tmp_path / "outputs" / "index.html").read_text("utf-8")
    assert "tệp hỏng" in index
    assert "tệp hỏng" in (tmp_path / "outputs" / "tong-hop.html").read_text("utf-8")
    assert "the file is damaged" in (tmp_path / "outputs" / "summary.html").read_text("utf-8")


def test_failures_are_tried_again_and_nothing_else(tmp_path: Path) -> None:
    place = reports(tmp_path, a="", b="BUG")
    assert len(run(tmp_path).failed) == 1
    calls(tmp_path)
    reports(tmp_path, b="mended")
    summary = run(tmp_path)
    assert (summary.done, summary.same, summary.failed) == (1, 1, {})
    assert calls(tmp_path) == ["b.txt"]
    assert place.is_dir()


def test_a_memo_of_an_earlier_state_is_not_passed_off_as_current(tmp_path: Path) -> None:
    reports(tmp_path, a="")
    run(tmp_path)
    memo = next((tmp_path / "outputs").rglob("memo.html"))
    for trouble in ("UNREADABLE", "CRASH"):
        reports(tmp_path, a=trouble)
        assert run(tmp_path).memos == []
        (row,) = table(tmp_path)
        assert row["folder"] == ""
        where = memo.relative_to(tmp_path / "outputs").as_posix()
        assert f"The memo still in {where} is of an earlier state" in row["reason_en"]
        index = (tmp_path / "outputs" / "index.html").read_text("utf-8")
        assert f'href="{where}"' not in index
        assert "là của bản báo cáo trước" in index
    reports(tmp_path, a="mended")
    run(tmp_path)
    assert table(tmp_path)[0]["reason_en"] in (None, "")


def test_a_wrong_rulebook_stops_the_batch(tmp_path: Path) -> None:
    reports(tmp_path, a="CONFIG")
    with pytest.raises(ConfigError, match=r"rules\.yaml:3"):
        run(tmp_path)


@pytest.mark.parametrize("paths", [["nowhere"], ["empty"]])
def test_nothing_to_do_is_bad_usage(tmp_path: Path, paths: list[str]) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        run(tmp_path, *(tmp_path / path for path in paths))
    assert not (tmp_path / "outputs").exists()


# ---------------------------------------------------------------- a second run


def test_what_is_done_and_unchanged_is_left_alone(tmp_path: Path) -> None:
    place = reports(tmp_path, a="", b="", c="")
    run(tmp_path)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "outputs").rglob("memo.html")}
    assert calls(tmp_path) == ["a.txt", "b.txt", "c.txt"]
    summary = run(tmp_path)
    assert (summary.done, summary.same) == (0, 3)
    assert calls(tmp_path) == []
    assert before == {p: p.stat().st_mtime_ns for p in (tmp_path / "outputs").rglob("memo.html")}
    reports(tmp_path, b="SLIP")
    (place / "c.txt").unlink()
    assert run(tmp_path).same == 1
    assert calls(tmp_path) == ["b.txt"]
    assert [(row["report"], row["contradicted"]) for row in table(tmp_path)] == [("a.txt", 0), ("b.txt", 1)]


def test_rows_and_pages_of_another_version_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports(tmp_path, a="", b="")
    run(tmp_path)
    page = tmp_path / "outputs" / "index.html"
    page.write_text("as it was", "utf-8")
    run(tmp_path)
    assert page.read_text("utf-8") == "as it was"
    monkeypatch.setattr(plan, "code_fingerprint", lambda: "another version")
    run(tmp_path)
    assert page.read_text("utf-8") != "as it was"


def test_a_memo_that_is_gone_is_made_again(tmp_path: Path) -> None:
    reports(tmp_path, a="")
    run(tmp_path)
    next((tmp_path / "outputs").rglob("memo.html")).unlink()
    assert run(tmp_path).done == 1


def test_what_was_made_of_an_earlier_state_goes_an_inspectors_notes_stay(tmp_path: Path) -> None:
    reports(tmp_path, a="")
    run(tmp_path)
    folder = next((tmp_path / "outputs").rglob("memo.html")).parent
    (folder / "memo.pdf").write_text("old")
    (folder / "notes.txt").write_text("mine")
    reports(tmp_path, a="changed")
    run(tmp_path)
    assert sorted(p.name for p in folder.iterdir()) == ["memo.html", "notes.txt"]
    assert "changed" in (folder / "memo.html").read_text("utf-8")


def test_a_torn_line_of_the_log_costs_one_report(tmp_path: Path) -> None:
    reports(tmp_path, a="", b="")
    run(tmp_path)
    log = tmp_path / "outputs" / ledger.STATE / "log.jsonl"
    log.write_bytes(log.read_bytes()[:-20])
    calls(tmp_path)
    run(tmp_path)
    assert calls(tmp_path) == ["b.txt"]
    assert len(log.read_bytes().splitlines()) == 2


def test_two_batches_on_one_folder_refuse_each_other(tmp_path: Path) -> None:
    reports(tmp_path, a="")
    with ledger.alone(tmp_path / "outputs"), pytest.raises(InUseError, match=str(os.getpid())):
        run(tmp_path)
    assert run(tmp_path).done == 1  # the lock goes with its holder


def test_a_lock_left_by_a_crash_holds_nobody_up(tmp_path: Path) -> None:
    reports(tmp_path, a="")
    state = tmp_path / "outputs" / ledger.STATE
    (state / "staging-dead" / "x").mkdir(parents=True)
    (state / "lock").write_text("99999 · long ago\n")
    assert run(tmp_path).done == 1
    assert not (state / "staging-dead").exists()


def test_the_log_keeps_what_other_batches_did(tmp_path: Path) -> None:
    place = reports(tmp_path, a="", b="")
    run(tmp_path, place / "a.txt")
    run(tmp_path, place / "b.txt")
    calls(tmp_path)
    assert run(tmp_path).same == 2
    assert calls(tmp_path) == []
    assert set(Ledger.open(tmp_path / "outputs").entries) == {"a.txt", "b.txt"}


# ---------------------------------------------------------------- the plan


def arranged(folder: Path, identities: dict[str, Identity] | None = None, outputs: str = "outputs", **settings: Any) -> list[Item]:
    gathered = plan.gather([folder])
    known = identities or {}
    return plan.arrange(gathered, {s.name: known.get(s.name, Identity()) for s in gathered.sources}, folder / outputs, settings)


def quarter(number: int, ward: str = "phường An Hà", year: int = 2024) -> Identity:
    from datetime import date

    first, last = 3 * number - 2, 3 * number
    return Identity(ward, None, date(year, first, 1), date(year, last, 28), f"quý {number} năm {year}")


def write(folder: Path, *names: str, text: str = "") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or name, "utf-8")


def test_what_is_a_report(tmp_path: Path) -> None:
    write(tmp_path, "reports/a.txt", "reports/x/b.md", "reports/a__bieu-06a.csv", "reports/lone__annex.txt")
    write(tmp_path, "reports/.hidden.txt", "reports/~$a.docx", "reports/README.md", "reports/a.zip", "notes.txt")
    gathered = plan.gather([tmp_path])
    assert [s.name for s in gathered.sources] == ["a.txt", "lone__annex.txt", "x/b.md"]
    assert [p.name for p in gathered.sources[0].annexes] == ["a__bieu-06a.csv"]


def test_a_file_given_twice_counts_once_and_equal_names_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, "one/a.txt", "two/a.txt")
    gathered = plan.gather([tmp_path / "one", tmp_path / "one" / "a.txt", tmp_path / "two"])
    assert len({s.name for s in gathered.sources}) == len(gathered.sources) == 2


def test_the_previous_report_is_the_last_one_of_the_ward_before(tmp_path: Path) -> None:
    write(tmp_path, "q1.txt", "q2.txt", "q4.txt", "other.txt", "nameless.txt")
    known = {"q1.txt": quarter(1), "q2.txt": quarter(2), "q4.txt": quarter(4), "other.txt": quarter(3, "xã An Hà")}
    found = {item.name: [s.name for s in item.previous] for item in arranged(tmp_path, known)}
    assert found == {"q1.txt": [], "q2.txt": ["q1.txt"], "q4.txt": ["q2.txt"], "other.txt": [], "nameless.txt": []}


def test_namesakes_without_a_register_are_not_mixed(tmp_path: Path) -> None:
    write(tmp_path, "a1.txt", "b1.txt", "a2.txt")
    known = {"a1.txt": quarter(1), "b1.txt": quarter(1), "a2.txt": quarter(2)}
    assert all(item.previous == () for item in arranged(tmp_path, known))


def test_the_register_tells_namesakes_apart(tmp_path: Path) -> None:
    write(tmp_path, "reports/00001-q1.txt", "reports/00002-q1.txt", "reports/00002-q2.txt")
    write(tmp_path, "wards.csv", text="code,name,kind,district,province,population,valid_from,valid_to\n"
          "00001,An Hà,phường,quận A,tỉnh T,,,\n00002,An Hà,phường,quận B,tỉnh T,,,\n")  # fmt: skip
    known = {"00001-q1.txt": quarter(1), "00002-q1.txt": quarter(1), "00002-q2.txt": quarter(2)}
    items = arranged(tmp_path, known)
    assert [item.ward.code for item in items if item.ward] == ["00001", "00002", "00002"]
    assert [[s.name for s in item.previous] for item in items] == [[], [], ["00002-q1.txt"]]
    assert [item.folder.split("/")[0] for item in items] == ["phuong-an-ha", "phuong-an-ha-2", "phuong-an-ha-2"]


def test_a_code_used_again_after_a_merger_is_not_the_same_ward(tmp_path: Path) -> None:
    write(tmp_path, "reports/before.txt", "reports/after-q1.txt", "reports/after-q2.txt")
    write(tmp_path, "wards.csv", text="code,name,kind,district,province,population,valid_from,valid_to\n"
          "00001,An Hà,xã,huyện A,tỉnh T,,,2025-06-30\n00001,Hợp Nhất,xã,,tỉnh T,,2025-07-01,\n")  # fmt: skip
    known = {
        "before.txt": quarter(4, "xã An Hà"),
        "after-q1.txt": quarter(3, "xã Hợp Nhất", 2025),
        "after-q2.txt": quarter(4, "xã Hợp Nhất", 2025),
    }
    items = arranged(tmp_path, known)
    assert [item.ward.code for item in items if item.ward] == ["00001"] * 3
    previous = {item.name: [s.name for s in item.previous] for item in items}
    assert previous == {"before.txt": [], "after-q1.txt": [], "after-q2.txt": ["after-q1.txt"]}


def test_no_two_reports_share_a_folder_whatever_their_names(tmp_path: Path) -> None:
    write(tmp_path, *(f"{n}.txt" for n in range(6)))
    hostile = ["../../etc", "Phường An", "PHUONG AN", "phường an", "con", ""]
    known = {f"{n}.txt": replace(quarter(1), ward=name) for n, name in enumerate(hostile)}
    folders = [item.folder for item in arranged(tmp_path, known)]
    assert len(set(folders)) == 6
    assert all(".." not in folder and not folder.startswith("/") for folder in folders)


def test_a_folder_that_is_anothers_stays_its(tmp_path: Path) -> None:
    place = reports(tmp_path, a="")
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(place / "a.txt", other / "z.txt")
    (other / "z.txt").write_text((place / "a.txt").read_text("utf-8") + "more", "utf-8")
    run(tmp_path, other)
    run(tmp_path, place)
    assert len(list((tmp_path / "outputs").rglob("memo.html"))) == 2


def keys(folder: Path, identities: dict[str, Identity], **settings: Any) -> dict[str, str]:
    return {item.name: item.key for item in arranged(folder, identities, **settings)}


def test_the_key_changes_with_everything_a_result_depends_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = "code,name,kind,district,province,population,valid_from,valid_to\n"
    write(tmp_path, "reports/q1.txt", "reports/q2.txt", "reports/q2__form.csv", "reports/z.txt")
    write(tmp_path, "wards.csv", text=head + "1,An Hà,phường,,T,5,,\n")
    known = {"q1.txt": quarter(1), "q2.txt": quarter(2), "z.txt": quarter(1, "xã Khác")}
    start = keys(tmp_path, known)

    def changed(**settings: Any) -> set[str]:
        now = keys(tmp_path, known, **settings)
        return {name for name, key in now.items() if key != start[name]}

    assert changed() == set()
    assert changed(rules="other") == {"q1.txt", "q2.txt", "z.txt"}
    write(tmp_path, "reports/q2__form.csv", text="new")
    assert changed() == {"q2.txt"}
    write(tmp_path, "reports/q2__form.csv")
    write(tmp_path, "reports/q1.txt", text="new")  # and so is what q2 is compared with
    assert changed() == {"q1.txt", "q2.txt"}
    write(tmp_path, "reports/q1.txt")
    write(tmp_path, "wards.csv", text=head + "1,An Hà,phường,,T,6,,\n")
    assert changed() == {"q1.txt", "q2.txt"}
    write(tmp_path, "wards.csv", text=head + "2,Khác Nữa,phường,,T,6,,\n1,An Hà,phường,,T,5,,\n")
    assert changed() == set()  # only its line moved
    subject = decisions.Subject("xa-khac", "")
    decisions.record(tmp_path / "decisions", replace(decisions.new(decisions.Act.ACCEPT, "an", subject), finding="f"))
    assert changed() == {"z.txt"}
    monkeypatch.setattr(plan, "code_fingerprint", lambda: "another version")
    assert changed() == {"q1.txt", "q2.txt", "z.txt"}


@pytest.mark.parametrize("given", ["folder", "file"])
def test_results_without_memo_heed_figures_set_right(tmp_path: Path, given: str) -> None:
    """Wherever the batch was told to look, the decisions are those of the workspace, in the key and in the rows."""
    from cchc_audit import desk
    from cchc_audit.model import Span

    place = reports(tmp_path, a="1. Đã giải quyết 98/100 hồ sơ, đạt 97%.")
    (tmp_path / "wards.csv").write_text("code,name,kind,district,province,population,valid_from,valid_to\n", "utf-8")
    start = tmp_path if given == "folder" else place / "a.txt"
    settings = Settings(tmp_path / "outputs", memo=False)

    def audited() -> tuple[str, int]:
        gathered = plan.gather([start])
        (item,) = plan.arrange(gathered, {"a.txt": Identity("phường A")}, settings.outputs, settings.for_key())
        return item.key, batch.audit_ward(item, settings)["summary"]["contradicted"]

    key, contradicted = audited()
    assert contradicted == 1
    at = (place / "a.txt").read_text("utf-8").index("97%")
    desk.open_report(place / "a.txt", who="an").misread(Span(at, at + 3), "98%", "a slip in copying")
    after, left = audited()
    assert (after != key, left) == (True, 0)


# ---------------------------------------------------------------- the real thing, from the command line

EPOCH = "1717200000"


def command(*options: str) -> list[str]:
    return [sys.executable, "-m", "cchc_audit", "batch", "ws", "--outputs", "outputs", "--jobs", "2", *options]


def environment() -> dict[str, str]:
    return {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}


def finish(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*options), cwd=folder, env=environment(), capture_output=True, text=True, check=False, timeout=250
    )  # fmt: skip


def everything(outputs: Path) -> dict[str, bytes]:
    """Every file under outputs but the batch's own state."""
    return {
        path.relative_to(outputs).as_posix(): path.read_bytes()
        for path in sorted(outputs.rglob("*"))
        if path.is_file() and ledger.STATE not in path.relative_to(outputs).parts
    }


def workspace(folder: Path, wards: int) -> Path:
    folder.mkdir()
    (folder / "ws" / "reports").mkdir(parents=True)
    lines = ["code,name,kind,district,province,population,valid_from,valid_to"]
    for index in range(wards):
        who = synthetic.unit(index)
        lines.append(f"{who.code},{who.name},{who.kind},{who.district},{who.province},{who.population},,")
        for number in (1, 2) if index == 0 else (1,):
            made = synthetic.report(index, quarter=number, length=6_000)
            (folder / "ws" / "reports" / made.name).write_text(made.text, "utf-8")
    (folder / "ws" / "wards.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def killed_and_resumed(tmp_path: Path, wards: int, kills: int) -> None:
    """Kill a batch at moments spread over the whole of it, each time resumed, and compare what it leaves."""
    folder = workspace(tmp_path / "w", wards)
    assert finish(folder).returncode == 0
    whole = everything(folder / "outputs")
    shutil.rmtree(folder / "outputs")
    rng, landed = random.Random(kills), 0
    for made in sorted(rng.randrange(wards) for _ in range(kills)):
        process = subprocess.Popen(
            command(), cwd=folder, env=environment(), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        while process.poll() is None and len(list(folder.glob("outputs/*/*/memo.html"))) < made:
            time.sleep(0.01)
        time.sleep(rng.uniform(0, 0.2))
        landed += process.poll() is None
        process.kill()
        process.wait()
    done = finish(folder)
    assert done.returncode == 0, done.stderr
    assert landed >= kills / 2
    found = everything(folder / "outputs")
    assert sorted(found) == sorted(whole)
    assert [name for name in whole if whole[name] != found[name]] == []


def test_a_wards_notebook_is_what_papermills_own_engine_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = workspace(tmp_path / "w", 1)
    assert finish(folder).returncode == 0
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    made = sorted(Path("outputs").rglob("ward_audit.ipynb"))
    assert len(made) == 2
    for path in made:
        ran = nbformat.read(path, as_version=4)
        monkeypatch.setenv(folders.GIVEN, path.parent.relative_to("outputs").as_posix())
        order = ("report", "previous", "with_files", "ward", "language", "rules", "outputs")
        given = {name: ran.metadata.papermill.parameters[name] for name in order}
        again = notebook.execute(given, outputs="elsewhere", engine=None)
        assert notebook.results(again)["ward_audit.ipynb"] == path.read_text("utf-8")


def test_killed_then_resumed_equals_uninterrupted(tmp_path: Path) -> None:
    killed_and_resumed(tmp_path, wards=6, kills=2)


@pytest.mark.verify
@pytest.mark.timeout(1500)
def test_killed_at_ten_moments_then_resumed_equals_uninterrupted(tmp_path: Path) -> None:
    killed_and_resumed(tmp_path, wards=40, kills=10)


def test_what_a_killed_batch_left_half_written_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = workspace(tmp_path / "w", 1)
    left = [folder / "outputs" / place for place in (".index.html.k3x.tmp", "results/.wards.parquet.q.tmp", ".batch/.log.jsonl.z.tmp")]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("half")
    assert finish(folder, "--no-memo").returncode == 0
    assert not any(path.exists() for path in left)

    staged, published = tmp_path / "staged", tmp_path / "xa-mau" / "2024"  # beside a ward's folder nothing is written in parts
    staged.mkdir()
    written: list[Path] = []
    real = batch.files.write
    monkeypatch.setattr(batch.files, "write", lambda path, data: (written.append(path), real(path, data)))
    batch._publish(staged, published, "owner")
    assert [path.parent for path in written] == [staged]
    assert folders.marker(published).read_text("utf-8") == "owner" and not list(published.iterdir())


def test_exit_statuses_and_interruption(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w", 3)
    assert finish(folder, "--no-memo").returncode == 0
    (folder / "ws" / "reports" / "empty.txt").write_bytes(b"")
    done = finish(folder, "--no-memo")
    assert done.returncode == 1
    assert "empty.txt" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    (folder / "ws" / "wards.csv").write_text("code\n1\n")
    wrong = finish(folder)
    assert wrong.returncode == 2
    assert "wards.csv:1:" in wrong.stderr
    (folder / "ws" / "wards.csv").unlink()
    process = subprocess.Popen(command(), cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True)
    while not list((folder / "outputs" / ledger.STATE).glob("staging-*")):
        time.sleep(0.02)
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert not list((folder / "outputs" / ledger.STATE).glob("staging-*"))


def test_an_interruption_that_a_loading_module_swallows_still_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cchc_audit import progress

    folder = workspace(tmp_path / "w", 2)
    heard = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]

    def load() -> None:
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(batch, "_start", load)
    try:
        with pytest.raises(KeyboardInterrupt):
            progress.run([folder / "ws"], Settings(folder / "outputs", memo=False, jobs=1))
    finally:
        for number, handler in zip((signal.SIGINT, signal.SIGTERM), heard, strict=True):
            signal.signal(number, handler)
    assert "outputs" not in capsys.readouterr().out


def test_synthetic_reports_are_repeatable_and_their_slips_are_found(tmp_path: Path) -> None:
    from cchc_audit.audit import audit_report

    assert synthetic.report(7).text == synthetic.report(7).text != synthetic.report(8).text
    found = planted = 0
    for index in range(25):
        made = synthetic.report(index)
        path = tmp_path / made.name
        path.write_text(made.text, "utf-8")
        audit = audit_report(path)
        spans = [f.claim.span for f in audit.alarms]
        places = [(made.text.index(s.quote), made.text.index(s.quote) + len(s.quote)) for s in made.slips]
        planted += len(places)
        found += sum(any(s.start < end and start < s.end for s in spans) for start, end in places)
        stray = [s for s in spans if not any(s.start < end and start < s.end for start, end in places)]
        assert stray == [], audit.document.quote(stray[0])
    assert planted >= 10
    assert found >= 0.95 * planted


def test_lengths_follow_real_reports() -> None:
    sizes = sorted(len(made.text) for made in synthetic.reports(200))
    assert 16_000 < sizes[100] < 26_000
    assert 45_000 < sizes[-1] < 67_000


def test_identities_are_kept_by_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = reports(tmp_path, a="")
    run(tmp_path)
    shown = Silent()
    (place / "a.txt").rename(place / "b.txt")
    (tmp_path / "outputs").mkdir(exist_ok=True)
    read: list[Sequence[object]] = []
    real = batch.processes.each

    def counted(work: Any, pieces: Any, jobs: int, limits: Limits) -> Any:
        pieces = list(pieces)
        read.append(pieces)
        return real(work, pieces, jobs, limits)

    monkeypatch.setattr(batch.processes, "each", counted)
    Batch(Settings(tmp_path / "outputs", jobs=1), shown, toy).run([place])
    assert read[0] == []  # nothing had to be read again to know whose it is


def test_the_same_bytes_under_a_wrong_name_leave_the_report_its_own(tmp_path: Path) -> None:
    place = reports(tmp_path, a="Phường rà soát thủ tục hành chính. " * 100)
    with (place / "a.txt").open("ab") as report:
        report.write(b"\x81\n")  # one byte that is no text: read of a .txt, refused of anything else
    shutil.copy(place / "a.txt", place / "z.pdf")
    (tmp_path / "wards.csv").write_text("code,name,kind,district,province,population,valid_from,valid_to\n90001,A,phường,,tỉnh T,5,,\n", "utf-8")
    batch_of = Batch(Settings(tmp_path / "outputs", memo=False, jobs=1), Silent(), batch.audit_ward)
    summary = batch_of.run([tmp_path])
    assert list(summary.failed) == ["z.pdf"]
    rows = {row["report"]: (row["ward_code"], row["province"]) for row in table(tmp_path)}
    assert rows["a.txt"] == ("90001", "tỉnh T")
