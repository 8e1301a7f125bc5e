"""With what care people answered: signs of rows nobody read, and what would be different without them."""

from __future__ import annotations

from hrkit.blocks import Block, Callout, Heading, Note, Paragraph, Table
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.report.context import Context
from hrkit.report.worksheets.cells import columns, number

__all__ = ["quality", "worksheet"]


def quality(ctx: Context) -> tuple[Block, ...]:
    """Signs and their numbers, and means without the rows that bear them where that may be shown."""
    w, released = ctx.words, ctx.released
    if not released.signs or not ctx.instrument.dimensions:
        return ()
    head = Heading(w("response.care.title"), level=2)
    total = released.signs[0]
    if total.n == 0:
        return (head, Paragraph(w("response.care.none")))
    if total.n is None:
        return (head, Paragraph(w("response.care.few", k=released.threshold)))
    blocks: list[Block] = [head, Paragraph(w(f"response.care.{_lead(ctx)}")), _signs(ctx)]
    if released.levels_hold is not None:
        key = "hold" if released.levels_hold else "shift"
        blocks.append(Callout(w(f"response.care.{key}"), "info" if key == "hold" else "warning"))
    if released.without:
        blocks += [_without(ctx), Note(w("response.care.note", details=released.details))]
    return tuple(blocks)


def _lead(ctx: Context) -> str:
    """Whether it can be said what would be different without them."""
    known = ctx.released.without or ctx.released.levels_hold is not None
    return "lead" if known else "lead_count"


def _signs(ctx: Context) -> Table:
    w = ctx.words
    rows = tuple(
        (
            w(f"response.care.kind.{sign.kind}"),
            w("response.care.untold") if sign.n is None else str(sign.n),
        )
        for sign in ctx.released.signs
        if sign.n != 0
    )
    return Table(
        (w("response.care.sign"), w("response.care.n")),
        rows,
        align=("left", "right"),
        widths=(6, 1),
        compact=True,
        summary=w("response.care.title"),
    )


def _without(ctx: Context) -> Table:
    w = ctx.words
    names = {section.id: ctx.name(section) for section in ctx.instrument.dimensions}
    rows = tuple(
        (
            names[row.measure],
            ctx.label(row.group),
            ctx.mean(ctx.score(row.measure, row.group)),
            f"{w.number(row.mean)} ({row.n})",
        )
        for row in ctx.released.without
        if row.measure in names
    )
    return Table(
        (
            w("report.profile.dimension"),
            w("response.silence.group"),
            w("response.care.with"),
            w("response.care.without"),
        ),
        rows,
        align=("left", "left", "right", "right"),
        compact=True,
        summary=w("response.care.without"),
    )


def worksheet(ctx: Context) -> Worksheet | None:
    """The same figures: signs, and means without the rows that bear them."""
    w, released = ctx.words, ctx.released
    if not released.signs or not released.signs[0].n:
        return None
    names = {section.id: ctx.name(section) for section in ctx.instrument.dimensions}
    rows: list[tuple[Cell, ...]] = [
        (
            w(f"response.care.kind.{sign.kind}"),
            None,
            None,
            w("response.care.untold") if sign.n is None else number(sign.n, 0),
        )
        for sign in released.signs
        if sign.n != 0
    ]
    rows += [
        (names[row.measure], ctx.label(row.group), number(row.mean), number(row.n, 0))
        for row in released.without
        if row.measure in names
    ]
    return Worksheet(
        w("appendix.sheet.care"),
        w("appendix.title.care"),
        (
            w("response.care.sign"),
            *columns(ctx, "perspective"),
            w("response.care.without"),
            w("response.care.n"),
        ),
        tuple(rows),
    )
