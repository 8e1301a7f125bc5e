"""What a workbook is made of: frozen sheets of cells that say *what* stands there.

`report` makes sheets, `publish` writes them.  Text in a cell is data: no writer ever reads a
formula or an address out of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["Cell", "Number", "Sheet"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed: rounded to ``decimals``, with a sign, or as a share in per cent.

    ``value`` is rounded already; a writer only chooses how it looks.
    """

    value: float
    decimals: int = 1
    kind: Literal["plain", "signed", "percent"] = "plain"


#: A text, a number, or nothing.
Cell: TypeAlias = str | Number | None


@dataclass(frozen=True, slots=True)
class Sheet:
    r"""One table with what a reader must know about it.

    Parameters
    ----------
    name
        On the tab; at most 31 characters, none of ``[]:*?/\``, no other sheet's.
    title
        Above the table.
    columns
        Header texts; empty for a sheet of notes alone.
    rows
        Cells; every row as long as ``columns``.
    notes
        Sentences above the table.
    widths
        Per column in characters; empty means by the kind of cell.
    """

    name: str
    title: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    notes: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
