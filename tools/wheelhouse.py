"""Pack cchc-audit with every wheel an offline machine needs, resolved for that machine and not for this one.

    python tools/wheelhouse.py win_amd64 --python 3.12
    python tools/wheelhouse.py linux_x86_64 macos_arm64 --zip

Writes wheelhouse/<platform>-py<version>/ with the wheels, requirements.txt (pinned, with hashes) and the
instructions in two lines. Only wheels are taken: a package that would have to be built is an error.
Needs the network, uv and pip; the machine it is packed for needs Python of that version and nothing else.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Platform:
    """A kind of machine: uv's name for it, the wheel tags it takes (best first), how it answers markers."""

    uv: str
    tags: tuple[str, ...]
    markers: dict[str, str]

    @property
    def windows(self) -> bool:
        return self.markers["os_name"] == "nt"


def _markers(sys_platform: str, platform_system: str, os_name: str, platform_machine: str) -> dict[str, str]:
    return dict(locals())


PLATFORMS = {
    "win_amd64": Platform("x86_64-pc-windows-msvc", ("win_amd64",), _markers("win32", "Windows", "nt", "AMD64")),
    "linux_x86_64": Platform(
        "x86_64-manylinux_2_28", ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64",
                                  "manylinux2014_x86_64", "manylinux_2_12_x86_64", "manylinux_2_5_x86_64",
                                  "manylinux1_x86_64", "linux_x86_64"), _markers("linux", "Linux", "posix", "x86_64"),
    ),
    "macos_arm64": Platform(
        "aarch64-apple-darwin", tuple(f"macosx_{major}_0_{arch}" for major in (14, 13, 12, 11) for arch in ("arm64", "universal2"))
        + ("macosx_10_13_universal2", "macosx_10_9_universal2"), _markers("darwin", "Darwin", "posix", "arm64"),
    ),
}  # fmt: skip


def pack(name: str, version: str, out: Path, extras: str = "") -> Path:
    """Everything for one platform and Python version ("3.12"), in a folder of `out`; returns the folder."""
    platform = PLATFORMS[name]
    folder = out / f"{name}-py{version}"
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    pins = folder / "requirements.txt"
    _run(
        *_uv(), "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--generate-hashes", "--only-binary", ":all:",
        "--python-platform", platform.uv, "--python-version", version, *(["--extra", extras] if extras else []),
        "--output-file", str(pins), str(ROOT / "pyproject.toml"),
    )  # fmt: skip
    tags = [word for tag in platform.tags for word in ("--platform", tag)]
    _run(
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes",
        "--only-binary=:all:", *tags, "--python-version", version, "--implementation", "cp",
        "--abi", f"cp{version.replace('.', '')}", "--abi", "abi3", "--abi", "none",
        "--dest", str(wheels), "--requirement", str(pins),
    )  # fmt: skip
    _run(*_uv(), "build", "--quiet", "--wheel", "--out-dir", str(wheels), str(ROOT))
    (wheels / ".gitignore").unlink(missing_ok=True)
    if amiss := complaints(wheels, name, version, extras):
        raise SystemExit("\n".join(amiss))
    newline = "\r\n" if platform.windows else "\n"
    (folder / "CAI-DAT.txt").write_text(instructions(name, version), "utf-8", newline=newline)
    return folder


def complaints(wheels: Path, name: str, version: str, extras: str = "") -> list[str]:
    """What would keep the wheels from installing on that machine, or does not belong there; empty when all is well.

    Every wheel must be made for it, and every requirement that holds on it, from cchc-audit down, must be there.
    """
    out: list[str] = []
    held: dict[str, tuple[Version, list[str]]] = {}
    for wheel in sorted(wheels.glob("*.whl")):
        package, release, _, tags = parse_wheel_filename(wheel.name)
        if not {tag.platform for tag in tags} & {"any", *PLATFORMS[name].tags}:
            out.append(f"{wheel.name}: not for {name}")
        held[package] = (release, _requirements(wheel))
    wanted: list[tuple[str, str]] = [("cchc-audit", extra) for extra in {"", extras}]
    met: set[tuple[str, str]] = set()
    while wanted:
        package, extra = one = wanted.pop()
        if one in met:
            continue
        met.add(one)
        for line in held[package][1] if package in held else ():
            asked = Requirement(line)
            if asked.marker and not asked.marker.evaluate(_there(name, version) | {"extra": extra}):
                continue
            there = canonicalize_name(asked.name)
            if there not in held or not asked.specifier.contains(held[there][0], prereleases=True):
                out.append(f"{package} asks for {asked}")
            wanted += [(there, more) for more in ("", *asked.extras)]
    return out + [f"{package}: nothing asks for it" for package in sorted(held.keys() - {p for p, _ in met})]


def _requirements(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        return HeaderParser().parsestr(archive.read(metadata).decode("utf-8")).get_all("Requires-Dist") or []


def _there(name: str, version: str) -> dict[str, str]:
    """What markers are asked about on that machine; nothing of this one but the kind of Python."""
    versions = {"python_version": version, "python_full_version": f"{version}.0", "implementation_version": f"{version}.0"}
    return {k: str(v) for k, v in default_environment().items()} | PLATFORMS[name].markers | versions


def instructions(name: str, version: str) -> str:
    """The two lines that install the package from the folder they stand in, and how to go on."""
    if PLATFORMS[name].windows:
        two = (
            f"py -{version} -m venv cchc",
            r"cchc\Scripts\python -m pip install --no-index --find-links wheels cchc-audit",
        )
        then = r"cchc\Scripts\cchc-audit init doan"
    else:
        two = (
            f"python{version} -m venv cchc",
            "cchc/bin/python -m pip install --no-index --find-links wheels cchc-audit",
        )
        then = "cchc/bin/cchc-audit init doan"
    return (
        f"Cài đặt không cần mạng: {name}, Python {version}. Mở cửa sổ lệnh trong thư mục này, gõ hai dòng:\n"
        f"Offline installation. Open a command window in this folder and type two lines:\n\n"
        f"{two[0]}\n{two[1]}\n\n"
        f"Tạo thư mục làm việc · Make a workspace:\n\n{then}\n"
    )


def _uv() -> list[str]:
    beside = Path(sys.executable).with_name("uv.exe" if sys.platform == "win32" else "uv")
    return [str(beside) if beside.exists() else "uv"]


def _run(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:4])} …\n{done.stderr.strip()}")


def main() -> None:
    """Pack each platform asked for and print what it came to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "platforms", nargs="*", metavar="PLATFORM", help=f"{', '.join(PLATFORMS)} (win_amd64)"
    )
    parser.add_argument("--python", default="3.12", help="version of Python on that machine (3.12)")
    parser.add_argument("--extra", default="", help="an extra of pyproject.toml (pdf, dask)")
    parser.add_argument("--out", type=Path, default=ROOT / "wheelhouse")
    parser.add_argument("--zip", action="store_true", help="also write one .zip a platform")
    options = parser.parse_args()
    if unknown := set(options.platforms) - set(PLATFORMS):
        parser.error(f"unknown platform {', '.join(sorted(unknown))}; known: {', '.join(PLATFORMS)}")
    for name in options.platforms or ["win_amd64"]:
        folder = pack(name, options.python, options.out, options.extra)
        wheels = list((folder / "wheels").glob("*.whl"))
        size = sum(wheel.stat().st_size for wheel in wheels)
        print(f"{folder}: {len(wheels)} wheels, {size / 1e6:.0f} MB")
        if options.zip:
            print(shutil.make_archive(str(folder), "zip", folder))


if __name__ == "__main__":
    main()
