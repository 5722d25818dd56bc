"""Our batch against papermill and nbconvert as they come, on the same wards, in one run.

    python -m benchmarks.batch                      # the comparison
    python -m benchmarks.batch --wards 500 --memory # memory per worker over many wards
    python -m benchmarks.batch --whole 3321         # everything end to end, and a second run with ten changed wards

Each way is measured on synthetic wards (see `synthetic`), on the same notebook, with the memo made each
time. The slow ways run on the first few wards of the same set. Times are wall clock, medians where there
are several; a busy machine slows all of them, so compare the ratios.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import synthetic

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "ward_audit.ipynb"
BIN = Path(sys.executable).parent


def by_command_line(report: Path, folder: Path) -> None:
    """`papermill` and `jupyter nbconvert`, as a shell loop over wards would call them."""
    executed = folder / "executed.ipynb"
    subprocess.run([BIN / "papermill", "--no-progress-bar", NOTEBOOK, executed, "-p", "report", report], check=True, capture_output=True)
    subprocess.run([BIN / "jupyter", "nbconvert", "--to", "cchc_memo", executed], check=True, capture_output=True)


def by_library(report: Path, folder: Path) -> None:
    """papermill's and nbconvert's Python API in one process that stays."""
    import papermill

    from cchc_audit.exporter import MemoExporter

    executed = papermill.execute_notebook(
        str(NOTEBOOK), str(folder / "executed.ipynb"), {"report": str(report)}, progress_bar=False
    )
    (folder / "memo.html").write_text(MemoExporter().from_notebook_node(executed)[0], encoding="utf-8")


def seconds_each(way: Callable[[Path, Path], None], reports: list[Path], folder: Path) -> list[float]:
    taken = []
    for report in reports:
        place = folder / report.stem
        place.mkdir(parents=True)
        began = time.perf_counter()
        way(report, place)
        taken.append(time.perf_counter() - began)
    return taken


def batch(workspace: Path, outputs: Path, *options: str) -> float:
    """Seconds of wall clock for the command as a user runs it, start-up and index included."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "cchc_audit", "batch", str(workspace), "--outputs", str(outputs), *options]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def compare(folder: Path, wards: int, slow: int, jobs: int) -> None:
    workspace = folder / "workspace"
    synthetic.build(workspace, wards)
    reports = sorted((workspace / "reports").iterdir())[:slow]
    print(f"{wards} wards, {jobs} jobs; the slow ways on the first {slow} of them; load {os.getloadavg()[0]:.1f}")
    for way in (by_library, by_command_line):  # compiled modules and imports are not what is compared
        way(reports[0], _made(folder / "warm" / way.__name__))
    library = statistics.median(seconds_each(by_library, reports, folder / "library"))
    command = statistics.median(seconds_each(by_command_line, reports, folder / "command"))
    memos = batch(workspace, folder / "outputs", "--jobs", str(jobs)) / wards
    results = batch(workspace, folder / "results", "--jobs", str(jobs), "--no-memo") / wards
    print(f"{'papermill + nbconvert, command line':40} {command:8.3f} s a ward")
    print(f"{'papermill + nbconvert, Python API':40} {library:8.3f} s a ward")
    print(f"{'cchc-audit batch, with memos':40} {memos:8.3f} s a ward   {command / memos:.0f}x the command line, {library / memos:.0f}x the API")
    print(f"{'cchc-audit batch --no-memo':40} {results:8.3f} s a ward   {1 / results:.0f} reports a second")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


# ---------------------------------------------------------------- memory and the whole country


class Watch(threading.Thread):
    """Samples the memory of all processes started below this one: proportional share, in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.largest_worker: list[float] = []
        self.everything: list[float] = []
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.5):
            sizes = {pid: _own_memory(pid) for pid in _below(os.getpid())}
            if sizes:
                self.largest_worker.append(max(sizes.values()))
                self.everything.append(sum(sizes.values()))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _below(parent: int) -> list[int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    found, waiting = [], [parent]
    while waiting:
        above = waiting.pop()
        below = [pid for pid, up in parents.items() if up == above]
        found += below
        waiting += below
    return found


def _own_memory(pid: int) -> float:
    """Proportional set size: shared pages are divided among those who share them."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def memory(folder: Path, wards: int, jobs: int) -> None:
    workspace = folder / "workspace"
    synthetic.build(workspace, wards)
    watch = Watch()
    watch.start()
    taken = batch(workspace, folder / "outputs", "--jobs", str(jobs))
    watch.stop()
    print(f"{wards} wards in {taken:.0f} s ({taken / wards:.3f} s a ward), load {os.getloadavg()[0]:.1f}")
    for name, samples in (("largest process", watch.largest_worker), ("all processes", watch.everything)):
        fifths = [samples[i * len(samples) // 5 : (i + 1) * len(samples) // 5] for i in range(5)]
        print(f"{name}, MB, peak by fifths of the run: " + ", ".join(f"{max(part, default=0):.0f}" for part in fifths))


def whole(folder: Path, wards: int, jobs: int) -> None:
    workspace = folder / "workspace"
    characters = synthetic.build(workspace, wards)
    print(f"{wards} wards, {characters:,} characters; load {os.getloadavg()[0]:.1f}")
    results = batch(workspace, folder / "results", "--jobs", str(jobs), "--no-memo")
    print(f"without memos: {results:.0f} s, {wards / results:.1f} reports a second")
    watch = Watch()
    watch.start()
    memos = batch(workspace, folder / "outputs", "--jobs", str(jobs))
    watch.stop()
    disk = sum(path.stat().st_size for path in (folder / "outputs").rglob("*") if path.is_file())
    print(f"with memos: {memos:.0f} s ({memos / wards:.3f} s a ward), {max(watch.everything):.0f} MB in all processes, {disk / 2**30:.2f} GB on disk")
    again = batch(workspace, folder / "outputs", "--jobs", str(jobs))
    for report in sorted((workspace / "reports").iterdir())[:: wards // 10][:10]:
        report.write_text(report.read_text("utf-8").replace("cải cách", "đổi mới", 1), "utf-8")
    changed = batch(workspace, folder / "outputs", "--jobs", str(jobs))
    print(f"again, nothing changed: {again:.1f} s; again, ten wards changed: {changed:.1f} s; load {os.getloadavg()[0]:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wards", type=int, default=300)
    parser.add_argument("--slow", type=int, default=5, help="wards the slow ways are run on")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--whole", type=int, metavar="WARDS")
    given = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody who audits compiles every module anew at each start
    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as name:
        folder = Path(name)
        if given.whole:
            whole(folder, given.whole, given.jobs)
        elif given.memory:
            memory(folder, given.wards, given.jobs)
        else:
            compare(folder, given.wards, given.slow, given.jobs)


if __name__ == "__main__":
    main()
