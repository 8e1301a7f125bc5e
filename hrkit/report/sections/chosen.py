"""What leaders and HR chose as most important, and the order that follows from it."""

from __future__ import annotations

from hrkit.blocks import Block, Note, Paragraph
from hrkit.disclosure.released import ALL, Ballot
from hrkit.model.instrument import Question
from hrkit.report.charts.chosen import Voters, chosen
from hrkit.report.context import Context

__all__ = ["drawn", "few_of", "groups_told", "hidden_of"]


def groups_told(ctx: Context) -> list[Voters]:
    """The groups whose choices are shown, the two sides first; four at most stand in a chart."""
    sides = [one.group for one in ctx.sides or ()]
    rows = sorted(_rows(ctx), key=lambda row: row.group not in sides)
    return [Voters(b.group, ctx.label(b.group, short=True), b) for b in rows if b.shown][:4]


def drawn(ctx: Context, question: Question) -> tuple[Block, ...]:
    """The chart with what goes with it; in words that nothing is shown where that is so."""
    w, told = ctx.words, groups_told(ctx)
    if not told:
        return (Paragraph(w("sections.chosen.none")), *_notes(ctx, hidden_of(ctx)))
    total = ctx.released.ballot(question.key, ALL)
    names = {s.id: ctx.name(s) for s in ctx.instrument.dimensions}
    order = sorted(names, key=lambda id: -_mean(told, id)) if total.shown else list(names)
    chart = chosen(ctx.theme, w, [(id, names[id]) for id in order], told)
    answered = "; ".join(f"{one.label} {one.ballot.n}" for one in told)
    count = question.facet.scale.exactly
    said = w("sections.chosen.asked", k=count, n=len(names), list=answered)
    return (
        chart,
        *_notes(ctx, [said, *few_of(ctx), *hidden_of(ctx)]),
    )


def _mean(told: list[Voters], option: str) -> float:
    return sum(one.ballot.share(option) or 0 for one in told) / len(told)


def few_of(ctx: Context) -> list[str]:
    """Which options few of a group chose, and what they have together."""
    w, question = ctx.words, ctx.instrument.ballot
    names = {s.id: ctx.name(s) for s in ctx.instrument.dimensions}
    return [
        w(
            "sections.chosen.together",
            group=ctx.label(row.group, short=True),
            list=w.join([names[id] for id in row.together]),
            share=w.percent((row.rest or 0.0) / question.facet.scale.exactly),
        )
        for row in _rows(ctx)
        if question is not None and row.shown and row.together
    ]


def hidden_of(ctx: Context) -> list[str]:
    """Whose choices are not shown, and why."""
    w = ctx.words
    whys = [
        f"{ctx.label(row.group, short=True)} ({w(f'report.why.{row.why.value}')})"
        for row in _rows(ctx)
        if not row.shown
    ]
    return [w("sections.chosen.hidden", list=w.join(whys))] if whys else []


def _rows(ctx: Context) -> list[Ballot]:
    return [row for row in ctx.released.ballots if row.group != ALL]


def _notes(ctx: Context, said: list[str]) -> tuple[Note, ...]:
    return (Note(" ".join(said)),) if said else ()
