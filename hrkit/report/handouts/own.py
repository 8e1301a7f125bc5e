"""A sheet for one leader or partner, and one for a pair: placing oneself first, then what all have answered.

Nobody's own answers are on it: nobody but themselves knows them.  What stands on the second half are the
groups' released figures, which everybody who may see the report may see.
"""

from __future__ import annotations

from hrkit.blocks import Block, Bullets, Heading, Note, PageBreak, Paragraph, Span, Table, Text, b
from hrkit.errors import HrkitError
from hrkit.model.instrument import Section
from hrkit.report import findings
from hrkit.report.context import Context
from hrkit.report.handouts.room import box, boxes
from hrkit.report.steps import Step, first_steps

__all__ = ["PAIR", "own_sheet"]

#: The name by which the sheet for two is asked for.
PAIR = "pair"
#: Owners whose steps a pair can begin with together.
_TOGETHER = ("pair", "partners")
#: Steps and subjects that are named.
STEPS, SUBJECTS = 3, 2


def own_sheet(ctx: Context, reader: str) -> tuple[Block, ...]:
    """The two pages of a reader: a side (``leader``, ``hr``), or ``pair`` for one of each.

    Raises
    ------
    HrkitError
        If there is no such reader, or the instrument has no two sides or no dimensions.
    """
    readers = (*ctx.instrument.sides, PAIR)
    if len(readers) < 3 or not ctx.instrument.dimensions:
        raise HrkitError(
            f"{ctx.text(ctx.instrument.title)} has no two sides, so there is no such sheet."
        )
    if reader not in readers:
        raise HrkitError(f"There is no sheet for {reader!r}; use {', '.join(readers)}.")
    w = ctx.words
    pair = reader == PAIR
    who = w("sheets.own.pair") if pair else ctx.named(reader, "role")
    return (
        Heading(w("sheets.own.title"), kicker=w("sheets.own.for", reader=who)),
        Paragraph(w("sheets.own.lead_pair" if pair else "sheets.own.lead"), lead=True),
        _placed(ctx, pair),
        Note(w("sheets.own.mine_only")),
        PageBreak(),
        Heading(w("sheets.own.figures"), level=2),
        _figures(ctx),
        *_begin(ctx, reader),
        *_ask(ctx),
        Heading(w("sheets.own.agree"), level=2),
        box(w("sheets.conversation.agree"), 5),
    )


def _placed(ctx: Context, pair: bool) -> Block:
    """Every dimension with boxes to place oneself; for two, one column each."""
    w, (low, high) = ctx.words, ctx.scale
    ticks = boxes(range(low, high + 1))
    columns = (
        [str(ctx.named(side, "role")) for side in ctx.instrument.sides]
        if pair
        else [w("sheets.own.mine")]
    )
    rows: tuple[tuple[Text, ...], ...] = tuple(
        ((b(ctx.name(s)), Span(f"\n{ctx.text(s.about)}", "mute")), *(ticks,) * len(columns))
        for s in ctx.instrument.dimensions
    )
    return Table(
        (w("sheets.unit.dimension"), *columns),
        rows,
        widths=(3.0, *(1.9,) * len(columns)),
        compact=True,
        summary=w("sheets.own.title"),
    )


def _figures(ctx: Context) -> Block:
    """What both sides answered, dimension by dimension, as far as it may be shown."""
    w = ctx.words
    series = ctx.sides or ctx.series
    return Table(
        (w("sheets.unit.dimension"), *(one.label for one in series)),
        tuple(
            (ctx.name(s), *(ctx.mean(ctx.score(s, one.group)) for one in series))
            for s in ctx.instrument.dimensions
        ),
        align=("left", *("right",) * len(series)),  # type: ignore[arg-type]
        widths=(3.4, *(1.2,) * len(series)),
        compact=True,
        summary=w("sheets.own.figures"),
    )


def _begin(ctx: Context, reader: str) -> tuple[Block, ...]:
    """Steps this reader answers for; where the list has none, the first of all."""
    owners = _TOGETHER if reader == PAIR else (reader, *_TOGETHER)
    every = first_steps(ctx, len(ctx.instrument.dimensions))
    mine = [step for step in every if step.action.owner in owners][:STEPS]
    chosen: list[Step] = mine or list(every[:STEPS])
    if not chosen:
        return ()
    lines: tuple[Text, ...] = tuple(
        (
            b(f"{ctx.name(step.section)}: "),
            Span(f"{ctx.text(step.action.text)} "),
            Span(ctx.words("report.action.first", text=ctx.text(step.action.first)), "mute"),
        )
        for step in chosen
    )
    return (Heading(ctx.words("sheets.own.begin"), level=2), Bullets(lines))


def _ask(ctx: Context) -> tuple[Block, ...]:
    """Questions on the first subjects of the decision list."""
    by = {section.id: section for section in ctx.instrument.dimensions}
    listed: list[Section] = [
        by[one.measure] for one in findings.to_take_up(ctx.released) if one.measure in by
    ]
    chosen = (listed or list(ctx.instrument.dimensions))[:SUBJECTS]
    items: tuple[Text, ...] = tuple(
        (b(f"{ctx.name(s)}: "), Span(question)) for s in chosen for question in ctx.talk(s, 1)
    )
    return (Heading(ctx.words("sheets.own.ask"), level=2), Bullets(items)) if items else ()
