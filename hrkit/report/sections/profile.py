"""The profile: nine dimensions by perspective, as a chart and as the table behind it."""

from __future__ import annotations

from hrkit.blocks import Block, Callout, Heading, Note, Paragraph, Table, Text
from hrkit.disclosure.released import ALL, Certainty, Why
from hrkit.model.instrument import Section
from hrkit.report.charts.marks import Row
from hrkit.report.charts.profile import dots
from hrkit.report.context import Context, fill
from hrkit.report.counting import behind

__all__ = ["band_text", "profile"]

#: Inches of a row of the chart: nine of them leave room for the table on the same page.
ROW = 0.34


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
    told = [text for one in ctx.sides or ctx.series if (text := _spread(ctx, one.group))]
    told = told[:2] or ([w("report.profile.lead_even")] if len(sections) > 1 else [])
    lead = tuple(Paragraph(text, lead=not i) for i, text in enumerate(told))
    # What the instrument says of a perspective that is shown; each sentence once.
    keys = [f"report.profile.about.{id}" for g in ctx.groups for id in g.perspectives]
    about = tuple(Paragraph(text) for text in dict.fromkeys(w(key) for key in keys if key in w))
    return (
        head,
        *lead,
        *about,
        chart,
        Note(
            w("report.profile.note", low=low, high=high)
            + " "
            + w("report.bands_note" if ctx.sides else "report.profile.intervals")
            + (" " + w("report.profile.alone") if _alone(ctx) else "")
        ),
        Heading(w("report.profile.table"), level=2),
        # Above the table: below it, the note may stand alone on the next page.
        *((Note(w("report.profile.not_asked")),) if _some_not_asked(ctx) else ()),
        _table(ctx),
    )


def _spread(ctx: Context, group: str) -> Text:
    """The dimensions a group rates highest and lowest, if more than noise sets them apart."""
    found = ctx.released.contrast("dimensions", "", group)
    if found is None or found.certainty is Certainty.UNKNOWN:
        return ""
    by = {section.id: section for section in ctx.instrument.dimensions}
    fields: dict[str, object] = {
        "group": ctx.in_text(group),
        "high": ctx.name(by[found.high]),
        "a": ctx.mean(ctx.score(found.high, group)),
        "low": ctx.name(by[found.low]),
        "b": ctx.mean(ctx.score(found.low, group)),
    }
    return fill(ctx.words, "report.profile.lead_spread", ("high", "low"), **fields)


def _table(ctx: Context) -> Table:
    """Both sides with their levels first, then everybody else, the total last."""
    w = ctx.words
    sides = [one.group for one in ctx.sides or ctx.series[:1]]
    wanted = [g.id for g in ctx.groups]
    ordered = [g for g in sides if g in wanted] + [g for g in wanted if g not in sides]
    ordered += [ALL] if len(wanted) > 1 else []
    columns: list[tuple[str, float]] = [(w("report.profile.dimension"), 3.4)]
    rows: list[list[str]] = [[ctx.name(s)] for s in ctx.instrument.dimensions]
    for group in ordered:
        columns.append((ctx.label(group, short=True), _width(group, sides)))
        for row, section in zip(rows, ctx.instrument.dimensions, strict=True):
            row.append(_cell(ctx, section, group, count=group != ALL))
        if group in sides and ctx.instrument.has_grid:
            columns.append((w("report.profile.level"), 0.95))
            for row, section in zip(rows, ctx.instrument.dimensions, strict=True):
                row.append(band_text(ctx, section.id, group))
    return Table(
        tuple(name for name, _ in columns),
        tuple(map(tuple, rows)),
        align=("left", *["right"] * (len(columns) - 1)),  # type: ignore[arg-type]
        widths=tuple(width for _, width in columns),
        compact=True,
        summary=w("report.profile.table"),
    )


def _width(group: str, sides: list[str]) -> float:
    """Of a column: the sides' have the larger numbers, the total's a word where it is not given."""
    return 1.25 if group in sides else 1.2 if group == ALL else 1.02


def _alone(ctx: Context) -> bool:
    """Whether any total would be that of one group."""
    return any(ctx.score(s).why is Why.ALONE for s in ctx.instrument.dimensions)


def _some_not_asked(ctx: Context) -> bool:
    return any(ctx.score(s, g.id).why.absent for s in ctx.instrument.dimensions for g in ctx.groups)


def _cell(ctx: Context, section: Section, group: str, count: bool = True) -> str:
    score = ctx.score(section, group)
    if score.why.absent:
        return "–"
    if not score.shown:
        # One word or two: a narrow column breaks the whole reason over three lines.
        return ctx.words(f"report.why.short.{score.why.value}")
    return f"{ctx.mean(score)} ({behind(ctx, score)})" if count else ctx.mean(score)


def band_text(ctx: Context, measure: str, group: str) -> str:
    """``2–3``, ``3``, or a dash where no level may be said."""
    band = ctx.released.band(measure, group)
    if not band.shown:
        return "–"
    return str(band.low) if band.low == band.high else f"{band.low}–{band.high}"
