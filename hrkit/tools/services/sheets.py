"""The service check's sheets: what is decided at the meeting, and the page for leaders."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrkit.blocks import Block, Bullets, Heading, Note, Paragraph, Table, Text, b
from hrkit.report.context import Context
from hrkit.report.handouts.room import GROUND, room
from hrkit.tools.services.findings import Quadrant, first, page, services
from hrkit.tools.services.names import short, users

__all__ = ["SHEETS"]

#: Services that a sheet names from the answers.
NAMED = 4


def decide_sheet(ctx: Context) -> tuple[Block, ...]:
    """One sheet for the meeting: keep, improve, stop, start, with what the answers name."""
    w = ctx.words
    found = page(ctx, users(ctx))
    kinds = (("keep", Quadrant.KEEP), ("improve", Quadrant.IMPROVE), ("ask", Quadrant.ASK))
    rows: list[tuple[Text, ...]] = []
    for name, kind in kinds:
        named = [short(ctx, one) for one in first(found, kind)][:NAMED]
        listed = w("services.decide.candidates", list="; ".join(named)) if named else ""
        rows.append(((b(w(f"services.group.{name}")),), f"{listed}\n{room(2)}", room(2)))
    for key in ("start", "leaders"):
        rows.append(((b(w(f"services.decide.{key}")),), room(3), room(3)))
    steps = tuple(w(f"services.decide.step.{i}") for i in range(1, 6))
    return (
        Heading(w("services.decide.title"), kicker=w("services.decide.kicker")),
        Paragraph(w("services.decide.rule"), lead=True),
        Table(
            ("", w("services.decide.ours"), w("services.decide.owner")),
            tuple(rows),
            widths=(1.2, 3.6, 1.6),
            shades=tuple(("", GROUND, GROUND) for _ in rows),
            summary=w("services.decide.title"),
        ),
        Heading(w("services.decide.steps"), level=2),
        Bullets(steps),
        Note(w("services.decide.seen_by")),
    )


def catalogue_sheet(ctx: Context) -> tuple[Block, ...]:
    """The page for leaders: every service with room for whom to ask and how soon."""
    w = ctx.words
    rows = tuple(
        (ctx.wording(one.item).rstrip("."), room(1), room(1)) for one in services(ctx.instrument)
    )
    return (
        Heading(w("services.catalogue.title")),
        Paragraph(w("services.catalogue.lead"), lead=True),
        Table(
            (
                w("services.table.service"),
                w("services.catalogue.who"),
                w("services.catalogue.how"),
            ),
            rows,
            widths=(3.4, 1.5, 1.5),
            compact=True,
            shades=tuple(("", GROUND, GROUND) for _ in rows),
            summary=w("services.catalogue.title"),
        ),
        Note(w("services.catalogue.seen_by")),
    )


SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {
    "decide": decide_sheet,
    "catalogue": catalogue_sheet,
}
