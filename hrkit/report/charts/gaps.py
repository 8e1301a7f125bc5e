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
    row_axes,
    svg,
    wrap,
    wrapped_ends,
)
from hrkit.report.charts.marks import ROW, Row, Series, alt_row, band, legend, row_labels
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
    labels, each, right = 2.0, row_height, TEXT_WIDTH - 0.75
    slot = (right - labels) / (high - low + 0.2)
    names = wrapped_ends(ends, slot)
    head = max(0.72 if any(ends) else 0.5, over_axis(names) + 0.2)
    height = head + each * len(rows) + 0.05
    with canvas(theme, TEXT_WIDTH, height) as figure:
        axes = row_axes(figure, theme, len(rows), each, scale, names, (labels, right))
        axes.tick_params(axis="x", pad=16)
        row_labels(axes, [wrap(row.name, labels - 0.15, ROW, 2) for row, _ in rows], labels, each)
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
    shown = [(i, one, one.mean) for i, one in enumerate(row.scores) if one.mean is not None]
    if not shown:
        instead(axes, theme, high - 2, y, words(f"report.why.{gap.why.value}"))
        return
    sure = gap.certainty is not Certainty.UNKNOWN
    if sure and len(shown) == 2:
        axes.plot(
            [mean for _, _, mean in shown],
            [y, y],
            color=theme.ink,
            lw=1.8,
            ls="-" if gap.certainty is Certainty.CLEAR else (0, (1, 1.4)),
            zorder=1,
        )
    ends = []
    for i, one, mean in shown:
        mark, at = theme.mark(sides[i].group), y + (-0.16 if i == 0 else 0.16)
        found = band(one, axes.get_xlim(), alone=False)
        ends.append(found or (mean, mean))
        if found:
            axes.plot(found, [at, at], color=mark.colour, lw=2.6, alpha=0.4, solid_capstyle="butt")
        axes.plot(
            [mean],
            [y],
            mark.shape,
            ms=8.0 if i == 0 else 6.6,
            color=mark.colour if i == 0 else "white",
            mec="white" if i == 0 else mark.colour,
            mew=0.6 if i == 0 else 1.5,
            zorder=3,
        )
    # A number at each outer end, of the side that lies there: it meets no band and no mark.
    room = 0.09 / slot
    edges = (min(e[0] for e in ends) - room, max(e[1] for e in ends) + room)
    outer = sorted(shown, key=lambda one: one[2])
    for x, (i, _, mean), align in zip(
        edges[-len(outer) :], outer, ("right", "left")[-len(outer) :], strict=True
    ):
        axes.text(
            x,
            y,
            words.number(mean),
            ha=align,
            va="center",
            fontsize=8,
            weight="bold",
            color=theme.mark(sides[i].group).colour,
        )
    if gap.difference is None:
        # What one side says stands, with the reason in place of the difference.
        axes.text(
            high + 0.52,
            y,
            wrap(words(f"report.why.{gap.why.value}"), 0.7, 6.5),
            ha="center",
            va="center",
            fontsize=6.5,
            style="italic",
            linespacing=0.95,
            color=theme.mute,
        )
        return
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
