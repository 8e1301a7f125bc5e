"""A sheet to prepare a talk about one gap, in two versions: one for each side, in its own language.

Each side reads the statements in the words it was asked itself.
"""

from __future__ import annotations

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Table,
)
from hrkit.disclosure.released import Certainty
from hrkit.errors import HrkitError
from hrkit.model.instrument import Section
from hrkit.report.charts.gaps import dumbbell
from hrkit.report.charts.marks import Row
from hrkit.report.context import Context
from hrkit.report.handouts.room import room
from hrkit.report.sections.gaps import sentence

__all__ = ["conversation_sheet"]


def conversation_sheet(ctx: Context, dimension: str, side: str) -> tuple[Block, ...]:
    """The sheet of one side about one dimension.

    Raises
    ------
    HrkitError
        If there is no such dimension, or the instrument has no such side.
    """
    sections = {section.id: section for section in ctx.instrument.dimensions}
    if dimension not in sections:
        known = f"use {', '.join(sections)}" if sections else "this instrument has none"
        raise HrkitError(f"There is no dimension {dimension!r}; {known}.")
    if side not in ctx.instrument.sides:
        known = ", ".join(ctx.instrument.sides) or "none: this instrument has no two sides"
        raise HrkitError(f"There is no side {side!r}; use {known}.")
    section, w = sections[dimension], ctx.words
    return (
        Heading(
            w("sheets.conversation.title", dimension=ctx.name(section)),
            kicker=w("sheets.conversation.for", group=ctx.in_text(_group(ctx, side))),
        ),
        Paragraph(w(f"sheets.conversation.{_lead(ctx, section)}"), lead=True),
        Heading(w("sheets.conversation.figures"), level=2),
        *_figures(ctx, section),
        Heading(w("sheets.conversation.asked"), level=2),
        _asked(ctx, section, side),
        PageBreak(),
        *_preparation(ctx, section),
    )


def _lead(ctx: Context, section: Section) -> str:
    """The sheet says that the sides differ only where the answers do."""
    gap = ctx.released.gap(section.id, ctx.root)
    differ = gap is not None and gap.shown and gap.certainty is not Certainty.UNKNOWN
    return "lead" if differ else "lead_open"


def _group(ctx: Context, side: str) -> str:
    found = ctx.released.group(side)
    return found.id if found else side


def _figures(ctx: Context, section: Section) -> tuple[Block, ...]:
    gap = ctx.released.gap(section.id, ctx.root)
    if gap is None or not gap.shown or ctx.sides is None or gap.difference is None:
        return (Callout(ctx.words("sheets.conversation.no_figures")),)
    row = Row(ctx.name(section), tuple(ctx.score(section, g) for g in (gap.first, gap.second)))
    chart = dumbbell(ctx.theme, ctx.words, [(row, gap)], ctx.sides, scale=ctx.scale)
    told_of = ctx.said(section, "higher_second" if gap.difference > 0 else "higher_first")
    about: tuple[Block, ...] = ()
    if told_of and gap.certainty is not Certainty.UNKNOWN:
        about = (Card(ctx.words("sheets.conversation.may_be"), (Paragraph(told_of),)),)
    return (Paragraph(sentence(ctx, section, gap)), chart, *about)


def _asked(ctx: Context, section: Section, side: str) -> Block:
    """The statements in this side's own words, with both sides' means where they may be shown."""
    w = ctx.words
    other = next(s for s in ctx.instrument.sides if s != side)
    rows = []
    for item in section.scored:
        if side not in item.ask:
            continue
        key = section.measure(item)
        words = (
            ctx.wording(item) if item.label else ctx.instrument.wording(item, side, ctx.language)
        )
        rows.append(
            (
                f"{'↓ ' if item.marked else ''}{words}",
                ctx.mean(ctx.score(key, _group(ctx, side))),
                ctx.mean(ctx.score(key, _group(ctx, other))),
            )
        )
    columns = (
        w("sheets.conversation.statement"),
        w("sheets.conversation.mine"),
        w("sheets.conversation.theirs"),
    )
    return Table(
        columns,
        tuple(rows),
        align=("left", "right", "right"),
        widths=(4, 1.1, 1.1),
        compact=True,
        summary=w("sheets.conversation.asked"),
    )


def _preparation(ctx: Context, section: Section) -> tuple[Block, ...]:
    w = ctx.words
    boxes = tuple(
        Table((w(f"sheets.conversation.{key}"),), ((room(5),),), widths=(1.0,), row_headers=False)
        for key in ("example", "think", "want")
    )
    questions = ctx.talk(section, 4)
    during: tuple[Block, ...] = (
        (Heading(w("sheets.conversation.during"), level=2), Bullets(questions, ordered=True))
        if questions
        else ()
    )
    return (
        Heading(w("sheets.conversation.before"), level=2),
        *boxes,
        *during,
        Heading(w("sheets.conversation.after"), level=2),
        Table((w("sheets.conversation.agree"),), ((room(9),),), widths=(1.0,), row_headers=False),
        Note(w("sheets.unit.rules")),
    )
