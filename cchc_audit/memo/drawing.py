"""A chart as a notebook shows it: its marks drawn as SVG by matplotlib, words kept as words.

The marks go to matplotlib's SVG renderer directly. Its figures and artists would write the same bytes (a test holds
us to that) in several times the time: they measure every word, which SVG does not ask for, and carry options no chart
of ours has.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import Any

from .charts import COLOURS, Chart, Text

WIDTH = 6.4 * 72  # points
_INSET = 0.01  # of the width, at each side
_DPI = 110  # of the screen its size is told for
_SIZE = 8.5  # points, of words
_DOT = 5.0  # points across
_CLEAR = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart in a language, drawn when it is shown. One without marks gives its sentence instead."""

    chart: Chart
    language: str = "vi"

    @property
    def height(self) -> float:
        """In points."""
        return max(self.chart.height, 24)

    def __repr__(self) -> str:
        width, height = (points / 72 * _DPI for points in (WIDTH, self.height))
        return f"<Picture size {width:g}x{height:g} with 0 Axes>"

    def _repr_svg_(self) -> str:
        import matplotlib
        from matplotlib.backends.backend_svg import RendererSVG

        out = io.StringIO()
        with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "cchc-audit"}):
            svg: Any = RendererSVG  # untyped
            renderer = svg(WIDTH, self.height, out, image_dpi=_DPI, metadata={"Date": None})
            renderer.open_group("figure")
            _boxes(self, renderer)
            _dots(self, renderer)
            _words(self, renderer)
            renderer.close_group("figure")
            renderer.finalize()
        return out.getvalue()


def _across(fraction: float) -> float:
    return WIDTH * (_INSET + (1 - 2 * _INSET) * fraction)


def _boxes(picture: Picture, renderer: Any) -> None:
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    bare = renderer.new_gc()
    bare.set_linewidth(0)
    bare.set_foreground(_CLEAR, isRGBA=True)
    top = picture.height
    placed = [(0.0, WIDTH, top, -top, "#ffffff")]  # the paper, from its foot up
    placed += [(_across(b.x0), _across(b.x1), b.y, b.height, COLOURS[b.tone]) for b in picture.chart.boxes]
    for x0, x1, y, height, colour in placed:
        renderer.open_group("patch")
        place = Affine2D.from_values(x1 - x0, 0, 0, -height, x0, top - y)
        renderer.draw_path(bare, Path.unit_rectangle(), place, _rgba(colour))
        renderer.close_group("patch")


def _dots(picture: Picture, renderer: Any) -> None:
    """A dot is matplotlib's marker on a line of one point."""
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D, IdentityTransform

    here, disc = IdentityTransform(), Path.unit_circle()
    for dot in picture.chart.dots:
        colour = _rgba(COLOURS[dot.tone])
        line, marker = renderer.new_gc(), renderer.new_gc()
        line.set_linewidth(1.5)
        line.set_capstyle("projecting")
        line.set_joinstyle("round")
        for context in (line, marker):
            context.set_foreground(colour, isRGBA=True)
        marker.set_joinstyle("round")
        point = Path([(_across(dot.x), picture.height - dot.y)])
        renderer.open_group("line2d")
        renderer.draw_path(line, point, here)
        renderer.draw_markers(marker, disc, Affine2D().scale(_DOT / 2), point, here, colour)
        renderer.close_group("line2d")


def _words(picture: Picture, renderer: Any) -> None:
    from matplotlib.text import Text as Words

    words: Any = Words(fontsize=_SIZE)  # moved from text to text: the renderer asks it where to anchor
    bold = Words(fontsize=_SIZE, fontweight="bold").get_fontproperties()
    for text in picture.chart.texts or (Text(0, 16, picture.chart.empty, tone="muted"),):
        shown = text.text.in_language(picture.language)
        if not shown:
            continue
        ink = renderer.new_gc()
        ink.set_foreground(COLOURS[text.tone])
        words.set_horizontalalignment({"start": "left", "end": "right"}.get(text.anchor, "center"))
        words.set_position((_across(text.x), picture.height - text.y))
        font = bold if text.tone == "strong" else words.get_fontproperties()
        renderer.open_group("text")
        renderer.draw_text(ink, _across(text.x), text.y, shown, font, 0.0, mtext=words)
        renderer.close_group("text")


@cache
def _rgba(colour: str) -> Any:
    from matplotlib.colors import to_rgba

    return to_rgba(colour)
