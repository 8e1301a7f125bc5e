"""The direction canvas in the report: what differs and is missing, the canvas, the agreed text, the cycle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

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
    Together,
    b,
)
from hrkit.records.values import OpenLine
from hrkit.report.context import Context
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
    SheetsSaid,
    agreed,
    cycle,
    found,
)
from hrkit.tools.direction.names import party_name, phase_name

__all__ = [
    "day_of",
    "direction",
    "lines_of",
    "said_of",
    "told_of",
    "words_of",
]

#: Findings that a page tells.
_TOLD = 8
#: Marks of who leads a part and who joins in it.
_SIGNS = {LEADS: "●", JOINS: "○"}


def said_of(ctx: Context) -> SheetsSaid:
    """What the engagement's parties have said."""
    wrote = {party for party, _ in lines_of(ctx)}
    also = (party for party in canvas().may if party in wrote)
    return found(ctx.records, (*parties_of(ctx.engagement), *also))


def _names(ctx: Context, parties: tuple[str, ...]) -> str:
    return ctx.words.join([party_name(ctx, one) for one in parties])


def direction(ctx: Context) -> tuple[Block, ...]:
    """What differs and is missing; the canvas side by side; the agreed text; cycle and capabilities."""
    w, said = ctx.words, said_of(ctx)
    known = ctx.records
    if not any(known.sheet(TOOL, name) for name in (CANVAS, AGREED, CYCLE, CARDS)):
        return (
            Heading(w("direction.title.nothing"), new_page=True),
            Callout(w("direction.nothing")),
        )
    lines = _told(ctx, said)[:_TOLD]
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


def _title(ctx: Context, said: SheetsSaid) -> str:
    w = ctx.words
    if differs := said.by("differs"):
        return w("direction.title.differs", n=len(differs))
    if said.spoken and len(said.planned) < len(said.of):
        return w("direction.title.plan", n=len(said.planned), all=len(said.of))
    marks = {line.row: line for line in ctx.records.sheet(TOOL, AGREED)}
    if all(agreed(marks.get(topic)) for topic in canvas().topics):
        return w("direction.title.agreed")
    return w("direction.title.open")


def _told(ctx: Context, said: SheetsSaid) -> list[str]:
    """The findings as sentences: what one rule says of several rows in the same way is one sentence."""
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in said.findings:
        together.setdefault((one.rule, one.who), []).append(one.row)
    return [
        told_of(ctx, OpenFinding(rule, "", who), rows) for (rule, who), rows in together.items()
    ]


def told_of(ctx: Context, one: OpenFinding, rows: Sequence[str] = ()) -> str:
    """A finding as a sentence; of several rows at once, if they are given."""
    w = ctx.words
    named = [w(f"direction.{_kind(row)}.{row}") for row in rows or (one.row,)]
    if len(named) > 1:  # several topics in one sentence are heard as several
        named = [w("report.list.name", name=name) for name in named]
    return w(
        f"direction.found.{one.rule}",
        row=w.join(named),
        who=_names(ctx, one.who) if one.who else "",
    )


def _kind(row: str) -> str:
    """What a row is: a part of the cycle, a capability, or a topic."""
    known = canvas()
    return (
        "phase" if row in known.phases else "capability" if row in known.capabilities else "topic"
    )


def lines_of(ctx: Context) -> Mapping[tuple[str, str], OpenLine]:
    """Each party's fields that are filled in."""
    return {
        (line.scope.removeprefix("party:"), line.row): line
        for line in ctx.records.sheet(TOOL, CANVAS)
    }


def words_of(ctx: Context, line: OpenLine | None) -> Text:
    """What a party wrote in a field, with measure, day and role where it has them."""
    if line is None:
        return "–"
    rest = [line.field("measure"), day_of(ctx, line), line.field("role")]
    beside = " · ".join(one for one in rest if one)
    text = line.field("text")
    return (Span(text), Span(f"\n{beside}", "mute")) if beside else text or "–"


def day_of(ctx: Context, line: OpenLine) -> str:
    """A line's date in words; empty without one."""
    said = line.field("date")
    return ctx.words.date(dt.date.fromisoformat(said)) if said else ""


def _canvas(ctx: Context, said: SheetsSaid) -> tuple[Block, ...]:
    if not said.spoken:
        return ()
    w, told = ctx.words, lines_of(ctx)
    rows = tuple(
        (
            (b(w(f"direction.field.{field}")),),
            *(words_of(ctx, told.get((party, field))) for party in said.spoken),
        )
        for field in canvas().fields
        if any((party, field) in told for party in said.spoken)
    )
    return (
        Heading(w("direction.canvas"), level=2),
        Table(
            (w("direction.column.field"), *(party_name(ctx, party) for party in said.spoken)),
            rows,
            widths=(1.9, *(2.0,) * len(said.spoken)),
            compact=True,
            summary=w("direction.canvas"),
        ),
        Paragraph(w("direction.planned", n=len(said.planned), all=len(said.of))),
        *_silent(ctx, said),
    )


def _silent(ctx: Context, said: SheetsSaid) -> tuple[Block, ...]:
    """Which parties have handed in no sheet: of them nothing is known, also not that it is missing."""
    silent = [one for one in said.of if one not in said.spoken]
    who = ctx.words.join([party_name(ctx, one) for one in silent])
    return (Paragraph(ctx.words("direction.silent", list=who)),) if silent else ()


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
            w("direction.said_yes", who=line.field("yes"), date=day_of(ctx, line))
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
    table = Table(
        tuple(w(f"direction.table.{one}") for one in head),
        tuple(rows),
        widths=(2.0, 1.3, 2.4, 1.8),
        compact=True,
        summary=w("direction.agreed"),
    )
    # Half a dozen lines that are read as one: none of them alone on the next page.
    return (Together((Heading(w("direction.agreed"), level=2), table)),)


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
                phase_name(ctx, phase),
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
