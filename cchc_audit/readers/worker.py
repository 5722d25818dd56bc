"""The reading process: one request as JSON on standard input, one answer as JSON on standard output.

It bounds its own memory and processor time before it opens the file; whoever started it bounds the
clock and can end it together with every program it started. `python -m cchc_audit.readers.worker`
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from ..errors import ReadError
from .builder import Builder, TooLongError
from .detect import refine
from .formats import READERS, to_install
from .limits import Limits
from .source import ReadAgainError, Source
from .wire import to_plain


def _bound(limits: Limits, seconds: float) -> None:
    """Limit address space and processor time of this process and its children, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: only the clock of the parent bounds the reading there
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Carry out the request: {"document"}, {"png"}, {"again": format} or {"refused": {kind, vi, en}}."""
    limits = Limits(**request["limits"])
    path = Path(request["path"])
    try:
        scratch, unhurried = Path(request["scratch"]), bool(request.get("format"))
        source = Source(path, path.read_bytes(), limits, scratch, unhurried)
        if "crops" in request:
            from .excerpt import draw

            return {"png": [base64.b64encode(png).decode("ascii") for png in draw(source, request["crops"], request["sha256"])]}
        return {"document": _document(source, request)}
    except ReadAgainError as again:
        return {"again": again.format}
    except ReadError as error:
        return {"refused": {"kind": error.kind, "vi": error.vi, "en": error.en}}
    except TooLongError:
        return _refused(path, "too_large", "too_long", limit=limits.characters)
    except MemoryError:
        return _refused(path, "too_large", "too_hungry", limit=limits.memory >> 20)
    except ImportError as error:
        return _refused(path, "unsupported", "no_library", name=to_install(error.name or str(error)))
    except Exception as error:  # any library may fail in any way on a damaged file
        if os.environ.get("CCHC_DEBUG"):
            raise
        return _refused(path, "damaged", "damaged", reason=type(error).__name__)


def _document(source: Source, request: dict[str, Any]) -> dict[str, Any]:
    name = request["format"] or refine(source, request["family"])
    builder = Builder(source.limits.characters)
    importlib.import_module(f".{READERS[name].module}", __package__).read(source, builder)
    if builder.empty:
        raise source.refused("unreadable", "no_text")
    if old := builder.old_encoding():
        if old[1]:
            raise source.refused("encoding", "legacy", name=old[0])
        builder.problem("encoding", "legacy_part", name=old[0])
    return to_plain(builder.document(source.path, name, hashlib.sha256(source.data).hexdigest()))


def _refused(path: Path, kind: str, key: str, **values: object) -> dict[str, Any]:
    from .limits import refused

    error = refused(path, kind, key, **values)
    return {"refused": {"kind": kind, "vi": error.vi, "en": error.en}}


def main() -> None:
    request = json.load(sys.stdin)
    out = os.dup(1)  # libraries and programs that print must not disturb the answer
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    _bound(Limits(**request["limits"]), request["seconds"])
    sys.setrecursionlimit(2000)
    payload = json.dumps(answer(request), ensure_ascii=True, separators=(",", ":"))
    with contextlib.suppress(BrokenPipeError), os.fdopen(out, "w", encoding="ascii") as stream:
        stream.write(payload)


if __name__ == "__main__":
    main()
