"""Sheets of the questions outside the dimensions: means, shares, numbers of answers, open questions."""

from __future__ import annotations

from collections.abc import Sequence

from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.model.instrument import Question
from hrkit.report.context import Context
from hrkit.report.worksheets.cells import INTERVAL, columns, count, interval, number, share

__all__ = ["counted", "rated", "shared", "unfigured"]


def _where(ctx: Context, question: Question) -> tuple[str, str, str]:
    """Section, question and facet."""
    return (
        ctx.name(question.section),
        ctx.wording(question.item),
        ctx.text(question.facet.label),
    )


def rated(ctx: Context, asked: Sequence[Question]) -> Worksheet:
    """A row per rating and perspective."""
    w = ctx.words
    rows = []
    for question in asked:
        if question.facet.release != "means":
            continue
        for group in ctx.released.groups:
            score = ctx.score(question.key, group.id)
            if score.why.absent:
                continue
            scale = question.facet.scale
            ends = f"{scale.low}–{scale.high}"
            rows.append(
                (
                    *_where(ctx, question),
                    ends,
                    ctx.label(group.id),
                    *interval(ctx, score),
                    count(ctx, score),
                )
            )
    return Worksheet(
        w("appendix.sheet.ratings"),
        w("appendix.title.ratings"),
        columns(ctx, "section", "question", "facet", "scale", "perspective", *INTERVAL, "n"),
        tuple(rows),
    )


def shared(ctx: Context, asked: Sequence[Question]) -> Worksheet:
    """A row per answer that is told apart, and one for those that few chose."""
    w = ctx.words
    rows: list[tuple[Cell, ...]] = []
    joint = False
    for question in asked:
        if question.facet.release == "picks":
            rows += _picked(ctx, question)
        if question.facet.release != "shares":
            continue
        scale = question.facet.scale
        names = {c.value: ctx.text(c.label) for c in (*scale.choices, *scale.ways_out)}
        for group in ctx.released.groups:
            row = ctx.released.share(question.key, group.id)
            head = (*_where(ctx, question), ctx.label(group.id))
            if row.why.absent:
                continue
            if not row.shown:
                rows.append((*head, None, w(f"report.why.{row.why.value}"), None))
                continue
            given = dict(zip(row.values, row.shares, strict=True))
            rows += [
                (*head, number(row.n, 0), names[value], share(given[value]))
                for value in names
                if value in given and names[value]
            ]
            if row.together:
                joint = True
                text = ", ".join(
                    names[value] for value in names if value in row.together and names[value]
                )
                rows.append(
                    (
                        *head,
                        number(row.n, 0),
                        w("appendix.note.together", list=text),
                        share(row.rest),
                    )
                )
    return Worksheet(
        w("appendix.sheet.shares"),
        w("appendix.title.shares"),
        columns(ctx, "section", "question", "facet", "perspective", "n", "answer", "share"),
        tuple(rows),
        (w("appendix.note.few_together"),) if joint else (),
    )


def _picked(ctx: Context, question: Question) -> list[tuple[Cell, ...]]:
    """A row an option and group of what was chosen of a list; the reason where there is no share."""
    rows: list[tuple[Cell, ...]] = []
    for group in ctx.released.groups:
        row = ctx.released.ballot(question.key, group.id)
        head = (*_where(ctx, question), ctx.label(group.id))
        if row.why.absent:
            continue
        if not row.shown:
            rows.append((*head, None, ctx.words(f"report.why.{row.why.value}"), None))
            continue
        given = dict(zip(row.values, row.shares, strict=True))
        protected = ctx.words("report.why.protected")
        rows += [
            (
                *head,
                number(row.n, 0),
                ctx.text(one.label),
                share(given[one.value]) if one.value in given else protected,
            )
            for one in question.facet.scale.choices
        ]
    return rows


def counted(ctx: Context, asked: Sequence[Question]) -> Worksheet:
    """How many answered the questions of which no more is shown."""
    w = ctx.words
    keys = {question.key: question for question in asked}
    few = w("report.summary.few", k=ctx.released.threshold)
    rows: list[tuple[Cell, ...]] = [
        (
            *_where(ctx, keys[row.measure]),
            ctx.label(row.group),
            few if row.n is None else number(row.n, 0),
        )
        for row in ctx.released.counts
        if row.measure in keys
    ]
    return Worksheet(
        w("appendix.sheet.counts"),
        w("appendix.title.counts"),
        columns(ctx, "section", "question", "facet", "perspective", "n"),
        tuple(rows),
    )


def unfigured(ctx: Context, asked: Sequence[Question]) -> Worksheet:
    """The questions of which there is no figure: of whom they were asked, and what is shown instead.

    Which of them has a comment in the report is not told: under a theme the report does not tell it either.
    """
    w = ctx.words
    rows = tuple(
        (
            *_where(ctx, question),
            w.join([ctx.perspective(p) for p in question.item.ask]),
            w(f"appendix.note.shown_{question.facet.release}"),
        )
        for question in asked
        if question.facet.release in ("texts", "nothing")
    )
    return Worksheet(
        w("appendix.sheet.unfigured"),
        w("appendix.title.unfigured"),
        columns(ctx, "section", "question", "facet", "asked_of", "shown"),
        rows,
    )
