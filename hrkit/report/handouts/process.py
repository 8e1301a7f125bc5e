"""The calendar of the whole engagement to print: the steps in bands, each with day, who, how long and which sheet.

In: planned steps, minutes of forms, words.  Out: blocks, rows of a workbook, events of a calendar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from hrkit.blocks import Block, Heading, Note, Paragraph, Span, Table, Text, b
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.model.process import BANDS, process_steps
from hrkit.model.tool import SITTING, SITTINGS
from hrkit.model.workdays import Closed
from hrkit.report.calendar import ASKED, SMALL, Planned, small_sides

__all__ = ["ProcessPage"]

_FRAME = "frame"


@dataclass(frozen=True)
class ProcessPage:
    """What is printed of one engagement's process.

    Attributes
    ----------
    minutes
        Of anonymous forms, by perspective, over all tools.
    minded
        Whether public holidays of the country are minded.
    """

    engagement: Engagement
    words: Words
    workshop: dt.date
    steps: Sequence[Planned]
    minutes: Mapping[str, float]
    minded: bool = True

    @property
    def title(self) -> str:
        """Of the page."""
        return self.words("process.title")

    def blocks(self) -> tuple[Block, ...]:
        """The page: what frames the steps, and the three bands, in the order of their first day."""
        w = self.words
        by: dict[str, list[Planned]] = {}
        for one in self.steps:
            by.setdefault(self._band(one), []).append(one)
        notes = [w("process.note.days") if self.minded else w("process.note.no_country")]
        notes.append(w("process.note.forms", sitting=SITTING, sittings=SITTINGS))
        kicker = w("process.kicker", client=self.engagement.client, date=w.date(self.workshop))
        return (
            Heading(self.title, kicker=kicker),
            Paragraph(w("process.lead"), lead=True),
            *(block for name, mine in by.items() for block in self._table(name, mine)),
            *(Note(note) for note in (*notes, w("process.note.source"))),
        )

    def _band(self, one: Planned) -> str:
        """The band a step stands in: what frames the work comes before it."""
        return one.step.band or _FRAME

    def _table(self, name: str, mine: Sequence[Planned]) -> tuple[Block, ...]:
        w = self.words
        title = w(f"process.band.{name}") if name in BANDS else w("process.frame")
        head = ("day", "step", "who", "sheet", "status")
        rows = tuple(
            (
                (b(self.when(one)),),
                (b(self.called(one)), Span(f"\n{self._what(one)}")),
                "\n".join(self.who(one)),
                w(f"process.step.{one.step.id}.sheet"),
                self._stands(one),
            )
            for one in mine
        )
        return (
            Heading(title, level=2),
            Table(
                tuple(w(f"process.column.{one}") for one in head),
                rows,
                widths=(1.3, 3.3, 2.1, 1.9, 2.1),
                compact=True,
                summary=title,
            ),
        )

    def called(self, one: Planned) -> str:
        """A step's name."""
        return self.words(f"process.step.{one.step.id}.title")

    def _what(self, one: Planned) -> str:
        return self.words(f"process.step.{one.step.id}.what")

    def when(self, one: Planned) -> str:
        """A step's day, or the first and last."""
        w = self.words
        if one.until is None:
            return w.date(one.day)
        return w("process.span", first=w.date(one.day), last=w.date(one.until))

    def who(self, one: Planned) -> tuple[str, ...]:
        """Who takes part, and how long: of forms as long as they take each."""
        w, step = self.words, one.step
        if ASKED in step.who:
            small = small_sides(self.engagement)
            return tuple(
                w("process.by_card", who=self._name(id))
                if id in small
                else w("process.minutes", who=self._name(id), n=ceil(many))
                for id, many in self.minutes.items()
                if id in self._invited()
            )
        known = self.engagement.instrument.perspectives
        if SMALL in step.who:
            named = [self._name(id) for id in small_sides(self.engagement)]
        else:
            named = [
                self._name(id)
                for id in step.who
                if id in known or f"process.who.{id}" in w or f"report.action.owner.{id}" in w
            ]
        return tuple(w("process.minutes", who=name, n=step.minutes) for name in named)

    def _invited(self) -> Collection[str]:
        """Whom the round asks, as far as it says; else all that the instrument asks."""
        wave, root = self.engagement.wave().id, self.engagement.root.id
        told = [row for row in self.engagement.invited if row.wave == wave]
        return {
            id for id in self.minutes if not told or self.engagement.invited_to(wave, root, (id,))
        }

    def _name(self, id: str) -> str:
        for key in (f"process.who.{id}", f"report.action.owner.{id}"):
            if key in self.words:
                return self.words(key)
        return self.engagement.instrument.people.one(id).name("label", self.words.language)

    def _stands(self, one: Planned) -> Text:
        said = self.stands(one)
        return "\n".join(said) if said else "–"

    def stands(self, one: Planned) -> tuple[str, ...]:
        """Whether it is done, what it waits for, and why its day is another than it would have been."""
        w = self.words
        if one.done:
            return (w("process.done", date=w.date(one.done)),)
        found = []
        if one.waits:
            before = next(step for step in process_steps() if step.id == one.waits)
            found.append(w("process.waits", step=w(f"process.step.{before.id}.title")))
        if one.closed is not None:
            why = self._why(one.closed)
            if one.wanted is None:
                found.append(w("process.stays", why=why))
            else:
                way = "earlier" if one.day < one.wanted else "later"
                found.append(w(f"process.moved.{way}", date=w.date(one.wanted), why=why))
        return tuple(found)

    def _why(self, closed: Closed) -> str:
        return self.words(f"process.closed.{closed.kind}", name=closed.name)

    def worksheet(self) -> Worksheet:
        """The same as rows that can be sorted."""
        w = self.words
        head = ("day", "until", "band", "step", "who", "sheet", "status")
        rows: list[tuple[Cell, ...]] = [
            (
                one.day.isoformat(),
                one.until.isoformat() if one.until else None,
                w(f"process.band.{name}") if (name := self._band(one)) in BANDS else None,
                f"{self.called(one)}: {self._what(one)}",
                "; ".join(self.who(one)),
                w(f"process.step.{one.step.id}.sheet"),
                "; ".join(self.stands(one)),
            )
            for one in self.steps
        ]
        return Worksheet(
            w("process.worksheet"),
            self.title,
            tuple(w(f"process.column.{one}") for one in head),
            tuple(rows),
        )
