"""Empty cells to be written in by hand."""

from __future__ import annotations

__all__ = ["GROUND", "room"]

#: Ground of a cell to write in: light enough to write on, dark enough to be seen in print.
GROUND = "#f1f4f6"


def room(lines: int) -> str:
    """An empty cell of so many lines, to be written in by hand."""
    return "\n".join("\N{NO-BREAK SPACE}" for _ in range(lines))
