"""The canvas as it is told: what the sheets say, whose lines they are, and how a line is written out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from hrkit.blocks import Span, Text, b
from hrkit.records.values import OpenLine
from hrkit.report.context import Context
from hrkit.tools.direction.canvas import TOOL, canvas, parties_of
from hrkit.tools.direction.findings import CANVAS, OpenFinding, SheetsSaid, found

__all__ = ["day_of", "lines_of", "party_name", "phase_name", "said_of", "told_of", "words_of"]


def said_of(ctx: Context) -> SheetsSaid:
    """What the engagement's parties have said."""
    wrote = {party for party, _ in lines_of(ctx)}
    also = (party for party in canvas().may if party in wrote)
    return found(ctx.records, (*parties_of(ctx.engagement), *also))


def lines_of(ctx: Context) -> Mapping[tuple[str, str], OpenLine]:
    """Each party's fields that are filled in."""
    return {
        (line.scope.removeprefix("party:"), line.row): line
        for line in ctx.records.sheet(TOOL, CANVAS)
    }


def party_name(ctx: Context, party: str) -> str:
    """A party as a table calls it, representatives too."""
    return ctx.words(f"direction.{party}") if party in canvas().may else ctx.named(party, "label")


def _names(ctx: Context, parties: tuple[str, ...]) -> str:
    return ctx.words.join([party_name(ctx, one) for one in parties])


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


def phase_name(ctx: Context, phase: str) -> Text:
    """A part of the cycle; what no source names is marked as ours."""
    name = b(ctx.words(f"direction.phase.{phase}"))
    if phase not in canvas().field_practice:
        return (name,)
    return (name, Span(f"\n{ctx.words('direction.practice')}", "mute"))


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
