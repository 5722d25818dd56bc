"""Pictures of pages made ready for OCR: rendered, straightened, ruling lines found and taken out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from .source import Source

if TYPE_CHECKING:
    from .embedded import Shown

DPI = 300
_STEEPEST = 4.0  # degrees; a page turned further is not a flat-bed scan
_STEP = 0.1
_DARK = 150
_WHITE = 215  # darker paper is evened out
_BLACK = 40  # paper is never that dark; a dark picture stays dark
_FAINTEST = 40  # shades between the ink and the paper
_SHORTEST_ACROSS = 0.5  # inches: shorter dark runs are letters
_SHORTEST_DOWN = 0.2


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in grey. `scale` is pixels per point, `angle` the degrees it was turned to stand straight."""

    image: Any
    scale: float
    angle: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in points."""
        return self.image.width / self.scale, self.image.height / self.scale


def render(page: Any, pixels: int) -> Picture:
    """A PDF page at 300 dots an inch, or as many as the pixel limit allows."""
    width, height = page.get_size()
    scale = min(DPI / 72, math.sqrt(pixels / max(1.0, width * height)))
    return Picture(page.render(scale=scale, grayscale=True).to_pil().convert("L"), scale)


def frames(source: Source) -> Iterator[Picture]:
    """The pages of an image file. Raises ReadError for a damaged or oversized one."""
    Image.MAX_IMAGE_PIXELS = source.limits.pixels * 4
    try:
        image = Image.open(BytesIO(source.data))
        for index in range(min(getattr(image, "n_frames", 1), source.limits.ocr_pages)):
            image.seek(index)
            if image.width * image.height > source.limits.pixels * 4:
                raise source.refused("too_large", "pixels", limit=source.limits.pixels * 4 // 1_000_000)
            yield _as_page(ImageOps.exif_transpose(image), source.limits.pixels)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise source.refused("too_large", "pixels", limit=source.limits.pixels * 4 // 1_000_000) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise source.refused("damaged", "damaged", reason="image") from None


def as_shown(data: bytes, shown: Shown, pixels: int) -> Picture | None:
    """The picture of an image file as a Word page shows it; None when it is damaged, oversized or a drawing."""
    Image.MAX_IMAGE_PIXELS = pixels * 4
    try:
        image = ImageOps.exif_transpose(Image.open(BytesIO(data)))
        left, top, right, bottom = shown.cut
        across, down = image.size
        seen = (left * across, top * down, (1 - right) * across, (1 - bottom) * down)
        image = image.crop((round(seen[0]), round(seen[1]), round(seen[2]), round(seen[3])))
        unturned, width = image.width, shown.width
        if shown.turned:
            image = _on_white(image).rotate(-shown.turned, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
            width *= image.width / unturned
        return _as_page(image, pixels, width)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, ZeroDivisionError):
        return None


def _on_white(image: Any) -> Any:
    """In grey; what is clear becomes white."""
    if image.mode.startswith("I"):  # sixteen bits
        return Image.fromarray((np.asarray(image) >> 8).clip(0, 255).astype(np.uint8))
    if image.mode in {"RGBA", "LA", "P"}:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("L")


def _as_page(image: Any, pixels: int, width: float | None = None) -> Picture:
    """Grey, on white, brought to about 300 dots an inch where it is `width` points wide, or fills an A4 page."""
    grey = _on_white(image)
    page_width = width or (595.0 if grey.height >= grey.width else 842.0)
    wanted = DPI / 72 * page_width
    factor = min(max(1.0, min(3.0, wanted / grey.width)), math.sqrt(pixels / (grey.width * grey.height)))
    if factor != 1.0:
        grey = grey.resize(
            (max(1, round(grey.width * factor)), max(1, round(grey.height * factor))),
            Image.Resampling.BICUBIC,
        )
    return Picture(grey, grey.width / page_width)


def evened(picture: Picture) -> Picture:
    """The picture on white paper: where the paper is grey, or lies in a shadow, every place is divided by the shade
    of the paper around it. A clean page stays as it is."""
    image = picture.image
    paper = image.resize(_fitting(image, 200), Image.Resampling.BOX).filter(ImageFilter.MaxFilter(7))
    paper = paper.filter(ImageFilter.GaussianBlur(4))
    if paper.getextrema()[0] >= _WHITE:
        return picture
    shade = np.asarray(paper.resize(image.size, Image.Resampling.BILINEAR), dtype=np.float32)
    even = np.asarray(image, dtype=np.float32) * (255 / np.maximum(shade, _BLACK))
    return Picture(Image.fromarray(np.minimum(even, 255).astype(np.uint8)), picture.scale, picture.angle)


def is_blank(picture: Picture) -> bool:
    """Is the page one even shade?"""
    darkest, lightest = picture.image.getextrema()
    return bool(lightest - darkest < _FAINTEST)


def straightened(picture: Picture) -> Picture:
    """The picture turned so that its lines of text lie level, where it leans by no more than four degrees."""
    small = ImageOps.autocontrast(picture.image.resize(_fitting(picture.image, 900), Image.Resampling.BOX))
    small = small.point(lambda grey: 255 if grey < _DARK else 0)

    def levelness(angle: float) -> float:
        rows = np.asarray(small.rotate(angle, Image.Resampling.NEAREST), dtype=np.float32).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    coarse = max(np.arange(-_STEEPEST, _STEEPEST + 0.5, 0.5), key=levelness)
    angle = float(max(np.arange(coarse - 0.5, coarse + 0.5 + _STEP, _STEP), key=levelness))
    if abs(angle) < _STEP / 2 or levelness(angle) < 1.02 * levelness(0.0):
        return picture
    turned = picture.image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    return Picture(turned, picture.scale, picture.angle + angle)


def quarter_turned(picture: Picture, degrees: int) -> Picture:
    """The whole page turned by 90, 180 or 270 degrees."""
    return Picture(picture.image.rotate(degrees, expand=True), picture.scale, picture.angle + degrees)


def _fitting(image: Any, width: int) -> tuple[int, int]:
    factor = min(1.0, width / image.width)
    return max(1, round(image.width * factor)), max(1, round(image.height * factor))


def rules(picture: Picture) -> list[dict[str, Any]]:
    """The ruling lines of a page as edges in points, in the form table finding takes."""
    factor = 2 if picture.scale > 3 else 1
    dpi = picture.scale * 72 / factor
    dark = np.asarray(picture.image.reduce(factor) if factor > 1 else picture.image) < _DARK
    points = factor / picture.scale
    edges: list[dict[str, Any]] = []
    for low, high, at in _runs(dark, round(_SHORTEST_ACROSS * dpi)):
        edges.append(_edge("h", low * points, high * points, at * points))
    for low, high, at in _runs(dark.T, round(_SHORTEST_DOWN * dpi)):
        edges.append(_edge("v", low * points, high * points, at * points))
    return edges


def _runs(dark: Any, shortest: int) -> list[tuple[float, float, float]]:
    """Long dark stretches along the rows: (start, end, row); a line may waver by a pixel, breaks of a few
    pixels are bridged, neighbouring rows make one line."""
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    edges = np.diff(np.pad(thick.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    long = (ends - starts) >= shortest
    found: list[list[float]] = []  # start, end, first row, last row
    for row, start, end in zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True):
        for line in reversed(found[-40:]):
            if row - line[3] <= 3 and start <= line[1] + shortest and end >= line[0] - shortest:
                line[0], line[1], line[3] = min(line[0], start), max(line[1], end), row
                break
        else:
            found.append([start, end, row, row])
    return [(a, b, (first + last) / 2) for a, b, first, last in found if last - first < shortest / 2]


def _edge(direction: str, low: float, high: float, at: float) -> dict[str, Any]:
    x0, x1, top, bottom = (low, high, at, at) if direction == "h" else (at, at, low, high)
    return {"orientation": direction, "x0": x0, "x1": x1, "top": top, "bottom": bottom, "object_type": "line",
            "width": x1 - x0, "height": bottom - top}  # fmt: skip


def without_rules(picture: Picture, edges: list[dict[str, Any]]) -> Picture:
    """The picture with the ruling lines painted over, so that they are not read as letters."""
    image = picture.image.copy()
    thick = 0.9  # points to each side
    for edge in edges:
        box = [
            round((edge[k] + d) * picture.scale)
            for k, d in (("x0", -thick), ("top", -thick), ("x1", thick), ("bottom", thick))
        ]
        image.paste(255, (max(0, box[0]), max(0, box[1]), max(box[0] + 1, box[2]), max(box[1] + 1, box[3])))
    return Picture(image, picture.scale, picture.angle)
