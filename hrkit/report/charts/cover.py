"""The cover's print: one line a dimension, a mark for each side — white and accent on the brand's colour."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.report.charts.base import canvas, svg
from hrkit.report.charts.marks import Row, Series
from hrkit.report.theme import Theme

__all__ = ["art"]


def art(theme: Theme, rows: Sequence[Row], series: Sequence[Series], scale: tuple[int, int]) -> str:
    """SVG of the print, on transparent; empty where nothing may be shown."""
    if not rows or not any(score.shown for row in rows for score in row.scores):
        return ""
    low, high = scale
    with canvas(theme, 8.27, 4.2) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.axis("off")
        axes.set_xlim(0, 10)
        axes.set_ylim(len(rows) - 0.2, -0.8)
        for y, row in enumerate(rows):
            axes.plot([0.9, 9.4], [y, y], color="white", lw=0.5, alpha=0.25)
            shown = [(s, one) for s, one in zip(row.scores, series, strict=True) if s.shown]
            places = [0.9 + ((s.mean or low) - low) / (high - low) * 8.5 for s, _ in shown]
            if len(places) == 2:
                axes.plot(places, [y, y], color="white", lw=5, alpha=0.28, solid_capstyle="round")
            for x, (_, one) in zip(places, shown, strict=True):
                mark = theme.mark(one.group)
                light = mark.colour != theme.accent
                axes.plot(
                    [x],
                    [y],
                    mark.shape,
                    ms=13 if mark.shape == "o" else 10,
                    color="white" if light else COVER_ACCENT,
                    zorder=3,
                )
        return svg(figure)


#: The accent that reads on the brand's dark ground (the page's own is too dark for it).
COVER_ACCENT = "#f2a65a"
