"""The essentials of an instrument without dimensions: what was asked, who answered, what stands out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from hrkit.blocks import Block, Bullets, Card, Grid, Paragraph, Span, Text, b
from hrkit.model.instrument import Facet, Question
from hrkit.report.context import Context
from hrkit.report.findings import named_apart
from hrkit.report.sections.question_figures import MANY

__all__ = ["essentials"]

#: The fewest items from which anything is said of how they lie.
ENOUGH = 4
#: Most sections that are listed with what they are about.
LISTED = 8


def essentials(ctx: Context) -> tuple[Block, ...]:
    """A sentence, and cards: the ends of each rating, the item with most of each answer, the sections."""
    w = ctx.words
    asked = tuple(ctx.instrument.questions())
    lead = w("general.overview.lead", instrument=ctx.text(ctx.instrument.title), n=len(asked))
    cards = [card for facet, mine in _by_facet(asked) if (card := _card(ctx, facet, mine))]
    cards.append(_sections(ctx, about=not cards))
    cells = [(_toned(card, i, last=card is cards[-1]),) for i, card in enumerate(cards)]
    rows = [
        Grid(tuple(cells[i : i + 2]), (1.0,) * len(cells[i : i + 2]))
        for i in range(0, len(cells), 2)
    ]
    return (Paragraph(lead, lead=True), *rows)


def _toned(card: Card, i: int, last: bool) -> Card:
    """The cards of a row alike, rows by turns, the list of sections quiet."""
    if last:
        return Card(card.title, card.blocks, "quiet")
    return Card(card.title, card.blocks, "accent" if i // 2 % 2 else "brand")


def _by_facet(asked: Sequence[Question]) -> list[tuple[Facet, list[Question]]]:
    """Facets with their questions, but for those too many to be told at a glance."""
    order = {facet: i for i, facet in enumerate(dict.fromkeys(q.facet.id for q in asked))}
    scales: dict[str, set[str]] = {}
    for q in asked:
        scales.setdefault(q.facet.scale.id, set()).add(q.facet.id)
    ranked = sorted(asked, key=lambda q: order[q.facet.id])
    found = [(list(mine)) for _, mine in groupby(ranked, lambda q: q.facet.id)]
    return [(mine[0].facet, mine) for mine in found if len(scales[mine[0].facet.scale.id]) <= MANY]


def _card(ctx: Context, facet: Facet, asked: list[Question]) -> Card | None:
    if len(asked) < ENOUGH:
        return None
    lines = {"means": _ends, "shares": _range}.get(facet.release)
    group = _group(ctx, asked)
    found = lines(ctx, asked, group) if lines and group else []
    if not found:
        return None
    title = ctx.words("general.overview.of", facet=ctx.text(facet.label), group=ctx.label(group))
    return Card(title, tuple(Paragraph(line) for line in found))


def _group(ctx: Context, asked: Sequence[Question]) -> str:
    """The group that is told of: the first side, else the one with most figures to show."""

    def shown(group: str) -> int:
        return sum(
            ctx.score(q.key, group).shown or ctx.released.share(q.key, group).shown for q in asked
        )

    sides = [g.id for g in ctx.released.groups if set(g.perspectives) & set(ctx.instrument.sides)]
    others = sorted((g.id for g in ctx.released.groups), key=lambda g: -_people(ctx, g))
    return next((g for g in (*sides, *others) if shown(g)), "")


def _people(ctx: Context, group: str) -> int:
    return next((t.answered or 0 for t in ctx.released.answering if t.group == group), 0)


def _ends(ctx: Context, asked: list[Question], group: str) -> list[Text]:
    """Two items of which one surely stands above the other; else between what the means lie."""
    w = ctx.words
    found = {q.key: q for q in asked if ctx.score(q.key, group).mean is not None}
    means = [ctx.score(key, group).mean or 0.0 for key in found]
    if len(found) < ENOUGH or min(means) == max(means):
        return []
    apart = named_apart(ctx.released, "ratings", asked[0].facet.id, group)
    if apart is None or not {apart.high, apart.low} <= found.keys():
        ends = {"low": w.number(min(means)), "high": w.number(max(means))}
        return [w("general.overview.even", **ends)]
    high, low = (ctx.wording(found[key].item).rstrip(".") for key in (apart.high, apart.low))
    said = w(
        "general.overview.apart",
        high=high,
        a=ctx.mean(ctx.score(apart.high, group)),
        low=low,
        b=ctx.mean(ctx.score(apart.low, group)),
    )
    return [said]


def _range(ctx: Context, asked: list[Question], group: str) -> list[Text]:
    """Between what shares each answer lies over the questions; which one has most may be chance."""
    w, scale = ctx.words, asked[0].facet.scale
    names = {c.value: ctx.text(c.label) for c in (*scale.choices, *scale.ways_out)}
    rows = [row for q in asked if (row := ctx.released.share(q.key, group)).shown]
    lines: list[Text] = []
    for value, name in names.items():
        alone = [dict(zip(row.values, row.shares, strict=True)).get(value) for row in rows]
        shares = [share for share in alone if share is not None]
        if not shares or not max(shares):
            continue
        low, high = w.percent(min(shares)), w.percent(max(shares))
        key = "share" if low == high else "range"
        said = w(f"general.overview.{key}", low=low, high=high, share=high)
        lines.append((b(name), Span(f" – {said}")))
    return lines


def _sections(ctx: Context, about: bool) -> Card:
    """The sections by name; with what they are about where nothing else fills the page."""
    sections = ctx.instrument.sections
    told = about and len(sections) <= LISTED
    items = tuple(
        (b(ctx.name(s)), Span(f": {ctx.text(s.about)}")) if told else ctx.name(s) for s in sections
    )
    return Card(ctx.words("general.overview.asked"), (Bullets(items),))
