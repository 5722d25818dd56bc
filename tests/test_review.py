"""Decisions on disk: nothing lost among processes, crashes and full disks; stale ones are opened again."""

from __future__ import annotations

import contextlib
import errno
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from fabricate import TEXT, audit

from cchc_audit import clock, decisions, journal, quantities
from cchc_audit.decisions import Act, NotSavedError, Seen, Subject, from_line, new, read, record, to_line
from cchc_audit.desk import Desk, open_report
from cchc_audit.model import Audit, Correction, Document, Finding, Period, Quantity, Span, Verdict, Written
from cchc_audit.review import (
    DecisionError,
    ReviewedFindings,
    anchor,
    changes,
    locate,
    merged,
    notes,
    seen,
    subject_of,
)
from cchc_audit.workspace import find, init

SUBJECT = Subject("hai-van", "2024-01-01_2024-06-30", "00", "bao-cao.txt")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decisions that wait elsewhere wait inside this test's folder."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(home / "tmp"))


def recheck(corrections: tuple[Correction, ...]) -> Audit:
    """The fabricated audit with its figures set right: the parts 14 + 8 against whatever the total is read as."""
    base = audit()
    by_span = {c.span: c.written.rstrip("%").replace(",", ".") for c in corrections if c.written}

    def again(finding: Finding) -> Finding:
        terms = tuple(
            replace(t, written=Written(Fraction(by_span[t.span]))) if t.span in by_span else t
            for t in finding.claim.terms
        )
        claim = replace(finding.claim, terms=terms)
        total = [t.written.value for t in claim.by_role("total") if t.written]
        parts = sum(t.written.value for t in claim.by_role("part") if t.written)
        holds = finding.verdict is Verdict.CONTRADICTED and total == [parts]
        return replace(finding, claim=claim, **({"verdict": Verdict.HOLDS, "severity": 0} if holds else {}))

    return replace(base, findings=tuple(again(f) for f in base.findings))


def desk(folder: Path, who: str = "Lê Thị Hoa") -> Desk:
    return Desk(audit(), recheck, folder, who)


def contradicted(desk: Desk) -> Finding:
    return next(f for f in desk.audit.findings if f.verdict is Verdict.CONTRADICTED)


# ---------------------------------------------------------------- one line


@pytest.mark.parametrize("act", list(Act))
def test_a_decision_survives_its_line(act: Act) -> None:
    decision = replace(
        new(act, 'Nguyễn "Bình" \u2028\n', SUBJECT),
        finding="a1b2",
        seen=Seen("contradicted", "breakdown equal", (("total", "24", "24"), ("part", "8,5", "17/2"))),
        reason="Đã xem biểu II.06; số của phòng.\nDòng hai",
        anchor=anchor(audit().document, Span(100, 105)),
        value=None if act is Act.MISREAD else ("12" if act is Act.ADD else None),
        unit="hồ sơ",
        indicator="received_total",
        undoes="ffff",
    )
    line = to_line(decision)
    assert "\n" not in line
    assert from_line(line) == decision


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "null",
        '{"id": 1}',
        to_line(new(Act.ACCEPT, "a", SUBJECT)).replace('"accept"', '"approve"'),
        to_line(new(Act.ACCEPT, "a", SUBJECT)).replace("Z", ""),
        to_line(new(Act.MISREAD, "a", SUBJECT)),  # a figure set right nowhere
        "[" * 100_000,
    ],
)
def test_a_line_that_is_no_decision_is_a_value_error(line: str) -> None:
    with pytest.raises(ValueError):
        from_line(line)


# ---------------------------------------------------------------- the file


def test_inspectors_are_merged_in_the_order_of_time(tmp_path: Path) -> None:
    start = clock.now()
    for minute, who in ((3, "Hoa"), (1, "An"), (2, "Hoa")):
        record(
            tmp_path,
            replace(new(Act.ACCEPT, who, SUBJECT), at=start + timedelta(minutes=minute), reason=str(minute)),
        )
    assert sorted(p.name for p in tmp_path.glob("*.jsonl")) == ["an.jsonl", "hoa.jsonl"]
    # Hoa's clock went back between two decisions: her own order stands
    assert [d.reason for d in read(tmp_path).decisions] == ["1", "3", "2"]


def test_a_conflict_copy_adds_nothing_twice(tmp_path: Path) -> None:
    record(tmp_path, new(Act.ACCEPT, "Hoa", SUBJECT))
    shutil.copy(tmp_path / "hoa.jsonl", tmp_path / "hoa (bản xung đột).jsonl")
    record(tmp_path, new(Act.ASK, "Hoa", SUBJECT))
    assert [d.act for d in read(tmp_path).decisions] == [Act.ACCEPT, Act.ASK]


def test_torn_and_damaged_lines_are_reported_and_the_rest_stands(tmp_path: Path) -> None:
    record(tmp_path, new(Act.ACCEPT, "Hoa", SUBJECT))
    path = tmp_path / "hoa.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b"\xff\xfe broken\n" + whole[: len(whole) // 2])
    ledger = read(tmp_path)
    assert len(ledger.decisions) == 1
    assert [("dòng 2" in p.vi, "dòng 3" in p.vi) for p in ledger.problems] == [(True, False), (False, True)]
    record(tmp_path, new(Act.ASK, "Hoa", SUBJECT))
    assert [d.act for d in ledger.refresh().decisions] == [Act.ACCEPT, Act.ASK]
    assert len(ledger.problems) == 2


def test_refresh_reads_only_what_was_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(20):
        record(tmp_path, new(Act.ACCEPT, "Hoa", SUBJECT))
    ledger = read(tmp_path)
    record(tmp_path, new(Act.ASK, "Hoa", SUBJECT))
    lines: list[str] = []
    monkeypatch.setattr(decisions, "from_line", lambda line: lines.append(line) or from_line(line))
    assert len(ledger.refresh().decisions) == 21
    assert len(lines) == 1


def test_a_missing_folder_holds_no_decisions(tmp_path: Path) -> None:
    assert read(tmp_path / "none").decisions == ()


def _decide_often(folder: str, who: str, times: int) -> None:
    for number in range(times):
        record(Path(folder), replace(new(Act.ACCEPT, who, SUBJECT), reason=f"{os.getpid()} {number}"))


@pytest.mark.parametrize("names", [("Hoa", "Hoa"), ("Hoa", "An")], ids=["one name", "two names"])
def test_two_processes_decide_a_thousand_times_each_and_nothing_is_lost(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_decide_often, args=(str(tmp_path), who, 1000)) for who in names]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    ledger = read(tmp_path)
    assert ledger.problems == ()
    by_process: dict[str, list[int]] = {}
    for decision in ledger.decisions:
        process, number = decision.reason.split()
        by_process.setdefault(process, []).append(int(number))
    assert list(by_process.values()) == [list(range(1000))] * 2


# ---------------------------------------------------------------- crashes and full disks


_WRITER = """
import sys
from pathlib import Path
from dataclasses import replace
from cchc_audit.decisions import Act, Subject, new, record
number = 0
while True:
    record(Path(sys.argv[1]), replace(new(Act.DISMISS, "Hoa", Subject("w", "p")), reason=f"{number} " + "x" * 20_000))
    print(number, flush=True)
    number += 1
"""


@pytest.mark.verify
def test_kill_in_the_middle_of_a_save_loses_at_most_the_unsaved_decision(tmp_path: Path) -> None:
    for attempt in range(15):
        folder = tmp_path / str(attempt)
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(folder)], stdout=subprocess.PIPE, text=True
        ) as worker:
            assert worker.stdout
            worker.stdout.readline()
            time.sleep(0.003 * attempt)
            worker.send_signal(signal.SIGKILL)
            said = worker.stdout.read().split()
        saved = int(said[-1]) + 1 if said else 1
        kept = read(folder).decisions
        assert saved <= len(kept) <= saved + 1
        assert [d.reason.split()[0] for d in kept] == [str(n) for n in range(len(kept))]
        record(folder, new(Act.ASK, "Hoa", SUBJECT))  # the next one starts on a line of its own
        assert read(folder).decisions[-1].act is Act.ASK


def _fail_after(monkeypatch: pytest.MonkeyPatch, allowed: int, code: int = errno.ENOSPC) -> None:
    """os.write takes `allowed` bytes more, then the disk is full."""
    left = [allowed]
    real = os.write

    def write(handle: int, data: bytes) -> int:
        if left[0] <= 0:
            raise OSError(code, os.strerror(code))
        part = data[: left[0]]
        left[0] -= len(part)
        return real(handle, part)

    monkeypatch.setattr(journal.os, "write", write)


@pytest.mark.parametrize("allowed", [0, 1, 50, 200])
def test_a_full_disk_leaves_the_file_as_it_was_and_keeps_what_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: int
) -> None:
    folder = tmp_path / "decisions"
    record(folder, replace(new(Act.ACCEPT, "Hoa", SUBJECT), reason="một"))
    before = (folder / "hoa.jsonl").read_bytes()
    with monkeypatch.context() as full:
        _fail_after(full, allowed)
        with pytest.raises(NotSavedError) as error:
            record(folder, replace(new(Act.DISMISS, "Hoa", SUBJECT), reason="lý do rất dài"))
    assert (folder / "hoa.jsonl").read_bytes() == before
    assert error.value.kept and "lý do rất dài" in error.value.kept.read_text("utf-8")
    record(folder, replace(new(Act.ACCEPT, "Hoa", SUBJECT), reason="ba"))
    assert [d.reason for d in read(folder).decisions] == ["một", "lý do rất dài", "ba"]
    assert not error.value.kept.exists()


def test_an_unwritable_share_keeps_the_decision_at_home_and_brings_it_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "share" / "decisions"
    real_open, real_write = os.open, decisions.write

    def refuse(path: object, *rest: int) -> int:
        if str(path).startswith(str(tmp_path / "share")):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real_open(path, *rest)  # type: ignore[arg-type]

    def refuse_write(path: Path, data: str) -> None:
        if str(path).startswith(str(tmp_path / "share")):
            raise PermissionError(errno.EACCES, "Permission denied")
        real_write(path, data)

    with monkeypatch.context() as closed:
        closed.setattr(journal.os, "open", refuse)
        closed.setattr(decisions, "write", refuse_write)
        with pytest.raises(NotSavedError) as error:
            record(folder, replace(new(Act.ASK, "Hoa", SUBJECT), reason="hỏi"))
    assert error.value.kept and error.value.kept.is_relative_to(tmp_path / "home")
    assert decisions.bring_in(folder, "Hoa") == 1
    assert [d.reason for d in read(folder).decisions] == ["hỏi"]
    assert decisions.bring_in(folder, "Hoa") == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 64 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(place)]
    if not hasattr(os, "geteuid") or os.geteuid() or subprocess.run(command, check=False).returncode:
        pytest.skip("disks can be mounted here by nobody")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("state", ["full", "read-only"])
def test_a_real_disk_that_refuses_loses_nothing(disk: Path, state: str) -> None:
    folder, filler = disk / "decisions", disk / "filler"
    record(folder, replace(new(Act.ACCEPT, "Hoa", SUBJECT), reason="một"))
    if state == "full":
        with contextlib.suppress(OSError):
            filler.write_bytes(b"x" * 100_000)
    else:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    kept: list[Path | None] = []
    for number in range(5):
        try:
            record(folder, replace(new(Act.DISMISS, "Hoa", SUBJECT), reason=f"{number} " + "x" * 3000))
        except NotSavedError as error:
            assert "decisions" in error.message.vi and error.kept, error.message
            kept.append(error.kept)
    assert kept
    if state == "full":
        filler.unlink()
    else:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    record(folder, replace(new(Act.ASK, "Hoa", SUBJECT), reason="ba"))
    assert sorted(d.reason[:2].strip() for d in read(folder).decisions) == ["0", "1", "2", "3", "4", "ba", "mộ"]
    assert read(folder).problems == ()
    assert not any(path and path.exists() for path in kept)


def test_when_no_disk_takes_it_the_message_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(journal, "append", full)
    monkeypatch.setattr(decisions, "write", full)
    with pytest.raises(NotSavedError, match="đừng đóng trang này") as error:
        record(tmp_path, new(Act.ACCEPT, "Hoa", SUBJECT))
    assert error.value.kept is None


def test_a_share_without_locks_still_takes_decisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_lock", lambda _: False)
    for _ in range(3):
        record(tmp_path, new(Act.ACCEPT, "Hoa", SUBJECT))
    assert len(read(tmp_path).decisions) == 3


def test_a_lock_that_is_never_given_up_does_not_wait_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "_PATIENCE", 0.05)
    record(tmp_path, new(Act.ACCEPT, "Hoa", SUBJECT))
    with (tmp_path / "hoa.jsonl").open("rb") as other:
        fcntl = pytest.importorskip("fcntl")
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(NotSavedError) as error:
            record(tmp_path, replace(new(Act.ASK, "Hoa", SUBJECT), reason="chờ"))
    assert error.value.kept
    assert decisions.bring_in(tmp_path, "Hoa") == 1


# ---------------------------------------------------------------- decisions and findings


def test_every_act_on_a_finding_shows_in_the_merged_findings(tmp_path: Path) -> None:
    work = desk(tmp_path)
    asked = [row.finding.id for row in work.findings.rows if row.to_review]
    assert work.findings.progress() == (0, len(asked))
    work.accept(asked[0], "đã xem")
    work.dismiss(asked[1], "số của biểu khác")
    rows = work.ask(asked[2])
    assert [rows.of(i).state for i in asked[:4]] == ["accept", "dismiss", "ask", "open"]
    assert rows.progress() == (3, len(asked))
    again = merged(audit(), read(tmp_path))
    assert again.of(asked[1]).decision is not None
    assert (again.of(asked[1]).decision.who, again.of(asked[1]).decision.reason) == (
        "Lê Thị Hoa",
        "số của biểu khác",
    )  # type: ignore[union-attr]


def test_what_agrees_or_cannot_be_checked_asks_for_no_decision(tmp_path: Path) -> None:
    quiet = {Verdict.HOLDS, Verdict.HOLDS_BY_ROUNDING, Verdict.UNCHECKABLE}
    assert {row.finding.verdict for row in desk(tmp_path).findings.rows if not row.to_review} == quiet


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_dismissing_asks_for_a_reason(tmp_path: Path, reason: str) -> None:
    work = desk(tmp_path)
    with pytest.raises(DecisionError, match="lý do"):
        work.dismiss(contradicted(work).id, reason)
    assert read(tmp_path).decisions == ()


def test_an_unknown_finding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match="nope"):
        desk(tmp_path).accept("nope")


def test_undo_takes_back_ones_own_last_decision_only(tmp_path: Path) -> None:
    hoa, an = desk(tmp_path, "Hoa"), desk(tmp_path, "An")
    finding = contradicted(hoa).id
    hoa.accept(finding)
    hoa.dismiss(finding, "nhầm")
    an.ask(finding)
    assert hoa.undo() is not None
    assert hoa.findings.of(finding).state == "ask"
    assert an.undo() is not None
    assert an.findings.of(finding).state == "accept"
    assert hoa.undo() is not None
    assert hoa.undo() is None
    assert desk(tmp_path).findings.of(finding).state == "open"
    assert len(read(tmp_path).decisions) == 6  # nothing was erased


def test_two_inspectors_who_differ_are_both_shown(tmp_path: Path) -> None:
    hoa, an = desk(tmp_path, "Hoa"), desk(tmp_path, "An")
    finding = contradicted(hoa).id
    hoa.dismiss(finding, "làm tròn")
    row = an.accept(finding).of(finding)
    assert (row.state, [(d.who, d.act) for d in row.others]) == ("accept", [("Hoa", Act.DISMISS)])


def test_a_figure_set_right_changes_the_verdict_at_once_and_opens_the_old_decision(tmp_path: Path) -> None:
    work = desk(tmp_path)
    finding = contradicted(work)
    work.accept(finding.id)
    total = finding.claim.by_role("total")[0].span
    assert total
    rows = work.misread(total, "22")
    assert rows.of(finding.id).finding.verdict is Verdict.HOLDS
    assert rows.of(finding.id).state == "reopened"
    assert "24 → 22" in rows.of(finding.id).changed[0].vi
    work.undo()
    assert work.findings.of(finding.id).state == "accept"
    assert contradicted(work).id == finding.id


def test_a_decision_is_opened_again_when_value_rule_or_verdict_changed() -> None:
    finding = next(f for f in audit().findings if f.verdict is Verdict.CONTRADICTED)
    then = seen(finding)
    assert changes(then, seen(finding)) == ()
    terms = finding.claim.terms
    other = replace(
        finding,
        claim=replace(finding.claim, terms=(replace(terms[0], written=Written(Fraction(25))), *terms[1:])),
    )
    cases = {
        "24 → 25": other,
        "14; nay 24; 14; 8": replace(finding, claim=replace(finding.claim, terms=terms[:2])),
        "Quy tắc": replace(finding, claim=replace(finding.claim, authority="QĐ 1")),
        "Kết quả": replace(finding, verdict=Verdict.QUESTION),
    }
    for words, now in cases.items():
        before, after = (seen(now), then) if words.startswith("14") else (then, seen(now))
        assert [words in m.vi for m in changes(before, after)] == [True], words
    same = replace(finding, claim=replace(finding.claim, terms=(replace(terms[0], text="024"), *terms[1:])))
    assert changes(then, seen(same)) == ()


def test_a_decision_whose_finding_is_gone_is_listed(tmp_path: Path) -> None:
    work = desk(tmp_path)
    finding = contradicted(work).id
    work.accept(finding)
    without = replace(audit(), findings=tuple(f for f in audit().findings if f.id != finding))
    assert [d.finding for d in merged(without, read(tmp_path)).gone] == [finding]


def test_another_ward_or_period_does_not_see_the_decision(tmp_path: Path) -> None:
    work = desk(tmp_path)
    finding = contradicted(work).id
    work.accept(finding)
    other = audit(TEXT + "\n")
    ward = replace(other, header=replace(other.header, ward="Phường Khác"))
    assert merged(ward, read(tmp_path)).of(finding).state == "open"
    later = replace(other, header=replace(other.header, period=Period(date(2024, 7, 1), date(2024, 12, 31))))
    row = merged(later, read(tmp_path)).of(finding)
    assert (row.state, row.earlier is not None and row.earlier.act) == ("open", Act.ACCEPT)
    same = replace(other, header=replace(other.header, title="bản đính chính"))
    assert merged(same, read(tmp_path)).of(finding).state == "accept"


def test_only_the_nearest_earlier_period_is_carried_forward(tmp_path: Path) -> None:
    finding = contradicted(desk(tmp_path)).id
    for year, reason in ((2022, "xưa"), (2023, "năm ngoái"), (2025, "sau này")):
        subject = replace(subject_of(audit()), period=f"{year}-01-01_{year}-12-31", sha256="x")
        record(tmp_path, replace(new(Act.DISMISS, "Hoa", subject), finding=finding, reason=reason))
    row = desk(tmp_path).findings.of(finding)
    assert row.state == "open"
    assert row.earlier and row.earlier.reason == "năm ngoái"


# ---------------------------------------------------------------- figures set right


@pytest.mark.parametrize("value", ["", "abc", "ngày 01/02/2024", "12 và 14", "12/KH-UBND"])
def test_what_is_not_one_number_is_refused(tmp_path: Path, value: str) -> None:
    work = desk(tmp_path)
    span = contradicted(work).claim.terms[0].span
    assert span
    with pytest.raises(DecisionError, match="đúng một số"):
        work.misread(span, value)


@pytest.mark.parametrize("span", [Span(5, 5), Span(-1, 3), Span(0, 10**9), Span(9, 4)])
def test_a_span_outside_the_text_is_refused(tmp_path: Path, span: Span) -> None:
    with pytest.raises(DecisionError, match="bôi đen"):
        desk(tmp_path).add(span, "12")


def test_a_percentage_stays_one(tmp_path: Path) -> None:
    at = TEXT.index("99,4%")
    rows = desk(tmp_path).misread(Span(at, at + 5), "99,0")
    assert [c.correction for c in rows.figures] == [Correction(Span(at, at + 5), "99,0%")]


def test_binding_and_correcting_one_figure_add_up_and_the_last_word_counts(tmp_path: Path) -> None:
    work = desk(tmp_path)
    span = contradicted(work).claim.terms[0].span
    assert span
    work.misread(span, "22")
    work.bind(span, "procedures_total")
    rows = work.misread(span, "23")
    assert [c.correction for c in rows.figures] == [Correction(span, "23", "", "procedures_total")]
    assert [c.correction for c in work.misread(span, None).figures] == [
        Correction(span, None, "", "procedures_total")
    ]


def test_a_corrected_figure_is_found_again_in_a_text_that_moved_or_reported_lost() -> None:
    document = audit().document
    at = TEXT.index("1.862")
    place = anchor(document, Span(at, at + 5))
    assert locate(place, TEXT) == place.span
    assert locate(place, "Một dòng mới.\n" + TEXT) == Span(at + 14, at + 19)
    assert locate(place, TEXT.replace("1.862", "1.826")) is None
    assert locate(place, TEXT + TEXT) == place.span
    assert locate(place, "\n" + TEXT + TEXT) is None  # two such places: no guess


def test_a_correction_without_a_place_is_listed_and_has_no_effect(tmp_path: Path) -> None:
    work = desk(tmp_path)
    span = contradicted(work).claim.terms[0].span
    assert span
    work.misread(span, "22")
    changed = audit(TEXT.replace("Có 24 thủ tục", "Gồm 24 thủ tục"))
    rows = merged(changed, read(tmp_path))
    assert [(c.span, c.correction) for c in rows.figures] == [(None, None)]


def test_a_colleagues_correction_arrives_with_refresh(tmp_path: Path) -> None:
    hoa, an = desk(tmp_path, "Hoa"), desk(tmp_path, "An")
    finding = contradicted(hoa)
    span = finding.claim.terms[0].span
    assert span
    hoa.misread(span, "22")
    assert an.refresh().of(finding.id).finding.verdict is Verdict.HOLDS


def test_the_file_is_plain_json_a_person_can_read(tmp_path: Path) -> None:
    desk(tmp_path).dismiss(contradicted(desk(tmp_path)).id, "Đã đối chiếu với biểu gốc")
    line = json.loads((tmp_path / "le-thi-hoa.jsonl").read_text("utf-8"))
    assert {"at", "who", "act", "finding", "reason", "seen", "subject"} <= line.keys()
    assert "Đã đối chiếu" in (tmp_path / "le-thi-hoa.jsonl").read_text("utf-8")


# ---------------------------------------------------------------- with the real reading


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_figures_bound_by_hand_bring_a_rule_to_bear(tmp_path: Path, suffix: str) -> None:
    report = tmp_path / f"bao-cao{suffix}"
    report.write_text(
        "Trong năm tiếp nhận mới 500 hồ sơ.\nSố qua mạng 400 bộ; số nộp tại chỗ 110 bộ.\n", "utf-8"
    )
    rules = Path(journal.__file__).parent / "defaults/workspace/quy-tac-vi-du.yaml"
    work = open_report(report, rules=rules, decisions=tmp_path / "decisions", who="Hoa")
    mine = "tiep-nhan-truc-tuyen-va-truc-tiep"
    assert mine not in {f.claim.source for f in work.audit.findings}
    text = work.audit.document.text
    for figure, name in (("400", "received_online"), ("110", "received_in_person")):
        work.bind(Span(text.index(figure), text.index(figure) + 3), name)
    assert [f.verdict for f in work.audit.findings if f.claim.source == mine] == [Verdict.CONTRADICTED]
    at = text.index("110")
    work.misread(Span(at, at + 3), "100")
    assert [
        f.verdict for f in work.audit.findings if f.claim.source == mine
    ] == []  # what holds is said once, by the rule that came first
    work.add(Span(text.index("mới"), text.index("mới") + 3), "77", "lớp")
    assert "77" in {str(q.value) for q in read_figures(work.audit.document, work.findings)}


def read_figures(document: Document, rows: ReviewedFindings) -> tuple[Quantity, ...]:
    """The figures as read with the corrections of the rows."""
    return quantities.read(document, [c.correction for c in rows.figures if c.correction]).quantities


# ---------------------------------------------------------------- in the memo and the working paper


def test_the_memo_and_the_working_paper_print_what_was_decided(tmp_path: Path) -> None:
    from cchc_audit import memo, tables
    from cchc_audit.memo.cells import open_report as open_paper

    init(tmp_path / "doan")
    report = find(tmp_path / "doan").report()
    work = open_report(report, who="Hoa")
    first, second = (f.id for f in work.audit.alarms[:2])
    work.dismiss(first, "đã xem <sổ> công văn")
    work.accept(second)
    rate = next(f for f in work.audit.alarms if f.claim.by_role("p"))
    work.misread(rate.claim.by_role("p")[0].span or Span(0, 0), "96,2")
    paper = open_paper(str(report))
    assert {item.finding.id: item.review.state for item in paper.view.items if item.review} == {
        first: "dismiss",
        second: "accept",
    }
    page = memo.fragment("findings", paper.view, "vi")
    assert "đã xem &lt;sổ&gt; công văn" in page and "“96,8%” đọc là 96,2%" in page
    assert rate.id not in {item.finding.id for item in paper.view.to_answer}
    table = tables.frames(paper.audit)["findings"]
    assert "review" in table.columns
    assert notes(work.findings)[0].lines[0].en.startswith("Hoa dismissed")


def test_an_audit_without_decisions_prints_no_review(tmp_path: Path) -> None:
    from cchc_audit.desk import audit_reviewed

    report = tmp_path / "x.txt"
    report.write_text("Có 24 văn bản, gồm 14 kế hoạch và 8 công văn.", "utf-8")
    found, rows = audit_reviewed(report)
    assert notes(rows) == () and found.findings
    assert not (tmp_path / "decisions").exists()  # looking writes nothing
