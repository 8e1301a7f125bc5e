"""A table as a mapping says it is: rows of headings, rows that are not read, a row an answer made a row a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hrkit.answers.files.table import CellRow, CellTable, letter, spans
from hrkit.answers.readers.mapping import Mapped, listed
from hrkit.answers.readers.surveys.tool import Heads, heads_of
from hrkit.errors import AnswersError, Problem
from hrkit.text import Lookup, normal, shown

__all__ = ["LongTable", "headed", "kept", "one_row_a_person"]


def headed(table: CellTable, lines: int) -> tuple[CellTable, Heads]:
    """The table below its rows of headings, and all that names each column.

    A heading that stands more than once is numbered: ``Comment #1``, ``Comment #2``; any column is
    ``column D`` too.
    """
    heads = heads_of(table, lines, spread=lines > 1)
    counts: dict[str, int] = {}
    for names in heads.names:
        for name in names[:1]:
            counts[normal(name)] = counts.get(normal(name), 0) + 1
    seen: dict[str, int] = {}
    found = []
    for column, names in enumerate(heads.names):
        more = [f"column {letter(column)}"]
        for name in names[:1]:
            form = normal(name)
            seen[form] = seen.get(form, 0) + 1
            if counts[form] > 1:
                more.append(f"{name} #{seen[form]}")
        found.append((*names, *more))
    body = replace(table, rows=heads.rows)
    return body, heads._replace(names=tuple(found))


def kept(table: CellTable, mapped: Mapped, place: Mapping[str, int], notes: list[str]) -> CellTable:
    """The rows that a mapping wants read; which it does not is said."""
    data = mapped.data
    keep, drop = (
        {
            column: Lookup({str(value): True for value in values})
            for column, values in data.get(which, {}).items()
            if column in place
        }
        for which in ("keep", "drop")
    )

    def against(row: CellRow) -> str | None:
        """The column by whose value a row is left out."""
        for column, values in keep.items():
            if row.cell(place[column]) not in values:
                return column
        for column, values in drop.items():
            if row.cell(place[column]) in values:
                return column
        return None

    dropped: dict[str, list[int]] = {}
    rows = []
    for row in table.rows:
        column = against(row)
        if column is None:
            rows.append(row)
        else:
            text = row.cell(place[column]).strip()
            said = f"“{shown(text)}”" if text else "nothing"
            dropped.setdefault(f"{shown(column)} says {said}", []).append(row.number)
    for what, numbers in list(dropped.items())[:20]:
        one = len(numbers) == 1
        notes.append(
            f"{table.name}: {'row' if one else 'rows'} {spans(numbers)} left out, as the mapping "
            f"says: {what}."
        )
    if len(dropped) > 20:
        rest = sum(len(numbers) for numbers in list(dropped.values())[20:])
        notes.append(f"{table.name}: {rest} further rows left out, as the mapping says.")
    return replace(table, rows=tuple(rows))


@dataclass(frozen=True)
class LongTable(CellTable):
    """A row for each person, made of a row for each answer.

    ``origin`` is where a cell of it stands in the file.
    """

    origin: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def where(self, row: int, column: int, key: str = "") -> str:
        """The cell of the file."""
        row, column = self.origin.get((row, column), (row, column))
        return super().where(row, column, key)


def one_row_a_person(table: CellTable, heads: Heads, mapped: Mapped) -> tuple[LongTable, Heads]:
    """A file with a row for each answer as a table with a row for each person.

    Raises
    ------
    AnswersError
        If a person answers a question twice, or a column about the person changes between its rows.
    """
    said = mapped.data["long"]
    places = {normal(name): column for column, names in enumerate(heads.names) for name in names}
    missing = [
        Problem(
            mapped.source.where(path), f"{table.name} has no column {shown(name)}", "correct it"
        )
        for path, name in (
            (("long", "question"), said["question"]),
            (("long", "answer"), said["answer"]),
            *((("respondent",), name) for name in listed(mapped.data.get("respondent"))),
        )
        if normal(name) not in places
    ]
    if missing:
        raise AnswersError(f"{table.name} was not taken.", missing)
    asked, given = places[normal(said["question"])], places[normal(said["answer"])]
    whose = [places[normal(name)] for name in listed(mapped.data.get("respondent"))]
    # Answers may be asked of one organisation at a time.
    if mapped.organisation and normal(mapped.organisation) in places:
        whose.append(places[normal(mapped.organisation)])
    width = len(table.header.cells)
    named = set(mapped.columns)
    facts = [c for c in range(width) if c not in (asked, given) and named & set(heads.names[c])]
    columns: dict[str, int] = {}
    titles: list[str] = []
    people: dict[tuple[str, ...], tuple[int, dict[int, str]]] = {}
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    problems: list[Problem] = []
    for row in table.rows:
        who = tuple(normal(row.cell(column)) for column in whose)
        if not all(who):
            # Answers of several people would be put together as one's.
            if row.cell(asked).strip() or row.cell(given).strip():
                column = next(c for c, said in zip(whose, who, strict=True) if not said)
                what = "does not say whose answer this is"
                problems.append(Problem(table.where(row.number, column), what, "fill it in"))
            continue
        number, cells = people.setdefault(who, (row.number, {}))
        for column in facts:
            text = row.cell(column)
            if text.strip() and normal(cells.setdefault(column, text)) != normal(text):
                what = f"“{shown(text)}” is not what row {number} says of the same person"
                problems.append(
                    Problem(table.where(row.number, column), what, "correct one of them")
                )
        question = row.cell(asked).strip()
        if not question:
            continue
        place = columns.setdefault(normal(question), width + len(columns))
        if place - width == len(titles):
            titles.append(question)
        if cells.get(place, "").strip() and row.cell(given).strip():
            first = origin[number, place][0]
            what = f"answers {shown(question)} a second time, after row {first}"
            problems.append(Problem(f"{table.name} row {row.number}", what, "keep one of the rows"))
        cells[place] = row.cell(given)
        origin[number, place] = (row.number, given)
    if problems:
        raise AnswersError(f"{table.name} was not taken.", problems)
    # What was one column of answers is now one for each question.
    wide = width + len(titles)
    header = [*table.header.cells, *titles]
    header[asked] = header[given] = ""
    rows = tuple(
        CellRow(number, tuple(cells.get(column, "") for column in range(wide)))
        for number, cells in people.values()
    )
    names = [*heads.names, *((title,) for title in titles)]
    names[asked] = names[given] = ()
    made = LongTable(
        table.name,
        CellRow(table.header.number, tuple(header)),
        rows,
        table.notes,
        {},
        made_for=table.made_for,
        origin=origin,
    )
    return made, heads._replace(names=tuple(names), rows=rows)
