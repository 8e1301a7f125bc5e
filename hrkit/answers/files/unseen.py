"""What a workbook does not show or has struck out, and is read all the same: it is said."""

from __future__ import annotations

from hrkit.answers.files.sheet import SheetLayout
from hrkit.answers.files.table import letter, spans

__all__ = ["struck_out", "unseen"]


def unseen(facts: SheetLayout, rows: list[tuple[int, list[str]]], name: str) -> list[str]:
    """Rows and columns that the workbook does not show, and that were read all the same."""
    notes = []
    hidden = sorted(set(facts.hidden_rows) - {1})
    if hidden:
        why = " by a filter" if facts.filtered else ""
        what = f"row {hidden[0]} is" if len(hidden) == 1 else f"rows {spans(hidden)} are"
        notes.append(
            f"{name}: {what} hidden in the workbook{why} and was read all the same; delete "
            "what shall not count."
            if len(hidden) == 1
            else f"{name}: {what} hidden in the workbook{why} and were read all the same; "
            "delete what shall not count."
        )
    notes += _struck(facts, rows, name)
    full = (
        {column for _, cells in rows[1:] for column, cell in enumerate(cells) if cell.strip()}
        if facts.hidden_columns
        else set()
    )
    columns = [letter(column) for column in sorted(full & set(facts.hidden_columns))]
    if columns:
        what = (
            f"column {columns[0]} is" if len(columns) == 1 else f"columns {', '.join(columns)} are"
        )
        notes.append(f"{name}: {what} hidden in the workbook; their cells were read like others.")
    return notes


def _struck(facts: SheetLayout, rows: list[tuple[int, list[str]]], name: str) -> list[str]:
    """Rows and cells that somebody has struck out, which a reader of the cells alone does not see."""
    if not facts.struck:
        return []
    struck: dict[int, set[int]] = {}
    for row, column in facts.struck:
        struck.setdefault(row, set()).add(column)
    whole, parts = [], []
    for number, cells in rows[1:]:
        here = struck.get(number, set())
        filled = {column for column, cell in enumerate(cells) if cell.strip()}
        if here and filled <= here:
            whole.append(number)
        elif here:
            parts += [f"{letter(column)}{number}" for column in sorted(here)]
    return struck_out(name, whole, parts)


def struck_out(name: str, whole: list[int], parts: list[str]) -> list[str]:
    """What is said of rows that are struck out whole, and of single cells."""
    notes = []
    if whole:
        what = f"row {whole[0]} is" if len(whole) == 1 else f"rows {spans(whole)} are"
        were = "was" if len(whole) == 1 else "were"
        notes.append(
            f"{name}: {what} struck out in the workbook and {were} read all the same; delete what "
            "shall not count."
        )
    if parts:
        what = f"{parts[0]} is" if len(parts) == 1 else f"{len(parts)} cells ({_few(parts)}) are"
        were = "was" if len(parts) == 1 else "were"
        notes.append(
            f"{name}: {what} struck out in the workbook and {were} read all the same; empty what "
            "shall not count."
        )
    return notes


def _few(places: list[str]) -> str:
    return ", ".join(places[:6]) + (", …" if len(places) > 6 else "")
