"""The sheets of change: differences of means, and of what was chosen, since the earlier wave."""

from __future__ import annotations

from hrkit.blocks.worksheets import Cell, Number, Worksheet
from hrkit.disclosure.released import ALL, Change, ChosenChange
from hrkit.report.context import Context
from hrkit.report.sections.change import earlier, wave_name
from hrkit.report.sections.change_chosen import of_dimensions
from hrkit.report.worksheets.cells import columns, number, share

__all__ = ["chosen_worksheet", "worksheet"]


def worksheet(ctx: Context) -> Worksheet:
    """Differences to the earlier wave, for every group and the total, in full."""
    w, since = ctx.words, earlier(ctx)
    found = {(c.measure, c.group): c for c in ctx.released.changes if c.since == since}
    names = {section.id: ctx.name(section) for section in ctx.instrument.dimensions}
    names |= {key: ctx.wording(asked.item) for key, asked in ctx.instrument.keys.items()}
    rows = tuple(
        _row(ctx, name, found[measure, group])
        for measure, name in names.items()
        for group in (*(g.id for g in ctx.groups), ALL)
        if (measure, group) in found
    )
    return Worksheet(
        w("appendix.sheet.change"),
        w("appendix.title.change", since=wave_name(ctx, since) if since else ""),
        (
            w("report.profile.dimension"),
            *columns(ctx, "perspective"),
            *columns(ctx, "before", "now"),
            *columns(ctx, "difference", "low", "high", "detectable", "certainty", "linked"),
        ),
        rows,
    )


def _row(ctx: Context, name: str, one: Change) -> tuple[Cell, ...]:
    signed = (Number(x, 1, "signed") for x in (one.difference, one.low, one.high))
    certainty = ctx.words(f"report.certainty.{one.certainty.value}")
    means = (Number(one.before), Number(one.now))
    found = (Number(one.detectable), certainty, number(one.linked, 0))
    return (name, ctx.label(one.group), *means, *signed, *found)


def chosen_worksheet(ctx: Context) -> Worksheet | None:
    """Shares of what was chosen in both waves; nothing where none is compared."""
    w, since = ctx.words, earlier(ctx)
    found = [c for c in of_dimensions(ctx) if c.since == since]
    if not found:
        return None
    names = {s.id: ctx.name(s) for s in ctx.instrument.dimensions}
    return Worksheet(
        w("appendix.sheet.chosen_change"),
        w("appendix.title.chosen_change", since=wave_name(ctx, since)),
        (
            w("report.profile.dimension"),
            *columns(ctx, "perspective", "before", "now"),
            *columns(ctx, "difference", "detectable", "certainty"),
        ),
        tuple(_chosen_row(ctx, names.get(one.option, one.option), one) for one in found),
    )


def _chosen_row(ctx: Context, name: str, one: ChosenChange) -> tuple[Cell, ...]:
    certainty = ctx.words(f"report.certainty.{one.certainty.value}")
    shares = (share(one.before), share(one.now), share(one.difference), share(one.detectable))
    return (name, ctx.label(one.group), *shares, certainty)
