"""Two pages for one unit and its leaders: how they see it, beside all leaders, and room to agree."""

from __future__ import annotations

from hrkit.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Grid,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Span,
    Table,
    Text,
    b,
)
from hrkit.disclosure.released import ALL, Certainty, Score
from hrkit.errors import HrkitError
from hrkit.model.instrument import Section
from hrkit.report.charts.marks import Row, Series
from hrkit.report.charts.profile import dots
from hrkit.report.context import Context
from hrkit.report.counting import behind
from hrkit.report.handouts.room import room
from hrkit.report.steps import first_steps

__all__ = ["unit_sheet"]

#: Steps of the whole organisation that are named.
STEPS = 3


def unit_sheet(ctx: Context, unit: str) -> tuple[Block, ...]:
    """The feedback sheet of a unit; without figures it says why and keeps the questions.

    Raises
    ------
    HrkitError
        If there is no such unit, or the instrument has no dimensions to show of it.
    """
    if not ctx.instrument.dimensions:
        raise HrkitError(
            f"{ctx.text(ctx.instrument.title)} has no dimensions, so there is no sheet for a unit; "
            "print the report."
        )
    units = {one.id: one for one in ctx.engagement.units}
    if unit not in units:
        raise HrkitError(f"There is no unit {unit!r}; use {', '.join(units)}.")
    w, name = ctx.words, units[unit].name
    group = next((g.id for g in ctx.groups if g.id in ctx.instrument.sides), "")
    found = [
        (s, ctx.score(s, group, unit), ctx.score(s, group))
        for s in ctx.instrument.dimensions
        if group and ctx.score(s, group, unit).shown and ctx.score(s, group).shown
    ]
    head: tuple[Block, ...] = (Heading(w("sheets.unit.title", unit=name)),)
    if not found:
        hidden = Callout(w("sheets.unit.hidden", unit=name))
        return (*head, hidden, *_questions(ctx, []), *_room(ctx))
    return (
        *head,
        Paragraph(w("sheets.unit.lead", group=ctx.in_text(group)), lead=True),
        _chart(ctx, group, unit),
        Note(f"{_counts(ctx, found, group, unit)} {w('report.bands_short')}"),
        *_apart(ctx, found),
        _values(ctx, found),
        PageBreak(),
        *_questions(ctx, found),
        *_proposed(ctx),
        *_room(ctx),
    )


def _values(ctx: Context, found: list[tuple[Section, Score, Score]]) -> Block:
    """The unit's own figures beside those of the whole, highest first: what it has to build on."""
    w = ctx.words
    ranked = sorted(found, key=lambda row: -(row[1].mean or 0))
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (ctx.name(section), ctx.mean(here), ctx.mean(whole)) for section, here, whole in ranked
    )
    return Table(
        (w("sheets.unit.dimension"), w("sheets.unit.here"), w("sheets.unit.everywhere")),
        rows,
        align=("left", "right", "right"),
        widths=(3.4, 1.0, 1.4),
        compact=True,
        summary=w("sheets.unit.values"),
    )


def _proposed(ctx: Context) -> tuple[Block, ...]:
    """The first steps of the whole organisation: what of them can begin here."""
    steps = first_steps(ctx, STEPS)
    if not steps:
        return ()
    lines: tuple[Text, ...] = tuple(
        (
            b(f"{ctx.name(step.section)}: "),
            Span(f"{ctx.text(step.action.text)} "),
            Span(f"({ctx.owner(step.action.owner)})", "mute"),
        )
        for step in steps
    )
    return (Heading(ctx.words("sheets.unit.proposed"), level=2), Bullets(lines))


def _chart(ctx: Context, group: str, unit: str) -> Block:
    w = ctx.words
    series = (Series(group, w("sheets.unit.here")), Series(ALL, w("sheets.unit.everywhere")))
    rows = [
        Row(ctx.name(s), (ctx.score(s, group, unit), ctx.score(s, group)))
        for s in ctx.instrument.dimensions
    ]
    low, high = ctx.scale
    names = (
        tuple(ctx.level_name(i) for i in range(low, high + 1)) if ctx.instrument.has_grid else ()
    )
    return dots(
        ctx.theme,
        w,
        rows,
        series,
        scale=ctx.scale,
        row_height=0.36,
        ends=names or ctx.ends(ctx.instrument.dimensions[0]),
    )


def _counts(ctx: Context, found: list[tuple[Section, Score, Score]], group: str, unit: str) -> str:
    w = ctx.words
    largest = max(found, key=lambda row: row[1].behind or 0)
    text = w("sheets.unit.answered", n=behind(ctx, largest[1]), all=behind(ctx, largest[2]))
    if len(found) < len(ctx.instrument.dimensions):
        text += " " + w("sheets.unit.some_hidden")
    return text


def _apart(ctx: Context, found: list[tuple[Section, Score, Score]]) -> tuple[Block, ...]:
    """What surely stands higher or lower here than in the whole organisation."""
    w = ctx.words
    differ = [
        (contrast, section, here, whole)
        for section, here, whole in found
        for contrast in ctx.released.contrasted("unit", section.id, here.group)
        if here.unit in (contrast.high, contrast.low)
        and contrast.certainty is not Certainty.UNKNOWN
    ]
    differ.sort(key=lambda row: -row[0].difference)
    cells: list[tuple[Block, ...]] = []
    for key, tone, chosen in (
        ("higher", "brand", [row for row in differ if row[0].high == row[2].unit]),
        ("lower", "accent", [row for row in differ if row[0].low == row[2].unit]),
    ):
        if chosen:
            lines = tuple(_line(ctx, section, here, whole) for _, section, here, whole in chosen)
            cells.append((Card(w(f"sheets.unit.{key}"), (Bullets(lines),), tone),))  # type: ignore[arg-type]
    if not cells:
        return (Paragraph(w("sheets.unit.alike")), Note(w("sheets.unit.apart")))
    return (Grid(tuple(cells), tuple(1.0 for _ in cells)), Note(w("sheets.unit.apart")))


def _line(ctx: Context, section: Section, here: Score, whole: Score) -> Text:
    said = ctx.words("sheets.unit.line", dimension="", here=ctx.mean(here), all=ctx.mean(whole))
    return (b(ctx.name(section)), Span(said))


def _questions(ctx: Context, found: list[tuple[Section, Score, Score]]) -> tuple[Block, ...]:
    """Questions on the dimensions that are lowest here; on the first ones where nothing is shown."""
    ranked = [s for s, here, _ in sorted(found, key=lambda row: row[1].mean or 0)]
    sections = (ranked or list(ctx.instrument.dimensions))[:3]
    items = tuple(
        (b(f"{ctx.name(s)}: "), Span(question)) for s in sections for question in ctx.talk(s, 2)
    )
    head = Heading(ctx.words("sheets.unit.talk"), level=2)
    return (head, Bullets(items)) if items else ()


def _room(ctx: Context) -> tuple[Block, ...]:
    """Empty boxes to write in, and the two rules of the talk."""
    w = ctx.words
    boxes = tuple(
        Table((w(f"sheets.unit.{key}"),), ((room(lines),),), widths=(1.0,), row_headers=False)
        for key, lines in (("keep", 4), ("change", 7), ("help", 4))
    )
    return (*boxes, Note(w("sheets.unit.rules")))
