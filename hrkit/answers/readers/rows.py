"""From a grid of text to a reading: every cell checked, every problem listed, whole or not at all.

A `Layout` says what each column means; the kit's own template and a mapping for another
program's export differ only in how they arrive at one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hrkit.answers.files.table import ERROR, ERROR_VALUES, CellRow, CellTable
from hrkit.answers.readers.answered import AnswerReader
from hrkit.answers.readers.blanks import Blanks
from hrkit.answers.readers.careful import careless
from hrkit.answers.readers.extra import ColumnTakes, heading_rows, say_heading_rows, unfinished
from hrkit.answers.readers.layout import Layout
from hrkit.answers.readers.nothing import may_be_nothing, say_blank
from hrkit.answers.readers.person import FACTS, PersonReader
from hrkit.answers.readers.remarks import LeftOut, alike_rows, odd_cells, odd_numbers
from hrkit.answers.readers.twice import Twice, in_order, say_twice
from hrkit.answers.responses import Reading, content_digest, of_given
from hrkit.errors import AnswersError, Problem
from hrkit.model.engagement import Engagement
from hrkit.text import shown

__all__ = ["collect", "expected", "gather", "refused"]


def collect(
    table: CellTable,
    layout: Layout,
    engagement: Engagement,
    problems: list[Problem],
    notes: list[str],
) -> Reading:
    """The reading of a table.

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
    reading, found = gather(table, layout, engagement, notes, understood=not problems)
    if not reading.rows and not found:
        found = [Problem(table.name, "holds no answers", "fill in one row for each person")]
    if problems or found:
        raise refused(table.name, [*problems, *found])
    return reading


def refused(name: str, problems: list[Problem]) -> AnswersError:
    """The refusal of a file, with all that is to mend."""
    count = "1 thing" if len(problems) == 1 else f"{len(problems)} things"
    return AnswersError(
        f"{name} was not taken: {count} to mend, and nothing was changed.", problems
    )


def gather(
    table: CellTable,
    layout: Layout,
    engagement: Engagement,
    notes: Iterable[str],
    *,
    understood: bool = True,
) -> tuple[Reading, list[Problem]]:
    """The reading of a table, which counts only if no problem comes with it; see `collect`.

    Where the headings were not all ``understood``, a row is not blamed for having no answer when
    something stands in a column that was not read.
    """
    reader = _RowReader(table, layout, engagement, understood)
    extra = heading_rows(table, reader.answers.expected())
    found = [say_heading_rows(table, extra)] if extra else []
    for row in table.rows:
        if row.number not in extra:
            found += reader.read(row)
    if not found:
        notes = [*notes, *reader.settled()]
    # What anybody said counts only where nothing is to mend.
    responses = of_given(reader.people, {} if found else reader.given)
    said = [*table.notes, *notes]
    if not found:
        said += reader.notes()
        said += careless(table.name, responses, engagement.instrument, reader.person.codes)
    digest = content_digest(responses, reader.person.codes) if not found else ""
    asked = engagement.instrument.version
    return Reading(
        responses, tuple(said), digest, len(reader.people), reader.person.codes, asked
    ), found


def expected(table: CellTable, layout: Layout, engagement: Engagement) -> dict[int, ColumnTakes]:
    """What may stand in the columns of answers, to tell further heading rows."""
    return AnswerReader(table, layout, engagement.instrument, LeftOut()).expected()


class _RowReader:
    """Takes rows one by one; what it has gathered counts only if no row had a problem."""

    def __init__(
        self, table: CellTable, layout: Layout, engagement: Engagement, understood: bool
    ) -> None:
        self.understood = understood
        self.table, self.layout, self.engagement = table, layout, engagement
        self.left, self.blanks = LeftOut(), Blanks(layout.blank)
        self.answers = AnswerReader(table, layout, engagement.instrument, self.left)
        self.person = PersonReader(table, layout, engagement, self.blanks, self.left)
        self.people: list[tuple[str | None, ...]] = []
        #: Row to what it says, in the order of the rows.
        self.given: dict[str, dict[tuple[str, str], str]] = {}
        self.unanswered: list[int] = []
        self._rows: list[int] = []
        self._width = max(self.answers.columns, default=-1) + 1
        self._used = layout.used
        self._marked = {number for number, _ in table.odd}

    def notes(self) -> Iterator[str]:
        """What is to be said aloud, once every row has been read."""
        said = self.answers.said
        yield from odd_cells(self.table, self.layout, said, self._name)
        understood = self.answers.understood() | dict(self.person.understood())
        yield from odd_numbers(self.table, understood)
        yield from unfinished(self.table, frozenset(self._rows))
        yield from self.left.notes(self.table.name)
        told = self.layout.told_blank
        texts = [text for text in self.blanks.texts if text.strip() and text in told]
        places = {
            p: text
            for p in self.table.odd
            if p[1] in self._used and (text := self._error(p)) in told
        }
        yield from say_blank(self.table, self._used, texts, self.layout.blank_says, places)
        yield from self.answers.begun()
        uncoded = [person for person in self.people if person[0] not in self.person.codes]
        yield from alike_rows(self.table, uncoded, self.given)
        if self.unanswered:
            count = len(self.unanswered)
            rows = (
                "1 row without any answer was"
                if count == 1
                else f"{count} rows without any answer were"
            )
            yield f"{self.table.name}: {rows} left out, as the mapping says."
        if any(column in self.table.numbers for column in self.layout.code):
            yield (
                f"{self.table.name}: the codes are numbers in the workbook; zeros that Excel "
                "shows in front of a number are not part of it."
            )
        yield from self.person.respelled()

    def settled(self) -> Iterator[str]:
        """Leave out what somebody answered a second time under their code, and say so."""
        said, name = [], self.table.name
        for numbers in self.person.doubled.values():
            order, timed = in_order(self.table, self.layout.times, numbers)
            order = order[::-1] if self.layout.twice == "last" else order
            kept, *left = (f"{name} row {number}" for number in order)
            said.append(Twice(kept, tuple(left), timed))
        count = {key: len(told) for key, told in self.given.items()}
        facts = {str(key): (unit, who) for key, _, unit, who, *_ in self.people} if said else {}
        yield from say_twice(name, said, count, facts, self.layout.twice)
        gone = {key for one in said for key in one.left}
        self.people = [one for one in self.people if one[0] not in gone]
        for key in gone:
            del self.given[key], self.person.codes[key]

    def read(self, row: CellRow) -> Iterator[Problem]:
        """Take a row; what is wrong with it comes back."""
        answers, columns = self.answers, self.answers.columns
        strange: list[Problem] = []
        skip: set[int] = set()
        # Few rows hold anything strange; the others are not searched cell by cell.
        if row.number in self._marked or "#" in "".join(row.cells):
            strange = list(self._strange(row))
            skip = {column for column in self._used if self._is_odd(row, column)}
        yield from strange
        cells = row.cells + ("",) * (self._width - len(row.cells))
        blanks = self.blanks.look(cells)
        given = [column for column in columns if cells[column] not in blanks]
        if skip:
            given = [column for column in given if column not in skip]
        if not given and not strange:
            if self.layout.skip_unanswered:
                self.unanswered.append(row.number)
                return
            if self.understood or not self._elsewhere(row):
                yield Problem(
                    f"{self.table.name} row {row.number}",
                    "has no answer to any question",
                    "fill it in, or delete the row",
                )
            skip |= {column for column in self._used if self.blanks.holds(row.cell(column))}
        if len(row.cells) > len(self.table.header.cells):
            for column in range(len(self.table.header.cells), len(row.cells)):
                if row.cell(column).strip():
                    yield Problem(
                        self.table.where(row.number, column),
                        f"“{shown(row.cell(column))}” stands beyond the last heading",
                        "check the quotes and the delimiter of this row",
                    )
        facts: dict[str, str | None] = {}
        for name in FACTS:
            fact = self.person.fact(name, row, skip)
            if isinstance(fact, Problem):
                yield fact
                fact = None
            facts[name] = fact
        yield from self.person.place(row, facts)
        if self.layout.asks:
            given, others = answers.of_perspective(row, given, facts["perspective"])
            yield from others
        key = f"{self.table.name} row {row.number}"
        yield from self.person.code(row, key, facts["wave"] or "", skip)
        told, understood, wrong = answers.read(row, key, cells, given, facts)
        yield from wrong
        self.given[key] = told
        if understood and not told:
            yield Problem(key, "has no answer to any question", "fill it in, or delete the row")
        self._rows.append(row.number)
        self.people.append(
            (
                key,
                facts["wave"] or "",
                facts["unit"] or "",
                facts["perspective"] or "",
                facts["level"],
                facts["pair"],
                facts["language"],
            )
        )

    def _elsewhere(self, row: CellRow) -> bool:
        """Whether a row holds something in a column that is not read."""
        columns = set(range(len(row.cells))) - self._used
        return any(not self.blanks.holds(row.cell(column)) for column in columns)

    def _is_odd(self, row: CellRow, column: int) -> bool:
        return bool(self._kind(row, column))

    def _error(self, place: tuple[int, int]) -> str:
        """The error value of a workbook's cell; empty where what is odd is something else."""
        return self.table.odd[place].removeprefix(ERROR) if place in self.table.odd else ""

    def _kind(self, row: CellRow, column: int) -> str:
        """What stands in a cell that can be no answer; empty where it can, or is read as blank."""
        text = row.cell(column).strip()
        kind = self.table.odd.get((row.number, column), "")
        if not kind and text in ERROR_VALUES:
            kind = f"{ERROR}{text}"
        return "" if kind.removeprefix(ERROR) in self.layout.blank else kind

    def _strange(self, row: CellRow) -> Iterator[Problem]:
        for column in sorted(self._used):
            kind = self._kind(row, column)
            if kind:
                yield Problem(
                    self.table.where(row.number, column, self._name(column)),
                    f"holds {kind} instead of an answer",
                    may_be_nothing(kind.removeprefix(ERROR))
                    or "format the cell as text and type it again, or leave it blank",
                )

    def _name(self, column: int) -> str:
        question = self.answers.columns.get(column)
        if question is not None:
            return question.key
        for name, source in self.layout.person.items():
            if column in source.columns:
                return name
        return "code" if column in self.layout.code else ""
