"""The results of a batch on disk: Parquet files, written whole; rows of reports that did not change are taken over.

Each file says in its metadata what its rows were made from, so a second batch converts the rows of changed reports
only. The bytes are those of a batch that made all rows anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import files
from .results import TABLES, Column, Row, path

if TYPE_CHECKING:
    import pyarrow

_BATCH = 50_000  # rows in a row group
_MADE = b"cchc_made"
_STAMP = b"cchc_stamp"


@dataclass(frozen=True, slots=True)
class Entry:
    """The rows of one report: `made` is the hash of all they come from, `rows` makes the row of "reports" and those of
    the other tables."""

    report: str
    made: str
    rows: Callable[[], tuple[Mapping[str, Any], Mapping[str, Sequence[Row]]]]


def load() -> None:
    """Import what writing and querying the tables needs; the second call costs nothing."""
    import duckdb  # noqa: F401
    import pandas  # noqa: F401 - pyarrow asks for it as soon as it meets a list
    import pyarrow.parquet  # noqa: F401


def write(outputs: Path, entries: Sequence[Entry]) -> str:
    """Write every table under `outputs/results/`, each whole or not at all, the reports in the given order; nothing
    where the tables stand there already. Returns the stamp of what they hold."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = {entry.report: entry.made for entry in entries}
    stamp = hashlib.sha256(json.dumps([*made.items()]).encode("utf-8", "replace")).hexdigest()
    stored, old_stamp = _stored(outputs)
    if stored and old_stamp == stamp:
        return stamp
    before = json.loads(stored["reports"].schema.metadata[_MADE]) if stored else {}
    metadata = {_STAMP: stamp.encode(), _MADE: json.dumps(made).encode("utf-8", "replace")}
    sinks = {name: pa.BufferOutputStream() for name in TABLES}
    held = {name: _Held(columns, _schema(columns), stored.get(name)) for name, columns in TABLES.items()}
    with contextlib.ExitStack() as open_files:
        writers = {}
        for name in TABLES:
            schema = held[name].schema.with_metadata(metadata if name == "reports" else {_STAMP: metadata[_STAMP]})
            writers[name] = open_files.enter_context(pq.ParquetWriter(sinks[name], schema, compression="zstd"))
        for entry in entries:
            if before.get(entry.report) == entry.made:
                for name in TABLES:
                    held[name].keep(entry.report)
            else:
                report, others = entry.rows()
                held["reports"].add([[report.get(column.name) for column in TABLES["reports"]]])
                for name, rows in others.items():
                    held[name].add(rows)
            for name in TABLES:
                if held[name].count >= _BATCH:
                    writers[name].write_table(held[name].take())
        for name in TABLES:
            if held[name].count:
                writers[name].write_table(held[name].take())
    for name in TABLES:
        files.write(path(outputs, name), sinks[name].getvalue().to_pybytes())
    return stamp


@dataclass(slots=True)
class _Held:
    """The rows of one table that wait to be written, old and new in turn."""

    columns: Sequence[Column]
    schema: pyarrow.Schema
    stored: pyarrow.Table | None
    count: int = 0
    _rows: list[Sequence[Any]] = field(default_factory=list)
    _parts: list[pyarrow.Table] = field(default_factory=list)
    _slice: tuple[int, int] = (0, 0)
    _places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.stored is not None:
            self._places = _places(self.stored)

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        self._rows.extend(rows)
        self.count += len(rows)

    def keep(self, report: str) -> None:
        start, end = self._places.get(report, (0, 0))
        if start == end:
            return
        if self._rows or self._slice[1] != start:
            self._close()
            self._slice = (start, start)
        self._slice = (self._slice[0], end)
        self.count += end - start

    def _close(self) -> None:
        """What waits becomes one part: rows converted, or a stretch of the stored table."""
        start, end = self._slice
        if self.stored is not None and end > start:
            self._parts.append(self.stored.slice(start, end - start))
        self._slice = (0, 0)
        if self._rows:
            self._parts.append(_table(self._rows, self.columns, self.schema))
            self._rows = []

    def take(self) -> pyarrow.Table:
        import pyarrow as pa

        self._close()
        made = pa.concat_tables(self._parts).combine_chunks()
        self._parts, self.count = [], 0
        return made


def _schema(columns: Sequence[Column]) -> pyarrow.Schema:
    import pyarrow as pa

    types = {"text": pa.string(), "int": pa.int64(), "number": pa.float64(), "day": pa.date32(), "flag": pa.bool_()}
    return pa.schema([pa.field(c.name, types[c.type], metadata={"vi": c.vi, "en": c.en}) for c in columns])


def _table(rows: Sequence[Sequence[Any]], columns: Sequence[Column], schema: pyarrow.Schema) -> pyarrow.Table:
    import pyarrow as pa

    held: list[pyarrow.Array] = []
    for column, values in zip(columns, zip(*rows, strict=True), strict=True):
        if column.type == "day":
            values = tuple(date.fromisoformat(v) if v else None for v in values)
        held.append(pa.array(values, schema.field(column.name).type))
    return pa.Table.from_arrays(held, schema=schema)


def _stored(outputs: Path) -> tuple[dict[str, pyarrow.Table], str]:
    """The tables as they stand, and their stamp; none where they are damaged, of several batches or of another version."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    stored: dict[str, pyarrow.Table] = {}
    stamps = set()
    with contextlib.suppress(OSError, pa.ArrowException, KeyError, TypeError):
        for name, columns in TABLES.items():
            table = pq.ParquetFile(path(outputs, name)).read()
            stamps.add(table.schema.metadata[_STAMP].decode())
            if not table.schema.equals(_schema(columns)):
                return {}, ""
            stored[name] = table
        if len(stamps) == 1 and _MADE in stored["reports"].schema.metadata:
            return stored, stamps.pop()
    return {}, ""


def _places(table: pyarrow.Table) -> dict[str, tuple[int, int]]:
    """Where each report's rows stand: they follow each other."""
    import pyarrow.compute as pc

    if not len(table):
        return {}
    runs = pc.run_end_encode(table["report"].combine_chunks())
    ends = runs.run_ends.to_pylist()
    return dict(zip(runs.values.to_pylist(), zip([0, *ends], ends, strict=False), strict=True))
