"""The sections of the pack for the meeting: agenda, a worksheet for each priority, cards, script.

None of them shows a figure: what is placed at the table is placed before the numbers are seen.  Which
dimensions get a worksheet follows the decision list.
"""

from __future__ import annotations

from hrkit.blocks import Block, PageBreak
from hrkit.model.script import CARDS, script_of
from hrkit.report import findings
from hrkit.report.context import Context
from hrkit.report.handouts.grid import grid_pages, worksheet
from hrkit.report.handouts.meeting import agenda_page, card_page, script_pages

__all__ = ["agenda", "cards", "grid", "script", "worksheets"]

#: Length of the meeting where a profile says none, and how many priorities get a worksheet.
MINUTES, PRIORITIES = 120, 3


def agenda(ctx: Context) -> tuple[Block, ...]:
    """The course of the meeting; nothing where the instrument has no script."""
    found = script_of(ctx.engagement)
    minutes = int(ctx.profile.get("minutes", MINUTES))
    return (PageBreak(), *agenda_page(found, ctx.words, minutes)) if found else ()


def worksheets(ctx: Context) -> tuple[Block, ...]:
    """The grid of each of the first priorities with room for evidence beside every level."""
    if not ctx.instrument.has_grid:
        return ()
    by = {section.id: section for section in ctx.instrument.dimensions}
    listed = [by[one.measure] for one in findings.to_take_up(ctx.released) if one.measure in by]
    # Where nothing may be shown there is no list: the table begins with the first dimensions.
    chosen = (listed or list(ctx.instrument.dimensions))[:PRIORITIES]
    pages = (worksheet(ctx.instrument, section, ctx.words) for section in chosen)
    return tuple(block for page in pages for block in (PageBreak(), *page))


def cards(ctx: Context) -> tuple[Block, ...]:
    """A sheet of each kind of card."""
    found = script_of(ctx.engagement)
    if found is None:
        return ()
    pages = (card_page(found, kind, ctx.words) for kind in CARDS)
    return tuple(block for page in pages for block in (PageBreak(), *page))


def grid(ctx: Context) -> tuple[Block, ...]:
    """The whole grid, as an appendix: what every level of every dimension looks like."""
    return grid_pages(ctx.instrument, ctx.words) if ctx.instrument.has_grid else ()


def script(ctx: Context) -> tuple[Block, ...]:
    """What the facilitator says and does not say."""
    found = script_of(ctx.engagement)
    return (PageBreak(), *script_pages(found, ctx.words)) if found else ()
