"""What belongs to one instrument: its sections, sheets, worksheets and claims; a folder each.

Tools do not import each other.  A folder with a module ``sections`` is a tool: what stands in its
``SECTIONS``, ``SHEETS`` and ``CLAIMS`` is known by name everywhere, and its ``CHAPTER`` stands in the
report of every engagement that takes it up; ``STEPS`` says what it asks for, for the roadmap, and ``FORMS``
which sheets are filled in openly (`hrkit.report.open_form`).  A further tool is a folder here and one in ``data/templates/tools``.

A tool that asks groups (`hrkit.model.tool.Tool.asks`) reads the context of its own part; one that is
filled in openly alone has no part, and reads that of the whole.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from types import ModuleType

from hrkit.blocks import Block, Callout, Heading, Paragraph
from hrkit.model.engagement import Engagement
from hrkit.model.tool import tool as kit_tool
from hrkit.report import claims, sections
from hrkit.report.chapter import Chapter, Recipe
from hrkit.report.claims import Claim
from hrkit.report.context import Context
from hrkit.report.group_card import CARD, card_form, card_sheet, said_openly
from hrkit.report.open_form import FormMaker
from hrkit.report.tool_steps import ToolStep
from hrkit.tools.glance import at_a_glance

__all__ = ["CLAIMS", "FLAT", "FORMS", "SECTIONS", "SHEETS", "forms_of", "sheets_of", "steps_of"]


#: Blocks of a chapter that says only that there is nothing to show.
_LITTLE = 3
#: How a sheet to print is made.
Sheet = Callable[[Context], tuple[Block, ...]]


def _tools() -> dict[str, ModuleType]:
    """The tools that find anything, by id."""
    folders = sorted(one.name for one in pkgutil.iter_modules(__path__) if one.ispkg)
    return {
        name.replace("_", "-"): import_module(f"{__name__}.{name}.sections") for name in folders
    }


_TOOLS = _tools()


def _tools_of(engagement: Engagement) -> tuple[str, ...]:
    """The tools that an engagement itself is of: that of a part, or those of the whole without a part."""
    asked = [id for id in engagement.instrument.speaks if id in _TOOLS]
    open_ = [
        id
        for id in engagement.tools
        if id in _TOOLS and (one := kit_tool(id)) is not None and not one.asks
    ]
    return tuple(dict.fromkeys((*asked, *open_)))


def _asks(engagement: Engagement) -> bool:
    """Whether an engagement asks a tool's questions."""
    return any(id in _TOOLS and kit_tool(id) is not None for id in engagement.instrument.speaks)


def _rates(engagement: Engagement) -> bool:
    """Whether a tool's questions are ratings, of which a side can give one together on a card."""
    asked = engagement.instrument.questions()
    return _asks(engagement) and any(one.facet.scale.kind == "rating" for one in asked)


def _own(ctx: Context) -> tuple[tuple[str, Recipe], ...]:
    """How the chapters of a context's own tools are made; empty where it has none."""
    return tuple(
        (id, _TOOLS[id].CHAPTER)
        for id in _tools_of(ctx.engagement)
        if hasattr(_TOOLS[id], "CHAPTER")
    )


def _chapters(ctx: Context) -> tuple[Chapter, ...]:
    """The chapters of an engagement's tools after a page over all; of a tool's part, its own."""
    made = tuple(
        (id, part, chapter)
        for part in (ctx, *ctx.parts)
        for id, how in _own(part)
        for chapter in _with_cards(id, part, how.chapters(part))
        if chapter.blocks
    )
    over = at_a_glance(ctx, made) if ctx.engagement.tools else ()
    if not over:
        return tuple(chapter for _, _, chapter in made)
    short = tuple(_beneath(chapter) for _, _, chapter in made if _says_little(chapter))
    whole = tuple(chapter for _, _, chapter in made if not _says_little(chapter))
    return (Chapter(over), *short, *whole)


def _says_little(chapter: Chapter) -> bool:
    """Whether a chapter says only that there is nothing to show, and how there will be."""
    few = len(chapter.blocks) <= _LITTLE and not chapter.worksheets
    return few and all(isinstance(one, (Heading, Callout, Paragraph)) for one in chapter.blocks)


def _beneath(chapter: Chapter) -> Chapter:
    """The same beneath the page over all tools: two lines are no page of their own."""
    return replace(
        chapter,
        blocks=tuple(
            replace(one, level=2, new_page=False) if isinstance(one, Heading) else one
            for one in chapter.blocks
        ),
    )


def _with_cards(id: str, ctx: Context, made: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
    """A tool's chapters and what small sides said openly, unless the tool prints that itself."""
    if not made or not made[-1].blocks or getattr(_TOOLS[id], "PRINTS_CARDS", False):
        return made
    last = made[-1]
    return (*made[:-1], replace(last, blocks=(*last.blocks, *said_openly(ctx))))


def steps_of(ctx: Context) -> tuple[ToolStep, ...]:
    """What the tools of an engagement ask for, tool by tool in the order in which they were taken up."""
    return tuple(
        step
        for part in (ctx, *ctx.parts)
        for id in _tools_of(part.engagement)
        for step in getattr(_TOOLS[id], "STEPS", _no_steps)(part)
    )


def sheets_of(ctx: Context) -> Mapping[str, Sheet]:
    """The sheets to print of a context's own tools, by name; of one that asks sides, their group cards."""
    known = {
        name: make for id in _tools_of(ctx.engagement) for name, make in SHEETS.get(id, {}).items()
    }
    if not _rates(ctx.engagement):
        return known
    sides = ctx.instrument.perspectives
    return known | {f"{CARD}-{side}": partial(card_sheet, side=side) for side in sides}


def forms_of(engagement: Engagement) -> Mapping[str, FormMaker]:
    """The sheets that an engagement's own tools have to be filled in openly, by name."""
    known = {name: make for id in _tools_of(engagement) for name, make in FORMS.get(id, {}).items()}
    return known | ({CARD: card_form} if _rates(engagement) else {})


def _no_steps(ctx: Context) -> tuple[ToolStep, ...]:
    return ()


def _questions(ctx: Context) -> tuple[Chapter, ...]:
    """What no other page prints; a tool's chapter prints what the tool asks."""
    return () if _asks(ctx.engagement) else sections.SECTIONS["questions"].chapters(ctx)


#: All sections a report profile may name: the general ones and those of the tools.
SECTIONS: Mapping[str, Recipe] = {
    **sections.SECTIONS,
    **{
        name: one for tool in _TOOLS.values() for name, one in getattr(tool, "SECTIONS", {}).items()
    },
    "questions": Recipe(_questions),
    "tools": Recipe(_chapters),
}
#: Sheets to print beside a report, by tool and name.
SHEETS: Mapping[str, Mapping[str, Sheet]] = {
    id: getattr(tool, "SHEETS", {}) for id, tool in _TOOLS.items()
}
#: Sheets to print that lie on their side.
FLAT: frozenset[str] = frozenset().union(*(getattr(one, "FLAT", ()) for one in _TOOLS.values()))
#: Sheets to fill in openly, by tool and name.
FORMS: Mapping[str, Mapping[str, FormMaker]] = {
    id: getattr(tool, "FORMS", {}) for id, tool in _TOOLS.items()
}
#: Everything a report may claim.
CLAIMS: tuple[Claim, ...] = (
    *claims.CLAIMS,
    *(claim for tool in _TOOLS.values() for claim in getattr(tool, "CLAIMS", ())),
)
