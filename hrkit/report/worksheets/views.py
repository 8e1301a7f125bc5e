"""Sheets of the sections after the dimensions: importance, units, pillars, chain and change.

Which groups, units and levels they hold is asked of the sections themselves, so that page and
sheet cannot come to show different ones.
"""

from __future__ import annotations

from hrkit.blocks.worksheets import Cell, Number, Sheet
from hrkit.disclosure.released import ALL, Certainty, Change
from hrkit.report.context import Context
from hrkit.report.sections.chain import _score, _steps
from hrkit.report.sections.change import _since, _wave
from hrkit.report.sections.units import _any, _group, tree
from hrkit.report.worksheets.cells import columns, mean, number, share

__all__ = ["chain", "change", "importance", "units"]


def importance(ctx: Context) -> Sheet:
    """Stated importance beside score and target, in the order in which to take things up."""
    w = ctx.words
    first = {p.measure: p for p in ctx.released.priorities}
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    cells: tuple[Cell, ...]
    for section in ctx.instrument.dimensions:
        if section.importance is None:
            continue
        stated, score = ctx.score(section.importance.id), ctx.score(section)
        one = first.get(section.id)
        if one is not None:
            target = ctx.engagement.target(section.id)
            cells = (Number(one.rank, 0), ctx.name(section), Number(one.importance),
                     Number(one.score), number(target), Number(one.distance, 1, "signed"),
                     share(one.first))  # fmt: skip
            rows.append((one.rank, cells))
        elif stated.shown and score.shown:
            cells = (None, ctx.name(section), number(stated.mean), number(score.mean),
                     None, None, None)  # fmt: skip
            rows.append((len(first) + 1, cells))
    firm = any(p.first is not None for p in first.values())
    names = ["importance", "score", "target", "distance", "among"]
    ordered = [row for _, row in sorted(rows, key=lambda row: row[0])]
    if not firm:
        names, ordered = names[:-1], [row[:-1] for row in ordered]
    notes = (("importance",) if first else ()) + (("among",) if firm else ())
    return Sheet(
        w("appendix.sheet.importance"),
        w("appendix.title.importance"),
        (*columns(ctx, "rank"), w("report.profile.dimension"), *columns(ctx, *names)),
        tuple(ordered),
        tuple(w(f"appendix.note.{name}") for name in notes),
    )


def units(ctx: Context) -> Sheet:
    """The heat map's means: units down, dimensions across."""
    w, group = ctx.words, _group(ctx)
    rows: list[tuple[Cell, ...]] = []
    for unit, _depth in tree(ctx):
        if not _any(ctx, unit, group):
            continue
        scores = [ctx.score(s, group, unit.id) for s in ctx.instrument.dimensions]
        most = max((score.n or 0 for score in scores), default=0)
        above = ctx.engagement.unit(unit.parent).name if unit.parent else None
        rows.append(
            (unit.name, above, number(most, 0), *(mean(ctx, score) for score in scores))
        )  # fmt: skip
    return Sheet(
        w("appendix.sheet.units"),
        w("appendix.title.units", group=ctx.label(group)),
        (*columns(ctx, "unit", "part_of", "most"), *(map(ctx.name, ctx.instrument.dimensions))),
        tuple(rows),
    )


def chain(ctx: Context) -> Sheet:
    """Levels of the leadership chain across, dimensions down."""
    w = ctx.words
    steps, _ordered = _steps(ctx)
    rows: list[tuple[Cell, ...]] = []
    for section in ctx.instrument.dimensions:
        scores = [_score(ctx, section, step) for step in steps]
        if sum(score.shown for score in scores) > 1:
            rows.append((ctx.name(section), *(mean(ctx, score) for score in scores)))
    return Sheet(
        w("appendix.sheet.chain"),
        w("appendix.title.chain"),
        (w("report.profile.dimension"), *(step.label for step in steps)),
        tuple(rows),
    )


def change(ctx: Context) -> Sheet:
    """Differences to the earlier wave: in full over all perspectives, alone for each of them."""
    w, since = ctx.words, _since(ctx)
    found = {(c.measure, c.group): c for c in ctx.released.changes if c.since == since}
    rows = tuple(
        _change(ctx, ctx.name(section), found[section.id, group])
        for section in ctx.instrument.dimensions
        for group in (ALL, *(g.id for g in ctx.groups))
        if (section.id, group) in found and (section.id, ALL) in found
    )
    return Sheet(
        w("appendix.sheet.change"),
        w("appendix.title.change", since=_wave(ctx, since) if since else ""),
        (w("report.profile.dimension"), *columns(ctx, "perspective"),
         *columns(ctx, "before", "now"),
         *columns(ctx, "difference", "low", "high", "certainty")),
        rows,
    )  # fmt: skip


def _change(ctx: Context, name: str, one: Change) -> tuple[Cell, ...]:
    difference = Number(one.difference, 1, "signed")
    if one.group != ALL:
        sure = one.certainty is not Certainty.UNKNOWN
        told = ctx.words(f"report.certainty.{one.certainty.value}") if sure else None
        return (name, ctx.label(one.group), None, None, difference, None, None, told)
    ends = (Number(end, 1, "signed") for end in (one.low, one.high))
    certainty = ctx.words(f"report.certainty.{one.certainty.value}")
    return (name, ctx.label(ALL), Number(one.before), Number(one.now), difference, *ends, certainty)
