"""A run chart: figures in the order of time, the median of those before the start, the start and the target."""

from __future__ import annotations

from hrkit.blocks import Figure, Plot, PlotSeries
from hrkit.report.charts.base import TEXT_WIDTH, canvas, svg
from hrkit.report.context import Context
from hrkit.tools.gains.findings import Gain
from hrkit.tools.gains.said import decimals, percent, value, verdict

__all__ = ["run_chart"]

_HEIGHT, _LEFT, _RIGHT, _BOTTOM, _TOP = 0.9, 0.62, 1.15, 0.26, 0.1


def run_chart(ctx: Context, gain: Gain) -> Figure:
    """The chart of a gain that has three shown figures or more."""
    theme, w = ctx.theme, ctx.words
    shown = [(i, one.value) for i, one in enumerate(gain.figures) if one.value is not None]
    values = [number for _, number in shown]
    marks = [x for x in (gain.run.middle, gain.target) if x is not None]
    low, high = min(*values, *marks), max(*values, *marks)
    pad = (high - low) * 0.15 or 1.0
    with canvas(theme, TEXT_WIDTH, _HEIGHT) as drawing:
        axes = drawing.add_axes(
            (
                _LEFT / TEXT_WIDTH,
                _BOTTOM / _HEIGHT,
                (TEXT_WIDTH - _LEFT - _RIGHT) / TEXT_WIDTH,
                (_HEIGHT - _BOTTOM - _TOP) / _HEIGHT,
            )
        )
        last = len(gain.figures) - 1
        axes.set_xlim(-0.5, last + 0.5)
        axes.set_ylim(low - pad, high + pad)
        axes.set_facecolor("none")
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.tick_params(length=0)
        axes.set_yticks(
            [low, high],
            [value(ctx, gain, one) for one in (low, high)],
            fontsize=7.5,
            color=theme.mute,
        )
        at = sorted({0, last, *([len(gain.before)] if gain.before and gain.after else [])})
        names = [w.month(gain.figures[i].period) for i in at]
        axes.set_xticks(at, names, fontsize=7.5, color=theme.mute)
        for label, place in zip(axes.get_xticklabels(), at, strict=True):
            label.set_horizontalalignment(
                "left" if place == 0 else "right" if place == last else "center"
            )
        if gain.before and gain.after:
            axes.axvline(len(gain.before) - 0.5, color=theme.ink, lw=0.8, dashes=(1, 2), zorder=1)
        for number, name, dashes in (
            (gain.run.middle, "middle", (4, 3)),
            (gain.target, "target", (1, 1.5)),
        ):
            if number is not None:
                axes.axhline(number, color=theme.mute, lw=0.9, dashes=dashes, zorder=1)
                axes.annotate(
                    w(f"gains.chart.{name}"),
                    (last + 0.5, number),
                    (4, 0),
                    textcoords="offset points",
                    fontsize=7.5,
                    va="center",
                    color=theme.mute,
                    annotation_clip=False,
                )
        axes.plot(
            [i for i, _ in shown], values, "-o", color=theme.primary, lw=1.3, ms=3.6, zorder=3
        )
        drawn = svg(drawing)
    title = w("gains.chart.title", gain=w(f"gains.gain.{gain.id}"))
    listed = "; ".join(
        f"{w.month(gain.figures[i].period)} {value(ctx, gain, number)}" for i, number in shown
    )
    alt = w("gains.chart.alt", title=title, list=listed, verdict=verdict(ctx, gain))
    return Figure(drawn, alt, plots=(_plot(ctx, gain, title),))


def _plot(ctx: Context, gain: Gain, title: str) -> Plot:
    values = tuple(one.value for one in gain.figures)
    shown = [one for one in values if one is not None]
    places = decimals(gain)
    rounded = tuple(
        None if one is None else round(one, places + 2 if percent(gain) else places)
        for one in values
    )
    return Plot(
        "bars",
        title,
        tuple(ctx.words.month(one.period) for one in gain.figures),
        (
            PlotSeries(
                ctx.words(f"gains.gain.{gain.id}"),
                rounded,
                tuple(
                    ctx.words("gains.few_short") if one is None else value(ctx, gain, one)
                    for one in values
                ),
                colour=ctx.theme.primary,
            ),
        ),
        low=min(0.0, *shown),
        high=max(shown) * 1.1 or 1.0,
        percent=percent(gain),
        decimals=places,
    )
