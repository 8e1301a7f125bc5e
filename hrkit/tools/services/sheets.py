"""The service check's sheets: what is decided at the meeting, and the page for leaders."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrkit.blocks import Block, Bullets, Heading, Note, Paragraph, Table, Text, b
from hrkit.report.context import Context
from hrkit.report.handouts.room import GROUND, room
from hrkit.tools.services.decided import listed
from hrkit.tools.services.findings import Quadrant, first, page, services
from hrkit.tools.services.names import short, users

__all__ = ["SHEETS"]

#: Services that a sheet names from the answers.
NAMED = 4


def decide_sheet(ctx: Context) -> tuple[Block, ...]:
    """One sheet for the meeting: keep, improve, stop, start, with what the answers name."""
    w = ctx.words
    found = page(ctx, users(ctx))
    kinds = [
        (one.value, one)
        for one in (Quadrant.KEEP, Quadrant.IMPROVE, Quadrant.LIGHTEN, Quadrant.ASK)
    ]
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
    """The page for leaders: every service, or those of which HR has written what one gets; room for a pen else."""
    w, told = ctx.words, listed(ctx)
    offered = [one for one in services(ctx.instrument) if not told or one.item.id in told]
    # To write on, a service says by its own name what it is: so all stand on one page.
    names = ("gets", "who", "how") if told else ("who", "how")
    rows: list[tuple[Text, ...]] = []
    for one in offered:
        line = told.get(one.item.id)
        said = [line.field(name) if line else "" for name in names]
        rows.append((ctx.wording(one.item).rstrip("."), *(text or room(1) for text in said)))
    return (
        Heading(w("services.catalogue.title")),
        Paragraph(w("services.catalogue.lead"), lead=True),
        Table(
            (
                w("services.table.service"),
                *(w(f"services.catalogue.{name}") for name in names),
            ),
            tuple(rows),
            widths=(2.4, 2.2, 1.2, 1.2) if told else (3.4, 1.5, 1.5),
            compact=True,
            shades=tuple(("", *(GROUND,) * len(names)) for _ in rows),
            summary=w("services.catalogue.title"),
        ),
        Note(w("services.catalogue.seen_by")),
    )


SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {
    "decide": decide_sheet,
    "catalogue": catalogue_sheet,
}
