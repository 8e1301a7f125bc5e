"""The blueprint's papers: a party's sheet, the meeting's, and the page to sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrkit.blocks import Block, Bullets, Heading, Note, Paragraph, Table, Text, b
from hrkit.report.context import Context
from hrkit.report.handouts.room import GROUND, box, room
from hrkit.tools.blueprint.agreed import settled
from hrkit.tools.blueprint.tasks import everywhere, named, tasks

__all__ = ["SHEETS"]

#: Rows of a page to sign that nothing is written on yet.
BLANK = 12


def party_sheet(ctx: Context) -> tuple[Block, ...]:
    """A party's sheet to write on: the tasks that are asked, an actor a column, each cell twice."""
    w, actors = ctx.words, everywhere(ctx.instrument)
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (one.name + (" §" if one.rights else ""), *("   |   " for _ in actors))
        for one in tasks(ctx.instrument, w)
        if one.asked
    )
    return (
        Heading(
            w("blueprint.form.party.title"),
            kicker=w("blueprint.sheet.kicker"),
        ),
        Paragraph(w("blueprint.sheet.letters")),
        Table(
            (w("blueprint.column.task"), *(named(w, one) for one in actors)),
            rows,
            align=("left", *("center",) * len(actors)),  # type: ignore[arg-type]
            widths=(3.0, *(0.95,) * len(actors)),
            compact=True,
            shades=tuple(("", *(GROUND,) * len(actors)) for _ in rows),
            summary=w("blueprint.form.party.title"),
        ),
        box(w("blueprint.sheet.gains"), 3, compact=True),
        box(w("blueprint.column.party"), 1, compact=True),
        Note(w("blueprint.sheet.seen_by")),
    )


def meeting_sheet(ctx: Context) -> tuple[Block, ...]:
    """One sheet for the meeting: its course, five tasks, and what is asked of each other."""
    w = ctx.words
    names = ("from", "to", "see", "return")
    steps = tuple(w(f"blueprint.sheet.meeting.step.{i}") for i in range(1, 6))
    agreed = ("decides", "does", "from", "yes-decides", "yes-does")
    return (
        Heading(w("blueprint.sheet.meeting.title"), kicker=w("blueprint.sheet.sign.kicker")),
        Paragraph(w("blueprint.sheet.sign.rule"), lead=True),
        Paragraph(w("blueprint.form.gains.help")),
        Bullets(steps),
        Table(
            (
                w("blueprint.column.task"),
                *(w(f"blueprint.agreement.{one}") for one in agreed),
            ),
            tuple(tuple(room(3) for _ in range(6)) for _ in range(5)),
            widths=(2.0, 1.1, 1.1, 0.9, 1.2, 1.2),
            compact=True,
            row_headers=False,
            shades=tuple((GROUND,) * 6 for _ in range(5)),
            summary=w("blueprint.form.agreement.title"),
        ),
        Paragraph((b(w("blueprint.promise.title")),)),
        Table(
            tuple(w(f"blueprint.exchange.{one}") for one in names),
            tuple(tuple(room(2) for _ in names) for _ in range(3)),
            widths=(1.1, 1.1, 2.6, 2.4),
            compact=True,
            row_headers=False,
            shades=tuple((GROUND,) * 4 for _ in range(3)),
            summary=w("blueprint.promise.title"),
        ),
        Note(w("blueprint.sheet.seen_by")),
    )


def sign_sheet(ctx: Context) -> tuple[Block, ...]:
    """The page to sign: what is settled so far, and room for what is not."""
    w = ctx.words
    known = {one.id: one for one in tasks(ctx.instrument, w)}
    names = ("decides", "does", "reps", "from")
    rows: list[tuple[Text, ...]] = []
    for one in settled(ctx.records):
        if one.state == "parked" or one.task not in known:
            continue
        task = known[one.task]
        reps = one.line.field("reps")
        rows.append(
            (
                (b(task.name + (" §" if task.rights else "")),),
                named(w, one.decides),
                named(w, one.does),
                w(f"blueprint.reps.{reps}") if reps else "",
                one.line.field("from"),
            )
        )
    rows += [tuple(room(2) for _ in range(5)) for _ in range(max(0, BLANK - len(rows)))]
    return (
        Heading(w("blueprint.sheet.sign.title"), kicker=w("blueprint.sheet.sign.kicker")),
        Paragraph(w("blueprint.sheet.sign.rule"), lead=True),
        Table(
            (w("blueprint.column.task"), *(w(f"blueprint.agreement.{one}") for one in names)),
            tuple(rows),
            widths=(3.0, 1.3, 1.3, 1.2, 1.1),
            compact=True,
            summary=w("blueprint.form.agreement.title"),
        ),
        box(w("blueprint.sheet.sign.signed"), 4, compact=True),
        Note(w("blueprint.sheet.sign.seen_by")),
    )


SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {
    "party": party_sheet,
    "meeting": meeting_sheet,
    "sign": sign_sheet,
}
