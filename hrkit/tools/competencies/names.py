"""Whose order it is, what a competency is called, and how a probability is printed."""

from __future__ import annotations

from hrkit.report.context import Context
from hrkit.tools.competencies.findings import Competency

__all__ = ["leaders", "name", "other_side", "tens"]


def leaders(ctx: Context) -> str:
    """The group whose competencies they are: the instrument's first side."""
    return _side(ctx, 0)


def other_side(ctx: Context) -> str:
    """The group whose order is laid beside; empty where it is no group of its own."""
    found = _side(ctx, 1)
    return found if ctx.released.group(found) else ""


def _side(ctx: Context, which: int) -> str:
    side = ctx.instrument.sides[which]
    found = ctx.released.group(side)
    return found.id if found else side


def name(ctx: Context, one: Competency) -> str:
    """A competency's name."""
    return ctx.wording(one.asked.item).rstrip(".")


def tens(ctx: Context, probability: float | None) -> str:
    """A probability in tens of per cent; never none and never all."""
    if probability is None:
        return "–"
    if probability < 0.05:
        return ctx.words("competencies.hardly")
    return (
        ctx.words.percent(min(0.9, round(probability, 1)))
        if probability < 0.95
        else "> " + (ctx.words.percent(0.9))
    )
