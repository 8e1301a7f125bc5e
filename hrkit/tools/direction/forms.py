"""The four sheets to fill in: each party's canvas, the agreed text, the talent cycle, HR's capabilities."""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.report.open_form import FormMaker, OpenField, OpenForm, OpenRow
from hrkit.tools.direction.canvas import TOOL, canvas, parties_of, writers_of
from hrkit.tools.direction.findings import (
    AGREED,
    CANVAS,
    CARDS,
    CYCLE,
    JOINS,
    LEADS,
    MARKS,
    NOBODY,
)

__all__ = ["FORMS", "named"]


def named(engagement: Engagement, words: Words, party: str) -> str:
    """A party as a table calls it."""
    if party in canvas().may:
        return words(f"direction.{party}")
    return engagement.instrument.people.one(party).name("label", words.language)


def _help(words: Words, name: str, count: int) -> tuple[str, ...]:
    return tuple(words(f"direction.form.{name}.help.{i}") for i in range(1, count + 1))


def _column(words: Words, id: str, width: float = 24) -> OpenField:
    kind = "date" if id == "date" else "number" if id == "hours" else "text"
    return OpenField(id, words(f"direction.column.{id}"), (), width, kind)  # type: ignore[arg-type]


def canvas_form(engagement: Engagement, words: Words) -> OpenForm:
    """A line a party and field: each party fills in its own."""
    rows = tuple(
        OpenRow(
            field,
            (named(engagement, words, party), words(f"direction.field.{field}")),
            f"party:{party}",
        )
        for party in writers_of(engagement)
        for field in canvas().fields
    )
    return OpenForm(
        TOOL,
        CANVAS,
        words("direction.form.canvas.title"),
        _help(words, CANVAS, 4),
        (words("direction.column.party"), words("direction.column.field")),
        rows,
        (
            _column(words, "text", 50),
            _column(words, "measure", 24),
            _column(words, "date", 13),
            _column(words, "role", 20),
        ),
    )


def agreed_form(engagement: Engagement, words: Words) -> OpenForm:
    """A line a topic: how the room marks it, and the one text that is agreed."""
    marks = tuple((id, words(f"direction.mark.{id}")) for id in MARKS)
    return OpenForm(
        TOOL,
        AGREED,
        words("direction.form.direction.title"),
        _help(words, AGREED, 3),
        (words("direction.column.topic"),),
        tuple(OpenRow(one, (words(f"direction.topic.{one}"),)) for one in canvas().topics),
        (
            OpenField("mark", words("direction.column.mark"), marks, 16),
            _column(words, "text", 50),
            _column(words, "owner", 20),
            _column(words, "yes", 26),
            _column(words, "date", 13),
        ),
        held=True,
    )


def cycle_form(engagement: Engagement, words: Words) -> OpenForm:
    """A line a part of a working life: who leads, who joins, the manager's own part, what it hands over to."""
    part = tuple((id, words(f"direction.part.{id}")) for id in (LEADS, JOINS))
    next_ = tuple((one, words(f"direction.phase.{one}")) for one in canvas().phases)
    return OpenForm(
        TOOL,
        CYCLE,
        words("direction.form.cycle.title"),
        _help(words, CYCLE, 3),
        (words("direction.column.phase"),),
        tuple(OpenRow(one, (words(f"direction.phase.{one}"),)) for one in canvas().phases),
        (
            *(
                OpenField(party, named(engagement, words, party), part, 14)
                for party in parties_of(engagement)
            ),
            _column(words, "own", 34),
            _column(words, "hours", 10),
            _column(words, "figures", 30),
            OpenField(
                "hands",
                words("direction.column.hands"),
                (*next_, (NOBODY, words("direction.part.nobody"))),
                20,
            ),
        ),
    )


def cards_form(engagement: Engagement, words: Words) -> OpenForm:
    """A line a capability: yes, partly or no, as each of the two sides sees it, and what it rests on."""
    said = tuple((id, words(f"direction.card.{id}")) for id in ("yes", "partly", "no"))
    return OpenForm(
        TOOL,
        CARDS,
        words("direction.form.capabilities.title"),
        _help(words, CARDS, 2),
        (words("direction.column.capability"),),
        tuple(
            OpenRow(one, (words(f"direction.capability.{one}"),)) for one in canvas().capabilities
        ),
        (
            *(
                OpenField(side, named(engagement, words, side), said, 14)
                for side in canvas().cards
                if side in engagement.instrument.perspectives
            ),
            _column(words, "seen", 40),
        ),
    )


FORMS: Mapping[str, FormMaker] = {
    CANVAS: canvas_form,
    AGREED: agreed_form,
    CYCLE: cycle_form,
    CARDS: cards_form,
}
