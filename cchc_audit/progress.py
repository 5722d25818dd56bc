"""A batch as it is seen in a terminal: progress with rate and time left, then what came of it."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import FrameType, TracebackType

from . import overview
from .batch import Batch, Display, Settings, Summary, audit_ward
from .messages import say
from .model import Message

FAILED_WARDS = 1
_EVERY = 10.0  # seconds between two plain lines
_MOST_MEMOS = 20  # named one by one; beyond that the index finds them
_MOST_FAILURES = 40  # listed in the terminal; all are in the index and the tables


def run(paths: Sequence[Path], settings: Settings) -> int:
    """Run a batch and print what came of it. Returns the exit status: 0 done, 1 when some ward failed."""
    display = _Bar() if sys.stderr.isatty() else _Lines()
    interruptible = _Interruptible(display)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interruptible.interrupt)
    try:
        with display:
            summary = Batch(settings, interruptible, audit_ward).run(paths)
    except KeyboardInterrupt:
        print(_both(say("batch.stopped")), file=sys.stderr)
        raise
    _print(summary, settings.outputs)
    return FAILED_WARDS if summary.failed else 0


class _Interruptible:
    """Progress passed on, and every interruption heeded: compiled modules swallow one that comes while they load."""

    def __init__(self, display: Display) -> None:
        self._display = display
        self._asked = False

    def interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked = True
        raise KeyboardInterrupt

    def stage(self, what: Message, total: int) -> None:
        self._heed()
        self._display.stage(what, total)

    def advance(self, name: str, trouble: Message | None = None) -> None:
        self._display.advance(name, trouble)
        self._heed()

    def _heed(self) -> None:
        if self._asked:
            raise KeyboardInterrupt


def _both(message: Message) -> str:
    return f"{message.vi} / {message.en}" if message.en != message.vi else message.vi


def _print(summary: Summary, outputs: Path) -> None:
    if len(summary.memos) <= _MOST_MEMOS:
        for name, memo in summary.memos:
            print(f"  {name}: {memo}")
    for name, (_, reason) in list(summary.failed.items())[:_MOST_FAILURES]:
        print(f"  ✗ {name}: {_both(reason)}")
    if len(summary.failed) > _MOST_FAILURES:
        print(f"  … +{len(summary.failed) - _MOST_FAILURES}")
    counts = {"done": summary.done, "same": summary.same, "failed": len(summary.failed), "total": summary.total}
    print(_both(say("batch.counted", **counts)))
    print(_both(say("batch.index", path=outputs / overview.INDEX)))
    print(_both(say("batch.summary", path=outputs / overview.SUMMARIES["vi"])))


class _Pace:
    """Counts what is done. The first one brings the time of starting up with it and says nothing of the rate."""

    def __init__(self) -> None:
        self.count = 0
        self._first = 0.0

    def tick(self) -> float | None:
        """One more done; the rate in things a second, None before the second one."""
        self.count += 1
        now = time.monotonic()
        if self.count == 1:
            self._first = now
            return None
        return (self.count - 1) / max(now - self._first, 1e-6)


class _Lines(AbstractContextManager["_Lines"]):
    """Plain lines, for logs: one every ten seconds, and one for each failure."""

    def __init__(self) -> None:
        self._what, self._total, self._pace = "", 0, _Pace()
        self._said = time.monotonic()

    def __exit__(self, *_: object) -> None:
        return None

    def stage(self, what: Message, total: int) -> None:
        self._what, self._total, self._pace = _both(what), total, _Pace()
        self._said = time.monotonic()

    def advance(self, name: str, trouble: Message | None = None) -> None:
        rate = self._pace.tick()
        now = time.monotonic()
        if trouble is not None:
            print(f"✗ {name}: {_both(trouble)}", file=sys.stderr)
        if self._pace.count == self._total or now - self._said >= _EVERY:
            self._said = now
            print(f"{self._what}: {self._pace.count}/{self._total}{self._time(rate)}", file=sys.stderr)

    def _time(self, rate: float | None) -> str:
        return f", {rate:.1f}/s, {(self._total - self._pace.count) / rate:.0f} s" if rate else ""


class _Bar(AbstractContextManager["_Bar"]):
    """A progress bar with rate and time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task = self._progress.add_task("", total=None, rate="")
        self._pace = _Pace()

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def stage(self, what: Message, total: int) -> None:
        self._pace = _Pace()
        self._progress.reset(self._task, total=total, description=_both(what), rate="")

    def advance(self, name: str, trouble: Message | None = None) -> None:
        rate = self._pace.tick()
        self._progress.update(self._task, advance=1, rate=f"{rate:.1f}/s" if rate else "")
        if trouble is not None:
            from rich.markup import escape

            self._progress.console.print(f"✗ {escape(name)}: {escape(_both(trouble))}", highlight=False)
