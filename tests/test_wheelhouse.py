"""The wheelhouse: resolved for the machine it is packed for, installed in two lines."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import wheelhouse  # noqa: E402


@pytest.mark.parametrize("name", sorted(wheelhouse.PLATFORMS))
def test_two_lines_install_it_without_a_network(name: str) -> None:
    text = wheelhouse.instructions(name, "3.12")
    lines = text.split("\n\n")[1].splitlines()
    assert len(lines) == 2
    assert "-m venv cchc" in lines[0] and "3.12" in lines[0]
    assert lines[1].endswith("-m pip install --no-index --find-links wheels cchc-audit")
    assert ("\\" in lines[1]) == (name == "win_amd64")


def test_everything_is_asked_for_the_named_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(wheelhouse, "_run", lambda *command: commands.append(command))
    monkeypatch.setattr(wheelhouse, "complaints", lambda *_: [])
    folder = wheelhouse.pack("win_amd64", "3.12", tmp_path)
    resolve, download, build = commands
    assert resolve[resolve.index("--python-platform") + 1] == "x86_64-pc-windows-msvc"
    assert download[download.index("--platform") + 1] == "win_amd64"
    assert "--only-binary=:all:" in download and "--require-hashes" in download and "cp312" in download
    assert "--wheel" in build
    assert b"\r\n" in (folder / "CAI-DAT.txt").read_bytes()


def wheel(folder: Path, package: str, *requires: str, tag: str = "py3-none-any") -> None:
    lines = [f"Name: {package}", "Version: 1.0", *(f"Requires-Dist: {r}" for r in requires)]
    with zipfile.ZipFile(folder / f"{package.replace('-', '_')}-1.0-{tag}.whl", "w") as archive:
        archive.writestr(f"{package}-1.0.dist-info/METADATA", "\n".join(lines))


@pytest.mark.parametrize(
    ("requires", "others", "said"),
    [
        (["a", "pexpect; sys_platform != 'win32'"], [("a", "py3-none-any")], ""),
        (["a"], [("a", "cp312-cp312-win_amd64")], ""),
        (["a"], [("a", "cp312-cp312-manylinux_2_28_x86_64")], "not for win_amd64"),
        (["a", "colorama; os_name == 'nt'"], [("a", "py3-none-any")], "asks for colorama"),
        (["a>=2"], [("a", "py3-none-any")], "asks for a>=2"),
        (["a"], [("a", "py3-none-any"), ("pexpect", "py3-none-any")], "pexpect: nothing asks for it"),
        (["a; extra == 'pdf'"], [], ""),
        (["b[c]"], [("b", "py3-none-any")], "b asks for d"),
    ],
)
def test_a_wheelhouse_holds_what_the_machine_asks_for_and_no_more(
    tmp_path: Path, requires: list[str], others: list[tuple[str, str]], said: str
) -> None:
    wheel(tmp_path, "cchc-audit", *requires)
    for package, tag in others:
        wheel(tmp_path, package, *(["d; extra == 'c'"] if package == "b" else []), tag=tag)
    amiss = wheelhouse.complaints(tmp_path, "win_amd64", "3.12")
    assert (said in " ".join(amiss)) if said else amiss == []


@pytest.mark.verify
@pytest.mark.timeout(900)
def test_a_windows_wheelhouse_is_complete(tmp_path: Path) -> None:
    wheels = wheelhouse.pack("win_amd64", "3.12", tmp_path) / "wheels"  # fails when anything is amiss
    names = {path.name.split("-")[0].lower() for path in wheels.iterdir()}
    assert {"pywinpty", "colorama", "tzdata"} <= names and "ptyprocess" not in names


@pytest.mark.verify
@pytest.mark.timeout(900)
def test_a_linux_wheelhouse_installs_and_works_without_a_network(tmp_path: Path) -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = wheelhouse.pack("linux_x86_64", version, tmp_path)
    subprocess.run([sys.executable, "-m", "venv", "cchc"], cwd=folder, check=True)
    install = wheelhouse.instructions("linux_x86_64", version).split("\n\n")[1].splitlines()[1].split()
    no_network = {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_NO_CACHE_DIR": "1", "PATH": "/usr/bin:/bin"}
    subprocess.run(
        [str(folder / install[0]), *install[1:], "--quiet"], cwd=folder, check=True, env=no_network
    )
    subprocess.run([str(folder / "cchc/bin/cchc-audit"), "init", "doan"], cwd=folder, check=True)
    sample = folder / "doan/reports/dong-me-6-thang-2024.txt"
    done = subprocess.run(
        [str(folder / "cchc/bin/cchc-audit"), "check", str(sample)], check=False, capture_output=True
    )
    assert done.returncode == 1, done.stderr
