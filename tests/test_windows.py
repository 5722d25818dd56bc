"""What can be held about Windows without one: no call it lacks is made unguarded, its locks and its consoles work."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from cchc_audit import cli, decisions, files, journal
from cchc_audit.decisions import Act, Subject, new, read, record

PACKAGE = Path(files.__file__).parent
SAMPLE = PACKAGE.parent / "data/reports/dong-me-6-thang-2024.txt"
NOT_ON_WINDOWS = {
    *("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "readline", "syslog", "posix"),
    *("os.fork", "os.forkpty", "os.killpg", "os.getpgid", "os.setsid", "os.setpgid", "os.geteuid", "os.getuid"),
    *("os.sched_getaffinity", "os.uname", "os.nice", "os.mkfifo", "os.chown", "os.posix_fadvise", "os.getpgrp"),
    *("signal.SIGKILL", "signal.SIGXCPU", "signal.SIGALRM", "signal.alarm", "signal.setitimer", "signal.SIGHUP"),
}  # fmt: skip
GUARDS = ("sys.platform", "hasattr", "getattr", "os.name", "ImportError", "AttributeError")


def unguarded(source: str) -> list[str]:
    """Names Windows lacks that are used outside any `if`, `try` or suppression that asks whether they exist."""
    found: list[str] = []

    def visit(node: ast.AST, guarded: bool) -> None:
        heads = [node.test] if isinstance(node, (ast.If, ast.IfExp)) else []
        heads += [h.type for h in node.handlers if h.type] if isinstance(node, ast.Try) else []
        heads += [i.context_expr for i in node.items] if isinstance(node, ast.With) else []
        guarded = guarded or any(g in ast.unparse(head) for head in heads for g in GUARDS)
        if isinstance(node, ast.BoolOp) and any(g in ast.unparse(node.values[0]) for g in GUARDS):
            guarded = True
        names = {a.name for a in node.names} if isinstance(node, ast.Import) else set()
        names |= {ast.unparse(node)} if isinstance(node, ast.Attribute) else set()
        if isinstance(node, ast.ImportFrom):
            names |= {node.module or "", *(f"{node.module}.{a.name}" for a in node.names)}
        found.extend(sorted(names & NOT_ON_WINDOWS) if not guarded else [])
        for child in ast.iter_child_nodes(node):
            visit(child, guarded)

    visit(ast.parse(source), False)
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_nothing_windows_lacks_is_used_unguarded(path: Path) -> None:
    assert unguarded(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import fcntl", ["fcntl"]),
        ("import os\ndef f():\n    os.fork()", ["os.fork"]),
        ("from os import fork", ["os.fork"]),
        ("import sys\nif sys.platform != 'win32':\n    import fcntl", []),
        ("import os\nif hasattr(os, 'killpg'):\n    os.killpg(0, 9)", []),
        ("import sys\nif len(sys.argv):\n    import fcntl", ["fcntl"]),
    ],
)
def test_an_unguarded_use_is_noticed(source: str, found: list[str]) -> None:
    assert unguarded(source) == found


def test_files_are_opened_in_a_named_encoding() -> None:
    """A Windows machine in Vietnam reads and writes cp1258 where none is named."""
    command = [sys.executable, "-m", "ruff", "check", "--preview", "--select", "PLW1514", "--quiet", str(PACKAGE)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258", "cp437", "ascii"])
@pytest.mark.parametrize(
    ("words", "status", "shown"),
    [
        (("check", str(SAMPLE)), 1, "Chưa thống nhất"),
        (("check", "không-có.docx"), 2, "không có tệp này"),
        (("doctor",), 0, "đọc được"),
        (("--help",), 0, "Đối chiếu"),
    ],
    ids=["check", "missing", "doctor", "help"],
)
def test_a_console_of_a_legacy_code_page_gets_vietnamese(
    encoding: str, words: tuple[str, ...], status: int, shown: str
) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "cchc_audit", *words], check=False, capture_output=True, env=environment
    )
    said = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode == status, said
    assert shown in said and "Traceback" not in said


@pytest.mark.parametrize("name", ["CON", "aux", "Com1", "NUL.", "Phường: A/B\\C?*", "tên. ", "a\x00b", "x" * 300])
def test_a_name_is_one_that_windows_takes(name: str) -> None:
    made = files.slug(name)
    assert made.split(".")[0] not in {"con", "aux", "com1", "nul"}
    assert not set(made) & set('<>:"/\\|?*\x00') and made[-1] not in ". " and len(made) <= 60


# ---------------------------------------------------------------- locks


def _journal_of_windows(monkeypatch: pytest.MonkeyPatch, held: list[tuple[int, int, int]]) -> types.ModuleType:
    """The journal as Windows loads it, over a lock of bytes that another program may hold."""
    locks = types.ModuleType("msvcrt")
    locks.LK_NBLCK, locks.LK_UNLCK = 2, 0  # type: ignore[attr-defined]

    def locking(handle: int, mode: int, count: int) -> None:
        at = os.lseek(handle, 0, os.SEEK_CUR)
        if mode == 2 and any(held):
            raise PermissionError(13, "Permission denied")
        held.append((at, mode, count)) if mode == 2 else held.remove((at, 2, count))

    locks.locking = locking  # type: ignore[attr-defined]
    spec = importlib.util.spec_from_file_location("cchc_audit.journal_of_windows", journal.__file__)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    with monkeypatch.context() as windows:
        windows.setattr(sys, "platform", "win32")
        windows.setitem(sys.modules, "msvcrt", locks)
        spec.loader.exec_module(module)
    return module


def test_decisions_are_added_under_a_lock_of_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[tuple[int, int, int]] = []
    monkeypatch.setattr(decisions, "journal", _journal_of_windows(monkeypatch, held))
    for _ in range(3):
        record(tmp_path, new(Act.ACCEPT, "Hoa", Subject("w", "p")))
    assert len(read(tmp_path).decisions) == 3
    assert held == []  # each lock was given up where it was taken, past the end of the file


def test_a_lock_of_windows_held_by_another_program_is_waited_for_and_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = _journal_of_windows(monkeypatch, held := [(0, 2, 1)])
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    monkeypatch.setattr(decisions, "journal", module)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    with pytest.raises(decisions.NotSavedError) as error:
        record(tmp_path / "d", new(Act.ACCEPT, "Hoa", Subject("w", "p")))
    assert error.value.kept
    held.clear()
    assert decisions.bring_in(tmp_path / "d", "Hoa") == 1


def test_a_file_another_program_keeps_open_is_told_in_one_line_and_left_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Excel keeps what it shows from being replaced."""
    target = tmp_path / "so.csv"
    target.write_text("mine", "utf-8")

    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "The process cannot access the file", str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    assert cli.main(["review", "--decisions", str(tmp_path), "--export", str(target)]) == 2
    said = capsys.readouterr().err
    assert "so.csv" in said and "Traceback" not in said and len(said.splitlines()) == 1
    assert target.read_text("utf-8") == "mine" and list(tmp_path.glob(".*")) == []
