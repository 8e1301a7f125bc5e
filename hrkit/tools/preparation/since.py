"""How often each need is chosen now beside an earlier round, from the shares that both rounds print.

HR has answered the needs meanwhile: whether fewer leaders need what was promised is what the next round
is asked for.  A change is named only where chance would not explain it over everything in the table
(`hrkit.disclosure.derived.chosen_since`); the two rounds count as different people.
"""

from __future__ import annotations

from hrkit.blocks import Block, Heading, Note, Paragraph, Table, Together
from hrkit.disclosure.released import Certainty
from hrkit.report.context import Context
from hrkit.report.sections.change import wave_name
from hrkit.report.sections.change_chosen import how_far, then_and_now
from hrkit.tools.preparation.findings import leaders, need_labels

__all__ = ["needs_since"]


def needs_since(ctx: Context) -> tuple[Block, ...]:
    """A row a need that both rounds print, where an earlier round is there to compare with."""
    question, w = ctx.instrument.choice, ctx.words
    if question is None:
        return ()
    found = {
        one.option: one
        for one in ctx.released.chosen_changes
        if (one.measure, one.group) == (question.key, leaders(ctx))
    }
    if not found:
        return ()
    since = wave_name(ctx, next(iter(found.values())).since)
    section = question.section.id
    rows = tuple(
        (
            ctx.text(label),
            then_and_now(ctx, found.get(id.removeprefix(f"{section}.")), "prepare.since.few"),
        )
        for id, label in need_labels(ctx.instrument).items()
    )
    moved = sum(one.certainty is not Certainty.UNKNOWN for one in found.values())
    title = w("prepare.since.title")
    return (
        Together(
            (
                Heading(title, level=2),
                Paragraph(w(f"prepare.since.{'some' if moved else 'none'}", n=moved, since=since)),
                Table(
                    (w("prepare.answer.need"), w("prepare.since.shares", since=since)),
                    rows,
                    align=("left", "right"),
                    widths=(3.4, 2.0),
                    compact=True,
                    summary=title,
                ),
                Note(f"{w('prepare.since.note')} {how_far(ctx, leaders(ctx), found.values())}"),
            )
        ),
    )
