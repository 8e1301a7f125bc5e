"""The direction canvas in the report, its sheets to write on and to sign, its worksheets and what it asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Heading,
    Note,
    Paragraph,
    Span,
    Table,
    Text,
    b,
)
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.records.values import OpenLine
from hrkit.report.chapter import Chapter, Recipe
from hrkit.report.claims import Claim
from hrkit.report.context import Context
from hrkit.report.handouts.room import GROUND, room
from hrkit.report.tool_steps import ToolStep
from hrkit.tools.direction.canvas import TOOL, canvas, parties_of
from hrkit.tools.direction.findings import (
    AGREED,
    CANVAS,
    CARDS,
    CYCLE,
    JOINS,
    LEADS,
    NOBODY,
    OpenFinding,
    Said,
    agreed,
    cycle,
    found,
)
from hrkit.tools.direction.forms import FORMS

__all__ = ["CHAPTER", "CLAIMS", "FLAT", "FORMS", "SHEETS", "STEPS"]

#: Findings that a page tells, and steps that the tool asks for.
_TOLD, _STEPS = 8, 4
#: Marks of who leads a part and who joins in it.
_SIGNS = {LEADS: "●", JOINS: "○"}


def _said(ctx: Context) -> Said:
    return found(ctx.records, parties_of(ctx.engagement))


def _names(ctx: Context, parties: tuple[str, ...]) -> str:
    return ctx.words.join([ctx.named(one, "label") for one in parties])


def direction(ctx: Context) -> tuple[Block, ...]:
    """What differs and is missing; the canvas side by side; the agreed text; cycle and capabilities."""
    w, said = ctx.words, _said(ctx)
    known = ctx.records
    if not any(known.sheet(TOOL, name) for name in (CANVAS, AGREED, CYCLE, CARDS)):
        return (
            Heading(w("direction.title.nothing"), new_page=True),
            Callout(w("direction.nothing")),
        )
    lines = [_line(ctx, one) for one in said.findings[:_TOLD]]
    return (
        Heading(_title(ctx, said), new_page=True),
        Paragraph(w("direction.lead"), lead=True),
        *((Bullets(tuple(lines)),) if lines else (Paragraph(w("direction.none")),)),
        *_canvas(ctx, said),
        *_agreed(ctx),
        *_cycle(ctx),
        *_cards(ctx),
        Note(w("direction.note")),
    )


def _title(ctx: Context, said: Said) -> str:
    w = ctx.words
    if differs := said.by("differs"):
        return w("direction.title.differs", n=len(differs))
    if said.spoken and len(said.planned) < len(said.of):
        return w("direction.title.plan", n=len(said.planned), all=len(said.of))
    marks = {line.row: line for line in ctx.records.sheet(TOOL, AGREED)}
    if all(agreed(marks.get(topic)) for topic in canvas().topics):
        return w("direction.title.agreed")
    return w("direction.title.open")


def _line(ctx: Context, one: OpenFinding) -> str:
    w = ctx.words
    kind = "phase" if one.row in canvas().phases else "topic"
    kind = "capability" if one.row in canvas().capabilities else kind
    return w(
        f"direction.found.{one.rule}",
        row=w(f"direction.{kind}.{one.row}"),
        who=_names(ctx, one.who) if one.who else "",
    )


def _lines(ctx: Context) -> Mapping[tuple[str, str], OpenLine]:
    return {
        (line.scope.removeprefix("party:"), line.row): line
        for line in ctx.records.sheet(TOOL, CANVAS)
    }


def _words_of(ctx: Context, line: OpenLine | None) -> Text:
    """What a party wrote in a field, with measure, day and role where it has them."""
    if line is None:
        return "–"
    rest = [line.field("measure"), _day(ctx, line), line.field("role")]
    beside = " · ".join(one for one in rest if one)
    text = line.field("text")
    return (Span(text), Span(f"\n{beside}", "mute")) if beside else text or "–"


def _day(ctx: Context, line: OpenLine) -> str:
    said = line.field("date")
    return ctx.words.date(dt.date.fromisoformat(said)) if said else ""


def _canvas(ctx: Context, said: Said) -> tuple[Block, ...]:
    if not said.spoken:
        return ()
    w, told = ctx.words, _lines(ctx)
    rows = tuple(
        (
            (b(w(f"direction.field.{field}")),),
            *(_words_of(ctx, told.get((party, field))) for party in said.spoken),
        )
        for field in canvas().fields
        if any((party, field) in told for party in said.spoken)
    )
    return (
        Heading(w("direction.canvas"), level=2),
        Table(
            ("", *(ctx.named(party, "label") for party in said.spoken)),
            rows,
            widths=(1.4, *(2.0,) * len(said.spoken)),
            compact=True,
            summary=w("direction.canvas"),
        ),
        Paragraph(w("direction.planned", n=len(said.planned), all=len(said.of))),
    )


def _agreed(ctx: Context) -> tuple[Block, ...]:
    w = ctx.words
    marks = {line.row: line for line in ctx.records.sheet(TOOL, AGREED)}
    if not marks:
        return ()
    rows = []
    for topic in canvas().topics:
        line = marks.get(topic)
        mark = line.field("mark") if line else ""
        text = line.field("text") if line and agreed(line) else ""
        who = (
            w("direction.said_yes", who=line.field("yes"), date=_day(ctx, line))
            if line and text
            else w("direction.owner", who=line.field("owner"))
            if line and line.field("owner")
            else w("direction.not_agreed")
        )
        rows.append(
            (
                (b(w(f"direction.topic.{topic}")),),
                w(f"direction.mark.{mark}") if mark else w("direction.unmarked"),
                text or "–",
                who,
            )
        )
    head = ("topic", "mark", "agreed", "who")
    return (
        Heading(w("direction.agreed"), level=2),
        Table(
            tuple(w(f"direction.table.{one}") for one in head),
            tuple(rows),
            widths=(1.2, 1.1, 3.2, 2.0),
            compact=True,
            summary=w("direction.agreed"),
        ),
    )


def _cycle(ctx: Context) -> tuple[Block, ...]:
    w, parties = ctx.words, parties_of(ctx.engagement)
    if not ctx.records.sheet(TOOL, CYCLE):
        return ()
    rows = []
    for phase in canvas().phases:
        line = cycle(ctx.records, phase)
        hours = line.field("hours") if line else ""
        own = [line.field("own") if line else ""]
        own += [w("direction.hours", n=w.number(float(hours), 0))] if hours else []
        hands = line.field("hands") if line else ""
        rows.append(
            (
                _phase(ctx, phase),
                *(_SIGNS.get(line.field(party) if line else "", "–") for party in parties),
                " · ".join(one for one in own if one) or "–",
                (line.field("figures") if line else "") or "–",
                w(f"direction.phase.{hands}") if hands not in ("", NOBODY) else "–",
            )
        )
    head = tuple(w(f"direction.table.{one}") for one in ("own", "figures", "hands"))
    return (
        Heading(w("direction.cycle"), level=2),
        Table(
            (
                w("direction.table.phase"),
                *(ctx.named(one, "short") for one in parties),
                *head,
            ),
            tuple(rows),
            align=("left", *("center",) * len(parties), "left", "left", "left"),  # type: ignore[arg-type]
            widths=(1.5, *(0.85,) * len(parties), 1.9, 1.7, 1.1),
            compact=True,
            summary=w("direction.cycle"),
        ),
        Note(w("direction.signs")),
    )


def _phase(ctx: Context, phase: str) -> Text:
    name = b(ctx.words(f"direction.phase.{phase}"))
    if phase not in canvas().field_practice:
        return (name,)
    return (name, Span(f"\n{ctx.words('direction.practice')}", "mute"))


def _cards(ctx: Context) -> tuple[Block, ...]:
    w, sides = ctx.words, canvas().cards
    told = {line.row: line for line in ctx.records.sheet(TOOL, CARDS)}
    if not told:
        return ()
    rows = tuple(
        (
            w(f"direction.capability.{one}"),
            *(
                w(f"direction.card.{value}") if (value := told[one].field(side)) else "–"
                for side in sides
            ),
            told[one].field("seen") or "–",
        )
        for one in canvas().capabilities
        if one in told
    )
    return (
        Heading(w("direction.cards"), level=2),
        Table(
            (
                w("direction.table.capability"),
                *(ctx.named(side, "label") for side in sides),
                w("direction.table.seen"),
            ),
            rows,
            widths=(3.0, 1.1, 1.1, 2.6),
            compact=True,
            summary=w("direction.cards"),
        ),
    )


def worksheet(ctx: Context) -> Worksheet:
    """What each party wrote, a line a field."""
    w = ctx.words
    rows: list[tuple[Cell, ...]] = [
        (
            ctx.named(party, "label"),
            w(f"direction.field.{field}"),
            line.field("text"),
            line.field("measure"),
            line.field("date"),
            line.field("role"),
        )
        for (party, field), line in _lines(ctx).items()
        if party in parties_of(ctx.engagement) and field in canvas().fields
    ]
    names = ("party", "field", "text", "measure", "date", "role")
    head = tuple(w(f"direction.column.{one}") for one in names)
    return Worksheet(w("direction.worksheet"), w("direction.canvas"), head, tuple(rows))


def _chapters(ctx: Context) -> tuple[Chapter, ...]:
    sheet = worksheet(ctx)
    return (Chapter(direction(ctx), (sheet,) if sheet.rows else (), TOOL),)


# ------------------------------------------------------------------------------------------ sheets


def canvas_sheet(ctx: Context) -> tuple[Block, ...]:
    """The canvas to write on, parties side by side; what is kept already stands in it."""
    w, parties, told = ctx.words, parties_of(ctx.engagement), _lines(ctx)
    rows = tuple(
        (
            (b(w(f"direction.field.{field}")),),
            *(
                _words_of(ctx, line) if (line := told.get((party, field))) else room(2)
                for party in parties
            ),
        )
        for field in canvas().fields
    )
    return (
        Heading(w("direction.sheet.canvas.title"), kicker=w("direction.sheet.kicker")),
        Paragraph(w("direction.sheet.canvas.rule")),
        Table(
            ("", *(ctx.named(party, "label") for party in parties)),
            rows,
            widths=(1.7, *(2.2,) * len(parties)),
            compact=True,
            shades=tuple(("", *(GROUND,) * len(parties)) for _ in rows),
            summary=w("direction.sheet.canvas.title"),
        ),
        Note(w("direction.sheet.seen_by")),
    )


def agreed_sheet(ctx: Context) -> tuple[Block, ...]:
    """The agreed text to read aloud and sign, with the course of the meeting."""
    w = ctx.words
    marks = {line.row: line for line in ctx.records.sheet(TOOL, AGREED)}
    rows = []
    for topic in canvas().topics:
        line = marks.get(topic)
        rows.append(
            (
                (b(w(f"direction.topic.{topic}")),),
                line.field("text") if line and line.field("text") else room(2),
                line.field("yes") if line and line.field("yes") else room(2),
                _day(ctx, line) if line and line.field("date") else room(1),
            )
        )
    steps = tuple(w(f"direction.sheet.step.{i}") for i in range(1, 6))
    return (
        Heading(w("direction.sheet.agreed.title"), kicker=w("direction.sheet.kicker")),
        Paragraph(w("direction.sheet.agreed.rule"), lead=True),
        Table(
            tuple(w(f"direction.table.{one}") for one in ("topic", "agreed", "yes", "date")),
            tuple(rows),
            widths=(1.3, 3.6, 1.7, 1.1),
            shades=tuple(("", GROUND, GROUND, GROUND) for _ in rows),
            summary=w("direction.sheet.agreed.title"),
        ),
        Heading(w("direction.sheet.steps"), level=2),
        Bullets(steps),
        Note(w("direction.sheet.seen_by")),
    )


def cycle_sheet(ctx: Context) -> tuple[Block, ...]:
    """The talent cycle to write on: who leads, who joins, the manager's own part."""
    w, parties = ctx.words, parties_of(ctx.engagement)
    blank = (room(2),) * (len(parties) + 3)
    rows = tuple((_phase(ctx, phase), *blank) for phase in canvas().phases)
    head = tuple(w(f"direction.table.{one}") for one in ("own", "figures", "hands"))
    return (
        Heading(w("direction.sheet.cycle.title"), kicker=w("direction.sheet.kicker")),
        Paragraph(w("direction.sheet.cycle.rule"), lead=True),
        Table(
            (
                w("direction.table.phase"),
                *(ctx.named(one, "short") for one in parties),
                *head,
            ),
            rows,
            widths=(1.7, *(0.95,) * len(parties), 2.3, 1.9, 1.3),
            shades=tuple(("", *(GROUND,) * len(blank)) for _ in rows),
            summary=w("direction.sheet.cycle.title"),
        ),
        Note(w("direction.signs")),
        Note(w("direction.sheet.seen_by")),
    )


# ------------------------------------------------------------------------------------------- steps


def STEPS(ctx: Context) -> tuple[ToolStep, ...]:  # noqa: N802 - a constant's name: what a tool offers
    """The steps of an agreed plan; then parts of the cycle that nobody leads or the manager is missing in."""
    w, said = ctx.words, _said(ctx)
    marks = {line.row: line for line in ctx.records.sheet(TOOL, AGREED)}
    steps: list[ToolStep] = []
    if agreed(marks.get("plan")):
        for (party, field), line in _lines(ctx).items():
            known = canvas().fields.get(field)
            if known and known.step and line.field("text") and line.field("role"):
                steps.append(
                    ToolStep(
                        f"{TOOL}:plan:{party}.{field}",
                        party,
                        line.field("text"),
                        w("direction.why.plan", who=ctx.named(party, "label")),
                        agreed=True,
                    )
                )
    rules = {"nobody-leads": canvas().decides, "manager-absent": "partners"}
    for one in said.findings:
        if one.rule in rules and len(steps) < _STEPS:
            row = w(f"direction.phase.{one.row}")
            steps.append(
                ToolStep(
                    f"{TOOL}:{one.rule}:{one.row}",
                    rules[one.rule],
                    w(f"direction.step.{one.rule}", row=row),
                    _line(ctx, one),
                    horizon="now" if one.rule == "nobody-leads" else "year",
                )
            )
    return tuple(steps)


CHAPTER = Recipe(_chapters)
SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {
    "canvas": canvas_sheet,
    "direction": agreed_sheet,
    "cycle": cycle_sheet,
}
#: Sheets that lie on their side.
FLAT = frozenset({"canvas", "cycle"})
#: Nothing is concluded from a figure here: parties are counted, and what they wrote stands as it is.
CLAIMS: tuple[Claim, ...] = ()
