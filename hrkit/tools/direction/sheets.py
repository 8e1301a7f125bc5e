"""The direction canvas to write on and to sign: each party's canvas, the agreed text, the talent cycle."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrkit.blocks import Block, Bullets, Heading, Note, Paragraph, Table, Text, b
from hrkit.report.context import Context
from hrkit.report.handouts.room import BOX, GROUND, box, room
from hrkit.tools.direction.canvas import TOOL, canvas, parties_of
from hrkit.tools.direction.findings import AGREED, CANVAS, CARDS, CYCLE
from hrkit.tools.direction.names import phase_name
from hrkit.tools.direction.page import day_of, lines_of, words_of

__all__ = ["FLAT", "SHEETS"]


def canvas_sheet(ctx: Context) -> tuple[Block, ...]:
    """The canvas to write on, parties side by side; what is kept already stands in it."""
    w, parties, told = ctx.words, parties_of(ctx.engagement), lines_of(ctx)
    rows = tuple(
        (
            (b(w(f"direction.field.{field}")),),
            *(
                words_of(ctx, line) if (line := told.get((party, field))) else room(2)
                for party in parties
            ),
        )
        for field in canvas().fields
    )
    return (
        Heading(w("direction.sheet.canvas.title"), kicker=w("direction.sheet.kicker")),
        Paragraph(w("direction.sheet.canvas.rule")),
        Table(
            ("", *(ctx.named(party, "label") for party in parties)),
            rows,
            widths=(1.7, *(2.2,) * len(parties)),
            compact=True,
            shades=tuple(("", *(GROUND,) * len(parties)) for _ in rows),
            summary=w("direction.sheet.canvas.title"),
        ),
        Note(w("direction.sheet.seen_by")),
    )


def agreed_sheet(ctx: Context) -> tuple[Block, ...]:
    """The agreed text to read aloud and sign, with the course of the meeting."""
    w = ctx.words
    marks = {line.row: line for line in ctx.records.sheet(TOOL, AGREED)}
    rows = []
    for topic in canvas().topics:
        line = marks.get(topic)
        rows.append(
            (
                (b(w(f"direction.topic.{topic}")),),
                line.field("text") if line and line.field("text") else room(4),
                line.field("yes") if line and line.field("yes") else room(4),
                day_of(ctx, line) if line and line.field("date") else room(1),
            )
        )
    steps = tuple(w(f"direction.sheet.step.{i}") for i in range(1, 6))
    return (
        Heading(w("direction.sheet.agreed.title"), kicker=w("direction.sheet.kicker")),
        Paragraph(w("direction.sheet.agreed.rule"), lead=True),
        Table(
            tuple(w(f"direction.table.{one}") for one in ("topic", "agreed", "yes", "date")),
            tuple(rows),
            widths=(1.3, 3.6, 1.7, 1.1),
            shades=tuple(("", GROUND, GROUND, GROUND) for _ in rows),
            summary=w("direction.sheet.agreed.title"),
        ),
        Heading(w("direction.sheet.steps"), level=2),
        Bullets(steps),
        Note(w("direction.sheet.seen_by")),
    )


def cycle_sheet(ctx: Context) -> tuple[Block, ...]:
    """The talent cycle to write on: who leads, who joins, the manager's own part."""
    w, parties = ctx.words, parties_of(ctx.engagement)
    blank = (room(3),) * (len(parties) + 3)
    rows = tuple((phase_name(ctx, phase), *blank) for phase in canvas().phases)
    head = tuple(w(f"direction.table.{one}") for one in ("own", "figures", "hands"))
    return (
        Heading(w("direction.sheet.cycle.title"), kicker=w("direction.sheet.kicker")),
        Paragraph(w("direction.sheet.cycle.rule"), lead=True),
        Table(
            (
                w("direction.table.phase"),
                *(ctx.named(one, "short") for one in parties),
                *head,
            ),
            rows,
            widths=(1.7, *(0.95,) * len(parties), 2.3, 1.9, 1.3),
            shades=tuple(("", *(GROUND,) * len(blank)) for _ in rows),
            summary=w("direction.sheet.cycle.title"),
        ),
        Note(w("direction.signs")),
        Note(w("direction.sheet.seen_by")),
    )


def cards_sheet(ctx: Context) -> tuple[Block, ...]:
    """One side's card to fill in as a group, before the two are laid side by side: six acts, and what one saw."""
    w = ctx.words
    said = ("yes", "partly", "no")
    rows: tuple[tuple[Text, ...], ...] = tuple(
        ((b(w(f"direction.capability.{one}")),), *(BOX for _ in said), room(4))
        for one in canvas().capabilities
    )
    return (
        Heading(w("direction.form.capabilities.title"), kicker=w("direction.sheet.cards.kicker")),
        Paragraph(w("direction.sheet.cards.rule"), lead=True),
        box(w("direction.column.party"), 1, compact=True),
        Table(
            (
                w("direction.table.capability"),
                *(w(f"direction.card.{one}") for one in said),
                w("direction.table.seen"),
            ),
            rows,
            align=("left", "center", "center", "center", "left"),
            widths=(2.6, 0.6, 0.7, 0.6, 3.0),
            shades=tuple(("", "", "", "", GROUND) for _ in rows),
            summary=w("direction.form.capabilities.title"),
        ),
        Note(w("direction.sheet.seen_by")),
    )


SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {
    CANVAS: canvas_sheet,
    AGREED: agreed_sheet,
    CYCLE: cycle_sheet,
    CARDS: cards_sheet,
}
#: Sheets that lie on their side.
FLAT = frozenset({CANVAS, CYCLE})
