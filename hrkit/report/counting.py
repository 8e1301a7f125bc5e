"""How many stand behind a figure, as it is printed.

Perspectives that are reported together are so because one of them is too small alone.  What only the
other was asked has an n of its own, and the difference of the two would count the small one: so
there it is said at least how many stand behind it.
"""

from __future__ import annotations

from hrkit.disclosure.released import ALL, Score
from hrkit.report.context import Context

__all__ = ["asked_of", "at_least", "behind"]


def asked_of(ctx: Context, measure: str, group: str) -> tuple[str, ...]:
    """The perspectives of a group that make its figure on a measure."""
    found = next((g for g in ctx.released.groups if g.id == group), None)
    members = found.perspectives if found else (group.partition("/")[0],)
    instrument = ctx.instrument
    for section in instrument.dimensions:
        if measure == section.id:
            return tuple(p for p in members if instrument.counted(section, p))
    if measure in instrument.keys:
        return tuple(p for p in members if p in instrument.keys[measure].item.ask)
    tagged = [item for item in instrument.items.values() if measure in item.tags]
    return tuple(p for p in members if not tagged or any(p in item.ask for item in tagged))


def at_least(ctx: Context, score: Score) -> int | None:
    """The least that may be said of a number of answers; None where the number itself may."""
    group = next((g for g in ctx.released.groups if g.id == score.group), None)
    if group is None or len(group.perspectives) < 2 or not score.n:
        return None
    if set(asked_of(ctx, score.measure, group.id)) == set(group.perspectives):
        return None
    k = ctx.released.threshold
    together = max(
        (
            one.n or 0
            for one in ctx.released.scores
            if (one.unit, one.group) == (score.unit, score.group)
            and one.shown
            and set(asked_of(ctx, one.measure, group.id)) == set(group.perspectives)
        ),
        default=0,
    )
    return max(k, together - k + 1) if 0 < together - score.n < k else None


def behind(ctx: Context, score: Score) -> str:
    """The number of answers behind a mean, as it is printed."""
    least = at_least(ctx, score) if score.group != ALL else None
    return str(score.n) if least is None else ctx.words("report.at_least", n=least)
