"""A file as a grid of text, before anyone knows what it means.

Every cell is text exactly as written: nothing becomes a number, a date or a missing value here.
Rows and columns carry the numbers and letters under which a spreadsheet shows them, because
that is where the person who has to mend the file will look.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from hrkit.errors import AnswersError, Problem

__all__ = [
    "ERROR",
    "ERROR_VALUES",
    "MAX_CELLS",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "UNFILLED",
    "CellRow",
    "CellTable",
    "TurnedTable",
    "grid",
    "letter",
    "spans",
]

#: The largest sheet that is read, of whatever kind of file.
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 200_000, 2_000, 4_000_000

#: What a spreadsheet shows where a formula failed.
#: Begins what `CellTable.odd` says of a cell that holds one of them.
ERROR = "the error "
ERROR_VALUES = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)


#: What is said of a file that is a template still.
UNFILLED = "has headings and no answers"


@dataclass(frozen=True, slots=True)
class CellRow:
    """One row: its number as a spreadsheet shows it, and its cells from column A on."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text of a column (0 is A); empty where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def empty(self) -> bool:
        """Whether no cell holds anything but spaces."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class CellTable:
    """A file as read.

    Attributes
    ----------
    name
        The file's name, as problems cite it.
    header
        The first row.
    rows
        The rows below it that hold something.
    notes
        What was decided on the way and should be said aloud.
    odd
        (row number, column) to what kind of thing stands there that is neither text nor a number:
        a date, an error, a formula without result.
    numbers
        Columns in which at least one cell is a number and not text; only a workbook knows.
    made_for
        Id of the engagement for which the kit wrote the file; empty if it does not say.
    hidden_columns
        Columns that a workbook does not show.
    others
        Further sheets of the same file that hold answers too.
    about
        What each column is about, where the file says so apart from its heading.
    labels
        Column to what its coded values stand for, by text; only a statistics program's file knows.
    missing
        Column to values that the file itself declares to be no answer.
    """

    name: str
    header: CellRow
    rows: tuple[CellRow, ...]
    notes: tuple[str, ...] = ()
    odd: dict[tuple[int, int], str] = field(default_factory=dict)
    numbers: frozenset[int] = frozenset()
    made_for: str = ""
    hidden_columns: frozenset[int] = frozenset()
    others: tuple[CellTable, ...] = ()
    about: tuple[str, ...] = ()
    labels: dict[int, dict[str, str]] = field(default_factory=dict)
    missing: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return self._width

    @cached_property
    def _width(self) -> int:
        return max(len(row.cells) for row in (self.header, *self.rows))

    def where(self, row: int, column: int, key: str = "") -> str:
        """``answers.xlsx row 14, column H (trust.03)``."""
        return f"{self.name} row {row}, column {letter(column)}" + (f" ({key})" if key else "")


@dataclass(frozen=True)
class TurnedTable(CellTable):
    """A form that is filled in from top to bottom, as the one row that it stands for.

    ``lines`` are the rows of the sheet in which its headings stand, ``column`` is where the answers do.
    """

    lines: tuple[int, ...] = ()
    column: int = 2

    def where(self, row: int, column: int, key: str = "") -> str:
        """The cell of the sheet, not of the row it was turned into."""
        line = self.lines[column] if column < len(self.lines) else row
        place = f"{self.name} row {line}, column {letter(self.column)}"
        return place + (f" ({key})" if key else "")


def letter(column: int) -> str:
    """Letters of a column: 0 is A, 25 is Z, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def grid(
    name: str,
    rows: list[tuple[int, list[str]]],
    notes: list[str],
    odd: dict[tuple[int, int], str] | None = None,
    numbers: frozenset[int] = frozenset(),
    made_for: str = "",
    hidden_columns: frozenset[int] = frozenset(),
    skip: int = 0,
) -> CellTable:
    """Table from numbered rows: the first is the heading, empty ones are left out and told.

    Parameters
    ----------
    name
        What problems call the file.
    rows
        Numbers as the file counts them, from 1, and cells as text.
    notes, odd, numbers, made_for, hidden_columns
        See `CellTable`.
    skip
        Rows above the headings.

    Raises
    ------
    AnswersError
        If there is no heading, or nothing below it.
    """
    odd = odd or {}
    marked = {number for number, _ in odd}
    all_rows = [CellRow(number, tuple(cells)) for number, cells in rows[skip:]]
    full = [row for row in all_rows if not row.empty or row.number in marked]
    if not full or full[0] is not all_rows[0]:
        problem = Problem(
            f"{name} row {skip + 1}",
            "has no headings",
            "put the headings into the first row, or say in a mapping how many rows to skip",
        )
        raise AnswersError(f"{name} cannot be read.", [problem])
    if len(full) == 1:
        problem = Problem(name, UNFILLED, "fill in one row for each person")
        raise AnswersError(f"{name} cannot be read.", [problem])
    gaps = [
        row.number
        for row in all_rows
        if row.empty and row.number not in marked and row.number < full[-1].number
    ]
    if gaps:
        what = f"row {gaps[0]} is" if len(gaps) == 1 else f"rows {spans(gaps)} are"
        notes = [
            *notes,
            f"{name}: {what} empty and was skipped."
            if len(gaps) == 1
            else f"{name}: {what} empty and were skipped.",
        ]
    return CellTable(
        name, full[0], tuple(full[1:]), tuple(notes), odd, numbers, made_for, hidden_columns
    )


def spans(numbers: list[int]) -> str:
    """``3, 5–9`` for numbers of rows in rising order."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in found)
