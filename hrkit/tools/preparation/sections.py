"""The checklist's chapter, what it asks for, and its worksheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrkit.blocks import Block, Bullets, Callout, Heading, Note, Paragraph, Table, Text, Together
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.disclosure.derived.frame import PAGE, each
from hrkit.disclosure.derived.portions import portion
from hrkit.disclosure.released import Why
from hrkit.records.values import OpenLine
from hrkit.report.chapter import Recipe, recipe
from hrkit.report.context import Context
from hrkit.report.tool_steps import ToolStep
from hrkit.report.worksheets.cells import columns, count, interval, share
from hrkit.tools.preparation.claims import CLAIMS
from hrkit.tools.preparation.findings import Need, Way, leaders, needs, ways
from hrkit.tools.preparation.sheets import ANSWERS, FORMS, SHEETS
from hrkit.tools.preparation.since import needs_since

__all__ = ["CHAPTER", "CLAIMS", "FORMS", "SHEETS", "STEPS"]


#: Who answers for what leaders are offered.
_OWNER = "hr_head"


def chapter(ctx: Context) -> tuple[Block, ...]:
    """What is wanted, what is needed and what HR answers, and the twelve ways one by one."""
    w, found, needed = ctx.words, ways(ctx), needs(ctx)
    if not any(one.often.shown for one in found):
        return (
            Heading(w("prepare.title.hidden"), new_page=True),
            Callout(w("prepare.hidden", k=ctx.released.threshold)),
            *_answers(ctx, needed),
        )
    open_ = any(q.facet.scale.kind == "text" for q in ctx.instrument.questions())
    return (
        Heading(_title(ctx, found, needed), new_page=True),
        Paragraph(w("prepare.lead"), lead=True),
        *_told(ctx, found, needed),
        *_answers(ctx, needed),
        *needs_since(ctx),
        Together(
            (
                Heading(w("prepare.table.title"), level=2),
                _table(ctx, found),
                Note(w("prepare.table.note", details=ctx.released.details)),
            )
        ),
        *((Note(w("prepare.words")),) if open_ else ()),
    )


def _title(ctx: Context, found: Sequence[Way], needed: Sequence[Need]) -> str:
    told = [one for one in found if one.told]
    if told:
        return ctx.words("prepare.title.want", n=len(told))
    needs = sum(one.told for one in needed)
    if not needs:
        return ctx.words("prepare.title.none")
    listed = ctx.instrument.choice is not None
    return ctx.words(f"prepare.title.{'chosen' if listed else 'need'}", n=needs)


def _told(ctx: Context, found: Sequence[Way], needed: Sequence[Need]) -> tuple[Block, ...]:
    """What is wanted and needed, each with the bound by which it is told: over all ways, and all needs."""
    w = ctx.words
    of_ways, of_needs = each(PAGE, len(found)), each(PAGE, len(needed))
    lines: list[Text] = [
        w(
            "prepare.told.want",
            way=ctx.wording(one.item),
            mean=ctx.mean(one.often),
            share=w.percent(one.more),
            low=w.percent(portion(one.more, one.n, of_ways)[0]),
        )
        for one in sorted((o for o in found if o.told), key=lambda o: -(o.more or 0))
        if one.more is not None and one.n
    ]
    asked: list[Text] = [
        w(
            "prepare.told.need",
            need=ctx.text(one.label),
            share=w.percent(one.share),
            low=w.percent(portion(one.share, one.n, of_needs)[0]),
        )
        for one in sorted((n for n in needed if n.told), key=lambda n: -(n.share or 0))
        if one.share is not None and one.n
    ]
    return (
        Heading(w("prepare.wanted"), level=2),
        Bullets(tuple(lines)) if lines else Paragraph(w("prepare.none")),
        Heading(w("prepare.needed"), level=2),
        Bullets(tuple(asked)) if asked else Paragraph(w("prepare.none_needed")),
    )


def _openly(ctx: Context) -> Mapping[str, OpenLine]:
    """What HR has answered, by need."""
    return {line.row: line for line in ctx.records.sheet("preparation", ANSWERS)}


def _percent(ctx: Context, value: float | None, why: Why) -> str:
    """A share as printed, or in words why it is not."""
    if value is not None:
        return ctx.words.percent(value)
    return "–" if why is Why.SHOWN or why.absent else ctx.words(f"report.why.{why.value}")


def _said(ctx: Context, one: Need) -> str:
    return _percent(ctx, one.share, Why.PROTECTED if one.few else one.why)


def _wish(ctx: Context, one: Way) -> str:
    """The share who want something more often."""
    share = ctx.released.share(one.item.key(one.item.facets[1]), leaders(ctx))
    return _percent(ctx, one.more, share.why)


def _answers(ctx: Context, needed: Sequence[Need]) -> tuple[Block, ...]:
    """Each need with the share of leaders and what HR has answered openly."""
    w, said = ctx.words, _openly(ctx)
    if not said and not any(one.share is not None for one in needed):
        return ()
    names = ("need", "share", "says", "what", "from") if said else ("need", "share")
    rows = []
    for one in needed:
        line = said.get(one.id)
        cells: tuple[Text, ...] = (ctx.text(one.label), _said(ctx, one))
        if said:
            says = line.field("says") if line else ""
            told = w(f"prepare.answer.{says}") if says else "–"
            cells += (told, *((line.field(f) or "–") if line else "–" for f in ("what", "from")))
        rows.append(cells)
    return (
        # Without an answer of HR's the table stands under the heading that is there.
        *((Heading(w("prepare.answer.title"), level=2),) if said else ()),
        Table(
            tuple(w(f"prepare.answer.{name}") for name in names),
            tuple(rows),
            align=("left", "right", "left", "left", "left")[: len(names)],  # type: ignore[arg-type]
            widths=(3.4, 1.1, 0.8, 2.4, 1.2)[: len(names)],
            compact=True,
            summary=w("prepare.answer.title" if said else "prepare.needed"),
        ),
        Note(w(f"prepare.answer.note{'' if said else '_shares'}", details=ctx.released.details)),
        *_limit(ctx, needed),
    )


def _limit(ctx: Context, needed: Sequence[Need]) -> tuple[Block, ...]:
    """How many of the list each might choose, and what is said of what few chose."""
    question, w = ctx.instrument.choice, ctx.words
    if question is None:
        return ()
    few = any(one.few for one in needed)
    n = question.facet.scale.most
    return (Note(w("prepare.limit", n=n) + (" " + w("general.picked_protected") if few else "")),)


def _shows(ctx: Context, one: Way) -> str:
    w = ctx.words
    what = w("prepare.table.want")
    return what if one.told else w("prepare.table.question", what=what) if one.found else "–"


def _table(ctx: Context, found: Sequence[Way]) -> Table:
    w = ctx.words
    # Where the spread of no way may be printed there is no column of dashes.
    spread = any(one.once is not None for one in found)
    rows = tuple(
        (
            ctx.wording(one.item).rstrip("."),
            ctx.with_interval(one.often),
            *(("–" if one.once is None else ctx.words.percent(one.once),) if spread else ()),
            _wish(ctx, one),
            _shows(ctx, one),
        )
        for one in found
    )
    return Table(
        tuple(
            w(f"prepare.table.{name}")
            for name in ("way", "mean", *(("once",) if spread else ()), "more", "shows")
        ),
        rows,
        align=("left", "right", *(("right",) if spread else ()), "right", "left"),
        widths=(4.0, 1.3, *((0.9,) if spread else ()), 1.0, 1.4),
        compact=True,
        summary=w("prepare.worksheet_title"),
    )


def worksheet(ctx: Context) -> Worksheet:
    """A row a way: mean, interval, answers, share who want more, and what it shows."""
    w = ctx.words
    mean, low, high, n = columns(ctx, "mean", "low", "high", "n")
    last = tuple(w(f"prepare.table.{name}") for name in ("once", "more", "shows"))
    head = (w("prepare.table.way"), mean, low, high, n, *last)
    rows: list[tuple[Cell, ...]] = []
    for one in ways(ctx):
        more: Cell = share(one.more) if one.more is not None else _wish(ctx, one)
        rows.append(
            (
                ctx.wording(one.item).rstrip("."),
                *interval(ctx, one.often),
                count(ctx, one.often),
                "" if one.once is None else share(one.once),
                more,
                _shows(ctx, one),
            )
        )
    return Worksheet(w("prepare.worksheet"), w("prepare.worksheet_title"), head, tuple(rows))


def steps(ctx: Context) -> tuple[ToolStep, ...]:
    """What HR promised, and the needs that are told and have no answer yet."""
    w, said = ctx.words, _openly(ctx)
    found = []
    for one in needs(ctx):
        line, need = said.get(one.id), ctx.text(one.label)
        why = w("prepare.answer.open", need=need)
        if one.share is not None:
            why = w("prepare.answer.why", share=w.percent(one.share), need=need)
        id = f"preparation:need:{one.id}"
        if line and line.field("says") in ("yes", "later") and line.field("what"):
            what, when = line.field("what"), line.field("from")
            text = w("prepare.answer.step", what=what, **{"from": when}) if when else what
            horizon = "now" if line.field("says") == "yes" else "year"
            found.append(ToolStep(id, _OWNER, text, why, horizon, "medium", agreed=True))
        elif one.told and not (line and line.field("says")):
            found.append(ToolStep(id, _OWNER, w("prepare.answer.open", need=need), why))
    return tuple(found)


CHAPTER: Recipe = recipe(chapter, worksheet)
STEPS = steps
