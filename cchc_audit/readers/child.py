"""Reads a file in a process of its own, which can be ended at any time together with all it started.

Readers of binary formats meet files made by strangers: a library may loop, take all memory or end the
interpreter. None of that may reach the audit.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..errors import ReadError
from ..model import Document
from .limits import Limits, refused
from .wire import from_plain

_PACKAGE_HOME = str(Path(__file__).resolve().parents[2])
_GRACE = 2.0  # seconds for the child to notice its own limit and say so


def read_apart(path: Path, family: str, limits: Limits) -> Document:
    """The document at `path`, read within `limits`. Raises ReadError, and nothing else, for any file."""
    file_format, seconds = "", limits.seconds
    for _ in range(2):
        reply = ask(path, {"family": family, "format": file_format}, limits, seconds)
        if "document" in reply:
            return from_plain(reply["document"])
        file_format, seconds = reply["again"], limits.seconds + limits.ocr_seconds
    raise refused(path, "damaged", "damaged", reason="ReadAgain")


def ask(path: Path, task: dict[str, Any], limits: Limits, seconds: float) -> dict[str, Any]:
    """The answer of a reading process to one task. Raises ReadError when it refuses, breaks off or takes too long."""
    with tempfile.TemporaryDirectory(prefix="cchc-", ignore_cleanup_errors=True) as scratch:
        request = {
            "path": str(path),
            "seconds": seconds,
            "scratch": scratch,
            "limits": asdict(limits),
            **task,
        }
        output, status = _run(path, request)
    try:
        reply: dict[str, Any] = json.loads(output)
    except ValueError:
        raise _broken_off(path, status, seconds, limits) from None
    if "refused" in reply:
        raise ReadError(path, reply["refused"]["kind"], reply["refused"]["vi"], reply["refused"]["en"])
    return reply


def _run(path: Path, request: dict[str, Any]) -> tuple[bytes, int]:
    """Output and exit status of the reading process; nothing of it is left when this returns."""
    environment = {**os.environ, "TMPDIR": request["scratch"], "OMP_THREAD_LIMIT": "1", "PYTHONUTF8": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (_PACKAGE_HOME, os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", f"{__package__}.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("CCHC_DEBUG") else subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(json.dumps(request).encode(), timeout=request["seconds"] + _GRACE)
    except subprocess.TimeoutExpired:
        raise refused(path, "too_large", "too_slow", seconds=int(request["seconds"])) from None
    finally:
        _end(process)
    return output, process.returncode


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and every program it started (they share its process group)."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream:
            stream.close()


def _broken_off(path: Path, status: int, seconds: float, limits: Limits) -> ReadError:
    """The child ended without an answer: out of processor time, out of memory, or crashed."""
    if -status in {getattr(signal, "SIGXCPU", 0), getattr(signal, "SIGKILL", 0)} - {0}:
        return refused(path, "too_large", "too_slow", seconds=int(seconds))
    return refused(path, "damaged", "crashed", limit=limits.memory >> 20)
