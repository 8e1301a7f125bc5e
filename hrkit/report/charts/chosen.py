"""What was chosen of a list: a bar for each group beside each option, with its share at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

from hrkit.blocks import Figure
from hrkit.blocks.plots import Plot, PlotSeries
from hrkit.disclosure.released import Ballot
from hrkit.model.language import Words
from hrkit.report.charts.base import TEXT_WIDTH, canvas, svg, width_of, wrap
from hrkit.report.theme import Theme

__all__ = ["Voters", "chosen"]

#: Inches: height of a bar with its room, between two options, and what names take.
_BAR, _ROOM, _LABELS = 0.15, 0.1, 2.25
_CLOSE = 0.115
_SIZE = 7.4


@dataclass(frozen=True, slots=True)
class Voters:
    """A group, what the chart calls it, and what it chose."""

    group: str
    label: str
    ballot: Ballot


def chosen(
    theme: Theme,
    words: Words,
    options: Sequence[tuple[str, str]],
    groups: Sequence[Voters],
    height: float = 0.0,
) -> Figure:
    """A chart of shares; of a group's small ones stands that they are few.

    Parameters
    ----------
    options
        Id and name, in the order in which they are drawn.
    groups
        Those that are shown.
    height
        Inches at least.
    """
    # Four groups lie closer, so that the order stands on the same page.
    bar = _BAR if len(groups) < 3 else _CLOSE
    row = max(bar * len(groups), 0.17) + _ROOM
    top = 0.26
    tall = max(height, top + row * len(options))
    with canvas(theme, TEXT_WIDTH, tall) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.axis("off")
        axes.set_xlim(0, TEXT_WIDTH)
        axes.set_ylim(tall, 0)
        x = _LABELS
        for one in groups:
            _bar(axes, x, 0.07, 0.13, theme.mark(one.group).colour)
            axes.text(x + 0.19, 0.07, one.label, fontsize=_SIZE, va="center_baseline")
            x += 0.36 + width_of(one.label, _SIZE) / 72 * 1.05
        room = TEXT_WIDTH - _LABELS - 0.5
        for i, (id, name) in enumerate(options):
            first = top + i * row + bar / 2
            middle = first + (len(groups) - 1) * bar / 2
            axes.text(
                0,
                middle,
                wrap(name, _LABELS - 0.15, 8, 2),
                fontsize=8,
                va="center",
                linespacing=1.05,
                color=theme.ink,
            )
            for j, one in enumerate(groups):
                y, share = first + j * bar, _alone(one.ballot, id)
                if share:
                    _bar(axes, _LABELS, y, room * share, theme.mark(one.group).colour, 0.73 * bar)
                axes.text(
                    _LABELS + room * (share or 0) + 0.05,
                    y,
                    _said(words, one.ballot, id),
                    fontsize=_SIZE,
                    va="center_baseline",
                    style="normal" if share is not None else "italic",
                    color=theme.ink if share is not None else theme.mute,
                )
        axes.plot([_LABELS, _LABELS], [top - 0.04, tall - 0.02], color=theme.rule, lw=0.8)
        drawn = svg(figure)
    listed = "; ".join(
        words(
            "report.alt.row",
            name=name,
            values=", ".join(f"{one.label} {_said(words, one.ballot, id)}" for one in groups),
        )
        for id, name in options
    )
    return Figure(
        drawn,
        words("sections.chosen.alt", list=listed),
        plots=(plotted(theme, words, options, groups),),
    )


def plotted(
    theme: Theme, words: Words, options: Sequence[tuple[str, str]], groups: Sequence[Voters]
) -> Plot:
    """The same shares as data: a category an option, a series a group."""
    return Plot(
        "bars",
        words("charts.chosen"),
        tuple(name for _, name in options),
        tuple(
            PlotSeries(
                one.label,
                tuple(_alone(one.ballot, id) for id, _ in options),
                tuple(_said(words, one.ballot, id) for id, _ in options),
                counts=tuple(str(one.ballot.n) for _ in options),
                colour=theme.mark(one.group).colour,
            )
            for one in groups
        ),
        percent=True,
        decimals=0,
    )


def _alone(ballot: Ballot, option: str) -> float | None:
    """The share of an option that is given by itself."""
    return ballot.share(option) if option in ballot.values else None


def _said(words: Words, ballot: Ballot, option: str) -> str:
    share = _alone(ballot, option)
    return words("sections.chosen.few") if share is None else words.percent(share)


def _bar(axes: Axes, x: float, y: float, wide: float, colour: str, tall: float = 0.11) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x, y - tall / 2), wide, tall, facecolor=colour, lw=0))
