"""The sheet of what was chosen as most important: a row an option and group, as it is released."""

from __future__ import annotations

from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.report.context import Context
from hrkit.report.worksheets.cells import columns, number, share

__all__ = ["chosen"]


def chosen(ctx: Context) -> Worksheet | None:
    """Every share that is told apart, and one row for those that few chose; the reason where none is."""
    w, question = ctx.words, ctx.instrument.ballot
    if question is None:
        return None
    names = {choice.value: ctx.text(choice.label) for choice in question.facet.scale.choices}
    rows: list[tuple[Cell, ...]] = []
    joint = False
    for row in ctx.released.ballots:
        head = (ctx.label(row.group), number(row.n, 0))
        if not row.shown:
            rows.append((*head, "", w(f"report.why.{row.why.value}")))
            continue
        rows += [
            (*head, names[value], share(part))
            for value, part in zip(row.values, row.shares, strict=True)
        ]
        if row.together:
            joint = True
            listed = ", ".join(names[value] for value in row.together)
            rest = share((row.rest or 0.0) / question.facet.scale.exactly)
            rows.append((*head, w("appendix.note.together", list=listed), rest))
    notes = (w("appendix.note.few_chose"),) if joint else ()
    return Worksheet(
        w("appendix.sheet.chosen"),
        w("charts.chosen"),
        (
            *columns(ctx, "perspective", "n"),
            w("report.profile.dimension"),
            *columns(ctx, "share"),
        ),
        tuple(rows),
        notes,
    )
