"""Compiled templates kept beside Python's own compiled modules: compiling them takes longer than making a memo."""

from __future__ import annotations

import contextlib
import hashlib
import sys
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from ..files import write


class BesideTemplates(BytecodeCache):
    """The bytecode of templates in `__pycache__` of their folder. Where nothing can be written there, each process
    compiles its templates anew. What a template is compiled with is taken to be said by `settings` (a module) and
    the version of Jinja: after a change of either, as of the template, it is compiled again."""

    def __init__(self, folder: Path, settings: Path) -> None:
        self._folder = folder / "__pycache__"
        self._made_with = f"{jinja2.__version__} {settings.stat().st_mtime_ns}"

    def get_source_checksum(self, source: str) -> str:
        return hashlib.sha256(f"{self._made_with}\n{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(Exception):  # a damaged file of a cache is no file
            bucket.bytecode_from_string(self._file(bucket).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with contextlib.suppress(OSError):
                write(self._file(bucket), bucket.bytecode_to_string())

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.{sys.implementation.cache_tag}.jinja"
