"""The leadership chain: one line a dimension, read downwards from the top of the chain."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas
    from matplotlib.path import Path

from hrkit.blocks import Figure
from hrkit.disclosure.released import Score
from hrkit.model.language import Words
from hrkit.report.charts.base import (
    FAMILY,
    TEXT_WIDTH,
    canvas,
    row_axes,
    svg,
    width_of,
    wrap,
    wrapped_ends,
)
from hrkit.report.charts.marks import Row, Series, alt_row, band, row_labels
from hrkit.report.charts.plotted import scores as plotted
from hrkit.report.theme import Theme

__all__ = ["Link", "descent"]


@dataclass(frozen=True, slots=True)
class Link:
    """One level of the chain: whose colour and shape, its name, and the sign inside the mark."""

    group: str
    label: str
    sign: str = ""


def descent(
    theme: Theme,
    words: Words,
    rows: Sequence[tuple[Row, float | None, bool]],
    links: Sequence[Link],
    *,
    scale: tuple[int, int],
    ends: Sequence[str] = (),
    joined: bool = True,
) -> Figure:
    """One short line a dimension, from the top of the chain downwards.

    Parameters
    ----------
    rows
        Each with one score per link, the difference printed at its end (None for none), and
        whether that difference stands out.
    joined
        Whether the links have an order and are joined by a line.
    """
    low, high = scale
    step = 0.128
    labels, each = 1.75, max(0.4, step * (len(links) - 1) + 0.27)
    right = TEXT_WIDTH - (1.05 if joined else 0.3)
    slot = (right - labels) / (high - low + 0.2)
    names = wrapped_ends(ends, slot)
    head = (0.52 + 0.12 * names[0].count("\n") if names else 0.25) + 0.2
    height = head + each * len(rows) + 0.05
    with canvas(theme, TEXT_WIDTH, height) as figure:
        axes = row_axes(figure, theme, len(rows), each, scale, names, (labels, right))
        row_labels(axes, [wrap(row.name, labels - 0.15) for row, *_ in rows], labels, each)
        for y in range(1, len(rows)):
            axes.axhline(y - 0.5, color=theme.rule, lw=0.5, zorder=0)
        offsets = [step / each * (i - (len(links) - 1) / 2) for i in range(len(links))]
        for y, (row, difference, strong) in enumerate(rows):
            _line(axes, theme, words, y, row, links, offsets, strong, joined)
            if difference is not None:
                axes.text(
                    high + 0.85 / slot,
                    y,
                    words.signed(difference),
                    ha="right",
                    va="center",
                    fontsize=8.5,
                    weight="bold" if strong else "normal",
                    color=theme.ink if strong else theme.mute,
                )
        for i, (link, offset) in enumerate(zip(links, offsets, strict=True)):
            heights = [y + offset for y in range(len(rows))]
            _marks(axes, theme, link, [row.scores[i] for row, *_ in rows], heights)
        if joined:
            axes.text(
                high + 0.85 / slot,
                -0.52,
                words("sections.chain.difference"),
                ha="right",
                va="bottom",
                fontsize=7.5,
                color=theme.mute,
            )
        _key(figure, theme, links, height)
        drawn = svg(figure)
    series = [Series(link.group, link.label) for link in links]
    listed = "; ".join(alt_row(row, series, words) for row, *_ in rows)
    alt = words("sections.chain.alt", low=low, high=high, list=listed)
    plot = plotted(theme, words, words("charts.chain"), [row for row, *_ in rows], series, scale)
    return Figure(drawn, alt, plots=(plot,))


def _line(
    axes: Axes,
    theme: Theme,
    words: Words,
    y: int,
    row: Row,
    links: Sequence[Link],
    offsets: Sequence[float],
    strong: bool,
    joined: bool,
) -> None:
    shown = [
        (score, link, y + offset)
        for score, link, offset in zip(row.scores, links, offsets, strict=True)
        if score.mean is not None
    ]
    if joined:
        axes.plot(
            [s.mean or 0 for s, *_ in shown],
            [at for *_, at in shown],
            zorder=2,
            color=theme.accent if strong else "#aeb7c1",
            lw=2.0 if strong else 1.4,
        )
    for score, _, at in shown:
        mean = score.mean or 0
        axes.text(
            max((band(score, axes.get_xlim(), alone=False) or (0, mean))[1], mean + 0.06) + 0.06,
            at,
            words.number(mean),
            fontsize=7.2,
            va="center_baseline",
            color=theme.ink,
            zorder=5,
            bbox={"boxstyle": "square,pad=0.08", "fc": "white", "ec": "none"},
        )


def _marks(
    axes: Axes, theme: Theme, link: Link, scores: Sequence[Score], heights: Sequence[float]
) -> None:
    """All marks of one link with their intervals."""
    colour = theme.mark(link.group).colour
    ranges = [
        (*ends, y)
        for s, y in zip(scores, heights, strict=True)
        if (ends := band(s, axes.get_xlim(), alone=False))
    ]
    if ranges:
        low, high, at = zip(*ranges, strict=True)
        axes.hlines(at, low, high, color=colour, lw=2.6, alpha=0.22, capstyle="round", zorder=1)
    shown = [(s.mean, y) for s, y in zip(scores, heights, strict=True) if s.mean is not None]
    _mark(axes, theme, link, [x for x, _ in shown], [y for _, y in shown])


def _mark(axes: Axes, theme: Theme, link: Link, x: list[float], y: list[float]) -> None:
    mark = theme.mark(link.group)
    axes.plot(
        x,
        y,
        mark.shape,
        ms=8.6 if link.sign else 6.8,
        color=mark.colour,
        mec="white",
        mew=0.6,
        zorder=3,
    )
    if link.sign:
        axes.plot(x, y, ls="", marker=_sign(link.sign), ms=4.9, color="white", mew=0, zorder=4)


@functools.lru_cache(maxsize=64)
def _sign(sign: str) -> Path:
    """The sign as a marker around its middle: one drawing for all of its marks."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath
    from matplotlib.transforms import Affine2D

    path = TextPath((0, 0), sign, size=10, prop=FontProperties(family=FAMILY, weight="bold"))
    box = path.get_extents()
    middle = Affine2D().translate(-(box.x0 + box.x1) / 2, -(box.y0 + box.y1) / 2)
    return path.transformed(middle)


def _key(figure: Canvas, theme: Theme, links: Sequence[Link], height: float) -> None:
    """The links' names in one line over the chart, each after its mark; cut where they are long."""
    axes = figure.add_axes((0, 1 - 0.2 / height, 1, 0.2 / height))
    axes.axis("off")
    axes.set_xlim(0, TEXT_WIDTH)
    axes.set_ylim(0, 1)
    room = (TEXT_WIDTH - 0.32 * len(links)) / max(1, len(links))
    wide = sum(width_of(link.label, 8) / 72 * 1.06 + 0.32 for link in links) > TEXT_WIDTH
    x = 0.08
    for link in links:
        label = wrap(link.label, room / 1.06, 8, 1) if wide else wrap(link.label, 6, 8, 1)
        _mark(axes, theme, link, [x], [0.5])
        axes.text(
            x + 0.12,
            0.5,
            label,
            va="center_baseline",
            fontsize=8,
            weight="bold",
            color=theme.mark(link.group).colour,
        )
        x += 0.34 + width_of(label, 8) / 72 * 1.06
