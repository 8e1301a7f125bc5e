"""The roadmap on one page: three columns, what each step takes of whom, and whether it can be carried."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrkit.blocks import Block, Heading, Note, Paragraph, Span, Table, Text, b
from hrkit.report.actions import HORIZONS
from hrkit.report.context import Context
from hrkit.report.handouts.room import GROUND, room
from hrkit.report.planned_work import RoadmapRow, rows
from hrkit.report.sections.roadmap_fit import days, owner_name, since_last, strip

__all__ = ["FLAT", "SHEETS"]

#: Rows that a column holds on one page.
_ROWS = 5


def roadmap_sheet(ctx: Context) -> tuple[Block, ...]:
    """One sheet for the owners' meeting."""
    w, planned = ctx.words, rows(ctx)
    by = {horizon: [row for row in planned if row.horizon == horizon] for horizon in HORIZONS}
    high = min(_ROWS, max((len(mine) for mine in by.values()), default=0))
    table = tuple(
        tuple(_cell(ctx, by[horizon][i]) if i < len(by[horizon]) else "–" for horizon in HORIZONS)
        for i in range(high)
    )
    more = tuple(
        w("roadmap.sheet.more", n=len(by[horizon]) - _ROWS) if len(by[horizon]) > _ROWS else ""
        for horizon in HORIZONS
    )
    table = (*table, more) if any(more) else table
    # Where nothing is planned yet the room writes: step, owner, by when.
    blank = (room(2),) * len(HORIZONS)
    empty = not table
    table = table or (blank,) * _ROWS
    fits = strip(ctx)
    return (
        Heading(w("roadmap.sheet.title"), kicker=w("roadmap.sheet.kicker")),
        Paragraph((b(w("roadmap.sheet.rule")),)),
        *since_last(ctx),
        Table(
            tuple(w(f"report.action.horizon.{horizon}") for horizon in HORIZONS),
            table,
            widths=(1.0, 1.0, 1.0),
            row_headers=False,
            shades=((GROUND,) * len(HORIZONS),) * len(table) if empty else (),
            compact=True,
            summary=w("roadmap.sheet.title"),
        ),
        *((fits,) if fits else ()),
        Note(w("roadmap.sheet.steps")),
        Note(w("roadmap.sheet.seen_by")),
    )


def _cell(ctx: Context, row: RoadmapRow) -> Text:
    """A step, whose it is, how many days it takes, whose yes it has, who helps, what it takes, if it must be."""
    w = ctx.words
    owner = owner_name(ctx, row.owner) if row.owner else w("roadmap.sheet.nobody")
    said = w("roadmap.sheet.row", owner=owner, n=days(ctx, row.days))
    if row.yes:
        said = f"{said} · {w('roadmap.sheet.yes', who=row.yes)}"
    elif row.agreed:
        said = f"{said} · {w('roadmap.tools.agreed').lower()}"
    if row.helpers:
        said = f"{said} · {w('roadmap.sheet.helpers', who=row.helpers)}"
    if row.needs:
        said = f"{said} · {w('roadmap.sheet.needs', what=w(f'plan_of_action.needs.{row.needs}'))}"
    if row.duty:
        said = f"{said} · {w('roadmap.sheet.duty')}"
    return (Span(row.text), Span(f"\n{said}", "mute"))


SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {"roadmap": roadmap_sheet}
#: Sheets that lie on their side.
FLAT = frozenset({"roadmap"})
