"""A team's workspace: laid out once, never overwritten, found from anywhere inside, working without this repository."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_audit import cli, clock, lab, logbook, wards
from cchc_audit.decisions import Act, Subject, new, record
from cchc_audit.desk import open_report
from cchc_audit.rules import load
from cchc_audit.workspace import WorkspaceError, find, init

ROOT = Path(__file__).parents[1]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "Đoàn kiểm tra số 1"
    init(folder)
    return folder


# ---------------------------------------------------------------- laying out


def test_init_lays_out_everything_the_readme_names(place: Path) -> None:
    readme = (place / "README.md").read_text("utf-8")
    for name in ("reports", "decisions", "rules", "notebooks", "outputs"):
        assert (place / name).is_dir() and f"`{name}/`" in readme
    for name in (
        "wards.csv",
        "rules/quy-tac-vi-du.yaml",
        "reports/dong-me-6-thang-2024.txt",
        "notebooks/start.ipynb",
    ):
        assert (place / name).is_file() and Path(name).name in readme
    assert readme.index("Thư mục làm việc") < readme.index("The team's workspace")


def test_what_is_there_is_never_touched_and_what_is_missing_comes_back(place: Path) -> None:
    (place / "wards.csv").write_text("mine", "utf-8")
    (place / "notebooks/review.ipynb").unlink()
    assert init(place) == (place / "notebooks/review.ipynb",)
    assert (place / "wards.csv").read_text("utf-8") == "mine"
    assert init(place) == ()


def test_no_notebook_names_a_file_of_the_source_tree(place: Path) -> None:
    for notebook in (place / "notebooks").glob("*.ipynb"):
        assert "data/reports" not in notebook.read_text("utf-8")


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(WorkspaceError, match="là một tệp"):
        init(tmp_path / "x")


def test_what_it_lays_out_can_be_used(place: Path) -> None:
    assert load(place / "rules/quy-tac-vi-du.yaml").rule("tiep-nhan-truc-tuyen-va-truc-tiep")
    assert wards.load(place / "wards.csv").wards == ()
    work = open_report(find(place).report(), decisions=place / "decisions", who="Hoa")
    assert work.audit.alarms


# ---------------------------------------------------------------- finding


def test_a_workspace_is_found_from_anywhere_inside(place: Path, tmp_path: Path) -> None:
    assert find(place / "notebooks").root == place.resolve()
    with pytest.raises(WorkspaceError, match="cchc-audit init"):
        find(tmp_path)


def test_the_source_tree_is_a_workspace_too() -> None:
    work = find(ROOT / "notebooks")
    assert (work.root, work.top, work.outputs) == (ROOT / "data", ROOT, ROOT / "outputs")


def test_a_report_is_named_in_any_of_the_usual_ways(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = place / "reports/dong-me-6-thang-2024.txt"
    (place / "reports/~$tam.docx").write_text("")
    (place / "reports/README.md").write_text("")
    monkeypatch.chdir(place / "notebooks")
    work = find()
    assert [p.name for p in work.reports] == [sample.name]
    for name in ("", sample.name, f"reports/{sample.name}", str(sample), f"../reports/{sample.name}"):
        assert work.report(name).samefile(sample)
    sample.unlink()
    with pytest.raises(WorkspaceError, match="Chưa có báo cáo"):
        work.report()


def test_a_folder_name_with_markup_is_shown_as_text(tmp_path: Path) -> None:
    folder = tmp_path / "<img src=x onerror=alert(1)>"
    init(folder)
    assert "<img" not in find(folder)._repr_html_()


# ---------------------------------------------------------------- the commands


def test_init_as_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["init", str(tmp_path / "doan")]) == 0
    assert "cchc-audit lab" in capsys.readouterr().out
    assert cli.main(["init", str(tmp_path / "doan/README.md")]) == 2


def test_lab_opens_the_start_page_and_asks_no_outside_address(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[list[str], dict[str, str], Path]] = []

    def call(command: list[str], *, cwd: Path, env: dict[str, str]) -> int:
        started.append((command, env, cwd))
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/mine")
    assert cli.main(["lab", str(place), "--", "--no-browser"]) == 0
    (command, env, cwd) = started[0]
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert "--LabApp.default_url=/lab/tree/notebooks/start.ipynb" in command
    assert (place / "notebooks/start.ipynb").is_file()
    assert "--no-browser" in command and cwd.samefile(place)
    first, ours = env["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert first == "/mine"
    settings = json.loads((Path(ours) / "jupyter_lab_config.json").read_text("utf-8"))
    assert settings["LabApp"]["news_url"] is None
    assert not any("token" in word for word in command)


def test_lab_outside_a_workspace_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lab", str(tmp_path)]) == 2
    assert "cchc-audit init" in capsys.readouterr().err


def test_the_environment_is_left_alone_otherwise() -> None:
    assert lab.environment({"A": "b"}).keys() == {"A", "JUPYTER_CONFIG_PATH"}


def test_review_lists_and_exports_decisions(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, folder = str(find(place).report()), str(place / "decisions")
    assert cli.main(["review", "--decisions", folder]) == 0
    assert "Chưa có quyết định" in capsys.readouterr().out
    work = open_report(report, decisions=folder, who="Lê Hoa")
    finding = work.audit.alarms[0].id
    work.dismiss(finding, "=HYPERLINK(1) \x1b[31mđã xem")
    work.ask(work.audit.alarms[1].id, "Đề nghị\ngửi biểu II.06a")
    work.undo()
    target = place / "outputs/so.csv"
    assert cli.main(["review", "--decisions", folder, "--export", str(target)]) == 0
    out = capsys.readouterr().out
    assert "Lê Hoa" in out and "\x1b" not in out and len(out.splitlines()) == 3
    table = list(csv.reader(io.StringIO(target.read_text("utf-8-sig"))))
    assert table[0][1] == "Người rà soát"
    assert table[1][11].startswith("'=HYPERLINK")
    assert [row[-1] for row in table[1:]] == ["có hiệu lực", "đã hoàn tác"]
    assert (
        cli.main(["review", report, "--decisions", folder, "--export", str(target.with_suffix(".json"))]) == 0
    )
    done, asked = work.findings.progress()
    out = capsys.readouterr().out
    assert f"đã xem {done}/{asked}" in out and "đã bỏ qua (Lê Hoa" in out
    assert json.loads(target.with_suffix(".json").read_text("utf-8"))[0]["finding"] == finding


def test_review_refuses_what_it_cannot_do(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(place / "decisions")
    assert cli.main(["review", "--decisions", folder, "--export", str(place / "so.docx")]) == 2
    assert ".csv" in capsys.readouterr().err and not (place / "so.docx").exists()
    assert cli.main(["review", str(place / "none.txt"), "--decisions", folder]) == 2


def test_the_table_of_a_notebook_has_one_row_a_decision(tmp_path: Path) -> None:
    subject = Subject("w", "p", "0", "x.txt")
    first = replace(new(Act.MISREAD, "Hoa", subject), at=clock.now())
    record(tmp_path, replace(new(Act.ACCEPT, "Hoa", subject), finding="F-1"))
    frame = logbook.frame([replace(new(Act.ACCEPT, "Hoa", subject), finding="F-1"), first], subject, "en")
    assert list(frame["Decision"]) == ["accept", "misread"]
    assert list(frame["Value"]) == ["", "No figure"]
    assert logbook.frame([], subject).empty


# ---------------------------------------------------------------- an installed wheel


@pytest.mark.verify
@pytest.mark.timeout(1200)
def test_a_workspace_of_an_installed_wheel_works_without_this_repository(tmp_path: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    tool = [str(uv)] if uv.exists() else ["uv"]

    def run(*command: str, cwd: Path = tmp_path, status: int = 0) -> str:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
        done = subprocess.run(
            command, check=False, cwd=cwd, env=clean, capture_output=True, text=True, timeout=280
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout

    run(*tool, "build", "--wheel", "--out-dir", str(tmp_path / "dist"), str(ROOT))
    run(*tool, "venv", "--python", sys.executable, str(tmp_path / "venv"))
    python = str(tmp_path / "venv/bin/python")
    wheel = next((tmp_path / "dist").glob("*.whl"))
    run(*tool, "pip", "install", "--python", python, str(wheel))
    assert "cchc_audit" in run(python, "-c", "import cchc_audit; print(cchc_audit.__file__)")
    tool_here = str(tmp_path / "venv/bin/cchc-audit")
    run(tool_here, "init", "doan")
    place = tmp_path / "doan"
    out = run(tool_here, "check", "--json", "reports/dong-me-6-thang-2024.txt", cwd=place, status=1)
    assert "contradicted" in out
    memo = run(tool_here, "memo", "reports/dong-me-6-thang-2024.txt", cwd=place).strip()
    assert "<html" in (place / memo).read_text("utf-8")
    run(tool_here, "batch", ".", cwd=place)
    assert (place / "outputs/index.html").is_file()
    assert "0/" in run(tool_here, "review", "reports/dong-me-6-thang-2024.txt", cwd=place)
    assert run(tool_here, "lab", ".", "--", "--version", cwd=place).strip()[0].isdigit()
    for notebook in sorted((place / "notebooks").glob("*.ipynb")):
        command = (
            python,
            "-m",
            "papermill",
            "--no-progress-bar",
            notebook.name,
            str(tmp_path / notebook.name),
        )
        run(*command, cwd=place / "notebooks")
