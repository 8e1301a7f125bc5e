"""Rows of an export that are no answers, or may not be meant to count.

Survey programs write second and third heading rows (the question's text, an import id, "Open-Ended
Response"), and previews and unfinished sheets among the others.  A heading row must never become a
respondent: it is recognised and refused.  Whether an unfinished sheet counts is for people to say:
it is taken, and named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hrkit.answers.files.table import CellRow, CellTable, letter, spans
from hrkit.errors import Problem
from hrkit.text import normal, normal_number, shown

__all__ = ["ColumnTakes", "heading_rows", "say_heading_rows", "unfinished"]

#: Further heading rows stand directly under the first.
_DEEPEST = 3
#: What survey programs write under the heading of a question in words of one's own.
_STANDING = frozenset({"open-ended response", "response", "question text"})

#: Columns in which survey programs say what became of a sheet, and what says that it is no
#: finished one: Qualtrics, LimeSurvey, SurveyXact, SurveyMonkey, by normal form.
_SAY_UNFINISHED: Mapping[str, Callable[[str], bool]] = {
    "status": frozenset(
        {
            "survey preview",
            "survey test",
            "preview",
            "test",
            "spam",
            "spam preview",
            "1",
            "2",
            "8",
            "9",
            "nogen svar",
            "some answers",
            "partial",
            "partially complete",
            "partially completed",
            "incomplete",
            "in progress",
            "ny",
            "new",
            "distribueret",
            "distributed",
            "frafaldet",
            "delvist besvaret",
            "niet voltooid",
            "onvolledig",
        }
    ).__contains__,
    "finished": frozenset({"false", "0", "no", "nej", "nee", "falsk", "onwaar"}).__contains__,
    "completed": frozenset({"false", "0", "no", "nej", "nee"}).__contains__,
    "progress": lambda text: text.isdecimal() and int(text) < 100,
    "distributionchannel": frozenset({"preview", "test"}).__contains__,
    "submitdate": lambda text: not text,
    "submitdate. date submitted": lambda text: not text,
    "date submitted": lambda text: not text,
}


@dataclass(frozen=True)
class ColumnTakes:
    """What may stand in a column of answers.

    Attributes
    ----------
    wordings
        The question's own words, in normal form.
    closed
        Whether only some answers are taken.
    takes
        Whether a cell is one of them.
    """

    wordings: frozenset[str]
    closed: bool
    takes: Callable[[str], bool]


def heading_rows(table: CellTable, columns: Mapping[int, ColumnTakes]) -> list[int]:
    """Numbers of rows that are further headings.

    Parameters
    ----------
    table
        The file.
    columns
        The columns that hold answers.
    """
    headings = {column: normal(text) for column, text in enumerate(table.header.cells)}
    top = table.rows[:_DEEPEST]
    written = {text for text in table.header.cells if text.strip()}
    sure = {row.number for row in top if _repeats(row, headings) or _has_ids(row)}
    # Files put together from several repeat the headings further down.
    sure |= {
        row.number
        for row in table.rows[_DEEPEST:]
        if len(written.intersection(row.cells)) > 1 and _repeats(row, headings)
    }
    below = any(_answers(row, columns) for row in table.rows[len(top) :][:200]) or any(
        _answers(row, columns) for row in top
    )
    for row in top:
        if (
            row.number in sure
            or _wording(row, columns, headings)
            or (below and _nothing_fits(row, columns))
        ):
            sure.add(row.number)
        else:
            break
    # What stands above a row of import ids is heading too.
    ids = [row.number for row in top if _has_ids(row)]
    sure.update(row.number for row in top if ids and row.number < max(ids))
    return sorted(sure)


def say_heading_rows(table: CellTable, numbers: list[int]) -> Problem:
    """Further heading rows as one problem."""
    one = len(numbers) == 1
    return Problem(
        f"{table.name} row{'' if one else 's'} {spans(numbers)}",
        f"{'is a further heading row' if one else 'are further heading rows'} and no answers",
        f"delete {'it' if one else 'them'}, or say in a mapping: header_rows: {len(numbers) + 1}",
    )


def _repeats(row: CellRow, headings: Mapping[int, str]) -> bool:
    full = [(column, normal(cell)) for column, cell in enumerate(row.cells) if cell.strip()]
    same = sum(headings.get(column) == text for column, text in full)
    return same >= 2 and same >= len(full) / 2


def _has_ids(row: CellRow) -> bool:
    return any("importid" in cell.lower() and cell.lstrip().startswith("{") for cell in row.cells)


def _wording(row: CellRow, columns: Mapping[int, ColumnTakes], headings: Mapping[int, str]) -> bool:
    """Whether at least half of the answers are the questions themselves."""
    full = [(column, normal(row.cell(column))) for column in columns if row.cell(column).strip()]
    same = sum(
        text in columns[column].wordings
        or (text == headings.get(column) and not columns[column].takes(row.cell(column)))
        or (not columns[column].closed and text in _STANDING)
        for column, text in full
    )
    return same > 0 and same >= len(full) / 2


def _answers(row: CellRow, columns: Mapping[int, ColumnTakes]) -> bool:
    return any(
        expected.closed and row.cell(column).strip() and expected.takes(row.cell(column))
        for column, expected in columns.items()
    )


def _nothing_fits(row: CellRow, columns: Mapping[int, ColumnTakes]) -> bool:
    """Whether a row has words in place of answers, and not one answer, as headings do."""
    full = [
        column
        for column, expected in columns.items()
        if expected.closed and row.cell(column).strip()
    ]
    words = [
        column
        for column in full
        if len(row.cell(column).strip()) > 3
        and not normal_number(row.cell(column)).lstrip("-").replace(".", "").isdecimal()
    ]
    enough = len(full) > 1 or (len(full) == len(columns) == 1)
    return enough and len(words) == len(full) and not _answers(row, columns)


def unfinished(table: CellTable, taken: frozenset[int]) -> list[str]:
    """Notes on rows that say of themselves that they are no finished answers.

    Parameters
    ----------
    table
        The file.
    taken
        Numbers of the rows that were taken.
    """
    notes = []
    for column, heading in enumerate(table.header.cells):
        says = _SAY_UNFINISHED.get(normal(heading))
        if says is None:
            continue
        found: dict[str, list[int]] = {}
        for row in table.rows:
            if row.number in taken and says(normal_number(row.cell(column))):
                found.setdefault(row.cell(column).strip(), []).append(row.number)
        if sum(map(len, found.values())) == len(taken) and not any(found):
            continue  # a column that is blank throughout says nothing
        for text, numbers in found.items():
            what = f"“{shown(text)}”" if text else "nothing"
            one = len(numbers) == 1
            notes.append(
                f"{table.name}: column {letter(column)} ({shown(heading)}) says {what} in "
                f"row{'' if one else 's'} {spans(numbers)}; "
                f"{'it was taken and counts' if one else 'they were taken and count'}: delete what "
                "shall not."
            )
    return notes
