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
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Platform:
    """A kind of machine: uv's name for it, the wheel tags it takes (best first), how it calls things."""

    uv: str
    tags: tuple[str, ...]
    windows: bool = False


PLATFORMS = {
    "win_amd64": Platform("x86_64-pc-windows-msvc", ("win_amd64",), windows=True),
    "linux_x86_64": Platform(
        "x86_64-manylinux_2_28", ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64",
                                  "manylinux2014_x86_64", "manylinux_2_12_x86_64", "manylinux_2_5_x86_64",
                                  "manylinux1_x86_64", "linux_x86_64"),
    ),
    "macos_arm64": Platform(
        "aarch64-apple-darwin", tuple(f"macosx_{major}_0_{arch}" for major in (14, 13, 12, 11) for arch in ("arm64", "universal2"))
        + ("macosx_10_13_universal2", "macosx_10_9_universal2"),
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
    newline = "\r\n" if platform.windows else "\n"
    (folder / "CAI-DAT.txt").write_text(instructions(name, version), "utf-8", newline=newline)
    return folder


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
