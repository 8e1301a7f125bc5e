"""What to do next: the steps the answers point to, each with the findings it rests on."""

from __future__ import annotations

from hrkit.blocks import Block, Callout, Heading, PageBreak, Paragraph, Table
from hrkit.report.actions import HORIZONS
from hrkit.report.context import Context
from hrkit.report.steps import action_text, by_horizon, rests_on

__all__ = ["roadmap"]


def roadmap(ctx: Context) -> tuple[Block, ...]:
    """The steps by horizon: now, within a year, in two to three years."""
    w = ctx.words
    head = Heading(w("report.roadmap.title"), new_page=True)
    if ctx.library is None:
        return ()
    steps = by_horizon(ctx, int(ctx.profile.get("steps", 4)))
    if not any(steps.values()):
        return (head, Callout(w("report.roadmap.nothing")))
    blocks: list[Block] = [
        Heading(w("report.roadmap.title")),
        Paragraph(w("report.roadmap.lead"), lead=True),
    ]
    columns = tuple(
        w(f"report.action.column.{c}") for c in ("action", "dimension", "owner", "rests")
    )
    for horizon in HORIZONS:
        mine = steps[horizon]
        if not mine:
            continue
        name = w(f"report.action.horizon.{horizon}")
        rows = tuple(
            (
                action_text(ctx, step.action),
                ctx.name(step.section),
                ctx.owner(step.action.owner),
                rests_on(ctx, step.action, step.section),
            )
            for step in mine
        )
        blocks += [
            Heading(name, level=2),
            Table(columns, rows, widths=(3.4, 1.5, 1.1, 1.4), row_headers=False, summary=name),
        ]
    return (PageBreak(), *blocks)
