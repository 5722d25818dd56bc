"""A file that only grows: whole lines are added, safely among programs and over shared folders."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_PATIENCE = 10.0  # seconds to wait for another program that is writing to the same file
_LOCK_BYTE = 0x7FFF0000  # far past the end of such a file: a Windows lock keeps readers out of what it covers


def append(path: Path, lines: list[bytes]) -> None:
    """Add the lines, synced to the disk when this returns; on OSError the file is as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with _locked(handle) as alone:
            size = os.fstat(handle).st_size
            data = b"".join(line + b"\n" for line in lines)
            if size and _byte_at(handle, size - 1) != b"\n":
                data = b"\n" + data  # leave a torn line by itself, to be reported, not glued to this one
            try:
                _write_all(handle, data)
                os.fsync(handle)
                if not size:
                    _sync_folder(path.parent)
            except OSError:
                if alone:  # else another program may have added its own line since
                    os.ftruncate(handle, size)
                raise
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Put the name of a new file on the disk too, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _byte_at(handle: int, offset: int) -> bytes:
    os.lseek(handle, offset, os.SEEK_SET)
    return os.read(handle, 1)


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


@contextlib.contextmanager
def _locked(handle: int) -> Iterator[bool]:
    """Hold the file alone. Yields False on a share that knows no locks: a line goes to the inspector's own
    file in one call there, which is as safe as such a share can be."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            supported = _lock(handle)
            break
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.005)
    try:
        yield supported
    finally:
        if supported:
            _unlock(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, _LOCK_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, _LOCK_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import errno
    import fcntl

    _NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return False
            raise
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
