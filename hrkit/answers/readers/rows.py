"""From a grid of text to a reading: every cell checked, every problem listed, whole or not at all.

A `Layout` says what each column means; the kit's own template and a mapping for another
program's export differ only in how they arrive at one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hrkit.answers.files.table import ERROR_VALUES, Row, Table
from hrkit.answers.readers.vocabulary import Values, Wrong, people, shown
from hrkit.answers.responses import Reading, content_digest, tables
from hrkit.errors import AnswersError, Problem
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import DONT_KNOW, Question

__all__ = ["Layout", "Source", "collect"]

_LONGEST_CODE = 200


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact about the respondent comes from: a column, or one value for all rows.

    ``values`` turns what stands in the column into an id; None leaves it as it is.
    """

    column: int | None = None
    value: str = ""
    values: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Layout:
    """What the columns of a table mean.

    Attributes
    ----------
    person
        Sources of wave, unit, perspective, level, pair.
    code
        Columns that together identify the respondent; may be empty.
    group
        Column by whose value the rows are split; None if they are not.
    questions
        Column to question.
    recode
        Question key, or ``*`` for all ratings and categories, to raw value → value.
    dont_know, blank
        Raw values read as "don't know" and as blank.
    skip_unanswered
        Rows without any answer are left out and told; else they are problems.
    """

    person: Mapping[str, Source]
    questions: Mapping[int, Question]
    code: tuple[int, ...] = ()
    group: int | None = None
    recode: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dont_know: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset({""})
    skip_unanswered: bool = False

    @property
    def used(self) -> frozenset[int]:
        """Columns that are read."""
        columns = {*self.questions, *self.code}
        facts = (self.group, *(source.column for source in self.person.values()))
        return frozenset(columns | {column for column in facts if column is not None})


def collect(
    table: Table, layout: Layout, engagement: Engagement, problems: list[Problem], notes: list[str]
) -> dict[str, Reading]:
    """Readings by value of the layout's group column (``""`` where it has none).

    Parameters
    ----------
    table
        The file.
    layout
        What its columns mean.
    engagement
        Says which waves, units, perspectives and questions there are.
    problems
        What was found in the headings; cells are checked all the same, so that one list says all.
    notes
        What was decided so far.

    Raises
    ------
    AnswersError
        If there is any problem.
    """
    found = [*problems]
    reader = _Reader(table, layout, engagement)
    for row in table.rows:
        found += reader.read(row)
    if not reader.people and not found:
        found.append(Problem(table.name, "holds no answers", "fill in one row for each person"))
    if found:
        count = "1 thing" if len(found) == 1 else f"{len(found)} things"
        raise AnswersError(f"{table.name} was not taken: {count} to mend, and nothing was changed.",
                           found)  # fmt: skip
    notes = [*table.notes, *notes, *reader.notes()]
    readings = {}
    for group, rows in reader.people.items():
        codes = {key: reader.codes[key] for key, *_ in rows if key in reader.codes}
        responses = tables(rows, (a for key, *_ in rows for a in reader.answers[key]))
        digest = content_digest(responses, codes)
        readings[group] = Reading(responses, tuple(notes), digest, len(rows), codes)
    return readings


class _Reader:
    """Takes rows one by one; what it has gathered counts only if no row had a problem."""

    def __init__(self, table: Table, layout: Layout, engagement: Engagement) -> None:
        self.table, self.layout, self.engagement = table, layout, engagement
        self.choices = people(engagement)
        self.engagement = engagement
        self.values = {id: Values(scale) for id, scale in engagement.instrument.scales.items()}
        self.people: dict[str, list[tuple[str, str, str, str, str | None, str | None]]] = {}
        self.answers: dict[str, list[tuple[str, str, str, str]]] = {}
        self.codes: dict[str, str] = {}
        self.unanswered: list[int] = []
        self._seen: dict[tuple[str, str, str], int] = {}

    def notes(self) -> Iterator[str]:
        if self.unanswered:
            count = len(self.unanswered)
            rows = (
                "1 row without any answer was"
                if count == 1
                else f"{count} rows without any answer were"
            )
            yield f"{self.table.name}: {rows} left out, as the mapping says."
        if any(column in self.table.numbers for column in self.layout.code):
            yield (f"{self.table.name}: the codes are numbers in the workbook; zeros that Excel "
                   "shows in front of a number are not part of it.")  # fmt: skip

    def read(self, row: Row) -> Iterator[Problem]:
        """Take a row; what is wrong with it comes back."""
        strange = list(self._strange(row))
        yield from strange
        skip = {column for column in self.layout.used if self._is_odd(row, column)}
        given = {
            column: question
            for column, question in self.layout.questions.items()
            if column not in skip and not self._blank(row.cell(column))
        }
        if not given and not strange:
            if self.layout.skip_unanswered:
                self.unanswered.append(row.number)
                return
            yield Problem(f"{self.table.name} row {row.number}", "has no answer to any question",
                          "fill it in, or delete the row")  # fmt: skip
            skip |= {column for column in self.layout.used if self._blank(row.cell(column))}
        if len(row.cells) > len(self.table.header.cells):
            for column in range(len(self.table.header.cells), len(row.cells)):
                if row.cell(column).strip():
                    yield Problem(self.table.where(row.number, column),
                                  f"“{shown(row.cell(column))}” stands beyond the last heading",
                                  "check the quotes and the delimiter of this row")  # fmt: skip
        facts: dict[str, str | None] = {}
        for name in ("wave", "unit", "perspective", "level", "pair"):
            fact = self._fact(name, row, skip)
            if isinstance(fact, Problem):
                yield fact
                fact = None
            facts[name] = fact
        yield from self._placed(row, facts)
        key = f"{self.table.name} row {row.number}"
        group = row.cell(self.layout.group).strip() if self.layout.group is not None else ""
        if self.layout.group is not None and not group:
            yield Problem(self.table.where(row.number, self.layout.group),
                          "the organisation is blank", "fill it in")  # fmt: skip
        yield from self._code(row, key, group, facts["wave"] or "", skip)
        self.answers[key] = []
        for column, question in given.items():
            answer = self._answer(row, column, question, facts["perspective"])
            if isinstance(answer, Problem):
                yield answer
            else:
                self.answers[key].append((key, question.item.id, question.facet.id, answer))
        self.people.setdefault(group, []).append(
            (key, facts["wave"] or "", facts["unit"] or "", facts["perspective"] or "",
             facts["level"], facts["pair"])
        )  # fmt: skip

    def _placed(self, row: Row, facts: dict[str, str | None]) -> Iterator[Problem]:
        """The unit as the row's wave has it: one that was renamed or merged, under its id then."""
        unit, wave = facts["unit"], facts["wave"]
        if not unit or not wave:
            return
        facts["unit"] = self.engagement.place(unit, wave)
        if facts["unit"] is None:
            source = self.layout.person.get("unit")
            column = source.column if source else None
            where = (f"{self.table.name} row {row.number}" if column is None
                     else self.table.where(row.number, column, "unit"))  # fmt: skip
            known = ", ".join(one.id for one in self.engagement.units_in(wave)[:20])
            yield Problem(where, f"the unit {unit} was not there in {wave}", f"use {known}")

    def _blank(self, text: str) -> bool:
        return not text.strip() or text.strip() in self.layout.blank

    def _is_odd(self, row: Row, column: int) -> bool:
        return (row.number, column) in self.table.odd or row.cell(column).strip() in ERROR_VALUES

    def _strange(self, row: Row) -> Iterator[Problem]:
        for column in sorted(self.layout.used):
            kind = self.table.odd.get((row.number, column))
            if kind is None and row.cell(column).strip() in ERROR_VALUES:
                kind = f"the error {row.cell(column).strip()}"
            if kind is not None:
                yield Problem(self.table.where(row.number, column, self._name(column)),
                              f"holds {kind} instead of an answer",
                              "format the cell as text and type it again, or leave it blank")  # fmt: skip

    def _name(self, column: int) -> str:
        question = self.layout.questions.get(column)
        if question is not None:
            return question.key
        for name, source in self.layout.person.items():
            if source.column == column:
                return name
        return "code" if column in self.layout.code else ""

    def _fact(self, name: str, row: Row, skip: set[int]) -> str | Problem | None:
        source = self.layout.person.get(name)
        choices = self.choices.get(name)
        if source is None or (source.column in skip):
            return None
        if source.column is None:
            return source.value or None
        where = self.table.where(row.number, source.column, name)
        raw = row.cell(source.column).strip()
        if source.values is not None and raw not in source.values and not self._blank(raw):
            return Problem(where, f"“{shown(raw)}” is not among the values of the mapping",
                           "add it there")  # fmt: skip
        text = (source.values or {}).get(raw, "" if self._blank(raw) else raw)
        if choices is None:
            return text or None
        if not text:
            if len(choices.ids) == 1:
                return choices.ids[0]
            return Problem(where, f"the {name} is blank", f"use {choices.known()}")
        found = choices.find(text)
        return Problem(where, *found) if isinstance(found, Wrong) else found

    def _code(self, row: Row, key: str, group: str, wave: str, skip: set[int]) -> Iterator[Problem]:
        columns = self.layout.code
        parts = ["" if self._blank(row.cell(c)) else row.cell(c).strip() for c in columns]
        if skip & set(columns) or not any(parts):
            return
        where = self.table.where(row.number, columns[0], "code")
        if not all(parts):
            yield Problem(where, "only a part of what identifies the row is there", "fill it in")
            return
        code = " | ".join(parts)
        if len(code) > _LONGEST_CODE:
            yield Problem(where, f"the code has {len(code)} characters",
                          f"use {_LONGEST_CODE} or fewer")  # fmt: skip
        first = self._seen.setdefault((group, wave, code), row.number)
        if first != row.number:
            yield Problem(where, f"the code {shown(code)} stands in row {first} already",
                          "keep one of the rows, or correct the code")  # fmt: skip
        self.codes[key] = code

    def _answer(
        self, row: Row, column: int, question: Question, perspective: str | None
    ) -> str | Problem:
        where = self.table.where(row.number, column, question.key)
        if perspective is not None and perspective not in question.item.ask:
            asked = ", ".join(question.item.ask)
            return Problem(where, f"{perspective} is not asked this question (it is for {asked})",
                           "leave it blank, or correct the perspective")  # fmt: skip
        text = row.cell(column)
        if text.strip() in self.layout.dont_know:
            return DONT_KNOW
        recode = self.layout.recode.get(question.key)
        if recode is None and question.facet.scale.kind != "text":
            recode = self.layout.recode.get("*")
        if recode is not None:
            if text.strip() not in recode:
                return Problem(where, f"“{shown(text)}” is not among the values of the mapping",
                               "add it there, or correct the cell")  # fmt: skip
            text = recode[text.strip()]
        found = self.values[question.facet.scale.id].find(text)
        return Problem(where, *found) if isinstance(found, Wrong) else found
