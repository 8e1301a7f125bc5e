"""What stands where in one sheet of a workbook, as far as its cells do not say it."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["SheetLayout"]


@dataclass
class SheetLayout:
    """What stands where in one sheet; places are (row from 1, column from 0).

    Attributes
    ----------
    odd
        Places that hold neither text nor number, and what they hold.
    merged
        Merged areas.
    hidden
        Whether the sheet itself is hidden.
    hidden_rows, hidden_columns
        Rows that hold something and are not shown, and columns that are not shown.
    filtered
        Whether a filter is set.
    struck
        Places that hold something and are struck out.
    last_row
        The last row that holds something.
    """

    odd: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    filtered: bool = False
    struck: set[tuple[int, int]] = field(default_factory=set)
    last_row: int = 0
