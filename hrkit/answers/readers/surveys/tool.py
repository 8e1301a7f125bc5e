"""What is known of a survey program's exports, as data: how to recognise one, and what its columns are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from hrkit.answers.files.table import CellRow, CellTable
from hrkit.text import normal, normal_number

__all__ = ["Heads", "Kind", "Says", "Status", "SurveyTool", "first_row", "heads_of", "words"]

#: What a program's own column is: a time, an address (or place, or name), the program's own number of
#: the sheet, what became of it, the language, or something else of the program's.
Kind = Literal["time", "address", "number", "status", "language", "other"]
#: What a status says of a sheet: nobody's answers, one who was not to answer, or not finished.
Says = Literal["test", "screened", "unfinished"]


class Heads(NamedTuple):
    """The headings of a file: all that names each column, best first, and the rows below them."""

    names: tuple[tuple[str, ...], ...]
    rows: tuple[CellRow, ...]
    lines: int = 1


class Status(NamedTuple):
    """A column that says what became of a sheet, and what its values mean."""

    says: Mapping[str, Says]
    below: int = 0
    blank: Says | None = None

    def of(self, text: str) -> Says | None:
        """What a cell says; None for an ordinary sheet."""
        plain = normal_number(text)
        if not plain:
            return self.blank
        if self.below and plain.isdecimal() and int(plain) < self.below:
            return "unfinished"
        return self.says.get(plain)


@dataclass(frozen=True, eq=False)
class SurveyTool:
    """A survey program.

    Attributes
    ----------
    name
        As people call it.
    own
        Its own columns by heading, and what they are.
    telling
        Those of them that no other program writes.
    enough
        So many of them make a file its export.
    like
        Patterns of further headings of its own.
    status
        Columns that say what became of a sheet.
    heads
        Finds the headings and the rows of people.
    blank
        What it writes where nothing was answered.
    telling_like
        Patterns of headings that no other program writes.
    meant
        A file of its, with what people typed in the place of words for signs that it cannot write.
    """

    name: str
    own: Mapping[str, Kind]
    telling: frozenset[str]
    enough: int = 2
    like: tuple[tuple[re.Pattern[str], Kind], ...] = ()
    status: Mapping[str, Status] | None = None
    heads: Callable[[CellTable], Heads] | None = None
    blank: tuple[str, ...] = ()
    telling_like: tuple[re.Pattern[str], ...] = ()
    meant: Callable[[CellTable], CellTable] | None = None

    def marks(self, table: CellTable) -> int:
        """How many headings only this program writes; 0 if they are too few."""
        found = max(
            sum(map(self._tells, {normal(cell) for cell in row.cells}))
            for row in (table.header, *table.rows[:2])
        )
        return found if found >= self.enough else 0

    def _tells(self, heading: str) -> bool:
        return heading in self.telling or any(one.fullmatch(heading) for one in self.telling_like)

    def kind(self, names: Iterable[str]) -> Kind | None:
        """What a column of the program's own is, by any of its names; None if it asks something."""
        for name in map(normal, names):
            if name in self.own:
                return self.own[name]
            for pattern, kind in self.like:
                if pattern.fullmatch(name):
                    return kind
        return None

    def as_meant(self, table: CellTable) -> CellTable:
        """A file of its, with what stands in the cells in place of signs that it cannot write."""
        return self.meant(table) if self.meant else table

    def read(self, table: CellTable) -> Heads:
        """The headings of a file of its, and the rows below."""
        return (self.heads or first_row)(table)


def words(kind: Kind, *headings: str) -> dict[str, Kind]:
    """Headings of one kind."""
    return {normal(heading): kind for heading in headings}


def first_row(table: CellTable) -> Heads:
    """One row of headings; what the file says a column is about beside its heading names it too."""
    about = [*table.about, *[""] * (table.width - len(table.about))]
    return Heads(
        tuple(
            tuple(text for text in (table.header.cell(column), about[column]) if text.strip())
            for column in range(table.width)
        ),
        table.rows,
    )


def heads_of(table: CellTable, lines: int, *, spread: bool = False) -> Heads:
    """So many rows of headings: each of them names the column, and both together.

    Parameters
    ----------
    table
        The file.
    lines
        How many rows.
    spread
        Whether a heading of the first row stands for the columns after it that have none.
    """
    rows = (table.header, *table.rows)[:lines]
    names, over = [], ""
    for column in range(table.width):
        texts = [row.cell(column).strip() for row in rows]
        if spread:
            over = texts[0] or (over if any(texts[1:]) else "")
            texts[0] = over
        found = [text for text in texts if text]
        if len(found) > 1:
            found.append(" – ".join(found))
        names.append(tuple(dict.fromkeys(reversed(found) if spread else found)))
    return Heads(tuple(names), table.rows[lines - 1 :], lines)
