"""Slope: before on the left, now on the right, a line for each dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

from hrkit.blocks import Figure, Plot, PlotSeries
from hrkit.disclosure.released import Certainty, Change
from hrkit.model.language import Words
from hrkit.report.charts.base import TEXT_WIDTH, canvas, spread_labels, svg, wrap
from hrkit.report.theme import Theme

__all__ = ["Slope", "moved", "slope"]


@dataclass(frozen=True, slots=True)
class Slope:
    """A dimension's name and its change."""

    name: str
    change: Change


def slope(
    theme: Theme,
    words: Words,
    slopes: Sequence[Slope],
    *,
    scale: tuple[int, int],
    before: str,
    now: str,
) -> Figure:
    """Lines from before to now over the whole scale, named at their right end.

    A change that stands out from chance is a solid line in a strong colour, any other a
    dashed one; names that would collide move apart and keep a thin line to their point.

    Parameters
    ----------
    theme, words
        Look and language.
    slopes
        A line each, with its name and change.
    scale
        Lowest and highest value.
    before, now
        Names of the two waves.
    """
    low, high = scale
    tall, top, left, right = max(2.6, 0.2 * len(slopes) + 0.8), 0.38, 1.0, 3.0
    height = top + tall + 0.12
    wide = TEXT_WIDTH - left - right
    with canvas(theme, TEXT_WIDTH, height) as figure:
        axes = figure.add_axes((left / TEXT_WIDTH, 0.12 / height, wide / TEXT_WIDTH, tall / height))
        axes.set_xlim(0, 1)
        axes.set_ylim(low - 0.1, high + 0.1)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_facecolor("none")
        for spine in axes.spines.values():
            spine.set_visible(False)
        for tick in range(low, high + 1):
            axes.axhline(tick, color=theme.rule, lw=0.6, zorder=0)
            axes.annotate(
                str(tick),
                (0, tick),
                (-left * 72, 0),
                textcoords="offset points",
                va="center",
                fontsize=7.5,
                color=theme.mute,
            )
        for x, name, side in ((0.0, before, "left"), (1.0, now, "left")):
            axes.axvline(x, color=theme.rule, lw=1.0, zorder=0)
            axes.text(
                x,
                high + 0.16,
                wrap(name, wide if x == 0 else right, 8.5, 1),
                ha=side,
                va="bottom",
                fontsize=8.5,
                weight="bold",
                color=theme.ink,
            )
        gap = 12.5 / 72 / tall * (high - low + 0.2)
        for one in slopes:
            _line(axes, theme, one)
        _values(axes, theme, words, slopes, gap)
        _names(axes, theme, words, slopes, gap, right)
        drawn = svg(figure)
    listed = "; ".join(
        words(
            "sections.change.alt_row",
            name=s.name,
            a=words.number(s.change.before),
            b=words.number(s.change.now),
            certainty=words(f"sections.change.certainty.{s.change.certainty.value}"),
        )
        for s in slopes
    )
    alt = words("sections.change.alt", before=before, now=now, low=low, high=high, list=listed)
    title = words("charts.change", before=before, now=now)
    plot = moved(theme, words, title, slopes, (before, now), scale)
    return Figure(drawn, alt, plots=(plot,))


def _sure(change: Change) -> bool:
    return change.certainty is not Certainty.UNKNOWN


def _colour(theme: Theme, change: Change) -> str:
    if not _sure(change):
        return theme.mute
    return theme.primary if change.difference >= 0 else theme.accent


def _line(axes: Axes, theme: Theme, one: Slope) -> None:
    change, sure = one.change, _sure(one.change)
    colour = _colour(theme, change)
    shape = "o" if change.difference >= 0 or not sure else "D"
    axes.plot(
        [0, 1],
        [change.before, change.now],
        color=colour,
        clip_on=False,
        lw=2.4 if sure else 1.1,
        ls="-" if sure else (0, (4, 3)),
        zorder=3 if sure else 2,
    )
    axes.plot(
        [0, 1],
        [change.before, change.now],
        shape,
        color=colour,
        clip_on=False,
        ms=6 if sure else 4.5,
        mec="white",
        mew=0.6,
        zorder=4,
    )


def _values(axes: Axes, theme: Theme, words: Words, slopes: Sequence[Slope], gap: float) -> None:
    """The earlier values, each different one once, left of the line."""
    values = sorted({s.change.before for s in slopes})
    for value, y in zip(values, spread_labels(values, gap * 0.86), strict=True):
        axes.text(
            -0.06, y, words.number(value), fontsize=8, ha="right", va="center", color=theme.ink
        )


def _names(
    axes: Axes, theme: Theme, words: Words, slopes: Sequence[Slope], gap: float, right: float
) -> None:
    """Value and name at the right end, moved apart where they would collide."""
    order = sorted(slopes, key=lambda s: (s.change.now, s.change.before, s.name))
    places = spread_labels([s.change.now for s in order], gap)
    for one, y in zip(order, places, strict=True):
        sure = _sure(one.change)
        weight = "bold" if sure else "normal"
        if abs(y - one.change.now) > 0.02:
            axes.plot([1.02, 1.07], [one.change.now, y], color=theme.rule, lw=0.8, clip_on=False)
        axes.annotate(
            words.number(one.change.now),
            (1.09, y),
            (0, 0),
            annotation_clip=False,
            textcoords="offset points",
            fontsize=8.2,
            va="center",
            weight=weight,
            color=theme.ink,
        )
        axes.annotate(
            wrap(one.name, right - 0.62, 8.2, 1),
            (1.09, y),
            (20, 0),
            va="center",
            textcoords="offset points",
            annotation_clip=False,
            fontsize=8.2,
            weight=weight,
            color=_colour(theme, one.change) if sure else theme.ink,
        )


def moved(
    theme: Theme,
    words: Words,
    title: str,
    slopes: Sequence[Slope],
    waves: tuple[str, str],
    scale: tuple[int, int],
) -> Plot:
    """Before and now as bars: a category a dimension."""
    pairs = [(s.change.before, s.change.now) for s in slopes]
    return Plot(
        "bars",
        title,
        tuple(s.name for s in slopes),
        tuple(
            PlotSeries(
                name,
                tuple(pair[i] for pair in pairs),
                tuple(words.number(pair[i]) for pair in pairs),
                colour=colour,
            )
            for i, (name, colour) in enumerate(zip(waves, (theme.mute, theme.primary), strict=True))
        ),
        low=scale[0],
        high=scale[1],
    )
