"""The pillars of partnership, computed from statements that the instrument tags."""

from __future__ import annotations

from dataclasses import replace

from hrkit.blocks import Block, Callout, Heading, Note, Paragraph, Span, Table, Text, b
from hrkit.blocks.worksheets import Worksheet
from hrkit.disclosure.released import Certainty, Score
from hrkit.report.charts.marks import Row, Series
from hrkit.report.charts.profile import dots
from hrkit.report.context import Context, fill
from hrkit.report.counting import behind
from hrkit.report.worksheets.cells import INTERVAL, columns, count, interval

__all__ = ["pillars", "worksheet"]


def pillars(ctx: Context) -> tuple[Block, ...]:
    """The pillars with their scores and the statements they rest on; nothing where there are none."""
    w, ids = ctx.words, _ids(ctx)
    if not ids:
        return ()
    five = len(ids) == 5
    said = {1: "title_one", 5: "title"}.get(len(ids), "title_n")
    title = w(f"sections.pillars.{said}", **({"n": len(ids)} if said == "title_n" else {}))
    head = Heading(title, new_page=True)
    series = _series(ctx, ids)
    if not series:
        return (head, Callout(w("sections.pillars.hidden")), _table(ctx, ids, series))
    rows = [Row(_name(ctx, id), tuple(ctx.score(id, one.group) for one in series)) for id in ids]
    low, high = ctx.scale
    chart = dots(
        ctx.theme,
        w,
        rows,
        series,
        scale=ctx.scale,
        ends=ctx.ends(ctx.instrument.dimensions[0]),
        row_height=0.35,
        alt="sections.pillars.alt",
    )
    return (
        head,
        *_lead(ctx, series),
        Paragraph(w("sections.pillars.about" if five else "sections.pillars.about_n")),
        # The table below has every figure: nobody hears them twice.
        replace(chart, alt=w("report.alt.in_table", title=title)),
        Note(
            w("sections.pillars.note", low=low, high=high)
            + (" " + w("report.bands_note") if ctx.sides else "")
            + _sources(ctx, ids)
        ),
        Heading(w("sections.pillars.table"), level=2),
        _table(ctx, ids, series),
    )


def _ids(ctx: Context) -> tuple[str, ...]:
    """Pillars that any statement is tagged with."""
    tags = {tag for item in ctx.instrument.items.values() for tag in item.tags}
    return tuple(id for id in ctx.instrument.pillars if id in tags)


def _series(ctx: Context, ids: tuple[str, ...]) -> tuple[Series, ...]:
    """The two sides, else every group that has a number."""
    wanted: tuple[Series, ...] = ctx.sides or ctx.series
    found = tuple(one for one in wanted if any(ctx.score(id, one.group).shown for id in ids))
    return found or tuple(
        one for one in ctx.series if any(ctx.score(id, one.group).shown for id in ids)
    )


def _name(ctx: Context, id: str) -> str:
    return ctx.text(ctx.instrument.pillars[id]["name"])


def _named(ctx: Context, id: str) -> Text:
    """A pillar's name, and what it is about where that is said."""
    about = ctx.instrument.pillars[id].get("about")
    name = b(_name(ctx, id))
    return (name, Span(f" {ctx.text(about)}", "mute")) if about else (name,)


def _lead(ctx: Context, series: tuple[Series, ...]) -> tuple[Block, ...]:
    """The pillars each side rates highest and lowest, if more than noise sets them apart."""
    texts: list[Text] = []
    for one in series:
        found = ctx.released.contrast("pillars", "", one.group)
        if found is not None and found.certainty is not Certainty.UNKNOWN:
            said = fill(
                ctx.words,
                "sections.pillars.lead",
                ("high", "low"),
                group=ctx.as_subject(one.group),
                high=_name(ctx, found.high),
                a=ctx.mean(ctx.score(found.high, one.group)),
                low=_name(ctx, found.low),
                b=ctx.mean(ctx.score(found.low, one.group)),
            )
            texts.append(said)
    return tuple(Paragraph(text, lead=not i) for i, text in enumerate(texts[:2]))


def _table(ctx: Context, ids: tuple[str, ...], series: tuple[Series, ...]) -> Table:
    w = ctx.words
    groups = [one.group for one in series]
    columns = [w("sections.pillars.pillar"), *(one.label for one in series)]
    columns.append(
        w("sections.pillars.evidence_of", group=ctx.in_text(groups[0]))
        if groups
        else w("sections.pillars.evidence")
    )
    rows = tuple(
        (
            _named(ctx, id),
            *(_cell(ctx, ctx.score(id, group)) for group in groups),
            _evidence(ctx, id, groups[0] if groups else ""),
        )
        for id in ids
    )
    numbers = len(columns) - 2
    return Table(
        tuple(columns),
        rows,
        align=("left", *["right"] * numbers, "left"),  # type: ignore[arg-type]
        widths=(2.5, *[0.95] * numbers, 3.6),
        compact=True,
        summary=w("sections.pillars.table"),
    )


def _cell(ctx: Context, score: Score, count: bool = True) -> str:
    if score.why.absent:
        return "–"
    return f"{ctx.mean(score)} ({behind(ctx, score)})" if score.shown and count else ctx.mean(score)


def _evidence(ctx: Context, id: str, group: str) -> Text:
    """The tagged statements, each with one group's mean where it may be shown."""
    spans: list[Span] = []
    for section in ctx.instrument.sections:
        for item in section.items:
            if id not in item.tags:
                continue
            score = ctx.score(section.measure(item), group)
            mark = "↓ " if item.marked else ""
            spans.append(Span(("\n" if spans else "") + mark + ctx.wording(item).rstrip(".")))
            if score.shown:
                spans.append(b(f"\N{NO-BREAK SPACE}{ctx.mean(score)}"))
    return tuple(spans)


def _sources(ctx: Context, ids: tuple[str, ...]) -> str:
    refs = dict.fromkeys(str(ctx.instrument.pillars[id].get("source", "")) for id in ids)
    known = [ref for ref in refs if ref in ctx.instrument.sources]
    listed = "; ".join(f"{ref} {ctx.source(ref)}" for ref in known)
    return " " + ctx.words("sections.pillars.source", list=listed) if known else ""


def worksheet(ctx: Context) -> Worksheet:
    """A row per pillar and perspective shown on the page."""
    w, ids = ctx.words, _ids(ctx)
    groups = [one.group for one in _series(ctx, ids)]
    rows = tuple(
        (_name(ctx, id), ctx.label(group), *interval(ctx, score), count(ctx, score))
        for id in ids
        for group in groups
        for score in (ctx.score(id, group),)
    )
    return Worksheet(
        w("appendix.sheet.pillars"),
        w("appendix.title.pillars"),
        columns(ctx, "pillar", "perspective", *INTERVAL, "n"),
        rows,
    )
