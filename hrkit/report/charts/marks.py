"""Dot and interval: a group's mean with its band, drawn the same way in every chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

from hrkit.disclosure.released import Score
from hrkit.model.language import Words
from hrkit.report.charts.base import spread_labels, width_of
from hrkit.report.theme import Theme

__all__ = ["ROW", "Row", "Series", "alt_row", "band", "dot", "key", "legend", "row_labels"]

#: Size of a row's name in points.
ROW = 8.2


@dataclass(frozen=True, slots=True)
class Series:
    """A group as a chart names it: its id (for the mark) and its label."""

    group: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a chart: its label and a score per series, in the series' order."""

    name: str
    scores: tuple[Score, ...]


def band(score: Score, limits: tuple[float, float], alone: bool) -> tuple[float, float] | None:
    """Ends of the band around a mean: its interval, or what it is compared by beside others."""
    if score.mean is None:
        return None
    if not alone and score.reach is not None:
        low, high = score.mean - score.reach, score.mean + score.reach
        return max(low, limits[0]), min(high, limits[1])
    if score.low is None or score.high is None or score.high <= score.low:
        return None
    return score.low, score.high


def dot(
    axes: Axes,
    theme: Theme,
    group: str,
    score: Score,
    y: float,
    size: float = 6.5,
    *,
    alone: bool = False,
) -> None:
    """Draw one mean with its band; nothing where it may not be shown.

    Parameters
    ----------
    axes, theme
        Where, in which look.
    group
        Whose mark it gets: colour and shape.
    score
        As released.
    y
        Row of the axes.
    size
        Of the mark, in points.
    alone
        It stands beside no other group, so that the band is its interval.
    """
    if not score.shown or score.mean is None:
        return
    mark = theme.mark(group)
    ends = band(score, axes.get_xlim(), alone)
    if ends:
        axes.plot(
            ends,
            [y, y],
            color=mark.colour,
            lw=3.2,
            alpha=0.28,
            solid_capstyle="round",
            zorder=2,
        )
    smaller = {"D": 0.85, "^": 1.05, "v": 1.05}.get(mark.shape, 1.0)
    axes.plot(
        [score.mean],
        [y],
        mark.shape,
        ms=size * smaller,
        color=mark.colour,
        zorder=3,
        mec="white",
        mew=0.6,
    )


def legend(
    axes: Axes, theme: Theme, series: Sequence[Series], at: Sequence[float], y: float
) -> None:
    """Name the marks directly above the first row, moved apart where they would collide."""
    low, high = axes.get_xlim()
    per_inch = (high - low) / (axes.get_position().width * axes.figure.get_figwidth())  # type: ignore[union-attr]
    widths = [width_of(s.label, 8) * 1.06 / 72 * per_inch for s in series]
    placed = spread_labels(at, sum(widths) / max(1, len(widths)) + 0.08 * per_inch)
    # Keep the whole row of names inside the chart.
    if placed:
        right = max(p + w / 2 for p, w in zip(placed, widths, strict=True)) - high
        left = low - min(p - w / 2 for p, w in zip(placed, widths, strict=True))
        placed = [p - max(0.0, right) + max(0.0, left) for p in placed]
    for one, x in zip(series, placed, strict=True):
        axes.text(
            x,
            y,
            one.label,
            ha="center",
            va="bottom",
            fontsize=8,
            weight="bold",
            color=theme.mark(one.group).colour,
        )


def key(figure: Canvas, theme: Theme, series: Sequence[Series], height: float) -> None:
    """Name three or more marks in one line over the chart, each after its own mark."""
    axes = figure.add_axes((0, 1 - 0.2 / height, 1, 0.2 / height))
    axes.axis("off")
    axes.set_xlim(0, figure.get_figwidth())
    axes.set_ylim(0, 1)
    x = 0.06
    for one in series:
        mark = theme.mark(one.group)
        axes.plot([x], [0.55], mark.shape, ms=6, color=mark.colour)
        axes.text(
            x + 0.1, 0.5, one.label, va="center", fontsize=8, weight="bold", color=mark.colour
        )
        x += 0.32 + width_of(one.label, 8) / 72 * 1.06


def row_labels(axes: Axes, labels: Sequence[str], width: float, room: float = 1.0) -> None:
    """Names of the rows, left-aligned at the chart's left edge.

    A name of more lines than ``room``, a row's inches, has for them is set smaller and closer: it
    never touches its neighbour.
    """
    axes.set_yticks([])
    inches = axes.get_position().width * axes.figure.get_figwidth()  # type: ignore[union-attr]
    for y, label in enumerate(labels):
        most = room * 72 / (1.2 * (label.count("\n") + 1))
        axes.text(
            -width / inches,
            y,
            label,
            transform=axes.get_yaxis_transform(),
            ha="left",
            va="center",
            fontsize=min(ROW, max(7.0, most)),
            linespacing=1.1 if most >= 1.1 * ROW else 1.0,
        )


def value(score: Score, words: Words) -> str:
    """The mean as printed, or in words why there is none."""
    if score.shown and score.mean is not None:
        return words.number(score.mean)
    return words(f"report.why.{score.why.value}")


def alt_row(row: Row, series: Sequence[Series], words: Words) -> str:
    """``Name: leaders 2.4, HR 3.6`` for an alt text; groups nobody asked are left out."""
    parts = [
        f"{one.label} {value(score, words)}".strip()
        for one, score in zip(series, row.scores, strict=True)
        if not score.why.absent
    ]
    return words(
        "report.alt.row", name=row.name, values=", ".join(parts) or words("report.why.nobody")
    )
