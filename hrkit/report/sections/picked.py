"""What was chosen of a list that is no list of dimensions: a row an option, a column a group."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.blocks import Block, Heading, Note
from hrkit.disclosure.released import Ballot, Why
from hrkit.model.instrument import Question
from hrkit.report.context import Context
from hrkit.report.sections.question_figures import by_group

__all__ = ["picked_of", "told"]


def told(ctx: Context, row: Ballot, option: str) -> str:
    """A share as it is printed, or in words why it is not."""
    if option in row.values:
        return ctx.words.percent(row.shares[row.values.index(option)])
    why = Why.PROTECTED if row.shown else row.why
    return "–" if why.absent else ctx.words(f"report.why.{why.value}")


def picked_of(ctx: Context, asked: Sequence[Question]) -> list[tuple[Block, ...]]:
    """A table for each question in which up to so many of a list of its own were chosen."""
    return [_table(ctx, one) for one in asked if one.facet.release == "picks"]


def _table(ctx: Context, question: Question) -> tuple[Block, ...]:
    w, scale = ctx.words, question.facet.scale
    rows = {
        g.id: ctx.released.ballot(question.key, g.id)
        for g in ctx.released.groups
        if set(g.perspectives) & set(question.item.ask)
    }
    said = ctx.wording(question.item)
    lines = [
        (ctx.text(choice.label), *(told(ctx, row, choice.value) for row in rows.values()))
        for choice in scale.choices
    ]
    notes = [w("general.picked", n=scale.most, details=ctx.released.details)]
    notes += [w("general.picked_protected")] if any(r.together for r in rows.values()) else []
    return (
        Heading(said, level=2),
        by_group(ctx, list(rows), lines, 1.0, said),
        Note(" ".join(notes)),
    )
