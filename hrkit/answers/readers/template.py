"""The kit's own answer file: the template, filled in.

A heading is a question's key, the heading as the template wrote it in any language, or the
question's wording in any language; columns may stand in any order, and a column that is not known
is an error with the nearest known names, never left out in silence.
"""

from __future__ import annotations

from pathlib import Path

from hrkit.answers.files.read import read_table
from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.editions import answered, say_edition
from hrkit.answers.readers.layout import Layout, Origin
from hrkit.answers.readers.owner import made_for, refuse_another
from hrkit.answers.readers.rows import collect
from hrkit.answers.readers.vocabulary import PERSON, Headings, Wrong, people
from hrkit.answers.responses import Reading
from hrkit.errors import Problem
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Question
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.text import normal, oddities

__all__ = ["read_answers"]


def read_answers(
    path: str | Path,
    engagement: Engagement,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Reading:
    """Read a filled-in answer file, whole or not at all.

    Parameters
    ----------
    path
        ``.xlsx`` or ``.csv``.
    engagement
        Says which questions, waves, units and perspectives there are.
    encoding, delimiter
        Override what is found out about a CSV file.
    sheet
        Sheet of a workbook; the template's own if not given, else the first visible.

    Returns
    -------
    Reading
        The responses, what should be said aloud, and the digest of the content.

    Raises
    ------
    AnswersError
        With every wrong heading and cell at once.
    """
    known = Headings(engagement.instrument, engagement)
    spoken = [words(language) for language in codes()]
    spoken += [engagement.words(language) for language in engagement.languages]
    sheets, *beside = (
        tuple(dict.fromkeys(w(f"answers.sheets.{name}") for w in spoken))
        for name in ("answers", "guide", "lists")
    )
    table = read_table(
        path,
        recognise=known.knows,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        sheets=sheets,
        beside=(*beside[0], *beside[1]),
    )
    refuse_another(table, engagement)
    problems: list[Problem] = []
    own = engagement
    said = [text for text in table.header.cells if text.strip() and not made_for(text)]
    engagement = answered(own, lambda one: _unknown(one, said), table.name)
    headings = known if engagement is own else Headings(engagement.instrument, engagement)
    notes = say_edition(table.name, engagement, own)
    layout = _layout(table, headings, engagement, problems, notes)
    return collect(table, layout, engagement, problems, notes)


def _unknown(engagement: Engagement, said: list[str]) -> int:
    """How many of the headings an edition of the instrument does not know."""
    headings = Headings(engagement.instrument, engagement)
    firsts = (normal(text).partition(" ")[0] for text in said)
    pairs = zip(said, firsts, strict=True)
    return sum(not headings.knows(one) and first not in headings.questions for one, first in pairs)


def _layout(
    table: CellTable,
    headings: Headings,
    engagement: Engagement,
    problems: list[Problem],
    notes: list[str],
) -> Layout:
    columns: dict[str, int] = {}
    odd: dict[str, None] = {}
    for column in range(table.width):
        text = table.header.cell(column)
        where = table.where(1, column)
        if (1, column) in table.odd:
            problems.append(
                Problem(
                    where,
                    f"holds {table.odd[1, column]} instead of a heading",
                    "write the question's key",
                )
            )
            continue
        if not text.strip():
            if column < len(table.header.cells) and any(r.cell(column).strip() for r in table.rows):
                problems.append(
                    Problem(
                        where,
                        "the column has content and no heading",
                        "write the question's key above it, or delete it",
                    )
                )
            continue
        if made_for(text):
            if any(row.cell(column).strip() for row in table.rows):
                problems.append(
                    Problem(
                        where,
                        "something stands below the engagement's id",
                        "only headings are read of this column; empty it",
                    )
                )
            continue
        odd |= dict.fromkeys(oddities(text.strip()))
        found = headings.find(text)
        if isinstance(found, Wrong):
            problems.append(Problem(where, *found))
            continue
        key, exact = found
        if key in columns:
            first = table.where(1, columns[key]).rpartition(", ")[2]
            problems.append(
                Problem(where, f"{key} stands twice, first in {first}", "keep one of the columns")
            )
            continue
        columns[key] = column
        if not exact:
            notes.append(
                f"{where}: the words after {key} are not the instrument's present ones; "
                f"the column was read as {key}."
            )
    if odd:
        notes.append(f"{table.name}: headings hold {', '.join(odd)}; these do not count.")
    questions: dict[int, Question] = {
        columns[key]: question for key, question in headings.questions.items() if key in columns
    }
    _say_absent(table, engagement, columns, problems, notes)
    person = {}
    for name in PERSON[1:]:
        if name in columns:
            person[name] = Origin(columns[name])
        elif name in ("wave", "unit", "perspective"):
            only = people(engagement)[name].ids
            person[name] = Origin(value=only[0] if len(only) == 1 else "")
    code = (columns["code"],) if "code" in columns else ()
    return Layout(person, questions, code)


def _say_absent(
    table: CellTable,
    engagement: Engagement,
    columns: dict[str, int],
    problems: list[Problem],
    notes: list[str],
) -> None:
    known = people(engagement)
    for name in ("wave", "unit", "perspective"):
        if name in columns:
            continue
        if len(known[name].ids) == 1:
            notes.append(f"{table.name} has no column {name}; every row is {known[name].ids[0]}.")
        else:
            problems.append(
                Problem(
                    f"{table.name} row 1",
                    f"has no column {name}",
                    f"add it, with one of {known[name].known()}",
                )
            )
    keys = engagement.instrument.keys
    absent = [key for key in keys if key not in columns]
    if len(absent) == len(keys):
        problems.append(
            Problem(
                f"{table.name} row 1",
                "has no heading of a question",
                "use the headings of the template",
            )
        )
    elif absent and not problems:
        notes.append(f"{table.name} has no column for {', '.join(absent)}.")
