"""A figure as SVG: its text stays text, in the report's own font, the same for the same figure."""

from __future__ import annotations

import functools
import io
import itertools
import re
import warnings
from html import escape, unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

from hrkit.report.charts.letters import FAMILY, advance, in_first

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
_ANCHOR = re.compile(r"text-anchor: (start|middle|end)")
_AT = re.compile(r' x="(-?[0-9.]+)"')


def _with_width(label: re.Match[str]) -> str:
    """A label with its width, so that it takes no more room where the font is another.

    What the first font lacks (an arrow) is a label of its own, in the next one: a page's renderer looks
    for one font that has all of a label, and finds it among whatever fonts there are.
    """
    style, rest, text = label.groups()
    size = _SIZE.search(style)
    if size is None or len(text) < 2:
        return label.group()
    bold = "font-weight: 700" in style
    runs = _runs(unescape(text), bold)
    em, at, anchor = float(size[1]), _AT.search(rest), _ANCHOR.search(style)
    whole = em * sum(width for _, _, width in runs)
    if at is None or anchor is None or len(runs) < 2:
        return f'<text style="{style}"{rest}{_wide(whole)}>{text}</text>'
    x = float(at[1]) - whole * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor[1]]
    made = []
    for run, known, width in runs:
        family = "" if known else "font-family: 'DejaVu Sans'; "
        placed = rest.replace(at[0], f' x="{x:.2f}"', 1)
        begun = style.replace(anchor[0], "text-anchor: start")
        made.append(
            f'<text style="{family}{begun}"{placed}{_wide(em * width)}>{escape(run, quote=False)}</text>'
        )
        x += em * width
    return "".join(made)


def _wide(points: float) -> str:
    return f' textLength="{points:.1f}" lengthAdjust="spacingAndGlyphs"'


@functools.lru_cache(maxsize=4096)
def _runs(text: str, bold: bool) -> tuple[tuple[str, bool, float], ...]:
    """The text in runs that the first font has, or lacks, with their widths in ems."""
    found = (("".join(run), known) for known, run in itertools.groupby(text, key=in_first))
    return tuple((run, known, sum(advance(c, bold) for c in run)) for run, known in found)
