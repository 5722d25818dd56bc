"""One report through the notebook, as `cchc-audit memo` and a person at a keyboard run it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import fabricate
import nbformat
import pytest

from cchc_audit import folders, notebook, record
from cchc_audit.cli import main
from cchc_audit.errors import AuditError, NotebookError
from cchc_audit.model import Audit, Period

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "reports" / "suoi-hoa-quy-1-2024.txt"
ENGINE = "cchc-warm"


def small(folder: Path, text: str, name: str = "report.txt") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    """The notebook over a report that tries to break out."""
    folder = tmp_path_factory.mktemp("run")
    attack = fabricate.ATTACK.replace("\n", " ")
    path = small(
        folder,
        fabricate.TEXT.replace("Phường có", f"{attack} Phường có").replace(
            "PHƯỜNG HẢI VÂN", f"PHƯỜNG HẢI VÂN {attack}"
        ),
    )
    parameters = {"report": str(path), "outputs": str(folder / "outputs"), "ward": fabricate.PAYLOADS[0]}
    return notebook.execute(parameters, outputs=folder / "outputs", engine=ENGINE)


def test_the_executed_notebook_holds_only_our_own_and_escaped_outputs(
    executed: nbformat.NotebookNode,
) -> None:
    kinds: set[str] = set()
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            data: dict[str, Any] = output.get("data", {})
            kinds.update(data)
            html = f"{data.get('text/html', '')}{data.get('image/svg+xml', '')}".lower()
            assert "<script" not in html
            assert "<img src=x" not in html
            assert "\u202e" not in html
            assert "{{ 7*7 }}" not in html or "49" not in html.split("{{ 7*7 }}")[1][:9]
    assert kinds <= {"application/vnd.cchc-audit+json", "text/html", "text/plain", "image/svg+xml"}


def test_the_memo_comes_out_of_the_executed_notebook(executed: nbformat.NotebookNode) -> None:
    html = notebook.memo_html(executed)
    assert "<title>Phiếu rà soát" in html
    assert "<title>Phiếu rà soát" in html.split("</title>")[0] + "</title>"
    assert html.count("<script>") == 1
    assert "<img" not in html
    found = notebook.shown(executed)
    assert found.view.audit.document.text.startswith("ỦY BAN NHÂN DÂN")
    assert len(found.sections) == 13


def test_the_executed_notebook_names_no_time_and_keeps_its_parameters(
    executed: nbformat.NotebookNode,
) -> None:
    told = executed.metadata["papermill"]
    assert told["parameters"]["ward"] == fabricate.PAYLOADS[0]
    assert "start_time" not in json.dumps(executed.metadata)
    nbformat.validate(executed)


def test_nbconvert_knows_the_memo_by_name(executed: nbformat.NotebookNode) -> None:
    from nbconvert.exporters import get_exporter

    body, resources = get_exporter("cchc_memo")().from_notebook_node(executed)
    assert body == notebook.memo_html(executed)
    assert resources["output_extension"] == ".html"


def test_all_results_of_a_ward_come_from_its_notebook(executed: nbformat.NotebookNode) -> None:
    out = notebook.results(executed, notebook.Wanted(xlsx=True, docx=True))
    assert list(out) == ["memo.html", "ward_audit.ipynb", "audit.json", "workpaper.xlsx", "memo.docx"]
    audit, run = record.from_json(json.loads(out["audit.json"]))
    assert (audit, run) == (notebook.shown(executed).view.audit, notebook.shown(executed).view.run)
    assert run.rulebook_sha256


@pytest.mark.parametrize("name", ["x", "report\nimport os\nos.system('x') #", "Report", "__class__"])
def test_an_unknown_parameter_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="không có tham số"):
        notebook.execute({"report": str(SAMPLE), name: 1}, outputs=tmp_path)


def _notebook_with(folder: Path, code: str) -> Path:
    nb = nbformat.v4.new_notebook()
    nb.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nb.cells = [
        nbformat.v4.new_code_cell("report = ''", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(code),
    ]
    path = folder / "ward_audit.ipynb"
    nbformat.write(nb, path)
    return path


def test_a_failed_notebook_is_kept_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _notebook_with(tmp_path, "raise RuntimeError('hỏng')")
    monkeypatch.setattr(notebook, "notebook_path", lambda *_: path)
    with pytest.raises(NotebookError) as caught:
        notebook.execute({"report": "Báo cáo 1.docx"}, outputs=tmp_path / "out", engine=ENGINE)
    assert "RuntimeError: hỏng" in str(caught.value)
    assert caught.value.notebook == tmp_path / "out" / "failed" / "bao-cao-1.ipynb"
    kept = nbformat.read(caught.value.notebook, as_version=4)
    assert any("RuntimeError" in str(cell.get("outputs", "")) for cell in kept.cells)
    assert list((tmp_path / "out").iterdir()) == [tmp_path / "out" / "failed"]


def test_a_report_that_cannot_be_read_is_the_users_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _notebook_with(
        tmp_path,
        "from cchc_audit.errors import ReadError\nraise ReadError('a.pdf', 'damaged', 'tệp hỏng', 'damaged')",
    )
    monkeypatch.setattr(notebook, "notebook_path", lambda *_: path)
    with pytest.raises(AuditError, match=r"a\.pdf: tệp hỏng / damaged") as caught:
        notebook.execute({"report": "a.pdf"}, outputs=tmp_path / "out", engine=ENGINE)
    assert not isinstance(caught.value, NotebookError)
    assert not (tmp_path / "out").exists()


# ---------------------------------------------------------------- the command


@pytest.mark.parametrize(
    ("name", "content"), [("missing.txt", None), ("empty.txt", b""), ("odd.xyz", b"\x00\x01\x02\xff" * 300)]
)
def test_a_bad_report_is_one_line_and_leaves_nothing(
    name: str, content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main(["memo", str(tmp_path / name), "--outputs", str(tmp_path / "out")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_the_command_prints_where_the_memo_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = tmp_path / "out"
    assert main(["memo", str(SAMPLE), "--outputs", str(outputs), "--language", "en", "--xlsx"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.is_file()
    assert {f.name for f in path.parent.iterdir()} == {
        "memo.html",
        "ward_audit.ipynb",
        "audit.json",
        "workpaper.xlsx",
    }
    assert '<html lang="en">' in path.read_text("utf-8")
    assert path.is_relative_to(outputs)


@pytest.mark.verify
@pytest.mark.parametrize(
    "command",
    [
        [
            sys.executable,
            "-m",
            "papermill",
            "notebooks/ward_audit.ipynb",
            "{out}/executed.ipynb",
            "-p",
            "report",
            str(SAMPLE),
        ],
        [
            sys.executable,
            "-m",
            "nbconvert",
            "--to",
            "cchc_memo",
            "--execute",
            "notebooks/ward_audit.ipynb",
            "--output-dir",
            "{out}",
            "--output",
            "memo",
        ],
        [
            sys.executable,
            "-m",
            "nbconvert",
            "--to",
            "notebook",
            "--execute",
            "notebooks/ward_audit.ipynb",
            "--output-dir",
            "{out}",
            "--output",
            "executed",
        ],
    ],
    ids=["papermill", "nbconvert to memo", "nbconvert to notebook"],
)
def test_the_tools_work_when_typed_by_hand(command: list[str], tmp_path: Path) -> None:
    typed = [part.replace("{out}", str(tmp_path)) for part in command]
    done = subprocess.run(
        typed,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": ""},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    made = next(tmp_path.iterdir())
    text = made.read_text("utf-8")
    if made.suffix == ".html":
        assert 'id="findings"' in text
    else:
        assert notebook.memo_html(nbformat.reads(text, as_version=4))


# ---------------------------------------------------------------- where results go


def named(ward: str, *, path: str = "a.txt", sha: str = "1" * 64, period: Period | None = None) -> Audit:
    audit = fabricate.audit()
    when = period or Period(date(2024, 1, 1), date(2024, 6, 30))
    return replace(
        audit,
        header=replace(audit.header, ward=ward, period=when),
        document=replace(audit.document, path=path, sha256=sha),
    )


def test_the_folder_is_ward_and_period(tmp_path: Path) -> None:
    assert (
        folders.claim_folder(named("Phường Hải Vân"), tmp_path)
        == tmp_path / "phuong-hai-van" / "2024-01-01-2024-06-30"
    )


def test_the_files_name_stands_in_for_ward_and_period(tmp_path: Path) -> None:
    audit = fabricate.empty()
    audit = replace(audit, document=replace(audit.document, path="x/Báo cáo quý I.docx"))
    assert folders.folder_of(audit, tmp_path) == tmp_path / "bao-cao-quy-i" / "bao-cao-quy-i"


@pytest.mark.parametrize("name", ["../../etc", "con", "a\x00b", "…", "Đ" * 300, "<script>", "\u202eabc"])
def test_no_name_leaves_the_folder(name: str, tmp_path: Path) -> None:
    folder = folders.folder_of(named(name), tmp_path)
    assert folder.resolve().parent.parent == tmp_path.resolve()
    assert len(folder.parent.name) < 80


def test_a_second_run_of_the_same_report_takes_its_folder_again(tmp_path: Path) -> None:
    first = folders.claim_folder(named("Phường Hải Vân"), tmp_path)
    assert folders.claim_folder(named("phường  HẢI VÂN", sha="2" * 64), tmp_path) == first, (
        "a mended file at the same path"
    )
    assert folders.claim_folder(named("Phường Hải Vân", path="moved.txt"), tmp_path) == first, (
        "the same file elsewhere"
    )


def test_strangers_get_a_suffix(tmp_path: Path) -> None:
    first = folders.claim_folder(named("Phường Hải Vân"), tmp_path)
    other = folders.claim_folder(named("Phường Hai Van", path="b.txt", sha="2" * 64), tmp_path)
    namesake = folders.claim_folder(named("Phường Hải Vân", path="c.txt", sha="3" * 64), tmp_path)
    coded = folders.claim_folder(named("Phường Hải Vân", path="d.txt", sha="4" * 64), tmp_path, code="90101")
    assert [f.relative_to(tmp_path).as_posix() for f in (first, other, namesake, coded)] == [
        "phuong-hai-van/2024-01-01-2024-06-30",
        "phuong-hai-van-2/2024-01-01-2024-06-30",
        "phuong-hai-van/2024-01-01-2024-06-30-2",
        "phuong-hai-van-3/2024-01-01-2024-06-30",
    ]


def test_a_folder_is_claimed_where_files_cannot_be_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr("os.link", refuse)
    first = folders.claim_folder(named("Phường Hải Vân"), tmp_path)
    assert folders.claim_folder(named("Phường Hải Vân"), tmp_path) == first
    assert folders.claim_folder(named("Phường Hai Van", path="b.txt", sha="2" * 64), tmp_path) != first


def test_processes_side_by_side_never_share_a_folder(tmp_path: Path) -> None:
    """All but one of the claims for one name meet a marker that was not there when they looked."""
    from concurrent.futures import ThreadPoolExecutor

    audits = [named("Phường Hải Vân", path=f"{n}.txt", sha=f"{n:064}") for n in range(12)]
    with ThreadPoolExecutor(12) as pool:
        taken = list(pool.map(lambda audit: folders.claim_folder(audit, tmp_path), audits))
    assert len(set(taken)) == 12


def test_a_stranger_who_claims_between_look_and_claim_keeps_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, strangers = folders.place, []

    def overtaken(*given: Any, **more: Any) -> str:
        found = look(*given, **more)
        if not strangers:
            strangers.append(tmp_path / found)
            stranger = folders.owner_of("Phường Hải Vân", "b.txt", "2" * 64)
            folders.marker(tmp_path / found).parent.mkdir(parents=True)
            folders.marker(tmp_path / found).write_text(json.dumps(stranger), "utf-8")
        return found

    monkeypatch.setattr(folders, "place", overtaken)
    mine = folders.claim_folder(named("Phường Hải Vân"), tmp_path)
    assert mine.name == f"{strangers[0].name}-2"


def test_a_set_is_replaced_whole_and_notes_stay(tmp_path: Path) -> None:
    folder = tmp_path / "w" / "p"
    folders.publish(folder, {"memo.html": "một", "memo.pdf": b"%PDF"})
    (folder / "ghi-chu.txt").write_text("của tôi", "utf-8")
    folders.publish(folder, {"memo.html": "hai"})
    assert {f.name: f.read_text("utf-8") for f in folder.iterdir()} == {
        "memo.html": "hai",
        "ghi-chu.txt": "của tôi",
    }
    assert [f.name for f in folder.parent.iterdir()] == ["p"]


@pytest.mark.parametrize("step", range(1, 8))
def test_a_failure_at_any_step_leaves_the_old_set_or_the_new(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "w" / "p"
    folders.publish(folder, {"memo.html": "cũ", "audit.json": "cũ"})
    count = 0
    rename, write = Path.rename, folders.files.write

    def step_of(do: Any) -> Any:
        def failing(*arguments: Any) -> Any:
            nonlocal count
            count += 1
            if count == step:
                raise OSError("disk")
            return do(*arguments)

        return failing

    monkeypatch.setattr(Path, "rename", step_of(rename))
    monkeypatch.setattr(folders.files, "write", step_of(write))
    with contextlib.suppress(OSError):
        folders.publish(folder, {"memo.html": "mới", "audit.json": "mới"})
    monkeypatch.undo()
    assert {f.read_text("utf-8") for f in folder.iterdir()} in ({"cũ"}, {"mới"})
    folders.publish(folder, {"memo.html": "sau", "audit.json": "sau"})
    assert {f.read_text("utf-8") for f in folder.iterdir()} == {"sau"}


def test_a_run_stopped_between_the_renames_is_put_right(tmp_path: Path) -> None:
    folder = tmp_path / "w" / "p"
    folders.publish(folder, {"memo.html": "cũ"})
    folder.rename(folder.with_name(".p.old"))  # where a killed process would leave it
    folders.publish(folder, {"audit.json": "mới"})
    assert [f.name for f in folder.iterdir()] == ["audit.json"]
    assert [f.name for f in folder.parent.iterdir()] == ["p"]


REGISTER = "code,name,kind,district,province,population,valid_from,valid_to\n"


@pytest.mark.parametrize("command", ["check", "memo"])
def test_a_register_of_wards_is_no_report(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wards.csv"
    path.write_text(REGISTER + "90101,Hải Vân,phường,,tỉnh Mẫu,12480,,\n", "utf-8-sig")
    assert main([command, str(path)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and "wards.csv" in said[0] and "reports/" in said[0]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("heading", "place"),
    [("UBND PHƯỜNG HẢI VÂN", "wards.csv"), ("Báo cáo không ghi tên", "reports/wards.csv")],
)
def test_the_register_beside_the_report_names_its_ward(tmp_path: Path, heading: str, place: str) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / place).write_text(REGISTER + "90101,Hải Vân,phường,,tỉnh Mẫu,12480,2010-01-01,\n", "utf-8")
    report = small(
        tmp_path / "reports", f"{heading}\nBÁO CÁO\nNăm 2024 đã giải quyết 24 hồ sơ.\n", "90101-2024.txt"
    )
    folder = notebook.make_memo({"report": str(report), "outputs": str(tmp_path / "out")}, engine=ENGINE)
    page = (folder / "memo.html").read_text("utf-8")
    for said in ("mã 90101", "tỉnh Mẫu", "12.480", "01/01/2010 – …"):
        assert said in page
    assert folder.parent.name == "phuong-hai-van"
    _, run = record.from_json(json.loads((folder / "audit.json").read_text("utf-8")))
    assert run.unit is not None and run.unit.population == 12480


def test_a_memo_says_that_it_is_being_made_before_anything_slow(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def make(*_: object, **__: object) -> Path:
        said.append(capsys.readouterr().err)
        return tmp_path

    monkeypatch.setattr(notebook, "make_memo", make)
    assert main(["memo", str(SAMPLE), "--outputs", str(tmp_path)]) == 0
    assert said[0].splitlines() == [f"Đang đối chiếu {SAMPLE.name} và lập phiếu …"]
