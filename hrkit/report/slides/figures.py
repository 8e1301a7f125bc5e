"""What stands under a chart on a slide: how many answers are behind it, and what is not shown and why."""

from __future__ import annotations

from hrkit.blocks import Note, Plot
from hrkit.report.context import Context

__all__ = ["about", "in_profile", "missing"]

#: Reasons that stand on the slide; the notes have them all.
_NAMED = 3


def in_profile(ctx: Context, section: str) -> bool:
    """Whether the report has a section: a deck shows nothing that its report does not."""
    return any(section in part for part in ctx.profile["parts"].values())


def about(ctx: Context, plot: Plot, *more: str) -> tuple[Note, ...]:
    """Numbers of people, reasons, and what else must be said of a chart, in one small text."""
    w = ctx.words
    parts = [text for text in more if text]
    counted = [said for one in plot.series if (said := _counted(ctx, one.name, one.counts))]
    if counted and plot.kind == "bars":
        parts.append(w("slides.answers", list=", ".join(counted)))
    elif plot.series and (said := _counted(ctx, "", plot.series[0].counts)):
        parts.append(w("slides.answers", list=said.strip()))
    gone = missing(plot)
    if gone:
        left = len(gone) - _NAMED
        named = gone[:_NAMED] + ([w("slides.more", n=left)] if left > 0 else [])
        parts.append(w("slides.withheld", list="; ".join(named)))
    return (Note(" ".join(parts)),) if parts else ()


def _counted(ctx: Context, group: str, counts: tuple[str, ...]) -> str:
    known = [count for count in dict.fromkeys(counts) if count]
    numbers = sorted(int(count) for count in known if count.isdecimal())
    if not known:
        return ""
    if len(known) > 1 and len(numbers) == len(known):
        return ctx.words("slides.span", group=group, low=numbers[0], high=numbers[-1])
    # "At least so many" is the least of what may be said.
    told = next((count for count in known if not count.isdecimal()), known[0])
    return ctx.words("slides.one", group=group, n=told)


def missing(plot: Plot) -> list[str]:
    """Each value that is not shown, with its reason; a series or row without any is told once."""
    found: list[str] = []
    series = plot.series if plot.kind == "bars" else plot.series[:1]
    for one in series:
        whys = [
            (name, why)
            for name, value, why in zip(plot.categories, one.values, one.said, strict=True)
            if value is None and why
        ]
        told = {why for _, why in whys}
        if whys and len(whys) == len(plot.categories) and len(told) == 1:
            found.append(f"{one.name} ({told.pop()})")
        elif plot.kind == "stack":
            found += [f"{name} ({why})" for name, why in whys]
        else:
            found += [f"{one.name}, {name} ({why})" for name, why in whys]
    return found
