"""What belongs to one instrument: its sections, sheets, worksheets and claims; a folder each.

Tools do not import each other.  A folder with a module ``sections`` is a tool: what stands in its
``SECTIONS``, ``SHEETS`` and ``CLAIMS`` is known by name everywhere, and its ``CHAPTER`` stands in the
report of every engagement that takes it up; so a further tool is a folder here and one in
``data/templates/tools``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType

from hrkit.blocks import Block
from hrkit.report import claims, sections
from hrkit.report.chapter import Chapter, Recipe
from hrkit.report.claims import Claim
from hrkit.report.context import Context
from hrkit.tools.glance import at_a_glance

__all__ = ["CLAIMS", "SECTIONS", "SHEETS"]


def _tools() -> dict[str, ModuleType]:
    """The tools that find anything, by id."""
    folders = sorted(one.name for one in pkgutil.iter_modules(__path__) if one.ispkg)
    return {
        name.replace("_", "-"): import_module(f"{__name__}.{name}.sections") for name in folders
    }


_TOOLS = _tools()


def _own(ctx: Context) -> tuple[Recipe, ...]:
    """How the chapter of a context's own tool is made; empty where it has none."""
    tools = (_TOOLS[id] for id in ctx.instrument.speaks if id in _TOOLS)
    return tuple(tool.CHAPTER for tool in tools if hasattr(tool, "CHAPTER"))


def _chapters(ctx: Context) -> tuple[Chapter, ...]:
    """The chapters of an engagement's tools after a page over all; of a tool's part, its own."""
    made = tuple(
        (part, chapter)
        for part in (ctx, *ctx.parts)
        for how in _own(part)
        for chapter in how.chapters(part)
    )
    first = (Chapter(at_a_glance(ctx, made)),) if ctx.parts else ()
    return (*first, *(chapter for _, chapter in made))


def _questions(ctx: Context) -> tuple[Chapter, ...]:
    """What no other page prints; a tool's chapter prints what the tool asks."""
    return () if _own(ctx) else sections.SECTIONS["questions"].chapters(ctx)


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
