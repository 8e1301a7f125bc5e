"""What every chart has in common: the report's font, an axis over the whole scale, a stable SVG.

Figures are made without pyplot, so that no chart is ever left over from another report.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

from hrkit.report.charts.drawing import svg
from hrkit.report.charts.letters import (
    FAMILY,
    as_delivered,
    clean,
    fonts,
    own_matplotlib,
    width_of,
)
from hrkit.report.theme import Theme

__all__ = [
    "FAMILY",
    "TEXT_WIDTH",
    "canvas",
    "clean",
    "instead",
    "measure_names",
    "over_axis",
    "practise",
    "row_axes",
    "spread_labels",
    "svg",
    "width_of",
    "wrap",
    "wrapped_ends",
]

#: Width of the page's text in inches: a chart drawn this wide is printed 1 : 1.
TEXT_WIDTH = 6.38
SIZE = 8.5
#: Sizes in which charts name dimensions, and the steps of an axis.
_NAME_SIZES, _END_SIZE = (SIZE, 8.2, 8), 7.5


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
    matplotlib = own_matplotlib()
    from matplotlib.figure import Figure as Canvas

    fonts()
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
        "hatch.linewidth": 0.6,
        "svg.hashsalt": "hrkit",
        "path.simplify": False,
    }
    with matplotlib.rc_context():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # settings that are on their way out
            matplotlib.rcParams.update(as_delivered() | style)
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
        _scale_axis(axes, theme, 1, 1, 5)
        axes.plot([1, 2], [0, 0], "o", ms=6)
        for size, how in looks:
            axes.text(1, 0, letters, fontsize=size, **how)
        instead(axes, theme, 1, 0, "–")
        svg(figure)


def measure_names(names: Iterable[str], ends: Iterable[str] = ()) -> None:
    """Measure what charts may try as a line of these names: every chart breaks the same ones anew."""
    own_matplotlib()
    for texts, sizes in ((names, _NAME_SIZES), (ends, (_END_SIZE,))):
        for text in texts:
            words = clean(text).split(" ")
            for begin in range(len(words)):
                for end in range(begin, len(words)):
                    for size in sizes:
                        width_of(" ".join(words[begin : end + 1]), size)


def row_axes(
    figure: Canvas,
    theme: Theme,
    rows: int,
    each: float,
    scale: tuple[int, int],
    names: Sequence[str],
    between: tuple[float, float],
) -> Axes:
    """Axes over the whole scale with rows downwards; they end just over the figure's lower edge.

    Parameters
    ----------
    each
        Inches of a row.
    names
        See `_scale_axis`.
    between
        Where the scale begins and ends, in inches from the left; the rows' labels stand before it.
    """
    width, height = figure.get_figwidth(), figure.get_figheight()
    left, right = between
    axes = figure.add_axes(
        (left / width, 0.05 / height, (right - left) / width, each * rows / height)
    )
    _scale_axis(axes, theme, rows, *scale, names)
    return axes


def _scale_axis(
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

    All with as many lines, so that the values above them stand in one row.  ``slot`` is the distance
    of two values in inches.
    """
    named = [i for i, end in enumerate(ends) if end]
    apart = min((b - a for a, b in pairwise(named)), default=2)
    # Half of an end's name stands outside the axis, where there is a third of an inch.
    names = [wrap(end, min(slot * 0.98 * min(apart, 1.7), 0.75), _END_SIZE, 3) for end in ends]
    most = max((name.count("\n") for name in names), default=0)
    return [name + "\n " * (most - name.count("\n")) for name in names]


def over_axis(names: Sequence[str]) -> float:
    """Inches that an axis' values and the names under them take above it."""
    lines = 1 + (names[0].count("\n") + 1 if any(name.strip() for name in names) else 0)
    return 0.05 + lines * 7.5 * 1.35 / 72


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
