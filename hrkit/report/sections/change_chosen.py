"""What was chosen as most important, then and now: shares of both waves beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hrkit.blocks import Block, Heading, Note, Paragraph, Span, Table, Text
from hrkit.disclosure.released import Certainty, ChosenChange, Group
from hrkit.report.context import Context

__all__ = ["chosen_then", "moved"]


def chosen_then(ctx: Context, since: str, wave: str) -> tuple[Block, ...]:
    """A row an option and a column a group; nothing where no option may be compared.

    Parameters
    ----------
    since, wave
        Id of the earlier wave, and what it is called.
    """
    w = ctx.words
    found = {(c.option, c.group): c for c in ctx.released.chosen_changes if c.since == since}
    if not found:
        return ()
    groups = [g.id for g in _ordered(ctx) if any(group == g.id for _, group in found)]
    rows = tuple(
        (ctx.name(s), *(_cell(ctx, found.get((s.id, group))) for group in groups))
        for s in ctx.instrument.dimensions
        if any((s.id, group) in found for group in groups)
    )
    title = w("sections.change.chosen.title")
    n = len({one.option for one in moved(ctx, since)})
    lead = w(f"sections.change.chosen.{'some' if n else 'none'}", n=n, since=wave)
    return (
        Heading(title, level=2),
        Paragraph(lead),
        Table(
            (w("report.profile.dimension"), *(ctx.label(g, short=True) for g in groups)),
            rows,
            align=("left", *["right"] * len(groups)),  # type: ignore[arg-type]
            widths=(3.4, *[2.0] * len(groups)),
            compact=True,
            summary=title,
        ),
        Note(" ".join((w("sections.change.chosen.note"), *_seen(ctx, groups, [*found.values()])))),
    )


def moved(ctx: Context, since: str) -> list[ChosenChange]:
    """What was chosen more, or less, than chance would explain."""
    return [
        c
        for c in ctx.released.chosen_changes
        if c.since == since and c.certainty is not Certainty.UNKNOWN
    ]


def _ordered(ctx: Context) -> list[Group]:
    sides = [one.group for one in ctx.sides or ()]
    return sorted(ctx.groups, key=lambda g: g.id not in sides)


def _cell(ctx: Context, one: ChosenChange | None) -> Text:
    w = ctx.words
    if one is None:
        return w("sections.chosen.few")
    text = f"{w.percent(one.before)} → {w.percent(one.now)}"
    if one.certainty is Certainty.UNKNOWN:
        return text
    return (Span(f"{'▲' if one.difference > 0 else '▼'} {text}", "outlined"),)


def _seen(ctx: Context, groups: Sequence[str], found: Iterable[ChosenChange]) -> list[str]:
    """For each group how far a share has to move to be named."""
    w, said = ctx.words, []
    for group in groups:
        sizes = [c.detectable for c in found if c.group == group]
        known = sorted(size for size in sizes if size is not None)
        if len(known) * 2 <= len(sizes):
            said.append(w("sections.change.chosen.unseen", group=ctx.in_text(group)))
        else:
            points = round(100 * known[len(known) // 2])
            said.append(w("sections.change.chosen.seen", group=ctx.in_text(group), points=points))
    return said
