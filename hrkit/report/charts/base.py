"""What every chart has in common: the report's font, an axis over the whole scale, a stable SVG.

Figures are made without pyplot, so that no chart is ever left over from another report.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.util
import io
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

from hrkit.report.theme import Theme

__all__ = [
    "FAMILY",
    "TEXT_WIDTH",
    "canvas",
    "clean",
    "instead",
    "practise",
    "scale_axis",
    "spread_labels",
    "svg",
    "width_of",
    "wrap",
    "wrapped_ends",
]

#: Width of the page's text in inches: a chart drawn this wide is printed 1 : 1.
TEXT_WIDTH = 6.38
SIZE = 8.5
#: Names under which the report's own font files are known to matplotlib: a font of the same name
#: that is installed on a machine can be another version.
FAMILY = ["hrkit Lato", "hrkit DejaVu Sans"]


@functools.cache
def _matplotlib() -> Any:
    """Matplotlib, imported without the settings that lie around.

    It reads the first ``matplotlibrc`` it finds when it is imported, and looks for it in the
    working folder; one that cannot be read stops the import.
    """
    if "matplotlib" in sys.modules:
        return sys.modules["matplotlib"]
    spec = importlib.util.find_spec("matplotlib")
    own = Path(spec.origin or "").parent / "mpl-data" / "matplotlibrc" if spec else Path()
    before, here = os.environ.get("MATPLOTLIBRC"), os.getcwd()
    with tempfile.TemporaryDirectory(prefix="hrkit-") as empty:
        if Path("matplotlibrc").exists():
            os.chdir(empty)
        os.environ["MATPLOTLIBRC"] = str(own)
        try:
            return importlib.import_module("matplotlib")
        finally:
            os.chdir(here)
            os.environ.pop("MATPLOTLIBRC")
            if before is not None:
                os.environ["MATPLOTLIBRC"] = before


@functools.cache
def _plain() -> dict[Any, Any]:
    """Matplotlib's settings as it is delivered, whatever was read or set since."""
    return {key: value for key, value in _matplotlib().rcParamsDefault.items() if key != "backend"}


@functools.cache
def _fonts() -> tuple[Any, ...]:
    """Register the report's font files; return the faces a character is looked up in."""
    own = _matplotlib()
    import font_lato
    from matplotlib import font_manager

    manager = font_manager.fontManager
    lato = sorted(Path(font_lato.__file__).parent.rglob("*.ttf"))
    dejavu = sorted(Path(own.get_data_path(), "fonts", "ttf").glob("DejaVuSans*.ttf"))
    for path in (*lato, *dejavu):
        known = len(manager.ttflist)
        manager.addfont(str(path))
        manager.ttflist[known:] = [
            dataclasses.replace(entry, name=f"hrkit {entry.name}")
            for entry in manager.ttflist[known:]
        ]
    return _faces(400)


@functools.cache
def _faces(weight: int) -> tuple[Any, ...]:
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    upright: Any = {"style": "normal", "variant": "normal", "weight": weight, "stretch": "normal"}
    faces = [
        font_manager.fontManager.findfont(
            font_manager.FontProperties(family=family, **upright), fallback_to_default=False
        )
        for family in FAMILY
    ]
    # Read whole: processes forked from this one would move each other's place in an open file.
    return tuple(FT2Font(io.BytesIO(Path(face).read_bytes())) for face in faces)


@functools.lru_cache(maxsize=4096)
def _advance(letter: str, bold: bool) -> float:
    """How far a letter moves the next one on, in ems."""
    from matplotlib.ft2font import LoadFlags

    for face in _faces(700 if bold else 400):
        if face.get_char_index(ord(letter)):
            face.set_size(100, 72)
            glyph = face.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
            return float(glyph.linearHoriAdvance) / 65536 / 100
    return 0.6


@functools.cache
def _printable() -> frozenset[int]:
    return frozenset().union(*(face.get_charmap() for face in _fonts()))


def clean(text: str) -> str:
    """The text with every character that the fonts cannot draw replaced by ▯; line ends become spaces."""
    drawable = _printable()
    return "".join(c if ord(c) in drawable else "▯" for c in re.sub(r"\s+", " ", text)).strip()


@functools.lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """Width of a line in points."""
    face = _fonts()[0]
    face.set_size(size, 72)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        face.set_text(text)
    width, _ = face.get_width_height()
    return float(width) / 64


def wrap(text: str, inches: float, size: float = SIZE, lines: int = 3) -> str:
    """Break a label into lines no wider than ``inches``; what does not fit ends in an ellipsis.

    A word longer than a line is broken, so that no name can run out of its chart.
    """
    limit = inches * 72
    words: list[str] = []
    for word in clean(text).split(" "):
        while width_of(word, size) > limit and len(word) > 1:
            cut = next(
                n
                for n in range(len(word) - 1, 0, -1)
                if width_of(word[:n] + "-", size) <= limit or n == 1
            )
            words.append(word[:cut] + "-")
            word = word[cut:]
        words.append(word)
    result: list[str] = []
    for word in words:
        joined = f"{result[-1]} {word}" if result else word
        if result and width_of(joined, size) <= limit:
            result[-1] = joined
        else:
            result.append(word)
    if len(result) > lines:
        last = result[lines - 1]
        while last and width_of(last + "…", size) > limit:
            last = last[:-1]
        result = [*result[: lines - 1], last.rstrip(" ,.;-") + "…"]
    return "\n".join(result)


@contextmanager
def canvas(theme: Theme, width: float, height: float) -> Iterator[Canvas]:
    """A figure of the given size in inches, in the report's style, that leaves no state behind."""
    matplotlib = _matplotlib()
    from matplotlib.figure import Figure as Canvas

    _fonts()
    style: dict[Any, Any] = {
        "font.family": FAMILY,
        "font.size": SIZE,
        "text.color": theme.ink,
        "text.parse_math": False,
        "axes.edgecolor": theme.rule,
        "axes.unicode_minus": True,
        "xtick.color": theme.mute,
        "ytick.color": theme.ink,
        "svg.fonttype": "none",
        "svg.hashsalt": "hrkit",
        "path.simplify": False,
    }
    with matplotlib.rc_context():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # settings that are on their way out
            matplotlib.rcParams.update(_plain() | style)
        yield Canvas(figsize=(width, height))


def practise() -> None:
    """Draw once what every chart has, so that fonts and letters are read before the first one."""
    from hrkit.report.theme import Theme

    theme = Theme("#0b5d7a", "#b35c00")
    looks: tuple[tuple[float, dict[str, Any]], ...] = (
        (SIZE, {}),
        (8, {"weight": "bold"}),
        (8, {"style": "italic"}),
    )
    letters = "".join(map(chr, (*range(0x21, 0x7F), *range(0xC0, 0x100))))
    with canvas(theme, TEXT_WIDTH, 1) as figure:
        axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
        scale_axis(axes, theme, 1, 1, 5)
        axes.plot([1, 2], [0, 0], "o", ms=6)
        for size, how in looks:
            axes.text(1, 0, letters, fontsize=size, **how)
        instead(axes, theme, 1, 0, "–")
        svg(figure)


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
    width = float(size[1]) * sum(_advance(letter, bold) for letter in unescape(text))
    return (
        f'<text style="{style}"{rest} textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs">'
        f"{text}</text>"
    )


def scale_axis(
    axes: Axes, theme: Theme, rows: int, low: int, high: int, names: Sequence[str] = ()
) -> None:
    """An axis over the whole scale with its values on top, thin lines at each, rows downwards."""
    axes.set_xlim(low - 0.1, high + 0.1)
    axes.set_ylim(rows - 0.5, -0.5)
    ticks = list(range(low, high + 1))
    labels = [
        f"{t}\n{name}" if name else str(t)
        for t, name in zip(ticks, names or [""] * len(ticks), strict=True)
    ]
    axes.set_xticks(ticks, labels, fontsize=7.5, color=theme.mute, linespacing=1.35)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for tick in ticks:
        axes.axvline(tick, color=theme.rule, lw=0.6, zorder=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_facecolor("none")


def instead(axes: Axes, theme: Theme, x: float, y: float, text: str, size: float = 8) -> None:
    """The reason that stands where a value would: on a ground of its own, so no line crosses it."""
    axes.text(
        x,
        y,
        text,
        ha="center",
        va="center",
        fontsize=size,
        style="italic",
        color=theme.mute,
        bbox={"boxstyle": "square,pad=0.15", "fc": "white", "ec": "none"},
    )


def wrapped_ends(ends: Sequence[str], slot: float) -> list[str]:
    """Names under an axis' values, wrapped to the room between their named neighbours.

    ``slot`` is the distance of two values in inches.
    """
    named = [i for i, end in enumerate(ends) if end]
    apart = min((b - a for a, b in pairwise(named)), default=2)
    # Half of an end's name stands outside the axis, where there is a third of an inch.
    return [wrap(end, min(slot * 0.98 * min(apart, 1.7), 0.75), 7.5, 2) for end in ends]


def spread_labels(wanted: Sequence[float], gap: float) -> list[float]:
    """Move labels on a line apart until neighbours are ``gap`` apart, as little as possible.

    Pools neighbours that collide and centres each pool on the mean of its wishes (the pool
    adjacent violators idea), so that the order is kept.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    pools: list[list[int]] = []
    centre: list[float] = []

    def settle(pool: list[int]) -> float:
        return sum(wanted[i] - gap * (k - (len(pool) - 1) / 2) for k, i in enumerate(pool)) / len(
            pool
        )

    for i in order:
        pools.append([i])
        centre.append(wanted[i])
        while (
            len(pools) > 1 and centre[-1] - centre[-2] < gap * (len(pools[-1]) + len(pools[-2])) / 2
        ):
            merged = pools[-2] + pools[-1]
            pools[-2:], centre[-2:] = [merged], [settle(merged)]
    placed = [0.0] * len(wanted)
    for pool, middle in zip(pools, centre, strict=True):
        for k, i in enumerate(pool):
            placed[i] = middle + gap * (k - (len(pool) - 1) / 2)
    return placed
