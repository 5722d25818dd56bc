"""What this machine can read, and what to install for the rest."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from dataclasses import dataclass

from .messages import say
from .model import Message
from .readers.formats import READERS, Format, to_install

# What to install, by program: Debian and Ubuntu package, then the name to look for elsewhere.
_PACKAGES = {
    "tesseract": ("tesseract-ocr tesseract-ocr-vie", "Tesseract (+ Vietnamese)"),
    "soffice": ("libreoffice-writer-nogui", "LibreOffice"),
}


@dataclass(frozen=True, slots=True)
class Ability:
    """Whether one format can be read here; `advice` says what to install when not, or what would serve better."""

    format: Format
    readable: bool
    advice: Message | None


def examine() -> tuple[Ability, ...]:
    """Every format of `READERS` with whether its libraries and programs are here."""
    return tuple(_ability(entry) for entry in READERS.values())


def _ability(entry: Format) -> Ability:
    packages = [to_install(name) for name in entry.packages if importlib.util.find_spec(name) is None]
    if packages:
        return Ability(entry, False, say("doctor.packages", names=" ".join(packages)))
    if entry.name == "scan" and shutil.which("tesseract") and "vie" not in _ocr_languages():
        return Ability(entry, False, _install("tesseract", "doctor.programs"))
    found = next((name for name in entry.tools if shutil.which(name)), None)
    if entry.tools and found is None:
        return Ability(entry, False, _install(entry.tools[0], "doctor.programs"))
    if found is not None and found != entry.tools[0]:
        return Ability(entry, True, _install(entry.tools[0], "doctor.better"))
    return Ability(entry, True, None)


def _install(program: str, key: str) -> Message:
    debian, name = _PACKAGES[program]
    command = f"sudo apt-get install {debian}" if sys.platform.startswith("linux") else name
    return say(key, command=command)


def _ocr_languages() -> set[str]:
    try:
        listed = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return set()
    return set(listed.stdout.split())


def report() -> str:
    """The examination as lines for a terminal: format, usual suffixes, whether it can be read, what to install."""
    lines = []
    for ability in examine():
        state = say("doctor.readable" if ability.readable else "doctor.unreadable")
        suffixes = " ".join(ability.format.suffixes)
        lines.append(f"{ability.format.name:<6} {suffixes:<22} {state.vi} / {state.en}")
        if ability.advice:
            lines.append(f"       → {ability.advice.vi} / {ability.advice.en}")
    if sys.platform == "win32":
        unlimited = say("doctor.windows")
        lines.append(f"{unlimited.vi} / {unlimited.en}")
    return "\n".join(lines)
