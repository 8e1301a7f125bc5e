"""Slides of what is no dimension: the message of a general report, and a slide for each of its charts."""

from __future__ import annotations

from itertools import islice

from hrkit.blocks import Card, Figure, Paragraph, plain, walk
from hrkit.blocks.slides import Part, Slide
from hrkit.report.context import Context
from hrkit.report.sections.overview import essentials
from hrkit.report.sections.question_figures import figures_of
from hrkit.report.sections.questions import questions_left
from hrkit.report.slides.figures import about, in_profile

__all__ = ["asked"]

#: Charts that have slides; the report and its workbook have all.
_MOST = 12


def asked(ctx: Context) -> tuple[Slide, ...]:
    """Of a report without dimensions: what it says first, then its charts in order."""
    if ctx.instrument.dimensions or not ctx.figures:
        return ()
    lead, *cards = essentials(ctx)
    parts: list[Part] = [one for one in walk(tuple(cards)) if isinstance(one, Card)]
    title = plain(lead.text) if isinstance(lead, Paragraph) else ctx.words("report.summary.title")
    first = Slide(title, tuple(parts), (ctx.words("slides.notes.guess"),))
    if not in_profile(ctx, "questions"):
        return (first,)
    plots = (
        (ctx.name(left.section), plot)
        for left in questions_left(ctx)
        for figure in figures_of(ctx, left.questions)
        for block in figure
        if isinstance(block, Figure)
        for plot in block.plots
    )
    charts = tuple(
        Slide(
            name if plot.title in (name, ctx.words("charts.shares")) else f"{name}: {plot.title}",
            (plot, *about(ctx, plot)),
            (ctx.words("slides.notes.surprise"),),
        )
        for name, plot in islice(plots, _MOST)
    )
    return (first, *charts)
