"""An open sheet of a tool: filled in by a party or the room under its own name, on paper or in a workbook.

What it says goes into the records (`hrkit.records`) and never among survey results.  A form is made
anew in each language, so that a workbook may come back in any; its ids are the same in all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from hrkit.blocks import Table, Text, b
from hrkit.blocks.fillable import Fillable, FormColumn
from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.records.values import ROOM, OpenLine, Records
from hrkit.report.handouts.room import GROUND, room

__all__ = ["LONGEST", "Fault", "FormMaker", "OpenField", "OpenForm", "OpenRow"]

#: Characters of a text.
LONGEST = 280
#: A fault of a sheet: scope, row and field, what is wrong, what to do.
Fault = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class OpenField:
    """A field to fill in.

    Attributes
    ----------
    id, name
        Its id, and its heading.
    choices
        What may stand in it, with what the reader sees; free text if empty.
    width
        In characters, on a sheet as in a workbook.
    kind
        What is written there where there are no choices; a ``date`` is kept as an ISO day, a ``number``
        with a point.
    """

    id: str
    name: str
    choices: tuple[tuple[str, str], ...] = ()
    width: float = 24
    kind: Literal["text", "date", "number"] = "text"


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row of a sheet: what it is about, and whose word it is.

    ``about`` are the cells that say so, one for each of the form's ``heads``.
    """

    id: str
    about: tuple[str, ...]
    scope: str = ROOM

    @property
    def key(self) -> str:
        """What stands in the column of ids."""
        return self.id if self.scope == ROOM else f"{self.scope} {self.id}"


@dataclass(frozen=True)
class OpenForm:
    """A sheet to fill in.

    Attributes
    ----------
    tool, name
        Of which tool, and its name there: what ``hrkit fill --name`` takes.
    title, help
        What a reader sees first.
    heads, rows
        The given columns and what stands in them.
    fields
        The columns to fill in.
    free
        Lines of one's own below the rows; 0 for none.
    held
        What stands is changed only with a reason.
    faults
        What is wrong with all lines together.
    lasting
        What stands goes on over all rounds, and is not said beside one.
    """

    tool: str
    name: str
    title: str
    help: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[OpenRow, ...]
    fields: tuple[OpenField, ...]
    free: int = 0
    held: bool = False
    faults: Callable[[Sequence[OpenLine]], Iterable[Fault]] = lambda _: ()
    lasting: bool = False

    def of(self, scope: str) -> OpenForm:
        """The form of one party alone."""
        return replace(self, rows=tuple(row for row in self.rows if row.scope == scope))

    @property
    def scopes(self) -> tuple[str, ...]:
        """Whose words it asks for."""
        return tuple(dict.fromkeys(row.scope for row in self.rows))

    def label(self, field: OpenField, value: str) -> str:
        """What a reader sees of what stands in a field."""
        return dict(field.choices).get(value, value)

    def fillable(self, words: Words, records: Records, whose: tuple[str, str]) -> Fillable:
        """The workbook: rows with what stands already, and lines of one's own."""
        standing = {(one.scope, one.row): one for one in records.sheet(self.tool, self.name)}
        own = [
            OpenRow(line.row, ("",) * len(self.heads), line.scope)
            for key, line in standing.items()
            if self.free and key not in {(row.scope, row.id) for row in self.rows}
        ]
        rows = []
        for row in (*self.rows, *own):
            line = standing.get((row.scope, row.id))
            cells = (self.label(one, line.field(one.id)) if line else "" for one in self.fields)
            rows.append((row.key, *row.about, *cells, ""))
        columns = (
            FormColumn(words("openform.id"), 14, "fixed"),
            *(FormColumn(head, 30 if i else 26, "fixed") for i, head in enumerate(self.heads)),
            *(
                FormColumn(
                    one.name,
                    one.width,
                    "list" if one.choices else "date" if one.kind == "date" else "text",
                    tuple(label for _, label in one.choices),
                )
                for one in self.fields
            ),
            FormColumn(words("openform.reason"), 24),
        )
        return Fillable(
            words("openform.sheet"),
            words("plan_of_action.guide"),
            words("plan_of_action.lists"),
            self.title,
            columns,
            tuple(rows),
            (*self.help, words("openform.names"), words("openform.back")),
            empty=self.free,
            whose=whose,
        )

    def paper(self, *, lines: int = 1, summary: str = "", about: float = 30) -> Table:
        """The same to write on: the given columns, and room for a pen in every field."""
        rows: list[tuple[Text, ...]] = [
            ((b(row.about[0]),), *row.about[1:], *(room(lines) for _ in self.fields))
            for row in self.rows
        ]
        rows += [tuple(room(lines) for _ in (*self.heads, *self.fields)) for _ in range(self.free)]
        given, asked = len(self.heads), len(self.fields)
        first = (about, *[about * 0.6] * (given - 1)) if given else ()
        widths = (*first, *(one.width for one in self.fields))
        return Table(
            (*self.heads, *(one.name for one in self.fields)),
            tuple(rows),
            widths=widths,
            compact=True,
            shades=tuple((*[""] * given, *[GROUND] * asked) for _ in rows),
            summary=summary or self.title,
        )


#: How a tool makes one of its sheets, in the words of a language.
FormMaker = Callable[[Engagement, Words], OpenForm]
