"""The figures of the charts that have no table beside them, as tables: for everybody who would rather read.

A chart whose figures stand here is read out in one sentence (`hrkit.report.sections.read_out`), so
that nobody hears them twice.
"""

from __future__ import annotations

from hrkit.blocks import Block, Heading, Note, Paragraph, Table, Together
from hrkit.disclosure.released import Score
from hrkit.report import findings
from hrkit.report.context import Context
from hrkit.report.sections.chain import tiers_table
from hrkit.report.sections.change import earlier
from hrkit.report.sections.change_chosen import chosen_table, of_dimensions
from hrkit.report.sections.read_out import lists
from hrkit.report.sections.scorecard import difference

__all__ = ["figures"]

#: Columns of groups that a page bears: the two sides, else those that the chart of page one draws.
_MOST = 4


def figures(ctx: Context) -> tuple[Block, ...]:
    """A table a chart; nothing where the report has neither of the charts."""
    w = ctx.words
    tables = [
        (w("report.summary.title"), _essentials(ctx)),
        (w("sections.chain.title"), tiers_table(ctx) if lists(ctx, "chain") else None),
        (w("sections.change.chosen.title"), _chosen(ctx) if lists(ctx, "change") else None),
    ]
    found = [(title, table) for title, table in tables if table is not None]
    if not found:
        return ()
    head = (
        Heading(w("sections.figures.title"), id="figures"),
        Paragraph(w("sections.figures.lead"), lead=True),
    )
    # Only page one's table has intervals to explain.
    beside = {w("report.summary.title"): (Note(w("general.table")),)}
    parts = [(Heading(name, level=2), table, *beside.get(name, ())) for name, table in found]
    # The page's title stays with its first table.
    return (
        Together((*head, *parts[0])),
        *(Together(part) for part in parts[1:]),
    )


def _chosen(ctx: Context) -> Table | None:
    """What was chosen then and now, every option that is compared."""
    options = {one.option for one in of_dimensions(ctx)}
    return chosen_table(ctx, earlier(ctx), options) if options else None


def _essentials(ctx: Context) -> Table | None:
    """Page one: each group drawn there with its interval, and the difference of the two sides."""
    w = ctx.words
    sections = findings.with_figures(ctx.released, ctx.instrument, ctx.root)
    groups = [one.group for one in ctx.sides or ctx.series[:_MOST]]
    if not sections or not groups or not lists(ctx, "summary"):
        return None
    rows = tuple(
        (
            ctx.name(section),
            *(_cell(ctx, ctx.score(section, group)) for group in groups),
            *((difference(ctx, ctx.released.gap(section.id, ctx.root)),) if ctx.sides else ()),
        )
        for section in sections
    )
    last = (w("report.gaps.difference"),) if ctx.sides else ()
    count = len(groups) + len(last)
    return Table(
        (
            w("report.profile.dimension"),
            *(ctx.label(group, short=True) for group in groups),
            *last,
        ),
        rows,
        align=("left", *["right"] * count),  # type: ignore[arg-type]
        widths=(3.4, *(1.7 for _ in groups), *(1.1 for _ in last)),
        compact=True,
        summary=w("report.summary.title"),
    )


def _cell(ctx: Context, score: Score) -> str:
    return ctx.with_interval(score) if score.shown else ctx.missing(score)
