"""A heat map of change: dimensions down, groups across, coloured only where more than chance moved a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrkit.blocks import Block, Heading, Note, Span, Table, Text
from hrkit.disclosure.released import ALL, Certainty, Change
from hrkit.report.context import Context
from hrkit.report.theme import tint

__all__ = ["cell", "heat_map", "signed"]

#: Ground of a cell of which we cannot tell.
PALE = "#f4f6f8"


def heat_map(
    ctx: Context, changes: Mapping[tuple[str, str], Change], groups: Sequence[str]
) -> tuple[Block, ...]:
    """Every change by dimension and group; ``groups`` are those of whom it is said what could be seen."""
    w = ctx.words
    dimensions = [s for s in ctx.instrument.dimensions if any(m == s.id for m, _ in changes)]
    others = [g.id for g in ctx.groups if g.id not in groups]
    shown = [*groups, *(g for g in others if any(x == g for _, x in changes))]
    shown += [ALL] if any(g == ALL for _, g in changes) and len(ctx.groups) > 1 else []
    columns = (w("report.profile.dimension"), *(ctx.label(g, short=True) for g in shown))
    rows = tuple(
        (ctx.name(s), *(cell(ctx, changes.get((s.id, g)), g in groups) for g in shown))
        for s in dimensions
    )
    shades = tuple(("", *(_shade(ctx, changes.get((s.id, g))) for g in shown)) for s in dimensions)
    title = w("sections.change.table")
    return (
        Heading(title, level=2),
        Table(
            columns,
            rows,
            align=("left", *["right"] * len(shown)),  # type: ignore[arg-type]
            widths=(3.4, *[1.3 if g in groups else 1.0 for g in shown]),
            shades=shades,
            compact=True,
            summary=title,
        ),
        Note(w("sections.change.table_note")),
    )


def cell(ctx: Context, one: Change | None, full: bool) -> Text:
    """A change in its frame; in full with the smallest that could have been seen."""
    if one is None:
        return "–"
    told = signed(ctx, one)
    if not full:
        return told
    text = f" ({ctx.words.number(one.detectable)})"
    return (*(told if isinstance(told, tuple) else (Span(told),)), Span(text, "mute"))


def _shade(ctx: Context, one: Change | None) -> str:
    """Ground of a cell of the heat map: a colour only where more than chance has moved the figure.

    Up and down differ in colour, in lightness and in the arrow; how sure it is, in the frame.
    """
    if one is None or one.certainty is Certainty.UNKNOWN:
        return PALE
    up = one.difference >= 0
    return tint(ctx.theme.primary if up else ctx.theme.accent, 0.2 if up else 0.4)


def signed(ctx: Context, one: Change) -> Text:
    """A change as printed: with an arrow and a frame where more than chance has moved the figure."""
    text = ctx.words.signed(one.difference)
    if one.certainty is Certainty.UNKNOWN:
        return text
    said = f"{'▲' if one.difference >= 0 else '▼'} {text}"
    clear = one.certainty is Certainty.CLEAR
    return (Span(said, "filled") if clear else Span(said, "outlined"),)
