"""Cells that every sheet is made of."""

from __future__ import annotations

from hrkit.blocks.worksheets import Cell, Number
from hrkit.disclosure.released import ALL, Score
from hrkit.report.context import Context
from hrkit.report.counting import at_least, behind

__all__ = ["INTERVAL", "columns", "count", "interval", "mean", "number", "share"]

#: Columns of a mean with its interval.
INTERVAL = ("mean", "low", "high")


def columns(ctx: Context, *names: str) -> tuple[str, ...]:
    """Header texts of the appendix by name."""
    return tuple(ctx.words(f"appendix.column.{name}") for name in names)


def number(value: float | None, decimals: int = 1) -> Cell:
    """A number as released; nothing for None."""
    return None if value is None else Number(value, decimals)


def share(value: float | None) -> Cell:
    """A share (0–1) in whole per cent; nothing for None."""
    return None if value is None else Number(value, 0, "percent")


def mean(ctx: Context, score: Score) -> Cell:
    """A mean, or in words why there is none."""
    return number(score.mean) if score.shown else ctx.mean(score)


def interval(ctx: Context, score: Score) -> tuple[Cell, Cell, Cell]:
    """A mean and its interval; without a mean no ends either."""
    ends = (number(score.low), number(score.high)) if score.shown else (None, None)
    return (mean(ctx, score), *ends)


def count(ctx: Context, score: Score) -> Cell:
    """How many answered, where the mean is shown; the report counts no total over perspectives."""
    if not score.shown or score.group == ALL:
        return None
    return number(score.n, 0) if at_least(ctx, score) is None else behind(ctx, score)
