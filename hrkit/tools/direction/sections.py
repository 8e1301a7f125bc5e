"""The direction canvas: its chapter, sheets to print and to fill in, and what it asks for."""

from __future__ import annotations

from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.report.chapter import Chapter, Recipe
from hrkit.report.claims import Claim
from hrkit.report.context import Context
from hrkit.report.tool_steps import ToolStep
from hrkit.tools.direction.canvas import TOOL, canvas, parties_of, writers_of
from hrkit.tools.direction.findings import AGREED, agreed
from hrkit.tools.direction.forms import FORMS
from hrkit.tools.direction.names import party_name
from hrkit.tools.direction.page import direction, lines_of, said_of, told_of
from hrkit.tools.direction.sheets import FLAT, SHEETS

__all__ = ["CHAPTER", "CLAIMS", "FLAT", "FORMS", "SHEETS", "STEPS"]

#: Steps that the tool asks for.
_STEPS = 4


def worksheet(ctx: Context) -> Worksheet:
    """What each party wrote, a line a field."""
    w = ctx.words
    rows: list[tuple[Cell, ...]] = [
        (
            party_name(ctx, party),
            w(f"direction.field.{field}"),
            line.field("text"),
            line.field("measure"),
            line.field("date"),
            line.field("role"),
        )
        for (party, field), line in lines_of(ctx).items()
        if party in writers_of(ctx.engagement) and field in canvas().fields
    ]
    names = ("party", "field", "text", "measure", "date", "role")
    head = tuple(w(f"direction.column.{one}") for one in names)
    return Worksheet(w("direction.worksheet"), w("direction.canvas"), head, tuple(rows))


def _chapters(ctx: Context) -> tuple[Chapter, ...]:
    sheet = worksheet(ctx)
    return (Chapter(direction(ctx), (sheet,) if sheet.rows else (), TOOL),)


def STEPS(ctx: Context) -> tuple[ToolStep, ...]:  # noqa: N802 - a constant's name: what a tool offers
    """The steps of an agreed plan; then parts of the cycle that nobody leads or the manager is missing in."""
    w, said = ctx.words, said_of(ctx)
    marks = {line.row: line for line in ctx.records.sheet(TOOL, AGREED)}
    steps: list[ToolStep] = []
    if agreed(marks.get("plan")):
        for (party, field), line in lines_of(ctx).items():
            known = canvas().fields.get(field)
            if known and known.step and line.field("text") and line.field("role"):
                steps.append(
                    ToolStep(
                        f"{TOOL}:plan:{party}.{field}",
                        party if party in parties_of(ctx.engagement) else canvas().decides,
                        line.field("text"),
                        w("direction.why.plan", who=party_name(ctx, party)),
                        agreed=True,
                    )
                )
    rules = {"nobody-leads": canvas().decides, "manager-absent": "partners"}
    for one in said.findings:
        if one.rule in rules and len(steps) < _STEPS:
            row = w(f"direction.phase.{one.row}")
            steps.append(
                ToolStep(
                    f"{TOOL}:{one.rule}:{one.row}",
                    rules[one.rule],
                    w(f"direction.step.{one.rule}", row=row),
                    told_of(ctx, one),
                    horizon="now" if one.rule == "nobody-leads" else "year",
                )
            )
    return tuple(steps)


CHAPTER = Recipe(_chapters)
#: Nothing is concluded from a figure here: parties are counted, and what they wrote stands as it is.
CLAIMS: tuple[Claim, ...] = ()
