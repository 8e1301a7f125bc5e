"""The profile: nine dimensions by perspective, as a chart and as the table behind it."""

from __future__ import annotations

from hrkit.blocks import Block, Callout, Heading, Note, Paragraph, Table, Text
from hrkit.disclosure.released import ALL, Why
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.charts.marks import Row
from hrkit.report.charts.profile import dots
from hrkit.report.context import Context, fill

__all__ = ["band_text", "profile"]

#: Inches of a row of the chart: nine of them leave room for the table on the same page.
ROW = 0.37


def profile(ctx: Context) -> tuple[Block, ...]:
    """The profile chart and its table; a sentence instead where nothing may be shown."""
    w = ctx.words
    head = Heading(w("report.profile.title"), new_page=True)
    if not ctx.instrument.dimensions:
        return ()
    if not ctx.groups:
        return (head, Callout(ctx.nothing, "warning"))
    sections = ctx.instrument.dimensions
    rows = [
        Row(ctx.name(s), tuple(ctx.score(s, one.group) for one in ctx.series)) for s in sections
    ]
    low, high = ctx.scale
    chart = dots(
        ctx.theme,
        w,
        rows,
        ctx.series,
        scale=ctx.scale,
        row_height=ROW,
        ends=tuple(ctx.level_name(i) for i in range(low, high + 1))
        if ctx.instrument.has_grid
        else ctx.ends(sections[0]),
    )
    ranked = findings.ranking(ctx.released, ctx.instrument, ctx.root)
    lead: tuple[Block, ...] = ()
    if len(ranked) > 1:
        best, worst = ranked[0], ranked[-1]
        a, b = ctx.mean(best.scores[0]), ctx.mean(worst.scores[0])
        if a == b:
            text: Text = w("report.profile.lead_even", a=a)
        else:
            names = {"high": ctx.name(best.section), "low": ctx.name(worst.section)}
            text = fill(w, "report.profile.lead_spread", ("high", "low"), a=a, b=b, **names)
        lead = (Paragraph(text, lead=True),)
    # What the instrument says of a perspective that is shown; each sentence once.
    keys = [f"report.profile.about.{id}" for g in ctx.groups for id in g.perspectives]
    about = tuple(Paragraph(text) for text in dict.fromkeys(w(key) for key in keys if key in w))
    return (
        head,
        *lead,
        *about,
        chart,
        Note(w("report.profile.note", low=low, high=high)),
        Heading(w("report.profile.table"), level=2),
        # Above the table: below it, the note may stand alone on the next page.
        *((Note(w("report.profile.not_asked")),) if _some_not_asked(ctx) else ()),
        _table(ctx),
    )


def _table(ctx: Context) -> Table:
    w = ctx.words
    grid = ctx.instrument.has_grid
    columns = [
        w("report.profile.dimension"),
        *(ctx.label(g.id, short=True) for g in ctx.groups),
        ctx.label(ALL, short=True),
        *([w("report.profile.level")] if grid else []),
    ]
    rows = tuple(
        (
            ctx.name(s),
            *(_cell(ctx, s, g.id) for g in ctx.groups),
            _cell(ctx, s, ALL, count=False),
            *([band_text(ctx, s.id)] if grid else []),
        )
        for s in ctx.instrument.dimensions
    )
    others = len(columns) - 1
    return Table(
        tuple(columns),
        rows,
        align=("left", *["right"] * others),  # type: ignore[arg-type]
        widths=(4.2, *[1.0] * others),
        compact=True,
        summary=w("report.profile.table"),
    )


def _some_not_asked(ctx: Context) -> bool:
    return any(
        ctx.score(s, g.id).why is Why.NOBODY for s in ctx.instrument.dimensions for g in ctx.groups
    )


def _cell(ctx: Context, section: Section, group: str, count: bool = True) -> str:
    score = ctx.score(section, group)
    if score.why is Why.NOBODY:
        return "–"
    if not score.shown:
        # One word or two: a narrow column breaks the whole reason over three lines.
        return ctx.words(f"report.why.short.{score.why.value}")
    return f"{ctx.mean(score)} ({score.n})" if count else ctx.mean(score)


def band_text(ctx: Context, measure: str) -> str:
    """``2–3``, ``3``, or a dash where no level may be said."""
    band = ctx.released.band(measure)
    if not band.shown:
        return "–"
    return str(band.low) if band.low == band.high else f"{band.low}–{band.high}"
