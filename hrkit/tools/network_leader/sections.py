"""The network leaders' chapter, the personal sheet, the guide for two, and the worksheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrkit.blocks import Block, Bullets, Callout, Heading, Note, Paragraph, Table, Text, b
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.model.instrument import Item
from hrkit.report.chapter import Recipe, recipe
from hrkit.report.charts.marks import Row, Series
from hrkit.report.claims import Claim
from hrkit.report.context import Context
from hrkit.report.handouts.room import BOX, GROUND, room
from hrkit.report.sections.dotted import dotted
from hrkit.report.worksheets.cells import columns, count, interval, share
from hrkit.tools.network_leader.agreements import FORMS, told_block
from hrkit.tools.network_leader.findings import (
    TaskStanding,
    by_tag,
    page,
    tasks,
    wanted_no_time,
)
from hrkit.tools.network_leader.guide import agreement_page, prepare_page

__all__ = ["CHAPTER", "CLAIMS", "FORMS", "SHEETS"]


def chapter(ctx: Context) -> tuple[Block, ...]:
    """What is told, the ten means, and how many have not begun."""
    w, group = ctx.words, _leaders(ctx)
    found = page(ctx, group)
    if not any(one.score.shown for one in found):
        return (
            Heading(w("network.title.hidden"), new_page=True),
            Callout(w("network.hidden", k=ctx.released.threshold)),
            *told_block(ctx),
        )
    told = wanted_no_time(ctx, group)
    said: Block = Bullets((_told(ctx, group),)) if told else Paragraph(w("network.none"))
    return (
        Heading(w("network.title.wanted" if told else "network.title.none"), new_page=True),
        Paragraph(w("network.lead"), lead=True),
        said,
        *_figure(ctx, found, group),
        _table(ctx, found),
        Note(w("network.note", details=ctx.released.details, few=ctx.released.few)),
        Paragraph(w("network.next")),
        *told_block(ctx),
    )


def _told(ctx: Context, group: str) -> str:
    found = by_tag(ctx, group)
    means = {tag: ctx.mean(found[tag]) for tag in ("wanted", "time", "priority")}
    return ctx.words("network.told.wanted", **means)


def _leaders(ctx: Context) -> str:
    """The group of people leaders: the one perspective that is asked."""
    name = ctx.instrument.perspectives[0]
    found = ctx.released.group(name)
    return found.id if found else name


def _name(ctx: Context, one: TaskStanding) -> str:
    return ctx.wording(one.item).rstrip(".")


def _asked(ctx: Context, item: Item) -> str:
    """The words in which a leader is asked a task."""
    return ctx.instrument.wording(item, item.ask[0], ctx.language).rstrip(".")


def _figure(ctx: Context, found: tuple[TaskStanding, ...], group: str) -> tuple[Block, ...]:
    scale = ctx.instrument.keys[found[0].item.id].facet.scale
    title = ctx.words("network.figure")
    rows = [Row(_name(ctx, one), (one.score,)) for one in found]
    series = (Series(group, ctx.label(group, short=True)),)
    return (
        Heading(title, level=2),
        dotted(ctx, title, rows, series, scale, labels=2.9),
    )


def _table(ctx: Context, found: tuple[TaskStanding, ...]) -> Table:
    w = ctx.words
    return Table(
        tuple(w(f"network.table.{one}") for one in ("task", "mean", "not_yet")),
        tuple((_name(ctx, one), ctx.with_interval(one.score), _share(ctx, one)) for one in found),
        align=("left", "right", "right"),
        widths=(4.0, 1.4, 1.5),
        compact=True,
        summary=w("network.figure"),
    )


def _share(ctx: Context, one: TaskStanding) -> str:
    if one.not_yet is None or one.interval is None:
        return "–"
    low, high = (ctx.words.percent(end) for end in one.interval)
    return ctx.words(
        "network.table.share", share=ctx.words.percent(one.not_yet), low=low, high=high
    )


def worksheet(ctx: Context) -> Worksheet:
    """A row a task: the mean with its interval, answers, and the share who have not begun."""
    w = ctx.words
    rows: list[tuple[Cell, ...]] = [
        (
            _name(ctx, one),
            *interval(ctx, one.score),
            count(ctx, one.score),
            share(one.not_yet),
            share(one.interval[0]) if one.interval else None,
            share(one.interval[1]) if one.interval else None,
        )
        for one in page(ctx, _leaders(ctx))
        if not one.score.why.absent
    ]
    mean, low, high, n = columns(ctx, "mean", "low", "high", "n")
    not_yet = w("network.table.not_yet")
    head = (
        w("network.table.task"),
        mean,
        low,
        high,
        n,
        not_yet,
        f"{not_yet}: {low}",
        f"{not_yet}: {high}",
    )
    return Worksheet(w("network.worksheet"), w("network.worksheet_title"), head, tuple(rows))


def own_sheet(ctx: Context) -> tuple[Block, ...]:
    """The personal sheet: ten tasks to tick, the two strongest, one to begin, and whom one sees; never collected."""
    w = ctx.words
    scale = ctx.instrument.keys[tasks(ctx.instrument)[0][1]].facet.scale
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (_asked(ctx, item), *[BOX] * len(scale.choices)) for item, _, _ in tasks(ctx.instrument)
    )
    return (
        Heading(w("network.own.title"), kicker=w("network.own.kicker")),
        Paragraph(w("network.own.rule"), lead=True),
        Table(
            ("", *(ctx.text(choice.label) for choice in scale.choices)),
            rows,
            align=("left", *["center"] * len(scale.choices)),  # type: ignore[arg-type]
            widths=(4.2, *[0.8] * len(scale.choices)),
            row_headers=False,
            compact=True,
            summary=w("network.own.title"),
        ),
        Table(
            tuple(w(f"network.own.{one}") for one in ("strong", "begin", "when")),
            ((room(3),) * 3,),
            widths=(1.6, 1.6, 1.4),
            row_headers=False,
            shades=((GROUND,) * 3,),
        ),
        Heading(w("network.own.spotting"), level=2),
        Table(
            ("", w("network.own.themes"), w("network.own.people")),
            tuple(
                ((b(w(f"network.own.{where}")),), room(3), room(3)) for where in ("here", "edges")
            ),
            widths=(1.3, 2.6, 2.6),
            shades=(("", GROUND, GROUND),) * 2,
            summary=w("network.own.spotting"),
        ),
        Note(w("network.own.seen_by")),
    )


CHAPTER: Recipe = recipe(chapter, worksheet)
SHEETS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {
    "own": own_sheet,
    "prepare": lambda ctx: prepare_page(ctx.words),
    "agreement": lambda ctx: agreement_page(ctx.words),
}
CLAIMS: tuple[Claim, ...] = (
    Claim(
        "network.wanted",
        "network",
        "encouraging people to join networks is further on than time for it and priority",
        "the whole interval of encouraging lies above 1.5, those of time and of priority below",
        "three tasks: 5 % of pages",
        "all three at 1.5",
        ("network.title.wanted", "network.told.wanted"),
    ),
)
