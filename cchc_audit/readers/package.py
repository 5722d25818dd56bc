"""Zip packages of XML (OOXML, OpenDocument), opened with suspicion: bounded unpacking, no document types."""

from __future__ import annotations

import lzma
import posixpath
import re
import zipfile
import zlib
from io import BytesIO
from types import TracebackType
from typing import Any, NamedTuple

from lxml import etree

from .limits import MEGABYTE
from .source import Source

_MOST_PARTS = 20_000
# "Strict Open XML" differs in the names of its parts only, as far as a report goes.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w{1,30})")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006"


class Related(NamedTuple):
    """A part that another refers to: the id of the reference, its kind ("styles", "image") and the part's name."""

    id: str
    kind: str
    name: str


class Package:
    """The parts of a zip file. Raises ReadError for a damaged or encrypted one and for one that unpacks
    to more than the limit, counted as it unpacks."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._left = source.limits.unpacked
        try:
            self._zip = zipfile.ZipFile(BytesIO(source.data))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
            raise source.refused("damaged", "damaged_zip") from None
        # Some programs of Windows write "word\\document.xml".
        self._parts = {info.filename.replace("\\", "/"): info for info in self._zip.infolist()}
        self.names = list(self._parts)
        if len(self.names) > _MOST_PARTS:
            raise source.refused("too_large", "bomb", limit=source.limits.unpacked // MEGABYTE)

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """The part's bytes. KeyError when there is no such part."""
        info = self._parts[name]
        if info.flag_bits & 1:
            raise self._source.refused("unsupported", "encrypted")
        pieces: list[bytes] = []
        try:
            with self._zip.open(info) as part:
                while piece := part.read(MEGABYTE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise self._source.refused(
                            "too_large", "bomb", limit=self._source.limits.unpacked // MEGABYTE
                        )
                    pieces.append(piece)
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            NotImplementedError,
            EOFError,
            OSError,
            RuntimeError,
        ):
            raise self._source.refused("damaged", "damaged_zip") from None
        return b"".join(pieces)

    def main(self, usual: str) -> str:
        """The name of the part the package is about: `usual`, or the one it names instead ("word/document2.xml")."""
        if usual in self:
            return usual
        return next((part.name for part in self.related("") if part.kind == "officeDocument"), usual)

    def related(self, name: str) -> list[Related]:
        """The parts of the package that a part, or the package itself (""), refers to."""
        folder, _, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels".removeprefix("/")
        if relations not in self:
            return []
        return [
            Related(
                relation.get("Id", ""),
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in self.xml(relations)
            if relation.get("TargetMode") != "External"
        ]

    def xml(self, name: str) -> Any:
        """The root element of an XML part. Raises ReadError for broken XML and for any document type."""
        return parse_xml(self._source, _STRICT.sub(_USUAL, self.read(name)))

    def usual(self) -> bytes:
        """The package with the usual names in the place of those of Strict Open XML, for libraries that know no others."""
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for name in self.names:
                data = self.read(name)
                package.writestr(name, _STRICT.sub(_USUAL, data) if name.endswith((".xml", ".rels")) else data)
        return buffer.getvalue()


def is_strict(data: bytes) -> bool:
    """Is the part of a package written in the names of Strict Open XML?"""
    return _STRICT.search(data, 0, 4096) is not None


def parse_xml(source: Source, data: bytes) -> Any:
    """The root element. A document type is refused: its entities can change a figure without an error."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in data[:4096] or "entity" in str(error).lower():
            raise source.refused("damaged", "doctype") from None
        raise source.refused("damaged", "damaged", reason="XML") from None
    tree = root.getroottree()
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
        raise source.refused("damaged", "doctype")
    return root
