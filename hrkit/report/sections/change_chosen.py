"""What was chosen as most important, then and now: shares of both waves beside each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from hrkit.blocks import Block, Heading, Note, Paragraph, Span, Table, Text, Together
from hrkit.disclosure.released import Certainty, ChosenChange
from hrkit.report.context import Context
from hrkit.report.sections.read_out import lists

__all__ = ["chosen_table", "chosen_then", "how_far", "moved", "of_dimensions", "then_and_now"]


def chosen_then(ctx: Context, since: str, wave: str) -> tuple[Block, ...]:
    """What moved, a row an option; nothing where no option may be compared.

    The rest stands among the charts in figures, where the report has that page.

    Parameters
    ----------
    since, wave
        Id of the earlier wave, and what it is called.
    """
    w = ctx.words
    found = _found(ctx, since)
    if not found:
        return ()
    options = {one.option for one in moved(ctx, since)}
    apart = lists(ctx, "figures")
    table = chosen_table(ctx, since, options if apart else {option for option, _ in found})
    lead = w(f"sections.change.chosen.{'some' if options else 'none'}", n=len(options), since=wave)
    said = [w("sections.change.chosen.note")] if table else []
    said += [how_far(ctx, group, found.values()) for group in _groups(ctx, found)]
    said += [w("sections.change.chosen.rest", figures=w("sections.figures.title"))] if apart else []
    return (
        Together(
            (
                Heading(w("sections.change.chosen.title"), level=2),
                Paragraph(lead),
                *((table,) if table else ()),
                Note(" ".join(said)),
            )
        ),
    )


def chosen_table(ctx: Context, since: str, options: Collection[str]) -> Table | None:
    """Shares of both waves for some of the options, a column a group; None for none of them."""
    w, found = ctx.words, _found(ctx, since)
    groups = _groups(ctx, found)
    rows = tuple(
        (
            ctx.name(s),
            *(
                then_and_now(ctx, found.get((s.id, group)), "sections.chosen.few")
                for group in groups
            ),
        )
        for s in ctx.instrument.dimensions
        if s.id in options and any((s.id, group) in found for group in groups)
    )
    if not rows:
        return None
    return Table(
        (w("report.profile.dimension"), *(ctx.label(g, short=True) for g in groups)),
        rows,
        align=("left", *["right"] * len(groups)),  # type: ignore[arg-type]
        widths=(3.4, *[2.0] * len(groups)),
        compact=True,
        summary=w("sections.change.chosen.title"),
    )


def of_dimensions(ctx: Context) -> tuple[ChosenChange, ...]:
    """How the choice of dimensions moved; a list of its own is told where it is asked for."""
    return ctx.released.chosen_changes if ctx.instrument.ballot is not None else ()


def _found(ctx: Context, since: str) -> dict[tuple[str, str], ChosenChange]:
    return {(c.option, c.group): c for c in of_dimensions(ctx) if c.since == since}


def _groups(ctx: Context, found: Collection[tuple[str, str]]) -> list[str]:
    """Those that are compared, the two sides first."""
    sides = [one.group for one in ctx.sides or ()]
    known = [g.id for g in ctx.groups if any(group == g.id for _, group in found)]
    return sorted(known, key=lambda id: id not in sides)


def moved(ctx: Context, since: str) -> list[ChosenChange]:
    """What was chosen more, or less, than chance would explain."""
    return [
        c for c in of_dimensions(ctx) if c.since == since and c.certainty is not Certainty.UNKNOWN
    ]


def then_and_now(ctx: Context, one: ChosenChange | None, otherwise: str) -> Text:
    """Both shares, with a mark before those that moved more than chance would explain."""
    w = ctx.words
    if one is None:
        return w(otherwise)
    text = f"{w.percent(one.before)} → {w.percent(one.now)}"
    if one.certainty is Certainty.UNKNOWN:
        return text
    return (Span(f"{'▲' if one.difference > 0 else '▼'} {text}", "outlined"),)


def how_far(ctx: Context, group: str, found: Iterable[ChosenChange]) -> str:
    """How far a group's share has to move to be named: the middle of what each would need."""
    sizes = [change.detectable for change in found if change.group == group]
    known = sorted(size for size in sizes if size is not None)
    name = ctx.in_text(group)
    if len(known) * 2 <= len(sizes):
        return ctx.words("sections.change.chosen.unseen", group=name)
    points = round(100 * known[len(known) // 2])
    return ctx.words("sections.change.chosen.seen", group=name, points=points)
