"""Means of statements by group as dots, above a table that has every figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hrkit.blocks import Figure
from hrkit.model.instrument import Scale
from hrkit.report.charts.marks import Row, Series
from hrkit.report.charts.profile import dots
from hrkit.report.context import Context

__all__ = ["dotted"]


def dotted(
    ctx: Context,
    title: str,
    rows: Sequence[Row],
    series: Sequence[Series],
    scale: Scale,
    *,
    labels: float = 2.7,
    alt: str = "general.means_alt",
) -> Figure:
    """The chart; since the table below it has every figure, nobody hears them twice.

    Parameters
    ----------
    title
        Of the chart and of the table.
    rows, series, labels, alt
        As `hrkit.report.charts.profile.dots` takes them.
    scale
        On which the statements were rated.
    """
    chart = dots(
        ctx.theme,
        ctx.words,
        rows,
        series,
        scale=(scale.low, scale.high),
        ends=ctx.ends_of(scale),
        labels=labels,
        alt=alt,
        title=title,
    )
    return replace(chart, alt=ctx.words("report.alt.in_table", title=title))
