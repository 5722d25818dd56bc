"""Damaged and hostile files are read or refused, each with one line, within bounded time and memory."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hostile_files import HOSTILE, SLOW

from cchc_audit import readers
from cchc_audit.errors import ReadError
from cchc_audit.readers.limits import Limits

SECONDS = 20
LIMITS = Limits(seconds=SECONDS, ocr_seconds=SECONDS)
# Answers that depend on whether Tesseract or LibreOffice is here.
WITHOUT_OCR = dict.fromkeys(("trang-khong-lo.pdf", "anh-khong-lo.png", "anh-cat-ngang.png"), "unsupported")
WITHOUT_OFFICE = {"rac.doc": "unsupported"}


CASES = [pytest.param(name, marks=pytest.mark.verify) if name in SLOW else name for name in HOSTILE]


@pytest.mark.parametrize("name", CASES)
def test_read_or_refused(name: str, tmp_path: Path) -> None:
    make, kind = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make())
    if not shutil.which("tesseract"):
        kind = WITHOUT_OCR.get(name, kind)
    if not any(map(shutil.which, ("soffice", "libreoffice", "catdoc", "antiword"))):
        kind = WITHOUT_OFFICE.get(name, kind)
    start = time.monotonic()
    try:
        document = readers.read(path, limits=LIMITS)
    except ReadError as error:
        assert "\n" not in error.vi
        assert "\n" not in error.en
        assert len(error.vi) < 250
        found = error.kind
        line = error.vi
    else:
        assert document.text
        found = None
        line = "; ".join(p.message.vi for p in document.problems)
    took = time.monotonic() - start
    if os.environ.get("CCHC_SHOW"):
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
        print(
            f"{name:<22} {path.stat().st_size / 1e6:7.2f} MB  {took:5.1f} s  ≤{peak} MB  {found or 'read'}: {line}",
            file=sys.stderr,
        )
    assert took < 2 * SECONDS + 10
    if kind is not None:
        assert found == kind, line
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < LIMITS.memory >> 10


def test_nothing_is_left_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    popen = subprocess.Popen

    def remember(*args: Any, **options: Any) -> Any:
        process = popen(*args, **options)
        started.append(process.pid)
        return process

    monkeypatch.setattr(subprocess, "Popen", remember)
    monkeypatch.setattr("cchc_audit.readers.child._GRACE", 0.0)
    path = tmp_path / "slow.docx"
    path.write_bytes(HOSTILE["van-doan-rong.docx"][0]())
    with pytest.raises(ReadError) as refused:
        readers.read(path, limits=Limits(seconds=0.3))
    assert refused.value.kind == "too_large"
    assert len(started) == 1
    with pytest.raises(ProcessLookupError):
        os.killpg(started[0], 0)


def test_memory_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "hungry.docx"
    path.write_bytes(HOSTILE["bom-nen.docx"][0]())
    with pytest.raises(ReadError) as refused:
        readers.read(path, limits=Limits(unpacked=1 << 30, memory=200 << 20, seconds=SECONDS))
    assert refused.value.kind in {"too_large", "damaged"}
    assert "200" in refused.value.vi


@pytest.mark.verify
@pytest.mark.parametrize("name", ["docx", "odt", "xls", "ods", "pdf", "rtf", "doc"])
def test_any_damage_gives_a_document_or_a_read_error(name: str, tmp_path: Path) -> None:
    original = (Path(__file__).parent / "formats" / "files" / f"libreoffice.{name}").read_bytes()
    random = Random(name)
    for _ in range(8 if name == "doc" else 25):
        data = bytearray(original)
        for _ in range(random.choice((1, 5, 50))):
            data[random.randrange(len(data))] = random.randrange(256)
        if random.random() < 0.3:
            del data[random.randrange(len(data)) :]
        path = tmp_path / f"damaged.{name}"
        path.write_bytes(bytes(data))
        try:
            document = readers.read(path, limits=LIMITS)
        except ReadError as error:
            assert "\n" not in error.vi
        else:
            assert all(document.quote(block.span).strip() for block in document.blocks)
