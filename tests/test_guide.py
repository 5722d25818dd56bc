"""Every command of the guide runs, in order, and the two languages give the same ones.

The steps in JupyterLab are those of `browser/test_lab.py`.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_audit.cli import _parser, main

DOCS = Path(__file__).parents[1] / "docs"
WORKSPACE = DOCS.parent / "cchc_audit/defaults/workspace/README.md"
VI, EN = ((DOCS / name).read_text("utf-8") for name in ("huong-dan.md", "guide.md"))


def commands(text: str) -> list[str]:
    return [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]


def test_both_languages_give_the_same_commands_and_pictures() -> None:
    assert commands(VI) == commands(EN)
    assert len(commands(VI)) > 8
    pictures = re.findall(r"\]\((images/[^)]+)\)", VI)
    assert pictures == re.findall(r"\]\((images/[^)]+)\)", EN)
    for name in [*pictures, *re.findall(r"\]\(([a-z-]+\.md)\)", VI + EN)]:
        assert (DOCS / name).is_file()


def test_the_guide_names_only_buttons_and_notebooks_that_exist() -> None:
    from cchc_audit.messages import catalogue

    labels = {message.vi for key, message in catalogue().items() if key.startswith("panel.")}
    bold = re.findall(r"\*\*(.+?)\*\*", VI, re.DOTALL)
    buttons = {text.rstrip("…") for text in bold if "→" not in text}
    assert len(buttons) > 4
    assert buttons <= labels, buttons - labels
    for name in ("review", "explore", "try_a_rule", "across_wards"):
        assert f"`{name}`" in VI and f"`{name}`" in EN and (DOCS.parent / f"notebooks/{name}.ipynb").is_file()


PAGES = (DOCS.parent / "README.md", DOCS.parent / "README.vi.md", DOCS / "huong-dan.md", DOCS / "guide.md", WORKSPACE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_works_as_written(page: Path) -> None:
    """The environment is entered, on Windows too, before the first command; every command is one this version has."""
    text = page.read_text("utf-8")
    written = re.findall(r"(?:^|`)(cchc-audit [a-z][^`\n#]*)", text, re.MULTILINE)
    assert len(written) > 4
    first = text.index(written[0])
    assert 0 <= text.find(". .venv/bin/activate") < first and 0 <= text.find(r".venv\Scripts\activate") < first
    for command in written:
        words = shlex.split(re.split(r"\s{2,}", command)[0])[1:]
        if words[1:] or words[0] not in {"check", "memo", "batch"}:  # a bare name in running text
            _parser().parse_args(words)
    assert ".venv/bin/" not in text.replace(".venv/bin/activate", "")
    assert not re.findall(r"(?:^|`)(?:papermill|jupyter|python) ", text[: text.index("activate")], re.MULTILINE)


@pytest.mark.verify
@pytest.mark.timeout(900)
def test_every_command_of_the_guide_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path
    for line in commands(VI):
        words = shlex.split(line)
        if words[0] == "cd":
            here = here / words[1]
            continue
        if words[1] == "lab":
            monkeypatch.setattr(subprocess, "call", lambda *_, **__: 0)
            monkeypatch.chdir(here)
            assert main(words[1:]) == 0
            continue
        done = subprocess.run(
            [sys.executable, "-m", "cchc_audit", *words[1:]],
            check=False,
            cwd=here,
            capture_output=True,
            text=True,
        )
        assert done.returncode == (1 if words[1] == "check" else 0), line + done.stdout + done.stderr
    assert (here / "outputs/index.html").is_file()
    assert (here / "outputs/so-quyet-dinh.csv").is_file()
