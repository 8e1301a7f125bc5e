"""A figure as SVG: its text stays text, in the report's own font, the same for the same figure."""

from __future__ import annotations

import functools
import io
import re
import warnings
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

from hrkit.report.charts.letters import FAMILY, advance

__all__ = ["svg"]


def svg(figure: Canvas) -> str:
    """The figure as SVG text, the same for the same figure, without date or maker."""
    out = io.StringIO()
    with warnings.catch_warnings():
        # `clean` replaced what no font has; a fallback face still warns about the first one.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.dpi = 72
        for patch in (figure.patch, *(axes.patch for axes in figure.axes)):
            patch.set_visible(False)  # transparent
        renderer = _renderer()(figure.bbox.width, figure.bbox.height, out)
        figure.draw(renderer)
        renderer.finalize()
    text = out.getvalue()
    text = text[text.index("<svg") :].replace(_NAMED, "")
    text = text.replace("<svg ", f'<svg font-family="{_SHOWN_IN}" ', 1)
    return _LABEL.sub(_with_width, text)


@functools.cache
def _renderer() -> Any:
    """How matplotlib writes SVG, without date or maker; the same text is measured once."""
    from matplotlib.backends.backend_svg import RendererSVG

    class Renderer(RendererSVG):  # type: ignore[misc]
        def __init__(self, width: float, height: float, out: io.StringIO) -> None:
            super().__init__(width, height, out, metadata={"Date": None, "Creator": None})

        def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
            if ismath:
                return super().get_text_width_height_descent(s, prop, ismath)
            key = s, prop.get_size_in_points(), prop.get_weight(), prop.get_style()
            if key not in _MEASURED:
                if len(_MEASURED) > 4096:
                    _MEASURED.clear()
                _MEASURED[key] = super().get_text_width_height_descent(s, prop, ismath)
            return _MEASURED[key]

    return Renderer


#: Width, height and descent of a text in points, by what it looks like: every chart has one font.
_MEASURED: dict[Any, tuple[float, float, float]] = {}

#: How matplotlib writes the names of its fonts with each label, and how the whole drawing names them.
_NAMED = "font-family: " + ", ".join(map(repr, FAMILY)) + "; "
_SHOWN_IN = "Lato, 'DejaVu Sans', sans-serif"
_LABEL = re.compile(r'<text style="([^"]*)"([^>]*)>([^<]*)</text>')
_SIZE = re.compile(r"font-size: ([0-9.]+)px")


def _with_width(label: re.Match[str]) -> str:
    """A label with its width, so that it takes no more room where the font is another."""
    style, rest, text = label.groups()
    size = _SIZE.search(style)
    if size is None or len(text) < 2:
        return label.group()
    bold = "font-weight: 700" in style
    width = float(size[1]) * sum(advance(letter, bold) for letter in unescape(text))
    return (
        f'<text style="{style}"{rest} textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs">'
        f"{text}</text>"
    )
