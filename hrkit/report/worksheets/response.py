"""Sheets of who answered in units, and of where means would stand if the silent differed."""

from __future__ import annotations

from hrkit.blocks.worksheets import Cell, Number, Worksheet
from hrkit.disclosure.released import tidy
from hrkit.report.context import Context
from hrkit.report.turnout import in_any, in_units, silent_of, speaking, with_means
from hrkit.report.worksheets.cells import columns, number, share

__all__ = ["silence", "units"]


def silence(ctx: Context) -> Worksheet:
    """A row per dimension and group: the mean, and where it would stand if the silent differed."""
    w = ctx.words
    rows: list[tuple[Cell, ...]] = []
    for section in with_means(ctx):
        for one in speaking(ctx):
            silent = silent_of(ctx, section, one)
            if silent is None:
                continue
            rows.append(
                (
                    ctx.name(section),
                    ctx.label(one.group),
                    Number(silent.invited, 0),
                    Number(silent.silent, 0),
                    number(silent.lower),
                    number(silent.mean),
                    number(silent.higher),
                )
            )
    names = ("perspective", "invited", "silent", "lower", "mean", "higher")
    return Worksheet(
        w("appendix.sheet.silence"),
        w("appendix.title.silence"),
        (w("report.profile.dimension"), *columns(ctx, *names)),
        tuple(rows),
        (w("sections.response.bounds_note"),),
    )


def units(ctx: Context) -> Worksheet:
    """A row per unit and perspective."""
    w, found = ctx.words, in_units(ctx)
    rows: list[tuple[Cell, ...]] = []
    for unit in map(ctx.engagement.unit, ctx.engagement.within(ctx.root)[1:]):
        above = ctx.engagement.unit(unit.parent).name if unit.parent else None
        for group in in_any(ctx, found):
            one = found.get((unit.id, group))
            if one is None:
                continue
            known = one.answered is not None and one.invited
            rows.append(
                (
                    unit.name,
                    above,
                    ctx.label(one.group),
                    w("sections.response.not_shown_plain")
                    if one.answered is None
                    else Number(one.answered, 0),
                    w("report.method.unknown") if one.invited is None else Number(one.invited, 0),
                    share(tidy((one.answered or 0) / (one.invited or 1), 2)) if known else None,
                )
            )
    names = ("group", "answered", "invited", "share")
    return Worksheet(
        w("appendix.sheet.response"),
        w("appendix.title.response"),
        (*columns(ctx, "unit", "part_of"), *(w(f"report.method.turnout_{n}") for n in names)),
        tuple(rows),
        (w("sections.response.units_note", k=ctx.released.threshold),),
    )
