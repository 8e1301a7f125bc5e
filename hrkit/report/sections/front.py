"""Cover, and how to read."""

from __future__ import annotations

from hrkit.blocks import Block, Card, Cover, Grid, Heading, Paragraph, Table
from hrkit.blocks.pictures import logo
from hrkit.disclosure.released import ALL
from hrkit.errors import EngagementError, Problem
from hrkit.report import findings
from hrkit.report.charts.cover import art
from hrkit.report.charts.marks import Row, Series
from hrkit.report.context import Context
from hrkit.report.running import confidentiality, marks, report_date, subtitle, title

__all__ = ["cover", "reading"]


def cover(ctx: Context) -> tuple[Block, ...]:
    """The cover with the client's own print."""
    both: tuple[Series, ...] = (Series(ALL, ctx.label(ALL)),) if ctx.groups else ()
    series: tuple[Series, ...] = ctx.sides or both
    rows = [
        Row(ctx.name(s), tuple(ctx.score(s, one.group) for one in series))
        for s in ctx.instrument.dimensions
    ]
    shown = [one for i, one in enumerate(series) if any(row.scores[i].shown for row in rows)]
    if not shown and ctx.groups:
        shown = [ctx.series[0]]
    if len(ctx.groups) == 1:
        shown = [ctx.series[0]]
    if tuple(shown) != series:
        series = tuple(shown)
        rows = [
            Row(r.name, tuple(ctx.score(s, one.group) for one in series))
            for r, s in zip(rows, ctx.instrument.dimensions, strict=True)
        ]
    drawing = art(ctx.theme, rows, series, ctx.scale) if rows else ""
    n = len(rows)
    if not drawing:
        legend = ""
    elif len(series) == 2:
        drawn = [ctx.words(f"report.mark.{ctx.theme.mark(one.group).name}") for one in series]
        legend = ctx.words(
            "report.cover.legend_n",
            n=n,
            first=series[0].label,
            mark=drawn[0],
            second=series[1].label,
            mark2=drawn[1],
        )
    else:
        legend = ctx.words("report.cover.legend_one", n=n, first=series[0].label)
    branding = ctx.engagement.branding
    return (
        Cover(
            title=title(ctx),
            subtitle=subtitle(ctx),
            client=ctx.engagement.client,
            author=ctx.engagement.consultant.signature,
            date=ctx.words.date(report_date(ctx)),
            confidentiality=confidentiality(ctx),
            legend=legend,
            mark=marks(ctx),
            art=drawing,
            art_alt=ctx.words("report.cover.art") if drawing else "",
            logo=_logo(ctx),
            logo_alt=branding.logo_alt,
        ),
    )


def _logo(ctx: Context) -> str:
    name = ctx.engagement.branding.logo
    if not name:
        return ""
    try:
        return logo(ctx.engagement.folder / name)
    except ValueError as error:
        raise EngagementError(
            "The logo cannot be printed.",
            [Problem("engagement.yml, branding.logo", f"{name}: {error}")],
        ) from None


def reading(ctx: Context) -> tuple[Block, ...]:
    """How to read the report, in plain words, with the strengths first."""
    w = ctx.words

    def card(name: str, tone: str = "quiet", said: str = "", **fields: object) -> Card:
        text = w(f"report.reading.{said or name}", **fields)
        return Card(w(f"report.reading.{name}_title"), (Paragraph(text),), tone)  # type: ignore[arg-type]

    k, details = ctx.released.threshold, ctx.released.details
    strong = findings.strengths(ctx.released, ctx.instrument, ctx.root)
    cells: list[tuple[Block, ...]] = [
        (
            card(
                "positive",
                "brand",
                "" if strong or not ctx.instrument.dimensions else "positive_none",
            ),
        ),
        *(((card("gap", "accent"),),) if ctx.instrument.sides else ()),
        *(((card("level"),),) if ctx.instrument.has_grid else ()),
        *_certainty(ctx, card("sure")),
        (card("small", k=k, details=details),),
    ]
    audience = ctx.engagement.audience.get(ctx.language)
    if not audience and not ctx.engagement.audience:
        audience = w("report.reading.audience_open")
    if audience:
        cells.append((Card(w("report.reading.audience_title"), (Paragraph(audience),), "quiet"),))
    rows = [
        Grid(tuple(cells[i : i + 2]), (1.0, 1.0)[: len(cells[i : i + 2])])
        for i in range(0, len(cells), 2)
    ]
    return (
        Heading(w("report.reading.title"), new_page=True),
        Paragraph(w("report.reading.lead"), lead=True),
        *rows,
        *_level_names(ctx),
    )


def _certainty(ctx: Context, compared: Card) -> list[tuple[Block, ...]]:
    """How sure means are, and what shares are, where there are any."""
    dimensions = ctx.instrument.dimensions
    means = any(score.shown for score in ctx.released.scores)
    cards = [compared] if dimensions else [_how_sure(ctx)] if means else []
    return [(card,) for card in (*cards, *([_shares(ctx)] if ctx.released.shares else []))]


def _how_sure(ctx: Context) -> Card:
    """What an interval says where nothing is compared in words."""
    w = ctx.words
    return Card(w("report.reading.sure_title"), (Paragraph(w("general.reading.sure")),), "quiet")


def _shares(ctx: Context) -> Card:
    w = ctx.words
    return Card(
        w("general.reading.shares_title"), (Paragraph(w("general.reading.shares")),), "quiet"
    )


def _level_names(ctx: Context) -> tuple[Block, ...]:
    """The five levels by name, with what carries them."""
    w, levels = ctx.words, ctx.instrument.levels
    if not ctx.instrument.has_grid or not all(level.carries for level in levels):
        return ()
    rows = tuple((f"{x.level} {ctx.text(x.text)}", ctx.text(x.carries)) for x in levels)
    columns = (w("report.reading.levels_name"), w("report.reading.levels_carries"))
    title = w("report.reading.levels_title")
    return (
        Heading(title, level=2),
        Table(columns, rows, widths=(1.0, 1.6), compact=True, summary=title),
    )
