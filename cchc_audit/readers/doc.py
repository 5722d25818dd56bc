"""Old Word files (.doc): LibreOffice turns them into .docx; without it catdoc or antiword give the bare text."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

from . import docx
from .builder import Builder
from .mail import write_lines
from .source import ReadAgainError, Source, tool


def read(source: Source, builder: Builder) -> None:
    """Fill the builder by way of whichever program this machine has."""
    office = tool("soffice", "libreoffice")
    if office and (converted := to_docx(source, office)) is not None:
        try:
            docx.read(replace(source, data=converted), builder)
        except ReadAgainError:
            raise ReadAgainError("doc") from None
        return
    plain = tool("catdoc", "antiword")
    if plain is None:
        raise source.refused("unsupported", "doc_needs_office" if office is None else "doc_failed")
    text = _plain_text(source, plain)
    if not text.strip():
        raise source.refused("damaged", "doc_failed")
    write_lines(builder, text)
    builder.problem("partly_read", "doc_text_only", name=Path(plain).name)


def to_docx(source: Source, office: str) -> bytes | None:
    """The file as .docx by LibreOffice; None when that fails. A profile of its own keeps runs apart."""
    original = source.scratch / "report.doc"
    original.write_bytes(source.data)
    home = source.scratch / "office"
    command = [
        office,
        f"-env:UserInstallation={home.resolve().as_uri()}",
        "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(source.scratch),
        str(original),
    ]  # fmt: skip
    _run(command, {**os.environ, "HOME": str(source.scratch)}, source.limits.seconds * 0.8)
    converted = source.scratch / "report.docx"
    # LibreOffice reports success even when it wrote nothing.
    return (
        converted.read_bytes()
        if converted.is_file() and converted.stat().st_size <= source.limits.size
        else None
    )


def _plain_text(source: Source, program: str) -> str:
    original = source.scratch / "report.doc"
    original.write_bytes(source.data)
    options = ["-d", "utf-8", "-w"] if program.endswith("catdoc") else ["-m", "UTF-8.txt", "-w", "0"]
    output = _run([program, *options, str(original)], dict(os.environ), source.limits.seconds * 0.8)
    return output[: source.limits.characters * 4].decode("utf-8", "replace")


def _run(command: list[str], environment: dict[str, str], seconds: float) -> bytes:
    """Standard output of the program, empty when it takes too long. What it leaves running shares our process
    group and ends with us."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, env=environment, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return b""
    return done.stdout
