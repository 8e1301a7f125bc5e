"""Importance map: how much a dimension matters across, how it stands today upwards.

Names stand at their points; where they find no room, all points are numbered and the names
stand in a list beside the map.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

from hrkit.blocks import Figure, Plot, PlotSeries
from hrkit.model.language import Words
from hrkit.report.charts.base import TEXT_WIDTH, canvas, svg, width_of, wrap
from hrkit.report.charts.labels import Box, nearest, place
from hrkit.report.theme import Theme

__all__ = ["Point", "importance_map", "placed"]

SIZE, LINE = 8.2, 10.0


@dataclass(frozen=True, slots=True)
class Point:
    """A dimension on the map.

    ``order`` is its place among those to take up first, 0 for none; ``number`` is what stands
    for it where names find no room.
    """

    name: str
    x: float
    y: float
    order: int = 0
    number: int = 0
    target: float | None = None


def importance_map(
    theme: Theme,
    words: Words,
    points: Sequence[Point],
    *,
    across: tuple[int, int],
    scale: tuple[int, int],
    ends: tuple[str, str],
    target: float | None = None,
    height: float = 4.5,
) -> Figure:
    """The map, both axes over their whole scale.

    Parameters
    ----------
    across, scale
        Lowest and highest value of the importance rating and of the score.
    ends
        Names of the importance scale's two ends.
    target
        The one target all dimensions share; None where there is none, or each has its own.
    height
        Inches.
    """
    bottom, top, left = 0.5, 0.28, 0.3
    tall = height - bottom - top
    names = [wrap(p.name, 1.65, SIZE, 2) for p in points]
    wide = TEXT_WIDTH - left - 0.12
    boxes = place(*_layout(points, names, across, scale, wide, tall, target, words))
    key = boxes is None
    if key:
        wide -= 2.15
    with canvas(theme, TEXT_WIDTH, height) as figure:
        axes = figure.add_axes(
            (left / TEXT_WIDTH, bottom / height, wide / TEXT_WIDTH, tall / height)
        )
        _axes(axes, theme, words, across, scale, ends, wide)
        if target is not None:
            axes.axhline(target, color=theme.ink, lw=1.0, dashes=(4, 3), zorder=1)
            axes.text(
                across[0] - 0.07,
                target + 0.04,
                _target(words, target),
                fontsize=7.5,
                va="bottom",
                color=theme.ink,
            )
            for name, y, side in (("keep", scale[1] + 0.02, "top"), ("take", scale[0], "bottom")):
                axes.text(
                    across[1] + 0.08,
                    y,
                    words(f"sections.importance.{name}"),
                    ha="right",
                    va=side,
                    fontsize=7.5,
                    style="italic",
                    color=theme.mute,
                )
        for i, point in enumerate(points):
            _mark(axes, theme, point, (point.number or i + 1) if key else point.order)
            if target is None and point.target is not None:
                axes.plot([point.x], [point.target], "_", ms=9, mew=1.4, color=theme.ink, zorder=2)
        if boxes is not None:
            _labels(axes, theme, points, names, boxes, across, scale, wide, tall)
        else:
            _key(axes, theme, points)
        drawn = svg(figure)
    listed = "; ".join(
        words("sections.importance.alt_row", name=p.name, x=words.number(p.x), y=words.number(p.y))
        for p in points
    )
    return Figure(
        drawn,
        words(
            "sections.importance.alt",
            low=across[0],
            high=across[1],
            low2=scale[0],
            high2=scale[1],
            list=listed,
        ),
        plots=(
            placed(
                theme,
                words,
                words("charts.importance"),
                [(p.name, p.x, p.y) for p in points],
                (words("sections.importance.x"), words("sections.importance.y")),
                across,
                scale,
            ),
        ),
    )


def _target(words: Words, target: float) -> str:
    return words(
        "sections.importance.target", value=words.number(target, 0 if target == int(target) else 1)
    )


def _layout(
    points: Sequence[Point],
    names: Sequence[str],
    across: tuple[int, int],
    scale: tuple[int, int],
    wide: float,
    tall: float,
    target: float | None,
    words: Words,
) -> tuple[list[tuple[float, float]], list[tuple[float, float]], tuple[float, float], list[Box]]:
    """Everything in points from the axes' lower left corner, as `place` wants it."""
    w, h = wide * 72, tall * 72

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            (x - across[0] + 0.1) / (across[1] - across[0] + 0.2) * w,
            (y - scale[0] + 0.1) / (scale[1] - scale[0] + 0.2) * h,
        )

    sizes = []
    for name in names:
        lines = name.split("\n")
        sizes.append((max(width_of(line, SIZE) for line in lines) * 1.04, LINE * len(lines)))
    taken: list[Box] = []
    if target is not None:
        y = at(0, target)[1]
        taken += [
            (0.0, y - 1, w, y + 1),
            (0.0, y, width_of(_target(words, target), 7.5) + 8, y + 12),
        ]
        for name, low in (("keep", h - 16), ("take", 0.0)):
            long = width_of(words(f"sections.importance.{name}"), 7.5) * 1.05
            taken.append((w - long - 4, low, w, low + 16))
    else:
        marks = [at(p.x, p.target) for p in points if p.target is not None]
        taken += [(x - 6, y - 2, x + 6, y + 2) for x, y in marks]
    return [at(p.x, p.y) for p in points], sizes, (w, h), taken


def _axes(
    axes: Axes,
    theme: Theme,
    words: Words,
    across: tuple[int, int],
    scale: tuple[int, int],
    ends: tuple[str, str],
    wide: float,
) -> None:
    axes.set_xlim(across[0] - 0.1, across[1] + 0.1)
    axes.set_ylim(scale[0] - 0.1, scale[1] + 0.1)
    ticks = range(across[0], across[1] + 1)
    axes.set_xticks(list(ticks), [str(t) for t in ticks], fontsize=7.5, color=theme.mute)
    axes.set_yticks(
        range(scale[0], scale[1] + 1),
        [str(t) for t in range(scale[0], scale[1] + 1)],
        fontsize=7.5,
        color=theme.mute,
    )
    axes.tick_params(length=0)
    axes.set_facecolor("none")
    for x in ticks:
        axes.axvline(x, color=theme.rule, lw=0.6, zorder=0)
    for y in range(scale[0], scale[1] + 1):
        axes.axhline(y, color=theme.rule, lw=0.6, zorder=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for at, end, side in ((0, ends[0], "left"), (1, ends[1], "right")):
        axes.annotate(
            wrap(end, wide / 3.2, 7.5, 2),
            (at, 0),
            (0, -20),
            ha=side,
            va="top",
            xycoords="axes fraction",
            textcoords="offset points",
            fontsize=7.5,
            color=theme.mute,
            linespacing=1.1,
        )
    axes.annotate(
        words("sections.importance.x"),
        (0.5, 0),
        (0, -20),
        ha="center",
        va="top",
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=8.5,
        weight="bold",
        color=theme.ink,
    )
    axes.annotate(
        words("sections.importance.y"),
        (0, 1),
        (-14, 7),
        ha="left",
        va="bottom",
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=8.5,
        weight="bold",
        color=theme.ink,
    )


def _mark(axes: Axes, theme: Theme, point: Point, number: int) -> None:
    """A filled circle; those to take first are larger, in the accent, and carry their order."""
    colour = theme.accent if point.order else theme.primary
    axes.plot(
        [point.x],
        [point.y],
        "o",
        ms=12 if number else 7.5,
        color=colour,
        mec="white",
        mew=0.8,
        zorder=4,
    )
    if number:
        axes.text(
            point.x,
            point.y,
            str(number),
            ha="center",
            va="center_baseline",
            fontsize=7.5,
            weight="bold",
            color="white",
            zorder=5,
        )


def _labels(
    axes: Axes,
    theme: Theme,
    points: Sequence[Point],
    names: Sequence[str],
    boxes: Sequence[Box],
    across: tuple[int, int],
    scale: tuple[int, int],
    wide: float,
    tall: float,
) -> None:
    def data(x: float, y: float) -> tuple[float, float]:
        return (
            x / (wide * 72) * (across[1] - across[0] + 0.2) + across[0] - 0.1,
            y / (tall * 72) * (scale[1] - scale[0] + 0.2) + scale[0] - 0.1,
        )

    for point, name, box in zip(points, names, boxes, strict=True):
        x, y = data((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        px = (point.x - across[0] + 0.1) / (across[1] - across[0] + 0.2) * wide * 72
        py = (point.y - scale[0] + 0.1) / (scale[1] - scale[0] + 0.2) * tall * 72
        near = nearest(box, px, py)
        if math.hypot(near[0] - px, near[1] - py) > 10:
            end = data(*near)
            axes.plot([point.x, end[0]], [point.y, end[1]], color=theme.mute, lw=0.6, zorder=2)
        axes.text(
            x,
            y,
            name,
            ha="center",
            va="center",
            fontsize=SIZE,
            linespacing=1.1,
            zorder=6,
            weight="bold" if point.order else "normal",
            color=theme.ink,
        )


def _key(axes: Axes, theme: Theme, points: Sequence[Point]) -> None:
    """The names beside the map, each after its number."""
    y = 0.0
    numbered = sorted(((p.number or i, p) for i, p in enumerate(points, 1)), key=lambda x: x[0])
    for number, point in numbered:
        name = wrap(point.name, 1.8, SIZE, 2)
        axes.annotate(
            str(number),
            (1, 1),
            (14, y),
            xycoords="axes fraction",
            ha="right",
            va="top",
            textcoords="offset points",
            fontsize=SIZE,
            weight="bold",
            color=theme.accent if point.order else theme.primary,
        )
        axes.annotate(
            name,
            (1, 1),
            (20, y),
            xycoords="axes fraction",
            textcoords="offset points",
            va="top",
            fontsize=SIZE,
            linespacing=1.1,
            color=theme.ink,
        )
        y -= LINE * (name.count("\n") + 1) + 6


def placed(
    theme: Theme,
    words: Words,
    title: str,
    points: Sequence[tuple[str, float, float]],
    axes: tuple[str, str],
    across: tuple[int, int],
    scale: tuple[int, int],
) -> Plot:
    """Points with a name each, as other formats draw them.

    Parameters
    ----------
    points
        Name, and where it lies: across and upwards.
    axes
        What the two axes are called.
    across, scale
        The ends of both.
    """
    colours = (theme.primary, theme.accent)
    return Plot(
        "points",
        title,
        tuple(name for name, _, _ in points),
        tuple(
            PlotSeries(called, values, tuple(map(words.number, values)), colour=colour)
            for called, values, colour in zip(
                axes,
                (tuple(x for _, x, _ in points), tuple(y for _, _, y in points)),
                colours,
                strict=True,
            )
        ),
        low=scale[0],
        high=scale[1],
        across=across,
    )
