"""What belongs to one instrument: its sections, sheets, worksheets and claims; a folder each.

Tools do not import each other.  A folder with a module ``sections`` is a tool: what stands in its
``SECTIONS``, ``SHEETS`` and ``CLAIMS`` is known by name everywhere, and its ``CHAPTER`` stands in the
report of every engagement that takes it up; ``STEPS`` says what it asks for, for the roadmap.  A further
tool is a folder here and one in ``data/templates/tools``.

A tool that asks groups (`hrkit.model.tool.Tool.asks`) reads the context of its own part; one that is
filled in openly alone has no part, and reads that of the whole.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType

from hrkit.blocks import Block
from hrkit.model.tool import tool as kit_tool
from hrkit.report import claims, sections
from hrkit.report.chapter import Chapter, Recipe
from hrkit.report.claims import Claim
from hrkit.report.context import Context
from hrkit.report.tool_steps import ToolStep
from hrkit.tools.glance import at_a_glance

__all__ = ["CLAIMS", "SECTIONS", "SHEETS", "own_tools", "steps_of"]


def _tools() -> dict[str, ModuleType]:
    """The tools that find anything, by id."""
    folders = sorted(one.name for one in pkgutil.iter_modules(__path__) if one.ispkg)
    return {
        name.replace("_", "-"): import_module(f"{__name__}.{name}.sections") for name in folders
    }


_TOOLS = _tools()


def own_tools(ctx: Context) -> tuple[str, ...]:
    """The tools that read this very context: that of a part, or those of the whole without a part."""
    asked = [id for id in ctx.instrument.speaks if id in _TOOLS]
    open_ = [
        id
        for id in ctx.engagement.tools
        if id in _TOOLS and (one := kit_tool(id)) is not None and not one.asks
    ]
    return tuple(dict.fromkeys((*asked, *open_)))


def _own(ctx: Context) -> tuple[tuple[str, Recipe], ...]:
    """How the chapters of a context's own tools are made; empty where it has none."""
    return tuple(
        (id, _TOOLS[id].CHAPTER) for id in own_tools(ctx) if hasattr(_TOOLS[id], "CHAPTER")
    )


def _chapters(ctx: Context) -> tuple[Chapter, ...]:
    """The chapters of an engagement's tools after a page over all; of a tool's part, its own."""
    made = tuple(
        (id, part, chapter)
        for part in (ctx, *ctx.parts)
        for id, how in _own(part)
        for chapter in how.chapters(part)
        if chapter.blocks
    )
    whole = bool(made) and bool(ctx.engagement.tools)
    first = (Chapter(at_a_glance(ctx, made)),) if whole else ()
    return (*first, *(chapter for _, _, chapter in made))


def steps_of(ctx: Context) -> tuple[ToolStep, ...]:
    """What the tools of an engagement ask for, tool by tool in the order in which they were taken up."""
    return tuple(
        step
        for part in (ctx, *ctx.parts)
        for id in own_tools(part)
        for step in getattr(_TOOLS[id], "STEPS", _no_steps)(part)
    )


def _no_steps(ctx: Context) -> tuple[ToolStep, ...]:
    return ()


def _questions(ctx: Context) -> tuple[Chapter, ...]:
    """What no other page prints; a tool's chapter prints what the tool asks."""
    return (
        ()
        if any(id in ctx.instrument.speaks for id, _ in _own(ctx))
        else sections.SECTIONS["questions"].chapters(ctx)
    )


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
SHEETS: Mapping[str, Mapping[str, Callable[[Context], tuple[Block, ...]]]] = {
    id: getattr(tool, "SHEETS", {}) for id, tool in _TOOLS.items()
}
#: Everything a report may claim.
CLAIMS: tuple[Claim, ...] = (
    *claims.CLAIMS,
    *(claim for tool in _TOOLS.values() for claim in getattr(tool, "CLAIMS", ())),
)
