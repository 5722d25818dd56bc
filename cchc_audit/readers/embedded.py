"""What a Word file shows besides its text: pages or tables pasted in as pictures are read by OCR where Tesseract is here,
other pictures and charts are named with their place; of diagrams the text is taken."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..model import Message, Place
from .builder import Builder
from .package import Package
from .source import ReadAgainError, Source, tool

if TYPE_CHECKING:
    from .scan import Page

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_VML = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EMU_A_POINT = 12_700
_WIDE, _HIGH = 200.0, 50.0  # points: crests, stamps and signatures are smaller


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as the page shows it: its relationship ("" for a chart or a group of pictures), its width in points, what
    is cut off its left, top, right and bottom (parts of 1), and the degrees it is turned clockwise."""

    relation: str
    width: float
    cut: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    turned: float = 0.0


def pictures_in(element: Any) -> Iterator[Shown]:
    """The pictures and charts of a run's drawing that are large enough to hold figures; those in its text boxes are
    found with the text there."""
    drawings = list(_descend(element, {f"{_WP}inline", f"{_WP}anchor"}))
    for drawing in drawings:
        extent = drawing.find(f"{_WP}extent")
        wide, high = (_whole(extent, name) / _EMU_A_POINT for name in ("cx", "cy"))
        shown = list(_descend(drawing, {f"{_A}blip", f"{_CHART}chart"}))
        if shown and wide >= _WIDE and high >= _HIGH:
            yield _drawn(shown, drawing, wide)
    if drawings:
        return
    for shape in _descend(element, {f"{_VML}shape"}):
        image = shape.find(f"{_VML}imagedata")
        width = re.search(r"width:\s*(\d{1,5}(?:\.\d{1,6})?)(pt|in)", shape.get("style", ""))
        points = float(width.group(1)) * (72 if width.group(2) == "in" else 1) if width else 0.0
        if image is not None and points >= _WIDE:
            yield Shown(image.get(f"{_R}id", ""), points)


def _drawn(shown: list[Any], drawing: Any, wide: float) -> Shown:
    relation = shown[0].get(f"{_R}embed", "") if len(shown) == 1 else ""
    cut, frame = next(drawing.iter(f"{_A}srcRect"), None), next(drawing.iter(f"{_A}xfrm"), None)
    left, top, right, bottom = (max(0, _whole(cut, side)) / 100_000 for side in "ltrb")
    return Shown(relation, wide, (left, top, right, bottom), _whole(frame, "rot") / 60_000)


def _descend(element: Any, wanted: set[str]) -> Iterator[Any]:
    """The elements of those names, outermost first, but none of a text box or of what older programs are given."""
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag not in {f"{_W}txbxContent", f"{_MC}Fallback"}:
            yield from _descend(child, wanted)


def _whole(element: Any, name: str) -> int:
    text = "" if element is None else element.get(name, "")
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else 0


def diagrams_in(element: Any) -> Iterator[str]:
    """The relationships of the diagrams (SmartArt) of a run's drawing."""
    for diagram in _descend(element, {f"{_DIAGRAM}relIds"}):
        yield diagram.get(f"{_R}dm", "")


def diagram_lines(package: Package, part: str) -> list[str]:
    """The text of a diagram, one line for each of its shapes."""
    points = package.xml(part).iter(f"{_DIAGRAM}pt") if part in package else ()
    texts = ("".join(point.itertext(f"{_A}t")) for point in points if point.get("type") != "pres")
    return [text for text in texts if text.strip()]


class EmbeddedPictures:
    """The pictures of one Word file, read by OCR one after the other where no text stands between them.

    `tables` is how many tables were written before; `read` counts on."""

    def __init__(
        self, source: Source, package: Package, targets: Mapping[str, str], builder: Builder
    ) -> None:
        self._source, self._package, self._builder, self._targets = source, package, builder, targets
        self._waiting: list[tuple[Shown, Place, Message]] = []
        self._deadline = time.monotonic() + source.limits.ocr_seconds
        self._program = tool("tesseract")
        self.count = self._read = 0

    def add(self, shown: Shown, paragraph: int | None) -> None:
        """Keep the picture until text follows. Raises ReadAgainError("docx") when OCR is here but not its time."""
        self.count += 1
        if self._program and shown.relation in self._targets and not self._source.unhurried:
            raise ReadAgainError("docx")
        place = Place(paragraph=paragraph, picture=self.count)
        self._waiting.append((shown, place, self._builder.here()))

    def write(self, tables: int) -> int:
        """Add what the waiting pictures hold, and name those not read; returns the number of tables now written."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return tables
        from .pages import Pictures, write_pages

        pages: list[Page] = []
        places: list[Place] = []
        for shown, place, here in waiting:
            page = self._page(shown)
            if page is None:
                self._builder.picture(here)
            else:
                pages.append(page)
                places.append(place)
        if not pages:
            return tables
        self._read += len(pages)
        sizes = [(page.width, page.height) for page in pages]
        pieces = [page.pieces for page in pages]
        return tables + write_pages(self._builder, pieces, sizes, pictures=Pictures(places, tables))

    def say(self) -> None:
        """Note how many pictures were read by OCR."""
        if self._read:
            uncertain = self._builder.uncertain_count
            self._builder.problem("ocr", "ocr_pictures", count=self._read, uncertain=uncertain)

    def _page(self, shown: Shown) -> Page | None:
        """The picture as OCR reads it; None without OCR, or when it is no page of text."""
        name = self._targets.get(shown.relation)
        late = self._read >= self._source.limits.ocr_pages or time.monotonic() > self._deadline
        if not self._program or name is None or late:
            return None
        from .picture import as_shown
        from .scan import has_vietnamese, recognised_text

        picture = as_shown(self._package.read(name), shown, self._source.limits.pixels)
        if picture is None or not has_vietnamese(self._program):
            return None
        return recognised_text(self._program, picture, self._deadline)
