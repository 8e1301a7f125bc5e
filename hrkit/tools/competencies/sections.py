"""The competencies' chapter and its worksheet."""

from __future__ import annotations

from dataclasses import replace

from hrkit.blocks import Block, Bullets, Callout, Heading, Note, Paragraph, Table, Text, Together
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.report.chapter import Recipe, recipe
from hrkit.report.charts.shares import Bar, bars
from hrkit.report.context import Context
from hrkit.report.sections.question_figures import categories
from hrkit.report.worksheets.cells import columns, count, mean, number, share
from hrkit.tools.competencies.chosen import FORMS, chosen_blocks, steps
from hrkit.tools.competencies.claims import CLAIMS
from hrkit.tools.competencies.findings import (
    PERHAPS,
    SURE,
    Competency,
    Ordered,
    first,
    order_of,
    page,
    placed,
)
from hrkit.tools.competencies.names import leaders, name, other_side, tens
from hrkit.tools.competencies.sheets import SHEETS

__all__ = ["CHAPTER", "CLAIMS", "FORMS", "SHEETS", "STEPS"]

#: Competencies that a title, a sentence and the chart name.
IN_TITLE, DRAWN = 2, 16


def chapter(ctx: Context) -> tuple[Block, ...]:
    """What is wanted most, the two orders, the chart, and the table of all."""
    w, group = ctx.words, leaders(ctx)
    found = page(ctx, group)
    if not found.ordered:
        return (
            Heading(w("competencies.title.hidden"), new_page=True),
            Callout(w("competencies.hidden", k=ctx.released.threshold)),
        )
    return (
        Heading(_title(ctx, found), new_page=True),
        Paragraph(w("competencies.lead"), lead=True),
        *_told(ctx, found),
        *_chart(ctx, found, group),
        Together(
            (
                Heading(w("competencies.table.title"), level=2),
                _table(ctx, found),
                Note(_note(ctx, found)),
            )
        ),
        *chosen_blocks(ctx),
        Paragraph(w("competencies.last")),
    )


def _note(ctx: Context, found: Ordered) -> str:
    """What the columns of the table mean."""
    if found.ranked:
        return ctx.words("competencies.table.note", few=ctx.released.few)
    return ctx.words("competencies.table.note_means")


def _title(ctx: Context, found: Ordered) -> str:
    w, some = ctx.words, first(found)
    if some:
        listed = w.join([name(ctx, one) for one in some[:IN_TITLE]])
        return w("competencies.title.first", list=listed)
    return w("competencies.title.none" if found.ranked else "competencies.title.means")


def _told(ctx: Context, found: Ordered) -> tuple[Block, ...]:
    w = ctx.words
    lines: list[Text] = []
    if some := first(found):
        listed = "; ".join(
            w("competencies.told.item", name=name(ctx, one), chance=tens(ctx, one.probability))
            for one in some
        )
        lines.append(w("competencies.told.first", list=listed))
    perhaps = [
        one
        for one in found.ordered
        if one.probability is not None and PERHAPS <= one.probability < SURE
    ]
    if perhaps:
        lines.append(w("competencies.told.perhaps", n=len(perhaps)))
    other = other_side(ctx)
    order = order_of(ctx, leaders(ctx), other) if other else None
    if order is not None:
        who = {"other": ctx.named(other, "in_text"), "tau": w.number(order.tau, 1)}
        lines.append(w(f"competencies.told.{order.said}", **who))
    if lines:
        return (Bullets(tuple(lines)),)
    key = "competencies.none" if found.ranked else "competencies.means"
    return (Paragraph(w(key, details=ctx.released.details)),)


def _chart(ctx: Context, found: Ordered, group: str) -> tuple[Block, ...]:
    """Bars of the first sixteen whose counts are shown."""
    w = ctx.words
    shown = [one for one in found.ordered if one.share.shown][:DRAWN] if found.ranked else []
    if not shown:
        return ()
    rows = [Bar(name(ctx, one), ((ctx.label(group, short=True), one.share),)) for one in shown]
    facet = ctx.instrument.measured[shown[0].asked.balance].facet
    figure = bars(
        ctx.theme,
        w,
        rows,
        categories(ctx, facet),
        together=w("competencies.together"),
        named=False,
        title=w("competencies.chart"),
    )
    return (
        Heading(w("competencies.chart"), level=2),
        replace(figure, alt=w("report.alt.in_table", title=w("competencies.chart"))),
        Note(w("competencies.chart_note", details=ctx.released.details, few=ctx.released.few)),
    )


def _table(ctx: Context, found: Ordered) -> Table:
    w = ctx.words
    place = placed(found)
    names = ["place", "name", "importance", "strength"]
    names += ["below", "above", "mwds", "first"] if found.ranked else ["mwds"]
    rows = tuple(
        (
            place[one.asked.item.id],
            name(ctx, one),
            ctx.mean(one.importance),
            ctx.mean(one.strength),
            *(_counted(ctx, one) if found.ranked else ()),
            w.number(one.mwds or 0.0),
            *((tens(ctx, one.probability),) if found.ranked else ()),
        )
        for one in found.ordered
    )
    widths = (0.6, 3.4, 0.9, 0.9, *((0.85, 0.85) if found.ranked else ()), 0.8)
    return Table(
        tuple(w(f"competencies.table.{one}") for one in names),
        rows,
        align=("right", "left", *["right"] * (len(names) - 2)),  # type: ignore[arg-type]
        widths=(*widths, 1.0) if found.ranked else widths,
        compact=True,
        summary=w("competencies.table.title"),
    )


def _counted(ctx: Context, one: Competency) -> tuple[str, str]:
    """Shares below and above; "few" for fewer than three people, a dash where counts are withheld."""
    w, found = ctx.words, one.share
    if not found.shown:
        return "–", "–"
    alone = dict(zip(found.values, found.shares, strict=True))

    def said(value: str) -> str:
        if value in alone:
            return w.percent(alone[value])
        if found.together[0] == value:
            return w("competencies.table.few")
        few_ties = found.together[0] == "same"
        return w("competencies.table.about", share=w.percent(found.rest)) if few_ties else "–"

    return said("below"), said("above")


def worksheet(ctx: Context) -> Worksheet:
    """A row a competency: both means, shares, both scores, the probability, and the lines it comes from."""
    w = ctx.words
    found = page(ctx, leaders(ctx))
    place = placed(found)
    n = columns(ctx, "n")[0]
    head = (
        *(w(f"competencies.table.{one}") for one in ("place", "name", "importance", "strength")),
        n,
        *(w(f"competencies.table.{one}") for one in ("below", "above", "rds", "mwds", "first")),
        w("competencies.table.lines"),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in found.ordered:
        alone = dict(zip(one.share.values, one.share.shares, strict=True))
        said = _counted(ctx, one)
        rows.append(
            (
                place[one.asked.item.id],
                name(ctx, one),
                mean(ctx, one.importance),
                mean(ctx, one.strength),
                count(ctx, one.importance),
                *(
                    share(alone[value]) if value in alone else text
                    for value, text in zip(("below", "above"), said, strict=True)
                ),
                number(round(one.balance.rds), 0) if one.balance else None,
                number(one.mwds),
                share(round(one.probability, 1)) if one.probability is not None else None,
                " ".join(one.asked.item.tags),
            )
        )
    return Worksheet(
        w("competencies.worksheet"), w("competencies.worksheet_title"), head, tuple(rows)
    )


STEPS = steps
CHAPTER: Recipe = recipe(chapter, worksheet)
