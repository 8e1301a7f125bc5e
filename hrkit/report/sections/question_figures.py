"""Charts and tables of questions that have means or shares: a facet's items, or an item's facets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from hrkit.blocks import Block, Bullets, Heading, Note, Table
from hrkit.disclosure.released import Why
from hrkit.model.instrument import Facet, Item, Question
from hrkit.report.charts.marks import Row, Series
from hrkit.report.charts.profile import dots
from hrkit.report.charts.shares import Bar, Category, bars, height_of
from hrkit.report.context import Context

__all__ = ["MANY", "by_group", "categories", "figures_of", "row_name"]

#: Most inches of one chart: what is longer is drawn as several.
TALL = 5.6

#: From so many facets on one scale the chart of an item holds its facets, not that of a facet its items.
MANY = 4


def figures_of(ctx: Context, questions: Sequence[Question]) -> list[tuple[Block, ...]]:
    """Charts of what has a mean or shares: a facet's items, or an item's facets where there are many."""
    many = _many(questions)
    found: list[tuple[Block, ...]] = []
    facets = dict.fromkeys(q.facet.id for q in questions if q.facet.id not in many)
    for id in facets:
        mine = [q for q in questions if q.facet.id == id]
        name = ctx.text(mine[0].facet.label)
        if mine[0].facet.release == "means":
            found += _means(ctx, name, mine, len(facets) + len(many) > 1)
        elif mine[0].facet.release == "shares":
            rows = [_bar(ctx, ctx.wording(q.item), q) for q in mine]
            found += _shares(ctx, name if len(facets) + len(many) > 1 else "", rows, mine[0].facet)
    for item, asked in groupby(questions, lambda q: q.item):
        mine = [q for q in asked if q.facet.id in many]
        if mine:
            rows = [_bar(ctx, ctx.text(q.facet.label), q) for q in mine]
            found += _shares(ctx, ctx.wording(item), rows, mine[0].facet)
    return found


def _many(asked: Sequence[Question]) -> frozenset[str]:
    """Facets that are told item by item: more than a few on one scale of answers by choice."""
    scales: dict[str, set[str]] = {}
    for question in asked:
        if question.facet.release == "shares":
            scales.setdefault(question.facet.scale.id, set()).add(question.facet.id)
    return frozenset().union(*(ids for ids in scales.values() if len(ids) > MANY))


def _means(
    ctx: Context, name: str, asked: Sequence[Question], named: bool
) -> list[tuple[Block, ...]]:
    w, scale = ctx.words, asked[0].facet.scale
    groups = [g.id for g in ctx.released.groups if any(ctx.score(q.key, g.id).shown for q in asked)]
    head = (Heading(name, level=2),) if named else ()
    rows = [Row(row_name(ctx, q.item), tuple(ctx.score(q.key, g) for g in groups)) for q in asked]
    if not groups:
        return [(*head, *_without(ctx, asked))]
    series = tuple(Series(g, ctx.label(g, short=True)) for g in groups)
    ends = ctx.ends_of(scale)
    chart = dots(
        ctx.theme,
        w,
        rows,
        series,
        scale=(scale.low, scale.high),
        ends=ends,
        labels=2.6,
        values=len(series) == 1,
        alt="general.means_alt",
    )
    note = [w("general.means_note", low=scale.low, high=scale.high)]
    note += [w("report.dimension.reversed")] if any(q.item.marked for q in asked) else []
    table = _table(ctx, asked, groups) if len(series) > 1 else ()
    return [(*head, chart, Note(" ".join(note)), *table)]


def _table(ctx: Context, asked: Sequence[Question], groups: Sequence[str]) -> tuple[Block, ...]:
    """The chart's figures with their intervals."""
    rows = [(row_name(ctx, q.item), *(_cell(ctx, q.key, group) for group in groups)) for q in asked]
    return (by_group(ctx, groups, rows, 1.2, ctx.words("general.table")),)


def by_group(
    ctx: Context,
    groups: Sequence[str],
    rows: Sequence[tuple[str, ...]],
    width: float,
    summary: str,
) -> Table:
    """A row a question, a column a group."""
    return Table(
        (ctx.words("general.question"), *(ctx.label(g, short=True) for g in groups)),
        tuple(rows),
        align=("left", *["right"] * len(groups)),  # type: ignore[arg-type]
        widths=(3.4, *[width] * len(groups)),
        compact=True,
        summary=summary,
    )


def _cell(ctx: Context, key: str, group: str) -> str:
    score = ctx.score(key, group)
    return "–" if score.why.absent else ctx.with_interval(score)


def row_name(ctx: Context, item: Item) -> str:
    """A question as a row is called, with an arrow where it is turned round."""
    return ("↓ " if item.marked else "") + ctx.wording(item).rstrip(".")


def _bar(ctx: Context, name: str, question: Question) -> Bar:
    """A row with the groups whose shares may be shown; the first that may not, where none may."""
    found = [
        (ctx.label(g.id, short=True), share)
        for g in ctx.released.groups
        if (share := ctx.released.share(question.key, g.id)).why is not Why.NOBODY
    ]
    large = [pair for pair in found if pair[1].why is not Why.SMALL]
    return Bar(name.rstrip("."), tuple(large or found[:1]))


def _shares(ctx: Context, name: str, rows: Sequence[Bar], facet: Facet) -> list[tuple[Block, ...]]:
    """One chart, or several where it would not fit; only the first has the heading."""
    w = ctx.words
    told = [row for row in rows if any(share.shown for _, share in row.shares)]
    head = (Heading(name, level=2),) if name else ()
    if not told:
        listed = Bullets(tuple(row.name for row in rows))
        return [(*head, listed, Note(w("general.shares_none", details=ctx.released.details)))]
    note = w("general.shares_note", details=ctx.released.details)
    charts = [
        bars(
            ctx.theme,
            w,
            some,
            categories(ctx, facet),
            together=w("general.together"),
            ordered=facet.scale.kind == "rating",
            named=len(ctx.released.groups) > 1,
            title=name,
        )
        for some in _pages(rows)
    ]
    going_on = (Heading(w("general.continued", name=name), level=2),) if name else ()
    return [
        (*(going_on if i else head), chart, *((Note(note),) if i == len(charts) - 1 else ()))
        for i, chart in enumerate(charts)
    ]


def _pages(rows: Sequence[Bar]) -> list[list[Bar]]:
    """Rows in charts of about the same height, none taller than a page carries."""
    total = sum(map(height_of, rows))
    each = total / max(1, -(-total // TALL))
    found: list[list[Bar]] = [[]]
    filled = 0.0
    for row in rows:
        if found[-1] and filled + height_of(row) / 2 > each:
            found.append([])
            filled = 0.0
        found[-1].append(row)
        filled += height_of(row)
    return found


def categories(ctx: Context, facet: Facet) -> tuple[Category, ...]:
    """The answers of a scale as a key names them, ways out last."""
    scale = facet.scale
    found = [Category(choice.value, ctx.text(choice.label)) for choice in scale.choices]
    found += [Category(way.value, ctx.text(way.label), silent=True) for way in scale.ways_out]
    return tuple(found)


def _without(ctx: Context, asked: Sequence[Question]) -> tuple[Block, ...]:
    """What was asked where no figure of it may be shown."""
    whys = {ctx.score(q.key, g.id).why for q in asked for g in ctx.released.groups}
    order = (Why.PROTECTED, Why.SILENT, Why.SMALL, Why.NOBODY)
    why = next((w for w in order if w in whys), Why.NOBODY)
    k = max(ctx.released.least(q.key) for q in asked)
    reason = ctx.words(f"report.why.sentence.{why.value}", k=k)
    return (Bullets(tuple(row_name(ctx, q.item) for q in asked)), Note(reason))
