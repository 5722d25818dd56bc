"""One job, one fresh process: forked from a warm parent where the system can fork, spawned where it cannot.

A job cannot hurt the one that started it: it has its own memory limit, is killed with everything it
started when its time is up, and dies with the process that asked for it. How it ended is a value.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

T = TypeVar("T")
BEGUN = "begun"  # the first word of every job
RESTING = "resting"  # said by a job that from here on waits for the disk: another may have its processor
FOR_NOTEBOOKS, FOR_AUDITS = "cchc_audit.preload", "cchc_audit.warm"


class End(StrEnum):
    """How a job ended."""

    DONE = "done"
    FAILED = "failed"  # an exception came out of it
    MEMORY = "memory"  # it asked for more memory than it may have
    TIMEOUT = "timeout"
    CRASHED = "crashed"  # the process is gone without a word: a signal, or os._exit


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job may use: seconds of wall clock, and bytes on top of what the warm parent holds (None: any)."""

    seconds: float | None = None
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job left: `value` when done, otherwise `reason` in one line and the traceback, if there was one."""

    end: End
    value: Any = None
    reason: str = ""
    traceback: str = ""


@cache
def context() -> BaseContext:
    """The way processes are started here: a fork server that has imported the heavy libraries once, or spawn."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    warm = multiprocessing.get_context("forkserver")
    warm.set_forkserver_preload([FOR_NOTEBOOKS])
    return warm


@contextlib.contextmanager
def _nameless_main() -> Iterator[None]:
    """The main module without its file: a new process would else run that script once more, and hold what it defines
    for the notebook's own `__main__`. No job needs it."""
    main = vars(sys.modules["__main__"])
    held: dict[str, Any] = {name: main.pop(name) for name in ("__file__", "__spec__") if name in main}
    main["__spec__"] = None
    try:
        yield
    finally:
        main.update(held)


class Job:
    """A function running in a fresh process.

    With `tells` the function gets a connection as `events=` and may send what it likes before its result.
    """

    def __init__(
        self,
        work: Callable[..., Any],
        args: Sequence[Any],
        limits: Limits,
        *,
        quiet: bool = True,
        tells: bool = False,
    ) -> None:
        self.limits = limits
        self.events, theirs = context().Pipe()
        self.process: BaseProcess = context().Process(  # type: ignore[attr-defined]
            target=_run, args=(work, tuple(args), limits, theirs, quiet, tells))
        with _nameless_main():
            self.process.start()
        theirs.close()
        self.deadline: float | None = None  # set when the process says it has begun: starting may take a while

    def renew(self) -> None:
        """Start the clock again: a job with several pieces of work has its time for each."""
        seconds = self.limits.seconds
        self.deadline = None if seconds is None else time.monotonic() + seconds

    def receive(self) -> Any:
        """The job's next word: BEGUN, something it sent, or its Outcome, after which it is gone."""
        try:
            word = self.events.recv()
        except (EOFError, OSError):
            self.process.join(5)
            word = Outcome(End.CRASHED, reason=_how_it_died(self.process.exitcode))
        if isinstance(word, Outcome):
            self.stop()
        elif word == BEGUN:
            self.renew()
        return word

    def stop(self) -> None:
        """Kill what is left of the job and of everything it started, and forget it."""
        self.events.close()
        if self.process.pid is not None and hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.process.close()


def wait(jobs: Sequence[Job], seconds: float) -> list[tuple[Job, Any]]:
    """What the jobs said within `seconds`; an Outcome is a job's last word. Empty when nobody spoke."""
    deadlines = [job.deadline for job in jobs if job.deadline is not None]
    patience = min([seconds, *(max(0.0, d - time.monotonic()) for d in deadlines)])
    ready = set(connection.wait([job.events for job in jobs], timeout=patience))
    said: list[tuple[Job, Any]] = []
    for job in jobs:
        if job.events in ready:
            word = job.receive()
            if word != BEGUN:
                said.append((job, word))
        elif job.deadline is not None and time.monotonic() > job.deadline:
            job.stop()
            said.append((job, Outcome(End.TIMEOUT, reason=f"{job.limits.seconds:g} s")))
    return said


def each(
    work: Callable[..., Any], pieces: Iterable[Sequence[T]], jobs: int, limits: Limits
) -> Iterator[tuple[T, Any]]:
    """Work through the pieces, `jobs` processes at a time, and yield (thing, what was said of it).

    `work(piece, events=...)` sends one word a thing, in order. A thing its process could not finish comes
    with that process's Outcome, and the rest of the piece goes to another. Limits of time are per thing.
    A process that says it is RESTING no longer counts among those at a time, while there are few of them.
    """
    waiting = deque(deque(piece) for piece in pieces)
    running: dict[Job, deque[T]] = {}
    resting: set[Job] = set()
    said: list[tuple[T, Any]] = []
    try:
        while waiting or running:
            while waiting and len(running) - min(len(resting), jobs) < jobs:
                piece = waiting.popleft()
                running[Job(work, (tuple(piece),), limits, tells=True)] = piece
            yield from said  # only now: the next job runs while the last one's results are put away
            said = []
            for job, word in wait(list(running), 1.0):
                left = running[job]
                if word == RESTING:
                    resting.add(job)
                elif isinstance(word, Outcome):
                    del running[job]
                    resting.discard(job)
                    if left:
                        said.append((left.popleft(), word))
                    if left:
                        waiting.appendleft(left)
                else:
                    job.renew()
                    said.append((left.popleft(), word))
        yield from said
    finally:
        for job in running:
            job.stop()


def preload(*modules: str) -> None:
    """Name the modules the fork server imports when the first job starts it. Once it runs it stays as it is."""
    if context().get_start_method() == "forkserver":
        context().set_forkserver_preload(list(modules))


def start() -> None:
    """Let the fork server begin to import what it needs, without waiting for it."""
    if context().get_start_method() == "forkserver":
        from multiprocessing import forkserver

        forkserver.ensure_running()


def _how_it_died(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit {code}"


def _run(
    work: Callable[..., Any],
    args: tuple[Any, ...],
    limits: Limits,
    events: Connection,
    quiet: bool,
    tells: bool,
) -> None:
    """The whole life of a job, inside its process."""
    _leave_the_terminal(quiet)
    _die_with_parent()
    gc.set_threshold(50_000, 20, 100)  # it lives for seconds: searching for rubbish costs more than keeping it
    if limits.memory is not None:
        _cap_memory(limits.memory)
    events.send(BEGUN)
    try:
        outcome = Outcome(End.DONE, work(*args, events=events) if tells else work(*args))
    except MemoryError:
        outcome = Outcome(End.MEMORY, reason=f"{(limits.memory or 0) // 2**20} MB")
    except BaseException as error:
        end = End.MEMORY if _ran_out(error) else End.FAILED
        outcome = Outcome(end, reason=_one_line(error), traceback=traceback.format_exc())
    with contextlib.suppress(BrokenPipeError):
        events.send(outcome)
    events.close()
    # Not through interpreter shutdown: threads a notebook left behind must not hold up the batch.
    for stream in (sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(Exception):
            stream.flush()  # type: ignore[union-attr]
    os._exit(0)


def _ran_out(error: BaseException) -> bool:
    """A MemoryError that a library or a notebook cell wrapped is still one."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, MemoryError) or getattr(seen, "ename", "") == "MemoryError":
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def _one_line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}"[:500] if text else type(error).__name__


def _leave_the_terminal(quiet: bool) -> None:
    """Own process group, so that Ctrl-C reaches only the one who asked; a quiet job prints nowhere."""
    if hasattr(os, "setsid"):
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if quiet:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        os.close(nowhere)


def _die_with_parent() -> None:
    """A job whose asker was killed has nobody to report to: it goes too, with what it started."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        connection.wait([sentinel])
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _cap_memory(extra: int) -> None:
    """Limit the private memory of this process to what it holds now plus `extra` bytes, where the system can."""
    try:
        import resource
    except ImportError:
        return
    held = 0
    with contextlib.suppress(OSError), open("/proc/self/status", encoding="utf-8") as status:  # noqa: PTH123
        held = next((int(line.split()[1]) * 1024 for line in status if line.startswith("VmData:")), 0)
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = held + extra if most == resource.RLIM_INFINITY else min(held + extra, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
