"""What a tool's meeting decided: a row a subject, what is done, who does it, and the day on which one looks.

The sheet that is printed for the meeting is filled in with a pen; this is the workbook in which what stands on
it comes back (`hrkit fill`), the table that the chapter prints of it, and the steps of the roadmap that follow.
What was decided is the room's own word, and no answer of anybody's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hrkit.blocks import Block, Heading, Note, Table, Text, b
from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.records.values import OpenLine
from hrkit.report.context import Context
from hrkit.report.open_form import Fault, FormMaker, OpenField, OpenForm, OpenRow
from hrkit.report.tool_steps import ToolStep

__all__ = ["WHAT", "DecisionSheet"]

#: What is done, who does it (a role), and the day on which one looks at it.
WHAT, WHO, BY = "what", "who", "by"
#: What to do with a line that says who and when, and nothing else.
_NOTHING = "write what is done, or clear the line"
#: Rows of an engagement with what each is about.
Rows = Callable[[Engagement, Words], Sequence[OpenRow]]


@dataclass(frozen=True)
class DecisionSheet:
    """A sheet of decisions.

    Attributes
    ----------
    tool, name
        Of which tool, and what ``hrkit fill --name`` takes.
    texts
        Where its own words stand: below it ``title``, ``help``, ``row``.
    rows
        What may be decided on.
    first
        A column before the others: id and the ids of what may be chosen, each a text below ``texts``.
    needs
        Whether a line that says something has to say who and by when.
    faults
        What else is wrong with a line: field, what, what to do.
    """

    tool: str
    name: str
    texts: str
    rows: Rows
    first: tuple[str, tuple[str, ...]] = ("", ())
    needs: Callable[[OpenLine], bool] = lambda line: bool(line.field(WHAT))
    faults: Callable[[Engagement, OpenLine], Sequence[tuple[str, str, str]]] = lambda *_: ()

    def form(self, engagement: Engagement, words: Words) -> OpenForm:
        """The workbook."""

        def wrong(lines: Sequence[OpenLine]) -> Sequence[Fault]:
            found: list[Fault] = []
            for line in lines:
                found += [(line.scope, line.row, *one) for one in self.faults(engagement, line)]
                if not self.first[0] and not line.field(WHAT):
                    found.append((line.scope, line.row, WHAT, "is empty", _NOTHING))
                opens, day = engagement.wave(line.wave).opens, line.field(BY)
                if opens and day and dt.date.fromisoformat(day) < opens:
                    what = f"lies before the round opened ({opens.isoformat()})"
                    found.append((line.scope, line.row, BY, what, "correct the day"))
                if self.needs(line):
                    found += [
                        (line.scope, line.row, field, "is empty", "say who does it, and by when")
                        for field in (WHO, BY)
                        if not line.field(field)
                    ]
            return found

        column, values = self.first
        choices = tuple((one, words(f"{self.texts}.{column}.{one}")) for one in values)
        chosen = (
            [OpenField(column, words(f"{self.texts}.{column}.name"), choices, 20)] if column else []
        )
        return OpenForm(
            self.tool,
            self.name,
            words(f"{self.texts}.title"),
            (words(f"{self.texts}.help"),),
            (words(f"{self.texts}.row"),),
            tuple(self.rows(engagement, words)),
            (
                *chosen,
                OpenField(WHAT, words("openform.decided.what"), width=46),
                OpenField(WHO, words("openform.decided.who"), width=22),
                OpenField(BY, words("openform.decided.by"), (), 16, "date"),
            ),
            faults=wrong,
        )

    @property
    def forms(self) -> dict[str, FormMaker]:
        """By name, as a tool offers it."""
        return {self.name: self.form}

    def lines(self, ctx: Context) -> tuple[tuple[str, OpenLine], ...]:
        """What was decided, each with what it is about, in the sheet's order."""
        said = {line.row: line for line in ctx.records.sheet(self.tool, self.name)}
        return tuple(
            (row.about[0], said[row.id])
            for row in self.rows(ctx.engagement, ctx.words)
            if row.id in said
        )

    def blocks(self, ctx: Context) -> tuple[Block, ...]:
        """The chapter's table; nothing where nothing was decided."""
        w, lines = ctx.words, self.lines(ctx)
        if not lines:
            return ()
        column, _ = self.first
        head = [w(f"{self.texts}.row"), *([w(f"{self.texts}.{column}.name")] if column else [])]
        head += [w(f"openform.decided.{one}") for one in (WHAT, WHO, BY)]
        rows: list[tuple[Text, ...]] = []
        for about, line in lines:
            chosen = line.field(column) if column else ""
            said = [w(f"{self.texts}.{column}.{chosen}") if chosen else "–"] if column else []
            day = line.field(BY)
            when = w.date(dt.date.fromisoformat(day)) if day else "–"
            rest = (line.field(WHAT) or "–", line.field(WHO) or "–", when)
            rows.append(((b(about),), *said, *rest))
        return (
            Heading(w(f"{self.texts}.title"), level=2),
            Table(
                tuple(head),
                tuple(rows),
                widths=(2.0, *((1.0,) if column else ()), 2.8, 1.3, 1.1),
                compact=True,
                summary=w(f"{self.texts}.title"),
            ),
            Note(w("openform.decided.note")),
        )

    def step(self, line: OpenLine, owner: str, text: str, why: str) -> ToolStep:
        """A step of the roadmap: agreed where somebody carries it."""
        id = f"{self.tool}:{self.name}:{line.row}"
        return ToolStep(id, owner, text, why, agreed=bool(line.field(WHO)))
