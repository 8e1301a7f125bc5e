"""A workbook that holds answers in codes beside the key to them, and often the same answers in words.

SurveyXact writes up to five sheets: ``Dataset`` (codes), ``Complete`` (the same in words), ``Labels``
(variable, code, what it stands for), ``Variables`` (variable, what it asks) and ``Structure``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrkit.answers.files.sheet import SheetLayout
from hrkit.answers.files.table import CellTable
from hrkit.text import normal, shown

__all__ = ["KEY", "coded_sheet", "with_key"]

#: The sheet with the codes, and those that say what they mean.
_CODES, _WORDS = "dataset", "complete"
KEY = ("labels", "variables", "structure")


def coded_sheet(there: Mapping[str, SheetLayout]) -> str:
    """The sheet with the codes where a workbook has one beside its key; else empty."""
    found = {normal(title): title for title, facts in there.items() if not facts.hidden}
    return found.get(_CODES, "") if any(name in found for name in KEY) else ""


def with_key(table: CellTable, texts: Mapping[str, Sequence[Sequence[str]]]) -> CellTable:
    """A table of codes with what the sheets beside it say of its columns and codes.

    Parameters
    ----------
    table
        The sheet with the codes.
    texts
        Rows of the sheets beside it, by title.
    """
    places = {normal(text): c for c, text in enumerate(table.header.cells) if text.strip()}
    sheets = {normal(title): rows for title, rows in texts.items()}
    labels: dict[int, dict[str, str]] = {}
    for variable, code, label in _rows(sheets.get("labels", ()), 3):
        if (column := places.get(normal(variable))) is not None:
            labels.setdefault(column, {})[code.strip()] = label.strip()
    about = [""] * table.width
    for variable, text in _rows(sheets.get("variables", ()), 2):
        if (column := places.get(normal(variable))) is not None:
            about[column] = text.strip()
    if not labels and not any(about):
        return table
    twin = next((title for title in texts if normal(title) == _WORDS), "")
    told = (
        f"{table.name}: the sheet with the codes was read, and what the others say of them; "
        f"“{shown(twin)}” holds the same answers in words."
        if twin
        else f"{table.name}: the sheet with the codes was read, and what the others say of them."
    )
    return replace(table, labels=labels, about=tuple(about), notes=(*table.notes, told))


def _rows(rows: Sequence[Sequence[str]], width: int) -> list[tuple[str, ...]]:
    full = [tuple(row[:width]) for row in rows if len(row) >= width]
    return [row for row in full if all(text.strip() for text in row)]
