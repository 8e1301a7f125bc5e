"""A section as it is handed over: what stands on the page, and the same figures as worksheets.

A section of a report is a `Recipe`: the function that writes its page and those that make its
worksheets.  Both read the same released tables, and a worksheet is made only where the page shows
a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hrkit.blocks import Block, Figure, Table, walk
from hrkit.blocks.shown import ordered
from hrkit.blocks.worksheets import Worksheet
from hrkit.report.context import Context

__all__ = ["Chapter", "Recipe", "charted", "recipe"]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Blocks of a section and the worksheets that hold its figures; both are empty where it says nothing.

    ``name`` is what a consultant's own text for it is called, where a section has several.
    """

    blocks: tuple[Block, ...] = ()
    worksheets: tuple[Worksheet, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a section is made; called, it gives the blocks of its page."""

    chapters: Callable[[Context], tuple[Chapter, ...]]

    def __call__(self, ctx: Context) -> tuple[Block, ...]:
        """The blocks alone."""
        return tuple(block for chapter in self.chapters(ctx) for block in chapter.blocks)


def charted(blocks: tuple[Block, ...], sheets: Sequence[Worksheet]) -> tuple[Worksheet, ...]:
    """The worksheets of a page, the first with the page's charts as data."""
    plots = tuple(p for block in walk(blocks) if isinstance(block, Figure) for p in block.plots)
    if not plots or not sheets:
        return tuple(sheets)
    return (replace(sheets[0], plots=(*sheets[0].plots, *plots)), *sheets[1:])


def recipe(
    page: Callable[[Context], tuple[Block, ...]],
    *worksheets: Callable[[Context], Worksheet | None],
) -> Recipe:
    """A section of one chapter: its page, and the worksheets that go with the page's figures."""

    def chapters(ctx: Context) -> tuple[Chapter, ...]:
        blocks = page(ctx)
        if not ordered("xlsx") or not any(
            isinstance(block, (Figure, Table)) for block in walk(blocks)
        ):
            return (Chapter(blocks),)
        made = (make(ctx) for make in worksheets)
        return (
            Chapter(blocks, charted(blocks, [sheet for sheet in made if sheet and sheet.rows])),
        )

    return Recipe(chapters)
