"""Dot and interval for many rows: the profile by perspective, the total, the statements of a dimension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

from hrkit.blocks import Figure
from hrkit.disclosure.released import Distribution, Why
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
from hrkit.report.charts.marks import ROW, Row, Series, alt_row, dot, key, row_labels
from hrkit.report.charts.plotted import scores
from hrkit.report.charts.plotted import spread as spread_of
from hrkit.report.theme import Theme, diverging

__all__ = ["dots"]


def dots(
    theme: Theme,
    words: Words,
    rows: Sequence[Row],
    series: Sequence[Series],
    *,
    scale: tuple[int, int],
    ends: Sequence[str] = (),
    width: float = TEXT_WIDTH,
    labels: float = 2.0,
    row_height: float | None = None,
    values: bool = False,
    spread: Sequence[Distribution | None] = (),
    alt: str = "report.alt.profile",
    title: str = "",
    answers: Sequence[str] = (),
) -> Figure:
    """A chart with one line of dots and intervals a row.

    Parameters
    ----------
    rows, series
        What is shown; every row has one score per series.
    scale
        Lowest and highest value; the axis is always the whole scale.
    ends
        Names under the axis' values, as many as there are values.
    labels
        Inches for the rows' labels.
    values
        Print each mean at the end of its interval (for one series).
    spread
        Per row the distribution of one group's answers, drawn as stacked bars on the right;
        empty for none.
    alt
        Key of the alt text, filled with ``low``, ``high`` and ``list``.
    title
        What the chart shows, for formats that draw their own.
    answers
        Names of the answers that ``spread`` counts, from the lowest.
    """
    low, high = scale
    # Each series has its own line within the row, so that equal means do not hide each other.
    names_of = [wrap(row.name, labels - 0.15, ROW, 4) for row in rows]
    tall = max((name.count("\n") + 1 for name in names_of), default=1) * ROW * 1.2 / 72 + 0.02
    each = max(row_height or max(0.385, 0.065 * len(series) + 0.03), tall)
    step = min(0.26, 0.78 / max(1, len(series)))
    offsets = [step * (i - (len(series) - 1) / 2) for i in range(len(series))]
    panel = 1.75 if any(spread) else 0.0
    right = width - 0.3 - (panel + 0.25 if panel else 0)
    names = wrapped_ends(ends, (right - labels) / (high - low + 0.2)) if any(ends) else []
    top = max(0.42 if names else 0.25, over_axis(names)) + (0.2 if len(series) > 1 else 0)
    height = top + each * len(rows) + 0.05
    with canvas(theme, width, height) as figure:
        axes = row_axes(figure, theme, len(rows), each, scale, names, (labels, right))
        axes.tick_params(axis="x", pad=3)
        row_labels(axes, names_of, labels)
        for y, row in enumerate(rows):
            for one, score, offset in zip(series, row.scores, offsets, strict=True):
                size = 6.5 if len(series) < 4 else 5.5
                alone = len(series) == 1
                dot(axes, theme, one.group, score, y + offset, size, alone=alone)
            if not any(score.shown for score in row.scores):
                why = next((s.why for s in row.scores if not s.why.absent), Why.NOBODY)
                instead(axes, theme, (low + high) / 2, y, words(f"report.why.{why.value}"))
            elif values and row.scores[0].shown:
                score = row.scores[0]
                axes.text(
                    (score.high or score.mean or 0) + 0.2,
                    y,
                    words.number(score.mean or 0),
                    va="center",
                    fontsize=8,
                    color=theme.ink,
                )
        if len(series) > 1:
            shown = [one for i, one in enumerate(series) if any(r.scores[i].shown for r in rows)]
            key(figure, theme, shown, height)
        if panel:
            box = figure.add_axes(
                ((right + 0.3) / width, 0.05 / height, panel / width, each * len(rows) / height)
            )
            _stack(box, theme, words, spread)
        drawn = svg(figure)
    text = words(alt, low=low, high=high, list="; ".join(alt_row(r, series, words) for r in rows))
    title = title or words("charts.profile")
    plots = [scores(theme, words, title, rows, series, scale)]
    shares = spread_of(
        theme,
        words,
        words("charts.spread", title=title),
        [row.name for row in rows],
        spread,
        answers or [str(i) for i in range(low, high + 1)],
    )
    return Figure(drawn, text, plots=(*plots, shares) if shares else tuple(plots))


def _stack(axes: Axes, theme: Theme, words: Words, spread: Sequence[Distribution | None]) -> None:
    """Shares of the answers to both sides of the scale's middle, "don't know" apart at the end."""
    shown = [one for one in spread if one]
    left = max((_below_middle(one.shares) for one in shown), default=0.5)
    right = max((sum(one.shares) - _below_middle(one.shares) for one in shown), default=0.5)
    note = 0.2 * (left + right)
    axes.set_xlim(-left, right + note)
    axes.set_ylim(len(spread) - 0.5, -0.5)
    axes.axis("off")
    axes.axvline(0, color=theme.mute, lw=0.6, zorder=0)
    count = max((len(d.shares) for d in shown), default=5)
    shades = diverging(theme, count)
    # A number is printed where its part is wide enough for two digits.
    enough = 0.15 * (left + right + note)
    for y, one in enumerate(spread):
        if one is None:
            instead(axes, theme, (right - left) / 2, y, words("report.why.small"), 7.5)
            continue
        at = -_below_middle(one.shares)
        for share, (fill, text) in zip(one.shares, shades, strict=False):
            axes.barh(y, share, left=at, height=0.46, color=fill, edgecolor="white", lw=0.6)
            if share >= enough:
                axes.text(
                    at + share / 2,
                    y,
                    words.number(100 * share, 0),
                    ha="center",
                    va="center_baseline",
                    fontsize=7,
                    color=text,
                )
            at += share
        if one.dont_know >= 0.005:
            axes.text(
                right + 0.15 * note,
                y,
                f"? {words.number(100 * one.dont_know, 0)}",
                va="center_baseline",
                fontsize=7,
                color=theme.mute,
            )


def _below_middle(shares: Sequence[float]) -> float:
    """Share of answers on the low side; half of a middle answer counts to either side."""
    half = len(shares) // 2
    return sum(shares[:half]) + (shares[half] / 2 if len(shares) % 2 else 0.0)
