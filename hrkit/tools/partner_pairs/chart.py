"""The share of hand-overs that were complete the first time, quarter by quarter, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.blocks import Figure, Plot, PlotSeries
from hrkit.report.charts.base import TEXT_WIDTH, canvas, svg
from hrkit.report.context import Context
from hrkit.tools.partner_pairs.log import Quarter, rate

__all__ = ["first_pass"]

_HEIGHT, _LEFT, _RIGHT, _BOTTOM, _TOP = 1.45, 0.55, 0.3, 0.3, 0.16


def first_pass(ctx: Context, made: Sequence[Quarter], names: Sequence[str]) -> tuple[Figure, ...]:
    """The plot; nothing where fewer than two quarters have a share.

    Parameters
    ----------
    made, names
        The rows of the table below it, and what each is called.
    """
    theme, w = ctx.theme, ctx.words
    shares: list[tuple[float, float, float] | None] = [rate(one.complete, one.n) for one in made]
    if sum(one is not None for one in shares) < 2:
        return ()
    with canvas(theme, TEXT_WIDTH, _HEIGHT) as drawing:
        axes = drawing.add_axes(
            (
                _LEFT / TEXT_WIDTH,
                _BOTTOM / _HEIGHT,
                (TEXT_WIDTH - _LEFT - _RIGHT) / TEXT_WIDTH,
                (_HEIGHT - _BOTTOM - _TOP) / _HEIGHT,
            )
        )
        axes.set_xlim(-0.5, len(made) - 0.5)
        axes.set_ylim(0, 1.08)
        axes.set_facecolor("none")
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.tick_params(length=0)
        ticks = (0.0, 0.5, 1.0)
        axes.set_yticks(ticks, [w.percent(tick) for tick in ticks], fontsize=7.5, color=theme.mute)
        axes.set_xticks(range(len(made)), list(names), fontsize=7.5, color=theme.mute)
        for tick in ticks:
            axes.axhline(tick, color=theme.rule, lw=0.6, zorder=0)
        at = [i for i, one in enumerate(shares) if one is not None]
        axes.plot(at, [one[0] for one in shares if one], color=theme.primary, lw=1.1, zorder=2)
        for i in at:
            share, low, high = shares[i] or (0.0, 0.0, 0.0)
            axes.plot([i, i], [low, high], color=theme.primary, lw=4, alpha=0.25, zorder=1)
            axes.plot([i], [share], "o", color=theme.primary, ms=5, zorder=3)
            axes.annotate(
                w.percent(share),
                (i, high),
                (0, 3),
                textcoords="offset points",
                fontsize=8,
                ha="center",
                color=theme.ink,
            )
        drawn = svg(drawing)
    title = w("pairs.handed.title")
    values = tuple(None if one is None else round(one[0], 2) for one in shares)
    plot = Plot(
        "bars",
        title,
        tuple(names),
        (
            PlotSeries(
                w("pairs.handed.share"),
                values,
                tuple("–" if value is None else w.percent(value) for value in values),
                colour=theme.primary,
            ),
        ),
        low=0.0,
        high=1.0,
        percent=True,
        decimals=0,
    )
    return (Figure(drawn, w("report.alt.in_table", title=title), plots=(plot,)),)
