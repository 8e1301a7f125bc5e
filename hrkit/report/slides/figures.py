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
    counted = [said for one in plot.series if (said := _counted(ctx, one.name, one.n))]
    if counted and plot.kind == "bars":
        parts.append(w("slides.answers", list=", ".join(counted)))
    elif plot.series and (said := _counted(ctx, "", plot.series[0].n)):
        parts.append(w("slides.answers", list=said.strip()))
    gone = missing(plot)
    if gone:
        left = len(gone) - _NAMED
        named = gone[:_NAMED] + ([w("slides.more", n=left)] if left > 0 else [])
        parts.append(w("slides.withheld", list="; ".join(named)))
    return (Note(" ".join(parts)),) if parts else ()


def _counted(ctx: Context, group: str, numbers: tuple[int | None, ...]) -> str:
    known = [n for n in numbers if n is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    if low == high:
        return ctx.words("slides.one", group=group, n=low)
    return ctx.words("slides.span", group=group, low=low, high=high)


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
