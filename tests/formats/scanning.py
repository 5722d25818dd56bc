"""Pictures of pages as a scanner would make them: a little noise, a little blur, slightly turned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter


def scan(
    pdf: Path, out: Path, *, angle: float = 0.6, dpi: int = 300, noise: float = 12.0, pages: int = 100
) -> int:
    """Write the pages of `pdf` as an image-only PDF; returns how many."""
    document = pypdfium2.PdfDocument(pdf)
    images = [
        scanned(page.render(scale=dpi / 72, grayscale=True).to_pil(), angle, noise, seed)
        for seed, page in enumerate(list(document)[:pages])
    ]
    document.close()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=dpi)
    return len(images)


def scanned(image: Any, angle: float, noise: float, seed: int) -> Any:
    turned = image.convert("L").rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    grain = np.random.default_rng(seed).normal(0, noise, (turned.height, turned.width))
    grey = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.6)), dtype=float) * 0.94 + grain
    return Image.fromarray(np.clip(grey, 0, 255).astype("uint8"))


def shaded(pdf: Path) -> Any:
    """The first page on grey paper that gets darker towards one corner, as a phone or a worn scanner sees it."""
    document = pypdfium2.PdfDocument(pdf)
    page = np.asarray(scanned(document[0].render(scale=300 / 72, grayscale=True).to_pil(), 0.4, 10, 1), dtype=float)
    document.close()
    across, down = (np.linspace(low, 0.75, n) for low, n in zip((0.5, 0.8), page.shape[::-1], strict=True))
    return Image.fromarray(np.clip(page * across[None, :] * down[:, None] / 0.75, 0, 255).astype("uint8"))
