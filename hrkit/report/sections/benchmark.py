"""A client's place among the other organisations of its portfolio, and figures published elsewhere.

Everything here follows from the client's own release and from norms that are the same for all clients.
"""

from __future__ import annotations

from dataclasses import replace

from hrkit.blocks import Block, Callout, Heading, Note, Paragraph, Table, Text
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.disclosure.derived.place import PlaceAmong, places
from hrkit.disclosure.released import LEAST, OTHERS, Certainty, Score
from hrkit.model.language import Words
from hrkit.model.norms import PublishedNorm
from hrkit.report.charts.beside import beside
from hrkit.report.context import Context
from hrkit.report.sections.naming import fill_names
from hrkit.report.sections.titles import opening
from hrkit.report.worksheets.cells import number

__all__ = ["benchmark", "places_of", "published_blocks", "published_sheet", "worksheet"]


def places_of(ctx: Context) -> tuple[PlaceAmong, ...]:
    """Where the client stands on each dimension, seen from each side."""
    if ctx.compared is None or ctx.compared.norms.instrument != ctx.released.instrument:
        return ()
    scores: dict[tuple[str, str], Score] = {}
    for side in _sides(ctx):
        group = ctx.released.group(side)
        for section in ctx.instrument.dimensions:
            if group is not None:
                scores[section.id, side] = ctx.score(section, group.id)
    return places(scores, ctx.compared, _scales(ctx))


def _sides(ctx: Context) -> tuple[str, ...]:
    return ctx.instrument.sides or ctx.instrument.perspectives[:1]


def _scales(ctx: Context) -> dict[str, tuple[float, float]]:
    facets = ((s.id, s.score_facet) for s in ctx.instrument.dimensions)
    return {id: (float(f.scale.low), float(f.scale.high)) for id, f in facets if f is not None}


def benchmark(ctx: Context) -> tuple[Block, ...]:
    """The page; nothing where no comparison was asked for."""
    if ctx.compared is None and ctx.profile.get("id") != "benchmark":
        return ()
    w, found = ctx.words, places_of(ctx)
    title, elsewhere = w("benchmark.page.title"), published_blocks(w, ctx.engagement.norms, ctx)
    if not found or ctx.compared is None:
        said = w("benchmark.page.none", least=LEAST, others=OTHERS)
        return (Heading(title, new_page=True, id="benchmark"), Callout(said), *elsewhere)
    told = _told(ctx, found)
    norms = ctx.compared.norms
    notes = ["made", *(["place_note"] if any(one.below is not None for one in found) else [])]
    day = w.date(norms.day) if norms.day else ""
    kept = w("benchmark.page.kept", number=norms.number, day=day)
    return (
        *opening(title, told[0], "benchmark"),
        *(Paragraph(one) for one in told[1:]),
        *(block for side in _sides(ctx) for block in _side(ctx, side, found)),
        Note(" ".join(w(f"benchmark.page.{name}") for name in notes)),
        Note(kept),
        Note(w("benchmark.page.chosen")),
        *elsewhere,
    )


def _told(ctx: Context, found: tuple[PlaceAmong, ...]) -> list[Text]:
    """What surely differs, and in which direction; or that we cannot tell."""
    w, client = ctx.words, ctx.engagement.client
    names = {section.id: ctx.name(section) for section in ctx.instrument.dimensions}
    sure = [one for one in found if one.certainty is not Certainty.UNKNOWN]
    if not sure:
        return [w("benchmark.page.open", client=client)]
    told: list[Text] = []
    for higher in (True, False):
        listed = [
            w(
                "benchmark.page.item",
                dimension=names[one.measure],
                side=ctx.named(one.side, "in_text"),
            )
            for one in sure
            if one.higher is higher
        ]
        if listed:
            key = f"benchmark.page.{'higher' if higher else 'lower'}"
            told.append(fill_names(w, key, "list", listed, client=client, k=OTHERS))
    return told


def _side(ctx: Context, side: str, found: tuple[PlaceAmong, ...]) -> tuple[Block, ...]:
    w = ctx.words
    by = {one.measure: one for one in found if one.side == side}
    rows = [(section, by[section.id]) for section in ctx.instrument.dimensions if section.id in by]
    if not rows:
        return ()
    group = ctx.released.group(side)
    figure = beside(
        ctx.theme,
        w,
        [(ctx.name(section), one) for section, one in rows],
        group.id if group else side,
        scale=ctx.scale,
        ends=ctx.ends_of(rows[0][0].score_facet.scale) if rows[0][0].score_facet else (),
    )
    table = Table(
        _columns(w),
        tuple(_row(w, ctx.name(section), one) for section, one in rows),
        align=("left", "right", "right", "right", "left", "right"),
        widths=(3.2, 1.1, 1.0, 1.0, 2.0, 1.4),
        compact=True,
        summary=w("benchmark.page.summary"),
    )
    head = w("benchmark.page.seen", group=ctx.in_text(group.id if group else side))
    return (
        Heading(head, level=2),
        replace(figure, caption=w("benchmark.page.key")),
        table,
    )


def _columns(w: Words) -> tuple[str, ...]:
    names = ("own", "others", "n", "compared", "place")
    return (w("report.profile.dimension"), *(w(f"benchmark.page.{name}") for name in names))


def _row(w: Words, name: str, one: PlaceAmong) -> tuple[Text, ...]:
    return (
        name,
        w.number(one.own),
        w.number(one.others),
        str(one.n),
        w(f"benchmark.page.word.{_word(one)}"),
        "–" if one.below is None else w("benchmark.page.range", low=one.below, high=one.above),
    )


def _word(one: PlaceAmong) -> str:
    if one.certainty is Certainty.UNKNOWN:
        return "open"
    return "higher" if one.higher else "lower"


def worksheet(ctx: Context) -> Worksheet | None:
    """The page's figures."""
    w, found = ctx.words, places_of(ctx)
    names = {section.id: ctx.name(section) for section in ctx.instrument.dimensions}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            names[one.measure],
            ctx.named(one.side, "label"),
            number(one.own),
            number(one.others),
            number(one.n, 0),
            w(f"benchmark.page.word.{_word(one)}"),
            number(one.below, 0),
            number(one.above, 0),
        )
        for one in found
    )
    columns = (
        w("report.profile.dimension"),
        w("appendix.column.perspective"),
        *(w(f"benchmark.page.{name}") for name in ("own", "others", "n", "compared")),
        w("appendix.column.low"),
        w("appendix.column.high"),
    )
    notes = (w("benchmark.page.made"), w("benchmark.page.place_note"))
    return Worksheet(w("benchmark.page.sheet"), w("benchmark.page.title"), columns, rows, notes)


def published_blocks(w: Words, norms: tuple[PublishedNorm, ...], ctx: Context) -> tuple[Block, ...]:
    """What was published elsewhere, as what it is: apart from everything measured here."""
    if not norms:
        return ()
    rows = tuple(_published(w, one, ctx) for one in norms)
    columns = ("measure", "value", "unit", "n", "about", "source")
    return (
        Heading(w("benchmark.published.title"), level=2),
        Paragraph(w("benchmark.published.what")),
        Table(
            tuple(w(f"benchmark.published.{name}") for name in columns),
            rows,
            align=("left", "right", "left", "right", "left", "left"),
            widths=(3.0, 0.9, 1.4, 0.7, 1.6, 2.4),
            compact=True,
            summary=w("benchmark.published.summary"),
        ),
    )


def _published(w: Words, one: PublishedNorm, ctx: Context) -> tuple[Text, ...]:
    source = ", ".join(text for text in (one.source, one.country, one.year) if text)
    return (
        one.measure,
        w.number(one.value, one.decimals),
        one.unit,
        "–" if one.n is None else str(one.n),
        _about(one, ctx),
        f"{source} ({one.licence})" if one.licence else source,
    )


def _about(one: PublishedNorm, ctx: Context) -> str:
    names = {section.id: ctx.name(section) for section in ctx.instrument.dimensions}
    return names.get(one.about, "–")


def published_sheet(ctx: Context) -> Worksheet | None:
    """The same as a worksheet, with a column for each thing that is said of a figure."""
    w = ctx.words
    if ctx.compared is None or not ctx.engagement.norms:
        return None
    columns = ("measure", "value", "unit", "n", "about", "source")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.measure,
            number(one.value, one.decimals),
            one.unit,
            number(one.n, 0),
            _about(one, ctx),
            str(_published(w, one, ctx)[-1]),
        )
        for one in ctx.engagement.norms
    )
    return Worksheet(
        w("benchmark.published.sheet"),
        w("benchmark.published.title"),
        tuple(w(f"benchmark.published.{name}") for name in columns),
        rows,
        (w("benchmark.published.what"),),
    )
