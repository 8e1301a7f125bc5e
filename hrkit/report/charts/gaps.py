"""Dumbbell: two sides a row, the difference printed at its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

from hrkit.blocks import Figure
from hrkit.disclosure.released import Certainty, Gap
from hrkit.model.language import Words
from hrkit.report.charts.base import (
    TEXT_WIDTH,
    canvas,
    instead,
    over_axis,
    scale_axis,
    svg,
    wrap,
    wrapped_ends,
)
from hrkit.report.charts.marks import Row, Series, alt_row, band, legend, row_labels
from hrkit.report.charts.plotted import scores
from hrkit.report.theme import Theme

__all__ = ["dumbbell"]


def dumbbell(
    theme: Theme,
    words: Words,
    rows: Sequence[tuple[Row, Gap]],
    sides: tuple[Series, Series],
    *,
    scale: tuple[int, int],
    ends: Sequence[str] = (),
    row_height: float = 0.42,
) -> Figure:
    """Two sides on each dimension, joined by a line that is strong where the difference is.

    Each side's mean stands outside its band.  The difference is in a dark frame where it is clear, in
    an open one where it appears to be one, and plain where we cannot tell; the line is solid, dotted
    or none with it.

    Parameters
    ----------
    rows
        In the order to be printed; each row holds the first and the second side's score.
    sides
        The two groups, in the gap's order.
    row_height
        Inches of a row.
    """
    low, high = scale
    labels, each, right = 1.85, row_height, TEXT_WIDTH - 0.75
    slot = (right - labels) / (high - low + 0.2)
    names = wrapped_ends(ends, slot)
    head = max(0.72 if any(ends) else 0.5, over_axis(names) + 0.2)
    height = head + each * len(rows) + 0.05
    with canvas(theme, TEXT_WIDTH, height) as figure:
        axes = figure.add_axes(
            (
                labels / TEXT_WIDTH,
                0.05 / height,
                (right - labels) / TEXT_WIDTH,
                each * len(rows) / height,
            )
        )
        scale_axis(axes, theme, len(rows), low, high, names)
        axes.tick_params(axis="x", pad=16)
        row_labels(axes, [wrap(row.name, labels - 0.3) for row, _ in rows], labels)
        for y, (row, gap) in enumerate(rows):
            _pair(axes, theme, words, y, row, gap, sides, (low, high), slot)
        shown = next((row for row, gap in rows if gap.shown), None)
        if shown:
            legend(axes, theme, sides, [s.mean or 0 for s in shown.scores], -0.56)
            axes.text(
                high + 0.52,
                -0.56,
                words("report.gaps.difference"),
                ha="center",
                va="bottom",
                fontsize=7.5,
                color=theme.mute,
            )
        drawn = svg(figure)
    listed = "; ".join(
        alt_row(row, sides, words)
        + (
            f", {words('report.gaps.difference').lower()} {words.signed(gap.difference)}"
            if gap.difference is not None
            else ""
        )
        for row, gap in rows
    )
    alt = words("report.alt.gaps", first=sides[0].label, second=sides[1].label, list=listed)
    title = words("charts.gaps", first=sides[0].label, second=sides[1].label)
    plot = scores(theme, words, title, [row for row, _ in rows], sides, scale)
    return Figure(drawn, alt, plots=(plot,))


def _pair(
    axes: Axes,
    theme: Theme,
    words: Words,
    y: int,
    row: Row,
    gap: Gap,
    sides: tuple[Series, Series],
    scale: tuple[int, int],
    slot: float,
) -> None:
    high = scale[1]
    first, second = row.scores
    if gap.difference is None or first.mean is None or second.mean is None:
        instead(axes, theme, high - 2, y, words(f"report.why.{gap.why.value}"))
        return
    sure = gap.certainty is not Certainty.UNKNOWN
    if sure:
        axes.plot(
            [first.mean, second.mean],
            [y, y],
            color=theme.ink,
            lw=1.8,
            ls="-" if gap.certainty is Certainty.CLEAR else (0, (1, 1.4)),
            zorder=1,
        )
    means = (first.mean, second.mean)
    bands = [band(s, axes.get_xlim(), alone=False) for s in (first, second)]
    ends = [found or (mean, mean) for found, mean in zip(bands, means, strict=True)]
    known = ((sides[0], 8.0), (sides[1], 6.6))
    for i, (one, size) in enumerate(known):
        mark, at = theme.mark(one.group), y + (-0.16 if i == 0 else 0.16)
        if bands[i]:
            axes.plot(
                ends[i], [at, at], color=mark.colour, lw=2.6, alpha=0.4, solid_capstyle="butt"
            )
        axes.plot(
            [means[i]],
            [y],
            mark.shape,
            ms=size,
            color=mark.colour if i == 0 else "white",
            mec="white" if i == 0 else mark.colour,
            mew=0.6 if i == 0 else 1.5,
            zorder=3,
        )
    # A number at each outer end, of the side that lies there: it meets no band and no mark.
    left = 0 if first.mean <= second.mean else 1
    room = 0.09 / slot
    edges = (min(e[0] for e in ends) - room, max(e[1] for e in ends) + room)
    for x, i, align in ((edges[0], left, "right"), (edges[1], 1 - left, "left")):
        axes.text(
            x,
            y,
            words.number(means[i]),
            ha=align,
            va="center",
            fontsize=8,
            weight="bold",
            color=theme.mark(sides[i].group).colour,
        )
    clear = gap.certainty is Certainty.CLEAR
    frame = {"boxstyle": "round,pad=0.28,rounding_size=0.2", "ec": theme.ink, "lw": 1.0}
    axes.text(
        high + 0.52,
        y,
        words.signed(gap.difference),
        ha="center",
        va="center",
        fontsize=8.2,
        weight="bold" if sure else "normal",
        color="white" if clear else theme.ink if sure else theme.mute,
        bbox=frame | {"fc": theme.ink if clear else "white"} if sure else None,
    )
