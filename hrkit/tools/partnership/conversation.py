"""A sheet to prepare a talk about one gap, in two versions: one for each side, in its own language.

The first page is filled in before any figure is seen: how does the other side see it?  The figures stand on
the second.  Each side reads the statements in the words it was asked itself.
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
from hrkit.model.instrument import Item, Section
from hrkit.model.language import Words
from hrkit.report.charts.gaps import dumbbell
from hrkit.report.charts.marks import Row
from hrkit.report.context import Context
from hrkit.report.handouts.room import box, boxes
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
        Paragraph(w("sheets.conversation.guess_first"), lead=True),
        Heading(w("sheets.conversation.guess"), level=2),
        _guessed(ctx, section, side),
        Heading(w("sheets.conversation.before"), level=2),
        *_boxes("example", "think", "want", words=w),
        PageBreak(),
        Heading(w("sheets.conversation.figures"), level=2),
        Paragraph(w(f"sheets.conversation.{_lead(ctx, section)}")),
        *_figures(ctx, section),
        _asked(ctx, section, side),
        *_marked(ctx, section, side),
        *_talk(ctx, section),
    )


def _guessed(ctx: Context, section: Section, side: str) -> Block:
    """The statements with boxes for a guess; no figure stands on the page."""
    w, (low, high) = ctx.words, ctx.scale
    ticks = boxes(range(low, high + 1))
    return Table(
        (w("sheets.conversation.statement"), w("sheets.conversation.theirs_guess")),
        tuple((said, ticks) for _, said in _statements(ctx, section, side)),
        widths=(4, 2.6),
        compact=True,
        summary=w("sheets.conversation.guess"),
    )


def _statements(ctx: Context, section: Section, side: str) -> list[tuple[Item, str]]:
    """What a side was asked, in its own words; a turned one is marked, or has its label."""
    found = []
    for item in section.scored:
        if side in item.ask:
            own = ctx.instrument.wording(item, side, ctx.language)
            words = ctx.wording(item) if item.label else own
            # Of five statements one may be a label: none ends in a full stop.
            found.append((item, f"{'↓ ' if item.marked else ''}{words.rstrip('.')}"))
    return found


def _marked(ctx: Context, section: Section, side: str) -> tuple[Block, ...]:
    """What ↓ means, where a statement bears it."""
    turned = any(item.marked for item, _ in _statements(ctx, section, side))
    return (Note(ctx.words("report.dimension.reversed")),) if turned else ()


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
    return (
        Paragraph(sentence(ctx, section, gap)),
        chart,
        Note(ctx.words("report.bands_short")),
        *about,
    )


def _asked(ctx: Context, section: Section, side: str) -> Block:
    """The statements in this side's own words, with both sides' means where they may be shown."""
    w = ctx.words
    other = next(s for s in ctx.instrument.sides if s != side)
    rows = [
        (
            said,
            ctx.mean(ctx.score(section.measure(item), _group(ctx, side))),
            ctx.mean(ctx.score(section.measure(item), _group(ctx, other))),
        )
        for item, said in _statements(ctx, section, side)
    ]
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


def _boxes(*keys: str, words: Words) -> tuple[Block, ...]:
    return tuple(box(words(f"sheets.conversation.{key}"), 5) for key in keys)


def _talk(ctx: Context, section: Section) -> tuple[Block, ...]:
    """Questions to take turns with, and room for what is agreed."""
    w = ctx.words
    questions = ctx.talk(section, 3)
    during: tuple[Block, ...] = (
        (Heading(w("sheets.conversation.during"), level=2), Bullets(questions, ordered=True))
        if questions
        else ()
    )
    return (
        *during,
        Heading(w("sheets.conversation.after"), level=2),
        box(w("sheets.conversation.agree"), 5),
        Note(w("sheets.unit.rules")),
    )
