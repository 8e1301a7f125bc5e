"""The lines of a filled-in workbook of actions: what they say, or every cell that is wrong."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.filled import FilledBook, filled_in
from hrkit.errors import HrkitError, Problem
from hrkit.model.engagement import Engagement, Followed

if TYPE_CHECKING:
    from hrkit.answers.files.table import CellRow

__all__ = ["read_actions"]

#: What is put off or given up says why: those who come to the next round read it.
WITH_REASON = ("moved", "dropped")
#: What workbooks of before called a status, in any language.
_ONCE = {"droppet": "dropped"}
_LONGEST = {"action": 500, "note": 500, "owner": 200, "sign": 300, "yes": 200, "helpers": 200}
_FINDING = re.compile(r"[a-z][a-z0-9-]*:[a-z][a-z0-9-]*:[\w.\-:]+")
_DAYS = re.compile(r"\d{1,3}(?:[.,]\d)?")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")


def read_actions(engagement: Engagement, path: Path) -> list[Followed]:
    """The lines of a workbook that say something, or every problem in it."""
    from hrkit.report.worksheets.actions import COLUMNS

    filled = filled_in(
        engagement,
        path,
        columns=COLUMNS,
        needed=("status", "dimension", "action"),
        tells="action",
        texts="plan_of_action",
    )
    return _Lines(engagement, filled).all(path.name)


class _Lines:
    """The lines of one workbook; collects what is wrong with them."""

    def __init__(self, engagement: Engagement, filled: FilledBook) -> None:
        from hrkit.model.followed import NEEDS
        from hrkit.report.action_files import library
        from hrkit.report.actions import HORIZONS, SIZES
        from hrkit.report.worksheets.actions import STATUSES
        from hrkit.text import normal

        self.engagement, self.table, self.where = engagement, filled.table, filled.where
        self.normal = normal
        self.problems: list[Problem] = []
        self.library = library(engagement)
        languages = engagement.instrument.languages
        spoken = [engagement.words(language) for language in languages]
        # Own words are in the language of the workbook's headings.
        self.language = filled.words.language
        self.statuses = {status: status for status in STATUSES} | _ONCE
        for w in spoken:
            told = {normal(w(f"sections.change.status.{s}")): s for s in STATUSES}
            self.statuses |= told
        self.horizons = {
            normal(w(f"report.action.horizon.{one}")): one for w in spoken for one in HORIZONS
        }
        self.sizes = {
            name: {
                normal(said): size
                for w in spoken
                for size in SIZES
                for said in (size, w(f"report.action.{name}.{size}"))
            }
            for name in ("effort", "effect")
        }
        self.dimensions: dict[str, str] = {normal(w("roadmap.tools.name")): "" for w in spoken}
        self.own = {normal(w("roadmap.tools.own")) for w in spoken}
        self.needs = {normal(w(f"plan_of_action.needs.{n}")): n for w in spoken for n in NEEDS}
        self.needs |= {n: n for n in NEEDS}
        self.duty = {normal(w("plan_of_action.duty.yes")) for w in spoken}
        for section in engagement.instrument.dimensions:
            self.dimensions[normal(section.id)] = section.id
            self.dimensions |= {normal(section.name[code]): section.id for code in languages}
        self.waves = {w: wave.id for wave in engagement.waves for w in (wave.id, *wave.was)}

    def all(self, name: str) -> list[Followed]:
        found = [one for row in self.table.rows if (one := self._line(row))]
        lines = [(one.action, one.since) for one in found]
        for action, _ in {line for line in lines if lines.count(line) > 1}:
            self.problems.append(
                Problem(self.table.name, f"{action} stands there twice", "leave one line of it")
            )
        if self.problems:
            raise HrkitError(f"{name} cannot be taken; nothing was changed.", self.problems)
        if not found:
            raise HrkitError(f"{name} has no line with a status: nothing is agreed on yet.")
        return found

    def _wrong(self, row: CellRow, column: str, what: str, fix: str) -> None:
        place = self.table.where(row.number, self.where.get(column, 0))
        self.problems.append(Problem(place, what, fix))

    def _text(self, row: CellRow, column: str) -> str:
        at = self.where.get(column)
        text = " ".join(row.cell(at).split()) if at is not None else ""
        most = _LONGEST.get(column, 500)
        if len(text) > most:
            self._wrong(row, column, f"is longer than {most} characters", "shorten it")
        return text

    def _line(self, row: CellRow) -> Followed | None:
        said = self._text(row, "status")
        start, due, note = (self._text(row, name) for name in ("start", "due", "note"))
        id, action = self._text(row, "id"), self._text(row, "action")
        if not said:
            # A step that a tool asks for has a finding and no id; only words of one's own have neither.
            if start or due or note or (action and not id and not self._text(row, "rests")):
                what = "has no status, though something is agreed in its line"
                self._wrong(row, "status", what, "choose one, or clear the line")
            return None
        status = self.statuses.get(self.normal(said))
        if status is None:
            known = ", ".join(dict.fromkeys(self.statuses.values()))
            self._wrong(row, "status", f"{said} is no status", f"choose from the list ({known})")
        known_action = self.library.find(id) if self.library and id else None
        if id and known_action is None:
            self._wrong(row, "id", f"there is no action {id}", "leave the id as it was")
        if not id and not action:
            self._wrong(row, "action", "is empty", "say what was agreed")
        if status in WITH_REASON and not note:
            self._wrong(row, "note", f"does not say why it is {said.lower()}", "write the reason")
        name = self._text(row, "dimension")
        dimension = (
            known_action.dimension if known_action else self.dimensions.get(self.normal(name))
        )
        rests = self._text(row, "rests")
        if rests and not _FINDING.fullmatch(rests):
            self._wrong(row, "rests", f"{rests} is no finding", "leave it as it was, or empty")
        if not rests and not id and self._text(row, "why"):
            # It is the report's word on its findings; of one's own it would be lost.
            self._wrong(row, "why", "is not kept for words of your own", "write it in the note")
        own = self.normal(name) in self.own
        if not rests and not (id and known_action is None) and not dimension and not own:
            self._wrong(row, "dimension", f"{name or 'nothing'} is no dimension", "choose one")
        return Followed(
            id or action,
            dimension or "",
            status or "",
            self._since(row),
            note,
            self._text(row, "owner"),
            self._day(row, "start", start),
            self._day(row, "due", due),
            # Of the library's own actions both stand in the library.
            "" if known_action else self._horizon(row),
            "" if known_action else self._text(row, "sign"),
            "" if known_action else self.language,
            effort=self._size(row, "effort", known_action.effort if known_action else ""),
            effect=self._size(row, "effect", known_action.effect if known_action else ""),
            rests_on=rests,
            yes=self._text(row, "yes"),
            helpers=self._text(row, "helpers"),
            needs=self._one_of(row, "needs", self.needs),
            duty=bool(self._one_of(row, "duty", dict.fromkeys(self.duty, "yes"))),
        )

    def _one_of(self, row: CellRow, column: str, known: dict[str, str]) -> str:
        """What was chosen from a list; empty for nothing."""
        told = self._text(row, column)
        found = known.get(self.normal(told), "") if told else ""
        if told and not found:
            self._wrong(row, column, f"{told} is none of the list", "choose from the list")
        return found

    def _size(self, row: CellRow, column: str, usual: str) -> str:
        """What a step takes or brings, where it is not what the library says; an effort also in days."""
        told = self._text(row, column)
        found = self.sizes[column].get(self.normal(told), "") if told else ""
        if column == "effort" and _DAYS.fullmatch(told) and float(told.replace(",", ".")):
            found = told.replace(",", ".")
        if told and not found:
            self._wrong(row, column, f"{told} is no {column}", "choose from the list")
        return "" if found == usual else found

    def _horizon(self, row: CellRow) -> str:
        told = self._text(row, "horizon")
        found = self.horizons.get(self.normal(told), "") if told else ""
        if told and not found:
            self._wrong(row, "horizon", f"{told} is no horizon", "choose from the list")
        return found

    def _since(self, row: CellRow) -> str:
        told = self._text(row, "since")
        if not told:
            return self.engagement.waves[-1].id
        if told not in self.waves:
            listed = ", ".join(wave.id for wave in self.engagement.waves)
            self._wrong(row, "since", f"there is no round {told}", f"use one of {listed}")
        return self.waves.get(told, "")

    def _day(self, row: CellRow, column: str, text: str) -> str:
        if not text:
            return ""
        match = _DAY.fullmatch(text)
        try:
            return (
                dt.date(*map(int, match.groups())).isoformat()
                if match
                else self._no(row, column, text)
            )
        except ValueError:
            return self._no(row, column, text)

    def _no(self, row: CellRow, column: str, text: str) -> str:
        self._wrong(row, column, f"{text} is no date", "choose a day, or write it as 2026-12-31")
        return ""
