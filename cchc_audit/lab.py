"""JupyterLab on the start page of a workspace, asking no outside address for news or updates."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from .workspace import Workspace, find

START = "start.ipynb"
_CONFIG = Path(__file__).parent / "defaults" / "jupyter"


def command(workspace: Workspace, extra: Sequence[str] = ()) -> list[str]:
    """What starts JupyterLab; `extra` are options of `jupyter lab` itself (--no-browser, --port=…)."""
    start = (workspace.notebooks / START).relative_to(workspace.top).as_posix()
    # as the default address, the start page is also what the printed address of a machine without a browser opens
    options = [f"--ServerApp.root_dir={workspace.top}", f"--LabApp.default_url=/lab/tree/{start}", *extra]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")  # a container often has no other user
    return [sys.executable, "-m", "jupyterlab", *options]


def environment(given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The given environment, with our settings of JupyterLab behind the user's own."""
    paths = [given["JUPYTER_CONFIG_PATH"]] if given.get("JUPYTER_CONFIG_PATH") else []
    return {**given, "JUPYTER_CONFIG_PATH": os.pathsep.join([*paths, str(_CONFIG)])}


def run(folder: Path, extra: Sequence[str] = ()) -> int:
    """Open JupyterLab on the workspace that holds `folder` and wait for it to close; returns its exit status.

    Raises WorkspaceError when there is no workspace.
    """
    workspace = find(folder)
    try:
        return subprocess.call(command(workspace, extra), cwd=workspace.top, env=environment())
    except KeyboardInterrupt:
        return 0
