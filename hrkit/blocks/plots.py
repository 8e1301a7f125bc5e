"""The data of a chart, for formats that draw charts of their own.

A `hrkit.blocks.Figure` is a picture with a sentence.  Where a program has charts that people edit
(Word, PowerPoint, Excel), it is drawn from the figure's plots instead: what the axis says, and what
each series holds.  A plot holds what the picture prints and nothing more: rounded values, and in
words why one is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

__all__ = ["PATTERNS", "Pattern", "Plot", "PlotSeries"]

#: What may be drawn on a colour.
Pattern: TypeAlias = Literal["", "slant", "upright", "level"]
PATTERNS: tuple[Pattern, ...] = get_args(Pattern)


@dataclass(frozen=True, slots=True)
class PlotSeries:
    """One group, answer or wave of a plot.

    Attributes
    ----------
    name
        As the chart's key calls it.
    values
        As printed, one for each category; None where there is none.
    said
        Each value in the reader's own writing ("2,4", "31 %"), or in words why there is none;
        empty where it was not asked.
    low, high
        Ends of each value's interval, where it is printed with one; empty for none.
    counts
        How many people stand behind each value, as it is printed; empty where it is not.
    colour
        ``#rrggbb``; empty for the document's own.
    pattern
        What is drawn on the colour where shades alone would look alike in grey: lines that
        are a ``slant``, ``upright`` or ``level``; empty for none.
    """

    name: str
    values: tuple[float | None, ...]
    said: tuple[str, ...] = ()
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    counts: tuple[str, ...] = ()
    colour: str = ""
    pattern: Pattern = ""
    type: Literal["plot-series"] = "plot-series"


@dataclass(frozen=True, slots=True)
class Plot:
    """What one chart shows, without its look.

    Attributes
    ----------
    kind
        ``bars``: bars side by side, one a series in each category; ``stack``: parts of a whole;
        ``points``: a point a category, the first series across and the second upwards.
    title
        What it shows; a chart of a document has no two of one title.
    categories
        Names of the rows, in their order from top to bottom.
    low, high
        Ends of the axis of values; of ``points``, of the axis upwards.
    across
        Of ``points``: ends of the axis across.
    percent
        Values are shares (0-1).
    decimals
        Of the values as they are printed.
    """

    kind: Literal["bars", "stack", "points"]
    title: str
    categories: tuple[str, ...]
    series: tuple[PlotSeries, ...]
    low: float = 0.0
    high: float = 1.0
    across: tuple[float, ...] = ()
    percent: bool = False
    decimals: int = 1
    type: Literal["plot"] = "plot"

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Every category with what is said of it in each series: the chart as a table of words."""
        return tuple(
            (name, *(one.said[i] if i < len(one.said) else "" for one in self.series))
            for i, name in enumerate(self.categories)
        )

    def words(self) -> str:
        """The chart as one sentence a category: its text equivalent."""
        told = []
        for name, *values in self.rows():
            parts = [f"{s.name} {v}" for s, v in zip(self.series, values, strict=True) if v]
            told.append(f"{name}: {', '.join(parts)}" if parts else name)
        return f"{self.title}. " + "; ".join(told)
