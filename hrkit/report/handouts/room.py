"""Empty cells to be written in by hand."""

from __future__ import annotations

from collections.abc import Iterable

from hrkit.blocks import Table

__all__ = ["BOX", "GROUND", "box", "boxes", "room"]

#: Ground of a cell to write in: light enough to write on, dark enough to be seen in print.
GROUND = "#f1f4f6"
#: A box to tick.
BOX = "\N{BALLOT BOX}"


def room(lines: int) -> str:
    """An empty cell of so many lines, to be written in by hand."""
    return "\n".join("\N{NO-BREAK SPACE}" for _ in range(lines))


def box(title: str, lines: int, *, compact: bool = False) -> Table:
    """A box to write in, under what it is for."""
    return Table(
        (title,),
        ((room(lines),),),
        widths=(1.0,),
        row_headers=False,
        shades=((GROUND,),),
        compact=compact,
    )


def boxes(values: Iterable[int]) -> str:
    """A box to tick for each value, in a row."""
    return "  ".join(f"{BOX}\N{NO-BREAK SPACE}{value}" for value in values)
