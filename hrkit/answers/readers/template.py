"""The kit's own answer file: the template, filled in.

A heading is a question's key, the heading as the template wrote it in any language, or the
question's wording in any language; columns may stand in any order, and a column that is not known
is an error with the nearest known names, never left out in silence.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from hrkit.answers.ballots import answer_columns
from hrkit.answers.files.read import read_table
from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.choices import people
from hrkit.answers.readers.dictionary import is_dictionary
from hrkit.answers.readers.editions import answered, asked_before, say_edition
from hrkit.answers.readers.headings import PERSON, Headings
from hrkit.answers.readers.joined import sheets_as_one
from hrkit.answers.readers.layout import Layout, Origin
from hrkit.answers.readers.owner import Own, made_for, own_sheet, refuse_another
from hrkit.answers.readers.rows import collect, gather, refused
from hrkit.answers.readers.strange import refuse_strange
from hrkit.answers.readers.surveys import recognised
from hrkit.answers.readers.surveys.columns import Columns
from hrkit.answers.readers.surveys.found import survey_of
from hrkit.answers.readers.surveys.reading import read_survey
from hrkit.answers.readers.twice import Which
from hrkit.answers.readers.vocabulary import Wrong, no_codes
from hrkit.answers.responses import Reading
from hrkit.answers.tool_codes import QuestionCodes, bare
from hrkit.errors import AnswersError, Problem
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Question
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.text import Lookup, normal, oddities, shown

__all__ = ["laid_out", "read_answers"]


#: A title has so many cells at most, stands in so many rows, and headings below it so many known ones.
_TITLE, _TITLES, _FEWEST = 3, 10, 4


def read_answers(
    path: str | Path,
    engagement: Engagement,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    twice: Which = "",
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
    twice
        Which sheet counts of who answered twice under one code: the ``last`` or the ``first``; if
        nothing is said, the file is refused.

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
    ours = {code for code, _ in QuestionCodes(engagement.instrument).items()}
    before = asked_before(engagement)
    spoken = [words(language) for language in codes()]
    spoken += [engagement.words(language) for language in engagement.languages]
    sheets, *beside = (
        tuple(dict.fromkeys(w(f"answers.sheets.{name}") for w in spoken))
        for name in ("answers", "guide", "lists")
    )

    def knows(text: str) -> bool:
        return known.knows(text) or bare(text) in ours or before(text)

    read = functools.partial(
        read_table,
        path,
        recognise=knows,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        sheets=sheets,
        beside=(*beside[0], *beside[1]),
        own=laid_out,
    )
    table = _below_titles(read(), knows, read)
    parts = (replace(table, others=()), *table.others)
    for part in parts:
        refuse_another(part, engagement)
    if is_dictionary(table):
        problem = Problem(
            table.name,
            "is a data dictionary and holds no answers",
            "import the data; the dictionary helps to draft a mapping: hrkit map --dictionary",
        )
        raise refused(table.name, [problem])
    if not _kits_own(parts, lambda text: known.by_key(text) or before(text)):
        survey = survey_of(table, engagement)
        if survey is not None:
            return read_survey(table, survey, engagement, twice)
        refuse_strange(parts, knows, engagement.instrument.id)
    problems: list[Problem] = []
    own = engagement
    heads = dict.fromkeys(text for part in parts for text in part.header.cells)
    said = [text for text in heads if text.strip() and not made_for(text)]
    engagement = answered(own, lambda one: _unknown(one, said), table.name)
    headings = known if engagement is own else Headings(engagement.instrument, engagement)
    notes = say_edition(Path(path).name, engagement, own)
    if len(parts) > 1:
        return _joined(Path(path).name, parts, headings, engagement, notes, twice)
    layout = replace(_layout(parts[0], headings, engagement, problems, notes), twice=twice)
    return collect(parts[0], layout, engagement, problems, notes)


def _below_titles(
    table: CellTable, knows: Callable[[str], bool], read: Callable[..., CellTable]
) -> CellTable:
    """The table itself, or from where its headings are, where somebody wrote a title above them."""

    def known(one: CellTable) -> int:
        return sum(map(knows, {text for text in one.header.cells if text.strip()}))

    heads = [text for text in table.header.cells if text.strip()]
    if table.others or known(table) > 1 or len(heads) > _TITLE:
        return table
    for skip in range(1, _TITLES + 1):
        try:
            below = read(skip=skip)
        except AnswersError:
            continue
        if known(below) >= _FEWEST or recognised(below) is not None:
            rows = "row 1" if skip == 1 else f"rows 1–{skip}"
            told = f"{table.name}: {rows} above the headings {'was' if skip == 1 else 'were'} not read."
            return replace(below, notes=(*below.notes, told))
    return table


def _kits_own(parts: Sequence[CellTable], by_key: Callable[[str], bool]) -> bool:
    """Whether a file is the kit's template by its mark, or by keys over most of its columns."""
    heads = [text for part in parts for text in part.header.cells if text.strip()]
    if any(made_for(text) for text in heads) or len(parts) > 1:
        return True
    if recognised(parts[0]) is not None:
        return False
    return 2 * sum(map(by_key, heads)) > len(heads)


def laid_out(first_row: Sequence[str]) -> str:
    """How a sheet of the kit's for one perspective is laid out; empty for any other sheet."""
    own = own_sheet(first_row)
    return "" if own is None else "form" if own.form else "rows"


def _joined(
    name: str,
    parts: Sequence[CellTable],
    headings: Headings,
    engagement: Engagement,
    told: Sequence[str],
    twice: Which,
) -> Reading:
    """One reading of the sheets of a file, one a perspective; whole or not at all."""
    problems: list[Problem] = []
    readings: list[Reading] = []
    sheets: dict[Own, str] = {}
    for part in parts:
        wrong: list[Problem] = []
        notes: list[str] = []
        own = own_sheet(part.header.cells)
        if own is not None:
            first = sheets.setdefault(own, part.name)
            if first != part.name:
                problems.append(
                    Problem(
                        part.name,
                        f"is for {own.perspective}, as {first} is",
                        "keep one of the two sheets: the other may be a copy",
                    )
                )
                continue
        layout = replace(_layout(part, headings, engagement, wrong, notes), twice=twice)
        reading, found = gather(part, layout, engagement, notes, understood=not wrong)
        problems += [*wrong, *found]
        readings.append(reading)
    made = sheets_as_one(name, readings, problems, twice)
    if problems:
        raise refused(name, problems)
    return replace(made, notes=tuple(dict.fromkeys((*told, *made.notes))))


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
    more: dict[int, str] = {}
    finder: Columns | None = None
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
        if key in columns and key in headings.questions:
            finder = finder or Columns.of(engagement)
            roles = [
                finder.roles_of(table.header.cell(one))
                for one in (columns[key], column, *more)
                if one == column or one == columns[key] or more[one] == key
            ]
            # A form that branches has the question once in each role's words.
            if all(roles) and sum(map(len, roles)) == len(frozenset.union(*roles)):
                more[column] = key
                continue
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
    questions |= {column: headings.questions[key] for column, key in more.items()}
    branches = [*more, *(columns[key] for key in set(more.values()))]
    asks = {column: finder.roles_of(table.header.cell(column)) for column in branches if finder}
    own = own_sheet(table.header.cells)
    if own is not None and own.perspective not in engagement.instrument.perspectives:
        problems.append(
            Problem(
                table.name,
                f"is for {shown(own.perspective)}, whom {engagement.instrument.id} does not ask",
                "write the template anew: hrkit template DIR",
            )
        )
        own = None
    _say_absent(table, engagement, columns, problems, notes, own)
    person = {}
    for name in PERSON[1:]:
        if name == "perspective" and own is not None and name not in columns:
            person[name] = Origin(value=own.perspective)
        elif name in columns:
            person[name] = Origin(columns[name])
        elif name in ("wave", "unit", "perspective"):
            only = people(engagement)[name].ids
            person[name] = Origin(value=only[0] if len(only) == 1 else "")
    code = (columns["code"],) if "code" in columns else ()
    return Layout(person, questions, code, Lookup(dict.fromkeys(no_codes(), True)), asks=asks)


def _say_absent(
    table: CellTable,
    engagement: Engagement,
    columns: dict[str, int],
    problems: list[Problem],
    notes: list[str],
    own: Own | None = None,
) -> None:
    known = people(engagement)
    for name in ("wave", "unit", "perspective"):
        if name in columns or (own is not None and name == "perspective"):
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
    keys = [
        key
        for key, question in answer_columns(engagement.instrument).items()
        if own is None or own.perspective in question.item.ask
    ]
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
