"""The project's own promises: one dependency list, a light fast path, a lock without addresses."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
CONDA_NAMES = {"duckdb": "python-duckdb", "matplotlib": "matplotlib-base"}
HEAVY = ("pandas", "matplotlib", "IPython", "papermill", "nbconvert", "duckdb", "pyarrow", "distributed", "lxml", "rich")


def dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return set(project["dependencies"])


def test_environment_yml_lists_what_pyproject_lists() -> None:
    listed = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    plain = {d for d in listed if isinstance(d, str)} - {"pip"}
    through_pip = {d for entry in listed if isinstance(entry, dict) for d in entry["pip"]} - {"-e ."}
    expected = set()
    for dependency in dependencies():
        name = re.match(r"[\w.-]+", dependency).group()  # type: ignore[union-attr]
        expected.add(dependency.replace(name, CONDA_NAMES.get(name, name), 1))
    assert (plain | through_pip) - expected == {"python>=3.11"}
    assert expected - (plain | through_pip) == set()


def test_the_lock_pins_every_dependency_by_hash_and_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {re.sub(r"[-_.]+", "-", m).lower() for m in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}
    wanted = {re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", d).group()).lower() for d in dependencies()}  # type: ignore[union-attr]
    assert wanted - pinned == set()
    assert "://" not in lock
    assert lock.count("--hash=") >= len(pinned)


@pytest.mark.parametrize(
    "arguments",
    [["-c", "import cchc_audit"], ["-m", "cchc_audit", "--help"], ["-m", "cchc_audit", "check", "data/reports/dong-me-6-thang-2024.txt"]],
    ids=["import", "help", "check"],
)
def test_the_fast_path_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys, runpy, contextlib, io\n"
        f"sys.argv = ['cchc-audit', *{arguments[2:]!r}]\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        + ("    import cchc_audit\n" if arguments[0] == "-c" else "    runpy.run_module('cchc_audit', run_name='__main__')\n")
        + f"print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.strip() == ""


def test_nothing_in_the_repository_points_at_a_registry() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout.split()
    suspicious = re.compile(r"https?://(?:files\.)?py(?:thonhosted|pi)\.|registry\.npmjs")
    found = [
        name for name in tracked
        if (ROOT / name).suffix in {".py", ".toml", ".yml", ".md", ".lock", ".txt", ""} and (ROOT / name).is_file()
        and name != "tests/test_project.py" and suspicious.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))
    ]  # fmt: skip
    assert found == []


def test_both_readmes_give_the_same_measurements() -> None:
    def figures(readme: str, opening: str) -> list[str]:
        told = next(line for line in (ROOT / readme).read_text(encoding="utf-8").splitlines() if line.startswith(opening))
        return sorted(re.sub(r"[.,]", "", figure) for figure in re.findall(r"\d[\d.,]*\d|\d", told))

    assert figures("README.md", "Measured for this version") == figures("README.vi.md", "Đo với phiên bản này")
