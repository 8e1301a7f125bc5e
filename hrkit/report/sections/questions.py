"""Whatever no dimension page prints, section by section: what was asked, of whom, and the figures.

For an instrument without dimensions this is the whole picture; beside dimensions it holds what
stands apart from them: sections without a score, and further facets of a statement.  Every
question of an instrument is found here, on a dimension's page, on the page of importance or among
the comments; where nothing of it may be shown, it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from hrkit.blocks import (
    Block,
    Bullets,
    Figure,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Table,
    Together,
)
from hrkit.blocks.svg import aspect
from hrkit.disclosure.released import Why
from hrkit.model.instrument import Facet, Item, Question, Section
from hrkit.report.chapter import Chapter
from hrkit.report.charts.base import TEXT_WIDTH
from hrkit.report.charts.marks import Row, Series
from hrkit.report.charts.profile import dots
from hrkit.report.charts.shares import Bar, Category, bars, height_of
from hrkit.report.context import Context
from hrkit.report.sections.comments import comments_asked
from hrkit.report.worksheets.questions import counted, rated, shared

__all__ = ["elsewhere", "questions", "questions_left"]

#: Most inches of one chart: what is longer is drawn as several.
TALL = 5.6
#: Most inches of a chart that the head of a section finds room beside on a page begun.
BESIDE = 4.4
#: From so many facets on one scale the chart of an item holds its facets, not that of a facet its items.
MANY = 4


@dataclass(frozen=True, slots=True)
class Left:
    """A section and those of its questions that are printed nowhere else."""

    section: Section
    questions: tuple[Question, ...]


def questions(ctx: Context) -> Chapter:
    """A part per section of the instrument, with worksheets of means, shares and counts."""
    left = questions_left(ctx)
    if not left:
        return Chapter()
    blocks: list[Block] = []
    for i, one in enumerate(left, 1):
        blocks += _section(ctx, one, i, len(left))
    asked = [question for one in left for question in one.questions]
    sheets = (rated(ctx, asked), shared(ctx, asked), counted(ctx, asked))
    return Chapter(tuple(blocks), tuple(sheet for sheet in sheets if sheet.rows))


def questions_left(ctx: Context) -> tuple[Left, ...]:
    """Sections with questions that no other page prints, in the order asked."""
    known = elsewhere(ctx)
    found = (
        Left(section, tuple(q for q in asked if q.key not in known))
        for section, asked in groupby(ctx.instrument.questions(), lambda q: q.section)
    )
    return tuple(one for one in found if one.questions)


def elsewhere(ctx: Context) -> frozenset[str]:
    """Keys of the questions that a dimension, the page of importance or the comments print."""
    keys: set[str] = set()
    for section in ctx.instrument.dimensions:
        keys |= {section.measure(item) for item in section.scored}
        keys |= {section.importance.id} if section.importance else set()
    spoken = comments_asked(ctx)
    return frozenset(keys) | {question.key for question in (*spoken.told, *spoken.rest)}


def _section(ctx: Context, left: Left, i: int, n: int) -> list[Block]:
    w, section = ctx.words, left.section
    scored = section.score_facet is not None
    head: list[Block] = [
        Heading(
            ctx.name(section),
            # One part of one is no numbering.
            kicker=w("general.kicker_more") if scored or n == 1 else w("general.kicker", i=i, n=n),
        ),
        *(() if scored else (Paragraph(ctx.text(section.about), lead=True),)),
        Note(_asked(ctx, left.questions)),
    ]
    parts = [*_figures(ctx, left), *_counts(ctx, left), *_texts(ctx, left), *_nothing(ctx, left)]
    # The heading stays with the first figure, each figure with its own.
    parts = _said_once(parts)
    first = parts[0] if parts else ()
    # Head and figure stay together; where they would fill a page, the section begins one.
    page = (PageBreak(),) if i == 1 or _tall(first) else ()
    return [*page, Together((*head, *first)), *(Together(part) for part in parts[1:])]


def _tall(part: Sequence[Block]) -> bool:
    figure = next((block for block in part if isinstance(block, Figure)), None)
    return figure is not None and aspect(figure.svg) * TEXT_WIDTH > BESIDE


def _said_once(parts: Sequence[tuple[Block, ...]]) -> list[tuple[Block, ...]]:
    """The same small print stands under the first figure only."""
    said: set[object] = set()
    found = []
    for part in parts:
        kept = tuple(b for b in part if not (isinstance(b, Note) and b.text in said))
        said |= {b.text for b in part if isinstance(b, Note)}
        found.append(kept)
    return found


def _asked(ctx: Context, asked: Sequence[Question]) -> str:
    """Of whom, how much, and how many answered."""
    w = ctx.words
    names = dict.fromkeys(p for p in ctx.instrument.perspectives for q in asked if p in q.item.ask)
    said = [
        w("general.asked", n=len(asked), perspectives=w.join([ctx.perspective(p) for p in names]))
    ]
    answered = [
        w("general.answers", group=ctx.label(g.id), low=min(n), high=max(n))
        if min(n) != max(n)
        else w("general.answers_even", group=ctx.label(g.id), n=n[0])
        for g in ctx.released.groups
        if (n := _numbers(ctx, asked, g.id))
    ]
    few = [
        ctx.label(g.id)
        for g in ctx.released.groups
        if not _numbers(ctx, asked, g.id)
        and any(set(g.perspectives) & set(q.item.ask) for q in asked)
    ]
    if answered:
        said.append(w("general.answered", list=" · ".join(answered)))
    if few and any(q.facet.release in ("means", "shares") for q in asked):
        said.append(w("general.few", list=w.join(few)))
    return " ".join(said)


def _numbers(ctx: Context, asked: Iterable[Question], group: str) -> list[int]:
    found = []
    for question in asked:
        shown = (
            ctx.score(question.key, group).n
            if ctx.score(question.key, group).shown
            else ctx.released.share(question.key, group).n
        )
        found += [shown] if shown else []
    return found


# ------------------------------------------------------------------------------- figures


def _figures(ctx: Context, left: Left) -> list[tuple[Block, ...]]:
    """Charts of what has a mean or shares: a facet's items, or an item's facets where there are many."""
    many = _many(left.questions)
    found: list[tuple[Block, ...]] = []
    facets = dict.fromkeys(q.facet.id for q in left.questions if q.facet.id not in many)
    for id in facets:
        mine = [q for q in left.questions if q.facet.id == id]
        name = ctx.text(mine[0].facet.label)
        if mine[0].facet.release == "means":
            found += _means(ctx, name, mine, len(facets) + len(many) > 1)
        elif mine[0].facet.release == "shares":
            rows = [_bar(ctx, ctx.wording(q.item), q) for q in mine]
            found += _shares(ctx, name if len(facets) + len(many) > 1 else "", rows, mine[0].facet)
    for item, asked in groupby(left.questions, lambda q: q.item):
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
    rows = [Row(_named(ctx, q.item), tuple(ctx.score(q.key, g) for g in groups)) for q in asked]
    if not groups:
        return [(*head, *_without(ctx, asked))]
    series = tuple(Series(g, ctx.label(g, short=True)) for g in groups)
    ends = tuple(
        ctx.text(c.label) if i in (0, len(scale.choices) - 1) else ""
        for i, c in enumerate(scale.choices)
    )
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
    w = ctx.words
    rows = tuple(
        (_named(ctx, q.item), *(_cell(ctx, q.key, group) for group in groups)) for q in asked
    )
    columns = (w("general.question"), *(ctx.label(g, short=True) for g in groups))
    return (
        Table(
            columns,
            rows,
            align=("left", *["right"] * len(groups)),  # type: ignore[arg-type]
            widths=(3.4, *[1.2] * len(groups)),
            compact=True,
            summary=w("general.table"),
        ),
    )


def _cell(ctx: Context, key: str, group: str) -> str:
    score = ctx.score(key, group)
    return "–" if score.why is Why.NOBODY else ctx.with_interval(score)


def _named(ctx: Context, item: Item) -> str:
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
    reason = ctx.words(f"report.why.sentence.{why.value}", k=ctx.released.threshold)
    return (Bullets(tuple(_named(ctx, q.item) for q in asked)), Note(reason))


# ------------------------------------------------------------------------------- no figures


def _counts(ctx: Context, left: Left) -> list[tuple[Block, ...]]:
    """How many answered, where the instrument shows no more than that."""
    asked = [q for q in left.questions if q.facet.release == "counts"]
    if not asked:
        return []
    w = ctx.words
    table: Mapping[tuple[str, str], int | None] = {
        (c.measure, c.group): c.n for c in ctx.released.counts
    }
    groups = [g.id for g in ctx.released.groups if any((q.key, g.id) in table for q in asked)]
    few = w("report.summary.few", k=ctx.released.threshold)
    rows = tuple(
        (
            _full(ctx, q),
            *(
                "–"
                if (q.key, g) not in table
                else few
                if (n := table[q.key, g]) is None
                else str(n)
                for g in groups
            ),
        )
        for q in asked
    )
    columns = (w("general.question"), *(ctx.label(g, short=True) for g in groups))
    return [
        (
            Heading(w("general.counts"), level=2),
            Table(
                columns,
                rows,
                align=("left", *["right"] * len(groups)),  # type: ignore[arg-type]
                widths=(3.4, *[1.0] * len(groups)),
                compact=True,
                summary=w("general.counts"),
            ),
            Note(w("general.counts_note")),
        )
    ]


def _full(ctx: Context, question: Question) -> str:
    """An item with its facet, where it has several."""
    name = _named(ctx, question.item)
    if len(question.item.facets) == 1:
        return name
    return ctx.words("general.full", item=name, facet=ctx.text(question.facet.label))


def _texts(ctx: Context, left: Left) -> list[tuple[Block, ...]]:
    """Open questions whose answers are not printed under the question's own words."""
    asked = [q for q in left.questions if q.facet.release == "texts"]
    if not asked:
        return []
    said = any(c.question in {q.item.id for q in asked} for c in ctx.released.comments)
    note = ctx.words("general.texts_themes" if said else "general.texts_none")
    return [_listed(ctx, asked, ctx.words("general.texts"), note)]


def _nothing(ctx: Context, left: Left) -> list[tuple[Block, ...]]:
    """Questions of which the instrument shows nothing."""
    asked = [q for q in left.questions if q.facet.release == "nothing"]
    if not asked:
        return []
    return [_listed(ctx, asked, ctx.words("general.nothing"), ctx.words("general.nothing_note"))]


def _listed(ctx: Context, asked: Sequence[Question], title: str, note: str) -> tuple[Block, ...]:
    names = tuple(dict.fromkeys(_full(ctx, q) for q in asked))
    return (Heading(title, level=2), Bullets(names), Note(note))
