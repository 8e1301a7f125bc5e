"""Sheets that say of themselves what became of them: tests, people who were not to answer, unfinished.

The first two are left out; the third are taken, as far as they go.  Each is said with its rows.
"""

from __future__ import annotations

from collections.abc import Collection

from hrkit.answers.files.table import CellTable, letter, spans
from hrkit.answers.readers.surveys.tool import Heads, Says, Status, SurveyTool
from hrkit.text import normal, shown

__all__ = ["sorted_out", "status_columns"]

_SAYS: dict[Says, str] = {
    "test": "tests or previews",
    "screened": "screened out, rejected or spam",
    "unfinished": "not finished",
}


def status_columns(heads: Heads, tool: SurveyTool) -> dict[int, Status]:
    """The columns of a file that say what became of a sheet."""
    known, found = tool.status or {}, {}
    for column, names in enumerate(heads.names):
        for name in map(normal, names):
            status = known.get(name)
            if status is None and "*" in known and tool.kind((name,)) == "status":
                status = known["*"]
            if status is not None:
                found[column] = status
                break
    return found


def sorted_out(
    table: CellTable, heads: Heads, tool: SurveyTool | None, decided: Collection[int] = ()
) -> tuple[frozenset[int], list[str]]:
    """Numbers of the rows that are left out, and what is to be said of them and of unfinished ones.

    Parameters
    ----------
    table
        The file.
    heads
        Its headings and rows.
    tool
        The program that wrote it; None for one that says nothing of its sheets.
    decided
        Columns of which somebody has said what their values mean.
    """
    if tool is None:
        return frozenset(), []
    left: set[int] = set()
    notes: list[str] = []
    columns = {c: s for c, s in status_columns(heads, tool).items() if c not in decided}
    for column, status in columns.items():
        found: dict[tuple[Says, str], list[int]] = {}
        for row in heads.rows:
            text = row.cell(column)
            says = None if row.number in left else status.of(text)
            if says:
                found.setdefault((says, text.strip()), []).append(row.number)
        if status.blank and sum(map(len, found.values())) == len(heads.rows) and len(found) == 1:
            continue  # a column that is blank throughout says nothing
        heading = shown(heads.names[column][0]) if heads.names[column] else letter(column)
        for (says, text), numbers in found.items():
            what = f"“{shown(text)}”" if text else "nothing"
            rows = f"row {numbers[0]}" if len(numbers) == 1 else f"rows {spans(numbers)}"
            begins = f"{table.name}: column {letter(column)} ({heading}) says {what} in {rows}"
            if says == "unfinished":
                notes.append(f"{begins}: {_SAYS[says]}; what is answered there was taken.")
            else:
                left.update(numbers)
                notes.append(f"{begins}: {_SAYS[says]}; left out.")
    return frozenset(left), notes
