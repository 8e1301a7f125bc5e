"""A filled-in workbook of an open sheet, read line by line; every wrong cell is found at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.fill_cells import changed_since, not_so, plain
from hrkit.commands.fill_names import by_place, chosen_then, lists_then
from hrkit.commands.fill_since import merged, repeated, stamp_of, standing_of, stood
from hrkit.errors import HrkitError, Problem
from hrkit.model.engagement import Engagement
from hrkit.records import store as records

if TYPE_CHECKING:
    from hrkit.answers.files.table import CellRow, CellTable
    from hrkit.records.values import OpenLine
    from hrkit.report.open_form import OpenField, OpenForm, OpenRow

__all__ = ["OpenReader"]


class OpenReader:
    """Lives for one workbook."""

    def __init__(self, engagement: Engagement, wave: str, name: str, path: Path) -> None:
        from hrkit.answers.files.read import read_table
        from hrkit.records.naming import known_words
        from hrkit.text import normal, shown

        self.engagement, self.path, self.normal = engagement, path, normal
        self.lists: Mapping[int, Sequence[str]] = {}
        self.known = known_words(engagement)
        languages = engagement.instrument.languages
        spoken = [engagement.words(language) for language in languages]
        from hrkit.tools import forms_of

        every = {
            sheet: [make(engagement, words) for words in spoken]
            for sheet, make in forms_of(engagement).items()
            if name in ("", sheet)
        }
        if not every:
            raise HrkitError(f"There is no open sheet {name!r} here.")
        heads = {
            sheet: self._headings(
                forms, [w("openform.id") for w in spoken], [w("openform.reason") for w in spoken]
            )
            for sheet, forms in every.items()
        }
        ids = {normal(w("openform.id")) for w in spoken}
        beside = tuple(w(f"plan_of_action.{one}") for w in spoken for one in ("guide", "lists"))
        self.table: CellTable = read_table(
            path,
            recognise=lambda text: normal(text) in ids,
            sheets=tuple(dict.fromkeys(w("openform.sheet") for w in spoken)),
            beside=beside,
        )
        self.stamp = stamp_of(self.table.made_for or "")
        sheet = self.stamp.sheet
        if self.stamp.engagement and (self.stamp.engagement != engagement.id or sheet not in every):
            mine = shown(f"{self.stamp.engagement} {sheet}")
            raise HrkitError(f"{path.name} was written for {mine}, not for this.")
        self.wave = self._round(wave)
        said = [self.normal(text) for text in self.table.header.cells]
        if not sheet:
            sheet = max(every, key=lambda one: sum(text in heads[one] for text in said))
        self.forms, names = every[sheet], heads[sheet]
        self.where = {names[text]: x for x, text in enumerate(said) if text in names}
        if twice := [
            x for x, text in enumerate(said) if text in names and self.where[names[text]] != x
        ]:
            problems = [
                Problem(
                    self.table.where(1, x),
                    f"the heading {shown(self.table.header.cell(x))} stands twice",
                    "keep one of the columns",
                )
                for x in twice
            ]
            raise HrkitError(f"{path.name} cannot be taken.", problems)
        fields = [one.id for one in self.forms[0].fields]
        if self.stamp.engagement:
            # A workbook of ours: what it calls a role may be called otherwise by now.
            self.where = by_place(self.forms[0], said, self.where)
            self.lists = {
                x: [normal(text) for text in listed]
                for x, listed in lists_then(
                    path, tuple(w("plan_of_action.lists") for w in spoken)
                ).items()
            }
        missing = [one for one in ("id", *fields) if one not in self.where]
        if missing:
            form = self.forms[languages.index(engagement.language)]
            known = {"id": spoken[0]("openform.id"), **{one.id: one.name for one in form.fields}}
            listed = ", ".join(known[one] for one in missing)
            problem = Problem(
                f"{self.table.name} row 1", f"has no heading {listed}", "write it as it was"
            )
            raise HrkitError(f"{path.name} cannot be taken.", [problem])

    def _round(self, named: str) -> str:
        """Beside which round it is taken: that for which it was written, else the one named, else the last."""
        chosen = self.engagement.wave(named or None).id
        mine = self.stamp.wave
        if not mine or not any(mine in (one.id, *one.was) for one in self.engagement.waves):
            return chosen
        mine = self.engagement.stored_under(mine)[-1]
        if named and chosen != mine:
            raise HrkitError(
                f"{self.path.name} was written beside the round {mine}, not {chosen}: leave --wave out, "
                f"or write one for {chosen} (hrkit fill FOLDER --wave {chosen})."
            )
        return mine

    def _headings(
        self, forms: Sequence[OpenForm], ids: Sequence[str], reasons: Sequence[str]
    ) -> Mapping[str, str]:
        found = {self.normal(one.name): one.id for form in forms for one in form.fields}
        return (
            found
            | {self.normal(t): "id" for t in ids}
            | {self.normal(t): "reason" for t in reasons}
        )

    def all(self) -> tuple[list[tuple[OpenLine, str]], tuple[str, ...]]:
        """Lines with the reasons of their changes, and cells that may name somebody; or every problem."""
        from hrkit.records.naming import may_name
        from hrkit.records.values import OpenLine
        from hrkit.report.open_form import LONGEST

        form = self.forms[0]
        at = "" if form.lasting else self.wave
        rows = {self.normal(row.key): row for row in form.rows}
        waves = ("",) if form.lasting else self.engagement.stored_under(self.wave)
        kept = records.records_of(self.engagement)
        standing = standing_of(kept.lines, form.tool, form.name, waves)
        before_it = stood(kept, form.tool, form.name, waves, self.stamp.digest)
        was = standing if before_it is None else before_it
        since = [] if before_it is None else [o for k, o in standing.items() if k not in was]
        seen: dict[tuple[str, str], int] = {}
        own: list[tuple[OpenLine, CellRow]] = []
        problems: list[Problem] = []
        warned: list[str] = []
        found: list[tuple[OpenLine, str, CellRow]] = []
        for row in self.table.rows:

            def wrong(field: str, what: str, fix: str, row: CellRow = row) -> None:
                problems.append(
                    Problem(self.table.where(row.number, self.where.get(field, 0)), what, fix)
                )

            said = {one.id: self._text(row, one.id) for one in form.fields}
            key, reason = self._text(row, "id"), self._text(row, "reason")
            place = self._row(form, rows, standing, key, [one.row for one, _, _ in found])
            if place is None and not (key or any(said.values())):
                continue
            if place is None:
                wrong(
                    "id",
                    f"there is no line {key or 'without an id'} here",
                    "leave the first column as it was",
                )
                continue
            for one in form.fields:
                text = said[one.id]
                if len(text) > LONGEST:
                    wrong(one.id, f"is longer than {LONGEST} characters", "shorten it")
                held = may_name(text, self.known) if one.kind == "text" else ()
                if "number" in held:
                    wrong(
                        one.id, "holds what looks like a civil registration number", "take it out"
                    )
                elif not one.choices and one.kind == "text":
                    spot = self.table.where(row.number, self.where[one.id])
                    if "contact" in held:
                        warned.append(f"{spot} looks like an address or a telephone number")
                    if "name" in held:
                        warned.append(f"{spot} looks like a name: write the role instead")
                if text and (one.choices or one.kind != "text"):
                    said[one.id] = self._choice(one.id, text) if one.choices else plain(one, text)
                    if not said[one.id]:
                        wrong(one.id, *not_so(self._as_written(one.id), text))
            before = standing.get((place.scope, place.id))
            if before is None and not any(said.values()):
                continue
            first = seen.setdefault((place.scope, place.id), row.number)
            if first != row.number:
                wrong("id", f"stands there twice (row {first} too)", "keep one of the two lines")
                continue
            said, parted = merged(list(said), was.get((place.scope, place.id)), before, said)
            for field in parted:
                assert before is not None  # only what stands can have been changed since
                wrong(field, *changed_since(self._as_written(field), before.field(field)))
            # A round that is called otherwise by now keeps its lines under the id they have.
            beside = before.wave if before else at
            line = OpenLine(
                form.tool, form.name, beside, place.id, place.scope, tuple(said.items())
            )
            if not key and not reason:
                own.append((line, row))
            if form.held and before and before != line and not reason:
                wrong("reason", "does not say why what stands is changed", "write the reason")
            found.append((line, reason, row))
        for i in repeated([line for line, _ in own], since):
            spot = self.table.where(own[i][1].number, 0)
            what = "stands already, since this workbook was written"
            fix = "was it taken before? Correct it in one written anew; of another like it say so as the reason"
            problems.append(Problem(spot, what, fix))
        taken = [line for line, _, _ in found]
        numbers = {(line.scope, line.row): row for line, _, row in found}
        together = {**standing, **{(one.scope, one.row): one for one in taken}}
        for scope, id, field, what, fix in form.faults([one for one in together.values() if one]):
            if (scope, id) in numbers:
                spot = self.table.where(numbers[scope, id].number, self.where.get(field, 0))
                # A cell that could not be read is not also empty.
                if not any(one.where == spot for one in problems):
                    problems.append(Problem(spot, what, fix))
        if problems:
            raise HrkitError(f"{self.path.name} cannot be taken; nothing was changed.", problems)
        if not found:
            raise HrkitError(f"{self.path.name} has no line that is filled in.")
        return [(line, reason) for line, reason, _ in found], tuple(warned)

    def _text(self, row: CellRow, name: str) -> str:
        at = self.where.get(name)
        return " ".join(row.cell(at).split()) if at is not None else ""

    def _row(
        self,
        form: OpenForm,
        rows: Mapping[str, OpenRow],
        standing: Mapping[tuple[str, str], OpenLine],
        key: str,
        taken: Sequence[str],
    ) -> OpenRow | None:
        """The row a line is about; a new one of its own where the sheet has room for them."""
        from hrkit.report.open_form import OpenRow

        if found := rows.get(self.normal(key)):
            return found
        if not form.free:
            return None
        own = {id: scope for scope, id in standing if (scope, id) not in _ids(form)}
        if key:
            return OpenRow(key, (), own[key]) if key in own else None
        used = {*own, *taken}
        return OpenRow(next(f"own-{i}" for i in range(1, 10_000) if f"own-{i}" not in used), ())

    def _as_written(self, field: str) -> OpenField:
        """A field in the language of the workbook's headings."""
        said = {self.normal(text) for text in self.table.header.cells}
        form = max(self.forms, key=lambda one: sum(self.normal(f.name) in said for f in one.fields))
        return next(one for one in form.fields if one.id == field)

    def _choice(self, field: str, text: str) -> str:
        for form in self.forms:
            one = next(one for one in form.fields if one.id == field)
            for value, label in one.choices:
                if self.normal(text) in (self.normal(label), self.normal(value)):
                    return value
        one = next(one for one in self.forms[0].fields if one.id == field)
        return chosen_then(one, self.lists.get(self.where[field], ()), self.normal(text))


def _ids(form: OpenForm) -> set[tuple[str, str]]:
    return {(row.scope, row.id) for row in form.rows}
