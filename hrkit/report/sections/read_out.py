"""What is read out of a chart: one sentence, where the report has its figures as a table."""

from __future__ import annotations

from dataclasses import replace

from hrkit.blocks import Figure
from hrkit.report.context import Context

__all__ = ["as_table", "lists"]


def as_table(ctx: Context, chart: Figure, says: str) -> Figure:
    """The chart with ``says`` in place of its figures; as it is where no page has them as a table."""
    if not lists(ctx, "figures"):
        return chart
    return replace(chart, alt=f"{says} {ctx.words('sections.figures.alt')}")


def lists(ctx: Context, section: str) -> bool:
    """Whether the report's profile has a section."""
    return any(section in part for part in ctx.profile["parts"].values())
