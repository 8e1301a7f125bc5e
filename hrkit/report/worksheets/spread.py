"""The sheet of how answers to statements are spread: what a dimension's page draws, as shares."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.disclosure.released import Distribution
from hrkit.model.instrument import Section
from hrkit.report.charts.plotted import spread
from hrkit.report.context import Context
from hrkit.report.worksheets.cells import columns, number, share

__all__ = ["distributions"]


def distributions(
    ctx: Context,
    section: Section,
    found: Sequence[tuple[str, Sequence[Distribution | None]]],
    answers: Sequence[str],
) -> Worksheet:
    """A row per statement and group of a dimension's page, a column an answer, by its step on the scale.

    Parameters
    ----------
    found
        Groups with their distributions, in the order of the statements; None where there is none.
    answers
        Names of the scale's answers, from the lowest.
    """
    w = ctx.words
    low, high = ctx.scale
    steps = [str(i) for i in range(low, high + 1)]
    rows: list[tuple[Cell, ...]] = []
    plots = []
    for group, shown in found:
        for item, one in zip(section.scored, shown, strict=True):
            told = (
                ctx.name(section),
                number(section.items.index(item) + 1, 0),
                ctx.wording(item),
                ctx.label(group),
            )
            if one is None:
                why = w("report.why.small")
                rows.append((*told, why, *[None] * len(steps)))
                continue
            parts = (one.shares + (0.0,) * len(steps))[: len(steps)]
            rows.append((*told, *map(share, parts), share(one.dont_know)))
        title = w("slides.spread", dimension=ctx.name(section), group=ctx.in_text(group))
        names = [
            f"{section.items.index(item) + 1} {ctx.wording(item).rstrip('.')}"
            for item in section.scored
        ]
        plot = spread(ctx.theme, w, title, names, shown, answers or steps)
        plots += [plot] if plot else []
    heads = (w("report.profile.dimension"), *columns(ctx, "number", "statement", "perspective"))
    listed = " · ".join(f"{step} {name}" for step, name in zip(steps, answers, strict=False))
    return Worksheet(
        w("appendix.sheet.spread"),
        w("appendix.title.spread"),
        (*heads, *steps, *columns(ctx, "dont_know")),
        tuple(rows),
        (f"{ctx.name(section)}: {listed}.",) if listed and rows else (),
        plots=tuple(plots),
    )
