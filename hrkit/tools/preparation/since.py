"""How often each need is chosen now beside an earlier round, from the shares that both rounds print.

HR has answered the needs meanwhile: whether fewer leaders need what was promised is what the next round
is asked for.  A change is named only where chance would not explain it over everything in the table
(`hrkit.disclosure.derived.chosen_since`); the two rounds count as different people.
"""

from __future__ import annotations

from hrkit.blocks import Block, Heading, Note, Paragraph, Span, Table, Text, Together
from hrkit.disclosure.released import Certainty, ChosenChange
from hrkit.report.context import Context
from hrkit.report.sections.change import wave_name
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
        (ctx.text(label), _cell(ctx, found.get(id.removeprefix(f"{section}."))))
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
                Note(f"{w('prepare.since.note')} {_seen(ctx, tuple(found.values()))}"),
            )
        ),
    )


def _cell(ctx: Context, one: ChosenChange | None) -> Text:
    w = ctx.words
    if one is None:
        return w("prepare.since.few")
    text = f"{w.percent(one.before)} → {w.percent(one.now)}"
    if one.certainty is Certainty.UNKNOWN:
        return text
    return (Span(f"{'▲' if one.difference > 0 else '▼'} {text}", "outlined"),)


def _seen(ctx: Context, found: tuple[ChosenChange, ...]) -> str:
    """How far a share has to move to be named."""
    known = sorted(one.detectable for one in found if one.detectable is not None)
    group = ctx.in_text(leaders(ctx))
    if len(known) * 2 <= len(found):
        return ctx.words("sections.change.chosen.unseen", group=group)
    points = round(100 * known[len(known) // 2])
    return ctx.words("sections.change.chosen.seen", group=group, points=points)
