"""What the cells of a row say in answer to the questions of its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from hrkit.answers import ballots
from hrkit.answers.ballots import CHOSEN, Ticked, answer_columns
from hrkit.answers.files.table import CellRow, CellTable, spans
from hrkit.answers.readers.extra import ColumnTakes
from hrkit.answers.readers.headings import wordings
from hrkit.answers.readers.layout import Layout
from hrkit.answers.readers.nothing import may_be_nothing
from hrkit.answers.readers.remarks import LeftOut
from hrkit.answers.readers.several import once, options_in
from hrkit.answers.readers.vocabulary import Values, Wrong
from hrkit.errors import Problem
from hrkit.model.instrument import DONT_KNOW, NOT_RELEVANT, Instrument, Question
from hrkit.text import Lookup, shown

__all__ = ["AnswerReader", "Pair"]

#: Item and facet.
Pair = tuple[str, str]
#: A column: what cells in it say, and the question, or the pair of it where the column is alone.
_Quick = tuple[dict[str, str | Wrong], Question, Pair | None]


class AnswerReader:
    """Reads the cells of answers; what one text says in a column is asked once."""

    def __init__(
        self, table: CellTable, layout: Layout, instrument: Instrument, left: LeftOut
    ) -> None:
        self.table, self.layout, self.instrument, self.left = table, layout, instrument, left
        scales = {q.facet.scale.id: q.facet.scale for q in layout.questions.values()}
        self.values = {id: Values(scale) for id, scale in scales.items()}
        columns = {column: one.question for column, one in layout.several.items()}
        self.columns = dict(sorted({**layout.questions, **columns}.items()))
        keys = [question.key for question in self.columns.values()]
        #: Whether more columns than one may answer a question.
        self._repeated = len(set(keys)) < len(keys)
        self._ticks = answer_columns(instrument) if columns else {}
        self._asked = {c: frozenset(question.item.ask) for c, question in self.columns.items()}
        ticks = self._tick_keys = {
            question.key
            for question in (*layout.questions.values(), *self._ticks.values())
            if question.facet.scale.kind == "tick"
        }
        #: Columns of which each is alone in saying what a question is answered with.
        self._alone: dict[int, Pair] = {
            column: (question.item.id, question.facet.id)
            for column, question in layout.questions.items()
            if not self._repeated and question.key not in ticks
        }
        #: Column to cell to what it says: few different answers stand in many cells.
        self.said: dict[int, dict[str, str | Wrong]] = {column: {} for column in layout.questions}
        self._begun: dict[str, list[int]] = {}
        self._ballots: dict[tuple[int, ...], list[Ticked]] = {}
        self._quick: dict[str | None, dict[int, _Quick]] = {}
        self._by_language: dict[tuple[int, str], dict[str, str | Wrong]] = {}
        self._lists: dict[tuple[int, str], Wrong | tuple[frozenset[str], tuple[str, ...]]] = {}

    def understood(self) -> dict[int, list[str]]:
        """Columns, and what cells in them hold that stands for one of several answers."""
        return {
            column: [text for text, found in said.items() if isinstance(found, str)]
            for column, said in self.said.items()
            if self.columns[column].facet.scale.kind != "text"
        }

    def expected(self) -> dict[int, ColumnTakes]:
        """What may stand in the columns of answers, to tell further heading rows."""
        called = wordings(self.instrument)

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

    def begun(self) -> Iterator[str]:
        """What is said of lists of which fewer were chosen than are asked for."""
        for asked, begun in self._begun.items():
            count = self.instrument.keys[asked].facet.scale.fewest
            which = f"row {begun[0]} chooses" if len(begun) == 1 else f"rows {spans(begun)} choose"
            yield (
                f"{self.table.name}: {which} fewer than {count} under {asked}, which counts in no "
                "figure of what is chosen."
            )

    def read(
        self,
        row: CellRow,
        key: str,
        cells: tuple[str, ...],
        given: list[int],
        facts: Mapping[str, str | None],
    ) -> tuple[dict[Pair, str], bool, list[Problem]]:
        """What a row answers, whether anything was understood, and what is wrong with it.

        Parameters
        ----------
        row, key
            The row, and what it is called.
        cells
            What stands in it, as far as the last column that answers anything.
        given
            Columns in which something stands.
        facts
            Who answers.
        """
        told: dict[Pair, str] = {}
        understood: list[tuple[Question, str]] = []
        wrong: list[Problem] = []
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
            question = self.columns[column]
            if column in self.layout.several:
                options = self._options(row, column, question)
                if isinstance(options, Problem):
                    wrong.append(options)
                else:
                    understood += options
                continue
            answer = self._answer(row, column, question, perspective, language)
            if isinstance(answer, Problem):
                wrong.append(answer)
            elif column in alone:
                told[alone[column]] = answer
            else:
                understood.append((question, answer))
        if self._repeated:
            understood, twice = once(key, understood)
            wrong += twice
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
                wrong.append(
                    Problem(
                        f"{key}, {picked.key}",
                        f"{len(ticked.options)} are chosen ({', '.join(ticked.options)}), "
                        f"and {scale.most} may be",
                        "correct it, or leave all of them blank",
                    )
                )
            elif ticked.few:
                self._begun.setdefault(picked.key, []).append(row.number)
            told[picked.item.id, picked.facet.id] = ticked.value
        return told, bool(understood), wrong

    def of_perspective(
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
            self.left.out(what, row.number)
        if not others:
            return given, []
        problem = Problem(
            f"{self.table.name} row {row.number}",
            f"is {perspective} and has answers only under the questions for {', '.join(whose)}",
            "correct the perspective",
        )
        left = [column for column in given if column not in others]
        return left, [] if left else [problem]

    def _quick_of(self, perspective: str | None) -> dict[int, _Quick]:
        """The columns in which a cell of a perspective says what its like said before."""
        if perspective not in self._quick:
            self._quick[perspective] = {
                column: (self.said[column], question, self._alone.get(column))
                for column, question in self.layout.questions.items()
                if perspective is None or perspective in self._asked[column]
            }
        return self._quick[perspective]

    def _folded(self, given: list[tuple[Question, str]]) -> list[Ticked]:
        """What is chosen in a row; many choose alike."""
        # The questions are those of the columns, and live as long as their ids are kept here.
        among = tuple(id(question) for question, value in given if value == CHOSEN)
        if among not in self._ballots:
            self._ballots[among] = list(ballots.folded(self.instrument, given))
        return self._ballots[among]

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
            self.left.out(what, row.number)
        return [(self._ticks[f"{question.key}:{option}"], CHOSEN) for option in sorted(chosen)]

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
            self._by_language.setdefault((column, language), {}) if language else self.said[column]
        )
        found = said.get(text)
        if found is None:
            found = said[text] = self._value(question, text, column, language)
        if isinstance(found, Wrong):
            where = self.table.where(row.number, column, question.key)
            return Problem(where, found.what, may_be_nothing(text) or found.fix)
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
