"""What a workbook is made of: frozen sheets of cells that say *what* stands there.

`report` makes sheets, `publish` writes them.  Text in a cell is data: no writer ever reads a
formula or an address out of it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from hrkit.blocks import Plot, from_json, to_json
from hrkit.rounding import half_up

__all__ = ["Cell", "Number", "Worksheet", "sheet_from_json", "sheet_to_json", "workbook"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed: rounded to ``decimals``, with a sign, or as a share in per cent.

    What is kept is what is seen: ``value`` is rounded as it is taken, so no format can hold more.
    """

    value: float
    decimals: int = 1
    kind: Literal["plain", "signed", "percent"] = "plain"

    def __post_init__(self) -> None:
        """Round to what is printed."""
        digits = self.decimals + (2 if self.kind == "percent" else 0)
        object.__setattr__(self, "value", half_up(self.value, digits))


#: A text, a number, or nothing.
Cell: TypeAlias = str | Number | None


@dataclass(frozen=True, slots=True)
class Worksheet:
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
    lists
        It names the other sheets of its workbook, and comes first.
    plots
        Charts of what stands in it.
    """

    name: str
    title: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    notes: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    lists: bool = False
    plots: tuple[Plot, ...] = ()


def workbook(sheets: Iterable[Worksheet]) -> tuple[Worksheet, ...]:
    """The sheets of one workbook: those of one name and columns are one, rows after rows.

    A sheet that lists the others comes first, with a row for each of them; empty ones are left out.
    """
    found: dict[tuple[str, tuple[str, ...]], Worksheet] = {}
    for sheet in sheets:
        key = (sheet.name, sheet.columns)
        before = found.get(key)
        if before is None or sheet.lists:
            found.setdefault(key, sheet)
            continue
        notes = tuple(dict.fromkeys((*before.notes, *sheet.notes)))
        rows, plots = (*before.rows, *sheet.rows), (*before.plots, *sheet.plots)
        found[key] = dataclasses.replace(before, rows=rows, notes=notes, plots=plots)
    full = [sheet for sheet in found.values() if sheet.rows]
    others = tuple(sheet for sheet in full if not sheet.lists)
    names = tuple((sheet.name, sheet.title) for sheet in others)
    first = tuple(
        dataclasses.replace(sheet, rows=(*sheet.rows, *names)) for sheet in full if sheet.lists
    )
    return (*first[:1], *others)


def sheet_to_json(sheet: Worksheet) -> dict[str, Any]:
    """A sheet as plain JSON values; `sheet_from_json` turns it back."""
    return {"type": "worksheet", **to_json(sheet)}


def sheet_from_json(value: Mapping[str, Any]) -> Worksheet:
    """A sheet from the plain values `sheet_to_json` made.

    Raises
    ------
    ValueError
        For a field that no sheet has, or a cell that is none.
    """
    fields = {name: given for name, given in value.items() if name != "type"}
    if not set(fields) <= {field.name for field in dataclasses.fields(Worksheet)}:
        raise ValueError(f"not a worksheet: {sorted(fields)}")
    rows = tuple(tuple(map(_cell, row)) for row in fields.pop("rows", ()))
    plots = from_json(list(fields.pop("plots", ())))
    if not all(isinstance(plot, Plot) for plot in plots):
        raise ValueError("a worksheet's chart is none")
    made: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in fields.items()}
    return Worksheet(rows=rows, plots=plots, **made)


def _cell(value: Any) -> Cell:
    if isinstance(value, Mapping) and set(value) == {"value", "decimals", "kind"}:
        return Number(**value)
    if value is None or isinstance(value, str):
        return value
    raise ValueError(f"not a cell: {value!r}")
