"""A sheet of everything that is advised, with what a plan needs: who, when, how it begins and shows."""

from __future__ import annotations

from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.report import findings
from hrkit.report.context import Context
from hrkit.report.steps import chosen, rests_on

__all__ = ["advice"]


def advice(ctx: Context) -> Worksheet:
    """A row per action that the report prints, in the order of the decision list."""
    w = ctx.words
    pages = any("dimensions" in part for part in ctx.profile["parts"].values())
    order = [one.measure for one in findings.to_take_up(ctx.released)]
    if not pages:
        order = order[: int(ctx.profile.get("steps", len(order)))]
    else:
        # What is at its target has next steps on its own page all the same.
        order += [s.id for s in ctx.instrument.dimensions if s.id not in order]
    by = {section.id: section for section in ctx.instrument.dimensions}
    rows: list[tuple[Cell, ...]] = [
        (
            ctx.name(by[id]),
            w(f"report.action.horizon.{action.horizon}"),
            ctx.owner(action.owner),
            ctx.text(action.text),
            ctx.text(action.first),
            ctx.text(action.sign) if action.sign else "",
            w(f"report.action.effort.{action.effort}"),
            w(f"report.action.effect.{action.effect}"),
            rests_on(ctx, action, by[id]),
        )
        for id in order
        if id in by
        for action in chosen(ctx, by[id])
    ]
    names = ("horizon", "owner", "action", "first", "sign", "effort", "effect", "rests")
    return Worksheet(
        w("appendix.sheet.advice"),
        w("appendix.title.advice"),
        (w("report.profile.dimension"), *(w(f"report.action.column.{name}") for name in names)),
        tuple(rows),
        (w("appendix.note.advice"),),
        (24.0, 14.0, 20.0, 60.0, 48.0, 48.0, 11.0, 12.0, 32.0),
    )
