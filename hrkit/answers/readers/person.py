"""Who a row is of: wave, unit, perspective, tier, pair, language, and a code."""

from __future__ import annotations

from collections.abc import Iterator

from hrkit.answers.codes import SEPARATOR, canonical, rounded
from hrkit.answers.files.table import CellRow, CellTable
from hrkit.answers.readers.blanks import Blanks
from hrkit.answers.readers.choices import people
from hrkit.answers.readers.layout import Layout, Origin
from hrkit.answers.readers.remarks import LeftOut
from hrkit.answers.readers.several import is_chosen
from hrkit.answers.readers.twice import ONE_PERSON
from hrkit.answers.readers.vocabulary import Wrong
from hrkit.errors import Problem
from hrkit.model.engagement import Engagement
from hrkit.text import clean, shown

__all__ = ["FACTS", "PersonReader"]

#: What is known of who answers, in the order in which it is asked for.
FACTS = ("wave", "unit", "perspective", "level", "pair", "language")
_LONGEST_CODE = 200


class PersonReader:
    """Reads who each row of a file is of; which codes there were is kept from row to row."""

    def __init__(
        self,
        table: CellTable,
        layout: Layout,
        engagement: Engagement,
        blanks: Blanks,
        left: LeftOut,
    ) -> None:
        self.table, self.layout, self.engagement = table, layout, engagement
        self.blanks, self.left = blanks, left
        self.choices = people(engagement)
        #: Row to its code.
        self.codes: dict[str, str] = {}
        self._seen: dict[tuple[str, str], tuple[int, str]] = {}
        #: Rows of one code, where it stands more than once and that may be.
        self.doubled: dict[tuple[str, str], list[int]] = {}
        self._facts: dict[str, dict[str, str | None]] = {}
        self._places: dict[tuple[str, str], str | None] = {}

    def understood(self) -> Iterator[tuple[int, list[str]]]:
        """Columns, and what cells in them hold that stands for an id by a code."""
        for name, known in self._facts.items():
            source = self.layout.person[name]
            if source.column is not None and (source.codes or source.values):
                yield source.column, [text for text, id in known.items() if id is not None]

    def respelled(self) -> Iterator[str]:
        """What is to be said of ids that were written in another way."""
        for name, source in self.layout.person.items():
            known = self.choices.get(name)
            if source.column is not None and source.values is None and known is not None:
                texts = {row.cell(source.column) for row in self.table.rows}
                for text in sorted(text for text in texts if not self.blanks.holds(text)):
                    if known.respelled(text):
                        yield (
                            f"{self.table.name}: the {name} “{shown(text)}” was read as "
                            f"{known.find(text)}."
                        )

    def fact(self, name: str, row: CellRow, skip: set[int]) -> str | Problem | None:
        """What a row says of one of the facts; columns in ``skip`` hold what cannot be read."""
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
        text = "" if self.blanks.holds(raw) else raw
        if source.nothing is not None and text in source.nothing:
            return None
        if source.codes is not None and text:
            text = source.codes.get(raw) or text
        if source.values is not None:
            mapped = source.values.get(raw)
            if mapped is None and text and source.other:
                mapped = source.other
                self.left.out(
                    f"the {name} “{shown(raw)}” was read as {source.other}, as the mapping says of "
                    "all others",
                    row.number,
                )
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
            if column in skip or self.blanks.holds(text):
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

    def place(self, row: CellRow, facts: dict[str, str | None]) -> Iterator[Problem]:
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

    def code(self, row: CellRow, key: str, wave: str, skip: set[int]) -> Iterator[Problem]:
        """Take a row's code; what is wrong with it, or with a code before it, comes back."""
        columns = self.layout.code
        parts = ["" if self.blanks.holds(row.cell(c)) else row.cell(c).strip() for c in columns]
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
            self.left.out(what, row.number)
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
        whose = wave, canonical(code)
        first, as_there = self._seen.setdefault(whose, (row.number, code))
        if first != row.number and self.layout.twice:
            self.doubled.setdefault(whose, [first]).append(row.number)
        elif first != row.number and as_there == code:
            yield Problem(
                where,
                f"the code {shown(code)} stands in row {first} already",
                f"correct the code; {ONE_PERSON}",
            )
        elif first != row.number:
            yield Problem(
                where,
                f"the code {shown(code)} stands in row {first} already, written "
                f"{shown(as_there)}: case, spaces and zeros before a number do not tell "
                "codes apart",
                f"give one another code; {ONE_PERSON}",
            )
        self.codes[key] = code
