"""The map of services: importance across, satisfaction upwards, each service a number of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrkit.blocks import Figure, Plot
from hrkit.model.language import Words
from hrkit.report.charts.base import TEXT_WIDTH, canvas, svg
from hrkit.report.charts.importance import placed
from hrkit.report.theme import Theme

__all__ = ["Placed", "service_map"]

#: Inches of the map, and of the margins around its axes.
HEIGHT, LEFT, BOTTOM = 3.8, 0.42, 0.42
#: Half the side of the square that a number takes, in inches: two must not lie on each other.
ROOM = 0.105


@dataclass(frozen=True, slots=True)
class Placed:
    """A service on the map: its number in the table, where it lies, and whether that is sure."""

    number: int
    name: str
    x: float
    y: float
    sure: bool


def service_map(
    theme: Theme,
    words: Words,
    points: Sequence[Placed],
    *,
    scale: tuple[int, int],
    lines: tuple[float, float],
) -> Figure:
    """The map over the part of both scales where services lie, with its lines.

    Parameters
    ----------
    scale
        Lowest and highest value of both ratings.
    lines
        Of importance and of satisfaction.
    """
    wide, tall = TEXT_WIDTH - LEFT - 0.15, HEIGHT - BOTTOM - 0.2
    low = (
        _floor([*(p.x for p in points), lines[0]], scale),
        _floor([*(p.y for p in points), lines[1]], scale),
    )
    high = (
        _ceil([*(p.x for p in points), lines[0]], scale),
        _ceil([*(p.y for p in points), lines[1]], scale),
    )
    per = (wide / (high[0] - low[0]), tall / (high[1] - low[1]))
    moved = _apart([((p.x - low[0]) * per[0], (p.y - low[1]) * per[1]) for p in points], wide, tall)
    with canvas(theme, TEXT_WIDTH, HEIGHT) as figure:
        axes = figure.add_axes(
            (LEFT / TEXT_WIDTH, BOTTOM / HEIGHT, wide / TEXT_WIDTH, tall / HEIGHT)
        )
        axes.set_xlim(low[0], high[0])
        axes.set_ylim(low[1], high[1])
        for axis, (a, b) in ((axes.xaxis, (low[0], high[0])), (axes.yaxis, (low[1], high[1]))):
            ticks = [a + 0.5 * i for i in range(int((b - a) * 2) + 1)]
            axis.set_ticks(ticks, [words.number(t) for t in ticks], fontsize=7.5, color=theme.mute)
        axes.tick_params(length=0)
        axes.set_facecolor("none")
        for spine in axes.spines.values():
            spine.set_color(theme.rule)
        axes.axvline(lines[0], color=theme.ink, lw=0.9, dashes=(4, 3), zorder=1)
        axes.axhline(lines[1], color=theme.ink, lw=0.9, dashes=(4, 3), zorder=1)
        names = {
            "lighten": (low[0], high[1], "left", "top"),
            "keep": (high[0], high[1], "right", "top"),
            "ask": (low[0], low[1], "left", "bottom"),
            "improve": (high[0], low[1], "right", "bottom"),
        }
        for name, (x, y, across, up) in names.items():
            axes.annotate(
                words(f"services.group.{name}"),
                (x, y),
                (4 if across == "left" else -4, -4 if up == "top" else 4),
                textcoords="offset points",
                ha=across,
                va=up,
                fontsize=8,
                style="italic",
                color=theme.mute,
            )
        axes.set_xlabel(words("services.map.x"), fontsize=8, color=theme.mute, loc="right")
        axes.set_ylabel(words("services.map.y"), fontsize=8, color=theme.mute, loc="top")
        for point, (x, y) in zip(points, moved, strict=True):
            at = (low[0] + x / per[0], low[1] + y / per[1])
            axes.plot(
                [at[0]],
                [at[1]],
                "o",
                ms=13,
                mew=1.2,
                mec=theme.primary,
                zorder=3,
                mfc=theme.primary if point.sure else "white",
            )
            axes.annotate(
                str(point.number),
                at,
                ha="center",
                va="center",
                fontsize=7.5,
                weight="bold",
                color="white" if point.sure else theme.primary,
                zorder=4,
            )
        drawn = svg(figure)
    listed = "; ".join(
        words("services.map.alt_row", name=p.name, x=words.number(p.x), y=words.number(p.y))
        for p in points
    )
    alt = words("services.map.alt", low=scale[0], high=scale[1], list=listed)
    return Figure(drawn, alt, plots=(_plot(theme, words, points, scale),))


def _floor(values: Sequence[float], scale: tuple[int, int]) -> float:
    return max(float(scale[0]), (min(values) - 0.2) * 2 // 1 / 2)


def _ceil(values: Sequence[float], scale: tuple[int, int]) -> float:
    return min(float(scale[1]), -(-(max(values) + 0.2) * 2 // 1) / 2)


def _apart(
    points: Sequence[tuple[float, float]], wide: float, tall: float
) -> list[tuple[float, float]]:
    """Points moved by as little as keeps their marks off each other, inside the map; in inches."""
    at = [list(point) for point in points]
    for _ in range(200):
        still = True
        for i, one in enumerate(at):
            for other in at[i + 1 :]:
                dx, dy = other[0] - one[0], other[1] - one[1]
                far = (dx * dx + dy * dy) ** 0.5
                if far >= 2 * ROOM:
                    continue
                still = False
                # Two that lie on one spot part sideways, always the same way.
                ux, uy = (dx / far, dy / far) if far > 1e-6 else (1.0, 0.0)
                push = (2 * ROOM - far) / 2 + 1e-3
                for point, sign in ((one, -1), (other, 1)):
                    point[0] = min(wide - ROOM, max(ROOM, point[0] + sign * push * ux))
                    point[1] = min(tall - ROOM, max(ROOM, point[1] + sign * push * uy))
        if still:
            break
    return [(x, y) for x, y in at]


def _plot(theme: Theme, words: Words, points: Sequence[Placed], scale: tuple[int, int]) -> Plot:
    return placed(
        theme,
        words,
        words("services.map.title"),
        # By number, as in the picture: two dozen names beside their points lie on each other.
        [(str(p.number), p.x, p.y) for p in points],
        (words("services.facet.importance"), words("services.facet.satisfaction")),
        scale,
        scale,
    )
