"""The partnership's own worksheet: its pillars."""

from __future__ import annotations

from hrkit.blocks.worksheets import Sheet
from hrkit.disclosure.released import ALL
from hrkit.report.context import Context
from hrkit.report.worksheets.cells import INTERVAL, columns, count, interval
from hrkit.tools.partnership.pillars import _ids, _name, _series

__all__ = ["pillars"]


def pillars(ctx: Context) -> Sheet:
    """A row per pillar and perspective shown on the page."""
    w, ids = ctx.words, _ids(ctx)
    groups = [one.group for one in _series(ctx, ids)]
    groups += [ALL] if len(ctx.groups) > 1 else []
    rows = tuple(
        (_name(ctx, id), ctx.label(group), *interval(ctx, score), count(score))
        for id in ids
        for group in groups
        for score in (ctx.score(id, group),)
    )
    return Sheet(
        w("appendix.sheet.pillars"),
        w("appendix.title.pillars"),
        columns(ctx, "pillar", "perspective", *INTERVAL, "n"),
        rows,
        (w("appendix.note.all", all=ctx.label(ALL)),) if ALL in groups else (),
    )
