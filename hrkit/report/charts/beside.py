"""One organisation's means beside those of others: a mark with its interval, and a line for the others."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.blocks import Figure
from hrkit.blocks.plots import Plot, PlotSeries
from hrkit.disclosure.derived.place import PlaceAmong
from hrkit.disclosure.released import Certainty
from hrkit.model.language import Words
from hrkit.report.charts.base import (
    TEXT_WIDTH,
    canvas,
    over_axis,
    row_axes,
    svg,
    wrap,
    wrapped_ends,
)
from hrkit.report.charts.marks import row_labels
from hrkit.report.theme import Theme

__all__ = ["beside"]


def beside(
    theme: Theme,
    words: Words,
    rows: Sequence[tuple[str, PlaceAmong]],
    side: str,
    *,
    scale: tuple[int, int],
    ends: Sequence[str] = (),
) -> Figure:
    """A row a dimension: the own mean with its 95 % interval, and the mean of the others.

    The two are joined where they surely differ.

    Parameters
    ----------
    rows
        Names and places, in the order to be printed.
    side
        The group whose mark is drawn.
    """
    low, high = scale
    labels, each, right = 1.85, 0.3, TEXT_WIDTH - 0.4
    names = wrapped_ends(ends, (right - labels) / (high - low + 0.2))
    head = max(0.62 if any(ends) else 0.4, over_axis(names) + 0.1)
    height = head + each * len(rows) + 0.05
    mark = theme.mark(side)
    with canvas(theme, TEXT_WIDTH, height) as figure:
        axes = row_axes(figure, theme, len(rows), each, scale, names, (labels, right))
        row_labels(axes, [wrap(name, labels - 0.3, lines=2) for name, _ in rows], labels, each)
        for y, (_, one) in enumerate(rows):
            if one.low is not None and one.high is not None:
                axes.plot(
                    [one.low, one.high],
                    [y, y],
                    color=mark.colour,
                    lw=4,
                    alpha=0.3,
                    solid_capstyle="butt",
                )
            if one.certainty is not Certainty.UNKNOWN:
                axes.plot([one.own, one.others], [y, y], color=theme.ink, lw=1.4)
            axes.plot([one.others] * 2, [y - 0.32, y + 0.32], color=theme.ink, lw=2.2)
            axes.plot(
                [one.own], [y], mark.shape, ms=7, color=mark.colour, mec="white", mew=0.6, zorder=3
            )
        drawn = svg(figure)
    listed = "; ".join(
        words(
            "benchmark.page.alt_row", name=name, a=words.number(one.own), b=words.number(one.others)
        )
        for name, one in rows
    )
    own, others = words("benchmark.page.own"), words("benchmark.page.others")
    plot = Plot(
        "bars",
        words("benchmark.page.title"),
        tuple(name for name, _ in rows),
        (
            PlotSeries(
                own,
                tuple(one.own for _, one in rows),
                tuple(words.number(one.own) for _, one in rows),
                low=tuple(one.low for _, one in rows),
                high=tuple(one.high for _, one in rows),
                colour=mark.colour,
            ),
            PlotSeries(
                others,
                tuple(one.others for _, one in rows),
                tuple(words.number(one.others) for _, one in rows),
                colour=theme.ink,
            ),
        ),
        low=low,
        high=high,
    )
    return Figure(
        drawn, words("benchmark.page.alt", low=low, high=high, list=listed), plots=(plot,)
    )
