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
) -> Figure:
    """Two sides on each dimension, joined by a line that is strong where the difference is.

    Parameters
    ----------
    rows
        In the order to be printed; each row holds the first and the second side's score.
    sides
        The two groups, in the gap's order.
    """
    low, high = scale
    labels, each, head = 1.75, 0.42, 0.72 if any(ends) else 0.5
    height = head + each * len(rows) + 0.05
    with canvas(theme, TEXT_WIDTH, height) as figure:
        right = TEXT_WIDTH - 0.75
        axes = figure.add_axes(
            (
                labels / TEXT_WIDTH,
                0.05 / height,
                (right - labels) / TEXT_WIDTH,
                each * len(rows) / height,
            )
        )
        slot = (right - labels) / (high - low + 0.2)
        scale_axis(axes, theme, len(rows), low, high, wrapped_ends(ends, slot))
        axes.tick_params(axis="x", pad=16)
        row_labels(axes, [wrap(row.name, labels - 0.15) for row, _ in rows], labels)
        for y, (row, gap) in enumerate(rows):
            _pair(axes, theme, words, y, row, gap, sides, high)
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
    high: int,
) -> None:
    first, second = row.scores
    if gap.difference is None or first.mean is None or second.mean is None:
        instead(axes, theme, high - 2, y, words(f"report.why.{gap.why.value}"))
        return
    strong = gap.certainty is not Certainty.UNKNOWN
    axes.plot(
        [first.mean, second.mean],
        [y, y],
        color=theme.accent if strong else theme.rule,
        lw=3.2 if strong else 2.2,
        alpha=0.55 if strong else 1,
        zorder=1,
        solid_capstyle="round",
    )
    for one, score, mean, size in (
        (sides[0], first, first.mean, 8.5),
        (sides[1], second, second.mean, 7.0),
    ):
        mark = theme.mark(one.group)
        ends = band(score, axes.get_xlim(), alone=False)
        if ends:
            at = [y - 0.13, y - 0.13] if one is sides[0] else [y + 0.13, y + 0.13]
            axes.plot(ends, at, color=mark.colour, lw=2.6, alpha=0.35, solid_capstyle="butt")
        axes.plot(
            [mean], [y], mark.shape, ms=size, color=mark.colour, mec="white", mew=0.6, zorder=3
        )
    axes.text(
        high + 0.72,
        y,
        words.signed(gap.difference),
        ha="right",
        va="center",
        fontsize=8.5,
        weight="bold" if strong else "normal",
        color=theme.ink if strong else theme.mute,
    )
