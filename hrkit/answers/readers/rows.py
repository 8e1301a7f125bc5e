"""From a grid of text to a reading: every cell checked, every problem listed, whole or not at all.

A `Layout` says what each column means; the kit's own template and a mapping for another
program's export differ only in how they arrive at one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from hrkit.answers.ballots import CHOSEN, Ticked, answer_columns, folded
from hrkit.answers.codes import SEPARATOR, canonical, rounded
from hrkit.answers.files.table import ERROR_VALUES, CellRow, CellTable, spans
from hrkit.answers.readers.careful import careless
from hrkit.answers.readers.extra import ColumnTakes, heading_rows, say_heading_rows, unfinished
from hrkit.answers.readers.headings import wordings
from hrkit.answers.readers.layout import Layout, Origin
from hrkit.answers.readers.persons import people
from hrkit.answers.readers.remarks import alike_rows, odd_cells, odd_numbers
from hrkit.answers.readers.several import is_chosen, once, options_in
from hrkit.answers.readers.vocabulary import Values, Wrong
from hrkit.answers.responses import Reading, content_digest, of_given
from hrkit.errors import AnswersError, Problem
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Question
from hrkit.text import Lookup, clean, normal, shown

__all__ = ["collect", "expected", "gather", "refused"]

_LONGEST_CODE = 200

#: Item and facet.
_Pair = tuple[str, str]
#: A column: what cells in it say, and the question, or the pair of it where the column is alone.
_Quick = tuple[dict[str, str | Wrong], Question, _Pair | None]


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
    extra = heading_rows(table, reader.expected())
    found = [say_heading_rows(table, extra)] if extra else []
    for row in table.rows:
        if row.number not in extra:
            found += reader.read(row)
    # What anybody said counts only where nothing is to mend.
    responses = of_given(reader.people, {} if found else reader.given)
    said = [*table.notes, *notes]
    if not found:
        said += reader.notes()
        said += careless(table.name, responses, engagement.instrument, reader.codes)
    digest = content_digest(responses, reader.codes) if not found else ""
    asked = engagement.instrument.version
    return Reading(responses, tuple(said), digest, len(reader.people), reader.codes, asked), found


def expected(table: CellTable, layout: Layout, engagement: Engagement) -> dict[int, ColumnTakes]:
    """What may stand in the columns of answers, to tell further heading rows."""
    return _RowReader(table, layout, engagement).expected()


class _RowReader:
    """Takes rows one by one; what it has gathered counts only if no row had a problem."""

    def __init__(
        self, table: CellTable, layout: Layout, engagement: Engagement, understood: bool = True
    ) -> None:
        self.understood = understood
        self.table, self.layout, self.engagement = table, layout, engagement
        self.choices = people(engagement)
        self.engagement = engagement
        scales = {q.facet.scale.id: q.facet.scale for q in layout.questions.values()}
        self.values = {id: Values(scale) for id, scale in scales.items()}
        columns = {column: one.question for column, one in layout.several.items()}
        self._columns = dict(sorted({**layout.questions, **columns}.items()))
        keys = [question.key for question in self._columns.values()]
        self._repeated = len(set(keys)) < len(keys)
        self._ticks = answer_columns(engagement.instrument) if columns else {}
        self._asked = {c: frozenset(question.item.ask) for c, question in self._columns.items()}
        ticks = self._tick_keys = {
            question.key
            for question in (*layout.questions.values(), *self._ticks.values())
            if question.facet.scale.kind == "tick"
        }
        #: Columns of which each is alone in saying what a question is answered with.
        self._alone: dict[int, _Pair] = {
            column: (question.item.id, question.facet.id)
            for column, question in layout.questions.items()
            if not self._repeated and question.key not in ticks
        }
        #: What was left out of rows, by what is said of it.
        self._left: dict[str, list[int]] = {}
        self.people: list[tuple[str | None, ...]] = []
        #: Row to what it says, in the order of the rows.
        self.given: dict[str, dict[tuple[str, str], str]] = {}
        self.codes: dict[str, str] = {}
        self.unanswered: list[int] = []
        self._begun: dict[str, list[int]] = {}
        self._seen: dict[tuple[str, str], tuple[int, str]] = {}
        self._rows: list[int] = []
        #: Every text that stands in a cell, once; and those of them that are no answer.
        self._texts: set[str] = set()
        self._blanks: set[str] = set()
        self._width = max(self._columns, default=-1) + 1
        self._used = layout.used
        self._marked = {number for number, _ in table.odd}
        #: Column to cell to what it says: few different answers stand in many cells.
        self._said: dict[int, dict[str, str | Wrong]] = {column: {} for column in layout.questions}
        self._facts: dict[str, dict[str, str | None]] = {}
        self._places: dict[tuple[str, str], str | None] = {}
        self._ballots: dict[tuple[int, ...], list[Ticked]] = {}
        self._quick: dict[str | None, dict[int, _Quick]] = {}
        self._by_language: dict[tuple[int, str], dict[str, str | Wrong]] = {}
        self._lists: dict[tuple[int, str], Wrong | tuple[frozenset[str], tuple[str, ...]]] = {}

    def expected(self) -> dict[int, ColumnTakes]:
        """What may stand in the columns of answers, to tell further heading rows."""
        called = wordings(self.engagement.instrument)

        def takes(question: Question, column: int) -> Callable[[str], bool]:
            return lambda text: not isinstance(self._value(question, text, column), Wrong)

        return {
            column: ColumnTakes(
                called[question.key],
                question.facet.scale.kind != "text",
                takes(question, column),
            )
            for column, question in self.layout.questions.items()
        }

    def notes(self) -> Iterator[str]:
        """What is to be said aloud, once every row has been read."""
        yield from odd_cells(self.table, self.layout, self._said, self._name)
        yield from odd_numbers(self.table, dict(self._understood()))
        yield from unfinished(self.table, frozenset(self._rows))
        for what, numbers in self._left.items():
            rows = f"row {numbers[0]}" if len(numbers) == 1 else f"rows {spans(numbers)}"
            yield f"{self.table.name}: {what} (in {rows})."
        for asked, begun in self._begun.items():
            count = self.engagement.instrument.keys[asked].facet.scale.fewest
            which = f"row {begun[0]} chooses" if len(begun) == 1 else f"rows {spans(begun)} choose"
            yield (
                f"{self.table.name}: {which} fewer than {count} under {asked}, which counts in no "
                "figure of what is chosen."
            )
        uncoded = [person for person in self.people if person[0] not in self.codes]
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
        for name, source in self.layout.person.items():
            known = self.choices.get(name)
            if source.column is not None and source.values is None and known is not None:
                texts = {row.cell(source.column) for row in self.table.rows}
                for text in sorted(text for text in texts if not self._blank(text)):
                    if known.respelled(text):
                        yield (
                            f"{self.table.name}: the {name} “{shown(text)}” was read as "
                            f"{known.find(text)}."
                        )

    def _understood(self) -> Iterator[tuple[int, list[str]]]:
        """What cells hold that stands for one of several answers, or for an id by a code."""
        for column, said in self._said.items():
            if self._columns[column].facet.scale.kind != "text":
                yield column, [text for text, found in said.items() if isinstance(found, str)]
        for name, known in self._facts.items():
            source = self.layout.person[name]
            if source.column is not None and (source.codes or source.values):
                yield source.column, [text for text, id in known.items() if id is not None]

    def read(self, row: CellRow) -> Iterator[Problem]:
        """Take a row; what is wrong with it comes back."""
        strange: list[Problem] = []
        skip: set[int] = set()
        # Few rows hold anything strange; the others are not searched cell by cell.
        if row.number in self._marked or "#" in "".join(row.cells):
            strange = list(self._strange(row))
            skip = {column for column in self._used if self._is_odd(row, column)}
        yield from strange
        cells = row.cells + ("",) * (self._width - len(row.cells))
        for text in set(cells) - self._texts:
            self._blank(text)
        blanks = self._blanks
        given = [column for column in self._columns if cells[column] not in blanks]
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
            skip |= {column for column in self._used if self._blank(row.cell(column))}
        if len(row.cells) > len(self.table.header.cells):
            for column in range(len(self.table.header.cells), len(row.cells)):
                if row.cell(column).strip():
                    yield Problem(
                        self.table.where(row.number, column),
                        f"“{shown(row.cell(column))}” stands beyond the last heading",
                        "check the quotes and the delimiter of this row",
                    )
        facts: dict[str, str | None] = {}
        for name in ("wave", "unit", "perspective", "level", "pair", "language"):
            fact = self._fact(name, row, skip)
            if isinstance(fact, Problem):
                yield fact
                fact = None
            facts[name] = fact
        yield from self._placed(row, facts)
        if self.layout.asks:
            given, wrong = self._of_others(row, given, facts["perspective"])
            yield from wrong
        key = f"{self.table.name} row {row.number}"
        yield from self._code(row, key, facts["wave"] or "", skip)
        told: dict[_Pair, str] = {}
        understood: list[tuple[Question, str]] = []
        language = (facts["language"] or "") if self.layout.by_language else ""
        perspective, alone = facts["perspective"], self._alone
        quick = self._quick_of(perspective) if not language else {}
        for column in given:
            # Nearly all cells say what another said before, and are asked of who says it.
            if column in quick:
                said, question, pair = quick[column]
                known = said.get(cells[column])
                if isinstance(known, str):
                    if pair is None:
                        understood.append((question, known))
                    else:
                        told[pair] = known
                    continue
            question = self._columns[column]
            if column in self.layout.several:
                options = self._options(row, column, question)
                if isinstance(options, Problem):
                    yield options
                else:
                    understood += options
                continue
            answer = self._answer(row, column, question, perspective, language)
            if isinstance(answer, Problem):
                yield answer
            elif column in alone:
                told[alone[column]] = answer
            else:
                understood.append((question, answer))
        if self._repeated:
            understood, twice = once(key, understood)
            yield from twice
        chosen = understood
        if self._repeated:
            chosen = [one for one in understood if one[0].key in self._tick_keys]
            told |= {
                (question.item.id, question.facet.id): value
                for question, value in understood
                if question.key not in self._tick_keys
            }
        for ticked in self._folded(chosen):
            picked, scale = ticked.question, ticked.question.facet.scale
            if ticked.many:
                yield Problem(
                    f"{key}, {picked.key}",
                    f"{len(ticked.options)} are chosen ({', '.join(ticked.options)}), and {scale.most} may be",
                    "correct it, or leave all of them blank",
                )
            elif ticked.few:
                self._begun.setdefault(picked.key, []).append(row.number)
            told[picked.item.id, picked.facet.id] = ticked.value
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

    def _folded(self, given: list[tuple[Question, str]]) -> list[Ticked]:
        """What is chosen in a row; many choose alike."""
        # The questions are those of the columns, and live as long as their ids are kept here.
        among = tuple(id(question) for question, value in given if value == CHOSEN)
        if among not in self._ballots:
            self._ballots[among] = list(folded(self.engagement.instrument, given))
        return self._ballots[among]

    def _quick_of(self, perspective: str | None) -> dict[int, _Quick]:
        """The columns in which a cell of a perspective says what its like said before."""
        if perspective not in self._quick:
            self._quick[perspective] = {
                column: (self._said[column], question, self._alone.get(column))
                for column, question in self.layout.questions.items()
                if perspective is None or perspective in self._asked[column]
            }
        return self._quick[perspective]

    def _placed(self, row: CellRow, facts: dict[str, str | None]) -> Iterator[Problem]:
        """The unit as the row's wave has it: one that was renamed or merged, under its id then."""
        unit, wave = facts["unit"], facts["wave"]
        if not unit or not wave:
            return
        if (unit, wave) not in self._places:
            self._places[unit, wave] = self.engagement.place(unit, wave)
        facts["unit"] = self._places[unit, wave]
        if facts["unit"] is None:
            source = self.layout.person.get("unit")
            column = source.column if source else None
            where = (
                f"{self.table.name} row {row.number}"
                if column is None
                else self.table.where(row.number, column, "unit")
            )
            known = ", ".join(one.id for one in self.engagement.units_in(wave)[:20])
            yield Problem(where, f"the unit {unit} was not there in {wave}", f"use {known}")

    def _of_others(
        self, row: CellRow, given: list[int], perspective: str | None
    ) -> tuple[list[int], list[Problem]]:
        """Leave out what a row holds under the questions of another perspective, and say so."""
        asks = self.layout.asks
        if perspective is None:
            return given, []
        others = [column for column in given if perspective not in asks.get(column, (perspective,))]
        whose = dict.fromkeys(" and ".join(sorted(asks[column])) for column in others)
        for one in whose:
            what = f"answers under the questions for {one} were left out, where the perspective is another"
            self._left.setdefault(what, []).append(row.number)
        if not others:
            return given, []
        problem = Problem(
            f"{self.table.name} row {row.number}",
            f"is {perspective} and has answers only under the questions for {', '.join(whose)}",
            "correct the perspective",
        )
        left = [column for column in given if column not in others]
        return left, [] if left else [problem]

    def _options(
        self, row: CellRow, column: int, question: Question
    ) -> list[tuple[Question, str]] | Problem:
        """What a cell chooses of a list, as the columns of its options would say it."""
        text, how = row.cell(column), self.layout.several[column]
        found = self._lists.get((column, text))
        if found is None:
            found = options_in(question.facet.scale, text, how.parted, how.others)
            self._lists[column, text] = found
        if isinstance(found, Wrong):
            return Problem(self.table.where(row.number, column, question.key), *found)
        chosen, others = found
        if others:
            what = f"words beside the options of {question.key} were left out"
            self._left.setdefault(what, []).append(row.number)
        return [(self._ticks[f"{question.key}:{option}"], CHOSEN) for option in sorted(chosen)]

    def _blank(self, text: str) -> bool:
        if text not in self._texts:
            self._texts.add(text)
            if not text.strip() or not normal(text) or text in self.layout.blank:
                self._blanks.add(text)
        return text in self._blanks

    def _elsewhere(self, row: CellRow) -> bool:
        """Whether a row holds something in a column that is not read."""
        columns = set(range(len(row.cells))) - self._used
        return any(not self._blank(row.cell(column)) for column in columns)

    def _is_odd(self, row: CellRow, column: int) -> bool:
        return (row.number, column) in self.table.odd or row.cell(column).strip() in ERROR_VALUES

    def _strange(self, row: CellRow) -> Iterator[Problem]:
        for column in sorted(self._used):
            kind = self.table.odd.get((row.number, column))
            if kind is None and row.cell(column).strip() in ERROR_VALUES:
                kind = f"the error {row.cell(column).strip()}"
            if kind is not None:
                yield Problem(
                    self.table.where(row.number, column, self._name(column)),
                    f"holds {kind} instead of an answer",
                    "format the cell as text and type it again, or leave it blank",
                )

    def _name(self, column: int) -> str:
        question = self._columns.get(column)
        if question is not None:
            return question.key
        for name, source in self.layout.person.items():
            if column in source.columns:
                return name
        return "code" if column in self.layout.code else ""

    def _fact(self, name: str, row: CellRow, skip: set[int]) -> str | Problem | None:
        source = self.layout.person.get(name)
        if source is None or (source.column in skip):
            return None
        if source.ticks:
            return self._ticked(name, row, source, skip)
        if source.column is None:
            return source.value or None
        raw, known = row.cell(source.column), self._facts.setdefault(name, {})
        if raw in known:
            return known[raw]
        found = self._named(name, row, source, source.column)
        # What is wrong, or was taken for something else, is told of every row.
        if not isinstance(found, Problem) and not source.other:
            known[raw] = found
        return found

    def _named(self, name: str, row: CellRow, source: Origin, column: int) -> str | Problem | None:
        """What the cell of a column about the person says."""
        choices = self.choices.get(name)
        where = self.table.where(row.number, column, name)
        raw = row.cell(column)
        text = "" if self._blank(raw) else raw
        if source.nothing is not None and text in source.nothing:
            return None
        if source.codes is not None and text:
            text = source.codes.get(raw) or text
        if source.values is not None:
            mapped = source.values.get(raw)
            if mapped is None and text and source.other:
                mapped = source.other
                self._left.setdefault(
                    f"the {name} “{shown(raw)}” was read as {source.other}, as the mapping says of "
                    "all others",
                    [],
                ).append(row.number)
            if mapped is None and text:
                return Problem(
                    where, f"“{shown(raw)}” is not among the values of the mapping", "add it there"
                )
            text = mapped or text
        if choices is None:
            return " ".join(clean(text).split()) or None
        if not text:
            if name in ("language", "level", "pair"):
                return None  # one may leave it out
            if len(choices.ids) == 1:
                return choices.ids[0]
            return Problem(where, f"the {name} is blank", f"use {choices.known()}")
        found = choices.find(text)
        if isinstance(found, Wrong) and source.mild:
            return None
        return Problem(where, *found) if isinstance(found, Wrong) else found

    def _ticked(
        self, name: str, row: CellRow, source: Origin, skip: set[int]
    ) -> str | Problem | None:
        """The one of several columns that is chosen; each stands for one id."""
        chosen: list[int] = []
        for column, id in source.ticks.items():
            text = row.cell(column)
            if column in skip or self._blank(text):
                continue
            said = is_chosen(text)
            if said is None:
                return Problem(
                    self.table.where(row.number, column, name),
                    f"“{shown(text)}” says neither that {id} is chosen nor that it is not",
                    "use 1 or 0",
                )
            chosen += [column] if said else []
        if len(chosen) == 1:
            return source.ticks[chosen[0]]
        where = self.table.where(row.number, (chosen or list(source.ticks))[0], name)
        if chosen:
            listed = ", ".join(source.ticks[column] for column in chosen)
            return Problem(where, f"the {name} is more than one: {listed}", "keep one of them")
        return Problem(
            where, f"no {name} is chosen", f"choose one of {', '.join(source.ticks.values())}"
        )

    def _code(self, row: CellRow, key: str, wave: str, skip: set[int]) -> Iterator[Problem]:
        columns = self.layout.code
        parts = ["" if self._blank(row.cell(c)) else row.cell(c).strip() for c in columns]
        if skip & set(columns) or not any(parts):
            return
        where = self.table.where(row.number, columns[0], "code")
        if not all(parts):
            yield Problem(where, "only a part of what identifies the row is there", "fill it in")
            return
        code = SEPARATOR.join(parts)
        codeless = self.layout.codeless
        if codeless is not None and (code in codeless or not any(map(str.isalnum, code))):
            what = "what stands in place of a code says that there is none"
            self._left.setdefault(what, []).append(row.number)
            return
        if len(code) > _LONGEST_CODE:
            yield Problem(
                where, f"the code has {len(code)} characters", f"use {_LONGEST_CODE} or fewer"
            )
        if rounded(code):
            yield Problem(
                where,
                f"the code {shown(code)} is a long number that a spreadsheet has "
                "rounded: which person it was is lost",
                "export the codes anew, as text",
            )
            return
        first, as_there = self._seen.setdefault((wave, canonical(code)), (row.number, code))
        if first != row.number and as_there == code:
            yield Problem(
                where,
                f"the code {shown(code)} stands in row {first} already",
                "keep one of the rows, or correct the code",
            )
        elif first != row.number:
            yield Problem(
                where,
                f"the code {shown(code)} stands in row {first} already, written "
                f"{shown(as_there)}: case, spaces and zeros before a number do not tell "
                "codes apart",
                "keep one of the rows, or give one another code",
            )
        self.codes[key] = code

    def _answer(
        self,
        row: CellRow,
        column: int,
        question: Question,
        perspective: str | None,
        language: str = "",
    ) -> str | Problem:
        if perspective is not None and perspective not in question.item.ask:
            asked = ", ".join(question.item.ask)
            return Problem(
                self.table.where(row.number, column, question.key),
                f"{perspective} is not asked this question (it is for {asked})",
                "leave it blank, or correct the perspective",
            )
        text = row.cell(column)
        said = (
            self._by_language.setdefault((column, language), {}) if language else self._said[column]
        )
        found = said.get(text)
        if found is None:
            found = said[text] = self._value(question, text, column, language)
        if isinstance(found, Wrong):
            return Problem(self.table.where(row.number, column, question.key), *found)
        return found

    def _value(self, question: Question, text: str, column: int, language: str = "") -> str | Wrong:
        """What a cell that is not blank says in answer to a question."""
        layout, values = self.layout, self.values[question.facet.scale.id]
        if text in layout.dont_know:
            return DONT_KNOW
        if text in layout.not_relevant:
            return NOT_RELEVANT if question.facet.scale.not_relevant else DONT_KNOW
        recode = self._recode(question, layout.by_language.get(language, {}))
        recode = recode or self._recode(question, layout.recode)
        if recode is not None:
            mapped = recode.get(text)
            if mapped is None:
                return Wrong(
                    f"“{shown(text)}” is not among the values of the mapping",
                    "add it there, or correct the cell",
                )
            return values.find(mapped)
        if question.facet.scale.kind == "text":
            return values.find(text)
        label = layout.labels[column].get(text) if column in layout.labels else None
        if label and not isinstance(found := values.find(label), Wrong):
            return found
        if column in layout.coded and (stored := layout.coded[column].get(text)) is not None:
            return stored
        return values.find(text)

    @staticmethod
    def _recode(question: Question, among: Mapping[str, Lookup[str]]) -> Lookup[str] | None:
        found = among.get(question.key)
        if found is None and question.facet.scale.kind not in ("text", "tick"):
            found = among.get("*")
        return found
